"""A whole project read and checked: what all commands begin with."""

from collections.abc import Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from vuonho.errors import DataProblems, Problem, Severity
from vuonho.i18n import Both, Text
from vuonho.model.codes import is_code
from vuonho.model.communes import Commune
from vuonho.model.consent import publish
from vuonho.model.fields import Field, called
from vuonho.model.household import Departed, Household
from vuonho.model.outline import departed_fields, household_fields, site_fields, village_fields
from vuonho.model.public import (
    PublicHousehold,
    PublicNotice,
    PublicSite,
    PublicVillage,
    public_site,
    public_village,
)
from vuonho.model.rules import check_languages, check_place
from vuonho.model.settings import Site, Village
from vuonho.output.site_writer import recover
from vuonho.pages.templates import check_templates
from vuonho.pictures.cache import check_photos
from vuonho.project.files import (
    REGISTER_FILE,
    SITE_FILE,
    VILLAGE_FILE,
    VillageFolder,
    check_photo_files,
    list_villages,
    with_found,
)
from vuonho.project.profile import Profile, future_days, in_registers, once, read_profile
from vuonho.project.settings import check_former, read_site, read_village
from vuonho.project.wording import check_wording
from vuonho.project.yaml_tree import Mapping
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
from vuonho.resources import shipped

# --- A whole project read and checked: what all commands begin with ---


@dataclass(frozen=True, slots=True)
class Survey:
    """A project as it stands. `site` is None where site.yaml has an error.

    `profiles` and `private` are the full profiles, for `verify`, `status` and `consent` alone; renderers get
    `households` and `notices`.
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
        return frozenset(one.file for one in self.errors) & {profile.file for profile in self.profiles}

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


def survey(root: Path) -> Survey:
    """Return the project in `root`, read and checked. Raises MachineError where there is no project."""
    return _Surveyor(root).result()


class _Surveyor:
    """Walks a project once, household by household, and keeps what the pages need."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.households: list[PublicHousehold] = []
        self.notices: list[PublicNotice] = []
        self.profiles: list[Profile] = []
        self.unreadable: set[str] = set()
        self.trees: dict[str, Mapping] = {}

    def result(self) -> Survey:
        settings, problems = read_site(self.root)
        self.problems += problems
        if settings:
            self.problems += check_wording(self.root / "templates", shipped("templates"), settings.languages)
        folders, problems = list_villages(self.root, settings.languages if settings else ())
        self.problems += problems
        villages = [v for folder in folders if (v := self._village(folder, settings)) is not None]
        register = self._register(settings)
        self._leave_notices(register)
        boards = self._boards(settings, villages)
        return Survey(
            root=self.root,
            site=public_site(settings) if settings else None,
            settings=settings,
            villages=tuple(villages),
            households=tuple(self.households),
            notices=tuple(self.notices),
            profiles=tuple(self.profiles),
            register=register,
            boards=boards,
            stubs=tuple(map(stub_of, self.profiles)),
            problems=tuple(sorted(self.problems, key=by_place)),
        )

    def _village(self, folder: VillageFolder, settings: Site | None) -> PublicVillage | None:
        province = settings.province if settings else "Hà Tĩnh"
        record, commune, problems = read_village(self.root, folder.file, province)
        self.problems += problems
        for name in folder.profiles:
            self._profile(folder, name, settings, record, commune)
        return (
            public_village(record, folder.slug, folder.file, commune.full_name)
            if record and commune
            else None
        )

    def _profile(
        self,
        folder: VillageFolder,
        name: str,
        settings: Site | None,
        village: Village | None,
        commune: Commune | None,
    ) -> None:
        profile = read_profile(self.root, folder.profile(name), folder.slug)
        self.profiles.append(profile)
        self.problems += profile.problems
        if profile.record is None or profile.tree is None:
            self.unreadable.add(profile.file)
        if profile.tree is not None:
            self.trees[profile.file] = profile.tree
        if isinstance(profile.record, Departed):
            self.notices.append(PublicNotice(profile.code, profile.file, profile.record.moved_to))
        if profile.draft is not None:
            self.problems += profile.found(
                self._in_its_place(profile, profile.draft, settings, village, commune)
            )
        if isinstance(profile.record, Household):
            public = publish(profile.record, profile.village, profile.file)
            self.households += (public,) if public else ()

    def _in_its_place(
        self,
        profile: Profile,
        draft: Household,
        settings: Site | None,
        village: Village | None,
        commune: Commune | None,
    ) -> Iterator[Problem]:
        """Yield what is wrong with a household in this site, this village and this folder."""
        if settings:
            yield from check_languages(draft, settings.languages)
        if village and commune:
            yield from check_place(draft, commune, village.centre)
        yield from check_photo_files(self.root, profile.village, draft)

    def _register(self, settings: Site | None) -> Register:
        register, problems = read_register(self.root)
        self.problems += problems
        if problems:
            return register
        urls = (settings.base_url, settings.previous_urls) if settings else ("", ())
        on_line = {row.line: row.profile for row in register.rows}
        for finding in check_register(register, tuple(map(stub_of, self.profiles)), *urls):
            is_unknown = settings is None and finding.field == "url"
            if not is_unknown and not self._is_secondary(finding, on_line):
                self.problems.append(self._from_register(finding))
        return register

    def _boards(self, settings: Site | None, villages: list[PublicVillage]) -> tuple[Board, ...]:
        boards, problems = read_boards(self.root)
        self.problems += problems
        if settings is not None:
            slugs = [slug for village in villages for slug in (village.slug, *village.formerly)]
            bases = (settings.base_url, *settings.previous_urls)
            self.problems += map(self._from_register, check_boards(boards, slugs, bases))
        return boards

    def _is_secondary(self, finding: Problem, on_line: MappingOf[int | None, str]) -> bool:
        """Tell whether a finding stands only because a profile has an error that is already named."""
        if finding.file in self.unreadable:
            return finding.field != "code"
        if finding.field in ("url", EARLIER):
            return False  # of the site's address, for all plaques at once
        return f"profiles/{on_line.get(finding.line, '')}" in self.unreadable

    def _from_register(self, finding: Problem) -> Problem:
        tree = self.trees.get(finding.file)
        return finding.at(tree, finding.file) if tree else finding

    def _leave_notices(self, register: Register) -> None:
        """Keep an address answering whose profile is gone and whose row says withdrawn."""
        known = {profile.code for profile in self.profiles}
        for row in register.rows:
            if row.status == "withdrawn" and row.code not in known:
                self.notices.append(PublicNotice(row.code, REGISTER_FILE, None))


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


def with_base_url(site: PublicSite, base_url: str) -> PublicSite:
    """Return the site under another address."""
    return replace(site, base_url=base_url)


def by_place(problem: Problem) -> tuple[str, int, int, str]:
    """Return what problems are ordered by: file, line, column, field."""
    return problem.file, problem.line or 0, problem.column or 0, problem.field


# --- What `check` looks at: the survey, what only the whole project tells, and the photos that are to be shown ---


@dataclass(frozen=True, slots=True)
class Examined:
    """How many profiles were read, and every problem in the order of files and lines."""

    profiles: int
    problems: tuple[Problem, ...]


def examine(root: Path, today: date | None = None) -> Examined:
    """Return what is wrong or doubtful in a project. Raises MachineError."""
    recover(root)
    project = survey_whole(root, today)
    problems = (*project.problems, *check_photos(root, project.households))
    return Examined(len(project.stubs), tuple(sorted(problems, key=by_place)))


def survey_whole(root: Path, today: date | None = None) -> Survey:
    """Return the survey with what else stops a build: the register's memory, former folders, own templates.

    `today` adds warnings of days that have not come; without it no day is looked at. Raises MachineError where
    there is no project.
    """
    project = survey(root)
    languages = project.settings.languages if project.settings else ()
    folders, _ = list_villages(root, languages)  # what is wrong with them the survey has said
    codes = {profile.file: profile.code for profile in project.profiles}
    problems = (
        *with_found(root, project.register, without_echoes(root, project.register, project.problems, codes)),
        *check_memory(root, project.register, project.problems),
        *check_boards_memory(root, project.boards),
        *check_former(root, folders, languages),
        *check_templates(root / "templates", shipped("templates")),
        *(_future(project, today) if today else ()),
    )
    return replace(project, problems=tuple(sorted(problems, key=by_place)))


def _future(project: Survey, today: date) -> tuple[Problem, ...]:
    found = [problem for profile in project.profiles for problem in future_days(profile, today)]
    found += in_registers(project.register, project.boards, today)
    return once(found, today)


# --- What people call the field that a problem is about ---


def name_of(problem: Problem) -> Text:
    """Return the labels of its field, as in “Cây trồng 2 · Diện tích”; the field as it is where it has none."""
    path = [int(step) - 1 if step.isdigit() else step for step in problem.field.split(".")]
    return called(_fields(problem.file), path) or Both(problem.field, problem.field)


def _fields(file: str) -> tuple[Field, ...]:
    """Return the fields that may be told of in a file: of settings, or of a profile as it is kept or comes in.

    A register has columns, and wordings have lines: both are looked for by the names that they have there.
    """
    if file in (REGISTER_FILE, BOARDS_FILE) or file.startswith(("templates/", "words/")):
        return ()
    if file == SITE_FILE:
        return site_fields()
    if PurePosixPath(file).name == VILLAGE_FILE:
        return village_fields()
    return (*household_fields(), *departed_fields())
