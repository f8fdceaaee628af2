"""Photos that came along: checked, turned upright, without metadata, and named for their household and content."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from vuonho.bilingual import Text
from vuonho.domain.values import quoted
from vuonho.errors import Problem, Refused
from vuonho.intake.incoming import Incoming
from vuonho.intake.tree import Plain
from vuonho.output.files import digest_bytes
from vuonho.render.photos.photo import kept_photo

FOLDER = "photos"
_kept = lru_cache(maxsize=1000)(kept_photo)
"""An import is planned again without the households that have errors; its photos are made once."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What came in, its photos named as they will lie in the village's folder, and their contents by that name."""

    incoming: Incoming
    contents: Mapping[str, bytes]
    problems: tuple[Problem, ...]


def unpack_photos(incoming: Incoming, stem: str, named: Sequence[str] = ()) -> Unpacked:
    """Return a household's telling with its photos ready to be kept as `photos/<stem>-<8 hex digits>.jpg`.

    The name comes of the content, so that a photo that is sent twice is kept once, also where the profile, whose
    photos are `named`, has been renamed since. Whatever name it came with decides nothing.
    """
    names: dict[str, str] = {}
    refused_names: set[str] = set()
    contents: dict[str, bytes] = {}
    problems: list[Problem] = []
    for photo in incoming.photos:
        try:
            content = _kept(photo.content)
        except Refused as refused:
            message = Text(f"Ảnh {quoted(photo.name)}: {refused.message.vi}",
                           f"Photo {quoted(photo.name)}: {refused.message.en}")  # fmt: skip
            problems.append(photo.place.problem("photos", message, refused.hint))
            refused_names.add(photo.name)
            continue
        end = f"-{digest_bytes(content)[:8]}.jpg"
        known = (name for name in named if name.startswith(f"{FOLDER}/") and name.endswith(end))
        names[photo.name] = next(known, f"{FOLDER}/{stem}{end}")
        contents[names[photo.name]] = content
    values = dict(incoming.values)
    if "photos" in values:
        values["photos"] = _renamed(_without(values["photos"], refused_names), names)
    return Unpacked(replace(incoming, values=values), contents, tuple(problems))


def named_as_stored(incoming: Incoming, name: Callable[[str], str]) -> Incoming:
    """Return a household's telling with each photo called by the name that `name` gives for what was typed."""
    photos = incoming.values.get("photos")
    if not isinstance(photos, list):
        return incoming
    typed = [one.get("file") if isinstance(one, dict) else one for one in photos]
    names = {one: name(one) for one in typed if isinstance(one, str)}
    return replace(incoming, values={**incoming.values, "photos": _renamed(photos, names)})


def _without(photos: Plain, names: Collection[str]) -> Plain:
    """Return the entries whose photo was not refused: of those enough is said."""
    if not isinstance(photos, list):
        return photos
    return [one for one in photos if (one.get("file") if isinstance(one, dict) else one) not in names]


def _renamed(photos: Plain, names: Mapping[str, str]) -> Plain:
    return [_named(entry, names) for entry in photos] if isinstance(photos, list) else photos


def _named(entry: Plain, names: Mapping[str, str]) -> Plain:
    if isinstance(entry, str):
        return names.get(entry, entry)
    if isinstance(entry, dict) and isinstance(file := entry.get("file"), str):
        return entry | {"file": names.get(file, file)}
    return entry
