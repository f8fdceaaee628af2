"""Harm done by hand to a copy of the built demo, and what must be said of each leak and each break.

What tests/test_damaged_site.py damages is not broken here a second time.
"""

import json
import os
import shutil
import unicodedata
from collections.abc import Callable
from html import escape
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from PIL.PngImagePlugin import PngInfo

HUONG, MAI, LIEU, DUC = "482135", "711946", "366019", "926002"
NOT_AGREED, WITHDRAWN, MOVED = "594379", "643479", "158589"
PAGE = f"{HUONG}/index.html"
VILLAGE = "thon-vuon-mau"

Edit = Callable[[Path], None]


QUIET = "572946"
SILENT = f"""
code: "{QUIET}"
name: Vườn Yên Ả
head: Bành Thế Quỳnh Giao
consent: {{given: 2026-10-20, by: Bành Thế Quỳnh Giao, how: paper, publish: []}}
location:
  address: Xóm Nam
  point: 18.123457, 105.758912
  directions: Qua khỏi trạm bơm cũ thì rẽ trái, đi hết hàng rào dâm bụt là tới cổng sắt xanh.
garden: {{area: 900, crops: [Cam bù]}}
contact: {{phone: 0570 987 123}}
links: [https://trangrieng.example/quynhgiao]
story: |
  Hồi mới cưới hai vợ chồng dựng lều giữa đồi trọc. Ba năm liền gánh nước từ khe lên tưới từng gốc cam con.
  Nay vườn xanh kín đồi, con cái đã đi làm xa cả.
checked: 2026-11-02
"""


# --- Leaks, one at a time ----------------------------------------------------------------------------------


def into_page(text: str, page: str = PAGE) -> Edit:
    """Puts words into a page, as a careless template or a free text would."""

    def edit(site: Path) -> None:
        path = site / page
        content = path.read_text(encoding="utf-8")
        path.write_text(content.replace("</main>", f"<p>{text}</p></main>", 1), encoding="utf-8")

    return edit


def into_json(value: str) -> Edit:
    """Puts a value into the first household of the data."""

    def edit(site: Path) -> None:
        path = site / "data" / "households.json"
        data = json.loads(path.read_text(encoding="utf-8"))
        data["households"][0]["note"] = value
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")

    return edit


def into_geojson(lat: float, lon: float) -> Edit:
    """Adds a point to the map data."""

    def edit(site: Path) -> None:
        path = site / "data" / "households.geojson"
        data = json.loads(path.read_text(encoding="utf-8"))
        point = {"type": "Point", "coordinates": [lon, lat]}
        data["features"].append({"type": "Feature", "geometry": point, "properties": {}})
        path.write_text(json.dumps(data), encoding="utf-8")

    return edit


def new_file(name: str, text: str = "x") -> Edit:
    """Adds a file."""

    def edit(site: Path) -> None:
        (site / name).write_text(text, encoding="utf-8")

    return edit


NAME = "Bành Thế Quỳnh Giao"
PHONE, FULL_NAME, POINT, STORY = "phone number", "full name", "exact point", "story"
MIDDLE = "Ba năm liền gánh nước từ khe lên tưới từng gốc cam con"

IN_PAGES: dict[str, tuple[str, str]] = {
    "phone with dots": ("0570.987.123", PHONE),
    "phone with +84": ("(+84) 570-98-71-23", PHONE),
    "phone in digits": ("0570987123", PHONE),
    "phone in a link": ('<a href="tel:+84570987123">x</a>', PHONE),
    "phone behind entities": ("&#48;570&nbsp;987&nbsp;123", PHONE),
    "phone in tags": ("0570 <b>987</b> <i>123</i>", PHONE),
    "phone in wide digits": ("０５７０　９８７　１２３", PHONE),
    "phone in a comment": ("<!-- 0570 987 123 -->", PHONE),
    "name": (NAME, FULL_NAME),
    "name in capitals": (NAME.upper(), FULL_NAME),
    "name without accents": ("banh the quynh giao", FULL_NAME),
    "name in HTML escapes": ("".join(f"&#{ord(letter)};" for letter in NAME), FULL_NAME),
    "name in an attribute": (f'<span title="{escape(NAME)}">x</span>', FULL_NAME),
    "name in a query": (f'<a href="../?q={quote(NAME)}">x</a>', FULL_NAME),
    "name of one not agreed": ("Vườn nhà Tuất", FULL_NAME),
    "head of one not agreed": ("Mai Văn Tuất", FULL_NAME),
    "phone of one not agreed": ("0570 098 765", PHONE),
    "point to four decimals": ("18.1235, 105.7589", POINT),
    "point in a map link": ('<a href="https://osm.example/?mlat=18.123457&amp;mlon=105.758912">x</a>', POINT),
    "middle of the story": (MIDDLE, STORY),
    "middle of the story with tags": (MIDDLE.replace("khe", "<em>khe</em>"), STORY),
    "directions": ("rẽ trái, đi hết hàng rào dâm bụt là tới cổng sắt xanh", "directions"),
    "own link": ('<a href="https://trangrieng.example/quynhgiao">x</a>', "own link"),
}
ELSEWHERE: dict[str, tuple[Edit, str, str]] = {
    "phone in the data": (into_json("0570987123"), PHONE, "data/households.json"),
    "name in NFD": (new_file("data/a.txt", unicodedata.normalize("NFD", NAME)), FULL_NAME, "data/a.txt"),
    "name in JSON escapes": (new_file("data/b.json", json.dumps(NAME)), FULL_NAME, "data/b.json"),
    "name of a file": (new_file("banh-the-quynh-giao.txt"), FULL_NAME, "banh-the-quynh-giao.txt"),
    "point in the map data": (into_geojson(18.123457, 105.758912), POINT, "data/households.geojson"),
    "story in a file": (new_file("data/notes.txt", MIDDLE), STORY, "data/notes.txt"),
}  # fmt: skip
HOMES = (
    HUONG, MAI, LIEU, DUC, "186958", "259410", "308948", "352676", "631186", "776236", "842542", "951605",
)  # fmt: skip
PAGES = tuple(f"{prefix}{code}/index.html" for prefix in ("", "en/") for code in HOMES)
"""A page for each leak, so that what is said of a page can be said of its own leak alone."""

LEAKS = {
    name: (into_page(text, page), kind, page)
    for (name, (text, kind)), page in zip(IN_PAGES.items(), PAGES, strict=False)
} | ELSEWHERE


# --- Breaks, one at a time ---------------------------------------------------------------------------------


def swapped_svg(site: Path) -> None:
    """Gives one household the drawing of another's code, as it is printed."""
    shutil.copyfile(site / "qr" / f"{MAI}.svg", site / "qr" / f"{HUONG}.svg")


def deleted_english_page(site: Path) -> None:
    """Takes away its English page alone."""
    (site / "en" / PAGE).unlink()


def deleted_notice(site: Path) -> None:
    """Takes away all that answers for a household that left."""
    for path in (f"{WITHDRAWN}", f"en/{WITHDRAWN}"):
        shutil.rmtree(site / path)
    for suffix in ("png", "svg"):
        (site / "qr" / f"{WITHDRAWN}.{suffix}").unlink()


def page_of_one_not_agreed(site: Path) -> None:
    """Puts up a page, without a name, for a family that has not agreed."""
    shutil.copytree(site / WITHDRAWN, site / NOT_AGREED)


def code_of_one_not_agreed(site: Path) -> None:
    """Leaves the picture of a code whose family has not agreed."""
    shutil.copyfile(site / "qr" / f"{MAI}.png", site / "qr" / f"{NOT_AGREED}.png")


def page_instead_of_notice(site: Path) -> None:
    """Leaves a whole page where the family moved on."""
    shutil.copyfile(site / LIEU / "index.html", site / MOVED / "index.html")


def photo_left_behind(site: Path) -> None:
    """Leaves a photo that no page shows, as a build does with one that another program has changed."""
    Image.new("RGB", (640, 480)).save(site / "photos" / "0123456789abcdef-640.jpg")


def pipe(site: Path) -> None:
    """Puts a pipe, which nobody ever fills, beside the pages."""
    os.mkfifo(site / "cho.html")


def link_to_elsewhere(site: Path) -> None:
    """Puts a link in the place of a file."""
    (site / "lien-ket.txt").symlink_to(site / "index.html")


def sent_away(site: Path) -> None:
    """Has a page send its readers to another website."""
    into_page('<meta http-equiv="refresh" content="0; url=https://khac.example/">')(site)


def register_of_all(site: Path) -> None:
    """Copies the register into the site under another name."""
    shutil.copyfile(site.parent / "profiles" / "codes.csv", site / "data" / "danh-sach.csv")


def no_404(site: Path) -> None:
    """Takes away the page for mistyped addresses."""
    (site / "404.html").unlink()


def in_sitemap(old: str, new: str) -> Edit:
    """Puts one code in the place of another in the sitemap."""

    def edit(site: Path) -> None:
        path = site / "sitemap.xml"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    return edit


def icon_with_text(site: Path) -> None:
    """Puts a remark into an icon."""
    remark = PngInfo()
    remark.add_text("Author", "x")
    Image.new("RGB", (8, 8)).save(site / "icon-192.png", pnginfo=remark)


BREAKS: dict[str, tuple[Edit, str, str]] = {
    "photo left behind": (photo_left_behind, "photos/0123456789abcdef-640.jpg", "No page shows this photo"),
    "code swapped in SVG": (swapped_svg, f"qr/{HUONG}.svg", MAI),
    "English page deleted": (deleted_english_page, f"qr/{HUONG}", f"en/{PAGE}"),
    "notice deleted": (deleted_notice, f"{WITHDRAWN}/index.html", "No page answers"),
    "page of one not agreed": (page_of_one_not_agreed, NOT_AGREED, "belongs to no household that agreed"),
    "code of one not agreed": (code_of_one_not_agreed, NOT_AGREED, "belongs to no household that agreed"),
    "page instead of a notice": (page_instead_of_notice, f"{MOVED}/index.html", "The family left"),
    "link": (link_to_elsewhere, "lien-ket.txt", "This is a link"),
    "sent away": (sent_away, PAGE, "khac.example"),
    "register": (register_of_all, "data/danh-sach.csv", "private project"),
    "profile": (new_file("ho.yaml"), "ho.yaml", "private project"),
    "script file": (new_file("dem.js"), "dem.js", "No page is allowed"),
    "script of a page": (into_page('<script src="dem.js"></script>'), PAGE, "loads a script"),
    "no 404": (no_404, "404.html", "mistyped"),
    "notice in the sitemap": (in_sitemap(HUONG, WITHDRAWN), "sitemap.xml", f"lists household {WITHDRAWN}"),
    "household not in the sitemap": (in_sitemap(DUC, MAI), "sitemap.xml", f"Household {DUC} is missing"),
    "icon with text": (icon_with_text, "icon-192.png", "text"),
}

if hasattr(os, "mkfifo"):
    BREAKS["pipe"] = (pipe, "cho.html", "neither a file nor a folder")
