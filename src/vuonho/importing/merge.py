"""What a profile says after something came in: values compared by meaning, and each change in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from vuonho.errors import UserError
from vuonho.forms.incoming import Incoming
from vuonho.i18n import Both, Text, within
from vuonho.importing.match import day_of, text_at, value_at
from vuonho.model.fields import Field, field_at
from vuonho.model.outline import departed_fields, household_fields, is_nothing, same
from vuonho.model.values import say_day
from vuonho.model.vocabulary import CONSENT_TICKS
from vuonho.project.yaml_tree import Plain
from vuonho.text import fold, key, nfc

# --- What a profile says after something came in: values compared by meaning, newer ones never lost in silence ---

TICKS = ("consent", "publish")
CONSENT = ("given", "by", "how", "publish")
"""What one act of consent says; a later act takes the place of the whole of an earlier one."""

Keys = tuple[str, ...]
Three = tuple[Plain, Plain, Plain]
"""A value in the profile, in the file, and in what the file was made from."""
EntryId = tuple[str, int]
"""An entry's own name, normalized, and which one of that name it is: two rows of orange trees are two entries."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value: what the profile says, and what came in; `entry` names the crop or photo that it belongs to.

    An entry that comes or goes is a change of its whole list's path.
    """

    path: Keys
    old: Plain
    new: Plain
    entry: str = ""


Takes = Callable[[Change], bool | None]
"""What somebody who looked says of a change: taken, not taken, or None for what is usual."""


def as_usual(change: Change) -> None:
    """Say of every change what is said where nobody has looked at each."""
    del change


@dataclass(frozen=True, slots=True)
class Merged:
    """What the profile says now, what changed, and what was not taken: it would undo newer work, or nobody wants it."""

    values: dict[str, Plain]
    changes: tuple[Change, ...]
    kept: tuple[Change, ...]


def merge_incoming(
    ours: Mapping[str, Plain], incoming: Incoming, *, overwrite: bool, takes: Takes = as_usual
) -> Merged:
    """Return what comes of a profile and what came in for it.

    A file without a base is older than the profile where its day of checking is. Of two consents without a base
    the later counts, whole: what a family said no to yesterday is not shown since it said yes last year. So `takes`
    has one answer for all that lies in the consent.
    """
    theirs = incoming.values
    if incoming.is_published:
        theirs = _without_shown_months(theirs, ours)
    if incoming.base is not None:
        return merge(ours, theirs, incoming.base, overwrite=overwrite, takes=takes)
    is_newer = _is_before(theirs.get("checked"), ours.get("checked"))
    rest = {name: value for name, value in theirs.items() if name != "consent"}
    first = merge(ours, rest, None, profile_is_newer=is_newer, overwrite=overwrite, takes=takes)
    told = theirs.get("consent")
    is_wanted = overwrite or bool(takes(Change(("consent",), ours.get("consent"), told)))
    then = _merge_consent(first.values, told, profile_is_newer=is_newer, overwrite=is_wanted, takes=takes)
    return Merged(then.values, (*first.changes, *then.changes), (*first.kept, *then.kept))


def merge(
    ours: Mapping[str, Plain],
    theirs: Mapping[str, Plain],
    base: Mapping[str, Plain] | None,
    *,
    profile_is_newer: bool = False,
    overwrite: bool = False,
    takes: Takes = as_usual,
) -> Merged:
    """Return what comes of a profile and what came in for it, three ways where there is a `base` (see `Incoming`).

    `profile_is_newer` lets the profile win where there is no base, `overwrite` the file in any case; `takes` decides
    of a change before either.
    """
    merger = _Merger(base is not None, profile_is_newer, overwrite, takes)
    values = merger.record(household_fields(), dict(ours), dict(theirs), dict(base or {}), (), "")
    return Merged(values, tuple(merger.changes), tuple(merger.kept))


def ticks_of(value: Plain) -> list[Plain]:
    """Return the keys of the ticks in a list; what is no tick stays as typed, for the schema to name."""
    ticks: list[Plain] = []
    for tick in value if isinstance(value, list) else []:
        try:
            ticks.append(CONSENT_TICKS.find(tick).key if isinstance(tick, str) else tick)
        except UserError:
            ticks.append(tick)
    return ticks


def _merge_consent(
    ours: Mapping[str, Plain], told: Plain, *, profile_is_newer: bool, overwrite: bool, takes: Takes
) -> Merged:
    """Return the profile with one of two consents: the later one, whole, and never one that was taken back."""
    unchanged = Merged(dict(ours), (), ())
    before = _dict(ours.get("consent"))
    if not isinstance(told, dict):
        theirs: dict[str, Plain] = {} if is_nothing(told) else {"consent": told}
        return merge(ours, theirs, None, profile_is_newer=profile_is_newer, overwrite=overwrite, takes=takes)
    given, known = told.get("given"), before.get("given")
    if is_nothing(given) and not is_nothing(known):
        return unchanged  # nobody asked the family this time
    # A newer profile without a consent may have been emptied by somebody, as the family wished.
    was_taken_back = profile_is_newer and not is_nothing(ours.get("name")) and is_nothing(known)
    if _is_before(given, known) or was_taken_back:
        merged = merge(ours, {"consent": told}, {"consent": before}, overwrite=overwrite, takes=takes)
        return merged if overwrite else replace(unchanged, kept=(*merged.kept, *merged.changes))
    # Of two consents of one day nobody knows which came later: the family may have taken ticks back since.
    more: list[Plain] = []
    if not overwrite and (day := day_of(given)) is not None and day == day_of(known):
        ours_ticks = ticks_of(before.get("publish"))
        more = [tick for tick in ticks_of(told.get("publish")) if tick not in ours_ticks]
    whole = dict.fromkeys(CONSENT) | told
    if more:
        whole["publish"] = [tick for tick in ticks_of(told.get("publish")) if tick not in more]
    merged = merge(ours, {"consent": whole}, {"consent": before}, overwrite=overwrite, takes=takes)
    if not more:
        return merged
    return replace(merged, kept=(*merged.kept, Change(TICKS, before.get("publish"), told.get("publish"))))


def _without_shown_months(told: Mapping[str, Plain], ours: Mapping[str, Plain]) -> dict[str, Plain]:
    """Return what a page tells without the solar months that stand there for lunar ones of the profile."""
    values = dict(told)
    if isinstance(garden := told.get("garden"), dict) and "crops" in garden:
        values["garden"] = garden | {"crops": _as_lunar(garden["crops"], value_at(ours, "garden", "crops"))}
    if "products" in told:
        values["products"] = _as_lunar(told["products"], ours.get("products"))
    return values


def _as_lunar(told: Plain, ours: Plain) -> Plain:
    mine = [entry for entry in _list(ours) if isinstance(entry, dict)]
    lunar = {key(text_at(one, "name")) for one in mine if one.get("lunar_months") and not one.get("months")}
    return [
        {name: value for name, value in entry.items() if name != "months"}
        if isinstance(entry, dict) and key(text_at(entry, "name")) in lunar
        else entry
        for entry in _list(told)
    ]


def _is_before(one: Plain, other: Plain) -> bool:
    first, second = day_of(one), day_of(other)
    return first is not None and second is not None and first < second


class _Merger:
    """Walks a profile and what came in side by side, and notes what differs."""

    def __init__(self, has_base: bool, profile_is_newer: bool, overwrite: bool, takes: Takes) -> None:
        self.has_base = has_base
        self.profile_is_newer = profile_is_newer
        self.overwrite = overwrite
        self.takes = takes
        self.changes: list[Change] = []
        self.kept: list[Change] = []

    def record(
        self,
        fields: Sequence[Field],
        ours: dict[str, Plain],
        theirs: dict[str, Plain],
        base: dict[str, Plain],
        path: Keys,
        entry: str,
    ) -> dict[str, Plain]:
        """Return the record with what came in; a value that became nothing leaves."""
        result = dict(ours)
        for name, value in theirs.items():
            field = next((one for one in fields if one.key == name), None)
            mine = ours.get(name)
            merged = self._value(field, (mine, value, base.get(name)), (*path, name), entry)
            if merged is not mine:
                result[name] = merged
                if is_nothing(merged):
                    del result[name]
        return result

    def _value(self, field: Field | None, three: Three, path: Keys, entry: str) -> Plain:
        mine, theirs, was = three
        if is_nothing(theirs) and not self.has_base:
            return mine
        if field is not None and field.kind == "record" and _fits(dict, mine, theirs):
            told = _dict(theirs) if theirs is not None else dict.fromkeys(_dict(mine))
            inside = self.record(field.fields, _dict(mine), told, _dict(was), path, entry)
            return mine if inside == _dict(mine) else inside
        if field is not None and field.kind == "records" and _fits(list, mine, theirs):
            return self._entries(field, three, path)
        if field is not None and field.is_local:
            return self._languages(three, path, entry)
        return self._leaf(three, path, entry)

    def _leaf(self, three: Three, path: Keys, entry: str) -> Plain:
        mine, theirs, was = three
        if same(path, mine, theirs) or (self.has_base and same(path, was, theirs)):
            return mine
        if path == TICKS and self.has_base and _fits(list, mine, theirs):
            # One by one: what a family took back on either side stays taken back.
            ours, told, before = ticks_of(mine), ticks_of(theirs), ticks_of(was)
            left = [tick for tick in ours if tick in told or tick not in before]
            theirs = left + [tick for tick in told if tick not in before and tick not in left]
            was = mine
            if same(path, mine, theirs):
                return mine
        would_undo = self.profile_is_newer and not is_nothing(mine)
        if self.has_base:
            would_undo = not same(path, was, mine)
        is_taken = self._take(Change(path, mine, theirs, entry), if_it=not would_undo)
        return theirs if is_taken else mine

    def _take(self, change: Change, *, if_it: bool) -> bool:
        """Note a change as taken, where it is right to, or where the file wins in any case; else as kept."""
        wanted = self.takes(change)
        is_taken = (if_it or self.overwrite) if wanted is None else wanted
        (self.changes if is_taken else self.kept).append(change)
        return is_taken

    def _languages(self, three: Three, path: Keys, entry: str) -> Plain:
        """Return words language by language; a lone text is Vietnamese."""
        mine, theirs, was = (value if isinstance(value, dict) else {"vi": value} for value in three)
        result = dict(mine)
        for tag, text in theirs.items():
            if not is_nothing(text) or self.has_base:
                result[tag] = self._leaf((mine.get(tag), text, was.get(tag)), (*path, tag), entry)
        result = {tag: text for tag, text in result.items() if not is_nothing(text)}
        if result == {tag: text for tag, text in mine.items() if not is_nothing(text)}:
            return three[0]
        return result["vi"] if set(result) == {"vi"} else (result or None)

    def _entries(self, field: Field, three: Three, path: Keys) -> Plain:
        """Return a list of records, such as the crops of a garden, entry by entry."""
        mine, theirs, was = (_by_id(field, value) for value in three)
        merged = {who: self._entry(field, (mine.get(who), theirs.get(who), was.get(who)), path, bool(mine))
                  for who in (mine | theirs)}  # fmt: skip
        left = [who for who, one in merged.items() if one is not None]
        order, shared = left, [who for who in was if who in theirs]
        if self.has_base and list(mine) == list(was) and shared != [who for who in theirs if who in was]:
            # Only the file changed the order.
            order = [who for who in theirs if who in left] + [who for who in left if who not in theirs]
        if order != left:
            names, ordered = ([_name(field, merged[who]) for who in one] for one in (left, order))
            order = order if self._take(Change(path, [*names], [*ordered]), if_it=True) else left
        result = [merged[who] for who in order]
        return three[0] if result == (three[0] or []) else result

    def _entry(self, field: Field, three: Three, path: Keys, has_others: bool) -> Plain:
        """Return an entry, None where it is taken away: by the file, or before by the profile."""
        mine, theirs, was = three
        if mine is not None and theirs is not None:
            told = dict(_expanded(field, theirs))
            if not self.has_base:
                told.pop(field.lone, None)  # it was found by its name: capitals are no news
            whole, before = _expanded(field, mine), _expanded(field, was) if was is not None else {}
            inside = self.record(field.fields, whole, told, before, path, _name(field, mine))
            return mine if inside == whole else _shortened(field, inside)
        if mine is None:
            return self._new_entry(field, theirs, was, path, has_others)
        if not self.has_base or was is None:
            return mine
        change = Change(path, mine, None, _name(field, mine))
        return None if self._take(change, if_it=same(path, [mine], [was])) else mine

    def _new_entry(self, field: Field, theirs: Plain, was: Plain, path: Keys, has_others: bool) -> Plain:
        """Return an entry that only the file has; None where the profile was right to take it away."""
        if was is not None and same(path, [theirs], [was]) and not self.overwrite:
            return None
        # It may have been taken out since.
        is_new = was is None and not (has_others and self.profile_is_newer)
        is_taken = self._take(Change(path, None, theirs, _name(field, theirs)), if_it=is_new)
        return _shortened(field, _expanded(field, theirs)) if is_taken else None


def _fits(kind: type, *values: Plain) -> bool:
    return all(value is None or isinstance(value, kind) for value in values)


def _dict(value: Plain) -> dict[str, Plain]:
    return value if isinstance(value, dict) else {}


def _list(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else []


def _by_id(field: Field, value: Plain) -> dict[EntryId, Plain]:
    """Return the entries of a list by what names them; whatever is no list has none."""
    found: dict[EntryId, Plain] = {}
    for entry in _list(value):
        name = _name(field, entry)
        name = nfc(name.strip()) if field.lone == "file" else key(name)
        found[(name, sum(1 for other, _ in found if other == name))] = entry
    return found


def _name(field: Field, entry: Plain) -> str:
    """Return the name of an entry as typed: what a lone text would stand for."""
    name = _expanded(field, entry).get(field.lone)
    return name if isinstance(name, str) else ""


def _expanded(field: Field, entry: Plain) -> dict[str, Plain]:
    """Return an entry with its keys, where just its name stands."""
    return entry if isinstance(entry, dict) else {field.lone: entry}


def _shortened(field: Field, entry: Mapping[str, Plain]) -> Plain:
    """Return an entry without what it does not say, as just its name where there is no more."""
    said = {name: value for name, value in entry.items() if not is_nothing(value)}
    return said[field.lone] if set(said) == {field.lone} else said


# --- What an import would change, in words: old → new, by the labels of the schema ---

_LONGEST: Final = 70
_YES, _NO = Text("yes"), Text("no")
_YES_NO: Final = {"true": _YES, "yes": _YES, "co": _YES, "false": _NO, "no": _NO, "khong": _NO}
_LEFT: Final = {"withdrawn": Text("Withdrawn on"), "moved_to": Text("New code")}


def describe_change(change: Change) -> Text:
    """Return one change in words: what it is about, the old and the new value."""
    what, old, new = parts_of(change)
    field = field_at(household_fields(), change.path)
    if field is not None and field.kind == "records" and change.entry:
        if is_nothing(change.new):
            return Text("{what}: without {entry}", what=what, entry=old)
        return Text("{what}: and {entry}", what=what, entry=new)
    if is_nothing(change.old) or change.path == TICKS:
        return _joined((what, new), ": ")
    return _joined((what, _joined((old, new), " → ")), ": ")


def describe_kept(change: Change, file: str) -> Text:
    """Return in words what the profile keeps though a file of this name says otherwise."""
    what, old, new = parts_of(change)
    field = field_at(household_fields(), change.path)
    if field is not None and field.kind == "records" and change.entry:
        if is_nothing(change.new):
            return Text("{what}: kept {entry}; {file} lacks it", what=what, entry=old, file=file)
        return Text("{what}: {file} has {entry}, not added", what=what, file=file, entry=new)
    if change.path == TICKS and not is_nothing(change.old):
        return Text("{what}: kept as it is; {file} says {said}", what=what, file=file, said=new)
    return Text("{what}: kept {old}; {file} says {new}", what=what, old=old, file=file, new=new)


def parts_of(change: Change) -> tuple[Text, Text, Text]:
    """Return what a change is about, the old value and the new one; of ticks that were there the differences."""
    field = field_at(household_fields(), change.path)
    what = _label(change, field)
    if field is not None and field.kind == "records" and change.entry:
        return what, _entry(field, change.old), _entry(field, change.new)
    if field is not None and change.path == TICKS and not is_nothing(change.old):
        old, new = ticks_of(change.old), ticks_of(change.new)
        more, less = [tick for tick in new if tick not in old], [tick for tick in old if tick not in new]
        ticks = [Text("also {ticks}", ticks=_value(field, more))] if more else []
        ticks += [Text("no more {ticks}", ticks=_value(field, less))] if less else []
        return what, _value(field, change.old), _joined(ticks, "; ")
    field = field or field_at(departed_fields(), change.path)
    return what, _value(field, change.old), _value(field, change.new)


def _joined(parts: Iterable[Text], between: str) -> Text:
    said = list(parts)
    return Both(between.join(part.vi for part in said), between.join(part.en for part in said))


def _label(change: Change, field: Field | None) -> Text:
    """Return what a change is about: the entry that it lies in, the field, the language."""
    if field is None:
        return _LEFT.get(change.path[-1], Both(".".join(change.path), ".".join(change.path)))
    label = field.label
    tag = f" ({change.path[-1]})" if field.is_local and change.path[-1] not in (field.key, "vi") else ""
    owner: Text | None = None
    if change.entry and field.kind != "records":
        owner = Both(change.entry, change.entry)
    elif len(change.path) > 1 and sum(one == label for one in _labels(household_fields())) > 1:
        record = field_at(household_fields(), change.path[:-1])
        owner = record.label if record and record.label.vi != label.vi else None
    if owner is None:
        return Both(f"{label.vi}{tag}", f"{label.en}{tag}")
    return Both(f"{owner.vi}, {within(label.vi)}{tag}", f"{owner.en}, {within(label.en)}{tag}")


def _labels(fields: tuple[Field, ...]) -> Iterator[Text]:
    for field in fields:
        yield from _labels(field.fields)
        yield field.label


def _value(field: Field | None, value: Plain) -> Text:
    if is_nothing(value):
        return Text("(empty)")
    if isinstance(value, list):
        return _joined((_value(field, item) for item in value), "; ")
    if isinstance(value, dict):
        return _joined(_record(field, value), ", ")
    if field is not None and field.kind == "day" and (day := day_of(value)):
        return say_day(day)
    text = " ".join(str(value).split())
    if field is not None and field.words is not None:
        try:
            return field.words.find(text).label
        except UserError:
            pass
    if field is not None and field.kind == "yes_no" and (answer := _YES_NO.get(fold(text))):
        return answer
    shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return Both(shown, shown)


def _record(field: Field | None, record: dict[str, Plain]) -> Iterator[Text]:
    """Yield what a record says, a field a piece, as it stands in brackets."""
    for name, value in record.items():
        if not is_nothing(value):
            inner = next((one for one in field.fields if one.key == name), None) if field else None
            said = _value(inner, value)
            vi, en = map(within, inner.label if inner else (name, name))
            vi = vi.replace("(", "").replace(")", "")  # the entry stands in brackets already
            # "có người không" would be a question.
            colon = ":" if inner is not None and inner.kind == "yes_no" else ""
            yield Both(f"{vi}{colon} {said.vi}", f"{en}{colon} {said.en}")


def _entry(field: Field, value: Plain) -> Text:
    """Return an entry as its name, and in brackets what else is said of it."""
    if not isinstance(value, dict):
        return _value(None, value)
    name = _value(None, value.get(field.lone))
    more = _joined(_record(field, {key: item for key, item in value.items() if key != field.lone}), ", ")
    return Both(f"{name.vi} ({more.vi})", f"{name.en} ({more.en})") if more.vi else name
