"""The garden part of a profile: area, model garden, crops, animals, products."""

from typing import Annotated, ClassVar, Self, TypeAlias

from pydantic import model_validator

from vuonho.domain.schema.about import Record, about
from vuonho.domain.schema.scalars import (
    Area,
    Count,
    Day,
    Line,
    Listed,
    LunarMonths,
    Months,
    Name,
    Price,
    Stars,
    Year,
    word_of,
)
from vuonho.domain.values import LunarByName
from vuonho.domain.vocabulary import garden_words
from vuonho.domain.vocabulary.words import Word

Result: TypeAlias = Annotated[Word, word_of(garden_words.RESULTS)]
Practice: TypeAlias = Annotated[Word, word_of(garden_words.PRACTICES)]


class Criteria(Record):
    """The five criteria of a model garden; None where the profile says nothing."""

    planning: Annotated[Result | None, about(
        "Quy hoạch", "Planning",
        help_vi="Vườn làm theo bản vẽ quy hoạch đã duyệt thì chọn Đạt.",
        help_en="Choose Met if the garden follows its approved plan.",
    )] = None  # fmt: skip
    technology: Annotated[Result | None, about(
        "Ứng dụng kỹ thuật", "Technology",
        help_vi="Có dùng kỹ thuật mới như tưới nhỏ giọt, nhà lưới thì chọn Đạt.",
        help_en="Choose Met if it uses techniques such as drip irrigation or a net house.",
    )] = None  # fmt: skip
    products: Annotated[Result | None, about(
        "Sản phẩm", "Products",
        help_vi="Sản phẩm chính sạch, an toàn thì chọn Đạt.",
        help_en="Choose Met if the main products are clean and safe.",
    )] = None  # fmt: skip
    environment: Annotated[Result | None, about(
        "Môi trường, cảnh quan", "Environment and landscape",
        help_vi="Vườn sạch, có hàng rào xanh, chuồng trại hợp vệ sinh thì chọn Đạt.",
        help_en="Choose Met if the garden is tidy, hedged green, its pens clean.",
    )] = None  # fmt: skip
    income: Annotated[Result | None, about(
        "Thu nhập", "Income",
        help_vi="Thu nhập từ vườn đạt mức của tiêu chí thì chọn Đạt; không ghi số tiền.",
        help_en="Choose Met if the garden earns what the criterion asks; no sum is written.",
    )] = None  # fmt: skip


class Model(Record):
    """Where the household stands on the way to a model garden (vườn mẫu)."""

    status: Annotated[Word, word_of(garden_words.MODEL_STATUS), about(
        "Vườn mẫu", "Model garden",
        help_vi="Chọn đã công nhận, đang làm hay mới đăng ký; không làm vườn mẫu thì bỏ cả mục này.",
        help_en="Choose recognised, in progress or registered; leave all of this out if it is no model garden.",
    )]  # fmt: skip
    year: Annotated[Year | None, about(
        "Năm công nhận", "Year of recognition", example="2023",
        help_vi="Năm ghi trên quyết định công nhận.",
        help_en="The year that stands on the decision.",
    )] = None  # fmt: skip
    decision: Annotated[Line | None, about(
        "Số quyết định", "Decision number", example="214/QĐ-UBND",
        help_vi="Chép số của quyết định công nhận.",
        help_en="Copy the number of the decision.",
    )] = None  # fmt: skip
    criteria: Annotated[Criteria | None, about(
        "Năm tiêu chí", "The five criteria",
        help_vi="Ghi từng tiêu chí đã đạt hay chưa; chưa rõ thì để trống.",
        help_en="Say of each criterion whether it is met; leave it empty if you do not know.",
    )] = None  # fmt: skip


class Seasonal(Record):
    """What has a season, in `months` or `lunar_months`."""

    @model_validator(mode="after")
    def _lunar_by_name(self) -> Self:
        """Move months that are named as lunar to where they belong, unless others stand there."""
        months, lunar = (getattr(self, key, None) for key in ("months", "lunar_months"))
        if isinstance(months, LunarByName) and lunar in (None, months):
            self.__dict__.update(months=None, lunar_months=months)
        return self


class CropEntry(Seasonal):
    """One crop of the garden; just its name is enough."""

    shorthand: ClassVar[str | None] = "name"

    name: Annotated[Name, about(
        "Cây trồng", "Crop", example="Bưởi Phúc Trạch",
        help_vi="Ghi tên bà con thường gọi, có dấu.",
        help_en="Write its everyday name, with accents.",
    )]  # fmt: skip
    trees: Annotated[Count | None, about(
        "Số cây", "Number of trees", example="60",
        help_vi="Đếm cả cây chưa cho quả; rau, lúa thì để trống.",
        help_en="Count young trees too; leave it empty for vegetables and rice.",
    )] = None  # fmt: skip
    area: Annotated[Area | None, about(
        "Diện tích", "Area", example="900",
        help_vi="Ghi mét vuông, hoặc viết rõ sào, ha.",
        help_en="Write square metres, or say sào or ha.",
    )] = None  # fmt: skip
    planted: Annotated[Year | None, about(
        "Năm trồng", "Year planted", example="2015",
        help_vi="Năm trồng những cây đầu tiên.",
        help_en="The year in which the first of them were planted.",
    )] = None  # fmt: skip
    months: Annotated[Months | None, about(
        "Tháng thu hoạch (dương lịch)", "Months of harvest (solar)", example="8, 9",
        help_vi="Những tháng có thu hoạch, tính theo dương lịch.",
        help_en="The months of harvest in the solar calendar.",
    )] = None  # fmt: skip
    lunar_months: Annotated[LunarMonths | None, about(
        "Tháng thu hoạch (âm lịch)", "Months of harvest (lunar)", example="10-12",
        help_vi="Chỉ nhớ tháng âm thì ghi vào đây, khỏi ghi tháng dương.",
        help_en="If you know the lunar months only, write them here instead.",
    )] = None  # fmt: skip


class AnimalEntry(Record):
    """One kind of animal; just its name is enough."""

    shorthand: ClassVar[str | None] = "name"

    name: Annotated[Name, about(
        "Vật nuôi", "Animal", example="Gà thả vườn",
        help_vi="Ghi tên bà con thường gọi; nuôi ong, nuôi cá cũng ghi vào đây.",
        help_en="Write its everyday name; bees and fish belong here too.",
    )]  # fmt: skip
    count: Annotated[Count | None, about(
        "Số con", "Number", example="100",
        help_vi="Số con thường nuôi; ong thì ghi số đàn.",
        help_en="How many there usually are; of bees the number of hives.",
    )] = None  # fmt: skip


class Garden(Record):
    """What grows and lives in the garden."""

    area: Annotated[Area | None, about(
        "Diện tích vườn", "Garden area", example="1800",
        help_vi="Đất vườn, không tính nhà và sân; ghi mét vuông, hoặc viết rõ sào, ha.",
        help_en="The garden without house and yard; square metres, or say sào or ha.",
    )] = None  # fmt: skip
    model: Annotated[Model | None, about(
        "Vườn mẫu", "Model garden",
        help_vi="Chỉ ghi khi gia đình làm vườn mẫu.",
        help_en="Only for a family that has or is making a model garden.",
    )] = None  # fmt: skip
    irrigation: Annotated[Word | None, word_of(garden_words.IRRIGATION), about(
        "Tưới nước", "Irrigation",
        help_vi="Chọn cách tưới dùng nhiều nhất.",
        help_en="Choose the way of watering that is used most.",
    )] = None  # fmt: skip
    practices: Annotated[tuple[Practice, ...], Listed(20), about(
        "Cách làm vườn", "Practices",
        help_vi="Chọn những cách gia đình đang làm thật.",
        help_en="Choose what the family really does.",
    )] = ()  # fmt: skip
    crops: Annotated[tuple[CropEntry, ...], Listed(60), about(
        "Cây trồng", "Crops",
        help_vi="Mỗi loại cây một dòng, cây chính ghi trước; chỉ ghi tên cũng được.",
        help_en="One crop a line, the main ones first; its name alone is enough.",
    )] = ()  # fmt: skip
    animals: Annotated[tuple[AnimalEntry, ...], Listed(30), about(
        "Vật nuôi", "Animals",
        help_vi="Mỗi loại vật nuôi một dòng; chỉ ghi tên cũng được.",
        help_en="One kind a line; its name alone is enough.",
    )] = ()  # fmt: skip


class Ocop(Record):
    """An OCOP grade (Decision 148/QĐ-TTg, 2023): valid 36 months."""

    stars: Annotated[Stars, about(
        "Số sao OCOP", "OCOP stars", example="4",
        help_vi="Số sao ghi trên giấy chứng nhận.",
        help_en="The stars that stand on the certificate.",
    )]  # fmt: skip
    decision: Annotated[Line | None, about(
        "Số quyết định", "Decision number", example="1532/QĐ-UBND",
        help_vi="Chép số của quyết định công nhận.",
        help_en="Copy the number of the decision.",
    )] = None  # fmt: skip
    until: Annotated[Day, about(
        "Có hiệu lực đến", "Valid until", example="15/10/2027",
        help_vi="Ngày hết hạn trên giấy, thường là 36 tháng sau ngày cấp.",
        help_en="The day on which the certificate ends, mostly 36 months after it was given.",
    )]  # fmt: skip


class Product(Seasonal):
    """Something that the family sells; just its name is enough."""

    shorthand: ClassVar[str | None] = "name"

    name: Annotated[Name, about(
        "Sản phẩm", "Product", example="Mật ong hoa bưởi",
        help_vi="Ghi tên hàng như khi rao bán.",
        help_en="Write its name as you would offer it.",
    )]  # fmt: skip
    price: Annotated[Price | None, about(
        "Giá", "Price", "prices", example="250.000",
        help_vi="Giá bán tại vườn bằng đồng, cho một đơn vị.",
        help_en="The price at the garden in đồng, for one unit.",
    )] = None  # fmt: skip
    unit: Annotated[Word | None, word_of(garden_words.UNITS), about(
        "Đơn vị", "Unit", "prices", example="lít",
        help_vi="Chọn giá ấy tính theo gì.",
        help_en="Choose what the price is for.",
    )] = None  # fmt: skip
    months: Annotated[Months | None, about(
        "Tháng bán (dương lịch)", "Months on sale (solar)", example="4, 5",
        help_vi="Những tháng có hàng bán, theo dương lịch; bán quanh năm thì để trống.",
        help_en="The months in which it is sold, in the solar calendar; empty if all year.",
    )] = None  # fmt: skip
    lunar_months: Annotated[LunarMonths | None, about(
        "Tháng bán (âm lịch)", "Months on sale (lunar)", example="11-12",
        help_vi="Chỉ nhớ tháng âm thì ghi vào đây, khỏi ghi tháng dương.",
        help_en="If you know the lunar months only, write them here instead.",
    )] = None  # fmt: skip
    ocop: Annotated[Ocop | None, about(
        "OCOP", "OCOP",
        help_vi="Chỉ ghi khi sản phẩm đã có giấy chứng nhận OCOP còn hạn.",
        help_en="Only for a product with a valid OCOP certificate.",
    )] = None  # fmt: skip
