"""Draws the demo village's pictures: python docs/demo-photos/draw.py [NAME ...]"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from canvas import Canvas
from finish import coats, jpeg
from scenes import (
    dusk,
    fields,
    gardens,
    harvest,
    herds,
    homes,
    lane,
    mixed,
    orchards,
    persimmon,
    pond,
    river,
    stills,
    tet,
)

PHOTOS = Path(__file__).resolve().parents[2] / "profiles" / "thon-vuon-mau" / "photos"


@dataclass(frozen=True, slots=True)
class Picture:
    """A file to be drawn: its scene, size, seed and where its sun stands (shares of width and height)."""

    name: str
    scene: Callable[[Canvas], None]
    seed: int
    sun: tuple[float, float] = (0.2, 0.1)
    width: int = 1600
    height: int = 1200
    warmth: float = 0.16
    rim: float = 0.28

    def draw(self) -> tuple[bytes, int]:
        """The picture as JPEG, and its quality."""
        light = (-0.6, -0.8) if self.sun[0] < 0.5 else (0.6, -0.8)
        canvas = Canvas(self.width, self.height, self.seed, light)
        self.scene(canvas)
        return jpeg(coats(canvas, self.sun, self.warmth, self.rim))


PICTURES = (
    Picture("huong-1", orchards.pomelo_orchard, 11, (0.66, 0.2)),
    Picture("huong-2", homes.tiled_house, 12, (0.2, 0.15)),
    Picture("huong-3", gardens.vegetable_beds, 13, (0.75, 0.15)),
    Picture("huong-4", herds.chickens, 14, (0.2, 0.05)),
    Picture("huong-5", harvest.harvest_table, 15, (0.3, 0.1)),
    Picture("duc-1", orchards.orange_hill, 21, (0.21, 0.22)),
    Picture("duc-2", gardens.bee_boxes, 22, (0.8, 0.1)),
    Picture("che-1", fields.tea_hill, 31, (0.7, 0.3), height=900, warmth=0.22),
    Picture("huou-1", herds.stag_pen, 41, (0.15, 0.1)),
    Picture("huou-2", herds.two_deer, 42, (0.8, 0.15), height=900),
    Picture("ao-1", pond.lotus_pond, 51, (0.25, 0.15)),
    Picture("tap-1", mixed.mixed_orchard, 61, (0.2, 0.18)),
    Picture("tap-2", stills.fruit_tray, 62, (0.1, 0.05), rim=0.4),
    Picture("lac-1", fields.peanut_field, 71, (0.7, 0.3), height=900),
    Picture("homestay-1", dusk.stilt_house, 81, (0.5, 0.6), warmth=0.05, rim=0.4),
    Picture("homestay-2", lane.bamboo_path, 82, (0.5, 0.45), 1200, 1600, warmth=0.2),
    Picture("rau-1", stills.leafy_greens, 91, (0.2, 0.05)),
    Picture("hong-1", persimmon.persimmon_tree, 101, (0.72, 0.26), 1200, 1600),
    Picture("hoa-1", tet.tet_flowers, 111, (0.15, 0.1)),
    Picture("trau-1", river.buffalo_river, 121, (0.75, 0.2), height=900),
)


def main(names: list[str]) -> None:
    """Draws the named pictures, or all."""
    PHOTOS.mkdir(parents=True, exist_ok=True)
    for picture in PICTURES:
        if not names or picture.name in names:
            began = time.perf_counter()
            data, quality = picture.draw()
            (PHOTOS / f"{picture.name}.jpg").write_bytes(data)
            print(
                f"{picture.name}: {len(data) // 1000} kB at quality {quality}, {time.perf_counter() - began:.1f} s"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
