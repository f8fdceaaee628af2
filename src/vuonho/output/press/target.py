"""Where a PDF may be written: never over something that somebody else made."""

from pathlib import Path
from typing import Final

from vuonho.bilingual import Text
from vuonho.errors import Refused
from vuonho.output.files import is_folder, is_regular, stat_path
from vuonho.output.kept import kept_folder
from vuonho.output.troubles import in_words, printable
from vuonho.portable import is_portable

_BEGINNING: Final = b"%PDF-"
_OURS: Final = (b"/Creator (vuonho)", b"/Producer (ReportLab PDF Library")
"""What our PDFs say; a program that changes one puts itself down as the producer."""
_CHUNK: Final = 1 << 20


def pdf_target(project: Path, name: str) -> Path:
    """Return the file that `name` means, relative to the project or absolute; raise Refused for one that may not be.

    An older PDF of ours may be replaced, and no other file. Raises MachineTrouble where that cannot be told.
    """
    target = project / name
    if target.suffix.lower() != ".pdf":
        raise _not_pdf(name)
    if not is_portable(target.name):
        raise _odd(name)
    with in_words(target):
        if not is_folder(stat_path(target.parent.resolve())):
            raise _no_folder(target.parent)
        _refuse_kept(project, target)
        found = stat_path(target)
        if found is not None and not (is_regular(found) and _is_ours(target)):
            raise _taken(name)
    return target


def _is_ours(path: Path) -> bool:
    missing, before = set(_OURS), b""
    with path.open("rb") as file:
        if file.read(len(_BEGINNING)) != _BEGINNING:
            return False
        while missing and (chunk := file.read(_CHUNK)):
            missing -= {sign for sign in missing if sign in before + chunk}
            before = chunk[-max(map(len, _OURS)) :]
    return not missing


def _refuse_kept(project: Path, target: Path) -> None:
    if name := kept_folder(project, target):
        raise Refused(
            Text(f"Không ghi tệp in vào thư mục {name}/.", f"A file to print does not belong into {name}/."),
            Text("Chọn chỗ khác sau -o, ví dụ: -o bien.pdf", "Choose another place after -o, such as: -o plaques.pdf"),
        )  # fmt: skip


# --- What is said ----------------------------------------------------------------------------------------------


def _not_pdf(name: str) -> Refused:
    shown = printable(name)
    return Refused(
        Text(f"Tên tệp in phải kết thúc bằng .pdf: {shown}", f"The file to print must end in .pdf: {shown}"),
        Text("Ghi, ví dụ: -o bien.pdf", "Write, for example: -o plaques.pdf"),
    )


def _odd(name: str) -> Refused:
    shown = printable(name)
    return Refused(
        Text(f"Windows không nhận tên tệp này: {shown}", f"Windows cannot hold this name: {shown}"),
        Text("Chọn tên khác sau -o.", "Choose another name after -o."),
    )


def _no_folder(folder: Path) -> Refused:
    shown = printable(str(folder))
    return Refused(
        Text(f"Không có thư mục {shown}.", f"There is no folder {shown}."),
        Text("Tạo thư mục ấy trước, hoặc chọn chỗ khác.", "Make that folder first, or choose another place."),
    )


def _taken(name: str) -> Refused:
    shown = printable(name)
    return Refused(
        Text(f"{shown} đã có, và không do vuonho làm ra.", f"{shown} is there already, and vuonho did not make it."),
        Text("Chọn tên khác sau -o.", "Choose another name after -o."),
    )  # fmt: skip
