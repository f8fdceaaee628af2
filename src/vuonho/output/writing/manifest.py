"""The manifest: what vuonho wrote into an output folder, and from what."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from vuonho.bilingual import Text
from vuonho.errors import MachineTrouble
from vuonho.output.files import read_regular
from vuonho.output.writing.paths import check_path

VERSION = 1


class Entry(NamedTuple):
    """One written file: SHA-256 in hexadecimal, bytes, time of change in ns, and what it was made from."""

    digest: str
    size: int
    mtime: int
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """All written files by their path below the site, and the folders that were made for them.

    `villages` are the folders of villages, today's and former ones, whose addresses must go on answering.
    """

    entries: Mapping[str, Entry] = field(default_factory=dict)
    folders: frozenset[str] = frozenset()
    villages: frozenset[str] = frozenset()


def render_manifest(manifest: Manifest) -> bytes:
    """Return the manifest as JSON: each source is spelled out once and then called by its number."""
    numbers: dict[str, int] = {}
    files = {
        path: [entry.digest, entry.size, entry.mtime, _numbered(entry.sources, numbers)]
        for path, entry in sorted(manifest.entries.items())
    }
    whole = {
        "version": VERSION,
        "folders": sorted(manifest.folders),
        "villages": sorted(manifest.villages),
        "sources": list(numbers),
        "files": files,
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _numbered(sources: Iterable[str], numbers: dict[str, int]) -> list[int]:
    return [numbers.setdefault(source, len(numbers)) for source in sources]


def read_manifest(path: Path) -> Manifest | None:
    """Return the manifest, or None if there is none that can be read: then nothing counts as ours.

    Raises OSError, and MachineTrouble for a manifest of a later vuonho.
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
            raise _later_version()
        return _parse(whole)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError):
        return None


def _parse(whole: Any) -> Manifest:
    names = [str(name) for name in whole["sources"]]
    entries = {
        path: Entry(str(digest), int(size), int(mtime), tuple([names[number] for number in numbers]))
        for path, (digest, size, mtime, numbers) in whole["files"].items()
    }
    folders = frozenset(map(str, whole["folders"]))
    for path in (*entries, *folders):
        check_path(path)
    villages = map(str, whole["villages"]) if "villages" in whole else _villages_of(entries)
    return Manifest(entries, folders, frozenset(villages))


def _villages_of(entries: Mapping[str, Entry]) -> Iterator[str]:
    """Yield the villages of a site that vuonho 1.0 wrote: their pages were made from village.yaml."""
    for path, entry in entries.items():
        slug, _, name = path.partition("/")
        if name == "index.html" and any(one.endswith(f"{slug}/village.yaml") for one in entry.sources):
            yield slug


def _later_version() -> MachineTrouble:
    return MachineTrouble(
        Text("Trang web này do bản vuonho mới hơn làm.", "This site was made by a later vuonho."),
        Text("Hãy cập nhật vuonho trên máy này.", "Update vuonho on this computer."),
    )
