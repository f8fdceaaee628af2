"""The repository that Pages are served from: what answers there now, and one commit on its way."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from vuonho.errors import MachineError, Stopped
from vuonho.i18n import Text
from vuonho.publish.git import SEEN, Done, Git, in_words, open_repository

# --- A look at the repository before anything is sent: what answers there now, and what lies anywhere in its history ---

_LOOKING: Final = Text("looking at the repository")
_OBJECT: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SHA256: Final = 64
_STRANGERS: Final = ("pull/*", "merge-requests/*", "changes/*")
"""What anybody can put into a public repository: only its contents are looked at, for names prove nothing there."""


class HistoryEntry(NamedTuple):
    """A file that is or was in the repository: its path, what stands for its content, and the commit it came with."""

    path: str
    blob: str
    commit: str


@dataclass(frozen=True, slots=True)
class RemoteState:
    """A repository as it is: its refs, and of the branch the tip and its files; "" and empty if not there.

    `history` names every path of every branch and tag at any time; `blobs` are all contents, and more, of everything.
    """

    refs: Mapping[str, str]
    tip: str
    has_parents: bool
    files: Mapping[str, str]
    history: tuple[HistoryEntry, ...]
    blobs: frozenset[str]
    hash_name: str


def look(git: Git, url: str, branch: str) -> RemoteState:
    """Return what is in the repository; its commits and trees are then in our own repository. Raises MachineError."""
    refs = list_refs(git, url)
    is_sha256 = any(len(one) == _SHA256 for one in refs.values())
    hash_name = "sha256" if is_sha256 else "sha1"
    open_repository(git, url, hash_name)
    if not refs:
        return RemoteState(
            {}, "", has_parents=False, files={}, history=(), blobs=frozenset(), hash_name=hash_name
        )
    # The contents are left out where the other side can do that: names and what stands for contents tell enough.
    fetch = ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--filter=blob:none", git.remote)
    _require(git.run(*fetch))
    tip = refs.get(f"refs/heads/{branch}", "")
    files = _files_of(git, tip) if tip else {}
    line = _require(git.run("rev-list", "--parents", "--max-count=1", tip)).text.split() if tip else []
    own = [f"--exclude={SEEN}{pattern}" for pattern in _STRANGERS]
    listed = (HistoryEntry(path, blob, "") for blob, path in _objects(git, own) if path)
    return RemoteState(
        refs=refs,
        tip=tip,
        has_parents=len(line) > 1,
        files=files,
        history=(*_changes(git, own), *listed),
        blobs=frozenset(blob for blob, _ in _objects(git)),
        hash_name=hash_name,
    )


def list_refs(git: Git, url: str) -> dict[str, str]:
    """Return every ref of a repository with what it points to; raise MachineError."""
    done = _require(git.run("ls-remote", "--quiet", "--", url))
    lines = (line.split("\t", 1) for line in done.text.splitlines() if "\t" in line)
    return {ref: found for found, ref in lines if ref.startswith("refs/") and not ref.endswith("^{}")}


def where_is(git: Git, commit: str) -> str:
    """Return the branch or tag that leads to a commit as GitHub's page calls it, "" where none is known."""
    asked = ("for-each-ref", "--count=1", "--format=%(refname)", f"--contains={commit}", SEEN)
    name = git.run(*asked).text.strip() if commit else ""
    return name.removeprefix(SEEN).removeprefix("heads/").removeprefix("tags/")


def read_small(git: Git, blob: str) -> bytes:
    """Return the content of a small file, fetched now if the filter had left it out; raise MachineError."""
    return _require(git.run("cat-file", "blob", blob, lazily=True)).out


def _files_of(git: Git, commit: str) -> dict[str, str]:
    """Return what stands for the content of each file of a commit, by path; raise MachineError."""
    entries = _require(git.run("ls-tree", "-r", "-z", "--full-tree", commit)).text.split("\0")
    listed = (entry.split("\t", 1) for entry in entries if entry)
    return {path: head.split(" ")[2] for head, path in listed}


def _changes(git: Git, refs: Iterable[str]) -> Iterator[HistoryEntry]:
    """Yield each file that any commit brought, merges against each of their parents."""
    commits = _require(git.run("rev-list", *refs, "--all")).out
    raw = ("diff-tree", "--stdin", "--root", "-r", "-m", "-z", "--raw", "--no-abbrev", "--no-renames")
    told = iter(_require(git.run(*raw, feed=[commits])).text.split("\0"))
    commit = ""
    for word in told:
        if word.startswith(":"):
            path, blob = next(told, ""), word.split(" ")[3]
            if blob.strip("0"):
                yield HistoryEntry(path, blob, commit)
        elif _OBJECT.fullmatch(word.strip()):
            commit = word.strip()


def _objects(git: Git, refs: Iterable[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield (object, one of its paths) for all that refs lead to, tags of files too, and contents left out."""
    done = _require(git.run("rev-list", "--objects", "--missing=print", *refs, "--all"))
    for line in done.text.splitlines():
        found, _, path = line.removeprefix("?").partition(" ")
        if _OBJECT.fullmatch(found):
            yield found, path


def _require(done: Done) -> Done:
    if done.code:
        raise in_words(done, _LOOKING)
    return done


# --- One commit without parents, made of exactly the files given, and its way to the branch ---

_SENDING: Final = Text("sending the site")
_PERHAPS: Final = Text(
    "Stopped while sending: online there is the whole old site or the whole new one.\n"
    "  → To be sure, call again: vuonho publish"
)
_OURS: Final = "refs/ours/site"
_WHO: Final = "vuonho <vuonho@vuonho.invalid>"
"""Nobody: a name or an address of the team would be published with every commit."""
_SAID: Final = b"Vuon ho: the village's website\n"


def blob_id(content: bytes, hash_name: str) -> str:
    """Return what git calls a content; `hash_name` is "sha1" or "sha256" (git-hash-object)."""
    made = hashlib.new(hash_name, b"blob %d\0" % len(content), usedforsecurity=False)
    made.update(content)
    return made.hexdigest()


def blob_id_of_file(path: Path, hash_name: str) -> str:
    """Return what git calls the content of a file, however large; raises OSError."""
    with path.open("rb") as file:
        made = hashlib.new(hash_name, b"blob %d\0" % os.fstat(file.fileno()).st_size, usedforsecurity=False)
        while piece := file.read(1 << 20):
            made.update(piece)
    return made.hexdigest()


def commit_files(
    git: Git, files: Iterable[tuple[str, bytes]], now: datetime, hash_name: str
) -> tuple[str, dict[str, str]]:
    """Return a new commit of these files and no others, and what stands for each content by path.

    It goes past every filter, attribute and hook; what came of it is read back. Raises MachineError.
    """
    ids: dict[str, str] = {}
    done = git.run("fast-import", "--quiet", "--done", "--force", feed=_stream(files, now, ids, hash_name))
    if done.code:
        raise in_words(done, Text("packing the site"))
    commit = git.run("rev-parse", "--verify", "--end-of-options", f"{_OURS}^{{commit}}").text.strip()
    if not commit or _files_of(git, commit) != ids:
        raise MachineError(
            Text("Read back, what was packed was not the built site, so it was not sent."),
            Text("The disk may be failing: back up the project and try on another computer."),
        )
    return commit, ids


def _stream(
    files: Iterable[tuple[str, bytes]], now: datetime, ids: dict[str, str], hash_name: str
) -> Iterator[bytes]:
    """Yield a commit in the language of git-fast-import; names of a site's files hold no line end and no quote."""
    head = f"commit {_OURS}\ncommitter {_WHO} {int(now.timestamp())} +0000\n"
    yield head.encode("ascii") + b"data %d\n%s\n" % (len(_SAID), _SAID)
    for path, content in files:
        ids[path] = blob_id(content, hash_name)
        yield b"M 100644 inline %s\ndata %d\n" % (path.encode("utf-8"), len(content))
        yield content
        yield b"\n"
    yield b"done\n"


def send(git: Git, url: str, branch: str, commit: str, before: str) -> None:
    """Put the commit in the place of what the branch was when it was looked at, and see that it is there.

    `before` is "" where there was no branch. Raises MachineError; the branch is then what it was, or what
    somebody else has made it meanwhile. Raises Stopped for Ctrl-C: the commit may have arrived, or not.
    """
    ref = f"refs/heads/{branch}"
    try:
        done = _push(git, ref, commit, before)
        if done.code and not _is_there(git, url, ref, commit):
            raise in_words(done, _SENDING)
        if not done.code and list_refs(git, url).get(ref) != commit:
            raise MachineError(
                Text("It was sent, but the repository holds something else when asked."),
                Text("Somebody else may have published just now: look with vuonho publish --dry-run."),
            )
    except KeyboardInterrupt as stop:
        raise Stopped(_PERHAPS) from stop


def ask(git: Git, branch: str, commit: str, before: str) -> None:
    """Log in and ask whether the branch could be sent, and send nothing; raise MachineError as `send` would."""
    done = _push(git, f"refs/heads/{branch}", commit, before, "--dry-run")
    if done.code:
        raise in_words(done, _SENDING)


def _push(git: Git, ref: str, commit: str, before: str, *more: str) -> Done:
    plain = ("--porcelain", "--quiet", "--no-verify", "--no-signed", "--no-follow-tags")
    return git.run("push", *plain, *more, f"--force-with-lease={ref}:{before}", git.remote, f"{commit}:{ref}")


def _is_there(git: Git, url: str, ref: str, commit: str) -> bool:
    """Tell whether a push that seemed to fail, when the line broke at its end, arrived all the same."""
    try:
        return list_refs(git, url).get(ref) == commit
    except MachineError:
        return False


class Changes(NamedTuple):
    """What is new, changed and gone, in order."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]


def difference(before: Mapping[str, str], after: Mapping[str, str]) -> Changes:
    """Return how files, or pages, differ; both map names to what stands for their content."""
    both = before.keys() & after.keys()
    return Changes(
        new=tuple(sorted(after.keys() - both)),
        changed=tuple(sorted(name for name in both if after[name] != before[name])),
        gone=tuple(sorted(before.keys() - both)),
    )
