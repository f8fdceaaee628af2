"""A file from the field, whatever it is: told by what is in it, read, or refused with the way out."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from vuonho.bilingual import Text
from vuonho.errors import Problem
from vuonho.intake.encoding import kind_of
from vuonho.intake.files import read_bytes
from vuonho.intake.formfile import read_form
from vuonho.intake.incoming import Incoming
from vuonho.intake.workbook.reading import read_csv, read_workbook

LARGEST = 64_000_000
"""Bytes of one file: ten households with six photos each are a third of it."""

Read = tuple[tuple[Incoming, ...], tuple[Problem, ...]]


def read_incoming(path: Path, name: str, languages: Sequence[str], villages: Mapping[str, str]) -> Read:
    """Return (households, problems) of a file; `name` is how it is called in what is said of it.

    `villages` are the names of the project's by their folders.
    """
    if not path.exists():
        return (), (Problem(name, None, None, "", *_MISSING),)
    content, problems = read_bytes(path, name, LARGEST)
    if content is None:
        return (), problems
    if len(content) > LARGEST:
        return (), (Problem(name, None, None, "", *_TOO_LARGE),)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
        return read_workbook(content, name, languages, villages)
    if path.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".ods"):
        return read_workbook(content, name, languages, villages)
    if kind := kind_of(content):
        return (), (Problem(name, None, None, "", _not_ours(kind), _WHAT_IS_OURS),)
    if path.suffix.lower() in (".csv", ".tsv"):
        return read_csv(content, name, languages, villages)
    return read_form(content, name)


def _not_ours(kind: Text) -> Text:
    return Text(
        f"Đây là {kind.vi}, không đưa vào hồ sơ được.", f"This is {kind.en}, which cannot be imported."
    )


_WHAT_IS_OURS = Text(
    "Ở đây cần tệp .txt từ phiếu điện thoại, hoặc bảng Excel (.xlsx).",
    "What is wanted here is the .txt file of a phone form, or a workbook (.xlsx).",
)
_MISSING = (
    Text("Không thấy tệp này.", "There is no such file."),
    Text("Xem lại tên tệp và thư mục; kéo tệp thả vào cửa sổ lệnh thì máy tự ghi đúng tên.",
         "Look at its name and folder; drag the file into this window and its name is typed for you."),
)  # fmt: skip
_TOO_LARGE = (
    Text("Tệp này nặng quá 64 MB.", "This file is larger than 64 MB."),
    Text("Trên điện thoại, gửi ít hộ hơn mỗi lần.", "On the phone, send fewer households at a time."),
)
