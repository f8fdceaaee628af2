"""The journalled writer: the old site or the new one, never a part of each."""

import errno
import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, NamedTuple, Self

from vuonho.errors import MachineTrouble, Refused
from vuonho.i18n import Text
from vuonho.output.files import (
    copy_file,
    digest_bytes,
    digest_file,
    is_folder,
    is_regular,
    probe_replace,
    read_regular,
    remove,
    remove_folder,
    replace,
    stat_path,
    sync_file,
    sync_folder,
    temporary_of,
    uninterrupted,
    write_file,
)
from vuonho.output.lock import STATE, locked
from vuonho.output.os_errors import in_words, printable, trouble
from vuonho.output.site_folder import (
    Claims,
    Entry,
    Manifest,
    Place,
    check_folder,
    check_path,
    choose_staging,
    find_place,
    folders_of,
    label_of,
    read_manifest,
    render_manifest,
)
from vuonho.output.transaction import erase_noted, finish_together, has_erasures, is_unfinished
from vuonho.resources import Artifact
from vuonho.text import portable_fold

# --- The journal: a commit written down before it is carried out, so that it can always be finished ---

VERSION = 1


class Move(NamedTuple):
    """A staged file that takes its place; `before` is the SHA-256 of what is there now, "" for nothing."""

    path: str
    number: int
    digest: str
    before: str


class Removal(NamedTuple):
    """A file of ours that goes, provided that its SHA-256 is still this one.

    `twin` is a new path that differs in letter case only: Windows and macOS hold both to be one file.
    """

    path: str
    digest: str
    twin: str = ""


@dataclass(frozen=True, slots=True)
class Journal:
    """One commit: moves in their order, then removals, then folders to give up, then the new manifest.

    `out` and `staging` are below the project or absolute; `manifest` is the SHA-256 of the new manifest.
    """

    out: str
    staging: str
    manifest: str
    moves: tuple[Move, ...] = ()
    removals: tuple[Removal, ...] = ()
    folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Intent:
    """What an unfinished build has to take back: its staging folder, and empty folders that it made."""

    out: str
    staging: str
    folders: tuple[str, ...] = ()


def order_of(path: str) -> tuple[int, int, str]:
    """Return the sort key of a path in a commit: assets, then pages from the depth up, the front door last.

    Who looks at the folder in between finds no page whose parts are not there yet.
    """
    if path in ("404.html", "sitemap.xml", "sw.js", "index.html"):
        return (3 if path == "index.html" else 2), 0, path
    return int(path.endswith(".html")), -path.count("/"), path


def render_journal(journal: Journal) -> bytes:
    """Return the journal as JSON."""
    return _render(
        {
            "version": VERSION,
            "out": journal.out,
            "staging": journal.staging,
            "manifest": journal.manifest,
            "moves": journal.moves,
            "removals": journal.removals,
            "folders": journal.folders,
        }
    )


def render_intent(intent: Intent) -> bytes:
    """Return the intent as JSON."""
    return _render(
        {"version": VERSION, "out": intent.out, "staging": intent.staging, "folders": intent.folders}
    )


def _render(whole: dict[str, object]) -> bytes:
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")


def parse_journal(content: bytes) -> Journal | None:
    """Return the journal that the bytes hold; None if they hold none that may be carried out."""
    whole = _parse(content)
    try:
        return None if whole is None else _journal(whole)
    except (ValueError, TypeError, KeyError):
        return None


def _journal(whole: Any) -> Journal:
    journal = Journal(
        str(whole["out"]),
        str(whole["staging"]),
        str(whole["manifest"]),
        tuple(Move(str(path), int(number), str(new), str(old)) for path, number, new, old in whole["moves"]),
        tuple(Removal(str(path), str(digest), str(twin)) for path, digest, twin in whole["removals"]),
        tuple(map(str, whole["folders"])),
    )
    moved, removed = (move.path for move in journal.moves), (removal.path for removal in journal.removals)
    for path in (*moved, *removed, *journal.folders):
        check_path(path)
    return journal


def parse_intent(content: bytes) -> Intent | None:
    """Return the intent that the bytes hold, None if they hold none."""
    whole = _parse(content)
    try:
        if whole is None:
            return None
        return Intent(str(whole["out"]), str(whole["staging"]), tuple(map(str, whole["folders"])))
    except (ValueError, TypeError, KeyError):
        return None


def _parse(content: bytes) -> Any:
    try:
        whole = json.loads(content.decode(errors="surrogatepass"))
        return whole if whole["version"] == VERSION else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def staged_file(staging: Path, number: int) -> Path:
    """Return where the file with this number waits."""
    return staging / f"{number:07d}"


# --- Carrying out a journal: renames and removals only, so that a full disk cannot stop it half way ---


@dataclass(frozen=True, slots=True)
class Kept:
    """A file edited by hand: `copy` is where its copy is, below the project; "" if it was left in place."""

    path: str
    copy: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did to the output folder `out`, as paths below it."""

    out: Path
    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[Kept, ...] = ()


def carry_out(place: Place, journal: Journal) -> Summary:
    """Finish the commit and return what was written, removed and kept.

    Raises MachineTrouble if the machine stops it; the journal then stays, and the next command goes on.
    """
    try:
        kept = _move_all(place, journal)
        removed, left = _remove_all(place, journal)
        _sync_all(place, journal)
        if stat_path(place.next_manifest) is not None:
            replace(place.next_manifest, place.manifest)
            sync_folder(place.state)
        remove(place.journal)
        sync_folder(place.state)
    except OSError as error:
        raise _unfinished(error, place) from error
    return Summary(place.out, tuple(move.path for move in journal.moves), (), removed, kept + left)


def _unfinished(error: OSError, place: Place) -> MachineTrouble:
    cause = trouble(error, place.out)
    return MachineTrouble(
        cause.message,
        Text(
            f"{cause.hint.vi} Trang mới đã soạn xong; lệnh vuonho sau sẽ đưa nốt vào {place.label}.".strip(),
            f"{cause.hint.en} The new site is ready; the next command finishes {place.label}.".strip(),
        ),
    )


def _move_all(place: Place, journal: Journal) -> tuple[Kept, ...]:
    staging = place.project / journal.staging
    moves = [_move(place, staging, move) for move in journal.moves]
    return tuple(kept for kept in moves if kept is not None)


def _move(place: Place, staging: Path, move: Move) -> Kept | None:
    staged = staged_file(staging, move.number)
    if stat_path(staged) is None:
        return None  # moved by a run that did not finish; recovery has looked at what is there
    kept = _rescue(place, move)
    replace(staged, place.out / move.path)
    return kept


def _rescue(place: Place, move: Move) -> Kept | None:
    """Take a file out of the way that was edited or put there after the commit was written down."""
    target = place.out / move.path
    digest = digest_file(target)
    if digest in ("", move.before, move.digest):
        return None
    copy = kept_copy(place, move.path, digest)
    copy.parent.mkdir(exist_ok=True)
    try:
        replace(target, copy)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        copy_file(target, copy)
    return Kept(move.path, copy.relative_to(place.project).as_posix())


def kept_copy(place: Place, path: str, digest: str) -> Path:
    """Return where the copy of an edited file goes: its content is part of the name."""
    name = Path(path.replace("/", "_")[-60:].lstrip("._ ") or "file")
    return place.kept / f"{name.stem}-{digest[:8]}{name.suffix}"


def _remove_all(place: Place, journal: Journal) -> tuple[tuple[str, ...], tuple[Kept, ...]]:
    moved = tuple(removal for removal in journal.removals if not _remove(place, removal))
    left = tuple(Kept(removal.path) for removal in moved)
    for folder in sorted(journal.folders, key=lambda name: -name.count("/")):
        if not passes_link(place.out, folder):
            remove_folder(place.out / folder)
    return tuple(removal.path for removal in journal.removals if removal not in moved), left


def _remove(place: Place, removal: Removal) -> bool:
    """Return whether the file is gone; a file that is not ours any more is left."""
    target = place.out / removal.path
    if passes_link(place.out, removal.path) or stat_path(target) is None:
        return True
    if removal.twin and _is_one_file(target, place.out / removal.twin):
        replace(target, place.out / removal.twin)  # only the capitals of the name change
        return True
    if digest_file(target) != removal.digest:
        return False
    remove(target)
    return True


def _is_one_file(path: Path, twin: Path) -> bool:
    return is_regular(stat_path(twin)) and path.samefile(twin)


def passes_link(out: Path, path: str) -> bool:
    """Return whether a folder above the path is a link, or something else than a folder."""
    above = (stat_path(out / folder) for folder in folders_of(path))
    return any(found is not None and not is_folder(found) for found in above)


def _sync_all(place: Place, journal: Journal) -> None:
    paths = {move.path for move in journal.moves} | {removal.path for removal in journal.removals}
    for folder in sorted({(place.out / path).parent for path in paths} | {place.out}):
        if folder.is_dir():
            sync_folder(folder)


def check_ready(place: Place, journal: Journal) -> None:
    """Raise MachineTrouble, before anything more is changed, if the journal cannot be finished."""
    staging = place.project / journal.staging
    if journal.manifest != digest_file(place.next_manifest):
        if journal.manifest == digest_file(place.manifest):
            return  # all is done, but for the journal itself
        raise beyond_repair(place)
    for move in journal.moves:
        target = place.out / move.path
        staged = staged_file(staging, move.number)
        source = target if not is_regular(stat_path(staged)) else staged
        if digest_file(source) != move.digest or passes_link(place.out, move.path):
            raise beyond_repair(place)


def beyond_repair(place: Place) -> MachineTrouble:
    """Return the trouble of an interrupted build whose waiting files are damaged."""
    state = place.state.relative_to(place.project).as_posix()
    return MachineTrouble(
        Text(
            f"Lần dựng trang trước bị ngắt, và tệp chờ trong {state} đã hỏng.",
            f"The last build was interrupted, and what it left in {state} is damaged.",
        ),
        Text(
            f"Hãy đổi tên thư mục {place.label}, xóa thư mục {state}, rồi chạy vuonho build.",
            f"Rename the folder {place.label}, delete the folder {state}, then run vuonho build.",
        ),
    )


# --- The staging folder: where the new files wait, numbered, until all of them are there ---

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


# --- Recovery: what a killed run has left is finished or taken back before anything else is done ---


def recover(project: Path) -> tuple[Summary, ...]:
    """Return what was finished of builds that had been interrupted; usually nothing.

    Files that were being replaced together come first.

    A build past its commit point is finished, any other is taken back. With nothing to do this costs a
    look at the state folder and writes nothing, so that it works in a project that cannot be written.
    Raises MachineTrouble if a commit cannot be finished.
    """
    with in_words(project):
        is_cut_off = is_unfinished(project)
    if is_cut_off:
        with locked(project):
            finish_together(project)
    _erase(project)
    with in_words(project):
        unfinished = _recovery_unfinished(project)
    if not unfinished:
        return ()
    if any(is_regular(stat_path(place.journal)) for place in unfinished):
        with locked(project):
            return _recover_all(project)
    try:
        with locked(project, wait=0):
            return _recover_all(project)
    except MachineTrouble:
        return ()  # at work just now, or in the way of nobody: the next build sees to it


def is_cut_off(project: Path) -> bool:
    """Tell whether a run that was interrupted waits to be finished or taken back; raise MachineTrouble."""
    with in_words(project):
        return is_unfinished(project) or bool(_recovery_unfinished(project))


def _erase(project: Path) -> None:
    """Remove what a withdrawal was to remove and was cut off from; what another program has open waits on."""
    if has_erasures(project):
        with suppress(MachineTrouble), locked(project, wait=0):
            erase_noted(project)


def _recover_all(project: Path) -> tuple[Summary, ...]:
    with in_words(project):
        done = [_recover(place) for place in _recovery_unfinished(project)]
    return tuple(summary for summary in done if summary is not None)


def _recovery_unfinished(project: Path) -> tuple[Place, ...]:
    states = project / STATE / "out"
    if not is_folder(stat_path(states)):
        return ()
    places = (_state_place(project, state) for state in sorted(states.iterdir()) if state.is_dir())
    return tuple(place for place in places if _is_unfinished(place))


def _state_place(project: Path, state: Path) -> Place:
    """Return a place that knows its state folder only."""
    return Place(project.resolve(), project.resolve(), "", state.resolve())


def _is_unfinished(place: Place) -> bool:
    signs = {place.journal, place.intent, place.staging_places()[0], *leftovers(place)}
    return any(path in signs for path in place.state.iterdir())


def _recover(place: Place) -> Summary | None:
    content = read_regular(place.journal) if is_regular(stat_path(place.journal)) else None
    if content is None:
        with uninterrupted():
            discard(_known(place, _label_of_intent(place)))
        return None
    journal = parse_journal(content)
    if journal is None:
        raise beyond_repair(_known(place, place.state.name))
    return roll_forward(_known(place, journal.out), journal)


def _label_of_intent(place: Place) -> str:
    intent = read_intent(place)
    return "" if intent is None else intent.out


def _known(place: Place, label: str) -> Place:
    """Return the place with its output folder; without a label the state folder alone."""
    if not label:
        return place
    return Place(place.project, place.project / label, label, place.state)


def roll_forward(place: Place, journal: Journal) -> Summary | None:
    """Return what finishing an interrupted commit did; None if its output folder is deleted since."""
    try:
        safe = find_place(place.project, place.out)
    except Refused as error:
        raise beyond_repair(place) from error
    if safe.state != place.state:
        raise beyond_repair(place)
    with uninterrupted():
        if _was_deleted(safe):
            remove(safe.journal)
            remove(safe.manifest)
            summary = None
        else:
            check_ready(safe, journal)
            summary = carry_out(safe, journal)
        discard(safe)
    return summary


def _was_deleted(place: Place) -> bool:
    if stat_path(place.out) is not None:
        return False
    if not is_folder(stat_path(place.out.parent)):
        raise MachineTrouble(
            Text(f"Không thấy ổ đĩa chứa {place.out}.", f"The disk that holds {place.out} is missing."),
            Text("Hãy cắm ổ đĩa ấy vào rồi làm lại.", "Plug that disk in, then try again."),
        )
    return True


# --- The survey: what stands in the output folder, and whose it is ---

# What a repository of GitHub Pages holds before it holds a site.
_COUNTS_AS_EMPTY = (".gitignore", ".git", "CNAME")


class Survey:
    """The output folder against its old manifest; `old` is None for a folder never written by vuonho."""

    def __init__(self, place: Place, old: Manifest | None) -> None:
        self._place = place
        self._is_known = old is not None
        self._old = old or Manifest()
        self._prefix = f"{place.out}{os.sep}"
        self._folders: dict[str, bool] = {}

    def find_intact(self, path: str, entry: Entry) -> Entry | None:
        """Return the entry, its time brought up to date, if the file is as we wrote it; else None."""
        target = self._prefix + path  # a Path costs more than the look, and there are tens of thousands
        try:
            found = os.lstat(target)
        except (
            FileNotFoundError,
            NotADirectoryError,
            ValueError,
        ):  # ValueError: no name that a file can have
            return None
        if found.st_size != entry.size or not is_regular(found):
            return None
        if found.st_mtime_ns == entry.mtime:
            return entry
        same = digest_file(Path(target)) == entry.digest
        return entry._replace(mtime=found.st_mtime_ns) if same else None

    def digest_before(self, path: str) -> str:
        """Return the SHA-256 of the file at the path, "" for nothing; raise Refused for anything else."""
        target = self._place.out / path
        if not self._is_reachable(path):
            raise in_the_way(self._place, path)
        found = stat_path(target)
        if found is not None and not is_regular(found):
            raise in_the_way(self._place, path)
        return digest_file(target)

    def is_ours(self, path: str, digest: str) -> bool:
        """Return whether this content is ours as written, False if edited; raise Refused if never ours."""
        if not digest:
            return True
        entry = self._old.entries.get(path) or self._twin_entry(path)
        if entry is None:
            raise in_the_way(self._place, path) if self._is_known else _foreign(self._place, [path])
        return entry.digest == digest

    def _twin_entry(self, path: str) -> Entry | None:
        """Return the entry of the same file under a name with other capitals (Windows, macOS)."""
        out, key = self._place.out, portable_fold(path)
        for other, entry in self._old.entries.items():
            if (
                portable_fold(other) == key
                and is_regular(stat_path(out / other))
                and (out / other).samefile(out / path)
            ):
                return entry
        return None

    def _is_reachable(self, path: str) -> bool:
        """Return whether only folders, or nothing, stand above the path in the output folder."""
        above = tuple(folders_of(path))
        if not above or above[0] in self._folders:
            return True
        found = {folder: stat_path(self._place.out / folder) for folder in above}
        if any(state is not None and not is_folder(state) for state in found.values()):
            return False
        self._folders.update({folder: state is not None for folder, state in found.items()})
        return True

    def refuse_foreign(self, claims: Claims) -> None:
        """Raise Refused if a folder that we never wrote holds files that this build does not make."""
        if self._is_known:
            return
        foreign = [path for path in _files_in(self._place.out) if not claims.holds(path)]
        if foreign:
            raise _foreign(self._place, foreign)

    def sort_leaving(
        self, paths: Iterable[str], claims: Claims
    ) -> tuple[tuple[Removal, ...], tuple[Kept, ...]]:
        """Return which of our old files can go, and which were edited by hand and so stay."""
        removals, left = [], []
        for path in paths:
            check_path(path)
            entry, twin = self._old.entries[path], claims.twin_of(path)
            target = self._place.out / path
            if passes_link(self._place.out, path) or stat_path(target) is None:
                continue
            if twin or digest_file(target) == entry.digest:
                removals.append(Removal(path, entry.digest, twin))
            else:
                left.append(Kept(path))
        removals.sort(key=lambda removal: (not removal.path.endswith(".html"), removal.path))
        return tuple(removals), tuple(left)

    def folders_of_ours(self, claims: Claims) -> frozenset[str]:
        """Return the folders of the new site that vuonho made, now or earlier, or has taken over whole."""
        if not self._is_known:
            return frozenset(claims.folders)
        return self._old.folders.intersection(claims.folders).union(self.missing_folders())

    def missing_folders(self) -> tuple[str, ...]:
        """Return the folders of the site that must be made for what was staged, parents first."""
        return tuple(sorted(folder for folder, there in self._folders.items() if not there))


def _files_in(out: Path) -> Iterator[str]:
    """Return all that is no folder, links included, but for what counts as empty."""
    for base, folders, files in os.walk(out):
        here = Path(base)
        if here == out:
            folders[:] = [name for name in folders if name not in _COUNTS_AS_EMPTY]
        linked = [name for name in folders if not is_folder(stat_path(here / name))]
        for name in (*files, *linked):
            if here == out and name in _COUNTS_AS_EMPTY:
                continue
            yield (here / name).relative_to(out).as_posix()


def keep_copy(place: Place, path: str, digest: str) -> Kept:
    """Return where the edited file was copied to, outside the site; raises MachineTrouble."""
    copy = kept_copy(place, path, digest)
    with in_words(copy):
        copy.parent.mkdir(exist_ok=True)
    copy_file(place.out / path, copy)
    return Kept(path, copy.relative_to(place.project).as_posix())


def in_the_way(place: Place, path: str) -> Refused:
    """Return the refusal to write where something stands that is not ours."""
    name = printable(f"{place.label}/{path}")
    return Refused(
        Text(
            f"{name} đã có sẵn và không phải do vuonho ghi, nên không ghi đè.",
            f"{name} is there already and not by vuonho, so it is not overwritten.",
        ),
        Text("Hãy chuyển tệp ấy đi chỗ khác rồi làm lại.", "Move it elsewhere, then try again."),
    )


def _foreign(place: Place, paths: list[str]) -> Refused:
    some = printable(", ".join(sorted(paths)[:3]) + (", …" if len(paths) > 3 else ""))
    return Refused(
        Text(
            f"Thư mục {place.label} đã có tệp không phải do vuonho ghi: {some}.",
            f"The folder {place.label} holds files that vuonho did not write: {some}.",
        ),
        Text(
            "Hãy đổi tên thư mục ấy hoặc chọn thư mục trống khác bằng --out.",
            "Rename that folder, or choose an empty one with --out.",
        ),
    )


# --- The writer: all artifacts of a build become the site, or none ---


def begin(project: Path, out: Path | str) -> "Transaction":
    """Return a new transaction for an output folder, relative to the project or absolute.

    The caller holds the lock, and has one transaction open at a time: what an earlier one left is recovered.
    Raises Refused for a folder that cannot be a site, MachineTrouble for a manifest that cannot be read.
    """
    place = find_place(project, out)
    recover(place.project)
    with in_words(place.manifest):
        return Transaction(place, read_manifest(place.manifest))


class Transaction:
    """One build on its way into the output folder; leaving its context without `commit` takes all back."""

    def __init__(self, place: Place, old: Manifest | None) -> None:
        self._place = place
        self._old = old or Manifest()
        self._survey = Survey(place, old)
        self._claims = Claims()
        self._staging = Staging(place)
        self._entries: dict[str, Entry] = {}
        self._moves: list[Move] = []
        self._edited: list[Move] = []
        self._open = True

    @property
    def previous(self) -> Mapping[str, Entry]:
        """What the last build wrote, by path; empty if there was none."""
        return MappingProxyType(self._old.entries)

    @property
    def villages(self) -> frozenset[str]:
        """The folders of villages, today's and former ones, when the site was last built."""
        return self._old.villages

    def leaving(self) -> tuple[str, ...]:
        """Return the paths of the last build that were neither added nor kept so far."""
        return tuple(sorted(self._old.entries.keys() - self._entries.keys()))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.abort()

    def abort(self) -> None:
        """Take back what was staged; nothing happens after a commit."""
        if not self._open:
            return
        self._open = False
        # What cannot be taken back now is taken back by the next command; the first error is the one to tell.
        with uninterrupted(), suppress(OSError):
            if stat_path(self._place.journal) is None:
                discard(self._place)

    def keep(self, path: str) -> bool:
        """Return whether the file of the last build is still in place, and if so keep it as it is.

        Size and time of change tell, as long as both are as they were written; else the content does.
        False means that the artifact must be made and added again. Raises Refused as `add` does.
        """
        entry = self._old.entries.get(path)
        try:
            intact = None if entry is None else self._survey.find_intact(path, entry)
        except OSError as error:
            raise trouble(error, self._place.out) from error
        if intact is None:
            return False
        self._claims.claim(path)
        self._entries[path] = intact
        return True

    def add(self, artifact: Artifact) -> None:
        """Stage an artifact, unless the very same bytes are in place already.

        Raises Refused for a path that is bad, claimed already, or taken by a file that is not ours, and
        MachineTrouble if it cannot be written.
        """
        self._claims.claim(artifact.path)
        with in_words(self._place.out / artifact.path):
            self._stage(artifact)

    def _stage(self, artifact: Artifact) -> None:
        path, new = artifact.path, digest_bytes(artifact.content)
        before = self._survey.digest_before(path)
        if before == new:
            found = (self._place.out / path).stat()
            self._entries[path] = Entry(new, found.st_size, found.st_mtime_ns)
            return
        ours = self._survey.is_ours(path, before)
        number, mtime = self._staging.put(artifact.content)
        self._moves.append(Move(path, number, new, before))
        self._entries[path] = Entry(new, len(artifact.content), mtime)
        if not ours:
            self._edited.append(self._moves[-1])

    def commit(self, villages: Collection[str] = ()) -> Summary:
        """Put the new site in force and return what was done; all or nothing.

        `villages` are the folders of villages, today's and former ones.
        Raises Refused if the folder holds files that are not ours and were there before us, MachineTrouble
        if the machine is in the way. Past the commit point a trouble means: the next command finishes it.
        """
        place, claims = self._place, self._claims
        with in_words(place.out):
            self._survey.refuse_foreign(claims)
            removals, left = self._survey.sort_leaving(self.leaving(), claims)
        manifest = Manifest(self._entries, self._survey.folders_of_ours(claims), frozenset(villages))
        changed = {move.path for move in self._moves}
        unchanged = tuple(path for path in self._entries if path not in changed)
        if not (changed or removals) and manifest == self._old:
            self.abort()
            return Summary(place.out, unchanged=unchanged, kept=left)
        kept = self._prepare((*changed, *(removal.path for removal in removals)))
        journal = Journal(
            place.label,
            self._staging.label,
            self._write_manifest(manifest),
            tuple(sorted(self._moves, key=lambda move: order_of(move.path))),
            removals,
            tuple(sorted(self._old.folders - set(claims.folders))),
        )
        done = self._conclude(journal)
        return Summary(place.out, done.written, unchanged, done.removed, (*kept, *left, *done.kept))

    def _prepare(self, touched: tuple[str, ...]) -> tuple[Kept, ...]:
        """Do all that can fail while the old site is untouched, and return the copies of edited files."""
        place = self._place
        targets = [place.out / path for path in touched]
        with in_words(place.out):
            for folder in sorted({place.out, *(target.parent for target in targets)}):
                check_folder(self._staging.folder, folder)
            for target in targets:
                probe_replace(target)
        missing = (place.out / folder for folder in self._survey.missing_folders())
        self._staging.make_folders((*missing_folders(place.out), *missing))
        kept = tuple(keep_copy(place, move.path, move.before) for move in self._edited)
        self._staging.sync()
        return kept

    def _write_manifest(self, manifest: Manifest) -> str:
        content = render_manifest(manifest)
        write_file(self._place.next_manifest, content)
        return digest_bytes(content)

    def _conclude(self, journal: Journal) -> Summary:
        place = self._place
        with uninterrupted():
            write_file(place.journal, render_journal(journal))
            self._open = False
            done = carry_out(place, journal)
            with suppress(OSError):  # the site is complete; the next command sweeps the floor
                discard(place)
        return done
