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

EACH_LIST = each("words", LISTS.values(), ids=LISTS)


@EACH_LIST
def test_every_name_of_a_word_finds_it(words: WordList) -> None:
    """Key, both labels and aliases lead to the word, without accents and in capitals too."""
    for word in words:
        for name in word.names:
            spellings = (name, fold(name), name.upper(), unicodedata.normalize("NFD", name), f" {name} ")
            assert [word] * len(spellings) == [words.find(spelling) for spelling in spellings]


@EACH_LIST
def test_no_two_words_of_a_list_fold_alike(words: WordList) -> None:
    """Whatever is typed without accents means one word at most."""
    folded = [{fold(name) for name in word.names} for word in words]
    assert not [one & other for one, other in combinations(folded, 2) if one & other]


@EACH_LIST
def test_keys_are_unique_and_text_is_composed(words: WordList) -> None:
    """One word per key; every label and alias is in NFC and not empty."""
    shown = [text for word in words for text in word.names] + list(words.name)
    assert len(set(words.keys)) == len(words.words)
    assert [unicodedata.normalize("NFC", text).strip() for text in shown] == shown
    assert "" not in shown


def test_a_list_with_two_words_alike_cannot_be_made() -> None:
    """Tạ and tá are one word without accents, so a list refuses to hold both."""
    first = Word("tạ", Both("tạ", "100 kg"), "price")
    second = Word("dozen", Both("tá", "dozen"), "price")
    with pytest.raises(ValueError, match="could also mean 'tạ'"):
        WordList(Both("đơn vị", "units"), (first, second))


def test_words_are_found_by_exact_key_only_where_that_is_asked() -> None:
    """A key has its one spelling."""
    assert LISTS["water"].by_key("tap").label == Both("Nước máy", "Tap water")
    with pytest.raises(KeyError):
        LISTS["water"].by_key("Nước máy")


@each(
    ("words", "typed", "key"),
    [("water", "nước máy", "tap"), ("water", "Drilled-Well", "drilled_well"), ("units", "cân", "kg"),
     ("units", "Trái", "quả"), ("titles", "3 sạch", "three_clean"),
     ("village_kinds", "To dan pho", "tổ dân phố"), ("kitchen", "bếp gas", "gas"),
     ("activities", "homestay", "homestay")],
)  # fmt: skip
def test_what_people_write_is_understood(words: str, typed: str, key: str) -> None:
    """Labels, keys and everyday words are accepted."""
    assert key == LISTS[words].find(typed).key


def test_an_unknown_word_is_refused_with_what_was_meant_and_what_is_allowed() -> None:
    """The message repeats the word; the hint suggests and lists."""
    with pytest.raises(UserError) as caught:
        LISTS["results"].find("chưa đat rồi")
    assert (
        Both("“chưa đat rồi” không có trong danh sách kết quả tiêu chí.",
             "“chưa đat rồi” is not in the list of criterion results."),
        Both("Có phải ý là “Chưa đạt” không? Ghi một trong các từ: Đạt, Chưa đạt, Chưa rõ.",
             "Did you mean “Not met yet”? Use one of: Met, Not met yet, Not known."),
    ) == (caught.value.message, caught.value.hint)  # fmt: skip


def test_without_a_near_word_only_the_list_is_given() -> None:
    """Nothing is suggested for a word like none; a long one is cut short."""
    with pytest.raises(UserError) as caught:
        LISTS["results"].find("x" * 500)
    expected = ("Ghi một trong các từ: Đạt, Chưa đạt, Chưa rõ.", "“" + "x" * 40 + "…”")
    assert expected == (caught.value.hint.vi, caught.value.message.vi.partition(" ")[0])


def test_five_noes_are_no_title() -> None:
    """What the five noes say of a family is not for the public."""
    for typed in ("5 không", "5 không, 3 sạch", "five_noes"):
        with pytest.raises(UserError):
            LISTS["titles"].find(typed)


def test_the_keys_of_the_contract_are_there() -> None:
    """The words used in the documented example profile exist."""
    expected = {
        "village_kinds": ("thôn", "xóm", "tổ dân phố", "bản", "khối"),
        "consent_how": ("paper", "form", "in_person"),
        "consent_ticks": ("full_name", "phone", "exact_point", "near_point", "faces", "living", "story",
                          "prices", "links"),
        "criteria": ("planning", "technology", "products", "environment", "income"),
        "results": ("met", "not_met", "unknown"),
    }  # fmt: skip
    examples = {
        "house": "solid", "water": "tap", "electricity": "grid", "toilet": "septic", "kitchen": "clean",
        "waste": "sorted", "internet": "fibre",
        "model_status": "recognised", "irrigation": "drip", "units": "quả",
    }  # fmt: skip
    assert expected == {name: LISTS[name].keys for name in expected}
    assert list(examples.values()) == [LISTS[name].by_key(key).key for name, key in examples.items()]


@given(st.text(max_size=200))
def test_any_text_is_found_or_refused(typed: str) -> None:
    """Hostile input ends in a word or in words."""
    try:
        found = LISTS["units"].find(typed).label.vi
    except UserError as refused:
        found = refused.hint.vi
    assert found.rstrip(".").split(", ")[-1] in LISTS["units"].keys


@EACH_LIST
def test_a_list_can_be_handed_to_another_process(words: WordList) -> None:
    """A list survives the copying that parallel builds do."""
    assert words == pickle.loads(pickle.dumps(words))  # noqa: S301  our own bytes


@each("typed", ["vị trí", "vi tri", "ảnh", "nhà"])
def test_a_tick_is_never_guessed_from_half_a_name(typed: str) -> None:
    """What could mean a wider or a narrower permission is refused: consent is not for guessing."""
    with pytest.raises(UserError):
        CONSENT_TICKS.find(typed)
