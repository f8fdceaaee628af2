"""Proof that nothing a family did not tick is anywhere in a built site."""

import codecs
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from itertools import islice, pairwise
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import unquote

from vuonho.errors import Problem
from vuonho.i18n import Text
from vuonho.verify.codes import ReadCode, read_codes
from vuonho.verify.tree import SiteTree, flaw, read_tree

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


# --- What others made public: it takes the harm out of a secret of the very same kind, and of no other ---

PublicWords = tuple[str, ...]
Value = tuple[str, str]
"""(kind, value). Of the kind "phone", "point" or "full_name" it makes the same value harmless; a "place" is
the name of a place, harmless where the whole of it stands; "base" is a fact that needs no tick (an address,
a caption); any other kind is a text that was ticked."""

_PUBLIC_NUMBERS: Final = frozenset(("phone", "point"))
_NOT_TEXT: Final = frozenset(("full_name", "place", "base"))
_FACTS: Final = frozenset(("address", "garden"))
"""Secrets that are no more than a fact themselves: they may stand within one of another household."""


@dataclass(frozen=True, slots=True)
class Haystack:
    """Texts as words with and without accents."""

    written: str
    folded: str

    def holds(self, run: PublicWords, *, folded: bool) -> bool:
        """Whether these words stand in one of the texts one after another."""
        return _line(run) in (self.folded if folded else self.written)


@dataclass(frozen=True, slots=True)
class Public:
    """The words that others made public, by what they excuse; each run is looked up once."""

    names: Haystack
    gardens: Haystack
    texts: Haystack
    base: tuple[PublicWords, ...] = field(repr=False)
    places: tuple[PublicWords, ...] = field(repr=False)
    known: dict[tuple[str, PublicWords, bool], bool] = field(repr=False)

    def excuses(self, kind: str, run: PublicWords, whole: PublicWords, *, folded: bool) -> bool:
        """Whether a run of a secret's words (`whole`, folded) is public wherever it stands."""
        key = kind, run, folded
        if key not in self.known:
            self.known[key] = self._haystack(kind).holds(run, folded=folded)
        return self.known[key] or (kind != "full_name" and self._is_base(kind, whole))

    def is_place(self, run: PublicWords, seen: PublicWords, at: int) -> bool:
        """Whether the folded words at `at` of a text belong to the name of a place that stands there."""
        return any(
            place[first : first + len(run)] == run
            and at >= first
            and seen[at - first : at - first + len(place)] == place
            for place in self.places
            for first in range(len(place) - len(run) + 1)
        )

    def _haystack(self, kind: str) -> Haystack:
        return {"full_name": self.names, "garden": self.gardens}.get(kind, self.texts)

    def _is_base(self, kind: str, whole: PublicWords) -> bool:
        """Whether the whole of a secret is a fact of a household that agreed."""
        key = f"base {kind}", whole, True
        if key not in self.known:
            line, part = _line(whole), kind in _FACTS
            self.known[key] = any(whole == one or (part and line in _line(one)) for one in self.base)
        return self.known[key]


def public_of(values: Iterable[Value], folded: Folded) -> Public:
    """Return what public values excuse; phones and points are not kept here."""
    by_kind: dict[str, list[PublicWords]] = {}
    for kind, value in values:
        if kind not in _PUBLIC_NUMBERS:
            by_kind.setdefault(kind if kind in _NOT_TEXT else "text", []).append(words(undressed(value)))
    names, texts = by_kind.get("full_name", []), by_kind.get("text", [])
    return Public(
        names=_haystack(names, folded),
        gardens=_haystack((*names, *texts), folded),
        texts=_haystack(texts, folded),
        base=tuple({_bare(text, folded) for text in by_kind.get("base", ())}),
        places=tuple({_bare(text, folded) for text in by_kind.get("place", ())}),
        known={},
    )


def of_kind(kind: str, values: Iterable[Value]) -> Iterator[str]:
    """Yield the values of one kind."""
    return (value for one, value in values if one == kind)


def grouped_lengths(keys: Iterable[PublicWords]) -> Mapping[str, tuple[int, ...]]:
    """Return how long the keys are that begin with a word, by that word."""
    found: dict[str, set[int]] = {}
    for key in keys:
        found.setdefault(key[0], set()).add(len(key))
    return {word: tuple(sorted(lengths)) for word, lengths in found.items()}


def _bare(text: PublicWords, folded: Folded) -> PublicWords:
    return tuple(map(folded.__getitem__, text))


def _haystack(texts: Iterable[PublicWords], folded: Folded) -> Haystack:
    texts = tuple(texts)
    return Haystack(_lines(texts), _lines(_bare(text, folded) for text in texts))


def _lines(texts: Iterable[PublicWords]) -> str:
    return "\n".join(map(_line, texts))


def _line(run: PublicWords) -> str:
    return f" {' '.join(run)} "


# --- The values that must not be seen, arranged so that one walk over a text finds any of them ---

RUN: Final = 8
"""So many words of a story one after another are a leak; a shorter text leaks as a whole."""

_ANCHOR: Final = 4
_LEAST_LETTERS: Final = 12
_LEAST_NAME: Final = 4
_PAIR: Final = 2

_NUMBERS: Final = frozenset(("phone", "point"))
_ORIGIN: Final = re.compile(r"^\s*https?://(?:www\.)?", re.IGNORECASE)
_DECIMAL: Final = re.compile(r"[0-9]+\.[0-9]+")

Words = tuple[str, ...]
Key = TypeVar("Key")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Secret:
    """One value that no consent lets out.

    `kind` is "phone", "point" ("18.1261, 105.7612") or "full_name"; any other kind ("story", "directions",
    "link" …) is text. `owner` is the code of its household, which alone is named when it is found.
    """

    kind: str
    value: str = field(repr=False)
    owner: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """A part of a secret's words by which it is found: it begins at word `at` of `whole`."""

    secret: Secret
    whole: Words
    written: Words
    at: int

    @property
    def key(self) -> Words:
        """The words that make a text worth a closer look: four of a story, all of a short text."""
        return self.whole[self.at : self.at + _ANCHOR] if len(self.whole) >= RUN else self.whole

    @property
    def need(self) -> int:
        """How many words in a row make it a leak."""
        return min(RUN, len(self.whole))


@dataclass(frozen=True, slots=True)
class Index:
    """The secrets by what finds them; `lengths` are those of the anchors by their first word."""

    anchors: Mapping[Words, tuple[Anchor, ...]] = field(repr=False)
    lengths: Mapping[str, tuple[int, ...]] = field(repr=False)
    phones: Mapping[str, tuple[Secret, ...]] = field(repr=False)
    points: Mapping[tuple[Cell, Cell], tuple[Secret, ...]] = field(repr=False)
    public: Public = field(repr=False)
    folded: Folded = field(repr=False)

    def found_in(self, text: str) -> Iterator[Secret]:
        """Yield the secrets that stand in an undressed text, some of them more than once."""
        yield from self._words_in(text)
        yield from self._phones_in(text)
        yield from self._points_in(text)

    def _words_in(self, text: str) -> Iterator[Secret]:
        written = words(text)
        folded = tuple(map(self.folded.__getitem__, written))
        lengths, anchors = self.lengths, self.anchors
        if lengths.keys().isdisjoint(folded):
            return
        for at, word in enumerate(folded):
            for length in lengths.get(word, ()):
                for anchor in anchors.get(folded[at : at + length], ()):
                    if self._leaks(anchor, written, folded, at) and _is_written(anchor, text, at):
                        yield anchor.secret

    def _leaks(self, anchor: Anchor, written: Words, folded: Words, at: int) -> bool:
        """Whether enough words round the anchor agree and nobody made them public."""
        start, end = _widened(anchor, folded, at)
        for first in range(start, end - anchor.need + 1):
            run = slice(first, first + anchor.need)
            own = first - at + anchor.at
            typed = written[run] == anchor.written[own : own + anchor.need]
            if not typed and anchor.need < RUN and not all(map(str.isascii, written[run])):
                continue  # other accents: another name
            if not self._is_public(anchor, written[run] if typed else folded[run], folded, first, typed):
                return True
        return False

    def _is_public(self, anchor: Anchor, run: Words, seen: Words, at: int, typed: bool) -> bool:
        kind = anchor.secret.kind
        if self.public.excuses(kind, run, anchor.whole, folded=not typed):
            return True
        return kind == "full_name" and self.public.is_place(seen[at : at + anchor.need], seen, at)

    def _phones_in(self, text: str) -> Iterator[Secret]:
        for length in sorted({len(digits) for digits in self.phones}):
            for match in phone_pattern(length).finditer(text):
                yield from self.phones.get("".join(filter(str.isdecimal, match[1])), ())

    def _points_in(self, text: str) -> Iterator[Secret]:
        if not self.points:
            return
        for one, other in cell_pairs(text):
            yield from self.points.get((one, other), ())
            yield from self.points.get((other, one), ())


def index_of(secrets: Iterable[Secret], public_values: Iterable[Value]) -> Index:
    """Return the index of the secrets, without those that a public value makes harmless.

    Not looked for: text of one to three short words (under 12 letters in all) and one-word names of under
    four letters, which would be found in any page; points given to less than four decimals.
    """
    values, folded = tuple(public_values), Folded()
    by_kind: dict[str, list[Secret]] = {}
    for secret in secrets:
        by_kind.setdefault(secret.kind if secret.kind in _NUMBERS else "text", []).append(secret)
    anchors = _grouped(
        (anchor.key, anchor) for secret in by_kind.get("text", ()) for anchor in _anchors(secret, folded)
    )
    return Index(
        anchors=anchors,
        lengths=grouped_lengths(anchors),
        phones=_phones(by_kind.get("phone", ()), of_kind("phone", values)),
        points=_points(by_kind.get("point", ()), of_kind("point", values)),
        public=public_of(values, folded),
        folded=folded,
    )


def _grouped(pairs: Iterable[tuple[Key, Item]]) -> dict[Key, tuple[Item, ...]]:
    found: dict[Key, list[Item]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def _phones(secrets: Iterable[Secret], values: Iterable[str]) -> dict[str, tuple[Secret, ...]]:
    public = {national_digits(value) for value in values}
    digits = ((national_digits(secret.value), secret) for secret in secrets)
    return _grouped((key, secret) for key, secret in digits if len(key) >= RUN and key not in public)


def _points(secrets: Iterable[Secret], values: Iterable[str]) -> dict[tuple[Cell, Cell], tuple[Secret, ...]]:
    public = {pair for value in values for pair in _pairs(value)}
    return _grouped((pair, secret) for secret in secrets for pair in sorted(_pairs(secret.value) - public))


def _widened(anchor: Anchor, folded: Words, at: int) -> tuple[int, int]:
    """Return the run of words round place `at` that agree with the secret: first, after the last."""
    start, own = at, anchor.at
    while start and own and folded[start - 1] == anchor.whole[own - 1]:
        start, own = start - 1, own - 1
    end, own = at, anchor.at
    while end < len(folded) and own < len(anchor.whole) and folded[end] == anchor.whole[own]:
        end, own = end + 1, own + 1
    return start, end


def _is_written(anchor: Anchor, text: str, at: int) -> bool:
    """Whether a name of two words stands there as one: pear and custard apple in a list are no Lê Na."""
    is_short = anchor.secret.kind == "full_name" and len(anchor.whole) == _PAIR
    return not is_short or is_name_at(text, at, _PAIR)


def _anchors(secret: Secret, folded: Folded) -> Iterator[Anchor]:
    """Yield the anchors of a text: the whole if it is short, else every fourth word, so no RUN slips by."""
    text = undressed(secret.value)
    written = words(_ORIGIN.sub("", text) if secret.kind == "link" else text)
    whole = tuple(map(folded.__getitem__, written))
    if len(whole) >= RUN:
        yield from (Anchor(secret, whole, written, at) for at in range(0, len(whole) - _ANCHOR + 1, _ANCHOR))
    elif _worth_seeking(secret, whole):
        yield Anchor(secret, whole, written, 0)


def _worth_seeking(secret: Secret, whole: Words) -> bool:
    letters = sum(map(len, whole))
    if secret.kind in ("full_name", "garden"):
        return len(whole) > 1 or letters >= _LEAST_NAME
    return len(whole) > (2 if secret.kind == "link" else 3) or letters >= _LEAST_LETTERS


def _pairs(value: str) -> set[tuple[Cell, Cell]]:
    """Return how a point may be written at four decimals: cut off or rounded, each number for itself."""
    numbers = _DECIMAL.findall(undressed(value))
    if len(numbers) != 2:
        return set()
    lat, lon = ({_cut(number), _cut(f"{float(number):.{DECIMALS}f}")} for number in numbers)
    return {(one, other) for one in lat for other in lon}


def _cut(number: str) -> Cell:
    whole, _, part = number.partition(".")
    return whole, part[:DECIMALS].ljust(DECIMALS, "0")


# --- Proof that nothing a family did not tick is anywhere in a built site: pages, data, file names, codes ---

_KINDS: Final[Mapping[str, Text]] = {
    "phone": Text("số điện thoại", "phone number"),
    "full_name": Text("họ tên", "full name"),
    "garden": Text("họ tên", "full name"),
    "point": Text("vị trí nhà", "exact point"),
    "story": Text("câu chuyện", "story"),
    "directions": Text("lời chỉ đường", "directions"),
    "link": Text("đường dẫn riêng", "own link"),
    "living": Text("đời sống", "living conditions"),
}
_OTHER: Final = Text("điều riêng", "private value")
_HINT: Final = Text(
    "Đừng đăng trang này. Xem các ô chữ tự do của hộ đó và của trang, sửa rồi chạy lại “vuonho build”.",
    "Do not publish this site. Look at the free text of that household and of the page, then build again.",
)


def verify_secrets(
    site: Path, secrets: Iterable[Secret], public_values: Iterable[Value] = ()
) -> tuple[Problem, ...]:
    """Return a problem for every file in which a secret stands, once per file, kind and household.

    Names are found in any letter case and also without accents, phones with any signs between the digits,
    points at four decimals in either order, stories from eight words in a row; all of them behind HTML, JSON
    and percent escapes, in NFC and NFD, in file names and in QR codes. A value that stands in
    `public_values` (what others made public, and every chosen name) is no leak. The problem names the kind
    and the household, never the value.
    """
    tree = read_tree(site)
    return secret_problems(tree, index_of(secrets, public_values), read_codes(tree))


def secret_problems(tree: SiteTree, index: Index, codes: tuple[ReadCode, ...]) -> tuple[Problem, ...]:
    """Return the problems of `verify_secrets` in a site and its codes that have been read."""
    leaks: dict[tuple[str, str, str], Problem] = {}
    for file, text in _texts(tree, codes):
        for secret in index.found_in(text):
            key = (file, secret.owner, secret.kind)
            if key not in leaks:
                leaks[key] = _leak(file, secret)
    return tuple(leaks[key] for key in sorted(leaks))


def _texts(tree: SiteTree, codes: tuple[ReadCode, ...]) -> Iterator[tuple[str, str]]:
    """Yield (file, text) of every file's name and contents, and of what the codes say."""
    seen: set[int] = set()
    for file in sorted(tree.files):
        yield file, undressed(file)
        for text in texts_of(tree.read(file), seen):
            yield file, text
    for code in codes:
        if code.text is not None:
            yield code.file, undressed(code.text)


def _leak(file: str, secret: Secret) -> Problem:
    kind = _KINDS.get(secret.kind, _OTHER)
    message = Text(
        f"Lộ {kind.vi} của hộ {secret.owner}, gia đình chưa đồng ý công khai.",
        f"The {kind.en} of household {secret.owner} is here, and the family did not agree to show it.",
    )
    return flaw(file, message, _HINT, name=f"secret.{secret.kind}")
