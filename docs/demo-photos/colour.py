"""The palette of the demo pictures and the few sums done with colours."""

from __future__ import annotations

import numpy as np

Colour = tuple[int, ...]
Tones = tuple[Colour, ...]

# Leaves, each from the shade to the sun.
CITRUS: Tones = ((30, 70, 52), (46, 94, 58), (72, 124, 66), (112, 156, 76), (164, 190, 98))
FRESH: Tones = ((46, 96, 56), (74, 130, 64), (112, 164, 76), (158, 194, 94), (204, 218, 128))
FOREST: Tones = ((28, 68, 62), (42, 90, 76), (66, 118, 92), (100, 148, 108), (144, 178, 130))
OLIVE: Tones = ((62, 76, 44), (92, 106, 54), (130, 140, 66), (168, 170, 84), (204, 198, 118))
TEA: Tones = ((34, 82, 56), (54, 108, 62), (88, 142, 68), (134, 176, 80), (186, 206, 104))
BAMBOO: Tones = ((52, 88, 50), (84, 122, 58), (126, 156, 70), (172, 188, 90), (214, 212, 126))

# Earth, tiles and wood.
CLAY: Tones = ((112, 58, 46), (152, 78, 54), (190, 106, 72), (218, 146, 102), (238, 188, 146))
SOIL: Tones = ((84, 58, 48), (114, 78, 58), (146, 102, 72), (180, 134, 94), (208, 168, 124))
WOOD: Tones = ((62, 44, 40), (92, 64, 50), (126, 88, 62), (164, 120, 82), (204, 164, 116))
STRAW: Tones = ((112, 84, 52), (150, 116, 68), (190, 154, 92), (220, 188, 122), (240, 216, 158))
STONE: Tones = ((92, 96, 94), (130, 132, 124), (168, 166, 152), (204, 198, 180), (232, 224, 204))

# Fruit and flowers.
POMELO: Tones = ((128, 140, 58), (176, 178, 66), (218, 200, 76), (240, 222, 112), (252, 242, 178))
ORANGE: Tones = ((172, 78, 32), (212, 108, 38), (238, 144, 52), (250, 180, 88), (255, 222, 160))
PERSIMMON: Tones = ((164, 62, 34), (206, 86, 38), (232, 116, 48), (246, 152, 78), (255, 206, 150))
PINK: Tones = ((176, 78, 98), (214, 112, 128), (236, 150, 158), (248, 188, 190), (255, 226, 222))
RED: Tones = ((124, 34, 40), (176, 48, 46), (216, 72, 58), (240, 128, 92), (255, 202, 150))
CREAM: Tones = ((190, 178, 146), (216, 206, 176), (236, 228, 204), (248, 242, 224), (255, 252, 242))

# Air.
PEACH: Colour = (252, 218, 184)
APRICOT: Colour = (246, 190, 148)
BUTTER: Colour = (254, 238, 200)
HAZE: Colour = (214, 222, 208)
MIST: Colour = (186, 208, 200)
HILLS: Tones = ((168, 196, 194), (134, 174, 172), (100, 148, 144), (72, 122, 114), (54, 100, 86))
SHADE: Colour = (28, 58, 62)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """The colour `share` (0 to 1) of the way from the first to the second."""
    return tuple(round(a + (b - a) * share) for a, b in zip(first[:3], second[:3], strict=True))


def fade(colour: Colour, alpha: float) -> Colour:
    """The colour with an opacity of 0 to 1."""
    return (*colour[:3], round(255 * alpha))


def hazed(tones: Tones, share: float, air: Colour = HAZE) -> Tones:
    """The tones as seen through air: `share` 0 is near, 1 has vanished."""
    return tuple(mix(tone, air, share) for tone in tones)


def ramp(tones: Tones, value: float) -> Colour:
    """The tone at `value`, 0 for the first and 1 for the last, blended between neighbours."""
    place = min(max(value, 0.0), 1.0) * (len(tones) - 1)
    low = min(int(place), len(tones) - 2)
    return mix(tones[low], tones[low + 1], place - low)


def ramp_list(tones: Tones, values: np.ndarray, levels: int = 24) -> list[Colour]:
    """The tones for many values at once, in `levels` steps."""
    steps = [ramp(tones, level / (levels - 1)) for level in range(levels)]
    places = np.clip(np.round(values * (levels - 1)), 0, levels - 1).astype(int)
    return [steps[place] for place in places]
