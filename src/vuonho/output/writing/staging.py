"""The staging folder: where the new files wait, numbered, until all of them are there."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from vuonho.output.files import (
    is_folder,
    read_regular,
    remove,
    remove_folder,
    stat_path,
    sync_file,
    sync_folder,
    temporary_of,
    write_file,
)
from vuonho.output.troubles import in_words
from vuonho.output.writing.journal import Intent, parse_intent, render_intent, staged_file
from vuonho.output.writing.place import Place, choose_staging, label_of

_SYNCS_AT_ONCE = 8  # one flush of the disk then serves several files


class Staging:
    """The new files of one build and the folders made for it; nothing touches the disk before `put`."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._folder: Path | None = None
        self._made: tuple[Path, ...] = ()
        self._count = 0

    @property
    def label(self) -> str:
        """The staging folder, below the project or absolute."""
        return label_of(self._place.project, self.folder)

    @property
    def folder(self) -> Path:
        """The staging folder, made when first asked for; raises MachineTrouble."""
        if self._folder is None:
            with in_words(self._place.state):
                self._folder = self._open()
        return self._folder

    def _open(self) -> Path:
        make_durably(missing_folders(self._place.state))
        folder = choose_staging(self._place)
        self._write_intent(folder, missing_folders(folder.parent))
        make_durably(self._made)
        empty_folder(folder)  # what an earlier run left on a disk that was not there since
        folder.mkdir(exist_ok=True)
        return folder

    def _write_intent(self, folder: Path, made: Iterable[Path]) -> None:
        self._made = (*self._made, *(path for path in made if path not in self._made))
        root = self._place.project
        labels = tuple(label_of(root, path) for path in self._made)
        intent = Intent(self._place.label, label_of(root, folder), labels)
        write_file(self._place.intent, render_intent(intent))

    def put(self, content: bytes) -> tuple[int, int]:
        """Write the bytes and return their number and the file's time of change in ns."""
        number = self._count
        path = staged_file(self.folder, number)
        with in_words(path, len(content)):
            with path.open("xb") as file:
                file.write(content)
            mtime = path.stat().st_mtime_ns
        self._count += 1
        return number, mtime

    def make_folders(self, folders: Iterable[Path]) -> None:
        """Make the missing folders, given parents first; without a commit they are taken back."""
        missing = tuple(folders)
        if not missing:
            return
        self._write_intent(self.folder, missing)
        with in_words(self._place.out):
            make_durably(missing)

    def sync(self) -> None:
        """Wait until every new file is on the disk."""
        folder = self.folder
        paths = [staged_file(folder, number) for number in range(self._count)]
        with in_words(folder), ThreadPoolExecutor(_SYNCS_AT_ONCE) as pool:
            for _done in pool.map(sync_file, paths):
                pass
            sync_folder(folder)
            sync_folder(folder.parent)


def missing_folders(folder: Path) -> tuple[Path, ...]:
    """Return the folders that must be made for this one to exist, parents first, itself the last."""
    missing = [path for path in (folder, *folder.parents) if stat_path(path) is None]
    return tuple(reversed(missing))


def make_durably(folders: Iterable[Path]) -> None:
    """Make the folders, given parents first, and wait until their names are on the disk; raises OSError."""
    made = tuple(folders)
    for folder in made:
        folder.mkdir(exist_ok=True)
    for parent in sorted({folder.parent for folder in made}):
        sync_folder(parent)


def empty_folder(folder: Path) -> None:
    """Remove the numbered files of a staging folder, and the folder unless something else is in it."""
    if not is_folder(stat_path(folder)):
        return
    for path in sorted(folder.iterdir()):
        if path.name.isascii() and path.name.isdigit():
            remove(path)
    remove_folder(folder)


def discard(place: Place) -> None:
    """Take back what an unfinished or finished build has left besides the site; raises OSError.

    Empty folders that it made go, full ones stay: after a commit they hold the site.
    """
    intent = read_intent(place)
    empty_folder(place.staging_places()[0])
    if intent is not None:
        empty_folder(place.project / intent.staging)
        for label in reversed(intent.folders):
            remove_folder(place.project / label)
    for path in leftovers(place):
        remove(path)
    with suppress(FileNotFoundError):
        sync_folder(place.state)
    remove(place.intent)
    remove_folder(place.state)


def leftovers(place: Place) -> tuple[Path, ...]:
    """Return the files, the intent aside, that an unfinished build may leave beside the manifest."""
    lasting = (place.manifest, place.next_manifest, place.journal, place.intent)
    return (place.next_manifest, *map(temporary_of, lasting))


def read_intent(place: Place) -> Intent | None:
    """Return the intent of an unfinished build, None if there is none that can be read."""
    try:
        return parse_intent(read_regular(place.intent))
    except (FileNotFoundError, NotADirectoryError):
        return None
