"""Where a PDF may be written: never over something that somebody else made."""

from pathlib import Path
from typing import Final

from vuonho.bilingual import Text
from vuonho.output.ownfile import own_target

_EXAMPLE: Final = Text("bien.pdf", "plaques.pdf")
_BEGINNING: Final = b"%PDF-"
_OURS: Final = (b"/Creator (vuonho)", b"/Producer (ReportLab PDF Library")
"""What our PDFs say; a program that changes one puts itself down as the producer."""
_CHUNK: Final = 1 << 20


def pdf_target(project: Path, name: str) -> Path:
    """Return the file that `name` means, relative to the project or absolute; raise Refused for one that may not be.

    An older PDF of ours may be replaced, and no other file. Raises MachineTrouble where that cannot be told.
    """
    return own_target(project, name, _EXAMPLE, _is_ours)


def _is_ours(path: Path) -> bool:
    missing, before = set(_OURS), b""
    with path.open("rb") as file:
        if file.read(len(_BEGINNING)) != _BEGINNING:
            return False
        while missing and (chunk := file.read(_CHUNK)):
            missing -= {sign for sign in missing if sign in before + chunk}
            before = chunk[-max(map(len, _OURS)) :]
    return not missing
