"""The service worker of a site: there if pages need it, and keeping only what is there."""

import json
from pathlib import Path

import pytest
from verify_kit import build, page, put

from case_kit import each
from vuonho.verify.pages import worker_problems
from vuonho.verify.tree import read_tree

SHELL = ("", "en/", "icon.svg", "offline.html")
REGISTERED = page("<script>navigator.serviceWorker\n.register(root + 'sw.js')</script>")


def worker(files: object) -> str:
    return f"const SITE={json.dumps({'files': files})};\nself.x = 1;\n"


def faults(site: Path, files: dict[str, str]) -> list[tuple[str, str]]:
    put(build(site), {"offline.html": page(), **files}.items())
    return [(problem.file, problem.field) for problem in worker_problems(read_tree(site))]


@pytest.mark.parametrize("content", [page(), REGISTERED])
def test_sound_worker(tmp_path: Path, content: str) -> None:
    """A worker whose files are all there has no problem."""
    assert faults(tmp_path, {"privacy/index.html": content, "sw.js": worker(SHELL)}) == []


def test_no_worker(tmp_path: Path) -> None:
    """A site whose pages register none needs none."""
    assert faults(tmp_path, {"privacy/index.html": page("serviceWorker.register")}) == []


def test_missing_worker(tmp_path: Path) -> None:
    """A page that registers the worker needs it; it is told once."""
    pages = {"privacy/index.html": REGISTERED, "en/privacy/index.html": REGISTERED}
    assert faults(tmp_path, pages) == [("sw.js", "worker.missing")]


@each("address", ["fr/", "offline", "Icon.svg", "en", "../", "https://khac.example/x", "icon.svg#x"])
def test_file_that_is_not_there(tmp_path: Path, address: str) -> None:
    """What the worker keeps must answer under just that address."""
    found = [] if address == "offline" else [("sw.js", "worker.shell")]
    assert faults(tmp_path, {"sw.js": worker((*SHELL, address))}) == found


def test_without_the_offline_page(tmp_path: Path) -> None:
    """The page that says there is no signal is kept."""
    assert faults(tmp_path, {"sw.js": worker(("", "icon.svg"))}) == [("sw.js", "worker.offline")]


@each(
    "script",
    [
        "",
        "self.x = 1",
        "const SITE={;",
        "const SITE={};",
        worker("x"),
        worker([1]),
        "const SITE=" + "[" * 9000 + "{};",
    ],
)
def test_foreign_worker(tmp_path: Path, script: str) -> None:
    """A script that does not begin as ours does is named."""
    assert faults(tmp_path, {"sw.js": script}) == [("sw.js", "worker.header")]
