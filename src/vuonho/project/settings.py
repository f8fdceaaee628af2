"""The settings of a project and of its villages, and the communes that it adds."""

import csv
from collections.abc import Container, Iterator, Sequence
from collections.abc import Mapping as MappingOf
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
    try:
        for line, row in _rows(text):
            try:
                commune = _communesfile_commune(row)
            except UserError as refused:
                wrong.append(_problem(line, refused.message, refused.hint))
                continue
            first, _ = found.setdefault((key(commune.full_name), key(commune.province)), (line, commune))
            if first != line:
                wrong.append(_problem(line, *_twice(commune.full_name, first)))
    except _Broken as broken:
        wrong.append(_problem(broken.line, broken.message, broken.hint))
    return tuple(commune for _, commune in found.values()), tuple(wrong)


def _problem(line: int, message: Text, hint: Text) -> Problem:
    return Problem("", message, hint, file=FILE, line=line)


class _Broken(UserError):
    """The table cannot be read from this line on."""

    def __init__(self, line: int, message: Text, hint: Text) -> None:
        super().__init__(message, hint)
        self.line = line


def _rows(text: str) -> Iterator[tuple[int, MappingOf[str, str]]]:
    """Yield (line, cells by the names of their columns) of every line that holds something."""
    told = [line for line in text.splitlines() if line.strip() and not line.startswith("sep=")]
    if not told:
        return
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(SEPARATORS, key=told[0].count), strict=True)
    heading: tuple[str, ...] = ()
    line = 1
    try:
        for cells in reader:
            plain = [cell.strip() for cell in cells]
            if heading and any(plain):
                if any(plain[len(heading) :]):
                    raise _Broken(line, *_MORE_CELLS)
                yield line, dict(zip(heading, plain, strict=False))
            elif any(plain) and not plain[0].startswith("sep="):
                heading = tuple(cell.lower() for cell in plain)
                known = [name for name in heading if name in _COLUMNS]
                if "name" not in known or len(known) != len(set(known)):
                    raise _Broken(line, *_HEADING)
            line = reader.line_num + 1
    except csv.Error as error:
        raise _Broken(line, *_QUOTES) from error


def _communesfile_commune(row: MappingOf[str, str]) -> Commune:
    """Return the commune of a row; raise UserError for one that says none.

    A code that the program knows brings along what it knows: the box, and the names until now as older ones.
    """
    if not row.get("name"):
        raise UserError(*_NO_NAME)
    name, code = str(read_value(Village, ("commune",), row["name"])), row.get("code", "")
    if code and not (code.isascii() and code.isdigit() and len(code) <= 5):
        raise UserError(*_no_code(code))
    kind = next((one for one in KINDS if key(name).startswith(f"{one} ")), "")
    code = code.zfill(5) if code else ""
    known = next((one for one in communes() if one.code == code), None) if code else None
    return Commune(
        code,
        name[len(kind) :].strip(),
        (name[: len(kind)] or " ".join(row.get("kind", "").split())).capitalize(),
        row.get("province", ""),
        _box(row) or (known.box if known else None),
        (*listed(row.get("former", "")), *((known.full_name, *known.former) if known else ())),
    )


def _box(row: MappingOf[str, str]) -> Box | None:
    try:
        box = box_of([row.get(side, "") for side in BOX])
    except ValueError as error:
        raise UserError(*_NO_BOX) from error
    if box and not (-90 <= box.south < box.north <= 90 and -180 <= box.west < box.east <= 180):
        raise UserError(*_NO_BOX)
    return box


_LIKE = Text(
    "The first line names the columns, at least: name,province. A line below, such as: Xã Phúc Trạch,Hà Tĩnh"
)
_HEADING = (
    Text("The first line does not name the columns rightly."),
    _LIKE,
)
_NO_NAME = (
    Text("This line names no commune."),
    Text("Write it into the column name, or delete the line."),
)
_QUOTES = (
    Text("Quotes on this line do not close."),
    Text("Delete the odd quote, or close it."),
)
_MORE_CELLS = (
    Text("This line has more cells than the first."),
    Text("Take out a comma, or put the name into quotes."),
)
_NO_BOX = (
    Text("The box of this commune is not right."),
    Text(
        "Fill in all four of south, west, north, east, such as 18.01, 105.72, 18.17, 105.93; "
        "or leave all four empty."
    ),
)


def _no_code(code: str) -> tuple[Text, Text]:
    shown = quoted(code, 20)
    return (
        Text("{shown} is no code of a commune.", shown=shown),
        Text("It has five digits, such as 18547; leave it empty if unknown."),
    )


def _twice(name: str, first: int) -> tuple[Text, Text]:
    return (
        Text("{name} stands in line {first} already.", name=name, first=first),
        Text("Delete one of the lines."),
    )


# --- The settings of a project and of its villages: `site.yaml` and `village.yaml`, read and checked ---


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
    found = _site(site, own) if site else ()
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
    commune, found = _commune(village, province, own)
    found = (*found, *(finding for field, text in free_texts(village) for finding in cautions(text, field)))
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
            message = _former_trouble(old, taken, slugs, named)
            named.setdefault(old, file)
            if tree and message:
                problems.append(Problem(f"formerly.{number}", message, _FORMER_HINT).at(tree, file))
    return tuple(problems)


def _former_trouble(
    old: str, taken: Container[str], slugs: Container[str], named: MappingOf[str, str]
) -> Text | None:
    if old in taken or not is_portable(old):
        return Text("The folder name “{old}” is taken.", old=old)
    if old.isdigit():
        return Text("“{old}” is digits only, as a code is.", old=old)
    if old in slugs:
        return Text("There is a village in the folder “{old}” now.", old=old)
    if old in named:
        return Text("“{old}” is named in {named} already.", old=old, named=named[old])
    return None


_FORMER_HINT = Text("Look up the village's former folder; if this is none, take it out of formerly.")


def _site(site: Site, own: Sequence[Commune]) -> Iterator[Problem]:
    if unknown := unknown_province(site.province, own):
        yield Problem("province", *unknown, Severity.WARNING)
    if len(set(site.languages)) != len(site.languages) or not site.languages:
        yield Problem(
            "languages",
            Text("The list of languages is empty or repeats one."),
            Text("Write: [vi, en]."),
        )
    for field, text in free_texts(site):
        yield from cautions(text, field)


def _commune(
    village: Village, province: str, own: Sequence[Commune]
) -> tuple[Commune | None, tuple[Problem, ...]]:
    try:
        commune, said = find_commune(village.commune, province, own)
    except UserError as refused:
        return None, (Problem("commune", refused.message, refused.hint),)
    if said and unknown_province(province, own):
        return commune, ()  # said of site.yaml already
    if said:
        return commune, (Problem("commune", *said, Severity.WARNING),)
    trap = name_trap(commune)
    if not trap.vi or village.former is not None:
        return commune, ()
    hint = Text("Look at the name again.")
    return commune, (Problem("commune", trap, hint, Severity.WARNING),)
