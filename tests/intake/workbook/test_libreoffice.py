"""A workbook that another program opened and saved says the same as before."""

import shutil
import subprocess
from pathlib import Path

import pytest

from command_kit import ROOT, SLUG
from workbook_kit import column, demo_profiles, demo_workbook, opened, row_of, saved, told

pytestmark = pytest.mark.slow

CHANGED = "Nguyễn Thị Hường _x0041_"
"""With what Excel and LibreOffice take for an escape, unless it is escaped itself."""
SAVED = ROOT / "tests/workbooks/libreoffice.xlsx"


def same_as_demo(content: bytes) -> bool:
    """Tell whether a workbook says what the demo's profiles say, and knows what it was made from."""
    households = told(content)
    profiles = demo_profiles()
    assert {one.village for one in households} == {SLUG}
    assert {one.code: one.base for one in households} == profiles
    return {one.code: one.values for one in households} == profiles


def test_libreoffice_changes_nothing() -> None:
    """As it was saved when this was written (tests/workbooks/README.md)."""
    assert same_as_demo(SAVED.read_bytes())


def test_libreoffice_of_today_changes_nothing(tmp_path: Path) -> None:
    """Opened and saved by the program itself, with a cell changed by hand before."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no LibreOffice on this machine (apt install libreoffice-calc)")
    book = opened(demo_workbook())
    sheet = book["Hộ"]
    sheet.cell(row_of(sheet, "Mã", 482135), column(sheet, "Chủ hộ")).value = CHANGED.replace("_x", "_x005F_x")
    (tmp_path / "in.xlsx").write_bytes(saved(book))
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx", "--outdir", tmp_path / "out",
         tmp_path / "in.xlsx"],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    households = told((tmp_path / "out/in.xlsx").read_bytes())
    expected = demo_profiles()
    expected["482135"]["head"] = CHANGED
    assert {one.code: one.values for one in households} == expected
