"""A YAML file as a tree of texts with line and column; the only home of `yaml`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, NamedTuple, TypeAlias

import yaml

from vuonho.errors import Problem, Severity
from vuonho.i18n import Text
from vuonho.model.values import quoted, unseen_sign

# --- What is said of a YAML file that holds what a non-programmer cannot have meant: (message, hint) pairs ---

_LONGEST = 40

TWO_DOCUMENTS = (
    Text("The file has two parts divided by a line “---”."),
    Text("One household a file: move the second part out."),
)
NOT_KEYS = (
    Text("The file has no lines like “key: value”."),
    Text("Look at a sample profile and write it the same way."),
)
TOO_MUCH = (
    Text("The file is nested too deeply or too long."),
    Text("A profile needs a few dozen lines; see a sample."),
)
KEY_NOT_TEXT = (
    Text("A key must be one word."),
    Text("Write it as “key: value”."),
)
MERGE = (
    Text("“<<” cannot be used."),
    Text("Write the lines out in full here."),
)


def twice(key: str, line: int) -> tuple[Text, Text]:
    """Return what is said of a key that stands twice, first on `line`."""
    return (
        Text("{key} stands twice (first on line {line}).", key=quoted(key), line=line),
        Text("Keep one and delete the other."),
    )


def unseen(key: str) -> tuple[Text, Text] | None:
    """Return what is said of a key that holds a sign which nobody sees, or None."""
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


def say_seen(key: str) -> str:
    """Return a key without the signs that nobody sees."""
    return "".join(sign for sign in key if unseen_sign(sign) is None)


def lost(word: str) -> tuple[Text, Text]:
    """Return what is said of text that YAML takes for a note."""
    return (
        Text("From {word} on the line counts as a note and is not read.", word=quoted(word)),
        Text('If it belongs to the value, put the whole value in quotes: "…".'),
    )


def _quote_it(what: str) -> Text:
    return Text('If you mean the text “{what}”, put the whole value in straight quotes: "…".', what=what)


def alias(name: str) -> tuple[Text, Text]:
    """Return what is said of a value that begins with `*`."""
    sign = f"*{name[:_LONGEST]}"
    return Text("A value cannot begin with * (“{sign}”).", sign=sign), _quote_it(sign)


def say_anchor(name: str) -> tuple[Text, Text]:
    """Return what is said of a value that begins with `&`."""
    sign = f"&{name[:_LONGEST]}"
    return Text("A value cannot begin with & (“{sign}”).", sign=sign), _quote_it(sign)


def say_tag(name: str) -> tuple[Text, Text]:
    """Return what is said of a value that begins with `!`."""
    name = name.replace("tag:yaml.org,2002:", "!!")[:_LONGEST]
    return Text("A value cannot begin with ! (“{name}”).", name=name), _quote_it(name)


# --- The tree of a YAML file: texts, lists and keys, each with its place, and nothing guessed of what they mean ---

Path: TypeAlias = tuple[str | int, ...]
NO_VALUE = frozenset({"", "~", "null", "Null", "NULL"})


class _Placed:
    """What every node of a tree can tell."""

    __slots__ = ()

    def find(self, path: Path) -> tuple[int, int]:
        """Return (line, column) of the deepest place along `path` that exists; a key's place for its value."""
        line, column, _ = self.find_node(path)
        return line, column

    def find_node(self, path: Path) -> tuple[int, int, "Node"]:
        """Return (line, column, node) of the deepest place along `path` that exists."""
        assert isinstance(self, Node)  # noqa: S101  # the three kinds of node, for the type checker
        line, column = self.line, self.column
        node: Node = self
        for step in path:
            if isinstance(node, Mapping) and isinstance(step, str) and (entry := node.get(step)):
                line, column, node = entry.line, entry.column, entry.value
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.filled):
                node = node.filled[step]
                line, column = node.line, node.column
            else:
                break
        return line, column, node


@dataclass(frozen=True, slots=True)
class Scalar(_Placed):
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
class Sequence(_Placed):
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
class Mapping(_Placed):
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


# --- YAML's own complaints in words that a village team can act on ---

Advice = tuple[Text, Text]
NOTHING_SAID: Final = re.compile(r"\s*(#|$)")
UNSPACED: Final = re.compile(r"[ ]*(?:- )?([a-z_]{2,30}:(?!//)[^\s:]).*(?<!:)$")


class Place(NamedTuple):
    """A place in a text: line and column, both counted from 0."""

    line: int
    column: int


def explain(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """Return the problem that stands behind a YAML error, with the line where to look."""
    if isinstance(error, yaml.reader.ReaderError):
        return _unreadable_character(error, text, file)
    lines = text.splitlines() or [""]
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    at = Place(mark.line, mark.column) if mark else Place(0, 0)
    start = getattr(error, "context_mark", None)
    message, hint, place = _advice(error, lines, at, Place(start.line, start.column) if start else at)
    return Problem(
        "", message, hint, file=file, line=min(place.line, len(lines) - 1) + 1, column=place.column + 1
    )


def _unreadable_character(error: yaml.reader.ReaderError, text: str, file: str) -> Problem:
    # libyaml counts bytes.
    before = text.encode("utf-8")[: error.position].decode("utf-8", "ignore")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    code = error.character if isinstance(error.character, int) else ord(str(error.character)[:1] or "\0")
    message = Text("There is an invisible character (U+{code:04X}).", code=code)
    hint = Text("Delete this line and type it again by hand.")
    return Problem("", message, hint, file=file, line=line, column=column)


def _advice(error: yaml.YAMLError, lines: list[str], at: Place, start: Place) -> tuple[Text, Text, Place]:
    """Return (message, hint, place) for an error that libyaml met at `at` in what began at `start`."""
    problem = getattr(error, "problem", "") or ""
    context = getattr(error, "context", "") or ""
    row, first = _row(lines, at), _row(lines, start)
    if "\t" in row[: at.column + 1] and row[: at.column].strip() == "":
        return *_TAB, at
    if "quoted scalar" in context and "end of stream" in problem:
        return *_OPEN_QUOTE, start
    if "escape" in problem or "hexdecimal" in problem:  # the word as libyaml spells it
        return *_BACKSLASH, at
    if "flow" in context:
        return *_OPEN_BRACKET, start
    if above := _unspaced_above(lines, at):
        return *NO_SPACE, above
    if "mapping values" in problem:
        return *_second_colon(row), at
    if "scanning an a" in context:
        return *_first_sign(first[start.column : start.column + 1]), start
    if "cannot start any token" in problem:
        return *_first_sign(row[at.column : at.column + 1]), at
    if "could not find expected ':'" in problem:
        return *_no_key(first), start
    if "document start" in problem and any(line.startswith(("---", "...")) for line in lines[: at.line]):
        return *TWO_DOCUMENTS, at
    if "expected key" in problem and ("'" in row or '"' in row):
        return *_QUOTE_INSIDE, at
    return *_SHAPE, at


def _row(lines: list[str], place: Place) -> str:
    return lines[min(place.line, len(lines) - 1)] if place.line >= 0 else ""


def _unspaced_above(lines: list[str], at: Place) -> Place | None:
    """Return the place of a key without a space after its colon, if that is what stands above, notes left out.

    YAML takes `key:value` for a text that may go on, and stumbles where the next key begins.
    """
    for number in range(min(at.line, len(lines)) - 1, -1, -1):
        if not NOTHING_SAID.match(lines[number]):
            found = UNSPACED.match(lines[number])
            return Place(number, found.start(1)) if found else None
    return None


def _no_key(row: str) -> Advice:
    """Return what to say of a line that should be `key: value` and is not."""
    if row.lstrip().startswith("-"):
        return _NO_SPACE_AFTER_DASH
    return NO_SPACE if _lacks_space(row) else _NO_COLON


def _lacks_space(row: str) -> bool:
    return ":" in row and ": " not in row and not row.rstrip().endswith(":")


_TAB: Advice = (
    Text("This line is indented with a tab."),
    Text("Use spaces instead (2 for each level)."),
)
_OPEN_QUOTE: Advice = (
    Text("A quotation mark is opened and never closed."),
    Text("Add the closing mark at the end of the value."),
)
_BACKSLASH: Advice = (
    Text("A \\ inside double quotes has a special meaning."),
    Text("Leave the \\ out or use single quotes '…'."),
)
_OPEN_BRACKET: Advice = (
    Text("A bracket [ or { is opened and never closed."),
    Text("Add ] or } and a comma between the items."),
)
NO_SPACE: Advice = (
    Text("There is no space after the colon."),
    Text("Write “key: value” with a space after “:”."),
)
_NO_SPACE_AFTER_DASH: Advice = (
    Text("There is no space after the - of this line."),
    Text("Write “- value”."),
)
_NO_COLON: Advice = (
    Text("This line has no colon."),
    Text("Write “key: value”."),
)
_QUOTE_INSIDE: Advice = (
    Text("A quotation mark closes in the middle of the value."),
    Text('Use the other kind of quote around it: "…\'…".'),
)
_SHAPE: Advice = (
    Text("This line is out of step with its neighbours."),
    Text("Compare its leading spaces with lines of the same level; each list item begins with “- ”."),
)


def _second_colon(row: str) -> Advice:
    value = row.split(": ", 1)[-1].strip()
    return (
        Text("The value holds a colon, or the line above is unfinished."),
        Text('Put the value in quotes: "{value}".', value=value[:60]),
    )


def _first_sign(sign: str) -> Advice:
    return (
        Text("A value cannot begin with “{sign}”.", sign=sign),
        Text('Put the value in straight quotes: "…".'),
    )


# --- A YAML file as a tree of texts with line and column; the only home of `yaml` ---

__all__ = [
    "NO_VALUE", "Entry", "Mapping", "Node", "Path", "Plain", "Scalar", "Sequence",
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
        return Problem("", message, hint, file=self.file, line=line, column=column)

    def document(self) -> Mapping | None:
        self.event()  # stream start
        if isinstance(self.event(), yaml.StreamEndEvent):
            return None
        event = self.event()
        node = self.node(event, 0)
        self.event()  # document end
        after = self.event()
        if not isinstance(after, yaml.StreamEndEvent):
            raise _Stop(self.refuse(after, *TWO_DOCUMENTS))
        if isinstance(node, Mapping):
            return node
        if isinstance(node, Scalar) and node.is_empty:
            return None
        raise _Stop(self.refuse(event, *NOT_KEYS))

    def node(self, event: yaml.Event, depth: int) -> Node:
        self.nodes += 1
        if depth > DEEPEST or self.nodes > MOST_NODES:
            raise _Stop(self.refuse(event, *TOO_MUCH))
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
            self.problems.append(self.refuse(event, *alias(event.anchor or "")))
            return
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor is not None:
            self.problems.append(self.refuse(event, *say_anchor(anchor)))
        if tag is not None:
            self.problems.append(self.refuse(event, *say_tag(tag)))

    def _warn_of_lost_text(self, event: yaml.Event) -> None:
        """Warn of "Nhà #3": YAML takes all from " #" as a note, and the 3 would be lost without a word."""
        end = event.end_mark
        if end is None:
            return
        rest = self._lines[end.line][end.column :] if end.line < len(self._lines) else ""
        found = _NOTE.match(rest)
        if found:
            message, hint = lost(found.group(1))
            self.problems.append(
                Problem(
                    "",
                    message,
                    hint,
                    Severity.WARNING,
                    file=self.file,
                    line=end.line + 1,
                    column=end.column + 1,
                )
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
            if isinstance(key, Scalar) and (advice := unseen(key.text)):
                self.problems.append(Problem("", *advice, file=self.file, line=key.line, column=key.column))
                key = replace(key, text=say_seen(key.text))
            if not isinstance(key, Scalar):
                self.problems.append(self.refuse(event, *KEY_NOT_TEXT))
            elif key.text == "<<" and key.plain:
                self.problems.append(self.refuse(event, *MERGE))
            elif key.text in seen:
                self.problems.append(self.refuse(event, *twice(key.text, seen[key.text])))
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
