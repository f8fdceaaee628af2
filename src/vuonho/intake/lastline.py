"""The last line of a profile: `checked`, so that a file that was cut off is noticed by its absence."""

from vuonho.bilingual import Text
from vuonho.domain.findings import Finding
from vuonho.domain.values import quoted
from vuonho.errors import Severity
from vuonho.intake.tree import Mapping

LAST = "checked"


def check_last(tree: Mapping) -> Finding | None:
    """Return a warning that names the last key, if a profile has `checked` and does not end with it."""
    last = tree.entries[-1].key if tree.entries else LAST
    if last == LAST or tree.get(LAST) is None:
        return None
    return Finding(
        last,
        Text(f"{LAST} phải là dòng cuối; sau nó còn {quoted(last)}.",
             f"{LAST} must be the last line; {quoted(last)} stands after it."),
        Text(f"Chuyển dòng {LAST} xuống cuối: tệp bị cắt cụt thì thiếu dòng này, máy mới biết.",
             f"Move the line {LAST} to the end: a file that was cut off is known by its absence."),
        Severity.WARNING,
    )  # fmt: skip
