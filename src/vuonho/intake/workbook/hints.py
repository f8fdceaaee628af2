"""What the comment of a heading says: what to write, with an example, Vietnamese first."""

from typing import Final

from vuonho.bilingual import Text
from vuonho.domain.outline import Field
from vuonho.intake.workbook.plan import VILLAGE, Column

_TICK: Final = Text(
    "Có: gia đình cho hiện. Không: không cho. Hỏi từng mục, đừng tự điền thay.",
    "Có: the family allows it. Không: it does not. Ask for each; never answer for them.",
)
_SEVERAL: Final = Text("Ghi được nhiều, cách nhau bằng dấu ;", "Several may be given, separated by ;")
_VILLAGE: Final = Text("Chọn thôn trong danh sách.", "Choose the village from the list.")
_NEW: Final = Text("Hộ mới thì bỏ trống.", "Leave it empty for a new household.")
_OWNER: Final = Text("Của hộ nào: ghi mã, hoặc tên vườn.", "Whose it is: write the code, or the name.")
_REQUIRED: Final = Text("Cần có.", "Required.")


def hint(column: Column) -> str:
    """Return the words of a comment."""
    said = list(_said(column))
    vi, en = " ".join(text.vi for text in said), " ".join(text.en for text in said)
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
    said += [field.advice] if field.advice.vi else []
    said += [_NEW] if field.kind == "code" and column.path == ("code",) else []
    return [*said, *_several(field)]


def _several(field: Field) -> list[Text]:
    if not field.several:
        return []
    if not field.words:
        return [_SEVERAL]
    vi = "; ".join(word.label.vi for word in field.words)
    en = "; ".join(word.label.en for word in field.words)
    return [_SEVERAL, Text(f"{vi}.", f"{en}.")]
