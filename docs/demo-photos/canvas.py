"""The sheet: everything is drawn at twice its size and made smaller at the end, for smooth edges."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from colour import Colour, Tones, mix, ramp
from outline import Points, ribbon, spline
from PIL import Image, ImageChops, ImageDraw, ImageFilter

SCALE = 2
SOFT = 4  # soft things are made this much smaller than the picture


class Canvas:
    """A picture being painted, its chance (always the same for one seed) and the way to its sun."""

    def __init__(self, width: int, height: int, seed: int, light: tuple[float, float] = (-0.6, -0.8)) -> None:
        self.width, self.height = width, height
        self.rng = np.random.default_rng(seed)
        self.light = light
        self.image = Image.new("RGB", (width * SCALE, height * SCALE))
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def area(self, points: Points, colour: Colour) -> None:
        """A filled outline."""
        self.pen.polygon((np.asarray(points, dtype=float) * SCALE).ravel().tolist(), fill=colour)

    def blob(self, points: Points, colour: Colour) -> None:
        """A filled smooth outline through the points."""
        self.area(spline(points, closed=True), colour)

    def areas(self, outlines: np.ndarray, colours: Iterable[Colour]) -> None:
        """Many outlines of equally many points: shape (n, points, 2)."""
        flat = (outlines.reshape(len(outlines), outlines.shape[1] * 2) * SCALE).tolist()
        for points, colour in zip(flat, colours, strict=True):
            self.pen.polygon(points, fill=colour)

    def stroke(self, points: Points, widths: Sequence[float], colour: Colour) -> None:
        """A brush stroke through the points, as wide as `widths` say along its way."""
        self.area(ribbon(points, widths), colour)

    def disc(self, x: float, y: float, rx: float, colour: Colour, ry: float | None = None) -> None:
        """An upright ellipse."""
        ry = rx if ry is None else ry
        self.pen.ellipse(
            [(x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE], fill=colour
        )

    def shaded(self, points: Points, tones: Tones, way: tuple[float, float] = (0, 1)) -> None:
        """A filled outline whose tones change evenly along `way`."""
        p = np.asarray(points, dtype=float) * SCALE
        low = np.maximum(np.floor(p.min(axis=0)), 0).astype(int)
        high = np.minimum(np.ceil(p.max(axis=0)) + 1, self.image.size).astype(int)
        if (high <= low).any():
            return
        mask = Image.new("L", (int(high[0] - low[0]), int(high[1] - low[1])))
        ImageDraw.Draw(mask).polygon((p - low).ravel().tolist(), fill=255)
        along = p @ np.array(way)
        x, y = np.arange(low[0], high[0])[None, :] * way[0], np.arange(low[1], high[1])[:, None] * way[1]
        share = np.clip((x + y - along.min()) / (np.ptp(along) + 1e-9), 0, 1)
        table = np.array([ramp(tones, level / 255) for level in range(256)], dtype=np.uint8)
        self.image.paste(
            Image.fromarray(table[(share * 255).astype(np.uint8)]), (int(low[0]), int(low[1])), mask
        )

    def within(self, points: Points, paint: Callable[[], None]) -> None:
        """What `paint` draws, kept inside the outline."""
        before = self.image.copy()
        mask = Image.new("L", self.image.size, 255)
        ImageDraw.Draw(mask).polygon((np.asarray(points, dtype=float) * SCALE).ravel().tolist(), fill=0)
        paint()
        self.image.paste(before, (0, 0), mask)

    def soft(self, outlines: Iterable[Points], colour: Colour, blur: float, alpha: float) -> None:
        """Outlines without a sharp edge: shadows, mist, light."""
        mask = Image.new("L", (self.width // SOFT, self.height // SOFT))
        pen = ImageDraw.Draw(mask)
        for points in outlines:
            pen.polygon((np.asarray(points, dtype=float) / SOFT).ravel().tolist(), fill=255)
        mask = mask.filter(ImageFilter.GaussianBlur(float(blur) / SOFT)).point(lambda v: round(v * alpha))
        self.veil(mask, colour)

    def veil(self, mask: Image.Image, colour: Colour) -> None:
        """A colour laid over the picture as strongly as a small grey picture says."""
        box = mask.getbbox()
        if box is None:
            return
        box = (
            max(box[0] - 1, 0),
            max(box[1] - 1, 0),
            min(box[2] + 1, mask.width),
            min(box[3] + 1, mask.height),
        )
        kx, ky = self.image.width / mask.width, self.image.height / mask.height
        big = (round(box[0] * kx), round(box[1] * ky), round(box[2] * kx), round(box[3] * ky))
        part = mask.crop(box).resize((big[2] - big[0], big[3] - big[1]), Image.Resampling.BICUBIC)
        self.image.paste(colour[:3], big, part)

    def halo(self, x: float, y: float, radius: float, colour: Colour, alpha: float) -> None:
        """Light around a spot, fading outwards."""
        w, h = self.width // SOFT, self.height // SOFT
        u, v = (np.arange(w) * SOFT - x)[None, :], (np.arange(h) * SOFT - y)[:, None]
        share = np.clip(1 - np.hypot(u, v) / radius, 0, 1) ** 2 * alpha
        self.veil(Image.fromarray((share * 255).astype(np.uint8)), colour)

    def orb(self, x: float, y: float, r: float, tones: Tones, ry: float | None = None) -> None:
        """A round fruit: dark below, bright towards the sun, a little light back from the ground."""
        ry = r if ry is None else ry
        w, h = max(int(2 * r * SCALE), 4), max(int(2 * ry * SCALE), 4)
        u, v = np.meshgrid(np.linspace(-1, 1, w), np.linspace(-1, 1, h))
        z = np.sqrt(np.clip(1 - u**2 - v**2, 0, 1))
        glow = 0.5 + 0.42 * (u * self.light[0] + v * self.light[1]) + 0.2 * (z - 0.6)
        glow += 0.2 * np.exp(-((u - self.light[0] * 0.5) ** 2 + (v - self.light[1] * 0.45) ** 2) / 0.05)
        glow = np.where(glow < 0.2, 0.2 + (0.2 - glow) * 0.25, glow)
        table = np.array([ramp(tones, level / 63) for level in range(64)], dtype=np.uint8)
        face = Image.fromarray(table[(np.clip(glow, 0, 1) * 63).astype(int)])
        mask = Image.new("L", (w, h))
        ImageDraw.Draw(mask).ellipse([0, 0, w - 1, h - 1], fill=255)
        self.image.paste(face, (round((x - r) * SCALE), round((y - ry) * SCALE)), mask)

    def tint(self, colour: Colour, strength: float) -> None:
        """The whole picture pulled towards a colour by multiplying."""
        sheet = Image.new("RGB", self.image.size, mix((255, 255, 255), colour, strength))
        self.image.paste(ImageChops.multiply(self.image, sheet))
