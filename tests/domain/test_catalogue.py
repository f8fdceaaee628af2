"""The tables of crops and animals, and finding in them."""

import re
import unicodedata
from collections import Counter
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.model.vocabulary import ANIMALS, CROPS, Known, find_animal, find_crop, find_product
from vuonho.text import key

BINOMIAL = re.compile(r"[A-Z][a-z]+ (?:spp\.|(?:× )?[a-z]+(?:-[a-z]+)?)")
EVERYTHING: tuple[Known, ...] = (*CROPS, *ANIMALS)
TABLES = each("table", [CROPS, ANIMALS], ids=["crops", "animals"])


def _repeated(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def test_the_tables_are_long_enough_to_be_of_use() -> None:
    """Most of what grows and lives in a garden of the province is known."""
    assert len(CROPS) >= 95
    assert len(ANIMALS) >= 24


@TABLES
def test_keys_and_names_are_unique(table: tuple[Known, ...]) -> None:
    """No key and no accented name, English included, stands for two entries."""
    keys = [entry.key for entry in table]
    names = [key(name) for entry in table for name in entry.names]
    assert not _repeated(keys)
    assert not _repeated(names)


def test_every_entry_is_well_formed() -> None:
    """Key in plain letters, binomial name, months ascending within the year, names in NFC."""
    assert {entry.key: faults for entry in EVERYTHING if (faults := _faults(entry))} == {}


def _faults(entry: Known) -> list[object]:
    """Return what of an entry is not as it should be."""
    tidy = tuple(unicodedata.normalize("NFC", name).strip() for name in entry.names)
    judged: list[tuple[bool, object]] = [
        (re.fullmatch("[a-z][a-z0-9_]*", entry.key) is not None, entry.key),
        (BINOMIAL.fullmatch(entry.scientific) is not None, entry.scientific),
        (tuple(sorted(set(entry.months) & set(range(1, 13)))) == entry.months, entry.months),
        (tidy == entry.names and "" not in entry.names, entry.names),
        ((entry.vi, entry.en) == tuple(entry.label), entry.label),
    ]
    return [value for is_right, value in judged if not is_right]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_name_finds_its_own_entry(form: Literal["NFC", "NFD"]) -> None:
    """Vietnamese, English and other names lead home, in capitals too."""
    for find, table in ((find_crop, CROPS), (find_animal, ANIMALS)):
        for entry in table:
            for name in entry.names:
                typed = unicodedata.normalize(form, name)
                assert (entry, entry) == (find(typed), find(f"  {typed.upper()} "))


@each(
    ("typed", "expected"),
    [("Bưởi Phúc Trạch", "pomelo_phuc_trach"), ("buoi phuc trach", "pomelo_phuc_trach"),
     ("Bưỡi phúc trạch", "pomelo_phuc_trach"), ("cam bu", "orange_bu"), ("dừa", "coconut"),
     ("DỨA", "pineapple"), ("dua", None), ("dưa", None), ("tram", None), ("Sến", None), ("Cẩm", None),
     ("sen", "lotus"), ("Cây chè", "tea"), ("cay che", "tea"), ("quả thanh long", "dragon_fruit"),
     ("củ sắn", "cassava"), ("Củ đậu", "jicama"), ("rau mồng tơi", "malabar_spinach"), ("rau dừa", None),
     ("củ dừa", None), ("cây dua", None), ("Hoa hồng", "rose"), ("Hồng", "persimmon"), ("pomelo", "pomelo"),
     ("cây", None), ("", None), ("Gà", None)],
)  # fmt: skip
def test_a_crop_is_found_only_where_the_name_is_certain(typed: str, expected: str | None) -> None:
    """Accents first; without them only what can be one plant; a generic word only where it fits."""
    found = find_crop(typed)
    assert expected == (found.key if found else None)


@each(
    ("typed", "expected"),
    [("Gà thả vườn", "free_range_chicken"), ("ga tha vuon", "free_range_chicken"), ("con bò", "cattle"),
     ("đàn ong", "honeybee"), ("dê", "goat"), ("dế", "cricket"), ("de", None), ("hươu", "sika_deer"),
     ("cá tràu", "snakehead"), ("Chè", None)],
)  # fmt: skip
def test_an_animal_is_found_only_where_the_name_is_certain(typed: str, expected: str | None) -> None:
    """The rules are those of the crops."""
    found = find_animal(typed)
    assert expected == (found.key if found else None)


@each(
    ("name", "months"),
    [("Bưởi Phúc Trạch", (8, 9)), ("Cam Khe Mây", (1, 10, 11, 12)), ("Cam chanh", (9, 10, 11)),
     ("Cam bù", (1, 2, 12)), ("Cam Vũ Quang", ()), ("Hồng Yên Du", ()), ("Chè", ()), ("Lạc", ())],
)  # fmt: skip
def test_known_seasons_are_those_of_the_province(name: str, months: tuple[int, ...]) -> None:
    """Where the press of the province agrees its months stand, elsewhere none."""
    crop = find_crop(name)
    assert crop is not None
    assert months == crop.months


def test_velvet_is_cut_in_spring() -> None:
    """Lunar months 1 to 3 are the solar months 2 to 4."""
    deer = find_animal("Hươu sao")
    assert deer is not None
    february_to_april = (2, 3, 4)
    assert february_to_april == deer.months


@given(st.text(max_size=300))
def test_any_text_is_an_entry_or_none(typed: str) -> None:
    """Nothing typed makes the search fail."""
    assert (find_crop(typed) in {*CROPS, None}, find_animal(typed) in {*ANIMALS, None}) == (True, True)


@each(
    ("name", "key"),
    [("Mật ong hoa bưởi", "honey_pomelo"), ("nhung huou", "velvet"), ("Bưởi Phúc Trạch", "pomelo_phuc_trach"),
     ("Gà thả vườn", "free_range_chicken"), ("Đồ lạ", None)],
)  # fmt: skip
def test_a_product_is_a_known_good_or_a_crop_or_an_animal(name: str, key: str | None) -> None:
    """What a family sells is found among products first, then among crops and animals."""
    found = find_product(name)
    assert key == (found.key if found else None)
