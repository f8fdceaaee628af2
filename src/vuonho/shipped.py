"""The templates and the demo village that come with the program.

In an installed wheel they lie beside this module; in the repository, and with an editable install, at its top.
"""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Return the folder `templates` or `profiles` that came with the program."""
    beside = _HERE / name
    return beside if beside.is_dir() else _HERE.parent.parent / name
