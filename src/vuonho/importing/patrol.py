"""A walk past the plaques, taken into the register: what would be recorded, and the recording of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from vuonho.backup.undo import with_way_back
from vuonho.errors import DataProblems, MachineError, Problem, Severity, UserError
from vuonho.forms.patrol_file import Seen, is_patrol, read_patrol
from vuonho.i18n import NOTHING, Text
from vuonho.importing.apply import LARGEST
from vuonho.model.values import quoted, say_day
from vuonho.output.files import digest_bytes, digest_file, in_words, remove_folder
from vuonho.output.lock import locked
from vuonho.output.site_writer import recover
from vuonho.output.transaction import write_together
from vuonho.pictures.photo import kept_photo
from vuonho.project.files import PLAQUE_PHOTOS, REGISTER_FILE, read_bytes
from vuonho.register.choice import unknown_code
from vuonho.register.memory import read_register, register_files
from vuonho.register.register import ACTIVE, CONDITION, Register, Row, with_inspected

SAID: Final = {"clean": Text("clean"), "faded": Text("faded"), "gone": Text("gone", context="plaque")}


@dataclass(frozen=True, slots=True)
class Finding:
    """What is to be recorded of one plaque: its row as it is, and what was seen."""

    row: Row
    seen: Seen

    @property
    def said(self) -> Text:
        """What is recorded, in words."""
        old, new = self.row.cell(CONDITION), SAID[self.seen.condition]
        day = say_day(self.seen.day)
        if self.row.is_worn and old in SAID:
            return Text("{old} → {new}, on {day}", old=SAID[old], new=new, day=day)
        return Text("{new}, on {day}", new=new, day=day)


@dataclass(frozen=True, slots=True)
class Walk:
    """All that files of the patrol bring: `same` counts plaques of which the register knows as much or more.

    `photos` are the contents by their names in the project, `doubts` what does not stop it.
    """

    root: Path
    register: Register
    found: tuple[Finding, ...]
    same: int
    photos: dict[str, bytes]
    doubts: tuple[Problem, ...]


def patrols_among(files: Iterable[str], folder: Path) -> tuple[str, ...]:
    """Return those of the files that the page of the patrol made."""

    def begins(name: str) -> bool:
        try:
            with (folder / name).open("rb") as file:
                return is_patrol(file.read(400))
        except (OSError, ValueError):
            return False

    return tuple(name for name in files if (folder / name).suffix.lower() == ".txt" and begins(name))


def plan_walk(root: Path, files: Sequence[str], folder: Path, today: date) -> Walk:
    """Return what the files would record; raise DataProblems with all that is wrong, MachineError; nothing is written."""
    recover(root)
    register, problems = read_register(root)
    if problems:
        raise DataProblems(problems)
    latest, wrong = _latest(files, folder, today)
    photos: dict[str, bytes] = {}
    findings: list[Finding] = []
    same = 0
    for one in latest.values():
        row = register.by_code.get(one.code)
        if row is None:
            refused = unknown_code(one.code, register)
            wrong.append(one.place.problem("", refused.message, refused.hint))
        elif row.status != ACTIVE or row.printed is None:
            wrong.append(_passed_over(row, one))
        else:
            is_known = row.inspected is not None and row.inspected >= one.day
            if is_known and (row.inspected != one.day or row.cell(CONDITION) == one.condition):
                same += 1
            else:
                findings.append(Finding(row, one))
            if one.photo and (row.inspected is None or row.inspected <= one.day):
                try:
                    village = row.profile.partition("/")[0]
                    name = f"profiles/{village}/{PLAQUE_PHOTOS}/{one.day}-{one.code}.jpg"
                    photos[name] = kept_photo(one.photo.content)
                except UserError as refused:
                    said = Text(
                        "Photo {name}: {message}", name=quoted(one.photo.name), message=refused.message
                    )
                    wrong.append(one.photo.place.problem("", said, refused.hint))
    if any(one.severity is Severity.ERROR for one in wrong):
        raise DataProblems(wrong, Text("Nothing was written."))
    new = {
        name: content for name, content in photos.items() if digest_file(root / name) != digest_bytes(content)
    }
    return Walk(root, register, tuple(findings), same, new, tuple(wrong))


def _latest(files: Sequence[str], folder: Path, today: date) -> tuple[dict[str, Seen], list[Problem]]:
    """Return (what was seen last of each plaque, by its code; problems) of all files."""
    wrong: list[Problem] = []
    latest: dict[str, Seen] = {}
    for name in files:
        content, found = read_bytes(folder / name, name, LARGEST)
        seen, more = read_patrol(content, name, today) if content is not None else ((), ())
        wrong += (*found, *more)
        for one in seen:
            if one.code not in latest or latest[one.code].day <= one.day:
                latest[one.code] = one
    return latest, wrong


def _passed_over(row: Row, seen: Seen) -> Problem:
    if row.status != ACTIVE:
        message = Text("{who} has left, so nothing is recorded of its plaque.", who=row.called)
    else:
        message = Text("{who} has no printed plaque, so nothing is recorded of it.", who=row.called)
    return seen.place.problem("", message, NOTHING, Severity.WARNING)


def record_walk(walk: Walk, today: date, on_wait: Callable[[], None]) -> None:
    """Write it, all or nothing, with its way back; raise MachineError where the register changed since the plan was made."""
    root = walk.root
    with locked(root, on_wait=on_wait):
        recover(root)
        if read_register(root) != (walk.register, ()):
            raise MachineError(
                Text("{changed} was changed in the meantime, so nothing was written.", changed=REGISTER_FILE),
                Text("Save and close that file, then run again."),
            )
        seen = {one.row.code: (one.seen.day, one.seen.condition) for one in walk.found}
        contents = {root / name: content for name, content in walk.photos.items()}
        contents |= register_files(root, with_inspected(walk.register, seen)) if seen else {}
        folders = sorted({path.parent for path in contents if path.parent.name == PLAQUE_PHOTOS})
        made = [folder for folder in folders if not folder.exists()]
        what = Text("Walk past {count} plaques", count=len(walk.found))
        try:
            for one in made:
                with in_words(one):
                    one.mkdir(parents=True)
            write_together(root, with_way_back(root, contents, what, today, ()))
        except BaseException:
            for one in made:
                remove_folder(one)  # only where it is empty
            raise
