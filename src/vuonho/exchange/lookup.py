"""One value out of what a profile or a file says, as typed."""

from collections.abc import Mapping
from datetime import date

from vuonho.domain.values import parse_date
from vuonho.errors import Refused
from vuonho.intake.tree import Plain


def value_at(values: Mapping[str, Plain], *path: str) -> Plain:
    """Return the value at a path of keys, None where there is none."""
    node: Plain = dict(values)
    for step in path:
        node = node.get(step) if isinstance(node, dict) else None
    return node


def text_at(values: Mapping[str, Plain], *path: str) -> str:
    """Return the text at a path of keys, "" where there is none."""
    value = value_at(values, *path)
    return value if isinstance(value, str) else ""


def day_of(value: Plain) -> date | None:
    """Return the day that a value names, None for nothing and for what is no day."""
    try:
        return parse_date(value) if isinstance(value, str) else None
    except Refused:
        return None
