"""Photos: pixels only, upright, in sRGB, within the budget; and hostile files end in words, soon."""

import io
import random
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageOps

from case_kit import each

sys.path.insert(0, str(Path(__file__).parents[1]))

import photo_kit as kit  # the helpers stand one folder up
from vuonho.errors import UserError
from vuonho.pictures.photo import (
    MOST_BYTES,
    kept_photo,
    picture_size,
    place_of,
    read_container,
    render_photo,
    shown_size,
    turned,
)
from vuonho.pictures.rendered import RenderedPhoto, photo_key
from vuonho.verify.images import metadata_in

LADEN = kit.laden()
SEEDS = {
    "jpeg": kit.encoded(kit.picture(240, 210), "JPEG", exif=kit.exif(6)),
    "progressive": kit.encoded(kit.picture(240, 210), "JPEG", progressive=True),
    "png": kit.encoded(
        kit.picture(240, 210), "PNG", pnginfo=kit.png_text(), icc_profile=kit.swapped_profile()
    ),
    "webp": kit.encoded(kit.picture(240, 210), "WEBP", exif=kit.exif(2), xmp=kit.XMP),
    "film": kit.animated("WEBP"),
}


def largest(picture: RenderedPhoto) -> Image.Image:
    return kit.decoded(picture.content)


def colour(image: Image.Image, across: float, down: float) -> tuple[int, ...]:
    pixel = image.getpixel((int(across * image.width), int(down * image.height)))
    assert isinstance(pixel, tuple)
    return tuple(int(value) for value in pixel)


def close(expected: tuple[int, ...], actual: tuple[int, ...], most: int = 12) -> bool:
    return all(abs(one - other) <= most for one, other in zip(expected, actual, strict=True))


# --- files ---------------------------------------------------------------------------------------------


def test_file_of_a_photo() -> None:
    """A phone's photo becomes one file, named by its content."""
    content = kit.encoded(kit.picture(2000, 1500), "JPEG")
    picture = render_photo(content)
    key = photo_key(content)
    assert (f"photos/{key[:16]}-800.jpg", 800, 600, key) == (
        picture.path, picture.width, picture.height, picture.key
    )  # fmt: skip


@each(
    ("size", "expected"),
    [
        ((4000, 3000), (800, 600)),
        ((800, 600), (800, 600)),
        ((799, 600), (799, 600)),
        ((3000, 4000), (600, 800)),
        ((1080, 1920), (520, 924)),
        ((250, 300), (250, 300)),
        ((300, 3000), (120, 1200)),
        ((20_000, 200), (1200, 12)),
        ((60_000, 20), (1200, 1)),
    ],
)
def test_sizes(size: tuple[int, int], expected: tuple[int, int]) -> None:
    """As many pixels as 800 by 600, whichever way it was held; never enlarged."""
    assert shown_size(*size) == expected


@given(st.integers(1, 70_000), st.integers(1, 70_000))
def test_sizes_of_anything(width: int, height: int) -> None:
    """Whatever the shape, there is a size, not larger than the original or than what a page shows."""
    across, down = shown_size(width, height)
    assert 1 <= across <= min(width, 1200)
    assert 1 <= down <= min(height, 1200)
    assert across * down <= 481_000


@pytest.mark.parametrize(("noise", "width"), [(2, 800), (8, 800), (14, 640)])
def test_budget(noise: float, width: int) -> None:
    """A grainy photo is compressed harder, and a very grainy one made smaller, until it has 40 KB."""
    photo = render_photo(kit.encoded(kit.picture(1600, 1200, noise=3 * noise), "PNG"))
    assert (photo.width, len(photo.content) <= 40_000) == (width, True)


def test_noise_beyond_the_budget() -> None:
    """Pure noise misses the budget at any quality and is taken all the same."""
    noise = np.random.default_rng(1).integers(0, 255, (960, 640, 3), dtype=np.uint8)
    assert render_photo(kit.encoded(Image.fromarray(noise), "PNG")).width < 640


# --- pixels only ---------------------------------------------------------------------------------------


@each("name", sorted(LADEN))
def test_photos_are_pixels_and_nothing_else(name: str) -> None:
    """It decodes in its stated size, without metadata, and a line that is slow shows it soon."""
    assert kit.CANARY in LADEN[name]  # or the test would prove nothing
    photo = render_photo(LADEN[name])
    assert kit.CANARY not in photo.content
    assert metadata_in(photo.content) == ()
    image = Image.open(io.BytesIO(photo.content))
    image.load()
    assert (image.format, image.size, image.mode) == ("JPEG", (photo.width, photo.height), "RGB")
    assert image.info.get("progressive")
    assert len(image.getexif()) == 0
    assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & set(image.info)


@each("name", sorted(set(LADEN) - {"webp all", "webp chunk"}))
def test_decoder_never_sees_the_canary(name: str) -> None:
    """What is handed to the decoder has lost its metadata already, save for the colour profile."""
    reduced = read_container(LADEN[name]).content
    assert (name in ("jpeg all",)) == (kit.CANARY in reduced)


def test_nothing_behind_the_end_of_webp() -> None:
    """What hangs behind the end of a WebP is not handed to the decoder."""
    assert SEEDS["webp"] == read_container(SEEDS["webp"] + kit.CANARY).content


# --- looks ---------------------------------------------------------------------------------------------


@each("form", ["JPEG", "PNG", "WEBP"])
@each("orientation", range(1, 9))
def test_orientation(form: str, orientation: int) -> None:
    """Each of the eight orientations is turned as Pillow's own transposition turns it."""
    content = kit.encoded(kit.quarters(), form, exif=kit.exif(orientation))
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(content))).convert("RGB")
    shown = largest(render_photo(content))
    assert upright.size == shown.size == picture_size(content)
    for across in (0.25, 0.75):
        for down in (0.25, 0.75):
            assert close(colour(upright, across, down), colour(shown, across, down))


@each("exif", [b"", b"MM\0*", b"II*\0\xff\xff\xff\xff", b"II*\0\x08\0\0\0\xff\xff", b"xx", 0, 9, 65535])
def test_orientation_without_sense_does_not_matter(exif: bytes | int) -> None:
    """EXIF that makes no sense is no reason to refuse a photo, or to turn it."""
    block = kit.exif(exif).tobytes() if isinstance(exif, int) else b"Exif\0\0" + exif
    content = kit.jpeg_with(kit.encoded(kit.quarters(), "JPEG"), kit.segment(0xE1, block))
    assert picture_size(content) == (640, 480)
    assert close(kit.RED, colour(largest(render_photo(content)), 0.25, 0.25))


@each("form", ["JPEG", "PNG", "WEBP"])
def test_colour_profile_is_applied(form: str) -> None:
    """With a profile in which red and blue have changed places, red is shown blue."""
    content = kit.encoded(Image.new("RGB", (400, 300), (255, 0, 0)), form, icc_profile=kit.swapped_profile())
    red, _, blue = colour(largest(render_photo(content)), 0.5, 0.5)
    assert blue > 200
    assert red < 60


def test_profile_that_does_not_fit() -> None:
    """One that cannot be read, or an RGB profile in a grey picture, counts as none."""
    broken = kit.encoded(kit.quarters(), "JPEG", icc_profile=b"not a profile")
    assert close(kit.RED, colour(largest(render_photo(broken)), 0.25, 0.25))
    grey = kit.encoded(Image.new("L", (400, 300), 90), "JPEG", icc_profile=kit.swapped_profile())
    assert close((90, 90, 90), colour(largest(render_photo(grey)), 0.5, 0.5), 2)


@each(
    ("content", "expected"),
    [
        (kit.encoded(Image.new("CMYK", (300, 300), (255, 0, 0, 0)), "JPEG"), (0, 255, 255)),
        (kit.encoded(Image.new("L", (300, 300), 77), "JPEG"), (77, 77, 77)),
        (kit.encoded(Image.new("RGBA", (300, 300), (0, 0, 0, 0)), "PNG"), (255, 255, 255)),
        (kit.encoded(Image.new("RGBA", (300, 300), (0, 0, 0, 128)), "WEBP", lossless=True), (127, 127, 127)),
        (kit.encoded(Image.new("LA", (300, 300), (0, 128)), "PNG"), (127, 127, 127)),
        (kit.encoded(Image.new("1", (300, 300), 1), "PNG"), (255, 255, 255)),
        (kit.encoded(Image.new("P", (300, 300), 0), "PNG", transparency=b"\x80" * 256), (127, 127, 127)),
        (kit.encoded(Image.new("RGB", (300, 300), 0), "PNG", transparency=(0, 0, 0)), (255, 255, 255)),
        (kit.deep("L"), (128, 128, 128)),
        (kit.deep("RGB"), (128, 128, 128)),
        (kit.deep("RGBA"), (128, 128, 128)),
        (kit.animated("WEBP"), kit.RED),
        (kit.animated("PNG"), kit.RED),
    ],
    ids=(
        *("cmyk", "grey", "clear", "half", "grey-half", "bit", "palette-half", "key"),
        *("deep", "deeper", "deepest", "webp", "apng"),
    ),
)
def test_modes(content: bytes, expected: tuple[int, ...]) -> None:
    """Every kind of pixel comes out in its colour, on white, from the first frame."""
    assert close(expected, colour(largest(render_photo(content)), 0.5, 0.5), 4)


def test_transparent_edge_is_not_dark() -> None:
    """A clear area whose hidden colour is black leaves no dark fringe when the picture is made smaller."""
    image = Image.new("RGBA", (1600, 1200), (0, 0, 0, 0))
    image.paste((255, 255, 255, 255), (0, 0, 801, 1200))
    shown = np.asarray(largest(render_photo(kit.encoded(image, "PNG"))))
    assert shown.min() > 245


def test_picture_is_alike() -> None:
    """The largest file looks as the original does."""
    original = kit.picture(1600, 1200, noise=2)
    shown = largest(render_photo(kit.encoded(original, "JPEG", quality=95)))
    difference = np.asarray(original.resize(shown.size), np.float32) - np.asarray(shown, np.float32)
    assert float(np.abs(difference).mean()) < 4


# --- refusals ------------------------------------------------------------------------------------------


@each(
    ("content", "said", "advised"),
    [
        (b"", "empty", "Copy"),
        (b"\0\0\0\x18ftypheic" + bytes(50), "iPhone HEIC", "Most Compatible"),
        (b"\0\0\0\x18ftypmif1" + bytes(50), "iPhone HEIC", "Zalo"),
        (b"\0\0\0\x18ftypavif" + bytes(50), "AVIF", "JPEG"),
        (b"\0\0\0\x18ftypmp42" + bytes(50), "a video", "screenshot"),
        (b"\0\0\0\x14ftypqt  " + bytes(50), "a video", "screenshot"),
        (b"\x1aE\xdf\xa3" + bytes(50), "a video", "screenshot"),
        (b"RIFF\0\0\0\0AVI LIST", "a video", "screenshot"),
        (b"%PDF-1.7\n", "PDF", "JPEG"),
        (b"BM" + bytes(60), "BMP", "JPEG"),
        (b"II*\0" + bytes(60), "TIFF", "JPEG"),
        (b"MM\0*" + bytes(60), "TIFF", "JPEG"),
        (b"PK\3\4" + bytes(60), "Word, Excel or ZIP", "JPEG"),
        (b"GIF89a" + bytes(60), "GIF", "JPEG"),
        (b"\xef\xbb\xbf\n<!doctype html>", "web page", "original"),
        (b"name: V\xc6\xb0\xe1\xbb\x9dn", "not a picture", "original"),
    ],
)
def test_refused_by_name(content: bytes, said: str, advised: str) -> None:
    """What is no photo is named, with what to do instead, in both languages."""
    for judge in (render_photo, picture_size):
        with pytest.raises(UserError) as refusal:
            judge(content)
        assert said in refusal.value.message.en
        assert advised in refusal.value.hint.en
        assert refusal.value.message.vi
        assert refusal.value.hint.vi


@each("name", sorted(SEEDS))
@each("share", [0.02, 0.3, 0.7, 0.99])
def test_cut_off(name: str, share: float) -> None:
    """A file that lacks its end is refused as cut off, wherever the cut."""
    content = SEEDS[name]
    with pytest.raises(UserError, match="cut off"):
        render_photo(content[: max(12, int(share * len(content)))])


@pytest.mark.parametrize("size", [(199, 900), (900, 199), (1, 1)])
def test_too_small(size: tuple[int, int]) -> None:
    """A thumbnail is refused with its size; 200 px is enough."""
    with pytest.raises(UserError, match=f"{size[0]}×{size[1]}"):
        render_photo(kit.encoded(Image.new("RGB", size), "PNG"))
    assert render_photo(kit.encoded(Image.new("RGB", (200, 200)), "PNG")).width == 200


def test_too_heavy() -> None:
    """More than 40 MB is refused before anything is read."""
    with pytest.raises(UserError, match="41 MB"):
        render_photo(SEEDS["jpeg"] + bytes(MOST_BYTES))


@pytest.mark.parametrize("size", [(8000, 7501), (60_001, 1000)])
def test_too_many_pixels(size: tuple[int, int]) -> None:
    """More than 60 million pixels are refused from the header alone."""
    with pytest.raises(UserError, match="60 million"):
        picture_size(kit.png_of(*size))


def claiming(width: int, height: int, **options: Any) -> bytes:
    """A small JPEG whose header claims another size."""
    content = kit.encoded(kit.picture(400, 300), "JPEG", **options)
    return content.replace(struct.pack(">HH", 300, 400), struct.pack(">HH", height, width), 1)


def test_pixels_of_a_jpeg_count_by_the_way_they_are_stored() -> None:
    """108 million, a setting of many phones, are taken row by row; in several passes the whole would be held at once."""
    assert picture_size(claiming(12_000, 9_000)) == (12_000, 9_000)
    with pytest.raises(UserError, match="120 million"):
        picture_size(claiming(12_001, 10_000))
    with pytest.raises(UserError, match="60 million"):
        picture_size(claiming(12_000, 9_000, progressive=True))


@pytest.mark.parametrize("judge", [render_photo, kept_photo, picture_size])
def test_passes_over_a_jpeg_are_counted(judge: Callable[[bytes], object]) -> None:
    """Encoders write about ten; beyond thirty it is refused with the words for it, before anything is decoded."""
    content = kit.encoded(kit.picture(), "JPEG", progressive=True)
    more = content[content.rindex(b"\xff\xda") : -2]
    most = 30 - content.count(b"\xff\xda")
    judge(content[:-2] + more * most + b"\xff\xd9")
    with pytest.raises(UserError, match="more than 30 passes"):
        judge(content[:-2] + more * (most + 1) + b"\xff\xd9")


def test_too_many_pixels_of_webp() -> None:
    """WebP, which takes more memory, has half the limit."""
    with pytest.raises(UserError, match="30 million"):
        picture_size(kit.encoded(Image.new("RGB", (6001, 5000)), "WEBP", method=0, quality=1))


@each("name", sorted(kit.BOMBS))
def test_bombs(name: str) -> None:
    """A file made to waste time or memory ends, as a refusal or as its harmless picture."""
    bomb = kit.BOMBS[name]()
    outcome = judged(bomb)
    assert clean(outcome) if isinstance(outcome, RenderedPhoto) else outcome.message.vi
    assert isinstance(outcome, UserError) or "of a million" not in name


LARGE = """
import pathlib, sys
from vuonho.pictures import photo
made = getattr(photo, sys.argv[2])(pathlib.Path(sys.argv[1]).read_bytes())
print(made.width if sys.argv[2] == "render_photo" else max(photo.picture_size(made)))
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""


def peak(path: Path, function: str) -> tuple[int, int]:
    """Return the width or the longer side that comes of a photo, and the megabytes that it took."""
    run = subprocess.run(
        [sys.executable, "-c", LARGE, path, function], capture_output=True, text=True, check=True
    )
    width, kilobytes = map(int, run.stdout.split())
    return width, kilobytes // 1000


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads peak memory as Linux counts it")
@pytest.mark.parametrize(
    ("size", "form", "options", "function", "most"),
    [
        ((8000, 6000), "PNG", {"compress_level": 1}, "render_photo", 1000),
        ((8000, 6000), "JPEG", {"progressive": True}, "kept_photo", 1000),
        ((12_000, 9_000), "JPEG", {"quality": 80}, "render_photo", 320),
    ],
    ids=["transparent", "several passes", "one pass"],
)
def test_large_photo_in_little_memory(
    tmp_path: Path, size: tuple[int, int], form: str, options: dict[str, int], function: str, most: int
) -> None:
    """48 million pixels take less than 1 GB; 108 million in one pass are never all in memory."""
    image = kit.picture(1000, 750).resize(size, Image.Resampling.NEAREST)
    if form == "PNG":
        image.putalpha(200)
    (tmp_path / "photo").write_bytes(kit.encoded(image, form, **options))
    width, megabytes = peak(tmp_path / "photo", function)
    assert width == (800 if function == "render_photo" else 2048)
    assert megabytes < most


def judged(content: bytes) -> RenderedPhoto | UserError:
    try:
        return render_photo(content)
    except UserError as refusal:
        return refusal


def clean(picture: RenderedPhoto) -> bool:
    return metadata_in(picture.content) == ()


@given(st.sampled_from(sorted(SEEDS)), st.integers(0, 2**32), st.integers(1, 12))
def test_any_damage_ends_in_words(name: str, seed: int, times: int) -> None:
    """Whatever is overwritten, cut out or doubled: a clean picture or a refusal, nothing else."""
    content = damaged(SEEDS[name], random.Random(seed), times)  # noqa: S311  # damage, not secrets
    outcome = judged(content)
    if isinstance(outcome, RenderedPhoto):
        assert clean(outcome)
        assert outcome.width <= 1200
    else:
        assert outcome.message.vi


def damaged(content: bytes, dice: random.Random, times: int) -> bytes:
    for _ in range(times):
        at = dice.randrange(min(len(content), 700) if dice.random() < 0.6 else len(content))
        length = dice.randrange(1, 9)
        middle = dice.choice((dice.randbytes(length), b"", b"\xff" * length, content[at : at + length] * 2))
        content = content[:at] + middle + content[at + length :]
    return content


@given(st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF", b""]), st.binary(max_size=300))
def test_any_bytes_end_in_words(start: bytes, rest: bytes) -> None:
    """Bytes without sense are refused by all that reads photos."""
    for judge in (render_photo, picture_size):
        with pytest.raises(UserError):
            judge(start + rest)


def test_warnings_are_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the decoder would only warn, the photo is refused."""
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100_000)
    with pytest.raises(UserError, match="too many pixels"):
        render_photo(kit.encoded(kit.picture(400, 300), "PNG"))


def shows_the_same(content: bytes, seen: Image.Image) -> bool:
    """Tell whether a page shows a photo as it is `seen`."""
    shown = kit.decoded(render_photo(content).content)
    difference = np.asarray(shown, float) - np.asarray(seen.resize(shown.size), float)
    return float(np.abs(difference).mean()) < 4


@each("orientation", [0, *range(1, 9)])
def test_turned_by_hand(orientation: int) -> None:
    """A quarter clockwise each time, after four as it was; the pixels of a JPEG stay byte for byte, its place too."""
    block = kit.exif(orientation or 1)
    if not orientation:
        del block[ExifTags.Base.Orientation]
    before = kit.encoded(kit.quarters(), "JPEG", exif=block)
    once = turned(before)
    assert once[once.index(b"\xff\xdb") :] == before[before.index(b"\xff\xdb") :]
    assert place_of(io.BytesIO(once)) == place_of(io.BytesIO(before))
    assert place_of(io.BytesIO(once)) is not None
    upright = kit.decoded(render_photo(before).content)
    assert shows_the_same(once, upright.transpose(Image.Transpose.ROTATE_270))
    again = turned(turned(turned(once)))
    assert (again == before) == bool(orientation)
    assert shows_the_same(again, upright)


@each("form", ["JPEG", "PNG", "WEBP"])
def test_turned_by_hand_without_exif(form: str) -> None:
    """Of every kind."""
    before = kit.encoded(kit.quarters(), form)
    assert shows_the_same(turned(before), kit.decoded(before).transpose(Image.Transpose.ROTATE_270))
    assert shows_the_same(turned(turned(turned(turned(before)))), kit.decoded(before))
