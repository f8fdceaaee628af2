"""The pictures of shared links: the photo of a household, the card of a village and of the start page."""

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
    """Village and start page a card, a household its first photo, the same in both languages; no other is made.

    A household without a photo names the card of its village, and so do places.
    """
    site = built_demo / "site"
    codes = [folder.name for folder in site.iterdir() if folder.name.isdigit()]
    shared = [
        code for code in codes if "og:image" in (site / code / "index.html").read_text(encoding="utf-8")
    ]
    named = {page: card_of(built_demo, page) for page in ("", f"{SLUG}", *shared)}
    assert named == {page: card_of(built_demo, f"en/{page}") for page in named}
    made = {name for name in files(site) if name.endswith("-card.jpg")}
    assert {named[""], named[SLUG]} == made
    assert len(made) == 2
    without = [code for code in shared if named[code] == named[SLUG]]
    assert (len(shared), len(without), len(set(named.values()))) == (16, 4, 14)
    for code in set(shared) - set(without):
        document = html.document_fromstring((site / code / "index.html").read_text(encoding="utf-8"))
        assert document.xpath("//div[@class='hero']//img/@src") == [f"../{named[code]}"]


def test_a_card_is_drawn_once(demo: Path) -> None:
    """A second build takes it from the cache, where another name changes one; the old one leaves site and cache."""
    cache = demo / CARDS
    before, old = {path.name: path.stat().st_mtime_ns for path in cache.iterdir()}, card_of(demo, SLUG)
    edit(demo / f"profiles/{SLUG}/village.yaml", "name: Thôn Vườn Mẫu", "name: Thôn Vườn Mới")
    assert build(demo).code == 0
    after = {path.name: path.stat().st_mtime_ns for path in cache.iterdir()}
    assert (len(before.keys() - after.keys()), len(after.keys() - before.keys())) == (1, 1)
    assert {name: after[name] for name in before.keys() & after.keys()}.items() <= before.items()
    assert not (demo / "site" / old).exists()
