"""What "complete" means: each mark, to whom it applies, and how the percent comes about."""

from case_kit import each
from vuonho.model.household import Household
from vuonho.status.model import completeness

WHOLE: dict[str, object] = {
    "code": "482135",
    "name": "Vườn bà Hường",
    "consent": {"given": "2026-10-20", "by": "Nguyễn Thị Hường", "how": "paper"},
    "location": {"address": "Xóm Đông"},
    "garden": {"area": "1800", "crops": ["Bưởi Phúc Trạch"]},
    "photos": [{"file": "photos/1.jpg", "people": "no"}],
    "checked": "2026-11-02",
}
NOTHING: dict[str, object] = WHOLE | {"consent": {}, "location": {}, "garden": {}, "photos": []}


def judged(values: dict[str, object], *, has_code: bool = True) -> tuple[list[str], int]:
    """Return (keys of what is lacking, percent)."""
    lacks, percent = completeness(Household.read(values), has_code=has_code)
    return [lack.key for lack in lacks], percent


def ticked(*ticks: str) -> dict[str, object]:
    """Return a consent with these ticks."""
    return {"consent": {"given": "2026-10-20", "by": "Ai Đó", "how": "paper", "publish": list(ticks)}}


def test_a_whole_profile_lacks_nothing() -> None:
    """And neither point, phone, story, nor anything else that the family did not tick is missed."""
    assert judged(WHOLE) == ([], 100)


def test_the_least_profile_lacks_the_most() -> None:
    """Of seven marks that apply the code alone is there."""
    assert judged(NOTHING) == (["consent", "address", "area", "growing", "photo"], 16)
    assert judged(NOTHING, has_code=False) == (
        ["code", "consent", "address", "area", "growing", "photo"], 0,
    )  # fmt: skip


@each(
    ("changes", "expected"),
    [
        ({"consent": {}}, ["consent"]),
        ({"consent": {"given": "2026-10-20", "how": "paper"}}, ["record"]),
        ({"consent": {"given": "2026-10-20", "by": "Ai Đó"}}, ["record"]),
        ({"location": {}}, ["address"]),
        ({"garden": {"crops": ["Bưởi Phúc Trạch"]}}, ["area"]),
        ({"garden": {"area": "100"}}, ["growing"]),
        ({"garden": {"area": "100", "animals": ["Gà"]}}, []),
        ({"garden": {"area": "100", "crops": ["Cây lạ hoắc"]}}, ["season"]),
        ({"garden": {"area": "100", "crops": [{"name": "Cây lạ hoắc", "months": ["5"]}]}}, []),
        ({"garden": {"area": "100", "crops": [{"name": "Cây lạ hoắc", "lunar_months": ["5"]}]}}, []),
        ({"garden": {"area": "100", "crops": ["Cây lạ hoắc", "Bưởi Phúc Trạch"]}}, []),
        ({"photos": []}, ["photo"]),
        ({"photos": ["photos/1.jpg"]}, ["faces"]),
        ({"photos": [{"file": "photos/1.jpg", "people": "có"}]}, ["faces"]),
        ({"photos": ["photos/1.jpg"]} | ticked("faces"), []),
        ({"photos": []} | ticked("faces"), ["photo"]),
        (ticked("exact_point"), ["point"]),
        (ticked("near_point"), ["point"]),
        (ticked("near_point") | {"location": {"address": "Xóm", "point": "18.12, 105.76"}}, []),
        (ticked("phone"), ["phone"]),
        (ticked("phone") | {"contact": {"phone": "0570 111 222"}}, []),
        (ticked("full_name"), ["head"]),
        (ticked("full_name") | {"head": "Nguyễn Thị Hường"}, []),
        (ticked("living"), ["living"]),
        (ticked("living") | {"living": {"people": "5"}}, []),
        (ticked("story"), ["story"]),
        (ticked("story") | {"story": "Ngày xưa…"}, []),
        (ticked("prices"), []),
        (ticked("prices") | {"products": ["Bưởi"]}, ["price"]),
        (ticked("prices") | {"products": [{"name": "Bưởi", "price": "35000"}]}, []),
        (ticked("links"), []),
    ],
)
def test_each_mark(changes: dict[str, object], expected: list[str]) -> None:
    """One change, one lack; what is ticked is to be there, but for links, and prices where nothing is sold."""
    assert judged({**WHOLE, **changes})[0] == expected


def test_only_a_complete_profile_has_100_percent() -> None:
    """The percent is rounded down."""
    lacks, percent = completeness(Household.read(WHOLE | ticked("phone", "story", "living")), has_code=True)
    assert (len(lacks), percent) == (3, 72)


def test_lacks_are_called_as_the_schema_calls_the_field() -> None:
    """In both languages, ready to stand after "thiếu"."""
    lacks, _ = completeness(Household.read(WHOLE | ticked("phone") | {"location": {}}), has_code=True)
    assert [tuple(lack.words) for lack in lacks] == [("địa chỉ", "address"), ("số điện thoại", "phone")]


def test_a_photo_of_which_nobody_said_whether_people_are_in_it_says_why() -> None:
    """It counts as having some, and that is told; where it was answered, it is not."""
    unsaid, said = (
        completeness(Household.read({**WHOLE, "photos": [photo]}), has_code=True)[0][0].words.vi
        for photo in ("photos/1.jpg", {"file": "photos/1.jpg", "people": "có"})
    )
    assert unsaid == "ảnh ghi rõ là không có người"
    assert said == "ảnh không có người"
