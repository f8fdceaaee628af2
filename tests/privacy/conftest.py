"""Real builds of the household of canaries, each made once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from canary_kit import with_ticks
from canary_site import build_one

SiteOf = Callable[[frozenset[str]], Path]


@pytest.fixture(scope="session")
def site_of(tmp_path_factory: pytest.TempPathFactory) -> SiteOf:
    """Return the site of the household with exactly these ticks."""
    built: dict[frozenset[str], Path] = {}

    def site(ticks: frozenset[str]) -> Path:
        if ticks not in built:
            built[ticks] = build_one(tmp_path_factory.mktemp("ticks"), with_ticks(ticks))
        return built[ticks]

    return site
