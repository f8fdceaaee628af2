"""The drawn garden: shares as told, within its frame."""

import pytest
from households_kit import CROPS, crop
from hypothesis import given
from hypothesis import strategies as st

from vuonho.render.pages.gardenpicture import HEIGHT, WIDTH, garden_picture

SIZES = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**5)), max_size=40)


@given(SIZES)
def test_beds_stay_inside_the_picture(sizes: list[tuple[int, int]]) -> None:
    """Whatever areas are told, from none to 40 crops, every bed and plant is inside the frame."""
    crops = [crop("Bưởi", trees or None, area or None) for area, trees in sizes]
    picture = garden_picture(crops, [""] * len(crops))
    outside = [
        bed
        for bed in picture.beds
        if not (
            0 <= bed.x < bed.x + bed.width <= WIDTH + 3
            and 0 <= bed.y < bed.y + bed.height <= HEIGHT
            and all(0 <= x <= bed.width and 0 <= y <= bed.height for x, y in bed.feet)
        )
    ]
    assert outside == []


def test_beds_have_the_share_that_was_told() -> None:
    """900 m² are drawn three times as large as 300 m²."""
    picture = garden_picture([crop("Bưởi", area=900), crop("Cam", area=300)], ["", ""])
    large, small = ((bed.width + 5) * (bed.height + 5) for bed in picture.beds)
    assert pytest.approx(large / small, rel=0.05) == 3


def test_trees_stand_for_area_where_none_is_told() -> None:
    """A crop with trees only takes 16 m² for each."""
    picture = garden_picture([crop("Bưởi", trees=50), crop("Cam", area=800)], ["", ""])
    large, small = ((bed.width + 5) * (bed.height + 5) for bed in picture.beds)
    assert pytest.approx(large / small, rel=0.05) == 1


def test_no_crop_makes_no_bed() -> None:
    """A garden of which nothing is told has no invented plant."""
    assert garden_picture([], []).beds == ()


def test_long_name_gets_no_label() -> None:
    """A label that does not fit its bed is left to the list."""
    names = ["Cây có một cái tên rất dài, dài hơn mọi luống trong vườn này rất nhiều"] * len(CROPS)
    assert {""} == {bed.label for bed in garden_picture(CROPS, names).beds}
