"""The form of consent: for each family two copies, each on a sheet of its own, front and back."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from reportlab.platypus import Flowable

from vuonho.consent_forms.paper import (
    PALE,
    ROOM,
    SOFT,
    TINT,
    Cell,
    Piece,
    Tick,
    below,
    boxed,
    draw_page,
    heading,
    marked,
    on_one_page,
    paged,
    piece,
    table,
    unprintable,
    words,
)
from vuonho.consent_forms.questions import Asked, Entry, Family, Question, Shown
from vuonho.errors import DataProblems, Problem
from vuonho.i18n import within
from vuonho.model.codes import spaced
from vuonho.model.public import PublicSite
from vuonho.pages.language import Language
from vuonho.plaques.canvas import BLACK, MM, WHITE, PdfCanvas, font_name, text_width

# --- The words of the form in one language, out of its catalogue, and the number by which this wording is known again ---

_SECTION: Final = "consent."


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
        """Return all that every page shows, as one sentence to be read out: its parts end in semicolons."""
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
        digest = hashlib.sha256("\n".join(everything).encode("utf-8")).hexdigest().upper()
        return f"{digest[:4]}-{digest[4:8]}"

    def _catalogue(self) -> list[tuple[str, str]]:
        said = self.language.messages.items()
        return sorted((key, message) for key, message in said if key.startswith(_SECTION))

    def problems(self) -> list[Problem]:
        """Return what holds a character that the paper's letters do not have, with its file and field."""
        settings, team = "profiles/site.yaml", self.site.team
        catalogue = f"templates/languages/{self.language.tag}.yaml"
        return unprintable([
            (settings, "purpose", self.purpose),
            (settings, "team.name", team.name),
            (settings, "team.hours", team.hours or ""),
            *((catalogue, key, said) for key, said in self._catalogue()),
        ])  # fmt: skip


# --- The front: what it is and who keeps this copy, how to withdraw, whose form it is, what the law wants it to know ---

COPIES: Final = ("team", "family")
"""Who keeps them, in the order of the pages."""
_GAP: Final = 6.0
_WRITING: Final = 8.0
"""Height of a line to write on."""
_PT: Final = 1 / MM


def _front(form: FormWords, family: Family, copy: str) -> Iterator[Piece]:
    """Yield all before the ticks, and whether there may be a page at all."""
    say = form.say
    mark = say(f"copy_{copy}")
    wide = text_width(mark, "Bold", 12 * _PT) + 10
    inks = (WHITE, BLACK) if copy == "family" else (BLACK, WHITE)
    stamp = boxed(words(mark, 12, "Bold", inks[0], alignment=1), wide, 0.5, padding=(0, 2), ground=inks[1])
    title = [words(say("title"), 25, "ExtraBold"), words(say("subtitle"), 13, "Medium")]
    if say("edition"):
        title.append(words(say("edition"), 11, "SemiBold"))
    yield piece(table([[title, stamp]], [ROOM - wide, wide]))
    if copy == "family":
        number = text_width(form.phone, "ExtraBold", 25 * _PT) + 1
        loud = words(say("withdraw_title"), 15, "Bold"), words(form.phone, 25, "ExtraBold", alignment=2)
        row = table([loud], [ROOM - 10 - number, number], ("VALIGN", (0, 0), (-1, -1), "MIDDLE"))
        said = [row, words(say("withdraw"), 13.5, "Medium", spaceBefore=1 * MM)]
        yield piece(boxed(said, ROOM, 0.9, padding=(5, 3)), 4)
    yield heading(say("family"))
    for number, entries in enumerate(family.rows):
        yield _family_row(form, entries, 0.8 if number else 0.0)
    yield heading(say("told"))
    lead = marked(_led(say("who"), form.who()))
    yield piece(lead)
    yield _office(form, family)
    told = {
        "purpose": form.purpose,
        "law": say("law_text"),
        "base": form.base(),
        "where": say("where_text", address=form.site.base_url),
        "long": say("long_text"),
        "never": say("never_text"),
    }
    if copy != "family":  # which has its rights in large letters above
        told["rights"] = say("rights_text", phone=form.phone)
    for key, what in told.items():
        yield piece(marked(_led(say(key), what)), 1.3)
    yield heading(say("ask"))
    yield piece(words(say("ask_text")))
    rule = table(
        [[words(say("sensitive_note"))]],
        [ROOM],
        below((0, 0), ink=PALE),
        ("BOTTOMPADDING", (0, 0), (0, 0), 2 * MM),
    )
    yield piece(rule, holds=True)
    yield _question(form, 1, say("question_base"), say("means_base"))


def _led(lead: str, text: str) -> str:
    """Return a text, marked up, with its first words in bold."""
    return f'<font name="{font_name("Bold")}">{escape(lead)}:</font> {escape(text)}'


def _family_row(form: FormWords, entries: tuple[Entry, ...], above: float) -> Piece:
    """Return two entries side by side, each on a line with its label below; the code takes less than the other one."""
    share = 0.74 if any(one.field == "code" for one in entries) else 0.5
    wide = (ROOM - _GAP) * share
    first, second = (
        (
            words(one.value or "\u00a0", 13, "SemiBold"),
            words(one.label.to(form.language.tag), 9, "Medium", SOFT),
        )
        for one in entries
    )
    rows = [[upper, "", lower] for upper, lower in zip(first, second, strict=True)]
    lines = below((0, 0)), below((2, 0)), ("VALIGN", (0, 0), (-1, 0), "BOTTOM")
    return piece(table(rows, [wide, _GAP, ROOM - _GAP - wide], *lines), above)


def _office(form: FormWords, family: Family) -> Piece:
    """Return a line to write on for the commune's officer; its label stands above it where it is long."""
    label = form.say("office_of", commune=family.commune) if family.commune else form.say("office")
    wide = text_width(label, "Regular", 11 * _PT) + 2
    if wide > 0.6 * ROOM:
        return piece(table([[words(label)], [""]], [ROOM], below((0, 1)), heights=[None, _WRITING]))
    low = ("VALIGN", (0, 0), (0, 0), "BOTTOM")
    return piece(table([[words(label), ""]], [wide, ROOM - wide], below((1, 0)), low, heights=[_WRITING]))


# --- The back: a question for each tick, Yes and No beside it, and nothing ticked; then where people sign ---

_NUMBERS: Final = 8.5
_GREY: Final = f"pcmyk(0,0,0,{100 * TINT.black:.0f})"
_PEOPLE: Final = 4
"""Lines for adults in photos."""
_LINE: Final = 9.0
"""From one line to write on to the next."""
_SIGNATURE: Final = 22.0
"""Height of the room for a signature and a name."""
_HALF: Final = (ROOM - 5.0) / 2


def _back(form: FormWords, copy: str) -> Iterator[Piece]:
    """Yield every tick of the schema, and what is signed."""
    say, language = form.say, form.language
    for number, one in enumerate(form.asked.questions, 2):
        means = language.messages.get(f"{_SECTION}means_{one.tick.key}", "")
        yield _question(form, number, form.question(one), means, is_sensitive=one.is_sensitive)
    yield heading(say("people"))
    yield piece(words(say("people_text")), holds=True)
    name, sign = (_HALF - 2) * 0.6, (_HALF - 2) * 0.4
    labels = [words(say(key), 9, "Medium", SOFT) for key in ("person", "signature")]
    label_row = [labels[0], "", labels[1], "", labels[0], "", labels[1]]
    rows = [[""] * 7, label_row] * (_PEOPLE // 2)
    lines = [below((column, row)) for row in range(0, len(rows), 2) for column in (0, 2, 4, 6)]
    widths = [name, 2, sign, 5.0, name, 2, sign]
    # so that no sheet has nothing but signatures
    yield piece(table(rows, widths, *lines, heights=[_LINE, None] * (_PEOPLE // 2)), holds=True)
    yield heading(say("sign"))
    yield piece(words(say("sign_text"), 11, "SemiBold"), holds=True)
    ticks = [Tick(language.word(way, "how"), 11, "Regular") for way in form.asked.ways]
    yield piece(words(say("how")), 1, holds=True)
    yield piece(table([ticks], [ROOM / len(ticks)] * len(ticks)), 1, holds=True)
    yield piece(words(say("how_text")), 1, holds=True)
    yield piece(_day(form), holds=True)
    boxes = [
        boxed([words(say(whose), 11, "SemiBold"), words(say("signer_note"), 9, "Medium", SOFT)],
              _HALF, 0.25, padding=(3, 2), height=_SIGNATURE)
        for whose in ("signer", "collector")
    ]  # fmt: skip
    advice = copy == "team"
    yield piece(table([[boxes[0], "", boxes[1]]], [_HALF, 5.0, _HALF]), 2.5, holds=advice)
    if advice:
        yield piece(words(say("advice"), 8.5, ink=SOFT), 2.5)


def _question(form: FormWords, number: int, asked: str, means: str, *, is_sensitive: bool = False) -> Piece:
    """Return a question with two boxes, and below it what it means, behind a mark if it is about sensitive data."""
    yes, no = Tick(form.say("yes")), Tick(form.say("no"))
    widths = [_NUMBERS, ROOM - _NUMBERS - yes.wide - no.wide - 5, yes.wide + 5, no.wide]
    rows: list[list[Cell]] = [[words(f"{number}", 14, "SemiBold"), words(asked, 14, "SemiBold"), yes, no]]
    said = escape(means)
    if is_sensitive:
        said = (
            f'<font name="{font_name("SemiBold")}" size="8.5" backColor="{_GREY}">\u00a0{escape(form.say("sensitive"))}'
            f"\u00a0</font>\u00a0 {said}"
        )
    styles: list[tuple[Any, ...]] = [("RIGHTPADDING", (1, 0), (1, 0), 14 * MM)]
    if said:
        rows.append(["", marked(said), "", ""])
        styles += [("SPAN", (1, 1), (-1, 1)), ("TOPPADDING", (0, 1), (-1, 1), 0.7 * MM)]
    styles += [below((0, -1), (-1, -1), PALE), ("BOTTOMPADDING", (0, -1), (-1, -1), 1.3 * MM)]
    return piece(table(rows, widths, *styles), 1.4)


def _day(form: FormWords) -> Flowable:
    """Return the lines for day, month and year."""
    cells: list[Cell] = []
    widths: list[float] = []
    for key, room in (("day", 18.0), ("month", 18.0), ("year", 28.0)):
        cells += [words(form.say(key)), "", ""]
        widths += [text_width(form.say(key), "Regular", 11 * _PT) + 2, room, 3]
    lines = [below((column, 0)) for column in (1, 4, 7)]
    return table([cells], widths, *lines, ("VALIGN", (0, 0), (-1, 0), "BOTTOM"), heights=[_LINE - 0.8])


# --- The PDF ---


def print_forms(
    form: FormWords, families: Sequence[Family], tick: Callable[[], None] = lambda: None
) -> tuple[bytes, int]:
    """Return (PDF, pages); raise DataProblems for every text with a character that cannot be printed.

    A copy has its place on one sheet, front and back, unless its texts are far longer than usual; both turn over
    at the same question. `tick` is called once a family.
    """
    entries = [entry for family in families for row in family.rows for entry in row]
    problems = form.problems() + unprintable((one.file, one.field, one.value) for one in entries)
    if problems:
        raise DataProblems(problems)
    pdf = PdfCanvas(form.say("title"), form.site.base_url, form.language.tag)
    version = form.say("form", version=form.version())
    for family in families:
        for copy in COPIES:
            pages = on_one_page(list(_front(form, family, copy))) + on_one_page(list(_back(form, copy)))
            if len(pages) % 2:  # so that the next copy begins in front
                pages += paged([piece(words(form.say("empty")))])
            about = " · ".join(filter(None, (form.say(f"copy_{copy}"), spaced(family.code), version)))
            for number, page in enumerate(pages, 1):
                draw_page(pdf, page, about, form.say("page", page=number, pages=len(pages)))
        tick()
    return pdf.finish(), pdf.pages
