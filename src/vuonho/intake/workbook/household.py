"""A row of the table of households becomes values, compared with what the row was made from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from vuonho.bilingual import Text
from vuonho.domain.outline import leaves
from vuonho.domain.schema.outline import household_fields
from vuonho.domain.values import parse_yes_no
from vuonho.errors import Problem, Refused, Severity
from vuonho.intake.incoming import LEFT, Place
from vuonho.intake.tree import Path, Plain
from vuonho.intake.workbook.cellvalue import read_cell, said_odd_tick
from vuonho.intake.workbook.grid import Cell, Row
from vuonho.intake.workbook.plan import VIETNAMESE, VILLAGE, Column, Keys, Table
from vuonho.intake.workbook.shape import MISSING, Missing, copied, look_up, put, take_out
from vuonho.intake.workbook.wording import comparable, even, shown, told


@dataclass(slots=True)
class Told:
    """What a row says, while it is being put together."""

    values: dict[str, Plain]
    places: dict[Path, Place]
    problems: list[Problem]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What is wrong."""
        return tuple(one for one in self.problems if one.severity is not Severity.WARNING)


def texts_of(
    table: Table, row: Row, columns: Mapping[int, Column], place_of: Mapping[int, Place], out: Told
) -> dict[Column, str]:
    """Return the text of every column of a row, in the order of the table, "" where nothing stands.

    Places and problems go into `out`.
    """
    texts: dict[Column, str] = {}
    order = {column: number for number, column in enumerate(table.columns)}
    for place, column in sorted(columns.items(), key=lambda item: order[item[1]]):
        cell = row.cells.get(place)
        path = _deepest(column)
        spot = cell.place if cell else place_of[place]
        out.places.setdefault(path, spot)
        out.places.setdefault(column.path, spot)
        texts[column] = _text(table, column, cell, out)
    return texts


def _deepest(column: Column) -> Path:
    last = column.word.key if column.word else column.tag
    return (*column.path, last) if last else column.path


def _text(table: Table, column: Column, cell: Cell | None, out: Told) -> str:
    if cell is None:
        return ""
    reading = read_cell(cell, column.field, ".".join((*table.path, *column.path)))
    if reading.problem:
        out.problems.append(reading.problem)
    return reading.text or ""


def values_of(texts: Mapping[Column, str], base: Mapping[str, Plain] | None, out: Told) -> dict[str, Plain]:
    """Return the values that a row's texts say; what stands as in `base` keeps the base's own form.

    Without a base, what is empty is left out. With one, an emptied cell says None, and what no column speaks of
    is left out.
    """
    values = copied(dict(base)) if base is not None else {}
    assert isinstance(values, dict)  # noqa: S101 - a copy of a dict
    for path, columns in groupby(texts, key=lambda column: column.path):
        group = tuple(columns)
        if group[0].field is VILLAGE or group[0].is_owner:
            continue
        before = look_up(values, path) if base is not None else MISSING
        now = _value(group, texts, before, out)
        if isinstance(now, Missing):
            continue
        if now is not None or not isinstance(before, Missing):
            put(values, path, now)
    return values


def without_unspoken(values: dict[str, Plain], columns: Mapping[int, Column]) -> dict[str, Plain]:
    """Return the values without those of which no column of the table of households speaks."""
    spoken = {column.path for column in columns.values()}
    every: Iterator[Keys] = (path for path, field in leaves(household_fields()) if field.kind != "records")
    for path in (*every, *((key,) for key in LEFT)):
        if path not in spoken:
            take_out(values, path)
    return values


def _value(
    group: tuple[Column, ...], texts: Mapping[Column, str], before: "Plain | Missing", out: Told
) -> "Plain | Missing":
    """Return what the columns of one field say, MISSING for nothing at all."""
    if group[0].word:
        return _ticks(group, texts, before, out)
    old = None if isinstance(before, Missing) else before
    column = group[0]
    if column.tag:
        return _words(group, texts, old, is_told=not isinstance(before, Missing))
    text = texts[column]
    if comparable(column.field, text) == even(shown(column.field, old)):
        return before
    return told(column.field, text) if text else None


def _words(
    group: tuple[Column, ...], texts: Mapping[Column, str], old: Plain, *, is_told: bool
) -> "Plain | Missing":
    """Return free text in the languages in which it stands; one text where it is only Vietnamese."""
    now: dict[str, Plain] = dict(old) if isinstance(old, dict) else {VIETNAMESE: old} if old else {}
    changed = False
    for column in group:
        before = shown(column.field, old, column.tag)
        if even(texts[column]) != even(before):
            changed = True
            if texts[column] or before:
                now[column.tag] = texts[column] or None
    if not changed:
        return old if is_told else MISSING
    if not any(now.values()):
        return None
    return now if now.keys() != {VIETNAMESE} else now[VIETNAMESE]


def _ticks(
    group: tuple[Column, ...], texts: Mapping[Column, str], before: "Plain | Missing", out: Told
) -> "Plain | Missing":
    """Return the list of ticks; nothing filled in says nothing. A tick is never made of a doubtful word."""
    said = {column: _tick(column, texts[column], out) for column in group}
    if not any(texts[column] for column in group):
        return MISSING if isinstance(before, Missing) else None
    _require_all(group, texts, before, out)
    said_keys = {column.word.key for column in group if column.word}
    ticked = [column.word.key for column, answer in said.items() if answer and column.word]
    if isinstance(before, list):
        words = group[0].field.words
        known = [words.find(item).key for item in before if isinstance(item, str)] if words else []
        kept = [key for key in known if key in ticked or key not in said_keys]
        added = [key for key in ticked if key not in known]
        return before if kept == known and not added else [*kept, *added]
    return [*ticked]


def _require_all(
    group: tuple[Column, ...], texts: Mapping[Column, str], before: "Plain | Missing", out: Told
) -> None:
    """Name a sheet that asks for some ticks only: without a base, the others would be lost."""
    words = group[0].field.words
    if isinstance(before, list) or words is None or len(group) == len(words.words):
        return
    asked = {column.word.key for column in group if column.word}
    missing = next(word for word in words if word.key not in asked)
    first = next(column for column in group if texts[column])
    out.problems.append(
        out.places[_deepest(first)].problem(
            ".".join(first.path),
            Text(f"Thiếu cột “{first.field.label.vi}: {missing.label.vi}”.",
                 f"There is no column “{first.field.label.en}: {missing.label.en}”."),
            Text("Cần đủ các cột “Cho hiện”, hoặc bỏ hết các cột ấy.", "All of these columns are needed, or none of them."),
        )
    )  # fmt: skip


def _tick(column: Column, text: str, out: Told) -> bool:
    if not text:
        return False
    try:
        return parse_yes_no(text)
    except Refused:
        where = out.places[_deepest(column)]
        out.problems.append(where.problem(".".join(column.path), *said_odd_tick(text)))
        return False
