"""What a file of the site says, in any dress: as words, as phone numbers and as points on the map.

Every text is undressed first (percent signs, JSON and HTML escapes, compatibility forms), so that a value is
found however it was written.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from itertools import islice, pairwise
from typing import Final
from urllib.parse import unquote

_WORD: Final = re.compile(r"[^\W_]+")
_MARKS: Final = re.compile("[\u0300-\u036f]")
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]|<wbr\\s*/?>|&shy;|&zwn?j;", re.IGNORECASE)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|[nrtbfv]|(?=[\"'/\\]))")
_SURROGATES: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_TAG: Final = re.compile(r"<[^<>]*>")
_SHARED: Final = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_PLAIN_RUN: Final = re.compile(rb"(?:[ -~]|[\xc3-\xe1][\x80-\xbf]{1,2}){9,}")
_NUMBER: Final = re.compile(r"(?<![\d.])([0-9]{1,3})[.,]([0-9]{2,})")

_TORN: Final = " \n "
"""Stands for a tag: a gap between words, and no single space."""
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

DECIMALS: Final = 4
FARTHEST: Final = 40
"""Characters that may part the two numbers of one point: `" data-longitude="` fits, a neighbour does not."""
Cell = tuple[str, str]


class Folded(dict[str, str]):
    """Words without accents by the words as written; each word is folded once."""

    def __missing__(self, word: str) -> str:
        bare = (
            word if word.isascii() else _MARKS.sub("", unicodedata.normalize("NFD", word)).replace("đ", "d")
        )
        self[word] = bare
        return bare


def undressed(text: str) -> str:
    """Return the text without escapes, in NFKC: what a reader or a program would take it for."""
    if "%" in text:
        text = unquote(text, errors="replace")
    if "\\" in text:
        text = _SURROGATES.sub(_joined, _ESCAPE.sub(_unescaped, text))
    if "&" in text:
        text = unescape(text)
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))


def _unescaped(match: re.Match[str]) -> str:
    number = match[1] or match[2]
    return chr(int(number, 16)) if number else " "


def _joined(match: re.Match[str]) -> str:
    return match[0].encode("utf-16", "surrogatepass").decode("utf-16")


def words(text: str) -> tuple[str, ...]:
    """Return the words of an undressed text in small letters, accents kept."""
    return tuple(_WORD.findall(text.casefold()))


def is_name_at(text: str, at: int, count: int) -> bool:
    """Whether the words from word `at` on are written as a name: capitals, and one space between two words."""
    found = list(islice(_WORD.finditer(text), at, at + count))
    gaps = (text[one.end() : other.start()] for one, other in pairwise(found))
    return all(one[0][0].isupper() for one in found) and all(gap == " " for gap in gaps)


def texts_of(content: bytes, seen: set[int]) -> Iterator[str]:
    """Yield the texts in a file, undressed; a page also with its tags taken out.

    Scripts and styles that `seen` knows from another page are left out, the others added to it. Of a
    picture only what looks like text is read, of what begins as UTF-16 that reading as well.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        yield undressed(" \n ".join(run.decode("utf-8", "replace") for run in _PLAIN_RUN.findall(content)))
        if content.startswith(_UTF_16):
            yield undressed(_TAG.sub(_TORN, content.decode("utf-16", "replace")))
        return
    if "<" not in text:
        yield undressed(text)
        return
    rest, parts = _without_shared(text, seen)
    for part in (*parts, rest):
        yield undressed(part)
    yield undressed(_TAG.sub(_TORN, _INVISIBLE.sub("", rest)))


def _without_shared(text: str, seen: set[int]) -> tuple[str, tuple[str, ...]]:
    """Return the text without its scripts and styles, and those of them that are new."""
    new: list[str] = []

    def take(match: re.Match[str]) -> str:
        if hash(match[0]) not in seen:
            seen.add(hash(match[0]))
            new.append(match[0])
        return " "

    return _SHARED.sub(take, text), tuple(new)


def national_digits(phone: str) -> str:
    """Return the digits of a Vietnamese number without 0 or +84 before them."""
    digits = "".join(char for char in unicodedata.normalize("NFKC", phone) if char.isdecimal())
    digits = digits.removeprefix("00")
    return digits.removeprefix("84").lstrip("0") if len(digits) > 10 else digits.lstrip("0")


def phone_pattern(length: int) -> re.Pattern[str]:
    """Return what finds national numbers of so many digits, with 0 or 84 before and any signs between."""
    gap = r"[\W_]{0,8}"
    start = rf"(?<![0-9])(?:\(?(?:\+|00{gap})?84\)?{gap}(?:\(?0\)?{gap})?|0)"
    return re.compile(rf"{start}(?={gap}((?:{gap}[0-9]){{{length}}})(?![0-9]))")


def cell_pairs(text: str) -> Iterator[tuple[Cell, Cell]]:
    """Yield every two neighbouring decimal numbers of an undressed text, each as (whole, first four decimals).

    One of the two has four decimals, and they stand close enough together to be one point: the longitude of
    one household and the latitude of the next are none.
    """
    for one, other in pairwise(_NUMBER.finditer(text)):
        fine = max(len(one[2]), len(other[2])) >= DECIMALS
        if fine and other.start() - one.end() <= FARTHEST:
            yield _cell(one), _cell(other)


def _cell(number: re.Match[str]) -> Cell:
    return number[1], number[2][:DECIMALS].ljust(DECIMALS, "0")
