"""YAML's own complaints in words that a village team can act on."""

import re
from typing import Final, NamedTuple

import yaml

from vuonho.bilingual import Text
from vuonho.errors import Problem
from vuonho.intake.tree_words import TWO_DOCUMENTS

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
    return Problem(file, min(place.line, len(lines) - 1) + 1, place.column + 1, "", message, hint)


def _unreadable_character(error: yaml.reader.ReaderError, text: str, file: str) -> Problem:
    # libyaml counts bytes.
    before = text.encode("utf-8")[: error.position].decode("utf-8", "ignore")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    code = error.character if isinstance(error.character, int) else ord(str(error.character)[:1] or "\0")
    message = Text(
        f"Có ký tự không nhìn thấy được (U+{code:04X}).", f"There is an invisible character (U+{code:04X})."
    )
    hint = Text("Xóa dòng này rồi gõ lại bằng tay.", "Delete this line and type it again by hand.")
    return Problem(file, line, column, "", message, hint)


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
    Text("Dòng này thụt vào bằng phím Tab.", "This line is indented with a tab."),
    Text("Thay bằng dấu cách (2 dấu cách mỗi bậc).", "Use spaces instead (2 for each level)."),
)
_OPEN_QUOTE: Advice = (
    Text("Có dấu nháy mở mà không đóng.", "A quotation mark is opened and never closed."),
    Text("Thêm dấu nháy ở cuối giá trị.", "Add the closing mark at the end of the value."),
)
_BACKSLASH: Advice = (
    Text("Dấu \\ trong dấu nháy kép có nghĩa riêng.", "A \\ inside double quotes has a special meaning."),
    Text("Bỏ dấu \\ hoặc dùng dấu nháy đơn '…'.", "Leave the \\ out or use single quotes '…'."),
)
_OPEN_BRACKET: Advice = (
    Text("Có ngoặc [ hoặc { mà không đóng.", "A bracket [ or { is opened and never closed."),
    Text("Thêm ] hoặc } và dấu phẩy giữa các mục.", "Add ] or } and a comma between the items."),
)
NO_SPACE: Advice = (
    Text("Sau dấu hai chấm thiếu dấu cách.", "There is no space after the colon."),
    Text("Viết “tên mục: giá trị”, có dấu cách sau “:”.", "Write “key: value” with a space after “:”."),
)
_NO_SPACE_AFTER_DASH: Advice = (
    Text("Sau dấu - đầu dòng thiếu dấu cách.", "There is no space after the - of this line."),
    Text("Viết “- giá trị”.", "Write “- value”."),
)
_NO_COLON: Advice = (
    Text("Dòng này thiếu dấu hai chấm.", "This line has no colon."),
    Text("Viết “tên mục: giá trị”.", "Write “key: value”."),
)
_QUOTE_INSIDE: Advice = (
    Text("Dấu nháy đóng nằm giữa giá trị.", "A quotation mark closes in the middle of the value."),
    Text('Dùng loại nháy kia ở ngoài: "…\'…".', 'Use the other kind of quote around it: "…\'…".'),
)
_SHAPE: Advice = (
    Text("Dòng này không thẳng hàng với các dòng quanh nó.", "This line is out of step with its neighbours."),
    Text(
        "So số dấu cách đầu dòng với dòng cùng bậc; mỗi mục của danh sách bắt đầu bằng “- ”.",
        "Compare its leading spaces with lines of the same level; each list item begins with “- ”.",
    ),
)


def _second_colon(row: str) -> Advice:
    value = row.split(": ", 1)[-1].strip()
    return (
        Text("Giá trị có dấu hai chấm, hoặc dòng trên chưa xong.",
             "The value holds a colon, or the line above is unfinished."),
        Text(f'Đặt giá trị trong dấu nháy: "{value[:60]}".', f'Put the value in quotes: "{value[:60]}".'),
    )  # fmt: skip


def _first_sign(sign: str) -> Advice:
    return (
        Text(f"Giá trị không được bắt đầu bằng “{sign}”.", f"A value cannot begin with “{sign}”."),
        Text('Đặt giá trị trong dấu nháy thẳng: "…".', 'Put the value in straight quotes: "…".'),
    )
