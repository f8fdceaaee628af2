"""The village as open data: households.json, .geojson and .csv, for schools, the commune and other programs.

Fewer facts than the pages, by choice: no full name, phone, story, living conditions, link or directions,
whatever is ticked, because a list of phones is a gift to swindlers. Every key below is written out by name,
so nothing new gets in by itself.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from vuonho.artifact import Artifact
from vuonho.domain.public import (
    PublicAnimal,
    PublicCrop,
    PublicHousehold,
    PublicProduct,
    PublicSeason,
    PublicSite,
    PublicVillage,
)
from vuonho.domain.values.point import Point
from vuonho.render.machines.crawl import lower_host

_SITE_SOURCE: Final = "site.yaml"
_BOM: Final = "\ufeff"
# "=1+1" at the start of a cell runs in a spreadsheet, and where ";" or a tab parts the cells, behind those
# too (OWASP, CSV Injection); the full-width signs are read as the plain ones by some.
_FORMULA: Final = re.compile("(^|[;\t\r\n])([ \u00a0\u3000]*)(?=[=+\\-@＝＋－＠\t\r\n])")
_HEADINGS: Final = (
    "Mã số",
    "Trang web",
    "Tên",
    "Thư mục thôn",
    "Thôn",
    "Xã/phường",
    "Địa chỉ",
    "Diện tích vườn (m²)",
    "Cây trồng",
    "Vật nuôi",
    "Cách làm vườn",
    "Vườn mẫu",
    "Đón khách",
    "Sản phẩm",
    "OCOP (sao)",
    "Kiểm tra ngày",
)

Value = str | int | bool | float | None | list["Value"] | dict[str, "Value"]


def households_json(
    site: PublicSite, villages: Iterable[PublicVillage], households: Iterable[PublicHousehold]
) -> Artifact:
    """Return data/households.json: the project, its villages and its households, sorted by slug and code."""
    places, homes = _sorted(villages, households)
    by_slug = {village.slug: village for village in places}
    whole: Value = {
        "title": site.title.to(site.languages[0])[0],
        "url": lower_host(site.base_url),
        "province": site.province,
        "villages": [_village(village) for village in places],
        "households": [_household(site, by_slug[home.village], home) for home in homes],
    }
    return Artifact("data/households.json", _json(whole), _sources(places, homes))


def households_geojson(
    site: PublicSite, villages: Iterable[PublicVillage], households: Iterable[PublicHousehold]
) -> Artifact:
    """Return data/households.geojson (RFC 7946): a feature per exact point, then one per cell of near ones.

    A cell carries its centre, `near` and how many households lie in it, and neither code nor name. Households
    that show no point are left out; they stand in the JSON.
    """
    places, homes = _sorted(villages, households)
    cells = Counter(home.near for home in homes if home.near)
    features: list[Value] = [_feature(site, home, home.exact) for home in homes if home.exact]
    features += [
        {"type": "Feature", "geometry": _geometry(cell), "properties": {"near": True, "count": cells[cell]}}
        for cell in sorted(cells, key=lambda point: (point.lat, point.lon))
    ]
    whole: Value = {"type": "FeatureCollection", "features": features}
    return Artifact("data/households.geojson", _json(whole), _sources(places, homes))


def households_csv(
    site: PublicSite, villages: Iterable[PublicVillage], households: Iterable[PublicHousehold]
) -> Artifact:
    """Return data/households.csv for Excel: UTF-8 with BOM, commas, CRLF, Vietnamese headings.

    Several values in one cell are parted by "; ". A text that a spreadsheet would run as a formula has an
    apostrophe before it.
    """
    places, homes = _sorted(villages, households)
    by_slug = {village.slug: village for village in places}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    writer.writerows(map(_harmless, _row(site, by_slug[home.village], home)) for home in homes)
    return Artifact("data/households.csv", f"{_BOM}{text.getvalue()}".encode(), _sources(places, homes))


def _sorted(
    villages: Iterable[PublicVillage], households: Iterable[PublicHousehold]
) -> tuple[tuple[PublicVillage, ...], tuple[PublicHousehold, ...]]:
    places = tuple(sorted(villages, key=lambda village: village.slug))
    return places, tuple(sorted(households, key=lambda home: home.code))


def _sources(villages: Iterable[PublicVillage], households: Iterable[PublicHousehold]) -> tuple[str, ...]:
    return (_SITE_SOURCE, *(village.source for village in villages), *(home.source for home in households))


def _json(value: Value) -> bytes:
    """Return compact UTF-8 with a newline; no "<" stands in it, so it may be put inside a page too."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"{text}\n".encode()


def _page(site: PublicSite, household: PublicHousehold) -> str:
    return f"{lower_host(site.base_url)}{household.code}/"


def _village(village: PublicVillage) -> Value:
    return {
        "slug": village.slug,
        "name": village.name,
        "commune": village.commune,
        "centre": {"lat": village.centre.lat, "lon": village.centre.lon},
    }


def _household(site: PublicSite, village: PublicVillage, household: PublicHousehold) -> Value:
    garden = household.garden
    return {
        "code": household.code,
        "url": _page(site, household),
        "name": household.name,
        "village": {"slug": village.slug, "name": village.name},
        "commune": village.commune,
        "address": household.address,
        "area_m2": garden.area,
        "crops": [_named(crop, months=_months(crop.season)) for crop in garden.crops],
        "animals": [_named(animal) for animal in garden.animals],
        "practices": [practice.key for practice in garden.practices],
        "model": garden.model.status.key if garden.model else None,
        "welcome": household.visits.welcome if household.visits else None,
        "products": [_product(product) for product in household.products],
        "checked": household.checked.isoformat(),
    }


def _named(thing: PublicCrop | PublicAnimal | PublicProduct, **more: Value) -> Value:
    return {"name": thing.name, "key": thing.known.key if thing.known else None, **more}


def _product(product: PublicProduct) -> Value:
    price: Value = None
    if product.price is not None:
        price = {"dong": product.price, "unit": product.unit.key if product.unit else None}
    stars = product.ocop.stars if product.ocop else None
    return _named(product, months=_months(product.season), price=price, ocop_stars=stars)


def _months(season: PublicSeason | None) -> list[Value]:
    return list(season.months) if season else []


def _feature(site: PublicSite, household: PublicHousehold, point: Point) -> Value:
    properties: Value = {
        "code": household.code,
        "url": _page(site, household),
        "name": household.name,
        "village": household.village,
    }
    return {"type": "Feature", "geometry": _geometry(point), "properties": properties}


def _geometry(point: Point) -> Value:
    return {"type": "Point", "coordinates": [point.lon, point.lat]}


def _row(site: PublicSite, village: PublicVillage, household: PublicHousehold) -> Iterator[str]:
    """Yield the cells of one household in the order of the headings; "" for no value."""
    garden, visits = household.garden, household.visits
    yield from (household.code, _page(site, household), household.name)
    yield from (village.slug, village.name, village.commune, household.address or "")
    yield "" if garden.area is None else str(garden.area)
    yield "; ".join(_with_months(crop.name, crop.season) for crop in garden.crops)
    yield "; ".join(animal.name for animal in garden.animals)
    yield "; ".join(practice.label.vi for practice in garden.practices)
    yield garden.model.status.label.vi if garden.model else ""
    yield ("có" if visits.welcome else "không") if visits else ""
    yield "; ".join(map(_offer, household.products))
    yield "; ".join(str(product.ocop.stars) for product in household.products if product.ocop)
    yield household.checked.isoformat()


def _with_months(name: str, season: PublicSeason | None) -> str:
    months = ", ".join(map(str, _months(season)))
    return f"{name} (tháng {months})" if months else name


def _offer(product: PublicProduct) -> str:
    """Return a product as "name (tháng 8, 9): 35.000 đ/quả", as far as it is known."""
    text = _with_months(product.name, product.season)
    if product.price is None:
        return text
    price = f"{product.price:,}".replace(",", ".")
    return f"{text}: {price} đ/{product.unit.label.vi}" if product.unit else f"{text}: {price} đ"


def _harmless(cell: str) -> str:
    return _FORMULA.sub(r"\1\2'", cell)
