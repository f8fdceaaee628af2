"""The wording of the public pages: `languages/<tag>.yaml` in the template folders, the project's first."""

from collections.abc import Iterator
from collections.abc import Mapping as MappingOf
from pathlib import Path

from vuonho.bilingual import Text
from vuonho.errors import DataProblems, Problem
from vuonho.intake.files import read_tree
from vuonho.intake.tree import Mapping, Scalar


def read_messages(folders: tuple[Path, ...], tag: str) -> MappingOf[str, str] | None:
    """Return every wording of a language by its dotted key, or None where no folder has the language.

    A project's own file may hold only what it changes: the shipped file gives the rest. Raises DataProblems.
    """
    files = [folder / "languages" / f"{tag}.yaml" for folder in reversed(folders)]
    found: dict[str, str] = {}
    present = [file for file in files if file.is_file()]
    for file in present:
        found.update(_read(file, f"templates/languages/{tag}.yaml"))
    return found if present else None


def _read(path: Path, name: str) -> dict[str, str]:
    tree, problems = read_tree(path, name)
    if problems or tree is None:
        raise DataProblems(problems)
    return dict(_flat(tree, "", name))


def _flat(tree: Mapping, prefix: str, name: str) -> Iterator[tuple[str, str]]:
    for entry in tree.entries:
        key = f"{prefix}{entry.key}"
        if isinstance(entry.value, Mapping):
            yield from _flat(entry.value, f"{key}.", name)
        elif isinstance(entry.value, Scalar):
            yield key, entry.value.text
        else:
            message = Text(
                "Chỗ này cần một câu, không phải danh sách.", "A sentence is wanted here, not a list."
            )
            hint = Text("Xem tệp gốc cùng tên.", "Look at the shipped file of the same name.")
            raise DataProblems((Problem(name, entry.line, entry.column, key, message, hint),))
