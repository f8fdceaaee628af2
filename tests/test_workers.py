"""Work spread over processes: same order, same results, flat memory, and words where one dies."""

import os
import signal
import time
from collections.abc import Iterator

import pytest

from case_kit import each
from vuonho.errors import MachineError, UserError
from vuonho.i18n import Both
from vuonho.workers import AHEAD, spread

pytestmark = pytest.mark.slow


def double(number: int) -> tuple[int, int, bool, bool]:
    """Return twice the number, the process that did it, and whether Ctrl-C would end it or could reach it."""
    time.sleep(0.002 * (20 - number % 20))  # late for small ones
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, ()) if hasattr(signal, "pthread_sigmask") else ()
    hears, reached = signal.getsignal(signal.SIGINT) != signal.SIG_IGN, signal.SIGINT not in blocked
    return number * 2, os.getpid(), hears, reached


def refuse(number: int) -> int:
    """Refuse the number 5, and end the process at 50 as a system short of memory does."""
    if number == 5:
        raise UserError(Both("năm", "five"), Both("ít hơn", "fewer"))
    if number == 50:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(5)
    return number


@each("jobs", [1, 2, 4])
def test_the_order_is_that_of_the_tasks(jobs: int) -> None:
    """However many processes, and whichever is done first; one job is this process, more are others.

    Ctrl-C is for the parent alone: a terminal sends it to all, the others are deaf from their first moment.
    """
    done = list(spread(double, range(40), jobs))
    assert [one[0] for one in done] == [number * 2 for number in range(40)]
    assert (os.getpid() in {one[1] for one in done}) is (jobs == 1)
    if os.name != "nt":
        assert {one[2:] for one in done} == {(jobs == 1, jobs == 1)}
    assert list(spread(double, (), jobs)) == []


@each("jobs", [1, 2])
def test_what_the_work_raises_comes_through(jobs: int) -> None:
    """With what was done before it, and with its words."""
    results = spread(refuse, range(40), jobs)
    assert [next(results) for _ in range(5)] == [0, 1, 2, 3, 4]
    with pytest.raises(UserError) as caught:
        next(results)
    assert (caught.value.message, caught.value.hint) == (Both("năm", "five"), Both("ít hơn", "fewer"))


def test_a_process_that_dies_is_told_in_words() -> None:
    """No endless wait, no traceback of the pool."""
    with pytest.raises(MachineError) as caught:
        list(spread(refuse, range(48, 90), 2))
    assert "--jobs 1" in caught.value.hint.vi


@each("jobs", [1, 3])
def test_tasks_are_taken_as_they_are_needed(jobs: int) -> None:
    """A thousand households are not all in flight at once; who stops listening stops the processes too."""
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = spread(double, tasks(), jobs)
    for number in range(20):
        doubled, process, *_ = next(results)
        assert doubled == number * 2
        assert len(taken) <= number + AHEAD * jobs + 1
    results.close()  # type: ignore[attr-defined] # it is a generator
    if jobs > 1:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
