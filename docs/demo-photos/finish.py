"""The last coats: warm light, a darker rim, paper; then the JPEG without any metadata."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from canvas import SCALE, Canvas
from PIL import Image, ImageFilter

BYTES = 150_000


def noise(rng: np.random.Generator, height: int, width: int, cell: int) -> np.ndarray:
    """Smooth noise about 0 with blots of `cell` pixels."""
    small = rng.normal(0, 1, (height // cell + 2, width // cell + 2)).astype(np.float32)
    sheet = Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC)
    return np.asarray(sheet)


def paper(rng: np.random.Generator, height: int, width: int) -> np.ndarray:
    """The uneven take of paint on paper, as factors near 1."""
    sheets = [
        noise(rng, height, width, cell) * deep for cell, deep in ((4, 0.004), (24, 0.003), (190, 0.009))
    ]
    return np.asarray(1 + np.sum(sheets, axis=0), dtype=np.float32)


def coats(canvas: Canvas, sun: tuple[float, float], warmth: float, rim: float) -> Image.Image:
    """The picture at its true size with light from `sun` (shares of width and height), rim and paper."""
    image = canvas.image.reduce(SCALE).filter(ImageFilter.GaussianBlur(0.55))
    rgb = np.asarray(image, dtype=np.float32) / 255
    h, w = rgb.shape[:2]
    y, x = np.mgrid[0:h, 0:w].astype(np.float32) / np.array([h, w], dtype=np.float32)[:, None, None]
    near = np.exp(-((x - sun[0]) ** 2 + (y - sun[1]) ** 2) / 0.28)[..., None] * warmth
    rgb = 1 - (1 - rgb) * (1 - near * np.array([1.0, 0.82, 0.5], dtype=np.float32))
    rgb = rgb * (1 - rim * np.clip(((x - 0.5) ** 2 + (y - 0.5) ** 2) * 2 - 0.3, 0, 1))[..., None]
    rgb = rgb * paper(canvas.rng, h, w)[..., None]
    rgb = np.clip(rgb, 0, 1)
    rgb = rgb + 0.2 * (rgb - 0.5) * rgb * (1 - rgb) * 4
    grey = rgb.mean(axis=-1, keepdims=True)
    rgb = grey + (rgb - grey) * 1.08
    ink = np.array([0.04, 0.06, 0.066], dtype=np.float32)
    rgb = ink + np.clip(rgb, 0, 1) * (1 - ink * 0.9)
    return Image.fromarray((np.clip(rgb, 0, 1) * 255 + 0.5).astype(np.uint8))


def jpeg(image: Image.Image) -> tuple[bytes, int]:
    """The picture as JPEG of at most 150,000 bytes, and the quality that allowed it (82 down to 40)."""
    data, quality = b"", 82
    for quality in range(82, 38, -3):
        sink = BytesIO()
        image.save(sink, "JPEG", quality=quality, optimize=True, progressive=True, subsampling="4:2:0")
        data = sink.getvalue()
        if len(data) <= BYTES:
            break
    return data, quality
