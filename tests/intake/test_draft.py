"""Rules speak up in the same run as the schema, about whatever could be read."""

import pytest

from case_kit import each
from vuonho.project.profile import parse_profile

SOUND = """\
code: "482135"
name: Vườn bà Hường
consent: {given: 2026-10-20, by: Nguyễn Thị Hường, how: paper, publish: [phone, story]}
location: {address: Xóm Đông, point: "18.1261, 105.7612"}
garden:
  area: 1000
  practices: [compost, mulching]
  crops: [{name: Bưởi, area: 900}, {name: Cam, area: 300, planted: 2030}]
products: [{name: Bưởi, ocop: {stars: 4, until: 2026-01-01}}]
photos: [{file: photos/a.jpg}, {file: photos/a.jpg}]
story: Thẻ căn cước 042085001234.
checked: 2026-11-02
"""
RULES = ["garden.area", "garden.crops.2.planted", "photos.2", "products.1.ocop.until", "story.vi"]


def fields(text: str) -> list[str]:
    """Return the fields of all problems, each once, sorted."""
    return sorted({problem.field for problem in parse_profile(text, "profiles/x/a.yaml", "x").problems})


def test_the_rules_alone() -> None:
    """A profile that fits the schema is looked at by every rule."""
    assert fields(SOUND) == RULES


@each(
    ("old", "new", "field"),
    [
        ("Xóm Đông", "[a, b]", "location.address"),
        ("location: {address", "loc: {address", "loc"),
        ("[compost, mulching]", "[compost, phun thuốc]", "garden.practices.2"),
        ("garden:\n", "garden:\n  irigation: drip\n", "garden.irigation"),
        ('"18.1261, 105.7612"', '"105.7612, 18.1261"', "location.point"),
        ("name: Vườn bà Hường\n", "", "name"),
        ('"482135"', '"482136"', "code"),
    ],
)
def test_a_schema_error_silences_no_rule(old: str, new: str, field: str) -> None:
    """All problems come at once: those of the rules beside the one of the schema."""
    found = fields(SOUND.replace(old, new))
    assert set(RULES) <= set(found)
    assert field in found


@pytest.mark.parametrize(
    ("old", "new", "silent"),
    [
        ("area: 1000", "area: rộng", "garden.area"),
        ("planted: 2030", "planted: sau", "garden.crops.2.planted"),
        ("until: 2026-01-01", "until: lâu", "products.1.ocop.until"),
    ],
)
def test_no_rule_speaks_of_what_could_not_be_read(old: str, new: str, silent: str) -> None:
    """A value that has an error already is not judged a second time."""
    problems = parse_profile(SOUND.replace(old, new), "profiles/x/a.yaml", "x").problems
    assert [problem.field for problem in problems].count(silent) == 1


@pytest.mark.parametrize("entry", ["{name: , area: 5}", "[a]", "{nam: x}"])
def test_a_broken_entry_does_not_move_its_neighbours(entry: str) -> None:
    """Findings about later entries of a list keep their number and their line."""
    text = SOUND.replace("crops: [{name: Bưởi, area: 900}", f"crops: [{entry}")
    assert "garden.crops.2.planted" in fields(text)


def test_without_a_date_of_checking_rules_are_silent() -> None:
    """Too many rules compare with `checked`; a file cut off before it is named for that alone."""
    assert fields(SOUND.replace("checked: 2026-11-02\n", "")) == ["checked"]
