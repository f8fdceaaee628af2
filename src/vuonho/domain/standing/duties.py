"""What is to be done next, and by whom of the three: pure, from a standing to lists of households.

The village head (trưởng thôn) goes to the families: their consent, their plaques, a visit when a profile is old.
The youth union secretary (bí thư đoàn) has the phone and the laptop: photos, positions, codes, site, print,
backup. The women's union head (chi hội trưởng phụ nữ) knows gardens, produce and stories.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from vuonho.bilingual import NOTHING, Text
from vuonho.domain.standing.said import CODES, FILES, HOMES, VILLAGES, listed, say_count, say_day, say_line
from vuonho.domain.standing.standing import PHOTOS, BoardState, Home, Left, Shown, Standing, VillageStanding

STALE_DAYS: Final = 365
"""After a year a garden is another one: see the family again."""
RECENT: Final = timedelta(days=60)
"""How long a printed plaque counts as one to hang, and one of a family that left as one to take down."""

VISIT_MARKS: Final = ("address", "phone", "head")
GARDEN_MARKS: Final = ("area", "growing", "season", "price")
TALE_MARKS: Final = ("story", "living")


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


def duties(standing: Standing, villages: Sequence[VillageStanding]) -> tuple[Duty, ...]:
    """Return what each of the three has to do in these villages; who has nothing to do is there too."""
    homes = [home for village in villages for home in village.homes]
    left = [one for village in villages for one in village.left]
    return (
        Duty(HEAD, _some(_of_head(homes, left, standing.day))),
        Duty(YOUTH, _some(_of_youth(homes, villages))),
        Duty(WOMEN, _some(_of_women(homes, standing.day))),
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
    elif items := _items(standing.behind, lambda _: True, _behind):
        yield Task(Text("Dựng lại trang", "Build the site again"), items, "vuonho build")
    elif standing.is_stale:
        yield Task(
            Text("Dựng lại trang, cài đặt đã đổi", "Build again: settings changed"), command="vuonho build"
        )
    if standing.backup.is_old:
        yield Task(Text("Sao lưu", "Make a backup"), command="vuonho backup sao-luu.zip")


def _behind(home: Home) -> Text:
    return Text("đã sửa", "changed") if home.shown is Shown.OLD else Text("chưa có trang", "no page yet")


def _of_head(homes: Sequence[Home], left: Sequence[Left], day: date) -> Iterator[Task]:
    readable = [home for home in homes if home.is_readable]
    agreed = [home for home in readable if home.consented]
    yield Task(
        Text("Xin ý kiến gia đình", "Ask the family for its consent"),
        _items(readable, lambda home: not home.consented),
        "vuonho consent",
    )
    yield Task(
        Text("Ghi ai đồng ý và bằng cách nào", "Record who agreed and how"),
        _items(agreed, lambda home: home.lacks_one_of("record")),
    )
    yield Task(
        Text("Treo biển mới in", "Hang the plaques just printed"),
        _items(agreed, lambda home: _is_recent(home.printed, day) and home.reprint is None, _printed_on),
    )
    yield Task(
        Text("Gỡ biển của hộ đã rút hoặc đã chuyển", "Take down the plaques of families that left"),
        tuple(Item("", one.code) for one in left if one.printed and _is_recent(one.day, day)),
        unit=CODES,
    )
    yield Task(
        Text("Hỏi thêm khi đến nhà", "Ask when you visit"),
        _items(agreed, lambda home: home.lacks_one_of(*VISIT_MARKS), _naming(*VISIT_MARKS)),
    )
    yield Task(
        Text("Thăm lại, hồ sơ đã quá một năm", "Visit again: the profile is over a year old"),
        _items(agreed, lambda home: is_stale(home, day), _checked_on),
    )


def _of_youth(homes: Sequence[Home], villages: Sequence[VillageStanding]) -> Iterator[Task]:
    agreed = [home for home in homes if home.consented]
    yield Task(Text("Cấp mã", "Give codes"), _items(homes, lambda home: home.needs_code), "vuonho assign")
    yield Task(
        Text("Chụp ảnh vườn", "Take photos of the garden"),
        _items(agreed, lambda home: home.lacks_one_of(*PHOTOS), _people_in_photos),
    )
    yield Task(
        Text("Lấy vị trí", "Take the position"), _items(agreed, lambda home: home.lacks_one_of("point"))
    )
    yield Task(
        Text("In biển cho hộ chưa có", "Print plaques for those without"),
        _items(agreed, lambda home: home.is_new),
        "vuonho plaques --new --draft",
    )
    yield Task(
        Text("In lại biển", "Print plaques again"),
        _items(agreed, lambda home: home.reprint is not None, lambda home: home.reprint or NOTHING),
        "vuonho plaques --changed",
    )
    yield _boards(Text("In bảng của thôn", "Print the village's board"), villages, BoardState.NONE)
    changed = Text(
        "In lại bảng của thôn, địa chỉ đã đổi", "Print the village's board again: its address changed"
    )
    yield _boards(changed, villages, BoardState.OLD)


def _of_women(homes: Sequence[Home], day: date) -> Iterator[Task]:
    agreed = [home for home in homes if home.consented and home.is_readable]
    yield Task(
        Text("Hỏi về vườn và sản phẩm", "Ask about garden and produce"),
        _items(agreed, lambda home: home.lacks_one_of(*GARDEN_MARKS), _naming(*GARDEN_MARKS)),
    )
    yield Task(
        Text("Làm lại hồ sơ OCOP", "Renew the OCOP papers"),
        _items(agreed, lambda home: home.ocop is not None, lambda home: _runs_out(home, day)),
    )
    yield Task(
        Text("Nghe gia đình kể, rồi ghi lại", "Listen to the family, and write it down"),
        _items(agreed, lambda home: home.lacks_one_of(*TALE_MARKS), _naming(*TALE_MARKS)),
    )


def is_stale(home: Home, day: date) -> bool:
    """Tell whether a profile was last checked more than a year ago."""
    return home.checked is not None and (day - home.checked).days > STALE_DAYS


def _is_recent(when: date | None, day: date) -> bool:
    return when is not None and day - when <= RECENT


def _boards(what: Text, villages: Sequence[VillageStanding], state: BoardState) -> Task:
    wanted = [village for village in villages if village.board is state]
    items = tuple(Item(village.name, more=Text(village.slug, village.slug)) for village in wanted)
    slug = wanted[0].slug if len(wanted) == 1 else "…"
    return Task(what, items, f"vuonho plaques --village {slug} --size a3", VILLAGES)


# --- Lines of a task --------------------------------------------------------------------------------------------


def _some(tasks: Iterable[Task]) -> tuple[Task, ...]:
    return tuple(task for task in tasks if task.items)


def _items(
    homes: Iterable[Home], wanted: Callable[[Home], bool], more: Callable[[Home], Text] = lambda _: NOTHING
) -> tuple[Item, ...]:
    return tuple(Item(home.label, home.code, more(home)) for home in homes if wanted(home))


def _naming(*keys: str) -> Callable[[Home], Text]:
    """Return what gives the lacks of these keys in words."""
    return lambda home: listed(lack.words for lack in home.lacks if lack.key in keys)


def _people_in_photos(home: Home) -> Text:
    return listed(lack.words for lack in home.lacks if lack.key == "faces")


def _checked_on(home: Home) -> Text:
    return say_day(home.checked) if home.checked else NOTHING


def _printed_on(home: Home) -> Text:
    if home.printed is None:
        return NOTHING
    day = say_day(home.printed)
    return Text(f"in ngày {day.vi}", f"printed on {day.en}")


def _runs_out(home: Home, day: date) -> Text:
    if home.ocop is None:
        return NOTHING
    until = say_day(home.ocop)
    if home.ocop < day:
        return Text(f"hết hạn từ {until.vi}", f"ran out on {until.en}")
    return Text(f"hết hạn ngày {until.vi}", f"runs out on {until.en}")
