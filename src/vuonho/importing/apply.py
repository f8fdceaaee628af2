"""Importing: files from the field become a plan that can be looked at, and the plan becomes profiles."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from vuonho.backup.backup import safety_copy
from vuonho.backup.undo import with_way_back
from vuonho.errors import DataProblems, MachineTrouble, Problem, Severity
from vuonho.forms.form_file import read_form
from vuonho.forms.incoming import Incoming
from vuonho.forms.workbook.read import read_csv, read_workbook
from vuonho.i18n import Text
from vuonho.importing.match import Ask
from vuonho.importing.plan import Plan, Planned, Unsound, Wishes, plan_import, tell_change, tell_kept
from vuonho.output.files import digest_bytes, digest_file, remove_folder
from vuonho.output.lock import locked
from vuonho.output.os_errors import in_words
from vuonho.output.site_writer import recover
from vuonho.output.transaction import write_together
from vuonho.project.encoding import kind_of
from vuonho.project.files import REGISTER_FILE, read_bytes
from vuonho.project.settings import read_site
from vuonho.register.memory import FILE as MEMORY_FILE
from vuonho.register.memory import read_register
from vuonho.register.register import render_register
from vuonho.scaffold.new import villages_of

# --- An import carried out: a copy of the profiles first, then photos, profiles and register together or not at all ---


def carry_out(plan: Plan, now: datetime, on_wait: Callable[[], None]) -> Path | None:
    """Return the copy made of the profiles before they were changed; None where there was nothing to do.

    Photos come first and the register last, so that a machine that dies between two of them leaves nothing that
    does not answer; the next command does the rest. Raises MachineTrouble with nothing changed, also where a
    profile or the register was edited since the plan was made.
    """
    if not plan.work:
        return None
    root = plan.project.root
    with locked(root, on_wait=on_wait):
        recover(root)
        _require_unchanged(plan)
        copy = safety_copy(root, now)
        made = _folders(root, plan)
        try:
            contents = with_way_back(
                root, _contents(plan), _said(plan), now.date(), [one.code for one in plan.work],
                typed=[one.code for one in plan.work if one.is_new and one.match.code],
            )  # fmt: skip
            write_together(root, contents)
        except BaseException:
            for folder in made:
                remove_folder(folder)  # only where it is empty
            raise
    return copy


def _said(plan: Plan) -> Text:
    new = sum(one.is_new for one in plan.work)
    changed = len(plan.work) - new
    return Text(
        f"Nhập {new} hộ mới, {changed} hộ đổi", f"Import of {new} new and {changed} changed households"
    )


def _contents(plan: Plan) -> dict[Path, bytes]:
    root = plan.project.root
    contents: dict[Path, bytes] = {}
    for one in plan.work:
        for name, content in one.photos.items():
            path = _photo(root, one, name)
            if digest_file(path) != digest_bytes(content):
                contents[path] = content
    contents |= {root / one.file: one.after for one in plan.work}
    if plan.register != plan.project.register:
        rows = render_register(plan.register).encode("utf-8")
        contents |= {root / REGISTER_FILE: rows, root / MEMORY_FILE: rows}
    return contents


def _photo(root: Path, one: Planned, name: str) -> Path:
    return root / "profiles" / one.match.place.slug / name


def _folders(root: Path, plan: Plan) -> list[Path]:
    """Return the folders for photos that had to be made."""
    wanted = {_photo(root, one, name).parent for one in plan.work for name in one.photos}
    made = [folder for folder in sorted(wanted) if not folder.exists()]
    for folder in made:
        with in_words(folder):
            folder.mkdir()
    return made


def _require_unchanged(plan: Plan) -> None:
    """Raise MachineTrouble where somebody edited a profile or the register while the question stood open."""
    root = plan.project.root
    changed = [one.file for one in plan.planned if _is_changed(root, one)]
    if read_register(root) != (plan.project.register, ()):
        changed.append(REGISTER_FILE)
    if changed:
        raise MachineTrouble(
            Text(f"{changed[0]} vừa bị sửa trong lúc xem, nên chưa ghi gì cả.",
                 f"{changed[0]} was changed in the meantime, so nothing was written."),
            Text("Lưu và đóng tệp ấy lại, rồi chạy lại lệnh này.", "Save and close that file, then run again."),
        )  # fmt: skip


def _is_changed(root: Path, one: Planned) -> bool:
    if one.before is None:
        return (root / one.file).exists()
    content, _ = read_bytes(root / one.file, one.file)
    return content != one.before


# --- A file from the field, whatever it is: told by what is in it, read, or refused with the way out ---

LARGEST = 64_000_000
"""Bytes of one file: ten households with six photos each are a third of it."""

Read = tuple[tuple[Incoming, ...], tuple[Problem, ...]]


def read_incoming(path: Path, name: str, languages: Sequence[str], villages: Mapping[str, str]) -> Read:
    """Return (households, problems) of a file; `name` is how it is called in what is said of it.

    `villages` are the names of the project's by their folders.
    """
    if not path.exists():
        return (), (Problem(name, None, None, "", *_MISSING),)
    content, problems = read_bytes(path, name, LARGEST)
    if content is None:
        return (), problems
    if len(content) > LARGEST:
        return (), (Problem(name, None, None, "", *_TOO_LARGE),)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
        return read_workbook(content, name, languages, villages)
    if path.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".ods"):
        return read_workbook(content, name, languages, villages)
    if kind := kind_of(content):
        return (), (Problem(name, None, None, "", _not_ours(kind), _WHAT_IS_OURS),)
    if path.suffix.lower() in (".csv", ".tsv"):
        return read_csv(content, name, languages, villages)
    return read_form(content, name)


def _not_ours(kind: Text) -> Text:
    return Text(
        f"Đây là {kind.vi}, không đưa vào hồ sơ được.", f"This is {kind.en}, which cannot be imported."
    )


_WHAT_IS_OURS = Text(
    "Ở đây cần tệp .txt từ phiếu điện thoại, hoặc bảng Excel (.xlsx).",
    "What is wanted here is the .txt file of a phone form, or a workbook (.xlsx).",
)
_MISSING = (
    Text("Không thấy tệp này.", "There is no such file."),
    Text("Xem lại tên tệp và thư mục; kéo tệp thả vào cửa sổ lệnh thì máy tự ghi đúng tên.",
         "Look at its name and folder; drag the file into this window and its name is typed for you."),
)  # fmt: skip
_TOO_LARGE = (
    Text("Tệp này nặng quá 64 MB.", "This file is larger than 64 MB."),
    Text("Trên điện thoại, gửi ít hộ hơn mỗi lần.", "On the phone, send fewer households at a time."),
)


# --- Importing: files from the field become a plan that can be looked at, and the plan becomes profiles ---

__all__ = ["Plan", "Planned", "Wishes", "carry_out", "plan_files", "tell_change", "tell_kept"]


@dataclass(frozen=True, slots=True)
class _Brought:
    """What the files hold: households, problems, and the names of those files that have an error in them."""

    incoming: tuple[Incoming, ...]
    problems: tuple[Problem, ...]
    bad: tuple[str, ...]


def plan_files(root: Path, files: Sequence[str], folder: Path, wishes: Wishes, ask: Ask) -> Plan:
    """Return what importing the files would do; names are those below `folder`, or absolute.

    Raises DataProblems with all that is wrong in any of them, and the ways out, and MachineTrouble; nothing has
    changed in any case.
    """
    recover(root)
    brought = _bring(root, files, folder)
    if wishes.skip:
        return _plan_sound(root, brought, wishes, ask)
    hint = _ways_out(brought)
    if any(problem.severity is Severity.ERROR for problem in brought.problems):
        raise DataProblems(_with_later(root, brought, wishes), hint)
    try:
        plan = plan_import(root, brought.incoming, wishes, ask)
    except DataProblems as found:
        raise DataProblems(found.problems, hint) from found
    return replace(plan, doubts=(*brought.problems, *plan.doubts))


def _bring(root: Path, files: Sequence[str], folder: Path) -> _Brought:
    site, problems = read_site(root)
    languages = site.languages if site else ("vi", "en")
    villages = dict(villages_of(root))
    found: list[Problem] = list(problems)
    incoming: list[Incoming] = []
    bad: list[str] = []
    for name in dict.fromkeys(files):
        told, wrong = read_incoming(folder / name, name, languages, villages)
        wrong = wrong or (() if told else (Problem(name, None, None, "", *_EMPTY),))
        incoming += told
        found += wrong
        bad += [name] if any(problem.severity is Severity.ERROR for problem in wrong) else []
    return _Brought(tuple(incoming), tuple(found), tuple(bad))


def _plan_sound(root: Path, brought: _Brought, wishes: Wishes, ask: Ask) -> Plan:
    """Return the plan of those households that have no error; each of the others is left out whole.

    One error may hide another, so it goes on until there is none. Nobody is asked before that.
    """
    _, wrong, sound = _without_errors(root, brought.incoming, wishes, _nobody)
    plan, more, sound = _without_errors(root, sound, wishes, cache(ask))
    doubts = tuple(dict.fromkeys((*brought.problems, *wrong, *more, *plan.doubts)))
    return replace(plan, doubts=doubts, left=tuple(_left_out(brought, sound)))


def _without_errors(
    root: Path, incoming: Sequence[Incoming], wishes: Wishes, ask: Ask
) -> tuple[Plan, list[Problem], Sequence[Incoming]]:
    """Return (plan, what is wrong with those left out, the households that the plan takes)."""
    problems: list[Problem] = []
    while True:
        try:
            return plan_import(root, incoming, wishes, ask), problems, incoming
        except Unsound as found:
            if not found.at:
                raise
            problems += found.problems
            incoming = [one for one in incoming if one.place(()) not in found.at]


def _nobody(question: Text) -> None:
    """Answer as where nobody is there to be asked."""
    del question


def _left_out(brought: _Brought, sound: Sequence[Incoming]) -> Iterator[str]:
    """Yield what is left out: the name of a file of which nothing is taken, else those of the households."""
    taken = {one.place(()) for one in sound}
    for file in dict.fromkeys((*brought.bad, *(one.place(()).file for one in brought.incoming))):
        here = [one for one in brought.incoming if one.place(()).file == file]
        gone = [one for one in here if one.place(()) not in taken]
        if len(gone) == len(here) != 1:
            yield file
        else:
            yield from (one.name or one.code for one in gone)


def _with_later(root: Path, brought: _Brought, wishes: Wishes) -> Sequence[Problem]:
    """Return the problems with those that only show once the households are put together, all at one time."""
    try:
        plan_import(root, brought.incoming, replace(wishes, sure=False), lambda _: None)
    except DataProblems as more:
        return tuple(dict.fromkeys((*brought.problems, *more.problems)))
    return brought.problems


def _ways_out(brought: _Brought) -> Text:
    """Return what to do about errors, as far as it is not said at each."""
    vi, en = (
        ["Chưa ghi gì cả. Sửa các lỗi trên rồi chạy lại."],
        ["Nothing was written. Mend the errors above and run again."],
    )
    if any(problem.file.endswith(".txt") and problem.line for problem in brought.problems) or any(
        one.place(()).file.endswith(".txt") for one in brought.incoming
    ):
        vi.append(
            "Phiếu điện thoại: sửa trên điện thoại rồi gửi lại; hoặc mở tệp .txt bằng Notepad, đến dòng ấy, sửa chữ trong ngoặc kép, rồi lưu."
        )
        en.append(
            "A phone form: mend it on the phone and send it again; or open the .txt in Notepad, go to that line, change what stands in quotes, and save."
        )
    if len(brought.incoming) > 1 or len(brought.bad) > 1:
        vi.append("Muốn đưa các hộ không có lỗi vào trước: thêm --skip-errors vào cuối lệnh.")
        en.append("To take in the households without errors first: add --skip-errors.")
    return Text("\n".join(vi), "\n".join(en))


_EMPTY = (
    Text("Tệp này không có hộ nào.", "There is no household in this file."),
    Text("Mở tệp ra xem: mỗi hộ một dòng, có ít nhất tên vườn.",
         "Open it and look: a row for each household, with its name at least."),
)  # fmt: skip
