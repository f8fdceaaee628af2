"""Output that outlives its listener: `vuonho … | head -1` finishes its work and exits by what was done."""

import errno
import io
import os
import sys
from typing import Any, Final, TextIO

# Windows says EINVAL of a pipe that nobody reads any more.
_GONE: Final = frozenset({errno.EPIPE, errno.EINVAL} if os.name == "nt" else {errno.EPIPE})


class Outlet(io.RawIOBase):
    """A stream of the system that drops what is written once nobody reads it any more."""

    def __init__(self, raw: io.RawIOBase) -> None:
        super().__init__()
        self._raw = raw
        self._is_shut = False

    def writable(self) -> bool:
        """Return True."""
        return True

    def fileno(self) -> int:
        """Return the number that the system gave the stream."""
        return self._raw.fileno()

    def isatty(self) -> bool:
        """Tell whether the stream is a terminal."""
        return self._raw.isatty()

    def write(self, content: Any, /) -> int | None:
        """Return how much was taken; all of it where nobody listens. A full disk is complained of once."""
        try:
            if not self._is_shut:
                return self._raw.write(content)
        except OSError as error:
            self._is_shut = True
            if error.errno not in _GONE:
                raise
        return memoryview(content).nbytes


def outlive_listeners() -> None:
    """Let both streams of this process go on when their reader has gone; a terminal stays as it is."""
    sys.stdout = _outliving(sys.stdout)
    sys.stderr = _outliving(sys.stderr)


def _outliving(stream: TextIO) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper) or stream.isatty():
        return stream
    raw = getattr(stream.buffer, "raw", stream.buffer)
    if not isinstance(raw, io.RawIOBase):
        return stream
    stream.flush()
    outlet = io.BufferedWriter(Outlet(raw))
    return io.TextIOWrapper(outlet, stream.encoding, stream.errors, line_buffering=stream.line_buffering)
