"""The questions: each tick by itself, Yes and No beside it, and nothing ticked."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from vuonho.render.papers.flow import Piece, beside, stacked
from vuonho.render.papers.formwords import FormWords
from vuonho.render.papers.parts import (
    ASKED,
    BODY,
    BOX,
    ROOM,
    STRONG,
    balanced,
    boxed_word,
    heading,
    prose,
    rule,
    tag,
    text,
)

_NUMBER: Final = 8.5
_GAP: Final = 2.5
_APART: Final = 0.7


def question_pieces(words: FormWords) -> Iterator[Piece]:
    """Yield how to answer, whether there may be a page at all, and then every tick of the schema."""
    yield heading(words.say("ask"))
    yield from prose(words.say("ask_text"), BODY, ROOM)
    yield from prose(words.say("sensitive_note"), BODY, ROOM)
    yield replace(rule(2.2), holds=True)
    yield _question(words, 1, words.say("question_base"), words.say("means_base"))
    for number, question in enumerate(words.asked.questions, 2):
        said = words.question(question), words.meaning(question)
        yield _question(words, number, *said, is_sensitive=question.is_sensitive)


def _question(words: FormWords, number: int, asked: str, means: str, *, is_sensitive: bool = False) -> Piece:
    answers, wide = _answers(words)
    width = ROOM - _NUMBER - wide - _GAP
    first = beside(
        [
            (0, text(f"{number}", ASKED, _NUMBER)),
            (_NUMBER, balanced(asked, ASKED, width)),
            (ROOM - wide, answers),
        ]
    )
    below = (
        [replace(_meaning(words, means, is_sensitive=is_sensitive), above=_APART)]
        if means or is_sensitive
        else []
    )
    return stacked([first, *below, rule()], above=1.7)


def _meaning(words: FormWords, means: str, *, is_sensitive: bool) -> Piece:
    """Return in plain words what is asked, behind a mark where it is about sensitive data."""
    if not is_sensitive:
        return beside([(_NUMBER, text(means, BODY, ROOM - _NUMBER))])
    wide, mark = tag(words.say("sensitive"))
    said = text(means, BODY, ROOM - _NUMBER, indent=wide + 2)
    return beside([(_NUMBER, mark), (_NUMBER, said)])


def _answers(words: FormWords) -> tuple[Piece, float]:
    """Return the two boxes with their words, and the room that they take."""
    yes, no = words.say("yes"), words.say("no")
    apart = BOX + 1.8 + STRONG.width(yes) + 5
    wide = apart + BOX + 1.8 + STRONG.width(no)
    return beside([(0, boxed_word(yes)), (apart, boxed_word(no))]), wide
