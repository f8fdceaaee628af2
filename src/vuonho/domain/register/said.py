"""What is said about the register of codes: pairs of message and hint."""

from datetime import date

from vuonho.bilingual import Text
from vuonho.domain.values import quoted, say_day

Said = tuple[Text, Text]
PUT_BACK = Text(
    "Chạy “vuonho assign”: máy ghi lại như lần cuối. Chưa được thì lấy lại từ bản sao lưu: vuonho restore TỆP.zip",
    "Run `vuonho assign`: it is written as it was. If that will not do, take it back from a backup: vuonho restore FILE.zip",
)
"""The cure of whatever a hand or a spreadsheet did to a register: nobody has to edit one."""


def say_broken_line() -> Said:
    """Return what to say of quotes that do not close, or a line that is no table row."""
    return Text("Dòng này có dấu ngoặc kép không khép.", "Quotes on this line do not close."), PUT_BACK


def say_columns(right: str) -> Said:
    """Return what to say of a first line that does not name the columns."""
    return (
        Text(
            f"Dòng đầu không đúng tên các cột ({right}).",
            f"The first line does not name the columns rightly ({right}).",
        ),
        PUT_BACK,
    )


def say_count(found: int, wanted: int) -> Said:
    """Return what to say of a line with too few or too many cells."""
    return (
        Text(
            f"Dòng này có {found} ô, phải có {wanted}.", f"This line has {found} cells instead of {wanted}."
        ),
        PUT_BACK,
    )


def say_lost_digits(typed: str) -> Said:
    """Return what to say of a number that a spreadsheet rounded."""
    return (
        Text(
            f"Excel đã đổi mã thành {quoted(typed)}, mất chữ số.",
            f"Excel turned the code into {quoted(typed)} and lost digits.",
        ),
        PUT_BACK,
    )


def say_empty(code: str) -> Said:
    """Return what to say of a code without its profile's path."""
    return Text(f"Mã {code} chưa ghi thuộc hồ sơ nào.", f"Code {code} names no profile."), PUT_BACK


def say_status(typed: str) -> Said:
    """Return what to say of an unknown status."""
    return (
        Text(f"Không có trạng thái {quoted(typed)}.", f"There is no status {quoted(typed)}."),
        PUT_BACK,
    )


def say_void_printed(code: str) -> Said:
    """Return what to say of a printed code that was declared void."""
    return (
        Text(f"Mã {code} đã in thì không hủy được.", f"Code {code} was printed: it cannot be void."),
        PUT_BACK,
    )


def say_url_missing(code: str) -> Said:
    """Return what to say of a printed code whose printed address is not recorded."""
    return (
        Text(
            f"Mã {code} đã in nhưng chưa ghi địa chỉ in.", f"Code {code} was printed, its address is missing."
        ),
        PUT_BACK,
    )


def say_unprinted(code: str) -> Said:
    """Return what to say of a printed address without the day of printing."""
    return (
        Text(
            f"Mã {code} có địa chỉ in nhưng thiếu ngày in.",
            f"Code {code} has an address but no day of printing.",
        ),
        PUT_BACK,
    )


def say_twice(code: str, first: int) -> Said:
    """Return what to say of a code that stands on two lines."""
    return (
        Text(f"Mã {code} đã có ở dòng {first}.", f"Code {code} is already on line {first}."),
        PUT_BACK,
    )


def say_unregistered() -> Said:
    """Return what to say of a profile whose code is not in the register."""
    return (
        Text("Mã này chưa có trong codes.csv.", "This code is not in codes.csv."),
        Text("Chạy “vuonho assign” để ghi vào.", "Run `vuonho assign` to record it."),
    )


def say_void_used(code: str) -> Said:
    """Return what to say of a profile that carries a void code."""
    return (
        Text(f"Mã {code} đã hủy, không dùng lại được.", f"Code {code} is void and is never used again."),
        Text("Để trống code rồi chạy “vuonho assign”.", "Leave code empty and run `vuonho assign`."),
    )


def say_left(code: str, day: date | None) -> Said:
    """Return what to say of a household that left by the register and is shown by its profile; `day` where known."""
    if day is None:
        return (
            Text(f"Hộ {code} đã rút hoặc chuyển, mà hồ sơ nay lại hiện.",
                 f"Household {code} has left, yet its profile would be shown."),
            Text(f"Thêm lại withdrawn: NGÀY rồi chạy vuonho withdraw {code}, để sổ có ngày ấy. Gia đình đồng ý lại thì sau đó mới "
                 "xóa dòng ấy và ghi ngày đồng ý mới vào consent.given.",
                 f"Put `withdrawn: DATE` back and run vuonho withdraw {code}, so that the day is recorded. If they agreed again, "
                 "take that line out after that, and write the new day into consent.given."),
        )  # fmt: skip
    since = say_day(day)
    return (
        Text(f"Hộ {code} đã rút hoặc chuyển ngày {since.vi}, mà hồ sơ nay lại hiện và ngày đồng ý là từ trước đó.",
             f"Household {code} left on {since.en}, yet its profile would be shown by a consent from before."),
        Text(f"Gia đình đã rút thì thêm lại withdrawn: {day.isoformat()}. Gia đình đồng ý lại thì hỏi lại từng mục, rồi ghi ngày "
             "đồng ý mới vào consent.given; sổ mã máy tự sửa.",
             f"If they left, put `withdrawn: {day.isoformat()}` back. If they agreed again, ask anew and write the new day into "
             "consent.given; the register follows by itself."),
    )  # fmt: skip


def say_no_consent(code: str) -> Said:
    """Return what to say of a printed household whose consent was emptied."""
    return (
        Text(f"Mã {code} đã in biển mà hồ sơ không còn ngày đồng ý.",
             f"Code {code} is on a plaque, but its consent has no date any more."),
        Text(f"Nếu gia đình rút lại, chạy “vuonho withdraw {code}”: biển sẽ mở ra lời báo.",
             f"If the family took it back, run `vuonho withdraw {code}`: the plaque then shows a notice."),
    )  # fmt: skip


def say_used_twice(code: str, other: str) -> Said:
    """Return what to say of the second profile with the same code."""
    return (
        Text(f"Mã {code} đã dùng ở {quoted(other, 80)}.", f"Code {code} is used by {quoted(other, 80)} too."),
        Text("Hồ sơ chép lại thì để trống code rồi chạy “vuonho assign”.",
             "In the copy leave code empty and run `vuonho assign`."),
    )  # fmt: skip


def say_gone(code: str, path: str, *, printed: bool) -> Said:
    """Return what to say of a code whose profile vanished."""
    return (
        Text(f"Mã {code} không còn hồ sơ {quoted(path, 80)}.",
             f"The profile of {code} is gone: {quoted(path, 80)}."),
        Text(f"Lấy tệp ấy lại từ bản cất; gia đình muốn rút thì: vuonho withdraw {code}",
             f"Take the file back from a backup; if the family wants to leave: vuonho withdraw {code}")
        if printed
        else Text(f"Lấy tệp ấy lại từ bản cất; nếu bỏ hẳn hộ này: vuonho remove {code}",
                  f"Take the file back from a backup; if this household was given up: vuonho remove {code}"),
    )  # fmt: skip


def say_changed_code(code: str, path: str, instead: str, *, may_hang: bool = False) -> Said:
    """Return what to say of a profile with another code than the one it was given; that one `may_hang` at the gate."""
    swap = (
        Text(f" Nếu biển treo ở nhà ghi {instead}: vuonho remove {code}",
             f" If the plaque at the gate says {instead}: vuonho remove {code}")
        if may_hang
        else Text("", "")
    )  # fmt: skip
    now = (
        Text(f"nay ghi mã {instead}", f"now has {instead}")
        if instead
        else Text("nay không có mã", "now has none")
    )
    return (
        Text(f"{quoted(path, 80)} có mã {code}, {now.vi}.",
             f"{quoted(path, 80)} was given {code}, it {now.en}."),
        Text(f"Mã không đổi: ghi lại code: {code}.{swap.vi}",
             f"A code never changes: write code: {code} again.{swap.en}"),
    )  # fmt: skip


def say_moved_nowhere(code: str, path: str) -> Said:
    """Return what to say of a moved household whose new code nobody knows."""
    return (
        Text(f"Mã {code} đã chuyển mà không rõ đi đâu.", f"Code {code} moved, nobody knows where."),
        Text(f"Lấy hồ sơ {quoted(path, 80)} có moved_to lại từ bản cất; không còn thì: vuonho withdraw {code}",
             f"Take {quoted(path, 80)} with its moved_to back from a backup; if there is none: vuonho withdraw {code}"),
    )  # fmt: skip


def say_moved_to_itself(code: str) -> Said:
    """Return what to say of a household that moved to its own code."""
    return Text(f"Mã {code} chuyển sang chính nó.", f"Code {code} moves to itself."), _OTHER_CODE


def say_moved_to_unknown(code: str) -> Said:
    """Return what to say of a target that no profile carries."""
    return Text(f"Không có hộ nào mang mã {code}.", f"No household has the code {code}."), _OTHER_CODE


def say_moved_to_closed(code: str) -> Said:
    """Return what to say of a target that is withdrawn, void or not yet agreed."""
    return Text(f"Hộ mã {code} không có trang.", f"The household {code} has no page."), _OTHER_CODE


def say_in_a_ring(code: str) -> Said:
    """Return what to say of households that send visitors round in a circle."""
    return (
        Text(
            f"Chuyển sang {code} rồi lại quay về chính hộ này.",
            f"From {code} visitors come back to this one.",
        ),
        _OTHER_CODE,
    )


_OTHER_CODE = Text(
    "Ghi mã của một hộ đang có trang; nếu không có, dùng withdrawn thay cho moved_to.",
    "Give the code of a household that has a page; if there is none, use withdrawn instead.",
)
