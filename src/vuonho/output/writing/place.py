"""The output folder of a build, and where the state about it is kept."""

import errno
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from vuonho.bilingual import Text, visible
from vuonho.errors import MachineTrouble, Refused
from vuonho.output.files import is_folder, is_link, stat_path
from vuonho.output.lock import STATE
from vuonho.output.troubles import printable
from vuonho.portable import is_portable

_OURS = ("profiles", "templates", "words", "src", ".git", STATE)
_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


@dataclass(frozen=True, slots=True)
class Place:
    """One output folder of one project, both absolute and free of links above the last name.

    `label` is how state files and messages call it: below the project with forward slashes, else absolute.
    """

    project: Path
    out: Path
    label: str
    state: Path

    @property
    def manifest(self) -> Path:
        """The file that lists what vuonho wrote into the folder."""
        return self.state / "manifest.json"

    @property
    def next_manifest(self) -> Path:
        """The manifest that the commit in hand will put in force."""
        return self.state / "manifest.next.json"

    @property
    def journal(self) -> Path:
        """The file whose presence means that a commit is to be finished."""
        return self.state / "journal.json"

    @property
    def intent(self) -> Path:
        """The file that lists what an unfinished build has to take back."""
        return self.state / "intent.json"

    @property
    def kept(self) -> Path:
        """The folder for copies of files that were edited by hand."""
        return self.project / STATE / "kept"

    def staging_places(self) -> tuple[Path, Path]:
        """Return where new files may wait: with the state, or beside an output folder on another disk."""
        return self.state / "staging", self.out.with_name(f".{self.out.name}.vuonho-staging")


def find_place(project: Path, out: Path | str) -> Place:
    """Return the place of an output folder given relative to the project, or absolute.

    Raises Refused for a folder that holds something else by its nature: the project, its parents, the home
    directory, the profiles, a repository; for a file or a link; and for a name that Windows cannot hold.
    """
    root = Path(os.path.realpath(project))
    _refuse_odd_name(root, Path(out))
    given = Path(os.path.normpath(root / out))  # the last name may be a link, which is to be seen as such
    target = Path(os.path.realpath(given.parent)) / given.name
    _refuse_unsafe(root, target)
    label = label_of(root, target)
    return Place(root, target, label, root / STATE / "out" / _slug(label))


def label_of(root: Path, path: Path) -> str:
    """Return the path below the project, or else absolute, with forward slashes."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def _slug(label: str) -> str:
    if _PLAIN.fullmatch(label):
        return label
    return "x-" + hashlib.sha256(label.encode(errors="surrogatepass")).hexdigest()[:16]


def _refuse_unsafe(root: Path, target: Path) -> None:
    if any(_same(target, guarded) for guarded in _guarded(root)):
        raise _unsuitable(target, "chứa cả những thứ khác", "it holds more than the website")
    parts = target.relative_to(root).parts if target.is_relative_to(root) else ()
    if (parts and parts[0].casefold() in _OURS) or any(part.casefold() == ".git" for part in target.parts):
        raise _unsuitable(target, "là chỗ của hồ sơ hoặc chương trình", "it belongs to the project itself")
    found = stat_path(target)
    if found is not None and is_link(found):
        raise _unsuitable(target, "chỉ là lối tắt", "it is a link to another folder")
    if found is not None and not is_folder(found):
        raise _unsuitable(target, "là một tệp", "it is a file")


def _refuse_odd_name(root: Path, out: Path) -> None:
    """Refuse `~`, which only a shell understands, and new names that another system could not hold."""
    if out.parts and out.parts[0].startswith("~"):
        raise _unsuitable(out, "dấu ~ ở đây chỉ là một chữ", "the sign ~ is a mere letter here")
    at, names = root, []
    for part in out.parts:
        at /= part
        if part not in (out.anchor, "..") and (part == out.name or not os.path.lexists(at)):
            names.append(part)
    for name in names:
        if not is_portable(name):
            raise _unsuitable(out, "Windows không nhận tên ấy", "Windows cannot hold that name")


def _guarded(root: Path) -> Iterator[Path]:
    yield from (root, *root.parents)
    with suppress(RuntimeError):
        home = Path.home()
        yield from (home, *home.parents)


def _same(one: Path, other: Path) -> bool:
    if one == other:
        return True
    try:
        return one.samefile(other)
    except OSError:
        return False


def _unsuitable(target: Path, vi: str, en: str) -> Refused:
    name = visible(printable(target))
    return Refused(
        Text(f"Không dùng thư mục {name} làm trang web được: {vi}.", f"{name} cannot be the site: {en}."),
        Text(
            "Hãy chọn một thư mục riêng, thí dụ --out site.",
            "Choose a folder of its own, such as --out site.",
        ),
    )


def choose_staging(place: Place) -> Path:
    """Return a folder from which a file can be renamed into the output folder; it need not exist yet.

    Raises MachineTrouble where there is none: the output folder is the top of another disk.
    """
    target = nearest_folder(place.out)
    for staging in place.staging_places():
        if one_disk(nearest_folder(staging.parent), target):
            return staging
    raise MachineTrouble(
        Text(f"{place.out} là gốc của một ổ đĩa khác.", f"{place.out} is the top of another disk."),
        Text("Hãy chọn một thư mục con trong đó.", "Choose a folder inside it."),
    )


def nearest_folder(path: Path) -> Path:
    """Return the path itself, or the nearest folder above it that exists."""
    return next((folder for folder in (path, *path.parents) if folder.is_dir()), path)


def one_disk(source: Path, target: Path) -> bool:
    """Return whether files can be renamed from one existing folder into the other."""
    if source.stat().st_dev != target.stat().st_dev:
        return False
    name = ".vuonho-no-such-file"
    try:
        # Linux refuses a rename from mount to mount before it looks for the file: a question without a trace.
        (source / name).rename(target / name)
    except OSError as error:
        if error.errno == errno.EXDEV:
            return False
        if not isinstance(error, FileNotFoundError):
            raise
    return True


def check_folder(staging: Path, folder: Path) -> None:
    """Raise OSError if staged files could not be renamed into this folder of the site, if it is there."""
    if stat_path(folder) is None:
        return
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
    if not one_disk(staging, folder):
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(folder))
