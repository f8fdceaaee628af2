"""The keepsake of a household on one A4, and a sheet of round stickers for its boxes of fruit: only what its page shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from vuonho.errors import DataProblems, Problem
from vuonho.model.public import PublicHousehold, PublicSite, PublicVillage
from vuonho.pages.language import Language, Named, stretches
from vuonho.pages.layout import harvests
from vuonho.plaques.canvas import BLACK, GREY, WHITE, Ink, Palette, PdfCanvas, text_width
from vuonho.plaques.emblems import draw_emblem
from vuonho.plaques.fit import ABOVE, LEADING, Block, Misfit, Room, fitted, flowed, known_letters
from vuonho.plaques.garden_drawing import draw_garden
from vuonho.plaques.logo import photo_in_inks
from vuonho.plaques.order import Printed, blame
from vuonho.plaques.plaque import PLAQUE_KEYS, Face, PlaqueWords, draw_roof, face_of, label_address
from vuonho.plaques.sheets import finish_sheet
from vuonho.plaques.sizes import A4, STICKERS
from vuonho.resources import Weight

KEEPSAKE_KEYS: Final = ((*PLAQUE_KEYS[0], "keepsake_ripe"), PLAQUE_KEYS[1])
"""Entries under `plaque` in the wording."""

# --- The sheets ---

_WIDTH: Final = 174.0
"""Width of the picture in mm."""
_HIGH: Final = (60.0, 130.0)
_DOTS: Final = 200 / 25.4

_LEFT, _RIGHT, _TOP, _FOOT = 18.0, 192.0, 10.0, 285.0
_PANEL: Final = 10.0
_GAP: Final = 6.0
_CODE: Final = 56.0
_TYPED, _BELOW = 34.0, 50.0
"""Room for what stands below the code and the picture, and with the drawn garden below a photo."""
_GARDEN: Final = (54.0, 36.0)
"""Wanted and least height of the drawn garden below a story."""
_STORY: Final = (5.2, 4.6, 4.2, 3.9, 3.6, 3.3, 3.0)
_SMALL: Final = 3.4
"""A story is not set smaller for the garden's sake."""
_ROWS: Final = 7
_ROW: Final = 6.2


@dataclass(frozen=True, slots=True)
class Keepsake:
    """One household's keepsake: `photo` is the first that may be shown, as it is kept in a project, None without one."""

    household: PublicHousehold
    village: PublicVillage
    photo: bytes | None


def print_keepsakes(
    keepsakes: tuple[Keepsake, ...], site: PublicSite, languages: tuple[Language, ...], palette: Palette,
    tick: Callable[[], None] = lambda: None,
) -> Printed:  # fmt: skip
    """Return the PDF: of each household a keepsake, and after it a sheet of stickers.

    Raises DataProblems for every text that cannot be printed, with its file.
    """
    pdf = PdfCanvas(site.title.to(languages[0].tag)[0], site.base_url, languages[0].tag)
    words = PlaqueWords(languages, site.base_url, 0, draft=False, logo=None, keys=KEEPSAKE_KEYS)
    problems: list[Problem] = words.problems()
    for one in () if problems else keepsakes:
        try:
            face = face_of(one.household, one.village, site)
            with pdf.page(*A4):
                _draw_keepsake(pdf, one, face, languages[0], words, palette)
            with pdf.page(*A4):
                for place in range(STICKERS.places):
                    with pdf.moved(*STICKERS.corner(place)):
                        _draw_sticker(pdf, face, palette)
                finish_sheet(pdf, STICKERS, words.first["ruler"])
        except Misfit as misfit:
            problems.append(blame(misfit, words, site, one.household, one.village))
        tick()
    if problems:
        raise DataProblems(dict.fromkeys(problems))
    return Printed(pdf.finish(), tuple(pdf.codes), pdf.pages)


def _draw_keepsake(
    pdf: PdfCanvas, keepsake: Keepsake, face: Face, language: Language, words: PlaqueWords, palette: Palette
) -> None:
    household = keepsake.household
    pdf.rectangle(_PANEL, _TOP, A4[0] - 2 * _PANEL, _FOOT - _TOP, palette.ground)
    with pdf.moved(_PANEL, _TOP):
        draw_roof(pdf, A4[0] - 2 * _PANEL, 1.1, palette, 0.0)
    side = 22.0
    name = fitted(face.name, "Bold", Room(_RIGHT - _LEFT - side - 3, 22, 17.0, 5.2, 4))
    left, top = (A4[0] - name.width - side - 3) / 2, _TOP + 8.0
    draw_emblem(pdf, face.emblem, left - side / 16, top, side, palette.accent)
    name.draw(pdf, left + side + 3, top + (22 - name.height) / 2)
    place = fitted(
        f"{face.village} · {keepsake.village.commune}", "SemiBold", Room(_RIGHT - _LEFT, 8, 5.2, 2.8, 1)
    )
    place.draw(pdf, A4[0] / 2, top + 23, palette.accent, align="centre")
    top += 32.5
    rows = list({language.named(one).text: one for one in harvests(household) if one.season}.values())[:_ROWS]
    low = _FOOT - 9
    if rows:
        low -= _ROW * (len(rows) + 1) + 3
        months = [(language.named(one).text, one.season.months) for one in rows if one.season]
        _draw_calendar(pdf, months, words, palette, low)
        low -= 6
    # the picture takes what the code and the seasons leave
    told, is_below = _told(household, language), keepsake.photo is not None and bool(household.garden.crops)
    height = min(max(low - top - _CODE - (_TYPED, _BELOW)[is_below], _HIGH[0]), _HIGH[1])
    top = _draw_picture(pdf, keepsake, language, palette, (top, height)) + _GAP
    _draw_code(pdf, face, words, palette, _RIGHT - _CODE if told else None, top)
    width = _RIGHT - _LEFT - _CODE - 8
    top = _draw_told(pdf, told, (_LEFT, top, width, low), _GARDEN if is_below else ()) + _GAP
    if is_below and low - top >= _GARDEN[-1]:
        draw_garden(pdf, household, language, (_LEFT, top, width, low - top))
    elif household.story is not None and not is_below and (things := _things(household, language)):
        _draw_told(pdf, [things], (_LEFT, top, width, low), (), palette.accent)
    small = " · ".join(filter(None, words.both("genuine")))
    line = fitted(small, "Medium", Room(_RIGHT - _LEFT, 5, 2.9, 2.0, 1))
    line.draw(pdf, _LEFT, _FOOT - 6)


def _draw_picture(
    pdf: PdfCanvas, keepsake: Keepsake, language: Language, palette: Palette, room: tuple[float, float]
) -> float:
    """Draw the photo with its caption, else the garden as its page draws it, in (top, height); return where it ends."""
    top, height = room
    if keepsake.photo is not None:
        size = round(_WIDTH * _DOTS), round(height * _DOTS)
        pdf.picture(photo_in_inks(keepsake.photo, size), _LEFT, top, _WIDTH, height)
        caption = keepsake.household.photos[0].caption
        if caption is None:
            return top + height
        said = _line(known_letters(language.own(caption).text), "Medium", 3.2, _WIDTH)
        pdf.text(_LEFT, top + height + 4.4, said, "Medium", 3.2, palette.accent)
        return top + height + 6
    draw_garden(pdf, keepsake.household, language, (_LEFT, top, _WIDTH, height))
    return top + height


def _told(household: PublicHousehold, language: Language) -> list[str]:
    """Return the paragraphs of the family's story, or else what grows."""
    if household.story is not None:
        return [known_letters(one) for one in language.own(household.story).paragraphs]
    return list(filter(None, [_things(household, language)]))


def _things(household: PublicHousehold, language: Language) -> str:
    """Return what grows and lives in the garden, small within the line."""
    things: tuple[Named, ...] = (*household.garden.crops, *household.garden.animals)
    names = [language.within(one).text if at else language.named(one).text for at, one in enumerate(things)]
    return known_letters(", ".join(names))


def _draw_told(
    pdf: PdfCanvas, paragraphs: list[str], box: tuple[float, float, float, float], spare: Sequence[float],
    ink: Ink = BLACK,
) -> float:  # fmt: skip
    """Write paragraphs into (left, top, width, low) and return where they end; what is longer ends in dots.

    They are as large as they have room beside one of the heights to spare, the first if it can be, or without any.
    """
    left, top, width, low = box
    ways = [(size, free + _GAP) for free in spare for size in _STORY if size > _SMALL]
    for size, free in (*ways, *((size, 0.0) for size in _STORY)):
        blocks = [flowed(one, "Regular", size, width) for one in paragraphs]
        used = sum(LEADING * 1.12 * size * len(one.lines) + 0.6 * size for one in blocks)
        if used <= low - top - free:
            break
    y = top + ABOVE * size
    for block in blocks:
        for number, line in enumerate(block.lines):
            if y + LEADING * 1.12 * size > low and (block is not blocks[-1] or number < len(block.lines) - 1):
                pdf.text(left, y, _line(f"{line} …", "Regular", size, width), "Regular", size, ink)
                return low
            pdf.text(left, y, line, "Regular", size, ink)
            y += LEADING * 1.12 * size
        y += 0.6 * size
    return top + used


def _draw_code(
    pdf: PdfCanvas, face: Face, words: PlaqueWords, palette: Palette, beside: float | None, top: float
) -> None:
    """Draw the code and what one does with it from `beside` on, or in the middle of the sheet."""
    left = (A4[0] - _CODE) / 2 if beside is None else beside
    pdf.rectangle(left, top, _CODE, _CODE, WHITE, 3)
    pdf.symbol(face.symbol, left + 0.5, top + 0.5, _CODE - 1, face.payload, face.whose)
    y = top + _CODE + 1.5
    lines: tuple[tuple[str, Weight, float, Ink], ...] = (
        (words.first["scan"], "Bold", 4.8, BLACK),
        (words.second.get("scan", ""), "SemiBold", 3.2, palette.accent),
        (face.before_digits, "Medium", 3.4, BLACK),
        (face.digits, "Bold", 4.4, BLACK),
    )
    for text, weight, size, ink in lines:
        if text:
            block = fitted(text, weight, Room(_CODE, 14, size, 1.8, 3))
            if beside is None:
                y = block.draw(pdf, A4[0] / 2, y, ink, align="centre")
            else:
                y = block.draw(pdf, left, y, ink)


def _draw_calendar(
    pdf: PdfCanvas, rows: list[tuple[str, tuple[int, ...]]], words: PlaqueWords, palette: Palette, top: float
) -> None:
    """Draw twelve months across, and for each thing those in which it is ripe."""
    names = 56.0
    month = (_RIGHT - _LEFT - names) / 12
    title = fitted(words.first["keepsake_ripe"], "Bold", Room(names, 8, 4.6, 2.8, 1))
    title.draw(pdf, _LEFT, top + _ROW - title.height + 1.2)
    for number in range(12):
        x = _LEFT + names + (number + 0.5) * month
        pdf.text(x, top + _ROW - 0.8, str(number + 1), "SemiBold", 3.2, BLACK, "centre")
    for at, (name, months) in enumerate(rows):
        y = top + (at + 1) * _ROW + 1
        pdf.line(_LEFT, y, _RIGHT, y, GREY, 0.15)
        said = _line(known_letters(name), "Medium", 3.6, names - 2)
        pdf.text(_LEFT, y + _ROW / 2 + 1.3, said, "Medium", 3.6)
        for first, last in stretches(months):
            for begin, end in ((first, last),) if first <= last else ((1, last), (first, 12)):
                x, wide = _LEFT + names + (begin - 1) * month + 0.5, (end - begin + 1) * month - 1
                pdf.rectangle(x, y + 1.3, wide, _ROW - 2.6, palette.edge, (_ROW - 2.6) / 2)


def _draw_sticker(pdf: PdfCanvas, face: Face, palette: Palette) -> None:
    """Draw a sticker: the emblem, the code, the name, and what one types, within a ring."""
    side = STICKERS.piece[0]
    middle = side / 2
    pdf.ring(middle, middle, middle, GREY, 0.1)
    pdf.ring(middle, middle, middle - 1.8, palette.accent, 0.7)
    draw_emblem(pdf, face.emblem, middle - 3.9, 2.9, 7.8, palette.accent)
    pdf.symbol(face.symbol, middle - 15.8, 10.6, 31.6, face.payload, face.whose)
    digits = Block((face.digits,), "Bold", 3.0)
    address = label_address(face, 33.0, 2.4)
    top, low = 42.3, 56.7
    name = fitted(face.name, "Bold", Room(40, low - top - digits.height - address.height, 4.6, 1.8, 3))
    for block in (name, address, digits):
        top = block.draw(pdf, middle, top, align="centre")


def _line(text: str, weight: Weight, size: float, width: float) -> str:
    """Return a line, cut off with dots where it is too wide."""
    measure = partial(text_width, weight=weight, size=size)
    if measure(text) <= width:
        return text
    while text and measure(f"{text} …") > width:
        text = text.removesuffix(" …").rpartition(" ")[0]
    return f"{text} …"
