"""A thousand households in one process: memory stays flat."""

import subprocess
import sys
from pathlib import Path

import pytest

from command_kit import environment
from village_kit import EVERY, write_village
from visit_kit import kept_beside, sent

pytestmark = pytest.mark.slow

MEASURED = """\
import resource, sys
from vuonho.cli.app import run
from vuonho.cli.console import Console
code = run(["-C", sys.argv[1], "build", "--jobs", "1"], Console("vi"))
print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
sys.exit(code)
"""


FIRST_VIEW = 60_000
"""Bytes of a page when it is sent, and of all that the first visit to one may fetch beside it."""
LARGEST_PRINT = 72 * 1024
"""Bytes of the list of a thousand that is printed: 72 a household."""


def peak(root: Path) -> int:
    """Build a project and return the most memory that the process ever held, in bytes."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(root)],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    unit = 1 if sys.platform == "darwin" else 1024
    return int(done.stdout.split("peak")[1]) * unit


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell how much memory was held")
def test_memory_does_not_grow_with_the_village(tmp_path: Path) -> None:
    """Ten times the households take no more than 60 MB more; each has its pages and its code."""
    small, large = write_village(tmp_path / "100", 100), write_village(tmp_path / "1000", 1000)
    growth = peak(large) - peak(small)
    site = large / "site"
    assert sum(1 for _ in site.glob("[0-9]*/index.html")) == 1000
    assert sum(1 for _ in site.glob("en/[0-9]*/index.html")) == 1000
    assert sum(1 for _ in site.glob("qr/*")) == 2000
    assert sum(1 for _ in site.glob("[0-9]*/garden.svg")) == 1000 - 1000 // EVERY
    assert len(set(site.glob("photos/*.jpg")) - set(site.glob("photos/*-card.jpg"))) == 2
    assert growth < 60_000_000, f"{growth / 1e6:.0f} MB more"
    for name in ("index.html", "thon-dong/index.html", "thon-dong/print/index.html", "data/search-vi.json"):
        pictures = {"index.html": 1, "thon-dong/index.html": 1000}.get(name, 0)
        assert (site / name).read_text(encoding="utf-8").count("<img") == pictures, name
        assert sent(site / name) <= (LARGEST_PRINT if "print" in name else FIRST_VIEW), name
    for built, is_kept in ((small / "site", True), (site, False)):
        homes = [page.parent.name for page in built.glob("[0-9]*/index.html")][:5]
        for root in ("", "en/"):
            for folder in ("", "thon-dong/", *(f"{home}/" for home in homes)):
                kept = kept_beside(built, root + folder)
                assert sum(kept.values()) <= FIRST_VIEW, (root + folder, kept)
                if folder[:-1] in homes:
                    assert (f"{root}thon-dong/index.html" in kept) == is_kept
