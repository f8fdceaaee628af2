"""A wording that is not whole is told of at once, line by line; one that changes a few words is whole."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from case_kit import each
from command_kit import ROOT
from vuonho.errors import Problem, Severity
from vuonho.project.wording import PAPERS, check_wording

SHIPPED = ROOT / "templates"
ENGLISH = yaml.safe_load((SHIPPED / "languages/en.yaml").read_text(encoding="utf-8"))


def checked(own: Path, tag: str, text: str) -> list[Problem]:
    """What is said of a project's own file of a language."""
    (own / "languages").mkdir(parents=True, exist_ok=True)
    (own / "languages" / f"{tag}.yaml").write_text(text, encoding="utf-8")
    return list(check_wording(own, SHIPPED, dict.fromkeys(("vi", "en", tag))))


def english(**changes: object) -> str:
    """The English wording with some sections put in place of its own; None takes one out."""
    words = {key: value for key, value in (ENGLISH | changes).items() if value is not None}
    return yaml.safe_dump(words, allow_unicode=True)


def told(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.severity.value, problem.field) for problem in problems]


def test_what_comes_with_the_program_is_whole(tmp_path: Path) -> None:
    """As it is, as a project's own file, and as the file of a third language."""
    assert list(check_wording(tmp_path, SHIPPED, ("vi", "en"))) == []
    assert list(check_wording(SHIPPED, SHIPPED, ("vi", "en"))) == []
    assert checked(tmp_path, "lo", english()) == []


def test_a_project_changes_a_few_words(tmp_path: Path) -> None:
    """One line of a language of ours is whole, empty or not; a name may be added, to any language."""
    assert checked(tmp_path, "vi", "privacy:\n  title: Chuyện riêng\nconsent: {edition: ''}\n") == []
    names = (
        "crop: {pomelo: Bòng}\nanimal: {chicken: Gà nhà}\ngood: {honey: Mật}\nwords: {water: {tap: Nước}}\n"
    )
    assert checked(tmp_path, "en", names) == []


def test_all_that_a_language_lacks_is_named_at_once(tmp_path: Path) -> None:
    """Section by section, a whole one with the number of its lines; nothing is told one a run."""
    own = checked(tmp_path, "lo", "language: {name: Lao}\nnow:\n  title: x\n")
    assert all(problem.severity is Severity.ERROR for problem in own)
    assert {problem.file for problem in own} == {"templates/languages/lo.yaml"}
    whole, language, now = sorted(own, key=lambda problem: problem.line or 0)
    assert (whole.field, whole.line) == ("", None)
    sections = [name for name in ENGLISH if name not in ("language", "now", *PAPERS)]
    assert [name for name in sections if f" {name} (" not in whole.message.en] == []
    assert f"plaque ({len(ENGLISH['plaque'])} lines)" in whole.message.en
    assert (language.line, language.message.en) == (1, "1 line of “language” is missing: switch.")
    rest = [name for name in ENGLISH["now"] if name != "title"]
    assert (now.line, now.message.en) == (3, f"{len(rest)} line of “now” is missing: {', '.join(rest)}.")


def test_papers_need_no_third_language(tmp_path: Path) -> None:
    """They are in Vietnamese or English alone."""
    assert checked(tmp_path, "lo", english(**dict.fromkeys(PAPERS))) == []


def test_a_line_left_empty_is_missing(tmp_path: Path) -> None:
    """Unless the English one is empty as well; a word of ours may be emptied on purpose."""
    text = english(language={"name": "Lao", "switch": ""}, format=ENGLISH["format"] | {"local_unit": "sào"})
    assert told(checked(tmp_path, "lo", text)) == [("error", "language")]
    assert checked(tmp_path, "vi", "privacy:\n  title:\n") == []


@pytest.mark.parametrize("tag", ["vi", "lo"])
def test_a_misspelt_line_is_told_with_the_one_that_was_meant(tmp_path: Path, tag: str) -> None:
    """In a language of ours it would change nothing, in another the right one is missing as well."""
    wrong = english(privaci=ENGLISH["privacy"], privacy=None)
    own = checked(tmp_path, tag, wrong)
    assert ("warning", "privaci") in told(own)
    assert any("privacy (" in problem.message.en for problem in own) is (tag == "lo")
    unknown = next(problem for problem in own if problem.field == "privaci")
    assert unknown.hint.en == "Did you mean “privacy”?"
    line = wrong.splitlines().index("privaci:") + 2
    assert unknown.line == line


def test_a_line_for_a_page_of_the_projects_own_is_no_mistake(tmp_path: Path) -> None:
    """A template may ask for words that no shipped one knows; a field may have another name."""
    (tmp_path / "_base.html").write_text("<p>{{ say('ours.greeting') }} hours</p>", encoding="utf-8")
    text = "ours: {greeting: Chào}\nhours: {open: Mở}\ngarden_field: {area: Vườn rộng}\n"
    assert told(checked(tmp_path, "vi", text)) == [("warning", "hours")]


@each(
    ("text", "expected"),
    [
        ("Mẫu {version}", []),
        ("Mẫu {versio}", [("error", "versio"), ("warning", "version")]),
        ("Mẫu {version.x}", [("error", "version.x"), ("warning", "version")]),
        ("Mẫu", [("warning", "version")]),
        ("Mẫu {version", [("error", "{ }")]),
    ],
)
def test_braces_are_held_against_ours(tmp_path: Path, text: str, expected: list[tuple[str, str]]) -> None:
    """What nothing fills in would stop a page; what is lost, the page would lack."""
    own = checked(tmp_path, "vi", yaml.safe_dump({"consent": {"form": text}}, allow_unicode=True))
    assert [
        (problem.severity.value, name) for problem, (_, name) in zip(own, expected, strict=True)
    ] == expected
    assert all(name in problem.message.en for problem, (_, name) in zip(own, expected, strict=True))
    assert all(problem.field == "consent.form" and problem.line for problem in own)


def test_forms_of_dates_and_numbers_are_each_languages_own(tmp_path: Path) -> None:
    """A date may name its month by number or by name; one house need not be counted."""
    assert checked(tmp_path, "vi", 'format: {date: "{day} {month_name} {year}"}\n') == []
    said = told(checked(tmp_path, "vi", 'format: {date: "{day} {moon} {year}"}\n'))
    assert said == [("error", "format.date")]
    assert checked(tmp_path / "en", "en", "village: {households_count: {one: A household}}\n") == []


RULE = "nplurals=3; plural=n==1 ? 0 : n<5 ? 1 : 2"


def three_forms(words: object) -> object:
    """Return a wording with each count in three forms, of which the first need not say its number."""
    if not isinstance(words, dict):
        return words
    if words.keys() == {"one", "other"}:
        return [words["other"].replace("{n}", "a"), words["other"], words["other"]]
    return {key: three_forms(value) for key, value in words.items()}


def test_a_language_may_have_other_forms_than_two(tmp_path: Path) -> None:
    """As many as its rule says: none missing, none too many, and a number in each that stands for several."""
    three: dict[str, Any] = {key: three_forms(value) for key, value in ENGLISH.items()}
    assert checked(tmp_path, "pl", english(**three, plural=RULE)) == []
    figures = three["figures"] | {"more": ["a", "b"], "gardens": {"one": "a", "other": "b"}}
    household = three["household"] | {"trees": ["a", "b", "{m}"]}
    village = {key: value for key, value in three["village"].items() if key != "walk_more"}
    own = checked(tmp_path, "pl", english(**three | {
        "plural": RULE, "figures": figures, "household": household, "village": village}))  # fmt: skip
    assert sorted(told(own)) == [
        ("error", "figures.gardens"),
        ("error", "figures.more"),
        ("error", "household.trees.2"),
        ("error", "village"),
        ("warning", "household.trees.1"),
        ("warning", "household.trees.2"),
    ]
    said = {problem.field: problem for problem in own}
    assert said["figures.more"].message.en == "This has 2 forms, and the line plural says 3."
    assert said["figures.more"].line
    assert said["figures.more"].hint.en == 'Write 3 in the order of plural: ["…", "…", "…"]'
    assert said["village"].message.en == "3 lines of “village” are missing: walk_more (3 lines)."


def test_two_forms_keep_their_names(tmp_path: Path) -> None:
    """French has two as English has, but counts none as one; its second form alone stands for several but one."""
    assert checked(tmp_path, "fr", english(plural="nplurals=2; plural=n > 1")) == []
    own = checked(tmp_path, "lo", english(plural="nplurals=1; plural=0"))
    assert ("error", "figures.more") in told(own)


@each(
    "rule",
    [
        "n != 1", "nplurals=2; plural=n+1", "nplurals=2; plural=1/n", "nplurals=3; plural=n**9**9",
        "nplurals=2; plural=" + "(" * 40 + "n" + ")" * 40, "nplurals=2; plural=" + "n*" * 5000 + "1", "nplurals=2; plural=n(",
        "nplurals=2; plural=open('x')", "nplurals=0; plural=0", "",
    ],
)  # fmt: skip
def test_a_rule_that_is_none_is_refused(tmp_path: Path, rule: str) -> None:
    """Also one that divides by nothing, leads to a form that is not there, or is too long to be one."""
    (own,) = checked(tmp_path, "pl", english(plural=rule))
    assert (own.field, own.severity, own.line) == ("plural", Severity.ERROR, own.line)
    assert "nplurals=2; plural=(n != 1)" in own.hint.en


def test_what_cannot_be_read_is_told_first(tmp_path: Path) -> None:
    """All lists where a sentence is wanted, and nothing yet of what they hide."""
    own = checked(tmp_path, "lo", "a: [x]\nb:\n  c: [y]\n")
    assert [(problem.line, problem.field) for problem in own] == [(1, "a"), (3, "b.c")]
