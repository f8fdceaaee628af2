"""A household that carries another's private values: the same one renamed, or a row copied and not all typed anew."""

from collections.abc import Mapping, Sequence

from vuonho.bilingual import Text
from vuonho.domain.schema.meaning import is_nothing, meaning
from vuonho.errors import Problem, Severity
from vuonho.exchange.lookup import text_at, value_at
from vuonho.exchange.project import values_of
from vuonho.intake.incoming import Incoming
from vuonho.intake.profile import Profile
from vuonho.intake.tree import Plain

OWN = (("consent", "by"), ("contact", "phone"), ("location", "point"), ("story",), ("head",))
"""Values that two families hardly share; two of them alike are no chance."""


Own = Mapping[tuple[str, ...], object]
"""Such values of one household by their paths, as they are compared."""


def own_values(values: Mapping[str, Plain]) -> Own:
    """Return what a household says for itself alone."""
    said = {path: value_at(values, *path) for path in OWN}
    return {path: meaning(path, value) for path, value in said.items() if not is_nothing(value)}


def shared(one: Own, other: Own) -> list[tuple[str, ...]]:
    """Return the paths of the values that two households have in common, [] where they are too few to tell anything."""
    alike = [path for path, value in one.items() if path in other and other[path] == value]
    return alike if len(alike) > 1 else []


def copied(incoming: Incoming, profile: Profile, alike: Sequence[tuple[str, ...]]) -> Problem:
    """Return the warning that a new household repeats another's values at the paths `alike`."""
    name = text_at(values_of(profile), "name")
    return incoming.place(alike[0]).problem(
        ".".join(alike[0]),
        Text(f"Hộ mới “{incoming.name}” có người đồng ý, điện thoại hoặc vị trí giống hệt “{name}” ({profile.code}).",
             f"The new household “{incoming.name}” has the consent, phone or place of “{name}” ({profile.code})."),
        Text("Nếu chép dòng của hộ ấy thì ghi lại từng ô cho đúng nhà này, nhất là phần đồng ý.",
             "If its row was copied, type each cell anew for this family, the consent above all."),
        Severity.WARNING,
    )  # fmt: skip
