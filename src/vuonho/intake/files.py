"""One file of the project becomes a tree, or problems; the only place of the intake that opens files."""

from pathlib import Path
from stat import S_ISREG

from vuonho.bilingual import Text
from vuonho.errors import Problem, Refused
from vuonho.intake.encoding import decode
from vuonho.intake.tree import Mapping, parse_tree

LARGEST = 1_000_000


def read_bytes(path: Path, file: str, limit: int = LARGEST) -> tuple[bytes | None, tuple[Problem, ...]]:
    """Return (content, problems) of one file; at most `limit` + 1 bytes are read."""
    try:
        if not S_ISREG(path.stat().st_mode):  # a pipe would be waited for without end
            return None, (Problem(file, None, None, "", *_NO_FILE),)
        with path.open("rb") as stream:
            return stream.read(limit + 1), ()
    except FileNotFoundError:
        return None, (Problem(file, None, None, "", *_MISSING),)
    except PermissionError:
        return None, (Problem(file, None, None, "", *_FORBIDDEN),)
    except OSError as error:
        reason = Text(
            f"Không đọc được tệp (lỗi số {error.errno}).", f"The file cannot be read ({error.strerror})."
        )
        return None, (Problem(file, None, None, "", reason, _FORBIDDEN[1]),)


def read_text(path: Path, file: str) -> tuple[str | None, tuple[Problem, ...]]:
    """Return (text, problems) of one text file in NFC; a garbled file is refused by name."""
    content, problems = read_bytes(path, file)
    if content is None:
        return None, problems
    try:
        return decode(content, LARGEST), ()
    except Refused as refused:
        return None, (Problem(file, None, None, "", refused.message, refused.hint),)


def read_tree(path: Path, file: str) -> tuple[Mapping | None, tuple[Problem, ...]]:
    """Return (tree, problems) of one YAML file; an empty file is a problem too."""
    text, problems = read_text(path, file)
    return (None, problems) if text is None else parse_file(text, file)


def parse_file(text: str, file: str) -> tuple[Mapping | None, tuple[Problem, ...]]:
    """Return (tree, problems) of the text of one YAML file; an empty one is a problem too."""
    tree, problems = parse_tree(text, file)
    if tree is None and not problems:
        problems = (Problem(file, 1, 1, "", *_EMPTY),)
    return tree, problems


_MISSING = (
    Text("Thiếu tệp này.", "This file is missing."),
    Text("Chép lại từ bản sao lưu, hoặc chép từ dự án hay thôn khác rồi sửa.",
         "Take it from the backup, or copy that of another project or village and change it."),
)  # fmt: skip
_NO_FILE = (
    Text("Đây không phải là một tệp.", "This is not a file."),
    Text("Đổi tên hoặc xóa nó đi.", "Rename it or take it away."),
)
_FORBIDDEN = (
    Text("Không mở được tệp này.", "This file cannot be opened."),
    Text("Đóng chương trình đang mở nó, xem lại quyền đọc.", "Close what has it open; check its rights."),
)
_EMPTY = (
    Text("Tệp trống.", "The file is empty."),
    Text("Điền hồ sơ, hoặc xóa tệp.", "Fill it in, or delete the file."),
)
