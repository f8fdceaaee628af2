"""Where people sign: the adults in the photos, the family, and whoever filled the form in with it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from vuonho.render.papers.flow import Piece, beside, padded, space, stacked
from vuonho.render.papers.formwords import FormWords
from vuonho.render.papers.parts import (
    BODY,
    BOX,
    LABEL,
    LINE,
    ROOM,
    SMALL,
    SOFT,
    STRONG,
    boxed_word,
    framed,
    heading,
    text,
)
from vuonho.render.plaques.ink import BLACK
from vuonho.render.plaques.press import Press

_PEOPLE: Final = 4
"""Lines for adults in photos."""
_SIGNATURE: Final = 27.0
"""Room for a signature and a name, in mm."""
_GAP: Final = 5.0


def people_pieces(words: FormWords) -> Iterator[Piece]:
    """Yield the lines on which adults in photos sign, each for themselves."""
    yield heading(words.say("people"))
    lines = [_blanks(words.say("person"), words.say("signature")) for _ in range(_PEOPLE // 2)]
    said = stacked([text(words.say("people_text"), BODY, ROOM), *lines])
    yield replace(said, holds=True)  # so that no sheet has nothing but signatures


def _blanks(person: str, signature: str) -> Piece:
    """Return the lines of two people side by side: a name, and beside it a signature."""
    half = (ROOM - _GAP) / 2
    name, sign = (half - 2) * 0.6, (half - 2) * 0.4
    places = [(start, width, label) for left in (0.0, half + _GAP)
              for start, width, label in ((left, name, person), (left + name + 2, sign, signature))]  # fmt: skip

    def draw(press: Press, left: float, top: float) -> None:
        for start, width, label in places:
            low = top + LINE
            press.line(left + start, low, left + start + width, low, BLACK, 0.2)
            press.text(left + start, low + 3.3, label, LABEL.weight, LABEL.size, SOFT)

    return Piece(LINE + LABEL.leading, draw)


def signing_pieces(words: FormWords, copy: str) -> Iterator[Piece]:
    """Yield how consent was given, when, and the two signatures; all of it on one page.

    What the team is advised stands on its own copy.
    """
    yield heading(words.say("sign"))
    half = (ROOM - _GAP) / 2
    yield stacked([
        text(words.say("sign_text"), STRONG, ROOM),
        space(1.5),
        _ways(words),
        text(words.say("how_text"), BODY, ROOM, above=1),
        _day(words),
        space(2.5),
        beside([(0, _signature(words, "signer", half)), (half + _GAP, _signature(words, "collector", half))]),
        *((text(words.say("advice"), SMALL, ROOM, SOFT, above=2.5),) if copy == "team" else ()),
    ])  # fmt: skip


def _ways(words: FormWords) -> Piece:
    """Return the ways of consent with a box each, in as many rows as they need."""
    label = words.say("how")
    places: list[tuple[float, Piece]] = [(0, text(label, BODY, ROOM))]
    rows, left = [], BODY.width(label) + 3
    for way in words.asked.ways:
        said = words.language.word(way, "how")
        width = BOX + 1.8 + BODY.width(said) + _GAP
        if left + width - _GAP > ROOM:
            rows.append(beside(places, middle=True))
            places, left = [], 0.0
        places.append((left, boxed_word(said, BODY)))
        left += width
    return stacked([*rows, beside(places, middle=True)])


def _day(words: FormWords) -> Piece:
    """Return the lines for day, month and year."""

    def draw(press: Press, left: float, top: float) -> None:
        low = top + LINE - 0.8
        for key, room in (("day", 18.0), ("month", 18.0), ("year", 28.0)):
            said = words.say(key)
            press.text(left, low, said, BODY.weight, BODY.size)
            left += BODY.width(said) + 2
            press.line(left, low + 0.5, left + room, low + 0.5, BLACK, 0.2)
            left += room + 3

    return Piece(LINE, draw)


def _signature(words: FormWords, whose: str, width: float) -> Piece:
    said = stacked([
        text(words.say(whose), STRONG, width - 6),
        text(words.say("signer_note"), LABEL, width - 6, SOFT),
    ])  # fmt: skip
    room = stacked([said, space(max(0.0, _SIGNATURE - said.height - 4))])
    return framed(padded(room, 3, 2), width, line=0.25)
