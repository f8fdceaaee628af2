"""The plaque at the gate and the card, and labels: the code, the digits, the household's name, what to do."""

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
from vuonho.plaques.fit import (
    LEADING,
    Block,
    Misfit,
    Room,
    fit,
    fit_pair,
    fitted,
    flowed,
    halved,
    printable,
    too_long,
)
from vuonho.plaques.logo import Logo
from vuonho.plaques.sizes import GATE, Design
from vuonho.qr.symbol import Symbol, payload, qr_symbol


@dataclass(frozen=True, slots=True)
class Face:
    """One household on its plaque; `address` is what one types ("vuonmau.example/482135/"), `digits` are grouped."""

    name: str
    village: str
    digits: str
    address: str
    payload: str
    symbol: Symbol
    whose: str


def address_of(household: PublicHousehold, site: PublicSite) -> str:
    """Return the address of a household's page as one types it."""
    return f"{site.base_url.removeprefix('https://')}{household.code}/"


def face_of(household: PublicHousehold, village: PublicVillage, site: PublicSite) -> Face:
    """Return what a household's plaque says; raise Misfit for letters that cannot be printed."""
    said, name = payload(site.base_url, household.code), printable(household.name)
    return Face(
        name=name,
        village=printable(village.name),
        digits=spaced(household.code),
        address=address_of(household, site),
        payload=said,
        symbol=qr_symbol(said),
        whose=f"{household.code} {name}",
    )


# --- The words that all pieces of an order share ---

PLAQUE_KEYS: Final = (
    ("scan", "how", "genuine", "opens", "damaged", "batch", "draft", "note", "ruler"),
    ("scan", "genuine"),
)
"""Entries under `plaque` in the wording: in the site's first language, and in its second one."""


class PlaqueWords:
    """What pieces say, by their keys: `first` in the site's first language, `second`, set smaller, in its second one.

    `places` are file and field of each text; `draft` is "" for a real print. Raises VuonhoError for an entry that is
    missing.
    """

    def __init__(
        self, languages: Sequence[Language], base_url: str, batch: int, *, draft: bool, logo: Logo | None,
        keys: Sequence[Sequence[str]] = PLAQUE_KEYS,
    ) -> None:  # fmt: skip
        values: dict[str, dict[str, object]] = {
            "genuine": {"host": urlsplit(base_url).netloc},
            "batch": {"batch": batch},
        }
        self.first: dict[str, str] = {}
        self.second: dict[str, str] = {}
        self.places: dict[str, tuple[str, str]] = {}
        for said, language, wanted in zip((self.first, self.second), languages, keys, strict=False):
            for key in wanted:
                said[key] = language.say(f"plaque.{key}", **values.get(key, {}))
                self.places.setdefault(
                    said[key], (f"templates/languages/{language.tag}.yaml", f"plaque.{key}")
                )
        self.draft = self.first["draft"] if draft else ""
        self.logo = logo
        self.elsewhere = f"templates/languages/{languages[0].tag}.yaml", "plaque"

    def both(self, key: str) -> tuple[str, str]:
        """Return an entry in both languages, "" where there is no second one."""
        return self.first[key], self.second.get(key, "")

    def problems(self) -> list[Problem]:
        """Return the entries with a character that the plaque's typeface does not have."""
        found = []
        for text in self.places:
            try:
                printable(text)
            except Misfit as misfit:
                found.append(self.blamed(misfit, {}))
        return found

    def blamed(self, misfit: Misfit, others: dict[str, tuple[str, str]]) -> Problem:
        """Return the problem in the file and field that the text stands in, here or in `others`."""
        file, field = (self.places | others).get(misfit.text, self.elsewhere)
        return Problem(field, misfit.message, misfit.hint, file=file)


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
    """Draw a plaque whose trim begins at (0, 0), its ground to `bleed` mm beyond. Raises Misfit for a text without room."""
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
    host = face.address.partition("/")[0]
    found = _small_blocks(texts, width)
    if found is None and _small_blocks([text.replace(host, "") for text in texts], width):
        raise too_long(face.address)
    if found is None:
        raise too_long(max(first["genuine"], foreign, first["damaged"], key=len))
    return found


def _small_blocks(texts: Sequence[str], width: float) -> list[Block] | None:
    for size in _SMALL:
        blocks = [flowed(text, "Medium", size, width) for text in texts if text]
        height = sum(one.height + _APART for one in blocks)
        if height <= _SMALL_HIGH and all(one.width <= width for one in blocks):
            return blocks
    return None


# --- The label: what a plaque says on a jar, a basket or a letter box ---

_EDGE: Final = 2.5
_BETWEEN: Final = 2.2
_WIDE: Final = 1.7
"""A column at least so much wider than high has the digits and the call side by side."""
_LEAST: Final = 1.5
"""Size in mm of the smallest letters: about four points, on a label held in the hand."""
_SIX_DIGITS: Final = "000 000"
"""No code has larger digits than those of the usual length."""
_PLEASANT: Final = 1.9
"""Below this size an address is parted in two lines."""


def draw_label(
    pdf: PdfCanvas, width: float, height: float, face: Face, words: PlaqueWords, palette: Palette
) -> None:
    """Draw a label of so many mm, its corner at (0, 0). Raises Misfit for a text without room."""
    if height > width:  # the code above, all else below it
        left, room = _EDGE + 2.5, width - 2 * _EDGE - 5
        foot = _label_address(pdf, face, words, left, height - _EDGE - 1.5, (width, height))
        pdf.symbol(face.symbol, left, _EDGE, room, face.payload, face.whose)
        box = left, _EDGE + room + 1.0, room, foot - 2.8
    else:  # the code at the left
        foot = _label_address(pdf, face, words, _EDGE + 1.0, height - _EDGE, (width, height))
        room = foot - _EDGE
        code = pdf.symbol(face.symbol, _EDGE, _EDGE, room, face.payload, face.whose)
        left = _EDGE + (room + code) / 2 + _BETWEEN
        box = left, _EDGE + 1.0, width - _EDGE - left, foot - 2.0
    _label_column(pdf, face, words, palette, box)


def _label_address(
    pdf: PdfCanvas, face: Face, words: PlaqueWords, left: float, bottom: float, label: tuple[float, float]
) -> float:
    """Write the address along the foot, as what a true code opens; return where its room begins."""
    width, height = label
    opens = words.first["opens"]
    said, address, room = f"{opens} ".lstrip(), face.address, width - _EDGE - left
    before = text_width(said, "Regular")
    lines: tuple[str, ...] = (address,)
    size = min(0.07 * min(height, 62.0), room / (before + text_width(address, "SemiBold")))
    if size < _PLEASANT:
        lines = halved(address, "SemiBold", before)
        widths = before + text_width(lines[0], "SemiBold"), text_width(lines[1], "SemiBold")
        size = min(_PLEASANT, room / max(widths))
    if size < _LEAST:
        raise too_long(address if before < text_width(address, "SemiBold") else opens)
    first = bottom - (BELOW + LEADING * (len(lines) - 1)) * size
    pdf.text(left, first, said.strip(), "Regular", size)
    for number, line in enumerate(lines):
        x = left if number else left + before * size
        pdf.text(x, first + number * LEADING * size, line, "SemiBold", size)
    return first - 0.84 * size


def _label_column(
    pdf: PdfCanvas, face: Face, words: PlaqueWords, palette: Palette, box: tuple[float, float, float, float]
) -> None:
    """Write name, village, call and digits into (left, top, width, bottom)."""
    left, top, width, bottom = box
    room = bottom - top
    unit = min(width, room) / 30
    if words.draft:
        size = slanted_size(words.draft, width, 0.8 * room, 18)
        pdf.slanted(left + width / 2, top + 0.8 * room / 2, words.draft, size, DRAFT, 18)
    across = text_width(face.digits, "Bold")
    widest = max(across, text_width(_SIX_DIGITS, "Bold"))
    if width > _WIDE * room:  # the digits beside the call
        size = min(0.46 * width / widest, 0.42 * room / CAPITAL, 12 / CAPITAL)
        beside = left + size * across + 2.5 * unit
        high = max(size * CAPITAL + 0.6 * unit, 0.34 * room)
        place = beside, left + width - beside, bottom + 0.4 * unit, high
        end = bottom - max(_label_call(pdf, words, palette, place, unit), high)
    else:  # the digits below it
        size = min(width / widest, 10.5 * unit, 12 / CAPITAL)
        end = bottom - size * CAPITAL - 1.8 * unit
        end -= _label_call(pdf, words, palette, (left, width, end, 0.29 * room), unit)
    pdf.text(left, bottom, face.digits, "Bold", size)

    pdf.rectangle(left, top, 9 * unit, 1.1 * unit, palette.edge)
    top += 1.8 * unit
    room = end - 1.4 * unit - top
    upper = Room(width, 0.8 * room, 5.4 * unit, _LEAST, 6)
    lower = Room(width, room, 3.2 * unit, _LEAST, 4)
    name, village = fit_pair(face.name, face.village, upper, lower, 0.5 * unit, room)
    top = name.draw(pdf, left, top)
    village.draw(pdf, left, top + 0.5 * unit, palette.accent)


def _label_call(
    pdf: PdfCanvas, words: PlaqueWords, palette: Palette, box: tuple[float, float, float, float], unit: float
) -> float:
    """Write beside a phone what to do, in (left, width, bottom, height at most); return the height."""
    left, width, bottom, height = box
    width -= 0.62 * height
    said, foreign = words.both("scan")
    share = 0.52 if foreign else 1.0
    scan = fitted(said, "SemiBold", Room(width, share * height, 3.2 * unit, _LEAST, 3))
    blocks = [(scan, BLACK)]
    if foreign:
        room = Room(width, height - scan.height, scan.size, _LEAST, 3)
        blocks.append((fitted(foreign, "Medium", room), palette.accent))
    used = sum(one.height for one, _ in blocks)
    top = bottom - used
    draw_phone(pdf, left, top, used / PHONE, palette)
    for one, ink in blocks:
        top = one.draw(pdf, left + used / PHONE + 1.2 * unit, top, ink)
    return used
