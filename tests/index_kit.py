"""The search index as a phone takes it apart: households, one village after the other."""

import re
from typing import Any, NamedTuple

END = "\x7f"


class Row(NamedTuple):
    """What the index knows of a household; `things` are numbers of its words, from 0."""

    code: str
    name: str
    address: str
    things: list[int]


def rows_by_village(index: Any) -> dict[str, list[Row]]:
    """Return the households of each village by its folder."""
    width = index["digits"]
    codes = [
        str(int(index["codes"][at : at + width], 32)) for at in range(0, len(index["codes"]), width or 1)
    ]
    names, addresses = (index[of].split(END) if codes else [] for of in ("names", "addresses"))
    rows = [Row(*one, []) for one in zip(codes, names, addresses, strict=True)]
    for number, steps in enumerate(index["found"]):
        at = -1
        for more, letter in re.findall("([0-9]*)([a-z])", steps):
            at += int(more or 0) * 26 + ord(letter) - 96
            rows[at].things.append(number)
    return {folder: [rows.pop(0) for _ in range(count)] for folder, _, _, count in index["villages"]}


def rows_of(index: Any) -> list[Row]:
    """Return all households."""
    return [row for rows in rows_by_village(index).values() for row in rows]
