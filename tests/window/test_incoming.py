"""From the field: what is ticked is written as `vuonho import` writes it, and a phone can do nothing but send."""

import http.client
import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree, html
from openpyxl import Workbook
from playwright.sync_api import Browser
from window_kit import NOON, TODAY, Reply, Window, encoded, files_of, through_the_door, window_of

import photo_kit
from browser_kit import TOO_WIDE, until, watched
from command_kit import SLUG, twin, vuonho
from form_kit import HEAD, form_file, picture
from phone_kit import answer, go
from vuonho.importing.apply import LARGEST
from vuonho.model.codes import new_code
from vuonho.serve.server import LOOPBACK
from vuonho.window.phones import Phones
from vuonho.window.team import Team
from workbook_kit import opened, saved

LOOK = "//form[@class='looked']"
PHOTO = photo_kit.encoded(photo_kit.picture(), "JPEG", exif=photo_kit.exif())
NEW = HEAD.partition('- name: "Vườn ông Đức"')[0].replace("Bưởi \\u2028 #1", "Bưởi").replace("Vườn bà Hường", "Vườn chị Thắm").replace("Nguyễn Thị Hường", "Phan Thị Thắm")  # fmt: skip
FORM = form_file(NEW, picture("ho-1-anh-1.jpg", PHOTO))
SENT = "vuonho-thon-vuon-mau.txt"
Edit = Callable[[Workbook], None]


def cell(sheet: str, row: str, head: str, value: str | int, named: str = "Tên vườn") -> Edit:
    """Return what types a value into a row of a sheet."""

    def typed(book: Workbook) -> None:
        page = book[sheet]
        heads = {str(one.value).removesuffix(" *"): one.column or 0 for one in page[1]}
        at = next(n for n in range(2, 99) if page.cell(n, heads[named]).value == row)
        page.cell(at, heads[head]).value = value

    return typed


def goose(book: Workbook) -> None:
    """Add an animal to a household."""
    page = book["Vật nuôi"]
    heads = {str(one.value).removesuffix(" *"): one.column or 0 for one in page[1]}
    at = next(n for n in range(2, 99) if page.cell(n, 2).value is None)
    page.cell(at, heads["Mã"]).value = "482135"
    page.cell(at, heads["Vật nuôi"]).value = "Ngỗng"


HUONG = "Vườn bà Hường"
AREA = cell("Hộ", HUONG, "Diện tích vườn", "4 sào")
PHONE = cell("Hộ", HUONG, "Số điện thoại", "0570 012 999")
TREES = cell("Cây trồng", HUONG, "Số cây", 77)
NO_STORY = cell("Hộ", HUONG, "Cho hiện: Câu chuyện gia đình kể", "Không")
AGREED = cell("Hộ", HUONG, "Ngày đồng ý", "01/11/2026")
ALL = (AREA, PHONE, TREES, NO_STORY, AGREED, goose)


def workbook(root: Path, *edits: Edit) -> bytes:
    """Return the village as a workbook in which these cells were typed anew."""
    assert vuonho("-C", root, "export", "-o", "x.xlsx").code == 0
    book = opened((root / "x.xlsx").read_bytes())
    (root / "x.xlsx").unlink()
    for edit in edits:
        edit(book)
    return saved(book)


@pytest.fixture(autouse=True)
def _same_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a new household the same code in both copies of a project."""
    monkeypatch.setattr("vuonho.importing.plan.new_code", lambda taken: new_code(taken, lambda _: 12345))


@pytest.fixture(autouse=True)
def same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command have the day of the window."""
    monkeypatch.setattr("vuonho.cli.data.this_moment", lambda: NOON)


def imported(root: Path, *more: str, **files: bytes) -> dict[str, bytes]:
    """Return the files of a project after the command has taken these in."""
    there = root.parent / "sent"
    there.mkdir(exist_ok=True)
    for name, content in files.items():
        (there / name.replace("_", ".")).write_bytes(content)
    paths = [str(there / name.replace("_", ".")) for name in files]
    done = vuonho("-C", root, "import", *paths, "--yes", *more)
    assert done.code == 0, done.said
    return files_of(root)


def put(window: Window, *files: tuple[str, bytes]) -> Reply:
    """Put files into the tray, and return the look at them."""
    return window.post("incoming/add/", {}, {"files": files})


def tick(page: Reply, label: str) -> str:
    """Return the value of the tick of a row."""
    (found,) = html.fromstring(page.content).xpath(f"//tr[th[contains(., '{label}')]]//input/@value")
    return str(found)


def ticked(page: Reply) -> list[str]:
    """Return all ticks that are set."""
    return [str(one) for one in html.fromstring(page.content).xpath("//input[@name='take'][@checked]/@value")]


def tray(root: Path) -> list[str]:
    """Return the names of the files that wait."""
    return sorted(path.name for path in (root / ".vuonho/tray").glob("*"))


# --- The same bytes ---


def test_what_is_taken_has_the_bytes_of_an_import(demo: Path, tmp_path: Path) -> None:
    """A workbook with changes in every sheet, and a phone's new household with a photo; nothing before the last click."""
    other, before = twin(demo, tmp_path / "other"), files_of(demo)
    book = workbook(demo, *ALL)
    with window_of(demo, "vi") as window:
        look = put(window, ("thon.xlsx", book), (SENT, FORM))
        assert "1 hộ mới, 1 hộ có sửa" in look.text
        source = html.fromstring(look.content).xpath("//img/@src")[0]
        assert b"Exif" not in window.get(source).content
        assert (files_of(demo), tray(demo)) == (before, ["thon.xlsx", SENT])
        done = window.send(look, form=LOOK)
        assert "Đã ghi 2 hộ vào sổ" in done.text
    expected = imported(other, thon_xlsx=book, phieu_txt=FORM)
    assert files_of(demo) == expected
    assert tray(demo) == []
    assert vuonho("-C", demo, "undo", "--yes").code == 0
    assert {**files_of(demo), "profiles/codes.csv": b""} == {**before, "profiles/codes.csv": b""}


@pytest.mark.parametrize(
    ("label", "edits"),
    [
        ("Diện tích vườn", (PHONE, TREES, NO_STORY, AGREED, goose)),
        ("số cây", (AREA, PHONE, NO_STORY, AGREED, goose)),
        ("Vật nuôi", (AREA, PHONE, TREES, NO_STORY, AGREED)),
        ("Ngày đồng ý", (AREA, PHONE, TREES, goose)),
    ],
)
def test_what_is_not_ticked_was_never_typed(
    label: str, edits: tuple[Edit, ...], demo: Path, tmp_path: Path
) -> None:
    """The result is that of a workbook without that change; of a consent all of it goes or stays."""
    other, book, less = (
        twin(demo, tmp_path / "other"),
        workbook(demo, *ALL),
        workbook(demo, *edits),
    )
    with window_of(demo, "vi") as window:
        look = put(window, ("thon.xlsx", book))
        left = tick(look, label)
        window.send(look, {"take": [one for one in ticked(look) if one != left]}, form=LOOK)
    assert files_of(demo) == imported(other, thon_xlsx=less)


def test_a_value_that_is_newer_here_stays_until_it_is_ticked(demo: Path, tmp_path: Path) -> None:
    """Then it is what `--overwrite` does."""
    book = workbook(demo, AREA, PHONE)
    path = demo / f"profiles/{SLUG}/ba-huong.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("area: 1.800 m2", "area: 1900", 1), encoding="utf-8"
    )
    copies = [twin(demo, tmp_path / name) for name in ("kept", "taken")]
    with window_of(copies[0], "vi") as window:
        window.send(put(window, ("thon.xlsx", book)), form=LOOK)
    with window_of(copies[1], "vi") as window:
        look = put(window, ("thon.xlsx", book))
        wanted = tick(look, "Diện tích vườn")
        assert wanted not in ticked(look)
        window.send(look, {"take": [*ticked(look), wanted]}, form=LOOK)
    others = [twin(demo, tmp_path / f"{name}-told") for name in ("kept", "taken")]
    assert files_of(copies[0]) == imported(others[0], thon_xlsx=book)
    assert files_of(copies[1]) == imported(others[1], "--overwrite", thon_xlsx=book)


def test_what_was_changed_after_the_look_is_looked_at_again(demo: Path) -> None:
    """Nothing is written that nobody has seen."""
    path = demo / f"profiles/{SLUG}/ba-huong.yaml"
    with window_of(demo, "vi") as window:
        look = put(window, ("thon.xlsx", workbook(demo, AREA)))
        path.write_text(
            path.read_text(encoding="utf-8").replace("area: 1.800 m2", "area: 1900", 1), encoding="utf-8"
        )
        before = files_of(demo)
        again = window.send(look, form=LOOK)
        assert "Xin xem lại một lượt" in again.text
        assert files_of(demo) == before


def test_a_question_is_answered_by_a_button(demo: Path, tmp_path: Path) -> None:
    """Is it that household? Until somebody says, there is nothing to click; No makes another one of it."""
    other = twin(demo, tmp_path / "other")
    form = form_file(
        NEW.replace("Vườn chị Thắm", HUONG).partition("  photos:")[0] + '  checked: "2026-11-25"\n', ""
    )
    with window_of(demo, "vi") as window:
        look = put(window, (SENT, form))
        assert "Xin trả lời câu hỏi ở trên trước." in look.text
        yes, no = (one for one in look.links() if "/look/?" in one)
        assert "1 hộ mới, 0 hộ có sửa" in window.get(no).text
        window.send(window.get(yes), form=LOOK)
    assert files_of(demo) == imported(other, phieu_txt=form)


def test_sound_households_go_in_and_others_wait(demo: Path, tmp_path: Path) -> None:
    """With what is wrong, where, and its cure; what is not ticked as a whole waits too."""
    other = twin(demo, tmp_path / "other")
    wrong = form_file(NEW.replace("Vườn chị Thắm", "Vườn anh Sai").replace("1800 m2", "mênh mông"), picture("ho-1-anh-1.jpg", PHOTO))  # fmt: skip
    book = workbook(demo, AREA)
    with window_of(demo, "vi") as window:
        look = put(window, ("thon.xlsx", book), ("sai.txt", wrong), (SENT, FORM))
        for part in ("sai.txt", "mênh mông", "dòng 15", "Viết như", "1 hộ mới, 1 hộ có sửa"):
            assert part in look.text
        done = window.send(look, {"home": ()}, form=LOOK)
        assert "Còn 2 tệp nằm lại trong khay" in done.text
    assert files_of(demo) == imported(other, thon_xlsx=book)
    assert tray(demo) == ["sai.txt", SENT]


def test_an_untouched_row_of_a_workbook_does_not_stand_against_a_phone(demo: Path) -> None:
    """The village's workbook and the form of one of its households, on one evening."""
    form = form_file(NEW.replace("Vườn chị Thắm", HUONG).replace("garden:", 'garden:\n    irrigation: "drip"').replace('- name: "Vườn', '- code: "482135"\n  name: "Vườn'), picture("ho-1-anh-1.jpg", PHOTO))  # fmt: skip
    other = cell("Hộ", "Vườn bà Hương", "Diện tích vườn", "6 sào")
    with window_of(demo, "vi") as window:
        look = put(window, ("thon.xlsx", workbook(demo, other)), (SENT, form))
        assert "0 hộ mới, 2 hộ có sửa" in look.text


# --- What goes out ---


def test_what_goes_out_is_what_the_commands_write(demo: Path, tmp_path: Path) -> None:
    """The phone form, an empty workbook and the village as one, each a button that offers its file."""
    other = twin(demo, tmp_path / "other")
    with window_of(demo, "vi") as window:
        for way, name in (("form", "phieu.html"), ("blank", "phieu-trong.xlsx"), ("village", f"{SLUG}.xlsx")):
            page = window.post(f"incoming/out/{way}/", {"village": SLUG})
            (link,) = (one for one in page.links() if one.endswith(name))
            reply = window.get(link)
            assert reply.content == (demo / name).read_bytes()
            assert "attachment" in reply.headers["content-disposition"]
    assert vuonho("-C", other, "form", "-o", "phieu.html").code == 0
    assert (demo / "phieu.html").read_bytes() == (other / "phieu.html").read_bytes()
    assert b"data-direct" not in (demo / "phieu.html").read_bytes()
    assert vuonho("-C", other, "export").code == 0
    cells = [[[one.value for one in row] for sheet in opened((root / f"{SLUG}.xlsx").read_bytes()) for row in sheet]
             for root in (demo, other)]  # fmt: skip
    assert cells[0] == cells[1]


# --- The tray ---


def test_the_tray_takes_what_comes_and_nothing_else(demo: Path, tmp_path: Path) -> None:
    """Names are only names; the same file twice is one; two of one name are two; what is no file from the field is refused."""
    other_form = FORM.replace("Phan Thị Thắm".encode(), "Phan Thị Thơm".encode())
    with window_of(demo, "vi") as window:
        put(window, ("../../../evil.txt", FORM), ("C:\\\\x\\\\CON.txt", other_form))
        put(window, ("again.txt", FORM))
        assert tray(demo) == ["evil.txt", "vuonho.txt"]
        assert "ảnh thì mở trang của hộ ấy" in put(window, ("a.jpg", PHOTO)).text
        put(window, ("evil.txt", form_file()))
        assert tray(demo) == ["evil (2).txt", "evil.txt", "vuonho.txt"]
        assert "Đã bỏ evil.txt" in window.post("incoming/drop/", {"name": "evil.txt"}).text
        window.post("incoming/drop/", {"name": "../../profiles/codes.csv"})
    assert tray(demo) == ["evil (2).txt", "vuonho.txt"]
    assert (demo / "profiles/codes.csv").exists()


def test_a_bomb_in_a_workbook_is_refused(demo: Path) -> None:
    """Before it is unpacked, in words, and nothing else suffers; what is large is looked at as a job."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", b"<a/>" * 100)
        book.writestr("xl/worksheets/sheet1.xml", b" " * 600_000_000)
    with window_of(demo, "vi") as window:
        look = window.wait(put(window, ("bom.xlsx", out.getvalue()), (SENT, FORM)))
        assert ("bom.xlsx" in look.text, "1 hộ mới" in look.text) == (True, True)


def test_words_of_families_are_only_words(demo: Path) -> None:
    """A name that looks like HTML stands on the page as it was typed."""
    evil = "<img src=x onerror=alert(1)>"
    with window_of(demo, "vi") as window:
        look = put(window, (SENT, FORM.replace("Vườn chị Thắm".encode(), evil.encode())))
    assert evil in look.text
    assert evil.encode() not in look.content


# --- Phones on the Wi-Fi ---


class Clock:
    """Seconds that pass when they are told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@contextmanager
def door(root: Path, clock: Clock | None = None) -> Iterator[tuple[Phones, Callable[..., Reply]]]:
    """Open the door for phones; give it, and a phone that asks."""
    phones = Phones(Team(root, "vi", lambda: NOON, lambda: TODAY), clock or Clock())
    phones.begin(0)
    port = urlsplit(phones.addresses[0]).port or 0

    def ask(path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Reply:
        connection = http.client.HTTPConnection(LOOPBACK, port, timeout=120)
        connection.request(method, path, body, {key.replace("_", "-"): one for key, one in headers.items()})
        reply = connection.getresponse()
        return Reply(reply.status, {key.lower(): one for key, one in reply.getheaders()}, reply.read(), path)

    try:
        yield phones, ask
    finally:
        phones.close()


def tried(ask: Callable[..., Reply], word: str) -> Reply:
    """Return what a phone gets for a word."""
    body, kind = encoded({"word": word}, {})
    return ask("/", "POST", body, Content_Type=kind)


def let_in(phones: Phones, ask: Callable[..., Reply]) -> str:
    """Give the right word, and return the way in."""
    return tried(ask, phones.word.upper()).headers["location"]


def test_without_the_word_nothing_is_sent(demo: Path) -> None:
    """A wrong one waits, twice as long each time, and a right one with it; after many none is right any more."""
    clock = Clock()
    with door(demo, clock) as (phones, ask):
        assert [tried(ask, "sai").status, tried(ask, phones.word).status] == [403, 429]
        waits = []
        for _ in range(9):
            clock.now += 1_000
            waits.append(tried(ask, "sai").text.partition("chờ ")[2].split()[0])
        assert waits == ["2", "4", "8", "16", "32", "64", "128", "256", "300"]
        assert tried(ask, phones.word).status == 429
        clock.now += 1_000
        inside = let_in(phones, ask)
        assert ask(inside).status == 200
        for _ in range(40):
            clock.now += 1_000
            tried(ask, "sai")
        clock.now += 1_000
        assert (tried(ask, phones.word).status, phones.is_worn_out) == (429, True)
        assert ask(f"{inside}send", "POST", FORM).status == 200  # who is in stays in
        for path in ("/send", "/x/send", "//send"):
            assert ask(path, "POST", FORM).status == 404
        other = phones.word
        phones.close()
        phones.begin(0)
        assert phones.word
        assert not phones.is_worn_out
        assert other
    assert tray(demo) == ["27-11 12-00.txt"]


def test_a_phone_can_only_send_and_only_the_form_s_file(demo: Path) -> None:
    """No other page, name of a host, method, size or kind of file; what it calls its file is a name and no way."""
    other_form = FORM.replace("Phan Thị Thắm".encode(), "Phan Thị Thơm".encode())
    with door(demo) as (phones, ask):
        inside = let_in(phones, ask)
        for path in (
            "/households/",
            "/incoming/",
            f"{inside}incoming/",
            f"{inside}../",
            "/window.js",
            f"{inside}send",
        ):
            assert ask(path).status in (404, 405), path
        assert ask(inside, Host="evil.example").status == 421
        assert ask(f"{inside}send", "POST", workbook(demo, AREA)).status == 409
        assert ask(f"{inside}send", "POST", None, Content_Length=str(LARGEST * 2)).status == 413
        assert tried(ask, "x" * 5_000).status == 413
        body, kind = encoded({}, {"files": [("../../a.html", FORM), ("b.txt", other_form)]})
        reply = ask(f"{inside}send", "POST", body, Content_Type=kind)
        assert (reply.status, "Đã tới máy của tổ" in reply.text) == (200, True)
        form = ask(f"{inside}form/")
        assert b"connect-src 'self'" in form.content
        body, kind = encoded({}, {"files": [("a.jpg", PHOTO)]})
        assert "không phải" in ask(f"{inside}send", "POST", body, Content_Type=kind).text
    assert tray(demo) == ["a.txt", "b.txt"]


def test_the_tray_does_not_fill_the_disk(demo: Path) -> None:
    """A phone that sends on and on is told to stop."""
    with door(demo) as (phones, ask):
        inside = let_in(phones, ask)
        codes = [ask(f"{inside}send", "POST", FORM + b"\n" * number).status for number in range(42)]
    assert codes == [*[200] * 40, 409, 409]
    assert len(tray(demo)) == 40


@pytest.mark.browser
def test_a_phone_on_the_wi_fi(browser: Browser, demo: Path) -> None:
    """Scan, word, form, send; the laptop's page shows it by itself; looked at, it becomes a household."""
    with (
        window_of(demo, "vi") as window,
        watched(browser, viewport={"width": 1280, "height": 900}) as laptop,
        watched(browser, has_touch=True) as phone,
    ):
        laptop.goto(f"{window.base}incoming/")
        laptop.click("text=Mở cho điện thoại gửi")
        through_the_door(laptop, phone)
        assert phone.evaluate(TOO_WIDE) <= 0
        phone.click("text=Mở phiếu")
        phone.locator("[data-do=add]").wait_for()
        phone.click("[data-do=add]")
        phone.fill("#name", "Vườn <b>chị Thắm</b>")
        go(phone, "consent")
        answer(phone, "agree", yes=True)
        go(phone, "photos")
        phone.set_input_files("#camera", {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": PHOTO})
        phone.locator("#photos > li img[src]").wait_for(state="attached")
        go(phone, "review")
        phone.click("[data-do=done]")
        phone.click("#to-send")
        phone.click("[data-do=direct]:enabled")
        until(
            phone, lambda: "Đã tới máy của tổ" in phone.inner_text("body"), lambda: phone.inner_text("body")
        )
        assert "đã gửi" in phone.inner_text(".home .how-far")
        laptop.locator(".tray li").wait_for()
        laptop.click("text=Ngừng nhận")
        phone.click("#to-send")
        phone.check("#choose input")
        phone.click("[data-do=direct]:enabled")
        until(phone, lambda: "Chưa tới được" in phone.inner_text("#unshared"))
        laptop.set_input_files(
            "#files", {"name": "thon.xlsx", "mimeType": "", "buffer": workbook(demo, AREA)}
        )
        laptop.locator(".looked").wait_for()
        assert laptop.inner_text(".looked section:has(img) h2").startswith("Vườn <b>chị Thắm</b>")
        with laptop.expect_navigation():
            laptop.click("text=Ghi vào sổ những chỗ đã đánh dấu")
        assert "Đã ghi 2 hộ vào sổ" in laptop.inner_text(".said")
    assert tray(demo) == []


def test_a_full_disk(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an empty workbook too, of which lxml says so in an error of its own."""

    def full(_: object) -> None:
        raise etree.SerialisationError("IO_ENOSPC")

    monkeypatch.setattr("openpyxl.writer.excel.ExcelWriter.save", full)
    with window_of(demo) as window:
        page = window.post("incoming/out/blank/")
    assert (page.status, "is full" in page.text) == (503, True), page.text
