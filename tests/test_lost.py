"""The page of an address that is not there: which code was typed, whether its digit fits, and who may be meant."""

import gzip
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from axe_kit import in_both_lights
from browser_kit import TOO_WIDE, pass_time, watched
from case_kit import each
from command_kit import ROOT, build
from pages_server import Served, served
from vuonho.model.codes import check_digit

SITE = """\
base_url: https://vuonmau.example/
title: {vi: Vườn hộ hai thôn, en: Gardens of two villages}
purpose: {vi: Giới thiệu vườn, en: To show gardens}
languages: [vi, en]
team: {name: Tổ số, phone: 0570 100 200}
"""
HUONG = "482135"
EVIL = '<img src=x onerror=alert(1)> {{7*7}} "Ác"'
LONG = "Vườn nhà bà Nguyễn Thị Hường Đặng ở cuối ngõ bên giếng làng"
EAST = {
    HUONG: unicodedata.normalize("NFD", "Vườn bà Hường"),
    "12340": "Vườn năm số",
    "98765431": LONG,
    "600136": "Vườn sáu số",
    "505051": EVIL,
}
LIKE_103752 = ("1093752", "13752", "101752", "163752", "403752", "103725")
"""Households that one slip makes into 103752: a digit too few, one too many, three wrong, two swapped."""
GONE = "643479"
VILLAGES = {
    "thon-dong": ("Thôn Đông", EAST),
    "thon-tay": ("Thôn Tây", {code: f"Vườn {code}" for code in LIKE_103752} | {GONE: ""}),
}
VERDICTS = {
    "wrong": "bị gõ nhầm",
    "length": "thiếu hoặc thừa chữ số",
    "here": "có trang ở đây",
    "none": "không có nhà nào mang mã",
    "elsewhere": "biển của thôn khác",
    "away": "chưa tải được danh sách",
    "digits": "Xin gõ các chữ số",
}
OFFERED = (
    "() => [...document.querySelectorAll('.card:not([hidden]) .told a')].map(a => new URL(a.href).pathname)"
)


READ = "url => fetch(url).then(answer => answer.text()).catch(() => 0).then(() => new Promise(done => setTimeout(done, 50)))"
"""Wait until the page has read what it asked for before, as the cache gives it."""


def household(code: str, name: str) -> str:
    """Return a profile with little in it; one without a name has left."""
    if not name:
        return f'code: "{code}"\nwithdrawn: 2026-10-30\nchecked: 2026-11-02\n'
    return (
        f"code: \"{code}\"\nname: '{unicodedata.normalize('NFC', name)}'\n"
        "consent: {given: 2026-10-20, by: Lê Thị Thử, how: paper, publish: []}\n"
        "location: {address: Ngõ 3}\ngarden: {}\nchecked: 2026-11-02\n"
    )


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return two villages, built for the root of a domain, and in site-1945 below /1945/, which is no code."""
    root = tmp_path_factory.mktemp("lost") / "hai thôn"
    rows = ["code,profile,given,printed,url,status"]
    write(root / "profiles/site.yaml", SITE)
    for slug, (name, homes) in VILLAGES.items():
        village = f"name: {name}\ncommune: Xã Phúc Trạch\ncentre: 18.1250, 105.7600\n"
        write(root / f"profiles/{slug}/village.yaml", village)
        for code, home in homes.items():
            write(root / f"profiles/{slug}/ho-{code}.yaml", household(code, home))
            rows.append(f"{code},{slug}/ho-{code}.yaml,2026-10-19,,,{'' if home else 'withdrawn'}")
    write(root / "profiles/codes.csv", "\n".join((*rows, "")))
    for options in ((), ("--base-url", "https://x.github.io/1945/", "--out", "site-1945")):
        done = build(root, *options)
        assert done.code == 0, done.said
    return root


@pytest.fixture(scope="module")
def repo(project: Path) -> Iterator[Served]:
    """Serve the site below a path."""
    with served(project / "site-1945", prefix="/1945") as server:
        yield server


@pytest.fixture
def html(project: Path) -> str:
    """Return the page as it is sent."""
    return (project / "site-1945/404.html").read_text(encoding="utf-8")


def verdict(page: Page) -> tuple[str, str]:
    """Return which verdict is told, once it is, and the code that it names."""
    told = page.locator(".card:visible .told")
    told.wait_for()
    words = told.locator("p").first.inner_text()
    code = [one.replace("\u00a0", " ") for one in told.locator("p b").all_inner_texts()]  # kept on one line
    kinds = [kind for kind, part in VERDICTS.items() if part in words]
    return (kinds or [words])[-1], "".join(code)


def looked_up(page: Page, address: str) -> tuple[str, str, list[str]]:
    """Open an address that is not there, and return the verdict, the code named and where the suggestions lead."""
    with page.expect_response(re.compile("/data/search-")) as answer:
        page.goto(address)
    answer.value.finished()
    page.evaluate(READ, answer.value.url)
    return *verdict(page), page.evaluate(OFFERED)


def submit(page: Page, typed: str) -> None:
    """Type into the field of the card that is shown, and press Enter."""
    page.locator(".card:visible input").fill(typed)
    page.keyboard.press("Enter")


# --- The page as it is sent ---------------------------------------------------------------------------------


def test_the_table_is_that_of_the_codes() -> None:
    """The script checks as the program does: every digit after every interim result."""
    script = (ROOT / "templates/_lost.js").read_text(encoding="utf-8")
    found = re.search(r'TABLE = "(\d{100})"', script)
    assert found is not None
    reached = {check_digit(body): body for body in map(str, range(10, 100))}
    assert "".join(sorted(reached)) == "0123456789"
    expected = "".join(check_digit(f"{reached[row]}{digit}") for row in "0123456789" for digit in range(10))
    assert expected == found[1]


def test_the_page_stays_light(html: str) -> None:
    """One flight with everything, and of that 5 KB of script."""
    assert len(gzip.compress(html.encode(), 9)) <= 14 * 1024
    (script,) = re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)
    assert len(gzip.compress(script.encode(), 9)) <= 5 * 1024


@pytest.mark.browser
def test_without_script_every_language_stands_there_and_nothing_idle(browser: Browser, repo: Served) -> None:
    """To compare the digits, and the way home; no field that opens nothing."""
    with watched(browser, java_script_enabled=False) as page:
        page.goto(f"{repo.base}482136/")
        cards = page.locator(".card:visible")
        assert cards.count() == 2
        assert "xem lại các chữ số trên biển" in cards.first.inner_text()
        assert "look at the digits on the plaque" in cards.last.inner_text()
        links = [link.get_attribute("href") for link in cards.locator("a").all()]
        assert links == ["/1945/", "/1945/en/"]
        assert page.locator("input:visible, button:visible").count() == 0


# --- What was typed -----------------------------------------------------------------------------------------

HERE = ("here", "482 135", [f"/1945/{HUONG}/"])
TYPED = {
    "482136/": ("wrong", "482 136", [f"/1945/{HUONG}/"]),
    "482136": ("wrong", "482 136", [f"/1945/{HUONG}/"]),
    "428135/": ("wrong", "428 135", [f"/1945/{HUONG}/"]),
    "48235/": ("length", "48 235", [f"/1945/{HUONG}/"]),
    "4882135/": ("length", "488 2135", [f"/1945/{HUONG}/"]),
    "1240": ("length", "1 240", ["/1945/12340/"]),
    "987654311/": ("length", "9876 54311", ["/1945/98765431/"]),
    "60036/": ("none", "60 036", ["/1945/600136/"]),
    "777772": ("wrong", "777 772", []),
    "711946/": ("elsewhere", "711 946", []),
    f"fr/{HUONG}/": HERE,
    f"thon-dong/ho/{HUONG}/": HERE,
    f"{HUONG}/ảnh/một": HERE,
    f"{HUONG}/%E0%A4": HERE,
    "482 135/": HERE,
    "482.135": HERE,
    "482-135/": HERE,
    "482%E2%80%93135/": HERE,
    "482%C2%A0135/": HERE,
    "0482135/": HERE,
    "48２１３５/": HERE,
    "482l35/": HERE,
    "482I35": HERE,
    "5O5o51/": ("here", "505 051", ["/1945/505051/"]),
    "482135.html/": HERE,
    "482135,": HERE,
}


@pytest.mark.browser
def test_a_code_is_read_however_it_was_typed(browser: Browser, repo: Served) -> None:
    """In groups, with letters for digits, in wide digits, as a file, in a wrong folder; judged, and likened."""
    with watched(browser) as page:
        found = {typed: looked_up(page, repo.base + typed) for typed in TYPED}
    assert found == TYPED


@pytest.mark.browser
def test_what_is_no_code_is_not_judged(browser: Browser, repo: Served, html: str) -> None:
    """The usual words, the field, and no question to the index."""
    with watched(browser) as page:
        before = len(repo.paths())
        for typed in (
            "x/y/z",
            "404.html",
            "482/",
            "0048/",
            "abc123def456/",
            "lo1l/",
            "12345678901/",
            "%E0%A4123",
        ):
            page.goto(repo.base + typed)
            pass_time(page, 20)
            assert "Địa chỉ này không có trang nào." in page.locator(".card:visible").inner_text()
            assert page.locator(".told").count() == 0
            assert page.locator(".card:visible input").count() == 1
        assert [path for path in repo.paths()[before:] if "/data/" in path] == []


@pytest.mark.browser
def test_the_likeliest_come_first_and_five_at_most(browser: Browser, repo: Served) -> None:
    """Two swapped, then a wrong digit, then one too many; the digits that differ are marked."""
    with watched(browser) as page:
        kind, code, offered = looked_up(page, f"{repo.base}103752/")
        marked = page.locator(".told mark").all_inner_texts()
        first = page.locator(".told li").first.inner_text().replace("\u00a0", " ")
    assert (kind, code) == ("wrong", "103 752")
    assert [f"/1945/{code}/" for code in ("103725", "403752", "163752", "101752", "13752")] == offered
    assert marked == ["25", "4", "6", "1"]
    assert first.splitlines() == ["103 725", "Vườn 103725", "Ngõ 3, Thôn Tây"]


@pytest.mark.browser
def test_names_stay_text(browser: Browser, repo: Served) -> None:
    """A name that looks like code is shown as typed, a Vietnamese one as it is written, and said in Vietnamese."""
    with watched(browser, locale="en-US") as page:
        looked_up(page, f"{repo.base}505052/")
        name = page.locator(".told li span")
        assert (name.inner_text(), name.get_attribute("lang")) == (EVIL, "vi")
        assert page.locator(".told img").count() == 0
        looked_up(page, f"{repo.base}482136/")
        shown = page.locator(".told li span").inner_text().replace("\u00a0", " ")  # kept in one piece
        assert shown == unicodedata.normalize("NFC", EAST[HUONG])


@pytest.mark.browser
@each("trouble", [404, 0])
def test_without_the_index_the_digit_alone_is_told(browser: Browser, project: Path, trouble: int) -> None:
    """What the phone knows by itself, and that the households could not be asked."""
    with served(project / "site-1945", prefix="/1945") as server, watched(browser) as page:
        server.forced["/1945/data/search-vi.json"] = trouble
        for typed, expected in (("482136/", ("wrong", "482 136")), (f"fr/{HUONG}/", ("away", "482 135"))):
            page.goto(server.base + typed)
            assert verdict(page) == expected
            assert page.locator(".told a").count() == 0


@pytest.mark.browser
def test_a_slow_index_keeps_no_one_waiting(browser: Browser, project: Path) -> None:
    """The wrong digit is told meanwhile, the household when it comes; of what was typed last alone; one question is enough."""
    for last, expected in (("505052", ("wrong", "505 052", ["/1945/505051/"])), ("abc", ("digits", "", []))):
        with served(project / "site-1945", prefix="/1945") as server, watched(browser) as page:
            page.goto(f"{server.base}x/y")
            server.held = True
            with page.expect_response(re.compile("/data/search-")) as answer:
                submit(page, "482136")
                assert verdict(page) == ("wrong", "482 136")
                assert page.locator(".told a").count() == 0
                submit(page, last)
                server.held = False
            answer.value.finished()
            page.evaluate(READ, answer.value.url)
            assert (*verdict(page), page.evaluate(OFFERED)) == expected
            assert len([path for path in server.paths() if "/data/" in path]) == 1


@pytest.mark.browser
def test_a_site_at_the_root_of_a_domain(browser: Browser, project: Path) -> None:
    """At any depth, links and index are those of the root."""
    with served(project / "site", prefix="") as server, watched(browser) as page:
        for typed, there in (("482136/", ""), ("x/y/482136/", ""), ("en/482136/", "en/")):
            page.goto(server.base + typed)
            page.locator(".told a").wait_for()
            assert page.evaluate(OFFERED) == [f"/{there}{HUONG}/"]
        page.goto(f"{server.base}404.html")
        submit(page, HUONG)
        page.wait_for_url(f"{server.base}{HUONG}/")


@pytest.mark.browser
@each(("site", "prefix"), [("site", "/khac"), ("site-1945", ""), ("site-1945", "/khac")])
def test_the_same_bytes_at_another_path(browser: Browser, project: Path, site: str, prefix: str) -> None:
    """Households are found and links lead to where the site lies, not to where it was to lie."""
    with served(project / site, prefix=prefix) as server, watched(browser) as page:
        page.goto(f"{server.base}en/482136/")
        page.locator(".told a").first.wait_for()
        assert page.evaluate(OFFERED) == [f"{prefix}/en/{HUONG}/"]
        assert page.get_attribute(".card:visible .buttons a", "href") == f"{prefix}/en/"


# --- The field ----------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_the_right_number_opens_its_page(browser: Browser, repo: Served) -> None:
    """By Enter and by the button, in groups too; a household that left has its page as well."""
    with watched(browser) as page:
        for typed, code in (("482 135", HUONG), ("643479", GONE), ("４８２l35", HUONG)):
            page.goto(f"{repo.base}x/y/z/")
            submit(page, typed)
            page.wait_for_url(f"{repo.base}{code}/")
        page.goto(f"{repo.base}en/x")
        page.locator(".card:visible input").fill(HUONG)
        page.locator(".card:visible button").click()
        page.wait_for_url(f"{repo.base}en/{HUONG}/")


@pytest.mark.browser
def test_a_wrong_number_is_told_beside_the_field(browser: Browser, repo: Served) -> None:
    """The field is marked until it is changed; the last number typed is the one that is spoken of."""
    with watched(browser) as page:
        page.clock.install()
        page.goto(f"{repo.base}482136/")
        box = page.locator(".card:visible input")
        for typed, expected in (
            ("48213", ("length", "48 213")), ("", ("digits", "")), ("48", ("length", "48")), ("abc", ("digits", "")),
            ("428135", ("wrong", "428 135")),
        ):  # fmt: skip
            submit(page, typed)
            page.clock.run_for(400)  # longer than the page is patient
            assert verdict(page) == expected
            marked = (box.get_attribute("aria-invalid"), page.evaluate("document.activeElement.id"))
            assert marked == ("true", "code-vi")
        assert page.evaluate(OFFERED) == [f"/1945/{HUONG}/"]
        assert page.url == f"{repo.base}482136/"
        page.keyboard.type("4")
        assert (box.get_attribute("aria-invalid"), box.input_value()) == (None, "4")
        page.locator(".told a").click()
        page.wait_for_url(f"{repo.base}{HUONG}/")


@pytest.mark.browser
def test_a_phone_puts_its_keyboard_away(browser: Browser, repo: Served) -> None:
    """What is told stands above the field, where a keyboard on the glass would hide it."""
    with watched(browser, has_touch=True, is_mobile=True) as page:
        page.goto(f"{repo.base}x/")
        submit(page, "482136")
        page.locator(".told a").wait_for()
        assert page.evaluate("document.activeElement.tagName") == "BODY"


# --- Languages ----------------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize(
    ("locale", "folder", "tag"),
    [("vi-VN", "", "vi"), ("vi-VN", "en/", "en"), ("en-GB", "", "en"), ("en-GB", "vi/", "vi"),
     ("fr-FR", "", "en"), ("vi-VN", "EN/", "en")],
)  # fmt: skip
def test_the_language_of_the_address_and_then_of_the_phone(
    browser: Browser, repo: Served, locale: str, folder: str, tag: str
) -> None:
    """One card is seen, in words and with links of one language, and the title of the tab says it too."""
    with watched(browser, locale=locale) as page:
        *_, offered = looked_up(page, f"{repo.base}{folder}482136/")
        card = page.locator(".card:visible")
        assert card.count() == 1
        assert offered == [f"/1945/{'' if tag == 'vi' else 'en/'}{HUONG}/"]
        heading = {"vi": "Không tìm thấy trang", "en": "Page not found"}[tag]
        assert (card.locator("h1").inner_text(), page.title().split(" · ")[0]) == (heading, heading)
        assert page.locator("h1:visible, h2:visible").count() == 1
        switch = page.locator(".langs a:visible")
        there = (switch.inner_text(), switch.get_attribute("href"))
        assert there == {"vi": ("English", "/1945/en/"), "en": ("Tiếng Việt", "/1945/")}[tag]
        assert card.locator("p a").get_attribute("href") == {"vi": "/1945/", "en": "/1945/en/"}[tag]


@pytest.mark.browser
def test_the_switch_shows_the_same_in_the_other_language(browser: Browser, repo: Served) -> None:
    """Verdict, suggestions and what stands in the field; the choice is kept for the next address."""
    with watched(browser) as page:
        looked_up(page, f"{repo.base}482136/")
        page.locator(".card:visible input").fill("48")
        page.locator(".langs a:visible").click()
        assert page.evaluate("document.activeElement.textContent") == "Page not found"
        assert "was mistyped" in page.locator(".card:visible .told").inner_text()
        assert page.evaluate(OFFERED) == [f"/1945/en/{HUONG}/"]
        assert page.locator(".card:visible input").input_value() == "48"
        page.goto(f"{repo.base}x/y/")
        assert page.locator(".card:visible h1").inner_text() == "Page not found"
        page.locator(".langs a:visible").click()
        assert page.locator(".card:visible h1").inner_text() == "Không tìm thấy trang"
        assert page.evaluate("localStorage.getItem('vuonho /1945/ language')") == "vi"


# --- For everyone -------------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize(("locale", "typed"), [("vi-VN", "103752/"), ("en-GB", f"{HUONG}/x")])
def test_axe_finds_nothing(browser: Browser, repo: Served, locale: str, typed: str) -> None:
    """With a verdict, suggestions and a field that is marked wrong; in the light and in the dark."""
    with watched(browser, locale=locale) as page:
        looked_up(page, repo.base + typed)
        page.locator(".card:visible input").evaluate("node => node.setAttribute('aria-invalid', 'true')")
        assert in_both_lights(page) == {"light": [], "dark": []}
        assert "4" in page.locator(".card:visible [role=status]").inner_text()


@pytest.mark.browser
def test_nothing_stands_beyond_the_edge(browser: Browser, repo: Served) -> None:
    """On the smallest phone, with long names and numbers, and with text of twice the size."""
    with watched(browser, bypass_csp=True, viewport={"width": 320, "height": 640}) as page:
        for typed in ("103752/", "98765432/", "505052/", "en/98765432/"):
            looked_up(page, repo.base + typed)
            assert (typed, page.evaluate(TOO_WIDE)) == (typed, 0)
            page.add_style_tag(content="html { font-size: 200% !important; }")
            assert (typed, page.evaluate(TOO_WIDE)) == (typed, 0)
        submit(page, "9" * 20)
        pass_time(page, 50)
        assert page.evaluate(TOO_WIDE) == 0
