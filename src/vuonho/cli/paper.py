"""`vuonho plaques`, `consent` and `form`: what is printed, and the form that the phones fill in."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from vuonho.cli.commands import WrongUse, argument, command, option
from vuonho.cli.common import JOBS, as_typed, jobs_option, path_in, require_project, tended_project, this_day
from vuonho.cli.console import LANGUAGES, Console
from vuonho.i18n import Text
from vuonho.plaques.job import BOARD, SIZES, Done, Plan, Request, mark_hung, places, plan_print, print_plaques
from vuonho.register.choice import Wanted, Which
from vuonho.status.tasks import NOBODY

if TYPE_CHECKING:
    from vuonho.consent_forms.papers import Made

_pdf = option(
    "-o", "out", metavar=Text("TỆP", "FILE"), default="", help=Text("Tên tệp PDF.", "Name of the PDF.")
)


def _households(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add what chooses households: codes, a village, or all."""
    for add in (
        option("--all", "everybody", is_flag=True, help=Text("Tất cả các hộ.", "All households.")),
        option("--village", metavar=Text("THÔN", "VILLAGE"),
               help=Text("Các hộ của thôn này (tên thư mục).", "The households of this village (its folder).")),
        argument("codes", nargs=-1, metavar=Text("[MÃ…]", "[CODE…]")),
    ):  # fmt: skip
        function = add(function)
    return function


_SHOWN: Final = 5


@command(
    "plaques",
    help=Text(
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
    ),
)
@_households
@option("--new", is_flag=True, help=Text("Các hộ chưa in lần nào.", "Households never printed."))
@option("--changed", is_flag=True,
        help=Text("Các hộ mà biển đã in nay khác đi.",
                  "Households whose printed plaque says something else now."))  # fmt: skip
@option(
    "--size",
    metavar=Text("CỠ", "SIZE"),
    type=click.Choice(SIZES, case_sensitive=False),
    default=SIZES[0],
    show_default=True,
    help=Text("Cỡ biển, xem ở trên.", "Size of the plaque, see above."),
)
@option("--sheet", metavar="a4", type=click.Choice(["a4"], case_sensitive=False),
        help=Text("Xếp nhiều biển lên tờ A4, có đường cắt.",
                  "Several on a sheet of A4, with lines to cut along."))  # fmt: skip
@option("--start", metavar="N", type=click.IntRange(1, 99), default=1,
        help=Text("Bắt đầu từ ô thứ N của tờ đầu, đếm từng hàng.",
                  "Begin at place N of the first sheet, row by row."))  # fmt: skip
@option("--draft", is_flag=True,
        help=Text("Bản thử: có chữ BẢN THỬ, không ghi vào sổ.",
                  "A draft: marked as one, and not recorded."))  # fmt: skip
@option("--dry-run", is_flag=True,
        help=Text("Chỉ xem sẽ in hộ nào và vì sao.", "Only show which households, and why."))  # fmt: skip
@option("--hung", is_flag=True,
        help=Text("Ghi là biển đã treo: cùng với mã, --village hoặc --all.",
                  "Record that plaques hang: with codes, --village or --all."))  # fmt: skip
@option("--yes", "-y", is_flag=True,
        help=Text("Không hỏi lại về địa chỉ in lần đầu.",
                  "Do not ask about addresses printed for the first time."))  # fmt: skip
@jobs_option
@_pdf
@click.pass_obj
def plaques_command(
    console: Console,
    folder: Path,
    codes: tuple[str, ...],
    village: str | None,
    everybody: bool,
    new: bool,
    changed: bool,
    size: str,
    sheet: str | None,
    start: int,
    draft: bool,
    dry_run: bool,
    hung: bool,
    yes: bool,
    jobs: int | None,
    out: str,
) -> None:
    """Make a print-ready PDF whose every code has been read back, or record that plaques hang."""
    flags = {Which.ALL: everybody, Which.NEW: new, Which.CHANGED: changed}
    which = [one for one, is_given in flags.items() if is_given]
    if hung:
        if new or changed or sheet or draft or dry_run or out:
            raise WrongUse(_HUNG_ALONE)
        wanted = _wanted(codes, village, which, otherwise=_HUNG_ALONE)
        _record_hung(tended_project(folder, console), wanted, console)
        return
    wanted = _wanted(codes, village, which, otherwise=_CHOOSE)
    if size == BOARD and (codes or sheet or which not in ([], [Which.ALL])):
        raise WrongUse(
            Text("Bảng a3 là của cả thôn, mỗi thôn một bảng: dùng --village THÔN hoặc --all.",
                 "The a3 board is that of a whole village: use --village VILLAGE or --all.")
        )  # fmt: skip
    if start > places(size, sheet=sheet is not None):
        raise WrongUse(
            Text("--start lớn hơn số ô của tờ, hoặc cỡ này không xếp lên tờ A4.",
                 "--start is beyond the places of a sheet, or this size is not put on sheets.")
        )  # fmt: skip
    request = Request(wanted, size, sheet is not None, start, draft, out)
    root = require_project(folder) if dry_run or draft else tended_project(folder, console)
    if dry_run:
        _show(plan_print(root, request), console)
    elif draft or _is_meant(root, request, console, yes=yes):
        done = print_plaques(
            root,
            request,
            this_day(),
            jobs=jobs or JOBS,
            progress=console.progress,
            on_wait=console.waiting,
        )
        if done is None:
            console.print(_nothing_to_print(plan_print(root, request)))
        else:
            _report(done, root, console, draft=draft)


_CHOOSE: Final = Text(
    "Chưa chọn hộ: ghi mã, hoặc dùng --village, --all, --new, --changed.",
    "No household is chosen: name codes, or use --village, --all, --new, --changed.",
)
_HUNG_ALONE: Final = Text(
    "--hung chỉ đi với mã, --village hoặc --all.",
    "--hung goes with codes, --village or --all alone.",
)


def _wanted(codes: tuple[str, ...], village: str | None, which: list[Which], *, otherwise: Text) -> Wanted:
    """Return what is chosen; raise WrongUse for two things that do not go together, and with `otherwise` for nothing."""
    if codes and (village is not None or which):
        raise WrongUse(
            Text("Đã ghi mã thì không dùng thêm --village, --all, --new, --changed.",
                 "With codes there is no --village, --all, --new or --changed.")
        )  # fmt: skip
    if not (codes or village is not None or which):
        raise WrongUse(otherwise)
    if len(which) > 1:
        raise WrongUse(
            Text("Chỉ chọn một trong --all, --new, --changed.", "Choose one of --all, --new and --changed.")
        )
    return Wanted(codes, village, *which)


def _record_hung(root: Path, wanted: Wanted, console: Console) -> None:
    today = this_day()
    codes = mark_hung(root, wanted, today, console.waiting)
    if not codes:
        console.print(
            Text("Không có biển nào mới treo để ghi.", "There is no plaque to be recorded as hanging.")
        )
        return
    console.success(
        Text(f"Đã ghi: {len(codes)} biển treo từ ngày {today:%d/%m/%Y} ({', '.join(codes)}). Ghi nhầm thì: vuonho undo",
             f"Recorded: {len(codes)} plaque{'s' * (len(codes) != 1)} hanging since {today:%Y-%m-%d} ({', '.join(codes)}). If that is wrong: vuonho undo")
    )  # fmt: skip


def _is_meant(root: Path, request: Request, console: Console, *, yes: bool) -> bool:
    """Tell whether addresses that were never printed before are to be printed; of others nobody is asked."""
    plan = plan_print(root, request)
    first = plan.first_printed
    if not first:
        return True
    url, pieces = plan.base_url, _pieces(plan)
    if not plan.is_first_there:
        question = Text(f"In {pieces.vi}; {first} địa chỉ in lần đầu, phải giữ mãi. In thật?",
                        f"Print {pieces.en}; {first} of the addresses for the first time, to be kept for ever. Print them?")  # fmt: skip
    elif plan.is_example:
        question = Text(f"{url} là địa chỉ mẫu, trên mạng không ai mở được: {pieces.vi} in ra sẽ phải bỏ. Vẫn in?",
                        f"{url} is an example that nobody can open: {pieces.en} would have to be thrown away. Print all the same?")  # fmt: skip
    else:
        question = Text(f"Địa chỉ {url} sẽ in lên {pieces.vi} và phải giữ mãi. Đã mở thử địa chỉ ấy trên mạng chưa?",
                        f"The address {url} will be printed on {pieces.en} and has to be kept for ever. Have you opened it on the web?")  # fmt: skip
    otherwise = Text(
        "Chưa in, chưa ghi gì cả: địa chỉ đã in thì phải giữ mãi (base_url trong profiles/site.yaml). Chỉ xem thử biển: thêm --draft.",
        "Nothing was printed or recorded: a printed address is kept for ever (base_url in profiles/site.yaml). For a look only: add --draft.",
    )
    return console.confirm(question, yes=yes, otherwise=otherwise)


def _show(plan: Plan, console: Console) -> None:
    """Print a line for each plaque that would be printed: code, name, why; for boards the villages."""
    if not plan.chosen:
        console.print(_nothing_to_print(plan))
        return
    for village, homes in plan.boards:
        count = len(homes)
        households = Text(f"{count} hộ", f"{count} household{'s' * (count != 1)}")
        click.echo(f"{village.slug}  {village.name}: {households.to(console.language)}")
    if not plan.request.is_board:
        for one in plan.chosen:
            click.echo(f"{one.household.code}  {one.household.name}: {one.why.to(console.language)}")
    pieces = _pieces(plan)
    console.print(
        Text(f"Sẽ in {pieces.vi}, đợt {plan.batch}. Chưa ghi gì cả.",
             f"{pieces.en} would be printed, run {plan.batch}. Nothing was written.")
    )  # fmt: skip


def _nothing_to_print(plan: Plan) -> Text:
    """Return why there is nothing to print, and what to do: there is nobody, nobody agreed, or all is printed."""
    if not plan.project.profiles:
        return NOBODY
    if plan.project.households:
        return Text("Không có biển nào cần in. In lại biển đã in: ghi mã của hộ, hoặc dùng --all.",
                    "There is no plaque to print. To print again: name codes, or use --all.")  # fmt: skip
    return Text(
        "Chưa có gia đình nào đồng ý nên chưa in biển được. Làm tiếp: vuonho consent, nhà nào ký thì ghi ngày.",
        "No family has agreed yet, so there is no plaque to print. Next: vuonho consent; write down the day when one signs.",
    )


def _report(done: Done, root: Path, console: Console, *, draft: bool) -> None:
    errors = done.plan.project.errors
    if errors and not done.plan.request.is_board:
        files = sorted({problem.file for problem in errors})
        named = ", ".join(files[:_SHOWN]) + ", …" * (len(files) > _SHOWN)
        console.warn(
            Text(f"Lưu ý: {len(files)} hộ có lỗi nên chưa in biển được: {named}. Xem: vuonho check",
                 f"Note: {len(files)} household{'s' * (len(files) != 1)} with errors cannot have a plaque yet: {named}. "
                 "See: vuonho check")
        )  # fmt: skip
    if count := len(done.plan.project.problems) - len(errors):
        console.warn(Text(f"Hồ sơ có {count} lưu ý; xem: vuonho check",
                          f"The profiles have {count} note{'s' * (count != 1)}; see: vuonho check"))  # fmt: skip
    where, pieces = path_in(root, done.file), _pieces(done.plan)
    metres = f"{done.reading_m:.2f}".rstrip("0").rstrip(".")
    console.success(
        Text(f"{where}: {pieces.vi}, {done.pages} trang, mã nào cũng đã quét lại. "
             f"Đọc được từ khoảng {metres.replace('.', ',')} m.",
             f"{where}: {pieces.en}, {done.pages} page{'s' * (done.pages != 1)}, "
             f"every code read back. A phone reads them from about {metres} m.")
    )  # fmt: skip
    if draft:
        console.print(Text("Đây là bản thử, chưa ghi vào sổ.", "This is a draft; nothing was recorded."))
        return
    console.print(
        Text(f"Đợt in {done.plan.batch} đã ghi vào sổ; các địa chỉ này được giữ mãi. In đúng 100 %. "
             "Đăng trang lên mạng, quét thử một biển, rồi hãy treo.",
             f"Print run {done.plan.batch} is in the register; these addresses are kept for ever. Print at 100 %. "
             "Publish the site and scan one plaque before you hang them.")
    )  # fmt: skip
    if done.plan.is_example:
        console.warn(
            Text("Lưu ý: base_url còn là địa chỉ mẫu (.example), trên mạng không ai mở được. Đừng treo các biển này.",
                 "Note: base_url is still an example (.example) that nobody can open. Do not hang these plaques.")
        )  # fmt: skip


def _pieces(plan: Plan) -> Text:
    """Return what is printed, in words: so many plaques, or boards of so many households."""
    count, boards = len(plan.chosen), len(plan.boards)
    if not boards:
        return Text(f"{count} biển", f"{count} plaque{'s' * (count != 1)}")
    return Text(
        f"{boards} bảng thôn, {count} hộ",
        f"{boards} board{'s' * (boards != 1)}, {count} household{'s' * (count != 1)}",
    )


@command(
    "consent",
    help=Text(
        """Không ghi mã thì ra phiếu trống. Ghi mã, --village hay --all thì phiếu có sẵn tên và địa chỉ của hộ, kể cả hộ chưa đồng ý.

        Với --inventory: bản kiểm kê dữ liệu cá nhân, chỉ có con số, để xã kèm vào hồ sơ.

        Ví dụ: vuonho consent --all""",
        """Without codes the form is blank. With codes, --village or --all it names the household, whether or not it has agreed.

        With --inventory: the inventory of personal data, counts only, for the commune's dossier.

        Example: vuonho consent --all""",
    ),
)
@_households
@option("--inventory", is_flag=True,
        help=Text("Bản kiểm kê dữ liệu cá nhân.", "The inventory of personal data."))  # fmt: skip
@option("--edition", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True,
        help=Text("Tiếng trên giấy; bản tiếng Anh chỉ để đọc.",
                  "Language of the paper; English is only to be read."))  # fmt: skip
@_pdf
@click.pass_obj
def consent_command(
    console: Console,
    folder: Path,
    codes: tuple[str, ...],
    village: str | None,
    everybody: bool,
    inventory: bool,
    edition: str,
    out: str,
) -> None:
    """Make the form that a family signs, or the inventory of what is kept."""
    from vuonho.consent_forms.papers import make_forms, make_inventory

    ways = sum((bool(codes), village is not None, everybody))
    if ways > 1:
        raise WrongUse(
            Text("Chỉ chọn một cách: ghi mã, --village hay --all.", "Choose one way: codes, --village or --all.")
        )  # fmt: skip
    if ways and inventory:
        raise WrongUse(
            Text("Bản kiểm kê là của cả dự án, không dùng với mã, --village hay --all.",
                 "The inventory is of the whole project; it takes no codes, --village or --all.")
        )  # fmt: skip
    root = require_project(folder)
    if not inventory:
        wanted = Wanted(codes, village) if ways else None
        _report_forms(
            make_forms(root, wanted, out, edition, console.progress, console.waiting), root, console
        )
        return
    made = make_inventory(root, this_day(), out, edition, console.waiting)
    where, count = path_in(root, made.file), made.households
    console.print(
        Text(f"{where}: kiểm kê dữ liệu của {count} hộ, {made.pages} trang. Chỉ có con số, không có tên ai.",
             f"{where}: inventory of the data of {count} household{'s' * (count != 1)}, {made.pages} pages. "
             "Counts only, nobody's name.")
    )  # fmt: skip


def _report_forms(made: "Made | None", root: Path, console: Console) -> None:
    if made is None:
        console.print(Text("Chưa có hộ nào để ghi vào phiếu. Phiếu trống: vuonho consent",
                           "There is no household to name on a form. A blank form: vuonho consent"))  # fmt: skip
        return
    console.problems(made.left_out, err=True)
    if made.left_out:
        left_out = len({problem.file for problem in made.left_out})
        console.warn(
            Text(f"Lưu ý: {left_out} hộ có lỗi (xem ở trên) nên chưa có phiếu. Sửa xong thì in thêm.",
                 f"Note: {left_out} household{'s' * (left_out != 1)} with errors (see above) got no form. Correct them, "
                 "then print theirs.")
        )  # fmt: skip
    what = Text("phiếu trống", "a blank form")
    if count := made.households:
        what = Text(f"phiếu của {count} hộ", f"forms of {count} household{'s' * (count != 1)}")
    where = path_in(root, made.file)
    console.print(
        Text(f"{where}: {what.vi}, {made.pages} trang: tổ một tờ, gia đình một tờ. Mỗi nhà in một lần, hai mặt. Xin cán bộ "
             "tư pháp xã xem trước khi dùng.",
             f"{where}: {what.en}, {made.pages} pages: a sheet for the team and one for the family. Print it once for each "
             "home, on both sides. Let the commune's justice officer see it before it is used.")
    )  # fmt: skip
    if made.has_example:
        console.warn(
            Text("Lưu ý: phiếu đang ghi địa chỉ mẫu. Sửa base_url trong profiles/site.yaml rồi in lại, trước khi đưa gia đình ký.",
                 "Note: the form says an example address. Change base_url in profiles/site.yaml and print it again before a "
                 "family signs it.")
        )  # fmt: skip


@command(
    "form",
    help=Text(
        """Gửi tệp ấy qua Zalo cho người đi ghi, hoặc mở form/ trên trang của thôn. Ai quen làm Excel thì đặt tên kết thúc bằng .xlsx: sẽ có bảng trống để điền.

        Ví dụ: vuonho form -o phieu.html""",
        """Send it by Zalo to whoever goes round, or open form/ on the village's site. A name that ends in .xlsx gives an empty workbook, for those who work in Excel.

        Example: vuonho form -o phieu.html""",
    ),
)
@option("-o", "out", default="phieu.html", show_default=True, metavar=Text("TỆP", "FILE"),
        help=Text("Tên tệp: .html cho điện thoại, .xlsx cho Excel.",
                  "The file: .html for phones, .xlsx for Excel."))  # fmt: skip
@click.pass_obj
def form_command(console: Console, folder: Path, out: str) -> None:
    """Make the form that the team fills in at each home."""
    from vuonho.forms.phone_file import write_phone_form
    from vuonho.importing.export import write_blank_workbook

    root = require_project(folder)
    if out.lower().endswith(".html"):
        where = path_in(root, write_phone_form(root, out))
        console.print(
            Text(f"{where}: phiếu cho điện thoại. Gửi tệp này qua Zalo cho người đi ghi; mở bằng Chrome.",
                 f"{where}: the form for phones. Send it by Zalo to whoever goes round; open it in Chrome.")
        )  # fmt: skip
    elif out.lower().endswith(".xlsx"):
        where = path_in(root, write_blank_workbook(root, out, on_wait=console.waiting))
        console.print(
            Text(f"{where}: bảng trống cho Excel, trang đầu có hướng dẫn. Điền xong thì đưa vào: vuonho import {as_typed(where)}",
                 f"{where}: an empty workbook, with a guide on its first sheet. When it is filled in: vuonho import {as_typed(where)}")
        )  # fmt: skip
    else:
        raise WrongUse(
            Text("Tên tệp phải kết thúc bằng .html (phiếu điện thoại) hoặc .xlsx (bảng Excel).",
                 "The file must end in .html (the form for phones) or .xlsx (a workbook).")
        )  # fmt: skip
