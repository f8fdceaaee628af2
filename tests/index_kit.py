"""The search index as a phone takes it apart: households, one village after the other."""

from typing import Any, NamedTuple


class Row(NamedTuple):
    """What the index knows of a household; `things` are numbers of its words, from 1."""

    code: str
    name: str
    address: str
    things: list[int]


def rows_by_village(index: Any) -> dict[str, list[Row]]:
    """Return the households of each village by its folder."""
    width = index["digits"]
    codes = [index["codes"][at : at + width].lstrip("0") for at in range(0, len(index["codes"]), width or 1)]
    rows = [Row(*one) for one in zip(codes, index["names"], index["addresses"], index["found"], strict=True)]
    return {folder: [rows.pop(0) for _ in range(count)] for folder, _, _, count in index["villages"]}


def rows_of(index: Any) -> list[Row]:
    """Return all households."""
    return [row for rows in rows_by_village(index).values() for row in rows]
