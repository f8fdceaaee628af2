"""`vuonho backup` and `restore`: all that one laptop holds, in one file, and back again."""

import os
from collections.abc import Sequence
from pathlib import Path

import click

from vuonho.backup.backup import back_up
from vuonho.backup.restore import RestorePlan, plan_restore, restore_here, unpack
from vuonho.cli.commands import argument, command, option
from vuonho.cli.common import as_typed, path_in, require_project, this_moment
from vuonho.cli.console import Console
from vuonho.errors import MachineTrouble
from vuonho.i18n import NOTHING, Text
from vuonho.output.lock import STATE

_SHOWN = 30
"""How many files of one kind `restore` names."""


@command(
    "backup",
    help=Text(
        """TỆP có thể là USB, như E:\\: tên tệp lấy theo ngày.

        Ví dụ: vuonho backup ../sao-luu.zip""",
        """FILE may be a stick, such as E:\\: the day names the file.

        Example: vuonho backup ../backup.zip""",
    ),
)
@argument("file", metavar=Text("TỆP.zip", "FILE.zip"), type=click.Path())
@click.pass_obj
def backup_command(console: Console, folder: Path, file: str) -> None:
    """Copy profiles, photos and register into one file, and read it back."""
    root = require_project(folder)
    saved = back_up(root, file, this_moment(), progress=console.progress, on_wait=console.waiting)
    counts, size = saved.counts, _weight(saved.size)
    console.success(
        Text(f"{saved.file}: {counts.profiles} hồ sơ, {counts.photos} ảnh, {counts.files} tệp, "
             f"{size.vi}. Đã đọc lại, đủ cả.",
             f"{saved.file}: {counts.profiles} profiles, {counts.photos} photos, {counts.files} files, "
             f"{size.en}. Every file was read back and is whole.")
    )  # fmt: skip
    home = root.resolve()
    again = f"vuonho restore {as_typed(saved.file)} {as_typed(home.with_name(f'{home.name}-lay-lai'))}"
    console.print(
        Text("Trong tệp có thông tin riêng của các gia đình: cất ở nơi khóa được, không gửi qua Zalo, không đưa lên mạng.\n"
             f"Khi cần lấy lại: {again}",
             "It holds private data of families: keep it locked away, do not send it on, do not publish it.\n"
             f"To get it back: {again}")
    )  # fmt: skip
    if saved.is_on_one_disk:
        console.warn(
            Text("Lưu ý: tệp này nằm cùng ổ đĩa với dự án. Ổ hỏng thì mất cả hai: hãy chép thêm ra USB.",
                 "Note: this file is on the disk of the project. If the disk dies, both are lost: copy it to a stick.")
        )  # fmt: skip
    if not saved.is_recorded:
        console.warn(
            Text("Lưu ý: dự án đang không ghi được, nên vuonho status không biết lần sao lưu này.",
                 "Note: the project cannot be written, so vuonho status will not know of this backup.")
        )  # fmt: skip


def _weight(size: int) -> Text:
    """Return how large a file is; a small project has kilobytes and not 0,0 MB."""
    if size < 100_000:
        kilobytes = f"{max(1, round(size / 1000))} KB"
        return Text(kilobytes, kilobytes)
    megabytes = f"{size / 1_000_000:.1f} MB"
    return Text(megabytes.replace(".", ","), megabytes)


@command(
    "restore",
    help=Text(
        """Có ghi THƯ_MỤC mới: cả dự án về đó. Không ghi: xem trước, hỏi, rồi lấy lại vào dự án đang mở.

        Sổ mã chỉ thêm, không lùi; hộ đã rút thì không lấy lại.

        Ví dụ: vuonho restore sao-luu.zip du-an-moi""",
        """With a new DIR: the whole project. Without: shows what would change, asks, then restores into this project.

        The register only gains; households that have left stay away.

        Example: vuonho restore backup.zip new-project""",
    ),
)
@argument("file", metavar=Text("TỆP.zip", "FILE.zip"), type=click.Path())
@argument("target", metavar=Text("[THƯ_MỤC]", "[DIR]"), required=False, type=click.Path())
@option("--yes", is_flag=True, help=Text("Không hỏi lại.", "Do not ask."))
@click.pass_obj
def restore_command(console: Console, folder: Path, file: str, target: str | None, yes: bool) -> None:
    """Bring a backup back, as a project or into one."""
    here = Path(os.path.abspath(folder))  # noqa: PTH100 - links stay as they are
    if target is None:
        _restore(here, here / file, console, yes=yes)
        return
    done = unpack(here / file, here / target, console.progress)
    counts, made, name = done.counts, done.manifest.made, as_typed(target)
    console.success(
        Text(f"Đã lấy lại vào {target}: {counts.profiles} hồ sơ, {counts.photos} ảnh, như ngày {made:%d/%m/%Y}.\n"
             f"Hộ nào đã rút sau ngày ấy thì chạy ngay: vuonho -C {name} withdraw MÃ\n"
             f"Làm tiếp: vuonho -C {name} build",
             f"Restored to {target}: {counts.profiles} profiles, {counts.photos} photos, as of {made:%Y-%m-%d}.\n"
             f"For every household that has left since, run at once: vuonho -C {name} withdraw CODE\n"
             f"Next: vuonho -C {name} build")
    )  # fmt: skip


def _restore(root: Path, file: Path, console: Console, *, yes: bool) -> None:
    """Show what a backup would bring back into the project, whose profiles may all be lost, and bring it."""
    if not ((root / "profiles").is_dir() or (root / STATE).is_dir()):
        raise MachineTrouble(
            Text(f"Ở {root} không có dự án nào để lấy lại vào.", f"There is no project in {root} to restore into."),
            Text("Ghi thêm tên một thư mục mới: vuonho restore TỆP.zip THƯ_MỤC",
                 "Name a new folder: vuonho restore FILE.zip DIR"),
        )  # fmt: skip
    now, plan = this_moment(), plan_restore(root, file, console.progress)
    _show(plan, console)
    if plan.is_nothing:
        console.print(Text("Dự án đã có đủ như bản sao lưu.", "The project has all that the backup has."))
        return
    if not console.confirm(
        Text("Lấy lại những thứ trên?", "Restore these?"),
        yes=yes,
        otherwise=Text("Chưa lấy lại gì cả.", "Nothing was restored."),
        is_grave=False,
    ):
        return
    before = restore_here(root, file, plan, now, progress=console.progress, on_wait=console.waiting)
    copy = path_in(root, before)
    count, rows = len(plan.new) + len(plan.changed), NOTHING
    if gained := len(plan.rows):
        rows = Text(f", {gained} dòng sổ mã", f", {gained} rows of the register")
    console.success(
        Text(f"Đã lấy lại {count} tệp{rows.vi}. Hồ sơ lúc trước: {copy} (muốn quay lại: vuonho restore {copy}).\n"
             "Làm tiếp: vuonho check, rồi vuonho build.",
             f"{count} files restored{rows.en}. The profiles as they were: {copy} (to go back: vuonho restore {copy}).\n"
             "Next: vuonho check, then vuonho build.")
    )  # fmt: skip


def _show(plan: RestorePlan, console: Console) -> None:
    made = plan.manifest.made
    console.print(Text(f"Bản sao lưu ngày {made:%d/%m/%Y %H:%M}.", f"A backup of {made:%Y-%m-%d %H:%M}."))
    boards = [f"{one.village} {one.printed}" for one in plan.boards]
    kept = [f"{one.name}: {one.why.to(console.language)}" for one in plan.kept]
    groups: tuple[tuple[Text, Sequence[str]], ...] = (
        (Text("mới về", "comes back"), plan.new),
        (Text("đổi lại", "set back"), plan.changed),
        (Text("sổ mã", "register"), plan.rows),
        (Text("sổ bảng thôn", "boards"), boards),
        (Text("để yên", "left alone"), kept),
    )
    for label, names in groups:
        for name in names[:_SHOWN]:
            click.echo(f"  {label.to(console.language)}  {name}")
        if (more := len(names) - _SHOWN) > 0:
            console.print(Text(f"  {label.vi}  … và {more} nữa", f"  {label.en}  … and {more} more"))
    if count := len(plan.only_here):
        console.print(Text(f"{count} tệp chỉ có ở dự án thì giữ nguyên.",
                           f"{count} file{'s' * (count != 1)} that only the project has stay{'s' * (count == 1)}."))  # fmt: skip
