"""Where a code is to stand on a page: what draws it says so, and what proves it holds the page against that."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QrPlacement:
    """A code on a page (from 0): top left and width in mm from the page's top left, quiet zone included.

    `modules` are those along one side, quiet zone included; `whose` is for messages ("482135 Vườn bà Hường").
    """

    page: int
    left: float
    top: float
    width: float
    modules: int
    payload: str
    whose: str
