"""A code written into a profile with every other byte of the file kept."""

import re

from vuonho.bilingual import Text
from vuonho.errors import Refused
from vuonho.intake.tree import Entry, Mapping, Scalar, parse_tree, plain

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_LINE_END = re.compile("\r\n|[\n\r]")
_NOTHING = re.compile(r"""~|null|Null|NULL|"[ \t]*"|'[ \t]*'""")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def with_code(content: bytes, code: str) -> bytes:
    """Return the profile with `code: "…"` in it; encoding, line ends, comments and order stay as they are.

    The code goes behind an empty `code:`, else before the first entry. Raises Refused where the result would
    not read as the same profile with this code.
    """
    bom, codec = next(((bom, codec) for bom, codec in _BOMS if content.startswith(bom)), (b"", "utf-8"))
    text = _decoded(content[len(bom) :], codec)
    tree, _ = parse_tree(text, "")
    if tree is None or not tree.entries:
        raise Refused(*_BY_HAND)
    edited = _edited(text, tree, code)
    after, problems = parse_tree(edited, "")
    if (
        after is None
        or (problems and not _same_problems(text, edited))
        or _values(after) != _values(tree) | {"code": code}
    ):
        raise Refused(*_BY_HAND)
    return bom + edited.encode(codec)


def _decoded(content: bytes, codec: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        raise Refused(*_BY_HAND) from error


def _edited(text: str, tree: Mapping, code: str) -> str:
    entry = tree.get("code")
    if entry is not None:
        return _filled(text, entry, code)
    if text[_index(text, tree.line, tree.column) :].startswith("{"):
        start = _index(text, tree.line, tree.column) + 1
        return f'{text[:start]}code: "{code}", {text[start:]}'
    first = tree.entries[0]
    start, key = _index(text, first.line, 1), _index(text, first.line, first.column)
    return f'{text[:start]}{text[start:key]}code: "{code}"{_newline(text)}{text[start:]}'


def _filled(text: str, entry: Entry, code: str) -> str:
    colon = text.index(":", _index(text, entry.line, entry.column)) + 1
    value = entry.value
    start = _index(text, value.line, value.column)
    if isinstance(value, Scalar) and (nothing := _NOTHING.match(text, start)):
        return f'{text[:start]}"{code}"{text[nothing.end() :]}'
    return f'{text[:colon]} "{code}"{text[colon:]}'


def _index(text: str, line: int, column: int) -> int:
    """Return the position in `text` of a line and column counted from 1, as YAML counts lines."""
    start = 0
    for found, _ in zip(_BREAK.finditer(text), range(line - 1), strict=False):
        start = found.end()
    return start + column - 1


def _newline(text: str) -> str:
    found = _LINE_END.search(text)
    return found.group() if found else "\n"


def _values(tree: Mapping) -> dict[str, object]:
    values = plain(tree)
    return dict(values) if isinstance(values, dict) else {}


def _same_problems(text: str, edited: str) -> bool:
    return len(parse_tree(text, "")[1]) == len(parse_tree(edited, "")[1])


_BY_HAND = (
    Text("Không ghi mã vào tệp này được.", "The code cannot be written into this file."),
    Text(
        'Tự thêm dòng đầu tiên: code: "…" rồi chạy lại.',
        'Add the first line yourself: code: "…" and run again.',
    ),
)
