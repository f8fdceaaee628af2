"""The schema: what each field is, what is typed into it, and what a typed value means."""

import re
from collections.abc import Iterator
from dataclasses import FrozenInstanceError

import pytest

from case_kit import each
from vuonho.errors import UserError
from vuonho.i18n import Both
from vuonho.model.fields import (
    BASE,
    NEVER,
    Field,
    LocalText,
    Misfits,
    Record,
    field_at,
    field_of,
    leaves,
    outline,
    parse_base_url,
    read_field,
    record_at,
)
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
from vuonho.model.outline import household_fields, is_nothing, same
from vuonho.model.rules import cautions
from vuonho.model.settings import Site, Team, Village
from vuonho.model.vocabulary import CONSENT_TICKS

LEAST = {
    "code": "482135", "name": "Vườn", "consent": {}, "location": {}, "garden": {}, "checked": "2026-11-02",
}  # fmt: skip


def fields(below: tuple[Field, ...], before: str = "") -> Iterator[tuple[str, Field]]:
    """Every field below a record, by its dotted path."""
    for field in below:
        yield before + field.key, field
        yield from fields(field.fields, f"{before}{field.key}.")


EVERY_FIELD = {
    (record, path): field
    for record in (Household, Departed, Site, Village)
    for path, field in fields(outline(record))
}
PROFILE = dict(fields(household_fields()))


def test_every_field_describes_itself() -> None:
    """A label and one sentence of help in both languages, one of the known rules of showing, a good example."""
    assert len(EVERY_FIELD) > 100
    for (record, path), field in EVERY_FIELD.items():
        place = f"{record.__name__}.{path}"
        assert field.label.vi.strip(), place
        assert field.label.en.strip(), place
        assert field.shown in {BASE, NEVER, *CONSENT_TICKS.keys}, place
        assert field.help.vi != field.help.en, place
        assert all(is_a_sentence(words) for words in field.help), place
        assert what_is_wrong_with_the_example(record, path, field) == [], place


def is_a_sentence(words: str) -> bool:
    is_ended = re.fullmatch(r"“?[^\W\d_].*(?:[.]|https://|/[.])", words) is not None
    return is_ended and 10 < len(words) <= 120


def what_is_wrong_with_the_example(record: type[Record], path: str, field: Field) -> list[object]:
    """What speaks against it: it can be typed as it stands and nothing warns of it; a record has none."""
    if field.fields:
        return [field.example] if field.example else []
    owner = record_at(record, tuple(path.split(".")[:-1]))
    value = [field.example] if field.several else field.example
    try:
        read_field(owner, field.key, value)
    except Misfits as error:
        return [error]
    is_real_phone = field.kind == "phone" and "0570" not in field.example
    return [*cautions(field.example, path), *([field.example] if is_real_phone else [])]


def test_fields_are_those_of_the_schema_in_its_order() -> None:
    """None is left out, none is in another place; the required keys are these."""
    required = {
        "Household": {"code", "name", "consent", "location", "garden", "checked"},
        "Departed": {"code", "checked"},
        "Site": {"base_url", "title", "purpose", "team"},
        "Team": {"name", "phone"},
        "Village": {"name", "commune", "centre"},
    }
    for record in (Household, Departed, Site, Team, Village):
        assert [field.key for field in outline(record)] == list(record.slots)
        assert {field.key for field in outline(record) if field.required} == required[record.__name__]
    for path, field in PROFILE.items():
        inside = record_at(Household, tuple(path.split(".")))
        assert [one.key for one in field.fields] == (list(inside.slots) if field.fields else [])
    assert set(FACTS) == set(Living.slots) - {"people", "titles"}


def test_a_field_tells_what_is_typed_into_it() -> None:
    """Kind, whether there may be several, and how much of it; the words of a closed list; what a lone text means."""
    told = {
        "name": ("line", False, 60), "consent.publish": ("word", True, 20), "story": ("story", False, 6_000),
        "location.point": ("position", False, None), "location.directions": ("paragraph", False, 1_000),
        "garden.crops": ("records", True, 60), "garden.crops.months": ("months", False, None),
        "garden.model.criteria": ("record", False, None), "products.ocop.stars": ("stars", False, None),
        "links": ("url", True, 10), "photos.people": ("yes_no", False, None), "checked": ("day", False, None),
    }  # fmt: skip
    assert {path: (PROFILE[path].kind, PROFILE[path].several, PROFILE[path].most) for path in told} == told
    assert PROFILE["consent.publish"].words is CONSENT_TICKS
    assert [path for path, field in PROFILE.items() if field.kind == "word" and not field.words] == []
    assert (PROFILE["garden.crops"].lone, PROFILE["garden"].lone) == ("name", "")
    assert PROFILE["living.house"].example == "Nhà kiên cố"


def test_advice_is_help_and_example() -> None:
    """Where one text has room; the words of a closed list are shown as a list and need no example."""
    assert PROFILE["garden.crops.trees"].advice == Both(
        "Đếm cả cây chưa cho quả; rau, lúa thì để trống. Ví dụ: 60",
        "Count young trees too; leave it empty for vegetables and rice. Example: 60",
    )
    assert PROFILE["living.house"].advice == PROFILE["living.house"].help


def test_fields_and_records_are_found_by_their_path() -> None:
    """Lists and languages are passed over; unknown keys lead nowhere; records are opened, lists of records not."""
    known = household_fields()
    assert field_at(known, ("story", "en")) is field_of(known, "story")
    assert field_at(known, ("garden", "crops", 3, "area")) is PROFILE["garden.crops.area"]
    assert [field_at(known, path) for path in (("nothing",), ("garden", "nothing"), ())] == [None] * 3
    with pytest.raises(KeyError):
        field_of(known, "nothing")
    records: dict[tuple[str | int, ...], type[Record]] = {
        (): Household, ("garden",): Garden, ("garden", "crops", 3, "name"): CropEntry,
        ("garden", "model", "criteria"): Criteria, ("products", 0, "ocop"): Ocop, ("photos", 1): Photo,
        ("nothing", "there"): Household,
    }  # fmt: skip
    assert {path: record_at(Household, path) for path in records} == records
    paths = [".".join(path) for path, _ in leaves(known)]
    assert len(paths) == len(set(paths))
    assert {"garden.crops", "garden.model.criteria.income", "story", "checked"} <= set(paths)
    assert {"garden", "garden.crops.name", "consent"}.isdisjoint(paths)


SHOWN_WITH = {
    "full_name": {"head"},
    "phone": {"contact", "contact.phone", "contact.zalo"},
    "exact_point": {"location.point", "location.directions"},
    "faces": {"photos"},
    "living": {"living", *(f"living.{key}" for key in Living.slots)},
    "story": {"story"},
    "prices": {"products.price", "products.unit", "visits.dishes.price", "visits.night"},
    "links": {"links"},
    NEVER: {"consent", *(f"consent.{key}" for key in Consent.slots), "plaque.emblem"},
}


def test_each_tick_opens_its_fields() -> None:
    """Which field needs which tick; everything else is a base fact, and a new field must be placed here."""
    base = {
        "code", "name", "location", "location.address", "checked", "garden", "products", "visits", "plaque",
        *(path for path in PROFILE if path.startswith(("garden.", "visits.", "photos.")) and path not in SHOWN_WITH["prices"]),
        *(f"products.{path}" for path in ("name", "months", "lunar_months", "ocop", "ocop.stars", "ocop.decision", "ocop.until")),
    }  # fmt: skip
    for rule, paths in {**SHOWN_WITH, BASE: base}.items():
        assert {path for path, field in PROFILE.items() if field.shown == rule} == paths


def household(**values: object) -> Household:
    """Return the least household, with these values too."""
    return Household.read({**LEAST, **values})


def test_a_household_is_frozen() -> None:
    """Nothing that was read can be changed."""
    read = household()
    with pytest.raises(FrozenInstanceError):
        read.name = "Khác"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        read.garden.area = 1  # type: ignore[misc]


@each("path", ["x", "consent.x", "garden.x", "location.x"])
def test_an_unknown_key_is_refused_at_every_depth(path: str) -> None:
    """Nothing is dropped, without a value neither."""
    owner, _, key = path.rpartition(".")
    with pytest.raises(Misfits) as caught:
        household(**({owner: {key: None}} if owner else {key: None}))
    assert [(".".join(map(str, one.path)), one.cause) for one in caught.value.found] == [(path, "unknown")]


def test_a_lone_text_stands_for_the_first_field() -> None:
    """`Bưởi` is a crop of that name, `photos/a.jpg` a photo with people in it; nothing else takes a text."""
    read = household(garden={"crops": ["Bưởi"]}, photos=["photos/a.jpg"])
    photo = read.photos[0]
    assert (read.garden.crops[0].name, photo.file, photo.people) == ("Bưởi", "photos/a.jpg", True)
    with pytest.raises(Misfits):
        household(visits="x")


def test_small_closed_values() -> None:
    """Yes and no as people write them, in both languages; stars as on the certificate."""
    words = {
        "có": True,
        "CÓ": True,
        "true": True,
        "x": True,
        "không": False,
        "no": False,
        "0": False,
        "k": False,
    }
    for typed, expected in words.items():
        visits = household(visits={"welcome": typed}).visits
        assert visits is not None
        assert visits.welcome is expected, typed
    for typed, stars in {"3": 3, "4 sao": 4, "5*": 5}.items():
        assert Ocop.read({"stars": typed, "until": "2027-10-15"}).stars == stars
    with pytest.raises(Misfits, match="3, 4 or 5"):
        Ocop.read({"stars": "2", "until": "2027-10-15"})


@each(
    "typed",
    ["https://vuon.example/", "http://www.facebook.com/vuon?id=1", "HTTPS://zalo.me/0570012345",
     "https://www.tiktok.com/@vuonbahuong", "http://Vườn.example:8080", "https://xn--vn-1ja.example"],
)  # fmt: skip
def test_links_that_lead_somewhere(typed: str) -> None:
    """http and https with a host, kept as typed."""
    assert household(links=[typed]).links == (typed,)


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
    """No other scheme, no user, no character that could end an attribute."""
    with pytest.raises(Misfits) as caught:
        household(links=[typed])
    assert isinstance(caught.value.found[0].cause, UserError)


def test_free_text_puts_vietnamese_first() -> None:
    """Whatever the order in the file."""
    story = household(story={"en": "A garden.", "vi": "Vườn."}).story
    assert story == LocalText((("vi", "Vườn."), ("en", "A garden.")))
    assert (story.to("en"), story.to("fr")) == (("A garden.", "en"), ("Vườn.", "vi"))
    assert story.texts == ("Vườn.", "A garden.")


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
    """Curly quotes round a value and unseen characters in it are called by name, never a wrong number or word."""
    for typed, said in ((f"“{value}”", "curly quotes"), (f"‘{value}’", "curly quotes"),
                        (f"{value[0]}\u200b{value[1:]}", "zero-width"), (f"{value}\u202c", "bidirectional"),
                        (f"{value}\x07", "control character")):  # fmt: skip
        assert said in refusal_at(path, typed)


def refusal_at(path: str, typed: object) -> str:
    """The English message about one value of a profile."""
    *above, key = path.split(".")
    value: object = {key: typed}
    for owner in reversed(above):
        value = {owner: [{"name": "Bưởi", key: typed}] if owner in {"crops", "products"} else value}
    with pytest.raises(Misfits) as caught:
        household(**value)  # type: ignore[arg-type]
    return "; ".join(one.cause.message.en for one in caught.value.found if isinstance(one.cause, UserError))


def test_lists_are_lists() -> None:
    """A list in curly quotes is one text to YAML; months may be a list of texts; a value is never a list."""
    assert "curly quotes" in refusal_at("consent.publish", "“phone, story”")
    assert "curly quotes" in refusal_at("garden.crops.months", ["8", "“9”"])
    assert "A list is wanted" in refusal_at("links", "https://a.example, https://b.example")
    assert "not several" in refusal_at("name", ["Vườn"])


@each("typed", ["18.1261\t105.7612", "18.1261,\n105.7612", "18°07’34”N 105°45’40”E"])
def test_spaces_and_second_marks_may_stand_in_a_point(typed: str) -> None:
    """A tab out of a spreadsheet is a space; ’ and ” are the marks of minutes and seconds."""
    point = household(location={"point": typed}).location.point
    assert point is not None
    assert round(point.lat, 2) == 18.13


@each(
    "typed",
    ["https://a.example:0/", "https://a.example:/", "https://@a.example/", "https://:pw@a.example/",
     "https://a:b@a.example/", "https://a.example:99999/", "https://a.example:x/", "https://a.exa\tmple/",
     "https://a.example:080/", "https://10.0.0.1/", "https://a..example/", "https://[::1/", "http://a.example/",
     "https://a.example", "https://a.example/?x/", "https://a.example/#/", "https://a.example/b/../c/",
     "https://a.example/./", "https://localhost/", "https://a.example/" + "b/" * 80, "a.example/", ""],
)  # fmt: skip
def test_an_address_is_never_changed(typed: str) -> None:
    """What would be printed otherwise than typed, or could not be printed for ever, is refused."""
    with pytest.raises(UserError):
        parse_base_url(typed)


def test_only_capitals_of_the_host_go() -> None:
    """The port stays, and what only looks like a repository is taken."""
    assert parse_base_url("https://A.Example:8443/Vuon/") == "https://a.example:8443/Vuon/"
    for typed in ("https://github.com.vn/vuon/", "https://my-github.com/", "https://a.github.io/b/"):
        assert parse_base_url(typed) == typed


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
    assert tuple(caught.value.hint) == (f"Ghi {meant}", f"Write {meant}")
    assert parse_base_url(meant) == meant


@each(
    ("path", "one", "other"),
    [
        ("garden.area", "1.800 m2", "1800"),
        ("checked", "2026-11-02", "2/11/2026"),
        ("contact.phone", "0570 012 345", "+84570012345"),
        ("living.water", "tap", "Nước máy"),
        ("visits.welcome", "có", "true"),
        ("consent.publish", ["phone", "story"], ["story", "phone"]),
        ("garden.crops", ["Bưởi"], [{"name": "Bưởi"}]),
        ("story", "Chuyện", {"vi": " Chuyện "}),
        ("story.en", "A  story", "A story"),
        ("contact.phone", "điên thoại  hỏng", "điên thoại hỏng"),
        ("garden", {}, None),
        ("nonsense", "1", " 1 "),
    ],
)
def test_what_means_the_same(path: str, one: object, other: object) -> None:
    """By the schema where it can read it, else by the letters."""
    assert same(tuple(path.split(".")), one, other)


@each(
    ("path", "one", "other"),
    [
        ("garden.area", "1.800 m2", "1801"),
        ("garden.practices", ["vietgap", "compost"], ["compost", "vietgap"]),
        ("name", "Vườn", "vườn"),
        ("contact.phone", "0570 012 345", None),
        ("garden.crops", ["Bưởi"], ["Bưởi", "Cam"]),
        ("story", "Chuyện", {"vi": "Chuyện", "en": "Story"}),
    ],
)
def test_what_does_not_mean_the_same(path: str, one: object, other: object) -> None:
    """Order counts where it is shown, and so do capitals."""
    assert not same(tuple(path.split(".")), one, other)


@each("value", [None, "", "  ", [], {}, {"vi": None}, [""], {"a": {"b": [None]}}])
def test_nothing_is_nothing(value: object) -> None:
    """However it is written."""
    assert is_nothing(value)
    assert not is_nothing({"a": value, "b": "x"})
