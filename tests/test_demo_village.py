"""The demo shows everything: each field of the schema is set somewhere, and each odd case has its household."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from case_kit import each
from command_kit import ROOT, SLUG
from vuonho.model.codes import is_code
from vuonho.model.fields import Record, Typed
from vuonho.model.household import Departed, Household
from vuonho.model.settings import Site, Village
from vuonho.model.vocabulary import CONSENT_TICKS
from vuonho.project.profile import read_profile
from vuonho.project.settings import read_site, read_village
from vuonho.project.survey import Survey, survey
from vuonho.text import fold

FOLDER = ROOT / "profiles" / SLUG
PHOTOS = sorted((FOLDER / "photos").iterdir())
PLAQUE = {("Site", "plaque"), *(("Plaque", key) for key in ("logo", "ground", "edge", "accent"))}
"""The usual looks are what the demo shows; its own would be a commune's."""
PAGES = {("Site", "pages"), ("Hosting", "repository"), ("Hosting", "branch")}
SIGN = {("Household", "plaque"), ("Sign", "emblem")}
MAY_STAY_EMPTY = {("Site", "previous_urls"), ("Village", "formerly"), *PLAQUE, *PAGES, *SIGN}
"""What would be a lie in a village that never moved, and has no repository; an emblem is drawn without being chosen."""


@pytest.fixture(scope="module")
def demo_survey() -> Survey:
    """Return the demo, read and checked."""
    return survey(ROOT)


def homes(found: Survey) -> dict[str, Household]:
    """The full profiles by their file's stem."""
    names = {stub.code: Path(stub.path).stem for stub in found.stubs}
    return {names[household.code]: household for household in found.private}


# --- Every field -----------------------------------------------------------------------------------------


def fields_of(record: type[Record]) -> Iterator[tuple[str, str]]:
    """Every field of a kind of mapping, and of those inside it."""
    for key, slot in record.slots.items():
        yield record.__name__, key
        if not isinstance(slot.of, Typed):
            yield from fields_of(slot.of)


def fields_set(record: Record) -> Iterator[tuple[str, str]]:
    """Every field that is written and says something."""
    for key in record.written:
        value = getattr(record, key)
        if value is not None and value != ():
            yield type(record).__name__, key
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Record):
                yield from fields_set(inner)


def test_every_field_of_the_schema_is_used(demo_survey: Survey) -> None:
    """A reader of the demo has seen all that can be written."""
    site, _ = read_site(ROOT)
    village, _, _ = read_village(ROOT, f"profiles/{SLUG}/village.yaml", "Hà Tĩnh")
    departed = [read_profile(ROOT, f"profiles/{stub.path}", SLUG).record for stub in demo_survey.stubs]
    records = [site, village, *demo_survey.private, *(one for one in departed if isinstance(one, Departed))]
    used = {field for record in records if record is not None for field in fields_set(record)}
    known = {field for kind in (Site, Village, Household, Departed) for field in fields_of(kind)}
    assert known - used == MAY_STAY_EMPTY


# --- Every case ------------------------------------------------------------------------------------------


def test_the_demo_is_sound(demo_survey: Survey) -> None:
    """No error, and one note: the family that has not agreed."""
    assert [problem.file for problem in demo_survey.problems] == ["profiles/thon-vuon-mau/chua-dong-y.yaml"]
    assert not demo_survey.errors


def test_the_demo_has_every_case(demo_survey: Survey) -> None:
    """About a dozen households that differ in all that matters."""
    by_name = homes(demo_survey)
    photos = {len(home.photos) for home in by_name.values()}
    crops = {len(home.garden.crops) for home in by_name.values()}
    ticks = {len(home.consent.publish) for home in by_name.values() if home.consent.given}
    assert 12 <= len(demo_survey.households) <= 16
    assert {0, 1, 2, 5} <= photos
    assert {0, 1, 12} <= crops
    assert {0, len(CONSENT_TICKS.keys)} <= ticks
    assert sorted(
        ((notice.moved_to, Path(notice.source).stem) for notice in demo_survey.notices), key=lambda pair: pair[1],
        reverse=True,
    ) == [(None, "da-rut"), ("926002", "da-chuyen")]  # fmt: skip
    assert [home.consent.given for home in by_name.values() if not home.consent.given] == [None]
    assert 60 in {len(home.name) for home in by_name.values()}


def test_two_names_differ_by_accents_alone(demo_survey: Survey) -> None:
    """So that a search, an index or a file name that drops accents is found out."""
    names = [home.name for home in demo_survey.private]
    assert len(set(names)) == len(names)
    assert len({fold(name) for name in names}) == len(names) - 1


# --- Nobody real -----------------------------------------------------------------------------------------


def test_codes_are_valid_and_none_is_printed(demo_survey: Survey) -> None:
    """Six digits with their check digit, each in the register, no plaque anywhere."""
    codes = [row.code for row in demo_survey.register.rows]
    assert sorted(codes) == sorted(stub.code for stub in demo_survey.stubs)
    assert all(re.fullmatch("[1-9][0-9]{5}", code) and is_code(code) for code in codes)
    assert {None} == {row.printed for row in demo_survey.register.rows}
    assert {""} == {row.url or "" for row in demo_survey.register.rows}


def test_phones_and_sites_are_nobodys() -> None:
    """0570 is no network's prefix, .example no registry's domain; only maps are real."""
    phone = re.compile(r"(?:phone: ?)\"?([+0-9][0-9 .-]+)")
    link = re.compile(r"https?://([^/\s\"',\]}]+)")
    texts = [
        path.read_text(encoding="utf-8") for path in (*FOLDER.glob("*.yaml"), ROOT / "profiles/site.yaml")
    ]
    phones = [re.sub(r"\D", "", number) for text in texts for number in phone.findall(text)]
    hosts = {host for text in texts for host in link.findall(text)}
    assert len(phones) > 8
    assert [number for number in phones if not re.fullmatch(r"(0|84)570\d{6}", number)] == []
    assert [
        host for host in hosts if not host.endswith((".example", "google.com", "openstreetmap.org"))
    ] == []


# --- Small photos ----------------------------------------------------------------------------------------


@each("photo", PHOTOS, ids=lambda path: path.name)
def test_a_photo_is_small_and_bare(photo: Path) -> None:
    """At most 1,600 px and 200 KB, and nothing but pixels."""
    content = photo.read_bytes()
    with Image.open(io.BytesIO(content)) as image:
        assert max(image.size) <= 1600
        assert not image.getexif()
    assert len(content) <= 200_000


def test_all_photos_together_are_small_and_used(demo_survey: Survey) -> None:
    """At most 3 MB to clone, and none that no profile shows."""
    used = {photo.file for home in demo_survey.private for photo in home.photos}
    assert {f"photos/{photo.name}" for photo in PHOTOS} == used
    assert sum(photo.stat().st_size for photo in PHOTOS) <= 3_000_000
