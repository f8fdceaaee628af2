"""The phone form in a real browser, without a signal: what is typed is what arrives."""

import io
import json
import random
from base64 import b64encode
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageOps
from playwright.sync_api import Browser, Page

import photo_kit
from axe_kit import violations
from browser_kit import until
from case_kit import each
from command_kit import copy_demo
from pages_server import PREFIX, served
from phone_kit import (
    NAME,
    SHARES,
    STEPS,
    Noise,
    add,
    answer,
    drafts,
    fill,
    finish,
    go,
    opened,
    phone,
    pick,
    sent,
    settled,
    take,
    write_form,
)
from vuonho.forms.form_file import read_form
from vuonho.model.household import Household
from vuonho.project.yaml_tree import parse_tree, plain

pytestmark = pytest.mark.browser

CAMERA = photo_kit.encoded(photo_kit.quarters(1600, 1200), "JPEG", quality=90, exif=photo_kit.exif(6))
"""Lying on its side, with the place and the owner in it."""
HOSTILE = "Nhà “x” \"y\" 'z' \\n # không: {a} [b] &c *d !e | > % @ ` 🌿 \u2028\ufeff\u200b\u0085\u007f"
CACHE = f"vuonho {PREFIX}/ visited"
KEPT = "async name => (await (await caches.open(name)).keys()).map(one => new URL(one.url).pathname)"
VISIT_MANY = """
async name => {
  const cache = await caches.open(name);
  for (let n = 0; n < 70; n++) await cache.put(new URL(`../photos/${n}.webp`, location.href), new Response("x"));
  (await navigator.serviceWorker.ready).active.postMessage({ keep: [new URL("../privacy/", location.href).href] });
}
"""
SMALL = """
() => [...document.querySelectorAll("button, input, select, textarea, summary, label.button")]
  .filter(node => node.offsetParent && node.type !== "file" && !node.closest("label.row"))
  .map(node => node.closest(".toggle") || node)
  .filter(node => node.getBoundingClientRect().height < 47.5 || parseFloat(getComputedStyle(node).fontSize) < 16)
  .map(node => node.outerHTML.slice(0, 90))
"""
SHORT = HOSTILE[:48] + "\u2028\u007f"
"""A name may have 60 letters."""
LIVING = {"people": "5", "house": "solid", "water": "tap", "titles": ["cultural_family"]}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return where the form of the demo lies on the phone."""
    return write_form(copy_demo(tmp_path_factory.mktemp("form") / "vườn"))


EXPECTED = {
    "name": NAME,
    "head": "Nguyễn Thị Hường",
    "code": "482 135",
    "consent": {"by": "Nguyễn Thị Hường", "how": "form",
                "publish": ["full_name", "phone", "near_point", "living", "story", "prices"]},
    "location": {"address": "Xóm Đông, ngõ 3", "point": "18.12610, 105.76120",
                 "directions": "Từ nhà văn hóa đi 300 m,\nrẽ phải."},
    "living": LIVING,
    "garden": {"area": "3,5 sào", "model": {"status": "recognised", "year": "2023"},
               "practices": ["vietgap", "compost"],
               "crops": [{"name": "Bưởi Phúc Trạch", "months": ["8"]}, {"name": SHORT, "lunar_months": ["8"]}]},
    "products": [{"name": "Bưởi Phúc Trạch", "price": "35000", "unit": "quả"}],
    "visits": {"welcome": "true"},
    "contact": {"phone": "0570 012 345"},
    "links": ["https://a.example/", "https://b.example/x"],
    "story": f"Dòng một\n\n{HOSTILE}",
    "photos": [{"file": "ho-1-anh-1.jpg", "caption": HOSTILE, "people": "false"}],
}  # fmt: skip


def test_what_is_typed_is_what_arrives(browser: Browser, address: str) -> None:
    """Every kind of field, with the camera, without a signal; the photo upright, small, and nothing but pixels."""
    noise = Noise()
    where = {"latitude": 18.1261, "longitude": 105.7612, "accuracy": 12}
    with phone(browser, SHARES, geolocation=where, permissions=["geolocation"], offline=True) as context:
        page = opened(context, address, noise)
        fill(page, CAMERA, SHORT, f"Dòng một\n\n{HOSTILE}", HOSTILE)
        finish(page)
        assert "Còn thiếu" not in page.inner_text(".home")
        content = sent(page)
        state = page.inner_text(".home .how-far")
        name = page.evaluate("window.shared[0].name")
    (household,), problems = read_form(content, "x.txt")
    assert content.startswith(b"vuonho_form: 1\n")
    longest = max(map(len, content.partition(b"\npictures:")[2].split(b"\n")))
    assert longest == 82  # which no mail program breaks
    today = date.fromisoformat(str(household.values["checked"]))
    values = json.loads(json.dumps(household.values))
    assert values.pop("checked") == values["consent"].pop("given") == today.isoformat()
    assert (values, problems) == (EXPECTED, ())
    assert (household.village, name) == ("thon-vuon-mau", f"vuonho-thon-vuon-mau-{today}.txt")
    assert "đã xong · đã gửi " in state
    assert (noise.errors, noise.requests) == ([], [address])
    (photo,) = household.photos
    image = Image.open(io.BytesIO(photo.content))
    assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (960, 1280), {})
    assert photo_kit.CANARY not in content
    assert photo_kit.CANARY not in photo.content
    corners = [image.convert("RGB").getpixel(at) for at in ((9, 9), (950, 9), (9, 1270), (950, 1270))]
    wanted = (photo_kit.BLUE, photo_kit.RED, photo_kit.YELLOW, photo_kit.GREEN)
    assert np.abs(np.array(corners) - wanted).max() < 12


def test_any_text_passes_through(browser: Browser, address: str) -> None:
    """Texts of all signs there are, also halves of characters, are read back as written."""
    draw = random.Random(7)  # noqa: S311 - for tests
    signs = [*range(0x300), *range(0x2000, 0x2100), *range(0xFEF0, 0x10000), *range(0x1F300, 0x1F340)]
    texts = ["".join(chr(draw.choice(signs)) for _ in range(draw.randint(0, 30))) for _ in range(300)]
    texts += [
        "- a",
        "~",
        "null",
        "key: value",
        "# x",
        "'",
        '"',
        "\\",
        "|",
        "a\nb",
        "\t",
        "end: vuonho",
        "pictures:",
    ]
    with phone(browser) as context:
        page = opened(context, address)
        lines = page.evaluate("texts => texts.map(Phone.text.json)", texts)
        halves = page.evaluate("['\\ud800', 'a\\udc00\\udc00b', '\\ud83c\\udf3f'].map(Phone.text.json)")
    tree, problems = parse_tree("".join(f"k{n}: {line}\n" for n, line in enumerate(lines)), "x")
    assert tree is not None
    assert problems == ()
    read = [entry.value.text for entry in tree.entries]  # type: ignore[union-attr]
    assert read == texts
    assert all("\n" not in line and "\u2028" not in line and "\x85" not in line for line in lines)
    assert halves == ['"\\ufffd"', '"a\\ufffd\\ufffdb"', '"🌿"']
    assert plain(tree)


def test_old_browsers_turn_a_photo_too(browser: Browser, address: str) -> None:
    """All eight ways in which a camera may lie, read from the file and undone on the canvas."""
    script = """async ([photo, turn]) => {
      const bytes = Uint8Array.from(atob(photo), sign => sign.charCodeAt(0));
      const image = new Image();
      image.src = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
      await image.decode();
      const canvas = Phone.photo.drawn(image, turn), pen = canvas.getContext("2d");
      const at = (x, y) => [...pen.getImageData(x * canvas.width, y * canvas.height, 1, 1).data].slice(0, 3);
      return [canvas.width, canvas.height, at(.2, .2), at(.8, .2), at(.2, .8), at(.8, .8)];
    }"""
    read = "photo => Phone.photo.orientation(Uint8Array.from(atob(photo), sign => sign.charCodeAt(0)).buffer)"
    plain_photo = photo_kit.encoded(photo_kit.quarters(640, 480), "PNG")
    with phone(browser) as context:
        page = opened(context, address)
        for turn in range(1, 9):
            told = photo_kit.encoded(photo_kit.quarters(64, 48), "JPEG", exif=photo_kit.exif(turn))
            assert page.evaluate(read, b64(told)) == turn
            upright = ImageOps.exif_transpose(_lying(turn))
            width, height, *found = page.evaluate(script, [b64(plain_photo), turn])
            assert (width, height) == upright.size
            places = ((x, y) for y in (0.2, 0.8) for x in (0.2, 0.8))
            assert found == [list(upright.getpixel((int(x * width), int(y * height)))) for x, y in places]  # type: ignore[arg-type]
        assert page.evaluate(read, b64(plain_photo)) == 1
        assert page.evaluate(read, b64(CAMERA[:30])) == 1


def _lying(turn: int) -> Image.Image:
    image = photo_kit.quarters(640, 480)
    image.getexif()[0x0112] = turn
    return image


def b64(content: bytes) -> str:
    """Bytes as a script takes them."""
    return b64encode(content).decode("ascii")


# --- Consent -----------------------------------------------------------------------------------------------


def test_nothing_is_ticked_before_it_is_asked(browser: Browser, address: str) -> None:
    """No answer stands there by itself; one can be taken back; what was not asked is said so, and counts as no."""
    with phone(browser, SHARES) as context:
        page = opened(context, address)
        add(page)
        go(page, "consent")
        assert page.locator("[data-asked] input:checked").count() == 0
        assert page.locator("[name=consent-how]:checked").count() == 0
        assert not page.is_visible("#agreed")
        answer(page, "agree", yes=True)
        assert page.locator("#agreed [data-asked] input:checked").count() == 0
        assert page.input_value("[name=consent-how]:checked") == "form"
        assert "chép đúng các câu trả lời" in page.inner_text("#agreed")
        pick(page, "[data-key=how]", "Phiếu giấy có chữ ký")
        for question in ("phone", "phone", "story", "near_point", "exact_point"):
            answer(page, question, yes=True)
        assert not page.is_visible("[data-asked=near_point]")
        go(page, "review")
        assert "chưa hỏi (coi như không)" in page.inner_text("#summary")
        assert "Phiếu giấy có chữ ký" in page.inner_text("#summary")
        assert "7 câu chưa hỏi" in page.inner_text("#lacking")
        page.click("[data-do=done]")
        (household,), _ = read_form(sent(page), "x.txt")
    told: Any = household.values["consent"]
    assert (told["publish"], told["how"]) == (["exact_point", "story"], "paper")


def test_a_family_that_says_no_has_no_consent(browser: Browser, address: str) -> None:
    """No date, no tick, though some were answered before; with a code the schema takes it as it is."""
    with phone(browser, SHARES) as context:
        page = opened(context, address)
        add(page)
        go(page, "consent")
        answer(page, "agree", yes=True)
        answer(page, "phone", yes=True)
        answer(page, "agree", yes=False)
        assert page.is_visible("#refused")
        finish(page)
        (household,), _ = read_form(sent(page), "x.txt")
    assert household.values["consent"] == {}
    record = Household.read({**household.values, "code": "482135"})
    assert (record.name, record.consent.given) == (NAME, None)


# --- Everything at hand ------------------------------------------------------------------------------------


def walked(page: Page) -> Iterator[str]:
    """Go through every screen, each with something on it, and yield its name."""
    yield "day, empty"
    add(page)
    page.click("#step-name h1")
    for step in STEPS:
        if step != "name":
            page.click("#next")
        if step == "consent":
            answer(page, "agree", yes=True)
            answer(page, "phone", yes=False)
        for button in page.locator(f"#step-{step} [data-do=card]").all():
            button.click()
        for summary in page.locator(f"#step-{step} summary").all():
            summary.click()
        if step == "visits":
            page.fill("#contact-phone", "12")
            page.click("#step-visits h1")
        if step == "photos":
            take(page, CAMERA)
        yield step
    page.click("[data-do=done]")
    yield "day"
    page.click("#to-send")
    page.locator("#share:enabled").wait_for()
    page.click("[data-do=text]")
    yield "send"
    page.click("#send [data-do=day]")
    page.click(".home .open")
    go(page, "review")
    page.click("[data-do=remove]")
    yield "sure"
    page.click("#sure [value=no]")


def test_every_screen_is_for_everybody(browser: Browser, address: str) -> None:
    """Axe objects to nothing, nor where all kinds of things are in the dark; nothing is wider than the phone, with letters twice as large too."""
    noise = Noise()
    with phone(browser) as context:
        page = opened(context, address, noise)
        for screen in walked(page):
            assert violations(page) == [], screen
            if screen in ("day, empty", "consent", "crops", "photos", "review", "send", "sure"):
                page.emulate_media(color_scheme="dark")
                assert violations(page, "color-contrast") == [], f"{screen}, dark"
                page.emulate_media(color_scheme="light")
            for size in ("200%", "100%"):
                page.evaluate("size => { document.documentElement.style.fontSize = size; }", size)
                assert page.evaluate("document.documentElement.scrollWidth") <= 360, f"{screen}, {size}"
            assert small(page) == [], screen
        assert noise.errors == []


def small(page: Page) -> list[str]:
    """Return what is there to be touched and is lower than 48 px, or has letters under 16."""
    found: list[str] = page.evaluate(SMALL)
    return found


def test_the_focus_goes_where_the_eye_goes(browser: Browser, address: str) -> None:
    """To the heading of each section; and the whole can be done with the keys."""
    focus = "document.activeElement.closest('.step, .screen').id + ' ' + document.activeElement.tagName"
    with phone(browser) as context:
        page = opened(context, address)
        page.locator("[data-do=add]").focus()
        page.keyboard.press("Enter")
        assert page.evaluate(focus) == "step-name H1"
        page.locator("#next").focus()
        page.keyboard.press("Enter")
        assert page.evaluate(focus) == "step-consent H1"
        page.locator("[data-asked=agree] input").first.focus()
        page.keyboard.press("Space")
        assert page.is_visible("#agreed")
        page.keyboard.press("Space")
        assert not page.is_visible("#agreed")
        page.click(".walk [data-do=back]")
        assert page.evaluate(focus) == "step-name H1"


def test_the_phones_own_back_leads_back(browser: Browser, address: str) -> None:
    """To the section before, to the list, and only then out of the page; a household never begun leaves no trace."""
    with phone(browser) as context:
        page = opened(context, address)
        page.click("[data-do=add]")
        page.click("#next")
        page.go_back()
        page.locator("#step-name").wait_for()
        page.go_back()
        page.locator("#day").wait_for()
        assert page.locator(".home").count() == 0
        add(page)
        page.locator("#kept", has_text="Đã lưu").wait_for()
        page.go_back()
        page.locator(".home").wait_for()
        page.click("#to-send")
        page.go_back()
        page.locator("#day").wait_for()


def test_what_looks_wrong_is_said_and_kept(browser: Browser, address: str) -> None:
    """Beside its field and in the list of what to ask again, each once; the draft is kept all the same."""
    with phone(browser) as context:
        page = opened(context, address)
        add(page, "")
        go(page, "review")
        asked = [text.casefold() for text in page.locator("#lacking li button").all_inner_texts()]
        assert (asked.count("tên vườn"), "ý kiến gia đình" in asked) == (1, True)
        go(page, "name")
        page.fill("#name", NAME)
        page.fill("#code", "482136")
        go(page, "visits")
        page.fill("#contact-phone", "12")
        page.fill("#links", "abc")
        go(page, "products")
        page.click("#step-products [data-do=card]")
        page.locator("#step-products [data-key=price] input").fill("35")
        go(page, "review")
        assert "chưa có biển thì để trống" in page.inner_text("#lacking li:has-text('Mã')")
        told = page.locator("#lacking ul").first.locator("button").all_inner_texts()
        assert told == ["Mã", "Sản phẩm 1", "Sản phẩm 1 · Giá", "Số điện thoại", "Trang riêng"]
        page.click("#lacking button:text('Số điện thoại')")
        assert page.evaluate("document.activeElement.id") == "contact-phone"
        page.fill("#contact-phone", "13")
        page.keyboard.press("Tab")
        assert "10 chữ số" in page.inner_text("#contact-phone-wrong")
        assert page.get_attribute("#contact-phone", "aria-invalid") == "true"
        settled(page)
        assert drafts(page)[0]["values"]["contact"] == {"phone": "13"}


# --- Where -------------------------------------------------------------------------------------------------


@each(
    ("script", "said", "offer"),
    [
        ("", "120 m", "Lấy lại vị trí"),
        ("navigator.geolocation.watchPosition = (found, failed) => { setTimeout(() => failed({ code: 1 })); return 1; };",
         "từ tệp trong máy", "Thử lại"),
        ("navigator.geolocation.watchPosition = () => 1;", "Chưa bắt được vị trí", "Thử lại"),
    ],
)  # fmt: skip
def test_a_position_that_is_not_what_it_should_be(
    browser: Browser, address: str, script: str, said: str, offer: str
) -> None:
    """A rough one is called so with its error; a refusal says how to allow it; after 20 seconds none is given up."""
    where = {"latitude": 18.1, "longitude": 105.7, "accuracy": 120}
    with phone(browser, *filter(None, [script]), geolocation=where, permissions=["geolocation"]) as context:
        page = opened(context, address)
        add(page)
        go(page, "location")
        page.clock.install()
        page.click("[data-do=locate]")
        if not script:
            page.locator(".found.rough", has_text=said).wait_for()
            assert page.input_value("#location-point") == "18.10000, 105.70000"
        page.clock.run_for(21_000)
        page.locator(".found", has_text=said).wait_for()
        assert page.inner_text("[data-do=locate]") == offer


REFUSED = "navigator.geolocation.watchPosition = (found, failed) => { setTimeout(() => failed({ code: 1 })); return 1; };"
PLAIN = 'Object.defineProperty(window, "isSecureContext", { value: false });'
APPLE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"


@each(
    ("script", "user_agent", "said"),
    [("", None, "hình ổ khóa"), (PLAIN, None, "không phải https"), ("", APPLE, "Dịch vụ định vị")],
)
def test_a_refusal_tells_what_can_be_done_on_this_phone(
    browser: Browser, base: str, script: str, user_agent: str | None, said: str
) -> None:
    """No browser gives a position without https, whatever is allowed; Safari shows no lock."""
    with phone(browser, REFUSED, script, user_agent=user_agent, service_workers="block") as context:
        page = opened(context, f"{base}form/")
        add(page)
        go(page, "location")
        page.click("[data-do=locate]")
        page.locator(".found", has_text=said).wait_for()


def test_the_way_out_of_another_app_is_the_phones_own(browser: Browser, address: str) -> None:
    """Inside Zalo on an iPhone it leads to Safari."""
    with phone(browser, user_agent=f"{APPLE} Zalo iOS/473") as context:
        page = opened(context, address)
        assert (page.inner_text("#way h1"), page.locator("#way:has-text('Chrome')").count()) == (
            "Xin mở bằng Safari",
            0,
        )


# --- On the site -------------------------------------------------------------------------------------------


def kept(page: Page) -> list[str]:
    """Return the paths of the visited pages that the phone keeps."""
    found: list[str] = page.evaluate(KEPT, CACHE)
    return found


def test_the_site_has_the_form_and_the_phone_keeps_it(browser: Browser, built_demo: Path) -> None:
    """Nothing comes from elsewhere; once opened it opens without a signal, whatever else was visited since."""
    noise = Noise()
    with served(built_demo / "site") as server, phone(browser) as context:
        page = opened(context, f"{server.base}form/", noise)
        until(page, lambda: f"{PREFIX}/form/" in kept(page))
        page.evaluate(VISIT_MANY, CACHE)
        until(page, lambda: f"{PREFIX}/privacy/" in kept(page) and len(kept(page)) <= 61)
        assert f"{PREFIX}/form/" in kept(page)
        context.set_offline(True)
        page.reload()
        add(page)
        assert page.is_visible("#step-name")
        assert {url.startswith(server.base) for url in noise.requests} == {True}
        assert noise.errors == []


def test_nobody_is_led_to_the_form(built_demo: Path) -> None:
    """No page links to it, no sitemap names it, and search engines are asked to pass it by."""
    site = built_demo / "site"
    assert 'name="robots" content="noindex"' in (site / "form/index.html").read_text(encoding="utf-8")
    assert "form/" not in (site / "sitemap.xml").read_text(encoding="utf-8")
    pages = (page for page in site.rglob("*.html") if page.parent.name != "form")
    assert [page for page in pages if 'form/"' in page.read_text(encoding="utf-8")] == []
    assert not (site / "en/form").exists()
