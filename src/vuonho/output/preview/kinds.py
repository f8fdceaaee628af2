"""The kinds of files: what the server says they are.

The table is our own: the one of the system differs from computer to computer, and Windows lets programs change it.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

HTML: Final = "text/html; charset=utf-8"
PLAIN: Final = "text/plain; charset=utf-8"
_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "css": "text/css; charset=utf-8",
        "csv": "text/csv; charset=utf-8",
        "geojson": "application/geo+json; charset=utf-8",
        "html": HTML,
        "ico": "image/vnd.microsoft.icon",
        "jpg": "image/jpeg",
        "js": "application/javascript; charset=utf-8",
        "json": "application/json; charset=utf-8",
        "pdf": "application/pdf",
        "png": "image/png",
        "svg": "image/svg+xml",
        "txt": PLAIN,
        "webmanifest": "application/manifest+json",
        "webp": "image/webp",
        "xml": "application/xml",
    }
)
_PACKS: Final = re.compile(r"text/|image/svg|application/(?!pdf|octet-stream)")


def kind_of(file: str) -> str:
    """Return the media type of a file by the end of its name."""
    name = file.rpartition("/")[2]
    return _KINDS.get(name.rpartition(".")[2] if "." in name else "", "application/octet-stream")


def is_packed(kind: str) -> bool:
    """Tell whether files of a kind become smaller when they are packed."""
    return _PACKS.match(kind) is not None
