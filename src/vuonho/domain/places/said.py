"""What is said to somebody who wrote a place that is not, or is no longer: pairs of message and hint."""

from vuonho.bilingual import NOTHING, Text
from vuonho.domain.values import quoted

DISTRICTS = ("huyện", "quận", "thị xã", "thành phố", "huyen", "quan", "thi xa", "thanh pho", "tx.", "tp.")

# The 29 provinces that ended on 2025-07-01 and where each went (Resolution 202/2025/QH15); none was split.
ABOLISHED = (
    ("Hà Giang", "Tuyên Quang"),
    ("Yên Bái", "Lào Cai"),
    ("Bắc Kạn", "Thái Nguyên"),
    ("Vĩnh Phúc", "Phú Thọ"),
    ("Hòa Bình", "Phú Thọ"),
    ("Bắc Giang", "Bắc Ninh"),
    ("Thái Bình", "Hưng Yên"),
    ("Hải Dương", "Hải Phòng"),
    ("Hà Nam", "Ninh Bình"),
    ("Nam Định", "Ninh Bình"),
    ("Quảng Bình", "Quảng Trị"),
    ("Quảng Nam", "Đà Nẵng"),
    ("Kon Tum", "Quảng Ngãi"),
    ("Bình Định", "Gia Lai"),
    ("Ninh Thuận", "Khánh Hòa"),
    ("Đắk Nông", "Lâm Đồng"),
    ("Bình Thuận", "Lâm Đồng"),
    ("Phú Yên", "Đắk Lắk"),
    ("Bình Dương", "Hồ Chí Minh"),
    ("Bà Rịa - Vũng Tàu", "Hồ Chí Minh"),
    ("Bình Phước", "Đồng Nai"),
    ("Long An", "Tây Ninh"),
    ("Sóc Trăng", "Cần Thơ"),
    ("Hậu Giang", "Cần Thơ"),
    ("Bến Tre", "Vĩnh Long"),
    ("Trà Vinh", "Vĩnh Long"),
    ("Tiền Giang", "Đồng Tháp"),
    ("Bạc Liêu", "Cà Mau"),
    ("Kiên Giang", "An Giang"),
)


def is_district(wanted: str) -> bool:
    """Return whether a name in lower case begins with the kind of a district."""
    return wanted.startswith(tuple(f"{kind} " for kind in DISTRICTS))


def say_old_province(old: str, today: str) -> tuple[Text, Text]:
    """Return what to say of a province that was merged into another."""
    return (
        Text(f"{old} đã nhập vào {today} từ ngày 1/7/2025.", f"{old} became part of {today} on 1 July 2025."),
        Text(f"Hãy ghi: {today}.", f"Write: {today}."),
    )


def say_no_province(typed: str, near: str | None) -> tuple[Text, Text]:
    """Return what to say of a name that no province bears; `near` is the one that may be meant."""
    shown = quoted(typed, 60)
    return (
        Text(f"Không có tỉnh, thành phố nào tên {shown}.", f"There is no province called {shown}."),
        Text(f"Có phải là {near}?", f"Is it {near}?")
        if near
        else Text("Ghi đủ dấu, ví dụ: Hà Tĩnh.", "Write it with its accents, such as: Hà Tĩnh."),
    )


def say_district(typed: str) -> tuple[Text, Text]:
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


def say_kind(typed: str, province: str, right: tuple[str, ...]) -> tuple[Text, Text]:
    """Return what to say where the name is right and the kind (xã, phường) is not, or is needed."""
    vi, en = " hoặc ".join(right), " or ".join(right)
    return (
        Text(f"{province} không có {quoted(typed, 60)}.", f"{province} has no {quoted(typed, 60)}."),
        Text(f"Hãy ghi: {vi}.", f"Write: {en}."),
    )


def say_meant(typed: str, right: str) -> tuple[Text, Text]:
    """Return what to say of a name with its accents left out or wrong."""
    return (
        Text(
            f"{quoted(typed, 60)} thiếu dấu hoặc sai dấu.",
            f"The accents of {quoted(typed, 60)} are missing or wrong.",
        ),
        Text(f"Hãy ghi: {right}.", f"Write: {right}."),
    )


def say_longer(typed: str, right: str) -> tuple[Text, Text]:
    """Return what to say where district or province were written behind the commune."""
    return (
        Text(f"{quoted(typed, 60)} dài hơn tên xã.", f"{quoted(typed, 60)} says more than the commune."),
        Text(f"Chỉ ghi: {right}.", f"Write only: {right}."),
    )


def say_elsewhere(typed: str, home: str, where: tuple[str, ...], near: str | None) -> tuple[Text, Text]:
    """Return what to say of a commune that other provinces have and this one has not."""
    shown, places = quoted(typed, 60), ", ".join(where)
    maybe = Text(f" Hay là {near}?", f" Or is it {near}?") if near else NOTHING
    return (
        Text(f"{shown} không ở {home} mà ở {places}.", f"{shown} is not in {home} but in {places}."),
        Text(
            f"Nếu thôn ở tỉnh ấy: ghi tỉnh ấy ở --province khi init, hoặc ở dòng province trong site.yaml. Nếu là tên cũ: ghi xã hiện nay ở đây, tên cũ ghi sau, vào dòng former trong village.yaml.{maybe.vi}",
            f"If the village is there, name that province with --province at init, or in `province` of site.yaml. If the name is an old one, write today's here, and the old one later in `former` of village.yaml.{maybe.en}",
        ),
    )


def say_unknown(typed: str, home: str, count: int, near: str | None) -> tuple[Text, Text]:
    """Return what to say of a name or code that no commune of today bears: a slip, or an old name."""
    shown = quoted(typed, 60)
    maybe = Text(f" Tên gần giống: {near}.", f" A name like it: {near}.") if near else NOTHING
    return (
        Text(
            f"{shown} không có trong {count} xã, phường hiện nay của {home}.",
            f"{shown} is none of the {count} communes and wards of {home} today.",
        ),
        Text(
            "Nếu là tên trước ngày 1/7/2025, xã ấy có thể đã nhập vào nơi khác: hỏi UBND xã hoặc tra "
            f"danhmuchanhchinh.gso.gov.vn để ghi tên hiện nay; tên cũ ghi sau, vào dòng former trong village.yaml.{maybe.vi}",
            "If it is a name from before 1 July 2025, it may have become part of another commune: ask the "
            "commune office or look in danhmuchanhchinh.gso.gov.vn for today's name; the old one may come "
            f"later, in `former` of village.yaml.{maybe.en}",
        ),
    )


def reused_name(full_name: str) -> Text:
    """Return the warning for a ward of today that bears the name of another, older one."""
    return Text(
        f"{full_name} hiện nay không phải là phường cũ cùng tên: phường cũ nay thuộc Phường Thành Sen.",
        f"Today's {full_name} is not the old ward of that name: the old one is now in Phường Thành Sen.",
    )
