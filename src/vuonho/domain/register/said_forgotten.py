"""What is said where the register no longer says what it said at the last build: pairs of message and hint."""

from vuonho.bilingual import Text
from vuonho.domain.register.said import Said
from vuonho.domain.values import quoted

_LONGEST = 300


def say_all_lost(count: int, *, printed: bool) -> Said:
    """Return what to say of a register that is gone, or has not one row left."""
    copy = Text("Chép .vuonho/register.csv thành profiles/codes.csv, rồi làm lại.",
                "Copy .vuonho/register.csv to profiles/codes.csv, then try again.")  # fmt: skip
    afresh = Text(" Chưa in biển nào và muốn làm lại từ đầu thì xóa hai thư mục .vuonho và site.",
                  " To start afresh, as no plaque is printed, delete the folders .vuonho and site.")  # fmt: skip
    return (
        Text(f"Sổ mã codes.csv đã mất {count} mã từng cấp.",
             f"The register codes.csv has lost the {count} code{'s' * (count != 1)} once given."),
        copy if printed else Text(copy.vi + afresh.vi, copy.en + afresh.en),
    )  # fmt: skip


def say_row_lost(code: str, line: str, *, printed: bool) -> Said:
    """Return what to say of one code whose row is gone; `line` is the row as it was."""
    shown = quoted(line, _LONGEST)
    left = (
        Text("Gia đình đã rút thì vẫn giữ dòng này, ghi withdrawn ở cột status.",
             "A family that left keeps its row, with withdrawn in the column status.")
        if printed
        else Text("Gia đình đã rút thì vẫn giữ dòng này, ghi withdrawn ở cột status; bỏ hẳn khi chưa in thì ghi void.",
                  "A family that left keeps its row, with withdrawn in the column status; one given up before "
                  "printing has void.")
    )  # fmt: skip
    return (
        Text(f"codes.csv mất dòng của mã {code}.", f"The row of code {code} is gone from codes.csv."),
        Text(f"Ghi lại đúng dòng: {shown}. {left.vi}", f"Put the line back: {shown}. {left.en}"),
    )


def say_given_changed(code: str, day: str) -> Said:
    """Return what to say of a code whose day of giving is another than before."""
    return (
        Text(f"Ngày cấp mã {code} đã bị đổi.", f"The day on which code {code} was given has changed."),
        Text(f"Ghi lại {day} vào cột given.", f"Write {day} in the column given again."),
    )


def say_print_changed(code: str, day: str, url: str) -> Said:
    """Return what to say of a printed code whose print is no longer recorded as it was."""
    return (
        Text(f"Ngày in hoặc địa chỉ in của mã {code} đã bị đổi.",
             f"The day or the address of the print of code {code} has changed."),
        Text(f"Ghi lại printed {day} và url {quoted(url, 120)}; đã in biển mới thì ghi ngày in mới, sau ngày ấy.",
             f"Write printed {day} and url {quoted(url, 120)} again; for a new plaque write its later day."),
    )  # fmt: skip


def say_void_revived(code: str) -> Said:
    """Return what to say of a void code that is to be used again."""
    return (
        Text(f"Mã {code} đã hủy, không dùng lại được.", f"Code {code} is void and is never used again."),
        Text("Ghi lại void ở cột status; hộ ấy để trống code rồi chạy “vuonho assign”.",
             "Write void in the column status again; leave code empty in the profile and run `vuonho assign`."),
    )  # fmt: skip
