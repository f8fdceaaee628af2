"""A project built again and again: what is shown after each build, and what there is to tell of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vuonho.build import Built, Progress, build
from vuonho.errors import DataProblems, MachineTrouble, Problem, Refused, VuonhoError
from vuonho.labels import name_of
from vuonho.output.preview.shown import Shown, Trouble, show_site, show_trouble
from vuonho.output.preview.stage import Stage
from vuonho.output.preview.watching import TICK, Look, changed, look_at, looks
from vuonho.output.troubles import trouble
from vuonho.render.pages.templates import Templates
from vuonho.render.pages.troublepage import TroublePage, Wrong, render_trouble
from vuonho.shipped import shipped

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
