"""The other two engines, Firefox's and the iPhone's: every page, the form, and a second visit without a signal."""

import os
import shutil
from pathlib import Path

import pytest

from engine_kit import NEEDS, Died, Engine, lacking, started
from pages_server import Served, served

pytestmark = pytest.mark.browser

HOME = "482135/"
NOTED = """<head><script>
faults = [];
addEventListener("error", event => faults.push(event.message || event.target.outerHTML), true);
addEventListener("unhandledrejection", event => faults.push(String(event.reason)));
document.addEventListener("securitypolicyviolation", event => faults.push(event.violatedDirective + " " + event.blockedURI));
</script>"""
"""Stands before the page's policy, which does not bind it, and before all that may go wrong."""
PHONE = (
    '<!doctype html><meta charset="utf-8"><iframe style="border: 0; width: 360px; height: 640px"></iframe>'
)
"""As narrow as a phone: a window of these engines is not."""
VISIT = """
const frame = document.querySelector("iframe");
await new Promise(done => { frame.onload = done; frame.src = values[0]; });
const view = frame.contentWindow, page = view.document.documentElement;
if (values[1]) for (const image of view.document.images) image.loading = "eager";
return [view.faults || ["not one of ours"], page.scrollWidth - page.clientWidth, view.document.title];
"""
IN_FRAME = """
const frame = document.querySelector("iframe"), view = frame.contentWindow, page = view.document;
const until = async holds => { while (!holds()) await new Promise(done => setTimeout(done, 50)); };
const type = (id, text) => { page.getElementById(id).value = text; page.getElementById(id).dispatchEvent(new Event("input", {bubbles: true})); };
const press = what => page.querySelector(what).click();
const kept = async () => { const said = page.getElementById("kept"); await until(() => said.textContent); said.textContent = ""; };
"""
FILL = f"""{IN_FRAME}
await until(() => !page.getElementById("day").hidden);
press("[data-do=add]");
type("name", "Vườn bà Hường");
await kept();
press("#jump [data-step=consent]");
press("[data-asked=agree] input[value=yes]");
await kept();
press("#jump [data-step=story]");
type("story", "Cây bưởi bà trồng năm 1975.");
await kept();
await new Promise(done => {{ frame.onload = done; view.location.reload(); }});
"""
FOUND_AGAIN = f"""{IN_FRAME}
await until(() => page.querySelector("#homes .open"));
press("#homes .open");
return [page.getElementById("name").value, page.querySelector("[data-asked=agree] input:checked").value,
  page.getElementById("story").value, view.faults];
"""
KEPT = """
const frame = document.querySelector("iframe");
await frame.contentWindow.navigator.serviceWorker.ready;
while (!await caches.match(values[0])) await new Promise(done => setTimeout(done, 50));
"""


@pytest.fixture(scope="module")
def site(published_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo's site, each page of which notes what goes wrong in it."""
    copy = shutil.copytree(published_demo / "site", tmp_path_factory.mktemp("engines") / "site")
    for page in copy.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert text.count("<head>") == 1
        page.write_text(text.replace("<head>", NOTED), encoding="utf-8", newline="\n")
    (copy / "phone.html").write_text(PHONE, encoding="utf-8")
    return copy


@pytest.mark.parametrize("name", NEEDS)
def test_another_engine_does_what_chromium_does(name: str, site: Path) -> None:
    """A visited page opens off line; every page is as narrow as a phone, without an error; the form keeps a draft."""
    if missing := lacking(name):
        assert os.environ.get("VUONHO_BROWSER") != "required", f"{name} lacks {missing}"
        pytest.skip(f"no {name} on this machine, for want of {', '.join(missing)}")
    pages = sorted(page.relative_to(site).as_posix() for page in site.rglob("*.html"))
    pages.remove("phone.html")
    steps = ["off line", *(page.removesuffix("index.html") for page in pages), "nowhere/at/all", "filled in"]
    tries = dict.fromkeys(steps, 0)
    with served(site) as server:
        while steps:
            tries[steps[0]] += 1
            server.down = False
            try:
                with started(name) as engine:
                    engine.open(f"{server.base}phone.html")
                    while steps:
                        step(engine, server, steps[0])
                        del steps[0]
            except Died as error:
                if tries[steps[0]] > 3:
                    pytest.fail(f"{name} dies of {steps[0]!r}: {error}")


def step(engine: Engine, server: Served, name: str) -> None:
    """Do one thing, or open the page of this name."""

    def visit(page: str) -> str:
        faults, overflow, title = engine.run(VISIT, f"{server.base}{page}", not server.down)
        if server.down:  # a phone keeps no pictures of other gardens
            faults = [one for one in faults if "-small.jpg" not in one]
        assert (faults, max(0, overflow)) == ([], 0), page
        return str(title)

    if name == "off line":
        home = visit(HOME)
        engine.run(KEPT, f"{server.base}{HOME}")
        server.down = True
        assert (visit(HOME), home.split(" · ")[0]) == (home, "Vườn bà Hường")
        assert visit("711946/").startswith("Máy đang không có mạng")
        server.down = False
    elif name == "filled in":
        visit("form/")
        engine.run(FILL)
        assert engine.run(FOUND_AGAIN) == ["Vườn bà Hường", "yes", "Cây bưởi bà trồng năm 1975.", []]
    else:
        visit(name)
