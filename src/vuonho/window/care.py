"""More, continued: a household leaves or was a mistake, the last step is taken back, backups, the handbook, closing."""

import json
import re
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from flask import abort, request, url_for
from werkzeug.wrappers import Response

from vuonho.backup.backup import back_up, changed_since, last_backup, safety_copies
from vuonho.backup.drives import backups_in, places
from vuonho.backup.restore import RestorePlan, plan_restore, restore_here, unpack
from vuonho.backup.undo import NothingToUndo, plan_undo
from vuonho.backup.undo import undo as take_back
from vuonho.errors import UserError, say_size
from vuonho.i18n import NOTHING, Text
from vuonho.model.values import say_day
from vuonho.output.files import digest_bytes, read_regular, things_in, write_file
from vuonho.output.lock import STATE
from vuonho.output.transaction import still_open
from vuonho.scaffold.handbook import guides
from vuonho.status.model import Backup
from vuonho.status.tasks import say_backup
from vuonho.window.hints import command_link, edit_link, file_called
from vuonho.window.more import room
from vuonho.window.page import begin, go, refused, show, this_team
from vuonho.window.team import Job, Outcome, Team
from vuonho.withdraw import (
    Departure,
    ToDo,
    Wish,
    copies_of,
    delete_copies,
    left_to_do,
    parse_day,
    plan_departure,
    plan_removal,
    read_departure,
    remove_household,
    take_off,
)

_SEEN: Final = "_seen"
"""The hidden field with what stands for the plan that somebody has seen: nothing else is carried out."""
_SHOWN: Final = 40
"""Files of one kind that a question names."""


# --- A question on a page of its own ---


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before something is done: `warnings` say what cannot be taken back, `groups` what is touched.

    `fields` come back with the answer; `seal` stands for the plan.
    """

    text: Text
    yes: Text
    seal: str = ""
    who: str = ""
    warnings: tuple[Text, ...] = ()
    groups: tuple[tuple[Text, tuple[str, ...]], ...] = ()
    notes: tuple[Text, ...] = ()
    fields: Mapping[str, str] | None = None
    is_grave: bool = True
    back: str = ""
    action: str = ""


def _ask(title: Text, question: Question) -> str:
    return show("sure", title, question=question, seen=_SEEN, shown=_SHOWN)


def _as_called(
    groups: Iterable[tuple[Text, tuple[str, ...]]], homes: Mapping[str, str] = MappingProxyType({})
) -> tuple[tuple[Text, tuple[str, ...]], ...]:
    """Return files, and codes by the files of their homes, as people call them."""
    language = this_team().language

    def name(one: str) -> str:
        return (
            f"{file_called(homes[one]).to(language)} {one}" if one in homes else file_called(one).to(language)
        )

    return tuple((label, tuple(dict.fromkeys(map(name, some)))) for label, some in groups)


def _seal(plan: object) -> str:
    """Return what stands for a plan: another one as soon as anything of it is another."""
    return digest_bytes(repr(plan).encode("utf-8", "surrogatepass"))


def _is_answered(plan: object) -> bool:
    return request.form.get(_SEEN) == _seal(plan)


# --- The register ---


@room.get("/tidy/")
def tidy() -> str:
    """Ask whether the register is to be put in order."""
    question = Question(
        Text("Put the register in order now?"), Text("Yes, put it in order"), is_grave=False,
        notes=(Text("Households that lack a code get one, and rows that were lost come back. No code is changed."),),
        back=url_for("home.start"), action=url_for("more.tidied"),
    )  # fmt: skip
    return _ask(Text("Put the register in order"), question)


@room.post("/tidy/")
def tidied() -> Response:
    """Give codes, and put rows of the register back that were lost."""
    this_team().tend()
    return go("home.start", Text("The register is in order."))


# --- A household leaves, and what remains to be done is ticked off ---

_TICKS: Final = f"{STATE}/leaving.json"
_LARGEST: Final = 1_000_000


@room.get("/leave/<code>/")
def withdraw(code: str) -> str | Response:
    """Show what will happen when a household leaves, and ask when, and whether its data are to go for good."""
    team = this_team()
    plan = plan_departure(team.root, Wish(code, team.today))
    if plan.is_nothing:
        return go("more.leaving", code=code)
    return _show_leave(plan, {"on": f"{team.today:%d/%m/%Y}", "moved_to": "", "erase": ""})


@room.post("/leave/<code>/")
def leave(code: str) -> str | Response | tuple[str, int]:
    """Ask, and take the household off when that has been answered."""
    team = this_team()
    team.tend()
    fields = {name: request.form.get(name, "").strip() for name in ("on", "moved_to", "erase")}
    today = team.today
    try:
        day = parse_day(fields["on"], today)
        wish = Wish(code, day, fields["moved_to"], bool(fields["erase"]), is_dated=day != today)
        plan = plan_departure(team.root, wish)
    except UserError as wrong:
        return _show_leave(plan_departure(team.root, Wish(code, today)), fields, wrong), 409
    if plan.is_nothing:
        return go("more.leaving", code=code)
    if not _is_answered(plan):
        yes = Text("Yes, lead it on") if plan.moved_to else Text("Yes, take it off")
        notes = (Text("It can be taken back until the site is published again."),)
        question = Question(
            plan.question, Text("Yes, delete for good") if plan.is_erased else yes, _seal(plan),
            who=f"{plan.name} {plan.code}".strip(), warnings=plan.warnings, fields=fields,
            notes=() if plan.is_erased else notes, back=url_for("more.withdraw", code=code),
        )  # fmt: skip
        return _ask(Text("A family wants to leave"), question)
    is_new = read_departure(team.root, code) is None
    done, left = take_off(team.root, wish, today, lambda: None)
    if is_new:  # one that has left before, on this very day perhaps, begins anew
        _keep_ticks(team.root, done, [])
    said = (done.done, *((still_open(left, NOTHING).message,) if left else ()))
    return go("more.leaving", Outcome(said), code=done.code)


def _show_leave(plan: Departure, fields: Mapping[str, str], wrong: UserError | None = None) -> str:
    return show("leave", Text("A family wants to leave"), plan=plan, fields=fields, wrong=wrong)


@room.get("/left/<code>/")
def leaving(code: str) -> str | Response:
    """Show what remains to be done for a family that left, each with its tick."""
    team = this_team()
    departure = read_departure(team.root, code)
    if departure is None:
        return go("households.start", Text("This household has not left."))
    done = _ticks(team.root, departure)
    todos = list(left_to_do(team.root, departure, team.today))
    return show(
        "leaving",
        Text("What remains to be done"),
        departure=departure,
        day=say_day(departure.day),
        todos=todos,
        done=done,
        open=sum(todo.key not in done for todo in todos),
        say=lambda todo: _say(todo, departure),
        way_of=lambda todo: _way_of(todo, departure),
        edit=edit_link(departure.file),
    )


def _say(todo: ToDo, departure: Departure) -> Text:
    """Return what is to be done; where a button stands below it, without the command that does it."""
    if todo.key == "publish":
        return Text("Publish the site: until then an old page stays there.")
    if todo.key == "data":
        return Text(
            "The household's data and {count} photos are still on this computer. Delete them if the family wants that.",
            count=len(departure.photos),
        )
    if todo.key == "copies":
        return Text("Copies that the program made by itself before changes still hold this profile.")
    return todo.what


def _way_of(todo: ToDo, departure: Departure) -> tuple[Text, str] | None:
    """Return the button of what the window can do itself: its words and its address."""
    page = {
        "publish": (Text("Publish"), command_link("vuonho publish")),
        "file": (Text("Correct it"), edit_link(departure.file)),
        "board": (Text("Plaques"), command_link("vuonho plaques --changed")),
        "backup": (Text("Make a backup"), url_for("more.backup")),
    }.get(todo.key)
    return page if page and page[1] else None


@room.post("/left/<code>/tick")
def tick(code: str) -> Response:
    """Tick something off, or take the tick away."""
    team = this_team()
    departure = read_departure(team.root, code)
    if departure is None:
        abort(404)
    done, key = set(_ticks(team.root, departure)), request.form.get("key", "")
    done = done | {key} if request.form.get("is_done") else done - {key}
    _keep_ticks(team.root, departure, sorted(done))
    return go("more.leaving", code=departure.code)


@room.post("/left/<code>/copies")
def forget(code: str) -> str | Response:
    """Delete the automatic copies that hold the profile of a family that left."""
    team = this_team()
    departure = read_departure(team.root, code)
    if departure is None or not departure.file:
        abort(404)
    if request.form.get(_SEEN) != "yes":
        names = tuple(map(_made_at, copies_of(team.root, departure.file)))
        question = Question(
            Text("Delete these copies for good?"), Text("Yes, delete for good"), "yes",
            who=f"{departure.name} {departure.code}".strip(), groups=((Text("deleted"), names),),
            back=url_for("more.leaving", code=code),
        )  # fmt: skip
        return _ask(Text("What remains to be done"), question)
    count = delete_copies(team.root, departure.file, lambda: None)
    said = Text.counted("{count} copy is deleted.", "{count} copies are deleted.", count)
    return go("more.leaving", said, code=departure.code)


def _ticks(root: Path, departure: Departure) -> frozenset[str]:
    """Return what is ticked off of a family that left on its day; one that left again begins anew."""
    kept = _all_ticks(root).get(departure.code)
    is_of_today = isinstance(kept, dict) and kept.get("day") == departure.day.isoformat()
    return (
        frozenset(map(str, kept.get("done", ()))) if is_of_today and isinstance(kept, dict) else frozenset()
    )


def _keep_ticks(root: Path, departure: Departure, done: list[str]) -> None:
    kept = {**_all_ticks(root), departure.code: {"day": departure.day.isoformat(), "done": done}}
    write_file(root / _TICKS, json.dumps(kept, indent=1).encode("ascii"))


def _all_ticks(root: Path) -> dict[str, object]:
    try:
        kept = json.loads(read_regular(root / _TICKS, _LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


# --- A household that was added by mistake ---


@room.get("/remove/<code>/")
def remove(code: str) -> str:
    """Show what would be deleted of a household that nobody has seen yet."""
    return _ask_removal(code)


@room.post("/remove/<code>/")
def removed(code: str) -> str | Response:
    """Remove the household when the question has been answered."""
    team = this_team()
    team.tend()
    plan = plan_removal(team.root, code)
    if not _is_answered(plan):
        return _ask_removal(code)
    left = remove_household(team.root, plan, lambda: None)
    said = [Text("{code} is removed; its code is never used again.", code=plan.code)]
    if left:
        said.append(still_open(left, Text("{code} was removed, but", code=plan.code)).message)
    return go("households.start", Outcome(tuple(said)))


def _ask_removal(code: str) -> str:
    plan = plan_removal(this_team().root, code)
    question = Question(
        plan.question, Text("Yes, delete for good"), _seal(plan), who=f"{plan.name} {plan.code}".strip(),
        warnings=plan.warnings, back=edit_link(plan.file) or url_for("households.start"),
    )  # fmt: skip
    return _ask(Text("Added by mistake"), question)


# --- The last step taken back ---


@room.get("/undo/")
def undo() -> str:
    """Show what the last step was, and what taking it back would bring."""
    try:
        return _ask_undo()
    except NothingToUndo:
        return show("nothing", Text("Take the last step back"))
    except UserError as nothing:
        return refused(nothing, Text("Take the last step back"), back=url_for("home.start"))


@room.post("/undo/")
def undone() -> str | Response:
    """Take the last step back when the question has been answered."""
    team = this_team()
    team.tend()
    plan = plan_undo(team.root)
    if not _is_answered(plan):
        return _ask_undo()
    left = take_back(team.root, plan, lambda: None)
    said = [Text("Taken back: {what}.", what=plan.deed.what)]
    if left:
        said.append(still_open(left, Text("It was taken back, but")).message)
    return go("home.start", Outcome(tuple(said)))


def _ask_undo() -> str:
    plan, language = plan_undo(this_team().root), this_team().language
    homes = {code: f"profiles/{row.profile}" for code, row in plan.deed.after.by_code.items()}
    question = Question(
        plan.question, Text("Yes, take it back"), _seal(plan), who=plan.title.to(language),
        groups=_as_called(plan.listed, homes), is_grave=bool(plan.deed.run or plan.removed),
        action=url_for("more.undone"), back=url_for("home.start"),
    )  # fmt: skip
    return _ask(Text("Take the last step back"), question)


# --- A backup, and back again ---


@room.get("/backup/")
def backup() -> str:
    """Show how old the last backup is, and where the next one may go."""
    team = this_team()
    last = Backup(last_backup(team.root), is_old=changed_since(team.root))
    said = say_backup(last, team.today)
    return show("backup", Text("Make a backup"), age=said, places=[*map(str, places(team.root))])


@room.post("/backup/")
def make_backup() -> Response:
    """Make a backup, and read it back."""
    team = this_team()
    place = request.form.get("folder", "").strip() or request.form.get("place", "").strip()
    if not place:
        raise UserError(
            Text("No place is chosen for the backup."), Text("Choose a USB drive, or write a folder.")
        )
    links = ((Text("Back to Today"), url_for("home.start")),)

    def work(job: Job) -> Outcome:
        saved = back_up(team.root, place, team.now(), progress=job.progress, on_wait=job.waiting)
        counts = saved.counts
        said = [
            Text(
                "{file}: {profiles} profiles, {photos} photos, {files} files, {size}. Every file was "
                "read back and is whole.",
                file=saved.file, profiles=counts.profiles, photos=counts.photos, files=counts.files,
                size=say_size(saved.size),
            ),
            Text("It holds private data of families: keep it locked away, do not send it on."),
        ]  # fmt: skip
        if saved.is_on_one_disk:
            said.append(
                Text(
                    "This file is on the disk of the project. If the disk dies, both are lost: copy it to a "
                    "USB drive."
                )
            )
        if not saved.is_recorded:
            said.append(Text("The project cannot be written, so Today will not know of this backup."))
        return Outcome(tuple(said), links=links)

    return begin(Text("Make a backup"), work)


@room.get("/restore/")
def restore() -> str:
    """Ask which backup is to be brought back, and where to."""
    team = this_team()
    found = backups_in(places(team.root))
    kept = list(reversed(safety_copies(team.root))) if team.has_project else []
    return show(
        "restore",
        Text("Bring a backup back"),
        found=[str(path) for path in found],
        kept=[(str(path), _made_at(path)) for path in kept],
        is_new=not team.has_project,
        folder=str(_new_folder(team)),
    )


def _made_at(copy: Path) -> str:
    """Return when an automatic copy was made, which is its name."""
    year, month, day, time = copy.stem.split("-")[:4]
    return f"{day}/{month}/{year} {time[:2]}:{time[2:4]}:{time[4:]}"


def _new_folder(team: Team) -> Path:
    """Return a folder for a project of its own: that of the window where it is empty, else one beside it."""
    if not team.has_project and not things_in(team.root):
        return team.root
    return team.root.resolve().with_name(f"{team.root.resolve().name}-lay-lai")


@room.post("/restore/")
def read_backup() -> Response:
    """Read a backup: bring it into a folder of its own, or show what it would bring into this project."""
    team = this_team()
    file = _chosen(team)
    if request.form.get("where") == "new" or not team.has_project:
        typed = request.form.get("folder", "").strip()
        return _unpack(team, file, (team.root / typed).absolute() if typed else _new_folder(team))

    def work(job: Job) -> Outcome:
        plan = plan_restore(team.root, file, job.progress)
        return Outcome(page="more.restoring", made=(file, plan))

    return begin(Text("Bring a backup back"), work)


def _chosen(team: Team) -> Path:
    """Return the backup that was sent, written or chosen; raise UserError where there is none."""
    upload = request.files.get("upload")
    typed = request.form.get("path", "").strip().strip('"') or request.form.get("file", "")
    if upload and upload.filename:
        path = team.scratch / "sao-luu.zip"
        upload.save(path)
        return path
    if typed:
        return team.root / typed
    raise UserError(Text("No backup is chosen."), Text("Choose the .zip, or write where it lies."))


def _unpack(team: Team, file: Path, target: Path) -> Response:
    """Bring a whole project back into a folder of its own, in which the window goes on if it had none."""
    is_first, home = not team.has_project, url_for("home.start")

    def work(job: Job) -> Outcome:
        done = unpack(file, target, job.progress)
        counts = done.counts
        said = (
            Text(
                "Restored to {target}: {profiles} profiles, {photos} photos, as of {made:%Y-%m-%d}.",
                target=target, profiles=counts.profiles, photos=counts.photos, made=done.made,
            ),
            Text("A household that has left since that day is in it again: take it off at once."),
        )  # fmt: skip
        team.forget_scratch()
        if is_first:
            team.root = target
            return Outcome(said, links=((Text("Back to Today"), home),))
        return Outcome(said, page="more.unpacked", made=target)

    return begin(Text("Bring a backup back"), work)


@room.get("/restored/<job>/")
def unpacked(job: str) -> str:
    """Ask whether to go on in the folder into which a project was restored."""
    target = _made(job)
    return show("unpacked", Text("Bring a backup back"), target=target, job=job)


@room.post("/restored/<job>/")
def move(job: str) -> Response:
    """Go on in the folder that was restored."""
    team, target = this_team(), _made(job)
    team.require_idle()
    assert isinstance(target, Path)  # noqa: S101 - made by `_unpack`
    team.root = target
    return go("home.start", Text("The window is now in {target}.", target=target))


@room.get("/restore/<job>/")
def restoring(job: str) -> str:
    """Show what a backup would bring into this project, and ask."""
    _, plan = _read(job)
    language = this_team().language
    made = Text("A backup of {made:%Y-%m-%d %H:%M}.", made=plan.manifest.made)
    if plan.is_nothing:
        said = (made, Text("The project has all that the backup has."))
        return show("unpacked", Text("Bring a backup back"), sentences=said, target=None)
    question = Question(
        Text("Restore these?"), Text("Yes, restore these"), "yes", groups=_as_called(plan.groups(language)),
        notes=tuple(one for one in (plan.staying,) if any(one)), is_grave=False, who=made.to(language),
        back=url_for("more.restore"), action=url_for("more.bring_back", job=job),
    )  # fmt: skip
    return _ask(Text("Bring a backup back"), question)


@room.post("/restore/<job>/")
def bring_back(job: str) -> Response:
    """Bring back what was shown."""
    team = this_team()
    file, plan = _read(job)
    links = [(Text("See what is to be corrected"), url_for("home.problems"))]
    if publish := command_link("vuonho publish"):
        links.append((Text("Publish"), publish))

    def work(under_way: Job) -> Outcome:
        copy = restore_here(
            team.root, file, plan, team.now(), progress=under_way.progress, on_wait=under_way.waiting
        )
        team.forget_scratch()
        count, rows = len(plan.new) + len(plan.changed), NOTHING
        if gained := len(plan.rows):
            rows = Text(", {gained} rows of the register", gained=gained)
        return Outcome(
            (
                Text("{count} files restored{rows}.", count=count, rows=rows),
                Text("The profiles as they were are kept in {copy}.", copy=copy.name),
            ),
            links=tuple(links),
        )

    return begin(Text("Bring a backup back"), work)


def _read(job: str) -> tuple[Path, RestorePlan]:
    """Return the backup that was read, and what it would bring; a 404 for what is forgotten."""
    made = _made(job)
    if not isinstance(made, tuple):
        abort(404)
    return made


def _made(job: str) -> object:
    """Return what a job left for the page that comes next; a 404 for what is forgotten."""
    found = this_team().job(job)
    if found is None or found.outcome is None or found.outcome.made is None:
        abort(404)
    return found.outcome.made


# --- The handbook, and the end of a day ---


@room.get("/handbook/")
def handbook() -> str:
    """Show the cards, and the page of each of the three."""
    found = [replace(one, html=_FOR_THE_TERMINAL.sub("", one.html)) for one in guides(this_team().language)]
    return show("handbook", Text("The handbook"), guides=found)


_FOR_THE_TERMINAL: Final = re.compile(r"<p>(?:Dùng lệnh|By command): .*</p>\n")
"""What the cards say to those who type."""


@room.post("/close/")
def close() -> str:
    """Close the window; raise MachineError while a job is at work."""
    team = this_team()
    team.require_idle()
    page = show("closed", Text("The window is closed"), rooms=[], foot=False)
    end = threading.Timer(_GRACE, team.over.set)  # the page still wants its style
    end.daemon = True
    end.start()
    return page


_GRACE: Final = 2.0
