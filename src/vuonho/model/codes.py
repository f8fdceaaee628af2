"""The codes on the plaques: 5 to 8 digits, the last a Damm check digit.

The check digit notices every single wrong digit and every swap of two neighbours (H. M. Damm, "Total
anti-symmetrische Quasigruppen", 2004), which are what people do when they read a number out or type it."""

import re
from collections.abc import Callable, Collection, Container, Iterator
from secrets import randbelow

from vuonho.errors import UserError
from vuonho.i18n import Both, Text
from vuonho.model.values import quoted

DIGITS = "0123456789"
SHAPE = re.compile(r"[1-9][0-9]{4,7}")
FIRST_BODY, BODIES = 10_000, 90_000
STRIDE = 28_657  # shares no factor with BODIES, so that the walk meets every body once
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
"""The quasigroup of order 10 from Damm's paper: a row for what was reached so far, a column for the next digit."""


def is_code(text: str) -> bool:
    """Return whether this is exactly a code: 5 to 8 ASCII digits, no leading zero, the last one checking."""
    return SHAPE.fullmatch(text) is not None and check_digit(text) == "0"


def spaced(code: str) -> str:
    """Return the digits of a code in groups, as people read them out: 482 135, 12 345, 1234 5674."""
    half = (len(code) + 1) // 2 if len(code) > 6 else 3
    return f"{code[:-half]} {code[-half:]}".strip()


def check_digit(digits: str) -> str:
    """Return the digit that belongs behind these; "0" if they already end with theirs."""
    reached = "0"
    for digit in digits:
        reached = _DAMM[int(reached)][int(digit)]
    return reached


def parse_code(text: str, known: Collection[str] = ()) -> str:
    """Return the code in `text`; spaces around it and between its digits are how people read, and go.

    `known` are the registered codes, used to say which one may be meant. Raises UserError for anything else:
    wrong length, a letter, a leading zero, digits that are not 0-9, a check digit that does not fit.
    """
    digits = "".join(text.split())
    if is_code(digits):
        return digits
    raise UserError(_what_is_wrong(digits), _what_to_do(digits, known))


def likely(code: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the codes of `known`, in order, that one slip makes into `code`.

    A slip is a digit changed, left out or added, or two neighbours swapped.
    """
    if len(code) > 9:
        return ()
    registered = frozenset(known)
    return tuple(sorted({slip for slip in _slips(code) if slip in registered and slip != code}))


def new_code(taken: Container[str], below: Callable[[int], int] = randbelow) -> str:
    """Return a new code of six digits that is not in `taken`.

    `below(n)` gives a number from 0 to n - 1; by default the system's own random source, so that codes tell
    nothing about order. Numbers of fewer than three different digits are left out: they are hard to read
    out. Raises UserError when all codes are taken.
    """
    start = below(BODIES)
    for step in range(BODIES):
        body = str(FIRST_BODY + (start + step * STRIDE) % BODIES)
        code = body + check_digit(body)
        if len(set(code)) >= 3 and code not in taken:
            return code
    raise UserError(
        Text("All codes of six digits are taken."),
        Text("Start a new project for the new households."),
    )


def _slips(code: str) -> Iterator[str]:
    for at in range(len(code) + 1):
        head, tail = code[:at], code[at:]
        yield head + tail[1:]
        yield head + tail[1:2] + tail[:1] + tail[2:]
        for digit in DIGITS:
            yield head + digit + tail
            yield head + digit + tail[1:]


def _what_is_wrong(typed: str) -> Text:
    shown = quoted(typed, 20)
    if not typed:
        return Text("There is no code.")
    if not re.fullmatch("[0-9]+", typed):
        return Text("The code {shown} holds something that is no digit.", shown=shown)
    if not SHAPE.fullmatch(typed):
        return Text("The code {shown} is wrong: a code has 5 to 8 digits, the first not 0.", shown=shown)
    return Text("The code {shown} has a wrong digit, or two digits swapped.", shown=shown)


def _what_to_do(typed: str, known: Collection[str]) -> Text:
    meant = likely(typed, known) or _inside(typed)
    if meant:
        codes = Both(" hoặc ".join(meant[:3]), " or ".join(meant[:3]))
        return Text("Is it {codes}? Look at the plaque again.", codes=codes)
    return Text(
        "Look at the plaque or in codes.csv; for a household without a code leave it empty and "
        "run `vuonho assign`."
    )


def _inside(typed: str) -> list[str]:
    """Return the codes hidden in a longer text: a pasted address, 482.135, 482135.0, full-width digits."""
    plain = "".join(str(int(letter)) if letter.isdecimal() else letter for letter in typed[:200])
    runs = [run for run in re.findall("[0-9]+", plain) if is_code(run)]
    joined = re.sub(r"[.,_-]", "", plain)
    return list(dict.fromkeys(runs)) or ([joined] if is_code(joined) else [])
