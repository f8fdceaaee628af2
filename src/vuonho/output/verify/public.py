"""What others made public: it takes the harm out of a secret of the very same kind, and of no other."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from vuonho.output.verify.words import Folded, undressed, words

Words = tuple[str, ...]
Value = tuple[str, str]
"""(kind, value). Of the kind "phone", "point" or "full_name" it makes the same value harmless; a "place" is
the name of a place, harmless where the whole of it stands; "base" is a fact that needs no tick (an address,
a caption); any other kind is a text that was ticked."""

_NUMBERS: Final = frozenset(("phone", "point"))
_NOT_TEXT: Final = frozenset(("full_name", "place", "base"))
_FACTS: Final = frozenset(("address", "garden"))
"""Secrets that are no more than a fact themselves: they may stand within one of another household."""


@dataclass(frozen=True, slots=True)
class Haystack:
    """Texts as words with and without accents."""

    written: str
    folded: str

    def holds(self, run: Words, *, folded: bool) -> bool:
        """Whether these words stand in one of the texts one after another."""
        return _line(run) in (self.folded if folded else self.written)


@dataclass(frozen=True, slots=True)
class Public:
    """The words that others made public, by what they excuse; each run is looked up once."""

    names: Haystack
    gardens: Haystack
    texts: Haystack
    base: tuple[Words, ...] = field(repr=False)
    places: tuple[Words, ...] = field(repr=False)
    known: dict[tuple[str, Words, bool], bool] = field(repr=False)

    def excuses(self, kind: str, run: Words, whole: Words, *, folded: bool) -> bool:
        """Whether a run of a secret's words (`whole`, folded) is public wherever it stands."""
        key = kind, run, folded
        if key not in self.known:
            self.known[key] = self._haystack(kind).holds(run, folded=folded)
        return self.known[key] or (kind != "full_name" and self._is_base(kind, whole))

    def is_place(self, run: Words, seen: Words, at: int) -> bool:
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

    def _is_base(self, kind: str, whole: Words) -> bool:
        """Whether the whole of a secret is a fact of a household that agreed."""
        key = f"base {kind}", whole, True
        if key not in self.known:
            line, part = _line(whole), kind in _FACTS
            self.known[key] = any(whole == one or (part and line in _line(one)) for one in self.base)
        return self.known[key]


def public_of(values: Iterable[Value], folded: Folded) -> Public:
    """Return what public values excuse; phones and points are not kept here."""
    by_kind: dict[str, list[Words]] = {}
    for kind, value in values:
        if kind not in _NUMBERS:
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


def grouped_lengths(keys: Iterable[Words]) -> Mapping[str, tuple[int, ...]]:
    """Return how long the keys are that begin with a word, by that word."""
    found: dict[str, set[int]] = {}
    for key in keys:
        found.setdefault(key[0], set()).add(len(key))
    return {word: tuple(sorted(lengths)) for word, lengths in found.items()}


def _bare(text: Words, folded: Folded) -> Words:
    return tuple(map(folded.__getitem__, text))


def _haystack(texts: Iterable[Words], folded: Folded) -> Haystack:
    texts = tuple(texts)
    return Haystack(_lines(texts), _lines(_bare(text, folded) for text in texts))


def _lines(texts: Iterable[Words]) -> str:
    return "\n".join(map(_line, texts))


def _line(run: Words) -> str:
    return f" {' '.join(run)} "
