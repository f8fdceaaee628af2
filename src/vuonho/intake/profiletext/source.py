"""The text of a file as it stands: its lines, its comments, and the cuts that change it."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from vuonho.intake.nodes import Entry, Mapping, Node, Scalar, Sequence
from vuonho.intake.profiletext.order import Spot

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
