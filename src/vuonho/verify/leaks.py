"""Proof that nothing a family did not tick is anywhere in a built site."""

import codecs
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from html import unescape
from itertools import chain, compress, count, pairwise
from typing import Final
from urllib.parse import unquote

from vuonho.errors import Problem
from vuonho.i18n import Text
from vuonho.verify.images import ReadCode
from vuonho.verify.tree import SiteTree, flaw

# --- What a file of the site says, in any dress: as words, as phone numbers and as points on the map ---

_WORD: Final = re.compile(r"[^\W_]+")
_MARKS: Final = re.compile("[\u0300-\u036f]")
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BREAKS: Final = re.compile(r"<wbr\s*/?>|&shy;|&zwn?j;", re.IGNORECASE)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|[nrtbfv]|(?=[\"'/\\]))")
_SURROGATES: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_TAG: Final = re.compile(r"<[^<>]*>")
_TAGS: Final = re.compile(r"(<(?!wbr\s*/?>)[^<>]*+(?:<wbr\s*/?)?>)", re.IGNORECASE)
_SHARED: Final = re.compile(r"(<(script|style)\b[^>]*>[^<]*+(?:<(?!/\2\s*>)[^<]*+)*+</\2\s*>)", re.IGNORECASE)
_PLAIN_RUN: Final = re.compile(rb"(?:[ -~]|[\xc3-\xe1][\x80-\xbf]{1,2}){9,}")
_NUMBER: Final = re.compile(r"([0-9](?<![\d.].)[0-9]{0,2})[.,]([0-9]{2,})")
"""A digit comes first in the pattern: so the search leaps from digit to digit."""

_FINE: Final = re.compile(r"[0-9][.,][0-9]{4}")

_TORN: Final = " \n "
"""Stands for a tag: a gap between words, and no single space."""
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_DECIMALS: Final = 4
_FARTHEST: Final = 40
"""Characters that may part the two numbers of one point: `" data-longitude="` fits, a neighbour does not."""

Words = tuple[str, ...]
Cell = tuple[str, str]
"""A decimal number as (whole, first four decimals)."""


class Reading:
    """A text without escapes, and its words in small letters without accents."""

    def __init__(self, text: str, bare: Words) -> None:
        self.text, self.bare = text, bare

    @cached_property
    def words(self) -> Sequence[re.Match[str]]:
        """The words as they are written; few texts are asked for them."""
        return tuple(_WORD.finditer(self.text))

    def written(self, at: int, length: int) -> Words:
        """Return words of it in small letters, accents kept."""
        return tuple(word[0].casefold() for word in self.words[at : at + length])


def read(text: str) -> Reading:
    """Return a text as a reader or a program would take it."""
    return Reading(*_read(text))


def _read(text: str) -> tuple[str, Words]:
    plain = undressed(text)
    return plain, tuple(map(_fold, _WORD.findall(plain)))


_read_part: Final = lru_cache(maxsize=2**14)(_read)
"""For a tag or the text between two: all pages are made of the same few."""


@lru_cache(maxsize=2**16)
def _fold(word: str) -> str:
    bare = word.casefold()
    return bare if bare.isascii() else _MARKS.sub("", unicodedata.normalize("NFD", bare)).replace("đ", "d")


def undressed(text: str) -> str:
    """Return the text without escapes, in NFKC: what a reader or a program would take it for."""
    if "%" in text:
        text = unquote(text, errors="replace")
    if "\\" in text:
        text = _SURROGATES.sub(_joined, _ESCAPE.sub(_unescaped, text))
    if "&" in text:
        text = unescape(text)
    return unicodedata.normalize("NFKC", _BREAKS.sub("", _INVISIBLE.sub("", text)))


def _unescaped(match: re.Match[str]) -> str:
    number = match[1] or match[2]
    return chr(int(number, 16)) if number else " "


def _joined(match: re.Match[str]) -> str:
    return match[0].encode("utf-16", "surrogatepass").decode("utf-16")


def readings(content: bytes, seen: set[int]) -> Iterator[Reading]:
    """Yield the texts in a file; that of a page also with its tags taken out.

    Scripts and styles that `seen` knows from another page are left out, the others added to it. Of a
    picture only what looks like text is read, of what begins as UTF-16 that reading as well.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        yield read(" \n ".join(run.decode("utf-8", "replace") for run in _PLAIN_RUN.findall(content)))
        if content.startswith(_UTF_16):
            yield read(_TAG.sub(_TORN, content.decode("utf-16", "replace")))
        return
    if "<" not in text:
        yield read(text)
        return
    parts = _SHARED.split(text)
    for shared in parts[1::3]:
        if hash(shared) not in seen:
            seen.add(hash(shared))
            yield read(shared)
    pieces = [_read_part(part) for part in _TAGS.split(" ".join(parts[::3]))]
    texts, words = [text for text, _ in pieces], [bare for _, bare in pieces]
    yield Reading("".join(texts), tuple(chain.from_iterable(words)))
    yield Reading(_TORN.join(texts[::2]), tuple(chain.from_iterable(words[::2])))


def _national_digits(phone: str) -> str:
    """Return the digits of a Vietnamese number without 0 or +84 before them."""
    digits = "".join(char for char in unicodedata.normalize("NFKC", phone) if char.isdecimal())
    digits = digits.removeprefix("00")
    return digits.removeprefix("84").lstrip("0") if len(digits) > 10 else digits.lstrip("0")


def _phone_pattern(length: int) -> re.Pattern[str]:
    """Return what finds national numbers of so many digits, with 0 or 84 before and any signs between."""
    gap = r"[\W_]{0,8}"
    abroad = rf"4\)?{gap}(?:\(?0\)?{gap})?"
    start = rf"(?:0(?<![0-9].)(?:0{gap}8{abroad})?|8(?<![0-9].){abroad})"
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
_FACTS: Final = ("address", "garden")
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
    "link" …) is text. `owner` is the code of its household, or the folder of the village whose team it is of;
    this alone is named when it is found.
    """

    kind: str
    value: str = field(repr=False)
    owner: str


class _Runs:
    """Runs of words without accents, each found in a text by the rarest of its words; drawings are full of numbers."""

    def __init__(self, runs: Iterable[Words]) -> None:
        self._runs = set(runs)
        often = Counter(chain.from_iterable(self._runs))
        self._anchors = defaultdict[str, set[tuple[int, int]]](set)
        for run in self._runs:
            at = min(range(len(run)), key=lambda at: (run[at].isdigit(), often[run[at]]))
            self._anchors[run[at]].add((at, len(run)))

    def find(self, words: Words) -> Iterator[tuple[int, Words]]:
        """Yield (where, run) for each of the runs that stands among the words."""
        for at in compress(count(), map(self._anchors.__contains__, words)):
            for before, length in self._anchors[words[at]]:
                run = words[at - before : at - before + length] if at >= before else ()
                if run in self._runs:
                    yield at - before, run


@dataclass(slots=True)
class _Needle:
    """Words that make a leak, as written: RUN of a text, or all of a shorter one, which the `secrets` have in common.

    `public` is how texts that take the harm out of this kind write them; `places` are the names of places that they
    belong to, each with the number of words before.
    """

    kind: str
    written: Words
    secrets: list[Secret] = field(default_factory=list)
    public: set[Words] = field(default_factory=set)
    places: list[tuple[int, Words]] = field(default_factory=list)


class Index:
    """The secrets by what finds them, without those that a public value makes harmless.

    Not looked for: text of one to three short words (under 12 letters in all) and one-word names of under
    four letters, which would be found in any page; points given to less than four decimals.
    """

    def __init__(self, secrets: Iterable[Secret], public_values: Iterable[Value]) -> None:
        public = defaultdict[str, list[str]](list)
        for kind, value in dict.fromkeys(public_values):
            public[kind].append(value)
        public_phones = set(map(_national_digits, public.pop("phone", ())))
        public_points = {one for value in public.pop("point", ()) for one in _spellings(value)}
        self._phones = defaultdict[str, list[Secret]](list)
        self._points = defaultdict[tuple[Cell, Cell], list[Secret]](list)
        texts: list[Secret] = []
        for secret in secrets:
            if secret.kind == "phone":
                digits = _national_digits(secret.value)
                if len(digits) >= RUN and digits not in public_phones:
                    self._phones[digits].append(secret)
            elif secret.kind == "point":
                for point in _spellings(secret.value) - public_points:
                    self._points[point].append(secret)
            else:
                texts.append(secret)
        self._phone_patterns = [_phone_pattern(length) for length in sorted(set(map(len, self._phones)))]
        needles = _needles_of(texts, {read(value).bare for value in public.pop("base", ())})
        runs = _Runs(needles)
        for kind, values in public.items():
            for reading in map(read, values):
                for at, run in runs.find(reading.bare):
                    for needle in needles[run].values():
                        _excuse(needle, kind, reading, at)
        kept = (
            (run, [one for one in alike.values() if one.written not in one.public])
            for run, alike in needles.items()
        )
        self._needles = {run: alike for run, alike in kept if alike}
        self._runs = _Runs(self._needles)

    def found_in(self, reading: Reading) -> Iterator[Secret]:
        """Yield the secrets that stand in a text, some of them more than once."""
        for at, run in self._runs.find(reading.bare):
            for needle in self._needles[run]:
                if _is_meant(needle, reading, at):
                    yield from needle.secrets
        for pattern in self._phone_patterns:
            for match in pattern.finditer(reading.text):
                yield from self._phones.get("".join(filter(str.isdecimal, match[1])), ())
        has_points = self._points and _FINE.search(reading.text)
        for one, other in pairwise(_NUMBER.finditer(reading.text)) if has_points else ():
            # One of the two has four decimals, and they stand close enough together to be one point: the
            # longitude of one household and the latitude of the next are none.
            is_fine = max(len(one[2]), len(other[2])) >= _DECIMALS
            if is_fine and other.start() - one.end() <= _FARTHEST:
                pair = _cell(one[1], one[2]), _cell(other[1], other[2])
                yield from self._points.get(pair, ())
                yield from self._points.get(pair[::-1], ())


def _needles_of(
    texts: Sequence[Secret], base: Collection[Words]
) -> Mapping[Words, Mapping[tuple[str, Words], _Needle]]:
    """Return what makes a leak of each text: every RUN of its words, or all of them if there are fewer.

    It is found by its words without accents, then by its kind and words. Left out is what is a base fact.
    """
    values = (read(_ORIGIN.sub("", one.value) if one.kind == "link" else one.value) for one in texts)
    telling = [pair for pair in zip(texts, values, strict=True) if _is_telling(*pair)]
    facts = _Runs(reading.bare for secret, reading in telling if secret.kind in _FACTS)
    parts = {run for fact in base for _, run in facts.find(fact)}
    needles = defaultdict[Words, dict[tuple[str, Words], _Needle]](dict)
    for secret, reading in telling:
        kind, bare = secret.kind, reading.bare
        if kind == "full_name" or bare not in (parts if kind in _FACTS else base):
            for at in range(max(len(bare) - RUN, 0) + 1):
                written = reading.written(at, RUN)
                needle = needles[bare[at : at + RUN]].setdefault((kind, written), _Needle(kind, written))
                needle.secrets.append(secret)
    return needles


def _is_telling(secret: Secret, reading: Reading) -> bool:
    few, least = (1, _LEAST_NAME) if secret.kind in _NAMES else (3, _LEAST_LETTERS)
    few = 2 if secret.kind == "link" else few
    return len(reading.bare) > few or sum(len(word[0]) for word in reading.words) >= least


def _excuse(needle: _Needle, kind: str, public: Reading, at: int) -> None:
    """Take note that a needle stands in a public text: it takes the harm out of its own kind, and of no other.

    A garden may be named like a person, and in any text.
    """
    is_name = needle.kind == "full_name"
    if kind == "place" and is_name:
        needle.places.append((at, public.bare))
    elif kind != "place" and (needle.kind == "garden" or (kind == "full_name") == is_name):
        needle.public.add(public.written(at, len(needle.written)))


def _is_meant(needle: _Needle, reading: Reading, at: int) -> bool:
    """Whether words of a text, which are those of the needle without accents, are the secret.

    Other accents are another name. A person's name may belong to that of a place; and of two words each has a
    capital, and one space parts them: pear and custard apple in a list are no Lê Na.
    """
    words = reading.written(at, len(needle.written))
    is_short = len(words) < RUN and not all(map(str.isascii, words))
    if words != needle.written and (needle.public or is_short):
        return False
    if needle.kind != "full_name":
        return True
    for before, place in needle.places:
        if at >= before and reading.bare[at - before : at - before + len(place)] == place:
            return False
    if len(words) != 2:
        return True
    one, other = reading.words[at : at + 2]
    return one[0][0].isupper() and other[0][0].isupper() and reading.text[one.end() : other.start()] == " "


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
        for file, reading in _readings(tree, codes)
        for secret in index.found_in(reading)
    }
    for file, owner, kind in sorted(leaks):
        what = _KINDS.get(kind, _OTHER)
        message = (
            Text(
                "The {what} of household {owner} is here, and the family did not agree to show it.",
                what=what,
                owner=owner,
            )
            if owner.isdigit()
            else Text(
                "The {what} of one of the team of {owner} is here, who has not agreed.",
                what=what,
                owner=owner,
            )
        )
        yield flaw(file, message, _HINT, name=f"secret.{kind}")


def _readings(tree: SiteTree, codes: Iterable[ReadCode]) -> Iterator[tuple[str, Reading]]:
    """Yield (file, text) of every file's name and contents, and of what the codes say."""
    seen: set[int] = set()
    for file in sorted(tree.files, key=_apart_from_language):
        yield file, read(file)
        for reading in readings(tree.read(file), seen):
            yield file, reading
    for code in codes:
        if code.text is not None:
            yield code.file, read(code.text)


def _apart_from_language(file: str) -> str:
    """Return a key that brings the pages of a household together, which are made of the same parts."""
    return file[3:] if file[2:3] == "/" else file
