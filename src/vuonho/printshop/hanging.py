"""Plaques that hang: the day on which somebody said so, in the register."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from vuonho.bilingual import Text
from vuonho.domain.register.choice import Wanted, typed_code, unknown_code, unknown_village
from vuonho.domain.register.prints import HUNG, with_hung
from vuonho.domain.register.register import ACTIVE, Register, render_register
from vuonho.errors import DataProblems, Refused
from vuonho.intake.folder import REGISTER_FILE, list_villages
from vuonho.intake.registerfile import read_register
from vuonho.intake.settings import read_site
from vuonho.keeping.undo import with_way_back
from vuonho.memory import FILE as MEMORY_FILE
from vuonho.output.batch import write_together
from vuonho.output.lock import locked
from vuonho.output.writing.recovery import recover


def mark_hung(root: Path, wanted: Wanted, today: date, on_wait: Callable[[], None]) -> tuple[str, ...]:
    """Return the codes whose printed plaques are recorded as hanging from now on; those that were so already are not.

    Raises Refused for a code that was never printed, DataProblems for a register that cannot be read, MachineTrouble.
    """
    with locked(root, on_wait=on_wait):
        recover(root)
        register, problems = read_register(root)
        if problems:
            raise DataProblems(problems)
        codes = [code for code in _chosen(root, wanted, register) if not register.by_code[code].cell(HUNG)]
        if codes:
            rows = render_register(with_hung(register, codes, today)).encode("utf-8")
            contents = {root / REGISTER_FILE: rows, root / MEMORY_FILE: rows}
            what = Text(f"Ghi đã treo {len(codes)} biển", f"{len(codes)} plaques recorded as hanging")
            write_together(root, with_way_back(root, contents, what, today, ()))
    return tuple(codes)


def _chosen(root: Path, wanted: Wanted, register: Register) -> list[str]:
    if wanted.codes:
        site = read_site(root)[0]
        typed = [typed_code(one, site.base_url if site else "", register) for one in wanted.codes]
        return [_printed(code, register) for code in dict.fromkeys(typed)]
    slugs = [folder.slug for folder in list_villages(root)[0]]
    if wanted.village is not None and wanted.village not in slugs:
        raise unknown_village(wanted.village, slugs)
    return [
        row.code
        for row in register.rows
        if row.printed and row.status == ACTIVE and wanted.village in (None, row.profile.partition("/")[0])
    ]


def _printed(code: str, register: Register) -> str:
    row = register.by_code.get(code)
    if row is None:
        raise unknown_code(code, register)
    if row.printed is None:
        raise Refused(
            Text(f"Hộ {code} chưa in biển nào.", f"No plaque of household {code} was printed."),
            Text(f"In trước: vuonho plaques {code}", f"Print it first: vuonho plaques {code}"),
        )
    return code
