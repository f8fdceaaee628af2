"""On line by clicks: the site looked at, published and tried, with the bytes of the commands; the first time step by step."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from window_kit import NOON, Window, files_of, window_of

from browser_kit import TOO_WIDE, watched
from command_kit import edit, files, rows, twin, vuonho
from publish_kit import DOMAIN, FAR, bare, git, make_project, publish, refs, tree
from vuonho.output.lock import locked

HOME = "profiles/thon-dong/ho-0001.yaml"
PUBLISH = "//form[contains(@action, '/publish')]"


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a built project that knows where it is published to; to be looked at, not to be changed."""
    root = make_project(tmp_path_factory.mktemp("online"))
    with (root / "profiles/site.yaml").open("a", encoding="utf-8") as file:
        file.write(f"pages: {{repository: {FAR}}}\n")
    return root


@pytest.fixture
def root(village: Path, tmp_path: Path) -> Path:
    """Return a copy of the project that a test may spoil, beside an empty repository."""
    bare(tmp_path / "trang.git")
    return twin(village, tmp_path / "dự án")


@pytest.fixture
def window(root: Path) -> Iterator[Window]:
    """Return the window of the project."""
    with window_of(root) as one:
        yield one


def published(window: Window) -> str:
    """Publish by the button, and return what is said of it."""
    return window.wait(window.send("online/", form=PUBLISH)).text


def far_of(root: Path) -> Path:
    return root.parent / "trang.git"


def test_the_button_does_what_the_command_does(
    root: Path, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same site, the same commit, the same memory of it: after a change that nobody has built."""
    edit(root / HOME, "people: ", "people: 1")
    other = twin(root, tmp_path / "other/dự án")
    bare(far_of(other))
    monkeypatch.setattr("vuonho.cli.site.this_moment", lambda: NOON)
    done = publish(other, to="")
    assert done.code == 0, done.said
    said = published(window)
    assert f"Published: {len(list((root / 'site').rglob('*.html'))) - 2} pages" in said
    assert refs(far_of(root)) == refs(far_of(other)) != {}
    assert files(root / "site") == files(other / "site")
    assert files_of(root) == files_of(other)
    memory = ".vuonho/published.json"
    assert (root / memory).read_bytes() == (other / memory).read_bytes()
    assert "Nothing had to be sent" in published(window)


def test_what_waits_is_told(root: Path, window: Window) -> None:
    """On Today and in its room, by name; nothing once it is on line; a build changes nothing of that."""
    assert "not published from this computer yet" in window.get().text
    published(window)
    assert "online is what is here" in window.get().text
    edit(root / HOME, "people: ", "people: 1")
    for build in (False, True):
        assert not build or vuonho("-C", root, "build").code == 0
        assert "1 page waits to be published" in window.get().text
        page = window.get("online/")
        assert any(link.endswith("/households/thon-dong/ho-0001/") for link in page.links())
        tasks = window.get().text
        assert ("Publish 1 household" in tasks, "Build the site again" in tasks) == (True, False)
    edit(root / "profiles/thon-dong/village.yaml", "centre: 18.1250", "centre: 18.1251")
    published(window)
    assert "Online is what is here" in window.get("online/").text


def test_a_site_that_anybody_can_open_leads_to_the_page_that_judges_codes(root: Path, window: Window) -> None:
    """Once it is on line, and not where its address is for trying out."""
    published(window)
    assert not any(link.endswith("/kiem-ma/") for link in window.get("online/").links())
    edit(root / "profiles/site.yaml", DOMAIN, "vuon.thondong.vn")
    assert "https://vuon.thondong.vn/kiem-ma/" in window.get("online/").links()


def test_an_error_of_one_household(root: Path, window: Window) -> None:
    """It keeps its page, is named with the way to its form, and stops nobody."""
    published(window)
    code, other = rows(root)[1][0], rows(root)[2][0]
    before = tree(far_of(root))
    edit(root / HOME, "checked: ", "checked: x")
    edit(root / "profiles/thon-dong/ho-0002.yaml", "people: ", "people: 1")
    assert "1 household with errors" in window.get("online/").text
    page = window.wait(window.send("online/", form=PUBLISH))
    assert "1 household has errors and was left as it is: 1 keeps the old page, 0 have none" in page.text
    assert any(link.endswith("/households/thon-dong/ho-0001/") for link in page.links())
    after = tree(far_of(root))
    assert after[f"{code}/index.html"] == before[f"{code}/index.html"]
    assert after[f"{other}/index.html"] != before[f"{other}/index.html"]


def test_an_error_of_all_is_told(root: Path, window: Window) -> None:
    """Nothing is sent; the page leads to what is wrong."""
    edit(root / "profiles/thon-dong/village.yaml", "centre: 18.1250", "centre: x 18.1250")
    page = window.wait(window.send("online/", form=PUBLISH))
    assert (page.status, "settings/thon-dong/" in " ".join(page.links()), refs(far_of(root))) == (
        409,
        True,
        {},
    )


def test_pages_that_would_be_gone_are_asked_about(root: Path, window: Window) -> None:
    """On a page of its own that names them; only what was shown there may go."""
    published(window)
    before = refs(far_of(root))
    code = rows(root)[2][0]
    assert vuonho("-C", root, "build").code == 0
    row = f"{code},thon-dong/ho-0002.yaml,2026-10-19,,,"
    edit(root / "profiles/codes.csv", row, f"{row}void\n482135,thon-dong/ho-0002.yaml,2026-11-20,,,")
    edit(root / "profiles/thon-dong/ho-0002.yaml", f'code: "{code}"', 'code: "482135"')
    page = window.wait(window.send("online/", form=PUBLISH))
    assert "2 pages that answer now would be gone. Nothing was sent yet." in page.text
    assert f"https://{DOMAIN}/en/{code}/" in page.text
    assert refs(far_of(root)) == before
    part = window.wait(window.send(page, {"gone": f"{code}/"}))
    assert ("2 pages that answer now" in part.text, refs(far_of(root))) == (True, before)
    done = window.wait(window.send(part))
    assert "Pages gone: 2" in done.text
    assert f"{code}/index.html" not in tree(far_of(root))


def test_a_printed_address_never_goes(root: Path, window: Window) -> None:
    """Without a button for it."""
    published(window)
    (root / "profiles/thon-dong/ho-0000.yaml").rename(root / "x.yaml")
    page = window.wait(window.send("online/", form=PUBLISH))
    assert (page.status, "let these pages go" in page.text) == (409, False)


def test_another_run_is_waited_for(root: Path, window: Window) -> None:
    """In words; then it goes on. A second click meanwhile is told that the computer is busy."""
    with locked(root):
        page = window.send("online/", form=PUBLISH)
        key = page.path.rstrip("/").rpartition("/")[2]
        job = window.team.job(key)
        assert job is not None
        while not any("another vuonho" in step.en for step in job.steps):
            assert not job.is_over, job.error
            threading.Event().wait(0.02)
        assert "another vuonho" in window.get(page.path).text
        assert "busy with something else" in window.send("online/", form=PUBLISH).text
    assert "Published" in window.wait(page).text


def test_nobody_answers(fresh: Path) -> None:
    """An address for trying out has no code to scan; one at which nothing is, is told in words when it is tried."""
    code = b'src="data:image/svg+xml;base64,'
    with window_of(fresh) as window:
        assert code not in window.get("online/done/").content
        edit(fresh / "profiles/site.yaml", f"https://{DOMAIN}/", "https://thon-dong.invalid/")
        page = window.get("online/done/")
        assert code in page.content
        tried = window.wait(window.send(page, form="//form[contains(@action, '/prove')]"))
        assert (tried.status, "https://thon-dong.invalid/" in tried.text) == (409, True)


# --- The first time ---


@pytest.fixture
def fresh(root: Path) -> Path:
    """Return the project as it is before anything is printed, published or noted."""
    edit(root / "profiles/site.yaml", f"pages: {{repository: {FAR}}}\n", "")
    code = rows(root)[0][0]
    edit(root / "profiles/codes.csv", f"2026-11-01,https://{DOMAIN}/{code}/,", ",,")
    (root / ".vuonho/register.csv").unlink()
    return root


PASTED = {
    "the page": "https://github.com/Thon-Dong/vuon",
    "its settings": "https://github.com/Thon-Dong/vuon/settings/pages",
    "what a browser shows": "github.com/Thon-Dong/vuon/tree/main?tab=readme-ov-file",
    "what git wants": " https://github.com/Thon-Dong/vuon.git ",
}


@pytest.mark.parametrize("how", PASTED)
def test_the_address_as_it_is_pasted(fresh: Path, how: str) -> None:
    """However it was copied; then GitHub's own address is written where there was one for trying out."""
    path = fresh / "profiles/site.yaml"
    before = path.read_text(encoding="utf-8")
    with window_of(fresh) as window:
        page = window.send("online/first/address/", {"to": PASTED[how]})
        assert "https://thon-dong.github.io/vuon/" in page.text
        assert path.read_text(encoding="utf-8") == before
        done = window.send(page)
        assert "Noted: the site will be at https://thon-dong.github.io/vuon/" in done.text
        assert "https://github.com/Thon-Dong/vuon" in done.text
        assert "github.com/Thon-Dong/vuon/settings/pages" in window.get("online/first/pages/").text
    after = path.read_text(encoding="utf-8")
    written = before.replace(f"https://{DOMAIN}/", "https://thon-dong.github.io/vuon/")
    assert after.startswith(written)
    pages = "pages: {repository: https://github.com/Thon-Dong/vuon, branch: main}\n"
    assert after.removeprefix(written) == pages


def test_a_domain_of_their_own(fresh: Path) -> None:
    """As people write it; what is none, and two answers at once, are told."""
    with window_of(fresh) as window:
        page = window.send("online/first/address/", {"to": "https://github.com/thon-dong/vuon"})
        assert "another address is chosen" in window.send(page, {"domain": "vuon.vn"}).text
        assert "Write the domain." in window.send(page, {"which": "own"}).text
        assert "cannot be printed" in window.send(page, {"which": "own", "domain": "vuon"}).text
        done = window.send(page, {"which": "own", "domain": "http://Vuon.Thon-Dong.vn/x"})
        assert "https://vuon.thon-dong.vn/" in done.text
        assert "from vuon.thon-dong.vn to thon-dong.github.io" in window.get("online/first/pages/").text


def test_a_printed_address_stays(root: Path) -> None:
    """Where a plaque has it, no other is taken."""
    before = files_of(root)
    with window_of(root) as window:
        page = window.send("online/first/address/", {"to": "https://github.com/thon-dong/vuon"})
        assert f"Plaques are printed with https://{DOMAIN}/" in page.text
        assert "it has to stay" in window.send(page, {"which": "own", "domain": "vuon.vn"}).text
    assert files_of(root) == before


def test_from_nothing_to_the_network(fresh: Path) -> None:
    """A repository on a disk, noted and published; what the command notes is the same."""
    far = far_of(fresh)
    with window_of(fresh) as window:
        assert "The site is not on line yet" in window.get("online/").text
        assert "no repository" in window.send("online/first/address/", {"to": "../khong-co.git"}).text
        page = window.send("online/first/address/", {"to": FAR})
        assert "Noted" in page.text
        assert "Published" in window.wait(window.send(page, form=PUBLISH)).text
    assert git(far, "rev-list", "--count", "main") == "1"
    noted = (fresh / "profiles/site.yaml").read_text(encoding="utf-8")
    assert noted.endswith(f"pages:\n  repository: {far}\n  branch: main\n")
    assert json.loads((fresh / ".vuonho/published.json").read_bytes()).keys() > {rows(fresh)[0][0]}


# --- In a browser ---


@pytest.mark.browser
def test_the_preview_is_another_origin(root: Path, browser: Browser) -> None:
    """Opened in its own tab at a port of its own, new as soon as something is saved, gone when it is closed."""
    with window_of(root) as window, watched(browser) as page:
        page.goto(f"{window.base}online/")
        page.click("form[action$='/look'] button")
        page.wait_for_selector(".said")
        with page.context.expect_page() as opened:
            page.click("a:has-text('Open the site')")
        site = opened.value
        site.wait_for_load_state()
        here, there = page.evaluate("location.origin"), site.evaluate("location.origin")
        assert here != there
        assert site.evaluate("window.opener") is None
        assert site.evaluate("document.referrer") == ""
        asked = "address => fetch(address, {mode: 'no-cors'}).then(() => 'reached', () => 'refused')"
        assert site.evaluate(asked, window.base) == "refused"
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
        edit(root / "profiles/site.yaml", "title: {vi: Vườn hộ thôn Đông", "title: {vi: Vườn thôn ta")
        site.goto(f"{there}/")
        site.wait_for_selector("text=Vườn thôn ta", state="attached")
        page.click("text=Close the preview")
        page.wait_for_selector(".said")
        with pytest.raises(URLError):
            urlopen(there)  # noqa: S310 - this computer


@pytest.mark.browser
def test_phones_look_by_a_code(root: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """At an address of the network, until it is closed; without a network it is told."""
    monkeypatch.setattr("vuonho.window.online.lan_addresses", lambda: ())
    with window_of(root) as window, watched(browser, viewport={"width": 360, "height": 640}) as page:
        page.goto(f"{window.base}online/")
        page.click("form[action$='/phone'] button")
        page.wait_for_selector(".refused")
        assert "on no network" in page.inner_text("main")
        monkeypatch.setattr("vuonho.window.online.lan_addresses", lambda: ("127.0.0.2",))
        page.goto(f"{window.base}online/")
        page.click("form[action$='/phone'] button")
        page.wait_for_selector(".said")
        address = page.inner_text(".address")
        assert page.evaluate("document.querySelector('.qr').naturalWidth") > 0
        with urlopen(address) as reply:  # noqa: S310 - this computer
            assert b"<html" in reply.read()
        page.click("text=Close it for phones")
        page.wait_for_selector(".said")
        with pytest.raises(URLError):
            urlopen(address)  # noqa: S310 - this computer


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_each_screen_can_be_read(root: Path, browser: Browser, width: int) -> None:
    """By everybody, and without moving it sideways."""
    edit(root / HOME, "checked: ", "checked: x")
    screens = (
        "",
        *(f"first/{name}/" for name in ("account", "repository", "address", "domain", "send", "pages")),
    )
    size = {"width": width, "height": 800}
    with window_of(root) as window, watched(browser, viewport=size) as page:
        for screen in (*screens, "done/"):
            page.goto(f"{window.base}online/{screen}")
            assert page.evaluate(TOO_WIDE) <= 0, screen
            found = Axe().run(page)
            assert found.violations_count == 0, f"{screen}: {found.generate_report()}"
