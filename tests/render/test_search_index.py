"""The search index: what a household is found by, and above all what nobody is found by."""

import gzip
import json
import random
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import households_kit as kit

from case_kit import each
from garden_kit import NOTHING_TOLD
from index_kit import rows_by_village, rows_of
from village_kit import CROPS, FAMILY, GIVEN
from vuonho.model.public import PublicHousehold, PublicVillage, PublicVisits
from vuonho.model.vocabulary import LISTS, find_animal
from vuonho.pages.finder import search_index
from vuonho.pages.layout import search_path
from vuonho.pages.names import whole

OTHER = replace(kit.VILLAGE, slug="thon-ben-song", name="Thôn Bến Sông", former_commune=None)
TAGS = ("vi", "en")


def index(
    tag: str, *homes: PublicHousehold, villages: Sequence[PublicVillage] = (kit.VILLAGE,)
) -> dict[str, Any]:
    """Return the index as a phone reads it."""
    found: dict[str, Any] = json.loads(search_index(kit.LANGUAGES[tag], villages, homes).content)
    return found


def words_of(tag: str, home: PublicHousehold) -> list[list[str]]:
    """Return what the first household of an index is found by, beside its name and address."""
    whole = index(tag, home)
    return [whole["words"][number] for number in rows_of(whole)[0].things]


def strings(value: object) -> Iterator[str]:
    """Yield every text in a JSON value."""
    if isinstance(value, str):
        yield value
    if isinstance(value, dict):
        yield from (one for pair in value.items() for part in pair for one in strings(part))
    if isinstance(value, list):
        yield from (one for part in value for one in strings(part))


def test_the_fullest_household_in_vietnamese() -> None:
    """Crops, animals, products as typed, then OCOP, practices, model garden, and what visitors can do."""
    assert words_of("vi", kit.FULLEST) == [
        ["Bưởi Phúc Trạch"], ["Cam bù"], ["Rau cải"], ["Cây nhà trồng"], ["Cau"], ["Mướp"],
        ["Gà thả vườn"], ["Hươu sao"], ["Con lạ"],
        ["Mật ong rừng"], ["Trứng gà"],
        ["OCOP 4 sao"],
        ["Theo VietGAP", "", "vietgap"],
        ["Ủ phân hữu cơ", "", "compost", "ủ phân", "phân ủ"],
        ["Hàng rào xanh", "", "green hedge"],
        ["Đã công nhận vườn mẫu"],
        ["Đón khách"],
        ["Tự tay hái quả", "", "pick fruit", "hái quả", "hái trái cây"],
        ["Ăn cơm nhà vườn", "", "meal", "ăn cơm", "ăn uống", "bữa cơm"],
        ["Ngủ lại nhà dân", "", "homestay", "nghỉ lại", "ngủ lại", "lưu trú"],
    ]  # fmt: skip


def test_english_is_found_in_both_languages() -> None:
    """The Vietnamese comes first, the English second; what the catalogue does not know has none."""
    words = words_of("en", kit.FULLEST)
    assert (words[:4], words[11], words[-1][:3]) == (
        [
            ["Bưởi Phúc Trạch", "Phuc Trach pomelo"],
            ["Cam bù", "Cam bu mandarin"],
            ["Rau cải", "Mustard greens"],
            ["Cây nhà trồng"],
        ],
        ["OCOP 4 sao", kit.LANGUAGES["en"].say("household.ocop", stars=4)],
        ["Ngủ lại nhà dân", "Stay overnight", "homestay"],
    )


@each("tag", TAGS)
def test_rows_are_code_name_address_and_numbers(tag: str) -> None:
    """Villages with their commune of today and of before, households in the order given."""
    found = index(tag, kit.FULLEST, kit.EMPTIEST)
    names = "Xã Phúc Trạch, xã Hương Trạch, huyện Hương Khê"
    assert found["villages"] == [["thon-vuon-mau", "Thôn Vườn Mẫu", names, 2]]
    assert rows_of(found) == [
        ("482135", whole("Vườn bà Thử"), "Xóm Đông, ngõ 3", list(range(len(found["words"])))),
        ("100014", whole("Vườn ông Mẫu"), "", []),
    ]


def test_codes_of_several_lengths_are_told_apart() -> None:
    """From the least to the greatest that there can be."""
    codes = ("482135", "99999999", "10003")
    whole = index("vi", *(replace(kit.EMPTIEST, code=code) for code in codes))
    assert [row.code for row in rows_of(whole)] == list(codes)


@each("apart", [1, 26, 27, 52, 53, 300])
def test_who_has_something_is_told_by_how_far_it_is_from_one_to_the_next(apart: int) -> None:
    """Next door, and as far as a letter, two and more reach."""
    homes = [kit.EMPTIEST] * 700
    homes[apart - 1] = homes[2 * apart - 1] = kit.FULLEST
    rows = rows_of(index("vi", *homes))
    assert [at for at, row in enumerate(rows, 1) if row.things] == [apart, 2 * apart]


def test_nothing_else_is_in_it() -> None:
    """Not one text of the index is anything but a name, a place or a word that stands on the list."""
    allowed = {
        "words", "villages", "digits", "codes", "names", "addresses", "found", *(name for entry in words_of("en", kit.FULLEST) for name in entry),
        "thon-vuon-mau", "Thôn Vườn Mẫu", "Xã Phúc Trạch, xã Hương Trạch, huyện Hương Khê",
        "emqn", "a", whole("Vườn bà Thử"), "Xóm Đông, ngõ 3",  # the code to the base of 32, and that each word finds the first
    }  # fmt: skip
    assert set(strings(index("en", kit.FULLEST))) == allowed


@each("tag", TAGS)
def test_ticks_add_nothing(tag: str) -> None:
    """Full name, phone, story, living conditions, prices, links, points, directions and photos change no byte."""
    bare = replace(
        kit.FULLEST,
        full_name=None, phone=None, story=None, living=None, links=(), exact=None, directions=None, photos=(),
        products=tuple(replace(one, price=None, unit=None) for one in kit.FULLEST.products),
    )  # fmt: skip
    ticked, unticked = (
        search_index(kit.LANGUAGES[tag], (kit.VILLAGE,), (home,)).content for home in (kit.FULLEST, bare)
    )
    assert ticked == unticked


@each("tag", TAGS)
def test_a_thousand_households_are_small_on_the_wire(tag: str) -> None:
    """Under 25 KB compressed; a fullest household is heavier than any real one."""
    homes = tuple(
        replace(
            kit.FULLEST,
            code=str(200_003 + at * 7919 % 799_000),
            name=f"Vườn hộ {at * 7919 % 1009}",
            address=f"Ngõ {at % 97}",
            garden=replace(kit.FULLEST.garden, crops=kit.CROPS[at % 4 : at % 4 + 3]),
        )
        for at in range(1000)
    )
    content = search_index(kit.LANGUAGES[tag], (kit.VILLAGE,), homes).content
    assert len(gzip.compress(content, 6)) < 25_000


@each("tag", TAGS)
def test_ten_thousand_households_weigh_105_kb(tag: str) -> None:
    """Each phone that searches in a large commune loads them: names, lanes and gardens as in a village of the kit."""
    chance = random.Random(7)  # noqa: S311 - the same gardens every time
    crops = tuple(map(kit.crop, CROPS))
    homes = tuple(
        replace(
            kit.EMPTIEST,
            code=str(code),
            name=f"Vườn {chance.choice(FAMILY)} {chance.choice(GIVEN)} {at}",
            address=f"Ngõ {at}",
            garden=replace(NOTHING_TOLD, crops=tuple(chance.sample(crops, chance.randint(1, 5)))),
        )
        for at, code in enumerate(chance.sample(range(100_000, 1_000_000), 10_000))
    )
    content = search_index(kit.LANGUAGES[tag], (kit.VILLAGE,), homes).content
    assert len(gzip.compress(content, 6)) <= 105_000


def test_each_household_stands_in_its_village() -> None:
    """Villages in the order given; one that nobody lives in yet is there to be found."""
    elsewhere = replace(kit.EMPTIEST, village=OTHER.slug, code="100027")
    empty = replace(kit.VILLAGE, slug="thon-moi", name="Thôn Mới")
    whole = index("vi", elsewhere, kit.EMPTIEST, villages=(kit.VILLAGE, OTHER, empty))
    codes = {folder: [row.code for row in rows] for folder, rows in rows_by_village(whole).items()}
    assert codes == {"thon-vuon-mau": ["100014"], "thon-ben-song": ["100027"], "thon-moi": []}


@each("status", ["registered", "in_progress"])
def test_only_a_recognised_model_garden_is_found_as_one(status: str) -> None:
    """Who is still at it is not found under "vườn mẫu"."""
    assert kit.FULLEST.garden.model is not None
    model = replace(kit.FULLEST.garden.model, status=LISTS["model_status"].by_key(status))
    home = replace(kit.FULLEST, garden=replace(kit.FULLEST.garden, model=model))
    assert [entry for entry in words_of("vi", home) if "vườn mẫu" in entry[0]] == []


def test_who_receives_nobody_is_not_found_by_what_visitors_do() -> None:
    """A family that is closed to visitors keeps its list of activities to itself."""
    assert kit.FULLEST.visits is not None
    closed = replace(kit.FULLEST, visits=PublicVisits(False, None, kit.FULLEST.visits.activities))
    assert words_of("vi", replace(kit.FULLEST, visits=None)) == words_of("vi", closed)


def test_a_family_s_own_word_is_found_under_the_usual_one_too() -> None:
    """Who keeps "heo" is found under "lợn", and the page's language still comes second."""
    animal = replace(kit.FULLEST.garden.animals[0], name="heo", known=find_animal("heo"))
    home = replace(kit.EMPTIEST, garden=replace(NOTHING_TOLD, animals=(animal,)))
    assert (words_of("vi", home), words_of("en", home)) == (
        [["heo", "", "Lợn"]],
        [["heo", "Pigs", "Lợn"]],
    )


@each(
    "name",
    [
        '</script><img src=x onerror=alert(1)>{{ 7*7 }}"\\',
        *(unicodedata.normalize(form, "Vườn ông Đức") for form in ("NFC", "NFD")),
    ],
)
def test_names_stand_as_they_are_shown(name: str) -> None:
    """Accents and composition are kept, no line ends inside a name, and no tag could begin in the file."""
    artifact = search_index(kit.LANGUAGES["vi"], (kit.VILLAGE,), (replace(kit.EMPTIEST, name=name),))
    assert (artifact.path, b"<" in artifact.content) == (search_path("vi"), False)
    assert rows_of(json.loads(artifact.content))[0].name == whole(name)
