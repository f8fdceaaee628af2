"""`vuonho build`, `verify`, `serve` and `publish`: the site made, proved, shown and put on line."""

import shutil
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from vuonho.cli.commands import WrongUse, argument, command, option
from vuonho.cli.common import (
    JOBS,
    jobs_option,
    latest_day,
    path_in,
    require_project,
    tended_project,
    this_moment,
)
from vuonho.cli.console import Console, colours, count_problems
from vuonho.errors import DataProblems, MachineTrouble, Refused
from vuonho.i18n import NOTHING, Text, visible

if TYPE_CHECKING:
    from vuonho.publish.publish import Published
    from vuonho.publish.rules import Target
    from vuonho.serve.rebuild import News

_FEW: Final = 3
"""How many changed files `serve` names."""
_SHOWN: Final = 5
"""How many pages of one kind `publish` names."""


@command(
    "build",
    help=Text(
        """Hộ nào có lỗi thì giữ trang đang có; lỗi chung thì cả trang cũ giữ nguyên.

        Ví dụ: vuonho build""",
        """A household with an error keeps the page it has; an error that concerns all leaves the old site as it is.

        Example: vuonho build --out site""",
    ),
)
@option("--out", default="site", metavar=Text("THƯ_MỤC", "DIR"),
        help=Text("Nơi đặt trang web (mặc định: site).", "Where the site goes (default: site)."))  # fmt: skip
@jobs_option
@option("--base-url", metavar="URL",
        help=Text("Dùng địa chỉ này cho riêng lần dựng này.", "Use this address for this build only."))  # fmt: skip
@option("--strict", is_flag=True,
        help=Text("Có một lỗi cũng dừng, không dựng gì cả.", "Stop at any error and build nothing."))  # fmt: skip
@click.pass_obj
def build_command(
    console: Console, folder: Path, out: str, jobs: int | None, base_url: str | None, strict: bool
) -> None:
    """Build the whole site, or leave the old one."""
    from vuonho.build import build

    root = tended_project(folder, console)
    built = build(
        root,
        out,
        jobs=jobs or JOBS,
        base_url=base_url,
        progress=console.progress,
        on_wait=console.waiting,
        today=latest_day(),
        strict=strict,
    )
    console.problems(built.problems, err=True)
    summary = built.summary
    for kept in summary.kept:
        console.warn(
            Text(f"{kept.path}: bản sửa tay được giữ ở {kept.copy or kept.path}",
                 f"{kept.path}: the copy edited by hand is kept at {kept.copy or kept.path}")
        )  # fmt: skip
    where = path_in(root, built.out)
    console.success(
        Text(f"Đã dựng {where}/: {built.households} hộ; {len(summary.written)} tệp mới, "
             f"{len(summary.unchanged)} giữ nguyên, {len(summary.removed)} bỏ đi. Xem trang: mở {where}/index.html",
             f"Built {where}/: {built.households} households; {len(summary.written)} files new, "
             f"{len(summary.unchanged)} unchanged, {len(summary.removed)} removed. Look at it: open {where}/index.html")
    )  # fmt: skip
    if built.kept or built.missing:
        console.warn(_left_out(built.kept, built.missing))


def _left_out(kept: int, missing: int) -> Text:
    """Return how many households have an error, and what their pages show."""
    count = kept + missing
    return Text(
        f"Lưu ý: {count} hộ có lỗi (xem ở trên): {kept} hộ giữ trang cũ, {missing} hộ chưa có trang hoặc trang đã khép. "
        "Sửa xong thì dựng lại.",
        f"Note: {count} household{'s' * (count != 1)} with errors (see above): {kept} keep{'s' * (kept == 1)} the old "
        f"page, {missing} ha{'s' if missing == 1 else 've'} none or a closed one. Correct them, then build again.",
    )


@command(
    "verify",
    help=Text(
        """Đưa trang lên mạng rồi thì thêm --live: mở từng địa chỉ đã in, từng trang, từng mã QR trên mạng như khách mở.

        Ví dụ: vuonho verify""",
        """After publishing, add --live: each printed address, page and QR image is fetched from the web as visitors do.

        Example: vuonho verify site""",
    ),
)
@argument("site", default="site", metavar=Text("[TRANG]", "[SITE]"))
@option("--live", metavar="[URL]", is_flag=False, flag_value="", default=None,
        help=Text("Kiểm trang trên mạng; không ghi URL thì lấy base_url trong site.yaml.",
                  "Check the site online; without URL, the base_url of site.yaml."))  # fmt: skip
@click.pass_obj
def verify_command(console: Console, folder: Path, site: str, live: str | None) -> int:
    """Prove that every code leads home and nothing is shown without consent."""
    from vuonho.verify.live import prove_online
    from vuonho.verify.site import prove

    def tell(step: Text, number: int, count: int) -> None:
        if console.is_watched:
            console.warn(Text(f"{number}/{count} {step.vi}…", f"{number}/{count} {step.en}…"))

    root = require_project(folder)
    if live is None:
        report = prove(root, root / site, tell)
        problems = report.problems
        well = Text(f"Tốt cả: {report.codes} mã QR đọc được và dẫn đúng trang, {report.pages} trang, "
                    f"{report.links} đường dẫn, {report.photos} ảnh không kèm thông tin riêng.",
                    f"All is well: {report.codes} QR images read and lead home, {report.pages} pages, "
                    f"{report.links} links, {report.photos} photos without private data.")  # fmt: skip
        is_compared = True
    else:
        online = prove_online(root, root / site, live, console.progress)
        problems, is_compared = online.problems, online.compared
        if online.elsewhere:
            console.warn(Text(f"{online.elsewhere} địa chỉ cũ đã in (previous_urls) không thử: {online.url} không phải base_url.",
                              f"{online.elsewhere} older printed addresses (previous_urls) were not tried: {online.url} is not "
                              "base_url."))  # fmt: skip
        well = Text(f"Tốt cả: {online.url} trả lời đủ {online.pages} trang, {online.printed} địa chỉ đã in, "
                    f"{online.codes} ảnh mã QR đọc đúng.",
                    f"All is well: {online.url} answers with {online.pages} pages, {online.printed} printed addresses, "
                    f"{online.codes} QR images read and right.")  # fmt: skip
    if problems:
        console.problems(problems)
        console.print(count_problems(problems))
        return 1
    console.success(well)
    if not is_compared:
        console.warn(Text("Máy này chưa có bản dựng nên chưa so được trang trên mạng có mới nhất không.",
                          "There is no build here, so whether the site online is the latest was not compared."))  # fmt: skip
    return 0


@command(
    "serve",
    help=Text(
        """Sửa hồ sơ rồi lưu, trang tự dựng lại và tự hiện.

        Có lỗi thì lỗi hiện ngay trên trang. Nhấn Ctrl-C để dừng.

        Ví dụ: vuonho serve --lan""",
        """Save a profile, and the page renews itself.

        Errors show in the page. Ctrl-C ends it.

        Example: vuonho serve --lan""",
    ),
)
@option("--port", type=click.IntRange(0, 65535), metavar="P",
        help=Text("Cổng (không ghi thì 8000, hoặc số trống kế tiếp).",
                  "The port (else 8000, or the next that is free)."))  # fmt: skip
@option("--lan", is_flag=True,
        help=Text("Cho điện thoại cùng Wi-Fi xem, hiện mã QR để quét.",
                  "Let phones on the same Wi-Fi look, and show a QR code to scan."))  # fmt: skip
@option("--no-reload", is_flag=True,
        help=Text("Trang không tự hiện lại; y hệt như khi đã đăng.",
                  "Pages do not renew themselves: byte for byte what will be published."))  # fmt: skip
@option("--open", "opens", is_flag=True, help=Text("Mở luôn trình duyệt.", "Open the browser too."))
@click.pass_obj
def serve_command(
    console: Console, folder: Path, port: int | None, lan: bool, no_reload: bool, opens: bool
) -> None:
    """Show the site as visitors will see it, built anew whenever something is saved."""
    from vuonho.serve.rebuild import Rebuilder
    from vuonho.serve.server import addresses, open_server

    project = Rebuilder(require_project(folder), console.language, console.waiting, reloads=not no_reload)
    with open_server(project.state, port, lan=lan) as server:
        first = project.build(JOBS, console.progress)
        if isinstance(first.error, DataProblems):
            console.problems(first.error.problems, err=True)
        elif first.error is not None:
            console.error(first.error)
        console.warn(_line(first))
        server.start()
        prefix = project.state.shown.prefix
        found = addresses(server, prefix, lan=lan)
        _announce(found, console, lan=lan)
        if opens:
            click.launch(found[0])
        for news in project.follow(lambda *_: nullcontext(lambda: None)):
            console.warn(_line(news))
            if prefix != project.state.shown.prefix:
                prefix = project.state.shown.prefix
                _announce(addresses(server, prefix, lan=lan), console, lan=lan)


def _announce(found: Sequence[str], console: Console, *, lan: bool) -> None:
    here, *others = found
    console.print(Text(f"Xem trang: {here}", f"Look at the site: {here}"))
    if lan and others:
        first, *more = others
        console.print(Text(f"Trên điện thoại cùng Wi-Fi: {first}", f"On a phone on the same Wi-Fi: {first}"))
        for other in more:
            console.print(Text(f"Nếu không được thì thử: {other}", f"If that does not open, try: {other}"))
        _show_code(first)
        console.print(
            Text("Ai dùng chung Wi-Fi này cũng xem được, chừng nào lệnh này còn chạy.\nNếu Windows hỏi về tường lửa: chọn "
                 "mạng riêng (Private), rồi bấm cho phép (Allow).",
                 "Everyone on this Wi-Fi can look until you stop it.\nIf Windows asks about its firewall: tick "
                 "private networks, then allow access.")
        )  # fmt: skip
    elif lan:
        console.print(
            Text("Máy này chưa vào mạng nào nên điện thoại chưa xem được. Bật Wi-Fi, hoặc bắt Wi-Fi phát từ điện thoại, rồi chạy lại.",
                 "This computer is on no network, so no phone can look. Join a Wi-Fi, or a phone's hotspot, and run again.")
        )  # fmt: skip
    console.print(Text("Sửa hồ sơ rồi lưu, trang tự dựng lại. Nhấn Ctrl-C để dừng.",
                       "Save a profile, and the site is built anew. Ctrl-C ends it."))  # fmt: skip


def _show_code(address: str) -> None:
    """Draw the QR code where it can be read: on a terminal wide enough, in black on white if it has colours."""
    from vuonho.qr.image import terminal_lines
    from vuonho.qr.symbol import qr_symbol

    is_plain = colours() is False
    lines = terminal_lines(qr_symbol(address), is_bright=is_plain)
    if not sys.stdout.isatty() or shutil.get_terminal_size().columns < len(lines[0]):
        return
    for line in lines:
        click.echo(line if is_plain else click.style(line, fg="black", bg="bright_white"))


def _line(news: "News") -> Text:
    """Return what came of a build in one line, after the files that changed, a few of them by name."""
    why = NOTHING
    if news.changed:
        few, rest = ", ".join(map(visible, news.changed[:_FEW])), len(news.changed) - _FEW
        why = Text(f"{few} có thay đổi. ", f"{few} changed. ")
        if rest > 0:
            why = Text(f"{few} và {rest} tệp nữa có thay đổi. ", f"{few} and {rest} more changed. ")
    if isinstance(news.error, DataProblems):
        count = count_problems(news.error.problems)
        return Text(f"{why.vi}Chưa dựng được: {count.vi}. Trang đang hiện lỗi thay cho trang cũ.",
                    f"{why.en}Not built: {count.en}. The pages show what is wrong, not the old site.")  # fmt: skip
    if news.built is None:
        message = news.error.message if news.error else NOTHING
        return Text(f"{why.vi}Chưa dựng được: {message.vi}", f"{why.en}Not built: {message.en}")
    written, note = len(news.built.summary.written), NOTHING
    if notes := len(news.built.problems):
        note = Text(f" {notes} lưu ý, xem bằng vuonho check.",
                    f" {notes} note{'s' * (notes != 1)}, see vuonho check.")  # fmt: skip
    return Text(f"{why.vi}Đã dựng xong, {written} tệp mới.{note.vi}",
                f"{why.en}Built, {written} new file{'s' * (written != 1)}.{note.en}")  # fmt: skip


@command(
    "publish",
    help=Text(
        """Có gì không ổn thì không gửi gì cả.

        Ví dụ: vuonho publish --to ../trang.git --dry-run""",
        """If anything is wrong, nothing is sent.

        Example: vuonho publish --to ../site.git --dry-run""",
    ),
)
@option("--to", default="", metavar=Text("KHO", "REPOSITORY"),
        help=Text("Kho để đăng, thay cho dòng pages trong site.yaml; ví dụ https://github.com/ten-thon/ten-thon.github.io",
                  "The repository, in place of pages in site.yaml; such as https://github.com/village/village.github.io"))  # fmt: skip
@option("--branch", default="", metavar=Text("NHÁNH", "NAME"),
        help=Text("Nhánh của kho (mặc định: main).", "The branch (default: main)."))  # fmt: skip
@option("--dry-run", "is_dry", is_flag=True,
        help=Text("Làm mọi bước kiểm tra, không gửi.", "Do every check and send nothing."))  # fmt: skip
@option("--allow-removed", multiple=True, metavar=Text("ĐỊA_CHỈ", "ADDRESS"),
        help=Text("Địa chỉ chưa in ở đâu, được phép mất; ghi nhiều lần cho nhiều địa chỉ, hoặc en/* cho cả nhóm.",
                  "An address printed nowhere that may disappear; repeat it for several, or write en/* for all below."))  # fmt: skip
@option("--strict", is_flag=True,
        help=Text("Có một lỗi cũng dừng, không gửi gì cả.", "Stop at any error and send nothing."))  # fmt: skip
@option("--let-go", multiple=True, hidden=True, help=NOTHING)  # the older name of --allow-removed
@option("--yes", "-y", is_flag=True,
        help=Text("Không hỏi lại về trang sẽ mất.", "Do not ask about pages that will be gone."))  # fmt: skip
@click.pass_obj
def publish_command(
    console: Console,
    folder: Path,
    to: str,
    branch: str,
    is_dry: bool,
    allow_removed: tuple[str, ...],
    let_go: tuple[str, ...],
    strict: bool,
    yes: bool,
) -> None:
    """Send the built site, and nothing else, to the repository that Pages are served from."""
    from vuonho.publish.publish import Help, Options, publish, require_sense

    def is_meant(gone: Sequence[str]) -> bool:
        """Ask before pages that answer disappear."""
        shown, more = ", ".join(gone[:_SHOWN]), ", …" * (len(gone) > _SHOWN)
        question = Text(f"{len(gone)} trang đang mở được sẽ mất: {shown}{more}. Đăng?",
                        f"{len(gone)} pages that answer now will be gone: {shown}{more}. Publish?")  # fmt: skip
        otherwise = Text(f"Chưa gửi gì cả: {len(gone)} trang đang mở được sẽ mất ({shown}{more}).",
                         f"Nothing was sent: {len(gone)} pages that answer now would be gone ({shown}{more}).")  # fmt: skip
        return console.confirm(question, yes=yes, otherwise=otherwise)

    def tell(step: Text) -> None:
        if console.is_watched:
            console.warn(Text(f"{step.vi}…", f"{step.en}…"))

    options = Options(to, branch, (*allow_removed, *let_go), is_dry, strict)
    try:
        require_sense(options)
    except Refused as error:
        raise WrongUse(error.message, error.hint) from error
    root = require_project(folder) if is_dry else tended_project(folder, console)
    helped = Help(
        jobs=JOBS,
        asks=console.can_ask,
        tell=tell,
        progress=console.progress,
        on_wait=console.waiting,
        confirm=is_meant,
    )
    try:
        done = publish(root, options, this_moment(), helped)
    except DataProblems as error:
        hint = Text("Chưa gửi gì cả. Sửa các lỗi trên, chạy vuonho build, rồi đăng lại.",
                    "Nothing was sent. Mend the errors above, run vuonho build, then publish again.")  # fmt: skip
        raise DataProblems(error.problems, hint) from error
    _report_published(done, root, console)


def _report_published(done: "Published", root: Path, console: Console) -> None:
    from vuonho.publish.rules import megabytes

    if done.errors:
        console.problems(done.errors, err=True)
        console.warn(_left_out(done.kept, done.missing))
    for note in done.notes:
        console.warn(Text(f"Lưu ý: {note.vi}", f"Note: {note.en}"))
    where, whole = f"{done.target.repository.url} ({done.target.branch})", megabytes(done.size)
    if not done.is_sent:
        console.print(
            Text(f"Trên {where} đã đúng bản này: {done.pages} trang. Không cần gửi.",
                 f"{where} has this very site already: {done.pages} pages. Nothing had to be sent.")
        )  # fmt: skip
    elif done.is_dry:
        console.print(Text(f"Sẽ gửi {done.pages} trang, {done.files} tệp, {whole.vi} lên {where}:",
                           f"Would send {done.pages} pages, {done.files} files, {whole.en} to {where}:"))  # fmt: skip
        _report_changes(done, console)
        console.print(Text("Chưa gửi gì. Gửi thật: gọi lại không có --dry-run.",
                           "Nothing was sent. To send it: call again without --dry-run."))  # fmt: skip
    else:
        console.success(Text(f"Đã đăng {done.pages} trang, {done.files} tệp, {whole.vi} lên {where}:",
                             f"Published {done.pages} pages, {done.files} files, {whole.en} to {where}:"))  # fmt: skip
        _report_changes(done, console)
        _say_what_is_next(done, root, console)


def _report_changes(done: "Published", console: Console) -> None:
    for label, pages in (
        (Text("trang mới", "new pages"), done.changes.new),
        (Text("trang đổi", "changed pages"), done.changes.changed),
        (Text("trang bỏ", "pages gone"), done.changes.gone),
    ):
        if pages:
            shown, more = ", ".join(page or "/" for page in pages[:_SHOWN]), ", …" * (len(pages) > _SHOWN)
            console.print(
                Text(f"  {len(pages)} {label.vi}: {shown}{more}", f"  {len(pages)} {label.en}: {shown}{more}")
            )
    console.print(Text(f"  {done.written} tệp mới hoặc đổi, {done.removed} tệp bỏ",
                       f"  {done.written} files new or changed, {done.removed} gone"))  # fmt: skip


def _say_what_is_next(done: "Published", root: Path, console: Console) -> None:
    console.print(
        Text(f"Địa chỉ: {done.address}\n"
             "Thường 1 đến 10 phút là thấy; máy nào vừa mở trang thì có thể còn thấy bản cũ thêm 10 phút.",
             f"Address: {done.address}\n"
             "It usually shows within 1 to 10 minutes; a phone that has just been there may see the old one for 10 more.")
    )  # fmt: skip
    repository, branch = done.target.repository, done.target.branch
    if done.is_new and repository.is_on_github:
        page = f"https://github.com/{repository.owner}/{repository.name}/settings/pages"
        console.print(
            Text(f"Lần đầu, bật trang: mở {page}, chọn Deploy from a branch → {branch} → / (root) → Save.",
                 f"The first time, switch the site on: open {page}, choose Deploy from a branch → {branch} → / (root) → Save.")
        )  # fmt: skip
    if not done.target.is_noted:
        _remember(root, done.target, console)
    if not done.is_example:
        console.print(Text(f"Khi trang đã mở được: vuonho verify --live {done.address}",
                           f"Once it answers: vuonho verify --live {done.address}"))  # fmt: skip


def _remember(root: Path, target: "Target", console: Console) -> None:
    """Have the repository noted where somebody says so; else tell what is to be written."""
    from vuonho.publish.rules import has_pages, note_target

    if console.can_ask and console.ask(
        Text("Ghi nhớ kho này cho lần sau?", "Remember this repository for the next time?")
    ):
        try:
            note_target(root, target, console.waiting)
        except (Refused, MachineTrouble):
            console.warn(Text("Máy không tự sửa được profiles/site.yaml.",
                              "The program cannot edit profiles/site.yaml by itself."))  # fmt: skip
        else:
            console.print(Text("Đã ghi vào profiles/site.yaml. Lần sau chỉ cần gõ vuonho publish.",
                               "Noted in profiles/site.yaml. Next time vuonho publish is enough."))  # fmt: skip
            return
    url = target.repository.url.replace("'", "''")  # in single quotes nothing else of YAML means anything
    lines = f"  repository: '{url}'\n  branch: {target.branch}"
    vi, en = "điền vào hai dòng có sẵn dưới pages: trong", "fill in the two lines that stand below pages: in"
    if not has_pages(root):
        vi, en, lines = "ghi thêm vào", "add to", f"pages:\n{lines}"
    console.print(Text(f"Để lần sau chỉ cần gõ vuonho publish, {vi} profiles/site.yaml:\n{lines}",
                       f"So that vuonho publish is enough next time, {en} profiles/site.yaml:\n{lines}"))  # fmt: skip
