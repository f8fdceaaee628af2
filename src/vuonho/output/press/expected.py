"""What is to stand on the pages, and what was found wrong with it."""

from dataclasses import dataclass

from vuonho.bilingual import Text


@dataclass(frozen=True, slots=True)
class ExpectedCode:
    """One QR code as it is to be printed, `whose` for messages ("482135 Vườn bà Hường").

    `page` counts from 0. Place and width are those of the symbol with its quiet zone of four modules, in
    millimetres from the top left of the MediaBox; so are the `modules` along one side: 37 for version 3.
    """

    page: int
    left_mm: float
    top_mm: float
    width_mm: float
    modules: int
    payload: str
    whose: str


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong on a page, counted from 0; `whose` is "" where it is nobody's code."""

    page: int
    whose: str
    message: Text
