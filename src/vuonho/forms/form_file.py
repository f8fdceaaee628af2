"""What the phone form sends, read and not yet believed: one text file with households and their photos."""

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from collections.abc import Mapping as abc_Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeAlias

from vuonho.errors import Problem, Refused, Severity
from vuonho.forms.incoming import Incoming, IncomingPhoto, Place
from vuonho.i18n import Text
from vuonho.model.types import NOT_ONE_VALUE
from vuonho.model.values import quoted
from vuonho.project.encoding import decode
from vuonho.project.yaml_tree import Mapping, Node, Path, Plain, Scalar, Sequence, parse_tree, plain
from vuonho.text import is_portable

# --- What is said of a file that the phone form did not write so: (what is wrong, what to do) ---

Said: TypeAlias = tuple[Text, Text]

_AGAIN: Final = Text(
    "Mở phiếu trên điện thoại, bấm “Gửi về tổ” và gửi lại tệp.",
    "Open the form on the phone, tap “Send to the team”, and send the file again.",
)
_LEAVE_ALONE: Final = Text(
    "Tệp của phiếu không nên sửa bằng tay; xin gửi lại từ điện thoại.",
    "A file of the form is not to be changed by hand; send it from the phone again.",
)
_FEWER: Final = Text(
    "Trên điện thoại, chọn bớt hộ và gửi làm nhiều lần.",
    "On the phone, choose fewer households and send several times.",
)

NOT_A_FORM: Final = (
    Text("Đây không phải tệp của phiếu trên điện thoại.", "This is not a file of the phone form."),
    Text("Tệp của phiếu tên là vuonho-….txt; xem lại có chọn nhầm tệp không.",
         "Files of the form are called vuonho-….txt; see whether this is the right one."),
)  # fmt: skip
CUT_SHORT: Final = (
    Text("Tệp bị cắt cụt: thiếu phần cuối.", "The file is cut off: its end is missing."),
    _AGAIN,
)
OTHER_VERSION: Final = (
    Text("Phiếu này thuộc một bản khác, bản vuonho trên máy này không đọc được.",
         "This form is of another version, which the vuonho on this computer cannot read."),
    Text("Cập nhật vuonho rồi chạy lại; hoặc làm phiếu mới bằng lệnh vuonho form.",
         "Update vuonho and run again; or make a new form with vuonho form."),
)  # fmt: skip
NO_HOUSEHOLDS: Final = (Text("Trong tệp không có hộ nào.", "There is no household in the file."), _AGAIN)
NO_HOUSEHOLD: Final = (
    Text("Chỗ này cần một hộ, không phải chữ.", "A household is wanted here, not a text."),
    _LEAVE_ALONE,
)
NOT_A_LINE: Final = (NOT_ONE_VALUE, _LEAVE_ALONE)
DAMAGED: Final = (
    Text("Phần ảnh của tệp bị hỏng từ dòng này.", "From this line on the photos of the file are damaged."),
    _AGAIN,
)


def too_large(size: int, most: int) -> Said:
    """Return what is said of a file of so many bytes."""
    weight, limit = round(size / 1e6), round(most / 1e6)
    return (
        Text(f"Tệp nặng {weight} MB, tối đa {limit} MB.", f"The file is {weight} MB; {limit} MB is the most."),
        _FEWER,
    )  # fmt: skip


def too_many(count: int, most: int) -> Said:
    """Return what is said of so many households."""
    return (
        Text(f"Có {count} hộ, tối đa {most} hộ một tệp.", f"{count} households; {most} a file at most."),
        _FEWER,
    )  # fmt: skip


def too_many_pictures(most: int) -> Said:
    """Return what is said of more photos than a file may have."""
    return Text(f"Nhiều hơn {most} ảnh trong một tệp.", f"More than {most} photos in one file."), _AGAIN


def unknown(key: str) -> Said:
    """Return what is said of a key that the form does not write."""
    return (
        Text(f"Phiếu không có mục {quoted(key)}.", f"The form has no entry {quoted(key)}."),
        _LEAVE_ALONE,
    )


def odd_name(name: str) -> Said:
    """Return what is said of a photo's name that may mean a path, or a device."""
    return (
        Text(f"Tên ảnh {quoted(name)} không phải do phiếu đặt.", f"The photo's name {quoted(name)} is not the form's."),
        _LEAVE_ALONE,
    )  # fmt: skip


def missing(name: str) -> Said:
    """Return what is said of a photo that is named and did not come along."""
    return Text(f"Thiếu ảnh {name} trong tệp.", f"The photo {name} is not in the file."), _AGAIN


def unused(name: str) -> Said:
    """Return what is said of a photo that belongs to nobody."""
    return Text(f"Ảnh {name} không thuộc hộ nào.", f"The photo {name} belongs to no household."), _LEAVE_ALONE


def twice(name: str) -> Said:
    """Return what is said of a photo's name that stands twice."""
    return Text(f"Ảnh {name} có hai lần.", f"The photo {name} is there twice."), _LEAVE_ALONE


def broken_picture(name: str) -> Said:
    """Return what is said of a photo whose bytes are not as many, or not such, as the form wrote."""
    return Text(f"Ảnh {name} bị hỏng trên đường gửi.", f"The photo {name} was damaged on its way."), _AGAIN


def picture_too_large(name: str, most: int) -> Said:
    """Return what is said of a photo that the form would have made smaller."""
    limit = round(most / 1e6)
    return (
        Text(f"Ảnh {name} nặng quá {limit} MB.", f"The photo {name} is over {limit} MB."),
        _LEAVE_ALONE,
    )


# --- The photos at the end of a file of the phone form: each a name, its size in bytes, and base64 in lines ---

FORMPICTURES_LARGEST: Final = 10_000_000
MOST: Final = 1000
_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){0,9}\.(?:jpg|jpeg|png|webp)")
_LONGEST_NAME: Final = 80
_EMPTY: Final = re.compile(rb"pictures: *(?:\{ *\})?\s*\Z")
_FORMPICTURES_FIRST: Final = re.compile(rb"pictures: *\n")
_PICTURE: Final = re.compile(
    rb"""[ ]{1,4}(["']?)(?P<name>[^\n:"']{1,200})\1:[ ]*+\n
    [ ]++bytes:[ ]*+["']?(?P<bytes>[0-9]{1,9})["']?[ ]*+\n
    [ ]++base64:[ ]*+\|[ ]*+\n
    (?P<base64>(?:[ ]++[A-Za-z0-9+/=]++[ ]*+\n)*+)""",
    re.VERBOSE,
)
_BLANK: Final = re.compile(rb"\s*")


@dataclass(frozen=True, slots=True)
class PictureFound:
    """The bytes of a photo, and the line of its name; 1 is the first of the file."""

    content: bytes
    line: int


Pictures: TypeAlias = abc_Mapping[str, PictureFound]
_NONE: Final[Pictures] = MappingProxyType({})


def is_picture_name(name: str) -> bool:
    """Tell whether a name is such as the form gives: plain letters, no path, nothing that Windows keeps for itself."""
    return len(name) <= _LONGEST_NAME and bool(_NAME.fullmatch(name)) and is_portable(name)


def read_pictures(part: bytes, file: str, first: int) -> tuple[Pictures, tuple[Problem, ...]]:
    """Return (pictures by name, problems) of the part that begins with `pictures:`, in line `first` of the file.

    Never raises. A picture that is damaged is a problem and not among the pictures.
    """
    if _EMPTY.fullmatch(part):
        return _NONE, ()
    found: dict[str, PictureFound] = {}
    problems: list[Problem] = []
    start = _FORMPICTURES_FIRST.match(part)
    at, line = (start.end(), first + 1) if start else (0, first)
    while at < len(part):
        match = _PICTURE.match(part, at) if start else None
        if match is None:
            rest = _BLANK.match(part, at)
            if rest is None or rest.end() < len(part):
                problems.append(_problem(file, line, DAMAGED))
            break
        name = match["name"].decode("utf-8", "replace").strip()
        said = _wrong(name, found) or _take(match, name, line, found)
        if said:
            problems.append(_problem(file, line, said))
        if len(found) > MOST:
            problems.append(_problem(file, line, too_many_pictures(MOST)))
            break
        line += part.count(b"\n", at, match.end())
        at = match.end()
    return MappingProxyType(found), tuple(problems)


def _wrong(name: str, found: Pictures) -> tuple[Text, Text] | None:
    if not is_picture_name(name):
        return odd_name(name)
    return twice(name) if name in found else None


def _take(
    match: re.Match[bytes], name: str, line: int, found: dict[str, PictureFound]
) -> tuple[Text, Text] | None:
    """Put a picture among those found, or return what is wrong with it."""
    size = int(match["bytes"])
    if size > FORMPICTURES_LARGEST:
        return picture_too_large(name, FORMPICTURES_LARGEST)
    try:
        content = b64decode(match["base64"].translate(None, b" \n"), validate=True)
    except Error:
        return broken_picture(name)
    if len(content) != size or not content:
        return broken_picture(name)
    found[name] = PictureFound(content, line)
    return None


def _problem(file: str, line: int, said: tuple[Text, Text]) -> Problem:
    return Problem(file, line, 1, "pictures", *said)


# --- What the phone form sends, read and not yet believed: one text file with households and their photos ---

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
        raise Refused(*too_large(len(content), LARGEST))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = decode(content, LARGEST).encode("utf-8", "replace")
    content = content.removeprefix(b"\xef\xbb\xbf")
    if not is_form_file(content):
        decode(content[:_LARGEST_HEAD], _LARGEST_HEAD)  # which names photos, Excel files and old encodings
        raise Refused(*NOT_A_FORM)
    if not _END.search(content[-_TAIL:].rstrip()):
        raise Refused(*CUT_SHORT)
    return content.replace(b"\r\n", b"\n") if b"\r" in content else content


def _read(content: bytes, file: str) -> Read:
    split = _PICTURES.search(content)
    if split is None:
        raise Refused(*CUT_SHORT)
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
            self._say(strange, strange.key, unknown(strange.key))
        version = tree.get("vuonho_form")
        if version is None or plain(version.value) != _VERSION:
            self._say(version or tree, "vuonho_form", OTHER_VERSION)
            return ()
        village = self._line(tree, "village")
        found = tuple(self._household(node, village) for node in self._nodes(tree))
        for name in sorted(self.pictures.keys() - self._used):
            self._say(self.pictures[name], "pictures", unused(name))
        return tuple(one for one in found if one)

    def _nodes(self, tree: Mapping) -> tuple[Node, ...]:
        entry = tree.get("households")
        nodes = entry.value.filled if entry and isinstance(entry.value, Sequence) else ()
        if not nodes:
            self._say(entry or tree, "households", NO_HOUSEHOLDS)
        elif len(nodes) > MOST_HOUSEHOLDS:
            self._say(entry, "households", too_many(len(nodes), MOST_HOUSEHOLDS))
            return ()
        return nodes

    def _household(self, node: Node, village: str) -> Incoming | None:
        if not isinstance(node, Mapping):
            self._say(node, "households", NO_HOUSEHOLD)
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
                self._say(node, "photos", odd_name(name))
            elif picture is None:
                self._say(node, "photos", missing(name))
            elif name in self._used:
                self._say(node, "photos", twice(name))
            else:
                self._used.add(name)
                yield IncomingPhoto(name, picture.content, Place(self.file, picture.line))

    def _line(self, tree: Mapping, key: str) -> str:
        """Return a value of the head, "" where there is none."""
        entry = tree.get(key)
        value = plain(entry.value) if entry else None
        if value is not None and not isinstance(value, str):
            self._say(entry or tree, key, NOT_A_LINE)
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
