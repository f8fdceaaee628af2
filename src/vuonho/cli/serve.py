"""`vuonho serve`: the site as visitors will see it, built anew whenever something is saved."""

import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Final

import click

from vuonho.bilingual import NOTHING, Text, visible
from vuonho.cli.frame import SpokenCommand
from vuonho.cli.options import common, project_folder
from vuonho.cli.report import count_problems, render_error, render_problems
from vuonho.cli.speech import Speech, colours
from vuonho.errors import DataProblems
from vuonho.preview.opening import Addresses, addresses, open_door, phone_code
from vuonho.preview.rebuilding import News, Rebuilder, Wish

HELP = Text(
    """Sửa hồ sơ rồi lưu, trang tự dựng lại và tự hiện.

    Có lỗi thì lỗi hiện ngay trên trang. Nhấn Ctrl-C để dừng.

    Ví dụ: vuonho serve --lan""",
    """Save a profile, and the page renews itself.

    Errors show in the page. Ctrl-C ends it.

    Example: vuonho serve --lan""",
)
_WAITING = Text("Đang chờ một lệnh vuonho khác chạy xong…", "Waiting for another vuonho to finish…")
_FEW: Final = 3
_ON_THE_WIFI: Final = Text(
    "Ai dùng chung Wi-Fi này cũng xem được, chừng nào lệnh này còn chạy.\nNếu Windows hỏi về tường lửa: chọn "
    "mạng riêng (Private), rồi bấm cho phép (Allow).",
    "Everyone on this Wi-Fi can look until you stop it.\nIf Windows asks about its firewall: tick "
    "private networks, then allow access.",
)
_NO_LAN: Final = Text(
    "Máy này chưa vào mạng nào nên điện thoại chưa xem được. Bật Wi-Fi, hoặc bắt Wi-Fi phát từ điện thoại, rồi chạy lại.",
    "This computer is on no network, so no phone can look. Join a Wi-Fi, or a phone's hotspot, and run again.",
)


def make(speech: Speech) -> click.Command:
    """Return the command in one language."""

    def say(vi: str, en: str) -> str:
        return Text(vi, en).to(speech.language)

    @click.command("serve", cls=SpokenCommand, help=HELP.to(speech.language))
    @click.option("--port", type=click.IntRange(0, 65535), metavar="P",
                  help=say("Cổng (không ghi thì 8000, hoặc số trống kế tiếp).",
                           "The port (else 8000, or the next that is free)."))  # fmt: skip
    @click.option("--lan", is_flag=True,
                  help=say("Cho điện thoại cùng Wi-Fi xem, hiện mã QR để quét.",
                           "Let phones on the same Wi-Fi look, and show a QR code to scan."))  # fmt: skip
    @click.option("--no-reload", is_flag=True,
                  help=say("Trang không tự hiện lại; y hệt như khi đã đăng.",
                           "Pages do not renew themselves: byte for byte what will be published."))  # fmt: skip
    @click.option("--open", "opens", is_flag=True,
                  help=say("Mở luôn trình duyệt.", "Open the browser too."))  # fmt: skip
    @common(speech)
    @click.pass_context
    def serve_command(
        context: click.Context, folder: Path | None, port: int | None, lan: bool, no_reload: bool, opens: bool
    ) -> None:
        root = project_folder(context, folder)
        project = Rebuilder(root, Wish(speech.language, not no_reload), lambda: speech.note(_WAITING))
        with open_door(project.stage, port, lan=lan) as server:
            _tell_first(project.build(min(os.cpu_count() or 1, 8), speech.progress), speech)
            server.start()
            prefix = project.stage.shown.prefix
            found = addresses(server, prefix, lan=lan)
            _announce(found, speech, lan=lan)
            if opens:
                click.launch(found.here)
            for news in project.follow(lambda *_: nullcontext(lambda: None)):
                speech.note(_line(news))
                if prefix != project.stage.shown.prefix:
                    prefix = project.stage.shown.prefix
                    _announce(addresses(server, prefix, lan=lan), speech, lan=lan)

    return serve_command


def _tell_first(news: News, speech: Speech) -> None:
    """Say in full what is wrong with the project as it is found; of one that is sound there is little to say."""
    if isinstance(news.error, DataProblems):
        click.echo(render_problems(news.error.problems, "text", speech.language), err=True, color=colours())
    elif news.error is not None:
        click.echo(render_error(news.error, speech.language), err=True, color=colours())
    speech.note(_line(news))


def _announce(found: Addresses, speech: Speech, *, lan: bool) -> None:
    speech.tell(Text(f"Xem trang: {found.here}", f"Look at the site: {found.here}"))
    if lan and found.others:
        first, *more = found.others
        speech.tell(Text(f"Trên điện thoại cùng Wi-Fi: {first}", f"On a phone on the same Wi-Fi: {first}"))
        for other in more:
            speech.tell(Text(f"Nếu không được thì thử: {other}", f"If that does not open, try: {other}"))
        _show_code(first)
        speech.tell(_ON_THE_WIFI)
    elif lan:
        speech.tell(_NO_LAN)
    speech.tell(Text("Sửa hồ sơ rồi lưu, trang tự dựng lại. Nhấn Ctrl-C để dừng.",
                     "Save a profile, and the site is built anew. Ctrl-C ends it."))  # fmt: skip


def _show_code(address: str) -> None:
    """Draw the QR code where it can be read: on a terminal wide enough, in black on white if it has colours."""
    is_plain = colours() is False
    lines = phone_code(address, is_bright=is_plain)
    if not sys.stdout.isatty() or shutil.get_terminal_size().columns < len(lines[0]):
        return
    for line in lines:
        click.echo(line if is_plain else click.style(line, fg="black", bg="bright_white"))


def _line(news: News) -> Text:
    """Return what came of a build in one line."""
    why = _because(news.changed)
    if isinstance(news.error, DataProblems):
        count = count_problems(news.error.problems)
        return Text(f"{why.vi}Chưa dựng được: {count.vi}. Trang đang hiện lỗi thay cho trang cũ.",
                    f"{why.en}Not built: {count.en}. The pages show what is wrong, not the old site.")  # fmt: skip
    if news.built is None:
        message = news.error.message if news.error else NOTHING
        return Text(f"{why.vi}Chưa dựng được: {message.vi}", f"{why.en}Not built: {message.en}")
    written, notes = len(news.built.summary.written), len(news.built.problems)
    note = Text(
        f" {notes} lưu ý, xem bằng vuonho check.", f" {notes} note{'s' * (notes != 1)}, see vuonho check."
    )
    note = note if notes else NOTHING
    return Text(f"{why.vi}Đã dựng xong, {written} tệp mới.{note.vi}",
                f"{why.en}Built, {written} new file{'s' * (written != 1)}.{note.en}")  # fmt: skip


def _because(names: Sequence[str]) -> Text:
    """Return which files changed, a few of them by name; nothing for none."""
    if not names:
        return NOTHING
    few = ", ".join(map(visible, names[:_FEW]))
    rest = len(names) - _FEW
    if rest > 0:
        return Text(f"{few} và {rest} tệp nữa có thay đổi. ", f"{few} and {rest} more changed. ")
    return Text(f"{few} có thay đổi. ", f"{few} changed. ")
