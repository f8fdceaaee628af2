"""The settings of a project (`site.yaml`) and of a village (`village.yaml`)."""

import re
from typing import Annotated, TypeAlias

from vuonho.errors import UserError
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

    repository: Annotated[
        RepositoryText | None,
        about(
            "Repository",
            NEVER,
            help="The address of the repository for the website; only the built site is sent there.",
            example="https://github.com/ten-thon/ten-thon.github.io",
        ),
    ] = None
    branch: Annotated[
        Branch | None,
        about("Branch", NEVER, help="The branch that the site is served from; usually main.", example="main"),
    ] = None


# --- How a project's plaques look (`plaque:` in `site.yaml`): a logo and colours, never the code or its white margin ---

_PALE, _DARK = 0.75, 0.12
"""Luminances between which letters have a contrast of 4.5 : 1 or more (WCAG 2.2, 1.4.3)."""
_FILE = re.compile(r"[^/\\:]+(/[^/\\:]+)*\.(png|jpe?g|svg)", re.IGNORECASE)
"""A logo\'s file. An SVG is refused where it would be printed: the site goes on without."""


def _pale(value: object) -> Colour:
    colour = _any(value)
    if colour.luminance < _PALE:
        raise UserError(
            Text("{str} is too dark for black letters upon it.", str=quoted(str(value))),
            Text("Choose a paler ground, such as “#faf5e8”."),
        )
    return colour


def _dark(value: object) -> Colour:
    colour = _any(value)
    if colour.luminance > _DARK:
        raise UserError(
            Text("{str} is too pale for letters of that colour.", str=quoted(str(value))),
            Text("Choose a darker colour, such as “#1f5e33”."),
        )
    return colour


def _any(value: object) -> Colour:
    return parse_colour(clean_text(value) if isinstance(value, str) else "")


def _file(value: object) -> str:
    text = clean_text(value) if isinstance(value, str) else ""
    if _FILE.fullmatch(text) and ".." not in text.split("/"):
        return text
    raise UserError(
        Text("{text} is not a logo's file.", text=quoted(text)),
        Text("Put a .png or .jpg picture into the folder profiles and write its name, such as: logo.png"),
    )


Pale: TypeAlias = Annotated[Colour, Typed(_pale)]
Dark: TypeAlias = Annotated[Colour, Typed(_dark)]
AnyColour: TypeAlias = Annotated[Colour, Typed(_any)]
LogoFile: TypeAlias = Annotated[str, Typed(_file)]


class Plaque(Record):
    """The looks of the plaques; all of it optional."""

    logo: Annotated[
        LogoFile | None,
        about(
            "Logo",
            help="Put a .png or .jpg picture into the folder profiles and write its name.",
            example="logo.png",
        ),
    ] = None
    ground: Annotated[
        Pale | None, about("Ground", help="A pale colour, as a colour code.", example="#faf5e8")
    ] = None
    edge: Annotated[
        AnyColour | None,
        about("Edge", help="The colour of the band at the top, as a colour code.", example="#a3431f"),
    ] = None
    accent: Annotated[
        Dark | None,
        about("Accent", help="The colour of what stands out; dark, as a colour code.", example="#1f5e33"),
    ] = None


# --- The settings of a project (`site.yaml`) and of a village (`village.yaml`) ---


def _tag(value: object) -> str:
    if isinstance(value, str) and re.fullmatch("[a-z]{2,3}", value):
        return value
    shown = quoted(value) if isinstance(value, str) else "[…]"
    raise UserError(
        Text("{shown} is not a language code.", shown=shown),
        Text("Write: [vi, en]."),
    )


def _slug(value: object) -> str:
    text = clean_text(value) if isinstance(value, str) else ""
    if _SLUG.fullmatch(text) and not text.isdigit():
        return text
    raise UserError(
        Text("“{value}” is not the name of a village's folder.", value=value),
        Text("Write the folder's old name, such as [thon-dong]."),
    )


def _base_url(value: object) -> str:
    return parse_base_url(clean_text(value) if isinstance(value, str) else "")


BaseUrl: TypeAlias = Annotated[str, Typed(_base_url, kind="url")]
_SLUG = re.compile(r"[a-z0-9-]{1,60}")
Slug: TypeAlias = Annotated[str, Typed(_slug)]
Tag: TypeAlias = Annotated[str, Typed(_tag)]


class Team(Record):
    """Whom visitors and families can call."""

    name: Annotated[
        TeamName,
        about(
            "Name of the team",
            help="The team's name as people say it.",
            example="Tổ công nghệ số Thôn Vườn Mẫu",
        ),
    ]
    phone: Annotated[
        Telephone,
        about(
            "Phone", help="The number for visitors and families; everybody sees it.", example="0570 100 200"
        ),
    ]
    hours: Annotated[
        Line | None,
        about(
            "Hours", help="When somebody answers.", context="team", example="7:30-17:00, thứ Hai đến thứ Bảy"
        ),
    ] = None


class Site(Record):
    """`site.yaml`. Required: base_url, title, purpose, team."""

    base_url: Annotated[
        BaseUrl,
        about(
            "Address of the site",
            help="The address that is printed on plaques and cannot change afterwards; begins with "
            "https://, ends in /.",
            example="https://vuonmau.example/",
        ),
    ]
    previous_urls: Annotated[
        tuple[BaseUrl, ...],
        Listed(50),
        about(
            "Older addresses",
            NEVER,
            help="Older addresses that still answer; empty if it never changed.",
            example="https://vuoncu.example/",
        ),
    ] = ()
    province: Annotated[Line, about("Province", help="Today's name of the province.", example="Hà Tĩnh")] = (
        "Hà Tĩnh"
    )
    title: Annotated[
        Caption,
        about(
            "Title",
            help="The name of the whole site, at the top of its first page.",
            example="Vườn hộ Thôn Vườn Mẫu",
        ),
    ]
    languages: Annotated[
        tuple[Tag, ...],
        Listed(20),
        about(
            "Languages",
            help="The languages of the site; the first is that of the page a plaque opens.",
            example="vi",
        ),
    ] = ("vi", "en")
    purpose: Annotated[
        Paragraph,
        about(
            "Purpose",
            help="Say why the families' data are shown, in words that everybody understands.",
            example="Giới thiệu vườn và sản phẩm của từng gia đình với khách và bà con.",
        ),
    ]
    team: Annotated[Team, about("Team", help="Who looks after the site, and whom to call.")]
    plaque: Annotated[
        Plaque | None,
        about("Plaques", help="Logo and colours of the plaques; the common design where it is empty."),
    ] = None
    pages: Annotated[
        Hosting | None,
        about(
            "Where it is published",
            NEVER,
            help="The repository that vuonho publish sends the site to; empty until there is one.",
        ),
    ] = None


class Former(Record):
    """What older people and maps still say."""

    commune: Annotated[
        Line | None,
        about("Former commune", help="The commune before it was merged.", example="Xã Hương Trạch"),
    ] = None
    district: Annotated[
        Line | None, about("Former district", help="The district until July 2025.", example="Huyện Hương Khê")
    ] = None


class Village(Record):
    """`village.yaml`. Required: name, commune, centre."""

    name: Annotated[
        Line,
        about("Village", help="The whole name as people say it.", context="name", example="Thôn Vườn Mẫu"),
    ]
    kind: Annotated[
        Word | None, word_of(VILLAGE_KINDS), about("Kind", help="Choose what kind of village it is.")
    ] = None
    commune: Annotated[
        Line,
        about(
            "Commune",
            help="Today's commune or ward, with accents; its code will do too.",
            example="Xã Phúc Trạch",
        ),
    ]
    former: Annotated[
        Former | None, about("Former names", help="The names that older people and maps still use.")
    ] = None
    centre: Annotated[
        Position,
        about(
            "Centre of the village",
            help="The middle of the village, such as its culture house: latitude, longitude, or a map link.",
            example="18.1250, 105.7600",
        ),
    ]
    intro: Annotated[
        Story | None,
        about(
            "Introduction",
            help="A few sentences that introduce the village to visitors.",
            example="Thôn nằm bên sông Ngàn Sâu, nhà nào cũng có vườn bưởi.",
        ),
    ] = None
    formerly: Annotated[
        tuple[Slug, ...],
        Listed(20),
        about(
            "Former folder names",
            NEVER,
            help="The folder's older names, so that older addresses still answer.",
            example="thon-dong",
        ),
    ] = ()
