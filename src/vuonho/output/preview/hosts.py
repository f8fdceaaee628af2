"""The names of this computer: which of them a browser may use, and where a phone on the same Wi-Fi finds it."""

import os
import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import IPv4Address
from typing import Final

LOOPBACK: Final = "127.0.0.1"
EVERYWHERE: Final = "0.0.0.0"  # noqa: S104 - asked for with --lan
_OWN: Final = frozenset(("localhost", LOOPBACK, "[::1]"))
_HOST: Final = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,253})(?::[0-9]{1,5})?", re.IGNORECASE)

_AWAY: Final = (
    "192.168.1.1",
    "192.168.0.1",
    "192.168.43.1",
    "192.168.137.1",
    "172.16.0.1",
    "10.0.0.1",
    "192.0.0.8",
)
"""Addresses towards which the system is asked for the way: usual Wi-Fi boxes, a phone's and a laptop's own hotspot,
other private networks, and one that leads nowhere (RFC 7600), for the way of everything else."""


def is_meant(host: str, reached: str) -> bool:
    """Tell whether the header Host names this computer: as itself, or by the address at which it was reached."""
    found = _HOST.fullmatch(host.strip())
    return found is not None and found[1].lower() in _OWN | {reached}


def is_from_here(client: str, reached: str) -> bool:
    """Tell whether a connection comes from this very computer, by its address and the one at which it arrived."""
    return client == reached or client.startswith("127.")


def lan_addresses() -> tuple[str, ...]:
    """Return the IPv4 addresses at which others reach this computer, the likeliest first; none without a network.

    Nothing is sent: the system only says from which address it would.
    """
    found = dict.fromkeys(filter(_is_reachable, _candidates()))
    return tuple(sorted(found, key=lambda address: not IPv4Address(address).is_private))


def _candidates() -> Iterator[str]:
    for away in _AWAY:
        with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
            way.connect((away, 9))
            yield str(way.getsockname()[0])
    if os.name == "nt":  # elsewhere the question for the own name may go out to the network
        with suppress(OSError):
            yield from socket.gethostbyname_ex(socket.gethostname())[2]


def _is_reachable(address: str) -> bool:
    one = IPv4Address(address)
    return not (one.is_loopback or one.is_link_local or one.is_unspecified or one.is_multicast)
