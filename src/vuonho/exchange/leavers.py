"""Families that left: an import neither takes one off nor brings one back."""

import re
from collections.abc import Mapping

from vuonho.bilingual import Text
from vuonho.domain.fold import key
from vuonho.domain.register.register import MOVED, WITHDRAWN, Register
from vuonho.domain.schema.meaning import is_nothing, same
from vuonho.domain.slug import file_stem
from vuonho.errors import Refused
from vuonho.exchange.lookup import day_of, value_at
from vuonho.exchange.matching import Match
from vuonho.exchange.project import Project, values_of
from vuonho.intake.incoming import LEFT
from vuonho.intake.profile import Profile
from vuonho.intake.tree import Plain


def check_leavers(match: Match, ours: Mapping[str, Plain], register: Register) -> None:
    """Raise Refused where something would publish a family that left, or take one off without its register.

    An old workbook or form still holds what a family has taken back since; it is never put back by itself.
    """
    told = match.incoming.values
    row = register.by_code.get(match.code)
    has_left = _leaves(ours) or (row is not None and row.status in (WITHDRAWN, MOVED))
    if has_left and not _leaves(told) and _says_more(told, ours) and not comes_back(match, ours, register):
        raise Refused(
            Text(f"Hộ {match.code} đã rút hoặc đã chuyển sang mã khác; tệp này còn dữ liệu cũ của gia đình.",
                 f"The household {match.code} has withdrawn or moved; this file still holds the family's old data."),
            Text("Xóa dòng của hộ ấy khỏi tệp. Gia đình đồng ý lại thì hỏi lại từng mục, ghi ngày đồng ý mới, sau ngày rút.",
                 "Take its row out of the file. If the family joins again, ask anew and write the new day of consent, after it left."),
        )  # fmt: skip
    if _leaves(told) and not has_left:
        raise Refused(
            Text("Tệp ghi hộ này đã rút hoặc đã chuyển mã.", "The file says that this household withdrew or moved."),
            Text(f"Chạy: vuonho withdraw {match.code or 'MÃ'}; lệnh ấy ghi cả vào sổ mã.",
                 f"Run: vuonho withdraw {match.code or 'CODE'}; that enters it into the register too."),
        )  # fmt: skip


def comes_back(match: Match, ours: Mapping[str, Plain], register: Register) -> bool:
    """Tell whether what came in holds a consent from after the day on which the family left.

    On that day itself it must be another one than the profile still has.
    """
    told, row = match.incoming.values, register.by_code.get(match.code)
    left = day_of(ours.get("withdrawn")) or (row.left_on if row else None)
    given, before = (day_of(value_at(values, "consent", "given")) for values in (told, ours))
    if given is None or left is None or _leaves(told):
        return False
    return given > left or (before is not None and before < given == left)


def check_return(match: Match, project: Project) -> None:
    """Raise Refused where a new household seems to be a family that left, told before it did.

    A phone sends its form again, and a filled workbook lies about; neither has a code. What is left of an erased
    family is the name of its file in the register. A consent of a later day is a family that joins again.
    """
    given = day_of(value_at(match.incoming.values, "consent", "given"))
    for row in project.register.rows:
        if row.status != WITHDRAWN or row.profile.partition("/")[0] != match.place.slug:
            continue
        profile = next((one for one in project.profiles if one.code == row.code), None)
        if not (_is_alike(row.profile, match) or _has_name(profile, match.incoming.name)):
            continue
        left = day_of(values_of(profile).get("withdrawn")) if profile else None
        if given is not None and left is not None and given > left:
            continue
        day = f" ngày {left.day}/{left.month}/{left.year}" if left else ""
        raise Refused(
            Text(f"“{match.incoming.name}” giống hộ {row.code} đã rút{day}; phiếu này ghi từ trước đó.",
                 f"“{match.incoming.name}” looks like the household {row.code}, which withdrew"
                 f"{f' on {left.isoformat()}' if left else ''}; this form is from before."),
            Text("Bỏ hộ này khỏi tệp. Gia đình xin tham gia lại thì hỏi lại từng mục và ghi ngày đồng ý mới; nhà khác thì mở bằng vuonho new.",
                 "Take it out of the file. If the family joins again, ask anew and write the new day of consent; "
                 "another household is begun with vuonho new."),
        )  # fmt: skip


def _is_alike(path: str, match: Match) -> bool:
    """Tell whether a file is named for a household of that name, or for most of it."""
    known = path.rpartition("/")[2].removesuffix(".yaml").lower()
    name, bare = file_stem(match.incoming.name), re.sub(r"-\d+$", "", known)
    shorter, longer = sorted((bare, name), key=len)
    return name in (known, bare) or ("-" in shorter and f"-{shorter}-" in f"-{longer}-")


def _has_name(profile: Profile | None, name: str) -> bool:
    known = values_of(profile).get("name") if profile else None
    return isinstance(known, str) and key(known) == key(name)


def _leaves(values: Mapping[str, Plain]) -> bool:
    return any(not is_nothing(values.get(key)) for key in LEFT)


def _says_more(told: Mapping[str, Plain], ours: Mapping[str, Plain]) -> bool:
    """Tell whether anything came in beyond what is known and beyond code and days."""
    beyond = (key for key in told if key not in ("code", "checked", *LEFT))
    return any(not is_nothing(told[key]) and not same((key,), ours.get(key), told[key]) for key in beyond)
