"""Texts, numbers, prices, phones and colours as people write them, read or refused in words."""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final, NamedTuple

from vuonho.errors import UserError, cited
from vuonho.i18n import Both, Text
from vuonho.model.mojibake import diagnose
from vuonho.text import fold, nfc

# --- Numbers as people write them, and how a value is quoted back to them ---

LONGEST = 120  # no single value that is a number, a date or a list of months is longer
NUMBER = r"\d+(?:[.,  \u00a0\u202f]\d+)*"
_PLAIN = re.compile(r"[0-9]+")
_ONE_SIGN = re.compile(r"([0-9]+)[.,]([0-9]+)")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*(?:(?!\1)[.,]([0-9]+))?")


def quoted(text: str, most: int = 40) -> str:
    """Return a value in quotes for a message: shortened, with a box for each unseen sign, and without a login."""
    text = cited(nfc(text.strip()[: 20 * most]))
    return f"“{text if len(text) <= most else f'{text[: most - 1]}…'}”"


def refuse_length(text: str, longest: int = LONGEST) -> None:
    """Raise UserError for a text too long or too empty to be a single value of this kind."""
    if not text.strip():
        raise UserError(
            Text("Nothing is written here."),
            Text("Fill it in, or leave the line out."),
        )
    if len(text) > longest:
        raise UserError(
            Text("{count} characters are too long: {text}.", count=len(text), text=quoted(text)),
            Text("Write one value only."),
        )


def read_number(text: str, *, three_are_thousands: bool = True) -> Fraction | None:
    """Return the exact value of a number without sign or unit, or None if this is none.

    `three_are_thousands` false reads 1.200 as 1.2, for units so large that nobody has a thousand of them.
    """
    text = text.strip().replace("\u00a0", " ").replace("\u202f", " ")
    if _PLAIN.fullmatch(text):
        return Fraction(int(text)) if len(text) <= 15 else None
    single = _ONE_SIGN.fullmatch(text)
    if single and not (three_are_thousands and is_ambiguous(text)):
        return _decimal(single[1], single[2])
    grouped = _GROUPED.fullmatch(text)
    if grouped is None or len(text) > 24 or text.startswith("0"):
        return None
    whole = text[: grouped.start(2) - 1] if grouped[2] else text
    return _decimal(re.sub("[^0-9]", "", whole), grouped[2] or "0")


def is_ambiguous(text: str) -> bool:
    """Return whether a number has one point or comma and three digits behind it, as in 1.200 or 1,200."""
    single = _ONE_SIGN.fullmatch(text.strip())
    return bool(single and len(single[2]) == 3 and len(single[1]) <= 3 and single[1][0] != "0")


def _decimal(whole: str, part: str) -> Fraction | None:
    return Fraction(int(whole + part), 10 ** len(part)) if len(whole) + len(part) <= 20 else None


# --- Words as they were typed, without what cannot be seen ---

_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


def clean_text(text: str) -> str:
    """Return a value of one line in NFC, trimmed; raises UserError for garbling and for unseen characters."""
    text = _sound(text)
    _refuse_unseen(text, allowed="")
    return _unwrapped(text)


def clean_story(text: str) -> str:
    """Return a text of several lines in NFC, trimmed, its line ends as \\n; otherwise like `clean_text`."""
    text = _sound(text).replace("\r\n", "\n").replace("\r", "\n")
    _refuse_unseen(text, allowed="\n")
    return _unwrapped(text)


def plain_value(text: str) -> str:
    """Return a value that a parser is to read, in NFC and trimmed; UserError as in `clean_text`.

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
    raise UserError(Text("{text}: {name}", text=quoted(text), name=found.name), _way_out(found.corrected))


def _way_out(corrected: str) -> Text:
    if not corrected:
        return Text("Type it again in Unicode.")
    return Text("Is {corrected} meant? Type it again in Unicode.", corrected=quoted(corrected, 80))


# --- Quotes round the whole ---------------------------------------------------------------------------------

_PAIRS = ("“”„‟", "‘’‚‛")
_STRAIGHT = ('"', "'")


def _unwrapped(text: str) -> str:
    """Return the text unless typographic quotes stand round the whole of it, as phones set them."""
    for signs, straight in zip(_PAIRS, _STRAIGHT, strict=True):
        wrapped = len(text) > 1 and text[0] in signs and text[-1] in signs + straight
        if wrapped and not any(sign in signs for sign in text[1:-1]):
            inner = text[1:-1].strip()
            raise UserError(
                Text("The whole value stands in curly quotes {text} {text2}.", text=text[0], text2=text[-1]),
                Text('Leave the quotes out or use straight ones: "{inner}"', inner=_shortened(inner)),
            )
    return text


def _shortened(text: str) -> str:
    return quoted(text)[1:-1]


# --- Unseen characters --------------------------------------------------------------------------------------

_NAMES = {
    "\t": Text("a tab"),
    "\n": Text("a line break"),
    "\r": Text("a line break"),
    "\u2028": Text("a line break"),
    "\u2029": Text("a line break"),
    "\u00ad": Text("a soft hyphen"),
    "\u034f": Text("a zero-width character"),
}
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_EMPTY = frozenset(
    "\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u115f\u1160\u3164\uffa0\u034f"
)
_CATEGORIES = {
    "Cc": Text("a control character"),
    "Cf": Text("an unseen formatting character"),
    "Cs": Text("half a character (surrogate)"),
    "Co": Text("a private-use character of some font"),
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
        return Text("a bidirectional control")
    if sign in _EMPTY:
        return Text("a zero-width character")
    if ord(sign) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(sign) <= 0xFDEF:
        return Text("a noncharacter")
    return _CATEGORIES.get(unicodedata.category(sign))


def _refusal(text: str, place: int, name: Text) -> UserError:
    code = f"U+{ord(text[place]):04X}"
    before = quoted(text[max(0, place - 15) : place]) if text[:place].strip() else ""
    vi = f"Có {name.vi} ({code}) ở vị trí {place + 1}" + (f", sau {before}." if before else ".")
    en = f"There is {name.en} ({code}) at character {place + 1}" + (f", after {before}." if before else ".")
    if name.en == "a line break":
        return UserError(Both(vi, en), Text("Write it on one line."))
    return UserError(
        Both(vi, en),
        Text("Delete that spot and type it again by hand."),
    )


# --- Yes and no as people write them ---

_YES: Final = frozenset({"true", "yes", "y", "co", "x", "1", "dung", "on"})
_NO: Final = frozenset({"false", "no", "n", "khong", "0", "sai", "off", "k", "ko"})


def parse_yes_no(text: str) -> bool:
    """Return whether a text says yes; UserError where it says neither yes nor no."""
    word = fold(text)
    if word in _YES or word in _NO:
        return word in _YES
    raise UserError(
        Text("{text} is neither yes nor no.", text=quoted(text)),
        Text("Write: yes or no."),
    )


# --- Prices in đồng, and whole numbers as each language groups them ---

MONEY_LARGEST = 1_000_000_000
_SCALES = {
    "": 1, "k": 1_000, "n": 1_000, "ng": 1_000, "nghin": 1_000, "ngan": 1_000,
    "tr": 1_000_000, "trieu": 1_000_000, "ty": 1_000_000_000, "ti": 1_000_000_000,
}  # fmt: skip
_MONEY_PART = re.compile(rf"({NUMBER}) ?(trieu|tr|ty|ti|nghin|ngan|ng|n|k)?(?![a-z])( ruoi)?")
_CURRENCY = re.compile(r" ?(?:₫|dong|vnd|d)\.?$")
_MONEY_EXAMPLES = Text(
    "Write the sum in đồng: 35000, 35.000đ, 35k or 1,2 triệu. The unit (kg, piece) has its own line."
)


def format_number(number: int, language: str) -> str:
    """Return a whole number with its thousands grouped: 35.000 in Vietnamese, 35,000 in English."""
    grouped = f"{number:,}"
    return grouped if language == "en" else grouped.replace(",", ".")


def parse_price(text: str) -> int:
    """Return a price in đồng, 1 to 1,000,000,000; UserError for anything that is not one sum of money.

    "35k", "35 nghìn", "1,2 triệu", "1tr2" (1,200,000) and "1 triệu 200 nghìn" are understood.
    """
    refuse_length(text)
    price = _price(text)
    if price is None or price.denominator != 1:
        raise UserError(
            Text("{text} cannot be read as a price.", text=quoted(text)),
            _MONEY_EXAMPLES,
        )
    if not 1 <= price <= MONEY_LARGEST:
        raise UserError(
            Text("{text}: a price is 1 to 1,000,000,000 đồng.", text=quoted(text)),
            _MONEY_EXAMPLES,
        )
    return int(price)


def _price(text: str) -> Fraction | None:
    """Return the sum of the parts of a price, each of a smaller scale than the one before, or None."""
    rest = _CURRENCY.sub("", fold(text))
    total, above = Fraction(0), 0
    while rest:
        match = _MONEY_PART.match(rest)
        if match is None:
            return None
        rest = rest[match.end() :].lstrip()
        scale = _SCALES[match[2] or ""]
        value = _tail(match[1], above) if above and not match[2] else _scaled(match[1], scale, bool(match[3]))
        if value is None or (above and (scale >= above or (not match[2] and rest))):
            return None
        total, above = total + value, scale
    return total if above else None


def _tail(digits: str, scale: int) -> Fraction | None:
    """Return what a bare number behind a scale adds: 1tr2 is 1.2 million, 35k5 is 35,500."""
    return Fraction(int(digits), 10 ** len(digits)) * scale if re.fullmatch("[0-9]{1,3}", digits) else None


def _scaled(number: str, scale: int, half: bool) -> Fraction | None:
    if scale >= 1_000_000 and is_ambiguous(number):
        return None  # "1.250 triệu" may be 1.25 million or 1,250 million
    value = read_number(number)
    return None if value is None else (value + Fraction(half, 2)) * scale


# --- Areas in square metres, and other whole numbers of a profile ---

SAO = 500  # m², the sào of Central Vietnam; that of the north has 360, but this is Hà Tĩnh
MAU = 10 * SAO
HECTARE = 10_000
LARGEST = 100 * HECTARE
_UNITS = {
    "": 1, "m2": 1, "m^2": 1, "m vuong": 1, "met vuong": 1, "met2": 1, "m.vuong": 1, "sqm": 1,
    "sao": SAO, "mau": MAU, "ha": HECTARE, "hecta": HECTARE, "hec ta": HECTARE, "hec-ta": HECTARE,
}  # fmt: skip
_PART = re.compile(
    rf"({NUMBER}) ?(m2|m\^2|m[. ]vuong|met ?vuong|met2|sqm|sao|mau|ha|hec[ -]?ta)?(?![a-z0-9])( ruoi)?"
)
_EXAMPLES = Text("Write it like: 1800 (m²), 3 sào, or 0.2 ha.")
_MOST_COUNT = 10_000_000


def parse_area(text: str) -> int:
    """Return an area in m², 1 to 1,000,000 (100 ha), from m², sào (500 m²), mẫu (5,000 m²) and ha.

    Raises UserError for unknown units, for parts of a square metre, and for "1,200 sào", which two people
    would read in two ways.
    """
    refuse_length(text)
    parts = _parts(text)
    if parts is None:
        raise _unreadable(text)
    area = sum((_square_metres(text, *part) for part in parts), Fraction(0))
    if area.denominator != 1:
        raise UserError(
            Both(
                f"{quoted(text)} là {_shown(area, 'vi')} m², không tròn mét vuông.",
                f"{quoted(text)} is {_shown(area, 'en')} m², not a whole number.",
            ),
            Text("Is it {area} m²?", area=max(1, round(area))),
        )
    if not 1 <= area <= LARGEST:
        raise UserError(
            Text("{text} is not between 1 m² and 100 ha.", text=quoted(text)),
            _EXAMPLES,
        )
    return int(area)


def _unreadable(text: str) -> UserError:
    message = Text("{text} cannot be read as an area.", text=quoted(text))
    word = fold(text)
    if re.fullmatch(rf"{NUMBER} ?m", word):
        return UserError(message, Text("Is it {word} m²?", word=word[:-1].strip()))
    return UserError(message, _EXAMPLES)


def _shown(area: Fraction, language: str) -> str:
    shown = f"{float(area):.2f}"
    return shown.replace(".", ",") if language == "vi" else shown


_Part = tuple[str, int, bool]


def _parts(text: str) -> tuple[_Part, ...] | None:
    """Return (number, m² of its unit, and a half more?) for each part, the largest unit first, or None."""
    rest = fold(text).replace("²", "2")
    parts: list[_Part] = []
    while rest:
        match = _PART.match(rest)
        if match is None or (parts and not match[2]):
            return None
        parts.append((match[1], _unit(match[2] or ""), bool(match[3])))
        rest = rest[match.end() :].lstrip(" ,+")
    units = [unit for _, unit, _ in parts]
    falling = all(above > below for above, below in pairwise(units))
    return tuple(parts) if parts and falling else None


def _unit(word: str) -> int:
    return _UNITS.get(word, 1 if word.startswith("m") else HECTARE)


def _square_metres(text: str, number: str, unit: int, half: bool) -> Fraction:
    if unit in (SAO, MAU) and is_ambiguous(number):
        raise _two_readings(text, *re.split("[.,]", number))
    value = read_number(number, three_are_thousands=unit != HECTARE)
    if value is None:
        raise _unreadable(text)
    return (value + Fraction(half, 2)) * unit


def _two_readings(text: str, whole: str, part: str) -> UserError:
    small = part.rstrip("0") or "0"
    return UserError(
        Text("{text} can be read in two ways.", text=quoted(text)),
        Text(
            "Write {whole}{part} for the large number, {whole}.{small} for the small one.",
            whole=whole,
            part=part,
            small=small,
        ),
    )


# --- Whole numbers ------------------------------------------------------------------------------------------


def parse_count(text: str) -> int:
    """Return a whole number from 0 to 10,000,000, its thousands grouped or not; UserError for anything else."""
    return parse_small(text, 0, _MOST_COUNT)


def parse_small(text: str, low: int, high: int) -> int:
    """Return a whole number from `low` to `high`, both included; UserError for anything else."""
    refuse_length(text)
    number = read_number(text)
    limits = tuple(Both(format_number(limit, "vi"), format_number(limit, "en")) for limit in (low, high))
    wanted = Text(
        "Write a whole number from {limits} to {limits2}, without words.", limits=limits[0], limits2=limits[1]
    )
    if number is None or number.denominator != 1:
        raise UserError(
            Text("{text} is not a whole number.", text=quoted(text)),
            wanted,
        )
    if not low <= number <= high:
        raise UserError(
            Text("{text} is too small or too large.", text=quoted(text)),
            wanted,
        )
    return int(number)


# --- Vietnamese telephone numbers: shown in groups, dialled with +84 ---

_FILLERS = re.compile(r"[\s.()\-–—\u00a0\u202f]+")
_MOBILE = re.compile(r"0[35789][0-9]{8}")
_LANDLINE = re.compile(r"02[0-9]{8,9}")
# The mobile numbers of eleven digits became ones of ten in autumn 2018, prefix by prefix.
_OLD_PREFIXES = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036",
    "0167": "037", "0168": "038", "0169": "039", "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as dialled within Vietnam, digits only: "0337012345"."""

    digits: str

    @property
    def grouped(self) -> str:
        """The number as it is read out: 0337 012 345; 0239 3855 123; 024 3825 1234."""
        if self.digits.startswith(("024", "028")):
            cuts = (3, 7)
        else:
            cuts = (4, 8) if len(self.digits) == 11 else (4, 7)
        return f"{self.digits[: cuts[0]]} {self.digits[cuts[0] : cuts[1]]} {self.digits[cuts[1] :]}"

    @property
    def tel(self) -> str:
        """The link that dials it, from abroad too."""
        return f"tel:+84{self.digits[1:]}"

    @property
    def zalo(self) -> str:
        """The link that opens it in Zalo."""
        return f"https://zalo.me/{self.digits}"


def parse_phone(text: str) -> Phone:
    """Return the phone in a text: 10 digits from 03, 05, 07, 08, 09, or a landline from 02 (10 or 11).

    Spaces, dots, dashes, brackets and +84, 84 or 0084 in place of the first 0 are understood. Raises UserError
    for anything else; a number that lost its first 0 in a spreadsheet is suggested, not corrected.
    """
    refuse_length(text)
    digits = _national(_FILLERS.sub("", text.replace("(0)", "") if "84" in text else text))
    if _is_number(digits):
        return Phone(digits)
    guess = _guess(digits)
    raise UserError(
        Text("{text} is not a valid phone number.", text=quoted(text)),
        Text("Is {guess} meant? Then write that.", guess=guess)
        if guess
        else Text("A mobile number has 10 digits, like 0337 012 345. Write one number only."),
    )


def _is_number(digits: str) -> bool:
    return bool(_MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits))


def _national(digits: str) -> str:
    """Return the digits with 0 in place of the country's 84, where what follows makes a whole number."""
    for prefix in ("+84", "0084", "84"):
        rest = digits.removeprefix(prefix)
        if rest != digits:
            rest = rest if rest.startswith("0") and prefix != "84" else f"0{rest}"
            return rest if _is_number(rest) else digits
    return digits


def _guess(digits: str) -> str:
    """Return the number that was probably meant, grouped, or "": 0 lost, an old prefix, O for 0."""
    plain = digits.translate(str.maketrans("OoIl", "0011"))
    old = _OLD_PREFIXES.get(plain[:4], "") if len(plain) == 11 else ""
    for candidate in (plain, f"0{plain}", old + plain[4:]):
        if _is_number(candidate):
            return Phone(candidate).grouped
    return ""


# --- Colours as printing inks: what a team types for its plaques, in screen letters or in per cent of ink ---

_HEX: Final = re.compile(r"#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})")
_INKS: Final = re.compile(r"([0-9]{1,3})[ ,]+([0-9]{1,3})[ ,]+([0-9]{1,3})[ ,]+([0-9]{1,3})")
_HOW: Final = Text("Write “#1f5e33”, or the per cent of cyan, magenta, yellow and black: “66 0 55 62”.")


class Colour(NamedTuple):
    """Shares of cyan, magenta, yellow and black ink, 0 to 1 each."""

    cyan: float
    magenta: float
    yellow: float
    black: float

    @property
    def luminance(self) -> float:
        """Return the relative luminance on white paper, 0 to 1, as WCAG 2 defines it for screens."""
        red, green, blue = ((1 - ink) * (1 - self.black) for ink in self[:3])
        return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def parse_colour(text: str) -> Colour:
    """Return the colour in “#rrggbb” or “c m y k”; raise UserError for anything else.

    Black takes the place of what the three inks have in common, so that dark colours dry on any paper.
    """
    plain = " ".join(text.replace("%", " ").split())
    if found := _HEX.fullmatch(plain):
        red, green, blue = (int(pair, 16) / 255 for pair in found.groups())
        light = max(red, green, blue)
        cyan, magenta, yellow = (
            round((light - one) / light, 3) if light else 0.0 for one in (red, green, blue)
        )
        return Colour(cyan, magenta, yellow, round(1 - light, 3))
    if (found := _INKS.fullmatch(plain)) and all(int(part) <= 100 for part in found.groups()):
        cyan, magenta, yellow, black = (int(part) / 100 for part in found.groups())
        return Colour(cyan, magenta, yellow, black)
    raise UserError(Text("{text} is not a colour.", text=quoted(text)), _HOW)


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
