"""Which personal data are basic and which are sensitive: each field of the profile, judged once.

Source: Decree 356/2025/NĐ-CP, Art. 3 (basic: names, residence, contact address, image, phone, accounts, family
relations, and whatever else belongs to one person) and Art. 4 (sensitive: private and family life, a place known
from positioning services, and others that are never collected). Where a field could be read either way it has the
stricter sort: asking more carefully than one must harms nobody. The commune's legal officer has the last word.
"""

from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Sort(StrEnum):
    """The sort of a field: `LINKED` says nothing of a person by itself, and is basic for standing beside a name."""

    BASIC = "basic"
    LINKED = "linked"
    SENSITIVE = "sensitive"


_FIELDS: Final = MappingProxyType({
    Sort.BASIC: """
        code name head consent.given consent.by consent.how consent.publish location.address contact.phone contact.zalo
        links photos.file photos.caption photos.people withdrawn moved_to
        """,
    Sort.SENSITIVE: """
        location.point location.directions story living.people living.house living.water living.electricity
        living.toilet living.kitchen living.waste living.internet living.road living.titles
        """,
    Sort.LINKED: """
        garden.area garden.model.status garden.model.year garden.model.decision garden.model.criteria.planning
        garden.model.criteria.technology garden.model.criteria.products garden.model.criteria.environment
        garden.model.criteria.income garden.irrigation garden.practices garden.crops.name garden.crops.trees
        garden.crops.area garden.crops.planted garden.crops.months garden.crops.lunar_months garden.animals.name
        garden.animals.count products.name products.price products.unit products.months products.lunar_months
        products.ocop.stars products.ocop.decision products.ocop.until visits.welcome visits.hours visits.activities
        checked
        """,
})  # fmt: skip
"""Field by field: a new one belongs to no sort until somebody has thought about it."""

SORTS: Final = MappingProxyType({path: sort for sort, paths in _FIELDS.items() for path in paths.split()})
"""The sort of each field by its dotted path; KeyError for a field that nobody has judged."""

ALSO: Final = MappingProxyType({"location.point": ("near_point",)})
"""Ticks that let a field be shown in another form than its own tick does: the point as a cell of about 1 km."""
