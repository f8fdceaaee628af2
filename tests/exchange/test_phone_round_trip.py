"""A family's answers go from the phone into the profiles: the pages are those of a profile written by hand."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import photo_kit
from command_kit import SLUG, build, files, vuonho
from phone_kit import SHARES, Noise, fill, finish, opened, phone, sent, write_form

pytestmark = pytest.mark.browser

PHOTO = photo_kit.encoded(photo_kit.quarters(1600, 1200), "JPEG", quality=90, exif=photo_kit.exif(6))
STORY = 'Cây đầu tiên do ông trồng.\n\nNay vẫn ra quả: "ngọt" # lắm.'
BY_HAND = """\
code: "482135"
name: Vườn bà Hường
head: Nguyễn Thị Hường
consent: {given: DAY, by: Nguyễn Thị Hường, how: form, publish: [full_name, phone, near_point, living, story, prices]}
location:
  address: Xóm Đông, ngõ 3
  point: 18.1261, 105.7612
  directions: |-
    Từ nhà văn hóa đi 300 m,
    rẽ phải.
living: {people: 5, house: solid, water: tap, titles: [cultural_family]}
garden:
  area: 3,5 sào
  model: {status: recognised, year: 2023}
  practices: [vietgap, compost]
  crops:
    - {name: Bưởi Phúc Trạch, months: 8}
    - {name: Chè, lunar_months: 8}
products:
  - {name: Bưởi Phúc Trạch, price: 35000, unit: quả}
visits: {welcome: có}
contact: {phone: 0570 012 345}
links: [https://a.example/, https://b.example/x]
story: |-
  Cây đầu tiên do ông trồng.

  Nay vẫn ra quả: "ngọt" # lắm.
photos:
  - {file: photos/tay.jpg, caption: "Vườn, tháng 8", people: không}
checked: DAY
"""


def collected(browser: Browser, root: Path) -> bytes:
    """Return the file that a phone without a signal sends."""
    noise = Noise()
    where = {"latitude": 18.1261, "longitude": 105.7612, "accuracy": 12}
    address = write_form(root)
    with phone(browser, SHARES, geolocation=where, permissions=["geolocation"], offline=True) as context:
        page = opened(context, address, noise)
        fill(page, PHOTO, "Chè", STORY, "Vườn, tháng 8")
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
