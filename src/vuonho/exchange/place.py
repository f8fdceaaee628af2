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
from vuonho.output.files import read_file, stat_path
from vuonho.output.ownfile import own_target
from vuonho.output.troubles import in_words, printable

_EXAMPLE: Final = Text("thon.xlsx", "village.xlsx")


def workbook_target(root: Path, name: str, households: Sequence[Exported]) -> Path:
    """Return the file that `name` means, relative to the project or absolute; Refused for one that may not be.

    An older workbook of ours may be replaced unless somebody typed into it what `households` do not say yet, or
    what cannot be read.
    Raises MachineTrouble where that cannot be told.
    """
    target = own_target(root, name, _EXAMPLE, _is_workbook)
    with in_words(target):
        content = read_file(target, LARGEST) if stat_path(target) else None
    if content is not None:
        _refuse_loss(name, content, households)
    return target


def _is_workbook(path: Path) -> bool:
    return path.stat().st_size <= LARGEST and is_ours(read_file(path, LARGEST))


def _refuse_loss(name: str, content: bytes, households: Sequence[Exported]) -> None:
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
