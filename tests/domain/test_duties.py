"""Who does what next, at the edges of its rules; tests/dashboards show a project in which each task stands."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from case_kit import each
from vuonho.i18n import Both
from vuonho.status.model import (
    Backup,
    BoardState,
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


def test_what_is_somebodys_task_for_the_last_time() -> None:
    """A plaque hung sixty days ago, a profile of a year and a day, a grade that runs out today or did yesterday."""
    for home, who, task in (
        (replace(FINE, printed=DAY - timedelta(60)), HEAD, ("Treo biển mới in", "in ngày 26/9/2026")),
        (replace(FINE, checked=date(2025, 11, 24)), HEAD, ("Thăm lại, hồ sơ đã quá một năm", "24/11/2025")),
        (replace(FINE, ocop=DAY), WOMEN, ("Làm lại hồ sơ OCOP", "hết hạn ngày 25/11/2026")),
        (replace(FINE, ocop=date(2026, 11, 24)), WOMEN, ("Làm lại hồ sơ OCOP", "hết hạn từ 24/11/2026")),
    ):
        assert told(status(home))[who.vi] == [task]
    left = Left("711946", DAY - timedelta(61), True)  # whose plaque is down by now, or never will be
    assert duties(status(), (VillageStatus("thon-dong", "Thôn Đông", (), (left,)),))[0].tasks == ()


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
