"""What was worked out before, kept by what it was worked out from; losing it costs time and nothing else."""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from vuonho.output.files import digest_bytes, is_regular, remove, stat_path

_TABLE: Final = (
    "CREATE TABLE memo (kind TEXT, name TEXT, key TEXT, value TEXT, seal TEXT, PRIMARY KEY (kind, name))"
)
_BESIDE: Final = ("-journal", "-wal", "-shm")
"""What SQLite leaves beside the file when it is cut off."""
_LARGEST: Final = 20_000_000
"""Bytes of a value."""


class Row(NamedTuple):
    """What is kept under a name: `key` stands for all that the value was made from."""

    key: str
    value: Any


class Memo:
    """A table in the file at `path`, of values that JSON can hold.

    What cannot be read or written is not there: a damaged file, a full disk, a disk that cannot be written. Nor is
    what was not written to this very file: it may have come with a project from elsewhere. Who holds the lock of the
    project says when it is `opened`, on the clock of its disk; at 0 the table is only read.
    """

    def __init__(self, path: Path, opened: int = 0) -> None:
        self.opened = opened
        self.writes = opened > 0
        self._path = path
        self._changes: dict[tuple[str, str], tuple[str, str]] = {}
        self._gone: set[tuple[str, str]] = set()
        self._table: sqlite3.Connection | None = None
        try:
            found = [stat_path(path.with_name(f"{path.name}{ending}")) for ending in ("", *_BESIDE)]
            if not all(
                one is None or is_regular(one) for one in found
            ):  # a pipe would be waited for without end
                return
            if self.writes:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._open(path)
            elif found[0]:
                self._open(f"{path.resolve().as_uri()}?mode=ro")
        except (OSError, sqlite3.Error):
            self._give_up()

    def _open(self, path: Path | str) -> None:
        self._table = table = sqlite3.connect(path, isolation_level=None, uri=isinstance(path, str))
        table.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST)
        table.execute("PRAGMA secure_delete = ON")  # what a family took back is not left between the rows
        schema = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
        if self.writes and not table.execute(schema).fetchall():
            table.execute(_TABLE)
        if table.execute(schema).fetchall() != [(_TABLE,)]:  # a view may take for ever
            self._give_up()
        else:
            self._file = self._path.stat().st_ino

    def _seal(self, kind: str, name: str, key: str, value: str) -> str:
        """Return what stands for a row of this file: in a copy it is another, and a damaged row has another."""
        return digest_bytes(f"{self._file}\n{kind}\n{name}\n{key}\n{value}".encode())

    def get(self, kind: str, name: str) -> Row | None:
        """Return what is kept under a name, as it was when this was opened; None for nothing."""
        if self._table is None:
            return None
        try:
            wanted = "SELECT key, value, seal FROM memo WHERE kind = ? AND name = ?"
            key, value, seal = self._table.execute(wanted, (kind, name)).fetchone() or ("", "", "")
        except (sqlite3.Error, UnicodeError):
            self._give_up()
            return None
        return Row(key, json.loads(value)) if seal == self._seal(kind, name, key, value) else None

    def put(self, kind: str, name: str, key: str, value: Any) -> None:
        """Keep a value from `save` on."""
        self._changes[kind, name] = key, json.dumps(value, ensure_ascii=False, separators=(",", ":"))

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
        try:
            rows = [
                (*of, key, value, self._seal(*of, key, value)) for of, (key, value) in self._changes.items()
            ]
            with self._table:
                self._table.execute("BEGIN IMMEDIATE")
                self._table.executemany("DELETE FROM memo WHERE kind = ? AND name = ?", self._gone)
                self._table.executemany("INSERT OR REPLACE INTO memo VALUES (?, ?, ?, ?, ?)", rows)
        except (sqlite3.Error, UnicodeError):
            self._give_up()

    def close(self) -> None:
        """Give the file free again."""
        if self._table is not None:
            self._table.close()
            self._table = None

    def _give_up(self) -> None:
        self.close()
        for ending in ("", *_BESIDE) if self.writes else ():
            with suppress(OSError):
                path = self._path.with_name(f"{self._path.name}{ending}")
                if is_regular(stat_path(path)):
                    remove(path)
