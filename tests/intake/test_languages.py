"""The wording of the pages, the project's own before the shipped one."""

from pathlib import Path

import pytest

from case_kit import each
from vuonho.errors import DataProblems
from vuonho.project.wording import read_messages


def put(folder: Path, tag: str, text: str) -> Path:
    (folder / "languages").mkdir(parents=True, exist_ok=True)
    (folder / "languages" / f"{tag}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_wording_is_flat(tmp_path: Path) -> None:
    """Keys in keys become dotted keys."""
    folder = put(tmp_path, "vi", "site:\n  title: Vườn\n  by: {who: Tổ}\nmore: Xem\n")
    assert read_messages((folder,), "vi") == {"site.title": "Vườn", "site.by.who": "Tổ", "more": "Xem"}


def test_a_projects_own_word_wins(tmp_path: Path) -> None:
    """A project's file may hold only what it changes."""
    own = put(tmp_path / "own", "vi", "a: Của thôn\n")
    shipped = put(tmp_path / "shipped", "vi", "a: Có sẵn\nb: Giữ nguyên\n")
    assert read_messages((own, shipped), "vi") == {"a": "Của thôn", "b": "Giữ nguyên"}


def test_a_change_is_seen_at_once(tmp_path: Path) -> None:
    """What was read is kept for its text, not for its file."""
    for word in ("Vườn", "Ruộng", "Vườn"):
        assert read_messages((put(tmp_path, "vi", f"a: {word}\n"),), "vi") == {"a": word}


def test_a_language_that_nobody_has_is_none(tmp_path: Path) -> None:
    """None, not an empty wording."""
    assert read_messages((tmp_path, tmp_path / "nowhere"), "lo") is None


@each(
    ("text", "line", "field"),
    [
        ("a: [x]\n", 1, "a"),
        ("a:\n  b:\n    - x\n", 2, "a.b"),
        ("a: [\n", 1, ""),
        ("", 1, ""),
        ("a: 1\na: 2\n", 2, ""),
    ],
)
def test_a_broken_wording_is_told_with_its_place(tmp_path: Path, text: str, line: int, field: str) -> None:
    """Lists, broken YAML, nothing at all and keys given twice are named with file and line."""
    folder = put(tmp_path, "vi", text)
    with pytest.raises(DataProblems) as caught:
        read_messages((folder,), "vi")
    assert [("templates/languages/vi.yaml", line, field)] == [
        (p.file, p.line, p.field) for p in caught.value.problems
    ]
