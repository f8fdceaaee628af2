"""What photos weigh: JPEG beside WebP and AVIF at the same looks; and what one of 12 million pixels costs.

    .venv/bin/python benchmarks/photos.py [PHOTO ...]

Without photos those of the demo are taken, which are drawn and lighter than real ones. Each is made as large as a page
shows it, and encoded at the least quality at which it looks alike: structural similarity (SSIM) of brightness 0.94.
Then it is scaled up to 12 million pixels, with grain and with EXIF as of a phone, and made ready as a build does it.
Seconds of CPU of one core. Needs the test extra.
"""

import io
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from photo_kit import encoded, exif  # noqa: E402
from vuonho.pictures.photo import render_photo, shown_size  # noqa: E402

ALIKE = 0.94
WINDOW = 8
CODECS: dict[str, tuple[str, dict[str, Any]]] = {
    "JPEG": ("JPEG", {"optimize": True, "progressive": True}),
    **{f"WebP, method {method}": ("WEBP", {"method": method}) for method in (2, 4)},
    **{f"AVIF, speed {speed}": ("AVIF", {"speed": speed, "max_threads": 1}) for speed in (10, 8)},
}


def means(plane: np.ndarray) -> np.ndarray:
    """Return the mean of every window of a plane."""
    sums = np.pad(plane, ((1, 0), (1, 0))).cumsum(0).cumsum(1)
    inside = (
        sums[WINDOW:, WINDOW:] - sums[:-WINDOW, WINDOW:] - sums[WINDOW:, :-WINDOW] + sums[:-WINDOW, :-WINDOW]
    )
    return inside / WINDOW**2


def likeness(one: Image.Image, other: Image.Image) -> float:
    """Return the structural similarity (Wang 2004) of two pictures of one size, 1.0 for the same."""
    x, y = (np.asarray(image.convert("L"), np.float64) for image in (one, other))
    mean_x, mean_y, low, lower = means(x), means(y), (0.01 * 255) ** 2, (0.03 * 255) ** 2
    spread = means(x * x) - mean_x**2 + means(y * y) - mean_y**2
    together = means(x * y) - mean_x * mean_y
    share = (2 * mean_x * mean_y + low) * (2 * together + lower)
    return float((share / ((mean_x**2 + mean_y**2 + low) * (spread + lower))).mean())


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """Return what work gives, and its milliseconds of CPU."""
    begin = time.process_time()
    done = work()
    return done, 1000 * (time.process_time() - begin)


def lightest(shown: Image.Image, form: str, options: dict[str, Any]) -> tuple[int, float]:
    """Return the bytes at the least quality that looks alike, and the milliseconds of that one encoding."""
    for quality in range(20, 96, 3):
        content, milliseconds = timed(partial(encoded, shown, form, quality=quality, **options))
        if likeness(shown, Image.open(io.BytesIO(content)).convert("RGB")) >= ALIKE:
            break
    return len(content), milliseconds


def original(photo: Image.Image) -> bytes:
    """Return a photo as a phone of 12 million pixels stores it."""
    large = np.asarray(photo.resize((4000, 3000), Image.Resampling.BICUBIC), np.int16)
    grain = np.random.default_rng(1).normal(0, 5, (3000, 4000, 1)).astype(np.int16)
    return encoded(
        Image.fromarray((large + grain).clip(0, 255).astype(np.uint8)), "JPEG", quality=88, exif=exif()
    )


def main() -> None:
    """Print means over all photos."""
    photos = [Path(name) for name in sys.argv[1:]] or sorted((ROOT / "profiles").glob("*/photos/*.jpg"))[::4]
    pictures = [Image.open(path).convert("RGB") for path in photos]
    shown = [one.resize(shown_size(*one.size), Image.Resampling.LANCZOS) for one in pictures]
    print(f"{len(pictures)} photos as shown, SSIM {ALIKE}")
    for name, (form, options) in CODECS.items():
        found = np.array([lightest(one, form, options) for one in shown]).mean(0)
        print(f"{name:16}{found[0] / 1000:6.1f} KB {found[1]:6.1f} ms")
    made = [timed(partial(render_photo, original(one))) for one in pictures]
    sizes, milliseconds = [len(photo.content) for photo, _ in made], [spent for _, spent in made]
    print(f"12 million pixels made ready: {np.median(milliseconds):.0f} ms")
    print(f"of {np.mean(sizes) / 1000:.1f} KB each, at most {max(sizes) / 1000:.1f}")


if __name__ == "__main__":
    main()
