"""Files that programs read: sitemap, manifest, open data, the service worker."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from html import escape
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from vuonho.i18n import Text
from vuonho.model.public import (
    PublicAnimal,
    PublicCrop,
    PublicHousehold,
    PublicProduct,
    PublicSite,
    PublicSpot,
    PublicVillage,
)
from vuonho.model.values import Phone, Point
from vuonho.pages.layout import language_root
from vuonho.resources import Artifact

# --- What machines read before they read a page: sitemap, robots.txt, web manifest and `.nojekyll` ---

_SHORT_NAME: Final = Text("Gardens")


def lower_host(url: str) -> str:
    """Return the address with scheme and host in lower case; the path, which has letter case, as it is."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower()))


def sitemap(site: PublicSite, pages: Mapping[str, date | None]) -> Artifact:
    """Return sitemap.xml: every page once per language, sorted by folder; `pages` are folders ("482135/", "").

    All of them name all languages, as reciprocal hreflang asks, and x-default the first. The only dates are those
    of the last checks: no clock. sitemaps.org allows 50,000 addresses: 25,000 households in two languages.
    """
    base = lower_host(site.base_url)
    entries = []
    for folder, checked in sorted(pages.items()):
        addresses = {tag: f"{base}{language_root(site, tag)}{folder}" for tag in site.languages}
        tags = {**addresses, "x-default": addresses[site.languages[0]]} if len(addresses) > 1 else {}
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{escape(tag)}" href="{escape(url)}"/>'
            for tag, url in tags.items()
        )
        day = f"<lastmod>{checked.isoformat()}</lastmod>" if checked else ""
        entries += [f"<url><loc>{escape(url)}</loc>{day}{links}</url>\n" for url in addresses.values()]
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{"".join(entries)}</urlset>\n'
    )
    return Artifact("sitemap.xml", text.encode())


def robots(site: PublicSite) -> Artifact:
    """Return robots.txt: everything may be read, and where the sitemap lies.

    Crawlers look for it at the root of the host only, so below /repo/ it does no more than tell people.
    """
    text = f"User-agent: *\nAllow: /\n\nSitemap: {lower_host(site.base_url)}sitemap.xml\n"
    return Artifact("robots.txt", text.encode("utf-8"))


def webmanifest(site: PublicSite, language: str, form: str = "") -> Artifact:
    """Return manifest.webmanifest in the language's folder, which it covers; its addresses are relative.

    With the title of the phone `form` it is that of the form: a browser keeps the drafts of what is installed.
    """
    root = "form/" if form else language_root(site, language)
    up = "../" * root.count("/")
    manifest: Value = {
        "name": f"{form} · {site.title.to(language)[0]}" if form else site.title.to(language)[0],
        "short_name": form or _SHORT_NAME.to("vi" if language == "vi" else "en"),
        "lang": language,
        "start_url": ".",
        "scope": ".",
        "display": "minimal-ui",
        "background_color": "#f4faec",
        "theme_color": "#1f5e33",
        "icons": [
            {"src": f"{up}icon.svg", "sizes": "any", "type": "image/svg+xml"},
            {"src": f"{up}icon-192.png", "sizes": "192x192", "type": "image/png"},
            {"src": f"{up}icon-512.png", "sizes": "512x512", "type": "image/png"},
            {
                "src": f"{up}icon-maskable-512.png",
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
    }
    return Artifact(f"{root}manifest.webmanifest", _json(manifest))


# --- A household's number for an address book ---

_SPECIAL: Final = re.compile(r"([\\,;])")


def address_card(
    site: PublicSite, household: PublicHousehold, village: PublicVillage, phone: Phone
) -> Artifact:
    """Return a vCard (RFC 2426, which every phone reads): the garden, its number and its page."""

    def said(text: str) -> str:
        return _SPECIAL.sub(r"\\\1", " ".join(text.split()))

    lines = (
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"N:;{said(household.name)};;;",
        f"FN:{said(household.name)}",
        f"ORG:{said(village.name)}",
        f"TEL;TYPE=CELL:{phone.tel.removeprefix('tel:')}",
        f"URL:{site.base_url}{household.code}/",
        "END:VCARD",
        "",
    )
    return Artifact(f"{household.code}/{household.code}.vcf", "\r\n".join(lines).encode())


# --- The village as open data: households.json, .geojson and .csv, for schools, the commune and other programs ---

_BOM: Final = "\ufeff"
# "=1+1" at the start of a cell runs in a spreadsheet, and where ";" or a tab parts the cells, behind those
# too (OWASP, CSV Injection); the full-width signs are read as the plain ones by some.
_FORMULA: Final = re.compile("(^|[;\t\r\n])([ \u00a0\u3000]*)(?=[=+\\-@＝＋－＠\t\r\n])")
_HEADINGS: Final = (
    "Mã số", "Trang web", "Tên", "Thư mục thôn", "Thôn", "Xã/phường", "Địa chỉ", "Diện tích vườn (m²)",
    "Cây trồng", "Vật nuôi", "Cách làm vườn", "Vườn mẫu", "Đón khách", "Sản phẩm", "OCOP (sao)", "Kiểm tra ngày",
)  # fmt: skip

Value = str | int | bool | float | None | list["Value"] | dict[str, "Value"]


def open_data(
    site: PublicSite,
    villages: Iterable[PublicVillage],
    households: Iterable[PublicHousehold],
    spots: Iterable[PublicSpot] = (),
) -> Iterator[Artifact]:
    """Yield data/households.json, .geojson and .csv of the villages by slug and the households by code."""
    by_slug = {village.slug: village for village in sorted(villages, key=lambda village: village.slug)}
    homes = sorted(households, key=lambda home: home.code)
    pages = [f"{lower_host(site.base_url)}{home.code}/" for home in homes]
    whole: dict[str, Value] = {
        "title": site.title.to(site.languages[0])[0],
        "url": lower_host(site.base_url),
        "province": site.province,
        "villages": [_village(village) for village in by_slug.values()],
        "households": [
            _household(page, by_slug[home.village], home) for page, home in zip(pages, homes, strict=True)
        ],
    }
    if places := [_spot(site, one) for one in sorted(spots, key=lambda spot: spot.code)]:
        whole["places"] = places
    yield Artifact("data/households.json", _json(whole))
    yield Artifact("data/households.geojson", _json(_geojson(pages, homes)))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    for page, home in zip(pages, homes, strict=True):
        # a text that a spreadsheet would run as a formula has an apostrophe before it
        writer.writerow(_FORMULA.sub(r"\1\2'", cell) for cell in _row(page, by_slug[home.village], home))
    yield Artifact("data/households.csv", f"{_BOM}{text.getvalue()}".encode())


def _geojson(pages: Sequence[str], homes: Sequence[PublicHousehold]) -> Value:
    """Return a feature (RFC 7946) per exact point, then one per cell of near ones.

    A cell carries its centre, `near` and how many households lie in it, and neither code nor name. Households
    that show no point are left out.
    """
    features = [
        _feature(home.exact, {"code": home.code, "url": page, "name": home.name, "village": home.village})
        for page, home in zip(pages, homes, strict=True)
        if home.exact
    ]
    cells = Counter(home.near for home in homes if home.near)
    areas = sorted(cells.items(), key=lambda one: (one[0].lat, one[0].lon))
    features += [_feature(cell, {"near": True, "count": count}) for cell, count in areas]
    return {"type": "FeatureCollection", "features": features}


def _feature(point: Point, properties: dict[str, Value]) -> Value:
    geometry: Value = {"type": "Point", "coordinates": [point.lon, point.lat]}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _json(value: Value) -> bytes:
    """Return compact UTF-8 with a newline; no "<" stands in it, so it may be put inside a page too."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"{text}\n".encode()


def _village(village: PublicVillage) -> Value:
    centre: Value = {"lat": village.centre.lat, "lon": village.centre.lon}
    return {"slug": village.slug, "name": village.name, "commune": village.commune, "centre": centre}


def _spot(site: PublicSite, spot: PublicSpot) -> Value:
    """Return a place; of a lane neither where it lies nor who lives there."""
    point: Value = {"lat": spot.point.lat, "lon": spot.point.lon} if spot.point else None
    url = f"{lower_host(site.base_url)}{spot.code}/"
    told: dict[str, Value] = {"code": spot.code, "url": url, "name": spot.name, "kind": spot.kind.key}
    return {**told, "village": spot.village, "point": point}


def _household(page: str, village: PublicVillage, household: PublicHousehold) -> Value:
    garden = household.garden
    return {
        "code": household.code,
        "url": page,
        "name": household.name,
        "village": {"slug": village.slug, "name": village.name},
        "commune": village.commune,
        "address": household.address,
        "area_m2": garden.area,
        "crops": [_named(crop, months=_months(crop)) for crop in garden.crops],
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
    return _named(product, months=_months(product), price=price, ocop_stars=stars)


def _months(thing: PublicCrop | PublicProduct) -> list[Value]:
    return list(thing.season.months) if thing.season else []


def _row(page: str, village: PublicVillage, household: PublicHousehold) -> Iterator[str]:
    """Yield the cells of one household in the order of the headings; "" for no value."""
    garden, visits = household.garden, household.visits
    yield from (household.code, page, household.name)
    yield from (village.slug, village.name, village.commune, household.address or "")
    yield "" if garden.area is None else str(garden.area)
    yield "; ".join(map(_with_months, garden.crops))
    yield "; ".join(animal.name for animal in garden.animals)
    yield "; ".join(practice.label.vi for practice in garden.practices)
    yield garden.model.status.label.vi if garden.model else ""
    yield ("có" if visits.welcome else "không") if visits else ""
    yield "; ".join(map(_offer, household.products))
    yield "; ".join(str(product.ocop.stars) for product in household.products if product.ocop)
    yield household.checked.isoformat()


def _with_months(thing: PublicCrop | PublicProduct) -> str:
    months = ", ".join(map(str, _months(thing)))
    return f"{thing.name} (tháng {months})" if months else thing.name


def _offer(product: PublicProduct) -> str:
    """Return a product as "name (tháng 8, 9): 35.000 đ/quả", as far as it is known."""
    text = _with_months(product)
    if product.price is None:
        return text
    price = f"{product.price:,}".replace(",", ".")
    return f"{text}: {price} đ/{product.unit.label.vi}" if product.unit else f"{text}: {price} đ"


# --- The service worker: the script of `templates/_worker.js` with what it must know of this site above it ---

WORKER_SCRIPT: Final = "_worker.js"
"""The template with the worker's script."""

_INDEX: Final = re.compile(r"(?<![^/])index\.html$")
_CODE: Final = re.compile(r"[1-9][0-9]{4,7}")


def service_worker(
    script: str,
    shell: Iterable[tuple[str, str]],
    folders: Iterable[str],
    shown: Iterable[str],
    large: Iterable[str] = (),
) -> Artifact:
    """Return sw.js: a line of JSON that the script calls SITE, then the script.

    `shell` are files that are always kept, as (path below the site, SHA-256); "en/index.html" becomes the
    address "en/". `folders` are the site's top folders; those of codes need no naming. `large` are the villages
    whose pages are kept when they were opened, and not beforehand. `shown` are lines that say who shows what:
    where one changes, because a family left or took a tick back, there is a new version, and phones ask again for
    what they keep. They are hashed and stand nowhere.
    The order of files, folders and lines does not matter. Any other worker has another version: a shell that
    fails to come must never share its cache with one that is in use.
    """
    files = sorted(shell)
    site = {
        "files": [quote(_INDEX.sub("", path)) for path, _ in files],
        "folders": sorted({folder for folder in folders if not _CODE.fullmatch(folder)}),
        "large": sorted(large),
    }
    version = sha256()
    told = (script, json.dumps(site, separators=(",", ":")), *sorted(set(shown)))
    for part in (*(one.encode() for one in told), *(digest.encode() for _, digest in files)):
        version.update(b"%d:%s" % (len(part), part))  # each part is hashed with its length
    known = json.dumps({"version": version.hexdigest()[:16], **site}, separators=(",", ":"))
    return Artifact("sw.js", f"const SITE={known};\n{script.strip()}\n".encode())
