"""What the command line says, in the language chosen, on a terminal or elsewhere."""

import os
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import click

from vuonho.bilingual import Text, visible
from vuonho.errors import Refused

LANGUAGES = ("vi", "en")
_HEED = "Lưu ý:"
_WITH_YES = Text("Xem đúng rồi thì chạy lại với --yes.", "If this is right, run again with --yes.")
_YES = frozenset({"c", "co", "có", "y", "yes", "vâng", "vang", "ừ", "dạ", "da", "ok"})
_NO = frozenset({"", "k", "ko", "khong", "không", "thôi", "thoi", "n", "no"})


@dataclass(frozen=True, slots=True)
class Speech:
    """The voice of one run: `language` is "vi" or "en"."""

    language: str

    def tell(self, text: Text) -> None:
        """Print a sentence of the result."""
        click.echo(shown(text.to(self.language)))

    def cheer(self, text: Text) -> None:
        """Print that all went well."""
        click.secho(shown(text.to(self.language)), fg="green", color=colours())

    def note(self, text: Text) -> None:
        """Print a sentence beside the result, where it does not get into a pipe; one to be heeded in yellow."""
        colour = "yellow" if text.vi.startswith(_HEED) else None
        click.secho(shown(text.to(self.language)), err=True, fg=colour, color=colours())

    @property
    def is_watched(self) -> bool:
        """True where somebody looks at a terminal, and not a file or nothing."""
        is_plain = os.environ.get("TERM") == "dumb"  # it cannot write over what it has written
        return sys.stderr is not None and sys.stderr.isatty() and not is_plain

    @property
    def can_ask(self) -> bool:
        """True where somebody sits at a terminal and can answer."""
        return sys.stdin is not None and sys.stdin.isatty()

    def ask(self, question: Text) -> bool:
        """Return whether the answer is yes; nothing is no, and whatever is neither is asked again."""
        how = Text("Gõ c là có; chỉ nhấn Enter là không: ", "Type y for yes; Enter alone is no: ")
        said = f"{shown(question.to(self.language))} {how.to(self.language)}"
        while True:
            typed = click.prompt(said, default="", show_default=False, prompt_suffix="", err=True)
            answer = unicodedata.normalize("NFC", str(typed).strip(" .!").lower())
            if answer in _YES or answer in _NO:
                return answer in _YES

    def confirm(self, question: Text, *, yes: bool, otherwise: Text) -> bool:
        """Return whether something that cannot be taken back is to be done; `yes` says so without a question.

        `otherwise` is what is said where it is not. Raises Refused where nobody can be asked.
        """
        if yes:
            return True
        if not self.can_ask:
            raise Refused(otherwise, _WITH_YES)
        if not self.ask(question):
            self.tell(otherwise)
            return False
        return True

    @contextmanager
    def progress(self, what: Text, steps: int) -> Iterator[Callable[[], None]]:
        """Give a function that counts one step; a bar on a terminal, nothing elsewhere."""
        if steps < 2 or not self.is_watched:
            yield lambda: None
            return
        label = what.to(self.language).ljust(8)
        with click.progressbar(length=steps, label=label, file=sys.stderr, width=30) as bar:
            yield lambda: bar.update(1)


def shown(text: str) -> str:
    """Return what is said as a terminal may show it: whatever it repeats from outside steers nothing."""
    return "\n".join(map(visible, text.split("\n")))


def choose_language(arguments: Sequence[str]) -> str:
    """Return the language of `--lang`, else of VUONHO_LANG, else Vietnamese."""
    wanted = os.environ.get("VUONHO_LANG", "")
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument.startswith("--lang="):
            wanted = argument.removeprefix("--lang=")
        elif argument == "--lang":
            wanted = "".join(arguments[position + 1 : position + 2])
    return "en" if wanted.strip().lower().startswith("en") else "vi"


def colours() -> bool | None:
    """Return False where nobody wants colours or the terminal has none; else None: each stream knows by itself."""
    return False if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" else None


def speak_utf8() -> None:
    """Let Vietnamese through whatever the console's code page is."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
