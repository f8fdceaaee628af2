"""What the operating system complains of, in words that a neighbour understands."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vuonho.errors import MachineTrouble
from vuonho.i18n import NOTHING, Text

_ALIKE = {errno.EDQUOT: errno.ENOSPC, errno.EPERM: errno.EACCES, errno.ENXIO: errno.ENODEV}
_WINDOWS = {
    32: errno.EBUSY,  # ERROR_SHARING_VIOLATION
    33: errno.EBUSY,  # ERROR_LOCK_VIOLATION
    21: errno.ENODEV,  # ERROR_NOT_READY
    1167: errno.ENODEV,  # ERROR_DEVICE_NOT_CONNECTED
    206: errno.ENAMETOOLONG,  # ERROR_FILENAME_EXCED_RANGE
}


@contextmanager
def in_words(path: Path, need: int = 0) -> Iterator[None]:
    """Return a context in which an OSError becomes `MachineTrouble` about `path`.

    `need` is the number of bytes that were to be written, 0 if that is not the point.
    """
    try:
        yield
    except OSError as error:
        raise trouble(error, path, need) from error


def trouble(error: OSError, path: Path, need: int = 0) -> MachineTrouble:
    """Return what happened to the file that the error names, or else to `path`, and what to do."""
    name = printable(error.filename2 or error.filename or path)
    code = _kind(error)
    if code == errno.ENOSPC:
        return _full(name, need)
    said = os.strerror(error.errno) if error.errno else str(error)
    number = f" (lỗi số {error.errno})" if error.errno else ""
    other = (
        Text(f"Máy không xử lý được {name}{number}.", f"{name} could not be handled ({said})."),
        Text("Hãy khởi động lại máy rồi làm lại.", "Restart the computer, then try again."),
    )
    return MachineTrouble(*_causes(name).get(code or 0, other))


def printable(name: object) -> str:
    """Return the name of a file in letters that any terminal and report can take."""
    return os.fsdecode(name).encode(errors="replace").decode() if isinstance(name, bytes | str) else str(name)


def _kind(error: OSError) -> int | None:
    """Return the number by which the cause is known here."""
    on_windows = getattr(error, "winerror", None)
    if on_windows in _WINDOWS:
        return _WINDOWS[on_windows]
    code = _ALIKE.get(error.errno or 0, error.errno)
    # Windows denies access to a file that a program has open.
    return errno.EBUSY if code == errno.EACCES and on_windows is not None else code


def _full(name: str, need: int) -> MachineTrouble:
    free = 0
    for folder in (Path(name), *Path(name).parents):
        try:
            free = shutil.disk_usage(folder).free
            break
        except OSError:
            continue
    wanted = Text(f"cần {_size(need).vi}, ", f"{_size(need).en} needed, ") if need else NOTHING
    missing = _size(max(need - free, 10_000_000))
    return MachineTrouble(
        Text(
            f"Ổ đĩa đã đầy, không ghi được {name}: {wanted.vi}còn trống {_size(free).vi}.",
            f"The disk is full, {name} cannot be written: {wanted.en}{_size(free).en} free.",
        ),
        Text(
            f"Hãy xóa bớt tệp không cần để có thêm ít nhất {missing.vi}, rồi làm lại.",
            f"Free at least {missing.en} more, then try again.",
        ),
    )


def _size(count: int) -> Text:
    if count < 100_000:
        return Text(f"{-(-count // 1000)} KB", f"{-(-count // 1000)} KB")
    number = f"{count / 1_000_000:.1f}"
    return Text(f"{number.replace('.', ',')} MB", f"{number} MB")


def _causes(name: str) -> dict[int, tuple[Text, Text]]:
    """Return what to say, and what to do, by the number of the error."""
    look = Text("Hãy xem lại tên thư mục và tên tệp.", "Check the names of the folder and the file.")
    move = Text(
        "Hãy đổi tên hoặc chuyển nó đi chỗ khác, rồi làm lại.", "Rename it or move it, then try again."
    )
    return {
        errno.EBUSY: (
            Text(f"Có chương trình khác đang mở {name}.", f"Another program has {name} open."),
            Text("Hãy đóng chương trình đó, rồi làm lại.", "Close that program, then try again."),
        ),
        errno.EROFS: (
            Text(f"Ổ đĩa chứa {name} chỉ cho đọc, không cho ghi.", f"The disk of {name} is read-only."),
            Text("Hãy gạt khóa trên thẻ nhớ, hoặc chép cả thư mục sang ổ khác rồi làm lại.",
                 "Unlock the memory card, or copy the whole folder to another disk and try again."),
        ),
        errno.EACCES: (
            Text(f"Máy không cho phép ghi {name}.", f"This computer does not allow writing {name}."),
            Text("Hãy xem quyền của thư mục ấy, hoặc chép cả dự án sang một thư mục của mình rồi làm lại.",
                 "Check who may write there, or copy the project into a folder of your own and try again."),
        ),
        errno.ENAMETOOLONG: (
            Text(f"Tên tệp dài quá: {name}.", f"The file name is too long: {name}."),
            Text("Hãy đặt tên ngắn hơn, hoặc chuyển dự án lên thư mục gần gốc ổ đĩa hơn.",
                 "Use a shorter name, or move the project to a folder nearer the top of the disk."),
        ),
        errno.ENODEV: (
            Text(f"Không thấy ổ đĩa chứa {name} nữa.", f"The disk of {name} is not there any more."),
            Text("Hãy cắm lại USB hoặc ổ đĩa ấy rồi làm lại.", "Plug that stick or disk in again and try again."),
        ),
        errno.EFBIG: (
            Text(f"Ổ đĩa không chứa được tệp lớn như {name}.", f"The disk cannot hold a file as large as {name}."),
            Text("USB kiểu FAT32 chỉ nhận tệp dưới 4 GB: dùng ổ khác, hoặc định dạng lại USB ấy kiểu exFAT.",
                 "A FAT32 stick takes files below 4 GB: use another disk, or format that stick as exFAT."),
        ),
        errno.EIO: (
            Text(f"Ổ đĩa không đọc hoặc ghi được {name}.", f"The disk failed to read or write {name}."),
            Text("Ổ đĩa có thể sắp hỏng: hãy sao lưu dự án sang ổ khác ngay, rồi làm tiếp ở đó.",
                 "The disk may be failing: copy the project to another disk now and go on there."),
        ),
        errno.ENOENT: (Text(f"Không tìm thấy {name}.", f"{name} was not found."), look),
        errno.EEXIST: (
            Text(f"Ở {name} đã có thứ khác cùng tên.", f"Something else stands at {name} already."), move
        ),
        errno.ENOTDIR: (
            Text(f"Trên đường tới {name} có một tệp ở chỗ phải là thư mục.",
                 f"On the way to {name} there is a file where a folder must be."), move
        ),
        errno.EISDIR: (
            Text(f"{name} là thư mục, ở đây phải là tệp.", f"{name} is a folder, not a file."), move
        ),
        errno.ESPIPE: (Text(f"{name} không phải là một tệp.", f"{name} is not a file."), move),
        errno.ELOOP: (Text(f"Lối tắt {name} dẫn vòng quanh.", f"The link {name} leads round in a circle."), move),
        errno.EINVAL: (Text(f"Ổ đĩa không nhận tên {name}.", f"The disk does not accept the name {name}."), look),
    }  # fmt: skip
