"""Whose it is: by code, else by name and place, asking where it is not sure."""

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from exchange_kit import HUONG, MAI, VILLAGE, make_project, told

from case_kit import each
from vuonho.errors import Problem
from vuonho.forms.incoming import Incoming
from vuonho.i18n import Text
from vuonho.importing.match import Matcher, read_project

WEST = {"thon-tay/village.yaml": VILLAGE.format(name="Thôn Tây")}
TWIN = HUONG.replace("482135", "908594").replace("Xóm Đông", "Xóm Bắc")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a village of three households."""
    return make_project(tmp_path / "dự án")


def problems(matcher: Matcher) -> list[Problem]:
    """Return what is wrong with anything that came in, each once."""
    return list(dict.fromkeys(problem for problem, _ in matcher.wrong))


def match(
    root: Path, *incoming: Incoming, answer: bool | None = True, sure: bool = False
) -> tuple[Matcher, list[str]]:
    """Return the matcher, and whose each is: a file, "new", or nothing where nobody can tell."""
    asked: list[Text] = []

    def ask(question: Text) -> bool | None:
        asked.append(question)
        return answer

    matcher = Matcher(read_project(root), ask, sure=sure)
    found = [one.profile.file if one.profile else one.path or "new" for one in matcher.matches(incoming)]
    matcher.questions += asked if answer is not None else []
    return matcher, found


def test_a_code_is_the_household(root: Path) -> None:
    """Whatever else is said, and nobody is asked."""
    matcher, found = match(root, told(code=" 482135 ", name="Tên khác"))
    assert found == ["profiles/thon-dong/ba-huong.yaml"]
    assert (problems(matcher), matcher.questions) == ([], [])


def test_a_registered_code_without_a_profile_gets_its_file_back(root: Path) -> None:
    """The register knows where it was."""
    (root / "profiles/thon-dong/ba-huong.yaml").unlink()
    assert match(root, told(code="482135", name="Vườn bà Hường"))[1] == ["thon-dong/ba-huong.yaml"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("482136", "chữ số sai"),
        ("908594", "không có trong sổ"),
        ("4,82E+05", "không phải chữ số"),
        ("48213", "chữ số sai"),
    ],
)
def test_a_code_that_is_none_of_ours_is_refused_with_its_cell(root: Path, code: str, said: str) -> None:
    """A wrong digit would change another family's page."""
    matcher, found = match(root, told(code=code, name="Vườn bà Hường"))
    assert found == []
    (problem,) = problems(matcher)
    assert "trang Hộ, ô B2" in problem.message.vi
    assert said in problem.message.vi


@pytest.mark.parametrize(
    "name", ["Vườn bà Hường", "VƯỜN BÀ  HƯỜNG", unicodedata.normalize("NFD", "Vườn bà Hường")]
)
def test_a_name_is_asked_about(root: Path, name: str) -> None:
    """Yes makes it that household, no a new one, and whoever is not there is taken to say yes."""
    assert match(root, told(name=name), answer=True)[1] == ["profiles/thon-dong/ba-huong.yaml"]
    assert match(root, told(name=name), answer=False)[1] == ["new"]
    matcher, found = match(root, told(name=name), answer=None)
    assert found == ["profiles/thon-dong/ba-huong.yaml"]
    assert "482135, Xóm Đông" in matcher.questions[0].vi


def test_what_is_likely_needs_no_asking_for_the_sure(root: Path) -> None:
    """With --yes."""
    matcher, found = match(root, told(name="Nhà chị Mai"), sure=True)
    assert found == ["profiles/thon-dong/chi-mai.yaml"]
    assert matcher.questions == []


def test_the_same_name_elsewhere_is_another_household_unless_somebody_says_so(root: Path) -> None:
    """Its address speaks against it, so --yes does not decide."""
    incoming = told(name="Nhà chị Mai", location={"address": "Xóm Đông"})
    assert match(root, incoming, answer=None)[1] == ["new"]
    assert match(root, incoming, answer=True)[1] == ["profiles/thon-dong/chi-mai.yaml"]
    matcher, found = match(root, incoming, sure=True)
    assert found == []
    assert "711946" in problems(matcher)[0].message.vi


@pytest.mark.parametrize("other", [{"head": "Lê Thị Mai"}, {"contact": {"phone": "0570 999 999"}}])
def test_the_same_name_with_another_head_or_phone_is_not_sure(tmp_path: Path, other: dict[str, Any]) -> None:
    """Two families may have chosen one name; --yes does not make them one."""
    mine = MAI.replace("location:", "head: Đặng Thị Mai\ncontact: {phone: 0570 012 345}\nlocation:")
    root = make_project(tmp_path / "p", {"thon-dong/chi-mai.yaml": mine})
    matcher, found = match(root, told(name="Nhà chị Mai", **other), sure=True)
    assert found == []
    assert "711946" in problems(matcher)[0].message.vi


def test_of_two_of_one_name_the_address_tells(tmp_path: Path) -> None:
    """Without an address nobody can."""
    root = make_project(tmp_path / "p", {"thon-dong/ba-huong-2.yaml": TWIN})
    north = told(name="Vườn bà Hường", location={"address": "xom bac"})
    assert match(root, north)[1] == ["profiles/thon-dong/ba-huong-2.yaml"]
    matcher, found = match(root, told(name="Vườn bà Hường"), sure=True)
    assert found == []
    assert "482135" in problems(matcher)[0].message.vi
    assert "908594" in problems(matcher)[0].message.vi


@each("village", ["thon-tay", "Thôn Tây", "thon tay", "THÔN  TÂY"])
def test_a_village_is_named_by_folder_or_name(tmp_path: Path, village: str) -> None:
    """Accents or not."""
    root = make_project(tmp_path / "p", WEST)
    matcher = Matcher(read_project(root), lambda _: None, sure=True)
    assert [one.home.slug for one in matcher.matches([told(village, name="Nhà mới")])] == ["thon-tay"]


@pytest.mark.parametrize("village", ["", "Thôn Nam"])
def test_a_village_that_is_none_is_named_with_those_there_are(tmp_path: Path, village: str) -> None:
    """Where there are several, it must be said."""
    matcher, found = match(make_project(tmp_path / "p", WEST), told(village, name="Nhà mới"))
    assert found == []
    assert "Thôn Đông, Thôn Tây" in problems(matcher)[0].hint.vi


def test_a_household_does_not_move_by_itself(tmp_path: Path) -> None:
    """A code of one village and the name of another do not go together."""
    matcher, found = match(make_project(tmp_path / "p", WEST), told("Thôn Tây", code="482135"))
    assert found == []
    assert "Thôn Đông" in problems(matcher)[0].message.vi


def test_a_household_without_a_name_is_named_by_its_row(root: Path) -> None:
    """Nobody else can find it."""
    matcher, found = match(root, told(garden={"area": "100"}))
    assert found == []
    assert "trang Hộ, ô A2" in problems(matcher)[0].message.vi


def test_one_household_twice(root: Path) -> None:
    """A form that was sent again is taken once; two tellings are a problem; two addresses are two households."""
    again = told(name="Nhà mới", garden={"area": "100"})
    matcher, found = match(root, again, again)
    assert (found, problems(matcher)) == (["new"], [])
    matcher, found = match(root, again, told(name="NHÀ MỚI", garden={"area": "200"}))
    assert found == ["new"]
    assert "hai lần" in problems(matcher)[0].message.vi
    east, west = (told(name="Nhà mới", location={"address": one}) for one in ("Xóm Đông", "Xóm Tây"))
    assert match(root, east, west)[1] == ["new", "new"]
    matcher, _ = match(root, told(code="482135", head="A"), told(name="Vườn bà Hường"))
    assert "hai lần" in problems(matcher)[0].message.vi


def test_a_file_that_lost_its_code_is_not_written_over(root: Path) -> None:
    """The register says whose it is; a new profile in its place would lose what it says."""
    path = root / "profiles/thon-dong/ba-huong.yaml"
    path.write_text(HUONG.replace('code: "482135"\n', ""), encoding="utf-8")
    matcher, found = match(root, told(code="482135", name="Vườn bà Hường"))
    assert found == []
    assert "không còn ghi mã" in problems(matcher)[0].message.vi


LOST = {"733963": "Vườn ông Sơn", "259410": "Nhà chị Lan"}
"""Plaques that hang, of households that no register has any more."""


@dataclass(frozen=True)
class Brought:
    """What came of something that came in: codes with their rows' files, problems, questions that were put."""

    found: list[tuple[str, str]]
    problems: list[Problem]
    asked: list[str]


def brought(
    root: Path, *incoming: Incoming, answer: bool | None = None, sure: bool = False, keep: bool = False
) -> Brought:
    """Match what came in, with one answer to whatever is asked."""
    asked: list[str] = []

    def ask(question: Text) -> bool | None:
        asked.append(question.vi)
        return answer

    matcher = Matcher(read_project(root), ask, sure=sure, keep_codes=keep)
    found = [(one.code, one.path) for one in matcher.matches(incoming)]
    return Brought(found, problems(matcher), asked)


def test_codes_of_plaques_that_hang_are_asked_about_once(root: Path) -> None:
    """All of them in one question, each with its household."""
    done = brought(root, *(told(code=code, name=name) for code, name in LOST.items()), answer=True)
    assert done.found == [("733963", ""), ("259410", "")]
    (question,) = done.asked
    assert question.splitlines() == [
        "2 mã chưa có trong sổ của máy này:",
        "  733963  Vườn ông Sơn",
        "  259410  Nhà chị Lan",
        "Biển đang treo ở từng nhà ghi đúng mã ấy phải không?",
    ]


@pytest.mark.parametrize(("answer", "sure"), [(False, False), (None, False), (None, True), (False, True)])
def test_a_code_that_nobody_vouches_for_is_refused(root: Path, answer: bool | None, sure: bool) -> None:
    """A no, or nobody there: not even --yes knows what hangs at a gate; the words lead to the option."""
    done = brought(root, told(code="733963", name="Vườn ông Sơn"), answer=answer, sure=sure)
    assert done.found == []
    (problem,) = done.problems
    assert "733963 không có trong sổ" in problem.message.vi
    assert "ghi đúng mã này thì thêm --keep-codes" in problem.hint.vi
    assert "Nhà chưa có biển thì để trống ô mã" in problem.hint.vi


def test_the_option_keeps_codes_without_asking(root: Path) -> None:
    """Off a terminal."""
    done = brought(root, told(code="733963", name="Vườn ông Sơn"), sure=True, keep=True)
    assert (done.found, done.asked) == ([("733963", "")], [])


@pytest.mark.parametrize(
    ("code", "values", "said"),
    [
        ("733936", {"name": "Vườn ông Sơn"}, "chữ số sai"),
        ("908594", {"name": "Vườn bà Hường"}, "hộ tên này mang mã 482135"),
        ("733963", {"name": ""}, "chưa có tên"),
        ("733963", {"withdrawn": "2026-11-01"}, "không có trong sổ"),
        ("594379", {"name": "Vườn ông Sơn"}, "đã hủy"),
    ],
)
def test_the_option_keeps_no_code_that_is_wrong(
    root: Path, code: str, values: dict[str, Any], said: str
) -> None:
    """A wrong digit, a household that is here under another code, none at all, one that left, a void code."""
    with (root / "profiles/codes.csv").open("a", encoding="utf-8") as register:
        register.write("594379,thon-dong/bo.yaml,2026-10-19,,,void\n")
    done = brought(root, told(code=code, **values), sure=True, keep=True)
    assert done.found == []
    assert said in done.problems[0].message.vi


def test_a_family_that_left_does_not_come_back_by_its_plaque(root: Path) -> None:
    """Its row is in the register: the code is known, and no question is put."""
    done = brought(root, told(code="643479", name="Nhà đã rút"), answer=True)
    assert (done.found, done.asked) == ([("643479", "thon-dong/da-rut.yaml")], [])
