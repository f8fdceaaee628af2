"""Texts, numbers, days, months and places on the map as people write them, read or refused in words."""

import math
import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple, Self
from urllib.parse import parse_qsl, quote, unquote_plus, urlsplit

from vuonho.errors import UserError, cited
from vuonho.i18n import Both, Text
from vuonho.model.mojibake import diagnose
from vuonho.text import fold, nfc

# --- Texts, numbers, prices, phones and colours as people write them, read or refused in words ---

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
    if text.isascii() and text.isprintable():
        return None
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
    if text.isascii() and text.isdigit():
        return Fraction(int(text))
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
_ASCII = re.compile("[\\x00-\\x7f]+")
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

    def sms(self, text: str) -> str:
        """Return the link that writes it a message; "" for a landline, which takes none.

        iPhones look for the text behind "&", others behind "?" (RFC 5724): the empty field before it serves both.
        """
        if self.digits.startswith("02"):
            return ""
        words = _ASCII.sub(
            lambda found: quote(found[0], safe=",/"), text
        )  # others stand in a page as they are
        return f"sms:+84{self.digits[1:]}?&body={words}"


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


# --- Days, years and seasons, solar and lunar ---

# --- Seasons as months of the year, solar or lunar ---

_ENGLISH_MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12, "sept": 9,
}  # fmt: skip
_ENGLISH_MONTHS |= {name[:3]: month for name, month in _ENGLISH_MONTHS.items()}
_COUNTED = {
    "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10, "muoi mot": 11,
    "muoi hai": 12,
}  # fmt: skip
"""Months by number words, which both calendars use."""
_LUNAR = {"gieng": 1, "mot": 11, "chap": 12}
"""Names that only the lunar calendar has; “một” among them only beside another, by itself it may be January."""
_MONTHS = {f"{n:0{width}}": n for n in range(1, 13) for width in (1, 2)} | _ENGLISH_MONTHS | _COUNTED | _LUNAR
_ALWAYS = {"quanh nam", "ca nam", "suot nam", "all year", "all year round", "year round", "whole year"}
_LIST = re.compile(r"\s*(?:[,;\n+&]|\bva\b|\band\b)\s*")
_RANGE = re.compile(r" ?(?:[-–—−~]|\b(?:den|toi|to|until|through)\b) ?")
_LABEL = re.compile(r"^(?:(?:thang|thg|th|t)\.? ?(?=[0-9])|thang |month )")


class LunarByName(tuple[int, ...]):
    """Months written by names of the lunar calendar; `run` is them in the order in which they were written."""

    run: tuple[int, ...]
    typed: str

    def __new__(cls, run: Sequence[int] = (), typed: str = "") -> Self:
        """Take the months in their order, and the text that named them."""
        self = super().__new__(cls, sorted(run))
        self.run, self.typed = tuple(run), typed
        return self


def parse_months(items: str | Sequence[str]) -> tuple[int, ...]:
    """Return the months meant, 1 to 12, sorted, each once; an empty list gives ().

    An item is a month ("8", "tháng 8", "August"), a stretch ("8-10", "tháng 8 đến 10"; "11-2" runs over the
    new year) or "quanh năm"; one text may hold several. "Chạp - Giêng" gives a LunarByName. Raises UserError for
    anything else, and where such a name stands beside numbers, which may be of either calendar.
    """
    texts = [items] if isinstance(items, str) else items
    words, run = _read(texts)
    if not words & _LUNAR.keys():
        return tuple(sorted(run))
    typed = ", ".join(texts)
    if words - _LUNAR.keys() - _COUNTED.keys():
        raise UserError(
            Text("{typed} has names of lunar months beside numbers.", typed=quoted(typed)),
            Text("Write numbers only: solar months under months, lunar months under lunar_months."),
        )
    return LunarByName(run, typed)


def parse_lunar_months(items: str | Sequence[str]) -> tuple[int, ...]:
    """Return what `parse_months` does, where the lunar calendar is meant anyway."""
    return tuple(sorted(_read([items] if isinstance(items, str) else items)[1]))


def lunar_to_solar(months: Sequence[int]) -> tuple[int, ...]:
    """Return the solar months in which lunar months mostly fall: m + 1, and 12 in January; sorted."""
    return tuple(sorted({month % 12 + 1 for month in months}))


def _read(texts: Sequence[str]) -> tuple[set[str], tuple[int, ...]]:
    """Return the words that stand for months, folded, and the months in the order written, each once."""
    words: set[str] = set()
    months: list[int] = []
    for text in texts:
        refuse_length(text)
        for part in ["1-12"] if fold(text) in _ALWAYS else _LIST.split(fold(text)):
            ends = _RANGE.split(part.removeprefix("tu thang ").removeprefix("from "))
            ends = [_LABEL.sub("", end.strip()) for end in ends]
            if len(ends) > 2 or not _MONTHS.keys() >= set(ends):
                raise UserError(
                    Text("{text} cannot be read as months (1 to 12).", text=quoted(text)),
                    Text("Write it like: 8, 9 or 8-10 or all year."),
                )
            first, last = _MONTHS[ends[0]], _MONTHS[ends[-1]]
            months += range(first, last + 1) if first <= last else (*range(first, 13), *range(1, last + 1))
            words.update(ends)
    if words & _LUNAR.keys() == {"mot"}:
        raise UserError(
            Text("{text}: “Một” may be January, or the eleventh lunar month.", text=quoted(", ".join(texts))),
            Text("Write it as a number: a solar month under months, a lunar month under lunar_months."),
        )
    return words, tuple(dict.fromkeys(months))


# --- Days and years as they are written in Vietnam: day, month, year; or the year first with dashes ---

FIRST_YEAR, LAST_YEAR = 1900, 2100
_DATES = (
    re.compile(r"(?P<year>[0-9]{4}) ?([-/.]) ?(?P<month>[0-9]{1,2}) ?\2 ?(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<day>[0-9]{1,2}) ?([-/.]) ?(?P<month>[0-9]{1,2}) ?\2 ?(?P<year>[0-9]{1,4})"),
    re.compile(
        r"(?:ngay )?(?:mung |mong )?(?P<day>[0-9]{1,2}) thang (?P<month>[0-9]{1,2}),? ?(?:nam )?"
        r"(?P<year>[0-9]{1,4})"
    ),
    re.compile(rf"(?P<day>[0-9]{{1,2}}) (?P<month>{'|'.join(_ENGLISH_MONTHS)}),? (?P<year>[0-9]{{1,4}})"),
)
_MONTH_ONLY = re.compile(r"(?:thang )?[0-9]{1,2} ?[-/.] ?[0-9]{4}|[0-9]{4} ?[-/.] ?[0-9]{1,2}")
_EXAMPLES = Text("Write day, month, year: 2/11/2026 or 2026-11-02.")


def parse_date(text: str) -> date:
    """Return the day in 2026-11-02, 2/11/2026 (the day first, always) or "ngày 2 tháng 11 năm 2026".

    Raises UserError for a month without day, two-digit years, days that no calendar has, and years outside
    1900 to 2100.
    """
    refuse_length(text)
    found = next(filter(None, (pattern.fullmatch(fold(text)) for pattern in _DATES)), None)
    if found is None:
        is_month = _MONTH_ONLY.fullmatch(fold(text))
        raise UserError(
            Text("{text} lacks the day.", text=quoted(text))
            if is_month
            else Text("{text} cannot be read as a date.", text=quoted(text)),
            _EXAMPLES,
        )
    day, month = int(found["day"]), _ENGLISH_MONTHS.get(found["month"]) or int(found["month"])
    year = _year(found["year"], f"{day}/{month}/", text)
    if not 1 <= month <= 12:
        is_month_first = 1 <= day <= 12 and month <= monthrange(year, day)[1] and month > 0
        raise UserError(
            Text("{text}: there is no month {month}.", text=quoted(text), month=month),
            Text("The day comes first. Is it {guess}?", guess=f"{month}/{day}/{year}")
            if is_month_first
            else _EXAMPLES,
        )
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise UserError(
            Text("{text} is on no calendar.", text=quoted(text), day=day, month=month, year=year),
            Text("That month has {last} days.", last=last, month=month, year=year),
        )
    return date(year, month, day)


_TIME = re.compile(r"([01]?[0-9]|2[0-3])(?:(?:[:.]|\s*(?:gio|h))\s*([0-5][0-9])?|\s*h)?")


def parse_time(text: str) -> tuple[int, int]:
    """Return hour and minute of 7:00, 7h30, "19 giờ"; UserError for anything else."""
    if found := _TIME.fullmatch(fold(clean_text(text))):
        return int(found[1]), int(found[2] or 0)
    raise UserError(
        Text("{text} is not a time of day.", text=quoted(text)),
        Text("Write hours and minutes, such as: 7:00"),
    )


def say_day(day: date) -> Text:
    """Return a day as people write it: 2/11/2026, and 2026-11-02 in English."""
    return Both(f"{day.day}/{day.month}/{day.year}", day.isoformat())


def parse_year(text: str) -> int:
    """Return a year from 1900 to 2100, "năm" before it or not; UserError for anything else."""
    refuse_length(text)
    word = fold(text).removeprefix("nam ")
    if not re.fullmatch("[0-9]{1,4}", word):
        raise UserError(Text("{text} is not a year.", text=quoted(text)), Text("Write four digits: 2015"))
    return _year(word, "", text)


def _year(typed: str, before: str, text: str) -> int:
    """Return the year, or refuse it; `before` is what stands before it in the suggestion."""
    year = int(typed)
    if len(typed) == 4 and FIRST_YEAR <= year <= LAST_YEAR:
        return year
    if len(typed) <= 2:
        raise UserError(
            Text("{text}: a year has four digits.", text=quoted(text)),
            Text("Is it {guess}?", guess=f"{before}{year + (2000 if year < 50 else 1900)}"),
        )
    raise UserError(
        Text(
            "{text}: years run from {first_year} to {last_year}.",
            text=quoted(text),
            first_year=FIRST_YEAR,
            last_year=LAST_YEAR,
        ),
        Text("Look at the digits of the year again."),
    )


# --- A place on the map as latitude and longitude, however it was written down or shared ---

MICRO = 1_000_000
CELL = 10_000  # 0.01° in millionths of a degree, about 1.1 km
EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG
_LATITUDES, _LONGITUDES = (8.0, 24.0), (102.0, 110.0)  # a box round Vietnam's mainland
_LONGEST = 4_000  # a long map link has about 800 characters

Pair = tuple[float, float]
"""Latitude and longitude in degrees, as written."""


@dataclass(frozen=True, slots=True)
class Point:
    """A point in WGS 84 degrees, kept to 6 decimals (0.1 m)."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "lat", round(float(self.lat), 6))
        object.__setattr__(self, "lon", round(float(self.lon), 6))

    def __str__(self) -> str:
        return ", ".join(f"{degrees:.6f}".rstrip("0").rstrip(".") for degrees in (self.lat, self.lon))

    def snapped(self) -> "Point":
        """Return the centre of the fixed 0.01° cell that the point lies in, for `near_point`.

        The grid never moves and nothing is random: random shifts of the same home average out to the home,
        a fixed cell tells the same however often it is published. Cells are counted in whole millionths of
        a degree, so that the noise of floats cannot carry a point over the edge of its cell.
        """
        return Point(_cell_centre(self.lat), _cell_centre(self.lon))


def _cell_centre(degrees: float) -> float:
    cell = round(degrees * MICRO) // CELL
    return (cell * CELL + CELL // 2) / MICRO


def distance_m(a: Point, b: Point) -> float:
    """Return the distance of two points in metres over a round earth (haversine; within 0.5 %)."""
    lat1, lat2 = math.radians(a.lat), math.radians(b.lat)
    half_lat, half_lon = (lat2 - lat1) / 2, math.radians(b.lon - a.lon) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(chord)))


def parse_point(text: str) -> Point:
    """Return the point in decimal degrees, degrees-minutes-seconds or a map link.

    Raises UserError for short links, for links and texts without two numbers, for swapped pairs, 0, 0 and
    anything outside Vietnam; where the right reading can be guessed it is suggested, never taken.
    """
    refuse_length(text, _LONGEST)
    link = _LINK.search(text)
    pair = _pair_of_link(link[0]) if link else _read_pair(text)
    if pair is None:
        raise UserError(
            Text("{text} cannot be read as a point.", text=quoted(text)),
            Text("Write latitude, then longitude: 18.1261, 105.7612"),
        )
    if _is_in_vietnam(*pair):
        return Point(*pair)
    raise _not_here(text, *pair)


def _is_in_vietnam(lat: float, lon: float) -> bool:
    return _LATITUDES[0] <= lat <= _LATITUDES[1] and _LONGITUDES[0] <= lon <= _LONGITUDES[1]


def _not_here(text: str, lat: float, lon: float) -> UserError:
    """Return the refusal of a pair of numbers that is no point in Vietnam."""
    if lat == 0 and lon == 0:
        return UserError(
            Text("0, 0 is at sea: the phone had no position yet."),
            Text("Turn location on, go outdoors and take it again."),
        )
    message, meant = Text("Latitude and longitude are swapped."), (lon, lat)
    if not _is_in_vietnam(*meant) and (lat > 90 or lon > 180):
        message = Text("The decimal sign is lost.")
        meant = _with_decimals(lat, *_LATITUDES), _with_decimals(lon, *_LONGITUDES)
    if _is_in_vietnam(*meant):
        return UserError(message, Text("Is {point} meant? Then write that.", point=Point(*meant)))
    return UserError(
        Text("{text} lies outside Vietnam.", text=quoted(text)),
        Text("Here latitudes are about 18, longitudes about 105. Write it like: 18.1261, 105.7612"),
    )


def _with_decimals(value: float, least: float, most: float) -> float:
    """Return 18.1261 for 181261, as a spreadsheet shows it that took the point for a thousands sign."""
    readings = (value / float(f"1e{power}") for power in range(8))
    return next((reading for reading in readings if least <= reading <= most), 0.0)


# --- Two numbers in degrees out of text: decimal, degrees and minutes, or degrees, minutes and seconds ---

_TOKEN = re.compile(
    r"(?P<number>[-−–]?[0-9]{1,20}(?:[.,][0-9]{1,20})?)|(?P<angle>['\"°º˚′″’‘”“´`])|(?P<word>[^\W\d_]{1,20})"
    r"|(?P<comma>[,;/~|])|[:()\[\]=\s]"
)
_WHOLE_DEGREES = re.compile(r"([0-9]{1,2}),([0-9]{1,3})")  # "0,0" is two numbers
_SIDES = {
    word: side
    for side, words in {
        "N": "n north b bac lat latitude vi",
        "S": "s south nam",
        "E": "e east d dong lon lng long longitude kinh",
        "W": "w west t tay",
    }.items()
    for word in words.split()
}
_PLACE_FILLERS = {"do", "phut", "giay", "va", "toa", "gps"}


def _read_pair(text: str) -> Pair | None:
    """Return the pair in a text, in the order the letters say, else latitude first; None if anything else is in it.

    N, S, E, W, the Vietnamese B and Đ (bắc, đông) and the words for them are known, N being north always.
    There are two numbers, or two times degrees and minutes, or two times degrees, minutes and seconds.
    """
    if whole := _WHOLE_DEGREES.fullmatch(text.strip()):
        return float(whole[1]), float(whole[2])
    text = text.strip().rstrip(".")
    tokens = list(_TOKEN.finditer(text))
    if sum(len(token[0]) for token in tokens) != len(text):
        return None
    numbers = [token[0].replace(",", ".") for token in tokens if token["number"]]
    words = [fold(token[0]) for token in tokens if token["word"]]
    if len(numbers) not in (2, 4, 6) or not set(words) <= _SIDES.keys() | _PLACE_FILLERS:
        return None
    commas, angles = (sum(bool(token[kind]) for token in tokens) for kind in ("comma", "angle"))
    sides = "".join(_SIDES.get(word, "") for word in words)
    if len(numbers) > 2 and commas > 1 and not angles and not sides:
        return None  # "18, 12, 105, 45" may be minutes or decimals
    half = len(numbers) // 2
    first, second = _degrees(numbers[:half]), _degrees(numbers[half:])
    if first is None or second is None:
        return None
    ways = re.fullmatch("(?:(?P<lat>[NS]+)(?P<lon>[EW]+)|(?P<lon_first>[EW]+)(?P<lat_last>[NS]+))?", sides)
    if ways is None:
        return None
    lat, lon = (second, first) if ways["lon_first"] else (first, second)
    return -lat if "S" in sides else lat, -lon if "W" in sides else lon


def _degrees(numbers: list[str]) -> float | None:
    """Return decimal degrees out of degrees, minutes, seconds, of which only the last may have decimals."""
    degrees, *smaller = (float(number.translate({ord("−"): "-", ord("–"): "-"})) for number in numbers)
    if any("." in number for number in numbers[:-1]) or not all(0 <= part < 60 for part in smaller):
        return None
    value = abs(degrees) + sum(part / (60, 3600)[power] for power, part in enumerate(smaller))
    return value if numbers[0][0].isdigit() else -value


# --- Coordinates out of a pasted map link, without asking the network ---

_LINK = re.compile(
    r"(?:https?://|www\.|geo:)\S+|(?:maps\.|goo\.gl|google\.|osm\.org|openstreetmap\.)\S*/\S*", re.I
)
_SHORT = re.compile(r"\b(?:maps\.app\.goo\.gl|goo\.gl/maps|g\.co/kgs|maps\.apple/p|osm\.org/go)\b", re.I)
_PAIR = r"(-?[0-9]{1,3}(?:\.[0-9]{1,15})?)"
_PIN = re.compile(rf"!3d{_PAIR}!4d{_PAIR}")
_VIEWS = (re.compile(rf"map=[0-9.]{{1,5}}/{_PAIR}/{_PAIR}"), re.compile(rf"/@{_PAIR},{_PAIR}"))
_PATH = re.compile(r"/(?:place|search|dir)/([^@]{1,300})")
_PLACES = ("destination", "daddr", "query", "q", "ll", "coordinate", "sll", "cp")


SHORT_LINK: Final = _SHORT.pattern
"""How a link looks that holds no numbers, and that only the network can tell where it leads."""


def _pair_of_link(link: str) -> Pair:
    """Return the pair in a map link; UserError for a short link or one without."""
    if _SHORT.search(link):
        raise UserError(
            Text("{link} is a short link: no numbers in it.", link=quoted(link)),
            Text("Open it, then copy the long address from the address bar, or the two numbers."),
        )
    for pair in _pairs(link.rstrip(".,;)")):
        if pair is not None:
            return pair
    raise UserError(
        Text("{link} holds no coordinates.", link=quoted(link)),
        Text("Press and hold the garden on the map and copy the two numbers: 18.1261, 105.7612"),
    )


def _pairs(link: str) -> Iterator[Pair | None]:
    """Yield the pairs of a link, the surest first; None for what might have been one."""
    whole = unquote_plus(link)
    try:
        parts = urlsplit(link if re.match(r"[a-z]+://|geo:", link, re.I) else f"https://{link}")
    except ValueError:
        return
    yield from (_floats(match) for match in reversed(list(_PIN.finditer(whole))))
    query = dict(parse_qsl(parts.query)) if parts.query.count("&") < 100 else {}
    yield _short_pair(f"{query.get('mlat', '')}, {query.get('mlon', '')}")
    yield from (_short_pair(query.get(name, "")) for name in _PLACES)
    if parts.scheme == "geo":
        yield _short_pair(parts.path.split(";")[0])
    elif path := _PATH.search(parts.path):  # the last stop of a route, or the place
        yield from (_short_pair(unquote_plus(stop)) for stop in reversed(path[1].split("/")))
    yield from (_floats(match) for view in _VIEWS for match in view.finditer(whole))
    yield _short_pair(query.get("center", ""))


def _short_pair(text: str) -> Pair | None:
    """Return the pair that a piece of a link holds, a label in brackets behind it left out."""
    return _read_pair(text.removeprefix("loc:").split("(")[0]) if len(text) < 100 else None


def _floats(match: re.Match[str]) -> Pair:
    return float(match[1]), float(match[2])
