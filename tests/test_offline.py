"""Without a signal, in a real browser: what was opened once opens again, and nothing outlives the site itself."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

import browser_kit
from command_kit import PUBLISHED, SLUG, build, twin
from pages_server import PREFIX, Served, served, served_many
from visit_kit import kept_beside

pytestmark = pytest.mark.browser

HOME = "482135/"
PROFILE = f"profiles/{SLUG}/ba-huong.yaml"
NAME = "Vườn bà Hường"
SHOWS_PHONE, PHONE, OTHER_PROFILE = "926002/", "0570 345 678", f"profiles/{SLUG}/ong-duc.yaml"
NO_SIGNAL = "Máy đang không có mạng"
NEVER_OPENED = "711946/"
VILLAGE = f"{SLUG}/"
KEPT = """
async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const keys = await (await caches.open(name)).keys();
    found[name] = keys.map(one => one.url.slice(location.origin.length));
  }
  return found;
}
"""
COPY = "async address => { const copy = await caches.match(address); return copy ? copy.text() : ''; }"
PICTURES = "() => [...document.images].filter(one => one.complete).map(one => one.naturalWidth > 0)"
FETCH = "async ([url, options]) => { const answer = await fetch(url, options); await answer.text(); return answer.status; }"
FETCH_ALL = "async urls => { for (const url of urls) await (await fetch(url)).text(); }"
PUT = """
async ([name, urls]) => {
  const cache = await caches.open(name);
  for (const url of urls) await cache.put(url, new Response("x"));
}
"""
ASK_TO_KEEP = """
async urls => (await navigator.serviceWorker.ready).active.postMessage({keep: urls})
"""
UPDATE = "() => navigator.serviceWorker.getRegistration().then(one => one.update()).then(() => null)"
"""What the browser does by itself a second after a visit."""
IS_DONE = "() => navigator.serviceWorker.getRegistration().then(one => !one || !one.installing)"
"""Whether the version that was being fetched is there, or given up."""


@pytest.fixture
def root(published_demo: Path, tmp_path: Path) -> Path:
    """Return a copy of the project that a test may change."""
    return twin(published_demo, tmp_path / "demo")


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[Served]:
    """Return the site, served: that of the copy, where a test changes one."""
    project = request.getfixturevalue("root" if "root" in request.fixturenames else "published_demo")
    with served(project / "site") as one:
        yield one


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """Return a phone that has never been here."""
    with browser.new_context(locale="vi-VN", viewport={"width": 360, "height": 640}) as context:
        yield context


@pytest.fixture
def probe(browser: Browser) -> Iterator[BrowserContext]:
    """Return a phone whose pages ask for whatever a test wants, which their policy would not let them."""
    with browser.new_context(locale="vi-VN", bypass_csp=True) as context:
        yield context


def rebuild(root: Path) -> None:
    done = build(root, "--base-url", PUBLISHED)
    assert done.code == 0, done.said


def kept(page: Page, kind: str = "", prefix: str = PREFIX) -> list[str]:
    """Return the addresses kept below a prefix: in the shell, among the visited, or in both."""
    caches = page.evaluate(KEPT)
    names = [name for name in caches if name.startswith(f"vuonho {prefix}/ {kind}")]
    return [url.removeprefix(f"{prefix}/") for name in names for url in caches[name]]


def in_line(page: Page, address: str) -> int:
    """Return the place of an address among those visited; the first goes first."""
    return kept(page, "visited").index(address)


def heading(page: Page) -> str:
    """Return the page's heading."""
    return page.locator("h1").inner_text()


def shells(page: Page, prefix: str = PREFIX) -> list[str]:
    """Return the names of the shells below a prefix."""
    return [name for name in page.evaluate("caches.keys()") if name.startswith(f"vuonho {prefix}/ shell ")]


def until(page: Page, holds: Callable[[], bool], why: str) -> None:
    """Wait until something holds in the browser, or fail."""
    browser_kit.until(page, holds, lambda: (why, page.evaluate(KEPT)))


def visit(page: Page, server: Served, address: str = HOME, prefix: str = PREFIX) -> None:
    """Open a page and wait until the phone has kept it and its village."""
    page.goto(server.base_of(prefix) + address, wait_until="load")
    wanted = {address.partition("?")[0], VILLAGE}
    until(page, lambda: wanted <= set(kept(page, prefix=prefix)), f"{address} is kept")


def has_new_shell(page: Page, old: list[str]) -> None:
    """Wait until another version of the worker is at work, and nothing is left of the old one's shell."""

    def is_new() -> bool:
        now = shells(page)
        return len(now) == 1 and now != old

    until(page, is_new, "a new shell")


def new_version(root: Path) -> None:
    """Make a worker that differs in its version alone."""
    worker = root / "site/sw.js"
    worker.write_bytes(worker.read_bytes().replace(b'"version":"', b'"version":"new'))


def test_after_one_scan_the_page_and_the_village_open_without_a_signal(
    phone: BrowserContext, server: Served
) -> None:
    """The whole page with its pictures and its code, the list of the village, the start page; no photo came twice."""
    page = phone.new_page()
    visit(page, server)
    before = page.locator("main").inner_text()
    until(page, lambda: f"qr/{HOME[:-1]}.svg" in kept(page), "the code is kept")
    photos = [path for path in server.paths() if "/photos/" in path]
    assert sorted(set(photos)) == sorted(photos)
    shown = page.evaluate(PICTURES)
    page.close()
    server.down = True
    page = phone.new_page()
    page.goto(server.base + HOME, wait_until="load")
    assert before == page.locator("main").inner_text()
    assert shown == page.evaluate(PICTURES)
    assert True in shown
    page.locator("header a[data-keep]").first.click()
    page.wait_for_url(server.base + VILLAGE)
    assert page.locator(f"a[href*='{NEVER_OPENED}']").count() > 0
    page.locator("header a.brand").click()
    page.wait_for_url(server.base)
    assert page.locator("main").inner_text().strip()


@pytest.mark.parametrize("address", [HOME, VILLAGE, ""])
def test_a_first_visit_fetches_what_its_page_names(
    phone: BrowserContext, server: Served, address: str
) -> None:
    """Shell, start page, village and code, and not the list to be printed: `test_thousand` weighs them."""
    page = phone.new_page()
    page.goto(server.base + address, wait_until="load")
    there = len(server.requests)
    wanted = set(kept_beside(server.sites[PREFIX], address))
    until(
        page,
        lambda: {file.removesuffix("index.html") for file in wanted - {"sw.js"}} <= set(kept(page)),
        "all",
    )
    asked = {path for _, path, status in server.requests[there:] if status == 200 and "/photos/" not in path}
    named = {path.removeprefix(f"{PREFIX}/") for path in asked}
    assert {f"{path}index.html" if path.endswith("/") or not path else path for path in named} <= wanted


def test_a_very_long_list_is_kept_when_it_was_opened(
    phone: BrowserContext, server: Served, root: Path
) -> None:
    """Not beforehand, in no language; everything else of a first visit is there."""
    worker = root / "site/sw.js"
    worker.write_text(
        worker.read_text(encoding="utf-8").replace('"large":[]', f'"large":["{SLUG}"]'), encoding="utf-8"
    )
    page = phone.new_page()
    page.goto(server.base + HOME)
    until(page, lambda: {"", HOME} <= set(kept(page)), "the page is kept")
    assert set(kept_beside(root / "site", HOME)) == {
        "icon.svg", "index.html", "manifest.webmanifest", "offline.html", f"qr/{HOME[:-1]}.svg", "sw.js",
        "data/codes.json", "kiem-ma/index.html", f"{HOME}den/index.html",
        *(one.name for one in (root / "site").glob("wide-*.css")),
    }  # fmt: skip
    assert f"{PREFIX}/{VILLAGE}" not in server.paths()
    page.goto(server.base + VILLAGE)
    until(page, lambda: VILLAGE in kept(page), "the list is kept")
    server.down = True
    page.goto(server.base + VILLAGE)
    assert page.locator("#homes > li").count() == 13


def test_a_phone_keeps_what_speaks_its_language(phone: BrowserContext, server: Served) -> None:
    """The start page of the page's language and no other: a long list of names costs a weak signal seconds."""
    page = phone.new_page()
    visit(page, server)
    *others, wide = sorted(kept(page, "shell"))
    assert others == ["data/codes.json", "icon.svg", "manifest.webmanifest", "offline.html"]
    assert wide.startswith("wide-")
    found = [url for url in ("", "en/", "kiem-ma/", "en/kiem-ma/") if url in kept(page)]
    assert found == ["", "kiem-ma/"]


def test_a_page_never_opened_says_that_there_is_no_signal(phone: BrowserContext, server: Served) -> None:
    """In every language, at any depth, with a way to what is there."""
    page = phone.new_page()
    visit(page, server)
    for address in (NEVER_OPENED, f"en/{NEVER_OPENED}", "999999/sau/hon", "qr/711946.png"):
        server.down = True
        page.goto(server.base + address)
        assert (page.url, heading(page)) == (server.base + address, NO_SIGNAL)
        assert page.locator("section[lang=en] h2").inner_text() == "There is no signal"
        page.get_by_role("link", name="Về trang chủ").click()
        page.wait_for_url(server.base)
        page.goto(server.base + address)
        server.down = False
        page.get_by_role("link", name="Thử lại").click()
        page.get_by_text(NO_SIGNAL).wait_for(state="detached")
        assert page.url == server.base + address


def test_a_page_without_a_signal_leads_back_wherever_the_site_lies(phone: BrowserContext, root: Path) -> None:
    """The same bytes were built for another path."""
    page = phone.new_page()
    with served(root / "site", prefix="/khac") as server:
        page.goto(server.base)
        page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        server.down = True
        page.goto(server.base + NEVER_OPENED)
        assert heading(page) == NO_SIGNAL
        page.get_by_role("link", name="Về trang chủ").click()
        page.wait_for_url(server.base)


def test_an_update_is_seen_on_the_next_visit(phone: BrowserContext, server: Served, root: Path) -> None:
    """The page at once, the start page too, and what was visited is still there, pictures and all."""
    page = phone.new_page()
    visit(page, server)
    profile = root / PROFILE
    profile.write_text(
        profile.read_text(encoding="utf-8").replace("name: Vườn bà Hường", "name: Vườn bà Hường bên suối"),
        encoding="utf-8",
    )
    rebuild(root)
    page.goto(server.base + HOME)
    assert heading(page) == "Vườn bà Hường bên suối"
    copies = [server.base, server.base + VILLAGE]
    until(page, lambda: all("bên suối" in page.evaluate(COPY, one) for one in copies), "the lists are new")
    server.down = True
    page.goto(server.base + HOME, wait_until="load")
    assert page.evaluate(PICTURES)[0]
    assert heading(page) == "Vườn bà Hường bên suối"
    page.goto(server.base)
    assert page.get_by_text("Vườn bà Hường bên suối").count() > 0
    page.goto(server.base + VILLAGE)
    assert page.get_by_text("Vườn bà Hường bên suối").count() > 0


def test_a_family_that_withdrew_is_gone_from_phones_at_their_next_contact(
    phone: BrowserContext, server: Served, root: Path
) -> None:
    """Whichever page of the site they open: the copy becomes the notice, the photos go.

    A number that another family no longer shows stands in no kept copy either.
    """
    page = phone.new_page()
    visit(page, server, SHOWS_PHONE)
    assert page.get_by_text(PHONE).count() > 0
    visit(page, server)
    until(page, lambda: any(url.startswith("photos/") for url in kept(page)), "photos are kept")
    own = {url for url in kept(page) if url.startswith("photos/")}
    old = shells(page)
    profile = root / PROFILE
    text = profile.read_text(encoding="utf-8")
    profile.write_text(text.replace("\nchecked:", "\nwithdrawn: 2026-11-20\nchecked:"), encoding="utf-8")
    other = root / OTHER_PROFILE
    text = other.read_text(encoding="utf-8")
    assert "phone, " in text
    other.write_text(text.replace("phone, ", "", 1), encoding="utf-8")
    rebuild(root)
    page.goto(server.base + "privacy/")
    has_new_shell(page, old)
    there = {path.name for path in (root / "site/photos").iterdir()}
    until(page, lambda: not own - {f"photos/{name}" for name in there} & set(kept(page)), "photos are gone")
    assert own - {f"photos/{name}" for name in there}
    server.down = True
    page.goto(server.base + HOME)
    assert heading(page) == "Trang này đã khép lại"
    for address in ("", VILLAGE, HOME):
        page.goto(server.base + address)
        assert page.get_by_text("Hường").count() == 0
    page.goto(server.base + SHOWS_PHONE)
    assert (heading(page) != NO_SIGNAL, page.get_by_text(PHONE).count()) == (True, 0)


def test_a_foreign_visitor_scans_again_without_signal(browser: Browser, server: Served) -> None:
    """Sent on to English at the first scan, he finds that page again from the plaque's own address."""
    with browser.new_context(locale="fr-FR") as context:
        page = context.new_page()
        page.goto(server.base + HOME)
        page.wait_for_url(f"{server.base}en/{HOME}")
        until(page, lambda: {f"en/{HOME}", "en/kiem-ma/"} <= set(kept(page)), "his page is kept")
        assert [path for path in kept(page) if path.endswith("/") and not path.startswith("en/")] == []
        server.down = True
        page.goto(server.base + HOME)
        page.wait_for_url(f"{server.base}en/{HOME}")
        assert heading(page) == "Vườn bà Hường"


def test_a_page_that_vanished_vanishes_from_the_phone(
    phone: BrowserContext, server: Served, root: Path
) -> None:
    """The site says that there is no such page, so there is none without a signal either."""
    page = phone.new_page()
    visit(page, server)
    shutil.rmtree(root / "site" / HOME)
    assert page.goto(server.base + HOME).status == 404  # type: ignore[union-attr]
    until(page, lambda: HOME not in kept(page), "the page is gone")
    server.down = True
    page.goto(server.base + HOME)
    assert heading(page) == NO_SIGNAL


def test_projects_of_one_origin_leave_each_other_alone(
    phone: BrowserContext, published_demo: Path, root: Path
) -> None:
    """Neither an update nor what is kept of one project reaches another, though one name begins the other's."""
    neighbour = f"{PREFIX}/khac"
    with served_many({PREFIX: root / "site", neighbour: published_demo / "site"}) as server:
        page = phone.new_page()
        visit(page, server, prefix=neighbour)
        foreign = [f"{PREFIX}/{HOME}"]  # as a site at the root might keep it
        page.evaluate(PUT, ["game v1", foreign])
        visit(page, server, NEVER_OPENED)
        theirs = {name: urls for name, urls in page.evaluate(KEPT).items() if neighbour in name}
        old = shells(page)
        (root / "site/icon.svg").write_bytes((root / "site/icon.svg").read_bytes() + b"\n")
        new_version(root)
        page.evaluate(UPDATE)
        has_new_shell(page, old)
        now = page.evaluate(KEPT)
        assert theirs == {name: urls for name, urls in now.items() if neighbour in name}
        assert foreign == now["game v1"]
        assert len(shells(page, neighbour)) == 1
        server.down = True
        page.goto(server.base_of(PREFIX) + HOME)
        assert heading(page) == NO_SIGNAL
        page.goto(server.base_of(neighbour) + HOME)
        assert heading(page) == NAME


def test_a_site_at_the_root_leaves_the_projects_below_alone(phone: BrowserContext, root: Path) -> None:
    """Another site's pages are within its reach, yet they are neither kept nor answered for."""
    other = root.parent / "other"
    other.mkdir()
    (other / "index.html").write_text("<title>Trò chơi</title>", encoding="utf-8")
    with served_many({"": root / "site", "/tro-choi": other}) as server:
        page = phone.new_page()
        visit(page, server, prefix="")
        page.goto(f"{server.origin}/tro-choi/")
        assert page.title() == "Trò chơi"
        page.goto(server.origin + "/" + HOME)
        assert not [url for urls in page.evaluate(KEPT).values() for url in urls if "tro-choi" in url]


def test_a_slow_network_shows_the_copy_and_renews_it(
    phone: BrowserContext, server: Served, root: Path
) -> None:
    """After three seconds without an answer; the one that comes later is there the next time.

    What is not kept takes the time that it takes.
    """
    page, other = phone.new_page(), phone.new_page()
    visit(page, server)
    other.goto(server.base + VILLAGE)
    file = root / "site" / HOME / "index.html"
    file.write_bytes(file.read_bytes().replace("bà Hường<".encode(), "bà Hường mới<".encode()))
    server.held, before = True, len(server.requests)
    other.evaluate("url => { location.href = url; }", server.base + NEVER_OPENED)
    page.goto(server.base + HOME, wait_until="commit")
    assert heading(page) == NAME
    server.held = False
    other.wait_for_url(server.base + NEVER_OPENED)
    assert heading(other) != NO_SIGNAL
    until(page, lambda: f"{PREFIX}/{HOME}" in server.paths()[before:], "the late answer")
    server.down = True  # what the page asks for when it has loaded comes no more
    until(page, lambda: "mới" in page.evaluate(COPY, server.base + HOME), "the copy is renewed")
    page.goto(server.base + HOME)
    assert heading(page) == "Vườn bà Hường mới"


def test_a_host_in_trouble_does_not_take_the_page_away(phone: BrowserContext, server: Served) -> None:
    """An error of the server shows the copy and keeps it; without a copy the error is shown."""
    page = phone.new_page()
    visit(page, server)
    server.forced = {f"{PREFIX}/{HOME}": 503, f"{PREFIX}/{NEVER_OPENED}": 503}
    page.goto(server.base + HOME)
    assert heading(page) == NAME
    assert page.goto(server.base + NEVER_OPENED).status == 503  # type: ignore[union-attr]
    assert HOME in kept(page)
    assert NEVER_OPENED not in kept(page)


def test_at_most_sixty_files_are_kept_and_the_longest_unused_go(
    probe: BrowserContext, server: Served, root: Path
) -> None:
    """What is used again moves to the end of the line, whether from the network or from the phone."""
    page = probe.new_page()
    visit(page, server)
    own = [f"photos/{number}.jpg" for number in range(62)]
    for name in own:
        (root / "site" / name).write_bytes(b"x")
    page.evaluate(FETCH_ALL, [server.base + name for name in own[:50]])
    until(page, lambda: own[49] in kept(page), "fifty photos are kept")
    page.goto(server.base + HOME)
    page.evaluate(FETCH, [server.base + own[0], {}])
    until(page, lambda: in_line(page, own[0]) > in_line(page, own[49]), "what was used goes back in line")
    page.evaluate(FETCH_ALL, [server.base + name for name in own[50:]])
    until(page, lambda: own[61] in kept(page) and len(kept(page, "visited")) <= 60, "sixty")
    page.wait_for_timeout(300)
    assert len(kept(page, "visited")) == 60
    assert own[0] in kept(page)
    assert HOME in kept(page)
    assert own[1] not in kept(page)


def test_one_page_cannot_fill_the_phone(phone: BrowserContext, server: Served, root: Path) -> None:
    """It may ask for thirty pictures, and is kept after them, so as not to be the first to go; one may fail."""
    page = phone.new_page()
    visit(page, server)
    own = [f"photos/{number}.jpg" for number in range(40)]
    for name in own:
        (root / "site" / name).write_bytes(b"x")
    server.forced = {f"{PREFIX}/{own[3]}": 0}
    page.evaluate(ASK_TO_KEEP, [server.base + name for name in (NEVER_OPENED, *own)])
    until(page, lambda: NEVER_OPENED in kept(page), "the page is kept")
    assert [*own[:3], *own[4:30]] == [name for name in own if name in kept(page)]
    assert in_line(page, own[29]) < in_line(page, NEVER_OPENED)


def test_only_whole_answers_are_kept(probe: BrowserContext, server: Served, root: Path) -> None:
    """No redirect, no error, no part, nothing but GET, nothing of others, and no address twice for its query."""
    page = probe.new_page()
    visit(page, server)
    (root / "site/cu.html").write_text("x", encoding="utf-8")
    server.forced = {f"{PREFIX}/loi.txt": 500, f"{PREFIX}/lac.txt": 203}
    before = sorted(kept(page))
    assert page.evaluate(FETCH, [server.base + NEVER_OPENED[:-1], {}]) == 200
    assert page.evaluate(FETCH, [server.base + "loi.txt", {}]) == 500
    assert page.evaluate(FETCH, [server.base + "lac.txt", {}]) == 203
    assert page.evaluate(FETCH, [server.base + "khong-co.txt", {}]) == 404
    assert page.evaluate(FETCH, [server.base + "cu.html", {"headers": {"Range": "bytes=0-0"}}]) == 206
    assert page.evaluate(FETCH, [server.base + "cu.html", {"method": "HEAD"}]) == 200
    page.evaluate(
        ASK_TO_KEEP, [server.origin + "/khac/", "https://elsewhere.example/", 7, None, "http://[", "sw.js?x"]
    )
    page.evaluate(FETCH, [server.base + "robots.txt?x=1#y", {}])
    until(page, lambda: {"robots.txt", "sw.js"} <= set(kept(page)), "what is whole is kept")
    assert before == sorted(set(kept(page)) - {"robots.txt", "sw.js"})


def test_an_address_without_its_slash_opens_without_a_signal(phone: BrowserContext, server: Served) -> None:
    """As the host does it, with and without a signal: sent on to the slash, where the links are right."""
    page = phone.new_page()
    visit(page, server)
    page.goto(server.base + NEVER_OPENED[:-1])
    assert server.base + NEVER_OPENED == page.url
    until(page, lambda: NEVER_OPENED in kept(page), "it is kept with its slash")
    assert NEVER_OPENED[:-1] not in kept(page)
    server.down = True
    page.goto(server.base + HOME[:-1])
    assert server.base + HOME == page.url
    page.goto(server.base + "352676")
    assert heading(page) == NO_SIGNAL
    page.locator("header a.brand").click()
    page.wait_for_url(server.base)


def test_a_shell_is_whole_or_not_there(phone: BrowserContext, server: Served, root: Path) -> None:
    """Where one of its files does not come, nothing is kept and the page is what it is; the next visit fixes it."""
    server.forced = {f"{PREFIX}/manifest.webmanifest": 503}
    page = phone.new_page()
    page.goto(server.base + HOME, wait_until="load")
    until(page, lambda: ("GET", f"{PREFIX}/offline.html", 200) in server.requests, "an attempt")
    until(page, lambda: page.evaluate(IS_DONE), "it is given up")
    assert kept(page) == []
    assert shells(page) == []
    assert heading(page) == NAME
    server.forced = {}
    visit(page, server)
    told = re.search(r'"files":(\[[^]]*\])', (root / "site/sw.js").read_text(encoding="utf-8"))
    assert told is not None
    assert sorted(json.loads(told[1])) == sorted(kept(page, "shell"))
    assert {"icon.svg", "offline.html", "manifest.webmanifest"} <= set(kept(page, "shell"))


def test_a_shell_thrown_away_is_not_opened_anew(phone: BrowserContext, server: Served) -> None:
    """As by a worker that still answers when a newer one has cleared up: an old shell would stay for good."""
    page = phone.new_page()
    visit(page, server)
    old = shells(page)
    page.evaluate("name => caches.delete(name)", old[0])
    page.evaluate("url => fetch(url).then(answer => answer.text())", server.base + "icon.svg")
    page.goto(server.base, wait_until="load")
    page.wait_for_timeout(500)
    assert shells(page) == []


def test_a_failed_update_leaves_the_old_shell(phone: BrowserContext, server: Served, root: Path) -> None:
    """A new version that cannot be fetched whole changes nothing."""
    page = phone.new_page()
    visit(page, server)
    old = shells(page)
    new_version(root)
    server.forced = {f"{PREFIX}/offline.html": 503}
    page.evaluate(UPDATE)
    until(page, lambda: ("GET", f"{PREFIX}/offline.html", 503) in server.requests, "an attempt")
    until(page, lambda: page.evaluate(IS_DONE), "it is given up")
    assert old == shells(page)
    server.down = True
    page.goto(server.base + NEVER_OPENED)
    assert heading(page) == NO_SIGNAL


def test_a_signal_lost_while_an_update_comes_delays_it(
    phone: BrowserContext, server: Served, root: Path
) -> None:
    """A visited page that could not be asked for again is asked for at the next visit; nothing old is left over."""
    page = phone.new_page()
    visit(page, server)
    old = shells(page)
    file = root / "site" / HOME / "index.html"
    file.write_bytes(file.read_bytes().replace("bà Hường<".encode(), b"Nghe An<"))
    new_version(root)
    server.forced = {f"{PREFIX}/{HOME}": 0}
    page.evaluate(UPDATE)
    until(page, lambda: ("GET", f"{PREFIX}/{HOME}", 0) in server.requests, "an attempt")
    until(page, lambda: page.evaluate(IS_DONE), "it is given up")
    assert old == shells(page)
    server.forced = {}
    page.evaluate(UPDATE)
    has_new_shell(page, old)
    server.down = True
    page.goto(server.base + HOME)
    assert heading(page) == "Vườn Nghe An"


def test_without_a_service_worker_the_page_is_complete(
    browser: Browser, phone: BrowserContext, server: Served
) -> None:
    """As in a browser inside an app: the same words, links and pictures, and no complaint."""
    said: list[str] = []

    def seen(page: Page) -> object:
        links = [link.get_attribute("href") for link in page.locator("a").all()]
        return page.locator("body").inner_text(), links, page.evaluate(PICTURES)

    with browser.new_context(
        locale="vi-VN", viewport={"width": 360, "height": 640}, service_workers="block"
    ) as bare:
        pages = [context.new_page() for context in (phone, bare)]
        for page in pages:
            page.on("console", lambda message: said.append(message.text))
            page.on("pageerror", lambda error: said.append(str(error)))
        for address in (HOME, VILLAGE, ""):
            for page in pages:
                page.goto(server.base + address, wait_until="load")
                page.evaluate("document.querySelectorAll('.plan').forEach(map => map.scrollIntoView())")
            # Rows below the screen get their words only when a frame has been drawn.
            until(pages[0], lambda: seen(pages[0]) == seen(pages[1]), f"{address} is the same in both")
    assert set(said) <= {"Service Worker registration blocked by Playwright"}
