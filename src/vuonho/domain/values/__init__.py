"""The values of a profile, each with the function that reads it as people write it or refuses it in words."""

from vuonho.domain.values.area import parse_area, parse_count, parse_small
from vuonho.domain.values.clean import clean_story, clean_text, plain_value, unseen_sign
from vuonho.domain.values.colour import Colour, parse_colour
from vuonho.domain.values.dates import parse_date, parse_year, say_day
from vuonho.domain.values.figures import quoted
from vuonho.domain.values.money import format_number, parse_price
from vuonho.domain.values.months import LunarByName, lunar_to_solar, parse_lunar_months, parse_months
from vuonho.domain.values.phone import Phone, parse_phone
from vuonho.domain.values.point import Point, distance_m, parse_point
from vuonho.domain.values.yesno import parse_yes_no

__all__ = [
    "Colour",
    "LunarByName",
    "Phone",
    "Point",
    "clean_story",
    "clean_text",
    "distance_m",
    "format_number",
    "lunar_to_solar",
    "parse_area",
    "parse_colour",
    "parse_count",
    "parse_date",
    "parse_lunar_months",
    "parse_months",
    "parse_phone",
    "parse_point",
    "parse_price",
    "parse_small",
    "parse_year",
    "parse_yes_no",
    "plain_value",
    "quoted",
    "say_day",
    "unseen_sign",
]
