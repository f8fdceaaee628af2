"""Whole projects, checked by the real command: the exact report of each."""

import json
from pathlib import Path

from case_kit import each
from project_kit import CASES, check, copy_of, expected_of

KEYS = ["file", "line", "column", "field", "message", "hint", "severity"]


@each("case", CASES)
def test_the_report_is_exactly_the_expected_one(case: str, tmp_path: Path) -> None:
    """The command says what stands beside the project, and exits with 1 for an error only."""
    code, report = check(copy_of(case, tmp_path))
    expected = expected_of(case).read_text(encoding="utf-8")
    has_error = any(problem["severity"] == "error" for problem in json.loads(expected))
    assert (int(has_error), expected) == (code, report)


@each("case", [case for case in CASES if case.startswith("good-")])
def test_a_good_project_has_nothing_to_report(case: str) -> None:
    """What a profile may hold is not even warned of."""
    assert json.loads(expected_of(case).read_text(encoding="utf-8")) == []


@each("case", [case for case in CASES if not case.startswith("good-")])
def test_every_message_stands_in_vietnamese_too(case: str, tmp_path: Path) -> None:
    """A Vietnamese message is a sentence of its own with a cure, about the same place as the English one."""
    english = json.loads(expected_of(case).read_text(encoding="utf-8"))
    vietnamese = json.loads(check(copy_of(case, tmp_path), "vi")[1])
    assert english, "a broken project must be told what is wrong"
    for ours, theirs in zip(vietnamese, english, strict=True):
        assert list(ours) == KEYS
        assert [ours[key] for key in KEYS if key not in {"message", "hint"}] == [
            theirs[key] for key in KEYS if key not in {"message", "hint"}
        ]
        assert ours["message"] != theirs["message"]
        assert ours["message"].endswith((".", "?", "!")), ours["message"]
        assert ours["hint"], f"no cure: {ours['message']}"
        assert ours["hint"] != theirs["hint"]


def test_the_repository_itself_has_no_error(tmp_path: Path) -> None:
    """The demo village is a sound project."""
    root = Path(__file__).resolve().parent.parent
    code, report = check(root)
    errors = [problem for problem in json.loads(report) if problem["severity"] == "error"]
    assert (code, errors) == (0, [])


def test_the_report_does_not_depend_on_where_the_project_lies(tmp_path: Path) -> None:
    """Files are named relative to the project, with forward slashes."""
    deep = tmp_path / "Thư mục có dấu" / "và cách"
    deep.mkdir(parents=True)
    assert check(copy_of("yaml-several-files", tmp_path)) == check(copy_of("yaml-several-files", deep))
