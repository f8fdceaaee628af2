"""The commands on their shelf: each is taken down when it is asked for, so that nobody waits for what others load."""

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from inspect import cleandoc
from typing import Final

import click

from vuonho.bilingual import Text
from vuonho.cli.speech import Speech

_MODULES: Final = {"import": "importing"}
"""Commands whose name is no name of a module."""


class Shelf(MutableMapping[str, click.Command]):
    """The commands by their names; the module of one is loaded by the first who looks it up.

    A command's help begins with what is said of it here, so that a list of all commands needs none of them.
    """

    def __init__(self, summaries: Mapping[str, Text], speech: Speech) -> None:
        self._summaries = {name: summary.to(speech.language) for name, summary in summaries.items()}
        self._speech = speech
        self._made: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        """Return a command; raise KeyError for a name that is none."""
        if name not in self._made:
            summary = self._summaries[name]
            module = import_module(f"vuonho.cli.{_MODULES.get(name, name)}")
            command: click.Command = module.make(self._speech)
            command.help = f"{summary}\n\n{cleandoc(command.help or '')}"
            self._made[name] = command
        return self._made[name]

    def summaries(self) -> list[tuple[str, str]]:
        """Return (name, what it does) of all, in their order."""
        return list(self._summaries.items())

    def __setitem__(self, name: str, command: click.Command) -> None:
        """Put a command on the shelf."""
        self._summaries[name] = command.get_short_help_str()
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        """Take a command off the shelf."""
        del self._summaries[name]
        self._made.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        """Yield the names in their order."""
        return iter(self._summaries)

    def __len__(self) -> int:
        """Return how many commands there are."""
        return len(self._summaries)
