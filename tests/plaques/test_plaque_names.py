"""Names of every length and every letter: what is read is what was typed, and nothing stands on anything else."""

import random
import unicodedata
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

import plaque_kit as kit
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from case_kit import each
from command_kit import vuonho
from vuonho.plaques.order import print_order

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VOWELS = tuple(vowel + tone for vowel in "aăâeêioôơuưy" for tone in TONES if vowel + tone not in "aeiouy")
SMALL = (*(unicodedata.normalize("NFC", vowel) for vowel in VOWELS), "đ")
LETTERS = (*SMALL, *(letter.upper() for letter in SMALL))
"""The letters of Vietnamese that others do not have."""
LETTER_NAMES = tuple(" ".join(LETTERS[at : at + 27]) for at in range(0, 134, 27))
SYLLABLES = {1: ("Ý", "Ẫ", "ợ"), 2: ("bà", "Hồ", "Ộc"), 3: ("gia", "Huế", "Ông"), 4: ("Vườn", "cộng", "đình"), 5: ("Hường", "Thạch"), 6: ("NGUYỄN", "Khương"), 7: ("nghiêng", "NGHIỆNG")}  # fmt: skip
LONGEST = "Vườn sinh thái và nhà nghỉ cộng đồng gia đình bà Nguyệt Thúy"
WORST = "ẪộẪộẪộẪộ ẪợẪợẪợẪợ ẪặẪặẪặẪặ ẴộẴộẴộẴộ ẴợẴợẴợẴợ ẴặẴặẴặẴặ ỄộỄộỄộ"
ONE_WORD = "Nghiêng" * 8 + "Đất!"

each_design = each("design", kit.DESIGNS)


def of_length(length: int) -> str:
    """Return a name of so many characters made of syllables, the same every time."""
    chance, words, left = random.Random(length), list[str](), length  # noqa: S311 - the same every time
    while left > 0:
        size = chance.choice([size for size in range(1, 8) if left == size or left > size + 1])
        words.append(chance.choice(SYLLABLES[size]))
        left -= size + 1
    return " ".join(words)


NAMES = tuple(of_length(length) for length in range(3, 61))


def check_piece(piece: kit.Box, code: kit.Box, lines: list[kit.Line], edge: float) -> None:
    """Compare each two lines on a piece, and each line with the code and the edge."""
    safe = piece.inside(edge)
    assert [line.text for line in lines if not safe.holds(line.box)] == []
    assert [line.text for line in lines if line.box.meets(code)] == []
    touching = [(one.text, other.text) for one, other in combinations(lines, 2) if one.box.meets(other.box)]
    assert touching == []


def name_on(lines: list[kit.Line], village: str) -> str:
    """Return what is written between the digits or the address and the village."""
    written = [line.text for line in lines]
    first = max(
        at for at, text in enumerate(written) if text.replace(" ", "").isdigit() or text.endswith("/")
    )
    return " ".join(written[first + 1 :]).partition(f" {village}")[0]


def test_there_are_134_letters_and_names_of_every_length() -> None:
    """The tests below see all of them."""
    assert len(set(LETTERS)) == 134
    assert [len(name) for name in NAMES] == list(range(3, 61))
    assert len(WORST) == 60 == len(ONE_WORD) == len(LONGEST)


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """Return what orders take from two projects: names typed composed (NFC), and decomposed as on a Mac (NFD)."""
    return {form: kit.surveyed(typed_in(form, tmp_path_factory.mktemp(form))) for form in ("NFC", "NFD")}


def typed_in(form: Literal["NFC", "NFD"], root: Path) -> Path:
    names = [unicodedata.normalize(form, name) for name in (*NAMES, *LETTER_NAMES, WORST, LONGEST)]
    return kit.write_project(root, names, village=unicodedata.normalize(form, "Thôn Vườn Mẫu"))


@each_design
def test_names_are_read_as_they_were_typed(design: str, projects: Mapping[str, Any]) -> None:
    """From the profile to the page: in NFC, lines joined by blanks, in the order of the profiles, nothing touching."""
    order = kit.order(design, **projects["NFC"])
    wanted = [home.name for home, _ in order.homes]
    assert sorted((*NAMES, *LETTER_NAMES, WORST, LONGEST)) == sorted(wanted)
    assert all(unicodedata.is_normalized("NFC", name) for name in wanted)
    found = kit.pieces(print_order(order), order.layout)
    assert [name_on(lines, "Thôn Vườn Mẫu") for _, _, lines in found] == wanted
    for piece, code, lines in found:
        check_piece(piece, code, lines, 2 if design in kit.SHEETS else 5)


def test_it_is_the_same_in_which_form_they_were_typed(projects: Mapping[str, Any]) -> None:
    """Composed or decomposed, the same PDF comes of it, byte for byte."""
    assert not unicodedata.is_normalized("NFC", unicodedata.normalize("NFD", LONGEST))
    composed, decomposed = (kit.printed("63x38", **projects[form]).content for form in ("NFC", "NFD"))
    assert composed == decomposed


words = st.lists(st.sampled_from([*"bcdghklmnpqrstvxy", *LETTERS]), min_size=1, max_size=7).map("".join)
names = (
    st.lists(words, min_size=1, max_size=20)
    .map(lambda some: " ".join(some)[:60].strip())
    .filter(lambda name: len(name) > 2)
)


@given(
    name=names,
    code=st.sampled_from(kit.codes(9)),
    design=st.sampled_from(("200x150", "a5", "a6", "99x139", "63x38", "85x54")),
)
@example(name=WORST, code="12342", design="63x38")
@example(name="B" * 7 + (" " + "W" * 7) * 6, code="12345670", design="63x38")
@example(name="W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W", code="482135", design="a6")
@settings(max_examples=40)
def test_any_name_of_words_fits(name: str, code: str, design: str) -> None:
    """Whatever letters they are made of: words of up to seven letters always have room."""
    order = kit.order(design, [kit.home(name, code)])
    ((piece, square, lines),) = kit.pieces(kit.printed(design, [kit.home(name, code)]), order.layout)
    assert name_on(lines, "Thôn Vườn Mẫu") == name
    check_piece(piece, square, lines, 2 if design in kit.SHEETS else 5)


@each_design
@each("name", ["Lạc", LONGEST])
def test_a_long_village_is_smaller_than_the_name(design: str, name: str) -> None:
    """60 letters of village go beside any name, smaller than it."""
    village = "Tổ dân phố Nguyễn Khuyến Hoàng Thượng Trường Khương Nghiêng "[:60].strip()
    order = kit.order(design, [kit.home(name)], village=kit.village(village))
    ((piece, square, lines),) = kit.pieces(
        kit.printed(design, [kit.home(name)], village=kit.village(village)), order.layout
    )
    assert name_on(lines, village) == name
    check_piece(piece, square, lines, 2 if design in kit.SHEETS else 5)
    sizes = {line.weight: line.size for line in lines if line.text in name or line.text in village}
    assert sizes["SemiBold"] <= sizes["Bold"]


@each_design
def test_a_village_without_room_is_named(design: str) -> None:
    """One word of 60 letters cannot be parted: the village's file, field `name`, and no PDF."""
    found = kit.refusals(design, [kit.home()], village=kit.village("Thôn" + "ngoẵng" * 18))
    assert [(problem.file, problem.field) for problem in found] == [
        ("profiles/thon-vuon-mau/village.yaml", "name")
    ]


@each("language", ["vi", "en"])
@each(
    ("name", "said"),
    [
        (ONE_WORD, {"vi": "dài quá, không in vừa biển", "en": "is too long for the plaque"}),
        ("Vườn 🍊 bà Hường", {"vi": "Chữ in không có ký tự “🍊”", "en": "The letters for print have no “🍊”"}),
        ("Vườn 漢", {"vi": "Chữ in không có ký tự “漢”", "en": "The letters for print have no “漢”"}),
    ],
    ids=["one word", "emoji", "han"],
)  # fmt: skip
def test_a_name_that_cannot_be_printed(
    tmp_path: Path, name: str, said: dict[str, str], language: str
) -> None:
    """One problem with file, line and field, in words, exit 1, and no PDF; the other household is not to blame."""
    root = kit.write_project(tmp_path, ["Vườn bà Hường", name])
    done = vuonho("-C", root, "--lang", language, "plaques", "--all", "--draft")
    assert done.code == 1
    assert done.said.count(said[language]) == 1
    place = {"vi": "dòng 3, Tên vườn", "en": "line 3, Name"}[language]
    assert f"profiles/thon-vuon-mau/ho-1.yaml\n  {place}  " in done.said
    assert "ho-0.yaml" not in done.said
    assert list(root.glob("*.pdf")) == []


@each_design
def test_every_name_that_cannot_be_printed_is_named(design: str) -> None:
    """All at once, not one a run."""
    homes = [kit.home("漢" * 3), kit.home("W" * 60), kit.home("Vườn bà Hường")]
    found = kit.refusals(design, homes)
    assert [problem.field for problem in found] == ["name", "name"]
    assert {problem.file for problem in found} == {kit.home().source}


URLS = (
    "https://thon-nam-tran.github.io/",
    "https://to-cong-nghe-so-thon-vuon-mau.github.io/vuon-ho-gia-dinh/",
    "https://Vuon-Mau.example/Du-An/Thon/Vuon-Mau-Va-Nhung-Nguoi-Ban/".replace(
        "Vuon-Mau.example", "vuon-mau.example"
    ),
    f"https://vuonmau.example/{'abcdefghi-' * 12}abcde/",
    f"https://{'ab-' * 20}cd.{'ef-' * 20}g.example/",
    f"https://{'a' * 63}.example/",
    f"https://vuonmau.example/{'a' * 125}/",
)


@each_design
@each("base_url", URLS)
def test_an_address_of_any_length(design: str, base_url: str) -> None:
    """Up to 150 characters: set smaller, in two lines, or named as too long at base_url; never over anything else."""
    assert len(base_url) <= 150
    site = kit.site(base_url=base_url)
    order = kit.order(design, site=site)
    found = kit.refusals(design, site=site)
    if found:
        assert len(base_url) > 70
        assert [(problem.file, problem.field) for problem in found] == [("profiles/site.yaml", "base_url")]
        return
    ((piece, square, lines),) = kit.pieces(kit.printed(design, site=site), order.layout)
    check_piece(piece, square, lines, 2 if design in kit.SHEETS else 5)
    said = "".join(line.text for line in lines)
    assert f"{base_url.removeprefix('https://')}{kit.DEMO_CODE}/" in said
