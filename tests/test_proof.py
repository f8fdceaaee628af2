"""`vuonho verify` on the demo: clean as built, and each leak or break named and refused."""

import shutil
from pathlib import Path

import pytest

from command_kit import twin, vuonho
from proof_kit import (
    BREAKS,
    FULL_NAME,
    HUONG,
    LEAKS,
    MIDDLE,
    NAME,
    NOT_AGREED,
    PAGE,
    PAGES,
    PHONE,
    POINT,
    QUIET,
    SILENT,
    STORY,
    VILLAGE,
    into_page,
)
from vuonho.build import build
from vuonho.cli.console import Console
from vuonho.errors import DataProblems
from vuonho.verify.site import prove

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def village(built_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo village, with a household of which nothing is ticked, built; its photos are processed already."""
    root = twin(built_demo, tmp_path_factory.mktemp("whole") / "demo")
    return _with_a_silent_one(root)


@pytest.fixture(scope="module")
def demo(built_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a few of the demo's families."""
    root = shutil.copytree(built_demo, tmp_path_factory.mktemp("proof") / "demo", ignore=_NOT_NEEDED)
    register = root / "profiles" / "codes.csv"
    rows = register.read_text(encoding="utf-8").splitlines(keepends=True)
    rows = [row for row in rows if not any(f"/{name}," in row for name in ABSENT)]
    register.write_text("".join(rows), encoding="utf-8", newline="")
    return _with_a_silent_one(root)


def _with_a_silent_one(root: Path) -> Path:
    (root / "profiles" / VILLAGE / "kin-dao.yaml").write_text(SILENT, encoding="utf-8")
    with (root / "profiles" / "codes.csv").open("a", encoding="utf-8", newline="") as register:
        register.write(f"{QUIET},{VILLAGE}/kin-dao.yaml,2026-10-19,,,\n")
    _build(root)
    return root


ABSENT = (
    "ao-vuon-ong-canh.yaml", "muoi-hai-cay.yaml", "nha-nghi-nguyet-thuy.yaml", "rau-nha-sen.yaml",
    "ruong-lac.yaml", "trai-huou.yaml", "vuon-hoa-nha-xuan.yaml", "vuon-hong-ong-binh.yaml",
)  # fmt: skip
"""Families of the demo that no proof here needs; each proof reads every page."""

_NOT_NEEDED = shutil.ignore_patterns("site", "out", "register.csv", *ABSENT)


def _build(root: Path) -> None:
    build(root, "site", jobs=1, base_url=None, progress=Console("en").progress, on_wait=lambda: None)


@pytest.fixture
def project(demo: Path, tmp_path: Path) -> Path:
    """A copy of the built demo to do harm to."""
    return shutil.copytree(demo, tmp_path / "du an")


def said(root: Path) -> list[tuple[str, str]]:
    """Return what is wrong with a built site: each file of it, with what is said of it."""
    problems = prove(root, root / "site", lambda *_: None).problems
    return [(one.file.removeprefix("site/"), one.message.en) for one in problems]


def leak(kind: str, owner: str) -> str:
    return f"The {kind} of household {owner} is here, and the family did not agree to show it."


@pytest.mark.parametrize(("language", "well"), [("vi", "Tốt cả"), ("en", "All is well")])
def test_the_demo_is_proved(village: Path, language: str, well: str) -> None:
    """A site as it was built has no problem, in either language."""
    done = vuonho("-C", village, "--lang", language, "verify")
    assert (done.code, well in done.said) == (0, True)


def test_each_leak_is_named(village: Path, tmp_path: Path) -> None:
    """A value put where nobody ticked it: kind, household and file are named, the value is not, and the end is 1."""
    root = shutil.copytree(village, tmp_path / "du an")
    for edit, _kind, _file in LEAKS.values():
        edit(root / "site")
    owners = {name: NOT_AGREED if "not agreed" in name else QUIET for name in LEAKS}
    wanted = {(file, leak(kind, owners[name])) for name, (_edit, kind, file) in LEAKS.items()}
    assert {one for one in said(root) if "did not agree" in one[1]} == wanted
    done = vuonho("--lang", "en", "-C", root, "verify")
    assert (done.code, f"Error: {leak(PHONE, QUIET)}" in done.said) == (1, True)
    assert [secret for secret in (NAME, "987 123", "987123", MIDDLE) if secret in done.said] == []


def test_each_break_is_named(demo: Path, tmp_path: Path) -> None:
    """One thing broken by hand is named with its file and what is wrong."""
    apart = "notice deleted"  # which stands in the way of others
    for names in ([name for name in BREAKS if name != apart], [apart]):
        root = shutil.copytree(demo, tmp_path / names[0])
        for name in names:
            BREAKS[name][0](root / "site")
        found = said(root)
        assert vuonho("-C", root, "verify").code == 1
        for name in names:
            _edit, file, words = BREAKS[name]
            told = " ".join(message for where, message in found if where.startswith(file))
            assert words.casefold() in told.casefold(), (name, found)


# --- Against the profiles ----------------------------------------------------------------------------------


def rewrite(root: Path, name: str, *changes: tuple[str, str]) -> None:
    """Changes words of a profile."""
    path = root / "profiles" / VILLAGE / name
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def test_what_was_taken_back_and_not_built_is_found(project: Path) -> None:
    """Of a site that stood before: phone and name without their ticks, and a photo of people, on a page even."""
    rewrite(project, "ba-huong.yaml", ("[full_name, phone, ", "["), ("near_point, faces, ", "near_point, "))
    found = {message for _file, message in said(project)}
    assert {leak(PHONE, HUONG), leak(FULL_NAME, HUONG)} <= found
    assert [message for message in found if f"A photo of household {HUONG} is here" in message] != []


def test_a_withdrawal_not_built_is_found(project: Path) -> None:
    """A family withdrew, and its page still stands because nobody built the site again."""
    rewrite(project, "ba-huong.yaml", (f'code: "{HUONG}"', f'code: "{HUONG}"\nwithdrawn: 2026-10-25'))
    _mark(project, HUONG, "withdrawn")
    assert "The family left and its page is still here" in " ".join(
        message for _file, message in said(project)
    )
    _build(project)
    assert said(project) == []


def _mark(root: Path, code: str, status: str) -> None:
    path = root / "profiles" / "codes.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    marked = [f"{row}{status}" if row.startswith(code) else row for row in rows]
    path.write_text("\n".join([*marked, ""]), encoding="utf-8")


STANDS = "đến nay vẫn ra quả."


def test_what_another_family_made_public_is_no_leak(project: Path) -> None:
    """A photo, a person's name, a sentence of a story: where one family shows it, it cannot be told from the other's.

    A garden that has no page yet is called by everyday words, which a ticked story may use.
    """
    photos = project / "profiles" / VILLAGE / "photos"
    shutil.copyfile(photos / "huong-1.jpg", photos / "chung.jpg")
    rewrite(project, "kin-dao.yaml", ("checked:", "photos: [photos/chung.jpg]\nchecked:"))
    rewrite(project, "chua-dong-y.yaml", ("name: Vườn nhà Tuất", "name: Vườn cam chanh"))
    told = f"{STANDS} {MIDDLE}. Bên kia là vườn cam chanh."
    rewrite(project, "ba-huong.yaml", (STANDS, told), ("head: Nguyễn Thị Hường", f"head: {NAME}"))
    _build(project)
    assert said(project) == []


def test_a_place_of_the_same_name_is_no_leak(project: Path) -> None:
    """A head called like the village is not given away by the village."""
    rewrite(project, "kin-dao.yaml", (NAME, "Vườn Mẫu"))
    _build(project)
    assert said(project) == []


ADDRESS, NEIGHBOUR = "address: Xóm Nam", "address: Xóm Đông, ngõ 3"
OWN, NEXT = f"{QUIET}/index.html", PAGE
CASES = {
    "numbers": (
        ((ADDRESS, "address: 0570 987 123"), ("checked:", f"products: [{{name: Cam {NAME}}}]\nchecked:")),
        ((NEIGHBOUR, f'address: "{NAME}"'),),
        {(OWN, PHONE), (OWN, FULL_NAME), (NEXT, FULL_NAME)},
    ),
    "names": (
        ((ADDRESS, f"address: Nhà {NAME}"), ("checked:", "visits: {welcome: true, hours: gọi 0570 987 123}\nchecked:")),
        ((STANDS, f"{STANDS} Giống của bác {NAME} cho."),),
        {(OWN, FULL_NAME), (OWN, PHONE), (NEXT, FULL_NAME)},
    ),
    "points": (
        ((ADDRESS, 'address: "18.123457, 105.758912"'),),
        ((NEIGHBOUR, 'address: "18.123457, 105.758912"'),),
        {(OWN, POINT), (NEXT, POINT)},
    ),
}  # fmt: skip
"""What the family and its neighbour write, and where which value of the family is a leak by that."""


@pytest.mark.parametrize("case", CASES)
def test_a_fact_makes_nothing_public(case: str, project: Path) -> None:
    """A family's phone, name or point stays unticked though it, or its neighbour, wrote it where no tick is needed."""
    own, neighbour, wanted = CASES[case]
    rewrite(project, "kin-dao.yaml", *own)
    rewrite(project, "ba-huong.yaml", *neighbour)
    _build(project)
    assert {(file, leak(kind, QUIET)) for file, kind in wanted} <= set(said(project))


KEPT = {PHONE: "0570 987 123", FULL_NAME: NAME, POINT: "18.123457, 105.758912", STORY: MIDDLE}


@pytest.mark.parametrize("garden", ["garden: {area: 900}\n", ""])
def test_what_a_family_left_behind_is_looked_for(garden: str, project: Path) -> None:
    """A withdrawn profile keeps its old fields, whole or not, and none of them may stand in the site."""
    text = SILENT.replace("checked:", "withdrawn: 2026-10-25\nchecked:")
    text = text.replace("garden: {area: 900, crops: [Cam bù]}\n", garden)
    (project / "profiles" / VILLAGE / "kin-dao.yaml").write_text(text, encoding="utf-8")
    _mark(project, QUIET, "withdrawn")
    _build(project)
    assert said(project) == []
    pages = dict(zip(KEPT, PAGES, strict=False))
    for kind, value in KEPT.items():
        into_page(value, pages[kind])(project / "site")
    assert set(said(project)) == {(page, leak(kind, QUIET)) for kind, page in pages.items()}


def test_a_village_with_an_error_proves_nothing(project: Path) -> None:
    """Where it cannot be read, it is not known what was to be shown."""
    rewrite(project, "village.yaml", ("name:", "nam:"))
    with pytest.raises(DataProblems):
        prove(project, project / "site", lambda *_: None)
