"""The village goes out as a workbook and comes back: the same site, byte by byte."""

import shutil
from pathlib import Path

import openpyxl
import pytest

from command_kit import SLUG, build, files, vuonho


@pytest.fixture(scope="module")
def exported(built_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the workbook of the demo."""
    book = tmp_path_factory.mktemp("exported") / "thôn mẫu.xlsx"
    done = vuonho("-C", built_demo, "export", "-o", book)
    assert done.code == 0, done.said
    return book


def profiles(root: Path) -> list[Path]:
    return [path for path in (root / "profiles" / SLUG).glob("*.yaml") if path.name != "village.yaml"]


def test_a_project_that_lost_its_profiles_gets_them_back(demo: Path, exported: Path) -> None:
    """Settings, register and photos stay; `import` restores the registered paths, and the site is the same."""
    names = {path.name for path in profiles(demo)}
    before, register = files(demo / "site"), (demo / "profiles/codes.csv").read_bytes()
    for path in profiles(demo):
        path.unlink()
    shutil.rmtree(demo / "site")
    shutil.rmtree(demo / ".vuonho/out")
    done = vuonho("-C", demo, "import", exported, "--yes")
    assert done.code == 0, done.said
    assert {path.name for path in profiles(demo)} == names
    assert (demo / "profiles/codes.csv").read_bytes() == register
    assert build(demo).code == 0
    after = files(demo / "site")
    assert {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} <= {
        ".gitignore"
    }


def test_an_untouched_workbook_changes_nothing(demo: Path, exported: Path) -> None:
    """Not one byte of any profile."""
    before = files(demo / "profiles")
    done = vuonho("-C", demo, "import", exported, "--yes")
    assert done.code == 0, done.said
    assert "Không có gì để ghi" in done.said
    assert files(demo / "profiles") == before


def test_work_done_since_is_not_undone_by_an_untouched_cell(demo: Path, exported: Path) -> None:
    """The workbook lay on a stick while somebody corrected a profile."""
    path = demo / "profiles" / SLUG / "ba-huong.yaml"
    text = (
        path.read_text(encoding="utf-8")
        .replace("area: 1.800 m2", "area: 2.000 m2")
        .replace(", Cau,", ", Cau vua,")
    )
    path.write_text(text, encoding="utf-8", newline="\n")
    done = vuonho("-C", demo, "import", exported, "--yes")
    assert done.code == 0, done.said
    assert path.read_text(encoding="utf-8") == text


def test_lunar_months_by_name_arrive_as_lunar(demo: Path, exported: Path, tmp_path: Path) -> None:
    """Typed under the solar months: the note names the cell, and the page the lunar months with about their solar ones."""
    book = openpyxl.load_workbook(exported)
    sheet = book["Cây trồng"]
    heads = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[heads.index("Cây trồng *")].value == "Dừa")
    cell = row[heads.index("Tháng thu hoạch (dương lịch)")]
    cell.value = "Chạp - Giêng"
    book.save(tmp_path / "sửa.xlsx")
    done = vuonho("-C", demo, "import", tmp_path / "sửa.xlsx", "--yes")
    assert done.code == 0, done.said
    note = "“Chạp - Giêng” là tháng âm lịch: đã hiểu là tháng 12, 1 âm lịch (lunar_months)."
    assert f"ô {cell.coordinate}): {note}" in done.said
    assert build(demo).code == 0
    page = demo / "site" / str(row[heads.index("Mã")].value) / "index.html"
    assert "khoảng tháng 1–2 (tháng 12–\u20601 âm lịch)" in page.read_text(encoding="utf-8").replace(
        "\u00a0", " "
    )
