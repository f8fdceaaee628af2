"""Vietnamese words made comparable: one way to write the tones, one way to leave all accents off.

Two kinds of comparison are needed. `key` keeps the accents ("dừa" is not "dứa") and only evens out what no
reader sees: letter case, composed or decomposed letters, spaces, and the two schools of placing a tone mark.
`fold` takes every accent off, for people who type without them; the search box of the site does the same.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
_OPEN_RIME = re.compile(
    rf"(?P<before>[qQ]?)(?P<first>[oO](?=[{_TONES}]?[aAeE])|[uU](?=[{_TONES}]?[yY]))(?P<tone1>[{_TONES}]?)"
    rf"(?P<second>[aAeEyY])(?P<tone2>[{_TONES}]?)(?![^\W\d_]|[\u0300-\u036f])"
)
_MARKS = re.compile("[\u0300-\u036f]")
_SPACES = re.compile("[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+")
_LONGEST_TYPO = 60


def nfc(text: str) -> str:
    """Return the text in NFC, the composed form in which everything is stored and shown."""
    return unicodedata.normalize("NFC", text)


def place_tones(text: str) -> str:
    """Return the text in NFC with one placement of the tone mark: hoà and hòa both become hòa.

    The two schools differ only where a syllable ends in oa, oe or uy: the older writes the mark on the first
    vowel (hòa, khỏe, thúy), the newer on the second (hoà, khoẻ, thuý). The older is taken, as the official
    list of communes does for Yên Hòa. After q the u belongs to the consonant, so the mark stands on y (quý).
    Syllables that go on after the two vowels (hoàn, xoài, huỳnh), and all other vowels (của, giá, thuở), are
    written alike by both schools and stay as they are.
    """
    return nfc(_OPEN_RIME.sub(_older_school, unicodedata.normalize("NFD", text)))


def _older_school(match: re.Match[str]) -> str:
    before, first, second = match["before"], match["first"], match["second"]
    tones = match["tone1"] + match["tone2"]
    if len(tones) != 1:
        return match[0]
    return f"{before}{first}{second}{tones}" if before else f"{first}{tones}{second}"


def fold(text: str) -> str:
    """Return the text in lower case without accents, đ as d, spaces single and trimmed.

    The rule is the one of the search box, in JavaScript: `toLowerCase()`, `normalize("NFD")`, the marks
    U+0300 to U+036F off, đ to d, `/\\s+/g` to one space, `trim()`.
    """
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text.lower()))
    return _SPACES.sub(" ", bare.replace("đ", "d")).strip(" ")


def key(text: str) -> str:
    """Return a form for exact comparison: accents kept; case, composition, tone placement, spaces evened."""
    return _SPACES.sub(" ", place_tones(nfc(text).casefold())).strip(" ")


def nearest(word: str, candidates: Iterable[str], *, likeness: float = 0.6) -> str | None:
    """Return the candidate most like a misspelt word, accents ignored, or None where none is like it.

    `likeness` runs from 0 (anything) to 1 (the same letters), as `difflib` measures it. Of two candidates
    that fold alike the first is given. A word of more than 60 letters is no typing error: None.
    """
    if len(word) > _LONGEST_TYPO:
        return None
    by_fold: dict[str, str] = {}
    for candidate in candidates:
        by_fold.setdefault(fold(candidate), candidate)
    close = difflib.get_close_matches(fold(word), by_fold, n=1, cutoff=likeness)
    return by_fold[close[0]] if close else None
