"""What the phone form sends, read and not yet believed: one text file with households and their photos.

vuonho_form: 1
village: "thon-vuon-mau"
households: [ {"name": …}, … ]     JSON, which is YAML too; versions before wrote YAML in lines
pictures:
  ho-1-anh-1.jpg:
    bytes: 123456
    base64: |                      in lines that no mail program breaks
      /9j/4AAQ…
end: vuonho                        or the file was cut off on its way
"""

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Callable, Iterator
from typing import Final

from vuonho.errors import Problem, Severity, UserError
from vuonho.forms.incoming import Incoming, IncomingPhoto, Place
from vuonho.i18n import Text
from vuonho.model.values import quoted
from vuonho.project.files import decode
from vuonho.project.yaml_tree import Mapping, Node, Plain, Scalar, Sequence, parse_tree, plain
from vuonho.project.yaml_tree import Path as Steps
from vuonho.text import is_portable

LARGEST: Final = 60_000_000
MOST_HOUSEHOLDS: Final = 100
_LARGEST_HEAD: Final = 2_000_000
_LARGEST_PICTURE: Final = 10_000_000
_MOST_PICTURES: Final = 1000

_PICTURE: Final = re.compile(
    rb"""^[ ]{1,4}(["']?)(?P<name>[^\n:"']{1,200})\1:[ ]*+\n
    [ ]++bytes:[ ]*+["']?(?P<bytes>[0-9]{1,9})["']?[ ]*+\n
    [ ]++base64:[ ]*+\|[ ]*+\n
    (?P<base64>(?:[ ]++[A-Za-z0-9+/=]++[ ]*+\n)*+)""",
    re.VERBOSE | re.MULTILINE,
)
"""A photo: its name, its size in bytes, and base64 in lines."""
_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){0,9}\.(?:jpg|jpeg|png|webp)")

_AGAIN: Final = Text("Open the form on the phone, tap “Send to the team”, and send the file again.")
_FEWER: Final = Text("On the phone, choose fewer households and send several times.")

Read = tuple[tuple[Incoming, ...], tuple[Problem, ...]]


def read_form(content: bytes, file: str) -> Read:
    """Return (households, problems) of a file of the phone form; no households where it cannot be used whole.

    `file` only names the place in the problems. Never raises for any content. Values are as typed; a photo has the
    name by which `photos` of its household calls it, and is not yet known to be one.
    """
    try:
        head, pictures, line = split_file(content, is_form, _AGAIN)
    except UserError as refused:
        return (), (Problem("", refused.message, refused.hint, file=file),)
    tree, problems = parse_tree(head, file)
    if tree is None:
        return (), problems
    photos, damaged = read_pictures(pictures, line, file, _AGAIN)
    if damaged:  # or each photo that is damaged would be missing too
        return (), (*problems, *damaged)
    reader = _Reader(file, [*problems])
    households = reader.households(tree, photos)
    is_whole = all(problem.severity is not Severity.ERROR for problem in reader.problems)
    return households if is_whole else (), tuple(reader.problems)


def is_form(content: bytes) -> bool:
    """Tell whether a file begins as those of the phone form do."""
    return re.match(rb"(?:\xef\xbb\xbf)?\s*vuonho_form\s*:", content[:400]) is not None


def split_file(content: bytes, is_ours: Callable[[bytes], bool], again: Text) -> tuple[str, bytes, int]:
    """Return (head, photos, the line where these begin); raise UserError for what is no whole file of a phone.

    `again` says how it is sent once more.
    """
    if len(content) > LARGEST:
        weight, most = -(-len(content) // 10**6), LARGEST // 10**6
        message = Text("The file is {weight} MB; {most} MB is the most.", weight=weight, most=most)
        raise UserError(message, _FEWER)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = decode(content, LARGEST).encode("utf-8", "replace")
    content = content.removeprefix(b"\xef\xbb\xbf")
    if not is_ours(content):
        decode(content[:_LARGEST_HEAD], _LARGEST_HEAD)  # which names photos, Excel files and old encodings
        raise UserError(
            Text("This is not a file of the phone form."),
            Text("Files of the form are called vuonho-….txt; see whether this is the right one."),
        )
    content = content.replace(b"\r\n", b"\n")
    start = re.search(rb"(?m)^pictures:", content)
    if start is None or not re.search(rb"\nend: *vuonho\Z", content[-4096:].rstrip()):
        raise UserError(Text("The file is cut off: its end is missing."), again)
    head, pictures = content[: start.start()], content[start.start() : content.rfind(b"\nend:") + 1]
    return decode(head, _LARGEST_HEAD), pictures, 1 + head.count(b"\n")


def read_pictures(
    part: bytes, line: int, file: str, again: Text
) -> tuple[dict[str, IncomingPhoto], tuple[Problem, ...]]:
    """Return (photos by their names, problems), out of the part that begins with `pictures:` in this line of the file."""
    photos: dict[str, IncomingPhoto] = {}
    rest = _PICTURE.sub(b"", part).split()
    if rest not in ([b"pictures:"], [b"pictures:", b"{}"]) or part.count(b"base64:") > _MOST_PICTURES:
        damaged = Text("The photos in the file are damaged.")
        return photos, (Place(file, line).problem("pictures", damaged, again),)
    problems: list[Problem] = []
    end = 0
    for match in _PICTURE.finditer(part):
        line += part.count(b"\n", end, match.start())
        end = match.start()
        name, size = match["name"].decode("utf-8", "replace").strip(), int(match["bytes"])
        try:
            content = b64decode(match["base64"].translate(None, b" \n"), validate=True)
        except Error:
            content = b""
        # A name is such as the form gives: plain letters, no path, nothing that Windows keeps for itself.
        is_named = len(name) <= 80 and _NAME.fullmatch(name) and is_portable(name) and name not in photos
        if is_named and 0 < len(content) == size <= _LARGEST_PICTURE:
            photos[name] = IncomingPhoto(name, content, Place(file, line))
        else:
            message = Text("The photo {name} was damaged on its way.", name=quoted(name))
            problems.append(Place(file, line).problem("pictures", message, again))
    return photos, tuple(problems)


class _Reader:
    """Reads households; `problems` collects what is not as the form writes it."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.problems = problems
        self._file = file

    def households(self, tree: Mapping, photos: dict[str, IncomingPhoto]) -> tuple[Incoming, ...]:
        """Return the households of the head, each with its photos."""
        version, village, entry = (tree.get(key) for key in ("vuonho_form", "village", "households"))
        if version is None or plain(version.value) != "1":
            self._say(
                (version or tree).line,
                "vuonho_form",
                Text("This form is of another version, which the vuonho on this computer cannot read."),
                Text("Update vuonho and run again; or make a new form with vuonho form."),
            )
            return ()
        nodes = entry.value.filled if entry and isinstance(entry.value, Sequence) else ()
        line = (entry or tree).line
        if not nodes:
            self._say(line, "households", Text("There is no household in the file."), _AGAIN)
        if len(nodes) > MOST_HOUSEHOLDS:
            message = Text(
                "{count} households; {most} a file at most.", count=len(nodes), most=MOST_HOUSEHOLDS
            )
            self._say(line, "households", message, _FEWER)
            return ()
        named = village.value.text.strip() if village and isinstance(village.value, Scalar) else ""
        return tuple(one for node in nodes if (one := self._household(node, named, photos)))

    def _household(self, node: Node, village: str, photos: dict[str, IncomingPhoto]) -> Incoming | None:
        values = _spoken(plain(node))
        if not isinstance(node, Mapping) or not isinstance(values, dict):
            self._say(node.line, "households", Text("A household is wanted here, not a text."), _AGAIN)
            return None
        name = values.get("name")
        whose = name.strip() if isinstance(name, str) else ""
        places = {path: Place(self._file, line, whose=whose) for path, line in _lines(node, (), node.line)}
        taken: list[IncomingPhoto] = []
        listed = values.get("photos")
        for at, photo in enumerate(listed if isinstance(listed, list) else ()):
            file = photo.get("file") if isinstance(photo, dict) else photo
            if not isinstance(file, str):
                continue  # the schema says so
            if file.strip() in photos:
                taken.append(photos[file.strip()])
            else:
                line = places.get(("photos", at), places[()]).line
                message = Text("The photo {name} is not in the file.", name=quoted(file.strip()))
                self._say(line, "photos", message, _AGAIN)
        return Incoming(values, village, places, photos=tuple(taken))

    def _say(self, line: int | None, field: str, message: Text, hint: Text) -> None:
        self.problems.append(Place(self._file, line).problem(field, message, hint))


def _spoken(value: Plain) -> Plain:
    """Return values without what was left empty: a form without a base never says "nothing" on purpose."""
    if isinstance(value, dict):
        return {key: _spoken(item) for key, item in value.items() if item is not None}
    return [_spoken(item) for item in value if item is not None] if isinstance(value, list) else value


def _lines(node: Node, path: Steps, line: int) -> Iterator[tuple[Steps, int]]:
    """Yield (path, line) of every value below a node, the line of a key being that of its value."""
    yield path, line
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield from _lines(entry.value, (*path, entry.key), entry.line)
    elif isinstance(node, Sequence):
        for at, item in enumerate(node.filled):
            yield from _lines(item, (*path, at), item.line)
