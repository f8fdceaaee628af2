"""What the household of canaries must show, written out by hand: the answers that `publish` is held against."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from canary_kit import CODE, PROFILE, SLUG, SOURCE, TICKS, Profile, with_ticks, yaml_of
from garden_kit import LINES_TOLD, NOTHING_TOLD
from vuonho.model.fields import LocalText
from vuonho.model.household import Household
from vuonho.model.public import (
    LaneStop,
    PublicAnimal,
    PublicCrop,
    PublicDish,
    PublicFact,
    PublicHousehold,
    PublicLiving,
    PublicModel,
    PublicOcop,
    PublicPhone,
    PublicPhoto,
    PublicProduct,
    PublicSeason,
    PublicSpot,
    PublicVisits,
)
from vuonho.model.spot import Spot
from vuonho.model.values import Phone, Point
from vuonho.model.vocabulary import LISTS, find_animal, find_crop
from vuonho.project.profile import parse_profile

Publish = Callable[[Household, str, str], PublicHousehold | None]

NOTHING: frozenset[str] = frozenset()
ALL: Final = frozenset(TICKS)
SETS: Final = (
    NOTHING,
    *(frozenset([tick]) for tick in TICKS),
    *(ALL - {tick} for tick in TICKS),
    frozenset({"exact_point", "near_point"}),
    ALL,
)
"""Ticks alone, all but one, the two points together, none, all."""

FIELDS_OF: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "full_name": ("full_name",),
        "phone": ("phone",),
        "exact_point": ("exact", "directions"),
        "near_point": ("near",),
        "faces": ("photos",),
        "living": ("living",),
        "story": ("story",),
        "prices": ("products", "visits"),
        "links": ("links",),
        "lane": ("is_on_lane",),
    }
)
"""What each tick opens, by field of PublicHousehold."""


def household(profile: Profile) -> Household:
    """Return the profile as the program reads it."""
    record = parse_profile(yaml_of(profile), SOURCE, SLUG).record
    assert isinstance(record, Household)
    return record


def _facts(**chosen: str) -> tuple[PublicFact, ...]:
    return tuple(PublicFact(field, LISTS[field].by_key(key)) for field, key in chosen.items())


_BUOI = find_crop("Bưởi Phúc Trạch")
assert _BUOI is not None
_OCOP = PublicOcop(4, "5527/QĐ-XOZ", date(2029, 8, 23))
_CRITERIA = ("planning", "technology", "products", "environment", "income")

_GUESTS = PublicVisits(
    welcome=True,
    hours="5:41-19:23",
    activities=(LISTS["activities"].by_key("fishing"),),
    dishes=(PublicDish("Xôi Zụcmọp", None), PublicDish("Canh Wãnhxo", None)),
    rooms=23,
    toilet=LISTS["guest_toilet"].by_key("squat"),
    parking=LISTS["parking"].by_key("minibus"),
    steps=LISTS["steps"].by_key("few"),
)

UNTOLD: Final = PublicHousehold(
    code=CODE,
    village=SLUG,
    source=SOURCE,
    name="Vườn nhà Zúmkhẽo",
    full_name=None,
    address="Ngõ Fộtzằng 71",
    exact=None,
    near=None,
    directions=None,
    living=None,
    garden=replace(
        LINES_TOLD,
        area=7319,
        model=PublicModel(
            status=LISTS["model_status"].by_key("recognised"),
            year=2019,
            decision="8841/QĐ-ZQW",
            criteria=tuple(
                (
                    LISTS["criteria"].by_key(key),
                    LISTS["results"].by_key("unknown" if key == "income" else "met"),
                )
                for key in _CRITERIA
            ),
        ),
        irrigation=LISTS["irrigation"].by_key("drip"),
        practices=(LISTS["practices"].by_key("vietgap"),),
        crops=(
            PublicCrop("Zắpkhuom", None, 613, 457, 1987, PublicSeason((3,), (), "typed")),
            PublicCrop("Wọtxinh", None, None, None, None, PublicSeason((5,), (4,), "lunar")),
            PublicCrop("Bưởi Phúc Trạch", _BUOI, None, None, None, PublicSeason(_BUOI.months, (), "usual")),
        ),
        animals=(
            PublicAnimal("Wềngthoz", None, 82913),
            PublicAnimal("Gà thả vườn", find_animal("Gà thả vườn"), None),
        ),
    ),
    products=(
        PublicProduct("Mứtxlozo", None, None, None, PublicSeason((5,), (), "typed"), _OCOP),
        PublicProduct("Tràzưnqe", None, None, None, None, None),
        PublicProduct("Bưởi Phúc Trạch", _BUOI, None, None, PublicSeason((7,), (6,), "lunar"), None),
        PublicProduct("Gà thả vườn", find_animal("Gà thả vườn"), None, None, None, None),
    ),
    visits=_GUESTS,
    phone=None,
    links=(),
    story=None,
    photos=(
        PublicPhoto(f"{SLUG}/photos/tepzaqvuon.jpg", LocalText((*PROFILE["photos"][0]["caption"].items(),))),
    ),
    checked=date(2026, 10, 29),
    emblem=LISTS["emblems"].by_key("boat"),
)
"""The household of canaries without a tick."""

TOLD: Final = replace(
    UNTOLD,
    full_name="Trịnh Wồngzét Phũquaz",
    exact=Point(18.137291, 105.778463),
    near=Point(18.135, 105.775),
    directions=LocalText(tuple(PROFILE["location"]["directions"].items())),
    living=PublicLiving(
        47,
        _facts(house="stilt", water="spring", electricity="solar", toilet="two_vault", kitchen="improved_stove",
               waste="sorted_and_composted", internet="fibre", road="gravel"),
        (LISTS["titles"].by_key("good_producer"),),
    ),
    products=(
        replace(UNTOLD.products[0], price=76543, unit=LISTS["units"].find("lít")), *UNTOLD.products[1:],
    ),
    visits=replace(
        _GUESTS, dishes=(PublicDish("Xôi Zụcmọp", 64321), PublicDish("Canh Wãnhxo", None)), night=918273,
    ),
    phone=PublicPhone(Phone("0571384926"), True),
    links=("https://zibwoqar.example/pluxemo",),
    is_on_lane=True,
    story=LocalText(tuple(PROFILE["story"].items())),
    photos=(
        *UNTOLD.photos,
        PublicPhoto(
            f"{SLUG}/photos/tepzaqnguoi.jpg", LocalText((*PROFILE["photos"][1]["caption"].items(),))
        ),
    ),
)  # fmt: skip
"""Everything that any tick lets out, at once (no tick set gives it: exact wins over near)."""

BARE: Final = replace(
    UNTOLD,
    address=None,
    garden=NOTHING_TOLD,
    products=(),
    visits=None,
    photos=(),
    emblem=None,
    is_on_lane=True,
)
"""What a profile with nothing but the required fields shows with all ticks."""

BARE_PROFILE: Final[Profile] = {
    "code": CODE,
    "name": PROFILE["name"],
    "consent": {"given": "2026-09-17", "publish": []},
    "location": {},
    "garden": {},
    "checked": PROFILE["checked"],
}


def expected(ticks: Iterable[str]) -> PublicHousehold:
    """Return what the household of canaries must show with these ticks."""
    opened = {field for tick in ticks for field in FIELDS_OF[tick]}
    if "exact" in opened:
        opened.discard("near")
    return replace(UNTOLD, **{field: getattr(TOLD, field) for field in opened})


def _bare(**more: Any) -> Profile:
    return with_ticks(ALL, BARE_PROFILE | more)


def _living(**facts: Any) -> tuple[Profile, PublicHousehold]:
    return _bare(living=facts), replace(
        BARE,
        living=PublicLiving(
            int(facts["people"]) if "people" in facts else None,
            _facts(**{key: value for key, value in facts.items() if key not in {"people", "titles"}}),
            tuple(LISTS["titles"].by_key(key) for key in facts.get("titles", ())),
        ),
    )


def _product(until: str, shown: bool) -> tuple[Profile, PublicHousehold]:
    ocop = PublicOcop(3, None, date.fromisoformat(until)) if shown else None
    product = PublicProduct("Tràzưnqe", None, None, None, None, ocop)
    profile = _bare(products=[{"name": "Tràzưnqe", "ocop": {"stars": "3", "until": until}}])
    return profile, replace(BARE, products=(product,))


def _unfinished_model() -> tuple[Profile, PublicHousehold]:
    word = LISTS["model_status"].by_key("registered")
    met = ((LISTS["criteria"].by_key("income"), LISTS["results"].by_key("met")),)
    profile = _bare(garden={"model": {"status": "registered", "criteria": {"income": "met"}}})
    return profile, replace(BARE, garden=replace(BARE.garden, model=PublicModel(word, None, None, met)))


def _near_alone() -> tuple[Profile, PublicHousehold]:
    profile = with_ticks(["near_point"], BARE_PROFILE | {"location": {"point": "18.130000, 105.779999"}})
    return profile, replace(BARE, near=Point(18.135, 105.775), is_on_lane=False)


CASES: Final[tuple[tuple[Profile, PublicHousehold | None], ...]] = (
    *((with_ticks(ticks), expected(ticks)) for ticks in SETS),
    (with_ticks(ALL) | {"consent": {"publish": sorted(ALL), "by": "Quách Jặmflọz Bứczix"}}, None),
    (_bare(), BARE),
    (_bare(living={}), BARE),
    (with_ticks(["near_point"], BARE_PROFILE), replace(BARE, is_on_lane=False)),
    _living(people="47"),
    _living(road="gravel"),
    _living(titles=["good_producer"]),
    (_bare(contact={"zalo": "true"}), BARE),
    (_bare(contact={"phone": "0571384926"}), replace(BARE, phone=PublicPhone(Phone("0571384926"), False))),
    _near_alone(),
    _product("2026-10-28", shown=False),
    _product("2026-10-29", shown=True),
    _unfinished_model(),
)  # fmt: skip
"""Profiles and what each must show: every rule from both sides."""


@cache
def _case(number: int) -> Household:
    """Return the household of a case, read once for all the rules that are tried on it; it cannot be changed."""
    return household(CASES[number][0])


def faults(publish: Publish) -> Iterator[str]:
    """Yield what is wrong with a `publish`: it shows more or less than it should, or it breaks down."""
    for number, (_, right) in enumerate(CASES):
        try:
            actual = publish(_case(number), SLUG, SOURCE)
        except (AttributeError, TypeError, ValueError) as error:
            yield f"case {number}: {error}"
            continue
        if actual != right:
            yield f"case {number}: {sorted(difference(actual, right))}"


def difference(actual: PublicHousehold | None, right: PublicHousehold | None) -> set[str]:
    """Return the names of the fields in which two households differ."""
    if actual is None or right is None:
        return {"household"}
    return {one.name for one in fields(right) if getattr(actual, one.name) != getattr(right, one.name)}


def filled(public: object) -> set[str]:
    """Return "Class.field" of every field that holds something, here or further in."""
    if isinstance(public, tuple):
        return {name for item in public for name in filled(item)}
    if not is_dataclass(public) or isinstance(public, type) or not type(public).__name__.startswith("Public"):
        return set()
    values = [(one.name, getattr(public, one.name)) for one in fields(public)]
    here = {f"{type(public).__name__}.{name}" for name, value in values if value not in (None, ())}
    here -= set() if getattr(public, "is_on_lane", True) else {"PublicHousehold.is_on_lane"}
    return here.union(*(filled(value) for _, value in values))


# --- Places: what each shows, and whom a lane names ---


def spot(name: str = "Giếng Vọtzam", **fields: Any) -> Spot:
    """Return a place as the program reads it."""
    told = {"code": "926002", "name": name, "kind": "well", "checked": "2026-10-29"} | fields
    record = parse_profile(yaml_of(told), f"profiles/{SLUG}/places/vot.yaml", SLUG).record
    assert isinstance(record, Spot)
    return record


def _at_home(code: str, *, village: str = SLUG, agreed: bool = True) -> PublicHousehold:
    return replace(UNTOLD, code=code, village=village, is_on_lane=agreed)


_LANE: Final[dict[str, Any]] = {
    "kind": "lane",
    "start": "Cổng Zừxom",
    "homes": [
        {"home": code, "side": side, "steps": steps}
        for code, side, steps in (
            ("482135", "left", "7"),
            ("926002", "right", "12"),
            ("711946", "left", "19"),
        )
    ],
}
_PUBLIC: Final = PublicSpot(
    code="926002",
    village=SLUG,
    source="s",
    name="Giếng Vọtzam",
    kind=LISTS["spots"].by_key("well"),
    point=None,
    start=None,
    stops=(),
    story=None,
    photos=(),
    checked=date(2026, 10, 29),
)
_PHOTOS: Final = [{"file": "photos/a.jpg", "people": "no"}, {"file": "photos/b.jpg"}]


def spot_faults(publish_spot: Callable[..., PublicSpot]) -> Iterator[str]:
    """Yield what a way to publish places shows that it must not, or keeps back that it must show."""
    left = LISTS["sides"].by_key("left")
    named = (LaneStop("482135", left, 7), LaneStop("711946", left, 19))
    homes = (
        _at_home("482135"), _at_home("926002", agreed=False), _at_home("711946"), _at_home("594379"),
    )  # fmt: skip
    elsewhere = tuple(replace(home, village="thon-khac") for home in homes)
    lane, point = spot("Giếng Vọtzam", **_LANE), Point(18.125, 105.76)
    bare = replace(_PUBLIC, kind=LISTS["spots"].by_key("lane"), start=lane.start)
    # a file says what it may not: the wall keeps it back all the same
    muddled = replace(lane, kind=LISTS["spots"].by_key("well"), point=point)
    cases = {
        "place": (spot(point="18.125, 105.76", photos=_PHOTOS), homes, replace(
            _PUBLIC, point=point, photos=(PublicPhoto(f"{SLUG}/photos/a.jpg", None),)
        )),
        "lane": (lane, homes, replace(bare, stops=named)),
        "nobody": (lane, (), bare),
        "another village": (lane, elsewhere, bare),
        "lane with a point": (replace(lane, point=point), homes, replace(bare, stops=named)),
        "well with homes": (muddled, homes, replace(_PUBLIC, point=point)),
    }  # fmt: skip
    for name, (record, of, right) in cases.items():
        if publish_spot(record, SLUG, "s", of) != right:
            yield name
