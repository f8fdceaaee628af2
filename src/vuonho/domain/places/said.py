"""What is said to somebody who wrote a place that is not, or is no longer: pairs of message and hint."""

from typing import TypeAlias

from vuonho.bilingual import NOTHING, Text
from vuonho.domain.places.table import FILE, Commune
from vuonho.domain.values import quoted

DISTRICTS = ("huyện", "quận", "thị xã", "thành phố", "huyen", "quan", "thi xa", "thanh pho", "tx.", "tp.")

Said: TypeAlias = tuple[Text, Text]
"""A message and its hint."""

_NEW = Text(
    f"Nếu là tên mới đặt sau này: cứ để vậy, trang ghi đúng như đã gõ; thêm một dòng vào {FILE} thì hết lưu ý này.",
    f"If it is a new name: leave it, the pages show it as typed; a line in {FILE} ends this warning.",
)


def is_district(wanted: str) -> bool:
    """Return whether a name in lower case begins with the kind of a district."""
    return wanted.startswith(tuple(f"{kind} " for kind in DISTRICTS))


def say_old_province(old: str, today: str) -> Said:
    """Return what to say of a province that was merged into another."""
    shown = quoted(old, 60)
    return (
        Text(
            f"{shown} đã nhập vào {today} từ ngày 1/7/2025.",
            f"{shown} became part of {today} on 1 July 2025.",
        ),
        Text(f"Hãy ghi: {today}.", f"Write: {today}."),
    )


def say_no_province(typed: str, near: str | None) -> Said:
    """Return what to say of a name that no province bears; `near` is the one that may be meant."""
    shown = quoted(typed, 60)
    meant = (
        Text(f"Có phải là {near}?", f"Is it {near}?")
        if near
        else Text("Ghi đủ dấu, ví dụ: Hà Tĩnh.", "Write it with its accents, such as: Hà Tĩnh.")
    )
    return (
        Text(
            f"Không có tỉnh, thành phố nào tên {shown} trong bảng của chương trình.",
            f"There is no province called {shown} in the program's table.",
        ),
        Text(
            f"{meant.vi} Nếu là tỉnh mới lập sau này: cứ để vậy; ghi tên ấy vào cột province trong {FILE} thì hết lưu ý này.",
            f"{meant.en} If it is a new province: leave it; its name in the column province of {FILE} ends this warning.",
        ),
    )


def say_district(typed: str) -> Said:
    """Return what to say of a district or an old town of district rank."""
    return (
        Text(
            f"{quoted(typed, 60)} là cấp huyện, không còn từ ngày 1/7/2025.",
            f"{quoted(typed, 60)} was a district; districts ended on 1 July 2025.",
        ),
        Text(
            "Chỗ này ghi xã hoặc phường hiện nay. Tên huyện cũ thì để sau, ghi vào dòng former trong village.yaml.",
            "Write today's commune here. The old district may come later, in the line `former` of village.yaml.",
        ),
    )


def say_former(typed: str, now: tuple[str, ...]) -> Said:
    """Return what to say of an older name: what the place belongs to today; where it was split, to which."""
    vi, en = " hoặc ".join(now), " or ".join(now)
    return (
        Text(f"{quoted(typed, 60)} là tên cũ, nay thuộc {vi}.", f"{quoted(typed, 60)} is an older name; it is in {en} now."),
        Text(f"Hãy ghi: {vi}. Tên cũ ghi sau, vào dòng former trong village.yaml.",
             f"Write: {en}. The old name may come later, in `former` of village.yaml."),
    )  # fmt: skip


def say_kind(typed: str, province: str, right: tuple[str, ...]) -> Said:
    """Return what to say where the name is right and the kind (xã, phường) is not."""
    vi, en = " hoặc ".join(right), " or ".join(right)
    return (
        Text(f"{quoted(typed, 60)} không có trong bảng của {province}.", f"{quoted(typed, 60)} is not in the table of {province}."),
        Text(f"Hãy ghi: {vi}. {_NEW.vi}", f"Write: {en}. {_NEW.en}"),
    )  # fmt: skip


def say_meant(typed: str, right: str) -> Said:
    """Return what to say of a name with its accents left out or wrong."""
    return (
        Text(
            f"{quoted(typed, 60)} thiếu dấu hoặc sai dấu.",
            f"The accents of {quoted(typed, 60)} are missing or wrong.",
        ),
        Text(f"Hãy ghi: {right}.", f"Write: {right}."),
    )


def say_longer(typed: str, right: str) -> Said:
    """Return what to say where district or province were written behind the commune."""
    return (
        Text(f"{quoted(typed, 60)} dài hơn tên xã.", f"{quoted(typed, 60)} says more than the commune."),
        Text(f"Chỉ ghi: {right}.", f"Write only: {right}."),
    )


def say_elsewhere(typed: str, home: str, where: tuple[str, ...], near: str | None) -> Said:
    """Return what to say of a commune that other provinces have and this one has not."""
    shown, places = quoted(typed, 60), ", ".join(where)
    maybe = Text(f"Có phải là {near}? ", f"Is it {near}? ") if near else NOTHING
    return (
        Text(f"{shown} không ở {home} mà ở {places}.", f"{shown} is not in {home} but in {places}."),
        Text(
            f"{maybe.vi}Nếu thôn ở tỉnh ấy: ghi tỉnh ấy ở --province khi init, hoặc ở dòng province trong site.yaml. Nếu là tên cũ: ghi xã hiện nay ở đây, tên cũ ghi sau, vào dòng former trong village.yaml. {_NEW.vi}",
            f"{maybe.en}If the village is there, name that province with --province at init, or in `province` of site.yaml. If the name is an old one, write today's here, and the old one later in `former` of village.yaml. {_NEW.en}",
        ),
    )


def say_unknown(typed: str, home: str, count: int, near: str | None) -> Said:
    """Return what to say of a name that no table has: a slip, an old name, or one given after the table."""
    shown = quoted(typed, 60)
    maybe = Text(f"Có phải là {near}? ", f"Is it {near}? ") if near else NOTHING
    return (
        Text(
            f"{shown} không có trong bảng {count} xã, phường của {home}.",
            f"{shown} is none of the {count} communes and wards of {home} that the program knows.",
        ),
        Text(
            f"{maybe.vi}Nếu là tên cũ: hỏi UBND xã hoặc tra danhmuchanhchinh.nso.gov.vn để ghi tên hiện nay; tên cũ "
            f"ghi sau, vào dòng former trong village.yaml. {_NEW.vi}",
            f"{maybe.en}If it is an old name, ask the commune office or look in danhmuchanhchinh.nso.gov.vn for today's; "
            f"the old one may come later, in `former` of village.yaml. {_NEW.en}",
        ),
    )


def say_code(code: str, near: Commune | None) -> Said:
    """Return what to say of a code that no table has; `near` is the commune with the next one."""
    maybe = (
        Text(f"Có phải là {near.code} ({near.full_name})? ", f"Is it {near.code} ({near.full_name})? ")
        if near
        else NOTHING
    )
    return (
        Text(f"Không có xã, phường nào mang mã {quoted(code, 20)}.", f"No commune has the code {quoted(code, 20)}."),
        Text(
            f"{maybe.vi}Ghi tên xã thay cho mã, hoặc thêm mã ấy cùng tên xã vào {FILE}.",
            f"{maybe.en}Write the commune's name instead, or add code and name to {FILE}.",
        ),
    )  # fmt: skip


def reused_name(full_name: str, now: str) -> Text:
    """Return the warning for a ward of today that bears the name of another, older one."""
    return Text(
        f"{full_name} hiện nay không phải là phường cũ cùng tên: phường cũ nay thuộc {now}.",
        f"Today's {full_name} is not the old ward of that name: the old one is now in {now}.",
    )
