"""The built site as it is to be published: whole, as it was written, and the one that a build would make now."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from vuonho.bilingual import Text
from vuonho.build import Progress, files_of, make_ready
from vuonho.domain.public import PublicSite
from vuonho.errors import Refused
from vuonho.foreign import cited
from vuonho.last_good import Shown
from vuonho.output.files import digest_bytes, digest_file, is_regular, stat_path
from vuonho.output.troubles import in_words
from vuonho.output.writing.commit import passes_link
from vuonho.output.writing.manifest import Entry, read_manifest
from vuonho.output.writing.place import Place, find_place
from vuonho.output.writing.recovery import is_cut_off
from vuonho.survey import Survey

SITE: Final = "site"
_SHOWN: Final = 3
_BUILD: Final = Text("Chạy vuonho build, xem lại trang, rồi đăng lại.",
                     "Run vuonho build, look at the site, then publish again.")  # fmt: skip


def require_calm(root: Path) -> None:
    """Raise Refused where a run was cut off: what it left is finished by a build and looked at, not published."""
    if is_cut_off(root):
        raise Refused(
            Text("Lần dựng hoặc lần ghi trước bị ngắt giữa chừng, còn dở dang.",
                 "An earlier build or change was cut off and waits to be finished."), _BUILD,
        )  # fmt: skip


def site_place(root: Path) -> tuple[Place, Mapping[str, Entry]]:
    """Return where the built site is and what was written there; raise Refused where none was built."""
    place = find_place(root, SITE)
    with in_words(place.manifest):
        manifest = read_manifest(place.manifest)
    if manifest is None or not manifest.entries:
        raise Refused(
            Text("Chưa có trang nào được dựng ở đây.", "No site has been built here yet."),
            Text("Chạy: vuonho build, xem trang, rồi đăng.", "Run: vuonho build, look at the site, then publish."),
        )  # fmt: skip
    return place, manifest.entries


def require_current(
    root: Path,
    project: Survey,
    site: PublicSite,
    entries: Mapping[str, Entry],
    progress: Progress,
    *,
    jobs: int,
    strict: bool,
) -> Shown:
    """Return what the site shows of the households that have errors.

    Raises Refused unless a build would make the very same site, to the byte, and DataProblems where none would be
    made; nothing is written.
    """
    ready = make_ready(root, SITE, project, site, jobs, progress, strict=strict)
    made = {one.path: digest_bytes(one.content) for one in files_of(ready.parts, jobs, progress)}
    differing = [path for path in made.keys() | entries.keys() if _digest(entries, path) != made.get(path)]
    if differing:
        raise Refused(
            Text(f"Trang đã dựng chưa phải bản mới nhất: {_some(differing).vi} sẽ khác.",
                 f"The built site is not the current one: {_some(differing).en} would differ."), _BUILD,
        )  # fmt: skip
    return ready.shown


def _digest(entries: Mapping[str, Entry], path: str) -> str | None:
    return entries[path].digest if path in entries else None


def require_intact(place: Place, entries: Mapping[str, Entry]) -> None:
    """Raise Refused where a file of the site is gone, was replaced by a link, or does not look as it was written.

    Its content is looked at only if its time of change is another: all of it is read when it goes.
    """
    wrong = [path for path, entry in entries.items() if not _stands(place, path, entry)]
    if wrong:
        raise _altered(wrong)


def _stands(place: Place, path: str, entry: Entry) -> bool:
    file = place.out / path
    with in_words(file):
        found = stat_path(file)
        if (
            found is None
            or not is_regular(found)
            or found.st_size != entry.size
            or passes_link(place.out, path)
        ):
            return False
        return found.st_mtime_ns == entry.mtime or digest_file(file) == entry.digest


def read_files(place: Place, entries: Mapping[str, Entry]) -> Iterator[tuple[str, bytes]]:
    """Yield each file of the site, read once; raise Refused for one that is not as it was written."""
    for path, entry in sorted(entries.items()):
        content = b""
        if _stands(place, path, entry):
            with in_words(place.out / path):
                content = (place.out / path).read_bytes()
        if digest_bytes(content) != entry.digest:
            raise _altered([path])
        yield path, content


def _altered(paths: Iterable[str]) -> Refused:
    some = _some(list(paths))
    return Refused(
        Text(f"Trong thư mục site có tệp bị sửa tay, bị xóa hoặc bị thay: {some.vi}.",
             f"Files in the folder site were edited by hand, deleted or replaced: {some.en}."), _BUILD,
    )  # fmt: skip


def _some(paths: list[str]) -> Text:
    """Return the first few of the paths, pages before all else, and how many more there are."""
    ordered = sorted(paths, key=lambda path: (not path.endswith(".html"), path))
    shown, more = ", ".join(f"site/{cited(path)}" for path in ordered[:_SHOWN]), len(ordered) - _SHOWN
    return Text(f"{shown} và {more} tệp nữa", f"{shown} and {more} more") if more > 0 else Text(shown, shown)
