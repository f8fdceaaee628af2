"""Papers made of the demo, and what a reader other than the one that wrote them sees in the PDF.

Lengths are millimetres from the top left of the page.
"""

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

import pypdfium2
from pypdfium2 import raw

from command_kit import ROOT
from vuonho.build import look_of
from vuonho.consent_forms.form import FormWords, print_forms
from vuonho.consent_forms.questions import Asked, Family, Question, asked, family_of
from vuonho.i18n import Both
from vuonho.model.fields import LocalText
from vuonho.model.public import PublicSite
from vuonho.model.vocabulary import CONSENT_TICKS, Word
from vuonho.pages.language import Language
from vuonho.project.survey import Survey, survey

MM: Final = 25.4 / 72
"""Millimetres in a point."""
TICKS: Final = tuple(CONSENT_TICKS)
PHONE: Final = "0570 100 200"
LONG_PURPOSE: Final = " ".join(f"mục-đích-thứ-{at} của làng" for at in range(1, 42))[:1000]
"""As long as `site.yaml` allows."""


@cache
def demo() -> Survey:
    """Return the demo as the survey reads it."""
    return survey(ROOT)


def site(**changes: Any) -> PublicSite:
    """Return the demo's site with changes; a purpose is given as its Vietnamese."""
    if "purpose" in changes:
        changes["purpose"] = LocalText((("vi", changes["purpose"]),))
    return replace(demo().require(), **changes)


@cache
def language(tag: str = "vi") -> Language:
    """Return a shipped language."""
    return look_of(ROOT, replace(demo().require(), languages=(tag,))).languages()[0]


def with_words(**changes: str) -> Language:
    """Return the Vietnamese wording with some entries on consent changed."""
    return Language(
        "vi", {**language().messages, **{f"consent.{key}": said for key, said in changes.items()}}
    )


def questions(ticks: tuple[Word, ...] = TICKS) -> Asked:
    """Return what families are told and asked."""
    return asked(ticks)


def with_tick(key: str, label_vi: str, label_en: str) -> Asked:
    """Return what families are asked with a tick more, that nobody has explained."""
    usual, more = questions(), Question(Word(key, Both(label_vi, label_en), "x"), False)
    return replace(usual, questions=(*usual.questions, more))


def family(code: str = "482135", **changes: Any) -> Family:
    """Return the head of a form for one of the demo's households, with changes to the profile."""
    home = next(one for one in demo().private if one.code == code)
    address = changes.pop("address", None)
    if address is not None:
        changes["location"] = replace(home.location, address=address)
    return family_of(replace(home, **changes), demo().villages[0], "profiles/thon-vuon-mau/x.yaml")


def form(*families: Family, **changes: Any) -> bytes:
    """Return the PDF of forms, a blank one by default."""
    given: dict[str, Any] = {"site": site(), "asked": questions(), "language": language()} | changes
    return print_forms(FormWords(**given), families or (family_of(None, None),))[0]


# --- Reading ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: where its letters' ink lies, and its size."""

    said: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


@contextmanager
def opened(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF."""
    with closing(pypdfium2.PdfDocument(content)) as document:
        yield document


def each_page(content: bytes, look: Callable[[pypdfium2.PdfPage], Any]) -> list[Any]:
    """Return what is seen on each page."""
    with opened(content) as document:
        return [look(page) for page in document]


def texts(content: bytes) -> list[str]:
    """Return the text of each page in one line, as a person would search it."""
    found = each_page(content, lambda page: page.get_textpage().get_text_bounded())
    return [" ".join(unicodedata.normalize("NFC", one).replace("\x02", "-").split()) for one in found]


def said(content: bytes) -> str:
    """Return the text of all pages, without blanks: how lines are wrapped does not matter."""
    return flat("".join(texts(content)))


def flat(text: str) -> str:
    """Return a text without its blanks and hyphens, which a reader takes for parted words."""
    return "".join(text.split()).replace("-", "")


def lines(content: bytes) -> list[list[Line]]:
    """Return the lines of each page."""
    return each_page(content, _lines)


def _lines(page: pypdfium2.PdfPage) -> list[Line]:
    found = page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], textpage=page.get_textpage())
    return [_line(page, one) for one in found if one.extract().strip()]


def _line(page: pypdfium2.PdfPage, one: pypdfium2.PdfTextObj) -> Line:
    left, low, right, high = (point * MM for point in one.get_bounds())
    height = page.get_height() * MM
    return Line(one.extract().strip(), left, height - high, right, height - low, one.get_font_size() * MM)


def boxes(content: bytes) -> list[list[tuple[float, float]]]:
    """Return the middles of the boxes to be ticked on each page: squares of 7 mm."""
    return each_page(content, _boxes)


def _boxes(page: pypdfium2.PdfPage) -> list[tuple[float, float]]:
    bounds = [one.get_bounds() for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])]
    return [
        ((left + right) / 2 * MM, (page.get_height() - (low + high) / 2) * MM)
        for left, low, right, high in bounds
        if abs((right - left) * MM - 7) < 0.5 and abs((high - low) * MM - 7) < 0.5
    ]
