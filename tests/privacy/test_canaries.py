"""Promise 6: nothing without consent. A canary in every value, a real build, and every byte of it searched."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html
from PIL import Image

from canary_kit import (
    CANARIES,
    CODE,
    ELSEWHERE,
    FACES,
    GARDEN,
    HOME_TRACES,
    NEAR,
    NOBODY,
    PROFILE,
    TICKS,
    Canary,
    Profile,
    hidden_by,
    shown_by,
    with_ticks,
    without,
)
from canary_site import (
    BASE_URL,
    FORM,
    build_one,
    build_site,
    cached,
    cards,
    codes_in,
    colours,
    listing,
    phones_in,
    search,
    tree,
    write_project,
)
from case_kit import each
from vuonho.model.fields import NEVER

SiteOf = Callable[[frozenset[str]], Path]

NOTHING: frozenset[str] = frozenset()
ALL = frozenset(TICKS)
EACH = tuple(frozenset([tick]) for tick in TICKS)
SETS = (NOTHING, *EACH, ALL, frozenset({"exact_point", "near_point"}))
PAGES = {"vi": f"{CODE}/index.html", "en": f"en/{CODE}/index.html"}
CARD = f"{CODE}/{CODE}.vcf"
"""The number for an address book."""
COMING = {f"{CODE}/den/index.html", f"en/{CODE}/den/index.html"}
"""Where a guest says when he comes."""

by_ticks = each("ticks", SETS, ids=lambda ticks: "+".join(sorted(ticks)) or "none")


def said(site: Path, language: str, section: str) -> str:
    """The text of a section of the household's page, or of all of it, with the addresses of its links."""
    page = html.fromstring((site / PAGES[language]).read_bytes())
    parts = page.xpath("//section[@aria-labelledby=$id]", id=section) if section else [page]
    told = " ".join(" ".join([*part.itertext(), *part.xpath(".//@href")]) for part in parts)
    return told.replace("\u00a0", " ")


@by_ticks
def test_what_is_ticked_stands_on_the_page_in_both_languages(ticks: frozenset[str], site_of: SiteOf) -> None:
    """Every value that the ticks let out is on both pages, in its own section."""
    site = site_of(ticks)
    missing = [
        (canary.field, language)
        for canary in shown_by(ticks)
        for language, words in (("vi", canary.vi), ("en", canary.en))
        if words not in said(site, language, canary.section)
    ]
    assert missing == []


@by_ticks
def test_what_is_not_ticked_is_nowhere(ticks: frozenset[str], site_of: SiteOf) -> None:
    """No trace of a value kept back is in any byte of the site, in any dress; a phone whatever parts its digits.

    Never shown are the consent itself, comments, file names and an expired grade. A photo that says nothing of people
    counts as one with people: its colour is in no other picture.
    """
    site = site_of(ticks)
    assert NEVER in {canary.shown for canary in hidden_by(ticks)}
    traces = [trace for canary in hidden_by(ticks) for trace in canary.traces]
    assert search(site, (*traces, *NOBODY)) == set()
    pages = {*PAGES.values(), *COMING, CARD} if "phone" in ticks else set()
    assert pages == phones_in(site, PROFILE["contact"]["phone"])
    assert ({FACES, GARDEN} if "faces" in ticks else {GARDEN}) == colours(site)


@by_ticks
def test_a_site_is_as_if_the_rest_had_never_been_told(
    ticks: frozenset[str], site_of: SiteOf, tmp_path: Path
) -> None:
    """Taking out of the profile what is not ticked changes not one byte of the site."""
    kept_back = [canary.field for canary in hidden_by(ticks) if canary.field not in needed_by(ticks)]
    poorer = build_one(tmp_path, without(with_ticks(ticks), kept_back))
    assert tree(site_of(ticks)) == tree(poorer)


def needed_by(ticks: frozenset[str]) -> list[tuple[str | int, ...]]:
    """What a profile cannot lack, and the point that gives the near one its cell."""
    return [("consent", "given"), *([("location", "point")] if "near_point" in ticks else [])]


@pytest.mark.parametrize("moved", ["18.131004, 105.770009", "18.139998, 105.779991"])
def test_near_is_the_cell_and_nothing_finer(moved: str, site_of: SiteOf, tmp_path: Path) -> None:
    """Wherever in its cell a house stands, the site is the same byte for byte."""
    profile = with_ticks(["near_point"])
    profile["location"]["point"] = moved
    assert tree(site_of(frozenset({"near_point"}))) == tree(build_one(tmp_path, profile))


def test_near_shows_the_middle_of_the_cell(site_of: SiteOf) -> None:
    """The near point is on both pages and in the map data, without code or name."""
    site = site_of(frozenset({"near_point"}))
    data = json.loads((site / "data/households.geojson").read_text(encoding="utf-8"))
    assert all(number in said(site, language, "where") for number in NEAR for language in PAGES)
    assert data["features"] == [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [105.775, 18.135]},
            "properties": {"near": True, "count": 1},
        }
    ]


@pytest.mark.parametrize("ticks", [NOTHING, frozenset({"exact_point"}), ALL], ids=["none", "exact", "all"])
def test_the_cell_needs_its_tick_and_yields_to_the_exact_point(
    ticks: frozenset[str], site_of: SiteOf
) -> None:
    """Without near_point, or with exact_point, the cell is nowhere."""
    assert search(site_of(ticks), NEAR) == set()


def test_exact_wins_over_near(site_of: SiteOf) -> None:
    """Both point ticks give the same site as the exact one alone."""
    assert tree(site_of(frozenset({"exact_point"}))) == tree(
        site_of(frozenset({"exact_point", "near_point"}))
    )


def test_no_picture_carries_more_than_pixels(site_of: SiteOf) -> None:
    """Every picture of the site is without EXIF, comment, profile and text."""
    site = site_of(ALL)
    for path in (path for path in site.rglob("*") if path.suffix in {".png", ".jpg", ".webp"}):
        with Image.open(path) as image:
            assert ({}, set()) == (dict(image.getexif()), set(image.info) - HARMLESS), path.name


HARMLESS = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "progressive", "progression", "loop",
            "background", "timestamp", "duration", "icc_profile", "srgb", "gamma", "transparency"}  # fmt: skip


def test_a_code_says_its_address_and_nothing_else(site_of: SiteOf) -> None:
    """The payload of the QR is the address, and only the two QR files are named after the code."""
    site = site_of(ALL)
    assert (f"{BASE_URL}{CODE}/".casefold(),) == tuple(
        code.casefold() for code in codes_in(site / f"qr/{CODE}.png")
    )
    assert {f"{CODE}.png", f"{CODE}.svg"} == {path.name for path in (site / "qr").iterdir()}


def test_lists_never_carry_it_whatever_is_ticked(site_of: SiteOf) -> None:
    """With every tick, names, phones, stories, links, how they live and the way stand on the household's pages alone,
    its number on its card as well, and where guests write to it."""
    kept_out = {"full_name", "phone", "story", "living", "links", ("location", "directions")}
    owners = {trace: one for one in CANARIES if kept_out & {one.shown, one.field} for trace in one.traces}
    found = {(owners[trace].field, file) for file, trace in search(site_of(ALL), tuple(owners))}
    pages = {(one.field, page) for one in owners.values() for page in PAGES.values()}
    coming = {(("contact", key), page) for key in ("phone", "zalo") for page in COMING}
    assert found == {*pages, *coming, (("contact", "phone"), CARD)}


def test_the_form_knows_nobody(site_of: SiteOf, tmp_path: Path) -> None:
    """What the team asks with is the same byte for byte, whatever a household says and whether there is one."""
    empty = tree(build_site(write_project(tmp_path, {})).out)[FORM]
    assert [empty, empty] == [tree(site_of(ticks))[FORM] for ticks in (NOTHING, ALL)]


def test_zalo_needs_a_phone(tmp_path: Path) -> None:
    """A Zalo mark without a number leaves no trace, though the phone is ticked."""
    profile = with_ticks(["phone"])
    del profile["contact"]["phone"]
    assert search(build_one(tmp_path, profile), ("zalo.me",)) == set()


def test_agreement_not_given_is_as_if_there_were_no_household(tmp_path: Path) -> None:
    """Every tick and no date: no page, no code, nothing in any list; byte for byte the site of an empty village."""
    silent = build_one(tmp_path / "silent", not_agreed())
    everything = [trace for canary in CANARIES for trace in canary.traces]
    assert (
        search(silent, (*everything, *HOME_TRACES, *NOBODY, *NEAR, CODE, f"{CODE[:3]} {CODE[3:]}")) == set()
    )
    assert listing(silent)["households"] == []
    assert set() == colours(silent)
    assert tree(build_site(write_project(tmp_path / "empty", {})).out) == tree(silent)
    assert cached(tmp_path / "silent") == cards(silent)


def not_agreed() -> Profile:
    """The household with every tick, and no day on which it agreed."""
    profile = with_ticks(TICKS)
    profile["consent"]["given"] = None
    return profile


def test_a_village_is_the_same_with_or_without_those_who_have_not_agreed(tmp_path: Path) -> None:
    """No figure, map or list tells that there is a family that has not agreed."""
    told = with_ticks(TICKS) | {"code": ELSEWHERE}
    alone = build_site(write_project(tmp_path / "alone", {"a.yaml": told}))
    beside = build_site(write_project(tmp_path / "beside", {"a.yaml": told, "b.yaml": not_agreed()}))
    assert tree(alone.out) == tree(beside.out)


def test_every_canary_is_alive() -> None:
    """Each canary has traces, none is part of another field's, and each tick has one; `lane` opens no field (test_lanes)."""
    owners: dict[str, Canary] = {}
    for canary in CANARIES:
        assert canary.traces
        for trace in canary.traces:
            assert owners.setdefault(trace, canary) is canary
    assert set(TICKS) - {"near_point", "lane"} == {canary.shown for canary in CANARIES} & set(TICKS)
