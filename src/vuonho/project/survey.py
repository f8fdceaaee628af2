"""A whole project read and checked: what all commands begin with."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from vuonho.errors import DataProblems, MachineError, Problem, Severity, UserError, say_size
from vuonho.i18n import Both, Text
from vuonho.model.codes import is_code
from vuonho.model.communes import Commune
from vuonho.model.consent import publish, publish_spot
from vuonho.model.fields import Field, called
from vuonho.model.ground import MOST_OF_A_NAME, Landmark, with_landmarks
from vuonho.model.household import Departed, Household
from vuonho.model.outline import (
    departed_fields,
    guide_fields,
    household_fields,
    site_fields,
    spot_fields,
    village_fields,
)
from vuonho.model.public import (
    Coded,
    PublicGuide,
    PublicHousehold,
    PublicNotice,
    PublicSite,
    PublicSpot,
    PublicVillage,
    public_site,
    public_village,
)
from vuonho.model.rules import check_languages, check_place
from vuonho.model.settings import Site, Village
from vuonho.model.spot import LANE, Spot, check_homes
from vuonho.model.vocabulary import Known
from vuonho.output.site_folder import (
    MOST_BYTES,
    NEARLY_FULL,
    find_place,
    likely_size,
    make_room,
    read_manifest,
    say_whole,
)
from vuonho.output.site_writer import recover
from vuonho.project.files import (
    REGISTER_FILE,
    SITE_FILE,
    VILLAGE_FILE,
    check_photo_files,
    is_spot,
    list_villages,
    read_tree,
    with_found,
)
from vuonho.project.ground import read_ground
from vuonho.project.guides import FOLDER as GUIDES
from vuonho.project.guides import aged, read_guides
from vuonho.project.profile import (
    KEPT,
    Profile,
    future_days,
    in_registers,
    is_ahead,
    once,
    path_of,
    read_profile,
)
from vuonho.project.recall import Reading, Recall, digest_of, memo_of, shown_values
from vuonho.project.settings import check_former, read_crops, read_site, read_village
from vuonho.project.wording import check_wording
from vuonho.project.yaml_tree import plain
from vuonho.register.boards import FILE as BOARDS_FILE
from vuonho.register.boards import Board, check_boards
from vuonho.register.memory import (
    check_boards_memory,
    check_memory,
    read_boards,
    read_register,
    without_echoes,
)
from vuonho.register.register import EARLIER, Register
from vuonho.register.rules import ProfileStub, check_register, owners
from vuonho.resources import own_templates, program_stamp, shipped


@dataclass(frozen=True, slots=True)
class Survey:
    """A project as it stands. `site` is None where site.yaml has an error.

    `profiles` and `private` are the full profiles of households, for `verify`, `status` and `consent` alone, and
    `spot_profiles` those of places; renderers get `households`, `spots` and `notices`. The `stubs` are of both. In a build `recalled` are the readings of sound profiles, by their files, and only the
    others are there in full.
    """

    root: Path
    site: PublicSite | None
    settings: Site | None
    villages: tuple[PublicVillage, ...]
    households: tuple[PublicHousehold, ...]
    notices: tuple[PublicNotice, ...]
    profiles: tuple[Profile, ...]
    register: Register
    boards: tuple[Board, ...]
    stubs: tuple[ProfileStub, ...]
    problems: tuple[Problem, ...]
    recalled: Mapping[str, Reading]
    guides: tuple[PublicGuide, ...] = ()
    spot_profiles: tuple[Profile, ...] = ()

    @property
    def spots(self) -> tuple[PublicSpot, ...]:
        """The places; of its homes a lane has those of `households` that agreed."""
        return tuple(
            publish_spot(one.record, one.village, one.file, self.households)
            for one in self.spot_profiles
            if isinstance(one.record, Spot)
        )

    @property
    def coded(self) -> tuple[Coded, ...]:
        """All that has a page and a plaque of its own: the households, then the places."""
        return (*self.households, *self.spots)

    @property
    def files(self) -> tuple[str, ...]:
        """The files of all profiles in their order."""
        return tuple(f"profiles/{stub.path}" for stub in self.stubs)

    @property
    def digests(self) -> Mapping[str, str]:
        """What stands for all that each household shows, by its code."""
        recalled = self.recalled
        return {
            one.code: recalled[one.source].digest if one.source in recalled else digest_of(one)
            for one in self.households
        }

    @property
    def private(self) -> tuple[Household, ...]:
        """The households that could be read, with all that must not be shown."""
        return tuple(one.record for one in self.profiles if isinstance(one.record, Household))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that are not mere warnings."""
        return tuple(one for one in self.problems if one.severity is Severity.ERROR)

    @property
    def broken(self) -> frozenset[str]:
        """The files of the households that have an error."""
        return frozenset(one.file for one in self.errors) & frozenset(self.files)

    def code_of(self, profile: Profile) -> str:
        """Return the code by which a household is known, even if its file says another or cannot be read.

        It is "" for a household without a code, and for a copied file that carries the code of another one.
        """
        carried = tuple(stub for stub in self.stubs if is_code(stub.code))
        found = {code: stub.path for code, stub in owners(self.register, carried).items()}
        path = profile.file.removeprefix("profiles/")
        row = next((row.code for row in self.register.rows if row.profile == path), "")
        return next((code for code in (row, profile.code) if code and found.get(code, path) == path), "")

    def require(self, *, strict: bool = False) -> PublicSite:
        """Return the site; raise DataProblems, with everything, where an error concerns more than one household.

        With `strict` any error does.
        """
        broken = frozenset() if strict else self.broken
        if self.site is None or any(one.file not in broken for one in self.errors):
            raise DataProblems(self.problems)
        return self.site


def survey(root: Path, recall: Recall | None = None, today: date | None = None) -> Survey:
    """Return the project in `root`, read and checked. Raises MachineError where there is no project.

    With `recall` profiles that have not changed are not read again, unless they name a day after `today`.
    """
    settings, found = read_site(root)
    problems, crops = list(found), read_crops(root)[0]
    if settings:
        problems += check_wording(root / "templates", shipped("templates"), settings.languages)
    folders, found = list_villages(root, settings.languages if settings else ())
    problems += found
    register, broken = read_register(root)
    left = frozenset(row.code for row in register.rows if row.has_left)
    villages: list[PublicVillage] = []
    readings: dict[str, _Read] = {}
    spots: list[Profile] = []
    for folder in folders:
        village, commune, found = read_village(
            root, folder.file, settings.province if settings else "Hà Tĩnh"
        )
        problems += found
        of_village = [read_profile(root, folder.profile(name), folder.slug) for name in folder.spots]
        spots += of_village
        if village and commune:
            ground, found = read_ground(root, f"profiles/{folder.slug}", village.centre)
            problems += found
            ground = with_landmarks(ground, landmarks(of_village))
            villages.append(public_village(village, folder.slug, folder.file, commune.full_name, ground))
        judged_by = settings, village, commune, crops
        digest = digest_of(program_stamp(), *judged_by) if recall or KEPT.is_on else ""
        problems += (problem for one in of_village for problem in _check_spot(root, one, *judged_by[:3]))
        context = _Context(folder.slug, *judged_by, left, digest)
        for name in folder.profiles:
            file = folder.profile(name)
            readings[file] = _recalled(root, file, context, recall, today) or _read(
                root, file, context, recall, today
            )
    problems += [problem for one in readings.values() for problem in one.problems]
    profiles = [one.profile for one in readings.values() if one.profile]
    stubs = [*(one.stub for one in readings.values()), *map(stub_of, spots)]
    paths = {row.code: row.profile for row in register.rows} | {one.code: one.path for one in stubs}
    for one in spots:
        if isinstance(one.record, Spot):
            problems += one.found(check_homes(one.record, one.village, paths))
    problems += broken or _check_register(root, register, (*profiles, *spots), stubs, settings)
    boards, found = read_boards(root)
    problems += found
    guides, found = read_guides(root)
    problems += found
    if settings:
        slugs = [slug for village in villages for slug in (village.slug, *village.formerly)]
        problems += check_boards(boards, slugs, (settings.base_url, *settings.previous_urls))
    return Survey(
        root=root,
        site=public_site(settings, crops) if settings else None,
        settings=settings,
        villages=tuple(villages),
        households=tuple(one.household for one in readings.values() if one.household),
        notices=tuple(_notices((*profiles, *spots), register, stubs)),
        profiles=tuple(profiles),
        register=register,
        boards=boards,
        stubs=tuple(stubs),
        problems=tuple(sorted(problems, key=by_place)),
        recalled={file: one.reading for file, one in readings.items() if one.reading},
        guides=guides,
        spot_profiles=tuple(spots),
    )


class _Context(NamedTuple):
    """All but its file that a profile is judged by; `digest` stands for it, but for the codes of those that `left`."""

    slug: str
    settings: Site | None
    village: Village | None
    commune: Commune | None
    crops: tuple[Known, ...]
    left: frozenset[str]
    digest: str


class _Read(NamedTuple):
    """One profile of a survey: its `reading` where there is one, else the whole `profile`."""

    stub: ProfileStub
    problems: tuple[Problem, ...]
    household: PublicHousehold | None
    reading: Reading | None
    profile: Profile | None = None


def _recalled(
    root: Path, file: str, context: _Context, recall: Recall | None, today: date | None
) -> _Read | None:
    """Return a profile as an earlier build read it, None where it must be read again."""
    reading = recall.find(root, file, context.digest) if recall else None
    if reading is None or is_ahead(reading.latest, today):
        return None
    if reading.stub.code in context.left:  # whether it has agreed again is told by the day of its consent
        return None
    if any(check_photo_files(root, context.slug, reading.photos)):
        return None
    return _Read(reading.stub, reading.problems, reading.household, reading)


def _read(root: Path, file: str, context: _Context, recall: Recall | None, today: date | None) -> _Read:
    profile = read_profile(root, file, context.slug)
    stub, record, reading = stub_of(profile), profile.record, None
    problems, household = _judged(profile, context)
    if isinstance(record, Household):
        latest = max(day for day in (record.checked, record.consent.given) if day)
        is_sound = all(one.severity is Severity.WARNING for one in problems)
        if recall and profile.tree and is_sound and not is_ahead(latest, today):
            reading = Reading(
                stub=stub,
                problems=problems,
                household=household,
                digest=digest_of(household),
                remembered=json.dumps(shown_values(plain(profile.tree), record), ensure_ascii=False),
                photos=tuple(photo.file for photo in record.photos),
                latest=latest,
            )
            recall.add(file, profile.text, reading)
    if profile.draft is not None:
        photos = [photo.file for photo in profile.draft.photos]
        problems += (*profile.found(check_photo_files(root, context.slug, photos)),)
    # the whole of a profile is many times its reading, and of a sound one nobody asks for more
    return _Read(stub, problems, household, reading, None if reading else profile)


_JUDGED: Final = dict[str, tuple[Profile, str, tuple[Problem, ...], PublicHousehold | None]]()
"""What came of the profiles that a process keeps, each with the context in which it was judged."""


def _judged(profile: Profile, context: _Context) -> tuple[tuple[Problem, ...], PublicHousehold | None]:
    """Return what is wrong or doubtful in a profile, but for its photos, and what may be shown of it."""
    before = _JUDGED.get(profile.file)
    if before and before[0] is profile and before[1] == context.digest:
        return before[2:]
    slug, settings, village, commune, crops, *_ = context
    problems, record, household = list(profile.problems), profile.record, None
    if (draft := profile.draft) is not None:
        if settings:
            problems += profile.found(check_languages(draft, settings.languages))
        if village and commune:
            place = draft.location.point, "location.point"
            problems += profile.found(check_place(*place, commune, village.centre))
    if isinstance(record, Household):
        household = publish(record, slug, profile.file, crops)
    if KEPT.is_on:
        _JUDGED[profile.file] = profile, context.digest, tuple(problems), household
    return tuple(problems), household


def landmarks(profiles: Iterable[Profile]) -> tuple[Landmark, ...]:
    """Return the places that show where they are, as landmarks of their village's maps and boards."""
    spots = (one.record for one in profiles)
    return tuple(
        Landmark(one.kind.key, one.name if len(one.name) <= MOST_OF_A_NAME else "", one.point)
        for one in spots
        if isinstance(one, Spot) and one.point and one.kind.key != LANE
    )


def _check_spot(
    root: Path, profile: Profile, settings: Site | None, village: Village | None, commune: Commune | None
) -> Iterator[Problem]:
    """Yield what is wrong or doubtful in a place's file, but for its homes."""
    yield from profile.problems
    spot = profile.record
    if isinstance(spot, Spot):
        if settings:
            yield from profile.found(check_languages(spot, settings.languages))
        if village and commune:
            yield from profile.found(check_place(spot.point, "point", commune, village.centre))
        photos = [photo.file for photo in spot.photos]
        yield from profile.found(check_photo_files(root, profile.village, photos))


def read_again(project: Survey, files: Collection[str]) -> Iterator[Profile]:
    """Yield those of the files that were recalled only, read in full."""
    for file in sorted(files & project.recalled.keys()):
        yield read_profile(project.root, file, PurePosixPath(file).parent.name)


def _notices(
    profiles: Sequence[Profile], register: Register, stubs: Sequence[ProfileStub]
) -> Iterator[PublicNotice]:
    """Yield what answers for those that left, also where only a row says so because the profile is gone."""
    for profile in profiles:
        if isinstance(profile.record, Departed):
            yield PublicNotice(profile.code, profile.file, profile.record.moved_to, is_spot(profile.file))
    known = {stub.code for stub in stubs}
    for row in register.rows:
        if row.status == "withdrawn" and row.code not in known:
            yield PublicNotice(row.code, REGISTER_FILE, None, is_spot(f"profiles/{row.profile}"))


def _check_register(
    root: Path,
    register: Register,
    profiles: Sequence[Profile],
    stubs: Sequence[ProfileStub],
    settings: Site | None,
) -> Iterator[Problem]:
    """Yield what is wrong between register and profiles, but for what stands only because a profile has an error."""
    unreadable = {one.file for one in profiles if one.record is None or one.tree is None}
    trees = {one.file: one.tree for one in profiles}
    recalled = {f"profiles/{stub.path}" for stub in stubs} - trees.keys()
    on_line = {row.line: f"profiles/{row.profile}" for row in register.rows}
    urls = (settings.base_url, settings.previous_urls) if settings else ("", ())
    for problem in check_register(register, tuple(stubs), *urls):
        if problem.file in unreadable:
            is_echo = problem.field != "code"
        elif problem.field in ("url", EARLIER):  # of the site's address, for all plaques at once
            is_echo = settings is None and problem.field == "url"
        else:
            is_echo = on_line.get(problem.line) in unreadable
        if not is_echo:
            if problem.file in recalled:
                trees[problem.file] = read_tree(root / problem.file, problem.file)[0]
            tree = trees.get(problem.file)
            yield problem.at(tree, problem.file) if tree else problem


def stub_of(profile: Profile) -> ProfileStub:
    """Return what the register needs to know of a profile."""
    record = profile.record
    departed = record if isinstance(record, Departed) else None
    return ProfileStub(
        path=profile.file.removeprefix("profiles/"),
        code=profile.code,
        consented=not isinstance(record, Household) or record.consent.given is not None,
        withdrawn=departed is not None and departed.withdrawn is not None,
        moved_to=departed.moved_to if departed else None,
        given=record.consent.given if isinstance(record, Household) else None,
    )


def by_place(problem: Problem) -> tuple[str, int, int, str]:
    """Return what problems are ordered by: file, line, column, field."""
    return problem.file, problem.line or 0, problem.column or 0, problem.field


@dataclass(frozen=True, slots=True)
class Examined:
    """How many profiles were read, and every problem in the order of files and lines."""

    profiles: int
    problems: tuple[Problem, ...]


def examine(root: Path, today: date | None = None, project: Survey | None = None) -> Examined:
    """Return what is wrong or doubtful in a project; `project` is it where it is read. Raises MachineError."""
    recover(root)
    if project is None:
        with closing(memo_of(root, "site")) as memo:
            project = survey_whole(root, today, Recall(memo))
        problems = project.problems
    else:
        problems = (*project.problems, *(_not_come(project, today) if today else ()))
    if any(one.photos for one in project.coded):
        from vuonho.pictures.cache import check_photos

        problems += check_photos(root, project.coded)
    problems += tuple(_check_size(project))
    return Examined(len(project.stubs) - len(project.spot_profiles), tuple(sorted(problems, key=by_place)))


def _check_size(project: Survey) -> Iterator[Problem]:
    """Yield a warning where the site fills GitHub Pages as it was built last, or will not fit once it is built."""
    homes = len(project.households)
    photos = sum(len(home.photos) for home in project.households)
    size = likely_size(homes, len(project.site.languages) if project.site else 1, photos)
    if size < NEARLY_FULL // 4:  # not worth looking up what was built
        return
    message = Text("The site will have about {size}; GitHub Pages takes 1,000 MB.", size=say_size(size))
    most = MOST_BYTES
    with suppress(UserError, MachineError):  # the build says what is wrong with the folder
        if built := read_manifest(find_place(project.root, "site")):
            size, most, message = built.size, NEARLY_FULL, say_whole(built.size)
    if size > most:
        yield Problem("", message, make_room(size, homes), Severity.WARNING, SITE_FILE)


def survey_whole(root: Path, today: date | None = None, recall: Recall | None = None) -> Survey:
    """Return the survey with what else stops a build: the register's memory, former folders, own templates.

    `today` adds warnings of days that have not come; without it no day is looked at. Raises MachineError where
    there is no project.
    """
    project = survey(root, recall, today)
    languages = project.settings.languages if project.settings else ()
    folders, _ = list_villages(root, languages)  # what is wrong with them the survey has said
    codes = dict(zip(project.files, (stub.code for stub in project.stubs), strict=True))
    problems = (
        *with_found(root, project.register, without_echoes(root, project.register, project.problems, codes)),
        *check_memory(root, project.register, project.problems),
        *check_boards_memory(root, project.boards),
        *check_former(root, folders, languages),
        *_check_templates(root / "templates"),
    )
    if today:
        problems += _not_come(project, today)
    return replace(project, problems=tuple(sorted(problems, key=by_place)))


def _not_come(project: Survey, today: date) -> tuple[Problem, ...]:
    """Return the warnings of days that have not come, and of guides that are old."""
    profiles = (*project.profiles, *project.spot_profiles)
    found = [problem for profile in profiles for problem in future_days(profile, today)]
    found += in_registers(project.register, project.boards, today)
    return *once(found, today), *aged(project.guides, today)


def _check_templates(own: Path) -> tuple[Problem, ...]:
    ours = shipped("templates")
    if not any(own_templates(own, ours)):
        return ()
    from vuonho.pages.templates import check_templates

    return check_templates(own, ours)


# --- What people call the field that a problem is about ---


def name_of(problem: Problem) -> Text:
    """Return the labels of its field, as in “Cây trồng 2 · Diện tích”; the field as it is where it has none."""
    file = problem.file
    fields: tuple[Field, ...] = (
        *(spot_fields() if is_spot(file) else household_fields()),
        *departed_fields(),
    )
    if file in (REGISTER_FILE, BOARDS_FILE) or file.startswith(("templates/", "words/")):
        fields = ()  # columns of a table, lines of a wording: both are looked for by the names that they have there
    elif file == SITE_FILE:
        fields = site_fields()
    elif file.startswith(f"{GUIDES}/"):
        fields = guide_fields()
    elif PurePosixPath(file).name == VILLAGE_FILE:
        fields = village_fields()
    return called(fields, path_of(problem.field)) or Both(problem.field, problem.field)
