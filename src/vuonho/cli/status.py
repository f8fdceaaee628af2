"""`vuonho status`: how every village stands, and what each of the three has to do next."""

from pathlib import Path

import click

from vuonho.bilingual import Text
from vuonho.cli.dashboard import Dashboard
from vuonho.cli.day import this_day
from vuonho.cli.frame import SpokenCommand
from vuonho.cli.options import common, project_folder
from vuonho.cli.speech import Speech
from vuonho.dashboard.page import write_page
from vuonho.dashboard.standing import stand

HELP = Text(
    """Trang để in (-o) có tên các hộ, chỉ để trong tổ xem; không để vào thư mục của trang web.

    Ví dụ: vuonho status""",
    """The page to print (-o) names households and is for the team alone; it does not go into the website's folder.

    Example: vuonho status -o standing.html""",
)
_WAITING = Text("Đang chờ một lệnh vuonho khác chạy xong…", "Waiting for another vuonho to finish…")


def make(speech: Speech) -> click.Command:
    """Return the command in one language."""

    def say(vi: str, en: str) -> str:
        return Text(vi, en).to(speech.language)

    @click.command("status", cls=SpokenCommand, help=HELP.to(speech.language))
    @click.option("--village", metavar=say("THÔN", "VILLAGE"),
                  help=say("Chỉ xem thôn này (tên thư mục).", "This village only (the name of its folder)."))  # fmt: skip
    @click.option("--all", "everything", is_flag=True,
                  help=say("Ghi tên tất cả các hộ, không rút gọn.", "Name every household, leaving out none."))  # fmt: skip
    @click.option("-o", "out", metavar=say("TỆP.html", "FILE.html"),
                  help=say("Ghi thành trang để in.", "Write a page to print."))  # fmt: skip
    @common(speech)
    @click.pass_context
    def status_command(
        context: click.Context, folder: Path | None, village: str | None, everything: bool, out: str | None
    ) -> None:
        root = project_folder(context, folder)
        standing = stand(root, this_day(), village)
        if out is None:
            click.echo("\n".join(Dashboard(standing, speech.language, everything=everything).lines()))
            return
        file = write_page(root, standing, out, speech.language, on_wait=lambda: speech.note(_WAITING))
        where = file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)
        speech.tell(Text(f"Đã ghi {where}. Mở bằng trình duyệt rồi in. Trong đó có tên các hộ, chỉ để trong tổ xem.",
                         f"Wrote {where}. Open it in a browser and print. It names households: for the team alone."))  # fmt: skip

    return status_command
