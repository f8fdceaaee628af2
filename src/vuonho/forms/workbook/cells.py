"""What a cell says in a column of some kind; what Excel made of it is understood, or named."""

import re
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Final

from vuonho.errors import Problem, Refused, Severity
from vuonho.forms.workbook.layout import NO, YES
from vuonho.forms.workbook.package import Cell
from vuonho.i18n import Text
from vuonho.model.fields import Field
from vuonho.model.values import parse_phone, quoted

# --- What is said of a cell from which Excel has taken the value that was typed ---

_RETYPE: Final = Text("Gõ lại, với dấu nháy ' đứng đầu.", "Type it again, with a ' before it.")

FORMULA: Final = (
    Text("Ô này là công thức, không phải giá trị.", "This cell is a formula and no value."),
    Text("Chép ô ấy, rồi dán lại dạng giá trị (Paste Values).", "Copy the cell, then paste it as a value (Paste Values)."),
)  # fmt: skip
ERROR: Final = (
    Text("Ô này báo lỗi của Excel (như #N/A).", "This cell shows an error of Excel, such as #N/A."),
    Text("Gõ lại giá trị, hoặc xóa trắng ô.", "Type the value again, or clear the cell."),
)
DURATION: Final = (
    Text("Excel đã đổi ô này thành khoảng thời gian.", "Excel has made a stretch of time of this cell."),
    _RETYPE,
)


def scientific(text: str) -> tuple[Text, Text]:
    """Return what to say of 4.82135E+5."""
    return (
        Text(f"Excel đã rút gọn số thành {text}.", f"Excel has shortened the number to {text}."),
        Text(
            "Đặt ô dạng chữ (Text), rồi gõ lại đủ các chữ số.",
            "Set the cell to Text and type all digits again.",
        ),
    )


def number_in_months(text: str) -> tuple[Text, Text]:
    """Return what to say of 8,9 that Excel took for one number."""
    guess = text.replace(",", ", ")
    return (
        Text(f"Excel đã đổi các tháng thành một số: {text}.", f"Excel has made one number of the months: {text}."),
        Text(f"Có phải là các tháng {guess}? Gõ lại, cách nhau bằng dấu ;", f"Are the months {guess} meant? Type them again, separated by ;"),
    )  # fmt: skip


def thousand(text: str) -> tuple[Text, Text]:
    """Return what to say of 1,800 as a number, where 1.800 was typed into an English Excel."""
    whole = text.replace(",", "")
    return (
        Text(f"Số {text} có hai cách đọc.", f"The number {text} can be read in two ways."),
        Text(
            f"Nếu là {whole} thì gõ lại liền nhau: {whole}",
            f"If {whole} is meant, type it without a sign: {whole}",
        ),
    )


def date_in_months(shown: str, guess: str) -> tuple[Text, Text]:
    """Return what to say of months that became a date."""
    hint = Text(
        f"Có phải là {guess}? Gõ lại, với dấu nháy ' đứng đầu.",
        f"Is {guess} meant? Type it again, with a ' before it.",
    )
    return (
        Text(
            f"Excel đã đổi các tháng thành ngày: {shown}.", f"Excel has made a date of the months: {shown}."
        ),
        hint if guess else _RETYPE,
    )


def date_elsewhere(shown: str) -> tuple[Text, Text]:
    """Return what to say of a date or an hour where none belongs."""
    return (
        Text(f"Excel đã đổi ô này thành ngày giờ: {shown}.", f"Excel has made a date or an hour of this cell: {shown}."),
        _RETYPE,
    )  # fmt: skip


def serial(value: int, day: date) -> tuple[Text, Text]:
    """Return what to note of a day that stands as a number."""
    shown = f"{day.day}/{day.month}/{day.year}"
    return (
        Text(
            f"Số {value} của Excel được đọc là ngày {shown}.",
            f"Excel's number {value} is read as {day.isoformat()}.",
        ),
        Text("Xem lại ngày ấy có đúng không.", "See whether that is the right day."),
    )


def lost_zero(text: str) -> tuple[Text, Text]:
    """Return what to note of a phone number that is read with a 0 before it."""
    return (
        Text(
            f"Số {text} mất số 0 ở đầu, được đọc là 0{text}.",
            f"{text} has lost its first 0 and is read as 0{text}.",
        ),
        Text("Xem lại số ấy có đúng không.", "See whether that is the right number."),
    )


def hour(shown: str) -> tuple[Text, Text]:
    """Return what to note of an hour."""
    return (
        Text(f"Giờ của Excel được đọc là {shown}.", f"Excel's hour is read as {shown}."),
        Text("Xem lại có đúng không.", "See whether that is right."),
    )


# --- What a cell says in a column of some kind; what Excel made of it is understood, or named ---

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
        return _refused(cell, field, {"formula": FORMULA, "error": ERROR}.get(cell.trouble, DURATION))
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
        return _refused(cell, field, ERROR)
    if (field.kind in _NUMBERS or field.kind == "phone") and _SCIENTIFIC.fullmatch(text):
        return _refused(cell, field, scientific(text))
    if field.kind == "months" and _DATE_LEFT.fullmatch(text):
        return _refused(cell, field, date_in_months(text, ""))
    if field.kind == "day" and _SERIAL.fullmatch(text):
        return _serial(cell, field, int(text))
    if field.kind == "phone" and _NINE.fullmatch(text):
        return _phone(cell, field, text)
    return Reading(text)


def _phone(cell: Cell, field: Field, text: str) -> Reading:
    """Give a number its 0 back, if nothing else can be meant."""
    if _is_phone(text) or not _is_phone(f"0{text}"):
        return Reading(text)
    return _noted(cell, field, f"0{text}", lost_zero(text))


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
        return _refused(cell, field, scientific(text))
    if field.kind == "months":
        return _refused(cell, field, number_in_months(text))
    if field.kind in _NUMBERS and re.fullmatch("[1-9][0-9]{0,2},[0-9]{3}", text):
        return _refused(cell, field, thousand(text))
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
    return _noted(cell, field, day.isoformat(), serial(value, day))


def _date(cell: Cell, field: Field, day: date) -> Reading:
    if field.kind == "day":
        return Reading(day.isoformat())
    shown = f"{day.day}/{day.month}/{day.year}"
    if field.kind == "months":
        return _refused(cell, field, date_in_months(shown, f"{day.day}-{day.month}"))
    return _refused(cell, field, date_elsewhere(shown))


def _time(cell: Cell, field: Field, moment: time) -> Reading:
    shown = f"{moment.hour}:{moment.minute:02}"
    if field.kind == "line":
        return _noted(cell, field, shown, hour(shown))
    return _refused(cell, field, date_elsewhere(shown))


# --- Ticks ---------------------------------------------------------------------------------------------------


def said_odd_tick(text: str) -> tuple[Text, Text]:
    """Return what to say of a tick that is neither yes nor no."""
    return (
        Text(f"{quoted(text)} không phải là Có hay Không.", f"{quoted(text)} is neither Có (yes) nor Không (no)."),
        Text("Hỏi lại gia đình, rồi ghi Có hoặc Không.", "Ask the family, then write Có or Không."),
    )  # fmt: skip
