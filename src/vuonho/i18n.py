"""What the program says: English where it is said, every other language in `locale/<tag>/LC_MESSAGES/vuonho.po`."""

import gettext
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

LOCALE: Final = Path(__file__).with_name("locale")
OWN: Final = "vi"
"""The language of the program where none is chosen."""


def languages() -> tuple[str, ...]:
    """Return the languages in which the program speaks, its own first."""
    found = sorted(path.parent.parent.name for path in LOCALE.glob("*/LC_MESSAGES/vuonho.mo"))
    return tuple(dict.fromkeys((OWN, "en", *found)))


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("vuonho", LOCALE, [language], fallback=True)


class Text:
    """A sentence or label in English, told in the language that is asked for.

    What stands in braces is put in by name; a value may be a Text itself. `context` tells apart what is one sentence
    in English and two in another language. A sentence without values may hold braces of its own.
    """

    __slots__ = ("_context", "_count", "_many", "_one", "_values")

    def __init__(self, message: str = "", /, *, context: str = "", **values: object) -> None:
        self._one, self._many, self._count = message, "", 1
        self._context, self._values = context, values

    @classmethod
    def counted(cls, one: str, many: str, count: int, /, **values: object) -> "Text":
        """Return the form of a sentence that goes with `count`, which it names as {count}."""
        made = cls(one)
        made._many, made._count, made._values = many, count, {**values, "count": count}
        return made

    def to(self, language: str) -> str:
        """Return the sentence in a language; in English where it has not been translated."""
        if not self._one:
            return ""
        catalogue = _catalogue(language)
        if self._many:
            text = catalogue.ngettext(self._one, self._many, self._count)
        elif self._context:
            text = catalogue.pgettext(self._context, self._one)
        else:
            text = catalogue.gettext(self._one)
        if not self._values:
            return text
        return text.format_map(
            {name: one.to(language) if isinstance(one, Text) else one for name, one in self._values.items()}
        )

    @property
    def vi(self) -> str:
        """The sentence in Vietnamese."""
        return self.to("vi")

    @property
    def en(self) -> str:
        """The sentence in English."""
        return self.to("en")

    def data(self) -> Any:
        """Return the text as JSON can hold it, which `of` makes a text again."""
        values = {name: one.data() if isinstance(one, Text) else one for name, one in self._values.items()}
        return {"text": [self._one, self._many, self._count, self._context], "values": values}

    @classmethod
    def of(cls, data: Any) -> "Text":
        """Return the text of which `data` gave this; raises KeyError, TypeError or ValueError for anything else."""
        if "vi" in data:
            return Both(data["vi"], data["en"])
        if "words" in data:
            return Joined(map(cls.of, data["words"]), data["between"])
        made = cls()
        made._one, made._many, made._count, made._context = data["text"]
        values = data["values"].items()
        made._values = {name: cls.of(one) if isinstance(one, dict) else one for name, one in values}
        return made

    def __iter__(self) -> Iterator[str]:
        return iter((self.vi, self.en))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Text({self.en!r})"


class Both(Text):
    """Words in Vietnamese and English that are data, such as the name of a crop, or made of data."""

    __slots__ = ("_en", "_vi")

    def __init__(self, vi: str, en: str) -> None:
        super().__init__()
        self._vi, self._en = vi, en

    def to(self, language: str) -> str:
        """Return the Vietnamese for "vi", the English for any other language."""
        return self._vi if language == "vi" else self._en

    def data(self) -> Any:
        """Return the words as JSON can hold them."""
        return {"vi": self._vi, "en": self._en}


class Joined(Text):
    """Several texts in a row, with a comma or the like between them."""

    __slots__ = ("_between", "_words")

    def __init__(self, words: Iterable[Text], between: str = ", ") -> None:
        super().__init__()
        self._words, self._between = tuple(words), between

    def to(self, language: str) -> str:
        """Return the texts in one language."""
        return self._between.join(word.to(language) for word in self._words)

    def data(self) -> Any:
        """Return the texts as JSON can hold them."""
        return {"words": [word.data() for word in self._words], "between": self._between}


def visible(text: str) -> str:
    """Return a text of one line with a box for each character that cannot be seen.

    Some of them steer a terminal or turn the reading direction, and a line end begins a line that nobody said: what
    comes from outside (a server, a QR code, the name of a file) may hold any.
    """
    return "".join(sign if sign.isprintable() else "□" for sign in text)


def within(label: str) -> str:
    """Return a label as it stands within a sentence; an abbreviation such as OCOP stays as it is."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


NOTHING: Final = Text()
