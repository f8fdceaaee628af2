"""How a type of the schema tells what is typed into it, so that forms and reference can be made from it."""

from dataclasses import dataclass

from pydantic import BeforeValidator, PlainValidator

from vuonho.domain.outline import Kind
from vuonho.domain.vocabulary.words import WordList


@dataclass(frozen=True, slots=True)
class Typed(PlainValidator):
    """A validator of one value that names its kind; `most` letters, or None; the closed list of a "word"."""

    kind: Kind = "line"
    most: int | None = None
    words: WordList | None = None


@dataclass(frozen=True, slots=True)
class Several(BeforeValidator):
    """A check of a list that names how many entries it may have."""

    most: int = 0
