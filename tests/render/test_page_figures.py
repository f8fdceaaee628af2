"""The figures of a village: gardens of all, living of those who ticked, from five up."""

from dataclasses import replace

from households_kit import FULLEST, LIVING, households

from vuonho.render.pages.figures import village_figures


def test_garden_figures_count_all() -> None:
    """Areas add up over every household that gave one."""
    figures = village_figures((*households(3), FULLEST))
    assert (
        figures.households,
        figures.area,
        figures.area_of,
        figures.models,
        figures.welcome,
    ) == (4, 3300, 4, 1, 1)


def test_living_figures_start_at_five_families() -> None:
    """Four families who ticked `living` are too few, among however many."""
    few, enough = (village_figures(households(9, living=count)).living for count in (4, 5))
    assert (few, enough.count if enough else 0) == (None, 5)


def test_a_field_that_few_told_is_left_out() -> None:
    """A single answer would speak of one family."""
    people = households(5, living=5)
    quiet = replace(LIVING, facts=LIVING.facts[:1], people=None)
    told = village_figures((people[0], *(replace(one, living=quiet) for one in people[1:]))).living
    assert told is not None
    assert (tuple(field for field, _ in told.fields), told.people) == (("house",), None)


def test_a_crop_counts_once_in_a_garden() -> None:
    """Two beds of one crop are one garden of it."""
    twice = replace(FULLEST, garden=replace(FULLEST.garden, crops=FULLEST.garden.crops[:1] * 2))
    assert [crop.gardens for crop in village_figures((twice,)).crops] == [1]


def test_months_count_gardens_not_crops() -> None:
    """A month with two harvests in one garden counts that garden once."""
    assert max(village_figures((FULLEST,)).months) == 1
