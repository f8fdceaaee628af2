"""One sentence of the program in its two languages.

What the program says stands in both languages where it is said, so that neither can be forgotten.
(The wording of the public pages is another matter: it lives in `templates/languages/`.)
"""

from typing import NamedTuple


class Text(NamedTuple):
    """A sentence or label in Vietnamese and English."""

    vi: str
    en: str

    def to(self, language: str) -> str:
        """Return the English for "en", the Vietnamese for anything else."""
        return self.en if language == "en" else self.vi


NOTHING = Text("", "")
