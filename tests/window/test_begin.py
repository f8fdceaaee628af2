"""To begin: from an empty folder to a project, by answers that are checked one by one."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from window_kit import TODAY, files_of, window_of

from browser_kit import TOO_WIDE, watched
from command_kit import vuonho

ANSWERS = {"village": "Thôn Bến Đò", "commune": "xa phuc trach", "phone": "0570100201"}


@pytest.fixture(autouse=True)
def same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands live on the day of the window."""
    monkeypatch.setattr("vuonho.cli.init.this_day", lambda: TODAY)


def by_command(folder: Path, answers: dict[str, str]) -> dict[str, bytes]:
    """Return the files of a project that the command makes."""
    options = [part for name, text in answers.items() for part in (f"--{name}", text)]
    outcome = vuonho("--lang", "en", "init", folder, *options)
    assert outcome.code == 0, outcome.said
    return files_of(folder)


@pytest.mark.parametrize(
    "answers",
    [
        {**ANSWERS, "base-url": "later"},
        {
            **ANSWERS, "village": "Bến Đò", "kind": "xóm", "title": "Vườn bến", "centre": "18.1250, 105.7600",
            "hours": "7:30-17:00", "base-url": "ben-do.github.io", "team": "Tổ Bến Đò",
        },
    ],
)  # fmt: skip
def test_a_project_has_the_bytes_of_the_command(answers: dict[str, str], tmp_path: Path) -> None:
    """Three answers, or all of them: the same files as `vuonho init` makes, and then Today."""
    (tmp_path / "here").mkdir()
    with window_of(tmp_path / "here") as window:
        assert "Begin a new project" in window.get().text
        page = window.send("begin/new/", answers)
        assert "The project is made." in page.text
        assert "Add a household" in page.text
        is_put_off = (
            answers.get("base-url") == "later"
        )  # a file that a sentence names is corrected by a click
        assert any(link.endswith("/more/settings/") for link in page.links()) == is_put_off
    given = {name: text for name, text in answers.items() if text != "later"}
    assert files_of(tmp_path / "here") == by_command(tmp_path / "there", given)


def test_what_is_wrong_stands_beside_its_question(tmp_path: Path) -> None:
    """All at once; a doubt is asked once, and for an unknown commune the centre is needed; nothing is written before."""
    with window_of(tmp_path) as window:
        page = window.send("begin/new/", {"village": "Thôn Bến Đò", "phone": "12"})
        assert page.status == 409
        assert page.text.count("This one needs an answer.") == 2
        page = window.send(page, {"commune": "Xã Chưa Có", "phone": "0570 100 201"})
        assert page.status == 409
        assert "press the button once more" in page.text
        assert not list(tmp_path.iterdir())
        page = window.send(page, {})
        assert "Centre of the village: This one needs an answer." in page.text
        page = window.send(page, {"centre": "18.1250, 105.7600"})
        assert "The project is made." in page.text
    answers = {**ANSWERS, "commune": "Xã Chưa Có", "centre": "18.1250, 105.7600"}
    assert files_of(tmp_path) == by_command(tmp_path.parent / f"{tmp_path.name}-there", answers)


def test_the_demo_has_the_bytes_of_the_command(tmp_path: Path) -> None:
    """The demo village in an empty folder, and nothing in one that is taken or lies in a project."""
    (tmp_path / "here").mkdir()
    for name in (".DS_Store", "Thumbs.db", "desktop.ini"):  # what a system leaves is nothing
        (tmp_path / "here" / name).touch()
    with window_of(tmp_path / "here") as window:
        assert "This is the demo village" in window.send("begin/", {}).text
        assert "There is something in" in window.post("begin/new/", ANSWERS).text
    assert vuonho("--lang", "en", "init", tmp_path / "there", "--demo").code == 0
    for name in (".DS_Store", "Thumbs.db", "desktop.ini"):
        (tmp_path / "here" / name).unlink()
    assert files_of(tmp_path / "here") == files_of(tmp_path / "there")
    (tmp_path / "here" / "inside").mkdir()
    with window_of(tmp_path / "here" / "inside") as window:
        assert "there is none within another" in window.get("begin/").text


def test_a_village_added_has_the_bytes_of_the_command(tmp_path: Path) -> None:
    """One more village in the book, its commune known from the first."""
    by_command(tmp_path / "here", ANSWERS)
    by_command(tmp_path / "there", ANSWERS)
    with window_of(tmp_path / "here") as window:
        page = window.send("more/add-village/", {"village": "Thôn Ghềnh"})
        assert "The book has 2 villages now." in page.text
        assert (
            "The book has this village already"
            in window.send("more/add-village/", {"village": "Thôn Ghềnh"}).text
        )
    added = vuonho("--lang", "en", "-C", tmp_path / "there", "init", "thon-ghenh", "--add", "--village", "Thôn Ghềnh",
                   "--commune", "Xã Phúc Trạch")  # fmt: skip
    assert added.code == 0, added.said
    assert files_of(tmp_path / "here") == files_of(tmp_path / "there")


@pytest.mark.browser
def test_a_browser_begins_by_keys_alone(browser: Browser, tmp_path: Path) -> None:
    """From the first page to Today with Tab, letters and Enter; what stands in grey names the village while one types."""
    with window_of(tmp_path) as window, watched(browser) as page:
        page.goto(window.base)
        page.get_by_role("link", name="Begin a new project").focus()
        page.keyboard.press("Enter")
        page.locator("#village").focus()
        for answer in ANSWERS.values():
            page.keyboard.type(answer)
            page.keyboard.press("Tab")
        assert page.locator("#title").get_attribute("placeholder") == "Household gardens of Thôn Bến Đò"
        assert page.evaluate(TOO_WIDE) <= 0
        assert Axe().run(page).response["violations"] == []
        page.locator("#phone").press("Enter")
        page.get_by_text("The project is made.").wait_for()
