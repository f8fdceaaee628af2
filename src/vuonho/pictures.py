"""Photos between disk and page: judged for `check`, processed once in their life for `build`.

    profiles/…/photos/huong-1.jpg ──key of its content──▶ .vuonho/cache/photos/<key> ──▶ photos/<key>-640.webp

A photo's key is its content and the recipe, so a renamed or moved photo is not processed again.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vuonho.artifact import Artifact
from vuonho.bilingual import Text
from vuonho.domain.findings import Finding
from vuonho.domain.public import PublicHousehold
from vuonho.errors import Problem, Refused
from vuonho.intake.files import read_bytes
from vuonho.intake.photofiles import photo_path
from vuonho.intake.profile import read_profile
from vuonho.intake.records import locate
from vuonho.output.cache import Cache
from vuonho.render.pages.picture import Picture, PictureSize
from vuonho.render.photos.encode import PictureFile
from vuonho.render.photos.photo import RenderedPhoto, photo_key, picture_size, render_photo
from vuonho.workers import spread

LARGEST = 50_000_000
FEW = 3
"""Fewer photos than this are not worth starting other processes for."""

Verdict = tuple[str, str | None, Refused | None]


@dataclass(frozen=True, slots=True)
class Cover:
    """The photo that stands for a household: its key, and its public JPEG."""

    key: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Album:
    """The processed photos of a project: `keys` by `PublicPhoto.file`."""

    root: Path
    keys: Mapping[str, str]

    def pictures(self, household: PublicHousehold) -> Mapping[str, Picture]:
        """Return what a page needs to know of a household's photos, by `PublicPhoto.file`."""
        return {photo.file: _picture(self._photo(photo.file)) for photo in household.photos}

    def cover(self, household: PublicHousehold) -> Cover | None:
        """Return the first photo of a household, or None where it shows none."""
        if not household.photos:
            return None
        file = household.photos[0].file
        jpeg = next(one for one in self._photo(file).files if one.format == "jpeg")
        return Cover(self.keys[file], jpeg.content)

    def artifacts(self, household: PublicHousehold) -> Iterator[Artifact]:
        """Yield the files of a household's photos."""
        for photo in household.photos:
            for file in self._photo(photo.file).files:
                yield Artifact(file.path, file.content, (f"photo:{self.keys[photo.file]}",))

    def _photo(self, file: str) -> RenderedPhoto:
        packed = Cache(self.root, "photos").get(self.keys[file])
        if packed is None:  # taken away since it was made; the original is still there
            content, _ = read_bytes(photo_path(self.root, file), file, LARGEST)
            return render_photo(content or b"")
        return _unpack(self.keys[file], packed)


def check_photos(root: Path, households: Iterable[PublicHousehold]) -> tuple[Problem, ...]:
    """Return what is wrong with the photos that are to be shown, judged without decoding them."""
    verdicts = ((home, number, glance(root, photo.file))
                for home in households for number, photo in enumerate(home.photos, 1))  # fmt: skip
    return tuple(_problem(root, home, number, refused) for home, number, refused in verdicts if refused)


def process_photos(
    root: Path, households: Iterable[PublicHousehold], jobs: int, tick: Callable[[], None]
) -> tuple[Album, tuple[Problem, ...]]:
    """Return the album of all photos that are to be shown, after making those that are new, and what is wrong.

    `tick` is called once a photo; one that cannot be used is in the problems and not in the album.
    """
    places = {
        photo.file: (home, number) for home in households for number, photo in enumerate(home.photos, 1)
    }
    keys: dict[str, str] = {}
    problems: list[Problem] = []
    tasks = [(root, file) for file in places]
    for file, key, refused in spread(_judge, tasks, jobs if len(tasks) >= FEW else 1):
        tick()
        if key is not None:
            keys[file] = key
        elif refused is not None:
            problems.append(_problem(root, *places[file], refused))
    return Album(root, keys), tuple(problems)


def keep_photo(root: Path, file: str) -> str | None:
    """Return the key of a photo that is in the cache now, or None where it cannot be used."""
    return _judge((root, file))[1]


def forget_others(album: Album) -> None:
    """Remove every processed photo from the cache that is no longer shown."""
    Cache(album.root, "photos").keep_only(frozenset(album.keys.values()))


def _judge(task: tuple[Path, str]) -> Verdict:
    """Return (file, key, None) with the photo in the cache, or (file, None, why not)."""
    root, file = task
    content, problems = read_bytes(photo_path(root, file), file, LARGEST)
    if content is None:
        return file, None, Refused(problems[0].message, problems[0].hint)
    cache = Cache(root, "photos")
    key = photo_key(content)
    if not cache.has(key):
        try:
            cache.put(key, _pack(render_photo(content)))
        except Refused as refused:
            return file, None, refused
    return file, key, None


def glance(root: Path, file: str) -> Refused | None:
    """Return why a photo, by its path below `profiles/`, cannot be used; None where nothing shows without decoding it."""
    content, problems = read_bytes(photo_path(root, file), file, LARGEST)
    if content is None:
        return Refused(problems[0].message, problems[0].hint)
    try:
        picture_size(content)
    except Refused as refused:
        return refused
    return None


def _problem(root: Path, household: PublicHousehold, number: int, refused: Refused) -> Problem:
    """Return the refusal of a household's photo with the line of the profile that names it."""
    profile = read_profile(root, household.source, household.village)
    name = household.photos[number - 1].file.removeprefix(f"{household.village}/")
    position = next(
        (n for n, photo in enumerate(getattr(profile.record, "photos", ()), 1) if photo.file == name), 1
    )
    message = Text(f"Ảnh “{name}”: {refused.message.vi}", f"Photo “{name}”: {refused.message.en}")
    finding = Finding(f"photos.{position}.file", message, refused.hint)
    if profile.tree is None:
        return Problem(household.source, None, None, finding.field, message, refused.hint)
    return locate(finding, profile.tree, household.source)


def _picture(photo: RenderedPhoto) -> Picture:
    sizes = tuple(
        PictureSize(file.path, file.width, file.height, f"image/{file.format}") for file in photo.files
    )
    return Picture(photo.width, photo.height, sizes)


def _pack(photo: RenderedPhoto) -> bytes:
    files = [[file.path, file.width, file.height, file.format, len(file.content)] for file in photo.files]
    head = json.dumps({"width": photo.width, "height": photo.height, "files": files})
    return b"\n".join((head.encode("ascii"), b"".join(file.content for file in photo.files)))


def _unpack(key: str, packed: bytes) -> RenderedPhoto:
    head, content = packed.split(b"\n", 1)
    album = json.loads(head)
    files: list[PictureFile] = []
    start = 0
    for name, width, height, kind, length in album["files"]:
        files.append(PictureFile(name, width, height, kind, content[start : start + length]))
        start += length
    return RenderedPhoto(key, album["width"], album["height"], tuple(files))
