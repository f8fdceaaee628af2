"""The head of the form: what it is and who keeps this copy, how to withdraw, whose form it is, who is responsible."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Final

from vuonho.domain.papers.sheets import Entry, Family
from vuonho.render.papers.flow import Piece, beside, padded, space, stacked
from vuonho.render.papers.formwords import FormWords
from vuonho.render.papers.lines import PT, Style
from vuonho.render.papers.parts import BODY, ROOM, STRONG, columns, framed, text, written
from vuonho.render.plaques.ink import BLACK, WHITE
from vuonho.render.plaques.press import Press

_TITLE: Final = Style(25 * PT, "ExtraBold")
_SUBTITLE: Final = Style(13 * PT, "Medium")
_COPY: Final = Style(12 * PT, "Bold")
_LARGE: Final = Style(13.5 * PT, "Medium")
_LOUD: Final = Style(15 * PT, "Bold")
_NUMBER: Final = Style(25 * PT, "ExtraBold")
_SHARES: Final = MappingProxyType({True: (0.74, 0.26), False: (0.5, 0.5)})
"""How two entries share a line, with the code as the second one or not."""
_GAP: Final = 6.0


def title(words: FormWords, copy: str) -> Piece:
    """Return the form's name, with whose copy it is at the right."""
    mark = _mark(words.say(f"copy_{copy}"), filled=copy == "family")
    width = ROOM - mark[0] - 6
    said = [text(words.say("title"), _TITLE, width), text(words.say("subtitle"), _SUBTITLE, width)]
    if words.say("edition"):
        said.append(text(words.say("edition"), STRONG, width))
    return beside([(0, stacked(said)), (ROOM - mark[0], stacked([space(1.5), mark[1]]))])


def _mark(words: str, *, filled: bool) -> tuple[float, Piece]:
    """Return (width, piece) of the mark of a copy: white on black for the family's, black on white for the team's."""
    width, height = _COPY.width(words) + 10, 10.0

    def draw(press: Press, left: float, top: float) -> None:
        press.rectangle(left, top, width, height, BLACK, 2)
        if not filled:
            press.rectangle(left + 0.5, top + 0.5, width - 1, height - 1, WHITE, 1.5)
        ink = WHITE if filled else BLACK
        press.text(
            left + width / 2,
            top + height / 2 + 0.36 * _COPY.size,
            words,
            _COPY.weight,
            _COPY.size,
            ink,
            "centre",
        )

    return width, Piece(height, draw)


def withdrawal(words: FormWords) -> Piece:
    """Return what to do to withdraw, in large letters, with the number to call."""
    width = ROOM - 10
    wide = _NUMBER.width(words.phone)
    number = text(words.phone, _NUMBER, wide + 1)
    said = text(words.say("withdraw_title"), _LOUD, width - wide - 6)
    first = beside([(0, said), (width - wide, number)], middle=True)
    inside = stacked([first, text(words.say("withdraw"), _LARGE, width, above=1)])
    return framed(padded(inside, 5, 3), ROOM, line=0.9, above=4)


def family_pieces(words: FormWords, family: Family) -> Iterator[Piece]:
    """Yield the lines that say whose form it is."""
    for number, row in enumerate(family.rows):
        yield _row(words, row, above=0.8 if number else 0.0)


def _row(words: FormWords, row: tuple[Entry, ...], above: float) -> Piece:
    room = ROOM - _GAP * (len(row) - 1)
    widths = [room * share for share in _SHARES[any(one.field == "code" for one in row)]]
    made = [partial(written, words.label(one.label), one.value) for one in row]
    return replace(columns(widths, made, _GAP), above=above)


def office(words: FormWords, family: Family) -> Piece:
    """Return a line to write on for the commune's officer; its label stands above it where it is long."""
    label = words.say("office_of", commune=family.commune) if family.commune else words.say("office")
    said = text(label, BODY, ROOM)
    beside_it = BODY.width(label) + 2 < ROOM * 0.6
    start, low = (BODY.width(label) + 2, _WRITING) if beside_it else (0.0, said.height + _WRITING)

    def draw(press: Press, left: float, top: float) -> None:
        said.draw(press, left, top + low - said.height + 1 if beside_it else top)
        press.line(left + start, top + low, left + ROOM, top + low, BLACK, 0.2)

    return Piece(low + 0.6, draw)


_WRITING: Final = 8.0
"""Room above a line to write on."""
