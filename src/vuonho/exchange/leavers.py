"""Families that left: an import neither takes one off nor brings one back."""

from collections.abc import Mapping

from vuonho.bilingual import Text
from vuonho.domain.register.register import MOVED, WITHDRAWN, Register
from vuonho.domain.schema.meaning import is_nothing, same
from vuonho.errors import Refused
from vuonho.exchange.matching import Match
from vuonho.intake.incoming import LEFT
from vuonho.intake.tree import Plain


def check_leavers(match: Match, ours: Mapping[str, Plain], register: Register) -> None:
    """Raise Refused where something would publish a family that left, or take one off without its register.

    An old workbook or form still holds what a family has taken back since; it is never put back by itself.
    """
    told = match.incoming.values
    row = register.by_code.get(match.code)
    has_left = _leaves(ours) or (row is not None and row.status in (WITHDRAWN, MOVED))
    if has_left and not _leaves(told) and _says_more(told, ours):
        raise Refused(
            Text(f"Hộ {match.code} đã rút hoặc đã chuyển sang mã khác; tệp này còn dữ liệu cũ của gia đình.",
                 f"The household {match.code} has withdrawn or moved; this file still holds the family's old data."),
            Text("Xóa dòng của hộ ấy khỏi tệp. Gia đình muốn tham gia lại thì lập hồ sơ mới (để trống ô mã).",
                 "Take its row out of the file. If the family joins again, make a new profile (leave the code empty)."),
        )  # fmt: skip
    if _leaves(told) and not has_left:
        raise Refused(
            Text("Tệp ghi hộ này đã rút hoặc đã chuyển mã.", "The file says that this household withdrew or moved."),
            Text(f"Chạy: vuonho withdraw {match.code or 'MÃ'}; lệnh ấy ghi cả vào sổ mã.",
                 f"Run: vuonho withdraw {match.code or 'CODE'}; that enters it into the register too."),
        )  # fmt: skip


def _leaves(values: Mapping[str, Plain]) -> bool:
    return any(not is_nothing(values.get(key)) for key in LEFT)


def _says_more(told: Mapping[str, Plain], ours: Mapping[str, Plain]) -> bool:
    """Tell whether anything came in beyond what is known and beyond code and days."""
    beyond = (key for key in told if key not in ("code", "checked", *LEFT))
    return any(not is_nothing(told[key]) and not same((key,), ours.get(key), told[key]) for key in beyond)
