"""Every command explains itself, in both languages, with an example that works."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from case_kit import each
from command_kit import SLUG, files, vuonho
from preview_kit import serving
from vuonho.cli.commands import COMMANDS

ENGLISH = ("Usage", "Options", "Example", "default", "Show", "OPTIONS", "COMMAND", "DIR")
VIETNAMESE = ("Cách dùng", "Tùy chọn", "Ví dụ", "mặc định", "THƯ_MỤC", "LỆNH")


@each("command", COMMANDS)
@each(("tag", "example", "others"), [("vi", "Ví dụ:", ENGLISH), ("en", "Example:", VIETNAMESE)])
def test_every_command_explains_itself(
    monkeypatch: pytest.MonkeyPatch, command: str, tag: str, example: str, others: tuple[str, ...]
) -> None:
    """In one language, in 80 columns: what the list says of it, then more; every option; an example that calls it."""
    monkeypatch.setenv("COLUMNS", "80")
    done = vuonho(command, "--help", "--lang", tag)
    assert (done.code, done.err) == (0, "")
    assert f"{example} vuonho {command}" in done.out
    assert [word for word in (*others, "<=x") if word in done.out] == []
    said, summary = " ".join(done.out.partition("\n\n")[2].split()), COMMANDS[command].to(tag)
    assert said.startswith(f"{summary} ")
    assert (summary[-1], said.count(summary)) == (".", 1)
    lines = done.out.splitlines()
    assert [line for line in lines if len(line) > 80 or re.fullmatch(r"  -\S+", line)] == []
    assert vuonho(command, "-h", "--lang", tag) == done


@pytest.mark.parametrize("tag", ["vi", "en"])
def test_the_list_of_commands_is_in_one_language(tag: str) -> None:
    """Each command is there, not cut off, on the 24 lines of 80 columns that a terminal has."""
    done = vuonho("--help", "--lang", tag)
    others = ENGLISH if tag == "vi" else VIETNAMESE
    assert [word for word in (*others, "...") if word in done.out] == []
    assert all(f"  {command} " in done.out for command in COMMANDS)
    lines = done.out.splitlines()
    assert (len(lines) < 24, max(map(len, lines)) < 80) == (True, True)


WANTS = {"restore": ("backup",), "import": ("export", "-o")}
"""Commands whose example takes a file that another command makes."""


ASKING = ("withdraw", "undo", "remove")
ANSWERS = ("--village", "Thôn Đông", "--commune", "Xã Phúc Trạch", "--phone", "0570 100 200")


@each("command", COMMANDS)
@pytest.mark.slow
def test_the_example_is_right_usage(
    built_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """The example of the help can be typed as it stands: the one of both languages, or each language's own."""
    for number, example in enumerate(dict.fromkeys(example_of(command, tag) for tag in ("vi", "en"))):
        root = tmp_path / str(number)
        if command == "init":
            root.mkdir()
        else:
            shutil.copytree(built_demo, root / "demo")
        monkeypatch.chdir(root if command == "init" else root / "demo")
        type_in(command, shlex.split(example))


def example_of(command: str, tag: str) -> str:
    """Return what the help of a command shows to be typed after the program's name."""
    (line,) = [
        line
        for line in vuonho(command, "--help", "--lang", tag).out.splitlines()
        if " vuonho " in f" {line}" and ":" in line and line.startswith("  ")
    ]
    return line.partition("vuonho ")[2]


def type_in(command: str, words: list[str]) -> None:
    """Do what an example says, with all that it presupposes, in this folder; it must end well."""
    if command == "window":  # opened in tests/test_window.py
        return
    if command == "serve":  # it ends when it is told to
        with serving(Path(), *words[1:]) as at_work:
            assert at_work.stop() == 130
        return
    if command in WANTS:
        assert vuonho(*WANTS[command], words[1]).code == 0
    if command == "publish":
        subprocess.run(["git", "init", "--quiet", "--bare", words[words.index("--to") + 1]], check=True)
    if command == "undo":
        assert vuonho("new", "Vườn thử").code == 0
    answers = (
        ANSWERS if command == "init" else ("--yes",) if command in ASKING else ()
    )  # on a terminal it asks
    done = vuonho(*words, *answers)
    assert done.code == 0, done.said


# --- init ------------------------------------------------------------------------------------------------


def test_init_names_the_next_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also with -C, and with a blank in the name: what is said can be typed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x").mkdir()
    assert vuonho("init", "thon", "--demo").out == "Đã tạo thon. Làm tiếp: vuonho -C thon build\n"
    assert vuonho("-C", "x", "init", "y", "--demo").out.endswith(f"vuonho -C {Path('x/y')} build\n")
    assert vuonho("init", "thôn tôi", "--demo").out.endswith('vuonho -C "thôn tôi" build\n')


# --- assign ----------------------------------------------------------------------------------------------


def test_assign_gives_and_enters(demo: Path) -> None:
    """A profile without a code gets one, every other byte kept, and the register a row; then all is sound."""
    path = demo / f"profiles/{SLUG}/moi.yaml"
    text = (
        "# của tôi\ncode:\nname: Vườn mới\nconsent: {given: 2026-11-01, by: Ai Đó, how: paper}\n"
        "location: {address: Xóm}\ngarden: {area: 100}\nchecked: 2026-11-02\n"
    )
    path.write_text(text, encoding="utf-8")
    before = files(demo / "profiles")
    assert vuonho("-C", demo, "check").code == 1
    done = vuonho("-C", demo, "assign")
    assert (done.code, done.err) == (0, "")
    code = done.out.split()[0]
    assert done.out == f"{code}  profiles/{SLUG}/moi.yaml\n1 mã mới, 0 mã có sẵn được ghi vào sổ.\n"
    assert text.replace("code:", f'code: "{code}"') == path.read_text(encoding="utf-8")
    after = files(demo / "profiles")
    assert {"codes.csv", f"{SLUG}/moi.yaml"} == {name for name in after if after[name] != before.get(name)}
    assert after["codes.csv"].startswith(before["codes.csv"])
    assert f"{code},{SLUG}/moi.yaml,20" in after["codes.csv"].decode()
    assert vuonho("-C", demo, "build").code == 0
    assert "0 mã mới, 0 mã có sẵn" in vuonho("-C", demo, "assign").out
