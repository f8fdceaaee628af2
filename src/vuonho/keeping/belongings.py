"""What of a project lies on this computer only, and would be lost with it: all that a backup takes along.

Profiles, originals, logos and the register; the project's own templates and words; what the register said last. Not the
site and not the caches, which are made again; nor names that begin with "." or "~$", and what Windows and macOS
leave in folders.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vuonho.bilingual import Text, visible
from vuonho.domain.backup import FOLDERS, SINGLE, trouble_with_name, twin_among
from vuonho.domain.fold import nfc
from vuonho.errors import Refused
from vuonho.output.files import is_link, is_regular, stat_path
from vuonho.output.troubles import in_words, printable

TEXTS: Final = (".yaml", ".csv")
_LEFT_BY_SYSTEMS: Final = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Belonging:
    """One file: its name in the project (NFC, forward slashes), where it lies, its size, when it was changed."""

    name: str
    path: Path
    size: int
    changed: int


def belongings(root: Path) -> tuple[Belonging, ...]:
    """Return everything that one laptop holds, in the order of its names.

    A link to a file within the project counts as the file. Raises Refused for a link that leads elsewhere or to a
    folder, and for a name that Windows could not hold; MachineTrouble for what cannot be read.
    """
    own = [_known(root / name, name) for name in SINGLE if is_regular(stat_path(root / name))]
    return _checked((*_below(root, FOLDERS), *own))


def texts(root: Path) -> tuple[Belonging, ...]:
    """Return profiles, settings and registers alone: what an import or a restoring changes. Raises as above."""
    return _checked(one for one in _below(root, ("profiles",)) if one.name.endswith(TEXTS))


def state_of(found: Iterable[Belonging]) -> str:
    """Return what stands for the belongings as they are: it changes when one of them is written, comes or goes."""
    told = hashlib.sha256()
    for one in found:
        if not one.name.startswith(".vuonho/"):  # written by every build
            told.update(f"{one.name}\0{one.size}\0{one.changed}\n".encode(errors="surrogatepass"))
    return told.hexdigest()


def _below(root: Path, names: Iterable[str]) -> Iterator[Belonging]:
    homes = tuple(Path(os.path.realpath(place)) for place in (root, *(root / name for name in names)))
    for name in names:
        if (root / name).is_dir():
            yield from _walk(root / name, name, homes)


def _walk(folder: Path, name: str, homes: tuple[Path, ...]) -> Iterator[Belonging]:
    with in_words(folder):
        entries = sorted(folder.iterdir(), key=lambda entry: nfc(entry.name))
    for entry in entries:
        if entry.name.startswith((".", "~$")) or entry.name.lower() in _LEFT_BY_SYSTEMS:
            continue
        here = f"{name}/{nfc(entry.name)}"
        with in_words(entry):
            found = entry.lstat()
            if is_link(found):
                yield _linked(entry, here, homes)
            elif stat.S_ISDIR(found.st_mode):
                yield from _walk(entry, here, homes)
            elif stat.S_ISREG(found.st_mode):
                yield Belonging(here, entry, found.st_size, found.st_mtime_ns)


def _linked(entry: Path, name: str, homes: tuple[Path, ...]) -> Belonging:
    real = Path(os.path.realpath(entry))
    if not real.is_file() or not any(real.is_relative_to(home) for home in homes):
        raise Refused(
            Text(f"{printable(name)} là lối tắt dẫn ra chỗ khác, nên không sao lưu được.",
                 f"{printable(name)} is a link to another place and cannot be copied."),
            Text("Chép tệp thật vào chỗ của lối tắt ấy, rồi chạy lại.",
                 "Put the real file in the place of the link, then run again."),
        )  # fmt: skip
    return _known(entry, name)


def _known(path: Path, name: str) -> Belonging:
    with in_words(path):
        found = path.stat()
    return Belonging(name, path, found.st_size, found.st_mtime_ns)


def _checked(found: Iterable[Belonging]) -> tuple[Belonging, ...]:
    every = tuple(found)
    for one in every:
        if trouble := trouble_with_name(one.name):
            raise _odd(one.name, trouble)
    if twins := twin_among(one.name for one in every):
        raise _odd(
            twins[1], Text(f"Windows coi nó với {twins[0]} là một", f"Windows takes it for {twins[0]}")
        )
    return every


def _odd(name: str, why: Text) -> Refused:
    shown = visible(printable(name))
    return Refused(
        Text(f"Không sao lưu được {shown}: {why.vi}.", f"{shown} cannot be copied: {why.en}."),
        Text("Đổi tên tệp hoặc thư mục ấy, rồi chạy lại.", "Rename that file or folder, then run again."),
    )
