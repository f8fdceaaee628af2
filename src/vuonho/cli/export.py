"""`vuonho export`: the village as a workbook that `import` takes back."""

from pathlib import Path

import click

from vuonho.bilingual import Text
from vuonho.cli.frame import SpokenCommand
from vuonho.cli.options import common
from vuonho.cli.speech import Speech
from vuonho.cli.tending import tended_folder
from vuonho.exchange.exporting import Exports, export_workbook

HELP = Text("Ví dụ: vuonho export -o thon.xlsx", "Example: vuonho export -o village.xlsx")
_WAITING = Text("Đang chờ một lệnh vuonho khác chạy xong…", "Waiting for another vuonho to finish…")


def make(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @click.command("export", cls=SpokenCommand, help=HELP.to(speech.language))
    @click.option(
        "-o",
        "out",
        default="",
        metavar=Text("TỆP.xlsx", "FILE.xlsx").to(speech.language),
        help=Text(
            "Tên tệp; không ghi thì theo tên thư mục của thôn.",
            "The file; where none is given, it is named after the village's folder.",
        ).to(speech.language),
    )
    @click.option("--village", default="", metavar=Text("THÔN", "VILLAGE").to(speech.language),
                  help=Text("Chỉ thôn này.", "This village only.").to(speech.language))  # fmt: skip
    @common(speech)
    @click.pass_context
    def export_command(context: click.Context, folder: Path | None, out: str, village: str) -> None:
        root = tended_folder(context, folder, speech)
        done = export_workbook(root, out, village, on_wait=lambda: speech.note(_WAITING))
        _report(done, root, speech)

    return export_command


def _report(done: Exports, root: Path, speech: Speech) -> None:
    where = done.file.relative_to(root).as_posix() if done.file.is_relative_to(root) else str(done.file)
    count, wrong = done.households, done.unfinished
    speech.tell(
        Text(f"{where}: {count} hộ. Sửa trong Excel xong thì đưa vào lại: vuonho import {_typed(where)}",
             f"{where}: {count} household{'s' * (count != 1)}. When you have changed it, take it back: vuonho import {_typed(where)}")
    )  # fmt: skip
    speech.tell(
        Text("Trong tệp có số điện thoại và điều riêng của các gia đình: chỉ gửi cho người trong tổ, không đưa lên mạng.",
             "It holds phone numbers and private facts of families: send it to your team only, never put it on the web.")
    )  # fmt: skip
    if wrong:
        speech.note(
            Text(f"Lưu ý: {wrong} hồ sơ còn lỗi (xem vuonho check); sửa được ngay trong bảng.",
                 f"Note: {wrong} profile{'s have' if wrong != 1 else ' has'} errors (see vuonho check); they can be mended in the workbook.")
        )  # fmt: skip


def _typed(where: str) -> str:
    return f'"{where}"' if " " in where else where
