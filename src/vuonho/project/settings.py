"""The settings of a project and of its villages, and the communes that it adds."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path

from vuonho.errors import Problem, Severity, UserError
from vuonho.i18n import Text
from vuonho.model.communes import (
    BOX,
    FILE,
    KINDS,
    Box,
    Commune,
    box_of,
    communes,
    find_commune,
    listed,
    name_trap,
    unknown_province,
)
from vuonho.model.fields import read_value
from vuonho.model.household import free_texts
from vuonho.model.sensitive import cautions
from vuonho.model.settings import Site, Village
from vuonho.model.values import quoted
from vuonho.project.files import SITE_FILE, SITE_FOLDERS, VillageFolder, read_text, read_tree
from vuonho.project.profile import read_record
from vuonho.project.yaml_tree import Mapping
from vuonho.register.table import SEPARATORS
from vuonho.text import is_portable, key

# --- The communes that a project adds to the program's own: `words/communes.csv` ---

_COLUMNS = ("name", "kind", "code", "province", *BOX, "former")


def read_communes(root: Path) -> tuple[tuple[Commune, ...], tuple[Problem, ...]]:
    """Return (communes, problems); a project without the file adds none.

    What Excel makes of the file is understood: semicolons or tabs, a line `sep=;`, codes without their first zeros.
    Columns of the team's own may stand among the known ones.
    """
    path = root / FILE
    if not (path.exists() or path.is_symlink()):
        return (), ()
    text, problems = read_text(path, FILE)
    if text is None:
        return (), problems
    found: dict[tuple[str, str], tuple[int, Commune]] = {}
    wrong: list[Problem] = []
    for line, row in _rows(text):
        problem = None if isinstance(row, Commune) else row
        if isinstance(row, Commune):
            first, _ = found.setdefault((key(row.full_name), key(row.province)), (line, row))
            message = Text("{name} stands in line {first} already.", name=row.full_name, first=first)
            problem = UserError(message, Text("Delete one of the lines.")) if first != line else None
        if problem:
            wrong.append(Problem("", problem.message, problem.hint, file=FILE, line=line))
    return tuple(commune for _, commune in found.values()), tuple(wrong)


def _rows(text: str) -> Iterator[tuple[int, Commune | UserError]]:
    """Yield (line, commune) of every line that holds something, or what is wrong there."""
    filled = [line for line in text.splitlines() if line.strip() and not line.startswith("sep=")]
    separator = max(SEPARATORS, key=filled[0].count) if filled else ","
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    heading: tuple[str, ...] = ()
    line = 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells) and heading:
                if any(cells[len(heading) :]):
                    yield line, UserError(*_MORE_CELLS)
                    return
                yield line, _commune_of(dict(zip(heading, cells, strict=False)))
            elif any(cells) and not cells[0].startswith("sep="):
                heading = tuple(cell.lower() for cell in cells)
                known = [name for name in heading if name in _COLUMNS]
                if "name" not in known or len(known) != len(set(known)):
                    yield line, UserError(*_HEADING)
                    return
            line = reader.line_num + 1
    except csv.Error:
        message = Text("Quotes on this line do not close.")
        yield line, UserError(message, Text("Delete the odd quote, or close it."))


_HEADING = (
    Text("The first line does not name the columns rightly."),
    Text(
        "The first line names the columns, at least: name,province. A line below, such as: Xã Phúc Trạch,Hà Tĩnh"
    ),
)
_MORE_CELLS = (
    Text("This line has more cells than the first."),
    Text("Take out a comma, or put the name into quotes."),
)


def _commune_of(row: dict[str, str]) -> Commune | UserError:
    """Return the commune of a row, or what is wrong with it.

    A code that the program knows brings along what it knows: the box, and the names until now as older ones.
    """
    if not row.get("name"):
        message = Text("This line names no commune.")
        return UserError(message, Text("Write it into the column name, or delete the line."))
    code = row.get("code", "")
    if code and not (code.isascii() and code.isdigit() and len(code) <= 5):
        message = Text("{shown} is no code of a commune.", shown=quoted(code, 20))
        return UserError(message, Text("It has five digits, such as 18547; leave it empty if unknown."))
    try:
        name = str(read_value(Village, ("commune",), row["name"]))
        box = box_of([row.get(side, "") for side in BOX])
    except UserError as refused:
        return refused
    except ValueError:
        box = Box(0, 0, 0, 0)
    if box and not (-90 <= box.south < box.north <= 90 and -180 <= box.west < box.east <= 180):
        hint = Text(
            "Fill in all four of south, west, north, east, such as 18.01, 105.72, 18.17, 105.93; "
            "or leave all four empty."
        )
        return UserError(Text("The box of this commune is not right."), hint)
    kind = next((one for one in KINDS if key(name).startswith(f"{one} ")), "")
    code = code.zfill(5) if code else ""
    known = next((one for one in communes() if one.code == code), None) if code else None
    return Commune(
        code,
        name[len(kind) :].strip(),
        (name[: len(kind)] or " ".join(row.get("kind", "").split())).capitalize(),
        row.get("province", ""),
        box or (known.box if known else None),
        (*listed(row.get("former", "")), *((known.full_name, *known.former) if known else ())),
    )


# --- `site.yaml` and `village.yaml` ---


def read_site(root: Path) -> tuple[Site | None, tuple[Problem, ...]]:
    """Return (settings, problems) of `site.yaml`; the settings are None where it cannot be used.

    What is wrong with the communes that the project adds is among the problems.
    """
    own, strange = read_communes(root)
    tree, problems = read_tree(root / SITE_FILE, SITE_FILE)
    if tree is None:
        return None, (*strange, *problems)
    site, wrong = check_site(tree, own)
    return site, (*strange, *problems, *wrong)


def check_site(tree: Mapping, own: Sequence[Commune] = ()) -> tuple[Site | None, tuple[Problem, ...]]:
    """Return (settings, problems) of what `site.yaml` holds; `own` are the communes that the project adds."""
    site, wrong = read_record(Site, tree, SITE_FILE)
    if site is None:
        return None, wrong
    found: list[Problem] = []
    if unknown := unknown_province(site.province, own):
        found.append(Problem("province", *unknown, Severity.WARNING))
    if len(set(site.languages)) != len(site.languages) or not site.languages:
        message = Text("The list of languages is empty or repeats one.")
        found.append(Problem("languages", message, Text("Write: [vi, en].")))
    for field, text in free_texts(site):
        found += cautions(text, field)
    return site, (*wrong, *(problem.at(tree, SITE_FILE) for problem in found))


def read_village(
    root: Path, file: str, province: str
) -> tuple[Village | None, Commune | None, tuple[Problem, ...]]:
    """Return (village, its commune, problems) of a `village.yaml`, given relative to the project.

    `province` is where the commune is sought; the commune is None where the file or its code cannot be used. What is
    wrong with the communes that the project adds, `read_site` says.
    """
    tree, problems = read_tree(root / file, file)
    if tree is None:
        return None, None, problems
    village, commune, wrong = check_village(tree, file, province, read_communes(root)[0])
    return village, commune, (*problems, *wrong)


def check_village(
    tree: Mapping, file: str, province: str, own: Sequence[Commune] = ()
) -> tuple[Village | None, Commune | None, tuple[Problem, ...]]:
    """Return (village, its commune, problems) of what a `village.yaml` holds."""
    village, problems = read_record(Village, tree, file)
    if village is None:
        return None, None, problems
    found: list[Problem] = []
    commune = None
    try:
        commune, doubt = find_commune(village.commune, province, own)
        if doubt and not unknown_province(province, own):  # else it is said of site.yaml already
            found.append(Problem("commune", *doubt, Severity.WARNING))
        elif not doubt and village.former is None and (trap := name_trap(commune)).vi:
            found.append(Problem("commune", trap, Text("Look at the name again."), Severity.WARNING))
    except UserError as refused:
        found.append(Problem("commune", refused.message, refused.hint))
    for field, text in free_texts(village):
        found += cautions(text, field)
    return village, commune, (*problems, *(problem.at(tree, file) for problem in found))


def check_former(
    root: Path, villages: Sequence[VillageFolder], languages: Sequence[str]
) -> tuple[Problem, ...]:
    """Return what is wrong with the former folders that the villages name; each leads on to its village.

    `languages` are the site's: their folders are taken. A village file that cannot be used is passed over.
    """
    taken = SITE_FOLDERS | {"vi", "en"} | {tag.lower() for tag in languages}
    slugs = {village.slug for village in villages}
    named: dict[str, str] = {}
    problems: list[Problem] = []
    for file in (village.file for village in villages):
        tree, _ = read_tree(root / file, file)
        village = read_record(Village, tree, file)[0] if tree else None
        for number, old in enumerate(village.formerly if village else (), 1):
            message = None
            if old in taken or not is_portable(old):
                message = Text("The folder name “{slug}” is taken.", slug=old)
            elif old.isdigit():
                message = Text("“{old}” is digits only, as a code is.", old=old)
            elif old in slugs:
                message = Text("There is a village in the folder “{old}” now.", old=old)
            elif old in named:
                message = Text("“{old}” is named in {named} already.", old=old, named=named[old])
            named.setdefault(old, file)
            if tree and message:
                hint = Text("Look up the village's former folder; if this is none, take it out of formerly.")
                problems.append(Problem(f"formerly.{number}", message, hint).at(tree, file))
    return tuple(problems)
