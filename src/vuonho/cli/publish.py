"""`vuonho publish`: the built site, and nothing else, to the repository that Pages are served from."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from vuonho.bilingual import Text
from vuonho.cli.build import left_out
from vuonho.cli.day import this_moment
from vuonho.cli.frame import SpokenCommand, WrongUse
from vuonho.cli.options import common, project_folder
from vuonho.cli.report import render_problems
from vuonho.cli.speech import Speech
from vuonho.cli.tending import tended_folder
from vuonho.errors import DataProblems, MachineTrouble, Refused
from vuonho.publishing.noting import has_pages, note_target
from vuonho.publishing.publishing import Help, Published, Wish, publish, require_sense
from vuonho.publishing.sizes import megabytes
from vuonho.publishing.target import Target

HELP = Text(
    """Có gì không ổn thì không gửi gì cả.

    Ví dụ: vuonho publish --to ../trang.git --dry-run""",
    """If anything is wrong, nothing is sent.

    Example: vuonho publish --to ../site.git --dry-run""",
)
_WAITING = Text("Đang chờ một lệnh vuonho khác chạy xong…", "Waiting for another vuonho to finish…")
_NOTHING_SENT = Text("Chưa gửi gì cả. Sửa các lỗi trên, chạy vuonho build, rồi đăng lại.",
                     "Nothing was sent. Mend the errors above, run vuonho build, then publish again.")  # fmt: skip
_SHOWN = 5
_TO = Text(
    "Kho để đăng, thay cho dòng pages trong site.yaml; ví dụ https://github.com/ten-thon/ten-thon.github.io",
    "The repository, in place of pages in site.yaml; such as https://github.com/village/village.github.io",
)
_BRANCH = Text("Nhánh của kho (mặc định: main).", "The branch (default: main).")
_LET_GO = Text(
    "Địa chỉ chưa in ở đâu, được phép mất; ghi nhiều lần cho nhiều địa chỉ, hoặc en/* cho cả nhóm.",
    "An address printed nowhere that may disappear; repeat it for several, or write en/* for all below.",
)
_STRICT = Text("Có một lỗi cũng dừng, không gửi gì cả.", "Stop at any error and send nothing.")
_YES = Text("Không hỏi lại về trang sẽ mất.", "Do not ask about pages that will be gone.")
_DRY = Text("Làm mọi bước kiểm tra, không gửi.", "Do every check and send nothing.")


def make(speech: Speech) -> click.Command:
    """Return the command in one language."""

    def say(text: Text) -> str:
        return text.to(speech.language)

    @click.command("publish", cls=SpokenCommand, help=say(HELP))
    @click.option("--to", default="", metavar=say(Text("KHO", "REPOSITORY")), help=say(_TO))
    @click.option("--branch", default="", metavar=say(Text("NHÁNH", "NAME")), help=say(_BRANCH))
    @click.option("--dry-run", "is_dry", is_flag=True, help=say(_DRY))
    @click.option("--let-go", multiple=True, metavar=say(Text("ĐỊA_CHỈ", "ADDRESS")), help=say(_LET_GO))
    @click.option("--strict", is_flag=True, help=say(_STRICT))
    @click.option("--yes", "-y", is_flag=True, help=say(_YES))
    @common(speech)
    @click.pass_context
    def publish_command(context: click.Context, /, folder: Path | None, yes: bool, **options: Any) -> None:
        wish = Wish(**options)
        try:
            require_sense(wish)
        except Refused as error:
            raise WrongUse(error.message, error.hint) from error
        root = project_folder(context, folder) if wish.is_dry else tended_folder(context, folder, speech)
        helped = Help(
            jobs=min(os.cpu_count() or 1, 8),
            asks=speech.can_ask,
            tell=lambda step: _tell(step, speech),
            progress=speech.progress,
            on_wait=lambda: speech.note(_WAITING),
            confirm=lambda gone: _is_meant(gone, speech, yes=yes),
        )
        try:
            done = publish(root, wish, this_moment(), helped)
        except DataProblems as error:
            raise DataProblems(error.problems, _NOTHING_SENT) from error
        _report(done, root, speech)

    return publish_command


def _is_meant(gone: Sequence[str], speech: Speech, *, yes: bool) -> bool:
    """Ask before pages that answer disappear."""
    shown, more = ", ".join(gone[:_SHOWN]), ", …" * (len(gone) > _SHOWN)
    question = Text(f"{len(gone)} trang đang mở được sẽ mất: {shown}{more}. Đăng?",
                    f"{len(gone)} pages that answer now will be gone: {shown}{more}. Publish?")  # fmt: skip
    otherwise = Text(f"Chưa gửi gì cả: {len(gone)} trang đang mở được sẽ mất ({shown}{more}).",
                     f"Nothing was sent: {len(gone)} pages that answer now would be gone ({shown}{more}).")  # fmt: skip
    return speech.confirm(question, yes=yes, otherwise=otherwise)


def _tell(step: Text, speech: Speech) -> None:
    if speech.is_watched:
        speech.note(Text(f"{step.vi}…", f"{step.en}…"))


def _report(done: Published, root: Path, speech: Speech) -> None:
    if done.errors:
        click.echo(render_problems(done.errors, "text", speech.language), err=True)
        speech.note(left_out(done.kept, done.missing))
    for note in done.notes:
        speech.note(Text(f"Lưu ý: {note.vi}", f"Note: {note.en}"))
    where = f"{done.target.repository.url} ({done.target.branch})"
    if not done.is_sent:
        speech.tell(
            Text(f"Trên {where} đã đúng bản này: {done.pages} trang. Không cần gửi.",
                 f"{where} has this very site already: {done.pages} pages. Nothing had to be sent.")
        )  # fmt: skip
        return
    whole = megabytes(done.size)
    if done.is_dry:
        speech.tell(Text(f"Sẽ gửi {done.pages} trang, {done.files} tệp, {whole.vi} lên {where}:",
                         f"Would send {done.pages} pages, {done.files} files, {whole.en} to {where}:"))  # fmt: skip
        _changes(done, speech)
        speech.tell(Text("Chưa gửi gì. Gửi thật: gọi lại không có --dry-run.",
                         "Nothing was sent. To send it: call again without --dry-run."))  # fmt: skip
        return
    speech.cheer(Text(f"Đã đăng {done.pages} trang, {done.files} tệp, {whole.vi} lên {where}:",
                     f"Published {done.pages} pages, {done.files} files, {whole.en} to {where}:"))  # fmt: skip
    _changes(done, speech)
    _what_next(done, root, speech)


def _changes(done: Published, speech: Speech) -> None:
    changes = done.changes
    rows = (
        (Text("trang mới", "new pages"), changes.new),
        (Text("trang đổi", "changed pages"), changes.changed),
        (Text("trang bỏ", "pages gone"), changes.gone),
    )
    for label, pages in rows:
        if pages:
            shown, more = ", ".join(page or "/" for page in pages[:_SHOWN]), ", …" * (len(pages) > _SHOWN)
            speech.tell(
                Text(f"  {len(pages)} {label.vi}: {shown}{more}", f"  {len(pages)} {label.en}: {shown}{more}")
            )
    speech.tell(Text(f"  {done.written} tệp mới hoặc đổi, {done.removed} tệp bỏ",
                     f"  {done.written} files new or changed, {done.removed} gone"))  # fmt: skip


def _what_next(done: Published, root: Path, speech: Speech) -> None:
    speech.tell(
        Text(f"Địa chỉ: {done.address}\n"
             "Thường 1 đến 10 phút là thấy; máy nào vừa mở trang thì có thể còn thấy bản cũ thêm 10 phút.",
             f"Address: {done.address}\n"
             "It usually shows within 1 to 10 minutes; a phone that has just been there may see the old one for 10 more.")
    )  # fmt: skip
    repository, branch = done.target.repository, done.target.branch
    if done.is_new and repository.is_on_github:
        page = f"https://github.com/{repository.owner}/{repository.name}/settings/pages"
        speech.tell(
            Text(f"Lần đầu, bật trang: mở {page}, chọn Deploy from a branch → {branch} → / (root) → Save.",
                 f"The first time, switch the site on: open {page}, choose Deploy from a branch → {branch} → / (root) → Save.")
        )  # fmt: skip
    if not done.target.is_noted:
        _remember(root, done.target, speech)
    if not done.is_example:
        speech.tell(Text(f"Khi trang đã mở được: vuonho verify --live {done.address}",
                         f"Once it answers: vuonho verify --live {done.address}"))  # fmt: skip


def _remember(root: Path, target: Target, speech: Speech) -> None:
    """Have the repository noted where somebody says so; else tell what is to be written."""
    if speech.can_ask and speech.ask(_NOTE_IT):
        try:
            note_target(root, target, lambda: speech.note(_WAITING))
        except (Refused, MachineTrouble):
            speech.note(_NOT_NOTED)
        else:
            speech.tell(_NOTED)
            return
    lines = f"  repository: {_yaml(target.repository.url)}\n  branch: {target.branch}"
    if has_pages(root):
        vi, en = (
            "điền vào hai dòng có sẵn dưới pages: trong",
            "fill in the two lines that stand below pages: in",
        )
    else:
        vi, en, lines = "ghi thêm vào", "add to", f"pages:\n{lines}"
    speech.tell(Text(f"Để lần sau chỉ cần gõ vuonho publish, {vi} profiles/site.yaml:\n{lines}",
                     f"So that vuonho publish is enough next time, {en} profiles/site.yaml:\n{lines}"))  # fmt: skip


_NOTE_IT = Text("Ghi nhớ kho này cho lần sau?", "Remember this repository for the next time?")
_NOTED = Text("Đã ghi vào profiles/site.yaml. Lần sau chỉ cần gõ vuonho publish.",
              "Noted in profiles/site.yaml. Next time vuonho publish is enough.")  # fmt: skip
_NOT_NOTED = Text(
    "Máy không tự sửa được profiles/site.yaml.", "The program cannot edit profiles/site.yaml by itself."
)


def _yaml(text: str) -> str:
    """Return a value that stands in site.yaml as it is: in single quotes, in which nothing but themselves means anything."""
    return "'" + text.replace("'", "''") + "'"
