"""A household as a form: what it writes is what `vuonho import` writes; what is wrong stands beside its field."""

from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import Browser
from window_kit import files_of, window_of

from browser_kit import TOO_WIDE, until, watched
from command_kit import SLUG, twin, vuonho
from photo_kit import decoded, encoded, picture
from project_kit import CASES, copy_of
from vuonho.pictures.photo import picture_size, render_photo

HUONG = f"households/{SLUG}/ba-huong/"
HOMES = sorted(path.stem for path in Path(__file__).parents[2].glob(f"profiles/{SLUG}/*.yaml"))


def test_a_form_that_is_sent_as_it_is_changes_nothing(demo: Path) -> None:
    """For each household of the demo: whatever way its values are written, the form gives them back as they were."""
    before = files_of(demo)
    with window_of(demo) as window:
        for name in set(HOMES) - {"village"}:
            page = window.get(f"households/{SLUG}/{name}/")
            if "This household has left" in page.text:
                continue
            assert "Nothing was changed." in window.send(page, {}, form="//form[@data-draft]").text, name
    assert files_of(demo) == before


@pytest.mark.parametrize("case", [case for case in CASES if case.startswith("good-not")])
def test_any_way_to_write_is_kept(case: str, tmp_path: Path) -> None:
    """Areas in sào, months in words, points as links, labels for keys: a form that is not touched touches nothing."""
    root = copy_of(case, tmp_path)
    before = files_of(root)
    with window_of(root) as window:
        for path in sorted(root.glob("profiles/*/*.yaml")):
            if path.name == "village.yaml":
                continue
            reply = window.send(f"households/{path.parent.name}/{path.stem}/", {}, form="//form[@data-draft]")
            assert "Nothing was changed." in reply.text
    assert {name: one for name, one in files_of(root).items() if name.endswith("l.yaml")} == {
        name: one for name, one in before.items() if name.endswith("l.yaml")
    }


def test_a_change_has_the_bytes_of_an_import(demo: Path, tmp_path: Path) -> None:
    """The same cells changed in a workbook and taken in; and `undo` takes the form's step back."""
    other = twin(demo, tmp_path / "other")
    assert vuonho("-C", other, "export", "-o", "thon.xlsx").code == 0
    book = openpyxl.load_workbook(other / "thon.xlsx")
    sheet = book.worksheets[1]
    heads = {str(cell.value).removesuffix(" *"): cell.column or 0 for cell in sheet[1]}
    row = next(one for one in range(2, 40) if sheet.cell(one, heads["Tên vườn"]).value == "Vườn bà Hường")
    sheet.cell(row, heads["Chủ hộ"]).value = "Nguyễn Thị Hường Mới"
    sheet.cell(row, heads["Diện tích vườn"]).value = "4 sào"
    book.save(other / "thon.xlsx")
    assert vuonho("-C", other, "import", other / "thon.xlsx", "--yes").code == 0
    (other / "thon.xlsx").unlink()
    before = files_of(demo)
    with window_of(demo) as window:
        said = window.send(HUONG, {"head": "Nguyễn Thị Hường Mới", "garden.area": "4 sào"}, form=FORM).text
    assert "Saved." in said
    assert "only after the next publishing" in said
    assert files_of(demo) == files_of(other)
    assert vuonho("-C", demo, "undo", "--yes").code == 0
    assert files_of(demo) == before


def test_a_part_says_that_it_is_filled_in_only_where_it_is(demo: Path) -> None:
    """Of a new household nothing is; of one with a name and an address, only those two parts."""
    with window_of(demo) as window:
        assert "filled in" not in window.get("households/new/").text
        added = window.send(
            "households/new/", {"name": "Vườn chú Tám", "location.address": "Ngõ 9"}, form=FORM
        )
        parts = html.fromstring(added.content).xpath("//details[summary/*[contains(., 'filled in')]]/@id")
        assert parts == ["part-name", "part-location"]


FORM = "//form[@data-draft]"
NEWCOMER = {
    "name": "Vườn chú Tám", "location.address": "Ngõ 9", "garden.area": "2 sào rưỡi", "checked": "27/11/2026",
    "consent.given": "20/11/2026", "consent.by": "Trần Văn Tám", "consent.how": "paper",
    "consent.publish.phone": "true", "contact.phone": "0570 100 201",
    "garden.crops.1.name": "Cam bù", "garden.crops.1.trees": "40", "garden.crops.1.months": "12, 1",
}  # fmt: skip


def test_a_new_household(demo: Path) -> None:
    """Its file says what was filled in, as it was typed; the photo has lost what it hid; `check` is content."""
    before = files_of(demo)
    with window_of(demo) as window:
        page = window.send(
            "households/new/",
            NEWCOMER,
            {"photos": [("a.jpg", encoded(picture(640, 480), "JPEG"))]},
            form=FORM,
        )
    assert "Added: Vườn chú Tám" in page.text
    made = {name: one for name, one in files_of(demo).items() if name not in before}
    text = next(one.decode() for name, one in made.items() if name.endswith(".yaml"))
    photo = next(one for name, one in made.items() if name.endswith(".jpg"))
    assert b"Exif" not in photo
    for line in ("name: Vườn chú Tám", "publish: [phone]", "area: 2 sào rưỡi", "photos: [photos/"):
        assert line in text, text
    assert vuonho("-C", demo, "check").code == 0


def test_what_is_wrong_stands_beside_its_field(demo: Path) -> None:
    """Nothing is written, what was typed stays, also after the program has ended; then it is thrown away."""
    before = files_of(demo)
    with window_of(demo) as window:
        page = window.send(HUONG, {"garden.area": "rộng lắm", "contact.phone": "12"}, form=FORM)
        assert page.status == 409
    with window_of(demo) as window:
        page = window.get(HUONG)
        assert "What was typed here earlier is not saved yet." in page.text
        assert 'value="rộng lắm"' in page.content.decode()
        again = window.send(page, {}, form=FORM)
        wrong = [one.text_content() for one in html.fromstring(again.content).xpath("//*[@class='wrong']")]
        assert ["area" in wrong[0], len(wrong)] == [True, 2]
        assert "thrown away" in window.send(HUONG, {}, form="//form[@class='draft']").text
        assert "rộng lắm" not in window.get(HUONG).content.decode()
    assert files_of(demo) == before


def test_a_file_changed_meanwhile_is_asked_about(demo: Path) -> None:
    """Old and new are shown; nothing is lost on either side until somebody says which it shall be."""
    path = demo / f"profiles/{SLUG}/ba-huong.yaml"
    with window_of(demo) as window:
        page = window.get(HUONG)
        path.write_text(
            path.read_text(encoding="utf-8").replace("  area: 1.800 m2", "  area: 1900", 1), encoding="utf-8"
        )
        changed = path.read_bytes()
        asked = window.send(page, {"garden.area": "2000", "head": "Hường Khác"}, form=FORM)
        assert "The file was changed meanwhile" in asked.text
        assert "1900" in asked.text
        assert path.read_bytes() == changed
        done = window.send(asked, {"_overwrite": "1"})
        assert "Saved." in done.text
    text = path.read_text(encoding="utf-8")
    assert ("area: 2000" in text, "head: Hường Khác" in text) == (True, True)


def test_the_list_is_found_through(demo: Path) -> None:
    """By words without accents, and by what is lacking; without a script too."""
    with window_of(demo) as window:
        assert "Vườn bà Hường" in window.get("households/?q=ba+huong").text
        assert "Vườn bà Hường" not in window.get("households/?q=hien").text
        assert "Nhà chị Mai" in window.get("households/?state=photo").text


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_a_browser(browser: Browser, demo: Path, scheme: str) -> None:
    """A crop more, a photo dropped, kept at a pause, saved; readable for all, at the width of a phone."""
    photo = demo / "chup.jpg"
    photo.write_bytes(encoded(picture(800, 600), "JPEG"))
    with window_of(demo, "vi") as window, watched(browser, color_scheme=scheme) as page:
        page.goto(window.base)
        assert page.evaluate(TOO_WIDE) <= 0
        assert Axe().run(page).response["violations"] == []
        page.goto(f"{window.base}households/")
        page.fill("#q", "482135")
        until(page, lambda: page.locator(".homes li:visible").count() == 1)
        assert Axe().run(page).response["violations"] == []
        page.click(".homes li:visible a")
        page.click("#part-crops summary")
        count = page.locator("#part-crops .card-of").count() + 1
        page.click("#part-crops [data-add]")
        page.fill(f'[name="garden.crops.{count}.name"]', "Chanh đào")
        page.set_input_files("#photos", str(photo))
        page.locator(".waiting").wait_for()
        page.check('[name="new.1.people"][value=false]', force=True)
        until(page, lambda: page.inner_text("[data-kept]") == "Đã lưu nháp.")
        page.reload()
        assert page.locator(".waiting").count() == 1
        page.click("#part-consent summary")
        assert page.evaluate(TOO_WIDE) <= 0
        assert Axe().run(page).response["violations"] == []
        page.click("button[name=_save]")
        page.locator(".said").wait_for()
        assert "Chanh đào" in page.inner_text(".said")
    assert "Chanh đào" in (demo / f"profiles/{SLUG}/ba-huong.yaml").read_text(encoding="utf-8")


def test_a_photo_is_turned(demo: Path) -> None:
    """One of the file keeps its pixels byte for byte; one that waits too; no other file is written to; it is taken back."""
    photo = demo / f"profiles/{SLUG}/photos/huong-1.jpg"
    before, others = photo.read_bytes(), files_of(demo)
    with window_of(demo) as window:
        window.post(f"{HUONG}turn", {"turn": "photos/huong-1.jpg"})
        once = photo.read_bytes()
        assert "ba-huong" in window.post(f"{HUONG}turn", {"turn": "photos/huong-1.jpg"}).path
        after = photo.read_bytes()
        assert after[after.index(b"\xff\xdb") :] == before[before.index(b"\xff\xdb") :]
        assert list(decoded(render_photo(after).content).size) == list(
            decoded(render_photo(before).content).size
        )
        assert {name for name, one in files_of(demo).items() if one != others[name]} == {
            f"profiles/{SLUG}/photos/huong-1.jpg"
        }
        assert "A photo turned" in window.get("more/undo/").text
        window.send("more/undo/")
        assert photo.read_bytes() == once
        for wrong in ("photos/tung-1.jpg", "../../codes.csv", "ba-huong.yaml", ""):
            assert window.post(f"{HUONG}turn", {"turn": wrong}).status == 404, wrong
        tall = encoded(picture(640, 480), "JPEG")
        window.post(f"{HUONG}draft/photo", files={"photos": [("a.jpg", tall)]})
        window.post(f"{HUONG}turn", {"turn": "1"})
        assert picture_size(window.ask(f"{HUONG}draft/photo/1").content) == (480, 640)


def test_what_no_browser_shows_is_refused_at_once(demo: Path) -> None:
    """With its name and its cure; what is sound among the same files stays."""
    heic = b"\0\0\0\x18ftypheic" + bytes(2_000)
    with window_of(demo) as window:
        reply = window.post(f"{HUONG}draft/photo", files={"photos": [("IMG_0042.HEIC", heic)]})
        assert (reply.status, "IMG_0042.HEIC" in reply.text, "through Zalo" in reply.text) == (
            409,
            True,
            True,
        )
        sound = ("b.jpg", encoded(picture(640, 480), "JPEG"))
        reply = window.send(
            HUONG, {}, {"photos": [("IMG_0042.HEIC", heic), sound]}, form="//form[@data-draft]"
        )
        assert (reply.status, "IMG_0042.HEIC" in reply.text, "1-b.jpg" in reply.text or "b.jpg" in reply.text) == (
            409, True, True,
        )  # fmt: skip


def test_more_than_a_household_holds(demo: Path) -> None:
    """Is refused before it takes the machine's time; the form still opens."""
    crops = {
        f"garden.crops.{number}.{key}": "x"
        for number in range(1, 1001)
        for key in ("name", "area", "trees", "months", "planted", "lunar_months")
    }
    before = files_of(demo)
    with window_of(demo) as window:
        page = window.send(HUONG, crops, form="//form[@data-draft]")
        assert (page.status, "too much for one household" in page.text) == (409, True)
        assert window.get(HUONG).status == 200
    assert files_of(demo) == before
