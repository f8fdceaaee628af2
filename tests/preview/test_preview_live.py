"""What is added to a page: a script that its policy lets run, and not one byte more."""

import re
from base64 import b64encode
from hashlib import sha256
from html import escape, unescape

from case_kit import each
from vuonho.serve.server import with_script

SCRIPT = "go('1' < 2)"
HASH = f"'sha256-{b64encode(sha256(SCRIPT.encode()).digest()).decode()}'"
VERSION = "0123456789abcdef"
TAG = f'<script data-version="0123456789abcdef" data-wait="/~vuonho/wait">{SCRIPT}</script>'.encode()


def page(policy: str) -> bytes:
    """Return a page with a policy, written as Jinja writes it."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
    return f"<!doctype html><html><head>{meta}<title>Vườn</title></head><body>x</body></html>".encode()


@each(
    ("policy", "widened"),
    [
        ("default-src 'none'; script-src 'sha256-x'; connect-src 'self'",
         f"default-src 'none'; script-src 'sha256-x' {HASH}; connect-src 'self'"),
        ("default-src 'none'; img-src data:",
         f"default-src 'none'; img-src data:; script-src {HASH}; connect-src 'self'"),
        ("default-src 'self';", f"default-src 'self'; script-src 'self' {HASH}"),
        ("script-src 'none'; connect-src https://a.example", f"script-src {HASH}; connect-src https://a.example 'self'"),
        ("img-src 'self'", "img-src 'self'"),
    ],
)  # fmt: skip
def test_the_policy_allows_the_script_and_no_more(policy: str, widened: str) -> None:
    """By its hash, with what the page could do before; a policy that says nothing of scripts says nothing after."""
    made = with_script(page(policy), SCRIPT, VERSION)
    found = re.search(rb'content="([^"]*)"', made)
    assert found is not None
    assert widened == unescape(found[1].decode())
    assert page(policy) == made.replace(TAG, b"").replace(found[1], escape(policy).encode())
    assert made.index(TAG) == found.end() + 1


@each("html", ["<!doctype html><title>x", "<html lang=vi><head><title>x", "x", ""])
def test_a_page_without_a_policy_gets_the_script_alone(html: str) -> None:
    """Whatever somebody's own template looks like."""
    made = with_script(html.encode(), SCRIPT, VERSION)
    assert (html.encode(), 1) == (made.replace(TAG, b""), made.count(TAG))
    assert not made.startswith(TAG) or not html.startswith("<")


def test_without_a_script_a_page_stays_as_it_is() -> None:
    """Byte for byte."""
    assert page("default-src 'none'") == with_script(page("default-src 'none'"), "", VERSION)
