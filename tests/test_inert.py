"""A profile full of code, in a real browser with script on: everything is shown as typed, and nothing acts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog

from browser_kit import VIOLATIONS, pass_time
from command_kit import SLUG, build, twin, vuonho
from pages_server import served

pytestmark = pytest.mark.browser

EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}{% raw %}${alert(3)}"
STORY = f"{EVIL} <a href='javascript:alert(4)'>bấm</a> <iframe src='https://evil.example'></iframe> =1+1"
PAGES = ("482135/", "en/482135/", f"{SLUG}/", f"en/{SLUG}/", f"{SLUG}/print/", "", "926002/")
STRANGE = """() => [
  document.querySelectorAll("main img[src='x'], main iframe, main script:not([type]) ~ script, [onerror]").length,
  [...document.querySelectorAll("a")].filter(link => /^javascript/i.test(link.href)).length,
]"""


@pytest.fixture(scope="module")
def base(built_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the demo whose first family typed code into every field that takes words."""
    root = twin(built_demo, tmp_path_factory.mktemp("inert") / "demo")
    profile = root / f"profiles/{SLUG}/ba-huong.yaml"
    lines = profile.read_text(encoding="utf-8").splitlines()
    begin = next(n for n, line in enumerate(lines) if line.startswith("story:"))
    end = next(n for n in range(begin + 1, len(lines)) if lines[n][:1] not in ("", " ", "#", "\t"))
    lines[begin:end] = [f'story: "{STORY}"']
    text = "\n".join(lines).replace("name: Vườn bà Hường", 'name: "<b>Vườn</b>{{7*7}}</title>"')
    text = text.replace("{name: Cau,", f'{{name: "{EVIL[:60]}",')
    profile.write_text(text + "\n", encoding="utf-8")
    done = build(root)
    assert done.code == 0, done.said
    assert vuonho("-C", root, "verify").code == 0
    with served(root / "site") as server:
        yield server.base


def dismiss(dialog: Dialog, seen: list[str]) -> None:
    """Note what a dialog says and close it."""
    seen.append(dialog.message)
    dialog.dismiss()


def test_nothing_in_a_profile_acts(browser: Browser, base: str) -> None:
    """No dialog, no element, no address, no breach of the policy, no request to anybody else; all shown as typed."""
    elsewhere: list[str] = []
    dialogs: list[str] = []
    with browser.new_context(locale="vi-VN", service_workers="block") as context:
        context.add_init_script(VIOLATIONS)
        shown = context.new_page()
        shown.on("dialog", lambda dialog: dismiss(dialog, dialogs))
        shown.on("request", lambda one: elsewhere.append(one.url) if not one.url.startswith(base) else None)
        for page in PAGES:
            shown.goto(base + page)
            if shown.locator("#finder").count():
                shown.locator("#finder input[type=search]").fill("vườn")
                pass_time(shown, 400)
            assert (page, shown.evaluate(STRANGE)) == (page, [0, 0])
            assert (page, shown.evaluate("window.violations")) == (page, [])
        shown.goto(f"{base}482135/")
        assert shown.locator("section.story p").first.inner_text() == STORY
        assert shown.locator("h1").inner_text() == "<b>Vườn</b>{{7*7}}</title>"
        assert shown.title().startswith("<b>Vườn</b>{{7*7}}</title>")
    assert (dialogs, elsewhere) == ([], [])
