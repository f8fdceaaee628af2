"""Words come back as typed, or the unseen character in them is named."""

import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.errors import UserError
from vuonho.model.values import clean_story, clean_text


def refusal(text: str) -> UserError:
    with pytest.raises(UserError) as caught:
        clean_text(text)
    return caught.value


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_text_is_composed_and_trimmed(form: Literal["NFC", "NFD"]) -> None:
    """Outer space goes, inner space stays, a no-break space reads as a space."""
    typed = unicodedata.normalize(form, " \tVườn  bà\u00a0Hường\u202f!\n")
    assert clean_text(typed) == "Vườn  bà Hường !"


@each("text", ["=1+1", "<script>", "{{ x }}", "Nhà 😀❤️", "“A” và “B”", "5' 6\"", "“", "Bà Hường “út”", ""])
def test_what_looks_odd_is_text(text: str) -> None:
    """Formulas, code, emoji and quotes inside a text are shown as typed."""
    assert clean_text(text) == text


@each(
    ("sign", "vietnamese", "english"),
    [
        ("\t", "dấu tab", "a tab"),
        ("\x07", "ký tự điều khiển", "a control character"),
        ("\x85", "ký tự điều khiển", "a control character"),
        ("\u202e", "ký tự đổi hướng chữ", "a bidirectional control"),
        ("\u2066", "ký tự đổi hướng chữ", "a bidirectional control"),
        ("\u200b", "ký tự không bề rộng", "a zero-width character"),
        ("\u200d", "ký tự không bề rộng", "a zero-width character"),
        ("\ufeff", "ký tự không bề rộng", "a zero-width character"),
        ("\u3164", "ký tự không bề rộng", "a zero-width character"),
        ("\u00ad", "dấu nối mềm", "a soft hyphen"),
        ("\ue000", "ký tự riêng của một phông chữ", "a private-use character of some font"),
        ("\ufffe", "mã không phải là chữ (noncharacter)", "a noncharacter"),
        ("\U0001ffff", "mã không phải là chữ (noncharacter)", "a noncharacter"),
        ("\ud800", "nửa ký tự (surrogate)", "half a character (surrogate)"),
        ("\U000e0041", "ký tự định dạng không nhìn thấy", "an unseen formatting character"),
    ],
)
def test_unseen_characters_are_refused_by_name_and_place(sign: str, vietnamese: str, english: str) -> None:
    """Each kind of unseen character is named, with its code, its place and what stands before it."""
    error = refusal(f"Vườn{sign}bà")
    code = f"U+{ord(sign):04X}"
    assert error.message.vi == f"Có {vietnamese} ({code}) ở vị trí 5, sau “Vườn”."
    assert error.message.en == f"There is {english} ({code}) at character 5, after “Vườn”."
    assert error.hint.vi == "Xóa chỗ ấy rồi gõ lại bằng tay."


def test_a_line_break_belongs_into_stories_only() -> None:
    """A value of one line refuses a line break, a story keeps it and writes it in one way."""
    assert refusal("a\nb").hint.vi == "Viết trên một dòng."
    assert clean_story(" Dòng một\r\nDòng hai\rDòng ba\n\n") == "Dòng một\nDòng hai\nDòng ba"


def test_a_story_is_as_strict_as_a_line() -> None:
    """Unseen characters and garbling are refused in stories too."""
    for text in ("a\nb\u200b c", "V\u00adên bµ\nH\u00adêng", "“Cả chuyện\ntrong ngoặc”"):
        with pytest.raises(UserError):
            clean_story(text)


@each("text", ["“Vườn”", "”Vườn”", "„Vườn“", "‘Vườn’", '“Vườn"', "“ Vườn ”"])
def test_curly_quotes_round_a_value_are_refused(text: str) -> None:
    """Typographic quotes round the whole value are refused, with the value in straight ones suggested."""
    error = refusal(text)
    assert "ngoặc kép cong" in error.message.vi
    assert error.hint.vi == 'Bỏ ngoặc, hoặc dùng ngoặc thẳng: "Vườn"'


def test_garbled_text_is_refused_with_its_reading() -> None:
    """TCVN3 is called TCVN3, though its ư looks like a soft hyphen, and the right reading is suggested."""
    error = refusal("V\u00adên bµ H\u00adêng")
    assert "TCVN3" in error.message.vi
    assert error.hint.vi == "Có phải muốn viết “Vườn bà Hường”? Gõ lại bằng bảng mã Unicode."
    assert refusal("V??n b?").hint.vi == "Gõ lại bằng bảng mã Unicode."


@given(st.text(max_size=60))
def test_what_passes_is_visible_and_passes_again(text: str) -> None:
    """Accepted text is composed, trimmed, on one line, and stays as it is when read again."""
    try:
        clean = clean_text(text)
    except UserError:
        return
    assert clean == clean_text(clean)
    assert clean == unicodedata.normalize("NFC", clean.strip())
    assert {unicodedata.category(sign) for sign in clean}.isdisjoint({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})


@each("piece", ["ở ", "\n", "“", "\u200b", "e\u0301", "😀"])
def test_long_text_is_read_or_refused_in_few_words(piece: str) -> None:
    """A hundred thousand characters make no long message."""
    try:
        clean_story("a" + piece * (100_000 // len(piece)) + "a")
    except UserError as error:
        assert len(error.message.vi) < 200  # noqa: PT017  # refused or not
