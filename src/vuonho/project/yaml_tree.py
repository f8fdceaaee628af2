"""A YAML file as a tree of texts with line and column; the only home of `yaml`.

Nothing is guessed of what a text means. Whatever a non-programmer cannot have meant is refused, and the complaints
of YAML itself are told in words that a village team can act on, on the line where the mistake is.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from vuonho.errors import Problem, Severity
from vuonho.i18n import Text
from vuonho.model.values import quoted, unseen_sign

Path: TypeAlias = tuple[str | int, ...]
Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
Advice: TypeAlias = tuple[Text, Text]
NO_VALUE = frozenset({"", "~", "null", "Null", "NULL"})
DEEPEST = 12
MOST_NODES = 20_000


@dataclass(slots=True)  # not frozen, which would take four times as long: there are many of them
class _Placed:
    """`line` and `column` count from 1; `start` and `end` are positions in the text."""

    line: int
    column: int
    start: int
    end: int


@dataclass(slots=True)
class Scalar(_Placed):
    """A single value as typed; `plain` tells that it stood without quotes."""

    text: str
    plain: bool

    @property
    def is_empty(self) -> bool:
        """True for `key:`, `key: ~`, `key: null` and `key: ""`, which all mean "no value"."""
        return (self.plain and self.text in NO_VALUE) or not self.text.strip()


@dataclass(slots=True)
class Sequence(_Placed):
    """A list; `end` is right only for one in brackets."""

    items: tuple["Node", ...]
    in_brackets: bool

    @property
    def filled(self) -> tuple["Node", ...]:
        """The items that have a value; positions in a path count these."""
        return tuple(item for item in self.items if not is_empty(item))


@dataclass(slots=True)
class Entry(_Placed):
    """One `key: value` with the place of the key."""

    key: str
    value: "Node"


@dataclass(slots=True)
class Mapping(_Placed):
    """Keys and values in the order of the file; `end` is right only for one in braces."""

    entries: tuple[Entry, ...]
    in_braces: bool

    def get(self, key: str) -> Entry | None:
        """Return the entry of a key, or None."""
        return next((entry for entry in self.entries if entry.key == key), None)

    def find(self, path: Path) -> tuple[int, int]:
        """Return (line, column) of the deepest place along `path` that exists; a key's place for its value."""
        line, column, _ = self.find_node(path)
        return line, column

    def find_node(self, path: Path) -> tuple[int, int, "Node"]:
        """Return (line, column, node) of the deepest place along `path` that exists."""
        place: _Placed = self
        node: Node = self
        for step in path:
            if isinstance(node, Mapping) and isinstance(step, str) and (entry := node.get(step)):
                place, node = entry, entry.value
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.filled):
                place = node = node.filled[step]
            else:
                break
        return place.line, place.column, node


Node: TypeAlias = Scalar | Sequence | Mapping


def is_empty(node: Node) -> bool:
    """Tell whether a node is a scalar without a value."""
    return isinstance(node, Scalar) and node.is_empty


def plain(node: Node) -> Plain:
    """Return the tree as dicts, lists and strings; None for an entry without a value."""
    if isinstance(node, Scalar):
        return None if node.is_empty else node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items if not is_empty(item)]
    return {entry.key: plain(entry.value) for entry in node.entries}


def parse_tree(text: str, file: str) -> tuple[Mapping | None, tuple[Problem, ...]]:
    """Return (tree, problems) of one YAML text; the tree is None where nothing can be read.

    `file` only names the place in the problems. Never raises for any text.
    """
    text = text.encode("utf-8", "replace").decode("utf-8")  # half a character would stop libyaml
    reader = _Reader(text, file)
    tree = None
    try:
        tree = reader.document()
    except _Stop:
        pass
    except yaml.YAMLError as error:
        advice, (line, column) = _explain(error, text)
        reader.refuse(line, column, *advice)
    return tree, tuple(reader.problems)


# --- The tree, made of libyaml's events ---

_NOTE = re.compile(r"\s*(#[^\s#]\S*)")
_Event: TypeAlias = Any
"""An event of libyaml; the types of `yaml` do not know that it always has its marks."""
_TWO_DOCUMENTS = (
    Text("The file has two parts divided by a line “---”."),
    Text("One household a file: move the second part out."),
)


class _Stop(Exception):
    """The file cannot be read on, for the last of the reader's problems."""


class _Reader:
    """Builds the tree; collects what is refused on the way."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.next: Callable[[], _Event] = yaml.CSafeLoader(text).get_event
        self.problems: list[Problem] = []
        self.nodes = 0
        self.lines = text.splitlines() if "#" in text else []

    def refuse(
        self, line: int, column: int, message: Text, hint: Text, severity: Severity = Severity.ERROR
    ) -> None:
        self.problems.append(Problem("", message, hint, severity, file=self.file, line=line, column=column))

    def document(self) -> Mapping | None:
        self.next()  # stream start
        if isinstance(self.next(), yaml.StreamEndEvent):
            return None
        node = self.node(self.next(), 0)
        self.next()  # document end
        after = self.next()
        mark = after.start_mark
        if not isinstance(after, yaml.StreamEndEvent):
            self.refuse(mark.line + 1, mark.column + 1, *_TWO_DOCUMENTS)
            raise _Stop
        if isinstance(node, Mapping) or is_empty(node):
            return node if isinstance(node, Mapping) else None
        self.refuse(
            node.line,
            node.column,
            Text("The file has no lines like “key: value”."),
            Text("Look at a sample profile and write it the same way."),
        )
        raise _Stop

    def node(self, event: _Event, depth: int) -> Node:
        """Return what begins with this event, having read it to its end."""
        start, end = event.start_mark, event.end_mark
        line, column = start.line + 1, start.column + 1
        self.nodes += 1
        if depth > DEEPEST or self.nodes > MOST_NODES:
            message = Text("The file is nested too deeply or too long.")
            self.refuse(line, column, message, Text("A profile needs a few dozen lines; see a sample."))
            raise _Stop
        if event.anchor is not None or getattr(event, "tag", None) is not None:
            self._refuse_machinery(event, line, column)
        kind = type(event)
        if kind is yaml.ScalarEvent:
            if self.lines and not event.style:
                self._warn_of_lost_text(event)
            return Scalar(line, column, start.index, end.index, event.value, not event.style)
        if kind is yaml.MappingStartEvent:
            entries, last = self._entries(depth + 1)
            return Mapping(line, column, start.index, last, entries, event.flow_style)
        if kind is yaml.SequenceStartEvent:
            items: list[Node] = []
            while type(inside := self.next()) is not yaml.SequenceEndEvent:
                items.append(self.node(inside, depth + 1))
            return Sequence(line, column, start.index, _end(inside), tuple(items), event.flow_style)
        return Scalar(line, column, start.index, end.index, "", plain=True)  # an alias, already refused

    def _entries(self, depth: int) -> tuple[tuple[Entry, ...], int]:
        """Return the entries of the mapping that was begun, and where in the text it ends."""
        entries: dict[str, Entry] = {}
        while type(event := self.next()) is not yaml.MappingEndEvent:
            key, value = self.node(event, depth), self.node(self.next(), depth)
            line, column = key.line, key.column
            if not isinstance(key, Scalar):
                self.refuse(line, column, Text("A key must be one word."), Text("Write it as “key: value”."))
                continue
            text = key.text
            if advice := _unseen(text):
                self.refuse(line, column, *advice)
                text = "".join(sign for sign in text if unseen_sign(sign) is None)
            if text == "<<" and key.plain:
                message = Text("“<<” cannot be used.")
                self.refuse(line, column, message, Text("Write the lines out in full here."))
            elif first := entries.get(text):
                message = Text(
                    "{key} stands twice (first on line {line}).", key=quoted(text), line=first.line
                )
                self.refuse(line, column, message, Text("Keep one and delete the other."))
            else:
                entries[text] = Entry(line, column, key.start, key.end, text, value)
        return tuple(entries.values()), _end(event)

    def _refuse_machinery(self, event: _Event, line: int, column: int) -> None:
        """Refuse aliases, anchors and tags: somebody meant the text."""
        anchor, tag = event.anchor, getattr(event, "tag", None)
        found = []
        if anchor is not None:
            found.append(("*" if isinstance(event, yaml.AliasEvent) else "&", anchor))
        if tag is not None:
            found.append(("!", tag.replace("tag:yaml.org,2002:", "!!")))
        for sign, name in found:
            what = name[:40] if sign == "!" else f"{sign}{name[:40]}"
            message = Text("A value cannot begin with {sign} (“{what}”).", sign=sign, what=what)
            hint = Text(
                'If you mean the text “{what}”, put the whole value in straight quotes: "…".', what=what
            )
            self.refuse(line, column, message, hint)

    def _warn_of_lost_text(self, event: _Event) -> None:
        """Warn of "Nhà #3": YAML takes all from " #" as a note, and the 3 would be lost without a word."""
        end = event.end_mark
        if end.line >= len(self.lines):
            return
        if found := _NOTE.match(self.lines[end.line], end.column):
            word = quoted(found[1])
            message = Text("From {word} on the line counts as a note and is not read.", word=word)
            hint = Text('If it belongs to the value, put the whole value in quotes: "…".')
            self.refuse(end.line + 1, end.column + 1, message, hint, Severity.WARNING)


def _end(event: _Event) -> int:
    return int(event.end_mark.index)


def _unseen(key: str) -> Advice | None:
    found = unseen_sign(key)
    if found is None:
        return None
    sign, name = found
    code, start = f"U+{ord(sign):04X}", key.index(sign)
    shown = quoted(key[max(0, start - 15) : start + 15])
    return (
        Text("The key {shown} holds {name} ({code}).", shown=shown, name=name, code=code),
        Text("Delete that key and type it again by hand."),
    )


# --- YAML's own complaints ---

UNSPACED = re.compile(r"[ ]*(?:- )?([a-z_]{2,30}:(?!//)[^\s:]).*(?<!:)$")
NO_SPACE: Advice = (
    Text("There is no space after the colon."),
    Text("Write “key: value” with a space after “:”."),
)
_SAYS_NOTHING = re.compile(r"\s*(#|$)")
_Place: TypeAlias = tuple[int, int]


def _explain(error: yaml.YAMLError, text: str) -> tuple[Advice, _Place]:
    """Return what stands behind a YAML error, and (line, column) where to look, counted from 1."""
    if isinstance(error, yaml.reader.ReaderError):
        before = text.encode("utf-8")[: error.position].decode("utf-8", "ignore")  # libyaml counts bytes
        code = error.character if isinstance(error.character, int) else ord(str(error.character)[:1] or "\0")
        message = Text("There is an invisible character (U+{code:04X}).", code=code)
        hint = Text("Delete this line and type it again by hand.")
        return (message, hint), (before.count("\n") + 1, len(before) - before.rfind("\n"))
    lines = text.splitlines() or [""]
    start = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or start
    at = (mark.line, mark.column) if mark else (0, 0)
    advice, (line, column) = _advice(error, lines, at, (start.line, start.column) if start else at)
    return advice, (min(line, len(lines) - 1) + 1, column + 1)


def _advice(error: yaml.YAMLError, lines: list[str], at: _Place, start: _Place) -> tuple[Advice, _Place]:
    """Return what to say, and where, of what libyaml met at `at` in what began at `start`; the first rule wins."""
    problem = getattr(error, "problem", "") or ""
    context = getattr(error, "context", "") or ""
    row, first = (lines[min(line, len(lines) - 1)] for line, _ in (at, start))
    above = _unspaced_above(lines, at[0])
    is_tab = "\t" in row[: at[1] + 1] and not row[: at[1]].strip()
    is_second = "document start" in problem and any(
        line.startswith(("---", "...")) for line in lines[: at[0]]
    )
    rules: tuple[tuple[bool, Advice, _Place], ...] = (
        (is_tab, _SLIPS["tab"], at),
        ("quoted scalar" in context and "end of stream" in problem, _SLIPS["open quote"], start),
        # "hexdecimal" is the word as libyaml spells it
        ("escape" in problem or "hexdecimal" in problem, _SLIPS["backslash"], at),
        ("flow" in context, _SLIPS["open bracket"], start),
        (above is not None, NO_SPACE, above or at),
        ("mapping values" in problem, _second_colon(row), at),
        ("scanning an a" in context, _first_sign(first[start[1] :]), start),
        ("cannot start any token" in problem, _first_sign(row[at[1] :]), at),
        ("could not find expected ':'" in problem, _no_key(first), start),
        (is_second, _TWO_DOCUMENTS, at),
        ("expected key" in problem and ("'" in row or '"' in row), _SLIPS["quote inside"], at),
        (True, _SLIPS["shape"], at),
    )
    return next((advice, place) for applies, advice, place in rules if applies)


def _unspaced_above(lines: list[str], line: int) -> _Place | None:
    """Return the place of a key without a space after its colon, if that is what stands above, notes left out.

    YAML takes `key:value` for a text that may go on, and stumbles where the next key begins.
    """
    for number in range(min(line, len(lines)) - 1, -1, -1):
        if not _SAYS_NOTHING.match(lines[number]):
            found = UNSPACED.match(lines[number])
            return (number, found.start(1)) if found else None
    return None


def _no_key(row: str) -> Advice:
    """Return what to say of a line that should be `key: value` and is not."""
    if row.lstrip().startswith("-"):
        return _SLIPS["no space after dash"]
    is_unspaced = ":" in row and ": " not in row and not row.rstrip().endswith(":")
    return NO_SPACE if is_unspaced else _SLIPS["no colon"]


def _second_colon(row: str) -> Advice:
    value = row.split(": ", 1)[-1].strip()[:60]
    return (
        Text("The value holds a colon, or the line above is unfinished."),
        Text('Put the value in quotes: "{value}".', value=value),
    )


def _first_sign(value: str) -> Advice:
    return (
        Text("A value cannot begin with “{sign}”.", sign=value[:1]),
        Text('Put the value in straight quotes: "…".'),
    )


_SLIPS: dict[str, Advice] = {
    "tab": (
        Text("This line is indented with a tab."),
        Text("Use spaces instead (2 for each level)."),
    ),
    "open quote": (
        Text("A quotation mark is opened and never closed."),
        Text("Add the closing mark at the end of the value."),
    ),
    "backslash": (
        Text("A \\ inside double quotes has a special meaning."),
        Text("Leave the \\ out or use single quotes '…'."),
    ),
    "open bracket": (
        Text("A bracket [ or { is opened and never closed."),
        Text("Add ] or } and a comma between the items."),
    ),
    "no space after dash": (
        Text("There is no space after the - of this line."),
        Text("Write “- value”."),
    ),
    "no colon": (
        Text("This line has no colon."),
        Text("Write “key: value”."),
    ),
    "quote inside": (
        Text("A quotation mark closes in the middle of the value."),
        Text('Use the other kind of quote around it: "…\'…".'),
    ),
    "shape": (
        Text("This line is out of step with its neighbours."),
        Text("Compare its leading spaces with lines of the same level; each list item begins with “- ”."),
    ),
}
