"""The pictures of shared links: one for each page that is shared, drawn once, and gone with its family."""

import shutil
from pathlib import Path

import pytest
from lxml import html

from command_kit import SLUG, build, edit, files

pytestmark = pytest.mark.slow

CARDS = ".vuonho/cache/cards"


def card_of(root: Path, page: str) -> str:
    """The picture that a page names, as a path below the site."""
    document = html.document_fromstring((root / "site" / page / "index.html").read_text(encoding="utf-8"))
    (address,) = document.xpath("//meta[@property='og:image']/@content")
    return str(address).removeprefix("https://vuonmau.example/")


def test_each_shared_page_names_a_picture_that_is_there(built_demo: Path) -> None:
    """Households with a photo, village and start page, the same picture in both languages; no other is made.

    A household without a photo names the picture of its village.
    """
    site = built_demo / "site"
    codes = [folder.name for folder in site.iterdir() if folder.name.isdigit()]
    shared = [
        code for code in codes if "og:image" in (site / code / "index.html").read_text(encoding="utf-8")
    ]
    named = {page: card_of(built_demo, page) for page in ("", f"{SLUG}", *shared)}
    assert named == {page: card_of(built_demo, f"en/{page}") for page in named}
    made = {name for name in files(site) if name.endswith("-card.jpg")}
    assert set(named.values()) == made
    without = [code for code in shared if named[code] == named[SLUG]]
    assert (len(shared), len(without), len(made)) == (13, 1, 14)


def test_a_card_is_drawn_once(demo: Path) -> None:
    """A second build takes it from the cache, where another name changes one."""
    cache = demo / CARDS
    before = {path.name: path.stat().st_mtime_ns for path in cache.iterdir()}
    edit(demo / f"profiles/{SLUG}/ba-huong.yaml", "name: Vườn bà Hường", "name: Vườn nhà bà Hường")
    assert build(demo).code == 0
    after = {path.name: path.stat().st_mtime_ns for path in cache.iterdir()}
    assert len(before.keys() - after.keys()) == 1
    assert len(after.keys() - before.keys()) == 1
    assert {name: after[name] for name in before.keys() & after.keys()} == {
        name: before[name] for name in before.keys() & after.keys()
    }


def test_another_photo_gives_another_card(demo: Path) -> None:
    """What the card shows decides its name, so that chats that kept the old one fetch the new."""
    before = card_of(demo, "482135")
    photos = demo / f"profiles/{SLUG}/photos"
    shutil.copyfile(photos / "huong-2.jpg", photos / "huong-1.jpg")
    assert build(demo).code == 0
    after = card_of(demo, "482135")
    assert before != after
    assert not (demo / "site" / before).exists()
