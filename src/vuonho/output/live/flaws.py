"""What is asked of an address, and what may be wrong with it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from vuonho.bilingual import Text
from vuonho.errors import Problem


class Kind(IntEnum):
    """What an address should answer."""

    PAGE = 1  # a page of its own
    FORWARD = 2  # a page, or a notice that sends on
    NOTICE = 3  # a notice and nothing else
    NOTHING = 4
    PICTURE = 5  # of a code


@dataclass(frozen=True, slots=True)
class Question:
    """One address and what it should answer.

    `says` are the addresses that the page may call its own, or that the picture of a code may say; at one of them
    redirects may end. `printed` tells that the address is on a plaque or a board; `built` is the SHA-256 of the
    file of the last build, "" where that is not known.
    """

    url: str
    kind: Kind
    says: tuple[str, ...] = ()
    printed: bool = False
    built: str = ""


class Sort(IntEnum):
    """How bad a flaw is, the worst first."""

    SHOWN = 1
    PRINTED = 2
    PAGE = 3
    PICTURE = 4
    SILENT = 5
    STALE = 6


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong with one address; `untried` where it was not even asked."""

    sort: Sort
    url: str
    message: Text
    hint: Text
    untried: bool = False

    @property
    def problem(self) -> Problem:
        """The flaw as others are told."""
        return Problem(self.url, None, None, "", self.message, self.hint)


def fold_alike(flaws: Iterable[Flaw], most: int = 10) -> Iterator[Flaw]:
    """Yield the flaws, the worst first; of many alike the first ones and how many more there are.

    What is shown without consent is always named one by one; what differs from the build is told once.
    """
    ordered = sorted(flaws, key=lambda flaw: (flaw.sort, flaw.message.vi, flaw.url))
    seen: dict[tuple[Sort, Text], list[Flaw]] = {}
    for flaw in ordered:
        seen.setdefault((flaw.sort, flaw.message), []).append(flaw)
    for (sort, _), alike in seen.items():
        first = len(alike) if sort is Sort.SHOWN else 1 if sort is Sort.STALE else most
        rest = len(alike) - first
        yield from alike[: first - (rest > 0)]
        if rest > 0:
            last = alike[first - 1]
            yield Flaw(sort, last.url, _and_more(last.message, rest), last.hint)


def _and_more(message: Text, rest: int) -> Text:
    return Text(f"{message.vi} Còn {rest} địa chỉ nữa cũng vậy.",
                f"{message.en} {rest} more address{'es' * (rest != 1)} alike.")  # fmt: skip
