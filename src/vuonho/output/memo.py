"""What was worked out before, kept by what it was worked out from; losing it costs time and nothing else."""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from vuonho.output.files import is_regular, remove, stat_path

_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS memo (kind TEXT, name TEXT, key TEXT, value TEXT, PRIMARY KEY (kind, name))"
)


class Row(NamedTuple):
    """What is kept under a name: `key` stands for all that the value was made from."""

    key: str
    value: Any


class Memo:
    """A table in the file at `path`, of values that JSON can hold.

    What cannot be read or written is not there: a damaged file, a full disk, a disk that cannot be written. Who holds
    the lock of the project says when it is `opened`, on the clock of its disk; at 0 the table is only read.
    """

    def __init__(self, path: Path, opened: int = 0) -> None:
        self.opened = opened
        self.writes = opened > 0
        self._path = path
        self._changes: dict[tuple[str, str], Row] = {}
        self._gone: set[tuple[str, str]] = set()
        self._table: sqlite3.Connection | None = None
        try:
            found = stat_path(path)
            if self.writes and (found is None or is_regular(found)):  # a pipe would be waited for without end
                path.parent.mkdir(parents=True, exist_ok=True)
                self._table = self._opened(path)
                self._table.execute(_TABLE)
            elif is_regular(found):
                self._table = self._opened(f"{path.resolve().as_uri()}?mode=ro")
        except (OSError, sqlite3.Error):
            self._give_up()

    @staticmethod
    def _opened(path: Path | str) -> sqlite3.Connection:
        table = sqlite3.connect(path, isolation_level=None, uri=isinstance(path, str))
        table.execute("PRAGMA trusted_schema = OFF")  # it may have come with a project from elsewhere
        table.execute("PRAGMA secure_delete = ON")  # what a family took back is not left between the rows
        return table

    def get(self, kind: str, name: str) -> Row | None:
        """Return what is kept under a name, as it was when this was opened; None for nothing."""
        if self._table is None:
            return None
        try:
            wanted = "SELECT key, value FROM memo WHERE kind = ? AND name = ?"
            found = self._table.execute(wanted, (kind, name)).fetchone()
            return Row(found[0], json.loads(found[1])) if found else None
        except (sqlite3.Error, ValueError, TypeError, RecursionError):
            self._give_up()
            return None

    def put(self, kind: str, name: str, key: str, value: Any) -> None:
        """Keep a value from `save` on."""
        self._changes[kind, name] = Row(key, value)

    def keep_only(self, kind: str, names: Iterable[str]) -> None:
        """Drop all others of a kind at `save`."""
        if self._table is None:
            return
        try:
            known = {name for (name,) in self._table.execute("SELECT name FROM memo WHERE kind = ?", (kind,))}
        except sqlite3.Error:
            self._give_up()
            return
        self._gone.update((kind, name) for name in known.difference(names))

    def save(self) -> None:
        """Write what is new; all of it or nothing."""
        if self._table is None or not (self._changes or self._gone):
            return
        rows = [
            (kind, name, row.key, json.dumps(row.value, ensure_ascii=False, separators=(",", ":")))
            for (kind, name), row in self._changes.items()
        ]
        try:
            with self._table:
                self._table.execute("BEGIN IMMEDIATE")
                self._table.executemany("DELETE FROM memo WHERE kind = ? AND name = ?", self._gone)
                self._table.executemany("INSERT OR REPLACE INTO memo VALUES (?, ?, ?, ?)", rows)
        except (sqlite3.Error, UnicodeError):
            self._give_up()

    def close(self) -> None:
        """Give the file free again."""
        if self._table is not None:
            self._table.close()
            self._table = None

    def _give_up(self) -> None:
        self.close()
        if not self.writes:
            return
        with suppress(OSError):
            found = stat_path(self._path)
            if found is not None and is_regular(found):
                remove(self._path)
