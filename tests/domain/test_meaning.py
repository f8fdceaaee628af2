"""What is typed in two ways and means one thing."""

from case_kit import each
from vuonho.model.outline import is_nothing, same


@each(
    ("path", "one", "other"),
    [
        ("garden.area", "1.800 m2", "1800"),
        ("garden.area", "3 sào", "1500"),
        ("checked", "2026-11-02", "2/11/2026"),
        ("contact.phone", "0570 012 345", "+84570012345"),
        ("location.point", "18.1261, 105.7612", "18,1261 105,7612"),
        ("living.water", "tap", "Nước máy"),
        ("visits.welcome", "có", "true"),
        ("consent.publish", ["phone", "story"], ["story", "phone"]),
        ("garden.crops.months", "8-9", ["8", "9"]),
        ("garden.crops", ["Bưởi"], [{"name": "Bưởi"}]),
        ("story", "Chuyện", {"vi": " Chuyện "}),
        ("story.en", "A  story", "A story"),
        ("contact.phone", "điên thoại  hỏng", "điên thoại hỏng"),
        ("name", "Vườn bà Hường", "Vườn bà Hường"),
        ("garden", {}, None),
        ("nonsense", "1", " 1 "),
    ],
)
def test_the_same(path: str, one: object, other: object) -> None:
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
def test_not_the_same(path: str, one: object, other: object) -> None:
    """Order counts where it is shown, and so do capitals."""
    assert not same(tuple(path.split(".")), one, other)


@each("value", [None, "", "  ", [], {}, {"vi": None}, [""], {"a": {"b": [None]}}])
def test_nothing_is_nothing(value: object) -> None:
    """However it is written."""
    assert is_nothing(value)
    assert not is_nothing({"a": value, "b": "x"})
