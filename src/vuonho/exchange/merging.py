"""What a profile says after something came in: values compared by meaning, newer ones never lost in silence.

Where the file tells what it was made from (its base), what is equal in both was not touched by anybody, and a
value that changed on both sides is a conflict. Without a base whatever was typed counts, but only fills and adds
where the profile is the newer of the two. In a conflict the profile's own value stays, and is named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vuonho.domain.outline import Field
from vuonho.domain.schema.meaning import is_nothing, same
from vuonho.domain.schema.outline import household_fields
from vuonho.exchange.entries import entries_of, expanded, in_order, name_of, shortened
from vuonho.exchange.ticks import PATH as TICKS
from vuonho.exchange.ticks import merged_ticks
from vuonho.intake.tree import Plain

Keys = tuple[str, ...]
Three = tuple[Plain, Plain, Plain]
"""A value in the profile, in the file, and in what the file was made from."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value: what the profile says, and what came in; `entry` names the crop or photo that it belongs to.

    An entry that comes or goes is a change of its whole list's path.
    """

    path: Keys
    old: Plain
    new: Plain
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """What the profile says now, what changed, and what was not taken since it would undo newer work."""

    values: dict[str, Plain]
    changes: tuple[Change, ...]
    kept: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """How to compare: whether there is a base, whether the profile is newer, whether the file wins anyway."""

    has_base: bool
    profile_is_newer: bool = False
    overwrite: bool = False


def merge(
    ours: Mapping[str, Plain], theirs: Mapping[str, Plain], base: Mapping[str, Plain] | None, terms: Terms
) -> Merged:
    """Return what comes of a profile and what came in for it; `base` as in `Incoming`."""
    merger = _Merger(terms)
    values = merger.record(household_fields(), (dict(ours), dict(theirs), dict(base or {})), (), "")
    return Merged(values, tuple(merger.changes), tuple(merger.kept))


class _Merger:
    """Walks a profile and what came in side by side, and notes what differs."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.changes: list[Change] = []
        self.kept: list[Change] = []

    def record(
        self,
        fields: Sequence[Field],
        three: tuple[dict[str, Plain], dict[str, Plain], dict[str, Plain]],
        path: Keys,
        entry: str,
    ) -> dict[str, Plain]:
        """Return the record with what came in; a value that became nothing leaves."""
        ours, theirs, base = three
        result = dict(ours)
        for key, value in theirs.items():
            field = next((one for one in fields if one.key == key), None)
            mine = ours.get(key)
            merged = self._value(field, (mine, value, base.get(key)), (*path, key), entry)
            if merged is mine:
                continue
            result[key] = merged
            if is_nothing(merged):
                del result[key]
        return result

    def _value(self, field: Field | None, three: Three, path: Keys, entry: str) -> Plain:
        mine, theirs, was = three
        if is_nothing(theirs) and not self.terms.has_base:
            return mine
        if field is not None and field.kind == "record" and _fits(dict, mine, theirs):
            told = _dict(theirs) if theirs is not None else dict.fromkeys(_dict(mine))
            inside = self.record(field.fields, (_dict(mine), told, _dict(was)), path, entry)
            return mine if inside == _dict(mine) else inside
        if field is not None and field.kind == "records" and _fits(list, mine, theirs):
            return self._entries(field, three, path)
        if field is not None and field.is_local:
            return self._words(three, path, entry)
        return self._leaf(three, path, entry)

    def _leaf(self, three: Three, path: Keys, entry: str) -> Plain:
        mine, theirs, was = three
        if same(path, mine, theirs) or (self.terms.has_base and same(path, was, theirs)):
            return mine
        if path == TICKS and self.terms.has_base and _fits(list, mine, theirs):
            merged = merged_ticks(mine, theirs, was)
            return self._decided(Change(path, mine, merged), mine) if not same(path, mine, merged) else mine
        return self._decided(Change(path, mine, theirs, entry), was)

    def _decided(self, change: Change, was: Plain) -> Plain:
        """Return the value that stands, and note the change or that it was not taken."""
        if self._would_undo(change, was):
            self.kept.append(change)
            return change.old
        self.changes.append(change)
        return change.new

    def _would_undo(self, change: Change, was: Plain) -> bool:
        if self.terms.overwrite:
            return False
        if self.terms.has_base:
            return not same(change.path, was, change.old)
        return self.terms.profile_is_newer and not is_nothing(change.old)

    def _words(self, three: Three, path: Keys, entry: str) -> Plain:
        """Return words language by language; a lone text is Vietnamese."""
        mine, theirs, was = (_by_language(value) for value in three)
        result = dict(mine)
        for tag, text in theirs.items():
            if not is_nothing(text) or self.terms.has_base:
                result[tag] = self._leaf((mine.get(tag), text, was.get(tag)), (*path, tag), entry)
        result = {tag: text for tag, text in result.items() if not is_nothing(text)}
        if result == {tag: text for tag, text in mine.items() if not is_nothing(text)}:
            return three[0]
        return result["vi"] if set(result) == {"vi"} else (result or None)

    # --- Lists of records ----------------------------------------------------------------------------------------

    def _entries(self, field: Field, three: Three, path: Keys) -> Plain:
        mine, theirs, was = (entries_of(field, value) for value in three)
        merged: dict[tuple[str, int], Plain] = {
            who: self._entry(field, (one, theirs.get(who), was.get(who)), path) for who, one in mine.items()
        }
        for who, one in theirs.items():
            if who not in mine:
                merged[who] = self._newcomer(field, one, was.get(who), path, has_others=bool(mine))
        left = [who for who, one in merged.items() if one is not None]
        order = in_order(left, list(mine), list(theirs), list(was) if self.terms.has_base else None)
        if order != left:
            names: list[Plain] = [name_of(field, merged[who]) for who in left]
            ordered: list[Plain] = [name_of(field, merged[who]) for who in order]
            self.changes.append(Change(path, names, ordered))
        result = [merged[who] for who in order]
        return three[0] if result == (three[0] or []) else result

    def _entry(self, field: Field, three: Three, path: Keys) -> Plain:
        """Return an entry that the profile has; None where the file is right to take it away."""
        mine, theirs, was = three
        name = name_of(field, mine)
        if theirs is not None:
            before = expanded(field, was) if was is not None else {}
            told = dict(expanded(field, theirs))
            if not self.terms.has_base:
                told.pop(field.lone, None)  # it was found by its name: capitals are no news
            inside = self.record(field.fields, (expanded(field, mine), told, before), path, name)
            return mine if inside == expanded(field, mine) else shortened(field, inside)
        if not self.terms.has_base or was is None:
            return mine
        change = Change(path, mine, None, name)
        if self.terms.overwrite or same(path, [mine], [was]):
            self.changes.append(change)
            return None
        self.kept.append(change)
        return mine

    def _newcomer(self, field: Field, theirs: Plain, was: Plain, path: Keys, *, has_others: bool) -> Plain:
        """Return an entry that only the file has; None where the profile was right to take it away."""
        change = Change(path, None, theirs, name_of(field, theirs))
        if was is not None and not self.terms.overwrite:
            if not same(path, [theirs], [was]):
                self.kept.append(change)
            return None
        if (
            has_others
            and self.terms.profile_is_newer
            and not self.terms.has_base
            and not self.terms.overwrite
        ):
            self.kept.append(change)  # it may have been taken out since
            return None
        self.changes.append(change)
        return shortened(field, expanded(field, theirs))


def _fits(kind: type, *values: Plain) -> bool:
    return all(value is None or isinstance(value, kind) for value in values)


def _dict(value: Plain) -> dict[str, Plain]:
    return value if isinstance(value, dict) else {}


def _by_language(value: Plain) -> dict[str, Plain]:
    if isinstance(value, dict):
        return value
    return {"vi": value}
