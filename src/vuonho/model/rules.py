"""Rules that look at several fields of one household; each returns what it objects to."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

from vuonho.errors import Finding, Severity
from vuonho.i18n import Text
from vuonho.model.catalogue import find_crop
from vuonho.model.communes import Commune, outside
from vuonho.model.dates import LunarByName
from vuonho.model.fields import LocalText
from vuonho.model.geo import Point, distance_m
from vuonho.model.household import CropEntry, Household, Product
from vuonho.model.sensitive import cards_in_link
from vuonho.model.values import format_number, quoted
from vuonho.text import nfc

# --- Slips of the pen that every type takes: a number in a name, a price for nobody knows what, hours without a ---

_NUMBER = r"(?<![\w.,])\d+(?:[.,]\d+)*\s*"
_COUNTED = re.compile(rf"{_NUMBER}(?:cây|gốc|bụi|khóm)(?!\w)", re.IGNORECASE)
_ANIMALS = re.compile(rf"{_NUMBER}(?:con|đàn|tổ|thùng)(?!\w)", re.IGNORECASE)
_MEASURED = re.compile(rf"{_NUMBER}(?:m2|m²|mét vuông|sào|mẫu|ha)(?!\w)", re.IGNORECASE)
_MONEY = re.compile(rf"{_NUMBER}(?:k|đ|đồng|nghìn|ngàn|triệu)(?!\w)", re.IGNORECASE)
"""Only with these words: ST25, F1, “hoa 10 giờ” and “chai 500 ml” belong to a name."""


def slips(household: Household) -> Iterator[Finding]:
    """Yield a warning for each value that looks as if it stood in the wrong place or lacked its other half."""
    yield from _names(household)
    yield from _units(household)
    yield from _hours(household)
    yield from _seasons(household)


def _names(household: Household) -> Iterator[Finding]:
    garden = household.garden
    for number, crop in enumerate(garden.crops, 1):
        field = f"garden.crops.{number}.name"
        yield from _in_name(field, crop.name, _COUNTED, Text("Số cây", "Number of trees"))
        yield from _in_name(field, crop.name, _MEASURED, Text("Diện tích", "Area"))
    for number, animal in enumerate(garden.animals, 1):
        yield from _in_name(f"garden.animals.{number}.name", animal.name, _ANIMALS, Text("Số con", "Number"))
    for number, product in enumerate(household.products, 1):
        yield from _in_name(f"products.{number}.name", product.name, _MONEY, Text("Giá", "Price"))


def _in_name(field: str, name: str, pattern: re.Pattern[str], place: Text) -> Iterator[Finding]:
    found = pattern.search(nfc(name))
    if found is None:
        return
    said, rest = found[0], " ".join(pattern.sub(" ", nfc(name)).split()).strip(" ,;:-–()")
    is_left = Text(f" để tên là “{rest}”", f"; keep the name “{rest}”") if rest else Text("", "")
    yield Finding(
        field,
        Text(f"“{said}” nằm trong tên, nên máy không tính được.", f"“{said}” stands in the name, where nobody counts it."),
        Text(f"Ghi số vào mục “{place.vi}”{',' if rest else ''}{is_left.vi}.", f"Write the number under “{place.en}”{is_left.en}."),
        Severity.WARNING,
    )  # fmt: skip


def _units(household: Household) -> Iterator[Finding]:
    for number, product in enumerate(household.products, 1):
        if product.price and product.unit is None:
            yield Finding(
                f"products.{number}.price",
                Text(f"Giá {format_number(product.price, 'vi')} đồng mà chưa ghi cho một gì.",
                     f"{format_number(product.price, 'en')} đồng, and for what is not said."),
                Text("Ghi thêm vào mục “Đơn vị”: kg, quả, lít, con…", "Add the “Unit”: kg, piece, litre, head…"),
                Severity.WARNING,
            )  # fmt: skip


def _hours(household: Household) -> Iterator[Finding]:
    visits = household.visits
    if visits and visits.hours and not visits.welcome:
        yield Finding(
            "visits.hours",
            Text("Có giờ đón khách, mà mục “Đón khách” chưa ghi “có”.",
                 "There are hours for visitors, but “Receives visitors” does not say yes."),
            Text("Gia đình đón khách thì ghi “có” vào mục “Đón khách”; không đón thì xóa giờ.",
                 "If visitors are welcome, say yes under “Receives visitors”; if not, delete the hours."),
            Severity.WARNING,
        )  # fmt: skip


def _seasons(household: Household) -> Iterator[Finding]:
    """Say what was made of “months: Chạp - Giêng”, or ask where other lunar months stand beside it."""
    entries: tuple[tuple[str, tuple[CropEntry | Product, ...]], ...] = (
        ("garden.crops", household.garden.crops),
        ("products", household.products),
    )
    for place, listed in entries:
        for number, entry in enumerate(listed, 1):
            field = f"{place}.{number}.months"
            if isinstance(entry.months, LunarByName):
                yield Finding(
                    field,
                    Text(f"{quoted(entry.months.typed)} là tháng âm lịch, mà mục âm lịch (lunar_months) lại ghi khác.",
                         f"{quoted(entry.months.typed)} names lunar months, and lunar_months says something else."),
                    Text("Giữ một trong hai, ghi vào mục âm lịch (lunar_months).", "Keep one of them, as lunar_months."),
                )  # fmt: skip
            elif isinstance(entry.lunar_months, LunarByName):
                run = ", ".join(map(str, entry.lunar_months.run))
                yield Finding(
                    field,
                    Text(f"{quoted(entry.lunar_months.typed)} là tháng âm lịch: đã hiểu là tháng {run} âm lịch (lunar_months).",
                         f"{quoted(entry.lunar_months.typed)} names lunar months: read as lunar_months {run}."),
                    Text("Ghi hẳn vào mục âm lịch (lunar_months) cho rõ; nếu là tháng dương thì ghi bằng số.",
                         "Better write it as lunar_months; if solar months are meant, write numbers."),
                    Severity.WARNING,
                )  # fmt: skip


# --- Rules that look at several fields of one household; each returns what it objects to ---

OCOP_NOTICE = timedelta(days=90)
FAR_FROM_CENTRE = 10_000
LEAST_PRICE = 500
FIRST_CONSENT = 2020
"""No family signed for a page before: an earlier year is a slip."""

Rule = Callable[[Household], Iterator[Finding]]


def check_household(household: Household) -> tuple[Finding, ...]:
    """Return what is wrong or doubtful within one profile."""
    return tuple(finding for rule in _RULES for finding in rule(household))


def check_languages(household: Household, languages: tuple[str, ...]) -> Iterator[Finding]:
    """Give a warning for each text in a language that the site does not have."""
    for field, text in _local_texts(household):
        for tag, _ in text.entries:
            if tag not in languages:
                yield _warning(
                    f"{field}.{tag}",
                    Text(f"Trang không có ngôn ngữ “{tag}”.", f"The site has no language “{tag}”."),
                    Text(f"Thêm {tag} vào languages trong site.yaml, hoặc sửa lại.",
                         f"Add {tag} to languages in site.yaml, or mend it."),
                )  # fmt: skip


def check_place(household: Household, commune: Commune, centre: Point) -> Iterator[Finding]:
    """Give a warning where the point lies outside its commune or far from its village."""
    point = household.location.point
    if point is None:
        return
    hint = Text("Xem lại vị trí trên bản đồ.", "Look at the point on a map again.")
    away = outside(commune, point)
    far = distance_m(point, centre)
    if away is not None:
        yield _warning(
            "location.point",
            Text(
                f"Vị trí này nằm ngoài {commune.full_name}.", f"This point lies outside {commune.full_name}."
            ),
            hint,
        )
    elif far > FAR_FROM_CENTRE:
        yield _warning(
            "location.point",
            Text(f"Vị trí này cách trung tâm thôn {far / 1000:.0f} km.",
                 f"This point is {far / 1000:.0f} km from the centre of the village."),
            hint,
        )  # fmt: skip


def _consent_dates(household: Household) -> Iterator[Finding]:
    given = household.consent.given
    if given and given > household.checked:
        yield Finding(
            "consent.given",
            Text("Ngày đồng ý muộn hơn ngày kiểm tra.", "Consent was given after the profile was checked."),
            Text("Sửa một trong hai ngày; kiểm tra lại hồ sơ sau khi gia đình đồng ý.",
                 "Mend one of the dates; check the profile again after the family agreed."),
        )  # fmt: skip
    if given and given.year < FIRST_CONSENT:
        yield _warning(
            "consent.given",
            Text(f"Ngày đồng ý từ năm {given.year}, lâu quá rồi.", f"Consent of {given.year} is very old."),
            Text("Xem lại năm trên tờ đã ký.", "Look at the year on the signed paper again."),
        )


def _consent_record(household: Household) -> Iterator[Finding]:
    consent = household.consent
    if consent.given is None:
        yield _warning(
            "consent.given",
            Text("Gia đình chưa đồng ý nên chưa có trang.", "The family has not agreed: no page is made."),
            Text("Khi gia đình đồng ý, ghi ngày vào đây.", "Write the date here once they agree."),
        )
    elif consent.by is None or consent.how is None:
        yield _warning(
            "consent",
            Text("Chưa ghi ai đồng ý và bằng cách nào.", "Who agreed, and how, is not recorded."),
            Text("Ghi thêm “Người đồng ý” (by: họ tên) và “Bằng cách nào” (how: giấy, phiếu điện thoại, nói trực tiếp).",
                 "Add by: (full name) and how: (paper, form, in_person)."),
        )  # fmt: skip


def _crop_areas(household: Household) -> Iterator[Finding]:
    total = sum(crop.area or 0 for crop in household.garden.crops)
    if household.garden.area and total > household.garden.area:
        yield _warning(
            "garden.area",
            Text(f"Các cây cộng lại {total} m², lớn hơn vườn {household.garden.area} m².",
                 f"The crops add up to {total} m², more than the garden's {household.garden.area} m²."),
            Text("Nếu trồng xen thì để vậy; nếu không, xem lại diện tích.",
                 "Leave it if they grow among each other; else look at the areas again."),
        )  # fmt: skip


def _future_years(household: Household) -> Iterator[Finding]:
    for number, crop in enumerate(household.garden.crops, 1):
        if crop.planted and crop.planted > household.checked.year:
            yield _warning(
                f"garden.crops.{number}.planted",
                Text(f"Năm trồng {crop.planted} muộn hơn ngày kiểm tra.",
                     f"Planted in {crop.planted}, after the profile was checked."),
                Text("Xem lại năm.", "Look at the year again."),
            )  # fmt: skip


def _ocop(household: Household) -> Iterator[Finding]:
    for number, product in enumerate(household.products, 1):
        if product.ocop is None or product.ocop.until > household.checked + OCOP_NOTICE:
            continue
        over = product.ocop.until < household.checked
        yield _warning(
            f"products.{number}.ocop.until",
            Text("OCOP đã hết hạn nên không hiện.", "The OCOP grade has expired and is not shown.")
            if over
            else Text("OCOP sắp hết hạn.", "The OCOP grade expires soon."),
            Text("Làm hồ sơ đánh giá lại rồi ghi ngày mới.", "Have it graded again and write the new date."),
        )


def _prices(household: Household) -> Iterator[Finding]:
    for number, product in enumerate(household.products, 1):
        if product.price and product.price < LEAST_PRICE:
            price, meant = product.price, product.price * 1000
            yield _warning(
                f"products.{number}.price",
                Text(f"Giá {price} đồng?", f"A price of {price} đồng?"),
                Text(f"Có phải là {format_number(meant, 'vi')}? Nếu đúng thì viết như vậy.",
                     f"Is {format_number(meant, 'en')} meant? Then write that."),
            )  # fmt: skip


def _links(household: Household) -> Iterator[Finding]:
    for number, link in enumerate(household.links, 1):
        yield from cards_in_link(link, f"links.{number}")


def _photo_twice(household: Household) -> Iterator[Finding]:
    """Give a warning for a photo that stands twice, an error if once with and once without people."""
    seen: dict[str, bool] = {}
    for number, photo in enumerate(household.photos, 1):
        if seen.setdefault(photo.file, photo.people) != photo.people:
            yield Finding(
                f"photos.{number}",
                Text(f"Ảnh “{photo.file}” ghi hai lần: một lần có người, một lần không.",
                     f"The photo “{photo.file}” stands twice: once with people and once without."),
                Text("Xóa một dòng; trong ảnh có người thì ghi “có” vào mục “Trong ảnh có người” (people).",
                     "Delete one of the lines; where people are in the photo, write people: yes."),
            )  # fmt: skip
        elif any(other.file == photo.file for other in household.photos[: number - 1]):
            yield _warning(
                f"photos.{number}",
                Text(f"Ảnh “{photo.file}” ghi hai lần.", f"The photo “{photo.file}” stands twice."),
                Text("Xóa một dòng.", "Delete one of the lines."),
            )


def _crop_twice(household: Household) -> Iterator[Finding]:
    """Give a warning for a crop that stands twice in the list."""
    seen: set[str] = set()
    for number, crop in enumerate(household.garden.crops, 1):
        known = find_crop(crop.name)
        name = known.key if known else crop.name.casefold()
        if name in seen:
            yield _warning(
                f"garden.crops.{number}.name",
                Text(f"Cây “{crop.name}” ghi hai lần.", f"The crop “{crop.name}” stands twice."),
                Text("Gộp lại nếu là một.", "Put them together if they are one."),
            )
        seen.add(name)


def _local_texts(household: Household) -> Iterator[tuple[str, LocalText]]:
    if household.story:
        yield "story", household.story
    if household.location.directions:
        yield "location.directions", household.location.directions
    for number, photo in enumerate(household.photos, 1):
        if photo.caption:
            yield f"photos.{number}.caption", photo.caption


def _warning(field: str, message: Text, hint: Text) -> Finding:
    return Finding(field, message, hint, Severity.WARNING)


_RULES: tuple[Rule, ...] = (
    _consent_dates,
    _consent_record,
    _crop_areas,
    _future_years,
    _crop_twice,
    _ocop,
    _prices,
    _links,
    _photo_twice,
    slips,
)
