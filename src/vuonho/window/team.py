"""What the window works on, and what it is doing: a project, the clock, one long job at a time, files made for the team."""

import shutil
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from secrets import token_urlsafe
from tempfile import mkdtemp
from typing import Any, Final, TypeVar

from vuonho.errors import MachineError, Problem, VuonhoError
from vuonho.i18n import Text
from vuonho.project.stamp import stamp
from vuonho.register.assign import tend

_MOST: Final = 50
"""Notes, jobs and files of which the newest are kept."""
_MOST_MADE: Final = 300
"""Things made of the project, pictures as a rule, of which the newest are kept."""
Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of something, for the page that says so: sentences, problems, files to open, where to go next.

    `links` are (words, address) of buttons, the first being the one that is usually wanted. `asks` is a question that
    must be answered before anything is done: then nothing was. `page` is the name of the page that goes on after a
    job, with the job's key as `job`, and finds there what the job `made`; what is not `is_good` is no error, and not as it should be either.
    """

    said: tuple[Text, ...] = ()
    problems: tuple[Problem, ...] = ()
    files: tuple[Path, ...] = ()
    links: tuple[tuple[Text, str], ...] = ()
    listed: tuple[tuple[Text, tuple[str, ...]], ...] = ()
    page: str = ""
    is_good: bool = True
    made: object = None


@dataclass(slots=True)
class Job:
    """Long work under way: its steps in words, and how much of the last one is done; at its end what came of it."""

    title: Text
    steps: list[Text] = field(default_factory=list)
    done: int = 0
    total: int = 0
    outcome: Outcome | None = None
    error: VuonhoError | None = None
    is_over: bool = False
    is_stopped: bool = False

    def tell(self, step: Text) -> None:
        """Begin a step."""
        self._go_on()
        self.steps.append(step)
        self.done = self.total = 0

    @contextmanager
    def progress(self, what: Text, steps: int) -> Iterator[Callable[[], None]]:
        """Give a function that counts one part of a step."""
        self.tell(what)
        self.total = steps
        yield self._tick

    def _tick(self) -> None:
        self._go_on()
        self.done += 1

    def _go_on(self) -> None:
        if self.is_stopped:
            raise MachineError(Text("Stopped, as the window was closed."), Text("Begin it again."))

    def waiting(self) -> None:
        """Say that another run has to end first."""
        self.tell(Text("Waiting for another vuonho to finish…"))


class Team:
    """The window of one start; `root` is the project's folder, in which there may be none yet.

    `now` is the clock, which raises MachineError where it is wrong, `latest` the later of today here and in Vietnam.
    """

    def __init__(
        self, root: Path, language: str, now: Callable[[], datetime], latest: Callable[[], date]
    ) -> None:
        self.root, self.language, self.now, self.latest = root, language, now, latest
        self.secret = token_urlsafe(16)
        self.over = threading.Event()
        self._notes: dict[str, Outcome] = {}
        self._jobs: dict[str, Job] = {}
        self._files: dict[str, Path] = {}
        self._busy = threading.Lock()
        self._known: dict[str, tuple[str, Any]] = {}
        self._scratch: Path | None = None

    @property
    def has_project(self) -> bool:
        """Tell whether there is a project in the folder."""
        return (self.root / "profiles").is_dir()

    @property
    def today(self) -> date:
        """The day here; raises MachineError for a clock that is wrong."""
        return self.now().date()

    def tend(self) -> None:
        """Put the register in order, as every command does before it changes something."""
        tend(self.root, lambda: self.today)

    def recall(self, name: str, make: Callable[[], Kept], *asked: object) -> Kept:
        """Return what was made under a name before, as long as no file of the project has changed; else it is made.

        `asked` is all else that it depends on.
        """
        sources = stamp(self.root, "site", *asked).sources
        before, kept = self._known.get(name, ("", None))
        if before == sources:
            found: Kept = kept
            return found
        made = make()
        self._known[name] = sources, made
        for old in list(self._known)[:-_MOST_MADE]:
            del self._known[old]
        return made

    # --- Sentences for the page that comes next ---

    def note(self, outcome: Outcome) -> str:
        """Return the key by which the next page finds what it is to say."""
        return _keep(self._notes, outcome)

    def noted(self, key: str) -> Outcome | None:
        """Return what a page is to say, once."""
        return self._notes.pop(key, None)

    # --- Files that were sent here ---

    @property
    def scratch(self) -> Path:
        """A folder of this start for files that were sent, which goes with it."""
        if self._scratch is None:
            self._scratch = Path(mkdtemp(prefix="vuonho-"))
            weakref.finalize(self, shutil.rmtree, self._scratch, ignore_errors=True)
        return self._scratch

    def forget_scratch(self) -> None:
        """Delete the files that were sent."""
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)
            self._scratch = None

    # --- Files that were made here, to be opened from a page ---

    def offer(self, file: Path) -> str:
        """Return the key by which a page opens a file that was made for the team."""
        known = next((key for key, path in self._files.items() if path == file), None)
        return known or _keep(self._files, file)

    def offered(self, key: str) -> Path | None:
        """Return the file of a key, None for a key that nobody was given."""
        return self._files.get(key)

    # --- Long work, one at a time ---

    def start(self, title: Text, work: Callable[[Job], Outcome]) -> str:
        """Return the key of a job that has begun; raise MachineError while another one is at work."""
        if not self._busy.acquire(blocking=False):
            raise _busy()
        job = Job(title)
        threading.Thread(target=self._run, args=(job, work), name="window job", daemon=True).start()
        return _keep(self._jobs, job)

    def job(self, key: str) -> Job | None:
        """Return a job of this start."""
        return self._jobs.get(key)

    @property
    def is_busy(self) -> bool:
        """Tell whether a job is at work."""
        return self._busy.locked()

    def require_idle(self) -> None:
        """Raise MachineError while a job is at work."""
        if self.is_busy:
            raise _busy()

    def end(self) -> None:
        """Stop the job that is at work before its next step, and wait for that: no process ends in the midst of it."""
        for job in self._jobs.values():
            job.is_stopped = True
        with self._busy:
            pass

    def _run(self, job: Job, work: Callable[[Job], Outcome]) -> None:
        try:
            job.outcome = work(job)
        except VuonhoError as error:
            job.error = error
        except Exception as error:  # noqa: BLE001 - the last net: nobody must wait for a thread that has died
            job.error = unforeseen(error)
        finally:
            job.is_over = True
            self._busy.release()


def _busy() -> MachineError:
    return MachineError(
        Text("The computer is busy with something else."), Text("Wait until it has finished, then try again.")
    )


def unforeseen(error: Exception) -> VuonhoError:
    """Return what is said of an error that nobody thought of."""
    if isinstance(error, OSError):
        return MachineError(
            Text("The machine could not read or write a file ({why}).", why=error.strerror or error),
            Text("See whether the disk is full or the file open in another program, then try again."),
        )
    return VuonhoError(
        Text(
            "The program met something unforeseen ({what}). The old site is untouched.",
            what=f"{type(error).__name__}: {error}",
        ),
        Text("Please send this line to the developers."),
    )


def _keep(kept: dict[str, Kept], value: Kept) -> str:
    key = token_urlsafe(9)
    kept[key] = value
    for old in list(kept)[:-_MOST]:
        del kept[old]
    return key
