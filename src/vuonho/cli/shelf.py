"""The commands on their shelf: each is taken down when it is asked for, so that nobody waits for what others load."""

from collections.abc import Iterator, MutableMapping, Sequence
from importlib import import_module
from typing import Final

import click

from vuonho.cli.speech import Speech

_MODULES: Final = {"import": "importing"}
"""Commands whose name is no name of a module."""


class Shelf(MutableMapping[str, click.Command]):
    """The commands by their names; the module of one is loaded by the first who looks it up."""

    def __init__(self, names: Sequence[str], speech: Speech) -> None:
        self._names = dict.fromkeys(names)
        self._speech = speech
        self._made: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        """Return a command; raise KeyError for a name that is none."""
        if name not in self._made:
            if name not in self._names:
                raise KeyError(name)
            module = import_module(f"vuonho.cli.{_MODULES.get(name, name)}")
            self._made[name] = module.make(self._speech)
        return self._made[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        """Put a command on the shelf."""
        self._names[name] = None
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        """Take a command off the shelf."""
        del self._names[name]
        self._made.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        """Yield the names in their order."""
        return iter(self._names)

    def __len__(self) -> int:
        """Return how many commands there are."""
        return len(self._names)
