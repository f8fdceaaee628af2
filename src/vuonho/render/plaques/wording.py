"""The words that all plaques of an order share, out of the site's languages; and where each of them was written."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from vuonho.errors import Problem
from vuonho.render.fonts import Weight
from vuonho.render.pages.language import Language
from vuonho.render.plaques.face import Words
from vuonho.render.plaques.fitting import Misfit, printable
from vuonho.render.plaques.logo import Logo

_OURS: Final[tuple[tuple[str, Weight], ...]] = (
    ("scan", "Bold"), ("how", "Medium"), ("genuine", "Medium"), ("opens", "Regular"), ("damaged", "Medium"),
    ("batch", "Medium"), ("draft", "ExtraBold"), ("note", "Regular"), ("ruler", "Regular"),
)  # fmt: skip
_FOREIGN: Final[tuple[tuple[str, Weight], ...]] = (("scan", "Medium"), ("genuine", "Medium"))
"""Of the second language, with the weight in which they are set."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The site's languages, the plaque's first, and what their entries are filled in with."""

    languages: tuple[Language, ...]
    base_url: str
    batch: int

    def words(self, *, draft: bool, logo: Logo | None) -> Words:
        """Return the words of the plaques; raise VuonhoError for an entry that is missing."""
        foreign = self.languages[1:2]
        return Words(
            scan=self._ours("scan"),
            how=self._ours("how"),
            genuine=self._ours("genuine"),
            true=self._ours("opens"),
            damaged=self._ours("damaged"),
            batch=self._ours("batch"),
            draft=self._ours("draft") if draft else "",
            foreign_scan="".join(self._said(language, "scan") for language in foreign),
            foreign_genuine="".join(self._said(language, "genuine") for language in foreign),
            logo=logo,
        )

    def problems(self) -> tuple[Problem, ...]:
        """Return the entries with a sign that the plaque's typeface does not have."""
        return tuple(problem for entry in self._entries() if (problem := self._unprintable(*entry)))

    def place(self, text: str) -> tuple[str, str]:
        """Return file and field of the entry that says a text, those of all of them for any other text."""
        for language, key, _ in self._entries():
            if text == self._said(language, key):
                return _file(language), f"plaque.{key}"
        return _file(self.languages[0]), "plaque"

    def _unprintable(self, language: Language, key: str, weight: Weight) -> Problem | None:
        try:
            printable(self._said(language, key), weight)
        except Misfit as misfit:
            return Problem(_file(language), None, None, f"plaque.{key}", misfit.message, misfit.hint)
        return None

    def _entries(self) -> Iterator[tuple[Language, str, Weight]]:
        for language, keys in zip(self.languages, (_OURS, _FOREIGN), strict=False):
            yield from ((language, key, weight) for key, weight in keys)

    def _ours(self, key: str) -> str:
        return self._said(self.languages[0], key)

    def _said(self, language: Language, key: str) -> str:
        if key == "genuine":
            return language.say("plaque.genuine", host=urlsplit(self.base_url).netloc)
        if key == "batch":
            return language.say("plaque.batch", batch=self.batch)
        return language.say(f"plaque.{key}")


def _file(language: Language) -> str:
    return f"templates/languages/{language.tag}.yaml"
