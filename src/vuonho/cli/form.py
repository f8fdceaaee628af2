"""`vuonho form`: the form that the team fills in at each home."""

from pathlib import Path

import click

from vuonho.bilingual import Text
from vuonho.cli.frame import SpokenCommand, WrongUse
from vuonho.cli.options import common, project_folder
from vuonho.cli.speech import Speech
from vuonho.exchange.exporting import write_blank_workbook
from vuonho.phoneform import write_phone_form

HELP = Text(
    """Gửi tệp ấy qua Zalo cho người đi ghi, hoặc mở form/ trên trang của thôn. Ai quen làm Excel thì đặt tên kết thúc bằng .xlsx: sẽ có bảng trống để điền.

    Ví dụ: vuonho form -o phieu.html""",
    """Send it by Zalo to whoever goes round, or open form/ on the village's site. A name that ends in .xlsx gives an empty workbook, for those who work in Excel.

    Example: vuonho form -o phieu.html""",
)
USUAL = "phieu.html"


def make(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @click.command("form", cls=SpokenCommand, help=HELP.to(speech.language))
    @click.option("-o", "out", default=USUAL, show_default=True, metavar=Text("TỆP", "FILE").to(speech.language),
                  help=Text("Tên tệp: .html cho điện thoại, .xlsx cho Excel.", "The file: .html for phones, .xlsx for Excel.").to(speech.language))  # fmt: skip
    @common(speech)
    @click.pass_context
    def form_command(context: click.Context, folder: Path | None, out: str) -> None:
        root = project_folder(context, folder)
        if out.lower().endswith(".html"):
            file = write_phone_form(root, out).file
        elif out.lower().endswith(".xlsx"):
            file = write_blank_workbook(root, out, on_wait=lambda: speech.note(_WAITING))
        else:
            raise WrongUse(_ENDING)
        where = str(file.relative_to(root) if file.is_relative_to(root) else file)
        speech.tell(_for_phones(where) if file.suffix.lower() == ".html" else _for_excel(where))

    return form_command


def _for_phones(where: str) -> Text:
    return Text(f"{where}: phiếu cho điện thoại. Gửi tệp này qua Zalo cho người đi ghi; mở bằng Chrome.",
                f"{where}: the form for phones. Send it by Zalo to whoever goes round; open it in Chrome.")  # fmt: skip


def _for_excel(where: str) -> Text:
    typed = f'"{where}"' if " " in where else where
    return Text(f"{where}: bảng trống cho Excel, trang đầu có hướng dẫn. Điền xong thì đưa vào: vuonho import {typed}",
                f"{where}: an empty workbook, with a guide on its first sheet. When it is filled in: vuonho import {typed}")  # fmt: skip


_WAITING = Text("Đang chờ một lệnh vuonho khác chạy xong…", "Waiting for another vuonho to finish…")
_ENDING = Text(
    "Tên tệp phải kết thúc bằng .html (phiếu điện thoại) hoặc .xlsx (bảng Excel).",
    "The file must end in .html (the form for phones) or .xlsx (a workbook).",
)
