"""How long a thousand plaques take, how much memory, and whether two strangers read every code of the PDF.

    .venv/bin/python benchmarks/plaques.py [HOUSEHOLDS]

Makes a village in a temporary folder and runs `vuonho plaques --all` as a process, as people do; the PDF alone, drawn
and not proved, is timed apart. Then each page is drawn anew at 300 dpi and read by zxing-cpp, by OpenCV (which wants it
smaller) and, where pyzbar and libzbar0 are installed, by zbar. A reader has missed a page where it does not find
exactly one code on it, with exactly the address that stands on the page in letters. Needs the test extra.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import cv2
import numpy as np
import pypdfium2
import zxingcpp

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from village_kit import write_village  # noqa: E402
from vuonho.workers import spread  # noqa: E402

try:
    from pyzbar import pyzbar
except ImportError:
    pyzbar = None

HOST, CAPITALS = "thondong.example", "THONDONG.EXAMPLE"
DPI, SHARE = 300, 20
WHOLE = """\
import sys
from vuonho.cli.app import run
from vuonho.cli.console import Console
code = run(["-C", sys.argv[1], "plaques", "--all", "-o", "whole.pdf"], Console("en"))
"""
ALONE = """\
import sys
from contextlib import contextmanager
from pathlib import Path
from vuonho.plaques.job import Request, draw, plan_print
from vuonho.register.choice import Wanted
@contextmanager
def silent(*_):
    yield lambda: None
root = Path(sys.argv[1])
plan = plan_print(root, Request(Wanted(), "200x150"))
(root / "alone.pdf").write_bytes(draw(root, plan, silent).content)
code = 0
"""
PEAK = """
import resource
unit = 1 if sys.platform == "darwin" else 1024
print(*(resource.getrusage(who).ru_maxrss * unit
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)), file=sys.stderr)
sys.exit(code)
"""

Grey = np.ndarray


class Read(NamedTuple):
    """What stands on a page, and what each reader said of it."""

    page: int
    code: str
    said: dict[str, list[str]]


def timed(program: str, root: Path) -> tuple[float, float, float]:
    """Return the seconds of a process, and the most MB that it and any of its workers ever held."""
    peak = PEAK if sys.platform != "win32" else "sys.exit(code)"
    begin = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", program + peak, str(root)], capture_output=True, text=True)
    seconds = time.perf_counter() - begin
    assert done.returncode == 0, done.stderr
    own, workers = map(int, done.stderr.split()[-2:]) if sys.platform != "win32" else (0, 0)
    return seconds, own / 1e6, workers / 1e6


def read_by_zxing(grey: Grey) -> list[str]:
    """Return what zxing-cpp reads."""
    return [found.text for found in zxingcpp.read_barcodes(grey)]


def read_by_zbar(grey: Grey) -> list[str]:
    """Return what zbar reads."""
    found = pyzbar.decode(grey, symbols=[pyzbar.ZBarSymbol.QRCODE])
    return [one.data.decode("utf-8") for one in found]


def read_by_opencv(grey: Grey) -> list[str]:
    """Return what OpenCV reads, at the first size and with the first of its two finders with which it finds anything."""
    for share in (0.25, 0.5):
        small = cv2.resize(grey, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
        for finder in (cv2.QRCodeDetectorAruco(), cv2.QRCodeDetector()):
            if text := finder.detectAndDecode(small)[0]:
                return [text]
    return []


READERS: dict[str, Callable[[Grey], list[str]]] = {"zxing-cpp": read_by_zxing, "OpenCV": read_by_opencv}
READERS |= {"zbar": read_by_zbar} if pyzbar else {}


def read_share(task: tuple[Path, int]) -> list[Read]:
    """Return what is read on the pages of a share of the PDF."""
    file, first = task
    found = []
    with pypdfium2.PdfDocument(file) as document:
        for number in range(first, min(first + SHARE, len(document))):
            page = document[number]
            letters = "".join(page.get_textpage().get_text_range().split())
            code = letters.partition(f"{HOST}/")[2].partition("/")[0]
            pixels = page.render(scale=DPI / 72, grayscale=True).to_numpy()
            grey = np.ascontiguousarray(pixels.reshape(pixels.shape[:2]))
            found.append(Read(number, code, {name: read(grey) for name, read in READERS.items()}))
    return found


def main() -> None:
    """Print the figures, and every page that a reader missed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    jobs = os.cpu_count() or 1
    with TemporaryDirectory() as folder:
        root = write_village(Path(folder) / "village", count)
        for name, program in (("the PDF alone", ALONE), ("whole, with its proof", WHOLE)):
            seconds, own, workers = timed(program, root)
            print(f"{name:24}{seconds:7.1f} s   at most {own:4.0f} MB, its largest worker {workers:4.0f} MB")
        file = root / "whole.pdf"
        with pypdfium2.PdfDocument(file) as document:
            pages = len(document)
        print(f"{pages} pages, {file.stat().st_size / 1e6:.1f} MB, {jobs} cores")
        tasks = ((file, first) for first in range(0, pages, SHARE))
        reads = [one for share in spread(read_share, tasks, jobs) for one in share]
        report(reads, codes_of(root))


def codes_of(root: Path) -> set[str]:
    """Return the codes that the register holds."""
    lines = (root / "profiles" / "codes.csv").read_text(encoding="utf-8").splitlines()
    return {line.partition(",")[0] for line in lines[1:]}


def report(reads: list[Read], codes: set[str]) -> None:
    """Print how many pages each reader read exactly, and name the others."""
    for name in READERS:
        missed = [one for one in reads if one.said[name] != [f"https://{CAPITALS}/{one.code}/"]]
        print(f"{name:24}{len(reads) - len(missed):5} of {len(reads)} read, letter by letter")
        for one in missed:
            print(f"    page {one.page + 1}, {one.code}: {one.said[name]}")
    lost = codes - {one.code for one in reads}
    print("every household has its page" if not lost else f"without a page: {', '.join(sorted(lost))}")


if __name__ == "__main__":
    main()
