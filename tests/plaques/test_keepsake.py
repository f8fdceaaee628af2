"""The keepsake and its stickers, as they come out of the command."""

import json
import re
from itertools import combinations
from pathlib import Path

import numpy as np
import plaque_kit as kit
import zxingcpp

from case_kit import each
from command_kit import copy_demo, edit, vuonho

LONGEST = "Vườn sinh thái và nhà nghỉ cộng đồng gia đình bà Nguyệt Thúy"


def keepsake(root: Path, *codes: str) -> bytes:
    """Return the PDF of a keepsake."""
    done = vuonho("-C", root, "--lang", "en", "keepsake", *codes, "--jobs", "1", "-o", "k.pdf")
    assert done.code == 0, done.said
    return (root / "k.pdf").read_bytes()


def read(content: bytes, page: int) -> list[str]:
    """Return what another reader finds on a page, of the printer's 300 dots an inch."""
    return [one.text for one in zxingcpp.read_barcodes(kit.raster(content, page).squeeze())]


def test_picture_story_seasons_and_code_on_one_sheet(tmp_path: Path) -> None:
    """With a photo; the second sheet has twelve stickers whose codes all read. The register learns nothing."""
    root = copy_demo(tmp_path / "demo")
    before = (root / "profiles/codes.csv").read_bytes()
    content = keepsake(root, kit.DEMO_CODE)
    assert [(round(page.width), round(page.height)) for page in kit.pages(content)] == [(210, 297)] * 2
    address = f"https://VUONMAU.EXAMPLE/{kit.DEMO_CODE}/"
    assert (read(content, 0), read(content, 1)) == ([address], [address] * 12)
    said = kit.text_of(content)
    for text in (kit.DEMO_NAME, "Thôn Vườn Mẫu · Xã Phúc Trạch", "ông nội trồng năm 1978", "Vườn bưởi tháng 8",
                 "Mùa nào thức ấy", "Mật ong hoa bưởi", "vuonmau.example/ 482 135", "Cau"):  # fmt: skip
        assert text in said
    assert kit.text_of(content, 1).count("vuonmau.example/ 482 135") == 12
    assert "0570" not in said
    written = kit.lines(content)
    assert [(a.text, b.text) for a, b in combinations(written, 2) if a.box.meets(b.box, 0.1)] == []
    assert (root / "profiles/codes.csv").read_bytes() == before


def test_without_a_photo_the_garden_is_drawn(tmp_path: Path) -> None:
    """As the page draws it, across the sheet, in opaque inks: where nothing was told, lawn and trees within a hedge."""
    root = copy_demo(tmp_path / "demo")
    content = keepsake(root, "711946")
    assert read(content, 0) == ["https://VUONMAU.EXAMPLE/711946/"]
    assert "Mùa nào thức ấy" not in kit.text_of(content)
    red, green, blue = np.moveaxis(
        kit.raster(content, 0, 50, grey=False)[90:350, 40:370, 2::-1].astype(int), 2, 0
    )
    assert ((green > red + 10) & (green > blue + 10)).mean() > 0.4
    profile = root / "profiles/thon-vuon-mau/ba-huong.yaml"
    text = re.sub(r"^photos:\n(?: .*\n)+", "", profile.read_text(encoding="utf-8"), flags=re.MULTILINE)
    profile.write_text(text, encoding="utf-8")
    content = keepsake(root, kit.DEMO_CODE)
    beds = [line.box.top for line in kit.lines(content) if line.text in ("Cau", "Cam bù", "Rau cải")]
    assert min(beds) < 150
    assert not {"gs", "sh", "rg", "RG"} & set().union(*map(kit.operators, kit.drawn(content)))


@each("name", ["Lạc", LONGEST, "ẪộẪộẪộẪộ ẪợẪợẪợẪợ ẪặẪặẪặẪặ ẴộẴộẴộẴộ ẴợẴợẴợẴợ ẴặẴặẴặẴặ ỄộỄộỄộ"])
def test_names_of_any_length_stay_within_the_ring(tmp_path: Path, name: str) -> None:
    """And off the code; what the typeface cannot write of a story is left out."""
    root = copy_demo(tmp_path / str(len(name)))
    profile = root / "profiles/thon-vuon-mau/ba-huong.yaml"
    edit(profile, "name: Vườn bà Hường", f"name: {json.dumps(name, ensure_ascii=False)}")
    edit(profile, "đến nay vẫn ra quả.", "đến nay vẫn ra quả 🍊.")
    content = keepsake(root, kit.DEMO_CODE)
    assert len(read(content, 1)) == 12
    for line in kit.lines(content, 1)[: len(kit.lines(content, 1)) // 12]:
        middle = (10.0 + 30, 21.0 + 30)
        corners = [(x, y) for x in (line.box.left, line.box.right) for y in (line.box.top, line.box.bottom)]
        assert max(np.hypot(x - middle[0], y - middle[1]) for x, y in corners) < 28.0, line.text


def test_who_has_not_agreed_gets_none(tmp_path: Path) -> None:
    """In words, and nothing is written."""
    root = copy_demo(tmp_path / "demo")
    edit(root / "profiles/thon-vuon-mau/ba-huong.yaml", "given: 2026-10-20", "given:")
    done = vuonho("-C", root, "keepsake", kit.DEMO_CODE)
    assert (done.code, list(root.glob("*.pdf"))) == (1, [])
