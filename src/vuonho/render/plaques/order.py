"""An order for the printer: which pieces of which size, and the PDF that comes of it.

    Order(size, homes, …) ──print_order──▶ Printed(content, stamps, pages)

Nothing in it depends on a clock: the same order gives the same bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from vuonho.domain.public import PublicHousehold, PublicSite, PublicVillage
from vuonho.domain.values import Colour
from vuonho.errors import DataProblems, Problem
from vuonho.render.pages.language import Language
from vuonho.render.plaques.face import Face, address_of, face_of
from vuonho.render.plaques.fitting import Misfit
from vuonho.render.plaques.ink import Ink, Palette
from vuonho.render.plaques.logo import Logo
from vuonho.render.plaques.marks import BLEED, trimmed_page
from vuonho.render.plaques.plaque import A5, A6, GATE, Design, draw_plaque
from vuonho.render.plaques.press import Press, Stamp
from vuonho.render.plaques.sheets import LABELS, Layout, butted, draw_sheets
from vuonho.render.plaques.sticker import draw_sticker
from vuonho.render.plaques.wording import Wording

PLAQUES: Final = MappingProxyType({design.key: design for design in (GATE, A5, A6)})
SIZES: Final = (*PLAQUES, *LABELS)

Home = tuple[PublicHousehold, PublicVillage]


@dataclass(frozen=True, slots=True)
class Order:
    """What to print for whom: `sheet` puts several on A4, from place `start` (from 1) of the first on.

    `languages` are those of the site, the first being the plaque's; `logo` is the commune's.
    """

    size: str
    homes: tuple[Home, ...]
    site: PublicSite
    languages: tuple[Language, ...]
    batch: int
    sheet: bool = False
    start: int = 1
    draft: bool = False
    logo: Logo | None = None

    @property
    def layout(self) -> Layout | None:
        """Return how pieces lie on A4; None for one piece a page."""
        return layout_of(self.size, sheet=self.sheet)


@dataclass(frozen=True, slots=True)
class Printed:
    """The finished PDF and every code in it."""

    content: bytes
    stamps: tuple[Stamp, ...]
    pages: int


def layout_of(size: str, *, sheet: bool) -> Layout | None:
    """Return how pieces of a size lie on A4: labels always do, plaques where it is asked for."""
    if size in LABELS:
        return LABELS[size]
    design = PLAQUES[size]
    return butted(design.width, design.height) if sheet else None


def print_order(order: Order, tick: Callable[[], None] = lambda: None) -> Printed:
    """Return the PDF of an order; raise DataProblems for every text that cannot be printed, with its file.

    `tick` is called once a piece.
    """
    first = order.languages[0]
    press = Press(order.site.title.to(first.tag)[0], order.site.base_url, first.tag)
    wording = Wording(order.languages, order.site.base_url, order.batch)
    problems = wording.problems()
    if not problems:
        printer = _Printer(order, press, wording, tick)
        printer.run()
        problems = tuple(dict.fromkeys(printer.problems))
    if problems:
        raise DataProblems(problems)
    return Printed(press.finish(), press.stamps, press.pages)


class _Printer:
    def __init__(self, order: Order, press: Press, wording: Wording, tick: Callable[[], None]) -> None:
        self.order, self.press, self.wording, self.tick = order, press, wording, tick
        self.words = wording.words(draft=order.draft, logo=order.logo)
        self.palette = palette_of(order.site)
        self.problems: list[Problem] = []

    def run(self) -> None:
        """Draw every piece, and go on after one that does not fit, to name them all."""
        layout, ruler = self.order.layout, self.order.languages[0].say("plaque.ruler")
        if layout is not None:
            draw_sheets(self.press, layout, self.order.homes, self.order.start, self._on_sheet(layout), ruler)
            return
        design = PLAQUES[self.order.size]
        for number, home in enumerate(self.order.homes, 1):
            note = self._note(design, home, number)
            with trimmed_page(self.press, design.width, design.height, note, ruler):
                self._draw(home, self._plaque(design, BLEED))

    def _on_sheet(self, layout: Layout) -> Callable[[Home], None]:
        if self.order.size in LABELS:
            piece = self._sticker(layout)
        else:
            piece = self._plaque(PLAQUES[self.order.size], 0.0)
        return lambda home: self._draw(home, piece)

    def _plaque(self, design: Design, bleed: float) -> Callable[[Face], None]:
        return lambda face: draw_plaque(self.press, design, face, self.words, self.palette, bleed)

    def _sticker(self, layout: Layout) -> Callable[[Face], None]:
        width, height = layout.piece
        return lambda face: draw_sticker(self.press, width, height, face, self.words, self.palette)

    def _note(self, design: Design, home: Home, number: int) -> str:
        return self.order.languages[0].say(
            "plaque.note", size=f"{design.width:g} × {design.height:g}", bleed=f"{BLEED:g}",
            whose=home[0].code, page=number, pages=len(self.order.homes),
        )  # fmt: skip

    def _draw(self, home: Home, piece: Callable[[Face], None]) -> None:
        household, village = home
        try:
            piece(face_of(household, village, self.order.site))
        except Misfit as misfit:
            self.problems.append(self._problem(misfit, household, village))
        self.tick()

    def _problem(self, misfit: Misfit, household: PublicHousehold, village: PublicVillage) -> Problem:
        said = misfit.message, misfit.hint
        if misfit.text == household.name:
            return Problem(household.source, None, None, "name", *said)
        if misfit.text == village.name:
            return Problem(village.source, None, None, "name", *said)
        if misfit.text == address_of(household, self.order.site):
            return Problem(_SITE_FILE, None, None, "base_url", *said)
        file, field = self.wording.place(misfit.text)
        return Problem(file, None, None, field, *said)


_SITE_FILE: Final = "profiles/site.yaml"


def palette_of(site: PublicSite) -> Palette:
    """Return the colours of a site's plaques: the project's own where it has any."""
    usual, own = Palette(), site.plaque
    return Palette(
        _ink(own.ground) or usual.ground, _ink(own.edge) or usual.edge, _ink(own.accent) or usual.accent
    )


def _ink(colour: Colour | None) -> Ink | None:
    return Ink(*colour) if colour is not None else None
