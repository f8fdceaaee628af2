"""Markdown of guides becomes HTML, or is refused: the only module that knows the Markdown library."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markupsafe import Markup

from vuonho.errors import UserError
from vuonho.i18n import Text
from vuonho.model.fields import parse_link
from vuonho.model.values import quoted

_RULES: Final = ("heading", "list", "emphasis", "link", "escape", "newline")
"""All else (HTML, pictures, tables, code, quotes) is not Markdown here, but letters."""
_PHONE: Final = re.compile(r"(?:tel|sms):\+?[0-9]{3,15}")
_GUIDE: Final = re.compile(r"\.\./[a-z0-9-]+/")
LONGEST: Final = 10_000
"""Letters of a guide: several times what fits on its sheet of paper."""


def _may_lead(address: str) -> bool:
    """Tell whether a guide may lead there: a secure page elsewhere, a number, another guide."""
    if _PHONE.fullmatch(address) or _GUIDE.fullmatch(address):
        return True
    try:
        return parse_link(address).startswith("https://")
    except UserError:
        return False


class _Parser(MarkdownIt):
    """Leaves as letters what a guide may not hold."""

    def __init__(self) -> None:
        super().__init__("zero", {"html": False})
        self.enable([*_RULES])

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library asks for it by this name
        return _may_lead(url)


class _Finder(MarkdownIt):
    """Sees what the other one leaves as letters."""

    def __init__(self) -> None:
        super().__init__("zero", {"html": True})
        self.enable([*_RULES, "image", "html_block", "html_inline"])

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - all of them are to be seen
        return True


_parser, _finder = cache(_Parser), cache(_Finder)


def render(text: str) -> Markup:
    """Return a guide's words as HTML in which nothing is active; its title is the page's, so headings begin with h2."""
    parser = _parser()
    tokens = parser.parse(text)
    for token in tokens:
        if token.type.startswith("heading"):
            token.tag = f"h{min(max(2, int(token.tag[1])), 4)}"
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704 - escaped by the library


def faults(text: str) -> Iterator[tuple[int, UserError]]:
    """Yield (line from 1, why) of all that a guide may not hold."""
    if len(text) > LONGEST:
        message = Text("{count} characters long; {most} at most.", count=len(text), most=LONGEST)
        yield 1, UserError(message, Text("Make two guides of it."))
        return
    if not text.strip():
        yield 1, UserError(Text("The guide is empty."), Text("Write it below the second line of “---”."))
    for block in _finder().parse(text):
        line = block.map[0] + 1 if block.map else 1
        for one in (block, *(block.children or ())):
            if one.type == "image":
                message = Text(
                    "A guide has no pictures: it is read without a signal, and printed on one sheet."
                )
                yield line, UserError(message, Text("Say it in words."))
            elif one.type in ("html_block", "html_inline") and not one.content.startswith("</"):
                message = Text(
                    "{text} is HTML, which a guide does not take.", text=quoted(one.content.strip(), 30)
                )
                yield line, UserError(message, Text("Delete it; for bold write **so**."))
            elif one.type == "link_open" and not _may_lead(address := str(one.attrs["href"])):
                message = Text("A guide does not lead to {address}.", address=quoted(address, 60))
                hint = Text("Use https://…, tel:113, sms:156, or another guide such as ../lua-dao/")
                yield line, UserError(message, hint)
