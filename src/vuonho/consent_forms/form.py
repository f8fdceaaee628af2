"""The form of consent: for each family two copies, each on a sheet of its own, front and back."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from vuonho.consent_forms.layout import (
    ASKED,
    BODY,
    BOX,
    BOX_GAP,
    DOWN,
    LABEL,
    LINE,
    PT,
    ROOM,
    SMALL,
    SOFT,
    STRONG,
    Pages,
    Piece,
    Style,
    alike,
    balanced,
    beside,
    boxed_word,
    draw_page,
    framed,
    heading,
    padded,
    paged,
    prose,
    require_letters,
    rule,
    space,
    stacked,
    tag,
    text,
    written,
)
from vuonho.consent_forms.questions import Asked, Entry, Family, Question, Shown
from vuonho.errors import DataProblems, Problem, UserError
from vuonho.i18n import within
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

    def base(self) -> str:
        """Return all that every page shows, as one sentence to be read out: its parts are told by semicolons."""
        single = ", ".join(self._shown(shown) for shown in self.asked.shown if not shown.within)
        parts = [self._shown(shown) for shown in self.asked.shown if shown.within]
        said = "; ".join(filter(None, (single, *map(within, (*parts, self.say("base_photos"))))))
        return f"{said[:1].upper()}{said[1:]}."

    def _shown(self, shown: Shown) -> str:
        """Return a part of what every page shows, "diện tích vườn, cây trồng"; the catalogue may say it better."""
        if shown.within:
            return ", ".join(dict.fromkeys(self._shown(one) for one in shown.within))
        own = self.language.messages.get(f"{_SECTION}as.{shown.key}")
        return within(own or shown.label.to(self.language.tag))

    def question(self, question: Question) -> str:
        """Return what a tick is about."""
        return self.language.word(question.tick, "publish")

    def version(self) -> str:
        """Return the number of this wording, "3F2A-91C0": other words, other questions or another purpose change it."""
        everything = [f"{key}={message}" for key, message in self._catalogue()]
        everything += [self.language.tag, self.purpose, self.who(), self.site.base_url, self.base()]
        for question in self.asked.questions:
            everything.append(f"{question.tick.key} {self.question(question)} {question.is_sensitive}")
        digest = hashlib.sha256("\n".join(everything).encode("utf-8")).hexdigest()[:_DIGITS].upper()
        return f"{digest[:4]}-{digest[4:]}"

    def _catalogue(self) -> list[tuple[str, str]]:
        said = self.language.messages.items()
        return sorted((key, message) for key, message in said if key.startswith(_SECTION))

    def problems(self) -> list[Problem]:
        """Return what holds a sign that the paper's letters do not have, with the file and field it stands in."""
        settings, team = "profiles/site.yaml", self.site.team
        catalogue = f"templates/languages/{self.language.tag}.yaml"
        return unprintable([
            (settings, "purpose", self.purpose),
            (settings, "team.name", team.name),
            (settings, "team.hours", team.hours or ""),
            *((catalogue, key, said) for key, said in self._catalogue()),
        ])  # fmt: skip


def unprintable(texts: Iterable[tuple[str, str, str]]) -> list[Problem]:
    """Return a problem for each (file, field, text) that holds a sign without a letter."""
    found = []
    for file, field, said in texts:
        try:
            require_letters(said)
        except UserError as refused:
            found.append(Problem(field, refused.message, refused.hint, file=file))
    return found


# --- The head: what it is and who keeps this copy, how to withdraw, whose form it is, who is responsible ---

_TITLE: Final = Style(25 * PT, "ExtraBold")
_SUBTITLE: Final = Style(13 * PT, "Medium")
_COPY: Final = Style(12 * PT, "Bold")
_LARGE: Final = Style(13.5 * PT, "Medium")
_LOUD: Final = Style(15 * PT, "Bold")
_NUMBER: Final = Style(25 * PT, "ExtraBold")
_GAP: Final = 6.0
_WRITING: Final = 8.0
"""Room above a line to write on."""


def _title(words: FormWords, copy: str) -> Piece:
    """Return the form's name, with whose copy it is at the right: white on black for the family's."""
    mark, is_filled = words.say(f"copy_{copy}"), copy == "family"
    width, height = _COPY.width(mark) + 10, 10.0

    def draw(pdf: PdfCanvas, left: float, top: float) -> None:
        pdf.rectangle(left, top, width, height, BLACK, 2)
        if not is_filled:
            pdf.rectangle(left + 0.5, top + 0.5, width - 1, height - 1, WHITE, 1.5)
        ink, baseline = WHITE if is_filled else BLACK, top + height / 2 + 0.36 * _COPY.size
        pdf.text(left + width / 2, baseline, mark, _COPY.weight, _COPY.size, ink, "centre")

    room = ROOM - width - 6
    said = [text(words.say("title"), _TITLE, room), text(words.say("subtitle"), _SUBTITLE, room)]
    if words.say("edition"):
        said.append(text(words.say("edition"), STRONG, room))
    return beside([(0, stacked(said)), (ROOM - width, stacked([space(1.5), Piece(height, draw)]))])


def _withdrawal(words: FormWords) -> Piece:
    """Return what to do to withdraw, in large letters, with the number to call."""
    width = ROOM - 10
    wide = _NUMBER.width(words.phone)
    number = text(words.phone, _NUMBER, wide + 1)
    said = text(words.say("withdraw_title"), _LOUD, width - wide - 6)
    first = beside([(0, said), (width - wide, number)], middle=True)
    inside = stacked([first, text(words.say("withdraw"), _LARGE, width, above=1)])
    return framed(padded(inside, 5, 3), ROOM, line=0.9, above=4)


def _family_row(words: FormWords, row: tuple[Entry, ...]) -> Piece:
    """Return two entries side by side, the code taking less than the other one."""
    left = 0.0
    made = []
    for at, one in enumerate(row):
        share = (0.74, 0.26)[at] if any(each.field == "code" for each in row) else 0.5
        width = (ROOM - _GAP * (len(row) - 1)) * share
        made.append((left, written(one.label.to(words.language.tag), one.value, width)))
        left += width + _GAP
    return beside(made)


def _told(words: FormWords, family: Family, copy: str) -> Iterator[Piece]:
    """Yield what the law wants a family to know before it answers; its own copy has its rights in large letters."""
    said = {
        "who": words.who(),
        "purpose": words.purpose,
        "law": words.say("law_text"),
        "base": words.base(),
        "where": words.say("where_text", address=words.site.base_url),
        "long": words.say("long_text"),
        "never": words.say("never_text"),
    }
    if copy != "family":
        said["rights"] = words.say("rights_text", phone=words.phone)
    yield heading(words.say("told"))
    for lead, what in said.items():
        yield from prose(what, above=0.0 if lead == "who" else 1.3, lead=f"{words.say(lead)}:")
        if lead == "who":
            yield _office(words, family)


def _office(words: FormWords, family: Family) -> Piece:
    """Return a line to write on for the commune's officer; its label stands above it where it is long."""
    label = words.say("office_of", commune=family.commune) if family.commune else words.say("office")
    said = text(label, BODY, ROOM)
    is_beside = BODY.width(label) + 2 < ROOM * 0.6
    start, low = (BODY.width(label) + 2, _WRITING) if is_beside else (0.0, said.height + _WRITING)

    def draw(pdf: PdfCanvas, left: float, top: float) -> None:
        said.draw(pdf, left, top + low - said.height + 1 if is_beside else top)
        pdf.line(left + start, top + low, left + ROOM, top + low, BLACK, 0.2)

    return Piece(low + 0.6, draw)


# --- The questions: each tick by itself, Yes and No beside it, and nothing ticked ---

_NUMBERS: Final = 8.5
_ANSWERS_GAP: Final = 2.5
_APART: Final = 0.7


def _questions(words: FormWords) -> Iterator[Piece]:
    """Yield how to answer, whether there may be a page at all, and then every tick of the schema."""
    yield heading(words.say("ask"))
    yield from prose(words.say("ask_text"))
    yield from prose(words.say("sensitive_note"))
    yield replace(rule(2.2), holds=True)
    yield _question(words, 1, words.say("question_base"), words.say("means_base"))
    for number, one in enumerate(words.asked.questions, 2):
        means = words.language.messages.get(f"{_SECTION}means_{one.tick.key}", "")
        yield _question(words, number, words.question(one), means, is_sensitive=one.is_sensitive)


def _question(words: FormWords, number: int, asked: str, means: str, *, is_sensitive: bool = False) -> Piece:
    """Return a question with two boxes, and below it what it means, behind a mark if it is about sensitive data."""
    yes, no = words.say("yes"), words.say("no")
    second = BOX + BOX_GAP + STRONG.width(yes) + 5
    right = ROOM - (second + BOX + BOX_GAP + STRONG.width(no))
    first = beside([
        (0, text(f"{number}", ASKED, _NUMBERS)),
        (_NUMBERS, balanced(asked, ASKED, right - _NUMBERS - _ANSWERS_GAP)),
        (right, boxed_word(yes)),
        (right + second, boxed_word(no)),
    ])  # fmt: skip
    below = []
    if is_sensitive:
        wide, mark = tag(words.say("sensitive"))
        said = text(means, BODY, ROOM - _NUMBERS, indent=wide + 2)
        below.append(beside([(_NUMBERS, mark), (_NUMBERS, said)], above=_APART))
    elif means:
        below.append(beside([(_NUMBERS, text(means, BODY, ROOM - _NUMBERS))], above=_APART))
    return stacked([first, *below, rule()], above=1.7)


# --- Where people sign: the adults in the photos, the family, and whoever filled the form in with it ---

_PEOPLE: Final = 4
"""Lines for adults in photos."""
_SIGNATURE: Final = 27.0
"""Room for a signature and a name, in mm."""
_SIGNING_GAP: Final = 5.0
_HALF: Final = (ROOM - _SIGNING_GAP) / 2


def _people(words: FormWords) -> Piece:
    """Return the lines on which adults in photos sign, each for themselves: two a line, a name and a signature."""
    name, sign = (_HALF - 2) * 0.6, (_HALF - 2) * 0.4
    places = [
        place
        for left in (0.0, _HALF + _SIGNING_GAP)
        for place in ((left, name, words.say("person")), (left + name + 2, sign, words.say("signature")))
    ]

    def draw(pdf: PdfCanvas, left: float, top: float) -> None:
        for start, width, label in places:
            low = top + LINE
            pdf.line(left + start, low, left + start + width, low, BLACK, 0.2)
            pdf.text(left + start, low + 3.3, label, LABEL.weight, LABEL.size, SOFT)

    lines = [Piece(LINE + LABEL.leading, draw)] * (_PEOPLE // 2)
    return stacked([text(words.say("people_text"), BODY, ROOM), *lines])


def _signing(words: FormWords, copy: str) -> Piece:
    """Return how consent was given, when, and the two signatures; all of it on one page.

    What the team is advised stands on its own copy.
    """
    signatures = [(0, _signature(words, "signer")), (_HALF + _SIGNING_GAP, _signature(words, "collector"))]
    pieces = [
        text(words.say("sign_text"), STRONG, ROOM),
        space(1.5),
        _ways(words),
        text(words.say("how_text"), BODY, ROOM, above=1),
        _day(words),
        space(2.5),
        beside(signatures),
    ]
    if copy == "team":
        pieces.append(text(words.say("advice"), SMALL, ROOM, SOFT, above=2.5))
    return stacked(pieces)


def _ways(words: FormWords) -> Piece:
    """Return the ways of consent with a box each, in as many rows as they need."""
    label = words.say("how")
    rows: list[list[tuple[float, Piece]]] = [[(0, text(label, BODY, ROOM))]]
    left = BODY.width(label) + 3
    for way in words.asked.ways:
        said = words.language.word(way, "how")
        width = BOX + BOX_GAP + BODY.width(said)
        if left + width > ROOM:
            rows.append([])
            left = 0.0
        rows[-1].append((left, boxed_word(said, BODY)))
        left += width + _SIGNING_GAP
    return stacked([beside(row, middle=True) for row in rows])


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


def _signature(words: FormWords, whose: str) -> Piece:
    said = stacked([
        text(words.say(whose), STRONG, _HALF - 6),
        text(words.say("signer_note"), LABEL, _HALF - 6, SOFT),
    ])  # fmt: skip
    room = stacked([said, space(max(0.0, _SIGNATURE - said.height - 4))])
    return framed(padded(room, 3, 2), _HALF, line=0.25)


# --- An order of forms, and the PDF that comes of it ---

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
    entries = [entry for family in order.families for row in family.rows for entry in row]
    problems = words.problems() + unprintable((one.file, one.field, one.value) for one in entries)
    if problems:
        raise DataProblems(problems)
    pdf = PdfCanvas(words.say("title"), order.site.base_url, order.language.tag)
    for family in order.families:
        copies = [list(_pieces(words, family, copy)) for copy in COPIES]
        for copy, pages in zip(COPIES, alike(copies, DOWN, _SIDES), strict=True):
            _draw_copy(pdf, words, family, copy, pages)
        tick()
    return pdf.finish(), pdf.pages


def _pieces(words: FormWords, family: Family, copy: str) -> Iterator[Piece]:
    yield _title(words, copy)
    if copy == "family":
        yield _withdrawal(words)
    yield heading(words.say("family"))
    for number, row in enumerate(family.rows):
        yield replace(_family_row(words, row), above=0.8 if number else 0.0)
    yield from _told(words, family, copy)
    yield from _questions(words)
    yield heading(words.say("people"))
    yield replace(_people(words), holds=True)  # so that no sheet has nothing but signatures
    yield heading(words.say("sign"))
    yield _signing(words, copy)


def _draw_copy(pdf: PdfCanvas, words: FormWords, family: Family, copy: str, pages: Pages) -> None:
    """Draw one copy on whole sheets: its last page may be empty, so that the next copy begins in front."""
    if len(pages) % 2:
        pages = pages + paged([text(words.say("empty"), BODY, ROOM)], DOWN)
    version = words.say("form", version=words.version())
    about = " · ".join(filter(None, (words.say(f"copy_{copy}"), family.code, version)))
    for number, page in enumerate(pages, 1):
        draw_page(pdf, page, about, words.say("page", page=number, pages=len(pages)))
