"""Backups as others would make them: a small project, its zip taken apart and put together wrongly."""

import json
import zipfile
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from vuonho.backup.archive import MANIFEST
from vuonho.backup.backup import Saved, back_up
from vuonho.i18n import Text

NOW = datetime(2026, 11, 24, 10, 15, 30, tzinfo=UTC)
PLAIN = {
    "profiles/site.yaml": b"base_url: https://thon.example/\n",
    "profiles/codes.csv": b"code,profile,given,printed,url,status\n482135,thon/ho.yaml,2026-10-20,,,\n",
    "profiles/thon/village.yaml": "name: Thôn\n".encode(),
    "profiles/thon/ho.yaml": b'code: "482135"\n',
    "profiles/thon/photos/ho-1.jpg": b"\xff\xd8\xff" + bytes(5000),
    "templates/languages/vi.yaml": b"a: b\n",
    ".vuonho/register.csv": b"code,profile,given,printed,url,status\n",
}
"""A project as far as a backup looks at it."""


def quietly(what: Text, steps: int) -> "nullcontext[Callable[[], None]]":
    """No progress."""
    del what, steps
    return nullcontext(lambda: None)


def write(root: Path, contents: Mapping[str, bytes]) -> Path:
    """Write files below a folder and return it."""
    for name, content in contents.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def saved(root: Path, name: str | Path = "sao-luu.zip", now: datetime = NOW) -> Saved:
    """Back a project up."""
    return back_up(root, str(name), now, progress=quietly, on_wait=lambda: None)


def content_of(path: Path) -> dict[str, bytes]:
    """Return the entries of a zip as any other program reads them, in their order."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def list_of(path: Path) -> dict[str, Any]:
    """Return the manifest of a backup."""
    told: dict[str, Any] = json.loads(content_of(path)[MANIFEST])
    return told


def rewrite(path: Path, target: Path, change: Callable[[dict[str, bytes], dict[str, Any]], None]) -> Path:
    """Write a backup anew after `change` had its way with the entries and the manifest, and return it."""
    entries = content_of(path)
    manifest = json.loads(entries.pop(MANIFEST))
    change(entries, manifest)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
        archive.writestr(MANIFEST, json.dumps(manifest))
    return target
