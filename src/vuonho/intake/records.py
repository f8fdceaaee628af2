"""A tree becomes a record of the schema; everything that does not fit is named with its place."""

from collections.abc import Iterable
from collections.abc import Mapping as MappingOf
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from vuonho.bilingual import Text
from vuonho.domain.findings import Finding
from vuonho.domain.fold import nearest
from vuonho.domain.schema.about import Record, description, record_at
from vuonho.domain.values import quoted
from vuonho.errors import Problem, Refused
from vuonho.intake.syntax import NO_SPACE, UNSPACED
from vuonho.intake.tree import Mapping, Path, Plain, Scalar, find, find_node, plain

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_LONGEST_KEY = 60
Kind = TypeVar("Kind", bound=Record)


def read_record(
    kind: type[Kind], tree: Mapping, file: str, ignored: Iterable[str] = ()
) -> tuple[Kind | None, tuple[Problem, ...]]:
    """Return (record, problems): the record is None where there is any problem.

    `ignored` names keys that are allowed but not read.
    """
    skipped = frozenset(ignored)
    values = {entry.key: plain(entry.value) for entry in tree.entries if entry.key not in skipped}
    try:
        return kind.model_validate(values), ()
    except ValidationError as error:
        found = (_problem(kind, tree, file, detail) for detail in error.errors(include_url=False))
        return None, tuple(dict.fromkeys(found))  # a value with two commas is cut twice and said once


def fits(kind: type[Kind], values: dict[str, Plain]) -> Kind | None:
    """Return the record that plain values make, or None where they make none."""
    try:
        return kind.model_validate(values)
    except ValidationError:
        return None


def locate(finding: Finding, tree: Mapping, file: str) -> Problem:
    """Return a finding of the domain as a problem with its line and column in `tree`."""
    path = tuple(int(step) - 1 if step.isdigit() else step for step in finding.field.split(".") if step)
    line, column = find(tree, path)
    return Problem(file, line, column, finding.field, finding.message, finding.hint, finding.severity)


def _problem(kind: type[Record], tree: Mapping, file: str, detail: "ErrorDetails") -> Problem:
    path: Path = tuple(detail["loc"])
    line, column = find(tree, path)
    message, hint = _words(kind, path, detail)
    if path and detail["type"] != "missing" and (cut := _cut_by_comma(kind, tree, path)):
        key, value = cut
        path = (*path[:-1], key)
        line, column = find(tree, path)
        message, hint = _said_cut(key, value)
    elif (message, hint) == _NOT_KEYS and _is_unspaced(node := find_node(tree, path)[-1]):
        line, column = node.line, node.column
        message, hint = NO_SPACE
    field = ".".join(str(step + 1) if isinstance(step, int) else step[:_LONGEST_KEY] for step in path)
    return Problem(file, line, column, field, message, hint)


def _cut_by_comma(kind: type[Record], tree: Mapping, path: Path) -> tuple[str, str] | None:
    """Return (key, whole value) of a value that a comma cut: `{address: Xóm Đông, ngõ 3}` has a key `ngõ 3`.

    `path` leads to the value, or to a key that is a piece of it.
    """
    *_, inside = find_node(tree, path[:-1])
    if not isinstance(inside, Mapping) or not inside.in_braces:
        return None
    known = record_at(kind, path[:-1]).model_fields
    pieces: dict[str, list[str]] = {}
    key = ""
    for entry in inside.entries:
        if not isinstance(entry.value, Scalar):
            key = ""
        elif not entry.value.is_empty:
            key = entry.key
            pieces[key] = [entry.value.text]
        elif key and entry.key not in known:
            pieces[key].append(entry.key)
    cut = ((key, parts) for key, parts in pieces.items() if path[-1] in (key, *parts[1:]) and parts[1:])
    return next(((key, ", ".join(parts)) for key, parts in cut), None)


def _said_cut(key: str, value: str) -> tuple[Text, Text]:
    whole = quoted(value, 80)[1:-1].replace('"', "'")
    return (
        Text(f"Lời “{whole}” bị cắt ở dấu phẩy.", f"“{whole}” is cut at its comma."),
        Text(f'Giữa {{ }} thì đặt lời có dấu phẩy trong ngoặc kép: {key}: "{whole}"',
             f'Between {{ }} put a value with a comma in quotes: {key}: "{whole}"'),
    )  # fmt: skip


def _is_unspaced(node: object) -> bool:
    return isinstance(node, Scalar) and node.plain and UNSPACED.match(node.text) is not None


def _words(kind: type[Record], path: Path, detail: "ErrorDetails") -> tuple[Text, Text]:
    cause = detail.get("ctx", {}).get("error")
    if isinstance(cause, Refused):
        return cause.message, cause.hint
    owner, key = record_at(kind, path[:-1]), str(path[-1]) if path else ""
    if detail["type"] == "missing":
        return _missing(owner, key)
    if detail["type"] == "extra_forbidden":
        return _unknown(owner, key)
    if detail["type"] in {"tuple_type", "list_type"}:
        return _NOT_LIST
    return _NOT_KEYS


def _missing(owner: type[Record], key: str) -> tuple[Text, Text]:
    label = description(owner, key).label
    return (
        Text(f"Thiếu mục “{label.vi}” ({key}).", f"“{key}” ({label.en}) is missing."),
        _ADD.get(key)
        or Text(f"Ghi thêm mục ấy; trong tệp hồ sơ là dòng “{key}: …”.", f"Add a line “{key}: …”."),
    )


def _unknown(owner: type[Record], key: str) -> tuple[Text, Text]:
    meant = nearest(key, tuple(owner.model_fields))
    known, shown = ", ".join(owner.model_fields), quoted(key, _LONGEST_KEY)
    return (
        Text(f"Không có mục nào tên {shown} ở đây.", f"There is no {shown} here."),
        Text(f"Có phải là “{meant}”?", f"Did you mean “{meant}”?")
        if meant
        else Text(f"Các mục dùng được: {known}.", f"What can stand here: {known}."),
    )


_ADD: MappingOf[str, Text] = MappingProxyType({
    "code": Text("Chạy: vuonho assign", "Run: vuonho assign"),
    "checked": Text("Tệp có thể đã bị cắt cụt: xem lại phần cuối, rồi thêm dòng “checked: NGÀY”.",
                    "The file may have been cut off: look at its end, then add a line “checked: DATE”."),
})  # fmt: skip
_NOT_LIST = (
    Text("Chỗ này cần một danh sách.", "A list is wanted here."),
    Text("Mỗi mục một dòng, bắt đầu bằng “- ”.", "One entry a line, beginning with “- ”."),
)
_NOT_KEYS = (
    Text(
        "Chỗ này cần các dòng con dạng “tên mục: giá trị”.", "Lines of the form “key: value” are wanted here."
    ),
    Text("Xem hồ sơ mẫu.", "Look at a sample profile."),
)
