"""Several files of the project replaced together."""

from collections.abc import Mapping
from pathlib import Path

from vuonho.output.files import remove, replace, sync_file, sync_folder
from vuonho.output.troubles import in_words


def write_together(contents: Mapping[Path, bytes]) -> None:
    """Replace files in their order, after all of them are on the disk under other names.

    A full disk is met before the first is replaced. A machine that dies between two of them leaves whole
    files, the first ones new: the order must make that a state which the next run completes.
    """
    waiting = {path: path.with_name(f".{path.name}.vuonho") for path in contents}
    try:
        for path, waits in waiting.items():
            with in_words(path):
                waits.write_bytes(contents[path])
                sync_file(waits)
        for path, waits in waiting.items():
            with in_words(path):
                replace(waits, path)
                sync_folder(path.parent)
    finally:
        for path, waits in waiting.items():
            with in_words(path):
                if waits.exists():
                    remove(waits)
