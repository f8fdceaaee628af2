"""Where a file for the team may be written: beside the project's own folders, and over nothing but one of ours."""

from collections.abc import Callable
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Final

from vuonho.errors import UserError
from vuonho.i18n import Text
from vuonho.output.files import is_folder, is_regular, read_regular, stat_path
from vuonho.output.lock import STATE
from vuonho.output.os_errors import in_words, printable
from vuonho.text import is_portable

_KEPT: Final = ("profiles", "site", "templates", "words", ".git", STATE)
"""The folders of a project in which nothing that is made for somebody else belongs."""
_OTHER_NAME: Final = Text("Choose another name after -o.")


def output_path(project: Path, name: str, example: Text, is_ours: Callable[[Path], bool]) -> Path:
    """Return the file that `name` means, relative to the project or absolute; raise UserError for one that may not be.

    `example` is a good name in each language, and its ending the one that is wanted. An older file may be replaced
    if it `is_ours`, and no other. Raises MachineError where that cannot be told.
    """
    target, suffix, shown = project / name, Path(example.vi).suffix, printable(name)
    if target.suffix.lower() != suffix:
        raise UserError(
            Text("The file's name must end in {suffix}: {shown}", suffix=suffix, shown=shown),
            Text("Write, for example: -o {example}", example=example),
        )
    if not is_portable(target.name):
        raise UserError(Text("Windows cannot hold this name: {shown}", shown=shown), _OTHER_NAME)
    with in_words(target):
        if not is_folder(stat_path(target.parent.resolve())):
            raise UserError(
                Text("There is no folder {folder}.", folder=printable(str(target.parent))),
                Text("Make that folder first, or choose another place."),
            )
        if kept := kept_folder(project, target):
            raise UserError(
                Text("This file does not belong into {kept}/.", kept=kept),
                Text("Choose another place after -o, such as: -o {example}", example=example),
            )
        found = stat_path(target)
        if found is not None and not (is_regular(found) and is_ours(target)):
            raise UserError(
                Text("{shown} is there already, and vuonho did not make it.", shown=shown),
                _OTHER_NAME,
            )
    return target


def kept_folder(project: Path, target: Path) -> str:
    """Return the name of the project's own folder in which a file would lie, "" if in none. Raises OSError."""
    folder = target.parent.resolve()
    above = (folder, *folder.parents)
    return next(
        (name for name in _KEPT if any(_is_same(one, (project / name).resolve()) for one in above)), ""
    )


def _is_same(folder: Path, kept: Path) -> bool:
    """Tell whether two names mean one folder, though a disk may not tell capitals apart."""
    return folder == kept or (
        folder.name.casefold() == kept.name.casefold() and kept.exists() and folder.samefile(kept)
    )


# --- A page for the team alone: never where a site is published from ---

SIGN: Final = b'<meta name="generator" content="vuonho status">'
"""What our page says near its beginning."""
_PAGE: Final = Text("standing.html")
_OF_A_SITE: Final = ("sw.js", "manifest.webmanifest")
"""What lies at the top of a built site, wherever it was built to."""
_LARGEST: Final = 50_000_000


def page_target(project: Path, name: str) -> Path:
    """Return where a page for the team alone goes, by the rules of `output_path`; an older one of ours may be replaced."""
    target = output_path(project, name, _PAGE, lambda page: SIGN in read_regular(page, _LARGEST))
    with in_words(target):
        folder = target.parent.resolve()
        for one in (folder, *folder.parents):
            if all(is_regular(stat_path(one / sign)) for sign in _OF_A_SITE):
                raise UserError(
                    Text("This page is for the team alone and does not belong into {name}/.", name=one.name),
                    Text("Choose another place after -o, such as: -o {example}", example=_PAGE),
                )
    return target


# --- A PDF ---

_PDF: Final = Text("plaques.pdf")
_SIGNS: Final = (b"/Creator (vuonho)", b"/Producer (ReportLab PDF Library")
"""What our PDFs say; a program that changes one puts itself down as the producer."""


def pdf_target(project: Path, name: str) -> Path:
    """Return where a PDF goes, by the rules of `output_path`; an older one of ours may be replaced."""
    return output_path(project, name, _PDF, _is_our_pdf)


def _is_our_pdf(path: Path) -> bool:
    if not path.stat().st_size:
        return False
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        return content[:5] == b"%PDF-" and all(content.find(sign) >= 0 for sign in _SIGNS)
