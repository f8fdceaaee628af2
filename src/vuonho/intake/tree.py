"""A YAML file as a tree of texts with line and column; the only home of `yaml`.

YAML guesses types: the phone 0337012345 becomes 58463461, `no` becomes false, 12:30:45 becomes 45045. So
nothing is guessed here: every scalar stays the text that was typed, and the schema gives it its type.
What a non-programmer cannot have meant (aliases, tags, merge keys, a key twice) is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

import yaml

from vuonho.bilingual import Text
from vuonho.errors import Problem, Severity
from vuonho.intake import tree_words
from vuonho.intake.syntax import explain

Path: TypeAlias = tuple[str | int, ...]

DEEPEST = 12
MOST_NODES = 20_000
_QUOTED = frozenset({"'", '"', "|", ">"})
_NOTE = re.compile(r"\s*(#[^\s#]\S*)")
NO_VALUE = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as typed; `plain` tells that it stood without quotes."""

    text: str
    line: int
    column: int
    plain: bool

    @property
    def is_empty(self) -> bool:
        """True for `key:`, `key: ~`, `key: null` and `key: ""`, which all mean "no value"."""
        return (self.plain and self.text in NO_VALUE) or not self.text.strip()


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple["Node", ...]
    line: int
    column: int

    @property
    def filled(self) -> tuple["Node", ...]:
        """The items that have a value; positions in a path count these."""
        return tuple(item for item in self.items if not _is_empty(item))


@dataclass(frozen=True, slots=True)
class Entry:
    """One `key: value` with the place of the key."""

    key: str
    value: "Node"
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file."""

    entries: tuple[Entry, ...]
    line: int
    column: int
    in_braces: bool = False

    def get(self, key: str) -> Entry | None:
        """Return the entry of a key, or None."""
        return next((entry for entry in self.entries if entry.key == key), None)


Node: TypeAlias = Scalar | Sequence | Mapping


class _Stop(Exception):
    """The file cannot be read on; carries the one problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message.en)
        self.problem = problem


class _Reader:
    """Builds the tree from libyaml's events; collects what is refused on the way."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.nodes = 0
        self._loader = yaml.CSafeLoader(text)
        self._lines = text.splitlines() if "#" in text else []

    def event(self) -> yaml.Event:
        event = self._loader.get_event()
        return yaml.StreamEndEvent() if event is None else event

    def refuse(self, event: yaml.Event, message: Text, hint: Text) -> Problem:
        line, column = _place(event)
        return Problem(self.file, line, column, "", message, hint)

    def document(self) -> Mapping | None:
        self.event()  # stream start
        if isinstance(self.event(), yaml.StreamEndEvent):
            return None
        event = self.event()
        node = self.node(event, 0)
        self.event()  # document end
        after = self.event()
        if not isinstance(after, yaml.StreamEndEvent):
            raise _Stop(self.refuse(after, *tree_words.TWO_DOCUMENTS))
        if isinstance(node, Mapping):
            return node
        if isinstance(node, Scalar) and node.is_empty:
            return None
        raise _Stop(self.refuse(event, *tree_words.NOT_KEYS))

    def node(self, event: yaml.Event, depth: int) -> Node:
        self.nodes += 1
        if depth > DEEPEST or self.nodes > MOST_NODES:
            raise _Stop(self.refuse(event, *tree_words.TOO_MUCH))
        self._refuse_machinery(event)
        line, column = _place(event)
        if isinstance(event, yaml.ScalarEvent):
            is_plain = event.style not in _QUOTED
            if is_plain and self._lines:
                self._warn_of_lost_text(event)
            return Scalar(event.value, line, column, is_plain)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self._items(depth)), line, column)
        if isinstance(event, yaml.MappingStartEvent):
            return Mapping(tuple(self._entries(depth)), line, column, bool(event.flow_style))
        return Scalar("", line, column, plain=True)  # an alias, already refused

    def _refuse_machinery(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            self.problems.append(self.refuse(event, *tree_words.alias(event.anchor or "")))
            return
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor is not None:
            self.problems.append(self.refuse(event, *tree_words.anchor(anchor)))
        if tag is not None:
            self.problems.append(self.refuse(event, *tree_words.tag(tag)))

    def _warn_of_lost_text(self, event: yaml.Event) -> None:
        """Warn of "Nhà #3": YAML takes all from " #" as a note, and the 3 would be lost without a word."""
        end = event.end_mark
        if end is None:
            return
        rest = self._lines[end.line][end.column :] if end.line < len(self._lines) else ""
        found = _NOTE.match(rest)
        if found:
            message, hint = tree_words.lost(found.group(1))
            self.problems.append(
                Problem(self.file, end.line + 1, end.column + 1, "", message, hint, Severity.WARNING)
            )

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := self.event(), yaml.SequenceEndEvent):
            yield self.node(event, depth + 1)

    def _entries(self, depth: int) -> Iterator[Entry]:
        seen: dict[str, int] = {}
        while not isinstance(event := self.event(), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            value = self.node(self.event(), depth + 1)
            if isinstance(key, Scalar) and (advice := tree_words.unseen(key.text)):
                self.problems.append(Problem(self.file, key.line, key.column, "", *advice))
                key = replace(key, text=tree_words.seen(key.text))
            if not isinstance(key, Scalar):
                self.problems.append(self.refuse(event, *tree_words.KEY_NOT_TEXT))
            elif key.text == "<<" and key.plain:
                self.problems.append(self.refuse(event, *tree_words.MERGE))
            elif key.text in seen:
                self.problems.append(self.refuse(event, *tree_words.twice(key.text, seen[key.text])))
            else:
                seen[key.text] = key.line
                yield Entry(key.text, value, key.line, key.column)


def _place(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def parse_tree(text: str, file: str) -> tuple[Mapping | None, tuple[Problem, ...]]:
    """Return (tree, problems) of one YAML text; the tree is None where nothing can be read.

    `file` only names the place in the problems. Never raises for any text.
    """
    text = text.encode("utf-8", "replace").decode("utf-8")  # half a character would stop libyaml
    try:
        reader = _Reader(text, file)
    except yaml.YAMLError as error:
        return None, (explain(error, text, file),)
    try:
        tree = reader.document()
    except _Stop as stop:
        return None, (*reader.problems, stop.problem)
    except yaml.YAMLError as error:
        return None, (*reader.problems, explain(error, text, file))
    return tree, tuple(reader.problems)


def find(tree: Node, path: Path) -> tuple[int, int]:
    """Return (line, column) of the deepest place along `path` that exists; a key's place for its value."""
    line, column, _ = find_node(tree, path)
    return line, column


def find_node(tree: Node, path: Path) -> tuple[int, int, Node]:
    """Return (line, column, node) of the deepest place along `path` that exists."""
    line, column = tree.line, tree.column
    node: Node = tree
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and (entry := node.get(step)):
            line, column, node = entry.line, entry.column, entry.value
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.filled):
            node = node.filled[step]
            line, column = node.line, node.column
        else:
            break
    return line, column, node


Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"


def plain(node: Node) -> Plain:
    """Return the tree as dicts, lists and strings; None for an entry without a value."""
    if isinstance(node, Scalar):
        return None if node.is_empty else node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.filled]
    return {entry.key: plain(entry.value) for entry in node.entries}


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.is_empty
