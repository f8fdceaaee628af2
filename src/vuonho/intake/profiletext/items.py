"""Edits of a list in lines, entry by entry: what stays keeps its bytes, what moves takes its comments along."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from vuonho.intake.nodes import Node, Plain, Sequence, plain
from vuonho.intake.profiletext.emit import item_lines
from vuonho.intake.profiletext.flows import says
from vuonho.intake.profiletext.order import Spot
from vuonho.intake.profiletext.pairing import in_order, pair
from vuonho.intake.profiletext.source import Coarse, Hole, Patch, Source
from vuonho.intake.profiletext.values import tidy


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: from its dash to the line after it; `lead` is where what stands above it begins."""

    node: Node
    dash: int
    end: int
    lead: int


Edit: TypeAlias = Callable[[Node, Plain, Hole], Iterator[Patch]]
"""What makes a value in lines say another; raises Coarse where it must be written anew."""


def edited_items(
    source: Source, node: Sequence, values: list[Plain], spot: Spot, edit: Edit
) -> Iterator[Patch]:
    """Yield the patches that make a list in lines say `values`, which are some."""
    column = node.column - 1
    old = _filled(source, node)
    pairs = pair([tidy(plain(item.node)) for item in old], values)
    edits = [
        []
        if place is None
        else _edited(source, old[place], value, Hole(old[place].dash + 1, column, spot.at(index)), edit)
        for index, (place, value) in enumerate(zip(pairs, values, strict=True))
    ]
    if in_order(pairs, len(old)):
        yield from (patch for patches in edits for patch in patches)
        return
    if not old or not source.opens_line(old[0].dash):
        raise Coarse
    texts = []
    above = _orphans(source, old, pairs, column)
    for index, (place, patches) in enumerate(zip(pairs, edits, strict=True)):
        if place is None:
            texts.append(source.lines(item_lines(values[index], column, spot.at(index))))
        else:
            texts += [above.get(place, ""), source.cut(old[place].lead, old[place].end, patches)]
    yield Patch(old[0].lead, old[-1].end, "".join([*texts, above.get(len(old), "")]))


def _filled(source: Source, node: Sequence) -> list[Item]:
    """Return the entries that have a value; those without one count as what stands above the next."""
    found: list[Item] = []
    at, filled = node.start, node.filled
    lead = _first_lead(source, node.start)
    for item in node.items:
        dash = _dash(source, at, node)
        at = source.reach(source.body_end(item, dash + 1), node.column - 1)
        if any(item is one for one in filled):
            found.append(Item(item, dash, at, lead))
            lead = at
    return found


def _dash(source: Source, at: int, node: Sequence) -> int:
    """Return the place of the next dash of a list, looked for from `at`."""
    if at == node.start:
        return at
    while at < len(source.text):
        dash = at + node.column - 1
        if source.text[dash : dash + 1] == "-" and source.opens_line(dash):
            return dash
        at = source.line_end(at)
    raise Coarse


def _first_lead(source: Source, dash: int) -> int:
    """Return the start of the comments that stand right above the first entry."""
    start = source.line_start(dash)
    while start and source.text[(above := source.line_start(start - 1)) : start].lstrip(" ").startswith("#"):
        start = above
    return start


def _edited(source: Source, item: Item, value: Plain, hole: Hole, edit: Edit) -> list[Patch]:
    if says(item.node, value):
        return []
    try:
        return [*edit(item.node, value, hole)]
    except Coarse:
        return [_whole(source, item, value, hole)]


def _whole(source: Source, item: Item, value: Plain, hole: Hole) -> Patch:
    """Return the patch that writes an entry anew, all comments within it above."""
    if not source.opens_line(item.dash):
        raise Coarse
    notes = source.lifted(item.dash, item.end, hole.column)
    lines = source.lines(item_lines(value, hole.column, hole.spot))
    return Patch(source.line_start(item.dash), item.end, notes + lines)


def _orphans(source: Source, old: list[Item], pairs: list[int | None], column: int) -> dict[int, str]:
    """Return the comments of entries that go, by the entry above which they stay (or the end of the list)."""
    kept, above = {place for place in pairs if place is not None}, {}
    text = ""
    for index, item in enumerate(old):
        if index in kept:
            above[index], text = text, ""
        else:
            lead = (
                source.text[item.lead : source.line_start(item.dash)]
                if source.notes_in(item.lead, item.dash)
                else ""
            )
            text += lead + source.lifted(item.dash, item.end, column)
    above[len(old)] = text
    return above
