"""What the page of the patrol sends, read and not yet believed: one text file with how plaques were found, and photos.

vuonho_patrol: 1
made: "2026-11-27"
plaques: [ {"code": "482135", "day": "2026-11-27", "condition": "faded", "photo": "482135.jpg"}, … ]
pictures:                          as in a file of the phone form
end: vuonho
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from vuonho.errors import Problem, Severity, UserError
from vuonho.forms.form_file import read_pictures, split_file
from vuonho.forms.incoming import IncomingPhoto, Place
from vuonho.i18n import Text
from vuonho.model.codes import parse_code
from vuonho.model.values import parse_date, quoted, say_day
from vuonho.project.yaml_tree import Node, Sequence, parse_tree, plain
from vuonho.register.register import CONDITIONS

MOST_PLAQUES: Final = 2_000
_AGAIN: Final = Text("Open the page of the walk on the phone, and send its file again.")


@dataclass(frozen=True, slots=True)
class Seen:
    """How one plaque was found, and on which day."""

    code: str
    day: date
    condition: str
    place: Place
    photo: IncomingPhoto | None = None


def is_patrol(content: bytes) -> bool:
    """Tell whether a file begins as those of the patrol do."""
    return re.match(rb"(?:\xef\xbb\xbf)?\s*vuonho_patrol\s*:", content[:400]) is not None


def read_patrol(content: bytes, file: str, today: date) -> tuple[tuple[Seen, ...], tuple[Problem, ...]]:
    """Return (plaques, problems) of a file; no plaques where there is an error. Never raises for any content."""
    try:
        head, part, line = split_file(content, is_patrol, _AGAIN)
    except UserError as refused:
        return (), (Problem("", refused.message, refused.hint, file=file),)
    tree, problems = parse_tree(head, file)
    if tree is None:
        return (), problems
    photos, damaged = read_pictures(part, line, file, _AGAIN)
    found = [*problems, *damaged]
    version, entry = tree.get("vuonho_patrol"), tree.get("plaques")
    here = Place(file, (entry or tree).line)
    nodes = entry.value.filled if entry and isinstance(entry.value, Sequence) else ()
    seen: dict[str, Seen] = {}
    if version is None or plain(version.value) != "1":
        message = Text("This file is of another version, which the vuonho on this computer cannot read.")
        found.append(here.problem("", message, Text("Update vuonho and run again.")))
    elif not 0 < len(nodes) <= MOST_PLAQUES:
        message = Text("{count} plaques; from 1 to {most} a file.", count=len(nodes), most=MOST_PLAQUES)
        found.append(here.problem("", message, _AGAIN))
    else:
        for node in nodes:
            place = Place(file, node.line)
            try:
                one = _seen(node, place, photos, today)
            except UserError as refused:
                found.append(place.problem("", refused.message, refused.hint))
                continue
            if one.code in seen:
                message = Text("Code {code} is in the file twice.", code=one.code)
                found.append(place.problem("", message, _AGAIN))
            seen[one.code] = one
    is_whole = all(one.severity is not Severity.ERROR for one in found)
    return tuple(seen.values()) if is_whole else (), tuple(found)


def _seen(node: Node, place: Place, photos: Mapping[str, IncomingPhoto], today: date) -> Seen:
    """Return one plaque; raise UserError for what is none."""
    told = plain(node)
    if not isinstance(told, dict):
        raise UserError(Text("A plaque is wanted here, not a text."), _AGAIN)
    code, day, condition, photo = (
        value.strip() if isinstance(value := told.get(name), str) else ""
        for name in ("code", "day", "condition", "photo")
    )
    code, on = parse_code(code), parse_date(day)
    if on > today:
        raise UserError(
            Text("{code}: {day} has not come yet.", code=code, day=say_day(on)),
            Text("Set the date of the phone and of the computer, then send again."),
        )
    if condition not in CONDITIONS:
        message = Text("{code}: there is no condition {condition}.", code=code, condition=quoted(condition))
        raise UserError(message, Text("It is one of: {names}.", names=", ".join(CONDITIONS)))
    if photo and photo not in photos:
        raise UserError(Text("The photo {name} is not in the file.", name=quoted(photo)), _AGAIN)
    return Seen(code, on, condition, place, photos[photo] if photo else None)
