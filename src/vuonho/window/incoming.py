"""From the field: files wait in the tray, are looked at change by change, and what was ticked is written as by `import`."""

import mimetypes
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Blueprint, abort, current_app, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from vuonho.build import write_phone_form
from vuonho.errors import DataProblems, Problem, Severity, UserError
from vuonho.forms.incoming import Incoming
from vuonho.i18n import NOTHING, Both, Text
from vuonho.importing.apply import apply_plan, plan_files
from vuonho.importing.export import export_workbook, write_blank_workbook
from vuonho.importing.merge import Change, parts_of
from vuonho.importing.patrol import Walk, patrols_among, plan_walk, record_walk
from vuonho.importing.plan import ImportOptions, Plan, Planned
from vuonho.model.hosting import PATROL
from vuonho.output.files import digest_bytes
from vuonho.project.settings import read_site
from vuonho.project.yaml_tree import Plain
from vuonho.scaffold.new import villages_of
from vuonho.serve.preview import look_at
from vuonho.window.hints import file_called
from vuonho.window.page import begin, go, show, this_team
from vuonho.window.phones import Phones
from vuonho.window.team import Job, Outcome, Team
from vuonho.window.tray import Tray

room = Blueprint("incoming", __name__, url_prefix="/incoming")

_CONSENT: Final = "consent"
_SHORT: Final = 12
_MUCH_BYTES: Final = 200_000
_MANY_HOMES: Final = 300
_LOOK: Final = Text("See what they change")
_AGAIN: Final = Text("Something was changed in the meantime. Please look once more.")
FORM: Final = "phieu.html"
BLANK: Final = "phieu-trong.xlsx"
"""The names of the phone form, as the command gives it, and of an empty workbook."""


class _Desk:
    """What this start of the window keeps of the room: the door for phones, and the last look."""

    def __init__(self, team: Team) -> None:
        self.phones = Phones(team)
        self.looked: Looked | None = None


room.record_once(lambda state: state.app.extensions.update(incoming=_Desk(state.app.config["TEAM"])))


def _desk() -> _Desk:
    desk: _Desk = current_app.extensions["incoming"]
    return desk


def _tray() -> Tray:
    return Tray(this_team().root)


# --- The tray, the door for phones, and what goes out ---


@room.get("/")
def start() -> str:
    """Show what waits, how phones send, and what goes out to be filled in."""
    team, phones = this_team(), _desk().phones
    site, _ = read_site(team.root)
    return show(
        "incoming",
        Text("From the field"),
        files=_tray().files(),
        phones=phones,
        villages=villages_of(team.root),
        say_size=_say_size,
        patrol=f"{site.base_url}{PATROL}" if site else "",
    )


def _say_size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{max(1, size // 1000)} kB"


@room.post("/add/")
def add() -> Response:
    """Put files into the tray, and go on to look at them."""
    tray, refused = _tray(), []
    came = [one for one in request.files.getlist("files") if one.filename]
    for upload in came:
        try:
            tray.add(upload.filename or "", upload.read())
        except UserError as error:
            refused.append(Problem("", error.message, error.hint))
    if not came:
        return go("incoming.start", Text("Choose a file first."))
    if refused:
        count = len(came) - len(refused)
        said = Text.counted("{count} file is in the tray.", "{count} files are in the tray.", count)
        return go("incoming.start", Outcome((said,), tuple(refused)))
    return go("incoming.look")


@room.post("/drop/")
def drop() -> Response:
    """Take a file out of the tray."""
    name = request.form.get("name", "")
    _tray().drop(name)
    return go("incoming.start", Text("{name} is out of the tray.", name=name))


@room.get("/state")
def state() -> Response:
    """Return what waits, for the script that shows arrivals."""
    return jsonify(names=[one.name for one in _tray().files()])


@room.post("/phones/open/")
def open_door() -> Response:
    """Let phones of this Wi-Fi send."""
    _desk().phones.begin()
    return go("incoming.start", _anchor="phones")


@room.post("/phones/close/")
def close_door() -> Response:
    """Let no phone send any more."""
    _desk().phones.close()
    return go("incoming.start", Text("Phones cannot send any more."))


@room.post("/out/form/")
def out_form() -> Response:
    """Write the phone form, and offer it."""
    file = write_phone_form(this_team().root, FORM)
    said = Text(
        "The form for phones is ready. Send it by Zalo to whoever goes round; it is opened in Chrome."
    )
    return go("incoming.start", Outcome((said,), files=(file,)))


@room.post("/out/blank/")
def out_blank() -> Response:
    """Write an empty workbook, and offer it."""
    file = write_blank_workbook(this_team().root, BLANK, on_wait=lambda: None)
    said = Text(
        "The empty workbook is ready, with a guide on its first sheet. When it is filled in, drop it here."
    )
    return go("incoming.start", Outcome((said,), files=(file,)))


@room.post("/out/village/")
def out_village() -> Response:
    """Write the households of a village, or of all, as a workbook, and offer it."""
    team = this_team()
    team.tend()
    done = export_workbook(team.root, "", request.form.get("village", ""), on_wait=lambda: None)
    said = [
        Text.counted(
            "The workbook is ready: {count} household. When you have changed it, drop it here.",
            "The workbook is ready: {count} households. When you have changed it, drop it here.",
            done.households,
        ),
        Text("It holds phone numbers and private facts of families: send it to your team only, never put it on the web."),
    ]  # fmt: skip
    if done.unfinished:
        said.append(
            Text.counted(
                "{count} of them has errors; they can be corrected in the workbook.",
                "{count} of them have errors; they can be corrected in the workbook.",
                done.unfinished,
            )
        )
    return go("incoming.start", Outcome(tuple(said), files=(done.file,)))


# --- The look: every household, every change with its tick ---


@dataclass(frozen=True, slots=True)
class Tick:
    """What one tick takes: `rows` are what it is about, what the profile says, what the file says."""

    key: str
    rows: tuple[tuple[Text, Text, Text], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A household as a look shows it; `key` stands for it in the form, `state` for what the look was made of."""

    key: str
    state: str
    planned: Planned
    source: str
    changes: tuple[Tick, ...]
    kept: tuple[Tick, ...]
    photos: tuple[str, ...]

    @property
    def is_news(self) -> bool:
        """Tell whether there is anything to decide."""
        return self.planned.is_changed or bool(self.kept)


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of a look: of what it was made, its address with what was answered, the plan, and the questions that nobody has answered."""

    state: object
    way: str
    plan: Plan
    asked: tuple[Text, ...]
    walk: Walk | None = None
    walk_problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and the addresses of its answers."""

    text: Text
    yes: str
    no: str


@room.get("/look/")
def look() -> str | Response:
    """Show what the files in the tray would change; nothing is written."""
    if not _tray().files():
        return go("incoming.start", Text("The tray is empty."))
    if "job" in request.args and (looked := _desk().looked):
        return redirect(looked.way)
    return _look()


def _look(remark: Text = NOTHING) -> str | Response:
    """Show the look, with a job before it where it takes long; looked again only when something has changed."""
    team, desk, answers = this_team(), _desk(), _answers()
    here, state = _way(), _state(team, answers)
    if desk.looked is not None and desk.looked.state == state:
        return _shown(desk.looked, remark)

    def work(job: Job | None = None) -> Outcome:
        if job is not None:
            job.tell(Text("Reading the files, and comparing them with the book"))
        plan, asked = _planned(team, answers)
        desk.looked = Looked(state, here, plan, tuple(asked), *_walked(team))
        return Outcome(page="incoming.look")

    if _is_much(team):
        return begin(Text("What the files change"), work)
    work()
    return _shown(desk.looked, remark)


def _shown(looked: "Looked | None", remark: Text) -> str:
    assert looked is not None  # noqa: S101 - it was just looked
    plan = looked.plan
    seen = [_seen(one) for one in plan.planned]
    return show(
        "incoming_look",
        Text("What the files change"),
        remark=remark,
        homes=[one for one in seen if one.is_news],
        unchanged=[one for one in seen if not one.is_news],
        new=sum(one.is_new for one in plan.work),
        changed=sum(not one.is_new for one in plan.work),
        questions=[_question(text) for text in looked.asked],
        problems=(*looked.walk_problems, *plan.doubts),
        left=plan.left,
        way=_way(),
        walk=looked.walk,
        file_called=file_called,
        walk_key=_walk_key(looked.walk) if looked.walk else "",
    )


def _state(team: Team, answers: Mapping[str, bool]) -> object:
    """Return what a look is made of: as long as it is the same, so is the look."""
    return team.today, look_at(team.root), Tray(team.root).files(), tuple(answers.items())


def _is_much(team: Team) -> bool:
    """Tell whether a look takes so long that it should be watched."""
    size = sum(one.size for one in Tray(team.root).files() if not one.name.endswith(".txt"))
    return size > _MUCH_BYTES or sum(1 for _ in team.root.glob("profiles/*/*.yaml")) > _MANY_HOMES


def _answers() -> dict[str, bool]:
    yes, no = request.args.getlist("yes"), request.args.getlist("no")
    return dict.fromkeys(yes, True) | dict.fromkeys(no, False)


def _planned(
    team: Team,
    answers: Mapping[str, bool],
    takes: Callable[[Incoming, Change], bool | None] = lambda _incoming, _change: None,
    leaves: Callable[[Incoming], bool] = lambda _incoming: False,
) -> tuple[Plan, list[Text]]:
    """Return what importing the files of the tray would do, and the questions that nobody has answered yet."""
    tray, asked = Tray(team.root), dict[str, Text]()

    def answer(question: Text) -> bool | None:
        key = _key(question.en)
        if key not in answers:
            asked[key] = question
        return answers.get(key)

    options = ImportOptions(team.today, skip=True, takes=takes, leaves=leaves)
    walks = _walks(tray)
    files = [one.name for one in tray.files() if one.name not in walks]
    plan = plan_files(team.root, files, tray.folder, options, answer)
    return plan, list(asked.values())


def _walks(tray: Tray) -> tuple[str, ...]:
    """Return the files of the tray that the page of the patrol made."""
    return patrols_among((one.name for one in tray.files()), tray.folder)


def _walked(team: Team) -> tuple[Walk | None, tuple[Problem, ...]]:
    """Return what walks past the plaques bring, and what is wrong with their files."""
    tray = Tray(team.root)
    if not (walks := _walks(tray)):
        return None, ()
    try:
        walk = plan_walk(team.root, walks, tray.folder, team.today)
    except DataProblems as found:
        return None, found.problems
    return walk, walk.doubts


def _question(text: Text) -> Question:
    key = _key(text.en)
    yes, no = request.args.getlist("yes"), request.args.getlist("no")
    return Question(
        text,
        url_for("incoming.look", yes=[*yes, key], no=no),
        url_for("incoming.look", yes=yes, no=[*no, key]),
    )


def _way() -> str:
    return url_for("incoming.look", yes=request.args.getlist("yes"), no=request.args.getlist("no"))


def _seen(one: Planned) -> Seen:
    incoming = one.match.incoming
    changes = [change for change in one.merged.changes if change.path != ("code",)]
    names = {name: Text("Photo {number}", number=number) for number, name in enumerate(one.photos, 1)}
    return Seen(
        _home_key(incoming),
        _state_key(one),
        one,
        incoming.place(()).file,
        _ticks(incoming, changes, "take", names),
        _ticks(incoming, one.merged.kept, "force", names),
        tuple(map(_photo_name, one.photos.items())),
    )


def _ticks(
    incoming: Incoming, changes: Iterable[Change], verb: str, photos: Mapping[str, Text]
) -> tuple[Tick, ...]:
    """Return changes by their ticks; what one act of consent says is one tick. Photos are called as they are shown."""
    rows: dict[str, list[tuple[Text, Text, Text]]] = {}
    for change in changes:
        what, old, after = parts_of(change)
        row = what, _whole(change.old, old), _whole(change.new, after)
        if name := photos.get(change.entry):
            what, old, after = (
                Both(*(one.to(tag).replace(change.entry, name.to(tag)) for tag in ("vi", "en")))
                for one in row
            )
            row = what, old, after
        rows.setdefault(_tick_key(incoming, change, verb), []).append(row)
    return tuple(Tick(key, tuple(found)) for key, found in rows.items())


def _whole(value: Plain, said: Text) -> Text:
    """Return words as they are, however long: somebody is to judge them."""
    return Both(value, value) if isinstance(value, str) and len(said.en) < len(value) else said


def _tick_key(incoming: Incoming, change: Change, verb: str) -> str:
    """Return what stands for a change in the form."""
    home = _home_key(incoming)
    if change.path[0] == _CONSENT:
        return _key(home, verb, _CONSENT)
    return _key(home, verb, *change.path, change.entry, repr(change.old), repr(change.new))


def _home_key(incoming: Incoming) -> str:
    place = incoming.place(())
    return _key(place.file, str(place.line), place.spot)


def _state_key(one: Planned) -> str:
    """Return what stands for all that a look was made of: what is written now, and what came in."""
    incoming = one.match.incoming
    before = digest_bytes(one.before or b"")
    return _key(
        _home_key(incoming),
        one.file if one.before else "",
        before,
        repr(incoming.values),
        repr(incoming.base),
    )


def _photo_name(named: tuple[str, bytes]) -> str:
    name, content = named
    return digest_bytes(content)[:_SHORT] + Path(name).suffix


def _key(*parts: str) -> str:
    return digest_bytes("\0".join(parts).encode("utf-8", "replace"))[:_SHORT]


@room.get("/photo/<name>")
def photo(name: str) -> Response:
    """Return a photo of the last look: upright, small, and nothing but pixels."""
    looked = _desk().looked
    came = (named for one in (looked.plan.planned if looked else ()) for named in one.photos.items())
    content = next((named[1] for named in came if _photo_name(named) == name), None)
    if content is None:
        abort(404)
    return Response(content, content_type=mimetypes.guess_type(name)[0] or "image/jpeg")


# --- What was ticked goes in ---


@room.post("/look/")
def take() -> str | Response:
    """Write what was ticked; households with errors, and those that are not ticked, wait on."""
    team, answers, way = this_team(), _answers(), _way()
    ticked, homes, new, seen = (set(request.form.getlist(name)) for name in ("take", "home", "new", "seen"))
    links = (
        (Text("Households"), url_for("households.start")),
        (Text("Take the last step back"), url_for("more.undo")),
    )

    def takes(incoming: Incoming, change: Change) -> bool | None:
        if _tick_key(incoming, change, "force") in ticked:
            return True
        return None if _tick_key(incoming, change, "take") in ticked else False

    def work(job: Job | None = None) -> Outcome | None:
        waiting: set[str] = set()

        def leaves(incoming: Incoming) -> bool:
            is_left = _home_key(incoming) in new - homes
            if is_left:
                waiting.add(incoming.place(()).file)
            return is_left

        if job is not None:
            job.tell(Text("Writing what is ticked"))
        team.tend()
        tray = Tray(team.root)
        files = tray.files()
        plan, asked = _planned(team, answers, takes, leaves)
        if asked or not {_state_key(one) for one in plan.planned} <= seen:
            return None
        apply_plan(plan, team.now(), lambda: None)
        waiting |= {*plan.left_in, *_walks(tray)}
        for one in files:
            if one.name not in waiting:
                tray.drop(one.name)
        return _outcome(plan, len(tray.files()), links)

    if _is_much(team):
        return begin(
            Text("What is ticked goes in"), lambda job: work(job) or Outcome((_AGAIN,), links=((_LOOK, way),))
        )
    outcome = work()
    return _look(_AGAIN) if outcome is None else go("incoming.start", outcome)


@room.post("/walk/")
def take_walk() -> Response:
    """Write what walks past the plaques bring into the register."""
    team, tray = this_team(), _tray()
    team.tend()
    walks = _walks(tray)
    walk, problems = _walked(team)
    if walk is None:
        return go("incoming.start", Outcome((Text("Nothing was changed."),), problems))
    if request.form.get("seen") != _walk_key(walk):
        return go("incoming.look", _AGAIN)
    record_walk(walk, team.today, lambda: None)
    for name in walks:
        tray.drop(name)
    count = len(walk.found)
    said = Text.counted(
        "{count} plaque is recorded.", "{count} plaques are recorded.", count
    )  # fmt: skip
    links = (
        (Text("Today"), url_for("home.start")),
        (Text("Take the last step back"), url_for("more.undo")),
    )
    return go("incoming.start", Outcome((said,), problems, (), links))


def _walk_key(walk: Walk) -> str:
    return _key(repr(walk.found), *(digest_bytes(content) for content in walk.photos.values()))


def _outcome(plan: Plan, waiting: int, links: tuple[tuple[Text, str], ...]) -> Outcome:
    said: list[Text] = []
    listed: list[tuple[Text, tuple[str, ...]]] = []
    for is_new, words in ((True, Text("New:")), (False, Text("Changed:"))):
        names = tuple(f"{one.name} ({one.code})" for one in plan.work if one.is_new is is_new)
        listed += [(words, names)] if names else []
    count = len(plan.work)
    if count:
        said.append(Text.counted("{count} household is written.", "{count} households are written.", count))
    else:
        said.append(Text("Nothing was changed."))
    if plan.left:
        said.append(Text("Not taken, because of errors: {left}.", left=", ".join(plan.left)))
    if waiting:
        said.append(
            Text.counted(
                "{count} file waits on in the tray: not everything in it was taken.",
                "{count} files wait on in the tray: not everything in them was taken.",
                waiting,
            )
        )
    errors = tuple(one for one in plan.doubts if one.severity is Severity.ERROR)
    return Outcome(tuple(said), errors, (), links if count else links[:1], tuple(listed))
