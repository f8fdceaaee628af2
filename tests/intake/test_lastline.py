"""A profile ends with its line `checked`, so that a file that was cut off is noticed."""

from case_kit import each
from vuonho.edit.yaml_text import check_last
from vuonho.errors import Severity
from vuonho.project.yaml_tree import parse_tree


def told(text: str) -> str:
    """The field that is complained of, or ""."""
    tree, _ = parse_tree(text, "huong.yaml")
    assert tree is not None
    found = check_last(tree)
    return found.field if found else ""


@each(
    ("text", "field"),
    [
        ("code: 1\nchecked: 2026-11-02\n", ""),
        ("code: 1\nwithdrawn: 2026-11-01\nchecked: 2026-11-02\n", ""),
        ("code: 1\n", ""),
        ("checked: 2026-11-02\nstory: x\ncode: 1\n", "code"),
        ("code: 1\nchecked: 2026-11-02\nwithdrawn:\n", "withdrawn"),
        ("consent: {checked: 1, by: x}\nchecked: 2026-11-02\n", ""),
    ],
)
def test_checked_is_the_last_line(text: str, field: str) -> None:
    """The last key behind it is named; without `checked` the schema complains already."""
    assert field == told(text)


def test_it_is_a_warning_in_words() -> None:
    """The profile can be used; the words name the key and the cure."""
    tree, _ = parse_tree("checked: 2026-11-02\nstory: x\n", "huong.yaml")
    assert tree is not None
    found = check_last(tree)
    assert found is not None
    assert found.severity is Severity.WARNING
    assert "“story”" in found.message.vi
    assert "checked" in found.hint.vi
