"""The tray: files that came in and that nobody has looked at yet. They lie in `.vuonho/tray/`, each under its own name."""

import re
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vuonho.errors import UserError
from vuonho.forms.form_file import is_form
from vuonho.forms.patrol_file import is_patrol
from vuonho.i18n import Text
from vuonho.importing.apply import LARGEST
from vuonho.model.values import quoted
from vuonho.output.files import digest_bytes, digest_file, in_words, write_file
from vuonho.output.lock import STATE
from vuonho.text import is_portable, nfc

MOST_FILES: Final = 40
MOST_BYTES: Final = 500_000_000
_ENDINGS: Final = (".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv")
"""What a look says something about: a workbook of another program is named, and what to do with it."""
_LONGEST: Final = 60
_adding: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that waits: its name, its bytes, and when it came, in nanoseconds of the file system."""

    name: str
    size: int
    came: int


class Tray:
    """The tray of a project."""

    def __init__(self, root: Path) -> None:
        self.folder: Final = root / STATE / "tray"

    def files(self) -> tuple[Waiting, ...]:
        """Return what waits, in the order in which it came."""
        found = []
        try:
            for path in self.folder.iterdir():
                if path.is_file() and not path.is_symlink() and path.suffix in _ENDINGS:
                    stat = path.stat()
                    found.append(Waiting(path.name, stat.st_size, stat.st_mtime_ns))
        except OSError:
            return tuple(found)
        return tuple(sorted(found, key=lambda one: (one.came, one.name)))

    def add(self, name: str, content: bytes) -> str:
        """Return the name under which a file waits now; the same content twice is one file.

        Raises UserError for what nobody could take in, and where the tray is full; MachineError.
        """
        name = _tidied(name, content)
        if len(content) > LARGEST:
            raise UserError(
                Text("{name} is larger than 64 MB.", name=name),
                Text("On the phone, send fewer households at a time."),
            )
        with _adding:
            return self._keep(name, content)

    def _keep(self, name: str, content: bytes) -> str:
        known = self.files()
        for one in known:
            if one.size == len(content) and digest_file(self.folder / one.name) == digest_bytes(content):
                return one.name
        if len(known) >= MOST_FILES or sum(one.size for one in known) + len(content) > MOST_BYTES:
            raise UserError(
                Text("The tray is full."),
                Text("Look at the files that wait on the computer first, then send this one again."),
            )
        taken = {one.name.lower() for one in known}
        stem, _, ending = name.rpartition(".")
        number = 1
        while name.lower() in taken:
            number += 1
            name = f"{stem} ({number}).{ending}"
        with in_words(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
        write_file(self.folder / name, content)
        return name

    def drop(self, name: str) -> None:
        """Take a file out of the tray; one that is not there is out of it."""
        if any(one.name == name for one in self.files()):
            with in_words(self.folder / name):
                (self.folder / name).unlink(missing_ok=True)


def _tidied(name: str, content: bytes) -> str:
    """Return the name of a file without folders and strange letters; raise UserError for what cannot be taken in."""
    whole = re.split(r"[\\/]", nfc(name))[-1]
    stem, dot, ending = whole.rpartition(".")
    ending = f".{ending.lower()}" if dot else ""
    if ending not in _ENDINGS:
        if not (is_form(content) or is_patrol(content)):
            raise UserError(
                Text("{name} is no file from the field.", name=quoted(whole)),
                Text(
                    "What is wanted is the .txt file of a phone form, a workbook (.xlsx) or a .csv. Photos are put "
                    "in on the page of their household."
                ),
            )
        stem, ending = whole, ".txt"
    stem = re.sub(r"[^\w ()-]+", "-", stem)[:_LONGEST].strip(" -")
    return f"{stem if is_portable(stem) else 'vuonho'}{ending}"
