"""What lies in a project's folder, and its files as trees."""

import os
import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from stat import S_ISREG
from typing import Final

from vuonho.errors import MachineError, Problem, Severity, UserError
from vuonho.i18n import Both, Text
from vuonho.model.household import Household
from vuonho.model.values import quoted
from vuonho.project.encoding import decode
from vuonho.project.yaml_tree import Mapping, parse_tree, plain
from vuonho.register.register import Register
from vuonho.text import fold, is_portable, nearest, nfc, slug_of

# --- One file of the project becomes a tree, or problems; the only place of the intake that opens files ---

LARGEST = 1_000_000


def read_bytes(path: Path, file: str, limit: int = LARGEST) -> tuple[bytes | None, tuple[Problem, ...]]:
    """Return (content, problems) of one file; at most `limit` + 1 bytes are read."""
    try:
        if not S_ISREG(path.stat().st_mode):  # a pipe would be waited for without end
            return None, (Problem("", *_NO_FILE, file=file),)
        with path.open("rb") as stream:
            return stream.read(limit + 1), ()
    except FileNotFoundError:
        return None, (Problem("", *_MISSING, file=file),)
    except PermissionError:
        return None, (Problem("", *_FORBIDDEN, file=file),)
    except OSError as error:
        reason = Both(
            f"Không đọc được tệp (lỗi số {error.errno}).", f"The file cannot be read ({error.strerror})."
        )
        return None, (Problem("", reason, _FORBIDDEN[1], file=file),)


def read_text(path: Path, file: str) -> tuple[str | None, tuple[Problem, ...]]:
    """Return (text, problems) of one text file in NFC; a garbled file is refused by name."""
    content, problems = read_bytes(path, file)
    if content is None:
        return None, problems
    try:
        return decode(content, LARGEST), ()
    except UserError as refused:
        return None, (Problem("", refused.message, refused.hint, file=file),)


def read_tree(path: Path, file: str) -> tuple[Mapping | None, tuple[Problem, ...]]:
    """Return (tree, problems) of one YAML file; an empty file is a problem too."""
    text, problems = read_text(path, file)
    return (None, problems) if text is None else parse_file(text, file)


def parse_file(text: str, file: str) -> tuple[Mapping | None, tuple[Problem, ...]]:
    """Return (tree, problems) of the text of one YAML file; an empty one is a problem too."""
    tree, problems = parse_tree(text, file)
    if tree is None and not problems:
        problems = (Problem("", *_EMPTY, file=file, line=1, column=1),)
    return tree, problems


_MISSING = (
    Text("This file is missing."),
    Text("Take it from the backup, or copy that of another project or village and change it."),
)
_NO_FILE = (
    Text("This is not a file."),
    Text("Rename it or take it away."),
)
_FORBIDDEN = (
    Text("This file cannot be opened."),
    Text("Close what has it open; check its rights."),
)
_EMPTY = (
    Text("The file is empty."),
    Text("Fill it in, or delete the file."),
)


# --- What lies in a project's folder: villages, profiles, and files that nobody would otherwise notice ---

SITE_FOLDERS = frozenset({"qr", "photos", "data", "form", "privacy", "icons", "assets", "profiles"})
VILLAGE_FILE = "village.yaml"
SITE_FILE = "profiles/site.yaml"
REGISTER_FILE = "profiles/codes.csv"
_SLUG = re.compile(r"[a-z0-9-]+")
_NEARLY_YAML = re.compile(r"\.(yml|yaml\.txt|yaml\.yaml|ymal|yaml~|yaml\.bak)$|\.yaml$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class VillageFolder:
    """A village's folder: `profiles` are file names within it, in an order that no machine changes."""

    slug: str
    profiles: tuple[str, ...]

    @property
    def file(self) -> str:
        """The village's own file, relative to the project."""
        return f"profiles/{self.slug}/{VILLAGE_FILE}"

    def profile(self, name: str) -> str:
        """Return the path of one profile, relative to the project."""
        return f"profiles/{self.slug}/{name}"


def list_villages(
    root: Path, languages: tuple[str, ...] = ()
) -> tuple[tuple[VillageFolder, ...], tuple[Problem, ...]]:
    """Return (villages, problems) of a project; a folder without any profile or village file is no village.

    `languages` are the site's: a village cannot be named like the folder of one. Raises MachineError where
    the folder cannot be read.
    """
    problems: list[Problem] = []
    villages: list[VillageFolder] = []
    for entry in _entries(root / "profiles"):
        where = f"profiles/{quoted(entry.name, 200)[1:-1]}"
        if entry.is_dir():
            names = _profile_names(entry, where, problems)
            if names or (entry / VILLAGE_FILE).exists():
                problems += _check_slug(nfc(entry.name), where, languages)
                villages.append(VillageFolder(entry.name, tuple(n for n in names if n != VILLAGE_FILE)))
        elif entry.name not in {"site.yaml", "codes.csv"} and _NEARLY_YAML.search(entry.name):
            is_site = entry.name.lower().startswith("site.")
            problems.append(_misnamed(where) if is_site else _stray(where))
    return tuple(villages), tuple(problems)


def _entries(folder: Path) -> list[Path]:
    try:
        found = [entry for entry in folder.iterdir() if not _is_passed_over(entry.name)]
    except OSError as error:
        raise unreadable(folder.name, error) from error
    return sorted(found, key=lambda entry: nfc(entry.name))


def unreadable(name: str, error: OSError) -> MachineError:
    """Return what to say of a folder that cannot be listed, with the cure for what the system said."""
    return MachineError(
        Text("The folder “{name}” cannot be read.", name=name),
        Text("Look at the rights of that folder.")
        if isinstance(error, PermissionError)
        else Text("Run the command in the project's folder, or add -C FOLDER."),
    )


def _is_passed_over(name: str) -> bool:
    return name.startswith((".", "~$"))


def _profile_names(folder: Path, where: str, problems: list[Problem]) -> list[str]:
    names = []
    for entry in _entries(folder):
        place = f"{where}/{quoted(entry.name, 200)[1:-1]}"
        if entry.is_dir():
            problems += _too_deep(entry, place)
        elif entry.name.endswith(".yaml") and not entry.name.endswith(".yaml.yaml"):
            if entry.name.isprintable():
                names.append(entry.name)
            else:
                problems.append(
                    Problem(
                        "",
                        Text("The file's name holds something that cannot be seen (where □ stands)."),
                        Text("Rename the file, typing its name by hand."),
                        file=place,
                    )
                )
        elif _NEARLY_YAML.search(entry.name):
            problems.append(_misnamed(place))
    return names


def _too_deep(folder: Path, where: str) -> list[Problem]:
    if folder.name.endswith(".yaml"):
        return [
            Problem(
                "",
                Text("This is a folder named like a profile; it is not read."),
                Text("Rename the folder."),
                Severity.WARNING,
                file=where,
            )
        ]
    return [
        Problem(
            "",
            Text("This profile lies one folder too deep and is not read."),
            Text("Move it up into the village's folder."),
            Severity.WARNING,
            file=f"{where}/{quoted(entry.name, 200)[1:-1]}",
        )
        for entry in _entries(folder)
        if entry.name.endswith(".yaml")
    ]


def _misnamed(where: str) -> Problem:
    return Problem(
        "",
        Text("This file is not read: its name does not end in exactly .yaml."),
        Text("Rename it to end in .yaml (let Windows show file extensions)."),
        Severity.WARNING,
        file=where,
    )


def _stray(where: str) -> Problem:
    return Problem(
        "",
        Text("This profile lies outside any village's folder."),
        Text("Move it into its village's folder."),
        file=where,
    )


def _check_slug(slug: str, where: str, languages: tuple[str, ...]) -> list[Problem]:
    message = _slug_trouble(slug, languages)
    suggestion = village_folder(slug, languages)
    hint = Text("Rename the folder, for example “{suggestion}”.", suggestion=suggestion)
    return [Problem("", message, hint, file=where)] if message else []


def village_folder(name: str, languages: tuple[str, ...] = ()) -> str:
    """Return a good name for the folder of the village called so: "Thôn 9" lies in thon-9."""
    slug = slug_of(name) or "thon-moi"
    return f"thon-{slug}" if _slug_trouble(slug, languages) else slug


def _slug_trouble(slug: str, languages: tuple[str, ...]) -> Text | None:
    if not _SLUG.fullmatch(slug) or len(slug) > 60:
        return Text("A village's folder has only small letters without accents, digits and -, 60 at most.")
    if slug.isdigit():
        return Text("A village's folder cannot be digits only (it would look like a code).")
    if slug in SITE_FOLDERS | set(languages) | {"en", "vi"} or not is_portable(slug):
        return Text("The folder name “{slug}” is taken.", slug=slug)
    return None


# --- Profiles that lie where nobody reads them: misnamed, or outside their village's folder ---

_DEEP: Final = 3
_LIKE_YAML: Final = re.compile(r"\.(ya?ml|ymal)([.~]|$)", re.IGNORECASE)
_CODE: Final = re.compile(r"^code:[ \t]*[\"']?([0-9]{5,8})\b", re.MULTILINE)


def with_found(root: Path, register: Register, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the problems, those of codes without a profile replaced by what is wrong with the file that has it."""
    paths = {row.line: (row.code, row.profile) for row in register.rows}
    gone = {paths[one.line]: one for one in problems if _is_gone(one) and one.line in paths}
    found = dict(_found(root, {code for code, _ in gone})) if gone else {}
    left = list(problems)
    for (code, path), problem in gone.items():
        if file := found.get(code):
            own = next((one for one in problems if one.file == file), None)
            left = [one for one in left if one not in (own, problem)]
            left.append(_astray(file, f"profiles/{path}", own))
    return tuple(left)


def _is_gone(problem: Problem) -> bool:
    return (problem.file, problem.field) == (REGISTER_FILE, "profile")


def _found(root: Path, codes: set[str]) -> Iterator[tuple[str, str]]:
    """Yield (code, file) of what looks like a profile with one of the codes, the last in the project first."""
    for file in sorted(_files(root), reverse=True):
        text, _ = read_text(root / file, file)
        code = _CODE.search(text) if text else None
        if code and code[1] in codes:
            yield code[1], _shown(file)


def _files(root: Path) -> Iterator[str]:
    """Yield what is named like a profile, in the project's folder itself and some folders deep in `profiles/`."""
    yield from (name for name in _names(root) if _LIKE_YAML.search(name))
    for folder, inside, names in os.walk(root / "profiles"):
        where = Path(folder).relative_to(root)
        inside[:] = [name for name in inside if not name.startswith(".")] if len(where.parts) <= _DEEP else []
        yield from ((where / name).as_posix() for name in names if _LIKE_YAML.search(name) and name[0] != ".")


def _names(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in folder.iterdir() if not entry.name.startswith(".")]
    except OSError:
        return []


def _astray(file: str, path: str, own: Problem | None) -> Problem:
    """Return what is wrong with a file, as an error: its household would be missing from the site."""
    name, folder = PurePosixPath(path).name, PurePosixPath(path).parent
    hint = (
        Text("Rename it to {name} (let Windows show file extensions).", name=_shown(name))
        if PurePosixPath(file).parent == folder
        else Text("Move it back to {path}", path=_shown(path))
    )
    if own is not None:
        return replace(own, hint=hint, severity=Severity.ERROR)
    message = Text("This profile lies in a wrong place and is not read.")
    return Problem("", message, hint, file=file)


def _shown(path: str) -> str:
    return quoted(path, 200)[1:-1]


# --- The photos that a profile names: each must lie in its village's folder, spelt as on disk ---

PHOTOS = "photos"
Pick = Callable[[tuple[str, ...], str], str | None]
"""Chooses one of the names in a folder for what was written, or none."""


def check_photo_files(root: Path, village: str, household: Household) -> Iterator[Problem]:
    """Give a finding for each photo whose file is missing, misspelt or outside the village's folder."""
    folder = root / "profiles" / village
    for number, photo in enumerate(household.photos, 1):
        trouble = _trouble(folder, photo.file)
        if trouble:
            yield Problem(f"photos.{number}.file", *trouble)


def photo_path(root: Path, file: str) -> Path:
    """Return where a photo lies on disk; `file` is its path below `profiles/`.

    Names are compared in NFC: macOS may have stored "Hường.jpg" decomposed.
    """
    path = root / "profiles"
    for part in PurePosixPath(file).parts:
        path = path / (_spelt(path, part) or part)
    return path


def stored_photo(root: Path, village: str, file: str) -> str:
    """Return how a profile names a photo that somebody called `file`: "Cong.jpg" is photos/cong.jpg, if that is there.

    A name that leads nowhere, or may mean either of two files, stays as it is. Windows knows no letter case, and
    nobody who looks into the folder photos writes its name before that of the picture.
    """
    folder = root / "profiles" / village
    return file if _trouble(folder, file) is None else _first(folder, file, _same_letters) or file


def named_photos(tree: Mapping) -> tuple[str, ...]:
    """Return the photo files that a profile names, as it writes them, whatever else is wrong in it."""
    values = plain(tree)
    photos = values.get("photos") if isinstance(values, dict) else None
    entries = photos if isinstance(photos, list) else [photos]
    files = (entry.get("file") if isinstance(entry, dict) else entry for entry in entries)
    return tuple(nfc(file) for file in files if isinstance(file, str))


def _trouble(folder: Path, file: str) -> tuple[Text, Text] | None:
    simple = posixpath.normpath(file)
    parts = PurePosixPath(simple).parts
    if "\\" in file or ":" in file or file.startswith("/") or ".." in parts or not parts:
        return (
            Text("The photo “{file}” must lie in the village's folder.", file=file),
            Text("Write it like photos/name.jpg, with /."),
        )
    if simple != file:  # another way to write the same path would pass for another photo
        return (
            Text("The photo's path “{file}” has needless parts.", file=file),
            Text("Write: {simple}", simple=simple),
        )
    path = folder
    for part in parts:
        found = _spelt(path, part)
        if found is None:
            return _missing(folder, file)
        path = path / found
    if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
        return (
            Text("“{file}” is not a file in the village's folder.", file=file),
            Text(
                "Copy the photo into profiles/{name}/{photos}, then write it like {photos}/name.jpg",
                name=folder.name,
                photos=PHOTOS,
            ),
        )
    return None


def _photofiles_names(folder: Path) -> tuple[str, ...]:
    try:
        return tuple(os.listdir(folder))  # noqa: PTH208 - names only, as stored
    except OSError:
        return ()


def _spelt(folder: Path, name: str) -> str | None:
    """Return the name as stored on disk, the same but for NFC; letter case counts on every machine."""
    return next((stored for stored in _photofiles_names(folder) if nfc(stored) == nfc(name)), None)


def _missing(folder: Path, file: str) -> tuple[Text, Text]:
    meant = _meant(folder, file)
    return (
        Text("The photo “{file}” is not there.", file=file),
        Text("Did you mean “{meant}” (capitals count)?", meant=meant) if meant else _copy_it(folder, file),
    )


def _copy_it(folder: Path, file: str) -> Text:
    """Return where a photo goes, and how it is then written where that is not as it was."""
    where, right = f"profiles/{folder.name}/{PHOTOS}", f"{PHOTOS}/{PurePosixPath(file).name}"
    if file == right:
        return Text("Copy it into {where}, or delete this line.", where=where)
    return Text("Copy it into {where}, then write: {right}", where=where, right=right)


def _meant(folder: Path, file: str) -> str:
    """Return the photo that is most like what was written, as it is to be written; "" where none is."""
    return _first(folder, file, _same_letters) or _first(folder, file, _alike)


def _first(folder: Path, file: str, pick: Pick) -> str:
    """Return the first photo that is found by the name as written or, for a bare name, in the folder photos."""
    guesses = (file,) if "/" in file else (f"{PHOTOS}/{file}", file)
    return next(filter(None, (_photofiles_found(folder, guess, pick) for guess in guesses)), "")


def _photofiles_found(folder: Path, file: str, pick: Pick) -> str:
    """Return a photo's path below the village's folder, each part picked from what is there; "" if there is none."""
    path, parts = folder, []
    for part in PurePosixPath(file).parts:
        name = pick(_photofiles_names(path), part)
        if name is None:
            return ""
        path = path / name
        parts.append(nfc(name))
    return "/".join(parts) if path.is_file() else ""


def _same_letters(names: tuple[str, ...], part: str) -> str | None:
    """Return the one name that differs in letter case at most."""
    exact = [name for name in names if nfc(name) == nfc(part)]
    same = exact or [name for name in names if nfc(name).casefold() == nfc(part).casefold()]
    return same[0] if len(same) == 1 else None


def _alike(names: tuple[str, ...], part: str) -> str | None:
    return next((name for name in names if fold(name) == fold(part)), None) or nearest(
        part, names, likeness=0.75
    )
