"""A village as a workbook, for those who work in Excel."""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as abc_Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vuonho.errors import DataProblems, Problem, Refused, Severity
from vuonho.forms.incoming import LEFT, Incoming
from vuonho.forms.workbook.layout import Exported, bare_code, even, misfits, profile_fields
from vuonho.forms.workbook.package import LARGEST
from vuonho.forms.workbook.read import NOBODY, is_ours, read_workbook
from vuonho.forms.workbook.write import said_unholdable, unholdable, write_workbook
from vuonho.i18n import Text
from vuonho.model.household import Household
from vuonho.model.values import quoted
from vuonho.output.files import read_file, stat_path, write_file
from vuonho.output.lock import locked
from vuonho.output.os_errors import in_words, printable
from vuonho.output.output_path import own_target
from vuonho.output.site_writer import recover
from vuonho.project.files import VillageFolder, list_villages, read_text, read_tree
from vuonho.project.profile import parse_profile
from vuonho.project.settings import read_site
from vuonho.project.yaml_tree import Mapping, Plain, Scalar, find, parse_tree, plain
from vuonho.project.yaml_tree import Path as Steps
from vuonho.text import fold

# --- Where a workbook may be written: never over a file that is something else, or that holds what nobody took in yet ---

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


def _is_within(told: "abc_Mapping[str, Plain] | Plain", known: "abc_Mapping[str, Plain] | Plain") -> bool:
    """Tell whether all that is told is known already."""
    if told in (None, "", [], {}):
        return known in (None, "", [], {})
    if isinstance(told, abc_Mapping) and isinstance(known, abc_Mapping):
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


# --- A village as a workbook, for those who work in Excel: profiles as typed, and empty rows for those to come ---

SPARE_ROWS = 8
"""Empty rows below the households, ready to be filled in."""
BLANK_ROWS = 60
_LANGUAGES = ("vi", "en")
_KEPT = ("code", *LEFT, "checked")
"""What is told of a household that left."""


@dataclass(frozen=True, slots=True)
class Exports:
    """A workbook written: its file, how many households it has, and of how many `check` would complain."""

    file: Path
    households: int
    unfinished: int


@dataclass(frozen=True, slots=True)
class _Read:
    """One profile as it goes out: None where it cannot; `unfinished` tells that the schema has an error in it."""

    exported: Exported | None
    problems: tuple[Problem, ...]
    unfinished: bool = False


def export_workbook(root: Path, name: str, village: str, *, on_wait: Callable[[], None]) -> Exports:
    """Return what was written to `name`, of one village or, where that is "", of all.

    Values go out as typed, also those that `check` refuses: they can be mended in Excel. Raises DataProblems for
    profiles of which something would be left behind, Refused for a village or a file that will not do,
    MachineTrouble; in all cases nothing has changed.
    """
    with locked(root, on_wait=on_wait):
        recover(root)
        folders, problems = list_villages(root)
        chosen = _chosen(root, folders, village)
        read = [_read(root, folder, one) for folder in chosen for one in folder.profiles]
        problems = (
            *(p for p in problems if p.severity is Severity.ERROR),
            *(p for one in read for p in one.problems),
        )
        if problems:
            raise DataProblems(problems)
        households = [one.exported for one in read if one.exported]
        target = workbook_target(root, name or f"{_usual(root, chosen, village)}.xlsx", households)
        content = write_workbook(households, _names(root, folders), _languages(root), blank_rows=SPARE_ROWS)
        write_file(target, content)
    return Exports(target, len(households), sum(one.unfinished for one in read))


def write_blank_workbook(root: Path, name: str, *, on_wait: Callable[[], None]) -> Path:
    """Return the file to which a workbook without households was written; raises as `export_workbook`."""
    with locked(root, on_wait=on_wait):
        recover(root)
        target = workbook_target(root, name, ())
        write_file(target, blank_workbook(root))
    return target


def blank_workbook(root: Path) -> bytes:
    """Return a workbook without households, to be filled in: it knows the project's villages and languages."""
    folders, _ = list_villages(root)
    return write_workbook((), _names(root, folders), _languages(root), blank_rows=BLANK_ROWS)


# --- The project ---------------------------------------------------------------------------------------------


def _languages(root: Path) -> tuple[str, ...]:
    site, _ = read_site(root)
    return site.languages if site else _LANGUAGES


def _names(root: Path, folders: Sequence[VillageFolder]) -> list[tuple[str, str]]:
    """Return (folder, name) of each village; one whose file cannot be used goes by its folder."""
    return [(folder.slug, _name(root, folder)) for folder in folders]


def _name(root: Path, folder: VillageFolder) -> str:
    tree, _ = read_tree(root / folder.file, folder.file)
    entry = tree.get("name") if tree else None
    is_said = entry is not None and isinstance(entry.value, Scalar) and not entry.value.is_empty
    return entry.value.text.strip() if is_said and entry and isinstance(entry.value, Scalar) else folder.slug


def _chosen(root: Path, folders: Sequence[VillageFolder], village: str) -> Sequence[VillageFolder]:
    if not village:
        return folders
    names = dict(_names(root, folders))
    found = [one for one in folders if fold(village) in (one.slug, fold(names[one.slug]))]
    if len(found) == 1:
        return found
    known = ", ".join(one.slug for one in folders)
    raise Refused(
        Text(f"Không có thôn {quoted(village)}.", f"There is no village {quoted(village)}."),
        Text(f"Ghi tên thư mục của thôn: {known}.", f"Write the name of the village's folder: {known}."),
    )


def _usual(root: Path, chosen: Sequence[VillageFolder], village: str) -> str:
    """Return the name of a workbook that nobody named: the village's folder, or the project's."""
    return chosen[0].slug if village or len(chosen) == 1 else root.name or "vuonho"


# --- A profile -----------------------------------------------------------------------------------------------


def _read(root: Path, folder: VillageFolder, name: str) -> _Read:
    file = folder.profile(name)
    text, problems = read_text(root / file, file)
    if text is None:
        return _Read(None, problems)
    tree, problems = parse_tree(text, file)
    errors = tuple(problem for problem in problems if problem.severity is Severity.ERROR)
    if errors or tree is None:
        return _Read(None, errors or parse_profile(text, file, folder.slug).problems)
    values = _values(tree)
    wrong = tuple(_left_behind(values, tree, text, file, folder.slug))
    if wrong:
        return _Read(None, wrong)
    profile = parse_profile(text, file, folder.slug)
    unfinished = any(problem.severity is Severity.ERROR for problem in profile.problems)
    return _Read(Exported(folder.slug, values), (), unfinished)


def _values(tree: Mapping) -> dict[str, Plain]:
    """Return a profile's values; of a household that left only what it still tells."""
    values = {entry.key: plain(entry.value) for entry in tree.entries}
    if any(values.get(key) for key in LEFT):
        old = Household.model_fields.keys() - set(_KEPT)
        return {key: value for key, value in values.items() if key not in old}
    return values


def _left_behind(
    values: dict[str, Plain], tree: Mapping, text: str, file: str, village: str
) -> Iterator[Problem]:
    """Yield a problem for each value that a workbook has no place for, in the words of `check` where it has some."""
    misfit = tuple(misfits(profile_fields(), values))
    known = (
        {problem.field: problem for problem in parse_profile(text, file, village).problems} if misfit else {}
    )
    for path in misfit:
        yield known.get(_dotted(path)) or _problem(tree, file, path, _NO_PLACE)
    for path, sign in unholdable(values):
        yield _problem(tree, file, path, said_unholdable(path, sign))


def _dotted(path: Steps) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


def _problem(tree: Mapping, file: str, path: Steps, said: tuple[Text, Text]) -> Problem:
    line, column = find(tree, path)
    return Problem(file, line, column, _dotted(path), *said)


_NO_PLACE = (
    Text("Trong bảng Excel không có chỗ cho giá trị này.", "A workbook has no place for this value."),
    Text("Sửa trong hồ sơ trước (xem vuonho check), rồi xuất lại.", "Mend it in the profile first (see vuonho check), then export again."),
)  # fmt: skip
