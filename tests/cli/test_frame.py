"""click in two languages."""

import click
import pytest

from case_kit import each
from vuonho.cli.app import program
from vuonho.cli.commands import Argument, usage_trouble
from vuonho.cli.console import Console
from vuonho.i18n import Text

NUMBER = click.Option(["--jobs"], type=click.IntRange(1, 64))
FORM = click.Option(["-f", "--form"], type=click.Choice(["a", "b"]))
TARGET = Argument(["target"], metavar=Text("THƯ_MỤC", "DIR"))


@each(
    ("error", "said"),
    [
        (click.NoSuchOption("--x", possibilities=["--y"]),
         Text("Không có tùy chọn “--x”. Có phải là --y?", "There is no option “--x”. Did you mean --y?")),
        (click.NoSuchOption("--x"), Text("Không có tùy chọn “--x”.", "There is no option “--x”.")),
        (click.MissingParameter(param=TARGET), Text("Thiếu THƯ_MỤC.", "DIR is missing.")),
        (click.MissingParameter(param=FORM), Text("Thiếu --form.", "--form is missing.")),
        (click.BadParameter("no", param=TARGET), Text("Chỗ THƯ_MỤC ghi chưa đúng.", "The value of DIR is not right.")),
        (click.BadParameter("no", param=NUMBER),
         Text("Chỗ --jobs ghi chưa đúng. Chọn một số từ 1 đến 64.",
              "The value of --jobs is not right. Choose a number from 1 to 64.")),
        (click.BadParameter("no", param=FORM),
         Text("Chỗ --form ghi chưa đúng. Chọn: a, b.", "The value of --form is not right. Choose from: a, b.")),
        (click.BadOptionUsage("--x", "Option '--x' requires an argument."),
         Text("Sau --x ghi thiếu hoặc ghi thừa.", "Option '--x' requires an argument.")),
        (click.UsageError("Got unexpected extra arguments (a b)"),
         Text("Lệnh này không nhận thêm: a b.", "Got unexpected extra arguments (a b)")),
        (click.UsageError("Got unexpected extra argument (https://ten:bi-mat@github.com/a/b)"),
         Text("Lệnh này không nhận thêm: https://…@github.com/a/b.",
              "Got unexpected extra argument (https://…@github.com/a/b)")),
    ],
)  # fmt: skip
def test_usage_errors_in_words(error: click.UsageError, said: Text) -> None:
    """Each kind has its sentence in both languages."""
    assert said == usage_trouble(error)


@pytest.mark.parametrize(
    ("language", "said"),
    [("vi", ["Cách dùng: x [TÙY_CHỌN] LỆNH…", "Tùy chọn:", "Xem hướng dẫn này."]),
     ("en", ["Usage: x [OPTIONS] COMMAND…", "Options:", "Show this help."])],
)  # fmt: skip
def test_help_in_one_language(language: str, said: list[str]) -> None:
    """Headings, usage and the help option itself."""
    with click.Context(program, info_name="x", obj=Console(language)) as context:
        text = context.command.get_help(context)
    assert [line for line in said if line not in text] == []
