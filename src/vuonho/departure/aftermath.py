"""What remains to be done by hand when a household has left, and by when.

Days by the law: an answer within 2 working days, done within 15 days (Decree 356/2025/NĐ-CP, article 5).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from vuonho.bilingual import NOTHING, Text
from vuonho.departure.leaving import Departure
from vuonho.domain.register.boards import last_board
from vuonho.errors import Refused
from vuonho.intake.backupfile import open_backup
from vuonho.intake.boardsfile import read_boards
from vuonho.keeping.backups import last_backup, last_place, safety_copies
from vuonho.output.lock import STATE
from vuonho.output.troubles import in_words

ANSWER_IN, DONE_IN = 2, 15
_SATURDAY: Final = 5


def working_days_after(day: date, count: int) -> date:
    """Return the day so many working days after; holidays are not known here."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < _SATURDAY
    return day


def left_to_do(root: Path, departure: Departure, today: date, left: tuple[str, ...] = ()) -> Iterator[Text]:
    """Yield what people have to do, the most pressing first; `left` are photos that could not be removed yet."""
    yield _OLD_PAGE if departure.was_shown else _NO_PAGE
    if departure.is_unread:
        yield Text(
            f"{departure.file} không đọc được nên chưa ghi ngày rút vào đó; trang vẫn đóng theo sổ mã. Sửa tệp rồi ghi thêm "
            f"withdrawn: {departure.day.isoformat()}, hoặc xóa hẳn: vuonho withdraw {departure.code} --erase",
            f"{departure.file} cannot be read, so the day was not written there; the register closes the page all the same. "
            f"Correct the file and add withdrawn: {departure.day.isoformat()}, or erase it: vuonho withdraw "
            f"{departure.code} --erase",
        )
    if not departure.moved_to:
        yield _deadlines(departure.day, today)
    yield _plaque(departure)
    yield from _boards(root, departure)
    yield from _originals(departure, left)
    yield from _copies(root, departure)
    if not departure.moved_to:
        yield from _ELSEWHERE


def _deadlines(day: date, today: date) -> Text:
    answer, done = working_days_after(day, ANSWER_IN), day + timedelta(days=DONE_IN)
    first, last = _overdue(answer, today), _overdue(done, today)
    return Text(
        f"Trả lời gia đình chậm nhất {answer:%d/%m/%Y} (2 ngày làm việc{first.vi}); xong mọi việc dưới đây chậm nhất "
        f"{done:%d/%m/%Y} (15 ngày kể từ {day:%d/%m/%Y}{last.vi}).",
        f"Answer the family by {answer:%Y-%m-%d} (2 working days{first.en}); have all of this done by {done:%Y-%m-%d} "
        f"(15 days from {day:%Y-%m-%d}{last.en}).",
    )


def _overdue(until: date, today: date) -> Text:
    return Text(", đã quá hạn, làm ngay", ", overdue, do it now") if until < today else NOTHING


def _plaque(departure: Departure) -> Text:
    row, goal = departure.row, departure.moved_to
    then = Text(f"nay dẫn sang trang của mã {goal}", f"now leads on to the page of {goal}") if goal else Text(
        "nay mở ra lời báo không có tên ai", "now opens a notice without any name")  # fmt: skip
    if row.printed is None:
        return Text(
            f"Theo sổ mã thì chưa in biển nào của hộ này. Địa chỉ của mã {departure.code} {then.vi}.",
            f"By the register no plaque of this household was printed. The address of {departure.code} {then.en}.",
        )
    return Text(
        f"Biển in ngày {row.printed:%d/%m/%Y} để treo hay tháo xuống là tùy gia đình: mã {departure.code} {then.vi}.",
        f"The plaque printed on {row.printed:%Y-%m-%d} may hang or come down, as the family likes: code "
        f"{departure.code} {then.en}.",
    )


def _boards(root: Path, departure: Departure) -> Iterator[Text]:
    """Give the board of the village if the household stands on it, as far as its record tells."""
    village = departure.file.split("/")[1] if departure.file else departure.row.profile.split("/")[0]
    board = last_board(read_boards(root)[0], (village,))
    if board and board.may_name(departure.code, departure.row.given):
        yield Text(
            f"Bảng của thôn in ngày {board.printed:%d/%m/%Y} có tên hộ này: sau khi dựng trang, in bảng mới (vuonho plaques "
            f"--village {village} --size a3) rồi thay bảng cũ.",
            f"The village's board printed on {board.printed:%Y-%m-%d} names this household: after the build print a new one "
            f"(vuonho plaques --village {village} --size a3) and change it.",
        )


def _originals(departure: Departure, left: tuple[str, ...]) -> Iterator[Text]:
    if left:
        yield Text(
            f"Chưa xóa được vì có chương trình đang mở: {', '.join(left)}. Đóng nó lại; lệnh vuonho sau sẽ xóa nốt.",
            f"Another program has these open: {', '.join(left)}. Close it; the next vuonho command removes them.",
        )
    if departure.is_erased or departure.moved_to or not departure.file:
        return
    names, count = ", ".join(Path(photo).name for photo in departure.photos), len(departure.photos)
    photos = Text(f" và {count} ảnh gốc ({names})", f" and {count} photos ({names})") if names else NOTHING
    yield Text(
        f"Số liệu của hộ vẫn ở trong máy này: {departure.file}{photos.vi}. Gia đình muốn xóa hẳn thì chạy: "
        f"vuonho withdraw {departure.code} --erase",
        f"The household's data are still on this computer: {departure.file}{photos.en}. If the family wants them "
        f"gone: vuonho withdraw {departure.code} --erase",
    )


def _copies(root: Path, departure: Departure) -> Iterator[Text]:
    """Give the copies on this computer and elsewhere that hold the profile as it was."""
    if departure.moved_to:
        return
    holding = [copy.name for copy in safety_copies(root) if departure.file and _holds(copy, departure.file)]
    if holding:
        yield Text(
            f"{len(holding)} bản sao tự động trong {STATE}/backups còn hồ sơ này: xóa {', '.join(holding)}.",
            f"{len(holding)} automatic copies in {STATE}/backups hold this profile: delete {', '.join(holding)}.",
        )
    if day := last_backup(root):
        yield Text(
            f"Bản sao lưu ngày {day:%d/%m/%Y} ({last_place(root)}) và các bản trước còn dữ liệu của hộ: sao lưu lại, rồi "
            "xóa bản cũ.",
            f"The backup of {day:%Y-%m-%d} ({last_place(root)}) and those before it hold the household's data: make "
            "a new one, then delete the old ones.",
        )


def _holds(copy: Path, name: str) -> bool:
    try:
        with in_words(copy), open_backup(copy) as backup:
            return backup.has(name)
    except Refused:
        return True  # it cannot be told


_OLD_PAGE: Final = Text(
    "Chạy vuonho build rồi đăng lại trang: chưa đăng thì trang cũ của hộ vẫn mở được trên mạng.",
    "Run vuonho build and publish the site: until then the household's old page is still there.",
)
_NO_PAGE: Final = Text(
    "Hồ sơ chưa ghi ngày đồng ý nên hộ chưa có trang. Chạy vuonho build rồi đăng lại trang là được.",
    "The family had not agreed, so the household has no page. Run vuonho build and publish the site all the same.",
)
_ELSEWHERE: Final = (
    Text(
        "Xóa bản của hộ này ở chỗ khác: bảng tính Excel, tệp .txt và ảnh trong Zalo, bản nháp và ảnh trên điện thoại "
        "đã đi ghi, bản in.",
        "Delete what lies elsewhere: workbooks, .txt files and photos in Zalo, drafts and photos on the phones that "
        "were used, prints.",
    ),
    Text(
        "Giữ tờ đồng ý đã ký và giấy xin rút (nếu có) ở nơi khóa được, để làm bằng chứng.",
        "Keep the signed consent form, and the family's letter if there is one, locked away: they are the proof.",
    ),
    Text(
        "Google và các máy tìm kiếm còn giữ bản cũ vài ngày đến vài tuần sau khi đăng; GitHub cũng giữ bản đã đăng trước "
        "đó một thời gian (Sổ tay, mục 10); ai đã lưu trang thì vuonho không xóa được. Hãy nói trước với gia đình.",
        "Search engines keep old copies for days or weeks after the publishing, GitHub what was published before for a "
        "while, and what people saved is out of reach: tell the family so.",
    ),
)
