"""What each field says of itself: label, help, and when it may be shown.

A field is described once, where it is declared. The validator, the reference page and the forms read it there.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from pydantic import BaseModel, ConfigDict, model_validator

from vuonho.bilingual import NOTHING, Text

BASE: Final = "base"
"""Shown once consent is recorded."""
NEVER: Final = "never"
"""Never shown to anybody."""


@dataclass(frozen=True, slots=True)
class About:
    """A field's label and help in both languages; `shown` is BASE, NEVER or the tick that it needs.

    `help` is one sentence on what to write; `example` a value as somebody would type it, which the schema accepts.
    """

    label: Text
    shown: str
    help: Text = NOTHING
    example: str = ""


def about(
    vi: str, en: str, shown: str = BASE, *, help_vi: str = "", help_en: str = "", example: str = ""
) -> About:
    """Return the description of a field, to stand in its annotation."""
    return About(Text(vi, en), shown, Text(help_vi, help_en), example)


class Record(BaseModel):
    """A mapping of a profile. Frozen; unknown keys are refused; a lone text may stand for one field."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shorthand: ClassVar[str | None] = None

    @model_validator(mode="before")
    @classmethod
    def _as_written(cls, value: object) -> object:
        """Take a lone text for its field, and known keys without a value for absent ones."""
        if cls.shorthand and isinstance(value, str):
            return {cls.shorthand: value}
        if isinstance(value, dict):
            return {
                key: item
                for key, item in value.items()
                if key not in cls.model_fields or not _is_nothing(item)
            }
        return value


def _is_nothing(value: object) -> bool:
    """Tell "no value": None, and words in several languages of which none is written."""
    if isinstance(value, dict) and value and value.keys() <= {"vi", "en"}:
        return all(item is None for item in value.values())
    return value is None


def description(record: type[Record], key: str) -> About:
    """Return what a field says of itself; every field has one, by test."""
    return next(item for item in record.model_fields[key].metadata if isinstance(item, About))


def record_at(record: type[Record], path: tuple[str | int, ...]) -> type[Record]:
    """Return the kind of mapping that lies at `path` below `record` (list positions are passed over)."""
    for step in path:
        if isinstance(step, str) and step in record.model_fields:
            record = _record_in(record.model_fields[step].annotation) or record
    return record


def _record_in(annotation: Any) -> type[Record] | None:
    """Return the Record inside an annotation such as `tuple[Crop, ...] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    inner = (_record_in(part) for part in getattr(annotation, "__args__", ()))
    return next((found for found in inner if found), None)
