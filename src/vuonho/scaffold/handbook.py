"""The handbook that travels: six cards and a page for each of the three, in every project and in the window.

Its texts lie in `texts/so-tay.<language>.md`: a heading "# key: Title", below it "pages:" with the pages of the window
on which the buttons that it names stand, paragraphs, lists, **stress** and `commands`. A button is named by its English
words in double brackets, [[Save]], and said in the reader's language as the window says it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Final

from vuonho.i18n import Text

HANDBOOK_FILE: Final = "SO-TAY.html"
ROLES: Final = ("head", "youth", "women")
_BUTTON: Final = re.compile(r"\[\[(.+?)\]\]")
_MARKS: Final = (
    (re.compile(r"\*\*(.+?)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"`(.+?)`"), r"<code>\1</code>"),
)
_ITEM: Final = re.compile(r"(\d+\.|-) ")
_STYLE: Final = (
    "body{font:1.05rem/1.5 system-ui,sans-serif;max-width:42rem;margin:1rem auto;padding:0 1rem;color:#222;background:#fff}"
    "h1{font-size:1.7rem}h2{font-size:1.35rem;margin:0 0 .4rem}article{border:1px solid #bbb;border-radius:.8rem;padding:1rem 1.2rem;"
    "margin:1rem 0}nav a{display:inline-block;padding:.5rem .8rem}b{color:#1b5e3a}p,li{margin:.4rem 0}"
    "code{overflow-wrap:anywhere;background:#eee;padding:0 .25rem}"
    "@media print{nav,h1{display:none}article{border:0;break-after:page}}"
)


@dataclass(frozen=True, slots=True)
class Guide:
    """One card, or the page of one of the three: `pages` are those of the window whose `buttons` it names."""

    key: str
    title: str
    html: str
    pages: tuple[str, ...]
    buttons: tuple[str, ...]

    @property
    def kind(self) -> str:
        """Whether it is a card or the page of a person."""
        return "role" if self.key in ROLES else "card"


@cache
def guides(language: str) -> tuple[Guide, ...]:
    """Return the handbook in a language, the cards first; in English where there is none in that language."""
    folder = Path(__file__).parent / "texts"
    file = folder / f"so-tay.{language}.md"
    text = (file if file.is_file() else folder / "so-tay.en.md").read_text(encoding="utf-8")
    return tuple(_guide(part, language) for part in re.split(r"^# ", text, flags=re.MULTILINE)[1:])


def _guide(part: str, language: str) -> Guide:
    heading, _, rest = part.partition("\n")
    key, _, title = heading.partition(": ")
    pages, _, body = rest.removeprefix("pages:").partition("\n")
    html = "".join(_blocks(_BUTTON.sub(lambda found: f"[[{Text(found[1]).to(language)}]]", body)))
    return Guide(key, title, html, tuple(pages.split()), tuple(_BUTTON.findall(body)))


def _blocks(body: str) -> Iterator[str]:
    """Yield the paragraphs and lists of a text as HTML; an item is one line."""
    lines = [line for line in body.splitlines() if line.strip()]
    for tag, group in groupby(lines, _tag):
        if tag == "p":
            yield from (f"<p>{_inline(line)}</p>\n" for line in group)
        else:
            items = "".join(f"<li>{_inline(_ITEM.sub('', line, count=1))}</li>\n" for line in group)
            yield f"<{tag}>\n{items}</{tag}>\n"


def _tag(line: str) -> str:
    found = _ITEM.match(line)
    return "p" if found is None else "ul" if found[1] == "-" else "ol"


def _inline(line: str) -> str:
    html = _BUTTON.sub(r"<b>\1</b>", escape(line, quote=False))
    for mark, shown in _MARKS:
        html = mark.sub(shown, html)
    return html


def render_handbook(language: str) -> bytes:
    """Return the handbook as one page that needs nothing else: a language first, the other one behind it."""
    other = "en" if language == "vi" else "vi"
    parts = [_part(language), _part(other)]
    title = Text("The handbook").to(language)
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{title} · vuonho</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"{''.join(parts)}</body>\n</html>\n"
    ).encode()


def _part(language: str) -> str:
    found = guides(language)
    links = "\n".join(f'<a href="#{language}-{one.key}">{escape(one.title)}</a>' for one in found)
    pages = "".join(
        f'<article id="{language}-{one.key}">\n<h2>{escape(one.title)}</h2>\n{one.html}</article>\n'
        for one in found
    )
    heading = Text("The handbook").to(language)
    return f'<section lang="{language}">\n<h1>{heading}</h1>\n<nav>\n{links}\n</nav>\n{pages}</section>\n'
