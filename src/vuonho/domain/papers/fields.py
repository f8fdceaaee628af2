"""Every single field of a record with the rule by which it is shown: what the papers are made from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vuonho.bilingual import Text
from vuonho.domain.outline import Field
from vuonho.domain.papers.sorts import ALSO, SORTS, Sort
from vuonho.domain.schema.about import BASE, NEVER

__all__ = ["BASE", "NEVER", "Leaf", "single_fields"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A field that holds a value: `shown` is BASE, NEVER or its tick, that of its owner where it has none itself.

    `owners` are the labels of the records around it, the outermost first.
    """

    path: tuple[str, ...]
    owners: tuple[Text, ...]
    field: Field
    shown: str

    @property
    def sort(self) -> Sort:
        """Return its sort; KeyError, with where to write it, where nobody has judged it yet."""
        path = ".".join(self.path)
        if path not in SORTS:
            raise KeyError(f"{path} has no sort in domain/papers/sorts.py")
        return SORTS[path]

    @property
    def label(self) -> Text:
        """Return what it is called within its part of the profile: "Cây trồng · Số cây"."""
        vi, en = zip(*self.owners[1:], self.field.label, strict=True)
        return Text(" · ".join(dict.fromkeys(vi)), " · ".join(dict.fromkeys(en)))

    @property
    def ticks(self) -> tuple[str, ...]:
        """Return the ticks of which any lets it be shown, in this form or another; none for BASE and NEVER."""
        return () if self.shown in (BASE, NEVER) else (self.shown, *ALSO.get(".".join(self.path), ()))


def single_fields(
    fields: Iterable[Field], before: tuple[str, ...] = (), owners: tuple[Text, ...] = (), shown: str = BASE
) -> Iterator[Leaf]:
    """Yield the fields that hold values, those of records and of lists of records too."""
    for field in fields:
        path, rule = (*before, field.key), shown if field.shown == BASE else field.shown
        if field.fields:
            yield from single_fields(field.fields, path, (*owners, field.label), rule)
        else:
            yield Leaf(path, owners, field, rule)
