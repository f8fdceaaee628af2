"""The page for those who live in a village: who its team is, by each one's own consent, when and where; its calendar."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from lxml import html

from case_kit import each
from command_kit import build, twin, vuonho
from village_kit import SLUG, write_village
from vuonho.edit.yaml_text import take_examples
from vuonho.errors import Severity
from vuonho.pages.calendar import _folded
from vuonho.project.settings import read_village

TEAM = """\
team:
  members:
    - {name: Nguyễn Văn Zồm, role: {vi: Trưởng thôn, en: Head of the village}, phone: 0571 384 926, helps: {vi: Việc Vuzax, en: Vuzax matters}, agreed: 2026-11-20}
    - {name: Lê Thị Quặzim, role: Bí thư Jẻoxa, phone: 0571 777 888, helps: Việc Wặnzi}
  meets: {vi: Sáng thứ Bảy ở nhà Xuẩnza, en: Saturdays at Xuanza house}
dates:
  - {what: "Thu gom rác, chất thải; \\\\ đổ ở đầu ngõ, không để qua đêm, không lẫn chai lọ thủy tinh vỡ", weekly: thứ bảy, time: 6h30, where: Ngõ Jạvi}
  - {what: {vi: Họp thôn, en: Meeting}, monthly: ngày 15, time: "19:30"}
  - {what: Họp thôn, weekly: chủ nhật}
  - {what: Hội làng, date: 5/12/2026, where: {vi: Đình, en: Communal house}}
"""
PAGES = {tag: f"site/{root}{SLUG}/to-so/index.html" for tag, root in (("vi", ""), ("en", "en/"))}
WITHHELD = ("Quặzim", "Jẻoxa", "777", "Wặnzi")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A village of three homes that no template has seen, with a team of which one has not agreed, built."""
    root = write_village(tmp_path_factory.mktemp("residents") / "book", 3)
    settle(root, TEAM)
    assert build(root).code == 0
    return root


@pytest.fixture
def village(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return twin(made, tmp_path / "book")


def settle(root: Path, more: str) -> None:
    file = root / f"profiles/{SLUG}/village.yaml"
    kept = file.read_text(encoding="utf-8").partition("team:")[0].partition("dates:")[0]
    file.write_text(kept + more, encoding="utf-8")


def said(root: Path, tag: str) -> str:
    main = html.fromstring((root / PAGES[tag]).read_bytes()).xpath("//main")[0]
    return " ".join(" ".join(main.itertext()).replace("\u00a0", " ").split())


def bytes_of(root: Path) -> dict[str, bytes]:
    site = root / "site"
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_the_team_is_shown_in_both_languages(village: Path) -> None:
    """Name, role, number, what to call for, where to meet, the dates in words; from the village's page one tap away."""
    built = build(village)
    assert (built.code, "Lê Thị Quặzim" in built.said + built.err) == (0, True)
    for tag, told in {
        "vi": ("Nguyễn Văn Zồm", "Trưởng thôn", "Việc Vuzax", "nhà Xuẩnza", "0571 384 926", "Thứ Bảy hằng tuần, lúc 6:30",
               "Ngày 15 hằng tháng, lúc 19:30", "Chủ nhật hằng tuần", "5/12/2026", "Ngõ Jạvi", "Đình", "0570 100 200"),
        "en": ("Nguyễn Văn Zồm", "Head of the village", "Vuzax matters", "Xuanza house", "Every Saturday, at 6:30",
               "On day 15 of every month, at 19:30", "Every Sunday", "Communal house"),
    }.items():  # fmt: skip
        page = said(village, tag)
        assert [words for words in told if words not in page] == []
    for page in (SLUG, f"en/{SLUG}"):
        links = html.fromstring((village / f"site/{page}/index.html").read_bytes()).xpath("//@href")
        assert [link for link in links if link.endswith("to-so/")]
    assert vuonho("-C", village, "verify").code == 0


def test_who_has_not_agreed_leaves_no_byte(village: Path) -> None:
    """Nothing of the member is in any file of the site, which is as if he had never been written down."""
    assert build(village).code == 0
    before = bytes_of(village)
    for content in before.values():
        text = content.decode("utf-8", "replace")
        assert [one for one in WITHHELD[:2] + WITHHELD[3:] if one in text] == []
        assert "571777888" not in text.replace(" ", "").replace("\u00a0", "")
    settle(village, "\n".join(line for line in TEAM.splitlines() if "Quặzim" not in line) + "\n")
    assert build(village).code == 0
    assert bytes_of(village) == before


def test_what_a_member_takes_back_is_gone(village: Path) -> None:
    """Without his day, or without his number, no trace of it stays, and phones ask again for what they keep."""
    assert build(village).code == 0
    worker = (village / "site/sw.js").read_bytes()
    settle(village, TEAM.replace("phone: 0571 384 926, ", ""))
    assert build(village).code == 0
    assert not [
        name for name, content in bytes_of(village).items() if b"571384926" in content.replace(b" ", b"")
    ]
    assert (second := (village / "site/sw.js").read_bytes()) != worker
    settle(village, TEAM.replace(", agreed: 2026-11-20", ""))
    assert build(village).code == 0
    assert not [name for name, content in bytes_of(village).items() if "Zồm".encode() in content]
    assert (village / "site/sw.js").read_bytes() not in (worker, second)


def test_an_empty_village_has_its_page(tmp_path: Path) -> None:
    """Without team and dates: the number of the site's team and the guides, no calendar."""
    root = write_village(tmp_path / "book", 1)
    assert build(root).code == 0
    page = html.fromstring((root / PAGES["vi"]).read_bytes())
    assert page.xpath("//main//h2/@id") == ["guides"]
    assert not (root / f"site/{SLUG}/to-so/lich.ics").exists()
    settle(root, TEAM)
    assert build(root).code == 0
    assert (root / f"site/{SLUG}/to-so/lich.ics").exists()


def test_the_calendar_is_read_by_another_program(village: Path) -> None:
    """Times of Việt Nam, what comes again does so, nothing hangs on a clock, identities stay."""
    assert build(village).code == 0
    content = (village / f"site/{SLUG}/to-so/lich.ics").read_bytes()
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    calendar = Calendar.from_ical(content)
    events: list[Any] = list(calendar.walk("VEVENT"))
    assert [str(event["SUMMARY"]) for event in events] == [
        "Thu gom rác, chất thải; \\ đổ ở đầu ngõ, không để qua đêm, không lẫn chai lọ thủy tinh vỡ",
        "Họp thôn", "Họp thôn", "Hội làng",
    ]  # fmt: skip
    assert [event.get("RRULE") and event["RRULE"].to_ical() for event in events] == [
        b"FREQ=WEEKLY;BYDAY=SA", b"FREQ=MONTHLY;BYMONTHDAY=15", b"FREQ=WEEKLY;BYDAY=SU", None,
    ]  # fmt: skip
    starts = [event["DTSTART"].dt for event in events]
    assert isinstance(starts[0], datetime)
    assert (starts[0].isoformat(), starts[1].isoformat()) == (
        "2026-01-03T06:30:00+07:00",
        "2026-01-15T19:30:00+07:00",
    )
    assert starts[2:] == [date(2026, 1, 4), date(2026, 12, 5)]
    assert len({str(event["UID"]) for event in events}) == 4
    settle(village, TEAM.replace("6h30", "7:00").replace("Ngõ Jạvi", "Sân đình"))
    assert build(village).code == 0
    later: list[Any] = Calendar.from_ical((village / f"site/{SLUG}/to-so/lich.ics").read_bytes()).walk(
        "VEVENT"
    )
    assert [event["UID"] for event in later] == [event["UID"] for event in events]


def test_no_letter_is_cut_where_a_line_is_folded() -> None:
    """Whatever its length, the pieces fit and together say the same."""
    line = "SUMMARY:" + "ở 𝒜ỹế" * 60
    pieces = _folded(line).split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line


WRONG = {
    "no day": "dates: [{what: Họp}]",
    "two days": "dates: [{what: Họp, weekly: thứ Hai, monthly: 3}]",
    "a day that not every month has": "dates: [{what: Họp, monthly: 31}]",
    "no weekday": "dates: [{what: Họp, weekly: thứ Tám}]",
    "no time": "dates: [{what: Họp, monthly: 3, time: sáng sớm}]",
    "no name": "team: {members: [{phone: 0571 384 926, agreed: 2026-11-20}]}",
    "no phone": "team: {members: [{name: A B, phone: 12}]}",
    "no list": "team: {members: Nguyễn Văn A}",
}


@each("why", WRONG)
def test_what_is_not_understood_is_refused(tmp_path: Path, why: str) -> None:
    """One error, at its line, with its cure."""
    root = write_village(tmp_path / "book", 1)
    settle(root, f"{WRONG[why]}\n")
    village, _, problems = read_village(root, f"profiles/{SLUG}/village.yaml", "Hà Tĩnh")
    errors = [one for one in problems if one.severity is Severity.ERROR]
    assert (village, len(errors), errors[0].line) == (None, 1, 4)
    assert all(errors[0].hint)


def test_a_new_village_is_shown_how_to_write_it(tmp_path: Path) -> None:
    """The examples in the notes of a new village.yaml are read once their sign is taken away."""
    made = vuonho("init", tmp_path / "book", "--village", "Thôn 9", "--commune", "Xã Phúc Trạch", "--team", "Tổ số Thôn 9",
                  "--phone", "0570 100 200")  # fmt: skip
    assert made.code == 0
    file = next((tmp_path / "book").glob("profiles/*/village.yaml"))
    file.write_text(take_examples(file.read_text(encoding="utf-8")), encoding="utf-8")
    village, _, problems = read_village(
        tmp_path / "book", file.relative_to(tmp_path / "book").as_posix(), "Hà Tĩnh"
    )
    assert [one for one in problems if one.severity is Severity.ERROR] == []
    assert village is not None
    assert (len(village.dates), village.team is not None) == (1, True)


def test_verify_finds_a_member_who_has_not_agreed(village: Path) -> None:
    """Name and number, by the folder of the village; what another of the team made public is nobody's secret."""
    settle(village, TEAM.replace("0571 777 888", "0571 384 926"))
    assert build(village).code == 0
    assert vuonho("-C", village, "verify").code == 0
    settle(village, TEAM)
    page = village / PAGES["vi"]
    page.write_text(
        page.read_text(encoding="utf-8").replace("</h1>", " Lê Thị Quặzim, 0571 777 888</h1>", 1),
        encoding="utf-8",
    )
    found = vuonho("-C", village, "verify", "--lang", "en")
    assert found.code == 1
    assert f"The full name of one of the team of {SLUG} is here" in " ".join(found.said.split())
    assert f"The phone number of one of the team of {SLUG} is here" in " ".join(found.said.split())
    assert "Quặzim" not in found.said.replace("Lê Thị Quặzim has not agreed", "")
