"""Moments that Ctrl-C must not cut in two."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest

from vuonho.output.files import ENDINGS, uninterrupted


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    """Leave the handlers as they were."""
    before = {number: signal.getsignal(number) for number in ENDINGS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def stopped(work: Callable[[], object], number: signal.Signals = signal.SIGINT) -> None:
    """Work, with Ctrl-C pressed before it."""
    signal.raise_signal(number)
    work()


def test_ctrl_c_waits_and_then_acts() -> None:
    """What was begun is done, then the program stops as it would have."""
    done: list[str] = []
    with pytest.raises(KeyboardInterrupt), uninterrupted():
        stopped(lambda: done.append("all of it"))
    assert done == ["all of it"]
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize("number", ENDINGS)
def test_whatever_asks_for_the_end_waits(number: signal.Signals) -> None:
    """Where it does what Ctrl-C does: a window that is closed cuts nothing in two either."""
    done: list[str] = []
    signal.signal(number, signal.default_int_handler)
    with pytest.raises(KeyboardInterrupt), uninterrupted():
        stopped(lambda: done.append("all of it"), number)
    assert done == ["all of it"]
    assert signal.getsignal(number) is signal.default_int_handler


def test_without_ctrl_c_nothing_happens() -> None:
    """And the handler is what it was."""
    before = signal.getsignal(signal.SIGINT)
    with uninterrupted():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def test_a_trouble_inside_is_told_rather_than_the_stop(tmp_path: Path) -> None:
    """The trouble says what is to be done; the handler comes back all the same."""
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(FileNotFoundError), uninterrupted():
        stopped(lambda: tmp_path.joinpath("missing").unlink())
    assert signal.getsignal(signal.SIGINT) is before


def test_who_ignores_ctrl_c_goes_on_ignoring_it() -> None:
    """A program started in the background by a shell does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with uninterrupted():
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_another_thread_leaves_signals_alone() -> None:
    """Python gives them to the main thread only."""
    found: list[bool] = []
    before = signal.getsignal(signal.SIGINT)

    def work() -> None:
        with uninterrupted():
            found.append(signal.getsignal(signal.SIGINT) is before)

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert found == [True]
