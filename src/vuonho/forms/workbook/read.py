"""A workbook or a CSV table read: households as the file tells them, and everything that cannot be understood."""

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
from vuonho.forms.workbook.tables import Sheet, is_published, languages_in, published_grids, sort_sheets
from vuonho.i18n import Both, Text
from vuonho.model.fields import Field
from vuonho.model.values import parse_yes_no, quoted
from vuonho.project.yaml_tree import Path, Plain
from vuonho.text import fold, key

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
    note = Place(file).problem(
        "",
        Text(
            "This is the site's public data: it holds no consent, phone, location, photo or OCOP certificate."
        ),
        Text(
            "A household made anew from it has no page until the day of consent is written, read "
            "again from its paper."
        ),
        Severity.WARNING,
    )
    grids = published_grids(grid, villages)
    households, problems = _read(grids, file, languages, villages, NO_TRACES, (*warnings, note))
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
    found = parse_traces([[str(row.cells[at].raw) for at in sorted(row.cells)] for row in grid.rows])
    if found and not grid.beyond:
        return found, ()
    message = Text(
        "The hidden sheet with what was exported cannot be read; it cannot be told what "
        "changed, and empty cells say nothing."
    )
    way_out = Text("Look closely at the changes, or export a new workbook.")
    return NO_TRACES, (Place(file).problem("", message, way_out, Severity.WARNING),)


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
    whole = _errors((*problems, *found))
    if whole:
        households = tuple(replace(one, problems=(*whole, *one.problems)) for one in households)
    problems = tuple(dict.fromkeys((*problems, *found, *reader.problems)))
    if not households and not _errors(problems):
        problems = (*problems, Place(file).problem("", *NOBODY))
    return households, problems


def _errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(one for one in problems if one.severity is Severity.ERROR)


# --- Rows ---


@dataclass(slots=True, eq=False)
class _ReadRow:
    """What a row says: `texts` of its columns in the order of the table, "" where nothing stands.

    `position` is its number among the rows of the sheet, `place` where it is said whose it is. `whose` are the code
    and the name of the household.
    """

    position: int
    place: Place
    whose: dict[str, str] = field(default_factory=dict)
    texts: dict[Column, str] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def code(self) -> str:
        """The household's code."""
        return bare_code(self.whose.get("code"))

    @property
    def name(self) -> str:
        """The household's name."""
        return self.whose.get("name", "")


def _read_rows(sheet: Sheet, called: Mapping[str, str]) -> Iterator[_ReadRow]:
    """Yield what the rows of a sheet say; `called` are households' names by their codes."""
    order = {column: number for number, column in enumerate(sheet.table.columns)}
    columns = sorted(sheet.columns.items(), key=lambda item: order[item[1]])
    whose_columns = sheet.whose
    for position, row in enumerate(sheet.rows):
        owners = {sheet.columns[at].path: at for at in whose_columns if at in row.cells}
        said = {path: str(row.cells[at].raw).strip() for path, at in owners.items()}
        whose = said.get(("name",)) or called.get(bare_code(said.get(("code",))), "")
        first = next(iter(owners.values()), min(row.cells))
        line = _ReadRow(position, sheet.grid.place(row, first, whose))
        line.places[()] = line.place
        for at, column in columns:
            place = sheet.grid.place(row, at, whose)
            line.places.setdefault(column.full_path, place)
            line.places.setdefault(column.path, place)
            text, problem = "", None
            if at in row.cells:
                name = ".".join((*sheet.table.path, *column.path))
                text, problem = read_cell(row.cells[at], column.field, place, name)
            if problem:
                line.problems.append(problem)
            if sheet.table.says_whose(column):
                line.whose[column.path[0]] = text
            if not column.is_owner:
                line.texts[column] = text
        yield line


def _values(line: _ReadRow, base: Mapping[str, Plain]) -> dict[str, Plain]:
    """Return the values that a row says; what stands as in `base` keeps the base's own form, the emptied is None."""
    values: dict[str, Plain] = deepcopy(dict(base))
    for path, group in groupby(line.texts, key=lambda column: column.path):
        columns = tuple(group)
        first, before = columns[0], look_up(base, path)
        if first.field is VILLAGE or all(
            is_unchanged(column, line.texts[column], base) for column in columns
        ):
            continue
        now: Plain = None
        if first.word:
            now = _ticks(columns, line, before)
        elif first.tag:
            now = _in_languages(columns, line, base)
        elif text := line.texts[first]:
            now = value_in(first.field, text)
        put(values, path, now)
    return values


def _in_languages(columns: Sequence[Column], line: _ReadRow, base: Mapping[str, Plain]) -> Plain:
    """Return free text in the languages in which it stands; one text where it is only Vietnamese."""
    before = look_up(base, columns[0].path)
    now: dict[str, Plain] = {VIETNAMESE: before} if isinstance(before, str) else dict(before or {})
    for column in columns:
        if not is_unchanged(column, line.texts[column], base):
            now[column.tag] = line.texts[column] or None
    if not any(now.values()):
        return None
    return now if now.keys() != {VIETNAMESE} else now[VIETNAMESE]


def _ticks(columns: Sequence[Column], line: _ReadRow, before: Plain) -> Plain:
    """Return the list of ticks; nothing filled in says nothing. A tick is never made of a doubtful word."""
    words = columns[0].field.words
    if words is None or not any(line.texts[column] for column in columns):
        return None
    answers = {column.word.key: _tick(column, line) for column in columns if column.word}
    ticked = [key for key, answer in answers.items() if answer]
    if isinstance(before, list):
        known = [words.find(item).key for item in before if isinstance(item, str)]
        kept = [key for key in known if answers.get(key, True)]
        added = [key for key in ticked if key not in known]
        return before if kept == known and not added else [*kept, *added]
    if missing := next((word for word in words if word.key not in answers), None):
        first = next(column for column in columns if line.texts[column])
        problem = line.places[first.full_path].problem(
            ".".join(first.path),
            Text("There is no column “{label}: {label2}”.", label=first.field.label, label2=missing.label),
            Text("All of these columns are needed, or none of them."),
        )
        line.problems.append(problem)
    return [*ticked]


def _tick(column: Column, line: _ReadRow) -> bool:
    text = line.texts[column]
    try:
        return bool(text) and parse_yes_no(text)
    except UserError:
        problem = line.places[column.full_path].problem(
            ".".join(column.path),
            Text("{text} is neither Có (yes) nor Không (no).", text=quoted(text)),
            Text("Ask the family, then write Có or Không."),
        )
        line.problems.append(problem)
        return False


# --- Households, and whose the rows of crops, animals, products and photos are ---


@dataclass(slots=True, eq=False)
class _Home:
    """A household while it is being put together; `names` are the one in the table and the one exported."""

    code: str
    names: tuple[str, str]
    village: str
    base: Mapping[str, Plain] | None
    values: dict[str, Plain]
    places: dict[Path, Place]
    problems: list[Problem]
    rows: dict[Table, list[_ReadRow]] = field(default_factory=dict)


class _Homes:
    """The households of a workbook, to be asked whose a row is."""

    def __init__(self, homes: Sequence[_Home]) -> None:
        self._by_code: dict[str, _Home] = {}
        # With accents first: of Hoa and Hoà, Hoà is meant where Hoà is written.
        self._by_name: dict[tuple[bool, str], list[_Home]] = {}
        for home in homes:
            self._by_code.setdefault(home.code, home)
            names = [name for name in home.names if name]
            for name in {*((True, key(one)) for one in names), *((False, fold(one)) for one in names)}:
                self._by_name.setdefault(name, []).append(home)

    def find(self, code: str, name: str) -> _Home:
        """Return the household that a row names; raise UserError where that is not one for certain."""
        if not code and not name:
            raise UserError(
                Text("This row does not say whose it is."),
                Text("Write the code or the name first in the row, or delete it."),
            )
        return self._of_code(code, name) if code else self._of_name(name)

    def _of_code(self, code: str, name: str) -> _Home:
        home = self._by_code.get(code)
        if home is None:
            raise _absent(Text("the code {code}", code=code))
        if name and any(home.names) and fold(name) not in map(fold, home.names):
            other = quoted(home.names[0])
            raise UserError(
                Text(
                    "The code {code} belongs to {other}, and this row says {name}.",
                    code=code,
                    other=other,
                    name=quoted(name),
                ),
                Text(
                    "Fix the code or the name. If one column alone was sorted, undo that and sort the "
                    "whole table."
                ),
            )
        return home

    def _of_name(self, name: str) -> _Home:
        found = self._by_name.get((True, key(name))) or self._by_name.get((False, fold(name)), [])
        if not found:
            raise _absent(Text("a garden {name}", name=quoted(name)))
        if len(found) > 1:
            raise UserError(
                Text("More than one household is called {name}.", name=quoted(name)),
                Text("Write the code first in the row."),
            )
        return found[0]


def _absent(what: Text) -> UserError:
    return UserError(
        Both(f"Trang “{MAIN.vi}” không có {what.vi}.", f"There is no {what.en} in sheet “{MAIN.vi}”."),
        Both(
            f"Sửa mã hoặc tên, hoặc thêm hộ ấy vào trang “{MAIN.vi}”.",
            f"Fix the code or the name, or add that household to sheet “{MAIN.vi}”.",
        ),
    )


class _Reader:
    """Puts the households together; `problems` collects what is wrong, in the households too."""

    def __init__(self, plan: Sequence[Table], traces: Traces, villages: Mapping[str, str]) -> None:
        self.problems: list[Problem] = []
        self._plan = plan
        self._traces = traces
        self._villages = villages
        self._is_nameless = False
        self._stray_rows: dict[Table, Place] = {}
        self._code_called = {key(_text(one.values)): code for code, one in traces.households.items()}

    def households(self, sheets: Sequence[Sheet]) -> tuple[Incoming, ...]:
        """Return the households of all sheets in the order of their rows."""
        if not sheets or not sheets[0].table.is_main:
            return ()
        main, *others = sheets
        homes = [home for line in _read_rows(main, {}) if (home := self._home(main, line))]
        self._refuse_repeated_codes(homes)
        for sheet in others:
            self._sort_in(sheet, homes)
        return tuple(self._incoming(home, [sheet.table for sheet in others]) for home in homes)

    def _home(self, sheet: Sheet, line: _ReadRow) -> _Home | None:
        is_empty = not any(text for column, text in line.texts.items() if column.field is not VILLAGE)
        if is_empty and not line.problems:
            return None
        code, name = line.code, line.name
        if not code and not name:
            self._is_nameless = True
            problem = line.place.problem(
                "name",
                Text("This row has values and neither a name nor a code."),
                Text("Write the name; if it is a row of totals or a note, delete the row."),
            )
            self.problems += [*_errors(line.problems), problem]
            return None
        traced = self._traces.households.get(code)
        values = _values(line, traced.values if traced else {})
        spoken = {column.path for column in line.texts}
        for column in sheet.table.columns:
            if column.path not in spoken:
                take_out(values, column.path)
        before = _text(traced.values) if traced else ""
        other = self._code_called.get(key(name), code)
        if before and name and key(name) != key(before) and other != code:
            line.problems.append(_mixed_up(line.places["code",], code, before, name, other))
        village = self._village(line) or (traced.village if traced else "")
        base = traced.values if traced else None
        code = bare_code(values.get("code"))
        return _Home(code, (_text(values), before), village, base, values, line.places, line.problems)

    def _village(self, line: _ReadRow) -> str:
        """Return the folder of a village by its name; what is no name comes back as typed."""
        typed = next((text for column, text in line.texts.items() if column.field is VILLAGE), "")
        found = {slug for slug, name in self._villages.items() if fold(typed) in (fold(name), slug)}
        return found.pop() if len(found) == 1 else typed

    def _refuse_repeated_codes(self, homes: Sequence[_Home]) -> None:
        seen: dict[str, _Home] = {}
        for home in homes:
            first = seen.setdefault(home.code, home)
            if not home.code or first is home:
                continue
            where = first.places[()].where
            problem = home.places[()].problem(
                "code",
                Text("The code {code} stands at {where} already.", code=home.code, where=where),
                Text(
                    "If the row was copied for a new household, clear its code; if it is the same one, "
                    "keep one row."
                ),
            )
            for one in (first, home):  # which of the two is right, nobody knows
                one.problems.append(problem)

    def _sort_in(self, sheet: Sheet, homes: Sequence[_Home]) -> None:
        """Give the rows of another sheet to their households."""
        owners = _Homes(homes)
        for line in _read_rows(sheet, {home.code: home.names[0] for home in homes if home.code}):
            if not any(line.texts.values()) and not line.problems:
                continue
            code, name = line.code, line.name
            try:
                home = owners.find(code, name)
            except UserError as refused:
                renamed = self._household_without_its_code(owners, code, name)
                if renamed is None:
                    self.problems += _errors(line.problems)
                    if not (self._is_nameless and code in self._traces.households):  # said at its row already
                        self.problems.append(line.place.problem("", refused.message, refused.hint))
                    self._stray_rows.setdefault(sheet.table, line.place)
                    continue
                home = renamed
            home.rows.setdefault(sheet.table, []).append(line)

    def _household_without_its_code(self, owners: _Homes, code: str, name: str) -> _Home | None:
        """Return the household from whose row this code has gone: its rows follow the name, as it is named itself."""
        if code not in self._traces.households or not name:
            return None
        try:
            home = owners.find("", name)
        except UserError:
            return None
        return home if home.base is None and (home.code or _errors(home.problems)) else None

    def _incoming(self, home: _Home, present: Sequence[Table]) -> Incoming:
        for table in self._plan[1:]:
            if table in present:
                self._join(home, table)
            else:
                take_out(home.values, table.path)
        self.problems += _errors(home.problems)
        return Incoming(home.values, home.village, home.places, home.base, problems=tuple(home.problems))

    def _join(self, home: _Home, table: Table) -> None:
        """Make entries of the rows of one list that belong to a household.

        A row that says what an entry of the base said is that entry, in the form in which it was. Rows that stand
        together give the order; those that were sorted apart do not: the old order stays, what is new comes behind.
        """
        rows, before = home.rows.get(table, []), look_up(home.base, table.path) or []
        if table.records is None or not (rows or before):
            return
        old = [as_entry(table.records, entry) for entry in before]
        matched = _matched(table.records, rows, old)
        order = list(range(len(rows)))
        if any(after.position - row.position != 1 for row, after in pairwise(rows)):
            order.sort(key=lambda number: matched.get(number, len(old)))
        entries: list[Plain] = []
        for number in order:
            line, was = rows[number], matched.get(number)
            entry = _values(line, {} if was is None else old[was])
            entries.append(entry if was is None or entry != old[was] else deepcopy(before[was]))
            path: Path = (*table.path, len(entries) - 1)
            home.places |= {(*path, *inside): place for inside, place in line.places.items()}
            home.problems += line.problems
        put(home.values, table.path, entries)
        if stray := self._stray_rows.get(table):
            lone = table.records.lone
            left = {key(_text(as_entry(table.records, entry), lone)) for entry in entries}
            gone = [name for entry in old if key(name := _text(entry, lone)) not in left]
            home.problems += [_gone(table, home.places[()], name, stray) for name in gone]


def _matched(records: Field, rows: Sequence[_ReadRow], old: Sequence[Mapping[str, Plain]]) -> dict[int, int]:
    """Return which old entry a row was: the same in every cell first, then the same by name."""

    def is_whole(row: _ReadRow, entry: Mapping[str, Plain]) -> bool:
        return all(is_unchanged(column, text, entry) for column, text in row.texts.items())

    def is_named(row: _ReadRow, entry: Mapping[str, Plain]) -> bool:
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


def _mixed_up(place: Place, code: str, own: str, name: str, other: str) -> Problem:
    """Return what to say of a code beside another household's name, as after sorting one column alone."""
    return place.problem(
        "code",
        Text(
            "The code {code} belongs to {own}, and this row says {name}, which has the code {other}.",
            code=code,
            own=quoted(own),
            name=quoted(name),
            other=other,
        ),
        Text(
            "If one column alone was sorted, undo that and sort the whole table; otherwise fix "
            "the code or the name."
        ),
    )


def _gone(table: Table, place: Place, name: str, stray: Place) -> Problem:
    """Return what to say of an entry that is no longer there, while nobody knows whose a row is."""
    where = stray.where
    return place.problem(
        ".".join(table.path),
        Text(
            "“{name}” is no longer in the table, and it is not clear whose the row at {where} is.",
            name=name,
            where=where,
        ),
        Text("It may be that row: write the right code or name there first."),
    )
