"""`vuonho window`, and `vuonho` alone in a project's folder: the team's window."""

import gc
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

import click

from vuonho.cli.commands import command, flag, latest_day, option, this_moment
from vuonho.cli.console import Console
from vuonho.i18n import Text
from vuonho.output.files import things_in

PORT: Final = 8400
"""Where no site is ever shown: what a site's pages keep in a browser, they keep by host and port."""


def is_for_window(folder: Path) -> bool:
    """Tell whether `vuonho` alone opens the window here: in a project, or where one can be begun."""
    try:
        return (folder / "profiles").is_dir() or not things_in(folder)
    except OSError:
        return False


@command(
    "window",
    Text(
        "It opens in the browser, for this computer alone. In an empty folder it begins a new project.\n"
        "\n"
        "        Example: vuonho window"
    ),
)
@option("--port", Text("The port (else 8400, or the next that is free)."), "P", type=click.IntRange(0, 65535))
@flag("--no-open, stays", Text("Do not open the browser."))
def window_command(console: Console, folder: Path, port: int | None, stays: bool) -> None:
    """Open the team's window, until somebody closes it."""
    from vuonho.serve.server import LOOPBACK, open_server
    from vuonho.window.app import create_app
    from vuonho.window.page import standing
    from vuonho.window.team import Team

    root = Path(os.path.abspath(folder))  # noqa: PTH100 - links stay as they are
    team = Team(root, console.language, this_moment, latest_day)
    with open_server(create_app(team), port, lan=False, first=PORT) as server:
        server.start()
        address = f"http://{LOOPBACK}:{server.port}/{team.secret}/"
        console.print("The window is open in the browser: {address}", address=address)
        console.print("Leave this one open while you work. To end: Ctrl-C, or “Close” in the window.")
        if not stays:
            click.launch(address)
        try:
            with suppress(Exception):  # the page says what is wrong
                standing(team)  # read while the browser opens
            gc.freeze()  # it stays as long as the window, and need not be looked through for what can go
            while not team.over.wait(1):
                pass
        finally:
            gc.unfreeze()
            team.end()
    console.print("The window is closed.")
