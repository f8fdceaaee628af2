"""The folders of a project in which nothing that is made for somebody else belongs."""

from pathlib import Path
from typing import Final

from vuonho.output.lock import STATE

_KEPT: Final = ("profiles", "site", "templates", "words", ".git", STATE)


def kept_folder(project: Path, target: Path) -> str:
    """Return the name of the project's own folder in which a file would lie, "" if in none. Raises OSError."""
    folder = target.parent.resolve()
    for name in _KEPT:
        kept = (project / name).resolve()
        if any(_same(one, kept) for one in (folder, *folder.parents)):
            return name
    return ""


def _same(folder: Path, kept: Path) -> bool:
    """Tell whether two names mean one folder, though a disk may not tell capitals apart."""
    return folder == kept or (
        folder.name.casefold() == kept.name.casefold() and kept.exists() and folder.samefile(kept)
    )
