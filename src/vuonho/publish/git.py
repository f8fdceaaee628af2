"""git as a tool: no hook, no filter, no setting that changes what is sent; what it refuses, said in words."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from uuid import uuid4

from vuonho.errors import MachineError, cited
from vuonho.i18n import Text
from vuonho.output.files import in_words, is_folder, remove, remove_folder, stat_path
from vuonho.output.lock import STATE

FOLDER: Final = f"{STATE}/publish"
LEAST: Final = (2, 30)
"""--object-format and --no-write-fetch-head came with 2.29 (January 2021 for the next)."""
_PATIENCE: Final = 60
"""Seconds for a word of its version: a slow USB drive and a virus scanner may need many."""
_LONGEST: Final = 200
_KEPT: Final = (
    "GIT_SSL_", "GIT_SSH", "GIT_ASKPASS", "GIT_PROXY_COMMAND", "GIT_EXEC_PATH", "GIT_HTTP_USER_AGENT",
    "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM",
)  # fmt: skip
"""How the user's git reaches the world; all other GIT_… would tell of another repository, or change what is sent."""
_SETTINGS: Final = (
    "core.ignoreCase=false", "core.quotePath=false", "core.fsmonitor=false", "core.attributesFile=", "core.logAllRefUpdates=false",
    "core.hooksPath=no-hooks",
    "gc.auto=0", "maintenance.auto=false", "log.showSignature=false", "diff.orderFile=",
    "fetch.recurseSubmodules=false", "fetch.prune=false", "fetch.pruneTags=false", "fetch.writeCommitGraph=false",
    "push.gpgSign=false", "push.followTags=false", "push.negotiate=false", "push.recurseSubmodules=no",
    "push.useForceIfIncludes=false", "push.pushOption=",
    "http.lowSpeedLimit=50", "http.lowSpeedTime=60",
)  # fmt: skip
"""In place of the user's, which would change what is sent or how it is told; and the end of a line that went dead."""
_INSTALL: Final = Text(
    "Install it: winget install Git.Git (or from https://git-scm.com), open a new window, try again."
)


@dataclass(frozen=True, slots=True)
class Git:
    """git at work in the bare repository `folder`, which knows of one other, at `url`, as `remote`.

    That is a name for which the user's git can have no settings. `asks` where somebody can answer its questions.
    """

    program: str
    folder: Path
    url: str
    asks: bool
    remote: str = field(default_factory=lambda: f"vuonho-{uuid4().hex}")

    def run(self, *arguments: str, feed: Iterable[bytes] = ()) -> str:
        """Return what git answers to a command that reads `feed`; raise MachineError where it refuses.

        All of it goes through files: no amount of it, and no login helper that stays, can make one wait for the other.
        """
        wanted = (*_SETTINGS, f"remote.{self.remote}.url={self.url}")
        settings = [word for setting in wanted for word in ("-c", setting)]
        command = [self.program, f"--git-dir={self.folder}", *settings, *arguments]
        # Without a terminal git would open a window of its own on Windows; with one, it asks in that.
        unseen = 0 if self.asks else getattr(subprocess, "CREATE_NO_WINDOW", 0)
        here = self.folder.parent
        with (
            in_words(here),
            tempfile.TemporaryFile(dir=here) as given,
            tempfile.TemporaryFile(dir=here) as out,
            tempfile.TemporaryFile(dir=here) as err,
        ):
            given.writelines(feed)
            given.seek(0)
            code = subprocess.run(  # noqa: S603 - git, with arguments of our own
                command, env=environment_of(asks=self.asks), cwd=here, stdin=given, stdout=out, stderr=err, check=False,
                creationflags=unseen,
            ).returncode  # fmt: skip
            answers = []
            for file in (out, err):
                file.seek(0)
                answers.append(file.read().decode("utf-8", errors="surrogateescape"))
        if code:
            raise refusal(arguments[0], *answers)
        return answers[0]


def environment_of(*, asks: bool) -> dict[str, str]:
    """Return the environment for git: ours, without what speaks of other repositories, in plain English."""
    ours = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith("GIT_") or name.upper().startswith(_KEPT)
    }
    return ours | {
        "LC_ALL": "C",
        "GIT_TERMINAL_PROMPT": "1" if asks else "0",
        "GIT_ALLOW_PROTOCOL": "file:https:ssh",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_ATTR_NOSYSTEM": "1",
    }


def find_git() -> str:
    """Return the program; raise MachineError where there is none, one too old, or one that is not itself."""
    program = shutil.which("git")
    if program is None:
        raise MachineError(
            Text("This computer has no git, the program that sends the site to the network."), _INSTALL
        )
    try:
        answer = subprocess.run(  # noqa: S603 - git, with arguments of our own
            [program, "version"], env=environment_of(asks=False), stdin=subprocess.DEVNULL, capture_output=True,
            check=False, timeout=_PATIENCE,
        ).stdout.decode("ascii", errors="replace")  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        answer = ""
    found = re.search(r"git version (\d{1,3})\.(\d{1,3})", answer)
    if found is None or (int(found[1]), int(found[2])) < LEAST:
        raise MachineError(
            Text(
                "git on this computer is too old, or does not work ({program}: {answer}).",
                program=cited(program),
                answer=cited(answer.strip()[:60]) or "…",
            ),
            _INSTALL,
        )
    return program


@contextmanager
def temp_repo(project: Path, url: str, *, asks: bool) -> Iterator[Git]:
    """Return a context with git in an empty repository of ours, gone at its end; the caller holds the project's lock."""
    folder = project / FOLDER
    git = Git(find_git(), folder / "repository.git", url, asks)
    with in_words(folder):
        sweep(folder)
        folder.mkdir()
    try:
        git.run("init", "--quiet", "--bare", "--template=", "--object-format=sha1", "--", str(git.folder))
        yield git
    finally:
        with suppress(OSError):  # the next run sweeps
            sweep(folder)


def sweep(folder: Path) -> None:
    """Remove the folder with all that git has left read-only; a link is removed and not followed. Raises OSError."""
    if not is_folder(stat_path(folder)):
        remove(folder)
        return
    for base, _, files in os.walk(folder, topdown=False):
        for name in files:
            remove(Path(base, name))
        remove_folder(Path(base))


# --- What git refuses, and what to do ---

_REFUSALS: Final[tuple[tuple[str, Text, Text], ...]] = (
    (
        "dubious ownership",
        Text("git does not trust the disk or USB drive of the repository, for somebody else made it."),
        Text("If it is your team's own, run once the line that git gives above, then try again."),
    ),
    (
        "exists; cannot create",
        Text("The name of that branch collides with one that is there."),
        Text("Choose another: vuonho publish --branch NAME"),
    ),
    (
        (
            "stale info|fetch first|cannot lock ref|failed to lock|reference already exists|incorrect old value"
            "|failed to update ref"
        ),
        Text("Somebody else has just published to that repository, so nothing was sent."),
        Text("Ask who published, and from which profiles, then run again: vuonho publish"),
    ),
    (
        "refusing to update checked out branch|branch is currently checked out",
        Text("That repository is a working folder that has this very branch open."),
        Text("Use a bare repository (git init --bare NAME.git)."),
    ),
    (
        (
            "protected branch|GH006|GH013|rule violations|hook declined|denying non-fast-forward"
            "|deletion prohibited|not allowed to push"
        ),
        Text("The repository does not take it: the branch is protected, or it has rules of its own."),
        Text(
            "At GitHub: Settings → Branches (or Rules), take the protection off this branch and "
            "allow force pushes, then try again."
        ),
    ),
    (
        "insufficient permission|unable to create temporary|read-only file system",
        Text("The disk of that repository cannot be written."),
        Text(
            "Unlock the USB drive, or look at the rights of that folder; ask whoever keeps the "
            "repository, then try again."
        ),
    ),
    (
        (
            r"authentication failed|could not read (username|password)|terminal prompts disabled"
            r"|permission denied \(|invalid username or|host key verification failed|returned error: 401"
            r"|support for password authentication was removed"
        ),
        Text("The login at the repository's host did not work."),
        Text(
            "Publish again and log in as the team in the window that opens (GitHub wants the browser "
            "or a token, no password). If none opens, ask whoever helps you (vuonho publish in a terminal window)."
        ),
    ),
    (
        "permission to .* denied|returned error: 403|write access to repository not granted|permission denied",
        Text("The account in use may not write to that repository."),
        Text(
            "Ask its owner to invite your account (Settings → Collaborators), or log in with the "
            "right one, then try again."
        ),
    ),
    (
        "repository .*not found|not appear to be a git repository|not a git repository|returned error: 404",
        Text("That repository was not found."),
        Text(
            "Check the address letter by letter. If there is none yet, make it at "
            "https://github.com/new (Public, empty). A private one needs the right account."
        ),
    ),
    (
        "no space left|disk quota|unable to write (?:loose|sha1|file)|write error|disk full",
        Text("The disk is full, or cannot be written any more."),
        Text("Free some space on that disk, then try again."),
    ),
    (
        "certificate|ssl_error|schannel",
        Text("The certificate of the repository's host could not be checked."),
        Text("See whether the computer's date is right; leave a public network for another, then try again."),
    ),
    (
        (
            "could not resolve|failed to connect|connection (?:timed out|refused|reset|closed|was reset)"
            "|operation (?:timed out|too slow)|network is unreachable|no route to host|hung up|early eof"
            "|rpc failed|unable to access|could not read from remote"
        ),
        Text("The network does not reach the repository's host."),
        Text("Look at the Wi-Fi or mobile network, then run again: vuonho publish"),
    ),
    (
        "object format|(?:mismatched|hash) algorithm",
        Text("That repository uses another kind of git."),
        Text("Make a common one (git init --bare --object-format=sha1 NAME.git)."),
    ),
)
"""How git's words are recognised; the first that fits."""
_NOISE: Final = (
    "hint:", "warning:", "Please make sure", "and the repository exists", "To ", "error: failed to push",
    "fatal: Could not read from remote",
)  # fmt: skip


def refusal(command: str, out: str, err: str) -> MachineError:
    """Return what git said when it refused a command, in words that a neighbour understands, and in its own."""
    message = Text("git failed at {command}.", command=f"git {command}")
    hint = Text("Send git's line above to whoever helps you, then run again: vuonho publish")
    for pattern, known, cure in _REFUSALS:
        if re.search(pattern, err + out, re.IGNORECASE):
            message, hint = known, cure
            break
    return MachineError(Text("{message}\n  (git: {line})", message=message, line=last_line(err)), hint)


def last_line(err: str) -> str:
    """Return what git said last and meant for people, without a password that may stand in an address."""
    lines = [line.strip() for line in err.splitlines() if line.strip()]
    telling = [line for line in lines if not line.startswith(_NOISE)]
    return cited((telling or lines or ["…"])[-1])[:_LONGEST]
