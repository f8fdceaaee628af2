"""Today's provinces and communes, and yesterday's names."""

import subprocess
import sys
import unicodedata
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuonho.bilingual import NOTHING, Text
from vuonho.domain.places.boxes import BOXES
from vuonho.domain.places.communes import (
    Commune,
    communes_of,
    find_commune,
    find_province,
    name_trap,
    outside,
    provinces,
)
from vuonho.domain.places.said import ABOLISHED
from vuonho.domain.values import Point
from vuonho.errors import Refused

HA_TINH = "Hà Tĩnh"
PHUC_TRACH = Commune("18547", "Phúc Trạch", "xã", "Xã Phúc Trạch", HA_TINH)


def refusal(typed: str, province: str = HA_TINH) -> SimpleNamespace:
    with pytest.raises(Refused) as caught:
        find_commune(typed, province)
    message, hint = caught.value.message, caught.value.hint
    return SimpleNamespace(vi=f"{message.vi} {hint.vi}", en=f"{message.en} {hint.en}")


def test_the_province_has_its_69_units() -> None:
    """Hà Tĩnh has 60 communes and 9 wards, each with a box of its own."""
    units = communes_of(HA_TINH)
    assert [sum(unit.kind == kind for unit in units) for kind in ("xã", "phường")] == [60, 9]
    assert [unit.code for unit in units] == [box.code for box in BOXES]


@pytest.mark.parametrize(
    "typed",
    ["Xã Phúc Trạch", "Phúc Trạch", "18547", "xã phúc trạch", "XÃ  PHÚC TRẠCH ", "Xã\u00a0Phúc Trạch"],
)
def test_ways_to_write_a_commune(typed: str) -> None:
    """The full name, the name alone and the code are one commune, in any case and in NFC or NFD."""
    found = [find_commune(unicodedata.normalize(form, typed), HA_TINH) for form in ("NFC", "NFD")]
    assert found == [PHUC_TRACH, PHUC_TRACH]


@pytest.mark.parametrize("typed", ["Xã Yên Hoà", "Xã Yên Hòa", "yên hoà"])
def test_the_tone_mark_may_stand_on_either_vowel(typed: str) -> None:
    """Hoà and hòa are one name, whichever the official list writes."""
    assert find_commune(typed, HA_TINH).code == "18682"


@pytest.mark.parametrize("typed", ["phuc trach", "Xa Phuc Trach", "Xã Phúc Trach"])
def test_missing_accents_are_not_mended_silently(typed: str) -> None:
    """A name without its accents is refused with the right one."""
    assert "Hãy ghi: Xã Phúc Trạch." in refusal(typed).vi


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Phường Phúc Trạch", "Write: Xã Phúc Trạch."),
        ("Xã Thành Sen", "Write: Phường Thành Sen."),
        ("Huyện Hương Khê", "districts ended on 1 July 2025"),
        ("Thị xã Kỳ Anh", "districts ended on 1 July 2025"),
        ("thanh pho Ha Tinh", "districts ended on 1 July 2025"),
        ("Xã Phúc Trạch, huyện Hương Khê", "Write only: Xã Phúc Trạch."),
        ("Xã Kim Liên", "not in Hà Tĩnh but in Nghệ An"),
        ("00070", "“Phường Hoàn Kiếm” is not in Hà Tĩnh but in Hà Nội"),
        ("Xã Hương Trạch", "it may have become part of another commune"),
        ("Xã Hương Trạch", "the old one may come later, in `former` of village.yaml"),
        ("Thị trấn Hương Khê", "A name like it: Xã Hương Khê."),
        ("Xã Phúc Trạck", "A name like it: Xã Phúc Trạch."),
        ("99999", "none of the 69 communes"),
        ("", "none of the 69 communes"),
    ],
)
def test_each_mistake_has_its_own_answer(typed: str, said: str) -> None:
    """A wrong kind, a district, a longer address, another province, an old name, a slip: each is told."""
    assert said in refusal(typed).en


def test_a_namesake_elsewhere_is_not_taken() -> None:
    """Six names occur in other provinces too: the project's province decides."""
    twins = [find_commune("Xã Hương Sơn", where) for where in (HA_TINH, "Hà Nội")]
    assert [(HA_TINH, "18133"), ("Hà Nội", twins[1].code)] == [(twin.province, twin.code) for twin in twins]
    assert twins[0].code != twins[1].code


@pytest.mark.parametrize("sign", ["'", "’"])
def test_names_with_an_apostrophe(sign: str) -> None:
    """Names of the highlands may be typed with either apostrophe."""
    assert find_commune(f"Xã Cư M{sign}gar", "Đắk Lắk").kind == "xã"


@given(st.text(max_size=200))
def test_any_text_is_a_commune_or_refused(typed: str) -> None:
    """Whatever is typed, the answer is a commune or a refusal in both languages."""
    try:
        said = Text(find_commune(typed, HA_TINH).province, "Ha Tinh")
    except Refused as error:
        said = error.message if all(error.hint) else NOTHING
    assert all(said)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Hà Tĩnh", "Hà Tĩnh"),
        ("tỉnh hà tĩnh", "Hà Tĩnh"),
        ("TP Huế", "Huế"),
        ("TP. Hồ Chí Minh", "Hồ Chí Minh"),
        ("Thanh Hoá", "Thanh Hóa"),
    ],
)
def test_ways_to_write_a_province(typed: str, name: str) -> None:
    """A province may be written with or without its kind."""
    assert find_province(typed).name == name


@pytest.mark.parametrize(
    ("typed", "said"), [("Quảng Bình", "Write: Quảng Trị."), ("Ha Tinh", "Is it Hà Tĩnh?"), ("??", "accents")]
)
def test_a_province_that_is_not(typed: str, said: str) -> None:
    """A province merged in 2025 and a name without accents are refused with the right one."""
    with pytest.raises(Refused) as caught:
        find_province(typed)
    assert said in caught.value.hint.en


def test_63_provinces_became_34() -> None:
    """Every abolished province leads to one of today's 34."""
    today = {province.name for province in provinces()}
    assert [len(today), len(dict(ABOLISHED))] == [34, 29]
    assert {new for _, new in ABOLISHED} <= today
    assert not {old for old, _ in ABOLISHED} & today


def test_a_point_and_its_commune() -> None:
    """A point inside, or within the margin, is not outside; one further off is, by so many metres."""
    south = next(box for box in BOXES if box.code == "18547").south
    inside, close, far = (Point(south + step, 105.76) for step in (0.01, -0.009, -0.02))
    assert [outside("18547", point) for point in (inside, close)] == [None, None]
    assert outside("18547", far) == pytest.approx(1112, abs=2)
    assert outside("18547", close, margin_deg=0) == pytest.approx(1001, abs=2)


def test_a_commune_without_a_box() -> None:
    """Nothing is said of communes whose extent is not known."""
    assert outside("00070", Point(18.125, 105.76)) is None


def test_wards_that_took_an_older_name() -> None:
    """Trần Phú and Hà Huy Tập are other places today, and that is said of these two only."""
    trapped = [unit.full_name for unit in communes_of(HA_TINH) if name_trap(unit) != NOTHING]
    assert trapped == ["Phường Trần Phú", "Phường Hà Huy Tập"]
    assert "Phường Thành Sen" in name_trap(find_commune("Phường Trần Phú", HA_TINH)).vi


def test_the_list_of_communes_is_loaded_only_when_asked() -> None:
    """Importing the module does not load the country's communes, which takes longer than many a command."""
    asked = "import sys, vuonho.domain.places.communes; print('vietnam_provinces' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "False"
