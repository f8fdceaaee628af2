"""From an empty folder to plaques that hang, a withdrawal and a new computer: by clicks and keys, and no command."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from window_kit import through_the_door, window_of

from browser_kit import PATIENCE, TOO_WIDE, until, watched
from phone_kit import answer, go
from photo_kit import encoded, exif, picture
from workbook_kit import opened, saved

PHOTO = encoded(picture(1200, 900), "JPEG", exif=exif())
HOMES = ("Vườn bà Tám", "Vườn ông Sáu", "Nhà chị Na")


def press(page: Page, name: str, role: str = "button") -> None:
    """Click what bears a name, wherever it stands; the page that comes of it is no wider than its screen."""
    found = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
    until(page, lambda: found.count() > 0, lambda: (page.url, page.inner_text("main")))
    found.click()
    page.wait_for_load_state()
    assert page.evaluate(TOO_WIDE) <= 0


def done(page: Page) -> str:
    """Wait for the end of a job, and return what came of it."""
    page.wait_for_function("() => !document.querySelector('[data-job]')", timeout=PATIENCE)
    return page.inner_text("main")


def add_home(page: Page, base: str, name: str, *, with_photo: bool) -> None:
    """Add a household by its form."""
    page.goto(f"{base}households/new/")
    page.fill("[name=name]", name)
    page.fill("[name='consent.given']", "20/11/2026")
    page.fill("[name='consent.by']", f"Người nhà {name}")
    page.locator(".toggle", has_text="Signed paper form").first.click()
    page.locator("fieldset", has_text="phone number and Zalo").locator(".toggle").first.click()
    page.fill("[name='location.address']", f"Ngõ {len(name)}")
    page.fill("[name='garden.area']", "2 sào")
    page.click("#part-crops [data-add]")
    page.fill("[name='garden.crops.1.name']", "Bưởi Phúc Trạch")
    page.fill("[name='garden.crops.1.months']", "8, 9")
    if with_photo:
        page.set_input_files("#photos", {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": PHOTO})
        page.locator(".waiting").wait_for()
        page.locator(".waiting fieldset .toggle", has_text="No").first.click()
    press(page, "Save")
    assert f"Added: {name}" in page.inner_text(".said")


def by_workbook(page: Page, base: str, folder: Path) -> None:
    """Two households in Excel, as people fill it in: a phone without its 0, a day of the region, sào, a total."""
    page.goto(f"{base}incoming/")
    press(page, "Make an empty workbook")
    with page.expect_download() as download:
        page.locator(".said a.button").first.click()
    download.value.save_as(folder / "trong.xlsx")
    book = opened((folder / "trong.xlsx").read_bytes())
    sheet = book["Hộ"]
    heads = {str(one.value).removesuffix(" *"): one.column or 0 for one in sheet[1]}
    phones: dict[str, str | int] = {"Vườn anh Ba": 912000111, "Vườn cô Tư": "0912 000 222"}
    for row, (name, phone) in enumerate(phones.items(), 2):
        told: dict[str, str | int] = {
            "Thôn": "thon ben do", "Tên vườn": name, "Ngày đồng ý": "21/11/2026", "Người đồng ý": name[5:],
            "Bằng cách nào": "giấy", "Địa chỉ": "Ngõ 3", "Diện tích vườn": "3 sào", "Số điện thoại": phone,
            "Kiểm tra ngày": "21/11/2026",
        }  # fmt: skip
        for head, value in told.items():
            column = next((at for one, at in heads.items() if one.startswith(head)), None)
            if column:
                sheet.cell(row, column).value = value
    sheet.cell(4, heads["Tên vườn"]).value = "Tổng cộng: 2 hộ"
    page.goto(f"{base}incoming/")
    page.set_input_files("#files", {"name": "ho.xlsx", "mimeType": "", "buffer": saved(book)})
    page.locator(".looked").wait_for()
    press(page, "Write what is ticked")
    assert "2" in page.inner_text(".said")


def by_phone(page: Page, phone: Page, base: str) -> None:
    """Two households from a phone on the Wi-Fi, straight into the tray."""
    page.goto(f"{base}incoming/")
    press(page, "Let phones send")
    through_the_door(page, phone)
    phone.get_by_role("link", name="Open the form").click()
    phone.locator("[data-do=add]").wait_for()
    for name in ("Vườn bác Năm", "Vườn dì Bảy"):
        phone.click("[data-do=add]")
        phone.fill("#name", name)
        go(phone, "consent")
        answer(phone, "agree", yes=True)
        go(phone, "review")
        phone.click("[data-do=done]")
    phone.click("#to-send")
    phone.click("[data-do=direct]:enabled")
    page.locator(".tray li").wait_for()
    press(page, "See what they change", "link")
    press(page, "Write what is ticked")
    assert "2" in page.inner_text(".said")


@pytest.mark.browser
@pytest.mark.slow
def test_the_whole_way(browser: Browser, tmp_path: Path) -> None:  # noqa: PLR0915 - one way, step by step
    """Settings, seven households, consent papers, preview, plaques, publishing, a withdrawal, undo, backup, restore."""
    root, drive, there = tmp_path / "book", tmp_path / "usb", tmp_path / "another computer"
    root.mkdir()
    drive.mkdir()
    subprocess.run(["git", "init", "--quiet", "--bare", str(tmp_path / "site.git")], check=True)
    size = {"width": 1280, "height": 900}
    with (
        window_of(root) as window,
        watched(browser, viewport=size, accept_downloads=True) as page,
        watched(browser, has_touch=True) as phone,
    ):
        base = window.base
        page.goto(base)
        press(page, "Begin a new project", "link")
        for name, text in (
            ("village", "Thôn Bến Đò"),
            ("commune", "xã phúc trạch"),
            ("phone", "0570 100 201"),
        ):
            page.fill(f"[name='{name}']", text)
        press(page, "Make the project")
        for name in HOMES:
            add_home(page, base, name, with_photo=name == HOMES[0])
        by_workbook(page, base, tmp_path)
        by_phone(page, phone, base)
        assert len(list(root.glob("profiles/*/*.yaml"))) == 8  # seven, and the village

        page.goto(f"{base}paper/")
        press(page, "A blank one")
        assert ".pdf" in done(page)

        page.goto(f"{base}online/")
        with page.expect_navigation():
            page.locator("form[action$='/look']").get_by_role("button").click()
        assert "ready to be looked at" in done(page)
        page.goto(f"{base}online/")
        seen = page.context.new_page()
        seen.goto(str(page.get_by_role("link", name="Open the site").get_attribute("href")))
        assert "Bến Đò" in seen.inner_text("body")
        seen.close()

        page.goto(f"{base}online/first/address/")
        page.fill("#to", str(tmp_path / "site.git"))
        press(page, "Go on")
        press(page, "Publish")
        done(page)
        tree = ["git", "-C", str(tmp_path / "site.git"), "ls-tree", "-r", "--name-only", "main"]
        sent = subprocess.run(tree, check=True, capture_output=True, text=True).stdout.split()
        assert len([name for name in sent if name.startswith("qr/") and name.endswith(".svg")]) == 7

        page.goto(f"{base}paper/choose/?what=plaque&which=new")
        page.locator(".save .strong").click()
        press(page, "Draft to look at")
        assert "thu.pdf" in done(page)
        page.goto(f"{base}paper/choose/?what=plaque&which=new")
        page.locator(".save .strong").click()
        press(page, "Print for good…")
        press(page, "Yes, print and keep them for ever")
        assert "dot-1.pdf" in done(page)
        page.goto(f"{base}paper/hung/")
        page.locator(".tickable label").first.click()
        press(page, "These hang now")
        assert page.locator(".said").count() == 1

        profile = next(
            path for path in root.glob("profiles/*/*.yaml") if HOMES[1] in path.read_text(encoding="utf-8")
        )
        before = profile.read_bytes()
        page.goto(f"{base}households/")
        page.get_by_role("link", name=HOMES[1]).click()
        page.locator("summary", has_text="The family wants to leave").click()
        press(page, "Take the household off", "link")
        press(page, "Go on")
        with page.expect_navigation():
            page.locator("form.sure button").click()
        assert "withdrawn" in profile.read_text(encoding="utf-8")
        page.goto(f"{base}more/undo/")
        with page.expect_navigation():
            page.locator("form.sure button").click()
        assert profile.read_bytes() == before

        page.goto(f"{base}more/backup/")
        page.locator("summary", has_text="Another folder").click()
        page.fill("#folder", str(drive))
        press(page, "Make the backup")
        done(page)
        (saved_as,) = drive.glob("*.zip")
        page.goto(f"{base}more/restore/")
        page.locator("summary", has_text="Or write where it lies").click()
        page.fill("#path", str(saved_as))
        page.locator(".toggle", has_text="folder of its own").click()
        page.locator("summary", has_text="Which folder").click()
        page.fill("#folder", str(there))
        press(page, "Go on")
        done(page)
    assert (there / profile.relative_to(root)).read_bytes() == before
