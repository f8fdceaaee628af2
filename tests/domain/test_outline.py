"""The fields of a profile as data are those of the schema, each told what is typed into it."""

import pytest

from case_kit import each
from vuonho.model.fields import Field, Record, description, field_at, field_of, leaves, record_at
from vuonho.model.household import CropEntry, Departed, Household
from vuonho.model.outline import departed_fields, household_fields, outline, site_fields, village_fields
from vuonho.model.settings import Site, Village
from vuonho.model.vocabulary import CONSENT_TICKS


def keys(record: type[Record]) -> list[str]:
    return [field.key for field in outline(record)]


@each(
    ("record", "fields"),
    [
        (Household, household_fields()),
        (Departed, departed_fields()),
        (Village, village_fields()),
        (Site, site_fields()),
    ],
)
def test_an_outline_names_every_field_in_order(record: type[Record], fields: tuple[Field, ...]) -> None:
    """None is left out, none is in another place, and what is said of it is what the schema says."""
    assert [field.key for field in fields] == list(record.model_fields)
    assert [field.required for field in fields] == [one.is_required() for one in record.model_fields.values()]
    for field in fields:
        about = description(record, field.key)
        assert (field.label, field.help, field.shown) == (about.label, about.help, about.shown)
        inside = record_at(record, (field.key,))
        assert [one.key for one in field.fields] == ([] if inside is record else keys(inside))


@each(
    ("path", "kind", "several", "most"),
    [
        ("name", "line", False, 60),
        ("consent.publish", "word", True, 20),
        ("location.point", "position", False, None),
        ("location.directions", "paragraph", False, 1_000),
        ("garden.area", "area", False, None),
        ("garden.crops", "records", True, 60),
        ("garden.crops.months", "months", False, None),
        ("garden.model.criteria", "record", False, None),
        ("products.ocop.stars", "stars", False, None),
        ("contact.phone", "phone", False, None),
        ("links", "url", True, 10),
        ("story", "story", False, 6_000),
        ("photos.people", "yes_no", False, None),
        ("checked", "day", False, None),
    ],
)
def test_a_field_tells_what_is_typed_into_it(path: str, kind: str, several: bool, most: int | None) -> None:
    """Kind, whether there may be several, and how much of it."""
    field = field_at(household_fields(), path.split("."))
    assert field is not None
    assert (field.kind, field.several, field.most) == (kind, several, most)


def test_a_closed_list_comes_with_its_words() -> None:
    """A form needs them."""
    ticks = field_at(household_fields(), ("consent", "publish"))
    assert ticks is not None
    assert ticks.words is CONSENT_TICKS
    assert [
        path for path, field in leaves(household_fields()) if field.kind == "word" and not field.words
    ] == []


def test_a_lone_text_has_its_field() -> None:
    """`crops: [Bưởi]` is a list of names."""
    garden = field_of(household_fields(), "garden")
    assert garden.field("crops").lone == CropEntry.shorthand == "name"
    assert garden.lone == ""


def test_leaves_are_every_value_once() -> None:
    """Records are opened, lists of records are not."""
    paths = [".".join(path) for path, _ in leaves(household_fields())]
    assert len(paths) == len(set(paths))
    assert {"garden.crops", "garden.model.criteria.income", "story", "checked"} <= set(paths)
    assert {"garden", "garden.crops.name", "consent"}.isdisjoint(paths)


@pytest.mark.parametrize("path", [("nothing",), ("garden", "nothing"), ()])
def test_no_field_at_a_path_that_leads_nowhere(path: tuple[str, ...]) -> None:
    """Unknown keys have none."""
    assert field_at(household_fields(), path) is None
    with pytest.raises(KeyError):
        field_of(household_fields(), "nothing")


def test_languages_and_positions_are_passed_over() -> None:
    """The text in English belongs to the same field."""
    fields = household_fields()
    assert field_at(fields, ("story", "en")) is field_of(fields, "story")
    found = field_at(fields, ("garden", "crops", 3, "area"))
    assert found is not None
    assert found.kind == "area"
