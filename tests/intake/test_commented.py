"""A file with notes: what is known stands in it, examples can be taken as they are, and consent is never one."""

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from case_kit import each
from vuonho.edit.yaml_text import COMMENTED_WIDTH, render_commented
from vuonho.errors import Severity, UserError
from vuonho.model.outline import household_fields, site_fields, village_fields
from vuonho.model.values import clean_text
from vuonho.project.profile import check_last, parse_profile
from vuonho.project.yaml_tree import Plain, parse_tree, plain

KNOWN: dict[str, Plain] = {"code": "482135", "name": "Vườn: bà “Hường” #1", "checked": "2026-11-02"}
OUTLINES = {"household": household_fields(), "village": village_fields(), "site": site_fields()}
HEAD = ("Một dòng.", "Dòng nữa.")


def taken(text: str) -> str:
    """The text with every example made true."""
    return re.sub(r"(?m)^( *)#(?=[^ \n])", r"\1", text)


def values_of(text: str) -> dict[str, Plain]:
    """What a text says."""
    tree, problems = parse_tree(text, "")
    assert tree is not None, problems
    return {entry.key: plain(entry.value) for entry in tree.entries}


def errors(text: str) -> list[str]:
    problems = parse_profile(text, "x.yaml", "x").problems
    return [problem.message.en for problem in problems if problem.severity is Severity.ERROR]


@each("language", ["vi", "en"])
def test_examples_can_be_taken_all_at_once_or_alone(language: str) -> None:
    """The fresh profile has no error; nothing is out of its place; and whatever can be filled in is, but consent and photos."""
    text = render_commented(household_fields(), KNOWN, language, HEAD)
    assert errors(text) == errors(taken(text)) == []
    values = values_of(taken(text))
    assert [key for key, value in values.items() if value is None] == ["photos"]
    assert values["consent"] == {"given": None, "by": None, "how": None, "publish": []}
    lines = text.splitlines()
    examples = [number for number, line in enumerate(lines) if re.match(r" *#[^ ]", line)]
    assert len(examples) > 25
    for number in examples:
        one = [*lines[:number], taken(lines[number]), *lines[number + 1 :]]
        # Of a model garden its status is wanted first, and this is said.
        wrong = [said for said in errors("\n".join(one)) if "“status” (Model garden) is missing" not in said]
        assert wrong == []


def test_what_is_known_stands_there() -> None:
    """In the order of the schema, the day at the end, the code in quotes for other readers."""
    text = render_commented(household_fields(), KNOWN, "vi", HEAD)
    assert text.startswith("# Một dòng.\n# Dòng nữa.\n\n# Mã: Do máy cấp")
    assert '\ncode: "482135"\n' in text
    assert text.endswith("\nchecked: 2026-11-02\n")
    values = values_of(text)
    assert {key: values[key] for key in KNOWN} == KNOWN
    assert list(values) == [field.key for field in household_fields() if field.key in values]


def test_words_of_a_list_are_shown() -> None:
    """By their labels in the language of the notes; ticks with their keys, since their labels are sentences."""
    vi, en = (render_commented(household_fields(), KNOWN, language, HEAD) for language in ("vi", "en"))
    assert (
        "  # Chọn một: Điện lưới | Điện mặt trời | Điện lưới và điện mặt trời\n  #electricity: Điện lưới\n"
        in vi
    )
    assert (
        "  # Choose one: Grid power | Solar power | Grid and solar power\n  #electricity: Grid power\n" in en
    )
    assert "  #   faces: Ảnh có người\n" in vi


@each("language", ["vi", "en"])
@each("kind", OUTLINES)
def test_notes_fit_the_window(kind: str, language: str) -> None:
    """No note is longer than a line of Notepad; no word is torn."""
    lines = render_commented(OUTLINES[kind], {}, language, HEAD).splitlines()
    assert [line for line in lines if line.lstrip().startswith("# ") and len(line) > COMMENTED_WIDTH] == []
    assert "\u00a0" not in "".join(lines)


WRITTEN = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30) | st.sampled_from(
    ["null", "~", "- a", "a: b", "a #b", "#a", "[a]", "{a", "a,b", "no", "“a”", "'a'", '"a"', "*a", "&a", "!a", "a:"]
)  # fmt: skip


@given(WRITTEN)
def test_what_is_known_reads_back_as_it_was(text: str) -> None:
    """Whatever signs of YAML it holds."""
    try:
        text = clean_text(text)
    except UserError:
        return
    assume(text)  # a text of spaces alone is no value
    known: dict[str, Plain] = {
        "name": {"vi": text, "en": "C"},
        "former": {"commune": text},
        "formerly": [text, "b"],
    }
    values = values_of(render_commented(village_fields(), known, "vi", HEAD))
    assert (values["name"], values["former"], values["formerly"]) == tuple(known.values())


@each(
    ("text", "field"),
    [
        ("code: 1\nwithdrawn: 2026-11-01\nchecked: 2026-11-02\n", ""),
        ("code: 1\n", ""),
        ("checked: 2026-11-02\nstory: x\ncode: 1\n", "code"),
        ("code: 1\nchecked: 2026-11-02\nwithdrawn:\n", "withdrawn"),
        ("consent: {checked: 1, by: x}\nchecked: 2026-11-02\n", ""),
    ],
)
def test_checked_is_the_last_line(text: str, field: str) -> None:
    """So that a file that was cut off is noticed; the key behind it is named, as a warning."""
    tree, _ = parse_tree(text, "huong.yaml")
    assert tree is not None
    found = check_last(tree)
    assert (found.field if found else "") == field
    assert found is None or (found.severity is Severity.WARNING and "checked" in found.hint.vi)
