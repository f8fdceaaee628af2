"""`vuonho verify`: the proof that every code leads home and nothing is shown without consent."""

from pathlib import Path

import click

from vuonho.bilingual import Text
from vuonho.cli.frame import SpokenCommand
from vuonho.cli.options import common, project_folder
from vuonho.cli.report import count_problems, render_problems
from vuonho.cli.speech import Speech
from vuonho.proof import prove

HELP = Text(
    """Kiểm chứng trang đã dựng: quét lại mọi mã QR, thử mọi đường dẫn, tìm điều gia đình chưa cho công khai.

    Ví dụ: vuonho verify""",
    """Prove the built site: scan every QR code, follow every link, look for what families did not agree to.

    Example: vuonho verify site""",
)


def make(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @click.command("verify", cls=SpokenCommand, help=HELP.to(speech.language))
    @click.argument("site", default="site", metavar=Text("[TRANG]", "[SITE]").to(speech.language))
    @common(speech)
    @click.pass_context
    def verify(context: click.Context, folder: Path | None, site: str) -> int:
        root = project_folder(context, folder)

        def tell(step: Text, number: int, count: int) -> None:
            if speech.is_watched:
                speech.note(Text(f"{number}/{count} {step.vi}…", f"{number}/{count} {step.en}…"))

        report = prove(root, root / site, tell)
        if report.problems:
            click.echo(render_problems(report.problems, "text", speech.language))
            speech.tell(count_problems(report.problems))
            return 1
        speech.tell(
            Text(f"Tốt cả: {report.codes} mã QR đọc được và dẫn đúng trang, {report.pages} trang, "
                 f"{report.links} đường dẫn, {report.photos} ảnh không kèm thông tin riêng.",
                 f"All is well: {report.codes} QR images read and lead home, {report.pages} pages, "
                 f"{report.links} links, {report.photos} photos without private data.")
        )  # fmt: skip
        return 0

    return verify
