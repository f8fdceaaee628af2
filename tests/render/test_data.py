"""Open data: what stands in it, and above all what does not."""

import csv
import io
import json
from dataclasses import replace
from typing import Any

import households_kit as kit
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.model.geo import Point
from vuonho.model.public import PublicHousehold, PublicProduct, PublicSite
from vuonho.pages.feeds import open_data

BASE = kit.SITE.base_url
NAMES = ("json", "geojson", "csv")


def made(name: str, *homes: PublicHousehold, site: PublicSite = kit.SITE) -> bytes:
    """Return one of the three files."""
    files = {one.path: one.content for one in open_data(site, [kit.VILLAGE], homes)}
    return files[f"data/households.{name}"]


def as_json(*homes: PublicHousehold) -> Any:
    return json.loads(made("json", *homes))


def as_geojson(*homes: PublicHousehold) -> Any:
    return json.loads(made("geojson", *homes))["features"]


def as_rows(*homes: PublicHousehold) -> list[dict[str, str]]:
    text = made("csv", *homes).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_json_of_the_fullest() -> None:
    """A household with everything ticked shows these facts and no other."""
    (home,) = as_json(kit.FULLEST)["households"]
    crops = home.pop("crops")
    products = home.pop("products")
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


def test_json_of_the_emptiest() -> None:
    """A household with base facts only has the same keys."""
    (empty,) = as_json(kit.EMPTIEST)["households"]
    (full,) = as_json(kit.FULLEST)["households"]
    nothing = {key for key, value in empty.items() if value in (None, [])}
    assert list(full) == list(empty)
    assert {"address", "area_m2", "crops", "animals", "practices", "model", "welcome", "products"} == nothing


def test_no_price_without_tick() -> None:
    """Without the tick `prices`, which leaves no price in the household, there is none in the data."""
    product = PublicProduct("Bưởi", None, None, None, None, None)
    home = replace(kit.EMPTIEST, products=(product,))
    assert (
        as_json(home)["households"][0]["products"][0]["price"],
        as_rows(home)[0]["Sản phẩm"],
    ) == (None, "Bưởi")


@each("name", NAMES)
@each(
    "private",
    [
        "Nguyễn Thị Thử",
        "0337000345",
        "+84337",
        "mang.example",
        "Qua cầu",
        "gốc bưởi đầu tiên",
        "three_clean",
        "septic",
    ],
)
def test_never(name: str, private: str) -> None:
    """Full name, phone, links, directions, story and living conditions stay out though all are ticked."""
    assert private not in made(name, kit.FULLEST).decode()


def test_exact_points() -> None:
    """An exact point is a feature with code, address and name, longitude first."""
    (feature,) = as_geojson(kit.FULLEST, kit.EMPTIEST)
    assert feature["geometry"] == {"type": "Point", "coordinates": [105.7632, 18.1281]}
    assert (f"{BASE}482135/", "Vườn bà Thử") == (feature["properties"]["url"], feature["properties"]["name"])


def test_near_points() -> None:
    """Near points are one feature a cell with their number, and neither code nor name."""
    cell, other = Point(18.125, 105.765), Point(18.115, 105.765)
    homes = [replace(kit.EMPTIEST, code=f"{number}", near=cell) for number in (100023, 100038)]
    features = as_geojson(*homes, replace(kit.EMPTIEST, code="100041", near=other))
    assert [feature["properties"] for feature in features] == [
        {"near": True, "count": 1},
        {"near": True, "count": 2},
    ]
    assert features[1]["geometry"]["coordinates"] == [105.765, 18.125]
    assert not {"100023", "100038", "100041"} & set(json.dumps(features).split('"'))


def test_csv_form() -> None:
    """The CSV has a BOM, commas, CRLF and Vietnamese headings, as Excel wants it."""
    content = made("csv", kit.FULLEST)
    assert content.startswith("\ufeffMã số,Trang web,Tên,".encode())
    assert (content.count(b"\r\n"), content.count(b"\n")) == (2, 2)


def test_csv_row() -> None:
    """A row tells crops with months and products with prices, parted by semicolons."""
    (row,) = as_rows(kit.FULLEST)
    assert (row["Mã số"], row["Diện tích vườn (m²)"], row["OCOP (sao)"]) == ("482135", "1800", "4")
    assert row["Cây trồng"].startswith("Bưởi Phúc Trạch (tháng 8, 9); Cam bù")
    assert row["Sản phẩm"].startswith("Bưởi Phúc Trạch (tháng 8, 9): 35.000 đ/")
    assert row["Đón khách"] == "có"


@each(
    ("typed", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+84", "'+84"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠A", "'＠A"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        (" =1", " '=1"),
        ("a;=1", "a;'=1"),
        ("a\t=1", "a\t'=1"),
        ("a=1+1", "a=1+1"),
        ("Ngõ 3 - xóm Đông", "Ngõ 3 - xóm Đông"),
    ],
)
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


@each("name", NAMES)
def test_order_does_not_count(name: str) -> None:
    """The order of the households does not change the bytes."""
    content = made(name, kit.FULLEST, kit.EMPTIEST)
    assert made(name, kit.EMPTIEST, kit.FULLEST) == content
    assert content.endswith(b"\n")


@each("name", NAMES)
def test_no_household(name: str) -> None:
    """A village without households gives well-formed data."""
    assert made(name).endswith(b"\n")


def test_address_in_lower_case() -> None:
    """The page's address has its host in lower case and its path as it is."""
    site = replace(kit.SITE, base_url="https://VUONMAU.example/Vuon/")
    content = made("json", kit.EMPTIEST, site=site)
    assert b'"https://vuonmau.example/Vuon/100014/"' in content
