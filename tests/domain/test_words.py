"""The closed word lists."""

import pickle
import unicodedata
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.errors import UserError
from vuonho.i18n import Both
from vuonho.model.vocabulary import CONSENT_TICKS, LISTS, Word, WordList
from vuonho.text import fold


@each("name", LISTS)
def test_whatever_is_typed_means_one_word_or_none(name: str) -> None:
    """Key, labels and aliases lead to the word, without accents and in capitals too; no two words fold alike."""
    words = LISTS[name]
    for word in words:
        for typed in word.names:
            spellings = (typed, fold(typed), typed.upper(), unicodedata.normalize("NFD", typed), f" {typed} ")
            assert {words.find(spelling).key for spelling in spellings} == {word.key}
    folded = [{fold(typed) for typed in word.names} for word in words]
    assert not [one & other for one, other in combinations(folded, 2) if one & other]
    shown = [text for word in words for text in word.names] + list(words.name)
    assert len(set(words.keys)) == len(words.words)
    assert [unicodedata.normalize("NFC", text).strip() or "?" for text in shown] == shown
    assert words == pickle.loads(pickle.dumps(words))  # noqa: S301 - as a process hands it to another


def test_a_list_with_two_words_alike_cannot_be_made() -> None:
    """Tạ and tá are one word without accents, so a list refuses to hold both."""
    first, second = Word("tạ", Both("tạ", "100 kg"), "price"), Word("dozen", Both("tá", "dozen"), "price")
    with pytest.raises(ValueError, match="could also mean 'tạ'"):
        WordList(Both("đơn vị", "units"), (first, second))


def test_words_are_found_by_exact_key_only_where_that_is_asked() -> None:
    """A key has its one spelling."""
    assert LISTS["water"].by_key("tap").label == Both("Nước máy", "Tap water")
    with pytest.raises(KeyError):
        LISTS["water"].by_key("Nước máy")


@each(
    ("name", "typed", "key"),
    [
        ("water", "nước máy", "tap"),
        ("water", "Drilled-Well", "drilled_well"),
        ("units", "cân", "kg"),
        ("units", "Trái", "quả"),
        ("titles", "3 sạch", "three_clean"),
        ("village_kinds", "To dan pho", "tổ dân phố"),
        ("kitchen", "bếp gas", "gas"),
        ("activities", "homestay", "homestay"),
        *(("titles", typed, "") for typed in ("5 không", "5 không, 3 sạch", "five_noes")),
        *(("consent_ticks", typed, "") for typed in ("vị trí", "vi tri", "ảnh", "nhà")),
    ],
)
def test_what_people_write_is_understood_or_refused(name: str, typed: str, key: str) -> None:
    """Labels, keys and everyday words.

    What the five noes say of a family is not for the public, and a tick is never guessed from half a name that could
    mean a wider or a narrower permission.
    """
    if key:
        assert LISTS[name].find(typed).key == key
    else:
        with pytest.raises(UserError):
            LISTS[name].find(typed)


def test_an_unknown_word_is_refused_with_what_was_meant_and_what_is_allowed() -> None:
    """The message repeats the word, a long one cut short; the hint suggests only what is near, and lists."""
    with pytest.raises(UserError) as caught:
        LISTS["results"].find("chưa đat rồi")
    assert (caught.value.message, caught.value.hint) == (
        Both("“chưa đat rồi” không có trong danh sách kết quả tiêu chí.",
             "“chưa đat rồi” is not in the list of criterion results."),
        Both("Có phải ý là “Chưa đạt” không? Ghi một trong các từ: Đạt, Chưa đạt, Chưa rõ.",
             "Did you mean “Not met yet”? Use one of: Met, Not met yet, Not known."),
    )  # fmt: skip
    with pytest.raises(UserError) as caught:
        LISTS["results"].find("x" * 500)
    assert caught.value.message.vi.startswith("“" + "x" * 40 + "…” ")
    assert caught.value.hint.vi == "Ghi một trong các từ: Đạt, Chưa đạt, Chưa rõ."


def test_the_keys_of_profiles_are_there() -> None:
    """The words used in the documented example profile, and those that other modules name."""
    expected = {
        "village_kinds": ("thôn", "xóm", "tổ dân phố", "bản", "khối"),
        "consent_how": ("paper", "form", "in_person"),
        "consent_ticks": ("full_name", "phone", "exact_point", "near_point", "faces", "living", "story", "prices", "links", "lane"),
        "criteria": ("planning", "technology", "products", "environment", "income"),
        "results": ("met", "not_met", "unknown"),
    }  # fmt: skip
    examples = {
        "house": "solid", "water": "tap", "electricity": "grid", "toilet": "septic", "kitchen": "clean",
        "waste": "sorted", "internet": "fibre", "model_status": "recognised", "irrigation": "drip", "units": "quả",
    }  # fmt: skip
    assert {name: LISTS[name].keys for name in expected} == expected
    assert {name: LISTS[name].by_key(key).key for name, key in examples.items()} == examples


@given(st.text(max_size=200))
def test_any_text_is_found_or_refused(typed: str) -> None:
    """Hostile input ends in a word or in words."""
    try:
        assert CONSENT_TICKS.find(typed).key in CONSENT_TICKS.keys
    except UserError as refused:
        assert refused.hint.vi  # noqa: PT017 - refused or not
