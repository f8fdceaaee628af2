"""The lock of a project: one vuonho at a time changes it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from vuonho.errors import MachineError
from vuonho.i18n import Text
from vuonho.output.files import in_words, stat_path, write_file

if TYPE_CHECKING:
    from filelock import FileLock

STATE = ".vuonho"


@contextmanager
def locked(project: Path, wait: float = 60.0, on_wait: Callable[[], None] | None = None) -> Iterator[None]:
    """Return a context that holds the project's lock; it may be entered again inside itself.

    Waits up to `wait` seconds for another process, after one call of `on_wait` if there is anything to wait
    for. The system frees the lock of a process that dies. Raises MachineError when the wait is over or the
    project cannot be written.
    """
    state = project / STATE
    with in_words(state):
        try:
            state.mkdir(exist_ok=True)
        except FileExistsError as error:
            raise MachineError(
                Text(
                    "{state} must be a folder, and there is a file or a broken link in its place.",
                    state=state,
                ),
                Text("Rename or delete it, then try again; vuonho makes that folder itself."),
            ) from error
        lock = _acquire(state.resolve() / "lock", wait, on_wait)
    try:
        ignored = state / ".gitignore"
        if stat_path(ignored) is None:
            write_file(ignored, b"*\n")
        yield
    finally:
        lock.release()


def _acquire(file: Path, wait: float, on_wait: Callable[[], None] | None) -> "FileLock":
    from filelock import FileLock, Timeout  # slow to load, and who only looks takes no lock

    # A singleton, so that a function that locks can be called by one that holds the lock already.
    lock = FileLock(file, is_singleton=True)
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if on_wait is not None and wait > 0:
                on_wait()
            lock.acquire(timeout=wait)
    except Timeout as error:
        raise MachineError(
            Text("Another vuonho is at work on this project."),
            Text("Wait until it has finished, then try again."),
        ) from error
    except NotImplementedError as error:
        raise MachineError(
            Text("This disk cannot lock files."),
            Text("Copy the project to a disk of this computer and try again."),
        ) from error
    return lock


def disk_time(project: Path) -> int:
    """Return the time on the clock of the project's disk, in nanoseconds; 0 where nothing can be written to it."""
    clock = project / STATE / "lock"
    try:
        clock.parent.mkdir(exist_ok=True)
        clock.touch()
        return clock.stat().st_mtime_ns
    except OSError:
        return 0
