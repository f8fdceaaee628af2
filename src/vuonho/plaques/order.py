"""An order becomes a PDF: plaques, labels and cards for households, or boards for their villages."""

from collections.abc import Callable
from dataclasses import dataclass

from vuonho.errors import DataProblems, Problem
from vuonho.model.public import PublicHousehold, PublicSite, PublicVillage
from vuonho.model.values import Point
from vuonho.pages.language import Language
from vuonho.plaques.board import BOARD_KEYS, Board, village_address
from vuonho.plaques.canvas import Ink, Palette, PdfCanvas
from vuonho.plaques.fit import Misfit
from vuonho.plaques.logo import Logo
from vuonho.plaques.placement import QrPlacement
from vuonho.plaques.plaque import (
    PLAQUE_KEYS,
    Face,
    PlaqueWords,
    address_of,
    draw_label,
    draw_plaque,
    face_of,
)
from vuonho.plaques.sheets import BLEED, finish_sheet, trimmed_page
from vuonho.plaques.sizes import BOARD, LABELS, PLAQUES, Layout, layout_of


@dataclass(frozen=True, slots=True)
class Order:
    """What to print for whom: `sheet` puts several on A4, from place `start` (from 1) of the first on.

    Of village boards there is one for each village of `homes`. `languages` are those of the site, the first being the
    plaque's; `logo` is the commune's, `here` where the board hangs.
    """

    size: str
    homes: tuple[tuple[PublicHousehold, PublicVillage], ...]
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


def print_order(order: Order, tick: Callable[[], None] = lambda: None) -> Printed:
    """Return the PDF of an order; raise DataProblems for every text that cannot be printed, with its file.

    `tick` is called once a plaque or label.
    """
    site, language = order.site, order.languages[0]
    own = {name: getattr(site.plaque, name) for name in ("ground", "edge", "accent")}
    palette = Palette(**{name: Ink(*colour) for name, colour in own.items() if colour is not None})
    pdf = PdfCanvas(site.title.to(language.tag)[0], site.base_url, language.tag)
    words = PlaqueWords(
        order.languages, site.base_url, order.batch, draft=order.draft, logo=order.logo,
        keys=BOARD_KEYS if order.size == BOARD else PLAQUE_KEYS,
    )  # fmt: skip
    problems = words.problems()
    if not problems and order.size == BOARD:
        problems = _print_boards(pdf, order, words, palette)
    elif not problems:
        problems = _print_pieces(pdf, order, words, palette, tick)
    if problems:
        raise DataProblems(dict.fromkeys(problems))
    return Printed(pdf.finish(), tuple(pdf.codes), pdf.pages)


def _print_pieces(
    pdf: PdfCanvas, order: Order, words: PlaqueWords, palette: Palette, tick: Callable[[], None]
) -> list[Problem]:
    """Draw a piece for each household and return what does not fit: all of it is named, not the first alone."""
    problems: list[Problem] = []
    layout, site, ruler = order.layout, order.site, words.first["ruler"]

    def draw_face(face: Face) -> None:
        if order.size in LABELS:
            draw_label(pdf, *LABELS[order.size].piece, face, words, palette)
        else:
            draw_plaque(pdf, PLAQUES[order.size], face, words, palette, 0.0 if layout else BLEED)

    def draw(household: PublicHousehold, village: PublicVillage) -> None:
        try:
            draw_face(face_of(household, village, site))
        except Misfit as misfit:
            places = {
                address_of(household, site): ("profiles/site.yaml", "base_url"),
                village.name: (village.source, "name"),
                household.name: (household.source, "name"),
            }
            problems.append(words.blamed(misfit, places))
        tick()

    if layout is None:
        width, height = PLAQUES[order.size].width, PLAQUES[order.size].height
        for number, home in enumerate(order.homes, 1):
            note = order.languages[0].say(
                "plaque.note", size=f"{width:g} × {height:g}", bleed=f"{BLEED:g}",
                whose=home[0].code, page=number, pages=len(order.homes),
            )  # fmt: skip
            with trimmed_page(pdf, width, height, note, ruler):
                draw(*home)
        return problems
    places = [*[None] * (order.start - 1), *order.homes]
    for sheet in range(0, len(places), layout.places):
        with pdf.page(*layout.sheet):
            for place, piece in enumerate(places[sheet : sheet + layout.places]):
                if piece is not None:
                    with pdf.moved(*layout.corner(place)):
                        draw(*piece)
            finish_sheet(pdf, layout, ruler)
    return problems


def _print_boards(pdf: PdfCanvas, order: Order, words: PlaqueWords, palette: Palette) -> list[Problem]:
    """Draw a board for each village and return what does not fit."""
    problems: list[Problem] = []
    for village in dict.fromkeys(village for _, village in order.homes):
        households = [household for household, of in order.homes if of == village]
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
