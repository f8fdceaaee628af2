"""Yes and no as people write them."""

from typing import Final

from vuonho.bilingual import Text
from vuonho.domain.fold import fold
from vuonho.domain.values.figures import quoted
from vuonho.errors import Refused

_YES: Final = frozenset({"true", "yes", "y", "co", "x", "1", "dung", "on"})
_NO: Final = frozenset({"false", "no", "n", "khong", "0", "sai", "off", "k", "ko"})


def parse_yes_no(text: str) -> bool:
    """Return whether a text says yes; Refused where it says neither yes nor no."""
    word = fold(text)
    if word in _YES or word in _NO:
        return word in _YES
    raise Refused(
        Text(f"{quoted(text)} không phải là có hay không.", f"{quoted(text)} is neither yes nor no."),
        Text("Viết: có hoặc không.", "Write: yes or no."),
    )
