"""Options that every command has, the clock, and the register put in order before a command that writes."""

import os
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final, TypeVar

import click
from click.shell_completion import CompletionItem, get_completion_class

from vuonho.cli.console import LANGUAGES, Speech
from vuonho.errors import MachineTrouble
from vuonho.i18n import Text
from vuonho.register.assign import DAMAGED, Assigned, tend

# --- Options that every command has ---

Function = TypeVar("Function", bound=Callable[..., Any])


def common(speech: Speech) -> Callable[[Function], Function]:
    """Return a decorator that adds `-C` and `--lang`; both may stand before or after the command's name."""

    def decorate(function: Function) -> Function:
        in_folder = click.option(
            "-C", "folder", metavar=Text("THƯ_MỤC", "DIR").to(speech.language), type=click.Path(path_type=Path),
            help=Text("Làm như đang ở trong thư mục này.", "Act as if started in this folder.").to(speech.language),
        )  # fmt: skip
        language = click.option(
            "--lang", expose_value=False, type=click.Choice(LANGUAGES),
            help=Text("Ngôn ngữ của thông báo.", "Language of the messages.").to(speech.language),
        )  # fmt: skip
        return in_folder(language(function))

    return decorate


def project_folder(context: click.Context, folder: Path | None) -> Path:
    """Return the project's folder, absolute: that of the command, else that of the program, else here.

    Raises MachineTrouble where there is no project.
    """
    outer: Path = context.meta.get("vuonho.folder", Path())
    root = Path(os.path.abspath(outer / folder if folder else outer))  # noqa: PTH100 - links stay as they are
    if (root / "profiles").is_dir():
        return root
    raise MachineTrouble(
        Text(f"Không thấy thư mục “profiles” trong {root}.", f"There is no folder “profiles” in {root}."),
        Text("Vào thư mục của dự án rồi chạy lại, hoặc thêm -C THƯ_MỤC. Dự án mới: vuonho init THƯ_MỤC",
             "Go to the project's folder and run again, or add -C DIR. A new project: vuonho init DIR"),
    )  # fmt: skip


def as_typed(path: Path) -> str:
    """Return a path as it is typed at a prompt: in quotes where it has a blank."""
    return f'"{path}"' if " " in str(path) else str(path)


# --- What time it is: only here is the clock asked, and no page knows it ---

_VIETNAM: Final = timezone(timedelta(hours=7))
_FIRST, _LAST = 2026, 2100
"""The year of the first version, and the last one that a date of the project may have."""


def require_countable() -> None:
    """Raise MachineTrouble for a clock beyond what Python counts, with which not even its libraries load."""
    try:
        time.time()
    except OverflowError as error:
        raise _wrong(Text("một năm quá xa", "a year too far away")) from error


def this_moment() -> datetime:
    """Return the moment by this computer's clock, in its zone, for whatever is recorded.

    Raises MachineTrouble for a year that cannot be: the next command would refuse what was written with it.
    """
    now = datetime.now().astimezone()
    if not _FIRST <= now.year <= _LAST:
        raise _wrong(Text(f"{now.day}/{now.month}/{now.year}", now.date().isoformat()))
    return now


def this_day() -> date:
    """Return the day here; raises MachineTrouble as `this_moment` does."""
    return this_moment().date()


def latest_day() -> date:
    """Return the later of the day here and in Vietnam, where the families signed; a wrong clock is believed.

    A workflow runs on a computer whose day begins seven hours after theirs.
    """
    now = datetime.now().astimezone()
    return max(now.date(), now.astimezone(_VIETNAM).date())


def _wrong(day: Text) -> MachineTrouble:
    return MachineTrouble(
        Text(f"Đồng hồ máy đang chỉ {day.vi}.", f"The clock of this computer says {day.en}."),
        Text("Chỉnh lại ngày giờ của máy, rồi chạy lại.", "Set its date and time, then run again."),
    )


# --- Completion by the shell: what the Tab key knows of commands, options, files ---

SHELLS = ("bash", "zsh", "fish")
_VARIABLE = "_VUONHO_COMPLETE"
_HELP = Text("In đoạn lệnh để phím Tab biết gõ tiếp, ví dụ: vuonho --completion bash >> ~/.bashrc",
             "Print what makes the Tab key complete commands: vuonho --completion bash >> ~/.bashrc")  # fmt: skip


def completion_option(speech: Speech) -> click.Option:
    """Return the option that prints a shell's script for completion."""
    return click.Option(
        ["--completion"], type=click.Choice(SHELLS), expose_value=False, is_eager=True, callback=_print,
        help=_HELP.to(speech.language),
    )  # fmt: skip


def files(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return what tells the shell to offer files."""
    return [CompletionItem(begun, type="file")]


def _print(context: click.Context, _parameter: click.Parameter, shell: str | None) -> None:
    found = get_completion_class(shell) if shell else None
    if found is None or context.resilient_parsing:
        return
    script = found(context.find_root().command, {}, "vuonho", _VARIABLE).source()
    click.echo(script)
    context.exit()


# --- The register put in order before a command that writes, and what is said of it ---


def tended_folder(context: click.Context, folder: Path | None, speech: Speech) -> Path:
    """Return the project's folder, its register put in order; raises MachineTrouble as `project_folder` does.

    A workflow that builds from a repository throws its files away: a code given there would be another at each run.
    """
    root = project_folder(context, folder)
    if not os.environ.get("CI"):
        done = tend(root, this_day)
        for file, code in done.given:
            speech.note(Text(f"Mã mới: {code}  {file}", f"New code: {code}  {file}"))
        tell_mended(done, speech)
    return root


def tell_mended(done: Assigned, speech: Speech) -> None:
    """Say what was put right, if anything was."""
    if done.is_anew:
        speech.note(
            Text(f"Lưu ý: sổ mã codes.csv không đọc được nữa, máy đã ghi lại cả sổ như lần cuối. Bản hỏng cất ở {DAMAGED}.",
                 f"Note: the register codes.csv could not be read any more and was written as it was. The damaged one is kept as {DAMAGED}.")
        )  # fmt: skip
    if count := len(done.mended):
        codes = ", ".join(done.mended[:_SHOWN]) + ", …" * (count > _SHOWN)
        speech.note(
            Text(f"Lưu ý: sổ mã mất hoặc sai {count} dòng, máy đã ghi lại như cũ: {codes}",
                 f"Note: {count} row{'s' * (count != 1)} of the register had been lost or changed and are as before: {codes}")
        )  # fmt: skip
    if done.boards:
        speech.note(
            Text("Lưu ý: sổ bảng thôn (boards.csv) mất dòng, máy đã ghi lại như cũ.",
                 "Note: the record of boards (boards.csv) had lost rows; they are as before.")
        )  # fmt: skip
    for code in done.returned:
        speech.note(
            Text(f"Hộ {code} đã đồng ý lại: dựng và đăng xong thì biển của hộ lại mở ra trang của hộ.",
                 f"Household {code} has agreed again: once the site is built and published its plaque opens its page.")
        )  # fmt: skip


_SHOWN = 5
