"""The comparison of Vietnamese words, and the names that every disk takes."""

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.text import LONGEST, file_stem, fold, free_stem, key, nearest, nfc, place_tones

ALIKE_IN_BOTH_SCHOOLS = (
    "quý quả của giá hoàn xoài khoái huỳnh khuỷu thuở toàn ngoéo quỳ Quỳnh mía thuế hoặc thoắt hóá"
    " hoằng uyển suýt bưởi dừa dứa qua hoa"
)


@each(
    ("newer", "older"),
    [("Yên Hoà", "Yên Hòa"), ("thuý", "thúy"), ("Uỷ ban", "Ủy ban"), ("khoẻ", "khỏe"), ("hoạ", "họa"),
     ("HOÀ", "HÒA"), ("loà xoà, hoà", "lòa xòa, hòa"), ("qúy Qúy", "quý Quý"),
     *((word, word) for word in ALIKE_IN_BOTH_SCHOOLS.split())],
)  # fmt: skip
def test_both_schools_of_tone_placement_become_the_older(newer: str, older: str) -> None:
    """The mark on the second vowel moves to the first, after q to the y; all other syllables keep theirs."""
    assert (place_tones(newer), place_tones(older)) == (older, older)


def test_composition_makes_no_difference_and_key_keeps_accents() -> None:
    """Letters from a Mac (NFD) and from Windows (NFC) compare equal; dừa, dứa and dưa stay three plants."""
    for typed in (nfc("  Thôn ĐÔNG\u00a0 Hoà "), unicodedata.normalize("NFD", "  Thôn ĐÔNG\u00a0 Hoà ")):
        told = (key(typed), fold(typed), place_tones(typed))
        assert told == ("thôn đông hòa", "thon dong hoa", "  Thôn ĐÔNG\u00a0 Hòa ")
    assert [key("Dừa"), key("DỨA"), key("dưa")] == ["dừa", "dứa", "dưa"]


@each(
    ("typed", "folded"),
    [("Bưởi Phúc Trạch", "buoi phuc trach"), ("ĐÀO\tđường\n", "dao duong"), ("ƯƠ ỡ Ẵ", "uo o a"), ("", ""),
     ("\ufeffNa", "na"), ("3 sào", "3 sao")],
)  # fmt: skip
def test_fold_takes_every_accent_off(typed: str, folded: str) -> None:
    """Lower case, no marks, đ as d, single spaces."""
    assert fold(typed) == folded


@given(st.text())
def test_the_forms_are_stable_and_agree(text: str) -> None:
    """Any text gives the same thing once, twice, or after its key; no letter is added, lost or changed by moving tones."""
    placed = place_tones(text)
    assert (fold(fold(text)), place_tones(placed)) == (fold(text), placed)
    assert fold(text) == fold(unicodedata.normalize("NFD", text)) == fold(placed)
    assert sorted(unicodedata.normalize("NFD", text)) == sorted(unicodedata.normalize("NFD", placed))


@each(
    ("typed", "meant"),
    [("nuoc mayy", "Nước máy"), ("giếng khoang", "Giếng khoan"), ("xyz", None), ("", None), ("g" * 90, None)],
)
def test_nearest_suggests_what_was_meant(typed: str, meant: str | None) -> None:
    """A slip of the finger finds the word, something else finds none, and beyond 60 letters nothing is compared."""
    assert nearest(typed, ("Nước máy", "Giếng khoan", "Giếng đào")) == meant
    assert (nearest("g" * 61, ["g" * 61]), nearest("g" * 60, ["g" * 60])) == (None, "g" * 60)


@each(
    ("name", "stem"),
    [("Vườn bà Hường", "vuon-ba-huong"), ("  Đồi chè, ngõ 3/2 ", "doi-che-ngo-3-2"), ("CON", "ho-con"),
     ("Com1", "ho-com1"), ("482135", "ho-482135"), ("🌳", "ho"), ("Village", "ho-village"), ("../../etc", "etc"),
     ("a" * 60, "a" * 50), ("Vườn của gia đình ông bà nội ngoại hai bên sông Ngàn Sâu nước",
                            "vuon-cua-gia-dinh-ong-ba-noi-ngoai-hai-ben-song")],
)  # fmt: skip
def test_the_stem_of_a_name(name: str, stem: str) -> None:
    """Small letters without accents, cut between words; a taken one is numbered from two on."""
    assert file_stem(name) == stem
    assert [free_stem("a", taken) for taken in (set(), {"a"}, {"a", "a-2"})] == ["a", "a-2", "a-3"]


@given(st.text())
def test_any_name_gives_a_stem_for_every_disk(name: str) -> None:
    """Short, plain, and never a device of Windows."""
    stem = file_stem(name)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", stem)
    assert len(stem) <= LONGEST + 3
    assert stem not in {"con", "nul", "lpt1"}
