"""Days that have not come: named, with what to do; many of them are the clock's fault."""

import re
from datetime import date, timedelta
from pathlib import Path

from command_kit import ROOT, edit, files, vuonho
from vuonho.errors import Problem, Severity
from vuonho.i18n import NOTHING
from vuonho.project.profile import MOST, RELEASED, future_days, once, parse_profile
from vuonho.project.survey import examine

TODAY = max(date.today(), RELEASED)  # noqa: DTZ011 - the day on the wall, as the program's
LATER = f"{TODAY + timedelta(400):%Y-%m-%d}"
HOME = """code: "482135"
name: Vườn bà Hường
consent: {given: %s, by: Hường, how: paper}
location: {}
garden: {}
checked: %s
"""


def told(text: str, today: date) -> list[tuple[str, int | None, str, str]]:
    """Return (field, line, message, hint) of each warning."""
    found = tuple(future_days(parse_profile(text, "profiles/a/b.yaml", "a"), today))
    assert all(one.severity is Severity.WARNING for one in found)
    return [(one.field, one.line, one.message.vi, one.hint.vi) for one in found]


def test_a_consent_that_is_still_to_come_is_named() -> None:
    """With the day it is, and what to write."""
    day = date(2026, 12, 1)
    assert told(HOME % ("2026-12-02", "2026-12-02"), day) == [
        ("consent.given", 3, "Ngày này chưa tới (hôm nay là 1/12/2026).",
         "Ghi ngày gia đình đã ký; chưa ký thì để trống. Đồng hồ của máy sai thì chỉnh lại."),
        ("checked", 6, "Ngày này chưa tới (hôm nay là 1/12/2026).",
         "Ghi ngày xem lại hồ sơ với gia đình. Đồng hồ của máy sai thì chỉnh lại."),
    ]  # fmt: skip


def test_today_has_come() -> None:
    """And so has every day before."""
    assert told(HOME % ("2026-12-01", "2026-12-02"), date(2026, 12, 2)) == []


def test_a_family_that_leaves_tomorrow_is_named() -> None:
    """Its page would be gone today."""
    left = 'code: "482135"\nwithdrawn: 2027-01-02\nchecked: 2026-11-02\n'
    assert [one[:2] for one in told(left, date(2027, 1, 1))] == [("withdrawn", 2)]


def test_a_profile_with_another_error_is_looked_at_too() -> None:
    """All at once."""
    text = (HOME % ("2027-12-02", "2027-12-03")).replace("garden: {}", "garden: {area: rộng lắm}")
    assert [one[0] for one in told(text, date(2027, 1, 1))] == ["consent.given", "checked"]


def test_no_day_before_this_version_is_doubted() -> None:
    """A clock that has lost its battery says 2015; nobody signed after this version was made with it."""
    assert told(HOME % (RELEASED, RELEASED), date(2015, 1, 1)) == []
    assert "hôm nay là 1/1/2015" in told(HOME % ("2027-12-02", "2027-12-02"), date(2015, 1, 1))[0][2]


def test_the_day_of_this_version_is_that_of_the_changelog() -> None:
    """The newest that is released."""
    newest = re.search(
        r"^## \[\d.*\] - (\S+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert newest is not None
    assert newest[1] == RELEASED.isoformat()


def test_many_days_are_one_warning_about_the_clock() -> None:
    """A village of a hundred is not told two hundred times."""
    few = tuple(
        Problem("checked", NOTHING, NOTHING, Severity.WARNING, file="profiles/a/b.yaml", line=line, column=1)
        for line in range(MOST)
    )
    assert once(few, TODAY) == few
    (one,) = once((*few, few[0]), date(2027, 1, 2))
    assert (one.line, one.message.vi) == (
        0, "Ngày này và 5 ngày khác trong hồ sơ và sổ chưa tới (máy báo hôm nay là 2/1/2027)."
    )  # fmt: skip
    assert one.hint.vi.startswith("Xem đồng hồ của máy trước")


def test_check_and_build_name_it_and_nothing_else_changes(demo: Path) -> None:
    """Exit 0, and the days as they were typed."""
    home = demo / "profiles/thon-vuon-mau/ba-huong.yaml"
    assert vuonho("-C", demo, "check").said.count("chưa tới") == 0
    edit(home, "given: 2026-10-20", f"given: {LATER}")
    edit(home, "checked: 2026-11-02", f"checked: {LATER}")
    for command in ("check", "build"):
        done = vuonho("-C", demo, command)
        assert done.code == 0
        assert done.said.count("Ngày này chưa tới (hôm nay là ") == 2
    assert not any("chưa tới".encode() in content for content in files(demo / "site").values())


def test_a_row_of_the_register_is_named_with_its_line(unbuilt: Path) -> None:
    """Who printed with a wrong clock learns of it, and leaves the row alone."""
    register = unbuilt / "profiles/codes.csv"
    edit(
        register,
        "482135,thon-vuon-mau/ba-huong.yaml,2026-10-19",
        f"482135,thon-vuon-mau/ba-huong.yaml,{LATER}",
    )
    (found,) = (one for one in examine(unbuilt, TODAY).problems if "chưa tới" in one.message.vi)
    assert (found.file, found.field, found.severity) == ("profiles/codes.csv", "given", Severity.WARNING)
    assert found.line is not None
    assert register.read_text(encoding="utf-8").splitlines()[found.line - 1].startswith("482135,")
    assert "để nguyên" in found.hint.vi


def test_a_print_counts_it_among_what_check_notes(demo: Path) -> None:
    """In one line, as all notes."""
    edit(demo / "profiles/thon-vuon-mau/ba-huong.yaml", "checked: 2026-11-02", f"checked: {LATER}")
    notes = len(examine(demo, TODAY).problems)
    done = vuonho("-C", demo, "plaques", "482135", "--draft")
    assert f"Hồ sơ có {notes} lưu ý; xem: vuonho check" in done.said
