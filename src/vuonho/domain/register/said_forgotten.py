"""What is said where the register no longer says what it said at the last build: pairs of message and hint."""

from collections.abc import Sequence

from vuonho.bilingual import Text
from vuonho.domain.register.said import Said

_SHOWN = 5
_PUT_BACK = Text("Chạy “vuonho assign”: máy ghi lại đúng như cũ.",
                 "Run `vuonho assign`: it is written as it was.")  # fmt: skip


def say_all_lost(count: int, *, printed: bool) -> Said:
    """Return what to say of a register that is gone, or has not one row left."""
    afresh = Text(" Chưa in biển nào và muốn làm lại từ đầu thì xóa hai thư mục .vuonho và site.",
                  " To start afresh, as no plaque is printed, delete the folders .vuonho and site.")  # fmt: skip
    return (
        Text(f"Sổ mã codes.csv đã mất {count} mã từng cấp.",
             f"The register codes.csv has lost the {count} code{'s' * (count != 1)} once given."),
        _PUT_BACK if printed else Text(_PUT_BACK.vi + afresh.vi, _PUT_BACK.en + afresh.en),
    )  # fmt: skip


def say_rows_lost(codes: Sequence[str]) -> Said:
    """Return what to say of codes whose rows are gone."""
    named = _named(codes)
    return (
        Text(f"Sổ mã codes.csv mất dòng của {named.vi}.", f"The register codes.csv lost the row of {named.en}."),
        _PUT_BACK,
    )  # fmt: skip


def say_given_changed(codes: Sequence[str]) -> Said:
    """Return what to say of codes whose day of giving is another than before."""
    named = _named(codes)
    return Text(
        f"Ngày cấp của {named.vi} đã bị đổi.", f"The day of giving has changed: {named.en}."
    ), _PUT_BACK


def say_print_changed(codes: Sequence[str]) -> Said:
    """Return what to say of printed codes whose print is no longer recorded as it was."""
    named = _named(codes)
    return (
        Text(f"Ngày in hoặc địa chỉ in của {named.vi} đã bị đổi.",
             f"The day or the address of the print has changed: {named.en}."),
        _PUT_BACK,
    )  # fmt: skip


def say_leaving_forgotten(codes: Sequence[str]) -> Said:
    """Return what to say of households that had left and stand in the register as if they had not."""
    named = _named(codes)
    return (
        Text(f"Sổ mã không còn ghi {named.vi} là hộ đã rút hoặc đã chuyển.",
             f"The register no longer says that the household has withdrawn or moved: {named.en}."),
        _PUT_BACK,
    )  # fmt: skip


def say_void_revived(codes: Sequence[str]) -> Said:
    """Return what to say of void codes that are to be used again."""
    named = _named(codes)
    return (
        Text(f"Sổ mã bị đổi ở {named.vi}: đã hủy thì không dùng lại được.",
             f"The register was changed: a void code is never used again ({named.en})."),
        _PUT_BACK,
    )  # fmt: skip


def _named(codes: Sequence[str]) -> Text:
    shown, more = ", ".join(codes[:_SHOWN]), ", …" * (len(codes) > _SHOWN)
    count = f"{len(codes)} " if len(codes) > 1 else ""
    return Text(f"{count}mã {shown}{more}", f"{count}code{'s' * (len(codes) > 1)} {shown}{more}")
