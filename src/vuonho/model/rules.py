"""Rules that look at a whole household, and what free text should not say of a family."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from urllib.parse import unquote_plus

from vuonho.errors import Problem, Severity
from vuonho.i18n import Both, Text
from vuonho.model.communes import Commune, outside
from vuonho.model.fields import LocalText, Record
from vuonho.model.household import CropEntry, Household, Product
from vuonho.model.values import LunarByName, Point, distance_m, format_number, quoted
from vuonho.model.vocabulary import find_crop
from vuonho.text import nfc

# --- What free text should not say of a family: numbers that are refused, and words worth a second look ---

MOST_QUOTED = 3
LONGEST_QUOTED = 40
# Where a phone, an address or a place would slip round the family's ticks.
TOLD = frozenset({"story", "directions", "caption", "address"})

_SAID = {
    "card": (
        Text("This looks like an identity card number"),
        Text("Please delete it; identity numbers are never published."),
    ),
    "account": (
        Text("This looks like a bank account"),
        Text("Please delete it; the family can give it to a buyer by phone."),
    ),
    "health": (
        Text("This speaks of health"),
        Text("Health belongs to the family; if it is about a person, better leave it out."),
    ),
    "religion": (Text("This speaks of religion"), Text("Faith is private; better leave it out.")),
    "ethnicity": (
        Text("This speaks of ethnic origin"),
        Text("If it tells a family's origin, better leave it out."),
    ),
    "party": (Text("This speaks of the Party"), Text("Party membership is private; better leave it out.")),
    "poverty": (
        Text("This speaks of poverty"),
        Text("Strangers need not know a family's hardship; better leave it out."),
    ),
    "children": (
        Text("This speaks of children"),
        Text("For the children's safety, better leave out names, ages and schools."),
    ),
    "empty_house": (
        Text("This tells when nobody is at home"),
        Text("Thieves read it too; give only the hours when guests are welcome."),
    ),
    "phone": (
        Text("There is a phone number in the text"),
        Text("Better put it in contact.phone, where it shows only with the family's tick."),
    ),
    "mail": (
        Text("There is a mail address in the text"),
        Text("Better leave it out; it draws junk mail."),
    ),
    "place": (
        Text("There is a map position in the text"),
        Text("Better put it in location.point, where the family chooses: exact, near, or not at all."),
    ),
}
_CONTACTS = {
    "phone": re.compile(
        r"(?<![\w+.])(?![0-9]{1,2}([-. ])[0-9]{1,2}\1(?:19|20)[0-9]{2}(?![0-9]))"  # a date is no phone
        r"(?:(?:\+|00)?84[ .-]?|0)(?:[35789](?:[ .-]?[0-9]){8}|2(?:[ .-]?[0-9]){8,9})(?![0-9])"
    ),
    "mail": re.compile(r"(?<=\w)@[\w-]{1,63}\.[a-z]{2,20}(?:\.[a-z]{2,3})?(?!\w)", re.IGNORECASE),
    "place": re.compile(
        r"maps\.app\.goo\.gl|goo\.gl/maps|google\.[a-z.]{2,6}/maps|maps\.google|openstreetmap\.org|maps\.apple"
        r"|(?<!\w)geo:[0-9]|(?<![0-9.])(?:[89]|1[0-9]|2[0-3])\.[0-9]{3,9}[,; ] ?10[2-9]\.[0-9]{3,9}",
        re.IGNORECASE,
    ),
}


def cautions(text: str, field: str) -> tuple[Problem, ...]:
    """Return what a free text says that it should not, in the order errors, topics, contacts.

    Errors are identity cards and bank accounts, of which only a few digits are quoted; everything else is a
    warning that quotes the words. Phones, mail addresses and map positions are warned of in stories,
    directions, captions and address lines only, told by `field`. The time taken grows with the length.
    """
    plain = " ".join(nfc(text).split())
    errors: dict[str, list[str]] = {}
    for kind, digits in _private_numbers(plain) if _EIGHT_DIGITS.search(plain) else ():
        errors.setdefault(kind, []).append(_masked(digits))
    topics = _topics() if _any_topic().search(plain.casefold()) else {}
    warnings = {
        topic: [match["found"] for match in pattern.finditer(plain) if match["found"]]
        for topic, pattern in topics.items()
    }
    for kind, pattern in _CONTACTS.items() if TOLD.intersection(field.split(".")) else ():
        words = (match[0] for match in pattern.finditer(plain))
        warnings[kind] = [_masked(re.sub(r"\D", "", word)) if kind == "phone" else word for word in words]
    return (
        *(_problem(field, kind, words, Severity.ERROR) for kind, words in errors.items()),
        *(_problem(field, kind, words, Severity.WARNING) for kind, words in warnings.items() if words),
    )


def cards_in_link(link: str, field: str) -> tuple[Problem, ...]:
    """Return the error for a link that holds the number of a card of today, of which only a few digits are quoted.

    Nothing else is looked for: shops and pages have numbers of 9 digits too.
    """
    cards = [
        _masked(card)
        for match in _RUN.finditer(unquote_plus(link))
        if not match.string[: match.start()].endswith(tuple("0123456789.,"))
        and (card := _new_card(_Run(match[0])))
    ]
    return (_problem(field, "card", cards, Severity.ERROR),) if cards else ()


def _problem(field: str, kind: str, words: Iterable[str], severity: Severity) -> Problem:
    """Return what to say, with the first few different words in quotes."""
    about, advice = _SAID[kind]
    different = list({word.lower(): word for word in reversed(list(words))}.values())[::-1]
    shown = ", ".join(f"“{word[:LONGEST_QUOTED]}”" for word in different[:MOST_QUOTED])
    more = ", …" if len(different) > MOST_QUOTED else ""
    return Problem(field, Text("{about}: {words}.", about=about, words=shown + more), advice, severity)


def _masked(digits: str) -> str:
    """Return enough of a number to find it in the text, and too little to use it."""
    return f"{digits[:3]}…{digits[-2:]}"


@cache
def _phrases() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the phrases of `sensitive.csv` by their topics: those that tell, and those that only look like them.

    Rows of the table are joined by |. A topic in angle brackets is a part that other rows name.
    """
    capitals = "".join(filter(str.isupper, map(chr, range(0x41, 0x1F00))))
    shared = {"<capital>": f"[{capitals}]"}
    rows: dict[str, dict[str, list[str]]] = {"found": {}, "harmless": {}}
    table = Path(__file__).with_name("sensitive.csv").read_text(encoding="utf-8").splitlines()
    for topic, side, row in csv.reader(table[1:]):
        phrases = re.sub("<[a-z]+>", lambda part: shared[part[0]], row)
        if topic.startswith("<"):
            shared[topic] = phrases
        else:
            rows[side].setdefault(topic, []).append(phrases)
    found, harmless = ({topic: "|".join(some) for topic, some in side.items()} for side in rows.values())
    return found, harmless


@cache
def _topics() -> Mapping[str, re.Pattern[str]]:
    """Return a pattern for each topic: whole words; those that only look like them come first."""
    found, harmless = _phrases()
    return {
        topic: re.compile(
            rf"(?<!\w)(?:(?:{harmless.get(topic, '(?!)')})|(?P<found>{phrases}))(?!\w)", re.IGNORECASE
        )
        for topic, phrases in found.items()
    }


@cache
def _any_topic() -> re.Pattern[str]:
    """Return a pattern that finds something in a text in small letters wherever one of the topics may."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(_phrases()[0].values()).casefold()})(?!\w)")


# --- Numbers in free text that must not be published: identity cards and bank accounts ---

_EIGHT_DIGITS = re.compile(r"(?:[0-9][ .\-–]?){7}[0-9]")
_RUN = re.compile(r"[0-9]+(?:[ .\-–][0-9]+)*")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_CARD = re.compile(r"0(?!00)(?:[0-8][0-9]|9[0-6])[0-3][0-9]{8}")
_OLD_SHAPE = re.compile(r"[0-9]{3}(?:([ \-–])[0-9]{3}\1[0-9]{3}|[0-9]{6})")
_OLD_CARD = re.compile(r"(?:0[1-9]|[12][0-9]|3[01])[0-9]{7}(?<!000)")  # 32 to 39 look like phones without 0
_NUMBERS_PHONE = re.compile(r"(?:0|84|0084)(?:[35789][0-9]{8}|2[0-9]{8,9})")
_DATE = re.compile(r"[0-9]{1,2}([-. ])[0-9]{1,2}\1(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}")
_UNIT = re.compile(
    r" ?(?:đ|đồng|vnđ|vnd|k|nghìn|ngàn|triệu|tr|tỷ|tỉ|usd|m2|m²|ha|sào|kg|tấn|tạ|lít|cây|con|quả|gốc)(?!\w)",
    re.I,
)
_THOUSANDS = re.compile(r"[1-9][0-9]*(?:[^0-9][0-9]{3})*[^0-9]000")
_CARD_WORD = re.compile(
    r"(?<!\w)(?:cccd|căn cước|can cuoc|cmnd|cmt|cmtnd|chứng minh|chung minh|định danh|dinh danh"
    r"|(?:identity|id|citizen) (?:card|number|no|id))(?!\w)[^0-9,.;]{0,40}[ :.#(\-–]*\Z",
    re.IGNORECASE,
)
_ACCOUNT_WORD = re.compile(
    r"(?<!\w)(?:stk|số tài khoản|so tai khoan|số tk|tk ngân hàng|tài khoản ngân hàng|bank account"
    r"|account (?:number|no))(?P<gap>[^0-9]{0,40})\Z"
    r"|(?<!\w)(?:tài khoản|account|tk)[ :]{0,3}(?:là|số)?[ :]{0,3}\Z",
    re.IGNORECASE,
)
_BANK = (
    r"(?:ngân hàng|agribank|vietcombank|vcb|vietinbank|bidv|techcombank|mb ?bank|acb|sacombank|vpbank|tpbank"
    r"|vib|shb|hdbank|lpbank|lienvietpostbank|seabank|ocb|msb|eximbank|scb|pvcombank|kienlongbank|bac ?a ?bank"
    r"|chuyển khoản)"
)
_BANK_BEFORE = re.compile(rf"(?<!\w){_BANK}(?P<gap>[^0-9]{{0,25}})\Z", re.IGNORECASE)
_BANK_AFTER = re.compile(rf"[ ,:(\-–]{{0,3}}{_BANK}(?!\w)", re.IGNORECASE)
_GLUED = re.compile(r"[\w+=]\Z|[0-9][.,]\Z")  # a part of a longer word or number
_CALL = re.compile(
    r"(?<!\w)(?:đt|sđt|điện thoại|gọi|zalo|tel|phone|call|số máy|hotline)(?!\w)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Run:
    """Groups of digits with one separator between each two, as typed, and the words on both sides."""

    typed: str
    before: str = ""
    after: str = ""

    @property
    def groups(self) -> list[str]:
        return re.findall("[0-9]+", self.typed)

    @property
    def digits(self) -> str:
        return re.sub("[^0-9]", "", self.typed)

    @property
    def is_money(self) -> bool:
        return bool(_UNIT.match(self.after) or _THOUSANDS.fullmatch(self.typed))


def _private_numbers(text: str) -> Iterator[tuple[str, str]]:
    """Give ("card" or "account", digits) for each number that looks like one, outside of links."""
    plain = _LINK.sub(" ", text)
    for match in _RUN.finditer(plain):
        start, end = match.span()
        if end - start < 8:
            continue
        run = _Run(match[0], plain[max(0, start - 64) : start], plain[end : end + 24])
        account = _ACCOUNT_WORD.search(run.before)
        bank = _BANK_BEFORE.search(run.before) or _BANK_AFTER.match(run.after)
        if account and _is_account(run, account):
            yield "account", run.digits
        elif card := _labelled_card(run) or _plain_card(run):
            yield "card", card
        elif bank and _is_account(run, bank) and not _NUMBERS_PHONE.fullmatch(run.digits):
            yield "account", run.digits


def _is_account(run: _Run, label: re.Match[str]) -> bool:
    gap = label.groupdict().get("gap") or ""
    return len(run.digits) >= 8 and not (_CALL.search(gap) or run.is_money or _DATE.match(run.typed))


def _labelled_card(run: _Run) -> str | None:
    """Return the 12 or 9 digits that follow words like CCCD, however they are grouped."""
    if not _CARD_WORD.search(run.before) or run.is_money:
        return None
    sizes = list(accumulate(map(len, run.groups)))
    return next((run.digits[:size] for size in (12, 9) if size in sizes), None)


def _plain_card(run: _Run) -> str | None:
    """Return a card's digits that no word announces: 12 with the right structure, or 9 written plainly."""
    is_part = _GLUED.search(run.before) or run.after[:1].isalnum()
    if is_part or run.is_money or _NUMBERS_PHONE.fullmatch(run.digits):
        return None
    is_old = _OLD_SHAPE.fullmatch(run.typed) and _OLD_CARD.fullmatch(run.digits)
    is_fraction = run.typed.isdigit() and re.match(r" ?[/,][0-9]", run.after)
    return _new_card(run) or (run.digits if is_old and not is_fraction else None)


def _new_card(run: _Run) -> str | None:
    """Return the 12 digits of neighbouring groups that make a card of today and stand alone.

    One kind of separator is in it, another before it, and no phone is its beginning.
    """
    groups, separators = run.groups, re.findall("[^0-9]", run.typed)
    for start in range(len(groups)):
        digits, end = "", start
        while len(digits) < 12 and end < len(groups):
            digits, end = digits + groups[end], end + 1
        inner, before = set(separators[start : end - 1]), separators[start - 1] if start else ""
        if not _CARD.fullmatch(digits) or len(inner) > 1 or before == "." or before in inner:
            continue
        if not (10 in accumulate(map(len, groups[start:end])) and _NUMBERS_PHONE.fullmatch(digits[:10])):
            return digits
    return None


# --- Rules that look at several fields of one household; each yields what it objects to ---

OCOP_NOTICE = timedelta(days=90)
FAR_FROM_CENTRE = 10_000
LEAST_PRICE = 500
FIRST_CONSENT = 2020
"""No family signed for a page before: an earlier year is a slip."""

Rule = Callable[[Household], Iterator[Problem]]


def check_household(household: Household) -> tuple[Problem, ...]:
    """Return what is wrong or doubtful within one profile."""
    return tuple(problem for rule in (*_RULES, slips) for problem in rule(household))


def check_languages(record: Record, languages: tuple[str, ...]) -> Iterator[Problem]:
    """Give a warning for each text in a language that the site does not have."""
    for field, text in _local_texts(record):
        for tag, _ in text.entries:
            if tag not in languages:
                yield _warning(
                    f"{field}.{tag}",
                    Text("The site has no language “{tag}”.", tag=tag),
                    Text("Add {tag} to languages in site.yaml, or fix it.", tag=tag),
                )


def _local_texts(value: object, field: str = "") -> Iterator[tuple[str, LocalText]]:
    """Yield (field, text) of all texts in a record that may stand in several languages."""
    inside: Iterable[tuple[object, object]] = ()
    if isinstance(value, tuple):
        inside = enumerate(value, 1)
    elif isinstance(value, Record):
        inside = ((key, getattr(value, key)) for key in value.slots)
    for key, item in inside:
        if isinstance(item, LocalText):
            yield f"{field}.{key}".lstrip("."), item
        elif isinstance(item, tuple | Record):
            yield from _local_texts(item, f"{field}.{key}".lstrip("."))


def check_place(point: Point | None, field: str, commune: Commune, centre: Point) -> Iterator[Problem]:
    """Give a warning where the point lies outside its commune or far from its village."""
    if point is None:
        return
    far = distance_m(point, centre)
    if outside(commune, point) is not None:
        said = Text("This point lies outside {full_name}.", full_name=commune.full_name)
    elif far > FAR_FROM_CENTRE:
        said = Text("This point is {far:.0f} km from the centre of the village.", far=far / 1000)
    else:
        return
    yield _warning(field, said, Text("Look at the point on a map again."))


def _warning(field: str, message: Text, hint: Text) -> Problem:
    return Problem(field, message, hint, Severity.WARNING)


def _money(sum_: int) -> Text:
    return Both(format_number(sum_, "vi"), format_number(sum_, "en"))


def _consent(household: Household) -> Iterator[Problem]:
    consent = household.consent
    if consent.given is None:
        yield _warning(
            "consent.given",
            Text("The family has not agreed: no page is made."),
            Text("Write the date here once they agree."),
        )
        return
    if consent.given > household.checked:
        yield Problem(
            "consent.given",
            Text("Consent was given after the profile was checked."),
            Text("Fix one of the dates; check the profile again after the family agreed."),
        )
    if consent.given.year < FIRST_CONSENT:
        yield _warning(
            "consent.given",
            Text("Consent of {year} is very old.", year=consent.given.year),
            Text("Look at the year on the signed paper again."),
        )
    if consent.by is None or consent.how is None:
        yield _warning(
            "consent",
            Text("Who agreed, and how, is not recorded."),
            Text("Add by: (full name) and how: (paper, form, in_person)."),
        )


def _crops(household: Household) -> Iterator[Problem]:
    garden = household.garden
    total = sum(crop.area or 0 for crop in garden.crops)
    if garden.area and total > garden.area:
        yield _warning(
            "garden.area",
            Text(
                "The crops add up to {total} m², more than the garden's {area} m².",
                total=total,
                area=garden.area,
            ),
            Text("Leave it if they grow among each other; else look at the areas again."),
        )
    seen: set[str] = set()
    for number, crop in enumerate(garden.crops, 1):
        if crop.planted and crop.planted > household.checked.year:
            yield _warning(
                f"garden.crops.{number}.planted",
                Text("Planted in {planted}, after the profile was checked.", planted=crop.planted),
                Text("Look at the year again."),
            )
        known = find_crop(crop.name)
        name = known.key if known else crop.name.casefold()
        if name in seen:
            yield _warning(
                f"garden.crops.{number}.name",
                Text("The crop “{name}” stands twice.", name=crop.name),
                Text("Put them together if they are one."),
            )
        seen.add(name)


def _ocop(household: Household) -> Iterator[Problem]:
    for number, product in enumerate(household.products, 1):
        if product.ocop and product.ocop.until <= household.checked + OCOP_NOTICE:
            yield _warning(
                f"products.{number}.ocop.until",
                Text("The OCOP grade has expired and is not shown.")
                if product.ocop.until < household.checked
                else Text("The OCOP grade expires soon."),
                Text("Have it graded again and write the new date."),
            )


def _prices(household: Household) -> Iterator[Problem]:
    for number, product in enumerate(household.products, 1):
        if product.price and product.price < LEAST_PRICE:
            yield _warning(
                f"products.{number}.price",
                Text("A price of {price} đồng?", price=product.price),
                Text("Is {guess} meant? Then write that.", guess=_money(product.price * 1000)),
            )


def _links(household: Household) -> Iterator[Problem]:
    for number, link in enumerate(household.links, 1):
        yield from cards_in_link(link, f"links.{number}")


def _photos(household: Household) -> Iterator[Problem]:
    """Give a warning for a photo that stands twice, an error if once with and once without people."""
    seen: dict[str, bool] = {}
    for number, photo in enumerate(household.photos, 1):
        if seen.setdefault(photo.file, photo.people) != photo.people:
            yield Problem(
                f"photos.{number}",
                Text("The photo “{file}” stands twice: once with people and once without.", file=photo.file),
                Text("Delete one of the lines; where people are in the photo, write people: yes."),
            )
        elif any(other.file == photo.file for other in household.photos[: number - 1]):
            yield _warning(
                f"photos.{number}",
                Text("The photo “{file}” stands twice.", file=photo.file),
                Text("Delete one of the lines."),
            )


_RULES: tuple[Rule, ...] = (_consent, _crops, _ocop, _prices, _links, _photos)


# --- Slips of the pen that every type takes: what looks as if it stood in the wrong place or lacked its other half ---

_NUMBER = r"(?<![\w.,])\d+(?:[.,]\d+)*\s*"
_MISPLACED = {
    name: re.compile(rf"{_NUMBER}(?:{units})(?!\w)", re.IGNORECASE)
    for name, units in {
        "trees": "cây|gốc|bụi|khóm",
        "area": "m2|m²|mét vuông|sào|mẫu|ha",
        "animals": "con|đàn|tổ|thùng",
        "price": "k|đ|đồng|nghìn|ngàn|triệu",
    }.items()
}
"""Only with these words: ST25, F1, “hoa 10 giờ” and “chai 500 ml” belong to a name."""


def slips(household: Household) -> Iterator[Problem]:
    """Yield a warning for each of them."""
    for number, crop in enumerate(household.garden.crops, 1):
        field = f"garden.crops.{number}"
        yield from _in_name(field, crop.name, "trees", Text("Number of trees"))
        yield from _in_name(field, crop.name, "area", Text("Area"))
    for number, animal in enumerate(household.garden.animals, 1):
        yield from _in_name(f"garden.animals.{number}", animal.name, "animals", Text("Number"))
    for number, product in enumerate(household.products, 1):
        yield from _in_name(f"products.{number}", product.name, "price", Text("Price"))
        if product.price and product.unit is None:
            yield _warning(
                f"products.{number}.price",
                Text("{price} đồng, and for what is not said.", price=_money(product.price)),
                Text("Add the “Unit”: kg, piece, litre, head…"),
            )
    visits = household.visits
    if visits and visits.hours and not visits.welcome:
        yield _warning(
            "visits.hours",
            Text("There are hours for visitors, but “Receives visitors” does not say yes."),
            Text("If visitors are welcome, say yes under “Receives visitors”; if not, delete the hours."),
        )
    for number, crop in enumerate(household.garden.crops, 1):
        yield from _season(f"garden.crops.{number}.months", crop)
    for number, product in enumerate(household.products, 1):
        yield from _season(f"products.{number}.months", product)


def _in_name(owner: str, name: str, what: str, place: Text) -> Iterator[Problem]:
    pattern = _MISPLACED[what]
    if found := pattern.search(nfc(name)):
        rest = " ".join(pattern.sub(" ", nfc(name)).split()).strip(" ,;:-–()")
        yield _warning(
            f"{owner}.name",
            Text("“{said}” stands in the name, where nobody counts it.", said=found[0]),
            Text("Write the number under “{place}”; keep the name “{rest}”.", place=place, rest=rest)
            if rest
            else Text("Write the number under “{place}”.", place=place),
        )


def _season(field: str, entry: CropEntry | Product) -> Iterator[Problem]:
    """Say what was made of “months: Chạp - Giêng”, or ask where other lunar months stand beside it."""
    if isinstance(entry.months, LunarByName):
        yield Problem(
            field,
            Text(
                "{typed} names lunar months, and lunar_months says something else.",
                typed=quoted(entry.months.typed),
            ),
            Text("Keep one of them, as lunar_months."),
        )
    elif isinstance(entry.lunar_months, LunarByName):
        yield _warning(
            field,
            Text(
                "{typed} names lunar months: read as lunar_months {run}.",
                typed=quoted(entry.lunar_months.typed),
                run=", ".join(map(str, entry.lunar_months.run)),
            ),
            Text("Better write it as lunar_months; if solar months are meant, write numbers."),
        )
