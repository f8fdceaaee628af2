"""Photos and cards between disk and page: judged for `check`, made once in their life for `build`."""

import json
import os
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vuonho.errors import Problem, UserError
from vuonho.i18n import Text
from vuonho.model.public import PublicHousehold, PublicSite, PublicVillage
from vuonho.output.files import digest_bytes, in_words, read_regular, remove, replace, write_file
from vuonho.output.lock import STATE
from vuonho.pictures.card import Card, card_key, render_card
from vuonho.pictures.photo import PictureFile, RenderedPhoto, photo_key, picture_size, render_photo
from vuonho.project.files import photo_path, read_bytes
from vuonho.project.profile import read_profile
from vuonho.resources import Artifact
from vuonho.workers import spread

# --- What is expensive to make and does not change: bytes kept by key in `.vuonho/cache/` ---

_DIGEST = 64


@dataclass(frozen=True, slots=True)
class Cache:
    """One kind of entry, such as "photos"; keys are hex digits."""

    project: Path
    kind: str

    @property
    def _folder(self) -> Path:
        return self.project / STATE / "cache" / self.kind

    def get(self, key: str) -> bytes | None:
        """Return the content of an entry, or None where there is none or it is damaged."""
        try:
            stored = read_regular(self._folder / key)
        except OSError:
            return None
        content = stored[_DIGEST:]
        return content if stored[:_DIGEST] == digest_bytes(content).encode("ascii") else None

    def put(self, key: str, content: bytes) -> None:
        """Keep an entry; several processes may keep the same one at once. Raises MachineError."""
        with in_words(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            waits = self._folder / f"{key}.{os.getpid()}"
            write_file(waits, digest_bytes(content).encode("ascii") + content)
            replace(waits, self._folder / key)

    def keep_only(self, keys: Container[str]) -> None:
        """Remove every entry of another key: a photo taken away leaves no copy behind."""
        with in_words(self._folder):
            for path in self._folder.iterdir() if self._folder.is_dir() else ():
                if path.name not in keys:
                    remove(path)


# --- Photos between disk and page: judged for `check`, processed once in their life for `build` ---

LARGEST = 50_000_000
FEW = 3
"""Fewer photos than this are not worth starting other processes for."""


@dataclass(frozen=True, slots=True)
class Album:
    """The processed photos of a project: `keys` by `PublicPhoto.file`."""

    root: Path
    keys: Mapping[str, str]

    def pictures(self, household: PublicHousehold) -> Mapping[str, RenderedPhoto]:
        """Return a household's photos by `PublicPhoto.file`."""
        return {photo.file: self.picture(photo.file) for photo in household.photos}

    def picture(self, file: str) -> RenderedPhoto:
        """Return a photo by its `PublicPhoto.file`."""
        packed = Cache(self.root, "photos").get(self.keys[file])
        if packed is None:  # taken away since it was made; the original is still there
            return render_photo(_original(self.root, file))
        return _unpack(self.keys[file], packed)

    def forget_others(self) -> None:
        """Remove every processed photo from the cache that is no longer shown."""
        Cache(self.root, "photos").keep_only(frozenset(self.keys.values()))


def check_photos(root: Path, households: Iterable[PublicHousehold]) -> tuple[Problem, ...]:
    """Return what is wrong with the photos that are to be shown, judged without decoding them."""
    return tuple(
        _problem(root, home, number, refused)
        for home in households
        for number, photo in enumerate(home.photos, 1)
        if (refused := glance(root, photo.file))
    )


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
    for (_, file), found in zip(tasks, spread(_keep, tasks, jobs if len(tasks) >= FEW else 1), strict=True):
        tick()
        if isinstance(found, str):
            keys[file] = found
        else:
            problems.append(_problem(root, *places[file], found))
    return Album(root, keys), tuple(problems)


def is_kept(root: Path, file: str) -> bool:
    """Tell whether a photo can be used; if so, it is in the cache now."""
    return isinstance(_keep((root, file)), str)


def _keep(task: tuple[Path, str]) -> str | UserError:
    """Return the key of a photo, which is in the cache now, or why it cannot be used."""
    root, file = task
    cache = Cache(root, "photos")
    try:
        content = _original(root, file)
        key = photo_key(content)
        if cache.get(key) is None:
            cache.put(key, _pack(render_photo(content)))
    except UserError as refused:
        return refused
    return key


def glance(root: Path, file: str) -> UserError | None:
    """Return why a photo, by its path below `profiles/`, cannot be used; None where nothing shows without decoding it."""
    try:
        picture_size(_original(root, file))
    except UserError as refused:
        return refused
    return None


def _original(root: Path, file: str) -> bytes:
    content, problems = read_bytes(photo_path(root, file), file, LARGEST)
    if content is None:
        raise UserError(problems[0].message, problems[0].hint)
    return content


def _problem(root: Path, household: PublicHousehold, number: int, refused: UserError) -> Problem:
    """Return the refusal of a household's photo with the line of the profile that names it."""
    profile = read_profile(root, household.source, household.village)
    name = household.photos[number - 1].file.removeprefix(f"{household.village}/")
    named = enumerate(getattr(profile.record, "photos", ()), 1)
    position = next((n for n, photo in named if photo.file == name), 1)
    message = Text("Photo “{name}”: {message}", name=name, message=refused.message)
    problem = Problem(f"photos.{position}.file", message, refused.hint, file=household.source)
    return problem.at(profile.tree, household.source) if profile.tree else problem


def _pack(photo: RenderedPhoto) -> bytes:
    files = [[file.path, file.width, file.height, file.format, len(file.content)] for file in photo.files]
    head = json.dumps({"width": photo.width, "height": photo.height, "files": files})
    return b"\n".join((head.encode("ascii"), b"".join(file.content for file in photo.files)))


def _unpack(key: str, packed: bytes) -> RenderedPhoto:
    head, content = packed.split(b"\n", 1)
    album, files = json.loads(head), []
    for path, width, height, form, length in album["files"]:
        files.append(PictureFile(path, width, height, form, content[:length]))
        content = content[length:]
    return RenderedPhoto(key, album["width"], album["height"], tuple(files))


# --- The pictures that shared links show, each drawn once in its life ---

_PREFIX: Final = "photos/"
_SUFFIX: Final = "-card.jpg"


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards of a project in `root`."""

    root: Path

    def household(self, household: PublicHousehold, village: PublicVillage, album: Album) -> Artifact | None:
        """Return the card of a household with a photo; where there is none, its village's card serves."""
        if not household.photos:
            return None
        photo = album.picture(household.photos[0].file)  # the last of its files is the public JPEG
        return self._made(
            Card(household.name, (village.name, village.commune)), photo.key, photo.files[-1].content
        )

    def village(self, village: PublicVillage, site: PublicSite) -> Artifact:
        """Return a village's card."""
        return self._made(Card(village.name, (f"{village.commune}, {site.province}",)))

    def site(self, site: PublicSite) -> Artifact:
        """Return the start page's card, in the first language."""
        title, _ = site.title.to(site.languages[0])
        return self._made(Card(title, (site.province,)))

    def keep_only(self, files: Iterable[str]) -> None:
        """Remove every card from the cache that is no file of the site: a family that left leaves no copy."""
        keys = {file.removeprefix(_PREFIX).removesuffix(_SUFFIX) for file in files}
        Cache(self.root, "cards").keep_only(keys)

    def _made(self, card: Card, photo_key: str | None = None, photo: bytes | None = None) -> Artifact:
        key = card_key(card, photo_key)[:16]
        cache = Cache(self.root, "cards")
        content = cache.get(key)
        if content is None:
            content = render_card(card, photo)
            cache.put(key, content)
        return Artifact(f"{_PREFIX}{key}{_SUFFIX}", content)


def is_card(path: str) -> bool:
    """Tell a card from the site's other files."""
    return path.startswith(_PREFIX) and path.endswith(_SUFFIX)
