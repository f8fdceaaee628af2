"""A family's answers go from the phone into the profiles: the pages are those of a profile written by hand."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import photo_kit
from command_kit import SLUG, build, files, vuonho
from phone_kit import SHARES, Noise, add, answer, finish, go, opened, phone, pick, sent, write_form

pytestmark = pytest.mark.browser

PHOTO = photo_kit.encoded(photo_kit.quarters(1600, 1200), "JPEG", quality=90, exif=photo_kit.exif(6))
BY_HAND = """\
code: "482135"
name: Vườn bà Hường
head: Nguyễn Thị Hường
consent: {given: DAY, by: Nguyễn Thị Hường, how: form, publish: [full_name, phone, near_point, living, story, prices]}
location:
  address: Xóm Đông, ngõ 3
  point: 18.1261, 105.7612
  directions: Từ nhà văn hóa đi 300 m.
living: {people: 5, house: solid, water: tap, titles: [cultural_family]}
garden:
  area: 3,5 sào
  practices: [vietgap, compost]
  crops:
    - {name: Bưởi Phúc Trạch, months: 8}
products:
  - {name: Bưởi Phúc Trạch, price: 35000, unit: quả}
visits: {welcome: có}
contact: {phone: 0570 012 345}
story: |-
  Cây đầu tiên do ông trồng.

  Nay vẫn ra quả: "ngọt" # lắm.
photos:
  - {file: photos/tay.jpg, caption: "Vườn, tháng 8", people: không}
checked: DAY
"""
TEXT = 'Cây đầu tiên do ông trồng.\n\nNay vẫn ra quả: "ngọt" # lắm.'


def fill(page: Page) -> None:
    """Answer as the profile by hand says, with the camera and the position of the phone."""
    add(page)
    page.fill("#head", "Nguyễn Thị Hường")
    page.fill("#code", "482 135")
    go(page, "consent")
    answer(page, "agree", yes=True)
    for question in (
        "full_name",
        "phone",
        "living",
        "story",
        "prices",
        "exact_point",
        "near_point",
        "faces",
        "links",
    ):
        answer(page, question, yes=question not in ("exact_point", "faces", "links"))
    go(page, "location")
    page.fill("#location-address", "Xóm Đông, ngõ 3")
    page.click("[data-do=locate]")
    page.locator(".found", has_text="12 m").wait_for()
    page.fill("#location-directions", "Từ nhà văn hóa đi 300 m.")
    go(page, "living")
    page.fill("#living-people", "5")
    page.select_option("#living-house", "solid")
    pick(page, "[data-key=water]", "Nước máy")
    pick(page, "[data-key=titles]", "Gia đình văn hóa")
    go(page, "garden")
    page.fill("#garden-area", "3,5")
    page.select_option(".amount select", "sào")
    pick(page, "[data-key=practices]", "Theo VietGAP", "Ủ phân hữu cơ")
    go(page, "crops")
    page.click("#step-crops [data-do=card]")
    page.locator("#step-crops [data-key=name] input").fill("Bưởi Phúc Trạch")
    page.locator("#step-crops [data-key=months] .twelve .toggle").nth(7).click()
    go(page, "products")
    page.click("#step-products [data-do=card]")
    page.locator("#step-products [data-key=name] input").fill("Bưởi Phúc Trạch")
    page.locator("#step-products [data-key=price] input").fill("35000")
    page.locator("#step-products [data-key=unit] select").select_option("quả")
    go(page, "visits")
    pick(page, "[data-key=welcome]", "Có")
    page.fill("#contact-phone", "0570 012 345")
    go(page, "story")
    page.fill("#story", TEXT)
    go(page, "photos")
    page.set_input_files("#camera", {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": PHOTO})
    page.locator("#photos img[src]").wait_for(state="attached")
    page.locator("#photos [data-key=caption] input").fill("Vườn, tháng 8")
    pick(page, "#photos [data-key=people]", "Không")


def collected(browser: Browser, root: Path) -> bytes:
    """Return the file that a phone without a signal sends."""
    noise = Noise()
    where = {"latitude": 18.1261, "longitude": 105.7612, "accuracy": 12}
    address = write_form(root)
    with phone(browser, SHARES, geolocation=where, permissions=["geolocation"], offline=True) as context:
        page = opened(context, address, noise)
        fill(page)
        finish(page)
        content = sent(page)
    assert (noise.errors, noise.requests) == ([], [address])
    return content


def pages(root: Path) -> dict[str, str]:
    """Return the site's texts without what stands for the bytes of photos: their names, and the worker's fingerprint."""
    texts = {name: content.decode() for name, content in files(root / "site").items()
             if name.endswith((".html", ".json", ".geojson", ".csv", ".xml"))}  # fmt: skip
    return {name: re.sub(r"(photos|cards?)/[0-9a-f]{16}", r"\1/PHOTO", text) for name, text in texts.items()}


def test_from_the_phone_to_the_page(browser: Browser, unbuilt: Path, tmp_path: Path) -> None:
    """Filled in without a signal, sent, imported, built: the same pages apart from the photo's bytes."""
    path = unbuilt / "profiles" / SLUG / "ba-huong.yaml"
    path.unlink()
    by_hand = shutil.copytree(unbuilt, tmp_path / "by hand")
    (tmp_path / "phieu.txt").write_bytes(collected(browser, unbuilt))
    done = vuonho("-C", unbuilt, "import", tmp_path / "phieu.txt", "--yes")
    assert done.code == 0, done.said
    (day,) = re.findall(r"^checked: (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    written = by_hand / path.relative_to(unbuilt)
    written.write_text(BY_HAND.replace("DAY", day), encoding="utf-8", newline="\n")
    (written.parent / "photos/tay.jpg").write_bytes(PHOTO)
    for root in (unbuilt, by_hand):
        assert build(root).code == 0
    assert pages(unbuilt) == pages(by_hand)
    assert "Xóm Đông, ngõ 3" in pages(unbuilt)["482135/index.html"]
    proved = vuonho("-C", unbuilt, "verify")
    assert proved.code == 0, proved.said
