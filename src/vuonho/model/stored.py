"""Public values as JSON and back: what may be shown of a household, kept from one build to the next."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, Final

from vuonho.model.fields import LocalText
from vuonho.model.public import (
    PublicAnimal,
    PublicCrop,
    PublicDish,
    PublicFact,
    PublicGarden,
    PublicHousehold,
    PublicLiving,
    PublicModel,
    PublicOcop,
    PublicPhone,
    PublicPhoto,
    PublicProduct,
    PublicSeason,
    PublicVisits,
)
from vuonho.model.values import Phone, Point
from vuonho.model.vocabulary import ANIMALS, CROPS, GOODS, LISTS, Known, Word

_CLASSES: Final[Mapping[str, type[Any]]] = {
    one.__name__: one
    for one in (
        PublicHousehold, PublicSeason, PublicCrop, PublicAnimal, PublicModel, PublicGarden, PublicFact, PublicLiving,
        PublicOcop, PublicProduct, PublicDish, PublicVisits, PublicPhone, PublicPhoto, LocalText, Phone, Point, Known,
    )
}  # fmt: skip
_KNOWN: Final = {(one.kind, one.key): one for one in (*GOODS, *ANIMALS, *CROPS)}


def encode(value: object) -> Any:
    """Return a public value as JSON can hold it: a record as its class and values, a word as its list and key."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return [encode(one) for one in value]
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Known) and _KNOWN.get((value.kind, value.key)) is value:
        return {"known": [value.kind, value.key]}
    if isinstance(value, Word):
        return {"word": _lists()[id(value)]}
    name = type(value).__name__
    return {name: [encode(one) for one in _values_of(name)(value)]}


@cache
def _lists() -> Mapping[int, tuple[str, str]]:
    """Return the list and the key of each word; there is one object of each."""
    return {id(word): (name, word.key) for name, words in LISTS.items() for word in words}


@cache
def _values_of(name: str) -> Callable[[object], Iterable[object]]:
    names = [field.name for field in fields(_CLASSES[name])]
    return attrgetter(*names) if len(names) > 1 else lambda one: (getattr(one, names[0]),)


def decode(data: Any) -> Any:
    """Return the value of which `encode` gave this; raises KeyError, TypeError or ValueError for anything else."""
    if isinstance(data, list):
        return tuple(map(decode, data))
    if not isinstance(data, dict):
        return data
    ((tag, inside),) = data.items()
    if tag == "day":
        return date.fromisoformat(inside)
    if tag == "known":
        kind, key = inside
        return _KNOWN[kind, key]
    if tag == "word":
        name, key = inside
        return LISTS[name].by_key(key)
    return _CLASSES[tag](*map(decode, inside))
