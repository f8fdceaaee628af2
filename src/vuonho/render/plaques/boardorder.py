"""An order of village boards: one board a village, and the PDF that comes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from vuonho.domain.public import PublicHousehold, PublicSite, PublicVillage
from vuonho.errors import DataProblems, Problem
from vuonho.render.pages.language import Language
from vuonho.render.plaques.board import board_pages
from vuonho.render.plaques.boardhead import village_address
from vuonho.render.plaques.boardwords import BoardWords, Phrase
from vuonho.render.plaques.fitting import Misfit
from vuonho.render.plaques.logo import Logo
from vuonho.render.plaques.order import Printed, palette_of
from vuonho.render.plaques.press import Press

Gardens = tuple[PublicVillage, tuple[PublicHousehold, ...]]


@dataclass(frozen=True, slots=True)
class BoardOrder:
    """The villages that get a board, each with its households in the order of its list."""

    villages: tuple[Gardens, ...]
    site: PublicSite
    languages: tuple[Language, ...]
    batch: int
    draft: bool = False
    logo: Logo | None = None


def print_boards(order: BoardOrder, tick: Callable[[], None] = lambda: None) -> Printed:
    """Return the PDF of an order; raise DataProblems for every board with a text that cannot be printed.

    `tick` is called once a village.
    """
    first = order.languages[0]
    press = Press(order.site.title.to(first.tag)[0], order.site.base_url, first.tag)
    words, palette = board_words(order), palette_of(order.site)
    problems: list[Problem] = []
    for village, households in order.villages:
        try:
            board_pages(press, village, households, order.site, words, palette)
        except Misfit as misfit:
            problems.append(_problem(misfit, village, households, order))
        tick()
    if problems:
        raise DataProblems(problems)
    return Printed(press.finish(), press.stamps, press.pages)


def board_words(order: BoardOrder) -> BoardWords:
    """Return the words of an order's boards; raise VuonhoError where the wording lacks one."""
    first, *others = order.languages
    host = urlsplit(order.site.base_url).netloc

    def phrase(key: str, **values: str) -> Phrase:
        return Phrase(*(one.say(f"plaque.{key}", **values) for one in (first, *others[:1])))

    return BoardWords(
        heading=phrase("board_heading"),
        scan=phrase("board_scan"),
        how=first.say("plaque.how"),
        genuine=phrase("genuine", host=host),
        map=phrase("board_map"),
        numbers=phrase("board_numbers"),
        unseen=phrase("board_unseen"),
        areas=phrase("board_areas"),
        area=phrase("board_area"),
        centre=phrase("board_centre"),
        north=phrase("board_north"),
        list=phrase("board_list"),
        foot=f"{first.say('plaque.board_damaged')} {first.say('plaque.batch', batch=order.batch)}",
        note=first.say("plaque.board_note"),
        ruler=first.say("plaque.ruler"),
        draft=first.say("plaque.draft") if order.draft else "",
        logo=order.logo,
    )


def _problem(
    misfit: Misfit, village: PublicVillage, households: tuple[PublicHousehold, ...], order: BoardOrder
) -> Problem:
    """Return the problem in the file and field that a text stands in."""
    file, field = f"templates/languages/{order.languages[0].tag}.yaml", "plaque"
    if misfit.text == village.name:
        file, field = village.source, "name"
    elif misfit.text == village_address(order.site, village):
        file, field = "profiles/site.yaml", "base_url"
    for one in households:
        if misfit.text == one.name:
            file, field = one.source, "name"
        elif misfit.text == one.address:
            file, field = one.source, "location.address"
        elif misfit.text in {crop.name for crop in one.garden.crops}:
            file, field = one.source, "garden.crops"
        elif misfit.text in {animal.name for animal in one.garden.animals}:
            file, field = one.source, "garden.animals"
    return Problem(file, None, None, field, misfit.message, misfit.hint)
