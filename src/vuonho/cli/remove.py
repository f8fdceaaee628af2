"""`vuonho remove`: a household that nobody has seen yet goes, with its profile and its photos."""

from pathlib import Path

import click

from vuonho.bilingual import Text
from vuonho.cli.frame import SpokenCommand
from vuonho.cli.options import common
from vuonho.cli.speech import Speech
from vuonho.cli.tending import tended_folder
from vuonho.departure.removing import Removal, plan_removal, remove_household
from vuonho.errors import Refused

HELP = Text(
    """Cho hộ thêm nhầm. Hộ đã in biển hoặc đã đăng thì dùng vuonho withdraw.

    Ví dụ: vuonho remove 482135""",
    """For a household added by mistake. One that was printed or published is for vuonho withdraw.

    Example: vuonho remove 482135""",
)
_WAITING = Text("Đang chờ một lệnh vuonho khác chạy xong…", "Waiting for another vuonho to finish…")
_NOTHING_DONE = Text("Chưa bỏ gì cả.", "Nothing was removed.")
_ASK = Text(
    "Trang của hộ này chưa lên mạng lần nào, kể cả bằng cách khác. Xóa hẳn những thứ trên?",
    "This household's page was never on the web, in whatever way. Delete these for good?",
)


def make(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @click.command("remove", cls=SpokenCommand, help=HELP.to(speech.language))
    @click.argument("code", nargs=-1, required=True, metavar=Text("MÃ", "CODE").to(speech.language))
    @click.option("--yes", "-y", is_flag=True, help=Text("Không hỏi lại.", "Do not ask.").to(speech.language))
    @common(speech)
    @click.pass_context
    def remove_command(context: click.Context, folder: Path | None, code: tuple[str, ...], yes: bool) -> None:
        root = tended_folder(context, folder, speech)
        plan = plan_removal(root, " ".join(code))
        _show(plan, speech)
        if not speech.confirm(_ASK, yes=yes, otherwise=_NOTHING_DONE):
            return
        left = remove_household(root, plan, lambda: speech.note(_WAITING))
        if left:
            names = ", ".join(left)
            raise Refused(
                Text(f"Đã bỏ hộ {plan.code}, nhưng chưa xóa được vì có chương trình đang mở: {names}",
                     f"Household {plan.code} was removed, but another program has these open: {names}"),
                Text("Đóng chương trình ấy; lệnh vuonho sau sẽ xóa nốt.", "Close it; the next vuonho command removes them."),
            )  # fmt: skip
        speech.cheer(
            Text(f"Đã bỏ hộ {plan.code}; mã ấy không dùng lại. Làm tiếp: vuonho build",
                 f"Household {plan.code} is removed; its code is never used again. Next: vuonho build")
        )  # fmt: skip

    return remove_command


def _show(plan: Removal, speech: Speech) -> None:
    click.secho(f"{plan.code}  {plan.name}".rstrip(), bold=True)
    for name in (plan.file, *plan.photos):
        if name:
            speech.tell(Text(f"  Xóa hẳn: {name}", f"  Deleted for good: {name}"))
    if not plan.file:
        speech.tell(
            Text(
                "  Hồ sơ không còn; chỉ ghi mã này là đã bỏ.", "  Its profile is gone; the code becomes void."
            )
        )
