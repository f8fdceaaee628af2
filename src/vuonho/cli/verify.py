"""`vuonho verify`: the proof that every code leads home and nothing is shown without consent."""

from pathlib import Path

import click

from vuonho.bilingual import Text
from vuonho.cli.frame import SpokenCommand
from vuonho.cli.options import common, project_folder
from vuonho.cli.report import count_problems, render_problems
from vuonho.cli.speech import Speech
from vuonho.online import Online, prove_online
from vuonho.proof import prove

HELP = Text(
    """Đưa trang lên mạng rồi thì thêm --live: mở từng địa chỉ đã in, từng trang, từng mã QR trên mạng như khách mở.

    Ví dụ: vuonho verify""",
    """After publishing, add --live: each printed address, page and QR image is fetched from the web as visitors do.

    Example: vuonho verify site""",
)


def make(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @click.command("verify", cls=SpokenCommand, help=HELP.to(speech.language))
    @click.argument("site", default="site", metavar=Text("[TRANG]", "[SITE]").to(speech.language))
    @click.option("--live", metavar="[URL]", is_flag=False, flag_value="", default=None,
                  help=Text("Kiểm trang trên mạng; không ghi URL thì lấy base_url trong site.yaml.",
                            "Check the site online; without URL, the base_url of site.yaml.").to(speech.language))  # fmt: skip
    @common(speech)
    @click.pass_context
    def verify(context: click.Context, folder: Path | None, site: str, live: str | None) -> int:
        root = project_folder(context, folder)
        if live is not None:
            return _tell_online(prove_online(root, root / site, live, speech.progress), speech)

        def tell(step: Text, number: int, count: int) -> None:
            if speech.is_watched:
                speech.note(Text(f"{number}/{count} {step.vi}…", f"{number}/{count} {step.en}…"))

        report = prove(root, root / site, tell)
        if report.problems:
            click.echo(render_problems(report.problems, "text", speech.language))
            speech.tell(count_problems(report.problems))
            return 1
        speech.cheer(
            Text(f"Tốt cả: {report.codes} mã QR đọc được và dẫn đúng trang, {report.pages} trang, "
                 f"{report.links} đường dẫn, {report.photos} ảnh không kèm thông tin riêng.",
                 f"All is well: {report.codes} QR images read and lead home, {report.pages} pages, "
                 f"{report.links} links, {report.photos} photos without private data.")
        )  # fmt: skip
        return 0

    return verify


def _tell_online(online: Online, speech: Speech) -> int:
    """Return the exit code, after saying what was found."""
    if online.elsewhere:
        speech.note(Text(f"{online.elsewhere} địa chỉ cũ đã in (previous_urls) không thử: {online.url} không phải base_url.",
                         f"{online.elsewhere} older printed addresses (previous_urls) were not tried: {online.url} is not "
                         "base_url."))  # fmt: skip
    if online.problems:
        click.echo(render_problems(online.problems, "text", speech.language))
        speech.tell(count_problems(online.problems))
        return 1
    speech.cheer(
        Text(f"Tốt cả: {online.url} trả lời đủ {online.pages} trang, {online.printed} địa chỉ đã in, "
             f"{online.codes} ảnh mã QR đọc đúng.",
             f"All is well: {online.url} answers with {online.pages} pages, {online.printed} printed addresses, "
             f"{online.codes} QR images read and right.")
    )  # fmt: skip
    if not online.compared:
        speech.note(Text("Máy này chưa có bản dựng nên chưa so được trang trên mạng có mới nhất không.",
                         "There is no build here, so whether the site online is the latest was not compared."))  # fmt: skip
    return 0
