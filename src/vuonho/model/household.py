"""The household profile, as a family's team writes it. No renderer ever sees one: see `model.consent`."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self, TypeAlias

from pydantic import model_validator

from vuonho.model.dates import LunarByName
from vuonho.model.fields import NEVER, LocalText, Record, about
from vuonho.model.types import (
    Area,
    Caption,
    Code,
    Count,
    Day,
    Line,
    Listed,
    LunarMonths,
    Months,
    Name,
    Paragraph,
    Position,
    Price,
    Stars,
    Story,
    Telephone,
    Url,
    Year,
    YesNo,
    word_of,
)
from vuonho.model.vocabulary import (
    ACTIVITIES,
    CONSENT_HOW,
    CONSENT_TICKS,
    ELECTRICITY,
    HOUSE,
    INTERNET,
    IRRIGATION,
    KITCHEN,
    MODEL_STATUS,
    PRACTICES,
    RESULTS,
    ROAD,
    TITLES,
    TOILET,
    UNITS,
    WASTE,
    WATER,
    Word,
)

# --- The garden part of a profile: area, model garden, crops, animals, products ---

Result: TypeAlias = Annotated[Word, word_of(RESULTS)]
Practice: TypeAlias = Annotated[Word, word_of(PRACTICES)]


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

    status: Annotated[Word, word_of(MODEL_STATUS), about(
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
    irrigation: Annotated[Word | None, word_of(IRRIGATION), about(
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
    unit: Annotated[Word | None, word_of(UNITS), about(
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


# --- How the family lives: closed words only, so that nothing can be said that should not be ---

Title: TypeAlias = Annotated[Word, word_of(TITLES)]


class Living(Record):
    """Living conditions, all of them behind the one tick `living`."""

    people: Annotated[Count | None, about(
        "Số người trong nhà", "People in the home", "living", example="5",
        help_vi="Đếm những người đang ở nhà, cả trẻ nhỏ và ông bà.",
        help_en="Count everybody who lives here now, small children and grandparents too.",
    )] = None  # fmt: skip
    house: Annotated[Word | None, word_of(HOUSE), about(
        "Nhà ở", "House", "living",
        help_vi="Chọn kiểu nhà giống nhà chính nhất.",
        help_en="Choose what is most like the main house.",
    )] = None  # fmt: skip
    water: Annotated[Word | None, word_of(WATER), about(
        "Nước dùng", "Water", "living",
        help_vi="Chọn nguồn nước để ăn uống hằng ngày.",
        help_en="Choose where the water for drinking and cooking comes from.",
    )] = None  # fmt: skip
    electricity: Annotated[Word | None, word_of(ELECTRICITY), about(
        "Điện", "Electricity", "living",
        help_vi="Chọn nguồn điện đang dùng.",
        help_en="Choose the power that is used now.",
    )] = None  # fmt: skip
    toilet: Annotated[Word | None, word_of(TOILET), about(
        "Nhà vệ sinh", "Toilet", "living",
        help_vi="Chọn loại nhà vệ sinh đang dùng.",
        help_en="Choose the kind that is used now.",
    )] = None  # fmt: skip
    kitchen: Annotated[Word | None, word_of(KITCHEN), about(
        "Bếp", "Kitchen", "living",
        help_vi="Chọn loại bếp hay dùng nhất.",
        help_en="Choose the stove that is used most.",
    )] = None  # fmt: skip
    waste: Annotated[Word | None, word_of(WASTE), about(
        "Rác thải", "Waste", "living",
        help_vi="Chọn cách xử lý rác hằng ngày.",
        help_en="Choose what becomes of the daily waste.",
    )] = None  # fmt: skip
    internet: Annotated[Word | None, word_of(INTERNET), about(
        "Internet", "Internet", "living",
        help_vi="Chọn loại mạng đang dùng ở nhà; chưa có thì để trống.",
        help_en="Choose what is used at home; leave it empty if there is none.",
    )] = None  # fmt: skip
    road: Annotated[Word | None, word_of(ROAD), about(
        "Đường vào nhà", "Road to the gate", "living",
        help_vi="Chọn mặt đường của đoạn cuối, ngay trước cổng.",
        help_en="Choose the surface of the last stretch, right before the gate.",
    )] = None  # fmt: skip
    titles: Annotated[tuple[Title, ...], Listed(10), about(
        "Danh hiệu", "Titles", "living",
        help_vi="Chọn những danh hiệu đã có giấy công nhận.",
        help_en="Choose the titles that the family holds a certificate for.",
    )] = ()  # fmt: skip


FACTS = ("house", "water", "electricity", "toilet", "kitchen", "waste", "internet", "road")


# --- The household profile, as a family's team writes it. No renderer ever sees one: see `domain.consent` ---

Tick: TypeAlias = Annotated[Word, word_of(CONSENT_TICKS)]
Activity: TypeAlias = Annotated[Word, word_of(ACTIVITIES)]


class Consent(Record):
    """What the family agreed to: who said it, when, how, and for which purposes one by one."""

    given: Annotated[Day | None, about(
        "Ngày đồng ý", "Date of consent", NEVER, example="2/11/2026",
        help_vi="Ngày gia đình đồng ý; chưa đồng ý thì để trống.",
        help_en="The day on which the family agreed; empty while it has not.",
    )] = None  # fmt: skip
    by: Annotated[Line | None, about(
        "Người đồng ý", "Who agreed", NEVER, example="Nguyễn Thị Hường",
        help_vi="Họ tên người trong nhà đã đồng ý.",
        help_en="Full name of the member of the family who agreed.",
    )] = None  # fmt: skip
    how: Annotated[Word | None, word_of(CONSENT_HOW), about(
        "Bằng cách nào", "How", NEVER,
        help_vi="Chọn gia đình đã đồng ý bằng cách nào.",
        help_en="Choose how the family agreed.",
    )] = None  # fmt: skip
    publish: Annotated[tuple[Tick, ...], Listed(20), about(
        "Cho hiện", "May be shown", NEVER,
        help_vi="Hỏi từng mục một; chỉ ghi những mục gia đình bảo cho hiện.",
        help_en="Ask one by one; write only what the family says may be shown.",
    )] = ()  # fmt: skip


class Location(Record):
    """Where the household is; the point is shown only with a tick for it."""

    address: Annotated[Line | None, about(
        "Địa chỉ", "Address", example="Xóm Đông, ngõ 3",
        help_vi="Xóm, ngõ, số nhà; không cần ghi tên thôn, tên xã.",
        help_en="Hamlet, lane, number of the house; village and commune are known.",
    )] = None  # fmt: skip
    point: Annotated[Position | None, about(
        "Vị trí trên bản đồ", "Point on the map", "exact_point", example="18.1261, 105.7612",
        help_vi="Chỗ cổng nhà: dán đường dẫn bản đồ, hoặc ghi hai số, vĩ độ trước, kinh độ sau.",
        help_en="The place of the gate: paste a map link, or write two numbers, latitude first.",
    )] = None  # fmt: skip
    directions: Annotated[Paragraph | None, about(
        "Chỉ đường", "Directions", "exact_point", example="Từ nhà văn hóa đi 300 m, rẽ phải vào ngõ 3, nhà có hàng cau.",
        help_vi="Chỉ đường như chỉ cho khách lạ, bắt đầu từ chỗ ai cũng biết.",
        help_en="Tell a stranger the way, from a place that everybody knows.",
    )] = None  # fmt: skip


class Visits(Record):
    """Whether the family receives guests."""

    welcome: Annotated[YesNo, about(
        "Đón khách", "Receives visitors", example="có",
        help_vi="“Có” là gia đình sẵn lòng đón khách vào vườn.",
        help_en="Yes if the family is glad to receive visitors.",
    )] = False  # fmt: skip
    hours: Annotated[Line | None, about(
        "Giờ đón khách", "Hours", example="7:00-17:00",
        help_vi="Giờ nào khách đến thì tiện cho gia đình.",
        help_en="When visitors suit the family.",
    )] = None  # fmt: skip
    activities: Annotated[tuple[Activity, ...], Listed(20), about(
        "Khách có thể", "Guests can",
        help_vi="Chọn những việc khách làm được ở vườn.",
        help_en="Choose what guests can do in the garden.",
    )] = ()  # fmt: skip


class Contact(Record):
    """How to reach the family."""

    phone: Annotated[Telephone | None, about(
        "Số điện thoại", "Phone", "phone", example="0570 012 345",
        help_vi="Chỉ một số, có số 0 ở đầu.",
        help_en="One number only, beginning with 0.",
    )] = None  # fmt: skip
    zalo: Annotated[YesNo, about(
        "Số này có Zalo", "This number has Zalo", "phone", example="có",
        help_vi="“Có” là tìm số ấy trên Zalo thì thấy.",
        help_en="Yes if that number is found on Zalo.",
    )] = False  # fmt: skip


class Photo(Record):
    """One photo of the garden; just its file is enough."""

    shorthand: ClassVar[str | None] = "file"

    file: Annotated[Line, about(
        "Tệp ảnh", "Photo file", example="photos/huong-1.jpg",
        help_vi="Bỏ tệp ảnh vào thư mục photos của thôn rồi ghi tên tệp.",
        help_en="Put the photo into the village's folder photos and write its name.",
    )]  # fmt: skip
    caption: Annotated[Caption | None, about(
        "Lời chú thích", "Caption", example="Vườn bưởi tháng 8",
        help_vi="Một câu ngắn nói trong ảnh có gì.",
        help_en="One short sentence on what is to be seen.",
    )] = None  # fmt: skip
    people: Annotated[YesNo, about(
        "Trong ảnh có người", "People in the photo", example="không",
        help_vi="“Không” là trong ảnh không có ai; để trống thì coi là có.",
        help_en="No if nobody is in it; left empty it counts as yes.",
    )] = True  # fmt: skip


class Departed(Record):
    """A household that left: what remains of its profile when it shrinks to the least."""

    code: Annotated[Code, about(
        "Mã", "Code", example="482135",
        help_vi="Mã trên biển của hộ, không bao giờ đổi.",
        help_en="The code on the household's plaque; it never changes.",
    )]  # fmt: skip
    withdrawn: Annotated[Day | None, about(
        "Ngày rút", "Withdrawn on", NEVER, example="2/11/2026",
        help_vi="Ngày gia đình xin rút.",
        help_en="The day on which the family withdrew.",
    )] = None  # fmt: skip
    moved_to: Annotated[Code | None, about(
        "Mã mới", "New code", example="926002",
        help_vi="Mã của hộ mà khách được dẫn sang.",
        help_en="The code of the household that visitors are led to.",
    )] = None  # fmt: skip
    checked: Annotated[Day, about(
        "Ngày kiểm tra", "Checked on", example="2/11/2026",
        help_vi="Ngày sửa hồ sơ này lần cuối; luôn là dòng cuối cùng.",
        help_en="The day of the last change to this profile; always the last line.",
    )]  # fmt: skip


class Household(Record):
    """One household. Required: code, name, consent, location, garden, checked."""

    code: Annotated[Code, about(
        "Mã", "Code", example="482135",
        help_vi="Do máy cấp, in trên biển, không bao giờ đổi.",
        help_en="Given by the program, printed on the plaque, never changed.",
    )]  # fmt: skip
    name: Annotated[Name, about(
        "Tên vườn", "Name", example="Vườn bà Hường",
        help_vi="Tên gia đình chọn để mọi người thấy.",
        help_en="The name that the family chose for all to see.",
    )]  # fmt: skip
    head: Annotated[Line | None, about(
        "Chủ hộ", "Head of household", "full_name", example="Nguyễn Thị Hường",
        help_vi="Họ tên đầy đủ; chỉ hiện khi gia đình cho hiện họ tên.",
        help_en="Full name; shown only if the family allows it.",
    )] = None  # fmt: skip
    consent: Annotated[Consent, about(
        "Đồng ý", "Consent", NEVER,
        help_vi="Gia đình đồng ý khi nào, ai nói, và cho hiện những gì.",
        help_en="When the family agreed, who said so, and what may be shown.",
    )]  # fmt: skip
    location: Annotated[Location, about(
        "Vị trí", "Location",
        help_vi="Nhà ở đâu và đi đường nào tới.",
        help_en="Where the house is and how to get there.",
    )]  # fmt: skip
    living: Annotated[Living | None, about(
        "Đời sống", "Living conditions", "living",
        help_vi="Chỉ hiện khi gia đình cho hiện phần đời sống; không biết thì để trống.",
        help_en="Shown only if the family allows it; leave empty what you do not know.",
    )] = None  # fmt: skip
    garden: Annotated[Garden, about(
        "Vườn", "Garden",
        help_vi="Vườn rộng bao nhiêu, trồng gì, nuôi gì.",
        help_en="How large the garden is, what grows and lives there.",
    )]  # fmt: skip
    products: Annotated[tuple[Product, ...], Listed(40), about(
        "Sản phẩm", "Products",
        help_vi="Mỗi mặt hàng một dòng; không bán gì thì để trống.",
        help_en="One product a line; leave it empty if nothing is sold.",
    )] = ()  # fmt: skip
    visits: Annotated[Visits | None, about(
        "Đón khách", "Visits",
        help_vi="Gia đình có đón khách không, lúc nào, khách làm được gì.",
        help_en="Whether guests are welcome, when, and what they can do.",
    )] = None  # fmt: skip
    contact: Annotated[Contact | None, about(
        "Liên hệ", "Contact", "phone",
        help_vi="Chỉ hiện khi gia đình cho hiện số điện thoại.",
        help_en="Shown only if the family allows it.",
    )] = None  # fmt: skip
    links: Annotated[tuple[Url, ...], Listed(10), about(
        "Trang riêng", "Own pages", "links", example="https://vuonbahuong.example/",
        help_vi="Chép đầy đủ địa chỉ trang của gia đình, bắt đầu bằng https://",
        help_en="Copy the whole address of the family's own page, beginning with https://",
    )] = ()  # fmt: skip
    story: Annotated[Story | None, about(
        "Câu chuyện", "Story", "story", example="Cây bưởi đầu tiên do ông nội trồng năm 1978, đến nay vẫn ra quả.",
        help_vi="Chuyện của vườn theo lời gia đình kể; đừng ghi số điện thoại, bệnh tật hay hoàn cảnh khó khăn.",
        help_en="The garden's story as the family tells it; no phone numbers, illness or hardship.",
    )] = None  # fmt: skip
    photos: Annotated[tuple[Photo, ...], Listed(20), about(
        "Ảnh", "Photos", "faces",
        help_vi="Mỗi ảnh một dòng, ảnh đẹp nhất ghi trước.",
        help_en="One photo a line, the best one first.",
    )] = ()  # fmt: skip
    checked: Annotated[Day, about(
        "Ngày kiểm tra", "Checked on", example="2/11/2026",
        help_vi="Ngày xem lại hồ sơ với gia đình lần cuối; luôn là dòng cuối cùng.",
        help_en="The day on which this was last gone through with the family; always the last line.",
    )]  # fmt: skip


# --- Every place of a record where a person writes what he likes ---

NOT_FREE = frozenset(
    {"code", "moved_to", "file", "links", "consent", "base_url", "previous_urls", "languages"}
)


def free_texts(value: object, field: str = "") -> Iterator[tuple[str, str]]:
    """Give (field, text) for each free text in a record, its lists and its parts.

    Fields are dotted paths as in a `Finding`, list positions from 1. A field added to the schema is covered
    without a line here.
    """
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, LocalText):
        for tag, text in value.entries:
            yield f"{field}.{tag}", text
    elif isinstance(value, tuple):
        for number, item in enumerate(value, 1):
            yield from free_texts(item, f"{field}.{number}")
    elif isinstance(value, Record):
        for key in type(value).model_fields:
            if key not in NOT_FREE:
                yield from free_texts(getattr(value, key), f"{field}.{key}".lstrip("."))
