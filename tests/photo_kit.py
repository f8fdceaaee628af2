"""Photos for tests, made on the spot: real encoders, real metadata, real damage; nobody's real picture."""

import io
import struct
import zlib
from collections.abc import Callable, Mapping
from typing import Any

import cv2
import numpy as np
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

CANARY = b"CANARY-7f3a91-NGUYEN"
"""Stands in every kind of metadata; no byte string of a published file may hold it."""

XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + CANARY + b"</x:xmpmeta>"
RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 200, 30), (30, 30, 220), (230, 220, 20)


def picture(width: int = 900, height: int = 600, *, noise: float = 6, seed: int = 1) -> Image.Image:
    """A soft landscape with grain: compresses about as a photo of a garden does."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    waves = 60 * np.sin(x / 31 + y / 47)
    planes = np.stack([255 * x / width, 255 * y / height, 128 + waves], axis=-1)
    grained = planes + random.normal(0, noise, (height, width, 1))
    return Image.fromarray(grained.clip(0, 255).astype(np.uint8))


def quarters(width: int = 640, height: int = 480) -> Image.Image:
    """Red and green above, blue and yellow below: whichever way it is turned, it shows."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(GREEN, (width // 2, 0, width, height // 2))
    image.paste(BLUE, (0, height // 2, width // 2, height))
    image.paste(YELLOW, (width // 2, height // 2, width, height))
    return image


def encoded(image: Image.Image, form: str, **options: Any) -> bytes:
    """The picture as a file of Pillow's format `form`."""
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def decoded(content: bytes) -> Image.Image:
    """The picture in a file, in RGB, as any viewer without colour management shows it."""
    return Image.open(io.BytesIO(content)).convert("RGB")


def exif(orientation: int = 1) -> Image.Exif:
    """EXIF as of a phone: maker, owner, orientation, time, the place to the centimetre."""
    block = Image.Exif()
    block[ExifTags.Base.Make] = "Phone"
    block[ExifTags.Base.Artist] = CANARY.decode()
    block[ExifTags.Base.Orientation] = orientation
    details = block.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = "2026:11:02 07:30:00"
    details[ExifTags.Base.UserComment] = CANARY
    place = block.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef] = "N"
    place[ExifTags.GPS.GPSLatitude] = (18.0, 7.0, 33.96)
    place[ExifTags.GPS.GPSLongitudeRef] = "E"
    place[ExifTags.GPS.GPSLongitude] = (105.0, 45.0, 40.32)
    place[ExifTags.GPS.GPSAreaInformation] = CANARY
    return block


def swapped_profile() -> bytes:
    """A working ICC profile in which red and blue have changed places, with a canary in its tail."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    (count,) = struct.unpack_from(">I", profile, 128)
    entries = {bytes(profile[at : at + 4]): at for at in range(132, 132 + 12 * count, 12)}
    red, blue = entries[b"rXYZ"] + 4, entries[b"bXYZ"] + 4
    profile[red : red + 8], profile[blue : blue + 8] = profile[blue : blue + 8], profile[red : red + 8]
    profile += CANARY.ljust(24, b"\0")
    struct.pack_into(">I", profile, 0, len(profile))
    return bytes(profile)


def segment(marker: int, payload: bytes) -> bytes:
    """One JPEG segment."""
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def jpeg_with(content: bytes, *segments: bytes) -> bytes:
    """A JPEG with more segments right behind its start."""
    return content[:2] + b"".join(segments) + content[2:]


def chunk(kind: bytes, payload: bytes) -> bytes:
    """One PNG chunk."""
    return struct.pack(">I", len(payload)) + kind + payload + struct.pack(">I", zlib.crc32(kind + payload))


def png_with(content: bytes, *chunks: bytes) -> bytes:
    """A PNG with more chunks right behind its header."""
    return content[:33] + b"".join(chunks) + content[33:]


def riff_with(content: bytes, kind: bytes, payload: bytes) -> bytes:
    """A WebP with one more chunk at its end."""
    more = kind + struct.pack("<I", len(payload)) + payload + b"\0" * (len(payload) % 2)
    return content[:4] + struct.pack("<I", len(content) - 8 + len(more)) + content[8:] + more


def preview() -> bytes:
    """A small JPEG of its own, as cameras put it into metadata, with a canary."""
    return encoded(picture(64, 48), "JPEG", comment=CANARY)


def png_text() -> PngImagePlugin.PngInfo:
    """Text of all three PNG kinds."""
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", CANARY.decode())
    text.add_text("Comment", CANARY.decode(), zip=True)
    text.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=False)
    return text


def deep(form: str = "RGB") -> bytes:
    """A PNG of 16 bits a channel: grey rising from left to right."""
    ramp = np.tile(np.linspace(0, 65535, 400).astype(np.uint16), (300, 1))
    planes = {
        "L": ramp,
        "RGB": np.stack([ramp] * 3, -1),
        "RGBA": np.stack([ramp] * 3 + [ramp * 0 + 65535], -1),
    }
    _, content = cv2.imencode(".png", planes[form])
    return content.tobytes()


def animated(form: str) -> bytes:
    """Two frames, red and then blue; the second as long as a film for all we care."""
    frames = [Image.new("RGB", (320, 240), RED), Image.new("RGB", (320, 240), BLUE)]
    options: Mapping[str, Any] = {"lossless": True} if form == "WEBP" else {}
    return encoded(frames[0], form, save_all=True, append_images=frames[1:], duration=200, **options)


def laden() -> dict[str, bytes]:
    """Photos that carry the canary in every place known, by the name of the place."""
    plain = encoded(picture(), "JPEG", quality=85)
    png = encoded(picture(), "PNG")
    webp = encoded(picture(), "WEBP")
    options = {"exif": exif(6), "icc_profile": swapped_profile()}
    previewed = b"Exif\0\0" + exif().tobytes().removeprefix(b"Exif\0\0") + preview()
    twins = encoded(picture(), "MPO", save_all=True, append_images=[picture(seed=2)], exif=exif(3))
    return {
        "jpeg all": encoded(picture(), "JPEG", xmp=XMP, comment=CANARY, **options),
        "jpeg preview": jpeg_with(plain, segment(0xE1, previewed)),
        "jpeg photoshop": jpeg_with(plain, segment(0xED, b"Photoshop 3.0\0" + CANARY)),
        "jpeg jfxx": jpeg_with(plain, segment(0xE0, b"JFXX\0\x10" + preview())),
        "jpeg maker": jpeg_with(plain, segment(0xE9, CANARY), segment(0xE2, b"MPF\0" + CANARY)),
        "jpeg motion": plain + b"\0\0\0\x18ftypmp42" + CANARY,
        "mpo": twins + CANARY,
        "cmyk": encoded(picture().convert("CMYK"), "JPEG", comment=CANARY, exif=exif(8)),
        "png all": encoded(picture(), "PNG", pnginfo=png_text(), **options),
        "png chunk": png_with(png, chunk(b"prVt", CANARY), chunk(b"tIME", b"\x07\xea\x0b\2\7\0\0")) + CANARY,
        "webp all": encoded(picture(), "WEBP", xmp=XMP, **options),
        "webp chunk": riff_with(webp, b"mine", CANARY) + CANARY,
    }  # fmt: skip


def png_of(width: int, height: int, *chunks: bytes, depth: int = 8, colour: int = 2) -> bytes:
    """A PNG that claims any size, whatever its chunks hold."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"".join((b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", header), *chunks, chunk(b"IEND", b"")))


def _progressive() -> bytes:
    return encoded(Image.new("RGB", (2000, 2000)), "JPEG", progressive=True)


def jpeg_of_many_scans() -> bytes:
    """A JPEG whose last scan stands in it 20,000 times more."""
    progressive = _progressive()
    last_scan = progressive[progressive.rindex(b"\xff\xda") : -2]
    return progressive[:-2] + last_scan * 20_000 + b"\xff\xd9"


def png_that_inflates(name: bytes, start: bytes, size: int) -> bytes:
    """A PNG with a chunk that is a thousand times as large once it is unpacked."""
    return png_with(encoded(picture(), "PNG"), chunk(name, start + zlib.compress(bytes(size))))


def webp_of_many_chunks() -> bytes:
    """A WebP with a million empty chunks behind its picture."""
    plain = encoded(picture(), "WEBP")
    more = b"aaaa\0\0\0\0" * 1_000_000
    return plain[:4] + struct.pack("<I", len(plain) - 8 + len(more)) + plain[8:] + more


FEW = chunk(b"IDAT", zlib.compress(bytes(1000)))
BOMBS: Mapping[str, Callable[[], bytes]] = {
    "png of 2,500 million pixels": lambda: png_of(50_000, 50_000, FEW),
    "png of 100 million pixels": lambda: png_of(10_000, 10_000, FEW),
    "png that inflates without end": lambda: png_of(400, 300, chunk(b"IDAT", zlib.compress(bytes(200_000_000)))),
    "png text that inflates": lambda: png_that_inflates(b"zTXt", b"a\0\0", 100_000_000),
    "png profile that inflates": lambda: png_that_inflates(b"iCCP", b"a\0\0", 100_000_000),
    "png of a million chunks": lambda: png_of(400, 300, chunk(b"aaAa", b"") * 1_000_000, FEW),
    "jpeg of 20,000 scans": jpeg_of_many_scans,
    "jpeg of a million segments": lambda: jpeg_with(_progressive(), segment(0xFE, b"") * 1_000_000),
    "jpeg of nothing but 0xFF": lambda: b"\xff\xd8" + b"\xff" * 10_000_000,
    "webp of a million chunks": webp_of_many_chunks,
}  # fmt: skip
"""Files that a careless reader would spend hours or all its memory on, made where they are wanted: that takes seconds."""
