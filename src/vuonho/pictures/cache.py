"""Photos and cards between disk and page: judged for `check`, made once in their life for `build`."""

import json
import os
import re
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from vuonho.errors import Problem, UserError
from vuonho.i18n import Text
from vuonho.model.public import Coded, PublicSite, PublicVillage
from vuonho.output.files import digest_bytes, in_words, is_settled, look, read_regular, remove, replace
from vuonho.output.lock import STATE, disk_time
from vuonho.pictures.rendered import RenderedPhoto, photo_key
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

    def has(self, key: str) -> bool:
        """Tell whether there is an entry; it may be damaged."""
        return (self._folder / key).is_file()

    def put(self, key: str, content: bytes) -> None:
        """Keep an entry; several processes may keep the same one at once. Raises MachineError."""
        with in_words(self._folder, len(content)):
            self._folder.mkdir(parents=True, exist_ok=True)
            waits = self._folder / f"{key}.{os.getpid()}"
            # not waited for: what a power cut spoils counts as none
            waits.write_bytes(digest_bytes(content).encode("ascii") + content)
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
    """The processed photos of a project: `keys`, and what is `seen` of the originals, by `PublicPhoto.file`."""

    root: Path
    keys: Mapping[str, str]
    seen: Mapping[str, Any] = field(default_factory=dict)

    def of(self, households: Iterable[Coded]) -> "Album":
        """Return the album of these households alone."""
        return Album(
            self.root, {photo.file: self.keys[photo.file] for home in households for photo in home.photos}
        )

    def pictures(self, household: Coded) -> Mapping[str, RenderedPhoto]:
        """Return a household's photos by `PublicPhoto.file`."""
        return {photo.file: self.picture(photo.file) for photo in household.photos}

    def picture(self, file: str) -> RenderedPhoto:
        """Return a photo by its `PublicPhoto.file`."""
        key, cache = self.keys[file], Cache(self.root, "photos")
        try:
            sizes, content = (cache.get(key) or b"").split(b"\n", 1)
            width, height, small = map(int, sizes.split())
        except ValueError:  # taken away or spoilt since it was made; the original is still there
            from vuonho.pictures.photo import render_photo

            photo = render_photo(_original(self.root, file))
            cache.put(photo.key, _pack(photo))
            return photo
        return RenderedPhoto(key, width, height, content[small:], content[:small])

    def remember(self) -> None:
        """Keep what was seen of the originals, and remove every processed photo that is no longer shown."""
        if self.seen != _read_seen(self.root):
            Cache(self.root, _SEEN).put(_SEEN_KEY, json.dumps(self.seen).encode("ascii"))
        Cache(self.root, _SEEN).keep_only({_SEEN_KEY})
        Cache(self.root, "photos").keep_only(frozenset(self.keys.values()))


def check_photos(root: Path, households: Iterable[Coded]) -> tuple[Problem, ...]:
    """Return what is wrong with the photos that are to be shown, judged without decoding them."""
    seen = _read_seen(root)
    return tuple(
        _problem(root, home, number, refused)
        for home in households
        for number, photo in enumerate(home.photos, 1)
        if not _key_of(seen.get(photo.file), _look(root, photo.file))
        and (refused := glance(root, photo.file))
    )


def process_photos(
    root: Path, households: Iterable[Coded], jobs: int, tick: Callable[[], None]
) -> tuple[Album, tuple[Problem, ...]]:
    """Return the album of all photos that are to be shown, after making those that are new, and what is wrong.

    `tick` is called once a photo; one that cannot be used is in the problems and not in the album.
    """
    places = {
        photo.file: (home, number) for home in households for number, photo in enumerate(home.photos, 1)
    }
    now, seen, cache = disk_time(root), _read_seen(root), Cache(root, "photos")
    looks = {file: _look(root, file) for file in places}
    found = {file: _key_of(seen.get(file), one) for file, one in looks.items()}
    keys = {file: key for file, key in found.items() if key and cache.has(key)}
    for _ in keys:
        tick()
    problems: list[Problem] = []
    new = [(root, file) for file in places if file not in keys]
    for (_, file), kept in zip(new, spread(_keep, new, jobs if len(new) >= FEW else 1), strict=True):
        tick()
        if isinstance(kept, str):
            keys[file] = kept
        else:
            problems.append(_problem(root, *places[file], kept))
    settled = {  # what the disk says of originals that it would say otherwise if they changed again
        file: [*one, keys[file]]
        for file, one in looks.items()
        if file in keys and one and is_settled(one, now)
    }
    return Album(root, keys, settled), tuple(problems)


def is_kept(root: Path, file: str) -> bool:
    """Tell whether a photo can be used; if so, it is in the cache now."""
    return isinstance(_keep((root, file)), str)


def _keep(task: tuple[Path, str]) -> str | UserError:
    """Return the key of a photo, which is in the cache now, or why it cannot be used."""
    from vuonho.pictures.photo import render_photo

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
    from vuonho.pictures.photo import picture_size

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


def _problem(root: Path, household: Coded, number: int, refused: UserError) -> Problem:
    """Return the refusal of a household's photo with the line of the profile that names it."""
    profile = read_profile(root, household.source, household.village)
    name = household.photos[number - 1].file.removeprefix(f"{household.village}/")
    named = enumerate(getattr(profile.record, "photos", ()), 1)
    position = next((n for n, photo in named if photo.file == name), 1)
    message = Text("Photo “{name}”: {message}", name=name, message=refused.message)
    problem = Problem(f"photos.{position}.file", message, refused.hint, file=household.source)
    return problem.at(profile.tree, household.source) if profile.tree else problem


def _pack(photo: RenderedPhoto) -> bytes:
    return b"%d %d %d\n%b%b" % (photo.width, photo.height, len(photo.small), photo.small, photo.content)


# --- What the disk said of each original, and its key: it is read once in its life ---

_SEEN: Final = "seen"
_KEY: Final = re.compile("[0-9a-f]{64}")
_SEEN_KEY: Final = photo_key(b"")
"""Another one when photos are processed otherwise, so that nothing seen before counts."""


def _read_seen(root: Path) -> Mapping[str, Any]:
    try:
        seen = json.loads(Cache(root, _SEEN).get(_SEEN_KEY) or b"{}")
    except (ValueError, RecursionError):
        return {}
    return seen if isinstance(seen, dict) else {}


def _look(root: Path, file: str) -> list[int]:
    """Return what the disk says of a photo's file; nothing where there is none."""
    try:
        found = photo_path(root, file).stat()
    except (OSError, ValueError):  # no disk can hold its name
        return []
    return look(found)


def _key_of(seen: object, look: list[int]) -> str | None:
    """Return the key of a photo that was seen like this before."""
    if look and isinstance(seen, list) and seen[:-1] == look and _KEY.fullmatch(str(seen[-1])):
        return str(seen[-1])
    return None


# --- What shared links show of a village and of the start page, each drawn once in its life ---

_PREFIX: Final = "photos/"
_SUFFIX: Final = "-card.jpg"


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards of a project in `root`."""

    root: Path

    def village(self, village: PublicVillage, site: PublicSite) -> Artifact:
        """Return a village's card."""
        return self._made(village.name, f"{village.commune}, {site.province}")

    def site(self, site: PublicSite) -> Artifact:
        """Return the start page's card, in the first language."""
        title, _ = site.title.to(site.languages[0])
        return self._made(title, site.province)

    def keep_only(self, files: Iterable[str]) -> None:
        """Remove every card from the cache that is no file of the site."""
        keys = {file.removeprefix(_PREFIX).removesuffix(_SUFFIX) for file in files}
        Cache(self.root, "cards").keep_only(keys)

    def _made(self, title: str, line: str) -> Artifact:
        from vuonho.pictures.card import Card, card_key, render_card

        card = Card(title, (line,))
        key = card_key(card)[:16]
        cache = Cache(self.root, "cards")
        content = cache.get(key)
        if content is None:
            content = render_card(card)
            cache.put(key, content)
        return Artifact(f"{_PREFIX}{key}{_SUFFIX}", content)


def is_card(path: str) -> bool:
    """Tell a card from the site's other files."""
    return path.startswith(_PREFIX) and path.endswith(_SUFFIX)
