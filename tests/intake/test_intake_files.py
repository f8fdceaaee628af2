"""Files that cannot be read are told in words, and never waited for."""

import os
import sys
from pathlib import Path

import pytest

from vuonho.project.files import LARGEST, read_bytes, read_text, read_tree
from vuonho.register.memory import read_register
from vuonho.register.register import Register, Row, render_register

FILE = "profiles/vuon/huong.yaml"
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="no such files on Windows")


def said(path: Path) -> str:
    content, problems = read_bytes(path, FILE)
    assert content is None
    (problem,) = problems
    assert (problem.file, problem.line) == (FILE, None)
    assert problem.hint.vi
    return problem.message.en


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    """The system's own English does not reach the village."""
    assert said(tmp_path / "a.yaml") == "This file is missing."


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """A folder named like a file is told apart."""
    assert said(tmp_path) == "This is not a file."


@needs_posix
def test_a_dangling_link_is_missing(tmp_path: Path) -> None:
    """A link to nowhere is a missing file."""
    (tmp_path / "a.yaml").symlink_to(tmp_path / "b.yaml")
    assert said(tmp_path / "a.yaml") == "This file is missing."


@needs_posix
def test_a_ring_of_links_ends(tmp_path: Path) -> None:
    """Links to each other are an error of the machine, in words."""
    (tmp_path / "a.yaml").symlink_to(tmp_path / "b.yaml")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")
    assert said(tmp_path / "a.yaml").startswith("The file cannot be read")


@needs_posix
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """Opening a pipe would wait for ever."""
    os.mkfifo(tmp_path / "a.yaml")
    assert said(tmp_path / "a.yaml") == "This is not a file."


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root reads everything")
def test_a_forbidden_file_is_told(tmp_path: Path) -> None:
    """A file without the right to read."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: 1\n")
    path.chmod(0)
    assert said(path) == "This file cannot be opened."


def test_a_large_file_is_not_read_whole(tmp_path: Path) -> None:
    """One byte more than allowed is enough to know."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"x" * (LARGEST + 1000))
    content, _ = read_bytes(path, FILE)
    assert content is not None
    assert len(content) == LARGEST + 1
    text, (problem,) = read_text(path, FILE)
    assert text is None
    assert "MB" in problem.message.en


def test_an_empty_file_is_a_problem(tmp_path: Path) -> None:
    """Nothing in it is not nothing wrong."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"# note\n")
    tree, (problem,) = read_tree(path, FILE)
    assert (tree, problem.line, problem.message.en) == (None, 1, "The file is empty.")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_register_keeps_its_mark(tmp_path: Path, mark: bytes) -> None:
    """Excel needs the mark to show Vietnamese; writing the register must not take it away."""
    content = (
        mark
        + "code,profile,given,printed,url,status,ghi chú\n482135,vuon/huong.yaml,2026-10-19,,,,cổng\n".encode()
    )
    path = tmp_path / "profiles" / "codes.csv"
    path.parent.mkdir()
    path.write_bytes(content)
    register, problems = read_register(tmp_path)
    assert problems == ()
    assert content == render_register(register).encode()


def test_a_broken_register_tells_all(tmp_path: Path) -> None:
    """Every wrong line is told, and no row is taken from such a file."""
    path = tmp_path / "profiles" / "codes.csv"
    path.parent.mkdir()
    path.write_text(
        "code,profile,given,printed,url,status\n1,,x,,,\n482135,a.yaml,2026-10-19,,,\n", encoding="utf-8"
    )
    register, problems = read_register(tmp_path)
    rows: tuple[Row, ...] = ()
    assert (rows, {2}) == (register.rows, {p.line for p in problems})


def test_a_project_without_register_has_an_empty_one(tmp_path: Path) -> None:
    """The first `assign` makes the file."""
    assert (Register(), ()) == read_register(tmp_path)
