"""Text made to fit: smaller first, then in more lines, and never out of its room."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import Final

from vuonho.errors import UserError
from vuonho.i18n import Text
from vuonho.model.values import quoted
from vuonho.pages.names import whole
from vuonho.plaques.canvas import BLACK, Align, Ink, PdfCanvas, reach, text_width
from vuonho.resources import Weight, font_letters

LEADING: Final = 1.22
"""From baseline to baseline at least, as a share of the size."""
ABOVE: Final = 0.97
"""Room above the first baseline at least, as a share of the size."""
_BELOW: Final = 0.25
"""Room below the last baseline at least, as a share of the size."""
_APART: Final = 0.04
"""Between the lowest dot of a line and the highest accent of the next one: Ễ below ộ stay apart."""
LEAST: Final = 2.8
"""Size in mm of the smallest letters on the board."""


class Misfit(UserError):
    """A text that cannot be printed: `text` is the one that is meant."""

    def __init__(self, text: str, message: Text, hint: Text) -> None:
        super().__init__(message, hint)
        self.text = text
        self.args = (text, message, hint)


def too_long(text: str) -> Misfit:
    """Return the error of a text that does not fit on a plaque."""
    return Misfit(
        text,
        Text("{text} is too long for the plaque.", text=quoted(text)),
        Text("Shorten it, or part long words with a blank; another size (--size) may have room."),
    )


def printable(text: str) -> str:
    """Return a text in NFC; raise Misfit for a character that the typeface does not have.

    A mark that is part of no letter would not find its place, so there is none.
    """
    composed = unicodedata.normalize("NFC", text)
    letters = font_letters("Regular")
    for letter in composed:
        if letter not in letters or unicodedata.combining(letter):
            raise Misfit(
                text,
                Text(
                    "The letters for print have no “{letter}”, which stands in {text}.",
                    letter=letter,
                    text=quoted(text),
                ),
                Text("Take that character out, then print again."),
            )
    return composed


def known_letters(text: str) -> str:
    """Return what the typeface can write of a family's own words: a small picture in a story is no reason to refuse it."""
    known = font_letters("Regular")
    kept = (
        one if one in known and not unicodedata.combining(one) else " "
        for one in unicodedata.normalize("NFC", text)
    )
    return " ".join("".join(kept).split())


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text of one size in mm."""

    lines: tuple[str, ...]
    weight: Weight
    size: float

    @property
    def height(self) -> float:
        """Return the mm from the top of the first line's room to the end of the last one's."""
        return self.size * _height(self.lines, self.weight)

    @property
    def width(self) -> float:
        """Return the mm of the widest line."""
        return max((text_width(line, self.weight, self.size) for line in self.lines), default=0.0)

    def baselines(self, top: float) -> list[tuple[float, str]]:
        """Return the lines with their baselines, `top` being where their room begins."""
        rise, leading, _ = _rhythm(self.lines, self.weight)
        return [(top + self.size * (rise + leading * at), line) for at, line in enumerate(self.lines)]

    def draw(
        self, pdf: PdfCanvas, x: float, top: float, ink: Ink = BLACK, scale: float = 1.0, align: Align = "left"
    ) -> float:  # fmt: skip
        """Write the lines from `top` down and return where their room ends; `scale` is the mm of a unit."""
        for baseline, line in self.baselines(top):
            pdf.text(x * scale, baseline * scale, line, self.weight, self.size * scale, ink, align)
        return top + self.height


def _height(lines: tuple[str, ...], weight: Weight) -> float:
    """Return the height of lines at size 1."""
    rise, leading, fall = _rhythm(lines, weight)
    return rise + leading * (len(lines) - 1) + fall if lines else 0.0


def _rhythm(lines: tuple[str, ...], weight: Weight) -> tuple[float, float, float]:
    """Return the room above the first baseline, from one to the next, and below the last one, at size 1."""
    reaches = [reach(line, weight) for line in lines] or [(0.0, 0.0)]
    between = max((below + above for (_, below), (above, _) in pairwise(reaches)), default=0.0)
    return max(ABOVE, reaches[0][0]), max(LEADING, between + _APART), max(_BELOW, reaches[-1][1])


# --- As large as a room allows ---


@dataclass(frozen=True, slots=True)
class Room:
    """What a text may take, in mm: width, height, and its sizes; `lines` at most."""

    width: float
    height: float
    largest: float
    least: float
    lines: int


_SHRINK: Final = (1.0, 0.84, 0.7, 0.58)
"""Down to which share of the largest size a text is shrunk before it takes 2, 3, 4, 5 lines."""


def fitted(text: str, weight: Weight, room: Room) -> Block:
    """Return a text as large as its room allows; raise Misfit where there is not enough of it."""
    found = fit(printable(text), weight, room)
    if found is None:
        raise too_long(text)
    return found


@lru_cache(maxsize=1024)
def fit(text: str, weight: Weight, room: Room) -> Block | None:
    """Return a text as large as its room allows, in the fewest lines that still look well; None if it is too long.

    Lines end where a reader would pause, unless letters would be much smaller for it.
    """
    freely = _fit(_words(text), weight, room)
    if freely is None:
        return None
    for bound, least in _bound(text):
        found = _fit(_words(bound), weight, room)
        if found is not None and found.size >= least * freely.size:
            return found
    return freely


def _fit(words: tuple[str, ...], weight: Weight, room: Room) -> Block | None:
    best = None if words else Block((), weight, room.largest)
    for count in range(1, min(room.lines, len(words)) + 1):
        lines = _balanced(words, count, weight)
        widest = max(text_width(line, weight) for line in lines)
        size = min(room.largest, room.width / widest, room.height / _height(lines, weight))
        if size >= room.least and (best is None or round(size - 0.005, 2) > best.size * 1.02):
            best = Block(lines, weight, round(size - 0.005, 2))
        if best is not None and best.size >= room.largest * _SHRINK[min(count, len(_SHRINK)) - 1] * 0.8:
            break
    return best


def fit_at(text: str, weight: Weight, room: Room, *, kept: bool = False) -> Block:
    """Return a text in the largest size of its room, in the fewest lines; raise Misfit where they are too many.

    `kept` parts no words that belong together.
    """
    for bound, _ in _bound(text)[: -1 if kept else None]:
        words = _words(bound)
        for count in range(1, min(room.lines, len(words)) + 1):
            block = Block(_balanced(words, count, weight), weight, room.largest)
            if block.width <= room.width + 1e-6 and block.height <= room.height + 1e-6:
                return block
    raise too_long(text)


# --- Where no line ends: within “Vườn bà Hường”, or within “gia đình” where words that stay whole have room ---

_NUMBER: Final = re.compile(r" (?=\d{1,4}$)")
"""Before a number that ends a name: it never stands alone in a line."""
_WORTH: Final = 0.6
"""What a size may lose, as a share, for “Vườn bà Hường” in one line."""


def _bound(text: str) -> tuple[tuple[str, float], ...]:
    """Return a text whose blanks are where a line may end, and the share of the freest size that this is worth."""
    text = _NUMBER.sub("\u00a0", text)
    return (
        (whole(text, owned=True, wide=True), _WORTH),
        (whole(text, wide=True), _WORTH),
        (whole(text), 0.0),
        (text, 0.0),
    )


def _words(text: str) -> tuple[str, ...]:
    """Return the words between which a line may end."""
    return tuple(word.replace("\u00a0", " ") for word in re.split(r"[^\S\u00a0]+", text.strip()) if word)


@lru_cache(maxsize=1024)
def _balanced(words: tuple[str, ...], count: int, weight: Weight) -> tuple[str, ...]:
    """Return words in so many lines: the widest as narrow as can be, and of equals those most alike.

    From the cheapest way to end a line after each word comes the cheapest way to end the next one.
    """
    ends = tuple(accumulate((text_width(f"{word} ", weight) for word in words), initial=0.0))
    blank = text_width(" ", weight)
    ways: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
    for _ in range(count):
        ways = {
            end: min(
                (cost + (ends[end] - ends[start] - blank) ** _EVEN, (*cuts, end))
                for start, (cost, cuts) in ways.items()
                if start < end
            )
            for end in range(min(ways) + 1, len(words) + 1)
        }
    return tuple(" ".join(words[a:b]) for a, b in pairwise(ways[len(words)][1]))


_EVEN: Final = 8
"""The power of the lines' widths whose sum is least: so high that the widest decides."""


# --- In a size that is given ---

_PARTS: Final = re.compile(r"[^/.-]+[/.-]*|[/.-]+")
"""The parts of an address: lines end after dots, dashes and slashes."""
_PARTING: Final = MappingProxyType({".": 1.15, "-": 1.3})
"""How much wider two lines may be for not being parted after such a sign."""


@lru_cache(maxsize=1024)
def flowed(text: str, weight: Weight, size: float, width: float) -> Block:
    """Return a text of a fixed size in as many lines as it needs.

    An address wider than the width is parted after its dots, dashes and slashes; any other word stands out.
    """
    lines = [""]
    for word in text.split():
        parts = (word,) if text_width(word, weight, size) <= width else _PARTS.findall(word)
        for number, part in enumerate(parts):
            longer = f"{lines[-1]}{'' if number or not lines[-1] else ' '}{part}"
            if not lines[-1] or text_width(longer, weight, size) <= width:
                lines[-1] = longer
            else:
                lines.append(part)
    return Block(tuple(lines), weight, size)


def halved(address: str, weight: Weight) -> tuple[str, str]:
    """Return an address in two lines, the wider one narrow: parted after a slash, or a dot or dash if that is far better."""
    cuts = [found.end() for found in _PARTS.finditer(address)][:-1] or [len(address)]

    def cost(cut: int) -> float:
        widest = max(text_width(half, weight) for half in (address[:cut], address[cut:]))
        return widest * _PARTING.get(address[cut - 1], 1.0)

    best = min(cuts, key=cost)
    return address[:best], address[best:]


def running(text: str, weight: Weight, size: float, width: float, lines: int) -> Block:
    """Return a text of a fixed size in at most so many lines; raise Misfit where it takes more."""
    said = Paragraph(text, weight)
    if said.words.widest * size <= width:
        found = Block(said.lines(size, width), weight, size)
    else:
        found = flowed(printable(text), weight, size, width)
    if found.width > width or len(found.lines) > lines:
        raise too_long(text)
    return found


# --- Measured once and set at many sizes: the rows of a board's list ---

_ABOUT: Final = 1.000001
_NARROWER: Final = (0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)
"""Shares of a width that are tried to make the lines of a paragraph alike."""
_AFTER_A_COMMA: Final = re.compile(r"(?<=[,–])\s+")
_BLANK: Final = re.compile(r"[^\S\u00a0]+(?!\d{1,4}\b)|(?<=\d)[^\S\u00a0]+")
"""Where a line may end: not before a short number, which belongs to the word it follows ("ngõ 3")."""


class Words:
    """Words and what joins them, with their widths at size 1: those of lines add up, for nothing is kerned."""

    def __init__(self, words: Sequence[str], weight: Weight, joint: str = " ") -> None:
        self.words, self.joint = tuple(words), joint
        self.between = text_width(joint, weight)
        self.widths = [text_width(word, weight) for word in words]
        self.widest = max(self.widths)

    def cuts(self, room: float) -> list[int]:
        """Return before which words a new line begins in lines of such a width."""
        cuts: list[int] = []
        used = -self.between
        for at, width in enumerate(self.widths):
            used += self.between + width
            if used > room * _ABOUT and at:
                cuts.append(at)
                used = width
        return cuts

    def even(self, room: float, count: int) -> tuple[str, ...] | None:
        """Return so many lines, none of them much shorter than the others; None where more are needed."""
        for share in _NARROWER:
            if self.widest <= share * room * _ABOUT and len(cuts := self.cuts(share * room)) == count - 1:
                return tuple(
                    self.joint.join(self.words[a:b]) for a, b in pairwise((0, *cuts, len(self.words)))
                )
        return None


class Paragraph:
    """A text of one weight measured once, in words, and in the parts between its commas.

    Raises Misfit for a character that the typeface lacks.
    """

    def __init__(self, text: str, weight: Weight) -> None:
        self.text, self.weight, said = text, weight, printable(text).strip()
        self.words = Words(_BLANK.split(said), weight)
        pieces = (piece.replace("\u00a0", " ") for piece in _BLANK.split(whole(said, wide=True)))
        self.pieces = Words(tuple(pieces), weight)
        self.parts = Words(_AFTER_A_COMMA.split(said), weight)

    def size(self, wanted: float, width: float) -> float:
        """Return the size wanted, or the smaller one at which the longest word fits; raise Misfit below the least."""
        size = min(wanted, width / self.words.widest)
        if size < min(LEAST, wanted):
            raise too_long(self.text)
        return size

    def count(self, size: float, width: float) -> int:
        """Return how many lines it takes."""
        return len(self._words(width / size).cuts(width / size)) + 1

    def _words(self, room: float) -> Words:
        """Return the words, those in one that stay whole where they have room."""
        return self.pieces if self.pieces.widest <= room * _ABOUT else self.words

    def lines(self, size: float, width: float) -> tuple[str, ...]:
        """Return the text in the fewest lines no wider than so many mm, parted after commas where that is possible."""
        room, count = width / size, self.count(size, width)
        if parts := self.parts.even(room, count):
            return parts
        words = self._words(room)
        lines = _balanced(words.words, count, self.weight)
        fits = max(text_width(line, self.weight) for line in lines) <= room * _ABOUT
        return lines if fits else words.even(room, count) or ()

    def height(self, wanted: float, width: float) -> float:
        """Return the mm that its lines take."""
        size = self.size(wanted, width)
        return self.count(size, width) * LEADING * size

    def draw(self, pdf: PdfCanvas, wanted: float, left: float, top: float, width: float) -> float:
        """Write it from `top` down and return where its room ends."""
        size = self.size(wanted, width)
        for line in self.lines(size, width):
            pdf.text(left, top + ABOVE * size, line, self.weight, size)
            top += LEADING * size
        return top
