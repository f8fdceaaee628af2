"""On line: the site looked at, published with one button, tried as a visitor would; and the first time, step by step."""

import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, closing, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from vuonho.errors import DataProblems, UserError, VuonhoError, say_size
from vuonho.i18n import Text
from vuonho.model.fields import parse_base_url
from vuonho.model.hosting import (
    Repository,
    address_on_github,
    is_example,
    parse_repository,
    repository_of_page,
    require_agreement,
)
from vuonho.model.settings import Site
from vuonho.project.settings import read_site
from vuonho.publish.git import find_git
from vuonho.publish.publish import Help, Options, Published, publish
from vuonho.publish.rules import WouldDisappear, choose_target, note_target
from vuonho.publish.waiting import SITE, Waiting, say_waiting, waiting
from vuonho.qr.symbol import qr_symbol, svg
from vuonho.register.assign import tend
from vuonho.register.memory import read_boards, read_register
from vuonho.serve.preview import Rebuilder, preview
from vuonho.serve.server import LOOPBACK, lan_addresses, open_server
from vuonho.status.model import ProjectStatus
from vuonho.status.tasks import Item, Task
from vuonho.verify.live import prove_online
from vuonho.window.hints import edit_link
from vuonho.window.page import begin, go, show, standing, this_team
from vuonho.window.team import Job, Outcome, Team

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

room = Blueprint("online", __name__, url_prefix="/online")

_SHOWN: Final = 6
"""Households that are named before the rest is folded."""


_waiting: Final = dict[str, tuple[ProjectStatus, Waiting]]()


def waiting_here() -> Waiting:
    """Return what waits to be published, worked out again only when something has changed; raise MachineError."""
    team, status = this_team(), standing()
    known = _waiting.get(team.secret)
    if known is None or known[0] is not status:
        known = _waiting[team.secret] = status, waiting(team.root, status)
    return known[1]


def _settings(root: Path) -> Site:
    """Return the settings; raise DataProblems where they have to be corrected first."""
    settings, problems = read_site(root)
    if settings is None:
        raise DataProblems(problems, Text("Correct the settings first."))
    return settings


def _repository(settings: Site) -> str:
    return (settings.pages.repository if settings.pages else None) or ""


def qr_image(address: str) -> str:
    """Return a QR code as the address of an image."""
    return f"data:image/svg+xml;base64,{b64encode(svg(qr_symbol(address), address)).decode('ascii')}"


# --- The room itself ---


@room.get("/")
def start() -> str:
    """Show what is on line against what is here, and what can be done about it."""
    team = this_team()
    settings, status = _settings(team.root), standing()
    found = waiting_here()
    names = {home.code: home for home in status.homes if home.code}
    pages = [(code, names[code].label if code in names else code, names.get(code)) for code in found.codes]
    wrong = [home for home in status.homes if home.errors or not home.is_readable]
    looked = _previews.get(team.secret)
    base = settings.base_url
    return show(
        "online",
        Text("On line"),
        base=base,
        is_example=is_example(base),
        waiting=found,
        stands=say_waiting(found),
        pages=[(label, edit_link(home.file) if home else "") for _, label, home in pages],
        wrong=[
            (home.label, edit_link(home.file), home.code in found.shown)
            for home in wrong
        ],
        is_ready=bool(_repository(settings)),
        shown=_SHOWN,
        preview=looked if looked and looked.is_open else None,
        qr_image=qr_image,
        steps=_STEPS,
    )  # fmt: skip


# --- The site looked at: on a port of its own, so that nothing of a site's pages reaches the window ---

_FIRST_PORT: Final = 8100


class Preview:
    """The site as publishing would show it, for this computer and, where that is wanted, for phones on its Wi-Fi."""

    def __init__(self, root: Path, language: str) -> None:
        self._project = Rebuilder(root, language, lambda: None, reloads=True, strict=False)
        self._here, self._wifi = ExitStack(), ExitStack()
        self._port = 0
        self._phones: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Tell whether it answers."""
        return self._port > 0

    @property
    def address(self) -> str:
        """Where it is on this computer."""
        return f"http://{LOOPBACK}:{self._port}{self._project.state.shown.prefix}"

    @property
    def phones(self) -> tuple[str, ...]:
        """Where it is for phones, the likeliest first; nothing while they may not look."""
        return tuple(f"{one}{self._project.state.shown.prefix}" for one in self._phones)

    def open(self, job: Job) -> None:
        """Build the site and show it from now on; raises what keeps it from being built."""
        job.tell(Text("Building the site"))
        if error := self._project.build(1, job.progress).error:
            raise error
        server = self._here.enter_context(open_server(self._app(), None, lan=False, first=_FIRST_PORT))
        self._here.enter_context(closing(self._project.state))
        server.start()
        self._port = server.port
        threading.Thread(target=self._follow, name="preview of the window", daemon=True).start()

    def open_for_phones(self) -> None:
        """Let phones on the same Wi-Fi look too; raise UserError where there is none, MachineError."""
        if self._phones:
            return
        found = lan_addresses()
        if not found:
            raise UserError(
                Text("This computer is on no network, so no phone can look."),
                Text("Join a Wi-Fi, or a phone's hotspot, then try again."),
            )
        server = self._wifi.enter_context(open_server(self._app(), None, lan=True, first=_FIRST_PORT))
        server.start()
        self._phones = tuple(f"http://{one}:{server.port}" for one in found)

    def close_for_phones(self) -> None:
        """Let no phone look any longer."""
        self._phones = ()
        self._wifi.close()

    def close(self) -> None:
        """Show nothing any longer."""
        self._port, self._phones = 0, ()
        self._project.state.close()
        self._wifi.close()
        self._here.close()

    def _app(self) -> "WSGIApplication":
        return preview(self._project.state)

    def _follow(self) -> None:
        for _ in self._project.follow(lambda *_: nullcontext(lambda: None)):
            pass


_previews: Final = dict[str, Preview]()
"""The open preview of each window."""


def _opened(team: Team, job: Job) -> Preview:
    known = _previews.get(team.secret)
    if known is not None and known.is_open:
        return known
    found = _previews[team.secret] = Preview(team.root, team.language)
    found.open(job)
    return found


@room.post("/look")
def look() -> Response:
    """Build the site and show it on this computer."""
    team = this_team()

    def work(job: Job) -> Outcome:
        _opened(team, job)
        return Outcome(
            (Text("The site is ready to be looked at. Nobody else sees it."),), page="online.start"
        )

    return begin(Text("Look at the site"), work)


@room.post("/phone")
def phone() -> Response:
    """Show the site to phones on the same Wi-Fi."""
    team = this_team()

    def work(job: Job) -> Outcome:
        _opened(team, job).open_for_phones()
        return Outcome((Text("Phones on the same Wi-Fi can look now."),), page="online.start")

    return begin(Text("Look at it on a phone"), work)


@room.post("/close")
def close() -> Response:
    """End the preview, or that for phones alone."""
    if found := _previews.get(this_team().secret):
        if request.form.get("only") == "phones":
            found.close_for_phones()
            return go("online.start", Text("No phone can look any longer."))
        found.close()
    return go("online.start", Text("The preview is closed."))


# --- Published: checked, built, proved, sent ---


@room.post("/publish")
def send() -> Response:
    """Publish; pages that would be gone are asked about on a page of their own, which sends them back."""
    team = this_team()
    now, may_go = team.now(), tuple(request.form.getlist("gone"))

    def work(job: Job) -> Outcome:
        try:
            tend(team.root, now.date)
            done = publish(team.root, Options(allow_removed=may_go), now, _help(job, may_go))
        except WouldDisappear as found:
            return Outcome(page="online.removal", listed=((Text("Pages that would be gone"), found.pages),))
        return _published(done)

    return begin(Text("Publish"), work)


def _help(job: Job, may_go: tuple[str, ...]) -> Help:
    return Help(
        jobs=1,
        asks=False,
        tell=job.tell,
        progress=job.progress,
        on_wait=job.waiting,
        confirm=lambda gone: set(gone) <= set(may_go),
    )


def _published(done: Published) -> Outcome:
    built = done.built
    pages = Text.counted("{count} page", "{count} pages", done.pages.total)
    if done.is_sent:
        said = [Text("Published: {pages}, {size}.", pages=pages, size=say_size(done.size))]
        for words, changed in (
            (Text("New pages"), done.pages.new),
            (Text("Changed pages"), done.pages.changed),
            (Text("Pages gone"), done.pages.gone),
        ):
            if changed:
                said.append(Text("{words}: {count}", words=words, count=len(changed)))
    else:
        said = [Text("This very site is on line already: {pages}. Nothing had to be sent.", pages=pages)]
    for one in built.summary.kept:
        said.append(
            Text(
                "{path}: the copy edited by hand is kept at {copy}", path=one.path, copy=one.copy or one.path
            )
        )
    errors = built.shown.project.errors
    if errors:
        kept, missing = len(built.shown.kept), len(built.shown.missing)
        said.append(
            Text.counted(
                "{count} household has errors and was left as it is: {kept}, {missing}.",
                "{count} households have errors and were left as they are: {kept}, {missing}.",
                kept + missing,
                kept=Text.counted("{count} keeps the old page", "{count} keep the old page", kept),
                missing=Text.counted(
                    "{count} has none or a closed one", "{count} have none or a closed one", missing
                ),
            )
        )
    is_first = done.is_new and done.target.repository.is_on_github
    return Outcome(tuple(said), tuple(errors), page="online.switch_on" if is_first else "online.done")


@room.get("/removal/")
def removal() -> str:
    """Ask before pages that answer are gone."""
    team = this_team()
    job = team.job(request.args.get("job", ""))
    if job is None or job.outcome is None or job.outcome.page != "online.removal":
        abort(404)
    ((_, pages),) = job.outcome.listed
    homes = {home.code: home.label for home in standing().homes if home.code}
    rows = {row.code: row.profile for row in read_register(team.root)[0].rows}
    named = [(page, _whose(page, homes, rows)) for page in pages]
    settings = _settings(team.root)
    return show("removal", Text("Pages will be gone"), pages=named, base=settings.base_url)


def _whose(page: str, homes: dict[str, str], rows: dict[str, str]) -> str:
    """Return whose page an address is, "" where nobody knows."""
    code = next((part for part in page.split("/") if part in homes or part in rows), "")
    return homes.get(code) or rows.get(code, "")


# --- Afterwards: seen as visitors see it ---


@room.get("/done/")
def done() -> str:
    """Show where the site is, for a phone to try."""
    settings = _settings(this_team().root)
    base = settings.base_url
    return show(
        "online_done", Text("Try it with a phone"), base=base, qr=qr_image(base),
        is_example=is_example(base),
    )  # fmt: skip


@room.post("/prove")
def prove() -> Response:
    """Ask the network itself for each page and each code, as visitors do."""
    root = this_team().root

    def work(job: Job) -> Outcome:
        found = prove_online(root, root / SITE, "", job.progress)
        if found.problems:
            said = Text.counted(
                "{count} address is not as it should be.",
                "{count} addresses are not as they should be.",
                len(found.problems),
            )
            wait = Text("If you have only just published: wait ten minutes, then try again.")
            return Outcome((said, wait), found.problems, page="online.done", is_good=False)
        return Outcome((found.well,), page="online.done")

    return begin(Text("Try it on the network"), work)


# --- The first time, one thing a screen ---


class _Step(NamedTuple):
    page: str
    words: Text


_STEPS: Final = (
    _Step("online.account", Text("An account at GitHub")),
    _Step("online.repository", Text("An empty place for the site")),
    _Step("online.where", Text("Its address, pasted here")),
    _Step("online.domain", Text("The address on the plaques")),
    _Step("online.first_send", Text("Send it for the first time")),
    _Step("online.switch_on", Text("Switch the site on")),
)
"""The way to the first publishing."""


def _step(page: str, **values: object) -> str:
    number = next(at for at, step in enumerate(_STEPS, 1) if step.page == page)
    before = _STEPS[number - 2].page if number > 1 else "online.start"
    return show(
        "online_first", _STEPS[number - 1].words, step=page.partition(".")[2], number=number, steps=_STEPS,
        before=before, **values,
    )  # fmt: skip


@room.get("/first/account/")
def account() -> str:
    """Tell how the team gets an account."""
    return _step("online.account")


@room.get("/first/repository/")
def repository() -> str:
    """Tell how a repository is made."""
    return _step("online.repository")


@room.get("/first/address/")
def where() -> str:
    """Ask for the address of the repository."""
    settings = _settings(this_team().root)
    noted = _repository(settings)
    return _step("online.where", to=request.args.get("to") or noted, wrong=None)


@room.post("/first/address/")
def set_repository() -> str | Response:
    """Take the address of the repository, as people copy it; ask for the site's own where it does not fit."""
    team = this_team()
    typed = request.form.get("to", "")
    try:
        to = repository_of_page(typed)
        settings = _settings(team.root)
        target = choose_target(team.root, settings, to, "")
        if not is_example(settings.base_url) or not target.repository.is_on_github:
            with suppress(UserError):
                require_agreement(settings.base_url, target.repository)
                note_target(team.root, target, lambda: None)
                return go("online.first_send", Text("Noted: {url}", url=target.repository.url))
    except UserError as error:
        return _step("online.where", to=typed, wrong=error)
    return go("online.domain", to=to)


def _is_printed(root: Path) -> bool:
    """Tell whether an address is on a plaque or a board, so that it has to stay."""
    return bool(read_boards(root)[0]) or any(row.printed for row in read_register(root)[0].rows)


@room.get("/first/domain/")
def domain() -> str | Response:
    """Ask for the address of the site: the one that GitHub gives, or a domain of the village's own."""
    return _domain(request.args.get("to", ""))


def _domain(to: str, typed: str = "", wrong: VuonhoError | None = None) -> str | Response:
    team = this_team()
    settings = _settings(team.root)
    to = to or _repository(settings)
    if not to:
        return go("online.where")
    found, is_printed = parse_repository(to), _is_printed(team.root)
    return _step(
        "online.domain",
        to=to,
        typed=typed,
        wrong=wrong,
        given=address_on_github(found) if found.is_on_github else "",
        now=settings.base_url if is_printed or not is_example(settings.base_url) else "",
        is_printed=is_printed,
    )


@room.post("/first/domain/")
def set_domain() -> str | Response:
    """Write the address of the site and its repository into the settings."""
    team = this_team()
    to, typed = request.form.get("to", ""), request.form.get("domain", "")
    try:
        settings = _settings(team.root)
        target = choose_target(team.root, settings, to, "")
        base_url = _address(target.repository, request.form.get("which", ""), typed, settings.base_url)
        _require_unprinted(team.root, settings.base_url, base_url)
        require_agreement(base_url, target.repository)
    except UserError as error:
        return _domain(to, typed, error)
    note_target(team.root, target, lambda: None, base_url if base_url != settings.base_url else "")
    return go("online.first_send", Text("Noted: the site will be at {address}", address=base_url))


def _require_unprinted(root: Path, now: str, wanted: str) -> None:
    if wanted != now and _is_printed(root):
        raise UserError(
            Text("{address} is on plaques already, so it has to stay.", address=now),
            Text("Choose the repository that belongs to it."),
        )


def _address(found: Repository, which: str, typed: str, now: str) -> str:
    """Return the address that was chosen; raise UserError for a domain that is none."""
    if which != "own" and typed.strip():
        raise UserError(
            Text("A domain is written, and another address is chosen."),
            Text("Choose “a domain of our own”, or empty its line."),
        )
    if which == "given" and found.is_on_github:
        return address_on_github(found)
    if which == "now":
        return now
    text = typed.strip().lower()
    host = urlsplit(text if "://" in text else f"https://{text}").netloc
    if not host:
        raise UserError(
            Text("Write the domain."),
            Text("Such as vuon.thon-dong.vn, without https:// and without a slash."),
        )
    return parse_base_url(f"https://{host}/")


@room.get("/first/send/")
def first_send() -> str | Response:
    """Tell what happens at the first sending, and whether this computer can do it."""
    team = this_team()
    missing: VuonhoError | None = None
    try:
        find_git()
    except VuonhoError as error:
        missing = error
    settings = _settings(team.root)
    to = _repository(settings)
    if not to:
        return go("online.where")
    return _step("online.first_send", missing=missing, base=settings.base_url, to=to)


@room.get("/first/pages/")
def switch_on() -> str:
    """Tell how the site is switched on at GitHub, once."""
    settings = _settings(this_team().root)
    to = _repository(settings)
    found = parse_repository(to) if to else None
    is_there = found is not None and found.is_on_github
    base = settings.base_url
    is_own = bool(found and is_there and base != address_on_github(found))
    return _step(
        "online.switch_on",
        link=f"https://github.com/{found.owner}/{found.name}/settings/pages" if found and is_there else "",
        owner=found.owner if found else "",
        drawer=found.name if found else "",
        branch=(settings.pages.branch if settings.pages else None) or "main",
        domain=urlsplit(base).hostname if is_own else "",
        base=base,
    )


def online_tasks() -> Iterator[Task]:
    """Yield what Today has to say of publishing: nothing where all is on line, or nobody has agreed yet."""
    status = standing()
    try:
        found, homes = waiting_here(), {home.code: home for home in status.homes}
    except VuonhoError:  # said among the facts
        return
    if not (found.is_nothing or status.still_shown) and any(home.consented for home in homes.values()):
        labels = ((code, homes[code].label if code in homes else "") for code in found.codes)
        items = () if found.is_new else tuple(Item(label, code) for code, label in labels)
        yield Task(Text("Publish"), items, "vuonho publish")


def online_fact() -> tuple[Text, Text, bool]:
    """Return what Today says of what is on line: (label, words, whether that is as it should be)."""
    try:
        found = waiting_here()
    except VuonhoError as error:  # Today never refuses
        return Text("On line"), error.message, False
    return Text("On line"), say_waiting(found), found.is_nothing
