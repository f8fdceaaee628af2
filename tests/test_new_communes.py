"""A commune or a province that was named after the program was made: everything goes on, and the project can add it."""

import re
import zipfile
from pathlib import Path

import pytest

from command_kit import build, vuonho
from project_kit import copy_of

pytestmark = pytest.mark.slow

NAME = "Xã Hương Phúc"
UNKNOWN = f"“{NAME}” không có trong bảng 69 xã, phường của Hà Tĩnh."
WORDS = "words/communes.csv"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A village whose commune no table has."""
    root = copy_of("place-commune-unknown", tmp_path)
    about = root / "profiles/vuon/village.yaml"
    about.write_text(about.read_text(encoding="utf-8").replace("Xã Không Có", NAME), encoding="utf-8")
    return root


def add(root: Path, text: str) -> None:
    """Write the communes of the project's own."""
    (root / "words").mkdir(exist_ok=True)
    (root / WORDS).write_text(text, encoding="utf-8", newline="\n")


def test_a_new_name_stops_nothing(project: Path) -> None:
    """Site, plaques, phone form and consent are made; pages show the name as typed; one warning says what to do."""
    done = build(project)
    assert (done.code, UNKNOWN in done.said) == (0, True), done.said
    assert NAME in (project / "site/482135/index.html").read_text(encoding="utf-8")
    for words in (("verify",), ("plaques", "--new", "--yes"), ("form",), ("consent", "--all")):
        assert (vuonho("-C", project, *words).code, words) == (0, words)


def test_a_new_province_stops_nothing(project: Path) -> None:
    """It is said once, of site.yaml; the villages keep the names that they gave."""
    site = project / "profiles/site.yaml"
    site.write_text(f"{site.read_text(encoding='utf-8')}province: Nghệ Tĩnh\n", encoding="utf-8")
    done = build(project)
    assert (done.code, done.said.count("trong bảng")) == (0, 1), done.said
    page = (project / "site/482135/index.html").read_text(encoding="utf-8").replace("\u00a0", " ")
    assert "xã Hương Phúc, Nghệ Tĩnh" in " ".join(page.replace("<wbr>", "").split())


def test_a_line_of_the_project_ends_the_warning(project: Path) -> None:
    """A name and its province are enough; with the code the extent is known, and a point elsewhere is doubted again."""
    home = project / "profiles/vuon/huong.yaml"
    text = home.read_text(encoding="utf-8").replace("{address: Xóm Đông}", "{point: '18.30, 105.70'}")
    home.write_text(text, encoding="utf-8", newline="\n")
    add(project, f"name,province\n{NAME},Hà Tĩnh\n")
    said = vuonho("-C", project, "check").said
    assert (UNKNOWN in said, "nằm ngoài" in said) == (False, False)
    add(project, f"name,province,code\n{NAME},Hà Tĩnh,18547\n")
    assert f"Vị trí này nằm ngoài {NAME}." in vuonho("-C", project, "check").said


def test_a_broken_table_is_named_once(project: Path) -> None:
    """With its file and line; nothing is built until it is right."""
    add(project, f'name,province\n{NAME},Hà Tĩnh\n"Xã Mới,Hà Tĩnh\n')
    done = build(project)
    assert (done.code, done.said.count(WORDS)) == (1, 1)
    assert "dòng 3  Lỗi: Dòng này có dấu ngoặc kép" in done.said
    assert not (project / "site").exists()


def test_the_words_of_a_project_are_its_own(project: Path, tmp_path: Path) -> None:
    """A backup takes them along and gives them back; no site, form or paper is written among them."""
    add(project, f"name,province\n{NAME},Hà Tĩnh\n")
    assert vuonho("-C", project, "backup", tmp_path / "a.zip").code == 0
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.read(WORDS) == (project / WORDS).read_bytes()
    assert vuonho("restore", tmp_path / "a.zip", tmp_path / "y").code == 0
    assert (tmp_path / "y" / WORDS).read_bytes() == (project / WORDS).read_bytes()
    for words in (("build", "--out", "words"), ("consent", "--all", "-o", "words/a.pdf")):
        assert (vuonho("-C", project, *words).code, words) == (1, words)
    assert [path.name for path in (project / "words").iterdir()] == ["communes.csv"]
    assert build(project).code == 0
    assert list((project / "site").rglob("communes*")) == []


def test_a_crop_of_the_project_is_known_everywhere(project: Path) -> None:
    """On the pages of both languages with its season, in form and status, by its other names; a bad row is named."""
    home = project / "profiles/vuon/huong.yaml"
    text = home.read_text(encoding="utf-8").replace("garden: {", "garden: {crops: [chanh tay], ")
    home.write_text(text, encoding="utf-8", newline="\n")
    table = project / "words/crops.csv"
    table.parent.mkdir()
    table.write_text("vi;en;months;also\nChanh ngón tay;Finger lime;6 7;chanh tay\n", encoding="utf-8")
    done = build(project)
    assert done.code == 0, done.said
    homes = (project / f"site/{folder}482135/index.html" for folder in ("", "en/"))
    pages = [page.read_text(encoding="utf-8") for page in homes]
    assert ["Finger lime" in page for page in pages] == [False, True]
    assert [season in page for page, season in zip(pages, ("tháng 6", "June"), strict=True)] == [True, True]
    assert "Chanh ngón tay" in (project / "site/form/index.html").read_text(encoding="utf-8")
    assert "months of harvest" not in vuonho("-C", project, "--lang", "en", "status", "--all").out
    rows = ("vi,months,picture", "Chanh ngón tay,13,", ",6,", "Mít,6,tank", "Bòng,,", "bòng,,", "")
    table.write_text("\n".join(rows), encoding="utf-8")
    said = vuonho("-C", project, "--lang", "en", "check").said.partition("words/crops.csv")[2]
    wrong = {2: "cannot be read as months", 3: "names no crop", 4: "with a picture", 6: "line 5"}
    for line, words in wrong.items():
        assert re.search(rf"line {line}  Error: .*{words}", said), (line, said)
