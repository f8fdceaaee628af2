"""A workbook or a CSV table read: households as the file tells them, and everything that cannot be understood."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from types import MappingProxyType
from typing import Final

from vuonho.errors import Problem, Severity, UserError
from vuonho.forms.incoming import Incoming, Place
from vuonho.forms.workbook.cells import cell_text, is_unchanged, read_cell, value_in
from vuonho.forms.workbook.grids import Grid, read_table, read_xlsx
from vuonho.forms.workbook.layout import (
    MAIN,
    NO_TRACES,
    TRACES,
    VIETNAMESE,
    VILLAGE,
    Column,
    Table,
    Traces,
    as_entry,
    bare_code,
    look_up,
    parse_traces,
    put,
    tables,
    take_out,
)
from vuonho.forms.workbook.sheets import Sheet, is_published, languages_in, published_grids, sort_sheets
from vuonho.i18n import Text
from vuonho.model.fields import Field
from vuonho.model.values import parse_yes_no, quoted
from vuonho.project.yaml_tree import Path, Plain
from vuonho.text import fold, key

_TOTAL: Final = re.compile(r"(tong|cong)\b")
"""How the name of a row begins that counts the others, in letters without accents."""
Result = tuple[tuple[Incoming, ...], tuple[Problem, ...]]
NO_VILLAGES: Final[Mapping[str, str]] = MappingProxyType({})
NOBODY: Final = (
    Text("There is no household in the table."),
    Text("Write one row a household below the headings, at least its name."),
)


def read_workbook(
    content: bytes, file: str, languages: Sequence[str], villages: Mapping[str, str] = NO_VILLAGES
) -> Result:
    """Return (households, problems) of an .xlsx file.

    The errors are those of all households too, each of which has its own; what is wrong with the whole file stands
    in every one. An error that no household has is that of a row which is nobody's, and does the others no harm.

    Values and bases are what `Incoming` says: a key that no column speaks of is absent from `values`, with a base
    too; an emptied cell is None where there is a base; with a base, lists of records are complete. `villages` are
    names by folder, beside those that the workbook brings along; a village of another name stays as typed. Never
    raises for what is in the file.
    """
    try:
        grids = read_xlsx(content, file)
    except UserError as refused:
        return (), (Place(file).problem("", refused.message, refused.hint),)
    traces, problems = _traces(grids, file)
    return _read(grids, file, languages, villages, traces, problems)


def read_csv(
    content: bytes, file: str, languages: Sequence[str], villages: Mapping[str, str] = NO_VILLAGES
) -> Result:
    """Return (households, problems) of a .csv file, otherwise as `read_workbook`.

    It is one table of households, or what the site publishes of them.
    """
    try:
        grid, warnings = read_table(content, file)
    except UserError as refused:
        return (), (Place(file).problem("", refused.message, refused.hint),)
    if not is_published(grid):
        return _read((grid,), file, languages, villages, NO_TRACES, warnings)
    note = Text(
        "This is the site's public data: it holds no consent, phone, location, photo or OCOP certificate."
    )
    hint = Text(
        "A household made anew from it has no page until the day of consent is written, read again from its paper."
    )
    warnings = (*warnings, Place(file).problem("", note, hint, Severity.WARNING))
    grids = published_grids(grid, villages)
    households, problems = _read(grids, file, languages, villages, NO_TRACES, warnings)
    return tuple(replace(one, is_published=True) for one in households), problems


def is_ours(content: bytes) -> bool:
    """Tell whether this is a workbook that `write_workbook` made, whatever was typed into it since."""
    try:
        return any(grid.title == TRACES for grid in read_xlsx(content, ""))
    except UserError:
        return False


def _traces(grids: Iterable[Grid], file: str) -> tuple[Traces, tuple[Problem, ...]]:
    grid = next((grid for grid in grids if grid.title == TRACES), None)
    if grid is None:
        return NO_TRACES, ()
    found = parse_traces([[str(cells[at].raw) for at in sorted(cells)] for _, cells in grid.rows])
    if found and not grid.beyond:
        return found, ()
    message = Text(
        "The hidden sheet with what was exported cannot be read; it cannot be told what "
        "changed, and empty cells say nothing."
    )
    hint = Text("Look closely at the changes, or export a new workbook.")
    return NO_TRACES, (Place(file).problem("", message, hint, Severity.WARNING),)


def _read(
    grids: Sequence[Grid],
    file: str,
    languages: Sequence[str],
    villages: Mapping[str, str],
    traces: Traces,
    problems: Sequence[Problem],
) -> Result:
    if not any(grid.rows for grid in grids):
        return (), (*problems, Place(file).problem("", *NOBODY))
    plan = tables(tuple(dict.fromkeys((*languages, *languages_in(grids)))))
    sheets, found = sort_sheets(grids, plan, file)
    reader = _Reader(plan, traces, {**traces.villages, **villages})
    households = reader.households(sheets)
    if whole := _errors((*problems, *found)):
        households = tuple(replace(one, problems=(*whole, *one.problems)) for one in households)
    problems = tuple(dict.fromkeys((*problems, *found, *reader.problems)))
    if not households and not _errors(problems):
        problems = (*problems, Place(file).problem("", *NOBODY))
    return households, problems


def _errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(one for one in problems if one.severity is Severity.ERROR)


# --- What a row says ---


@dataclass(slots=True, eq=False)
class _Row:
    """What a row says: `texts` of its columns in the order of the table, "" where nothing stands.

    `number` is its place among the rows of the sheet, `code` and `name` are those of the household it belongs to.
    """

    number: int
    code: str
    name: str
    texts: dict[Column, str]
    places: dict[Path, Place]
    problems: list[Problem]

    @property
    def place(self) -> Place:
        """Where it is said whose the row is."""
        return self.places[()]

    def say(self, column: Column, message: Text, hint: Text) -> None:
        """Note what is wrong in a column."""
        field = ".".join(column.path)
        self.problems.append(self.places[column.full_path].problem(field, message, hint))


def _rows(sheet: Sheet, called: Mapping[str, str]) -> Iterator[_Row]:
    """Yield what the rows of a sheet say; `called` are households' names by their codes."""
    order = {column: number for number, column in enumerate(sheet.table.columns)}
    columns = sorted(sheet.columns.items(), key=lambda item: order[item[1]])
    whose_columns = sheet.whose
    for number, (at_row, cells) in enumerate(sheet.rows):
        owners = {column.path[-1]: at for at, column in whose_columns.items() if at in cells}
        typed = {name: str(cells[at].raw).strip() for name, at in owners.items()}
        whose = typed.get("name") or called.get(bare_code(typed.get("code")), "")
        first = sheet.grid.place(at_row, next(iter(owners.values()), min(cells)), whose)
        row = _Row(number, "", "", {}, {(): first}, [])
        for at, column in columns:
            place = sheet.grid.place(at_row, at, whose)
            row.places.setdefault(column.full_path, place)
            row.places.setdefault(column.path, place)
            text, problem = "", None
            if at in cells:
                field = ".".join((*sheet.table.path, *column.path))
                text, problem = read_cell(cells[at], column.field, place, field)
            row.problems += [problem] if problem else []
            if at in whose_columns and column.path == ("code",):
                row.code = bare_code(text)
            elif at in whose_columns:
                row.name = text
            if not column.is_owner:
                row.texts[column] = text
        yield row


def _values(row: _Row, base: Mapping[str, Plain]) -> dict[str, Plain]:
    """Return the values that a row says; what stands as in `base` keeps the base's own form, the emptied is None."""
    values: dict[str, Plain] = deepcopy(dict(base))
    for path, group in groupby(row.texts, key=lambda column: column.path):
        columns = tuple(group)
        first = columns[0]
        if first.field is VILLAGE or all(is_unchanged(one, row.texts[one], base) for one in columns):
            continue
        now: Plain = None
        if first.word:
            now = _ticks(columns, row, look_up(base, path))
        elif first.tag:
            now = _in_languages(columns, row, base)
        elif text := row.texts[first]:
            now = value_in(first.field, text)
        put(values, path, now)
    return values


def _in_languages(columns: Sequence[Column], row: _Row, base: Mapping[str, Plain]) -> Plain:
    """Return free text in the languages in which it stands; one text where it is only Vietnamese."""
    before = look_up(base, columns[0].path)
    now: dict[str, Plain] = {VIETNAMESE: before} if isinstance(before, str) else dict(before or {})
    for column in columns:
        if not is_unchanged(column, row.texts[column], base):
            now[column.tag] = row.texts[column] or None
    if not any(now.values()):
        return None
    return now if now.keys() != {VIETNAMESE} else now[VIETNAMESE]


def _ticks(columns: Sequence[Column], row: _Row, before: Plain) -> Plain:
    """Return the list of ticks; nothing filled in says nothing. A tick is never made of a doubtful word."""
    words = columns[0].field.words
    if words is None or not any(row.texts[column] for column in columns):
        return None
    answers = {column.full_path[-1]: _is_ticked(column, row) for column in columns}
    ticked: list[Plain] = [key for key, answer in answers.items() if answer]
    if isinstance(before, list):
        known: list[Plain] = [words.find(item).key for item in before if isinstance(item, str)]
        kept = [key for key in known if answers.get(str(key), True)]
        added = [key for key in ticked if key not in known]
        return before if kept == known and not added else [*kept, *added]
    if missing := next((word for word in words if word.key not in answers), None):
        first = next(column for column in columns if row.texts[column])
        message = Text("There is no column “{label}: {part}”.", label=first.field.label, part=missing.label)
        row.say(first, message, Text("All of these columns are needed, or none of them."))
    return ticked


def _is_ticked(column: Column, row: _Row) -> bool:
    text = row.texts[column]
    try:
        return bool(text) and parse_yes_no(text)
    except UserError:
        message = Text("{text} is neither Có (yes) nor Không (no).", text=quoted(text))
        row.say(column, message, Text("Ask the family, then write Có or Không."))
        return False


# --- Households, and whose the rows of crops, animals, products and photos are ---


@dataclass(slots=True, eq=False)
class _Home:
    """A household while it is being put together; `names` are the one in the table and the one exported."""

    code: str
    names: tuple[str, ...]
    village: str
    base: Mapping[str, Plain] | None
    values: dict[str, Plain]
    row: _Row
    entries: dict[Table, list[_Row]] = field(default_factory=dict)


class _Reader:
    """Puts the households together; `problems` collects what is wrong, in the households too."""

    def __init__(self, plan: Sequence[Table], traces: Traces, villages: Mapping[str, str]) -> None:
        self.problems: list[Problem] = []
        self._plan = plan
        self._traces = traces
        self._villages = villages
        self._stray: dict[Table, Place] = {}
        self._strays: set[tuple[str, str]] = set()
        self._code_called = {key(_text(one.values)): code for code, one in traces.households.items()}
        self._by_code: dict[str, _Home] = {}
        # With accents first: of Hoa and Hoà, Hoà is meant where Hoà is written.
        self._by_name: dict[str, list[_Home]] = defaultdict(list)
        self._by_letters: dict[str, list[_Home]] = defaultdict(list)

    def households(self, sheets: Sequence[Sheet]) -> tuple[Incoming, ...]:
        """Return the households of all sheets in the order of their rows."""
        if not sheets or sheets[0].table.records:
            return ()
        main, *others = sheets
        homes = [home for row in _rows(main, {}) if (home := self._home(main, row))]
        for home in homes:
            self._enter(home)
        called = {home.code: home.names[0] for home in homes if home.code}
        for sheet in others:
            for row in _rows(sheet, called):
                if any(row.texts.values()) or row.problems:
                    self._give(sheet.table, row)
        present = {sheet.table for sheet in others}
        for home in homes:
            for table in self._plan[1:]:
                if table in present:
                    self._join(home, table)
                else:
                    take_out(home.values, table.path)
            self.problems += _errors(home.row.problems)
        return tuple(
            Incoming(one.values, one.village, one.row.places, one.base, problems=tuple(one.row.problems))
            for one in homes
        )

    def _home(self, sheet: Sheet, row: _Row) -> _Home | None:
        village = next((text for column, text in row.texts.items() if column.field is VILLAGE), "")
        if (
            not any(text for column, text in row.texts.items() if column.field is not VILLAGE)
            and not row.problems
        ):
            return None
        if not row.code and not row.name:
            message = Text("This row has values and neither a name nor a code.")
            hint = Text("Write the name; if it is a row of totals or a note, delete the row.")
            self.problems += [*_errors(row.problems), row.place.problem("name", message, hint)]
            return None
        if _TOTAL.match(fold(row.name)) and sum(map(bool, row.texts.values())) == 1:
            message = Text("This row is a total and is left out.")
            hint = Text("If it is a household, write its address too.")
            self.problems.append(row.place.problem("name", message, hint, Severity.WARNING))
            return None
        traced = self._traces.households.get(row.code)
        base = traced.values if traced else None
        values = _values(row, base or {})
        for path in {column.path for column in sheet.table.columns} - {column.path for column in row.texts}:
            take_out(values, path)
        before = _text(base or {})
        if before and row.name and key(row.name) != key(before):
            self._check_code(row, before)
        names = tuple(name for name in (_text(values), before) if name) or ("",)
        code = bare_code(values.get("code"))
        folder = self._folder_of(village) or (traced.village if traced else "")
        return _Home(code, names, folder, base, values, row)

    def _check_code(self, row: _Row, own: str) -> None:
        """Refuse a code beside the name of another household than its own, as after sorting one column alone."""
        other = self._code_called.get(key(row.name), row.code)
        if other == row.code:
            return
        name, own = quoted(row.name), quoted(own)
        message = Text(
            "The code {code} belongs to {own}, and this row says {name}, which has the code {other}.",
            code=row.code,
            own=own,
            name=name,
            other=other,
        )
        hint = Text(
            "If one column alone was sorted, undo that and sort the whole table; otherwise fix "
            "the code or the name."
        )
        row.say(next(column for column in row.texts if column.path == ("code",)), message, hint)

    def _folder_of(self, village: str) -> str:
        """Return the folder of a village, known by that or by its name; what is neither stays as typed."""
        found = {slug for slug, name in self._villages.items() if fold(village) in (fold(name), slug)}
        return found.pop() if len(found) == 1 else village

    def _enter(self, home: _Home) -> None:
        """Make it known by its code and its names; which of two with one code is right, nobody knows."""
        for name in {key(one) for one in home.names if one}:
            self._by_name[name].append(home)
        for name in {fold(one) for one in home.names if one}:
            self._by_letters[name].append(home)
        first = self._by_code.setdefault(home.code, home)
        if home.code and first is not home:
            where = first.row.place.where
            problem = home.row.place.problem(
                "code",
                Text("The code {code} stands at {where} already.", code=home.code, where=where),
                Text(
                    "If the row was copied for a new household, clear its code; if it is the same one, "
                    "keep one row."
                ),
            )
            first.row.problems.append(problem)
            home.row.problems.append(problem)

    def _give(self, table: Table, row: _Row) -> None:
        """Give the row of another sheet to its household; whose nobody knows is said once for all its rows."""
        try:
            self._owner(row).entries.setdefault(table, []).append(row)
        except UserError as refused:
            self.problems += _errors(row.problems)
            self._stray.setdefault(table, row.place)
            if (row.code, row.name) not in self._strays:
                self.problems.append(row.place.problem("", refused.message, refused.hint))
                self._strays |= {(row.code, row.name)} if row.code else set()

    def _owner(self, row: _Row) -> _Home:
        """Return the household that a row names; raise UserError where that is not one for certain."""
        code, name = row.code, quoted(row.name)
        if not code and not row.name:
            raise UserError(
                Text("This row does not say whose it is."),
                Text("Write the code or the name first in the row, or delete it."),
            )
        found = self._by_name.get(key(row.name)) or self._by_letters.get(fold(row.name), [])
        if code:
            found = [self._by_code[code]] if code in self._by_code else []
        if not found:
            what = Text("the code {code}", code=code) if code else Text("a garden {name}", name=name)
            raise UserError(
                Text("Sheet “{main}” does not have {what}.", what=what, main=MAIN.vi),
                Text("Fix the code or the name, or add that household to sheet “{main}”.", main=MAIN.vi),
            )
        if len(found) > 1:
            raise UserError(
                Text("More than one household is called {name}.", name=name),
                Text("Write the code first in the row."),
            )
        known = [one for one in found[0].names if one]
        if code and row.name and known and fold(row.name) not in map(fold, known):
            other = quoted(known[0])
            raise UserError(
                Text(
                    "The code {code} belongs to {other}, and this row says {name}.",
                    code=code,
                    other=other,
                    name=name,
                ),
                Text(
                    "Fix the code or the name. If one column alone was sorted, undo that and sort the whole table."
                ),
            )
        return found[0]

    def _join(self, home: _Home, table: Table) -> None:
        """Make entries of the rows of one list that belong to a household.

        A row that says what an entry of the base said is that entry, in the form in which it was. Rows that stand
        together give the order; those that were sorted apart do not: the old order stays, what is new comes behind.
        """
        rows, before = home.entries.get(table, []), look_up(home.base, table.path) or []
        if table.records is None or not (rows or before):
            return
        old = [as_entry(table.records, entry) for entry in before]
        matched = _matched(table.records, rows, old)
        order = list(range(len(rows)))
        if any(after.number - row.number != 1 for row, after in pairwise(rows)):
            order.sort(key=lambda number: matched.get(number, len(old)))
        entries: list[Plain] = []
        for number in order:
            row, was = rows[number], matched.get(number)
            entry = _values(row, {} if was is None else old[was])
            path: Path = (*table.path, len(entries))
            entries.append(entry if was is None or entry != old[was] else deepcopy(before[was]))
            home.row.places |= {(*path, *inside): place for inside, place in row.places.items()}
            home.row.problems += row.problems
        put(home.values, table.path, entries)
        left = {key(_text(as_entry(table.records, entry), table.records.lone)) for entry in entries}
        for name in (_text(entry, table.records.lone) for entry in old):
            if table in self._stray and key(name) not in left:
                self._doubt(home, table, name)

    def _doubt(self, home: _Home, table: Table, name: str) -> None:
        """Refuse that an entry is gone while nobody knows whose a row is: it may be that row."""
        message = Text(
            "“{name}” is no longer in the table, and it is not clear whose the row at {where} is.",
            name=name,
            where=self._stray[table].where,
        )
        hint = Text("It may be that row: write the right code or name there first.")
        home.row.problems.append(home.row.place.problem(".".join(table.path), message, hint))


def _matched(records: Field, rows: Sequence[_Row], old: Sequence[Mapping[str, Plain]]) -> dict[int, int]:
    """Return which old entry a row was: the same in every cell first, then the same by name."""

    def is_whole(row: _Row, entry: Mapping[str, Plain]) -> bool:
        return all(is_unchanged(column, text, entry) for column, text in row.texts.items())

    def is_named(row: _Row, entry: Mapping[str, Plain]) -> bool:
        return any(
            text and key(text) == key(cell_text(column, entry))
            for column, text in row.texts.items()
            if column.path == (records.lone,)
        )

    matched: dict[int, int] = {}
    free = list(range(len(old)))
    for is_same in (is_whole, is_named):
        for number, row in enumerate(rows):
            found = None if number in matched else next((at for at in free if is_same(row, old[at])), None)
            if found is not None:
                matched[number] = found
                free.remove(found)
    return matched


def _text(values: Mapping[str, Plain], name: str = "name") -> str:
    text = values.get(name)
    return text if isinstance(text, str) else ""
