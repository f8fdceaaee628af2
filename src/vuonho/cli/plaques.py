"""`vuonho plaques`: a print-ready PDF whose every code has been read back."""

import os
from pathlib import Path
from typing import Any

import click

from vuonho.bilingual import Text
from vuonho.cli.day import this_day
from vuonho.cli.frame import SpokenCommand
from vuonho.cli.options import common, project_folder
from vuonho.cli.plaqueoptions import Asked, add_options
from vuonho.cli.speech import Speech
from vuonho.cli.tending import tended_folder
from vuonho.dashboard.standing import said
from vuonho.printshop.hanging import mark_hung
from vuonho.printshop.printing import Done, Plan, Request, plan_print, print_plaques

HELP = Text(
    """Bản in thật thì địa chỉ được ghi vào sổ và giữ mãi.

    Chọn hộ: ghi mã, hoặc --village, --all, --new (chưa in), --changed (tên hoặc thôn trên biển đã đổi).

    Cỡ (--size): 200x150, a5 treo cổng; a6 thẻ; 99x139, 99x67, 99x38, 63x38 tem dán A4; 85x54 thẻ nhỏ; a3 bảng của thôn.

    Biển treo xong thì ghi lại: --hung, với mã, --village hoặc --all.

    Ví dụ: vuonho plaques --new --draft""",
    """A real print enters the address into the register, to be kept for ever.

    Choose households: by code, or with --village, --all, --new (never printed), --changed (its name or village has changed).

    Sizes (--size): 200x150, a5 for the gate; a6 card; 99x139, 99x67, 99x38, 63x38 labels on A4; 85x54 small card; a3 the village's board.

    Once plaques hang, record it: --hung, with codes, --village or --all.

    Example: vuonho plaques --new --draft""",
)
_NOTHING = Text("Không có biển nào cần in. In lại biển đã in: ghi mã của hộ, hoặc dùng --all.",
                "There is no plaque to print. To print again: name codes, or use --all.")  # fmt: skip
_NOT_AGREED = Text(
    "Chưa có gia đình nào đồng ý nên chưa in biển được. Làm tiếp: vuonho consent, nhà nào ký thì ghi ngày.",
    "No family has agreed yet, so there is no plaque to print. Next: vuonho consent; write down the day when one signs.",
)
_SHOWN = 5
_WAITING = Text("Đang chờ một lệnh vuonho khác chạy xong…", "Waiting for another vuonho to finish…")

_ASK_ADDRESS = Text(
    "Địa chỉ {url} sẽ in lên {pieces} và phải giữ mãi. Đã mở thử địa chỉ ấy trên mạng chưa?",
    "The address {url} will be printed on {pieces} and has to be kept for ever. Have you opened it on the web?",
)
_ASK_EXAMPLE = Text(
    "{url} là địa chỉ mẫu, trên mạng không ai mở được: {pieces} in ra sẽ phải bỏ. Vẫn in?",
    "{url} is an example that nobody can open: {pieces} would have to be thrown away. Print all the same?",
)
_ASK_MORE = Text(
    "In {pieces}; {first} địa chỉ in lần đầu, phải giữ mãi. In thật?",
    "Print {pieces}; {first} of the addresses for the first time, to be kept for ever. Print them?",
)
_NOT_PRINTED = Text(
    "Chưa in, chưa ghi gì cả: địa chỉ đã in thì phải giữ mãi (base_url trong profiles/site.yaml). Chỉ xem thử biển: thêm --draft.",
    "Nothing was printed or recorded: a printed address is kept for ever (base_url in profiles/site.yaml). For a look only: add --draft.",
)


def make(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @common(speech)
    @click.pass_context
    def plaques_command(context: click.Context, /, folder: Path | None, **options: Any) -> None:
        asked = Asked(**options)
        if asked.hung:
            _mark(tended_folder(context, folder, speech), asked, speech)
            return
        request = asked.request()
        is_look = asked.dry_run or asked.draft
        root = project_folder(context, folder) if is_look else tended_folder(context, folder, speech)
        if asked.dry_run:
            _show(
                plan_print(root, request.wanted, is_board=request.is_board), speech, boards=request.is_board
            )
            return
        if not (asked.draft or _is_meant(root, request, speech, yes=asked.yes)):
            return
        done = print_plaques(
            root,
            request,
            this_day(),
            jobs=asked.jobs or min(os.cpu_count() or 1, 8),
            progress=speech.progress,
            on_wait=lambda: speech.note(_WAITING),
        )
        if done is None:
            speech.tell(_nothing(plan_print(root, request.wanted, is_board=request.is_board)))
        else:
            _report(done, root, speech, draft=asked.draft)

    decorated = add_options(plaques_command, speech)
    return click.command("plaques", cls=SpokenCommand, help=HELP.to(speech.language))(decorated)


def _is_meant(root: Path, request: Request, speech: Speech, *, yes: bool) -> bool:
    """Tell whether addresses that were never printed before are to be printed; of others nobody is asked."""
    plan = plan_print(root, request.wanted, is_board=request.is_board)
    first = plan.first_printed(is_board=request.is_board)
    if not first:
        return True
    pieces = _pieces(plan, len(plan.gardens()) if request.is_board else 0)
    question = _ASK_MORE
    if plan.is_first_there:
        question = _ASK_EXAMPLE if plan.is_example else _ASK_ADDRESS
    said = Text(
        question.vi.format(url=plan.base_url, pieces=pieces.vi, first=first),
        question.en.format(url=plan.base_url, pieces=pieces.en, first=first),
    )
    return speech.confirm(said, yes=yes, otherwise=_NOT_PRINTED)


def _mark(root: Path, asked: Asked, speech: Speech) -> None:
    today = this_day()
    codes = mark_hung(root, asked.hanging(), today, lambda: speech.note(_WAITING))
    if not codes:
        speech.tell(
            Text("Không có biển nào mới treo để ghi.", "There is no plaque to be recorded as hanging.")
        )
        return
    speech.cheer(
        Text(f"Đã ghi: {len(codes)} biển treo từ ngày {today:%d/%m/%Y} ({', '.join(codes)}). Ghi nhầm thì: vuonho undo",
             f"Recorded: {len(codes)} plaque{'s' * (len(codes) != 1)} hanging since {today:%Y-%m-%d} ({', '.join(codes)}). If that is wrong: vuonho undo")
    )  # fmt: skip


def _show(plan: Plan, speech: Speech, *, boards: bool) -> None:
    """Print a line for each plaque that would be printed: code, name, why; for boards the villages."""
    if not plan.chosen:
        speech.tell(_nothing(plan))
        return
    if boards:
        for village, homes in plan.gardens():
            count = len(homes)
            said = Text(f"{count} hộ", f"{count} household{'s' * (count != 1)}")
            click.echo(f"{village.slug}  {village.name}: {said.to(speech.language)}")
    else:
        for one in plan.chosen:
            click.echo(f"{one.household.code}  {one.household.name}: {one.why.to(speech.language)}")
    pieces = _pieces(plan, len(plan.gardens()) if boards else 0)
    speech.tell(
        Text(f"Sẽ in {pieces.vi}, đợt {plan.batch}. Chưa ghi gì cả.",
             f"{pieces.en} would be printed, run {plan.batch}. Nothing was written.")
    )  # fmt: skip


def _nothing(plan: Plan) -> Text:
    """Return why there is nothing to print, and what to do: there is nobody, nobody agreed, or all is printed."""
    if not plan.project.profiles:
        return said.NOBODY
    return _NOTHING if plan.project.households else _NOT_AGREED


def _report(done: Done, root: Path, speech: Speech, *, draft: bool) -> None:
    errors = done.plan.project.errors
    if errors and not done.boards:
        files = sorted({problem.file for problem in errors})
        named = ", ".join(files[:_SHOWN]) + ", …" * (len(files) > _SHOWN)
        speech.note(
            Text(f"Lưu ý: {len(files)} hộ có lỗi nên chưa in biển được: {named}. Xem: vuonho check",
                 f"Note: {len(files)} household{'s' * (len(files) != 1)} with errors cannot have a plaque yet: {named}. "
                 "See: vuonho check")
        )  # fmt: skip
    if count := len(done.plan.warnings) - len(errors):
        speech.note(Text(f"Hồ sơ có {count} lưu ý; xem: vuonho check",
                         f"The profiles have {count} note{'s' * (count != 1)}; see: vuonho check"))  # fmt: skip
    where = done.file.relative_to(root).as_posix() if done.file.is_relative_to(root) else str(done.file)
    metres = f"{done.reading_m:.2f}".rstrip("0").rstrip(".")
    pieces = _pieces(done.plan, done.boards)
    speech.cheer(
        Text(f"{where}: {pieces.vi}, {done.pages} trang, mã nào cũng đã quét lại. "
             f"Đọc được từ khoảng {metres.replace('.', ',')} m.",
             f"{where}: {pieces.en}, {done.pages} page{'s' * (done.pages != 1)}, "
             f"every code read back. A phone reads them from about {metres} m.")
    )  # fmt: skip
    if draft:
        speech.tell(Text("Đây là bản thử, chưa ghi vào sổ.", "This is a draft; nothing was recorded."))
        return
    speech.tell(
        Text(f"Đợt in {done.plan.batch} đã ghi vào sổ; các địa chỉ này được giữ mãi. In đúng 100 %. "
             "Đăng trang lên mạng, quét thử một biển, rồi hãy treo.",
             f"Print run {done.plan.batch} is in the register; these addresses are kept for ever. Print at 100 %. "
             "Publish the site and scan one plaque before you hang them.")
    )  # fmt: skip
    if done.plan.is_example:
        speech.note(
            Text("Lưu ý: base_url còn là địa chỉ mẫu (.example), trên mạng không ai mở được. Đừng treo các biển này.",
                 "Note: base_url is still an example (.example) that nobody can open. Do not hang these plaques.")
        )  # fmt: skip


def _pieces(plan: Plan, boards: int) -> Text:
    """Return what is printed, in words: so many plaques, or boards of so many households."""
    count = len(plan.chosen)
    if not boards:
        return Text(f"{count} biển", f"{count} plaque{'s' * (count != 1)}")
    return Text(
        f"{boards} bảng thôn, {count} hộ",
        f"{boards} board{'s' * (boards != 1)}, {count} household{'s' * (count != 1)}",
    )
