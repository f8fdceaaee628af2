"""Draw docs/pages.png: the demo's pages side by side, as a phone and a desk show them.

    .venv/bin/vuonho build && .venv/bin/python docs/pages.py

Needs chromium and the test extra.
"""

import io
import shutil
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
HEIGHT, GAP = 780, 24
SHOTS = (
    ("482135/", 360, "light"),
    ("en/926002/", 360, "dark"),
    ("thon-vuon-mau/", 1100, "light"),
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


class Quiet(SimpleHTTPRequestHandler):
    """Serves without a line a request."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def shot(browser: Browser, url: str, width: int, scheme: str) -> Image.Image:
    """Return the top of a page as a picture."""
    locale = "en-GB" if "/en/" in url else "vi-VN"
    page = browser.new_page(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme, locale=locale)  # type: ignore[arg-type]
    page.goto(url)
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def main() -> None:
    """Write docs/pages.png."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(ROOT / "site")))
    Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        pictures = [shot(browser, base + page, width, scheme) for page, width, scheme in SHOTS]
        browser.close()
    sheet = Image.new(
        "RGB", (sum(p.width for p in pictures) + GAP * (len(pictures) + 1), HEIGHT + 2 * GAP), "#d9d4c7"
    )
    left = GAP
    for picture in pictures:
        sheet.paste(picture, (left, GAP))
        left += picture.width + GAP
    sheet.quantize(200).save(ROOT / "docs" / "pages.png", optimize=True)


if __name__ == "__main__":
    main()
