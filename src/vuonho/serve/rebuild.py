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

# --- Watching the files that a site is made of ---

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

_FOLDERS: Final = ("profiles", "templates", "words")
"""What a site is made of, and so what is watched."""
_OUT: Final = "site"
_PAUSE: Final = round(5 / TICK)
"""Looks, five seconds long, after which a build that the machine had stopped is tried again."""


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
        self._pause = 0
        self._failure = ""
        self.state = State(Shown(root / _OUT, "/"))

    def build(self, jobs: int, progress: Progress, why: tuple[str, ...] = ()) -> News:
        """Return what came of a build, which is shown from now on, or the trouble with it."""
        self._seen, self._pause = look_at(self._root, _FOLDERS), 0
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
        self._failure = ""
        return News(why, built=built)

    def follow(self, progress: Progress) -> Iterator[News]:
        """Yield what came of each build from now on; raises KeyboardInterrupt at Ctrl-C.

        One job is enough for what is new, and a server of many threads cannot start processes safely.
        """
        for look in looks(self._root, _FOLDERS):
            why = changed(self._seen, look)
            if not why and self.state.shown.is_gone:
                why = (f"{_OUT}/",)
            if why or self._is_due():
                before = self._failure
                news = self.build(1, progress, why)
                if why or self._failure != before:
                    yield news

    def _is_due(self) -> bool:
        """Tell whether it is time to try again what nothing in the project was the cause of."""
        self._pause -= 1
        return self._pause == 0

    def _fail(self, error: VuonhoError, why: tuple[str, ...]) -> News:
        self._failure = str(error)
        self._pause = _PAUSE if isinstance(error, MachineError | UserError) else 0
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
