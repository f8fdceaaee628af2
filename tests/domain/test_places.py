"""Today's provinces and communes, and yesterday's names."""

import unicodedata
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.errors import UserError
from vuonho.i18n import NOTHING
from vuonho.model.communes import (
    Commune,
    communes,
    communes_of,
    find_commune,
    find_province,
    name_trap,
    outside,
    provinces,
    unknown_province,
)
from vuonho.model.values import Point

HA_TINH = "Hà Tĩnh"


def known(typed: str, province: str = HA_TINH) -> Commune:
    commune, said = find_commune(typed, province)
    assert said is None, said
    return commune


def doubt(typed: str, own: tuple[Commune, ...] = ()) -> SimpleNamespace:
    _, said = find_commune(typed, HA_TINH, own)
    assert said is not None, typed
    message, hint = said
    return SimpleNamespace(vi=f"{message.vi} {hint.vi}", en=f"{message.en} {hint.en}")


def test_the_province_has_its_69_units() -> None:
    """Hà Tĩnh has 60 communes and 9 wards, each with a box of its own."""
    units = communes_of(HA_TINH)
    assert [sum(unit.kind == kind for unit in units) for kind in ("Xã", "Phường")] == [60, 9]
    assert all(
        unit.box and unit.box.south < unit.box.north and unit.box.west < unit.box.east for unit in units
    )


def test_the_country_has_its_3321_units() -> None:
    """Every unit has a code of its own, one of the three kinds and one of the 34 provinces; names stand in NFC."""
    units = communes()
    assert (len(units), len({unit.code for unit in units})) == (3321, 3321)
    assert {unit.kind for unit in units} == {"Xã", "Phường", "Đặc khu"}
    assert {unit.province for unit in units} == {province.name for province in provinces()}
    assert [
        one for one in units if one.full_name != " ".join(unicodedata.normalize("NFC", one.full_name).split())
    ] == []


@each(
    ("typed", "code"),
    [
        *(
            (typed, "18547")
            for typed in ("Xã Phúc Trạch", "Phúc Trạch", "18547", "XÃ  PHÚC TRẠCH ", "Xã\u00a0Phúc Trạch")
        ),
        *((typed, "18682") for typed in ("Xã Yên Hoà", "Xã Yên Hòa", "yên hoà")),
    ],
)
def test_ways_to_write_a_commune(typed: str, code: str) -> None:
    """The full name, the name alone and the code, in any case, in NFC or NFD, its tone mark on either vowel."""
    found = {known(unicodedata.normalize(form, typed)).code for form in ("NFC", "NFD")}
    assert found == {code}


@each(
    ("typed", "said"),
    [
        ("phuc trach", "Write: Xã Phúc Trạch."),
        ("Xã Phúc Trach", "Write: Xã Phúc Trạch."),
        ("Phường Phúc Trạch", "Write: Xã Phúc Trạch."),
        ("Xã Thành Sen", "Write: Phường Thành Sen."),
        ("Huyện Hương Khê", "districts ended on 1 July 2025"),
        ("Thị xã Kỳ Anh", "districts ended on 1 July 2025"),
        ("thanh pho Ha Tinh", "districts ended on 1 July 2025"),
        ("Xã Phúc Trạch, huyện Hương Khê", "Write only: Xã Phúc Trạch."),
        ("Xã Kim Liên", "not in Hà Tĩnh but in Nghệ An"),
        ("00070", "“Phường Hoàn Kiếm” is not in Hà Tĩnh but in Hà Nội"),
        ("Xã Hương Trạch", "is an older name; it is in Xã Phúc Trạch now. Write: Xã Phúc Trạch."),
        ("hương trạch", "it is in Xã Phúc Trạch now"),
        ("Huong Trach", "it is in Xã Phúc Trạch now"),
        ("Xã Hương Trạch", "The old name may come later, in `former` of village.yaml"),
        ("Phường Đại Nài", "it is in Phường Thành Sen or Phường Hà Huy Tập now"),
        ("Thị trấn Hương Khê", "it is in Xã Hương Khê now"),
        ("Xã Phúc Trạck", "none of the 69 communes"),
        ("Xã Phúc Trạck", "Is it Xã Phúc Trạch?"),
        ("Xã Phúc Trạck", "a line in words/communes.csv ends this warning"),
        ("", "none of the 69 communes"),
    ],
)
def test_each_mistake_has_its_own_answer(typed: str, said: str) -> None:
    """A wrong kind, a district, a longer address, another province, an old name, a slip: each is told."""
    assert said in doubt(typed).en


def test_a_name_that_is_not_known_stays_as_it_was_typed() -> None:
    """The commune of a name given after us is of that name, and of no extent."""
    commune, _ = find_commune("  Xã   Hương Phúc ", HA_TINH)
    assert (commune.full_name, commune.code, commune.box) == ("Xã Hương Phúc", "", None)


@pytest.mark.parametrize(
    ("code", "said"), [("99999", "No commune"), ("18548", "Is it 18547 (Xã Phúc Trạch)?")]
)
def test_a_code_that_nobody_knows_is_refused(code: str, said: str) -> None:
    """A number says nothing to a reader, so it cannot be shown; the code beside it is named."""
    with pytest.raises(UserError) as caught:
        find_commune(code, HA_TINH)
    assert said in f"{caught.value.message.en} {caught.value.hint.en}"


def test_a_row_of_the_project_replaces_that_of_the_table() -> None:
    """A commune that was renamed is found by its new name and its code, and the name until then leads to it."""
    renamed = Commune("18547", "Hương Phúc", "Xã", HA_TINH, former=("Xã Phúc Trạch",))
    for typed in ("Xã Hương Phúc", "hương phúc", "18547"):
        assert find_commune(typed, HA_TINH, (renamed,)) == (renamed, None)
    assert "it is in Xã Hương Phúc now" in doubt("Xã Phúc Trạch", (renamed,)).en


def test_a_row_of_the_project_may_bring_a_province() -> None:
    """A province that is merged or renamed after us is known by the rows that name it; a code stays good in any."""
    moved = Commune("", "Phúc Trạch", "Xã", "Nghệ Tĩnh")
    assert unknown_province("Nghệ Tĩnh") is not None
    assert unknown_province("nghệ tĩnh", (moved,)) is None
    assert find_commune("Xã Phúc Trạch", "Nghệ Tĩnh", (moved,)) == (moved, None)
    assert find_commune("18547", "Nghệ Tĩnh")[0].full_name == "Xã Phúc Trạch"


def test_a_namesake_elsewhere_is_not_taken() -> None:
    """Six names occur in other provinces too: the project's province decides."""
    twins = [known("Xã Hương Sơn", where) for where in (HA_TINH, "Hà Nội")]
    assert [(HA_TINH, "18133"), ("Hà Nội", twins[1].code)] == [(twin.province, twin.code) for twin in twins]
    assert twins[0].code != twins[1].code
    assert {known(f"Xã Cư M{sign}gar", "Đắk Lắk").kind for sign in "'’"} == {"Xã"}


@given(st.text(max_size=200))
def test_any_text_is_known_or_doubted(typed: str) -> None:
    """Whatever is typed is a commune that is known, or there is something to say of it in both languages."""
    try:
        commune, said = find_commune(typed, HA_TINH)
    except UserError as error:
        commune, said = None, (error.message, error.hint)
    assert all(map(all, said)) if said else commune in communes_of(HA_TINH)


def test_a_province_as_people_write_it() -> None:
    """With or without its kind; one merged in 2025 and a name without accents are refused with the right one."""
    for typed, name in {
        "Hà Tĩnh": "Hà Tĩnh", "tỉnh hà tĩnh": "Hà Tĩnh", "TP Huế": "Huế", "TP. Hồ Chí Minh": "Hồ Chí Minh",
        "Thanh Hoá": "Thanh Hóa", "Thành phố Bắc Ninh": "Bắc Ninh",
    }.items():  # fmt: skip
        assert find_province(typed) == name
    for typed, said in {
        "Quảng Bình": "Write: Quảng Trị.",
        "Ha Tinh": "Is it Hà Tĩnh?",
        "??": "accents",
    }.items():
        with pytest.raises(UserError) as caught:
            find_province(typed)
        assert said in caught.value.hint.en


def test_63_provinces_became_34() -> None:
    """Every abolished province leads to one of today's 34."""
    today = {province.name for province in provinces()}
    ended = [old for province in provinces() for old in province.former]
    assert [len(today), len(set(ended)), len(ended)] == [34, 29, 29]
    assert not today & set(ended)


def test_every_older_name_of_the_province_leads_on() -> None:
    """The 209 units until 2025 are today's by their name, or an older name of one or more; two names were given anew."""
    units = communes_of(HA_TINH)
    older = {name for unit in units for name in unit.former}
    assert len(older) == 175
    assert older & {unit.full_name for unit in units} == {"Phường Trần Phú", "Phường Hà Huy Tập"}


def test_a_point_and_its_commune() -> None:
    """A point inside, or within the margin, is not outside; one further off is, by so many metres."""
    commune = known("18547")
    assert commune.box is not None
    south = commune.box.south
    inside, close, far = (Point(south + step, 105.76) for step in (0.01, -0.009, -0.02))
    assert [outside(commune, point) for point in (inside, close)] == [None, None]
    assert outside(commune, far) == pytest.approx(1112, abs=2)
    assert outside(commune, close, margin_deg=0) == pytest.approx(1001, abs=2)


def test_a_commune_without_a_box() -> None:
    """Nothing is said of communes whose extent is not known."""
    assert outside(known("00070", "Hà Nội"), Point(18.125, 105.76)) is None


def test_wards_that_took_an_older_name() -> None:
    """Trần Phú and Hà Huy Tập are other places today, and that is said of these two only."""
    trapped = [unit.full_name for unit in communes_of(HA_TINH) if name_trap(unit) != NOTHING]
    assert trapped == ["Phường Trần Phú", "Phường Hà Huy Tập"]
    assert "Phường Thành Sen" in name_trap(known("Phường Trần Phú")).vi
