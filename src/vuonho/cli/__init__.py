"""The command line: options in, one call, one summary out. The only place that prints."""

import signal
import sys
from typing import Final, NoReturn

_ENDINGS: Final = ("SIGTERM", "SIGHUP")
"""What asks a program to end besides Ctrl-C: a window that is closed, a computer that is shut down."""


def main() -> NoReturn:
    """Run the program and exit with its code; Ctrl-C, and all that asks for the end, is heard from the first moment."""
    try:
        _end_as_at_ctrl_c()
        from vuonho.cli.app import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


def _end_as_at_ctrl_c() -> None:
    """Let workers end too, and leave nothing half done; what the caller has us not heed (nohup) stays unheeded."""
    for name in _ENDINGS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)
