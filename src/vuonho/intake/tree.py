"""A YAML file as a tree of texts with line and column; the only home of `yaml`.

YAML guesses types: the phone 0337012345 becomes 58463461, `no` becomes false, 12:30:45 becomes 45045. So
nothing is guessed here: every scalar stays the text that was typed, and the schema gives it its type.
What a non-programmer cannot have meant (aliases, tags, merge keys, a key twice) is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

import yaml

from vuonho.bilingual import Text
from vuonho.errors import Problem, Severity
from vuonho.intake import tree_words
from vuonho.intake.nodes import (
    NO_VALUE,
    Entry,
    Mapping,
    Node,
    Path,
    Plain,
    Scalar,
    Sequence,
    find,
    find_node,
    plain,
)
from vuonho.intake.syntax import explain

__all__ = [
    "NO_VALUE", "Entry", "Mapping", "Node", "Path", "Plain", "Scalar", "Sequence", "find", "find_node",
    "parse_tree", "plain",
]  # fmt: skip

DEEPEST = 12
MOST_NODES = 20_000
_QUOTED = frozenset({"'", '"', "|", ">"})
_NOTE = re.compile(r"\s*(#[^\s#]\S*)")


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
        self._end = 0
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
            return Scalar(event.value, line, column, is_plain, *_span(event))
        start, in_brackets = _span(event)[0], bool(getattr(event, "flow_style", False))
        if isinstance(event, yaml.SequenceStartEvent):
            items = tuple(self._items(depth))
            return Sequence(items, line, column, in_brackets, start, self._end)
        if isinstance(event, yaml.MappingStartEvent):
            entries = tuple(self._entries(depth))
            return Mapping(entries, line, column, in_brackets, start, self._end)
        return Scalar("", line, column, True, *_span(event))  # an alias, already refused

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
        self._end = _span(event)[1]

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
                yield Entry(key.text, value, key.line, key.column, key.start, key.end)
        self._end = _span(event)[1]


def _place(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _span(event: yaml.Event) -> tuple[int, int]:
    start, end = event.start_mark, event.end_mark
    return (start.index, end.index) if start and end else (0, 0)


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
