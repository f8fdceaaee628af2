"""More: what is needed once a month or once a year, each behind its card; and the settings of the site and its villages."""

from typing import Final

from flask import Blueprint

from vuonho.i18n import Text
from vuonho.window.page import show

room = Blueprint("more", __name__, url_prefix="/more")

_CARDS: Final = (
    (
        "more.backup",
        "privacy",
        Text("Make a backup"),
        Text("Everything in one file, for the memory card or the stick that lies elsewhere."),
    ),
    (
        "more.restore",
        "directions",
        Text("Bring a backup back"),
        Text("The computer is broken or new: from the one file everything comes back."),
    ),
    ("more.undo", "clock", Text("Take the last step back"), Text("What was done last, undone again.")),
    (
        "more.settings",
        "village",
        Text("Settings"),
        Text(
            "Address and name of the site, the team's phone; of each village its team, dates, places and map."
        ),
    ),
    ("more.add_village", "pin", Text("Add a village"), Text("One more village in the same book.")),
    (
        "more.handbook",
        "learn",
        Text("The handbook"),
        Text("The whole handbook, and a page for each of the three."),
    ),
)
"""The pages behind the cards, each with its icon, name, and what it is for."""


@room.get("/")
def start() -> str:
    """Show the cards."""
    return show("more", Text("More"), cards=_CARDS)
