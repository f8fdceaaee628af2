"""What is said of a file that the phone form did not write so: (what is wrong, what to do)."""

from typing import Final, TypeAlias

from vuonho.bilingual import Text
from vuonho.domain.schema.scalars import NOT_ONE_VALUE
from vuonho.domain.values import quoted

Said: TypeAlias = tuple[Text, Text]

_AGAIN: Final = Text(
    "Mở phiếu trên điện thoại, bấm “Gửi về tổ” và gửi lại tệp.",
    "Open the form on the phone, tap “Send to the team”, and send the file again.",
)
_LEAVE_ALONE: Final = Text(
    "Tệp của phiếu không nên sửa bằng tay; xin gửi lại từ điện thoại.",
    "A file of the form is not to be changed by hand; send it from the phone again.",
)
_FEWER: Final = Text(
    "Trên điện thoại, chọn bớt hộ và gửi làm nhiều lần.",
    "On the phone, choose fewer households and send several times.",
)

NOT_A_FORM: Final = (
    Text("Đây không phải tệp của phiếu trên điện thoại.", "This is not a file of the phone form."),
    Text("Tệp của phiếu tên là vuonho-….txt; xem lại có chọn nhầm tệp không.",
         "Files of the form are called vuonho-….txt; see whether this is the right one."),
)  # fmt: skip
CUT_SHORT: Final = (
    Text("Tệp bị cắt cụt: thiếu phần cuối.", "The file is cut off: its end is missing."),
    _AGAIN,
)
OTHER_VERSION: Final = (
    Text("Phiếu này thuộc một bản khác, bản vuonho trên máy này không đọc được.",
         "This form is of another version, which the vuonho on this computer cannot read."),
    Text("Cập nhật vuonho rồi chạy lại; hoặc làm phiếu mới bằng lệnh vuonho form.",
         "Update vuonho and run again; or make a new form with vuonho form."),
)  # fmt: skip
NO_HOUSEHOLDS: Final = (Text("Trong tệp không có hộ nào.", "There is no household in the file."), _AGAIN)
NO_HOUSEHOLD: Final = (
    Text("Chỗ này cần một hộ, không phải chữ.", "A household is wanted here, not a text."),
    _LEAVE_ALONE,
)
NOT_A_LINE: Final = (NOT_ONE_VALUE, _LEAVE_ALONE)
DAMAGED: Final = (
    Text("Phần ảnh của tệp bị hỏng từ dòng này.", "From this line on the photos of the file are damaged."),
    _AGAIN,
)


def too_large(size: int, most: int) -> Said:
    """Return what is said of a file of so many bytes."""
    weight, limit = round(size / 1e6), round(most / 1e6)
    return (
        Text(f"Tệp nặng {weight} MB, tối đa {limit} MB.", f"The file is {weight} MB; {limit} MB is the most."),
        _FEWER,
    )  # fmt: skip


def too_many(count: int, most: int) -> Said:
    """Return what is said of so many households."""
    return (
        Text(f"Có {count} hộ, tối đa {most} hộ một tệp.", f"{count} households; {most} a file at most."),
        _FEWER,
    )  # fmt: skip


def too_many_pictures(most: int) -> Said:
    """Return what is said of more photos than a file may have."""
    return Text(f"Nhiều hơn {most} ảnh trong một tệp.", f"More than {most} photos in one file."), _AGAIN


def unknown(key: str) -> Said:
    """Return what is said of a key that the form does not write."""
    return (
        Text(f"Phiếu không có mục {quoted(key)}.", f"The form has no entry {quoted(key)}."),
        _LEAVE_ALONE,
    )


def odd_name(name: str) -> Said:
    """Return what is said of a photo's name that may mean a path, or a device."""
    return (
        Text(f"Tên ảnh {quoted(name)} không phải do phiếu đặt.", f"The photo's name {quoted(name)} is not the form's."),
        _LEAVE_ALONE,
    )  # fmt: skip


def missing(name: str) -> Said:
    """Return what is said of a photo that is named and did not come along."""
    return Text(f"Thiếu ảnh {name} trong tệp.", f"The photo {name} is not in the file."), _AGAIN


def unused(name: str) -> Said:
    """Return what is said of a photo that belongs to nobody."""
    return Text(f"Ảnh {name} không thuộc hộ nào.", f"The photo {name} belongs to no household."), _LEAVE_ALONE


def twice(name: str) -> Said:
    """Return what is said of a photo's name that stands twice."""
    return Text(f"Ảnh {name} có hai lần.", f"The photo {name} is there twice."), _LEAVE_ALONE


def broken_picture(name: str) -> Said:
    """Return what is said of a photo whose bytes are not as many, or not such, as the form wrote."""
    return Text(f"Ảnh {name} bị hỏng trên đường gửi.", f"The photo {name} was damaged on its way."), _AGAIN


def picture_too_large(name: str, most: int) -> Said:
    """Return what is said of a photo that the form would have made smaller."""
    limit = round(most / 1e6)
    return (
        Text(f"Ảnh {name} nặng quá {limit} MB.", f"The photo {name} is over {limit} MB."),
        _LEAVE_ALONE,
    )
