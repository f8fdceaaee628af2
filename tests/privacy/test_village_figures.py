"""Sums, maps and lists of a village: nothing about one family can be worked out that it did not show itself."""

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from canary_kit import PROFILE, Profile, with_ticks
from canary_site import build_site, search, tree, write_project

pytestmark = pytest.mark.slow

CODES = ("482135", "926002", "711946", "366019", "908594", "259410")
HEADINGS = {
    "thon-vuon-mau/con-so/index.html": "Đời sống trong thôn",
    "en/thon-vuon-mau/con-so/index.html": "Life in the village",
}


def family(number: int, ticks: tuple[str, ...], **more: Any) -> Profile:
    """One of the families, with nothing to show but how it lives."""
    told = {"code": CODES[number], "name": f"Vườn số {number}", "living": PROFILE["living"]} | more
    kept = {key: PROFILE[key] for key in ("consent", "location", "garden", "checked")}
    return with_ticks(ticks, kept | told)


def village(root: Path, *families: Profile) -> dict[str, bytes]:
    """The built site of a village of these families, and every file of it."""
    write_project(root, {f"ho-{number}.yaml": one for number, one in enumerate(families)})
    return tree(build_site(root).out)


def figures(site: Path, page: str) -> str:
    """The words of a village's page."""
    return " ".join(html.fromstring((site / page).read_bytes()).xpath("//main")[0].itertext())


@pytest.mark.parametrize(("telling", "told"), [(4, False), (5, True)])
def test_living_figures_begin_at_five_who_ticked(telling: int, told: bool, tmp_path: Path) -> None:
    """Four families who tell how they live, and two who do not, give no figure; five give one."""
    families = [family(number, ("living",) if number < telling else ()) for number in range(6)]
    village(tmp_path, *families)
    for page in HEADINGS:
        words = figures(tmp_path / "site", page)
        expected = [told] * 3
        labels = ("Nhà sàn", "Cáp quang", "47") if page.startswith("thon") else ("Stilt house", "Fibre", "47")
        assert expected == [label in words for label in labels]


def test_a_figure_needs_five_answers_of_its_own(tmp_path: Path) -> None:
    """Of five families who ticked, one does not say how it gets its water: no figure about water at all."""
    dry = {key: value for key, value in PROFILE["living"].items() if key != "water"}
    families = [*(family(number, ("living",)) for number in range(4)), family(4, ("living",), living=dry)]
    village(tmp_path, *families)
    words = figures(tmp_path / "site", "thon-vuon-mau/con-so/index.html")
    assert [label in words for label in ("Nhà sàn", "Nước khe, tự chảy")] == [True, False]


def test_what_one_keeps_back_moves_no_sum(tmp_path: Path) -> None:
    """With five who tell all, the sixth's own values change not one byte of the site: no sum, map or list."""
    telling = [family(number, ("living", "near_point")) for number in range(5)]
    base = {"location": {"point": "18.137291, 105.778463"}, "products": []}
    one = village(tmp_path / "one", *telling, family(5, (), **base))
    for number, other in enumerate(OTHERS):
        assert one == village(tmp_path / str(number), *telling, family(5, (), **(base | other))), other


OTHERS: tuple[dict[str, Any], ...] = (
    {"living": {"people": "93", "house": "tiled", "water": "rain"}},
    {"living": {}},
    {"location": {"point": "18.142345, 105.783456"}},
    {"location": {}, "head": "Bành Xuzwép", "contact": {"phone": "0570444555"}},
)


def test_the_sums_leave_out_who_has_not_agreed(tmp_path: Path) -> None:
    """The area of a garden whose family has not agreed is in no total, so no subtraction gives it away."""
    silent = family(1, (), garden={"area": "2222"})
    silent["consent"]["given"] = None
    village(tmp_path, family(0, (), garden={"area": "1111"}), silent)
    assert search(tmp_path / "site", ("2.222", "2,222", "3.333", "3,333", "2222", "3333")) == set()


def test_a_cell_carries_a_count_and_no_family(tmp_path: Path) -> None:
    """Three gardens, two in one cell and one alone: the map data name the cells and nobody."""
    points = ("18.131, 105.771", "18.139, 105.779", "18.147, 105.779")
    near = [family(number, ("near_point",), location={"point": point}) for number, point in enumerate(points)]
    village(tmp_path, *near)
    data = json.loads((tmp_path / "site/data/households.geojson").read_text(encoding="utf-8"))
    assert [(one["geometry"]["coordinates"], one["properties"]) for one in data["features"]] == [
        ([105.775, 18.135], {"near": True, "count": 2}),
        ([105.775, 18.145], {"near": True, "count": 1}),
    ]
