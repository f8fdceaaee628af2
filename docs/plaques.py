"""Draw docs/plaques/: every design as it goes to a print shop, made with the demo.

    .venv/bin/python docs/plaques.py                    # all of them, half a minute
    .venv/bin/python docs/plaques.py gate               # those whose name begins so
    .venv/bin/python docs/plaques.py --png FOLDER [URL] # what readers of codes are measured with, for this base_url

With --png it writes the gate plaque of 482135 cut to its trim at 300 dpi, and the code alone beside the picture that
the library qrcode makes of the same page by default, both 60 mm wide with their margins; each with its true size in
the file. What a reader must say of each is printed. Works in a temporary folder; needs the test extra.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
import qrcode
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from command_kit import copy_demo, edit, vuonho  # noqa: E402
from vuonho.qr.symbol import payload, png, qr_symbol  # noqa: E402

OUT = ROOT / "docs" / "plaques"
CODE = "482135"
BASE_URL = "https://vuonmau.example/"
DPI = 300
CARD_MM = 60
GAP, PAPER = 24, "#cfcabb"
PICTURES = {
    "gate": (110, CODE, "--size", "200x150"),
    "gate-long-name": (110, "352676", "--size", "200x150"),
    "gate-draft": (70, CODE, "--size", "200x150", "--draft"),
    "a5": (105, "926002", "--size", "a5"),
    "a6": (120, "366019", "--size", "a6"),
    "a6-on-a4": (85, "--all", "--size", "a6", "--sheet", "a4"),
    "label-99x139": (90, "--all", "--size", "99x139"),
    "label-99x67": (90, "--all", "--size", "99x67"),
    "label-99x38": (110, "--all", "--size", "99x38"),
    "label-63x38": (110, "--all", "--size", "63x38", "--start", "4"),
    "card-85x54": (100, "--all", "--size", "85x54"),
    "board": (85, "--all", "--size", "a3"),
    "choice": (85, CODE, "--proof"),
    "keepsake": (70, "keepsake", CODE),
    "stickers": (70, "keepsake", CODE),
}
"""Dots an inch, and what the command is asked for. Stickers are the second page of a keepsake."""


@contextmanager
def printed(base_url: str, *asked: str) -> Iterator[pypdfium2.PdfDocument]:
    """Give the PDF that the command makes of the demo."""
    with TemporaryDirectory() as folder:
        root = copy_demo(Path(folder) / "demo")
        if base_url != BASE_URL:
            edit(root / "profiles" / "site.yaml", f"base_url: {BASE_URL}", f"base_url: {base_url}")
        command = () if asked[0] == "keepsake" else ("plaques", "--yes")
        out = ("--jobs", "1", "-o", "plaques.pdf")
        done = vuonho("-C", root, "--lang", "en", *command, *asked, *out)
        assert done.code == 0, done.said
        with pypdfium2.PdfDocument((root / "plaques.pdf").read_bytes()) as document:
            yield document


def page(document: pypdfium2.PdfDocument, dpi: int, number: int = 0, *, trimmed: bool = False) -> Image.Image:
    """Return a page as a picture, whole or what is left of it when it has been cut."""
    first = document[number]
    left, low, right, high = first.get_trimbox()
    dot, top = dpi / 72, first.get_height()
    picture = first.render(scale=dot).to_pil().convert("RGB")
    box = (round(left * dot), round((top - high) * dot), round(right * dot), round((top - low) * dot))
    return picture.crop(box) if trimmed else picture


def draw(name: str) -> None:
    """Write one picture into docs/plaques/."""
    dpi, *asked = PICTURES[name]
    with printed(BASE_URL, *map(str, asked)) as document:
        seen = page(document, int(dpi), 1 if name == "stickers" else 0)
    sheet = Image.new("RGB", (seen.width + 2 * GAP, seen.height + 2 * GAP), PAPER)
    sheet.paste(seen, (GAP, GAP))
    sheet.save(OUT / f"{name}.webp", quality=70, method=6)
    print(f"{name}.webp")


def write_measured(folder: Path, base_url: str) -> None:
    """Write the pictures to be measured, and print the payload of each."""
    folder.mkdir(parents=True, exist_ok=True)
    said, usual = payload(base_url, CODE), f"{base_url}{CODE}/"
    with printed(base_url, CODE) as document:
        page(document, DPI, trimmed=True).save(folder / "gate.png", dpi=(DPI, DPI))
    alone = Image.open(BytesIO(png(qr_symbol(said))))
    default = qrcode.make(usual).get_image().convert("1")
    for name, picture in (("code", alone), ("default", default)):
        dpi = picture.width / CARD_MM * 25.4
        picture.save(folder / f"{name}.png", dpi=(dpi, dpi))
    for name, text in (("gate", said), ("code", said), ("default", usual)):
        print(f"{name}.png {text}")


def main() -> None:
    """Write the pictures of the docs, or those to be measured."""
    asked = sys.argv[1:]
    if asked[:1] == ["--png"]:
        write_measured(Path(asked[1]), asked[2] if len(asked) > 2 else BASE_URL)
        return
    OUT.mkdir(exist_ok=True)
    for name in PICTURES:
        if name.startswith(asked[0] if asked else ""):
            draw(name)


if __name__ == "__main__":
    main()
