"""Many addresses asked at once, but few at a time; a network that is down is noticed and left alone."""

import ssl
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import Final

from vuonho.output.live.caller import PATIENCE, Caller, Reply
from vuonho.output.live.silence import Reason, Silence
from vuonho.output.live.target import origin

AT_ONCE: Final = 8
_ENOUGH: Final = 6
"""Addresses of one origin in a row without an answer: then the others are not tried."""
_BEGINNING, _EACH = 120.0, 0.5
"""Seconds that all may take: so many, and so many more for each address."""
_TICK: Final = 0.2


@dataclass(slots=True)
class _Mood:
    """What the callers know in common: the silences in a row of each origin, and when the time is up."""

    until: float
    silent: Counter[str] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)

    def is_hopeless(self, url: str) -> Reason | None:
        """Return why an address need not be asked any more, or None."""
        with self.lock:
            if self.silent[origin(url)] >= _ENOUGH:
                return Reason.NOT_TRIED
        return Reason.NO_TIME if monotonic() > self.until else None

    def hear(self, reply: Reply) -> None:
        """Take note of an answer or of none."""
        with self.lock:
            at = origin(reply.url)
            self.silent[at] = self.silent[at] + 1 if isinstance(reply, Silence) else 0


def ask_all(
    urls: Sequence[str], trusted: Collection[str], *, patience: float = PATIENCE, limit: float | None = None
) -> Iterator[Reply]:
    """Yield one reply for each address, as they come; `limit` in seconds stands in for what all may take.

    At most AT_ONCE connections are open. The callers end with the process, so that Ctrl-C waits for nobody.
    """
    waiting, heard = SimpleQueue[str](), SimpleQueue[Reply]()
    for url in urls:
        waiting.put(url)
    safety = ssl.create_default_context()
    mood = _Mood(monotonic() + (_BEGINNING + _EACH * len(urls) if limit is None else limit))
    for _ in range(min(AT_ONCE, len(urls))):
        caller = Caller(trusted, safety, patience)
        Thread(target=_go_on, args=(caller, waiting, heard, mood), daemon=True).start()
    try:
        for _ in urls:
            yield _next(heard)
    finally:
        mood.until = 0.0  # whoever stops listening has nobody asked any more


def _go_on(caller: Caller, waiting: SimpleQueue[str], heard: SimpleQueue[Reply], mood: _Mood) -> None:
    while True:
        try:
            url = waiting.get_nowait()
        except Empty:
            caller.hang_up()
            return
        reason = mood.is_hopeless(url)
        reply = Silence(url, reason) if reason else caller.ask(url)
        if not reason:
            mood.hear(reply)
        heard.put(reply)


def _next(heard: SimpleQueue[Reply]) -> Reply:
    """Return the next reply; it is waited for in small steps, as Windows hears Ctrl-C only between two."""
    while True:
        try:
            return heard.get(timeout=_TICK)
        except Empty:
            continue
