"""The least that tests tell: a garden of which nothing is known, and a text in Vietnamese alone."""

from typing import Final

from vuonho.model.fields import LocalText
from vuonho.model.public import PublicGarden

NOTHING_TOLD: Final = PublicGarden(area=None, model=None, irrigation=None, practices=(), crops=(), animals=())
"""Named field by field, and in one home: a new field is added here and nowhere else, and one that is missing is named."""


def in_vietnamese(text: str) -> LocalText:
    """Return a text that was written in Vietnamese only."""
    return LocalText((("vi", text),))
