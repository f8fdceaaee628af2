"""What is to be done next, and by whom of the three: pure, from a standing to lists of households.

The village head (trưởng thôn) goes to the families: their consent, their plaques, a visit when a profile is old.
The youth union secretary (bí thư đoàn) has the phone and the laptop: photos, positions, codes, site, print,
backup. The women's union head (chi hội trưởng phụ nữ) knows gardens, produce and stories.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from vuonho.bilingual import NOTHING, Text
from vuonho.domain.standing.said import CODES, FILES, VILLAGES, say_line
from vuonho.domain.standing.standing import PHOTOS, BoardState, Home, Left, Shown, Standing, VillageStanding
from vuonho.domain.standing.tasks import (
    HEAD,
    WOMEN,
    YOUTH,
    Duty,
    Item,
    Task,
    checked_on,
    lines_of,
    naming,
    people_in_photos,
    printed_on,
    runs_out,
    some,
)  # fmt: skip

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
