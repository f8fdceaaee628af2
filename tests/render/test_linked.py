"""Linked data: the right words of schema.org, nothing that a swindler could harvest, nothing that acts."""

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import households_kit as kit
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from canary_kit import CANARIES, SLUG, SOURCE, TICKS, folded, with_ticks
from case_kit import each
from consent_kit import household as as_read
from garden_kit import in_vietnamese
from vuonho.model.consent import publish
from vuonho.model.fields import BASE as BASE_FACT
from vuonho.model.fields import outline, word_lists
from vuonho.model.household import Living
from vuonho.model.public import (
    PublicDish,
    PublicHousehold,
    PublicProduct,
    PublicSite,
    PublicVillage,
    PublicVisits,
)
from vuonho.model.values import Point
from vuonho.model.vocabulary import LISTS
from vuonho.pages.household import household_data, site_data, village_data
from vuonho.pages.layout import Place
from vuonho.project.survey import survey

ROOT = Path(__file__).parents[2]
BASE = kit.SITE.base_url
LANGUAGES = ("vi", "en")
TAG = '<script type="application/ld+json">'
DESCRIPTION = "Vườn bà Thử. Trong vườn có bưởi."
IMAGE = f"{BASE}photos/mot.jpg"

# --- The table ---------------------------------------------------------------------------------------------

PARENTS: Mapping[str, tuple[str, ...]] = {
    "Thing": (),
    "Place": ("Thing",),
    "AdministrativeArea": ("Place",),
    "Country": ("AdministrativeArea",),
    "TouristAttraction": ("Place",),
    "Organization": ("Thing",),
    "LocalBusiness": ("Organization", "Place"),
    "PostalAddress": ("Thing",),
    "GeoCoordinates": ("Thing",),
    "LocationFeatureSpecification": ("Thing",),
    "Offer": ("Thing",),
    "Product": ("Thing",),
    "PriceSpecification": ("Thing",),
    "UnitPriceSpecification": ("PriceSpecification",),
    "CreativeWork": ("Thing",),
    "WebSite": ("CreativeWork",),
}
"""The types in use and what they inherit from; types between that add nothing in use are left out."""

PROPERTIES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "Thing": {
        "name": ("Text",),
        "url": ("URL",),
        "description": ("Text",),
        "image": ("URL",),
        "sameAs": ("Text",),  # a URL, and the only one that leads out of the site
    },
    "LocationFeatureSpecification": {"value": ("Text",)},
    "Place": {
        "amenityFeature": ("LocationFeatureSpecification",),
        "address": ("PostalAddress",),
        "geo": ("GeoCoordinates",),
        "containedInPlace": ("Place",),
    },
    "Organization": {"address": ("PostalAddress",), "makesOffer": ("Offer",), "telephone": ("Text",)},
    "LocalBusiness": {"openingHours": ("Text",)},
    "PostalAddress": {
        "streetAddress": ("Text",),
        "addressLocality": ("Text",),
        "addressRegion": ("Text", "AdministrativeArea"),
        "addressCountry": ("Text", "Country"),
    },
    "GeoCoordinates": {"latitude": ("Number",), "longitude": ("Number",)},
    "Offer": {
        "itemOffered": ("Product",),
        "price": ("Price",),
        "priceCurrency": ("Text",),
        "priceSpecification": ("PriceSpecification",),
    },
    "PriceSpecification": {"price": ("Price",), "priceCurrency": ("Text",)},
    "UnitPriceSpecification": {"unitText": ("Text",)},
    "CreativeWork": {"inLanguage": ("Text",), "about": ("Thing",)},
}
"""What each type brings and the types of its values, looked up at schema.org: look there before adding a line.

A "Price" is our own: a Text that is a whole number of đồng above nought.
"""


def line_of(kind: str) -> set[str]:
    """Return a type and all that it inherits from."""
    return {kind}.union(*(line_of(parent) for parent in PARENTS[kind]))


def allowed(kinds: list[str]) -> dict[str, tuple[str, ...]]:
    """Return the properties of an object of these types with the types of their values."""
    lines = set().union(*(line_of(kind) for kind in kinds))
    return {name: types for kind in lines for name, types in PROPERTIES.get(kind, {}).items()}


def types_of(value: Any, base: str) -> set[str]:
    """Return every type that a value has."""
    if isinstance(value, dict):
        return set().union(*(line_of(kind) for kind in kinds_of(value)))
    if isinstance(value, str):
        is_price = re.fullmatch("[1-9][0-9]*", value)
        return {"Text", *(["URL"] if value.startswith(base) else []), *(["Price"] if is_price else [])}
    return {"Number"} if isinstance(value, int | float) and not isinstance(value, bool) else {"nothing"}


def kinds_of(node: dict[str, Any]) -> list[str]:
    kinds = node["@type"]
    return kinds if isinstance(kinds, list) else [kinds]


def faults(node: dict[str, Any], base: str) -> Iterator[tuple[str, object]]:
    """Yield (property, value) of whatever schema.org does not allow, or leads out of the site."""
    properties = allowed(kinds_of(node))
    for name, value in node.items():
        if name not in ("@type", "@context"):
            for one in value if isinstance(value, list) else [value]:
                if not types_of(one, base).intersection(properties.get(name, ())):
                    yield name, one
                elif isinstance(one, dict):
                    yield from faults(one, base)


# --- Made of made-up households ----------------------------------------------------------------------------


def text_of(
    home: PublicHousehold, tag: str = "vi", site: PublicSite = kit.SITE, image: str | None = None
) -> str:
    place = Place(site, f"{home.code}/", tag)
    return household_data(home, kit.VILLAGE, place, kit.LANGUAGES[tag], DESCRIPTION, image)


def data_of(home: PublicHousehold, tag: str = "vi", image: str | None = None) -> Any:
    return json.loads(text_of(home, tag, image=image))


def village(tag: str, site: PublicSite = kit.SITE) -> Any:
    place = Place(site, f"{kit.VILLAGE.slug}/", tag)
    return json.loads(village_data(kit.VILLAGE, place, kit.LANGUAGES[tag]))


def start(tag: str, *villages: PublicVillage, site: PublicSite = kit.SITE) -> Any:
    return json.loads(site_data(villages, Place(site, "", tag), kit.LANGUAGES[tag]))


def sold(name: str, known: bool, price: int | None, unit: str | None) -> PublicProduct:
    """Return a product by the name in the catalogue of the fullest household, or unknown."""
    of = kit.PRODUCTS[0].known if known else None
    return PublicProduct(name, of, price, LISTS["units"].by_key(unit) if unit else None, None, None)


@each(
    ("tag", "folder", "names", "units"),
    [
        ("vi", "", ["Bưởi Phúc Trạch", "Mật ong rừng", "Trứng gà"], ["quả", "lít"]),
        ("en", "en/", ["Phuc Trach pomelo", "Mật ong rừng", "Trứng gà"], ["piece", "litre"]),
    ],
)
def test_the_fullest_household(tag: str, folder: str, names: list[str], units: list[str]) -> None:
    """A household with everything ticked is a business with these facts and no other, in its page's language."""
    items = [{"@type": "Product", "name": name} for name in names]
    prices = [
        {"@type": "UnitPriceSpecification", "price": price, "priceCurrency": "VND", "unitText": unit}
        for price, unit in zip(("35000", "250000"), units, strict=True)
    ]
    expected = {
        "@context": "https://schema.org",
        "@type": ["LocalBusiness", "TouristAttraction"],
        "name": "Vườn bà Thử",
        "url": f"{BASE}{folder}482135/",
        "description": DESCRIPTION,
        "image": IMAGE,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Xóm Đông, ngõ 3",
            "addressLocality": "Thôn Vườn Mẫu, Xã Phúc Trạch",
            "addressRegion": "Hà Tĩnh",
            "addressCountry": "VN",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": 18.1281, "longitude": 105.7632},
        "containedInPlace": {
            "@type": "Place",
            "name": "Thôn Vườn Mẫu",
            "url": f"{BASE}{folder}thon-vuon-mau/",
        },
        "telephone": "+84337000345",
        "sameAs": ["https://www.vuonthu.example/trang", "https://mang.example/@vuonthu"],
        "openingHours": ["Mo-Su 07:00-17:00"],
        "makesOffer": [
            {"@type": "Offer", "itemOffered": items[0], "priceSpecification": prices[0]},
            {"@type": "Offer", "itemOffered": items[1], "priceSpecification": prices[1]},
            {"@type": "Offer", "itemOffered": items[2]},
        ],
    }
    assert expected == data_of(kit.FULLEST, tag, IMAGE)


def test_the_emptiest_household() -> None:
    """A household with base facts only is a place in its village, without point, picture and street."""
    assert data_of(kit.EMPTIEST) == {
        "@context": "https://schema.org",
        "@type": "Place",
        "name": "Vườn ông Mẫu",
        "url": f"{BASE}100014/",
        "description": DESCRIPTION,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": "Thôn Vườn Mẫu, Xã Phúc Trạch",
            "addressRegion": "Hà Tĩnh",
            "addressCountry": "VN",
        },
        "containedInPlace": {"@type": "Place", "name": "Thôn Vườn Mẫu", "url": f"{BASE}thon-vuon-mau/"},
    }


@each(("tag", "folder", "country"), [("vi", "", "Việt Nam"), ("en", "en/", "Vietnam")])
def test_a_village(tag: str, folder: str, country: str) -> None:
    """A village lies round its centre, in its commune, province and country."""
    assert village(tag) == {
        "@context": "https://schema.org",
        "@type": "Place",
        "name": "Thôn Vườn Mẫu",
        "url": f"{BASE}{folder}thon-vuon-mau/",
        "geo": {"@type": "GeoCoordinates", "latitude": 18.125, "longitude": 105.76},
        "containedInPlace": {
            "@type": "AdministrativeArea",
            "name": "Xã Phúc Trạch",
            "containedInPlace": {
                "@type": "AdministrativeArea",
                "name": "Hà Tĩnh",
                "containedInPlace": {"@type": "Country", "name": country},
            },
        },
    }


@each(
    ("tag", "folder", "title"),
    [("vi", "", "Vườn hộ Thôn Vườn Mẫu"), ("en", "en/", "Household gardens of Vườn Mẫu")],
)
def test_the_start_page(tag: str, folder: str, title: str) -> None:
    """The website has a name and language of its own in each language, and is about its villages."""
    other = replace(kit.VILLAGE, slug="thon-hai", name="Thôn Hai")
    assert start(tag, kit.VILLAGE, other) == {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": title,
        "url": f"{BASE}{folder}",
        "inLanguage": tag,
        "about": [
            {"@type": "Place", "name": "Thôn Vườn Mẫu", "url": f"{BASE}{folder}thon-vuon-mau/"},
            {"@type": "Place", "name": "Thôn Hai", "url": f"{BASE}{folder}thon-hai/"},
        ],
    }


@each(
    ("sells", "welcome", "expected"),
    [
        (True, None, ["LocalBusiness", "TouristAttraction"]),
        (True, False, "LocalBusiness"),
        (False, True, ["LocalBusiness", "TouristAttraction"]),
        (False, False, "Place"),
        (False, None, "Place"),
    ],
)
def test_who_sells_or_receives_is_a_business(sells: bool, welcome: bool | None, expected: object) -> None:
    """A household that neither sells nor receives guests is a place and offers nothing."""
    visits = None if welcome is None else PublicVisits(welcome, None, ())
    home = replace(kit.EMPTIEST, products=kit.PRODUCTS if sells else (), visits=visits)
    data = data_of(home)
    assert (expected, sells) == (data["@type"], "makesOffer" in data)


@each("welcome", [True, False])
def test_dishes_are_offered_to_guests(welcome: bool) -> None:
    """Each with its price where that is shown, and none where the page shows none."""
    visits = PublicVisits(welcome, None, (), (PublicDish("Gà luộc", 180000), PublicDish("Xôi", None)))
    told = data_of(replace(kit.EMPTIEST, visits=visits)).get("makesOffer")
    chicken, rice = ({"@type": "Product", "name": name} for name in ("Gà luộc", "Xôi"))
    priced = {"@type": "Offer", "itemOffered": chicken, "price": "180000", "priceCurrency": "VND"}
    assert told == ([priced, {"@type": "Offer", "itemOffered": rice}] if welcome else None)


def test_a_near_point_is_not_told() -> None:
    """Only the exact point is; the village's centre is the village's."""
    near = Point(18.1261, 105.7612).snapped()
    assert "GeoCoordinates" not in text_of(replace(kit.EMPTIEST, near=near))


@each(
    ("product", "expected"),
    [
        (sold("Bưởi", True, None, None), {}),
        (sold("Bưởi", True, 35000, None), {"price": "35000", "priceCurrency": "VND"}),
        (
            sold("Bưởi", True, 35000, "kg"),
            {
                "priceSpecification": {
                    "@type": "UnitPriceSpecification",
                    "price": "35000",
                    "priceCurrency": "VND",
                    "unitText": "kg",
                }
            },
        ),
        (sold("Bưởi", True, None, "kg"), {}),
    ],
)
def test_a_price_is_never_without_its_unit(product: PublicProduct, expected: object) -> None:
    """The price of a kilogram stands with the kilogram alone; without the tick `prices` there is none."""
    (offer,) = data_of(replace(kit.EMPTIEST, products=(product,)))["makesOffer"]
    item = {"@type": "Product", "name": "Bưởi"}
    assert {"@type": "Offer", "itemOffered": item, **expected} == offer  # type: ignore[dict-item]


@each("tag", LANGUAGES)
@each("base", [BASE, "https://VUONMAU.EXAMPLE/Vuon/"])
def test_addresses_are_those_of_the_pages(tag: str, base: str) -> None:
    """Data name a page by its canonical link, letter for letter, and by the address that links lead to."""
    site = replace(kit.SITE, base_url=base)
    made = kit.pages(site).of_household(kit.EMPTIEST, kit.VILLAGE, {})[LANGUAGES.index(tag)]
    page = html.document_fromstring(made.content.decode())
    canonical = page.xpath("string(//link[@rel='canonical']/@href)")
    linked = {urljoin(canonical, link) for link in page.xpath("//a/@href")}
    home = json.loads(text_of(kit.EMPTIEST, tag, site))
    around = (home["containedInPlace"], village(tag, site=site), start(tag, site=site))
    assert canonical == home["url"]
    assert {one["url"] for one in around} - linked == set()


# --- Of the demo -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def demo(built_demo: Path) -> dict[str, str]:
    """Return the pages of the demo that carry data, by their paths."""
    pages = {path: path.read_text(encoding="utf-8") for path in (built_demo / "site").rglob("*.html")}
    return {path.as_posix(): page for path, page in pages.items() if TAG in page}


def told_in(page: str) -> str:
    """Return the data of a page."""
    return page.split(TAG)[1].split("</script>", maxsplit=1)[0]


def test_all_pages_speak_the_words_of_schema_org(demo: dict[str, str]) -> None:
    """Every property belongs to its type and every value has a type that it takes; all addresses are ours."""
    told = [data_of(home, tag, IMAGE) for home in (kit.FULLEST, kit.EMPTIEST) for tag in LANGUAGES]
    assert [fault for data in told for fault in faults(data, BASE)] == []
    base = survey(ROOT).require().base_url
    assert len(demo) == 2 * (13 + 2 + 2)
    assert [
        (path, one) for path, page in demo.items() for one in faults(json.loads(told_in(page)), base)
    ] == []
    for wrong in (
        {"@type": "Place", "inLanguage": "vi"},
        {"@type": "Place", "geo": {"@type": "PostalAddress"}},
        {"@type": "Place", "url": "../482135/"},
        {"@type": "Offer", "price": "35.000"},
        {"@type": "Place", "openingHours": "Mo 07:00-17:00"},
    ):
        assert len(list(faults(wrong, BASE))) == 1


def test_no_person_and_no_living_condition_of_the_demo_can_be_harvested(demo: dict[str, str]) -> None:
    """No full name, no word of how people live, and no phone but on the page of who sells and ticked it."""
    project = survey(ROOT)
    names = [name for one in project.private for name in (one.head, one.consent.by) if name]
    numbers = [home.phone.number for home in project.households if home.phone]
    lists = word_lists(outline(Living))
    labels = {label for words in lists for word in words for label in word.label if len(label) > 4}
    everything = "".join(map(told_in, demo.values()))
    bare = re.sub(r"[ .-]", "", everything)
    assert (len(names) > 10, len(numbers) > 2, len(labels) > 40) == (True, True, True)
    assert [name for name in names if folded(name) in folded(everything)] == []
    shown = [
        one for home in project.households if home.products and home.phone for one in [home.phone.number]
    ]
    assert {*re.findall(r'"telephone":"\+84(\d+)"', everything)} == {number.digits[1:] for number in shown}
    told = [one.contact.phone for one in project.private if one.contact and one.contact.phone]
    phones = [number for number in (*told, project.require().team.phone) if number not in shown]
    assert [number for number in phones if number.digits[1:] in bare] == []
    assert {label for label in labels if label in everything} == set()


def test_data_are_light(demo: dict[str, str]) -> None:
    """No page grows by more than 480 bytes on the wire: thirty crops, ten products, or dishes, rooms and own pages."""
    home = replace(
        kit.FULLEST,
        garden=replace(kit.FULLEST.garden, crops=tuple(kit.crop(f"Cây số {n}") for n in range(30))),
        products=tuple(sold(f"Thứ hàng {n}", False, 1500 * n + 500, "kg") for n in range(10)),
    )
    heavy = kit.pages().of_household(home, kit.VILLAGE, kit.PICTURES)[0].content.decode()
    for page in (*demo.values(), heavy):
        bare = page.replace(told_in(page), "").replace(f"{TAG}</script>\n", "")
        small, large = (len(gzip.compress(one.encode(), 9, mtime=0)) for one in (bare, page))
        assert 0 < large - small <= 480


# --- Never -------------------------------------------------------------------------------------------------


@each("tag", LANGUAGES)
def test_canaries_stay_out(tag: str) -> None:
    """With every tick, no trace of name, directions, living, story, faces and consent is told."""
    home = publish(as_read(with_ticks(TICKS)), SLUG, SOURCE)
    assert home is not None
    told = folded(json.dumps(data_of(home, tag), ensure_ascii=False))
    may = {
        ("products", 0, "price"),
        ("products", 0, "unit"),
        ("visits", "dishes", 0, "price"),
        ("location", "point"),
        ("contact", "phone"),
    }
    may |= {one.field for one in CANARIES if one.field[0] == "links"}
    traces = {
        trace for one in CANARIES if one.shown != BASE_FACT and one.field not in may for trace in one.traces
    }
    assert ("76543" in told, "18.137291" in told, len(traces) > 40) == (True, True, True)
    assert {trace for trace in traces if trace in told} == set()


# --- Inert -------------------------------------------------------------------------------------------------


class Between(HTMLParser):
    """Reads a page and keeps its tags with their types, and the text between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs).get("type")))

    def handle_data(self, data: str) -> None:
        self.text += data


HOSTILE = (
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]>-->",
    '"}]}\\"\\',
    "{{ 7*7 }}{% raw %}{# #}",
    "&lt;/script&gt; &quot; &amp;",
    "dòng\u2028mới\u2029\r\n\ttab",
    "\x00\x1f\x7f\x85\ufeff",
    "Vườn bà Hường",
    "Vươ\u0300n ba\u0300 Hươ\u0300ng",
)


@given(st.text() | st.sampled_from(HOSTILE))
def test_any_text_stays_text(text: str) -> None:
    """Whatever a profile says stands between the tags as typed, and nothing in it can end them."""
    home = replace(
        kit.FULLEST,
        name=text,
        address=text or None,
        story=in_vietnamese(text),
        products=(sold(text, False, 1, "kg"),),
    )
    one = replace(kit.VILLAGE, name=text, commune=text)
    site = replace(kit.SITE, title=in_vietnamese(text), province=text)
    place, language = Place(site, "482135/", "en"), kit.LANGUAGES["en"]
    told = (
        household_data(home, one, place, language, text, None),
        village_data(one, place, language),
        site_data([one], place, language),
    )
    read = [Between(f"<head>{TAG}{data}</script></head>") for data in told]
    business, where, start_page = (json.loads(page.text) for page in read)
    assert {char for data in told for char in data if char in "<>&\u2028\u2029\r\n"} == set()
    assert [page.tags for page in read] == [[("head", None), ("script", "application/ld+json")]] * 3
    assert [page.text for page in read] == list(told)
    assert {
        text,
        *(business[key] for key in ("name", "description")),
        business["containedInPlace"]["name"],
        business["address"].get("streetAddress", text),
        business["address"]["addressRegion"],
        business["makesOffer"][0]["itemOffered"]["name"],
        where["name"],
        where["containedInPlace"]["name"],
        where["containedInPlace"]["containedInPlace"]["name"],
        start_page["name"],
        start_page["about"][0]["name"],
    } == {text}
