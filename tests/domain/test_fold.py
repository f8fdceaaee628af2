"""The comparison of Vietnamese words."""

import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.text import fold, key, nearest, nfc, place_tones


@each(
    ("newer", "older"),
    [("Yên Hoà", "Yên Hòa"), ("thuý", "thúy"), ("Uỷ ban", "Ủy ban"), ("khoẻ", "khỏe"), ("hoạ", "họa"),
     ("HOÀ", "HÒA"), ("loà xoà, hoà", "lòa xòa, hòa")],
)  # fmt: skip
def test_both_schools_of_tone_placement_become_the_older(newer: str, older: str) -> None:
    """The mark on the second vowel moves to the first, and the older spelling stays."""
    assert [older, older] == [place_tones(newer), place_tones(older)]


ALIKE_IN_BOTH_SCHOOLS = (
    "quý quả của giá hoàn xoài khoái huỳnh khuỷu thuở toàn ngoéo quỳ Quỳnh mía thuế hoặc thoắt hóá"
    " hoằng uyển suýt bưởi dừa dứa qua hoa"
)


@each("word", ALIKE_IN_BOTH_SCHOOLS.split())
def test_other_syllables_keep_their_marks(word: str) -> None:
    """Syllables that both schools write alike come out as they went in."""
    assert word == place_tones(word)


def test_a_mark_on_the_u_of_qu_moves_to_the_y() -> None:
    """After q the u is part of the consonant."""
    expected = "quý Quý"
    assert expected == place_tones("qúy Qúy")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_composition_makes_no_difference(form: Literal["NFC", "NFD"]) -> None:
    """Letters from a Mac (NFD) and from Windows (NFC) compare equal in every function."""
    text = unicodedata.normalize(form, "  Thôn ĐÔNG\u00a0 Hoà ")
    expected = ("thôn đông hòa", "thon dong hoa", "  Thôn ĐÔNG\u00a0 Hòa ")
    assert expected == (key(text), fold(text), place_tones(text))


@each(
    ("typed", "folded"),
    [("Bưởi Phúc Trạch", "buoi phuc trach"), ("ĐÀO\tđường\n", "dao duong"), ("ƯƠ ỡ Ẵ", "uo o a"), ("", ""),
     ("\ufeffNa", "na"), ("3 sào", "3 sao")],
)  # fmt: skip
def test_fold_takes_every_accent_off(typed: str, folded: str) -> None:
    """Lower case, no marks, đ as d, single spaces."""
    assert folded == fold(typed)


def test_key_keeps_accents() -> None:
    """Dừa, dứa and dưa stay three plants."""
    expected = ["dừa", "dứa", "dưa"]
    assert expected == [key("Dừa"), key("DỨA"), key("dưa")]


@given(st.text())
def test_the_forms_are_stable_and_agree(text: str) -> None:
    """Any text folds to the same thing whether folded once, twice, or after its exact key is taken."""
    assert (fold(text), place_tones(text), nfc(text)) == (
        fold(fold(text)),
        place_tones(place_tones(text)),
        unicodedata.normalize("NFC", text),
    )
    assert fold(text) == fold(unicodedata.normalize("NFD", text)) == fold(place_tones(text))


@given(st.text())
def test_placing_tones_only_moves_marks(text: str) -> None:
    """No letter is added, lost or changed by the placement of tones."""
    before, after = (sorted(unicodedata.normalize("NFD", form)) for form in (text, place_tones(text)))
    assert before == after


@each(
    ("typed", "meant"),
    [("nuoc mayy", "Nước máy"), ("giếng khoang", "Giếng khoan"), ("xyz", None), ("", None), ("g" * 90, None)],
)
def test_nearest_suggests_what_was_meant(typed: str, meant: str | None) -> None:
    """A slip of the finger finds the word, something else finds none."""
    assert meant == nearest(typed, ("Nước máy", "Giếng khoan", "Giếng đào"))


def test_nearest_leaves_long_text_alone() -> None:
    """Text beyond 60 letters is no slip of the finger, and comparing it would take long."""
    long = "g" * 61
    assert (None, long[1:]) == (nearest(long, [long]), nearest(long[1:], [long[1:]]))
