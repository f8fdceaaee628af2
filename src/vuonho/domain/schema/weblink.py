"""The address of a page elsewhere, kept as it was typed or refused."""

import re
from urllib.parse import urlsplit

from vuonho.bilingual import Text
from vuonho.domain.values import quoted
from vuonho.errors import Refused

# Labels of letters and digits in any script, hyphens within; the last begins with a letter, so no IP passes.
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_NETLOC = re.compile(rf"(?:{_LABEL}\.)+(?=[^\W\d_]){_LABEL}(?::(?P<port>[1-9][0-9]{{0,4}}))?")
_LONGEST_HOST = 260
_STRANGE = frozenset(" \\<>\"'`{}|^")


def parse_link(text: str) -> str:
    """Return a link with http or https and a host with a name, as typed; Refused for anything else."""
    if _is_link(text):
        return text
    raise Refused(
        Text(f"{quoted(text)} không phải là địa chỉ trang web.", f"{quoted(text)} is not a web address."),
        Text("Chép đầy đủ, bắt đầu bằng https://", "Copy the whole of it, beginning with https://"),
    )


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    whole = parts.scheme.lower() in {"http", "https"} and has_sound_host(parts.netloc)
    return whole and text.isprintable() and _STRANGE.isdisjoint(text)


def has_sound_host(netloc: str) -> bool:
    """Tell whether what stands between "//" and the next "/" is a domain name, with a port or not, and no more."""
    found = _NETLOC.fullmatch(netloc) if len(netloc) <= _LONGEST_HOST else None
    return found is not None and int(found["port"] or 1) <= 65_535
