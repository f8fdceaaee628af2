"""The inventory of personal data as a paper: who, why, where and how long, then a table of every field.

Inventory ──print_inventory──▶ PDF
"""

from collections.abc import Iterator
from typing import Final

from vuonho.domain.papers.sheets import Inventory, Row, Section
from vuonho.domain.papers.sorts import Sort
from vuonho.errors import DataProblems
from vuonho.render.pages.language import Language
from vuonho.render.papers.flow import Piece, paged
from vuonho.render.papers.formwords import unprintable
from vuonho.render.papers.lines import PT, Style
from vuonho.render.papers.parts import DOWN, ROOM, SOFT, draw_page, heading, text
from vuonho.render.papers.table import CELL, STRONG_CELL, Column, band, columns, facts, head, row
from vuonho.render.plaques.press import Press

_TITLE: Final = Style(20 * PT, "ExtraBold")
_SUBTITLE: Final = Style(11 * PT, "Medium")
_NOTE: Final = Style(9 * PT)
_LABELS: Final = 30.0
_COLUMNS: Final = columns(74, 30, 34, 15, 15, right=(3, 4))
_INDENTED: Final = (Column(4, 70), *_COLUMNS[1:])
_TICKS: Final = columns(12, 117, 27, 15, right=(3,))
FIRST_TICK: Final = 2
"""The number of the first tick's question on the form; 1 is whether there may be a page at all."""


def print_inventory(inventory: Inventory, language: Language) -> tuple[bytes, int]:
    """Return (PDF, pages); raise DataProblems for every text with a sign that cannot be printed."""
    sheet = _Sheet(inventory, language)
    problems = unprintable(sheet.texts())
    if problems:
        raise DataProblems(problems)
    press = Press(sheet.say("title"), inventory.site.base_url, language.tag)
    top = head(tuple(map(sheet.say, ("field", "sort", "shown", "filled", "agreed"))), _COLUMNS)
    pages = (*paged((*sheet.facts(), *sheet.ticks()), DOWN), *paged((top, *sheet.rows()), DOWN, head=top))
    for number, page in enumerate(pages, 1):
        footer = (
            f"{sheet.say('title')} · {sheet.day}",
            language.say("consent.page", page=number, pages=len(pages)),
        )
        draw_page(press, page, footer)
    return press.finish(), press.pages


class _Sheet:
    """The words of the inventory, and the pieces they make."""

    def __init__(self, inventory: Inventory, language: Language) -> None:
        self.inventory, self.language = inventory, language
        self.day = self.say("day", day=language.date(inventory.day))

    def say(self, key: str, **values: object) -> str:
        """Return an entry of the catalogue's part on the inventory."""
        return self.language.say(f"inventory.{key}", **values)

    def texts(self) -> Iterator[tuple[str, str, str]]:
        """Yield (file, field, text) of everything that is printed and was written by somebody."""
        site, tag = self.inventory.site, self.language.tag
        yield "profiles/site.yaml", "purpose", site.purpose.to(tag)[0]
        yield "profiles/site.yaml", "team.name", site.team.name
        yield from ((village.source, "name", village.name) for village in self.inventory.villages)
        for key, said in sorted(self.language.messages.items()):
            if key.startswith("inventory."):
                yield f"templates/languages/{tag}.yaml", key, said

    def facts(self) -> Iterator[Piece]:
        """Yield the head of the paper and what holds for all fields."""
        yield text(self.say("title"), _TITLE, ROOM)
        yield text(self.say("subtitle"), _SUBTITLE, ROOM)
        yield text(f"{self.day}. {self.say('internal')}", _NOTE, ROOM, SOFT, above=1)
        yield from facts([(self.say(label), said) for label, said in self._facts()], _LABELS)

    def _facts(self) -> Iterator[tuple[str, str]]:
        about, totals = self.inventory, self.inventory.totals
        team, communes = about.site.team, dict.fromkeys(village.commune for village in about.villages)
        yield (
            "controller",
            self.say(
                "controller_text",
                team=team.name,
                phone=team.phone.grouped,
                communes=", ".join(communes),
            ),
        )
        yield "villages", ", ".join(village.name for village in about.villages)
        yield "purpose", about.site.purpose.to(self.language.tag)[0]
        yield "law", self.say("law_text")
        yield "subjects", self.say(
            "subjects_text", total=totals.agreed + totals.not_agreed, agreed=totals.agreed, not_agreed=totals.not_agreed,
            left=totals.left, photos=totals.photos, people=totals.with_people,
        )  # fmt: skip
        for key in ("stored", "access", "recipients", "retention", "measures"):
            yield key, self.say(f"{key}_text")

    def ticks(self) -> Iterator[Piece]:
        """Yield the questions of the form with how many said yes."""
        yield heading(self.say("ticks"))
        yield head(tuple(map(self.say, ("number", "question", "sort", "yes"))), _TICKS)
        yield self._tick(
            1, self.language.say("consent.question_base"), Sort.BASIC, self.inventory.totals.agreed
        )
        for number, one in enumerate(self.inventory.ticks, FIRST_TICK):
            sort = Sort.SENSITIVE if one.question.is_sensitive else Sort.BASIC
            yield self._tick(number, self.language.word(one.question.tick, "publish"), sort, one.agreed)

    def _tick(self, number: int, asked: str, sort: Sort, agreed: int) -> Piece:
        cells = f"{number}", asked, self.say(f"sort_{sort}"), f"{agreed}"
        return row(cells, _TICKS, (CELL, CELL, _style(sort), CELL))

    def rows(self) -> Iterator[Piece]:
        """Yield the rows of the table and the note below it."""
        for section in self.inventory.sections:
            yield from self._section(section)
        yield text(self.say("note"), _NOTE, ROOM, SOFT, above=2)

    def _section(self, section: Section) -> Iterator[Piece]:
        if len(section.rows) == 1 and section.rows[0].label == section.label:
            yield self._row(section.rows[0], STRONG_CELL, _COLUMNS)
        else:
            yield band(section.label.to(self.language.tag))
            yield from (self._row(one, CELL, _INDENTED) for one in section.rows)

    def _row(self, one: Row, style: Style, among: tuple[Column, ...]) -> Piece:
        cells = (
            one.label.to(self.language.tag),
            self.say(f"sort_{one.sort}"),
            self._shown(one),
            f"{one.filled}",
            "–" if one.is_kept else f"{one.agreed}",
        )
        return row(cells, among, (style, _style(one.sort), CELL, CELL, CELL))

    def _shown(self, one: Row) -> str:
        if one.is_kept:
            return self.say("shown_never")
        asked = [count.question.tick for count in self.inventory.ticks]
        numbers = [f"{asked.index(tick) + FIRST_TICK}" for tick in one.ticks] or ["1"]
        return self.say("shown_if", numbers=self.say("or").join(numbers))


def _style(sort: Sort) -> Style:
    return STRONG_CELL if sort is Sort.SENSITIVE else CELL
