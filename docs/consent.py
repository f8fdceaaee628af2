"""Draw docs/consent/: the papers of consent as they come out of the printer, made with the demo.

    .venv/bin/python docs/consent.py             # all of them, a few seconds
    .venv/bin/python docs/consent.py form        # those whose name begins so

Works in a temporary folder; needs the test extra.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from command_kit import copy_demo, vuonho  # noqa: E402

OUT = ROOT / "docs" / "consent"
DPI = 76
GAP, PAPER = 20, "#cfcabb"
PICTURES = {
    "form": ((0, 1),),
    "form-family": ((2, 3), "482135"),
    "form-english": ((0, 1), "--edition", "en"),
    "inventory": ((0, 1), "--inventory"),
}
"""Which pages, and what the command is asked for."""


def draw(name: str) -> None:
    """Write one picture into docs/consent/: pages side by side."""
    pages, *asked = PICTURES[name]
    with TemporaryDirectory() as folder:
        root = copy_demo(Path(folder) / "demo")
        done = vuonho("-C", root, "--lang", "en", "consent", *asked, "-o", "paper.pdf")
        assert done.code == 0, done.said
        with pypdfium2.PdfDocument((root / "paper.pdf").read_bytes()) as document:
            seen = [document[page].render(scale=DPI / 72).to_pil().convert("RGB") for page in pages]
    wide, high = seen[0].size
    sheet = Image.new("RGB", (GAP + (wide + GAP) * len(seen), high + 2 * GAP), PAPER)
    for at, page in enumerate(seen):
        sheet.paste(page, (GAP + at * (wide + GAP), GAP))
    sheet.save(OUT / f"{name}.webp", quality=45, method=6)
    print(f"{name}.webp")


def main() -> None:
    """Write the pictures of the docs."""
    OUT.mkdir(exist_ok=True)
    for name in PICTURES:
        if name.startswith(sys.argv[1] if len(sys.argv) > 1 else ""):
            draw(name)


if __name__ == "__main__":
    main()
