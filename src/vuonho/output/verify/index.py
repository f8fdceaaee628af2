"""The values that must not be seen, arranged so that one walk over a text finds any of them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from vuonho.output.verify.public import Public, Value, grouped_lengths, of_kind, public_of
from vuonho.output.verify.words import (
    DECIMALS,
    Cell,
    Folded,
    cell_pairs,
    is_name_at,
    national_digits,
    phone_pattern,
    undressed,
    words,
)

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
