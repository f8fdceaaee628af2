"""What an import would do: every profile as it would be, every change told, everything that is wrong; nothing written.

Incoming ─▶ Match ─▶ Merged ─▶ Planned(file, content, changes, photos) ─▶ judged as if a person had written it
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from vuonho.bilingual import Text
from vuonho.domain.codes import new_code
from vuonho.domain.register.register import ACTIVE, LEFT_ON, MOVED, WITHDRAWN, Register, Row
from vuonho.domain.schema.meaning import is_nothing
from vuonho.domain.slug import file_stem, free_stem
from vuonho.errors import DataProblems, Problem, Refused, Severity
from vuonho.exchange.judging import judge
from vuonho.exchange.leavers import check_leavers, check_return, comes_back
from vuonho.exchange.matching import Ask, Match, Matcher
from vuonho.exchange.merging import Merged
from vuonho.exchange.photos import named_as_stored, unpack_photos
from vuonho.exchange.planned import Planned
from vuonho.exchange.project import Project, content_of, read_project, unusable, values_of
from vuonho.exchange.settling import settle
from vuonho.intake.incoming import LEFT, Incoming, Place
from vuonho.intake.photofiles import named_photos, stored_photo
from vuonho.intake.profiletext.edit import with_values
from vuonho.intake.profiletext.emit import render_profile
from vuonho.intake.tree import Plain

NEEDED = ("consent", "location", "garden")
"""Records that a profile has in any case, be they empty."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All of an import: `register` as it would be, `doubts` that do not stop it, questions that nobody answered.

    `left` are the names of the households that are left out, what is wrong with them being among the doubts.
    """

    project: Project
    planned: tuple[Planned, ...]
    register: Register
    doubts: tuple[Problem, ...]
    questions: tuple[Text, ...]
    left: tuple[str, ...] = ()

    @property
    def work(self) -> tuple[Planned, ...]:
        """Return the households that are new or changed."""
        return tuple(one for one in self.planned if one.is_changed)


class Unsound(DataProblems):
    """What stops an import; `at` are the places of the households with an error, without which it might go on."""

    def __init__(self, problems: Iterable[Problem], at: Iterable[Place]) -> None:
        super().__init__(problems)
        self.at = frozenset(at)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to import: `sure` answers what is likely with yes, `overwrite` lets the file win over newer values.

    `keep_codes` says that codes which the register does not know are those on the plaques.
    `skip` leaves out households with errors, and files that cannot be read, and takes the others.
    """

    today: date
    sure: bool = False
    overwrite: bool = False
    skip: bool = False
    keep_codes: bool = False


def plan_import(root: Path, incoming: Sequence[Incoming], wishes: Wishes, ask: Ask) -> Plan:
    """Return what an import would do. Raises Unsound with everything that stops it, nothing being changed.

    Raises DataProblems for settings, a village or a register that cannot be used.
    """
    project = read_project(root)
    matcher = Matcher(project, ask, sure=wishes.sure, keep_codes=wishes.keep_codes)
    planner = _Planner(project, wishes)
    planned = planner.households(matcher.matches(incoming))
    register = planner.register
    own = ((problem, one) for one in incoming for problem in one.problems)
    found = (*own, *matcher.wrong, *planner.wrong, *judge(project, planned, register, wishes.today))
    problems = tuple(dict.fromkeys(problem for problem, _ in found))
    errors = [whose for problem, whose in found if problem.severity is Severity.ERROR]
    if errors:
        raise Unsound(problems, [one.place(()) for one in errors if one is not None])
    return Plan(project, tuple(planned), register, problems, tuple(matcher.questions))


class _Planner:
    """Plans household by household, giving codes and file names as it goes."""

    def __init__(self, project: Project, wishes: Wishes) -> None:
        self.project = project
        self.wishes = wishes
        self.wrong: list[tuple[Problem, Incoming]] = []
        self.register = project.register
        self._codes = {row.code for row in project.register.rows} | {one.code for one in project.profiles}
        self._stems = {place.slug: set(project.stems(place.slug)) for place in project.places}

    def households(self, matches: Sequence[Match]) -> list[Planned]:
        """Return what comes of each; what cannot be done is a problem."""
        planned = []
        self._codes |= {match.code for match in matches}
        for match in matches:
            try:
                one = self._existing(match) if match.profile else self._new(match)
            except Refused as refused:
                self._say(match, match.incoming.place(()).problem("", refused.message, refused.hint))
                continue
            except DataProblems as found:
                self._say(match, *found.problems)
                continue
            planned.append(one)
        return planned

    def _say(self, match: Match, *problems: Problem) -> None:
        self.wrong += [(problem, match.incoming) for problem in problems]

    def _existing(self, match: Match) -> Planned:
        profile = match.profile
        assert profile is not None  # noqa: S101 - for the reader of types: the caller looked
        if broken := unusable(profile):
            raise DataProblems(broken)
        named = named_photos(profile.tree) if profile.tree is not None else ()
        match, photos = self._unpacked(match, Path(profile.file).stem, named)
        ours = values_of(profile)
        check_leavers(match, ours, self.register)
        row = self.register.by_code.get(match.code)
        if row and row.status in (WITHDRAWN, MOVED) and comes_back(match, ours, self.register):
            ours = {key: {} for key in NEEDED} | {key: ours[key] for key in ours if key not in LEFT}
            self.register = self.register.with_row(replace(row, status=ACTIVE).with_cells(**{LEFT_ON: ""}))
        merged = settle(ours, match.incoming, overwrite=self.wishes.overwrite)
        before = content_of(self.project.root, profile)
        after = with_values(before, merged.values) if merged.changes else before
        kept = _named_photos(merged, photos)
        return Planned(match, profile.file, match.code, _name(merged.values), before, after, merged, kept)

    def _new(self, match: Match) -> Planned:
        stem = Path(match.path).stem if match.path else self._stem(match)
        match, photos = self._unpacked(match, stem)
        check_leavers(match, {}, self.register)
        if not match.path:
            check_return(match, self.project)
        code = match.code or self._code()
        path = match.path or f"{match.place.slug}/{stem}.yaml"
        told = {key: value for key, value in match.incoming.values.items() if not is_nothing(value)}
        told.setdefault("checked", self.wishes.today.isoformat())
        merged = settle({}, replace(match.incoming, values=told, base=None), overwrite=True)
        after = render_profile(self._complete(merged.values, code)).encode("utf-8")
        if code not in self.register.by_code:
            self.register = self.register.with_row(Row(code, path, self.wishes.today))
        kept = _named_photos(merged, photos)
        return Planned(match, f"profiles/{path}", code, _name(merged.values), None, after, merged, kept)

    def _unpacked(
        self, match: Match, stem: str, named: Sequence[str] = ()
    ) -> tuple[Match, Mapping[str, bytes]]:
        unpacked = unpack_photos(match.incoming, stem, named)
        self._say(match, *unpacked.problems)
        stored = partial(stored_photo, self.project.root, match.place.slug)
        incoming = named_as_stored(
            unpacked.incoming, lambda typed: typed if typed in unpacked.contents else stored(typed)
        )
        return replace(match, incoming=incoming), unpacked.contents

    def _complete(self, values: Mapping[str, Plain], code: str) -> dict[str, Plain]:
        """Return a new profile with the code and the records that each has."""
        least: dict[str, Plain] = {"code": code}
        if not any(not is_nothing(values.get(key)) for key in ("withdrawn", "moved_to")):
            least |= {key: {} for key in NEEDED}
        return least | {key: value for key, value in values.items() if key != "code"}

    def _stem(self, match: Match) -> str:
        taken = self._stems[match.place.slug]
        stem = free_stem(file_stem(match.incoming.name), taken)
        taken.add(stem)
        return stem

    def _code(self) -> str:
        code = new_code(self._codes)
        self._codes.add(code)
        return code


def _name(values: Mapping[str, Plain]) -> str:
    name = values.get("name")
    return name if isinstance(name, str) else ""


def _named_photos(merged: Merged, photos: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return the photos that the profile names in the end."""
    told = merged.values.get("photos")
    named = {
        one.get("file") if isinstance(one, dict) else one for one in (told if isinstance(told, list) else [])
    }
    return {name: content for name, content in photos.items() if name in named}
