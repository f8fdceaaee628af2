"""The settings of a project (`site.yaml`) and of a village (`village.yaml`)."""

import re
from typing import Annotated, TypeAlias

from vuonho.errors import UserError
from vuonho.i18n import Text
from vuonho.model.fields import (
    BaseUrl,
    Caption,
    Day,
    Line,
    Listed,
    Name,
    Paragraph,
    Position,
    Record,
    Story,
    Tag,
    Telephone,
    not_longer,
    one_text,
    word_of,
)
from vuonho.model.hosting import parse_branch, parse_repository
from vuonho.model.values import Colour, clean_text, parse_colour, parse_count, parse_time, quoted
from vuonho.model.vocabulary import Word

_PALE, _DARK = 0.75, 0.12
"""Luminances between which letters have a contrast of 4.5 : 1 or more (WCAG 2.2, 1.4.3)."""
_LOGO = re.compile(r"[^/\\:]+(/[^/\\:]+)*\.(png|jpe?g|svg)", re.IGNORECASE)
"""A logo's file. An SVG is refused where it would be printed: the site goes on without."""
_EVERY_MONTH = 28
_SLUG = re.compile(r"[a-z0-9-]{1,60}")


def _repository(text: str) -> str:
    text = clean_text(text)
    parse_repository(text)
    return text


def _colour(text: str) -> Colour:
    return parse_colour(clean_text(text))


def _pale(text: str) -> Colour:
    colour = _colour(text)
    if colour.luminance < _PALE:
        raise UserError(
            Text("{str} is too dark for black letters upon it.", str=quoted(text)),
            Text("Choose a paler ground, such as “#faf5e8”."),
        )
    return colour


def _dark(text: str) -> Colour:
    colour = _colour(text)
    if colour.luminance > _DARK:
        raise UserError(
            Text("{str} is too pale for letters of that colour.", str=quoted(text)),
            Text("Choose a darker colour, such as “#1f5e33”."),
        )
    return colour


def _logo(text: str) -> str:
    text = clean_text(text)
    if _LOGO.fullmatch(text) and ".." not in text.split("/"):
        return text
    raise UserError(
        Text("{text} is not a logo's file.", text=quoted(text)),
        Text("Put a .png or .jpg picture into the folder profiles and write its name, such as: logo.png"),
    )


def _slug(text: str) -> str:
    text = clean_text(text)
    if _SLUG.fullmatch(text) and not text.isdigit():
        return text
    raise UserError(
        Text("{text} is not the name of a village's folder.", text=quoted(text)),
        Text("Write the folder's old name, such as [thon-dong]."),
    )


def _team_name(text: str) -> str:
    text = not_longer(clean_text(text), 120)
    if any(letter.isalpha() for letter in text):
        return text
    raise UserError(
        Text("{name} has no letters: it is not the name of a team.", name=quoted(text)),
        Text(
            "Write the name as people say it, such as: Tổ công nghệ số Thôn 5. The phone has its own place."
        ),
    )


def _day_of_month(text: str) -> int:
    day = parse_count(clean_text(text).lower().removeprefix("ngày"))
    if 1 <= day <= _EVERY_MONTH:
        return day
    raise UserError(
        Text("{text} is not a day that every month has.", text=quoted(text)),
        Text("Write a number from 1 to 28."),
    )


Slug: TypeAlias = Annotated[str, one_text(_slug)]


class Hosting(Record):
    """Where `vuonho publish` sends the built site, shown on no page; both empty until there is a place."""

    repository: Annotated[str | None, one_text(_repository)] = None
    branch: Annotated[str | None, one_text(lambda text: parse_branch(clean_text(text)))] = None


class Plaque(Record):
    """The looks of the plaques: a logo and colours, never the code or its white margin; all of it optional."""

    logo: Annotated[str | None, one_text(_logo)] = None
    ground: Annotated[Colour | None, one_text(_pale)] = None
    edge: Annotated[Colour | None, one_text(_colour)] = None
    accent: Annotated[Colour | None, one_text(_dark)] = None


class Team(Record):
    """Whom visitors and families can call."""

    name: Annotated[str, one_text(_team_name, most=120)]
    phone: Telephone
    hours: Line | None = None


class Site(Record):
    """`site.yaml`. Required: base_url, title, purpose, team."""

    base_url: BaseUrl
    previous_urls: Annotated[tuple[BaseUrl, ...], Listed(50)] = ()
    province: Line = "Hà Tĩnh"
    title: Caption
    languages: Annotated[tuple[Tag, ...], Listed(20)] = ("vi", "en")
    purpose: Paragraph
    team: Team
    plaque: Plaque | None = None
    pages: Hosting | None = None


class Former(Record):
    """What older people and maps still say."""

    commune: Line | None = None
    district: Line | None = None


class Member(Record):
    """One of a village's team: on no page before the day on which he agreed is written down."""

    name: Name
    role: Caption | None = None
    phone: Telephone | None = None
    helps: Caption | None = None
    agreed: Day | None = None


class VillageTeam(Record):
    """The team of one village; the site's own team is whom everybody calls."""

    members: Annotated[tuple[Member, ...], Listed(12)] = ()
    meets: Paragraph | None = None


class Appointment(Record):
    """What comes again every week or month, or once: on exactly one of the three."""

    what: Caption
    weekly: Annotated[Word | None, word_of("weekdays")] = None
    monthly: Annotated[int | None, one_text(_day_of_month)] = None
    date: Day | None = None
    time: Annotated[tuple[int, int] | None, one_text(parse_time)] = None
    where: Caption | None = None

    def settled(self) -> "Appointment":
        """Return it; raise UserError where it does not say when, or says it twice."""
        if sum(when is not None for when in (self.weekly, self.monthly, self.date)) == 1:
            return self
        raise UserError(
            Text("Say when in one way: every week, every month, or on one day."),
            Text("Write one of these: weekly: thứ Bảy; monthly: 15; date: 5/12/2026"),
        )


class Guide(Record):
    """The head of a guide in `guides/`: below it stands what it says, as Markdown."""

    title: Annotated[str, one_text(lambda text: not_longer(clean_text(text), 80), most=80)]
    checked: Day
    source: Annotated[
        tuple[Annotated[str, one_text(lambda text: not_longer(clean_text(text), 300), most=300)], ...],
        Listed(10),
    ]


class Village(Record):
    """`village.yaml`. Required: name, commune, centre."""

    name: Line
    kind: Annotated[Word | None, word_of("village_kinds")] = None
    commune: Line
    former: Former | None = None
    centre: Position
    intro: Story | None = None
    team: VillageTeam | None = None
    dates: Annotated[tuple[Appointment, ...], Listed(30)] = ()
    formerly: Annotated[tuple[Slug, ...], Listed(20)] = ()
