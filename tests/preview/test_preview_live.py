"""What is added to a page: a script that its policy lets run, and not one byte more."""

import re
from base64 import b64encode
from hashlib import sha256
from html import escape, unescape

from case_kit import each
from vuonho.serve.preview import with_script

SCRIPT = "go('1' < 2)"
HASH = f"'sha256-{b64encode(sha256(SCRIPT.encode()).digest()).decode()}'"
VERSION = "0123456789abcdef"
TAG = f'<script data-version="{VERSION}" data-wait="/~vuonho/wait">{SCRIPT}</script>'.encode()


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
        ("script-src 'none'; connect-src https://a.example", f"script-src {HASH}; connect-src https://a.example 'self'"),
    ],
)  # fmt: skip
def test_the_policy_allows_the_script_and_no_more(policy: str, widened: str) -> None:
    """By its hash, with what the page could do before; without a script, or without a policy, nothing changes."""
    made = with_script(page(policy), SCRIPT, VERSION)
    found = re.search(rb'content="([^"]*)"', made)
    assert found is not None
    assert widened == unescape(found[1].decode())
    assert page(policy) == made.replace(TAG, b"").replace(found[1], escape(policy).encode())
    assert made.index(TAG) == found.end() + 1
    assert page(policy) == with_script(page(policy), "", VERSION)
    assert with_script(b"<title>x", SCRIPT, VERSION) == b"<title>x"
