"""The program as a whole: exit codes, words instead of tracebacks, and UTF-8 whatever the console."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from case_kit import each
from command_kit import COMMAND, SLUG, copy_one_household, edit, environment, files, vuonho, vuonho_process
from vuonho import __version__
from vuonho.cli.app import run
from vuonho.cli.commands import COMMANDS
from vuonho.cli.console import Console

posix = pytest.mark.skipif(os.name == "nt", reason="closed streams of POSIX shells")


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder, and be in it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- Exit codes ------------------------------------------------------------------------------------------


def test_done_is_0(built_demo: Path) -> None:
    """A sound project, checked: 0, though there are notes."""
    done = vuonho("-C", built_demo, "check")
    assert (done.code, done.err) == (0, "")
    assert "16 hồ sơ: 0 lỗi, 1 lưu ý." in done.out


def test_wrong_data_is_1(demo: Path) -> None:
    """An error in a profile: 1; whoever wanted something done is told that nothing was."""
    edit(demo / f"profiles/{SLUG}/chi-mai.yaml", "area: 350", "area: 0")
    assert vuonho("-C", demo, "check").code == 1
    for command in (("build", "--strict"), ("plaques", "711946", "--draft")):
        done = vuonho("-C", demo, *command)
        assert done.code == 1
        assert "\n1 lỗi, " in done.err
        assert done.err.endswith(" lưu ý\nChưa thay đổi gì cả. Sửa các lỗi trên rồi chạy lại.\n")


@each("command", ["assign", "build", "check", "verify"])
def test_outside_a_project_is_1_in_words(nowhere: Path, command: str) -> None:
    """The message says what is missing and how to go on, and nothing is made."""
    done = vuonho(command)
    assert (done.code, done.out) == (1, "")
    assert f"Không thấy thư mục “profiles” trong {nowhere}." in done.err
    assert "vuonho init" in done.err
    assert not list(nowhere.iterdir())


def test_no_command_shows_the_help_and_is_2() -> None:
    """Whoever types the name alone learns what there is."""
    done = vuonho()
    assert (done.code, done.err) == (2, "")
    assert all(f"  {command} " in done.out for command in COMMANDS)


@each(
    ("arguments", "vi", "en"),
    [
        (["buidl"], "Không có lệnh “buidl”. Có phải là build?", "There is no command “buidl”. Did you mean build?"),
        (["zzz"], "Không có lệnh “zzz”.", "There is no command “zzz”."),
        (["build", "--otu", "x"], "Không có tùy chọn “--otu”. Có phải là --out?",
         "There is no option “--otu”. Did you mean --out?"),
        (["build", "x"], "Lệnh này không nhận thêm: x.", "Got unexpected extra argument (x)"),
        (["build", "https://ten:bi-mat@github.com/a/b"], "Lệnh này không nhận thêm: https://…@github.com/a/b.",
         "Got unexpected extra argument (https://…@github.com/a/b)"),
        (["build", "--jobs", "0"], "Chỗ --jobs ghi chưa đúng. Chọn một số từ 1 đến 64.",
         "The value of --jobs is not right. Choose a number from 1 to 64."),
        (["build", "--jobs", "hai"], "Chỗ --jobs ghi chưa đúng. Chọn một số từ 1 đến 64.",
         "The value of --jobs is not right. Choose a number from 1 to 64."),
        (["build", "--out"], "Sau --out ghi thiếu hoặc ghi thừa.", "Option '--out' requires an argument."),
        (["build", "--help=1"], "Sau --help ghi thiếu hoặc ghi thừa.", "Option '--help' does not take a value."),
        (["check", "--format", "xml"], "Chỗ --format ghi chưa đúng. Chọn: text, json, github.",
         "The value of --format is not right. Choose from: text, json, github."),
        (["init", "--demo"], "Thiếu THƯ_MỤC.", "DIR is missing."),
        (["init", "x"], "Thiếu --village, --commune, --phone.", "Missing: --village, --commune, --phone."),
        (["-C", "."], "Thiếu tên lệnh.", "Missing command."),
    ],
)  # fmt: skip
def test_wrong_usage_is_2_in_both_languages(nowhere: Path, arguments: list[str], vi: str, en: str) -> None:
    """What is wrong, and where the help is; nothing is done."""
    for tag, message, see in (("vi", vi, "Xem: vuonho"), ("en", en, "See: vuonho")):
        done = vuonho("--lang", tag, *arguments)
        first, *example, last = done.err.splitlines()
        assert (2, "", message) == (done.code, done.out, first)
        assert last.startswith(f"  → {see}")
        assert last.endswith(" --help")
        command = next((word for word in arguments if word in COMMANDS), None)
        shown = ["  → " + line.strip() for line in vuonho(command, "--help", "--lang", tag).out.splitlines()
                 if line.startswith(("  Ví dụ: vuonho ", "  Example: vuonho "))] if command else []  # fmt: skip
        is_half = (
            "--out" in arguments or "--help=1" in arguments
        )  # click does not tell of which command it speaks
        assert example == ([] if is_half else shown)
        assert len(shown) == (command is not None)
    assert not list(nowhere.iterdir())


EARLY = """
import importlib.abc, os, signal, sys
number = getattr(signal, sys.argv.pop(1))
if sys.argv.pop(1) == "ignored":
    signal.signal(number, signal.SIG_IGN)
class Early(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "vuonho.cli.app":
            os.kill(os.getpid(), number)
from vuonho.cli import main
sys.meta_path.insert(0, Early())
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks nobody to end")
@pytest.mark.slow
def test_the_end_is_heard_from_the_first_moment_on() -> None:
    """A window closed or a computer shut down while the program still loads ends it as Ctrl-C does; nohup counts."""
    for name, how, code in (("SIGINT", "heard", 130), ("SIGTERM", "heard", 130), ("SIGHUP", "ignored", 0)):
        line = [sys.executable, "-c", EARLY, name, how, "--version"]
        done = subprocess.run(line, env=environment(), capture_output=True, check=False)
        assert done.returncode == code, name


def test_ctrl_c_is_130(
    monkeypatch: pytest.MonkeyPatch, built_demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever was going on, one sentence says that nothing is left half done."""

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("vuonho.project.survey.examine", stopped)
    assert run(["-C", str(built_demo), "check"], Console("en")) == 130
    assert capsys.readouterr().err == "\nStopped. Nothing is left half done.\n"


@each(
    ("error", "said"),
    [
        (
            OSError(5, "Input/output error", "x.yaml"),
            "The machine could not read or write x.yaml (Input/output error).",
        ),
        (OSError("odd"), "The machine could not read or write (odd)."),
        (MemoryError(), "The program met something unforeseen (MemoryError: )."),
        (RecursionError("deep"), "The program met something unforeseen (RecursionError: deep)."),
    ],
)
def test_the_last_net(
    monkeypatch: pytest.MonkeyPatch,
    built_demo: Path,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
    said: str,
) -> None:
    """Even what nobody thought of ends in words and 1."""

    def failing(*_: object) -> None:
        raise error

    monkeypatch.setattr("vuonho.project.survey.examine", failing)
    assert run(["-C", str(built_demo), "check"], Console("en")) == 1
    assert capsys.readouterr().err.startswith(said)


def test_version() -> None:
    """The version that the package has."""
    done = vuonho("--version")
    assert (0, f"vuonho {__version__}\n", "") == (done.code, done.out, done.err)


# --- Where and in which language -------------------------------------------------------------------------


@each(
    "arguments",
    [
        ["-C", "{}", "check"],
        ["check", "-C", "{}"],
        ["-C", "{parent}", "check", "-C", "{name}"],
        ["-C{}", "check"],
    ],
)
def test_the_folder_before_and_after_the_command(
    nowhere: Path, built_demo: Path, arguments: list[str]
) -> None:
    """`-C` may stand on either side, and one inside the other."""
    names = {"parent": built_demo.parent, "name": built_demo.name}
    done = vuonho(*(argument.format(built_demo, **names) for argument in arguments))
    assert (done.code, done.err) == (0, "")


@each(
    ("arguments", "wish", "english"),
    [
        (["check"], None, False),
        (["check"], "en", True),
        (["check"], "en_GB.UTF-8", True),
        (["check"], "vi", False),
        (["check"], "fr", False),
        (["--lang", "en", "check"], None, True),
        (["check", "--lang", "en"], None, True),
        (["check", "--lang=en"], "vi", True),
        (["--lang=vi", "check"], "en", False),
        (["--lang", "en", "check", "--lang", "vi"], None, False),
    ],
)
def test_the_language_before_and_after_the_command(
    built_demo: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], wish: str | None, english: bool
) -> None:
    """`--lang` on either side, the last one winning, then VUONHO_LANG, then Vietnamese."""
    monkeypatch.delenv("VUONHO_LANG", raising=False)
    if wish is not None:
        monkeypatch.setenv("VUONHO_LANG", wish)
    done = vuonho("-C", built_demo, *arguments)
    assert done.code == 0
    assert english == ("16 profiles: 0 errors, 1 note." in done.out)
    assert english != ("16 hồ sơ: 0 lỗi, 1 lưu ý." in done.out)


# --- Streams ---------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_it_speaks_utf8_on_any_console(built_demo: Path) -> None:
    """Vietnamese goes out as UTF-8 whatever the code page says."""
    narrow = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for more in (narrow, {"PYTHONIOENCODING": "cp1258:strict"}):
        done = vuonho_process("-C", ".", "check", cwd=built_demo, **more)
        assert (done.code, done.err) == (0, "")
        assert "16 hồ sơ: 0 lỗi, 1 lưu ý." in done.out


def shell(line: str, cwd: Path) -> "subprocess.CompletedProcess[bytes]":
    """Run a line of the shell in which `$VUONHO` is the program."""
    program = " ".join(f"'{word}'" for word in COMMAND)
    return subprocess.run(
        ["sh", "-c", line.replace("$VUONHO", program)],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        check=False,
    )


@posix
@pytest.mark.slow
def test_closed_streams_give_no_traceback(small: Path, tmp_path: Path) -> None:
    """A pipe whose reader has gone, streams that were never open, a disk that takes nothing: all is done and no more said."""
    root = shutil.copytree(small, tmp_path / "duan")
    cases = [
        ("{ $VUONHO check --format json; echo $? >code; } | true; test $(cat code) -eq 0", 0),
        ("$VUONHO check >&-", 0),
        ("$VUONHO nonsense 2>&-", 2),
        ("$VUONHO build --lang en 2>&1 | true", 0),
        ("$VUONHO build >&- 2>&-", 0),
    ]
    if Path("/dev/full").exists():
        cases += [("$VUONHO check >/dev/full", 1), ("$VUONHO check --nonsense 2>/dev/full", 1)]
    for number, (line, code) in enumerate(cases):
        before = files(root / "site")
        (household,) = root.glob(f"profiles/{SLUG}/chi-*.yaml")
        text = household.read_text(encoding="utf-8")
        household.write_text(re.sub(r"area: \d+", f"area: {350 + number}", text), encoding="utf-8")
        done = shell(line, root)
        assert done.returncode == code, line
        assert b"Traceback" not in done.stdout + done.stderr
        assert b"Exception" not in done.stdout + done.stderr
        assert (files(root / "site") != before) == (" build " in line)


@posix
@pytest.mark.slow
def test_the_exit_tells_what_was_done_though_nobody_listened(demo: Path) -> None:
    """A pipe whose reader has gone before the first word changes nothing."""
    path = demo / f"profiles/{SLUG}/ba-huong.yaml"
    for unbuffered, line, code in (
        ("1", "withdraw 482136 --yes", 1),
        ("1", "withdraw 482135 --yes --oops", 2),
        ("", "withdraw 482135 --yes", 0),
    ):
        export = f"export PYTHONUNBUFFERED={unbuffered};"
        shell(f"{export} {{ sleep 0.3; $VUONHO {line} 2>&1; echo $? >code; }} | true", demo)
        assert (demo / "code").read_text(encoding="utf-8") == f"{code}\n"
        assert ("\nwithdrawn: " in path.read_text(encoding="utf-8")) == (code == 0)


# --- Anything at all -------------------------------------------------------------------------------------

WORDS = (
    *(name for name in COMMANDS if name not in ("serve", "window")), "--help", "--version", "--lang", "--lang=en", "en", "-C", "--out", "--jobs", "--base-url", "--format",
    "json", "--demo", "--", "-", "", ".", "..", "site", "profiles", "1", "-1", "https://a.example/", "-Cx", "%", "{}",
)  # fmt: skip
"""Without `serve` and `window`, which go on until somebody stops them."""
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0/\\~"), max_size=12)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of one household without photos, inside a folder of its own."""
    return copy_one_household(tmp_path_factory.mktemp("any") / "duan")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arguments=st.lists(st.one_of(st.sampled_from(WORDS), TEXTS), max_size=7))
def test_any_arguments_end_in_words(
    small: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    """Whatever is typed: one of the exit codes, nothing unforeseen, and the profiles are as they were, but for a new one."""
    monkeypatch.chdir(small)
    before = files(small / "profiles")
    done = vuonho(*arguments)
    assert done.code in (0, 1, 2)
    assert "không lường trước" not in done.said
    assert "unforeseen" not in done.said
    assert before == files(small / "profiles") or (done.code == 0 and "new" in arguments)


@posix
@each("name", [b"\xff\xfe", b"h\xc3\xa1\xff", "Hường".encode(), "Hường".encode()[:3]])
@pytest.mark.slow
def test_arguments_that_are_no_text(built_demo: Path, name: bytes) -> None:
    """Bytes that are no UTF-8, as old file systems hand them over."""
    done = subprocess.run(
        [*(word.encode() for word in COMMAND), b"-C", name, b"check"],
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Không thấy thư mục" in done.stderr.decode("utf-8")
    assert b"Traceback" not in done.stderr
