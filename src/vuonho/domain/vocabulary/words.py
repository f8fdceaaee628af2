"""Closed word lists: what a profile may say where free text would help nobody.

A `Word` has a key for the file, a label in both languages and an icon; a `WordList` finds a word by any of
them. The lists themselves stand in `consent_words`, `living_words` and `garden_words`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from vuonho.bilingual import Text
from vuonho.domain.fold import fold, nearest, nfc
from vuonho.errors import Refused

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
        `Refused`, whose hint names the nearest word, if one is near, and all that are allowed.
        """
        word = self._by_name.get(_loose(typed))
        if word is None:
            raise Refused(self._unknown(typed), self._hint(typed))
        return word

    def _unknown(self, typed: str) -> Text:
        shown = nfc(" ".join(typed.split()))
        if len(shown) > _LONGEST_ECHO:
            shown = shown[:_LONGEST_ECHO] + "…"
        return Text(
            f"“{shown}” không có trong danh sách {self.name.vi}.",
            f"“{shown}” is not in the list of {self.name.en}.",
        )

    def _listed(self, language: str) -> str:
        """Return the words as they can be copied into a profile: a label that YAML would cut gives way to its key."""
        labels = [word.label.to(language) for word in self.words]
        if not any(sign in label for label in labels for sign in ",:"):
            return ", ".join(labels)
        return "; ".join(f"{word.key} ({label})" for word, label in zip(self.words, labels, strict=True))

    def _hint(self, typed: str) -> Text:
        near = nearest(_loose(typed), self._by_name)
        allowed = Text(f"Ghi một trong các từ: {self._listed('vi')}.", f"Use one of: {self._listed('en')}.")
        if near is None:
            return allowed
        label = self._by_name[near].label
        return Text(
            f"Có phải ý là “{label.vi}” không? {allowed.vi}", f"Did you mean “{label.en}”? {allowed.en}"
        )


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
