"""Moments that Ctrl-C must not cut in two, nor anything else that asks for the end."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

ENDINGS: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""What asks a program to end: Ctrl-C, a computer that is shut down, a window that is closed."""


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Return a context in which Ctrl-C waits until the end, and then acts as it would have acted."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    usual = {number: found for number in ENDINGS if callable(found := signal.getsignal(number))}
    waiting: list[int] = []
    for number in usual:
        signal.signal(number, lambda number, _frame: waiting.append(number))
    try:
        yield
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)
    if waiting:
        usual[signal.Signals(waiting[0])](waiting[0], None)
