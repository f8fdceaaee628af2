"""Finding a crop, an animal or a product by the name a family typed.

In Vietnamese the accents make the word: dừa is a coconut, dứa a pineapple, sến a timber and sen a lotus. So a
name with the right accents comes first; a name without them counts only where it can mean one thing; and a
single syllable with other accents than any known name is another plant, not a misspelling.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Generic, Protocol, TypeVar

from vuonho.domain.fold import fold, key
from vuonho.domain.vocabulary.animals import ANIMALS, Animal
from vuonho.domain.vocabulary.crops import CROPS, Crop
from vuonho.domain.vocabulary.goods import GOODS, Good

_FRUITS = (
    "citrus",
    "tree_fruit",
    "banana",
    "palm",
    "pineapple",
    "vine",
    "gourd",
    "pepper",
    "legume",
    "spice",
)
_VEGETABLES = ("leafy", "spice", "bulb", "gourd", "pepper")
_ROOTS = ("root", "bulb", "spice")
_ANY: tuple[str, ...] = ()

# A word people put before a name, and the families it can go with: "rau dừa" is a weed, not a coconut.
_GENERIC_OF_CROPS = (
    ("cây", _ANY),
    ("giống", _ANY),
    ("quả", _FRUITS),
    ("trái", _FRUITS),
    ("rau", _VEGETABLES),
    ("củ", _ROOTS),
    ("hoa", ("flower",)),
)
_GENERIC_OF_ANIMALS = (("con", _ANY), ("đàn", _ANY), ("giống", _ANY))


class _Named(Protocol):
    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def family(self) -> str: ...


_Entry = TypeVar("_Entry", bound=_Named)
_Generic = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Catalogue(Generic[_Entry]):
    exact: Mapping[str, _Entry]
    bare: Mapping[str, tuple[_Entry, ...]]
    generic: _Generic

    def find(self, name: str) -> _Entry | None:
        return self._look(name) or self._look_past_generic(name)

    def _look(self, name: str) -> _Entry | None:
        accented = key(name)
        if found := self.exact.get(accented):
            return found
        plain = fold(name)
        if plain != accented and " " not in plain:
            return None
        meant = self.bare.get(plain, ())
        return meant[0] if len(meant) == 1 else None

    def _look_past_generic(self, name: str) -> _Entry | None:
        first, _, rest = key(name).partition(" ")
        found = self._look(rest) if rest else None
        if found is None:
            return None
        fits = (families for word, families in self.generic if first in {word, fold(word)})
        return found if any(not families or found.family in families for families in fits) else None


def _catalogue(entries: Iterable[_Entry], generic: _Generic) -> _Catalogue[_Entry]:
    exact: dict[str, _Entry] = {}
    bare: dict[str, tuple[_Entry, ...]] = {}
    for entry in entries:
        for name in entry.names:
            exact.setdefault(key(name), entry)
            known = bare.get(fold(name), ())
            bare[fold(name)] = known if entry in known else (*known, entry)
    return _Catalogue(exact, bare, generic)


@cache
def _crops() -> _Catalogue[Crop]:
    return _catalogue(CROPS, _GENERIC_OF_CROPS)


@cache
def _animals() -> _Catalogue[Animal]:
    return _catalogue(ANIMALS, _GENERIC_OF_ANIMALS)


@cache
def _goods() -> _Catalogue[Good]:
    return _catalogue(GOODS, ())


def find_crop(name: str) -> Crop | None:
    """Return the crop of that name (Vietnamese, English or an alias), or None where it is not known for sure.

    Case, composition, tone placement (hoà, hòa) and spaces never matter. Without accents "buoi phuc trach" is
    found, "dua" is not, as it could be three plants. A leading cây, quả, trái, rau, củ, hoa or giống may
    stand before a name it goes with.
    """
    return _crops().find(name)


def find_animal(name: str) -> Animal | None:
    """Return the animal of that name, or None, by the rules of `find_crop`; con, đàn or giống may lead."""
    return _animals().find(name)


def find_product(name: str) -> Crop | Animal | Good | None:
    """Return what a product is: one of the known products, else a crop or an animal, or None."""
    return _goods().find(name) or find_crop(name) or find_animal(name)
