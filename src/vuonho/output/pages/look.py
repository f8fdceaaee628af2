"""A look at the repository before anything is sent: what answers there now, and what lies anywhere in its history."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from vuonho.bilingual import Text
from vuonho.output.pages.git import Done, Git
from vuonho.output.pages.said import in_words
from vuonho.output.pages.workshop import SEEN, open_repository

_LOOKING: Final = Text("xem kho", "looking at the repository")
_OBJECT: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SHA256: Final = 64
_STRANGERS: Final = ("pull/*", "merge-requests/*", "changes/*")
"""What anybody can put into a public repository: only its contents are looked at, for names prove nothing there."""


class Seen(NamedTuple):
    """A file that is or was in the repository: its path, what stands for its content, and the commit it came with."""

    path: str
    blob: str
    commit: str


@dataclass(frozen=True, slots=True)
class There:
    """A repository as it is: its refs, and of the branch the tip, its tree and its files; "" and empty if not there.

    `history` names every path of every branch and tag at any time; `blobs` are all contents, and more, of everything.
    """

    refs: Mapping[str, str]
    tip: str
    tree: str
    has_parents: bool
    files: Mapping[str, str]
    history: tuple[Seen, ...]
    blobs: frozenset[str]
    hash_name: str


def look(git: Git, url: str, branch: str) -> There:
    """Return what is in the repository; its commits and trees are then in the workshop. Raises MachineTrouble."""
    refs = list_refs(git, url)
    is_sha256 = any(len(one) == _SHA256 for one in refs.values())
    hash_name = "sha256" if is_sha256 else "sha1"
    open_repository(git, url, hash_name)
    if not refs:
        return There(
            {}, "", "", has_parents=False, files={}, history=(), blobs=frozenset(), hash_name=hash_name
        )
    # The contents are left out where the other side can do that: names and what stands for contents tell enough.
    fetch = ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--filter=blob:none", git.remote)
    _require(git.run(*fetch))
    tip = refs.get(f"refs/heads/{branch}", "")
    files = dict(_tree(git, tip)) if tip else {}
    tree = _require(git.run("rev-parse", f"{tip}^{{tree}}")).text.strip() if tip else ""
    line = _require(git.run("rev-list", "--parents", "--max-count=1", tip)).text.split() if tip else []
    own = [f"--exclude={SEEN}{pattern}" for pattern in _STRANGERS]
    listed = (Seen(path, blob, "") for blob, path in _objects(git, own) if path)
    return There(
        refs=refs,
        tip=tip,
        tree=tree,
        has_parents=len(line) > 1,
        files=files,
        history=(*_changes(git, own), *listed),
        blobs=frozenset(blob for blob, _ in _objects(git)),
        hash_name=hash_name,
    )


def list_refs(git: Git, url: str) -> dict[str, str]:
    """Return every ref of a repository with what it points to; raise MachineTrouble."""
    done = _require(git.run("ls-remote", "--quiet", "--", url))
    lines = (line.split("\t", 1) for line in done.text.splitlines() if "\t" in line)
    return {ref: found for found, ref in lines if ref.startswith("refs/") and not ref.endswith("^{}")}


def where_is(git: Git, commit: str) -> str:
    """Return the branch or tag that leads to a commit as GitHub's page calls it, "" where none is known."""
    asked = ("for-each-ref", "--count=1", "--format=%(refname)", f"--contains={commit}", SEEN)
    name = git.run(*asked).text.strip() if commit else ""
    return name.removeprefix(SEEN).removeprefix("heads/").removeprefix("tags/")


def read_small(git: Git, blob: str) -> bytes:
    """Return the content of a small file, fetched now if the filter had left it out; raise MachineTrouble."""
    return _require(git.run("cat-file", "blob", blob, lazily=True)).out


def _tree(git: Git, commit: str) -> Iterator[tuple[str, str]]:
    for entry in _require(git.run("ls-tree", "-r", "-z", "--full-tree", commit)).text.split("\0"):
        if entry:
            told, path = entry.split("\t", 1)
            yield path, told.split(" ")[2]


def files_of(git: Git, commit: str) -> dict[str, str]:
    """Return what stands for the content of each file of a commit, by path; raise MachineTrouble."""
    return dict(_tree(git, commit))


def _changes(git: Git, refs: Iterable[str]) -> Iterator[Seen]:
    """Yield each file that any commit brought, merges against each of their parents."""
    commits = _require(git.run("rev-list", *refs, "--all")).out
    raw = ("diff-tree", "--stdin", "--root", "-r", "-m", "-z", "--raw", "--no-abbrev", "--no-renames")
    told = iter(_require(git.run(*raw, feed=[commits])).text.split("\0"))
    commit = ""
    for word in told:
        if word.startswith(":"):
            path, blob = next(told, ""), word.split(" ")[3]
            if blob.strip("0"):
                yield Seen(path, blob, commit)
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
