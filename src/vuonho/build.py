"""The build: a checked project becomes the site, all of it or nothing."""

from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vuonho.artifact import Artifact
from vuonho.assembly import Look, Parts, assemble
from vuonho.bilingual import Text
from vuonho.cards import Cards, is_card
from vuonho.dashboard.shown import remember_shown, shown_of
from vuonho.domain.public import PublicSite
from vuonho.domain.schema.outline import household_fields
from vuonho.domain.schema.siteurl import parse_base_url
from vuonho.errors import DataProblems, Problem, Refused
from vuonho.examine import survey_whole
from vuonho.intake.folder import REGISTER_FILE
from vuonho.intake.languages import read_messages
from vuonho.memory import remember
from vuonho.output.lock import locked
from vuonho.output.writing.commit import Summary
from vuonho.output.writing.recovery import recover
from vuonho.output.writing.writer import begin
from vuonho.pictures import forget_others, process_photos
from vuonho.shipped import shipped
from vuonho.survey import Survey, with_base_url

Progress = Callable[[Text, int], AbstractContextManager[Callable[[], None]]]
"""Opens a progress display of so many steps and gives the function that counts one."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: the site as it is now, and what was written."""

    out: Path
    site: PublicSite
    households: int
    notices: int
    warnings: tuple[Problem, ...]
    summary: Summary


def build(
    root: Path,
    out: str,
    *,
    jobs: int,
    base_url: str | None,
    progress: Progress,
    on_wait: Callable[[], None],
    today: date | None = None,
) -> Built:
    """Return what was built of the project in `root` into `out` (relative to it, or absolute).

    `base_url` stands in for the address of site.yaml this once; `today` is for warnings alone. Raises DataProblems with
    every problem of every file, and MachineTrouble; in both cases the site is the old one, complete.
    """
    with locked(root, on_wait=on_wait):
        recover(root)
        project = survey_whole(root, today)
        site = _site(project, base_url)
        parts, drawn = parts_of(root, project, site, jobs, progress), set[str]()
        with begin(root, out) as transaction:
            for artifact in files_of(parts, jobs, progress):
                transaction.add(artifact)
                if is_card(artifact.path):
                    drawn.add(artifact.path)
            _explain_vanished(transaction.leaving(), project)
            summary = transaction.commit()
        remember(root, project.register)  # after the site: a run cut off between is completed by the next
        remember_shown(root, out, shown_of(project.require(), project.villages, project.households))
        forget_others(parts.album)
        parts.cards.keep_only(drawn)
        return Built(
            root / out, site, len(project.households), len(project.notices), project.problems, summary
        )


def _site(project: Survey, base_url: str | None) -> PublicSite:
    site = project.require()
    if base_url is None:
        return site
    if project.boards or any(row.printed for row in project.register.rows):
        raise Refused(
            Text("Đã in biển nên không đổi địa chỉ bằng --base-url được.",
                 "Plaques have been printed, so --base-url cannot change the address."),
            Text("Bỏ --base-url. Nếu trang chuyển nhà: sửa base_url và ghi địa chỉ cũ vào previous_urls.",
                 "Leave --base-url out. If the site moves: change base_url and list the old one in previous_urls."),
        )  # fmt: skip
    return with_base_url(site, parse_base_url(base_url))


def parts_of(root: Path, project: Survey, site: PublicSite, jobs: int, progress: Progress) -> Parts:
    """Return what the site is made of, its photos processed. Raises DataProblems with every photo that will not do."""
    with progress(Text("Ảnh", "Photos"), sum(len(home.photos) for home in project.households)) as tick:
        album = process_photos(root, project.households, jobs, tick)
    return Parts(
        look_of(root, site),
        project.villages,
        project.households,
        project.notices,
        album,
        Cards(root),
        household_fields(),
    )


def files_of(parts: Parts, jobs: int, progress: Progress) -> Iterator[Artifact]:
    """Yield every file of the site once; nothing is written."""
    with progress(Text("Trang", "Pages"), len(parts.households)) as tick:
        yield from _each_once(assemble(parts, jobs, tick))


def look_of(root: Path, site: PublicSite) -> Look:
    """Return the site with its template folders, the project's own first, and its wording."""
    folders = tuple(folder for folder in (root / "templates", shipped("templates")) if folder.is_dir())
    folders = tuple(dict.fromkeys(folder.resolve() for folder in folders))
    found = ((tag, read_messages(folders, tag)) for tag in site.languages)
    wording = tuple((tag, tuple(messages.items())) for tag, messages in found if messages is not None)
    return Look(site, folders, wording)


def _each_once(artifacts: Iterable[Artifact]) -> Iterator[Artifact]:
    """Pass on each photo file once, though several households may show it; other twins stay an error."""
    seen: set[str] = set()
    for artifact in artifacts:
        if artifact.path.startswith("photos/"):
            if artifact.path in seen:
                continue
            seen.add(artifact.path)
        yield artifact


def _explain_vanished(leaving: Iterable[str], project: Survey) -> None:
    """Stop where the address of a village or a household would stop answering: it may hang printed somewhere.

    A household whose row is there is watched over by the register, and one that is not printed may go. A
    language taken from site.yaml goes by intention.
    """
    gone = {path.removesuffix("/index.html") for path in leaving if path.endswith("/index.html")}
    top = sorted(slug for slug in gone if "/" not in slug)
    known = {old for village in project.villages for old in village.formerly}
    codes = [_lost_household(slug) for slug in top if slug.isdigit() and slug not in project.register.by_code]
    slugs = [
        slug for slug in top if not slug.isdigit() and slug not in known and not _is_language(slug, gone)
    ]
    lost = (*codes, *map(_lost_village, slugs))
    if lost:
        raise DataProblems(lost)


def _is_language(slug: str, gone: Container[str]) -> bool:
    """Tell the folder of a language, which has a privacy page of its own, from that of a village."""
    return f"{slug}/privacy" in gone


def _lost_household(code: str) -> Problem:
    return Problem(
        REGISTER_FILE, None, None, "code",
        Text(f"Trang của mã {code} sẽ mất, mà codes.csv không còn dòng của mã ấy.",
             f"The page of code {code} would vanish, and codes.csv has no row for it."),
        Text("Lấy lại từ bản sao lưu: vuonho restore TỆP.zip; gia đình đã rút thì sau đó: vuonho withdraw MÃ",
             "Take it back from a backup: vuonho restore FILE.zip; if the family left, then: vuonho withdraw CODE"),
    )  # fmt: skip


def _lost_village(slug: str) -> Problem:
    return Problem(
        f"profiles/{slug}", None, None, "",
        Text(f"Trang của thôn “{slug}” sẽ mất.", f"The page of the village “{slug}” would vanish."),
        Text(f"Đặt lại tên thư mục cũ, hoặc thêm vào village.yaml của thư mục mới: formerly: [{slug}]",
             f"Give the folder its old name, or add to village.yaml of the new one: formerly: [{slug}]"),
    )  # fmt: skip
