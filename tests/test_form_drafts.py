"""Drafts of the phone form: they outlive a reload, a closed tab and a killed browser; and every way to hand them over."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import photo_kit
from browser_kit import PATIENCE, SWITCHES
from case_kit import each
from command_kit import copy_demo, vuonho
from form_kit import JPEG
from phone_kit import (
    BLIND,
    NAME,
    SHARES,
    Noise,
    add,
    answer,
    drafts,
    finish,
    go,
    opened,
    phone,
    sent,
    settled,
    write_form,
)
from vuonho.forms.form_file import read_form

pytestmark = pytest.mark.browser

SMALL = photo_kit.encoded(photo_kit.quarters(64, 48), "JPEG")
ZALO = "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 Zalo android/23110 ZaloTheme/light"
FACEBOOK = "Mozilla/5.0 (Linux; Android 10; wv) AppleWebKit/537.36 Version/4.0 Chrome/120.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/440.0;]"
FULL = """
  const put = IDBObjectStore.prototype.put;
  window.isFull = true;
  IDBObjectStore.prototype.put = function (one) {
    if (window.isFull) throw new DOMException("no room", "QuotaExceededError");
    return put.call(this, one);
  };
"""
DEAF = 'window.BroadcastChannel = function () { throw new DOMException("insecure", "SecurityError"); };'
"""As Firefox does where it may keep nothing for a page."""
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(500)
UNDER_NOTICES = """input => {
  const notices = document.getElementById("notices").getBoundingClientRect(), at = input.getBoundingClientRect();
  return { "notice seen": notices.top >= 0 && notices.height > 40 && notices.bottom < innerHeight,
    "input seen": at.top >= notices.bottom && at.bottom <= innerHeight };
}"""
REFUSES = """
  navigator.canShare = () => true;
  navigator.share = () => Promise.reject(new DOMException("no", "NotAllowedError"));
"""
CHANGES_HIS_MIND = REFUSES.replace("NotAllowedError", "AbortError")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo as a project."""
    return copy_demo(tmp_path_factory.mktemp("form") / "demo")


@pytest.fixture(scope="module")
def address(root: Path) -> str:
    """Return where its form lies on the phone."""
    return write_form(root)


def take(page: Page, count: int) -> None:
    """Choose so many photos at once from those on the phone."""
    go(page, "photos")
    files = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": SMALL} for n in range(count)]
    page.set_input_files("#gallery", files)  # type: ignore[arg-type]
    page.locator(f"#photos > li:nth-child({count}) img[src]").wait_for(state="attached")


def fill(page: Page) -> None:
    """Write down a name, an answer, a crop and a photo."""
    add(page)
    go(page, "consent")
    answer(page, "agree", yes=True)
    go(page, "crops")
    page.click("#step-crops [data-do=card]")
    page.locator("#step-crops .card-of [data-key=name] input").fill("Cam bù")
    take(page, 1)


def is_all_there(page: Page) -> None:
    """Look at what `fill` wrote, on the screens themselves."""
    page.click(".home .open")
    assert page.input_value("#name") == NAME
    go(page, "consent")
    assert page.is_checked("[data-asked=agree] [value=yes]")
    go(page, "crops")
    assert page.locator("#step-crops .card-of [data-key=name] input").input_value() == "Cam bù"
    go(page, "photos")
    page.wait_for_function("() => document.querySelector('#photos img').naturalWidth === 64")


def test_a_draft_outlives_a_reload_and_a_closed_tab(browser: Browser, address: str) -> None:
    """Also where the tab is closed at once, without a word to the page."""
    with phone(browser) as context:
        page = opened(context, address)
        fill(page)
        page.fill("#photos [data-key=caption] input", "Cổng")
        page.reload()
        page.locator(".home").wait_for()
        is_all_there(page)
        assert page.input_value("#photos [data-key=caption] input") == "Cổng"
        go(page, "name")
        page.fill("#head", "Nguyễn Thị Hường")
        settled(page)
        page.close(run_before_unload=False)
        page = opened(context, address)
        page.click(".home .open")
        assert page.input_value("#head") == "Nguyễn Thị Hường"


@contextmanager
def running(browser: Browser, profile: Path) -> Iterator[tuple[Page, subprocess.Popen[bytes]]]:
    """Start a browser of its own, with its data in a folder; give a page and the process."""
    executable = shutil.which("chromium") or pytest.skip("no chromium here")
    port_file = profile / "DevToolsActivePort"
    port_file.unlink(missing_ok=True)
    switches = (
        *SWITCHES,
        "--headless=new",
        "--remote-debugging-port=0",
        f"--user-data-dir={profile}",
        "about:blank",
    )
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(
        [executable, *switches], stdout=nowhere, stderr=nowhere, start_new_session=True
    )
    try:
        end = time.monotonic() + 120
        while not (port_file.exists() and port_file.read_text(encoding="ascii").strip()):
            assert time.monotonic() < end
            assert process.poll() is None
            time.sleep(0.05)
        port = port_file.read_text(encoding="ascii").split()[0]
        connected = browser.browser_type.connect_over_cdp(f"http://127.0.0.1:{port}")
        connected.contexts[0].set_default_timeout(PATIENCE)
        yield connected.contexts[0].pages[0], process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=120)


@pytest.mark.skipif(os.name == "nt", reason="ends a group of processes as only POSIX can")
def test_a_draft_outlives_a_killed_browser(browser: Browser, address: str, tmp_path: Path) -> None:
    """As with a dead battery: the processes are gone at once, half a second after the last letter."""
    with running(browser, tmp_path) as (page, process):
        page.goto(address)
        page.locator("#day").wait_for()
        fill(page)
        page.fill("#photos [data-key=caption] input", "Cổng")  # letters are not kept at once as choices are
        settled(page)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=120)
    with running(browser, tmp_path) as (page, _):
        page.goto(address)
        page.locator(".home").wait_for()
        is_all_there(page)
        assert page.input_value("#photos [data-key=caption] input") == "Cổng"


def test_a_page_that_may_keep_or_hear_nothing_works(browser: Browser, address: str) -> None:
    """As in a private window: nothing is kept, which is said, all the rest works, photos too; the word to other tabs is not needed."""
    noise = Noise()
    with phone(browser, BLIND, DEAF, SHARES) as context:
        page = opened(context, address, noise)
        assert "không cho lưu nháp" in page.inner_text("#forgetful")
        fill(page)
        finish(page)
        (household,), problems = read_form(sent(page), "x.txt")
    assert (household.name, len(household.photos), problems, noise.errors) == (NAME, 1, (), [])


def test_a_full_phone_is_said_where_the_worker_is(browser: Browser, address: str) -> None:
    """With what to do, in sight, beside what is being filled in; what was written stays on the screen."""
    with phone(browser, FULL, viewport={"width": 360, "height": 640}) as context:
        page = opened(context, address)
        page.evaluate("() => { window.isFull = false; }")
        add(page)
        go(page, "living")
        settled(page)
        page.evaluate("() => { window.isFull = true; }")
        house = page.locator("#living-house")
        house.evaluate("input => scrollBy(0, input.getBoundingClientRect().top - 20)")
        house.focus()
        house.select_option("solid")
        page.locator("#trouble", has_text="hết chỗ").wait_for()
        assert house.evaluate(UNDER_NOTICES) == {"notice seen": True, "input seen": True}
        assert (page.inner_text("#kept"), page.input_value("#living-house")) == ("", "solid")


def test_what_found_no_room_is_kept_when_there_is_some(browser: Browser, address: str) -> None:
    """The save of another household does not hide that this one is not kept; nothing is called done that is not."""
    with phone(browser, FULL) as context:
        page = opened(context, address)
        page.evaluate("() => { window.isFull = false; }")
        add(page, "Nhà đã gửi")
        finish(page)
        page.evaluate("() => { window.isFull = true; }")
        add(page)
        take(page, 1)
        go(page, "review")
        page.click("[data-do=done]")
        page.locator("#day").wait_for()
        settled(page)
        assert "Đã xong" not in page.inner_text("#told")
        page.evaluate("() => { window.isFull = false; }")
        page.locator(".home .open").first.click()
        page.fill("#head", "Trần Văn Ba")
        settled(page)
        assert (len(drafts(page)), page.is_visible("#trouble")) == (1, True)
        go(page, "review")
        page.click("[data-do=remove]")
        page.click("#sure [value=yes]")
        page.locator("#trouble").wait_for(state="hidden")
        (draft,) = drafts(page)
        assert draft["values"]["name"] == NAME
        assert page.evaluate("async id => !!(await Phone.store.photo(id))", draft["photos"][0]["id"])


def test_a_photo_that_cannot_be_taken_is_named_until_the_next_choice(browser: Browser, address: str) -> None:
    """Each by its file, beside those that can; the saves of these take nothing down."""
    with phone(browser) as context:
        page = opened(context, address)
        add(page)
        go(page, "photos")
        names = ("IMG_1.HEIC", "a.jpg", "IMG_2.HEIC", *(f"{n}.jpg" for n in range(30, 50)))
        kinds = {name: HEIC if name.endswith("C") else SMALL for name in names}
        files = [{"name": name, "mimeType": "image/jpeg", "buffer": kinds[name]} for name in names]
        page.set_input_files("#gallery", files)  # type: ignore[arg-type]
        page.wait_for_function("() => document.querySelectorAll('#photos img[src]').length === 18")
        page.locator("#told", has_text="Đã thêm ảnh").wait_for()
        settled(page)
        said = page.inner_text("#refused-photos")
        told = ["IMG_1.HEIC", "IMG_2.HEIC", "47.jpg", "48.jpg", "49.jpg"]
        assert [name for name in names if name in said] == told
        go(page, "review")
        assert page.is_visible("#refused-photos")
        go(page, "photos")
        page.set_input_files("#gallery", files[1:2])  # type: ignore[arg-type]
        page.locator("#refused-photos").wait_for(state="hidden")


def test_two_tabs_do_not_write_over_each_other(browser: Browser, address: str) -> None:
    """Each is told of the other, and takes over what was written there; what was deleted there closes here."""
    with phone(browser) as context:
        one = opened(context, address)
        add(one)
        settled(one)
        other = opened(context, address)
        one.locator("#elsewhere").wait_for()
        other.locator("#elsewhere").wait_for()
        other.click(".home .open")
        one.fill("#head", "Nguyễn Thị Hường")
        other.locator("#told", has_text="bản mới nhất").wait_for()
        assert other.input_value("#head") == "Nguyễn Thị Hường"
        other.fill("#code", "482135")
        one.wait_for_function("() => document.querySelector('#code').value === '482135'")
        go(other, "review")
        other.click("[data-do=remove]")
        other.click("#sure [value=yes]")
        one.locator("#day").wait_for()
        assert drafts(one) == []


# --- Sending -----------------------------------------------------------------------------------------------


def test_a_day_of_ten_households_goes_into_one_file(browser: Browser, address: str) -> None:
    """Ten times six photos: packed in pieces, named apart; then marked, kept, and cleared for a new day."""
    script = """async photo => {
      const bytes = Uint8Array.from(photo).buffer;
      for (let home = 0; home < 10; home++) {
        const photos = [...Array(6).keys()].map(at => ({ id: home + "-" + at, household: "h" + home, bytes }));
        await Phone.store.save({ id: "h" + home, village: "thon-vuon-mau", created: home, changed: home, done: home > 0, sent: null,
          values: home < 9 ? { name: "Nhà " + home } : {}, asked: {}, photos: photos.map(one => ({ id: one.id, values: {} })) }, photos);
      }
    }"""
    with phone(browser, SHARES) as context:
        page = opened(context, address)
        page.evaluate(script, list(JPEG * 100))
        page.reload()
        page.click("#to-send")
        page.locator("#packed", has_text="8 hộ, 48 ảnh").wait_for()
        assert page.is_disabled("#choose li:last-child input")
        page.check("#choose li:first-child input")
        page.locator("#packed", has_text="9 hộ, 54 ảnh").wait_for()
        page.click("#share")
        page.locator("#told", has_text="Đã gửi 9 hộ").wait_for()
        content = page.evaluate("() => window.shared[0].text()").encode()
        assert page.locator(".home .how-far", has_text="đã gửi").count() == 9
        page.click("#new-day")
        assert "9 hộ đã gửi" in page.inner_text("#sure")
        page.click("#sure [value=yes]")
        page.locator("#told", has_text="Đã dọn 9 hộ").wait_for()
        assert [draft["id"] for draft in drafts(page)] == ["h9"]
    households, problems = read_form(content, "x.txt")
    assert ([len(one.photos) for one in households], problems) == ([6] * 9, ())
    assert {photo.content for one in households for photo in one.photos} == {JPEG * 100}


@each(("script", "said"), [(REFUSES, "Lưu tệp vào máy"), (CHANGES_HIS_MIND, ""), ("", "Lưu tệp vào máy")])
def test_where_sharing_fails_the_file_can_be_saved(
    browser: Browser, address: str, script: str, said: str
) -> None:
    """A refusal and a browser without it point at the other button; who closed the sheet himself is told nothing."""
    with phone(browser, script or "delete Navigator.prototype.share;", accept_downloads=True) as context:
        page = opened(context, address)
        add(page)
        finish(page)
        page.click("#to-send")
        page.locator("#share:enabled").wait_for()
        page.click("#share")
        if said:
            page.locator("#unshared", has_text=said).wait_for()
        else:
            settled(page)
        assert page.is_visible("#unshared") == bool(said)
        with page.expect_download() as download:
            page.click("#save")
        assert re.fullmatch(r"vuonho-thon-vuon-mau-\d{4}-\d\d-\d\d\.txt", download.value.suggested_filename)
        (household,), problems = read_form(Path(download.value.path()).read_bytes(), "x.txt")
        assert (household.name, problems) == (NAME, ())
        page.locator(".home", has_text="đã lưu tệp").wait_for()
        if script:
            return
        # What is changed after that says so in the list, and is chosen by itself.
        page.click("#to-send")
        assert (page.is_checked("#choose input"), page.is_disabled("#share")) == (False, True)
        page.click("#send [data-do=day]")
        page.click(".home .open")
        page.fill("#head", "Nguyễn Thị Hường")
        page.click("#household [data-do=day]")
        page.locator(".home", has_text="đã sửa sau khi gửi").wait_for()
        page.click("#to-send")
        assert page.is_checked("#choose input")


@each("agent", [ZALO, FACEBOOK])
def test_in_another_apps_browser_the_way_out_comes_first(browser: Browser, address: str, agent: str) -> None:
    """Before anything is typed; who stays can still get the text out by hand."""
    with phone(browser, "delete Navigator.prototype.share;", user_agent=agent) as context:
        page = opened(context, address)
        assert "Mở bằng trình duyệt" in page.inner_text("#way")
        assert page.inner_text("#address") == address
        if agent == FACEBOOK:
            return
        page.click("[data-do=copy-address]")
        page.locator("#told", has_text="chép").wait_for()
        page.click("[data-do=stay]")
        add(page)
        take(page, 1)
        finish(page)
        page.click("#to-send")
        page.locator("#share:enabled").wait_for()
        page.click("#save")
        assert page.is_visible("#way")
        page.click("[data-do=stay]")
        page.click("#to-send")
        page.click("[data-do=text]")
        (household,), problems = read_form(page.input_value("#text").encode(), "x.txt")
        assert (household.name, household.photos, problems) == (NAME, (), ())


# --- The command -------------------------------------------------------------------------------------------


def test_of_several_villages_one_is_chosen_once(browser: Browser, tmp_path: Path) -> None:
    """The phone remembers it; each village has its own list, and its name is in the file."""
    root = copy_demo(tmp_path / "xã")
    (root / "profiles/thon-dong").mkdir()
    village = "name: Thôn Đông\ncommune: Xã Phúc Trạch\ncentre: 18.1350, 105.7700\n"
    (root / "profiles/thon-dong/village.yaml").write_text(village, encoding="utf-8")
    with phone(browser, SHARES) as context:
        page = opened(context, write_form(root))
        page.click("[data-village=thon-dong]")
        add(page)
        finish(page)
        page.reload()
        page.locator(".home").wait_for()
        (household,), _ = read_form(sent(page), "x.txt")
        page.click("[data-do=village]")
        page.click("[data-village=thon-vuon-mau]")
        assert page.locator(".home").count() == 0
    assert household.village == "thon-dong"


def test_the_form_command_writes_over_nothing_of_others(root: Path) -> None:
    """A form is made anew; another file, another kind of file, and the project's folders are refused."""
    done = vuonho("-C", root, "form")
    assert (done.code, (root / "phieu.html").is_file()) == (0, True)
    assert done.out.startswith("phieu.html: ")
    (root / "khac.html").write_text("<p>của tôi</p>", encoding="utf-8")
    refused = {"khac.html": 1, "profiles/x.html": 1, "khong/co.html": 1, "x.pdf": 2, "x.html.txt": 2}
    for name, code in refused.items():
        done = vuonho("-C", root, "form", "-o", name)
        assert (done.code, done.out) == (code, ""), name
        assert "→" in done.err
    assert (root / "khac.html").read_text(encoding="utf-8") == "<p>của tôi</p>"


def test_a_form_can_be_had_while_a_profile_is_wrong(root: Path, tmp_path: Path) -> None:
    """But not while the villages are."""
    copy = copy_demo(tmp_path / "demo")
    (copy / "profiles/thon-vuon-mau/ba-huong.yaml").write_text("name: x\n", encoding="utf-8")
    assert vuonho("-C", copy, "form").code == 0
    before = (copy / "phieu.html").read_bytes()
    assert before == (root / "phieu.html").read_bytes()
    (copy / "profiles/thon-vuon-mau/village.yaml").write_text("name: x\n", encoding="utf-8")
    done = vuonho("-C", copy, "form")
    assert done.code == 1
    assert "village.yaml" in done.err
    assert (copy / "phieu.html").read_bytes() == before
