"""Draw what the program says in a terminal into docs/handbook/: its own words and colours, 84 columns wide.

    .venv/bin/python docs/terminals.py             # all of them
    .venv/bin/python docs/terminals.py check       # those whose name begins so

Runs the real program on a copy of the demo, in a terminal of its own (Linux or macOS); `serve` shows its QR code on a
Wi-Fi that is made for it (Linux: unshare, ip). `trouble` is no terminal: it is the page that the preview shows in the
place of a site with an error, 360 px wide. Needs chromium and the test extra.
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
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from command_kit import SLUG, build, copy_demo, edit  # noqa: E402
from preview_kit import serving  # noqa: E402

COLUMNS, SCALE = 84, 1.5
STYLE = """
* { margin: 0; } body { width: fit-content; background: #efeadf; padding: 22px; }
.window { border-radius: 9px; overflow: hidden; border: 1.5px solid #55524a; }
.bar { background: #3a3c3e; color: #cfcabb; font: 15px "Noto Sans", sans-serif; padding: 6px 14px; }
pre { background: #1d1f21; color: #e6e3da; font: 15px/1.45 "Noto Sans Mono", monospace; padding: 14px 18px; width: 86ch; white-space: pre-wrap; }
.tight { line-height: 1.165; }
.c30 { color: #000; } .c107 { background: #fff; } .c1 { font-weight: 700; } .c2 { opacity: .7; } .c31 { color: #ff8272; } .c32 { color: #9ccf7d; } .c33 { color: #f5c95d; } .c36 { color: #7fd0d8; } .you { color: #f5c95d; }
"""
CODES = re.compile(r"\x1b\[([\d;]*)m")
SYMBOL = re.compile(r'((?:^.*class="c107".*\n)+)', re.MULTILINE)
OTHER = re.compile(r"\x1b\[[\d;?]*[A-Za-ln-z]|\x1b\][^\x07]*\x07")


WIFI = """
ip link set lo up && ip link add wifi type veth peer name other
ip addr add 192.168.1.23/24 dev wifi && ip link set wifi up && ip link set other up
ip route add default via 192.168.1.1 && exec "$@"
"""
"""A network in which this computer is 192.168.1.23, as behind many a box at home."""


def told(root: Path, *words: str, until: str = "", wifi: bool = False) -> str:
    """Return what the program says on a terminal; one that goes on is stopped by Ctrl-C once it has said `until`."""
    call = [sys.executable, "-m", "vuonho", *words]
    call = ["unshare", "-rn", "sh", "-c", WIFI, "sh", *call] if wifi else call
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
        os.execvp(call[0], call)
    said = b""
    while piece := _read(terminal):
        said += piece
        if until and until.encode() in said:
            os.write(terminal, b"\x03")
            until = ""
    os.waitpid(child, 0)
    left = OTHER.sub("", said.decode("utf-8")).replace("\r\n", "\n")
    return re.sub(
        r"[^\n]*\r", "", left
    )  # what was written anew in its own place: only the last of it is seen


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


def swap_numbers(root: Path) -> None:
    """Write the two numbers of a place the wrong way round."""
    file = root / "profiles" / SLUG / "ba-huong.yaml"
    edit(file, "point: 18.1261, 105.7612", "point: 105.7612, 18.1261")


def check(root: Path) -> str:
    """Return what `check` says of a village with a few mistakes."""
    swap_numbers(root)
    edit(root / "profiles" / SLUG / "ong-duc.yaml", "garden:", "gardn:")
    return told(root, "check")


def status(root: Path) -> str:
    """Return what `status` says of the demo, with the place for a backup that Windows is told."""
    return told(root, "status").replace("vuonho backup ../sao-luu.zip", "vuonho backup E:\\")


def serve(root: Path) -> str:
    """Return what `serve --lan` says, its QR code too, until it is stopped."""
    return told(root, "serve", "--lan", "--port", "8000", until="Ctrl-C", wifi=True)


def draw_trouble(browser: Browser, root: Path) -> None:
    """Draw the page that the preview shows on its own computer in the place of a site with an error."""
    swap_numbers(root)
    with serving(root, "--port", "0", "--lang", "vi") as command:
        page = browser.new_page(viewport={"width": 360, "height": 200})
        page.goto(command.address)
        save(page.screenshot(full_page=True), "trouble-360", 75)
        page.close()
        command.stop()


TERMINALS: dict[str, tuple[str, Callable[[Path], str]]] = {
    "check": ("vuonho check", check),
    "serve": ("vuonho serve --lan", serve),
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
                said = SYMBOL.sub(r'<div class="tight">\1</div>', coloured(say(root)).rstrip())
                page = browser.new_page(viewport={"width": 900, "height": 200}, device_scale_factor=SCALE)
                page.set_content(
                    f'<!doctype html><meta charset=utf-8><style>{STYLE}</style><div class="window"><div class="bar">vuonho</div>'
                    f'<pre>thon-vuon-mau&gt; <span class="you">{command}</span>\n{said}</pre></div>'
                )
                save(page.locator("body").screenshot(), f"terminal-{name}", 60)
                page.close()
        if "trouble".startswith(wish):
            draw_trouble(browser, shutil.copytree(demo, Path(folder) / "trouble"))
        browser.close()


if __name__ == "__main__":
    main()
