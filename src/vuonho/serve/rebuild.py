"""A project built again whenever its files change, and the port at which it is shown."""

import errno
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vuonho.build import Built, Progress, build
from vuonho.errors import DataProblems, MachineTrouble, Problem, Refused, VuonhoError
from vuonho.i18n import Text
from vuonho.output.os_errors import trouble
from vuonho.pages.reports import TroublePage, Wrong, render_trouble
from vuonho.pages.templates import Templates
from vuonho.project.survey import name_of
from vuonho.qr.image import terminal_lines
from vuonho.qr.symbol import qr_symbol
from vuonho.resources import shipped
from vuonho.serve.server import (
    EVERYWHERE,
    LOOPBACK,
    Server,
    Shown,
    Stage,
    Trouble,
    lan_addresses,
    show_site,
    show_trouble,
)

# --- Watching the files that a site is made of: when to look, and whether anything is different ---

Look = Mapping[str, tuple[int, ...]]
"""Each file by its path below the project, with what changes when it changes."""

TICK: Final = 0.25
"""Seconds from one look to the next; a look at the demo takes 2 ms."""
_QUIET: Final = 0.15
"""Seconds without a change after which a save, or a copying of many files, has ended."""
_AT_MOST: Final = 200
"""Looks after which a change is made known though the files keep changing."""
_PASSING: Final = ("~", ".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".swp", ".swx")
"""How the names of files end that are not finished, or an editor's own."""


def look_at(project: Path, folders: tuple[str, ...]) -> Look:
    """Return what lies in these folders of a project, without names that begin with "." or "~"."""
    return {
        path.relative_to(project).as_posix(): (found.st_mtime_ns, found.st_size, found.st_ino)
        for folder in folders
        for path, found in _files(project / folder)
    }


def changed(before: Look, after: Look) -> tuple[str, ...]:
    """Return the files that came, went or changed, in order."""
    return tuple(sorted({name for name, _ in before.items() ^ after.items()}))


def looks(project: Path, folders: tuple[str, ...]) -> Iterator[Look]:
    """Yield what lies in these folders, about every `TICK`, and after a change once it has come to rest.

    What changes while nobody asks is in the next look, which then comes without waiting.
    """
    seen = look_at(project, folders)
    yield seen
    while True:
        now = look_at(project, folders)
        if now == seen:
            time.sleep(TICK)
            now = look_at(project, folders)
        for _ in range(_AT_MOST):
            if now == seen:
                break
            seen = now
            time.sleep(_QUIET)
            now = look_at(project, folders)
        seen = now
        yield seen


def _files(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield each file below a folder; what goes away meanwhile is not there."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "~")) or entry.name.lower().endswith(_PASSING):
                continue
            with suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    yield from _files(Path(entry.path))
                else:
                    yield Path(entry.path), entry.stat()


# --- A project built again and again: what is shown after each build, and what there is to tell of it ---

FOLDERS: Final = ("profiles", "templates", "words")
"""What a site is made of, and so what is watched."""
_OUT: Final = "site"
_SCRIPT: Final = "_reload.js"
_PAUSE: Final = round(5 / TICK)
"""Looks, five seconds long, after which a build that the machine had stopped is tried again."""


@dataclass(frozen=True, slots=True)
class News:
    """What came of a build: why it was made (the files that changed), and what was built, or what is wrong."""

    changed: tuple[str, ...]
    built: Built | None = None
    error: VuonhoError | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """How it is to be shown: the language of the messages, and whether pages load themselves anew."""

    language: str
    reloads: bool


class Rebuilder:
    """A project on its stage."""

    def __init__(self, root: Path, wish: Wish, on_wait: Callable[[], None]) -> None:
        self._root, self._wish, self._on_wait = root, wish, on_wait
        self._templates = shipped("templates")
        self._script = str(Templates((self._templates,)).script(_SCRIPT)) if wish.reloads else ""
        self._seen: Look = {}
        self._pause = 0
        self._failure = ""
        self.stage = Stage(Shown(root / _OUT, "/"))

    def build(self, jobs: int, progress: Progress, why: tuple[str, ...] = ()) -> News:
        """Return what came of a build, which is on the stage from now on, or the trouble with it."""
        self._seen, self._pause = look_at(self._root, FOLDERS), 0
        try:
            built = build(
                self._root,
                _OUT,
                jobs=jobs,
                base_url=None,
                progress=progress,
                on_wait=self._on_wait,
                strict=True,  # the desk where errors are corrected shows them, not the page as it was
            )
            self.stage.show(show_site(self._root, _OUT, built.site.base_url, self._script))
        except VuonhoError as error:
            return self._fail(error, why)
        except OSError as error:
            return self._fail(trouble(error, self._root), why)
        self._failure = ""
        return News(why, built=built)

    def follow(self, progress: Progress) -> Iterator[News]:
        """Yield what came of each build from now on; raises KeyboardInterrupt at Ctrl-C.

        One job is enough for what is new, and a server of many threads cannot start processes safely.
        """
        for look in looks(self._root, FOLDERS):
            why = changed(self._seen, look) or self._taken_away()
            if why or self._is_due():
                before = self._failure
                news = self.build(1, progress, why)
                if why or self._failure != before:
                    yield news

    def _taken_away(self) -> tuple[str, ...]:
        """Return what has to be built anew though no profile was touched."""
        return (f"{_OUT}/",) if self.stage.shown.is_gone else ()

    def _is_due(self) -> bool:
        """Tell whether it is time to try again what nothing in the project was the cause of."""
        if self._pause:
            self._pause -= 1
            return self._pause == 0
        return False

    def _fail(self, error: VuonhoError, why: tuple[str, ...]) -> News:
        self._failure = str(error)
        self._pause = _PAUSE if isinstance(error, MachineTrouble | Refused) else 0
        full, short = (self._page(error, explains=explains) for explains in (True, False))
        self.stage.show(show_trouble(self.stage.shown, Trouble(full, short), self._script))
        return News(why, error=error)

    def _page(self, error: VuonhoError, *, explains: bool) -> bytes:
        page = TroublePage(self._wish.language, self._wish.reloads, explains)
        return render_trouble([Wrong(one, name_of(one)) for one in _problems(error)], page, self._templates)


def _problems(error: VuonhoError) -> tuple[Problem, ...]:
    if isinstance(error, DataProblems):
        return error.problems
    return (Problem("", None, None, "", error.message, error.hint),)


# --- The door of a preview: a port of this computer, and the addresses at which it is found ---

_USUAL: Final = range(8000, 8020)
_FORBIDDEN: Final = (errno.EACCES, errno.EPERM)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a preview is found: on this computer, and by others on the same network, the likeliest first."""

    here: str
    others: tuple[str, ...]


@contextmanager
def open_door(stage: Stage, port: int | None, *, lan: bool) -> Iterator[Server]:
    """Return a context with a server that has its port and does not answer yet; at its end the port is free.

    With no `port` it is the first free one from 8000 on, with 0 any that is free. Raises MachineTrouble where none
    can be had. Without `lan` nobody but this computer reaches it.
    """
    server = _find(stage, port, lan=lan)
    try:
        yield server
    finally:
        server.stop()


def addresses(server: Server, prefix: str, *, lan: bool) -> Addresses:
    """Return the addresses of the site."""
    here, *others = (
        f"http://{host}:{server.port}{prefix}" for host in (LOOPBACK, *(lan_addresses() if lan else ()))
    )
    return Addresses(here, tuple(others))


def phone_code(address: str, *, is_bright: bool) -> tuple[str, ...]:
    """Return the lines of a QR symbol that opens an address; `is_bright` where only bright letters can be written."""
    return terminal_lines(qr_symbol(address), is_bright=is_bright)


def _find(stage: Stage, port: int | None, *, lan: bool) -> Server:
    host = EVERYWHERE if lan else LOOPBACK
    if port is not None:
        return _take(host, port, stage)
    for one in _USUAL:
        try:
            return Server(host, one, stage)
        except OSError:  # taken, or kept back by the system: the next
            continue
    return _take(host, 0, stage)


def _take(host: str, port: int, stage: Stage) -> Server:
    try:
        return Server(host, port, stage)
    except OSError as error:
        raise _trouble(error, port) from error


def _trouble(error: OSError, port: int) -> MachineTrouble:
    other = Text("Bỏ --port để vuonho tự chọn cổng, hoặc chọn số khác, thí dụ --port 8080.",
                 "Leave --port out and vuonho finds one, or choose another, such as --port 8080.")  # fmt: skip
    if error.errno in _FORBIDDEN:
        message = Text(f"Máy không cho dùng cổng {port}.", f"This computer does not allow port {port}.")
    else:
        message = Text(
            f"Cổng {port} đang có chương trình khác dùng.", f"Another program is using port {port}."
        )
    return MachineTrouble(message, other)
