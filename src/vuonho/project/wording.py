"""The wording of the public pages: one file a language, and whether each is whole."""

import string
from collections.abc import Collection, Iterable, Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from vuonho.errors import DataProblems, Problem, Severity, UserError
from vuonho.i18n import NOTHING, Both, Text
from vuonho.model import vocabulary
from vuonho.model.catalogue import ANIMALS, CROPS, GOODS
from vuonho.model.vocabulary import USUAL_RULE, Plural, WordList, form_names, parse_plural
from vuonho.project.files import SITE_FILE, parse_file, read_text
from vuonho.project.yaml_tree import Mapping, Scalar, Sequence
from vuonho.text import nearest

# --- The wording of the public pages: `languages/<tag>.yaml` in the template folders, the project's first ---

Catalogue = MappingOf[str, Scalar]
"""Every line of one file by its dotted key, with its place."""


def read_messages(folders: tuple[Path, ...], tag: str) -> MappingOf[str, str] | None:
    """Return every wording of a language by its dotted key, or None where no folder has the language.

    A project's own file may hold only what it changes: the shipped file gives the rest. Raises DataProblems.
    """
    found: dict[str, str] = {}
    files = catalogue_files(folders, tag)
    for file in files:
        lines, problems = read_catalogue(file)
        if any(problem.severity is Severity.ERROR for problem in problems):
            raise DataProblems(problems)
        found.update((key, line.text) for key, line in lines.items())
    return found if files else None


def catalogue_files(folders: tuple[Path, ...], tag: str) -> tuple[Path, ...]:
    """Return the files of a language that are there, the one that wins last."""
    files = (folder / "languages" / f"{tag}.yaml" for folder in reversed(folders))
    return tuple(file for file in files if file.is_file())


def read_catalogue(path: Path) -> tuple[Catalogue, tuple[Problem, ...]]:
    """Return (lines, problems) of one file; problems call it as a project does: templates/languages/vi.yaml."""
    name = f"templates/languages/{path.name}"
    text, problems = read_text(path, name)
    return ({}, problems) if text is None else _parse_catalogue(text, name)


@lru_cache(maxsize=8)
def _parse_catalogue(text: str, name: str) -> tuple[Catalogue, tuple[Problem, ...]]:
    """Return what `read_catalogue` does; kept, for each build asks twice for the same thousand lines."""
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
        elif has_forms and isinstance(entry.value, Sequence) and entry.value.items:
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
        files = catalogue_files((own, shipped), tag)
        if not files:
            yield Problem(
                "languages",
                Text("The site has no wording in “{tag}”.", tag=tag),
                Text(
                    "Take {tag} out of languages, or translate vi.yaml to templates/languages/{tag}.yaml.",
                    tag=tag,
                ),
                file=SITE_FILE,
            )
        elif tag not in OURS or len(files) > 1:
            yield from _check(_read(files), tag, own, shipped)
        else:
            yield from _read(files).problems


@dataclass(frozen=True, slots=True)
class _Language:
    """The lines of a language, and what kept some of them from being read."""

    lines: Catalogue
    problems: tuple[Problem, ...] = ()

    @property
    def is_read(self) -> bool:
        return not any(problem.severity is Severity.ERROR for problem in self.problems)


def _read(files: Iterable[Path]) -> _Language:
    read = [read_catalogue(file) for file in files]
    lines = {key: line for found, _ in read for key, line in found.items()}
    return _Language(lines, tuple(problem for _, problems in read for problem in problems))


def _check(language: _Language, tag: str, own: Path, shipped: Path) -> Iterator[Problem]:
    yield from language.problems
    if not language.is_read:
        return  # what is broken hides what is there
    vi, en = (_read(catalogue_files((shipped,), one)).lines for one in OURS)
    file, lines = f"templates/languages/{tag}.yaml", language.lines
    try:
        plural = parse_plural(lines["plural"].text if "plural" in lines else USUAL_RULE)
    except UserError as error:
        yield Problem(
            "plural",
            error.message,
            error.hint,
            file=file,
            line=lines["plural"].line,
            column=lines["plural"].column,
        )
        return  # nor is it known which forms are wanted
    counts = [key.removesuffix(".one") for key in en if key.endswith(".one")]
    vi, en = (_in_forms(one, counts, plural) for one in (vi, en))
    uneven = {key: given for key in counts if (given := _forms_of(key, lines)) and given != {*plural.forms}}
    for key, given in uneven.items():
        yield Problem(key, *_miscounted(len(given), plural), file=file, line=_line_of(key, lines))
    needed = [key for key in en if tag in OURS or key.partition(".")[0] not in PAPERS]
    needed = [key for key in needed if key.rpartition(".")[0] not in uneven]
    filled = [key for key, line in lines.items() if tag in OURS or not _is_blank(key, line, en)]
    for section, missing in _by_section(_topmost(needed, filled)).items():
        yield Problem(section, *_missing(section, missing, en), file=file, line=_line_of(section, lines))
    for key in _topmost([key for key in lines if not _is_name(key) and key != "plural"], en):
        if key.rpartition(".")[0] not in uneven and not _is_asked_for(key, own):
            yield Problem(key, *_unknown(key, en), Severity.WARNING, file=file, line=_line_of(key, lines))
    for key in filled:
        count, _, form = key.rpartition(".")
        is_uncounted = count in counts and form not in plural.counting()
        for said in _check_braces(key, lines[key].text, en, vi, is_uncounted):
            yield Problem(key, *said, file=file, line=lines[key].line, column=lines[key].column)


def _in_forms(lines: Catalogue, counts: Collection[str], plural: Plural) -> Catalogue:
    """Return our lines with each count in as many forms as the language has."""
    if "other" in plural.forms:
        return lines
    rest = {key: line for key, line in lines.items() if key.rpartition(".")[0] not in counts}
    return rest | {f"{key}.{form}": lines[f"{key}.other"] for key in counts for form in plural.forms}


def _forms_of(count: str, lines: Catalogue) -> set[str]:
    """Return the names of the forms in which a language with a rule of its own has a count."""
    found = {key.removeprefix(f"{count}.") for key in lines if key.startswith(f"{count}.")}
    return found if "plural" in lines else set()


# --- Lines ------------------------------------------------------------------------------------------------


def _topmost(keys: Iterable[str], known: Collection[str]) -> dict[str, int]:
    """Return what of `keys` is not known, a whole section by its own name alone, with how many lines it is."""
    lines, branches = set(known), {branch for key in known for branch in _branches(key)}
    found: dict[str, int] = {}
    for key in keys:
        if key not in lines:
            top = next((one for one in _branches(key) if one not in branches), key)
            found[top] = found.get(top, 0) + 1
    return found


def _by_section(missing: MappingOf[str, int]) -> dict[str, dict[str, int]]:
    """Return what is missing of each section, so that a language that was only begun is told in a few words."""
    found: dict[str, dict[str, int]] = {}
    for key, count in missing.items():
        found.setdefault(key.rpartition(".")[0], {})[key] = count
    return found


def _branches(key: str) -> Iterator[str]:
    """Yield the sections in which a line stands, the outermost first: "a", "a.b" for "a.b.c"."""
    steps = key.split(".")
    return (".".join(steps[:end]) for end in range(1, len(steps)))


def _line_of(key: str, lines: Catalogue) -> int | None:
    """Return where a line stands, or the first of a section; None where there is none, and for the whole file."""
    return next((line.line for known, line in lines.items() if f"{known}.".startswith(f"{key}.")), None)


def _is_blank(key: str, line: Scalar, en: Catalogue) -> bool:
    return line.is_empty and key in en and not en[key].is_empty


def _is_name(key: str) -> bool:
    """Tell whether a line names a crop, an animal, a product or a word: those may be added."""
    kind, _, name = key.partition(".")
    return name.rpartition(".")[2] in _names().get(kind, ())


@cache
def _names() -> dict[str, frozenset[str]]:
    lists = vars(vocabulary).values()
    return {
        "crop": frozenset(one.key for one in CROPS),
        "animal": frozenset(one.key for one in ANIMALS),
        "good": frozenset(one.key for one in GOODS),
        "words": frozenset(key for one in lists if isinstance(one, WordList) for key in one.keys),
    }


def _is_asked_for(key: str, own: Path) -> bool:
    """Tell whether a page template of the project itself asks for a line that no shipped one knows."""
    pages = (page.read_bytes() for page in own.glob("*.html") if page.is_file())
    return any(sign + key.encode() in page for page in pages for sign in (b'"', b"'"))


# --- Braces -----------------------------------------------------------------------------------------------


def _check_braces(
    key: str, text: str, en: Catalogue, vi: Catalogue, is_uncounted: bool
) -> Iterator[tuple[Text, Text, Severity]]:
    used, ours = _braces(text), [_braces(one[key].text) or frozenset() for one in (en, vi) if key in one]
    if not ours:
        return  # a name, or a line for a page of the project's own
    if used is None:
        yield (*_UNCLOSED, Severity.ERROR)
        return
    twin = f"{key.removesuffix('.one')}.other"
    also = _braces(en[twin].text) if key.endswith(".one") and twin in en else None
    allowed = frozenset[str]().union(*ours, also or ())
    for name in sorted(used - allowed):
        yield (*_strange(name, allowed), Severity.ERROR)
    wanted = frozenset.intersection(*ours) - ({"n"} if is_uncounted else set())
    for name in sorted(wanted - used):
        yield (*_forgotten(name), Severity.WARNING)


def _braces(text: str) -> frozenset[str] | None:
    """Return the names that stand in braces, or None where a brace is open or closed alone."""
    try:
        return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
    except ValueError:
        return None


# --- Words ------------------------------------------------------------------------------------------------


def _missing(section: str, missing: MappingOf[str, int], en: Catalogue) -> tuple[Text, Text]:
    names = [(key.removeprefix(f"{section}."), count, key in en) for key, count in missing.items()]
    vi = ", ".join(name if is_line else f"{name} ({count} câu)" for name, count, is_line in names)
    lines = (
        name if is_line else f"{name} ({count} line{'s' * (count != 1)})" for name, count, is_line in names
    )
    total = sum(missing.values())
    where = Text(" of “{section}”", section=section) if section else NOTHING
    verb = "is" if total == 1 else "are"
    return (
        Both(
            f"Thiếu {total} câu{where.vi}: {vi}.",
            f"{total} line{'s' * (total != 1)}{where.en} {verb} missing: {', '.join(lines)}.",
        ),
        Text("Copy from en.yaml and translate."),
    )


def _miscounted(given: int, plural: Plural) -> tuple[Text, Text]:
    wanted = len(plural.forms)
    as_list = ", ".join('"…"' for _ in plural.forms)
    return (
        Text.counted(
            "This has {count} form, and the line plural says {wanted}.",
            "This has {count} forms, and the line plural says {wanted}.",
            given,
            wanted=wanted,
        ),
        Text("Write {wanted} in the order of plural: [{as_list}]", wanted=wanted, as_list=as_list),
    )


def _unknown(key: str, en: Catalogue) -> tuple[Text, Text]:
    branches = {branch for known in en for branch in (*_branches(known), known)}
    depth = key.count(".")
    meant = nearest(
        key, sorted(one for one in branches if one.count(".") == depth and one != key), likeness=0.75
    )
    return (
        Text("No page asks for “{key}”.", key=key),
        Text("Did you mean “{meant}”?", meant=meant)
        if meant
        else Text("Look at its name in en.yaml, or take it out."),
    )


def _strange(name: str, allowed: Collection[str]) -> tuple[Text, Text]:
    known = ", ".join(f"{{{one}}}" for one in sorted(allowed))
    return (
        Text("Nothing fills {{{name}}} in here.", name=name),
        Text("What can stand here: {known}. Leave it as in en.yaml.", known=known)
        if known
        else Text("Nothing is filled in here: take the { } out."),
    )


def _forgotten(name: str) -> tuple[Text, Text]:
    return (
        Text("This line has lost {{{name}}}.", name=name),
        Text("Keep it as in en.yaml, or the page lacks it."),
    )


_UNCLOSED = (
    Text("The braces { } here do not go in pairs."),
    Text("Leave them as in en.yaml."),
)
