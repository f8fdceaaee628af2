"""Vietnamese words made comparable, and names of files and folders that every system can hold."""

import difflib
import re
import unicodedata
from collections.abc import Container, Iterable
from functools import lru_cache
from itertools import count

# --- Vietnamese words made comparable: one way to write the tones, one way to leave all accents off ---

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


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return the text in lower case without accents, đ as d, spaces single and trimmed.

    The rule is the one of the search box, in JavaScript: `toLowerCase()`, `normalize("NFD")`, the marks
    U+0300 to U+036F off, đ to d, `/\\s+/g` to one space, `trim()`.
    """
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text.lower()))
    return _SPACES.sub(" ", bare.replace("đ", "d")).strip(" ")


@lru_cache(maxsize=8192)
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


# --- Names of files and folders that every system can hold, and tell apart ---

FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f]')
# Device names of Windows, with or without an extension (Microsoft, "Naming Files, Paths, and Namespaces").
RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE)


def is_portable(name: str) -> bool:
    """Return whether every system, Windows too, can hold one name of a file or folder."""
    return bool(name) and not (FORBIDDEN.search(name) or name[-1] in ". " or RESERVED.fullmatch(name))


def portable_fold(path: str) -> str:
    """Return what Windows and macOS see in the path: letter case and the form of accents do not count."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())


# --- Names of files and folders made from names that people gave: small letters, digits and hyphens only ---

LONGEST = 50
VILLAGE_STEM = "village"
"""What the file of a village itself is called."""
_OTHERS = re.compile(r"[^a-z0-9]+")


def slug_of(name: str) -> str:
    """Return a name in letters that every disk and address takes, "" where it has none: "Thôn 9" is thon-9.

    At most 50 letters, cut between words if it can be.
    """
    slug = _OTHERS.sub("-", fold(name)).strip("-")
    if len(slug) > LONGEST:
        slug = slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
    return slug


def file_stem(name: str) -> str:
    """Return the name of a file without its ending, made of a household's name; "ho" where that has no letter."""
    stem = slug_of(name)
    if stem.isdigit() or stem == VILLAGE_STEM or not is_portable(stem):
        return f"ho-{stem}".rstrip("-")
    return stem


def free_stem(stem: str, taken: Container[str]) -> str:
    """Return the stem, or it with the first number from 2 on that is not taken."""
    if stem not in taken:
        return stem
    return next(numbered for number in count(2) if (numbered := f"{stem}-{number}") not in taken)
