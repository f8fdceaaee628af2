"""The build: a checked project becomes the site, all of it or nothing."""

from collections.abc import Callable, Container, Mapping
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from vuonho.errors import DataProblems, Problem, Severity, UserError
from vuonho.i18n import Text
from vuonho.model.fields import parse_base_url
from vuonho.model.outline import household_fields
from vuonho.model.public import PublicSite, public_site, public_village
from vuonho.output.files import digest_bytes, digest_file, read_regular, write_file
from vuonho.output.lock import locked
from vuonho.output.memo import Memo
from vuonho.output.site_folder import output_path
from vuonho.output.site_writer import SiteWriter, Summary, recover
from vuonho.pages.codes import digest_of_codes
from vuonho.pages.layout import mark_of
from vuonho.pages.site import Look, Parts, assemble, codes_of
from vuonho.pictures.cache import Cards, check_photos, is_card, process_photos
from vuonho.project.files import REGISTER_FILE, list_villages
from vuonho.project.last_good import NO_LAST_GOOD, Shown, remember_good, with_last_good
from vuonho.project.recall import Recall, digest_of, memo_of
from vuonho.project.settings import read_crops, read_site, read_village
from vuonho.project.shown import remember_shown, shown_of
from vuonho.project.survey import Survey, by_place, survey_whole
from vuonho.project.wording import read_messages
from vuonho.register.memory import remember
from vuonho.resources import Artifact, program_stamp, shipped

UNITS: Final = "unit"
MARK: Final = "codes"
"""Under this the memo keeps the mark of the codes that stands in the foot of every page."""

Progress = Callable[[Text, int], AbstractContextManager[Callable[[], None]]]
"""Opens a progress display of so many steps and gives the function that counts one."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: the site as it is now, and what was written.

    `problems` are warnings, and the errors of single households; `shown` is what the site shows of these.
    """

    out: Path
    site: PublicSite
    households: int
    notices: int
    problems: tuple[Problem, ...]
    shown: Shown
    summary: Summary


def build(  # noqa: PLR0913 - all but the first two are named at the call
    root: Path,
    out: str,
    *,
    jobs: int,
    base_url: str | None,
    progress: Progress,
    on_wait: Callable[[], None],
    today: date | None = None,
    strict: bool = False,
) -> Built:
    """Return what was built of the project in `root` into `out` (relative to it, or absolute).

    `base_url` stands in for the address of site.yaml this once; `today` is for warnings alone. A household with an
    error keeps the page it has, unless `strict`. Raises DataProblems with every problem of every file, and
    MachineError; in both cases the site is the old one, complete.
    """
    with locked(root, on_wait=on_wait):
        recover(root)
        with closing(memo_of(root, out, writes=True)) as memo, SiteWriter(root, out) as writer:
            recall = Recall(memo)
            project = survey_whole(root, today, recall)
            site = _site(project, base_url, strict=strict)
            ready = _make_ready(root, out, project, site, jobs, progress, strict=strict)
            shown, parts = ready.shown, ready.parts
            project = shown.project
            units = _write(root / out, parts, jobs, progress, writer, memo)
            villages = {name for one in project.villages for name in (one.slug, *one.formerly)}
            _explain_vanished(writer, villages, shown)
            remember_good(root, out, shown, parts.album.keys)
            summary = writer.commit(villages)
            if _stamp(root) == parts.look.stamp:
                recall.save()
                memo.keep_only(UNITS, units)
                memo.save()
            else:  # some pages are of a template that was saved meanwhile
                parts.look.forget()
        remember(root, project.register)  # after the site: a run cut off between is completed by the next
        remember_shown(root, out, shown_of(project, site))
        parts.album.remember()
        parts.cards.keep_only([path for path in summary.paths if is_card(path)])
        return Built(
            out=root / out,
            site=site,
            households=len(project.households),
            notices=len(project.notices),
            problems=project.problems,
            shown=shown,
            summary=summary,
        )


def _site(project: Survey, base_url: str | None, *, strict: bool) -> PublicSite:
    if strict and project.errors:
        wrong = check_photos(project.root, project.coded)
        project = replace(project, problems=tuple(sorted((*project.problems, *wrong), key=by_place)))
    site = project.require(strict=strict)
    if base_url is None:
        return site
    if project.boards or any(row.printed for row in project.register.rows):
        raise UserError(
            Text("Plaques have been printed, so the address stays as it is (--base-url)."),
            Text(
                "Build for the address in the settings (without --base-url). If the site moves: change base_url and list the old one in "
                "previous_urls."
            ),
        )
    return replace(site, base_url=parse_base_url(base_url))


@dataclass(frozen=True, slots=True)
class _Ready:
    """What a site will be made of, and what it shows of the households that have errors."""

    shown: Shown
    parts: Parts


def _make_ready(
    root: Path,
    out: str,
    project: Survey,
    site: PublicSite,
    jobs: int,
    progress: Progress,
    *,
    strict: bool = False,
) -> _Ready:
    """Return what the site is made of, its photos processed.

    Raises DataProblems where an error stops the build, with every photo that will not do among the problems.
    """
    broken = project.broken
    sound = [one for one in project.coded if one.source not in broken]
    with progress(Text("Photos"), sum(len(one.photos) for one in sound)) as tick:
        album, wrong = process_photos(root, sound, jobs, tick)
    if wrong:
        project = replace(project, problems=tuple(sorted((*project.problems, *wrong), key=by_place)))
        project.require(strict=strict)
    shown = with_last_good(root, project, out)
    album = replace(album, keys={**album.keys, **shown.photos})
    now = shown.project
    codes = digest_of_codes(codes_of(now.coded, now.notices))
    look = look_of(root, site)
    # templates of the project may do anything with the mark of the codes; in ours it only stands in the foot
    stamp = digest_of(look, codes if any((root / "templates").rglob("*.html")) else "")
    look = replace(look, codes=codes)
    parts = Parts(
        look=look,
        villages=now.villages,
        households=now.households,
        spots=now.spots,
        notices=now.notices,
        album=album,
        cards=Cards(root),
        guides=now.guides,
        questions=household_fields(),
        digests=now.digests,
        stamp=stamp,
    )
    return _Ready(shown, parts)


def _stamp(root: Path) -> str:
    """Return what stands for the program and all templates and words."""
    own = sorted(path for path in (root / "templates").rglob("*") if path.is_file())
    return digest_of(program_stamp(), [(path.as_posix(), digest_file(path)) for path in own])


def _made(memo: Memo, name: str, key: str) -> Mapping[str, str] | None:
    """Return the files (path, SHA-256) that an earlier build made of the same, None where it did not."""
    before = memo.get(UNITS, name)
    return before.value if before and before.key == key else None


def _write(
    out: Path, parts: Parts, jobs: int, progress: Progress, writer: SiteWriter, memo: Memo
) -> set[str]:
    """Give the writer every file of the site, and return the names of the units that were made or kept."""
    names = set[str]()
    before, mark = memo.get(MARK, ""), mark_of(parts.look.codes)
    old = before.key if before else ""
    memo.put(MARK, "", mark, None)

    def keep(name: str, key: str) -> Mapping[str, str] | None:
        files = _made(memo, name, key)
        if files is None:
            return None
        pages = [path for path in files if path.endswith(".html") and old != mark]
        marked = [_marked(out / path, path, files[path], old, mark) for path in pages]
        if None in marked or not writer.keep({path: files[path] for path in files.keys() - pages}):
            return None
        for page in filter(None, marked):
            writer.add(page)
        names.add(name)
        if pages:
            files = {path: writer.digest(path) or "" for path in files}
            memo.put(UNITS, name, key, files)
        return files

    with progress(Text("Pages"), len(parts.households) + len(parts.spots)) as tick:
        for name, key, artifacts in assemble(parts, jobs, tick, keep):
            for artifact in artifacts:
                if not (artifact.path.startswith("photos/") and writer.digest(artifact.path)):
                    writer.add(artifact)
            if key:
                names.add(name)
                memo.put(UNITS, name, key, {one.path: writer.digest(one.path) for one in artifacts})
    return names


def _marked(file: Path, path: str, digest: str, old: str, mark: str) -> Artifact | None:
    """Return a page with another mark of the codes; None where it is not as it was made, or has the old one elsewhere."""
    try:
        content = read_regular(file)
    except OSError:
        return None
    is_fit = digest_bytes(content) == digest and content.count(old.encode()) == 1
    return Artifact(path, content.replace(old.encode(), mark.encode())) if is_fit else None


def look_of(root: Path, site: PublicSite) -> Look:
    """Return the site with its template folders, the project's own first, and its wording."""
    stamp = _stamp(root)  # before anything of them is read
    folders = tuple(folder for folder in (root / "templates", shipped("templates")) if folder.is_dir())
    folders = tuple(dict.fromkeys(folder.resolve() for folder in folders))
    found = ((tag, read_messages(folders, tag)) for tag in site.languages)
    wording = tuple((tag, tuple(messages.items())) for tag, messages in found if messages is not None)
    return Look(site, folders, wording, stamp)


def _explain_vanished(writer: SiteWriter, villages: Container[str], shown: Shown) -> None:
    """Stop where the address of a village or a household would stop answering: it may hang printed somewhere.

    `villages` are the folders of today and former ones. A household whose row is there is watched over by the
    register, and one that is not printed may go, unless its page would only go because of an error.
    """
    project = shown.project
    had_page = (f"{code}/index.html" in writer.old.entries for code in set(shown.missing) - set(shown.closed))
    if any(had_page):
        raise DataProblems(project.problems, NO_LAST_GOOD)
    gone = [path.removesuffix("/index.html") for path in writer.leaving() if path.endswith("/index.html")]
    codes = sorted(slug for slug in gone if slug.isdigit())
    lost = [_lost_household(code) for code in codes if code not in project.register.by_code]
    lost += [_lost_village(slug) for slug in sorted(writer.old.villages) if slug not in villages]
    if lost:
        raise DataProblems(lost)


def _lost_household(code: str) -> Problem:
    return Problem(
        "code",
        Text("The page of code {code} would vanish, and codes.csv has no row for it.", code=code),
        Text(
            "Take it back from a backup: vuonho restore FILE.zip; if the family left, then: vuonho "
            "withdraw CODE"
        ),
        file=REGISTER_FILE,
    )


def _lost_village(slug: str) -> Problem:
    return Problem(
        "",
        Text("The page of the village “{slug}” would vanish.", slug=slug),
        Text(
            "Give the folder its old name, or add to village.yaml of the new one: formerly: [{slug}]",
            slug=slug,
        ),
        file=f"profiles/{slug}",
    )


# --- The phone form: one page that the team sends round and opens without a signal ---

_SIGN = b' data-vuonho="form"'
"""Stands at the beginning of a form of ours, which the next one may replace."""
_EXAMPLE = Text("form.html")


def write_phone_form(root: Path, name: str) -> Path:
    """Return the file to which the form was written: `name`, relative to the project or absolute.

    Only the settings and the villages must be sound: a team may want the form before it has a single profile, or
    while one has an error. Raises DataProblems, UserError and MachineError; then nothing has changed.
    """

    def is_form(path: Path) -> bool:
        with path.open("rb") as file:
            return _SIGN in file.read(4096)

    target = output_path(root, name, _EXAMPLE, is_form)
    with locked(root):
        recover(root)
        write_file(target, phone_form(root))
    return target


def phone_form(root: Path, direct: str = "") -> bytes:
    """Return the form as a page by itself; `direct` is the address to which it may send, relative to its own.

    Raises DataProblems for settings and villages that are not sound.
    """
    settings, problems = read_site(root)
    folders, strange = list_villages(root, settings.languages if settings else ())
    found = [*problems, *strange]
    villages = []
    for folder in folders:
        province = settings.province if settings else "Hà Tĩnh"
        village, commune, wrong = read_village(root, folder.file, province)
        found += wrong
        if village and commune:
            villages.append(public_village(village, folder.slug, folder.file, commune.full_name))
    if settings is None or any(problem.severity is Severity.ERROR for problem in found):
        raise DataProblems(found)
    look = look_of(root, public_site(settings, read_crops(root)[0]))
    return look.pages().form(villages, household_fields(), alone=True, direct=direct).content
