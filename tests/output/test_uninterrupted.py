"""Moments that Ctrl-C must not cut in two."""

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

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


@pytest.mark.parametrize("number", ENDINGS)
def test_whatever_asks_for_the_end_waits_and_then_acts(number: signal.Signals) -> None:
    """What was begun is done, then the program stops as it would have; a closed window cuts nothing in two either."""
    done: list[str] = []
    signal.signal(number, signal.default_int_handler)
    with pytest.raises(KeyboardInterrupt), uninterrupted():
        stopped(lambda: done.append("all of it"), number)
    assert done == ["all of it"]
    assert signal.getsignal(number) is signal.default_int_handler
    with uninterrupted():
        assert signal.getsignal(number) is not signal.default_int_handler
    assert signal.getsignal(number) is signal.default_int_handler


def test_a_trouble_inside_is_told_rather_than_the_stop(tmp_path: Path) -> None:
    """The trouble says what is to be done; the handler comes back all the same."""
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(FileNotFoundError), uninterrupted():
        stopped(lambda: tmp_path.joinpath("missing").unlink())
    assert signal.getsignal(signal.SIGINT) is before


def test_who_ignores_ctrl_c_goes_on_ignoring_it() -> None:
    """A program started in the background by a shell does; and Python gives signals to the main thread only."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with uninterrupted():
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: uninterrupted().__enter__()).result()
