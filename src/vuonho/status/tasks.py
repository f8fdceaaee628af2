"""What is to be done next, by whom of the three, and the words that terminal and paper share."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from vuonho.i18n import NOTHING, Both, Joined, Text
from vuonho.model.values import say_day
from vuonho.status.model import (
    PHOTOS,
    STALE_DAYS,
    Backup,
    BoardState,
    Counts,
    Home,
    ProjectStatus,
    Shown,
    VillageStatus,
)

HEADINGS: Final = (
    Text("Village"),
    Text("Homes"),
    Text("Complete"),
    Text("No photo"),
    Text("No consent"),
    Text("Printed"),
    Text("Reprint"),
    Text("OCOP\nending"),
)
"""The columns of the table: the village, then the figures of `Counts`; one heading has two lines."""
TOTAL: Final = Text("All villages")
LACKING: Final = Text("Profiles not complete yet")
NOBODY: Final = Text("There is no household yet. Next: vuonho consent, then vuonho form.")
ALL_COMPLETE: Final = Text("Every profile is complete.")
NOTHING_TO_DO: Final = Text("Nothing to do.")

HOMES: Final = Text("household")
_SPOTS: Final = Text("place")
_ERRORS: Final = Text("error")
_CODES: Final = Text("code")
_VILLAGES: Final = Text("village")


def say_count(count: int, unit: Text) -> Text:
    """Return so many of something; the English unit is one that takes an s."""
    return Text.counted("{count} {unit}", "{count} {unit}s", count, unit=unit)


# --- How things stand, in words ---


def say_state(home: Home) -> Text:
    """Return in words what keeps a household from being complete; nothing where it is."""
    where = Text(" on line {line}", line=home.line) if home.line else NOTHING
    if not home.is_readable:
        return Text("cannot be read: an error{where}", where=where)
    lacks, errors = Joined(lack.words for lack in home.lacks), say_count(home.errors, _ERRORS)
    found = [Text("lacks {lacks}", lacks=lacks)] if home.lacks else []
    if home.errors:
        found.append(Text("{errors}{where}", errors=errors, where=where))
    return Joined(found, "; ")


def say_complete(counts: Counts) -> Text:
    """Return how many of all households are complete."""
    homes = say_count(counts.households, HOMES)
    return Text(
        "{complete} of {homes} ({percent} %)", complete=counts.complete, homes=homes, percent=counts.percent
    )


def facts(status: ProjectStatus) -> Iterator[tuple[Text, Text, bool]]:
    """Yield what is to be known of the whole project: (label, words, whether that is as it should be)."""
    if gone := sum(len(village.left) for village in status.villages):
        homes = say_count(gone, HOMES)
        words = Text("{homes} left or moved, not counted above", homes=homes)
        yield Text("Besides"), words, True
    if spots := list(_spots(status.villages)):
        new, again = sum(one.is_new for one in spots), sum(one.reprint is not None for one in spots)
        words = Text(
            "{spots}: {new} without plaque, {again} to print again",
            spots=say_count(len(spots), _SPOTS), new=new, again=again,
        )  # fmt: skip
        yield Text("Places"), words, True
    yield Text("Profiles"), say_errors(status), not status.faulty
    is_current = not (status.behind or status.is_stale or status.still_shown)
    yield Text("Site"), say_site(status), status.is_built and is_current
    yield Text("Backup"), say_backup(status.backup, status.day), not status.backup.is_due(status.day)
    for trouble in status.troubles:
        yield Text("Note"), trouble, False


def say_errors(status: ProjectStatus) -> Text:
    """Return how many errors there are and where to look."""
    notes = status.notes
    more = Text.counted(", {count} note", ", {count} notes", notes) if notes else NOTHING
    if not status.faulty:
        return Text("no error{more}", more=more)
    errors, files = say_count(status.errors, _ERRORS), say_count(len(status.faulty), Text("file"))
    return Text("{errors} in {files}{more}; see: vuonho check", errors=errors, files=files, more=more)


def say_site(status: ProjectStatus) -> Text:
    """Return whether the built site says what the profiles say; the worst comes first."""
    if not status.is_built:
        return Text("not built, or nobody knows from which profiles")
    if status.still_shown:
        homes = say_count(len(status.still_shown), HOMES)
        return Text("still shows {homes} that left", homes=homes)
    if status.behind:
        homes = say_count(len(status.behind), HOMES)
        return Text("{homes} new or changed since it was built", homes=homes)
    if status.is_stale:
        return Text("settings changed since it was built")
    return Text("says what the profiles say")


def say_backup(backup: Backup, today: date) -> Text:
    """Return how old the last backup is, and whether anything changed since."""
    if backup.day is None:
        return Text("never made")
    ago = Text("today")
    if (days := (today - backup.day).days) > 0:
        day = say_day(backup.day)
        ago = Text.counted("{count} day ago ({day})", "{count} days ago ({day})", days, day=day)
    if backup.is_old:
        return Text("{ago}; profiles changed since", ago=ago)
    return Text("{ago}; nothing changed since", ago=ago)


# --- A task, for whom it is, and its lines ---


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


HEAD: Final = Text("Village head")
YOUTH: Final = Text("Youth union secretary")
WOMEN: Final = Text("Women's union head")

RECENT: Final = timedelta(days=60)
"""How long a printed plaque counts as one to hang, and one of a family that left as one to ask about."""

_VISIT: Final = ("address", "phone", "head")
_GARDEN: Final = ("area", "growing", "season", "price")
_TALE: Final = ("story", "living")
"""What is asked together, by the keys of what is lacking."""


def duties(status: ProjectStatus, villages: Sequence[VillageStatus]) -> tuple[Duty, ...]:
    """Return what each of the three has to do in these villages; who has nothing to do is there too."""
    homes = [home for village in villages for home in village.homes]
    everybody = (
        (HEAD, _of_head(homes, villages, status.day)),
        (YOUTH, _of_youth(homes, villages)),
        (WOMEN, _of_women(homes, status.day)),
    )
    return tuple(Duty(who, tuple(task for task in tasks if task.items)) for who, tasks in everybody)


def common_tasks(status: ProjectStatus) -> Iterator[Task]:
    """Yield what is to be done once for the whole project; it is the youth union secretary's."""
    if status.faulty:
        files = [
            Item(one.file, more=Text("line {line}", line=one.line) if one.line else NOTHING)
            for one in status.faulty
        ]
        yield Task(Text("Fix errors"), tuple(files), "vuonho check", Text("file"))
    if status.lost:
        what = Text("Plaques printed whose household is gone")
        yield Task(what, _codes(status.lost), "vuonho check", _CODES)
    if status.still_shown:
        what = Text("Build at once: families that left are still shown")
        yield Task(what, _codes(status.still_shown), "vuonho build", _CODES)
    elif not status.is_built:
        yield Task(Text("Build the site"), command="vuonho build")
    elif status.behind:
        why: dict[Shown | None, Text] = {
            Shown.OLD: Text("changed"),
            Shown.MISSING: Text("no page yet"),
        }
        yield _of_homes(
            Text("Build the site again"),
            status.behind,
            "vuonho build",
            lambda home: why.get(home.shown, NOTHING),
        )
    elif status.is_stale:
        yield Task(Text("Build again: settings changed"), command="vuonho build")
    if status.backup.is_due(status.day):
        what = Text("Make a backup, to a USB drive")
        yield Task(what, command=f"vuonho backup {status.backup.place}")


def _of_head(homes: Sequence[Home], villages: Sequence[VillageStatus], day: date) -> Iterator[Task]:
    readable = [home for home in homes if home.is_readable]
    agreed = [home for home in readable if home.consented]
    what = Text("Ask the families: there is no profile yet")
    yield _of_empty(what, villages, "vuonho consent")
    yield _of_homes(
        Text("Ask the family for its consent"),
        (home for home in readable if not home.consented),
        "vuonho consent",
    )
    yield _of_homes(
        Text("Record who agreed and how"),
        (home for home in agreed if home.lacks_one_of("record")),
    )
    yield _of_homes(
        Text("Hang the plaques just printed"),
        (one for one in agreed if _is_recent(one.printed, day) and not one.hung and one.reprint is None),
        "vuonho plaques --hung --all",
        _printed_on,
    )
    yield _of_homes(
        Text("Hang the plaques of places just printed"),
        (
            one
            for one in _spots(villages)
            if _is_recent(one.printed, day) and not one.hung and one.reprint is None
        ),
        "vuonho plaques --hung --all",
        _printed_on,
        _SPOTS,
    )
    left = [
        one.code for village in villages for one in village.left if one.printed and _is_recent(one.day, day)
    ]
    what = Text("Ask families that left whether to take the plaque down")
    yield Task(what, _codes(left), unit=_CODES)
    empty = (village for village in villages if village.board is BoardState.EMPTY)
    yield Task(
        Text("Take the village's board down"),
        tuple(Item(village.name, more=village.board_says) for village in empty),
        unit=_VILLAGES,
    )
    yield Task(
        Text("Walk past the plaques: the last walk is over a year ago"),
        tuple(Item(village.name, more=village.walk) for village in villages if any(village.walk)),
        "vuonho import vuonho-tuan-tra.txt",
        _VILLAGES,
    )
    yield _of_lacks(Text("Ask when you visit"), agreed, _VISIT)
    yield _of_homes(
        Text("Visit again: the profile is over a year old"),
        (one for one in agreed if one.checked is not None and (day - one.checked).days > STALE_DAYS),
        more=lambda home: _day(home.checked),
    )


def _of_youth(homes: Sequence[Home], villages: Sequence[VillageStatus]) -> Iterator[Task]:
    agreed = [home for home in homes if home.consented]
    what = Text("Take profiles down by phone or in Excel")
    yield _of_empty(what, villages, "vuonho form")
    yield _of_homes(Text("Give codes"), (home for home in homes if home.needs_code), "vuonho assign")
    yield _of_homes(
        Text("Take photos of the garden"),
        (home for home in agreed if home.lacks_one_of(*PHOTOS)),
        more=lambda home: _lacked(home, ("faces",)),
    )
    yield _of_homes(Text("Take the position"), (home for home in agreed if home.lacks_one_of("point")))
    yield _of_homes(
        Text("Print plaques for those without"),
        (home for home in agreed if home.is_new),
        "vuonho plaques --new --draft",
    )
    yield _of_homes(
        Text("Print plaques again"),
        (home for home in agreed if home.reprint is not None),
        "vuonho plaques --changed",
        lambda home: home.reprint or NOTHING,
    )
    yield _of_homes(
        Text("Print plaques for places without"),
        (spot for spot in _spots(villages) if spot.is_new),
        "vuonho plaques --new --draft",
        unit=_SPOTS,
    )
    yield _of_homes(
        Text("Print plaques of places again"),
        (spot for spot in _spots(villages) if spot.reprint is not None),
        "vuonho plaques --changed",
        lambda spot: spot.reprint or NOTHING,
        _SPOTS,
    )
    yield _of_boards(Text("Print the village's board"), villages, BoardState.NONE)
    yield _of_boards(Text("Print the village's board again"), villages, BoardState.OLD)


def _of_women(homes: Sequence[Home], day: date) -> Iterator[Task]:
    agreed = [home for home in homes if home.consented and home.is_readable]
    yield _of_lacks(Text("Ask about garden and produce"), agreed, _GARDEN)
    yield _of_homes(
        Text("Renew the OCOP papers"),
        (home for home in agreed if home.ocop is not None),
        more=lambda home: (
            Text("ran out on {day}", day=_day(home.ocop))
            if home.ocop and home.ocop < day
            else Text("runs out on {day}", day=_day(home.ocop))
        ),
    )
    yield _of_lacks(Text("Listen to the family, and write it down"), agreed, _TALE)


def _of_homes(
    what: Text,
    homes: Iterable[Home],
    command: str = "",
    more: Callable[[Home], Text] = lambda _: NOTHING,
    unit: Text = HOMES,
) -> Task:
    return Task(what, tuple(Item(home.label, home.code, more(home)) for home in homes), command, unit)


def _spots(villages: Sequence[VillageStatus]) -> Iterator[Home]:
    for village in villages:
        yield from village.spots


def _printed_on(home: Home) -> Text:
    return Text("printed on {day}", day=_day(home.printed))


def _of_lacks(what: Text, homes: Iterable[Home], keys: tuple[str, ...]) -> Task:
    """Return a task for those that lack anything of these keys, naming what."""
    return _of_homes(
        what, (home for home in homes if home.lacks_one_of(*keys)), more=lambda home: _lacked(home, keys)
    )


def _lacked(home: Home, keys: tuple[str, ...]) -> Text:
    return Joined(lack.words for lack in home.lacks if lack.key in keys)


def _of_empty(what: Text, villages: Sequence[VillageStatus], command: str) -> Task:
    """Return a task of the villages in which there is nobody yet."""
    return Task(
        what, tuple(Item(village.name) for village in villages if village.is_empty), command, _VILLAGES
    )


def _of_boards(what: Text, villages: Sequence[VillageStatus], state: BoardState) -> Task:
    """Name each village's folder, which the command wants, and what its board says though it is no longer so."""
    wanted = [village for village in villages if village.board is state]
    items = []
    for village in wanted:
        folder = Both(village.slug, village.slug)
        items.append(Item(village.name, more=Joined(filter(any, (folder, village.board_says)), ": ")))
    slug = wanted[0].slug if len(wanted) == 1 else "…"
    return Task(what, tuple(items), f"vuonho plaques --village {slug} --size a3", _VILLAGES)


def _codes(codes: Iterable[str]) -> tuple[Item, ...]:
    return tuple(Item("", code) for code in codes)


def _day(day: date | None) -> Text:
    return say_day(day) if day else NOTHING


def _is_recent(when: date | None, day: date) -> bool:
    return when is not None and day - when <= RECENT
