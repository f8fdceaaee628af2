"""The gate plaque after years outdoors: five damages, mild and hard, and a phone that still reads its code.

The page of the real PDF is worn in millimetres at ten pixels each, then photographed at three, as a phone with 1,080
lines does from half a metre. Hard is what must hold after ten years: out of focus by a third of a module, a quarter
of the ink left on a ground gone grey, mud on a twenty-fifth of the plaque, twelve scratches, a slant of 45 degrees.

One of two readers must do; with this seed zxing-cpp (2.3, 3.1) and OpenCV (4.10, 4.13, 5.0) both read all ten. Before
both fail it takes a blur of 5 pixels, 95 % of the ink, 8 % of mud, 80 scratches, 65 degrees. Other seeds are not
always as kind: one splash in the middle of a finder pattern is enough to lose a code.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import cv2
import numpy as np
import pytest
import zxingcpp
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from case_kit import each
from command_kit import copy_demo, vuonho
from vuonho.plaques.proof import Pages
from vuonho.plaques.sheets import MARGIN
from vuonho.plaques.sizes import GATE

pytestmark = pytest.mark.slow

PAYLOAD = "https://VUONMAU.EXAMPLE/482135/"
WORN, SEEN = 10, 3
"""Pixels in a millimetre, of the plaque and of the photo."""
INK, GROUND, MUD, BARE, WALL = 0.03, 0.85, 0.22, 0.74, 0.35
"""How much light things give back, 0 to 1."""
DISTANCE, FOCAL = 500.0, 1500.0
"""Of the phone: millimetres from the plaque, and pixels."""
SEED = 1

Picture = NDArray[np.float32]
Photo = NDArray[np.uint8]
Damage = Callable[[Picture, Generator, float], Photo]


@pytest.fixture(scope="module")
def plaque(tmp_path_factory: pytest.TempPathFactory) -> Picture:
    """Return the plaque of 482135, cut to its trim, in light given back."""
    root = copy_demo(tmp_path_factory.mktemp("worn") / "demo")
    done = vuonho("-C", root, "plaques", "482135", "--size", "200x150", "-o", "bien.pdf", "--yes")
    assert done.code == 0, done.said
    with Pages(root / "bien.pdf") as pages:
        seen = pages.sheet(0, round(WORN * 25.4)).pixels
    grey = np.frombuffer(seen.content, np.uint8).reshape(seen.height, seen.width)
    edge = round(MARGIN * WORN)
    cut = grey[edge : edge + round(GATE.height * WORN), edge : edge + round(GATE.width * WORN)]
    return (INK + (GROUND - INK) * (cut / 255) ** 2.2).astype(np.float32)


def photo(scene: Picture, chance: Generator, blur: float = 0.7, tilt: float = 0.0) -> Photo:
    """Return what a phone sees: from so many degrees aside, out of focus by so many pixels, with some noise."""
    size = round(1.4 * SEEN * GATE.width), round(1.5 * SEEN * GATE.height)
    double = cv2.warpPerspective(scene, _camera(scene, size, tilt, 360 * chance.random()),
                                 (2 * size[0], 2 * size[1]), borderValue=WALL)  # fmt: skip
    seen = cv2.GaussianBlur(cv2.resize(double, size, interpolation=cv2.INTER_AREA), (0, 0), blur)
    exposed = seen * (0.36 / seen.mean()) + 0.01 * chance.standard_normal(seen.shape)
    return np.asarray(255 * np.clip(exposed, 0, 1) ** (1 / 2.2), np.uint8)


def _camera(scene: Picture, size: tuple[int, int], tilt: float, axis: float) -> NDArray[np.float64]:
    """Return the projection of the plaque, turned about an axis in its plane, onto a picture twice as fine as `size`."""
    turn, about = np.deg2rad(tilt), np.deg2rad(axis)
    x, y, flat, deep = np.cos(about), np.sin(about), np.cos(turn), np.sin(turn)
    right = (flat + x * x * (1 - flat), x * y * (1 - flat), -y * deep)
    down = (x * y * (1 - flat), flat + y * y * (1 - flat), x * deep)
    pose = np.column_stack((right, down, (0.0, 0.0, DISTANCE)))
    lens = np.array(((2 * FOCAL, 0, size[0]), (0, 2 * FOCAL, size[1]), (0, 0, 1)))
    middle = scene.shape[1] / 2 / WORN, scene.shape[0] / 2 / WORN
    measure = np.array(((1 / WORN, 0, -middle[0]), (0, 1 / WORN, -middle[1]), (0, 0, 1)))
    return np.asarray(lens @ pose @ measure, np.float64)


def blurred(plaque: Picture, chance: Generator, pixels: float) -> Photo:
    """Return the photo out of focus."""
    return photo(plaque, chance, blur=pixels)


def faded(plaque: Picture, chance: Generator, lost: float) -> Photo:
    """Return the photo of ink that lost this share of its density, on a ground that darkened with it."""
    ink = GROUND * (plaque / GROUND) ** (1 - lost)
    return photo(np.float32(1 - 0.25 * lost) * ink, chance)


def dirtied(plaque: Picture, chance: Generator, share: float) -> Photo:
    """Return the photo with splashes of mud, 1 to 6 mm wide, on this share of the plaque."""
    splashes = np.zeros(plaque.shape, np.uint8)
    while np.count_nonzero(splashes) < share * splashes.size:
        at = chance.random(2) * plaque.shape[::-1]
        wide = (1 + 5 * chance.random() ** 2) * WORN
        axes = wide, wide * (0.5 + chance.random() / 2)
        cv2.ellipse(splashes, (at.tolist(), axes, 180 * chance.random()), 255, -1, cv2.LINE_AA)
    return photo(_laid_over(plaque, splashes, MUD), chance)


def scratched(plaque: Picture, chance: Generator, count: float) -> Photo:
    """Return the photo with scratches, 0.2 to 0.8 mm wide and 10 to 80 mm long, mostly one way."""
    scratches = np.zeros(plaque.shape, np.uint8)
    for _ in range(int(count)):
        middle, way = chance.random(2) * plaque.shape[::-1], chance.normal(0.6, 0.7)
        half = (5 + 35 * chance.random()) * WORN * np.array((np.cos(way), np.sin(way)))
        begin, end = (middle - half).astype(int).tolist(), (middle + half).astype(int).tolist()
        wide = round((0.2 + 0.6 * chance.random() ** 2) * WORN)
        cv2.line(scratches, begin, end, 255, wide, cv2.LINE_AA)
    return photo(_laid_over(plaque, scratches, BARE), chance)


def tilted(plaque: Picture, chance: Generator, degrees: float) -> Photo:
    """Return the photo taken from the side, above or below."""
    return photo(plaque, chance, tilt=degrees)


def _laid_over(plaque: Picture, cover: Photo, tone: float) -> Picture:
    share = cover / np.float32(255)
    return np.asarray(plaque * (1 - share) + tone * share, np.float32)


WEAR: Mapping[str, tuple[Damage, float, float, float]] = MappingProxyType(
    {
        "blur": (blurred, 1.5, 3.0, 8.0),
        "fade": (faded, 0.5, 0.75, 0.99),
        "dirt": (dirtied, 0.015, 0.04, 0.25),
        "scratch": (scratched, 4, 12, 250),
        "tilt": (tilted, 25, 45, 85),
    }
)
"""Each damage: mild, hard, and beyond reading."""


def readers_of(seen: Photo) -> dict[str, bool]:
    """Return which readers read exactly the payload."""
    texts = [found.text for found in zxingcpp.read_barcodes(seen)]
    return {
        "zxing-cpp": texts == [PAYLOAD],
        "OpenCV": cv2.QRCodeDetector().detectAndDecode(seen)[0] == PAYLOAD,
    }


@each("kind", WEAR)
@each("strength", [1, 2], ids=["mild", "hard"])
def test_a_worn_plaque_reads(plaque: Picture, kind: str, strength: int) -> None:
    """At least one of two readers reads the whole address."""
    readers = readers_of(worn(plaque, kind, strength))
    assert any(readers.values()), readers


@each("kind", WEAR)
def test_not_everything_reads(plaque: Picture, kind: str) -> None:
    """The same damages far beyond that leave nothing to read: the readers do not guess."""
    assert not any(readers_of(worn(plaque, kind, 3)).values())


def worn(plaque: Picture, kind: str, strength: int) -> Photo:
    """Return the photo of a plaque with a damage of the table."""
    damage, *strengths = WEAR[kind]
    return damage(plaque, default_rng(SEED), strengths[strength - 1])
