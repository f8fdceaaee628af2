"""`vuonho undo`: the last command that changed households is taken back."""

from pathlib import Path

import click

from vuonho.bilingual import Text
from vuonho.cli.frame import SpokenCommand
from vuonho.cli.options import common
from vuonho.cli.speech import Speech
from vuonho.cli.tending import tended_folder
from vuonho.errors import Refused
from vuonho.keeping.undo import Undoing, plan_undo, undo

HELP = Text(
    """Lấy lại được lệnh cuối cùng trong các lệnh new, import, withdraw, plaques, khi chưa ai thấy: từ đó chưa sửa thêm, chưa đăng trang, biển chưa treo.

    Ví dụ: vuonho undo""",
    """The last of new, import, withdraw and plaques, while nobody has seen it: nothing was changed or published since, no plaque hangs.

    Example: vuonho undo""",
)
_WAITING = Text("Đang chờ một lệnh vuonho khác chạy xong…", "Waiting for another vuonho to finish…")
_NOTHING_DONE = Text("Chưa lấy lại gì cả.", "Nothing was taken back.")
_ASK = Text("Lấy lại lệnh trên?", "Take this back?")
_ASK_PRINT = Text(
    "Các tờ in của đợt này, và tệp PDF, đã hủy hết, chưa treo, chưa đưa ai tờ nào?",
    "Are all sheets of this run, and the PDF, destroyed, and was none hung or given to anybody?",
)
_SHOWN = 10


def make(speech: Speech) -> click.Command:
    """Return the command in one language."""

    def say(vi: str, en: str) -> str:
        return Text(vi, en).to(speech.language)

    @click.command("undo", cls=SpokenCommand, help=HELP.to(speech.language))
    @click.option("--print", "run", type=click.IntRange(1, 999_999), default=None, metavar=say("SỐ", "RUN"),
                  help=say("Hủy đợt in số này, dù không phải lệnh cuối.", "Take back this print run, though it is not the last command."))  # fmt: skip
    @click.option("--yes", "-y", is_flag=True, help=say("Không hỏi lại.", "Do not ask."))
    @common(speech)
    @click.pass_context
    def undo_command(context: click.Context, folder: Path | None, run: int | None, yes: bool) -> None:
        root = tended_folder(context, folder, speech)
        plan = plan_undo(root, run or 0)
        _show(plan, speech)
        if not speech.confirm(_ASK_PRINT if plan.deed.run else _ASK, yes=yes, otherwise=_NOTHING_DONE):
            return
        left = undo(root, plan, lambda: speech.note(_WAITING))
        if left:
            names = ", ".join(left)
            raise Refused(
                Text(f"Đã lấy lại, nhưng chưa xóa được vì có chương trình đang mở: {names}",
                     f"It was taken back, but another program has these open: {names}"),
                Text("Đóng chương trình ấy; lệnh vuonho sau sẽ xóa nốt.", "Close it; the next vuonho command removes them."),
            )  # fmt: skip
        speech.cheer(
            Text(f"Đã lấy lại: {plan.deed.what.vi}. Làm tiếp: vuonho build",
                 f"Taken back: {plan.deed.what.en}. Next: vuonho build")
        )  # fmt: skip

    return undo_command


def _show(plan: Undoing, speech: Speech) -> None:
    deed = plan.deed
    title = Text(f"{deed.what.vi} (ngày {deed.day:%d/%m/%Y})", f"{deed.what.en} (on {deed.day:%Y-%m-%d})")
    click.secho(title.to(speech.language), bold=True)
    for label, names in (
        (Text("trở lại như trước", "as before again"), plan.restored),
        (Text("xóa đi", "deleted"), plan.removed),
        (Text("mã bỏ, không dùng lại", "code void for good"), plan.void),
        (Text("coi như chưa in", "as if not printed"), _unprinted(plan)),
    ):
        for name in names[:_SHOWN]:
            click.echo(f"  {label.to(speech.language)}: {name}")
        if (more := len(names) - _SHOWN) > 0:
            speech.tell(Text(f"  {label.vi}: … và {more} nữa", f"  {label.en}: … and {more} more"))


def _unprinted(plan: Undoing) -> tuple[str, ...]:
    """Return the codes, and the villages of boards, whose print is taken back."""
    before = plan.deed.before.by_code
    codes = [row.code for row in plan.deed.after.rows if row.printed and row.code in before and plan.deed.run]
    return (*codes, *(board.village for board in plan.deed.boards))
