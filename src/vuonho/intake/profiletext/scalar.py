"""One value as YAML: bare where nobody could read it otherwise, else in quotes."""

import json
import re

from vuonho.intake.tree import NO_VALUE

_BARE = re.compile(r"[^\W_](?:[^\n\r\t\x85\u2028\u2029\"'#:\\]|:(?=[^\s])|(?<=[^\s])#)*")
_BRACKETS = frozenset(",[]{}")


def render_scalar(text: str, *, in_braces: bool = False) -> str:
    """Return a text as a YAML value that reads back as exactly that text; `in_braces` means within [ ] or { }."""
    is_bare = _BARE.fullmatch(text) and text == text.rstrip() and text not in NO_VALUE
    if is_bare and not (in_braces and (not _BRACKETS.isdisjoint(text) or (":" in text and "//" not in text))):
        return text
    return json.dumps(text, ensure_ascii=False)
