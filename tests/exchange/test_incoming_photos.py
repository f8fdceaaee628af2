"""Photos from the field: upright, pixels only, named by household and content, refused in words."""

from dataclasses import replace
from typing import Any

import pytest
from exchange_kit import told
from hypothesis import given
from hypothesis import strategies as st

from photo_kit import CANARY, RED, decoded, encoded, exif, picture, quarters
from vuonho.errors import UserError
from vuonho.importing.plan import unpack_photos
from vuonho.pictures.photo import kept_photo, picture_size


def corner(content: bytes) -> tuple[int, int, int]:
    """Return the colour near the top left."""
    red, green, blue = decoded(content).getpixel((20, 20))  # type: ignore[misc]
    return red, green, blue


def is_near(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 30 for a, b in zip(one, other, strict=True))


def test_a_photo_is_turned_upright_without_its_metadata() -> None:
    """What the phone noted by a number is done to the pixels."""
    content = encoded(quarters(), "JPEG", exif=exif(6), quality=95)
    kept = kept_photo(content)
    assert picture_size(kept) == (480, 640)
    assert CANARY in content
    assert (CANARY in kept, b"Exif" in kept) == (False, False)
    assert is_near(corner(content), RED)
    assert not is_near(corner(kept), RED)


def test_an_upright_photo_keeps_its_pixels() -> None:
    """Nothing is lost by compressing twice; only the metadata go."""
    content = encoded(picture(), "JPEG", exif=exif(1))
    kept = kept_photo(content)
    assert decoded(kept).tobytes() == decoded(content).tobytes()
    assert CANARY not in kept
    assert kept_photo(kept) == kept


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_other_kinds_become_jpeg(form: str) -> None:
    """One kind is enough for a folder."""
    kept = kept_photo(encoded(quarters(), form))
    assert kept.startswith(b"\xff\xd8\xff")
    assert is_near(corner(kept), RED)


def test_a_huge_photo_is_made_smaller() -> None:
    """2,048 px along its longer side."""
    kept = kept_photo(encoded(picture(4000, 1000), "JPEG"))
    assert picture_size(kept) == (2048, 512)


@given(st.binary(max_size=300), st.integers(0, 200))
def test_no_photo_raises_anything_but_words(junk: bytes, cut: int) -> None:
    """Whatever is sent: kept, or refused."""
    sound = encoded(quarters(240, 220), "JPEG")
    for content in (junk, sound[: len(sound) // 2] + junk, sound[:cut] + junk + sound[cut:]):
        try:
            kept_photo(content)
        except UserError:
            continue


def test_photos_are_named_for_household_and_content() -> None:
    """Whatever they were called; the profile names them so, and a photo sent twice has one name."""
    content = encoded(quarters(), "JPEG")
    incoming = told(
        pictures={"../../IMG 1.JPG": content, "b": content, "c": encoded(picture(), "JPEG")},
    )  # fmt: skip
    values: dict[str, Any] = {
        "photos": ["../../IMG 1.JPG", {"file": "b", "people": "không"}, {"file": "c"}, "photos/huong-1.jpg"]
    }
    incoming, contents, _ = unpack_photos(replace(incoming, values=values, places={}), "ba-huong", str)
    one, two = sorted(contents)
    photos = incoming.values["photos"]
    assert isinstance(photos, list)
    first, second, third, fourth = photos
    assert isinstance(second, dict)
    assert isinstance(third, dict)
    assert first == second["file"]
    assert {first, third["file"]} == {one, two}
    assert (second["people"], fourth) == ("không", "photos/huong-1.jpg")
    assert all(
        name.startswith("photos/ba-huong-") and len(name) == len("photos/ba-huong-12345678.jpg")
        for name in (one, two)
    )


def test_what_is_no_photo_is_named() -> None:
    """With what it was called, and nothing is kept of it."""
    incoming = told(pictures={"virus.jpg": b"MZ\x90", "trang.jpg": b"<html>"})
    _, contents, problems = unpack_photos(incoming, "x", str)
    assert contents == {}
    assert ["virus.jpg" in one.message.vi for one in problems] == [True, False]
    assert "trang Hộ, ô A2" in problems[0].message.vi
