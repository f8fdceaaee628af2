"""The plaque at the gate and the card, and labels: the household's name and emblem, its code, what to do with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from vuonho.errors import Problem
from vuonho.model.codes import spaced
from vuonho.model.public import Coded, PublicHousehold, PublicSite, PublicVillage
from vuonho.pages.language import Language
from vuonho.plaques.canvas import (
    BLACK,
    CAPITAL,
    GREY,
    WHITE,
    Align,
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
    """One household or place on its plaque; `call` is the key of what to do, `address` is what one types ("vuonmau.example/482135/"), `digits` are grouped."""

    name: str
    village: str
    emblem: str
    digits: str
    address: str
    payload: str
    symbol: Symbol
    whose: str
    call: str = "scan"

    @property
    def before_digits(self) -> str:
        """Return what one types before the digits: "vuonmau.example/"."""
        return f"{self.address.rstrip('/').rpartition('/')[0]}/"


def address_of(household: Coded, site: PublicSite) -> str:
    """Return the address of a household's page as one types it."""
    return f"{site.base_url.removeprefix('https://')}{household.code}/"


def line_of(household: Coded, village: PublicVillage, site: PublicSite) -> str:
    """Return what stands below the name: the village, and before it what a place is for who does not read its name.

    Of a lane the plaque says so anyhow.
    """
    if isinstance(household, PublicHousehold) or household.is_lane or "en" not in site.languages:
        return village.name
    gloss = household.kind.label.en.replace(" ", "\u00a0")
    return f"{gloss}, {village.name}"


def face_of(household: Coded, village: PublicVillage, site: PublicSite) -> Face:
    """Return what a household's plaque, or that of a place, says; raise Misfit for letters that cannot be printed."""
    said, name = payload(site.base_url, household.code), printable(household.name)
    return Face(
        name=name,
        village=printable(line_of(household, village, site)),
        emblem=emblem_of(household),
        digits=spaced(household.code),
        address=address_of(household, site),
        payload=said,
        symbol=qr_symbol(said),
        whose=f"{household.code} {name}",
        call="scan"
        if isinstance(household, PublicHousehold)
        else "scan_lane"
        if household.is_lane
        else "scan_spot",
    )


# --- The words that all pieces of an order share ---

PLAQUE_KEYS: Final = (
    ("scan", "scan_spot", "scan_lane", "how", "type", "genuine", "short", "batch", "draft", "note", "ruler"),
    ("scan", "scan_spot", "scan_lane", "type", "genuine"),
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
_HOLES: Final = 6.5
"""Millimetres from the trim to the middle of a drill point, and at the top lower by the tiles."""
_CLEAR: Final = 13.5
"""Millimetres from the trim that name and emblem leave to holes of 5 mm, and to the heads of their screws."""
_CARD_TOP: Final = 29.4
"""Where the code's white card begins, and the column at its right."""
_NAME_TOP: Final = 6.0
"""Where the name begins, or lower where that is too near to the trim."""
_EMBLEM: Final = 21.5
_BESIDE: Final = 5.2
"""Room between the card and the column."""
_DIGITS: Final = (13.5, 8.0)
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
        pdf.slanted((column + right) / 2 * s, (_CARD_TOP + card / 2) * s, words.draft, size * s, 24)
    if design.drilled:
        for x in (_HOLES, design.width - _HOLES):
            for y in (11.0, design.height - _HOLES):
                pdf.ring(x, y, 2.0, GREY)
                pdf.line(x - 1, y, x + 1, y, GREY)
                pdf.line(x, y - 1, x, y + 1, GREY)

    pdf.rectangle(_LEFT * s, _CARD_TOP * s, card * s, card * s, WHITE, 3 * s)
    corner = (_LEFT + 0.4) * s, (_CARD_TOP + 0.4) * s
    pdf.symbol(face.symbol, *corner, (card - 0.8) * s, face.payload, face.whose)

    high = max(_NAME_TOP, (_SAFE + 0.1) / s)
    height, beside = _CARD_TOP - 0.6 - high, _EMBLEM + 2.5
    clear = _CLEAR / s if design.drilled else _LEFT
    name = fitted(face.name, "Bold", Room(design.width / s - 2 * clear - beside, height, 19.5, 5.2, 4))
    foot = _draw_typed(
        pdf, face, words, name.size, (column, right - column, _CARD_TOP + card - 3.6), s, palette
    )
    left = (design.width / s - name.width - beside) / 2
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
    _draw_call(pdf, words, face.call, palette, (column, top, right - column, foot), s)
    small.draw(pdf, min(clear, (design.width / s - small.width) / 2), _CARD_TOP + card + 1.0, BLACK, s)


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
    pdf: PdfCanvas, words: PlaqueWords, call: str, palette: Palette, box: tuple[float, float, float, float], s: float
) -> None:  # fmt: skip
    """Write what to do, in which way, and the same in the other language, in the middle of (left, top, width, foot)."""
    left, top, width, foot = box
    texts = words.first[call], words.first["how"], words.second.get(call, "")
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
_BETWEEN: Final = 1.4
_LOW: Final = 50.0
"""Labels lower than this say no more than they must."""
_CODE: Final = (0.575, 0.47)
"""Width of the code at most, as a share of the label's, and that of a low one."""
_LINES: Final = 7
_SIX_DIGITS: Final = "000 000"
"""No code has larger digits than those of the usual length."""
_VILLAGE: Final = 0.66
_CALL: Final = 0.84
"""Sizes of the village, and of the call at most, as shares of the name's."""
_SMALLER: Final = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.0)
_MODEST: Final = 0.7
"""Share of its size that the call keeps before names grow smaller for it."""
_USUAL: Final = 18
_IN_ONE: Final = 0.86
"""Letters of names that stand in one line, and the share of the largest size that this is worth to all."""
_WHOLE: Final = 0.86
"""Share of their size that names lose at most for lines that end only where a reader pauses."""
_STEPS: Final = 40
"""Sizes that are tried, from the largest to the least."""


class _Foot(NamedTuple):
    """What stands at the foot of a label: call, and what one types; its height in mm."""

    call: list[tuple[Block, Ink]]
    address: Block
    digits: float
    is_one_line: bool
    height: float


class _Setting(NamedTuple):
    """How all labels of a sheet are set: names, villages by their names, and what stands at the foot."""

    names: dict[str, Block]
    villages: dict[str, Block]
    foot: _Foot


class LabelSheet:
    """How the labels of a sheet are set, all in the same sizes: the name largest, then what to do, then what one types.

    `misfits` are the texts without room, by the place of their face; with one there is nothing to draw.
    """

    def __init__(
        self, size: tuple[float, float], faces: Sequence[Face], words: PlaqueWords, palette: Palette
    ) -> None:
        width, height = size
        self.words, self.palette = words, palette
        self.is_low, self.is_upright = height < _LOW, height > width
        if self.is_upright:  # the code above, all else in the middle below it
            self.code, self.left = width - 2 * _EDGE - 5, _EDGE + 2.5
            self.top, self.room = _EDGE + self.code, width - 2 * self.left
        else:  # the code at the left
            self.code = min(height - 2 * _EDGE, _CODE[self.is_low] * width)
            self.left, self.top = _EDGE + self.code + _BETWEEN, _EDGE + 1.0
            self.room = width - _EDGE - self.left
        self.foot = height - _EDGE - 1.0
        self.high = self.foot - self.top
        self.emblem = 0.0 if self.is_low else (0.34 if self.is_upright else 0.17) * self.high
        self.misfits: dict[int, Misfit] = {}
        across, high = self.room - self.emblem - 3, 0.97 * self.high
        if not self.is_upright:
            across, high = self.room, high - 1.1 * self.emblem
        try:
            least = self._foot(faces, 0.0, self.high)
        except Misfit as misfit:
            self.misfits[0] = misfit
        else:
            self.setting = self._set(faces, across, high, least)

    def _foot(self, faces: Sequence[Face], most: float, high: float, least: float = 0.0) -> _Foot:
        """Return call, address and digits in so many mm of height, none larger than `most`: six points at least.

        Raises Misfit where they would have to be smaller than that share of it.
        """
        widest = max(text_width(digits, "Bold") for digits in (_SIX_DIGITS, *(face.digits for face in faces)))
        for share in (one for one in _SMALLER if one >= least):
            try:
                call = self._call(max(share * most, _LEAST))
            except Misfit:
                if share:
                    continue
                raise
            digits = max(_LEAST, min(0.88 * call[0][0].size, self.room / widest))
            address = label_address(faces[0], self.room, max(0.8 * digits, _LEAST))
            typed = address.width + (0.1 + widest) * digits
            is_one_line = self.is_upright and len(address.lines) == 1 and typed <= self.room
            used = (CAPITAL + 0.25) * digits + sum(block.height for block, _ in call)
            used += 0.3 * digits if is_one_line else address.height
            if used <= high:
                return _Foot(call, address, digits, is_one_line, used)
        raise too_long(faces[0].address)

    def _call(self, size: float) -> list[tuple[Block, Ink]]:
        """Return what to do, and the same in the other language."""
        if self.is_low:
            said, foreign = self.words.first["short"], ""
        else:
            said, foreign = self.words.both("scan")
        scan = fit_at(said, "Bold", Room(self.room, 0.4 * self.high, size, _LEAST, 3))
        room = Room(self.room, 0.4 * self.high, max(_FOREIGN * scan.size, _LEAST), _LEAST, 3)
        return [(scan, BLACK), *([(fitted(foreign, "Medium", room), self.palette.accent)] if foreign else [])]

    def _set(self, faces: Sequence[Face], across: float, high: float, least: _Foot) -> _Setting:
        """Return names in the largest size in which all of them, and what stands below them, have room."""
        room = Room(across, 0.3 * high, 0.13 * high, _LEAST, 5)
        villages = {} if self.is_low else self._fitted([one.village for one in faces], "SemiBold", room)
        lowest = max((one.height for one in villages.values()), default=0.0)
        full = Room(across, high - least.height - lowest, _LEAST, _LEAST, _LINES)
        names = self._fitted([one.name for one in faces], "Bold", full)
        smallest = _Setting(names, villages, least)
        if self.misfits:
            return smallest

        def set_at(size: float, *, kept: bool = False) -> _Setting | None:
            smaller = max(_LEAST, min((_VILLAGE * size, *(one.size for one in villages.values()))))
            pleasant, low = replace(full, height=0.55 * high, largest=size), replace(room, largest=smaller)
            try:
                told = {name: fit_at(name, "Bold", pleasant, kept=kept) for name in names}
                where = {name: fit_at(name, "SemiBold", low) for name in villages}
                taken = max(
                    told[one.name].height + (where[one.village].height if where else 0.0) for one in faces
                )
                return _Setting(told, where, self._foot(faces, _CALL * size, high - taken, _MODEST))
            except Misfit:
                return None

        most = (0.2 if self.is_upright else 0.165 if self.is_low else 0.15) * high
        widest = max((text_width(name, "Bold") for name in names if len(name) <= _USUAL), default=1.0)
        most = min(most, across / widest) if across / widest >= _IN_ONE * most else most
        sizes = [most + (_LEAST - most) * at / (_STEPS - 1) for at in range(_STEPS)]
        for size in sizes:
            if found := set_at(size):
                near = (one for one in sizes if _WHOLE * size <= one <= size)
                return next(filter(None, (set_at(one, kept=True) for one in near)), found)
        return smallest

    def _fitted(self, texts: Sequence[str], weight: Weight, room: Room) -> dict[str, Block]:
        """Return texts as large as a room allows; those without room are noted."""
        found = {}
        for at, text in enumerate(texts):
            if block := fit(text, weight, room):
                found[text] = block
            else:
                self.misfits.setdefault(at, too_long(text))
        return found

    def _said(self, face: Face) -> list[tuple[Block, Ink]]:
        """Return whose label it is."""
        village = self.setting.villages.get(face.village)
        return [
            (self.setting.names[face.name], BLACK),
            *([(village, self.palette.accent)] if village else []),
        ]

    def draw(self, pdf: PdfCanvas, face: Face) -> None:
        """Draw a label, its corner at (0, 0)."""
        inset = self.left if self.is_upright else _EDGE
        pdf.symbol(face.symbol, inset, _EDGE, self.code, face.payload, face.whose)
        if draft := self.words.draft:
            size = slanted_size(draft, self.room, 0.8 * self.high, 18)
            pdf.slanted(self.left + self.room / 2, self.top + 0.4 * self.high, draft, size, 18)
        align: Align = "centre" if self.is_upright else "left"
        middle = self.left + (self.room / 2 if self.is_upright else 0.0)
        foot = self.setting.foot
        self._draw_typed(pdf, face, foot, middle, align)
        said = self._said(face)
        height, wide = sum(block.height for block, _ in said), max(block.width for block, _ in said)
        left, top = self.left, self.top
        if self.is_upright:  # emblem and name side by side in the middle
            left, room = middle - (self.emblem + 3 + wide) / 2, self.high - foot.height
            top += max(0.0, (room - self.emblem) / 2)
        if self.emblem:
            at = left - self.emblem / 16, top - self.emblem / 16
            draw_emblem(pdf, face.emblem, *at, self.emblem, self.palette.accent)
        if self.is_upright:
            left, top = left + self.emblem + 3, self.top + max(0.0, (room - height) / 2)
        else:
            top += 1.1 * self.emblem
        for block, ink in said:
            top = block.draw(pdf, left, top, ink)
        top = self.foot - foot.height
        for block, ink in foot.call:
            top = block.draw(pdf, middle, top, ink, align=align)

    def _draw_typed(self, pdf: PdfCanvas, face: Face, foot: _Foot, x: float, align: Align) -> None:
        """Write address and digits at the foot: in one line where there is room, else one above the other."""
        address, digits = foot.address, foot.digits
        if foot.is_one_line:
            gap, wide = 0.1 * digits, text_width(face.digits, "Bold", digits)
            left = x - (address.width + gap + wide) / 2
            pdf.text(left + address.width + gap, self.foot, face.digits, "Bold", digits)
            pdf.text(left, self.foot, address.lines[0], address.weight, address.size)
            return
        pdf.text(x, self.foot, face.digits, "Bold", digits, align=align)
        address.draw(pdf, x, self.foot - (CAPITAL + 0.25) * digits - address.height, align=align)


def label_address(face: Face, width: float, largest: float) -> Block:
    """Return what one types before the digits, in the fewest lines that can be read."""
    address = face.before_digits
    ways = ((address,), halved(address, "SemiBold"), flowed(address, "SemiBold", _LEAST, width).lines)
    for way in ways:
        lines = tuple(filter(None, way))
        size = min(largest, *(width / text_width(line, "SemiBold") for line in lines))
        if size >= _LEAST - 1e-9 and len(lines) <= _ADDRESS_LINES:
            return Block(lines, "SemiBold", size)
    raise too_long(face.address)
