"""Pages that know when there is a newer one: a script is added to them, and their policy lets it run.

Everything else in a page stays as it will be published.
"""

import re
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from html import escape, unescape
from typing import Final

WAIT: Final = "/~vuonho/wait"
"""Where a page asks for the version that is shown now; no file of a site has a name with "~"."""

_POLICY: Final = re.compile(
    rb'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)("[^>]*>)', re.IGNORECASE
)
_HEAD: Final = re.compile(rb"<head\b[^>]*>|<html\b[^>]*>|<!doctype\b[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Live:
    """What is added to each page: the text of a script, "" for nothing, and the version that the page shows."""

    script: str = ""
    version: str = ""

    def page(self, html: bytes) -> bytes:
        """Return a page with the script, its policy widened for it alone."""
        if not self.script:
            return html
        found = _POLICY.search(html)
        if found is None:
            places = [match.end() for match in _HEAD.finditer(html)]
            at = max(places, default=0)
            return html[:at] + self._tag() + html[at:]
        policy = escape(self._widened(unescape(found[2].decode("utf-8")))).encode("utf-8")
        return html[: found.start()] + found[1] + policy + found[3] + self._tag() + html[found.end() :]

    def _tag(self) -> bytes:
        return f'<script data-version="{self.version}" data-wait="{WAIT}">{self.script}</script>'.encode()

    def _widened(self, policy: str) -> str:
        rules = dict[str, list[str]]()
        for rule in filter(str.strip, policy.split(";")):
            name, *sources = rule.split()
            rules.setdefault(name.lower(), sources)
        digest = b64encode(sha256(self.script.encode("utf-8")).digest()).decode("ascii")
        for name, source in (("script-src", f"'sha256-{digest}'"), ("connect-src", "'self'")):
            allowed = rules.get(name, rules.get("default-src"))
            if allowed is not None and source not in allowed:
                rules[name] = [*(one for one in allowed if one != "'none'"), source]
        return "; ".join(" ".join((name, *sources)) for name, sources in rules.items())
