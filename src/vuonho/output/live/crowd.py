"""Many addresses asked at once, but few at a time; who never comes to an end, and a network that is down, are let be."""

import ssl
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import Final

from vuonho.output.live.caller import PATIENCE, Caller, Reply
from vuonho.output.live.silence import Reason, Silence
from vuonho.output.live.target import origin

AT_ONCE: Final = 8
WHOLE: Final = 60.0
"""Seconds that one address may take, from the question for its name to the last letter after all redirects."""
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
    urls: Sequence[str],
    trusted: Collection[str],
    *,
    patience: float = PATIENCE,
    whole: float = WHOLE,
    limit: float | None = None,
) -> Iterator[Reply]:
    """Yield one reply for each of different addresses, as they come; `limit` in seconds stands in for what all may take.

    At most AT_ONCE callers are at work. They end with the process, so that Ctrl-C waits for nobody.
    """
    safety = ssl.create_default_context()
    mood = _Mood(monotonic() + (_BEGINNING + _EACH * len(urls) if limit is None else limit))
    crowd = _Crowd(urls, mood, lambda: Caller(trusted, safety, patience), whole)
    try:
        for _ in urls:
            yield crowd.next()
    finally:
        mood.until = 0.0  # whoever stops listening has nobody asked any more


class _Crowd:
    """The callers at work; one who is given up on is followed by another, and nobody listens to him any more."""

    def __init__(self, urls: Sequence[str], mood: _Mood, new: Callable[[], Caller], whole: float) -> None:
        self._mood, self._new, self._whole = mood, new, whole
        self._waiting, self._heard = SimpleQueue[str](), SimpleQueue[Reply]()
        self._asked: dict[str, float] = {}
        for url in urls:
            self._waiting.put(url)
        for _ in range(min(AT_ONCE, len(urls))):
            self._send_one()

    def next(self) -> Reply:
        """Return the next reply; it is waited for in small steps, as Windows hears Ctrl-C only between two."""
        while True:
            for url in [url for url, until in self._asked.copy().items() if monotonic() > until]:
                if self._hear(Silence(url, Reason.TOO_SLOW)):
                    self._send_one()
            try:
                return self._heard.get(timeout=_TICK)
            except Empty:
                continue

    def _send_one(self) -> None:
        Thread(target=self._go_on, args=(self._new(),), daemon=True).start()

    def _go_on(self, caller: Caller) -> None:
        while (url := self._take()) and self._hear(caller.ask(url)):
            continue
        caller.hang_up()

    def _take(self) -> str:
        """Return the next address to ask, "" for none; those that need not be asked are answered on the way."""
        while True:
            try:
                url = self._waiting.get_nowait()
            except Empty:
                return ""
            reason = self._mood.is_hopeless(url)
            if not reason:
                self._asked[url] = monotonic() + self._whole
                return url
            self._heard.put(Silence(url, reason))

    def _hear(self, reply: Reply) -> bool:
        """Tell whether a reply is the first one to its address; then it counts."""
        if self._asked.pop(reply.url, None) is None:
            return False
        self._mood.hear(reply)
        self._heard.put(reply)
        return True
