"""A household that leaves or was a mistake, the last step taken back, backups: the files afterwards are those of the commands."""

import re
import threading
import zipfile
from importlib.resources import files
from pathlib import Path

import pytest
from lxml import html as parser
from playwright.sync_api import Browser, expect
from window_kit import Reply, Window, files_of, window_of

from browser_kit import watched
from command_kit import SLUG, edit, twin, vuonho
from fault_kit import count_calls, disturbed, some
from vuonho.backup.archive import MANIFEST, NOTE
from vuonho.i18n import Text
from vuonho.scaffold.handbook import HANDBOOK_FILE, ROLES, guides
from vuonho.window.team import Job, Outcome

HUONG, MAI = "482135", "711946"
CSV = "Tên vườn,Địa chỉ,Ngày kiểm tra\nVườn bác Tư,Xóm Đông,02/11/2026\n"
LATER = {
    "Go back, publish nothing": "removal.html",
    "Publish": "online.html",
    "Try every page now": "online_done.html",
    "A walk past the plaques": "incoming.html",
}
"""What stands on pages of another card, or only once a site is on line, and their templates."""
FILE = f"profiles/{SLUG}/ba-huong.yaml"


@pytest.fixture
def twins(demo: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Return a project for the command and one for the window."""
    return demo, twin(demo, tmp_path / "other" / demo.name)


def command(root: Path, *words: str | Path) -> None:
    """Run a command that has to end well."""
    done = vuonho("-C", root, *words)
    assert done.code == 0, done.said


def sure(window: Window, page: Reply) -> Reply:
    """Answer a question with yes."""
    assert "No, go back" in page.text, page.text
    return window.send(page)


def left(window: Window, code: str = HUONG, **fields: str) -> Reply:
    """Take a household off, and return the list of what remains."""
    return sure(window, window.send(f"more/leave/{code}/", {"on": "20/11/2026", **fields}))


# --- The bytes of the commands ---


@pytest.mark.parametrize(
    ("options", "fields"),
    [((), {}), (("--erase",), {"erase": "1"}), (("--moved-to", MAI), {"moved_to": MAI})],
    ids=["leaves", "erased", "moved"],
)
def test_a_household_leaves(
    twins: tuple[Path, Path], options: tuple[str, ...], fields: dict[str, str]
) -> None:
    """Asked on a page of its own, that names what is deleted; then the list of what remains."""
    typed, clicked = twins
    command(typed, "withdraw", HUONG, "--on", "2026-11-20", *options, "--yes")
    before = files_of(clicked)
    with window_of(clicked) as window:
        asked = window.send(f"more/leave/{HUONG}/", {"on": "20/11/2026", **fields})
        assert ("photos/huong-1.jpg" in asked.text) == ("erase" in fields)
        assert files_of(clicked) == before
        page = sure(window, asked)
    assert "What remains to be done" in page.text
    assert files_of(clicked) == files_of(typed)


def test_one_added_by_mistake(twins: tuple[Path, Path]) -> None:
    """Its files are named before they go."""
    typed, clicked = twins
    command(typed, "remove", HUONG, "--yes")
    with window_of(clicked) as window:
        page = window.get(f"more/remove/{HUONG}/")
        assert "Vườn bà Hường" in page.text
        assert "is removed" in sure(window, page).text
    assert files_of(clicked) == files_of(typed)


def test_the_last_step_is_taken_back(twins: tuple[Path, Path]) -> None:
    """It is named, and what it brings back."""
    typed, clicked = twins
    command(typed, "withdraw", HUONG, "--yes")
    command(typed, "undo", "--yes")
    with window_of(clicked) as window:
        left(window)
        page = window.get("more/undo/")
        assert f"Household {HUONG} withdrawn" in page.text
        assert ("Vườn bà Hường" in page.text, FILE in page.text) == (True, False)
        assert "Taken back" in sure(window, page).text
        assert "nothing to take back now" in window.get("more/undo/").text
    assert files_of(clicked) == files_of(typed)


def content_of(file: Path) -> dict[str, bytes]:
    """Return what is in a backup, but for the list that has the hour in it."""
    with zipfile.ZipFile(file) as backup:
        return {name: backup.read(name) for name in backup.namelist() if name not in (MANIFEST, NOTE)}


def test_a_backup(twins: tuple[Path, Path], tmp_path: Path) -> None:
    """Into a folder the day names the file; Today knows of it."""
    typed, clicked = twins
    drive = tmp_path / "drive"
    drive.mkdir()
    command(typed, "backup", tmp_path / "typed.zip")
    with window_of(clicked) as window:
        assert "never made" in window.get("more/backup/").text
        page = window.wait(window.send("more/backup/", {"folder": str(drive)}))
        assert "Every file was read back" in page.text
        assert "nothing changed since" in window.get().text
    (file,) = drive.glob("*2026-11-27.zip")
    assert content_of(file) == content_of(tmp_path / "typed.zip")


def backup_of(root: Path, folder: Path) -> Path:
    """Return a backup of a project, made by the command."""
    command(root, "backup", folder / "backup.zip")
    return folder / "backup.zip"


def test_a_backup_comes_back(twins: tuple[Path, Path], tmp_path: Path) -> None:
    """What would come back is shown, then asked; by upload, so that the file may lie anywhere."""
    typed, clicked = twins
    file = backup_of(typed, tmp_path)
    for root in twins:
        (root / FILE).unlink()
        edit(root / f"profiles/{SLUG}/chi-mai.yaml", "checked: 2026", "checked: 2025")
    command(typed, "restore", file, "--yes")
    with window_of(clicked) as window:
        sent = {"upload": [("sao-luu.zip", file.read_bytes())]}
        page = window.wait(window.send("more/restore/", {}, sent))
        assert "ba-huong" in page.text
        assert not (clicked / FILE).exists()
        assert "2 files restored" in window.wait(sure(window, page)).text
        assert not (window.team.scratch / "sao-luu.zip").exists()
    assert files_of(clicked) == files_of(typed)


def test_into_a_folder_of_its_own(twins: tuple[Path, Path], tmp_path: Path) -> None:
    """The window goes on there if that is wanted; one that had no project does at once."""
    typed, clicked = twins
    file = backup_of(clicked, tmp_path)
    command(typed, "restore", file, tmp_path / "typed")
    with window_of(clicked) as window:
        chosen = {"path": str(file), "where": "new", "folder": str(tmp_path / "clicked")}
        page = window.wait(window.send("more/restore/", chosen))
        assert window.team.root == clicked
        window.send(page)
        assert window.team.root == tmp_path / "clicked"
    (tmp_path / "empty").mkdir()
    with window_of(tmp_path / "empty") as window:
        page = window.wait(window.send("more/restore/", {"path": str(file)}))
        assert "Restored to" in page.text
        assert "Today" in window.get("").text
    found = [files_of(tmp_path / name) for name in ("typed", "clicked", "empty")]
    assert found[0] == found[1] == found[2]


# --- What is asked, refused and remembered ---


def test_only_what_was_seen_is_done(demo: Path) -> None:
    """Something that changed while the question stood is asked anew."""
    with window_of(demo) as window:
        page = window.get(f"more/remove/{HUONG}/")
        photo = demo / f"profiles/{SLUG}/photos/huong-1.jpg"
        edit(demo / FILE, "photos/huong-1.jpg", "photos/huong-2.jpg")
        again = window.send(page)
        assert "No, go back" in again.text
        assert (demo / FILE).exists()
        assert photo.exists()


def test_a_day_that_is_wrong(demo: Path) -> None:
    """It is said beside what was typed, and nothing is asked yet."""
    with window_of(demo) as window:
        page = window.send(f"more/leave/{HUONG}/", {"on": "31/12/2026", "moved_to": MAI})
        assert page.status == 409
        assert "still to come" in page.text
        assert MAI.encode() in page.content


def test_what_remains_is_ticked_off(demo: Path) -> None:
    """Ticks are kept when the program ends; a family that comes back and leaves again begins anew."""
    with window_of(demo) as window:
        page = left(window)
        assert "6 things are still to be done" in page.text
        window.post(f"more/left/{HUONG}/tick", {"key": "answer", "is_done": "1"})
    with window_of(demo) as window:
        page = window.get(f"more/left/{HUONG}/")
        assert page.text.count("Not done yet") == 1
        window.post(f"more/left/{HUONG}/tick", {"key": "answer"})
        assert "Not done yet" not in window.get(f"more/left/{HUONG}/").text
        assert f"more/left/{HUONG}/" in " ".join(window.get("households/").links())
        window.post(f"more/left/{HUONG}/tick", {"key": "answer", "is_done": "1"})
        sure(window, window.get("more/undo/"))
        assert "Not done yet" not in left(window).text


def test_copies_of_who_left_are_deleted(demo: Path) -> None:
    """After a question, and those that hold the profile alone."""
    with window_of(demo) as window:
        window.send(f"households/{SLUG}/chi-mai/", {"head": "Trần Mai"})
        assert len(list((demo / ".vuonho/backups").glob("*.zip"))) == 1
        page = left(window)
        asked = window.send(page, form="//main//form[contains(@action, '/copies')]")
        assert "1 copy is deleted" in sure(window, asked).text
        assert list((demo / ".vuonho/backups").glob("*.zip")) == []


def test_a_family_comes_back(demo: Path) -> None:
    """Its form asks for consent anew; without a new day it is not taken."""
    with window_of(demo) as window:
        left(window)
        form = f"households/{SLUG}/ba-huong/?again=1"
        assert "consent" in window.send(form, {"checked": "27/11/2026"}).text
        assert "withdrawn:" in (demo / FILE).read_text(encoding="utf-8")
        agreed = {"consent.given": "21/11/2026", "consent.by": "Nguyễn Thị Hường", "consent.how": "paper"}
        page = window.send(form, {**agreed, "consent.publish.phone": "true"})
        assert "Saved" in page.text, page.text
    text = (demo / FILE).read_text(encoding="utf-8")
    assert "withdrawn:" not in text
    assert re.search(r"given: 21/11/2026", text)
    assert re.search(r"publish: \[phone\]", text)


def test_close_waits_for_work(demo: Path) -> None:
    """A job is never cut off; then the last page says that the tab may go."""
    go_on = threading.Event()
    with window_of(demo) as window:

        def work(_job: Job) -> Outcome:
            go_on.wait()
            return Outcome()

        window.team.start(Text("x"), work)
        assert window.post("more/close/").status == 503
        go_on.set()
        while window.team.is_busy:
            threading.Event().wait(0.01)
        page = window.post("more/close/")
        assert "You can close this tab now" in page.text
        assert window.team.over.wait(60)


# --- Killed between ---

ACT = f"""
from datetime import date, datetime, timezone
from werkzeug.test import Client
from vuonho.window.app import create_app
from vuonho.window.team import Team
def act(project):
    team = Team(project, "en", lambda: datetime(2026, 11, 27, 5, tzinfo=timezone.utc), lambda: date(2026, 11, 27))
    here = {{"werkzeug.socket": type("Here", (), {{"getsockname": lambda self: ("127.0.0.1", 80)}})()}}
    client = Client(create_app(team))
    base = f"/{{team.secret}}/more/leave/{HUONG}/"
    fields = {{"on": "20/11/2026"}}
    sent = {{"base_url": "http://127.0.0.1/", "environ_overrides": here, "headers": {{"Origin": "http://127.0.0.1"}}}}
    page = client.post(base, data=fields, **sent).text
    seen = page.partition('name="_seen" value="')[2].partition('"')[0]
    done = client.post(base, data={{**fields, "_seen": seen}}, **sent)
    return 0 if done.status_code == 303 else 1
"""


@pytest.mark.slow
def test_killed_between(demo: Path, tmp_path: Path) -> None:
    """The household is there as before, or has left as the command leaves it, once the next command has run."""
    before = files_of(demo)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    calls = count_calls(demo, scratch, ACT)
    chosen = some(calls, 5)
    after = twin(demo, tmp_path / "after")
    command(after, "withdraw", HUONG, "--on", "2026-11-20", "--yes")
    seen = set()
    for number in disturbed("kill", demo, scratch, ACT, chosen):
        root = scratch / f"kill-{number}"
        vuonho("-C", root, "check")
        seen.add((files_of(root) == before, files_of(root) == files_of(after)))
    assert seen == {(True, False), (False, True)}


# --- The handbook ---


def words(language: str) -> int:
    return sum(len(re.sub("<[^>]+>", " ", one.html).split()) for one in guides(language))


def test_the_handbook_is_short() -> None:
    """Six cards of half a page and a page for each of the three, the same in both languages."""
    vi, en = guides("vi"), guides("en")
    assert [one.key for one in vi] == [one.key for one in en]
    assert [one.pages for one in vi] == [one.pages for one in en]
    assert [sorted(set(one.buttons)) for one in vi] == [sorted(set(one.buttons)) for one in en]
    assert len([one for one in vi if one.kind == "card"]) == 6
    assert [one.key for one in vi if one.kind == "role"] == list(ROLES)
    assert words("vi") + words("en") <= 5000
    assert max(len(re.sub("<[^>]+>", " ", one.html).split()) for one in vi) <= 330


def test_it_lies_in_every_project(tmp_path: Path) -> None:
    """One file that asks for nothing elsewhere."""
    command(tmp_path, "init", "p", "--demo")
    page = parser.fromstring((tmp_path / "p" / HANDBOOK_FILE).read_bytes())
    assert page.xpath("//@src | //link | //script") == []
    ids = {f"#{one}" for one in page.xpath("//@id")}
    assert set(page.xpath("//a/@href")) == ids


def pages_of(window: Window, empty: Window) -> dict[str, Reply]:
    """Return the pages that the handbook speaks of, by their names."""
    home = f"households/{SLUG}/ba-huong/"
    window.post("incoming/add/", {}, {"files": [("ho.csv", CSV.encode())]})
    found = {
        "incoming.start": window.get("incoming/"),
        "incoming.look": window.get("incoming/look/"),
        "online.start": window.get("online/"),
        "online.done": window.get("online/done/"),
        "begin.start": empty.get("begin/"),
        "home.start": window.get(""),
        "households.start": window.get("households/"),
        "households.new": window.get("households/new/"),
        "households.edit": window.get(home),
        "paper.start": window.get("paper/"),
        "paper.plaques": window.get("paper/choose/"),
        "paper.look": window.get(f"paper/look/?code={MAI}"),
        "paper.hung": window.get("paper/hung/"),
        "more.start": window.get("more/"),
        "more.backup": window.get("more/backup/"),
        "more.restore": empty.get("more/restore/"),
        "more.withdraw": window.get(f"more/leave/{HUONG}/"),
        "more.leave": window.send(f"more/leave/{HUONG}/", {"on": "20/11/2026"}),
    }
    found["more.leaving"] = window.send(found["more.leave"])
    return found


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_it_names_is_there(demo: Path, tmp_path: Path, language: str) -> None:
    """Each button that a card names stands on one of its pages, by these words."""
    (tmp_path / "empty").mkdir()
    with window_of(demo, language) as window, window_of(tmp_path / "empty", language) as empty:
        shown = {
            name: [
                " ".join(node.text_content().split())
                for node in parser.fromstring(page.content).xpath(
                    "//a | //button | //summary | //label | //legend | //h2"
                )
            ]
            for name, page in pages_of(window, empty).items()
        }
    for guide in guides(language):
        for button in guide.buttons:
            said = Text(button).to(language)
            if button in LATER:
                template = files("vuonho.window") / "templates" / LATER[button]
                assert f'_("{button}")' in template.read_text(encoding="utf-8")
                continue
            found = [one for name in guide.pages for one in shown.get(name, ())]
            assert any(said in one for one in found), (guide.key, said)


def test_each_page_leads_to_its_card(demo: Path) -> None:
    """The link at the foot finds the card."""
    with window_of(demo) as window:
        book = parser.fromstring(window.get("more/handbook/").content)
        for page in ("households/", f"more/leave/{HUONG}/", "more/backup/"):
            (link,) = [one for one in window.get(page).links() if "/handbook/#" in one]
            assert book.xpath(f"//article[@id='{link.partition('#')[2]}']")


# --- In a browser ---


@pytest.mark.browser
def test_by_clicks(demo: Path, browser: Browser) -> None:
    """A family leaves, its list is ticked off, and all of it is taken back."""
    before = (demo / FILE).read_bytes()
    with window_of(demo, "vi") as window, watched(browser) as page:
        page.goto(f"{window.base}households/{SLUG}/ba-huong/")
        page.get_by_text("Gia đình muốn rút…").click()
        page.get_by_role("link", name="Cho hộ này rút").click()
        page.get_by_role("button", name="Đi tiếp").click()
        page.get_by_role("button", name="Đúng, cho rút").click()
        expect(page.get_by_role("heading", name="Việc còn phải làm")).to_be_visible()
        while page.get_by_role("button", name="Xong", exact=True).count():
            with page.expect_navigation():
                page.get_by_role("button", name="Xong", exact=True).first.click()
        expect(page.get_by_text("Đã xong cả.")).to_be_visible()
        assert (demo / FILE).read_bytes() != before
        page.goto(f"{window.base}more/")
        page.get_by_role("link", name="Hoàn tác việc vừa làm").click()
        page.get_by_role("button", name="Đúng, hoàn tác").click()
        expect(page.get_by_text("Đã bỏ:")).to_be_visible()
        assert (demo / FILE).read_bytes() == before
        page.get_by_role("button", name="Đóng vuonho").click()
        expect(page.get_by_text("Có thể đóng thẻ này.")).to_be_visible()
