"""Values that every type takes and that are slips all the same; and the many that are none."""

import pytest

from case_kit import each
from vuonho.model.household import Household
from vuonho.model.rules import slips

LEAST: dict[str, object] = {
    "code": "482135", "name": "Vườn bà Hường", "consent": {}, "location": {}, "garden": {}, "checked": "2026-11-02",
}  # fmt: skip


def told(**changes: object) -> list[tuple[str, str, str]]:
    """Field, message and cure of what is said of the least household with some changes."""
    found = slips(Household.model_validate({**LEAST, **changes}))
    return [(one.field, one.message.vi, one.hint.vi) for one in found]


@each(
    ("name", "cure"),
    [
        ("Bưởi Phúc Trạch 60 cây", "Ghi số vào mục “Số cây”, để tên là “Bưởi Phúc Trạch”."),
        ("Bưởi (60 cây)", "Ghi số vào mục “Số cây”, để tên là “Bưởi”."),
        ("60 gốc cam bù", "Ghi số vào mục “Số cây”, để tên là “cam bù”."),
        ("Rau cải 200m2", "Ghi số vào mục “Diện tích”, để tên là “Rau cải”."),
        ("Lạc, 1,5 sào", "Ghi số vào mục “Diện tích”, để tên là “Lạc”."),
        ("60 cây", "Ghi số vào mục “Số cây”."),
    ],
)
def test_a_number_in_the_name_of_a_crop(name: str, cure: str) -> None:
    """It is warned of, with the name that is left."""
    ((field, _, hint),) = told(garden={"crops": [name]})
    assert (field, hint) == ("garden.crops.1.name", cure)


def test_numbers_in_the_names_of_animals_and_products() -> None:
    """Heads and hives, and money; a weight or a bottle belongs to the name of a product."""
    found = told(
        garden={"animals": ["Gà thả vườn 100 con"]}, products=["Mật ong 250k", "Mật ong chai 500 ml"]
    )
    assert [(field, hint) for field, _, hint in found] == [
        ("garden.animals.1.name", "Ghi số vào mục “Số con”, để tên là “Gà thả vườn”."),
        ("products.1.name", "Ghi số vào mục “Giá”, để tên là “Mật ong”."),
    ]


CROPS = (
    "Bưởi Phúc Trạch", "Lúa ST25", "Ngô lai F1", "Hoa 10 giờ", "Cỏ VA06", "Chuối tiêu hồng", "Bảy lá một hoa", "Mít 3 đầu",
    "Keo lai BV10", "Cây ăn quả", "Sắn KM94", "Cam 3/2", "Ổi Đài Loan loại 1", "Chè PH1", "Hồng 8 tai", "Đậu 4 mùa",
    "Rau 5 lá", "Lạc L14", "Cây 30 năm", "Khoai 2 da",
)  # fmt: skip
ANIMALS = (
    "Gà 9 cựa",
    "Gà ri",
    "Lợn F1",
    "Vịt 54",
    "Ong mật",
    "Bò 3B",
    "Dê Bách Thảo",
    "Cá trắm",
    "Cá 3 sọc",
    "Bồ câu",
)
PRODUCTS = (
    "Trứng gà vỉ 10 quả", "Mật ong 1 lít", "Kẹo cu đơ 2 cái", "Bưởi loại 1", "Tương 500 ml", "Cam hộp 5 kg", "OCOP 4 sao",
    "Cây giống 2 năm tuổi", "Nước mắm 40 độ", "Gạo ST25 túi 5kg",
)  # fmt: skip


def test_plausible_names_are_let_alone() -> None:
    """Forty names with numbers that belong to them."""
    garden = {"crops": list(CROPS), "animals": list(ANIMALS)}
    assert told(garden=garden, products=list(PRODUCTS)) == []


@pytest.mark.parametrize(
    ("product", "fields"),
    [
        ({"name": "Bưởi", "price": "35000"}, ["products.1.price"]),
        ({"name": "Bưởi", "price": "35000", "unit": "kg"}, []),
        ({"name": "Bưởi", "unit": "kg"}, []),
    ],
)
def test_a_price_without_its_unit(product: dict[str, str], fields: list[str]) -> None:
    """35.000 đồng for what? A unit without a price says nothing wrong."""
    assert [field for field, _, _ in told(products=[product])] == fields


@each(
    ("visits", "fields"),
    [
        ({"hours": "7:00-17:00"}, ["visits.hours"]),
        ({"hours": "7:00-17:00", "welcome": "không"}, ["visits.hours"]),
        ({"hours": "7:00-17:00", "welcome": "có"}, []),
        ({"welcome": "không"}, []),
    ],
)
def test_hours_without_a_welcome(visits: dict[str, str], fields: list[str]) -> None:
    """The page would tell hours to nobody."""
    assert [field for field, _, _ in told(visits=visits)] == fields
