"""The last command that changed households, taken back: how things were is kept with what it writes.

    .vuonho/undo.json           the last new, import, withdraw, plaques (a real print) or plaques --hung; settings
                                that were saved in the window, a photo turned there
    .vuonho/undo-print-3.json   print run 3

What was changed since by hand or by another command, or was published, is not taken back. A code that was given
stays in the register as void; one that was typed from a plaque leaves it again."""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Final

from vuonho.errors import DataProblems, MachineError, UserError
from vuonho.i18n import Both, Text
from vuonho.output.files import digest_bytes, digest_file, in_words
from vuonho.output.lock import STATE, locked
from vuonho.output.site_writer import recover
from vuonho.output.transaction import Content, Streamed, write_together
from vuonho.project.files import REGISTER_FILE, SITE_FILE, list_villages, read_bytes, read_text
from vuonho.register.boards import FILE as BOARDS_FILE
from vuonho.register.boards import Board, parse_boards, with_boards
from vuonho.register.memory import board_files, published, read_boards, read_register, register_files
from vuonho.register.register import HUNG, VOID, Register, Row, parse_register, render_register

LAST: Final = f"{STATE}/undo.json"
_NOTHING: Final = b"{}\n"
_LARGEST: Final = 200_000_000
_SHOWN: Final = 5


class NothingToUndo(UserError):
    """No step was taken, or the last one was taken back."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What a command did: in words, on which day, as which print run (0 for none), and how it was before.

    `files` are (name, content before or None, digest after) of profiles and photos, `before` and `after` the rows of
    the register that changed, `boards` the new lines of that of the boards. `pages` is what stood for the page of each
    household as published by then, `typed` are codes that came from plaques.
    """

    what: Text
    day: date
    run: int
    files: tuple[tuple[str, bytes | None, str], ...]
    before: Register
    after: Register
    boards: tuple[Board, ...]
    pages: Mapping[str, str]
    typed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Undoing:
    """What is taken back: files that are as they were again, files that go, codes that become void; what is written."""

    deed: Deed
    restored: tuple[str, ...]
    removed: tuple[str, ...]
    void: tuple[str, ...]
    contents: Mapping[Path, bytes]

    @property
    def title(self) -> Text:
        """What is taken back, and its day."""
        return Text("{what} (on {day:%Y-%m-%d})", what=self.deed.what, day=self.deed.day)

    @property
    def listed(self) -> tuple[tuple[Text, tuple[str, ...]], ...]:
        """What becomes of which files, codes and boards."""
        known = self.deed.before.by_code
        printed = [
            row.code for row in self.deed.after.rows if row.printed and row.code in known and self.deed.run
        ]
        return (
            (Text("as before again"), self.restored),
            (Text("deleted"), self.removed),
            (Text("code void for good"), self.void),
            (Text("as if not printed"), (*printed, *(board.village for board in self.deed.boards))),
        )

    @property
    def question(self) -> Text:
        """What is asked before it is done."""
        if self.deed.run:
            return Text(
                "Are all sheets of this run, and the PDF, destroyed, and was none hung or given to anybody?"
            )
        return Text("Take this back?")


# --- Kept with what is done ---


def with_way_back(
    root: Path,
    contents: Mapping[Path, Content | None],
    what: Text,
    day: date,
    codes: Iterable[str],
    *,
    run: int = 0,
    typed: Iterable[str] = (),
) -> dict[Path, Content]:
    """Return what is to be written together with how to take it back; `codes` are those of the households concerned.

    What has no content is a file that goes; the caller removes it. The caller holds the lock. Raises MachineError.
    """
    if not contents:
        return {}
    files: list[tuple[str, str | None, str]] = []
    for path, content in contents.items():
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
        if name.startswith("profiles/") and name not in (REGISTER_FILE, BOARDS_FILE):
            with in_words(path):
                old = b64encode(path.read_bytes()).decode("ascii") if path.exists() else None
            digest = (
                content.digest if isinstance(content, Streamed) else digest_bytes(content) if content else ""
            )
            files.append((name, old, digest))
    rows, lines = contents.get(root / REGISTER_FILE), contents.get(root / BOARDS_FILE)
    before = read_register(root)[0]
    after = parse_register(rows.decode("utf-8")) if isinstance(rows, bytes) else before
    boards = parse_boards(lines.decode("utf-8")) if isinstance(lines, bytes) else ()
    changed = [row for row in after.rows if not _is_same(row, before.by_code.get(row.code))]
    old_rows = tuple(before.by_code[row.code] for row in changed if row.code in before.by_code)
    known, shown = read_boards(root)[0], published(root)
    deed = {
        "what": list(what),
        "day": day.isoformat(),
        "run": run,
        "files": files,
        "before": render_register(replace(before, rows=old_rows)),
        "after": render_register(replace(after, rows=tuple(changed))),
        "boards": with_boards("", [board for board in boards if board not in known]),
        "pages": {code: shown.get(code, "") for code in codes},
        "typed": list(typed),
    }
    note = json.dumps(deed).encode("ascii")
    places = (LAST, _of_run(run)) if run else (LAST,)
    written = {path: content for path, content in contents.items() if content is not None}
    return {**written, **{root / place: note for place in places}}


def without_way_back(root: Path, files: Collection[str]) -> dict[Path, bytes]:
    """Return what is to be written where files are deleted for good, so that no copy of one is kept here."""
    deed = _read(root, LAST)
    return {root / LAST: _NOTHING} if deed and any(name in files for name, _, _ in deed.files) else {}


def print_runs(root: Path) -> tuple[Deed, ...]:
    """Return the print runs of which this computer knows how to take them back, the newest first."""
    numbers = (
        re.fullmatch(r"undo-print-([0-9]{1,6})\.json", one.name) for one in (root / STATE).glob("*.json")
    )
    deeds = (_read(root, _of_run(int(number[1]))) for number in numbers if number)
    return tuple(sorted(filter(None, deeds), key=lambda deed: -deed.run))


def _of_run(run: int) -> str:
    return f"{STATE}/undo-print-{run}.json"


def _read(root: Path, place: str) -> Deed | None:
    """Return what is kept there; None for nothing, and for what cannot be read."""
    content, _ = read_bytes(root / place, place, _LARGEST)
    try:
        kept = json.loads(content or _NOTHING)
        deed = Deed(
            Both(*map(str, kept["what"])),
            date.fromisoformat(kept["day"]),
            int(kept["run"]),
            tuple(
                (str(name), None if before is None else b64decode(before), str(digest))
                for name, before, digest in kept["files"]
            ),
            parse_register(kept["before"]),
            parse_register(kept["after"]),
            parse_boards(kept["boards"]),
            dict(kept["pages"]),
            tuple(kept["typed"]),
        )
        return deed if all(_is_of_village(root, name) for name, _, _ in deed.files) else None
    except (ValueError, KeyError, TypeError, AttributeError, OSError, RecursionError, DataProblems):
        return None


def _is_of_village(root: Path, name: str) -> bool:
    """Tell whether a name is that of the settings or of a village's file: what is kept may come from anywhere."""
    if name == SITE_FILE:
        return True
    parts = PurePosixPath(name).parts
    is_plain = len(parts) > 2 and parts[0] == "profiles" and ".." not in parts and "\\" not in name
    return is_plain and (root / name).resolve().is_relative_to((root / "profiles").resolve())


# --- Taken back ---


def plan_undo(root: Path, run: int = 0) -> Undoing:
    """Return what taking back the last command would do, or print run `run`; nothing is written.

    Raises UserError where there is nothing to take back or it cannot be any more, MachineError.
    """
    recover(root)
    deed = _read(root, _of_run(run) if run else LAST)
    if deed is None and run:
        raise UserError(
            Text(
                "There is no print run {run} to take back: it was taken back, or was not printed from "
                "this computer.",
                run=run,
            ),
            Text("The run's number stands on each sheet and in the PDF's name."),
        )
    if deed is None:
        raise NothingToUndo(
            Text("There is nothing to take back."),
            Text(
                "Only the last new, import, withdraw or plaques can be. To drop a household never "
                "printed or published: vuonho remove CODE"
            ),
        )
    register, problems = read_register(root)
    if problems:
        raise DataProblems(problems)
    _refuse_changed(root, deed, register)
    void, rows = [], dict(register.by_code)
    for row in deed.after.rows:
        if row.code in deed.before.by_code:
            rows[row.code] = deed.before.by_code[row.code]
        elif row.code in deed.typed:
            del rows[row.code]
        else:
            rows[row.code] = replace(row, status=VOID, printed=None, url="", more=())
            void.append(row.code)
    restored = {name: before for name, before, _ in deed.files if before is not None}
    new = [name for name, before, _ in deed.files if before is None and digest_file(root / name)]
    contents: dict[Path, bytes] = {root / name: content for name, content in restored.items()}
    if deed.after.rows:
        contents |= register_files(root, replace(register, rows=tuple(rows.values())))
    if deed.boards:
        contents |= board_files(root, gone=deed.boards)
    notes = [_of_run(deed.run)] if deed.run else []
    notes += [LAST] if _read(root, LAST) == deed else []
    contents |= {root / note: _NOTHING for note in notes}
    removed = tuple(name for name in new if name.endswith(".yaml") or not _is_used(root, name, deed))
    return Undoing(deed, tuple(restored), removed, tuple(void), contents)


def undo(root: Path, expected: Undoing, on_wait: Callable[[], None]) -> tuple[str, ...]:
    """Take back just what `expected` says, all of it or nothing; return the files that could not be removed yet.

    Raises as `plan_undo` does, and MachineError where something was changed since the plan was made.
    """
    with locked(root, on_wait=on_wait):
        plan = plan_undo(root, expected.deed.run if _read(root, LAST) != expected.deed else 0)
        if plan != expected:
            raise MachineError(
                Text("The project was changed while the question stood, so nothing was taken back."),
                Text("Run this command again."),
            )
        return write_together(root, plan.contents, erase=plan.removed)


def _is_used(root: Path, photo: str, deed: Deed) -> bool:
    """Tell whether a profile that is not taken back names a photo of its village."""
    mine = {name for name, _, _ in deed.files}
    for folder in list_villages(root)[0]:
        for file in folder.files if folder.slug == photo.split("/")[1] else ():
            text, _ = read_text(root / file, file)
            if file not in mine and (text is None or Path(photo).name in text):
                return True
    return False


def _refuse_changed(root: Path, deed: Deed, register: Register) -> None:
    """Raise UserError where somebody built on what was done."""
    rows = [row.code for row in deed.after.rows if not _is_same(row, register.by_code.get(row.code))]
    hung = next((code for code in rows if code in register.by_code and register.by_code[code].cell(HUNG)), "")
    pages = published(root)
    seen = next((code for code, page in deed.pages.items() if pages.get(code, "") != page), "")
    boards = read_boards(root)[0]
    changed = [name for name, before, digest in deed.files if not _is_as(root / name, before, digest)]
    if rows and not (changed or hung):
        changed.append(f"{REGISTER_FILE} ({', '.join(rows[:_SHOWN])})")
    if not changed and any(board not in boards for board in deed.boards):
        changed.append(BOARDS_FILE)
    if changed:
        raise UserError(
            Text(
                "“{what}” cannot be taken back any more; changed since: {changed}",
                what=deed.what,
                changed=", ".join(changed[:_SHOWN]) + ", …" * (len(changed) > _SHOWN),
            ),
            Text(
                "Change by hand what is to be changed. To drop a household never printed or published: "
                "vuonho remove CODE. The profiles from before each import are in {state}/backups: "
                "vuonho restore FILE.zip",
                state=STATE,
            ),
        )
    if hung:
        raise UserError(
            Text(
                "“{what}” cannot be taken back: the plaque of {hung} is recorded as hanging.",
                what=deed.what,
                hung=hung,
            ),
            Text(
                "A plaque that hangs has to answer for ever. If the family wants to leave: vuonho "
                "withdraw {hung}",
                hung=hung,
            ),
        )
    if seen and not deed.run:
        raise UserError(
            Text(
                "“{what}” cannot be taken back: the page of {seen} was published since.",
                what=deed.what,
                seen=seen,
            ),
            Text(
                "Change the profile, build and publish again. If the family wants to leave: vuonho "
                "withdraw {seen}. If it left and agrees again: delete the line withdrawn and write the "
                "new day of consent.",
                seen=seen,
            ),
        )


def _is_as(path: Path, before: bytes | None, digest: str) -> bool:
    with in_words(path):
        now = digest_file(Path(path.resolve()))
    return now == digest or (before is None and not now)


def _is_same(row: Row, other: Row | None) -> bool:
    """Tell whether two rows say the same, whatever empty columns their files have."""
    if other is None:
        return False
    filled = [{column: cell for column, cell in one.more if cell} for one in (row, other)]
    return replace(row, more=()) == replace(other, more=()) and filled[0] == filled[1]
