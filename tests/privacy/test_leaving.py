"""Taking consent back, in part or in whole: one edit and one build, and no trace is left, in the cache neither."""

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import html

from canary_kit import (
    CANARIES,
    CODE,
    ELSEWHERE,
    FACES,
    GARDEN,
    HOME_TRACES,
    NOBODY,
    PROFILE,
    SOURCE,
    TICKS,
    Profile,
    hidden_by,
    with_ticks,
)
from canary_site import (
    BASE_URL,
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
from command_kit import twin

pytestmark = pytest.mark.slow

NAME = SOURCE.split("/")[1]
LEFT = ("withdrawn", "2026-11-20")
ALL_TRACES = (*(trace for canary in CANARIES for trace in canary.traces), *HOME_TRACES)
PAGES = (f"{CODE}/index.html", f"en/{CODE}/index.html")


def whole(key: str, value: str) -> Profile:
    """The profile as it stood, with the one line that takes it off."""
    return with_ticks(TICKS) | {key: value}


def shrunk(key: str, value: str) -> Profile:
    """The least that a household that left must keep."""
    return {"code": CODE, key: value, "checked": PROFILE["checked"]}


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The household with every tick, built; to be copied."""
    root = tmp_path_factory.mktemp("everything") / "x"
    build_one(root, with_ticks(TICKS))
    return root


@pytest.fixture
def told(everything: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return twin(everything, tmp_path / "told")


@pytest.mark.parametrize("make", [whole, shrunk])
def test_withdrawal_leaves_no_trace(make: Callable[[str, str], Profile], told: Path) -> None:
    """After a site with everything, one line and one build: not a byte of it is in the site or in the cache."""
    site = build_one(told, make(*LEFT), "withdrawn")
    assert search(site, (*ALL_TRACES, *NOBODY)) == set()
    assert search(told / ".vuonho", ALL_TRACES) == set()
    assert cached(told) == cards(site)
    assert listing(site)["households"] == []
    assert set() == colours(site) | phones_in(site, PROFILE["contact"]["phone"])


def test_a_withdrawn_plaque_still_answers(told: Path, tmp_path: Path) -> None:
    """The address and the QR of a household that left lead to a notice in both languages, kept from search.

    The site is the same byte for byte as one that was never built with the household.
    """
    site = build_one(told, whole(*LEFT), "withdrawn")
    assert tree(build_one(tmp_path / "fresh", shrunk(*LEFT), "withdrawn")) == tree(site)
    assert codes_in(site / f"qr/{CODE}.png")[0].casefold().endswith(f"/{CODE}/")
    for page in PAGES:
        tree_of_page = html.fromstring((site / page).read_bytes())
        assert tree_of_page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert {*PAGES, f"qr/{CODE}.png", f"qr/{CODE}.svg"} == {file for file in tree(site) if CODE in file}
    named = {file for file, _ in search(site, (CODE,))} - {*PAGES, f"qr/{CODE}.png", f"qr/{CODE}.svg"}
    assert named == {"data/codes.json", "tuan-tra/index.html"}
    assert json.loads((site / "data/codes.json").read_bytes()) == {"open": {}, "closed": [CODE], "moved": {}}


def test_moving_leads_on_and_says_nothing(told: Path) -> None:
    """A household that moved to another code answers with a link to it and nothing of its own."""
    other = {
        "code": ELSEWHERE,
        "name": "Vườn Mới",
        "consent": {"given": "2026-10-01", "by": "Người Mới", "how": "paper"},
        "location": {},
        "garden": {},
        "checked": "2026-10-29",
    }
    write_project(told, {NAME: whole("moved_to", ELSEWHERE), "moi.yaml": other})
    register = told / "profiles" / "codes.csv"
    register.write_text(register.read_text(encoding="utf-8").replace(f"{NAME},2026-09-01,,,", f"{NAME},2026-09-01,,,moved"),
                        encoding="utf-8")  # fmt: skip
    site = build_site(told).out
    assert set() == search(site, [trace for trace in ALL_TRACES if trace not in SHARED])
    for page in PAGES:
        there = html.fromstring((site / page).read_bytes()).xpath("//main//a/@href")
        assert [f"{BASE_URL}{page.replace(CODE, ELSEWHERE).removesuffix('index.html')}#moved"] == [
            urljoin(f"{BASE_URL}{page}", href) for href in there
        ]


SHARED = ("29/10/2026", "29 october 2026")
"""The day of checking, which the household it moved to has in common."""


@each("tick", TICKS)
def test_a_tick_taken_back_takes_its_values_back(tick: str, everything: Path, tmp_path: Path) -> None:
    """After a site with every tick, one tick less and one build: its values are gone, photos and cache too."""
    left = frozenset(TICKS) - {tick} - ({"near_point"} if tick == "exact_point" else set())
    root = twin(everything, tmp_path / "told")
    site = build_one(root, with_ticks(left))
    traces = [trace for canary in hidden_by(left) for trace in canary.traces]
    assert search(site, traces) | search(root / ".vuonho", traces) == set()
    assert ({GARDEN, FACES} if "faces" in left else {GARDEN}) == colours(site)
    cached = [path for path in (root / ".vuonho" / "cache" / "photos").iterdir() if path.is_file()]
    assert (2 if "faces" in left else 1) == len(cached)


def test_all_ticks_taken_back_is_as_if_none_had_been_given(told: Path, tmp_path: Path) -> None:
    """The second build without ticks is the site that a first build without ticks makes."""
    assert tree(build_one(tmp_path / "fresh", with_ticks(()))) == tree(build_one(told, with_ticks(())))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_how_letters_are_composed_hides_nothing(form: str, tmp_path: Path) -> None:
    """A profile typed in NFD, as some phones and file systems do, is the same site as in NFC, ticks or none."""
    ticks = ("full_name", "story") if form == "NFC" else ()
    plain = build_one(tmp_path / "plain", with_ticks(ticks))
    project = write_project(tmp_path / "decomposed", {NAME: with_ticks(ticks)})
    profile = project / "profiles" / SOURCE
    profile.write_bytes(unicodedata.normalize("NFD", profile.read_text(encoding="utf-8")).encode("utf-8"))
    assert tree(plain) == tree(build_site(project).out)
