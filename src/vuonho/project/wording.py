"""The wording of the public pages: one file a language, and whether each is whole."""

import string
from collections.abc import Collection, Iterable, Iterator
from collections.abc import Mapping as MappingOf
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from vuonho.errors import DataProblems, Problem, Severity, UserError
from vuonho.i18n import NOTHING, Both, Joined, Text
from vuonho.model.household import Garden, Living
from vuonho.model.vocabulary import ANIMALS, CROPS, GOODS, LISTS, USUAL_RULE, Plural, form_names, parse_plural
from vuonho.project.files import SITE_FILE, parse_file, read_text
from vuonho.project.yaml_tree import Mapping, Scalar
from vuonho.text import nearest

Catalogue = MappingOf[str, Scalar]
"""Every line by its dotted key, with its place."""
Problems = tuple[Problem, ...]


def read_messages(folders: tuple[Path, ...], tag: str) -> MappingOf[str, str] | None:
    """Return every wording of a language by its dotted key, or None where no folder has the language.

    A project's own file may hold only what it changes: the shipped file gives the rest. Raises DataProblems.
    """
    files = _files(folders, tag)
    lines, problems = _read(files)
    if not _is_read(problems):
        raise DataProblems(problems)
    return {key: line.text for key, line in lines.items()} if files else None


def _files(folders: tuple[Path, ...], tag: str) -> tuple[Path, ...]:
    """Return the files of a language that are there, the one that wins last."""
    files = (folder / "languages" / f"{tag}.yaml" for folder in reversed(folders))
    return tuple(file for file in files if file.is_file())


def _is_read(problems: Iterable[Problem]) -> bool:
    return not any(problem.severity is Severity.ERROR for problem in problems)


def _read(files: Iterable[Path]) -> tuple[Catalogue, Problems]:
    """Return (lines, problems); problems call a file as a project does: templates/languages/vi.yaml."""
    lines: dict[str, Scalar] = {}
    problems: list[Problem] = []
    for path in files:
        name = f"templates/languages/{path.name}"
        text, wrong = read_text(path, name)
        found: Catalogue = {}
        if text is not None:
            found, wrong = _parse(text, name)
        lines.update(found)
        problems += wrong
    return lines, tuple(problems)


@lru_cache(maxsize=8)
def _parse(text: str, name: str) -> tuple[Catalogue, Problems]:
    """Return (lines, problems) of one file; kept, for each build asks twice for the same thousand lines."""
    tree, problems = parse_file(text, name)
    has_forms = tree is not None and tree.get("plural") is not None
    found = list(_flat(tree, "", name, has_forms)) if tree else []
    lines = {key: value for key, value in found if isinstance(value, Scalar)}
    faults = (value for _, value in found if isinstance(value, Problem))
    return MappingProxyType(lines), (*problems, *faults)


def _flat(tree: Mapping, prefix: str, name: str, has_forms: bool) -> Iterator[tuple[str, Scalar | Problem]]:
    """Yield each line by its key; a list is the forms of a count in a language that says which goes with what."""
    for entry in tree.entries:
        key = f"{prefix}{entry.key}"
        if isinstance(entry.value, Mapping):
            yield from _flat(entry.value, f"{key}.", name, has_forms)
        elif isinstance(entry.value, Scalar):
            yield key, entry.value
        elif has_forms and entry.value.items:
            for form, item in zip(form_names(len(entry.value.items)), entry.value.items, strict=True):
                if isinstance(item, Scalar):
                    yield f"{key}.{form}", item
        else:
            message = Text("A sentence is wanted here, not a list.")
            hint = Text("Look at the shipped file of the same name.")
            yield key, Problem(key, message, hint, file=name, line=entry.line, column=entry.column)


# --- Whether the wording of each language is whole: its lines, and what stands in braces, held against en.yaml ---

OURS: Final = ("vi", "en")
"""The languages that come whole with the program."""
PAPERS: Final = ("consent", "inventory")
"""Sections that no other language needs: the papers are in Vietnamese or English."""


def check_wording(own: Path, shipped: Path, languages: Iterable[str]) -> Iterator[Problem]:
    """Yield what is wrong with the wording of the pages; `own` and `shipped` are folders of templates."""
    for tag in languages:
        files = _files((own, shipped), tag)
        lines, problems = _read(files)
        yield from problems
        if not files:
            message = Text("The site has no wording in “{tag}”.", tag=tag)
            hint = Text(
                "Take {tag} out of languages, or translate vi.yaml to templates/languages/{tag}.yaml.",
                tag=tag,
            )
            yield Problem("languages", message, hint, file=SITE_FILE)
        elif (tag not in OURS or len(files) > 1) and _is_read(problems):  # what is broken hides what is there
            vi, en = (_read(_files((shipped,), one))[0] for one in OURS)
            yield from _Check(tag, lines, vi, en).problems(own)


class _Check:
    """The lines of one language held against ours."""

    def __init__(self, tag: str, lines: Catalogue, vi: Catalogue, en: Catalogue) -> None:
        self.tag, self.lines, self.vi, self.en = tag, lines, vi, en

    def problem(self, key: str, message: Text, hint: Text, severity: Severity = Severity.ERROR) -> Problem:
        """Return what is wrong with a line, or with a section from its first line on."""
        file, line = f"templates/languages/{self.tag}.yaml", self.lines.get(key)
        if line:
            return Problem(key, message, hint, severity, file, line.line, line.column)
        section = (line.line for known, line in self.lines.items() if known.startswith(f"{key}."))
        return Problem(key, message, hint, severity, file, next(section, None))

    def problems(self, own: Path) -> Iterator[Problem]:
        lines, is_ours = self.lines, self.tag in OURS
        try:
            plural = parse_plural(lines["plural"].text if "plural" in lines else USUAL_RULE)
        except UserError as error:
            yield self.problem("plural", error.message, error.hint)
            return  # nor is it known which forms are wanted
        counts = [key.removesuffix(".one") for key in self.en if key.endswith(".one")]
        self.vi, self.en = (_in_forms(one, counts, plural) for one in (self.vi, self.en))
        uneven = set()
        for key in counts if "plural" in lines else ():
            given = {known.removeprefix(f"{key}.") for known in lines if known.startswith(f"{key}.")}
            if given and given != {*plural.forms}:
                uneven.add(key)
                yield self.problem(key, *_miscounted(len(given), len(plural.forms)))
        needed = [key for key in self.en if is_ours or key.partition(".")[0] not in PAPERS]
        needed = [key for key in needed if key.rpartition(".")[0] not in uneven]
        filled = [key for key, line in lines.items() if is_ours or not self.is_blank(key, line)]
        yield from self.missing(_topmost(needed, filled))
        for key in _topmost([key for key in lines if not _is_name(key) and key != "plural"], self.en):
            if key.rpartition(".")[0] not in uneven and not _is_asked_for(key, own):
                yield self.unknown(key)
        for key in filled:
            count, _, form = key.rpartition(".")
            yield from self.braces(key, is_uncounted=count in counts and form not in plural.counting())

    def is_blank(self, key: str, line: Scalar) -> bool:
        return line.is_empty and key in self.en and not self.en[key].is_empty

    def missing(self, keys: MappingOf[str, int]) -> Iterator[Problem]:
        """Yield what is missing section by section: a language that was only begun is told in a few words."""
        sections: dict[str, list[str]] = {}
        for key in keys:
            sections.setdefault(key.rpartition(".")[0], []).append(key)
        for section, found in sections.items():
            names = []
            for key in found:
                name = key.removeprefix(f"{section}.")
                whole = Text.counted("{name} ({count} line)", "{name} ({count} lines)", keys[key], name=name)
                names.append(Both(name, name) if key in self.en else whole)
            where = Text(" of “{section}”", section=section) if section else NOTHING
            message = Text.counted(
                "{count} line{where} is missing: {names}.",
                "{count} lines{where} are missing: {names}.",
                sum(keys[key] for key in found),
                where=where,
                names=Joined(names),
            )
            yield self.problem(section, message, Text("Copy from en.yaml and translate."))

    def unknown(self, key: str) -> Problem:
        known = {branch for one in self.en for branch in (*_branches(one), one)} - {key}
        meant = nearest(key, sorted(one for one in known if one.count(".") == key.count(".")), likeness=0.75)
        hint = Text("Did you mean “{meant}”?", meant=meant)
        if not meant:
            hint = Text("Look at its name in en.yaml, or take it out.")
        return self.problem(key, Text("No page asks for “{key}”.", key=key), hint, Severity.WARNING)

    def braces(self, key: str, *, is_uncounted: bool) -> Iterator[Problem]:
        used = _braces(self.lines[key].text)
        ours = [_braces(one[key].text) or frozenset() for one in (self.en, self.vi) if key in one]
        if not ours:
            return  # a name, or a line for a page of the project's own
        if used is None:
            message = Text("The braces { } here do not go in pairs.")
            yield self.problem(key, message, Text("Leave them as in en.yaml."))
            return
        twin = f"{key.removesuffix('.one')}.other"
        also = _braces(self.en[twin].text) if key.endswith(".one") and twin in self.en else None
        allowed = frozenset[str]().union(*ours, also or ())
        for name in sorted(used - allowed):
            known = ", ".join(f"{{{one}}}" for one in sorted(allowed))
            hint = Text("What can stand here: {known}. Leave it as in en.yaml.", known=known)
            if not known:
                hint = Text("Nothing is filled in here: take the { } out.")
            yield self.problem(key, Text("Nothing fills {{{name}}} in here.", name=name), hint)
        for name in sorted(frozenset.intersection(*ours) - ({"n"} if is_uncounted else set()) - used):
            message = Text("This line has lost {{{name}}}.", name=name)
            hint = Text("Keep it as in en.yaml, or the page lacks it.")
            yield self.problem(key, message, hint, Severity.WARNING)


def _in_forms(lines: Catalogue, counts: Collection[str], plural: Plural) -> Catalogue:
    """Return our lines with each count in as many forms as the language has."""
    if "other" in plural.forms:
        return lines
    rest = {key: line for key, line in lines.items() if key.rpartition(".")[0] not in counts}
    return rest | {f"{key}.{form}": lines[f"{key}.other"] for key in counts for form in plural.forms}


def _miscounted(given: int, wanted: int) -> tuple[Text, Text]:
    as_list = ", ".join(['"…"'] * wanted)
    return (
        Text.counted(
            "This has {count} form, and the line plural says {wanted}.",
            "This has {count} forms, and the line plural says {wanted}.",
            given,
            wanted=wanted,
        ),
        Text("Write {wanted} in the order of plural: [{as_list}]", wanted=wanted, as_list=as_list),
    )


def _topmost(keys: Iterable[str], known: Collection[str]) -> dict[str, int]:
    """Return what of `keys` is not known, a whole section by its own name alone, with how many lines it is."""
    lines, branches = set(known), {branch for key in known for branch in _branches(key)}
    found: dict[str, int] = {}
    for key in keys:
        if key not in lines:
            top = next((one for one in _branches(key) if one not in branches), key)
            found[top] = found.get(top, 0) + 1
    return found


def _branches(key: str) -> Iterator[str]:
    """Yield the sections in which a line stands, the outermost first: "a", "a.b" for "a.b.c"."""
    steps = key.split(".")
    return (".".join(steps[:end]) for end in range(1, len(steps)))


def _is_name(key: str) -> bool:
    """Tell whether a line names a crop, an animal, a product, a word or a field: those may be added."""
    kind, _, name = key.partition(".")
    return name.rpartition(".")[2] in _names().get(kind, ())


@cache
def _names() -> dict[str, frozenset[str]]:
    return {
        "crop": frozenset(one.key for one in CROPS),
        "animal": frozenset(one.key for one in ANIMALS),
        "good": frozenset(one.key for one in GOODS),
        "words": frozenset(key for one in LISTS.values() for key in one.keys),
        **{f"{one.__name__.lower()}_field": frozenset(one.slots) for one in (Garden, Living)},
    }


def _is_asked_for(key: str, own: Path) -> bool:
    """Tell whether a page template of the project itself asks for a line that no shipped one knows."""
    pages = (page.read_bytes() for page in own.glob("*.html") if page.is_file())
    return any(sign + key.encode() in page for page in pages for sign in (b'"', b"'"))


def _braces(text: str) -> frozenset[str] | None:
    """Return the names that stand in braces, or None where a brace is open or closed alone."""
    try:
        return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
    except ValueError:
        return None
