"""The form of consent: for each family two copies, each on a sheet of its own, front and back."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import Final

from vuonho.consent_forms.layout import (
    ASKED,
    BODY,
    BOX,
    CELL,
    DOWN,
    LABEL,
    LINE,
    PT,
    ROOM,
    SMALL,
    SOFT,
    STRONG,
    STRONG_CELL,
    Column,
    Pages,
    Piece,
    Style,
    alike,
    balanced,
    band,
    beside,
    boxed_word,
    columns,
    draw_page,
    facts,
    framed,
    head,
    heading,
    padded,
    paged,
    prose,
    require_letters,
    row,
    rule,
    space,
    stacked,
    table_columns,
    tag,
    text,
    written,
)
from vuonho.consent_forms.questions import (
    Asked,
    Entry,
    Family,
    Inventory,
    Question,
    Row,
    Section,
    Shown,
    Sort,
)
from vuonho.errors import DataProblems, Problem, Refused
from vuonho.i18n import Text, within
from vuonho.model.public import PublicSite
from vuonho.pages.language import Language
from vuonho.plaques.canvas import BLACK, WHITE, PdfCanvas

# --- The words of the form in one language, out of its catalogue, and the number by which this wording is known again ---

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


# --- The head of the form: what it is and who keeps this copy, how to withdraw, whose form it is, who is responsible ---

_TITLE: Final = Style(25 * PT, "ExtraBold")
_SUBTITLE: Final = Style(13 * PT, "Medium")
_COPY: Final = Style(12 * PT, "Bold")
_LARGE: Final = Style(13.5 * PT, "Medium")
_LOUD: Final = Style(15 * PT, "Bold")
_NUMBER: Final = Style(25 * PT, "ExtraBold")
_SHARES: Final = MappingProxyType({True: (0.74, 0.26), False: (0.5, 0.5)})
"""How two entries share a line, with the code as the second one or not."""
_GAP: Final = 6.0


def title(words: FormWords, copy: str) -> Piece:
    """Return the form's name, with whose copy it is at the right."""
    mark = _mark(words.say(f"copy_{copy}"), filled=copy == "family")
    width = ROOM - mark[0] - 6
    said = [text(words.say("title"), _TITLE, width), text(words.say("subtitle"), _SUBTITLE, width)]
    if words.say("edition"):
        said.append(text(words.say("edition"), STRONG, width))
    return beside([(0, stacked(said)), (ROOM - mark[0], stacked([space(1.5), mark[1]]))])


def _mark(words: str, *, filled: bool) -> tuple[float, Piece]:
    """Return (width, piece) of the mark of a copy: white on black for the family's, black on white for the team's."""
    width, height = _COPY.width(words) + 10, 10.0

    def draw(pdf: PdfCanvas, left: float, top: float) -> None:
        pdf.rectangle(left, top, width, height, BLACK, 2)
        if not filled:
            pdf.rectangle(left + 0.5, top + 0.5, width - 1, height - 1, WHITE, 1.5)
        ink = WHITE if filled else BLACK
        pdf.text(
            left + width / 2,
            top + height / 2 + 0.36 * _COPY.size,
            words,
            _COPY.weight,
            _COPY.size,
            ink,
            "centre",
        )

    return width, Piece(height, draw)


def withdrawal(words: FormWords) -> Piece:
    """Return what to do to withdraw, in large letters, with the number to call."""
    width = ROOM - 10
    wide = _NUMBER.width(words.phone)
    number = text(words.phone, _NUMBER, wide + 1)
    said = text(words.say("withdraw_title"), _LOUD, width - wide - 6)
    first = beside([(0, said), (width - wide, number)], middle=True)
    inside = stacked([first, text(words.say("withdraw"), _LARGE, width, above=1)])
    return framed(padded(inside, 5, 3), ROOM, line=0.9, above=4)


def family_pieces(words: FormWords, family: Family) -> Iterator[Piece]:
    """Yield the lines that say whose form it is."""
    for number, one in enumerate(family.rows):
        yield _row(words, one, above=0.8 if number else 0.0)


def _row(words: FormWords, row: tuple[Entry, ...], above: float) -> Piece:
    room = ROOM - _GAP * (len(row) - 1)
    widths = [room * share for share in _SHARES[any(one.field == "code" for one in row)]]
    made = [partial(written, words.label(one.label), one.value) for one in row]
    return replace(columns(widths, made, _GAP), above=above)


def office(words: FormWords, family: Family) -> Piece:
    """Return a line to write on for the commune's officer; its label stands above it where it is long."""
    label = words.say("office_of", commune=family.commune) if family.commune else words.say("office")
    said = text(label, BODY, ROOM)
    beside_it = BODY.width(label) + 2 < ROOM * 0.6
    start, low = (BODY.width(label) + 2, _WRITING) if beside_it else (0.0, said.height + _WRITING)

    def draw(pdf: PdfCanvas, left: float, top: float) -> None:
        said.draw(pdf, left, top + low - said.height + 1 if beside_it else top)
        pdf.line(left + start, top + low, left + ROOM, top + low, BLACK, 0.2)

    return Piece(low + 0.6, draw)


_WRITING: Final = 8.0
"""Room above a line to write on."""


# --- The questions: each tick by itself, Yes and No beside it, and nothing ticked ---

_QUESTIONS_NUMBER: Final = 8.5
_QUESTIONS_GAP: Final = 2.5
_QUESTIONS_APART: Final = 0.7


def question_pieces(words: FormWords) -> Iterator[Piece]:
    """Yield how to answer, whether there may be a page at all, and then every tick of the schema."""
    yield heading(words.say("ask"))
    yield from prose(words.say("ask_text"), BODY, ROOM)
    yield from prose(words.say("sensitive_note"), BODY, ROOM)
    yield replace(rule(2.2), holds=True)
    yield _question(words, 1, words.say("question_base"), words.say("means_base"))
    for number, question in enumerate(words.asked.questions, 2):
        said = words.question(question), words.meaning(question)
        yield _question(words, number, *said, is_sensitive=question.is_sensitive)


def _question(words: FormWords, number: int, asked: str, means: str, *, is_sensitive: bool = False) -> Piece:
    answers, wide = _answers(words)
    width = ROOM - _QUESTIONS_NUMBER - wide - _QUESTIONS_GAP
    first = beside(
        [
            (0, text(f"{number}", ASKED, _QUESTIONS_NUMBER)),
            (_QUESTIONS_NUMBER, balanced(asked, ASKED, width)),
            (ROOM - wide, answers),
        ]
    )
    below = (
        [replace(_meaning(words, means, is_sensitive=is_sensitive), above=_QUESTIONS_APART)]
        if means or is_sensitive
        else []
    )
    return stacked([first, *below, rule()], above=1.7)


def _meaning(words: FormWords, means: str, *, is_sensitive: bool) -> Piece:
    """Return in plain words what is asked, behind a mark where it is about sensitive data."""
    if not is_sensitive:
        return beside([(_QUESTIONS_NUMBER, text(means, BODY, ROOM - _QUESTIONS_NUMBER))])
    wide, mark = tag(words.say("sensitive"))
    said = text(means, BODY, ROOM - _QUESTIONS_NUMBER, indent=wide + 2)
    return beside([(_QUESTIONS_NUMBER, mark), (_QUESTIONS_NUMBER, said)])


def _answers(words: FormWords) -> tuple[Piece, float]:
    """Return the two boxes with their words, and the room that they take."""
    yes, no = words.say("yes"), words.say("no")
    apart = BOX + 1.8 + STRONG.width(yes) + 5
    wide = apart + BOX + 1.8 + STRONG.width(no)
    return beside([(0, boxed_word(yes)), (apart, boxed_word(no))]), wide


# --- Where people sign: the adults in the photos, the family, and whoever filled the form in with it ---

_PEOPLE: Final = 4
"""Lines for adults in photos."""
_SIGNATURE: Final = 27.0
"""Room for a signature and a name, in mm."""
_SIGNING_GAP: Final = 5.0


def people_pieces(words: FormWords) -> Iterator[Piece]:
    """Yield the lines on which adults in photos sign, each for themselves."""
    yield heading(words.say("people"))
    lines = [_blanks(words.say("person"), words.say("signature")) for _ in range(_PEOPLE // 2)]
    said = stacked([text(words.say("people_text"), BODY, ROOM), *lines])
    yield replace(said, holds=True)  # so that no sheet has nothing but signatures


def _blanks(person: str, signature: str) -> Piece:
    """Return the lines of two people side by side: a name, and beside it a signature."""
    half = (ROOM - _SIGNING_GAP) / 2
    name, sign = (half - 2) * 0.6, (half - 2) * 0.4
    places = [(start, width, label) for left in (0.0, half + _SIGNING_GAP)
              for start, width, label in ((left, name, person), (left + name + 2, sign, signature))]  # fmt: skip

    def draw(pdf: PdfCanvas, left: float, top: float) -> None:
        for start, width, label in places:
            low = top + LINE
            pdf.line(left + start, low, left + start + width, low, BLACK, 0.2)
            pdf.text(left + start, low + 3.3, label, LABEL.weight, LABEL.size, SOFT)

    return Piece(LINE + LABEL.leading, draw)


def signing_pieces(words: FormWords, copy: str) -> Iterator[Piece]:
    """Yield how consent was given, when, and the two signatures; all of it on one page.

    What the team is advised stands on its own copy.
    """
    yield heading(words.say("sign"))
    half = (ROOM - _SIGNING_GAP) / 2
    yield stacked([
        text(words.say("sign_text"), STRONG, ROOM),
        space(1.5),
        _ways(words),
        text(words.say("how_text"), BODY, ROOM, above=1),
        _day(words),
        space(2.5),
        beside([(0, _signature(words, "signer", half)), (half + _SIGNING_GAP, _signature(words, "collector", half))]),
        *((text(words.say("advice"), SMALL, ROOM, SOFT, above=2.5),) if copy == "team" else ()),
    ])  # fmt: skip


def _ways(words: FormWords) -> Piece:
    """Return the ways of consent with a box each, in as many rows as they need."""
    label = words.say("how")
    places: list[tuple[float, Piece]] = [(0, text(label, BODY, ROOM))]
    rows, left = [], BODY.width(label) + 3
    for way in words.asked.ways:
        said = words.language.word(way, "how")
        width = BOX + 1.8 + BODY.width(said) + _SIGNING_GAP
        if left + width - _SIGNING_GAP > ROOM:
            rows.append(beside(places, middle=True))
            places, left = [], 0.0
        places.append((left, boxed_word(said, BODY)))
        left += width
    return stacked([*rows, beside(places, middle=True)])


def _day(words: FormWords) -> Piece:
    """Return the lines for day, month and year."""

    def draw(pdf: PdfCanvas, left: float, top: float) -> None:
        low = top + LINE - 0.8
        for key, room in (("day", 18.0), ("month", 18.0), ("year", 28.0)):
            said = words.say(key)
            pdf.text(left, low, said, BODY.weight, BODY.size)
            left += BODY.width(said) + 2
            pdf.line(left, low + 0.5, left + room, low + 0.5, BLACK, 0.2)
            left += room + 3

    return Piece(LINE, draw)


def _signature(words: FormWords, whose: str, width: float) -> Piece:
    said = stacked([
        text(words.say(whose), STRONG, width - 6),
        text(words.say("signer_note"), LABEL, width - 6, SOFT),
    ])  # fmt: skip
    room = stacked([said, space(max(0.0, _SIGNATURE - said.height - 4))])
    return framed(padded(room, 3, 2), width, line=0.25)


# --- The form of consent: for each family two copies, each on a sheet of its own, front and back ---

COPIES: Final = ("team", "family")
"""Who keeps them, in the order of the pages."""
_SIDES: Final = 2
"""A copy has its place on one sheet, front and back, unless its texts are far longer than usual."""


@dataclass(frozen=True, slots=True)
class ConsentOrder:
    """Forms to print: one for each family, in one language."""

    site: PublicSite
    families: tuple[Family, ...]
    asked: Asked
    language: Language


def print_forms(order: ConsentOrder, tick: Callable[[], None] = lambda: None) -> tuple[bytes, int]:
    """Return (PDF, pages); raise DataProblems for every text with a sign that cannot be printed.

    `tick` is called once a family.
    """
    words = FormWords(order.language, order.site, order.asked)
    entries = (entry for family in order.families for row in family.rows for entry in row)
    problems = (*words.problems(), *unprintable((one.file, one.field, one.value) for one in entries))
    if problems:
        raise DataProblems(problems)
    pdf = PdfCanvas(words.say("title"), order.site.base_url, order.language.tag)
    for family in order.families:
        copies = [tuple(_pieces(words, family, copy)) for copy in COPIES]
        for copy, pages in zip(COPIES, alike(copies, DOWN, _SIDES), strict=True):
            _draw_copy(pdf, words, family, copy, pages)
        tick()
    return pdf.finish(), pdf.pages


def _draw_copy(pdf: PdfCanvas, words: FormWords, family: Family, copy: str, given: Pages) -> None:
    """Draw one copy on whole sheets: its last page may be empty, so that the next copy begins in front."""
    pages = (*given, *(((),) if len(given) % 2 else ()))
    about = " · ".join(
        filter(None, (words.say(f"copy_{copy}"), family.code, words.say("form", version=words.version())))
    )
    for number, page in enumerate(pages, 1):
        empty = () if page else tuple(paged([text(words.say("empty"), BODY, ROOM)], DOWN)[0])
        draw_page(pdf, page or empty, (about, words.say("page", page=number, pages=len(pages))))


def _pieces(words: FormWords, family: Family, copy: str) -> Iterator[Piece]:
    yield title(words, copy)
    if copy == "family":
        yield withdrawal(words)
    yield heading(words.say("family"))
    yield from family_pieces(words, family)
    yield from _told(words, family, copy)
    yield from question_pieces(words)
    yield from people_pieces(words)
    yield from signing_pieces(words, copy)


def _told(words: FormWords, family: Family, copy: str) -> Iterator[Piece]:
    """Yield what the law wants a family to know before it answers; its own copy has its rights in large letters."""
    yield heading(words.say("told"))
    for number, (lead, said) in enumerate(_sections(words, copy)):
        yield from prose(said, BODY, ROOM, above=_APART if number else 0, lead=f"{words.say(lead)}:")
        if lead == "who":
            yield office(words, family)


_APART: Final = 1.3
"""Room between what is told, in mm."""


def _sections(words: FormWords, copy: str) -> Iterator[tuple[str, str]]:
    """Yield (key of what it is about, text)."""
    yield "who", words.who()
    yield "purpose", words.purpose
    yield "law", words.say("law_text")
    yield "base", words.base()
    yield "where", words.say("where_text", address=words.site.base_url)
    yield "long", words.say("long_text")
    yield "never", words.say("never_text")
    if copy != "family":
        yield "rights", words.say("rights_text", phone=words.phone)


# --- The inventory of personal data as a paper: who, why, where and how long, then a table of every field ---

_INVENTORYSHEET_TITLE: Final = Style(20 * PT, "ExtraBold")
_INVENTORYSHEET_SUBTITLE: Final = Style(11 * PT, "Medium")
_NOTE: Final = Style(9 * PT)
_LABELS: Final = 30.0
_COLUMNS: Final = table_columns(74, 30, 34, 15, 15, right=(3, 4))
_INDENTED: Final = (Column(4, 70), *_COLUMNS[1:])
_TICKS: Final = table_columns(12, 117, 27, 15, right=(3,))
FIRST_TICK: Final = 2
"""The number of the first tick's question on the form; 1 is whether there may be a page at all."""


def print_inventory(inventory: Inventory, language: Language) -> tuple[bytes, int]:
    """Return (PDF, pages); raise DataProblems for every text with a sign that cannot be printed."""
    sheet = _Sheet(inventory, language)
    problems = unprintable(sheet.texts())
    if problems:
        raise DataProblems(problems)
    pdf = PdfCanvas(sheet.say("title"), inventory.site.base_url, language.tag)
    top = head(tuple(map(sheet.say, ("field", "sort", "shown", "filled", "agreed"))), _COLUMNS)
    pages = (*paged((*sheet.facts(), *sheet.ticks()), DOWN), *paged((top, *sheet.rows()), DOWN, head=top))
    for number, page in enumerate(pages, 1):
        footer = (
            f"{sheet.say('title')} · {sheet.day}",
            language.say("consent.page", page=number, pages=len(pages)),
        )
        draw_page(pdf, page, footer)
    return pdf.finish(), pdf.pages


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
        yield text(self.say("title"), _INVENTORYSHEET_TITLE, ROOM)
        yield text(self.say("subtitle"), _INVENTORYSHEET_SUBTITLE, ROOM)
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
