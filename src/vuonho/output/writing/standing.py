"""The survey: what stands in the output folder, and whose it is."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from vuonho.bilingual import Text
from vuonho.errors import Refused
from vuonho.output.files import copy_file, digest_file, is_folder, is_regular, stat_path
from vuonho.output.troubles import in_words, printable
from vuonho.output.writing.commit import Kept, kept_copy, passes_link
from vuonho.output.writing.journal import Removal
from vuonho.output.writing.manifest import Entry, Manifest
from vuonho.output.writing.paths import Claims, check_path, folders_of
from vuonho.output.writing.place import Place
from vuonho.portable import fold

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
        out, key = self._place.out, fold(path)
        for other, entry in self._old.entries.items():
            if (
                fold(other) == key
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
