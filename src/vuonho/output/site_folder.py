"""Where files may be written: the folder of a site and what stands in it, and a single file beside the project's own."""

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, Final, NamedTuple

from vuonho.errors import MachineError, UserError, say_size
from vuonho.i18n import Text, visible
from vuonho.output.files import in_words, is_folder, is_link, is_regular, printable, read_regular, stat_path
from vuonho.output.lock import STATE
from vuonho.text import is_portable

# --- The output folder of a build: where it may be, which paths it may hold, and the manifest of what is in it ---

# --- Where it may be ---

_OURS = ("profiles", "templates", "words", "guides", "src", ".git", STATE)
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
        Text("Choose a folder of its own (such as --out site)."),
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

    @property
    def size(self) -> int:
        """Return the bytes of all files."""
        return sum(entry.size for entry in self.entries.values())


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


# --- How much of it GitHub Pages takes ---

MOST_BYTES: Final = 1_000_000_000
"""Of a whole site (GitHub Docs, "GitHub Pages limits")."""
NEARLY_FULL: Final = 800_000_000
_HOUSEHOLD, _PHOTO = 40_000, 45_000
"""About what a household adds to a site in each of its languages, and each photo, in bytes."""


def likely_size(households: int, languages: int, photos: int) -> int:
    """Return about how many bytes a site will have that nobody has built yet."""
    return households * languages * _HOUSEHOLD + photos * _PHOTO


def say_whole(size: int) -> Text:
    """Return how much there is of a site, and how much there may be."""
    return Text("The site has {size} of the 1,000 MB that GitHub Pages takes.", size=say_size(size))


def make_room(size: int, households: int) -> Text:
    """Return what to do where a site of so many bytes fills GitHub Pages."""
    each = max(1, size // max(1, households))
    return Text(
        "At {each} a household, {most} households are the most that fit. Make a project and a repository for each "
        "commune, or show fewer photos of each household.",
        each=say_size(each),
        most=MOST_BYTES // each,
    )


# --- Where a file for the team may be written: beside the project's own folders, and over nothing but one of ours ---

_KEPT: Final = ("profiles", "site", "templates", "words", "guides", ".git", STATE)
"""The folders of a project in which nothing that is made for somebody else belongs."""
_OTHER_NAME: Final = Text("Choose another name after -o.")


def output_path(project: Path, name: str, example: Text, is_ours: Callable[[Path], bool]) -> Path:
    """Return the file that `name` means, relative to the project or absolute; raise UserError for one that may not be.

    `example` is a good name in each language, and its ending the one that is wanted. An older file may be replaced
    if it `is_ours`, and no other. Raises MachineError where that cannot be told.
    """
    target, suffix, shown = project / name, Path(example.vi).suffix, printable(name)
    if target.suffix.lower() != suffix:
        raise UserError(
            Text("The file's name must end in {suffix}: {shown}", suffix=suffix, shown=shown),
            Text("Write, for example: -o {example}", example=example),
        )
    if not is_portable(target.name):
        raise UserError(Text("Windows cannot hold this name: {shown}", shown=shown), _OTHER_NAME)
    with in_words(target):
        if not is_folder(stat_path(target.parent.resolve())):
            raise UserError(
                Text("There is no folder {folder}.", folder=printable(str(target.parent))),
                Text("Make that folder first, or choose another place."),
            )
        if kept := kept_folder(project, target):
            raise UserError(
                Text("This file does not belong into {kept}/.", kept=kept),
                Text("Choose another place after -o, such as: -o {example}", example=example),
            )
        found = stat_path(target)
        if found is not None and not (is_regular(found) and is_ours(target)):
            raise UserError(
                Text("{shown} is there already, and vuonho did not make it.", shown=shown),
                _OTHER_NAME,
            )
    return target


def kept_folder(project: Path, target: Path) -> str:
    """Return the name of the project's own folder in which a file would lie, "" if in none. Raises OSError."""
    folder = target.parent.resolve()
    above = (folder, *folder.parents)
    return next(
        (name for name in _KEPT if any(_is_same_place(one, (project / name).resolve()) for one in above)), ""
    )


def _is_same_place(folder: Path, kept: Path) -> bool:
    """Tell whether two names mean one folder, though a disk may not tell capitals apart."""
    return folder == kept or (
        folder.name.casefold() == kept.name.casefold() and kept.exists() and folder.samefile(kept)
    )


# --- A page for the team alone: never where a site is published from ---

SIGN: Final = b'<meta name="generator" content="vuonho status">'
"""What our page says near its beginning."""
_PAGE: Final = Text("standing.html")
_OF_A_SITE: Final = ("sw.js", "manifest.webmanifest")
"""What lies at the top of a built site, wherever it was built to."""
_LARGEST: Final = 50_000_000


def page_target(project: Path, name: str) -> Path:
    """Return where a page for the team alone goes, by the rules of `output_path`; an older one of ours may be replaced."""
    target = output_path(project, name, _PAGE, lambda page: SIGN in read_regular(page, _LARGEST))
    with in_words(target):
        folder = target.parent.resolve()
        for one in (folder, *folder.parents):
            if all(is_regular(stat_path(one / sign)) for sign in _OF_A_SITE):
                raise UserError(
                    Text("This page is for the team alone and does not belong into {name}/.", name=one.name),
                    Text("Choose another place after -o, such as: -o {example}", example=_PAGE),
                )
    return target


# --- A PDF ---

_PDF: Final = Text("plaques.pdf")
_SIGNS: Final = (b"/Creator (vuonho)", b"/Producer (ReportLab PDF Library")
"""What our PDFs say; a program that changes one puts itself down as the producer."""


def pdf_target(project: Path, name: str) -> Path:
    """Return where a PDF goes, by the rules of `output_path`; an older one of ours may be replaced."""
    return output_path(project, name, _PDF, _is_our_pdf)


def _is_our_pdf(path: Path) -> bool:
    if not path.stat().st_size:
        return False
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        return content[:5] == b"%PDF-" and all(content.find(sign) >= 0 for sign in _SIGNS)
