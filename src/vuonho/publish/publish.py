"""The whole of it: the site built, everything that can refuse, then one push."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

from vuonho.build import Built, Progress, build
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
from vuonho.output.site_folder import Manifest, find_place, read_manifest
from vuonho.project.settings import read_site
from vuonho.publish import rules
from vuonho.publish.git import temp_repo
from vuonho.publish.remote import Changes, commit_files, difference, look, push, read_small
from vuonho.publish.waiting import SITE, WHOLE, stamp_of
from vuonho.register.memory import published, remember_published
from vuonho.verify.site import prove_built


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

    `built` is the site, `address` that of it; `is_new` where no site was there before, `is_sent` where something had
    to be sent.
    """

    target: rules.Target
    built: Built
    address: str
    size: int
    files: Changes
    pages: Changes
    is_new: bool
    is_sent: bool


def require_sense(options: Options) -> None:
    """Raise UserError for what no project could grant: no address of a repository, no name of a branch."""
    if options.to.strip():
        parse_repository(options.to)
    if options.branch:
        parse_branch(options.branch)


def publish(root: Path, options: Options, now: datetime, help_: Help) -> Published:
    """Return what was published of the project in `root`, or would be: it is checked, built, proved and sent.

    Raises UserError for every reason not to, DataProblems where the profiles or the site have errors, MachineError
    for whatever is in the way; in each case nothing was sent, and the site here is the old one or the new one.
    """
    with locked(root, on_wait=help_.on_wait):
        _require_target(root, options)
        help_.tell(Text("Checking the profiles and building the site"))
        built = build(
            root,
            SITE,
            jobs=help_.jobs,
            base_url=None,
            progress=help_.progress,
            on_wait=help_.on_wait,
            strict=options.strict,
        )
        site, project, place = built.site, built.shown.project, find_place(root, SITE)
        entries = (read_manifest(place) or Manifest()).entries
        target = _require_target(root, options)
        assert target is not None  # noqa: S101 - the project was sound enough to be built
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
            report = prove_built(project, place.out, lambda step, _number, _count: help_.tell(step))
            if report.problems:
                raise DataProblems(report.problems)

            pages = _page_changes(remote.files, ids)
            is_sent = not remote.tip or ids != remote.files or remote.has_parents
            if not options.is_dry:
                if pages.gone and not help_.confirm(pages.gone):
                    raise UserError(Text("Nothing was sent."))
                before = published(root)
                remember_published(
                    root, before | _codes(remote.files) | _codes(ids) | {WHOLE: stamp_of(entries)}
                )
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
        built=built,
        address=site.base_url,
        size=size,
        files=difference(remote.files, ids),
        pages=pages,
        is_new=not is_site(frozenset(remote.files)),
        is_sent=is_sent,
    )


def _require_target(root: Path, options: Options) -> rules.Target | None:
    """Return where the site goes, None where site.yaml cannot be read; raise UserError where it cannot go there."""
    settings, _ = read_site(root)
    if settings is None:
        return None
    target = rules.choose_target(root, settings, options.to, options.branch)
    require_agreement(settings.base_url, target.repository)
    return target


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
