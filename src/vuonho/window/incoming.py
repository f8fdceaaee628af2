"""From the field: files wait in the tray, are looked at change by change, and what was ticked is written as by `import`."""

import mimetypes
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Blueprint, abort, current_app, jsonify, request, url_for
from werkzeug.wrappers import Response

from vuonho.build import write_phone_form
from vuonho.errors import Problem, Severity, UserError
from vuonho.forms.incoming import Incoming
from vuonho.i18n import NOTHING, Both, Text
from vuonho.importing.apply import apply_plan, plan_files
from vuonho.importing.export import export_workbook, write_blank_workbook
from vuonho.importing.merge import Change, parts_of
from vuonho.importing.plan import ImportOptions, Plan, Planned
from vuonho.output.files import digest_bytes
from vuonho.project.yaml_tree import Plain
from vuonho.register.assign import tend
from vuonho.scaffold.new import villages_of
from vuonho.window.page import exists, go, show, this_team
from vuonho.window.phones import Phones
from vuonho.window.team import Outcome, Team
from vuonho.window.tray import Tray

room = Blueprint("incoming", __name__, url_prefix="/incoming")

_CONSENT: Final = "consent"
_SHORT: Final = 12
FORM: Final = "phieu.html"
BLANK: Final = "phieu-trong.xlsx"
"""The names of the phone form, as the command gives it, and of an empty workbook."""


class _Desk:
    """What this start of the window keeps of the room: the door for phones, and the photos of the last look."""

    def __init__(self, team: Team) -> None:
        self.phones = Phones(team)
        self.photos: dict[str, bytes] = {}


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
    return show(
        "incoming",
        Text("From the field"),
        files=_tray().files(),
        phones=phones,
        villages=villages_of(team.root),
        say_size=_say_size,
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
    file = write_blank_workbook(this_team().root, BLANK, on_wait=_wait)
    said = Text(
        "The empty workbook is ready, with a guide on its first sheet. When it is filled in, drop it here."
    )
    return go("incoming.start", Outcome((said,), files=(file,)))


@room.post("/out/village/")
def out_village() -> Response:
    """Write the households of a village, or of all, as a workbook, and offer it."""
    team = this_team()
    tend(team.root, lambda: team.today)
    done = export_workbook(team.root, "", request.form.get("village", ""), on_wait=_wait)
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


def _wait() -> None:
    """Wait for another vuonho without a word: the browser shows that it waits."""


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
    plan, asked = _planned(lambda _incoming, _change: None, lambda _incoming: False)
    return _shown(plan, asked)


def _shown(plan: Plan, asked: Iterable[Text], remark: Text = NOTHING) -> str:
    desk = _desk()
    desk.photos = {_photo_name(named): named[1] for one in plan.planned for named in one.photos.items()}
    seen = [_seen(one) for one in plan.planned]
    return show(
        "incoming_look",
        Text("What the files change"),
        remark=remark,
        homes=[one for one in seen if one.is_news],
        unchanged=[one for one in seen if not one.is_news],
        new=sum(one.is_new for one in plan.work),
        changed=sum(not one.is_new for one in plan.work),
        questions=[_question(text) for text in asked],
        problems=plan.doubts,
        left=plan.left,
        way=_way(),
    )


def _planned(
    takes: Callable[[Incoming, Change], bool | None], leaves: Callable[[Incoming], bool]
) -> tuple[Plan, list[Text]]:
    """Return what importing the files of the tray would do, and the questions that nobody has answered yet."""
    team, tray = this_team(), _tray()
    said = dict.fromkeys(request.args.getlist("yes"), True) | dict.fromkeys(request.args.getlist("no"), False)
    asked: dict[str, Text] = {}

    def answer(question: Text) -> bool | None:
        key = _key(question.en)
        if key not in said:
            asked[key] = question
        return said.get(key)

    options = ImportOptions(team.today, skip=True, takes=takes, leaves=leaves)
    plan = plan_files(team.root, [one.name for one in tray.files()], tray.folder, options, answer)
    return plan, list(asked.values())


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
    content = _desk().photos.get(name)
    if content is None:
        abort(404)
    return Response(content, content_type=mimetypes.guess_type(name)[0] or "image/jpeg")


# --- What was ticked goes in ---


@room.post("/look/")
def take() -> str | Response:
    """Write what was ticked; households with errors, and those that are not ticked, wait on."""
    team = this_team()
    ticked, homes, new, seen = (set(request.form.getlist(name)) for name in ("take", "home", "new", "seen"))
    waiting: set[str] = set()

    def takes(incoming: Incoming, change: Change) -> bool | None:
        if _tick_key(incoming, change, "force") in ticked:
            return True
        return None if _tick_key(incoming, change, "take") in ticked else False

    def leaves(incoming: Incoming) -> bool:
        is_left = _home_key(incoming) in new - homes
        if is_left:
            waiting.add(incoming.place(()).file)
        return is_left

    tend(team.root, lambda: team.today)
    files = _tray().files()
    plan, asked = _planned(takes, leaves)
    if asked or not {_state_key(one) for one in plan.planned} <= seen:
        plan, asked = _planned(lambda _incoming, _change: None, lambda _incoming: False)
        return _shown(plan, asked, Text("Something was changed in the meantime. Please look once more."))
    apply_plan(plan, team.now(), lambda: None)
    waiting |= set(plan.left_in)
    for one in files:
        if one.name not in waiting:
            _tray().drop(one.name)
    return go("incoming.start", _outcome(plan, len(_tray().files())))


def _outcome(plan: Plan, waiting: int) -> Outcome:
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
    links = [(Text("Households"), url_for("households.start"))]
    if count and exists("more.undo"):
        links.append((Text("Take the last step back"), url_for("more.undo")))
    return Outcome(tuple(said), errors, (), tuple(links), tuple(listed))
