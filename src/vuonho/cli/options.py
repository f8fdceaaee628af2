"""Options that every command has."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from vuonho.bilingual import Text
from vuonho.cli.speech import LANGUAGES, Speech
from vuonho.errors import MachineTrouble

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
