"""A workbook read: households as the file tells them, and everything that cannot be understood."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from types import MappingProxyType

from vuonho.errors import Problem, Refused, Severity
from vuonho.forms.incoming import LEFT, Incoming, Place
from vuonho.forms.workbook.cells import read_cell, said_odd_tick
from vuonho.forms.workbook.layout import (
    MISSING,
    NO_TRACES,
    SHEET,
    VIETNAMESE,
    VILLAGE,
    Column,
    Keys,
    Missing,
    Table,
    Traces,
    as_entry,
    bare_code,
    comparable,
    copied,
    even,
    look_up,
    parse_traces,
    put,
    shown,
    tables,
    take_out,
    told,
)
from vuonho.forms.workbook.package import Cell, Grid, Row, read_grids, read_table, spot_of
from vuonho.forms.workbook.tables import (
    Owner,
    Owners,
    Sheet,
    Unowned,
    is_published,
    languages_in,
    published_grids,
    said_mixed_up,
    said_of_published,
    sort_sheets,
)
from vuonho.i18n import Text
from vuonho.model.fields import Field, field_at, leaves
from vuonho.model.outline import household_fields
from vuonho.model.values import parse_yes_no
from vuonho.project.yaml_tree import Path, Plain
from vuonho.text import fold, key

# --- A row of the table of households becomes values, compared with what the row was made from ---


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
        texts[column] = _household_text(table, column, cell, out)
    return texts


def _deepest(column: Column) -> Path:
    last = column.word.key if column.word else column.tag
    return (*column.path, last) if last else column.path


def _household_text(table: Table, column: Column, cell: Cell | None, out: Told) -> str:
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
    for path in (*every, *((left,) for left in LEFT)):
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


# --- The rows of a list of records that belong to one household become entries, compared with those they were made from ---


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One row: its position among the filled rows, the texts of its columns, and what is known of its places."""

    position: int
    texts: Mapping[Column, str]
    out: Told


def join_entries(
    field: Field, rows: Sequence[EntryRow], base: Plain, *, stand_together: bool
) -> tuple[list[Plain], list[EntryRow]]:
    """Return (entries, the row of each) of a household; `base` is the list as exported, or None.

    A row that says what an entry of the base said is that entry, in the form in which it was. Rows that stand
    together give the order; those that were sorted apart do not: the old order stays, what is new comes behind.
    """
    old = list(base) if isinstance(base, list) else []
    matched = _matched(field, rows, old)
    order = list(matched)
    if not stand_together:
        order.sort(key=lambda number: len(old) if (place := matched[number]) is None else place)
    entries = [_entry(field, rows[number], old, matched[number]) for number in order]
    return entries, [rows[number] for number in order]


def _matched(field: Field, rows: Sequence[EntryRow], old: Sequence[Plain]) -> dict[int, int | None]:
    """Return for each row which old entry it was: the same in every cell first, then the same by name."""
    matched: dict[int, int | None] = dict.fromkeys(range(len(rows)))
    free = list(range(len(old)))
    for is_same in (_is_whole, _is_named):
        for number, row in enumerate(rows):
            if matched[number] is None:
                found = next(
                    (place for place in free if is_same(field, row, as_entry(field, old[place]))), None
                )
                if found is not None:
                    matched[number] = found
                    free.remove(found)
    return matched


def _is_whole(field: Field, row: EntryRow, entry: Mapping[str, Plain]) -> bool:
    del field
    return all(
        comparable(column.field, text) == even(_shown(column, entry))
        for column, text in row.texts.items()
        if not column.is_owner
    )


def _is_named(field: Field, row: EntryRow, entry: Mapping[str, Plain]) -> bool:
    names = [
        (text, _shown(column, entry)) for column, text in row.texts.items() if column.path == (field.lone,)
    ]
    return any(text and key(text) == key(old) for text, old in names)


def _shown(column: Column, entry: Mapping[str, Plain]) -> str:
    value = look_up(dict(entry), column.path)
    return shown(column.field, value if isinstance(value, str | list | dict) else None, column.tag)


def _entry(field: Field, row: EntryRow, old: Sequence[Plain], place: int | None) -> Plain:
    texts = {column: text for column, text in row.texts.items() if not column.is_owner}
    if place is None:
        return values_of(texts, None, row.out)
    before = old[place]
    now = values_of(texts, as_entry(field, before), row.out)
    return copied(before) if now == as_entry(field, before) else now


# --- Rows of all sheets put together: each household with its crops, animals, products and photos ---


@dataclass(slots=True)
class Home:
    """A household while it is being put together."""

    told: Told
    village: str
    base: Mapping[str, Plain] | None
    entries: dict[Table, list[EntryRow]] = field(default_factory=dict)

    @property
    def owner(self) -> Owner:
        """What rows of the other sheets may call it."""
        names = [_text(self.told.values, "name"), _text(self.base or {}, "name")]
        return Owner(bare_code(self.told.values.get("code")), tuple(names))


def _text(values: Mapping[str, Plain], key: str) -> str:
    value = values.get(key)
    return value if isinstance(value, str) else ""


class Assembly:
    """Reads sheets; `problems` collects what is wrong with them, in the households too."""

    def __init__(self, plan: Sequence[Table], traces: Traces, villages: Mapping[str, str]) -> None:
        self.plan = plan
        self.traces = traces
        self.villages = villages
        self.problems: list[Problem] = []
        self._homes: list[Home] = []
        self._is_nameless = False
        self._stray_rows: dict[Table, Place] = {}
        self._code_called = {
            key(_text(traced.values, "name")): code for code, traced in traces.households.items()
        }

    def households(self, sheets: Sequence[Sheet]) -> tuple[Incoming, ...]:
        """Return the households of all sheets in the order of their rows."""
        by_table = {sheet.table: sheet for sheet in sheets}
        main = by_table.get(self.plan[0])
        if main is None:
            return ()
        self._homes = [home for row in _rows(main, {}) if (home := self._home(main, row))]
        self._refuse_twice()
        for sheet in sheets[1:]:
            self._sort_in(sheet)
        return tuple(self._incoming(home, by_table) for home in self._homes)

    def _home(self, sheet: Sheet, row: Row) -> Home | None:
        out = Told({}, {}, [])
        columns = sheet.headings.columns
        texts = texts_of(sheet.table, row, columns, _spots(sheet, row), out)
        if (
            not any(text for column, text in texts.items() if column.field is not VILLAGE)
            and not out.problems
        ):
            return None
        said = {column.path: text for column, text in texts.items()}
        code, name = said.get(("code",), ""), said.get(("name",), "")
        if not code and not name:
            self.problems += [*out.errors, _first(row).problem("name", *_NAMELESS)]
            self._is_nameless = True
            return None
        traced = self.traces.households.get(bare_code(code))
        base = traced.values if traced else None
        out.values = without_unspoken(values_of(texts, base, out), columns)
        out.places[()] = next(
            (row.cells[p].place for p in sheet.headings.whose if p in row.cells), _first(row)
        )
        self._refuse_mixed_up(bare_code(code), name, base, out)
        village = self._village(said.get((VILLAGE.key,), "")) or (traced.village if traced else "")
        return Home(out, village, base)

    def _refuse_mixed_up(self, code: str, name: str, base: Mapping[str, Plain] | None, out: Told) -> None:
        """Name a code that stands beside another household's name, as after sorting one column alone."""
        own = _text(base or {}, "name")
        other = self._code_called.get(key(name), code)
        if own and name and key(name) != key(own) and other != code:
            out.problems.append(out.places["code",].problem("code", *said_mixed_up(code, own, name, other)))

    def _village(self, typed: str) -> str:
        """Return the folder of a village by its name; what is no name comes back as typed."""
        found = {slug for slug, name in self.villages.items() if fold(typed) in (fold(name), slug)}
        return found.pop() if len(found) == 1 else typed

    def _refuse_twice(self) -> None:
        seen: dict[str, Home] = {}
        for home in self._homes:
            if not (code := home.owner.code):
                continue
            first = seen.setdefault(code, home)
            if first is not home:
                problem = home.told.places[()].problem("code", *_twice(code, first.told.places[()]))
                for one in (first, home):  # which of the two is right, nobody knows
                    one.told.problems.append(problem)

    # --- Other sheets ----------------------------------------------------------------------------------------

    def _sort_in(self, sheet: Sheet) -> None:
        owners = Owners([home.owner for home in self._homes])
        called = {home.owner.code: home.owner.names[0] for home in self._homes if home.owner.code}
        for position, row in enumerate(_rows(sheet, called)):
            out = Told({}, {}, [])
            texts = texts_of(sheet.table, row, sheet.headings.columns, _spots(sheet, row), out)
            said = {column.path: text for column, text in texts.items() if column.is_owner}
            if not out.problems and not any(text for column, text in texts.items() if not column.is_owner):
                continue
            code, name = bare_code(said.get(("code",), "")), said.get(("name",), "")
            try:
                place = owners.find(code, name)
            except Unowned as unowned:
                stray = self._stray(owners, code, name)
                if stray is None:
                    self.problems += [*out.errors, *self._unowned(code, _first(row), unowned)]
                    self._stray_rows.setdefault(sheet.table, _first(row))
                    continue
                place = stray
            self._homes[place].entries.setdefault(sheet.table, []).append(EntryRow(position, texts, out))

    def _stray(self, owners: Owners, code: str, name: str) -> int | None:
        """Return the household from whose row this code has gone: its rows follow the name, as it is named itself."""
        if code not in self.traces.households or not name:
            return None
        try:
            place = owners.find("", name)
        except Unowned:
            return None
        home = self._homes[place]
        return place if home.base is None and (home.owner.code or home.told.errors) else None

    def _unowned(self, code: str, here: Place, unowned: Unowned) -> Iterator[Problem]:
        """Yield what is wrong, unless a household that was exported has lost code and name, which is said once."""
        if not (self._is_nameless and code in self.traces.households):
            yield here.problem("", unowned.message, unowned.hint)

    def _incoming(self, home: Home, sheets: Mapping[Table, Sheet]) -> Incoming:
        for table in self.plan[1:]:
            if table in sheets:
                self._join(home, table)
            else:
                take_out(home.told.values, table.path)
        self.problems += home.told.errors
        told = home.told
        return Incoming(told.values, home.village, told.places, home.base, problems=tuple(told.problems))

    def _join(self, home: Home, table: Table) -> None:
        rows = home.entries.get(table, [])
        before = look_up(dict(home.base), table.path) if home.base is not None else MISSING
        old = None if isinstance(before, Missing) else before
        records = field_at(household_fields(), table.path)
        if records is None or not (rows or old):
            return
        together = all(after.position - before.position == 1 for before, after in pairwise(rows))
        entries, order = join_entries(records, rows, old, stand_together=together)
        put(home.told.values, table.path, list(entries))
        home.told.places |= dict(_entry_places(table, order))
        for row in order:
            home.told.problems += row.out.problems
        if stray := self._stray_rows.get(table):
            here = home.told.places[()]
            home.told.problems += [
                here.problem(".".join(table.path), *_gone_astray(name, stray))
                for name in _gone(records, old, entries)
            ]


def _gone(records: Field, old: Plain, entries: Sequence[Plain]) -> Iterator[str]:
    """Yield the names of entries that a list had and has no more."""
    left = {key(_text(as_entry(records, entry), records.lone)) for entry in entries}
    for entry in old if isinstance(old, list) else []:
        name = _text(as_entry(records, entry), records.lone)
        if key(name) not in left:
            yield name


def _entry_places(table: Table, rows: Sequence[EntryRow]) -> Iterator[tuple[Path, Place]]:
    for number, row in enumerate(rows):
        path: Path = (*table.path, number)
        if row.out.places:
            yield path, next(iter(row.out.places.values()))
        yield from (((*path, *inside), place) for inside, place in row.out.places.items())


def _rows(sheet: Sheet, called: Mapping[str, str]) -> Iterator[Row]:
    """Yield the rows below the heading, each cell knowing whose it is; `called` are names by their codes."""
    for row in sheet.grid.rows:
        if row.number > sheet.headings.row:
            whose = _whose(sheet, row, called)
            cells = {
                number: replace(cell, place=replace(cell.place, whose=whose))
                for number, cell in row.cells.items()
            }
            yield replace(row, cells=cells)


def _whose(sheet: Sheet, row: Row, called: Mapping[str, str]) -> str:
    """Return the name of the household in a row, or by its code the name that it has elsewhere; "" without either."""
    said = {
        sheet.headings.columns[number].path: str(row.cells[number].raw).strip()
        for number in sheet.headings.whose
        if number in row.cells
    }
    code = said.get(("code",), "")
    return said.get(("name",)) or called.get(bare_code(code), "")


def _first(row: Row) -> Place:
    return row.cells[min(row.cells)].place


def _spots(sheet: Sheet, row: Row) -> dict[int, Place]:
    """Return the places of the columns of a row, for cells where nothing stands."""
    here = _first(row)
    if not here.spot:
        return dict.fromkeys(sheet.headings.columns, here)
    return {
        place: replace(here, spot=spot_of(sheet.grid.title, place, row.number))
        for place in sheet.headings.columns
    }


_NAMELESS = (
    Text("Dòng này có chữ mà thiếu tên vườn và mã.", "This row has values and neither a name nor a code."),
    Text("Ghi tên vườn; nếu là hàng tổng cộng hay ghi chú thì xóa cả hàng.",
         "Write the name; if it is a row of totals or a note, delete the row."),
)  # fmt: skip


def _gone_astray(name: str, row: Place) -> tuple[Text, Text]:
    where = row.said
    return (
        Text(f"“{name}” không còn trong bảng, mà dòng ở {where.vi} chưa rõ là của hộ nào.",
             f"“{name}” is no longer in the table, and it is not clear whose the row at {where.en} is."),
        Text("Có thể chính là dòng ấy: ghi đúng mã hoặc tên vườn ở đó trước.",
             "It may be that row: write the right code or name there first."),
    )  # fmt: skip


def _twice(code: str, first: Place) -> tuple[Text, Text]:
    where = first.said
    return (
        Text(f"Mã {code} đã có ở {where.vi}.", f"The code {code} stands at {where.en} already."),
        Text("Nếu chép dòng để thêm hộ mới thì xóa mã ở dòng mới; nếu là một hộ thì gộp lại.",
             "If the row was copied for a new household, clear its code; if it is the same one, keep one row."),
    )  # fmt: skip


# --- A workbook or a CSV table read: households as the file tells them, and everything that cannot be understood ---

Result = tuple[tuple[Incoming, ...], tuple[Problem, ...]]
NO_VILLAGES: Mapping[str, str] = MappingProxyType({})


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
        grids = read_grids(content, file)
    except Refused as refused:
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
    except Refused as refused:
        return (), (Place(file).problem("", refused.message, refused.hint),)
    if not is_published(grid):
        return _read((grid,), file, languages, villages, NO_TRACES, warnings)
    grids, warnings = tuple(published_grids(grid, villages)), (*warnings, said_of_published(file))
    households, problems = _read(grids, file, languages, villages, NO_TRACES, warnings)
    return tuple(replace(one, is_published=True) for one in households), problems


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
    assembly = Assembly(plan, traces, {**traces.villages, **villages})
    households = assembly.households(sheets)
    whole = tuple(one for one in (*problems, *found) if one.severity is Severity.ERROR)
    if whole:
        households = tuple(replace(one, problems=(*whole, *one.problems)) for one in households)
    problems = tuple(dict.fromkeys((*problems, *found, *assembly.problems)))
    if not households and not any(problem.severity is Severity.ERROR for problem in problems):
        problems = (*problems, Place(file).problem("", *NOBODY))
    return households, problems


def _traces(grids: Iterable[Grid], file: str) -> tuple[Traces, tuple[Problem, ...]]:
    grid = next((grid for grid in grids if grid.title == SHEET), None)
    if grid is None:
        return NO_TRACES, ()
    rows = [[str(row.cells[place].raw) for place in sorted(row.cells)] for row in grid.rows]
    found = parse_traces(rows)
    if found is None or grid.beyond:
        return NO_TRACES, (Place(file).problem("", *_NO_TRACES, Severity.WARNING),)
    return found, ()


NOBODY = (
    Text("Trong bảng chưa có hộ nào.", "There is no household in the table."),
    Text("Ghi mỗi hộ một dòng dưới hàng tiêu đề, ít nhất là tên vườn.",
         "Write one row a household below the headings, at least its name."),
)  # fmt: skip
_NO_TRACES = (
    Text("Không đọc được trang ẩn ghi nội dung lúc xuất, nên không biết ô nào vừa sửa; ô trống được coi là không nói gì.",
         "The hidden sheet with what was exported cannot be read; it cannot be told what changed, and empty cells say nothing."),
    Text("Xem kỹ các thay đổi trước khi nhận, hoặc xuất bảng mới.", "Look closely at the changes, or export a new workbook."),
)  # fmt: skip


def is_ours(content: bytes) -> bool:
    """Tell whether this is a workbook that `write_workbook` made, whatever was typed into it since."""
    try:
        return any(grid.title == SHEET for grid in read_grids(content, ""))
    except Refused:
        return False
