"""The whole of it: everything that can refuse comes first, then one push, then the proof that it arrived."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Final

from vuonho.build import Progress
from vuonho.errors import DataProblems, Problem, UserError
from vuonho.i18n import NOTHING, Text
from vuonho.model.codes import is_code
from vuonho.model.hosting import (
    CNAME,
    is_example,
    is_site,
    page_address,
    parse_branch,
    parse_repository,
    require_agreement,
)
from vuonho.output.lock import locked
from vuonho.project.survey import survey_whole
from vuonho.publish.git import Git, find_git, temp_repo
from vuonho.publish.remote import Changes, RemoteState, ask, commit_files, difference, look, read_small, send
from vuonho.publish.rules import (
    Target,
    choose_target,
    megabytes,
    page_changes,
    private_ids,
    read_files,
    refuse_collision,
    refuse_foreign,
    refuse_losses,
    refuse_private,
    refuse_private_there,
    require_calm,
    require_current,
    require_domain,
    require_intact,
    require_size,
    site_place,
)
from vuonho.register.memory import published, remember_published
from vuonho.verify.site import prove

_EXAMPLE: Final = Text(
    "The address in site.yaml is for trying out (.example) and does not answer. Change "
    "base_url before printing."
)


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
    """What was sent, or would be; `size` in bytes, `files` and `pages` of the whole site.

    `is_new` where no site was there before, `is_sent` where something had to be sent. `errors` are those of single
    households: `kept` of these show what they showed before, and `missing` have no page.
    """

    target: Target
    address: str
    files: int
    pages: int
    size: int
    written: int
    removed: int
    changes: Changes
    is_new: bool
    is_sent: bool
    is_dry: bool
    notes: tuple[Text, ...]
    errors: tuple[Problem, ...]
    kept: int
    missing: int

    @property
    def is_example(self) -> bool:
        """True where the address is for trying out and never answers."""
        return is_example(self.address)


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
        require_calm(root)
        project = survey_whole(root)
        site, settings = project.require(strict=options.strict), project.settings
        assert settings is not None  # noqa: S101 - a sound project has them
        target = choose_target(root, settings, options.to, options.branch)
        domain = require_agreement(site.base_url, target.repository)
        place, entries = site_place(root)
        require_intact(place, entries)
        notes = [require_size({path: entry.size for path, entry in entries.items()})]
        with temp_repo(root, find_git(), asks=help_.asks) as git:
            help_.tell(Text("Looking at what the repository holds"))
            remote = look(git, target.repository.url, target.branch)
            refuse_collision(remote.refs, target.branch)
            private = private_ids(root, remote.hash_name)
            refuse_private_there(git, remote, private, target.repository.url)
            refuse_foreign(remote.files)
            gone = page_changes(remote.files, dict.fromkeys(entries, "")).gone
            notes += refuse_losses(
                gone, options.allow_removed, project.register, project.boards, site.base_url
            )
            require_domain(read_small(git, remote.files[CNAME]) if CNAME in remote.files else b"", domain)
            help_.tell(Text("Comparing the built site with the profiles"))
            shown = require_current(
                root, project, site, entries, help_.progress, jobs=help_.jobs, strict=options.strict
            )
            report = prove(root, place.out, lambda step, _number, _count: help_.tell(step))
            if report.problems:
                raise DataProblems(report.problems)
            help_.tell(Text("Packing the site"))
            files = chain(read_files(place, entries), [(CNAME, f"{domain}\n".encode())] if domain else ())
            commit, ids = commit_files(git, files, now, remote.hash_name)
            refuse_private(ids, private)
            is_sent = not remote.tip or ids != remote.files or remote.has_parents
            size = sum(entry.size for entry in entries.values())
            if is_sent and options.is_dry:
                help_.tell(Text("Asking whether the repository would take it"))
                ask(git, target.branch, commit, remote.tip)
            elif is_sent:
                lost, whole, url = (
                    page_changes(remote.files, ids).gone,
                    megabytes(size),
                    target.repository.url,
                )
                if lost and not help_.confirm(lost):
                    raise UserError(Text("Nothing was sent."))
                help_.tell(Text("Sending {whole} to {url}", whole=whole, url=url))
                _send(root, git, target, remote, commit, ids)
            elif not options.is_dry:
                remember_published(root, published(root) | _codes(ids))
    if is_example(site.base_url):
        notes.append(_EXAMPLE)
    new, changed, removed = difference(remote.files, ids)
    return Published(
        target=target,
        address=site.base_url,
        files=len(ids),
        pages=sum(page_address(path) is not None for path in ids),
        size=size,
        written=len(new) + len(changed),
        removed=len(removed),
        changes=page_changes(remote.files, ids),
        is_new=not is_site(frozenset(remote.files)),
        is_sent=is_sent,
        is_dry=options.is_dry,
        notes=tuple(one for one in notes if one != NOTHING),
        errors=shown.project.errors,
        kept=len(shown.kept),
        missing=len(shown.missing),
    )


def _send(
    root: Path, git: Git, target: Target, remote: RemoteState, commit: str, ids: Mapping[str, str]
) -> None:
    """Send the commit; what is published is remembered before it is sent, and forgotten where nothing was."""
    before = published(root)
    remember_published(root, before | _codes(remote.files) | _codes(ids))
    try:
        send(git, target.repository.url, target.branch, commit, remote.tip)
    except BaseException:
        remember_published(root, before)
        raise


def _codes(ids: Mapping[str, str]) -> dict[str, str]:
    """Return what stands for the page of each code."""
    pages = ((path.removesuffix("/index.html"), blob) for path, blob in ids.items())
    return {name: blob for name, blob in pages if is_code(name)}
