"""The files of a project: where they lie, read as text whatever program saved them."""

import os
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from stat import S_ISREG

from vuonho.errors import MachineError, Problem, Severity, UserError
from vuonho.i18n import NOTHING, Both, Text
from vuonho.model.mojibake import diagnose
from vuonho.model.values import quoted
from vuonho.project.yaml_tree import Mapping, parse_tree, plain
from vuonho.register.register import Register
from vuonho.text import fold, is_portable, nearest, nfc, slug_of

# --- Bytes become text, or are refused by the name of what they are ---

MEGABYTE = 1_000_000
_SAVE_AS = Text("Open the file, choose Save as, and set Encoding to UTF-8.")
_RIGHT_FILE = Text("See whether this is the right file.")


def decode(content: bytes, limit: int = MEGABYTE) -> str:
    """Return the text of a file in NFC, without byte order mark, its line ends untouched.

    Raises UserError for more than `limit` bytes, for anything that is not UTF-8 or marked UTF-16, and for NUL.
    """
    if len(content) > limit:
        weight, most = _megabytes(len(content)), _megabytes(limit)
        raise UserError(
            Text("The file is {weight} MB; {most} MB is the most.", weight=weight, most=most), _RIGHT_FILE
        )
    if kind := kind_of(content):
        raise UserError(
            Text("This is {kind}, not a text file.", kind=kind),
            Text("Check the name of the file; a text file in UTF-8 is wanted here."),
        )
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = content.decode("utf-16")
        elif _looks_like_utf16(content):
            raise UserError(Text("This is UTF-16 without its mark (BOM)."), _SAVE_AS)
        else:
            content = content.removeprefix(b"\xef\xbb\xbf")
            text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _undecodable(content, error) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UserError(
            Text("Line {line} holds a NUL character: the file is damaged.", line=line),
            Text("Take this file from the backup."),
        )
    return unicodedata.normalize("NFC", text)


def _megabytes(size: int) -> Text:
    number = f"{size / MEGABYTE:.1f}"
    return Both(number.replace(".", ","), number)


_KINDS: tuple[tuple[bytes, Text], ...] = (
    (b"%PDF", Text("a PDF")),
    (b"\xff\xd8\xff", Text("a JPEG photo")),
    (b"\x89PNG", Text("a PNG image")),
    (b"GIF8", Text("a GIF image")),
    (b"{\\rtf", Text("an RTF file of Word")),
    (b"\xd0\xcf\x11\xe0", Text("an old Word or Excel file")),
    (b"Rar!", Text("a RAR archive")),
    (b"7z\xbc\xaf", Text("a 7z archive")),
    (b"\x1f\x8b", Text("a gzip file")),
)
_HEIC = (b"heic", b"heix", b"heif", b"hevc", b"mif1", b"msf1")


def kind_of(content: bytes) -> Text | None:
    """Return what a file is by its first bytes, or None for what may be text."""
    if content.startswith(b"PK\x03\x04"):
        if b"xl/" in content:
            return Text("an Excel file")
        return Text("a Word file") if b"word/" in content else Text("a zip file")
    if content[4:8] == b"ftyp":
        is_photo = content[8:12] in _HEIC
        return Text("a HEIC photo of an iPhone") if is_photo else Text("a video", context="photo")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Text("a WebP image")
    return next((name for magic, name in _KINDS if content.startswith(magic)), None)


def _looks_like_utf16(content: bytes) -> bool:
    """Return whether every other byte is mostly NUL, as in Western letters of two bytes each."""
    sample = content[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    return max(even, odd) * 4 > len(sample) and min(even, odd) * 8 < max(even, odd)


def _undecodable(content: bytes, error: UnicodeDecodeError) -> UserError:
    """Return the refusal of what is not Unicode; it names an old code as far as that can be told."""
    if error.encoding.startswith("utf-16"):
        return UserError(Text("This UTF-16 file is damaged or cut off."), _SAVE_AS)
    if error.reason == "unexpected end of data":
        return UserError(
            Text("The file is cut off in the middle of a letter."),
            Text("Look at the end of the file, or take the backup."),
        )
    controls = sum(content.count(byte) for byte in range(32) if byte not in b"\t\n\f\r")
    if controls * 50 > len(content):
        return UserError(Text("This is not a text file."), _RIGHT_FILE)
    western = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}
    text = content.decode("latin-1").translate(western)
    line = content.count(b"\n", 0, error.start) + 1
    where = Text("Line {line}: the file is not UTF-8.", line=line)
    found = diagnose(text)
    if found is None or found.code in ("lost", "utf-8"):
        return UserError(where, _SAVE_AS)
    sample, after = NOTHING, found.corrected.split("\n")
    if len(after) == text.count("\n") + 1:
        sample = Text(" That line reads: {read}", read=after[line - 1].strip()[:60])
    return UserError(
        Text("{where} {name}", where=where, name=found.name),
        Text(
            "Convert it to Unicode with UniKey (Ctrl+Shift+F6), then save it with Encoding set to UTF-8.{sample}",
            sample=sample,
        ),
    )


# --- What lies in a project's folder, and its files as trees ---

# --- One file of the project becomes a tree, or problems ---

LARGEST = 1_000_000


def read_bytes(path: Path, file: str, limit: int = LARGEST) -> tuple[bytes | None, tuple[Problem, ...]]:
    """Return (content, problems) of one file; at most `limit` + 1 bytes are read."""
    close_it = Text("Close what has it open; check its rights.")
    try:
        if S_ISREG(path.stat().st_mode):  # a pipe would be waited for without end
            with path.open("rb") as stream:
                return stream.read(limit + 1), ()
        message, hint = Text("This is not a file."), Text("Rename it or take it away.")
    except FileNotFoundError:
        message = Text("This file is missing.")
        hint = Text("Take it from the backup, or copy that of another project or village and change it.")
    except PermissionError:
        message, hint = Text("This file cannot be opened."), close_it
    except OSError as error:
        reason = Both(f"lỗi số {error.errno}", f"{error.strerror}")
        message, hint = Text("The file cannot be read ({reason}).", reason=reason), close_it
    return None, (Problem("", message, hint, file=file),)


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
        hint = Text("Fill it in, or delete the file.")
        problems = (Problem("", Text("The file is empty."), hint, file=file, line=1, column=1),)
    return tree, problems


# --- What lies in a project's folder: villages, profiles, and files that nobody would otherwise notice ---

SITE_FOLDERS = frozenset(
    {
        "qr",
        "photos",
        "data",
        "form",
        "privacy",
        "icons",
        "assets",
        "profiles",
        "huong-dan",
        "kiem-ma",
        "tuan-tra",
    }
)
VILLAGE_FILE = "village.yaml"
SPOTS = "places"
"""The folder in a village's own that holds what is no household."""
SITE_FILE = "profiles/site.yaml"
REGISTER_FILE = "profiles/codes.csv"
_SLUG = re.compile(r"[a-z0-9-]+")
_NEARLY_YAML = re.compile(r"\.(yml|yaml\.txt|yaml\.yaml|ymal|yaml~|yaml\.bak)$|\.yaml$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class VillageFolder:
    """A village's folder: `profiles` and `spots` are file names within it, in an order that no machine changes."""

    slug: str
    profiles: tuple[str, ...]
    spots: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The village's own file, relative to the project."""
        return f"profiles/{self.slug}/{VILLAGE_FILE}"

    def profile(self, name: str) -> str:
        """Return the path of one profile, relative to the project."""
        return f"profiles/{self.slug}/{name}"

    @property
    def files(self) -> tuple[str, ...]:
        """The paths of all that has a code here, relative to the project: households, then places."""
        return tuple(map(self.profile, (*self.profiles, *self.spots)))


def is_spot(file: str) -> bool:
    """Tell the file of a place from that of a household, by its path relative to the project."""
    return PurePosixPath(file).parts[2:-1] == (SPOTS,)


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
        where = f"profiles/{_shown(entry.name)}"
        if _is_folder(entry):
            names = _profile_names(Path(entry), where, problems)
            spots: tuple[str, ...] = ()
            if Path(entry, SPOTS).is_dir():
                found = _profile_names(Path(entry, SPOTS), f"{where}/{SPOTS}", problems)
                spots = tuple(f"{SPOTS}/{name}" for name in found)
            if names or spots or Path(entry, VILLAGE_FILE).exists():
                if message := _slug_trouble(nfc(entry.name), languages):
                    suggestion = village_folder(nfc(entry.name), languages)
                    hint = Text("Rename the folder, for example “{suggestion}”.", suggestion=suggestion)
                    problems.append(Problem("", message, hint, file=where))
                villages.append(
                    VillageFolder(entry.name, tuple(n for n in names if n != VILLAGE_FILE), spots)
                )
        elif entry.name not in {"site.yaml", "codes.csv"} and _NEARLY_YAML.search(entry.name):
            message = Text("This profile lies outside any village's folder.")
            stray = Problem("", message, Text("Move it into its village's folder."), file=where)
            problems.append(_misnamed(where) if entry.name.lower().startswith("site.") else stray)
    return tuple(villages), tuple(problems)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            found = [entry for entry in entries if not entry.name.startswith((".", "~$"))]
    except OSError as error:
        raise unreadable(folder.name, error) from error
    return sorted(found, key=lambda entry: nfc(entry.name))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return Path(entry).is_dir() if entry.is_symlink() else entry.is_dir()  # a link may lead round in a circle


def unreadable(name: str, error: OSError) -> MachineError:
    """Return what to say of a folder that cannot be listed, with the cure for what the system said."""
    return MachineError(
        Text("The folder “{name}” cannot be read.", name=name),
        Text("Look at the rights of that folder.")
        if isinstance(error, PermissionError)
        else Text("Run the command in the project's folder, or add -C FOLDER."),
    )


def _profile_names(folder: Path, where: str, problems: list[Problem]) -> list[str]:
    names = []
    for entry in _entries(folder):
        is_named = entry.name.endswith(".yaml") and not entry.name.endswith(".yaml.yaml")
        if is_named and entry.name.isprintable() and not _is_folder(entry):
            names.append(entry.name)
            continue
        place = f"{where}/{_shown(entry.name)}"
        if _is_folder(entry) and entry.name.endswith(".yaml"):
            message = Text("This is a folder named like a profile; it is not read.")
            problems.append(Problem("", message, Text("Rename the folder."), Severity.WARNING, place))
        elif _is_folder(entry) and where.count("/") == 1 and entry.name == SPOTS:
            continue
        elif _is_folder(entry):
            message = Text("This profile lies one folder too deep and is not read.")
            hint = Text("Move it up into the village's folder.")
            deep = (
                f"{place}/{_shown(one.name)}" for one in _entries(Path(entry)) if one.name.endswith(".yaml")
            )
            problems += (Problem("", message, hint, Severity.WARNING, file) for file in deep)
        elif not _NEARLY_YAML.search(entry.name):
            continue
        elif not is_named:
            problems.append(_misnamed(place))
        else:
            message = Text("The file's name holds something that cannot be seen (where □ stands).")
            problems.append(
                Problem("", message, Text("Rename the file, typing its name by hand."), file=place)
            )
    return names


def _misnamed(where: str) -> Problem:
    return Problem(
        "",
        Text("This file is not read: its name does not end in exactly .yaml."),
        Text("Rename it to end in .yaml (let Windows show file extensions)."),
        Severity.WARNING,
        file=where,
    )


def _shown(path: str) -> str:
    return quoted(path, 200)[1:-1]


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

_LIKE_YAML = re.compile(r"\.(ya?ml|ymal)([.~]|$)", re.IGNORECASE)
_CODE = re.compile(r"^code:[ \t]*[\"']?([0-9]{5,8})\b", re.MULTILINE)


def with_found(root: Path, register: Register, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the problems, those of codes without a profile replaced by what is wrong with the file that has it."""
    rows = {row.line: row for row in register.rows}
    gone = {
        rows[one.line]: one
        for one in problems
        if (one.file, one.field) == (REGISTER_FILE, "profile") and one.line in rows
    }
    found = _files_by_code(root) if gone else {}
    left = list(problems)
    for row, problem in gone.items():
        if file := found.get(row.code):
            own = next((one for one in problems if one.file == file), None)
            left = [one for one in left if one not in (own, problem)]
            left.append(_astray(file, f"profiles/{row.profile}", own))
    return tuple(left)


def _files_by_code(root: Path) -> dict[str, str]:
    """Return what is named like a profile, in the project's folder itself and some folders deep in `profiles/`."""
    places = ("*", *("profiles/" + "*/" * depth + "*" for depth in range(4)))
    files = sorted(path.relative_to(root).as_posix() for place in places for path in root.glob(place))
    found: dict[str, str] = {}
    for file in files:
        if _LIKE_YAML.search(posixpath.basename(file)) and "/." not in f"/{file}":
            text, _ = read_text(root / file, file)
            if code := _CODE.search(text or ""):
                found.setdefault(code[1], _shown(file))
    return found


def _astray(file: str, path: str, own: Problem | None) -> Problem:
    """Return what is wrong with a file, as an error: its household would be missing from the site."""
    if posixpath.dirname(file) == posixpath.dirname(path):
        name = _shown(posixpath.basename(path))
        hint = Text("Rename it to {name} (let Windows show file extensions).", name=name)
    else:
        hint = Text("Move it back to {path}", path=_shown(path))
    if own is not None:
        return replace(own, hint=hint, severity=Severity.ERROR)
    return Problem("", Text("This profile lies in a wrong place and is not read."), hint, file=file)


# --- The photos that a profile names: each must lie in its village's folder, spelt as on disk ---

PHOTOS = "photos"
PLAQUE_PHOTOS = "patrol"
"""Beside it: photos of plaques, by day and code. They go into a backup and nowhere else."""


def check_photo_files(root: Path, village: str, files: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each photo of a profile whose file is missing, misspelt or outside the village's folder."""
    folder = root / "profiles" / village
    for number, file in enumerate(files, 1):
        if trouble := _photo_trouble(folder, file):
            yield Problem(f"photos.{number}.file", *trouble)


def photo_path(root: Path, file: str) -> Path:
    """Return where a photo lies on disk; `file` is its path below `profiles/`.

    Names are compared in NFC: macOS may have stored "Hường.jpg" decomposed.
    """
    path = root / "profiles"
    if os.path.lexists(path / file):
        return path / file
    for part in PurePosixPath(file).parts:
        path = path / (_spelt(path, part) or part)
    return path


def stored_photo(root: Path, village: str, file: str) -> str:
    """Return how a profile names a photo that somebody called `file`: "Cong.jpg" is photos/cong.jpg, if that is there.

    A name that leads nowhere, or may mean either of two files, stays as it is. Windows knows no letter case, and
    nobody who looks into the folder photos writes its name before that of the picture.
    """
    folder = root / "profiles" / village
    return file if _photo_trouble(folder, file) is None else _meant(folder, file) or file


def named_photos(tree: Mapping) -> tuple[str, ...]:
    """Return the photo files that a profile names, as it writes them, whatever else is wrong in it."""
    values = plain(tree)
    photos = values.get("photos") if isinstance(values, dict) else None
    entries = photos if isinstance(photos, list) else [photos]
    files = (entry.get("file") if isinstance(entry, dict) else entry for entry in entries)
    return tuple(nfc(file) for file in files if isinstance(file, str))


def _photo_trouble(folder: Path, file: str) -> tuple[Text, Text] | None:
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
    path, where = folder, f"profiles/{folder.name}/{PHOTOS}"
    for part in parts:
        found = _spelt(path, part)
        if found is None:
            message = Text("The photo “{file}” is not there.", file=file)
            if meant := _meant(folder, file, likeness=0.75):
                return message, Text("Did you mean “{meant}” (capitals count)?", meant=meant)
            right = f"{PHOTOS}/{parts[-1]}"
            if file == right:
                return message, Text("Copy it into {where}, or delete this line.", where=where)
            return message, Text("Copy it into {where}, then write: {right}", where=where, right=right)
        path = path / found
    if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
        return None
    return (
        Text("“{file}” is not a file in the village's folder.", file=file),
        Text("Copy it into {where}, then write: {right}", where=where, right=f"{PHOTOS}/name.jpg"),
    )


def _spelt(folder: Path, name: str) -> str | None:
    """Return the name as stored on disk, the same but for NFC; letter case counts on every machine."""
    other = os.fsdecode(os.fsencode(name).swapcase())  # of ASCII letters alone: "ß" has no partner
    if os.path.lexists(folder / name) and not os.path.lexists(folder / other):
        return name  # the disk tells letter case apart, and need not be asked for all that is there
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names only, as stored
    except OSError:
        return None
    return name if name in names else next((stored for stored in names if nfc(stored) == nfc(name)), None)


def _meant(folder: Path, file: str, likeness: float = 1) -> str:
    """Return the photo in a village's folder that `file` means, as it is to be written; "" where none is.

    A bare name is sought in the folder photos first. Less `likeness` lets letters differ, not their case alone.
    """
    there = [nfc(path.relative_to(folder).as_posix()) for path in folder.rglob("*") if path.is_file()]
    guesses = (file,) if "/" in file else (f"{PHOTOS}/{file}", file)
    for guess in map(nfc, guesses):
        same = [one for one in there if one == guess]
        same = same or [one for one in there if one.casefold() == guess.casefold()]
        if len(same) == 1:
            return same[0]
    for guess in guesses if likeness < 1 else ():
        home, name = posixpath.split(fold(guess))
        names = {posixpath.basename(one): one for one in there if fold(posixpath.dirname(one)) == home}
        like = next((one for one in names if fold(one) == name), None) or nearest(
            posixpath.basename(guess), tuple(names), likeness=likeness
        )
        if like:
            return names[like]
    return ""
