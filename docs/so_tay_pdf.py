"""Print the handbook: docs/so-tay.md as an A4 book, to be handed on by Zalo or a USB drive.

    .venv/bin/python docs/so_tay_pdf.py [so-tay.pdf]

Knows as much of Markdown as the handbook uses, and stops at anything else that would come out wrong. Needs chromium
and the test extra.
"""

import html
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
STYLE = """
@page { size: A4; margin: 17mm 18mm 19mm; }
body { font: 11pt/1.5 "Noto Sans", sans-serif; color: #1e1b16; }
h1 { font-size: 25pt; margin: 0 0 4mm; } h2 { font-size: 17pt; border-bottom: 2.5px solid #a3431f; break-before: page; margin: 0 0 4mm; }
h3 { font-size: 12.5pt; margin: 6mm 0 2mm; break-after: avoid; } p, ul, ol, table, blockquote { margin: 0 0 3mm; }
table { border-collapse: collapse; width: 100%; font-size: 10pt; } td, th { border: 1px solid #b9ad95; padding: 1.2mm 2mm; text-align: left; vertical-align: top; }
th { background: #f3ecdc; } tr, pre, img, blockquote { break-inside: avoid; }
code { font: 9.3pt "Noto Sans Mono", monospace; background: #f5f0e4; padding: 0 1mm; border-radius: 1mm; }
pre { background: #f5f0e4; border-left: 3px solid #a3431f; padding: 2mm 3mm; white-space: pre-wrap; overflow-wrap: anywhere; margin: 0 0 3mm; }
pre code { font-size: 8.3pt; background: none; padding: 0; } .typed { font-weight: 700; }
img { max-width: 100%; max-height: 84mm; display: block; margin: 1mm auto 3mm; } a { color: inherit; }
blockquote { border-left: 3px solid #b9ad95; padding-left: 4mm; } li { margin-bottom: 1mm; }
"""
HELD = "\0"
"""Stands for a piece of code while the marks around it are read."""
FOOT = '<div style="width:100%;font:8pt sans-serif;text-align:center;color:#555"><span class="pageNumber"></span></div>'


def inline(text: str) -> str:
    """Return a line with its marks as HTML; what stands in code is left alone."""
    codes = re.findall(r"`([^`]+)`", text)
    text = html.escape(re.sub(r"`[^`]+`", HELD, text), quote=False)
    text = re.sub(r"!\[([^\]]*)\]\(([^)\s]+)\)", r'<img alt="\1" src="\2">', text)
    text = re.sub(r"\[([^\]]*)\]\((#[^)\s]+)\)", r'<a href="\2">\1</a>', text)
    text = re.sub(r"\[([^\]]*)\]\([^)\s]+\)", r"\1", text)
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    text = re.sub(r"\*(.+?)\*", r"<i>\1</i>", text)
    for code in codes:
        text = text.replace(HELD, f"<code>{html.escape(code)}</code>", 1)
    return text


def anchor(heading: str) -> str:
    """Return the name of a heading as links write it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def blocks(text: str) -> Iterator[str]:
    """Yield each block of a page as HTML."""
    found = re.split(r"(^```.*?^```$)|\n{2,}", text, flags=re.DOTALL | re.MULTILINE)
    for block in (one.strip("\n") for one in found if one and one.strip()):
        first = block.lstrip()
        if first.startswith("```"):
            yield fence(block)
        elif first.startswith("#"):
            level, _, said = block.partition(" ")
            yield f'<h{len(level)} id="{anchor(said)}">{inline(said)}</h{len(level)}>'
        elif first == "---":
            yield ""
        elif first.startswith("|"):
            yield table(block)
        elif first.startswith(">"):
            yield f"<blockquote>{''.join(blocks(re.sub(r'^> ?', '', block, flags=re.MULTILINE)))}</blockquote>"
        elif re.match(r"- |\d+\. ", first):
            yield listed(block)
        else:
            yield f"<p>{inline(block)}</p>"


def fence(block: str) -> str:
    """Return what is typed and said, what is typed in bold."""
    lines = (html.escape(line) for line in block.splitlines()[1:-1])
    shown = (f'<span class="typed">{line[2:]}</span>' if line.startswith("$ ") else line for line in lines)
    return f"<pre><code>{chr(10).join(shown)}</code></pre>"


def table(block: str) -> str:
    """Return a table; one whose head is empty has none."""
    rows = [
        re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))
        for line in block.splitlines()
    ]
    head = (
        "".join(f"<th>{inline(cell.strip())}</th>" for cell in rows[0])
        if any(c.strip() for c in rows[0])
        else ""
    )
    body = "".join(
        f"<tr>{''.join(f'<td>{inline(cell.strip())}</td>' for cell in row)}</tr>" for row in rows[2:]
    )
    return f"<table>{f'<tr>{head}</tr>' if head else ''}{body}</table>"


def listed(block: str) -> str:
    """Return a list of one level, which goes on counting where the page does."""
    items = re.split(r"^(?:- |\d+\. )", block, flags=re.MULTILINE)[1:]
    inside = "".join(f"<li>{inline(' '.join(item.split()))}</li>" for item in items)
    number = re.match(r"(\d+)\. ", block)
    return f'<ol start="{number[1]}">{inside}</ol>' if number else f"<ul>{inside}</ul>"


def book() -> str:
    """Return the whole handbook as one HTML page."""
    text = (HERE / "so-tay.md").read_text(encoding="utf-8")
    text = re.sub(r"^\*The handbook for village teams.*\n", "", text, flags=re.MULTILINE)
    return (
        f'<!doctype html><html lang="vi"><meta charset="utf-8"><base href="{HERE.as_uri()}/"><title>Sổ tay vườn hộ</title>'
        f"<style>{STYLE}</style><body>{''.join(blocks(text))}"
    )


def main() -> None:
    """Write the book."""
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "so-tay.pdf")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder) / "so-tay.html"
        page_file.write_text(book(), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page()
        missing: list[str] = []
        page.on("requestfailed", lambda request: missing.append(request.url))
        page.goto(page_file.as_uri())
        page.wait_for_load_state("networkidle")
        assert missing == [], missing
        page.pdf(path=target, prefer_css_page_size=True, print_background=True, display_header_footer=True,
                 header_template="<span></span>", footer_template=FOOT)  # fmt: skip
        browser.close()
    print(f"{target}  {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
