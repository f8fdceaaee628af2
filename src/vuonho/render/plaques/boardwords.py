"""The words of the village board, each in the first language of the site and in the second."""

from dataclasses import dataclass
from typing import NamedTuple

from vuonho.render.plaques.logo import Logo


class Phrase(NamedTuple):
    """The same in two languages; `second` is "" where the site has only one."""

    first: str
    second: str = ""


@dataclass(frozen=True, slots=True)
class BoardWords:
    """What the board says beside names and numbers.

    `genuine` warns of codes pasted over this one, `unseen` explains the hollow numbers, `areas` the letters, and
    `area` is the word before a letter ("Khu"). `foot` stands small on each sheet: whom to tell of damage, print run.
    `note` and `ruler` are for the print shop; `draft` marks every sheet and is "" otherwise.
    """

    heading: Phrase
    scan: Phrase
    how: str
    genuine: Phrase
    map: Phrase
    numbers: Phrase
    unseen: Phrase
    areas: Phrase
    area: Phrase
    centre: Phrase
    north: Phrase
    list: Phrase
    foot: str
    note: str
    ruler: str
    draft: str = ""
    logo: Logo | None = None


def both(phrase: Phrase) -> str:
    """Return a phrase in both languages on one line."""
    return " · ".join(filter(None, phrase))
