"""An import carried out: a copy of the profiles first, then photos, profiles and register together or not at all."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from vuonho.bilingual import Text
from vuonho.domain.register.register import render_register
from vuonho.errors import MachineTrouble
from vuonho.exchange.plan import Plan
from vuonho.exchange.planned import Planned
from vuonho.intake.files import read_bytes
from vuonho.intake.folder import REGISTER_FILE
from vuonho.intake.registerfile import read_register
from vuonho.keeping.backups import safety_copy
from vuonho.keeping.undo import with_way_back
from vuonho.memory import FILE as MEMORY_FILE
from vuonho.output.batch import write_together
from vuonho.output.files import digest_bytes, digest_file, remove_folder
from vuonho.output.lock import locked
from vuonho.output.troubles import in_words
from vuonho.output.writing.recovery import recover


def carry_out(plan: Plan, now: datetime, on_wait: Callable[[], None]) -> Path | None:
    """Return the copy made of the profiles before they were changed; None where there was nothing to do.

    Photos come first and the register last, so that a machine that dies between two of them leaves nothing that
    does not answer; the next command does the rest. Raises MachineTrouble with nothing changed, also where a
    profile or the register was edited since the plan was made.
    """
    if not plan.work:
        return None
    root = plan.project.root
    with locked(root, on_wait=on_wait):
        recover(root)
        _require_unchanged(plan)
        copy = safety_copy(root, now)
        made = _folders(root, plan)
        try:
            contents = with_way_back(
                root, _contents(plan), _said(plan), now.date(), [one.code for one in plan.work],
                typed=[one.code for one in plan.work if one.is_new and one.match.code],
            )  # fmt: skip
            write_together(root, contents)
        except BaseException:
            for folder in made:
                remove_folder(folder)  # only where it is empty
            raise
    return copy


def _said(plan: Plan) -> Text:
    new = sum(one.is_new for one in plan.work)
    changed = len(plan.work) - new
    return Text(
        f"Nhập {new} hộ mới, {changed} hộ đổi", f"Import of {new} new and {changed} changed households"
    )


def _contents(plan: Plan) -> dict[Path, bytes]:
    root = plan.project.root
    contents: dict[Path, bytes] = {}
    for one in plan.work:
        for name, content in one.photos.items():
            path = _photo(root, one, name)
            if digest_file(path) != digest_bytes(content):
                contents[path] = content
    contents |= {root / one.file: one.after for one in plan.work}
    if plan.register != plan.project.register:
        rows = render_register(plan.register).encode("utf-8")
        contents |= {root / REGISTER_FILE: rows, root / MEMORY_FILE: rows}
    return contents


def _photo(root: Path, one: Planned, name: str) -> Path:
    return root / "profiles" / one.match.place.slug / name


def _folders(root: Path, plan: Plan) -> list[Path]:
    """Return the folders for photos that had to be made."""
    wanted = {_photo(root, one, name).parent for one in plan.work for name in one.photos}
    made = [folder for folder in sorted(wanted) if not folder.exists()]
    for folder in made:
        with in_words(folder):
            folder.mkdir()
    return made


def _require_unchanged(plan: Plan) -> None:
    """Raise MachineTrouble where somebody edited a profile or the register while the question stood open."""
    root = plan.project.root
    changed = [one.file for one in plan.planned if _is_changed(root, one)]
    if read_register(root) != (plan.project.register, ()):
        changed.append(REGISTER_FILE)
    if changed:
        raise MachineTrouble(
            Text(f"{changed[0]} vừa bị sửa trong lúc xem, nên chưa ghi gì cả.",
                 f"{changed[0]} was changed in the meantime, so nothing was written."),
            Text("Lưu và đóng tệp ấy lại, rồi chạy lại lệnh này.", "Save and close that file, then run again."),
        )  # fmt: skip


def _is_changed(root: Path, one: Planned) -> bool:
    if one.before is None:
        return (root / one.file).exists()
    content, _ = read_bytes(root / one.file, one.file)
    return content != one.before
