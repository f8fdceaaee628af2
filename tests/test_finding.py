"""Search and filters in a real browser: what is found, in which order, and what stays as it is without them."""

import json
import re
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from axe_kit import in_both_lights
from browser_kit import TOO_WIDE, pass_time, watched
from case_kit import each
from command_kit import ROOT, SLUG, build
from index_kit import rows_of
from pages_server import Served, served
from village_kit import SLUG as EAST
from village_kit import write_village
from vuonho.model.codes import check_digit
from vuonho.model.public import PublicCrop, PublicHousehold, PublicProduct
from vuonho.model.vocabulary import ANIMALS, CROPS
from vuonho.pages.figures import kind
from vuonho.project.survey import survey
from vuonho.text import fold

pytestmark = pytest.mark.browser

EVIL = "<img src=x onerror=alert(1)> Vườn Ác"
EVIL_CROP = "<svg onload=alert(2)> Cây dữ"
VILLAGES = {"vi": f"{SLUG}/", "en": f"en/{SLUG}/"}
SHOWN = "() => [...document.querySelectorAll('#homes > li:not([hidden]) b')].map(one => one.textContent.replace(/\\u00a0/g, ' '))"
FILTERED = """
combinations => combinations.map(([crop, month, welcome]) => {
  const form = document.getElementById("finder");
  form.elements.crop.value = crop;
  form.elements.month.value = month;
  form.elements.welcome.checked = welcome;
  form.dispatchEvent(new Event("change"));
  return [...document.querySelectorAll("#homes > li:not([hidden]) b")].map(one => one.textContent.replace(/\\u00a0/g, " "));
})
"""
SEARCHED = """
queries => queries.map(query => {
  const form = document.getElementById("finder");
  form.elements.q.value = query;
  form.dispatchEvent(new Event("change"));
  return [...document.querySelectorAll("#homes > li:not([hidden]) b")].map(one => one.textContent.replace(/\\u00a0/g, " "));
})
"""
DRAWN = "() => [...document.querySelectorAll('#homes b')].filter(one => one.checkVisibility({contentVisibilityAuto: true})).length"
"""How many rows the browser has taken the trouble to lay out."""
PAUSE = int(
    re.findall(r"setTimeout\(update, (\d+)\)", (ROOT / "templates/_finder.js").read_text(encoding="utf-8"))[0]
)
"""The milliseconds that the page waits for another letter before it searches."""


@pytest.fixture(scope="module")
def demo_site(built_demo: Path) -> Iterator[Served]:
    """Serve the demo below a path."""
    with served(built_demo / "site") as server:
        yield server


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve two villages, one of 48 households, one of six with hostile names."""
    root = write_village(tmp_path_factory.mktemp("commune") / "hai thôn", 48)
    west = root / "profiles/thon-tay"
    west.mkdir()
    write(west / "village.yaml", "name: Thôn Tây\ncommune: Xã Hương Khê\ncentre: 18.1800, 105.7000\n")
    rows = []
    for number in range(6):
        code = f"90000{number}{check_digit(f'90000{number}')}"
        write(west / f"ho-{number}.yaml", hostile(code, number))
        rows.append(f"{code},thon-tay/ho-{number}.yaml,2026-10-19,,,\n")
    (root / "profiles" / EAST / "places").mkdir()
    bridge = "name: Cầu Rào\nkind: cầu\npoint: 18.1301, 105.7572\nchecked: 2026-11-02\n"
    write(root / "profiles" / EAST / "places/cau.yaml", bridge)
    register = root / "profiles/codes.csv"
    write(register, register.read_text(encoding="utf-8") + "".join(rows))
    done = build(root)
    assert done.code == 0, done.said
    with served(root / "site") as server:
        yield server


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def hostile(code: str, number: int) -> str:
    return (
        f'code: "{code}"\nname: "{EVIL} {number}"\n'
        "consent: {given: 2026-10-20, by: Lê Thị Thử, how: paper, publish: []}\n"
        f'location: {{address: "<b>Ngõ {number}</b>"}}\n'
        f'garden: {{crops: ["{EVIL_CROP}"]}}\nchecked: 2026-11-02\n'
    )


@contextmanager
def opened(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """Open a page that is watched."""
    locale = "en-GB" if "/en/" in address else "vi-VN"
    with watched(browser, locale=locale, **options) as page:
        page.goto(address)
        yield page


def turn_to(page: Page, address: str) -> None:
    """Go on to another page, if nothing was refused on this one."""
    assert page.evaluate("window.violations") == []
    page.goto(address)


def asks_for_index(server: Served) -> list[str]:
    return [path for path in server.paths() if "/data/search-" in path]


def ready(page: Page) -> None:
    """Put the cursor in the box and wait until the index is there, and read."""
    with page.expect_response(re.compile("/data/search-")) as answer:
        page.locator("#finder input[name=q]").focus()
    answer.value.finished()
    settled(page, 50)


def settled(page: Page, wait: int = PAUSE) -> None:
    """Wait until the page has answered to what was typed: of two equal timers in a page the one set last ends last."""
    pass_time(page, wait)


def found(page: Page, query: str) -> list[str]:
    """Type a query as a visitor does and return the names that are then shown, in their order."""
    box = page.locator("#finder input[name=q]")
    box.fill("")
    box.press_sequentially(query)
    settled(page)
    names: list[str] = page.evaluate(SHOWN)
    return names


# --- Words -------------------------------------------------------------------------------------------------


def test_letters_are_folded_alike_on_the_phone_and_here(browser: Browser) -> None:
    """Names of crops and animals, composed or not, in any case; spaces of every kind; letters from A to ỹ."""
    script = (ROOT / "templates/_finder.js").read_text(encoding="utf-8")
    function = re.search(r"  function fold\(text\) \{.*?\n  \}\n", script, re.DOTALL)
    assert function is not None
    names = [name for crop in CROPS for name in crop.names] + [name for one in ANIMALS for name in one.names]
    ranges = (range(0x250), range(0x300, 0x370), range(0x1E00, 0x1F00), range(0x2000, 0x2070))
    texts = [
        *names,
        *(unicodedata.normalize("NFD", name).upper() for name in names),
        *(f"x{chr(code)}Đ{chr(code)}" for part in ranges for code in part),
        "ĐÀO\tđường\n", "ƯƠ ỡ Ẵ", "", "\ufeffNa", "3 sào\u3000\u00a0", "İstanbul Straße",
    ]  # fmt: skip
    with browser.new_context() as context:
        page = context.new_page()
        folded = page.evaluate(f"texts => {{ {function[0]} return texts.map(fold); }}", texts)
    assert [fold(text) for text in texts] == folded


# --- Search ------------------------------------------------------------------------------------------------


IN_ORDER = (
    ("duc", ["Vườn cam ông Đức"]),
    (unicodedata.normalize("NFD", "Đức"), ["Vườn cam ông Đức"]),
    ("  ĐỨC, ", ["Vườn cam ông Đức"]),
    ("cam duc", ["Vườn cam ông Đức"]),
    ("đào", ["Vườn hoa nhà Xuân", "Vườn sinh thái và nhà nghỉ cộng đồng gia đình bà Nguyệt Thúy"]),
    ("đao", ["Nhà bà Liễu bên sông"]),
    ("bí đao", ["Nhà bà Liễu bên sông"]),
    ("sen", ["Vườn rau nhà Sen", "Ao vườn ông Cảnh"]),
    ("hương", ["Vườn bà Hương", "Vườn bà Hường"]),
    ("hường", ["Vườn bà Hường", "Vườn bà Hương"]),
    ("482 135", ["Vườn bà Hường"]),
    ("homestay", ["Vườn bà Hường"]),
)


def test_what_is_found_in_which_order(browser: Browser, demo_site: Served) -> None:
    """By the beginnings of words, with or without accents; what is written as typed first, then names before crops."""
    with opened(browser, demo_site.base + VILLAGES["vi"]) as page:
        ready(page)
        for query, first in IN_ORDER:
            names = found(page, query)
            assert (query, first) == (query, names[: len(first)])
            assert page.locator("#finder .found").inner_text() == f"Tìm thấy {len(names)} hộ."


def answers(index: Any, query: str) -> set[str]:
    """Return who must be found in an index: every word begins a word of the name, the address, the code or the things."""

    def words(text: str) -> list[str]:
        return re.findall(r"[^\W_]+", fold(text))

    found = set()
    for code, name, address, numbers in rows_of(index):
        things = " ".join(name for number in numbers for name in index["words"][number])
        known = words(f"{code} {name} {address} {things}")
        if all(any(one.startswith(word) for one in known) for word in words(query)):
            found.add(name.replace("\u00a0", " "))
    return found


@each("tag", ["vi", "en"])
def test_search_agrees_with_a_plain_account_of_it(browser: Browser, demo_site: Served, tag: str) -> None:
    """Whatever is sought, exactly those are shown that a few lines of Python find in the index."""
    index = json.loads((demo_site.sites["/repo"] / f"data/search-{tag}.json").read_text(encoding="utf-8"))
    queries = [
        "v", "vuon", "vuon h", "Ông", "ba", "huong", "cam", "cam bu", "ga", "gà thả", "mat ong", "OCOP 4", "ocop",
        "vietgap", "huu co", "vuon mau", "don khach", "hai qua", "pomelo", "phuc trach", "honey", "model garden",
        "xom", "xóm đông", "ngõ 3", "zzz", "đ", "d", "qua", "rau song", "48", "tre", "lạc", "com nha", "picking",
    ]  # fmt: skip
    with opened(browser, demo_site.base + VILLAGES[tag]) as page:
        ready(page)
        shown = page.evaluate(SEARCHED, queries)
    assert [set(names) for names in shown] == [answers(index, query) for query in queries]
    assert {len(names) for names in shown} > {0, 1}


def test_nothing_found_says_what_to_do(browser: Browser, demo_site: Served) -> None:
    """A sentence in the live region, and one tap brings all of them back in their old order."""
    with opened(browser, demo_site.base + VILLAGES["vi"]) as page:
        before = page.evaluate(SHOWN)
        ready(page)
        assert found(page, "đào") != before
        assert found(page, "xyzzy") == []
        said = page.locator("#finder [role=status]")
        assert said.inner_text().startswith("Chưa thấy vườn nào như vậy.")
        page.locator("#finder [type=reset]").click()
        settled(page, 0)
        assert page.evaluate(SHOWN) == before
        assert (said.inner_text(), page.locator("#finder [type=reset]").is_visible()) == ("", False)


def test_a_row_says_why_it_was_found(browser: Browser, demo_site: Served) -> None:
    """A crop behind the first three, and a product that stands in no row, are shown while they are sought."""
    with opened(browser, demo_site.base + VILLAGES["vi"]) as page:
        ready(page)
        found(page, "mat ong")
        row = page.locator("#homes > li", has_text="Vườn bà Hường")
        assert "Mật ong hoa bưởi" in row.inner_text()
        found(page, "cau")
        assert row.locator("li.hit").all_inner_texts() == ["Cau"]
        assert "Mật ong" not in row.inner_text()
        found(page, "vuon mau")
        assert row.inner_text().count("vườn mẫu") == 1


@each("page", ["", "en/", *VILLAGES.values()])
def test_a_place_is_found_by_name_kind_and_code(browser: Browser, demo_site: Served, page: str) -> None:
    """It stands below the households, which it is not counted with; where none of the places is meant they are gone."""
    shown = "#places ~ ul li:visible b"
    with opened(browser, demo_site.base + page) as shop:
        ready(shop)
        for typed in ("gieng lang", "513 400", "giếng" if "en" not in page else "village well"):
            assert found(shop, typed) == []
            assert shop.locator(shown).all_inner_texts() == ["Giếng làng"]
            assert shop.locator("#finder .found").inner_text() == ""
        assert found(shop, "duc") != []
        assert shop.locator("#places").is_visible() is False
        shop.locator("#finder [type=reset]").click()
        settled(shop, 0)
        assert shop.locator(shown).count() == 3


def test_the_index_comes_with_the_first_focus(browser: Browser, built_demo: Path) -> None:
    """Not with the page, and once only."""
    with served(built_demo / "site") as server, opened(browser, server.base + VILLAGES["en"]) as page:
        pass_time(page, 300)
        assert asks_for_index(server) == []
        ready(page)
        found(page, "duc")
        page.locator("#finder select[name=month]").focus()
        page.locator("#finder input[name=q]").focus()
        assert asks_for_index(server) == ["/repo/data/search-en.json"]


def test_without_the_index_the_rows_are_searched(browser: Browser, built_demo: Path) -> None:
    """Names, crops and badges of the page are found all the same; another focus tries again."""
    with served(built_demo / "site") as server:
        server.forced["/repo/data/search-vi.json"] = 503
        with opened(browser, server.base + VILLAGES["vi"]) as page:
            ready(page)
            assert (found(page, "duc"), found(page, "bi dao"), found(page, "mat ong")) == (
                ["Vườn cam ông Đức"], ["Nhà bà Liễu bên sông"], ["Vườn bà Hường", "Vườn cam ông Đức"],
            )  # fmt: skip
            server.forced.clear()
            page.locator("#finder select[name=crop]").focus()
            ready(page)
            assert "Vườn bà Hường" in found(page, "mat ong")


def test_who_comes_back_finds_his_search(browser: Browser, demo_site: Served) -> None:
    """What was typed and chosen survives a visit to a garden, without any storage."""
    with opened(browser, demo_site.base + VILLAGES["vi"]) as page:
        ready(page)
        page.locator("#finder select[name=month]").select_option("8")
        names = found(page, "buoi")
        page.locator("#homes > li:not([hidden]) a").first.click()
        page.wait_for_url(re.compile(r"/\d+/$"))
        page.go_back()
        page.wait_for_function(f"names => String(({SHOWN})()) === String(names)", arg=names)
        assert page.locator("#finder input[name=q]").input_value() == "buoi"
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_keyboard_is_enough(browser: Browser, demo_site: Served) -> None:
    """Tab to the box, type, Enter stays, Escape clears, Tab through the filters to the first of those found."""
    with opened(browser, demo_site.base + VILLAGES["vi"], viewport={"width": 1280, "height": 800}) as page:
        before = page.evaluate(SHOWN)
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name") == "q":
                break
        page.keyboard.type("sen")
        page.keyboard.press("Enter")
        settled(page)
        assert page.evaluate(SHOWN)[0] == "Vườn rau nhà Sen"
        page.keyboard.press("Escape")
        assert page.evaluate(SHOWN) == before
        page.keyboard.type("sen")
        settled(page)
        name, focused = (
            "document.activeElement.name || document.activeElement.textContent.trim().replace(/\\u00a0/g, ' ')",
            [],
        )
        for _ in range(5):
            page.keyboard.press("Tab")
            focused.append(page.evaluate(name))
        assert focused == ["crop", "month", "welcome", "Xóa lọc", "Vườn rau nhà Sen"]
        assert page.evaluate("getComputedStyle(document.activeElement, '::after').outlineStyle") == "solid"


# --- Filters -----------------------------------------------------------------------------------------------


def keeps(home: PublicHousehold, crop: str, month: int, welcome: bool) -> bool:
    """Tell whether a household passes: that crop, or with no crop whatever is sold too, is ripe then; guests are received."""
    things: tuple[PublicCrop | PublicProduct, ...] = (*home.garden.crops, *home.products)
    fitting = [
        one
        for one in things
        if (not crop or kind(one) == crop) and (not month or (one.season and month in one.season.months))
    ]
    received = home.visits is not None and home.visits.welcome
    return bool(fitting or not (crop or month)) and (received or not welcome)


def test_filters_agree_with_a_plain_account_of_them(
    browser: Browser, built_demo: Path, demo_site: Served
) -> None:
    """Every crop with every month, with and without visitors, over the demo."""
    homes = survey(built_demo).households
    kinds: dict[str, str] = {}
    with opened(browser, demo_site.base + VILLAGES["en"]) as page:
        for home in homes:
            row = page.locator(f"#homes > li:has(a[href$='/{home.code}/'])")
            numbers = row.locator("ul > li:not(.mark)").evaluate_all("all => all.map(one => one.dataset.k)")
            kinds |= dict(zip(map(kind, home.garden.crops), numbers, strict=False))  # then what is sold
        asked = list(product(("", *kinds), range(13), (False, True)))
        chosen = [(kinds.get(crop, ""), str(month or ""), welcome) for crop, month, welcome in asked]
        shown = page.evaluate(FILTERED, chosen)
        listed = page.evaluate(FILTERED, [("", "", False)])[0]
    by_name = {home.name: home for home in homes}
    assert sorted(listed) == sorted(by_name)
    assert shown == [[name for name in listed if keeps(by_name[name], *one)] for one in asked]


def test_this_month_is_the_phone_s(browser: Browser, demo_site: Served) -> None:
    """The choice "this month" is that month, and what is ripe says so in a word, also behind the first three."""
    with opened(browser, demo_site.base) as page:
        for month, expected in ((2, "Vườn hoa nhà Xuân"), (8, "Vườn bà Hường"), (6, "Vườn lạc nhà Thắng")):
            page.clock.set_fixed_time(datetime(2027, month, 15, 9, 0))  # noqa: DTZ001 - the phone's own clock
            turn_to(page, demo_site.base + VILLAGES["vi"])
            page.locator("#finder select[name=month]").select_option("now")
            now = page.evaluate(SHOWN)
            page.locator("#finder select[name=month]").select_option(str(month))
            assert (month, now, expected in now) == (month, page.evaluate(SHOWN), True)
            said = page.locator("#homes > li:not([hidden]) li.ripe small").all_inner_texts()
            assert (month, [one.strip() for one in said]) == (month, ["Đang mùa:"] * len(now))


def test_what_is_ripe_leads_to_those_who_have_it(browser: Browser, demo_site: Served) -> None:
    """A crop sets both filters; where there are none, on a page of several villages, it is searched for."""
    with opened(browser, demo_site.base) as page:
        page.clock.set_fixed_time(datetime(2027, 8, 15, 9, 0))  # noqa: DTZ001 - the phone's own clock
        turn_to(page, demo_site.base + VILLAGES["vi"])
        page.locator("#now a", has_text="Chè xanh").click()
        shown = page.evaluate(SHOWN)
        assert page.url.endswith("#families")
        hits = page.locator("#homes > li:not([hidden]) li.hit").all_inner_texts()
        assert [one.removeprefix("Đang mùa:").strip() for one in hits] == ["Chè xanh"] * 2
        page.locator("#finder select[name=month]").select_option("8")
        assert (len(shown), page.evaluate(SHOWN)) == (2, shown)


def test_accents_that_are_typed_are_meant(browser: Browser, commune: Served) -> None:
    """“Hường” is nobody of Hương Khê as long as somebody has the name; without accents both are found."""
    with opened(browser, commune.base) as page:
        ready(page)
        names = found(page, "Hường")
        assert names
        assert [name for name in names if "Hường" not in name] == []
        assert {"Thôn Tây", *names} < set(found(page, "huong"))


def test_search_and_filters_work_together(browser: Browser, demo_site: Served) -> None:
    """Both narrow the list; clearing takes both back, and marks what was chosen no longer."""
    with opened(browser, f"{demo_site.base}en/") as page:
        whole = page.evaluate(SHOWN)
        page.locator("#finder input[name=welcome]").check()
        pomelo = page.locator("#finder option", has_text="Phuc Trach pomelo").get_attribute("value")
        page.locator("#finder select[name=crop]").select_option(pomelo)
        welcome = page.evaluate(SHOWN)
        ready(page)
        both = found(page, "huong")
        assert set(both) < set(welcome) < set(whole)
        assert both == ["Vườn bà Hường"]
        assert page.locator("#finder .on").count() == 2
        page.locator("#finder [type=reset]").click()
        settled(page, 0)
        assert (page.evaluate(SHOWN), page.locator("#finder .on").count()) == (whole, 0)


def test_targets_are_wide_enough_for_a_thumb(browser: Browser, demo_site: Served) -> None:
    """Every control and every row is at least 44 pixels high, and nothing scrolls sideways at 320."""
    small = {"width": 320, "height": 640}
    with opened(browser, demo_site.base + VILLAGES["vi"], viewport=small, has_touch=True) as page:
        page.locator("#finder select[name=month]").select_option("now")
        heights = page.evaluate(
            """() => [...document.querySelectorAll("#finder input[type=search], #finder select, #finder .tick, "
                 + "#finder button, #homes > li:not([hidden])")].map(one => one.getBoundingClientRect().height)"""
        )
        assert min(heights) >= 44
        assert page.evaluate(TOO_WIDE) == 0


def test_the_page_stays_where_it_is(browser: Browser, demo_site: Served) -> None:
    """Rows change out of sight, and the box does not jump away from the thumb."""
    with opened(browser, demo_site.base, viewport={"width": 360, "height": 300}) as page:
        ready(page)
        page.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
        page.evaluate("document.getElementById('finder').scrollIntoView()")
        before = page.evaluate("scrollY")
        assert len(page.evaluate(SEARCHED, ["v"])[0]) > 8
        pass_time(page, 200)
        assert (before > 300, page.evaluate("scrollY")) == (True, before)
        assert page.evaluate("document.getElementById('homes').parentNode.style.minHeight") == ""


def test_axe_finds_nothing_in_what_was_found(browser: Browser, commune: Served) -> None:
    """With rows and crops marked, choices made, and results from the index; in the light and in the dark."""
    with opened(browser, commune.base) as page:
        for path in ("", "en/thon-dong/"):
            turn_to(page, f"{commune.base}{path}")
            ready(page)
            assert found(page, "duc") != []
            for select in page.locator("#finder select").all():
                select.select_option(index=1)
            assert (path, in_both_lights(page)) == (path, {"light": [], "dark": []})


# --- Without script, with hostile names, with several villages, with a thousand -----------------------------


def test_without_script_the_list_is_whole_and_nothing_idle_is_shown(
    browser: Browser, demo_site: Served
) -> None:
    """No box that finds nothing: the form is not there, every household is."""
    with opened(browser, demo_site.base, java_script_enabled=False) as page:
        for name in ("", "en/", *VILLAGES.values()):
            page.goto(demo_site.base + name)
            assert (name, page.locator("#finder").is_visible()) == (name, False)
            assert (name, page.locator("#homes > li:visible").count()) == (name, 13)


@each("tag", ["vi", "en"])
def test_the_start_page_of_several_villages_finds_in_all(browser: Browser, commune: Served, tag: str) -> None:
    """Villages and households by name, crop and place, with links that lead there."""
    with opened(browser, commune.base + ("" if tag == "vi" else "en/")) as page:
        assert page.locator("#homes").is_visible() is False
        ready(page)
        names = found(page, "thôn tây")
        assert (names[0], len(names)) == ("Thôn Tây", 7)
        assert page.locator("#homes > li a").first.get_attribute("href") in ("./thon-tay/", "../en/thon-tay/")
        assert (found(page, "cau rao"), found(page, "bridge" if tag == "en" else "cầu")[:1]) == (
            ["Cầu Rào"],
        ) * 2
        code = str(page.locator("#homes > li a").first.get_attribute("href")).split("/")[-2]
        assert found(page, code) == ["Cầu Rào"]
        assert len(found(page, "duc")) > 1
        link = page.locator("#homes > li a").first
        name = link.inner_text().replace("\u00a0", " ")
        assert page.locator("#homes > li small").first.inner_text() == "Thôn Đông"
        link.click()
        page.wait_for_url(re.compile(r"/repo/(en/)?\d+/$"))
        assert name in page.title()


def test_a_long_list_of_results_is_cut_and_says_so(browser: Browser, commune: Served) -> None:
    """The first fifty, how many there are, and what to do."""
    with opened(browser, commune.base) as page:
        ready(page)
        assert len(found(page, "vuon")) == 50
        assert (
            page.locator("#finder .found").inner_text().startswith("Tìm thấy 54 hộ, dưới đây là 50 hộ đầu.")
        )
        page.keyboard.press("Escape")
        assert page.locator("#homes").is_visible() is False


def test_without_the_index_several_villages_say_so(browser: Browser, commune: Served) -> None:
    """There is nothing to search; the villages below are named as the way."""
    commune.forced["/repo/data/search-vi.json"] = 404
    with opened(browser, commune.base) as page:
        ready(page)
        assert found(page, "duc") == []
        assert page.locator("#finder .found").inner_text().startswith("Chưa có mạng để tìm.")
    commune.forced.clear()


def test_hostile_names_stay_text(browser: Browser, commune: Served) -> None:
    """In results from the index, in rows, and in the crops that are added to them."""
    with opened(browser, commune.base) as page:
        for name in ("", "thon-tay/", "en/thon-tay/"):
            turn_to(page, commune.base + name)
            ready(page)
            for query in ("<img", "ác", "svg cay") if name else ("<img", "onload"):
                names = sorted(found(page, query))
                assert (name, query, names) == (name, query, [f"{EVIL} {number}" for number in range(6)])
                assert (
                    page.locator("#homes img[src=x], #homes b b, #homes svg svg, #homes small b").count() == 0
                )
            assert EVIL_CROP in page.locator("#homes > li").first.inner_text()


def lengthen(site: Path) -> None:
    """Make the list of a built demo 77 times as long: 1,001 rows."""
    page_file = site / SLUG / "index.html"
    text = page_file.read_text(encoding="utf-8")
    start = text.index(">", text.index('id="homes"')) + 1
    one, rest = re.split(r"(?=</ol>\s*</section>)", text[start:], maxsplit=1)
    write(page_file, text[:start] + one * 77 + rest)


def test_a_thousand_rows_are_filtered(browser: Browser, built_demo: Path, tmp_path: Path) -> None:
    """Of a list 77 times as long 77 times as many rows stay; how fast is measured in benchmarks/finder.py."""
    site = shutil.copytree(built_demo / "site", tmp_path / "site")
    asked = [("1", "", False), ("", "8", False), ("1", "8", False), ("", "", False)]
    shown: list[list[int]] = []
    for length in (13, 1001):
        with served(site) as server, opened(browser, server.base + VILLAGES["vi"]) as page:
            assert page.locator("#homes > li").count() == length
            assert 0 < page.evaluate(DRAWN) < 60
            shown.append([len(names) for names in page.evaluate(FILTERED, asked)])
        if length == 13:
            lengthen(site)
    assert [77 * count for count in shown[0]] == shown[1]
    assert 0 < shown[0][2] <= shown[0][0] < shown[0][1] < shown[0][3] == 13
