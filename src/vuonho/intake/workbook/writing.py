"""A workbook written: households as rows, for people to fill in and `import` to take back."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from vuonho.bilingual import Text
from vuonho.domain.outline import Field, field_at, leaves
from vuonho.domain.schema.outline import household_fields
from vuonho.errors import Refused
from vuonho.intake.tree import Path, Plain
from vuonho.intake.workbook.dress import dress, dress_row
from vuonho.intake.workbook.guide import write_guide
from vuonho.intake.workbook.packing import Undated, repacked
from vuonho.intake.workbook.paper import make_form
from vuonho.intake.workbook.plan import VIETNAMESE, Column, Table, tables
from vuonho.intake.workbook.shape import Missing, as_entry, look_up
from vuonho.intake.workbook.traces import LISTS, SHEET, Exported, render_traces
from vuonho.intake.workbook.wording import NO, YES, shown

_NUMBERS: Final = frozenset({"count", "year", "area", "price", "stars", "code"})
_WHOLE = re.compile(r"[1-9][0-9]{0,11}|0")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MOST_LETTERS: Final = 32_000
"""Excel's cells hold 32,767 and count some letters twice."""


def write_workbook(
    households: Sequence[Exported],
    villages: Sequence[tuple[str, str]],
    languages: Sequence[str],
    *,
    blank_rows: int = 20,
) -> bytes:
    """Return an .xlsx with the households, and room for `blank_rows` more; the same bytes for the same input.

    `villages` are (folder, name). Values stand as typed in the profile. A household must fit the schema's shape
    (`shape.misfits`) and hold no text that `unholdable` names: Refused otherwise.
    """
    for household in households:
        for path, sign in unholdable(household.values):
            raise Refused(*said_unholdable(path, sign))
    book = Workbook()
    book.properties.creator = "vuonho"
    names = dict(villages)
    plan = tables(tuple(dict.fromkeys((*languages, *_tags(households)))))
    write_guide(book.worksheets[0], [table.title for table in plan], is_blank=not households)
    lists = book.create_sheet(LISTS)
    for table in plan:
        sheet = book.create_sheet(table.title.vi)
        count = _fill(sheet, table, households, names)
        dress(sheet, lists, table, _choices(villages), count, count + blank_rows)
        if not households:
            make_form(sheet, table, len(villages))
    _hide(book, lists, households, villages)
    out = io.BytesIO()
    ExcelWriter(book, Undated(out)).save()
    return repacked(out.getvalue())


def _hide(
    book: Workbook, lists: Worksheet, households: Iterable[Exported], villages: Iterable[tuple[str, str]]
) -> None:
    traces = book.create_sheet(SHEET)
    for number, row in enumerate(render_traces(households, villages), 1):
        for place, text in enumerate(row, 1):
            _write(traces.cell(number, place), text)
    book.move_sheet(lists, len(book.sheetnames))
    lists.sheet_state = "hidden"
    traces.sheet_state = "veryHidden"
    book.active = 1


def _choices(villages: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    names = [name for _, name in villages]
    return tuple(name if names.count(name) == 1 else slug for slug, name in villages)


def _fill(sheet: Worksheet, table: Table, households: Sequence[Exported], names: Mapping[str, str]) -> int:
    """Write the rows of a table below its heading; return how many."""
    count = 0
    for household in households:
        for row in _rows(table, household, names):
            count += 1
            for place, (column, text) in enumerate(zip(table.columns, row, strict=True), 1):
                cell = sheet.cell(count + 1, place)
                if column.field.kind in _NUMBERS and _WHOLE.fullmatch(text):
                    cell.value = int(text)
                else:
                    _write(cell, text)
            dress_row(sheet, table, count + 1)
    return count


def _rows(table: Table, household: Exported, names: Mapping[str, str]) -> Iterator[list[str]]:
    values = dict(household.values)
    if table.is_main:
        unique = list(names.values()).count(names.get(household.village, "")) == 1
        where = names[household.village] if unique else household.village
        yield [where, *(_text(column, values) for column in table.columns[1:])]
        return
    entries, records = look_up(values, table.path), field_at(household_fields(), table.path)
    if isinstance(entries, list) and records:
        for entry in entries:
            own = as_entry(records, entry)
            yield [_text(column, values if column.is_owner else own) for column in table.columns]


def _text(column: Column, values: dict[str, Plain]) -> str:
    value = look_up(values, column.path)
    if isinstance(value, Missing):
        return ""
    if column.word is None:
        return shown(column.field, value, column.tag)
    if not isinstance(value, list) or column.field.words is None:
        return ""
    ticks = {column.field.words.find(item).key for item in value if isinstance(item, str)}
    return YES if column.word.key in ticks else NO


def _write(cell: Cell | MergedCell, text: str) -> None:
    """Write a text that stays text, though it begin like a formula or look like an escape of Excel's own."""
    if not text:
        return
    cell.value = _ESCAPE_LIKE.sub("_x005F_", text)
    cell.data_type = "s"
    if text.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True


# --- What a workbook cannot hold -----------------------------------------------------------------------------


def unholdable(values: "Mapping[str, Plain] | Plain", path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield (path, sign) of every text with a sign that no workbook can hold; "" for a text that is too long."""
    if isinstance(values, Mapping):
        for key, value in values.items():
            yield from unholdable(value, (*path, key))
    elif isinstance(values, list):
        for number, item in enumerate(values):
            yield from unholdable(item, (*path, number))
    elif values is not None:
        if found := _UNHOLDABLE.search(values):
            yield path, found[0]
        elif len(values) > MOST_LETTERS:
            yield path, ""


def said_unholdable(path: Path, sign: str) -> tuple[Text, Text]:
    """Return (what is wrong, what to do) of a text that `unholdable` found."""
    where = ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
    if not sign:
        return (
            Text(f"Mục {where} dài quá, một ô Excel không chứa hết.", f"{where} is too long for a cell of Excel."),
            Text("Viết ngắn lại trong hồ sơ.", "Make it shorter in the profile."),
        )  # fmt: skip
    code = f"U+{ord(sign):04X}"
    return (
        Text(f"Mục {where} có ký tự không nhìn thấy ({code}) mà Excel không giữ được.",
             f"{where} holds an unseen character ({code}) that Excel cannot keep."),
        Text("Gõ lại mục ấy trong hồ sơ.", "Type it again in the profile."),
    )  # fmt: skip


def _tags(households: Iterable[Exported]) -> Iterator[str]:
    """Yield the languages in which words are found."""
    for household in households:
        for path, field in leaves(household_fields()):
            yield from _tags_of(field, look_up(dict(household.values), path))


def _tags_of(field: Field, value: object) -> Iterator[str]:
    if field.is_local and isinstance(value, Mapping):
        yield from (tag for tag in value if tag != VIETNAMESE)
    elif field.kind == "records" and isinstance(value, list):
        for entry in value:
            for path, inside in leaves(field.fields):
                yield from _tags_of(inside, look_up(entry, path))
