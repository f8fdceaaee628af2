"""One household of an import: its profile as it is and as it would be."""

from collections.abc import Mapping
from dataclasses import dataclass

from vuonho.exchange.matching import Match
from vuonho.exchange.merging import Change, Merged


@dataclass(frozen=True, slots=True)
class Planned:
    """One household: its file as it is (`before`, None for a new one) and as it would be, and what is told of it.

    `match.incoming` is what came in, its photos named; `photos` are their contents, by their path below the
    village's folder.
    """

    match: Match
    file: str
    code: str
    name: str
    before: bytes | None
    after: bytes
    merged: Merged
    photos: Mapping[str, bytes]

    @property
    def is_new(self) -> bool:
        """Tell whether there is no profile of it yet."""
        return self.before is None

    @property
    def is_changed(self) -> bool:
        """Tell whether there is anything to write."""
        return self.before != self.after

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return the values that come, change or go."""
        return self.merged.changes
