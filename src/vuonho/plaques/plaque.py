"""The plaque at the gate, and the card: code and digits at the left, the household's name at the right."""

from collections.abc import Iterator, Sequence
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
    Ink,
    Palette,
    Press,
    slanted_size,
    text_width,
)
from vuonho.plaques.fit import Misfit, Room, Set, fit, fit_pair, flowed, halved, printable, too_long
from vuonho.plaques.logo import Logo
from vuonho.qr.symbol import Symbol, payload, qr_symbol
from vuonho.resources import Weight

# --- What stands on a plaque: the household's side of it, and the words that all plaques share ---


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


@dataclass(frozen=True, slots=True)
class Words:
    """The plaque's words in the first language of the site and in the second, "" where there is none.

    `foreign` words are set smaller, below the first; `true` introduces the address on
    a label; `batch` is the number of the print run in words.
    """

    scan: str
    how: str
    genuine: str
    true: str
    damaged: str
    batch: str
    draft: str
    foreign_scan: str
    foreign_genuine: str
    logo: Logo | None = None


def address_of(household: PublicHousehold, site: PublicSite) -> str:
    """Return the address of a household's page as one types it."""
    return f"{site.base_url.removeprefix('https://')}{household.code}/"


def face_of(household: PublicHousehold, village: PublicVillage, site: PublicSite) -> Face:
    """Return what a household's plaque says; raise Refused for signs that cannot be printed."""
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


# --- The small pictures of the plaques: leaf badge, phone, drill point, and the place of a commune's logo ---


def draw_drill_point(press: Press, x: float, y: float) -> None:
    """Mark a hole of 4 mm."""
    press.ring(x, y, 2.0, GREY)
    press.line(x - 1, y, x + 1, y, GREY)
    press.line(x, y - 1, x, y + 1, GREY)


def draw_badge(press: Press, x: float, y: float, radius: float, palette: Palette) -> None:
    """Draw the round badge with the leaf, as on the site's pages."""
    unit, leaf = radius / 48, WHITE
    left, top = x - radius, y - radius
    press.disc(x, y, radius, palette.ground)
    press.disc(x, y, radius * 0.87, palette.accent)
    press.outline("30 66 m 22 42 36 28 68 28 c 68 60 54 74 30 66 c h", leaf, left, top, unit)
    press.outline("31.5 67 m 29 64.5 l 56 37.5 l 58 39.5 l h", palette.accent, left, top, unit)
    press.outline("22.5 76 m 20 73.5 l 31 62.5 l 35 65.5 l h", leaf, left, top, unit)


PHONE: Final = 52 / 30
"""Height of the drawn phone as a share of its width."""


def draw_phone(press: Press, x: float, y: float, width: float, palette: Palette) -> None:
    """Draw a phone that looks at a code: its case, its glass, and on it a corner frame around a small code."""
    unit = width / 30
    with press.moved(x, y):
        press.rectangle(0, 0, 30 * unit, 52 * unit, palette.accent, 5 * unit)
        press.rectangle(2.6 * unit, 6 * unit, 24.8 * unit, 39 * unit, WHITE, 1.4 * unit)
        press.rectangle(11 * unit, 2.5 * unit, 8 * unit, 1.3 * unit, palette.ground, 0.65 * unit)
        press.disc(15 * unit, 48.5 * unit, 1.7 * unit, palette.ground)
        for turned in (_FINDER, _FINDER_RIGHT, _FINDER_LOW):
            press.outline(turned, BLACK, 0, 0, unit)
        press.outline(_BITS, BLACK, 0, 0, unit)


def _square(x: float, y: float, side: float) -> str:
    return f"{x:g} {y:g} m {x + side:g} {y:g} l {x + side:g} {y + side:g} l {x:g} {y + side:g} l h"


def _finder(x: float, y: float) -> str:
    return " ".join((_square(x, y, 6.5), _square(x + 1.3, y + 1.3, 3.9), _square(x + 2.3, y + 2.3, 1.9)))


_FINDER: Final = _finder(6, 16.5)
_FINDER_RIGHT: Final = _finder(17.5, 16.5)
_FINDER_LOW: Final = _finder(6, 28)
_BITS: Final = " ".join(
    _square(x, y, 1.9)
    for x, y in (
        (17.5, 28),
        (20, 30.5),
        (22.1, 28),
        (17.5, 32.6),
        (22.1, 32.6),
        (13.6, 20),
        (13.6, 25),
        (9, 24.6),
    )
)


def place_logo(press: Press, logo: Logo, x: float, y: float, width: float, height: float) -> None:
    """Place a logo in the middle of a room, on a white tile."""
    scale = min(width / logo.width, height / logo.height)
    wide, high = logo.width * scale, logo.height * scale
    left, top = x + width - wide, y + (height - high) / 2
    press.rectangle(left - 0.8, top - 0.8, wide + 1.6, high + 1.6, WHITE, 1.2)
    if logo.drawing is not None:
        press.drawing(logo.drawing, left, top, scale)
    else:
        press.picture(logo.picture, left, top, wide, high)


# --- The plaque at the gate, and the card: code and digits at the left, the household's name at the right ---

_ACROSS: Final = 200.0
_DOWN: Final = 150.0


@dataclass(frozen=True, slots=True)
class Design:
    """A plaque's size in mm, and whether it is screwed on."""

    key: str
    width: float
    height: float
    drilled: bool

    @property
    def scale(self) -> float:
        """Return the size of everything on it as a share of that on 200 × 150 mm."""
        return min(self.width / _ACROSS, self.height / _DOWN)


GATE: Final = Design("200x150", 200, 150, drilled=True)
A5: Final = Design("a5", 210, 148, drilled=True)
A6: Final = Design("a6", 148, 105, drilled=False)


def draw_plaque(
    press: Press, design: Design, face: Face, words: Words, palette: Palette, bleed: float
) -> None:
    """Draw a plaque whose trim begins at (0, 0), its ground to `bleed` mm beyond. Raises Refused for a text without room."""
    plaque = _Plaque(press, design, face, words, palette, bleed)
    plaque.ground()
    plaque.code()
    plaque.foot()
    plaque.column()


class _Plaque:
    """One plaque on the press; lengths below are those on 200 × 150 mm, `s` of a millimetre.

    What stands at the left is stacked from the foot upwards: address, digits, and the code in what is left.
    """

    def __init__(
        self, press: Press, design: Design, face: Face, words: Words, palette: Palette, bleed: float
    ) -> None:
        self.press, self.design, self.face, self.words = press, design, face, words
        self.palette, self.bleed = palette, bleed
        self.s = design.scale
        self.left, self.column_left = 11.0, 129.5
        self.right = design.width / self.s - 8.5
        self.low = (design.height - _SAFE) / self.s
        self.address_top = self.low - (CAPITAL + BELOW) * _ADDRESS[0]
        self.digits_low = self.address_top - 2.9
        self.card_top = 8.4
        self.card = self.digits_low - _DIGITS - 3.0 - self.card_top

    @property
    def _wide(self) -> float:
        return self.right - self.column_left

    def ground(self) -> None:
        """Draw what lies beneath: ground, clay edge, draft mark, drill points."""
        press, bleed, design = self.press, self.bleed, self.design
        press.rectangle(
            -bleed, -bleed, design.width + 2 * bleed, design.height + 2 * bleed, self.palette.ground
        )
        press.rectangle(-bleed, -bleed, design.width + 2 * bleed, bleed + 4.4 * self.s, self.palette.edge)
        if self.words.draft:
            self._draft()
        if design.drilled:
            for x in (6.5, design.width - 6.5):
                for y in (11.0, design.height - 6.5):
                    draw_drill_point(press, x, y)

    def _draft(self) -> None:
        x, y, s = (self.column_left + self.right) / 2, 57.0, self.s
        size = slanted_size(self.words.draft, self._wide, 46, 24)
        self.press.slanted(x * s, y * s, self.words.draft, size * s, DRAFT, 24)
        size = min(3.6, self.card / text_width(self.words.draft, "ExtraBold"))
        self.press.text(self.left * s, 3.6 * s, self.words.draft, "ExtraBold", size * s, WHITE)

    def code(self) -> None:
        """Draw the code on its white card, and the digits below it."""
        s, face, top = self.s, self.face, self.card_top
        self.press.rectangle(self.left * s, top * s, self.card * s, self.card * s, WHITE, 4 * s)
        room = (self.card - 2) * s
        self.press.symbol(face.symbol, (self.left + 1) * s, (top + 1) * s, room, face.payload, face.whose)

    def foot(self) -> None:
        """Write the digits and the address below the code."""
        size = min(_DIGITS / CAPITAL, self.card / text_width(self.face.digits, "Bold"))
        self._line(self.left, self.digits_low, self.face.digits, "Bold", size)
        width = self.design.width / self.s - self.left - 13
        lines, size = _address(self.face.address, width)
        first = self.low - (BELOW + 1.15 * (len(lines) - 1)) * size
        for number, line in enumerate(lines):
            self._line(self.left, first + number * 1.15 * size, line, "Medium", size)

    def column(self) -> None:
        """Write the name and all else at the right of the code."""
        small = self._small()
        top = self.address_top - 2.4 - sum(one.height + _APART for one in small)
        sets = self._call_sets(top - _CALL - 1.0)
        self._head()
        names = Room(self._wide, 45, 12.5, 5.2, 5), Room(self._wide, 16, 6.4, 3.4, 4)
        name, village = fit_pair(self.face.name, self.face.village, *names, 2.2, _CALL - _NAMES - 4.0)
        bottom = self._block(name, _NAMES, BLACK)
        self._block(village, bottom + 2.2, self.palette.accent)
        self._call(sets)
        for one in small:
            top = self._block(one, top, BLACK) + _APART

    def _head(self) -> None:
        """Draw the badge, and the commune's logo if there is one."""
        radius, s = 8.6, self.s
        draw_badge(self.press, (self.column_left + radius) * s, 11.2 * s, radius * s, self.palette)
        if self.words.logo is not None:
            top = max(7.8, (_SAFE + 0.9) / s)
            place_logo(self.press, self.words.logo, (self.right - 24) * s, top * s, 20 * s, (19.9 - top) * s)

    def _call_sets(self, height: float) -> tuple[Set, Set, Set]:
        """Return in lines what to do, in which way, and the same in the other language, at most so high together."""
        width, words = self.right - self.column_left - _BESIDE, self.words
        for share in (1.0, 0.9, 0.8, 0.72):
            scan = fit(words.scan, "Bold", Room(width, 22, 5.8 * share, 4.2 * share, 4))
            how = fit(words.how, "Medium", Room(width, 9, 4.2 * share, 3.2 * share, 2))
            foreign = fit(words.foreign_scan, "Medium", Room(width, 10, 4.0 * share, 3.0 * share, 3))
            if scan and how and foreign and scan.height + how.height + foreign.height + 1.7 <= height:
                return scan, how, foreign
        raise too_long(max(words.scan, words.how, words.foreign_scan, key=len))

    def _call(self, sets: tuple[Set, Set, Set]) -> None:
        """Draw the phone, and what to do with it."""
        s, (scan, how, foreign) = self.s, sets
        draw_phone(self.press, self.column_left * s, (_CALL + 1.0) * s, 17.0 * s, self.palette)
        left = self.column_left + _BESIDE
        bottom = self._block(scan, _CALL, BLACK, left)
        bottom = self._block(how, bottom + 0.4, BLACK, left)
        self._block(foreign, bottom + 1.3, self.palette.accent, left)

    def _small(self) -> list[Set]:
        """Return in lines what protects from pasted codes, and whom to tell of damage."""
        words = self.words
        texts = (words.genuine, words.foreign_genuine, f"{words.damaged} {words.batch}".strip())
        found = _small_print(texts, self._wide)
        if found is None:
            host = self.face.address.partition("/")[0]
            hostless = [text.replace(host, "") for text in texts]
            longest = max(words.genuine, words.foreign_genuine, words.damaged, key=len)
            raise too_long(self.face.address if _small_print(hostless, self._wide) else longest)
        return found

    def _block(self, block: Set, top: float, ink: Ink, left: float | None = None) -> float:
        """Write lines from `top` down and return where they end."""
        x = self.column_left if left is None else left
        for baseline, line in block.baselines(top):
            self._line(x, baseline, line, block.weight, block.size, ink)
        return top + block.height

    def _line(self, x: float, y: float, text: str, weight: Weight, size: float, ink: Ink = BLACK) -> None:
        self.press.text(x * self.s, y * self.s, text, weight, size * self.s, ink)


_SAFE: Final = 5.0
"""Millimetres from the trim within which nothing is to be read."""
_DIGITS: Final = 12.3
"""Height of the digits."""
_NAMES: Final = 22.8
"""Where the name begins."""
_CALL: Final = 76.5
"""Where the call to action begins, and how far its words stand from the phone's left."""
_BESIDE: Final = 21.0
_APART: Final = 0.7
"""Between the parts of the small print."""


_SMALL: Final = (2.9, 2.6, 2.3)
_SMALL_HIGH: Final = 27.0


def _small_print(texts: Sequence[str], width: float) -> list[Set] | None:
    """Return texts in lines, at the largest size at which they have room; None where they have none."""
    for size in _SMALL:
        sets = [flowed(text, "Medium", size, width) for text in texts if text]
        height = sum(one.height + _APART for one in sets)
        if height <= _SMALL_HIGH and all(one.width <= width for one in sets):
            return sets
    return None


_ADDRESS: Final = (7.0, 4.6, 3.9, 3.3)
"""Largest and least size in one line, and in two: the largest has letters of 5 mm on the plaque at the gate."""


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


# --- The words that all plaques of an order share, out of the site's languages; and where each of them was written ---

_OURS: Final[tuple[tuple[str, Weight], ...]] = (
    ("scan", "Bold"), ("how", "Medium"), ("genuine", "Medium"), ("opens", "Regular"), ("damaged", "Medium"),
    ("batch", "Medium"), ("draft", "ExtraBold"), ("note", "Regular"), ("ruler", "Regular"),
)  # fmt: skip
_FOREIGN: Final[tuple[tuple[str, Weight], ...]] = (("scan", "Medium"), ("genuine", "Medium"))
"""Of the second language, with the weight in which they are set."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The site's languages, the plaque's first, and what their entries are filled in with."""

    languages: tuple[Language, ...]
    base_url: str
    batch: int

    def words(self, *, draft: bool, logo: Logo | None) -> Words:
        """Return the words of the plaques; raise VuonhoError for an entry that is missing."""
        foreign = self.languages[1:2]
        return Words(
            scan=self._ours("scan"),
            how=self._ours("how"),
            genuine=self._ours("genuine"),
            true=self._ours("opens"),
            damaged=self._ours("damaged"),
            batch=self._ours("batch"),
            draft=self._ours("draft") if draft else "",
            foreign_scan="".join(self._said(language, "scan") for language in foreign),
            foreign_genuine="".join(self._said(language, "genuine") for language in foreign),
            logo=logo,
        )

    def problems(self) -> tuple[Problem, ...]:
        """Return the entries with a sign that the plaque's typeface does not have."""
        return tuple(problem for entry in self._entries() if (problem := self._unprintable(*entry)))

    def place(self, text: str) -> tuple[str, str]:
        """Return file and field of the entry that says a text, those of all of them for any other text."""
        for language, key, _ in self._entries():
            if text == self._said(language, key):
                return _file(language), f"plaque.{key}"
        return _file(self.languages[0]), "plaque"

    def _unprintable(self, language: Language, key: str, weight: Weight) -> Problem | None:
        try:
            printable(self._said(language, key), weight)
        except Misfit as misfit:
            return Problem(_file(language), None, None, f"plaque.{key}", misfit.message, misfit.hint)
        return None

    def _entries(self) -> Iterator[tuple[Language, str, Weight]]:
        for language, keys in zip(self.languages, (_OURS, _FOREIGN), strict=False):
            yield from ((language, key, weight) for key, weight in keys)

    def _ours(self, key: str) -> str:
        return self._said(self.languages[0], key)

    def _said(self, language: Language, key: str) -> str:
        if key == "genuine":
            return language.say("plaque.genuine", host=urlsplit(self.base_url).netloc)
        if key == "batch":
            return language.say("plaque.batch", batch=self.batch)
        return language.say(f"plaque.{key}")


def _file(language: Language) -> str:
    return f"templates/languages/{language.tag}.yaml"
