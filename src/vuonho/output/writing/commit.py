"""Carrying out a journal: renames and removals only, so that a full disk cannot stop it half way.

It may be done any number of times over: what is done already is seen to be done.
"""

import errno
from dataclasses import dataclass
from pathlib import Path

from vuonho.bilingual import Text
from vuonho.errors import MachineTrouble
from vuonho.output.files import (
    copy_file,
    digest_file,
    is_folder,
    is_regular,
    remove,
    remove_folder,
    replace,
    stat_path,
    sync_folder,
)
from vuonho.output.troubles import trouble
from vuonho.output.writing import journal as record
from vuonho.output.writing.journal import Journal, Move, Removal
from vuonho.output.writing.paths import folders_of
from vuonho.output.writing.place import Place


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
    staged = record.staged_file(staging, move.number)
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
        staged = record.staged_file(staging, move.number)
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
