"""What the phone refuses at the home is what the import would refuse at the computer, and nothing else."""

from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Browser

from command_kit import copy_demo
from phone_kit import opened, phone, write_form
from vuonho.errors import UserError
from vuonho.model.codes import parse_code
from vuonho.model.fields import parse_link
from vuonho.model.values import (
    parse_area,
    parse_count,
    parse_date,
    parse_phone,
    parse_point,
    parse_price,
    parse_year,
)

pytestmark = pytest.mark.browser

VALUES: Mapping[str, tuple[Callable[[str], object], tuple[str, ...]]] = {
    "count": (parse_count, (
        "4", "bốn", "60", "1.200", "1,200", "1 200", "2,5", "-3", "10.000.000", "10.000.001", "60 cây", "1.20.0", "0",
    )),
    "area": (parse_area, (
        "1800 m2", "1.800 m2", "1.800,5 m2", "3 sào", "3,5 sào", "1.200 sào", "0,2 ha", "1.200 ha", "1 mẫu 2 sào", "rộng m2",
        "0 m2", "101 ha", "2 sào 150 m2", "150 m2 2 sào", "3 sào rưỡi", "12 công", "1 mẫu rưỡi", "1,3 m2", "0,333 sào",
    )),
    "year": (parse_year, ("2015", "năm 2015", "15", "1899", "2101", "hai nghìn")),
    "price": (parse_price, (
        "35000", "35.000", "35k", "35.000đ", "35 nghìn", "1,2 triệu", "1tr2", "1 triệu 200 nghìn", "35.000/kg", "rẻ", "35k5",
        "1.250 triệu", "2 tỷ", "1000000000", "35,5", "35.000 đồng", "1 triệu rưỡi",
    )),
    "phone": (parse_phone, (
        "0570 012 345", "0570.012.345", "+84 570 012 345", "84570012345", "570012345", "0570 01 234", "01662345678",
        "0239 3855 123", "0570012345, 0570012346", "không có", "(0570) 012-345", "0084570012345", "0170012345",
    )),
    "url": (parse_link, (
        "https://vuonbahuong.example/", "http://a.example/x?y=1#z", "vuonbahuong.example", "https://localhost", "ftp://a.example",
        "https://a.example/a b", "https://vườn.example", "javascript:alert(1)", "https://1.2.3.4/", "https://a.example:80/",
    )),
    "position": (parse_point, (
        "18.1261, 105.7612", "18,1261 105,7612", "105.7612, 18.1261", "0, 0", "18.1261", "gần chợ", "48.85, 2.35",
        "https://maps.app.goo.gl/abc", "https://www.google.com/maps/@18.1261,105.7612,17z", "https://www.google.com/maps",
        "18°07'34\"N 105°45'40\"E", "https://www.google.com/maps?q=18.1261,105.7612",
    )),
    "day": (parse_date, ("2026-11-02", "0202-11-02", "2101-01-01")),
    "code": (parse_code, ("482135", "482 135", "482136", "0482135", "12", "vườn")),
}  # fmt: skip


def is_taken(parse: Callable[[str], object], value: str) -> bool:
    """Tell whether the import reads a value."""
    try:
        parse(value)
    except UserError:
        return False
    return True


def test_the_phone_refuses_what_the_import_refuses(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Numbers, areas, money, years, phones, pages, places, days and codes; nothing that the import takes is refused."""
    pairs = [(kind, value) for kind, (_, values) in VALUES.items() for value in values]
    with phone(browser) as context:
        page = opened(context, write_form(copy_demo(tmp_path_factory.mktemp("checks") / "demo")))
        said = page.evaluate("pairs => pairs.map(([kind, value]) => Phone.checks(kind, value))", pairs)
    expected = [(kind, value, is_taken(VALUES[kind][0], value)) for kind, value in pairs]
    assert expected == [(kind, value, word == "") for (kind, value), word in zip(pairs, said, strict=True)]
