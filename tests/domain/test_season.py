"""When something is ripe: typed, lunar, usual, or unknown."""

from case_kit import each
from vuonho.model.public import PublicSeason, season


@each(
    ("months", "lunar", "usual", "expected"),
    [
        ((8, 9), None, (1,), PublicSeason((8, 9), (), "typed")),
        ((8, 9), (7,), (1,), PublicSeason((8, 9), (7,), "typed")),
        (None, (10, 11, 12), (5,), PublicSeason((1, 11, 12), (10, 11, 12), "lunar")),
        (None, (12,), (), PublicSeason((1,), (12,), "lunar")),
        (None, None, (5, 6), PublicSeason((5, 6), (), "usual")),
        ((), (), (5, 6), PublicSeason((5, 6), (), "usual")),
        (None, None, (), None),
    ],
)
def test_the_surest_season_wins(
    months: tuple[int, ...] | None,
    lunar: tuple[int, ...] | None,
    usual: tuple[int, ...],
    expected: PublicSeason | None,
) -> None:
    """Typed months win over lunar ones (m stands for m + 1, 12 for 1), these over the usual."""
    assert expected == season(months, lunar, usual)
