"""Every place of a record where a person writes what he likes."""

from collections.abc import Iterator

from vuonho.domain.localtext import LocalText
from vuonho.domain.schema.about import Record

NOT_FREE = frozenset(
    {"code", "moved_to", "file", "links", "consent", "base_url", "previous_urls", "languages"}
)


def free_texts(value: object, field: str = "") -> Iterator[tuple[str, str]]:
    """Give (field, text) for each free text in a record, its lists and its parts.

    Fields are dotted paths as in a `Finding`, list positions from 1. A field added to the schema is covered
    without a line here.
    """
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, LocalText):
        for tag, text in value.entries:
            yield f"{field}.{tag}", text
    elif isinstance(value, tuple):
        for number, item in enumerate(value, 1):
            yield from free_texts(item, f"{field}.{number}")
    elif isinstance(value, Record):
        for key in type(value).model_fields:
            if key not in NOT_FREE:
                yield from free_texts(getattr(value, key), f"{field}.{key}".lstrip("."))
