"""What an import would change, in words: old → new, by the labels of the schema."""

from collections.abc import Iterator, Mapping
from typing import Final

from vuonho.bilingual import Text, within
from vuonho.domain.fold import fold
from vuonho.domain.outline import Field, field_at
from vuonho.domain.schema.meaning import is_nothing
from vuonho.domain.schema.outline import departed_fields, household_fields
from vuonho.domain.values import say_day
from vuonho.errors import Refused
from vuonho.exchange.lookup import day_of
from vuonho.exchange.merging import Change
from vuonho.exchange.ticks import PATH as TICKS
from vuonho.exchange.ticks import ticks_of
from vuonho.intake.tree import Plain

_LONGEST: Final = 70
_NOTHING: Final = Text("(trống)", "(empty)")
_YES, _NO = Text("có", "yes"), Text("không", "no")
_YES_NO: Final[Mapping[str, Text]] = {
    "true": _YES,
    "yes": _YES,
    "co": _YES,
    "false": _NO,
    "no": _NO,
    "khong": _NO,
}
_LEFT: Final[Mapping[str, Text]] = {
    "withdrawn": Text("Ngày rút", "Withdrawn on"),
    "moved_to": Text("Mã mới", "New code"),
}


def tell_change(change: Change) -> Text:
    """Return one change in words: what it is about, the old and the new value."""
    field = field_at(household_fields(), change.path)
    what = _label(change, field)
    if field is not None and field.kind == "records" and change.entry:
        return _of_entry(change, field, what)
    if field is not None and change.path == TICKS and not is_nothing(change.old):
        said = _ticks(change, field)
        return Text(f"{what.vi}: {said.vi}", f"{what.en}: {said.en}")
    old, new = _value(field or _left(change), change.old), _value(field or _left(change), change.new)
    if is_nothing(change.old):
        return Text(f"{what.vi}: {new.vi}", f"{what.en}: {new.en}")
    return Text(f"{what.vi}: {old.vi} → {new.vi}", f"{what.en}: {old.en} → {new.en}")


def tell_kept(change: Change, file: str) -> Text:
    """Return in words what the profile keeps though a file of this name says otherwise."""
    field = field_at(household_fields(), change.path)
    what = _label(change, field)
    if field is not None and field.kind == "records" and change.entry:
        entry = _entry(field, change.old if is_nothing(change.new) else change.new)
        if is_nothing(change.new):
            return Text(
                f"{what.vi}: giữ {entry.vi}; tệp {file} không có",
                f"{what.en}: kept {entry.en}; {file} lacks it",
            )
        return Text(
            f"{what.vi}: tệp {file} có {entry.vi}, không thêm", f"{what.en}: {file} has {entry.en}, not added"
        )
    if change.path == TICKS and field is not None and not is_nothing(change.old):
        said = _ticks(change, field)
        return Text(
            f"{what.vi}: giữ nguyên; tệp {file} {said.vi}", f"{what.en}: kept as it is; {file} says {said.en}"
        )
    old, new = (_value(field or _left(change), value) for value in (change.old, change.new))
    return Text(
        f"{what.vi}: giữ {old.vi}; tệp {file} ghi {new.vi}", f"{what.en}: kept {old.en}; {file} says {new.en}"
    )


def _left(change: Change) -> Field | None:
    """Return the field of what a household that left says, which stands in no record of a household."""
    return field_at(departed_fields(), change.path)


def _ticks(change: Change, field: Field) -> Text:
    """Return which ticks come and which go: the list as a whole is too long to be compared by eye."""
    old, new = ticks_of(change.old), ticks_of(change.new)
    more, less = [tick for tick in new if tick not in old], [tick for tick in old if tick not in new]
    parts = []
    if more:
        added = _value(field, more)
        parts.append(Text(f"thêm {added.vi}", f"also {added.en}"))
    if less:
        gone = _value(field, less)
        parts.append(Text(f"thôi {gone.vi}", f"no more {gone.en}"))
    return _joined(parts, "; ")


def _of_entry(change: Change, field: Field, what: Text) -> Text:
    entry = _entry(field, change.old if is_nothing(change.new) else change.new)
    if is_nothing(change.new):
        return Text(f"{what.vi}: bỏ {entry.vi}", f"{what.en}: without {entry.en}")
    return Text(f"{what.vi}: thêm {entry.vi}", f"{what.en}: and {entry.en}")


def _label(change: Change, field: Field | None) -> Text:
    """Return what a change is about: the entry that it lies in, the field, the language."""
    fields = household_fields()
    if field is None:
        return _LEFT.get(change.path[-1], Text(".".join(change.path), ".".join(change.path)))
    label = field.label
    tag = f" ({change.path[-1]})" if field.is_local and change.path[-1] not in (field.key, "vi") else ""
    owner = field_at(fields, change.path[:-1]) if len(change.path) > 1 else None
    if change.entry and field.kind != "records":
        return Text(f"{change.entry}, {within(label.vi)}{tag}", f"{change.entry}, {within(label.en)}{tag}")
    is_alike = sum(1 for one in _labels(fields) if one == label) > 1
    if owner is not None and is_alike and owner.label.vi != label.vi:
        return Text(
            f"{owner.label.vi}, {within(label.vi)}{tag}", f"{owner.label.en}, {within(label.en)}{tag}"
        )
    return Text(f"{label.vi}{tag}", f"{label.en}{tag}")


def _labels(fields: tuple[Field, ...]) -> Iterator[Text]:
    for field in fields:
        yield from _labels(field.fields)
        yield field.label


def _value(field: Field | None, value: Plain) -> Text:
    if is_nothing(value):
        return _NOTHING
    if isinstance(value, list):
        return _joined([_value(field, item) for item in value], "; ")
    if isinstance(value, dict):
        return _joined(
            [_inside(field, key, item) for key, item in value.items() if not is_nothing(item)], ", "
        )
    if field is not None and field.kind == "day" and (day := day_of(value)):
        return say_day(day)
    text = " ".join(str(value).split())
    if field is not None and field.words is not None:
        try:
            return field.words.find(text).label
        except Refused:
            pass
    if field is not None and field.kind == "yes_no" and (answer := _YES_NO.get(fold(text))):
        return answer
    shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return Text(shown, shown)


def _inside(field: Field | None, key: str, value: Plain) -> Text:
    inner = next((one for one in field.fields if one.key == key), None) if field else None
    said = _value(inner, value)
    vi, en = map(within, inner.label if inner else (key, key))
    vi = vi.replace("(", "").replace(")", "")  # the entry stands in brackets already
    if inner is not None and inner.kind == "yes_no":  # "có người không" would be a question
        vi, en = f"{vi}:", f"{en}:"
    return Text(f"{vi} {said.vi}", f"{en} {said.en}")


def _entry(field: Field, value: Plain) -> Text:
    """Return an entry as its name, and in brackets what else is said of it."""
    if not isinstance(value, dict):
        return _value(None, value)
    name = _value(None, value.get(field.lone))
    rest = {key: item for key, item in value.items() if key != field.lone and not is_nothing(item)}
    if not rest:
        return name
    more = _joined([_inside(field, key, item) for key, item in rest.items()], ", ")
    return Text(f"{name.vi} ({more.vi})", f"{name.en} ({more.en})")


def _joined(parts: list[Text], between: str) -> Text:
    return Text(between.join(part.vi for part in parts), between.join(part.en for part in parts))
