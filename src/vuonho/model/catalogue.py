"""Crops, animals and products of Hà Tĩnh (`catalogue.csv`), found by the name that a family typed."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from vuonho.i18n import Both, Text
from vuonho.text import fold, key


@dataclass(frozen=True, slots=True)
class Known:
    """One kind of crop, animal or product, a line of the table.

    `scientific` is "" for a product; `family` is its picture, a file of `templates/icons/` without ".svg"; `months`
    are those in which it is usually ripe; `aliases` are names by which it is known too.
    """

    kind: Literal["crop", "animal", "good"]
    key: str
    vi: str
    en: str
    scientific: str
    family: str
    months: tuple[int, ...]
    aliases: tuple[str, ...]

    @property
    def label(self) -> Text:
        """The name in both languages."""
        return Both(self.vi, self.en)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it is known by."""
        return (self.vi, *self.aliases, self.en)


def _read() -> Iterable[Known]:
    table = Path(__file__).with_name("catalogue.csv").read_text(encoding="utf-8").splitlines()
    for kind, key_, vi, en, scientific, family, months, also in csv.reader(table[1:]):
        yield Known(
            kind,  # type: ignore[arg-type]  # a test looks at every line
            key_,
            vi,
            en,
            scientific,
            family,
            tuple(map(int, months.split())),
            tuple(also.split("; ")) if also else (),
        )


_ALL: Final = tuple(_read())
CROPS: Final = tuple(one for one in _ALL if one.kind == "crop")
ANIMALS: Final = tuple(one for one in _ALL if one.kind == "animal")
GOODS: Final = tuple(one for one in _ALL if one.kind == "good")

_FRUITS: Final = frozenset(
    ("citrus", "tree_fruit", "banana", "palm", "pineapple", "vine", "gourd", "pepper", "legume", "spice")
)
_VEGETABLES: Final = frozenset(("leafy", "spice", "bulb", "gourd", "pepper"))
_ROOTS: Final = frozenset(("root", "bulb", "spice"))
_ANY: Final[frozenset[str]] = frozenset()

_Generic = Mapping[str, frozenset[str]]
"""A word people put before a name, and the families it can go with: "rau dừa" is a weed, not a coconut."""

_BEFORE_CROPS: Final[_Generic] = {
    "cây": _ANY,
    "giống": _ANY,
    "quả": _FRUITS,
    "trái": _FRUITS,
    "rau": _VEGETABLES,
    "củ": _ROOTS,
    "hoa": frozenset(("flower",)),
}
_BEFORE_ANIMALS: Final[_Generic] = {"con": _ANY, "đàn": _ANY, "giống": _ANY}


class _Finder:
    """The entries of a table by their names, with accents and, where only one is meant, without."""

    def __init__(self, entries: Iterable[Known], generic: _Generic) -> None:
        self._exact: dict[str, Known] = {}
        self._bare: dict[str, set[Known]] = {}
        self._generic = generic
        for entry in entries:
            for name in entry.names:
                self._exact.setdefault(key(name), entry)
                self._bare.setdefault(fold(name), set()).add(entry)

    def find(self, name: str) -> Known | None:
        if found := self._look(name):
            return found
        first, _, rest = key(name).partition(" ")
        found = self._look(rest) if rest else None
        fits = (families for word, families in self._generic.items() if first in (word, fold(word)))
        return found if found and any(not families or found.family in families for families in fits) else None

    def _look(self, name: str) -> Known | None:
        accented, plain = key(name), fold(name)
        if found := self._exact.get(accented):
            return found
        if plain != accented and " " not in plain:
            return None
        meant = self._bare.get(plain, set())
        return next(iter(meant)) if len(meant) == 1 else None


@cache
def _finder(kind: str, own: tuple[Known, ...] = ()) -> _Finder:
    known = {"crop": CROPS, "animal": ANIMALS, "good": GOODS}[kind]
    return _Finder((*own, *known), {"crop": _BEFORE_CROPS, "animal": _BEFORE_ANIMALS, "good": {}}[kind])


def find_crop(name: str, own: tuple[Known, ...] = ()) -> Known | None:
    """Return the crop of that name (Vietnamese, English or an alias), or None where it is not known for sure.

    Case, composition, tone placement (hoà, hòa) and spaces never matter. Without accents "buoi phuc trach" is
    found, "dua" is not, as it could be three plants. A leading cây, quả, trái, rau, củ, hoa or giống may
    stand before a name it goes with. `own` are the crops that the project adds; they come first.
    """
    return _finder("crop", own).find(name)


def find_animal(name: str) -> Known | None:
    """Return the animal of that name, or None, by the rules of `find_crop`; con, đàn or giống may lead."""
    return _finder("animal").find(name)


def find_product(name: str, own: tuple[Known, ...] = ()) -> Known | None:
    """Return what a product is: one of the known products, else a crop or an animal, or None."""
    return _finder("good").find(name) or find_crop(name, own) or find_animal(name)
