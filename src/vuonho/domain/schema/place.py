"""The settings of a project (`site.yaml`) and of a village (`village.yaml`)."""

import re
from typing import Annotated, TypeAlias

from vuonho.bilingual import Text
from vuonho.domain.schema.about import NEVER, Record, about
from vuonho.domain.schema.kinds import Typed
from vuonho.domain.schema.plaque import Plaque
from vuonho.domain.schema.scalars import (
    Caption,
    Line,
    Listed,
    Paragraph,
    Position,
    Story,
    Telephone,
    word_of,
)
from vuonho.domain.schema.siteurl import parse_base_url
from vuonho.domain.values import clean_text, quoted
from vuonho.domain.vocabulary import consent_words
from vuonho.domain.vocabulary.words import Word
from vuonho.errors import Refused


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

    name: Annotated[Line, about("Tên tổ", "Name of the team")]
    phone: Annotated[Telephone, about("Điện thoại", "Phone")]
    hours: Annotated[Line | None, about("Giờ làm việc", "Hours")] = None


class Site(Record):
    """`site.yaml`. Required: base_url, title, purpose, team."""

    base_url: Annotated[BaseUrl, about("Địa chỉ trang", "Address of the site")]
    previous_urls: Annotated[
        tuple[BaseUrl, ...], Listed(50), about("Địa chỉ cũ", "Older addresses", NEVER)
    ] = ()
    province: Annotated[Line, about("Tỉnh", "Province")] = "Hà Tĩnh"
    title: Annotated[Caption, about("Tên trang", "Title")]
    languages: Annotated[tuple[Tag, ...], Listed(20), about("Ngôn ngữ", "Languages")] = ("vi", "en")
    purpose: Annotated[Paragraph, about("Mục đích", "Purpose")]
    team: Annotated[Team, about("Tổ phụ trách", "Team")]
    plaque: Annotated[Plaque | None, about("Biển", "Plaques")] = None


class Former(Record):
    """What older people and maps still say."""

    commune: Annotated[Line | None, about("Xã cũ", "Former commune")] = None
    district: Annotated[Line | None, about("Huyện cũ", "Former district")] = None


class Village(Record):
    """`village.yaml`. Required: name, commune, centre."""

    name: Annotated[Line, about("Tên thôn", "Village")]
    kind: Annotated[Word | None, word_of(consent_words.VILLAGE_KINDS), about("Loại", "Kind")] = None
    commune: Annotated[Line, about("Xã, phường", "Commune")]
    former: Annotated[Former | None, about("Tên cũ", "Former names")] = None
    centre: Annotated[Position, about("Trung tâm thôn", "Centre of the village")]
    intro: Annotated[Story | None, about("Giới thiệu", "Introduction")] = None
    formerly: Annotated[
        tuple[Slug, ...], Listed(20), about("Tên thư mục cũ", "Former folder names", NEVER)
    ] = ()
