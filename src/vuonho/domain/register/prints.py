"""What the register knows of a print: the day, the address, the size, the print run, and what stood on the plaque.

The last three are columns beyond the six that every register has; they come with the first print.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from vuonho.domain.register.register import Register, Row

SIZE, BATCH, CONTENT = PRINT_COLUMNS = ("printed_size", "printed_batch", "printed_content")
EARLIER: Final = "printed_earlier"
"""Addresses of older plaques that may still hang; the column comes with the first print under another address."""
HUNG: Final = "hung_on"
"""The day on which the last plaque was said to hang; the column comes with the first that does."""
_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class Print:
    """One plaque printed: `content` is that of `content_of`, "" where the print was entered by hand."""

    day: date
    url: str
    size: str
    batch: int
    content: str


def content_of(name: str, village: str, url: str) -> str:
    """Return what stands for the words of a plaque: it changes when one of them does.

    A letter and 12 hexadecimal digits of SHA-256: a spreadsheet takes digits alone, or 12e45, for a number.
    """
    told = "\n".join((name, village, even(url)))
    return f"h{sha256(told.encode('utf-8')).hexdigest()[:_DIGITS]}"


def even(url: str) -> str:
    """Return an address as addresses are compared: ending in "/", scheme and host small; a path has its case."""
    ended = url.strip().rstrip("/") + "/"
    try:
        parts = urlsplit(ended)
    except ValueError:
        return ended
    return parts._replace(netloc=parts.netloc.lower()).geturl()


def last_print(row: Row) -> Print | None:
    """Return the last print of a household, or None."""
    if row.printed is None:
        return None
    return Print(row.printed, row.url, row.cell(SIZE), _batch(row), row.cell(CONTENT))


def earlier_urls(row: Row) -> tuple[str, ...]:
    """Return the other addresses under which plaques of a household were printed before its last one."""
    return tuple(row.cell(EARLIER).split())


def _batch(row: Row) -> int:
    typed = row.cell(BATCH)
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0


def next_batch(register: Register, boards: Sequence[int] = ()) -> int:
    """Return the number of the next print run; `boards` are those of the village boards."""
    return 1 + max((*map(_batch, register.rows), *boards), default=0)


def with_prints(register: Register, prints: Sequence[tuple[str, Print]]) -> Register:
    """Return the register with (code, print) of plaques that were just made. Every code is in it already."""
    by_code = dict(prints)
    rows = tuple(_printed(row, by_code[row.code]) if row.code in by_code else row for row in register.rows)
    missing = tuple(column for column in PRINT_COLUMNS if column not in register.columns)
    return replace(register, rows=rows, columns=(*register.columns, *missing)).with_columns()


def with_hung(register: Register, codes: Collection[str], day: date) -> Register:
    """Return the register in which the plaques of these codes hang since a day."""
    rows = tuple(
        row.with_cells(**{HUNG: day.isoformat()}) if row.code in codes else row for row in register.rows
    )
    return replace(register, rows=rows).with_columns()


def _printed(row: Row, new: Print) -> Row:
    ours = {SIZE: new.size, BATCH: str(new.batch), CONTENT: new.content}
    if row.cell(HUNG):
        ours[HUNG] = ""  # the new plaque does not hang yet
    older = dict.fromkeys((*earlier_urls(row), *((row.url,) if row.url else ())))
    others = [url for url in older if even(url) != even(new.url)]
    if others:
        ours[EARLIER] = " ".join(others)
    return replace(row, printed=new.day, url=new.url).with_cells(**ours)
