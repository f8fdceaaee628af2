"""One commit without parents, made of exactly the files given, and its way to the branch.

files ──fast-import──▶ commit ──push, if nobody was faster──▶ branch ──asked again──▶ it is there
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from vuonho.bilingual import Text
from vuonho.errors import MachineTrouble, Stopped
from vuonho.output.pages.git import Done, Git
from vuonho.output.pages.look import files_of, list_refs
from vuonho.output.pages.said import in_words

_SENDING: Final = Text("gửi trang", "sending the site")
_PERHAPS: Final = Text(
    "Đã dừng giữa lúc đang gửi: trên mạng là nguyên bản cũ hoặc nguyên bản mới.\n  → Muốn chắc thì chạy lại: vuonho publish",
    "Stopped while sending: online there is the whole old site or the whole new one.\n  → To be sure, call again: vuonho publish",
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

    It goes past every filter, attribute and hook; what came of it is read back. Raises MachineTrouble.
    """
    ids: dict[str, str] = {}
    done = git.run("fast-import", "--quiet", "--done", "--force", feed=_stream(files, now, ids, hash_name))
    if done.code:
        raise in_words(done, Text("gói trang", "packing the site"))
    commit = git.run("rev-parse", "--verify", "--end-of-options", f"{_OURS}^{{commit}}").text.strip()
    if not commit or files_of(git, commit) != ids:
        raise MachineTrouble(
            Text("Gói xong đọc lại thì không đúng như trang đã dựng, nên không gửi.",
                 "Read back, what was packed was not the built site, so it was not sent."),
            Text("Ổ đĩa có thể hỏng: sao lưu dự án, rồi thử trên máy khác.",
                 "The disk may be failing: back up the project and try on another computer."),
        )  # fmt: skip
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

    `before` is "" where there was no branch. Raises MachineTrouble; the branch is then what it was, or what
    somebody else has made it meanwhile. Raises Stopped for Ctrl-C: the commit may have arrived, or not.
    """
    try:
        _deliver(git, url, f"refs/heads/{branch}", commit, before)
    except KeyboardInterrupt as stop:
        raise Stopped(_PERHAPS) from stop


def _deliver(git: Git, url: str, ref: str, commit: str, before: str) -> None:
    done = _push(git, ref, commit, before)
    if done.code and not _is_there(git, url, ref, commit):
        raise in_words(done, _SENDING)
    if not done.code and list_refs(git, url).get(ref) != commit:
        raise MachineTrouble(
            Text("Đã gửi, nhưng hỏi lại thì kho đang giữ bản khác.",
                 "It was sent, but the repository holds something else when asked."),
            Text("Có thể vừa có người khác đăng: chạy lại vuonho publish --dry-run để xem.",
                 "Somebody else may have published just now: look with vuonho publish --dry-run."),
        )  # fmt: skip


def ask(git: Git, branch: str, commit: str, before: str) -> None:
    """Log in and ask whether the branch could be sent, and send nothing; raise MachineTrouble as `send` would."""
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
    except MachineTrouble:
        return False


def difference(
    before: Mapping[str, str], after: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the paths that are new, changed and gone."""
    new = sorted(after.keys() - before.keys())
    gone = sorted(before.keys() - after.keys())
    changed = sorted(path for path in after.keys() & before.keys() if after[path] != before[path])
    return tuple(new), tuple(changed), tuple(gone)
