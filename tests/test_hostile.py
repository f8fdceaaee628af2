"""Files made to break a program: each ends in words, with exit 1 or a mere note."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from case_kit import each
from project_kit import check, copy_of
from vuonho.model.codes import is_code

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")

LAUGHS = 'a0: &a0 ["lol"]\n' + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
)
CONTENTS: dict[str, bytes] = {
    "a megabyte of brackets": b"a: [" * 250_000,
    "brackets that close": b"a: " + b"[" * 400_000 + b"]" * 400_000,
    "billion laughs": LAUGHS.encode(),
    "merge bomb": b"a: &a {x: 1}\n" + b"".join(b"b%d: {<<: [*a, *a, *a]}\n" % n for n in range(5000)),
    "20,000 keys": b"".join(b"khoa%d: v\n" % n for n in range(20_000)),
    "900 unknown keys": b"".join(b"khoa%d: v\n" % n for n in range(900)),
    "900 equal keys": b"a: v\n" * 900,
    "a huge scalar": b"name: " + b"x" * 900_000,
    "a huge story of one word": b"story: |\n" + "  bệnh bệnh bệnh bệnh\n".encode() * 30_000,
    "a huge number": b"garden: {area: " + b"9" * 900_000 + b"}",
    "a huge point": b"location: {point: '" + b"1 " * 400_000 + b"'}",
    "marks upon a letter": b"name: a" + "\u0301".encode() * 400_000,
    "more than a megabyte": b"# x\n" * 300_000,
    "NUL": b"name: a\0b\n",
    "NUL alone": b"\0" * 1000,
    "control characters": b"name: \x1b[2J\x07\n",
    "half a letter of UTF-16": b"\xff\xfe" + "name: ".encode("utf-16-le") + b"\x00\xd8",
    "half a pair of UTF-16": b"\xff\xfe" + "name: ".encode("utf-16-le") + b"\x00\xd8x\x00\n\x00",
    "odd UTF-16": b"\xff\xfea",
    "surrogates in UTF-8": b"name: \xed\xa0\x80\n",
    "two marks": b"\xef\xbb\xbf\xef\xbb\xbfname: x\n",
    "a mark alone": b"\xef\xbb\xbf",
    "noncharacters": "name: \ufffe\uffff\n".encode(),
    "a zip": b"PK\x03\x04" + b"\0" * 100,
    "a line of a megabyte": b'name: "' + b"\\u0041" * 140_000 + b'"',
}


def project(tmp_path: Path) -> Path:
    return copy_of("good-least", tmp_path)


def told(root: Path) -> list[dict[str, str | int | None]]:
    """What `check` says of a project; not one word of it is unprintable."""
    code, report = check(root)
    problems: list[dict[str, str | int | None]] = json.loads(report)
    assert int(any(problem["severity"] == "error" for problem in problems)) == code
    for problem in problems:
        assert problem["message"]
        for key in ("file", "field", "message", "hint"):
            text = problem[key]
            assert isinstance(text, str)
            assert text == "" or text.isprintable()
            assert len(text) < 2000
    return problems


@each("kind", CONTENTS)
def test_a_hostile_profile_ends_in_words(tmp_path: Path, kind: str) -> None:
    """The file is blamed, and no other."""
    root = project(tmp_path)
    (root / "profiles" / "vuon" / "xau.yaml").write_bytes(CONTENTS[kind])
    assert {"profiles/vuon/xau.yaml"} == {problem["file"] for problem in told(root)}


@each("file", ["site.yaml", "codes.csv", "vuon/village.yaml"])
@each(
    "kind",
    ["a megabyte of brackets", "billion laughs", "900 equal keys", "more than a megabyte", "NUL", "odd UTF-16", "a zip"],
)  # fmt: skip
def test_hostile_settings_end_in_words(tmp_path: Path, kind: str, file: str) -> None:
    """Settings, village and register are as thick-skinned as profiles."""
    root = project(tmp_path)
    (root / "profiles" / file).write_bytes(CONTENTS[kind])
    assert f"profiles/{file}" in {problem["file"] for problem in told(root)}


def test_a_register_of_thirty_thousand_strangers(tmp_path: Path) -> None:
    """Every row is an error of its own, in a file of a megabyte."""
    root = project(tmp_path)
    codes = islice(filter(is_code, map(str, range(100_000, 1_000_000))), 28_400)
    lines = "".join(f"{code},v/{code}.yaml,2026-10-19,,,\n" for code in codes)
    register = root / "profiles" / "codes.csv"
    register.write_text(f"code,profile,given,printed,url,status\n{lines}", encoding="utf-8")
    assert len(told(root)) > 28_000


def test_memory_stays_below_a_gigabyte(tmp_path: Path) -> None:
    """The worst of them all together, in a process that may not have more."""
    if sys.platform == "win32":
        pytest.skip("no limits on Windows")
    root = project(tmp_path)
    for number, content in enumerate(CONTENTS.values()):
        (root / "profiles" / "vuon" / f"xau-{number}.yaml").write_bytes(content)
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (10**9, 10**9)); "
        "from vuonho.cli.app import main; main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", limited, "-C", str(root), "check", "--format", "json"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=600)
    assert (done.returncode, done.stderr) == (1, b"")


def as_folder(path: Path) -> None:
    path.mkdir()


def as_dangling_link(path: Path) -> None:
    path.symlink_to("nowhere")


def as_ring(path: Path) -> None:
    path.symlink_to(path.name)


def as_pipe(path: Path) -> None:
    os.mkfifo(path)


def as_endless_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@needs_posix
@each("make", [as_folder, as_dangling_link, as_ring, as_pipe, as_endless_device])
@each("file", ["vuon/xau.yaml", "vuon/village.yaml", "site.yaml", "codes.csv"])
def test_what_is_no_file_ends_in_words(tmp_path: Path, file: str, make: Callable[[Path], None]) -> None:
    """Folders, broken links, pipes and devices in the place of files are named, and never waited for."""
    root = project(tmp_path)
    path = root / "profiles" / file
    path.unlink(missing_ok=True)
    make(path)
    told_of = {problem["file"] for problem in told(root)}
    assert f"profiles/{file}" in told_of


@needs_posix
@each("name", ["a\nb", "a\r::error::x", "a\x1b[31m", os.fsdecode(b"\xff"), " ", "a" * 250])
def test_hostile_names_end_in_words(tmp_path: Path, name: str) -> None:
    """A file's name cannot break the report."""
    root = project(tmp_path)
    (root / "profiles" / "vuon" / f"{name}.yaml").write_bytes(b"a: 1\n")
    assert told(root)
