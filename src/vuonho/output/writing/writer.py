"""The writer: all artifacts of a build become the site, or none.

    with locked(project):
        recover(project)
        with begin(project, Path("site")) as transaction:
            for artifact in artifacts:
                transaction.add(artifact)
            summary = transaction.commit()

New files wait in a staging folder on the disk of the site. When all are there and on the disk, the journal
is written: from that moment the new site is certain, whatever happens to this process.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from vuonho.artifact import Artifact
from vuonho.output.files import digest_bytes, probe_replace, stat_path, write_file
from vuonho.output.troubles import in_words, trouble
from vuonho.output.uninterrupted import uninterrupted
from vuonho.output.writing.commit import Kept, Summary, carry_out
from vuonho.output.writing.journal import Journal, Move, order_of, render_journal
from vuonho.output.writing.manifest import Entry, Manifest, read_manifest, render_manifest
from vuonho.output.writing.paths import Claims
from vuonho.output.writing.place import Place, check_folder, find_place
from vuonho.output.writing.recovery import recover
from vuonho.output.writing.staging import Staging, discard, missing_folders
from vuonho.output.writing.standing import Survey, keep_copy


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
            self._entries[path] = Entry(new, found.st_size, found.st_mtime_ns, artifact.sources)
            return
        ours = self._survey.is_ours(path, before)
        number, mtime = self._staging.put(artifact.content)
        self._moves.append(Move(path, number, new, before))
        self._entries[path] = Entry(new, len(artifact.content), mtime, artifact.sources)
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
