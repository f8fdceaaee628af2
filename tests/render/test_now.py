"""What may be ripe now: each thing of a garden once, with all its months."""

from dataclasses import replace
from unicodedata import normalize

from households_kit import EMPTIEST, FULLEST, LANGUAGES

from case_kit import each
from vuonho.model.catalogue import find_crop
from vuonho.model.public import PublicCrop, PublicHousehold, PublicSeason
from vuonho.pages.language import month_mask
from vuonho.pages.layout import household_ripe, village_ripe

VI, EN = LANGUAGES["vi"], LANGUAGES["en"]


def garden(*told: tuple[str, tuple[int, ...], str]) -> PublicHousehold:
    """A household with these crops: name, months, and where the months come from."""
    crops = tuple(
        PublicCrop(name, find_crop(name), None, None, None, PublicSeason(months, (), source))
        for name, months, source in told
    )
    return replace(EMPTIEST, garden=replace(EMPTIEST.garden, crops=crops))


@each(("months", "mask"), [((1,), 1), ((12, 1), 0b100000000001), (range(1, 13), 4095), ((3, 3), 4)])
def test_a_mask_has_a_bit_a_month(months: tuple[int, ...], mask: int) -> None:
    """January is bit 0; a month twice is one month."""
    assert month_mask(months) == mask


def test_a_crop_named_twice_has_all_its_months() -> None:
    """Two plantings of one crop are one thing, ripe in the months of both."""
    home = garden(("Bưởi Phúc Trạch", (11, 12, 1), "typed"), ("Bưởi Phúc Trạch", (5,), "typed"))
    assert [(one.name.text, one.mask) for one in household_ripe(home, VI)] == [
        ("Bưởi Phúc Trạch", month_mask((1, 5, 11, 12)))
    ]


def test_what_was_told_wins_over_what_is_usual() -> None:
    """A planting without months of its own neither adds the usual ones nor makes the others rough."""
    home = garden(("Cam bù", (12, 1, 2), "usual"), ("Cam bù", (12,), "typed"))
    assert [(one.mask, one.note) for one in household_ripe(home, VI)] == [(month_mask((12,)), "")]
    rough = garden(("Cam bù", (12, 1, 2), "usual"))
    assert [one.note for one in household_ripe(rough, EN)] == ["roughly"]


def test_composed_and_decomposed_names_are_one() -> None:
    """The same name in NFC and NFD stands once."""
    home = garden(("Mít tố nữ", (5,), "typed"), (normalize("NFD", "Mít tố nữ"), (6,), "typed"))
    assert [one.mask for one in household_ripe(home, VI)] == [month_mask((5, 6))]


def test_a_village_counts_gardens() -> None:
    """What most gardens have comes first, with how many; their months are joined."""
    homes = (
        garden(("Lạc", (6,), "typed")),
        garden(("Cam bù", (12,), "typed")),
        garden(("Cam bù", (1,), "typed")),
    )
    assert [(one.name.text, one.mask, one.note) for one in village_ripe(homes, VI)] == [
        ("Cam bù", month_mask((12, 1)), "2 hộ"),
        ("Lạc", month_mask((6,)), "1 hộ"),
    ]


def test_products_are_in_season_too() -> None:
    """Honey is no crop and has its months all the same."""
    assert {product.name for product in FULLEST.products if product.season} <= {
        one.name.text for one in household_ripe(FULLEST, VI)
    }
