"""The independent look into published pictures: everything beyond pixels is named."""

import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from case_kit import each

sys.path.insert(0, str(Path(__file__).parents[1]))

import photo_kit as kit  # the helpers stand one folder up
from vuonho.verify.images import metadata_in

LADEN = kit.laden()
JPEG = kit.encoded(kit.picture(64, 48), "JPEG")
PNG = kit.encoded(kit.picture(64, 48), "PNG")
WEBP = kit.encoded(kit.picture(64, 48), "WEBP")


@each(
    "content",
    [
        JPEG,
        kit.encoded(kit.picture(64, 48), "JPEG", progressive=True, optimize=True, restart_marker_rows=1),
        kit.encoded(kit.picture(64, 48).convert("CMYK"), "JPEG"),
        PNG,
        kit.encoded(kit.picture(64, 48).convert("P"), "PNG", transparency=0, dpi=(300, 300)),
        WEBP,
        kit.encoded(kit.picture(64, 48).convert("RGBA"), "WEBP"),
        kit.encoded(kit.picture(64, 48), "WEBP", lossless=True),
    ],
)
def test_pixels_only(content: bytes) -> None:
    """A picture as an encoder writes it from pixels has nothing to name."""
    assert metadata_in(content) == ()


@each(
    ("name", "expected"),
    [
        ("jpeg all", {"EXIF", "XMP", "ICC profile", "comment"}),
        ("jpeg preview", {"EXIF"}),
        ("jpeg photoshop", {"IPTC"}),
        ("jpeg jfxx", {"preview"}),
        ("jpeg maker", {"segment APP9", "second picture"}),
        ("jpeg motion", {"data behind the end"}),
        ("mpo", {"EXIF", "second picture", "data behind the end"}),
        ("cmyk", {"EXIF", "comment"}),
        ("png all", {"EXIF", "ICC profile", "text"}),
        ("png chunk", {"chunk prVt", "time", "data behind the end"}),
        ("webp all", {"EXIF", "XMP", "ICC profile"}),
        ("webp chunk", {"chunk mine", "data behind the end"}),
    ],
)
def test_named(name: str, expected: set[str]) -> None:
    """Each kind of metadata that real encoders write is named."""
    assert expected == set(metadata_in(LADEN[name]))


@each(
    ("content", "expected"),
    [
        (kit.jpeg_with(JPEG, kit.segment(0xE0, b"JFIF\0" + bytes(9) + kit.CANARY)), "preview"),
        (kit.jpeg_with(JPEG, kit.segment(0xEE, b"Adobe" + bytes(7) + kit.CANARY)), "segment APP14"),
        (kit.jpeg_with(JPEG, kit.segment(0xE1, kit.CANARY)), "segment APP1"),
        (kit.jpeg_with(JPEG, kit.segment(0xF7, kit.CANARY)), "segment F7"),
        (JPEG[:-2] + kit.segment(0xFE, kit.CANARY) + JPEG[-2:], "comment"),
        (JPEG[:2] + kit.CANARY + JPEG[2:], "broken structure"),
        (JPEG[:-40], "broken structure"),
        (kit.png_with(PNG, kit.chunk(b"gAMA", kit.CANARY)), "chunk gAMA"),
        (kit.png_with(PNG, kit.chunk(b"VP8 ", kit.CANARY)), "chunk VP8 "),
        (kit.riff_with(WEBP, b"IDAT", kit.CANARY), "chunk IDAT"),
        (PNG[:-6], "broken structure"),
        (PNG + b"\0", "data behind the end"),
        (WEBP[:-6], "broken structure"),
        (kit.animated("WEBP"), "chunk ANIM"),
        (b"", "not a JPEG, PNG or WebP picture"),
        (b"<svg/>", "not a JPEG, PNG or WebP picture"),
    ],
)  # fmt: skip
def test_hidden_places(content: bytes, expected: str) -> None:
    """Metadata dressed up as a header, between scans, or behind the end is named too."""
    assert expected in metadata_in(content)


def test_named_once() -> None:
    """Three comments and a profile in two parts are two names."""
    comments = [kit.segment(0xFE, b"a")] * 3
    profile = [kit.segment(0xE2, b"ICC_PROFILE\0\1\2"), kit.segment(0xE2, b"ICC_PROFILE\0\2\2")]
    assert metadata_in(kit.jpeg_with(JPEG, *comments, *profile)) == ("comment", "ICC profile")


@given(st.sampled_from([JPEG, PNG, WEBP]), st.data())
def test_nothing_hides_between_parts(content: bytes, data: st.DataObject) -> None:
    """A cut at any place never goes unnoticed and never raises."""
    cut = data.draw(st.integers(0, len(content) - 1))
    assert metadata_in(content[:cut]) != ()


@given(
    st.sampled_from([b"", b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\0\0\0WEBP"]), st.binary(max_size=200)
)
def test_any_bytes(start: bytes, rest: bytes) -> None:
    """Any bytes at all give names or silence, each name once."""
    found = metadata_in(start + rest)
    assert len(set(found)) == len(found)
