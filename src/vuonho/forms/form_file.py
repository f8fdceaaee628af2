"""What the phone form sends, read and not yet believed: one text file with households and their photos."""

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from typing import Final

from vuonho.errors import Problem, Severity, UserError
from vuonho.forms.incoming import Incoming, IncomingPhoto, Place
from vuonho.i18n import Text
from vuonho.model.types import NOT_ONE_VALUE
from vuonho.model.values import quoted
from vuonho.project.encoding import decode
from vuonho.project.yaml_tree import Mapping, Node, Path, Plain, Scalar, Sequence, parse_tree, plain
from vuonho.text import is_portable

LARGEST: Final = 60_000_000
MOST_HOUSEHOLDS: Final = 100
_LARGEST_HEAD: Final = 2_000_000
_LARGEST_PICTURE: Final = 10_000_000
_MOST_PICTURES: Final = 1000
_HEAD_KEYS: Final = frozenset({"vuonho_form", "site", "made", "schema", "village", "households"})

_PICTURE: Final = re.compile(
    rb"""[ ]{1,4}(["']?)(?P<name>[^\n:"']{1,200})\1:[ ]*+\n
    [ ]++bytes:[ ]*+["']?(?P<bytes>[0-9]{1,9})["']?[ ]*+\n
    [ ]++base64:[ ]*+\|[ ]*+\n
    (?P<base64>(?:[ ]++[A-Za-z0-9+/=]++[ ]*+\n)*+)""",
    re.VERBOSE,
)
"""A photo at the end of the file: its name, its size in bytes, and base64 in lines."""

_AGAIN: Final = Text("Open the form on the phone, tap “Send to the team”, and send the file again.")
_LEAVE_ALONE: Final = Text("A file of the form is not to be changed by hand; send it from the phone again.")
_FEWER: Final = Text("On the phone, choose fewer households and send several times.")

Read = tuple[tuple[Incoming, ...], tuple[Problem, ...]]


def read_form(content: bytes, file: str) -> Read:
    """Return (households, problems) of a file of the phone form; no households where it cannot be used whole.

    `file` only names the place in the problems. Never raises for any content. Values are as typed; a photo has the
    name by which `photos` of its household calls it, and is not yet known to be one.
    """
    try:
        head, pictures, line = _split(content)
    except UserError as refused:
        return (), (Problem("", refused.message, refused.hint, file=file),)
    tree, problems = parse_tree(head, file)
    if tree is None:
        return (), problems
    reader = _Reader(file, problems)
    reader.read_pictures(pictures, line)
    if len(reader.problems) > len(problems):
        return (), tuple(reader.problems)
    households = reader.households(tree)
    is_whole = all(problem.severity is not Severity.ERROR for problem in reader.problems)
    return households if is_whole else (), tuple(reader.problems)


def _split(content: bytes) -> tuple[str, bytes, int]:
    """Return (head, photos, the line where these begin); raise UserError for what is no whole file of the form."""
    if len(content) > LARGEST:
        weight, most = round(len(content) / 1e6), round(LARGEST / 1e6)
        message = Text("The file is {weight} MB; {most} MB is the most.", weight=weight, most=most)
        raise UserError(message, _FEWER)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = decode(content, LARGEST).encode("utf-8", "replace")
    content = content.removeprefix(b"\xef\xbb\xbf")
    if not re.match(rb"\s*vuonho_form\s*:", content[:400]):
        decode(content[:_LARGEST_HEAD], _LARGEST_HEAD)  # which names photos, Excel files and old encodings
        raise UserError(
            Text("This is not a file of the phone form."),
            Text("Files of the form are called vuonho-….txt; see whether this is the right one."),
        )
    content = content.replace(b"\r\n", b"\n")
    start = re.search(rb"(?m)^pictures:", content)
    if start is None or not re.search(rb"\nend: *vuonho\Z", content[-4096:].rstrip()):
        raise UserError(Text("The file is cut off: its end is missing."), _AGAIN)
    head, pictures = content[: start.start()], content[start.start() : content.rfind(b"\nend:") + 1]
    return decode(head, _LARGEST_HEAD), pictures, 1 + head.count(b"\n")


class _Reader:
    """Reads photos, then households; `problems` collects what is not as the form writes it."""

    def __init__(self, file: str, problems: tuple[Problem, ...]) -> None:
        self.problems = [*problems]
        self._file = file
        self._pictures: dict[str, IncomingPhoto] = {}
        self._used: set[str] = set()

    def read_pictures(self, part: bytes, line: int) -> None:
        """Read the part that begins with `pictures:` in this line of the file."""
        if re.fullmatch(rb"pictures: *(?:\{ *\})?\s*", part):
            return
        start = re.match(rb"pictures: *\n", part)
        at, line = (start.end(), line + 1) if start else (0, line)
        while at < len(part):
            match = _PICTURE.match(part, at) if start else None
            if match is None:
                if part[at:].strip():
                    message = Text("From this line on the photos of the file are damaged.")
                    self._say(line, "pictures", message, _AGAIN)
                return
            self._read_picture(match, line)
            if len(self._pictures) > _MOST_PICTURES:
                message = Text("More than {most_pictures} photos in one file.", most_pictures=_MOST_PICTURES)
                self._say(line, "pictures", message, _AGAIN)
                return
            line += part.count(b"\n", at, match.end())
            at = match.end()

    def _read_picture(self, match: re.Match[bytes], line: int) -> None:
        name, size = match["name"].decode("utf-8", "replace").strip(), int(match["bytes"])
        if not _is_picture_name(name):
            self._say(line, "pictures", *_odd_name(name))
        elif name in self._pictures:
            self._say(line, "pictures", *_twice(name))
        elif size > _LARGEST_PICTURE:
            most = round(_LARGEST_PICTURE / 1e6)
            message = Text("The photo {name} is over {most} MB.", name=name, most=most)
            self._say(line, "pictures", message, _LEAVE_ALONE)
        else:
            try:
                content = b64decode(match["base64"].translate(None, b" \n"), validate=True)
            except Error:
                content = b""
            if content and len(content) == size:
                self._pictures[name] = IncomingPhoto(name, content, Place(self._file, line))
                return
            message = Text("The photo {name} was damaged on its way.", name=name)
            self._say(line, "pictures", message, _AGAIN)

    def households(self, tree: Mapping) -> tuple[Incoming, ...]:
        """Return the households of the head, each with its photos."""
        for strange in tree.entries:
            if strange.key not in _HEAD_KEYS:
                shown = quoted(strange.key)
                message = Text("The form has no entry {shown}.", shown=shown)
                self._say(strange.line, strange.key, message, _LEAVE_ALONE)
        version = tree.get("vuonho_form")
        if version is None or plain(version.value) != "1":
            self._say(
                (version or tree).line,
                "vuonho_form",
                Text("This form is of another version, which the vuonho on this computer cannot read."),
                Text("Update vuonho and run again; or make a new form with vuonho form."),
            )
            return ()
        entry = tree.get("village")
        village = plain(entry.value) if entry else None
        if entry and not (village is None or isinstance(village, str)):
            self._say(entry.line, "village", NOT_ONE_VALUE, _LEAVE_ALONE)
        village = village.strip() if isinstance(village, str) else ""
        households = tuple(one for node in self._nodes(tree) if (one := self._household(node, village)))
        for name in sorted(self._pictures.keys() - self._used):
            message = Text("The photo {name} belongs to no household.", name=name)
            self._say(self._pictures[name].place.line, "pictures", message, _LEAVE_ALONE)
        return households

    def _nodes(self, tree: Mapping) -> tuple[Node, ...]:
        entry = tree.get("households")
        nodes = entry.value.filled if entry and isinstance(entry.value, Sequence) else ()
        line = (entry or tree).line
        if not nodes:
            message = Text("There is no household in the file.")
            self._say(line, "households", message, _AGAIN)
        elif len(nodes) > MOST_HOUSEHOLDS:
            message = Text(
                "{count} households; {most_households} a file at most.",
                count=len(nodes),
                most_households=MOST_HOUSEHOLDS,
            )
            self._say(line, "households", message, _FEWER)
            return ()
        return nodes

    def _household(self, node: Node, village: str) -> Incoming | None:
        values = _spoken(plain(node))
        if not isinstance(node, Mapping) or not isinstance(values, dict):
            message = Text("A household is wanted here, not a text.")
            self._say(node.line, "households", message, _LEAVE_ALONE)
            return None
        name = values.get("name")
        whose = name.strip() if isinstance(name, str) else ""
        places = {path: Place(self._file, line, whose=whose) for path, line in _lines(node, (), node.line)}
        return Incoming(values, village, places, photos=tuple(self._photos(node)))

    def _photos(self, household: Mapping) -> Iterator[IncomingPhoto]:
        entry = household.get("photos")
        # where it is something else, the schema says so
        for node in entry.value.filled if entry and isinstance(entry.value, Sequence) else ():
            named = node.get("file") if isinstance(node, Mapping) else None
            scalar = named.value if named else node
            if not isinstance(scalar, Scalar) or scalar.is_empty:
                continue
            name = scalar.text.strip()
            if not _is_picture_name(name):
                self._say(node.line, "photos", *_odd_name(name))
            elif name not in self._pictures:
                message = Text("The photo {name} is not in the file.", name=name)
                self._say(node.line, "photos", message, _AGAIN)
            elif name in self._used:
                self._say(node.line, "photos", *_twice(name))
            else:
                self._used.add(name)
                yield self._pictures[name]

    def _say(self, line: int | None, field: str, message: Text, hint: Text) -> None:
        self.problems.append(
            Problem(field, message, hint, file=self._file, line=line, column=1 if line else None)
        )


def _is_picture_name(name: str) -> bool:
    """Tell whether a name is such as the form gives: plain letters, no path, nothing that Windows keeps for itself."""
    pattern = r"[a-z0-9]+(?:-[a-z0-9]+){0,9}\.(?:jpg|jpeg|png|webp)"
    return len(name) <= 80 and bool(re.fullmatch(pattern, name)) and is_portable(name)


def _odd_name(name: str) -> tuple[Text, Text]:
    shown = quoted(name)
    message = Text("The photo's name {shown} is not the form's.", shown=shown)
    return message, _LEAVE_ALONE


def _twice(name: str) -> tuple[Text, Text]:
    return Text("The photo {name} is there twice.", name=name), _LEAVE_ALONE


def _spoken(value: Plain) -> Plain:
    """Return values without what was left empty: a form without a base never says "nothing" on purpose."""
    if isinstance(value, dict):
        return {key: _spoken(item) for key, item in value.items() if item is not None}
    return [_spoken(item) for item in value if item is not None] if isinstance(value, list) else value


def _lines(node: Node, path: Path, line: int) -> Iterator[tuple[Path, int]]:
    """Yield (path, line) of every value below a node, the line of a key being that of its value."""
    yield path, line
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield from _lines(entry.value, (*path, entry.key), entry.line)
    elif isinstance(node, Sequence):
        for at, item in enumerate(node.filled):
            yield from _lines(item, (*path, at), item.line)
