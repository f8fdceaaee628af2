"""The journal: a commit written down before it is carried out, so that it can always be finished."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from vuonho.output.writing.paths import check_path

VERSION = 1


class Move(NamedTuple):
    """A staged file that takes its place; `before` is the SHA-256 of what is there now, "" for nothing."""

    path: str
    number: int
    digest: str
    before: str


class Removal(NamedTuple):
    """A file of ours that goes, provided that its SHA-256 is still this one.

    `twin` is a new path that differs in letter case only: Windows and macOS hold both to be one file.
    """

    path: str
    digest: str
    twin: str = ""


@dataclass(frozen=True, slots=True)
class Journal:
    """One commit: moves in their order, then removals, then folders to give up, then the new manifest.

    `out` and `staging` are below the project or absolute; `manifest` is the SHA-256 of the new manifest.
    """

    out: str
    staging: str
    manifest: str
    moves: tuple[Move, ...] = ()
    removals: tuple[Removal, ...] = ()
    folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Intent:
    """What an unfinished build has to take back: its staging folder, and empty folders that it made."""

    out: str
    staging: str
    folders: tuple[str, ...] = ()


def order_of(path: str) -> tuple[int, int, str]:
    """Return the sort key of a path in a commit: assets, then pages from the depth up, the front door last.

    Who looks at the folder in between finds no page whose parts are not there yet.
    """
    if path in ("404.html", "sitemap.xml", "sw.js", "index.html"):
        return (3 if path == "index.html" else 2), 0, path
    return int(path.endswith(".html")), -path.count("/"), path


def render_journal(journal: Journal) -> bytes:
    """Return the journal as JSON."""
    return _render(
        {
            "version": VERSION,
            "out": journal.out,
            "staging": journal.staging,
            "manifest": journal.manifest,
            "moves": journal.moves,
            "removals": journal.removals,
            "folders": journal.folders,
        }
    )


def render_intent(intent: Intent) -> bytes:
    """Return the intent as JSON."""
    return _render(
        {"version": VERSION, "out": intent.out, "staging": intent.staging, "folders": intent.folders}
    )


def _render(whole: dict[str, object]) -> bytes:
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")


def parse_journal(content: bytes) -> Journal | None:
    """Return the journal that the bytes hold; None if they hold none that may be carried out."""
    whole = _parse(content)
    try:
        return None if whole is None else _journal(whole)
    except (ValueError, TypeError, KeyError):
        return None


def _journal(whole: Any) -> Journal:
    journal = Journal(
        str(whole["out"]),
        str(whole["staging"]),
        str(whole["manifest"]),
        tuple(Move(str(path), int(number), str(new), str(old)) for path, number, new, old in whole["moves"]),
        tuple(Removal(str(path), str(digest), str(twin)) for path, digest, twin in whole["removals"]),
        tuple(map(str, whole["folders"])),
    )
    moved, removed = (move.path for move in journal.moves), (removal.path for removal in journal.removals)
    for path in (*moved, *removed, *journal.folders):
        check_path(path)
    return journal


def parse_intent(content: bytes) -> Intent | None:
    """Return the intent that the bytes hold, None if they hold none."""
    whole = _parse(content)
    try:
        if whole is None:
            return None
        return Intent(str(whole["out"]), str(whole["staging"]), tuple(map(str, whole["folders"])))
    except (ValueError, TypeError, KeyError):
        return None


def _parse(content: bytes) -> Any:
    try:
        whole = json.loads(content.decode(errors="surrogatepass"))
        return whole if whole["version"] == VERSION else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def staged_file(staging: Path, number: int) -> Path:
    """Return where the file with this number waits."""
    return staging / f"{number:07d}"
