"""Vietnamese text that lost its letters on the way, called by the name of what happened to it."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from vuonho.i18n import Text

# --- Which words can be Vietnamese: every syllable is an onset, a rime and one of six tones ---

_ONSETS = "ngh ch gh gi kh ng nh ph qu th tr b c d đ g h k l m n p r s t v x"
_RIMES = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu y ych ynh yt yp yêm yên yêng yêt yêu
    o oc oi om on ong op ot oong ooc oa oac oach oai oam oan oang oanh oao oap oat oay
    oăc oăm oăn oăng oăt oe oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơc ơi ơm ơn ơng ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uên uêch uênh uơ uôc uôi uôm uôn uông uôt
    uy uya uych uyn uynh uyp uyt uyu uyên uyêt
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
"""
_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_SHARP_TONES = ("\u0301", "\u0323")
_MARKED = "ăâêôơư"
_VOWELS = frozenset("aeiouy" + _MARKED)


def _places(rime: str) -> tuple[int, ...]:
    """Return where the tone mark of a rime may stand: one place, or two for open oa, oe, uy."""
    marked = [place for place, letter in enumerate(rime) if letter in _MARKED]
    if marked:
        return (marked[-1],) if rime[:2] in ("ươ", "uơ") or len(marked) == 1 else (marked[0],)
    vowels = sum(letter in _VOWELS for letter in rime)
    if rime in ("oa", "oe", "uy"):
        return (0, 1)
    return (1,) if vowels > 1 and (rime[:2] in ("oa", "oe", "oo", "uy")) else (0,)


def _toned(rime: str, tones: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        unicodedata.normalize("NFC", rime[: place + 1] + tone + rime[place + 1 :])
        for place in _places(rime)
        for tone in tones
    )


@cache
def _spelled() -> frozenset[str]:
    """Return every rime with every tone it can carry: a rime closed by c, ch, p, t takes two only."""
    return frozenset().union(
        *(
            _toned(rime, _SHARP_TONES if rime.endswith(("c", "ch", "k", "p", "t")) else _TONES)
            for rime in _RIMES.split()
        )
    )


@cache
def _vowel_letters() -> frozenset[str]:
    return frozenset(unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES)


@cache
def letters() -> frozenset[str]:
    """Return every letter that Vietnamese or English words are written with, in both cases, NFC."""
    lower = _vowel_letters() | set("đabcdefghijklmnopqrstuvwxyz")
    return lower | {letter.upper() for letter in lower}


def _splits(word: str) -> tuple[tuple[str, str], ...]:
    """Return (onset, rime) for each onset that a word in small letters can have, none included."""
    splits = [(onset, word[len(onset) :]) for onset in _ONSETS.split() if word.startswith(onset)]
    if word.startswith("g") and unicodedata.normalize("NFD", word[1:2]).startswith("i"):
        splits.append(("gi", word[1:]))  # in "gì" and "giếng" the i belongs to both
    return (*splits, ("", word))


def _fit(onset: str, rime: str) -> bool:
    """Return whether an onset is spelled so before a rime: k, gh, ngh stand before e, ê, i, y only.

    There c, g and ng may not stand; nor c before the glide of "quan", "quê", "quy".
    """
    bare = "".join(unicodedata.normalize("NFD", letter)[0] for letter in rime[:2])
    if onset in ("k", "gh", "ngh"):
        return bare[0] in "eiy"
    if onset in ("c", "g", "ng") and bare[0] in "eiy":
        return False
    return onset != "c" or (bare not in ("oa", "oe", "uy", "ue") and not rime.startswith(("uâ", "uơ")))


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Return whether an NFC word, in any case, is spelled as a Vietnamese syllable."""
    if len(word) > 7:
        return False
    spelled = _spelled()
    return any(rime in spelled and _fit(onset, rime) for onset, rime in _splits(word.lower()))


def may_be_vietnamese(word: str) -> bool:
    """Return whether an NFC word may stand in good Vietnamese text: a syllable, or nearly one.

    Milder than `is_syllable`, for judging what was typed rather than what is guessed: any one vowel
    between consonants will do, so that dialect, names and slips of the tone are not suspected.
    """
    if not letters().issuperset(word):
        return False
    if is_syllable(word):
        return True
    vowels = _vowel_letters()
    return sum(letter in vowels for letter in word.lower()) <= 1


# --- Vietnamese text that lost its letters on the way, called by the name of what happened to it ---


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What happened to a text: the code or accident by name, and the text corrected, or "" if it is lost."""

    code: str
    name: Text
    corrected: str


def garbling(text: str) -> Text | None:
    """Return the name of the accident that garbled a text, as a sentence, or None for a sound text."""
    return found.name if (found := diagnose(text)) else None


def diagnose(text: str) -> Diagnosis | None:
    """Return what garbled a text and how it should read, or None for a sound text in NFC or NFD."""
    if text.isascii() and "?" not in text:
        return None
    text = unicodedata.normalize("NFC", text)
    if "\ufffd" in text:
        return Diagnosis("lost", _LOST, "")
    if not text.isascii() and (corrected := _unmixed(text)) != text:
        return Diagnosis("utf-8", _UTF8, "" if _BROKEN.search(corrected) else corrected)
    if "?" in text and any(_has_lost_letters(word) for word in _LOST_WORD.findall(text)):
        return Diagnosis("lost", _LOST, "")
    return None if text.isascii() else _old_code(text)


_UTF8 = Text("Broken letters: this is UTF-8 text that was opened with the wrong encoding.")
_LOST = Text("The accented letters are lost; only question marks are left.")


# --- UTF-8 taken for Western text ---------------------------------------------------------------------------


@cache
def _western() -> Mapping[str, int]:
    """Return the byte of every letter of Windows-1252, its five holes taken as the controls they hide."""
    table = {chr(byte): byte for byte in range(0x80, 0x100)}
    table |= {bytes([byte]).decode("cp1252", "ignore"): byte for byte in range(0x80, 0xA0)}
    table.pop("", None)
    return MappingProxyType(table)


_LATE = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_SEQUENCE = re.compile(f"[ÂÃÄÅÆËÌÍ][{_LATE}]|[áâ][{_LATE}]{{2}}")
# Signs that a writer may well put right after Ã or á: they prove nothing by themselves ("THỊ XÃ”").
_PUNCTUATION = frozenset("\u00a0«»°·‘’“”„‚…•–—‹›")
# What stays of a letter when one of its bytes was lost: the rest cannot be read either.
_BROKEN = re.compile(f"[ÄÅÆ]|[ÂÃáâ](?![{''.join(_PUNCTUATION - {'»'})}])[{_LATE}]")


def _unmixed(text: str) -> str:
    """Return a text with its UTF-8 sequences read as such, twice if need be; unchanged if there are none."""
    for _ in range(2):
        quote = text.find("«") % (len(text) + 1)
        if not any(_is_telling(match, quote) for match in _SEQUENCE.finditer(text)):
            return text
        text = _SEQUENCE.sub(lambda match: _read(match[0]) or match[0], text)
        text = unicodedata.normalize("NFC", text).replace("Ã ", "à")  # "à", its no-break space now a space
    return text


def _read(sequence: str) -> str:
    """Return the letter or sign that a sequence stands for, or "" if it stands for none of ours."""
    table = _western()
    try:
        letter = bytes(table[sign] for sign in sequence).decode("utf-8")
    except UnicodeDecodeError:
        return ""
    ours = letter in letters() or letter in table or "\u0300" <= letter <= "\u0323" or letter == "₫"
    return letter if ours else ""


def _is_telling(match: re.Match[str], quote: int) -> bool:
    """Return whether no writer would have typed a sequence; the first « of the text stands at `quote`."""
    if not _read(match[0]):
        return False
    if not _PUNCTUATION.intersection(match[0][1:]):
        return True
    if match[0][0] in "áâ":
        return match[0][1] != "»" or match[0][2] not in _PUNCTUATION or quote >= match.start()
    before, after = (
        match.string[match.start() - 1 : match.start()],
        match.string[match.end() : match.end() + 1],
    )
    return match[0][0] != "Ã" or before.islower() or (after.isalpha() and not before.isalpha())


# --- Letters turned into question marks ---------------------------------------------------------------------

_LOST_WORD = re.compile(r"(?<!\S)[^\s?]*\?[^\s]*")
_SKELETON = re.compile(
    "(?:ngh?|[cgknpt]h|g[hi]|qu|tr|[?bcdđghklmnpqrstvx])?[?aeiouyàáâãèéêìíòóôõùúý]{1,4}(?:ng|nh|ch|[cmnpt])?"
)


def _has_lost_letters(token: str) -> bool:
    """Return whether a token such as "V??n" is a syllable with question marks for some of its letters."""
    token = token.strip(".,;:!()[]\"'").lower().rstrip("?")
    if "?" not in token or len(token) > 8 or not _SKELETON.fullmatch(token):
        return False
    return not all(is_syllable(part) for part in re.split(r"\?+", token))


# --- The old codes ------------------------------------------------------------------------------------------

_TCVN3 = MappingProxyType(
    dict(
        zip(
            "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
            "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
            strict=True,
        )
    )
)


@cache
def _vni() -> Mapping[str, str]:
    """Return VNI's letters: a vowel and a mark behind it, or a lone sign for i, y with dot, đ, ơ, ư."""
    lower = dict(zip("ñôöæóòî", "đơưỉĩịỵ", strict=True))
    for vowel, base in (*zip("aeouy", "aeouy", strict=True), ("ô", "ơ"), ("ö", "ư")):
        lower |= _marked(vowel, base, "ùøûõï", "")
    for vowel in "aeo":
        lower |= _marked(vowel, vowel, "áàåãä", "\u0302") | {vowel + "â": _composed(vowel + "\u0302")}
    lower |= _marked("a", "a", "éèúüë", "\u0306") | {"aê": "ă"}
    upper = {sign.upper(): letter.upper() for sign, letter in lower.items()}
    title = {sign.capitalize(): letter.upper() for sign, letter in lower.items() if len(sign) > 1}
    return MappingProxyType(lower | upper | title)


def _marked(vowel: str, base: str, marks: str, hat: str) -> dict[str, str]:
    tones = "\u0301\u0300\u0309\u0303\u0323"
    return {vowel + mark: _composed(base + hat + tone) for mark, tone in zip(marks, tones, strict=True)}


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@cache
def _vni_letter() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_vni(), key=len, reverse=True)))


def _from_tcvn3(word: str) -> str:
    return "".join(_TCVN3.get(sign, sign) for sign in word)


def _from_vni(word: str) -> str:
    return _vni_letter().sub(lambda match: _vni()[match[0]], word)


def _from_1258(word: str) -> str:
    return _composed(word.encode("cp1252", "ignore").decode("cp1258", "ignore"))


_TCVN3_NAME = Text("Typed in TCVN3 (the .VnTime fonts).")
_VNI_NAME = Text("Typed in VNI (the VNI-Times fonts).")
_1258_NAME = Text("Written in the old code page Windows-1258.")
_CODES: tuple[tuple[str, Text, Callable[[str], str]], ...] = (
    ("TCVN3", _TCVN3_NAME, _from_tcvn3),
    ("VNI", _VNI_NAME, _from_vni),
    ("windows-1258", _1258_NAME, _from_1258),
)
# Letters, and those signs that TCVN3 uses as letters.
_WORD = re.compile("[A-Za-z\u00a1-\u00ae\u00b5-\u00b9\u00bb-\u00be\u00c0-\u1eff]+")
_ONE_CASE = re.compile(r"\w?[^A-ZÀ-ÖØ-Þ]*|[^a-zß-öø-ÿ]*")


def _old_code(text: str) -> Diagnosis | None:
    """Return the old code that turns the suspected words of a text into Vietnamese, if one does."""
    words = tuple(dict.fromkeys(_WORD.findall(text)))
    suspects = tuple(word for word in words if _is_suspect(word))
    if not suspects:
        return None
    scores = [_score(convert, words, suspects) for _, _, convert in _CODES]
    if max(scores) <= (0, 0):
        return None
    code, name, convert = _CODES[scores.index(max(scores))]
    # Beside words in Unicode only the suspects are garbled; otherwise all words went the same way.
    chosen = frozenset(suspects if any(s > "\u0100" and s in letters() for s in text) else words)
    return Diagnosis(code, name, _WORD.sub(lambda m: convert(m[0]) if m[0] in chosen else m[0], text))


@lru_cache(maxsize=8192)
def _is_suspect(word: str) -> bool:
    """Return whether a word, not just a lone sign, holds a foreign sign or a capital out of place."""
    if word.isascii() or (may_be_vietnamese(word) and _ONE_CASE.fullmatch(word)):
        return False
    return len(word) > 1 and any(sign.isalpha() for sign in word)


def _score(
    convert: Callable[[str], str], words: tuple[str, ...], suspects: tuple[str, ...]
) -> tuple[int, int]:
    """Return (evidence, words that read as Vietnamese) for one code; evidence 0 is an acquittal.

    Two converted syllables, or one whose signs no Western word has, are enough; less than that is believed
    only if the whole text, of two words or more and none of them in Unicode, then reads as Vietnamese.
    """
    good = tuple(word for word in suspects if is_syllable(convert(word)))
    sound = sum(is_syllable(convert(word)) for word in words)
    if len(good) <= len(suspects) - len(good):
        return 0, 0
    weight = len(good) + sum(_is_strong(word) for word in good)
    french = convert is _from_vni and _is_french(good)
    whole = sound == len(words) > 1 and max(map(max, words)) < "\u0100" and not french
    return (weight, sound) if weight > 1 or whole else (0, 0)


_FOREIGN_PAIR = re.compile("[aeouyôö][øûåäùêâéáà]", re.IGNORECASE)


def _is_strong(word: str) -> bool:
    """Return whether a word holds letters or signs that no language has, save in ©An and 10 m×20 m."""
    if _FOREIGN_PAIR.search(word) or sum(sign not in letters() for sign in word) > 1:
        return True
    return word[0] in "§®" or any(not sign.isalpha() and sign not in "×÷" for sign in word[1:])


def _is_french(words: tuple[str, ...]) -> bool:
    """Return whether nothing but a diaeresis behind a vowel speaks against the words (Loïc, Caïn)."""
    return all(re.search("[aeou][ïëü]", word) for word in words)
