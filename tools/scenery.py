"""Make the pictures that shared links are put together of, out of `tools/scenery/`, and the icons out of icon.svg.

    .venv/bin/python tools/scenery.py

Writes `src/vuonho/pictures/{village,plate,badge}.webp` and `templates/static/*.png`, without loss. Needs chromium and
the test extra.
"""

import io
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

DRAWINGS = Path(__file__).with_name("scenery")
ROOT = Path(__file__).resolve().parent.parent
PICTURES, ICONS = ROOT / "src/vuonho/pictures", ROOT / "templates/static"
GROUND = '<rect width="100" height="100" rx="22" fill="#1f5e33"/>'
FULL = '<rect x="-20" y="-20" width="140" height="140" fill="#1f5e33"/>'
"""The ground of an icon to whose corners the phone sees itself."""
WIDER = "-12.5 -18.5 130 130"
"""What of the drawing a maskable icon shows: a phone leaves a circle of four fifths of it."""
SIZES = {
    "icon-192": (192, GROUND, "0 0 100 100"),
    "icon-512": (512, GROUND, "0 0 100 100"),
    "icon-maskable-512": (512, FULL, WIDER),
    "apple-touch-icon": (180, FULL, "0 0 100 100"),
}


def main() -> None:
    """Write every picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1200, "height": 630})

        def drawn(svg: str) -> Image.Image:
            page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{svg}")
            return Image.open(io.BytesIO(page.locator("svg").screenshot(omit_background=True)))

        icon = (ICONS / "icon.svg").read_text(encoding="utf-8")
        for name, (side, ground, shown) in SIZES.items():
            svg = icon.replace(GROUND, ground).replace(
                '"0 0 100 100"', f'"{shown}" width="{side}" height="{side}"'
            )
            drawn(svg).save(ICONS / f"{name}.png", optimize=True)
        for drawing in sorted(DRAWINGS.glob("*.svg")):
            picture = drawn(drawing.read_text(encoding="utf-8"))
            picture = picture.convert("RGB" if drawing.stem == "village" else "RGBA")
            picture.save(PICTURES / f"{drawing.stem}.webp", lossless=True, quality=100, method=6, exact=True)
        browser.close()


if __name__ == "__main__":
    main()
