"""What a cell says in a column of some kind; what Excel made of it is understood, or named.

Excel turns 0570012345 into 570012345, 8-9 into the 8th of September, 2/11/2026 into 46328, and 1.800 into 1,8
where it is set to English. What can have one meaning only is read, with a note of how; the rest is a problem.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Final

from vuonho.bilingual import Text
from vuonho.domain.outline import Field
from vuonho.domain.values import parse_phone, quoted
from vuonho.errors import Problem, Refused, Severity
from vuonho.intake.workbook import said_cell as said
from vuonho.intake.workbook.grid import Cell
from vuonho.intake.workbook.wording import NO, YES

_NUMBERS: Final = frozenset({"count", "year", "area", "price", "stars", "code"})
_EPOCH: Final = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 73_051  # 1954 to 2100
_SERIAL = re.compile("[0-9]{5}")
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[Ee][+]?[0-9]{1,3}")
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|#+)", re.IGNORECASE)
_DATE_LEFT = re.compile(r"[0-9]{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-[0-9]{2}")
_NINE = re.compile("[0-9]{9,10}")


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a cell, None where it says nothing that can be used, and what is to be said of it."""

    text: str | None
    problem: Problem | None = None


def read_cell(cell: Cell, field: Field, name: str = "") -> Reading:
    """Return what a filled cell says in a column of this field; `name` is the field's in what is said."""
    reading = _read(cell, field)
    if reading.problem is None:
        return reading
    return replace(reading, problem=replace(reading.problem, field=name or field.key))


def _read(cell: Cell, field: Field) -> Reading:
    if cell.trouble:
        return _refused(
            cell, field, {"formula": said.FORMULA, "error": said.ERROR}.get(cell.trouble, said.DURATION)
        )
    raw = cell.raw
    if isinstance(raw, bool):
        return Reading(YES if raw else NO)
    if isinstance(raw, time):
        return _time(cell, field, raw)
    if isinstance(raw, date):
        return _date(cell, field, raw)
    if isinstance(raw, int | float):
        return _number(cell, field, raw)
    return _text(cell, field, raw.strip())


def _refused(cell: Cell, field: Field, words: tuple[Text, Text]) -> Reading:
    return Reading(None, cell.place.problem(field.key, *words))


def _noted(cell: Cell, field: Field, text: str, words: tuple[Text, Text]) -> Reading:
    return Reading(text, cell.place.problem(field.key, *words, Severity.WARNING))


# --- Texts ---------------------------------------------------------------------------------------------------


def _text(cell: Cell, field: Field, text: str) -> Reading:
    if _ERROR.fullmatch(text):
        return _refused(cell, field, said.ERROR)
    if (field.kind in _NUMBERS or field.kind == "phone") and _SCIENTIFIC.fullmatch(text):
        return _refused(cell, field, said.scientific(text))
    if field.kind == "months" and _DATE_LEFT.fullmatch(text):
        return _refused(cell, field, said.date_in_months(text, ""))
    if field.kind == "day" and _SERIAL.fullmatch(text):
        return _serial(cell, field, int(text))
    if field.kind == "phone" and _NINE.fullmatch(text):
        return _phone(cell, field, text)
    return Reading(text)


def _phone(cell: Cell, field: Field, text: str) -> Reading:
    """Give a number its 0 back, if nothing else can be meant."""
    if _is_phone(text) or not _is_phone(f"0{text}"):
        return Reading(text)
    return _noted(cell, field, f"0{text}", said.lost_zero(text))


def _is_phone(text: str) -> bool:
    try:
        parse_phone(text)
    except Refused:
        return False
    return True


# --- Numbers -------------------------------------------------------------------------------------------------


def _number(cell: Cell, field: Field, value: float) -> Reading:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if cell.percent:
        return Reading(f"{_decimal(value * 100)}%")
    if isinstance(value, int):
        return _whole(cell, field, value)
    text = _decimal(value)
    if "e" in text:
        return _refused(cell, field, said.scientific(text))
    if field.kind == "months":
        return _refused(cell, field, said.number_in_months(text))
    if field.kind in _NUMBERS and re.fullmatch("[1-9][0-9]{0,2},[0-9]{3}", text):
        return _refused(cell, field, said.thousand(text))
    return Reading(text)


def _whole(cell: Cell, field: Field, value: int) -> Reading:
    if field.kind == "day":
        return _serial(cell, field, value)
    return _phone(cell, field, str(value)) if field.kind == "phone" else Reading(str(value))


def _decimal(value: float) -> str:
    """Return the number as Excel shows it in Vietnam, with a comma: 15 digits, as Excel keeps."""
    return format(value, ".15g").replace(".", ",")


# --- Days ----------------------------------------------------------------------------------------------------


def _serial(cell: Cell, field: Field, value: int) -> Reading:
    """Read 46328 as the day that it is to Excel."""
    if not _FIRST_SERIAL <= value <= _LAST_SERIAL:
        return Reading(str(value))
    day = _EPOCH + timedelta(days=value)
    return _noted(cell, field, day.isoformat(), said.serial(value, day))


def _date(cell: Cell, field: Field, day: date) -> Reading:
    if field.kind == "day":
        return Reading(day.isoformat())
    shown = f"{day.day}/{day.month}/{day.year}"
    if field.kind == "months":
        return _refused(cell, field, said.date_in_months(shown, f"{day.day}-{day.month}"))
    return _refused(cell, field, said.date_elsewhere(shown))


def _time(cell: Cell, field: Field, moment: time) -> Reading:
    shown = f"{moment.hour}:{moment.minute:02}"
    if field.kind == "line":
        return _noted(cell, field, shown, said.hour(shown))
    return _refused(cell, field, said.date_elsewhere(shown))


# --- Ticks ---------------------------------------------------------------------------------------------------


def said_odd_tick(text: str) -> tuple[Text, Text]:
    """Return what to say of a tick that is neither yes nor no."""
    return (
        Text(f"{quoted(text)} không phải là Có hay Không.", f"{quoted(text)} is neither Có (yes) nor Không (no)."),
        Text("Hỏi lại gia đình, rồi ghi Có hoặc Không.", "Ask the family, then write Có or Không."),
    )  # fmt: skip
