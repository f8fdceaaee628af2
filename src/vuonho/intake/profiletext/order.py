"""Where a value stands in the schema, and with it the order of keys."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from vuonho.domain.outline import Field
from vuonho.domain.schema.outline import departed_fields, household_fields
from vuonho.intake.lastline import LAST
from vuonho.intake.nodes import Path


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a profile: `fields` are those that may stand in it, `field` is its own, None at the top."""

    fields: tuple[Field, ...]
    field: Field | None = None
    path: Path = ()
    notes: Mapping[Path, str] | None = None

    def at(self, step: str | int) -> "Spot":
        """Return the place of a key or, by its position, of an item."""
        if isinstance(step, int):
            return replace(self, path=(*self.path, step))
        field = next((field for field in self.fields if field.key == step), None)
        return replace(self, fields=field.fields if field else (), field=field, path=(*self.path, step))

    @property
    def quote(self) -> str:
        """The quotes that a text has here in any case: a code has them, so that no program takes it for a number."""
        return '"' if self.field is not None and self.field.kind == "code" else ""

    @property
    def is_section(self) -> bool:
        """Tell a part of the profile such as `garden`, which has its fields one a line."""
        return len(self.path) == 1 and self.field is not None and self.field.kind == "record"

    @property
    def note(self) -> str:
        """The note that stands above it, or ""."""
        return self.notes.get(self.path, "") if self.notes else ""

    @property
    def has_notes_inside(self) -> bool:
        """Tell whether something within it has a note of its own."""
        deep = len(self.path)
        return any(len(path) > deep and path[:deep] == self.path for path in self.notes or ())

    def ordered(self, keys: Iterable[str]) -> list[str]:
        """Return keys in the order of the schema; unknown ones follow as they came, `checked` is last."""
        return sorted(keys, key=self._rank)

    def place(self, key: str, present: Sequence[str]) -> int:
        """Return how many of the keys that are present, in their order, a new key stands behind."""
        ranks, rank = [self._rank(other) for other in present], self._rank(key)
        before = [number for number in ranks if number <= rank]
        place = len(ranks) - ranks[::-1].index(max(before)) if before else 0
        if not self.path and LAST in present and key != LAST:
            place = min(place, list(present).index(LAST))
        return place

    def _rank(self, key: str) -> int:
        if key == LAST and not self.path:
            return len(self.fields) + 1
        keys = [field.key for field in self.fields] or ["vi", "en"]
        return keys.index(key) if key in keys else len(keys)


@cache
def _profile_fields() -> tuple[Field, ...]:
    known = household_fields()
    keys = {field.key for field in known}
    leaving = tuple(field for field in departed_fields() if field.key not in keys)
    return (*known[:-1], *leaving, known[-1])


def profile_spot(notes: Mapping[Path, str] | None = None) -> Spot:
    """Return the top of a profile, where the keys of a household that left stand just above `checked`."""
    return Spot(_profile_fields(), notes=notes)
