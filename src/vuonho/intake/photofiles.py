"""The photos that a profile names: each must lie in its village's folder, spelt as on disk."""

import os
import posixpath
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from vuonho.bilingual import Text
from vuonho.domain.findings import Finding
from vuonho.domain.fold import fold, nearest, nfc
from vuonho.domain.schema.household import Household
from vuonho.intake.tree import Mapping, plain

PHOTOS = "photos"
Pick = Callable[[tuple[str, ...], str], str | None]
"""Chooses one of the names in a folder for what was written, or none."""


def check_photo_files(root: Path, village: str, household: Household) -> Iterator[Finding]:
    """Give a finding for each photo whose file is missing, misspelt or outside the village's folder."""
    folder = root / "profiles" / village
    for number, photo in enumerate(household.photos, 1):
        trouble = _trouble(folder, photo.file)
        if trouble:
            yield Finding(f"photos.{number}.file", *trouble)


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
            Text(f"Ảnh “{file}” phải nằm trong thư mục của thôn.",
                 f"The photo “{file}” must lie in the village's folder."),
            Text("Viết như photos/ten-anh.jpg, dùng dấu /.", "Write it like photos/name.jpg, with /."),
        )  # fmt: skip
    if simple != file:  # another way to write the same path would pass for another photo
        return (
            Text(f"Đường dẫn ảnh “{file}” có phần thừa.", f"The photo's path “{file}” has needless parts."),
            Text(f"Viết: {simple}", f"Write: {simple}"),
        )
    path = folder
    for part in parts:
        found = _spelt(path, part)
        if found is None:
            return _missing(folder, file)
        path = path / found
    if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
        return (
            Text(f"“{file}” không phải là một tệp trong thư mục của thôn.",
                 f"“{file}” is not a file in the village's folder."),
            Text(f"Chép ảnh vào profiles/{folder.name}/{PHOTOS}, rồi ghi như {PHOTOS}/ten-anh.jpg",
                 f"Copy the photo into profiles/{folder.name}/{PHOTOS}, then write it like {PHOTOS}/name.jpg"),
        )  # fmt: skip
    return None


def _names(folder: Path) -> tuple[str, ...]:
    try:
        return tuple(os.listdir(folder))  # noqa: PTH208 - names only, as stored
    except OSError:
        return ()


def _spelt(folder: Path, name: str) -> str | None:
    """Return the name as stored on disk, the same but for NFC; letter case counts on every machine."""
    return next((stored for stored in _names(folder) if nfc(stored) == nfc(name)), None)


def _missing(folder: Path, file: str) -> tuple[Text, Text]:
    meant = _meant(folder, file)
    return (
        Text(f"Không thấy ảnh “{file}”.", f"The photo “{file}” is not there."),
        Text(f"Có phải là “{meant}” (viết đúng cả chữ hoa, chữ thường)?",
             f"Did you mean “{meant}” (capitals count)?")
        if meant
        else _copy_it(folder, file),
    )  # fmt: skip


def _copy_it(folder: Path, file: str) -> Text:
    """Return where a photo goes, and how it is then written where that is not as it was."""
    where, right = f"profiles/{folder.name}/{PHOTOS}", f"{PHOTOS}/{PurePosixPath(file).name}"
    if file == right:
        return Text(
            f"Chép ảnh vào {where}, hoặc xóa dòng này.", f"Copy it into {where}, or delete this line."
        )
    return Text(f"Chép ảnh vào {where}, rồi ghi: {right}", f"Copy it into {where}, then write: {right}")


def _meant(folder: Path, file: str) -> str:
    """Return the photo that is most like what was written, as it is to be written; "" where none is."""
    return _first(folder, file, _same_letters) or _first(folder, file, _alike)


def _first(folder: Path, file: str, pick: Pick) -> str:
    """Return the first photo that is found by the name as written or, for a bare name, in the folder photos."""
    guesses = (file,) if "/" in file else (f"{PHOTOS}/{file}", file)
    return next(filter(None, (_found(folder, guess, pick) for guess in guesses)), "")


def _found(folder: Path, file: str, pick: Pick) -> str:
    """Return a photo's path below the village's folder, each part picked from what is there; "" if there is none."""
    path, parts = folder, []
    for part in PurePosixPath(file).parts:
        name = pick(_names(path), part)
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
