"""`vuonho export` and `import`: the village as a workbook, and what phones and workbooks bring."""

import sys
from pathlib import Path

import click

from vuonho.cli.app import SpokenCommand
from vuonho.cli.console import Speech, render_problems
from vuonho.cli.options import Function, common, project_folder, tended_folder, this_moment
from vuonho.cli.options import files as offered
from vuonho.errors import Severity
from vuonho.i18n import Text, visible
from vuonho.importing.apply import apply_plan, plan_files
from vuonho.importing.describe import describe_change, describe_kept
from vuonho.importing.export import Exports, export_workbook
from vuonho.importing.plan import ImportOptions, Plan, Planned

# --- `vuonho export`: the village as a workbook that `import` takes back ---

EXPORT_HELP = Text("Ví dụ: vuonho export -o thon.xlsx", "Example: vuonho export -o village.xlsx")
_WAITING = Text("Đang chờ một lệnh vuonho khác chạy xong…", "Waiting for another vuonho to finish…")


def make_export(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @click.command("export", cls=SpokenCommand, help=EXPORT_HELP.to(speech.language))
    @click.option(
        "-o",
        "out",
        default="",
        metavar=Text("TỆP.xlsx", "FILE.xlsx").to(speech.language),
        help=Text(
            "Tên tệp; không ghi thì theo tên thư mục của thôn.",
            "The file; where none is given, it is named after the village's folder.",
        ).to(speech.language),
    )
    @click.option("--village", default="", metavar=Text("THÔN", "VILLAGE").to(speech.language),
                  help=Text("Chỉ thôn này.", "This village only.").to(speech.language))  # fmt: skip
    @common(speech)
    @click.pass_context
    def export_command(context: click.Context, folder: Path | None, out: str, village: str) -> None:
        root = tended_folder(context, folder, speech)
        done = export_workbook(root, out, village, on_wait=lambda: speech.note(_WAITING))
        _report(done, root, speech)

    return export_command


def _report(done: Exports, root: Path, speech: Speech) -> None:
    where = done.file.relative_to(root).as_posix() if done.file.is_relative_to(root) else str(done.file)
    count, wrong = done.households, done.unfinished
    speech.tell(
        Text(f"{where}: {count} hộ. Sửa trong Excel xong thì đưa vào lại: vuonho import {_typed(where)}",
             f"{where}: {count} household{'s' * (count != 1)}. When you have changed it, take it back: vuonho import {_typed(where)}")
    )  # fmt: skip
    speech.tell(
        Text("Trong tệp có số điện thoại và điều riêng của các gia đình: chỉ gửi cho người trong tổ, không đưa lên mạng.",
             "It holds phone numbers and private facts of families: send it to your team only, never put it on the web.")
    )  # fmt: skip
    if wrong:
        speech.note(
            Text(f"Lưu ý: {wrong} hồ sơ còn lỗi (xem vuonho check); sửa được ngay trong bảng.",
                 f"Note: {wrong} profile{'s have' if wrong != 1 else ' has'} errors (see vuonho check); they can be mended in the workbook.")
        )  # fmt: skip


def _typed(where: str) -> str:
    return f'"{where}"' if " " in where else where


# --- `vuonho import`: what phones and workbooks bring, shown first, then written into the profiles ---

IMPORT_HELP = Text(
    """Máy cho xem trước từng hộ có gì mới, gì đổi (cũ → mới), rồi mới hỏi có ghi không; hồ sơ cũ được cất một bản trước khi ghi.

    Giá trị trong hồ sơ mới hơn trong tệp thì được giữ, và nói rõ.

    Ví dụ: vuonho import thon-toi.xlsx""",
    """What is new and what changes (old → new) is shown for each household first, then you are asked; a copy of the profiles is made before anything is written.

    Where the profile is newer than the file its value stays, and is named.

    Example: vuonho import my-village.xlsx""",
)
_IMPORTING_WAITING = Text("Đang chờ một lệnh vuonho khác chạy xong…", "Waiting for another vuonho to finish…")


def make_import(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @common(speech)
    @click.pass_context
    def import_command(
        context: click.Context, /, folder: Path | None, files: tuple[str, ...], **options: bool
    ) -> None:
        yes, is_look = options["yes"], options["dry_run"]
        root = project_folder(context, folder) if is_look else tended_folder(context, folder, speech)
        now = this_moment()
        is_asked = _is_somebody_there() and not is_look
        wanted = ImportOptions(
            now.date(),
            sure=yes and not is_look,
            overwrite=options["overwrite"],
            skip=options["skip_errors"],
            keep_codes=options["keep_codes"],
        )
        plan = plan_files(root, files, Path.cwd(), wanted, lambda one: speech.ask(one) if is_asked else None)
        _show(plan, speech)
        if not plan.work or is_look:
            speech.tell(_nothing_written(plan))
            if not plan.work and any(one.severity is Severity.ERROR for one in plan.doubts):
                context.exit(1)
        elif yes or (is_asked and speech.ask(_WRITE)):
            copy = apply_plan(plan, now, lambda: speech.note(_IMPORTING_WAITING))
            _importing_report(plan, copy, root, speech)
        else:
            speech.tell(_NOT_WRITTEN if is_asked else _ASK_AGAIN)

    decorated = _with_options(import_command, speech)
    return click.command("import", cls=SpokenCommand, help=IMPORT_HELP.to(speech.language))(decorated)


def _with_options(command: Function, speech: Speech) -> Function:
    """Return the command with its files and flags, in one language."""
    for names, said in reversed(_FLAGS):
        command = click.option(*names, is_flag=True, help=said.to(speech.language))(command)
    files = Text("TỆP…", "FILE…").to(speech.language)
    return click.argument("files", nargs=-1, required=True, metavar=files, shell_complete=offered)(command)


_FLAGS = (
    (("--yes", "-y"), Text("Trả lời có cho mọi câu hỏi mà máy đã chắc.", "Answer yes to every question that is beyond doubt.")),
    (("--dry-run",), Text("Chỉ xem, không ghi gì.", "Only look; write nothing.")),
    (("--overwrite",), Text("Lấy giá trị trong tệp cả khi hồ sơ mới hơn.",
                            "Take the file's values even where the profile is newer.")),
    (("--skip-errors",), Text("Bỏ lại hộ có lỗi, đưa các hộ khác vào.",
                              "Leave out households with errors and take the others.")),
    (("--keep-codes",), Text("Giữ những mã mà sổ trên máy chưa có: biển đang treo ở các nhà ấy ghi đúng như thế (dựng lại sổ đã mất).",
                             "Keep codes that the register does not know: the plaques at those gates carry them (a lost register made anew).")),
)  # fmt: skip
_WRITE = Text("Ghi những thay đổi này vào hồ sơ?", "Write these changes?")
_KEPT = Text("Chỗ nào ghi “giữ”, “không thêm” mà muốn lấy theo tệp: chạy lại với --overwrite.",
             "To take what the file says in place of what is kept or not added: run again with --overwrite.")  # fmt: skip
_NOT_WRITTEN = Text("Chưa ghi gì cả.", "Nothing was written.")
_ASK_AGAIN = Text("Chưa ghi gì cả. Xem đúng rồi thì chạy lại với --yes.",
                  "Nothing was written. If this is right, run again with --yes.")  # fmt: skip


def _is_somebody_there() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _show(plan: Plan, speech: Speech) -> None:
    doubts = render_problems(plan.doubts, "text", speech.language)
    if doubts:
        click.echo(doubts, err=True)
    for one in plan.planned:
        if one.is_changed or one.merged.kept:
            _show_one(one, speech)
    if any(one.merged.kept for one in plan.planned):
        speech.tell(_KEPT)
    if plan.left:
        left = ", ".join(plan.left)
        speech.note(Text(f"Bỏ lại vì có lỗi: {left}. Sửa xong thì đưa vào sau.",
                         f"Left out because of errors: {left}. Mend them and import them later."))  # fmt: skip
    for question in plan.questions:
        speech.tell(Text(f"Sẽ hỏi: {question.vi}", f"You will be asked: {question.en}"))


def _show_one(one: Planned, speech: Speech) -> None:
    mark = Text("mới", "new") if one.is_new else Text(one.code, one.code)
    title = click.style(f"{one.name} ({mark.to(speech.language)})", bold=True)
    click.echo(f"{title}  {one.file}")
    for change in one.changes:
        if change.path != ("code",):
            click.echo(f"  {describe_change(change).to(speech.language)}")
    for change in one.merged.kept:
        file = Path(one.match.incoming.place(change.path).file).name
        click.echo(click.style(f"  {describe_kept(change, visible(file)).to(speech.language)}", fg="yellow"))
    if one.photos:
        count = len(one.photos)
        speech.tell(Text(f"  {count} ảnh", f"  {count} photo{'s' * (count != 1)}"))


def _counts(plan: Plan) -> Text:
    new = sum(one.is_new for one in plan.work)
    changed, same = len(plan.work) - new, len(plan.planned) - len(plan.work)
    return Text(f"{new} hộ mới, {changed} hộ đổi, {same} hộ giữ nguyên",
                f"{new} new, {changed} changed, {same} unchanged")  # fmt: skip


def _nothing_written(plan: Plan) -> Text:
    counts = _counts(plan)
    if not plan.work:
        return Text(f"{counts.vi}. Không có gì để ghi.", f"{counts.en}. There is nothing to write.")
    return Text(
        f"{counts.vi}. Chỉ xem thử, chưa ghi gì cả.",
        f"{counts.en}. This was only a look; nothing was written.",
    )


def _importing_report(plan: Plan, copy: Path | None, root: Path, speech: Speech) -> None:
    counts = _counts(plan)
    where = copy.relative_to(root).as_posix() if copy and copy.is_relative_to(root) else str(copy)
    speech.cheer(
        Text(f"Đã ghi: {counts.vi}. Bản cất trước khi ghi: {where}. Làm tiếp: vuonho check",
             f"Written: {counts.en}. Copy from before: {where}. Next: vuonho check")
    )  # fmt: skip
