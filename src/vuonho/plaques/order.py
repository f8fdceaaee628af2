"""An order becomes a PDF: plaques, labels and cards for households, or boards for their villages."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final

from vuonho.errors import DataProblems, Problem
from vuonho.model.public import Coded, PublicHousehold, PublicSite, PublicVillage
from vuonho.model.values import Point
from vuonho.pages.language import Language
from vuonho.plaques.board import BOARD_KEYS, Board, village_address
from vuonho.plaques.canvas import Ink, Palette, PdfCanvas
from vuonho.plaques.choice_sheet import CHOICE_KEYS, draw_choices
from vuonho.plaques.fit import Misfit
from vuonho.plaques.logo import Logo
from vuonho.plaques.placement import QrPlacement
from vuonho.plaques.plaque import (
    PLAQUE_KEYS,
    Face,
    LabelSheet,
    PlaqueWords,
    address_of,
    draw_plaque,
    face_of,
    line_of,
)
from vuonho.plaques.sheets import BLEED, finish_sheet, trimmed_page
from vuonho.plaques.sizes import BOARD, CHOICES, LABELS, PLAQUES, Layout, layout_of


@dataclass(frozen=True, slots=True)
class Order:
    """What to print for whom: `sheet` puts several on A4, from place `start` (from 1) of the first on.

    Of village boards there is one for each village of `homes`. `languages` are those of the site, the first being the
    plaque's; `logo` is the commune's, `here` where the board hangs.
    """

    size: str
    homes: tuple[tuple[Coded, PublicVillage], ...]
    site: PublicSite
    languages: tuple[Language, ...]
    batch: int
    sheet: bool = False
    start: int = 1
    draft: bool = False
    logo: Logo | None = None
    here: Point | None = None

    @property
    def layout(self) -> Layout | None:
        """Return how pieces lie on A4; None for one piece a page."""
        return layout_of(self.size, sheet=self.sheet)


@dataclass(frozen=True, slots=True)
class Printed:
    """The finished PDF and every code in it."""

    content: bytes
    codes: tuple[QrPlacement, ...]
    pages: int


_CHOICE_KEYS: Final = ((*PLAQUE_KEYS[0], *CHOICE_KEYS), PLAQUE_KEYS[1])


def print_order(order: Order, tick: Callable[[], None] = lambda: None) -> Printed:
    """Return the PDF of an order; raise DataProblems for every text that cannot be printed, with its file.

    `tick` is called once a plaque or label.
    """
    site, language = order.site, order.languages[0]
    palette = palette_of(site)
    pdf = PdfCanvas(site.title.to(language.tag)[0], site.base_url, language.tag)
    words = PlaqueWords(
        order.languages, site.base_url, order.batch, draft=order.draft, logo=order.logo,
        keys={BOARD: BOARD_KEYS, CHOICES: _CHOICE_KEYS}.get(order.size, PLAQUE_KEYS),
    )  # fmt: skip
    problems = words.problems()
    if not problems and order.size == BOARD:
        problems = _print_boards(pdf, order, words, palette)
    elif not problems:
        problems = _print_pieces(pdf, order, words, palette, tick)
    if problems:
        raise DataProblems(dict.fromkeys(problems))
    return Printed(pdf.finish(), tuple(pdf.codes), pdf.pages)


def palette_of(site: PublicSite) -> Palette:
    """Return the colours that a project chose for its plaques, the usual ones where it did not."""
    own = {name: getattr(site.plaque, name) for name in ("ground", "edge", "accent")}
    return Palette(**{name: Ink(*colour) for name, colour in own.items() if colour is not None})


def _print_pieces(
    pdf: PdfCanvas, order: Order, words: PlaqueWords, palette: Palette, tick: Callable[[], None]
) -> list[Problem]:
    """Draw a piece for each household and return what does not fit: all of it is named, not the first alone."""
    misfits: list[tuple[int, Misfit]] = []
    faces: dict[int, Face] = {}
    for at, home in enumerate(order.homes):
        try:
            faces[at] = face_of(*home, order.site)
        except Misfit as misfit:
            misfits.append((at, misfit))
    layout, count = order.layout, len(order.homes)
    if layout is None:
        for at in range(count):
            with _page_of(pdf, order, at, words.first["ruler"]):
                misfits += _draw(pdf, order, {at: faces[at]} if at in faces else {}, 0, words, palette)
            tick()
        return [blame(misfit, words, order.site, *order.homes[at]) for at, misfit in misfits]
    for start in range(1 - order.start, count, layout.places):
        here = [at for at in range(max(start, 0), min(start + layout.places, count)) if at in faces]
        with pdf.page(*layout.sheet):
            misfits += _draw(pdf, order, {at: faces[at] for at in here}, start, words, palette)
            if order.size != CHOICES:
                finish_sheet(pdf, layout, words.first["ruler"])
        for _ in here:
            tick()
    return [blame(misfit, words, order.site, *order.homes[at]) for at, misfit in misfits]


def blame(
    misfit: Misfit, words: PlaqueWords, site: PublicSite, household: Coded, village: PublicVillage
) -> Problem:
    """Return the problem in the file and field that a text of a household's piece stands in."""
    places = {
        address_of(household, site): ("profiles/site.yaml", "base_url"),
        village.name: (village.source, "name"),
        line_of(household, village, site): (village.source, "name"),
        household.name: (household.source, "name"),
    }
    return words.blamed(misfit, places)


def _draw(
    pdf: PdfCanvas, order: Order, faces: Mapping[int, Face], start: int, words: PlaqueWords, palette: Palette
) -> list[tuple[int, Misfit]]:
    """Draw the pieces of a page at their places, counted from `start`, and return what does not fit."""
    layout, misfits = order.layout, []
    labels = LABELS.get(order.size)
    if labels and faces:
        sheet = LabelSheet(labels.piece, list(faces.values()), words, palette)
        if sheet.misfits:
            return [(list(faces)[number], misfit) for number, misfit in sheet.misfits.items()]
    for at, face in faces.items():
        with pdf.moved(*(layout.corner(at - start) if layout else (0.0, 0.0))):
            try:
                home = order.homes[at][0]
                if order.size == CHOICES and isinstance(home, PublicHousehold):
                    draw_choices(pdf, face, home, order.languages[0], words, palette)
                elif labels:
                    sheet.draw(pdf, face)
                else:
                    draw_plaque(pdf, PLAQUES[order.size], face, words, palette, 0.0 if layout else BLEED)
            except Misfit as misfit:
                misfits.append((at, misfit))
    return misfits


def _page_of(pdf: PdfCanvas, order: Order, at: int, ruler: str) -> AbstractContextManager[None]:
    """Return the page for the print shop of one plaque."""
    design = PLAQUES[order.size]
    note = order.languages[0].say(
        "plaque.note", size=f"{design.width:g} × {design.height:g}", bleed=f"{BLEED:g}",
        whose=order.homes[at][0].code, page=at + 1, pages=len(order.homes),
    )  # fmt: skip
    return trimmed_page(pdf, design.width, design.height, note, ruler)


def _print_boards(pdf: PdfCanvas, order: Order, words: PlaqueWords, palette: Palette) -> list[Problem]:
    """Draw a board for each village and return what does not fit."""
    problems: list[Problem] = []
    for village in dict.fromkeys(village for _, village in order.homes):
        households = [one for one, of in order.homes if of == village and isinstance(one, PublicHousehold)]
        try:
            Board(pdf, village, households, order.site, words, palette, order.here).draw()
        except Misfit as misfit:
            places = {
                village_address(order.site, village): ("profiles/site.yaml", "base_url"),
                village.name: (village.source, "name"),
            }
            for one in households:
                places |= {animal.name: (one.source, "garden.animals") for animal in one.garden.animals}
                places |= {crop.name: (one.source, "garden.crops") for crop in one.garden.crops}
                places |= {one.address or "": (one.source, "location.address")}
                places[one.name] = one.source, "name"
            problems.append(words.blamed(misfit, places))
    return problems
