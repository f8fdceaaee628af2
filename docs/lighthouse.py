"""Judge the demo's pages with Lighthouse as a phone sees them, and print its four scores.

    npm install --no-save lighthouse@12
    .venv/bin/vuonho build && .venv/bin/python docs/lighthouse.py

Needs node 20, chromium (or CHROME_PATH) and the test extra. The site is served as GitHub Pages serves it. Each
page is measured three times, and the run of the middle performance counts.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from pages_server import served  # noqa: E402

PAGES = ("", "thon-vuon-mau/", "482135/", "711946/", "en/", "en/thon-vuon-mau/", "en/482135/")
SCORES = ("performance", "accessibility", "best-practices", "seo")
RUNS = 3
FLAGS = "--headless=new --no-sandbox --disable-gpu --lang={lang} --accept-lang={lang}"


def judge(address: str, out: Path) -> dict[str, object]:
    """Return Lighthouse's report of a page in the language that its visitor speaks."""
    tool = ROOT / "node_modules" / ".bin" / "lighthouse"
    lang = "en-US" if "/en/" in address else "vi-VN"
    chrome = os.environ.get("CHROME_PATH") or shutil.which("chromium") or ""
    command = [
        os.environ.get("LIGHTHOUSE", str(tool)), address, "--quiet", "--output=json", f"--output-path={out}",
        "--form-factor=mobile", f"--chrome-flags={FLAGS.format(lang=lang)}",
    ]  # fmt: skip
    known = {"CHROME_PATH": chrome} if chrome else {}
    subprocess.run(command, check=True, env=os.environ | known)
    report: dict[str, object] = json.loads(out.read_text(encoding="utf-8"))
    return report


def scores(report: dict[str, object]) -> tuple[int, ...]:
    """Return the four scores, of 100."""
    categories = report["categories"]
    return tuple(round(categories[name]["score"] * 100) for name in SCORES)  # type: ignore[index]


def complaints(report: dict[str, object]) -> list[str]:
    """Return the audits that cost points."""
    audits, categories = report["audits"], report["categories"]
    weighed = {ref["id"] for one in categories.values() for ref in one["auditRefs"] if ref["weight"]}  # type: ignore[attr-defined]
    return [
        name
        for name, audit in audits.items()
        if name in weighed and (audit["score"] or 0) < 0.9 and audit["score"] is not None
    ]  # type: ignore[attr-defined]


def main() -> int:
    """Print a line for each page; 1 where a page is under what we promise (98, 100, 100, 100)."""
    worst = 0
    print(f"{'page':24}{'  '.join(SCORES)}")
    with TemporaryDirectory() as folder, served(ROOT / "site", prefix="") as server:
        for page in PAGES:
            reports = sorted(
                (judge(server.base + page, Path(folder) / "report.json") for _ in range(RUNS)), key=scores
            )
            middle = reports[RUNS // 2]
            marks = scores(middle)
            print(
                f"/{page:23}{'  '.join(f'{mark:>{len(name)}}' for mark, name in zip(marks, SCORES, strict=True))}",
                *complaints(middle),
            )
            worst |= marks[0] < 98 or min(marks[1:]) < 100
    return int(worst)


if __name__ == "__main__":
    sys.exit(main())
