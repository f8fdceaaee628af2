"""`vuonho verify --live`: what answers on the network, address by address, and what to do about it."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from case_kit import each
from command_kit import SLUG, Outcome, build, edit, on_a_terminal, rows, twin, vuonho
from https_kit import proxied
from pages_server import Served, served, served_many
from vuonho.qr.symbol import png, qr_symbol

pytestmark = pytest.mark.slow

BASE, OLD = "https://vuonmau.example/", "https://vuoncu.example/thon/"
LEFT, MOVED, SILENT = "643479", "158589", "594379"
"""A family that left, one that moved on, and one that has not agreed."""


@pytest.fixture
def web(built_demo: Path) -> Iterator[Served]:
    """Serve the demo as it was built, below /repo/."""
    with served(built_demo / "site") as one:
        yield one


def live(root: Path, *more: str | Path) -> Outcome:
    return vuonho("-C", root, "--lang", "en", "verify", "--live", *more)


def test_all_is_well(built_demo: Path, web: Served) -> None:
    """Every page in every language, both pictures of every code, and nothing asked twice but the first page."""
    done = live(built_demo, web.base)
    assert (done.code, done.err) == (0, "")
    assert done.out == (f"All is well: {web.base} answers with 42 pages, 0 printed addresses, 32 QR images read and "
                        "right.\n")  # fmt: skip
    paths = web.paths()
    assert sorted(set(paths)) == sorted(paths[1:])
    codes = [row[0] for row in rows(built_demo)]
    assert {f"/repo/{code}/" for code in codes} <= set(paths)
    assert all(method == "GET" for method, _, _ in web.requests)


def test_a_place_with_vietnamese_letters(built_demo: Path) -> None:
    """It is asked for as browsers do, and named as it can be copied."""
    with served(built_demo / "site", "/vườn") as web:
        done = live(built_demo, f"{web.origin}/vườn")
    assert done.code == 0, done.said
    assert f"{web.origin}/v%C6%B0%E1%BB%9Dn/ answers with 42 pages" in done.out


def test_a_fresh_laptop(built_demo: Path, web: Served, tmp_path: Path) -> None:
    """Without a build here the pages themselves are judged, and it is said what was not."""
    root = tmp_path / "x"
    shutil.copytree(built_demo / "profiles", root / "profiles")
    done = live(root, web.base)
    assert done.code == 0
    assert done.err == "There is no build here, so whether the site online is the latest was not compared.\n"
    web.forced["/repo/482135/"] = 404
    assert "Run “vuonho publish”" in live(root, web.base).out


SPOILT = {
    "482135/": (404, "There is no such page (404)."),
    "en/482135/": (410, "There is no such page (410)."),
    "926002/": (500, "The server says error 500."),
    "711946/": (429, "The server says error 429."),
    "631186/": (200, "Another page is here, none of this village."),
    "366019/": (0, "This address does not answer: it cannot be reached (Remote end closed"),
    "qr/482135.png": (404, "There is no such picture of a code (404)."),
    "qr/482135.svg": (200, "This QR code is broken: "),
    f"{SLUG}/": (404, "There is no such page (404)."),
    f"{LEFT}/": (404, "There is no such page (404)."),
}


def told(done: Outcome, base: str) -> dict[str, str]:
    """Return what is said of each address below a base; it is followed by what to do, and by others like it."""
    lines, said = done.out.splitlines(), {}
    for at, line in enumerate(lines):
        if line.startswith(base):
            assert lines[at + 2].startswith("      → ")
            others = re.match(r"      And \d+ more like it: (.*)", lines[at + 3])
            for address in (line, *(others[1].split(", ") if others else ())):
                said[address.removeprefix(base)] = lines[at + 1].removeprefix("  Error: ")
    return said


def test_addresses_that_do_not_answer_as_they_should(built_demo: Path, web: Served) -> None:
    """These alone are named, each with its whole address and what to do."""
    web.forced = {f"/repo/{path}": status for path, (status, _) in SPOILT.items()}
    done = live(built_demo, web.base)
    said = told(done, web.base)
    assert (done.code, set(said)) == (1, set(SPOILT))
    assert [path for path, (_, wanted) in SPOILT.items() if not said[path].startswith(wanted)] == []
    assert done.out.endswith("10 errors, 0 notes\n")


HARMS = {
    f"{LEFT}/": ("482135/", "The family left, and its page is still online."),
    f"en/{LEFT}/": ("en/482135/", "The family left, and its page is still online."),
    f"{MOVED}/": ("482135/", "The family left, and its page is still online."),
    f"{SILENT}/": ("482135/", "The family has not agreed, and a page is online."),
    "482135/": ("926002/", "The page here belongs to another address."),
    "711946/": (f"{LEFT}/", "The site online is not the one built here."),
}
"""A page of the site, whose page lies there instead, and what is said of it."""


def test_pages_that_should_not_be_there(built_demo: Path, tmp_path: Path) -> None:
    """The worst, told first, is a family that is shown against its will; a picture is read, and says where it leads."""
    old, site = built_demo / "site", shutil.copytree(built_demo / "site", tmp_path / "site")
    (site / SILENT).mkdir()
    for path, (instead, _) in HARMS.items():
        shutil.copyfile(old / instead / "index.html", site / path / "index.html")
    shutil.copyfile(old / "qr/926002.png", site / "qr/482135.png")
    with served(site) as web:
        done = live(built_demo, web.base)
    said = told(done, web.base)
    assert set(list(said)[:4]) == set(list(HARMS)[:4]), done.out
    assert {path: wanted for path, (_, wanted) in HARMS.items()} == {path: said[path] for path in HARMS}
    picture = said["qr/482135.png"]
    assert picture == f"The QR code leads to “{BASE}926002/”; it should be “{BASE}482135/”."
    assert "Do not print this code." in done.out


LISTS = {
    "a code of nobody": (lambda text: text.replace("482135", "100014"), "data/codes.json", "does not say what the register says"),
    "one that left is open": (lambda text: text.replace("482135", LEFT), "data/codes.json", "does not say what the register says"),
    "more than codes": (lambda text: text.replace('"moved"', '"head":"A","moved"'), "data/codes.json", "does not say what the register says"),
    "no list at all": (lambda _: "<html>", "data/codes.json", "does not say what the register says"),
    "nothing": (None, "data/codes.json", "There is no list of codes (404), so “Kiểm mã” cannot answer."),
    "true, and another": (lambda text: f"{text}\n", "", "made with another list of codes"),
}  # fmt: skip
"""What is done to the list of codes that is online, what is named, and what is said of it."""


@each("how", LISTS)
def test_a_list_of_codes_that_is_not_ours_is_named(built_demo: Path, tmp_path: Path, how: str) -> None:
    """Also where nothing was built here to compare it with: the register and the pages online tell."""
    change, where, words = LISTS[how]
    site = shutil.copytree(built_demo / "site", tmp_path / "site")
    shutil.copytree(built_demo / "profiles", tmp_path / "x/profiles")
    listed = site / "data/codes.json"
    if change:
        listed.write_text(change(listed.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    else:
        listed.unlink()
    with served(site) as web:
        done = live(tmp_path / "x", web.base)
        assert (done.code, words in told(done, web.base).get(where, "")) == (1, True), done.out


def test_an_older_site_is_told_once(built_demo: Path, tmp_path: Path) -> None:
    """Hundreds of pages that differ from the build are one sentence."""
    site = shutil.copytree(built_demo / "site", tmp_path / "site")
    for page in site.glob("*/index.html"):
        page.write_text(page.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with served(site) as web:
        done = live(built_demo, web.base)
    assert done.code == 1
    assert "The site online is not the one built here. 20 more addresses alike." in done.out
    assert done.out.endswith("1 error, 0 notes\n")


STEERS = "\x1b[31m\x1b]0;PWN\x07\x9b31m"
"""What turns a terminal's letters red and renames its window."""


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no such terminal")
def test_what_a_stranger_says_steers_no_terminal(built_demo: Path, tmp_path: Path) -> None:
    """Where an address leads, and what a picture of a code says, stand there in letters and boxes."""
    site = shutil.copytree(built_demo / "site", tmp_path / "site")
    (site / "qr/482135.png").write_bytes(png(qr_symbol("https://a.example/\u202eelpmaxe")))
    with served(site) as web:
        web.leads["/repo/482135/"] = f"https://ten:mat-khau@b.example/{STEERS}"
        said = on_a_terminal("-C", built_demo, "--lang", "en", "verify", "--live", web.base)
    assert "leads elsewhere: https://…@b.example/□[31m□]0;PWN□□31m\n" in said
    assert "leads to “https://a.example/□elpmaxe”;" in said
    assert "\x1b[31m\x1b[1mError" in said
    assert not set("\x07\x9b\u202e") & set(said)
    assert "\x1b]" not in said


# --- No network ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("when", ["from the beginning", "halfway"])
def test_a_network_that_is_down(
    built_demo: Path, web: Served, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """A few sentences, not one for each address."""
    web.down = when == "from the beginning"
    if when == "halfway":
        site = web.sites["/repo"]
        folders = (page.parent.relative_to(site).as_posix() for page in site.glob("*/**/index.html"))
        web.forced = {f"/repo/{folder}/": 0 for folder in folders}
    done = live(built_demo, web.base)
    assert done.code == 1
    if web.down:
        assert done.err.splitlines()[0].startswith(f"{web.base} gives no answer: it cannot be reached (")
    else:
        assert "This address was not tried, as those before did not answer. " in done.out
        assert done.out.count("\n  Error: ") < 15


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("http://vuonmau.example/", "A site on the web is looked at by “https://”"),
        ("ftp://vuonmau.example/", "must begin with “https://”"),
        ("vuonmau.example", "must begin with “https://”"),
    ],
)
def test_an_address_that_will_not_do(built_demo: Path, typed: str, said: str) -> None:
    """UserError in words before anything is asked."""
    done = live(built_demo, typed)
    assert (done.code, done.out) == (1, "")
    assert said in done.err


def test_nothing_at_the_address_yet(built_demo: Path, web: Served) -> None:
    """A first page that is not there says it for all others."""
    done = live(built_demo, f"{web.origin}/other/")
    assert (done.code, done.out) == (1, "")
    assert f"There is no site at {web.origin}/other/ (404)." in done.err
    assert len(web.requests) == 1


# --- What was printed, and older addresses -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def printed(built_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo with plaques printed here and at an older address, and a board."""
    root = shutil.copytree(built_demo, tmp_path_factory.mktemp("printed") / "x")
    edit(root / "profiles/site.yaml", "previous_urls: []", f"previous_urls: [{OLD}]")
    told = {
        "482135": f"2026-11-20,{BASE}482135/,,{OLD}482135/",
        "926002": f"2026-11-20,{OLD}926002/,,",
        LEFT: f"2026-11-20,{OLD}{LEFT}/,withdrawn,",
    }
    lines = [",".join((*row[:3], told.get(row[0], f",,{row[5]},"))) for row in rows(root)]
    head = "code,profile,given,printed,url,status,printed_earlier"
    (root / "profiles/codes.csv").write_text("\n".join((head, *lines, "")), encoding="utf-8")
    board = f"village,printed,url,batch\n{SLUG},2026-11-20,{BASE}{SLUG}/,1\n"
    (root / "profiles/boards.csv").write_text(board, encoding="utf-8")
    return root


@contextmanager
def both(site: Path, old: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """Serve a site at its own address and a copy at the older one, by https, behind a proxy."""
    with served_many({"": site, "/thon": old}) as one:
        hosts = {"vuonmau.example": one.origin, "vuoncu.example": one.origin}
        with proxied(folder, hosts, monkeypatch):
            yield one


@pytest.fixture
def world(printed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """The site as it is, at both addresses."""
    with both(printed / "site", printed / "site", tmp_path, monkeypatch) as one:
        yield one


def test_every_printed_address_wherever_it_is(printed: Path, world: Served) -> None:
    """At base_url, without naming it: the older addresses too, through the proxy of the office, by https."""
    done = live(printed)
    assert (done.code, done.err) == (0, ""), done.said
    assert f"All is well: {BASE} answers with 46 pages, 5 printed addresses, 32 QR images" in done.out
    older = {path for path in world.paths() if path.startswith("/thon/")}
    assert older == {"/thon/", "/thon/482135/", "/thon/926002/", f"/thon/{LEFT}/"}


def test_printed_addresses_that_are_dead_come_first(printed: Path, world: Served) -> None:
    """A plaque that leads nowhere is said to be one, at either address, boards too."""
    world.forced = {f"/{SLUG}/": 404, "/482135/": 500, "/thon/926002/": 404, "/631186/": 404}
    done = live(printed)
    heads = [line for line in done.out.splitlines() if line.startswith("https://")]
    assert heads == [f"{OLD}926002/", f"{BASE}{SLUG}/", f"{BASE}482135/", f"{BASE}631186/"]
    assert done.out.count("On a printed plaque: ") == 3
    assert "On a printed plaque: there is no such page (404)." in done.out


def test_an_older_address_that_shows_who_left(
    printed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy that was forgotten somewhere still shows the family."""
    old = shutil.copytree(printed / "site", tmp_path / "old")
    shutil.copyfile(old / "482135/index.html", old / LEFT / "index.html")
    with both(printed / "site", old, tmp_path, monkeypatch):
        done = live(printed)
    assert done.out.splitlines()[0] == f"{OLD}{LEFT}/"
    assert "The family left, and its page is still online." in done.out


def test_an_older_host_that_is_gone(printed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its addresses are named; those of the site itself are asked all the same."""
    with served(printed / "site", "") as one, proxied(tmp_path, {"vuonmau.example": one.origin}, monkeypatch):
        done = live(printed)
    assert done.code == 1
    assert set(told(done, OLD)) == {"", "482135/", "926002/", f"{LEFT}/"}
    assert done.out.count("https://") == 4
    assert len(one.requests) > 60


def test_an_example_that_was_printed_before_the_real_address_is_not_asked(
    printed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody could ever open it: it stands in previous_urls for the register's sake alone."""
    root = twin(printed, tmp_path / "x")
    site = root / "profiles/site.yaml"
    edit(site, f"base_url: {BASE}", "base_url: https://thon-mau.vn/")
    edit(site, f"previous_urls: [{OLD}]", f"previous_urls: [{OLD}, {BASE}]")
    assert build(root).code == 0
    with served(root / "site", "") as one, proxied(tmp_path, {"thon-mau.vn": one.origin}, monkeypatch):
        done = live(root)
    assert (done.code, done.err) == (0, ""), done.said
    assert "0 printed addresses" in done.out


def test_a_preview_leaves_older_addresses_alone(printed: Path, web: Served) -> None:
    """They are somewhere else, which is said; the codes must say the printed address."""
    done = live(printed, web.base)
    assert done.code == 0, done.said
    assert "5 printed addresses" not in done.out
    assert done.err.startswith("3 older printed addresses (previous_urls) were not tried")
