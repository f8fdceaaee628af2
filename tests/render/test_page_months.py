"""Months as stretches and as cells."""

from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.pages.language import YEAR, edges, stretches

MONTHS = st.sets(st.sampled_from(YEAR))


@each(
    ("months", "expected"),
    [
        ((), ()),
        ((8, 9), ((8, 9),)),
        ((1, 11, 12), ((11, 1),)),
        ((3, 8, 9), ((3, 3), (8, 9))),
        (YEAR, ((1, 12),)),
    ],
)
def test_stretches(months: tuple[int, ...], expected: tuple[tuple[int, int], ...]) -> None:
    """Neighbouring months join, over the new year too."""
    assert expected == stretches(months)


@given(MONTHS)
def test_stretches_lose_no_month(months: set[int]) -> None:
    """The stretches walked through give the months back, each once."""
    walked = [
        (first + step - 1) % 12 + 1
        for first, last in stretches(months)
        for step in range((last - first) % 12 + 1)
    ]
    assert sorted(months) == sorted(walked)


@given(MONTHS)
def test_cells_mark_exactly_the_months(months: set[int]) -> None:
    """A cell is marked if and only if its month is one of them."""
    assert months == {month for month, cell in zip(YEAR, edges(months), strict=True) if cell}


def test_bar_over_the_new_year_is_open() -> None:
    """A harvest from November to January has no end at the edge of the calendar."""
    cells = edges((1, 11, 12))
    assert (cells[0], cells[10], cells[11]) == ("me", "ms", "m")
