"""What an import would do: every profile as it would be, every change named; nothing written yet."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from pathlib import Path, PurePosixPath

from vuonho.edit.profile_edit import with_values
from vuonho.edit.yaml_text import render_profile
from vuonho.errors import DataProblems, Problem, Severity, UserError
from vuonho.forms.incoming import LEFT, Incoming, Place
from vuonho.i18n import Text
from vuonho.importing.match import (
    Ask,
    Match,
    Matcher,
    Project,
    comes_back,
    has_left,
    read_project,
    refuse_return,
    refuse_withdrawn,
    values_of,
)
from vuonho.importing.merge import Change, Merged, merge_incoming
from vuonho.model.codes import new_code
from vuonho.model.outline import is_nothing
from vuonho.model.rules import check_languages, check_place
from vuonho.model.values import quoted
from vuonho.output.files import digest_bytes
from vuonho.pictures.cache import glance
from vuonho.pictures.photo import kept_photo
from vuonho.project.files import LARGEST, check_photo_files, decode, named_photos, read_bytes, stored_photo
from vuonho.project.profile import Profile, future_days, once, parse_profile, path_of
from vuonho.project.survey import stub_of
from vuonho.project.yaml_tree import Plain
from vuonho.register.register import ACTIVE, LEFT_ON, MOVED, WITHDRAWN, Register, Row
from vuonho.register.rules import ProfileStub, check_register
from vuonho.text import file_stem, free_stem

NEEDED = ("consent", "location", "garden")
"""Records that a profile has in any case, be they empty."""
PHOTOS = "photos"

Whose = tuple[Problem, Incoming | None]
"""A problem, and the household that has it; None where it is nobody's alone."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to import: `sure` answers what is likely with yes, `overwrite` lets the file win over newer values.

    `keep_codes` says that codes which the register does not know are those on the plaques.
    `skip` leaves out households with errors, and files that cannot be read, and takes the others. `takes` is what
    somebody says who looked at each change of a household that is here already; `leaves` tells which are left for later.
    """

    today: date
    sure: bool = False
    overwrite: bool = False
    skip: bool = False
    keep_codes: bool = False
    takes: Callable[[Incoming, Change], bool | None] = lambda _incoming, _change: None
    leaves: Callable[[Incoming], bool] = lambda _incoming: False


@dataclass(frozen=True, slots=True)
class Planned:
    """One household: its file as it is (`before`, None for a new one) and as it would be, and what is told of it.

    `match.incoming` is what came in, its photos named; `photos` are their contents, by their path below the
    village's folder.
    """

    match: Match
    file: str
    code: str
    before: bytes | None
    after: bytes
    merged: Merged
    photos: Mapping[str, bytes]

    @property
    def name(self) -> str:
        """What the household is called, as its profile will say."""
        name = self.merged.values.get("name")
        return name if isinstance(name, str) else ""

    @property
    def is_new(self) -> bool:
        """Tell whether there is no profile of it yet."""
        return self.before is None

    @property
    def is_changed(self) -> bool:
        """Tell whether there is anything to write."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Plan:
    """All of an import: `register` as it would be, `doubts` that do not stop it, questions that nobody answered.

    `left` are the names of the households that are left out, what is wrong with them being among the doubts, and
    `left_in` the files that they stand in.
    """

    project: Project
    planned: tuple[Planned, ...]
    register: Register
    doubts: tuple[Problem, ...]
    questions: tuple[Text, ...]
    left: tuple[str, ...] = ()
    left_in: tuple[str, ...] = ()

    @property
    def work(self) -> tuple[Planned, ...]:
        """Return the households that are new or changed."""
        return tuple(one for one in self.planned if one.is_changed)


class InvalidImport(DataProblems):
    """What stops an import; `at` are the places of the households with an error, without which it might go on."""

    def __init__(self, problems: Iterable[Problem], at: Iterable[Place]) -> None:
        super().__init__(problems)
        self.at = frozenset(at)


def plan_import(root: Path, incoming: Sequence[Incoming], options: ImportOptions, ask: Ask) -> Plan:
    """Return what an import would do. Raises InvalidImport with everything that stops it, nothing being changed.

    Raises DataProblems for settings, a village or a register that cannot be used.
    """
    project = read_project(root)
    incoming = [one for one in incoming if not options.leaves(one)]
    matcher = Matcher(project, ask, sure=options.sure, keep_codes=options.keep_codes)
    planner = _Planner(project, options)
    planned = planner.households(matcher.matches(incoming))
    own = ((problem, one) for one in incoming for problem in one.problems)
    checked = _validate(project, planned, planner.register, options.today)
    found = (*own, *matcher.wrong, *planner.wrong, *checked)
    problems = tuple(dict.fromkeys(problem for problem, _ in found))
    errors = [whose for problem, whose in found if problem.severity is Severity.ERROR]
    if errors:
        raise InvalidImport(problems, [one.place(()) for one in errors if one is not None])
    return Plan(project, tuple(planned), planner.register, problems, tuple(matcher.questions))


class _Planner:
    """Plans household by household, giving codes and file names as it goes."""

    def __init__(self, project: Project, options: ImportOptions) -> None:
        self.project = project
        self.options = options
        self.wrong: list[tuple[Problem, Incoming]] = []
        self.register = project.register
        self._codes = {row.code for row in project.register.rows} | {one.code for one in project.profiles}
        # Names of files without their ending, by their folder, in small letters as Windows compares.
        self._stems = {home.slug: {"village"} for home in project.villages}
        files = (profile.file.removeprefix("profiles/") for profile in project.profiles)
        for path in map(PurePosixPath, (*files, *(row.profile for row in project.register.rows))):
            self._stems.setdefault(str(path.parent), set()).add(path.stem.lower())

    def households(self, matches: Sequence[Match]) -> list[Planned]:
        """Return what comes of each; what cannot be done is a problem."""
        planned = []
        self._codes |= {match.code for match in matches}
        for match in matches:
            try:
                planned.append(self._existing(match, match.profile) if match.profile else self._new(match))
            except UserError as refused:
                problem = match.incoming.place(()).problem("", refused.message, refused.hint)
                self.wrong.append((problem, match.incoming))
            except DataProblems as found:
                self.wrong += [(problem, match.incoming) for problem in found.problems]
        return planned

    def _existing(self, match: Match, profile: Profile) -> Planned:
        if profile.tree is None:
            raise DataProblems(profile.problems)
        match, photos = self._unpacked(match, Path(profile.file).stem, named_photos(profile.tree))
        ours = values_of(profile)
        refuse_withdrawn(match, ours, self.register)
        row = self.register.by_code.get(match.code)
        if row and row.status in (WITHDRAWN, MOVED) and comes_back(match, ours, self.register):
            ours = {key: {} for key in NEEDED} | {key: ours[key] for key in ours if key not in LEFT}
            self.register = self.register.with_rows(replace(row, status=ACTIVE).with_cells(**{LEFT_ON: ""}))
        takes = partial(self.options.takes, match.incoming)
        merged = merge_incoming(ours, match.incoming, overwrite=self.options.overwrite, takes=takes)
        before, problems = read_bytes(self.project.root / profile.file, profile.file)
        if before is None:
            raise DataProblems(problems)
        after = with_values(before, merged.values) if merged.changes else before
        return Planned(match, profile.file, match.code, before, after, merged, _used(photos, merged))

    def _new(self, match: Match) -> Planned:
        path = match.path
        if not path:
            taken = self._stems[match.home.slug]
            stem = free_stem(file_stem(match.incoming.name), taken)
            taken.add(stem)
            path = f"{match.home.slug}/{stem}.yaml"
        match, photos = self._unpacked(match, Path(path).stem)
        refuse_withdrawn(match, {}, self.register)
        if not match.path:
            refuse_return(match, self.project)
        code = match.code or new_code(self._codes)
        self._codes.add(code)
        told = {key: value for key, value in match.incoming.values.items() if not is_nothing(value)}
        told.setdefault("checked", self.options.today.isoformat())
        merged = merge_incoming({}, replace(match.incoming, values=told, base=None), overwrite=True)
        least: dict[str, Plain] = {} if has_left(merged.values) else {key: {} for key in NEEDED}
        after = render_profile({"code": code} | least | merged.values | {"code": code}).encode("utf-8")
        if code not in self.register.by_code:
            self.register = self.register.with_rows(Row(code, path, self.options.today))
        return Planned(match, f"profiles/{path}", code, None, after, merged, _used(photos, merged))

    def _unpacked(
        self, match: Match, stem: str, named: Sequence[str] = ()
    ) -> tuple[Match, Mapping[str, bytes]]:
        root, slug = self.project.root, match.home.slug
        incoming, photos, problems = unpack_photos(
            match.incoming, stem, lambda typed: stored_photo(root, slug, typed), named
        )
        self.wrong += [(problem, match.incoming) for problem in problems]
        return replace(match, incoming=incoming), photos


# --- Photos that came along: checked, turned upright, without metadata, and named for their household and content ---

_kept = lru_cache(maxsize=1000)(kept_photo)
"""An import is planned again without the households that have errors; its photos are made once."""


def unpack_photos(
    incoming: Incoming, stem: str, stored: Callable[[str], str], named: Sequence[str] = ()
) -> tuple[Incoming, dict[str, bytes], list[Problem]]:
    """Return (what a household says, its photos named as they will lie in the village's folder, problems).

    A photo becomes `photos/<stem>-<8 hex digits>.jpg`. The name comes of the content, so that a photo that is sent
    twice is kept once, also where the profile, whose photos are `named`, has been renamed since. `stored` gives the
    name of a photo that did not come along.
    """
    names: dict[str, str | None] = {}
    contents: dict[str, bytes] = {}
    problems: list[Problem] = []
    for photo in incoming.photos:
        try:
            content = _kept(photo.content)
        except UserError as refused:
            message = Text("Photo {name}: {message}", name=quoted(photo.name), message=refused.message)
            problems.append(photo.place.problem("photos", message, refused.hint))
            names[photo.name] = None  # enough is said of it
            continue
        end = f"-{digest_bytes(content)[:8]}.jpg"
        known = (name for name in named if name.startswith(f"{PHOTOS}/") and name.endswith(end))
        names[photo.name] = name = next(known, f"{PHOTOS}/{stem}{end}")
        contents[name] = content
    photos = incoming.values.get("photos")
    if isinstance(photos, list):
        entries: list[Plain] = []
        for entry in photos:
            typed = _photo_name(entry)
            renamed = names.get(typed, stored(typed) if typed else "")
            if renamed is not None:
                named_so: Plain = entry | {"file": renamed} if isinstance(entry, dict) else renamed
                entries.append(named_so if typed else entry)
        incoming = replace(incoming, values={**incoming.values, "photos": entries})
    return incoming, contents, problems


def _photo_name(entry: Plain) -> str:
    """Return the file that an entry of `photos` names, "" for none."""
    name = entry.get("file") if isinstance(entry, dict) else entry
    return name if isinstance(name, str) else ""


def _used(photos: Mapping[str, bytes], merged: Merged) -> Mapping[str, bytes]:
    """Return the photos that the profile names in the end."""
    entries = merged.values.get("photos")
    named = set(map(_photo_name, entries if isinstance(entries, list) else []))
    return {name: content for name, content in photos.items() if name in named}


# --- Whether a planned profile may be written: checked as if a person had typed it, blamed on where it was typed ---


def _validate(
    project: Project, planned: Sequence[Planned], register: Register, today: date
) -> Iterator[Whose]:
    """Yield what is wrong or doubtful in the planned profiles, and what the register would say of them.

    Doubtful is a day after `today` too. Errors that a profile had before are left to `check`: they are no fault of what came in.
    """
    after: dict[str, Profile] = {}
    future: list[Problem] = []
    for one in planned:
        if not one.is_changed:
            continue
        incoming, known = one.match.incoming, one.match.profile
        profile = parse_profile(decode(one.after, LARGEST), one.file, one.match.home.slug)
        after[one.file] = profile
        before = {(problem.field, problem.message) for problem in known.problems} if known else set()
        for problem in (*profile.problems, *profile.found([*_found_at_home(project, one, profile)])):
            if (problem.field, problem.message) not in before:
                yield _blamed(problem, incoming), incoming
        future += [_blamed(problem, incoming) for problem in future_days(profile, today)]
    yield from ((problem, None) for problem in once(future, today))
    yield from _found_in_register(project, planned, after, register)


def _blamed(problem: Problem, incoming: Incoming | None) -> Problem:
    """Return a problem of a planned profile as one of the place where its value was typed, if it was typed there."""
    place = incoming.place(path_of(problem.field)) if incoming else Place("")
    if not place.file:
        return problem
    return place.problem(problem.field, problem.message, problem.hint, problem.severity)


def _found_at_home(project: Project, one: Planned, profile: Profile) -> Iterator[Problem]:
    """Yield what is wrong with a household in its site and its village, and with photos that it names anew."""
    draft, home, known = profile.draft, one.match.home, one.match.profile
    if draft is None:
        return
    yield from check_languages(draft, project.site.languages)
    if home.commune:
        yield from check_place(draft.location.point, "location.point", home.commune, home.village.centre)
    named = named_photos(known.tree) if known and known.tree else ()
    missing = {
        finding.field: finding
        for finding in check_photo_files(project.root, home.slug, [photo.file for photo in draft.photos])
    }
    for number, photo in enumerate(draft.photos, 1):
        field = f"photos.{number}.file"
        if photo.file in one.photos or photo.file in named:
            continue
        if field in missing:
            yield missing[field]
        elif refused := glance(project.root, f"{home.slug}/{photo.file}"):
            message = Text("Photo “{file}”: {what}", file=photo.file, what=refused.message)
            yield Problem(field, message, refused.hint)


def _found_in_register(
    project: Project, planned: Sequence[Planned], after: Mapping[str, Profile], register: Register
) -> Iterator[Whose]:
    """Yield what would be wrong between profiles and register, and is not so already."""

    def errors(stubs: Mapping[str, ProfileStub]) -> list[Problem]:
        urls = project.site.base_url, project.site.previous_urls
        found = check_register(register, tuple(stubs.values()), *urls)
        return [finding for finding in found if finding.severity is Severity.ERROR]

    stubs = {profile.file: stub_of(profile) for profile in project.profiles}
    planned_stubs = stubs | {file: stub_of(profile) for file, profile in after.items()}
    if planned_stubs == stubs:
        return
    before = set(errors(stubs))
    by_file = {one.file: one.match.incoming for one in planned}
    for finding in errors(planned_stubs):
        if finding not in before:
            incoming = by_file.get(finding.file)
            yield _blamed(finding, incoming), incoming
