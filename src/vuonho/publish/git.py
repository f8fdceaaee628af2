"""git as a tool that does what it is told: no hook, no filter, no setting of another repository."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

from vuonho.errors import MachineError, cited
from vuonho.i18n import Both, Text
from vuonho.output.files import is_folder, remove, remove_folder, stat_path
from vuonho.output.lock import STATE
from vuonho.output.os_errors import in_words as os_errors_in_words

# --- git as a tool that does what it is told: no hook, no filter, no signing, no setting of another repository ---

LEAST: Final = (2, 30)
"""Refspecs that leave something out came with 2.29 (January 2021 for the next)."""
_VERSION: Final = re.compile(r"git version (\d{1,3})\.(\d{1,3})[\w.]{0,40}", re.ASCII)
_PATIENCE: Final = 60
"""Seconds for a word of its version: a slow USB drive and a virus scanner may need many."""
_ENOUGH: Final = 200
_NEWER: Final = Text(
    "Install a newer one: winget install Git.Git (or https://git-scm.com), open a new window, try again."
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

        Output goes through files, so that no amount of it can stop the other side. Raises MachineError.
        """
        hooks = self.folder.with_name("no-hooks")
        settings = [word for one in (*_PLAIN, f"core.hooksPath={hooks}") for word in ("-c", one)]
        command = [self.program, f"--git-dir={self.folder}", *settings, *arguments]
        environment = environment_of(asks=self.asks)
        if not lazily:
            environment["GIT_NO_LAZY_FETCH"] = "1"
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            # Without a terminal git would open a window of its own on Windows; with one, it asks in that.
            unseen = 0 if self.asks else getattr(subprocess, "CREATE_NO_WINDOW", 0)
            try:
                process = subprocess.Popen(  # noqa: S603 - git, with arguments of our own
                    command, env=environment, cwd=self.folder.parent, stdin=subprocess.PIPE, stdout=out, stderr=err,
                    creationflags=unseen,
                )  # fmt: skip
            except FileNotFoundError as error:
                raise git_missing() from error
            code = _finish(process, feed)
            out.seek(0)
            err.seek(0)
            return Done(code, out.read(), err.read().decode("utf-8", errors="replace"))


def _finish(process: "subprocess.Popen[bytes]", feed: Iterable[bytes]) -> int:
    """Return the exit code after feeding a process; whatever stops us stops it too."""
    assert process.stdin is not None  # noqa: S101 - it was opened as a pipe
    try:
        with suppress(BrokenPipeError, ConnectionResetError):  # it ended before the end, and says why
            for piece in feed:
                process.stdin.write(piece)
        with suppress(OSError):  # what nobody reads any more need not be written
            process.stdin.close()
        return process.wait()
    except BaseException:
        process.kill()
        with suppress(OSError):
            process.stdin.close()
        process.wait()
        raise


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
    """Return the program; raise MachineError where there is none, one too old, or one that is not itself."""
    program = shutil.which("git")
    if program is None:
        raise git_missing()
    found = _VERSION.search(_version_of(program))
    if found is None:
        raise MachineError(
            Text("The program git at {program} does not answer as git does.", program=cited(program)),
            _NEWER,
        )
    if (int(found[1]), int(found[2])) < LEAST:
        raise MachineError(
            Text("git on this computer is too old ({found}).", found=found[0]),
            _NEWER,
        )
    return program


def _version_of(program: str) -> str:
    """Return what a program says of its version, "" where it says nothing in time; raise MachineError."""
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


def git_missing() -> MachineError:
    """Return what to say where there is no git."""
    return MachineError(
        Text("This computer has no git, the program that sends the site to the network."),
        Text(
            "Install it: winget install Git.Git (or from https://git-scm.com), open a new window, try again."
        ),
    )


# --- What git complains of, in words that a neighbour understands, with git's own last line for whoever helps ---

_AGAIN: Final = Text("then run again: vuonho publish")
_CURE: Final = re.compile(r"git config --global --add safe\.directory .+")
_NOISE: Final = (
    "hint:",
    "warning:",
    "Please make sure",
    "and the repository exists",
    "To ",
    "error: failed to push",
)

_KNOWN: Final[tuple[tuple[str, Text, Text], ...]] = (
    (
        r"dubious ownership",
        Text("git does not trust the disk or USB drive of the repository, for somebody else made it."),
        Text("If it is your team's own, run once: {}"),
    ),
    (
        r"exists; cannot create",
        Text("The name of that branch collides with one that is there."),
        Text("Choose another: vuonho publish --branch NAME"),
    ),
    (
        r"stale info|fetch first|cannot lock ref|failed to lock|reference already exists|incorrect old value|failed to update ref",
        Text("Somebody else has just published to that repository, so nothing was sent."),
        Text("Ask who published, and from which profiles, then run again: vuonho publish"),
    ),
    (
        r"refusing to update checked out branch|branch is currently checked out",
        Text("That repository is a working folder that has this very branch open."),
        Text("Use a bare repository: git init --bare NAME.git"),
    ),
    (
        r"protected branch|GH006|GH013|rule violations|hook declined|denying non-fast-forward|deletion prohibited|not allowed to push",
        Text("The repository does not take it: the branch is protected, or it has rules of its own."),
        Text(
            "At GitHub: Settings → Branches (or Rules), take the protection off this branch and "
            "allow force pushes, then try again."
        ),
    ),
    (
        r"GH001|exceeds GitHub's file size limit|Large files detected",
        Text("The repository does not take it: a file is too large."),
        Text("See git's line, make that photo smaller, build and publish again."),
    ),
    (
        r"insufficient permission|unable to create temporary|Read-only file system",
        Text("The disk of that repository cannot be written."),
        Text(
            "Unlock the USB drive, or look at the rights of that folder; ask whoever keeps the "
            "repository, then try again."
        ),
    ),
    (
        r"[Pp]ermission to .* denied|requested URL returned error: 403|Write access to repository not granted|Permission denied(?! \()",
        Text("The account in use may not write to that repository."),
        Text(
            "Ask its owner to invite your account (Settings → Collaborators), or log in with the "
            "right one, then try again."
        ),
    ),
    (
        r"Authentication failed|could not read (Username|Password)|terminal prompts disabled|Permission denied \(|Invalid username or|Host key verification failed|returned error: 401|Support for password authentication was removed",
        Text("The login at the repository's host did not work."),
        Text(
            "Run vuonho publish in a terminal window and log in when asked (GitHub wants a token "
            "or the browser, no password)."
        ),
    ),
    (
        r"[Rr]epository .*not found|does not appear to be a git repository|not a git repository|returned error: 404|Repository not found",
        Text("That repository was not found."),
        Text(
            "Check the address letter by letter. If there is none yet, make it at "
            "https://github.com/new (Public, empty). A private one needs the right account."
        ),
    ),
    (
        r"No space left|[Dd]isk quota|unable to write (?:loose|sha1|file)|write error|disk full",
        Text("The disk is full, or cannot be written any more."),
        Text("Free some space on that disk, then try again."),
    ),
    (
        r"SSL certificate|certificate (?:verify|has expired|is not yet)|SSL_ERROR|schannel|server certificate",
        Text("The certificate of the repository's host could not be checked."),
        Text("See whether the computer's date is right; leave a public network for another, then try again."),
    ),
    (
        r"Could not resolve|Failed to connect|[Cc]onnection (?:timed out|refused|reset|closed|was reset)|[Oo]peration (?:timed out|too slow)|Network is unreachable|No route to host|hung up|early EOF|RPC failed|unable to access|Could not read from remote",
        Text("The network does not reach the repository's host."),
        Both("Xem lại Wi-Fi hoặc 4G, " + _AGAIN.vi, "Look at the Wi-Fi or mobile network, " + _AGAIN.en),
    ),
    (
        r"does not support force-with-lease|object format|mismatched algorithms",
        Text("That repository uses another kind of git."),
        Text("Make a common one: git init --bare NAME.git"),
    ),
)


def in_words(done: Done, doing: Text) -> MachineError:
    """Return the trouble that git met while `doing` something ("gửi trang", "sending the site")."""
    said = f"{done.err}\n{done.out.decode('utf-8', errors='replace')}" if done.err else done.text
    message = Text("git failed at {doing}.", doing=doing)
    hint = Both(
        "Gửi dòng của git ở trên cho người giúp, " + _AGAIN.vi,
        "Send git's line above to whoever helps you, " + _AGAIN.en,
    )
    for pattern, known, cure in _KNOWN:
        if re.search(pattern, said):
            line = _CURE.search(said)
            message, hint = known, Both(*(one.replace("{}", line[0] if line else "") for one in cure))
            break
    raw = last_line(done.err)
    more = f"\n  (git: {raw})" if raw else ""
    return MachineError(Both(message.vi + more, message.en + more), hint)


def last_line(err: str) -> str:
    """Return what git said last and meant for people, without a password that may stand in an address."""
    lines = [line.strip() for line in err.splitlines() if line.strip()]
    telling = [line for line in lines if not line.startswith(_NOISE)]
    last = cited((telling or lines or [""])[-1])
    return last if len(last) <= 200 else f"{last[:199]}…"


# --- A bare repository of our own in the project's state, gone when the work is done ---

FOLDER: Final = f"{STATE}/publish"
SEEN: Final = "refs/seen/"
"""Where what was fetched is kept, so that no name of theirs is one of ours."""


@contextmanager
def temp_repo(project: Path, program: str, *, asks: bool) -> Iterator[Git]:
    """Return a context with git in an empty folder of ours; the caller holds the project's lock."""
    folder = project / FOLDER
    with os_errors_in_words(folder):
        sweep(folder)
        (folder / "no-hooks").mkdir(parents=True)
    try:
        yield Git(program, folder / "repository.git", asks, f"vuonho-{uuid4().hex}")
    finally:
        with suppress(OSError):  # the next run sweeps
            sweep(folder)


def open_repository(git: Git, url: str, hash_name: str) -> None:
    """Make the bare repository, and tell it of the one of the Pages; raise MachineError."""
    calls: list[tuple[str, ...]] = [
        ("init", "--quiet", "--bare", "--template=", f"--object-format={hash_name}", "--", str(git.folder))
    ]
    settings = (("url", url), ("fetch", f"+refs/*:{SEEN}*"), ("tagOpt", "--no-tags"))
    calls += (("config", "--add", f"remote.{git.remote}.{key}", value) for key, value in settings)
    for call in calls:
        done = git.run(*call)
        if done.code:
            raise in_words(done, Text("getting ready"))


def sweep(folder: Path) -> None:
    """Remove the folder with all that git has left read-only; links are removed and not followed. Raises OSError."""
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
