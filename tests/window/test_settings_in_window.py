"""Settings as forms: checked by the program's own readers, written with every byte kept that need not change."""

import json
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser
from window_kit import files_of, window_of

from browser_kit import watched
from command_kit import SLUG, vuonho
from ground_kit import feature
from photo_kit import encoded, picture
from vuonho.edit.profile_edit import told, with_values
from vuonho.pictures.photo import picture_size

SITE = "more/settings/"
VILLAGE = f"more/settings/{SLUG}/"
FORM = "//form[@class='household']"


def test_a_form_sent_as_it_is_changes_nothing(demo: Path) -> None:
    """Neither the site's nor a village's or a household's, with empty lines and indents in what they tell."""
    for name, key in (("village", "intro"), ("ba-huong", "story")):
        path = demo / f"profiles/{SLUG}/{name}.yaml"
        path.write_bytes(with_values(path.read_bytes(), {**told(path.read_bytes()), key: "Một.\n\n  Hai."}))
    before = files_of(demo)
    with window_of(demo) as window:
        for page in (SITE, VILLAGE, f"households/{SLUG}/ba-huong/"):
            assert "Nothing was changed." in window.send(page, {}, form=FORM).text
    assert files_of(demo) == before


def test_comments_and_order_stay(demo: Path) -> None:
    """Only the lines of what was changed differ, and what was changed is said."""
    site, village = demo / "profiles/site.yaml", demo / f"profiles/{SLUG}/village.yaml"
    before = site.read_text(encoding="utf-8"), village.read_text(encoding="utf-8")
    with window_of(demo) as window:
        said = window.send(SITE, {"team.phone": "0570 100 299", "title.vi": "Vườn nhà ta"}, form=FORM).text
        assert "Phone: 0570 100 200 → 0570 100 299" in said
        assert "Saved." in window.send(VILLAGE, {"centre": "18.1251, 105.7601"}, form=FORM).text
    assert site.read_text(encoding="utf-8") == before[0].replace("0570 100 200", "0570 100 299").replace(
        "vi: Vườn hộ Thôn Vườn Mẫu\n", "vi: Vườn nhà ta\n"
    )
    (now,) = set(village.read_text(encoding="utf-8").split("\n")) - set(before[1].split("\n"))
    assert now.startswith("centre: 18.1251, 105.7601")
    assert vuonho("-C", demo, "check").code == 0


def test_what_is_wrong_stands_beside_its_field(demo: Path) -> None:
    """Nothing is written, and what was typed is still there."""
    before = files_of(demo)
    with window_of(demo) as window:
        reply = window.send(SITE, {"team.phone": "12", "base_url": "http://x"}, form=FORM)
        assert reply.status == 409
        assert "must begin with “https://”" in reply.text
        assert b'value="12"' in reply.content
        assert window.send(VILLAGE, {"centre": "1, 2"}, form=FORM).status == 409
    assert files_of(demo) == before


def test_a_printed_address_stays(demo: Path) -> None:
    """An address that is on plaques is changed only where the old one is named as one that still answers."""
    new, register = "https://vuon-moi.github.io/", demo / "profiles/codes.csv"
    rows = register.read_text(encoding="utf-8").split("\n")
    at, cells = next((at, row.split(",")) for at, row in enumerate(rows) if row.startswith("482135"))
    heads = rows[0].split(",")
    cells[heads.index("printed")], cells[heads.index("url")] = "2026-11-02", "https://vuonmau.example/482135/"
    rows[at] = ",".join(cells)
    register.write_text("\n".join(rows), encoding="utf-8")
    with window_of(demo) as window:
        reply = window.send(SITE, {"base_url": new}, form=FORM)
        assert reply.status == 409
        assert "printed with" in reply.text
        assert "Saved." in window.send(reply, {"previous_urls": "https://vuonmau.example/"}, form=FORM).text


def test_what_was_changed_meanwhile_is_asked(demo: Path) -> None:
    """Two open forms: other fields go together, the same field is shown old and new, and asked."""
    site = demo / "profiles/site.yaml"
    with window_of(demo) as window:
        first, second = window.get(SITE), window.get(SITE)
        assert "Saved." in window.send(first, {"team.phone": "0570 100 201"}, form=FORM).text
        assert "Saved." in window.send(second, {"team.hours": "8:00-16:00"}, form=FORM).text
        asked = window.send(second, {"team.phone": "0570 100 202"}, form=FORM)
        assert "0570 100 201 → 0570 100 202" in asked.text
        text = site.read_text(encoding="utf-8")
        assert "0570 100 201" in text
        assert "8:00-16:00" in text
        assert "Saved." in window.send(asked, {"_overwrite": "1"}).text
    assert "0570 100 202" in site.read_text(encoding="utf-8")


def test_a_map_is_put_beside_its_village(demo: Path) -> None:
    """One that cannot be drawn is refused and nothing changes; a good one takes the place of that of another kind."""
    home = demo / "profiles" / SLUG
    before = files_of(demo)
    good = json.dumps(
        {"type": "FeatureCollection", "features": [feature({"highway": "residential"}, (0, 0), (300, 40))]}
    )
    far = good.replace("105.", "101.")
    line = '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>Đường làng</name><LineString><coordinates>105.76,18.125 105.761,18.126</coordinates></LineString></Placemark></kml>'
    form = "//form[@enctype]"
    with window_of(demo) as window:
        for name, content in (("far.geojson", far), ("x.geojson", "{"), ("x.kmz", "PK"), ("x", "")):
            window.send(VILLAGE, {}, {"map": [(name, content.encode())]}, form=form)
            assert files_of(demo) == before, name
        said = window.send(VILLAGE, {}, {"map": [("Bản đồ thôn.geojson", good.encode())]}, form=form).text
        assert "1 ways and waters, 0 landmarks" in said
        assert (home / "map.geojson").read_text(encoding="utf-8") == good
        assert "map.kml" in window.send(VILLAGE, {}, {"map": [("a.kml", line.encode())]}, form=form).text
        assert not (home / "map.geojson").exists()
        assert (home / "map.kml").read_text(encoding="utf-8") == line
        window.send("more/undo/")
        assert (home / "map.geojson").read_text(encoding="utf-8") == good
        assert not (home / "map.kml").exists()
        there = files_of(demo)
        page = window.get(VILLAGE)
        assert "taken away" in window.send(page, form="//form[contains(@action, '/map/remove')]").text
        assert not (home / "map.geojson").exists()
        window.send("more/undo/")
        assert files_of(demo) == there


def test_settings_are_taken_back(demo: Path) -> None:
    """As any other step: byte for byte, and not once they were changed by hand."""
    before = files_of(demo)
    with window_of(demo) as window:
        for page, name in (("more/settings/", "team.hours"), (VILLAGE, "name")):
            window.send(page, {name: "8:00-16:00"}, form="//form[@novalidate]")
            assert files_of(demo) != before
            assert "Settings saved" in window.get("more/undo/").text
            window.send("more/undo/")
            assert files_of(demo) == before


def test_a_file_that_cannot_be_read_is_corrected_as_text(demo: Path) -> None:
    """Line by line as it stands; a copy is kept first, and the form comes back once it can be read."""
    home = demo / f"profiles/{SLUG}/ba-huong.yaml"
    sound = home.read_bytes()
    home.write_bytes(sound.replace(b"name:", b"name", 1).replace(b"\n", b"\r\n"))
    broken = home.read_bytes()
    with window_of(demo) as window:
        page = window.get(f"households/{SLUG}/ba-huong/")
        (link,) = [one for one in page.links() if "/text/" in one]
        page = window.get(link)
        (area,) = html.fromstring(page.content).xpath("//textarea")
        assert (area.text or "").removeprefix("\n") == broken.decode().replace("\r\n", "\n")
        assert "Line" in page.text
        assert home.read_bytes() == broken
        still = window.send(page, {"text": area.text.replace("head:", "head", 1).removeprefix("\n")})
        assert "still to be corrected" in still.text
        stale = window.send(page, {"text": sound.decode()})
        assert stale.status == 409
        assert "changed meanwhile" in stale.text
        assert "can be read again" in window.send(stale, {}).text
        assert "ba-huong.yaml changed as text" in window.get("more/undo/").text
        for stray in (
            "profiles/codes.csv",
            "profiles/../profiles/site.yaml",
            f"profiles/{SLUG}/photos",
            ".vuonho/x.yaml",
        ):
            assert window.get(f"text/{stray}").status == 404, stray
    assert home.read_bytes() == sound.replace(b"\n", b"\r\n")
    assert list((demo / ".vuonho/backups").glob("*.zip"))


def test_the_team_of_a_village_is_kept_in_its_form(demo: Path) -> None:
    """Members and dates are added, changed and taken away; entries and lines that were not touched keep their bytes."""
    village = demo / f"profiles/{SLUG}/village.yaml"
    before = village.read_text(encoding="utf-8").split("\n")
    with window_of(demo) as window:
        page = window.get(VILLAGE)
        assert "Ask whether name, role and phone may be shown to everybody" in page.text
        said = window.send(page, {"team.members.2.agreed": "", "dates.1.time": "6h15"}, form=FORM).text
        assert "Trần Thị Mẫu has not agreed yet" in said
        assert "Lê Văn Mẫu" not in said.partition("Saved.")[2].partition("Correct it")[0]
        now = village.read_text(encoding="utf-8").split("\n")
        assert len(now) == len(before)
        assert [at for at, line in enumerate(now) if line != before[at]] == [
            at for at, line in enumerate(before) if "Trần Thị Mẫu" in line or "Thu gom rác" in line
        ]
        assert window.send(VILLAGE, {"dates.1.monthly": "3"}, form=FORM).status == 409
        new = {"team.members.9.name": "Phan Thị Mẫu", "team.members.9.agreed": "27/11/2026"}
        assert "Saved." in window.send(VILLAGE, {**new, "team.members.2._gone": "1"}, form=FORM).text
    people = told(village.read_bytes())["team"]["members"]  # type: ignore[call-overload, index]
    assert [one["name"] for one in people] == ["Nguyễn Văn Mẫu", "Lê Văn Mẫu", "Phan Thị Mẫu"]  # type: ignore[call-overload, index, union-attr]
    assert vuonho("-C", demo, "check").code == 0


def test_photos_of_a_place_are_dropped_on_its_form(demo: Path) -> None:
    """They wait in its draft, may be turned, come into the village's folder with what is said of them, and go by undo."""
    page, file = f"{VILLAGE}places/gieng-mau/", demo / f"profiles/{SLUG}/places/gieng-mau.yaml"
    parts = f"households/{SLUG}/~gieng-mau/"
    sound = encoded(picture(640, 480), "JPEG")
    with window_of(demo) as window:
        window.send(VILLAGE, {"name": "Giếng Mẫu", "kind": "well"}, form="//div[@id='places']/form")
        before = files_of(demo)
        heic = b"\0\0\0\x18ftypheic" + bytes(2_000)
        assert window.post(f"{parts}draft/photo", files={"photos": [("IMG.HEIC", heic)]}).status == 409
        window.post(f"{parts}draft/photo", files={"photos": [("a.jpg", sound)]})
        assert window.post(f"{parts}turn", {"turn": "1"}).path.endswith("/places/gieng-mau/#photo-1")
        assert picture_size(window.ask(f"{parts}draft/photo/1").content) == (480, 640)
        assert files_of(demo) == before
        said = window.send(page, {"new.1.people": "false"}, {"photos": [("b.png", sound)]}, form=FORM)
        assert "Saved." in said.text, said.text
        photos = sorted(files_of(demo).keys() - before.keys())
        assert [one[:-12] for one in photos] == [f"profiles/{SLUG}/photos/gieng-mau-"] * 2
        saved = file.read_bytes()
        assert all(Path(one).name.encode() in saved for one in photos)
        assert saved.count(b"people: false") == 1
        assert "not saved yet" not in window.get(page).text
        assert "Nothing was changed." in window.send(page, {}, form=FORM).text
        gone = window.send(page, {"photos.2._gone": "1"}, form=FORM)
        assert "Saved." in gone.text
        assert file.read_bytes().count(b"photos/gieng-mau-") == 1
        window.send("more/undo/")
        assert file.read_bytes() == saved
        for wrong in (f"households/{SLUG}/~gieng-mau/", f"households/{SLUG}/~ba-huong/draft/photo/1"):
            assert window.get(wrong).status == 404, wrong


def test_a_place_is_added_and_filled_in(demo: Path) -> None:
    """It has its code at once; its form says what is wrong, writes what is right, and leaves a file as it is unchanged."""
    lane = f"{VILLAGE}places/ngo-ben-song/"
    before = files_of(demo)
    with window_of(demo) as window:
        assert "Nothing was changed." in window.send(lane, {}, form=FORM).text
        assert files_of(demo) == before
        assert window.send(lane, {"point": "18.125, 105.76"}, form=FORM).status == 409
        reply = window.send(VILLAGE, {"name": "Cầu Rào", "kind": "bridge"}, form="//div[@id='places']/form")
        assert "Added." in reply.text
        page = f"{VILLAGE}places/cau-rao/"
        assert (
            "Saved."
            in window.send(
                page, {"point": "18.1262, 105.7581", "story.vi": "Cầu xây năm 1994."}, form=FORM
            ).text
        )
        assert "Cầu Rào" in window.get(VILLAGE).text
    told_there = (demo / f"profiles/{SLUG}/places/cau-rao.yaml").read_text(encoding="utf-8").splitlines()
    keys = [line.partition(":")[0] for line in told_there]
    assert (set(keys), keys[-1]) == ({"code", "name", "kind", "point", "story", "checked"}, "checked")
    assert vuonho("-C", demo, "check").code == 0
    assert vuonho("-C", demo, "build").code == 0
    assert vuonho("-C", demo, "undo", "--yes").code == 0


@pytest.mark.browser
def test_a_place_is_asked_for_what_it_has(demo: Path, browser: Browser) -> None:
    """A lane for its homes, a well for its point."""
    with window_of(demo) as window, watched(browser) as page:
        page.goto(f"{window.base}{VILLAGE}places/gieng-lang/")
        asked = [page.locator(one) for one in ("#point", "[id='start.vi']", "[data-records=homes]")]
        assert [one.is_visible() for one in asked] == [True, False, False]
        page.select_option("#kind", "lane")
        assert [one.is_visible() for one in asked] == [False, True, True]
