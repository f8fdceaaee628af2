"""The tree of a YAML file: texts, lists and keys, each with its place, and nothing guessed of what they mean."""

from dataclasses import dataclass
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
NO_VALUE = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as typed; `plain` tells that it stood without quotes.

    Lines and columns count from 1; `start` and `end` are positions in the text, for whoever edits it.
    """

    text: str
    line: int
    column: int
    plain: bool
    start: int = 0
    end: int = 0

    @property
    def is_empty(self) -> bool:
        """True for `key:`, `key: ~`, `key: null` and `key: ""`, which all mean "no value"."""
        return (self.plain and self.text in NO_VALUE) or not self.text.strip()


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list; `end` is told truly only of one in brackets."""

    items: tuple["Node", ...]
    line: int
    column: int
    in_brackets: bool = False
    start: int = 0
    end: int = 0

    @property
    def filled(self) -> tuple["Node", ...]:
        """The items that have a value; positions in a path count these."""
        return tuple(item for item in self.items if not _is_empty(item))


@dataclass(frozen=True, slots=True)
class Entry:
    """One `key: value` with the place of the key, `start` and `end` too."""

    key: str
    value: "Node"
    line: int
    column: int
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file; `end` is told truly only of one in braces."""

    entries: tuple[Entry, ...]
    line: int
    column: int
    in_braces: bool = False
    start: int = 0
    end: int = 0

    def get(self, key: str) -> Entry | None:
        """Return the entry of a key, or None."""
        return next((entry for entry in self.entries if entry.key == key), None)


Node: TypeAlias = Scalar | Sequence | Mapping


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
