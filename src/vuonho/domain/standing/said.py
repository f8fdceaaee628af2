"""The words of the dashboard that terminal and paper share."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from vuonho.bilingual import NOTHING, Text
from vuonho.domain.standing.standing import Backup, Counts, Home, Standing
from vuonho.domain.values import say_day as say_day  # noqa: PLC0414 - all words of a standing are found here

HEADINGS: Final = (
    Text("Thôn", "Village"),
    Text("Hộ", "Homes"),
    Text("Đủ hồ sơ", "Complete"),
    Text("Thiếu ảnh", "No photo"),
    Text("Chưa đồng ý", "No consent"),
    Text("Đã in", "Printed"),
    Text("In lại", "Reprint"),
    Text("OCOP sắp\nhết hạn", "OCOP\nending"),
)
"""The columns of the table: the village, then the figures of `figures`; one heading has two lines."""
TOTAL: Final = Text("Cả dự án", "All villages")
OCOP_NOTE: Final = Text(
    "OCOP sắp hết hạn: số hộ có sản phẩm hết hạn trong 90 ngày tới hoặc đã hết hạn.",
    "OCOP ending: households with a grade that runs out within 90 days or has run out.",
)
LACKING: Final = Text("Hồ sơ còn thiếu", "Profiles not complete yet")
NOBODY: Final = Text("Chưa có hộ nào. Làm tiếp: vuonho consent, rồi vuonho form.",
                     "There is no household yet. Next: vuonho consent, then vuonho form.")  # fmt: skip
ALL_COMPLETE: Final = Text("Hồ sơ nào cũng đủ.", "Every profile is complete.")
NOTHING_TO_DO: Final = Text("Không có việc gì.", "Nothing to do.")
FILLED: Final = Text("Đã có", "Filled in")
BESIDES: Final = Text("Ngoài ra", "Besides")
PROFILES: Final = Text("Hồ sơ", "Profiles")
SITE: Final = Text("Trang", "Site")
BACKUP: Final = Text("Sao lưu", "Backup")
NOTE: Final = Text("Lưu ý", "Note")
FOR_ALL: Final = Text("Việc chung, bí thư đoàn làm", "For the whole project, by the youth union secretary")

HOMES: Final = Text("hộ", "household")
FILES: Final = Text("tệp", "file")
ERRORS: Final = Text("lỗi", "error")
CODES: Final = Text("mã", "code")
VILLAGES: Final = Text("thôn", "village")


def figures(counts: Counts) -> tuple[int, ...]:
    """Return the figures of a line of the table, in the order of HEADINGS."""
    return (
        counts.households, counts.complete, counts.without_photo, counts.without_consent,
        counts.printed, counts.to_reprint, counts.ocop,
    )  # fmt: skip


def say_count(count: int, unit: Text) -> Text:
    """Return so many of something; the English unit is one that takes an s."""
    return Text(f"{count} {unit.vi}", f"{count} {unit.en}{'s' * (count != 1)}")


def say_more(count: int, unit: Text) -> Text:
    """Return that so many are not named."""
    return Text(f"… và {count} {unit.vi} nữa", f"… and {count} more")


def say_line(line: int | None) -> Text:
    """Return where in a file, or nothing where the whole file is meant."""
    return Text(f"dòng {line}", f"line {line}") if line else NOTHING


def listed(words: Iterable[Text]) -> Text:
    """Return words with commas between them."""
    found = tuple(words)
    return Text(", ".join(word.vi for word in found), ", ".join(word.en for word in found))


def say_state(home: Home) -> Text:
    """Return in words what keeps a household from being complete; nothing where it is."""
    where = Text(f" ở dòng {home.line}", f" on line {home.line}") if home.line else NOTHING
    if not home.is_readable:
        return Text(f"chưa đọc được: lỗi{where.vi}", f"cannot be read: an error{where.en}")
    lacks, errors = listed(lack.words for lack in home.lacks), say_count(home.errors, ERRORS)
    found = [Text(f"thiếu {lacks.vi}", f"lacks {lacks.en}")] if home.lacks else []
    if home.errors:
        found.append(Text(f"{errors.vi}{where.vi}", f"{errors.en}{where.en}"))
    return Text("; ".join(one.vi for one in found), "; ".join(one.en for one in found))


def say_complete(counts: Counts) -> Text:
    """Return how many of all households are complete."""
    homes = say_count(counts.households, HOMES)
    return Text(
        f"{counts.complete}/{homes.vi} ({counts.percent} %)",
        f"{counts.complete} of {homes.en} ({counts.percent} %)",
    )


def say_left(standing: Standing) -> Text:
    """Return how many households left, whom no other figure counts; nothing where none did."""
    count = sum(len(village.left) for village in standing.villages)
    homes = say_count(count, HOMES)
    return (
        Text(
            f"{homes.vi} đã rút hoặc chuyển, không tính ở trên",
            f"{homes.en} left or moved, not counted above",
        )
        if count
        else NOTHING
    )


def say_errors(standing: Standing) -> Text:
    """Return how many errors there are and where to look."""
    notes = standing.notes
    more = Text(f", {notes} lưu ý", f", {notes} note{'s' * (notes != 1)}") if notes else NOTHING
    if not standing.faulty:
        return Text(f"không có lỗi{more.vi}", f"no error{more.en}")
    errors, files = say_count(standing.errors, ERRORS), say_count(len(standing.faulty), FILES)
    return Text(
        f"{errors.vi} trong {files.vi}{more.vi}; xem: vuonho check",
        f"{errors.en} in {files.en}{more.en}; see: vuonho check",
    )


def say_site(standing: Standing, behind: int) -> Text:
    """Return whether the built site says what the profiles say; `behind` households are shown otherwise or not yet."""
    if not standing.is_built:
        return Text(
            "chưa dựng, hoặc không rõ dựng từ hồ sơ nào", "not built, or nobody knows from which profiles"
        )
    if standing.still_shown:
        count = say_count(len(standing.still_shown), HOMES)
        return Text(f"còn hiện {count.vi} đã rút", f"still shows {count.en} that left")
    if behind:
        count = say_count(behind, HOMES)
        return Text(
            f"{count.vi} mới hoặc đã sửa từ lần dựng trước", f"{count.en} new or changed since it was built"
        )
    if standing.is_stale:
        return Text("cài đặt đã sửa từ lần dựng trước", "settings changed since it was built")
    return Text("đúng với hồ sơ", "says what the profiles say")


def say_backup(backup: Backup, today: date) -> Text:
    """Return how old the last backup is, and whether anything changed since."""
    if backup.day is None:
        return Text("chưa lần nào", "never made")
    days = (today - backup.day).days
    day = say_day(backup.day)
    ago = (
        Text("hôm nay", "today")
        if days <= 0
        else Text(f"{days} ngày trước ({day.vi})", f"{say_count(days, Text('', 'day')).en} ago ({day.en})")
    )
    if backup.is_old:
        return Text(f"{ago.vi}; hồ sơ đã sửa từ đó", f"{ago.en}; profiles changed since")
    return Text(f"{ago.vi}; từ đó chưa sửa gì", f"{ago.en}; nothing changed since")
