"""Rules that look at several fields of one household."""

import pytest

from case_kit import each
from vuonho.errors import Severity
from vuonho.model.communes import Commune, communes_of
from vuonho.model.geo import Point
from vuonho.model.household import Household
from vuonho.model.rules import check_household, check_languages, check_place

LEAST: dict[str, object] = {
    "code": "482135",
    "name": "Vườn bà Hường",
    "consent": {"given": "2026-10-20", "by": "Nguyễn Thị Hường", "how": "paper"},
    "location": {},
    "garden": {},
    "checked": "2026-11-02",
}
CENTRE = Point(18.125, 105.76)
COMMUNE = next(one for one in communes_of("Hà Tĩnh") if one.code == "18547")
OTHER = Commune("00001", "Khác", "Xã", "Nghệ An")


def told(**changes: object) -> list[tuple[str, str]]:
    """Field and severity of what the rules say of the least household with some changes."""
    household = Household.model_validate({**LEAST, **changes})
    return [(found.field, found.severity.value) for found in check_household(household)]


def test_a_sound_household_passes() -> None:
    """Nothing to say."""
    assert told() == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [("2026-11-01", []), ("2026-11-02", []), ("2026-11-03", [("consent.given", "error")])],
)
def test_consent_is_not_later_than_the_check(given: str, expected: list[tuple[str, str]]) -> None:
    """The same day is fine."""
    assert expected == told(consent={"given": given, "by": "Nguyễn Thị Hường", "how": "paper"})


@each(
    ("consent", "expected"),
    [
        ({}, [("consent.given", "warning")]),
        ({"by": "Nguyễn Thị Hường", "how": "paper"}, [("consent.given", "warning")]),
        ({"given": "2026-10-20", "how": "paper"}, [("consent", "warning")]),
        ({"given": "2026-10-20", "by": "Nguyễn Thị Hường"}, [("consent", "warning")]),
        ({"given": "2026-10-20", "by": "Nguyễn Thị Hường", "how": "nói trực tiếp"}, []),
    ],
)
def test_consent_is_recorded_whole(consent: dict[str, str], expected: list[tuple[str, str]]) -> None:
    """No date means not yet agreed; a date wants a person and a way."""
    assert expected == told(consent=consent)


@pytest.mark.parametrize(
    ("areas", "expected"), [(("60", "40"), []), (("60", "41"), [("garden.area", "warning")])]
)
def test_crops_fit_into_the_garden(areas: tuple[str, str], expected: list[tuple[str, str]]) -> None:
    """Crops may fill the garden, more is doubtful."""
    crops = [{"name": name, "area": area} for name, area in zip(("Bưởi", "Cam bù"), areas, strict=True)]
    assert expected == told(garden={"area": "100", "crops": crops})
    assert told(garden={"crops": crops}) == []


@pytest.mark.parametrize(
    ("year", "expected"), [("2026", []), ("2027", [("garden.crops.1.planted", "warning")])]
)
def test_trees_are_not_planted_in_the_future(year: str, expected: list[tuple[str, str]]) -> None:
    """The year of the check is the last possible."""
    assert expected == told(garden={"crops": [{"name": "Bưởi", "planted": year}]})


def test_a_crop_stands_once() -> None:
    """Accents and case do not make another crop; two kinds of one fruit are two."""
    assert told(garden={"crops": ["Bưởi Phúc Trạch", "Cây lạ", "buoi phuc trach", "Cam bù"]}) == [
        ("garden.crops.3.name", "warning")
    ]
    assert told(garden={"crops": ["Cây lạ", "cây LẠ"]}) == [("garden.crops.2.name", "warning")]


@each(
    ("until", "said"),
    [
        ("2026-11-01", "has expired"),
        ("2026-11-02", "expires soon"),
        ("2027-01-31", "expires soon"),
        ("2027-02-01", None),
    ],
)
def test_ocop_runs_out(until: str, said: str | None) -> None:
    """Warned of from 90 days before; on its last day it is still valid."""
    household = Household.model_validate(
        {**LEAST, "products": ["Mật ong", {"name": "Bưởi", "ocop": {"stars": "4", "until": until}}]}
    )
    found = check_household(household)
    assert (["products.2.ocop.until"] if said else []) == [finding.field for finding in found]
    assert all(said is not None and said in finding.message.en for finding in found)


def test_a_photo_stands_once() -> None:
    """The second is warned of."""
    assert told(photos=["photos/a.jpg", "photos/a.jpg", "photos/b.jpg"]) == [("photos.2", "warning")]


@pytest.mark.parametrize(("first", "second"), [("yes", "no"), ("no", "yes"), (None, "no")])
def test_a_photo_has_people_or_not(first: str | None, second: str) -> None:
    """Said both ways, it would be shown without the tick for faces."""
    photos = [{"file": "photos/a.jpg", "people": people} for people in (first, second)]
    assert told(photos=photos) == [("photos.2", "error")]


@pytest.mark.parametrize(("price", "expected"), [("500", []), ("499", [("products.1.price", "warning")])])
def test_nothing_costs_next_to_nothing(price: str, expected: list[tuple[str, str]]) -> None:
    """Whoever writes 35 means 35.000."""
    assert expected == told(products=[{"name": "Bưởi", "price": price, "unit": "quả"}])


def test_a_low_price_is_suggested_in_thousands() -> None:
    """The likely price is written out."""
    household = Household.model_validate(
        {**LEAST, "products": [{"name": "Bưởi", "price": "35", "unit": "quả"}]}
    )
    (found,) = check_household(household)
    assert (found.message.vi, found.hint.vi) == (
        "Giá 35 đồng?",
        "Có phải là 35.000? Nếu đúng thì viết như vậy.",
    )


@each(
    ("link", "expected"),
    [
        ("https://a.example/042175001234", [("links.1", "error")]),
        ("https://a.example/?cccd=042175001234&x=1", [("links.1", "error")]),
        ("https://a.example/042%20175%20001%20234", [("links.1", "error")]),
        ("https://a.example/042-175-001-234.jpg", [("links.1", "error")]),
        ("https://shopee.vn/shop/183456789/", []),
        ("https://zalo.me/0570012345", []),
        ("https://www.facebook.com/profile.php?id=100042175001234", []),
        ("https://www.google.com/maps/@18.042175001234,105.7", []),
    ],
)
def test_no_identity_number_hides_in_a_link(link: str, expected: list[tuple[str, str]]) -> None:
    """Numbers of shops and pages are left alone."""
    assert expected == told(links=[link])


def test_each_language_of_a_text_is_one_of_the_site() -> None:
    """Stories, directions and captions alike."""
    words = {"vi": "Vườn.", "fr": "Jardin."}
    household = Household.model_validate(
        {
            **LEAST,
            "story": words,
            "location": {"directions": words},
            "photos": ["a.jpg", {"file": "b.jpg", "caption": words}],
        }
    )
    assert [finding.field for finding in check_languages(household, ("vi", "en"))] == [
        "story.fr",
        "location.directions.fr",
        "photos.2.caption.fr",
    ]
    assert list(check_languages(household, ("vi", "fr"))) == []


@pytest.mark.parametrize(
    ("point", "said"),
    [
        (None, None),
        ("18.1261, 105.7612", None),
        ("18.3428, 105.9057", "lies outside Xã Phúc Trạch"),
    ],
)
def test_a_point_lies_in_its_commune(point: str | None, said: str | None) -> None:
    """A point elsewhere is doubtful, no point is not."""
    household = Household.model_validate({**LEAST, "location": {"point": point}})
    found = list(check_place(household, COMMUNE, CENTRE))
    assert [said is not None and said in finding.message.en for finding in found] == [True] * (
        said is not None
    )
    assert all(finding.severity is Severity.WARNING for finding in found)


def test_a_point_is_near_its_village() -> None:
    """More than ten kilometres from the centre is doubtful, in a commune without a known box too."""
    household = Household.model_validate({**LEAST, "location": {"point": "18.1261, 105.7612"}})
    near, far = Point(18.2, 105.7612), Point(18.2261, 105.7612)
    assert list(check_place(household, OTHER, near)) == []
    (found,) = check_place(household, OTHER, far)
    assert found.message.en == "This point is 11 km from the centre of the village."
