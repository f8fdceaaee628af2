"""Pieces of a page and how they flow: stacked, side by side, and onto the next page where one is full.

A piece knows its height before it is drawn, so that nothing is ever parted in the middle. Lengths are mm.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from vuonho.bilingual import Text
from vuonho.errors import Refused
from vuonho.render.plaques.press import Press

Draw = Callable[[Press, float, float], None]
"""Draws at (left, top)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something of a height; `above` is the room before it but at the head of a page.

    `holds` keeps it on the page of the piece that follows: a heading is never the last of a page.
    """

    height: float
    draw: Draw
    above: float = 0.0
    holds: bool = False


def space(height: float) -> Piece:
    """Return a piece of nothing."""
    return Piece(height, lambda _press, _left, _top: None)


def stacked(pieces: Iterable[Piece], above: float = 0.0) -> Piece:
    """Return pieces one below the other as a single one that stays on one page."""
    placed: list[tuple[float, Piece]] = []
    top = 0.0
    for piece in pieces:
        top += piece.above if placed else 0.0
        placed.append((top, piece))
        top += piece.height
    return Piece(top, _each((0.0, down, piece) for down, piece in placed), above)


def beside(columns: Iterable[tuple[float, Piece]], above: float = 0.0, *, middle: bool = False) -> Piece:
    """Return pieces side by side, each so far from the left; at the top or in the middle of their height."""
    given = tuple(columns)
    height = max((piece.height for _, piece in given), default=0.0)
    down = [(height - piece.height) / 2 if middle else 0.0 for _, piece in given]
    return Piece(
        height, _each((left, low, piece) for low, (left, piece) in zip(down, given, strict=True)), above
    )


def padded(piece: Piece, across: float, down: float) -> Piece:
    """Return a piece with room on all sides."""
    return replace(
        piece,
        height=piece.height + 2 * down,
        draw=lambda press, left, top: piece.draw(press, left + across, top + down),
    )


def over(below: Draw, piece: Piece) -> Piece:
    """Return a piece with something drawn beneath it first."""

    def draw(press: Press, left: float, top: float) -> None:
        below(press, left, top)
        piece.draw(press, left, top)

    return replace(piece, draw=draw)


def _each(places: Iterable[tuple[float, float, Piece]]) -> Draw:
    given = tuple(places)

    def draw(press: Press, left: float, top: float) -> None:
        for across, down, piece in given:
            piece.draw(press, left + across, top + down)

    return draw


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece and how far below the head of its page it stands."""

    top: float
    piece: Piece


Pages = tuple[tuple[Placed, ...], ...]
"""What stands on each page."""


def paged(pieces: Iterable[Piece], height: float, head: Piece | None = None) -> Pages:
    """Return pieces on pages of a height; each page but the first begins with the head.

    Pieces that hold on to each other go together, if they fit on one page at all. Raises Refused for one that
    is higher than a page.
    """
    pages: list[list[Placed]] = [[]]
    end, least = 0.0, head.height if head else 0.0
    for group in _groups(pieces, height - least):
        needed = _height(group, is_first=not pages[-1])
        if pages[-1] and end + needed > height:
            pages.append([Placed(0.0, head)] if head else [])
            end = least
        for piece in group:
            end += piece.above if pages[-1] else 0.0
            pages[-1].append(Placed(end, piece))
            end += piece.height
    return tuple(map(tuple, pages))


def fitted(pieces: Iterable[Piece], height: float, wanted: int) -> Pages:
    """Return pieces on no more pages than wanted, closer together if need be; at their usual distance if even so they are more."""
    given = tuple(pieces)
    found = (paged([replace(one, above=share * one.above) for one in given], height) for share in _CLOSER)
    return next((pages for pages in found if len(pages) <= wanted), None) or paged(given, height)


def alike(copies: Sequence[Sequence[Piece]], height: float, wanted: int) -> tuple[Pages, ...]:
    """Return each of several papers on its pages; where all have as many as wanted, their last pages hold the same pieces.

    Whoever lays two copies side by side finds the same questions on the same side.
    """
    found = tuple(fitted(pieces, height, wanted) for pieces in copies)
    if any(len(pages) != wanted for pages in found):
        return found
    last = max(len(pages[-1]) for pages in found)
    parts = [(pieces[:-last], pieces[-last:]) for pieces in copies]
    return tuple((*fitted(first, height, wanted - 1), *fitted(second, height, 1)) for first, second in parts)


_CLOSER: Final = (1.0, 0.8, 0.6, 0.45)
"""Of the usual distances between pieces, tried in this order."""


def _groups(pieces: Iterable[Piece], height: float) -> Iterator[Sequence[Piece]]:
    """Yield pieces that hold on to each other together, one by one where they are higher than a page."""
    group: list[Piece] = []
    for piece in pieces:
        if piece.height > height:
            raise _too_high()
        group.append(piece)
        if not piece.holds:
            yield from _together(group, height)
            group = []
    yield from _together(group, height)


def _together(group: Sequence[Piece], height: float) -> Iterator[Sequence[Piece]]:
    if sum(piece.height + piece.above for piece in group) <= height:
        yield from (group,) if group else ()
    else:
        yield from ((piece,) for piece in group)


def _height(group: Sequence[Piece], *, is_first: bool) -> float:
    return sum(piece.height + piece.above for piece in group) - (group[0].above if is_first else 0.0)


def _too_high() -> Refused:
    return Refused(
        Text("Có một câu trên giấy dài hơn cả một trang.", "Something on the paper is longer than a page."),
        Text("Viết ngắn lại trong templates/languages (mục consent hay inventory).",
             "Shorten it in templates/languages (under consent or inventory)."),
    )  # fmt: skip
