"""The fields of each file of a project as data, and what a typed value means."""

from collections.abc import Collection

from vuonho.model.fields import Field, Misfits, outline, read_field, record_at
from vuonho.model.household import Departed, Household
from vuonho.model.settings import Guide, Site, Village
from vuonho.model.spot import Spot
from vuonho.model.vocabulary import Word
from vuonho.text import nfc


def household_fields() -> tuple[Field, ...]:
    """Return the fields of a profile."""
    return outline(Household)


def departed_fields() -> tuple[Field, ...]:
    """Return the fields of a household that left."""
    return outline(Departed)


def spot_fields() -> tuple[Field, ...]:
    """Return the fields of a place."""
    return outline(Spot)


def village_fields() -> tuple[Field, ...]:
    """Return the fields of `village.yaml`."""
    return outline(Village)


def site_fields() -> tuple[Field, ...]:
    """Return the fields of `site.yaml`."""
    return outline(Site)


def guide_fields() -> tuple[Field, ...]:
    """Return the fields of the head of a guide."""
    return outline(Guide)


# --- What a typed value means: "1.800 m2" and "1800" are one area, "có" and "true" one yes ---

Step = str | int


def is_nothing(value: object) -> bool:
    """Tell "no value": None, an empty text, and lists and mappings that hold nothing else."""
    if isinstance(value, dict | list):
        return all(map(is_nothing, value.values() if isinstance(value, dict) else value))
    return value is None or (isinstance(value, str) and not value.strip())


def same(path: tuple[Step, ...], one: object, other: object) -> bool:
    """Tell whether two values, as typed at a path of a profile, mean the same.

    What the schema refuses means only itself, white space around it and composition aside.
    """
    if is_nothing(one) or is_nothing(other):
        return is_nothing(one) and is_nothing(other)
    return one == other or meaning(path, one) == meaning(path, other)


def meaning(path: tuple[Step, ...], value: object) -> object:
    """Return what a value that is not nothing means at a path of a profile, to be compared with others."""
    owner, key = record_at(Household, path[:-1]), str(path[-1])
    if key not in owner.slots:
        return _bare(value)
    try:
        meant = read_field(owner, key, value)
    except Misfits:
        return _bare(value)
    if path == ("consent", "publish") and isinstance(meant, Collection):  # in any order
        return frozenset(word.key for word in meant if isinstance(word, Word))
    return meant


def _bare(value: object) -> object:
    if isinstance(value, str):
        return " ".join(nfc(value).split())
    if isinstance(value, list):
        return [_bare(item) for item in value]
    if isinstance(value, dict):
        return {key: _bare(item) for key, item in value.items() if not is_nothing(item)}
    return value
