"""Edits within brackets and braces: what stays keeps its letters, the rest is written anew on the line."""

from collections.abc import Iterator

from vuonho.intake.nodes import Entry, Mapping, Node, Plain, Scalar, Sequence, plain
from vuonho.intake.profiletext.emit import flow
from vuonho.intake.profiletext.order import Spot
from vuonho.intake.profiletext.pairing import in_order, pair
from vuonho.intake.profiletext.scalars import scalar
from vuonho.intake.profiletext.source import Coarse, Patch, Source
from vuonho.intake.profiletext.values import spoken, tidy


def says(node: Node, value: Plain) -> bool:
    """Tell whether a node already says a value."""
    return spoken(tidy(plain(node))) == spoken(value)


def quote_of(source: Source, node: Scalar, spot: Spot) -> str:
    """Return the quotes that a changed text shall have: those that it had, or those of its place."""
    sign = "" if node.plain else source.text[node.start]
    return sign if not node.is_empty and sign in ("'", '"') else spot.quote


def flow_text(source: Source, node: Node, value: Plain, spot: Spot) -> str:
    """Return what comes in the place of a node within brackets or braces.

    Raises Coarse where comments would be lost.
    """
    if says(node, value):
        return source.text[node.start : node.end]
    if isinstance(node, Scalar) and isinstance(value, str):
        return scalar(value, in_flow=True, quote=quote_of(source, node, spot))
    if isinstance(node, Mapping) and isinstance(value, dict):
        if _has_same_keys(node, value):
            return source.cut(node.start, node.end, _entries(source, node, value, spot))
        _refuse_notes(source, node)
        return "{" + ", ".join(_pairs(source, node, value, spot)) + "}"
    if isinstance(node, Sequence) and isinstance(value, list):
        return _items(source, node, value, spot)
    _refuse_notes(source, node)
    return flow(value, spot)


def _refuse_notes(source: Source, node: Node) -> None:
    if source.notes_in(node.start, node.end):
        raise Coarse


def _has_same_keys(node: Mapping, value: dict[str, Plain]) -> bool:
    known = {entry.key for entry in node.entries}
    filled = {entry.key for entry in node.entries if plain(entry.value) is not None}
    return filled <= value.keys() and {key for key, inside in value.items() if inside is not None} <= known


def _entries(source: Source, node: Mapping, value: dict[str, Plain], spot: Spot) -> Iterator[Patch]:
    for entry in node.entries:
        wanted = value.get(entry.key)
        if not says(entry.value, wanted):
            yield _patch(source, entry, wanted, spot.at(entry.key))


def _patch(source: Source, entry: Entry, value: Plain, spot: Spot) -> Patch:
    old, colon = entry.value, source.colon(entry)
    text = flow_text(source, old, value, spot)
    if old.end > old.start:
        return Patch(old.start, old.end, text)
    return Patch(colon, colon, f" {text}") if colon else Patch(entry.end, entry.end, f": {text}")


def _pairs(source: Source, node: Mapping, value: dict[str, Plain], spot: Spot) -> Iterator[str]:
    known = {entry.key: entry for entry in node.entries if entry.key in value}
    keys = list(known)
    for key in spot.ordered(key for key, inside in value.items() if key not in known and inside is not None):
        keys.insert(spot.place(key, keys), key)
    for key in keys:
        entry = known.get(key)
        if entry is None:
            yield f"{scalar(key, in_flow=True)}: {flow(value[key], spot.at(key))}"
        else:
            end = max(entry.end, source.colon(entry) or 0)
            end = entry.value.end if entry.value.end > entry.value.start else end
            patches = (
                () if says(entry.value, value[key]) else (_patch(source, entry, value[key], spot.at(key)),)
            )
            yield source.cut(entry.start, end, patches)


def _items(source: Source, node: Sequence, value: list[Plain], spot: Spot) -> str:
    old = node.filled
    pairs = pair([tidy(plain(item)) for item in old], value)
    texts = [
        flow(item, spot.at(index)) if place is None else flow_text(source, old[place], item, spot.at(index))
        for index, (place, item) in enumerate(zip(pairs, value, strict=True))
    ]
    if in_order(pairs, len(old)):
        patches = (Patch(item.start, item.end, text) for item, text in zip(old, texts, strict=True))
        return source.cut(node.start, node.end, patches)
    _refuse_notes(source, node)
    return "[" + ", ".join(texts) + "]"
