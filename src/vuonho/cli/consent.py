"""`vuonho consent`: the form that a family signs, and the inventory of what is kept."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from vuonho.bilingual import Text
from vuonho.cli.day import this_day
from vuonho.cli.frame import SpokenCommand, WrongUse
from vuonho.cli.options import Function, common, project_folder
from vuonho.cli.report import render_problems
from vuonho.cli.speech import Speech
from vuonho.papers import Made, Paper, Wanted, make_forms, make_inventory

HELP = Text(
    """Không ghi mã thì ra phiếu trống. Ghi mã, --village hay --all thì phiếu có sẵn tên và địa chỉ của hộ, kể cả hộ chưa đồng ý.

    Với --inventory: bản kiểm kê dữ liệu cá nhân, chỉ có con số, để xã kèm vào hồ sơ.

    Ví dụ: vuonho consent --all""",
    """Without codes the form is blank. With codes, --village or --all it names the household, whether or not it has agreed.

    With --inventory: the inventory of personal data, counts only, for the commune's dossier.

    Example: vuonho consent --all""",
)
LANGUAGES = ("vi", "en")
_WAITING = Text("Đang chờ một lệnh vuonho khác chạy xong…", "Waiting for another vuonho to finish…")
_ONE_WAY = Text(
    "Chỉ chọn một cách: ghi mã, --village hay --all.", "Choose one way: codes, --village or --all."
)
_WHOLE = Text("Bản kiểm kê là của cả dự án, không dùng với mã, --village hay --all.",
              "The inventory is of the whole project; it takes no codes, --village or --all.")  # fmt: skip
_NOBODY = Text("Chưa có hộ nào để ghi vào phiếu. Phiếu trống: vuonho consent",
               "There is no household to name on a form. A blank form: vuonho consent")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """The options as they were typed."""

    codes: tuple[str, ...]
    village: str | None
    every: bool
    inventory: bool
    edition: str
    out: str

    def wanted(self) -> Wanted | None:
        """Return whose forms are wanted, None for a blank one; raise WrongUse where options do not go together."""
        ways = sum((bool(self.codes), self.village is not None, self.every))
        if ways > 1:
            raise WrongUse(_ONE_WAY)
        if ways and self.inventory:
            raise WrongUse(_WHOLE)
        return Wanted(self.codes, self.village) if ways else None


def make(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @common(speech)
    @click.pass_context
    def consent_command(context: click.Context, /, folder: Path | None, **options: Any) -> None:
        asked = Asked(**options)
        wanted = asked.wanted()
        root, paper = project_folder(context, folder), Paper(asked.out, asked.edition)
        if asked.inventory:
            today = this_day()
            _report_inventory(make_inventory(root, today, paper, lambda: speech.note(_WAITING)), root, speech)
        else:
            made = make_forms(root, wanted, paper, speech.progress, lambda: speech.note(_WAITING))
            _report(made, root, speech)

    return click.command("consent", cls=SpokenCommand, help=HELP.to(speech.language))(
        _options(consent_command, speech)
    )


def _options(command: Function, speech: Speech) -> Function:
    """Return the command with its arguments and options."""

    def said(vi: str, en: str) -> str:
        return Text(vi, en).to(speech.language)

    for add in (
        click.option("-o", "out", metavar=said("TỆP", "FILE"), default="", help=said("Tên tệp PDF.", "Name of the PDF.")),
        click.option("--edition", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True,
                     help=said("Tiếng trên giấy; bản tiếng Anh chỉ để đọc.", "Language of the paper; English is only to be read.")),
        click.option("--inventory", is_flag=True, help=said("Bản kiểm kê dữ liệu cá nhân.", "The inventory of personal data.")),
        click.option("--all", "every", is_flag=True, help=said("Tất cả các hộ.", "All households.")),
        click.option("--village", metavar=said("THÔN", "VILLAGE"),
                     help=said("Các hộ của thôn này (tên thư mục).", "The households of this village (its folder).")),
        click.argument("codes", nargs=-1, metavar=said("[MÃ…]", "[CODE…]")),
    ):  # fmt: skip
        command = add(command)
    return command


def _report(made: Made | None, root: Path, speech: Speech) -> None:
    if made is None:
        speech.tell(_NOBODY)
        return
    if made.left_out:
        click.echo(render_problems(made.left_out, "text", speech.language), err=True)
        left_out = len({problem.file for problem in made.left_out})
        speech.note(
            Text(f"Lưu ý: {left_out} hộ có lỗi (xem ở trên) nên chưa có phiếu. Sửa xong thì in thêm.",
                 f"Note: {left_out} household{'s' * (left_out != 1)} with errors (see above) got no form. Correct them, "
                 "then print theirs.")
        )  # fmt: skip
    count = made.households
    what = (
        Text(f"phiếu của {count} hộ", f"forms of {count} household{'s' * (count != 1)}") if count else _BLANK
    )
    where = _where(made, root)
    speech.tell(
        Text(f"{where}: {what.vi}, {made.pages} trang: tổ một tờ, gia đình một tờ. Mỗi nhà in một lần, hai mặt. Xin cán bộ "
             "tư pháp xã xem trước khi dùng.",
             f"{where}: {what.en}, {made.pages} pages: a sheet for the team and one for the family. Print it once for each "
             "home, on both sides. Let the commune's justice officer see it before it is used.")
    )  # fmt: skip
    if made.has_example:
        speech.note(_EXAMPLE)


_EXAMPLE = Text(
    "Lưu ý: phiếu đang ghi địa chỉ mẫu. Sửa base_url trong profiles/site.yaml rồi in lại, trước khi đưa gia đình ký.",
    "Note: the form says an example address. Change base_url in profiles/site.yaml and print it again before a family "
    "signs it.",
)
_BLANK = Text("phiếu trống", "a blank form")


def _report_inventory(made: Made, root: Path, speech: Speech) -> None:
    where, count = _where(made, root), made.households
    speech.tell(
        Text(f"{where}: kiểm kê dữ liệu của {count} hộ, {made.pages} trang. Chỉ có con số, không có tên ai.",
             f"{where}: inventory of the data of {count} household{'s' * (count != 1)}, {made.pages} pages. "
             "Counts only, nobody's name.")
    )  # fmt: skip


def _where(made: Made, root: Path) -> str:
    return made.file.relative_to(root).as_posix() if made.file.is_relative_to(root) else str(made.file)
