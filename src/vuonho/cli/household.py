"""`vuonho withdraw`, `remove` and `undo`: a household taken off, and the last command taken back."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from vuonho.backup.undo import plan_undo, undo
from vuonho.cli.commands import argument, command, option
from vuonho.cli.common import require_project, tended_project, this_day
from vuonho.cli.console import Console
from vuonho.errors import Refused
from vuonho.i18n import NOTHING, Text
from vuonho.withdraw import (
    Departure,
    Wish,
    left_to_do,
    parse_day,
    plan_departure,
    plan_removal,
    remove_household,
    take_off,
)

_YES = Text("Không hỏi lại.", "Do not ask.")
_SHOWN = 10
"""How many files or codes of one kind `undo` names."""


@command(
    "withdraw",
    help=Text(
        """Xong sẽ kể những việc còn phải làm tay.

        Ví dụ: vuonho withdraw 482135""",
        """Ends with what remains to be done by hand.

        Example: vuonho withdraw 482135""",
    ),
)
@argument("code", nargs=-1, required=True, metavar=Text("MÃ", "CODE"))
@option("--moved-to", metavar=Text("MÃ", "CODE"), default="",
        help=Text("Hộ đã có mã mới: biển cũ dẫn khách sang đó.",
                  "The household has a new code: the old plaque leads there."))  # fmt: skip
@option("--on", metavar=Text("NGÀY", "DATE"), default="",
        help=Text("Ngày gia đình báo rút (mặc định: hôm nay).",
                  "The day the family said so (default: today)."))  # fmt: skip
@option("--erase", is_flag=True,
        help=Text("Xóa luôn số liệu và ảnh gốc của hộ trên máy này.",
                  "Delete the household's data and original photos on this computer too."))  # fmt: skip
@option("--dry-run", is_flag=True, help=Text("Chỉ xem, chưa ghi gì.", "Only show; nothing is written."))
@option("--yes", is_flag=True, help=_YES)
@click.pass_obj
def withdraw_command(
    console: Console,
    folder: Path,
    code: tuple[str, ...],
    moved_to: str,
    on: str,
    erase: bool,
    dry_run: bool,
    yes: bool,
) -> None:
    """Take a household off the site, and tell what remains to be done by hand."""
    root = require_project(folder) if dry_run else tended_project(folder, console)
    today = this_day()
    wish = Wish(" ".join(code), parse_day(on, today), moved_to, erase, is_dated=bool(on.strip()))
    plan = plan_departure(root, wish)
    if plan.is_nothing:
        _report_withdrawn_before(plan, console)
        return
    _show_departure(plan, console)
    nothing_done = Text("Chưa ghi gì cả.", "Nothing was written.")
    if dry_run:
        if plan.file:
            line = f'moved_to: "{plan.moved_to}"' if plan.moved_to else f"withdrawn: {plan.day}"
            console.print(
                Text(f"  Sẽ ghi vào {plan.file}: {line}", f"  Would be written to {plan.file}: {line}")
            )
        _report_left_to_do(root, plan, today, (), console)
        console.print(nothing_done)
    elif console.confirm(_question(plan), yes=yes, otherwise=nothing_done):
        done, left = take_off(root, wish, today, console.waiting)
        console.success(
            Text(f"Đã ghi: mã {done.code} dẫn sang {done.moved_to}.", f"Written: {done.code} leads on to {done.moved_to}.")
            if done.moved_to
            else Text(f"Đã ghi: hộ {done.code} rút ngày {done.day:%d/%m/%Y}.",
                      f"Written: household {done.code} withdrew on {done.day:%Y-%m-%d}.")
        )  # fmt: skip
        _report_left_to_do(root, done, today, left, console)


def _report_withdrawn_before(plan: Departure, console: Console) -> None:
    if plan.moved_to:
        console.print(
            Text(f"Mã {plan.code} đã dẫn sang mã {plan.moved_to} rồi, không có gì thay đổi.",
                 f"Code {plan.code} leads on to {plan.moved_to} already; nothing has changed.")
        )  # fmt: skip
        return
    day = Text(f" (ngày {plan.day:%d/%m/%Y})", f" (on {plan.day:%Y-%m-%d})") if plan.file else NOTHING
    console.print(
        Text(f"Hộ {plan.code} đã rút rồi{day.vi}, không có gì thay đổi. Nếu chưa dựng lại trang: vuonho build",
             f"Household {plan.code} has withdrawn already{day.en}; nothing has changed. If the site was not built since: vuonho build")
    )  # fmt: skip


def _show_departure(plan: Departure, console: Console) -> None:
    """Name the household, and what will be deleted for good, before anything is done."""
    who = f"{plan.code}  {plan.name}".rstrip()  # one that was erased has no name
    click.echo(click.style(who, bold=True) + f"  {plan.file or plan.row.profile}")
    for code in plan.followers:
        console.print(Text(f"  Mã {code} đang dẫn sang hộ này, nên cũng rút theo.",
                           f"  Code {code} leads to this household, so it is withdrawn too."))  # fmt: skip
    if plan.is_erased:
        console.print(Text("  Xóa hẳn: mọi số liệu trong hồ sơ, chỉ giữ mã và ngày",
                           "  Deleted for good: all data of the profile but its code and days"))  # fmt: skip
        for photo in plan.photos:
            console.print(Text(f"  Xóa hẳn: {photo}", f"  Deleted for good: {photo}"))


def _question(plan: Departure) -> Text:
    """Return what is asked: what is deleted for good is named in the question itself."""
    erase = NOTHING
    if plan.is_erased:
        erase = Text(" và xóa hẳn những thứ trên", ", and delete the above for good")
    if plan.moved_to:
        return Text(f"Dẫn biển của hộ này sang mã {plan.moved_to}{erase.vi}?",
                    f"Lead this household's plaque on to {plan.moved_to}{erase.en}?")  # fmt: skip
    if plan.is_erased:
        return Text(f"Rút{erase.vi}?", f"Take this household off{erase.en}?")
    return Text("Rút hộ này khỏi trang?", "Take this household off the site?")


def _report_left_to_do(
    root: Path, plan: Departure, today: date, left: tuple[str, ...], console: Console
) -> None:
    console.print(Text("\nViệc còn phải làm:", "\nWhat remains to be done:"))
    for number, what in enumerate(left_to_do(root, plan, today, left), 1):
        console.print(Text(f" {number}. {what.vi}", f" {number}. {what.en}"))


@command(
    "remove",
    help=Text(
        """Cho hộ thêm nhầm. Hộ đã in biển hoặc đã đăng thì dùng vuonho withdraw.

        Ví dụ: vuonho remove 482135""",
        """For a household added by mistake. One that was printed or published is for vuonho withdraw.

        Example: vuonho remove 482135""",
    ),
)
@argument("code", nargs=-1, required=True, metavar=Text("MÃ", "CODE"))
@option("--yes", "-y", is_flag=True, help=_YES)
@click.pass_obj
def remove_command(console: Console, folder: Path, code: tuple[str, ...], yes: bool) -> None:
    """Drop a household that nobody has seen yet, with its profile and its photos."""
    root = tended_project(folder, console)
    plan = plan_removal(root, " ".join(code))
    click.secho(f"{plan.code}  {plan.name}".rstrip(), bold=True)
    for name in filter(None, (plan.file, *plan.photos)):
        console.print(Text(f"  Xóa hẳn: {name}", f"  Deleted for good: {name}"))
    if not plan.file:
        console.print(
            Text("  Hồ sơ không còn; chỉ ghi mã này là đã bỏ.", "  Its profile is gone; the code becomes void.")
        )  # fmt: skip
    question = Text(
        "Trang của hộ này chưa lên mạng lần nào, kể cả bằng cách khác. Xóa hẳn những thứ trên?",
        "This household's page was never on the web, in whatever way. Delete these for good?",
    )
    if console.confirm(question, yes=yes, otherwise=Text("Chưa bỏ gì cả.", "Nothing was removed.")):
        left = remove_household(root, plan, console.waiting)
        _require_erased(
            left, Text(f"Đã bỏ hộ {plan.code}, nhưng", f"Household {plan.code} was removed, but")
        )  # fmt: skip
        console.success(
            Text(f"Đã bỏ hộ {plan.code}; mã ấy không dùng lại. Làm tiếp: vuonho build",
                 f"Household {plan.code} is removed; its code is never used again. Next: vuonho build")
        )  # fmt: skip


@command(
    "undo",
    help=Text(
        """Lấy lại được lệnh cuối cùng trong các lệnh new, import, withdraw, plaques, khi chưa ai thấy: từ đó chưa sửa thêm, chưa đăng trang, biển chưa treo.

        Ví dụ: vuonho undo""",
        """The last of new, import, withdraw and plaques, while nobody has seen it: nothing was changed or published since, no plaque hangs.

        Example: vuonho undo""",
    ),
)
@option("--print", "run", type=click.IntRange(1, 999_999), metavar=Text("SỐ", "RUN"),
        help=Text("Hủy đợt in số này, dù không phải lệnh cuối.",
                  "Take back this print run, though it is not the last command."))  # fmt: skip
@option("--yes", "-y", is_flag=True, help=_YES)
@click.pass_obj
def undo_command(console: Console, folder: Path, run: int | None, yes: bool) -> None:
    """Take back the last command that changed households."""
    root = tended_project(folder, console)
    plan = plan_undo(root, run or 0)
    deed = plan.deed
    title = Text(f"{deed.what.vi} (ngày {deed.day:%d/%m/%Y})", f"{deed.what.en} (on {deed.day:%Y-%m-%d})")
    click.secho(title.to(console.language), bold=True)
    known = deed.before.by_code
    unprinted = [row.code for row in deed.after.rows if row.printed and row.code in known and deed.run]
    unprinted += [board.village for board in deed.boards]
    for label, names in (
        (Text("trở lại như trước", "as before again"), plan.restored),
        (Text("xóa đi", "deleted"), plan.removed),
        (Text("mã bỏ, không dùng lại", "code void for good"), plan.void),
        (Text("coi như chưa in", "as if not printed"), unprinted),
    ):
        for name in names[:_SHOWN]:
            click.echo(f"  {label.to(console.language)}: {name}")
        if (more := len(names) - _SHOWN) > 0:
            console.print(Text(f"  {label.vi}: … và {more} nữa", f"  {label.en}: … and {more} more"))
    question = Text("Lấy lại lệnh trên?", "Take this back?")
    if deed.run:
        question = Text(
            "Các tờ in của đợt này, và tệp PDF, đã hủy hết, chưa treo, chưa đưa ai tờ nào?",
            "Are all sheets of this run, and the PDF, destroyed, and was none hung or given to anybody?",
        )
    if console.confirm(question, yes=yes, otherwise=Text("Chưa lấy lại gì cả.", "Nothing was taken back.")):
        left = undo(root, plan, console.waiting)
        _require_erased(left, Text("Đã lấy lại, nhưng", "It was taken back, but"))
        console.success(
            Text(f"Đã lấy lại: {deed.what.vi}. Làm tiếp: vuonho build",
                 f"Taken back: {deed.what.en}. Next: vuonho build")
        )  # fmt: skip


def _require_erased(left: Sequence[str], done: Text) -> None:
    """Raise Refused where files are left that could not be deleted yet."""
    if left:
        names = ", ".join(left)
        raise Refused(
            Text(f"{done.vi} chưa xóa được vì có chương trình đang mở: {names}",
                 f"{done.en} another program has these open: {names}"),
            Text("Đóng chương trình ấy; lệnh vuonho sau sẽ xóa nốt.", "Close it; the next vuonho command removes them."),
        )  # fmt: skip
