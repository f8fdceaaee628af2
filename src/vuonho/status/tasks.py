"""What is to be done next, by whom of the three, and the words that terminal and paper share."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from vuonho.i18n import NOTHING, Text
from vuonho.model.dates import say_day
from vuonho.status.standing import (
    PHOTOS,
    Backup,
    BoardState,
    Counts,
    Home,
    Left,
    Shown,
    Standing,
    VillageStanding,
)

# --- The words of the dashboard that terminal and paper share ---

HEADINGS: Final = (
    Text("Thôn", "Village"),
    Text("Hộ", "Homes"),
    Text("Đủ hồ sơ", "Complete"),
    Text("Thiếu ảnh", "No photo"),
    Text("Chưa đồng ý", "No consent"),
    Text("Đã in", "Printed"),
    Text("In lại", "Reprint"),
    Text("OCOP sắp\nhết hạn", "OCOP\nending"),
)
"""The columns of the table: the village, then the figures of `figures`; one heading has two lines."""
TOTAL: Final = Text("Cả dự án", "All villages")
OCOP_NOTE: Final = Text(
    "OCOP sắp hết hạn: số hộ có sản phẩm hết hạn trong 90 ngày tới hoặc đã hết hạn.",
    "OCOP ending: households with a grade that runs out within 90 days or has run out.",
)
LACKING: Final = Text("Hồ sơ còn thiếu", "Profiles not complete yet")
NOBODY: Final = Text("Chưa có hộ nào. Làm tiếp: vuonho consent, rồi vuonho form.",
                     "There is no household yet. Next: vuonho consent, then vuonho form.")  # fmt: skip
ALL_COMPLETE: Final = Text("Hồ sơ nào cũng đủ.", "Every profile is complete.")
NOTHING_TO_DO: Final = Text("Không có việc gì.", "Nothing to do.")
FILLED: Final = Text("Đã có", "Filled in")
BESIDES: Final = Text("Ngoài ra", "Besides")
PROFILES: Final = Text("Hồ sơ", "Profiles")
SITE: Final = Text("Trang", "Site")
BACKUP: Final = Text("Sao lưu", "Backup")
NOTE: Final = Text("Lưu ý", "Note")
FOR_ALL: Final = Text("Việc chung, bí thư đoàn làm", "For the whole project, by the youth union secretary")

HOMES: Final = Text("hộ", "household")
FILES: Final = Text("tệp", "file")
ERRORS: Final = Text("lỗi", "error")
CODES: Final = Text("mã", "code")
VILLAGES: Final = Text("thôn", "village")


def figures(counts: Counts) -> tuple[int, ...]:
    """Return the figures of a line of the table, in the order of HEADINGS."""
    return (
        counts.households, counts.complete, counts.without_photo, counts.without_consent,
        counts.printed, counts.to_reprint, counts.ocop,
    )  # fmt: skip


def say_count(count: int, unit: Text) -> Text:
    """Return so many of something; the English unit is one that takes an s."""
    return Text(f"{count} {unit.vi}", f"{count} {unit.en}{'s' * (count != 1)}")


def say_more(count: int, unit: Text) -> Text:
    """Return that so many are not named."""
    return Text(f"… và {count} {unit.vi} nữa", f"… and {count} more")


def say_line(line: int | None) -> Text:
    """Return where in a file, or nothing where the whole file is meant."""
    return Text(f"dòng {line}", f"line {line}") if line else NOTHING


def listed(words: Iterable[Text]) -> Text:
    """Return words with commas between them."""
    found = tuple(words)
    return Text(", ".join(word.vi for word in found), ", ".join(word.en for word in found))


def say_state(home: Home) -> Text:
    """Return in words what keeps a household from being complete; nothing where it is."""
    where = Text(f" ở dòng {home.line}", f" on line {home.line}") if home.line else NOTHING
    if not home.is_readable:
        return Text(f"chưa đọc được: lỗi{where.vi}", f"cannot be read: an error{where.en}")
    lacks, errors = listed(lack.words for lack in home.lacks), say_count(home.errors, ERRORS)
    found = [Text(f"thiếu {lacks.vi}", f"lacks {lacks.en}")] if home.lacks else []
    if home.errors:
        found.append(Text(f"{errors.vi}{where.vi}", f"{errors.en}{where.en}"))
    return Text("; ".join(one.vi for one in found), "; ".join(one.en for one in found))


def say_complete(counts: Counts) -> Text:
    """Return how many of all households are complete."""
    homes = say_count(counts.households, HOMES)
    return Text(
        f"{counts.complete}/{homes.vi} ({counts.percent} %)",
        f"{counts.complete} of {homes.en} ({counts.percent} %)",
    )


def say_left(standing: Standing) -> Text:
    """Return how many households left, whom no other figure counts; nothing where none did."""
    count = sum(len(village.left) for village in standing.villages)
    homes = say_count(count, HOMES)
    return (
        Text(
            f"{homes.vi} đã rút hoặc chuyển, không tính ở trên",
            f"{homes.en} left or moved, not counted above",
        )
        if count
        else NOTHING
    )


def say_errors(standing: Standing) -> Text:
    """Return how many errors there are and where to look."""
    notes = standing.notes
    more = Text(f", {notes} lưu ý", f", {notes} note{'s' * (notes != 1)}") if notes else NOTHING
    if not standing.faulty:
        return Text(f"không có lỗi{more.vi}", f"no error{more.en}")
    errors, files = say_count(standing.errors, ERRORS), say_count(len(standing.faulty), FILES)
    return Text(
        f"{errors.vi} trong {files.vi}{more.vi}; xem: vuonho check",
        f"{errors.en} in {files.en}{more.en}; see: vuonho check",
    )


def say_site(standing: Standing, behind: int) -> Text:
    """Return whether the built site says what the profiles say; `behind` households are shown otherwise or not yet."""
    if not standing.is_built:
        return Text(
            "chưa dựng, hoặc không rõ dựng từ hồ sơ nào", "not built, or nobody knows from which profiles"
        )
    if standing.still_shown:
        count = say_count(len(standing.still_shown), HOMES)
        return Text(f"còn hiện {count.vi} đã rút", f"still shows {count.en} that left")
    if behind:
        count = say_count(behind, HOMES)
        return Text(
            f"{count.vi} mới hoặc đã sửa từ lần dựng trước", f"{count.en} new or changed since it was built"
        )
    if standing.is_stale:
        return Text("cài đặt đã sửa từ lần dựng trước", "settings changed since it was built")
    return Text("đúng với hồ sơ", "says what the profiles say")


def say_backup(backup: Backup, today: date) -> Text:
    """Return how old the last backup is, and whether anything changed since."""
    if backup.day is None:
        return Text("chưa lần nào", "never made")
    days = (today - backup.day).days
    day = say_day(backup.day)
    ago = (
        Text("hôm nay", "today")
        if days <= 0
        else Text(f"{days} ngày trước ({day.vi})", f"{say_count(days, Text('', 'day')).en} ago ({day.en})")
    )
    if backup.is_old:
        return Text(f"{ago.vi}; hồ sơ đã sửa từ đó", f"{ago.en}; profiles changed since")
    return Text(f"{ago.vi}; từ đó chưa sửa gì", f"{ago.en}; nothing changed since")


# --- A task, for whom it is, and its lines: plain values, and what of a household a line says ---


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


# --- What is to be done next, and by whom of the three: pure, from a standing to lists of households ---

STALE_DAYS: Final = 365
"""After a year a garden is another one: see the family again."""
RECENT: Final = timedelta(days=60)
"""How long a printed plaque counts as one to hang, and one of a family that left as one to ask about."""

VISIT_MARKS: Final = ("address", "phone", "head")
GARDEN_MARKS: Final = ("area", "growing", "season", "price")
TALE_MARKS: Final = ("story", "living")

_ASK: Final = Text(
    "Xin ý kiến các gia đình, thôn chưa có hồ sơ nào", "Ask the families: there is no profile yet"
)
_TAKE_DOWN: Final = Text(
    "Ghi hồ sơ bằng phiếu điện thoại hoặc Excel", "Take profiles down by phone or in Excel"
)


def duties(standing: Standing, villages: Sequence[VillageStanding]) -> tuple[Duty, ...]:
    """Return what each of the three has to do in these villages; who has nothing to do is there too."""
    homes = [home for village in villages for home in village.homes]
    left = [one for village in villages for one in village.left]
    return (
        Duty(
            HEAD,
            some((_empty(_ASK, villages, "vuonho consent"), *_of_head(homes, left, villages, standing.day))),
        ),
        Duty(YOUTH, some((_empty(_TAKE_DOWN, villages, "vuonho form"), *_of_youth(homes, villages)))),
        Duty(WOMEN, some(_of_women(homes, standing.day))),
    )


def common_tasks(standing: Standing) -> tuple[Task, ...]:
    """Return what is to be done once for the whole project; it is the youth union secretary's."""
    return tuple(_common(standing))


def _common(standing: Standing) -> Iterator[Task]:
    if standing.faulty:
        files = tuple(Item(one.file, more=say_line(one.line)) for one in standing.faulty)
        yield Task(Text("Sửa lỗi", "Mend errors"), files, "vuonho check", FILES)
    if standing.lost:
        codes = tuple(Item("", code) for code in standing.lost)
        yield Task(
            Text("Biển đã in mà không còn hộ", "Plaques printed whose household is gone"),
            codes,
            "vuonho check",
            CODES,
        )
    if standing.still_shown:
        codes = tuple(Item("", code) for code in standing.still_shown)
        what = Text(
            "Dựng lại ngay: hộ đã rút còn trên trang", "Build at once: families that left are still shown"
        )
        yield Task(what, codes, "vuonho build", CODES)
    elif not standing.is_built:
        yield Task(Text("Dựng trang", "Build the site"), command="vuonho build")
    elif behind := lines_of(standing.behind, lambda _: True, _behind):
        yield Task(Text("Dựng lại trang", "Build the site again"), behind, "vuonho build")
    elif standing.is_stale:
        yield Task(
            Text("Dựng lại trang, cài đặt đã đổi", "Build again: settings changed"), command="vuonho build"
        )
    if standing.backup.is_old:
        what = Text("Sao lưu, cất ra USB", "Make a backup, to a stick")
        yield Task(what, command=f"vuonho backup {standing.backup.place}")


def _behind(home: Home) -> Text:
    return Text("đã sửa", "changed") if home.shown is Shown.OLD else Text("chưa có trang", "no page yet")


def _of_head(
    homes: Sequence[Home], left: Sequence[Left], villages: Sequence[VillageStanding], day: date
) -> Iterator[Task]:
    readable = [home for home in homes if home.is_readable]
    agreed = [home for home in readable if home.consented]
    yield Task(
        Text("Xin ý kiến gia đình", "Ask the family for its consent"),
        lines_of(readable, lambda home: not home.consented),
        "vuonho consent",
    )
    yield Task(
        Text("Ghi ai đồng ý và bằng cách nào", "Record who agreed and how"),
        lines_of(agreed, lambda home: home.lacks_one_of("record")),
    )
    yield Task(
        Text("Treo biển mới in", "Hang the plaques just printed"),
        lines_of(
            agreed,
            lambda home: _is_recent(home.printed, day) and not home.hung and home.reprint is None,
            printed_on,
        ),
        "vuonho plaques --hung --all",
    )
    yield Task(
        Text(
            "Hỏi gia đình đã rút muốn tháo biển hay để",
            "Ask families that left whether to take the plaque down",
        ),
        tuple(Item("", one.code) for one in left if one.printed and _is_recent(one.day, day)),
        unit=CODES,
    )
    yield _boards_down(villages)
    yield Task(
        Text("Hỏi thêm khi đến nhà", "Ask when you visit"),
        lines_of(agreed, lambda home: home.lacks_one_of(*VISIT_MARKS), naming(*VISIT_MARKS)),
    )
    yield Task(
        Text("Thăm lại, hồ sơ đã quá một năm", "Visit again: the profile is over a year old"),
        lines_of(agreed, lambda home: is_stale(home, day), checked_on),
    )


def _of_youth(homes: Sequence[Home], villages: Sequence[VillageStanding]) -> Iterator[Task]:
    agreed = [home for home in homes if home.consented]
    yield Task(Text("Cấp mã", "Give codes"), lines_of(homes, lambda home: home.needs_code), "vuonho assign")
    yield Task(
        Text("Chụp ảnh vườn", "Take photos of the garden"),
        lines_of(agreed, lambda home: home.lacks_one_of(*PHOTOS), people_in_photos),
    )
    yield Task(
        Text("Lấy vị trí", "Take the position"), lines_of(agreed, lambda home: home.lacks_one_of("point"))
    )
    yield Task(
        Text("In biển cho hộ chưa có", "Print plaques for those without"),
        lines_of(agreed, lambda home: home.is_new),
        "vuonho plaques --new --draft",
    )
    yield Task(
        Text("In lại biển", "Print plaques again"),
        lines_of(agreed, lambda home: home.reprint is not None, lambda home: home.reprint or NOTHING),
        "vuonho plaques --changed",
    )
    yield _boards(Text("In bảng của thôn", "Print the village's board"), villages, BoardState.NONE)
    yield _boards(Text("In lại bảng của thôn", "Print the village's board again"), villages, BoardState.OLD)


def _of_women(homes: Sequence[Home], day: date) -> Iterator[Task]:
    agreed = [home for home in homes if home.consented and home.is_readable]
    yield Task(
        Text("Hỏi về vườn và sản phẩm", "Ask about garden and produce"),
        lines_of(agreed, lambda home: home.lacks_one_of(*GARDEN_MARKS), naming(*GARDEN_MARKS)),
    )
    yield Task(
        Text("Làm lại hồ sơ OCOP", "Renew the OCOP papers"),
        lines_of(agreed, lambda home: home.ocop is not None, lambda home: runs_out(home, day)),
    )
    yield Task(
        Text("Nghe gia đình kể, rồi ghi lại", "Listen to the family, and write it down"),
        lines_of(agreed, lambda home: home.lacks_one_of(*TALE_MARKS), naming(*TALE_MARKS)),
    )


def is_stale(home: Home, day: date) -> bool:
    """Tell whether a profile was last checked more than a year ago."""
    return home.checked is not None and (day - home.checked).days > STALE_DAYS


def _is_recent(when: date | None, day: date) -> bool:
    return when is not None and day - when <= RECENT


def _empty(what: Text, villages: Sequence[VillageStanding], command: str) -> Task:
    """Return a task of the villages in which there is nobody yet."""
    items = tuple(Item(village.name) for village in villages if village.is_empty)
    return Task(what, items, command, VILLAGES)


def _boards_down(villages: Sequence[VillageStanding]) -> Task:
    empty = (village for village in villages if village.board is BoardState.EMPTY)
    return Task(
        Text("Tháo bảng của thôn xuống", "Take the village's board down"),
        tuple(Item(village.name, more=village.board_says) for village in empty),
        unit=VILLAGES,
    )


def _boards(what: Text, villages: Sequence[VillageStanding], state: BoardState) -> Task:
    wanted = [village for village in villages if village.board is state]
    items = tuple(Item(village.name, more=_said_by(village)) for village in wanted)
    slug = wanted[0].slug if len(wanted) == 1 else "…"
    return Task(what, items, f"vuonho plaques --village {slug} --size a3", VILLAGES)


def _said_by(village: VillageStanding) -> Text:
    """Return the village's folder, which the command wants, and what its board says though it is no longer so."""
    says = village.board_says
    return (
        Text(f"{village.slug}: {says.vi}", f"{village.slug}: {says.en}")
        if says != NOTHING
        else Text(village.slug, village.slug)
    )
