"""What a backup says of itself: which files it holds, of what day, and how each can be told to be whole.

    MANIFEST.json: {"format": "vuonho-backup", "version": 1, "what": …, "made": …, "program": …,
                    "counts": {…}, "files": [{"name": …, "size": …, "sha256": …}, …]}

Names are those of a project, with forward slashes, in NFC. A later version that older programs cannot read
raises `VERSION`: 2 is that of a backup with the project's own words, which version 1 did not know.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from vuonho.bilingual import NOTHING, Text
from vuonho.domain.values import quoted
from vuonho.errors import Refused
from vuonho.portable import fold, is_portable

FORMAT: Final = "vuonho-backup"
VERSION: Final = 2
MANIFEST: Final = "MANIFEST.json"
NOTE: Final = "DOC-TRUOC.txt"
EVERYTHING, TEXTS = WHAT = ("everything", "texts")
FOLDERS: Final = ("profiles", "templates", "words")
SINGLE: Final = (".vuonho/register.csv", ".vuonho/boards.csv", ".gitignore", "BAT-DAU.txt")
MOST_FILES: Final = 50_000
LONGEST: Final = 240  # characters; Windows stops at 260, the project's own folder included
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_LARGEST: Final = 1 << 42


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a backup: its name in the project, its size in bytes and its SHA-256."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds; `what` is one of WHAT, `program` the version of vuonho that made it."""

    made: datetime
    program: str
    what: str
    files: tuple[Kept, ...]

    @property
    def size(self) -> int:
        """How many bytes the files have together."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True, slots=True)
class Counts:
    """What the names of a backup's files tell: how many profiles and photos there are, and files in all."""

    profiles: int
    photos: int
    files: int


def count(names: Iterable[str]) -> Counts:
    """Return how many profiles and photos are among the names, and how many names."""
    every = tuple(names)
    return Counts(
        sum(is_profile(name) for name in every), sum("/photos/" in name for name in every), len(every)
    )


def is_profile(name: str) -> bool:
    """Tell whether a name is that of a household's profile."""
    parts = name.split("/")
    return (
        len(parts) == 3
        and parts[0] == "profiles"
        and name.endswith(".yaml")
        and not name.endswith("/village.yaml")
    )


def trouble_with_name(name: str) -> Text | None:
    """Return why a file of this name has no place in a backup, or None where it has one."""
    if name in SINGLE:
        return None
    parts = name.split("/")
    if len(name) > LONGEST:
        return Text("tên dài quá", "the name is too long")
    if parts[0] not in FOLDERS or len(parts) < 2 or name != unicodedata.normalize("NFC", name):
        return Text("không phải tệp của dự án", "it is no file of a project")
    if not all(map(is_portable, parts)) or not name.isprintable():
        return Text("Windows không nhận tên ấy", "Windows cannot hold that name")
    if any(part.startswith((".", "~$")) for part in parts):
        return Text("tên bắt đầu bằng dấu chấm hoặc ~$", "a name begins with a dot or ~$")
    return None


def twin_among(names: Iterable[str]) -> tuple[str, str] | None:
    """Return two names that one place on a disk of Windows or macOS would have to hold, or None."""
    known: dict[str, str] = {}
    for name in names:
        if fold(name) in known:
            return known[fold(name)], name
        known[fold(name)] = name
    folders = ((name, cut) for name in known.values() for cut in _folders(name))
    return next(((known[fold(folder)], name) for name, folder in folders if fold(folder) in known), None)


def _folders(name: str) -> Iterable[str]:
    parts = name.split("/")
    return ("/".join(parts[:end]) for end in range(1, len(parts)))


def render_manifest(manifest: Manifest) -> bytes:
    """Return the manifest as JSON."""
    counted = count(file.name for file in manifest.files)
    told = {
        "format": FORMAT,
        "version": 2 if any(file.name.startswith("words/") for file in manifest.files) else 1,
        "what": manifest.what,
        "made": manifest.made.isoformat(timespec="seconds"),
        "program": manifest.program,
        "counts": {"profiles": counted.profiles, "photos": counted.photos, "files": counted.files},
        "files": [{"name": file.name, "size": file.size, "sha256": file.digest} for file in manifest.files],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def parse_manifest(content: bytes) -> Manifest:
    """Return the manifest that the bytes hold; raise Refused for one that is damaged, newer, or not to be trusted."""
    try:
        told = json.loads(content)
        version = told["version"] if told["format"] == FORMAT else 0
        newer = _newer(str(told["program"])) if type(version) is int and version > VERSION else None
        manifest = None if newer else _manifest(told, version)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise damaged() from error
    if manifest is None:
        raise newer or damaged()
    _refuse_names(manifest)
    return manifest


def _manifest(told: Mapping[str, object], version: object) -> Manifest:
    files, what = told["files"], told["what"]
    is_known = type(version) is int and 1 <= version <= VERSION and what in WHAT
    if not is_known or not isinstance(files, list) or len(files) > MOST_FILES:
        raise ValueError(what)
    kept = tuple(_kept(**one) for one in files)
    return Manifest(datetime.fromisoformat(str(told["made"])), str(told["program"])[:40], str(what), kept)


def _kept(name: object, size: object, sha256: object) -> Kept:
    is_right = isinstance(name, str) and isinstance(sha256, str) and _DIGEST.fullmatch(sha256)
    if not is_right or type(size) is not int or not 0 <= size <= _LARGEST:
        raise ValueError(name)
    return Kept(str(name), size, str(sha256))


def _refuse_names(manifest: Manifest) -> None:
    for file in manifest.files:
        if trouble := trouble_with_name(file.name):
            shown = quoted(file.name, 80)
            raise damaged(Text(f"{shown}: {trouble.vi}.", f"{shown}: {trouble.en}."))
    if twins := twin_among(file.name for file in manifest.files):
        one, other = (quoted(name, 80) for name in twins)
        raise damaged(
            Text(f"{one} và {other} giành nhau một chỗ.", f"{one} and {other} want the same place.")
        )


def damaged(detail: Text = NOTHING) -> Refused:
    """Return what to say of a backup that is not what vuonho wrote."""
    return Refused(
        Text(f"Bản sao lưu này bị hỏng hoặc đã bị sửa. {detail.vi}".strip(),
             f"This backup is damaged or was changed. {detail.en}".strip()),
        Text("Dùng một bản sao lưu khác.", "Use another backup."),
    )  # fmt: skip


def _newer(program: str) -> Refused:
    shown = quoted(program, 20)
    return Refused(
        Text(f"Bản sao lưu này do vuonho mới hơn ({shown}) làm ra, bản đang chạy chưa đọc được.",
             f"This backup was made by a newer vuonho ({shown}) and cannot be read by this one."),
        Text("Cài vuonho bản mới rồi làm lại.", "Install the newer vuonho, then try again."),
    )  # fmt: skip
