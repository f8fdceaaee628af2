"""Trees become records; every field that does not fit is named with its place and cure."""

import pytest

from case_kit import each
from vuonho.model.household import Garden, Household
from vuonho.project.profile import read_record
from vuonho.project.yaml_tree import Mapping, parse_tree

FILE = "profiles/vuon/huong.yaml"
LEAST = 'code: "482135"\nname: Vườn\nconsent: {}\nlocation: {}\ngarden: {}\nchecked: 2026-11-02\n'


def tree_of(text: str) -> Mapping:
    tree, problems = parse_tree(text, FILE)
    assert problems == ()
    assert tree is not None
    return tree


def wrong(text: str) -> list[tuple[int | None, int | None, str, str, str]]:
    """Line, column, field, message and hint of each problem of a household."""
    record, problems = read_record(Household, tree_of(text), FILE)
    assert (record is None) == bool(problems)
    return [(p.line, p.column, p.field, p.message.en, p.hint.en) for p in problems]


@each("key", ["code", "name", "consent", "location", "garden", "checked"])
@each("how", ["absent", "", "~", "null", '""'])
def test_each_required_key_is_missed(key: str, how: str) -> None:
    """A required key that is absent or without a value is named, alone."""
    lines = [line for line in LEAST.splitlines() if not line.startswith(f"{key}:")]
    if how != "absent":
        lines.insert(0, f"{key}: {how}")
    found = wrong("\n".join(lines) + "\n")
    assert [(1, 1, key)] == [(line, column, field) for line, column, field, *_ in found]
    assert found[0][3].endswith("is missing.")


def test_a_misspelt_key_is_guessed() -> None:
    """The nearest key is suggested, at any depth and with no value too."""
    found = wrong(LEAST.replace("garden: {}", "garden:\n  crop: [Bưởi]\n  aera:\nstroy: x"))
    assert found == [
        (6, 3, "garden.crop", "There is no “crop” here.", "Did you mean “crops”?"),
        (7, 3, "garden.aera", "There is no “aera” here.", "Did you mean “area”?"),
        (8, 1, "stroy", "There is no “stroy” here.", "Did you mean “story”?"),
    ]


def test_a_key_like_none_gets_the_list() -> None:
    """Where no key is near, all that can stand there are named."""
    ((*_, hint),) = wrong(LEAST + "xyzzy: 1\n")
    assert hint.startswith("What can stand here: code, name, head, ")


def test_positions_in_lists_count_from_one() -> None:
    """The field of the second crop is garden.crops.2, as people count."""
    found = wrong(
        LEAST.replace("garden: {}", "garden:\n  crops:\n    - Bưởi\n    -\n    - {name: Cam, area: to}")
    )
    assert [entry[:3] for entry in found] == [(9, 19, "garden.crops.2.area")]


@each("text", ["{vi: , en: }", "{vi: ~, en: ''}", "", '""'])
def test_a_text_without_words_is_absent(text: str) -> None:
    """An empty form field in both languages is no story."""
    record, problems = read_record(Household, tree_of(LEAST + f"story: {text}\n"), FILE)
    assert problems == ()
    assert record is not None
    assert record.story is None


def test_a_monstrous_key_is_cut_in_the_report() -> None:
    """A key of any length makes a short message and a short field."""
    key = '"' + "x" * 100_000 + '"'
    record, (problem,) = read_record(Garden, tree_of(f"? {key}\n: 1\n"), FILE)
    assert record is None
    assert len(problem.message.en) < 100
    assert len(problem.field) == 60


@pytest.mark.parametrize(
    ("location", "column", "field", "value"),
    [
        ("{address: Xóm Trại, ngõ 1}", 12, "location.address", 'address: "Xóm Trại, ngõ 1"'),
        ("{address: Xóm Trại, ngõ 1, nhà 3, point: }", 12, "location.address", 'address: "Xóm Trại, ngõ 1, nhà 3"'),
        ("{address: A, point: 18.1261, 105.7612}", 24, "location.point", 'point: "18.1261, 105.7612"'),
    ],
)  # fmt: skip
def test_a_value_cut_at_its_comma_is_said_once_with_its_cure(
    location: str, column: int, field: str, value: str
) -> None:
    """The line to write stands there whole, and reads back as what was meant."""
    text = LEAST.replace("location: {}", f"location: {location}")
    (problem,) = wrong(text)
    assert problem[:3] == (4, column, field)
    assert problem[4] == f"Between {{ }} put a value with a comma in quotes: {value}"
    key, whole = value.split(": ")
    record, _ = read_record(Household, tree_of(LEAST.replace("location: {}", f"location: {{{value}}}")), FILE)
    assert record is not None
    assert (key != "address") or record.location.address == whole.strip('"')


def test_a_colon_without_a_space_is_named_in_its_own_line() -> None:
    """As the only line of a record it is a text to YAML."""
    text = LEAST.replace("garden: {}", "garden:\n  # note\n  area:350")
    assert wrong(text) == [
        (7, 3, "garden", "There is no space after the colon.", "Write “key: value” with a space after “:”.")
    ]
