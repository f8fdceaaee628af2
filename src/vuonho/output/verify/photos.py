"""Proof that the photos of a built site carry pixels only."""

from pathlib import Path
from typing import Final

from vuonho.bilingual import Text
from vuonho.errors import Problem
from vuonho.output.metadata import metadata_in
from vuonho.output.verify.tree import SiteTree, flaw, read_tree

_FOLDERS: Final = ("photos/", "og/")
_PHOTOS: Final = (".jpg", ".jpeg", ".webp", ".avif", ".heic", ".tif", ".tiff")
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_HINT: Final = Text(
    "Chạy lại “vuonho build”; đừng chép ảnh gốc vào thư mục trang web.",
    "Run “vuonho build” again; copy no original photo into the site's folder.",
)


def verify_photos(site: Path) -> tuple[Problem, ...]:
    """Return a problem for every photo that carries more than pixels: place, time, camera, preview …"""
    return photo_problems(read_tree(site))[0]


def photo_problems(tree: SiteTree) -> tuple[tuple[Problem, ...], int]:
    """Return the problems of `verify_photos`, and how many photos were looked into.

    A photo is everything in photos/ and og/, and each file of a camera's format anywhere else. Drawn pictures
    are looked into as well and not counted.
    """
    photos = {file for file in tree.files if _is_photo(file)}
    pictures = (file for file in tree.files - photos if file.lower().endswith(".png"))
    drawn = (file for file in pictures if tree.read(file).startswith(_PNG))
    found = ((file, metadata_in(tree.read(file))) for file in sorted((*photos, *drawn)))
    return tuple(_problem(file, names) for file, names in found if names), len(photos)


def _is_photo(file: str) -> bool:
    return file.startswith(_FOLDERS) or file.lower().endswith(_PHOTOS)


def _problem(file: str, names: tuple[str, ...]) -> Problem:
    said = ", ".join(names)
    message = Text(
        f"Ảnh còn mang theo thông tin ngoài hình: {said}.", f"The photo carries more than its pixels: {said}."
    )
    return flaw(file, message, _HINT, name="photo")
