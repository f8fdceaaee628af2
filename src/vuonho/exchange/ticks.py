"""The ticks of a consent, compared one by one: what a family took back on either side stays taken back."""

from vuonho.domain.vocabulary.consent_words import CONSENT_TICKS
from vuonho.errors import Refused
from vuonho.intake.tree import Plain

PATH = ("consent", "publish")


def ticks_of(value: Plain) -> list[Plain]:
    """Return the keys of the ticks in a list; what is no tick stays as typed, for the schema to name."""
    return [_key(tick) for tick in value] if isinstance(value, list) else []


def merged_ticks(mine: Plain, theirs: Plain, was: Plain) -> list[Plain]:
    """Return the profile's ticks without those that the file took away, and with those that it gave anew."""
    ours, told, before = ticks_of(mine), ticks_of(theirs), ticks_of(was)
    left = [tick for tick in ours if tick in told or tick not in before]
    return left + [tick for tick in told if tick not in before and tick not in left]


def _key(tick: Plain) -> Plain:
    try:
        return CONSENT_TICKS.find(tick).key if isinstance(tick, str) else tick
    except Refused:
        return tick
