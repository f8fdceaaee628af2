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
from vuonho.i18n import Both, Text, visible
from vuonho.output.files import is_folder, is_link, read_regular, stat_path
from vuonho.output.lock import STATE
from vuonho.output.os_errors import printable
from vuonho.text import FORBIDDEN, RESERVED, is_portable, portable_fold

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

    @property
    def manifest(self) -> Path:
        """The file that lists what vuonho wrote into the folder."""
        return self.state / "manifest.json"


def find_place(project: Path, out: Path | str) -> Place:
    """Return the place of an output folder given relative to the project, or absolute.

    Raises UserError for a folder that holds something else by its nature: the project, its parents, the home
    directory, the profiles, a repository; for a file or a link; and for a name that Windows cannot hold.
    """
    root = Path(os.path.realpath(project))
    _refuse_odd_name(root, Path(out))
    given = Path(os.path.normpath(root / out))  # the last name may be a link, which is to be seen as such
    target = Path(os.path.realpath(given.parent)) / given.name
    _refuse_unsafe(root, target)
    label = label_of(root, target)
    is_plain = _PLAIN.fullmatch(label)
    slug = label if is_plain else f"x-{hashlib.sha256(label.encode(errors='surrogatepass')).hexdigest()[:16]}"
    return Place(root, target, label, root / STATE / "out" / slug)


def label_of(root: Path, path: Path) -> str:
    """Return the path below the project, or else absolute, with forward slashes."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def _refuse_odd_name(root: Path, out: Path) -> None:
    """Refuse `~`, which only a shell understands, and new names that another system could not hold."""
    if out.parts and out.parts[0].startswith("~"):
        raise _unsuitable(out, "dấu ~ ở đây chỉ là một chữ", "the sign ~ is a mere letter here")
    at = root
    for part in out.parts:
        at /= part
        is_new = part == out.name or not os.path.lexists(at)
        if part not in (out.anchor, "..") and is_new and not is_portable(part):
            raise _unsuitable(out, "Windows không nhận tên ấy", "Windows cannot hold that name")


def _refuse_unsafe(root: Path, target: Path) -> None:
    guarded = [root, *root.parents]
    with suppress(RuntimeError):
        home = Path.home()
        guarded += [home, *home.parents]
    if any(_same(target, folder) for folder in guarded):
        raise _unsuitable(target, "chứa cả những thứ khác", "it holds more than the website")
    parts = target.relative_to(root).parts if target.is_relative_to(root) else ()
    if (parts and parts[0].casefold() in _OURS) or any(part.casefold() == ".git" for part in target.parts):
        raise _unsuitable(target, "là chỗ của hồ sơ hoặc chương trình", "it belongs to the project itself")
    found = stat_path(target)
    if found is not None and is_link(found):
        raise _unsuitable(target, "chỉ là lối tắt", "it is a link to another folder")
    if found is not None and not is_folder(found):
        raise _unsuitable(target, "là một tệp", "it is a file")


def _same(one: Path, other: Path) -> bool:
    if one == other:
        return True
    try:
        return one.samefile(other)
    except OSError:
        return False


def _unsuitable(target: Path, vi: str, en: str) -> UserError:
    name = visible(printable(target))
    return UserError(
        Both(f"Không dùng thư mục {name} làm trang web được: {vi}.", f"{name} cannot be the site: {en}."),
        Text("Choose a folder of its own, such as --out site."),
    )


# --- Which paths it may hold: names that every file system, every web server and every copy can hold ---

MAX_PATH = 240  # characters; Windows stops at 260, the project's own folder included
_PRIVATE = (".git", ".vuonho")
# Nearly all paths are of this kind, and a site has tens of thousands: one look instead of ten.
_PLAIN_NAME = r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:[./]|$))[a-z0-9_][a-z0-9_-]*(?:\.[a-z0-9_-]+)*"
_PLAIN_PATH = re.compile(rf"{_PLAIN_NAME}(?:/{_PLAIN_NAME})*")


def check_path(path: str) -> None:
    """Accept a path relative to the site, with forward slashes; raise UserError for any other."""
    if not path or len(path) > MAX_PATH:
        raise _refusal(path, "dài quá hoặc trống", "too long or empty")
    if _PLAIN_PATH.fullmatch(path):
        return
    try:
        is_short = all(len(part.encode()) <= 255 for part in path.split("/"))
    except UnicodeEncodeError:
        is_short = False
    if not is_short or FORBIDDEN.search(path):
        raise _refusal(
            path, "có ký tự không dùng được trong tên tệp", "it holds a character no file name may have"
        )
    for part in path.split("/"):
        if part in ("", ".", ".."):
            raise _refusal(path, "ra ngoài thư mục trang web", "it does not stay inside the site")
        if part[-1] in ". ":
            raise _refusal(
                path, "có tên kết thúc bằng dấu chấm hoặc dấu cách", "a name ends in a dot or a space"
            )
        if RESERVED.fullmatch(part):
            raise _refusal(
                path, "có tên mà Windows giữ riêng", "it holds a name that Windows keeps for itself"
            )
        if portable_fold(part) in _PRIVATE:
            raise _refusal(
                path, "chạm vào thư mục riêng của git hoặc vuonho", "it belongs to git or to vuonho itself"
            )


def _refusal(path: str, vi: str, en: str) -> UserError:
    shown = path[:80].encode(errors="replace").decode()
    return UserError(
        Both(f"Không ghi được trang “{shown}”: {vi}.", f"“{shown}” cannot be written: {en}."),
        Text("Rename that household, village or photo file."),
    )


def folders_of(path: str) -> Iterator[str]:
    """Return the folders above the path, the nearest first, the site itself left out."""
    cut = path.rfind("/")
    while cut > 0:
        yield path[:cut]
        cut = path.rfind("/", 0, cut)


class Claims:
    """The paths of one build, each claimed once and none in the way of another."""

    def __init__(self) -> None:
        self._files: dict[str, str] = {}
        self._folders: dict[str, str] = {}

    def claim(self, path: str) -> None:
        """Accept the path; raise UserError if it is bad, taken, or differs too little from another one."""
        check_path(path)
        key = portable_fold(path)
        other = self._files.get(key) or self._folders.get(key)
        for folder in folders_of(path):
            folded = portable_fold(folder)
            if self._folders.get(folded) == folder:
                break  # all above it is known too
            other = other or self._files.get(folded) or self._folders.get(folded)
            self._folders.setdefault(folded, folder)
        if other is not None:
            raise UserError(
                Text("Two pages want the same place: “{other}” and “{path}”.", other=other, path=path),
                Text("Rename one of them; Windows does not tell apart names that differ only in capitals."),
            )
        self._files[key] = path

    @property
    def folders(self) -> tuple[str, ...]:
        """All folders above claimed paths."""
        return tuple(self._folders.values())

    def holds(self, path: str) -> bool:
        """Return whether the path, or one that some systems take for it, is claimed as a file."""
        return portable_fold(path) in self._files

    def twin_of(self, path: str) -> str:
        """Return the claimed path that differs from this one in letter case or accents only, or ""."""
        found = self._files.get(portable_fold(path), path)
        return "" if found == path else found


# --- What vuonho wrote into it ---

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


def read_manifest(path: Path) -> Manifest | None:
    """Return the manifest, or None if there is none that can be read: then nothing counts as ours.

    Raises OSError, and MachineError for a manifest of a later vuonho.
    """
    try:
        content = read_regular(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return parse_manifest(content)


def parse_manifest(content: bytes) -> Manifest | None:
    """Return the manifest that the bytes hold, None if they hold none, or one with a path that no site can have."""
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
