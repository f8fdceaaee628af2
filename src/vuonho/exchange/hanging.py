"""Codes that came in and the register does not know: of plaques that hang, where a village lost its register.

Nobody but a person who stands at the gate can tell such a code from a slip, so a person is asked, once for all.
"""

from collections.abc import Container, Sequence

from vuonho.bilingual import Text
from vuonho.domain.codes import parse_code
from vuonho.domain.schema.meaning import is_nothing
from vuonho.errors import Refused
from vuonho.exchange.project import Project
from vuonho.intake.incoming import LEFT, Incoming
from vuonho.intake.profile import Profile


def unknown_codes(project: Project, incoming: Sequence[Incoming]) -> dict[str, str]:
    """Return the codes that neither register nor profiles have, with the name that came along.

    Codes that are none, and those of families that left, are passed over.
    """
    known = {profile.code for profile in project.profiles} | set(project.register.by_code)
    told = ((_code(one), one.name) for one in incoming if not _leaves(one))
    return {code: name for code, name in told if code and code not in known}


def ask_about(unknown: dict[str, str]) -> Text:
    """Return the question whether plaques of these codes hang at the gates."""
    if len(unknown) == 1:
        ((code, name),) = unknown.items()
        return Text(
            f"Mã {code} chưa có trong sổ của máy này. Biển đang treo ở nhà “{name}” ghi đúng mã này phải không?",
            f"The register of this computer does not have the code {code}. Is it the one on the plaque at “{name}”?",
        )
    lines = "".join(f"  {code}  {name}\n" for code, name in unknown.items())
    return Text(
        f"{len(unknown)} mã chưa có trong sổ của máy này:\n{lines}Biển đang treo ở từng nhà ghi đúng mã ấy phải không?",
        f"The register of this computer does not have {len(unknown)} codes:\n{lines}Are they those on the plaques at "
        "these gates?",
    )


def refuse_stranger(code: str, incoming: Incoming, kept: Container[str]) -> None:
    """Raise Refused for a code that nobody has said to hang at the gate, and for that of a family that left."""
    if _leaves(incoming):
        raise Refused(
            Text(f"Mã {code} không có trong sổ codes.csv, mà tệp ghi hộ này đã rút hoặc đã chuyển mã.",
                 f"The code {code} is not in the register codes.csv, and the file says that this household withdrew or moved."),
            Text(f'Bỏ dòng này khỏi tệp. Biển cũ còn treo thì chạy: vuonho new "Hộ đã rút" --code {code}, rồi vuonho withdraw {code}.',
                 f'Take this row out of the file. If the old plaque still hangs, run: vuonho new "Withdrawn" --code {code}, '
                 f"then vuonho withdraw {code}."),
        )  # fmt: skip
    if code not in kept:
        raise Refused(
            Text(f"Mã {code} không có trong sổ codes.csv.", f"The code {code} is not in the register codes.csv."),
            Text("Xem lại con số trên biển. Biển ở nhà ấy ghi đúng mã này thì thêm --keep-codes vào cuối lệnh. "
                 "Nhà chưa có biển thì để trống ô mã, máy sẽ cấp.",
                 "Look at the plaque again. If it carries this code, add --keep-codes. For a household without a "
                 "plaque leave the code empty: one will be given."),
        )  # fmt: skip


def refuse_double(code: str, namesakes: Sequence[Profile]) -> None:
    """Raise Refused where a household of that name is here already, with another code or none."""
    for profile in namesakes:
        raise Refused(
            Text(f"Mã {code} không có trong sổ codes.csv; trong máy, hộ tên này mang mã {profile.code} ({profile.file}).",
                 f"The code {code} is not in the register codes.csv; the household of this name has {profile.code} "
                 f"({profile.file})."),
            Text("Xem lại con số trên biển rồi sửa ô mã. Nếu là hai nhà, đặt tên khác đi một chút.",
                 "Look at the plaque and mend the code. If they are two households, change the name a little."),
        ) if profile.code else Refused(
            Text(f"Mã {code} không có trong sổ codes.csv, mà hộ tên này đã có hồ sơ chưa ghi mã ({profile.file}).",
                 f"The code {code} is not in the register codes.csv, and the household of this name has a profile "
                 f"without a code ({profile.file})."),
            Text(f"Trong hồ sơ ấy ghi code: {code}, chạy vuonho assign, rồi chạy lại lệnh này.",
                 f"Write code: {code} in that profile, run vuonho assign, then this command again."),
        )  # fmt: skip


def _leaves(incoming: Incoming) -> bool:
    return any(not is_nothing(incoming.values.get(left)) for left in LEFT)


def _code(incoming: Incoming) -> str:
    try:
        return parse_code(incoming.code) if incoming.code else ""
    except Refused:
        return ""
