"""What a team is told in several places is the same in each: how consent is recorded, what is printed, how a file is changed."""

import re
import runpy

from case_kit import each
from command_kit import ROOT
from vuonho.scaffold.init import render_first_steps

FIRST_STEPS = "BAT-DAU.txt"
SHEET = "the sheet for the wall"
HANDBOOK, CONSENT, PLAQUE = "docs/so-tay.md", "docs/consent.md", "docs/first-plaque.md"
REFERENCE = re.compile(r"\[(?:[^\]]*?)mục (\d+(?:\.\d+)?)\]\(#([^)]+)\)|mục (\d+(?:\.\d+)?)")


def read(place: str) -> str:
    """Return what stands in a place, as one line without marks."""
    if place == FIRST_STEPS:
        text = render_first_steps("thon-dong").decode("utf-8-sig")
    elif place == SHEET:
        text = runpy.run_path(str(ROOT / "docs/handbook_pictures.py"))["duties_page"]()
    else:
        text = (ROOT / place).read_text(encoding="utf-8")
    return " ".join(re.sub(r"</?b>|\*\*", "", text).split())


@each("place", [HANDBOOK, CONSENT, FIRST_STEPS, SHEET])
def test_consent_is_recorded_by_one_rule(place: str) -> None:
    """A signature or the answers on the phone, and nowhere a signature alone."""
    rule = "Chưa có chữ ký trên giấy hoặc câu trả lời trên phiếu điện thoại thì chưa ghi ngày đồng ý."
    assert rule.removesuffix(".") in read(place)
    assert re.findall(r"Chưa có chữ ký thì[^.]*|[^.]*ký mới ghi[^.]*|Không ký thì[^.]*", read(place)) == []


@each("place", [HANDBOOK, CONSENT, FIRST_STEPS, PLAQUE])
def test_the_form_of_consent_is_printed_once_for_each_home(place: str) -> None:
    """Its file holds the sheets of both: whoever prints it twice has two too many."""
    told = read(place)
    assert "ỗi nhà in một lần, hai mặt: ra hai tờ, một tờ tổ giữ, một tờ gia đình giữ" in told
    assert re.findall(r"[Mm]ỗi (?:nhà|hộ) hai bản", told) == []


def test_whoever_is_sent_to_a_settings_file_is_told_how_to_change_it() -> None:
    """One place of the handbook teaches it, and each that says "change it there" leads to that place."""
    text = (ROOT / HANDBOOK).read_text(encoding="utf-8")
    taught = text.partition("### Sửa một tệp .yaml\n")[2].partition("\n#")[0]
    missing = [
        word for word in ("Open with", "Notepad", "hai chấm", "Tab", "ngoặc kép", "Ctrl", "vuonho check")
        if word not in taught
    ]  # fmt: skip
    assert missing == []
    sent = [
        line
        for line in text.splitlines()
        if re.search(r"(?:[Ss]ửa|[Gg]hi|Mở)\b[^.|]*`[^`]*(?:site|village)\.yaml`", line)
    ]
    assert len(sent) >= 5
    assert [line for line in sent if "(#sửa-một-tệp-yaml)" not in line] == []


def test_every_chapter_that_the_handbook_names_is_there() -> None:
    """ "mục 8.4" is a heading of its own, and a link that says so leads to that one or into it."""
    chapters: dict[str, str] = {}
    number = ""
    text = re.sub(
        r"^```.*?^```$", "", (ROOT / HANDBOOK).read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    for heading in re.findall(r"^#{2,4} (.+)$", text, re.MULTILINE):
        number = found[0] if (found := re.match(r"\d+(\.\d+)?", heading)) else number
        chapters[re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")] = number
    named = [(linked or bare, anchor) for linked, anchor, bare in REFERENCE.findall(text)]
    assert len(named) > 20
    assert [one for one, _ in named if one not in chapters.values()] == []
    lead = [(one, chapters[anchor]) for one, anchor in named if anchor]
    assert [(one, there) for one, there in lead if there != one and not there.startswith(f"{one}.")] == []
