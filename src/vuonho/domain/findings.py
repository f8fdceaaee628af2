"""What a rule of the domain found: a problem that may not yet know its file and line."""

from dataclasses import dataclass

from vuonho.bilingual import Text
from vuonho.errors import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule objects to.

    `field` is a dotted path such as `story.vi`, or "". `file` is relative to the project, with forward
    slashes; it is "" where the rule saw a value only and its caller knows the file. `line` counts from 1.
    """

    field: str
    message: Text
    hint: Text
    severity: Severity = Severity.ERROR
    file: str = ""
    line: int | None = None
