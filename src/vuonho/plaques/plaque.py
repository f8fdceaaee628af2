"""The plaque at the gate, and the card: code and digits at the left, the household's name at the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from vuonho.errors import Problem
from vuonho.model.public import PublicHousehold, PublicSite, PublicVillage
from vuonho.pages.language import Language
from vuonho.pages.layout import spaced
from vuonho.plaques.canvas import (
    BELOW,
    BLACK,
    CAPITAL,
    DRAFT,
    GREY,
    WHITE,
    Palette,
    PdfCanvas,
    polygon,
    slanted_size,
    text_width,
)
from vuonho.plaques.fit import Block, Misfit, Room, fit, fit_pair, flowed, halved, printable, too_long
from vuonho.plaques.logo import Logo
from vuonho.qr.symbol import Symbol, payload, qr_symbol
from vuonho.resources import Weight


@dataclass(frozen=True, slots=True)
class Face:
    """One household on its plaque; `address` is what one types ("vuonmau.example/482135/"), `digits` are grouped."""

    code: str
    name: str
    village: str
    digits: str
    address: str
    payload: str
    symbol: Symbol

    @property
    def whose(self) -> str:
        """Return how messages name it."""
        return f"{self.code} {self.name}"


def address_of(household: PublicHousehold, site: PublicSite) -> str:
    """Return the address of a household's page as one types it."""
    return f"{site.base_url.removeprefix('https://')}{household.code}/"


def face_of(household: PublicHousehold, village: PublicVillage, site: PublicSite) -> Face:
    """Return what a household's plaque says; raise UserError for signs that cannot be printed."""
    said = payload(site.base_url, household.code)
    return Face(
        code=household.code,
        name=printable(household.name, "Bold"),
        village=printable(village.name, "SemiBold"),
        digits=spaced(household.code),
        address=address_of(household, site),
        payload=said,
        symbol=qr_symbol(said),
    )


# --- The words that all plaques of an order share ---

_FIRST: Final[tuple[tuple[str, Weight], ...]] = (
    ("scan", "Bold"), ("how", "Medium"), ("genuine", "Medium"), ("opens", "Regular"), ("damaged", "Medium"),
    ("batch", "Medium"), ("draft", "ExtraBold"), ("note", "Regular"), ("ruler", "Regular"),
)  # fmt: skip
_SECOND: Final[tuple[tuple[str, Weight], ...]] = (("scan", "Medium"), ("genuine", "Medium"))
"""Entries under `plaque` in the first and in the second language of the site, with the weight in which they are set."""


class PlaqueWords:
    """The plaques' words by their keys: `first` in the site's first language, `second`, set smaller, in its second one.

    `draft` is "" for a real print. Raises VuonhoError for an entry that is missing.
    """

    def __init__(
        self, languages: Sequence[Language], base_url: str, batch: int, *, draft: bool, logo: Logo | None
    ) -> None:
        values: dict[str, dict[str, object]] = {
            "genuine": {"host": urlsplit(base_url).netloc},
            "batch": {"batch": batch},
        }
        self._entries = [
            (f"templates/languages/{language.tag}.yaml", key, weight,
             language.say(f"plaque.{key}", **values.get(key, {})))
            for language, keys in zip(languages, (_FIRST, _SECOND), strict=False)
            for key, weight in keys
        ]  # fmt: skip
        self.first = {key: said for _, key, _, said in self._entries[: len(_FIRST)]}
        self.second = {key: said for _, key, _, said in self._entries[len(_FIRST) :]}
        self.draft = self.first["draft"] if draft else ""
        self.logo = logo

    def problems(self) -> tuple[Problem, ...]:
        """Return the entries with a sign that the plaque's typeface does not have."""
        found = []
        for file, key, weight, said in self._entries:
            try:
                printable(said, weight)
            except Misfit as misfit:
                found.append(Problem(f"plaque.{key}", misfit.message, misfit.hint, file=file))
        return tuple(found)

    def place(self, text: str) -> tuple[str, str]:
        """Return file and field of the entry that says a text, those of all of them for any other text."""
        found = ((file, f"plaque.{key}") for file, key, _, said in self._entries if said == text)
        return next(found, (self._entries[0][0], "plaque"))


# --- The small pictures: leaf badge, phone, and the place of a commune's logo ---


def draw_badge(pdf: PdfCanvas, x: float, y: float, radius: float, palette: Palette) -> None:
    """Draw the round badge with the leaf around (x, y), as on the site's pages."""
    unit = radius / 48
    left, top = x - radius, y - radius
    pdf.disc(x, y, radius, palette.ground)
    pdf.disc(x, y, radius * 0.87, palette.accent)
    pdf.outline("30 66 m 22 42 36 28 68 28 c 68 60 54 74 30 66 c h", WHITE, left, top, unit)
    pdf.outline("31.5 67 m 29 64.5 l 56 37.5 l 58 39.5 l h", palette.accent, left, top, unit)
    pdf.outline("22.5 76 m 20 73.5 l 31 62.5 l 35 65.5 l h", WHITE, left, top, unit)


PHONE: Final = 52 / 30
"""Height of the drawn phone as a share of its width."""


def _square(x: float, y: float, side: float) -> str:
    return polygon((x, y), (x + side, y), (x + side, y + side), (x, y + side))


_SMALL_CODE: Final = (
    *(f"{_square(x, y, 6.5)} {_square(x + 1.3, y + 1.3, 3.9)} {_square(x + 2.3, y + 2.3, 1.9)}"
      for x, y in ((6, 16.5), (17.5, 16.5), (6, 28))),
    " ".join(_square(x, y, 1.9) for x, y in (
        (17.5, 28), (20, 30.5), (22.1, 28), (17.5, 32.6), (22.1, 32.6), (13.6, 20), (13.6, 25), (9, 24.6),
    )),
)  # fmt: skip


def draw_phone(pdf: PdfCanvas, x: float, y: float, width: float, palette: Palette) -> None:
    """Draw a phone that looks at a code: its case, its glass, and on it a small code."""
    unit = width / 30
    with pdf.moved(x, y):
        pdf.rectangle(0, 0, 30 * unit, 52 * unit, palette.accent, 5 * unit)
        pdf.rectangle(2.6 * unit, 6 * unit, 24.8 * unit, 39 * unit, WHITE, 1.4 * unit)
        pdf.rectangle(11 * unit, 2.5 * unit, 8 * unit, 1.3 * unit, palette.ground, 0.65 * unit)
        pdf.disc(15 * unit, 48.5 * unit, 1.7 * unit, palette.ground)
        for part in _SMALL_CODE:
            pdf.outline(part, BLACK, 0, 0, unit)


def place_logo(pdf: PdfCanvas, logo: Logo, x: float, y: float, width: float, height: float) -> None:
    """Place a logo at the right of a room, on a white tile."""
    scale = min(width / logo.width, height / logo.height)
    wide, high = logo.width * scale, logo.height * scale
    left, top = x + width - wide, y + (height - high) / 2
    pdf.rectangle(left - 0.8, top - 0.8, wide + 1.6, high + 1.6, WHITE, 1.2)
    pdf.picture(logo.picture, left, top, wide, high)


# --- The plaque: all lengths are those on 200 × 150 mm, and scaled to its size ---


@dataclass(frozen=True, slots=True)
class Design:
    """A plaque's size in mm, and whether it is screwed on."""

    key: str
    width: float
    height: float
    drilled: bool


GATE: Final = Design("200x150", 200, 150, drilled=True)
A5: Final = Design("a5", 210, 148, drilled=True)
A6: Final = Design("a6", 148, 105, drilled=False)

_SAFE: Final = 5.0
"""Millimetres from the trim within which nothing is to be read."""
_LEFT, _COLUMN = 11.0, 129.5
"""Where the code begins, and the column at its right."""
_CARD_TOP: Final = 8.4
_DIGITS: Final = 12.3
"""Height of the digits."""
_ADDRESS: Final = (7.0, 4.6, 3.9, 3.3)
"""Largest and least size in one line, and in two: the largest has letters of 5 mm on the plaque at the gate."""
_NAMES: Final = 22.8
"""Where the name begins."""
_CALL, _BESIDE = 76.5, 21.0
"""Where the call to action begins, and how far its words stand from the phone's left."""
_SMALL: Final = (2.9, 2.6, 2.3)
_SMALL_HIGH: Final = 27.0
_APART: Final = 0.7
"""Sizes of the small print, its height at most, and the room between its parts."""


def draw_plaque(
    pdf: PdfCanvas, design: Design, face: Face, words: PlaqueWords, palette: Palette, bleed: float
) -> None:
    """Draw a plaque whose trim begins at (0, 0), its ground to `bleed` mm beyond. Raises UserError for a text without room."""
    s = min(design.width / GATE.width, design.height / GATE.height)
    right = design.width / s - 8.5
    wide = right - _COLUMN
    # what stands at the left is stacked from the foot upwards: address, digits, and the code in what is left
    low = (design.height - _SAFE) / s
    address_top = low - (CAPITAL + BELOW) * _ADDRESS[0]
    digits_low = address_top - 2.9
    card = digits_low - _DIGITS - 3.0 - _CARD_TOP

    pdf.rectangle(-bleed, -bleed, design.width + 2 * bleed, design.height + 2 * bleed, palette.ground)
    pdf.rectangle(-bleed, -bleed, design.width + 2 * bleed, bleed + 4.4 * s, palette.edge)
    if words.draft:
        size = slanted_size(words.draft, wide, 46, 24)
        pdf.slanted((_COLUMN + right) / 2 * s, 57.0 * s, words.draft, size * s, DRAFT, 24)
        size = min(3.6, card / text_width(words.draft, "ExtraBold"))
        pdf.text(_LEFT * s, 3.6 * s, words.draft, "ExtraBold", size * s, WHITE)
    if design.drilled:
        for x in (6.5, design.width - 6.5):
            for y in (11.0, design.height - 6.5):
                pdf.ring(x, y, 2.0, GREY)
                pdf.line(x - 1, y, x + 1, y, GREY)
                pdf.line(x, y - 1, x, y + 1, GREY)

    pdf.rectangle(_LEFT * s, _CARD_TOP * s, card * s, card * s, WHITE, 4 * s)
    corner = (_LEFT + 1) * s, (_CARD_TOP + 1) * s
    pdf.symbol(face.symbol, *corner, (card - 2) * s, face.payload, face.whose)
    size = min(_DIGITS / CAPITAL, card / text_width(face.digits, "Bold"))
    pdf.text(_LEFT * s, digits_low * s, face.digits, "Bold", size * s)
    lines, size = _address(face.address, design.width / s - _LEFT - 13)
    first = low - (BELOW + 1.15 * (len(lines) - 1)) * size
    for number, line in enumerate(lines):
        pdf.text(_LEFT * s, (first + number * 1.15 * size) * s, line, "Medium", size * s)

    small = _small_print(face, words, wide)
    small_top = address_top - 2.4 - sum(one.height + _APART for one in small)
    scan, how, foreign = _call(words, wide - _BESIDE, small_top - _CALL - 1.0)
    draw_badge(pdf, (_COLUMN + 8.6) * s, 11.2 * s, 8.6 * s, palette)
    if words.logo is not None:
        top = max(7.8, (_SAFE + 0.9) / s)
        place_logo(pdf, words.logo, (right - 24) * s, top * s, 20 * s, (19.9 - top) * s)
    rooms = Room(wide, 45, 12.5, 5.2, 5), Room(wide, 16, 6.4, 3.4, 4)
    name, village = fit_pair(face.name, face.village, *rooms, 2.2, _CALL - _NAMES - 4.0)
    bottom = name.draw(pdf, _COLUMN, _NAMES, BLACK, s)
    village.draw(pdf, _COLUMN, bottom + 2.2, palette.accent, s)
    draw_phone(pdf, _COLUMN * s, (_CALL + 1.0) * s, 17.0 * s, palette)
    bottom = scan.draw(pdf, _COLUMN + _BESIDE, _CALL, BLACK, s)
    bottom = how.draw(pdf, _COLUMN + _BESIDE, bottom + 0.4, BLACK, s)
    foreign.draw(pdf, _COLUMN + _BESIDE, bottom + 1.3, palette.accent, s)
    for one in small:
        small_top = one.draw(pdf, _COLUMN, small_top, BLACK, s) + _APART


def _address(address: str, width: float) -> tuple[tuple[str, ...], float]:
    """Return an address in one line, or in two where that would be small, and its size."""
    large, small, large_of_two, least = _ADDRESS
    size = min(large, width / text_width(address, "Medium"))
    if size >= small:
        return (address,), size
    lines = halved(address, "Medium")
    size = min(large_of_two, *(width / text_width(line, "Medium") for line in lines if line))
    if size < least:
        raise too_long(address)
    return lines, size


def _call(words: PlaqueWords, width: float, height: float) -> tuple[Block, Block, Block]:
    """Return in lines what to do, in which way, and the same in the other language, at most so high together."""
    texts = words.first["scan"], words.first["how"], words.second.get("scan", "")
    for share in (1.0, 0.9, 0.8, 0.72):
        scan = fit(texts[0], "Bold", Room(width, 22, 5.8 * share, 4.2 * share, 4))
        how = fit(texts[1], "Medium", Room(width, 9, 4.2 * share, 3.2 * share, 2))
        foreign = fit(texts[2], "Medium", Room(width, 10, 4.0 * share, 3.0 * share, 3))
        if scan and how and foreign and scan.height + how.height + foreign.height + 1.7 <= height:
            return scan, how, foreign
    raise too_long(max(texts, key=len))


def _small_print(face: Face, words: PlaqueWords, width: float) -> list[Block]:
    """Return in lines what protects from pasted codes, and whom to tell of damage, as large as it has room."""
    first, foreign = words.first, words.second.get("genuine", "")
    texts = first["genuine"], foreign, f"{first['damaged']} {first['batch']}".strip()
    found = _small_blocks(texts, width)
    if found is None:  # the host in it is to blame where all else has room
        host = face.address.partition("/")[0]
        without = _small_blocks([text.replace(host, "") for text in texts], width)
        raise too_long(face.address if without else max(first["genuine"], foreign, first["damaged"], key=len))
    return found


def _small_blocks(texts: Sequence[str], width: float) -> list[Block] | None:
    for size in _SMALL:
        blocks = [flowed(text, "Medium", size, width) for text in texts if text]
        height = sum(one.height + _APART for one in blocks)
        if height <= _SMALL_HIGH and all(one.width <= width for one in blocks):
            return blocks
    return None
