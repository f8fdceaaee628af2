"""Draw what the program says in a terminal into docs/handbook/: its own words and colours, 84 columns wide.

    .venv/bin/python docs/terminals.py             # all of them
    .venv/bin/python docs/terminals.py check       # those whose name begins so

Runs the real program on a copy of the demo, in a terminal of its own (Linux or macOS). Needs chromium and the test
extra.
"""

import html
import os
import pty
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from handbook_pictures import FLAGS, save
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from command_kit import SLUG, build, copy_demo, edit  # noqa: E402

COLUMNS, SCALE = 84, 1.5
STYLE = """
* { margin: 0; } body { width: fit-content; background: #efeadf; padding: 22px; }
.window { border-radius: 9px; overflow: hidden; border: 1.5px solid #55524a; }
.bar { background: #3a3c3e; color: #cfcabb; font: 15px "Noto Sans", sans-serif; padding: 6px 14px; }
pre { background: #1d1f21; color: #e6e3da; font: 15px/1.45 "Noto Sans Mono", monospace; padding: 14px 18px; width: 86ch; white-space: pre-wrap; }
pre.tight { line-height: 1.165; }
.c1 { font-weight: 700; } .c2 { opacity: .7; } .c31 { color: #ff8272; } .c32 { color: #9ccf7d; } .c33 { color: #f5c95d; } .c36 { color: #7fd0d8; } .you { color: #f5c95d; }
"""
CODES = re.compile(r"\x1b\[([\d;]*)m")
OTHER = re.compile(r"\x1b\[[\d;?]*[A-Za-ln-z]|\x1b\][^\x07]*\x07")


def told(root: Path, *words: str, until: str = "") -> str:
    """Return what the program says on a terminal; one that goes on is stopped by Ctrl-C once it has said `until`."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(root)
        os.environ |= {
            "TERM": "xterm-256color",
            "COLUMNS": str(COLUMNS),
            "LINES": "60",
            "PYTHONPATH": str(ROOT / "src"),
        }
        os.environ.pop("NO_COLOR", None)
        os.execv(sys.executable, [sys.executable, "-m", "vuonho", *words])
    said = b""
    while piece := _read(terminal):
        said += piece
        if until and until.encode() in said:
            os.write(terminal, b"\x03")
            until = ""
    os.waitpid(child, 0)
    return OTHER.sub("", said.decode("utf-8")).replace("\r\n", "\n").replace("\r", "")


def _read(terminal: int) -> bytes:
    """Return the next piece, nothing at the end (which Linux tells by an error)."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def coloured(said: str) -> str:
    """Return text with the colours of a terminal as HTML."""
    parts, opened = [], 0
    for position, piece in enumerate(CODES.split(said)):
        if position % 2 == 0:
            parts.append(html.escape(piece))
        elif piece in ("", "0"):
            parts.append("</span>" * opened)
            opened = 0
        else:
            parts.append("".join(f'<span class="c{code}">' for code in piece.split(";")))
            opened += piece.count(";") + 1
    return "".join(parts) + "</span>" * opened


def check(root: Path) -> str:
    """Return what `check` says of a village with a few mistakes."""
    folder = root / "profiles" / SLUG
    edit(folder / "ba-huong.yaml", "point: 18.1261, 105.7612", "point: 105.7612, 18.1261")
    edit(folder / "ong-duc.yaml", "garden:", "gardn:")
    return told(root, "check")


def status(root: Path) -> str:
    """Return what `status` says of the demo."""
    return told(root, "status")


TERMINALS: dict[str, tuple[str, Callable[[Path], str]]] = {
    "check": ("vuonho check", check),
    "status": ("vuonho status", status),
}


def main() -> None:
    """Draw those whose name begins with the word given, or all."""
    wish = sys.argv[1] if len(sys.argv) > 1 else ""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        demo = copy_demo(Path(folder) / "demo")
        assert build(demo).code == 0
        for name, (command, say) in TERMINALS.items():
            if name.startswith(wish):
                root = shutil.copytree(demo, Path(folder) / name / "thon-vuon-mau")
                said = coloured(say(root)).rstrip()
                page = browser.new_page(viewport={"width": 900, "height": 200}, device_scale_factor=SCALE)
                tight = ' class="tight"' if "█" in said and name == "serve" else ""
                page.set_content(
                    f'<!doctype html><meta charset=utf-8><style>{STYLE}</style><div class="window"><div class="bar">vuonho</div>'
                    f'<pre{tight}>thon-vuon-mau&gt; <span class="you">{command}</span>\n{said}</pre></div>'
                )
                save(page.locator("body").screenshot(), f"terminal-{name}", 60)
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
