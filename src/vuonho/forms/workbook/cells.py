"""A value of a profile as it stands in a cell, and what a cell says, whatever Excel made of it."""

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Final

from vuonho.errors import Problem, Severity, UserError
from vuonho.forms.incoming import Place
from vuonho.forms.workbook.grids import Cell
from vuonho.forms.workbook.layout import VIETNAMESE, Column, look_up
from vuonho.i18n import Text
from vuonho.model.fields import Field
from vuonho.model.values import parse_date, parse_phone, parse_yes_no, say_day
from vuonho.model.vocabulary import WordList
from vuonho.project.yaml_tree import Plain
from vuonho.text import nfc

YES, NO = "Có", "Không"
NUMBERS: Final = frozenset({"count", "year", "area", "price", "stars", "code"})
"""Kinds that are typed as a number."""


def cell_text(column: Column, values: Mapping[str, Plain]) -> str:
    """Return what stands in a column for a household or an entry, "" for nothing."""
    value = look_up(values, column.path)
    if column.word is None:
        return _shown(column.field, value, column.tag)
    words = column.field.words
    if not isinstance(value, list) or words is None:
        return ""
    return YES if column.word in [words.find(item) for item in value if isinstance(item, str)] else NO


def _shown(field: Field, value: Plain, tag: str = "") -> str:
    if isinstance(value, dict):
        return _shown(field, value.get(tag))
    if isinstance(value, list):
        return (", " if field.kind == "months" else "; ").join(_shown(field, item) for item in value)
    if value is None or tag not in ("", VIETNAMESE):
        return ""
    if field.kind == "day":
        return _same_day(value)
    if field.words and value in field.words.keys:
        return field.words.by_key(value).label.vi
    if field.kind == "yes_no":
        try:
            return YES if parse_yes_no(value) else NO
        except UserError:
            pass
    return value.strip()


def _same_day(text: str) -> str:
    """Return a day in one form, however it was typed: 02/11/2026; what is no day stays as it is.

    It is text, as all cells are: a day that is a number to Excel has its month first where Windows is American.
    """
    try:
        return f"{parse_date(text):%d/%m/%Y}"
    except UserError:
        return text.strip()


def is_unchanged(column: Column, text: str, values: Mapping[str, Plain]) -> bool:
    """Tell whether a cell still says what these values say."""
    now = _same_day(text) if column.field.kind == "day" else text
    return even(now) == even(cell_text(column, values))


def even(text: str) -> str:
    """Return a form in which texts are the same that no reader can tell apart: line ends, spaces, composition."""
    if text.isascii() and "\r" not in text:
        return text.strip()
    return nfc(text).replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").strip()


def value_in(field: Field, text: str) -> Plain:
    """Return the value that a cell with this text means; what is chosen from a list becomes its key."""
    if not field.several:
        return _key(field.words, text) if field.words else text
    between = r"[;\n]" if field.words else r"[;\n]|[\s,]+(?=https?:)"
    parts = [part for each in re.split(between, text) if (part := each.strip())]
    if field.words is None:
        return [*parts]
    keys: list[Plain] = []
    for part in parts:
        pieces = [piece for each in part.split(",") if (piece := each.strip())]
        is_one = field.words.knows(part) or not all(map(field.words.knows, pieces))  # some words hold a comma
        keys += [_key(field.words, piece) for piece in ([part] if is_one else pieces)]
    return keys


def _key(words: WordList, text: str) -> str:
    return next((word.key for word in words if word.label.vi == text), text)


_EPOCH: Final = date(1899, 12, 30)
_SERIALS: Final = range(20_000, 73_052)
"""Excel's numbers of the days from 1954 to 2100."""
_SCIENTIFIC = re.compile(r"-?[0-9](?:[.,][0-9]+)?[Ee][+-]?[0-9]{1,3}")
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|#+)", re.IGNORECASE)
_DATE_LEFT = re.compile(r"[0-9]{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-[0-9]{2}")
_RETYPE: Final = Text("Type it again, with a ' before it.")

_Read = tuple[str, tuple[Text, Text] | None]
"""The text of a cell, and a note on how it was read."""


def read_cell(cell: Cell, field: Field, place: Place, name: str) -> tuple[str, Problem | None]:
    """Return the text of a filled cell in a column of this field, "" where it is of no use, and what is to be said.

    `name` is the field's in the problem.
    """
    try:
        text, note = _read(cell, field)
    except UserError as refused:
        return "", place.problem(name, refused.message, refused.hint)
    return text, place.problem(name, *note, Severity.WARNING) if note else None


def _read(cell: Cell, field: Field) -> _Read:
    """Return what a cell says; raise UserError where Excel has taken away what was typed."""
    raw = cell.raw
    if cell.is_formula:
        raise UserError(
            Text("This cell is a formula and no value."),
            Text("Copy the cell, then paste it as a value (Paste Values)."),
        )
    if isinstance(raw, bool):
        return YES if raw else NO, None
    if isinstance(raw, int | float):
        text = _number(raw, field, is_percent=cell.is_percent)
    elif isinstance(raw, str):
        text = raw.strip()
    else:
        return _read_moment(raw, field)
    if _ERROR.fullmatch(text):
        raise UserError(
            Text("This cell shows an error of Excel, such as #N/A."),
            Text("Type the value again, or clear the cell."),
        )
    is_counted = field.kind in NUMBERS or field.kind == "phone" or not isinstance(raw, str)
    if is_counted and _SCIENTIFIC.fullmatch(text):
        raise UserError(
            Text("Excel has shortened the number to {text}.", text=text),
            Text("Set the cell to Text and type all digits again."),
        )
    if field.kind == "months" and _DATE_LEFT.fullmatch(text):
        raise UserError(Text("Excel has made a date of the months: {shown}.", shown=text), _RETYPE)
    return _restored(text, field)


def _restored(text: str, field: Field) -> _Read:
    """Return a day that became a number, and a phone that lost its first 0, with a note; else the text as it is."""
    if field.kind == "day" and re.fullmatch("[0-9]{5}", text) and int(text) in _SERIALS:
        day = _EPOCH + timedelta(days=int(text))
        message = Text("Excel's number {number} is read as {day}.", number=text, day=say_day(day))
        return day.isoformat(), (message, Text("See whether that is the right day."))
    if field.kind == "phone" and text.isdecimal() and not _is_phone(text) and _is_phone(f"0{text}"):
        message = Text("{text} has lost its first 0 and is read as 0{text}.", text=text)
        return f"0{text}", (message, Text("See whether that is the right number."))
    return text, None


def _number(value: float, field: Field, *, is_percent: bool) -> str:
    """Return a number as Excel shows it in Vietnam, with a comma; 15 digits, as Excel keeps."""
    is_percent = is_percent and abs(value) < 1e13
    if not is_percent and (isinstance(value, int) or (value.is_integer() and abs(value) < 1e15)):
        return str(int(value))
    text = format(value * 100 if is_percent else value, ".15g").replace(".", ",")
    if is_percent:
        return f"{text}%"
    if field.kind == "months":
        guess = text.replace(",", ", ")
        raise UserError(
            Text("Excel has made one number of the months: {text}.", text=text),
            Text("Are the months {guess} meant? Type them again, separated by ;", guess=guess),
        )
    if field.kind in NUMBERS and re.fullmatch("[1-9][0-9]{0,2},[0-9]{3}", text):
        whole = text.replace(",", "")  # 1.800 typed into an English Excel
        raise UserError(
            Text("The number {text} can be read in two ways.", text=text),
            Text("If {whole} is meant, type it without a sign: {whole}", whole=whole),
        )
    return text


def _is_phone(text: str) -> bool:
    try:
        parse_phone(text)
    except UserError:
        return False
    return True


def _read_moment(raw: date | time | timedelta, field: Field) -> _Read:
    if isinstance(raw, date):  # with or without an hour
        shown = f"{raw.day}/{raw.month}/{raw.year}"
        if field.kind == "day":
            return f"{raw:%Y-%m-%d}", None
        if field.kind == "months":
            guess = f"{raw.day}-{raw.month}"
            raise UserError(
                Text("Excel has made a date of the months: {shown}.", shown=shown),
                Text("Is {guess} meant? Type it again, with a ' before it.", guess=guess),
            )
    else:
        shown = f"{raw.hour}:{raw.minute:02}" if isinstance(raw, time) else str(raw)
        if isinstance(raw, time) and field.kind == "line":
            message = Text("Excel's hour is read as {shown}.", shown=shown)
            return shown, (message, Text("See whether that is right."))
    raise UserError(Text("Excel has made a date or an hour of this cell: {shown}.", shown=shown), _RETYPE)
