"""Papers and plaques: consent forms, plaques from the choice to the wall, keepsakes, and print runs taken back."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final

from flask import Blueprint, abort, request, url_for
from werkzeug.wrappers import Response

from vuonho.backup.undo import plan_undo, print_runs, undo
from vuonho.consent_forms.papers import (
    SIGN_NONE_YET,
    Made,
    can_have_form,
    make_forms,
    make_inventory,
    say_forms,
    say_inventory,
)
from vuonho.errors import DataProblems, Problem, UserError
from vuonho.i18n import NOTHING, Text
from vuonho.model.household import Departed, Household
from vuonho.model.public import PublicHousehold
from vuonho.model.spot import Spot
from vuonho.model.values import say_day
from vuonho.model.vocabulary import LISTS
from vuonho.output.site_writer import recover
from vuonho.plaques.emblems import emblem_of
from vuonho.plaques.job import (
    Done,
    Plan,
    Request,
    draw,
    draw_keepsakes,
    first_photo,
    mark_hung,
    place_of_board,
    places,
    plan_of,
    print_keepsakes,
    print_plaques,
)
from vuonho.plaques.proof import picture as picture_of
from vuonho.plaques.report import (
    DO_NOT_GIVE,
    DO_NOT_HANG,
    first_print_question,
    say_keepsakes,
    say_made,
    say_pieces,
    say_record,
)
from vuonho.plaques.sizes import A4, BOARD, CHOICES, KEEPSAKE, PLAQUES, SIZES, layout_of
from vuonho.project.profile import Profile
from vuonho.project.survey import Survey
from vuonho.register.choice import Chosen, Wanted, Which
from vuonho.register.memory import published
from vuonho.register.register import ACTIVE, HUNG, normalize_url
from vuonho.text import fold
from vuonho.window.hints import edit_link
from vuonho.window.page import begin, go, show, surveyed, this_team
from vuonho.window.team import Job, Outcome, Team

room = Blueprint("paper", __name__, url_prefix="/paper")

PLAQUE, CONSENT = "plaque", "consent"
_FOR: Final = {
    PLAQUE: (Text("Plaques"), Text("See the plaques")),
    CONSENT: (Text("Consent papers"), Text("Make the papers")),
    CHOICES: (Text("Sheets to choose an emblem"), Text("See the sheets")),
    KEEPSAKE: (Text("Keepsakes and stickers"), Text("See the keepsakes")),
}
"""What households can be chosen for: the heading, and the button."""

_A6_ON_A4: Final = "a6-a4"
SHAPES: Final = {
    "200x150": (Text("Gate"), Text("200 × 150 mm, from the print shop")),
    "a5": (Text("Gate, A5"), Text("210 × 148 mm, from the print shop")),
    "a6": (Text("Door or table, A6"), Text("148 × 105 mm, one a page")),
    _A6_ON_A4: (Text("A6, four on A4"), Text("from your own printer, to be cut")),
    "99x139": (Text("Large label"), Text("99 × 139 mm, 4 on a sheet")),
    "99x67": (Text("Label"), Text("99 × 67 mm, 8 on a sheet")),
    "85x54": (Text("Small card"), Text("85 × 54 mm, 8 on A4, to be cut")),
    "99x38": (Text("Low label"), Text("99 × 38 mm, 14 on a sheet")),
    "63x38": (Text("Small label"), Text("63 × 38 mm, 21 on a sheet")),
}
"""What a plaque can be: its size, with a6-a4 for --size a6 --sheet a4; its name, and what it is."""
_SMALL: Final = ("99x139", "99x67", "85x54", "99x38", "63x38")
"""Those that are folded away until they are wanted."""
_FOR_PRINT_SHOP: Final = ("200x150", "a5", "a6", BOARD)
_A_PAGE: Final = 12
"""Plaques that a page shows."""
_ACROSS: Final = 640
"""Pixels of a picture."""

_DRAWING: Final = threading.Lock()
"""Pictures are drawn one after the other: a browser asks for many at once."""


# --- The project as it stands, read once for all pages and pictures until a file changes ---


def _project() -> Survey:
    team = this_team()
    recover(team.root)
    return surveyed(team)


def _plan(request_: Request) -> Plan:
    return plan_of(this_team().root, request_, _project())


@contextmanager
def _unwatched(_what: Text, _steps: int) -> Iterator[Any]:
    yield lambda: None


# --- The first page of the room ---


@room.get("/")
def start() -> str:
    """Show what can be printed, and what waits."""
    project = _project()
    counts = {}
    if project.site is not None and not _stopping(project):
        counts = {which.value: len(_plan(Request(Wanted(which=which), SIZES[0])).chosen) for which in Which}
    return show(
        "papers",
        Text("Papers and plaques"),
        counts=counts,
        stopping=_stopping(project),
        unhung=len(_printed(project, is_hung=False)),
        villages=[village for village in project.villages if _homes_of(project, village.slug)],
        runs=_runs(),
    )


def _stopping(project: Survey) -> tuple[Problem, ...]:
    """Return the errors for which nothing can be printed: those of no single household."""
    return tuple(one for one in project.errors if one.file not in project.broken)


def _homes_of(project: Survey, slug: str) -> list[str]:
    return [home.code for home in project.households if home.village == slug]


def _runs() -> list[Mapping[str, Any]]:
    """Return the print runs that may be taken back."""
    return [
        {
            "number": deed.run,
            "day": say_day(deed.day),
            "what": Text.counted("{count} board", "{count} boards", len(deed.boards))
            if deed.boards
            else Text.counted("{count} plaque", "{count} plaques", len(deed.after.rows)),
        }
        for deed in print_runs(this_team().root)
    ]


# --- For whom ---


@dataclass(frozen=True, slots=True)
class Choosable:
    """A household that may be ticked; `why_not` says why it cannot, `edit` is where that is changed."""

    code: str
    name: str
    village: str
    note: Text
    is_ticked: bool
    why_not: Text = NOTHING
    edit: str = ""

    @property
    def folded(self) -> str:
        """What is searched."""
        return fold(f"{self.name} {self.code}")


@room.get("/choose/")
def plaques() -> str:
    """Show the households, to be ticked for plaques, consent papers, emblem sheets or keepsakes."""
    what = request.args.get("what", PLAQUE)
    title, button = _FOR.get(what) or abort(404)
    project = _project()
    if _stopping(project) and what != CONSENT:
        raise DataProblems(_stopping(project))
    ways = {} if what == CONSENT else {way.value: _able(project, what, way) for way in Which}
    which = request.args.get("which", "")
    if which not in ways:
        which = "new" if what == PLAQUE and ways.get("new") else "all"
    words, village = fold(request.args.get("q", "")).split(), request.args.get("village", "")
    ticked = set(request.args.getlist("code"))
    if "seen" not in request.args and not ticked and which != "all":
        ticked = set(ways[which])
    rows = list(_choosable(project, what, ways.get("all", {}), ticked))
    shown = [
        row
        for row in rows
        if (which == "all" or row.code in ways[which])
        and village in ("", row.village)
        and all(word in row.folded for word in words)
    ]
    if tick := request.args.get("tick"):
        able = {row.code for row in shown if not row.why_not.en}
        ticked = ticked | able if tick == "all" else ticked - able
        shown = [replace(row, is_ticked=row.code in ticked) for row in shown]
    here = {row.code for row in shown}
    return show(
        "choose",
        title,
        what=what,
        button=button,
        rows=shown,
        elsewhere=[code for code in sorted(ticked) if code not in here],
        count=len(ticked),
        which=which,
        ways=[(key, words, len(ways[key])) for key, words in _WAYS.items() if key in ways],
        q=request.args.get("q", ""),
        village=village,
        villages=project.villages,
        size=request.args.get("size", ""),
    )


_WAYS: Final = {
    "new": Text("never printed"),
    "changed": Text("changed since"),
    "all": Text("all of them"),
}


def _able(project: Survey, what: str, which: Which) -> dict[str, Chosen]:
    """Return what can be printed, by code, of one way of choosing: households, and of plaques places too."""
    return {
        one.household.code: one
        for one in plan_of(project.root, Request(Wanted(which=which), SIZES[0]), project).chosen
        if what == PLAQUE or isinstance(one.household, PublicHousehold)
    }


def _choosable(
    project: Survey, what: str, able: Mapping[str, Chosen], ticked: set[str]
) -> Iterator[Choosable]:
    """Yield all households that have not left, in the order of their files, and for plaques the places.

    Those that cannot be ticked say why.
    """
    left = {notice.code for notice in project.notices}
    shown = {one.source: one for one in project.coded}
    for profile in (*project.profiles, *(project.spot_profiles if what == PLAQUE else ())):
        code = shown[profile.file].code if profile.file in shown else profile.code
        if isinstance(profile.record, Departed) or code in left:
            continue
        agreed = NOTHING if profile.file in shown else Text("not agreed yet")
        name = _name(profile)
        if what == CONSENT:
            is_able = bool(code) and can_have_form(project, profile)
            why_not = NOTHING if is_able else Text("with errors")
            note = agreed
        else:
            is_able = code in able and able[code].household.source == profile.file
            why_not = (
                NOTHING if is_able else Text("with errors") if profile.file in project.broken else agreed
            )
            note = able[code].why if is_able else NOTHING
        yield Choosable(
            code, name, profile.village, note, code in ticked and is_able, why_not,
            "" if is_able else edit_link(profile.file),
        )  # fmt: skip


def _name(profile: Profile) -> str:
    record = profile.record
    return record.name if isinstance(record, Household | Spot) else profile.file.rpartition("/")[2]


# --- What is chosen, seen as pictures ---


def _wish(values: Any) -> tuple[str, Request]:
    """Return what a form asks for: what it is for, and the request; codes that cannot be printed now are left out."""
    what, size = values.get("what", PLAQUE), values.get("size", SIZES[0])
    codes = tuple(dict.fromkeys(values.getlist("code")))
    if what in (CHOICES, KEEPSAKE):
        return what, Request(Wanted(codes), what, draft=True)
    if size == BOARD:
        village = values.get("village") or None
        return what, Request(Wanted(village=village), BOARD, here=values.get("here", "").strip())
    if size not in SHAPES:
        size = SIZES[0]
    size, is_sheet = ("a6", True) if size == _A6_ON_A4 else (size, False)
    start, most = values.get("start", ""), places(size, sheet=is_sheet)
    number = int(start) if start.isascii() and start.isdigit() and len(start) < 4 else 1
    return what, Request(Wanted(codes), size, is_sheet, number if 1 <= number <= most else 1)


def _shape(wish: Request) -> str:
    """Return the key of what is asked for in SHAPES."""
    return f"{wish.size}-a4" if wish.sheet else wish.size


def _without_wrong(wish: Request, project: Survey) -> tuple[Request, tuple[str, ...]]:
    """Return the request without households that cannot be printed any more, and these: they stop no other one."""
    able = _able(project, PLAQUE if wish.size in PLAQUES else wish.size, Which.ALL)
    lost = tuple(code for code in wish.wanted.codes if code not in able)
    kept = tuple(code for code in wish.wanted.codes if code in able)
    return replace(wish, wanted=replace(wish.wanted, codes=kept)), lost


@room.get("/look/")
def look() -> str | Response:
    """Show the chosen plaques as pictures, in the size that is chosen."""
    what, wish = _wish(request.args)
    project = _project()
    if _stopping(project):
        raise DataProblems(_stopping(project))
    wish, lost = _without_wrong(wish, project)
    if not wish.is_board and not wish.wanted.codes:
        said = Text("It cannot be printed yet: see beside it why.") if lost else Text("Nothing is ticked.")
        return go("paper.plaques", said, what=what, seen=1, which="all")
    plan = plan_of(project.root, wish, project)
    wrong_place = _wrong_place(plan)
    if wrong_place is not None:
        plan = plan_of(project.root, replace(wish, here=""), project)
    pages = -(-len(plan.chosen) // _A_PAGE)
    page = min(max(request.args.get("page", 1, int), 1), pages)
    here = plan.chosen[(page - 1) * _A_PAGE : page * _A_PAGE]
    wrongs = {} if wish.is_board else _misfits(replace(plan, chosen=here))
    layout = layout_of(wish.size, sheet=wish.sheet)
    return show(
        "look",
        _FOR[what][0] if not wish.is_board else Text("The village's board"),
        what=what,
        plan=plan,
        pieces=say_pieces(plan),
        shape=_shape(wish),
        small=_SMALL,
        shapes=SHAPES if what == PLAQUE and not wish.is_board else {},
        request=wish,
        side=_side,
        layout=layout if layout and layout.places > 1 else None,
        here=here,
        page=page,
        pages=pages,
        others=[one.household.code for one in plan.chosen if one not in here],
        emblem=_emblem,
        wrongs=wrongs,
        stray=wrongs.get("", ()),
        edit_link=edit_link,
        first=plan.chosen[0].household if plan.chosen else None,
        choose=url_for("paper.plaques", **{**_again(what, wish), "seen": 1, "which": "all"}),
        lost=[(code, _called(project, code)) for code in lost],
        problems=_problems_of(project, lost),
        villages=[village for village in project.villages if _homes_of(project, village.slug)],
        chosen_village=wish.wanted.village,
        wrong_place=wrong_place,
    )


def _wrong_place(plan: Plan) -> UserError | None:
    """Return what is wrong with the place where a board is to hang, None for nothing."""
    here = plan.request.here
    try:
        if here:
            place_of_board(here, [village for village, _ in plan.boards])
    except UserError as refused:
        return refused
    return None


def _side(shape: str) -> tuple[int, int]:
    """Return the width and height of the picture of a shape, in whole mm, so that its place on the page is known."""
    if shape == BOARD:
        return 297, 420
    size = shape.removesuffix("-a4")
    layout = layout_of(size, sheet=False)
    width, height = (
        layout.piece if layout else (PLAQUES[size].width, PLAQUES[size].height) if size in PLAQUES else A4
    )
    return round(width), round(height)


def _emblem(one: Chosen) -> Text:
    """Return what stands beside the name on a plaque."""
    home = one.household
    return (
        LISTS["emblems"].by_key(emblem_of(home)).label
        if isinstance(home, PublicHousehold)
        else home.kind.label
    )


def _called(project: Survey, code: str) -> str:
    profiles = (*project.profiles, *project.spot_profiles)
    return next((_name(one) for one in profiles if one.code == code), "")


def _problems_of(project: Survey, codes: Iterable[str]) -> tuple[Problem, ...]:
    """Return the errors of households, by their codes."""
    wanted = set(codes)
    profiles = (*project.profiles, *project.spot_profiles)
    files = {one.file for one in profiles if one.code in wanted}
    return tuple(one for one in project.errors if one.file in files)


def _misfits(plan: Plan) -> dict[str, tuple[Problem, ...]]:
    """Return what cannot be printed of a few plaques, by the file of the household; "" where it concerns all."""
    if plan.request.size == KEEPSAKE:
        homes = [one.household for one in plan.chosen if isinstance(one.household, PublicHousehold)]
        found = this_team().recall("photos of keepsakes", dict[str, tuple[Problem, ...]])
        found |= {home.source: _photo_wrongs(home) for home in homes if home.source not in found}
        return {home.source: found[home.source] for home in homes if found[home.source]}
    try:
        with _DRAWING:
            draw(this_team().root, plan, _unwatched)
    except DataProblems as found:
        files = {one.household.source for one in plan.chosen}
        wrongs: dict[str, tuple[Problem, ...]] = {}
        for one in found.problems:
            file = one.file if one.file in files else ""
            wrongs[file] = (*wrongs.get(file, ()), one)
        return wrongs
    return {}


def _photo_wrongs(home: PublicHousehold) -> tuple[Problem, ...]:
    """Return what is wrong with the photo that a keepsake shows."""
    try:
        first_photo(this_team().root, home)
    except DataProblems as found:
        return found.problems
    return ()


@room.get("/picture/<shape>/<key>.png")
def picture(shape: str, key: str) -> Response:
    """Return the picture of one plaque, of one sheet, or of the board of a village: a draft, as it would be printed."""
    if shape not in (*SHAPES, BOARD, CHOICES, KEEPSAKE):
        abort(404)
    here = request.args.get("here", "")
    content = this_team().recall(f"{shape} {key} {here}", lambda: _picture(shape, key, here))
    return Response(content, content_type="image/png")


def _picture(shape: str, key: str, here: str) -> bytes:
    size, is_sheet = ("a6", True) if shape == _A6_ON_A4 else (shape, False)
    wanted = Wanted(village=key) if size == BOARD else Wanted((key,))
    plan = _plan(Request(wanted, size, is_sheet, draft=True, here=here))
    if not plan.chosen:
        abort(404)
    with _DRAWING:
        if size == KEEPSAKE:
            printed = draw_keepsakes(this_team().root, plan, _unwatched)
        else:
            printed = draw(this_team().root, plan, _unwatched)
    layout = layout_of(size, sheet=is_sheet)
    if layout is None or layout.places == 1:
        return picture_of(printed.content, _ACROSS)
    return picture_of(printed.content, _ACROSS, (*layout.corner(0), *layout.piece))


# --- From the pictures to the PDF ---


@room.post("/draft/")
def draft() -> Response:
    """Make what is not recorded: a draft, sheets to choose an emblem, keepsakes."""
    what, wish = _wish(request.form)
    wish, lost = _without_wrong(replace(wish, draft=True), _project())
    team = this_team()
    back = url_for("paper.look", **_again(what, wish))
    if what == KEEPSAKE:
        return begin(_FOR[what][0], lambda job: _kept(team, wish, back, job))
    title = _FOR[CHOICES][0] if what == CHOICES else Text("A draft of the plaques")
    today, links = team.today, ((Text("Back to the pictures"), back),)

    def work(job: Job) -> Outcome:
        done = print_plaques(team.root, wish, today, jobs=1, progress=job.progress, on_wait=job.waiting)
        return _made(done, lost, links)

    return begin(title, work)


def _again(what: str, wish: Request) -> dict[str, Any]:
    """Return the values of the address at which a request is seen again."""
    if wish.is_board:
        return {"what": what, "size": BOARD, "village": wish.wanted.village or "", "here": wish.here}
    return {"what": what, "size": _shape(wish), "start": wish.start, "code": list(wish.wanted.codes)}


def _kept(team: Team, wish: Request, back: str, job: Job) -> Outcome:
    done = print_keepsakes(
        team.root, wish.wanted.codes, "", jobs=1, progress=job.progress, on_wait=job.waiting
    )
    said = (say_keepsakes(done, done.file.name), *((DO_NOT_GIVE,) if done.plan.is_example else ()))
    return Outcome(said, files=(done.file,), links=((Text("Back to the pictures"), back),))


_TO_SHOP: Final = Text(
    "Send it to the print shop by Zalo: every page is another plaque, printed at 100 %, its code in black alone on "
    "white, matt, on anodised aluminium or enamelled steel. Let them make one first, scan it with two phones, and only "
    "then all."
)
_AT_HOME: Final = Text(
    "In the print dialogue choose “Actual size” or 100 %. Print one sheet on plain paper first and measure the ruler: "
    "it must be exactly 100 mm."
)


def _made(done: Done | None, lost: Sequence[str], links: tuple[tuple[Text, str], ...]) -> Outcome:
    """Return what came of a print or a draft."""
    if done is None:
        return Outcome((Text("There is no plaque to print."),), links=links)
    plan, wish = done.plan, done.plan.request
    said = [say_made(done, done.file.name), say_record(done, draft=wish.draft)]
    if not wish.draft:
        said.append(_TO_SHOP if wish.size in _FOR_PRINT_SHOP and not wish.sheet else _AT_HOME)
        if plan.is_example:
            said.append(DO_NOT_HANG)
    return Outcome(tuple(said), _problems_of(plan.project, lost), (done.file,), links)


@room.post("/print/")
def print_() -> str | Response:
    """Print for good, after the question that says what is kept for ever."""
    team = this_team()
    team.tend()
    what, wish = _wish(request.form)
    project = _project()
    wish, lost = _without_wrong(wish, project)
    plan = plan_of(team.root, wish, project)
    if not plan.chosen:
        raise UserError(Text("There is no plaque to print."))
    question = first_print_question(plan) or Text(
        "Print {pieces} again? Every address on them was printed before.", pieces=say_pieces(plan)
    )
    if request.form.get("sure") != question.en:
        return _ask(what, wish, plan, question, lost)
    today = team.today
    links = (
        (Text("Publish the site"), url_for("online.start")),
        (Text("When they hang: tick them"), url_for("paper.hung")),
    )

    def work(job: Job) -> Outcome:
        done = print_plaques(team.root, wish, today, jobs=1, progress=job.progress, on_wait=job.waiting)
        return _made(done, lost, links)

    return begin(Text("Plaques for print"), work)


def _ask(what: str, wish: Request, plan: Plan, question: Text, lost: Sequence[str]) -> str:
    """Return the page that asks before addresses are printed."""
    pages, rows = published(plan.project.root), plan.project.register.by_code

    def was_printed(one: Chosen) -> bool:
        row = rows.get(one.household.code)
        known = (row.url, *row.earlier_urls) if row else ()
        return normalize_url(one.url) in map(normalize_url, known)

    return show(
        "print",
        Text("Print for good?"),
        question=question,
        plan=plan,
        pieces=say_pieces(plan),
        shape=NOTHING if wish.is_board else SHAPES[_shape(wish)][0],
        values=_again(what, wish),
        lost=[(code, _called(plan.project, code)) for code in lost],
        first=[] if wish.is_board else [one for one in plan.chosen if not was_printed(one)],
        before=[] if wish.is_board else [one for one in plan.chosen if was_printed(one)],
        offline=[] if wish.is_board else [one for one in plan.chosen if one.household.code not in pages],
        back=url_for("paper.look", **_again(what, wish)),
    )


# --- Plaques that hang ---


def _printed(project: Survey, *, is_hung: bool) -> list[str]:
    """Return the codes of printed plaques, those that hang or those of which nobody said so."""
    rows = project.register.rows
    return [
        row.code for row in rows if row.printed and row.status == ACTIVE and bool(row.cell(HUNG)) == is_hung
    ]


@room.get("/hung/")
def hung() -> str:
    """Show the printed plaques, those to be ticked of which nobody has said that they hang."""
    project = _project()
    names = {one.code: one.name for one in project.coded}
    rows = project.register.by_code

    def listed(codes: Iterable[str]) -> list[tuple[str, str, Text]]:
        return [(code, names.get(code, rows[code].profile), _printed_on(project, code)) for code in codes]

    return show(
        "hung",
        Text("Which plaques hang?"),
        waiting=listed(_printed(project, is_hung=False)),
        hanging=[
            (code, names.get(code, ""), rows[code].cell(HUNG)) for code in _printed(project, is_hung=True)
        ],
        folded=fold,
    )


def _printed_on(project: Survey, code: str) -> Text:
    row = project.register.by_code[code]
    assert row.printed is not None  # noqa: S101 - asked of printed ones alone
    day = say_day(row.printed)
    return Text("run {run}, {day}", run=row.batch, day=day) if row.batch else day


@room.post("/hung/")
def mark() -> Response:
    """Record that the ticked plaques hang from today on."""
    team = this_team()
    codes = tuple(request.form.getlist("code"))
    if not codes:
        return go("paper.hung", Text("No plaque is ticked."))
    team.tend()
    marked = mark_hung(team.root, Wanted(codes), team.today, lambda: None)
    said = Text.counted(
        "{count} plaque is recorded as hanging.", "{count} plaques are recorded as hanging.", len(marked)
    )
    links = ((Text("That was wrong: take it back"), url_for("more.undo")),)
    return go("paper.hung", Outcome((said,), links=links))


# --- A print run taken back ---


@room.get("/run/<int:run>/")
def run(run: int) -> str:
    """Ask before a print run is taken back."""
    team = this_team()
    team.tend()
    plan = plan_undo(team.root, run)
    rows = plan.deed.after.by_code
    project = _project()
    names = {one.code: one.name for one in project.coded}
    return show("run", plan.title, plan=plan, run=run, names=names, rows=rows)


@room.post("/run/<int:run>/")
def cancel(run: int) -> Response:
    """Take a print run back."""
    team = this_team()
    team.tend()
    plan = plan_undo(team.root, run)
    undo(team.root, plan, lambda: None)
    return go("paper.start", Text("Taken back: {what}.", what=plan.deed.what))


# --- Consent papers, and the inventory ---


@room.post("/consent/")
def consent() -> Response:
    """Make consent papers: blank, of all households, or of those that are ticked."""
    team, project = this_team(), _project()
    which, codes = request.form.get("which", ""), tuple(dict.fromkeys(request.form.getlist("code")))
    wanted = {"blank": None, "all": Wanted()}.get(which, Wanted(codes))
    if wanted is not None and which != "all" and not codes:
        return go("paper.plaques", Text("Nothing is ticked."), what=CONSENT, seen=1)
    able = {one.code for one in project.profiles if can_have_form(project, one)}
    lost: tuple[str, ...] = ()
    if wanted is not None and wanted.codes:
        lost = tuple(code for code in codes if code not in able)
        wanted = Wanted(tuple(code for code in codes if code in able) or codes)
    problems = _problems_of(project, lost)

    def work(job: Job) -> Outcome:
        made = make_forms(team.root, wanted, "", "vi", job.progress, job.waiting)
        if made is None:
            return Outcome((Text("There is no household to name on a form."),))
        said = (say_forms(made, made.file.name), *((SIGN_NONE_YET,) if made.has_example else ()))
        return Outcome(said, (*problems, *made.left_out), (made.file,))

    return begin(_FOR[CONSENT][0], work)


@room.post("/inventory/")
def inventory() -> Response:
    """Make the inventory of the data, for the commune's dossier."""
    team = this_team()
    today = team.today

    def work(job: Job) -> Outcome:
        made: Made = make_inventory(team.root, today, "", "vi", job.waiting)
        return Outcome((say_inventory(made, made.file.name),), files=(made.file,))

    return begin(Text("Inventory of the data"), work)
