"""What an import would do: every profile as it would be, every change named; nothing written yet."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Final, TypeAlias

from vuonho.edit.profile_edit import with_values
from vuonho.edit.yaml_text import render_profile
from vuonho.errors import DataProblems, Finding, Problem, Refused, Severity
from vuonho.forms.incoming import LEFT, Incoming, Place
from vuonho.i18n import Text, within
from vuonho.importing.match import (
    Ask,
    Match,
    Matcher,
    Project,
    check_leavers,
    check_return,
    comes_back,
    content_of,
    day_of,
    read_project,
    unusable,
    values_of,
)
from vuonho.importing.merge import PATH as TICKS
from vuonho.importing.merge import Change, Merged, settle, ticks_of
from vuonho.model.codes import new_code
from vuonho.model.dates import say_day
from vuonho.model.fields import Field, field_at
from vuonho.model.household import Household
from vuonho.model.outline import departed_fields, household_fields, is_nothing
from vuonho.model.rules import check_languages, check_place
from vuonho.model.values import quoted
from vuonho.output.files import digest_bytes
from vuonho.pictures.cache import glance
from vuonho.pictures.photo import kept_photo
from vuonho.project.encoding import decode
from vuonho.project.files import LARGEST, check_photo_files, named_photos, stored_photo
from vuonho.project.profile import Profile, future_days, once, parse_profile, path_of
from vuonho.project.survey import stub_of
from vuonho.project.yaml_tree import Plain
from vuonho.register.register import ACTIVE, LEFT_ON, MOVED, WITHDRAWN, Register, Row
from vuonho.register.rules import ProfileStub, check_register
from vuonho.text import file_stem, fold, free_stem

# --- One household of an import: its profile as it is and as it would be ---


@dataclass(frozen=True, slots=True)
class Planned:
    """One household: its file as it is (`before`, None for a new one) and as it would be, and what is told of it.

    `match.incoming` is what came in, its photos named; `photos` are their contents, by their path below the
    village's folder.
    """

    match: Match
    file: str
    code: str
    name: str
    before: bytes | None
    after: bytes
    merged: Merged
    photos: Mapping[str, bytes]

    @property
    def is_new(self) -> bool:
        """Tell whether there is no profile of it yet."""
        return self.before is None

    @property
    def is_changed(self) -> bool:
        """Tell whether there is anything to write."""
        return self.before != self.after

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return the values that come, change or go."""
        return self.merged.changes


# --- Whether a planned profile may be written: judged as if a person had typed it, and blamed on where it was typed ---

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


# --- Photos that came along: checked, turned upright, without metadata, and named for their household and content ---

FOLDER = "photos"
_kept = lru_cache(maxsize=1000)(kept_photo)
"""An import is planned again without the households that have errors; its photos are made once."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What came in, its photos named as they will lie in the village's folder, and their contents by that name."""

    incoming: Incoming
    contents: Mapping[str, bytes]
    problems: tuple[Problem, ...]


def unpack_photos(incoming: Incoming, stem: str, named: Sequence[str] = ()) -> Unpacked:
    """Return a household's telling with its photos ready to be kept as `photos/<stem>-<8 hex digits>.jpg`.

    The name comes of the content, so that a photo that is sent twice is kept once, also where the profile, whose
    photos are `named`, has been renamed since. Whatever name it came with decides nothing.
    """
    names: dict[str, str] = {}
    refused_names: set[str] = set()
    contents: dict[str, bytes] = {}
    problems: list[Problem] = []
    for photo in incoming.photos:
        try:
            content = _kept(photo.content)
        except Refused as refused:
            message = Text(f"Ảnh {quoted(photo.name)}: {refused.message.vi}",
                           f"Photo {quoted(photo.name)}: {refused.message.en}")  # fmt: skip
            problems.append(photo.place.problem("photos", message, refused.hint))
            refused_names.add(photo.name)
            continue
        end = f"-{digest_bytes(content)[:8]}.jpg"
        known = (name for name in named if name.startswith(f"{FOLDER}/") and name.endswith(end))
        names[photo.name] = next(known, f"{FOLDER}/{stem}{end}")
        contents[names[photo.name]] = content
    values = dict(incoming.values)
    if "photos" in values:
        values["photos"] = _renamed(_without(values["photos"], refused_names), names)
    return Unpacked(replace(incoming, values=values), contents, tuple(problems))


def named_as_stored(incoming: Incoming, name: Callable[[str], str]) -> Incoming:
    """Return a household's telling with each photo called by the name that `name` gives for what was typed."""
    photos = incoming.values.get("photos")
    if not isinstance(photos, list):
        return incoming
    typed = [one.get("file") if isinstance(one, dict) else one for one in photos]
    names = {one: name(one) for one in typed if isinstance(one, str)}
    return replace(incoming, values={**incoming.values, "photos": _renamed(photos, names)})


def _without(photos: Plain, names: Collection[str]) -> Plain:
    """Return the entries whose photo was not refused: of those enough is said."""
    if not isinstance(photos, list):
        return photos
    return [one for one in photos if (one.get("file") if isinstance(one, dict) else one) not in names]


def _renamed(photos: Plain, names: Mapping[str, str]) -> Plain:
    return [_named(entry, names) for entry in photos] if isinstance(photos, list) else photos


def _named(entry: Plain, names: Mapping[str, str]) -> Plain:
    if isinstance(entry, str):
        return names.get(entry, entry)
    if isinstance(entry, dict) and isinstance(file := entry.get("file"), str):
        return entry | {"file": names.get(file, file)}
    return entry


# --- What an import would do: every profile as it would be, every change told, everything that is wrong; nothing written ---

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


# --- What an import would change, in words: old → new, by the labels of the schema ---

_LONGEST: Final = 70
_NOTHING: Final = Text("(trống)", "(empty)")
_YES, _NO = Text("có", "yes"), Text("không", "no")
_YES_NO: Final[Mapping[str, Text]] = {
    "true": _YES,
    "yes": _YES,
    "co": _YES,
    "false": _NO,
    "no": _NO,
    "khong": _NO,
}
_LEFT: Final[Mapping[str, Text]] = {
    "withdrawn": Text("Ngày rút", "Withdrawn on"),
    "moved_to": Text("Mã mới", "New code"),
}


def tell_change(change: Change) -> Text:
    """Return one change in words: what it is about, the old and the new value."""
    field = field_at(household_fields(), change.path)
    what = _label(change, field)
    if field is not None and field.kind == "records" and change.entry:
        return _of_entry(change, field, what)
    if field is not None and change.path == TICKS and not is_nothing(change.old):
        said = _ticks(change, field)
        return Text(f"{what.vi}: {said.vi}", f"{what.en}: {said.en}")
    old, new = _value(field or _left(change), change.old), _value(field or _left(change), change.new)
    if is_nothing(change.old):
        return Text(f"{what.vi}: {new.vi}", f"{what.en}: {new.en}")
    return Text(f"{what.vi}: {old.vi} → {new.vi}", f"{what.en}: {old.en} → {new.en}")


def tell_kept(change: Change, file: str) -> Text:
    """Return in words what the profile keeps though a file of this name says otherwise."""
    field = field_at(household_fields(), change.path)
    what = _label(change, field)
    if field is not None and field.kind == "records" and change.entry:
        entry = _entry(field, change.old if is_nothing(change.new) else change.new)
        if is_nothing(change.new):
            return Text(
                f"{what.vi}: giữ {entry.vi}; tệp {file} không có",
                f"{what.en}: kept {entry.en}; {file} lacks it",
            )
        return Text(
            f"{what.vi}: tệp {file} có {entry.vi}, không thêm", f"{what.en}: {file} has {entry.en}, not added"
        )
    if change.path == TICKS and field is not None and not is_nothing(change.old):
        said = _ticks(change, field)
        return Text(
            f"{what.vi}: giữ nguyên; tệp {file} {said.vi}", f"{what.en}: kept as it is; {file} says {said.en}"
        )
    old, new = (_value(field or _left(change), value) for value in (change.old, change.new))
    return Text(
        f"{what.vi}: giữ {old.vi}; tệp {file} ghi {new.vi}", f"{what.en}: kept {old.en}; {file} says {new.en}"
    )


def _left(change: Change) -> Field | None:
    """Return the field of what a household that left says, which stands in no record of a household."""
    return field_at(departed_fields(), change.path)


def _ticks(change: Change, field: Field) -> Text:
    """Return which ticks come and which go: the list as a whole is too long to be compared by eye."""
    old, new = ticks_of(change.old), ticks_of(change.new)
    more, less = [tick for tick in new if tick not in old], [tick for tick in old if tick not in new]
    parts = []
    if more:
        added = _value(field, more)
        parts.append(Text(f"thêm {added.vi}", f"also {added.en}"))
    if less:
        gone = _value(field, less)
        parts.append(Text(f"thôi {gone.vi}", f"no more {gone.en}"))
    return _joined(parts, "; ")


def _of_entry(change: Change, field: Field, what: Text) -> Text:
    entry = _entry(field, change.old if is_nothing(change.new) else change.new)
    if is_nothing(change.new):
        return Text(f"{what.vi}: bỏ {entry.vi}", f"{what.en}: without {entry.en}")
    return Text(f"{what.vi}: thêm {entry.vi}", f"{what.en}: and {entry.en}")


def _label(change: Change, field: Field | None) -> Text:
    """Return what a change is about: the entry that it lies in, the field, the language."""
    fields = household_fields()
    if field is None:
        return _LEFT.get(change.path[-1], Text(".".join(change.path), ".".join(change.path)))
    label = field.label
    tag = f" ({change.path[-1]})" if field.is_local and change.path[-1] not in (field.key, "vi") else ""
    owner = field_at(fields, change.path[:-1]) if len(change.path) > 1 else None
    if change.entry and field.kind != "records":
        return Text(f"{change.entry}, {within(label.vi)}{tag}", f"{change.entry}, {within(label.en)}{tag}")
    is_alike = sum(1 for one in _labels(fields) if one == label) > 1
    if owner is not None and is_alike and owner.label.vi != label.vi:
        return Text(
            f"{owner.label.vi}, {within(label.vi)}{tag}", f"{owner.label.en}, {within(label.en)}{tag}"
        )
    return Text(f"{label.vi}{tag}", f"{label.en}{tag}")


def _labels(fields: tuple[Field, ...]) -> Iterator[Text]:
    for field in fields:
        yield from _labels(field.fields)
        yield field.label


def _value(field: Field | None, value: Plain) -> Text:
    if is_nothing(value):
        return _NOTHING
    if isinstance(value, list):
        return _joined([_value(field, item) for item in value], "; ")
    if isinstance(value, dict):
        return _joined(
            [_inside(field, key, item) for key, item in value.items() if not is_nothing(item)], ", "
        )
    if field is not None and field.kind == "day" and (day := day_of(value)):
        return say_day(day)
    text = " ".join(str(value).split())
    if field is not None and field.words is not None:
        try:
            return field.words.find(text).label
        except Refused:
            pass
    if field is not None and field.kind == "yes_no" and (answer := _YES_NO.get(fold(text))):
        return answer
    shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return Text(shown, shown)


def _inside(field: Field | None, key: str, value: Plain) -> Text:
    inner = next((one for one in field.fields if one.key == key), None) if field else None
    said = _value(inner, value)
    vi, en = map(within, inner.label if inner else (key, key))
    vi = vi.replace("(", "").replace(")", "")  # the entry stands in brackets already
    if inner is not None and inner.kind == "yes_no":  # "có người không" would be a question
        vi, en = f"{vi}:", f"{en}:"
    return Text(f"{vi} {said.vi}", f"{en} {said.en}")


def _entry(field: Field, value: Plain) -> Text:
    """Return an entry as its name, and in brackets what else is said of it."""
    if not isinstance(value, dict):
        return _value(None, value)
    name = _value(None, value.get(field.lone))
    rest = {key: item for key, item in value.items() if key != field.lone and not is_nothing(item)}
    if not rest:
        return name
    more = _joined([_inside(field, key, item) for key, item in rest.items()], ", ")
    return Text(f"{name.vi} ({more.vi})", f"{name.en} ({more.en})")


def _joined(parts: list[Text], between: str) -> Text:
    return Text(between.join(part.vi for part in parts), between.join(part.en for part in parts))
