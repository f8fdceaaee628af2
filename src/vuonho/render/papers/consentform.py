"""The form of consent: for each family two copies, each on a sheet of its own, front and back.

    ConsentOrder(site, families, asked, language) ──print_forms──▶ PDF

Nothing in it is ticked, and nothing of a profile stands in it but the lines that say whose form it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from vuonho.domain.papers.sheets import Asked, Family
from vuonho.domain.public import PublicSite
from vuonho.errors import DataProblems
from vuonho.render.pages.language import Language
from vuonho.render.papers.flow import Pages, Piece, alike, paged
from vuonho.render.papers.formhead import family_pieces, office, title, withdrawal
from vuonho.render.papers.formwords import FormWords, unprintable
from vuonho.render.papers.parts import BODY, DOWN, ROOM, draw_page, heading, prose, text
from vuonho.render.papers.questions import question_pieces
from vuonho.render.papers.signing import people_pieces, signing_pieces
from vuonho.render.plaques.press import Press

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
    press = Press(words.say("title"), order.site.base_url, order.language.tag)
    for family in order.families:
        copies = [tuple(_pieces(words, family, copy)) for copy in COPIES]
        for copy, pages in zip(COPIES, alike(copies, DOWN, _SIDES), strict=True):
            _draw_copy(press, words, family, copy, pages)
        tick()
    return press.finish(), press.pages


def _draw_copy(press: Press, words: FormWords, family: Family, copy: str, given: Pages) -> None:
    """Draw one copy on whole sheets: its last page may be empty, so that the next copy begins in front."""
    pages = (*given, *(((),) if len(given) % 2 else ()))
    about = " · ".join(
        filter(None, (words.say(f"copy_{copy}"), family.code, words.say("form", version=words.version())))
    )
    for number, page in enumerate(pages, 1):
        empty = () if page else tuple(paged([text(words.say("empty"), BODY, ROOM)], DOWN)[0])
        draw_page(press, page or empty, (about, words.say("page", page=number, pages=len(pages))))


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
