"""Whose is it: the profile that something came in for, known by its code, else by name and place, after asking."""

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from vuonho.errors import DataProblems, Problem, Refused, Severity
from vuonho.forms.incoming import LEFT, Incoming
from vuonho.i18n import Text
from vuonho.model.codes import parse_code
from vuonho.model.communes import Commune, villages_called
from vuonho.model.dates import parse_date
from vuonho.model.outline import is_nothing, meaning, same
from vuonho.model.settings import Site, Village
from vuonho.model.values import quoted
from vuonho.project.files import VillageFolder, list_villages, read_bytes
from vuonho.project.profile import Profile, read_profile
from vuonho.project.settings import read_site, read_village
from vuonho.project.yaml_tree import Plain, plain
from vuonho.register.memory import check_memory, read_register
from vuonho.register.register import MOVED, VOID, WITHDRAWN, Register, say_void_used
from vuonho.text import file_stem, fold, key

# --- One value out of what a profile or a file says, as typed ---


def value_at(values: Mapping[str, Plain], *path: str) -> Plain:
    """Return the value at a path of keys, None where there is none."""
    node: Plain = dict(values)
    for step in path:
        node = node.get(step) if isinstance(node, dict) else None
    return node


def text_at(values: Mapping[str, Plain], *path: str) -> str:
    """Return the text at a path of keys, "" where there is none."""
    value = value_at(values, *path)
    return value if isinstance(value, str) else ""


def day_of(value: Plain) -> date | None:
    """Return the day that a value names, None for nothing and for what is no day."""
    try:
        return parse_date(value) if isinstance(value, str) else None
    except Refused:
        return None


# --- The project as an import finds it: villages, profiles with their own words, and the register ---


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


# --- A household that carries another's private values: the same one renamed, or a row copied and not all typed anew ---

OWN = (("consent", "by"), ("contact", "phone"), ("location", "point"), ("story",), ("head",))
"""Values that two families hardly share; two of them alike are no chance."""


Own = Mapping[tuple[str, ...], object]
"""Such values of one household by their paths, as they are compared."""


def own_values(values: Mapping[str, Plain]) -> Own:
    """Return what a household says for itself alone."""
    said = {path: value_at(values, *path) for path in OWN}
    return {path: meaning(path, value) for path, value in said.items() if not is_nothing(value)}


def shared(one: Own, other: Own) -> list[tuple[str, ...]]:
    """Return the paths of the values that two households have in common, [] where they are too few to tell anything."""
    alike = [path for path, value in one.items() if path in other and other[path] == value]
    return alike if len(alike) > 1 else []


def copied(incoming: Incoming, profile: Profile, alike: Sequence[tuple[str, ...]]) -> Problem:
    """Return the warning that a new household repeats another's values at the paths `alike`."""
    name = text_at(values_of(profile), "name")
    return incoming.place(alike[0]).problem(
        ".".join(alike[0]),
        Text(f"Hộ mới “{incoming.name}” có người đồng ý, điện thoại hoặc vị trí giống hệt “{name}” ({profile.code}).",
             f"The new household “{incoming.name}” has the consent, phone or place of “{name}” ({profile.code})."),
        Text("Nếu chép dòng của hộ ấy thì ghi lại từng ô cho đúng nhà này, nhất là phần đồng ý.",
             "If its row was copied, type each cell anew for this family, the consent above all."),
        Severity.WARNING,
    )  # fmt: skip


# --- Codes that came in and the register does not know: of plaques that hang, where a village lost its register ---


def unknown_codes(project: Project, incoming: Sequence[Incoming]) -> dict[str, str]:
    """Return the codes that neither register nor profiles have, with the name that came along.

    Codes that are none, and those of families that left, are passed over.
    """
    known = {profile.code for profile in project.profiles} | set(project.register.by_code)
    told = ((_code(one), one.name) for one in incoming if not _leaves(one))
    return {code: name for code, name in told if code and code not in known}


def ask_about(unknown: dict[str, str]) -> Text:
    """Return the question whether plaques of these codes hang at the gates."""
    if len(unknown) == 1:
        ((code, name),) = unknown.items()
        return Text(
            f"Mã {code} chưa có trong sổ của máy này. Biển đang treo ở nhà “{name}” ghi đúng mã này phải không?",
            f"The register of this computer does not have the code {code}. Is it the one on the plaque at “{name}”?",
        )
    lines = "".join(f"  {code}  {name}\n" for code, name in unknown.items())
    return Text(
        f"{len(unknown)} mã chưa có trong sổ của máy này:\n{lines}Biển đang treo ở từng nhà ghi đúng mã ấy phải không?",
        f"The register of this computer does not have {len(unknown)} codes:\n{lines}Are they those on the plaques at "
        "these gates?",
    )


def refuse_stranger(code: str, incoming: Incoming, kept: Container[str]) -> None:
    """Raise Refused for a code that nobody has said to hang at the gate, and for that of a family that left."""
    if _leaves(incoming):
        raise Refused(
            Text(f"Mã {code} không có trong sổ codes.csv, mà tệp ghi hộ này đã rút hoặc đã chuyển mã.",
                 f"The code {code} is not in the register codes.csv, and the file says that this household withdrew or moved."),
            Text(f'Bỏ dòng này khỏi tệp. Biển cũ còn treo thì chạy: vuonho new "Hộ đã rút" --code {code}, rồi vuonho withdraw {code}.',
                 f'Take this row out of the file. If the old plaque still hangs, run: vuonho new "Withdrawn" --code {code}, '
                 f"then vuonho withdraw {code}."),
        )  # fmt: skip
    if code not in kept:
        raise Refused(
            Text(f"Mã {code} không có trong sổ codes.csv.", f"The code {code} is not in the register codes.csv."),
            Text("Xem lại con số trên biển. Biển ở nhà ấy ghi đúng mã này thì thêm --keep-codes vào cuối lệnh. "
                 "Nhà chưa có biển thì để trống ô mã, máy sẽ cấp.",
                 "Look at the plaque again. If it carries this code, add --keep-codes. For a household without a "
                 "plaque leave the code empty: one will be given."),
        )  # fmt: skip


def refuse_double(code: str, namesakes: Sequence[Profile]) -> None:
    """Raise Refused where a household of that name is here already, with another code or none."""
    for profile in namesakes:
        raise Refused(
            Text(f"Mã {code} không có trong sổ codes.csv; trong máy, hộ tên này mang mã {profile.code} ({profile.file}).",
                 f"The code {code} is not in the register codes.csv; the household of this name has {profile.code} "
                 f"({profile.file})."),
            Text("Xem lại con số trên biển rồi sửa ô mã. Nếu là hai nhà, đặt tên khác đi một chút.",
                 "Look at the plaque and mend the code. If they are two households, change the name a little."),
        ) if profile.code else Refused(
            Text(f"Mã {code} không có trong sổ codes.csv, mà hộ tên này đã có hồ sơ chưa ghi mã ({profile.file}).",
                 f"The code {code} is not in the register codes.csv, and the household of this name has a profile "
                 f"without a code ({profile.file})."),
            Text(f"Trong hồ sơ ấy ghi code: {code}, chạy vuonho assign, rồi chạy lại lệnh này.",
                 f"Write code: {code} in that profile, run vuonho assign, then this command again."),
        )  # fmt: skip


def _leaves(incoming: Incoming) -> bool:
    return any(not is_nothing(incoming.values.get(left)) for left in LEFT)


def _code(incoming: Incoming) -> str:
    try:
        return parse_code(incoming.code) if incoming.code else ""
    except Refused:
        return ""


# --- Whose is it: the profile that something came in for, known by its code, else by name and place, after asking ---

Ask = Callable[[Text], bool | None]
"""Puts a question and returns the answer; None where nobody is there to be asked."""


@dataclass(frozen=True, slots=True)
class Match:
    """Whose something is: a profile, or none yet; `code` is "" for a household that has none so far.

    `path` is the file below `profiles/` that the register has for the code, "" where there is no such row.
    """

    incoming: Incoming
    place: Place
    profile: Profile | None
    code: str
    path: str = ""


class Matcher:
    """Finds the household of each thing that came in; what cannot be found is a problem, what is doubtful a question."""

    def __init__(self, project: Project, ask: Ask, *, sure: bool, keep_codes: bool = False) -> None:
        """`sure` answers yes to what is likely, and leaves what is doubtful to a person.

        `keep_codes` says that the codes which the register does not know are those on the plaques.
        """
        self.project = project
        self.ask = ask
        self.sure = sure
        self.keep_codes = keep_codes
        self.wrong: list[tuple[Problem, Incoming]] = []
        self.questions: list[Text] = []
        self._hanging: frozenset[str] = frozenset()
        self._by_code_of = {profile.code: profile for profile in reversed(project.profiles) if profile.code}
        self._by_file = {profile.file: profile for profile in project.profiles}
        self._own = [(profile, own_values(values_of(profile))) for profile in project.profiles]
        self._present: set[str] = set()
        self._namesakes: dict[tuple[str, str], list[Profile]] = {}
        for profile in project.profiles:
            values = values_of(profile)
            if any(not is_nothing(values.get(left)) for left in LEFT):
                continue  # whether such a family comes back is not decided by a name
            name = key(text_at(values, "name"))
            self._present.add(profile.file)
            self._namesakes.setdefault((profile.village, name), []).append(profile)

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with anything that came in."""
        return list(dict.fromkeys(problem for problem, _ in self.wrong))

    def matches(self, incoming: Sequence[Incoming]) -> list[Match]:
        """Return whose each is, without those of which nobody can tell."""
        self._hanging = self._said_to_hang(unknown_codes(self.project, incoming))
        found = [match for one in incoming if (match := self._match(one)) is not None]
        return list(self._each_once(found))

    def _match(self, incoming: Incoming) -> Match | None:
        try:
            match = self._by_code(incoming) if incoming.code else self._by_name(incoming)
        except Refused as refused:
            field = "code" if incoming.code else "name"
            at = incoming.place((field,))
            self.wrong.append((at.problem(field, refused.message, refused.hint), incoming))
            return None
        if match.profile is None and not match.path:
            self.wrong += [(copied(incoming, *twin), incoming) for twin in self._twins(incoming)]
        return match

    def _twins(self, incoming: Incoming) -> Iterator[tuple[Profile, Sequence[tuple[str, ...]]]]:
        """Yield the households that say the same of themselves, and where they do."""
        told = own_values(incoming.values)
        for profile, own in self._own:
            if alike := shared(told, own):
                yield profile, alike

    def _by_code(self, incoming: Incoming) -> Match:
        code = parse_code(incoming.code)
        row = self.project.register.by_code.get(code)
        profile = self._by_code_of.get(code)
        if profile is None and row is None:
            return self._by_plaque(incoming, code)
        if profile is None and row is not None and row.status == VOID:
            raise Refused(*say_void_used(code))
        path = profile.file.removeprefix("profiles/") if profile else row.profile if row else ""
        if profile is None and (there := self._by_file.get(f"profiles/{path}")):
            if there.tree is not None:
                raise Refused(
                    Text(f"Tệp {there.file} là của mã {code} mà không còn ghi mã ấy.",
                         f"The file {there.file} belongs to the code {code} and no longer says so."),
                    Text("Chạy vuonho check và sửa tệp ấy trước.", "Run vuonho check and mend that file first."),
                )  # fmt: skip
            profile = there
        place = self.project.place(path.partition("/")[0])
        if place is None or (incoming.village and self._place(incoming) is not place):
            home = place.name if place else path.partition("/")[0]
            raise Refused(
                Text(f"Mã {code} là của thôn “{home}”, mà ở đây ghi “{incoming.village}”.",
                     f"The code {code} belongs to the village “{home}”, and here “{incoming.village}” is written."),
                Text(f"Hộ ở “{home}” thì sửa cột Thôn. Hộ mới chuyển thôn thì chuyển tệp hồ sơ sang thư mục thôn mới trước.",
                     f"If it is in “{home}”, mend the village here. If it has moved, move its profile to the new folder first."),
            )  # fmt: skip
        return Match(incoming, place, profile, code, path)

    def _said_to_hang(self, unknown: dict[str, str]) -> frozenset[str]:
        """Return those unknown codes that are on plaques, as somebody says; nobody there to be asked says nothing."""
        is_so = bool(unknown) and (self.keep_codes or self.ask(ask_about(unknown)))
        return frozenset(unknown if is_so else ())

    def _by_plaque(self, incoming: Incoming, code: str) -> Match:
        """Return the new household whose plaque was printed before this register began."""
        refuse_stranger(code, incoming, self._hanging)
        place = self._place(incoming)
        _refuse_nameless(incoming)
        alike = self._namesakes.get((place.slug, key(incoming.name)), [])
        refuse_double(code, [profile for profile in alike if not _is_elsewhere(incoming, profile)])
        return Match(incoming, place, None, code)

    def _place(self, incoming: Incoming) -> Place:
        """Return the village that is named by folder or by name, or the only one there is."""
        places, named = self.project.places, incoming.village.strip()
        found = villages_called(named, {place.slug: place.name for place in places})
        if len(found) == 1:
            return next(place for place in places if place.slug == found[0])
        known = ", ".join(place.name for place in places)
        what = Text(
            f"Không có thôn {quoted(named)} trong dự án này.", f"There is no village {quoted(named)} here."
        )
        none = Text("Chưa ghi thôn nào.", "No village is named.")
        raise Refused(what if named else none, Text(f"Ghi một trong: {known}.", f"Write one of: {known}."))

    def _by_name(self, incoming: Incoming) -> Match:
        """Return the household of that name in that village if it is meant, else a new one.

        One of another name that has the same phone and the same hand behind its consent may have been renamed.
        """
        place = self._place(incoming)
        _refuse_nameless(incoming)
        new = Match(incoming, place, None, "")
        alike = self._namesakes.get((place.slug, key(incoming.name)), [])
        likely = [profile for profile in alike if not _is_elsewhere(incoming, profile)]
        if len(likely) == 1 and self._says_yes(incoming, likely[0], nobody=True):
            return Match(incoming, place, likely[0], likely[0].code)
        others = [profile for profile in alike if len(likely) != 1 or profile is not likely[0]]
        twins = [
            one for one, _ in self._twins(incoming) if one.village == place.slug and one.file in self._present
        ]
        others += [profile for profile in twins if profile not in alike]
        if self.sure and others:
            raise self._doubtful(incoming, others)
        chosen = next((one for one in others if self._says_yes(incoming, one, nobody=False)), None)
        return Match(incoming, place, chosen, chosen.code) if chosen else new

    def _says_yes(self, incoming: Incoming, profile: Profile, *, nobody: bool) -> bool:
        """Tell whether something that came in is of this household; `nobody` where there is nobody to ask."""
        address = text_at(values_of(profile), "location", "address")
        there = f", {address}" if address else ""
        file, who = incoming.place(("name",)).file, _who(incoming, profile)
        question = Text(
            f"“{incoming.name}” trong {file} có phải là hộ {who.vi}{there} ({profile.file}) không?",
            f"Is “{incoming.name}” in {file} the household {who.en}{there} ({profile.file})?",
        )
        if self.sure:
            return True
        answer = self.ask(question)
        if answer is None:
            self.questions.append(question)
            return nobody
        return answer

    def _doubtful(self, incoming: Incoming, others: Sequence[Profile]) -> Refused:
        if key(text_at(values_of(others[0]), "name")) != key(incoming.name):
            who, given = _who(incoming, others[0]), others[0].code
            code = Text(given or "của hộ ấy", given or "of that household")
            return Refused(
                Text(f"“{incoming.name}” có người đồng ý, điện thoại hoặc vị trí giống hệt hộ {who.vi}: có thể là hộ ấy đã đổi tên.",
                     f"“{incoming.name}” has the consent, phone or place of the household {who.en}, which may have been renamed."),
                Text(f"Cùng một nhà thì ghi mã {code.vi} vào; nhà khác thì ghi lại từng ô cho đúng nhà này. Hoặc chạy lại không có --yes để trả lời.",
                     f"If it is the same, write the code {code.en}; if not, type each cell anew for this family. Or run without --yes and answer."),
            )  # fmt: skip
        codes = ", ".join(profile.code or profile.file for profile in others)
        return Refused(
            Text(f"Đã có hộ tên “{incoming.name}” ({codes}), nhưng chưa chắc là cùng một nhà.",
                 f"There is a household called “{incoming.name}” ({codes}), but perhaps it is another."),
            Text("Cùng một nhà thì ghi mã vào; nhà khác thì đặt tên khác đi một chút, hoặc chạy lại không có --yes để trả lời từng câu.",
                 "If it is the same, write the code; if not, change the name a little, or run without --yes and answer."),
        )  # fmt: skip

    def _each_once(self, matches: Sequence[Match]) -> Iterator[Match]:
        """Pass on each household once: two tellings of one in the same import would undo each other."""
        first: dict[object, Match] = {}
        for match in matches:
            who = match.profile.file if match.profile else match.code or _new(match)
            other = first.setdefault(who, match)
            if other is match:
                yield match
            if other is match or _is_sent_twice(match.incoming, other.incoming):
                continue
            at, before = match.incoming.place(("name",)), other.incoming.place(("name",))
            vi, en = (f"{before.file} {where}".rstrip() for where in before.said)
            problem = at.problem(
                "name",
                Text(f"“{match.incoming.name or match.code}” có hai lần: cả ở {vi}.",
                     f"“{match.incoming.name or match.code}” comes twice: in {en} too."),
                Text("Giữ một bản. Nếu là hai nhà, ghi mã, hoặc ghi địa chỉ khác nhau.",
                     "Keep one. If they are two households, write their codes or different addresses."),
            )  # fmt: skip
            self.wrong += [(problem, match.incoming), (problem, other.incoming)]


def _who(incoming: Incoming, profile: Profile) -> Text:
    """Return a household by its code, and by its name where that is another."""
    name = text_at(values_of(profile), "name")
    if key(name) == key(incoming.name):
        return Text(profile.code or "chưa có mã", profile.code or "without code")
    return Text(f"“{name}” ({profile.code or 'chưa có mã'})", f"“{name}” ({profile.code or 'without code'})")


def _refuse_nameless(incoming: Incoming) -> None:
    if not incoming.name:
        raise Refused(
            Text("Hộ này chưa có tên.", "This household has no name."),
            Text("Ghi tên gia đình chọn để hiện ra.", "Write the name that the family chose to be shown."),
        )


def _is_sent_twice(one: Incoming, other: Incoming) -> bool:
    """Tell a form that was sent again from one that says something else."""
    photos = ([photo.content for photo in incoming.photos] for incoming in (one, other))
    return one.values == other.values and one.base == other.base and next(photos) == next(photos)


def _new(match: Match) -> tuple[str, str, str]:
    """Return what tells one new household from another."""
    address = text_at(match.incoming.values, "location", "address")
    return match.place.slug, key(match.incoming.name), fold(address)


def _is_elsewhere(incoming: Incoming, profile: Profile) -> bool:
    """Tell whether both say where they are, who heads them or how to call them, and it is not the same."""
    known = values_of(profile)
    return any(_differ(incoming.values, known, path) for path in _TELLING)


_TELLING = (("location", "address"), ("head",), ("contact", "phone"))


def _differ(told: Mapping[str, Plain], known: Mapping[str, Plain], path: tuple[str, ...]) -> bool:
    one, other = text_at(told, *path), text_at(known, *path)
    return bool(one.strip() and other.strip()) and fold(one) != fold(other) and not same(path, one, other)


# --- Families that left: an import neither takes one off nor brings one back ---


def check_leavers(match: Match, ours: Mapping[str, Plain], register: Register) -> None:
    """Raise Refused where something would publish a family that left, or take one off without its register.

    An old workbook or form still holds what a family has taken back since; it is never put back by itself.
    """
    told = match.incoming.values
    row = register.by_code.get(match.code)
    has_left = _leavers_leaves(ours) or (row is not None and row.status in (WITHDRAWN, MOVED))
    if (
        has_left
        and not _leavers_leaves(told)
        and _says_more(told, ours)
        and not comes_back(match, ours, register)
    ):
        raise Refused(
            Text(f"Hộ {match.code} đã rút hoặc đã chuyển sang mã khác; tệp này còn dữ liệu cũ của gia đình.",
                 f"The household {match.code} has withdrawn or moved; this file still holds the family's old data."),
            Text("Xóa dòng của hộ ấy khỏi tệp. Gia đình đồng ý lại thì hỏi lại từng mục, ghi ngày đồng ý mới, sau ngày rút.",
                 "Take its row out of the file. If the family joins again, ask anew and write the new day of consent, after it left."),
        )  # fmt: skip
    if _leavers_leaves(told) and not has_left:
        raise Refused(
            Text("Tệp ghi hộ này đã rút hoặc đã chuyển mã.", "The file says that this household withdrew or moved."),
            Text(f"Chạy: vuonho withdraw {match.code or 'MÃ'}; lệnh ấy ghi cả vào sổ mã.",
                 f"Run: vuonho withdraw {match.code or 'CODE'}; that enters it into the register too."),
        )  # fmt: skip


def comes_back(match: Match, ours: Mapping[str, Plain], register: Register) -> bool:
    """Tell whether what came in holds a consent from after the day on which the family left.

    On that day itself it must be another one than the profile still has.
    """
    told, row = match.incoming.values, register.by_code.get(match.code)
    left = day_of(ours.get("withdrawn")) or (row.left_on if row else None)
    given, before = (day_of(value_at(values, "consent", "given")) for values in (told, ours))
    if given is None or left is None or _leavers_leaves(told):
        return False
    return given > left or (before is not None and before < given == left)


def check_return(match: Match, project: Project) -> None:
    """Raise Refused where a new household seems to be a family that left, told before it did.

    A phone sends its form again, and a filled workbook lies about; neither has a code. What is left of an erased
    family is the name of its file in the register. A consent of a later day is a family that joins again.
    """
    given = day_of(value_at(match.incoming.values, "consent", "given"))
    for row in project.register.rows:
        if row.status != WITHDRAWN or row.profile.partition("/")[0] != match.place.slug:
            continue
        profile = next((one for one in project.profiles if one.code == row.code), None)
        if not (_is_alike(row.profile, match) or _has_name(profile, match.incoming.name)):
            continue
        left = day_of(values_of(profile).get("withdrawn")) if profile else None
        if given is not None and left is not None and given > left:
            continue
        day = f" ngày {left.day}/{left.month}/{left.year}" if left else ""
        raise Refused(
            Text(f"“{match.incoming.name}” giống hộ {row.code} đã rút{day}; phiếu này ghi từ trước đó.",
                 f"“{match.incoming.name}” looks like the household {row.code}, which withdrew"
                 f"{f' on {left.isoformat()}' if left else ''}; this form is from before."),
            Text("Bỏ hộ này khỏi tệp. Gia đình xin tham gia lại thì hỏi lại từng mục và ghi ngày đồng ý mới; nhà khác thì mở bằng vuonho new.",
                 "Take it out of the file. If the family joins again, ask anew and write the new day of consent; "
                 "another household is begun with vuonho new."),
        )  # fmt: skip


def _is_alike(path: str, match: Match) -> bool:
    """Tell whether a file is named for a household of that name, or for most of it."""
    known = path.rpartition("/")[2].removesuffix(".yaml").lower()
    name, bare = file_stem(match.incoming.name), re.sub(r"-\d+$", "", known)
    shorter, longer = sorted((bare, name), key=len)
    return name in (known, bare) or ("-" in shorter and f"-{shorter}-" in f"-{longer}-")


def _has_name(profile: Profile | None, name: str) -> bool:
    known = values_of(profile).get("name") if profile else None
    return isinstance(known, str) and key(known) == key(name)


def _leavers_leaves(values: Mapping[str, Plain]) -> bool:
    return any(not is_nothing(values.get(key)) for key in LEFT)


def _says_more(told: Mapping[str, Plain], ours: Mapping[str, Plain]) -> bool:
    """Tell whether anything came in beyond what is known and beyond code and days."""
    beyond = (key for key in told if key not in ("code", "checked", *LEFT))
    return any(not is_nothing(told[key]) and not same((key,), ours.get(key), told[key]) for key in beyond)
