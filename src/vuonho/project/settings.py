"""The settings of a project: `site.yaml`, each `village.yaml`, and the words of its own."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import Final, TypeVar

from vuonho.errors import Problem, Severity, UserError
from vuonho.i18n import Text
from vuonho.model.communes import (
    BOX,
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
from vuonho.model.communes import FILE as COMMUNES_FILE
from vuonho.model.fields import read_value
from vuonho.model.household import CropEntry, free_texts
from vuonho.model.rules import cautions
from vuonho.model.settings import Site, Village
from vuonho.model.values import parse_months, quoted
from vuonho.model.vocabulary import CROPS, Known
from vuonho.project.files import SITE_FILE, SITE_FOLDERS, VillageFolder, read_text, read_tree
from vuonho.project.profile import read_record
from vuonho.project.yaml_tree import Mapping
from vuonho.register.register import SEPARATORS
from vuonho.text import is_portable, key, slug_of

# --- The words that a project adds to the program's own: `words/communes.csv` and `words/crops.csv` ---

Row = dict[str, str]
Thing = TypeVar("Thing", Commune, Known)

CROPS_FILE: Final = "words/crops.csv"
_COMMUNE_COLUMNS = ("name", "kind", "code", "province", *BOX, "former")
_CROP_COLUMNS = ("vi", "en", "key", "scientific", "picture", "months", "also", "kind")


def read_communes(root: Path) -> tuple[tuple[Commune, ...], tuple[Problem, ...]]:
    """Return (communes, problems); a project without the file adds none."""
    like = Text(
        "The first line names the columns, at least: name,province. A line below, such as: Xã Phúc Trạch,Hà Tĩnh"
    )
    return _read(root, COMMUNES_FILE, _COMMUNE_COLUMNS, like, _commune_of)


def read_crops(root: Path) -> tuple[tuple[Known, ...], tuple[Problem, ...]]:
    """Return (crops, problems); a project without the file adds none."""
    like = Text(
        "The first line names the columns, at least: vi. A line below, with vi,en,months, such as: "
        "Chanh ngón tay,Finger lime,6 7"
    )
    return _read(root, CROPS_FILE, _CROP_COLUMNS, like, _crop_of)


def _read(
    root: Path, file: str, columns: tuple[str, ...], like: Text, make: Callable[[Row], Thing]
) -> tuple[tuple[Thing, ...], tuple[Problem, ...]]:
    """Return (what the rows of a table name, problems); the first of `columns` must be among those of the file.

    What Excel makes of the file is understood: semicolons or tabs, a line `sep=;`, codes without their first zeros.
    Columns of the team's own may stand among the known ones.
    """
    path = root / file
    if not (path.exists() or path.is_symlink()):
        return (), ()
    text, unread = read_text(path, file)
    if text is None:
        return (), unread
    found: dict[object, tuple[int, Thing]] = {}
    problems: list[Problem] = []
    for line, row in _rows(text, columns, like):
        try:
            thing = row if isinstance(row, UserError) else make(row)
        except UserError as refused:
            thing = refused
        if not isinstance(thing, UserError):
            name = thing.vi if isinstance(thing, Known) else thing.full_name
            known = key(name), key(thing.province) if isinstance(thing, Commune) else ""
            first, _ = found.setdefault(known, (line, thing))
            if first == line:
                continue
            message = Text("{name} stands in line {first} already.", name=name, first=first)
            thing = UserError(message, Text("Delete one of the lines."))
        problems.append(Problem("", thing.message, thing.hint, file=file, line=line))
    return tuple(thing for _, thing in found.values()), tuple(problems)


def _rows(text: str, columns: tuple[str, ...], like: Text) -> Iterator[tuple[int, Row | UserError]]:
    """Yield (line, cells by their columns) of every line that holds something; of what cannot be read, why."""
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
                    message = Text("This line has more cells than the first.")
                    yield line, UserError(message, Text("Take out a comma, or put the name into quotes."))
                    return
                yield line, dict(zip(heading, cells, strict=False))
            elif any(cells) and not cells[0].startswith("sep="):
                heading = tuple(cell.lower() for cell in cells)
                known = [name for name in heading if name in columns]
                if columns[0] not in known or len(known) != len(set(known)):
                    yield line, UserError(Text("The first line does not name the columns rightly."), like)
                    return
            line = reader.line_num + 1
    except csv.Error:
        message = Text("Quotes on this line do not close.")
        yield line, UserError(message, Text("Delete the odd quote, or close it."))


def _commune_of(row: Row) -> Commune:
    """Return the commune of a row; a code that the program knows brings along its box and its names until now."""
    if not row.get("name"):
        message = Text("This line names no commune.")
        raise UserError(message, Text("Write it into the column name, or delete the line."))
    code = row.get("code", "")
    if code and not (code.isascii() and code.isdigit() and len(code) <= 5):
        message = Text("{shown} is no code of a commune.", shown=quoted(code, 20))
        raise UserError(message, Text("It has five digits, such as 18547; leave it empty if unknown."))
    name = str(read_value(Village, ("commune",), row["name"]))
    try:
        box = box_of([row.get(side, "") for side in BOX])
    except ValueError:
        box = Box(0, 0, 0, 0)
    if box and not (-90 <= box.south < box.north <= 90 and -180 <= box.west < box.east <= 180):
        hint = Text(
            "Fill in all four of south, west, north, east, such as 18.01, 105.72, 18.17, 105.93; "
            "or leave all four empty."
        )
        raise UserError(Text("The box of this commune is not right."), hint)
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


def _crop_of(row: Row) -> Known:
    """Return the crop of a row, whose cells are those of `model/catalogue.csv`; only its name must be there."""
    if not row.get("vi"):
        message = Text("This line names no crop.")
        raise UserError(message, Text("Write it into the column vi, or delete the line."))
    vi, en = (str(read_value(CropEntry, ("name",), name)) for name in (row["vi"], row.get("en") or row["vi"]))
    pictures = sorted({crop.family for crop in CROPS})
    picture = row.get("picture") or "leaf"
    if row.get("kind", "") not in ("", "crop") or picture not in (*pictures, "leaf"):
        message = Text("{name} is not a crop with a picture that the program has.", name=quoted(vi))
        raise UserError(
            message, Text("Leave kind and picture empty, or use one of: {names}.", names=", ".join(pictures))
        )
    months = re.sub(r"(?<=\d)[ ;]+(?=\d)", ", ", row.get("months", ""))
    return Known(
        "crop",
        row.get("key") or slug_of(vi).replace("-", "_"),
        vi,
        en,
        row.get("scientific", ""),
        picture,
        parse_months(months) if months else (),
        listed(row.get("also", "")),
    )


# --- The settings of a project and of its villages: `site.yaml` and `village.yaml` ---


def read_site(root: Path) -> tuple[Site | None, tuple[Problem, ...]]:
    """Return (settings, problems) of `site.yaml`; the settings are None where it cannot be used.

    What is wrong with the words that the project adds is among the problems.
    """
    (own, strange), (_, odd) = read_communes(root), read_crops(root)
    tree, problems = read_tree(root / SITE_FILE, SITE_FILE)
    if tree is None:
        return None, (*strange, *odd, *problems)
    site, wrong = check_site(tree, own)
    return site, (*strange, *odd, *problems, *wrong)


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
    for number, member in enumerate(village.team.members if village.team else (), 1):
        if member.agreed is None:
            message = Text(
                "{name} has not agreed yet, so the page of the village does not show them.", name=member.name
            )
            hint = Text("Ask, then write the day of the yes at agreed.")
            found.append(Problem(f"team.members.{number}", message, hint, Severity.WARNING))
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
