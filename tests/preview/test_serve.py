"""`vuonho serve` as a process: at its start, on the Wi-Fi, in a real browser while profiles are edited, at its end."""

import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Browser, Page

from command_kit import ROOT, SLUG, edit, files, vuonho
from preview_kit import Serving, ask, on_a_wifi, previewed, serving
from vuonho.serve.preview import WAIT, Shown, show_site, show_trouble

pytestmark = pytest.mark.slow

HOME = "482135/"
PROFILE = f"profiles/{SLUG}/ba-huong.yaml"


@pytest.fixture(scope="module")
def root(built_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the demo below a path, not built for it yet."""
    root = copytree(built_demo, tmp_path_factory.mktemp("serve") / "vườn mẫu")
    edit(root / "profiles/site.yaml", "https://vuonmau.example/ ", "https://vuonmau.example/vuon/ ")
    return root


@pytest.fixture(scope="module")
def command(root: Path) -> Iterator[Serving]:
    """Return the command at work on the copy."""
    with serving(root, "--port", "0") as command:
        yield command


def test_it_tells_where_the_site_is(command: Serving) -> None:
    """The address, below the path of base_url, answers; the start leads there."""
    assert f"http://127.0.0.1:{command.port}/vuon/" == command.address
    assert command.told[1:] == ("Save a profile, and the site is built anew. Ctrl-C ends it.",)
    assert (ask(command.port, "/").status, ask(command.port, "/").headers["location"]) == (302, "/vuon/")
    assert "<title>Vườn bà Hường" in ask(command.port, f"/vuon/{HOME}").text


def shown(page: Page, text: str) -> None:
    """Wait until a page shows a text, by itself."""
    page.wait_for_function("text => document.body && document.body.innerText.includes(text)", arg=text)


@pytest.mark.browser
def test_an_open_page_follows_what_is_saved(browser: Browser, command: Serving, root: Path) -> None:
    """A change shows by itself, at the place where one had scrolled; an error stands in its stead until it is corrected."""
    page = browser.new_page(locale="vi-VN", viewport={"width": 360, "height": 640})
    wrong: list[str] = []
    page.on(
        "console", lambda message: wrong.append(message.text) if "Security Policy" in message.text else None
    )
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(command.address + HOME)
    page.evaluate("scrollTo(0, 900)")
    edit(root / PROFILE, "name: Vườn bà Hường", "name: Vườn bà Hường Mới")
    shown(page, "Vườn bà Hường Mới")
    assert 800 < page.evaluate("scrollY") < 1000  # the name takes a line more
    edit(root / PROFILE, "checked: ", "chekced: ")
    shown(page, "The site could not be built")
    said = page.inner_text("body")
    assert all(part in said for part in (PROFILE, "line ", "chekced", "checked"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert ask(command.port, "/vuon/no/such/").status == 409
    page.goto(f"{command.address}qr/482135.svg?x")
    shown(page, "The site could not be built")
    page.goto(command.address + HOME)
    edit(root / PROFILE, "chekced: ", "checked: ")
    edit(root / PROFILE, "name: Vườn bà Hường Mới", "name: Vườn bà Hường")
    shown(page, "Vườn bà Hường")
    assert wrong == []
    assert page.evaluate("navigator.serviceWorker ? 1 : 0") == 0
    page.close()


def test_nothing_is_built_for_nothing(command: Serving, root: Path) -> None:
    """A file saved as it was is one build that changes nothing, and pages stay; our own writing is no change."""
    version = ask(command.port, f"{WAIT}?x").text
    written = files(root / "site")
    content = (root / PROFILE).read_bytes()
    (root / PROFILE).write_bytes(content)
    line = next(line for line in command.said if ", 0 new files" in line)
    assert line.startswith(f"{PROFILE} changed. Built, 0 new files.")
    time.sleep(1.2)
    assert (version, written) == (ask(command.port, f"{WAIT}?x").text, files(root / "site"))


def test_a_deleted_site_is_built_anew(command: Serving, root: Path) -> None:
    """And the terminal says why."""
    shutil.rmtree(root / "site")
    line = next(line for line in command.said if "Built, " in line)
    assert line.startswith("site/ changed. Built, ")
    assert "<title>Vườn bà Hường" in ask(command.port, f"/vuon/{HOME}").text


def test_ctrl_c_ends_it(command: Serving) -> None:
    """130 and one sentence; the port is free, and who waits is let go."""
    with socket.create_connection(("127.0.0.1", command.port), timeout=120) as waiting:
        version = ask(command.port, f"{WAIT}?x").text
        waiting.sendall(f"GET {WAIT}?{version} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert command.stop() == 130
    rest = command.said.read().splitlines()
    assert rest[-1] == "Stopped. Nothing is left half done."
    assert "Traceback" not in "".join(rest)
    with socket.create_server(("127.0.0.1", command.port)):
        pass


PHONE = """
import json, sys, time
from preview_kit import send
def told(path, host):
    request = f"GET {path} HTTP/1.1\\r\\nHost: {host}\\r\\nConnection: close\\r\\n\\r\\n".encode()
    for _ in range(4000):
        try:
            reply = send(8000, request, "192.168.77.2", "192.168.77.9")
            return reply.status, reply.text
        except ConnectionRefusedError:
            time.sleep(0.05)
asked = ("/", "192.168.77.2:8000"), ("/482135/", "192.168.77.2"), ("/", "evil.example")
print(json.dumps([told(*one) for one in asked]))
"""


def test_a_phone_on_the_wifi_sees_the_site(demo: Path, tmp_path: Path) -> None:
    """At the address that is told; a name of somebody else gets nothing. Asked to end, it ends as at Ctrl-C."""
    code, told, answers = on_a_wifi(demo, PHONE, tmp_path / "phone")
    assert isinstance(answers, list)
    (start, page), (home, garden), (other, _) = answers
    assert (code, start, home, other) == (130, 200, 200, 421)
    assert "On a phone on the same Wi-Fi: http://192.168.77.2:8000/\n" in told
    assert "Everyone on this Wi-Fi can look" in told
    assert "\u2580" not in told  # no terminal, no drawing
    assert ("Thôn Vườn Mẫu" in page, "Vườn bà Hường" in garden) == (True, True)


def test_others_on_the_wifi_see_where_it_is_wrong_and_no_more(demo: Path, tmp_path: Path) -> None:
    """The words that explain may hold what a family keeps to itself: they are for who sits at this computer."""
    edit(demo / PROFILE, "given: 20", "given: 0912345678 Bí Mật 20")
    _, _, answers = on_a_wifi(demo, PHONE, tmp_path / "phone", "--no-reload")
    assert isinstance(answers, list)
    status, page = answers[0]
    assert (status, PROFILE in page) == (409, True)
    assert "Consent · Date of consent" in page
    assert [word for word in ("0912345678", "Bí Mật", "<script") if word in page] == []
    assert "The explanation is shown on the computer" in page


def test_as_published_byte_for_byte(demo: Path) -> None:
    """With --no-reload nothing is added; the project was broken at the start, and its error page stood there."""
    edit(demo / PROFILE, "checked: ", "chekced: ")
    with serving(demo, "--no-reload", "--port", "0") as command:
        assert ask(command.port, f"/{HOME}").status == 409
        assert "chekced" in ask(command.port, f"/{HOME}").text
        edit(demo / PROFILE, "chekced: ", "checked: ")
        assert "Built, " in next(line for line in command.said if "changed. Built" in line)
        assert [
            name
            for name, content in files(demo / "site").items()
            if name not in (".gitignore",) and ask(command.port, f"/{name}").content != content
        ] == []
        assert command.stop(signal.SIGTERM) == 130


REGISTERED = "async () => (await navigator.serviceWorker.getRegistrations()).length"
CACHES = "async () => (await caches.keys()).length"


@pytest.mark.browser
def test_no_old_copy_passes_for_the_page(browser: Browser, built_demo: Path) -> None:
    """A browser that keeps pages for lack of a signal shows what is served now, and keeps none of a live preview."""

    def site(script: str) -> Shown:
        return show_site(built_demo, "site", "https://vuonmau.example/", script)

    script = (ROOT / "templates/_reload.js").read_text(encoding="utf-8")
    with previewed(site("")) as server, browser.new_context(locale="vi-VN") as context:
        page = context.new_page()
        address = f"http://127.0.0.1:{server.port}/"
        page.goto(address + HOME)
        page.evaluate("() => navigator.serviceWorker.ready.then(() => 1)")
        page.wait_for_function("async () => (await caches.keys()).length == 2")
        server.state.show(show_trouble(site(""), b"<title>Broken</title>", b"", ""))
        page.reload()
        assert page.title() == "Broken"
        server.state.show(site(script))
        page.reload()  # sends the worker away, which still serves what it has begun
        page.goto(address)
        page.wait_for_function(f"async () => !(await ({CACHES})())")
        page.goto(address + "robots.txt")
        assert (page.evaluate(REGISTERED), page.evaluate(CACHES)) == (0, 0)


@pytest.mark.browser
def test_a_page_is_quiet_when_the_preview_ends(browser: Browser, built_demo: Path) -> None:
    """It stays as it is, and goes on when the preview does, anew only if there is something new."""
    script = (ROOT / "templates/_reload.js").read_text(encoding="utf-8")
    first = show_site(built_demo, "site", "https://vuonmau.example/", script)
    page = browser.new_page(locale="vi-VN")
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    with previewed(first) as server:
        page.goto(f"http://127.0.0.1:{server.port}/{HOME}")
        page.evaluate("document.title = 'As it was'")
    page.wait_for_timeout(300)
    assert page.title() == "As it was"
    trouble = show_trouble(first, b"<title>Anew</title>", b"", script)
    with previewed(trouble, port=server.port):
        page.wait_for_function("() => document.title == 'Anew'")
    assert wrong == []
    page.close()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="these open a browser in their own way")
def test_the_browser_is_opened_if_one_wants(demo: Path, tmp_path: Path) -> None:
    """With --open, at the address of the site, by the browser that the system prefers."""
    note, opener = tmp_path / "opened", tmp_path / "xdg-open"
    opener.write_text(f'#!/bin/sh\necho "$1" > "{note}"\n', encoding="utf-8")
    opener.chmod(0o755)
    with serving(
        demo, "--port", "0", "--open", PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    ) as command:
        deadline = time.monotonic() + 120
        while not (note.exists() and note.stat().st_size) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert note.read_text(encoding="utf-8") == f"{command.address}\n"


def test_wrong_ports_are_named(built_demo: Path) -> None:
    """No number at all is wrong usage; a port in use is an error with the way out, before anything is built."""
    assert vuonho("-C", built_demo, "serve", "--port", "70000").code == 2
    with socket.create_server(("127.0.0.1", 0)) as other:
        done = vuonho("-C", built_demo, "serve", "--port", str(other.getsockname()[1]))
    assert done.code == 1
    assert "đang có chương trình khác dùng" in done.err
    assert "--port 8080" in done.err
