"""axe-core in a page: put there once, and asked as often as a test likes."""

from pathlib import Path
from typing import Literal

import axe_playwright_python
from playwright.sync_api import Page

SCRIPT = Path(axe_playwright_python.__file__).parent / "axe.min.js"
JUDGED = """
async ([within, rules]) => {
  const options = { resultTypes: ["violations"] };
  if (rules.length) options.runOnly = { type: "rule", values: rules };
  const { violations } = await axe.run(within || document, options);
  return violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 160))]);
}
"""
"""What is found comes back, and not what axe has to say of everything that is well: that is megabytes."""

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules for which the light matters."""
Found = list[tuple[str, list[str]]]
"""What axe objects to: each rule with its places."""


def violations(page: Page, *rules: str, within: str = "") -> Found:
    """Return what axe objects to on a page as it stands, by all its rules or by these, everywhere or within a selector."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    return [(rule, places) for rule, places in page.evaluate(JUDGED, [within, rules])]


def in_both_lights(page: Page, *, within: str = "") -> dict[str, Found]:
    """Return what axe objects to in the light, and to which colours when the phone turns to the dark."""
    found: dict[str, Found] = {}
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("scheme => matchMedia(`(prefers-color-scheme: ${scheme})`).matches", scheme)
        found[scheme] = violations(page, *(COLOURS if scheme == "dark" else ()), within=within)
    return found
