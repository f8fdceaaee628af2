"""`vuonho status`: how a project stands, whatever state it is in, in a terminal and on paper."""

import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from axe_kit import violations
from canary_kit import CANARIES, NOBODY, PROFILE, TICKS, folded, with_ticks
from canary_site import write_project
from case_kit import each
from command_kit import ROOT, SLUG, build, edit, files, note_print, vuonho
from status_kit import DAY, looked_at, spoil, terminal
from village_kit import write_village
from vuonho.pages.reports import render_status
from vuonho.status.model import BoardState, ProjectStatus, Shown
from vuonho.status.status import project_status

pytestmark = pytest.mark.slow

GOLDEN = ROOT / "tests/dashboards"
LANGUAGES = ("vi", "en")
NO_HOME = "Chưa có hộ nào. Làm tiếp: vuonho consent, rồi vuonho form."
OCOP_DAY = "28/10/2026"
"""The day on which a grade ran out is what the team is to see."""


def page_of(status: ProjectStatus, language: str) -> str:
    """Return the page to print."""
    return render_status(status, (ROOT / "templates",), language).decode("utf-8")


@pytest.fixture(scope="module")
def spoilt(built_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the project in which everything is wrong; to be looked at, not to be changed."""
    return spoil(built_demo, tmp_path_factory.mktemp("spoilt") / "vườn mẫu")


@pytest.fixture(scope="module")
def status(spoilt: Path) -> ProjectStatus:
    """Return how it stands."""
    return looked_at(spoilt)


# --- In the terminal -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dashboard_of_a_project_with_everything_wrong(status: ProjectStatus, language: str) -> None:
    """The whole text, line by line; none is wider than 80 cells."""
    text = terminal(status, language)
    text = text.replace("→ vuonho backup ../sao-luu.zip", "→ vuonho backup E:\\")
    assert text == (GOLDEN / f"{language}.txt").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if len(line) > 80] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_project_that_cannot_be_built_can_be_looked_at(spoilt: Path, language: str) -> None:
    """Exit 0, no word on the error stream, nothing written, and one language only."""
    before = files(spoilt)
    done = vuonho("-C", spoilt, "status", "--lang", language)
    assert (done.code, done.err) == (0, "")
    assert "\x1b" not in done.out
    assert vuonho("-C", spoilt, "check").code == 1
    assert before == files(spoilt)
    strange = "Village head" if language == "vi" else "Trưởng thôn"
    assert strange not in done.out


def test_a_demo_just_built_is_in_step(demo: Path) -> None:
    """The site says what the profiles say, until a household changes; a comment changes nothing."""
    assert "Trang     đúng với hồ sơ" in vuonho("-C", demo, "status").out
    path = demo / f"profiles/{SLUG}/ba-huong.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# ghi chú\n", encoding="utf-8", newline="\n")
    assert "Trang     đúng với hồ sơ" in vuonho("-C", demo, "status").out
    edit(path, "name: Vườn bà Hường", "name: Vườn nhà Hường")
    (home,) = looked_at(demo).behind
    assert (home.name, home.shown) == ("Vườn nhà Hường", Shown.OLD)


def test_a_family_that_left_is_named_until_the_site_is_built(demo: Path) -> None:
    """Its page still shows it."""
    left = 'code: "482135"\nwithdrawn: 2026-11-20\nchecked: 2026-11-20\n'
    (demo / f"profiles/{SLUG}/ba-huong.yaml").write_text(left, encoding="utf-8", newline="\n")
    assert looked_at(demo).still_shown == ("482135",)
    assert build(demo).code == 0
    assert looked_at(demo).still_shown == ()


@each("gone", ["site", ".vuonho/out"])
def test_without_a_site_or_its_memory_it_is_to_be_built(demo: Path, gone: str) -> None:
    """Nobody guesses what a site may show."""
    shutil.rmtree(demo / gone, ignore_errors=True)
    found = looked_at(demo)
    assert (found.is_built, found.behind, found.still_shown) == (False, (), ())


def test_one_village_is_shown_alone(spoilt: Path) -> None:
    """Named by its folder; one that is not there is refused with those that are."""
    alone = looked_at(spoilt, "thon-tay")
    assert [village.slug for village in alone.villages] == ["thon-tay"]
    done = vuonho("-C", spoilt, "status", "--village", "thon-xa", "--lang", "en")
    assert done.code == 1
    assert "There is no village “thon-xa”" in done.err
    assert f"thon-tay, {SLUG}" in done.err


def test_many_households_stay_short(tmp_path: Path) -> None:
    """Counts and the first names; `--all` names everybody."""
    found = looked_at(write_village(tmp_path / "thôn", 150))
    short = terminal(found, "vi")
    assert len(short.splitlines()) < 50
    assert "… và 137 hộ nữa" in short
    everything = terminal(found, "vi", everything=True)
    assert "hộ nữa" not in everything
    assert everything.count("thiếu ảnh") == 147


@each(
    ("name", "content"),
    [
        ("site.yaml", "base_url: ["),
        ("site.yaml", ""),
        ("codes.csv", "nothing\n1,2\n"),
        ("boards.csv", "nothing\n1,2\n"),
        (f"{SLUG}/village.yaml", "name: [\n"),
        (f"{SLUG}/ba-huong.yaml", "\0\0"),
        (f"{SLUG}/ba-huong.yaml", "- a\n"),
    ],
)
def test_a_broken_file_of_any_kind_is_no_reason_to_refuse(demo: Path, name: str, content: str) -> None:
    """The file is named among the errors, all others are counted as before; the page is made all the same."""
    path = demo / "profiles" / name
    before = path.read_bytes() if path.exists() else b""
    path.write_text(content, encoding="utf-8")
    found = looked_at(demo)
    path.write_bytes(before) if before else path.unlink()
    assert f"profiles/{name}" in [one.file for one in found.faulty]
    assert len(found.homes) == 14
    assert "Sửa lỗi" in terminal(found, "vi")
    assert "Fix errors" in page_of(found, "en")


def test_an_empty_project_is_looked_at(tmp_path: Path) -> None:
    """No site, no village, nothing."""
    (tmp_path / "profiles").mkdir()
    done = vuonho("-C", tmp_path, "status")
    assert (done.code, done.err) == (0, "")
    assert "0/0 hộ (0 %)" in done.out
    assert done.out.rstrip().endswith(NO_HOME)


def test_a_village_without_anybody_has_a_next_step(demo: Path) -> None:
    """For two of the three, with the command; on paper too, and never that all is complete."""
    empty = demo / "profiles/thon-moi"
    empty.mkdir()
    copied = (demo / f"profiles/{SLUG}/village.yaml").read_text(encoding="utf-8")
    (empty / "village.yaml").write_text(copied.replace("Thôn Vườn Mẫu", "Thôn Mới"), encoding="utf-8")
    alone = vuonho("-C", demo, "status", "--village", "thon-moi").out
    assert "thôn chưa có hồ sơ nào (1 thôn) → vuonho consent\n    Thôn Mới" in alone
    assert "Ghi hồ sơ bằng phiếu điện thoại hoặc Excel (1 thôn) → vuonho form\n    Thôn Mới" in alone
    assert alone.rstrip().endswith(NO_HOME)
    assert "Hồ sơ nào cũng đủ" not in alone
    page = page_of(project_status(demo, DAY, "thon-moi"), "vi")
    assert (page.count(NO_HOME), page.count("Hồ sơ nào cũng đủ")) == (1, 0)


def test_an_address_that_changed_makes_plaques_and_boards_old(demo: Path) -> None:
    """All printed plaques are named with the reason, and the board."""
    note_print(demo, "482135")
    (demo / "profiles/boards.csv").write_text(
        f"village,printed,url,batch\n{SLUG},2026-11-02,https://vuonmau.example/{SLUG}/,1\n", encoding="utf-8"
    )
    assert looked_at(demo).villages[0].board is BoardState.FINE
    edit(demo / "profiles/site.yaml", "https://vuonmau.example/ ", "https://moi.example/ ")
    edit(demo / "profiles/site.yaml", "previous_urls: []", "previous_urls: [https://vuonmau.example/]")
    found = looked_at(demo)
    (home,) = [home for home in found.homes if home.reprint]
    assert (home.code, found.villages[0].board) == ("482135", BoardState.OLD)
    assert home.reprint
    assert home.reprint.en == "printed on 2026-11-01 with another address"


def test_more_photos_than_can_be_read_at_once_are_left_to_check(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said, and the rest is shown."""
    (demo / f"profiles/{SLUG}/photos/huong-1.jpg").write_bytes(b"no photo")
    assert looked_at(demo).errors == 1
    monkeypatch.setattr("vuonho.status.status.MOST_PHOTOS", 1000)
    found = looked_at(demo)
    assert (found.errors, [one.vi for one in found.troubles]) == (
        0, ["Ảnh nhiều nên ở đây chưa xem từng ảnh; xem hết: vuonho check"],
    )  # fmt: skip
    assert "Lưu ý     Ảnh nhiều" in terminal(found, "vi")


# --- The last backup -----------------------------------------------------------------------------------------


def backup_of(project: Path) -> tuple[date | None, bool]:
    """Return the day of the last backup, and whether it is old."""
    backup = looked_at(project).backup
    assert backup.place in ("E:\\", "../sao-luu.zip")
    return backup.day, backup.is_old


def test_the_backup_is_old_once_anything_changes(demo: Path) -> None:
    """Its day is told; a record that cannot be read is none."""
    assert backup_of(demo) == (None, True)
    assert vuonho("-C", demo, "backup", "sao-luu.zip").code == 0
    today = datetime.now().astimezone().date()
    assert backup_of(demo) == (today, False)
    due = looked_at(demo).backup.is_due
    assert [due(today + timedelta(days=days)) for days in (0, 30, 31)] == [False, False, True]
    edit(demo / "profiles/site.yaml", "vi: Vườn hộ Thôn Vườn Mẫu", "vi: Vườn của chúng tôi")
    assert backup_of(demo) == (today, True)
    (demo / ".vuonho/backup.json").write_text("[]", encoding="utf-8")
    assert backup_of(demo) == (None, True)


# --- Nothing that is nobody's business -----------------------------------------------------------------------


@pytest.mark.parametrize("ticks", [(), TICKS])
def test_of_a_family_only_its_chosen_name_is_shown(tmp_path: Path, ticks: tuple[str, ...]) -> None:
    """Whatever is ticked: no full name, phone, story, point or living condition in the terminal or on the page."""
    root = write_project(tmp_path, {"hosozaqfile.yaml": with_ticks(ticks, PROFILE)})
    bare = {"code": "913470", "name": "Vườn trống", "checked": "2026-11-02"}
    write_project(root, {"hosozaqfile.yaml": with_ticks(ticks, PROFILE), "hai.yaml": bare | {
        "consent": {"given": "2026-11-01", "publish": list(ticks)}, "location": {}, "garden": {},
    }})  # fmt: skip
    found = project_status(root, date(2026, 11, 25))
    shown = [
        show for tag in LANGUAGES for show in (terminal(found, tag, everything=True), page_of(found, tag))
    ]
    places = [folded(text) for text in shown]
    traces = [
        trace for one in CANARIES if one.field != ("name",) for trace in one.traces if trace != OCOP_DAY
    ]
    assert [trace for trace in (*traces, *NOBODY) for place in places if folded(trace) in place] == []
    assert all("vuon nha zumkheo" in place for place in places)


# --- The page to print ---------------------------------------------------------------------------------------


def test_the_page_is_written_once_and_again(demo: Path) -> None:
    """Relative to the project; an older one of ours is replaced."""
    for _ in range(2):
        done = vuonho("-C", demo, "status", "-o", "tinh-hinh.html")
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith("Đã ghi tinh-hinh.html.")
    text = (demo / "tinh-hinh.html").read_text(encoding="utf-8")
    today = datetime.now().astimezone().date()
    assert f"Ngày {today.day}/{today.month}/{today.year}" in text
    assert '<meta name="robots" content="noindex">' in text
    assert "<script" not in text


@each(
    ("name", "words"),
    [
        ("site/tinh-hinh.html", "Không ghi tệp này vào thư mục site/"),
        ("site/qr/tinh-hinh.html", "Không ghi tệp này vào thư mục site/"),
        ("profiles/tinh-hinh.html", "Không ghi tệp này vào thư mục profiles/"),
        ("tinh-hinh.pdf", "phải kết thúc bằng .html"),
        ("khong-co/tinh-hinh.html", "Không có thư mục "),
        ("cua-nguoi-khac.html", "không do vuonho làm ra"),
        ("con.html", "Windows không nhận tên"),
        ("trang-khac/a/tinh-hinh.html", "không để vào thư mục trang-khac/"),
    ],
)
def test_the_page_goes_nowhere_else(demo: Path, name: str, words: str) -> None:
    """Never into a site, wherever it was built to, never over somebody's file; nothing is written."""
    if name.startswith("trang-khac"):
        (demo / "site").rename(demo / "trang-khac")
        (demo / "trang-khac/a").mkdir()
    (demo / "cua-nguoi-khac.html").write_text("<p>Của tôi</p>", encoding="utf-8")
    before = files(demo)
    done = vuonho("-C", demo, "status", "-o", name)
    assert (done.code, done.out) == (1, "")
    assert words in done.err
    assert before == files(demo)


def test_a_template_of_the_project_wins(demo: Path) -> None:
    """One with a slip is named with its line."""
    own = demo / "templates/status.html"
    own.parent.mkdir(exist_ok=True)
    own.write_text('<meta name="generator" content="vuonho status">{{ t(title) }}', encoding="utf-8")
    assert vuonho("-C", demo, "status", "-o", "a.html").code == 0
    assert (demo / "a.html").read_text(encoding="utf-8").endswith("Tình hình: Vườn hộ Thôn Vườn Mẫu")
    own.write_text("{{ words.nothing_such }}", encoding="utf-8")
    done = vuonho("-C", demo, "status", "-o", "a.html")
    assert done.code == 1
    assert "templates/status.html, dòng 1" in done.err


@pytest.fixture(scope="module")
def opened(
    status: ProjectStatus, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    """Return the page of the spoilt project on a phone of 360 px."""
    path = tmp_path_factory.mktemp("page") / "tình hình.html"
    path.write_text(page_of(status, "vi"), encoding="utf-8")
    page = browser.new_page(viewport={"width": 360, "height": 740})
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.goto(path.as_uri())
    assert troubles == []
    yield page
    page.close()


@pytest.mark.browser
def test_axe_finds_nothing(opened: Page) -> None:
    """Names, order, contrast, tables; and the page is as wide as the phone."""
    assert violations(opened) == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.browser
def test_it_prints_on_a4(opened: Page, tmp_path: Path) -> None:
    """Upright pages, black on white, each village beginning a page of its own."""
    import pypdfium2

    with pypdfium2.PdfDocument(opened.pdf(prefer_css_page_size=True)) as pdf:
        sizes = {tuple(map(round, page.get_size())) for page in pdf}
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
    assert sizes == {(595, 842)}
    words = [" ".join(text.split()) for text in texts]
    names = ("thon-tay", "Thôn Vườn Mẫu")
    first, second = (
        next(at for at, page in enumerate(words) if f"{name} đủ hồ sơ" in page) for name in names
    )
    assert second > first


def test_the_page_says_what_the_terminal_says(status: ProjectStatus) -> None:
    """Every household that lacks something, and every task, in both languages."""
    for language in LANGUAGES:
        html = page_of(status, language)
        for village in status.villages:
            assert [home.label for home in village.lacking if home.label not in html] == []
        lines = terminal(status, language, everything=True).splitlines()
        tasks = [re.split(r" \(| → ", line[4:])[0] for line in lines if line[:4] == "  - "]
        assert len(tasks) > 12
        assert [task for task in tasks if task.replace("'", "&#39;") not in html] == []
    assert DAY.year == 2027
