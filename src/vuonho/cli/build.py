"""`vuonho build`: the whole site, or none of it."""

import os
from pathlib import Path

import click

from vuonho.bilingual import Text
from vuonho.build import Built, build
from vuonho.cli.day import latest_day
from vuonho.cli.frame import SpokenCommand
from vuonho.cli.options import common
from vuonho.cli.report import render_problems
from vuonho.cli.speech import Speech
from vuonho.cli.tending import tended_folder

HELP = Text(
    """Hộ nào có lỗi thì giữ trang đang có; lỗi chung thì cả trang cũ giữ nguyên.

    Ví dụ: vuonho build""",
    """A household with an error keeps the page it has; an error that concerns all leaves the old site as it is.

    Example: vuonho build --out site""",
)


def make(speech: Speech) -> click.Command:
    """Return the command in one language."""

    def say(vi: str, en: str) -> str:
        return Text(vi, en).to(speech.language)

    @click.command("build", cls=SpokenCommand, help=HELP.to(speech.language))
    @click.option("--out", default="site", metavar=say("THƯ_MỤC", "DIR"),
                  help=say("Nơi đặt trang web (mặc định: site).", "Where the site goes (default: site)."))  # fmt: skip
    @click.option("--jobs", type=click.IntRange(1, 64), metavar="N",
                  help=say("Số việc làm cùng lúc (mặc định: tùy sức máy).",
                           "How many things to do at once (default: as many as this computer can)."))  # fmt: skip
    @click.option("--base-url", metavar="URL",
                  help=say("Dùng địa chỉ này cho riêng lần dựng này.", "Use this address for this build only."))  # fmt: skip
    @click.option("--strict", is_flag=True,
                  help=say("Có một lỗi cũng dừng, không dựng gì cả.", "Stop at any error and build nothing."))  # fmt: skip
    @common(speech)
    @click.pass_context
    def build_command(
        context: click.Context,
        folder: Path | None,
        out: str,
        jobs: int | None,
        base_url: str | None,
        strict: bool,
    ) -> None:
        root = tended_folder(context, folder, speech)
        built = build(
            root,
            out,
            jobs=jobs or min(os.cpu_count() or 1, 8),
            base_url=base_url,
            progress=speech.progress,
            on_wait=lambda: speech.note(_WAITING),
            today=latest_day(),
            strict=strict,
        )
        _report(built, root, speech)

    return build_command


_WAITING = Text("Đang chờ một lệnh vuonho khác chạy xong…", "Waiting for another vuonho to finish…")


def _report(built: Built, root: Path, speech: Speech) -> None:
    problems = render_problems(built.problems, "text", speech.language)
    if problems:
        click.echo(problems, err=True)
    summary = built.summary
    for kept in summary.kept:
        speech.note(
            Text(f"{kept.path}: bản sửa tay được giữ ở {kept.copy or kept.path}",
                 f"{kept.path}: the copy edited by hand is kept at {kept.copy or kept.path}")
        )  # fmt: skip
    where = built.out.relative_to(root).as_posix() if built.out.is_relative_to(root) else str(built.out)
    speech.cheer(
        Text(f"Đã dựng {where}/: {built.households} hộ; {len(summary.written)} tệp mới, "
             f"{len(summary.unchanged)} giữ nguyên, {len(summary.removed)} bỏ đi. Xem trang: mở {where}/index.html",
             f"Built {where}/: {built.households} households; {len(summary.written)} files new, "
             f"{len(summary.unchanged)} unchanged, {len(summary.removed)} removed. Look at it: open {where}/index.html")
    )  # fmt: skip
    if built.kept or built.missing:
        speech.note(left_out(built.kept, built.missing))


def left_out(kept: int, missing: int) -> Text:
    """Return how many households have an error, and what their pages show."""
    count = kept + missing
    return Text(
        f"Lưu ý: {count} hộ có lỗi (xem ở trên): {kept} hộ giữ trang cũ, {missing} hộ chưa có trang hoặc trang đã khép. "
        "Sửa xong thì dựng lại.",
        f"Note: {count} household{'s' * (count != 1)} with errors (see above): {kept} keep{'s' * (kept == 1)} the old "
        f"page, {missing} ha{'s' if missing == 1 else 've'} none or a closed one. Correct them, then build again.",
    )
