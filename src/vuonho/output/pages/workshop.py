"""The workshop: a bare repository of our own in the project's state, gone when the work is done.

    .vuonho/publish/repository.git      never the project's own repository, and never its index

What a killed run has left there is swept out by the next.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

from vuonho.bilingual import Text
from vuonho.output.files import is_folder, remove, remove_folder, stat_path
from vuonho.output.lock import STATE
from vuonho.output.pages.git import Git
from vuonho.output.pages.said import in_words as git_in_words
from vuonho.output.troubles import in_words

FOLDER: Final = f"{STATE}/publish"
SEEN: Final = "refs/seen/"
"""Where what was fetched is kept, so that no name of theirs is one of ours."""


@contextmanager
def workshop(project: Path, program: str, *, asks: bool) -> Iterator[Git]:
    """Return a context with git in an empty folder of ours; the caller holds the project's lock."""
    folder = project / FOLDER
    with in_words(folder):
        sweep(folder)
        (folder / "no-hooks").mkdir(parents=True)
    try:
        yield Git(program, folder / "repository.git", asks, f"vuonho-{uuid4().hex}")
    finally:
        with suppress(OSError):  # the next run sweeps
            sweep(folder)


def open_repository(git: Git, url: str, hash_name: str) -> None:
    """Make the bare repository, and tell it of the one of the Pages; raise MachineTrouble."""
    made = git.run(
        "init", "--quiet", "--bare", "--template=", f"--object-format={hash_name}", "--", str(git.folder)
    )
    if made.code:
        raise git_in_words(made, Text("chuẩn bị gửi", "getting ready"))
    settings = [("url", url), ("fetch", f"+refs/*:{SEEN}*"), ("tagOpt", "--no-tags")]
    for key, value in settings:
        done = git.run("config", "--add", f"remote.{git.remote}.{key}", value)
        if done.code:
            raise git_in_words(done, Text("chuẩn bị gửi", "getting ready"))


def sweep(folder: Path) -> None:
    """Remove the workshop with all that git has left read-only; links are removed and not followed. Raises OSError."""
    if not is_folder(stat_path(folder)):
        remove(folder)
        return
    for base, folders, files in os.walk(folder, topdown=False):
        here = Path(base)
        for name in files:
            remove(here / name)
        for name in folders:
            linked = not is_folder(stat_path(here / name))
            (remove if linked else remove_folder)(here / name)
    remove_folder(folder)
