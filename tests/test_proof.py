"""`vuonho verify` on the demo: clean as built, and one leak or break at a time named and refused."""

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from case_kit import each
from command_kit import vuonho
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
    ROUNDS,
    SILENT,
    STORY,
    VILLAGE,
    Edit,
    into_page,
)
from vuonho.build import build
from vuonho.cli.app import run
from vuonho.cli.console import Console
from vuonho.errors import DataProblems
from vuonho.verify.site import prove

pytestmark = pytest.mark.slow

Said = Mapping[str, tuple[int, str, str]]
"""Of each harm: the exit code, all that was said, and what was said of its own file."""


@pytest.fixture(scope="module")
def village(built_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo village, with a household of which nothing is ticked, built; its photos are processed already."""
    root = shutil.copytree(built_demo, tmp_path_factory.mktemp("whole") / "demo")
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
    root = tmp_path / "du an"
    shutil.copytree(demo, root)
    return root


def verify(root: Path, capsys: pytest.CaptureFixture[str], language: str = "en") -> tuple[int, str]:
    """The exit code of `vuonho verify` and what it says."""
    code = run(["-C", str(root), "verify"], Console(language))
    out = capsys.readouterr()
    return code, out.out + out.err


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_demo_is_proved(language: str, village: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A site as it was built has no problem, in either language."""
    code, said = verify(village, capsys, language)
    assert (code, ("All is well" if language == "en" else "Tốt cả") in said) == (0, True)


def of_file(said: str, file: str) -> str:
    """Return what is said of the files whose name begins so; each file has a paragraph."""
    return "\n".join(part for part in said.split("\n\n") if part.startswith(f"site/{file}"))


def harmed(demo: Path, root: Path, harms: Iterable[tuple[str, Edit, str]]) -> dict[str, tuple[int, str, str]]:
    """Do several harms to a copy of the demo, each to a file of its own, and return what is said of each."""
    shutil.copytree(demo, root)
    done = tuple(harms)
    for _name, edit, _file in done:
        edit(root / "site")
    outcome = vuonho("--lang", "en", "-C", root, "verify")
    return {name: (outcome.code, outcome.said, of_file(outcome.said, file)) for name, _edit, file in done}


def rounds_of_leaks() -> list[list[str]]:
    """Return the leaks in a few rounds: into other files, and at most two of a kind, for more are said once."""
    rounds: list[list[str]] = []
    for leak, (_edit, kind, file) in LEAKS.items():
        free = (
            names
            for names in rounds
            if file not in [LEAKS[name][2] for name in names]
            and [LEAKS[name][1] for name in names].count(kind) < 2
        )
        found = next(free, None)
        if found is None:
            rounds.append([leak])
        else:
            found.append(leak)
    return rounds


@pytest.fixture(scope="module")
def said_of_leaks(village: Path, tmp_path_factory: pytest.TempPathFactory) -> Said:
    """Return what is said of each leak; no file holds two of them."""
    said: dict[str, tuple[int, str, str]] = {}
    for names in rounds_of_leaks():
        root = tmp_path_factory.mktemp("leaks") / "du an"
        said |= harmed(village, root, ((name, LEAKS[name][0], LEAKS[name][2]) for name in names))
    return said


@pytest.fixture(scope="module")
def said_of_breaks(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Said:
    """Return what is said of each break."""
    said: dict[str, tuple[int, str, str]] = {}
    for names in ROUNDS:
        root = tmp_path_factory.mktemp("breaks") / "du an"
        said |= harmed(demo, root, ((name, *BREAKS[name][:2]) for name in names if name in BREAKS))
    return said


@each("leak", LEAKS)
def test_a_leak_is_named(leak: str, said_of_leaks: Said) -> None:
    """A value put where nobody ticked it ends in 1; kind, household and file are named, the value is not."""
    _edit, kind, _file = LEAKS[leak]
    code, all_said, said = said_of_leaks[leak]
    owner = NOT_AGREED if "not agreed" in leak else QUIET
    assert (code, f"Error: The {kind} of household {owner} is here" in said) == (1, True)
    assert said.count(" is here, and the family did not agree") == 1
    assert set() == {secret for secret in (NAME, "987 123", "987123", MIDDLE) if secret in all_said}


@each("harm", BREAKS)
def test_a_break_is_named(harm: str, said_of_breaks: Said) -> None:
    """One thing broken by hand ends in 1, with its file and what is wrong."""
    _edit, _file, word = BREAKS[harm]
    code, _all_said, said = said_of_breaks[harm]
    assert (code, "Error:" in said) == (1, True)
    assert word.casefold() in said.casefold()


# --- Against the profiles ----------------------------------------------------------------------------------


def rewrite(root: Path, name: str, old: str, new: str) -> None:
    """Changes words of a profile."""
    path = root / "profiles" / VILLAGE / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_tick_taken_back_and_not_built_is_found(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The site that stood before the family took its phone and name back is no longer proved."""
    rewrite(project, "ba-huong.yaml", "[full_name, phone, ", "[")
    code, said = verify(project, capsys)
    assert (code, [f"The {kind} of household {HUONG}" in said for kind in (PHONE, FULL_NAME)]) == (
        1,
        [True, True],
    )


def test_a_withdrawal_not_built_is_found(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A family withdrew, and its page still stands because nobody built the site again."""
    rewrite(project, "ba-huong.yaml", f'code: "{HUONG}"', f'code: "{HUONG}"\nwithdrawn: 2026-10-25')
    _mark(project, HUONG, "withdrawn")
    code, said = verify(project, capsys)
    assert (code, "The family left and its page is still here" in said) == (1, True)
    _build(project)
    assert verify(project, capsys)[0] == 0


def _mark(root: Path, code: str, status: str) -> None:
    path = root / "profiles" / "codes.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    marked = [f"{row}{status}" if row.startswith(code) else row for row in rows]
    path.write_text("\n".join([*marked, ""]), encoding="utf-8")


def test_a_photo_taken_back_and_not_built_is_found(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A family no longer shows its people, and the photo still stands in the site, on a page even."""
    rewrite(project, "ba-huong.yaml", "near_point, faces, ", "near_point, ")
    code, said = verify(project, capsys)
    assert (code, f"A photo of household {HUONG} is here" in said) == (1, True)


def test_a_photo_that_another_shows_is_no_leak(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two families have one photo; the one that shows it has made it public."""
    photos = project / "profiles" / VILLAGE / "photos"
    shutil.copyfile(photos / "huong-1.jpg", photos / "chung.jpg")
    rewrite(project, "kin-dao.yaml", "checked:", "photos: [photos/chung.jpg]\nchecked:")
    _build(project)
    assert verify(project, capsys)[0] == 0


def test_a_neighbours_name_in_a_story_is_a_leak(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A family that ticked its story cannot make its neighbour's full name public with it."""
    rewrite(project, "ba-huong.yaml", "đến nay vẫn ra quả.", f"đến nay vẫn ra quả. Giống của bác {NAME} cho.")
    _build(project)
    code, said = verify(project, capsys)
    assert (code, f"site/{PAGE}" in said and f"The {FULL_NAME} of household {QUIET}" in said) == (1, True)


def test_words_of_a_story_are_no_garden_of_another(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A garden that has no page yet is called by everyday words, which a ticked story may use."""
    rewrite(project, "chua-dong-y.yaml", "name: Vườn nhà Tuất", "name: Vườn cam chanh")
    rewrite(project, "ba-huong.yaml", "đến nay vẫn ra quả.", "đến nay vẫn ra quả. Bên kia là vườn cam chanh.")
    _build(project)
    assert verify(project, capsys)[0] == 0


def test_a_name_that_another_ticked_is_no_leak(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two people of one name: where one shows it, it cannot be told from the other's."""
    rewrite(project, "ba-huong.yaml", "head: Nguyễn Thị Hường", f"head: {NAME}")
    _build(project)
    assert verify(project, capsys)[0] == 0


def test_the_same_story_shown_by_another_is_no_leak(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sentence that stands in a story that was ticked is public, whoever else told it."""
    rewrite(project, "ba-huong.yaml", "đến nay vẫn ra quả.", f"đến nay vẫn ra quả. {MIDDLE}.")
    _build(project)
    assert verify(project, capsys)[0] == 0


OWN = {
    "phone in the address": ("address: Xóm Nam", "address: 0570 987 123", PHONE),
    "name in the address": ("address: Xóm Nam", f"address: Nhà {NAME}", FULL_NAME),
    "point in the address": ("address: Xóm Nam", 'address: "18.123457, 105.758912"', POINT),
    "name of a product": ("checked:", f"products: [{{name: Cam {NAME}}}]\nchecked:", FULL_NAME),
    "phone in the hours": ("checked:", "visits: {welcome: true, hours: gọi 0570 987 123}\nchecked:", PHONE),
}


@pytest.mark.parametrize("where", OWN)
def test_an_own_fact_makes_nothing_public(
    where: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A family's phone, name or point stays unticked though it wrote it into a fact that needs no tick."""
    old, new, kind = OWN[where]
    rewrite(project, "kin-dao.yaml", old, new)
    _try_build(project, QUIET, new)
    code, said = verify(project, capsys)
    assert (code, f"The {kind} of household {QUIET} is here" in said) == (1, True), said


def _try_build(root: Path, code: str, text: str) -> None:
    """Build, or where `check` already refuses the profile put its words into the page by hand."""
    try:
        _build(root)
    except DataProblems:
        pytest.skip(f"check refuses {text!r} of {code} already")


@pytest.mark.parametrize("text", [NAME, "18.123457, 105.758912"])
def test_a_neighbours_address_makes_nothing_public(
    text: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What one family writes as its address cannot give away another's name or point."""
    rewrite(project, "ba-huong.yaml", "address: Xóm Đông, ngõ 3", f'address: "{text}"')
    _try_build(project, HUONG, text)
    code, said = verify(project, capsys)
    assert (code, f"of household {QUIET} is here" in said) == (1, True)


KEPT = {PHONE: "0570 987 123", FULL_NAME: NAME, POINT: "18.123457, 105.758912", STORY: MIDDLE}


@pytest.fixture(scope="module", params=["garden: {area: 900}\n", ""])
def said_of_departed(
    request: pytest.FixtureRequest, demo: Path, tmp_path_factory: pytest.TempPathFactory
) -> Said:
    """Return what is said of each value, put into a page of its own, of a family that left."""
    root = shutil.copytree(demo, tmp_path_factory.mktemp("left") / "du an")
    body = SILENT.replace("checked:", "withdrawn: 2026-10-25\nchecked:")
    body = body.replace("garden: {area: 900, crops: [Cam bù]}\n", request.param)
    (root / "profiles" / VILLAGE / "kin-dao.yaml").write_text(body, encoding="utf-8")
    _mark(root, QUIET, "withdrawn")
    _build(root)
    assert vuonho("-C", root, "verify").code == 0
    harms = (
        (kind, into_page(text, page), page) for (kind, text), page in zip(KEPT.items(), PAGES, strict=False)
    )
    return harmed(root, root.parent / "leaky", harms)


@pytest.mark.parametrize("kind", KEPT)
def test_what_a_family_left_behind_is_looked_for(kind: str, said_of_departed: Said) -> None:
    """A withdrawn profile keeps its old fields, whole or not, and none of them may stand in the site."""
    code, _all_said, said = said_of_departed[kind]
    assert (code, f"The {kind} of household {QUIET} is here" in said) == (1, True)


def test_a_place_of_the_same_name_is_no_leak(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A head called like the village is not given away by the village."""
    rewrite(project, "kin-dao.yaml", NAME, "Vườn Mẫu")
    _build(project)
    assert verify(project, capsys)[0] == 0


def test_a_village_with_an_error_proves_nothing(project: Path) -> None:
    """Where it cannot be read, it is not known what was to be shown."""
    rewrite(project, "village.yaml", "name:", "nam:")
    with pytest.raises(DataProblems):
        prove(project, project / "site", lambda *_: None)
