"""Every field says what it is, in both languages, and when it may be shown."""

import re
from collections.abc import Iterator
from typing import ClassVar

import pytest
from pydantic import TypeAdapter, ValidationError

from case_kit import each
from vuonho.errors import UserError
from vuonho.i18n import Both
from vuonho.model.fields import BASE, NEVER, About, LocalText, Record, description, field_at, record_at
from vuonho.model.household import (
    FACTS,
    Consent,
    Criteria,
    CropEntry,
    Departed,
    Garden,
    Household,
    Living,
    Ocop,
    Photo,
)
from vuonho.model.outline import household_fields, outline
from vuonho.model.sensitive import cautions
from vuonho.model.settings import Former, Site, Team, Village
from vuonho.model.types import parse_base_url
from vuonho.model.vocabulary import CONSENT_TICKS

LEAST = {
    "code": "482135",
    "name": "Vườn",
    "consent": {},
    "location": {},
    "garden": {},
    "checked": "2026-11-02",
}


def fields(record: type[Record], before: str = "") -> Iterator[tuple[str, About]]:
    """Every field below a record, by its dotted path."""
    for key in record.model_fields:
        yield before + key, description(record, key)
        inside = record_at(record, (key,))
        if inside is not record:
            yield from fields(inside, f"{before}{key}.")


EVERY_FIELD = {
    (record, path): about for record in (Household, Departed, Site, Village) for path, about in fields(record)
}


def test_every_field_describes_itself() -> None:
    """A label and one sentence of help in both languages, and one of the known rules of showing."""
    unclear = {
        (record.__name__, path): faults
        for (record, path), about in EVERY_FIELD.items()
        if (faults := what_is_unclear(about))
    }
    assert len(EVERY_FIELD) > 100
    assert unclear == {}


def what_is_unclear(about: About) -> list[object]:
    """What of a description is not as it should be."""
    judged: list[tuple[bool, object]] = [
        (bool(about.label.vi.strip() and about.label.en.strip()), about.label),
        (about.shown in {BASE, NEVER, *CONSENT_TICKS.keys}, about.shown),
        (about.help.vi != about.help.en, about.help),
        *((is_a_sentence(words), words) for words in about.help),
    ]
    return [value for is_right, value in judged if not is_right]


def is_a_sentence(words: str) -> bool:
    is_ended = re.fullmatch(r"“?[^\W\d_].*(?:[.]|https://|/[.])", words) is not None
    return is_ended and 10 < len(words) <= 120


def test_every_example_is_accepted() -> None:
    """What a form or the reference shows as an example can be typed as it stands, and nothing warns of it."""
    wrong = {
        (record.__name__, path): faults
        for record, path in EVERY_FIELD
        if (faults := what_is_wrong_with_the_example(record, path))
    }
    assert wrong == {}


def what_is_wrong_with_the_example(record: type[Record], path: str) -> list[object]:
    """What speaks against the example of a field; a field with fields has none of its own."""
    *way, key = path.split(".")
    owner = record_at(record, tuple(way))
    field = next(field for field in outline(owner) if field.key == key)
    if field.fields:
        return [field.example] if field.example else []
    if not field.example:
        return ["no example"]
    value: object = [field.example] if field.several else field.example
    try:
        TypeAdapter(owner.model_fields[key].rebuild_annotation()).validate_python(value)
    except ValidationError as error:
        return [error]
    is_real_phone = field.kind == "phone" and "0570" not in field.example
    return [*cautions(field.example, path), *([field.example] if is_real_phone else [])]


def test_advice_is_help_and_example() -> None:
    """Where one text has room; the words of a closed list are shown as a list and need no example."""
    trees = field_at(household_fields(), ("garden", "crops", "trees"))
    house = field_at(household_fields(), ("living", "house"))
    assert trees is not None
    assert house is not None
    assert trees.advice == Both(
        "Đếm cả cây chưa cho quả; rau, lúa thì để trống. Ví dụ: 60",
        "Count young trees too; leave it empty for vegetables and rice. Example: 60",
    )
    assert house.advice == house.help
    assert house.example == "Nhà kiên cố"


SHOWN_WITH = {
    "full_name": {"head"},
    "phone": {"contact", "contact.phone", "contact.zalo"},
    "exact_point": {"location.point", "location.directions"},
    "faces": {"photos"},
    "living": {"living", *(f"living.{key}" for key in Living.model_fields)},
    "story": {"story"},
    "prices": {"products.price", "products.unit"},
    "links": {"links"},
    NEVER: {"consent", *(f"consent.{key}" for key in Consent.model_fields)},
}


@each("rule", [*SHOWN_WITH, BASE])
def test_the_ticks_are_those_of_the_contract(rule: str) -> None:
    """Which field needs which tick; everything else is a base fact, and a new field must be placed here."""
    base = {
        "code", "name", "location", "location.address", "checked", "garden", "products", "visits",
        *(path for path, _ in fields(Household) if path.startswith(("garden.", "visits.", "photos."))),
        *(f"products.{path}" for path in ("name", "months", "lunar_months", "ocop", "ocop.stars", "ocop.decision", "ocop.until")),
    }  # fmt: skip
    assert {**SHOWN_WITH, BASE: base}[rule] == {
        path for path, about in fields(Household) if about.shown == rule
    }


def test_the_required_keys_are_those_of_the_contract() -> None:
    """Required here, optional there."""
    required = {
        record.__name__: {key for key, field in record.model_fields.items() if field.is_required()}
        for record in (Household, Departed, Site, Team, Village)
    }
    assert {
        "Household": {"code", "name", "consent", "location", "garden", "checked"},
        "Departed": {"code", "checked"},
        "Site": {"base_url", "title", "purpose", "team"},
        "Team": {"name", "phone"},
        "Village": {"name", "commune", "centre"},
    } == required


def test_the_facts_of_living_are_fields() -> None:
    """The list of facts names fields that there are."""
    assert set(FACTS) == set(Living.model_fields) - {"people", "titles"}


@each(
    ("path", "record"),
    [
        ((), Household),
        (("garden",), Garden),
        (("garden", "crops"), CropEntry),
        (("garden", "crops", 3), CropEntry),
        (("garden", "crops", 3, "name"), CropEntry),
        (("garden", "model", "criteria"), Criteria),
        (("products", 0, "ocop"), Ocop),
        (("photos", 1), Photo),
        (("nothing", "there"), Household),
    ],
)
def test_the_record_at_a_path(path: tuple[str | int, ...], record: type[Record]) -> None:
    """Lists are passed over, optional records looked into, texts and unknown keys stay where they are."""
    assert record_at(Household, path) is record


def test_other_records_are_found_too() -> None:
    """The settings are records like the household."""
    assert (Team, Former) == (record_at(Site, ("team",)), record_at(Village, ("former",)))


def test_a_household_is_frozen() -> None:
    """Nothing that was read can be changed."""
    household = Household.model_validate(LEAST)
    with pytest.raises(ValidationError):
        household.name = "Khác"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        household.garden.area = 1  # type: ignore[misc]
    assert isinstance(household.photos, tuple)


def test_an_unknown_key_is_refused_at_every_depth() -> None:
    """Nothing is dropped, without a value neither."""
    for path in ("x", "consent.x", "garden.x", "location.x"):
        values: dict[str, object] = {key: dict(v) if isinstance(v, dict) else v for key, v in LEAST.items()}
        head, _, tail = path.partition(".")
        inside = values[head] if tail else values
        assert isinstance(inside, dict)
        inside[tail or head] = None
        with pytest.raises(ValidationError) as caught:
            Household.model_validate(values)
        assert [(tuple(path.split(".")), "extra_forbidden")] == [
            (e["loc"], e["type"]) for e in caught.value.errors()
        ]


def test_a_lone_text_stands_for_the_first_field() -> None:
    """`Bưởi` is a crop of that name, `photos/a.jpg` a photo with people in it."""
    household = Household.model_validate({**LEAST, "garden": {"crops": ["Bưởi"]}, "photos": ["photos/a.jpg"]})
    photo = household.photos[0]
    assert (household.garden.crops[0].name, photo.file, photo.people) == ("Bưởi", "photos/a.jpg", True)


@each(
    ("typed", "expected"),
    [
        ("có", True),
        ("CÓ", True),
        ("true", True),
        ("x", True),
        ("không", False),
        ("no", False),
        ("0", False),
        ("k", False),
    ],
)
def test_yes_and_no(typed: str, expected: bool) -> None:
    """As people write it, in both languages."""
    household = Household.model_validate({**LEAST, "visits": {"welcome": typed}})
    assert household.visits is not None
    assert household.visits.welcome is expected


@pytest.mark.parametrize(("typed", "stars"), [("3", 3), ("4 sao", 4), ("5*", 5)])
def test_stars(typed: str, stars: int) -> None:
    """Three to five, as on the certificate."""
    assert stars == Ocop.model_validate({"stars": typed, "until": "2027-10-15"}).stars


@each(
    "typed",
    [
        "https://vuon.example/",
        "http://www.facebook.com/vuon?id=1",
        "HTTPS://zalo.me/0570012345",
        "https://www.tiktok.com/@vuonbahuong",
        "http://Vườn.example:8080",
        "https://xn--vn-1ja.example",
    ],
)
def test_links_that_lead_somewhere(typed: str) -> None:
    """http and https with a host, kept as typed."""
    assert (typed,) == Household.model_validate({**LEAST, "links": [typed]}).links


@each(
    "typed",
    ["javascript:alert(1)", "data:text/html,x", "//vuon.example/", "https://", "https://vuon", "ftp://vuon.example/",
     "https://a:b@vuon.example/", "https://vuon.example/a b", 'https://vuon.example/"', "https://[vuon.example/",
     "JaVaScRiPt://vuon.example/%0aalert(1)", f"https://vuon.example/{'a' * 300}", "https://:pw@vuon.example",
     "https://@vuon.example", "https://vuon.example:abc/", "https://vuon.example:99999", "https://vuon.example:/",
     "https://vuon.example:0/", "https://a..example/", "https://.example/", "https://-.example", "https://a.example.",
     "https://10.0.0.1/", "https://[::1]/", "https://0x7f.1/", "https://vuon_ba.example:80:80/"],
)  # fmt: skip
def test_links_that_could_act(typed: str) -> None:
    """No other scheme, no user, no sign that could end an attribute."""
    with pytest.raises(ValidationError) as caught:
        Household.model_validate({**LEAST, "links": [typed]})
    assert isinstance(caught.value.errors()[0]["ctx"]["error"], UserError)


def test_free_text_puts_vietnamese_first() -> None:
    """Whatever the order in the file."""
    household = Household.model_validate({**LEAST, "story": {"en": "A garden.", "vi": "Vườn."}})
    assert household.story == LocalText((("vi", "Vườn."), ("en", "A garden.")))
    assert household.story.to("en") == ("A garden.", "en")
    assert household.story.to("fr") == ("Vườn.", "vi")
    assert household.story.texts == ("Vườn.", "A garden.")


class Shelf(Record):
    """A record of a test."""

    shorthand: ClassVar[str | None] = None


def test_a_record_without_shorthand_takes_no_text() -> None:
    """A text is no mapping."""
    with pytest.raises(ValidationError):
        Shelf.model_validate("x")


@each(
    ("path", "value"),
    [
        ("contact.phone", "0570 012 345"),
        ("consent.given", "2026-11-02"),
        ("consent.how", "paper"),
        ("garden.area", "1.800 m²"),
        ("garden.irrigation", "giếng"),
        ("garden.crops.trees", "20"),
        ("garden.crops.planted", "2015"),
        ("garden.crops.months", "8-10"),
        ("products.price", "35k"),
        ("location.point", "18.1261, 105.7612"),
        ("visits.welcome", "có"),
        ("code", "482135"),
        ("checked", "2026-11-02"),
    ],
)
def test_what_nobody_sees_is_named_in_every_kind_of_value(path: str, value: str) -> None:
    """Curly quotes round a value and unseen signs in it are called by name, never a wrong number or word."""
    for typed, said in ((f"“{value}”", "curly quotes"), (f"‘{value}’", "curly quotes"),
                        (f"{value[0]}\u200b{value[1:]}", "zero-width"), (f"{value}\u202c", "bidirectional"),
                        (f"{value}\x07", "control character")):  # fmt: skip
        assert said in refusal_at(path, typed)


def refusal_at(path: str, typed: str) -> str:
    """The English message about one value of a profile."""
    *above, key = path.split(".")
    value: object = {key: typed}
    for owner in reversed(above):
        value = {owner: [{"name": "Bưởi", key: typed}] if owner in {"crops", "products"} else value}
    with pytest.raises(ValidationError) as caught:
        Household.model_validate({**LEAST, **value})  # type: ignore[dict-item]
    return "; ".join(detail["ctx"]["error"].message.en for detail in caught.value.errors())


def test_curly_quotes_are_named_in_lists_too() -> None:
    """A list in curly quotes is one text to YAML; months may be a list of texts."""
    assert "curly quotes" in refusal_at("consent.publish", "“phone, story”")
    with pytest.raises(ValidationError, match="curly quotes"):
        CropEntry.model_validate({"name": "Bưởi", "months": ["8", "“9”"]})


@pytest.mark.parametrize("typed", ["18.1261\t105.7612", "18.1261,\n105.7612", "18°07’34”N 105°45’40”E"])
def test_spaces_and_second_marks_may_stand_in_a_point(typed: str) -> None:
    """A tab out of a spreadsheet is a space; ’ and ” are the marks of minutes and seconds."""
    point = Household.model_validate({**LEAST, "location": {"point": typed}}).location.point
    assert point is not None
    assert round(point.lat, 2) == 18.13


@pytest.mark.parametrize("day", ["2026-11-02", "2026-12-24"])
def test_a_family_may_leave_after_the_last_check(day: str) -> None:
    """Withdrawal is one edit: the date of checking need not be changed with it."""
    left = {"code": "482135", "withdrawn": day, "checked": "2026-11-02"}
    withdrawn = Departed.model_validate(left).withdrawn
    assert withdrawn is not None
    assert day == withdrawn.isoformat()


@each(
    "typed",
    ["https://a.example:0/", "https://a.example:/", "https://@a.example/", "https://:pw@a.example/",
     "https://a:b@a.example/", "https://a.example:99999/", "https://a.example:x/", "https://a.exa\tmple/",
     "https://a.example:080/", "https://10.0.0.1/", "https://a..example/"],
)  # fmt: skip
def test_an_address_is_never_changed(typed: str) -> None:
    """What would be printed otherwise than typed is refused."""
    with pytest.raises(UserError):
        parse_base_url(typed)


def test_the_address_keeps_its_port() -> None:
    """Only the host's capitals go."""
    assert parse_base_url("https://A.Example:8443/Vuon/") == "https://a.example:8443/Vuon/"


@each(
    ("typed", "meant"),
    [
        ("https://github.com/Thon-Dong/thon-dong.github.io", "https://thon-dong.github.io/"),
        ("https://github.com/thon-dong/thon-dong.github.io.git", "https://thon-dong.github.io/"),
        ("https://github.com/thon-dong/Vuon/", "https://thon-dong.github.io/Vuon/"),
        ("https://www.github.com/thon-dong/vuon/tree/main?tab=readme", "https://thon-dong.github.io/vuon/"),
        ("github.com/thon-dong/vuon", "https://thon-dong.github.io/vuon/"),
        ("git@github.com:thon-dong/vuon.git", "https://thon-dong.github.io/vuon/"),
        ("https://github.com/thon-dong", "https://thon-dong.github.io/"),
        ("https://thon-dong.github.io.git", "https://thon-dong.github.io/"),
        ("https://Thon-Dong.github.io.git/", "https://thon-dong.github.io/"),
        ("https://github.com/", "https://ten-thon.github.io/"),
    ],
)
def test_the_address_of_a_repository_is_not_that_of_its_site(typed: str, meant: str) -> None:
    """A plaque would lead to the files for ever; the right address is named."""
    with pytest.raises(UserError, match="repository at GitHub") as caught:
        parse_base_url(typed)
    assert caught.value.hint is not None
    assert (caught.value.hint.vi, caught.value.hint.en) == (f"Ghi {meant}", f"Write {meant}")
    assert parse_base_url(meant) == meant


@pytest.mark.parametrize(
    "typed", ["https://github.com.vn/vuon/", "https://my-github.com/", "https://a.github.io/b/"]
)
def test_what_only_looks_like_a_repository_is_taken(typed: str) -> None:
    """Other hosts, and the site itself."""
    assert parse_base_url(typed) == typed
