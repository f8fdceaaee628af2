"""Whose is it: the profile that something came in for, known by its code, else by name and place, after asking."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from vuonho.errors import DataProblems, Problem, Severity, UserError
from vuonho.forms.incoming import LEFT, Incoming
from vuonho.i18n import NOTHING, Text
from vuonho.model.codes import parse_code
from vuonho.model.communes import Commune, villages_called
from vuonho.model.outline import is_nothing, meaning, same
from vuonho.model.settings import Site, Village
from vuonho.model.values import parse_date, quoted, say_day
from vuonho.project.files import list_villages
from vuonho.project.profile import Profile, read_profile
from vuonho.project.settings import read_site, read_village
from vuonho.project.yaml_tree import Plain, plain
from vuonho.register.memory import check_memory, read_register
from vuonho.register.register import MOVED, VOID, WITHDRAWN, Register
from vuonho.text import file_stem, fold, key

Values = Mapping[str, Plain]
Keys = tuple[str, ...]
Ask = Callable[[Text], bool | None]
"""Puts a question and returns the answer; None where nobody is there to be asked."""

# --- What a profile or a file says, as typed ---


def value_at(values: Values, *path: str) -> Plain:
    """Return the value at a path of keys, None where there is none."""
    node: Plain = dict(values)
    for step in path:
        node = node.get(step) if isinstance(node, dict) else None
    return node


def text_at(values: Values, *path: str) -> str:
    """Return the text at a path of keys, "" where there is none."""
    value = value_at(values, *path)
    return value if isinstance(value, str) else ""


def day_of(value: Plain) -> date | None:
    """Return the day that a value names, None for nothing and for what is no day."""
    try:
        return parse_date(value) if isinstance(value, str) else None
    except UserError:
        return None


def values_of(profile: Profile) -> Values:
    """Return what a profile says, as typed; nothing for a file that is no YAML."""
    values = plain(profile.tree) if profile.tree is not None else {}
    return values if isinstance(values, dict) else {}


def has_left(values: Values) -> bool:
    """Tell whether a profile or a file says that the household withdrew or moved."""
    return any(not is_nothing(values.get(left)) for left in LEFT)


# --- The project as an import finds it ---


@dataclass(frozen=True, slots=True)
class Home:
    """A village in which households live: its folder, what its file says, and its commune."""

    slug: str
    village: Village
    commune: Commune | None


@dataclass(frozen=True, slots=True)
class Project:
    """What stands on the disk before anything comes in."""

    root: Path
    site: Site
    villages: tuple[Home, ...]
    profiles: tuple[Profile, ...]
    register: Register


def read_project(root: Path) -> Project:
    """Return the project; raise DataProblems where settings, villages or register cannot be used.

    Profiles may have errors: only those that something comes in for have to be sound enough to be edited.
    """
    site, problems = read_site(root)
    folders, more = list_villages(root, site.languages if site else ())
    register, wrong = read_register(root)
    found = [*problems, *more, *wrong, *check_memory(root, register, wrong)]
    villages: list[Home] = []
    for folder in folders:
        village, commune, problems = read_village(root, folder.file, site.province if site else "Hà Tĩnh")
        found += problems
        if village is not None:
            villages.append(Home(folder.slug, village, commune))
    if site is None or any(problem.severity is Severity.ERROR for problem in found):
        raise DataProblems(found)
    profiles = tuple(
        read_profile(root, folder.profile(name), folder.slug)
        for folder in folders
        for name in folder.profiles
    )
    return Project(root, site, tuple(villages), profiles, register)


# --- Whose each thing is ---

_OWN = (("consent", "by"), ("contact", "phone"), ("location", "point"), ("story",), ("head",))
"""Values that two families hardly share; two of them alike are no chance: one was renamed, or a row was copied."""
_TELLING = (("location", "address"), ("head",), ("contact", "phone"))
"""Values by which two households of one name are told apart."""


@dataclass(frozen=True, slots=True)
class Match:
    """Whose something is: a profile, or none yet; `code` is "" for a household that has none so far.

    `path` is the file below `profiles/` that the register has for the code, "" where there is no such row.
    """

    incoming: Incoming
    home: Home
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
        self._on_plaques: frozenset[str] = frozenset()
        self._profiles = {profile.code: profile for profile in reversed(project.profiles) if profile.code}

    @cached_property
    def _own(self) -> list[tuple[Profile, Mapping[Keys, object]]]:
        return [(profile, _own_values(values_of(profile))) for profile in self.project.profiles]

    @cached_property
    def _by_name_of(self) -> dict[tuple[str, str], list[Profile]]:
        found: dict[tuple[str, str], list[Profile]] = defaultdict(list)
        for profile in self.project.profiles:
            values = values_of(profile)
            if not has_left(values):  # whether such a family comes back is not decided by a name
                found[profile.village, key(text_at(values, "name"))].append(profile)
        return found

    def matches(self, incoming: Sequence[Incoming]) -> list[Match]:
        """Return whose each is, without those of which nobody can tell."""
        self._on_plaques = self._codes_on_plaques(incoming)
        found = []
        for one in incoming:
            try:
                match = self._by_code(one) if one.code else self._by_name(one)
            except UserError as refused:
                self._note(one, ("code" if one.code else "name",), refused.message, refused.hint)
                continue
            found.append(match)
            if match.profile is None and not match.path:
                for profile, path in self._twins(one):
                    self._warn_of_twin(one, profile, path)
        # A workbook of the whole village and a phone's form: the rows that nobody touched have nothing to say.
        found.sort(key=lambda match: _says_nothing(match.incoming))
        return list(self._each_once(found))

    def _note(
        self, one: Incoming, path: Keys, message: Text, hint: Text, severity: Severity = Severity.ERROR
    ) -> None:
        self.wrong.append((one.place(path).problem(".".join(path), message, hint, severity), one))

    def _warn_of_twin(self, one: Incoming, profile: Profile, path: Keys) -> None:
        message = Text(
            "The new household “{name}” has the consent, phone or place of “{known_name}” ({code}).",
            name=one.name,
            known_name=text_at(values_of(profile), "name"),
            code=profile.code,
        )
        hint = Text("If its row was copied, type each cell anew for this family, the consent above all.")
        self._note(one, path, message, hint, Severity.WARNING)

    def _codes_on_plaques(self, incoming: Sequence[Incoming]) -> frozenset[str]:
        """Return those codes unknown to register and profiles that hang at the gates, as somebody says.

        They come where a village lost its register; nobody there to be asked says nothing.
        """
        known = self._profiles.keys() | self.project.register.by_code.keys()
        unknown: dict[str, str] = {}
        for one in incoming:
            try:
                code = parse_code(one.code) if one.code and not has_left(one.values) else ""
            except UserError:
                continue
            if code and code not in known:
                unknown[code] = one.name
        lines = "".join(f"  {code}  {name}\n" for code, name in unknown.items())
        question = Text.counted(
            "The register of this computer does not have {count} code:\n{lines}Is it the one on the plaque there?",
            "The register of this computer does not have {count} codes:\n{lines}Are they those on the plaques there?",
            len(unknown),
            lines=lines,
        )
        return frozenset(unknown if self.keep_codes or (unknown and self.ask(question)) else ())

    def _twins(self, incoming: Incoming) -> Iterator[tuple[Profile, Keys]]:
        """Yield the households that say the same of themselves, and the first path where they do."""
        told = _own_values(incoming.values)
        for profile, own in self._own:
            alike = [path for path, value in told.items() if path in own and own[path] == value]
            if len(alike) > 1:
                yield profile, alike[0]

    def _by_code(self, incoming: Incoming) -> Match:
        code = parse_code(incoming.code)
        row = self.project.register.by_code.get(code)
        profile = self._profiles.get(code)
        if profile is not None:
            path = profile.file.removeprefix("profiles/")
        elif row is None:
            return self._by_plaque(incoming, code)
        elif row.status == VOID:
            raise UserError(
                Text("Code {code} is void and is never used again.", code=code),
                Text("In the copy leave code empty and run `vuonho assign`."),
            )
        else:
            path = row.profile
            profile = next((one for one in self.project.profiles if one.file == f"profiles/{path}"), None)
            if profile is not None and profile.tree is not None:
                raise UserError(
                    Text(
                        "The file {file} belongs to the code {code} and no longer says so.",
                        file=profile.file,
                        code=code,
                    ),
                    Text("Run vuonho check and fix that file first."),
                )
        slug = path.partition("/")[0]
        home = next((one for one in self.project.villages if one.slug == slug), None)
        if home is None or (incoming.village and self._home(incoming) is not home):
            name = home.village.name if home else slug
            raise UserError(
                Text(
                    "The code {code} belongs to the village “{name}”, and here “{village}” is written.",
                    code=code,
                    name=name,
                    village=incoming.village,
                ),
                Text(
                    "If it is in “{name}”, fix the village here. If it has moved, move its profile to the "
                    "new folder first.",
                    name=name,
                ),
            )
        return Match(incoming, home, profile, code, path)

    def _by_plaque(self, incoming: Incoming, code: str) -> Match:
        """Return the new household whose plaque was printed before this register began.

        Raises UserError for a code that nobody has said to hang at the gate, and where a household of that name is
        here already.
        """
        if code not in self._on_plaques:
            hint = Text(
                "Look at the plaque again. If it carries this code, say yes when you are asked (--keep-codes). For a household "
                "without a plaque leave the code empty: one will be given."
            )
            if has_left(incoming.values):
                hint = Text(
                    "This household has left: take it out of the file. If the old plaque still hangs, run: "
                    'vuonho new "Withdrawn" --code {code}, then vuonho withdraw {code}.',
                    code=code,
                )
            raise UserError(Text("The code {code} is not in the register codes.csv.", code=code), hint)
        home, _, likely = self._namesakes(incoming)
        if not likely:
            return Match(incoming, home, None, code)
        raise UserError(
            Text(
                "The code {code} is not in the register codes.csv; the household of this name has "
                "{known_code} ({file}).",
                code=code,
                known_code=likely[0].code or Text("no code"),
                file=likely[0].file,
            ),
            Text(
                "Look at the plaque. If it carries {code}, write code: {code} in that profile and run vuonho "
                "assign, else fix the code here. If they are two households, change the name a little.",
                code=code,
            ),
        )

    def _home(self, incoming: Incoming) -> Home:
        """Return the village that is named by folder or by name, or the only one there is."""
        named = incoming.village.strip()
        homes = {home.slug: home for home in self.project.villages}
        found = villages_called(named, {slug: home.village.name for slug, home in homes.items()})
        if len(found) == 1:
            return homes[found[0]]
        message = Text("There is no village {named} here.", named=quoted(named))
        known = ", ".join(home.village.name for home in homes.values())
        raise UserError(
            message if named else Text("No village is named."), Text("Write one of: {known}.", known=known)
        )

    def _namesakes(self, incoming: Incoming) -> tuple[Home, list[Profile], list[Profile]]:
        """Return the village, and the households of that name there: all, and those that may be meant."""
        home = self._home(incoming)
        if not incoming.name:
            raise UserError(
                Text("This household has no name."), Text("Write the name that the family chose to be shown.")
            )
        alike = self._by_name_of.get((home.slug, key(incoming.name)), [])
        likely = [one for one in alike if not _differ(incoming.values, values_of(one))]
        return home, alike, likely

    def _by_name(self, incoming: Incoming) -> Match:
        """Return the household of that name in that village if it is meant, else a new one.

        One of another name that has the same phone and the same hand behind its consent may have been renamed.
        """
        home, alike, likely = self._namesakes(incoming)
        if len(likely) == 1 and self._is_meant(incoming, likely[0], if_nobody_there=True):
            return Match(incoming, home, likely[0], likely[0].code)
        doubtful = [profile for profile in alike if len(likely) != 1 or profile is not likely[0]]
        for twin, _ in self._twins(incoming):
            if twin.village == home.slug and twin not in alike and not has_left(values_of(twin)):
                doubtful.append(twin)
        if self.sure and doubtful:
            raise _doubtful(incoming, doubtful)
        chosen = next((one for one in doubtful if self._is_meant(incoming, one, if_nobody_there=False)), None)
        return Match(incoming, home, chosen, chosen.code if chosen else "")

    def _is_meant(self, incoming: Incoming, profile: Profile, *, if_nobody_there: bool) -> bool:
        """Tell whether something that came in is of this household."""
        if self.sure:
            return True
        address = text_at(values_of(profile), "location", "address")
        question = Text(
            "Is “{name}” in {file} the household {who}{there} ({known_file})?",
            name=incoming.name,
            file=incoming.place(("name",)).file,
            who=_who(incoming, profile),
            there=f", {address}" if address else "",
            known_file=profile.file,
        )
        answer = self.ask(question)
        if answer is None:
            self.questions.append(question)
            return if_nobody_there
        return answer

    def _each_once(self, matches: Sequence[Match]) -> Iterator[Match]:
        """Yield each household once: two that differ in one import would undo each other."""
        first: dict[object, Match] = {}
        for match in matches:
            new, address = match.incoming, text_at(match.incoming.values, "location", "address")
            who = match.profile.file if match.profile else match.code
            other = first.setdefault(who or (match.home.slug, key(new.name), fold(address)), match)
            if other is match:
                yield match
                continue
            old = other.incoming
            photos = [[photo.content for photo in one.photos] for one in (new, old)]
            if _says_nothing(new) or (
                new.values == old.values and new.base == old.base and photos[0] == photos[1]
            ):
                continue  # untouched, or a form that was sent again
            place = old.place(("name",))
            name, file, where = new.name or match.code, place.file, place.where
            message = Text("“{name}” comes twice: in {file} {where} too.", name=name, file=file, where=where)
            hint = Text("Keep one. If they are two households, write their codes or different addresses.")
            self._note(new, ("name",), message, hint)
            self.wrong.append((self.wrong[-1][0], old))


def _says_nothing(incoming: Incoming) -> bool:
    """Tell whether nothing of what a workbook says was touched since it was made."""
    return incoming.base is not None and incoming.values == incoming.base


def _own_values(values: Values) -> Mapping[Keys, object]:
    """Return what a household says for itself alone, by paths, as it is compared."""
    said = {path: value_at(values, *path) for path in _OWN}
    return {path: meaning(path, value) for path, value in said.items() if not is_nothing(value)}


def _differ(told: Values, known: Values) -> bool:
    """Tell whether two of one name are told apart: both say something at a path, and it is not the same."""
    for path in _TELLING:
        one, other = text_at(told, *path), text_at(known, *path)
        if one.strip() and other.strip() and fold(one) != fold(other) and not same(path, one, other):
            return True
    return False


def _who(incoming: Incoming, profile: Profile) -> Text | str:
    """Return a household by its code, and by its name where that is another."""
    name = text_at(values_of(profile), "name")
    code = profile.code or Text("without code")
    return code if key(name) == key(incoming.name) else Text("“{name}” ({code})", name=name, code=code)


def _doubtful(incoming: Incoming, others: Sequence[Profile]) -> UserError:
    """Return why nobody but a person can tell whose it is."""
    if key(text_at(values_of(others[0]), "name")) == key(incoming.name):
        codes = ", ".join(profile.code or profile.file for profile in others)
        message = Text(
            "There is a household called “{name}” ({codes}), but perhaps it is another.",
            name=incoming.name,
            codes=codes,
        )
        hint = Text(
            "If it is the same, write the code; if not, change the name a little, or answer the question (run without --yes)."
        )
        return UserError(message, hint)
    return UserError(
        Text(
            "“{name}” has the consent, phone or place of the household {who}, which may have been renamed.",
            name=incoming.name,
            who=_who(incoming, others[0]),
        ),
        Text(
            "If it is the same, write the code {code}; if not, type each cell anew for this "
            "family. Or answer the question (run without --yes).",
            code=others[0].code or Text("of that household"),
        ),
    )


# --- Families that left: an import neither takes one off nor brings one back ---


def refuse_withdrawn(match: Match, ours: Values, register: Register) -> None:
    """Raise UserError where something would publish a family that left, or take one off without its register.

    An old workbook or form still holds what a family has taken back since; it is never put back by itself.
    """
    told = match.incoming.values
    row = register.by_code.get(match.code)
    was_withdrawn = has_left(ours) or (row is not None and row.status in (WITHDRAWN, MOVED))
    if has_left(told) and not was_withdrawn:
        raise UserError(
            Text("The file says that this household withdrew or moved."),
            Text(
                "Run: vuonho withdraw {code}; the register then says so too.",
                code=match.code or Text("CODE", context="argument"),
            ),
        )
    if has_left(told) or not was_withdrawn or comes_back(match, ours, register):
        return
    beyond = (name for name in told if name not in ("code", "checked", *LEFT))
    if any(not is_nothing(told[name]) and not same((name,), ours.get(name), told[name]) for name in beyond):
        raise UserError(
            Text(
                "The household {code} has withdrawn or moved; this file still holds the family's old data.",
                code=match.code,
            ),
            Text(
                "Take its row out of the file. If the family joins again, ask anew and write the new "
                "day of consent, after it left."
            ),
        )


def comes_back(match: Match, ours: Values, register: Register) -> bool:
    """Tell whether what came in holds a consent from after the day on which the family left.

    On that day itself it must be another one than the profile still has.
    """
    told, row = match.incoming.values, register.by_code.get(match.code)
    left = day_of(ours.get("withdrawn")) or (row.left_on if row else None)
    given, before = (day_of(value_at(values, "consent", "given")) for values in (told, ours))
    if given is None or left is None or has_left(told):
        return False
    return given > left or (before is not None and before < given == left)


def refuse_return(match: Match, project: Project) -> None:
    """Raise UserError where a new household seems to be a family that left, told before it did.

    A phone sends its form again, and a filled workbook lies about; neither has a code. What is left of an erased
    family is the name of its file in the register. A consent of a later day is a family that joins again.
    """
    name = match.incoming.name
    given = day_of(value_at(match.incoming.values, "consent", "given"))
    for row in project.register.rows:
        if row.status != WITHDRAWN or row.profile.partition("/")[0] != match.home.slug:
            continue
        known = next((values_of(one) for one in project.profiles if one.code == row.code), {})
        if not _is_named_for(row.profile, name) and key(text_at(known, "name") or "?") != key(name):
            continue
        left = day_of(known.get("withdrawn"))
        if given is not None and left is not None and given > left:
            continue
        raise UserError(
            Text(
                "“{name}” looks like the household {code}, which withdrew{day}; this form is from before.",
                name=name,
                code=row.code,
                day=Text(" on {day}", day=say_day(left)) if left else NOTHING,
            ),
            Text(
                "Take it out of the file. If the family joins again, ask anew and write the new day of "
                "consent; another household is begun with vuonho new."
            ),
        )


def _is_named_for(path: str, name: str) -> bool:
    """Tell whether a file is named for a household of that name, or for most of it."""
    known = path.rpartition("/")[2].removesuffix(".yaml").lower()
    stem, bare = file_stem(name), re.sub(r"-\d+$", "", known)
    shorter, longer = sorted((bare, stem), key=len)
    return stem in (known, bare) or ("-" in shorter and f"-{shorter}-" in f"-{longer}-")
