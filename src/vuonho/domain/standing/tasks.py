"""A task, for whom it is, and its lines: plain values, and what of a household a line says."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from vuonho.bilingual import NOTHING, Text
from vuonho.domain.standing.said import HOMES, listed, say_count
from vuonho.domain.standing.standing import Home
from vuonho.domain.values import say_day


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a task: a household by its name and code (or a village, a code alone), and what about it."""

    name: str
    code: str = ""
    more: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do, for whom (`unit` is what the items are), and the command that does it, "" where on foot."""

    what: Text
    items: tuple[Item, ...] = ()
    command: str = ""
    unit: Text = HOMES

    @property
    def how_many(self) -> Text:
        """How many items there are, in words; nothing where it is no list."""
        return say_count(len(self.items), self.unit) if self.items else NOTHING


@dataclass(frozen=True, slots=True)
class Duty:
    """What one of the three has to do."""

    who: Text
    tasks: tuple[Task, ...]

    def with_common(self, tasks: tuple[Task, ...]) -> "Duty":
        """Return the duty of the one who keeps the laptop with these tasks before the others, any other as it is."""
        return replace(self, tasks=(*tasks, *self.tasks)) if self.who == YOUTH else self


HEAD: Final = Text("Trưởng thôn", "Village head")
YOUTH: Final = Text("Bí thư đoàn", "Youth union secretary")
WOMEN: Final = Text("Chi hội trưởng phụ nữ", "Women's union head")


# --- Lines of a task --------------------------------------------------------------------------------------------


def some(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """Return the tasks that have a line."""
    return tuple(task for task in tasks if task.items)


def lines_of(
    homes: Iterable[Home], wanted: Callable[[Home], bool], more: Callable[[Home], Text] = lambda _: NOTHING
) -> tuple[Item, ...]:
    """Return a line for each of the households that are wanted, with what there is to say of it."""
    return tuple(Item(home.label, home.code, more(home)) for home in homes if wanted(home))


def naming(*keys: str) -> Callable[[Home], Text]:
    """Return what gives the lacks of these keys in words."""
    return lambda home: listed(lack.words for lack in home.lacks if lack.key in keys)


def people_in_photos(home: Home) -> Text:
    """Return what is missing about the people in the photos."""
    return listed(lack.words for lack in home.lacks if lack.key == "faces")


def checked_on(home: Home) -> Text:
    """Return the day of the last check."""
    return say_day(home.checked) if home.checked else NOTHING


def printed_on(home: Home) -> Text:
    """Return when the plaque was printed."""
    if home.printed is None:
        return NOTHING
    day = say_day(home.printed)
    return Text(f"in ngày {day.vi}", f"printed on {day.en}")


def runs_out(home: Home, day: date) -> Text:
    """Return when a grade runs out, or ran out."""
    if home.ocop is None:
        return NOTHING
    until = say_day(home.ocop)
    if home.ocop < day:
        return Text(f"hết hạn từ {until.vi}", f"ran out on {until.en}")
    return Text(f"hết hạn ngày {until.vi}", f"runs out on {until.en}")
