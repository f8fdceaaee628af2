"""Where a workbook may be written: never over a file that is something else, or that holds what nobody took in yet."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from vuonho.bilingual import Text
from vuonho.domain.fold import fold
from vuonho.errors import Problem, Refused
from vuonho.intake.incoming import Incoming
from vuonho.intake.tree import Plain
from vuonho.intake.workbook.package import LARGEST
from vuonho.intake.workbook.reading import NOBODY, is_ours, read_workbook
from vuonho.intake.workbook.traces import Exported, bare_code
from vuonho.intake.workbook.wording import even
from vuonho.output.files import is_folder, is_regular, read_file, stat_path
from vuonho.output.kept import kept_folder
from vuonho.output.troubles import in_words, printable
from vuonho.portable import is_portable

_SUFFIX: Final = ".xlsx"


def workbook_target(root: Path, name: str, households: Sequence[Exported]) -> Path:
    """Return the file that `name` means, relative to the project or absolute; Refused for one that may not be.

    An older workbook of ours may be replaced unless somebody typed into it what `households` do not say yet, or
    what cannot be read.
    Raises MachineTrouble where that cannot be told.
    """
    target = root / name
    if target.suffix.lower() != _SUFFIX or not is_portable(target.name):
        raise _odd(name)
    with in_words(target):
        if not is_folder(stat_path(target.parent.resolve())):
            raise _no_folder(target.parent)
        if kept := kept_folder(root, target):
            raise _not_there(kept)
        found = stat_path(target)
        if found is None:
            return target
        if not is_regular(found) or found.st_size > LARGEST:
            raise _taken(name)
    _refuse_loss(name, read_file(target, LARGEST), households)
    return target


def _refuse_loss(name: str, content: bytes, households: Sequence[Exported]) -> None:
    if not is_ours(content):
        raise _taken(name)
    incoming, problems = read_workbook(content, name, ())
    for one in incoming:
        for cell in _news(one, households):
            raise _typed_into(name, cell)
    for problem in problems:
        if problem.message != NOBODY[0]:
            raise _unread(name, problem)


def _news(one: Incoming, households: Sequence[Exported]) -> Iterator[str]:
    """Yield the name of a household for which the workbook says what the profile does not."""
    if one.base is not None and one.values == one.base:
        return
    candidates = [other for other in households if _is_same(one, other)]
    if not any(_is_within(one.values, other.values) for other in candidates):
        yield one.name or one.code


def _is_same(one: Incoming, other: Exported) -> bool:
    code = bare_code(other.values.get("code"))
    if one.code:
        return bare_code(one.code) == code
    name = other.values.get("name")
    return isinstance(name, str) and fold(name) == fold(one.name)


def _is_within(told: "Mapping[str, Plain] | Plain", known: "Mapping[str, Plain] | Plain") -> bool:
    """Tell whether all that is told is known already."""
    if told in (None, "", [], {}):
        return known in (None, "", [], {})
    if isinstance(told, Mapping) and isinstance(known, Mapping):
        return all(_is_within(value, known.get(key)) for key, value in told.items())
    if isinstance(told, list) and isinstance(known, list):
        return len(told) == len(known) and all(map(_is_within, told, known))
    if isinstance(told, str) and isinstance(known, str):
        return even(told) == even(known)
    return False


# --- What is said --------------------------------------------------------------------------------------------


def _odd(name: str) -> Refused:
    shown = printable(name)
    return Refused(
        Text(f"Tên bảng Excel phải kết thúc bằng .xlsx và dùng được trên Windows: {shown}",
             f"A workbook's name must end in .xlsx and be one that Windows can hold: {shown}"),
        Text("Ghi, ví dụ: -o thon.xlsx", "Write, for example: -o village.xlsx"),
    )  # fmt: skip


def _no_folder(folder: Path) -> Refused:
    shown = printable(str(folder))
    return Refused(
        Text(f"Không có thư mục {shown}.", f"There is no folder {shown}."),
        Text("Tạo thư mục ấy trước, hoặc chọn chỗ khác.", "Make that folder first, or choose another place."),
    )


def _not_there(kept: str) -> Refused:
    return Refused(
        Text(f"Không để bảng Excel trong {kept}/.", f"A workbook does not belong into {kept}/."),
        Text("Chọn chỗ khác sau -o, ví dụ: -o thon.xlsx", "Choose another place after -o, such as: -o village.xlsx"),
    )  # fmt: skip


def _taken(name: str) -> Refused:
    shown = printable(name)
    return Refused(
        Text(f"{shown} đã có, và không phải bảng của vuonho.", f"{shown} is there already and is no workbook of vuonho."),
        Text("Chọn tên khác sau -o.", "Choose another name after -o."),
    )  # fmt: skip


def _typed_into(name: str, household: str) -> Refused:
    shown = printable(name)
    return Refused(
        Text(f"{shown} có chỗ đã sửa mà chưa đưa vào hồ sơ (ở “{household}”).",
             f"{shown} holds changes that are in no profile yet (at “{household}”)."),
        Text(f"Đưa vào trước: vuonho import {shown}; hoặc chọn tên khác sau -o.",
             f"Take them in first: vuonho import {shown}; or choose another name after -o."),
    )  # fmt: skip


def _unread(name: str, problem: Problem) -> Refused:
    """Return what is said of a sheet or a cell that `import` would not take in."""
    shown, said = printable(name), problem.message
    return Refused(
        Text(f"{shown} có chỗ không đưa vào hồ sơ được, xuất đè lên là mất: {said.vi}",
             f"{shown} holds something that cannot be taken in and would be lost: {said.en}"),
        Text(f"Chép chỗ ấy ra nơi khác hoặc sửa lại, rồi đưa vào: vuonho import {shown}; hoặc chọn tên khác sau -o.",
             f"Copy it elsewhere or mend it, then take it in: vuonho import {shown}; or choose another name after -o."),
    )  # fmt: skip
