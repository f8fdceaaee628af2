"""The plaque at the gate and the card, and labels: the household's name and emblem, its code, what to do with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Final
from urllib.parse import urlsplit

from vuonho.errors import Problem
from vuonho.model.public import PublicHousehold, PublicSite, PublicVillage
from vuonho.pages.language import Language
from vuonho.pages.layout import spaced
from vuonho.plaques.canvas import (
    BLACK,
    CAPITAL,
    DRAFT,
    GREY,
    WHITE,
    Ink,
    Palette,
    PdfCanvas,
    slanted_size,
    text_width,
)
from vuonho.plaques.emblems import draw_emblem, emblem_of
from vuonho.plaques.fit import (
    Block,
    Misfit,
    Room,
    fit,
    fit_at,
    fitted,
    flowed,
    halved,
    printable,
    too_long,
)
from vuonho.plaques.logo import Logo
from vuonho.plaques.sizes import GATE, Design
from vuonho.qr.symbol import Symbol, payload, qr_symbol
from vuonho.resources import Weight


@dataclass(frozen=True, slots=True)
class Face:
    """One household on its plaque; `address` is what one types ("vuonmau.example/482135/"), `digits` are grouped."""

    name: str
    village: str
    emblem: str
    digits: str
    address: str
    payload: str
    symbol: Symbol
    whose: str

    @property
    def before_digits(self) -> str:
        """Return what one types before the digits: "vuonmau.example/"."""
        return f"{self.address.rstrip('/').rpartition('/')[0]}/"


def address_of(household: PublicHousehold, site: PublicSite) -> str:
    """Return the address of a household's page as one types it."""
    return f"{site.base_url.removeprefix('https://')}{household.code}/"


def face_of(household: PublicHousehold, village: PublicVillage, site: PublicSite) -> Face:
    """Return what a household's plaque says; raise Misfit for letters that cannot be printed."""
    said, name = payload(site.base_url, household.code), printable(household.name)
    return Face(
        name=name,
        village=printable(village.name),
        emblem=emblem_of(household),
        digits=spaced(household.code),
        address=address_of(household, site),
        payload=said,
        symbol=qr_symbol(said),
        whose=f"{household.code} {name}",
    )


# --- The words that all pieces of an order share ---

PLAQUE_KEYS: Final = (
    ("scan", "how", "type", "genuine", "short", "batch", "draft", "note", "ruler"),
    ("scan", "type", "genuine"),
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


# --- The place of a commune's logo ---


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
_ROOF: Final = 4.9
"""Where the tiles along the top end: above what has to be bare."""
_TILE: Final = 5.0
_LEFT, _RIGHT = 11.0, 8.6
_CARD_TOP: Final = 29.4
"""Where the code's white card begins, and the column at its right."""
_NAME_TOP: Final = 6.0
"""Where the name begins, or lower where that is too near to the trim."""
_EMBLEM: Final = 21.5
_BESIDE: Final = 5.2
"""Room between the card and the column."""
_DIGITS: Final = (13.5, 9.5)
"""Largest and least size of the digits: between them no larger than the name."""
_ADDRESS: Final = (7.0, 4.6, 3.3)
"""Largest size of the address in one line, then in two, and its least one."""
_ADDRESS_LINES: Final = 4
_SMALL: Final = 2.9
"""Largest size of the small print."""
_LEAST: Final = 2.12
"""Size in mm of the smallest letters: six points."""


def draw_plaque(
    pdf: PdfCanvas, design: Design, face: Face, words: PlaqueWords, palette: Palette, bleed: float
) -> None:
    """Draw a plaque whose trim begins at (0, 0), its ground to `bleed` mm beyond. Raises Misfit for a text without room."""
    s = min(design.width / GATE.width, design.height / GATE.height)
    right, low = design.width / s - _RIGHT, (design.height - _SAFE) / s
    small = _small_print(face, words, design.width / s - 2 * _LEFT, _LEAST / s)
    card = low - small.height - 1.0 - _CARD_TOP
    column = _LEFT + card + _BESIDE

    pdf.rectangle(-bleed, -bleed, design.width + 2 * bleed, design.height + 2 * bleed, palette.ground)
    draw_roof(pdf, design.width, s, palette, bleed)
    if words.draft:
        size = slanted_size(words.draft, right - column, 46, 24)
        pdf.slanted((column + right) / 2 * s, (_CARD_TOP + card / 2) * s, words.draft, size * s, DRAFT, 24)
    if design.drilled:
        for x in (6.5, design.width - 6.5):
            for y in (11.0, design.height - 6.5):
                pdf.ring(x, y, 2.0, GREY)
                pdf.line(x - 1, y, x + 1, y, GREY)
                pdf.line(x, y - 1, x, y + 1, GREY)

    pdf.rectangle(_LEFT * s, _CARD_TOP * s, card * s, card * s, WHITE, 3 * s)
    corner = (_LEFT + 0.4) * s, (_CARD_TOP + 0.4) * s
    pdf.symbol(face.symbol, *corner, (card - 0.8) * s, face.payload, face.whose)

    high = max(_NAME_TOP, (_SAFE + 0.1) / s)
    height, beside = _CARD_TOP - 0.6 - high, _EMBLEM + 2.5
    name = fitted(face.name, "Bold", Room(design.width / s - 2 * _LEFT - beside, height, 19.5, 5.2, 4))
    foot = _draw_typed(
        pdf, face, words, name.size, (column, right - column, _CARD_TOP + card - 3.6), s, palette
    )
    left = max(_LEFT, (design.width / s - name.width - beside) / 2)
    top = high + (height - _EMBLEM) / 2 - 0.3
    draw_emblem(pdf, face.emblem, (left - _EMBLEM / 16) * s, top * s, _EMBLEM * s, palette.accent)
    name.draw(pdf, left + beside, high + (height - name.height) / 2, BLACK, s)
    wide = right - column
    if words.logo is not None:
        place_logo(pdf, words.logo, (right - 20) * s, (_CARD_TOP + 0.8) * s, 19.2 * s, 14 * s)
        wide -= 23
    village = fitted(face.village, "SemiBold", Room(wide, 20, min(7.2, 0.8 * name.size), 3.2, 4))
    top = village.draw(pdf, column, _CARD_TOP + 3.0 - 0.2 * village.size, palette.accent, s)
    if words.logo is not None:
        top = max(top, _CARD_TOP + 16)
    _draw_call(pdf, words, palette, (column, top, right - column, foot), s)
    small.draw(pdf, _LEFT, _CARD_TOP + card + 1.0, BLACK, s)


def draw_roof(pdf: PdfCanvas, width: float, s: float, palette: Palette, bleed: float) -> None:
    """Draw the edge of a tiled roof along the top of something so many mm wide, and out to the bleed."""
    pdf.rectangle(-bleed, -bleed, width + 2 * bleed, bleed + 1.2 * s, palette.edge)
    count = round(width / s / _TILE) | 1  # one of them in the middle
    tile, joint = width / count, 0.35 * s
    beyond = ceil(bleed / tile)
    for at in range(-beyond, count + beyond):
        left = max(at * tile + joint / 2, -bleed)
        across = min((at + 1) * tile - joint / 2, width + bleed) - left
        pdf.rectangle(left, 0, across, _ROOF * s - across / 2, palette.edge)
        pdf.disc(left + across / 2, _ROOF * s - across / 2, across / 2, palette.edge)


def _draw_typed(
    pdf: PdfCanvas, face: Face, words: PlaqueWords, most: float, box: tuple[float, float, float], s: float, palette: Palette
) -> float:  # fmt: skip
    """Write what one types where a code is broken, down to the foot of (left, width, foot); return where it begins."""
    left, width, foot = box
    size = min(_DIGITS[0], max(most, _DIGITS[1]), width / text_width(face.digits, "Bold"))
    address = _address(face, width)
    either = " / ".join(filter(None, words.both("type")))
    typed = fit(either, "Medium", Room(width, 10, 4.4, 2.8, 2))
    if typed is None:
        raise too_long(max(words.both("type"), key=len))
    top = foot - CAPITAL * size - 0.25 * size - address.height
    typed.draw(pdf, left, top - typed.height, palette.accent, s)
    address.draw(pdf, left, top, BLACK, s)
    pdf.text((left - 0.04 * size) * s, foot * s, face.digits, "Bold", size * s)
    return top - typed.height


def _address(face: Face, width: float) -> Block:
    """Return what one types before the digits, in as few lines as look well."""
    address, (large, pleasant, least) = face.before_digits, _ADDRESS
    size = min(large, width / text_width(address, "Medium"))
    if size >= pleasant:
        return Block((address,), "Medium", size)
    lines = halved(address, "Medium")
    size = min(pleasant, *(width / text_width(line, "Medium") for line in lines if line))
    if size >= least:
        return Block(tuple(filter(None, lines)), "Medium", size)
    found = flowed(address, "Medium", least, width)
    if found.width > width or len(found.lines) > _ADDRESS_LINES:
        raise too_long(face.address)
    return found


def _draw_call(
    pdf: PdfCanvas, words: PlaqueWords, palette: Palette, box: tuple[float, float, float, float], s: float
) -> None:
    """Write what to do, in which way, and the same in the other language, in the middle of (left, top, width, foot)."""
    left, top, width, foot = box
    texts = words.first["scan"], words.first["how"], words.second.get("scan", "")
    for share in (1.0, 0.92, 0.84, 0.76, 0.68, 0.6, 0.5):
        scan = fit(texts[0], "Bold", Room(width, 40 * share, 11.6 * share, 4.2 * share, 4))
        if scan is None:
            break
        how = fit(texts[1], "Medium", Room(width, 12, 0.55 * scan.size, 0.3 * scan.size, 2))
        wanted = _FOREIGN * scan.size
        rooms = (Room(width, 24, wanted, least * wanted, 4) for least in (0.95, 0.5))
        foreign = next(filter(None, (fit(texts[2], "SemiBold", room) for room in rooms)), None)
        if how is None or foreign is None:
            break
        apart = 0.45 * scan.size if foreign.lines else 0.0
        used = scan.height + how.height + foreign.height + apart
        if used <= foot - top - 3:
            top += (foot - top - used) / 2
            bottom = how.draw(pdf, left, scan.draw(pdf, left, top, BLACK, s), BLACK, s)
            foreign.draw(pdf, left, bottom + apart, palette.accent, s)
            return
    raise too_long(max(texts, key=len))


_FOREIGN: Final = 2 / 3
"""Size of the second language as a share of the first one's."""


def _small_print(face: Face, words: PlaqueWords, width: float, least: float) -> Block:
    """Return the line that protects from false codes, as large as it has room; two lines where it must not be smaller."""
    parts = words.first["genuine"], words.second.get("genuine", ""), words.first["batch"]
    said = " · ".join(filter(None, parts))
    size = max(least, min(_SMALL, width / max(text_width(said, "Medium"), 1.0)))
    found = flowed(said, "Medium", size, width)
    if len(found.lines) <= 2 and found.width <= width:
        return found
    bare = flowed(said.replace(face.address.partition("/")[0], ""), "Medium", size, width)
    fits = len(bare.lines) <= 2 and bare.width <= width
    raise too_long(face.address if fits else max(parts[:2], key=len))


# --- Labels: what a jar, a basket or a letter box says; all those of a sheet are set alike ---

_EDGE: Final = 2.5
_BETWEEN: Final = 2.2
_LOW: Final = 50.0
"""Labels lower than this say no more than they must."""
_CODE: Final = (0.575, 0.47)
"""Width of the code at most, as a share of the label's, and that of a low one."""
_LINES: Final = 7
_SIX_DIGITS: Final = "000 000"
"""No code has larger digits than those of the usual length."""


class LabelSheet:
    """How the labels of a sheet are set: in the sizes that the longest name, village and address among them allow.

    `misfits` are the texts without room, by the place of their face; with one there is nothing to draw.
    """

    def __init__(
        self, size: tuple[float, float], faces: Sequence[Face], words: PlaqueWords, palette: Palette
    ) -> None:
        width, height = size
        self.words, self.palette = words, palette
        self.is_low, self.is_upright = height < _LOW, height > width
        if self.is_upright:  # the code above, all else below it
            self.code = width - 2 * _EDGE - 5
            self.left, self.top, self.foot = _EDGE + 2.5, _EDGE + self.code + 2.0, height - _EDGE - 2.0
            self.room = width - 2 * self.left
        else:  # the code at the left
            self.code = min(height - 2 * _EDGE, _CODE[self.is_low] * width)
            self.left, self.top, self.foot = _EDGE + self.code + _BETWEEN, _EDGE + 1.0, height - _EDGE - 1.0
            self.room = width - _EDGE - self.left
        self.misfits: dict[int, Misfit] = {}
        try:
            self._set_foot(faces)
        except Misfit as misfit:
            self.misfits[0] = misfit
            return
        _, top, across, foot = self.box
        villages = [] if self.is_low else [face.village for face in faces]
        room = Room(across, 0.4 * (foot - top), 0.16 * (foot - top), _LEAST, 5)
        self.villages = self._alike(villages, "SemiBold", room)
        high = foot - top - max((one.height for one in self.villages.values()), default=0.0)
        self.names = self._alike(
            [face.name for face in faces], "Bold", Room(across, high, 0.45 * high, _LEAST, _LINES)
        )
        if self.names and self.villages:  # never larger than the name beside it
            smaller = 0.85 * next(iter(self.names.values())).size
            room = replace(room, largest=min(room.largest, max(_LEAST, smaller)))
            self.villages = self._alike(villages, "SemiBold", room)

    def _set_foot(self, faces: Sequence[Face]) -> None:
        """Set what stands alike on each: digits and address at the foot, the call, and the box left for the names."""
        high = self.foot - self.top
        width = self.room * (0.5 if self.is_upright else 1.0)
        share = 0.2 if self.is_upright else 0.15 if self.is_low else 0.115
        widest = max(text_width(digits, "Bold") for digits in (_SIX_DIGITS, *(face.digits for face in faces)))
        self.digits = min(share * high, width / widest)
        self.address = _label_address(faces[0], width, 0.55 * self.digits)
        self.address_top = self.foot - (CAPITAL + 0.25) * self.digits - self.address.height
        if self.is_low:
            short = fitted(self.words.first["short"], "Medium", Room(width, 12, 0.08 * high, _LEAST, 3))
            self.call = [(short, BLACK)]
        else:
            aside = (self.room - width - 4, 0.45 * high) if self.is_upright else (width, 0.19 * high)
            self.call = _label_call(self.words, self.palette, *aside)
        used = sum(block.height for block, _ in self.call)
        self.call_top = (self.foot + 0.6 if self.is_upright else self.address_top - 0.02 * high) - used
        self.emblem = 0.0 if self.is_low else (0.36 if self.is_upright else 0.16) * high
        foot = min(self.call_top, self.address_top) - 0.03 * high
        if self.is_upright:
            self.box = self.left + self.emblem + 3, self.top, self.room - self.emblem - 3, foot
        else:
            self.box = self.left, self.top + 1.08 * self.emblem, self.room, foot

    def _alike(self, texts: Sequence[str], weight: Weight, room: Room) -> dict[str, Block]:
        """Return texts in the largest size in which all of them have room; those that have none are noted."""
        sizes = [room.largest]
        for at, text in enumerate(texts):
            try:
                sizes.append(fitted(text, weight, room).size)
            except Misfit as misfit:
                self.misfits.setdefault(at, misfit)
        if self.misfits:
            return {}
        return {text: fit_at(text, weight, replace(room, largest=min(sizes))) for text in texts}

    def draw(self, pdf: PdfCanvas, face: Face) -> None:
        """Draw a label, its corner at (0, 0)."""
        left, top = self.box[:2]
        inset = (_EDGE + 2.5) if self.is_upright else _EDGE
        pdf.symbol(face.symbol, inset, _EDGE, self.code, face.payload, face.whose)
        if draft := self.words.draft:
            high = self.foot - self.top
            size = slanted_size(draft, self.room, 0.8 * high, 18)
            pdf.slanted(self.left + self.room / 2, self.top + 0.4 * high, draft, size, DRAFT, 18)
        pdf.text(self.left, self.foot, face.digits, "Bold", self.digits)
        self.address.draw(pdf, self.left, self.address_top)
        name, village = self.names[face.name], self.villages.get(face.village)
        if self.emblem:
            at = self.left - self.emblem / 16, self.top - self.emblem / 16
            draw_emblem(pdf, face.emblem, *at, self.emblem, self.palette.accent)
        if self.is_upright and village:  # beside the emblem, in the middle of it
            top += max(0.0, (0.9 * self.emblem - name.height - village.height) / 2)
        top = name.draw(pdf, left, top)
        if village:
            village.draw(pdf, left, top, self.palette.accent)
        top, left = self.call_top, self.left + (self.room / 2 + 4 if self.is_upright else 0.0)
        for block, ink in self.call:
            top = block.draw(pdf, left, top, ink)


def _label_address(face: Face, width: float, largest: float) -> Block:
    """Return what one types before the digits, in the fewest lines that can be read."""
    address = face.before_digits
    ways = ((address,), halved(address, "SemiBold"), flowed(address, "SemiBold", _LEAST, width).lines)
    for way in ways:
        lines = tuple(filter(None, way))
        size = min(largest, *(width / text_width(line, "SemiBold") for line in lines))
        if size >= _LEAST - 1e-9 and len(lines) <= _ADDRESS_LINES:
            return Block(lines, "SemiBold", size)
    raise too_long(face.address)


def _label_call(words: PlaqueWords, palette: Palette, width: float, height: float) -> list[tuple[Block, Ink]]:
    """Return what to do, and the same in the other language, at most so high together."""
    said, foreign = words.both("scan")
    for share in (0.3, 0.25, 0.2, 0.16, 0.12):
        scan = fit(said, "Bold", Room(width, height, max(share * height, _LEAST), _LEAST, 4))
        if scan is None:
            continue
        smaller = Room(width, height, max(0.75 * scan.size, _LEAST), _LEAST, 4)
        other = fit(foreign, "Medium", smaller)
        if other is not None and scan.height + other.height <= height:
            return [(scan, BLACK), *([(other, palette.accent)] if foreign else [])]
    raise too_long(max(said, foreign, key=len))
