"""A project built again whenever its files change."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vuonho.build import Built, Progress, build
from vuonho.errors import DataProblems, MachineError, Problem, UserError, VuonhoError
from vuonho.output.os_errors import trouble
from vuonho.pages.reports import TroublePage, Wrong, render_trouble
from vuonho.pages.templates import Templates
from vuonho.project.survey import name_of
from vuonho.resources import shipped
from vuonho.serve.server import Shown, State, show_site, show_trouble

# --- The files that a site is made of ---

Look = Mapping[str, tuple[int, ...]]
"""Each file by its path below the project, with what changes when it changes."""

_WATCHED: Final = ("profiles", "templates", "words")
_PASSING: Final = ("~", ".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".swp", ".swx")
"""How the names of files end that are not finished, or an editor's own."""
_TICK: Final = 0.25
"""Seconds from one look to the next; a look at the demo takes 2 ms."""
_QUIET: Final = 0.15
"""Seconds without a change after which a save, or a copying of many files, has ended."""
_AT_MOST: Final = 200
"""Looks after which a change is made known though the files keep changing."""


def look_at(project: Path) -> Look:
    """Return what a site is made of, without names that begin with "." or "~"; what goes away meanwhile is not there."""
    found = dict[str, tuple[int, ...]]()
    for watched in _WATCHED:
        for base, folders, names in os.walk(project / watched):
            folders[:] = [name for name in folders if not name.startswith((".", "~"))]
            for name in names:
                path = Path(base, name)
                if not name.startswith((".", "~")) and not name.lower().endswith(_PASSING):
                    with suppress(OSError):
                        stat = path.stat()
                        found[path.relative_to(project).as_posix()] = (
                            stat.st_mtime_ns,
                            stat.st_size,
                            stat.st_ino,
                        )
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
    """A project that is shown; `language` is that of the messages, `reloads` has pages load themselves anew."""

    def __init__(self, root: Path, language: str, on_wait: Callable[[], None], *, reloads: bool) -> None:
        self._root, self._language, self._reloads, self._on_wait = root, language, reloads, on_wait
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
                strict=True,  # the desk where errors are corrected shows them, not the page as it was
            )
            self.state.show(show_site(self._root, _OUT, built.site.base_url, self._script))
        except VuonhoError as error:
            return self._fail(error, why)
        except OSError as error:
            return self._fail(trouble(error, self._root), why)
        self._failure, self._again = "", float("inf")
        return News(why, built=built)

    def follow(self, progress: Progress) -> Iterator[News]:
        """Yield what came of each build from now on; raises KeyboardInterrupt at Ctrl-C.

        One job is enough for what is new, and a server of many threads cannot start processes safely.
        """
        while True:
            time.sleep(_TICK)
            why: tuple[str, ...] = ()
            if look_at(self._root) != self._seen:
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
