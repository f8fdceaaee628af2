"""The register put in order before a command that writes, and what is said of it."""

import os
from pathlib import Path

import click

from vuonho.assign import DAMAGED, Assigned, tend
from vuonho.bilingual import Text
from vuonho.cli.day import this_day
from vuonho.cli.options import project_folder
from vuonho.cli.speech import Speech


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
