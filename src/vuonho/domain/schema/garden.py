"""The garden part of a profile: area, model garden, crops, animals, products."""

from typing import Annotated, ClassVar, TypeAlias

from vuonho.domain.schema.about import Record, about
from vuonho.domain.schema.scalars import (
    Area,
    Count,
    Day,
    Line,
    Listed,
    Months,
    Name,
    Price,
    Stars,
    Year,
    word_of,
)
from vuonho.domain.vocabulary import garden_words
from vuonho.domain.vocabulary.words import Word

Result: TypeAlias = Annotated[Word, word_of(garden_words.RESULTS)]
Practice: TypeAlias = Annotated[Word, word_of(garden_words.PRACTICES)]


class Criteria(Record):
    """The five criteria of a model garden; None where the profile says nothing."""

    planning: Annotated[Result | None, about("Quy hoạch", "Planning")] = None
    technology: Annotated[Result | None, about("Ứng dụng kỹ thuật", "Technology")] = None
    products: Annotated[Result | None, about("Sản phẩm", "Products")] = None
    environment: Annotated[Result | None, about("Môi trường, cảnh quan", "Environment and landscape")] = None
    income: Annotated[Result | None, about("Thu nhập", "Income")] = None


class Model(Record):
    """Where the household stands on the way to a model garden (vườn mẫu)."""

    status: Annotated[
        Word,
        word_of(garden_words.MODEL_STATUS),
        about("Vườn mẫu", "Model garden", help_vi="Đã công nhận hay đang làm"),
    ]
    year: Annotated[Year | None, about("Năm công nhận", "Year of recognition")] = None
    decision: Annotated[Line | None, about("Số quyết định", "Decision number")] = None
    criteria: Annotated[Criteria | None, about("Năm tiêu chí", "The five criteria")] = None


class CropEntry(Record):
    """One crop of the garden; just its name is enough."""

    shorthand: ClassVar[str | None] = "name"

    name: Annotated[Name, about("Cây trồng", "Crop", help_vi="Tên thường gọi", help_en="Its everyday name")]
    trees: Annotated[Count | None, about("Số cây", "Number of trees")] = None
    area: Annotated[
        Area | None, about("Diện tích", "Area", help_vi="m², sào hoặc ha", help_en="m², sào or ha")
    ] = None
    planted: Annotated[Year | None, about("Năm trồng", "Year planted")] = None
    months: Annotated[Months | None, about("Tháng thu hoạch (dương lịch)", "Months of harvest (solar)")] = (
        None
    )
    lunar_months: Annotated[
        Months | None, about("Tháng thu hoạch (âm lịch)", "Months of harvest (lunar)")
    ] = None


class AnimalEntry(Record):
    """One kind of animal; just its name is enough."""

    shorthand: ClassVar[str | None] = "name"

    name: Annotated[Name, about("Vật nuôi", "Animal")]
    count: Annotated[Count | None, about("Số con", "Number")] = None


class Garden(Record):
    """What grows and lives in the garden."""

    area: Annotated[Area | None, about("Diện tích vườn", "Garden area")] = None
    model: Annotated[Model | None, about("Vườn mẫu", "Model garden")] = None
    irrigation: Annotated[Word | None, word_of(garden_words.IRRIGATION), about("Tưới nước", "Irrigation")] = (
        None
    )
    practices: Annotated[tuple[Practice, ...], Listed(20), about("Cách làm vườn", "Practices")] = ()
    crops: Annotated[tuple[CropEntry, ...], Listed(60), about("Cây trồng", "Crops")] = ()
    animals: Annotated[tuple[AnimalEntry, ...], Listed(30), about("Vật nuôi", "Animals")] = ()


class Ocop(Record):
    """An OCOP grade (Decision 148/QĐ-TTg, 2023): valid 36 months."""

    stars: Annotated[Stars, about("Số sao OCOP", "OCOP stars")]
    decision: Annotated[Line | None, about("Số quyết định", "Decision number")] = None
    until: Annotated[Day, about("Có hiệu lực đến", "Valid until")]


class Product(Record):
    """Something that the family sells; just its name is enough."""

    shorthand: ClassVar[str | None] = "name"

    name: Annotated[Name, about("Sản phẩm", "Product")]
    price: Annotated[Price | None, about("Giá", "Price", "prices", help_vi="đồng", help_en="đồng")] = None
    unit: Annotated[Word | None, word_of(garden_words.UNITS), about("Đơn vị", "Unit", "prices")] = None
    months: Annotated[Months | None, about("Tháng bán (dương lịch)", "Months on sale (solar)")] = None
    lunar_months: Annotated[Months | None, about("Tháng bán (âm lịch)", "Months on sale (lunar)")] = None
    ocop: Annotated[Ocop | None, about("OCOP", "OCOP")] = None
