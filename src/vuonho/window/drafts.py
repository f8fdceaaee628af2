"""What was typed and not saved yet: kept on this computer at every pause, until it is saved or thrown away.

.vuonho/drafts/<16 digits>/form.json   the fields by their names
.vuonho/drafts/<16 digits>/1.photo     photos that were dropped on the form, in their order
"""

import json
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vuonho.errors import MachineError, UserError
from vuonho.i18n import Text
from vuonho.model.values import Point
from vuonho.output.files import digest_bytes, in_words, read_regular, remove_folder, write_file
from vuonho.output.lock import STATE
from vuonho.pictures.cache import LARGEST as LARGEST_PHOTO
from vuonho.pictures.photo import picture_size, place_of, turned

_FORM: Final = "form.json"
_LARGEST: Final = 4_000_000
_MOST_PHOTOS: Final = 20
_MOST_FIELDS: Final = 6_000
"""Some 700 crops."""
_DIGITS: Final = 16
_changing: Final = threading.Lock()
"""A page that is left, and the save that it was left for, may be here at the same moment."""

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class DraftPhoto:
    """A photo that waits to be saved: `number` within its draft, and the `name` that it came with."""

    number: int
    name: str


class Draft:
    """The draft of one form, known by `key`, such as "thon-dong/ba-huong" or "thon-dong/" for a new household."""

    def __init__(self, root: Path, key: str) -> None:
        self._folder = root / STATE / "drafts" / digest_bytes(key.encode())[:_DIGITS]

    def read(self) -> dict[str, list[str]] | None:
        """Return the fields, None where there is no draft, or none that can be read."""
        try:
            found = json.loads(read_regular(self._folder / _FORM, _LARGEST))
            return {str(name): [str(one) for one in values] for name, values in found["fields"].items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None

    def write(self, fields: Fields) -> None:
        """Keep the fields; raises MachineError, UserError for more than a form can hold."""
        content = json.dumps({"fields": {name: list(values) for name, values in fields.items()}}).encode()
        if len(content) > _LARGEST or len(fields) > _MOST_FIELDS:
            raise UserError(Text("That is too much for one household."), Text("Write less."))
        with _changing:
            with in_words(self._folder):
                self._folder.mkdir(parents=True, exist_ok=True)
            write_file(self._folder / _FORM, content)

    def photos(self) -> tuple[DraftPhoto, ...]:
        """Return the photos that wait, in the order in which they came."""
        try:
            names = (
                re.fullmatch(r"([0-9]{1,3})-(.{1,100})\.photo", one.name) for one in self._folder.iterdir()
            )
            found = [DraftPhoto(int(match[1]), match[2]) for match in names if match]
        except OSError:
            return ()
        return tuple(sorted(found, key=lambda one: one.number))

    def add_photo(self, name: str, content: bytes) -> DraftPhoto:
        """Keep a photo; raise UserError for one that does not open or one too many, MachineError."""
        try:
            picture_size(content)
        except UserError as refused:
            said = Text("The photo {name} was not taken: {why}", name=name, why=refused.message)
            raise UserError(said, refused.hint) from refused
        with _changing:
            return self._keep_photo(name, content)

    def _keep_photo(self, name: str, content: bytes) -> DraftPhoto:
        known = self.photos()
        if len(known) >= _MOST_PHOTOS:
            raise UserError(Text("A household has 20 photos at most."), Text("Take some of them away first."))
        stem = re.sub(r"[^\w.-]+", "-", name.replace("\\", "/").rpartition("/")[2])[-80:] or "photo"
        photo = DraftPhoto(max((one.number for one in known), default=0) + 1, stem)
        with in_words(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
        write_file(self._path(photo), content)
        return photo

    def turn_photo(self, number: int) -> None:
        """Turn a photo that waits clockwise by a quarter; raise UserError for one that does not open."""
        with _changing:
            for photo in self.photos():
                if photo.number == number:
                    write_file(self._path(photo), turned(self.content(photo)))

    def content(self, photo: DraftPhoto) -> bytes:
        """Return the content of a photo; raise MachineError where it cannot be read any more."""
        try:
            return read_regular(self._path(photo), LARGEST_PHOTO)
        except (OSError, ValueError) as error:
            raise MachineError(
                Text("The photo {name} cannot be read any more.", name=photo.name),
                Text("Take it away and choose it again."),
            ) from error

    def place(self, photo: DraftPhoto) -> Point | None:
        """Return where a photo was taken, None where it does not say."""
        try:
            with self._path(photo).open("rb") as stream:
                return place_of(stream)
        except OSError:
            return None

    def drop(self) -> None:
        """Throw the draft away; its form was saved, or is not wanted."""
        with _changing:
            if self._folder.is_dir() and not self._folder.is_symlink():
                for path in self._folder.iterdir():
                    path.unlink(missing_ok=True)
                remove_folder(self._folder)

    def _path(self, photo: DraftPhoto) -> Path:
        return self._folder / f"{photo.number}-{photo.name}.photo"
