"""What comes with the package (templates, guides, the demo village, typefaces), and what renderers return."""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal

# --- The templates and the demo village that come with the program ---

_HERE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Return the folder `templates`, `guides` or `profiles` that came with the program."""
    beside = _HERE / name
    return beside if beside.is_dir() else _HERE.parent.parent / name


def own_templates(own: Path, shipped: Path) -> Iterator[str]:
    """Yield the names of the files of `own` that stand in for those of `shipped`, in order.

    Files that no page asks for are nobody's business, and a copy of a shipped one is as sound as that.
    """
    for name in sorted(path.relative_to(shipped).as_posix() for path in shipped.rglob("*") if path.is_file()):
        if os.path.lexists(own / name) and not _is_copy(own / name, shipped / name):
            yield name


def _is_copy(file: Path, original: Path) -> bool:
    try:
        return file.is_file() and not file.samefile(original) and file.read_bytes() == original.read_bytes()
    except OSError:
        return False  # its reader says what is wrong


@cache
def program_stamp() -> str:
    """Return what stands for the program and all that came with it: what it made before may be other now."""
    folders = dict.fromkeys((_HERE, shipped("templates"), shipped("guides")))
    paths = (path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix != ".pyc")
    files = ((path, path.stat()) for path in paths if path.is_file())
    looks = [(path.as_posix(), found.st_size, found.st_mtime_ns) for path, found in files]
    return sha256(repr(looks).encode()).hexdigest()


STATIC: Final = ("icon.svg", "icon-192.png", "icon-512.png", "icon-maskable-512.png", "apple-touch-icon.png")
"""Files of the site that are the same in every project; a touch icon is square, iOS rounds it itself."""

READER: Final = "doc-ma.js"
"""What reads codes where the browser cannot; whose it is, its head says, and doc-ma.LICENSE.txt beside it."""


@cache
def static_file(name: str) -> bytes:
    """Return one of `STATIC`, or `READER`."""
    return (shipped("templates") / "static" / name).read_bytes()


# --- The typeface of everything drawn, for shared links and for print: Be Vietnam Pro (SIL Open Font License 1.1) ---

Weight = Literal["Regular", "Medium", "SemiBold", "Bold", "ExtraBold"]
"""The upright weights in use, as the files are named."""

_UNICODE: Final = (3, 1)
"""Platform and encoding of the table that maps Unicode to glyphs."""


@cache
def font_bytes(weight: Weight) -> bytes:
    """Return the TrueType file of a weight."""
    return (_HERE / "fonts" / f"BeVietnamPro-{weight}.ttf").read_bytes()


@cache
def font_letters(weight: Weight) -> frozenset[str]:
    """Return every character that a weight has a glyph for."""
    font = font_bytes(weight)
    cmap = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    kinds = (struct.unpack_from(">HHI", font, cmap + 4 + 8 * index) for index in range(count))
    start = next(cmap + offset for *kind, offset in kinds if tuple(kind) == _UNICODE)
    return frozenset(map(chr, _mapped(font, start)))


def _table(font: bytes, name: bytes) -> int:
    """Return where a table of the file starts."""
    (count,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * index) for index in range(count))
    return next(int(offset) for tag, _, offset, _ in records if tag == name)


def _mapped(font: bytes, start: int) -> Iterator[int]:
    """Yield the code points of a table of format 4 that lead to a glyph other than 0."""
    (twice,) = struct.unpack_from(">H", font, start + 6)
    lasts = start + 14
    firsts, deltas, offsets = lasts + twice + 2, lasts + 2 * twice + 2, lasts + 3 * twice + 2
    for at in range(0, twice, 2):
        last, first, delta, offset = (
            struct.unpack_from(">H", font, table + at)[0] for table in (lasts, firsts, deltas, offsets)
        )
        for code in range(first, last + 1):
            glyph = code
            if offset:
                (glyph,) = struct.unpack_from(">H", font, offsets + at + offset + 2 * (code - first))
            if glyph and (glyph + delta) % 65536:
                yield code


# --- What a renderer returns and the writer writes: a path below the site and its bytes ---


@dataclass(frozen=True, slots=True)
class Artifact:
    """One finished output file.

    `path` is relative to the site, with forward slashes and no "..".
    """

    path: str
    content: bytes
