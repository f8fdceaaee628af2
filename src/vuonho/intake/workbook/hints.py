"""What the comment of a heading says: what to write, with an example."""

from types import MappingProxyType
from typing import Final

from vuonho.bilingual import Text
from vuonho.intake.workbook.plan import VILLAGE, Column

_EXAMPLES = MappingProxyType({
    "code": Text("Bỏ trống nếu là hộ mới.", "Leave empty for a new household."),
    "day": Text("Ghi ngày trước: 2/11/2026.", "The day first: 2/11/2026."),
    "year": Text("Bốn chữ số: 2015.", "Four digits: 2015."),
    "months": Text("Ví dụ: 8, 9 hoặc 8-10 hoặc quanh năm.", "For example: 8, 9 or 8-10 or all year."),
    "area": Text("Ví dụ: 1800 (m²), 3 sào hoặc 0,2 ha.", "For example: 1800 (m²), 3 sào or 0.2 ha."),
    "count": Text("Một số nguyên, không kèm chữ.", "A whole number, without words."),
    "price": Text("Số tiền, ví dụ: 35000.", "An amount, such as 35000."),
    "stars": Text("3, 4 hoặc 5.", "3, 4 or 5."),
    "phone": Text("Đủ 10 chữ số, ví dụ: 0570 012 345.", "All 10 digits, such as 0570 012 345."),
    "position": Text("Ví dụ: 18.1261, 105.7612.", "For example: 18.1261, 105.7612."),
    "yes_no": Text("Có hoặc Không.", "Yes (Có) or no (Không)."),
    "url": Text("Nhiều trang thì cách nhau bằng dấu ;", "Separate several pages by ;"),
})  # fmt: skip
_TICK: Final = Text(
    "Có: gia đình cho hiện. Không: không cho. Hỏi từng mục, đừng tự điền thay.",
    "Có: the family allows it. Không: it does not. Ask for each; never answer for them.",
)
_SEVERAL: Final = Text("Chọn được nhiều, cách nhau bằng dấu ;", "Several may be given, separated by ;")
_VILLAGE: Final = Text("Chọn thôn trong danh sách.", "Choose the village from the list.")
_OWNER: Final = Text("Hộ của dòng này: ghi mã, hoặc tên vườn.", "Whose row this is: the code, or the name.")
_REQUIRED: Final = Text("Cần có.", "Required.")


def hint(column: Column) -> str:
    """Return the words of a comment: Vietnamese first, English below."""
    said = _said(column)
    vi = " ".join(text.vi for text in said if text.vi)
    en = " ".join(text.en for text in said if text.en)
    return f"{column.heading.vi}\n{vi}".strip() + f"\n\n{column.heading.en}\n{en}".rstrip()


def _said(column: Column) -> list[Text]:
    field = column.field
    if column.is_owner:
        return [_OWNER]
    if field is VILLAGE:
        return [_REQUIRED, _VILLAGE]
    if column.word:
        return [_TICK]
    said = [_REQUIRED] if column.is_required else []
    if field.help.vi:
        said.append(Text(f"{field.help.vi}.", f"{field.help.en}."))
    if field.kind in _EXAMPLES:
        said.append(_EXAMPLES[field.kind])
    if field.several and field.words:
        labels = Text("; ".join(word.label.vi for word in field.words), "; ".join(word.label.en for word in field.words))
        said += [_SEVERAL, Text(f"{labels.vi}.", f"{labels.en}.")]
    if field.most and not field.several:
        said.append(Text(f"Tối đa {field.most} chữ.", f"{field.most} characters at most."))
    return said
