"""What the phone form sends, read and not yet believed: one text file with households and their photos.

    vuonho_form: 1
    site: "https://vuonmau.example/"
    made: "2026-11-25"
    schema: "1de057a55c4d"
    village: "thon-vuon-mau"
    households:
    - name: "Vườn bà Hường"
      consent:
        given: "2026-11-25"
        by: "Nguyễn Thị Hường"
        how: "form"
        publish: ["phone"]
      location: {}
      garden: {}
      photos:
        - file: "ho-1-anh-1.jpg"
          people: "false"
      checked: "2026-11-25"
    pictures:
      ho-1-anh-1.jpg:
        bytes: 183402
        base64: |
          /9j/4AAQSkZJRg…
    end: vuonho

The whole is YAML in UTF-8, its lines ending in LF; every value is a text in double quotes, escaped as in JSON, on
one line. `households` are in the shape of profiles, without `code` where the form was not told one. `village` is
the folder's name, `made` the day; `site` and `schema` say which form it was and are not used. Base64 (RFC 4648)
stands in lines of 76. `pictures` is `{}` where there are none. The last line tells a whole file from one cut short.

Photos are most of the file: they are split off at the line `pictures:`, which no value can contain, and read line by
line. What a mail program does to a text (CRLF, a byte order mark, UTF-16, blank lines at the end) does no harm.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from vuonho.bilingual import Text
from vuonho.errors import Problem, Refused, Severity
from vuonho.intake import formfile_words as words
from vuonho.intake.encoding import decode
from vuonho.intake.formpictures import Pictures, is_picture_name, read_pictures
from vuonho.intake.incoming import Incoming, IncomingPhoto, Place
from vuonho.intake.tree import Mapping, Node, Path, Plain, Scalar, Sequence, parse_tree, plain

LARGEST: Final = 60_000_000
MOST_HOUSEHOLDS: Final = 100
_LARGEST_HEAD: Final = 2_000_000
_FIRST: Final = re.compile(rb"\s*vuonho_form\s*:")
_PICTURES: Final = re.compile(rb"(?m)^pictures:")
_END: Final = re.compile(rb"\nend: *vuonho\Z")
_TAIL: Final = 4096
_HEAD_KEYS: Final = frozenset({"vuonho_form", "site", "made", "schema", "village", "households"})
_VERSION: Final = "1"

Read = tuple[tuple[Incoming, ...], tuple[Problem, ...]]


def is_form_file(content: bytes) -> bool:
    """Tell whether a file begins as the phone form writes it, in any encoding that `read_form` takes."""
    start = content[:400]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start[: len(start) // 2 * 2].decode("utf-16", "ignore").encode("utf-8", "ignore")
    return _FIRST.match(start.removeprefix(b"\xef\xbb\xbf")) is not None


def read_form(content: bytes, file: str) -> Read:
    """Return (households, problems) of a file of the phone form; no households where it cannot be used whole.

    `file` only names the place in the problems. Never raises for any content. Values are as typed; a photo has the
    name by which `photos` of its household calls it, and is not yet known to be one.
    """
    try:
        return _read(_as_utf8(content), file)
    except Refused as refused:
        return (), (Problem(file, None, None, "", refused.message, refused.hint),)


def _as_utf8(content: bytes) -> bytes:
    """Return the file in UTF-8 with plain line ends; raise Refused for what is no whole file of the form."""
    if len(content) > LARGEST:
        raise Refused(*words.too_large(len(content), LARGEST))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = decode(content, LARGEST).encode("utf-8", "replace")
    content = content.removeprefix(b"\xef\xbb\xbf")
    if not is_form_file(content):
        decode(content[:_LARGEST_HEAD], _LARGEST_HEAD)  # which names photos, Excel files and old encodings
        raise Refused(*words.NOT_A_FORM)
    if not _END.search(content[-_TAIL:].rstrip()):
        raise Refused(*words.CUT_SHORT)
    return content.replace(b"\r\n", b"\n") if b"\r" in content else content


def _read(content: bytes, file: str) -> Read:
    split = _PICTURES.search(content)
    if split is None:
        raise Refused(*words.CUT_SHORT)
    head = decode(content[: split.start()], _LARGEST_HEAD)
    tree, problems = parse_tree(head, file)
    if tree is None:
        return (), problems
    first = 1 + content.count(b"\n", 0, split.start())
    pictures, wrong = read_pictures(content[split.start() : content.rfind(b"\nend:") + 1], file, first)
    if wrong:
        return (), (*problems, *wrong)
    reader = _Reader(file, pictures)
    households = reader.households(tree)
    found = (*problems, *reader.problems)
    if any(problem.severity is Severity.ERROR for problem in found):
        return (), found
    return households, found


@dataclass(slots=True)
class _Reader:
    """Turns the tree of the head into households, each with its pictures; collects what is wrong."""

    file: str
    pictures: Pictures
    problems: list[Problem] = field(default_factory=list)
    _used: set[str] = field(default_factory=set)

    def households(self, tree: Mapping) -> tuple[Incoming, ...]:
        """Return the households of a file; the problems say what is not as the form writes it."""
        for strange in (entry for entry in tree.entries if entry.key not in _HEAD_KEYS):
            self._say(strange, strange.key, words.unknown(strange.key))
        version = tree.get("vuonho_form")
        if version is None or plain(version.value) != _VERSION:
            self._say(version or tree, "vuonho_form", words.OTHER_VERSION)
            return ()
        village = self._line(tree, "village")
        found = tuple(self._household(node, village) for node in self._nodes(tree))
        for name in sorted(self.pictures.keys() - self._used):
            self._say(self.pictures[name], "pictures", words.unused(name))
        return tuple(one for one in found if one)

    def _nodes(self, tree: Mapping) -> tuple[Node, ...]:
        entry = tree.get("households")
        nodes = entry.value.filled if entry and isinstance(entry.value, Sequence) else ()
        if not nodes:
            self._say(entry or tree, "households", words.NO_HOUSEHOLDS)
        elif len(nodes) > MOST_HOUSEHOLDS:
            self._say(entry, "households", words.too_many(len(nodes), MOST_HOUSEHOLDS))
            return ()
        return nodes

    def _household(self, node: Node, village: str) -> Incoming | None:
        if not isinstance(node, Mapping):
            self._say(node, "households", words.NO_HOUSEHOLD)
            return None
        values = _values(node)
        name = values.get("name")
        whose = name.strip() if isinstance(name, str) else ""
        places = {path: Place(self.file, line, whose=whose) for path, line in _lines(node, (), node.line)}
        return Incoming(values, village, places, photos=tuple(self._photos(node)))

    def _photos(self, household: Mapping) -> Iterator[IncomingPhoto]:
        entry = household.get("photos")
        if entry is None or not isinstance(entry.value, Sequence):
            return  # where it is something else, the schema says so
        for node in entry.value.filled:
            name = _file_of(node)
            if name is None:
                continue
            picture = self.pictures.get(name)
            if not is_picture_name(name):
                self._say(node, "photos", words.odd_name(name))
            elif picture is None:
                self._say(node, "photos", words.missing(name))
            elif name in self._used:
                self._say(node, "photos", words.twice(name))
            else:
                self._used.add(name)
                yield IncomingPhoto(name, picture.content, Place(self.file, picture.line))

    def _line(self, tree: Mapping, key: str) -> str:
        """Return a value of the head, "" where there is none."""
        entry = tree.get(key)
        value = plain(entry.value) if entry else None
        if value is not None and not isinstance(value, str):
            self._say(entry or tree, key, words.NOT_A_LINE)
        return value.strip() if isinstance(value, str) else ""

    def _say(self, where: object, name: str, said: tuple[Text, Text]) -> None:
        line = getattr(where, "line", None)
        self.problems.append(Problem(self.file, line, 1 if line else None, name, *said))


def _file_of(photo: Node) -> str | None:
    """Return how an entry of `photos` calls its picture: the file of a mapping, or a lone text."""
    entry = photo.get("file") if isinstance(photo, Mapping) else None
    node = entry.value if entry else photo
    return node.text.strip() if isinstance(node, Scalar) and not node.is_empty else None


def _values(node: Mapping) -> dict[str, Plain]:
    """Return a household without what was left empty: a form without a base never says "nothing" on purpose."""
    values = _spoken(plain(node))
    return values if isinstance(values, dict) else {}


def _spoken(value: Plain) -> Plain:
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
