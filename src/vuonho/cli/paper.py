"""`vuonho plaques`, `consent` and `form`: what is printed, and the form that the phones fill in."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import click

from vuonho.build import look_of
from vuonho.cli.app import SpokenCommand, WrongUse
from vuonho.cli.console import Speech, render_problems
from vuonho.cli.options import Function, common, project_folder, tended_folder, this_day
from vuonho.consent_forms.papers import Made, Paper, make_forms, make_inventory
from vuonho.errors import DataProblems, Problem, Severity
from vuonho.i18n import NOTHING, Text
from vuonho.importing.export import write_blank_workbook
from vuonho.model.outline import household_fields
from vuonho.model.public import PublicSite, PublicVillage, public_site, public_village
from vuonho.output.files import write_file
from vuonho.output.lock import locked
from vuonho.output.output_path import own_target
from vuonho.output.site_writer import recover
from vuonho.plaques.job import BOARD, SIZES, Done, Plan, Request, mark_hung, places, plan_print, print_plaques
from vuonho.project.files import list_villages
from vuonho.project.settings import read_site, read_village
from vuonho.register.choice import Wanted, Which
from vuonho.status.tasks import NOBODY

# --- What `vuonho plaques` takes: its options, and what they ask for together ---


class _Option(NamedTuple):
    """One option: its names, its value's name, what it says of itself, and click's settings."""

    names: tuple[str, ...]
    value: Text
    help: Text
    settings: Mapping[str, Any]


def _flag(name: str, vi: str, en: str, **settings: Any) -> _Option:
    return _Option((name,), NOTHING, Text(vi, en), {"is_flag": True, **settings})


def _which(which: Which, vi: str, en: str) -> _Option:
    return _Option((f"--{which.value}", f"which_{which.value}"), NOTHING, Text(vi, en), {"is_flag": True})


def _valued(names: tuple[str, ...], value: Text, said: Text, **settings: Any) -> _Option:
    return _Option(names, value, said, settings)


_OPTIONS: Final = (
    _valued(("--village",), Text("THÔN", "VILLAGE"),
            Text("Các hộ của thôn này (tên thư mục).", "The households of this village (its folder).")),
    _which(Which.ALL, "Tất cả các hộ.", "All households."),
    _which(Which.NEW, "Các hộ chưa in lần nào.", "Households never printed."),
    _which(Which.CHANGED, "Các hộ mà biển đã in nay khác đi.", "Households whose printed plaque says something else now."),
    _valued(("--size",), Text("CỠ", "SIZE"), Text("Cỡ biển, xem ở trên.", "Size of the plaque, see above."),
            type=click.Choice(SIZES, case_sensitive=False), default=SIZES[0], show_default=True),
    _valued(("--sheet",), Text("a4", "a4"),
            Text("Xếp nhiều biển lên tờ A4, có đường cắt.", "Several on a sheet of A4, with lines to cut along."),
            type=click.Choice(["a4"], case_sensitive=False)),
    _valued(("--start",), Text("N", "N"),
            Text("Bắt đầu từ ô thứ N của tờ đầu, đếm từng hàng.", "Begin at place N of the first sheet, row by row."),
            type=click.IntRange(1, 99), default=1),
    _flag("--draft", "Bản thử: có chữ BẢN THỬ, không ghi vào sổ.", "A draft: marked as one, and not recorded."),
    _flag("--dry-run", "Chỉ xem sẽ in hộ nào và vì sao.", "Only show which households, and why."),
    _flag("--hung", "Ghi là biển đã treo: cùng với mã, --village hoặc --all.", "Record that plaques hang: with codes, --village or --all."),
    _Option(("--yes", "-y"), NOTHING, Text("Không hỏi lại về địa chỉ in lần đầu.", "Do not ask about addresses printed for the first time."),
            {"is_flag": True}),
    _valued(("--jobs",), Text("N", "N"),
            Text("Số việc làm cùng lúc (mặc định: tùy sức máy).", "How many things to do at once (default: as many as this computer can)."),
            type=click.IntRange(1, 64)),
    _valued(("-o", "out"), Text("TỆP", "FILE"), Text("Tên tệp PDF.", "Name of the PDF."), default=""),
)  # fmt: skip


def add_options(command: Function, speech: Speech) -> Function:
    """Return the command with its arguments and options, in one language."""
    for one in reversed(_OPTIONS):
        metavar = one.value.to(speech.language) or None
        add = click.option(*one.names, metavar=metavar, help=one.help.to(speech.language), **one.settings)
        command = add(command)
    return click.argument("codes", nargs=-1, metavar=Text("[MÃ…]", "[CODE…]").to(speech.language))(command)


@dataclass(frozen=True, slots=True)
class Asked:
    """The options as they were typed."""

    codes: tuple[str, ...]
    village: str | None
    which_all: bool
    which_new: bool
    which_changed: bool
    size: str
    sheet: str | None
    start: int
    draft: bool
    dry_run: bool
    hung: bool
    yes: bool
    jobs: int | None
    out: str

    def wanted(self) -> Wanted:
        """Return what to choose; raise WrongUse where nothing is chosen, or two things that do not go together."""
        given = (self.which_all, Which.ALL), (self.which_new, Which.NEW), (self.which_changed, Which.CHANGED)
        which = [one for is_given, one in given if is_given]
        if self.codes and (self.village is not None or which):
            raise WrongUse(_CODES_ALONE)
        if not (self.codes or self.village is not None or which):
            raise WrongUse(_CHOOSE)
        if len(which) > 1:
            raise WrongUse(_ONE_OF)
        if self.size == BOARD and (self.codes or self.sheet or which not in ([], [Which.ALL])):
            raise WrongUse(_BOARD_OF)
        if self.start > places(self.size, sheet=self.sheet is not None):
            raise WrongUse(_NO_SUCH_PLACE)
        return Wanted(self.codes, self.village, *which)

    def hanging(self) -> Wanted:
        """Return whose plaques hang; raise WrongUse for options of printing, or where nobody is named."""
        if self.which_new or self.which_changed or self.sheet or self.draft or self.dry_run or self.out:
            raise WrongUse(_HUNG_ALONE)
        if self.codes and (self.village is not None or self.which_all):
            raise WrongUse(_CODES_ALONE)
        if not (self.codes or self.village is not None or self.which_all):
            raise WrongUse(_HUNG_ALONE)
        return Wanted(self.codes, self.village)

    def request(self) -> Request:
        """Return what to print; raise WrongUse as `wanted` does."""
        return Request(self.wanted(), self.size, self.sheet is not None, self.start, self.draft, self.out)


_CODES_ALONE: Final = Text(
    "Đã ghi mã thì không dùng thêm --village, --all, --new, --changed.",
    "With codes there is no --village, --all, --new or --changed.",
)
_CHOOSE: Final = Text(
    "Chưa chọn hộ: ghi mã, hoặc dùng --village, --all, --new, --changed.",
    "No household is chosen: name codes, or use --village, --all, --new, --changed.",
)
_HUNG_ALONE: Final = Text(
    "--hung chỉ đi với mã, --village hoặc --all.",
    "--hung goes with codes, --village or --all alone.",
)
_ONE_OF: Final = Text(
    "Chỉ chọn một trong --all, --new, --changed.",
    "Choose one of --all, --new and --changed.",
)
_BOARD_OF: Final = Text(
    "Bảng a3 là của cả thôn, mỗi thôn một bảng: dùng --village THÔN hoặc --all.",
    "The a3 board is that of a whole village: use --village VILLAGE or --all.",
)
_NO_SUCH_PLACE: Final = Text(
    "--start lớn hơn số ô của tờ, hoặc cỡ này không xếp lên tờ A4.",
    "--start is beyond the places of a sheet, or this size is not put on sheets.",
)


# --- `vuonho plaques`: a print-ready PDF whose every code has been read back ---

PLAQUES_HELP = Text(
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


def make_plaques(speech: Speech) -> click.Command:
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
    return click.command("plaques", cls=SpokenCommand, help=PLAQUES_HELP.to(speech.language))(decorated)


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
        return NOBODY
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


# --- `vuonho consent`: the form that a family signs, and the inventory of what is kept ---

CONSENT_HELP = Text(
    """Không ghi mã thì ra phiếu trống. Ghi mã, --village hay --all thì phiếu có sẵn tên và địa chỉ của hộ, kể cả hộ chưa đồng ý.

    Với --inventory: bản kiểm kê dữ liệu cá nhân, chỉ có con số, để xã kèm vào hồ sơ.

    Ví dụ: vuonho consent --all""",
    """Without codes the form is blank. With codes, --village or --all it names the household, whether or not it has agreed.

    With --inventory: the inventory of personal data, counts only, for the commune's dossier.

    Example: vuonho consent --all""",
)
LANGUAGES = ("vi", "en")
_CONSENT_WAITING = Text("Đang chờ một lệnh vuonho khác chạy xong…", "Waiting for another vuonho to finish…")
_ONE_WAY = Text(
    "Chỉ chọn một cách: ghi mã, --village hay --all.", "Choose one way: codes, --village or --all."
)
_WHOLE = Text("Bản kiểm kê là của cả dự án, không dùng với mã, --village hay --all.",
              "The inventory is of the whole project; it takes no codes, --village or --all.")  # fmt: skip
_NOBODY = Text("Chưa có hộ nào để ghi vào phiếu. Phiếu trống: vuonho consent",
               "There is no household to name on a form. A blank form: vuonho consent")  # fmt: skip


@dataclass(frozen=True, slots=True)
class ConsentAsked:
    """The options as they were typed."""

    codes: tuple[str, ...]
    village: str | None
    every: bool
    inventory: bool
    edition: str
    out: str

    def wanted(self) -> Wanted | None:
        """Return whose forms are wanted, None for a blank one; raise WrongUse where options do not go together."""
        ways = sum((bool(self.codes), self.village is not None, self.every))
        if ways > 1:
            raise WrongUse(_ONE_WAY)
        if ways and self.inventory:
            raise WrongUse(_WHOLE)
        return Wanted(self.codes, self.village) if ways else None


def make_consent(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @common(speech)
    @click.pass_context
    def consent_command(context: click.Context, /, folder: Path | None, **options: Any) -> None:
        asked = ConsentAsked(**options)
        wanted = asked.wanted()
        root, paper = project_folder(context, folder), Paper(asked.out, asked.edition)
        if asked.inventory:
            today = this_day()
            _report_inventory(
                make_inventory(root, today, paper, lambda: speech.note(_CONSENT_WAITING)), root, speech
            )
        else:
            made = make_forms(root, wanted, paper, speech.progress, lambda: speech.note(_CONSENT_WAITING))
            _consent_report(made, root, speech)

    return click.command("consent", cls=SpokenCommand, help=CONSENT_HELP.to(speech.language))(
        _options(consent_command, speech)
    )


def _options(command: Function, speech: Speech) -> Function:
    """Return the command with its arguments and options."""

    def said(vi: str, en: str) -> str:
        return Text(vi, en).to(speech.language)

    for add in (
        click.option("-o", "out", metavar=said("TỆP", "FILE"), default="", help=said("Tên tệp PDF.", "Name of the PDF.")),
        click.option("--edition", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True,
                     help=said("Tiếng trên giấy; bản tiếng Anh chỉ để đọc.", "Language of the paper; English is only to be read.")),
        click.option("--inventory", is_flag=True, help=said("Bản kiểm kê dữ liệu cá nhân.", "The inventory of personal data.")),
        click.option("--all", "every", is_flag=True, help=said("Tất cả các hộ.", "All households.")),
        click.option("--village", metavar=said("THÔN", "VILLAGE"),
                     help=said("Các hộ của thôn này (tên thư mục).", "The households of this village (its folder).")),
        click.argument("codes", nargs=-1, metavar=said("[MÃ…]", "[CODE…]")),
    ):  # fmt: skip
        command = add(command)
    return command


def _consent_report(made: Made | None, root: Path, speech: Speech) -> None:
    if made is None:
        speech.tell(_NOBODY)
        return
    if made.left_out:
        click.echo(render_problems(made.left_out, "text", speech.language), err=True)
        left_out = len({problem.file for problem in made.left_out})
        speech.note(
            Text(f"Lưu ý: {left_out} hộ có lỗi (xem ở trên) nên chưa có phiếu. Sửa xong thì in thêm.",
                 f"Note: {left_out} household{'s' * (left_out != 1)} with errors (see above) got no form. Correct them, "
                 "then print theirs.")
        )  # fmt: skip
    count = made.households
    what = (
        Text(f"phiếu của {count} hộ", f"forms of {count} household{'s' * (count != 1)}") if count else _BLANK
    )
    where = _where(made, root)
    speech.tell(
        Text(f"{where}: {what.vi}, {made.pages} trang: tổ một tờ, gia đình một tờ. Mỗi nhà in một lần, hai mặt. Xin cán bộ "
             "tư pháp xã xem trước khi dùng.",
             f"{where}: {what.en}, {made.pages} pages: a sheet for the team and one for the family. Print it once for each "
             "home, on both sides. Let the commune's justice officer see it before it is used.")
    )  # fmt: skip
    if made.has_example:
        speech.note(_EXAMPLE)


_EXAMPLE = Text(
    "Lưu ý: phiếu đang ghi địa chỉ mẫu. Sửa base_url trong profiles/site.yaml rồi in lại, trước khi đưa gia đình ký.",
    "Note: the form says an example address. Change base_url in profiles/site.yaml and print it again before a family "
    "signs it.",
)
_BLANK = Text("phiếu trống", "a blank form")


def _report_inventory(made: Made, root: Path, speech: Speech) -> None:
    where, count = _where(made, root), made.households
    speech.tell(
        Text(f"{where}: kiểm kê dữ liệu của {count} hộ, {made.pages} trang. Chỉ có con số, không có tên ai.",
             f"{where}: inventory of the data of {count} household{'s' * (count != 1)}, {made.pages} pages. "
             "Counts only, nobody's name.")
    )  # fmt: skip


def _where(made: Made, root: Path) -> str:
    return made.file.relative_to(root).as_posix() if made.file.is_relative_to(root) else str(made.file)


# --- The phone form as a file: one page that the team sends round and opens without a signal ---

SIGN = b' data-vuonho="form"'
"""Stands at the beginning of a form of ours, which the next one may replace."""
_PHONEFORM_EXAMPLE = Text("phieu.html", "form.html")
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Written:
    """The form that was written: its file, and the number of villages to choose from."""

    file: Path
    villages: int


def write_phone_form(root: Path, name: str) -> Written:
    """Return the form written to `name`, relative to the project or absolute.

    Only the settings and the villages must be sound: a team may want the form before it has a single profile, or
    while one has an error. Raises DataProblems, Refused and MachineTrouble; then nothing has changed.
    """
    target = own_target(root, name, _PHONEFORM_EXAMPLE, _is_form)
    with locked(root):
        recover(root)
        site, villages = _places(root)
        page = look_of(root, site).pages().form(villages, household_fields(), alone=True)
        write_file(target, page.content)
    return Written(target, len(villages))


def _is_form(path: Path) -> bool:
    with path.open("rb") as file:
        return SIGN in file.read(_HEAD)


def _places(root: Path) -> tuple[PublicSite, tuple[PublicVillage, ...]]:
    settings, problems = read_site(root)
    folders, strange = list_villages(root, settings.languages if settings else ())
    found: list[Problem] = [*problems, *strange]
    villages = []
    for folder in folders:
        province = settings.province if settings else "Hà Tĩnh"
        village, commune, wrong = read_village(root, folder.file, province)
        found += wrong
        if village and commune:
            villages.append(public_village(village, folder.slug, folder.file, commune.full_name))
    if settings is None or any(problem.severity is Severity.ERROR for problem in found):
        raise DataProblems(found)
    return public_site(settings), tuple(villages)


# --- `vuonho form`: the form that the team fills in at each home ---

FORM_HELP = Text(
    """Gửi tệp ấy qua Zalo cho người đi ghi, hoặc mở form/ trên trang của thôn. Ai quen làm Excel thì đặt tên kết thúc bằng .xlsx: sẽ có bảng trống để điền.

    Ví dụ: vuonho form -o phieu.html""",
    """Send it by Zalo to whoever goes round, or open form/ on the village's site. A name that ends in .xlsx gives an empty workbook, for those who work in Excel.

    Example: vuonho form -o phieu.html""",
)
USUAL = "phieu.html"


def make_form(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @click.command("form", cls=SpokenCommand, help=FORM_HELP.to(speech.language))
    @click.option("-o", "out", default=USUAL, show_default=True, metavar=Text("TỆP", "FILE").to(speech.language),
                  help=Text("Tên tệp: .html cho điện thoại, .xlsx cho Excel.", "The file: .html for phones, .xlsx for Excel.").to(speech.language))  # fmt: skip
    @common(speech)
    @click.pass_context
    def form_command(context: click.Context, folder: Path | None, out: str) -> None:
        root = project_folder(context, folder)
        if out.lower().endswith(".html"):
            file = write_phone_form(root, out).file
        elif out.lower().endswith(".xlsx"):
            file = write_blank_workbook(root, out, on_wait=lambda: speech.note(_FORM_WAITING))
        else:
            raise WrongUse(_ENDING)
        where = str(file.relative_to(root) if file.is_relative_to(root) else file)
        speech.tell(_for_phones(where) if file.suffix.lower() == ".html" else _for_excel(where))

    return form_command


def _for_phones(where: str) -> Text:
    return Text(f"{where}: phiếu cho điện thoại. Gửi tệp này qua Zalo cho người đi ghi; mở bằng Chrome.",
                f"{where}: the form for phones. Send it by Zalo to whoever goes round; open it in Chrome.")  # fmt: skip


def _for_excel(where: str) -> Text:
    typed = f'"{where}"' if " " in where else where
    return Text(f"{where}: bảng trống cho Excel, trang đầu có hướng dẫn. Điền xong thì đưa vào: vuonho import {typed}",
                f"{where}: an empty workbook, with a guide on its first sheet. When it is filled in: vuonho import {typed}")  # fmt: skip


_FORM_WAITING = Text("Đang chờ một lệnh vuonho khác chạy xong…", "Waiting for another vuonho to finish…")
_ENDING = Text(
    "Tên tệp phải kết thúc bằng .html (phiếu điện thoại) hoặc .xlsx (bảng Excel).",
    "The file must end in .html (the form for phones) or .xlsx (a workbook).",
)
