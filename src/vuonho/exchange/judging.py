"""Whether a planned profile may be written: judged as if a person had typed it, and blamed on where it was typed."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeAlias

from vuonho.bilingual import Text
from vuonho.domain.findings import Finding
from vuonho.domain.future import once
from vuonho.domain.register.register import Register
from vuonho.domain.register.rules import ProfileStub, check_register
from vuonho.domain.rules import check_languages, check_place
from vuonho.domain.schema.household import Household
from vuonho.errors import Problem, Severity
from vuonho.exchange.planned import Planned
from vuonho.exchange.project import Project
from vuonho.intake.draft import path_of
from vuonho.intake.encoding import decode
from vuonho.intake.files import LARGEST
from vuonho.intake.incoming import Incoming
from vuonho.intake.photofiles import check_photo_files, named_photos
from vuonho.intake.profile import Profile, future_days, parse_profile
from vuonho.pictures import glance
from vuonho.survey import stub_of

Judged: TypeAlias = tuple[Problem, Incoming | None]
"""A problem, and the household that has it; None where it is nobody's alone."""


def judge(
    project: Project, planned: Sequence[Planned], register: Register, today: date
) -> tuple[Judged, ...]:
    """Return what is wrong or doubtful in the planned profiles, and what the register would say of them.

    Doubtful is a day after `today` too. Errors that a profile had before are left to `check`: they are no fault of what came in.
    """
    after = {one.file: _parsed(one) for one in planned if one.is_changed}
    found = [
        (problem, one.match.incoming)
        for one in planned
        if one.is_changed
        for problem in _of_one(project, one, after[one.file])
    ]
    future = [
        blamed(problem, one.match.incoming)
        for one in planned
        if one.is_changed
        for problem in future_days(after[one.file], today)
    ]
    doubts = ((problem, None) for problem in once(future, today))
    return (*found, *doubts, *_of_register(project, planned, after, register))


def _parsed(one: Planned) -> Profile:
    return parse_profile(decode(one.after, LARGEST), one.file, one.match.place.slug)


def _of_one(project: Project, one: Planned, profile: Profile) -> Iterator[Problem]:
    known = (
        {(problem.field, problem.message) for problem in one.match.profile.problems}
        if one.match.profile
        else set()
    )
    findings = list(_in_its_place(project, one, profile))
    for problem in (*profile.problems, *profile.found(findings)):
        if (problem.field, problem.message) not in known:
            yield blamed(problem, one.match.incoming)


def _in_its_place(project: Project, one: Planned, profile: Profile) -> Iterator[Finding]:
    if profile.draft is None:
        return
    place = one.match.place
    yield from check_languages(profile.draft, project.site.languages)
    if place.village and place.commune:
        yield from check_place(profile.draft, place.commune, place.village.centre)
    yield from _photos_in_place(project, one, profile.draft)


def _photos_in_place(project: Project, one: Planned, draft: Household) -> Iterator[Finding]:
    """Yield what is wrong with the photos that the profile names anew and that did not come along."""
    place, known = one.match.place, one.match.profile
    named = named_photos(known.tree) if known and known.tree else ()
    missing = {finding.field: finding for finding in check_photo_files(project.root, place.slug, draft)}
    for number, photo in enumerate(draft.photos, 1):
        field = f"photos.{number}.file"
        if photo.file in one.photos or photo.file in named:
            continue
        if field in missing:
            yield missing[field]
        elif refused := glance(project.root, f"{place.slug}/{photo.file}"):
            what = refused.message
            message = Text(f"Ảnh “{photo.file}”: {what.vi}", f"Photo “{photo.file}”: {what.en}")
            yield Finding(field, message, refused.hint)


def blamed(problem: Problem, incoming: Incoming) -> Problem:
    """Return a problem of a planned profile as one of the place where its value was typed, if it was typed there."""
    place = incoming.place(path_of(problem.field))
    return (
        place.problem(problem.field, problem.message, problem.hint, problem.severity)
        if place.file
        else problem
    )


def _of_register(
    project: Project, planned: Sequence[Planned], after: dict[str, Profile], register: Register
) -> Iterator[Judged]:
    """Yield what would be wrong between profiles and register, and is not so already."""
    urls = project.site.base_url, project.site.previous_urls
    stubs = {profile.file: stub_of(profile) for profile in project.profiles}
    before = set(_errors(register, stubs, *urls))
    by_file = {one.file: one for one in planned}
    stubs |= {file: stub_of(profile) for file, profile in after.items()}
    for finding in _errors(register, stubs, *urls):
        if finding in before:
            continue
        one = by_file.get(finding.file)
        problem = Problem(finding.file, finding.line, None, finding.field, finding.message, finding.hint)
        yield (blamed(problem, one.match.incoming), one.match.incoming) if one else (problem, None)


def _errors(
    register: Register, stubs: dict[str, ProfileStub], base_url: str, previous: Sequence[str]
) -> tuple[Finding, ...]:
    found = check_register(register, tuple(stubs.values()), base_url, previous)
    return tuple(finding for finding in found if finding.severity is Severity.ERROR)
