"""The patrol: a walk past the plaques with a phone, from the film before its camera to the register and to `status`."""

import base64
import io
import json
import random
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, expect

from axe_kit import in_both_lights
from browser_kit import SWITCHES, TOO_WIDE, executable, patient, until, watched
from case_kit import each
from command_kit import note_print, vuonho
from pages_server import served
from vuonho.forms.patrol_file import read_patrol
from vuonho.importing.patrol import plan_walk
from vuonho.model.values import say_day
from vuonho.qr.symbol import payload, png, qr_symbol
from vuonho.register.memory import read_register
from vuonho.register.register import Print, content_of, with_prints
from vuonho.status.status import project_status

BASE = "https://vuonmau.example/"
HUONG, XUAN, DUC, NEVER = "482135", "186958", "926002", "100014"
"""Three homes of the demo, and a code of nobody."""
PAGE = "tuan-tra/"
FOREIGN = "https://vuonmau.example.evil.example/482135/?<b>"
DAY = date(2026, 11, 5)


# --- Films: a plaque of ours in the hand of somebody who stands at the gate ---


def plaque(address: str, *, dirt: int = 0, turned: int = 0) -> Image.Image:
    """Return a picture of the camera that shows a code: dirty, or turned by so many degrees and seen from aside."""
    code = Image.open(io.BytesIO(png(qr_symbol(address)))).convert("RGB").resize((400, 400))
    card = Image.new("RGB", (560, 700), (31, 94, 51))
    card.paste((255, 255, 255), (60, 60, 500, 500))
    card.paste(code, (80, 80))
    chance = random.Random(3)  # noqa: S311 - where dirt falls
    pen = ImageDraw.Draw(card)
    for _ in range(dirt):
        x, y, size = chance.randint(100, 460), chance.randint(100, 460), chance.randint(4, 12)
        pen.ellipse((x - size, y - size, x + size, y + size), fill=(110, 85, 50))
    small = card.resize((256, 320), Image.Resampling.LANCZOS).convert("RGBA")
    if turned:
        aside = (1.0, 0.0, 0.0, 0.12, 1.0, -20.0, 0.0006, 0.0)
        small = small.transform(small.size, Image.Transform.PERSPECTIVE, aside, Image.Resampling.BICUBIC)
        small = small.rotate(turned, expand=True, resample=Image.Resampling.BICUBIC)
    wall = nothing()
    wall.paste(small, ((640 - small.width) // 2, (480 - small.height) // 2), small)
    return wall


def nothing() -> Image.Image:
    """Return a picture without a code."""
    return Image.linear_gradient("L").resize((640, 480)).convert("RGB")


@contextmanager
def camera(usual: Browser, folder: Path, picture: Image.Image) -> Iterator[Any]:
    """Give a browser whose camera shows a picture, as a film; `usual` is any of the same kind."""
    shot = io.BytesIO()
    picture.save(shot, "JPEG", quality=90)
    film = folder / "film.mjpeg"
    film.write_bytes(shot.getvalue() * 20)
    switches = (
        *SWITCHES,
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    )
    with usual.browser_type.launch(executable_path=executable(), args=list(switches)) as filmed:
        yield patient(filmed)


def scanned(page: Page) -> str:
    """Return what the page says after a scan; a code that cannot be read is waited for by the page's own patience."""
    page.click("#scan")
    answer = page.locator(".verdict.yes, .verdict.no")
    expect(answer).to_be_visible()
    return " ".join(answer.inner_text().split())


FILMS: dict[str, tuple[Callable[[], Image.Image], str, str]] = {
    "clean": (lambda: plaque(payload(BASE, HUONG)), "yes", "Đúng biển của Vườn bà Hường."),
    "tilted": (lambda: plaque(payload(BASE, HUONG), turned=17), "yes", "Đúng biển của Vườn bà Hường."),
    "dirty": (lambda: plaque(payload(BASE, HUONG), dirt=8), "yes", "Đúng biển của Vườn bà Hường."),
    "neighbour": (lambda: plaque(payload(BASE, XUAN)), "yes", "không phải Vườn bà Hường"),
    "pasted over": (lambda: plaque(FOREIGN), "no", f"Không phải mã của mình. Mã này ghi: {FOREIGN}"),
    "digits alone": (lambda: plaque(HUONG), "no", "Không phải mã của mình."),
    "of nobody": (lambda: plaque(payload(BASE, NEVER)), "no", "sổ không có mã này"),
    "the village": (lambda: plaque(f"{BASE}thon-vuon-mau/"), "no", "trang chung của thôn"),
    "none": (nothing, "no", "Không đọc được."),
}


@pytest.mark.browser
@each("name", FILMS)
def test_each_plaque_before_the_camera_is_answered(
    browser: Browser, built_demo: Path, tmp_path: Path, name: str
) -> None:
    """Ours is named, whose it is; a stranger's is shown as text and never as a link; silence is said."""
    picture, kind, said = FILMS[name]
    with (
        camera(browser, tmp_path, picture()) as filmed,
        served(built_demo / "site") as site,
        watched(filmed) as page,
    ):
        page.context.grant_permissions(["camera"])
        page.goto(site.base + PAGE)
        told = scanned(page)
        assert said in told
        assert page.locator(f".verdict.{kind}").count() == 1
        assert page.locator(".verdict a, .verdict b").count() == 0


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory, built_demo: Path) -> Path:
    """Return the page as it stands where there are two villages, one home withdrew and one moved."""
    site = tmp_path_factory.mktemp("two") / "site"
    page = site / PAGE / "index.html"
    page.parent.mkdir(parents=True)
    (site / "doc-ma.js").write_bytes((built_demo / "site/doc-ma.js").read_bytes())
    html = (built_demo / "site" / PAGE / "index.html").read_text(encoding="utf-8")

    def given(name: str, change: Callable[[Any], object]) -> str:
        found = re.search(rf'data-{name}="([^"]*)"', html)
        assert found is not None
        values = json.loads(unescape(found[1]))
        change(values)
        return html.replace(found[1], json.dumps(values).replace("&", "&amp;").replace('"', "&#34;"))

    html = given("known", lambda one: one["villages"].update({"thon-bac": "Thôn Bắc"}))
    html = given(
        "codes", lambda one: one.update(closed=["643479"], moved={"158589": HUONG})
        or one["open"].update({"thon-bac": ["12340"]})
    )  # fmt: skip
    html = given("walk", lambda one: one.append(["thon-bac", "Thôn Bắc", [["12340", "Nhà Thử"]]]))
    page.write_text(html, encoding="utf-8")
    return site


@pytest.mark.browser
@each(
    ("code", "said"),
    [
        ("12340", "Đây là biển của Thôn Bắc, mã 12 340."),
        ("643479", "Nhà này đã rút, mã 643 479."),
        ("158589", "Mã 158 589 đã chuyển sang mã 482 135."),
    ],
)
def test_a_plaque_that_must_not_hang_there_is_named(
    browser: Browser, two: Path, tmp_path: Path, code: str, said: str
) -> None:
    """Of another village, withdrawn, moved: each is red and says why."""
    picture = plaque(payload(BASE, code))
    with camera(browser, tmp_path, picture) as filmed, served(two) as site, watched(filmed) as page:
        page.context.grant_permissions(["camera"])
        page.goto(site.base + PAGE)
        assert said in scanned(page)
        assert page.locator(".verdict.no").count() == 1


@pytest.fixture
def printed(demo: Path) -> Path:
    """Return the demo with three plaques printed."""
    for code in (HUONG, XUAN, DUC):
        note_print(demo, code)
    return demo


# --- What is ticked stays on the phone, and comes into the register ---


@pytest.mark.browser
def test_a_walk_goes_from_the_phone_into_the_register(
    browser: Browser, printed: Path, tmp_path: Path
) -> None:
    """Ticks and a photo outlast a reload without a signal, and the file that is saved is one that `import` takes."""
    photo = io.BytesIO()
    Image.new("RGB", (1600, 1200), (90, 120, 60)).save(photo, "JPEG")
    usual = {"service_workers": "allow", "timezone_id": "Asia/Ho_Chi_Minh"}
    with (
        camera(browser, tmp_path, nothing()) as filmed,
        served(printed / "site") as site,
        watched(filmed, **usual) as page,
    ):
        page.goto(site.base + PAGE)
        page.click(".marks .clean")
        expect(page.locator(".at span")).to_have_text("Vườn hoa nhà Xuân")
        page.click(".marks .faded")
        page.set_input_files(
            "#photo", {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()}
        )
        expect(page.locator("#seen")).to_have_text("Đã có ảnh của Vườn hoa nhà Xuân.")
        until(page, lambda: "doc-ma.js" in str(page.evaluate(KEPT)), lambda: page.evaluate(KEPT))
        site.down = True
        page.reload()
        expect(page.locator("#count")).to_contain_text("Đã xem 2")
        with page.expect_download() as download:
            page.click("#save")
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
        told = page.evaluate("new Date(Date.now() + 7 * 3600000).toISOString().slice(0, 10)")
    assert re.fullmatch(rf"vuonho-tuan-tra-thon-vuon-mau-{told}\.txt", file.name)
    today = date.fromisoformat(told)
    walk = plan_walk(printed, [file.name], tmp_path, today)
    assert {one.row.code: one.seen.condition for one in walk.found} == {HUONG: "clean", XUAN: "faded"}
    (taken,) = walk.photos.values()
    assert max(Image.open(io.BytesIO(taken)).size) == 1280


KEPT = """caches.keys().then(all => Promise.all(all.map(one => caches.open(one).then(cache => cache.keys()))))
.then(found => found.flat().map(one => one.url).join(" "))"""


def patrol_file(plaques: object, pictures: str = "{}", version: str = "1", end: str = "end: vuonho\n") -> str:
    return (
        f"vuonho_patrol: {version}\nmade: {DAY}\nplaques: {json.dumps(plaques)}\npictures: {pictures}\n{end}"
    )


def entry(code: str, condition: str = "clean", day: str = str(DAY), **more: str) -> dict[str, str]:
    return {"code": code, "day": day, "condition": condition, **more}


def picture(name: str, content: bytes) -> str:
    text = base64.b64encode(content).decode("ascii")
    lines = "".join(f"      {text[at : at + 76]}\n" for at in range(0, len(text), 76))
    return f"\n  {name}:\n    bytes: {len(content)}\n    base64: |\n{lines.rstrip()}"


def rows(root: Path) -> dict[str, tuple[str, str]]:
    register = read_register(root)[0]
    return {
        row.code: (row.cell("inspected"), row.cell("condition")) for row in register.rows if row.inspected
    }


def test_import_records_a_walk_once_and_undo_takes_it_back(printed: Path, tmp_path: Path) -> None:
    """A look writes nothing, the same file twice changes nothing, one step back is as before."""
    demo = printed
    shot = io.BytesIO()
    Image.new("RGB", (300, 200), (90, 120, 60)).save(shot, "JPEG")
    file = tmp_path / "vuonho-tuan-tra.txt"
    plaques = [entry(HUONG), entry(XUAN, "faded", photo=f"{XUAN}.jpg"), entry(DUC, "gone")]
    file.write_text(patrol_file(plaques, picture(f"{XUAN}.jpg", shot.getvalue())), encoding="utf-8")
    before = (demo / "profiles/codes.csv").read_bytes()
    looked = vuonho("-C", demo, "import", file, "--dry-run")
    assert looked.code == 0
    assert (demo / "profiles/codes.csv").read_bytes() == before
    done = vuonho("-C", demo, "import", file, "--yes")
    assert done.code == 0, done.err
    assert rows(demo) == {HUONG: (str(DAY), "clean"), XUAN: (str(DAY), "faded"), DUC: (str(DAY), "gone")}
    assert (demo / f"profiles/thon-vuon-mau/patrol/{DAY}-{XUAN}.jpg").exists()
    after = (demo / "profiles/codes.csv").read_bytes()
    again = vuonho("-C", demo, "import", file, "--yes")
    assert again.code == 0
    assert (demo / "profiles/codes.csv").read_bytes() == after
    assert vuonho("-C", demo, "undo", "--yes").code == 0
    assert rows(demo) == {}
    assert not (demo / f"profiles/thon-vuon-mau/patrol/{DAY}-{XUAN}.jpg").exists()


def test_the_photo_of_a_plaque_goes_with_the_family(printed: Path, tmp_path: Path) -> None:
    """Who leaves is told of it as of its other photos; erased, no copy is kept, not even to take the walk back."""
    file = tmp_path / "walk.txt"
    for condition, wide in (
        ("faded", 300),
        ("gone", 320),
    ):  # the second keeps the first's photo, to be taken back
        shot = io.BytesIO()
        Image.new("RGB", (wide, 200), (90, 120, 60)).save(shot, "JPEG")
        seen = [entry(XUAN, condition, photo="x.jpg"), entry(HUONG)]
        file.write_text(patrol_file(seen, picture("x.jpg", shot.getvalue())), encoding="utf-8")
        assert vuonho("-C", printed, "import", file, "--yes").code == 0
    photo = printed / f"profiles/thon-vuon-mau/patrol/{DAY}-{XUAN}.jpg"
    assert photo.name in vuonho("-C", printed, "withdraw", XUAN, "--dry-run").said
    assert photo.exists()
    done = vuonho("-C", printed, "withdraw", XUAN, "--erase", "--yes")
    assert (done.code, photo.name in done.said, photo.exists()) == (0, True, False)
    assert b".jpg" not in (printed / ".vuonho/undo.json").read_bytes()


BOMB = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAw1AAAMNQCAYAAABYQ2v5AAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A PNG that says it is 50,000 pixels wide and high."""


HOSTILE = {
    "an unknown code": (patrol_file([entry(NEVER)]), "No household has the code 100014."),
    "no code": (patrol_file([entry("../../etc")]), "import"),
    "a day to come": (patrol_file([entry(HUONG, day="2099-11-28")]), "has not come yet"),
    "no day": (patrol_file([entry(HUONG, day="")]), "Nothing is written here"),
    "another condition": (patrol_file([entry(HUONG, "stolen")]), "there is no condition “stolen”"),
    "twice": (patrol_file([entry(HUONG), entry(HUONG, "gone")]), "in the file twice"),
    "a text for a plaque": (patrol_file([HUONG]), "A plaque is wanted here"),
    "no plaque": (patrol_file([]), "0 plaques"),
    "too many": (patrol_file([entry(HUONG)] * 2_001), "2001 plaques"),
    "another version": (patrol_file([entry(HUONG)], version="2"), "of another version"),
    "cut off": (patrol_file([entry(HUONG)], end=""), "its end is missing"),
    "a photo that is not there": (patrol_file([entry(HUONG, photo="x.jpg")]), "is not in the file"),
    "a path in a name": (
        patrol_file([entry(HUONG, photo="../x.jpg")], picture("../x.jpg", b"x" * 9)),
        "was damaged on its way",
    ),
    "a bomb": (
        patrol_file([entry(HUONG, photo="x.jpg")], picture("x.jpg", BOMB)),
        "Photo “x.jpg”",
    ),
    "no photo at all": (
        patrol_file([entry(HUONG, photo="x.jpg")], picture("x.jpg", b"<script>")),
        "Photo “x.jpg”",
    ),
}


@pytest.fixture(scope="module")
def kept(built_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a demo with a printed plaque, that nothing may change."""
    root = tmp_path_factory.mktemp("kept") / "demo"
    shutil.copytree(built_demo, root)
    note_print(root, HUONG)
    return root


@each("name", HOSTILE)
def test_a_hostile_file_is_refused_whole_in_both_languages(kept: Path, tmp_path: Path, name: str) -> None:
    """One clear error, and not a byte is written."""
    printed, (text, said) = kept, HOSTILE[name]
    file = tmp_path / "walk.txt"
    file.write_text(text, encoding="utf-8")
    before = (printed / "profiles/codes.csv").read_bytes()
    english = vuonho("-C", printed, "--lang", "en", "import", file, "--yes")
    vietnamese = vuonho("-C", printed, "import", file, "--yes")
    assert (english.code, vietnamese.code) == (1, 1)
    if said != "import":
        assert said in " ".join(english.err.split())
        assert said not in vietnamese.err
    assert "Traceback" not in english.err + vietnamese.err
    assert (printed / "profiles/codes.csv").read_bytes() == before
    assert not (printed / "profiles/thon-vuon-mau/patrol").exists()


@pytest.mark.parametrize("cut", range(0, 300, 7))
def test_no_content_is_a_traceback(cut: int) -> None:
    """Whatever is cut or bent on the way ends in problems, not in an error of the program."""
    whole = patrol_file([entry(HUONG, photo="x.jpg")], picture("x.jpg", b"\xff\xd8")).encode()
    for content in (whole[:cut], whole[:cut] + b"\x00\xff{[" + whole[cut:], whole[cut:]):
        seen, problems = read_patrol(content, "walk.txt", DAY)
        assert problems or seen


def test_what_was_found_is_passed_over_where_no_plaque_was_printed(printed: Path, tmp_path: Path) -> None:
    """A tick too much stops nobody; it is named."""
    file = tmp_path / "walk.txt"
    file.write_text(patrol_file([entry("908594"), entry(HUONG, "gone")]), encoding="utf-8")
    done = vuonho("-C", printed, "--lang", "en", "import", file, "--yes")
    assert done.code == 0
    assert "Household 908594 has no printed plaque" in " ".join(done.err.split())
    assert rows(printed) == {HUONG: (str(DAY), "gone")}


def test_an_older_walk_changes_nothing(printed: Path, tmp_path: Path) -> None:
    """What was seen later stays."""
    for day, condition in ((DAY, "faded"), (date(2026, 11, 3), "clean")):
        file = tmp_path / f"{day}.txt"
        file.write_text(patrol_file([entry(HUONG, condition, str(day))]), encoding="utf-8")
        assert vuonho("-C", printed, "import", file, "--yes").code == 0
    assert rows(printed) == {HUONG: (str(DAY), "faded")}


# --- What comes of it ---


def test_status_plans_reprints_and_a_year_later_the_next_walk(printed: Path, tmp_path: Path) -> None:
    """Faded and gone are printed again, until they are; a year on the village is named."""
    file = tmp_path / "walk.txt"
    file.write_text(patrol_file([entry(HUONG), entry(XUAN, "faded"), entry(DUC, "gone")]), encoding="utf-8")
    assert vuonho("-C", printed, "import", file, "--yes").code == 0

    def reprints(day: date) -> dict[str, str]:
        homes = project_status(printed, day).homes
        return {one.code: one.reprint.en for one in homes if one.reprint}

    assert reprints(DAY) == {
        XUAN: f"found faded on {say_day(DAY).en}",
        DUC: f"found gone on {say_day(DAY).en}",
    }
    assert [village.walk.en for village in project_status(printed, DAY + timedelta(365)).villages] == [""]
    (village,) = project_status(printed, DAY + timedelta(366)).villages
    assert village.walk.en == f"last on {say_day(DAY).en}; on the phone open {BASE}{PAGE}"
    register, _ = read_register(printed)
    new = Print(
        DAY, f"{BASE}{XUAN}/", "a6", 9, content_of("Vườn hoa nhà Xuân", "Thôn Vườn Mẫu", f"{BASE}{XUAN}/")
    )
    again = with_prints(register, [(XUAN, new)]).by_code[XUAN]
    assert (again.is_worn, again.cell("inspected")) == (False, str(DAY))


# --- The page ---


def test_no_page_leads_to_it_and_it_knows_nothing_that_is_not_shown(built_demo: Path) -> None:
    """Neither page nor sitemap names it, and search engines are told to leave it out."""
    site = built_demo / "site"
    for file in (*site.rglob("*.html"), site / "sitemap.xml", site / "robots.txt"):
        if file.parent != site / PAGE:
            assert PAGE not in file.read_text(encoding="utf-8"), file
    html = (site / PAGE / "index.html").read_text(encoding="utf-8")
    assert '<meta name="robots" content="noindex">' in html
    assert 'hreflang="' not in html
    assert not (site / "en" / PAGE).exists()


LONG_NAME = """() => {
  const pick = document.querySelector(".pick");
  pick.hidden = false;
  pick.querySelector("option").textContent = "thôn Thượng Nguyên Đại Phúc Trường Xuân";
}"""
"""The choice of a village, as a commune of many has it."""


@pytest.mark.browser
def test_the_page_fits_a_small_phone_in_both_lights(
    browser: Browser, built_demo: Path, tmp_path: Path
) -> None:
    """Nothing is wider than 360 pixels, all can be tapped, axe objects to nothing."""
    with (
        camera(browser, tmp_path, plaque(FOREIGN)) as filmed,
        served(built_demo / "site") as site,
        watched(filmed) as page,
    ):
        page.context.grant_permissions(["camera"])
        page.goto(site.base + PAGE)
        scanned(page)
        page.click(".marks .gone")
        page.evaluate(LONG_NAME)
        assert page.evaluate(TOO_WIDE) <= 0
        assert in_both_lights(page) == {"light": [], "dark": []}
        low = (
            "[...document.querySelectorAll('.patrol button, .patrol .button')]"
            ".filter(one => one.offsetHeight && one.offsetHeight < 44).length"
        )
        assert page.evaluate(low) == 0
