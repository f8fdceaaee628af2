"""Who does what next: from a status made by hand to lists of households."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from case_kit import each
from vuonho.i18n import Both, Text
from vuonho.status.model import (
    Backup,
    BoardState,
    Faulty,
    Home,
    Lack,
    Left,
    ProjectStatus,
    Shown,
    VillageStatus,
    count,
)
from vuonho.status.tasks import (
    HEAD,
    WOMEN,
    YOUTH,
    common_tasks,
    duties,
    say_backup,
    say_errors,
    say_site,
    say_state,
)

DAY = date(2026, 11, 25)
FINE = Home(
    file="profiles/thon-dong/a.yaml", village="thon-dong", name="Vườn A", code="482135", percent=100, consented=True,
    checked=DAY, printed=date(2026, 1, 1), shown=Shown.CURRENT,
)  # fmt: skip
SAFE = Backup(DAY, is_old=False)


def lacking(*keys: str) -> Home:
    """Return a household that lacks something."""
    return replace(FINE, percent=50, lacks=tuple(Lack(key, Both(f"[{key}]", key)) for key in keys))


def status(*homes: Home, **more: object) -> ProjectStatus:
    """Return a project of one village with these households, all else being well."""
    village = VillageStatus("thon-dong", "Thôn Đông", homes)
    whole = ProjectStatus(
        Both("Vườn", "Gardens"), DAY, (village,), (), 0, SAFE, is_built=True, is_stale=False
    )
    return replace(whole, **more)  # type: ignore[arg-type]


def told(project: ProjectStatus) -> dict[str, list[tuple[str, str]]]:
    """Return for each person the tasks and the first thing said of their households."""
    return {
        duty.who.vi: [(task.what.vi, task.items[0].more.vi) for task in duty.tasks]
        for duty in duties(project, project.villages)
    }


def test_where_all_is_well_nobody_has_anything_to_do() -> None:
    """All three are named all the same."""
    project = status(FINE)
    assert told(project) == {HEAD.vi: [], YOUTH.vi: [], WOMEN.vi: []}
    assert list(common_tasks(project)) == []


@each(
    ("home", "who", "task"),
    [
        (replace(lacking("consent"), consented=False), HEAD, ("Xin ý kiến gia đình", "")),
        (lacking("record"), HEAD, ("Ghi ai đồng ý và bằng cách nào", "")),
        (replace(FINE, printed=DAY - timedelta(60)), HEAD, ("Treo biển mới in", "in ngày 26/9/2026")),
        (lacking("phone", "head"), HEAD,
         ("Hỏi thêm khi đến nhà", "[phone], [head]")),
        (replace(FINE, checked=date(2025, 11, 24)), HEAD, ("Thăm lại, hồ sơ đã quá một năm", "24/11/2025")),
        (replace(FINE, needs_code=True), YOUTH, ("Cấp mã", "")),
        (lacking("photo"), YOUTH, ("Chụp ảnh vườn", "")),
        (lacking("faces"), YOUTH, ("Chụp ảnh vườn", "[faces]")),
        (lacking("point"), YOUTH, ("Lấy vị trí", "")),
        (replace(FINE, is_new=True), YOUTH, ("In biển cho hộ chưa có", "")),
        (replace(FINE, reprint=Both("vì tên", "name")), YOUTH, ("In lại biển", "vì tên")),
        (lacking("area", "season"), WOMEN, ("Hỏi về vườn và sản phẩm", "[area], [season]")),
        (replace(FINE, ocop=DAY), WOMEN, ("Làm lại hồ sơ OCOP", "hết hạn ngày 25/11/2026")),
        (replace(FINE, ocop=date(2026, 11, 24)), WOMEN, ("Làm lại hồ sơ OCOP", "hết hạn từ 24/11/2026")),
        (lacking("story"), WOMEN, ("Nghe gia đình kể, rồi ghi lại", "[story]")),
    ],
)  # fmt: skip
def test_each_thing_to_do_has_one_person(home: Home, who: Text, task: tuple[str, str]) -> None:
    """The others have nothing to do because of it."""
    expected: dict[str, list[tuple[str, str]]] = {person.vi: [] for person in (HEAD, YOUTH, WOMEN)}
    assert told(status(home)) == expected | {who.vi: [task]}


@pytest.mark.parametrize(
    "home",
    [
        replace(FINE, printed=DAY - timedelta(61)),
        replace(FINE, checked=date(2025, 11, 25)),
        replace(lacking("photo", "story", "area", "phone"), consented=False, checked=date(2020, 1, 1)),
    ],
)
def test_what_is_nobodys_task(home: Home) -> None:
    """A plaque hung long ago, a profile of just a year; and nothing but consent is asked of who has not agreed."""
    others = {who: tasks for who, tasks in told(status(home)).items() if tasks}
    assert others in ({}, {HEAD.vi: [("Xin ý kiến gia đình", "")]})


def test_plaques_of_families_that_left_come_down() -> None:
    """Printed ones, for a while after they left."""
    left = (Left("643479", DAY, True), Left("158589", DAY, False), Left("711946", DAY - timedelta(61), True))
    village = VillageStatus("thon-dong", "Thôn Đông", (), left)
    (task,) = duties(status(), (village,))[0].tasks
    assert ([item.code for item in task.items], tuple(task.how_many)) == (["643479"], ("1 mã", "1 code"))


def test_boards_name_their_village() -> None:
    """The command of one village can be typed; for several the place of the name stays open."""
    east = VillageStatus("thon-dong", "Thôn Đông", (FINE,), board=BoardState.NONE)
    west = VillageStatus("thon-tay", "Thôn Tây", (FINE,), board=BoardState.OLD)
    north = replace(east, slug="thon-bac", name="Thôn Bắc")
    tasks = duties(status(), (east, west))[1].tasks
    assert [task.command for task in tasks] == [
        "vuonho plaques --village thon-dong --size a3", "vuonho plaques --village thon-tay --size a3",
    ]  # fmt: skip
    (both,) = duties(status(), (east, north))[1].tasks
    assert (both.command, [item.more.vi for item in both.items]) == (
        "vuonho plaques --village … --size a3", ["thon-dong", "thon-bac"],
    )  # fmt: skip


@each(
    ("more", "expected"),
    [
        ({"faulty": (Faulty("profiles/site.yaml", 3, 2),)}, "vuonho check"),
        ({"lost": ("482135",)}, "vuonho check"),
        ({"still_shown": ("482135",)}, "vuonho build"),
        ({"is_built": False}, "vuonho build"),
        ({"is_stale": True}, "vuonho build"),
        ({"backup": Backup(DAY, is_old=True)}, "vuonho backup E:\\"),
    ],
)
def test_what_is_common_has_its_command(more: dict[str, object], expected: str) -> None:
    """One task each."""
    project = status(FINE, **more)
    (task,) = common_tasks(project)
    assert task.command == expected


@pytest.mark.parametrize(("shown", "more"), [(Shown.OLD, "đã sửa"), (Shown.MISSING, "chưa có trang")])
def test_a_site_behind_is_built_again(shown: Shown, more: str) -> None:
    """The households are named, and why."""
    (task,) = common_tasks(status(FINE, replace(FINE, shown=shown)))
    assert (task.command, [item.more.vi for item in task.items]) == ("vuonho build", [more])


def test_the_figures_count_each_household_once() -> None:
    """One with an error is not complete, one that cannot be read is a household."""
    homes = (
        FINE, replace(FINE, errors=1), Home("profiles/thon-dong/b.yaml", "thon-dong", "", ""), lacking("photo"),
        lacking("faces", "consent"), replace(FINE, reprint=Both("a", "a"), ocop=DAY),
    )  # fmt: skip
    counts = count(homes)
    assert (counts.households, counts.complete, counts.without_photo, counts.without_consent) == (6, 2, 2, 1)
    assert (counts.printed, counts.to_reprint, counts.ocop, counts.percent) == (5, 1, 1, 33)
    assert count(()).percent == 0


@each(
    ("home", "vi", "en"),
    [
        (FINE, "", ""),
        (lacking("a", "b"), "thiếu [a], [b]", "lacks a, b"),
        (replace(FINE, errors=2, line=7), "2 lỗi ở dòng 7", "2 errors on line 7"),
        (replace(lacking("a"), errors=1), "thiếu [a]; 1 lỗi", "lacks a; 1 error"),
        (
            replace(FINE, percent=None, line=5),
            "chưa đọc được: lỗi ở dòng 5",
            "cannot be read: an error on line 5",
        ),
        (replace(FINE, percent=None), "chưa đọc được: lỗi", "cannot be read: an error"),
    ],
)
def test_what_is_missing_is_said_in_words(home: Home, vi: str, en: str) -> None:
    """In both languages."""
    assert tuple(say_state(home)) == (vi, en)


@each(
    ("backup", "vi", "en"),
    [
        (Backup(None, is_old=True), "chưa lần nào", "never made"),
        (SAFE, "hôm nay; từ đó chưa sửa gì", "today; nothing changed since"),
        (Backup(date(2026, 11, 24), is_old=True), "1 ngày trước (24/11/2026); hồ sơ đã sửa từ đó",
         "1 day ago (2026-11-24); profiles changed since"),
        (Backup(date(2026, 11, 1), is_old=False), "24 ngày trước (1/11/2026); từ đó chưa sửa gì",
         "24 days ago (2026-11-01); nothing changed since"),
        (Backup(date(2027, 1, 1), is_old=False), "hôm nay; từ đó chưa sửa gì", "today; nothing changed since"),
    ],
)  # fmt: skip
def test_the_backup_has_an_age(backup: Backup, vi: str, en: str) -> None:
    """A clock that went back makes no negative days."""
    assert tuple(say_backup(backup, DAY)) == (vi, en)


def test_the_site_and_the_errors_are_summed_up() -> None:
    """The worst comes first."""
    old = replace(FINE, shown=Shown.OLD)
    assert say_site(status()).vi == "đúng với hồ sơ"
    assert say_site(status(is_stale=True)).vi == "cài đặt đã sửa từ lần dựng trước"
    assert say_site(status(old, old, is_stale=True)).vi == "2 hộ mới hoặc đã sửa từ lần dựng trước"
    assert say_site(status(old, old, still_shown=("482135",))).vi == "còn hiện 1 hộ đã rút"
    assert say_errors(status()).vi == "không có lỗi"
    assert say_errors(status(notes=1)) == Both("không có lỗi, 1 lưu ý", "no error, 1 note")
    faulty = (Faulty("a", 1, 2), Faulty("b", None, 1))
    assert say_errors(status(faulty=faulty)).en == "3 errors in 2 files; see: vuonho check"
