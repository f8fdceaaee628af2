"""`vuonho build`, `verify`, `serve` and `publish`: the site made, proved, shown and put on line."""

import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from vuonho.cli.commands import (
    JOBS,
    WrongUse,
    argument,
    command,
    flag,
    jobs_option,
    latest_day,
    option,
    path_in,
    require_project,
    tended_project,
    this_moment,
)
from vuonho.cli.console import LANGUAGES, Console, colours, count_problems, echo, render_problems
from vuonho.errors import DataProblems, MachineError, UserError, say_size
from vuonho.i18n import NOTHING, Text, visible
from vuonho.output.site_folder import NEARLY_FULL, make_room, say_whole

if TYPE_CHECKING:
    from vuonho.output.site_writer import Kept
    from vuonho.publish.publish import Published
    from vuonho.publish.rules import Target
    from vuonho.serve.preview import News


_FEW: Final = 3
"""How many changed files `serve` names."""
_SHOWN: Final = 5
"""How many pages of one kind `publish` names."""


@command(
    "build",
    Text(
        "A household with an error keeps the page it has; an error that concerns all leaves "
        "the old site as it is.\n"
        "\n"
        "        Example: vuonho build --out site"
    ),
)
@option("--out", Text("Where the site goes (default: site)."), Text("DIR"), default="site")
@jobs_option
@option("--base-url", Text("Use this address for this build only."), "URL")
@flag("--strict", Text("Stop at any error and build nothing."))
def build_command(
    console: Console, folder: Path, out: str, jobs: int | None, base_url: str | None, strict: bool
) -> None:
    """Build the whole site, or leave the old one."""
    from vuonho.project.stamp import stamp

    root, today = require_project(folder), latest_day()
    before = stamp(root, out, base_url, strict, today)
    if (result := before.last_result()) is not None:
        _tell_built(console, root, out, result)
        return
    from vuonho.build import build
    from vuonho.output.lock import locked

    tended_project(folder, console)
    with locked(root, on_wait=console.waiting):  # what is kept of this build is not of another one
        now = stamp(root, out, base_url, strict, today)
        built = build(
            root,
            out,
            jobs=jobs or JOBS,
            base_url=base_url,
            progress=console.progress,
            on_wait=console.waiting,
            today=today,
            strict=strict,
        )
        summary = built.summary
        result = {
            "problems": {
                language: render_problems(built.problems, "text", language) for language in LANGUAGES
            },
            "households": built.households,
            "files": [0, len(summary.paths), 0],
            "size": summary.size,
            "kept": len(built.shown.kept),
            "missing": len(built.shown.missing),
        }
        if not summary.kept:
            now.keep(result)
    files = [len(summary.written), len(summary.unchanged), len(summary.removed)]
    _tell_built(console, root, out, {**result, "files": files}, summary.kept)


def _tell_built(
    console: Console, root: Path, out: str, result: Mapping[str, Any], edited: Iterable["Kept"] = ()
) -> None:
    """Say what is wrong, what was built, and what was done about pages that were edited by hand."""
    if problems := result["problems"][console.language]:
        echo(problems, err=True)
    _say_kept(edited, console)
    written, unchanged, removed = result["files"]
    console.success(
        "Built {where}/: {households} households; {count} files new, {unchanged} unchanged, "
        "{removed} removed. Look at it: vuonho serve --open",
        where=path_in(root, root / out),
        households=result["households"],
        count=written,
        unchanged=unchanged,
        removed=removed,
    )
    if result["kept"] or result["missing"]:
        console.warn(_left_out(result["kept"], result["missing"]))
    size = result["size"]
    console.print(say_whole(size))
    if size > NEARLY_FULL:
        console.warn("Note: {note}", note=make_room(size, result["households"]))


def _say_kept(edited: Iterable["Kept"], console: Console) -> None:
    for one in edited:
        console.warn(
            "{path}: the copy edited by hand is kept at {copy}", path=one.path, copy=one.copy or one.path
        )


def _left_out(kept: int, missing: int) -> Text:
    """Return how many households have an error, and what their pages show."""
    return Text.counted(
        "Note: {count} household with errors (see above): {kept}, {missing}. Correct them, then build or publish again.",
        "Note: {count} households with errors (see above): {kept}, {missing}. Correct them, then build or publish again.",
        kept + missing,
        kept=Text.counted("{count} keeps the old page", "{count} keep the old page", kept),
        missing=Text.counted(
            "{count} has none or a closed one", "{count} have none or a closed one", missing
        ),
    )


@command(
    "verify",
    Text(
        "After publishing, add --live: each printed address, page and QR image is fetched from "
        "the web as visitors do.\n"
        "\n"
        "        Example: vuonho verify site"
    ),
)
@argument("site", Text("[SITE]"), default="site")
@option(
    "--live",
    Text("Check the site online; without URL, the base_url of site.yaml."),
    "[URL]",
    is_flag=False,
    flag_value="",
    default=None,
)
def verify_command(console: Console, folder: Path, site: str, live: str | None) -> int:
    """Prove that every code leads home and nothing is shown without consent."""

    def tell(step: Text, number: int, count: int) -> None:
        if console.is_watched:
            console.warn("{number}/{count} {step}…", number=number, count=count, step=step)

    root = require_project(folder)
    if live is None:
        from vuonho.verify.site import prove

        report = prove(root, root / site, tell)
        problems = report.problems
        well = Text(
            "All is well: {codes} QR images read and lead home, {pages} pages, {links} links, "
            "{photos} photos without private data.",
            codes=report.codes,
            pages=report.pages,
            links=report.links,
            photos=report.photos,
        )
        is_compared = True
    else:
        from vuonho.verify.live import prove_online

        online = prove_online(root, root / site, live, console.progress)
        problems, is_compared = online.problems, online.compared
        if online.elsewhere:
            console.warn(
                "{elsewhere} older printed addresses (previous_urls) were not tried: {url} is not base_url.",
                elsewhere=online.elsewhere,
                url=online.url,
            )
        well = online.well
    if problems:
        console.problems(problems)
        console.print(count_problems(problems))
        return 1
    console.success(well)
    if not is_compared:
        console.warn("There is no build here, so whether the site online is the latest was not compared.")
    return 0


@command(
    "serve",
    Text(
        "Save a profile, and the page renews itself.\n"
        "\n"
        "        Errors show in the page. Ctrl-C ends it.\n"
        "\n"
        "        Example: vuonho serve --lan"
    ),
)
@option("--port", Text("The port (else 8000, or the next that is free)."), "P", type=click.IntRange(0, 65535))
@flag("--lan", Text("Let phones on the same Wi-Fi look, and show a QR code to scan."))
@flag("--no-reload", Text("Pages do not renew themselves: byte for byte what will be published."))
@flag("--open, opens", Text("Open the browser too."))
def serve_command(
    console: Console, folder: Path, port: int | None, lan: bool, no_reload: bool, opens: bool
) -> None:
    """Show the site as visitors will see it, built anew whenever something is saved."""
    from vuonho.serve.preview import Rebuilder, preview
    from vuonho.serve.server import addresses, open_server

    project = Rebuilder(require_project(folder), console.language, console.waiting, reloads=not no_reload)
    with open_server(preview(project.state), port, lan=lan) as server, closing(project.state):
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
    console.print("Look at the site: {here}", here=here)
    if lan and others:
        first, *more = others
        console.print("On a phone on the same Wi-Fi: {first}", first=first)
        for other in more:
            console.print("If that does not open, try: {other}", other=other)
        _show_code(first)
        console.print(
            "Everyone on this Wi-Fi can look until you stop it.\n"
            "If Windows asks about its firewall: tick private networks, then allow access."
        )
    elif lan:
        console.print(
            "This computer is on no network, so no phone can look. Join a Wi-Fi, or a phone's "
            "hotspot, and run again."
        )
    console.print("Save a profile, and the site is built anew. Ctrl-C ends it.")


def _show_code(address: str) -> None:
    """Draw the QR code where it can be read: on a terminal wide enough, in black on white if it has colours."""
    from vuonho.qr.symbol import qr_symbol, terminal_lines

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
        why = Text("{few} changed. ", few=few)
        if rest > 0:
            why = Text("{few} and {rest} more changed. ", few=few, rest=rest)
    if isinstance(news.error, DataProblems):
        count = count_problems(news.error.problems)
        return Text(
            "{why}Not built: {count}. The pages show what is wrong, not the old site.", why=why, count=count
        )
    if news.built is None:
        message = news.error.message if news.error else NOTHING
        return Text("{why}Not built: {message}", why=why, message=message)
    written, note = len(news.built.summary.written), NOTHING
    if notes := len(news.built.problems):
        note = Text.counted(" {count} note, see vuonho check.", " {count} notes, see vuonho check.", notes)
    return Text.counted(
        "{why}Built, {count} new file.{note}",
        "{why}Built, {count} new files.{note}",
        written,
        why=why,
        note=note,
    )


@command(
    "publish",
    Text(
        "A household with an error keeps the page it has. If anything else is wrong, nothing is sent.\n"
        "\n"
        "        Example: vuonho publish --to ../site.git --dry-run"
    ),
)
@option(
    "--to",
    Text(
        "The repository, in place of pages in site.yaml; such as https://github.com/village/village.github.io"
    ),
    Text("REPOSITORY"),
    default="",
)
@option("--branch", Text("The branch (default: main)."), Text("NAME", context="branch"), default="")
@flag("--dry-run, is_dry", Text("Build and do every check, but send nothing."))
@option(
    "--allow-removed",
    Text(
        "An address printed nowhere that may disappear; repeat it for several, or write en/* for all below."
    ),
    Text("ADDRESS"),
    multiple=True,
)
@flag("--strict", Text("Stop at any error and send nothing."))
@option("--let-go", NOTHING, multiple=True, hidden=True)  # the older name of --allow-removed
@flag("--yes, -y", Text("Do not ask about pages that will be gone."))
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
    """Check, build, prove and send the site, and nothing else, to the repository that Pages are served from."""
    from vuonho.publish.publish import Help, Options, publish, require_sense

    def is_meant(gone: Sequence[str]) -> bool:
        """Ask before pages that answer disappear."""
        shown, more = ", ".join(gone[:_SHOWN]), ", …" * (len(gone) > _SHOWN)
        question = Text(
            "{count} pages that answer now will be gone: {shown}{more}. Publish?",
            count=len(gone),
            shown=shown,
            more=more,
        )
        otherwise = Text(
            "Nothing was sent: {count} pages that answer now would be gone ({shown}{more}).",
            count=len(gone),
            shown=shown,
            more=more,
        )
        return console.confirm(question, yes=yes, otherwise=otherwise)

    def tell(step: Text) -> None:
        if console.is_watched:
            console.warn("{step}…", step=step)

    options = Options(to, branch, (*allow_removed, *let_go), is_dry, strict)
    try:
        require_sense(options)
    except UserError as error:
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
        hint = Text("Nothing was sent. Fix the errors above, then publish again.")
        raise DataProblems(error.problems, hint) from error
    _report_published(done, root, console, is_dry=is_dry)


def _report_published(done: "Published", root: Path, console: Console, *, is_dry: bool) -> None:
    from vuonho.model.hosting import is_example

    built = done.built
    if errors := built.shown.project.errors:
        console.problems(errors, err=True)
        console.warn(_left_out(len(built.shown.kept), len(built.shown.missing)))
    _say_kept(built.summary.kept, console)
    if is_example(done.address):
        console.warn(
            "Note: {note}",
            note=Text(
                "The address in site.yaml is for trying out (.example) and does not answer. Change "
                "base_url before printing."
            ),
        )
    facts: dict[str, Any] = {
        "pages": done.pages.total,
        "files": done.files.total,
        "whole": say_size(done.size),
        "where": f"{done.target.repository.url} ({done.target.branch})",
    }
    if not done.is_sent:
        console.print("{where} has this very site already: {pages} pages. Nothing had to be sent.", **facts)
    elif is_dry:
        console.print("Would send {pages} pages, {files} files, {whole} to {where}:", **facts)
        _report_changes(done, console)
        console.print("Nothing was sent. To send it: call again without --dry-run.")
    else:
        console.success("Published {pages} pages, {files} files, {whole} to {where}:", **facts)
        _report_changes(done, console)
        _say_what_is_next(done, root, console)


def _report_changes(done: "Published", console: Console) -> None:
    for label, pages in (
        (Text("new pages"), done.pages.new),
        (Text("changed pages"), done.pages.changed),
        (Text("pages gone"), done.pages.gone),
    ):
        if pages:
            shown, more = ", ".join(page or "/" for page in pages[:_SHOWN]), ", …" * (len(pages) > _SHOWN)
            console.print(
                "  {count} {label}: {shown}{more}", count=len(pages), label=label, shown=shown, more=more
            )
    written, removed = len(done.files.new) + len(done.files.changed), len(done.files.gone)
    console.print("  {written} files new or changed, {removed} gone", written=written, removed=removed)


def _say_what_is_next(done: "Published", root: Path, console: Console) -> None:
    from vuonho.model.hosting import is_example

    console.print(
        "Address: {address}\n"
        "It usually shows within 1 to 10 minutes; a phone that has just been there may see the "
        "old one for 10 more.",
        address=done.address,
    )
    repository, branch = done.target.repository, done.target.branch
    if done.is_new and repository.is_on_github:
        page = f"https://github.com/{repository.owner}/{repository.name}/settings/pages"
        console.print(
            "The first time, switch the site on: open {page}, choose Deploy from a branch → "
            "{branch} → / (root) → Save.",
            page=page,
            branch=branch,
        )
    if not done.target.is_noted:
        _remember(root, done.target, console)
    if not is_example(done.address):
        console.print("Once it answers: vuonho verify --live {address}", address=done.address)


def _remember(root: Path, target: "Target", console: Console) -> None:
    """Have the repository noted where somebody says so; else tell what is to be written."""
    from vuonho.publish.rules import note_target

    if console.can_ask and console.ask(Text("Remember this repository for the next time?")):
        try:
            note_target(root, target, console.waiting)
        except (UserError, MachineError):
            console.warn("The program cannot edit profiles/site.yaml by itself.")
        else:
            console.print("Noted in profiles/site.yaml. Next time vuonho publish is enough.")
            return
    url = target.repository.url.replace("'", "''")  # in single quotes nothing else of YAML means anything
    console.print(
        "So that vuonho publish is enough next time, write into profiles/site.yaml:\n"
        "pages:\n"
        "  repository: '{url}'\n"
        "  branch: {branch}",
        url=url,
        branch=target.branch,
    )
