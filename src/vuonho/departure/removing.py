"""A household that was never printed or published goes: its profile, its photos; its code stays given, as void.

The register says so first, and the files are removed after it; the next command does what is left.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from vuonho.bilingual import Text
from vuonho.departure.departing import find_household
from vuonho.departure.leaving import own_photos, read_households, text_of
from vuonho.domain.register.register import MOVED, VOID, WITHDRAWN, render_register
from vuonho.errors import Refused
from vuonho.intake.boardsfile import read_boards
from vuonho.intake.folder import REGISTER_FILE
from vuonho.keeping.undo import without_way_back
from vuonho.memory import FILE as MEMORY_FILE
from vuonho.memory import published
from vuonho.output.batch import write_together
from vuonho.output.erasing import FILE as ERASE_FILE
from vuonho.output.erasing import erase_noted, note_of
from vuonho.output.lock import locked
from vuonho.output.troubles import in_words
from vuonho.output.writing.recovery import recover
from vuonho.survey import stub_of


@dataclass(frozen=True, slots=True)
class Removal:
    """What goes: the household's code and name, its profile and its photos ("" and none where they are gone)."""

    code: str
    name: str
    file: str
    photos: tuple[str, ...]
    contents: Mapping[Path, bytes]


def plan_removal(root: Path, typed: str) -> Removal:
    """Return what would go, without a trace.

    Raises Refused for a household that was printed or published, DataProblems for a register that cannot be read,
    MachineTrouble.
    """
    recover(root)
    register, profiles = read_households(root)
    code, profile = find_household(typed, register, profiles)
    row = register.by_code.get(code)
    others = [one.code for one in profiles if stub_of(one).moved_to == code]
    if row and row.status == VOID and profile is None:
        raise Refused(Text(f"Mã {code} đã bỏ rồi.", f"Code {code} was removed already."))
    if row and row.status in (WITHDRAWN, MOVED):
        raise Refused(
            Text(f"Hộ {code} đã rút hoặc chuyển: địa chỉ của hộ phải trả lời mãi.",
                 f"Household {code} has left: its address has to answer for ever."),
            Text("Nếu lệnh vừa rồi rút nhầm: vuonho undo", "If the last command withdrew the wrong one: vuonho undo"),
        )  # fmt: skip
    is_listed = any(code in dict(board.listed) for board in read_boards(root)[0])
    if (row and row.printed) or is_listed:
        raise _must_stay(code, Text("đã in biển", "is on a plaque or a board"))
    if code in published(root):
        raise _must_stay(code, Text("đã có trang trên mạng", "has been published"))
    if others:
        raise _must_stay(code, Text(f"đang được mã {others[0]} dẫn tới", f"is where {others[0]} leads to"))
    is_sure = all(one.tree is not None for one in profiles)  # else a photo may be another household's too
    photos = tuple(own_photos(root, profile, profiles)) if profile and is_sure else ()
    names = (profile.file, *photos) if profile else ()
    contents: dict[Path, bytes] = {}
    if row is not None:
        rows = render_register(register.with_row(replace(row, status=VOID))).encode("utf-8")
        contents |= {root / REGISTER_FILE: rows, root / MEMORY_FILE: rows}
    if profile:
        with in_words(root):
            contents |= {root / ERASE_FILE: note_of(root, names), **without_way_back(root, profile.file)}
    return Removal(code, text_of(profile, "name"), profile.file if profile else "", photos, contents)


def remove_household(root: Path, expected: Removal, on_wait: Callable[[], None]) -> tuple[str, ...]:
    """Remove just what `expected` says; return the files that could not be removed yet. Raises as `plan_removal`."""
    with locked(root, on_wait=on_wait):
        plan = plan_removal(root, expected.code)
        if plan != expected:
            raise Refused(*_MEANWHILE)
        write_together(root, plan.contents)
        return erase_noted(root)


_MEANWHILE: Final = (
    Text("Dự án vừa bị thay đổi trong lúc chờ trả lời, nên chưa bỏ gì.",
         "The project was changed while the question stood, so nothing was removed."),
    Text("Chạy lại lệnh này.", "Run this command again."),
)  # fmt: skip


def _must_stay(code: str, why: Text) -> Refused:
    return Refused(
        Text(f"Hộ {code} {why.vi} nên không bỏ hẳn được.", f"Household {code} {why.en} and cannot be removed."),
        Text(f"Gia đình muốn thôi thì: vuonho withdraw {code}", f"If the family wants to leave: vuonho withdraw {code}"),
    )  # fmt: skip
