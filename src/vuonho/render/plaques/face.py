"""What stands on a plaque: the household's side of it, and the words that all plaques share.

Nothing that ages: no commune, no stars, no phone number.
"""

from dataclasses import dataclass

from vuonho.domain.public import PublicHousehold, PublicSite, PublicVillage
from vuonho.render.codes.symbol import Symbol, payload, symbol
from vuonho.render.pages.view import spaced
from vuonho.render.plaques.fitting import printable
from vuonho.render.plaques.logo import Logo


@dataclass(frozen=True, slots=True)
class Face:
    """One household on its plaque; `address` is what one types ("vuonmau.example/482135/"), `digits` are grouped."""

    code: str
    name: str
    village: str
    digits: str
    address: str
    payload: str
    symbol: Symbol

    @property
    def whose(self) -> str:
        """Return how messages name it."""
        return f"{self.code} {self.name}"


@dataclass(frozen=True, slots=True)
class Words:
    """The plaque's words in the first language of the site and in the second, "" where there is none.

    `foreign` words are set smaller, below the first; `true` introduces the address on
    a label; `batch` is the number of the print run in words.
    """

    scan: str
    how: str
    genuine: str
    true: str
    damaged: str
    batch: str
    draft: str
    foreign_scan: str
    foreign_genuine: str
    logo: Logo | None = None


def address_of(household: PublicHousehold, site: PublicSite) -> str:
    """Return the address of a household's page as one types it."""
    return f"{site.base_url.removeprefix('https://')}{household.code}/"


def face_of(household: PublicHousehold, village: PublicVillage, site: PublicSite) -> Face:
    """Return what a household's plaque says; raise Refused for signs that cannot be printed."""
    said = payload(site.base_url, household.code)
    return Face(
        code=household.code,
        name=printable(household.name, "Bold"),
        village=printable(village.name, "SemiBold"),
        digits=spaced(household.code),
        address=address_of(household, site),
        payload=said,
        symbol=symbol(said),
    )
