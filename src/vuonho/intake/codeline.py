"""A code written into a profile with every other byte of the file kept."""

from vuonho.bilingual import Text
from vuonho.errors import Refused
from vuonho.intake.profiletext.edit import told, with_values


def with_code(content: bytes, code: str) -> bytes:
    """Return the profile with `code: "…"` in it; encoding, line ends, comments and order stay as they are.

    The code goes behind an empty `code:`, else before the first entry. Raises Refused where the result would
    not read as the same profile with this code.
    """
    try:
        values = told(content)
        if values and values.get("code") is None:
            return with_values(content, {**values, "code": code})
    except Refused as refused:
        raise Refused(*_BY_HAND) from refused
    raise Refused(*_BY_HAND)


_BY_HAND = (
    Text("Không ghi mã vào tệp này được.", "The code cannot be written into this file."),
    Text(
        'Tự thêm dòng đầu tiên: code: "…" rồi chạy lại.',
        'Add the first line yourself: code: "…" and run again.',
    ),
)
