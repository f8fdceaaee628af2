"""Work spread over processes: same order, same results, flat memory, and words where one dies."""

import os
import signal
import time
from collections.abc import Iterator

import pytest

from vuonho.errors import MachineError, UserError
from vuonho.i18n import Both
from vuonho.workers import AHEAD, spread

pytestmark = pytest.mark.slow


def double(number: int) -> tuple[int, int]:
    """Return twice the number, late for small ones, and the process that did it."""
    time.sleep(0.002 * (20 - number % 20))
    return number * 2, os.getpid()


def refuse(number: int) -> int:
    """Refuse the number 5."""
    if number == 5:
        raise UserError(Both("năm", "five"), Both("ít hơn", "fewer"))
    return number


def die(number: int) -> int:
    """End the process as a system short of memory does."""
    if number == 5:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(5)
    return number


@pytest.mark.parametrize("jobs", [1, 2, 4])
def test_the_order_is_that_of_the_tasks(jobs: int) -> None:
    """However many processes, and whichever is done first."""
    assert [number * 2 for number in range(40)] == [result for result, _ in spread(double, range(40), jobs)]


def test_one_job_is_this_process() -> None:
    """So that a debugger and a small machine have it easy."""
    assert {os.getpid()} == {process for _, process in spread(double, range(3), 1)}


def test_more_jobs_are_other_processes() -> None:
    """Otherwise nothing would be gained."""
    assert os.getpid() not in {process for _, process in spread(double, range(8), 2)}


@pytest.mark.parametrize("jobs", [1, 2])
def test_nothing_to_do(jobs: int) -> None:
    """No task, no result."""
    assert list(spread(double, (), jobs)) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_the_work_raises_comes_through(jobs: int) -> None:
    """With what was done before it, and with its words."""
    results = spread(refuse, range(40), jobs)
    assert [next(results) for _ in range(5)] == [0, 1, 2, 3, 4]
    with pytest.raises(UserError) as caught:
        next(results)
    assert (Both("năm", "five"), Both("ít hơn", "fewer")) == (caught.value.message, caught.value.hint)


def test_a_process_that_dies_is_told_in_words() -> None:
    """No endless wait, no traceback of the pool."""
    with pytest.raises(MachineError) as caught:
        list(spread(die, range(40), 2))
    assert "--jobs 1" in caught.value.hint.vi


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_tasks_are_taken_as_they_are_needed(jobs: int) -> None:
    """A thousand households are not all in flight at once."""
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = spread(refuse_none, tasks(), jobs)
    for number in range(20):
        assert number == next(results)
        assert len(taken) <= number + AHEAD * jobs + 1
    results.close()  # type: ignore[attr-defined] # it is a generator


def refuse_none(number: int) -> int:
    """Return the number."""
    return number


def test_leaving_early_leaves_nobody_behind() -> None:
    """Whoever stops listening stops the processes too."""
    results = spread(double, range(1000), 2)
    _, process = next(results)
    results.close()  # type: ignore[attr-defined] # it is a generator
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def hears_ctrl_c(_: int) -> tuple[bool, bool]:
    """Return whether this process would act on Ctrl-C, and whether the signal could even reach it."""
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, ()) if hasattr(signal, "pthread_sigmask") else ()
    return signal.getsignal(signal.SIGINT) != signal.SIG_IGN, signal.SIGINT not in blocked


@pytest.mark.skipif(os.name == "nt", reason="signal masks of POSIX")
def test_ctrl_c_is_for_the_parent_alone() -> None:
    """A terminal sends it to all; the others are deaf from their first moment, and this process hears it."""
    assert {(False, False)} == set(spread(hears_ctrl_c, range(8), 2))
    assert hears_ctrl_c(0) == (True, True)
