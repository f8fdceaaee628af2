"""Make the pictures that shared links are put together of, out of the drawings in `tools/scenery/`.

    .venv/bin/python tools/scenery.py

Writes `src/vuonho/pictures/{village,plate,badge}.webp`, without loss. Needs chromium and the test extra.
"""

import io
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

DRAWINGS = Path(__file__).with_name("scenery")
PICTURES = Path(__file__).resolve().parent.parent / "src/vuonho/pictures"


def main() -> None:
    """Write every picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1200, "height": 630})
        for drawing in sorted(DRAWINGS.glob("*.svg")):
            page.set_content(f"<style>body{{margin:0}}</style>{drawing.read_text(encoding='utf-8')}")
            content = page.locator("svg").screenshot(omit_background=True)
            picture = Image.open(io.BytesIO(content)).convert("RGB" if drawing.stem == "village" else "RGBA")
            picture.save(PICTURES / f"{drawing.stem}.webp", lossless=True, quality=100, method=6, exact=True)
        browser.close()


if __name__ == "__main__":
    main()
