"""Files that programs read: what stands in them, and above all what does not."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import households_kit as kit
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from case_kit import each
from vuonho.model.fields import LocalText
from vuonho.model.public import PublicHousehold, PublicProduct, PublicSite
from vuonho.model.values import Point
from vuonho.pages.feeds import open_data, robots, service_worker, sitemap, webmanifest
from vuonho.resources import STATIC

BASE = kit.SITE.base_url

# --- Sitemap, robots.txt and manifest ----------------------------------------------------------------------

SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
HOME = {"482135/": date(2026, 11, 2)}


def texts(content: bytes, name: str) -> list[str]:
    """Return the texts of the elements of a name."""
    return [element.text or "" for element in etree.fromstring(content).iterfind(f".//s:{name}", SPACES)]


def test_sitemap_names_every_page_in_every_language() -> None:
    """Each with links to all languages and x-default to the first; the only dates are those of the checks."""
    artifact = sitemap(kit.SITE, {"privacy/": None, **HOME})
    vi, en = f"{BASE}482135/", f"{BASE}en/482135/"
    links = [
        (one.get("hreflang"), one.get("href"))
        for one in etree.fromstring(artifact.content).iterfind(".//x:link", SPACES)
    ]
    assert artifact.path == "sitemap.xml"
    assert texts(artifact.content, "loc") == [vi, en, f"{BASE}privacy/", f"{BASE}en/privacy/"]
    assert links[:6] == [("vi", vi), ("en", en), ("x-default", vi)] * 2
    assert texts(artifact.content, "lastmod") == ["2026-11-02", "2026-11-02"]
    assert artifact == sitemap(kit.SITE, {**HOME, "privacy/": None})
    assert texts(sitemap(kit.SITE, {}).content, "loc") == []


def test_sitemap_of_one_language_and_of_a_strange_address() -> None:
    """One language has no alternates; characters of XML in an address are escaped, its host is in lower case."""
    one = sitemap(replace(kit.SITE, languages=("vi",)), HOME).content
    assert (texts(one, "loc"), b"xhtml:link" in one) == ([f"{BASE}482135/"], False)
    strange = sitemap(replace(kit.SITE, base_url="https://A.example/a&b'c/"), {"": None}).content
    assert texts(strange, "loc")[0] == "https://a.example/a&b'c/"


def test_robots() -> None:
    """Everything may be read, and the sitemap is named in full."""
    lines = robots(kit.SITE).content.decode().splitlines()
    assert lines == ["User-agent: *", "Allow: /", "", f"Sitemap: {BASE}sitemap.xml"]


@each(
    ("language", "path", "short", "icon"),
    [
        ("vi", "manifest.webmanifest", "Vườn hộ", "icon.svg"),
        ("en", "en/manifest.webmanifest", "Gardens", "../icon.svg"),
    ],
)
def test_manifest(language: str, path: str, short: str, icon: str) -> None:
    """Each language has a manifest in its own folder, with relative addresses; a title stays text."""
    artifact = webmanifest(kit.SITE, language)
    told = json.loads(artifact.content)
    assert (path, kit.SITE.title.to(language)[0]) == (artifact.path, told["name"])
    assert (language, short, ".", ".") == (told["lang"], told["short_name"], told["start_url"], told["scope"])
    assert icon == told["icons"][0]["src"]
    form = webmanifest(kit.SITE, language, "Phiếu")
    of_form = json.loads(form.content)
    assert (form.path, of_form["short_name"], of_form["scope"]) == ("form/manifest.webmanifest", "Phiếu", ".")
    assert {one["src"] for one in of_form["icons"]} == {
        f"../{name}" for name in STATIC if name.startswith("icon")
    }
    evil = webmanifest(replace(kit.SITE, title=LocalText((("vi", "</script><b>"),))), language).content
    assert (b"<" in evil, json.loads(evil)["name"]) == (False, "</script><b>")


# --- Open data ---------------------------------------------------------------------------------------------

NAMES = ("json", "geojson", "csv")


def made(name: str, *homes: PublicHousehold, site: PublicSite = kit.SITE) -> bytes:
    """Return one of the three files."""
    files = {one.path: one.content for one in open_data(site, [kit.VILLAGE], homes)}
    return files[f"data/households.{name}"]


def as_json(*homes: PublicHousehold) -> Any:
    """Return the households of the JSON."""
    return json.loads(made("json", *homes))["households"]


def as_rows(*homes: PublicHousehold) -> list[dict[str, str]]:
    """Return the rows of the CSV."""
    return list(csv.DictReader(io.StringIO(made("csv", *homes).decode("utf-8-sig"))))


def test_json_of_the_fullest_and_the_emptiest() -> None:
    """A household with everything ticked shows these facts and no other; one with nothing has the same keys."""
    home, empty = as_json(kit.FULLEST, kit.EMPTIEST)[::-1]
    assert list(home) == list(empty)
    nothing = {key for key, value in empty.items() if value in (None, [])}
    assert nothing == {"address", "area_m2", "crops", "animals", "practices", "model", "welcome", "products"}
    crops, products = home.pop("crops"), home.pop("products")
    assert home == {
        "code": "482135",
        "url": f"{BASE}482135/",
        "name": "Vườn bà Thử",
        "village": {"slug": "thon-vuon-mau", "name": "Thôn Vườn Mẫu"},
        "commune": "Xã Phúc Trạch",
        "address": "Xóm Đông, ngõ 3",
        "area_m2": 1800,
        "animals": [
            {"name": "Gà thả vườn", "key": "free_range_chicken"},
            {"name": "Hươu sao", "key": "sika_deer"},
            {"name": "Con lạ", "key": None},
        ],
        "practices": ["vietgap", "compost", "green_hedge"],
        "model": "recognised",
        "welcome": True,
        "checked": "2026-11-02",
    }
    assert crops[0] == {"name": "Bưởi Phúc Trạch", "key": "pomelo_phuc_trach", "months": [8, 9]}
    assert crops[3] == {"name": "Cây nhà trồng", "key": None, "months": []}
    assert products[0] == {
        "name": "Bưởi Phúc Trạch",
        "key": "pomelo_phuc_trach",
        "months": [8, 9],
        "price": {"dong": 35000, "unit": kit.PRODUCTS[0].unit.key if kit.PRODUCTS[0].unit else None},
        "ocop_stars": 4,
    }


def test_nothing_that_a_family_keeps_is_in_open_data() -> None:
    """Full name, phone, links, directions, story and living conditions stay out though all are ticked."""
    kept = (
        "Nguyễn Thị Thử", "0337000345", "+84337", "mang.example", "Qua cầu", "gốc bưởi", "three_clean",
        "septic",
    )  # fmt: skip
    for name in NAMES:
        content = made(name, kit.FULLEST).decode()
        assert [private for private in kept if private in content] == []
    home = replace(kit.EMPTIEST, products=(PublicProduct("Bưởi", None, None, None, None, None),))
    assert (as_json(home)[0]["products"][0]["price"], as_rows(home)[0]["Sản phẩm"]) == (None, "Bưởi")


def test_points() -> None:
    """An exact point is a feature with its code, longitude first; near ones are one a cell, with no code and no name."""
    cell, other = Point(18.125, 105.765), Point(18.115, 105.765)
    homes = [replace(kit.EMPTIEST, code=f"{number}", near=cell) for number in (100023, 100038)]
    homes.append(replace(kit.EMPTIEST, code="100041", near=other))
    features = json.loads(made("geojson", kit.FULLEST, kit.EMPTIEST, *homes))["features"]
    exact, *near = features
    assert exact["geometry"] == {"type": "Point", "coordinates": [105.7632, 18.1281]}
    assert (exact["properties"]["url"], exact["properties"]["name"]) == (f"{BASE}482135/", "Vườn bà Thử")
    assert [one["properties"] for one in near] == [{"near": True, "count": 1}, {"near": True, "count": 2}]
    assert near[1]["geometry"]["coordinates"] == [105.765, 18.125]


def test_csv() -> None:
    """BOM, commas, CRLF and Vietnamese headings, as Excel wants it; crops with months, products with prices."""
    content = made("csv", kit.FULLEST)
    assert content.startswith("\ufeffMã số,Trang web,Tên,".encode())
    assert (content.count(b"\r\n"), content.count(b"\n")) == (2, 2)
    (row,) = as_rows(kit.FULLEST)
    assert (row["Mã số"], row["Diện tích vườn (m²)"], row["OCOP (sao)"]) == ("482135", "1800", "4")
    assert row["Cây trồng"].startswith("Bưởi Phúc Trạch (tháng 8, 9); Cam bù")
    assert row["Sản phẩm"].startswith("Bưởi Phúc Trạch (tháng 8, 9): 35.000 đ/")
    assert row["Đón khách"] == "có"


@each(
    ("typed", "shown"),
    [
        ("=1+1", "'=1+1"), ("+84", "'+84"), ("-2", "'-2"), ("@SUM(A1)", "'@SUM(A1)"), ("＝1+1", "'＝1+1"),
        ("＋1", "'＋1"), ("－1", "'－1"), ("＠A", "'＠A"), ("\t=1", "'\t'=1"), ("\r=1", "'\r'=1"), (" =1", " '=1"),
        ("a;=1", "a;'=1"), ("a\t=1", "a\t'=1"), ("a=1+1", "a=1+1"), ("Ngõ 3 - xóm Đông", "Ngõ 3 - xóm Đông"),
    ],
)  # fmt: skip
def test_formula(typed: str, shown: str) -> None:
    """A cell that a spreadsheet would run has an apostrophe, any other stays as typed."""
    assert as_rows(replace(kit.EMPTIEST, name=typed))[0]["Tên"] == shown


@given(name=st.text(alphabet="=+-@＝\t\r\n;,'\" ab", max_size=20))
def test_no_cell_runs(name: str) -> None:
    """No name, whatever is in it, makes a cell that begins as a formula, by commas or by semicolons."""
    (row,) = as_rows(replace(kit.EMPTIEST, name=name))
    starts = [part.lstrip(" ")[:1] for part in row["Tên"].split(";")]
    assert not set("=+-@＝\t\r") & set(starts)


@given(name=st.text(max_size=30).filter(lambda text: text.isprintable()))
def test_json_is_harmless(name: str) -> None:
    """No "<" stands in the JSON, so it can close no script, and the name comes back as typed."""
    content = made("json", replace(kit.EMPTIEST, name=f"</script>{name}"))
    assert (False, f"</script>{name}") == (b"<" in content, json.loads(content)["households"][0]["name"])


def test_order_does_not_count() -> None:
    """The order of the households does not change the bytes; without any the data are well-formed."""
    for name in NAMES:
        assert made(name, kit.EMPTIEST, kit.FULLEST) == made(name, kit.FULLEST, kit.EMPTIEST)
        assert made(name).endswith(b"\n")
    site = replace(kit.SITE, base_url="https://VUONMAU.example/Vuon/")
    assert b'"https://vuonmau.example/Vuon/100014/"' in made("json", kit.EMPTIEST, site=site)


# --- The service worker ------------------------------------------------------------------------------------

SHELL = (("index.html", "a"), ("en/index.html", "b"), ("icon.svg", "c"), ("offline.html", "d"))
FOLDERS = ("en", "thon-vuon-mau", "photos", "482135")
GONE = ("643479",)
SCRIPT = "// what it does\nself.x = SITE;\n"


def known(content: bytes) -> dict[str, list[str]]:
    """Return what the first line of the worker says."""
    header = re.fullmatch(r"const SITE=(\{.*\});", content.decode("ascii").split("\n")[0])
    assert header is not None
    return json.loads(header[1])  # type: ignore[no-any-return]


def version(script: str = SCRIPT, shell: Any = SHELL, folders: Any = FOLDERS, shown: Any = GONE) -> object:
    """Return the version of a worker."""
    return known(service_worker(script, shell, folders, shown).content)["version"]


def test_the_worker_knows_its_site() -> None:
    """Addresses as browsers ask for them, folders without codes, and the script as it is, in whatever order."""
    worker = service_worker(SCRIPT, SHELL, FOLDERS, ("643479", "158589"), ("thon-vuon-mau",))
    assert worker.path == "sw.js"
    assert worker.content.decode().split("\n", 1)[1] == SCRIPT
    told = known(worker.content)
    assert told["files"] == ["en/", "icon.svg", "", "offline.html"]
    assert (told["folders"], told["large"]) == (["en", "photos", "thon-vuon-mau"], ["thon-vuon-mau"])
    again = (reversed(SHELL), reversed((*FOLDERS, "en")), ("158589", "643479"), ("thon-vuon-mau",))
    assert worker == service_worker(SCRIPT, *again)


@each(
    "change",
    [
        {"script": SCRIPT + "x"},
        {"shell": (("index.html", "A"), *SHELL[1:])},
        {"shell": SHELL[1:]},
        {"shell": (("Index.html", "a"), *SHELL[1:])},
        {"shell": (("index.html", "ab"), ("en/index.html", ""), *SHELL[2:])},
        {"folders": (*FOLDERS, "thon-moi")},
        {"shown": (*GONE, "158589")},
        {"shown": ()},
    ],
)
def test_the_version_changes_with_the_contents(change: dict[str, Any]) -> None:
    """With any byte of the shell, with the script, a village, and when a family left; never by itself."""
    assert version() == version() == version(folders=(*FOLDERS, "158589"))
    assert version() != version(**change)


@given(st.text(min_size=1))
def test_no_name_breaks_out_of_the_first_line(name: str) -> None:
    """Quotes, line ends, also those of old JavaScript, and markup stay within their string."""
    name = name.encode("utf-8", "replace").decode()
    content = service_worker(SCRIPT, [(name, "")], [name], [name]).content
    assert content.decode("ascii").split("\n", 1)[1] == SCRIPT
    told = known(content)
    assert not re.search(r"[\"'\\<>?#\s]", told["files"][0])
    assert told["folders"] in ([name], [])
