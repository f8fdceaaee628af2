"""What a profile says after something came in: values compared by meaning, newer ones never lost in silence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from vuonho.errors import Refused
from vuonho.forms.incoming import Incoming
from vuonho.importing.match import day_of, text_at, value_at
from vuonho.model.fields import Field
from vuonho.model.outline import household_fields, is_nothing, same
from vuonho.model.vocabulary import CONSENT_TICKS
from vuonho.project.yaml_tree import Plain
from vuonho.text import key, nfc

# --- Lists of records, such as the crops of a garden: which entry of one list is which of another ---

Who: TypeAlias = tuple[str, int]
"""An entry's own name, evened out, and which one of that name it is: two rows of orange trees are two entries."""


def entries_of(field: Field, value: Plain) -> dict[Who, Plain]:
    """Return the entries of a list by what names them; whatever is no list has none."""
    found: dict[Who, Plain] = {}
    for entry in value if isinstance(value, list) else []:
        name = name_of(field, entry)
        evened = nfc(name.strip()) if field.lone == "file" else key(name)
        number = sum(1 for other in found if other[0] == evened)
        found[(evened, number)] = entry
    return found


def name_of(field: Field, entry: Plain) -> str:
    """Return the name of an entry as typed: what a lone text would stand for."""
    name = expanded(field, entry).get(field.lone)
    return name if isinstance(name, str) else ""


def expanded(field: Field, entry: Plain) -> dict[str, Plain]:
    """Return an entry with its keys, where just its name stands."""
    if isinstance(entry, dict):
        return entry
    return {field.lone: entry}


def shortened(field: Field, entry: Mapping[str, Plain]) -> Plain:
    """Return an entry without what it does not say, as just its name where there is no more."""
    said = {name: value for name, value in entry.items() if not is_nothing(value)}
    return said[field.lone] if set(said) == {field.lone} else said


def in_order(
    present: Sequence[Who], mine: Sequence[Who], theirs: Sequence[Who], was: Sequence[Who] | None
) -> list[Who]:
    """Return the entries in the order of the file where only the file changed it, else in the profile's own."""
    if was is None or list(mine) != list(was) or _common(theirs, was) == _common(was, theirs):
        return list(present)
    told = [who for who in theirs if who in present]
    return told + [who for who in present if who not in told]


def _common(one: Sequence[Who], other: Sequence[Who]) -> list[Who]:
    return [who for who in one if who in other]


# --- The ticks of a consent, compared one by one: what a family took back on either side stays taken back ---

PATH = ("consent", "publish")


def ticks_of(value: Plain) -> list[Plain]:
    """Return the keys of the ticks in a list; what is no tick stays as typed, for the schema to name."""
    return [_key(tick) for tick in value] if isinstance(value, list) else []


def merged_ticks(mine: Plain, theirs: Plain, was: Plain) -> list[Plain]:
    """Return the profile's ticks without those that the file took away, and with those that it gave anew."""
    ours, told, before = ticks_of(mine), ticks_of(theirs), ticks_of(was)
    left = [tick for tick in ours if tick in told or tick not in before]
    return left + [tick for tick in told if tick not in before and tick not in left]


def _key(tick: Plain) -> Plain:
    try:
        return CONSENT_TICKS.find(tick).key if isinstance(tick, str) else tick
    except Refused:
        return tick


# --- What a profile says after something came in: values compared by meaning, newer ones never lost in silence ---

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
        for name, value in theirs.items():
            field = next((one for one in fields if one.key == name), None)
            mine = ours.get(name)
            merged = self._value(field, (mine, value, base.get(name)), (*path, name), entry)
            if merged is mine:
                continue
            result[name] = merged
            if is_nothing(merged):
                del result[name]
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
        if path == PATH and self.terms.has_base and _fits(list, mine, theirs):
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


# --- Which of two tellings of a household is the newer, and what comes of them ---

CONSENT = ("given", "by", "how", "publish")
"""What one act of consent says; a later act takes the place of the whole of an earlier one."""


def settle(ours: Mapping[str, Plain], incoming: Incoming, *, overwrite: bool) -> Merged:
    """Return what comes of a profile and what came in for it.

    A file without a base is older than the profile where its day of checking is. Of two consents without a base
    the later counts, whole: what a family said no to yesterday is not shown since it said yes last year.
    """
    if incoming.is_published:
        incoming = replace(incoming, values=_without_shown_months(incoming.values, ours))
    if incoming.base is not None:
        return merge(ours, incoming.values, incoming.base, Terms(has_base=True, overwrite=overwrite))
    older = _is_before(incoming.values.get("checked"), ours.get("checked"))
    terms = Terms(has_base=False, profile_is_newer=older, overwrite=overwrite)
    rest = {name: value for name, value in incoming.values.items() if name != "consent"}
    merged = merge(ours, rest, None, terms)
    return _joined(merged, _consent(merged.values, incoming.values.get("consent"), terms))


def _without_shown_months(told: Mapping[str, Plain], ours: Mapping[str, Plain]) -> dict[str, Plain]:
    """Return what a page tells without the solar months that stand there for lunar ones of the profile."""
    values = dict(told)
    if isinstance(garden := told.get("garden"), dict) and "crops" in garden:
        values["garden"] = garden | {"crops": _as_lunar(garden["crops"], value_at(ours, "garden", "crops"))}
    if "products" in told:
        values["products"] = _as_lunar(told["products"], ours.get("products"))
    return values


def _as_lunar(told: Plain, ours: Plain) -> Plain:
    mine = [entry for entry in ours if isinstance(entry, dict)] if isinstance(ours, list) else []
    lunar = {key(text_at(one, "name")) for one in mine if one.get("lunar_months") and not one.get("months")}
    return [
        {name: value for name, value in entry.items() if name != "months"}
        if isinstance(entry, dict) and key(text_at(entry, "name")) in lunar
        else entry
        for entry in (told if isinstance(told, list) else [])
    ]


def _consent(ours: Mapping[str, Plain], told: Plain, terms: Terms) -> Merged:
    before = ours.get("consent")
    before = before if isinstance(before, dict) else {}
    if not isinstance(told, dict):
        return merge(ours, {} if is_nothing(told) else {"consent": told}, None, terms)
    if is_nothing(told.get("given")) and not is_nothing(before.get("given")):
        return merge(ours, {}, None, terms)  # nobody asked the family this time
    if _is_before(told.get("given"), before.get("given")) or _was_taken_back(before, ours, terms):
        return _kept(ours, before, told, terms)
    whole = dict.fromkeys(CONSENT) | told
    more = _more_of_the_sameday_of(before, told) if not terms.overwrite else []
    if more:
        whole["publish"] = [tick for tick in ticks_of(told.get("publish")) if tick not in more]
    merged = merge(ours, {"consent": whole}, {"consent": before}, replace(terms, has_base=True))
    if not more:
        return merged
    path = ("consent", "publish")
    return replace(merged, kept=(*merged.kept, Change(path, before.get("publish"), told.get("publish"))))


def _kept(
    ours: Mapping[str, Plain], before: Mapping[str, Plain], told: Mapping[str, Plain], terms: Terms
) -> Merged:
    """Return the profile with its own consent, and what the file would have made of it; the file's if it is to win."""
    merged = merge(ours, {"consent": dict(told)}, {"consent": dict(before)}, replace(terms, has_base=True))
    if terms.overwrite:
        return merged
    return Merged(dict(ours), (), (*merged.kept, *merged.changes))


def _was_taken_back(before: Mapping[str, Plain], ours: Mapping[str, Plain], terms: Terms) -> bool:
    """Tell a profile that is newer and holds no consent: somebody may have emptied it, as the family wished."""
    return terms.profile_is_newer and not is_nothing(ours.get("name")) and is_nothing(before.get("given"))


def _more_of_the_sameday_of(before: Mapping[str, Plain], told: Mapping[str, Plain]) -> list[Plain]:
    """Return the ticks that only the file has of two consents of one day: the family may have taken them back since."""
    if day_of(told.get("given")) is None or day_of(told.get("given")) != day_of(before.get("given")):
        return []
    known = ticks_of(before.get("publish"))
    return [tick for tick in ticks_of(told.get("publish")) if tick not in known]


def _joined(one: Merged, other: Merged) -> Merged:
    return Merged(other.values, (*one.changes, *other.changes), (*one.kept, *other.kept))


def _is_before(one: Plain, other: Plain) -> bool:
    first, second = day_of(one), day_of(other)
    return first is not None and second is not None and first < second
