"""The reference and the editors' schemas: they are those of today, and agree with what `check` says."""

import json
import re
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
import yaml
from jsonschema import Draft202012Validator

from case_kit import each
from command_kit import ROOT, SLUG
from project_kit import CASES, PROJECTS
from vuonho.model.fields import Field, Kind, outline, read_value
from vuonho.model.household import (
    Contact,
    CropEntry,
    Household,
    Living,
    Location,
    Ocop,
    Photo,
    Product,
    Visits,
)
from vuonho.model.outline import departed_fields, household_fields, site_fields, village_fields
from vuonho.project.files import read_tree
from vuonho.project.yaml_tree import Plain, plain
from vuonho.text import nfc

REFERENCE = runpy.run_path(str(ROOT / "docs/profile.py"))
PROFILE_SCHEMA, VILLAGE_SCHEMA, SITE_SCHEMA = "profile.schema.json", "village.schema.json", "site.schema.json"
HANDBOOK: dict[str, str] = REFERENCE["render_handbook"]()
DEMO = ROOT / "profiles" / SLUG
PHOTOS = "Ảnh / Photos `photos`"
LEAST = {"code": "482135", "name": "a", "consent": {}, "location": {}, "garden": {}, "checked": "2026-11-02"}


@pytest.fixture(scope="module")
def validators() -> dict[str, Draft202012Validator]:
    """Return a validator for each kind of file, of schemas that are sound themselves."""
    schemas = {name: json.loads(text) for name, text in HANDBOOK.items() if name.endswith(".json")}
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    return {name: Draft202012Validator(schema) for name, schema in schemas.items()}


def kind_of(path: Path) -> str:
    if path.parent.name == "places":
        return "place.schema.json"
    return {"site.yaml": SITE_SCHEMA, "village.yaml": VILLAGE_SCHEMA}.get(path.name, PROFILE_SCHEMA)


def as_text(path: Path) -> Plain:
    """What the program reads, as far as it reads anything: every value a text."""
    tree, _ = read_tree(path, path.name)
    return plain(tree) if tree else None


def as_guessed(path: Path) -> object:
    """What an editor reads: numbers, yes and no are guessed, days are texts."""
    resolvers = {
        sign: [(tag, found) for tag, found in known if not tag.endswith(":timestamp")]
        for sign, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    loader = type("Editor", (yaml.SafeLoader,), {"yaml_implicit_resolvers": resolvers})
    return yaml.load(nfc(path.read_text(encoding="utf-8-sig")), Loader=loader)  # noqa: S506 - a safe loader


@each("name", [*HANDBOOK])
def test_what_lies_in_docs_is_of_today(name: str) -> None:
    """After a change to the schema: python docs/profile.py"""
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == HANDBOOK[name]


# --- Schemas -----------------------------------------------------------------------------------------------------


@each("read", [as_text, as_guessed])
@each(
    "path",
    [ROOT / "profiles/site.yaml", *sorted(DEMO.glob("*.yaml"))],
    ids=lambda path: getattr(path, "stem", ""),
)
def test_the_demo_is_as_the_schema_says(
    validators: dict[str, Draft202012Validator], path: Path, read: Callable[[Path], object]
) -> None:
    """Every file of it, whatever the reader makes of its values."""
    assert [error.message for error in validators[kind_of(path)].iter_errors(read(path))] == []


def accepted(case: str) -> list[Path]:
    """The files of a case in which `check` finds no error."""
    wrong = {
        one["file"] for one in json.loads((PROJECTS / case / "expected.json").read_text(encoding="utf-8"))
        if one["severity"] == "error"
    }  # fmt: skip
    root = PROJECTS / case
    return [
        path
        for path in sorted(root.rglob("*.yaml"))
        if path.is_file() and path.relative_to(root).as_posix() not in wrong
    ]


@each("case", [case for case in CASES if case.startswith(("good-", "value-", "warn-", "left-"))])
def test_what_check_accepts_is_not_underlined(validators: dict[str, Draft202012Validator], case: str) -> None:
    """Shorthand, odd notations, empty values, households that left: no editor complains where the program does not."""
    for path in accepted(case):
        values = as_text(path)
        left = isinstance(values, dict) and (values.get("withdrawn") or values.get("moved_to"))
        read = {field.key for field in departed_fields()} if left else None
        errors = [
            f"{path.name}: {error.message}"
            for error in validators[kind_of(path)].iter_errors(values)
            if read is None
            or error.path[0] in read  # nobody reads what else a household that left still says
        ]
        assert values is None or errors == []


SLIPS: dict[str, dict[str, object]] = {
    "an unknown key": {"gardn": {}},
    "an unknown key within": {"garden": {"crop": []}},
    "a key of a crop": {"garden": {"crops": [{"name": "a", "tree": 1}]}},
    "a word that is none": {"living": {"water": "sea"}},
    "a tick that is none": {"consent": {"publish": ["everything"]}},
    "a list that is none": {"garden": {"crops": "Bưởi, Cam"}},
    "a record that is none": {"location": "Xóm Đông"},
    "too many": {"links": ["https://a.example/"] * 11},
    "no code": {"code": "48-21"},
    "no link": {"links": ["javascript:alert(1)"]},
    "no date": {"checked": ["2026"]},
    "nothing required": {"name": None},
    "English only": {"story": {"en": "a"}},
    "a language that is none": {"story": {"vi": "a", "English": "b"}},
    "stars": {"products": [{"name": "a", "ocop": {"stars": 6, "until": "2027-01-01"}}]},
    "a half record": {"products": [{"name": "a", "ocop": {"stars": 4}}]},
}


@each("slip", SLIPS)
def test_slips_are_underlined(validators: dict[str, Draft202012Validator], slip: str) -> None:
    """What is wrong beyond doubt."""
    assert validators[PROFILE_SCHEMA].is_valid(LEAST)
    assert not validators[PROFILE_SCHEMA].is_valid(LEAST | SLIPS[slip])


@each("key", ["code", "name", "consent", "location", "garden", "checked"])
def test_required_keys(validators: dict[str, Draft202012Validator], key: str) -> None:
    """Those that every profile has, unless the household left."""
    without = {name: value for name, value in LEAST.items() if name != key}
    assert not validators[PROFILE_SCHEMA].is_valid(without)
    assert validators[PROFILE_SCHEMA].is_valid(without | {"withdrawn": "2026-11-02"}) == (
        key not in ("code", "checked")
    )
    assert not validators[PROFILE_SCHEMA].is_valid(without | {"withdrawn": None})


def walk(fields: tuple[Field, ...], schema: dict[str, object]) -> None:
    properties = schema["properties"]
    assert isinstance(properties, dict)
    assert [field.key for field in fields] == list(properties)[: len(fields)]
    for field in fields:
        assert properties[field.key]["title"] == f"{field.label.vi} / {field.label.en}"


def test_every_field_is_in_its_schema() -> None:
    """With its label, in the order of the schema; words are offered by key and Vietnamese label."""
    schemas = {name: json.loads(text) for name, text in HANDBOOK.items() if name.endswith(".json")}
    walk(household_fields(), schemas[PROFILE_SCHEMA])
    walk(village_fields(), schemas[VILLAGE_SCHEMA])
    walk(site_fields(), schemas[SITE_SCHEMA])
    offered = schemas[PROFILE_SCHEMA]["$defs"]["water_sources"]["anyOf"][0]
    assert offered["enum"][0] == "Nước máy"
    assert "tap" in offered["enum"]
    assert len(offered["enum"]) == len(offered["enumDescriptions"])


# --- Reference ---------------------------------------------------------------------------------------------------


def every_field(fields: tuple[Field, ...]) -> list[Field]:
    return [one for field in fields for one in (field, *every_field(field.fields))]


def test_every_field_and_word_is_in_the_reference() -> None:
    """Label, help and example of each, in both languages."""
    text = HANDBOOK["profile.md"]
    for field in every_field((*household_fields(), *village_fields(), *site_fields(), *departed_fields())):
        if field.key == "code" and field.help.vi.startswith("Mã trên biển"):
            continue  # that of a household that left is the same code
        for said in (field.key, *field.label, field.example):
            assert said in text
        assert field.help.vi in text or field.key == "checked"
        for word in field.words or ():
            assert f"| `{word.key}` | {word.label.vi} | {word.label.en} |" in text


def test_tables_and_links_of_the_reference_hold() -> None:
    """Every row has as many cells as its heading; every link leads to a heading or a file."""
    text = HANDBOOK["profile.md"]
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1
    headings = [line.lstrip("# ") for line in text.splitlines() if line.startswith("#")]
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    links = re.findall(r"\]\((?:#([^)]*)|([^)#]*))\)", text)
    assert len(links) > 30
    assert [anchor for anchor, _ in links if anchor and anchor not in anchors] == []
    assert [file for _, file in links if file and not (ROOT / "docs" / file).is_file()] == []
    assert len(headings) == len(set(headings)) + sum(
        headings.count(h) - 1 for h in ("Mục chung / General", PHOTOS)
    )


@each("kind", get_args(Kind))
def test_ways_of_writing_are_accepted(kind: Kind) -> None:
    """Every kind is explained, and what is shown as a way of writing it can be written."""
    ways = [way for way in REFERENCE["KINDS"][kind].ways if way[0] not in '[{"-']
    records = (Household, CropEntry, Product, Ocop, Living, Visits, Contact, Location, Photo)
    found = (
        (record, field.key) for record in records for field in outline(record)
        if field.kind == kind and (kind != "word" or field.key == "water")
    )  # fmt: skip
    record, key = next(found)
    for way in ways:
        read_value(record, (key,), way)
    assert all(REFERENCE["KINDS"][kind].name)
    assert all(REFERENCE["KINDS"][kind].accepted)
