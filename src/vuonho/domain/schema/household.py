"""The household profile, as a family's team writes it. No renderer ever sees one: see `domain.consent`."""

from typing import Annotated, ClassVar, TypeAlias

from vuonho.domain.schema.about import NEVER, Record, about
from vuonho.domain.schema.garden import Garden, Product
from vuonho.domain.schema.living import Living
from vuonho.domain.schema.scalars import (
    Caption,
    Code,
    Day,
    Line,
    Listed,
    Name,
    Paragraph,
    Position,
    Story,
    Telephone,
    Url,
    YesNo,
    word_of,
)
from vuonho.domain.vocabulary import consent_words, garden_words
from vuonho.domain.vocabulary.words import Word

Tick: TypeAlias = Annotated[Word, word_of(consent_words.CONSENT_TICKS)]
Activity: TypeAlias = Annotated[Word, word_of(garden_words.ACTIVITIES)]


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
    how: Annotated[Word | None, word_of(consent_words.CONSENT_HOW), about(
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
