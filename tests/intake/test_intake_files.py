"""Files that cannot be read are told in words, and never waited for."""

from pathlib import Path

import pytest

from vuonho.project.files import LARGEST, read_bytes, read_text
from vuonho.register.memory import read_register
from vuonho.register.register import Row, render_register

FILE = "profiles/vuon/huong.yaml"


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
