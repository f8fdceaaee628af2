"""`vuonho import`: what phones and workbooks bring, shown first, then written into the profiles."""

import sys
from pathlib import Path

import click

from vuonho.bilingual import Text, visible
from vuonho.cli.completion import files as offered
from vuonho.cli.day import this_moment
from vuonho.cli.frame import SpokenCommand
from vuonho.cli.options import Function, common, project_folder
from vuonho.cli.report import render_problems
from vuonho.cli.speech import Speech
from vuonho.cli.tending import tended_folder
from vuonho.errors import Severity
from vuonho.exchange.importing import Plan, Planned, Wishes, carry_out, plan_files, tell_change, tell_kept

HELP = Text(
    """Máy cho xem trước từng hộ có gì mới, gì đổi (cũ → mới), rồi mới hỏi có ghi không; hồ sơ cũ được cất một bản trước khi ghi.

    Giá trị trong hồ sơ mới hơn trong tệp thì được giữ, và nói rõ.

    Ví dụ: vuonho import thon-toi.xlsx""",
    """What is new and what changes (old → new) is shown for each household first, then you are asked; a copy of the profiles is made before anything is written.

    Where the profile is newer than the file its value stays, and is named.

    Example: vuonho import my-village.xlsx""",
)
_WAITING = Text("Đang chờ một lệnh vuonho khác chạy xong…", "Waiting for another vuonho to finish…")


def make(speech: Speech) -> click.Command:
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
        wishes = Wishes(
            now.date(),
            sure=yes and not is_look,
            overwrite=options["overwrite"],
            skip=options["skip_errors"],
            keep_codes=options["keep_codes"],
        )
        plan = plan_files(root, files, Path.cwd(), wishes, lambda one: speech.ask(one) if is_asked else None)
        _show(plan, speech)
        if not plan.work or is_look:
            speech.tell(_nothing_written(plan))
            if not plan.work and any(one.severity is Severity.ERROR for one in plan.doubts):
                context.exit(1)
        elif yes or (is_asked and speech.ask(_WRITE)):
            copy = carry_out(plan, now, lambda: speech.note(_WAITING))
            _report(plan, copy, root, speech)
        else:
            speech.tell(_NOT_WRITTEN if is_asked else _ASK_AGAIN)

    decorated = _with_options(import_command, speech)
    return click.command("import", cls=SpokenCommand, help=HELP.to(speech.language))(decorated)


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
            click.echo(f"  {tell_change(change).to(speech.language)}")
    for change in one.merged.kept:
        file = Path(one.match.incoming.place(change.path).file).name
        click.echo(click.style(f"  {tell_kept(change, visible(file)).to(speech.language)}", fg="yellow"))
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


def _report(plan: Plan, copy: Path | None, root: Path, speech: Speech) -> None:
    counts = _counts(plan)
    where = copy.relative_to(root).as_posix() if copy and copy.is_relative_to(root) else str(copy)
    speech.cheer(
        Text(f"Đã ghi: {counts.vi}. Bản cất trước khi ghi: {where}. Làm tiếp: vuonho check",
             f"Written: {counts.en}. Copy from before: {where}. Next: vuonho check")
    )  # fmt: skip
