"""Rules that look at several fields of one household, and slips that every type takes."""

from case_kit import each
from vuonho.model.communes import Commune, communes_of
from vuonho.model.household import Household
from vuonho.model.rules import check_household, check_languages, check_place
from vuonho.model.values import Point

AGREED = {"given": "2026-10-20", "by": "Nguyễn Thị Hường", "how": "paper"}
LEAST: dict[str, object] = {
    "code": "482135", "name": "Vườn bà Hường", "consent": AGREED, "location": {}, "garden": {}, "checked": "2026-11-02",
}  # fmt: skip
CENTRE = Point(18.125, 105.76)
COMMUNE = next(one for one in communes_of("Hà Tĩnh") if one.code == "18547")
OTHER = Commune("00001", "Khác", "Xã", "Nghệ An")


def household(**changes: object) -> Household:
    """The least household with some changes."""
    return Household.read({**LEAST, **changes})


def told(**changes: object) -> list[tuple[str, str]]:
    """Field and severity of what the rules say of it."""
    return [(found.field, found.severity.value) for found in check_household(household(**changes))]


def test_a_sound_household_passes() -> None:
    """Nothing to say."""
    assert told() == []


@each(
    ("consent", "expected"),
    [
        (AGREED | {"given": "2026-11-02"}, []),
        (AGREED | {"given": "2026-11-03"}, [("consent.given", "error")]),
        (AGREED | {"given": "2019-11-03"}, [("consent.given", "warning")]),
        ({}, [("consent.given", "warning")]),
        ({"by": "Nguyễn Thị Hường", "how": "paper"}, [("consent.given", "warning")]),
        ({"given": "2026-10-20", "how": "paper"}, [("consent", "warning")]),
        ({"given": "2026-10-20", "by": "Nguyễn Thị Hường"}, [("consent", "warning")]),
        (AGREED | {"how": "nói trực tiếp"}, []),
    ],
)
def test_consent_is_recorded_whole(consent: dict[str, str], expected: list[tuple[str, str]]) -> None:
    """No date means not yet agreed; a date wants a person and a way, and is not later than the check."""
    assert told(consent=consent) == expected


@each(
    ("garden", "fields"),
    [
        ({"area": "100", "crops": [{"name": "Bưởi", "area": "60"}, {"name": "Cam bù", "area": "40"}]}, []),
        ({"area": "100", "crops": [{"name": "Bưởi", "area": "60"}, {"name": "Cam bù", "area": "41"}]}, ["garden.area"]),
        ({"crops": [{"name": "Bưởi", "area": "60"}, {"name": "Cam bù", "area": "41"}]}, []),
        ({"crops": [{"name": "Bưởi", "planted": "2026"}]}, []),
        ({"crops": [{"name": "Bưởi", "planted": "2027"}]}, ["garden.crops.1.planted"]),
        ({"crops": ["Bưởi Phúc Trạch", "Cây lạ", "buoi phuc trach", "Cam bù"]}, ["garden.crops.3.name"]),
        ({"crops": ["Cây lạ", "cây LẠ"]}, ["garden.crops.2.name"]),
    ],
)  # fmt: skip
def test_crops_fit_into_the_garden_and_stand_once(garden: dict[str, object], fields: list[str]) -> None:
    """None is planted after the check; accents and case do not make another crop, two kinds of one fruit are two."""
    assert told(garden=garden) == [(field, "warning") for field in fields]


@each(
    ("until", "said"),
    {"2026-11-01": "has expired", "2026-11-02": "expires soon", "2027-01-31": "expires soon", "2027-02-01": ""}.items(),
)  # fmt: skip
def test_ocop_runs_out(until: str, said: str) -> None:
    """Warned of from 90 days before; on its last day it is still valid."""
    products = ["Mật ong", {"name": "Bưởi", "ocop": {"stars": "4", "until": until}}]
    found = check_household(household(products=products))
    assert [finding.field for finding in found] == (["products.2.ocop.until"] if said else [])
    assert all(said in finding.message.en for finding in found)


@each(
    ("photos", "expected"),
    [
        (["photos/a.jpg", "photos/a.jpg", "photos/b.jpg"], "warning"),
        *(([{"file": "photos/a.jpg", "people": one}, {"file": "photos/a.jpg", "people": two}], "error")
          for one, two in (("yes", "no"), ("no", "yes"), (None, "no"))),
    ],
)  # fmt: skip
def test_a_photo_stands_once_and_has_people_or_not(photos: list[object], expected: str) -> None:
    """Said both ways, it would be shown without the tick for faces."""
    assert told(photos=photos) == [("photos.2", expected)]


@each(
    ("product", "said", "cure"),
    [
        ({"price": "500", "unit": "quả"}, "", ""),
        ({"price": "499", "unit": "quả"}, "Giá 499 đồng?", "Có phải là 499.000? Nếu đúng thì viết như vậy."),
        ({"price": "35000"}, "Giá 35.000 đồng mà chưa ghi cho một gì.", "kg"),
        ({"unit": "kg"}, "", ""),
    ],
)
def test_a_price_is_likely_and_has_its_unit(product: dict[str, str], said: str, cure: str) -> None:
    """Who writes 35 means 35.000; for what? A unit without a price says nothing wrong."""
    found = check_household(household(products=[{"name": "Bưởi", **product}]))
    assert [finding.message.vi for finding in found] == ([said] if said else [])
    assert all(cure in finding.hint.vi for finding in found)


@each(
    ("link", "is_refused"),
    {
        "https://a.example/042175001234": True, "https://a.example/?cccd=042175001234&x=1": True,
        "https://a.example/042%20175%20001%20234": True, "https://a.example/042-175-001-234.jpg": True,
        "https://shopee.vn/shop/183456789/": False, "https://zalo.me/0570012345": False,
        "https://www.facebook.com/profile.php?id=100042175001234": False,
        "https://www.google.com/maps/@18.042175001234,105.7": False,
    }.items(),
)  # fmt: skip
def test_no_identity_number_hides_in_a_link(link: str, is_refused: bool) -> None:
    """Numbers of shops and pages are left alone."""
    assert told(links=[link]) == ([("links.1", "error")] if is_refused else [])


def test_each_language_of_a_text_is_one_of_the_site() -> None:
    """Stories, directions and captions alike."""
    words = {"vi": "Vườn.", "fr": "Jardin."}
    photos = ["a.jpg", {"file": "b.jpg", "caption": words}]
    home = household(story=words, location={"directions": words}, photos=photos)
    fields = [finding.field for finding in check_languages(home, ("vi", "en"))]
    assert fields == ["location.directions.fr", "story.fr", "photos.2.caption.fr"]
    assert list(check_languages(home, ("vi", "fr"))) == []


@each(
    ("point", "commune", "centre", "said"),
    [
        (None, COMMUNE, CENTRE, ""),
        ("18.1261, 105.7612", COMMUNE, CENTRE, ""),
        ("18.3428, 105.9057", COMMUNE, CENTRE, "lies outside Xã Phúc Trạch"),
        ("18.1261, 105.7612", OTHER, Point(18.2, 105.7612), ""),
        ("18.1261, 105.7612", OTHER, Point(18.2261, 105.7612), "is 11 km from the centre of the village."),
    ],
)
def test_a_point_lies_in_its_commune_and_near_its_village(
    point: str | None, commune: Commune, centre: Point, said: str
) -> None:
    """A point elsewhere, or ten kilometres off, is doubtful, in a commune without a known box too."""
    found = list(
        check_place(household(location={"point": point}).location.point, "location.point", commune, centre)
    )
    assert [said in finding.message.en for finding in found] == ([True] if said else [])
    assert {(finding.field, finding.severity.value) for finding in found} <= {("location.point", "warning")}


@each(
    ("kind", "name", "cure"),
    [
        ("crops", "Bưởi Phúc Trạch 60 cây", "Ghi số vào mục “Số cây”, để tên là “Bưởi Phúc Trạch”."),
        ("crops", "Bưởi (60 cây)", "Ghi số vào mục “Số cây”, để tên là “Bưởi”."),
        ("crops", "60 gốc cam bù", "Ghi số vào mục “Số cây”, để tên là “cam bù”."),
        ("crops", "Rau cải 200m2", "Ghi số vào mục “Diện tích”, để tên là “Rau cải”."),
        ("crops", "Lạc, 1,5 sào", "Ghi số vào mục “Diện tích”, để tên là “Lạc”."),
        ("crops", "60 cây", "Ghi số vào mục “Số cây”."),
        ("animals", "Gà thả vườn 100 con", "Ghi số vào mục “Số con”, để tên là “Gà thả vườn”."),
        ("products", "Mật ong 250k", "Ghi số vào mục “Giá”, để tên là “Mật ong”."),
    ],
)
def test_a_number_in_a_name_is_named_with_what_is_left(kind: str, name: str, cure: str) -> None:
    """Trees and areas, heads and hives, money."""
    owner = "" if kind == "products" else "garden."
    (found,) = check_household(household(**({kind: [name]} if not owner else {"garden": {kind: [name]}})))
    assert (found.field, found.hint.vi) == (f"{owner}{kind}.1.name", cure)


CROPS = (
    "Bưởi Phúc Trạch", "Lúa ST25", "Ngô lai F1", "Hoa 10 giờ", "Cỏ VA06", "Chuối tiêu hồng", "Bảy lá một hoa", "Mít 3 đầu",
    "Keo lai BV10", "Cây ăn quả", "Sắn KM94", "Cam 3/2", "Ổi Đài Loan loại 1", "Chè PH1", "Hồng 8 tai", "Đậu 4 mùa",
    "Rau 5 lá", "Lạc L14", "Cây 30 năm", "Khoai 2 da",
)  # fmt: skip
ANIMALS = ("Gà 9 cựa", "Gà ri", "Lợn F1", "Vịt 54", "Ong mật", "Bò 3B", "Dê Bách Thảo", "Cá trắm", "Cá 3 sọc")
PRODUCTS = (
    "Trứng gà vỉ 10 quả", "Mật ong 1 lít", "Kẹo cu đơ 2 cái", "Bưởi loại 1", "Tương 500 ml", "Cam hộp 5 kg", "OCOP 4 sao",
    "Cây giống 2 năm tuổi", "Nước mắm 40 độ", "Gạo ST25 túi 5kg", "Mật ong chai 500 ml",
)  # fmt: skip


def test_plausible_names_are_let_alone() -> None:
    """Forty names with numbers that belong to them."""
    garden = {"crops": list(CROPS), "animals": list(ANIMALS)}
    assert told(garden=garden, products=list(PRODUCTS)) == []


@each(
    ("visits", "fields"),
    [
        ({"hours": "7:00-17:00"}, ["visits.hours"]),
        ({"hours": "7:00-17:00", "welcome": "không"}, ["visits.hours"]),
        ({"hours": "7:00-17:00", "welcome": "có"}, []),
        ({"welcome": "không"}, []),
    ],
)
def test_hours_without_a_welcome(visits: dict[str, str], fields: list[str]) -> None:
    """The page would show hours to nobody."""
    assert told(visits=visits) == [(field, "warning") for field in fields]


def test_lunar_names_are_moved_or_asked_about() -> None:
    """What stands in months by lunar names is read as lunar months; beside others it is an error."""
    crop = {"name": "Bưởi", "months": "Chạp - Giêng"}
    home = household(garden={"crops": [crop]})
    assert (home.garden.crops[0].months, home.garden.crops[0].lunar_months) == (None, (1, 12))
    assert told(garden={"crops": [crop]}) == [("garden.crops.1.months", "warning")]
    assert told(products=[crop | {"lunar_months": "3"}]) == [("products.1.months", "error")]
