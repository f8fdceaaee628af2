"""Free text as a family or team wrote it, in one language or several."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LocalText:
    """The same words in one or more languages: pairs of (language tag, text), Vietnamese first."""

    entries: tuple[tuple[str, str], ...]

    def to(self, language: str) -> tuple[str, str]:
        """Return (text, its language): the wanted language where it was written, else the first that was."""
        for tag, text in self.entries:
            if tag == language:
                return text, tag
        tag, text = self.entries[0]
        return text, tag

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of every language."""
        return tuple(text for _, text in self.entries)
