"""The whole of it: everything that can refuse comes first, then one push, then the proof that it arrived."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from vuonho.build import Progress
from vuonho.errors import DataProblems, Problem, Refused, cited
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
from vuonho.model.public import PublicSite
from vuonho.output.lock import locked
from vuonho.output.site_folder import Entry, Place
from vuonho.project.last_good import Shown
from vuonho.project.survey import Survey, survey_whole
from vuonho.publish.git import Git, find_git, workshop
from vuonho.publish.remote import There, ask, commit_files, difference, look, read_small, send, where_is
from vuonho.publish.rules import (
    SHOWN,
    Pages,
    Target,
    already_public,
    choose_target,
    megabytes,
    pages_of,
    private_ids,
    private_there,
    read_files,
    refuse_collision,
    refuse_foreign,
    refuse_losses,
    refuse_private,
    require_calm,
    require_current,
    require_domain,
    require_intact,
    require_size,
    site_place,
)
from vuonho.publish.rules import require_sense as rules_require_sense
from vuonho.register.memory import published, remember_published
from vuonho.verify.site import prove

Tell = Callable[[Text], None]

_LOOKING: Final = Text("Xem kho đang có gì", "Looking at what the repository holds")
_COMPARING: Final = Text("So trang đã dựng với hồ sơ", "Comparing the built site with the profiles")
_ASKING: Final = Text("Hỏi xem kho có nhận không", "Asking whether the repository would take it")
_EXAMPLE: Final = Text(
    "Địa chỉ trang trong site.yaml chỉ để thử (.example), chưa mở được trên mạng. Sửa base_url trước khi in biển.",
    "The address in site.yaml is for trying out (.example) and does not answer. Change base_url before printing.",
)
_NOT_SENT: Final = Text("Chưa gửi gì cả.", "Nothing was sent.")
_PACKING: Final = Text("Gói trang", "Packing the site")


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for: another repository or branch than site.yaml's, addresses that may go, or only a look.

    With `strict` any error of any household stops it.
    """

    to: str = ""
    branch: str = ""
    let_go: tuple[str, ...] = ()
    is_dry: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Help:
    """How the work is helped along: so many jobs, and what is told of it on the way; `asks` as git may ask.

    `confirm` is asked before pages that answer disappear.
    """

    jobs: int
    asks: bool
    tell: Tell
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
    changes: Pages
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


def require_sense(wish: Wish) -> None:
    """Raise Refused for a wish that no project could grant: what is no address, no branch, or no page to let go."""
    if wish.to.strip():
        parse_repository(wish.to)
    if wish.branch:
        parse_branch(wish.branch)
    for one in wish.let_go:
        rules_require_sense(one)


def publish(root: Path, wish: Wish, now: datetime, help_: Help) -> Published:
    """Return what was published of the project in `root`, or would be.

    Raises Refused for every reason not to, DataProblems where the profiles or the site have errors, MachineTrouble
    for whatever is in the way; in each case nothing was sent, and nothing in the project has changed.
    """
    with locked(root, on_wait=help_.on_wait):
        require_calm(root)
        project = survey_whole(root)
        site, settings = project.require(strict=wish.strict), project.settings
        assert settings is not None  # noqa: S101 - a sound project has them
        target = choose_target(root, settings, wish.to, wish.branch)
        return _Job(root, project, site, target, wish, help_).done(now)


@dataclass(frozen=True, slots=True)
class _Job:
    """One publishing under way."""

    root: Path
    project: Survey
    site: PublicSite
    target: Target
    wish: Wish
    help: Help

    def done(self, now: datetime) -> Published:
        """Return what came of it; the reasons not to that cost nothing to find come first."""
        repository = self.target.repository
        domain = require_agreement(self.site.base_url, repository)
        place, entries = site_place(self.root)
        require_intact(place, entries)
        note = require_size({path: entry.size for path, entry in entries.items()})
        with workshop(self.root, find_git(), asks=self.help.asks) as git:
            self.help.tell(_LOOKING)
            there = look(git, repository.url, self.target.branch)
            refuse_collision(there.refs, self.target.branch)
            private = private_ids(self.root, there.hash_name)
            self._refuse_repository(git, there, private)
            refuse_foreign(there.files)
            lost = pages_of(there.files, dict.fromkeys(entries, "")).gone
            project = self.project
            idle = refuse_losses(lost, self.wish.let_go, project.register, project.boards, self.site.base_url)
            said = read_small(git, there.files[CNAME]) if CNAME in there.files else None
            cname = require_domain(said, domain)
            shown = self._require_proof(place, entries)
            self.help.tell(_PACKING)
            files = _with_cname(read_files(place, entries), cname)
            commit, ids = commit_files(git, files, now, there.hash_name)
            refuse_private(ids, private)
            return self._sent(git, there, commit, ids, entries, shown, (note, *map(_idle, idle)))

    def _refuse_repository(self, git: Git, there: There, private: Mapping[str, str]) -> None:
        found = private_there(there, private)
        if found:
            places = {one.commit: where_is(git, one.commit) for one in found[:SHOWN]}
            raise already_public(found, places, self.target.repository.url)

    def _require_proof(self, place: Place, entries: Mapping[str, Entry]) -> Shown:
        """Raise Refused for a site that is not the current one, DataProblems for one that does not stand the proof."""
        self.help.tell(_COMPARING)
        shown = require_current(
            self.root,
            self.project,
            self.site,
            entries,
            self.help.progress,
            jobs=self.help.jobs,
            strict=self.wish.strict,
        )
        report = prove(self.root, place.out, lambda step, _number, _count: self.help.tell(step))
        if report.problems:
            raise DataProblems(report.problems)
        return shown

    def _sent(
        self,
        git: Git,
        there: There,
        commit: str,
        ids: Mapping[str, str],
        entries: Mapping[str, Entry],
        shown: Shown,
        notes: Sequence[Text],
    ) -> Published:
        """Send the commit, unless the branch is the same already, or this is only a look."""
        same = bool(there.tip) and dict(ids) == dict(there.files) and not there.has_parents
        size = sum(entry.size for entry in entries.values())
        repository, branch = self.target.repository.url, self.target.branch
        if not same and self.wish.is_dry:
            self.help.tell(_ASKING)
            ask(git, branch, commit, there.tip)
        elif not same:
            lost = pages_of(there.files, ids).gone
            if lost and not self.help.confirm(lost):
                raise Refused(_NOT_SENT)
            self.help.tell(_sending(size, self.target))
            with self._remembered(_codes(there.files) | _codes(ids)):
                send(git, repository, branch, commit, there.tip)
        if same and not self.wish.is_dry:
            remember_published(self.root, published(self.root) | _codes(ids))
        new, changed, gone = difference(there.files, ids)
        return Published(
            target=self.target,
            address=self.site.base_url,
            files=len(ids),
            pages=sum(page_address(path) is not None for path in ids),
            size=size,
            written=len(new) + len(changed),
            removed=len(gone),
            changes=pages_of(there.files, ids),
            is_new=not is_site(frozenset(there.files)),
            is_sent=not same,
            is_dry=self.wish.is_dry,
            notes=tuple(
                one
                for one in (*notes, _EXAMPLE if is_example(self.site.base_url) else NOTHING)
                if one != NOTHING
            ),
            errors=shown.project.errors,
            kept=len(shown.kept),
            missing=len(shown.missing),
        )

    @contextmanager
    def _remembered(self, pages: dict[str, str]) -> Iterator[None]:
        """Remember what is published before it is sent, and forget it where nothing was."""
        before = published(self.root)
        remember_published(self.root, before | pages)
        try:
            yield
        except BaseException:
            remember_published(self.root, before)
            raise


def _codes(ids: Mapping[str, str]) -> dict[str, str]:
    """Return what stands for the page of each code."""
    pages = ((path.removesuffix("/index.html"), blob) for path, blob in ids.items())
    return {name: blob for name, blob in pages if is_code(name)}


def _idle(let_go: str) -> Text:
    return Text(f"--let-go {cited(let_go)} không khớp trang nào sắp mất, nên không có tác dụng.",
                f"--let-go {cited(let_go)} matches no page that would go, so it did nothing.")  # fmt: skip


def _with_cname(files: Iterator[tuple[str, bytes]], cname: bytes | None) -> Iterator[tuple[str, bytes]]:
    yield from files
    if cname is not None:
        yield CNAME, cname


def _sending(size: int, target: Target) -> Text:
    whole, url = megabytes(size), target.repository.url
    return Text(f"Gửi {whole.vi} lên {url}", f"Sending {whole.en} to {url}")
