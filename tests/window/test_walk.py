"""A walk past the plaques in the window: what a phone sent is looked at, written as by `import`, and asked for each year."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from window_kit import NOON, through_the_door, window_of

from browser_kit import watched
from command_kit import files, note_print, twin, vuonho
from pages_server import served
from vuonho.register.memory import read_register

HUONG, XUAN, NEVER, WELL = "482135", "186958", "100014", "513400"
WALK = "//form[contains(@action, 'walk')]"


def walk(*plaques: tuple[str, str]) -> bytes:
    """Return the file of a walk."""
    told = [{"code": code, "day": "2026-11-05", "condition": condition} for code, condition in plaques]
    return f"vuonho_patrol: 1\nmade: 2026-11-05\nplaques: {json.dumps(told)}\npictures: {{}}\nend: vuonho\n".encode()


def profiles(root: Path) -> dict[str, bytes]:
    """Return the profiles and the register."""
    return files(root / "profiles")


def test_what_is_written_has_the_bytes_of_an_import(demo: Path, tmp_path: Path) -> None:
    """Nothing before the click; the tray is empty after it."""
    for code in (HUONG, XUAN):
        note_print(demo, code)
    other, before = twin(demo, tmp_path / "other"), profiles(demo)
    content = walk((HUONG, "clean"), (XUAN, "gone"))
    with window_of(demo, "vi") as window:
        look = window.post("incoming/add/", {}, {"files": [("vuonho-tuan-tra.txt", content)]})
        assert "186958 Vườn hoa nhà Xuânmất, xem ngày 5/11/2026" in look.text
        assert profiles(demo) == before
        done = window.send(look, form=WALK)
        assert "Đã ghi 2 biển vào sổ." in done.text
        assert not list((demo / ".vuonho/tray").glob("*"))
        assert "biển đã mất, xem ngày 5/11/2026" in window.get("").text
    file = tmp_path / "vuonho-tuan-tra.txt"
    file.write_bytes(content)
    assert vuonho("-C", other, "import", file, "--yes").code == 0
    assert profiles(demo) == profiles(other)


@pytest.mark.browser
def test_a_walk_is_sent_over_the_wi_fi(browser: Browser, demo: Path, tmp_path: Path) -> None:
    """From the page of the walk through the door for phones to the register, and a faded well is to be printed again."""
    note_print(demo, WELL)
    with (
        served(demo / "site") as site,
        window_of(demo, "vi") as window,
        watched(browser, viewport={"width": 1280, "height": 900}) as laptop,
        watched(browser, has_touch=True) as phone,
    ):
        phone.clock.set_fixed_time(NOON)
        phone.goto(f"{site.base}tuan-tra/")
        phone.click(f".homes button[value='{WELL}']")
        phone.click(".marks .faded")
        with phone.expect_download() as download:
            phone.click("#save")
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
        laptop.goto(f"{window.base}incoming/")
        with laptop.expect_navigation():
            laptop.click("text=Mở cho điện thoại gửi")
        through_the_door(laptop, phone)
        phone.set_input_files("#files", file)
        with phone.expect_navigation():
            phone.click("form button")
        assert "Đã tới máy của tổ" in phone.inner_text("body")
        done = window.send(window.get("incoming/look/"), form=WALK)
        assert "Đã ghi 1 biển vào sổ." in done.text
        today = window.get("").text
        assert "In lại biển của các nơi và ngõ" in today
        assert "Giếng làng" in today
    row = read_register(demo)[0].by_code[WELL]
    assert (row.cell("inspected"), row.cell("condition")) == (f"{NOON:%Y-%m-%d}", "faded")


def test_a_wrong_file_waits_and_is_named(demo: Path) -> None:
    """With what is wrong, and nothing to press that would write it."""
    before = profiles(demo)
    with window_of(demo, "vi") as window:
        look = window.post("incoming/add/", {}, {"files": [("vuonho-tuan-tra.txt", walk((NEVER, "clean")))]})
        assert NEVER in look.text
        assert WALK.partition("'")[2].partition("'")[0] not in look.content.decode()
        assert window.post("incoming/walk/").status == 200
        assert [one.name for one in (demo / ".vuonho/tray").iterdir()] == ["vuonho-tuan-tra.txt"]
    assert profiles(demo) == before


def test_today_asks_for_a_walk_a_year_after_the_last(demo: Path) -> None:
    """The line names the village and the page for the phone, and its button leads to the tray."""
    note_print(demo, HUONG)
    register = demo / "profiles/codes.csv"
    text = register.read_text(encoding="utf-8").replace("2026-11-01", "2025-11-01")
    register.write_text(text, encoding="utf-8", newline="\n")
    with window_of(demo, "vi") as window:
        today = window.get("")
        assert "Đi xem biển: đã hơn một năm chưa ai đi" in today.text
        assert "https://vuonmau.example/tuan-tra/" in today.text
        assert "https://vuonmau.example/tuan-tra/" in window.get("incoming/").text
