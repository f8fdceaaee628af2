"""Which words can be Vietnamese: every syllable is an onset, a rime and one of six tones.

The rimes are those of the spelling taught in schools; "hòa" and "hoà" are both right. The lists judge
spelling only: a word that passes need not exist.
"""

import unicodedata
from functools import cache

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
