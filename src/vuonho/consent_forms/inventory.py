"""The inventory of personal data as a paper: who, why, where and how long, then a table of every field."""

from collections.abc import Iterator, Sequence
from typing import Final

from reportlab.lib.colors import CMYKColor

from vuonho.consent_forms.paper import (
    PALE,
    ROOM,
    SOFT,
    TINT,
    Piece,
    below,
    draw_page,
    heading,
    paged,
    piece,
    table,
    unprintable,
    words,
)
from vuonho.consent_forms.questions import Inventory, Row, Sort
from vuonho.errors import DataProblems
from vuonho.pages.language import Language
from vuonho.plaques.canvas import BLACK, MM, Ink, PdfCanvas
from vuonho.resources import Weight

_LABELS: Final = 30.0
_COLUMNS: Final = (74, 30, 34, 15, 15)
_TICKS: Final = (12, 117, 27, 15)
_COLUMN_GAP: Final = 3.0
_INDENT: Final = 4.0
_FIRST_TICK: Final = 2
"""The number of the first tick's question on the form; 1 is whether there may be a page at all."""
_PADDING: Final = 0.9


def print_inventory(inventory: Inventory, language: Language) -> tuple[bytes, int]:
    """Return (PDF, pages); raise DataProblems for every text with a character that cannot be printed."""
    sheet = _Sheet(inventory, language)
    problems = unprintable(sheet.texts())
    if problems:
        raise DataProblems(problems)
    pdf = PdfCanvas(sheet.say("title"), inventory.site.base_url, language.tag)
    head = sheet.row(("field", "sort", "shown", "filled", "agreed"), _COLUMNS)
    pages = paged([*sheet.facts(), *sheet.ticks()]) + paged([head, *sheet.rows()], head=head)
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
        yield piece(words(self.say("title"), 20, "ExtraBold"))
        yield piece(words(self.say("subtitle"), 11, "Medium"))
        yield piece(words(f"{self.day}. {self.say('internal')}", 9, ink=SOFT), 1)
        team, villages = self.inventory.site.team, self.inventory.villages
        communes = ", ".join(dict.fromkeys(village.commune for village in villages))
        phone = team.phone.grouped
        said = {
            "controller": self.say("controller_text", team=team.name, phone=phone, communes=communes),
            "villages": ", ".join(village.name for village in villages),
            "purpose": self.purpose,
            "law": self.say("law_text"),
            "subjects": self.say("subjects_text", **self.inventory.totals),
        }
        for key in ("stored", "access", "recipients", "retention", "measures"):
            said[key] = self.say(f"{key}_text")
        for key, what in said.items():
            cells = words(self.say(key), 10, "Bold"), words(what, 10)
            yield piece(table([cells], [_LABELS, ROOM - _LABELS]), 1.6)

    def ticks(self) -> Iterator[Piece]:
        """Yield the questions of the form with how many said yes."""
        yield heading(self.say("ticks"))
        yield self.row(("number", "question", "sort", "yes"), _TICKS)
        base = self.language.say("consent.question_base")
        asked = [(base, Sort.BASIC, self.inventory.totals["agreed"])]
        for one, agreed in self.inventory.ticks:
            sort = Sort.SENSITIVE if one.is_sensitive else Sort.BASIC
            asked.append((self.language.word(one.tick, "publish"), sort, agreed))
        for number, (question, sort, agreed) in enumerate(asked, 1):
            yield _row(
                (f"{number}", question, self.say(f"sort_{sort}"), f"{agreed}"), _TICKS, bold=_bold(sort, 2)
            )

    def rows(self) -> Iterator[Piece]:
        """Yield the rows of the table and the note below it."""
        for name, rows in self.inventory.sections:
            if len(rows) == 1 and rows[0].label == name:
                yield self._field(rows[0], 0.0)
                continue
            label = words(name.to(self.language.tag), 9.5, "Bold")
            tint = ("BACKGROUND", (0, 0), (0, 0), CMYKColor(*TINT))
            room = [(f"{side}PADDING", (0, 0), (0, 0), 0.7 * MM) for side in ("TOP", "BOTTOM")]
            yield piece(table([[label]], [ROOM], tint, *room), holds=True)
            yield from (self._field(one, _INDENT) for one in rows)
        yield piece(words(self.say("note"), 9, ink=SOFT), 2)

    def _field(self, one: Row, indent: float) -> Piece:
        if one.is_kept:
            shown = self.say("shown_never")
        else:
            asked = [question.tick for question, _ in self.inventory.ticks]
            numbers = [f"{asked.index(tick) + _FIRST_TICK}" for tick in one.ticks] or ["1"]
            shown = self.say("shown_if", numbers=self.say("or").join(numbers))
        agreed = "–" if one.is_kept else f"{one.agreed}"
        cells = one.label.to(self.language.tag), self.say(f"sort_{one.sort}"), shown, f"{one.filled}", agreed
        bold = _bold(one.sort, 1) if indent else {0, *_bold(one.sort, 1)}
        return _row(cells, _COLUMNS, bold=bold, indent=indent)

    def row(self, keys: Sequence[str], widths: Sequence[float]) -> Piece:
        """Return the head of a table."""
        return _row([self.say(key) for key in keys], widths, size=9, bold=set(range(len(keys))), line=BLACK)


def _bold(sort: Sort, column: int) -> set[int]:
    return {column} if sort is Sort.SENSITIVE else set()


def _row(
    cells: Sequence[str], widths: Sequence[float], *, bold: set[int], size: float = 9.5, line: Ink = PALE,
    indent: float = 0.0,
) -> Piece:  # fmt: skip
    """Return one row, each cell in as many lines as it needs; columns of numbers stand at the right."""
    set_in = []
    for column, (said, width) in enumerate(zip(cells, widths, strict=True)):
        weight: Weight = "Bold" if column in bold else "Regular"
        set_in.append(words(said, size, weight, alignment=2 if width == 15 else 0))
    room = [(f"{side}PADDING", (0, 0), (-1, -1), _PADDING * MM) for side in ("TOP", "BOTTOM")]
    gaps = ("RIGHTPADDING", (0, 0), (-2, -1), _COLUMN_GAP * MM), ("LEFTPADDING", (0, 0), (0, 0), indent * MM)
    whole = [width + _COLUMN_GAP for width in widths[:-1]]
    return piece(table([set_in], [*whole, widths[-1]], *room, *gaps, below((0, 0), (-1, 0), line)))
