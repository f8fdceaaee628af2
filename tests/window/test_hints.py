"""What the program says elsewhere, as the window says it: no command, no option, no name of a settings file; a button instead."""

import re
from pathlib import Path

from babel.messages.pofile import read_po
from window_kit import NOON, TODAY, window_of

from command_kit import SLUG
from vuonho.i18n import LOCALE, Text
from vuonho.window.app import rooms
from vuonho.window.hints import COMMANDS, ways, window_form
from vuonho.window.team import Team

CODE, GAPS = "482135", {"slug": SLUG}
_ASKS = re.compile(rf"\bvuonho (?:{'|'.join(COMMANDS)})\b|\b(?:site|village)\.yaml\b")
_SHELL = re.compile(
    rf"{_ASKS.pattern}|(?<![\w-])--[a-z]|\b(?:codes|boards)\.csv\b|\b(?:base_url|previous_urls)\b"
    r"|\b(?:withdrawn|moved_to|people|kind): |” \([a-z_]+\)|“[a-z_]+” \("
)
_FOR_THE_TERMINAL = "src/vuonho/cli/"
"""What the window may not import (tests/test_layers.py), and so never says."""


def said_in_window() -> list[Text]:
    """Return the sentences of the catalogue that the window may have to say, with something in their gaps."""
    with (LOCALE / "vi/LC_MESSAGES/vuonho.po").open("rb") as stream:
        catalogue = read_po(stream, "vi")
    found = []
    for message in catalogue:
        if not message.id or all(place.startswith(_FOR_THE_TERMINAL) for place, _ in message.locations):
            continue
        one = message.id if isinstance(message.id, str) else message.id[0]
        gaps: dict[str, object] = {
            name: TODAY if day else GAPS.get(name, CODE)
            for name, day in re.findall(r"\{(\w+)(:%[^{}]*)?\}", one)
        }
        if _SHELL.search(one):
            found.append(Text(one, **gaps))  # type: ignore[arg-type]
    return found


def test_every_hint_has_its_button(demo: Path) -> None:
    """Each command and each settings file that a sentence names is a button, which leads to a page."""
    links, wrong = set[str](), []
    with rooms(Team(demo, "vi", lambda: NOON, lambda: TODAY)).test_request_context("/"):
        for text in said_in_window():
            for language in ("vi", "en"):
                said = window_form(text, language)
                if _SHELL.search(said):
                    wrong.append(f"{language}: {said}")
            buttons = ways(text)
            links.update(link for _, link in buttons)
            if _ASKS.search(text.en) and not buttons:
                wrong.append(f"no button: {text.en}")
    assert not wrong, "\n".join(wrong)
    with window_of(demo) as window:
        lost = [link for link in sorted(links) if window.get(link.removeprefix("/")).status not in (200, 409)]
    assert not lost
