"""The photos that a profile names must be there, spelt as on disk, within the village's folder."""

import os
import sys
import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from case_kit import each
from vuonho.model.household import Household
from vuonho.project.files import check_photo_files, photo_path, stored_photo

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="links and letter case as on POSIX")


def household(*files: str) -> Household:
    return Household.read(
        {
            "code": "482135", "name": "Vườn", "consent": {}, "location": {}, "garden": {},
            "checked": "2026-11-02", "photos": list(files),
        }
    )  # fmt: skip


def put(root: Path, *files: str) -> Path:
    for file in files:
        path = root / "profiles" / "vuon" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return root


def told(root: Path, *files: str) -> list[tuple[str, str]]:
    """Field and hint of each finding."""
    return [(f.field, f.hint.en) for f in check_photo_files(root, "vuon", files)]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_composition_of_the_name_does_not_matter(tmp_path: Path, form: Literal["NFC", "NFD"]) -> None:
    """macOS stores "Hường.jpg" decomposed, the profile is composed."""
    stored = unicodedata.normalize(form, "photos/Hường.jpg")
    put(tmp_path, stored)
    assert told(tmp_path, "photos/Hường.jpg") == []
    path = photo_path(tmp_path, "vuon/photos/Hường.jpg")
    assert path.read_bytes() == b"x"
    assert unicodedata.normalize(form, path.name) in os.listdir(path.parent)  # noqa: PTH208


@needs_posix
def test_a_photo_that_is_there_is_found_without_a_look_at_all_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A village has a thousand profiles and more photos: listing its folder for each would never end."""
    put(tmp_path, "photos/a.jpg", "photos/Hường.jpg")
    if not (tmp_path / "PROFILES").exists():
        monkeypatch.setattr(os, "listdir", lambda folder: pytest.fail(f"{folder} is listed"))
        assert told(tmp_path, "photos/a.jpg", "photos/Hường.jpg") == []


@each(
    ("typed", "meant"),
    [
        ("photos/huong-1.jpg", "photos/Huong-1.JPG"),
        ("Photos/Huong-1.JPG", "photos/Huong-1.JPG"),
        ("photos/Huong1.JPG", "photos/Huong-1.JPG"),
        ("photos/hương-1.jpg", "photos/Huong-1.JPG"),
        ("Huong-1.JPG", "photos/Huong-1.JPG"),
        ("huong1.jpg", "photos/Huong-1.JPG"),
    ],
)
def test_letter_case_counts_on_every_machine(tmp_path: Path, typed: str, meant: str) -> None:
    """What opens on Windows must open on the web server; what to write is said whole, and is then accepted."""
    put(tmp_path, "photos/Huong-1.JPG")
    assert [("photos.1.file", f"Did you mean “{meant}” (capitals count)?")] == told(tmp_path, typed)
    assert told(tmp_path, meant) == []


@each(
    ("typed", "stored"),
    [
        ("cong.jpg", "photos/cong.jpg"),
        ("CONG.JPG", "photos/cong.jpg"),
        ("photos/Cong.JPG", "photos/cong.jpg"),
        ("Photos/cong.jpg", "photos/cong.jpg"),
        ("hu\u031bo\u031bng.jpg", "photos/hương.jpg"),
        ("dau.jpg", "dau.jpg"),
        ("DOI.jpg", "DOI.jpg"),
        ("khong-co.jpg", "khong-co.jpg"),
        ("../thon-kia/photos/cong.jpg", "../thon-kia/photos/cong.jpg"),
        ("photos", "photos"),
        ("", ""),
    ],
)
def test_a_photo_is_known_by_its_name_alone(tmp_path: Path, typed: str, stored: str) -> None:
    """As people read it in the folder photos; whatever could mean two files, or none, stays as typed."""
    put(
        tmp_path,
        "photos/cong.jpg",
        "photos/hương.jpg",
        "photos/dau.jpg",
        "dau.jpg",
        "../thon-kia/photos/cong.jpg",
    )
    if sys.platform != "win32":
        put(tmp_path, "photos/Doi.jpg", "photos/doi.jpg")
    assert stored_photo(tmp_path, "vuon", typed) == stored


@each(
    "typed",
    [
        "../other/a.jpg",
        "photos/../../x.jpg",
        "/etc/passwd",
        "C:\\a.jpg",
        "C:/a.jpg",
        "photos\\a.jpg",
        "\\\\pc\\a.jpg",
        "photos",
        ".",
        "photos/",
        "file:a.jpg",
    ],
)
def test_only_files_within_the_village_count(tmp_path: Path, typed: str) -> None:
    """No path leaves the village's folder, in the notation of any system, and no folder is a photo."""
    put(tmp_path, "photos/a.jpg", "../other/a.jpg")
    assert [field for field, _ in told(tmp_path, typed)] == ["photos.1.file"]


@needs_posix
def test_a_link_out_of_the_village_does_not_count(tmp_path: Path) -> None:
    """A link to a file elsewhere, to nowhere or to itself is no photo."""
    put(tmp_path, "photos/a.jpg")
    photos = tmp_path / "profiles" / "vuon" / "photos"
    (tmp_path / "private.jpg").write_bytes(b"x")
    (photos / "out.jpg").symlink_to(tmp_path / "private.jpg")
    (photos / "gone.jpg").symlink_to(tmp_path / "gone.jpg")
    (photos / "ring.jpg").symlink_to("ring.jpg")
    (photos / "in.jpg").symlink_to("a.jpg")
    files = [f"photos/{name}.jpg" for name in ("out", "gone", "ring", "in")]
    assert [field for field, _ in told(tmp_path, *files)] == [
        "photos.1.file",
        "photos.2.file",
        "photos.3.file",
    ]


@each(
    "typed",
    ["./photos/a.jpg", "photos//a.jpg", "photos/./a.jpg", "photos/../photos/a.jpg", "photos/a.jpg/"],
)
def test_one_photo_has_one_name(tmp_path: Path, typed: str) -> None:
    """Another way to write the same path would pass for another photo."""
    put(tmp_path, "photos/a.jpg")
    assert told(tmp_path, typed) == [("photos.1.file", "Write: photos/a.jpg")]
