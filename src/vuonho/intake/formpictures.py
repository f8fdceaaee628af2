"""The photos at the end of a file of the phone form: each a name, its size in bytes, and base64 in lines.

They are read as lines and not as YAML, which would take minutes for forty megabytes.
"""

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from vuonho.bilingual import Text
from vuonho.errors import Problem
from vuonho.intake import formfile_words as words
from vuonho.portable import is_portable

LARGEST: Final = 10_000_000
MOST: Final = 1000
_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){0,9}\.(?:jpg|jpeg|png|webp)")
_LONGEST_NAME: Final = 80
_EMPTY: Final = re.compile(rb"pictures: *(?:\{ *\})?\s*\Z")
_FIRST: Final = re.compile(rb"pictures: *\n")
_PICTURE: Final = re.compile(
    rb"""[ ]{1,4}(["']?)(?P<name>[^\n:"']{1,200})\1:[ ]*+\n
    [ ]++bytes:[ ]*+["']?(?P<bytes>[0-9]{1,9})["']?[ ]*+\n
    [ ]++base64:[ ]*+\|[ ]*+\n
    (?P<base64>(?:[ ]++[A-Za-z0-9+/=]++[ ]*+\n)*+)""",
    re.VERBOSE,
)
_BLANK: Final = re.compile(rb"\s*")


@dataclass(frozen=True, slots=True)
class PictureFound:
    """The bytes of a photo, and the line of its name; 1 is the first of the file."""

    content: bytes
    line: int


Pictures: TypeAlias = Mapping[str, PictureFound]
_NONE: Final[Pictures] = MappingProxyType({})


def is_picture_name(name: str) -> bool:
    """Tell whether a name is such as the form gives: plain letters, no path, nothing that Windows keeps for itself."""
    return len(name) <= _LONGEST_NAME and bool(_NAME.fullmatch(name)) and is_portable(name)


def read_pictures(part: bytes, file: str, first: int) -> tuple[Pictures, tuple[Problem, ...]]:
    """Return (pictures by name, problems) of the part that begins with `pictures:`, in line `first` of the file.

    Never raises. A picture that is damaged is a problem and not among the pictures.
    """
    if _EMPTY.fullmatch(part):
        return _NONE, ()
    found: dict[str, PictureFound] = {}
    problems: list[Problem] = []
    start = _FIRST.match(part)
    at, line = (start.end(), first + 1) if start else (0, first)
    while at < len(part):
        match = _PICTURE.match(part, at) if start else None
        if match is None:
            rest = _BLANK.match(part, at)
            if rest is None or rest.end() < len(part):
                problems.append(_problem(file, line, words.DAMAGED))
            break
        name = match["name"].decode("utf-8", "replace").strip()
        said = _wrong(name, found) or _take(match, name, line, found)
        if said:
            problems.append(_problem(file, line, said))
        if len(found) > MOST:
            problems.append(_problem(file, line, words.too_many_pictures(MOST)))
            break
        line += part.count(b"\n", at, match.end())
        at = match.end()
    return MappingProxyType(found), tuple(problems)


def _wrong(name: str, found: Pictures) -> tuple[Text, Text] | None:
    if not is_picture_name(name):
        return words.odd_name(name)
    return words.twice(name) if name in found else None


def _take(
    match: re.Match[bytes], name: str, line: int, found: dict[str, PictureFound]
) -> tuple[Text, Text] | None:
    """Put a picture among those found, or return what is wrong with it."""
    size = int(match["bytes"])
    if size > LARGEST:
        return words.picture_too_large(name, LARGEST)
    try:
        content = b64decode(match["base64"].translate(None, b" \n"), validate=True)
    except Error:
        return words.broken_picture(name)
    if len(content) != size or not content:
        return words.broken_picture(name)
    found[name] = PictureFound(content, line)
    return None


def _problem(file: str, line: int, said: tuple[Text, Text]) -> Problem:
    return Problem(file, line, 1, "pictures", *said)
