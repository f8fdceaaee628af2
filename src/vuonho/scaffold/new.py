"""A new household: a commented profile with its code, and its row in the register, together or not at all."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vuonho.backup.undo import with_way_back
from vuonho.edit.yaml_text import render_commented, render_profile
from vuonho.errors import DataProblems, Severity, UserError
from vuonho.i18n import Text
from vuonho.model.codes import new_code, parse_code
from vuonho.model.communes import villages_called
from vuonho.model.outline import household_fields
from vuonho.model.values import clean_text, quoted
from vuonho.output.lock import locked
from vuonho.output.site_writer import recover
from vuonho.output.transaction import write_together
from vuonho.project.files import REGISTER_FILE, SPOTS, VillageFolder, list_villages, read_tree
from vuonho.project.profile import parse_profile, read_profile
from vuonho.project.yaml_tree import Mapping, Plain, Scalar
from vuonho.register.memory import check_memory, read_register, remember
from vuonho.register.register import Register, Row, render_register
from vuonho.text import file_stem, free_stem, key


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What was made: the profile's file, relative to the project, its code, and profiles of the same name."""

    file: str
    code: str
    namesakes: tuple[str, ...]


def add_household(
    root: Path, name: str, village: str, today: date, language: str, hanging: str = ""
) -> Newcomer:
    """Return the new household; its profile waits to be filled in, with notes in `language`.

    `village` is a folder or the name of a village, accents left out or not; "" is the only one there is. `hanging`
    is the code of a plaque that hangs there already, "" for a household without. Raises UserError for a name, a
    village or a code that will not do, DataProblems where the register cannot be relied on, MachineError; then
    nothing has changed.
    """
    with locked(root):
        recover(root)
        register = _register(root)
        folders = list_villages(root)[0]
        home = _home(root, folders, village)
        known = [
            read_profile(root, folder.profile(file), folder.slug)
            for folder in folders
            for file in folder.profiles
        ]
        owners = {profile.code: profile.file for profile in known}
        owners |= {row.code: f"profiles/{row.profile}" for row in register.rows}
        code = _free_code(hanging, owners) if hanging else new_code(owners)
        file = home.profile(_free_name(root, home, name, register))
        content = _content(name, code, today, file, language)
        updated = register.with_rows(Row(code, file.removeprefix("profiles/"), today))
        written = {root / file: content, root / REGISTER_FILE: render_register(updated).encode("utf-8")}
        what = Text("Household {code} added", code=code)
        typed = (code,) if hanging else ()
        write_together(root, with_way_back(root, written, what, today, (code,), typed=typed))
        remember(root, updated)
    namesakes = (one for one in known if one.village == home.slug and key(_name_in(one.tree)) == key(name))
    return Newcomer(file, code, tuple(one.file for one in namesakes))


def _register(root: Path) -> Register:
    """Return the register; raise DataProblems where it cannot be relied on."""
    register, problems = read_register(root)
    problems = (*problems, *check_memory(root, register, problems))
    if problems:
        raise DataProblems(problems)
    return register


def add_spot(root: Path, name: str, kind: str, village: str, today: date) -> Newcomer:
    """Return the new place of a village, whose file says its name and kind; raises as `add_household`."""
    with locked(root):
        recover(root)
        register = _register(root)
        folders = list_villages(root)[0]
        home = _home(root, folders, village)
        known = [read_profile(root, file, one.slug).code for one in folders for file in one.files]
        code = new_code({*known, *(row.code for row in register.rows)})
        taken = {one.rpartition("/")[2].lower().removesuffix(".yaml") for one in home.spots}
        taken |= {Path(row.profile).stem for row in register.rows}
        file = home.profile(f"{SPOTS}/{free_stem(file_stem(name), taken)}.yaml")
        values: dict[str, Plain] = {
            "code": code,
            "name": clean_text(name),
            "kind": kind,
            "checked": today.isoformat(),
        }
        text = render_profile(values)
        for problem in parse_profile(text, file, home.slug).problems:
            if problem.severity is Severity.ERROR:
                raise UserError(problem.message, problem.hint)
        updated = register.with_rows(Row(code, file.removeprefix("profiles/"), today))
        written = {
            root / file: text.encode("utf-8"),
            root / REGISTER_FILE: render_register(updated).encode("utf-8"),
        }
        (root / file).parent.mkdir(exist_ok=True)
        what = Text("Place {code} added", code=code)
        write_together(root, with_way_back(root, written, what, today, (code,)))
        remember(root, updated)
    return Newcomer(file, code, ())


def villages_of(root: Path) -> tuple[tuple[str, str], ...]:
    """Return (folder, name) of each village; the name is "" where its file does not tell."""
    return tuple((folder.slug, _name_of(root, folder)) for folder in list_villages(root)[0])


def _name_of(root: Path, folder: VillageFolder) -> str:
    tree, _ = read_tree(root / folder.file, folder.file)
    return _name_in(tree)


def _name_in(tree: Mapping | None) -> str:
    entry = tree.get("name") if tree else None
    return entry.value.text if entry and isinstance(entry.value, Scalar) else ""


def _free_code(typed: str, owners: dict[str, str]) -> str:
    """Return the code of a plaque; raise UserError for one with a wrong digit, or one that was ever given here."""
    code = parse_code(typed, tuple(owners))
    if code in owners:
        raise UserError(
            Text(
                "The code {code} is in the register already; it belongs to {owners}.",
                code=code,
                owners=owners[code],
            ),
            Text(
                "Look at that file. If it is another household, look at the plaque again; without a "
                "plaque give no code (--code)."
            ),
        )
    return code


def _home(root: Path, folders: tuple[VillageFolder, ...], typed: str) -> VillageFolder:
    """Return the village that is meant; raise UserError, naming all, where none or several may be."""
    names = {folder.slug: _name_of(root, folder) for folder in folders}
    slugs = villages_called(typed, names)
    found = [folder for folder in folders if folder.slug in slugs]
    if len(found) == 1:
        return found[0]
    if not folders:
        raise UserError(
            Text("There is no village in this project."),
            Text(
                "Make the village's folder in profiles, with its village.yaml; or start a project: "
                "vuonho init"
            ),
        )
    there = ", ".join(f"{slug} ({name})" if name else slug for slug, name in names.items())
    hint = Text("Choose one of these (--village FOLDER): {there}", there=there)
    if not found:
        raise UserError(Text("There is no village {typed}.", typed=quoted(typed)), hint)
    raise UserError(Text("Which village is the new household in?"), hint)


def _free_name(root: Path, home: VillageFolder, name: str, register: Register) -> str:
    """Return a file name that no file has, whatever the case of its letters, and no row of the register."""
    names = [path.name for path in (root / home.file).parent.iterdir()]
    names += [row.profile.rpartition("/")[2] for row in register.rows]
    taken = {name.lower().removesuffix(".yaml") for name in names}
    return f"{free_stem(file_stem(name), taken)}.yaml"


def _content(name: str, code: str, today: date, file: str, language: str) -> bytes:
    """Return the profile; raises UserError where `check` would find the name wrong."""
    if not name.strip():
        raise UserError(
            Text("There is no name."),
            Text('Give the name that the family chose to be shown, such as: vuonho new "Vườn bà Hường"'),
        )
    head = (
        Text("The profile of one household. Write behind the colons; leave as it is what you do not know."),
        Text(
            "A line that begins with “# ” is a note. One like “#head: …” is an example: take its # "
            "away, then write what is true of the family."
        ),
        Text("Then save the file and run: vuonho check"),
    )
    values: dict[str, Plain] = {"code": code, "name": clean_text(name), "checked": today.isoformat()}
    text = render_commented(household_fields(), values, language, [line.to(language) for line in head])
    for problem in parse_profile(text, file, "").problems:
        if problem.severity is Severity.ERROR:
            raise UserError(problem.message, problem.hint)
    return text.encode("utf-8")
