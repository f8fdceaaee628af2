"""The pictures that shared links show, each drawn once in its life.

household, village, cover photo ──key of all that it shows──▶ .vuonho/cache/cards ──▶ photos/<key>-card.jpg
"""

from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vuonho.artifact import Artifact
from vuonho.domain.public import PublicHousehold, PublicSite, PublicVillage
from vuonho.output.cache import Cache
from vuonho.pictures import Album, Cover
from vuonho.render.pages.gardenpicture import garden_picture
from vuonho.render.photos.card import Card, card_key, render_card

_DIGITS: Final = 16
_PREFIX: Final = "photos/"
_SUFFIX: Final = "-card.jpg"


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards of a project in `root`."""

    root: Path

    def household(self, household: PublicHousehold, village: PublicVillage, album: Album) -> Artifact:
        """Return a household's card: its first photo, or its garden as drawn from the profile."""
        cover = album.cover(household)
        crops = household.garden.crops
        beds = None if cover else garden_picture(crops, [crop.name for crop in crops]).beds
        card = Card(household.name, (village.name, village.commune), beds)
        return self._made(card, cover, (household.source, village.source))

    def village(self, village: PublicVillage, site: PublicSite) -> Artifact:
        """Return a village's card."""
        return self._made(Card(village.name, (_region(village, site),)), None, (village.source,))

    def site(self, site: PublicSite) -> Artifact:
        """Return the start page's card, in the first language."""
        title, _ = site.title.to(site.languages[0])
        return self._made(Card(title, (site.province,)), None, ())

    def keep_only(self, files: Container[str]) -> None:
        """Remove every card from the cache that is no file of the site: a family that left leaves no copy."""
        cache = Cache(self.root, "cards")
        cache.keep_only(_Keys(files))

    def _made(self, card: Card, cover: Cover | None, sources: tuple[str, ...]) -> Artifact:
        key = card_key(card, cover.key if cover else None)[:_DIGITS]
        cache = Cache(self.root, "cards")
        content = cache.get(key)
        if content is None:
            content = render_card(card, cover.content if cover else None)
            cache.put(key, content)
        photo = (f"photo:{cover.key}",) if cover else ()
        return Artifact(_file(key), content, (*sources, "site.yaml", *photo))


@dataclass(frozen=True, slots=True)
class _Keys:
    """The keys of the cards among the files of a site."""

    files: Container[str]

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and _file(key) in self.files


def is_card(path: str) -> bool:
    """Tell a card from the site's other files."""
    return path.startswith(_PREFIX) and path.endswith(_SUFFIX)


def _file(key: str) -> str:
    return f"{_PREFIX}{key}{_SUFFIX}"


def _region(village: PublicVillage, site: PublicSite) -> str:
    return f"{village.commune}, {site.province}"
