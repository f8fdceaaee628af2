"""Which form of a sentence goes with a number, by the rule of a language as gettext writes it.

nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)
"""

import gettext
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from vuonho.bilingual import Text
from vuonho.domain.values.figures import quoted
from vuonho.errors import Refused

USUAL_RULE: Final = "nplurals=2; plural=(n != 1)"
"""That of a language whose file has none: one, and all others."""
SMALL: Final = 200
"""From here on every known rule repeats itself with each hundred."""
_HEADER = re.compile(r"\s*nplurals\s*=\s*([1-6])\s*;\s*plural\s*=([^;]{1,400});?\s*")
_TRIED = (*range(1000), 10**6)


@dataclass(frozen=True, slots=True)
class Plural:
    """The rule of a language: the names of its forms, and the place of the one that goes with a number."""

    forms: tuple[str, ...]
    rule: Callable[[int], int]

    def form(self, n: int) -> str:
        """Return the name of the form for so many; raise ValueError where the rule leads to none."""
        try:
            place = int(self.rule(n))
        except ZeroDivisionError as error:
            raise ValueError(n) from error
        if not 0 <= place < len(self.forms):
            raise ValueError(n)
        return self.forms[place]

    def counting(self) -> frozenset[str]:
        """Return the forms that go with several numbers, and so have to say which."""
        used = [self.form(n) for n in range(SMALL)]
        return frozenset(form for form in self.forms if used.count(form) > 1)


@cache
def parse_plural(text: str) -> Plural:
    """Return the rule that a language file gives; raise Refused for what is none, or leads to a form that is not there."""
    header = _HEADER.fullmatch(text)
    if header is None:
        raise _refusal(text)
    try:
        plural = Plural(form_names(int(header[1])), gettext.c2py(header[2]))
        for n in _TRIED:
            plural.form(n)
    except (ValueError, SyntaxError, RecursionError, MemoryError) as error:
        raise _refusal(text) from error
    return plural


def form_names(count: int) -> tuple[str, ...]:
    """Return the last part of the keys of a sentence in so many forms: two have names, others are numbered."""
    return ("one", "other") if count == 2 else tuple(map(str, range(count)))


def _refusal(text: str) -> Refused:
    return Refused(
        Text(f"{quoted(text, 60)} không phải là quy tắc số nhiều của gettext.",
             f"{quoted(text, 60)} is no plural rule of gettext."),
        Text(f"Chép dòng Plural-Forms của ngôn ngữ ấy, như: {USUAL_RULE}",
             f"Copy the line Plural-Forms of that language, such as: {USUAL_RULE}"),
    )  # fmt: skip
