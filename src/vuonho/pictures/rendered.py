"""A photo as it is shown, and the key by which it is known: for those who draw none."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

_RECIPE: Final = b"vuonho photo recipe 2\n"
"""Counted up when the same photo should give other files, so that caches and browsers fetch them anew."""


@dataclass(frozen=True, slots=True)
class RenderedPhoto:
    """A photo as a page shows it: a JPEG, its size in pixels, the key of its original; and `small`, for lists."""

    key: str
    width: int
    height: int
    content: bytes
    small: bytes

    @property
    def path(self) -> str:
        """Return where it lies below the site."""
        return f"photos/{self.key[:16]}-{self.width}.jpg"


def small_path(key: str) -> str:
    """Return where the small picture of the photo with that key lies below the site."""
    return f"photos/{key[:16]}-small.jpg"


def photo_key(content: bytes) -> str:
    """Return 64 hex digits that stand for an original and the way it is processed."""
    return sha256(_RECIPE + content).hexdigest()
