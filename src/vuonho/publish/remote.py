"""The repository that Pages are served from: what answers there now, and one commit on its way."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from vuonho.errors import MachineError, Stopped
from vuonho.i18n import Text
from vuonho.publish.git import Git

# --- A look at the repository before anything is sent ---

_SEEN: Final = "refs/seen/"
"""Where what was fetched is kept, so that no name of theirs is one of ours."""
_OBJECT: Final = re.compile(r"[0-9a-f]{40}")
_STRANGERS: Final = ("pull/*", "merge-requests/*", "changes/*")
"""What anybody can put into a public repository: only its contents are looked at, for names prove nothing there."""


class HistoryEntry(NamedTuple):
    """A file that is or was in the repository: its path, git's name of its content, and the commit it came with.

    Without a path it is a content that lies there under no name of the owner's; `commit` is then that content.
    """

    path: str
    blob: str
    commit: str


@dataclass(frozen=True, slots=True)
class RemoteState:
    """A repository as it is: of the branch the tip ("" if it is not there) and its files, and all there ever was."""

    tip: str = ""
    has_parents: bool = False
    files: Mapping[str, str] = field(default_factory=dict)
    history: tuple[HistoryEntry, ...] = ()


def look(git: Git, branch: str) -> RemoteState:
    """Return what is in the repository; its commits and trees are then in our own. Raises MachineError."""
    refs = list_refs(git)
    if not refs:
        return RemoteState()
    # The contents are left out where the other side can do that: their names tell enough.
    plain = ("--quiet", "--no-tags", "--no-write-fetch-head", "--filter=blob:none")
    git.run("fetch", *plain, git.remote, f"+refs/*:{_SEEN}*")
    history = tuple(_history(git))
    named = {entry.blob for entry in history}
    objects = git.run("rev-list", "--objects", "--missing=print", "--all").splitlines()
    others = {line.removeprefix("?").partition(" ")[0] for line in objects} - named
    tip = refs.get(f"refs/heads/{branch}", "")
    return RemoteState(
        tip=tip,
        has_parents=bool(tip) and len(git.run("rev-list", "--parents", "--max-count=1", tip).split()) > 1,
        files=_files_of(git, tip) if tip else {},
        history=(*history, *(HistoryEntry("", one, one) for one in sorted(others))),
    )


def list_refs(git: Git) -> dict[str, str]:
    """Return every ref of the repository with what it points to; raise MachineError."""
    lines = git.run("ls-remote", "--quiet", git.remote).splitlines()
    refs = (line.split("\t", 1) for line in lines if "\t" in line)
    return {ref: target for target, ref in refs if ref.startswith("refs/") and not ref.endswith("^{}")}


def read_small(git: Git, blob: str) -> str:
    """Return the content of a small text, fetched now if the filter had left it out; raise MachineError."""
    return git.run("cat-file", "blob", blob)


def _files_of(git: Git, commit: str) -> dict[str, str]:
    """Return git's name of the content of each file of a commit, by path; raise MachineError."""
    entries = git.run("ls-tree", "-r", "-z", "--full-tree", commit).split("\0")
    listed = (entry.split("\t", 1) for entry in entries if entry)
    return {path: head.split(" ")[2] for head, path in listed}


def _history(git: Git) -> Iterator[HistoryEntry]:
    """Yield each file that any commit of the owners brought, merges against each of their parents."""
    commits = git.run("rev-list", *(f"--exclude={_SEEN}{pattern}" for pattern in _STRANGERS), "--all")
    options = ("--stdin", "--root", "-r", "-m", "-z", "--raw", "--no-abbrev", "--no-renames")
    words = iter(git.run("diff-tree", *options, feed=[commits.encode("ascii")]).split("\0"))
    commit = ""
    for word in words:
        if word.startswith(":"):
            path, blob = next(words, ""), word.split(" ")[3]
            if blob.strip("0"):
                yield HistoryEntry(path, blob, commit)
        elif _OBJECT.fullmatch(word.strip()):
            commit = word.strip()


# --- One commit without parents, made of exactly the files given, and its way to the branch ---

_OURS: Final = "refs/ours/site"
_WHO: Final = "vuonho <vuonho@vuonho.invalid>"
"""Nobody: a name or an address of the team would be published with every commit."""
_SUBJECT: Final = b"Vuon ho: the village's website\n"


def blob_id(content: bytes) -> str:
    """Return git's name of a content (git-hash-object)."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def blob_id_of_file(path: Path) -> str:
    """Return git's name of the content of a file, however large; raises OSError."""
    with path.open("rb") as file:
        head = b"blob %d\0" % os.fstat(file.fileno()).st_size
        return hashlib.file_digest(file, lambda: hashlib.sha1(head, usedforsecurity=False)).hexdigest()


def commit_files(git: Git, files: Iterable[tuple[str, bytes]], now: datetime) -> tuple[str, dict[str, str]]:
    """Return a new commit of these files and no others, and git's name of each content by path.

    It goes past every filter, attribute and hook; what came of it is read back. Raises MachineError.
    """
    ids: dict[str, str] = {}
    git.run("fast-import", "--quiet", "--done", "--force", feed=_stream(files, now, ids))
    commit = git.run("rev-parse", "--verify", "--end-of-options", f"{_OURS}^{{commit}}").strip()
    if _files_of(git, commit) != ids:
        raise MachineError(
            Text("Read back, what was packed was not the built site, so it was not sent."),
            Text("The disk may be failing: back up the project and try on another computer."),
        )
    return commit, ids


def _stream(files: Iterable[tuple[str, bytes]], now: datetime, ids: dict[str, str]) -> Iterator[bytes]:
    """Yield a commit in the language of git-fast-import; names of a site's files hold no line end and no quote."""
    yield f"commit {_OURS}\ncommitter {_WHO} {int(now.timestamp())} +0000\n".encode("ascii")
    yield b"data %d\n%s\n" % (len(_SUBJECT), _SUBJECT)
    for path, content in files:
        ids[path] = blob_id(content)
        yield b"M 100644 inline %s\ndata %d\n" % (path.encode("utf-8"), len(content))
        yield content
        yield b"\n"
    yield b"done\n"


def push(git: Git, branch: str, commit: str, before: str, *, is_dry: bool = False) -> None:
    """Put the commit in the place of what the branch was when it was looked at, `before` ("" where there was none).

    With `is_dry` only log in and ask whether it could be sent. Raises MachineError; the branch is then what it was,
    or what somebody else has made it meanwhile. Raises Stopped for Ctrl-C: the commit may have arrived, or not.
    """
    ref = f"refs/heads/{branch}"
    options = ["--porcelain", "--quiet", "--no-verify", "--no-signed", "--no-follow-tags"]
    if is_dry:
        options.append("--dry-run")
    try:
        git.run("push", *options, f"--force-with-lease={ref}:{before}", git.remote, f"{commit}:{ref}")
    except MachineError:
        if is_dry or not _has_arrived(git, ref, commit):
            raise
    except KeyboardInterrupt as stop:
        raise Stopped(
            Text(
                "Stopped while sending: online there is the whole old site or the whole new one.\n"
                "  → To be sure, call again: vuonho publish"
            )
        ) from stop


def _has_arrived(git: Git, ref: str, commit: str) -> bool:
    """Tell whether a push that seemed to fail, when the line broke at its end, arrived all the same."""
    try:
        return list_refs(git).get(ref) == commit
    except MachineError:
        return False


# --- How what is there differs from what is to come ---


class Changes(NamedTuple):
    """What is new, changed and gone, in order; `total` is how many there are afterwards."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    total: int


def difference(before: Mapping[str, str], after: Mapping[str, str]) -> Changes:
    """Return how files, or pages, differ; both map names to what stands for their content."""
    both = before.keys() & after.keys()
    return Changes(
        new=tuple(sorted(after.keys() - both)),
        changed=tuple(sorted(name for name in both if after[name] != before[name])),
        gone=tuple(sorted(before.keys() - both)),
        total=len(after),
    )
