"""Proof that nothing a family did not tick is anywhere in a built site."""

import codecs
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from itertools import islice, pairwise
from typing import Final, NamedTuple
from urllib.parse import unquote

from vuonho.errors import Problem
from vuonho.i18n import Text
from vuonho.verify.images import ReadCode
from vuonho.verify.tree import SiteTree, flaw

# --- What a file of the site says, in any dress: as words, as phone numbers and as points on the map ---

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

_DECIMALS: Final = 4
_FARTHEST: Final = 40
"""Characters that may part the two numbers of one point: `" data-longitude="` fits, a neighbour does not."""

Words = tuple[str, ...]
Cell = tuple[str, str]
"""A decimal number as (whole, first four decimals)."""


class _Folded(dict[str, str]):
    """Words without accents by the words as written; each word is folded once."""

    def __missing__(self, word: str) -> str:
        bare = word
        if not word.isascii():
            bare = _MARKS.sub("", unicodedata.normalize("NFD", word)).replace("đ", "d")
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


def _words(text: str) -> Words:
    """Return the words of an undressed text in small letters, accents kept."""
    return tuple(_WORD.findall(text.casefold()))


def _texts_of(content: bytes, seen: set[int]) -> Iterator[str]:
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
    for match in _SHARED.finditer(text):
        if hash(match[0]) not in seen:
            seen.add(hash(match[0]))
            yield undressed(match[0])
    rest = _SHARED.sub(" ", text)
    yield undressed(rest)
    yield undressed(_TAG.sub(_TORN, _INVISIBLE.sub("", rest)))


def _national_digits(phone: str) -> str:
    """Return the digits of a Vietnamese number without 0 or +84 before them."""
    digits = "".join(char for char in unicodedata.normalize("NFKC", phone) if char.isdecimal())
    digits = digits.removeprefix("00")
    return digits.removeprefix("84").lstrip("0") if len(digits) > 10 else digits.lstrip("0")


def _phone_pattern(length: int) -> re.Pattern[str]:
    """Return what finds national numbers of so many digits, with 0 or 84 before and any signs between."""
    gap = r"[\W_]{0,8}"
    start = rf"(?<![0-9])(?:\(?(?:\+|00{gap})?84\)?{gap}(?:\(?0\)?{gap})?|0)"
    return re.compile(rf"{start}(?={gap}((?:{gap}[0-9]){{{length}}})(?![0-9]))")


def _cell(whole: str, decimals: str) -> Cell:
    return whole, decimals[:_DECIMALS].ljust(_DECIMALS, "0")


def _spellings(point: str) -> set[tuple[Cell, Cell]]:
    """Return how a point may be written at four decimals: cut off or rounded, each number for itself."""
    numbers = re.findall(r"([0-9]+)\.([0-9]+)", undressed(point))
    if len(numbers) != 2:
        return set()
    lat, lon = (
        {_cell(*number), _cell(*f"{float('.'.join(number)):.{_DECIMALS}f}".split("."))} for number in numbers
    )
    return {(one, other) for one in lat for other in lon}


# --- The values that must not be seen, arranged so that one walk over a text finds any of them ---

RUN: Final = 8
"""So many words of a story one after another are a leak; a shorter text leaks as a whole."""

_LEAST_LETTERS: Final = 12
_LEAST_NAME: Final = 4
_NAMES: Final = ("full_name", "garden")
_FACTS: Final = frozenset(("address", "garden"))
"""Secrets that are no more than a fact themselves: they may stand within one of another household."""
_ORIGIN: Final = re.compile(r"^\s*https?://(?:www\.)?", re.IGNORECASE)

Value = tuple[str, str]
"""(kind, value) that is public. Of the kind "phone", "point" or "full_name" it makes the same value harmless; a
"place" is the name of a place, harmless where the whole of it stands; "base" is a fact that needs no tick (an
address, a caption); any other kind is a text that was ticked."""


@dataclass(frozen=True, slots=True)
class Secret:
    """One value that no consent lets out.

    `kind` is "phone", "point" ("18.1261, 105.7612") or "full_name"; any other kind ("story", "directions",
    "link" …) is text. `owner` is the code of its household, which alone is named when it is found.
    """

    kind: str
    value: str = field(repr=False)
    owner: str


class _Needle(NamedTuple):
    """Words of a secret that make a leak: RUN of them, or all of a shorter one.

    `bare` is without accents, `written` with them; `whole` is all of the secret, without accents.
    """

    secret: Secret
    bare: Words
    written: Words
    whole: Words


class Index:
    """The secrets by what finds them, without those that a public value makes harmless.

    Not looked for: text of one to three short words (under 12 letters in all) and one-word names of under
    four letters, which would be found in any page; points given to less than four decimals.
    """

    def __init__(self, secrets: Iterable[Secret], public_values: Iterable[Value]) -> None:
        self._folded = _Folded()
        public = defaultdict[str, list[str]](list)
        for kind, value in public_values:
            public[kind].append(value)
        public_phones = set(map(_national_digits, public.pop("phone", ())))
        public_points = {one for value in public.pop("point", ()) for one in _spellings(value)}
        runs = {kind: [_words(undressed(value)) for value in values] for kind, values in public.items()}
        self._places = {self._bare(run) for run in runs.pop("place", ())}
        self._base = {self._bare(run) for run in runs.pop("base", ())}
        names = runs.pop("full_name", [])
        texts = [run for alike in runs.values() for run in alike]
        # What others made public takes the harm out of a secret of the very same kind, and of no other.
        self._public = {"full_name": self._lines(names), "garden": self._lines([*names, *texts])}
        self._public_texts = self._lines(texts)
        self._known: dict[tuple[str, Words, bool], bool] = {}
        self._phones = defaultdict[str, list[Secret]](list)
        self._points = defaultdict[tuple[Cell, Cell], list[Secret]](list)
        self._needles = defaultdict[Words, list[_Needle]](list)
        self._lengths = defaultdict[str, set[int]](set)
        for secret in secrets:
            if secret.kind == "phone":
                digits = _national_digits(secret.value)
                if len(digits) >= RUN and digits not in public_phones:
                    self._phones[digits].append(secret)
            elif secret.kind == "point":
                for point in _spellings(secret.value) - public_points:
                    self._points[point].append(secret)
            else:
                for needle in self._needles_of(secret):
                    self._needles[needle.bare].append(needle)
                    self._lengths[needle.bare[0]].add(len(needle.bare))
        self._phone_patterns = [_phone_pattern(length) for length in sorted(set(map(len, self._phones)))]

    def found_in(self, text: str) -> Iterator[Secret]:
        """Yield the secrets that stand in an undressed text, some of them more than once."""
        yield from self._words_in(text)
        for pattern in self._phone_patterns:
            for match in pattern.finditer(text):
                yield from self._phones.get("".join(filter(str.isdecimal, match[1])), ())
        for one, other in pairwise(_NUMBER.finditer(text)) if self._points else ():
            # One of the two has four decimals, and they stand close enough together to be one point: the
            # longitude of one household and the latitude of the next are none.
            is_fine = max(len(one[2]), len(other[2])) >= _DECIMALS
            if is_fine and other.start() - one.end() <= _FARTHEST:
                pair = _cell(one[1], one[2]), _cell(other[1], other[2])
                yield from self._points.get(pair, ())
                yield from self._points.get(pair[::-1], ())

    def _needles_of(self, secret: Secret) -> Iterator[_Needle]:
        """Yield what makes a leak of a text: every RUN of its words, or all of them if there are fewer."""
        text = undressed(secret.value)
        written = _words(_ORIGIN.sub("", text) if secret.kind == "link" else text)
        whole = self._bare(written)
        few, least = (1, _LEAST_NAME) if secret.kind in _NAMES else (3, _LEAST_LETTERS)
        if len(whole) > (2 if secret.kind == "link" else few) or sum(map(len, whole)) >= least:
            length = min(RUN, len(whole))
            for at in range(len(whole) - length + 1):
                yield _Needle(secret, whole[at : at + length], written[at : at + length], whole)

    def _words_in(self, text: str) -> Iterator[Secret]:
        written = _words(text)
        folded = self._bare(written)
        if self._lengths.keys().isdisjoint(folded):
            return
        for at, word in enumerate(folded):
            for length in self._lengths.get(word, ()):
                for needle in self._needles.get(folded[at : at + length], ()):
                    if self._leaks(needle, written, folded, at) and _is_as_written(needle, text, at):
                        yield needle.secret

    def _leaks(self, needle: _Needle, written: Words, folded: Words, at: int) -> bool:
        """Whether the words at `at` of a text, which are those of the needle without accents, are the secret."""
        kind, bare, run = needle.secret.kind, needle.bare, written[at : at + len(needle.bare)]
        is_typed = run == needle.written
        if not is_typed and len(run) < RUN and not all(map(str.isascii, run)):
            return False  # other accents: another name
        key = kind, run if is_typed else bare, not is_typed
        if key not in self._known:
            self._known[key] = _line(key[1]) in self._public.get(kind, self._public_texts)[not is_typed]
        if self._known[key]:
            return False
        if kind == "full_name":
            return not self._is_place(bare, folded, at)
        key = f"base {kind}", needle.whole, True
        if key not in self._known:
            is_part = kind in _FACTS and any(_line(needle.whole) in _line(one) for one in self._base)
            self._known[key] = is_part or needle.whole in self._base
        return not self._known[key]

    def _is_place(self, run: Words, seen: Words, at: int) -> bool:
        """Whether the folded words at `at` of a text belong to the name of a place that stands there."""
        return any(
            place[first : first + len(run)] == run
            and at >= first
            and seen[at - first : at - first + len(place)] == place
            for place in self._places
            for first in range(len(place) - len(run) + 1)
        )

    def _bare(self, text: Words) -> Words:
        return tuple(map(self._folded.__getitem__, text))

    def _lines(self, texts: list[Words]) -> tuple[str, str]:
        """Return texts one a line, with and without accents."""
        return "\n".join(map(_line, texts)), "\n".join(_line(self._bare(text)) for text in texts)


def _line(run: Words) -> str:
    return f" {' '.join(run)} "


def _is_as_written(needle: _Needle, text: str, at: int) -> bool:
    """Whether a name of two words stands there as one: pear and custard apple in a list are no Lê Na.

    Written as a name: capitals, and one space between the words.
    """
    if needle.secret.kind != "full_name" or len(needle.whole) != 2:
        return True
    one, other = islice(_WORD.finditer(text), at, at + 2)
    return one[0][0].isupper() and other[0][0].isupper() and text[one.end() : other.start()] == " "


# --- Proof that nothing a family did not tick is anywhere in a built site: pages, data, file names, codes ---

_KINDS: Final[Mapping[str, Text]] = {
    "phone": Text("phone number"),
    "full_name": Text("full name"),
    "garden": Text("full name"),
    "point": Text("exact point"),
    "story": Text("story"),
    "directions": Text("directions"),
    "link": Text("own link"),
    "living": Text("living conditions"),
}
_OTHER: Final = Text("private value")
_HINT: Final = Text(
    "Do not publish this site. Look at the free text of that household and of the page, then build again."
)


def secret_problems(tree: SiteTree, index: Index, codes: Iterable[ReadCode]) -> Iterator[Problem]:
    """Yield a problem for every file in which a secret stands, once per file, household and kind.

    Names are found in any letter case and also without accents, phones with any signs between the digits,
    points at four decimals in either order, stories from eight words in a row; all of them behind HTML, JSON
    and percent escapes, in NFC and NFD, in file names and in QR codes. The problem names the kind and the
    household, never the value.
    """
    leaks = {
        (file, secret.owner, secret.kind)
        for file, text in _texts(tree, codes)
        for secret in index.found_in(text)
    }
    for file, owner, kind in sorted(leaks):
        what = _KINDS.get(kind, _OTHER)
        message = Text(
            "The {what} of household {owner} is here, and the family did not agree to show it.",
            what=what,
            owner=owner,
        )
        yield flaw(file, message, _HINT, name=f"secret.{kind}")


def _texts(tree: SiteTree, codes: Iterable[ReadCode]) -> Iterator[tuple[str, str]]:
    """Yield (file, text) of every file's name and contents, and of what the codes say."""
    seen: set[int] = set()
    for file in sorted(tree.files):
        yield file, undressed(file)
        for text in _texts_of(tree.read(file), seen):
            yield file, text
    for code in codes:
        if code.text is not None:
            yield code.file, undressed(code.text)
