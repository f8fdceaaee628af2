"""Whose it is: by code, else by name and place, asking where it is not sure."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from exchange_kit import HUONG, MAI, VILLAGE, make_project, told

from case_kit import each
from vuonho.errors import Problem
from vuonho.forms.incoming import Incoming
from vuonho.importing.match import Matcher, read_project

WEST = {"thon-tay/village.yaml": VILLAGE.format(name="Thôn Tây")}
TWIN = HUONG.replace("482135", "908594").replace("Xóm Đông", "Xóm Bắc")
HOMES = {"482135": "profiles/thon-dong/ba-huong.yaml", "711946": "profiles/thon-dong/chi-mai.yaml"}

LEFT = "profiles/thon-dong/da-rut.yaml"


class Matched(NamedTuple):
    """Whose each thing is, as a file, "new" or a code; what is wrong with any; the questions put or left open."""

    found: list[str]
    wrong: list[Problem]
    asked: list[str]


def match(
    root: Path, *incoming: Incoming, answer: bool | None = True, sure: bool = False, keep: bool = False
) -> Matched:
    """Match what came in, with one answer to all that is asked."""
    asked: list[str] = []

    def ask(question: Any) -> bool | None:
        asked.append(question.vi)
        return answer

    matcher = Matcher(read_project(root), ask, sure=sure, keep_codes=keep)
    found = [
        one.profile.file if one.profile else one.path or one.code or "new"
        for one in matcher.matches(incoming)
    ]
    return Matched(found, list(dict.fromkeys(problem for problem, _ in matcher.wrong)), asked)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a village of three households, which no test changes."""
    return make_project(tmp_path_factory.mktemp("matching") / "dự án")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of two villages; in one, two households have one name."""
    return make_project(tmp_path_factory.mktemp("two") / "p", WEST | {"thon-dong/ba-huong-2.yaml": TWIN})


def test_a_code_is_the_household(root: Path, tmp_path: Path) -> None:
    """Whatever else is said, and nobody is asked; one without a profile gets its file back."""
    assert match(root, told(code=" 482135 ", name="Tên khác")) == ([HOMES["482135"]], [], [])
    lost = make_project(tmp_path / "p")
    path = lost / HOMES["482135"]
    path.unlink()
    assert match(lost, told(code="482135", name="Vườn bà Hường")).found == ["thon-dong/ba-huong.yaml"]
    path.write_text(HUONG.replace('code: "482135"\n', ""), encoding="utf-8")
    done = match(lost, told(code="482135", name="Vườn bà Hường"))
    assert (done.found, "không còn ghi mã" in done.wrong[0].message.vi) == ([], True)


@each(
    ("values", "where", "said"),
    [
        ({"code": "482136"}, "trang Hộ, ô B2", "chữ số sai"),
        ({"code": "908594"}, "trang Hộ, ô B2", "908594 không có trong sổ"),
        ({"code": "4,82E+05"}, "trang Hộ, ô B2", "không phải chữ số"),
        ({"code": "48213"}, "trang Hộ, ô B2", "chữ số sai"),
        ({"garden": {"area": "100"}}, "trang Hộ, ô A2", "Hộ này chưa có tên"),
    ],
)
def test_what_is_nobodys_is_refused_with_its_cell(
    root: Path, values: dict[str, Any], where: str, said: str
) -> None:
    """A wrong digit would change another family's page; without a name nobody can find it."""
    done = match(root, told(**values), answer=False)
    (problem,) = done.wrong
    assert done.found == []
    assert where in problem.message.vi
    assert said in problem.message.vi


@each("name", ["Vườn bà Hường", "VƯỜN BÀ  HƯỜNG", "Vươ\u0300n bà Hươ\u0300ng"])
def test_a_name_is_asked_about(root: Path, name: str) -> None:
    """Yes, --yes or nobody there makes it that household, no a new one."""
    for answer, sure, found in ((True, False, "482135"), (None, False, "482135"), (None, True, "482135")):
        assert match(root, told(name=name), answer=answer, sure=sure).found == [HOMES[found]]
    done = match(root, told(name=name), answer=False)
    assert done.found == ["new"]
    assert "482135, Xóm Đông" in done.asked[0]
    assert match(root, told(name="Nhà chị Mai"), sure=True) == ([HOMES["711946"]], [], [])


@each(
    "other",
    [{"location": {"address": "Xóm Đông"}}, {"head": "Lê Thị Mai"}, {"contact": {"phone": "0570 999 999"}}],
)
def test_the_same_name_elsewhere_is_another_household_unless_somebody_says_so(
    tmp_path: Path, other: dict[str, Any]
) -> None:
    """Address, head or phone speak against it, so --yes does not decide: two families may have chosen one name."""
    mine = MAI.replace("location:", "head: Đặng Thị Mai\ncontact: {phone: 0570 012 345}\nlocation:")
    root = make_project(tmp_path / "p", {"thon-dong/chi-mai.yaml": mine})
    incoming = told(name="Nhà chị Mai", **other)
    assert match(root, incoming, answer=None).found == ["new"]
    assert match(root, incoming, answer=True).found == [HOMES["711946"]]
    done = match(root, incoming, sure=True)
    assert (done.found, "711946" in done.wrong[0].message.vi) == ([], True)


def test_villages_and_namesakes_are_told_apart(two: Path) -> None:
    """By folder or name, by the address; where nobody can tell, all are named."""
    north = told("thon-dong", name="Vườn bà Hường", location={"address": "xom bac"})
    assert match(two, north).found == ["profiles/thon-dong/ba-huong-2.yaml"]
    done = match(two, told("Thôn Đông", name="Vườn bà Hường"), sure=True)
    assert done.found == []
    assert all(code in done.wrong[0].message.vi for code in ("482135", "908594"))
    matcher = Matcher(read_project(two), lambda _: None, sure=True)
    for village in ("thon-tay", "Thôn Tây", "thon tay", "THÔN  TÂY"):
        assert [one.home.slug for one in matcher.matches([told(village, name="Nhà mới")])] == ["thon-tay"]
    for village in ("", "Thôn Nam"):
        done = match(two, told(village, name="Nhà mới"))
        assert (done.found, "Thôn Đông, Thôn Tây" in done.wrong[0].hint.vi) == ([], True)
    done = match(two, told("Thôn Tây", code="482135"))  # a household does not move by itself
    assert (done.found, "Thôn Đông" in done.wrong[0].message.vi) == ([], True)


def test_one_household_twice(root: Path) -> None:
    """A form that was sent again is taken once; two tellings are a problem; two addresses are two households."""
    again = told(name="Nhà mới", garden={"area": "100"})
    assert match(root, again, again) == (["new"], [], [])
    for one, other in (
        (again, told(name="NHÀ MỚI", garden={"area": "200"})),
        (told(code="482135", head="A"), told(name="Vườn bà Hường")),
    ):
        assert "hai lần" in match(root, one, other).wrong[0].message.vi
    east, west = (told(name="Nhà mới", location={"address": one}) for one in ("Xóm Đông", "Xóm Tây"))
    assert match(root, east, west).found == ["new", "new"]


# --- Plaques that hang, of households that no register has any more ---

SON = told(code="733963", name="Vườn ông Sơn")


def test_codes_of_plaques_that_hang_are_asked_about_once(root: Path) -> None:
    """All of them in one question, each with its household; off a terminal an option says so."""
    done = match(root, SON, told(code="259410", name="Nhà chị Lan"))
    assert done.found == ["733963", "259410"]
    (question,) = done.asked
    assert question.splitlines() == [
        "2 mã chưa có trong sổ của máy này:",
        "  733963  Vườn ông Sơn",
        "  259410  Nhà chị Lan",
        "Biển đang treo ở từng nhà ghi đúng mã ấy phải không?",
    ]
    assert match(root, SON, answer=None, sure=True, keep=True) == (["733963"], [], [])
    # A family that left does not come back by its plaque: its row is in the register, and nothing is asked.
    assert match(root, told(code="643479", name="Nhà đã rút")) == ([LEFT], [], [])


@each(("answer", "sure"), [(False, False), (None, False), (None, True), (False, True)])
def test_a_code_that_nobody_vouches_for_is_refused(root: Path, answer: bool | None, sure: bool) -> None:
    """A no, or nobody there: not even --yes knows what hangs at a gate; the words lead to the option."""
    done = match(root, SON, answer=answer, sure=sure)
    (problem,) = done.wrong
    assert (done.found, "733963 không có trong sổ" in problem.message.vi) == ([], True)
    assert "ghi đúng mã này thì khi máy hỏi hãy trả lời “có” (--keep-codes)" in problem.hint.vi
    assert "Nhà chưa có biển thì để trống ô mã" in problem.hint.vi


@each(
    ("code", "values", "said"),
    [
        ("733936", {"name": "Vườn ông Sơn"}, "chữ số sai"),
        ("908594", {"name": "Vườn bà Hường"}, "hộ tên này mang mã 482135"),
        ("733963", {"name": ""}, "chưa có tên"),
        ("733963", {"withdrawn": "2026-11-01"}, "vuonho withdraw 733963"),
        ("594379", {"name": "Vườn ông Sơn"}, "đã hủy"),
    ],
)
def test_the_option_keeps_no_code_that_is_wrong(
    tmp_path: Path, code: str, values: dict[str, Any], said: str
) -> None:
    """A wrong digit, a household that is here under another code, none at all, one that left, a void code."""
    root = make_project(tmp_path / "p")
    with (root / "profiles/codes.csv").open("a", encoding="utf-8") as register:
        register.write("594379,thon-dong/bo.yaml,2026-10-19,,,void\n")
    done = match(root, told(code=code, **values), answer=None, sure=True, keep=True)
    assert done.found == []
    assert said in f"{done.wrong[0].message.vi} {done.wrong[0].hint.vi}"
