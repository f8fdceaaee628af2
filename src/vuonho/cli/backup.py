"""`vuonho backup`: all that one laptop holds, in one file."""

from pathlib import Path

import click

from vuonho.bilingual import Text
from vuonho.cli.completion import files
from vuonho.cli.day import this_moment
from vuonho.cli.frame import SpokenCommand
from vuonho.cli.options import as_typed, common, project_folder
from vuonho.cli.speech import Speech
from vuonho.keeping.backups import Saved, back_up

HELP = Text(
    """TỆP có thể là USB, như E:\\: tên tệp lấy theo ngày.

    Ví dụ: vuonho backup ../sao-luu.zip""",
    """FILE may be a stick, such as E:\\: the day names the file.

    Example: vuonho backup ../backup.zip""",
)
_WAITING = Text("Đang chờ một lệnh vuonho khác chạy xong…", "Waiting for another vuonho to finish…")


def make(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @click.command("backup", cls=SpokenCommand, help=HELP.to(speech.language))
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
