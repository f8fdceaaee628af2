"""The output folder of a build: where it may be, which paths it may hold, and the manifest of what is in it."""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from vuonho.errors import MachineError, UserError
from vuonho.i18n import Text, visible
from vuonho.output.files import is_folder, is_link, read_regular, stat_path
from vuonho.output.lock import STATE
from vuonho.output.os_errors import in_words, printable
from vuonho.text import is_portable

# --- Where it may be ---

_OURS = ("profiles", "templates", "words", "src", ".git", STATE)
_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


@dataclass(frozen=True, slots=True)
class Place:
    """One output folder of one project, both absolute and free of links above the last name.

    `label` is how state files and messages call it: below the project with forward slashes, else absolute.
    `state` is the folder of what is known about it.
    """

    project: Path
    out: Path
    label: str
    state: Path


def find_place(project: Path, out: Path | str) -> Place:
    """Return the place of an output folder given relative to the project, or absolute.

    Raises UserError for a folder that holds something else by its nature: the project, its parents, the home
    directory, the profiles, a repository; for a file or a link; and for a name that Windows cannot hold.
    """
    root = Path(os.path.realpath(project))
    if why := _odd_name(root, Path(out)):
        raise _unsuitable(Path(out), why)
    given = Path(os.path.normpath(root / out))  # the last name may be a link, which is to be seen as such
    target = Path(os.path.realpath(given.parent)) / given.name
    if why := _other_purpose(root, target):
        raise _unsuitable(target, why)
    label = label_of(root, target)
    is_plain = _PLAIN.fullmatch(label)
    slug = label if is_plain else f"x-{hashlib.sha256(label.encode(errors='surrogatepass')).hexdigest()[:16]}"
    return Place(root, target, label, root / STATE / "out" / slug)


def label_of(root: Path, path: Path) -> str:
    """Return the path below the project, or else absolute, with forward slashes."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def _odd_name(root: Path, out: Path) -> Text | None:
    """Return what is odd about `~`, which only a shell understands, or a new name that Windows cannot hold."""
    if out.parts and out.parts[0].startswith("~"):
        return Text("the sign ~ is a mere letter here")
    at = root
    for part in out.parts:
        at /= part
        is_new = part == out.name or not os.path.lexists(at)
        if part not in (out.anchor, "..") and is_new and not is_portable(part):
            return Text("Windows cannot hold that name")
    return None


def _other_purpose(root: Path, target: Path) -> Text | None:
    guarded = [root, *root.parents]
    with suppress(RuntimeError):
        home = Path.home()
        guarded += [home, *home.parents]
    if any(_is_same(target, folder) for folder in guarded):
        return Text("it holds more than the website")
    parts = target.relative_to(root).parts if target.is_relative_to(root) else ()
    if (parts and parts[0].casefold() in _OURS) or any(part.casefold() == ".git" for part in target.parts):
        return Text("it belongs to the project itself")
    found = stat_path(target)
    if found is None or is_folder(found):
        return None
    return Text("it is a link to another folder") if is_link(found) else Text("it is a file")


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one == other or one.samefile(other)
    except OSError:
        return False


def _unsuitable(target: Path, why: Text) -> UserError:
    return UserError(
        Text("{name} cannot be the site: {why}.", name=visible(printable(target)), why=why),
        Text("Choose a folder of its own, such as --out site."),
    )


# --- Which paths it may hold: small letters, digits, - and _, which every disk, server and copy can hold ---

MAX_PATH = 240  # characters; Windows stops at 260, the project's own folder included
_NAME = (
    r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:[./]|$))(?!\.(?:git|vuonho)(?:/|$))"
    r"\.?[a-z0-9_][a-z0-9_-]*(?:\.[a-z0-9_-]+)*"
)
_PATH = re.compile(rf"{_NAME}(?:/{_NAME})*")


def check_path(path: str) -> None:
    """Accept a path relative to the site, with forward slashes; raise UserError for any other."""
    if not _PATH.fullmatch(path) or len(path) > MAX_PATH:
        shown = visible(printable(path[:80]))
        raise UserError(Text("“{path}” cannot be the name of a file of the website.", path=shown))


def folders_of(path: str) -> Iterator[str]:
    """Return the folders above the path, the nearest first, the site itself left out."""
    cut = path.rfind("/")
    while cut > 0:
        yield path[:cut]
        cut = path.rfind("/", 0, cut)


# --- What vuonho wrote into it ---

MANIFEST = "manifest.json"
VERSION = 1


class Entry(NamedTuple):
    """One written file: SHA-256 in hexadecimal, bytes, time of change in ns."""

    digest: str
    size: int
    mtime: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """All written files by their path below the site, and the folders that were made for them.

    `villages` are the folders of villages, today's and former ones, whose addresses must go on answering.
    """

    entries: Mapping[str, Entry] = field(default_factory=dict)
    folders: frozenset[str] = frozenset()
    villages: frozenset[str] = frozenset()


def render_manifest(manifest: Manifest) -> bytes:
    """Return the manifest as JSON; the empty sources are for earlier versions, which ask for them."""
    whole = {
        "version": VERSION,
        "folders": sorted(manifest.folders),
        "villages": sorted(manifest.villages),
        "sources": [],
        "files": {path: [*entry, []] for path, entry in sorted(manifest.entries.items())},
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def read_manifest(place: Place) -> Manifest | None:
    """Return the manifest of an output folder, None if there is none that can be read: then nothing counts as ours.

    Raises MachineError for a disk that fails, and for a manifest of a later vuonho.
    """
    path = place.state / MANIFEST
    with in_words(path), suppress(FileNotFoundError, NotADirectoryError):
        return _parse_manifest(read_regular(path))
    return None


def _parse_manifest(content: bytes) -> Manifest | None:
    try:
        whole = json.loads(content)
        if int(whole["version"]) > VERSION:
            raise MachineError(
                Text("This site was made by a later vuonho."),
                Text("Update vuonho on this computer."),
            )
        entries = {
            path: Entry(str(digest), int(size), int(mtime))
            for path, (digest, size, mtime, _sources) in whole["files"].items()
        }
        folders = frozenset(map(str, whole["folders"]))
        for path in (*entries, *folders):
            check_path(path)
        villages = whole["villages"] if "villages" in whole else _villages_of(whole)
        return Manifest(entries, folders, frozenset(map(str, villages)))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError):
        return None


def _villages_of(whole: Any) -> Iterator[str]:
    """Yield the villages of a site that vuonho 1.0 wrote: their pages were made from village.yaml."""
    for path, (_digest, _size, _mtime, sources) in whole["files"].items():
        slug, _, name = path.partition("/")
        is_village = any(whole["sources"][number].endswith(f"{slug}/village.yaml") for number in sources)
        if name == "index.html" and is_village:
            yield slug
