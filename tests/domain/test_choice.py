"""Which households are to be printed, and why."""

from dataclasses import replace
from datetime import date

import pytest

from case_kit import each
from garden_kit import NOTHING_TOLD
from vuonho.errors import UserError
from vuonho.i18n import Both
from vuonho.model.public import PublicHousehold, PublicVillage
from vuonho.model.values import Point
from vuonho.register.choice import Chosen, Project, Wanted, Which, choose, is_changed
from vuonho.register.register import COLUMNS, MOVED, PRINT_COLUMNS, VOID, WITHDRAWN, Register, Row, content_of

BASE = "https://vuonmau.example/"
NEVER, SAME, RENAMED, BY_HAND = "482135", "913470", "572437", "908594"
ELSEWHERE, BY_HAND_ELSEWHERE = "259410", "711946"
GONE, LEFT, DEAD, SILENT = "643479", "158589", "135797", "594379"
UNKNOWN, DOUBLED = "926002", "9113470"
DAY = date(2026, 11, 20)


def village(slug: str, name: str) -> PublicVillage:
    """Return a village."""
    return PublicVillage(
        slug, f"{slug}/village.yaml", name, None, "Xã Phúc Trạch", None, None, Point(18.1, 105.7), None, ()
    )


def home(code: str, slug: str = "thon-dong") -> PublicHousehold:
    """Return a household that tells nothing but its name."""
    return PublicHousehold(
        code=code, village=slug, source=f"{slug}/{code}.yaml", name=f"Vườn {code}", full_name=None, address=None,
        exact=None, near=None, directions=None, living=None, garden=NOTHING_TOLD,
        products=(), visits=None, phone=None, links=(), story=None, photos=(), checked=DAY,
    )  # fmt: skip


def row(code: str, url: str = "", content: str = "", status: str = "") -> Row:
    """Return a row of the register; with an address it was printed, with content by the program."""
    more = tuple(zip(PRINT_COLUMNS, ("a5", "1", content), strict=True)) if content else ()
    return Row(code, f"thon-dong/{code}.yaml", DAY, DAY if url else None, url, status, more)


def content(code: str, name: str = "") -> str:
    """Return what stands for a plaque of the eastern village."""
    return content_of(name or f"Vườn {code}", "Thôn Đông", f"{BASE}{code}/")


EAST, WEST = village("thon-dong", "Thôn Đông"), village("thon-tay", "Thôn Tây")
HOMES = (*map(home, (NEVER, SAME, RENAMED, BY_HAND, ELSEWHERE)), home(BY_HAND_ELSEWHERE, "thon-tay"))
REGISTER = Register(
    (
        row(NEVER),
        row(SAME, f"{BASE}{SAME}/", content(SAME)),
        row(RENAMED, f"{BASE}{RENAMED}/", content(RENAMED, "Vườn cũ")),
        row(BY_HAND, f"https://VuonMau.example/{BY_HAND}"),
        row(ELSEWHERE, f"https://cu.example/{ELSEWHERE}/", content(ELSEWHERE)),
        row(BY_HAND_ELSEWHERE, f"https://cu.example/{BY_HAND_ELSEWHERE}/"),
        row(GONE, f"{BASE}{GONE}/", status=WITHDRAWN),
        row(LEFT, status=MOVED),
        row(DEAD, status=VOID),
        row(SILENT),
    ),
    (*COLUMNS, *PRINT_COLUMNS),
)
PROJECT = Project(BASE, (EAST, WEST), HOMES, frozenset((GONE, LEFT)), REGISTER)


def chosen(*codes: str, **wanted: object) -> list[str]:
    """Return the codes chosen."""
    return [one.household.code for one in choose(PROJECT, Wanted(codes, **wanted))]  # type: ignore[arg-type]


def refusal(*codes: str, **wanted: object) -> UserError:
    """Return why nothing is chosen, after making sure that both languages say it."""
    with pytest.raises(UserError) as caught:
        chosen(*codes, **wanted)
    assert caught.value.message.vi != caught.value.message.en
    assert caught.value.hint.vi != caught.value.hint.en
    return caught.value


# --- By what they were printed ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        (Which.ALL, [NEVER, SAME, RENAMED, BY_HAND, ELSEWHERE, BY_HAND_ELSEWHERE]),
        (Which.NEW, [NEVER]),
        (Which.CHANGED, [RENAMED, ELSEWHERE, BY_HAND_ELSEWHERE]),
    ],
)
def test_which_of_all(which: Which, expected: list[str]) -> None:
    """Those who have left or have not agreed are in none; of a print by hand only the address can have changed."""
    assert chosen(which=which) == expected
    assert chosen(which=which, village="thon-tay") == [code for code in expected if code == BY_HAND_ELSEWHERE]


def test_a_village_of_another_name_is_changed_for_all_of_its_plaques() -> None:
    """Its name stands on each; a row printed by hand does not tell."""
    renamed = replace(PROJECT, villages=(replace(EAST, name="Thôn Đông Mới"), WEST))
    found = choose(renamed, Wanted(village="thon-dong", which=Which.CHANGED))
    assert [one.household.code for one in found] == [SAME, RENAMED, ELSEWHERE]


def test_what_is_chosen_is_what_is_recorded() -> None:
    """Household, village, the address and what stands for its words."""
    (found,) = choose(PROJECT, Wanted((SAME,)))
    why = Both("in lại, lần trước ngày 20/11/2026", "printed again, last on 2026-11-20")
    assert found == Chosen(HOMES[1], EAST, f"{BASE}{SAME}/", content(SAME), why)


@each(
    ("url", "before", "expected"),
    [("https://x.example/1/", "h1", False), ("https://X.example/1", "h1", False), ("https://x.example/1/", "", False),
     ("https://x.example/1/", "h2", True), ("https://y.example/1/", "h1", True), ("https://y.example/1/", "", True)],
)  # fmt: skip
def test_changed_is_another_address_or_other_words(url: str, before: str, expected: bool) -> None:
    """Where nothing is known of the words, the address decides."""
    assert is_changed("https://x.example/1/", "h1", url, before) is expected


# --- By code ------------------------------------------------------------------------------------------------------


@each(
    ("typed", "expected"),
    [
        ((RENAMED, NEVER), [RENAMED, NEVER]),
        ((BY_HAND_ELSEWHERE, NEVER, BY_HAND_ELSEWHERE), [BY_HAND_ELSEWHERE, NEVER]),
        (("482 135", " 482135 ", "482135"), [NEVER]),
        (("4 8 2 1 3 5", "913\u00a0470"), [NEVER, SAME]),
        (("482-135", f"{BASE}{SAME}/", f"{BASE}{SAME}"), [NEVER, SAME]),
    ],
)
def test_codes_in_the_order_typed(typed: tuple[str, ...], expected: list[str]) -> None:
    """In groups, with a dash, or as the whole address that it opens; one that stands twice is printed once."""
    assert chosen(*typed) == expected


@each(
    ("typed", "said", "cure"),
    [
        (GONE, "rút hoặc đã chuyển", "Bỏ mã này"),
        (LEFT, "rút hoặc đã chuyển", "Bỏ mã này"),
        (DEAD, "đã hủy", "Bỏ mã này"),
        (SILENT, "chưa đồng ý", "“Ngày đồng ý”"),
        (UNKNOWN, "Không có hộ nào", "profiles/codes.csv"),
        (DOUBLED, "Không có hộ nào", f"Có phải là {SAME}?"),
        ("482136", "chữ số sai", f"Có phải là {NEVER}?"),
        ("482315", "chữ số sai", f"Có phải là {NEVER}?"),
        ("48", "5 đến 8 chữ số", "codes.csv"),
        ("", "Chưa có mã", "codes.csv"),
        ("Vườn bà Hường", "không phải chữ số", "codes.csv"),
    ],
)
def test_codes_that_cannot_be_printed(typed: str, said: str, cure: str) -> None:
    """Each for its own reason, and with what to do; one such code stops all."""
    found = refusal(NEVER, typed)
    assert said in found.message.vi
    assert cure in found.hint.vi


@each("typed", ["thon-nam", "Thôn Đông", "", "THON-DONG"])
def test_a_village_that_is_not_there(typed: str) -> None:
    """Those that are there are named."""
    found = refusal(village=typed)
    assert f"“{typed}”" in found.message.vi
    assert "thon-dong, thon-tay" in found.hint.vi
