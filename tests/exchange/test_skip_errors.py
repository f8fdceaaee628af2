"""`vuonho import --skip-errors`: what is wrong in a workbook costs the household it belongs to, and no other."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from exchange_kit import HUONG, MAI, make_project

from command_kit import vuonho
from workbook_kit import column, opened, row_of, saved

HOME = "profiles/thon-dong"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a village of three households."""
    return make_project(tmp_path / "dự án")


def bring(root: Path, edit: Callable[[Any], None], *options: str) -> tuple[int, str]:
    """Export the village, edit the workbook as in Excel, import it; return the exit code and what was said."""
    path = root.parent / "bang.xlsx"
    path.unlink(missing_ok=True)
    assert vuonho("-C", root, "export", "-o", path).code == 0
    book = opened(path.read_bytes())
    edit(book)
    path.write_bytes(saved(book))
    done = vuonho("-C", root, "import", path, "--yes", "--skip-errors", *options)
    return done.code, done.said


def put(sheet: Any, row: int, **values: object) -> None:
    """Write values into a row, by the heading of their column without spaces."""
    headings = {str(cell.value).removesuffix(" *").replace(" ", "_"): cell.column for cell in sheet[1]}
    for heading, value in values.items():
        sheet.cell(row, headings[heading]).value = value


def text(root: Path, name: str) -> str:
    return (root / HOME / name).read_text(encoding="utf-8")


def test_a_wrong_cell_of_any_sheet_costs_its_household_alone(root: Path) -> None:
    """A doubtful tick, a month that Excel made a date, a crop of nobody: each named, the sound households taken."""

    def edit(book: Any) -> None:
        homes, crops = book["Hộ"], book["Cây trồng"]
        put(homes, row_of(homes, "Mã", 482135), Diện_tích_vườn="2000")
        put(homes, row_of(homes, "Mã", 711946), Diện_tích_vườn="999")
        homes.cell(
            row_of(homes, "Mã", 711946), column(homes, "Cho hiện: Số điện thoại và Zalo")
        ).value = "hỏi sau"
        put(homes, 5, Tên_vườn="Nhà chị Lan")
        put(homes, 6, Tên_vườn="Vườn ông Tư")
        put(crops, 4, Tên_vườn="Vườn ông Tư", Cây_trồng="Mít")
        crops.cell(4, column(crops, "Tháng thu hoạch (dương lịch)")).value = datetime(2026, 9, 8)  # noqa: DTZ001 - Excel's
        put(crops, 5, Tên_vườn="Vườn ma", Cây_trồng="Mít")

    code, said = bring(root, edit)
    assert code == 0, said
    assert "Nhà chị Mai (trang Hộ, ô I3): “hỏi sau” không phải là Có hay Không." in said
    assert "Vườn ông Tư (trang Cây trồng, ô G4): Excel đã đổi các tháng thành ngày: 8/9/2026." in said
    assert "Vườn ma (trang Cây trồng, ô B5): Trang “Hộ” không có vườn “Vườn ma”." in said
    assert "Bỏ lại vì có lỗi: Nhà chị Mai, Vườn ông Tư. Sửa xong thì đưa vào sau." in said
    assert "Đã ghi: 1 hộ mới, 1 hộ đổi, 1 hộ giữ nguyên." in said
    assert "area: 2000" in text(root, "ba-huong.yaml")
    assert text(root, "chi-mai.yaml") == MAI
    assert (root / HOME / "nha-chi-lan.yaml").exists()
    assert not (root / HOME / "vuon-ong-tu.yaml").exists()


def test_a_crop_that_may_stand_in_a_row_of_nobody_is_not_taken_away(root: Path) -> None:
    """A code mistyped in a crop's row is no wish to have the crop out of the garden."""

    def edit(book: Any) -> None:
        homes, crops = book["Hộ"], book["Cây trồng"]
        put(homes, row_of(homes, "Mã", 711946), Diện_tích_vườn="999")
        put(crops, row_of(crops, "Cây trồng", "Cam bù"), Mã="908594")

    code, said = bring(root, edit)
    assert code == 0, said
    assert "“Cam bù” không còn trong bảng, mà dòng ở trang Cây trồng, ô A3 chưa rõ là của hộ nào." in said
    assert "Bỏ lại vì có lỗi: Vườn bà Hường." in said
    assert text(root, "ba-huong.yaml") == HUONG
    assert "area: 999" in text(root, "chi-mai.yaml")


def test_two_rows_of_one_household_cost_that_household(root: Path) -> None:
    """Which of the two is right nobody knows, be they known by a code or by name and address."""

    def edit(book: Any) -> None:
        homes = book["Hộ"]
        put(homes, row_of(homes, "Mã", 711946), Diện_tích_vườn="999")
        put(homes, 5, Mã="482135", Tên_vườn="Vườn bà Hường", Diện_tích_vườn="5")
        put(homes, 6, Tên_vườn="Nhà chị Lan", Diện_tích_vườn="1")
        put(homes, 7, Tên_vườn="Nhà chị Lan", Diện_tích_vườn="2")

    code, said = bring(root, edit)
    assert code == 0, said
    assert said.count("Mã 482135 đã có ở trang Hộ, ô B2.") == 1
    assert said.count("“Nhà chị Lan” có hai lần") == 1
    assert "Đã ghi: 0 hộ mới, 1 hộ đổi, 1 hộ giữ nguyên." in said
    assert text(root, "ba-huong.yaml") == HUONG


def test_where_errors_leave_nothing_to_write_it_is_no_success(root: Path) -> None:
    """The exit code is 1, also where a column of no name spoils the whole file."""

    def tick(book: Any) -> None:
        homes = book["Hộ"]
        homes.cell(row_of(homes, "Mã", 711946), column(homes, "Cho hiện: Ảnh có người")).value = "v?"

    def heading(book: Any) -> None:
        homes = book["Hộ"]
        put(homes, row_of(homes, "Mã", 711946), Diện_tích_vườn="999")
        homes.cell(1, homes.max_column + 1).value = "Ghi chú"

    code, said = bring(root, tick)
    assert (code, "Bỏ lại vì có lỗi: Nhà chị Mai." in said) == (1, True), said
    code, said = bring(root, heading)
    assert (code, "Không có cột nào tên “Ghi chú”." in said) == (1, True), said
    assert "bang.xlsx. Sửa xong thì đưa vào sau." in said
    assert text(root, "chi-mai.yaml") == MAI
