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
        return None, tuple(_problem(kind, tree, file, detail) for detail in error.errors(include_url=False))


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
    if detail["type"] == "extra_forbidden" and _is_cut_by_comma(tree, path):
        hint = _COMMA
    field = ".".join(str(step + 1) if isinstance(step, int) else step[:_LONGEST_KEY] for step in path)
    return Problem(file, line, column, field, message, hint)


def _is_cut_by_comma(tree: Mapping, path: Path) -> bool:
    """Tell whether an unknown key is the end of a value: `{address: Xóm Đông, ngõ 3}` has a key `ngõ 3`."""
    *_, inside = find_node(tree, path[:-1])
    entry = inside.get(str(path[-1])) if isinstance(inside, Mapping) and inside.in_braces else None
    return entry is not None and isinstance(entry.value, Scalar) and entry.value.is_empty


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
_COMMA = Text(
    'Giữa { } dấu phẩy bắt đầu mục mới. Giá trị có dấu phẩy thì đặt trong dấu nháy: "…, …".',
    'Between { } a comma begins a new key. Put a value with a comma in quotes: "…, …".',
)
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
