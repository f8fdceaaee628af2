"""How heavy the site is, against what GitHub Pages takes: said at the end of a build, and by `check` where it is much."""

import shutil
from pathlib import Path

import pytest

from command_kit import files, vuonho
from vuonho.output.site_folder import likely_size


def lowered(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Let so many bytes be nearly full, and be the most that fit."""
    for name in ("cli.site.NEARLY_FULL", "project.survey.NEARLY_FULL", "project.survey.MOST_BYTES"):
        monkeypatch.setattr(f"vuonho.{name}", most)


def test_a_build_says_how_heavy_the_site_is(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In its last line; where it is much, with what to do."""
    vuonho("-C", demo, "build")
    size = sum(map(len, files(demo / "site").values()))
    line = f"The site has {size / 1e6:.1f} MB of the 1,000 MB that GitHub Pages takes."
    again = vuonho("-C", demo, "build", "--lang", "en")
    assert again.out.splitlines()[-1] == line
    assert "a household" not in again.err
    lowered(monkeypatch, size - 1)
    full = vuonho("-C", demo, "build", "--lang", "en")
    assert f"{1_000_000_000 // (size // 13)} households are the most that fit" in full.err


def test_check_warns_where_it_is_much(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By what was built; where nothing was, by an estimate, and only if it will not fit."""
    assert "GitHub" not in vuonho("-C", demo, "check").out
    lowered(monkeypatch, 1_000_000)
    done = vuonho("-C", demo, "check", "--lang", "en")
    assert done.code == 0
    assert "Note: The site has " in done.out
    shutil.rmtree(demo / ".vuonho")
    assert "Note: The site will have about " in vuonho("-C", demo, "check", "--lang", "en").out
    lowered(monkeypatch, 5_000_000)
    assert "GitHub" not in vuonho("-C", demo, "check").out


def test_an_estimate_is_not_far_from_the_truth(built_demo: Path) -> None:
    """Half of it at least, and at most twice as much: 13 households in two languages, 20 photos."""
    size = sum(map(len, files(built_demo / "site").values()))
    assert size / 2 < likely_size(13, 2, 20) < 2 * size
