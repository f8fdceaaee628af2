"""`vuonho build`, `verify`, `serve` and `publish`: the site made, proved, shown and put on line."""

import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any, Final

import click

from vuonho.build import Built, build
from vuonho.cli.app import SpokenCommand, WrongUse
from vuonho.cli.console import Speech, colours, count_problems, render_error, render_problems
from vuonho.cli.options import common, latest_day, project_folder, tended_folder, this_moment
from vuonho.errors import DataProblems, MachineTrouble, Refused
from vuonho.i18n import NOTHING, Text, visible
from vuonho.publish.publish import Help, Published, publish, require_sense
from vuonho.publish.publish import Wish as publish_Wish
from vuonho.publish.rules import Target, has_pages, megabytes, note_target
from vuonho.qr.image import terminal_lines
from vuonho.qr.symbol import qr_symbol
from vuonho.serve.rebuild import News, Rebuilder
from vuonho.serve.server import Addresses, addresses, open_server
from vuonho.verify.live import Online, prove_online
from vuonho.verify.site import prove

# --- `vuonho build`: the whole site, or none of it ---

BUILD_HELP = Text(
    """Hộ nào có lỗi thì giữ trang đang có; lỗi chung thì cả trang cũ giữ nguyên.

    Ví dụ: vuonho build""",
    """A household with an error keeps the page it has; an error that concerns all leaves the old site as it is.

    Example: vuonho build --out site""",
)


def make_build(speech: Speech) -> click.Command:
    """Return the command in one language."""

    def say(vi: str, en: str) -> str:
        return Text(vi, en).to(speech.language)

    @click.command("build", cls=SpokenCommand, help=BUILD_HELP.to(speech.language))
    @click.option("--out", default="site", metavar=say("THƯ_MỤC", "DIR"),
                  help=say("Nơi đặt trang web (mặc định: site).", "Where the site goes (default: site)."))  # fmt: skip
    @click.option("--jobs", type=click.IntRange(1, 64), metavar="N",
                  help=say("Số việc làm cùng lúc (mặc định: tùy sức máy).",
                           "How many things to do at once (default: as many as this computer can)."))  # fmt: skip
    @click.option("--base-url", metavar="URL",
                  help=say("Dùng địa chỉ này cho riêng lần dựng này.", "Use this address for this build only."))  # fmt: skip
    @click.option("--strict", is_flag=True,
                  help=say("Có một lỗi cũng dừng, không dựng gì cả.", "Stop at any error and build nothing."))  # fmt: skip
    @common(speech)
    @click.pass_context
    def build_command(
        context: click.Context,
        folder: Path | None,
        out: str,
        jobs: int | None,
        base_url: str | None,
        strict: bool,
    ) -> None:
        root = tended_folder(context, folder, speech)
        built = build(
            root,
            out,
            jobs=jobs or min(os.cpu_count() or 1, 8),
            base_url=base_url,
            progress=speech.progress,
            on_wait=lambda: speech.note(_WAITING),
            today=latest_day(),
            strict=strict,
        )
        _report(built, root, speech)

    return build_command


_WAITING = Text("Đang chờ một lệnh vuonho khác chạy xong…", "Waiting for another vuonho to finish…")


def _report(built: Built, root: Path, speech: Speech) -> None:
    problems = render_problems(built.problems, "text", speech.language)
    if problems:
        click.echo(problems, err=True)
    summary = built.summary
    for kept in summary.kept:
        speech.note(
            Text(f"{kept.path}: bản sửa tay được giữ ở {kept.copy or kept.path}",
                 f"{kept.path}: the copy edited by hand is kept at {kept.copy or kept.path}")
        )  # fmt: skip
    where = built.out.relative_to(root).as_posix() if built.out.is_relative_to(root) else str(built.out)
    speech.cheer(
        Text(f"Đã dựng {where}/: {built.households} hộ; {len(summary.written)} tệp mới, "
             f"{len(summary.unchanged)} giữ nguyên, {len(summary.removed)} bỏ đi. Xem trang: mở {where}/index.html",
             f"Built {where}/: {built.households} households; {len(summary.written)} files new, "
             f"{len(summary.unchanged)} unchanged, {len(summary.removed)} removed. Look at it: open {where}/index.html")
    )  # fmt: skip
    if built.kept or built.missing:
        speech.note(left_out(built.kept, built.missing))


def left_out(kept: int, missing: int) -> Text:
    """Return how many households have an error, and what their pages show."""
    count = kept + missing
    return Text(
        f"Lưu ý: {count} hộ có lỗi (xem ở trên): {kept} hộ giữ trang cũ, {missing} hộ chưa có trang hoặc trang đã khép. "
        "Sửa xong thì dựng lại.",
        f"Note: {count} household{'s' * (count != 1)} with errors (see above): {kept} keep{'s' * (kept == 1)} the old "
        f"page, {missing} ha{'s' if missing == 1 else 've'} none or a closed one. Correct them, then build again.",
    )


# --- `vuonho verify`: the proof that every code leads home and nothing is shown without consent ---

VERIFY_HELP = Text(
    """Đưa trang lên mạng rồi thì thêm --live: mở từng địa chỉ đã in, từng trang, từng mã QR trên mạng như khách mở.

    Ví dụ: vuonho verify""",
    """After publishing, add --live: each printed address, page and QR image is fetched from the web as visitors do.

    Example: vuonho verify site""",
)


def make_verify(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @click.command("verify", cls=SpokenCommand, help=VERIFY_HELP.to(speech.language))
    @click.argument("site", default="site", metavar=Text("[TRANG]", "[SITE]").to(speech.language))
    @click.option("--live", metavar="[URL]", is_flag=False, flag_value="", default=None,
                  help=Text("Kiểm trang trên mạng; không ghi URL thì lấy base_url trong site.yaml.",
                            "Check the site online; without URL, the base_url of site.yaml.").to(speech.language))  # fmt: skip
    @common(speech)
    @click.pass_context
    def verify(context: click.Context, folder: Path | None, site: str, live: str | None) -> int:
        root = project_folder(context, folder)
        if live is not None:
            return _tell_online(prove_online(root, root / site, live, speech.progress), speech)

        def tell(step: Text, number: int, count: int) -> None:
            if speech.is_watched:
                speech.note(Text(f"{number}/{count} {step.vi}…", f"{number}/{count} {step.en}…"))

        report = prove(root, root / site, tell)
        if report.problems:
            click.echo(render_problems(report.problems, "text", speech.language))
            speech.tell(count_problems(report.problems))
            return 1
        speech.cheer(
            Text(f"Tốt cả: {report.codes} mã QR đọc được và dẫn đúng trang, {report.pages} trang, "
                 f"{report.links} đường dẫn, {report.photos} ảnh không kèm thông tin riêng.",
                 f"All is well: {report.codes} QR images read and lead home, {report.pages} pages, "
                 f"{report.links} links, {report.photos} photos without private data.")
        )  # fmt: skip
        return 0

    return verify


def _tell_online(online: Online, speech: Speech) -> int:
    """Return the exit code, after saying what was found."""
    if online.elsewhere:
        speech.note(Text(f"{online.elsewhere} địa chỉ cũ đã in (previous_urls) không thử: {online.url} không phải base_url.",
                         f"{online.elsewhere} older printed addresses (previous_urls) were not tried: {online.url} is not "
                         "base_url."))  # fmt: skip
    if online.problems:
        click.echo(render_problems(online.problems, "text", speech.language))
        speech.tell(count_problems(online.problems))
        return 1
    speech.cheer(
        Text(f"Tốt cả: {online.url} trả lời đủ {online.pages} trang, {online.printed} địa chỉ đã in, "
             f"{online.codes} ảnh mã QR đọc đúng.",
             f"All is well: {online.url} answers with {online.pages} pages, {online.printed} printed addresses, "
             f"{online.codes} QR images read and right.")
    )  # fmt: skip
    if not online.compared:
        speech.note(Text("Máy này chưa có bản dựng nên chưa so được trang trên mạng có mới nhất không.",
                         "There is no build here, so whether the site online is the latest was not compared."))  # fmt: skip
    return 0


# --- `vuonho serve`: the site as visitors will see it, built anew whenever something is saved ---

SERVE_HELP = Text(
    """Sửa hồ sơ rồi lưu, trang tự dựng lại và tự hiện.

    Có lỗi thì lỗi hiện ngay trên trang. Nhấn Ctrl-C để dừng.

    Ví dụ: vuonho serve --lan""",
    """Save a profile, and the page renews itself.

    Errors show in the page. Ctrl-C ends it.

    Example: vuonho serve --lan""",
)
_SERVE_WAITING = Text("Đang chờ một lệnh vuonho khác chạy xong…", "Waiting for another vuonho to finish…")
_FEW: Final = 3
_ON_THE_WIFI: Final = Text(
    "Ai dùng chung Wi-Fi này cũng xem được, chừng nào lệnh này còn chạy.\nNếu Windows hỏi về tường lửa: chọn "
    "mạng riêng (Private), rồi bấm cho phép (Allow).",
    "Everyone on this Wi-Fi can look until you stop it.\nIf Windows asks about its firewall: tick "
    "private networks, then allow access.",
)
_NO_LAN: Final = Text(
    "Máy này chưa vào mạng nào nên điện thoại chưa xem được. Bật Wi-Fi, hoặc bắt Wi-Fi phát từ điện thoại, rồi chạy lại.",
    "This computer is on no network, so no phone can look. Join a Wi-Fi, or a phone's hotspot, and run again.",
)


def make_serve(speech: Speech) -> click.Command:
    """Return the command in one language."""

    def say(vi: str, en: str) -> str:
        return Text(vi, en).to(speech.language)

    @click.command("serve", cls=SpokenCommand, help=SERVE_HELP.to(speech.language))
    @click.option("--port", type=click.IntRange(0, 65535), metavar="P",
                  help=say("Cổng (không ghi thì 8000, hoặc số trống kế tiếp).",
                           "The port (else 8000, or the next that is free)."))  # fmt: skip
    @click.option("--lan", is_flag=True,
                  help=say("Cho điện thoại cùng Wi-Fi xem, hiện mã QR để quét.",
                           "Let phones on the same Wi-Fi look, and show a QR code to scan."))  # fmt: skip
    @click.option("--no-reload", is_flag=True,
                  help=say("Trang không tự hiện lại; y hệt như khi đã đăng.",
                           "Pages do not renew themselves: byte for byte what will be published."))  # fmt: skip
    @click.option("--open", "opens", is_flag=True,
                  help=say("Mở luôn trình duyệt.", "Open the browser too."))  # fmt: skip
    @common(speech)
    @click.pass_context
    def serve_command(
        context: click.Context, folder: Path | None, port: int | None, lan: bool, no_reload: bool, opens: bool
    ) -> None:
        root = project_folder(context, folder)
        project = Rebuilder(root, speech.language, lambda: speech.note(_SERVE_WAITING), reloads=not no_reload)
        with open_server(project.state, port, lan=lan) as server:
            _tell_first(project.build(min(os.cpu_count() or 1, 8), speech.progress), speech)
            server.start()
            prefix = project.state.shown.prefix
            found = addresses(server, prefix, lan=lan)
            _announce(found, speech, lan=lan)
            if opens:
                click.launch(found.here)
            for news in project.follow(lambda *_: nullcontext(lambda: None)):
                speech.note(_line(news))
                if prefix != project.state.shown.prefix:
                    prefix = project.state.shown.prefix
                    _announce(addresses(server, prefix, lan=lan), speech, lan=lan)

    return serve_command


def _tell_first(news: News, speech: Speech) -> None:
    """Say in full what is wrong with the project as it is found; of one that is sound there is little to say."""
    if isinstance(news.error, DataProblems):
        click.echo(render_problems(news.error.problems, "text", speech.language), err=True, color=colours())
    elif news.error is not None:
        click.echo(render_error(news.error, speech.language), err=True, color=colours())
    speech.note(_line(news))


def _announce(found: Addresses, speech: Speech, *, lan: bool) -> None:
    speech.tell(Text(f"Xem trang: {found.here}", f"Look at the site: {found.here}"))
    if lan and found.others:
        first, *more = found.others
        speech.tell(Text(f"Trên điện thoại cùng Wi-Fi: {first}", f"On a phone on the same Wi-Fi: {first}"))
        for other in more:
            speech.tell(Text(f"Nếu không được thì thử: {other}", f"If that does not open, try: {other}"))
        _show_code(first)
        speech.tell(_ON_THE_WIFI)
    elif lan:
        speech.tell(_NO_LAN)
    speech.tell(Text("Sửa hồ sơ rồi lưu, trang tự dựng lại. Nhấn Ctrl-C để dừng.",
                     "Save a profile, and the site is built anew. Ctrl-C ends it."))  # fmt: skip


def _show_code(address: str) -> None:
    """Draw the QR code where it can be read: on a terminal wide enough, in black on white if it has colours."""
    is_plain = colours() is False
    lines = terminal_lines(qr_symbol(address), is_bright=is_plain)
    if not sys.stdout.isatty() or shutil.get_terminal_size().columns < len(lines[0]):
        return
    for line in lines:
        click.echo(line if is_plain else click.style(line, fg="black", bg="bright_white"))


def _line(news: News) -> Text:
    """Return what came of a build in one line."""
    why = _because(news.changed)
    if isinstance(news.error, DataProblems):
        count = count_problems(news.error.problems)
        return Text(f"{why.vi}Chưa dựng được: {count.vi}. Trang đang hiện lỗi thay cho trang cũ.",
                    f"{why.en}Not built: {count.en}. The pages show what is wrong, not the old site.")  # fmt: skip
    if news.built is None:
        message = news.error.message if news.error else NOTHING
        return Text(f"{why.vi}Chưa dựng được: {message.vi}", f"{why.en}Not built: {message.en}")
    written, notes = len(news.built.summary.written), len(news.built.problems)
    note = Text(
        f" {notes} lưu ý, xem bằng vuonho check.", f" {notes} note{'s' * (notes != 1)}, see vuonho check."
    )
    note = note if notes else NOTHING
    return Text(f"{why.vi}Đã dựng xong, {written} tệp mới.{note.vi}",
                f"{why.en}Built, {written} new file{'s' * (written != 1)}.{note.en}")  # fmt: skip


def _because(names: Sequence[str]) -> Text:
    """Return which files changed, a few of them by name; nothing for none."""
    if not names:
        return NOTHING
    few = ", ".join(map(visible, names[:_FEW]))
    rest = len(names) - _FEW
    if rest > 0:
        return Text(f"{few} và {rest} tệp nữa có thay đổi. ", f"{few} and {rest} more changed. ")
    return Text(f"{few} có thay đổi. ", f"{few} changed. ")


# --- `vuonho publish`: the built site, and nothing else, to the repository that Pages are served from ---

PUBLISH_HELP = Text(
    """Có gì không ổn thì không gửi gì cả.

    Ví dụ: vuonho publish --to ../trang.git --dry-run""",
    """If anything is wrong, nothing is sent.

    Example: vuonho publish --to ../site.git --dry-run""",
)
_PUBLISH_WAITING = Text("Đang chờ một lệnh vuonho khác chạy xong…", "Waiting for another vuonho to finish…")
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


def make_publish(speech: Speech) -> click.Command:
    """Return the command in one language."""

    def say(text: Text) -> str:
        return text.to(speech.language)

    @click.command("publish", cls=SpokenCommand, help=say(PUBLISH_HELP))
    @click.option("--to", default="", metavar=say(Text("KHO", "REPOSITORY")), help=say(_TO))
    @click.option("--branch", default="", metavar=say(Text("NHÁNH", "NAME")), help=say(_BRANCH))
    @click.option("--dry-run", "is_dry", is_flag=True, help=say(_DRY))
    @click.option("--let-go", multiple=True, metavar=say(Text("ĐỊA_CHỈ", "ADDRESS")), help=say(_LET_GO))
    @click.option("--strict", is_flag=True, help=say(_STRICT))
    @click.option("--yes", "-y", is_flag=True, help=say(_YES))
    @common(speech)
    @click.pass_context
    def publish_command(context: click.Context, /, folder: Path | None, yes: bool, **options: Any) -> None:
        wish = publish_Wish(**options)
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
            on_wait=lambda: speech.note(_PUBLISH_WAITING),
            confirm=lambda gone: _is_meant(gone, speech, yes=yes),
        )
        try:
            done = publish(root, wish, this_moment(), helped)
        except DataProblems as error:
            raise DataProblems(error.problems, _NOTHING_SENT) from error
        _publish_report(done, root, speech)

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


def _publish_report(done: Published, root: Path, speech: Speech) -> None:
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
            note_target(root, target, lambda: speech.note(_PUBLISH_WAITING))
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
