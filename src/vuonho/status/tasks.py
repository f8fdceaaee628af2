"""What is to be done next, by whom of the three, and the words that terminal and paper share."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from vuonho.i18n import NOTHING, Text
from vuonho.model.dates import say_day
from vuonho.status.model import (
    PHOTOS,
    Backup,
    BoardState,
    Counts,
    Home,
    ProjectStatus,
    Shown,
    VillageStatus,
)

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
"""The columns of the table: the village, then the figures of `Counts`; one heading has two lines."""
TOTAL: Final = Text("Cả dự án", "All villages")
LACKING: Final = Text("Hồ sơ còn thiếu", "Profiles not complete yet")
NOBODY: Final = Text("Chưa có hộ nào. Làm tiếp: vuonho consent, rồi vuonho form.",
                     "There is no household yet. Next: vuonho consent, then vuonho form.")  # fmt: skip
ALL_COMPLETE: Final = Text("Hồ sơ nào cũng đủ.", "Every profile is complete.")
NOTHING_TO_DO: Final = Text("Không có việc gì.", "Nothing to do.")

HOMES: Final = Text("hộ", "household")
_FILES: Final = Text("tệp", "file")
_ERRORS: Final = Text("lỗi", "error")
_CODES: Final = Text("mã", "code")
_VILLAGES: Final = Text("thôn", "village")


def say_count(count: int, unit: Text) -> Text:
    """Return so many of something; the English unit is one that takes an s."""
    return Text(f"{count} {unit.vi}", f"{count} {unit.en}{'s' * (count != 1)}")


def _listed(words: Iterable[Text], comma: str = ", ") -> Text:
    found = tuple(words)
    return Text(comma.join(word.vi for word in found), comma.join(word.en for word in found))


# --- How things stand, in words ---


def say_state(home: Home) -> Text:
    """Return in words what keeps a household from being complete; nothing where it is."""
    where = Text(f" ở dòng {home.line}", f" on line {home.line}") if home.line else NOTHING
    if not home.is_readable:
        return Text(f"chưa đọc được: lỗi{where.vi}", f"cannot be read: an error{where.en}")
    lacks, errors = _listed(lack.words for lack in home.lacks), say_count(home.errors, _ERRORS)
    found = [Text(f"thiếu {lacks.vi}", f"lacks {lacks.en}")] if home.lacks else []
    if home.errors:
        found.append(Text(f"{errors.vi}{where.vi}", f"{errors.en}{where.en}"))
    return _listed(found, "; ")


def say_complete(counts: Counts) -> Text:
    """Return how many of all households are complete."""
    homes = say_count(counts.households, HOMES)
    return Text(
        f"{counts.complete}/{homes.vi} ({counts.percent} %)",
        f"{counts.complete} of {homes.en} ({counts.percent} %)",
    )


def facts(status: ProjectStatus) -> Iterator[tuple[Text, Text, bool]]:
    """Yield what is to be known of the whole project: (label, words, whether that is as it should be)."""
    if gone := sum(len(village.left) for village in status.villages):
        homes = say_count(gone, HOMES)
        words = Text(
            f"{homes.vi} đã rút hoặc chuyển, không tính ở trên",
            f"{homes.en} left or moved, not counted above",
        )
        yield Text("Ngoài ra", "Besides"), words, True  # fmt: skip
    yield Text("Hồ sơ", "Profiles"), say_errors(status), not status.faulty
    is_current = not (status.behind or status.is_stale or status.still_shown)
    yield Text("Trang", "Site"), say_site(status), status.is_built and is_current
    yield Text("Sao lưu", "Backup"), say_backup(status.backup, status.day), not status.backup.is_old
    for trouble in status.troubles:
        yield Text("Lưu ý", "Note"), trouble, False


def say_errors(status: ProjectStatus) -> Text:
    """Return how many errors there are and where to look."""
    notes = status.notes
    more = Text(f", {notes} lưu ý", f", {notes} note{'s' * (notes != 1)}") if notes else NOTHING
    if not status.faulty:
        return Text(f"không có lỗi{more.vi}", f"no error{more.en}")
    errors, files = say_count(status.errors, _ERRORS), say_count(len(status.faulty), _FILES)
    return Text(
        f"{errors.vi} trong {files.vi}{more.vi}; xem: vuonho check",
        f"{errors.en} in {files.en}{more.en}; see: vuonho check",
    )


def say_site(status: ProjectStatus) -> Text:
    """Return whether the built site says what the profiles say; the worst comes first."""
    if not status.is_built:
        return Text(
            "chưa dựng, hoặc không rõ dựng từ hồ sơ nào", "not built, or nobody knows from which profiles"
        )
    if status.still_shown:
        homes = say_count(len(status.still_shown), HOMES)
        return Text(f"còn hiện {homes.vi} đã rút", f"still shows {homes.en} that left")
    if status.behind:
        homes = say_count(len(status.behind), HOMES)
        return Text(
            f"{homes.vi} mới hoặc đã sửa từ lần dựng trước", f"{homes.en} new or changed since it was built"
        )
    if status.is_stale:
        return Text("cài đặt đã sửa từ lần dựng trước", "settings changed since it was built")
    return Text("đúng với hồ sơ", "says what the profiles say")


def say_backup(backup: Backup, today: date) -> Text:
    """Return how old the last backup is, and whether anything changed since."""
    if backup.day is None:
        return Text("chưa lần nào", "never made")
    ago = Text("hôm nay", "today")
    if (days := (today - backup.day).days) > 0:
        day = say_day(backup.day)
        ago = Text(f"{days} ngày trước ({day.vi})", f"{days} day{'s' * (days != 1)} ago ({day.en})")
    if backup.is_old:
        return Text(f"{ago.vi}; hồ sơ đã sửa từ đó", f"{ago.en}; profiles changed since")
    return Text(f"{ago.vi}; từ đó chưa sửa gì", f"{ago.en}; nothing changed since")


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


HEAD: Final = Text("Trưởng thôn", "Village head")
YOUTH: Final = Text("Bí thư đoàn", "Youth union secretary")
WOMEN: Final = Text("Chi hội trưởng phụ nữ", "Women's union head")

STALE_DAYS: Final = 365
"""After a year a garden is another one: see the family again."""
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
        lines = (
            Text(f"dòng {one.line}", f"line {one.line}") if one.line else NOTHING for one in status.faulty
        )
        files = tuple(Item(one.file, more=line) for one, line in zip(status.faulty, lines, strict=True))
        yield Task(Text("Sửa lỗi", "Mend errors"), files, "vuonho check", _FILES)
    if status.lost:
        what = Text("Biển đã in mà không còn hộ", "Plaques printed whose household is gone")
        yield Task(what, _codes(status.lost), "vuonho check", _CODES)
    if status.still_shown:
        what = Text(
            "Dựng lại ngay: hộ đã rút còn trên trang", "Build at once: families that left are still shown"
        )
        yield Task(what, _codes(status.still_shown), "vuonho build", _CODES)
    elif not status.is_built:
        yield Task(Text("Dựng trang", "Build the site"), command="vuonho build")
    elif status.behind:
        why: dict[Shown | None, Text] = {
            Shown.OLD: Text("đã sửa", "changed"),
            Shown.MISSING: Text("chưa có trang", "no page yet"),
        }
        yield _of_homes(
            Text("Dựng lại trang", "Build the site again"),
            status.behind,
            "vuonho build",
            lambda home: why.get(home.shown, NOTHING),
        )
    elif status.is_stale:
        yield Task(
            Text("Dựng lại trang, cài đặt đã đổi", "Build again: settings changed"), command="vuonho build"
        )
    if status.backup.is_old:
        what = Text("Sao lưu, cất ra USB", "Make a backup, to a stick")
        yield Task(what, command=f"vuonho backup {status.backup.place}")


def _of_head(homes: Sequence[Home], villages: Sequence[VillageStatus], day: date) -> Iterator[Task]:
    readable = [home for home in homes if home.is_readable]
    agreed = [home for home in readable if home.consented]
    what = Text(
        "Xin ý kiến các gia đình, thôn chưa có hồ sơ nào", "Ask the families: there is no profile yet"
    )
    yield _of_empty(what, villages, "vuonho consent")
    yield _of_homes(
        Text("Xin ý kiến gia đình", "Ask the family for its consent"),
        (home for home in readable if not home.consented),
        "vuonho consent",
    )
    yield _of_homes(
        Text("Ghi ai đồng ý và bằng cách nào", "Record who agreed and how"),
        (home for home in agreed if home.lacks_one_of("record")),
    )
    yield _of_homes(
        Text("Treo biển mới in", "Hang the plaques just printed"),
        (one for one in agreed if _is_recent(one.printed, day) and not one.hung and one.reprint is None),
        "vuonho plaques --hung --all",
        lambda home: _dated("in ngày", "printed on", home.printed),
    )
    left = [
        one.code for village in villages for one in village.left if one.printed and _is_recent(one.day, day)
    ]
    what = Text(
        "Hỏi gia đình đã rút muốn tháo biển hay để", "Ask families that left whether to take the plaque down"
    )
    yield Task(what, _codes(left), unit=_CODES)
    empty = (village for village in villages if village.board is BoardState.EMPTY)
    yield Task(
        Text("Tháo bảng của thôn xuống", "Take the village's board down"),
        tuple(Item(village.name, more=village.board_says) for village in empty),
        unit=_VILLAGES,
    )
    yield _of_lacks(Text("Hỏi thêm khi đến nhà", "Ask when you visit"), agreed, _VISIT)
    yield _of_homes(
        Text("Thăm lại, hồ sơ đã quá một năm", "Visit again: the profile is over a year old"),
        (one for one in agreed if one.checked is not None and (day - one.checked).days > STALE_DAYS),
        more=lambda home: say_day(home.checked) if home.checked else NOTHING,
    )


def _of_youth(homes: Sequence[Home], villages: Sequence[VillageStatus]) -> Iterator[Task]:
    agreed = [home for home in homes if home.consented]
    what = Text("Ghi hồ sơ bằng phiếu điện thoại hoặc Excel", "Take profiles down by phone or in Excel")
    yield _of_empty(what, villages, "vuonho form")
    yield _of_homes(
        Text("Cấp mã", "Give codes"), (home for home in homes if home.needs_code), "vuonho assign"
    )
    yield _of_homes(
        Text("Chụp ảnh vườn", "Take photos of the garden"),
        (home for home in agreed if home.lacks_one_of(*PHOTOS)),
        more=lambda home: _lacked(home, ("faces",)),
    )
    yield _of_homes(
        Text("Lấy vị trí", "Take the position"), (home for home in agreed if home.lacks_one_of("point"))
    )
    yield _of_homes(
        Text("In biển cho hộ chưa có", "Print plaques for those without"),
        (home for home in agreed if home.is_new),
        "vuonho plaques --new --draft",
    )
    yield _of_homes(
        Text("In lại biển", "Print plaques again"),
        (home for home in agreed if home.reprint is not None),
        "vuonho plaques --changed",
        lambda home: home.reprint or NOTHING,
    )
    yield _of_boards(Text("In bảng của thôn", "Print the village's board"), villages, BoardState.NONE)
    yield _of_boards(
        Text("In lại bảng của thôn", "Print the village's board again"), villages, BoardState.OLD
    )


def _of_women(homes: Sequence[Home], day: date) -> Iterator[Task]:
    agreed = [home for home in homes if home.consented and home.is_readable]
    yield _of_lacks(Text("Hỏi về vườn và sản phẩm", "Ask about garden and produce"), agreed, _GARDEN)
    yield _of_homes(
        Text("Làm lại hồ sơ OCOP", "Renew the OCOP papers"),
        (home for home in agreed if home.ocop is not None),
        more=lambda home: (
            _dated("hết hạn từ", "ran out on", home.ocop)
            if home.ocop and home.ocop < day
            else _dated("hết hạn ngày", "runs out on", home.ocop)
        ),
    )
    yield _of_lacks(
        Text("Nghe gia đình kể, rồi ghi lại", "Listen to the family, and write it down"), agreed, _TALE
    )


def _of_homes(
    what: Text, homes: Iterable[Home], command: str = "", more: Callable[[Home], Text] = lambda _: NOTHING
) -> Task:
    return Task(what, tuple(Item(home.label, home.code, more(home)) for home in homes), command)


def _of_lacks(what: Text, homes: Iterable[Home], keys: tuple[str, ...]) -> Task:
    """Return a task for those that lack anything of these keys, naming what."""
    return _of_homes(
        what, (home for home in homes if home.lacks_one_of(*keys)), more=lambda home: _lacked(home, keys)
    )


def _lacked(home: Home, keys: tuple[str, ...]) -> Text:
    return _listed(lack.words for lack in home.lacks if lack.key in keys)


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
        folder = Text(village.slug, village.slug)
        items.append(Item(village.name, more=_listed(filter(any, (folder, village.board_says)), ": ")))
    slug = wanted[0].slug if len(wanted) == 1 else "…"
    return Task(what, tuple(items), f"vuonho plaques --village {slug} --size a3", _VILLAGES)


def _codes(codes: Iterable[str]) -> tuple[Item, ...]:
    return tuple(Item("", code) for code in codes)


def _dated(vi: str, en: str, day: date | None) -> Text:
    if day is None:
        return NOTHING
    said = say_day(day)
    return Text(f"{vi} {said.vi}", f"{en} {said.en}")


def _is_recent(when: date | None, day: date) -> bool:
    return when is not None and day - when <= RECENT
