"""The photos of a built site carry pixels only."""

from pathlib import Path

from verify_kit import build, put

from case_kit import each
from vuonho.errors import Problem
from vuonho.verify.photos import photo_problems
from vuonho.verify.tree import read_tree

BARE = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xda\x00\x02\x00\xff\xd9"
LOADED = BARE[:2] + b"\xff\xe1\x00\x0aExif\x00\x00GP" + BARE[2:]


def verify_photos(site: Path) -> tuple[Problem, ...]:
    return photo_problems(read_tree(site))[0]


def test_pixels_only(tmp_path: Path) -> None:
    """A bare photo is no problem."""
    put(build(tmp_path), [("photos/a.jpg", BARE)])
    assert verify_photos(tmp_path) == ()


@each("file", ["photos/a.jpg", "photos/a.bin", "og/482135.jpg", "482135/NHA.JPG"])
def test_loaded(tmp_path: Path, file: str) -> None:
    """A photo with EXIF is named wherever it lies."""
    put(build(tmp_path), [(file, LOADED)])
    assert [(problem.file, "EXIF" in problem.message.en) for problem in verify_photos(tmp_path)] == [
        (file, True)
    ]


def test_no_photo(tmp_path: Path) -> None:
    """Something else in photos/ is named."""
    put(build(tmp_path), [("photos/a.jpg", b"hello")])
    assert [problem.file for problem in verify_photos(tmp_path)] == ["photos/a.jpg"]
