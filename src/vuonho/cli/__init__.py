"""The command line: options in, one call, one summary out. The only place that prints."""

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the program and exit with its code; Ctrl-C is heard from the first moment on."""
    try:
        from vuonho.cli.app import main as run  # noqa: PLC0415 - loading takes long enough to be stopped

        run()
    except KeyboardInterrupt:
        sys.exit(130)
