"""What is said about the register of codes: pairs of message and hint."""

from vuonho.bilingual import Text
from vuonho.domain.values import quoted

Said = tuple[Text, Text]
PUT_BACK = Text(
    "Mở codes.csv mà sửa dòng này; nếu không rõ, lấy lại codes.csv từ bản sao lưu.",
    "Open codes.csv and mend this line; if in doubt, take codes.csv back from the backup.",
)


def say_broken_line() -> Said:
    """Return what to say of quotes that do not close, or a line that is no table row."""
    return Text("Dòng này có dấu ngoặc kép không khép.", "Quotes on this line do not close."), PUT_BACK


def say_columns(right: str) -> Said:
    """Return what to say of a first line that does not name the columns."""
    return (
        Text("Dòng đầu không đúng tên các cột.", "The first line does not name the columns rightly."),
        Text(
            f"Dòng đầu phải bắt đầu bằng: {right}. Cột riêng thêm vào sau, mỗi cột một tên.",
            f"It must begin with: {right}. Columns of your own come after, each with its own name.",
        ),
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
        Text(
            "Lấy lại codes.csv từ bản sao lưu; trong Excel đặt cột code là Text.",
            "Take codes.csv back from the backup; in Excel format the column as Text.",
        ),
    )


def say_empty(code: str) -> Said:
    """Return what to say of a code without its profile's path."""
    return Text(f"Mã {code} chưa ghi thuộc hồ sơ nào.", f"Code {code} names no profile."), PUT_BACK


def say_status(typed: str) -> Said:
    """Return what to say of an unknown status."""
    return (
        Text(f"Không có trạng thái {quoted(typed)}.", f"There is no status {quoted(typed)}."),
        Text(
            "Để trống nếu đang dùng; nếu không: withdrawn, moved hoặc void.",
            "Leave it empty for one in use; else: withdrawn, moved or void.",
        ),
    )


def say_void_printed(code: str) -> Said:
    """Return what to say of a printed code that was declared void."""
    return (
        Text(f"Mã {code} đã in thì không hủy được.", f"Code {code} was printed: it cannot be void."),
        Text("Ghi trạng thái withdrawn: biển vẫn mở ra lời báo.", "Use withdrawn: the plaque still answers."),
    )


def say_url_missing(code: str) -> Said:
    """Return what to say of a printed code whose printed address is not recorded."""
    return (
        Text(
            f"Mã {code} đã in nhưng chưa ghi địa chỉ in.", f"Code {code} was printed, its address is missing."
        ),
        Text("Ghi vào cột url địa chỉ có trên biển.", "Write the address on the plaque in the column url."),
    )


def say_unprinted(code: str) -> Said:
    """Return what to say of a printed address without the day of printing."""
    return (
        Text(
            f"Mã {code} có địa chỉ in nhưng thiếu ngày in.",
            f"Code {code} has an address but no day of printing.",
        ),
        Text(
            "Ghi ngày in vào cột printed; chưa in thì xóa url.",
            "Write the day, or delete the url if unprinted.",
        ),
    )


def say_twice(code: str, first: int) -> Said:
    """Return what to say of a code that stands on two lines."""
    return (
        Text(f"Mã {code} đã có ở dòng {first}.", f"Code {code} is already on line {first}."),
        Text("Giữ một dòng. Mã không bao giờ dùng lại.", "Keep one line. A code is never used again."),
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


def say_left(code: str, status: str) -> Said:
    """Return what to say of a household that left by the register and is shown by its profile."""
    return (
        Text(f"Trong codes.csv, mã {code} là {status}, mà hồ sơ vẫn hiện.",
             f"In codes.csv code {code} is {status}, yet its profile would be shown."),
        Text("Nếu gia đình đã rút, thêm lại withdrawn: NGÀY; nếu đồng ý lại, xóa chữ ở cột status.",
             "If they left, put `withdrawn: DATE` back; if they agreed again, empty the column status."),
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
        else Text("Lấy tệp ấy lại từ bản cất; nếu bỏ hẳn mà chưa in, ghi void vào cột status.",
                  "Take the file back from a backup; if it was given up before printing, write void in the column status."),
    )  # fmt: skip


def say_changed_code(code: str, path: str, instead: str, *, may_hang: bool = False) -> Said:
    """Return what to say of a profile with another code than the one it was given; that one `may_hang` at the gate."""
    swap = (
        Text(f" Nếu biển treo ở nhà ghi {instead}: ghi void vào cột status của mã {code}, chạy vuonho assign.",
             f" If the plaque at the gate says {instead}: write void in the column status of {code}, run vuonho "
             "assign.")
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
        Text(f"Chép lại hồ sơ {quoted(path, 80)} có moved_to, hoặc ghi withdrawn vào cột status.",
             f"Put {quoted(path, 80)} with its moved_to back, or write withdrawn in the column status."),
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
