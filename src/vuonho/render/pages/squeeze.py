"""Style sheets and scripts without what no browser needs: comments, indents, blank lines."""

import re

_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND = re.compile(r"\s*([{};,])\s*|(?<=[a-z]):\s+")
_BLANKS = re.compile(r"\s+")
_JS_COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*.*?\*/[ \t]*)$", re.MULTILINE | re.DOTALL)


def squeeze_css(css: str) -> str:
    """Return a style sheet on one line."""
    bare = _BLANKS.sub(" ", _CSS_COMMENT.sub("", css))
    return _AROUND.sub(lambda found: found[1] or ":", bare).replace(";}", "}").strip()


def squeeze_js(script: str) -> str:
    """Return a script without indents, blank lines and comments that have lines of their own.

    Line breaks stay: they may end a statement. Text inside a template literal must not be indented.
    """
    lines = (line.strip() for line in _JS_COMMENT.sub("", script).splitlines())
    return "\n".join(line for line in lines if line)
