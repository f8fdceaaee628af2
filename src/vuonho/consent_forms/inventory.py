"""The inventory of personal data as a paper: who, why, where and how long, then a table of every field."""

from collections.abc import Iterator, Sequence
from typing import Final

from vuonho.consent_forms.form import unprintable
from vuonho.consent_forms.layout import (
    CELL,
    DOWN,
    PT,
    ROOM,
    SOFT,
    STRONG_CELL,
    Column,
    Piece,
    Style,
    band,
    draw_page,
    facts,
    head,
    heading,
    paged,
    row,
    table_columns,
    text,
)
from vuonho.consent_forms.questions import Inventory, Row, Sort
from vuonho.errors import DataProblems
from vuonho.pages.language import Language
from vuonho.plaques.canvas import PdfCanvas

_TITLE: Final = Style(20 * PT, "ExtraBold")
_SUBTITLE: Final = Style(11 * PT, "Medium")
_NOTE: Final = Style(9 * PT)
_LABELS: Final = 30.0
_COLUMNS: Final = table_columns(74, 30, 34, 15, 15, right=(3, 4))
_INDENTED: Final = (Column(4, 70), *_COLUMNS[1:])
_TICKS: Final = table_columns(12, 117, 27, 15, right=(3,))
_FIRST_TICK: Final = 2
"""The number of the first tick's question on the form; 1 is whether there may be a page at all."""


def print_inventory(inventory: Inventory, language: Language) -> tuple[bytes, int]:
    """Return (PDF, pages); raise DataProblems for every text with a sign that cannot be printed."""
    sheet = _Sheet(inventory, language)
    problems = unprintable(sheet.texts())
    if problems:
        raise DataProblems(problems)
    pdf = PdfCanvas(sheet.say("title"), inventory.site.base_url, language.tag)
    top = head([sheet.say(key) for key in ("field", "sort", "shown", "filled", "agreed")], _COLUMNS)
    pages = paged([*sheet.facts(), *sheet.ticks()], DOWN) + paged([top, *sheet.rows()], DOWN, head=top)
    for number, page in enumerate(pages, 1):
        pages_of = language.say("consent.page", page=number, pages=len(pages))
        draw_page(pdf, page, f"{sheet.say('title')} · {sheet.day}", pages_of)
    return pdf.finish(), pdf.pages


class _Sheet:
    """The words of the inventory, and the pieces they make."""

    def __init__(self, inventory: Inventory, language: Language) -> None:
        self.inventory, self.language = inventory, language
        self.day = self.say("day", day=language.date(inventory.day))
        self.purpose = inventory.site.purpose.to(language.tag)[0]

    def say(self, key: str, **values: object) -> str:
        """Return an entry of the catalogue's part on the inventory."""
        return self.language.say(f"inventory.{key}", **values)

    def texts(self) -> Iterator[tuple[str, str, str]]:
        """Yield (file, field, text) of everything that is printed and was written by somebody."""
        yield "profiles/site.yaml", "purpose", self.purpose
        yield "profiles/site.yaml", "team.name", self.inventory.site.team.name
        yield from ((village.source, "name", village.name) for village in self.inventory.villages)
        for key, said in sorted(self.language.messages.items()):
            if key.startswith("inventory."):
                yield f"templates/languages/{self.language.tag}.yaml", key, said

    def facts(self) -> Iterator[Piece]:
        """Yield the head of the paper and what holds for all fields."""
        yield text(self.say("title"), _TITLE, ROOM)
        yield text(self.say("subtitle"), _SUBTITLE, ROOM)
        yield text(f"{self.day}. {self.say('internal')}", _NOTE, ROOM, SOFT, above=1)
        totals, team, villages = self.inventory.totals, self.inventory.site.team, self.inventory.villages
        communes = ", ".join(dict.fromkeys(village.commune for village in villages))
        said = {
            "controller": self.say(
                "controller_text", team=team.name, phone=team.phone.grouped, communes=communes
            ),
            "villages": ", ".join(village.name for village in villages),
            "purpose": self.purpose,
            "law": self.say("law_text"),
            "subjects": self.say(
                "subjects_text", total=totals.agreed + totals.not_agreed, agreed=totals.agreed,
                not_agreed=totals.not_agreed, left=totals.left, photos=totals.photos, people=totals.with_people,
            ),
        }  # fmt: skip
        for key in ("stored", "access", "recipients", "retention", "measures"):
            said[key] = self.say(f"{key}_text")
        yield from facts([(self.say(label), what) for label, what in said.items()], _LABELS)

    def ticks(self) -> Iterator[Piece]:
        """Yield the questions of the form with how many said yes."""
        yield heading(self.say("ticks"))
        yield head([self.say(key) for key in ("number", "question", "sort", "yes")], _TICKS)
        base = self.language.say("consent.question_base")
        yield self._tick(1, base, Sort.BASIC, self.inventory.totals.agreed)
        for number, one in enumerate(self.inventory.ticks, _FIRST_TICK):
            sort = Sort.SENSITIVE if one.question.is_sensitive else Sort.BASIC
            yield self._tick(number, self.language.word(one.question.tick, "publish"), sort, one.agreed)

    def _tick(self, number: int, asked: str, sort: Sort, agreed: int) -> Piece:
        cells = f"{number}", asked, self.say(f"sort_{sort}"), f"{agreed}"
        return row(cells, _TICKS, (CELL, CELL, _style(sort), CELL))

    def rows(self) -> Iterator[Piece]:
        """Yield the rows of the table and the note below it."""
        for section in self.inventory.sections:
            if len(section.rows) == 1 and section.rows[0].label == section.label:
                yield self._row(section.rows[0], STRONG_CELL, _COLUMNS)
            else:
                yield band(section.label.to(self.language.tag))
                yield from (self._row(one, CELL, _INDENTED) for one in section.rows)
        yield text(self.say("note"), _NOTE, ROOM, SOFT, above=2)

    def _row(self, one: Row, style: Style, among: Sequence[Column]) -> Piece:
        if one.is_kept:
            shown = self.say("shown_never")
        else:
            asked = [count.question.tick for count in self.inventory.ticks]
            numbers = [f"{asked.index(tick) + _FIRST_TICK}" for tick in one.ticks] or ["1"]
            shown = self.say("shown_if", numbers=self.say("or").join(numbers))
        agreed = "–" if one.is_kept else f"{one.agreed}"
        cells = one.label.to(self.language.tag), self.say(f"sort_{one.sort}"), shown, f"{one.filled}", agreed
        return row(cells, among, (style, _style(one.sort), CELL, CELL, CELL))


def _style(sort: Sort) -> Style:
    return STRONG_CELL if sort is Sort.SENSITIVE else CELL
