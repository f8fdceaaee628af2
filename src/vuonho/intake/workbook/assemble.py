"""Rows of all sheets put together: each household with its crops, animals, products and photos."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from vuonho.bilingual import Text
from vuonho.domain.fold import fold, key
from vuonho.domain.outline import Field, field_at
from vuonho.domain.schema.outline import household_fields
from vuonho.errors import Problem
from vuonho.intake.incoming import Incoming, Place
from vuonho.intake.tree import Path, Plain
from vuonho.intake.workbook.entries import EntryRow, join_entries
from vuonho.intake.workbook.grid import Row, spot_of
from vuonho.intake.workbook.household import Told, texts_of, values_of, without_unspoken
from vuonho.intake.workbook.owners import Owner, Owners, Unowned, said_mixed_up
from vuonho.intake.workbook.plan import VILLAGE, Table
from vuonho.intake.workbook.shape import MISSING, Missing, as_entry, look_up, put, take_out
from vuonho.intake.workbook.sheets import Sheet
from vuonho.intake.workbook.traces import Traces, bare_code


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
