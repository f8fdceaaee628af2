"""Numbers as people write them, and how a value is quoted back to them.

In Vietnam 1.800 is one thousand eight hundred and 0,2 is a fifth; phones and Excel also write 1,800 and 0.2.
One separator before exactly three digits groups thousands in both styles, any other one is the decimal sign.
"""

import re
from fractions import Fraction

from vuonho.bilingual import Text
from vuonho.domain.fold import nfc
from vuonho.errors import Refused
from vuonho.foreign import cited

LONGEST = 120  # no single value that is a number, a date or a list of months is longer
NUMBER = r"\d+(?:[.,  \u00a0\u202f]\d+)*"
_PLAIN = re.compile(r"[0-9]+")
_ONE_SIGN = re.compile(r"([0-9]+)[.,]([0-9]+)")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*(?:(?!\1)[.,]([0-9]+))?")


def quoted(text: str, most: int = 40) -> str:
    """Return a value in quotes for a message: shortened, with a box for each unseen sign, and without a login."""
    text = cited(nfc(text.strip()[: 20 * most]))
    return f"“{text if len(text) <= most else f'{text[: most - 1]}…'}”"


def refuse_length(text: str, longest: int = LONGEST) -> None:
    """Raise Refused for a text too long or too empty to be a single value of this kind."""
    if not text.strip():
        raise Refused(
            Text("Chưa viết gì.", "Nothing is written here."),
            Text("Viết vào đây, hoặc bỏ cả dòng.", "Fill it in, or leave the line out."),
        )
    if len(text) > longest:
        raise Refused(
            Text(
                f"Dài {len(text)} chữ, quá dài: {quoted(text)}.",
                f"{len(text)} characters are too long: {quoted(text)}.",
            ),
            Text("Chỉ viết một giá trị ở đây.", "Write one value only."),
        )


def read_number(text: str, *, three_are_thousands: bool = True) -> Fraction | None:
    """Return the exact value of a number without sign or unit, or None if this is none.

    `three_are_thousands` false reads 1.200 as 1.2, for units so large that nobody has a thousand of them.
    """
    text = text.strip().replace("\u00a0", " ").replace("\u202f", " ")
    if _PLAIN.fullmatch(text):
        return Fraction(int(text)) if len(text) <= 15 else None
    single = _ONE_SIGN.fullmatch(text)
    if single and not (three_are_thousands and is_ambiguous(text)):
        return _decimal(single[1], single[2])
    grouped = _GROUPED.fullmatch(text)
    if grouped is None or len(text) > 24 or text.startswith("0"):
        return None
    whole = text[: grouped.start(2) - 1] if grouped[2] else text
    return _decimal(re.sub("[^0-9]", "", whole), grouped[2] or "0")


def is_ambiguous(text: str) -> bool:
    """Return whether a number has one point or comma and three digits behind it, as in 1.200 or 1,200."""
    single = _ONE_SIGN.fullmatch(text.strip())
    return bool(single and len(single[2]) == 3 and len(single[1]) <= 3 and single[1][0] != "0")


def _decimal(whole: str, part: str) -> Fraction | None:
    return Fraction(int(whole + part), 10 ** len(part)) if len(whole) + len(part) <= 20 else None
