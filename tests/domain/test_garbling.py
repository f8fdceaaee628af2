"""Garbled Vietnamese is named; sound text of any kind is left in peace."""

import unicodedata
from collections.abc import Callable
from typing import Literal

from hypothesis import assume, given
from hypothesis import strategies as st

from case_kit import each
from vuonho.model.mojibake import diagnose, garbling, is_syllable, letters, may_be_vietnamese
from work_kit import calls

# Every Vietnamese letter with every tone stands in at least one of these syllables.
SYLLABLE_LINES = """
cam lá gà cả xã lạ căn sắt rằm thẳng bẵng nặng cân đất cần cẩn mẫu mật em bé chè vẻ vẽ mẹ
bên bếp về để lễ tệ chim bí mì chỉ nghĩ thị ong có bò cỏ võ cọ công số mồ hổi gỗ cột ơn bơ lớn mơi bờ mở mỡ bợ
chum bún cùng củ cũ cụ trưng sứ từng thử chữ mực yên quý kỳ kỷ kỹ kỵ đi đây Đông đường vườn Hường Nguyễn
hoà hòa thuý thủy khoẻ khỏe quả quốc giếng giữ gì xoài hoẵng nghiêng khuya quýt rượu hươu bưởi chuối ruộng
thuở ngoằn toán loét thuế uống ương yếm ướt êm ấm ôi ở ăn ủ ỷ Ông Ở Ăn Ấp Êm Ướt Đức
"""
SYLLABLES = tuple(SYLLABLE_LINES.split())
TCVN3 = dict(
    zip(
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        strict=True,
    )
)
TONES = {"\u0301": "ùáé", "\u0300": "øàè", "\u0309": "ûåú", "\u0303": "õãü", "\u0323": "ïäë", "": " âê"}
VNI_ALONE = {"đ": "ñ", "ơ": "ô", "ư": "ö", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "í": "í", "ì": "ì"}


def to_tcvn3(text: str) -> str:
    """Return text as the ABC fonts keep it; capitals with tones have no place there and stay."""
    return "".join(TCVN3.get(letter, letter) for letter in text)


def to_vni(text: str) -> str:
    """Return text as the VNI fonts keep it."""
    return "".join(_vni(letter) for letter in text)


def _vni(letter: str) -> str:
    low = letter.lower()
    if low in VNI_ALONE:
        sign = VNI_ALONE[low]
    else:
        base, *marks = list(unicodedata.normalize("NFD", low))
        hats = [mark for mark in marks if mark in "\u0302\u0306\u031b"]
        tone = "".join(mark for mark in marks if mark not in hats)
        kind = 0 if not hats or hats == ["\u031b"] else 1 if hats == ["\u0302"] else 2
        base = {"o": "ô", "u": "ö"}[base] if hats == ["\u031b"] else base
        sign = base + (TONES[tone][kind].strip() if tone in TONES else tone)
    return sign if letter == low else sign.upper()


def to_1258(text: str) -> str:
    """Return text in Windows-1258, its bytes then shown as Windows-1252."""
    spelled = []
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in parts if mark in TONES)
        base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in TONES or not tone))
        spelled.append(letter if letter in "àáèéêùúâôíóăơưđ" else base + tone)
    return "".join(spelled).encode("cp1258").decode("cp1252")


def misread(text: str, *, western: bool) -> str:
    """Return UTF-8 text read as Windows-1252 (its holes as controls) or as Latin-1."""
    holes = b"\x81\x8d\x8f\x90\x9d"
    if not western:
        return text.encode("utf-8").decode("latin-1")
    return "".join(
        chr(byte) if byte in holes else bytes([byte]).decode("cp1252") for byte in text.encode("utf-8")
    )


sentences = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=12).map(" ".join)


@given(sentences, st.booleans(), st.sampled_from([str, str.upper, str.title]))
def test_sound_vietnamese_is_never_accused(text: str, composed: bool, case: Callable[[str], str]) -> None:
    """No sentence of Vietnamese syllables is accused, composed or decomposed, in any case."""
    assert garbling(unicodedata.normalize("NFC" if composed else "NFD", case(text))) is None


@given(st.text(alphabet=sorted(letters()) + list(" .,!?-–“”…()0123456789"), max_size=40))
def test_any_text_gets_an_answer_that_is_stable_under_composition(text: str) -> None:
    """Every text is judged alike in NFC and NFD."""
    nfc, nfd = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert garbling(nfc) == garbling(nfd)


def is_named(garbled: str, code: str, text: str) -> bool:
    """Return whether text is told by its code and corrected, or else reads as Vietnamese in another code too.

    "coâng tröng" is "công trưng" in VNI and, letter for letter, "coõng trửng" in TCVN3.
    """
    found = diagnose(garbled)
    if found is None:
        return False
    right = (found.code, found.corrected) == (code, text)
    return right or (found.code != code and all(is_syllable(word) for word in found.corrected.split()))


def foreign_words(text: str) -> int:
    return sum(len(word) > 1 and not may_be_vietnamese(word) for word in set(text.split()))


OLD_CODES = {"TCVN3": to_tcvn3, "VNI": to_vni, "windows-1258": to_1258}


@given(st.sampled_from(list(OLD_CODES)), sentences)
def test_old_codes_are_named_and_corrected(code: str, text: str) -> None:
    """Two words that a code makes impossible are enough to name it and to give the text back."""
    garbled = OLD_CODES[code](text)
    assume(code != "TCVN3" or max(garbled) < "\u0100")
    assume(foreign_words(garbled) >= 2)
    assert is_named(garbled, code, text)


@given(sentences, st.booleans(), st.booleans())
def test_utf8_read_as_western_text_is_named_and_corrected(text: str, western: bool, twice: bool) -> None:
    """UTF-8 taken for Western letters, once or twice, is named and corrected."""
    assume(not text.isascii())
    garbled = misread(text, western=western)
    garbled = misread(garbled, western=western) if twice else garbled
    found = diagnose(garbled)
    assert found is not None
    assert (found.code, found.corrected) == ("utf-8", text)


@given(sentences)
def test_letters_turned_into_question_marks_are_noticed(text: str) -> None:
    """A syllable with a question mark inside is named as lost, with nothing to suggest."""
    garbled = text.encode("ascii", "replace").decode("ascii")
    assume(any("?" in word[:-1] and word.strip("?").isalpha() is False for word in garbled.split()))
    assume("??" in garbled)
    found = diagnose("H??ng " + garbled)
    assert found is not None
    assert (found.code, found.corrected) == ("lost", "")


GARBLED = {
    "TCVN3": {"NguyÔn ThÞ H\u00adêng": "Nguyễn Thị Hường", "V\u00adên bµ": "Vườn bà", "Cam bï": "Cam bù",
        "C¶i": "Cải"},
    "VNI": {"Vöôøn baø Höôøng": "Vườn bà Hường", "VÖÔØN BAØ HÖÔØNG": "VƯỜN BÀ HƯỜNG",
        "Nguyeãn Vaên": "Nguyễn Văn", "Gaø": "Gà"},
    "windows-1258": {"VýõÌn bà HýõÌng": "Vườn bà Hường"},
    "utf-8": {"VÆ°á»\u009dn bÃ\u00a0 HÆ°á»\u009dng": "Vườn bà Hường",
        "VÆ°á»\u009dn bÃ  HÆ°á»\u009dng": "Vườn bà Hường", "VÆ°á»n bÃ\u00a0 HÆ°á»ng": "", "ÄÃ´ng": "",
        "cÃ¢y á": "cây á", "ba mÃ¡”": "ba má”", "JosÃ©": "José", "Ã”ng": "Ông"},
    "lost": {"V??n b? H??ng": "", "Xóm ?ông": "", "B?i": "", "V\ufffdn": ""},
}  # fmt: skip


@each("code", GARBLED)
def test_known_garblings(code: str) -> None:
    """The garblings seen in real files are named, and corrected where nothing is lost."""
    for text, corrected in GARBLED[code].items():
        found = diagnose(text)
        assert found is not None, text
        assert (found.code, found.corrected) == (code, corrected)


SOUND = """
José|Müller|façade|Ångström|Đặng|naïve|São Paulo|giá piña 35.000 đ|Bạn hỏi gì?|?|Vườn?|a ?? b|gì?Tôi|Loïc
Loïc Tran|Loïc Trần|Thaï Nam|Zoë Chloë|Søren Björk|Häagen-Dazs|crème brûlée à la carte|Ibáñez Muñoz|Curaçao
Übung Straße Köln Größe Mädchen für schön|Hélène, François et Zoé Bézu|Noël à la maison|Bø|Öland
THỊ XÃ”|“THỊ XÃ”|XÃ… à|XÃ\u00a0HỘI|«ba má»…|«José»|Đắk Lắk|50°C|m²|½ sào|10 µm|sợi µm|© An|1–2 kg · 3 €
https://vuon.example/?q=a&b=c|What?Yes|really?no|phương án A? B?|S’mores|CAFÉ®|(?)|??? !|cÓ|xoong|qúy
vườn 10m×20m|5 m×8 m|Mª Carmen|José Müller Bø Lø|cam µ gam
""".replace("\n", "|").strip("|")


@each("form", ["NFC", "NFD"])
@each("text", SOUND.split("|"))
def test_sound_text_is_left_in_peace(text: str, form: Literal["NFC", "NFD"]) -> None:
    """Foreign names, prices, questions, quotes and signs are not accused."""
    assert garbling(unicodedata.normalize(form, text)) is None


def test_a_garbled_part_of_a_sound_text_is_noticed() -> None:
    """Pasting TCVN3 into a good sentence is noticed, and only that part is corrected."""
    found = diagnose("Vườn của bà NguyÔn ThÞ H\u00adêng ở xóm Đông")
    assert found is not None
    assert found.corrected == "Vườn của bà Nguyễn Thị Hường ở xóm Đông"


def test_the_spelling_rules_know_every_syllable() -> None:
    """Every syllable of the tests, in any case, is spelled right by the rules."""
    cases = (*SYLLABLES, *(word.upper() for word in SYLLABLES))
    assert {word for word in cases if not is_syllable(word)} == set()
    assert {word for word in SYLLABLES if not may_be_vietnamese(word)} == set()


@each(
    "word",
    [
        "kèp",
        "Krông",
        "Pưh",
        "vườnn",
        "bàn̂",
        "Josộ",
        "cap",
        "hòạ",
        "f",
        "Mỹller",
        "baù",
        "ngghe",
        "",
        "kợ",
        "cỉ",
        "cuỷ",
        "nghà",
    ],
)
def test_the_spelling_rules_refuse_what_is_no_syllable(word: str) -> None:
    """Foreign spellings, two or misplaced tones, stops without tone, c for k or q; dialect may be Vietnamese all the same."""
    assert not is_syllable(word)
    assert [may_be_vietnamese(name) for name in ("kèp", "Krông", "Pưh")] == [True] * 3


@each("piece", ["a", "ø", "?", "V?", "á»“", "«á»“", "µ ", "aù ", "Ã”", "VNÀ", "\u0303", "ýõ"])
def test_long_text_is_judged_in_its_own_length(piece: str) -> None:
    """Twice the text is at most twice the work, whatever it is made of."""
    short, long = (piece * (length // len(piece)) for length in (25_000, 50_000))
    assert calls(garbling, long) < 2.5 * calls(garbling, short) + 500
