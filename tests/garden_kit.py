"""Gardens of which nothing is told, or all that may be told in free words, and a text in Vietnamese alone."""

from dataclasses import fields
from typing import Any, Final, get_origin

from vuonho.model.fields import LocalText
from vuonho.model.public import PublicGarden

_NOTHING: Final[dict[str, Any]] = {
    one.name: () if get_origin(one.type) is tuple else None for one in fields(PublicGarden)
}
NOTHING_TOLD: Final = PublicGarden(**_NOTHING)


def made_up(key: str) -> str:
    """Return what the canaries tell in a plain line of the profile that their kit does not name: "Zaqsoilwux"."""
    return f"Zaq{key}wux"


_LINES: Final = {one.name: made_up(one.name) for one in fields(PublicGarden) if one.type == str | None}
LINES_TOLD: Final = PublicGarden(**_NOTHING | _LINES)
"""A plain line that is added to the garden, and shown as it was typed, is told here and in the canaries by itself."""


def in_vietnamese(text: str) -> LocalText:
    """Return a text that was written in Vietnamese only."""
    return LocalText((("vi", text),))
