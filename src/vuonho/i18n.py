"""One sentence of the program in its two languages."""

from typing import NamedTuple


class Text(NamedTuple):
    """A sentence or label in Vietnamese and English."""

    vi: str
    en: str

    def to(self, language: str) -> str:
        """Return the English for "en", the Vietnamese for anything else."""
        return self.en if language == "en" else self.vi


def visible(text: str) -> str:
    """Return a text of one line with a box for each sign that cannot be seen.

    Some of them steer a terminal or turn the reading direction, and a line end begins a line that nobody said: what
    comes from outside (a server, a QR code, the name of a file) may hold any.
    """
    return "".join(sign if sign.isprintable() else "□" for sign in text)


def within(label: str) -> str:
    """Return a label as it stands within a sentence; an abbreviation such as OCOP stays as it is."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


NOTHING = Text("", "")
