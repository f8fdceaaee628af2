"""One text as YAML writes it: bare where that reads back as it is, else in quotes, or as a block of lines."""

import re

from vuonho.intake.nodes import NO_VALUE

_LINE = r"\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
"""What YAML lets stand as it is on one line; the tab is left out, since nobody can tell it from spaces."""
_ON_A_LINE = re.compile(f"[{_LINE}]*")
_IN_A_BLOCK = re.compile(f"[{_LINE}\t]*")
_TO_ESCAPE = re.compile(f'[^{_LINE}]|["\\\\]')
_FIRST_SIGNS = "-?:,[]{}#&*!|>'\"%@`="
_SIGNS_IN_FLOW = frozenset(",[]{}?")
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def scalar(text: str, *, in_flow: bool = False, quote: str = "") -> str:
    """Return a text on one line, as it is or in quotes; `in_flow` within brackets and braces.

    `quote` is the kind of quotes that it shall have ("'" or '"'), which is kept to where it can be.
    """
    if quote == "'" and _ON_A_LINE.fullmatch(text):
        return "'" + text.replace("'", "''") + "'"
    if not quote and is_bare(text, in_flow=in_flow):
        return text
    return '"' + _TO_ESCAPE.sub(_escaped, text) + '"'


def is_bare(text: str, *, in_flow: bool = False) -> bool:
    """Tell whether a text without quotes reads back as it is."""
    return (
        text not in NO_VALUE
        and text == text.strip()
        and text[0] not in _FIRST_SIGNS
        and text != "<<"
        and _ON_A_LINE.fullmatch(text) is not None
        and ": " not in text
        and not text.endswith(":")
        and " #" not in text
        and not (in_flow and any(sign in _SIGNS_IN_FLOW for sign in text))
    )


def literal(text: str) -> tuple[str, list[str]] | None:
    """Return (sign, lines) of a text as a block of lines under `|` or `|-`, or None where it cannot be one."""
    body = text.removesuffix("\n")
    lines = body.split("\n")
    if body.endswith("\n") or lines[0][:1].strip(" \t") == "":
        return None
    if any(not _IN_A_BLOCK.fullmatch(line) or (line and not line.strip(" \t")) for line in lines):
        return None
    return "|" if text != body else "|-", lines


def _escaped(found: re.Match[str]) -> str:
    sign = found.group()
    code = ord(sign)
    wide = f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
    return _ESCAPES.get(sign) or (f"\\x{code:02X}" if code < 0x100 else wide)
