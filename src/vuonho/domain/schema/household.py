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

    given: Annotated[
        Day | None,
        about("Ngày đồng ý", "Date of consent", NEVER, help_vi="Để trống nếu gia đình chưa đồng ý",
              help_en="Empty while the family has not agreed"),
    ] = None  # fmt: skip
    by: Annotated[Line | None, about("Người đồng ý", "Who agreed", NEVER)] = None
    how: Annotated[Word | None, word_of(consent_words.CONSENT_HOW), about("Bằng cách nào", "How", NEVER)] = (
        None
    )
    publish: Annotated[tuple[Tick, ...], Listed(20), about("Cho hiện", "May be shown", NEVER)] = ()


class Location(Record):
    """Where the household is; the point is shown only with a tick for it."""

    address: Annotated[Line | None, about("Địa chỉ", "Address")] = None
    point: Annotated[
        Position | None,
        about("Vị trí trên bản đồ", "Point on the map", "exact_point",
              help_vi="Dán đường dẫn bản đồ, hoặc hai số vĩ độ, kinh độ",
              help_en="Paste a map link, or the two numbers latitude, longitude"),
    ] = None  # fmt: skip
    directions: Annotated[Paragraph | None, about("Chỉ đường", "Directions", "exact_point")] = None


class Visits(Record):
    """Whether the family receives guests."""

    welcome: Annotated[YesNo, about("Đón khách", "Receives visitors")] = False
    hours: Annotated[Line | None, about("Giờ đón khách", "Hours")] = None
    activities: Annotated[tuple[Activity, ...], Listed(20), about("Khách có thể", "Guests can")] = ()


class Contact(Record):
    """How to reach the family."""

    phone: Annotated[Telephone | None, about("Số điện thoại", "Phone", "phone")] = None
    zalo: Annotated[YesNo, about("Số này có Zalo", "This number has Zalo", "phone")] = False


class Photo(Record):
    """One photo of the garden; just its file is enough."""

    shorthand: ClassVar[str | None] = "file"

    file: Annotated[Line, about("Tệp ảnh", "Photo file")]
    caption: Annotated[Caption | None, about("Lời chú thích", "Caption")] = None
    people: Annotated[
        YesNo, about("Trong ảnh có người", "People in the photo", help_vi="Không ghi thì coi là có",
                     help_en="Counts as yes where nothing is written")
    ] = True  # fmt: skip


class Departed(Record):
    """A household that left: what remains of its profile when it shrinks to the least."""

    code: Annotated[Code, about("Mã", "Code")]
    withdrawn: Annotated[Day | None, about("Ngày rút", "Withdrawn on", NEVER)] = None
    moved_to: Annotated[Code | None, about("Mã mới", "New code")] = None
    checked: Annotated[Day, about("Ngày kiểm tra", "Checked on")]


class Household(Record):
    """One household. Required: code, name, consent, location, garden, checked."""

    code: Annotated[Code, about("Mã", "Code", help_vi="Máy cấp bằng lệnh vuonho assign",
                                help_en="Given by vuonho assign")]  # fmt: skip
    name: Annotated[Name, about("Tên vườn", "Name", help_vi="Tên gia đình chọn để hiện ra",
                                help_en="The name that the family chose to be shown")]  # fmt: skip
    head: Annotated[Line | None, about("Chủ hộ", "Head of household", "full_name")] = None
    consent: Annotated[Consent, about("Đồng ý", "Consent", NEVER)]
    location: Annotated[Location, about("Vị trí", "Location")]
    living: Annotated[Living | None, about("Đời sống", "Living conditions", "living")] = None
    garden: Annotated[Garden, about("Vườn", "Garden")]
    products: Annotated[tuple[Product, ...], Listed(40), about("Sản phẩm", "Products")] = ()
    visits: Annotated[Visits | None, about("Đón khách", "Visits")] = None
    contact: Annotated[Contact | None, about("Liên hệ", "Contact", "phone")] = None
    links: Annotated[tuple[Url, ...], Listed(10), about("Trang riêng", "Own pages", "links")] = ()
    story: Annotated[Story | None, about("Câu chuyện", "Story", "story")] = None
    photos: Annotated[tuple[Photo, ...], Listed(20), about("Ảnh", "Photos", "faces")] = ()
    checked: Annotated[Day, about("Ngày kiểm tra", "Checked on")]
