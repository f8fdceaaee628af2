"""The whole of it: everything that can refuse comes first, then one push."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

from vuonho.build import Progress, digests_of, make_ready
from vuonho.errors import DataProblems, MachineError, UserError, say_size
from vuonho.i18n import Text
from vuonho.model.codes import is_code
from vuonho.model.hosting import (
    CNAME,
    is_site,
    page_address,
    parse_branch,
    parse_repository,
    require_agreement,
)
from vuonho.output.lock import locked
from vuonho.output.site_folder import Entry, Place, find_place, read_manifest
from vuonho.output.site_writer import is_cut_off
from vuonho.project.last_good import Shown
from vuonho.project.survey import survey_whole
from vuonho.publish import rules
from vuonho.publish.git import temp_repo
from vuonho.publish.remote import Changes, commit_files, difference, look, push, read_small
from vuonho.register.memory import published, remember_published
from vuonho.verify.site import prove_built

SITE = "site"


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for: another repository or branch than site.yaml's, addresses that may go, or only a look.

    With `strict` any error of any household stops it.
    """

    to: str = ""
    branch: str = ""
    allow_removed: tuple[str, ...] = ()
    is_dry: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Help:
    """How the work is helped along: so many jobs, and what is told of it on the way; `asks` as git may ask.

    `confirm` is asked before pages that answer disappear.
    """

    jobs: int
    asks: bool
    tell: Callable[[Text], None]
    progress: Progress
    on_wait: Callable[[], None]
    confirm: Callable[[tuple[str, ...]], bool]


@dataclass(frozen=True, slots=True)
class Published:
    """What was sent, or would be: how files and pages differ from what was there, and the `size` in bytes.

    `is_new` where no site was there before, `is_sent` where something had to be sent. `shown` says which households
    have errors, and what the site shows of them.
    """

    target: rules.Target
    address: str
    size: int
    files: Changes
    pages: Changes
    shown: Shown
    is_new: bool
    is_sent: bool


def require_sense(options: Options) -> None:
    """Raise UserError for what no project could grant: no address of a repository, no name of a branch."""
    if options.to.strip():
        parse_repository(options.to)
    if options.branch:
        parse_branch(options.branch)


def publish(root: Path, options: Options, now: datetime, help_: Help) -> Published:
    """Return what was published of the project in `root`, or would be.

    Raises UserError for every reason not to, DataProblems where the profiles or the site have errors, MachineError
    for whatever is in the way; in each case nothing was sent, and nothing in the project has changed.
    """
    with locked(root, on_wait=help_.on_wait):
        place, entries = _built(root)
        project = survey_whole(root)
        site, settings = project.require(strict=options.strict), project.settings
        assert settings is not None  # noqa: S101 - a sound project has them
        target = rules.choose_target(root, settings, options.to, options.branch)
        domain = require_agreement(site.base_url, target.repository)
        size = sum(entry.size for entry in entries.values())
        rules.require_size(size)
        with temp_repo(root, target.repository.url, asks=help_.asks) as git:
            help_.tell(Text("Looking at what the repository holds"))
            remote, private = look(git, target.branch), rules.private_ids(root)
            rules.refuse_private_there(remote.history, private, git.url)
            rules.refuse_foreign(remote.files)
            gone = _page_changes(remote.files, dict.fromkeys(entries, "")).gone
            rules.refuse_losses(gone, options.allow_removed, project, site.base_url)
            rules.require_domain(
                read_small(git, remote.files[CNAME]) if CNAME in remote.files else "", domain
            )

            help_.tell(Text("Packing the site"))
            files = chain(
                rules.read_files(place, entries), [(CNAME, f"{domain}\n".encode())] if domain else ()
            )
            commit, ids = commit_files(git, files, now)
            rules.refuse_private(ids, private)
            help_.tell(Text("Comparing the built site with the profiles"))
            ready = make_ready(root, SITE, project, site, help_.jobs, help_.progress, strict=options.strict)
            rules.require_current(entries, digests_of(root, SITE, ready.parts, help_.jobs, help_.progress))
            report = prove_built(
                ready.shown.project, place.out, lambda step, _number, _count: help_.tell(step)
            )
            if report.problems:
                raise DataProblems(report.problems)

            pages = _page_changes(remote.files, ids)
            is_sent = not remote.tip or ids != remote.files or remote.has_parents
            if not options.is_dry:
                if pages.gone and not help_.confirm(pages.gone):
                    raise UserError(Text("Nothing was sent."))
                before = published(root)
                remember_published(root, before | _codes(remote.files) | _codes(ids))
                if is_sent:
                    help_.tell(Text("Sending {whole} to {url}", whole=say_size(size), url=git.url))
                    try:
                        push(git, target.branch, commit, remote.tip)
                    except MachineError:
                        remember_published(root, before)
                        raise
            elif is_sent:
                help_.tell(Text("Asking whether the repository would take it"))
                push(git, target.branch, commit, remote.tip, is_dry=True)
    return Published(
        target=target,
        address=site.base_url,
        size=size,
        files=difference(remote.files, ids),
        pages=pages,
        shown=ready.shown,
        is_new=not is_site(frozenset(remote.files)),
        is_sent=is_sent,
    )


def _built(root: Path) -> tuple[Place, Mapping[str, Entry]]:
    """Return where the built site is and what was written there; raise UserError where none was, or not to the end."""
    if is_cut_off(root):
        raise UserError(Text("An earlier build or change was cut off and waits to be finished."), rules.BUILD)
    place = find_place(root, SITE)
    manifest = read_manifest(place)
    if manifest is None or not manifest.entries:
        raise UserError(
            Text("No site has been built here yet."),
            Text("Run: vuonho build, look at the site, then publish."),
        )
    return place, manifest.entries


def _page_changes(before: Mapping[str, str], after: Mapping[str, str]) -> Changes:
    """Return how the pages differ, as addresses below that of the site; both map paths to what stands for content."""
    old, new = (
        {address: blob for path, blob in files.items() if (address := page_address(path)) is not None}
        for files in (before, after)
    )
    return difference(old, new)


def _codes(ids: Mapping[str, str]) -> dict[str, str]:
    """Return git's name of the page of each code."""
    pages = ((path.removesuffix("/index.html"), blob) for path, blob in ids.items())
    return {name: blob for name, blob in pages if is_code(name)}
