"""Photos that a workbook names: looked at before the profile says so, as `build` will look at them."""

from pathlib import Path
from typing import Any

import pytest
from exchange_kit import make_project

from command_kit import vuonho
from photo_kit import encoded, quarters
from workbook_kit import opened, saved

HEIC = b"\0\0\0\x18ftypheic" + bytes(400)
SOUND = encoded(quarters(), "JPEG")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a village of three households with photos in its folder."""
    root = make_project(tmp_path / "dự án")
    folder = root / "profiles/thon-dong/photos"
    folder.mkdir()
    for name, content in (("cong.heic", HEIC), ("be.jpg", SOUND[:-900]), ("ao.jpg", SOUND)):
        (folder / name).write_bytes(content)
    return root


def bring(root: Path, *names: str) -> tuple[int, str]:
    """Import a workbook in which the photos of one household are named."""
    path = root.parent / "bang.xlsx"
    path.unlink(missing_ok=True)
    assert vuonho("-C", root, "export", "-o", path).code == 0
    book = opened(path.read_bytes())
    sheet: Any = book["Ảnh"]
    for row, name in enumerate(names, sheet.max_row + 1 if sheet["A2"].value else 2):
        sheet.cell(row, 1).value, sheet.cell(row, 3).value = "482135", name
    path.write_bytes(saved(book))
    done = vuonho("-C", root, "import", path, "--yes")
    return done.code, done.said


def test_a_photo_that_build_would_refuse_is_named_at_once(root: Path) -> None:
    """With its cell, what it is and what to do; nothing is written."""
    profile = root / "profiles/thon-dong/ba-huong.yaml"
    before = profile.read_bytes()
    code, said = bring(root, "photos/cong.heic", "be.jpg", "photos/ao.jpg")
    assert (code, profile.read_bytes()) == (1, before), said
    assert "(trang Ảnh, ô C2): Ảnh “photos/cong.heic”: Đây là ảnh HEIC của iPhone." in said
    assert "Gửi ảnh qua Zalo" in said
    assert "(trang Ảnh, ô C3): Ảnh “photos/be.jpg”: Ảnh này bị cụt, phần cuối file không còn." in said
    assert "ao.jpg" not in said
    assert bring(root, "photos/ao.jpg")[0] == 0
    assert vuonho("-C", root, "build").code == 0


def test_a_photo_that_was_named_before_stops_no_other_change(root: Path) -> None:
    """What was wrong already is left to `check`."""
    assert bring(root, "photos/ao.jpg")[0] == 0
    for wrong in (HEIC, None):
        photo = root / "profiles/thon-dong/photos/ao.jpg"
        photo.unlink()
        if wrong:
            photo.write_bytes(wrong)
        (root.parent / "dt.csv").write_text(
            f"Mã,Diện tích vườn\n482135,{len(wrong or b'')}9\n", encoding="utf-8"
        )
        done = vuonho("-C", root, "import", root.parent / "dt.csv", "--yes")
        assert done.code == 0, done.said
