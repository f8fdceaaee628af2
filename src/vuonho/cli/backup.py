"""`vuonho backup` and `restore`: all that one laptop holds, in one file, and back again."""

import os
from pathlib import Path

import click

from vuonho.backup.backup import Saved, back_up
from vuonho.backup.restore import Restored, RestorePlan, Unpacked, plan_restore, restore_here, unpack
from vuonho.cli.app import SpokenCommand
from vuonho.cli.console import Speech
from vuonho.cli.options import as_typed, common, files, project_folder, this_moment
from vuonho.errors import MachineTrouble
from vuonho.i18n import NOTHING, Text
from vuonho.output.lock import STATE

# --- `vuonho backup`: all that one laptop holds, in one file ---

BACKUP_HELP = Text(
    """TỆP có thể là USB, như E:\\: tên tệp lấy theo ngày.

    Ví dụ: vuonho backup ../sao-luu.zip""",
    """FILE may be a stick, such as E:\\: the day names the file.

    Example: vuonho backup ../backup.zip""",
)
_WAITING = Text("Đang chờ một lệnh vuonho khác chạy xong…", "Waiting for another vuonho to finish…")


def make_backup(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @click.command("backup", cls=SpokenCommand, help=BACKUP_HELP.to(speech.language))
    @click.argument("file", metavar=Text("TỆP.zip", "FILE.zip").to(speech.language), shell_complete=files)
    @common(speech)
    @click.pass_context
    def backup_command(context: click.Context, folder: Path | None, file: str) -> None:
        root = project_folder(context, folder)
        now = this_moment()
        saved = back_up(root, file, now, progress=speech.progress, on_wait=lambda: speech.note(_WAITING))
        _report(saved, root.resolve(), speech)

    return backup_command


def _weight(size: int) -> Text:
    """Return how large a file is; a small project has kilobytes and not 0,0 MB."""
    if size < 100_000:
        kilobytes = f"{max(1, round(size / 1000))} KB"
        return Text(kilobytes, kilobytes)
    megabytes = f"{size / 1_000_000:.1f} MB"
    return Text(megabytes.replace(".", ","), megabytes)


def _report(saved: Saved, root: Path, speech: Speech) -> None:
    counts, size = saved.counts, _weight(saved.size)
    speech.cheer(
        Text(f"{saved.file}: {counts.profiles} hồ sơ, {counts.photos} ảnh, {counts.files} tệp, "
             f"{size.vi}. Đã đọc lại, đủ cả.",
             f"{saved.file}: {counts.profiles} profiles, {counts.photos} photos, {counts.files} files, "
             f"{size.en}. Every file was read back and is whole.")
    )  # fmt: skip
    again = f"vuonho restore {as_typed(saved.file)} {as_typed(root.with_name(f'{root.name}-lay-lai'))}"
    speech.tell(
        Text("Trong tệp có thông tin riêng của các gia đình: cất ở nơi khóa được, không gửi qua Zalo, không đưa lên mạng.\n"
             f"Khi cần lấy lại: {again}",
             "It holds private data of families: keep it locked away, do not send it on, do not publish it.\n"
             f"To get it back: {again}")
    )  # fmt: skip
    if saved.is_on_one_disk:
        speech.note(
            Text("Lưu ý: tệp này nằm cùng ổ đĩa với dự án. Ổ hỏng thì mất cả hai: hãy chép thêm ra USB.",
                 "Note: this file is on the disk of the project. If the disk dies, both are lost: copy it to a stick.")
        )  # fmt: skip
    if not saved.is_recorded:
        speech.note(
            Text("Lưu ý: dự án đang không ghi được, nên vuonho status không biết lần sao lưu này.",
                 "Note: the project cannot be written, so vuonho status will not know of this backup.")
        )  # fmt: skip


# --- `vuonho restore`: a backup becomes a project again, or brings back what is missing in one ---

RESTORE_HELP = Text(
    """Có ghi THƯ_MỤC mới: cả dự án về đó. Không ghi: xem trước, hỏi, rồi lấy lại vào dự án đang mở.

    Sổ mã chỉ thêm, không lùi; hộ đã rút thì không lấy lại.

    Ví dụ: vuonho restore sao-luu.zip du-an-moi""",
    """With a new DIR: the whole project. Without: shows what would change, asks, then restores into this project.

    The register only gains; households that have left stay away.

    Example: vuonho restore backup.zip new-project""",
)
_RESTORE_WAITING = Text("Đang chờ một lệnh vuonho khác chạy xong…", "Waiting for another vuonho to finish…")
_NOTHING_DONE = Text("Chưa lấy lại gì cả.", "Nothing was restored.")
_ASK_AGAIN = Text("Chưa lấy lại gì cả. Xem đúng rồi thì chạy lại với --yes.",
                  "Nothing was restored. If this is right, run again with --yes.")  # fmt: skip
_SHOWN = 30


def make_restore(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @click.command("restore", cls=SpokenCommand, help=RESTORE_HELP.to(speech.language))
    @click.argument("file", metavar=Text("TỆP.zip", "FILE.zip").to(speech.language), shell_complete=files)
    @click.argument(
        "target", metavar=Text("[THƯ_MỤC]", "[DIR]").to(speech.language), required=False, shell_complete=files
    )
    @click.option("--yes", is_flag=True,
                  help=Text("Không hỏi lại.", "Do not ask.").to(speech.language))  # fmt: skip
    @common(speech)
    @click.pass_context
    def restore_command(
        context: click.Context, folder: Path | None, file: str, target: str | None, yes: bool
    ) -> None:
        here = Path(os.path.abspath(context.meta.get("vuonho.folder", Path()) / (folder or "")))  # noqa: PTH100 - links stay as they are
        if target is not None:
            _report_unpacked(unpack(here / file, here / target, speech.progress), target, speech)
        else:
            _restore(_project(here), here / file, speech, yes=yes)

    return restore_command


def _project(here: Path) -> Path:
    """Return the project's folder, though its profiles may all be lost; raise MachineTrouble where there is none."""
    if (here / "profiles").is_dir() or (here / STATE).is_dir():
        return here
    raise MachineTrouble(
        Text(f"Ở {here} không có dự án nào để lấy lại vào.", f"There is no project in {here} to restore into."),
        Text("Ghi thêm tên một thư mục mới: vuonho restore TỆP.zip THƯ_MỤC",
             "Name a new folder: vuonho restore FILE.zip DIR"),
    )  # fmt: skip


def _restore(root: Path, file: Path, speech: Speech, *, yes: bool) -> None:
    now, plan = this_moment(), plan_restore(root, file, speech.progress)
    _show(plan, speech)
    if plan.is_nothing:
        speech.tell(Text("Dự án đã có đủ như bản sao lưu.", "The project has all that the backup has."))
        return
    question = Text("Lấy lại những thứ trên?", "Restore these?")
    if not yes and not (speech.can_ask and speech.ask(question)):
        speech.tell(_NOTHING_DONE if speech.can_ask else _ASK_AGAIN)
        return
    done = restore_here(
        root, file, plan, now, progress=speech.progress, on_wait=lambda: speech.note(_RESTORE_WAITING)
    )
    _restore_report(done, root, speech)


def _show(plan: RestorePlan, speech: Speech) -> None:
    made = plan.manifest.made
    day = Text(f"{made:%d/%m/%Y %H:%M}", f"{made:%Y-%m-%d %H:%M}")
    speech.tell(Text(f"Bản sao lưu ngày {day.vi}.", f"A backup of {day.en}."))
    _list(Text("mới về", "comes back"), plan.new, speech)
    _list(Text("đổi lại", "set back"), plan.changed, speech)
    _list(Text("sổ mã", "register"), plan.gains.rows, speech)
    _list(
        Text("sổ bảng thôn", "boards"), [f"{one.village} {one.printed}" for one in plan.gains.boards], speech
    )
    _list(
        Text("để yên", "left alone"),
        [f"{one.name}: {one.why.to(speech.language)}" for one in plan.kept],
        speech,
    )
    if count := len(plan.only_here):
        speech.tell(Text(f"{count} tệp chỉ có ở dự án thì giữ nguyên.",
                         f"{count} file{'s' * (count != 1)} that only the project has stay{'s' * (count == 1)}."))  # fmt: skip


def _list(label: Text, names: "list[str] | tuple[str, ...]", speech: Speech) -> None:
    for name in names[:_SHOWN]:
        click.echo(f"  {label.to(speech.language)}  {name}")
    if (more := len(names) - _SHOWN) > 0:
        speech.tell(Text(f"  {label.vi}  … và {more} nữa", f"  {label.en}  … and {more} more"))


def _restore_report(done: Restored, root: Path, speech: Speech) -> None:
    plan, copy = done.plan, done.copy.relative_to(root).as_posix()
    count = len(plan.new) + len(plan.changed)
    gained = Text(f", {len(plan.gains.rows)} dòng sổ mã", f", {len(plan.gains.rows)} rows of the register")
    rows = gained if plan.gains.rows else NOTHING
    speech.cheer(
        Text(f"Đã lấy lại {count} tệp{rows.vi}. Hồ sơ lúc trước: {copy} (muốn quay lại: vuonho restore {copy}).\n"
             "Làm tiếp: vuonho check, rồi vuonho build.",
             f"{count} files restored{rows.en}. The profiles as they were: {copy} (to go back: vuonho restore {copy}).\n"
             "Next: vuonho check, then vuonho build.")
    )  # fmt: skip


def _report_unpacked(done: Unpacked, typed: str, speech: Speech) -> None:
    counts, made = done.counts, done.manifest.made
    name = f'"{typed}"' if " " in typed else typed
    speech.cheer(
        Text(f"Đã lấy lại vào {typed}: {counts.profiles} hồ sơ, {counts.photos} ảnh, như ngày {made:%d/%m/%Y}.\n"
             f"Hộ nào đã rút sau ngày ấy thì chạy ngay: vuonho -C {name} withdraw MÃ\n"
             f"Làm tiếp: vuonho -C {name} build",
             f"Restored to {typed}: {counts.profiles} profiles, {counts.photos} photos, as of {made:%Y-%m-%d}.\n"
             f"For every household that has left since, run at once: vuonho -C {name} withdraw CODE\n"
             f"Next: vuonho -C {name} build")
    )  # fmt: skip
