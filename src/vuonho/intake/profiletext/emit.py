"""Values become the YAML of a profile, as a person in the village would like to find it.

One field a line in the order of the schema; a short record such as a crop in braces; words in brackets; a story
as a block of lines. What is written reads back exactly, or is refused.
"""

import re
from collections.abc import Iterator, Mapping

from vuonho.bilingual import Text
from vuonho.errors import Refused
from vuonho.intake.nodes import Path, Plain, plain
from vuonho.intake.profiletext.order import Spot, profile_spot
from vuonho.intake.profiletext.scalars import literal, scalar
from vuonho.intake.profiletext.values import tidy_keys
from vuonho.intake.tree import parse_tree

WIDTH = 100
STEP = 2
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


def render_profile(values: Mapping[str, Plain], *, notes: Mapping[Path, str] | None = None) -> str:
    """Return the text of a new profile that says exactly these values; None is written as `key:`.

    `notes` are comments, each above the value at its path (positions in lists count from 0); the one of the
    empty path heads the file. Raises Refused for what a profile's text cannot carry, such as half a character,
    an unseen sign in a key, or lists in lists without end.
    """
    tidied, spot = tidy_keys(values), profile_spot(notes)
    lines = [*note_lines(spot.note, 0), *mapping_lines(tidied, 0, spot)]
    text = "\n".join([*lines, *(["{}"] if not tidied else []), ""])
    tree, problems = parse_tree(text, "")
    if tree is None or problems or plain(tree) != tidied:
        raise Refused(*_CANNOT)
    return text


def mapping_lines(values: Mapping[str, Plain], column: int, spot: Spot) -> Iterator[str]:
    """Yield the lines of keys and values, from `column` (counted from 0)."""
    for key in spot.ordered(values):
        yield from note_lines(spot.at(key).note, column)
        yield from entry_lines(key, values[key], column, spot.at(key))


def entry_lines(key: str, value: Plain, column: int, spot: Spot) -> Iterator[str]:
    """Yield the lines of one key with its value."""
    head = f"{' ' * column}{scalar(key)}:"
    if value is None:
        yield head
    elif (short := one_line(value, len(head) + 1, spot)) is not None:
        yield f"{head} {short}"
    elif isinstance(value, str):
        yield from _block(f"{head} ", value, column)
    elif isinstance(value, dict):
        yield head
        yield from mapping_lines(value, column + STEP, spot)
    else:
        yield head
        for index, item in enumerate(value):
            yield from item_lines(item, column + STEP, spot.at(index))


def item_lines(value: Plain, column: int, spot: Spot) -> Iterator[str]:
    """Yield the lines of one item of a list."""
    yield from note_lines(spot.note, column)
    dash, inside = f"{' ' * column}- ", column + STEP
    if (short := one_line(value, len(dash), spot)) is not None:
        yield f"{dash}{short}"
        return
    if isinstance(value, str):
        yield from _block(dash, value, column)
        return
    if isinstance(value, dict):
        lines = list(mapping_lines(value, inside, spot))
    else:
        lines = [
            line
            for index, item in enumerate(value or ())
            for line in item_lines(item, inside, spot.at(index))
        ]
    first = next(index for index, line in enumerate(lines) if not line.lstrip().startswith("#"))
    yield from (" " * column + line[inside:] for line in lines[:first])
    yield dash + lines[first][inside:]
    yield from lines[first + 1 :]


def one_line(value: Plain, used: int, spot: Spot) -> str | None:
    """Return a value as the rest of a line of which `used` columns are taken, or None where it takes several."""
    if isinstance(value, str):
        return None if "\n" in value and literal(value) else scalar(value, quote=spot.quote)
    if not value:
        return "{}" if isinstance(value, dict) else "[]"
    if spot.has_notes_inside or not _is_short(value, spot):
        return None
    text = flow(value, spot)
    return text if used + len(text) <= WIDTH else None


def flow(value: Plain, spot: Spot) -> str:
    """Return a value between brackets or braces, or as it stands within some."""
    if isinstance(value, dict):
        pairs = (
            f"{scalar(key, in_flow=True)}: {flow(value[key], spot.at(key))}" for key in spot.ordered(value)
        )
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item, spot.at(index)) for index, item in enumerate(value)) + "]"
    return "" if value is None else scalar(value, in_flow=True, quote=spot.quote)


def note_lines(note: str, column: int) -> Iterator[str]:
    """Yield a note as comments, a line each."""
    if note:
        yield from (f"{' ' * column}# {line}".rstrip() for line in _BREAK.split(note))


def _is_short(value: Plain, spot: Spot) -> bool:
    """Tell whether a value reads well on one line: a record of a few words, a list of words."""
    if isinstance(value, dict) and spot.is_section:
        return len(value) <= 2 and all(
            isinstance(inside, str) and "\n" not in inside for inside in value.values()
        )
    if isinstance(value, list):
        return all(isinstance(item, str) and "\n" not in item for item in value)
    return _is_flat(value)


def _is_flat(value: Plain) -> bool:
    if isinstance(value, dict):
        return all(_is_flat(inside) for inside in value.values())
    if isinstance(value, list):
        return all(_is_flat(item) for item in value)
    return value is not None and "\n" not in value


def _block(head: str, text: str, column: int) -> Iterator[str]:
    """Yield a text of several lines under its sign."""
    sign, lines = literal(text) or ("", [])
    yield head + sign
    yield from (f"{' ' * (column + STEP)}{line}" if line else "" for line in lines)


_CANNOT = (
    Text("Có chữ không ghi vào hồ sơ được.", "Something here cannot be written into a profile."),
    Text(
        "Xem tên các mục có ký tự lạ không; xóa chỗ ấy rồi gõ lại bằng tay.",
        "See whether a key holds a strange sign; delete it and type it again by hand.",
    ),
)
