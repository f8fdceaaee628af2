"""Closed word lists: what a profile may say where free text would help nobody; and the plurals of a language."""

import csv
import gettext
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from vuonho.errors import UserError
from vuonho.i18n import Both, Text
from vuonho.model.values import quoted
from vuonho.text import fold, nearest, nfc

# --- Closed word lists: what a profile may say where free text would help nobody ---

_LONGEST_ECHO = 40


@dataclass(frozen=True, slots=True)
class Word:
    """One entry of a closed list.

    `key` is what profiles and data files hold; `icon` names a file of `templates/icons/` without ".svg";
    `aliases` are other ways people write it, accepted but never shown.
    """

    key: str
    label: Text
    icon: str
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Everything a person may type for this word."""
        return (self.key, self.label.vi, self.label.en, *self.aliases)


@dataclass(frozen=True, slots=True)
class WordList:
    """A closed list of words with its own name, such as "nguồn nước" / "water".

    Making one in which two words could be confused, accents and case ignored, is a ValueError: whatever is
    typed means one word or none.
    """

    name: Text
    words: tuple[Word, ...]
    _by_name: Mapping[str, Word] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", _by_name(self.words))

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys in the order of the list."""
        return tuple(word.key for word in self.words)

    def by_key(self, key: str) -> Word:
        """Return the word with exactly this key; KeyError where there is none."""
        for word in self.words:
            if word.key == key:
                return word
        raise KeyError(key)

    def knows(self, typed: str) -> bool:
        """Tell whether `find` would find it."""
        return _loose(typed) in self._by_name

    def find(self, typed: str) -> Word:
        """Return the word meant by a key, a Vietnamese or English label, or an alias.

        Case, accents and the difference between "_", "-" and a space are ignored. Anything else raises
        `UserError`, whose hint names the nearest word, if one is near, and all that are allowed.
        """
        word = self._by_name.get(_loose(typed))
        if word is None:
            raise UserError(self._unknown(typed), self._hint(typed))
        return word

    def _unknown(self, typed: str) -> Text:
        shown = nfc(" ".join(typed.split()))
        if len(shown) > _LONGEST_ECHO:
            shown = shown[:_LONGEST_ECHO] + "…"
        return Text("“{shown}” is not in the list of {name}.", shown=shown, name=self.name)

    def _listed(self, language: str) -> str:
        """Return the words as they can be copied into a profile: a label that YAML would cut gives way to its key."""
        labels = [word.label.to(language) for word in self.words]
        if not any(sign in label for label in labels for sign in ",:"):
            return ", ".join(labels)
        return "; ".join(f"{word.key} ({label})" for word, label in zip(self.words, labels, strict=True))

    def _hint(self, typed: str) -> Text:
        near = nearest(_loose(typed), self._by_name)
        allowed = Both(f"Ghi một trong các từ: {self._listed('vi')}.", f"Use one of: {self._listed('en')}.")
        if near is None:
            return allowed
        label = self._by_name[near].label
        return Text("Did you mean “{label}”? {allowed}", label=label, allowed=allowed)


def _loose(typed: str) -> str:
    return " ".join(fold(typed).replace("_", " ").replace("-", " ").split())


def _by_name(words: tuple[Word, ...]) -> dict[str, Word]:
    found: dict[str, Word] = {}
    for word in words:
        for name in word.names:
            other = found.setdefault(_loose(name), word)
            if other is not word:
                raise ValueError(f"{name!r} of {word.key!r} could also mean {other.key!r}")
    return found


def _read() -> dict[str, WordList]:
    """Return the lists of `words.csv`: of each a line with its name, then a line for every word."""
    names: dict[str, Text] = {}
    words: dict[str, list[Word]] = {}
    table = Path(__file__).with_name("words.csv").read_text(encoding="utf-8").splitlines()
    for name, key, vi, en, icon, also in csv.reader(table[1:]):
        if key:
            words.setdefault(name, []).append(
                Word(key, Both(vi, en), icon, tuple(also.split("; ")) if also else ())
            )
        else:
            names[name] = Both(vi, en)
    return {name: WordList(label, tuple(words[name])) for name, label in names.items()}


LISTS: Final[Mapping[str, WordList]] = MappingProxyType(_read())
"""Every closed list by the name of its table: `LISTS["water"]`."""
VILLAGE_KINDS: Final = LISTS["village_kinds"]
CONSENT_TICKS: Final = LISTS["consent_ticks"]


# --- Which form of a sentence goes with a number, by the rule of a language as gettext writes it ---

USUAL_RULE: Final = "nplurals=2; plural=(n != 1)"
"""That of a language whose file has none: one, and all others."""
SMALL: Final = 200
"""From here on every known rule repeats itself with each hundred."""
_HEADER = re.compile(r"\s*nplurals\s*=\s*([1-6])\s*;\s*plural\s*=([^;]{1,400});?\s*")
_TRIED = (*range(1000), 10**6)


@dataclass(frozen=True, slots=True)
class Plural:
    """The rule of a language: the names of its forms, and the place of the one that goes with a number."""

    forms: tuple[str, ...]
    rule: Callable[[int], int]

    def form(self, n: int) -> str:
        """Return the name of the form for so many; raise ValueError where the rule leads to none."""
        try:
            place = int(self.rule(n))
        except ZeroDivisionError as error:
            raise ValueError(n) from error
        if not 0 <= place < len(self.forms):
            raise ValueError(n)
        return self.forms[place]

    def counting(self) -> frozenset[str]:
        """Return the forms that go with several numbers, and so have to say which."""
        used = [self.form(n) for n in range(SMALL)]
        return frozenset(form for form in self.forms if used.count(form) > 1)


@cache
def parse_plural(text: str) -> Plural:
    """Return the rule that a language file gives; raise UserError for what is none, or leads to a form that is not there."""
    header = _HEADER.fullmatch(text)
    if header is None:
        raise _refusal(text)
    try:
        plural = Plural(form_names(int(header[1])), gettext.c2py(header[2]))
        for n in _TRIED:
            plural.form(n)
    except (ValueError, SyntaxError, RecursionError, MemoryError) as error:
        raise _refusal(text) from error
    return plural


def form_names(count: int) -> tuple[str, ...]:
    """Return the last part of the keys of a sentence in so many forms: two have names, others are numbered."""
    return ("one", "other") if count == 2 else tuple(map(str, range(count)))


def _refusal(text: str) -> UserError:
    return UserError(
        Text("{text} is no plural rule of gettext.", text=quoted(text, 60)),
        Text("Copy the line Plural-Forms of that language, such as: {usual_rule}", usual_rule=USUAL_RULE),
    )
