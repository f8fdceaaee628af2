"""Texts, numbers, prices, phones and colours as people write them, read or refused in words."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NamedTuple

from vuonho.errors import UserError, cited
from vuonho.i18n import Text
from vuonho.model.mojibake import diagnose
from vuonho.text import fold, nfc

LONGEST = 120  # no single value that is a number, a date or a list of months is longer


def quoted(text: str, most: int = 40) -> str:
    """Return a value in quotes for a message: shortened, with a box for each unseen character, without a login."""
    text = cited(nfc(text.strip()[: 20 * most]))
    return f"“{text if len(text) <= most else f'{text[: most - 1]}…'}”"


def refuse_length(text: str, longest: int = LONGEST) -> None:
    """Raise UserError for a text too long or too empty to be a single value of this kind."""
    if not text.strip():
        raise UserError(Text("Nothing is written here."), Text("Fill it in, or leave the line out."))
    if len(text) > longest:
        raise UserError(
            Text("{count} characters are too long: {text}.", count=len(text), text=quoted(text)),
            Text("Write one value only."),
        )


# --- Words as they were typed, without what cannot be seen ---

_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})
_CURLY = (("“”„‟", '"'), ("‘’‚‛", "'"))
_NAMES: Final[dict[str, Text]] = {
    "\t": Text("a tab"),
    "\u00ad": Text("a soft hyphen"),
    **dict.fromkeys("\n\r\u2028\u2029", Text("a line break")),
    **dict.fromkeys(
        "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", Text("a bidirectional control")
    ),
    **dict.fromkeys(
        "\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u115f\u1160\u3164\uffa0\u034f",
        Text("a zero-width character"),
    ),
}  # fmt: skip
_CATEGORIES = {
    "Cc": Text("a control character"),
    "Cf": Text("an unseen formatting character"),
    "Cs": Text("half a character (surrogate)"),
    "Co": Text("a private-use character of some font"),
}


def clean_text(text: str) -> str:
    """Return a value of one line in NFC, trimmed; raises UserError for garbling and for unseen characters."""
    return _clean(_sound(text), allowed="")


def clean_story(text: str) -> str:
    """Return a text of several lines in NFC, trimmed, its line ends as \\n; otherwise like `clean_text`."""
    return _clean(_sound(text).replace("\r\n", "\n").replace("\r", "\n"), allowed="\n")


def plain_value(text: str) -> str:
    """Return a value that a parser is to read, in NFC and trimmed; UserError as in `clean_text`.

    Tabs and line ends may stand: they read as spaces, and spreadsheets put them between two numbers.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    return _clean(_sound(text), allowed="\t\n\r")


def unseen_sign(text: str) -> tuple[str, Text] | None:
    """Return the first character in a text of one line that nobody sees, and its name; None if there is none."""
    return next(((text[place], name) for place, name in _unseen(text, "")), None)


def _sound(text: str) -> str:
    # Garbling first: TCVN3 keeps ư in the place of the soft hyphen, which would be blamed instead.
    text = unicodedata.normalize("NFC", text)
    found = diagnose(text)
    if found is None:
        return text.translate(_SPACES).strip()
    raise UserError(
        Text("{text}: {name}", text=quoted(text), name=found.name),
        Text("Is {corrected} meant? Type it again in Unicode.", corrected=quoted(found.corrected, 80))
        if found.corrected
        else Text("Type it again in Unicode."),
    )


def _clean(text: str, allowed: str) -> str:
    """Return the text; refuse it for what nobody sees in it, or for curly quotes round it, as phones set them."""
    for place, name in _unseen(text, allowed):
        before = quoted(text[max(0, place - 15) : place]) if text[:place].strip() else ""
        raise UserError(
            Text(
                "There is {name} ({code}) at character {place}{after}.",
                name=name,
                code=f"U+{ord(text[place]):04X}",
                place=place + 1,
                after=Text(", after {before}", before=before) if before else Text(),
            ),
            Text("Write it on one line.")
            if name is _NAMES["\n"]
            else Text("Delete that spot and type it again by hand."),
        )
    for quotes, straight in _CURLY:
        wrapped = len(text) > 1 and text[0] in quotes and text[-1] in quotes + straight
        if wrapped and not any(letter in quotes for letter in text[1:-1]):
            raise UserError(
                Text(
                    "The whole value stands in curly quotes {text} {closing}.", text=text[0], closing=text[-1]
                ),
                Text('Leave the quotes out or use straight ones: "{inner}"', inner=quoted(text[1:-1])[1:-1]),
            )
    return text


def _unseen(text: str, allowed: str) -> Iterator[tuple[int, Text]]:
    """Yield place and name of each character that nobody sees; rare spaces and new emoji may stand."""
    if text.isprintable() and _NAMES.keys().isdisjoint(text):
        return
    for place, letter in enumerate(text):
        if letter in allowed or (letter.isprintable() and letter not in _NAMES):
            continue
        if ord(letter) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(letter) <= 0xFDEF:
            yield place, Text("a noncharacter")
        elif name := _NAMES.get(letter) or _CATEGORIES.get(unicodedata.category(letter)):
            yield place, name


# --- Numbers with or without units ---

SAO = 500  # m², the sào of Central Vietnam; that of the north has 360, but this is Hà Tĩnh
MAU = 10 * SAO
HECTARE = 10_000
LARGEST = 100 * HECTARE
MONEY_LARGEST = 1_000_000_000
_MOST_COUNT = 10_000_000
_MOST_DIGITS = 20

_NUMBER = r"(\d+(?:[.,  \u00a0\u202f]\d+)*)"
_ONE_SIGN = re.compile(r"([0-9]+)[.,]([0-9]+)")
_GROUPED = re.compile(r"([1-9][0-9]{0,2}(?:([., ])[0-9]{3})(?:\2[0-9]{3})*)(?:(?!\2)[.,]([0-9]+))?")
_AREA_PART = re.compile(
    _NUMBER + r" ?(m2|m\^2|m[. ]vuong|met ?vuong|met2|sqm|sao|mau|ha|hec[ -]?ta)?(?![a-z0-9])( ruoi)?[ ,+]*"
)
_AREA_UNITS = {
    "sa": SAO,
    "ma": MAU,
    "ha": HECTARE,
    "he": HECTARE,
}  # by their first letters, all others are m²
_MONEY_PART = re.compile(_NUMBER + r" ?(trieu|tr|ty|ti|nghin|ngan|ng|n|k)?(?![a-z])( ruoi)? *")
_SCALES = {"": 1, "k": 1_000, "n": 1_000, "t": 1_000_000, "ty": 1_000_000_000, "ti": 1_000_000_000}
_CURRENCY = re.compile(r" ?(?:₫|dong|vnd|d)\.?$")


def format_number(number: int, language: str) -> str:
    """Return a whole number with its thousands grouped: 35.000 in Vietnamese, 35,000 in English."""
    grouped = f"{number:,}"
    return grouped if language == "en" else grouped.replace(",", ".")


def read_number(text: str, *, three_are_thousands: bool = True) -> Fraction | None:
    """Return the exact value of a number without sign or unit, or None if this is none.

    `three_are_thousands` false reads 1.200 as 1.2, for units so large that nobody has a thousand of them.
    """
    text = text.strip().translate(_SPACES)
    if len(text) > _MOST_DIGITS:
        return None
    if re.fullmatch("[0-9]+", text):
        return Fraction(text)
    single = _ONE_SIGN.fullmatch(text)
    if single and not (three_are_thousands and is_ambiguous(text)):
        return Fraction(f"{single[1]}.{single[2]}")
    grouped = _GROUPED.fullmatch(text)
    if grouped is None:
        return None
    return Fraction(f"{re.sub('[^0-9]', '', grouped[1])}.{grouped[3] or 0}")


def is_ambiguous(text: str) -> bool:
    """Return whether a number has one point or comma and three digits behind it, as in 1.200 or 1,200."""
    return re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", text.strip()) is not None


def _parts(text: str, pattern: re.Pattern[str]) -> list[tuple[str, str, bool]]:
    """Return (number, unit or "", and a half more?) of each part of a text; [] where anything else stands in it."""
    parts: list[tuple[str, str, bool]] = []
    place = 0
    while place < len(text):
        match = pattern.match(text, place)
        if match is None:
            return []
        parts.append((match[1], match[2] or "", bool(match[3])))
        place = match.end()
    return parts


def parse_area(text: str) -> int:
    """Return an area in m², 1 to 1,000,000 (100 ha), from m², sào (500 m²), mẫu (5,000 m²) and ha.

    Raises UserError for unknown units, for parts of a square metre, and for "1,200 sào", which two people
    would read in two ways.
    """
    refuse_length(text)
    area, above = Fraction(0), HECTARE + 1
    for number, word, half in _parts(fold(text).replace("²", "2"), _AREA_PART):
        unit = _AREA_UNITS.get(word[:2], 1)
        if unit in (SAO, MAU) and is_ambiguous(number):
            raise _two_readings(text, *re.split("[.,]", number))
        value = read_number(number, three_are_thousands=unit != HECTARE)
        if value is None or unit >= above or (above <= HECTARE and not word):
            raise _no_area(text)
        area, above = area + (value + Fraction(half, 2)) * unit, unit
    if above > HECTARE:
        raise _no_area(text)
    if area.denominator != 1:
        raise UserError(
            Text("{text} is not a whole number of square metres.", text=quoted(text)),
            Text("Is it {area} m²?", area=max(1, round(area))),
        )
    if not 1 <= area <= LARGEST:
        raise UserError(
            Text("{text} is not between 1 m² and 100 ha.", text=quoted(text)),
            Text("Write it like: 1800 (m²), 3 sào, or 0.2 ha."),
        )
    return int(area)


def _no_area(text: str) -> UserError:
    metres = re.fullmatch(_NUMBER + " ?m", fold(text))
    return UserError(
        Text("{text} cannot be read as an area.", text=quoted(text)),
        Text("Is it {word} m²?", word=metres[1])
        if metres
        else Text("Write it like: 1800 (m²), 3 sào, or 0.2 ha."),
    )


def _two_readings(text: str, whole: str, part: str) -> UserError:
    return UserError(
        Text("{text} can be read in two ways.", text=quoted(text)),
        Text(
            "Write {whole}{part} for the large number, {whole}.{small} for the small one.",
            whole=whole,
            part=part,
            small=part.rstrip("0") or "0",
        ),
    )


def parse_price(text: str) -> int:
    """Return a price in đồng, 1 to 1,000,000,000; UserError for anything that is not one sum of money.

    "35k", "35 nghìn", "1,2 triệu", "1tr2" (1,200,000) and "1 triệu 200 nghìn" are understood.
    """
    refuse_length(text)
    price = _price(_CURRENCY.sub("", fold(text)))
    if price is not None and price.denominator == 1 and 1 <= price <= MONEY_LARGEST:
        return int(price)
    raise UserError(
        Text("{text} cannot be read as a price.", text=quoted(text))
        if price is None or price.denominator != 1
        else Text("{text}: a price is 1 to 1,000,000,000 đồng.", text=quoted(text)),
        Text(
            "Write the sum in đồng: 35000, 35.000đ, 35k or 1,2 triệu. The unit (kg, piece) has its own line."
        ),
    )


def _price(text: str) -> Fraction | None:
    """Return the sum of the parts of a price, each of a smaller scale than the one before, or None."""
    total, above = Fraction(0), Fraction(0)
    for number, unit, half in _parts(text, _MONEY_PART):
        scale = Fraction(_SCALES.get(unit) or _SCALES[unit[0]])
        value = read_number(number)
        if above and not unit:  # 1tr2 is 1.2 million, 35k5 is 35,500
            scale = above / 10 ** len(number)
            value = None if half or not re.fullmatch("[0-9]{1,3}", number) else value
        elif scale >= 1_000_000 and is_ambiguous(number):
            return None  # "1.250 triệu" may be 1.25 million or 1,250 million
        if value is None or (above and scale >= above):
            return None
        total, above = total + (value + Fraction(half, 2)) * scale, scale
    return total if above else None


def parse_count(text: str) -> int:
    """Return a whole number from 0 to 10,000,000, its thousands grouped or not; UserError for anything else."""
    refuse_length(text)
    number = read_number(text)
    if number is not None and number.denominator == 1 and number <= _MOST_COUNT:
        return int(number)
    raise UserError(
        Text("{text} is not a whole number.", text=quoted(text))
        if number is None or number.denominator != 1
        else Text("{text} is too large.", text=quoted(text)),
        Text("Write a whole number from 0 to 10,000,000, without words."),
    )


def parse_yes_no(text: str) -> bool:
    """Return whether a text says yes; UserError where it says neither yes nor no."""
    word = fold(text)
    if word in {"true", "yes", "y", "co", "x", "1", "dung", "on"}:
        return True
    if word in {"false", "no", "n", "khong", "0", "sai", "off", "k", "ko"}:
        return False
    raise UserError(Text("{text} is neither yes nor no.", text=quoted(text)), Text("Write: yes or no."))


# --- Vietnamese telephone numbers: shown in groups, dialled with +84 ---

_FILLERS = re.compile(r"[\s.()\-–—\u00a0\u202f]+")
_PHONE = re.compile(r"0[35789][0-9]{8}|02[0-9]{8,9}")
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
            first, second = 3, 7
        else:
            first, second = 4, 8 if len(self.digits) == 11 else 7
        return f"{self.digits[:first]} {self.digits[first:second]} {self.digits[second:]}"

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
    digits = _FILLERS.sub("", text.replace("(0)", "") if "84" in text else text)
    national = re.sub(r"^(?:(?:\+84|0084)0?|84)", "0", digits)
    for number in (digits, national):
        if _PHONE.fullmatch(number):
            return Phone(number)
    plain = digits.translate(str.maketrans("OoIl", "0011"))
    old = _OLD_PREFIXES.get(plain[:4], "") if len(plain) == 11 else ""
    meant = next(filter(_PHONE.fullmatch, (plain, f"0{plain}", old + plain[4:])), "")
    raise UserError(
        Text("{text} is not a valid phone number.", text=quoted(text)),
        Text("Is {guess} meant? Then write that.", guess=Phone(meant).grouped)
        if meant
        else Text("A mobile number has 10 digits, like 0337 012 345. Write one number only."),
    )


# --- Colours as printing inks: what a team types for its plaques, in screen letters or in per cent of ink ---

_HEX: Final = re.compile(r"#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})")
_INKS: Final = re.compile(r"([0-9]{1,3})[ ,]+([0-9]{1,3})[ ,]+([0-9]{1,3})[ ,]+([0-9]{1,3})")


class Colour(NamedTuple):
    """Shares of cyan, magenta, yellow and black ink, 0 to 1 each."""

    cyan: float
    magenta: float
    yellow: float
    black: float

    @property
    def luminance(self) -> float:
        """Return the relative luminance on white paper, 0 to 1, as WCAG 2 defines it for screens."""
        red, green, blue = (_linear((1 - ink) * (1 - self.black)) for ink in self[:3])
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def parse_colour(text: str) -> Colour:
    """Return the colour in “#rrggbb” or “c m y k”; raise UserError for anything else.

    Black takes the place of what the three inks have in common, so that dark colours dry on any paper.
    """
    plain = " ".join(text.replace("%", " ").split())
    if found := _HEX.fullmatch(plain):
        shares = [int(pair, 16) / 255 for pair in found.groups()]
        light = max(shares)
        inks = [round((light - share) / light, 3) if light else 0.0 for share in shares]
        return Colour._make([*inks, round(1 - light, 3)])
    if (found := _INKS.fullmatch(plain)) and all(int(part) <= 100 for part in found.groups()):
        return Colour._make(int(part) / 100 for part in found.groups())
    raise UserError(
        Text("{text} is not a colour.", text=quoted(text)),
        Text("Write “#1f5e33”, or the per cent of cyan, magenta, yellow and black: “66 0 55 62”."),
    )
