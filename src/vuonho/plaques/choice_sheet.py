"""The sheet for the kitchen table: a household's plaque with three emblems on A4, and all others to choose from."""

from dataclasses import replace
from typing import Final

from vuonho.model.public import PublicHousehold
from vuonho.model.vocabulary import LISTS
from vuonho.pages.language import Language
from vuonho.plaques.canvas import BLACK, WHITE, Palette, PdfCanvas
from vuonho.plaques.emblems import choices, draw_emblem
from vuonho.plaques.fit import Room, fitted
from vuonho.plaques.plaque import Face, PlaqueWords, draw_plaque
from vuonho.plaques.sizes import A4, Design

CHOICE_KEYS: Final = ("proof_title", "proof_more", "proof_sign", "proof_day")
"""Entries under `plaque` in the wording beside those of plaques."""
_SHOWN: Final = Design(112, 84, drilled=False)
"""The plaque at the gate made smaller."""
_LEFT, _TOP, _STEP = 12.0, 22.0, 86.5
_ASIDE: Final = 8.0
_ACROSS: Final = 4
"""Other emblems beside each plaque: so many in each of two rows."""
_FOOT: Final = 287.0


def draw_choices(
    pdf: PdfCanvas,
    face: Face,
    household: PublicHousehold,
    language: Language,
    words: PlaqueWords,
    palette: Palette,
) -> None:
    """Draw the page of one household. Raises Misfit for a text without room."""
    emblems, said = choices(household), words.first
    width, _ = A4
    left, right = _LEFT + _SHOWN.width + _ASIDE, width - _LEFT
    title = fitted(said["proof_title"], "Bold", Room(width - 2 * _LEFT, 9, 6.0, 3.0, 1))
    title.draw(pdf, _LEFT, _TOP - 3 - title.height)
    for row, emblem in enumerate(emblems[:3]):
        top = _TOP + row * _STEP
        with pdf.moved(_LEFT, top):
            draw_plaque(pdf, _SHOWN, replace(face, emblem=emblem), words, palette, 0.0)
        _draw_box(pdf, left, top + 2, 7.0)
        name = fitted(_called(emblem, language), "SemiBold", Room(right - left - 10, 8, 5.0, 2.8, 1))
        name.draw(pdf, left + 10, top + 5.5 - name.height / 2)
        more = fitted(said["proof_more"], "Regular", Room(right - left, 10, 3.2, 2.2, 2))
        more.draw(pdf, left, top + 17)
        cell = (right - left) / _ACROSS
        for at, other in enumerate(emblems[3 + row :: 3][: 2 * _ACROSS]):
            x, y = left + at % _ACROSS * cell, top + 25 + at // _ACROSS * 28
            draw_emblem(pdf, other, x + (cell - 12) / 2, y, 12, palette.accent)
            label = fitted(_called(other, language), "Medium", Room(cell - 1, 6, 2.3, 1.6, 2))
            for baseline, line in label.baselines(y + 12.5):
                pdf.text(x + cell / 2, baseline, line, label.weight, label.size, BLACK, "centre")
            _draw_box(pdf, x + cell / 2 - 1.8, y + 18.6, 3.6)
    sign = fitted(said["proof_sign"], "Medium", Room(92, 8, 3.4, 2.2, 2))
    sign.draw(pdf, _LEFT, _FOOT - sign.height + 0.8)
    pdf.line(_LEFT + sign.width + 2, _FOOT, 160, _FOOT, BLACK, 0.2)
    pdf.text(163, _FOOT, said["proof_day"], "Medium", sign.size)
    pdf.line(175, _FOOT, right, _FOOT, BLACK, 0.2)


def _called(emblem: str, language: Language) -> str:
    return language.word(LISTS["emblems"].by_key(emblem), "emblem")


def _draw_box(pdf: PdfCanvas, x: float, y: float, side: float) -> None:
    pdf.rectangle(x, y, side, side, BLACK)
    pdf.rectangle(x + 0.3, y + 0.3, side - 0.6, side - 0.6, WHITE)
