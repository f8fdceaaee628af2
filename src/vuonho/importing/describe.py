"""What an import would change, in words: old → new, by the labels of the schema."""

from collections.abc import Iterable, Iterator
from typing import Final

from vuonho.errors import UserError
from vuonho.i18n import Both, Text, within
from vuonho.importing.match import day_of
from vuonho.importing.merge import TICKS, Change, ticks_of
from vuonho.model.dates import say_day
from vuonho.model.fields import Field, field_at
from vuonho.model.outline import departed_fields, household_fields, is_nothing
from vuonho.project.yaml_tree import Plain
from vuonho.text import fold

_LONGEST: Final = 70
_YES, _NO = Text("yes"), Text("no")
_YES_NO: Final = {"true": _YES, "yes": _YES, "co": _YES, "false": _NO, "no": _NO, "khong": _NO}
_LEFT: Final = {"withdrawn": Text("Withdrawn on"), "moved_to": Text("New code")}


def describe_change(change: Change) -> Text:
    """Return one change in words: what it is about, the old and the new value."""
    what, old, new = _parts_of(change)
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
    what, old, new = _parts_of(change)
    field = field_at(household_fields(), change.path)
    if field is not None and field.kind == "records" and change.entry:
        if is_nothing(change.new):
            return Text("{what}: kept {entry}; {file} lacks it", what=what, entry=old, file=file)
        return Text("{what}: {file} has {entry}, not added", what=what, file=file, entry=new)
    if change.path == TICKS and not is_nothing(change.old):
        return Text("{what}: kept as it is; {file} says {said}", what=what, file=file, said=new)
    return Text("{what}: kept {old}; {file} says {new}", what=what, old=old, file=file, new=new)


def _parts_of(change: Change) -> tuple[Text, Text, Text]:
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
    for key, value in record.items():
        if not is_nothing(value):
            inner = next((one for one in field.fields if one.key == key), None) if field else None
            said = _value(inner, value)
            vi, en = map(within, inner.label if inner else (key, key))
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
