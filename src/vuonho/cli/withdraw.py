"""`vuonho withdraw`: a household is taken off without a file being opened, and what remains to be done by hand."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from vuonho.bilingual import NOTHING, Text
from vuonho.cli.day import this_day
from vuonho.cli.frame import SpokenCommand
from vuonho.cli.options import Function, common, project_folder
from vuonho.cli.speech import Speech
from vuonho.cli.tending import tended_folder
from vuonho.departure.aftermath import left_to_do
from vuonho.departure.departing import parse_day
from vuonho.departure.leaving import Departure, Wish, plan_departure, take_off

HELP = Text(
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


def make(speech: Speech) -> click.Command:
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
    return click.command("withdraw", cls=SpokenCommand, help=HELP.to(speech.language))(decorated)


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
