"""git as a tool that does what it is told: no hook, no filter, no signing, no setting of another repository.

Credential helpers, ssh and proxies are those of the user; where nobody sits at a terminal nothing asks.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from vuonho.bilingual import Text
from vuonho.errors import MachineTrouble
from vuonho.foreign import cited

LEAST: Final = (2, 30)
"""Refspecs that leave something out came with 2.29 (January 2021 for the next)."""
_VERSION: Final = re.compile(r"git version (\d{1,3})\.(\d{1,3})[\w.]{0,40}", re.ASCII)
_PATIENCE: Final = 60
"""Seconds for a word of its version: a slow stick and a virus scanner may need many."""
_ENOUGH: Final = 200
_NEWER: Final = Text(
    "Cài bản mới: winget install Git.Git (hoặc https://git-scm.com), mở cửa sổ mới rồi làm lại.",
    "Install a newer one: winget install Git.Git (or https://git-scm.com), open a new window, try again.",
)
_KEPT: Final = frozenset(
    ("GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT", "GIT_ASKPASS", "GIT_PROXY_COMMAND", "GIT_EXEC_PATH",
     "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_HTTP_USER_AGENT")
)  # fmt: skip
"""How the user's git reaches the world; all other GIT_… would tell of another repository, or change what is sent."""
_SSL: Final = "GIT_SSL_"
_PLAIN: Final = (
    "core.ignoreCase=false", "core.quotePath=false", "core.fsmonitor=false", "core.attributesFile=", "core.logAllRefUpdates=false",
    "gc.auto=0", "maintenance.auto=false", "log.showSignature=false", "diff.orderFile=",
    "fetch.recurseSubmodules=false", "fetch.prune=false", "fetch.pruneTags=false", "fetch.writeCommitGraph=false",
    "push.gpgSign=false", "push.followTags=false", "push.negotiate=false", "push.recurseSubmodules=no",
    "push.useForceIfIncludes=false", "push.pushOption=",
    "http.lowSpeedLimit=50", "http.lowSpeedTime=60",
)  # fmt: skip
"""Settings of the user that would change what is sent or how it is told; and the end of a line that went dead."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a call of git gave: exit code, standard output, standard error as text."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """The standard output as text."""
        return self.out.decode("utf-8", errors="surrogateescape")


@dataclass(frozen=True, slots=True)
class Git:
    """git at work in one bare repository, `folder`; `asks` where somebody can answer a question for a password.

    `remote` is what it calls the repository of the Pages: a name for which the user's git can have no settings.
    """

    program: str
    folder: Path
    asks: bool
    remote: str

    def run(self, *arguments: str, feed: Iterable[bytes] = (), lazily: bool = False) -> Done:
        """Return what git answered; `lazily` lets it fetch what the filter had left out.

        Output goes through files, so that no amount of it can stop the other side. Raises MachineTrouble.
        """
        hooks = self.folder.with_name("no-hooks")
        settings = [word for one in (*_PLAIN, f"core.hooksPath={hooks}") for word in ("-c", one)]
        command = [self.program, f"--git-dir={self.folder}", *settings, *arguments]
        environment = environment_of(asks=self.asks)
        if not lazily:
            environment["GIT_NO_LAZY_FETCH"] = "1"
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            code = _finish(self._start(command, environment, out, err), feed)
            out.seek(0)
            err.seek(0)
            return Done(code, out.read(), err.read().decode("utf-8", errors="replace"))

    def _start(
        self, command: list[str], environment: dict[str, str], out: IO[bytes], err: IO[bytes]
    ) -> "subprocess.Popen[bytes]":
        # Without a terminal git would open a window of its own on Windows; with one, it asks in that.
        unseen = 0 if self.asks else getattr(subprocess, "CREATE_NO_WINDOW", 0)
        try:
            return subprocess.Popen(  # noqa: S603 - git, with arguments of our own
                command, env=environment, cwd=self.folder.parent, stdin=subprocess.PIPE, stdout=out, stderr=err,
                creationflags=unseen,
            )  # fmt: skip
        except FileNotFoundError as error:
            raise git_missing() from error


def _finish(process: "subprocess.Popen[bytes]", feed: Iterable[bytes]) -> int:
    """Return the exit code after feeding a process; whatever stops us stops it too."""
    pipe = process.stdin
    try:
        if pipe is not None:
            with suppress(BrokenPipeError, ConnectionResetError):  # it ended before the end, and says why
                for piece in feed:
                    pipe.write(piece)
        _shut(pipe)
        return process.wait()
    except BaseException:
        process.kill()
        _shut(pipe)
        process.wait()
        raise


def _shut(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        with suppress(OSError):  # what nobody reads any more need not be written
            pipe.close()


def environment_of(*, asks: bool) -> dict[str, str]:
    """Return the environment for git: ours, without what speaks of other repositories, in plain English."""
    ours = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith("GIT_") or name.upper() in _KEPT or name.upper().startswith(_SSL)
    }
    return ours | {
        "LC_ALL": "C",
        "GIT_TERMINAL_PROMPT": "1" if asks else "0",
        "GIT_ALLOW_PROTOCOL": "file:https:ssh",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_ATTR_NOSYSTEM": "1",
    }


def find_git() -> str:
    """Return the program; raise MachineTrouble where there is none, one too old, or one that is not itself."""
    program = shutil.which("git")
    if program is None:
        raise git_missing()
    found = _VERSION.search(_version_of(program))
    if found is None:
        raise MachineTrouble(
            Text(f"Chương trình git ở {cited(program)} không trả lời như git.",
                 f"The program git at {cited(program)} does not answer as git does."), _NEWER,
        )  # fmt: skip
    if (int(found[1]), int(found[2])) < LEAST:
        raise MachineTrouble(
            Text(f"git trên máy này cũ quá ({found[0]}).", f"git on this computer is too old ({found[0]})."),
            _NEWER,
        )
    return program


def _version_of(program: str) -> str:
    """Return what a program says of its version, "" where it says nothing in time; raise MachineTrouble."""
    with tempfile.TemporaryFile() as out:
        try:
            subprocess.run(  # noqa: S603 - git, with arguments of our own
                [program, "version"], env=environment_of(asks=False), stdin=subprocess.DEVNULL, stdout=out,
                stderr=subprocess.DEVNULL, check=False, timeout=_PATIENCE,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return ""
        except OSError as error:
            raise git_missing() from error
        out.seek(0)
        return out.read(_ENOUGH).decode("ascii", errors="replace")


def git_missing() -> MachineTrouble:
    """Return what to say where there is no git."""
    return MachineTrouble(
        Text("Máy này chưa có git, chương trình dùng để gửi trang lên mạng.",
             "This computer has no git, the program that sends the site to the network."),
        Text("Cài: winget install Git.Git (hoặc tải ở https://git-scm.com), mở cửa sổ mới rồi làm lại.",
             "Install it: winget install Git.Git (or from https://git-scm.com), open a new window, try again."),
    )  # fmt: skip
