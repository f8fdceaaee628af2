"""`vuonho withdraw`, `remove` and `undo`: a household taken off, and the last command taken back."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from vuonho.backup.undo import Undoing, plan_undo, undo
from vuonho.cli.app import SpokenCommand
from vuonho.cli.console import Speech
from vuonho.cli.options import Function, common, project_folder, tended_folder, this_day
from vuonho.errors import Refused
from vuonho.i18n import NOTHING, Text
from vuonho.withdraw import (
    Departure,
    Removal,
    Wish,
    left_to_do,
    parse_day,
    plan_departure,
    plan_removal,
    remove_household,
    take_off,
)

# --- `vuonho withdraw`: a household is taken off without a file being opened, and what remains to be done by hand ---

WITHDRAW_HELP = Text(
    """Xong sẽ kể những việc còn phải làm tay.

    Ví dụ: vuonho withdraw 482135""",
    """Ends with what remains to be done by hand.

    Example: vuonho withdraw 482135""",
)
_WAITING = Text("Đang chờ một lệnh vuonho khác chạy xong…", "Waiting for another vuonho to finish…")
_NOTHING_DONE = Text("Chưa ghi gì cả.", "Nothing was written.")
_OPTIONS: tuple[tuple[str, Text, Text], ...] = (
    ("--moved-to", Text("MÃ", "CODE"),
     Text("Hộ đã có mã mới: biển cũ dẫn khách sang đó.", "The household has a new code: the old plaque leads there.")),
    ("--on", Text("NGÀY", "DATE"),
     Text("Ngày gia đình báo rút (mặc định: hôm nay).", "The day the family said so (default: today).")),
)  # fmt: skip
_FLAGS: tuple[tuple[str, Text], ...] = (
    ("--erase", Text("Xóa luôn số liệu và ảnh gốc của hộ trên máy này.",
                     "Delete the household's data and original photos on this computer too.")),
    ("--dry-run", Text("Chỉ xem, chưa ghi gì.", "Only show; nothing is written.")),
    ("--yes", Text("Không hỏi lại.", "Do not ask.")),
)  # fmt: skip


def make_withdraw(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @common(speech)
    @click.pass_context
    def withdraw_command(context: click.Context, /, folder: Path | None, **options: Any) -> None:
        is_look = options["dry_run"]
        root = project_folder(context, folder) if is_look else tended_folder(context, folder, speech)
        today = this_day()
        day = parse_day(options["on"], today)
        wish = Wish(
            " ".join(options["code"]), day, options["moved_to"], options["erase"], bool(options["on"].strip())
        )
        plan = plan_departure(root, wish)
        if plan.is_nothing:
            _already(plan, speech)
            return
        _show(plan, speech)
        if options["dry_run"]:
            _show_line(plan, speech)
            _remaining(root, plan, today, (), speech)
            speech.tell(_NOTHING_DONE)
        elif speech.confirm(_question(plan), yes=options["yes"], otherwise=_NOTHING_DONE):
            done, left = take_off(root, wish, today, lambda: speech.note(_WAITING))
            _report(done, speech)
            _remaining(root, done, today, left, speech)

    decorated = _with_options(withdraw_command, speech)
    return click.command("withdraw", cls=SpokenCommand, help=WITHDRAW_HELP.to(speech.language))(decorated)


def _with_options(command: Function, speech: Speech) -> Function:
    for flag, said in reversed(_FLAGS):
        command = click.option(flag, is_flag=True, help=said.to(speech.language))(command)
    for name, value, said in reversed(_OPTIONS):
        add = click.option(name, metavar=value.to(speech.language), default="", help=said.to(speech.language))
        command = add(command)
    metavar = Text("MÃ", "CODE").to(speech.language)
    return click.argument("code", nargs=-1, required=True, metavar=metavar)(command)


def _already(plan: Departure, speech: Speech) -> None:
    if plan.moved_to:
        speech.tell(
            Text(f"Mã {plan.code} đã dẫn sang mã {plan.moved_to} rồi, không có gì thay đổi.",
                 f"Code {plan.code} leads on to {plan.moved_to} already; nothing has changed.")
        )  # fmt: skip
        return
    day = Text(f" (ngày {plan.day:%d/%m/%Y})", f" (on {plan.day:%Y-%m-%d})") if plan.file else NOTHING
    speech.tell(
        Text(f"Hộ {plan.code} đã rút rồi{day.vi}, không có gì thay đổi. Nếu chưa dựng lại trang: vuonho build",
             f"Household {plan.code} has withdrawn already{day.en}; nothing has changed. If the site was not built since: vuonho build")
    )  # fmt: skip


def _show(plan: Departure, speech: Speech) -> None:
    """Name the household, and what will be deleted for good, before anything is done."""
    who = (
        f"{plan.code}  {plan.name}" if plan.name else plan.code
    )  # nothing but the code of one that was erased
    click.echo(click.style(who, bold=True) + f"  {plan.file or plan.row.profile}")
    for code in plan.followers:
        speech.tell(Text(f"  Mã {code} đang dẫn sang hộ này, nên cũng rút theo.",
                         f"  Code {code} leads to this household, so it is withdrawn too."))  # fmt: skip
    if plan.is_erased:
        speech.tell(Text("  Xóa hẳn: mọi số liệu trong hồ sơ, chỉ giữ mã và ngày",
                         "  Deleted for good: all data of the profile but its code and days"))  # fmt: skip
        for photo in plan.photos:
            speech.tell(Text(f"  Xóa hẳn: {photo}", f"  Deleted for good: {photo}"))


def _show_line(plan: Departure, speech: Speech) -> None:
    if plan.file:
        line = f'moved_to: "{plan.moved_to}"' if plan.moved_to else f"withdrawn: {plan.day}"
        speech.tell(Text(f"  Sẽ ghi vào {plan.file}: {line}", f"  Would be written to {plan.file}: {line}"))


_ERASE = Text(" và xóa hẳn những thứ trên", ", and delete the above for good")


def _question(plan: Departure) -> Text:
    """Return what is asked: what is deleted for good is named in the question itself."""
    erase = _ERASE if plan.is_erased else NOTHING
    if plan.moved_to:
        return Text(f"Dẫn biển của hộ này sang mã {plan.moved_to}{erase.vi}?",
                    f"Lead this household's plaque on to {plan.moved_to}{erase.en}?")  # fmt: skip
    if plan.is_erased:
        return Text(f"Rút{erase.vi}?", f"Take this household off{erase.en}?")
    return Text("Rút hộ này khỏi trang?", "Take this household off the site?")


def _report(plan: Departure, speech: Speech) -> None:
    speech.cheer(
        Text(f"Đã ghi: mã {plan.code} dẫn sang {plan.moved_to}.", f"Written: {plan.code} leads on to {plan.moved_to}.")
        if plan.moved_to
        else Text(f"Đã ghi: hộ {plan.code} rút ngày {plan.day:%d/%m/%Y}.",
                  f"Written: household {plan.code} withdrew on {plan.day:%Y-%m-%d}.")
    )  # fmt: skip


def _remaining(root: Path, plan: Departure, today: date, left: tuple[str, ...], speech: Speech) -> None:
    speech.tell(Text("\nViệc còn phải làm:", "\nWhat remains to be done:"))
    for number, what in enumerate(left_to_do(root, plan, today, left), 1):
        speech.tell(Text(f" {number}. {what.vi}", f" {number}. {what.en}"))


# --- `vuonho remove`: a household that nobody has seen yet goes, with its profile and its photos ---

REMOVE_HELP = Text(
    """Cho hộ thêm nhầm. Hộ đã in biển hoặc đã đăng thì dùng vuonho withdraw.

    Ví dụ: vuonho remove 482135""",
    """For a household added by mistake. One that was printed or published is for vuonho withdraw.

    Example: vuonho remove 482135""",
)
_REMOVE_WAITING = Text("Đang chờ một lệnh vuonho khác chạy xong…", "Waiting for another vuonho to finish…")
_REMOVE_NOTHING_DONE = Text("Chưa bỏ gì cả.", "Nothing was removed.")
_ASK = Text(
    "Trang của hộ này chưa lên mạng lần nào, kể cả bằng cách khác. Xóa hẳn những thứ trên?",
    "This household's page was never on the web, in whatever way. Delete these for good?",
)


def make_remove(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @click.command("remove", cls=SpokenCommand, help=REMOVE_HELP.to(speech.language))
    @click.argument("code", nargs=-1, required=True, metavar=Text("MÃ", "CODE").to(speech.language))
    @click.option("--yes", "-y", is_flag=True, help=Text("Không hỏi lại.", "Do not ask.").to(speech.language))
    @common(speech)
    @click.pass_context
    def remove_command(context: click.Context, folder: Path | None, code: tuple[str, ...], yes: bool) -> None:
        root = tended_folder(context, folder, speech)
        plan = plan_removal(root, " ".join(code))
        _remove_show(plan, speech)
        if not speech.confirm(_ASK, yes=yes, otherwise=_REMOVE_NOTHING_DONE):
            return
        left = remove_household(root, plan, lambda: speech.note(_REMOVE_WAITING))
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


def _remove_show(plan: Removal, speech: Speech) -> None:
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


# --- `vuonho undo`: the last command that changed households is taken back ---

UNDO_HELP = Text(
    """Lấy lại được lệnh cuối cùng trong các lệnh new, import, withdraw, plaques, khi chưa ai thấy: từ đó chưa sửa thêm, chưa đăng trang, biển chưa treo.

    Ví dụ: vuonho undo""",
    """The last of new, import, withdraw and plaques, while nobody has seen it: nothing was changed or published since, no plaque hangs.

    Example: vuonho undo""",
)
_UNDO_WAITING = Text("Đang chờ một lệnh vuonho khác chạy xong…", "Waiting for another vuonho to finish…")
_UNDO_NOTHING_DONE = Text("Chưa lấy lại gì cả.", "Nothing was taken back.")
_UNDO_ASK = Text("Lấy lại lệnh trên?", "Take this back?")
_ASK_PRINT = Text(
    "Các tờ in của đợt này, và tệp PDF, đã hủy hết, chưa treo, chưa đưa ai tờ nào?",
    "Are all sheets of this run, and the PDF, destroyed, and was none hung or given to anybody?",
)
_SHOWN = 10


def make_undo(speech: Speech) -> click.Command:
    """Return the command in one language."""

    def say(vi: str, en: str) -> str:
        return Text(vi, en).to(speech.language)

    @click.command("undo", cls=SpokenCommand, help=UNDO_HELP.to(speech.language))
    @click.option("--print", "run", type=click.IntRange(1, 999_999), default=None, metavar=say("SỐ", "RUN"),
                  help=say("Hủy đợt in số này, dù không phải lệnh cuối.", "Take back this print run, though it is not the last command."))  # fmt: skip
    @click.option("--yes", "-y", is_flag=True, help=say("Không hỏi lại.", "Do not ask."))
    @common(speech)
    @click.pass_context
    def undo_command(context: click.Context, folder: Path | None, run: int | None, yes: bool) -> None:
        root = tended_folder(context, folder, speech)
        plan = plan_undo(root, run or 0)
        _undo_show(plan, speech)
        if not speech.confirm(
            _ASK_PRINT if plan.deed.run else _UNDO_ASK, yes=yes, otherwise=_UNDO_NOTHING_DONE
        ):
            return
        left = undo(root, plan, lambda: speech.note(_UNDO_WAITING))
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


def _undo_show(plan: Undoing, speech: Speech) -> None:
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
