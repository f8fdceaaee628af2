"""Edits of lines: keys one a line, entries of a list under each other, with the comments about them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vuonho.intake.nodes import Entry, Mapping, Node, Plain, Scalar, Sequence
from vuonho.intake.profiletext.emit import STEP, WIDTH, entry_lines, one_line
from vuonho.intake.profiletext.flows import flow_text, quote_of, says
from vuonho.intake.profiletext.items import edited_items
from vuonho.intake.profiletext.order import Spot
from vuonho.intake.profiletext.scalars import literal, scalar
from vuonho.intake.profiletext.source import Coarse, Hole, Patch, Source
from vuonho.intake.profiletext.values import spoken

_MORE = 40
"""By so much a line may grow that is longer already than we would write it: its owner likes it so."""
_HEADER = re.compile(r"[|>][-+0-9]*")
_TIGHT_NOTE = re.compile(r"[ \t]*#[^\s#]")


@dataclass(frozen=True, slots=True)
class Blocks:
    """Edits of one source. Those keys of the top that are in `coarse` are written anew, their comments above."""

    source: Source
    coarse: frozenset[str] = frozenset()

    def mapping(self, node: Mapping, values: dict[str, Plain], spot: Spot) -> Iterator[Patch]:
        """Yield the patches that make a mapping in lines say `values`."""
        for index, entry in enumerate(node.entries):
            yield from self._entry(node, index, values, spot.at(entry.key))
        yield from self._additions(node, values, spot)

    def _entry(self, node: Mapping, index: int, values: dict[str, Plain], spot: Spot) -> list[Patch]:
        entry = node.entries[index]
        value = values.get(entry.key)
        if says(entry.value, value):
            return []
        if entry.key not in values:
            return [self._removal(node, index, values)]
        try:
            return [*self._inner(entry, value, spot)]
        except Coarse:
            return [self._whole(entry, value, spot)]

    def _inner(self, entry: Entry, value: Plain, spot: Spot) -> Iterator[Patch]:
        after = self.source.colon(entry)
        if after is None or spot.path in {(key,) for key in self.coarse}:
            raise Coarse
        return self.value(entry.value, value, Hole(after, entry.column - 1, spot))

    def _end(self, entry: Entry) -> int:
        end = self.source.body_end(entry.value, self.source.colon(entry) or entry.end)
        return self.source.reach(end, entry.column - 1)

    def _whole(self, entry: Entry, value: Plain, spot: Spot) -> Patch:
        """Return the patch that writes a key and its value anew, all comments about it above."""
        if not self.source.opens_line(entry.start):
            raise Coarse
        end, column = self._end(entry), entry.column - 1
        notes = self.source.lifted(entry.start, end, column)
        lines = self.source.lines(entry_lines(entry.key, value, column, spot))
        return Patch(self.source.line_start(entry.start), end, notes + lines)

    def _removal(self, node: Mapping, index: int, values: dict[str, Plain]) -> Patch:
        """Return the patch that takes a key out; comments beside and below it stay as lines of their own."""
        entry = node.entries[index]
        if self.source.opens_line(entry.start):
            end = self._end(entry)
            notes = self.source.lifted(entry.start, end, entry.column - 1)
            return Patch(self.source.line_start(entry.start), end, notes)
        rest = node.entries[index + 1 :]
        if index or not rest or rest[0].key not in values or self.source.notes_in(entry.start, rest[0].start):
            raise Coarse
        return Patch(entry.start, rest[0].start, "")

    def _additions(self, node: Mapping, values: dict[str, Plain], spot: Spot) -> Iterator[Patch]:
        present, column = [entry.key for entry in node.entries], node.column - 1
        new = [key for key, value in values.items() if key not in present and value is not None]
        for key in spot.ordered(new):
            text = self.source.lines(entry_lines(key, values[key], column, spot.at(key)))
            at = self._example(key, node, spot)
            if at is not None or (at := self._place(key, node, spot)) is not None:
                yield Patch(at, at, text)
            else:
                first = node.entries[0].start
                yield Patch(first, first, text[column:] + " " * column)

    def _place(self, key: str, node: Mapping, spot: Spot) -> int | None:
        """Return the start of the line where a new key comes, or None before a first key behind a dash."""
        place = spot.place(key, [entry.key for entry in node.entries])
        if place:
            return self._end(node.entries[place - 1])
        first = node.entries[0].start
        return self.source.line_start(first) if self.source.opens_line(first) else None

    def _example(self, key: str, node: Mapping, spot: Spot) -> int | None:
        """Return the line below a commented example of a key (`#head: …`) among those of a mapping."""
        last, column = node.entries[-1], node.column - 1
        end = last.start if not spot.path else self.source.reach(self._end(last), column - 1)
        return self.source.example(key, node.start, end, column)

    def value(self, node: Node, value: Plain, hole: Hole) -> Iterator[Patch]:
        """Yield the patches that make a value in lines say another; raises Coarse where it must be made anew."""
        if isinstance(node, Scalar):
            yield from self._scalar(node, value, hole)
        elif isinstance(node, Mapping) and not node.in_braces and isinstance(value, dict) and spoken(value):
            yield from self.mapping(node, value, hole.spot)
        elif isinstance(node, Sequence) and not node.in_brackets and isinstance(value, list) and value:
            yield from edited_items(self.source, node, value, hole.spot, self.value)
        elif getattr(node, "in_braces", False) or getattr(node, "in_brackets", False):
            yield self._flow(node, value, hole)
        else:
            raise Coarse

    def _flow(self, node: Node, value: Plain, hole: Hole) -> Patch:
        if isinstance(value, str) and not self.source.notes_in(node.start, node.end):
            return Patch(node.start, node.end, self._inline(value, node.end, hole.spot.quote))
        text = flow_text(self.source, node, value, hole.spot)
        start = self.source.line_start(node.start)
        length = self.source.line_end(node.start) - start
        most = WIDTH if length <= WIDTH else length + _MORE
        if "\n" in text or node.start - start + len(text) <= most:
            return Patch(node.start, node.end, text)
        raise Coarse

    def _scalar(self, node: Scalar, value: Plain, hole: Hole) -> Iterator[Patch]:
        if self.source.is_block_scalar(node):
            yield self._from_block(node, value, hole)
            return
        start, end, gap = (
            (node.start, node.end, "") if node.end > node.start else (hole.after, hole.after, " ")
        )
        if value is None:
            yield Patch(hole.after, end, "")
        elif isinstance(value, str):
            block = literal(value) if "\n" in value else None
            yield Patch(
                start,
                end,
                gap
                + (block[0] if block else self._inline(value, end, quote_of(self.source, node, hole.spot))),
            )
            if block:
                yield self._below(end, block[1], hole)
        elif self._has_room(value, end, hole):
            yield from self._into_room(value, end, hole)
        elif (short := one_line(value, start + 1 - self.source.line_start(start), hole.spot)) is not None:
            yield Patch(start, end, gap + short)
        else:
            yield from self._unfolded(value, end, hole)

    def _inline(self, text: str, end: int, quote: str) -> str:
        """Return a text for its line; a tight comment behind a bare word would look like lost text."""
        return scalar(text, quote=quote or ('"' if _TIGHT_NOTE.match(self.source.text, end) else ""))

    def _below(self, at: int, lines: list[str], hole: Hole) -> Patch:
        end = self.source.line_end(at)
        return Patch(end, end, self._block_lines(lines, end, hole))

    def _block_lines(self, lines: list[str], end: int, hole: Hole) -> str:
        """Return the lines of a text, deeper than any comment that follows it at `end` and would be taken for text."""
        pad = " " * max(hole.column + STEP, self.source.notes_depth(end) + 1)
        return self.source.lines(pad + line if line else "" for line in lines)

    def _from_block(self, node: Scalar, value: Plain, hole: Hole) -> Patch:
        """Return the patch of a text under `|`: another such text, or one on the line; its sign's comment stays."""
        found = _HEADER.match(self.source.text, node.start)
        if not isinstance(value, str) or found is None:
            raise Coarse
        rest = self.source.text[found.end() : self.source.line_end(node.start)]
        block = literal(value) if "\n" in value or not node.is_empty else None
        end = self.source.body_end(node, node.start)
        if block is None:
            text = self._inline(value, found.end(), hole.spot.quote) + rest
        else:
            text = block[0] + rest + self._block_lines(block[1], end, hole)
        return Patch(node.start, end, text)

    def _unfolded(self, value: Plain, end: int, hole: Hole) -> Iterator[Patch]:
        """Yield the patches that make lines of a text on its key's line."""
        key = hole.spot.path[-1]
        if not isinstance(key, str) or self.source.notes_in(hole.after, end):
            raise Coarse
        lines = [*entry_lines(key, value, hole.column, hole.spot)]
        below = self.source.reach(self.source.line_end(end), hole.column)
        yield Patch(hole.after, end, "")
        yield Patch(below, below, self.source.lines(lines[1:]))

    def _has_room(self, value: Plain, end: int, hole: Hole) -> bool:
        """Tell whether commented examples wait below an empty key, one for a line each."""
        below = self.source.line_end(end)
        return (
            isinstance(value, dict)
            and isinstance(hole.spot.path[-1], str)
            and bool(spoken(value))
            and not self.source.notes_in(hole.after, end)
            and self.source.reach(below, hole.column) > below
        )

    def _into_room(self, value: Plain, end: int, hole: Hole) -> Iterator[Patch]:
        """Yield the patches that put each key of a record below its example, or below them all."""
        values = spoken(value)
        if not isinstance(values, dict):
            raise Coarse
        below, column = self.source.line_end(end), hole.column + STEP
        last = self.source.reach(below, hole.column)
        yield Patch(hole.after, end, "")
        for key in hole.spot.ordered(values):
            at = self.source.example(key, below, last, column) or last
            yield Patch(at, at, self.source.lines(entry_lines(key, values[key], column, hole.spot.at(key))))
