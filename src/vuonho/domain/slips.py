"""Slips of the pen that every type takes: a number in a name, a price for nobody knows what, hours without a
welcome, lunar months by name among the solar ones."""

import re
from collections.abc import Iterator

from vuonho.bilingual import Text
from vuonho.domain.findings import Finding
from vuonho.domain.fold import nfc
from vuonho.domain.schema.garden import CropEntry, Product
from vuonho.domain.schema.household import Household
from vuonho.domain.values import LunarByName, format_number, quoted
from vuonho.errors import Severity

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
