"""A profile's file made to say other values, with every byte kept that need not change."""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence as abc_Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from vuonho.edit.yaml_text import (
    STEP,
    WIDTH,
    Spot,
    entry_lines,
    flow,
    item_lines,
    literal,
    one_line,
    profile_spot,
    render_profile,
    scalar,
    spoken,
    spoken_keys,
    tidy,
    tidy_keys,
)
from vuonho.errors import Refused
from vuonho.i18n import Text
from vuonho.model.values import quoted
from vuonho.project.encoding import decode
from vuonho.project.yaml_tree import Entry, Mapping, Node, Plain, Scalar, Sequence, parse_tree, plain

# --- Which entry of a list becomes which: by what it says, by its name or file, then by its place ---

_NAMES = ("name", "file")


def pair(old: abc_Sequence[Plain], new: abc_Sequence[Plain]) -> list[int | None]:
    """Return for each new entry the position of the old one that becomes it, or None; none is taken twice."""
    pairs: list[int | None] = [None] * len(new)
    _match(pairs, old, new, lambda value, _: repr(value))
    _match(pairs, old, new, lambda value, _: _name(value))
    _match(pairs, old, new, lambda _, index: str(index))
    return pairs


def in_order(pairs: abc_Sequence[int | None], count: int) -> bool:
    """Tell whether each of `count` old entries stays in its place and none is new."""
    return list(pairs) == list(range(count))


def _match(
    pairs: list[int | None],
    old: abc_Sequence[Plain],
    new: abc_Sequence[Plain],
    sign: Callable[[Plain, int], str],
) -> None:
    """Pair the entries left over that have the same sign, the first with the first; "" is no sign."""
    free: dict[str, list[int]] = {}
    for index, value in enumerate(old):
        if index not in pairs:
            free.setdefault(sign(value, index), []).append(index)
    for index, value in enumerate(new):
        wanted = sign(value, index)
        if pairs[index] is None and wanted and free.get(wanted):
            pairs[index] = free[wanted].pop(0)


def _name(value: Plain) -> str:
    if isinstance(value, dict):
        return next((name for key in _NAMES if isinstance(name := value.get(key), str)), "")
    return value if isinstance(value, str) else ""


# --- The text of a file as it stands: its lines, its comments, and the cuts that change it ---

BREAKS = "\n\r\x85\u2028\u2029"
_BREAK = re.compile(f"\r\n|[{BREAKS}]")
_LINE_END = re.compile("\r\n|[\n\r]")
_NOTE = re.compile(f"(?<![^ \t{BREAKS}])#[^{BREAKS}]*")
_COLON = re.compile(r"\s*:")


class Coarse(Exception):
    """A change that cannot be made within a value: the whole value must be written anew."""


class Patch(NamedTuple):
    """A stretch of the text and what comes in its place."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Hole:
    """Where a value stands: behind `after` (a colon or dash), in a collection that begins at `column`."""

    after: int
    column: int
    spot: Spot


@dataclass(frozen=True, slots=True)
class Source:
    """A text with the starts of its lines and its comments (position, text); it ends with a line break."""

    text: str
    newline: str
    starts: tuple[int, ...]
    notes: tuple[tuple[int, str], ...]

    def line_start(self, at: int) -> int:
        """Return the start of the line of a position."""
        return self.starts[bisect_right(self.starts, at) - 1]

    def line_end(self, at: int) -> int:
        """Return the start of the line after that of a position."""
        place = bisect_right(self.starts, at)
        return self.starts[place] if place < len(self.starts) else len(self.text)

    def opens_line(self, at: int) -> bool:
        """Tell whether nothing but spaces stands before a position on its line."""
        return not self.text[self.line_start(at) : at].strip(" ")

    def notes_in(self, start: int, end: int) -> list[str]:
        """Return the comments that begin in a stretch."""
        return [note for at, note in self.notes if start <= at < end]

    def example(self, key: str, start: int, end: int, column: int) -> int | None:
        """Return the start of the line below a key's commented example (`#head: …`) in a stretch, or None."""
        for at, note in self.notes:
            is_one = start <= at < end and note.startswith(f"#{key}:") and self.opens_line(at)
            if is_one and at - self.line_start(at) == column:
                return self.line_end(at)
        return None

    def notes_depth(self, at: int) -> int:
        """Return the deepest column (from 0) of the comments on the lines that follow, -1 where none do."""
        return max((column for column, _ in self._notes_below(at)), default=-1)

    def reach(self, at: int, column: int) -> int:
        """Return where what stands in `column` ends, if its lines end at `at`: deeper comments are part of it."""
        for depth, end in self._notes_below(at):
            if depth <= column:
                break
            at = end
        return at

    def _notes_below(self, at: int) -> Iterator[tuple[int, int]]:
        """Yield (column, end) of the comments on the lines from `at` on, up to the next line of another kind."""
        while at < len(self.text):
            end = self.line_end(at)
            line = self.text[at:end]
            if line.lstrip(" ").startswith("#"):
                yield line.index("#"), end
            elif line.strip():
                break
            at = end

    def lifted(self, start: int, end: int, column: int) -> str:
        """Return the comments of a stretch as lines of their own."""
        return self.lines(" " * column + note for note in self.notes_in(start, end))

    def lines(self, lines: Iterable[str]) -> str:
        """Return lines as text with the file's own line ends."""
        return "".join(line + self.newline for line in lines)

    def cut(self, start: int, end: int, patches: Iterable[Patch]) -> str:
        """Return a stretch with its patches made; raises Coarse for two that overlap."""
        pieces, at = [], start
        for patch in sorted(patches, key=lambda patch: patch[:2]):
            if patch.start < at or patch.end > end:
                raise Coarse
            pieces += [self.text[at : patch.start], patch.text]
            at = patch.end
        return "".join([*pieces, self.text[at:end]])

    def colon(self, entry: Entry) -> int | None:
        """Return the position behind the colon of a key, or None for a key without one (`{a, b}`)."""
        found = _COLON.match(self.text, entry.end)
        return found.end() if found else None

    def is_block_scalar(self, node: Node) -> bool:
        """Tell a text under `|` or `>`."""
        return isinstance(node, Scalar) and not node.plain and self.text[node.start] in "|>"

    def body_end(self, node: Node, after: int) -> int:
        """Return the start of the line after a value; `after` is the place behind its colon or dash."""
        if isinstance(node, Mapping) and not node.in_braces:
            last = node.entries[-1]
            return self.body_end(last.value, self.colon(last) or last.end)
        if isinstance(node, Sequence) and not node.in_brackets:
            return self.body_end(node.items[-1], after)
        if self.is_block_scalar(node):
            return self._block_end(node)
        return self.line_end(max(after, node.end))

    def _block_end(self, node: Node) -> int:
        """Return the end of a block of lines; blank lines below it are no part of it, unless it keeps them."""
        body = self.line_end(node.start)
        if "+" in self.text[node.start : node.start + 3]:
            return max(body, node.end)
        last = len(self.text[: node.end].rstrip(f" \t{BREAKS}"))
        return max(body, self.line_end(last - 1))


def source_of(text: str, tree: Node | None) -> Source:
    """Return the source of a text whose tree is known."""
    found = _LINE_END.search(text)
    starts = (0, *(found.end() for found in _BREAK.finditer(text)))
    return Source(text, found.group() if found else "\n", starts, tuple(find_notes(text, tree)))


def find_notes(text: str, tree: Node | None) -> Iterator[tuple[int, str]]:
    """Yield (position, text) of the comments: what begins with # outside of all keys and values."""
    at = 0
    for start, end in [*(_scalars(text, tree) if tree else ()), (len(text), len(text))]:
        yield from ((found.start(), found.group().rstrip()) for found in _NOTE.finditer(text, at, start))
        at = max(at, end)


def _scalars(text: str, node: Node) -> Iterator[tuple[int, int]]:
    """Yield the stretches of keys and texts; a block of lines begins behind the line of its sign."""
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield entry.start, entry.end
            yield from _scalars(text, entry.value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _scalars(text, item)
    elif not node.plain and text[node.start : node.start + 1] in ("|", ">"):
        found = _BREAK.search(text, node.start, node.end)
        yield found.end() if found else node.end, node.end
    elif node.end > node.start:
        yield node.start, node.end


# --- Edits within brackets and braces: what stays keeps its letters, the rest is written anew on the line ---


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


# --- Edits of a list in lines, entry by entry: what stays keeps its bytes, what moves takes its comments along ---


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


# --- Edits of lines: keys one a line, entries of a list under each other, with the comments about them ---

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


# --- A profile's file made to say other values, with every byte kept that need not change ---

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_Values = dict[str, Plain]


def with_values(content: bytes, values: MappingOf[str, Plain]) -> bytes:
    """Return the file of a profile that says exactly these values; the same bytes where it already does.

    A key with None keeps its line and loses its value; a key that is absent goes with its lines. Raises Refused
    for a file that cannot be read, and for one that only a person can edit.
    """
    wanted = tidy_keys(values)
    bom, codec, before = _opened(content)
    if before.values == spoken_keys(wanted):
        return content
    edited = _proven(before, wanted)
    if edited is None:
        hard = _hard_keys(before, wanted)
        edited = _proven(before, wanted, frozenset(hard))
        if edited is None:
            raise Refused(*_by_hand(before, hard[0] if hard else ""))
    return bom + edited.encode(codec)


def told(content: bytes) -> dict[str, Plain]:
    """Return what the file of a profile says, as `with_values` takes it: None for a key that stands there empty.

    Raises Refused for a file that cannot be read.
    """
    *_, before = _opened(content)
    return _values(before.tree)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a text says: values, comments, the number of its problems; `tree` is None where it says nothing."""

    text: str
    tree: Mapping | None
    values: _Values
    notes: Counter[str]
    problems: int


def _opened(content: bytes) -> tuple[bytes, str, _Reading]:
    """Return (mark, codec, what it says) of a file, as its bytes spell it."""
    decode(content)
    bom, codec = next(((bom, codec) for bom, codec in _BOMS if content.startswith(bom)), (b"", "utf-8"))
    before = _read(content[len(bom) :].decode(codec))
    if before.tree is None and before.problems:
        raise Refused(*_UNREADABLE)
    return bom, codec, before


def _read(text: str) -> _Reading:
    tree, problems = parse_tree(text, "")
    notes = Counter(unicodedata.normalize("NFC", note) for _, note in find_notes(text, tree))
    return _Reading(text, tree, spoken_keys(_values(tree)), notes, len(problems))


def _values(tree: Mapping | None) -> _Values:
    return tidy_keys({entry.key: plain(entry.value) for entry in tree.entries} if tree else {})


def _proven(before: _Reading, wanted: _Values, coarse: frozenset[str] = frozenset()) -> str | None:
    """Return the text edited, or None where that cannot be; a last line without its end stays so if it can."""
    for edited in _candidates(before, wanted, coarse):
        if _says(before, edited, wanted):
            return edited
    return None


def _candidates(before: _Reading, wanted: _Values, coarse: frozenset[str]) -> Iterator[str]:
    text = before.text
    if text.endswith(("\n", "\r")):
        yield from _patched(source_of(text, before.tree), before.tree, wanted, coarse)
        return
    end = source_of(text, None).newline
    tree, _ = parse_tree(text + end, "")
    source = source_of(text + end, tree)
    # A story on the last line reads otherwise with its end, which is no reason to touch it.
    ended, said = _values(tree), spoken_keys(wanted)
    kept = {
        key: ended[key] for key, value in before.values.items() if said.get(key) == value and key in ended
    }
    for target in (wanted | kept, wanted):
        for edited in _patched(source, tree, target, coarse):
            yield from (edited.removesuffix(end), edited)


def _says(before: _Reading, edited: str, wanted: _Values) -> bool:
    """Tell whether a text says what it shall, and all that was noted; as it will be read, which is in NFC."""
    after = _read(unicodedata.normalize("NFC", edited))
    return (
        (after.tree is not None or not after.problems)
        and after.values == spoken_keys(wanted)
        and after.problems <= before.problems
        and before.notes <= after.notes
    )


def _patched(source: Source, tree: Mapping | None, wanted: _Values, coarse: frozenset[str]) -> Iterator[str]:
    """Yield the text with its patches, or nothing where they cannot be."""
    if tree is None:
        yield source.text + render_profile(wanted).replace("\n", source.newline)
        return
    try:
        if tree.in_braces:
            patches = [Patch(tree.start, tree.end, flow_text(source, tree, wanted, profile_spot()))]
        else:
            patches = [*Blocks(source, coarse).mapping(tree, wanted, profile_spot())]
        edited = source.cut(0, len(source.text), patches)
    except Coarse:
        return
    yield edited


def _hard_keys(before: _Reading, wanted: _Values) -> list[str]:
    """Return the keys that cannot be edited within, tried one by one."""
    said = spoken_keys(wanted)
    changed = [key for key in {**before.values, **said} if before.values.get(key) != said.get(key)]
    return [key for key in changed if _proven(before, _with(before.values, wanted, key)) is None]


def _with(values: _Values, wanted: _Values, key: str) -> _Values:
    """Return values in which one key is as it shall be."""
    kept = {other: value for other, value in values.items() if other != key}
    return kept | ({key: wanted[key]} if key in wanted else {})


def _by_hand(before: _Reading, key: str) -> tuple[Text, Text]:
    """Return what is said of a file whose form is too special, with the first key that stands in the way."""
    entry = before.tree.get(key) if before.tree else None
    line = Text(f", dòng {entry.line}", f", line {entry.line}") if entry else Text("", "")
    what = (
        Text(f"mục {quoted(key)}{line.vi}", f"{quoted(key)}{line.en}")
        if key
        else Text("tệp này", "this file")
    )
    return (
        Text(f"Máy không tự sửa được {what.vi}.", f"The program cannot edit {what.en} by itself."),
        Text("Mở tệp, sửa chỗ ấy bằng tay, rồi chạy lại.", "Open the file, edit it by hand, and run again."),
    )


_UNREADABLE = (
    Text("Tệp này đang có lỗi nên chưa sửa được.", "This file has errors and cannot be edited yet."),
    Text(
        "Chạy vuonho check để xem lỗi, sửa rồi làm lại.",
        "Run vuonho check to see them, mend them, and try again.",
    ),
)


# --- A code written into a profile with every other byte of the file kept ---


def with_code(content: bytes, code: str) -> bytes:
    """Return the profile with `code: "…"` in it; encoding, line ends, comments and order stay as they are.

    The code goes behind an empty `code:`, else before the first entry. Raises Refused where the result would
    not read as the same profile with this code.
    """
    try:
        values = told(content)
        if values and values.get("code") is None:
            return with_values(content, {**values, "code": code})
    except Refused as refused:
        raise Refused(*_BY_HAND) from refused
    raise Refused(*_BY_HAND)


_BY_HAND = (
    Text("Không ghi mã vào tệp này được.", "The code cannot be written into this file."),
    Text(
        'Tự thêm dòng đầu tiên: code: "…" rồi chạy lại.',
        'Add the first line yourself: code: "…" and run again.',
    ),
)
