"""How a project stands today: survey, register, site and backup, looked at once and put into plain values.

Nothing here refuses: a profile that cannot be read is listed as such, and what cannot be looked at is said.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Generic, TypeVar

from vuonho.bilingual import Text
from vuonho.dashboard.look import Look
from vuonho.dashboard.shown import read_shown
from vuonho.domain.standing import said
from vuonho.domain.standing.duties import common_tasks, duties
from vuonho.domain.standing.standing import Home, Standing, VillageStanding, count
from vuonho.domain.standing.tasks import Duty, Item, Task
from vuonho.errors import MachineTrouble, Problem, VuonhoError
from vuonho.examine import survey_whole
from vuonho.output.writing.recovery import recover
from vuonho.pictures import check_photos
from vuonho.survey import Survey

__all__ = [
    "Duty", "Home", "Item", "Standing", "Task", "VillageStanding", "common_tasks", "count", "duties", "said", "stand",
]  # fmt: skip
OUT: Final = "site"
MOST_PHOTOS: Final = 200_000_000
"""Bytes of photos that are read for a look at the project: a second or two of an old laptop's disk."""
Value = TypeVar("Value")


def stand(root: Path, today: date, village: str | None = None) -> Standing:
    """Return how the project in `root` stands, or one village of it, by its folder.

    Raises Refused for a village that is not there, MachineTrouble where nothing can be looked at.
    """
    recovered = _try(lambda: recover(root))
    project = survey_whole(root)
    judged = _try(lambda: _photo_problems(project))
    there = _try(lambda: read_shown(root, OUT))
    problems = (*project.problems, *(judged.value or ()))
    troubles = (*recovered.trouble, *judged.trouble, *there.trouble)
    return Look(project, problems, there.value, today).standing(root, village, troubles)


@dataclass(frozen=True, slots=True)
class _Tried(Generic[Value]):
    """What a look gave, or why it gave nothing."""

    value: Value | None
    trouble: tuple[Text, ...] = ()


def _try(look: Callable[[], Value]) -> _Tried[Value]:
    try:
        return _Tried(look())
    except VuonhoError as error:
        return _Tried(None, (error.message,))


def _size(path: Path) -> int:
    """Return the bytes of a file, 0 where there is none, or a name that no disk can hold."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def _photo_problems(project: Survey) -> tuple[Problem, ...]:
    """Return what is wrong with the photos that are to be shown; raise MachineTrouble where they are too many to read."""
    paths = [project.root / "profiles" / photo.file for home in project.households for photo in home.photos]
    if sum(map(_size, paths)) > MOST_PHOTOS:
        raise MachineTrouble(
            Text("Ảnh nhiều nên ở đây chưa xem từng ảnh; xem hết: vuonho check",
                 "There are too many photos to look into each here; to see all: vuonho check")
        )  # fmt: skip
    return check_photos(project.root, project.households)
