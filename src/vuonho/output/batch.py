"""Several files of the project replaced together."""

import os
from collections.abc import Mapping
from pathlib import Path

from vuonho.output.files import keep_mode, remove, replace, sync_file, sync_folder
from vuonho.output.troubles import in_words


def write_together(contents: Mapping[Path, bytes]) -> None:
    """Replace files in their order, after all of them are on the disk under other names.

    The mode of an old file is kept and a link is written through. A full disk is met before the first is
    replaced. A machine that dies between two of them leaves whole files, the first ones new: the order must
    make that a state which the next run completes. Raises MachineTrouble.
    """
    real = {Path(os.path.realpath(path)): content for path, content in contents.items()}
    waiting = {path: path.with_name(f".{path.name}.vuonho") for path in real}
    try:
        for path, waits in waiting.items():
            with in_words(path, len(real[path])):
                _prepare(path, waits, real[path])
        for path, waits in waiting.items():
            with in_words(path):
                replace(waits, path)
                sync_folder(path.parent)
    finally:
        for path, waits in waiting.items():
            with in_words(path):
                if waits.exists():
                    remove(waits)


def _prepare(path: Path, waits: Path, content: bytes) -> None:
    remove(waits)  # what a killed run left, with whatever rights it had
    with waits.open("xb") as file:
        keep_mode(path, waits)
        file.write(content)
    sync_file(waits)
