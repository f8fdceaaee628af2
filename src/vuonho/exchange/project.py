"""The project as an import finds it: villages, profiles with their own words, and the register."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from vuonho.domain.places.table import Commune
from vuonho.domain.register.register import Register
from vuonho.domain.schema.place import Site, Village
from vuonho.errors import DataProblems, Problem, Severity
from vuonho.intake.files import read_bytes
from vuonho.intake.folder import VillageFolder, list_villages
from vuonho.intake.profile import Profile, read_profile
from vuonho.intake.registerfile import read_register
from vuonho.intake.settings import read_site, read_village
from vuonho.intake.tree import Plain, plain
from vuonho.memory import check_memory


@dataclass(frozen=True, slots=True)
class Place:
    """A village's folder, what its file says, and its commune; None where that cannot be used."""

    folder: VillageFolder
    village: Village | None
    commune: Commune | None

    @property
    def slug(self) -> str:
        """The folder's name."""
        return self.folder.slug

    @property
    def name(self) -> str:
        """What people call the village."""
        return self.village.name if self.village else self.slug


@dataclass(frozen=True, slots=True)
class Project:
    """What stands on the disk before anything comes in."""

    root: Path
    site: Site
    places: tuple[Place, ...]
    profiles: tuple[Profile, ...]
    register: Register

    def place(self, slug: str) -> Place | None:
        """Return the village with that folder, or None."""
        return next((place for place in self.places if place.slug == slug), None)

    def stems(self, slug: str) -> frozenset[str]:
        """Return the names of a village's profiles without their ending, in small letters as Windows compares."""
        known = (row.profile for row in self.register.rows)
        files = (profile.file.removeprefix("profiles/") for profile in self.profiles)
        paths = (PurePosixPath(path) for path in (*files, *known))
        return frozenset({path.stem.lower() for path in paths if str(path.parent) == slug} | {"village"})


def read_project(root: Path) -> Project:
    """Return the project; raise DataProblems where settings, villages or register cannot be used.

    Profiles may have errors: only those that something comes in for have to be sound enough to be edited.
    """
    site, problems = read_site(root)
    folders, more = list_villages(root, site.languages if site else ())
    register, wrong = read_register(root)
    found = [*problems, *more, *wrong, *check_memory(root, register, wrong)]
    places: list[Place] = []
    for folder in folders:
        village, commune, said = read_village(root, folder.file, site.province if site else "Hà Tĩnh")
        places.append(Place(folder, village, commune))
        found += said
    if site is None or any(problem.severity is Severity.ERROR for problem in found):
        raise DataProblems(found)
    return Project(root, site, tuple(places), tuple(_profiles(root, folders)), register)


def _profiles(root: Path, folders: tuple[VillageFolder, ...]) -> Iterator[Profile]:
    for folder in folders:
        for name in folder.profiles:
            yield read_profile(root, folder.profile(name), folder.slug)


def values_of(profile: Profile) -> Mapping[str, Plain]:
    """Return what a profile says, as typed; nothing for a file that is no YAML."""
    values = plain(profile.tree) if profile.tree is not None else {}
    return values if isinstance(values, dict) else {}


def content_of(root: Path, profile: Profile) -> bytes:
    """Return the bytes of a profile's file; raise DataProblems where it cannot be read any more."""
    content, problems = read_bytes(root / profile.file, profile.file)
    if content is None:
        raise DataProblems(problems)
    return content


def unusable(profile: Profile) -> tuple[Problem, ...]:
    """Return why nothing can be written into a profile; nothing where it can."""
    return profile.problems if profile.tree is None else ()
