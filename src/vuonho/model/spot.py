"""A place of a village, as `places/*.yaml` tell it: a well, a bridge, a school; or a lane with the homes along it.

It is called a spot in the program: a place is where a page lies. What each field is called stands in `fields.csv`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Final

from vuonho.errors import Problem, Severity
from vuonho.i18n import Text
from vuonho.model.fields import (
    Caption,
    Code,
    Count,
    Day,
    Listed,
    Name,
    Position,
    Record,
    Story,
    word_of,
)
from vuonho.model.household import Photo, free_texts
from vuonho.model.rules import cautions
from vuonho.model.vocabulary import Word

LANE: Final = "lane"
"""The kind that has homes and no point."""


class LaneHome(Record):
    """One home along a lane, in walking order."""

    shorthand: ClassVar[str | None] = None

    home: Code
    side: Annotated[Word, word_of("sides")]
    steps: Count | None = None


class Spot(Record):
    """One place of a village. Required: code, name, kind, checked."""

    code: Code
    name: Name
    kind: Annotated[Word, word_of("spots")]
    point: Position | None = None
    start: Caption | None = None
    homes: Annotated[tuple[LaneHome, ...], Listed(200)] = ()
    story: Story | None = None
    photos: Annotated[tuple[Photo, ...], Listed(20)] = ()
    checked: Day


# --- Rules that look at a whole place ---


def check_spot(spot: Spot) -> Iterator[Problem]:
    """Yield what is wrong or doubtful in a place by itself."""
    yield from _check_lane(spot) if spot.kind.key == LANE else _check_point(spot)
    for number, photo in enumerate(spot.photos, 1):
        if photo.people:
            yield Problem(
                f"photos.{number}.people",
                Text("A place shows only photos without people, so this one is not shown."),
                Text("If nobody can be seen in it, write people: no."),
                Severity.WARNING,
            )
    for field, said in free_texts(spot):
        # what is private in a family need not be in a place: a pagoda's page may speak of faith
        yield from (one for one in cautions(said, field) if one.severity is Severity.ERROR)


def _check_point(spot: Spot) -> Iterator[Problem]:
    for field in ("start", "homes"):
        if getattr(spot, field):
            yield Problem(
                field, Text("Only a lane has this."), Text("Delete it, or write kind: {lane}.", lane=LANE)
            )


def _check_lane(spot: Spot) -> Iterator[Problem]:
    if spot.point:
        yield Problem(
            "point",
            Text("A lane has no point: it must not lead to somebody's gate."),
            Text("Delete this line, and write into “start” where the lane begins."),
        )
    twice = Counter(one.home for one in spot.homes)
    walked = 0
    for number, one in enumerate(spot.homes, 1):
        if twice[one.home] > 1:
            yield Problem(
                f"homes.{number}.home",
                Text("Home {code} stands here twice.", code=one.home),
                Text("Keep the line at its place in walking order."),
            )
        if one.steps and one.steps < walked:
            yield Problem(
                f"homes.{number}.steps",
                Text("These are fewer steps than those of a home before it."),
                Text("Count all steps from where the lane begins, and put the homes in walking order."),
                Severity.WARNING,
            )
        walked = max(walked, one.steps or 0)


def check_homes(spot: Spot, village: str, paths: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the homes that are no household of the village; `paths` are those below `profiles/`, by their codes."""
    for number, one in enumerate(spot.homes, 1):
        folder, _, name = paths.get(one.home, "").partition("/")
        if folder != village or "/" in name:
            yield Problem(
                f"homes.{number}.home",
                Text("No household of this village has the code {code}.", code=one.home),
                Text("Look at the plaque or at the first line of the household's profile."),
            )
