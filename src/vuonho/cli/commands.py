"""click in two languages, and the commands by name: the module of one is loaded when it is asked for."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from typing import Any, Final

import click
from click.shell_completion import CompletionItem

from vuonho.cli.console import LANGUAGES, Console
from vuonho.errors import cited
from vuonho.i18n import NOTHING, Text

COMMANDS: Final[Mapping[str, Text]] = {
    "init": Text(
        "Mở một dự án mới trong THƯ_MỤC: hỏi tên thôn, xã, địa chỉ trang, tổ phụ trách, rồi tạo các tệp để bắt đầu.",
        "Start a new project in DIR: asks for village, commune, address of the site and team, and makes the first files.",
    ),
    "new": Text(
        "Thêm một hộ: tạo hồ sơ có sẵn mã và lời chỉ dẫn ở từng mục, để mở ra điền tiếp.",
        "Add a household: make its profile, with its code and a note on each field, ready to be filled in.",
    ),
    "assign": Text(
        "Cấp mã cho hồ sơ chưa có, và ghi mọi mã vào sổ (profiles/codes.csv).",
        "Give codes to profiles that lack one, and enter every code into the register (profiles/codes.csv).",
    ),
    "form": Text(
        "Làm phiếu để tổ ghi ở từng nhà: một tệp .html mở trên điện thoại, không cần mạng.",
        "Make the form that the team fills in at each home: an .html file for phones, which needs no signal.",
    ),
    "import": Text(
        "Đưa phiếu từ điện thoại (.txt), Excel (.xlsx) hoặc .csv vào hồ sơ.",
        "Take phone forms (.txt), Excel (.xlsx) or .csv into the profiles.",
    ),
    "export": Text(
        "Xuất hồ sơ ra bảng Excel để xem và sửa; sửa xong đưa vào lại bằng vuonho import.",
        "Put the profiles into a workbook, to look at and to change in Excel; vuonho import takes it back.",
    ),
    "consent": Text(
        "Làm phiếu đồng ý để in ra giấy (PDF, A4, hai mặt): mỗi điều một câu hỏi, không đánh dấu sẵn, tổ giữ một bản, gia đình giữ một bản.",
        "Make the form of consent to be printed (PDF, A4, both sides): one question for each thing, nothing ticked, a copy for the team and one for the family.",
    ),
    "check": Text(
        "Kiểm tra mọi hồ sơ và báo hết các lỗi một lượt.",
        "Check every profile and name all problems at once.",
    ),
    "build": Text(
        "Kiểm tra rồi dựng cả trang web cùng mã QR.",
        "Check, then build the whole site with its QR codes.",
    ),
    "serve": Text(
        "Xem thử trang web trên máy này, đúng như khi đã lên mạng.",
        "Look at the website on this computer as it will be once published.",
    ),
    "plaques": Text(
        "Làm tệp PDF để in biển; mã nào cũng được quét lại trước khi ghi tệp.",
        "Make the PDF to print plaques from; every code is read back before the file is written.",
    ),
    "verify": Text(
        "Kiểm chứng trang đã dựng: quét lại mọi mã QR, thử mọi đường dẫn, tìm điều gia đình chưa cho công khai.",
        "Prove the built site: scan every QR code, follow every link, look for what families did not agree to.",
    ),
    "publish": Text(
        "Đăng trang đã dựng lên kho của GitHub Pages, và chỉ trang ấy: hồ sơ, ảnh gốc, sổ mã không bao giờ đi theo.",
        "Publish the built site to the GitHub Pages repository, and that alone: no profile, original photo or register ever goes along.",
    ),
    "withdraw": Text(
        "Rút một hộ khỏi trang theo ý gia đình: biển vẫn quét được, mở ra lời báo không tên.",
        "Take a household off the site as its family wishes: the plaque still answers, with a nameless notice.",
    ),
    "undo": Text(
        "Lấy lại lệnh vừa rồi (new, import, withdraw, plaques) khi chưa ai thấy.",
        "Take back the last command (new, import, withdraw, plaques) while nobody has seen it.",
    ),
    "remove": Text(
        "Bỏ hẳn một hộ thêm nhầm, chưa in biển và chưa đăng.",
        "Drop a household added by mistake that was never printed or published.",
    ),
    "status": Text(
        "Xem tình hình từng thôn: bao nhiêu hộ, còn thiếu gì, ai làm việc gì tiếp; hồ sơ đang có lỗi cũng xem được.",
        "See how every village stands: households, what is missing, who does what next; also while profiles have errors.",
    ),
    "backup": Text(
        "Chép hồ sơ, ảnh gốc và sổ mã vào một tệp, rồi đọc lại từng tệp cho chắc.",
        "Copy profiles, original photos and the register into one file, and read every one back.",
    ),
    "restore": Text(
        "Lấy lại từ bản sao lưu.",
        "Bring a backup back.",
    ),
}
"""What each command does in a sentence, in the order in which a team needs them."""

_HOMES: Final[Mapping[str, str]] = {
    "init": "init.init_command",
    "new": "project.new_command",
    "assign": "project.assign_command",
    "form": "paper.form_command",
    "import": "data.import_command",
    "export": "data.export_command",
    "consent": "paper.consent_command",
    "check": "project.check_command",
    "build": "site.build_command",
    "serve": "site.serve_command",
    "plaques": "paper.plaques_command",
    "verify": "site.verify_command",
    "publish": "site.publish_command",
    "withdraw": "household.withdraw_command",
    "undo": "household.undo_command",
    "remove": "household.remove_command",
    "status": "status.status_command",
    "backup": "backup.backup_command",
    "restore": "backup.restore_command",
}
"""Where each command is found: module and function."""


def language_of(context: click.Context) -> str:
    """Return the language of this call."""
    console = context.find_object(Console)
    return console.language if console else LANGUAGES[0]


_FEW_WORDS: Final = {
    "[OPTIONS]": Text("[TÙY_CHỌN]", "[OPTIONS]"),
    "COMMAND [ARGS]...": Text("LỆNH…", "COMMAND…"),
}
_RANGE: Final = re.compile(r"\[(\d+)<=x<=(\d+)\]")


class Option(click.Option):
    """An option whose help, and the name of whose value, are in the language of the call."""

    def __init__(
        self,
        names: Sequence[str],
        /,
        *,
        help: Text,  # noqa: A002 - click's own word
        metavar: Text | str | None = None,
        **settings: Any,
    ) -> None:
        super().__init__(names, **settings)
        self.text = help
        self.value_name = Text(metavar, metavar) if isinstance(metavar, str) else metavar

    def make_metavar(self, ctx: click.Context) -> str:
        """Return the name of the value."""
        return self.value_name.to(language_of(ctx)) if self.value_name else super().make_metavar(ctx)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return (names, help)."""
        self.help = self.text.to(language_of(ctx))  # where click looks for it
        record = super().get_help_record(ctx)
        if record is None:
            return None
        default = Text("[mặc định: ", "[default: ").to(language_of(ctx))
        return record[0], _RANGE.sub(r"[\1–\2]", record[1].replace("[default: ", default))


class Argument(click.Argument):
    """An argument whose name is in the language of the call; the help of its command explains it."""

    def __init__(self, names: Sequence[str], /, *, metavar: Text, **settings: Any) -> None:
        super().__init__(names, **settings)
        self.value_name = metavar

    def make_metavar(self, ctx: click.Context) -> str:
        """Return its name."""
        return self.value_name.to(language_of(ctx))


def _enter(context: click.Context, _parameter: click.Parameter, folder: Path | None) -> Path:
    """Return the folder to act in: that of the command, within that of the program."""
    entered: Path = context.meta.get("vuonho.folder", Path()) / (folder or "")
    context.meta["vuonho.folder"] = entered
    return entered


def _common_options() -> list[click.Parameter]:
    """Return the options that stand before or after the command's name."""
    return [
        Option(["-C", "folder"], metavar=Text("THƯ_MỤC", "DIR"), type=click.Path(path_type=Path), callback=_enter,
               help=Text("Làm như đang ở trong thư mục này.", "Act as if started in this folder.")),
        Option(["--lang"], expose_value=False, type=click.Choice(LANGUAGES),
               help=Text("Ngôn ngữ của thông báo.", "Language of the messages.")),
    ]  # fmt: skip


class Command(click.Command):
    """A command that explains itself in the language of the call, and has the options that all have."""

    def __init__(
        self,
        name: str,
        *,
        help: Text,  # noqa: A002 - click's own word
        params: Iterable[click.Parameter] = (),
        **settings: Any,
    ) -> None:
        super().__init__(name, params=[*params, *_common_options()], **settings)
        self.details = help

    @property
    def text(self) -> Text:
        """The whole help: what the list of commands says of it, and more."""
        summary = COMMANDS[self.name or ""]
        vi, en = (f"{first}\n\n{cleandoc(more)}" for first, more in zip(summary, self.details, strict=True))
        return Text(vi, en)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that begins the help."""
        language = language_of(ctx)
        pieces = (_FEW_WORDS.get(piece, Text(piece, piece)) for piece in self.collect_usage_pieces(ctx))
        words = " ".join(piece.to(language) for piece in pieces)
        formatter.write_usage(ctx.command_path, words, prefix=Text("Cách dùng: ", "Usage: ").to(language))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        self.help = self.text.to(language_of(ctx))  # where click looks for it
        super().format_help_text(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options; arguments are explained by the help itself."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        rows = [row for param in options if (row := param.get_help_record(ctx))]
        with formatter.section(Text("Tùy chọn", "Options").to(language_of(ctx))):
            formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help` with its help in the right language."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = Text("Xem hướng dẫn này.", "Show this help.").to(language_of(ctx))
        return option


class LazyGroup(Command, click.Group):
    """The program with its commands (click documents this as "Lazily Loading Subcommands")."""

    def __init__(self, name: str, *, params: Iterable[click.Parameter] = (), **settings: Any) -> None:
        super().__init__(name, **settings)
        self.params += params  # after those that all commands have

    @property
    def text(self) -> Text:
        """The whole help but the commands."""
        return Text(*map(cleandoc, self.details))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of their declaration."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, its module loaded now."""
        del ctx
        if cmd_name not in _HOMES:
            return None
        module, _, name = _HOMES[cmd_name].partition(".")
        command: click.Command = getattr(import_module(f"vuonho.cli.{module}"), name)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands and options that begin so; no command is loaded for it, Tab must not wait."""
        named = [CompletionItem(name) for name in COMMANDS if name.startswith(incomplete)]
        return [*named, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then what each command does; none is loaded for it."""
        super().format_options(ctx, formatter)
        language = language_of(ctx)
        with formatter.section(Text("Lệnh", "Commands").to(language)):
            formatter.write_dl([(name, summary.to(language)) for name, summary in COMMANDS.items()])


Decorator = Callable[[Any], Any]
command: Callable[..., Callable[[Any], Command]] = partial(click.command, cls=Command)
option: Callable[..., Decorator] = partial(click.option, cls=Option)
argument: Callable[..., Decorator] = partial(click.argument, cls=Argument)


# --- Wrong use in both languages ---

_EXAMPLE: Final = re.compile(r"^(?:Ví dụ|Example): (vuonho .+)$", re.MULTILINE)


class WrongUse(click.UsageError):
    """A wrong use that click itself does not notice; `hint` where more helps than the help."""

    def __init__(self, text: Text, hint: Text = NOTHING) -> None:
        super().__init__(text.en)
        self.text, self.hint = text, hint


def usage_trouble(error: click.UsageError) -> Text:
    """Return what is wrong with the way a command was called."""
    if isinstance(error, WrongUse):
        return error.text
    if isinstance(error, click.NoSuchOption):
        return _no_such(Text("tùy chọn", "option"), error.option_name, error.possibilities)
    if isinstance(error, click.exceptions.NoSuchCommand):
        return _no_such(
            Text("lệnh", "command"), error.command_name, get_close_matches(error.command_name, COMMANDS)
        )
    parameter = getattr(error, "param", None)
    name = parameter.opts[-1] if parameter else ""
    named = parameter.value_name if isinstance(parameter, Argument) else Text(name, name)
    if isinstance(error, click.MissingParameter):
        return Text(f"Thiếu {named.vi}.", f"{named.en} is missing.")
    if isinstance(error, click.BadParameter):
        allowed = NOTHING
        kind = parameter.type if parameter else None
        if isinstance(kind, click.Choice):
            choices = ", ".join(map(str, kind.choices))
            allowed = Text(f" Chọn: {choices}.", f" Choose from: {choices}.")
        elif isinstance(kind, click.IntRange):
            allowed = Text(f" Chọn một số từ {kind.min} đến {kind.max}.",
                           f" Choose a number from {kind.min} to {kind.max}.")  # fmt: skip
        return Text(
            f"Chỗ {named.vi} ghi chưa đúng.{allowed.vi}", f"The value of {named.en} is not right.{allowed.en}"
        )
    if isinstance(error, click.BadOptionUsage):
        return Text(f"Sau {cited(error.option_name)} ghi thiếu hoặc ghi thừa.", cited(error.message))
    if error.ctx is not None and isinstance(error.ctx.command, click.Group):
        return Text("Thiếu tên lệnh.", error.message)
    message = cited(error.message)
    extra = message.partition("(")[2].rstrip(").")
    return Text(f"Lệnh này không nhận thêm: {extra}.", message)


def usage_hint(error: click.UsageError) -> Text:
    """Return how the command is called, by the example that its help gives, and where to read more."""
    if isinstance(error, WrongUse) and any(error.hint):
        return error.hint
    called = error.ctx.command if error.ctx else None
    path = error.ctx.command_path if error.ctx else "vuonho"
    vi, en = f"Xem: {path} --help", f"See: {path} --help"
    if isinstance(called, Command) and (
        found := [one[1] for one in map(_EXAMPLE.search, called.text) if one]
    ):
        vi, en = f"Ví dụ: {found[0]}\n  → {vi}", f"Example: {found[1]}\n  → {en}"
    return Text(vi, en)


def _no_such(kind: Text, name: str, possible: Iterable[str] | None) -> Text:
    near = ", ".join(possible or ())
    vi, en = (f" Có phải là {near}?", f" Did you mean {near}?") if near else ("", "")
    given = cited(name)
    return Text(f"Không có {kind.vi} “{given}”.{vi}", f"There is no {kind.en} “{given}”.{en}")
