"""The settings of a project (`site.yaml`) and of a village (`village.yaml`)."""

import re
from typing import Annotated, TypeAlias

from vuonho.errors import Refused
from vuonho.i18n import Text
from vuonho.model.fields import NEVER, Record, Typed, about
from vuonho.model.hosting import parse_branch, parse_repository
from vuonho.model.types import (
    Caption,
    Line,
    Listed,
    Paragraph,
    Position,
    Story,
    TeamName,
    Telephone,
    parse_base_url,
    word_of,
)
from vuonho.model.values import Colour, clean_text, parse_colour, quoted
from vuonho.model.vocabulary import VILLAGE_KINDS, Word

# --- Where a project is published to (`pages:` in `site.yaml`): for `vuonho publish` alone, shown on no page ---


def _repository(value: object) -> str:
    text = clean_text(value) if isinstance(value, str) else ""
    parse_repository(text)
    return text


def _branch(value: object) -> str:
    return parse_branch(clean_text(value) if isinstance(value, str) else "")


RepositoryText: TypeAlias = Annotated[str, Typed(_repository)]
Branch: TypeAlias = Annotated[str, Typed(_branch)]


class Hosting(Record):
    """The repository that the built site goes to, and its branch; both empty until there is one."""

    repository: Annotated[RepositoryText | None, about(
        "Kho", "Repository", NEVER, example="https://github.com/ten-thon/ten-thon.github.io",
        help_vi="Địa chỉ kho chứa trang web; chỉ trang đã dựng được gửi tới đó.",
        help_en="The address of the repository for the website; only the built site is sent there.",
    )] = None  # fmt: skip
    branch: Annotated[Branch | None, about(
        "Nhánh", "Branch", NEVER, example="main",
        help_vi="Tên nhánh mà trang mở ra từ đó; thường là main.",
        help_en="The branch that the site is served from; usually main.",
    )] = None  # fmt: skip


# --- How a project's plaques look (`plaque:` in `site.yaml`): a logo and colours, never the code or its white margin ---

_PALE, _DARK = 0.75, 0.12
"""Luminances between which letters have a contrast of 4.5 : 1 or more (WCAG 2.2, 1.4.3)."""
_FILE = re.compile(r"[^/\\:]+(/[^/\\:]+)*\.(png|jpe?g|svg)", re.IGNORECASE)
"""A logo\'s file. An SVG is refused where it would be printed: the site goes on without."""


def _pale(value: object) -> Colour:
    colour = _any(value)
    if colour.luminance < _PALE:
        raise Refused(
            Text(f"{quoted(str(value))} sẫm quá, chữ đen trên nền ấy khó đọc.",
                 f"{quoted(str(value))} is too dark for black letters upon it."),
            Text("Chọn màu nền nhạt hơn, ví dụ “#faf5e8”.", "Choose a paler ground, such as “#faf5e8”."),
        )  # fmt: skip
    return colour


def _dark(value: object) -> Colour:
    colour = _any(value)
    if colour.luminance > _DARK:
        raise Refused(
            Text(f"{quoted(str(value))} nhạt quá, chữ màu ấy khó đọc.",
                 f"{quoted(str(value))} is too pale for letters of that colour."),
            Text("Chọn màu sẫm hơn, ví dụ “#1f5e33”.", "Choose a darker colour, such as “#1f5e33”."),
        )  # fmt: skip
    return colour


def _any(value: object) -> Colour:
    return parse_colour(clean_text(value) if isinstance(value, str) else "")


def _file(value: object) -> str:
    text = clean_text(value) if isinstance(value, str) else ""
    if _FILE.fullmatch(text) and ".." not in text.split("/"):
        return text
    raise Refused(
        Text(f"{quoted(text)} không phải là tệp lô-gô.", f"{quoted(text)} is not a logo's file."),
        Text("Đặt ảnh .png hoặc .jpg trong thư mục profiles rồi ghi tên nó, ví dụ: logo.png",
             "Put a .png or .jpg picture into the folder profiles and write its name, such as: logo.png"),
    )  # fmt: skip


Pale: TypeAlias = Annotated[Colour, Typed(_pale)]
Dark: TypeAlias = Annotated[Colour, Typed(_dark)]
AnyColour: TypeAlias = Annotated[Colour, Typed(_any)]
LogoFile: TypeAlias = Annotated[str, Typed(_file)]


class Plaque(Record):
    """The looks of the plaques; all of it optional."""

    logo: Annotated[LogoFile | None, about(
        "Lô-gô", "Logo", example="logo.png",
        help_vi="Bỏ ảnh .png hoặc .jpg vào thư mục profiles rồi ghi tên tệp.",
        help_en="Put a .png or .jpg picture into the folder profiles and write its name.",
    )] = None  # fmt: skip
    ground: Annotated[Pale | None, about(
        "Màu nền", "Ground", example="#faf5e8",
        help_vi="Màu nền nhạt, ghi bằng mã màu.",
        help_en="A pale colour, as a colour code.",
    )] = None  # fmt: skip
    edge: Annotated[AnyColour | None, about(
        "Màu viền trên", "Edge", example="#a3431f",
        help_vi="Màu dải trên cùng, ghi bằng mã màu.",
        help_en="The colour of the band at the top, as a colour code.",
    )] = None  # fmt: skip
    accent: Annotated[Dark | None, about(
        "Màu nhấn", "Accent", example="#1f5e33",
        help_vi="Màu chữ nhấn, phải sẫm, ghi bằng mã màu.",
        help_en="The colour of what stands out; dark, as a colour code.",
    )] = None  # fmt: skip


# --- The settings of a project (`site.yaml`) and of a village (`village.yaml`) ---


def _tag(value: object) -> str:
    if isinstance(value, str) and re.fullmatch("[a-z]{2,3}", value):
        return value
    shown = quoted(value) if isinstance(value, str) else "[…]"
    raise Refused(
        Text(f"{shown} không phải là mã ngôn ngữ.", f"{shown} is not a language code."),
        Text("Viết: [vi, en].", "Write: [vi, en]."),
    )


def _slug(value: object) -> str:
    text = clean_text(value) if isinstance(value, str) else ""
    if _SLUG.fullmatch(text) and not text.isdigit():
        return text
    raise Refused(
        Text(
            f"“{value}” không phải là tên thư mục thôn.", f"“{value}” is not the name of a village's folder."
        ),
        Text(
            "Ghi đúng tên thư mục cũ, ví dụ: [thon-dong].",
            "Write the folder's old name, such as [thon-dong].",
        ),
    )


def _base_url(value: object) -> str:
    return parse_base_url(clean_text(value) if isinstance(value, str) else "")


BaseUrl: TypeAlias = Annotated[str, Typed(_base_url, kind="url")]
_SLUG = re.compile(r"[a-z0-9-]{1,60}")
Slug: TypeAlias = Annotated[str, Typed(_slug)]
Tag: TypeAlias = Annotated[str, Typed(_tag)]


class Team(Record):
    """Whom visitors and families can call."""

    name: Annotated[TeamName, about(
        "Tên tổ", "Name of the team", example="Tổ công nghệ số Thôn Vườn Mẫu",
        help_vi="Tên tổ như bà con vẫn gọi.",
        help_en="The team's name as people say it.",
    )]  # fmt: skip
    phone: Annotated[Telephone, about(
        "Điện thoại", "Phone", example="0570 100 200",
        help_vi="Số để khách và gia đình gọi khi cần; số này ai cũng thấy.",
        help_en="The number for visitors and families; everybody sees it.",
    )]  # fmt: skip
    hours: Annotated[Line | None, about(
        "Giờ làm việc", "Hours", example="7:30-17:00, thứ Hai đến thứ Bảy",
        help_vi="Giờ có người nghe máy.",
        help_en="When somebody answers.",
    )] = None  # fmt: skip


class Site(Record):
    """`site.yaml`. Required: base_url, title, purpose, team."""

    base_url: Annotated[BaseUrl, about(
        "Địa chỉ trang", "Address of the site", example="https://vuonmau.example/",
        help_vi="Địa chỉ in lên biển, không đổi được sau khi in; bắt đầu bằng https://, kết thúc bằng dấu /.",
        help_en="The address that is printed on plaques and cannot change afterwards; begins with https://, ends in /.",
    )]  # fmt: skip
    previous_urls: Annotated[tuple[BaseUrl, ...], Listed(50), about(
        "Địa chỉ cũ", "Older addresses", NEVER, example="https://vuoncu.example/",
        help_vi="Những địa chỉ cũ vẫn còn mở được; chưa đổi lần nào thì để trống.",
        help_en="Older addresses that still answer; empty if it never changed.",
    )] = ()  # fmt: skip
    province: Annotated[Line, about(
        "Tỉnh", "Province", example="Hà Tĩnh",
        help_vi="Tên tỉnh hiện nay, không cần chữ Tỉnh.",
        help_en="Today's name of the province.",
    )] = "Hà Tĩnh"  # fmt: skip
    title: Annotated[Caption, about(
        "Tên trang", "Title", example="Vườn hộ Thôn Vườn Mẫu",
        help_vi="Tên của cả trang, hiện ở đầu trang chính.",
        help_en="The name of the whole site, at the top of its first page.",
    )]  # fmt: skip
    languages: Annotated[tuple[Tag, ...], Listed(20), about(
        "Ngôn ngữ", "Languages", example="vi",
        help_vi="Các tiếng có trên trang; tiếng ghi trước là trang mở ra khi quét mã.",
        help_en="The languages of the site; the first is that of the page a plaque opens.",
    )] = ("vi", "en")  # fmt: skip
    purpose: Annotated[Paragraph, about(
        "Mục đích", "Purpose", example="Giới thiệu vườn và sản phẩm của từng gia đình với khách và bà con.",
        help_vi="Nói vì sao đưa thông tin của các gia đình lên trang, bằng lời ai cũng hiểu.",
        help_en="Say why the families' data are shown, in words that everybody understands.",
    )]  # fmt: skip
    team: Annotated[Team, about(
        "Tổ phụ trách", "Team",
        help_vi="Ai phụ trách trang này và gọi số nào.",
        help_en="Who looks after the site, and whom to call.",
    )]  # fmt: skip
    plaque: Annotated[Plaque | None, about(
        "Biển", "Plaques",
        help_vi="Lô-gô và màu của biển; bỏ trống thì dùng mẫu chung.",
        help_en="Logo and colours of the plaques; the common design where it is empty.",
    )] = None  # fmt: skip
    pages: Annotated[Hosting | None, about(
        "Nơi đăng", "Where it is published", NEVER,
        help_vi="Kho mà vuonho publish gửi trang tới; chưa đăng thì bỏ trống.",
        help_en="The repository that vuonho publish sends the site to; empty until there is one.",
    )] = None  # fmt: skip


class Former(Record):
    """What older people and maps still say."""

    commune: Annotated[Line | None, about(
        "Xã cũ", "Former commune", example="Xã Hương Trạch",
        help_vi="Tên xã trước khi sáp nhập.",
        help_en="The commune before it was merged.",
    )] = None  # fmt: skip
    district: Annotated[Line | None, about(
        "Huyện cũ", "Former district", example="Huyện Hương Khê",
        help_vi="Tên huyện trước tháng 7 năm 2025.",
        help_en="The district until July 2025.",
    )] = None  # fmt: skip


class Village(Record):
    """`village.yaml`. Required: name, commune, centre."""

    name: Annotated[Line, about(
        "Tên thôn", "Village", example="Thôn Vườn Mẫu",
        help_vi="Tên đầy đủ như bà con vẫn gọi.",
        help_en="The whole name as people say it.",
    )]  # fmt: skip
    kind: Annotated[Word | None, word_of(VILLAGE_KINDS), about(
        "Loại", "Kind",
        help_vi="Chọn thôn, xóm, tổ dân phố, bản hay khối.",
        help_en="Choose what kind of village it is.",
    )] = None  # fmt: skip
    commune: Annotated[Line, about(
        "Xã, phường", "Commune", example="Xã Phúc Trạch",
        help_vi="Tên xã, phường hiện nay, có dấu; ghi mã số của xã cũng được.",
        help_en="Today's commune or ward, with accents; its code will do too.",
    )]  # fmt: skip
    former: Annotated[Former | None, about(
        "Tên cũ", "Former names",
        help_vi="Tên xã, huyện trước đây, để người lớn tuổi và bản đồ cũ còn nhận ra.",
        help_en="The names that older people and maps still use.",
    )] = None  # fmt: skip
    centre: Annotated[Position, about(
        "Trung tâm thôn", "Centre of the village", example="18.1250, 105.7600",
        help_vi="Chỗ giữa thôn, như nhà văn hóa: vĩ độ trước, kinh độ sau, hoặc dán đường dẫn bản đồ.",
        help_en="The middle of the village, such as its culture house: latitude, longitude, or a map link.",
    )]  # fmt: skip
    intro: Annotated[Story | None, about(
        "Giới thiệu", "Introduction", example="Thôn nằm bên sông Ngàn Sâu, nhà nào cũng có vườn bưởi.",
        help_vi="Vài câu giới thiệu thôn với khách.",
        help_en="A few sentences that introduce the village to visitors.",
    )] = None  # fmt: skip
    formerly: Annotated[tuple[Slug, ...], Listed(20), about(
        "Tên thư mục cũ", "Former folder names", NEVER, example="thon-dong",
        help_vi="Thư mục của thôn đã đổi tên thì ghi tên cũ, để địa chỉ cũ vẫn mở được.",
        help_en="The folder's older names, so that older addresses still answer.",
    )] = ()  # fmt: skip
