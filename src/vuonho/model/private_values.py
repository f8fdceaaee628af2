"""The other side of consent: the values of a household that nobody may find in the site, for `verify`."""

from collections.abc import Iterator
from typing import Final

from vuonho.model.household import Household

Value = tuple[str, str]
"""(kind, value): "full_name", "phone", "point" ("18.1261, 105.7612"), "link", or a text: "story",
"directions", "caption", "address", "garden" (a name that is not a person's). What is shown without a tick is
a "base" fact: it takes the harm out of no phone, no point and nobody's name."""

_TELLING_CAPTION: Final = 6
"""Words; a shorter caption ("Gà thả dưới tán cây") could stand under anybody's photo."""
_TELLING_NAME: Final = 3
"""Words; a garden's name of two ("Vườn bưởi") could be anybody's."""


def withheld(household: Household) -> Iterator[Value]:
    """Yield every value that this household's ticks keep back; all of them while it has not agreed."""
    agreed = household.consent.given is not None
    ticks = {tick.key for tick in household.consent.publish} if agreed else set()
    for tick, kind, value in _values(household):
        if tick not in ticks:
            yield kind, value
    if not agreed:
        yield from _base(household)
    by = household.consent.by
    if by and " " in by and by not in (household.head, household.name):
        yield "full_name", by


def withheld_of_gone(household: Household) -> Iterator[Value]:
    """Yield every value of a household that left, whatever it had ticked, and its chosen name too."""
    yield from ((kind, value) for _, kind, value in _values(household))
    yield from _base(household)
    if household.consent.by and " " in household.consent.by:
        yield "full_name", household.consent.by


def shown(household: Household) -> Iterator[Value]:
    """Yield the values that this household made public, each harmless for its own kind only."""
    if household.consent.given is None:
        return
    ticks = {tick.key for tick in household.consent.publish}
    yield "full_name", household.name
    if household.location.address:
        yield "base", household.location.address
    yield from (("base", text) for text in _captions(household, people=False))
    for tick, kind, value in _values(household):
        if tick in ticks:
            yield kind, value


def _values(household: Household) -> Iterator[tuple[str, str, str]]:
    """Yield (tick, kind, value) of everything that needs a tick and would be known again if found."""
    if household.head and " " in household.head:
        yield "full_name", "full_name", household.head
    if household.contact and household.contact.phone:
        yield "phone", "phone", household.contact.phone.digits
    if point := household.location.point:
        yield "exact_point", "point", f"{point.lat}, {point.lon}"
    if household.location.directions:
        yield from (("exact_point", "directions", text) for text in household.location.directions.texts)
    if household.story:
        yield from (("story", "story", text) for text in household.story.texts)
    yield from (("links", "link", link) for link in household.links)
    captions = _captions(household, people=True)
    yield from (("faces", "caption", text) for text in captions if len(text.split()) >= _TELLING_CAPTION)


def _base(household: Household) -> Iterator[Value]:
    """Yield what would be shown once the family agreed and would be known again if found before."""
    if len(household.name.split()) >= _TELLING_NAME:
        yield name_kind(household.name), household.name
    if household.location.address:
        yield "address", household.location.address
    captions = _captions(household, people=False)
    yield from (("caption", text) for text in captions if len(text.split()) >= _TELLING_CAPTION)


def name_kind(name: str) -> str:
    """Return the kind of a chosen name: "Mai Văn Tuất" is a person, "Vườn cam chanh" may be anybody's garden."""
    is_person = all(word[0].isupper() for word in name.split())
    return "full_name" if is_person else "garden"


def _captions(household: Household, *, people: bool) -> Iterator[str]:
    for photo in household.photos:
        if photo.caption and photo.people == people:
            yield from photo.caption.texts
