"""Photos between disk and page: processed once in their life, kept while they are shown."""

import hashlib
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from command_kit import SLUG, build, edit, files
from vuonho.pictures.cache import Album, check_photos, process_photos
from vuonho.pictures.photo import render_photo
from vuonho.project.files import read_bytes
from vuonho.project.survey import survey

pytestmark = pytest.mark.slow

PHOTOS = f"profiles/{SLUG}/photos"
CACHE = ".vuonho/cache/photos"
SEEN = ".vuonho/cache/seen"


@pytest.fixture
def processed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows by the size of every photo that is really processed."""
    sizes: list[int] = []

    def counted(content: bytes) -> object:
        sizes.append(len(content))
        return render_photo(content)

    monkeypatch.setattr("vuonho.pictures.photo.render_photo", counted)
    return sizes


def album(root: Path) -> Album:
    """Process the photos of a project in this process."""
    return process_photos(root, survey(root).households, 1, lambda: None)[0]


def test_a_photo_is_processed_once(demo: Path, processed: list[int]) -> None:
    """Not again by another build, whatever it is called by then, or after its file was touched.

    What a power cut spoilt in the cache is processed anew, and the site is the same.
    """
    profile = demo / f"profiles/{SLUG}/ba-huong.yaml"
    for number, name in enumerate(
        ("ảnh đẹp.JPG", "a'b&c.jpg", "không dấu cách.jpeg", "%2e%2e.jpg", "-rf.jpg"), 1
    ):
        (demo / PHOTOS / f"huong-{number}.jpg").rename(demo / PHOTOS / name)
        edit(profile, f"photos/huong-{number}.jpg", f'"photos/{name}"')
    (demo / PHOTOS / "lac-1.jpg").touch()
    before = files(demo / "site")
    entry = sorted((demo / CACHE).iterdir())[3]
    whole = entry.read_bytes()
    entry.write_bytes(whole[:-1000])
    assert build(demo).code == 0
    assert (1, whole, before) == (len(processed), entry.read_bytes(), files(demo / "site"))


@pytest.fixture
def reads(demo: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], tuple[int, int]]:
    """Return what tells how many originals `check` reads and then `build`."""
    opened: list[str] = []

    def counted(path: Path, file: str, limit: int) -> object:
        opened.append(path.name)
        return read_bytes(path, file, limit)

    def read_by_check_and_build() -> tuple[int, int]:
        opened.clear()
        assert check_photos(demo, survey(demo).households) == ()
        checked = len(opened)
        album(demo).remember()  # as a build does in which something else has changed
        return checked, len(opened) - checked

    monkeypatch.setattr("vuonho.output.files.JUST_NOW", 0)
    monkeypatch.setattr("vuonho.pictures.cache.read_bytes", counted)
    assert read_by_check_and_build() == (20, 20)
    return read_by_check_and_build


def test_an_original_is_read_once(
    demo: Path, processed: list[int], reads: Callable[[], tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not again by `check` or `build` until the disk says that it changed, or it may just be changing."""
    assert reads() == (0, 0)
    photo, touched = demo / PHOTOS / "lac-1.jpg", demo / PHOTOS / "rau-1.jpg"
    before, content = photo.stat(), bytearray(photo.read_bytes())
    content[-2000] ^= 1
    photo.write_bytes(content)
    os.utime(photo, ns=(before.st_atime_ns, before.st_mtime_ns))
    touched.touch()
    assert reads() == (2, 2)
    assert (reads(), len(processed)) == ((0, 0), 1)
    monkeypatch.setattr("vuonho.output.files.JUST_NOW", 10**18)
    assert reads() == (0, 0)
    assert [reads(), reads()] == [(20, 20), (20, 20)]


def test_what_was_seen_of_originals_may_be_lost(demo: Path, reads: Callable[[], tuple[int, int]]) -> None:
    """Damaged, or made by somebody: they are read again. Of a photo that is shown no more not even the name is kept."""
    (seen,) = (demo / SEEN).iterdir()
    whole = seen.read_bytes()
    keys = re.compile(rb'"[0-9a-f]{64}"')
    for content in (
        b"[]",
        b"[" * 100_000,
        whole[64:].replace(b"[", b"[["),
        keys.sub(b'"../../../x"', whole[64:]),
    ):
        for damaged in (content, hashlib.sha256(content).hexdigest().encode() + content):
            seen.write_bytes(damaged)
            assert reads() == (20, 20)
    edit(
        demo / f"profiles/{SLUG}/vuon-hong-ong-binh.yaml",
        "photos: [{file: photos/hong-1.jpg, people: false}]\n",
        "",
    )
    assert reads() == (0, 0)
    assert (b"hong-1" in whole, b"hong-1" in seen.read_bytes()) == (True, False)


def test_what_is_no_longer_shown_leaves_site_and_cache(demo: Path, processed: list[int]) -> None:
    """Another picture under the old name, a photo taken back, and one with people whose tick is gone."""
    shutil.copyfile(demo / PHOTOS / "huong-1.jpg", demo / PHOTOS / "lac-1.jpg")
    binh = demo / f"profiles/{SLUG}/vuon-hong-ong-binh.yaml"
    edit(binh, "photos: [{file: photos/hong-1.jpg, people: false}]\n", "")
    edit(demo / f"profiles/{SLUG}/ba-huong.yaml", "near_point, faces, living", "near_point, living")
    before = photos(demo)
    assert build(demo).code == 0
    assert f"{SLUG}/photos/huong-5.jpg" not in album(demo).keys
    assert (processed, len(files(demo / CACHE)), len(before) - len(photos(demo))) == ([], 17, 5)


def test_a_lost_cache_is_made_again_from_the_originals(demo: Path) -> None:
    """Somebody empties it while the pages are made."""
    made = album(demo)
    (household,) = [one for one in survey(demo).households if one.code == "482135"]
    expected = made.pictures(household)
    shutil.rmtree(demo / CACHE)
    assert expected == made.pictures(household)
    assert len({one.path for one in expected.values()}) == 5


def test_a_failed_build_forgets_nothing(demo: Path) -> None:
    """The cache still serves the old site when the new one was refused."""
    edit(
        demo / f"profiles/{SLUG}/vuon-hong-ong-binh.yaml",
        "photos: [{file: photos/hong-1.jpg, people: false}]\n",
        "",
    )
    (demo / PHOTOS / "huong-1.jpg").write_bytes(b"no photo")
    assert build(demo, "--strict").code == 1
    assert len(files(demo / CACHE)) == 20


def test_two_households_with_one_photo(demo: Path) -> None:
    """The same file, and a copy under another name: its pictures are in the site once."""
    shutil.copyfile(demo / PHOTOS / "lac-1.jpg", demo / PHOTOS / "chép.jpg")
    before = photos(demo)
    for name, photo in (("nha-ba-lieu", "lac-1.jpg"), ("rau-nha-sen", "chép.jpg")):
        path = demo / f"profiles/{SLUG}/{name}.yaml"
        edit(path, "photos: [", f"photos: [{{file: photos/{photo}, people: false}}, ")
    assert build(demo).code == 0
    large = {name: one for name, one in before.items() if "-small." not in name}
    assert large == {name: one for name, one in photos(demo).items() if "-small." not in name}
    key = album(demo).keys[f"{SLUG}/photos/lac-1.jpg"]
    for code in ("776236", "366019", "631186"):
        assert key[:16] in (demo / f"site/{code}/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_step_is_counted(demo: Path, jobs: int) -> None:
    """The bar on the terminal reaches its end, and all processes find the same keys."""
    shutil.rmtree(demo / CACHE)
    content = (demo / PHOTOS / "huou-1.jpg").read_bytes()
    for photo in (demo / PHOTOS).iterdir():
        photo.write_bytes(content)
    steps: list[int] = []
    made, _ = process_photos(demo, survey(demo).households, jobs, lambda: steps.append(1))
    assert (len(steps), len(made.keys), len(files(demo / CACHE))) == (20, 20, 1)


def test_check_judges_without_processing(demo: Path, processed: list[int]) -> None:
    """What is no photo at all is found by `check`, with the line that names it."""
    (demo / PHOTOS / "huong-3.jpg").write_bytes(b"no photo")
    (found,) = check_photos(demo, survey(demo).households)
    assert (f"profiles/{SLUG}/ba-huong.yaml", "photos.3.file") == (found.file, found.field)
    assert "huong-3.jpg" in found.message.vi
    assert processed == []
    _, (wrong,) = process_photos(demo, survey(demo).households, 1, lambda: None)
    assert (found.file, found.line, found.field) == (wrong.file, wrong.line, wrong.field)


def photos(demo: Path) -> dict[str, bytes]:
    """The photos of a site, without the pictures of shared links."""
    return {name: one for name, one in files(demo / "site/photos").items() if "-card." not in name}
