"""The writer of a site: all artifacts of a build become the site, or none, whatever interrupts it.

New files wait in a staging folder until all are there. Then the journal is written: from then on the commit is
carried out to its end, by this run or by the next command. Before that, everything is taken back. What waits and
what is known lies in the state folder of the output folder:

    manifest.json       what vuonho wrote into the output folder
    manifest.next.json  the manifest that the commit in hand will put in force
    journal.json        a commit that is to be finished
    intent.json         what an unfinished build has to take back
    staging/            where new files wait, numbered; beside an output folder on another disk
"""

import errno
import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Self

from vuonho.errors import MachineError, UserError
from vuonho.i18n import Text
from vuonho.output import files
from vuonho.output.files import in_words, printable
from vuonho.output.lock import STATE, locked
from vuonho.output.site_folder import (
    MANIFEST,
    Entry,
    Manifest,
    Place,
    check_path,
    find_place,
    folders_of,
    label_of,
    read_manifest,
    render_manifest,
)
from vuonho.output.transaction import erase_noted, finish_together, has_erasures, is_unfinished
from vuonho.resources import Artifact

VERSION = 1
_NEXT, _JOURNAL, _INTENT, _STAGING = "manifest.next.json", "journal.json", "intent.json", "staging"
_LEFTOVERS = (
    _NEXT,
    *(files.temporary_of(Path(name)).name for name in (MANIFEST, _NEXT, _JOURNAL, _INTENT)),
)
"""What an unfinished build may leave besides journal, intent and staging folder."""
_COUNTS_AS_EMPTY = (".gitignore", ".git", "CNAME")
"""What a repository of GitHub Pages holds before it holds a site."""
_SYNCS_AT_ONCE = 8  # one flush of the disk then serves several files


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
    size: int = 0
    """Bytes of all files."""

    @property
    def paths(self) -> tuple[str, ...]:
        """All files of the site."""
        return (*self.written, *self.unchanged)


class Move(NamedTuple):
    """A staged file that takes its place; `before` is the SHA-256 of what is there now, "" for nothing."""

    path: str
    number: int
    digest: str
    before: str

    @property
    def waits(self) -> str:
        """Its name in the staging folder."""
        return f"{self.number:07d}"


class Removal(NamedTuple):
    """A file of ours that goes, provided that its SHA-256 is still this one."""

    path: str
    digest: str


class Journal(NamedTuple):
    """One commit: moves in their order, then removals, then folders to give up, then the new manifest.

    `out` and `staging` are below the project or absolute; `manifest` is the SHA-256 of the new manifest.
    """

    out: str
    staging: str
    manifest: str
    moves: tuple[Move, ...] = ()
    removals: tuple[Removal, ...] = ()
    folders: tuple[str, ...] = ()


class SiteWriter:
    """One build on its way into an output folder; leaving its context without `commit` takes all back.

    `old` is what the last build wrote. The caller holds the lock, and has one writer at a time: what an earlier one
    left is recovered first. Raises UserError for a folder that cannot be a site, MachineError for a manifest that
    cannot be read.
    """

    def __init__(self, project: Path, out: Path | str) -> None:
        self._place = find_place(project, out)
        recover(self._place.project)
        manifest = read_manifest(self._place)
        self._is_known = manifest is not None
        self.old = manifest or Manifest()
        self._entries: dict[str, Entry] = {}
        self._moves: list[Move] = []
        self._edited: list[Move] = []
        self._folders: set[str] = set()  # of this build: they are folders, or not there yet
        self._staging_folder: Path | None = None
        self._made: list[Path] = []
        self._is_open = True

    def leaving(self) -> tuple[str, ...]:
        """Return the paths of the last build that were not added so far."""
        return tuple(sorted(self.old.entries.keys() - self._entries.keys()))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.abort()

    def abort(self) -> None:
        """Take back what was staged; nothing happens after a commit."""
        if not self._is_open:
            return
        self._is_open = False
        # What cannot be taken back now is taken back by the next command; the first error is the one to tell.
        with files.uninterrupted(), suppress(OSError):
            if files.stat_path(self._place.state / _JOURNAL) is None:
                _discard(self._place.project, self._place.state)

    def add(self, artifact: Artifact) -> None:
        """Stage an artifact, unless the very same bytes are in place already.

        Raises UserError for a path that is bad, claimed already, or taken by a file that is not ours, and
        MachineError if it cannot be written.
        """
        path, content = artifact.path, artifact.content
        check_path(path)
        above, target = set(folders_of(path)), self._place.out / path
        if path in self._entries or path in self._folders or above & self._entries.keys():
            raise UserError(Text("Two pages want the same place: “{path}”.", path=path))
        with in_words(target, len(content)):
            above -= self._folders
            found = files.stat_path(target)
            if _is_blocked(self._place.out, above) or (found and not files.is_regular(found)):
                raise _in_the_way(self._place, path)
            self._folders |= above
            new, before = files.digest_bytes(content), files.digest_file(target)
            if found and before == new:
                self._entries[path] = Entry(new, found.st_size, found.st_mtime_ns)
                return
            move = Move(path, len(self._moves), new, before)
            if before and not self._is_ours(path, before):
                self._edited.append(move)
            staged = self._staging() / move.waits
            with staged.open("xb") as file:
                file.write(content)
            self._moves.append(move)
            self._entries[path] = Entry(new, len(content), staged.stat().st_mtime_ns)

    def keep(self, digests: Mapping[str, str]) -> bool:
        """Leave files (paths and SHA-256) as the last build wrote them; False where one is not as it wrote it."""
        kept: dict[str, Entry] = {}
        for path, digest in digests.items():
            entry, found = self.old.entries.get(path), files.stat_path(self._place.out / path)
            if entry is None or found is None or entry.digest != digest or not files.is_regular(found):
                return False
            if (found.st_size, found.st_mtime_ns) != (entry.size, entry.mtime):
                return False
            kept[path] = entry
        above = {folder for path in kept for folder in folders_of(path)}
        if above & self._entries.keys() or self._folders & kept.keys():
            return False
        if _is_blocked(self._place.out, above - self._folders):
            return False
        self._folders |= above
        self._entries |= kept
        return True

    def digest(self, path: str) -> str | None:
        """Return the SHA-256 of a file that was added or kept, None where it was not."""
        entry = self._entries.get(path)
        return entry.digest if entry else None

    def _is_ours(self, path: str, digest: str) -> bool:
        """Return whether this content is ours as written, False if edited; raise UserError if never ours."""
        entry = self.old.entries.get(path)
        if entry is None:
            raise _in_the_way(self._place, path) if self._is_known else _foreign(self._place, [path])
        return entry.digest == digest

    def _staging(self) -> Path:
        """Return the staging folder, made when first asked for; raises OSError and MachineError."""
        if self._staging_folder is None:
            files.make_folders(files.missing_folders(self._place.state))
            staging = _choose_staging(self._place)
            self._make_noted(staging, files.missing_folders(staging.parent))
            _empty_folder(staging)  # what an earlier run left on a disk that was not there since
            staging.mkdir(exist_ok=True)
            self._staging_folder = staging
        return self._staging_folder

    def _make_noted(self, staging: Path, folders: Iterable[Path]) -> None:
        """Make folders, after the intent has noted them: a build that is not committed takes them back."""
        root, made = self._place.project, tuple(folders)
        self._made += made
        noted = [label_of(root, folder) for folder in self._made]
        intent = {"out": self._place.label, "staging": label_of(root, staging), "folders": noted}
        files.write_file(self._place.state / _INTENT, _render(intent))
        files.make_folders(made)

    def commit(self, villages: Collection[str] = ()) -> Summary:
        """Put the new site in force and return what was done; all or nothing.

        `villages` are the folders of villages, today's and former ones.
        Raises UserError if the folder holds files that are not ours and were there before us, MachineError
        if the machine is in the way. Past the commit point a trouble means: the next command finishes it.
        """
        place, folders = self._place, self._folders
        with in_words(place.out):
            if not self._is_known:
                foreign = [path for path in _files_in(place.out) if path not in self._entries]
                if foreign:
                    raise _foreign(place, foreign)
            removals, left = self._sort_leaving()
            missing = [one for one in sorted(folders) if files.stat_path(place.out / one) is None]
        # Without a manifest, a folder with our files is taken over whole.
        ours = self.old.folders.intersection(folders).union(missing) if self._is_known else frozenset(folders)
        manifest = Manifest(self._entries, ours, frozenset(villages))
        changed = {move.path for move in self._moves}
        unchanged = tuple(path for path in self._entries if path not in changed)
        if not (changed or removals) and manifest == self.old:
            self.abort()
            return Summary(place.out, unchanged=unchanged, kept=left, size=manifest.size)
        with in_words(place.out):
            kept = self._prepare((*changed, *(one.path for one in removals)), missing)
        content = render_manifest(manifest)
        files.write_file(place.state / _NEXT, content)
        journal = Journal(
            place.label,
            label_of(place.project, self._staging()),
            files.digest_bytes(content),
            tuple(sorted(self._moves, key=lambda move: order_of(move.path))),
            removals,
            tuple(sorted(self.old.folders - folders)),
        )
        with files.uninterrupted():
            files.write_file(place.state / _JOURNAL, _render(journal._asdict()))  # the commit point
            self._is_open = False
            done = _carry_out(place, journal)
            with suppress(OSError):  # the site is complete; the next command sweeps the floor
                _discard(place.project, place.state)
        return Summary(
            place.out, done.written, unchanged, done.removed, (*kept, *left, *done.kept), manifest.size
        )

    def _sort_leaving(self) -> tuple[tuple[Removal, ...], tuple[Kept, ...]]:
        """Return which of our old files can go, and which were edited by hand and so stay."""
        out, removals, left = self._place.out, [], []
        for path in self.leaving():
            digest = self.old.entries[path].digest
            if passes_link(out, path) or files.stat_path(out / path) is None:
                continue
            if files.digest_file(out / path) == digest:
                removals.append(Removal(path, digest))
            else:
                left.append(Kept(path))
        removals.sort(key=lambda removal: (not removal.path.endswith(".html"), removal.path))
        return tuple(removals), tuple(left)

    def _prepare(self, touched: Iterable[str], missing: Iterable[str]) -> tuple[Kept, ...]:
        """Do all that can fail while the old site is untouched, and return the copies of edited files."""
        from concurrent.futures import ThreadPoolExecutor

        place, staging = self._place, self._staging()
        targets = [place.out / path for path in touched]
        for folder in {place.out, *(target.parent for target in targets)}:
            if files.stat_path(folder) is None:
                continue
            if not os.access(folder, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
            if not _can_rename(staging, folder):
                raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(folder))
        for target in targets:
            files.probe_replace(target)
        if folders := (*files.missing_folders(place.out), *(place.out / folder for folder in missing)):
            self._make_noted(staging, folders)
        kept = tuple(_keep(place, move.path, move.before) for move in self._edited)
        with ThreadPoolExecutor(_SYNCS_AT_ONCE) as pool:
            list(pool.map(files.sync_file, (staging / move.waits for move in self._moves)))
        files.sync_folder(staging)
        files.sync_folder(staging.parent)
        return kept


def order_of(path: str) -> tuple[int, int, str]:
    """Return the sort key of a path in a commit: assets, then pages from the depth up, the front door last.

    Who looks at the folder in between finds no page whose parts are not there yet.
    """
    if path in ("404.html", "sitemap.xml", "sw.js", "index.html"):
        return (3 if path == "index.html" else 2), 0, path
    return int(path.endswith(".html")), -path.count("/"), path


def passes_link(out: Path, path: str) -> bool:
    """Return whether a folder above the path is a link, or something else than a folder."""
    return _is_blocked(out, folders_of(path))


def _is_blocked(out: Path, folders: Iterable[str]) -> bool:
    found = (files.stat_path(out / folder) for folder in folders)
    return any(one is not None and not files.is_folder(one) for one in found)


def _keep(place: Place, path: str, digest: str) -> Kept:
    """Copy a file edited by hand out of the site; its content is part of the name of the copy."""
    name = Path(path.replace("/", "_")[-60:].lstrip("._ ") or "file")
    copy = place.project / STATE / "kept" / f"{name.stem}-{digest[:8]}{name.suffix}"
    copy.parent.mkdir(exist_ok=True)
    files.write_file(copy, (place.out / path).read_bytes())
    return Kept(path, label_of(place.project, copy))


def _files_in(out: Path) -> Iterator[str]:
    """Return all that is no folder, links included, but for what counts as empty."""
    for base, folders, names in os.walk(out):
        here = Path(base)
        ignored = _COUNTS_AS_EMPTY if here == out else ()
        folders[:] = [name for name in folders if name not in ignored]
        for name in (*names, *folders):
            if name not in ignored and not files.is_folder(files.stat_path(here / name)):
                yield (here / name).relative_to(out).as_posix()


def _in_the_way(place: Place, path: str) -> UserError:
    name = printable(f"{place.label}/{path}")
    return UserError(
        Text("{name} is there already and not by vuonho, so it is not overwritten.", name=name),
        Text("Move it elsewhere, then try again."),
    )


def _foreign(place: Place, paths: list[str]) -> UserError:
    some = printable(", ".join(sorted(paths)[:3]) + (", …" if len(paths) > 3 else ""))
    return UserError(
        Text(
            "The folder {label} holds files that vuonho did not write: {some}.", label=place.label, some=some
        ),
        Text("Rename that folder, or choose an empty one (--out)."),
    )


# --- Disks: a file can be renamed within one only ---


def _choose_staging(place: Place) -> Path:
    """Return a folder from which a file can be renamed into the output folder; it need not exist yet.

    Raises MachineError where there is none: the output folder is the top of another disk.
    """
    for staging in (place.state / _STAGING, place.out.with_name(f".{place.out.name}.vuonho-staging")):
        if _can_rename(_nearest_folder(staging.parent), _nearest_folder(place.out)):
            return staging
    raise MachineError(
        Text("{out} is the top of another disk.", out=place.out),
        Text("Choose a folder inside it."),
    )


def _nearest_folder(path: Path) -> Path:
    return next((folder for folder in (path, *path.parents) if folder.is_dir()), path)


def _can_rename(source: Path, target: Path) -> bool:
    """Return whether files can be renamed from one existing folder into the other."""
    if source.stat().st_dev != target.stat().st_dev:
        return False
    name = ".vuonho-no-such-file"
    try:
        # Linux refuses a rename from mount to mount before it looks for the file: a question without a trace.
        (source / name).rename(target / name)
    except FileNotFoundError:
        return True
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        return False
    return True


# --- The journal is carried out: renames and removals only, so that a full disk cannot stop it half way ---


def _render(record: dict[str, Any]) -> bytes:
    whole = {"version": VERSION, **record}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")


def parse_journal(content: bytes) -> Journal | None:
    """Return the journal that the bytes hold; None if they hold none that may be carried out."""
    try:
        whole = json.loads(content.decode(errors="surrogatepass"))
        moves = [
            Move(str(path), int(number), str(new), str(old)) for path, number, new, old in whole["moves"]
        ]
        removals = [Removal(str(path), str(digest)) for path, digest, *_ in whole["removals"]]
        folders = tuple(map(str, whole["folders"]))
        for path in (*(move.path for move in moves), *(one.path for one in removals), *folders):
            check_path(path)
        start = str(whole["out"]), str(whole["staging"]), str(whole["manifest"])
        journal = Journal(*start, tuple(moves), tuple(removals), folders)
        return journal if whole["version"] == VERSION else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _carry_out(place: Place, journal: Journal) -> Summary:
    """Finish the commit and return what was written, removed and kept.

    Raises MachineError if the machine stops it; the journal then stays, and the next command goes on.
    """
    state, out = place.state, place.out
    try:
        with in_words(out):
            kept = [one for move in journal.moves if (one := _move(place, journal, move))]
            removed = [one.path for one in journal.removals if _remove(out, one)]
            kept += [Kept(one.path) for one in journal.removals if one.path not in removed]
            for folder in sorted(journal.folders, key=lambda name: -name.count("/")):
                if not passes_link(out, folder):
                    files.remove_folder(out / folder)
            touched = {move.path for move in journal.moves}.union(one.path for one in journal.removals)
            for parent in sorted({out, *((out / path).parent for path in touched)}):
                if parent.is_dir():
                    files.sync_folder(parent)
            if files.stat_path(state / _NEXT) is not None:
                files.replace(state / _NEXT, state / MANIFEST)
                files.sync_folder(state)
            files.remove(state / _JOURNAL)
            files.sync_folder(state)
    except MachineError as cause:
        raise MachineError(
            cause.message,
            Text(
                "{hint} The new site is ready; vuonho finishes {label} the next time.",
                hint=cause.hint,
                label=place.label,
            ),
        ) from cause
    return Summary(out, tuple(move.path for move in journal.moves), (), tuple(removed), tuple(kept))


def _move(place: Place, journal: Journal, move: Move) -> Kept | None:
    """Put a staged file in its place; return where a file is now that was edited or put there since the commit point."""
    staged, target, kept = place.project / journal.staging / move.waits, place.out / move.path, None
    if files.stat_path(staged) is None:
        return None  # moved by a run that did not finish; recovery has looked at what is there
    digest = files.digest_file(target)
    if digest not in ("", move.before, move.digest):
        kept = _keep(place, move.path, digest)
    files.replace(staged, target)
    return kept


def _remove(out: Path, removal: Removal) -> bool:
    """Return whether the file is gone; a file that is not ours any more is left."""
    target = out / removal.path
    if passes_link(out, removal.path) or files.stat_path(target) is None:
        return True
    if files.digest_file(target) != removal.digest:
        return False
    files.remove(target)
    return True


def _discard(project: Path, state: Path) -> None:
    """Take back what an unfinished or finished build has left besides the site; raises OSError.

    Empty folders that it made go, full ones stay: after a commit they hold the site.
    """
    _empty_folder(state / _STAGING)
    staging, folders = _read_intent(state)
    if staging:
        _empty_folder(project / staging)
    for label in reversed(folders):
        files.remove_folder(project / label)
    for name in _LEFTOVERS:
        files.remove(state / name)
    with suppress(FileNotFoundError):
        files.sync_folder(state)
    files.remove(state / _INTENT)
    files.remove_folder(state)


def _empty_folder(staging: Path) -> None:
    """Remove the numbered files of a staging folder, and the folder unless something else is in it."""
    if not files.is_folder(files.stat_path(staging)):
        return
    for path in sorted(staging.iterdir()):
        if path.name.isascii() and path.name.isdigit():
            files.remove(path)
    files.remove_folder(staging)


def _read_intent(state: Path) -> tuple[str, list[str]]:
    """Return the staging folder and the folders that an unfinished build made, "" and none where nothing is noted."""
    try:
        intent = json.loads(files.read_regular(state / _INTENT).decode(errors="surrogatepass"))
        return str(intent["staging"]), list(map(str, intent["folders"]))
    except (FileNotFoundError, NotADirectoryError, ValueError, TypeError, KeyError, RecursionError):
        return "", []


# --- Recovery: what a killed run has left is finished or taken back before anything else is done ---


def recover(project: Path) -> tuple[Summary, ...]:
    """Return what was finished of builds that had been interrupted; usually nothing.

    Files that were being replaced together come first.

    A build past its commit point is finished, any other is taken back. With nothing to do this costs a
    look at the state folder and writes nothing, so that it works in a project that cannot be written.
    Raises MachineError if a commit cannot be finished.
    """
    with in_words(project):
        has_changes = is_unfinished(project)
    if has_changes:
        with locked(project):
            finish_together(project)
    if has_erasures(project):  # what another program has open waits on
        with suppress(MachineError), locked(project, wait=0):
            erase_noted(project)
    with in_words(project):
        states = _unfinished_builds(project)
    if not states:
        return ()
    has_journal = any(files.is_regular(files.stat_path(state / _JOURNAL)) for state in states)
    try:
        with locked(project, wait=60.0 if has_journal else 0), in_words(project):
            done = [_recover_build(project.resolve(), state) for state in _unfinished_builds(project)]
    except MachineError:
        if has_journal:
            raise
        return ()  # at work just now, or in the way of nobody: the next build sees to it
    return tuple(summary for summary in done if summary is not None)


def is_cut_off(project: Path) -> bool:
    """Tell whether a run that was interrupted waits to be finished or taken back; raise MachineError."""
    with in_words(project):
        return is_unfinished(project) or bool(_unfinished_builds(project))


def _unfinished_builds(project: Path) -> list[Path]:
    """Return the state folders in which there is more than a manifest."""
    states = project / STATE / "out"
    if not files.is_folder(files.stat_path(states)):
        return []
    signs = {_JOURNAL, _INTENT, _STAGING, *_LEFTOVERS}
    folders = [state.resolve() for state in sorted(states.iterdir()) if state.is_dir()]
    return [state for state in folders if any(path.name in signs for path in state.iterdir())]


def _recover_build(project: Path, state: Path) -> Summary | None:
    """Finish or take back a build; return what was finished, None if its output folder is deleted since."""
    summary = None
    with files.uninterrupted():
        if files.is_regular(files.stat_path(state / _JOURNAL)):
            place, journal = _read_commit(project, state)
            if files.stat_path(place.out) is not None:
                _require_whole(place, journal)
                summary = _carry_out(place, journal)
            elif files.is_folder(files.stat_path(place.out.parent)):
                files.remove(state / _JOURNAL)
                files.remove(state / MANIFEST)
            else:
                raise MachineError(
                    Text("The disk that holds {out} is missing.", out=place.out),
                    Text("Plug that disk in, then try again."),
                )
        _discard(project, state)
    return summary


def _read_commit(project: Path, state: Path) -> tuple[Place, Journal]:
    journal = parse_journal(files.read_regular(state / _JOURNAL))
    if journal is None:
        raise _beyond_repair(project, state, state.name)
    with suppress(UserError):
        place = find_place(project, project / journal.out)
        if place.state == state:
            return place, journal
    raise _beyond_repair(project, state, journal.out)


def _require_whole(place: Place, journal: Journal) -> None:
    """Raise MachineError, before anything more is changed, if the journal cannot be finished."""
    state, out, staging = place.state, place.out, place.project / journal.staging
    is_whole = journal.manifest == files.digest_file(state / _NEXT)
    if not is_whole and journal.manifest == files.digest_file(state / MANIFEST):
        return  # all is done, but for the journal itself
    for move in journal.moves if is_whole else ():
        staged = staging / move.waits
        source = staged if files.is_regular(files.stat_path(staged)) else out / move.path
        is_whole &= files.digest_file(source) == move.digest and not passes_link(out, move.path)
    if not is_whole:
        raise _beyond_repair(place.project, state, place.label)


def _beyond_repair(project: Path, state: Path, label: str) -> MachineError:
    """Return the trouble of an interrupted build whose waiting files are damaged."""
    name = label_of(project, state)
    return MachineError(
        Text("The last build was interrupted, and what it left in {name} is damaged.", name=name),
        Text(
            "Rename the folder {label}, delete the folder {name}, then run vuonho build.",
            label=label,
            name=name,
        ),
    )
