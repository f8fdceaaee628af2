"""A profile's file made to say other values, with every byte kept that need not change."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass
from typing import NamedTuple

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
from vuonho.errors import UserError
from vuonho.i18n import Text
from vuonho.model.values import quoted
from vuonho.project.files import decode
from vuonho.project.yaml_tree import Entry, Mapping, Node, Plain, Scalar, Sequence, parse_tree, plain
from vuonho.text import nfc

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MORE = 40
"""By so much a line may grow that is longer already than we would write it: its owner likes it so."""
_BREAKS = "\n\r\x85\u2028\u2029"
_BREAK = re.compile(f"\r\n|[{_BREAKS}]")
_LINE_END = re.compile("\r\n|[\n\r]")
_NOTE = re.compile(f"(?<![^ \t{_BREAKS}])#[^{_BREAKS}]*")
_COLON = re.compile(r"\s*:")
_HEADER = re.compile(r"[|>][-+0-9]*")
_TIGHT_NOTE = re.compile(r"[ \t]*#[^\s#]")

_Values = dict[str, Plain]


def with_values(content: bytes, values: MappingOf[str, Plain]) -> bytes:
    """Return the file of a profile that says exactly these values; the same bytes where it already does.

    A key with None keeps its line and loses its value; a key that is absent goes with its lines. Raises UserError
    for a file that cannot be read, and for one that only a person can edit.
    """
    wanted = tidy_keys(values)
    bom, codec, before = _opened(content)
    said = spoken_keys(wanted)
    if before.values == said:
        return content
    edited = _edited(before, wanted)
    if edited is not None:
        return bom + edited.encode(codec)
    # Keys that cannot be edited within are found one by one, and written anew.
    hard: list[str] = []
    for key in {**before.values, **said}:
        alone = {other: value for other, value in before.values.items() if other != key}
        alone |= {key: wanted[key]} if key in wanted else {}
        if before.values.get(key) != said.get(key) and _edited(before, alone) is None:
            hard.append(key)
    edited = _edited(before, wanted, frozenset(hard))
    if edited is not None:
        return bom + edited.encode(codec)
    what = Text("this file")
    entry = before.tree.get(hard[0]) if hard and before.tree else None
    if entry:
        what = Text("{hard}, line {line}", hard=quoted(hard[0]), line=entry.line)
    raise UserError(
        Text("The program cannot edit {what} by itself.", what=what),
        Text("Open the file, edit it by hand, and run again."),
    )


def with_code(content: bytes, code: str) -> bytes:
    """Return the profile with `code: "…"` in it; encoding, line ends, comments and order stay as they are.

    The code goes behind an empty `code:`, else before the first entry. Raises UserError where the result would
    not read as the same profile with this code.
    """
    by_hand = UserError(
        Text("The code cannot be written into this file."),
        Text('Add the first line yourself: code: "…" and run again.'),
    )
    try:
        values = told(content)
        if values and values.get("code") is None:
            return with_values(content, {**values, "code": code})
    except UserError as refused:
        raise by_hand from refused
    raise by_hand


def told(content: bytes) -> _Values:
    """Return what the file of a profile says, as `with_values` takes it: None for a key that stands there empty.

    Raises UserError for a file that cannot be read.
    """
    return _values(_opened(content)[2].tree)


def find_notes(text: str, tree: Node | None) -> Iterator[tuple[int, str]]:
    """Yield (position, text) of the comments: what begins with # outside of all keys and values."""
    at = 0
    for start, end in [*(_scalars(text, tree) if tree else ()), (len(text), len(text))]:
        yield from ((found.start(), found.group().rstrip()) for found in _NOTE.finditer(text, at, start))
        at = max(at, end)


def _scalars(text: str, node: Node) -> Iterator[tuple[int, int]]:
    """Yield the stretches of keys and texts; a block of lines begins behind the line of its header."""
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield entry.start, entry.end
            yield from _scalars(text, entry.value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _scalars(text, item)
    elif _is_block(text, node):
        found = _BREAK.search(text, node.start, node.end)
        yield found.end() if found else node.end, node.end
    elif node.end > node.start:
        yield node.start, node.end


def _is_block(text: str, node: Node) -> bool:
    """Tell a text under `|` or `>`."""
    return isinstance(node, Scalar) and not node.plain and text[node.start : node.start + 1] in ("|", ">")


def _values(tree: Mapping | None) -> _Values:
    return tidy_keys({entry.key: plain(entry.value) for entry in tree.entries} if tree else {})


# --- The text of a file as it stands: its lines, its comments, and the patches that change it ---


class _Coarse(Exception):
    """A change that cannot be made within a value: the whole value must be written anew."""


class _Patch(NamedTuple):
    """A stretch of the text and what comes in its place."""

    start: int
    end: int
    text: str


class _File:
    """A text, its tree (None where it says nothing), what it says, and its comments with their positions."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tree, problems = parse_tree(text, "")
        self.problems = len(problems)
        self.values = spoken_keys(_values(self.tree))
        self.notes = tuple(find_notes(text, self.tree))
        self.starts = (0, *(found.end() for found in _BREAK.finditer(text)))
        found = _LINE_END.search(text)
        self.newline = found.group() if found else "\n"

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

    def notes_below(self, at: int) -> Iterator[tuple[int, int]]:
        """Yield (column, end) of the comments on the lines from `at` on, up to the next line of another kind."""
        while at < len(self.text):
            end = self.line_end(at)
            line = self.text[at:end]
            if line.lstrip(" ").startswith("#"):
                yield line.index("#"), end
            elif line.strip():
                break
            at = end

    def reach(self, at: int, column: int) -> int:
        """Return where what stands in `column` ends, if its lines end at `at`: deeper comments are part of it."""
        for depth, end in self.notes_below(at):
            if depth <= column:
                break
            at = end
        return at

    def example(self, key: str, start: int, end: int, column: int) -> int | None:
        """Return the start of the line below a key's commented example (`#head: …`) in a stretch, or None."""
        for at, note in self.notes:
            is_one = start <= at < end and note.startswith(f"#{key}:") and self.opens_line(at)
            if is_one and at - self.line_start(at) == column:
                return self.line_end(at)
        return None

    def lines(self, lines: Iterable[str]) -> str:
        """Return lines as text with the file's own line ends."""
        return "".join(line + self.newline for line in lines)

    def lifted(self, start: int, end: int, column: int) -> str:
        """Return the comments of a stretch as lines of their own."""
        return self.lines(" " * column + note for note in self.notes_in(start, end))

    def anew(self, start: int, end: int, column: int, lines: Iterable[str]) -> _Patch:
        """Return the patch that writes `lines` for a key or entry from `start` on, all comments within it above."""
        if not self.opens_line(start):
            raise _Coarse
        return _Patch(self.line_start(start), end, self.lifted(start, end, column) + self.lines(lines))

    def cut(self, start: int, end: int, patches: Iterable[_Patch]) -> str:
        """Return a stretch with its patches made; raises _Coarse for two that overlap."""
        pieces, at = [], start
        for patch in sorted(patches, key=lambda patch: patch[:2]):
            if patch.start < at or patch.end > end:
                raise _Coarse
            pieces += [self.text[at : patch.start], patch.text]
            at = patch.end
        return "".join([*pieces, self.text[at:end]])

    def colon(self, entry: Entry) -> int | None:
        """Return the position behind the colon of a key, or None for a key without one (`{a, b}`)."""
        found = _COLON.match(self.text, entry.end)
        return found.end() if found else None

    def body_end(self, node: Node, after: int) -> int:
        """Return the start of the line after a value; `after` is the place behind its colon or dash."""
        if isinstance(node, Mapping) and not node.in_braces:
            last = node.entries[-1]
            return self.body_end(last.value, self.colon(last) or last.end)
        if isinstance(node, Sequence) and not node.in_brackets:
            return self.body_end(node.items[-1], after)
        if not _is_block(self.text, node):
            return self.line_end(max(after, node.end))
        body = self.line_end(node.start)
        if "+" in self.text[node.start : node.start + 3]:
            return max(body, node.end)
        # Blank lines below a block of lines are no part of it.
        last_letter = len(self.text[: node.end].rstrip(f" \t{_BREAKS}")) - 1
        return max(body, self.line_end(last_letter))

    def entry_end(self, entry: Entry) -> int:
        """Return the start of the line after a key with its value and the comments that belong to it."""
        return self.reach(self.body_end(entry.value, self.colon(entry) or entry.end), entry.column - 1)


def _opened(content: bytes) -> tuple[bytes, str, _File]:
    """Return (mark, codec, text) of a file, as its bytes spell it."""
    decode(content)
    bom, codec = next(((bom, codec) for bom, codec in _BOMS if content.startswith(bom)), (b"", "utf-8"))
    file = _File(content[len(bom) :].decode(codec))
    if file.tree is None and file.problems:
        raise UserError(
            Text("This file has errors and cannot be edited yet."),
            Text("Run vuonho check to see them, fix them, and try again."),
        )
    return bom, codec, file


def _edited(before: _File, wanted: _Values, coarse: frozenset[str] = frozenset()) -> str | None:
    """Return the text edited and proven, or None; a last line without its end stays so if it can."""
    if before.text.endswith(("\n", "\r")):
        edited = _Editor(before, coarse).edited(wanted)
        return edited if edited is not None and is_proven(before, edited, wanted) else None
    ended = _File(before.text + before.newline)
    # A story on the last line reads otherwise with its end, which is no reason to touch it.
    said = spoken_keys(wanted)
    kept = {
        key: ended.values[key]
        for key, value in before.values.items()
        if said.get(key) == value and key in ended.values
    }
    for target in (wanted | kept, wanted):
        edited = _Editor(ended, coarse).edited(target)
        for text in () if edited is None else (edited.removesuffix(before.newline), edited):
            if is_proven(before, text, wanted):
                return text
    return None


def is_proven(before: _File, edited: str, wanted: _Values) -> bool:
    """Tell whether a text says what it shall, and all that was noted; as it will be read, which is in NFC."""
    after = _File(nfc(edited))
    return (
        (after.tree is not None or not after.problems)
        and after.values == spoken_keys(wanted)
        and after.problems <= before.problems
        and Counter(nfc(note) for _, note in before.notes) <= Counter(note for _, note in after.notes)
    )


# --- Edits: keys one a line, entries of a list below each other with the comments about them, brackets and braces ---


class _Hole(NamedTuple):
    """Where a value stands: behind `after` (a colon or dash), in a collection that begins at `column`.

    `key` is "" for an entry of a list.
    """

    after: int
    column: int
    spot: Spot
    key: str


@dataclass(frozen=True, slots=True)
class _Item:
    """One entry of a list: from its dash to the line after it; `lead` is where what stands above it begins."""

    node: Node
    dash: int
    end: int
    lead: int


class _Editor:
    """Edits of one file. Those keys of the top that are in `coarse` are written anew, their comments above."""

    def __init__(self, file: _File, coarse: frozenset[str]) -> None:
        self.file = file
        self.coarse = coarse

    def edited(self, wanted: _Values) -> str | None:
        """Return the text that says `wanted`, None where it cannot be made."""
        file, tree = self.file, self.file.tree
        if tree is None:
            return file.text + render_profile(wanted).replace("\n", file.newline)
        try:
            if tree.in_braces:
                patches = [_Patch(tree.start, tree.end, self._flow(tree, wanted, profile_spot()))]
            else:
                patches = [*self._mapping(tree, wanted, profile_spot())]
            return file.cut(0, len(file.text), patches)
        except _Coarse:
            return None

    def _mapping(self, node: Mapping, values: _Values, spot: Spot) -> Iterator[_Patch]:
        """Yield the patches that make a mapping in lines say `values`."""
        file, present, column = self.file, [entry.key for entry in node.entries], node.column - 1
        for entry in node.entries:
            key, value = entry.key, values.get(entry.key)
            if _says(entry.value, value):
                continue
            if key not in values:
                yield file.anew(entry.start, file.entry_end(entry), entry.column - 1, ())
                continue
            try:
                patches = [*self._entry(entry, value, spot)]
            except _Coarse:
                lines = entry_lines(key, value, entry.column - 1, spot.at(key))
                patches = [file.anew(entry.start, file.entry_end(entry), entry.column - 1, lines)]
            yield from patches
        first, last = node.entries[0].start, node.entries[-1]
        for key in spot.ordered(
            key for key, value in values.items() if key not in present and value is not None
        ):
            examples_end = last.start if spot.is_top else file.reach(file.entry_end(last), column - 1)
            text = file.lines(entry_lines(key, values[key], column, spot.at(key)))
            at = file.example(key, node.start, examples_end, column)
            if at is None:
                place = spot.place(key, present)
                if not place and not file.opens_line(first):
                    raise _Coarse  # behind a dash
                at = file.entry_end(node.entries[place - 1]) if place else file.line_start(first)
            yield _Patch(at, at, text)

    def _entry(self, entry: Entry, value: Plain, spot: Spot) -> Iterator[_Patch]:
        after = self.file.colon(entry)
        if after is None or (spot.is_top and entry.key in self.coarse):
            raise _Coarse
        return self._value(entry.value, value, _Hole(after, entry.column - 1, spot.at(entry.key), entry.key))

    def _value(self, node: Node, value: Plain, hole: _Hole) -> Iterator[_Patch]:
        """Yield the patches that make a value say another; raises _Coarse where it must be made anew."""
        file = self.file
        if isinstance(node, Scalar):
            is_block = _is_block(file.text, node)
            yield from self._from_block(node, value, hole) if is_block else self._scalar(node, value, hole)
        elif node.in_braces if isinstance(node, Mapping) else node.in_brackets:
            if isinstance(value, str) and not file.notes_in(node.start, node.end):
                yield _Patch(node.start, node.end, self._inline(value, node.end, hole.spot.quote))
                return
            text = self._flow(node, value, hole.spot)
            start = file.line_start(node.start)
            length = file.line_end(node.start) - start
            most = WIDTH if length <= WIDTH else length + _MORE
            if "\n" not in text and node.start - start + len(text) > most:
                raise _Coarse
            yield _Patch(node.start, node.end, text)
        elif isinstance(node, Mapping) and isinstance(value, dict) and spoken(value):
            yield from self._mapping(node, value, hole.spot)
        elif isinstance(node, Sequence) and isinstance(value, list) and value:
            yield from self._items(node, value, hole.spot)
        else:
            raise _Coarse

    # --- Texts -------------------------------------------------------------------------------------------------

    def _scalar(self, node: Scalar, value: Plain, hole: _Hole) -> Iterator[_Patch]:
        file, (after, column, spot, key) = self.file, hole
        start, end, gap = (node.start, node.end, "") if node.end > node.start else (after, after, " ")
        if value is None:
            yield _Patch(after, end, "")
            return
        below = file.line_end(end)
        if isinstance(value, str):
            block = literal(value) if "\n" in value else None
            if block is None:
                yield _Patch(start, end, gap + self._inline(value, end, self._quote(node, spot)))
            else:
                yield _Patch(start, end, gap + block[0])
                yield _Patch(below, below, self._block_lines(block[1], below, column))
            return
        is_free = bool(key) and not file.notes_in(after, end)
        last = file.reach(below, column)
        inside = spoken(value)
        if is_free and isinstance(inside, dict) and inside and last > below:
            # Commented examples wait below the empty key: each value comes below its own.
            yield _Patch(after, end, "")
            for inner in spot.ordered(inside):
                at = file.example(inner, below, last, column + STEP) or last
                lines = entry_lines(inner, inside[inner], column + STEP, spot.at(inner))
                yield _Patch(at, at, file.lines(lines))
        elif (short := one_line(value, start + 1 - file.line_start(start), spot)) is not None:
            yield _Patch(start, end, gap + short)
        elif is_free:
            yield _Patch(after, end, "")
            yield _Patch(last, last, file.lines([*entry_lines(key, value, column, spot)][1:]))
        else:
            raise _Coarse

    def _from_block(self, node: Scalar, value: Plain, hole: _Hole) -> Iterator[_Patch]:
        """Yield the patch of a text under `|`: another such text, or one on the line; its header's comment stays."""
        found = _HEADER.match(self.file.text, node.start)
        if not isinstance(value, str) or found is None:
            raise _Coarse
        rest = self.file.text[found.end() : self.file.line_end(node.start)]
        block = literal(value) if "\n" in value or not node.is_empty else None
        end = self.file.body_end(node, node.start)
        if block is None:
            yield _Patch(node.start, end, self._inline(value, found.end(), hole.spot.quote) + rest)
        else:
            lines = self._block_lines(block[1], end, hole.column)
            yield _Patch(node.start, end, block[0] + rest + lines)

    def _block_lines(self, lines: list[str], end: int, column: int) -> str:
        """Return the lines of a text, deeper than any comment that follows it at `end` and would be taken for text."""
        deepest = max((depth for depth, _ in self.file.notes_below(end)), default=-1)
        pad = " " * max(column + STEP, deepest + 1)
        return self.file.lines(pad + line if line else "" for line in lines)

    def _inline(self, text: str, end: int, quote: str) -> str:
        """Return a text for its line; a tight comment behind a bare word would look like lost text."""
        return scalar(text, quote=quote or ('"' if _TIGHT_NOTE.match(self.file.text, end) else ""))

    def _quote(self, node: Scalar, spot: Spot) -> str:
        """Return the quotes that a changed text shall have: those that it had, or those of its place."""
        sign = "" if node.plain or node.is_empty else self.file.text[node.start]
        return sign if sign in ("'", '"') else spot.quote

    # --- Lists in lines ----------------------------------------------------------------------------------------

    def _items(self, node: Sequence, values: list[Plain], spot: Spot) -> Iterator[_Patch]:
        """Yield the patches that make a list in lines say `values`, which are some."""
        file, column = self.file, node.column - 1
        old = self._old_items(node)
        pairs = _pair([item.node for item in old], values)
        edits = [
            [] if place is None else self._item(old[place], value, column, spot)
            for place, value in zip(pairs, values, strict=True)
        ]
        if pairs == list(range(len(old))):
            yield from (patch for patches in edits for patch in patches)
            return
        if not old or not file.opens_line(old[0].dash):
            raise _Coarse
        # Comments of entries that go stay above the next one that does not.
        above: dict[int, str] = {}
        text = ""
        for index, item in enumerate(old):
            if index in pairs:
                above[index], text = text, ""
                continue
            if file.notes_in(item.lead, item.dash):
                text += file.text[item.lead : file.line_start(item.dash)]
            text += file.lifted(item.dash, item.end, column)
        pieces: list[str] = []
        for place, value, patches in zip(pairs, values, edits, strict=True):
            if place is None:
                pieces.append(file.lines(item_lines(value, column, spot)))
            else:
                pieces += [above[place], file.cut(old[place].lead, old[place].end, patches)]
        yield _Patch(old[0].lead, old[-1].end, "".join([*pieces, text]))

    def _old_items(self, node: Sequence) -> list[_Item]:
        """Return the entries that have a value; those without one count as what stands above the next."""
        file, found, at = self.file, [], node.start
        lead = file.line_start(at)
        while lead and file.text[(above := file.line_start(lead - 1)) : lead].lstrip(" ").startswith("#"):
            lead = above
        for item in node.items:
            dash = at if at == node.start else self._next_dash(at, node.column - 1)
            at = file.reach(file.body_end(item, dash + 1), node.column - 1)
            if plain(item) is not None:
                found.append(_Item(item, dash, at, lead))
                lead = at
        return found

    def _next_dash(self, at: int, column: int) -> int:
        while at < len(self.file.text):
            dash = at + column
            if self.file.text[dash : dash + 1] == "-" and self.file.opens_line(dash):
                return dash
            at = self.file.line_end(at)
        raise _Coarse

    def _item(self, item: _Item, value: Plain, column: int, spot: Spot) -> list[_Patch]:
        if _says(item.node, value):
            return []
        try:
            return [*self._value(item.node, value, _Hole(item.dash + 1, column, spot, ""))]
        except _Coarse:
            return [self.file.anew(item.dash, item.end, column, item_lines(value, column, spot))]

    def _flow(self, node: Node, value: Plain, spot: Spot) -> str:
        """Return a value for the place of a node in brackets or braces; raises _Coarse where comments would be lost."""
        if self.file.notes_in(node.start, node.end):
            raise _Coarse
        return flow(value, spot)


def _says(node: Node, value: Plain) -> bool:
    """Tell whether a node already says a value."""
    return spoken(tidy(plain(node))) == spoken(value)


def _pair(nodes: SequenceOf[Node], values: SequenceOf[Plain]) -> list[int | None]:
    """Return for each new entry of a list the position of the old one that becomes it, or None; none is taken twice.

    They are known by what they say, by their name or file, then by their place.
    """
    old = [tidy(plain(node)) for node in nodes]
    pairs: list[int | None] = [None] * len(values)
    for sign in (lambda value, _: repr(value), lambda value, _: _name(value), lambda _, index: str(index)):
        free: dict[str, list[int]] = {}
        for index, value in enumerate(old):
            if index not in pairs:
                free.setdefault(sign(value, index), []).append(index)
        for index, value in enumerate(values):
            wanted = sign(value, index)
            if pairs[index] is None and wanted and free.get(wanted):
                pairs[index] = free[wanted].pop(0)
    return pairs


def _name(value: Plain) -> str:
    if isinstance(value, dict):
        return next((name for key in ("name", "file") if isinstance(name := value.get(key), str)), "")
    return value if isinstance(value, str) else ""
