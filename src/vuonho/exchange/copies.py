"""A household that carries another's private values: the same one renamed, or a row copied and not all typed anew."""

from collections.abc import Mapping

from vuonho.bilingual import Text
from vuonho.domain.schema.meaning import is_nothing, same
from vuonho.errors import Problem, Severity
from vuonho.exchange.lookup import value_at
from vuonho.exchange.project import Project, values_of
from vuonho.intake.incoming import Incoming
from vuonho.intake.tree import Plain

OWN = (("consent", "by"), ("contact", "phone"), ("location", "point"), ("story",), ("head",))
"""Values that two families hardly share; two of them alike are no chance."""


def shared(told: Mapping[str, Plain], known: Mapping[str, Plain]) -> list[tuple[str, ...]]:
    """Return the paths of the own values that both say, [] where they are too few to tell anything."""
    alike = [path for path in OWN if _is_repeated(path, told, known)]
    return alike if len(alike) > 1 else []


def copied(incoming: Incoming, project: Project) -> tuple[Problem, ...]:
    """Return a warning for each household whose own values a new one repeats."""
    found = []
    for profile in project.profiles:
        known = values_of(profile)
        if alike := shared(incoming.values, known):
            name = known.get("name")
            found.append(
                incoming.place(alike[0]).problem(
                    ".".join(alike[0]),
                    Text(f"Hộ mới “{incoming.name}” có người đồng ý, điện thoại hoặc vị trí giống hệt “{name}” ({profile.code}).",
                         f"The new household “{incoming.name}” has the consent, phone or place of “{name}” ({profile.code})."),
                    Text("Nếu chép dòng của hộ ấy thì ghi lại từng ô cho đúng nhà này, nhất là phần đồng ý.",
                         "If its row was copied, type each cell anew for this family, the consent above all."),
                    Severity.WARNING,
                )
            )  # fmt: skip
    return tuple(found)


def _is_repeated(path: tuple[str, ...], told: Mapping[str, Plain], known: Mapping[str, Plain]) -> bool:
    one, other = value_at(told, *path), value_at(known, *path)
    return not is_nothing(one) and not is_nothing(other) and same(path, one, other)
