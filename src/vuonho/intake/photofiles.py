"""The photos that a profile names: each must lie in its village's folder, spelt as on disk."""

import os
import posixpath
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from vuonho.bilingual import Text
from vuonho.domain.findings import Finding
from vuonho.domain.fold import fold, nearest, nfc
from vuonho.domain.schema.household import Household
from vuonho.intake.tree import Mapping, plain


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
            return _missing(path, file, part)
        path = path / found
    if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
        return (
            Text(f"“{file}” không phải là một tệp trong thư mục của thôn.",
                 f"“{file}” is not a file in the village's folder."),
            Text("Chép ảnh vào thư mục photos của thôn.", "Copy the photo into the village's photos folder."),
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


def _missing(folder: Path, file: str, part: str) -> tuple[Text, Text]:
    names = _names(folder)
    alike = next((name for name in names if fold(name) == fold(part)), None)
    meant = alike or nearest(part, names, likeness=0.75)
    return (
        Text(f"Không thấy ảnh “{file}”.", f"The photo “{file}” is not there."),
        Text(f"Có phải là “{nfc(meant)}” (viết đúng cả chữ hoa, chữ thường)?",
             f"Did you mean “{nfc(meant)}” (capitals count)?")
        if meant
        else Text("Chép ảnh vào đó, hoặc xóa dòng này.", "Copy the photo there, or delete this line."),
    )  # fmt: skip
