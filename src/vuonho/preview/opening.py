"""The door of a preview: a port of this computer, and the addresses at which it is found."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from vuonho.bilingual import Text
from vuonho.errors import MachineTrouble
from vuonho.output.preview.hosts import EVERYWHERE, LOOPBACK, lan_addresses
from vuonho.output.preview.server import Server
from vuonho.output.preview.stage import Stage
from vuonho.render.codes.symbol import symbol
from vuonho.render.codes.terminal import terminal_lines

_USUAL: Final = range(8000, 8020)
_FORBIDDEN: Final = (errno.EACCES, errno.EPERM)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a preview is found: on this computer, and by others on the same network, the likeliest first."""

    here: str
    others: tuple[str, ...]


@contextmanager
def open_door(stage: Stage, port: int | None, *, lan: bool) -> Iterator[Server]:
    """Return a context with a server that has its port and does not answer yet; at its end the port is free.

    With no `port` it is the first free one from 8000 on, with 0 any that is free. Raises MachineTrouble where none
    can be had. Without `lan` nobody but this computer reaches it.
    """
    server = _find(stage, port, lan=lan)
    try:
        yield server
    finally:
        server.stop()


def addresses(server: Server, prefix: str, *, lan: bool) -> Addresses:
    """Return the addresses of the site."""
    here, *others = (
        f"http://{host}:{server.port}{prefix}" for host in (LOOPBACK, *(lan_addresses() if lan else ()))
    )
    return Addresses(here, tuple(others))


def phone_code(address: str, *, is_bright: bool) -> tuple[str, ...]:
    """Return the lines of a QR symbol that opens an address; `is_bright` where only bright letters can be written."""
    return terminal_lines(symbol(address), is_bright=is_bright)


def _find(stage: Stage, port: int | None, *, lan: bool) -> Server:
    host = EVERYWHERE if lan else LOOPBACK
    if port is not None:
        return _take(host, port, stage)
    for one in _USUAL:
        try:
            return Server(host, one, stage)
        except OSError:  # taken, or kept back by the system: the next
            continue
    return _take(host, 0, stage)


def _take(host: str, port: int, stage: Stage) -> Server:
    try:
        return Server(host, port, stage)
    except OSError as error:
        raise _trouble(error, port) from error


def _trouble(error: OSError, port: int) -> MachineTrouble:
    other = Text("Bỏ --port để vuonho tự chọn cổng, hoặc chọn số khác, thí dụ --port 8080.",
                 "Leave --port out and vuonho finds one, or choose another, such as --port 8080.")  # fmt: skip
    if error.errno in _FORBIDDEN:
        message = Text(f"Máy không cho dùng cổng {port}.", f"This computer does not allow port {port}.")
    else:
        message = Text(
            f"Cổng {port} đang có chương trình khác dùng.", f"Another program is using port {port}."
        )
    return MachineTrouble(message, other)
