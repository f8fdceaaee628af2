"""What consent lets through, rule by rule and field by field: Household in, PublicHousehold out."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_type_hints

from hypothesis import given
from hypothesis import strategies as st

import vuonho
from canary_kit import CANARIES, PROFILE, SLUG, SOURCE, TICKS, with_ticks
from case_kit import each
from consent_kit import ALL, CASES, FIELDS_OF, TOLD, UNTOLD, Publish, expected, faults, filled, household
from vuonho.model import consent, public
from vuonho.model.consent import publish
from vuonho.model.fields import NEVER, Field, Record, field_at, outline
from vuonho.model.household import Household
from vuonho.model.public import PublicHousehold

PACKAGE = Path(vuonho.__file__).parent


@each("number", range(len(CASES)))
def test_each_profile_shows_what_it_must(number: int) -> None:
    """Every rule from both sides: with its tick and without, with a value behind it and without."""
    profile, right = CASES[number]
    assert right == publish(household(profile), SLUG, SOURCE)


@given(st.sets(st.sampled_from(TICKS)))
def test_ticks_do_not_mind_each_other(ticks: set[str]) -> None:
    """Any set of ticks shows the sum of what each of them opens; only exact wins over near."""
    assert expected(ticks) == publish(household(with_ticks(ticks)), SLUG, SOURCE)


def test_the_check_sees_a_leak_and_a_loss() -> None:
    """A publish that always shows everything, and one that shows nothing, are both found at fault."""
    publishers: tuple[Publish, ...] = (lambda *_: TOLD, lambda *_: None, lambda *_: UNTOLD)
    assert [bool(list(faults(one))) for one in publishers] == [True, True, True]


# --- By type -----------------------------------------------------------------------------------------------


def public_types(kind: Any = PublicHousehold) -> Iterator[type]:
    """Every Public… dataclass that a household is made of."""
    if isinstance(kind, type) and is_dataclass(kind) and kind.__name__.startswith("Public"):
        yield kind
        for hint in get_type_hints(kind).values():
            yield from public_types(hint)
    for part in get_args(kind):
        yield from public_types(part)


def all_fields() -> set[str]:
    """ "Class.field" of everything that a household can show."""
    return {f"{kind.__name__}.{one.name}" for kind in public_types() for one in fields(kind)}


BEHIND_A_TICK = {
    "PublicHousehold.full_name",
    "PublicHousehold.exact",
    "PublicHousehold.near",
    "PublicHousehold.directions",
    "PublicHousehold.living",
    "PublicHousehold.phone",
    "PublicHousehold.links",
    "PublicHousehold.is_on_lane",
    "PublicHousehold.story",
    "PublicLiving.people",
    "PublicLiving.facts",
    "PublicLiving.titles",
    "PublicFact.field",
    "PublicFact.word",
    "PublicPhone.number",
    "PublicPhone.zalo",
    "PublicProduct.price",
    "PublicProduct.unit",
    "PublicDish.price",
    "PublicVisits.night",
}
"""All that is empty without a tick. Photos are the same type with and without people: `faces` is tested apart."""


def test_every_field_is_base_or_behind_a_tick() -> None:
    """Each field, however deep, is filled by the canaries; without ticks all of the list above is empty."""
    assert all_fields() == filled(TOLD)
    assert all_fields() - BEHIND_A_TICK == filled(publish(household(with_ticks(())), SLUG, SOURCE))


def test_every_tick_opens_something_of_its_own() -> None:
    """The ticks of the forms are those of the rules, and no two open the same field."""
    opened = [field for tick in TICKS for field in FIELDS_OF[tick]]
    assert set(TICKS) == set(FIELDS_OF)
    assert len(opened) == len(set(opened))


def test_types_are_seen_through_unions_and_tuples() -> None:
    """The walk over the types meets every Public… class but those of places and projects."""
    others = {"PublicNotice", "PublicPlaque", "PublicVillage", "PublicTeam", "PublicSite"}
    others |= {"PublicMember", "PublicDate", "PublicGuide", "PublicSpot"}
    named = {name for name in vars(public) if name.startswith("Public")}
    assert isinstance(PublicHousehold | None, UnionType)
    assert named - others == {kind.__name__ for kind in public_types()}


def laden(record: Record) -> Record:
    """A record, and those within it, with a field that nobody wrote a rule for."""
    within = {name: _laden(getattr(record, name)) for name in type(record).slots}
    told = copy.copy(record)
    for key, value in (within | {"unruled": "Bímzatwex"}).items():
        object.__setattr__(told, key, value)
    return told


def _laden(value: Any) -> Any:
    if isinstance(value, Record):
        return laden(value)
    return tuple(map(_laden, value)) if isinstance(value, tuple) else value


def test_a_new_field_publishes_nothing_by_itself() -> None:
    """A field added anywhere in the profile changes nothing in what is shown."""
    told = laden(household(with_ticks(ALL)))
    assert isinstance(told, Household)
    assert getattr(told.garden.crops[0], "unruled", "") == "Bímzatwex"
    assert expected(ALL) == publish(told, SLUG, SOURCE)


def test_the_module_names_each_field_it_lets_through() -> None:
    """No Public… is made from a whole record: keywords or places only, no stars, no dump of a model."""
    tree = ast.parse(Path(consent.__file__).read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert [call.lineno for call in calls if any(word.arg is None for word in call.keywords)] == []
    assert [call.lineno for call in calls if any(isinstance(one, ast.Starred) for one in call.args)] == []
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert set() == names & {"slots", "written", "vars", "asdict", "astuple", "replace", "__dict__"}
    whole = next(call for call in calls if getattr(call.func, "id", "") == "PublicHousehold")
    assert [one.name for one in fields(PublicHousehold)] == [word.arg for word in whole.keywords]


def schema_fields(below: tuple[Field, ...], at: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The path of every field of a profile that holds a value itself."""
    for field in below:
        path = (*at, field.key)
        yield from schema_fields(field.fields, path) if field.fields else [path]


def typed_fields(value: Any, at: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The path of every value of a profile as written."""
    if isinstance(value, dict) and not set(value) <= {"vi", "en"}:
        for key, inner in value.items():
            yield from typed_fields(inner, (*at, key))
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for item in value:
            yield from typed_fields(item, at)
    else:
        yield at


def test_every_field_of_the_schema_has_a_canary() -> None:
    """The household of canaries fills in every field there is, so that a new one cannot slip by."""
    assert set() == set(schema_fields(outline(Household))) - set(typed_fields(PROFILE))


@each("canary", CANARIES, ids=lambda canary: ".".join(map(str, canary.field)))
def test_the_schema_tells_the_rule_that_is_kept(canary: Any) -> None:
    """What forms and the reference page say of a field is what consent does with it."""
    field = field_at(outline(Household), canary.field)
    assert field is not None
    expired = canary.field == ("products", 1, "ocop")
    assert (NEVER if expired else field.shown) == canary.shown


def test_publish_takes_and_gives_without_changing() -> None:
    """The profile is left as it was, and the same profile gives the same household."""
    told = household(with_ticks(ALL))
    before = copy.deepcopy(told)
    assert publish(told, SLUG, SOURCE) == publish(told, SLUG, SOURCE)
    assert before == told
