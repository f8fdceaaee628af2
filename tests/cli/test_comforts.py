"""The comforts of a terminal: colours and bars only there, Tab, help that fits, letters that old consoles have."""

import os
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from command_kit import COMMAND, ROOT, copy_one_household, environment, vuonho_process

pytestmark = pytest.mark.slow

BASH = None if os.name == "nt" else shutil.which("bash")
SOURCE = ROOT / "src/vuonho"
posix = pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals of POSIX")
RED, YELLOW, GREEN, DIM = "\x1b[31m", "\x1b[33m", "\x1b[32m", "\x1b[2m"


def on_terminal(*arguments: str | Path, **more: str) -> str:
    """Return what a terminal gets to see of a call."""
    import pty  # not on Windows

    ours, theirs = pty.openpty()
    env = {key: value for key, value in environment().items() if key not in ("NO_COLOR", "TERM")}
    line = [*COMMAND, *map(str, arguments)]
    with subprocess.Popen(
        line, stdin=theirs, stdout=theirs, stderr=theirs, env=env | {"TERM": "xterm"} | more
    ):
        os.close(theirs)
        seen = b""
        try:
            while piece := os.read(ours, 65_536):
                seen += piece
        except OSError:  # Linux says so where the other end is closed
            pass
    os.close(ours)
    return seen.decode("utf-8").replace("\r\n", "\n")


# --- Colours and bars ----------------------------------------------------------------------------------------------


@posix
def test_colours_on_a_terminal(built_demo: Path, tmp_path: Path) -> None:
    """Errors red, things to heed yellow, what to do dim, success green."""
    seen = on_terminal("-C", built_demo, "check")
    assert f"{YELLOW}\x1b[1mLưu ý" in seen
    assert f"{DIM}      → Khi gia đình đồng ý" in seen
    assert on_terminal("buidl").startswith(f"{RED}\x1b[1mKhông có lệnh “buidl”.")
    assert on_terminal("init", tmp_path / "x", "--demo").startswith(f"{GREEN}Đã tạo")


@posix
def test_lines_end_between_words_on_a_terminal(tmp_path: Path) -> None:
    """As wide as that is, what goes on under where it began; through a pipe each sentence is one line."""
    root = copy_one_household(tmp_path / "duan")
    profile = next(path for path in (root / "profiles").glob("*/*.yaml") if path.stem != "village")
    profile.write_text(profile.read_text(encoding="utf-8").replace("consent:", "consnt:"), encoding="utf-8")
    told = vuonho_process("-C", root, "check").said.splitlines()
    shown = on_terminal("-C", root, "check", NO_COLOR="1", COLUMNS="40").splitlines()
    assert max(map(len, told)) > 50
    assert [line for line in shown if len(line) >= 40 and " " in line.strip()] == []
    assert " ".join(" ".join(shown).split()) == " ".join(" ".join(told).split())
    hint = next(at for at, line in enumerate(shown) if line.startswith("      → "))
    assert any(line.startswith("        ") for line in shown[hint:])


@posix
def test_no_colours_where_nobody_wants_them() -> None:
    """NO_COLOR with any value (no-color.org), and a terminal that has none: the same words without."""
    for more in ({"NO_COLOR": "0"}, {"TERM": "dumb"}):
        assert on_terminal("buidl", **more) == vuonho_process("buidl").said
    assert "\x1b" in on_terminal("buidl", NO_COLOR="")


@posix
def test_a_bar_only_on_a_terminal_that_can_draw_one(tmp_path: Path) -> None:
    """Through a pipe there is one line, and a dumb terminal gets no bar either."""
    act = ("-C", copy_one_household(tmp_path / "duan"), "verify")
    assert "1/6 Đọc các trang…" in on_terminal(*act)
    assert "1/6" not in on_terminal(*act, TERM="dumb")
    done = vuonho_process(*act)
    assert (done.err, done.out.count("\n")) == ("", 1)


# --- Letters -------------------------------------------------------------------------------------------------------

# Windows Glyph List 4, what every font of an old console holds, as far as the program wants it, and Vietnamese.
CONSOLE = frozenset("“”‘’…–—→²×·°«»□■█▀▄ \n")


def test_messages_hold_no_sign_that_an_old_console_lacks() -> None:
    """Consolas, the font of the Windows console, has Vietnamese and these; ✓ or emoji would be boxes."""
    told = [text for path in (SOURCE / "locale").rglob("*.po") for text in path.read_text(encoding="utf-8")]
    assert {sign for sign in told if not is_plain(sign)} == set()


def is_plain(sign: str) -> bool:
    return sign.isascii() or sign in CONSOLE or (sign.isalpha() and "LATIN" in unicodedata.name(sign, ""))


# --- Tab -----------------------------------------------------------------------------------------------------------


def completed(folder: Path, *words: str) -> list[str]:
    """Return what bash offers for the last of the words, by the script that the program prints."""
    program = folder / "vuonho"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m vuonho "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    line = " ".join(f"'{word}'" for word in words)
    script = (
        f'eval "$(_VUONHO_COMPLETE=bash_source vuonho)"; COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; '
        '_vuonho_completion vuonho 2>/dev/null; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    path = os.pathsep.join((str(folder), os.environ["PATH"]))
    done = subprocess.run(
        [BASH or "", "--norc", "-c", script], env=environment(PATH=path), capture_output=True, check=True
    )
    return done.stdout.decode().split()


@pytest.mark.skipif(BASH is None, reason="no bash on this machine")
def test_tab_in_a_real_bash(tmp_path: Path) -> None:
    """Commands, options, and the values that an option can have."""
    assert completed(tmp_path, "vuonho", "b") == ["build", "backup"]
    assert completed(tmp_path, "vuonho", "check", "--fo") == ["--format"]
    assert completed(tmp_path, "vuonho", "check", "--format", "") == ["text", "json", "github"]
