"""Whose is it: the profile that something came in for, known by its code, else by name and place, after asking."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from vuonho.bilingual import Text
from vuonho.domain.codes import parse_code
from vuonho.domain.fold import fold, key
from vuonho.domain.places.villagenames import villages_called
from vuonho.domain.register.register import VOID
from vuonho.domain.register.said import say_void_used
from vuonho.domain.schema.meaning import is_nothing, same
from vuonho.domain.values import quoted
from vuonho.errors import Problem, Refused
from vuonho.exchange.copies import copied, own_values, shared
from vuonho.exchange.hanging import ask_about, refuse_double, refuse_stranger, unknown_codes
from vuonho.exchange.lookup import text_at
from vuonho.exchange.project import Place, Project, values_of
from vuonho.intake.incoming import LEFT, Incoming
from vuonho.intake.profile import Profile
from vuonho.intake.tree import Plain

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
