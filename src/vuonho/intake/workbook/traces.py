"""What a workbook was made from, kept in a sheet that nobody sees: so it can be told what was touched since."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from vuonho.domain.codes import parse_code
from vuonho.errors import Refused
from vuonho.intake.tree import Plain
from vuonho.intake.workbook.plan import profile_fields
from vuonho.intake.workbook.shape import misfits

SHEET: Final = "_vuonho"
LISTS: Final = "_vuonho_lists"
FORMAT: Final = "1"
_PIECE: Final = 15_000
"""Letters a cell; a cell of Excel holds 32,767 and counts some letters twice."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A household as it goes into a workbook: its village's folder and its values in the shape of a profile."""

    village: str
    values: Mapping[str, Plain]


@dataclass(frozen=True, slots=True)
class Traces:
    """What a workbook was made from: the villages' names by folder, and the households by code."""

    villages: Mapping[str, str]
    households: Mapping[str, Exported]


NO_TRACES: Final = Traces(MappingProxyType({}), MappingProxyType({}))


def bare_code(text: object) -> str:
    """Return a code as the profiles have it, however it was typed; what is none comes back trimmed."""
    text = text.strip() if isinstance(text, str) else ""
    try:
        return parse_code(text)
    except Refused:
        return text


def render_traces(households: Iterable[Exported], villages: Iterable[tuple[str, str]]) -> Iterator[list[str]]:
    """Yield the rows of the sheet; a household without a code leaves none."""
    yield [SHEET, FORMAT]
    yield from (["village", slug, name] for slug, name in villages)
    for household in households:
        if code := bare_code(household.values.get("code")):
            text = json.dumps(household.values, ensure_ascii=True, separators=(",", ":"))
            pieces = [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)]
            yield ["household", code, household.village, *pieces]


def parse_traces(rows: Sequence[Sequence[str]]) -> Traces | None:
    """Return what the rows of the sheet say, None where they cannot be understood."""
    if not rows or list(rows[0][:2]) != [SHEET, FORMAT]:
        return None
    villages: dict[str, str] = {}
    households: dict[str, Exported] = {}
    try:
        for kind, key, said, *pieces in rows[1:]:
            if kind == "village":
                villages[key] = said
            elif kind == "household":
                households[key] = Exported(said, _values(json.loads("".join(pieces))))
    except (ValueError, RecursionError):
        return None
    return Traces(MappingProxyType(villages), MappingProxyType(households))


def _values(found: object) -> dict[str, Plain]:
    values = _plain(found)
    if not isinstance(values, dict) or any(misfits(profile_fields(), values)):
        raise ValueError("no profile")
    return values


def _plain(found: object) -> Plain:
    """Return what was read as plain values; raise ValueError for numbers and the like, which nobody wrote."""
    if found is None or isinstance(found, str):
        return found
    if isinstance(found, list):
        return [_plain(item) for item in found]
    if isinstance(found, dict):
        return {str(key): _plain(item) for key, item in found.items()}
    raise ValueError(type(found).__name__)
