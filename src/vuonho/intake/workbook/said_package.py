"""What is said of files that are no workbook, or not one that can be read."""

from typing import Final

from vuonho.bilingual import Text

_SAVE: Final = Text(
    "Mở bằng Excel, chọn Lưu thành (Save as), kiểu Excel Workbook (.xlsx), rồi đưa vào tệp mới.",
    "Open it in Excel, choose Save as, type Excel Workbook (.xlsx), and import the new file.",
)
_AGAIN: Final = Text(
    "Xin lại tệp gốc; nếu mở được bằng Excel thì lưu lại rồi đưa vào.",
    "Ask for the file again; if Excel opens it, save it once more and import that.",
)
_COPY: Final = Text(
    "Mở bằng Excel, chép các ô vào bảng mới do vuonho export hoặc vuonho form làm ra.",
    "Open it in Excel and copy the cells into a new workbook made by vuonho export or vuonho form.",
)

OLD: Final = (Text("Đây là tệp Excel đời cũ (.xls).", "This is an old Excel file (.xls)."), _SAVE)
LOCKED: Final = (
    Text("Tệp Excel này có mật khẩu.", "This workbook has a password."),
    Text("Mở bằng Excel, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ), lưu lại rồi đưa vào.",
         "Open it in Excel, take the password off (File, Info, Protect), save it and import again."),
)  # fmt: skip
HTML: Final = (
    Text("Đây là trang web đổi đuôi thành Excel.", "This is a web page with the name of a workbook."),
    _SAVE,
)
XML: Final = (
    Text("Đây là tệp XML, không phải tệp Excel .xlsx.", "This is an XML file and no .xlsx workbook."),
    _SAVE,
)
PDF: Final = (
    Text("Đây là tệp PDF, không phải tệp Excel.", "This is a PDF and no workbook."),
    Text("Xin tệp Excel gốc.", "Ask for the original workbook."),
)
EMPTY: Final = (
    Text("Tệp trống, không có gì bên trong.", "The file is empty."),
    Text("Xin gửi lại; có thể tệp chưa tải về xong.", "Ask for it again; it may not have been loaded to its end."),
)  # fmt: skip
TEXT: Final = (
    Text("Đây là tệp chữ, không phải tệp Excel .xlsx.", "This is a text file and no .xlsx workbook."),
    Text("Nếu là bảng CSV thì đổi đuôi thành .csv; không thì mở bằng Excel rồi lưu thành .xlsx.",
         "If it is a CSV table, rename it to .csv; otherwise open it in Excel and save it as .xlsx."),
)  # fmt: skip
NO_EXCEL: Final = (
    Text("Đây không phải là tệp Excel .xlsx.", "This is no .xlsx workbook."),
    Text("Kiểm tra xem có chọn nhầm tệp không.", "See whether this is the right file."),
)
ODS: Final = (
    Text("Đây là bảng của LibreOffice (.ods).", "This is a spreadsheet of LibreOffice (.ods)."),
    Text("Trong LibreOffice chọn Lưu thành, kiểu Excel 2007-365 (.xlsx).",
         "In LibreOffice choose Save as, type Excel 2007-365 (.xlsx)."),
)  # fmt: skip
BINARY: Final = (Text("Đây là tệp Excel nhị phân (.xlsb).", "This is a binary workbook (.xlsb)."), _SAVE)
STRICT: Final = (
    Text("Đây là kiểu Excel ít gặp (Strict Open XML).", "This is the rare kind Strict Open XML of Excel."),
    _SAVE,
)
NUMBERS: Final = (
    Text("Đây là bảng Numbers của máy Mac, iPhone.", "This is a Numbers file of a Mac or iPhone."),
    Text("Trong Numbers chọn Xuất, kiểu Excel (.xlsx).", "In Numbers choose Export, type Excel (.xlsx)."),
)
WORD: Final = (
    Text("Đây là tệp Word, không phải tệp Excel.", "This is a Word file and no workbook."),
    Text("Chép bảng sang Excel rồi lưu thành .xlsx.", "Copy the table into Excel and save it as .xlsx."),
)
MACROS: Final = (
    Text("Tệp Excel này có macro (.xlsm), nên không đọc.", "This workbook has macros (.xlsm) and is not read."), _SAVE,
)  # fmt: skip
DAMAGED: Final = (
    Text("Tệp Excel bị hỏng hoặc bị cắt cụt.", "The workbook is damaged or cut off."), _AGAIN,
)  # fmt: skip
UNREADABLE: Final = (
    Text("Không đọc được tệp Excel này: bên trong không đúng kiểu .xlsx.",
         "This workbook cannot be read: what is inside is no proper .xlsx."),
    _SAVE,
)  # fmt: skip
TOO_MANY: Final = (
    Text("Tệp Excel chứa quá nhiều phần bên trong.", "The workbook is made of too many parts."), _COPY,
)  # fmt: skip
TOO_MUCH: Final = (
    Text("Tệp Excel bung ra lớn quá mức một bảng hồ sơ.", "Unpacked, the workbook is far too large for a table of profiles."),
    _COPY,
)  # fmt: skip
ODD_NAME: Final = (
    Text("Tệp Excel có phần mang tên không hợp lệ, như để ghi ra ngoài thư mục.",
         "The workbook has a part with an improper name, as if to write outside its folder."),
    _COPY,
)  # fmt: skip
TWICE: Final = (
    Text("Tệp Excel có hai phần trùng tên.", "The workbook has two parts of the same name."),
    _COPY,
)
ENCODED: Final = (
    Text("Tệp Excel dùng bảng mã lạ bên trong.", "The workbook uses an unusual encoding inside."),
    _SAVE,
)
DECLARED: Final = (
    Text("Tệp Excel chứa khai báo (DTD) mà Excel không bao giờ ghi.",
         "The workbook holds a declaration (DTD) that Excel never writes."),
    _COPY,
)  # fmt: skip


def too_large(size: int, limit: int) -> tuple[Text, Text]:
    """Return what to say of a file of so many bytes."""
    weight, most = f"{size / 1e6:.1f}", f"{limit / 1e6:.0f}"
    return (
        Text(f"Tệp nặng {weight.replace('.', ',')} MB, tối đa {most} MB.", f"The file is {weight} MB; {most} MB is the most."),
        Text("Bỏ ảnh dán trong bảng, hoặc chia thành nhiều tệp.", "Take pictures out of it, or split it into several files."),
    )  # fmt: skip
