"""The site on this computer as GitHub Pages would show it, built again whenever a file changes."""

import os
import re
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape, unescape
from http import HTTPStatus
from pathlib import Path
from stat import S_ISDIR
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote, urlsplit

from werkzeug.wrappers import Response

from vuonho.build import Built, Progress, build
from vuonho.errors import DataProblems, MachineError, Problem, UserError, VuonhoError
from vuonho.output.files import digest_bytes, is_folder, is_regular, stat_path, trouble
from vuonho.output.site_folder import Manifest, find_place, read_manifest
from vuonho.output.site_writer import passes_link
from vuonho.pages.reports import TroublePage, Wrong, render_trouble
from vuonho.pages.templates import Templates
from vuonho.project.survey import name_of
from vuonho.resources import shipped
from vuonho.serve.server import is_meant, reached_at
from vuonho.verify.tree import file_for

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

# --- The preview server: it answers by the rules of GitHub Pages, and with nothing but the site ---

# --- What is shown at one moment: the built site, or the trouble that stands in its place ---

_VERSION_LETTERS: Final = 16


@dataclass(frozen=True, slots=True)
class Shown:
    """The `files` of a site in the folder `site`, below the path `prefix` ("/" or "/vuon/").

    `script` is added to each page, "" for nothing; `version` is the same as long as the same is shown. With
    `trouble` that page is shown and nothing else: in full on this computer, in short to everybody else.
    """

    site: Path
    prefix: str
    files: frozenset[str] = frozenset()
    script: str = ""
    version: str = ""
    trouble: tuple[bytes, bytes] | None = field(default=None, repr=False)

    @property
    def is_gone(self) -> bool:
        """Tell whether the folder of the site has been taken away or emptied since."""
        return "index.html" in self.files and not is_regular(stat_path(self.site / "index.html"))

    def read(self, file: str) -> bytes | None:
        """Return the content of a file of the site, None where it is not there or is a link by now."""
        if file not in self.files or not is_folder(stat_path(self.site)) or passes_link(self.site, file):
            return None
        path = self.site / file
        try:
            return path.read_bytes() if is_regular(stat_path(path)) else None
        except OSError:
            return None


def show_site(project: Path, out: str, base_url: str, script: str) -> Shown:
    """Return what the last build made, at the path of its address; raise MachineError if it cannot be read."""
    place = find_place(project, out)
    entries = (read_manifest(place) or Manifest()).entries
    prefix = urlsplit(base_url).path or "/"
    digests = sorted((name, entry.digest) for name, entry in entries.items())
    version = digest_bytes(repr((prefix, script, digests)).encode())[:_VERSION_LETTERS]
    return Shown(place.out, prefix, frozenset(entries), script, version)


def show_trouble(before: Shown, full: bytes, short: bytes, script: str) -> Shown:
    """Return what stands in place of a site that cannot be built."""
    version = digest_bytes(script.encode() + full)[:_VERSION_LETTERS]
    return Shown(before.site, before.prefix, script=script, version=version, trouble=(full, short))


# --- Pages that know when there is a newer one: a script is added to them, and their policy lets it run ---

WAIT: Final = "/~vuonho/wait"
"""Where a page asks for the version that is shown now; no file of a site has a name with "~"."""
_POLICY: Final = re.compile(rb'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)("[^>]*>)')


def with_script(html: bytes, script: str, version: str) -> bytes:
    """Return a page with the script that loads it anew, its policy widened for that alone; "" adds nothing."""
    found = _POLICY.search(html)
    if not script or found is None:  # a page of somebody's own template stays as it is
        return html
    digest = b64encode(sha256(script.encode("utf-8")).digest()).decode("ascii")
    rules = dict[str, list[str]]()
    for rule in filter(str.strip, unescape(found[2].decode("utf-8")).split(";")):
        name, *sources = rule.split()
        rules[name] = sources
    for name, source in (("script-src", f"'sha256-{digest}'"), ("connect-src", "'self'")):
        rules[name] = [one for one in rules.get(name, ()) if one not in ("'none'", source)] + [source]
    policy = "; ".join(" ".join((name, *sources)) for name, sources in rules.items())
    tag = f'<script data-version="{version}" data-wait="{WAIT}">{script}</script>'
    head, tail = html[: found.start()], html[found.end() :]
    return b"".join((head, found[1], escape(policy).encode("utf-8"), found[3], tag.encode("utf-8"), tail))


# --- What is answered to a request, by the rules of GitHub Pages ---

_HTML: Final = "text/html; charset=utf-8"
_PLAIN: Final = "text/plain; charset=utf-8"
_KINDS: Final = {
    "atom": "application/atom+xml",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "geojson": "application/geo+json; charset=utf-8",
    "html": _HTML,
    "jpg": "image/jpeg",
    "js": "application/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": _PLAIN,
    "vcf": "text/vcard; charset=utf-8",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "xml": "application/xml",
}
_GONE: Final = """\
Thư mục site vừa bị xóa. Chờ ít giây rồi tải lại trang.
The folder "site" was deleted. Wait a few seconds, then load the page again.
"""
_NAME: Final = """\
Máy này không mang tên đó. Xin gõ đúng địa chỉ mà vuonho serve đã ghi.
This name is not one of this computer. Type the address that vuonho serve has told.
"""
_QUERY: Final = "!$&'()*+,-./:;=?@_~%"


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: status, content and its kind, and `location`, the address below this origin to go on to."""

    status: HTTPStatus
    content: bytes = field(default=b"", repr=False)
    kind: str = _PLAIN
    location: str = ""


def answer(shown: Shown, target: str, *, is_from_here: bool) -> Answer:
    """Return the answer to a request for `target`, the address as it was sent.

    Trouble is a 409: a phone that has visited the site shows its own copy of a page where the server has a
    fault of its own (500 and above).
    """
    if shown.trouble is not None:
        full, short = shown.trouble
        return _page(shown, HTTPStatus.CONFLICT, full if is_from_here else short)
    path, _, query = target.partition("#")[0].partition("?")
    path = unquote(path)
    if path == "/" != shown.prefix:
        return Answer(HTTPStatus.FOUND, location=shown.prefix)
    if f"{path}/" == shown.prefix:
        return _with_slash(path, query)
    if not path.startswith(shown.prefix):
        words = f"Trang ở đây: {shown.prefix}\nThe site is at {shown.prefix}\n"
        return Answer(HTTPStatus.NOT_FOUND, words.encode())
    place = path[len(shown.prefix) :]
    file = file_for(place, shown.files)
    content = shown.read(file) if file is not None else None
    if file is not None and content is not None:
        kind = _KINDS.get(Path(file).suffix.removeprefix("."), "application/octet-stream")
        return _page(shown, HTTPStatus.OK, content) if kind == _HTML else Answer(HTTPStatus.OK, content, kind)
    if file is None and any(name.startswith(f"{place}/") for name in shown.files):
        return _with_slash(path, query)
    lost = shown.read("404.html")
    if lost is None:
        return Answer(HTTPStatus.NOT_FOUND, _GONE.encode())
    return _page(shown, HTTPStatus.NOT_FOUND, lost)


def _page(shown: Shown, status: HTTPStatus, content: bytes) -> Answer:
    return Answer(status, with_script(content, shown.script, shown.version), _HTML)


def _with_slash(path: str, query: str) -> Answer:
    more = f"?{quote(query, safe=_QUERY)}" if query else ""
    return Answer(HTTPStatus.MOVED_PERMANENTLY, location=f"{quote(path)}/{more}")


# --- The site as it is at one moment, and who waits for the next ---

PATIENCE: Final = 25.0
"""Seconds that a page waits for news before it asks again."""


class State:
    """What is shown, changed by one thread and looked at by many."""

    def __init__(self, shown: Shown) -> None:
        self.shown, self.is_over = shown, False
        self._changed = threading.Condition()

    def show(self, shown: Shown) -> None:
        """Show something else, and wake those who wait."""
        with self._changed:
            self.shown = shown
            self._changed.notify_all()

    def wait_for_other(self, version: str) -> Shown:
        """Return what is shown once that it is not this version, at the end of the preview, or after a while."""
        with self._changed:
            self._changed.wait_for(lambda: self.is_over or self.shown.version != version, PATIENCE)
            return self.shown

    def close(self) -> None:
        """Let nobody wait any longer."""
        with self._changed:
            self.is_over = True
            self._changed.notify_all()


def preview(state: State) -> "WSGIApplication":
    """Return the application that answers with what is shown."""

    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        target = environ["RAW_URI"].encode("latin-1").decode("utf-8")
        path, _, version = target.partition("?")
        method, reached = environ["REQUEST_METHOD"], reached_at(environ)
        if method not in ("GET", "HEAD"):
            reply = Answer(HTTPStatus.METHOD_NOT_ALLOWED, b"Method Not Allowed\n")
        elif not is_meant(environ.get("HTTP_HOST", ""), reached):
            reply = Answer(HTTPStatus.MISDIRECTED_REQUEST, _NAME.encode())
        elif path == WAIT and state.shown.script:
            reply = Answer(HTTPStatus.OK, state.wait_for_other(version).version.encode())
        else:
            client = environ["REMOTE_ADDR"]
            is_from_here = client == reached or client.startswith("127.")
            reply = answer(state.shown, target, is_from_here=is_from_here)
        return _response(reply)(environ, start_response)

    return application


def _response(reply: Answer) -> Response:
    made = Response(reply.content, reply.status, content_type=reply.kind)
    made.headers["Cache-Control"] = "no-store" if reply.status == HTTPStatus.CONFLICT else "no-cache"
    made.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if reply.location:
        made.headers["Location"] = reply.location
        made.autocorrect_location_header = False
    return made


# --- A project built again whenever its files change ---

# --- The files that a site is made of ---

Look = Mapping[str, tuple[int, ...]]
"""Each file by its path below the project, with what changes when it changes."""

_WATCHED: Final = ("profiles", "templates", "words", "guides")
_PASSING: Final = ("~", ".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".swp", ".swx")
"""How the names of files end that are not finished, or an editor's own."""
_TICK: Final = 0.15
"""Seconds from one look to the next; more where a look takes long."""
_PAUSES: Final = 40
"""How many times as long as a look is the pause after it, so that watching takes a fortieth of a processor."""
_QUIET: Final = 0.1
"""Seconds without a change after which a save, or a copying of many files, has ended."""
_AT_MOST: Final = 200
"""Looks after which a change is made known though the files keep changing."""


def look_at(project: Path) -> Look:
    """Return what a site is made of, without names that begin with "." or "~"; what goes away meanwhile is not there."""
    found = dict[str, tuple[int, ...]]()
    waiting = list(_WATCHED)
    while waiting:
        folder = waiting.pop()
        with suppress(OSError), os.scandir(project / folder) as entries:
            for entry in entries:
                name = f"{folder}/{entry.name}"
                if entry.name.startswith((".", "~")) or entry.name.lower().endswith(_PASSING):
                    continue
                with suppress(OSError):
                    stat = entry.stat()
                    if not S_ISDIR(stat.st_mode):
                        found[name] = stat.st_mtime_ns, stat.st_size, stat.st_ino
                    elif not entry.is_symlink():
                        waiting.append(name)
    return found


def settled(project: Path) -> Look:
    """Return what a site is made of once that has come to rest."""
    look = look_at(project)
    for _ in range(_AT_MOST):
        time.sleep(_QUIET)
        before, look = look, look_at(project)
        if look == before:
            break
    return look


def changed(before: Look, after: Look) -> tuple[str, ...]:
    """Return the files that came, went or changed, in order."""
    return tuple(sorted({name for name, _ in before.items() ^ after.items()}))


# --- A project built again and again: what is shown after each build, and what there is to tell of it ---

_OUT: Final = "site"
_PAUSE: Final = 5.0
"""Seconds after which a build that the machine had stopped is tried again."""


@dataclass(frozen=True, slots=True)
class News:
    """What came of a build: why it was made (the files that changed), and what was built, or what is wrong."""

    changed: tuple[str, ...]
    built: Built | None = None
    error: VuonhoError | None = None


class Rebuilder:
    """A project that is shown; `language` is that of the messages, `reloads` has pages load themselves anew.

    With `strict` any error is shown in place of the site: where errors are corrected they are to be seen.
    """

    def __init__(
        self,
        root: Path,
        language: str,
        on_wait: Callable[[], None],
        *,
        reloads: bool,
        strict: bool = True,
    ) -> None:
        self._root, self._language, self._reloads, self._on_wait = root, language, reloads, on_wait
        self._strict = strict
        self._templates = shipped("templates")
        self._script = str(Templates((self._templates,)).script("_reload.js")) if reloads else ""
        self._seen: Look = {}
        self._failure = ""
        self._again = float("inf")
        self.state = State(Shown(root / _OUT, "/"))

    def build(self, jobs: int, progress: Progress, why: tuple[str, ...] = ()) -> News:
        """Return what came of a build, which is shown from now on, or the trouble with it."""
        self._seen = look_at(self._root)
        try:
            built = build(
                self._root,
                _OUT,
                jobs=jobs,
                base_url=None,
                progress=progress,
                on_wait=self._on_wait,
                strict=self._strict,
            )
            self.state.show(show_site(self._root, _OUT, built.site.base_url, self._script))
        except VuonhoError as error:
            return self._fail(error, why)
        except OSError as error:
            return self._fail(trouble(error, self._root), why)
        self._failure, self._again = "", float("inf")
        return News(why, built=built)

    def follow(self, progress: Progress) -> Iterator[News]:
        """Yield what came of each build from now on until the state is closed; raises KeyboardInterrupt at Ctrl-C.

        One job is enough for what is new, and a server of many threads cannot start processes safely.
        """
        took = 0.0
        while not self.state.is_over:
            time.sleep(max(_TICK, _PAUSES * took))
            why: tuple[str, ...] = ()
            began = time.thread_time()
            look = look_at(self._root)
            took = time.thread_time() - began
            if look != self._seen:
                why = changed(self._seen, settled(self._root))
            elif self.state.shown.is_gone:
                why = (f"{_OUT}/",)
            if why or time.monotonic() >= self._again:
                before = self._failure
                news = self.build(1, progress, why)
                if why or self._failure != before:
                    yield news

    def _fail(self, error: VuonhoError, why: tuple[str, ...]) -> News:
        self._failure = str(error)
        is_passing = isinstance(
            error, MachineError | UserError
        )  # nothing in the project may be the cause of it
        self._again = time.monotonic() + _PAUSE if is_passing else float("inf")
        problems: Iterable[Problem] = (Problem("", error.message, error.hint),)
        if isinstance(error, DataProblems):
            problems = error.problems
        wrong = [Wrong(one, name_of(one)) for one in problems]
        full, short = (
            render_trouble(wrong, TroublePage(self._language, self._reloads, explains), self._templates)
            for explains in (True, False)
        )
        self.state.show(show_trouble(self.state.shown, full, short, self._script))
        return News(why, error=error)
