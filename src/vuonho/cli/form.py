"""`vuonho form`: the form that the team fills in at each home."""

from pathlib import Path

import click

from vuonho.bilingual import Text
from vuonho.cli.frame import SpokenCommand, WrongUse
from vuonho.cli.options import common, project_folder
from vuonho.cli.speech import Speech
from vuonho.phoneform import write_phone_form

HELP = Text(
    """Làm phiếu để tổ ghi ở từng nhà: một tệp .html mở trên điện thoại, không cần mạng. Gửi tệp ấy qua Zalo cho người đi ghi, hoặc mở form/ trên trang của thôn.

    Ví dụ: vuonho form -o phieu.html""",
    """Make the form that the team fills in at each home: an .html file for phones, which needs no signal. Send it by Zalo to whoever goes round, or open form/ on the village's site.

    Example: vuonho form -o phieu.html""",
)
USUAL = "phieu.html"


def make(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @click.command("form", cls=SpokenCommand, help=HELP.to(speech.language))
    @click.option("-o", "out", default=USUAL, show_default=True, metavar=Text("TỆP", "FILE").to(speech.language),
                  help=Text("Tên tệp phiếu.", "Name of the form's file.").to(speech.language))  # fmt: skip
    @common(speech)
    @click.pass_context
    def form_command(context: click.Context, folder: Path | None, out: str) -> None:
        root = project_folder(context, folder)
        if not out.lower().endswith(".html"):
            raise WrongUse(
                Text("Tên tệp phiếu phải kết thúc bằng .html.", "The form's file must end in .html.")
            )
        written = write_phone_form(root, out)
        where = written.file.relative_to(root) if written.file.is_relative_to(root) else written.file
        speech.tell(
            Text(f"{where}: phiếu cho điện thoại. Gửi tệp này qua Zalo cho người đi ghi; mở bằng Chrome.",
                 f"{where}: the form for phones. Send it by Zalo to whoever goes round; open it in Chrome.")
        )  # fmt: skip

    return form_command
