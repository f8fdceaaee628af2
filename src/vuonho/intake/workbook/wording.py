"""A value of a profile as it stands in a cell, and what a cell says as a value of a profile.

A closed word stands as its Vietnamese label, yes and no as Có and Không; a list stands in one cell, its entries
separated by “; ”.
"""

import re
from collections.abc import Mapping
from typing import Final

from vuonho.domain.fold import nfc
from vuonho.domain.outline import Field
from vuonho.domain.values import parse_date, parse_yes_no
from vuonho.domain.vocabulary.words import WordList
from vuonho.errors import Refused
from vuonho.intake.tree import Plain
from vuonho.intake.workbook.plan import VIETNAMESE

YES, NO = "Có", "Không"
_BETWEEN: Final = "; "
_SEPARATORS = re.compile(r"[;\n]")
_BEFORE_LINK = re.compile(r"[;\n]|[\s,]+(?=https?:)")


def shown(field: Field, value: Plain, tag: str = "") -> str:
    """Return what stands in the cell of a value, in one of its languages where it has several; "" for nothing."""
    if isinstance(value, Mapping):
        return shown(field, value.get(tag))
    if isinstance(value, list):
        between = ", " if field.kind == "months" else _BETWEEN
        return between.join(shown(field, item) for item in value)
    if not isinstance(value, str) or tag not in ("", VIETNAMESE):
        return ""
    if field.kind == "day":
        return same_day(value)
    if field.words and value in field.words.keys:
        return field.words.by_key(value).label.vi
    return _yes_or_no(value) if field.kind == "yes_no" else value.strip()


def same_day(text: str) -> str:
    """Return a day in one form, however it was typed: 02/11/2026; what is no day stays as it is.

    It is text, as all cells are: a day that is a number to Excel has its month first where Windows is American.
    """
    try:
        return f"{parse_date(text):%d/%m/%Y}"
    except Refused:
        return text.strip()


def comparable(field: Field, text: str) -> str:
    """Return what a cell says in a form in which it may be compared with what was `shown`."""
    return even(same_day(text) if field.kind == "day" else text)


def _yes_or_no(text: str) -> str:
    try:
        return YES if parse_yes_no(text) else NO
    except Refused:
        return text.strip()


def told(field: Field, text: str) -> Plain:
    """Return the value that a cell with this text means; what is chosen from a list becomes its key."""
    if not field.several:
        return _word(field.words, text) if field.words else text
    if field.words:
        return [_word(field.words, part) for part in _parts(field.words, text)]
    return [part for each in _BEFORE_LINK.split(text) if (part := each.strip())]


def _parts(words: WordList, text: str) -> list[str]:
    parts = [part for each in _SEPARATORS.split(text) if (part := each.strip())]
    return [piece for part in parts for piece in _at_commas(words, part)]


def _at_commas(words: WordList, part: str) -> list[str]:
    """Return the pieces between commas where each is a word of its own; some words hold a comma."""
    pieces = [piece for each in part.split(",") if (piece := each.strip())]
    return pieces if not words.knows(part) and all(words.knows(piece) for piece in pieces) else [part]


def _word(words: WordList, text: str) -> str:
    return next((word.key for word in words if word.label.vi == text), text)


def even(text: str) -> str:
    """Return a form in which texts are the same that no reader can tell apart: line ends, spaces, composition."""
    if text.isascii() and "\r" not in text:
        return text.strip()
    return nfc(text).replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").strip()
