"""Draw docs/screens/: every kind of page at 360 and 1280 px, in the light and in the dark.

    .venv/bin/python docs/screens.py              # all of them, a minute or two
    .venv/bin/python docs/screens.py household    # those whose name begins so

Builds the demo, and a commune of two villages, in a temporary folder. Needs chromium and the test extra. Long pages
flow into columns; wide ones are shown at half their size. The month is September, when the pomelos are ripe.
"""

import io
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from formscreens import form_screens  # noqa: E402

from command_kit import SLUG, build, copy_demo  # noqa: E402
from pages_server import served  # noqa: E402

OUT = ROOT / "docs" / "screens"
PAGES = {
    "household": "482135/",
    "household-without-photo": "352676/",
    "household-least": "711946/",
    "household-twelve-crops": "951605/",
    "household-english": "en/482135/",
    "village": f"{SLUG}/",
    "village-english": f"en/{SLUG}/",
    "village-printed": f"{SLUG}/print/",
    "index": "",
    "team": f"{SLUG}/to-so/",
    "guide": "huong-dan/bi-lua/",
    "coming": "482135/den/",
    "lane": "490594/",
    "place": "513400/",
    "check": "kiem-ma/",
    "check-english": "en/kiem-ma/",
    "patrol": "tuan-tra/",
    "withdrawn": "643479/",
    "privacy": "privacy/",
    "lost": "482136",
    "offline": "offline.html",
}
COMMUNE = {"index-of-villages": ""}
PHONE, DESK = 360, 1280
COLUMN, GAP = 1600, 24
PAPER = "#cfcabb"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def shot(browser: Browser, address: str, width: int, scheme: str) -> Image.Image:
    """Return a whole page as a picture, its lazy photos loaded."""
    size = {"width": width, "height": 800}
    with browser.new_context(viewport=size, color_scheme=scheme, locale="en-GB" if "/en/" in address else "vi-VN",
                             service_workers="block", bypass_csp=True) as context:  # type: ignore[arg-type]  # fmt: skip
        page = context.new_page()
        page.clock.set_fixed_time(datetime(2027, 9, 12, 9, 0))  # noqa: DTZ001 - the phone's own clock
        page.goto(address)
        page.add_style_tag(content=".homes > li { content-visibility: visible !important; }")
        page.evaluate("document.querySelectorAll('img').forEach(image => { image.loading = 'eager'; })")
        page.wait_for_load_state("networkidle")
        return Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")


def columns(picture: Image.Image, height: int) -> Iterator[Image.Image]:
    """Yield a long picture in pieces."""
    for top in range(0, picture.height, height):
        yield picture.crop((0, top, picture.width, min(top + height, picture.height)))


def sheet(pictures: list[Image.Image]) -> Image.Image:
    """Return pictures side by side."""
    whole = Image.new(
        "RGB", (sum(p.width + GAP for p in pictures) + GAP, max(p.height for p in pictures) + 2 * GAP), PAPER
    )
    left = GAP
    for picture in pictures:
        whole.paste(picture, (left, GAP))
        left += picture.width + GAP
    return whole


def draw(browser: Browser, address: str, name: str) -> None:
    """Write the two pictures of a kind of page."""
    for width in (PHONE, DESK):
        shots = [shot(browser, address, width, scheme) for scheme in ("light", "dark")]
        if width == DESK:
            pieces = [
                one.resize((one.width // 2, one.height // 2), Image.Resampling.LANCZOS) for one in shots
            ]
        else:
            pieces = [piece for one in shots for piece in columns(one, COLUMN)]
        sheet(pieces).save(OUT / f"{name}-{width}.webp", quality=62, method=6)
        print(f"{name}-{width}.webp")


def draw_form(browser: Browser, address: str, wish: str) -> None:
    """Write the pictures of the phone form: several screens on each, those in the dark below those in the light."""
    for width in (PHONE, DESK):
        rows: dict[str, list[Image.Image]] = {}
        for scheme in ("light", "dark"):
            found: dict[str, list[Image.Image]] = {}
            for name, picture in form_screens(browser, address, width, scheme):
                small = (
                    picture.width * 2 // (3 if width == PHONE else 7),
                    picture.height * 2 // (3 if width == PHONE else 7),
                )
                found.setdefault(name, []).append(picture.resize(small, Image.Resampling.LANCZOS))
            for name, pictures in found.items():
                rows.setdefault(name, []).append(
                    sheet([piece for one in pictures for piece in columns(one, COLUMN)])
                )
        for name, (light, dark) in rows.items():
            if name.startswith(wish):
                whole = Image.new("RGB", (light.width, light.height + dark.height - GAP), PAPER)
                whole.paste(light, (0, 0))
                whole.paste(dark, (0, light.height - GAP))
                whole.save(OUT / f"{name}-{width}.webp", quality=50, method=6)
                print(f"{name}-{width}.webp")


@contextmanager
def sites() -> Iterator[tuple[Path, Path]]:
    """Build the demo, and a commune: the demo with a second village; give both sites."""
    with TemporaryDirectory() as folder:
        demo, commune = copy_demo(Path(folder) / "demo"), copy_demo(Path(folder) / "commune")
        other = commune / "profiles" / "thon-dong"
        other.mkdir()
        village = "name: Thôn Đông\ncommune: Xã Phúc Trạch\ncentre: 18.1350, 105.7700\n"
        (other / "village.yaml").write_text(village, encoding="utf-8")
        for name in ("ong-duc", "rau-nha-sen"):
            shutil.move(commune / "profiles" / SLUG / f"{name}.yaml", other)
        shutil.copytree(commune / "profiles" / SLUG / "photos", other / "photos")
        for root in (demo, commune):
            done = build(root)
            assert done.code == 0, done.said
        yield demo / "site", commune / "site"


def main() -> None:
    """Write the pictures whose name begins with the word given, or all."""
    wish = sys.argv[1] if len(sys.argv) > 1 else ""
    OUT.mkdir(exist_ok=True)
    with (
        sites() as (demo, commune),
        served(demo) as one,
        served(commune, prefix="/commune") as other,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for base, pages in ((one.base, PAGES), (other.base, COMMUNE)):
            for name, page in pages.items():
                if name.startswith(wish):
                    draw(browser, base + page, name)
        if not wish or wish.startswith("form"):
            draw_form(browser, f"{one.base}form/", wish)
        browser.close()


if __name__ == "__main__":
    main()
