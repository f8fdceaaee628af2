"""What guests and buyers write to a family: in Vietnamese on every page, for that is what its reader speaks."""

from itertools import takewhile

from vuonho.model.public import PublicHousehold, PublicProduct, PublicTeam
from vuonho.model.values import Phone, format_number
from vuonho.pages.garden import year_of
from vuonho.pages.language import YEAR, Language, stretches
from vuonho.pages.layout import receives
from vuonho.pages.names import host_in_vietnamese, place_name

COMING = "den/"
"""Below a household's folder: the page on which a guest says when he comes, kept apart so that hers stays light."""


def takes_guests(household: PublicHousehold, team: PublicTeam) -> bool:
    """Tell whether a guest can write before he comes: the family receives some, and the number takes messages."""
    return receives(household) and bool(_number(household, team).sms(""))


def coming_values(household: PublicHousehold, team: PublicTeam, language: Language) -> dict[str, object]:
    """Return what that page shows; of the message day and number are left open, "…", for the script to fill in."""
    whom, garden = (_whom(household), "vườn") if household.phone else ("tổ", household.name)
    message = f"Chào {whom}, chúng tôi xin đến thăm {garden} ngày …, khoảng … người ạ."
    hours = household.visits.hours if household.visits else None
    return {
        "h": household,
        "message": message,
        "sms": _number(household, team).sms(message),
        "hours": language.hours(hours) if hours else None,
        "address": place_name(household.address, language) if household.address else "",
    }


def order(household: PublicHousehold, product: PublicProduct) -> str:
    """Return the link by which a buyer asks for some of the next harvest.

    It is "" for what has no season or has one all year, and where the family shows no number that takes messages.
    """
    if household.phone is None or product.season is None or product.season.months == YEAR:
        return ""
    runs = stretches(product.season.months)
    months = ", ".join(f"{first}–{last}" if first != last else str(first) for first, last in runs)
    price = f", giá {format_number(product.price, 'vi')} đ" if product.price else ""
    unit = f"/{product.unit.label.vi}" if price and product.unit else ""
    asked = f"tôi xin đặt trước {product.name}, mùa tháng {months}{price}{unit}"
    return household.phone.number.sms(f"Chào {_whom(household)}, {asked} ạ.")


def awaited(product: PublicProduct) -> str:
    """Return in which months a harvest is on its way, from the sowing or the blossom on: `o` or `x` a month from January.

    It is "" where that is not known; then the link stands there all year.
    """
    look = year_of(product)
    ripe = [at for at, letter in enumerate(look) if letter == "r"]
    on_way = set[int]()
    for first in ripe:
        back = list(takewhile(lambda at: look[at] != "r", ((first - step) % 12 for step in range(1, 12))))
        begin = max((n for n, at in enumerate(back, 1) if look[at] in "sfpu"), default=0)
        on_way.update(back[:begin])
    return "".join("o" if at in on_way else "x" for at in range(12)) if on_way else ""


def _whom(household: PublicHousehold) -> str:
    return host_in_vietnamese(household.name) or "gia đình"


def _number(household: PublicHousehold, team: PublicTeam) -> Phone:
    return household.phone.number if household.phone else team.phone
