"""The wording of the public pages: `languages/<tag>.yaml` in the template folders, the project's first."""

from collections.abc import Iterator
from collections.abc import Mapping as MappingOf
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from vuonho.bilingual import Text
from vuonho.domain.plurals import form_names
from vuonho.errors import DataProblems, Problem, Severity
from vuonho.intake.files import parse_file, read_text
from vuonho.intake.tree import Mapping, Scalar, Sequence

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
            message = Text(
                "Chỗ này cần một câu, không phải danh sách.", "A sentence is wanted here, not a list."
            )
            hint = Text("Xem tệp gốc cùng tên.", "Look at the shipped file of the same name.")
            yield key, Problem(name, entry.line, entry.column, key, message, hint)
