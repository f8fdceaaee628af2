"""Two registers put together without losing what either says: a code given is given, a mark printed is printed."""

from dataclasses import replace

from vuonho.domain.register.cells import is_worn
from vuonho.domain.register.prints import EARLIER, PRINT_COLUMNS, earlier_urls, even
from vuonho.domain.register.register import (
    ACTIVE,
    LEFT_ON,
    MOVED,
    VOID,
    WITHDRAWN,
    Register,
    Row,
    read_lines,
)
from vuonho.domain.register.rules import is_print_kept


def with_missing(register: Register, other: Register) -> Register:
    """Return the register with the rows of another one whose codes it lacks, at its end."""
    lacking = [row for row in other.rows if row.code not in register.by_code]
    return replace(_with_columns(register, other), rows=(*register.rows, *lacking))


def merged(register: Register, older: Register) -> Register:
    """Return the register with what an older one says beyond it.

    Rows that it lacks come at its end. Of a code in both, the later print counts and the address of the other is
    kept as an earlier one; a household that left in either has left; a void code stays void, unless it was
    printed. Empty cells of the team's own columns are filled.
    """
    result = with_missing(register, older)
    for row in older.rows:
        mine = register.by_code.get(row.code)
        if mine is not None:
            result = result.with_row(_more(mine, row))
    return result.with_columns()


def mended(register: Register, remembered: Register) -> Register:
    """Return the register with all that it said once and no longer says, by the rules of `forgotten`.

    A row that is gone comes back behind the one that it followed; a print comes back unless there is a later one.
    """
    if not register.rows:
        return remembered if remembered.rows else register
    rows = {row.code: row for row in register.rows}
    order, before = list(rows), 0
    for old in remembered.rows:
        if old.code not in rows:
            order.insert(before, old.code)
        rows[old.code] = _mended(rows.get(old.code, old), old)
        before = order.index(old.code) + 1
    return replace(register, rows=tuple(rows[code] for code in order)).with_columns()


def _mended(mine: Row, old: Row) -> Row:
    row = replace(mine, given=old.given)
    if not is_print_kept(old, mine):
        told = {column: old.cell(column) for column in (*PRINT_COLUMNS, EARLIER) if old.cell(column)}
        row = replace(row, printed=old.printed, url=old.url).with_cells(**told)
    row = row.with_cells(**{column: was for column, was in old.more if is_worn(row.cell(column), was)})
    if is_worn(row.profile, old.profile):
        row = replace(row, profile=old.profile)
    if old.status in (WITHDRAWN, MOVED) and row.status == ACTIVE:  # a newer consent undoes it afterwards
        row = replace(row, status=old.status).with_cells(**{LEFT_ON: old.cell(LEFT_ON)})
    is_wrong = row.status == VOID if row.printed else old.status == VOID
    return replace(row, status=old.status) if is_wrong else row


def salvaged(text: str, remembered: Register) -> Register | None:
    """Return the register out of a damaged text and what is remembered; None where a line might be lost by that.

    A line that cannot be read is known by its code or its file. Of a code on two lines nothing that either says
    is lost.
    """
    read, unread = read_lines(text)
    codes = {row.code for row in remembered.rows}
    files = {row.profile for row in remembered.rows}
    if not all(codes.intersection(cells) or files.intersection(cells) for cells in unread):
        return None
    register = replace(read, rows=())
    for row in read.rows:
        first = register.by_code.get(row.code)
        register = register.with_row(_more(first, row) if first else row)
    return mended(register, remembered)


def _with_columns(register: Register, other: Register) -> Register:
    lacking = tuple(column for column in other.columns if column not in register.columns)
    return replace(register, columns=(*register.columns, *lacking))


def _more(mine: Row, other: Row) -> Row:
    last, before = (other, mine) if _is_later(other, mine) else (mine, other)
    values, others = dict(mine.more), dict(other.more)
    own = {key: values.get(key) or others.get(key, "") for key in (*values, *others)}
    prints = {column: dict(last.more).get(column, "") for column in PRINT_COLUMNS if column in own}
    urls = dict.fromkeys(url for row in (last, before) for url in (*earlier_urls(row), row.url) if url)
    earlier = " ".join(url for url in urls if even(url) != even(last.url))
    more = own | prints | ({EARLIER: earlier} if earlier else {})
    status = _status(mine.status, other.status, is_printed=last.printed is not None)
    return replace(mine, printed=last.printed, url=last.url, status=status, more=tuple(more.items()))


def _is_later(one: Row, other: Row) -> bool:
    return one.printed is not None and (other.printed is None or one.printed > other.printed)


def _status(mine: str, other: str, *, is_printed: bool) -> str:
    if VOID in (mine, other) and not is_printed:
        return VOID
    return next((status for status in (mine, other) if status not in (ACTIVE, VOID)), ACTIVE)
