"""Words as they were typed, without what cannot be seen.

Nothing is mended silently: the text comes back as typed save for composition (NFC), no-break spaces (which
read as spaces) and outer white space; everything else that a reader would not see is refused by name.
"""

import unicodedata

from vuonho.bilingual import Text
from vuonho.domain.garbling import diagnose
from vuonho.domain.values.figures import quoted
from vuonho.errors import Refused

_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


def clean_text(text: str) -> str:
    """Return a value of one line in NFC, trimmed; raises Refused for garbling and for unseen characters."""
    text = _sound(text)
    _refuse_unseen(text, allowed="")
    return _unwrapped(text)


def clean_story(text: str) -> str:
    """Return a text of several lines in NFC, trimmed, its line ends as \\n; otherwise like `clean_text`."""
    text = _sound(text).replace("\r\n", "\n").replace("\r", "\n")
    _refuse_unseen(text, allowed="\n")
    return _unwrapped(text)


def plain_value(text: str) -> str:
    """Return a value that a parser is to read, in NFC and trimmed; Refused as in `clean_text`.

    Tabs and line ends may stand: they read as spaces, and spreadsheets put them between two numbers.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    text = _sound(text)
    _refuse_unseen(text, allowed="\t\n\r")
    return _unwrapped(text)


def unseen_sign(text: str) -> tuple[str, Text] | None:
    """Return the first sign in a text of one line that nobody sees, and its name; None if there is none."""
    named = ((sign, _unseen(sign)) for sign in text if not sign.isprintable() or sign in _EMPTY)
    return next(((sign, name) for sign, name in named if name), None)


def _sound(text: str) -> str:
    # Garbling first: TCVN3 keeps ư in the place of the soft hyphen, which would be blamed instead.
    text = unicodedata.normalize("NFC", text)
    found = diagnose(text)
    if found is None:
        return text.translate(_SPACES).strip()
    raise Refused(
        Text(f"{quoted(text)}: {found.name.vi}", f"{quoted(text)}: {found.name.en}"), _way_out(found.mended)
    )


def _way_out(mended: str) -> Text:
    if not mended:
        return Text("Gõ lại bằng bảng mã Unicode.", "Type it again in Unicode.")
    return Text(
        f"Có phải muốn viết {quoted(mended, 80)}? Gõ lại bằng bảng mã Unicode.",
        f"Is {quoted(mended, 80)} meant? Type it again in Unicode.",
    )


# --- Quotes round the whole ---------------------------------------------------------------------------------

_PAIRS = ("“”„‟", "‘’‚‛")
_STRAIGHT = ('"', "'")


def _unwrapped(text: str) -> str:
    """Return the text unless typographic quotes stand round the whole of it, as phones set them."""
    for signs, straight in zip(_PAIRS, _STRAIGHT, strict=True):
        wrapped = len(text) > 1 and text[0] in signs and text[-1] in signs + straight
        if wrapped and not any(sign in signs for sign in text[1:-1]):
            inner = text[1:-1].strip()
            raise Refused(
                Text(
                    f"Cả giá trị nằm trong dấu ngoặc kép cong {text[0]} {text[-1]}.",
                    f"The whole value stands in curly quotes {text[0]} {text[-1]}.",
                ),
                Text(
                    f'Bỏ ngoặc, hoặc dùng ngoặc thẳng: "{_shortened(inner)}"',
                    f'Leave the quotes out or use straight ones: "{_shortened(inner)}"',
                ),
            )
    return text


def _shortened(text: str) -> str:
    return quoted(text)[1:-1]


# --- Unseen characters --------------------------------------------------------------------------------------

_NAMES = {
    "\t": Text("dấu tab", "a tab"),
    "\n": Text("chỗ xuống dòng", "a line break"),
    "\r": Text("chỗ xuống dòng", "a line break"),
    "\u2028": Text("chỗ xuống dòng", "a line break"),
    "\u2029": Text("chỗ xuống dòng", "a line break"),
    "\u00ad": Text("dấu nối mềm", "a soft hyphen"),
    "\u034f": Text("ký tự không bề rộng", "a zero-width character"),
}
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_EMPTY = frozenset(
    "\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u115f\u1160\u3164\uffa0\u034f"
)
_CATEGORIES = {
    "Cc": Text("ký tự điều khiển", "a control character"),
    "Cf": Text("ký tự định dạng không nhìn thấy", "an unseen formatting character"),
    "Cs": Text("nửa ký tự (surrogate)", "half a character (surrogate)"),
    "Co": Text("ký tự riêng của một phông chữ", "a private-use character of some font"),
}


def _refuse_unseen(text: str, allowed: str) -> None:
    if text.isprintable() and _EMPTY.isdisjoint(text):
        return
    for place, sign in enumerate(text):
        if not sign.isprintable() or sign in _EMPTY:
            name = None if sign in allowed else _unseen(sign)
            if name:
                raise _refusal(text, place, name)


def _unseen(sign: str) -> Text | None:
    """Return the name of a character that nobody sees, or None if it may stand (rare spaces, new emoji)."""
    if sign in _NAMES:
        return _NAMES[sign]
    if sign in _BIDI:
        return Text("ký tự đổi hướng chữ", "a bidirectional control")
    if sign in _EMPTY:
        return Text("ký tự không bề rộng", "a zero-width character")
    if ord(sign) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(sign) <= 0xFDEF:
        return Text("mã không phải là chữ (noncharacter)", "a noncharacter")
    return _CATEGORIES.get(unicodedata.category(sign))


def _refusal(text: str, place: int, name: Text) -> Refused:
    code = f"U+{ord(text[place]):04X}"
    before = quoted(text[max(0, place - 15) : place]) if text[:place].strip() else ""
    vi = f"Có {name.vi} ({code}) ở vị trí {place + 1}" + (f", sau {before}." if before else ".")
    en = f"There is {name.en} ({code}) at character {place + 1}" + (f", after {before}." if before else ".")
    if name.en == "a line break":
        return Refused(Text(vi, en), Text("Viết trên một dòng.", "Write it on one line."))
    return Refused(
        Text(vi, en),
        Text("Xóa chỗ ấy rồi gõ lại bằng tay.", "Delete that spot and type it again by hand."),
    )
