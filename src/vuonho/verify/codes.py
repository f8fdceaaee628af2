"""The list of codes that “Kiểm mã” asks: whether it says the truth, and by which mark a page knows it."""

import json
import re
from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Final

CODES: Final = "data/codes.json"
_MARK: Final = re.compile(rb"<code>((?:[0-9a-f]{4} ){3}[0-9a-f]{4})</code>")


def is_true_list(
    content: bytes, shown: Mapping[str, str | None], left: Collection[str], moved: Mapping[str, str]
) -> bool:
    """Tell whether a list says the state of each code and nothing else.

    `shown` are those with a page and their village, None where any will do; `left` those that have none any more, and
    `moved` the new codes of some of these.
    """
    try:
        told = json.loads(content)
        states = {code: village for village, codes in told.pop("open").items() for code in codes}
    except (ValueError, RecursionError, KeyError, AttributeError, TypeError):
        return False
    return (
        states.keys() == shown.keys()
        and all(shown[code] in (None, village) for code, village in states.items())
        and told == {"closed": sorted(set(left) - moved.keys()), "moved": moved}
    )


def mark_of(content: bytes) -> str:
    """Return by which mark pages know a list."""
    return sha256(content).hexdigest()[:16]


def mark_on(page: bytes) -> str:
    """Return the mark of the list with which a page was made, "" for one that has none, such as the form."""
    found = _MARK.search(page)
    return found[1].decode().replace(" ", "") if found else ""
