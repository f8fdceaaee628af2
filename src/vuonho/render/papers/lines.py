"""Text in lines of one size and one weight: wrapped at blanks, and within a word only where it fits on no line.

Lengths and sizes are millimetres, `PT` of them a printer's point. Nothing shrinks: paper is read by people of 75.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from vuonho.bilingual import Text
from vuonho.domain.values import quoted
from vuonho.errors import Refused
from vuonho.render.fonts import Weight, font_letters
from vuonho.render.plaques.press import text_width

PT: Final = 25.4 / 72
LEADING: Final = 1.32
"""From baseline to baseline, as a share of the size: Ễ below ộ stay apart."""
_RISE: Final = 1.02
"""From the top of a line's room to its baseline."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set."""

    size: float
    weight: Weight = "Regular"

    @property
    def leading(self) -> float:
        """Return the mm from one baseline to the next."""
        return self.size * LEADING

    @property
    def rise(self) -> float:
        """Return the mm from the top of a line to its baseline."""
        return self.size * _RISE

    def width(self, text: str) -> float:
        """Return the width of a line."""
        return text_width(text, self.weight, self.size)


@lru_cache(maxsize=2048)
def wrapped(text: str, style: Style, width: float, indent: float = 0.0) -> tuple[str, ...]:
    """Return a text in lines no wider than the width, the first one `indent` less; its own line breaks stay.

    The first line is "" where not even a word has room beside the indent.
    """
    found: list[str] = []
    for paragraph in text.splitlines():
        found += _wrapped(paragraph, style, width, 0.0 if found else indent)
    return tuple(found)


def _wrapped(text: str, style: Style, width: float, indent: float) -> Iterator[str]:
    line, room = "", width - indent
    for word in text.split():
        for number, part in enumerate(_parts(word, style, width)):
            longer = f"{line}{'' if number or not line else ' '}{part}"
            if (line or room < width) and style.width(longer) > room:
                yield line
                longer, room = part, width
            line = longer
    if line:
        yield line


def _parts(word: str, style: Style, width: float) -> Iterator[str]:
    """Yield a word whole; one that is wider than a line in pieces, an address after its dots and slashes."""
    if style.width(word) <= width:
        yield word
        return
    for piece in _PIECES.findall(word):
        while style.width(piece) > width:
            most = next(
                end for end in range(len(piece), 0, -1) if end == 1 or style.width(piece[:end]) <= width
            )
            yield piece[:most]
            piece = piece[most:]  # noqa: PLW2901 - what is left of it
        if piece:
            yield piece


_PIECES: Final = re.compile(r"[^/.-]+[/.-]*|[/.-]+")


def require_letters(text: str) -> str:
    """Return a text in NFC; raise Refused for a sign that the typeface does not have."""
    composed = unicodedata.normalize("NFC", text)
    letters = font_letters("Regular")
    strange = [sign for sign in composed if sign not in letters and not sign.isspace()]
    if strange:
        raise Refused(
            Text(f"Chữ in trên phiếu không có ký tự “{strange[0]}” trong {quoted(text)}.",
                 f"The paper's letters have no “{strange[0]}”, which stands in {quoted(text)}."),
            Text("Bỏ ký tự ấy rồi in lại.", "Take that sign out, then print again."),
        )  # fmt: skip
    return composed
