"""What is said of a cell from which Excel has taken the value that was typed."""

from datetime import date
from typing import Final

from vuonho.bilingual import Text

_RETYPE: Final = Text("Gõ lại, với dấu nháy ' đứng đầu.", "Type it again, with a ' before it.")

FORMULA: Final = (
    Text("Ô này là công thức, không phải giá trị.", "This cell is a formula and no value."),
    Text("Chép ô ấy, rồi dán lại dạng giá trị (Paste Values).", "Copy the cell, then paste it as a value (Paste Values)."),
)  # fmt: skip
ERROR: Final = (
    Text("Ô này báo lỗi của Excel (như #N/A).", "This cell shows an error of Excel, such as #N/A."),
    Text("Gõ lại giá trị, hoặc xóa trắng ô.", "Type the value again, or clear the cell."),
)
DURATION: Final = (
    Text("Excel đã đổi ô này thành khoảng thời gian.", "Excel has made a stretch of time of this cell."),
    _RETYPE,
)


def scientific(text: str) -> tuple[Text, Text]:
    """Return what to say of 4.82135E+5."""
    return (
        Text(f"Excel đã rút gọn số thành {text}.", f"Excel has shortened the number to {text}."),
        Text(
            "Đặt ô dạng chữ (Text), rồi gõ lại đủ các chữ số.",
            "Set the cell to Text and type all digits again.",
        ),
    )


def number_in_months(text: str) -> tuple[Text, Text]:
    """Return what to say of 8,9 that Excel took for one number."""
    guess = text.replace(",", ", ")
    return (
        Text(f"Excel đã đổi các tháng thành một số: {text}.", f"Excel has made one number of the months: {text}."),
        Text(f"Có phải là các tháng {guess}? Gõ lại, cách nhau bằng dấu ;", f"Are the months {guess} meant? Type them again, separated by ;"),
    )  # fmt: skip


def thousand(text: str) -> tuple[Text, Text]:
    """Return what to say of 1,800 as a number, where 1.800 was typed into an English Excel."""
    whole = text.replace(",", "")
    return (
        Text(f"Số {text} có hai cách đọc.", f"The number {text} can be read in two ways."),
        Text(
            f"Nếu là {whole} thì gõ lại liền nhau: {whole}",
            f"If {whole} is meant, type it without a sign: {whole}",
        ),
    )


def date_in_months(shown: str, guess: str) -> tuple[Text, Text]:
    """Return what to say of months that became a date."""
    hint = Text(
        f"Có phải là {guess}? Gõ lại, với dấu nháy ' đứng đầu.",
        f"Is {guess} meant? Type it again, with a ' before it.",
    )
    return (
        Text(
            f"Excel đã đổi các tháng thành ngày: {shown}.", f"Excel has made a date of the months: {shown}."
        ),
        hint if guess else _RETYPE,
    )


def date_elsewhere(shown: str) -> tuple[Text, Text]:
    """Return what to say of a date or an hour where none belongs."""
    return (
        Text(f"Excel đã đổi ô này thành ngày giờ: {shown}.", f"Excel has made a date or an hour of this cell: {shown}."),
        _RETYPE,
    )  # fmt: skip


def serial(value: int, day: date) -> tuple[Text, Text]:
    """Return what to note of a day that stands as a number."""
    shown = f"{day.day}/{day.month}/{day.year}"
    return (
        Text(
            f"Số {value} của Excel được đọc là ngày {shown}.",
            f"Excel's number {value} is read as {day.isoformat()}.",
        ),
        Text("Xem lại ngày ấy có đúng không.", "See whether that is the right day."),
    )


def lost_zero(text: str) -> tuple[Text, Text]:
    """Return what to note of a phone number that is read with a 0 before it."""
    return (
        Text(
            f"Số {text} mất số 0 ở đầu, được đọc là 0{text}.",
            f"{text} has lost its first 0 and is read as 0{text}.",
        ),
        Text("Xem lại số ấy có đúng không.", "See whether that is the right number."),
    )


def hour(shown: str) -> tuple[Text, Text]:
    """Return what to note of an hour."""
    return (
        Text(f"Giờ của Excel được đọc là {shown}.", f"Excel's hour is read as {shown}."),
        Text("Xem lại có đúng không.", "See whether that is right."),
    )
