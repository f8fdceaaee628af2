"""Work spread over processes: same order, same results, whatever their number."""

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from vuonho.errors import MachineError
from vuonho.i18n import Text
from vuonho.output.files import ENDINGS

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

Task = TypeVar("Task")
Result = TypeVar("Result")

AHEAD = 4
"""Tasks under way or done for each process: enough to keep it busy, few enough to keep memory flat."""


def spread(work: Callable[[Task], Result], tasks: Iterable[Task], jobs: int) -> Iterator[Result]:
    """Yield `work(task)` for every task, in their order; with one job in this very process.

    Raises what `work` raises, and MachineError where a process was ended from outside.
    """
    if jobs < 2:
        yield from map(work, tasks)
        return
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

    pool = ProcessPoolExecutor(jobs, initializer=_leave_interrupts_to_the_parent)
    try:
        yield from _in_order(pool, work, tasks, AHEAD * jobs)
    except BrokenProcessPool as error:
        raise MachineError(
            Text("The machine stopped part of the work, perhaps for lack of memory."),
            Text("Close other programs and try again (--jobs 1 needs less memory)."),
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _in_order(
    pool: "ProcessPoolExecutor", work: Callable[[Task], Result], tasks: Iterable[Task], most: int
) -> Iterator[Result]:
    waiting: deque[Future[Result]] = deque()
    for task in tasks:
        with _interrupts_held():
            waiting.append(pool.submit(work, task))
        if len(waiting) >= most:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Start processes while Ctrl-C waits: they inherit that, and are deaf to it from their first moment."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _leave_interrupts_to_the_parent() -> None:
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
