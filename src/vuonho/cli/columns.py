"""Text in columns, as wide as a terminal shows it: an accent takes no room, a wide letter takes two."""

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

WIDTH: Final = 80
_ELLIPSIS: Final = "…"


def width(text: str) -> int:
    """Return how many cells of a terminal a text takes."""
    return sum(map(_cells, unicodedata.normalize("NFC", text)))


def _cells(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1


def left(text: str, cells: int) -> str:
    """Return a text filled with blanks at its right."""
    return text + " " * (cells - width(text))


def right(text: str, cells: int) -> str:
    """Return a text filled with blanks at its left."""
    return " " * (cells - width(text)) + text


def cut(text: str, cells: int) -> str:
    """Return a text of at most so many cells, with … in place of what does not fit."""
    text = unicodedata.normalize("NFC", text)
    if width(text) <= cells:
        return text
    kept = ""
    for sign in text:
        if width(kept + sign) > cells - 1:
            break
        kept += sign
    return kept.rstrip() + _ELLIPSIS


def wrapped(pieces: Iterable[str], first: str, then: str, cells: int = WIDTH) -> list[str]:
    """Return pieces of text in lines of at most so many cells; a piece is broken only where no line can hold it.

    `first` begins the first line, `then` the others.
    """
    room = cells - width(then)
    lines, line, is_begun = [], first, False
    for piece in chain.from_iterable(_broken(piece, room) for piece in pieces):
        if width(line) + is_begun + width(piece) > cells and (is_begun or width(first) > width(then)):
            lines.append(line.rstrip())
            line, is_begun = then, False
        line += f" {piece}" if is_begun else piece
        is_begun = True
    return [*lines, line.rstrip()]


def _broken(piece: str, room: int) -> Iterable[str]:
    return (piece,) if width(piece) <= room else (cut(word, room) for word in piece.split())


def table(rows: Sequence[Sequence[str]], cells: int = WIDTH, gap: int = 2) -> list[str]:
    """Return rows as lines: the first column of words at the left and cut to fit, all others of figures."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    others = sum(widths[1:]) + gap * (len(widths) - 1)
    widths[0] = min(widths[0], cells - others)
    return [
        (" " * gap).join(
            (left(cut(row[0], widths[0]), widths[0]),
             *(right(one, wide) for one, wide in zip(row[1:], widths[1:], strict=True)))
        ).rstrip()
        for row in rows
    ]  # fmt: skip
