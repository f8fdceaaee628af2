"""The words of the form in one language, out of its catalogue, and the number by which this wording is known again."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vuonho.bilingual import Text, within
from vuonho.domain.papers.sheets import Asked, Question, Shown
from vuonho.domain.public import PublicSite
from vuonho.errors import Problem, Refused
from vuonho.render.pages.language import Language
from vuonho.render.papers.lines import require_letters

_SECTION: Final = "consent."
_DIGITS: Final = 8


@dataclass(frozen=True, slots=True)
class FormWords:
    """What the form says to every family of a project."""

    language: Language
    site: PublicSite
    asked: Asked

    def say(self, key: str, **values: object) -> str:
        """Return an entry of the catalogue's part on consent; raise VuonhoError for one that is missing."""
        return self.language.say(f"{_SECTION}{key}", **values)

    def label(self, label: Text) -> str:
        """Return a field's label."""
        return label.to(self.language.tag)

    @property
    def purpose(self) -> str:
        """Return why personal data are published, as the project says it."""
        return self.site.purpose.to(self.language.tag)[0]

    @property
    def phone(self) -> str:
        """Return the team's number as people read it out."""
        return self.site.team.phone.grouped

    def who(self) -> str:
        """Return who is responsible, with the hours where they are known."""
        team = self.site.team
        if team.hours is None:
            return self.say("who_text", team=team.name, phone=self.phone)
        return self.say("who_hours", team=team.name, phone=self.phone, hours=team.hours)

    def shown(self, shown: Shown) -> str:
        """Return a part of what every page shows, "diện tích vườn, cây trồng"; the catalogue may say it better."""
        if shown.within:
            return ", ".join(dict.fromkeys(self.shown(one) for one in shown.within))
        return within(self.language.messages.get(f"{_SECTION}as.{shown.key}") or self.label(shown.label))

    def base(self) -> str:
        """Return all that every page shows, as one sentence to be read out: its parts are told by semicolons."""
        single = ", ".join(self.shown(shown) for shown in self.asked.shown if not shown.within)
        parts = (
            single,
            *(self.shown(shown) for shown in self.asked.shown if shown.within),
            self.say("base_photos"),
        )
        said = "; ".join(filter(None, (parts[0], *map(within, parts[1:]))))
        return f"{said[:1].upper()}{said[1:]}."

    def question(self, question: Question) -> str:
        """Return what a tick is about."""
        return self.language.word(question.tick, "publish")

    def meaning(self, question: Question) -> str:
        """Return in plain words what a tick means; "" for one that the catalogue does not explain."""
        return self.language.messages.get(f"{_SECTION}means_{question.tick.key}", "")

    def version(self) -> str:
        """Return the number of this wording, "3F2A-91C0": other words, other questions or another purpose change it."""
        digest = hashlib.sha256("\n".join(self._everything()).encode("utf-8")).hexdigest()[:_DIGITS].upper()
        return f"{digest[:4]}-{digest[4:]}"

    def problems(self) -> tuple[Problem, ...]:
        """Return what holds a sign that the paper's letters do not have, with the file and field it stands in."""
        file, team = "profiles/site.yaml", self.site.team
        mine = (
            (file, "purpose", self.purpose),
            (file, "team.name", team.name),
            (file, "team.hours", team.hours or ""),
        )
        catalogue = (
            (f"templates/languages/{self.language.tag}.yaml", key, said) for key, said in self._catalogue()
        )
        return unprintable((*mine, *catalogue))

    def _catalogue(self) -> Iterator[tuple[str, str]]:
        said = self.language.messages.items()
        yield from sorted((key, message) for key, message in said if key.startswith(_SECTION))

    def _everything(self) -> Iterator[str]:
        yield from (f"{key}={message}" for key, message in self._catalogue())
        yield from (self.language.tag, self.purpose, self.who(), self.site.base_url, self.base())
        for question in self.asked.questions:
            yield f"{question.tick.key} {self.question(question)} {question.is_sensitive}"


def unprintable(
    texts: Iterator[tuple[str, str, str]] | tuple[tuple[str, str, str], ...],
) -> tuple[Problem, ...]:
    """Return a problem for each (file, field, text) that holds a sign without a letter."""
    return tuple(problem for text in texts if (problem := _unprintable(*text)))


def _unprintable(file: str, field: str, said: str) -> Problem | None:
    try:
        require_letters(said)
    except Refused as refused:
        return Problem(file, None, None, field, refused.message, refused.hint)
    return None
