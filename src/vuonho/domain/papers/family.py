"""Whose form it is: the few lines of a profile that stand at its head, whether or not the family has agreed."""

from collections.abc import Iterable, Mapping

from vuonho.bilingual import Text
from vuonho.domain.outline import Field, field_of
from vuonho.domain.papers.sheets import Entry, Family
from vuonho.domain.public import PublicVillage
from vuonho.domain.schema.household import Household
from vuonho.domain.schema.outline import household_fields, village_fields


def family_of(household: Household, village: PublicVillage, file: str) -> Family:
    """Return the head of a household's form; `file` is its profile, relative to the project."""
    values = {
        "code": household.code,
        "name": household.name,
        "head": household.head or "",
        "location.address": household.location.address or "",
    }
    return _family(values, file, village)


def nobody(village: PublicVillage | None) -> Family:
    """Return the head of a form to be filled in by hand, its village named where there is no doubt about it."""
    return _family({}, "", village)


def _family(values: Mapping[str, str], file: str, village: PublicVillage | None) -> Family:
    name, commune, source = (village.name, village.commune, village.source) if village else ("", "", "")

    def own(field: str) -> Entry:
        return Entry(_label(household_fields(), field), values.get(field, ""), file, field)

    def home(field: str, value: str) -> Entry:
        return Entry(_label(village_fields(), field), value, source, field)

    rows = (
        (own("name"), own("code")),
        (own("head"), own("location.address")),
        (home("name", name), home("commune", commune)),
    )
    return Family(values.get("code", ""), rows, commune)


def _label(fields: Iterable[Field], path: str) -> Text:
    *owners, key = path.split(".")
    for owner in owners:
        fields = field_of(fields, owner).fields
    return field_of(fields, key).label
