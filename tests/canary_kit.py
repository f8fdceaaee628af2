"""A household of canaries: every value is unique in the world, so that any trace of it can only come from here.

Made-up words, digits and points; nobody's name, phone or home. A canary knows when it may be shown, what then
stands on the page in each language and in which section, and by which traces it would be known anywhere.
"""

import copy
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from garden_kit import made_up
from vuonho.model.fields import BASE, NEVER, outline
from vuonho.model.household import Garden
from vuonho.model.vocabulary import CONSENT_TICKS

CODE, ELSEWHERE, SOURCE = "482135", "926002", "thon-vuon-mau/hosozaqfile.yaml"
TICKS = CONSENT_TICKS.keys
SLUG = "thon-vuon-mau"
FACES, GARDEN = (200, 30, 40), (30, 60, 190)
"""The colours of the two photos: the one with people, the one without."""

Path_ = tuple[str | int, ...]
Profile = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Canary:
    """One value: its `field` in the profile, when it is `shown`, and how it would be known again.

    `vi` and `en` stand on the page when it is shown, in the section whose heading has the id `section` ("" for
    anywhere on the page). `traces` are folded: without accents, in small letters.
    """

    field: Path_
    shown: str
    vi: str
    en: str
    section: str
    traces: tuple[str, ...]


def _same(path: str, shown: str, text: str, section: str = "", *traces: str) -> Canary:
    return Canary(_path(path), shown, text, text, section, traces or _words(text))


def _both(path: str, shown: str, vi: str, en: str, section: str, *traces: str) -> Canary:
    return Canary(_path(path), shown, vi, en, section, traces or (folded(vi), folded(en)))


def _path(dotted: str) -> Path_:
    return tuple(int(step) if step.isdigit() else step for step in dotted.split("."))


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a text that exist nowhere else: all canaries have a z, q, w, j or x in them."""
    return tuple(
        word for word in re.findall(r"\w+", folded(text)) if len(word) > 3 and set(word) & set("zqwjx")
    )


def folded(text: str) -> str:
    """Return a text without accents, in small letters, however it was composed."""
    spelled = unicodedata.normalize("NFKD", text)
    for mark in filter(unicodedata.combining, set(spelled)):
        spelled = spelled.replace(mark, "")
    return spelled.casefold().replace("đ", "d")


PROFILE: Profile = {
    "code": CODE,
    "name": "Vườn nhà Zúmkhẽo",
    "head": "Trịnh Wồngzét Phũquaz",
    "consent": {"given": "2026-09-17", "by": "Quách Jặmflọz Bứczix", "how": "form", "publish": []},
    "location": {
        "address": "Ngõ Fộtzằng 71",
        "point": "18.137291, 105.778463",
        "directions": {
            "vi": "Qua cầu Glờvexo rẽ phải đến cây Bụtzinh.",
            "en": "Past the glorvexo bridge, right at the zibbutinho tree.",
        },
    },
    "living": {
        "people": "47",
        "house": "stilt",
        "water": "spring",
        "electricity": "solar",
        "toilet": "two_vault",
        "kitchen": "improved_stove",
        "waste": "sorted_and_composted",
        "internet": "fibre",
        "road": "gravel",
        "titles": ["good_producer"],
    },
    "garden": {
        "area": "7319",
        "model": {
            "status": "recognised",
            "year": "2019",
            "decision": "8841/QĐ-ZQW",
            "criteria": {"planning": "met", "technology": "met", "products": "met", "environment": "met",
                         "income": "unknown"},
        },
        "irrigation": "drip",
        "practices": ["vietgap"],
        "crops": [
            {"name": "Zắpkhuom", "trees": "613", "area": "457", "planted": "1987", "months": ["3"]},
            {"name": "Wọtxinh", "lunar_months": ["4"]},
            "Bưởi Phúc Trạch",
        ],
        "animals": [{"name": "Wềngthoz", "count": "82913"}, "Gà thả vườn"],
    },
    "products": [
        {"name": "Mứtxlozo", "price": "76543", "unit": "lít", "months": ["5"],
         "ocop": {"stars": "4", "decision": "5527/QĐ-XOZ", "until": "2029-08-23"}},
        {"name": "Tràzưnqe", "ocop": {"stars": "5", "decision": "3391/QĐ-JEZ", "until": "2026-10-28"}},
        {"name": "Bưởi Phúc Trạch", "lunar_months": ["6"]},
        "Gà thả vườn",
    ],
    "visits": {
        "welcome": "true",
        "hours": "5:41-19:23",
        "activities": ["fishing"],
        "dishes": [{"name": "Xôi Zụcmọp", "price": "64321"}, "Canh Wãnhxo"],
        "rooms": "23",
        "night": "918273",
        "toilet": "squat",
        "parking": "minibus",
        "steps": "few",
    },
    "contact": {"phone": "0571384926", "zalo": "true"},
    "links": ["https://zibwoqar.example/pluxemo"],
    "story": {
        "vi": "Cụ Zôngbẹt lập vườn từ thuở Khặcxuyn, nuôi con Pừlzam ăn học nên người giữa vùng Jẻotzig.",
        "en": "Old zongbettar began in the khacxuynar years and raised pulzamero here in the land of jeotzigul.",
    },
    "photos": [
        {"file": "photos/tepzaqvuon.jpg", "caption": {"vi": "Cảnh Xậmvoz lúc nắng lên sau mưa", "en": "View of xamvozer after a long rain"},
         "people": "false"},
        {"file": "photos/tepzaqnguoi.jpg", "caption": {"vi": "Nhà Jựczen ngồi đủ trước hiên mới", "en": "The juczenor home on its new porch"}},
    ],
    "plaque": {"emblem": "boat"},
    "checked": "2026-10-29",
}  # fmt: skip
"""The whole household, as the YAML of a profile; every scalar is text."""

_NEW = [
    field
    for field in outline(Garden)
    if field.kind == "line" and not field.several and field.key not in PROFILE["garden"]
]
"""A plain line that is added to the garden has its canary by itself."""
PROFILE["garden"] |= {field.key: made_up(field.key) for field in _NEW}

COMMENT = "# ghichuzaq của tổ: nhà này Bímzatwex"

CANARIES: tuple[Canary, ...] = (
    _same("name", BASE, "Vườn nhà Zúmkhẽo"),
    _both("location.address", BASE, "Ngõ Fộtzằng 71", "Fộtzằng 71 lane", "where"),
    _both("garden.area", BASE, "7.319 m²", "7,319 m²", "garden"),
    _same("garden.model.decision", BASE, "8841/QĐ-ZQW", "garden", "8841/qd"),
    _same("garden.crops.0.name", BASE, "Zắpkhuom", "garden"),
    _both("garden.crops.0.trees", BASE, "613 cây", "613 trees", "garden"),
    _both("garden.crops.0.area", BASE, "457 m²", "457 m²", "garden"),
    _same("garden.crops.0.planted", BASE, "1987", "garden", "trong 1987", "trong nam 1987", "planted 1987"),
    _same("garden.crops.1.name", BASE, "Wọtxinh", "garden"),
    _same("garden.animals.0.name", BASE, "Wềngthoz", "garden"),
    _both("garden.animals.0.count", BASE, "82.913", "82,913", "garden"),
    _same("products.0.name", BASE, "Mứtxlozo", "products"),
    _same("products.0.ocop.decision", BASE, "5527/QĐ-XOZ", "products", "5527/qd"),
    _same("products.1.name", BASE, "Tràzưnqe", "products"),
    _both("visits.hours", BASE, "5:41–19:23", "5:41–19:23", "visits", "5:41-19", "5:41–19"),
    _both("visits.activities", BASE, "Câu cá", "Fish in the pond", "visits"),
    _same("visits.dishes.0.name", BASE, "Xôi Zụcmọp", "visits", "zucmop"),
    _same("visits.dishes.1", BASE, "Canh Wãnhxo", "visits", "wanhxo"),
    _both("visits.dishes.0.price", "prices", "64.321", "64,321", "visits", "64321", "64.321", "64,321"),
    _both("visits.rooms", BASE, "23 phòng", "23 rooms", "visits"),
    _both("visits.night", "prices", "918.273", "918,273", "visits", "918273", "918.273", "918,273"),
    _both("visits.toilet", BASE, "Có, xí xổm", "Yes, a squat toilet", "visits"),
    _both("visits.parking", BASE, "Xe 16 chỗ", "Minibuses", "visits"),
    _both("visits.steps", BASE, "1 đến 3 bậc", "One to three steps", "visits"),
    _both("photos.0.caption", BASE, "Cảnh Xậmvoz", "View of xamvozer", "", "xamvoz"),
    _both("checked", BASE, "29/10/2026", "29 October 2026", "code"),
    _same("head", "full_name", "Trịnh Wồngzét Phũquaz", "", "wongzet", "phuquaz"),
    _both("contact.phone", "phone", "0571 384 926", "+84 571 384 926", "visits", "384926", "384 926", "57138", "571 38"),
    _same("contact.zalo", "phone", "Zalo", "", "zalo.me"),
    _same("location.point", "exact_point", "18.137291,105.778463", "", "18.137", "105.778", "18,137", "105,778"),
    _both("location.directions", "exact_point", "cây Bụtzinh", "zibbutinho tree", "where",
          "glovexo", "glorvexo", "butzinh", "zibbutinho"),
    _both("living.people", "living", "47 người", "47 people", "living"),
    _both("living.house", "living", "Nhà sàn", "Stilt house", "living"),
    _both("living.water", "living", "Nước khe, tự chảy", "Spring water by pipe", "living"),
    _both("living.electricity", "living", "Điện mặt trời", "Solar power", "living"),
    _both("living.toilet", "living", "Nhà vệ sinh hai ngăn ủ phân", "Two-vault composting toilet", "living"),
    _both("living.kitchen", "living", "Bếp củi cải tiến", "Improved wood stove", "living"),
    _both("living.waste", "living", "Phân loại và ủ phân", "Sorted and composted", "living"),
    _both("living.internet", "living", "Cáp quang", "Fibre", "living"),
    _both("living.road", "living", "Đường cấp phối", "Gravel road", "living"),
    _both("living.titles", "living", "Hộ sản xuất, kinh doanh giỏi", "Award-winning producer", "living"),
    _both("products.0.price", "prices", "76.543", "76,543", "products", "76543", "76.543", "76,543"),
    _both("products.0.unit", "prices", "/lít", "/litre", "products", "/lit", "/litre"),
    _same("links", "links", "zibwoqar.example", "visits", "zibwoqar", "pluxemo"),
    _both("story", "story", "từ thuở Khặcxuyn", "the khacxuynar years", "story",
          "zongbet", "khacxuyn", "pulzam", "jeotzig"),
    _both("photos.1", "faces", "Nhà Jựczen", "The juczenor home", "", "juczen"),
    _both("products.1.ocop", NEVER, "", "", "", "3391/qd", "qd-jez", "5 sao", "5 stars", "28/10/2026"),
    _both("consent.given", NEVER, "", "", "", "2026-09-17", "17/9/2026", "17/09/2026", "17 september", "17 thang 9"),
    _both("consent.by", NEVER, "", "", "", "jamfloz", "buczix", "quach"),
    _both("consent.how", NEVER, "", "", "", "phieu tren dien thoai", "phone form", ':"form"', ': "form"'),
    *(_same(f"garden.{field.key}", field.shown, made_up(field.key)) for field in _NEW),
)  # fmt: skip
"""Every value of PROFILE that would be known again, but its code and the choices that stand for base facts."""

NOBODY: tuple[str, ...] = (
    "tepzaq", "ghichuzaq", "bimzatwex", "hosozaqfile", "canary-7f3a91", "2026:11:02", "profiles/",
)  # fmt: skip
"""Traces of what is never a value: the names of files, the comments, what the camera wrote."""

NEAR = ("18.135", "105.775")
"""The middle of the 0.01° cell of the household's point."""

HOME_TRACES = (
    "zumkheo", "fotzang", "zapkhuom", "wotxinh", "wengtho", "mutxlozo", "trazunqe", "xamvoz", "zucmop", "wanhxo", "5:41-19", "5:41–19",
)  # fmt: skip
"""Traces of the base facts, for a household that has not agreed or has left."""


def with_ticks(ticks: Iterable[str], profile: Profile = PROFILE) -> Profile:
    """Return the profile with exactly these ticks."""
    changed = copy.deepcopy(profile)
    changed["consent"]["publish"] = sorted(ticks)
    return changed


def without(profile: Profile, fields: Iterable[Path_]) -> Profile:
    """Return the profile as if these fields had never been filled in."""
    changed = copy.deepcopy(profile)
    for field in sorted(fields, key=str, reverse=True):
        parent: Any = changed
        for step in field[:-1]:
            parent = parent[step]
        del parent[field[-1]]
    return changed


def hidden_by(ticks: Iterable[str]) -> tuple[Canary, ...]:
    """Return the canaries that these ticks keep back. A near point takes its cell from the point."""
    shown = {BASE, *ticks}
    return tuple(canary for canary in CANARIES if canary.shown not in shown)


def shown_by(ticks: Iterable[str]) -> tuple[Canary, ...]:
    """Return the canaries that these ticks let out."""
    shown = {BASE, *ticks}
    return tuple(canary for canary in CANARIES if canary.shown in shown)


def yaml_of(profile: Mapping[str, Any]) -> str:
    """Return the profile as a file, with a comment that is nobody's business."""
    return f"{COMMENT}\n{yaml.safe_dump(profile, allow_unicode=True, sort_keys=False)}"
