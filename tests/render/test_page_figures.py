"""The figures of a village: gardens of all, living of those who ticked, from five up."""

import unicodedata
from dataclasses import replace

from households_kit import EMPTIEST, FULLEST, LIVING, MODEL, PRODUCTS, crop, households, typed

from case_kit import each
from vuonho.model.public import PublicCrop, PublicHousehold
from vuonho.model.vocabulary import LISTS
from vuonho.pages.figures import named_answers, village_figures


def with_crops(*crops: PublicCrop) -> PublicHousehold:
    """Return a household that told nothing but its crops."""
    return replace(EMPTIEST, garden=replace(EMPTIEST.garden, crops=crops))


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


def test_sizes_of_a_crop_add_up_over_the_gardens_that_told_them() -> None:
    """Trees and areas are sums, the same name in composed and decomposed letters is one crop, and size breaks ties."""
    gardens = (
        (crop("Cây lạ", trees=3, area=20), crop("Cam bù", trees=5)),
        (crop(unicodedata.normalize("NFD", "Cây lạ"), trees=4), crop("Mướp", area=40)),
    )
    crops = village_figures([with_crops(*one) for one in gardens]).crops
    assert [(one.gardens, one.trees, one.area) for one in crops] == [(2, 7, 20), (1, 0, 40), (1, 5, 0)]


def test_each_month_names_its_harvests() -> None:
    """Crops and products of a month by gardens, each once a garden."""
    pomelo, honey = crop("Bưởi Phúc Trạch", season=typed(8, 9)), PRODUCTS[1]
    one = replace(with_crops(pomelo, pomelo), products=(PRODUCTS[0], honey))
    figures = village_figures((replace(with_crops(crop("Na", season=typed(8)), pomelo)), one))
    named = {month: [(it.name, it.gardens) for it in figures.ripe[month - 1]] for month in (1, 4, 8)}
    assert named == {1: [], 4: [("Mật ong rừng", 1)], 8: [("Bưởi Phúc Trạch", 2), ("Na", 1)]}
    assert [figures.months[month - 1] for month in (1, 4, 8, 9)] == [0, 1, 2, 2]


def test_animals_and_ways_count_gardens() -> None:
    """Twice the same animal is one garden of it; ways of watering and gardening are counted apart."""
    twice = replace(FULLEST, garden=replace(FULLEST.garden, animals=FULLEST.garden.animals[:1] * 2))
    figures = village_figures((twice, FULLEST))
    assert [one.gardens for one in figures.animals] == [2, 1, 1]
    assert [(word.key, n) for word, n in figures.irrigation] == [("drip", 2)]
    assert [(word.key, n) for word, n in figures.practices] == [
        ("compost", 2),
        ("green_hedge", 2),
        ("vietgap", 2),
    ]


def test_gardens_on_the_way_are_no_models_yet() -> None:
    """Registered and striving gardens are counted beside the recognised ones."""
    registered = replace(MODEL, status=LISTS["model_status"].by_key("registered"))
    other = replace(FULLEST, garden=replace(FULLEST.garden, model=registered))
    figures = village_figures((FULLEST, other, EMPTIEST))
    assert (figures.models, figures.striving) == (1, 1)


def test_titles_need_five_families_who_bear_one() -> None:
    """Four families with a title among five who tell how they live are too few."""
    five = households(5, living=5)
    four = (replace(five[0], living=replace(LIVING, titles=())), *five[1:])
    few, enough = (village_figures(people).living for people in (four, five))
    assert few is not None
    assert enough is not None
    assert (few.titles, [(word.key, n) for word, n in enough.titles]) == (
        (),
        [("cultural_family", 5), ("three_clean", 5)],
    )


def test_the_order_of_fields_tells_nothing_of_the_first_family() -> None:
    """Whatever the first family left out, fields come in the same order."""
    people = households(6, living=6)
    silent = replace(people[0], living=replace(LIVING, facts=LIVING.facts[3:]))
    orders = {
        tuple(field for field, _ in living.fields)
        for living in (village_figures(all_six).living for all_six in (people, (silent, *people[1:])))
        if living
    }
    assert orders == {("house", "water", "electricity", "toilet", "kitchen", "waste", "internet", "road")}


@each(
    ("counts", "named", "others"),
    [((5,), 1, 0), ((4, 1), 1, 1), ((2, 1, 1, 1), 1, 3), ((1, 1, 1, 1, 1), 0, 5), ((9, 7, 5, 4, 3, 2), 4, 5)],
)
def test_who_lives_like_nobody_else_is_one_of_the_others(
    counts: tuple[int, ...], named: int, others: int
) -> None:
    """An answer of one family has no name, and at most four answers have one; nobody goes uncounted."""
    words = tuple(zip(LISTS["house"], counts, strict=False))
    shown, rest = named_answers(words)
    assert (shown, rest) == (words[:named], others)
