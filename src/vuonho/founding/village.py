"""One more village in a book that is there: its folder, its `village.yaml`, and nothing else is touched."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from vuonho.bilingual import Text
from vuonho.domain.fold import fold
from vuonho.domain.values import quoted
from vuonho.errors import Refused
from vuonho.founding.files import EXAMPLE_FILE, render_example, render_village
from vuonho.founding.opening import HOME, QUESTIONS, complete, place_notes, suggest, village_name
from vuonho.intake.communesfile import read_communes
from vuonho.intake.files import read_tree
from vuonho.intake.folder import SITE_FILE, VILLAGE_FILE, list_villages, village_folder
from vuonho.intake.settings import read_site, read_village
from vuonho.intake.tree import Scalar
from vuonho.output.batch import write_together
from vuonho.output.lock import locked
from vuonho.output.troubles import in_words
from vuonho.output.writing.recovery import recover

OF_A_VILLAGE: Final = tuple(
    question for question in QUESTIONS if question.name in ("village", "kind", "commune", "centre")
)
"""What is asked of a village; all else the book has."""


@dataclass(frozen=True, slots=True)
class Added:
    """A village added: its folder, its name, how many there are now, and what is to be mended."""

    slug: str
    name: str
    villages: int
    notes: tuple[Text, ...]


def book_around(target: Path) -> Path | None:
    """Return the project in whose folder, or below it, a new folder would lie; None for none."""
    absolute = Path(os.path.abspath(target))  # noqa: PTH100 - links stay as they are
    return next((folder for folder in absolute.parents if (folder / SITE_FILE).is_file()), None)


def known_answers(root: Path) -> dict[str, str]:
    """Return what the book answers by itself: its province, and its commune where all villages are of one."""
    site, _ = read_site(root)
    province = site.province if site else HOME
    files = [f"profiles/{slug}/{VILLAGE_FILE}" for slug in _slugs(root)]
    communes = {one.full_name for file in files if (one := read_village(root, file, province)[1])}
    return {"province": province} | ({"commune": communes.pop()} if len(communes) == 1 else {})


def add_village(root: Path, folder: str, typed: Mapping[str, str], today: date, language: str) -> Added:
    """Return the village added in `profiles/<folder>`; `typed` are the answers by the names of OF_A_VILLAGE.

    Raises Refused for an answer or a folder that will not do, MachineTrouble; then nothing has changed.
    """
    known = known_answers(root)
    given = complete(known | dict(typed), OF_A_VILLAGE)
    given |= {"province": known["province"], "village": village_name(given)}
    with locked(root):
        recover(root)
        slugs = _slugs(root)
        _refuse_taken(root, folder, given["village"], slugs)
        chosen = {one.name: suggest(one, given) for one in OF_A_VILLAGE} | {
            name: Text(text, "") for name, text in given.items()
        }
        home = root / "profiles" / folder
        with in_words(home):
            (home / "photos").mkdir(parents=True, exist_ok=True)
        example, about = render_example(today, language), render_village(chosen, language)
        write_together(root, {home / EXAMPLE_FILE: example, home / VILLAGE_FILE: about})
    return Added(
        folder, given["village"], len(slugs) + 1, tuple(place_notes(given, folder, read_communes(root)[0]))
    )


def _slugs(root: Path) -> tuple[str, ...]:
    return tuple(folder.slug for folder in list_villages(root)[0])


def _said(root: Path, slug: str, key: str) -> str:
    file = f"profiles/{slug}/{VILLAGE_FILE}"
    tree, _ = read_tree(root / file, file)
    entry = tree.get(key) if tree else None
    return entry.value.text if entry and isinstance(entry.value, Scalar) else ""


def _refuse_taken(root: Path, folder: str, name: str, slugs: tuple[str, ...]) -> None:
    """Raise Refused for a folder that is no village's, one that is there, and a village that the book has."""
    if (good := village_folder(folder)) != folder:
        raise Refused(
            Text(f"{quoted(folder)} không làm tên thư mục của thôn được.", f"{quoted(folder)} is no name for a village's folder."),
            Text(f"Ghi, ví dụ: {good}", f"Write, for example: {good}"),
        )  # fmt: skip
    there = {fold(_said(root, slug, "name")): slug for slug in slugs}
    if (root / "profiles" / folder).exists() or fold(name) in there:
        where = there.get(fold(name), folder)
        raise Refused(
            Text(f"Sổ đã có thôn này: profiles/{where}.", f"The book has this village already: profiles/{where}."),
            Text("Thêm hộ cho thôn: vuonho new, hoặc vuonho import.", "To add households: vuonho new, or vuonho import."),
        )  # fmt: skip
