"""A photo as a page offers it: which files there are, and how large."""

from dataclasses import dataclass
from typing import Final

JPEG: Final = "image/jpeg"


@dataclass(frozen=True, slots=True)
class PictureSize:
    """One file of a picture: `name` below the site's root, size in pixels, media type ("image/webp")."""

    name: str
    width: int
    height: int
    type: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo in its sizes; `width` and `height` are those of the largest, in pixels."""

    width: int
    height: int
    files: tuple[PictureSize, ...]

    @property
    def fallback(self) -> PictureSize:
        """The largest JPEG for browsers without WebP and for link previews; else the largest file."""
        return max(self.files, key=lambda file: (file.type == JPEG, file.width))

    def of_type(self, media_type: str) -> tuple[PictureSize, ...]:
        """Return the files of one media type, the narrowest first."""
        return tuple(sorted((f for f in self.files if f.type == media_type), key=lambda file: file.width))
