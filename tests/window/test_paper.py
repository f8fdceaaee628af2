"""Papers and plaques by clicks: the bytes of the commands; a print asks, a draft does not; what is shown is what is printed."""

import re
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from PIL import Image
from playwright.sync_api import Browser, Page
from window_kit import TODAY, Reply, Window, files_of, window_of

from browser_kit import TOO_WIDE, until, watched
from command_kit import SLUG, edit, rows, twin, vuonho
from vuonho.project.survey import Survey, survey_whole
from vuonho.qr.read import Pixels, read_everything
from vuonho.window import page as pages
from vuonho.window.paper import SHAPES

HUONG, DUC, MAI = "482135", "926002", "711946"
THREE = (HUONG, DUC, MAI)


@pytest.fixture(autouse=True)
def same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands run on the day of the window."""
    for module in ("paper", "household"):
        monkeypatch.setattr(f"vuonho.cli.{module}.this_day", lambda: TODAY)


def printed(window: Window, **asked: str | tuple[str, ...]) -> Reply:
    """Print for good: the question first, then what comes of the job."""
    question = window.post("paper/print/", asked)
    assert "Print for good?" in question.text, question.text
    return window.wait(window.send(question))


def made(window: Window, path: str, **asked: str | tuple[str, ...]) -> Reply:
    """Return what came of a job that asks nothing."""
    reply = window.wait(window.post(path, asked))
    assert "this was not done" not in reply.text, reply.text
    return reply


def test_a_print_has_the_bytes_of_the_command(demo: Path, tmp_path: Path) -> None:
    """Register, PDF and the way back; then that they hang; then a run taken back."""
    other = twin(demo, tmp_path / "other")
    with window_of(demo) as window:
        page = window.get("paper/choose/?which=new")
        ticked = [
            str(one) for one in html.fromstring(page.content).xpath("//input[@name='code'][@checked]/@value")
        ]
        printed(window, code=tuple(ticked))
        assert vuonho("-C", other, "plaques", "--new", "--yes").code == 0
        assert len(ticked) == 16
        assert files_of(demo) == files_of(other)
        assert kept(demo) == kept(other)
        assert "2 plaques are recorded" in window.post("paper/hung/", {"code": (HUONG, MAI)}).text
        assert vuonho("-C", other, "plaques", "--hung", HUONG, MAI).code == 0
        assert files_of(demo) == files_of(other)
        printed(window, code=(DUC,), size="a6-a4", start="3")
        asked = ("plaques", DUC, "--size", "a6", "--sheet", "a4", "--start", "3", "--yes")
        assert vuonho("-C", other, *asked).code == 0
        assert files_of(demo) == files_of(other)
        assert "destroyed" in window.get("paper/run/2/").text
        assert "Taken back: Print run 2" in window.send("paper/run/2/").text
        assert vuonho("-C", other, "undo", "--print", "2", "--yes").code == 0
        assert files_of(demo) == files_of(other)
        refused = window.get("paper/run/1/")
        assert (refused.status, "is recorded as hanging" in refused.text) == (409, True)


def kept(root: Path) -> dict[str, bytes]:
    """Return how a print can be taken back."""
    return {path.name: path.read_bytes() for path in (root / ".vuonho").glob("undo*.json")}


OTHERS: tuple[tuple[tuple[str, ...], str, dict[str, str | tuple[str, ...]]], ...] = (
    (("consent",), "paper/consent/", {"which": "blank"}),
    (("consent", "--all"), "paper/consent/", {"which": "all"}),
    (("consent", HUONG, MAI), "paper/consent/", {"code": (HUONG, MAI)}),
    (("consent", "--inventory"), "paper/inventory/", {}),
    (("plaques", *THREE, "--draft"), "paper/draft/", {"code": THREE}),
    (("plaques", *THREE, "--size", "63x38", "--start", "5", "--draft"), "paper/draft/",
     {"code": THREE, "size": "63x38", "start": "5"}),
    (("plaques", HUONG, "--proof"), "paper/draft/", {"what": "choices", "code": (HUONG,)}),
    (("plaques", "--village", SLUG, "--size", "a3", "--here", "Cây đa Mẫu", "--draft"), "paper/draft/",
     {"size": "a3", "village": SLUG, "here": "cây đa"}),
    (("keepsake", HUONG), "paper/draft/", {"what": "keepsake", "code": (HUONG,)}),
)  # fmt: skip


def test_papers_have_the_bytes_of_the_commands(demo: Path, tmp_path: Path) -> None:
    """Each kind of paper, none of which asks or is recorded; each is offered at the end and opens."""
    other = twin(demo, tmp_path / "other")
    register = (demo / "profiles/codes.csv").read_bytes()
    with window_of(demo) as window:
        for command, path, asked in OTHERS:
            done = made(window, path, **asked)
            (link,) = [one for one in done.links() if "/jobs/file/" in one]
            assert window.get(link).content.startswith(b"%PDF-"), command
            assert vuonho("-C", other, *command).code == 0
            assert files_of(demo) == files_of(other), command
    assert (demo / "profiles/codes.csv").read_bytes() == register


def test_a_print_asks(demo: Path) -> None:
    """By the words of the command, with each address that is kept for ever; a yes to another question is none."""
    before = files_of(demo)
    with window_of(demo) as window:
        asked = window.post("paper/print/", {"code": (HUONG, MAI)})
        assert "is an example that nobody can open: 2 plaques would have to be thrown away" in asked.text
        for said in (
            f"https://vuonmau.example/{HUONG}/",
            "2 addresses printed for the first time",
            "for ever",
        ):
            assert said in asked.text
        edit(demo / "profiles/site.yaml", "https://vuonmau.example/", "https://thon.org/")
        again = window.send(asked)
        assert "The address https://thon.org/ will be printed on 2 plaques" in again.text
        edit(demo / "profiles/site.yaml", "https://thon.org/", "https://vuonmau.example/")
        assert files_of(demo) == before
        done = window.wait(window.send(window.post("paper/print/", {"code": (HUONG, MAI)})))
        for said in ("Print run 1 is in the register", "print shop by Zalo", "Do not hang these plaques"):
            assert said in done.text
        reprint = window.post("paper/print/", {"code": (HUONG,)})
        assert "Every address on them was printed before" in reprint.text
        both = window.post("paper/print/", {"code": (HUONG, DUC)})
        assert ("1 of the addresses for the first time" in both.text, "1 printed before" in both.text) == (
            True,
            True,
        )


def test_a_household_with_an_error_stops_no_other(demo: Path) -> None:
    """It is named, with where it is corrected; one that has not agreed cannot be ticked either."""
    edit(demo / f"profiles/{SLUG}/ong-duc.yaml", "name: Vườn cam ông Đức", "name:")
    edit(demo / f"profiles/{SLUG}/chi-mai.yaml", "given: 2026-10-28, ", "")
    with window_of(demo) as window:
        page = window.get("paper/choose/?which=all")
        codes = html.fromstring(page.content).xpath("//input[@name='code']/@value")
        assert (DUC in codes, MAI in codes, HUONG in codes) == (False, False, True)
        assert ("with errors" in page.text, "not agreed yet" in page.text) == (True, True)
        look = window.get(f"paper/look/?code={HUONG}&code={DUC}&code={MAI}")
        assert "2 cannot be printed and are left out here" in look.text
        done = printed(window, code=THREE)
        assert ("1 plaque, 1 page" in done.text, "ong-duc" in done.text) == (True, True), done.text
        assert f"/households/{SLUG}/ong-duc/" in " ".join(done.links())
        papers = made(window, "paper/consent/", code=THREE)
        assert ("forms of 2 households" in papers.text, "ong-duc" in papers.text) == (True, True)
    assert [row[0] for row in rows(demo) if row[3]] == [HUONG]


def test_a_name_without_room_is_named_beside_its_plaque(demo: Path) -> None:
    """The others are shown, and stay ticked."""
    edit(demo / f"profiles/{SLUG}/chi-mai.yaml", "name: Nhà chị Mai", f"name: {'W' * 59}")
    with window_of(demo) as window:
        page = window.get(f"paper/look/?size=63x38&code={HUONG}&code={MAI}")
        tree = html.fromstring(page.content)
        assert len(tree.xpath("//*[@class='misfit']")) == 1
        assert tree.xpath("//ul//input[@name='code'][@checked]/@value") == [HUONG]


def test_a_place_that_is_not_on_the_map(demo: Path) -> None:
    """It is said beside the field, with those that are, and the board is shown without a star."""
    with window_of(demo) as window:
        page = window.get(f"paper/look/?size=a3&village={SLUG}&here={quote('ao làng')}")
        assert ("“ao làng” is not one landmark" in page.text, "Cây đa Mẫu" in page.text) == (True, True)
        (address,) = re.findall(r'src="([^"]+/a3/[^"]+)"', page.content.decode())
        assert window.ask(address).status == 200


def test_a_picture_is_the_plaque(demo: Path) -> None:
    """In every shape it can be read by a phone, and leads to the household; nobody else has one."""
    with window_of(demo) as window:
        for shape in (*SHAPES, "choices", "keepsake"):
            found = {
                one.text.lower()
                for one in read_everything(pixels(window.ask(f"paper/picture/{shape}/{DUC}.png")))
            }
            assert found == {f"https://vuonmau.example/{DUC}/"}, shape
        board = window.ask(f"paper/picture/a3/{SLUG}.png?here={quote('cây đa')}")
        assert {one.text.lower() for one in read_everything(pixels(board))} == {
            f"https://vuonmau.example/{SLUG}/"
        }
        for path in (f"a4/{DUC}", "200x150/123456", "200x150/..%2fx", "a3/thon-nao"):
            assert window.ask(f"paper/picture/{path}.png").status in (404, 409), path


def pixels(reply: Reply) -> Pixels:
    assert reply.headers["content-type"] == "image/png"
    picture = Image.open(BytesIO(reply.content)).convert("L")
    return Pixels(*picture.size, picture.tobytes())


def test_a_project_is_read_once(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For all pages and pictures; again after a file has changed, and then the picture is another one."""
    read: list[Path] = []

    def counted(root: Path) -> Survey:
        read.append(root)
        return survey_whole(root)

    monkeypatch.setattr(pages, "survey_whole", counted)
    mai = f"paper/picture/a6/{MAI}.png"
    with window_of(demo) as window:
        page = window.get("paper/look/?code=" + "&code=".join(THREE))
        addresses = re.findall(r'src="([^"]+\.png)"', page.content.decode())
        pictures = {one: window.ask(one).content for one in addresses}
        for other in ("", "households/", "paper/", "problems/"):
            window.get(other)
        assert (len(pictures), len(read)) == (len(SHAPES) + 2, 1)
        before = window.ask(mai).content
        edit(demo / f"profiles/{SLUG}/chi-mai.yaml", "name: Nhà chị Mai", "name: Nhà chị Mai Hồng")
        assert window.ask(mai).content != before
        assert len(read) > 1


def test_today_leads_to_each_step(demo: Path) -> None:
    """The buttons of what is to be done open the page on which it is done."""
    with window_of(demo) as window:
        printed(window, code=THREE)
        links = window.get().links()
        found = [one.partition("/paper/")[2] for one in links if "/paper/" in one]
        assert {"hung/", "choose/?which=new", f"look/?size=a3&village={SLUG}"} <= set(found), found
        for one in found:
            assert window.get(f"paper/{one}").status == 200


def test_ticks_outlast_a_search_without_a_script(demo: Path) -> None:
    """What was ticked and is not in the narrowed list goes on being ticked."""
    with window_of(demo) as window:
        page = window.get(f"paper/choose/?which=all&seen=1&code={HUONG}&q=mai&tick=all")
        tree = html.fromstring(page.content)
        assert tree.xpath("//input[@type='hidden'][@name='code']/@value") == [HUONG]
        assert tree.xpath("//input[@type='checkbox'][@checked]/@value") == [MAI]


def follow(page: Page, button: str) -> None:
    """Click what leads to a page, and wait for that."""
    with page.expect_navigation():
        page.click(button)


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
def test_from_the_choice_to_the_gate(browser: Browser, demo: Path, scheme: str, width: int) -> None:
    """Choose, see, draft, print, hang: by clicks alone, readable for all, at the width of a phone."""

    def look_at(page: Page) -> None:
        assert page.evaluate(TOO_WIDE) <= 0
        assert Axe().run(page).response["violations"] == []

    size = {"width": width, "height": 800}
    with window_of(demo, "vi") as window, watched(browser, color_scheme=scheme, viewport=size) as page:
        page.goto(f"{window.base}households/{SLUG}/ba-huong/")
        page.click("form[action$='consent/'] button")
        page.locator(".said a.strong").wait_for()
        page.goto(f"{window.base}paper/")
        look_at(page)
        follow(page, "a.strong")
        page.click("button[name=tick][value=none]")
        page.wait_for_url("**tick=none**")
        page.fill("#q", "huong")
        until(page, lambda: page.locator(".tickable li:visible").count() == 2)
        look_at(page)
        page.check(f"input[value='{HUONG}']")
        assert page.inner_text("[data-count]") == "1"
        page.click(".save .strong")
        picture = page.locator(".plaques img")
        picture.scroll_into_view_if_needed()
        until(page, lambda: picture.evaluate("one => one.naturalWidth") > 0)
        look_at(page)
        page.click(".shapes summary")
        page.check("[name=size][value='99x38']", force=True)
        page.wait_for_url("**size=99x38**")
        page.check("[name=size][value='200x150']", force=True)
        page.wait_for_url("**size=200x150**")
        page.click("button[formaction$='draft/']")
        page.locator(".said a.strong").wait_for()
        look_at(page)
        assert [row[0] for row in rows(demo) if row[3]] == []
        page.click(".said .button:not(.strong)")
        follow(page, "button[formaction$='print/']")
        look_at(page)
        page.click("button.grave")
        page.locator(".said a.strong").wait_for()
        look_at(page)
        assert [row[0] for row in rows(demo) if row[3]] == [HUONG]
        page.click(".said a[href$='hung/']")
        page.check(f"input[value='{HUONG}']")
        follow(page, ".save .strong")
        look_at(page)
        page.goto(f"{window.base}paper/")
        follow(page, "a.grave")
        look_at(page)
    assert (demo / "bien-200x150-dot-1.pdf").is_file()
    assert rows(demo)[[row[0] for row in rows(demo)].index(HUONG)][-1] == TODAY.isoformat()


def test_a_keepsake_without_its_photo(demo: Path) -> None:
    """What is wrong with the photo stands in the place of its picture."""
    photo = demo / f"profiles/{SLUG}/photos/huong-1.jpg"
    photo.write_bytes(photo.read_bytes()[:3000])
    with window_of(demo) as window:
        page = window.get(f"paper/look/?what=keepsake&code={HUONG}&code={MAI}")
        assert "cut off" in page.text or "cannot be printed" in page.text, page.text
        pictures = html.fromstring(page.content).xpath("//main//img/@src")
        assert pictures
        for one in pictures:
            assert window.ask(one).status == 200
