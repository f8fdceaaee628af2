"""Photos from the field: upright, pixels only, named by household and content, refused in words."""

from dataclasses import replace
from typing import Any

from exchange_kit import told
from hypothesis import given
from hypothesis import strategies as st

from photo_kit import CANARY, RED, decoded, encoded, exif, picture, quarters
from vuonho.errors import UserError
from vuonho.importing.plan import unpack_photos
from vuonho.pictures.photo import kept_photo, picture_size


def is_red(content: bytes) -> bool:
    """Tell whether a photo is red near the top left."""
    corner: Any = decoded(content).getpixel((20, 20))
    return all(abs(one - other) < 30 for one, other in zip(corner, RED, strict=True))


def test_a_photo_is_turned_upright_without_its_metadata() -> None:
    """Pixels are turned, made fewer, or stay as they are; other kinds become JPEG."""
    content = encoded(quarters(), "JPEG", exif=exif(6), quality=95)
    kept = kept_photo(content)
    assert picture_size(kept) == (480, 640)
    assert (CANARY in content, CANARY in kept, b"Exif" in kept) == (True, False, False)
    assert (is_red(content), is_red(kept)) == (True, False)
    content = encoded(picture(), "JPEG", exif=exif(1))
    kept = kept_photo(content)
    assert decoded(kept).tobytes() == decoded(content).tobytes()
    assert (CANARY in kept, kept_photo(kept) == kept) == (False, True)
    assert picture_size(kept_photo(encoded(picture(4000, 1000), "JPEG"))) == (2048, 512)
    for form in ("PNG", "WEBP"):
        kept = kept_photo(encoded(quarters(), form))
        assert (kept[:3], is_red(kept)) == (b"\xff\xd8\xff", True)


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
    pictures = {
        "../../IMG 1.JPG": content,
        "b": content,
        "c": encoded(picture(), "JPEG"),
        "virus.jpg": b"MZ\x90",
    }
    photos: list[Any] = [
        "../../IMG 1.JPG",
        {"file": "b", "people": "không"},
        {"file": "c"},
        "photos/huong-1.jpg",
    ]
    incoming = replace(told(pictures=pictures), values={"photos": photos})
    incoming, contents, problems = unpack_photos(incoming, "ba-huong", str)
    named: Any = incoming.values["photos"]
    first, second, third, fourth = named
    assert second == {"file": first, "people": "không"}
    assert ({first, third["file"]}, fourth) == (set(contents), "photos/huong-1.jpg")
    assert len(contents) == 2
    assert all(len(name) == len("photos/ba-huong-12345678.jpg") for name in contents)
    assert all(name.startswith("photos/ba-huong-") for name in contents)
    (refused,) = problems
    assert "virus.jpg" in refused.message.vi
    assert "trang Hộ, ô A2" in refused.message.vi
