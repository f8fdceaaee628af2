"""The handbook docs/so-tay.md: its transcript is what the program says, in one project from `init` to `restore`.

GitHub is a folder of this machine: git is told so by a setting of the user, and the site is served from a checkout of
it under its own name, with a certificate. The commands are those of the page, letter by letter.
"""

import re
import shutil
import signal
import subprocess
import time
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from threading import Timer

import pytest

from command_kit import COMMAND, ROOT, Outcome, edit, environment, rows, vuonho
from https_kit import proxied
from pages_server import served
from transcript_kit import Play, Step, fill_in, steps_of, table_of

pytestmark = pytest.mark.slow

DOC = (ROOT / "docs/so-tay.md").read_text(encoding="utf-8")
DAYS = {"20/11/2026": 1, "21/11/2026": 0}
"""The days of the table, and how many days before today they are when it is typed: no profile may grow old."""
HOST = "thon-dong-vi-du.github.io"
REPOSITORY = f"thon-dong-vi-du/{HOST}"
WRONG, RIGHT = "0570 01 234", "0570 012 346"
SAVED = (("3 sào", "4 sào"), ("4 sào", "4 sòa"), ("4 sòa", "4 sào"))
"""What is typed and saved while the preview runs: what the family wishes, a slip of the finger, and its cure."""


def type_the_table(step: Step) -> None:
    """Fill in the empty workbook; what the page tells to fix is corrected when it is taken in for good."""
    today = date.today()  # noqa: DTZ011 - the day on the wall, as the program's
    typed = {day: f"{today - timedelta(ago):%d/%m/%Y}" for day, ago in DAYS.items()}
    if "--yes" in step.words:
        typed[WRONG] = RIGHT
    cells = [
        (sheet, column, typed.get(value, value)) for sheet, column, value in table_of(DOC, "Hộ|Cây trồng")
    ]
    fill_in(Path(step.words[2]), cells)


def save_at_once(file: Path, old: str, new: str) -> None:
    """Change a text in a file as an editor does, so that nobody sees a half of it."""
    draft = Path(shutil.copy(file, "draft.txt"))
    edit(draft, old, new)
    draft.replace(file)


def save_while_it_is_shown(step: Step) -> Outcome:
    """Run the preview as a process, fix a profile again and again meanwhile, and stop it by its key at last."""
    said = list[str]()
    saves = iter(SAVED)
    with subprocess.Popen(
        [*COMMAND, *step.words[1:], "--port", "0"],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as process:
        watch = Timer(600, process.kill)
        watch.start()
        assert process.stdout is not None
        for line in process.stdout:
            said.append(re.sub(r":\d+/$", ":8000/", line))
            if "Ctrl-C" in line or " có thay đổi. " in line:
                save = next(saves, None)
                if save is None:
                    time.sleep(1)  # nobody stops it in the instant of its saying something
                    said.append("^C")
                    process.send_signal(signal.SIGINT)
                else:
                    save_at_once(Path("profiles/thon-dong/vuon-ba-huong.yaml"), *save)
        watch.cancel()
    return Outcome(process.returncode, "".join(said), "")


def withdraw_the_second(step: Step) -> Outcome:
    """Take off the second family of the table, whatever its code is today."""
    (code,) = (row[0] for row in rows(Path.cwd()) if "ong-tu" in row[1])
    return vuonho("withdraw", code, *step.words[3:])


def note_the_repository(step: Step) -> None:
    """Write the repository into the settings, as the page tells to do, once it is not named any more."""
    if step.words == ("vuonho", "publish"):
        edit(
            Path("profiles/site.yaml"), "  repository:\n", f"  repository: https://github.com/{REPOSITORY}\n"
        )


def ask_the_web(step: Step) -> Outcome:
    """Look at what lies in the repository, where the site's name leads to it."""
    if "--live" not in step.words:
        return vuonho(*step.words[1:])
    site = Path("../checkout").resolve()
    git("clone", "--quiet", f"https://github.com/{REPOSITORY}", site)
    with ExitStack() as stack:
        web = stack.enter_context(served(site, prefix=""))
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        stack.enter_context(proxied(site.parent, {HOST: web.origin}, patch))
        return vuonho(*step.words[1:])


def git(*words: str | Path) -> None:
    subprocess.run(["git", *words], check=True, capture_output=True)


def found_github(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the empty repository of the handbook, and let git look for GitHub there."""
    git("init", "--quiet", "--bare", "--initial-branch=main", folder / "github" / REPOSITORY)
    settings = folder / "gitconfig"
    settings.write_text(
        f'[url "{(folder / "github").as_uri()}/"]\n\tinsteadOf = https://github.com/\n', encoding="utf-8"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


def play_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Play:
    """Return the handbook ready to be played in an empty folder."""
    monkeypatch.chdir(folder)
    found_github(folder, monkeypatch)
    by_hand = {"import": type_the_table, "publish": note_the_repository}
    return Play(
        monkeypatch,
        by_hand,
        {"serve": save_while_it_is_shown, "withdraw": withdraw_the_second, "verify": ask_the_web},
    )


def test_the_transcript_is_what_the_program_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From an empty folder to a family that left and a project got back."""
    assert WRONG in DOC
    assert f"`{RIGHT}`" in DOC
    assert play_in(tmp_path, monkeypatch).untrue(DOC) == []
    assert [row[0] for row in rows(tmp_path / "thon-dong")] == [
        row[0] for row in rows(tmp_path / "thu-lay-lai")
    ]


def test_the_transcript_goes_all_the_way() -> None:
    """No chapter's commands are left out of it."""
    told = {step.name for step in steps_of(DOC)}
    assert told >= {"init", "consent", "form", "import", "check", "build", "verify", "serve", "plaques", "status", "export",
                    "publish", "withdraw", "backup", "restore"}  # fmt: skip
