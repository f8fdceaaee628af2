"""Closed word lists, the plurals of a language, and the catalogue of crops, animals and products."""

import csv
import gettext
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from vuonho.errors import UserError
from vuonho.i18n import Both, Text
from vuonho.model.values import quoted
from vuonho.text import fold, key, nearest, nfc

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
    for name, word, vi, en, icon, also in csv.reader(table[1:]):
        if word:
            words.setdefault(name, []).append(
                Word(word, Both(vi, en), icon, tuple(also.split("; ")) if also else ())
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


# --- Crops, animals and products of Hà Tĩnh (`catalogue.csv`), found by the name that a family typed ---


@dataclass(frozen=True, slots=True)
class Known:
    """One kind of crop, animal or product, a line of the table.

    `scientific` is "" for a product; `family` is its picture, a file of `templates/icons/` without ".svg"; `months`
    are those in which it is usually ripe; `aliases` are names by which it is known too.
    """

    kind: Literal["crop", "animal", "good"]
    key: str
    vi: str
    en: str
    scientific: str
    family: str
    months: tuple[int, ...]
    aliases: tuple[str, ...]

    @property
    def label(self) -> Text:
        """The name in both languages."""
        return Both(self.vi, self.en)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it is known by."""
        return (self.vi, *self.aliases, self.en)


def _read_catalogue() -> Iterable[Known]:
    table = Path(__file__).with_name("catalogue.csv").read_text(encoding="utf-8").splitlines()
    for kind, key_, vi, en, scientific, family, months, also in csv.reader(table[1:]):
        yield Known(
            kind,  # type: ignore[arg-type]  # a test looks at every line
            key_,
            vi,
            en,
            scientific,
            family,
            tuple(map(int, months.split())),
            tuple(also.split("; ")) if also else (),
        )


_ALL: Final = tuple(_read_catalogue())
CROPS: Final = tuple(one for one in _ALL if one.kind == "crop")
ANIMALS: Final = tuple(one for one in _ALL if one.kind == "animal")
GOODS: Final = tuple(one for one in _ALL if one.kind == "good")

_FRUITS: Final = frozenset(
    (
        "citrus", "pomelo", "calamondin", "tree_fruit", "guava", "jackfruit", "longan", "papaya", "peach",
        "persimmon", "sugar_apple", "banana", "palm", "pineapple", "vine", "gourd", "pepper", "legume", "spice",
        "betel",
    )
)  # fmt: skip
_VEGETABLES: Final = frozenset(("leafy", "water_spinach", "spice", "betel", "bulb", "gourd", "pepper"))
_ROOTS: Final = frozenset(("root", "bulb", "spice"))
_FLOWERS: Final = frozenset(("flower", "lotus", "peach"))
_ANY: Final[frozenset[str]] = frozenset()

_Generic = Mapping[str, frozenset[str]]
"""A word people put before a name, and the families it can go with: "rau dừa" is a weed, not a coconut."""

_BEFORE_CROPS: Final[_Generic] = {
    "cây": _ANY,
    "giống": _ANY,
    "quả": _FRUITS,
    "trái": _FRUITS,
    "rau": _VEGETABLES,
    "củ": _ROOTS,
    "hoa": _FLOWERS,
}
_BEFORE_ANIMALS: Final[_Generic] = {"con": _ANY, "đàn": _ANY, "giống": _ANY}


class _Finder:
    """The entries of a table by their names, with accents and, where only one is meant, without."""

    def __init__(self, entries: Iterable[Known], generic: _Generic) -> None:
        self._exact: dict[str, Known] = {}
        self._bare: dict[str, set[Known]] = {}
        self._generic = generic
        for entry in entries:
            for name in entry.names:
                self._exact.setdefault(key(name), entry)
                self._bare.setdefault(fold(name), set()).add(entry)

    def find(self, name: str) -> Known | None:
        if found := self._look(name):
            return found
        first, _, rest = key(name).partition(" ")
        found = self._look(rest) if rest else None
        fits = (families for word, families in self._generic.items() if first in (word, fold(word)))
        return found if found and any(not families or found.family in families for families in fits) else None

    def _look(self, name: str) -> Known | None:
        accented, plain = key(name), fold(name)
        if found := self._exact.get(accented):
            return found
        if plain != accented and " " not in plain:
            return None
        meant = self._bare.get(plain, set())
        return next(iter(meant)) if len(meant) == 1 else None


@cache
def _finder(kind: str, own: tuple[Known, ...] = ()) -> _Finder:
    known = {"crop": CROPS, "animal": ANIMALS, "good": GOODS}[kind]
    return _Finder((*own, *known), {"crop": _BEFORE_CROPS, "animal": _BEFORE_ANIMALS, "good": {}}[kind])


def find_crop(name: str, own: tuple[Known, ...] = ()) -> Known | None:
    """Return the crop of that name (Vietnamese, English or an alias), or None where it is not known for sure.

    Case, composition, tone placement (hoà, hòa) and spaces never matter. Without accents "buoi phuc trach" is
    found, "dua" is not, as it could be three plants. A leading cây, quả, trái, rau, củ, hoa or giống may
    stand before a name it goes with. `own` are the crops that the project adds; they come first.
    """
    return _finder("crop", own).find(name)


def find_animal(name: str) -> Known | None:
    """Return the animal of that name, or None, by the rules of `find_crop`; con, đàn or giống may lead."""
    return _finder("animal").find(name)


def find_product(name: str, own: tuple[Known, ...] = ()) -> Known | None:
    """Return what a product is: one of the known products, else a crop or an animal, or None."""
    return _finder("good").find(name) or find_crop(name, own) or find_animal(name)
