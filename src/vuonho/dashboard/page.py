"""The dashboard as a page to print, written where only the team finds it."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from vuonho.domain.standing.standing import Standing
from vuonho.output.files import write_file
from vuonho.output.lock import locked
from vuonho.output.privatepage import page_target
from vuonho.render.pages.statuspage import render_status
from vuonho.shipped import shipped


def write_page(root: Path, standing: Standing, out: str, language: str, on_wait: Callable[[], None]) -> Path:
    """Return the file that was written; raise Refused for one that may not be, MachineTrouble, nothing changed."""
    target = page_target(root, out)
    folders = tuple(folder for folder in (root / "templates", shipped("templates")) if folder.is_dir())
    content = render_status(standing, folders, language)
    within = target.parent.resolve().is_relative_to(root.resolve())
    with (
        locked(root, on_wait=on_wait) if within else nullcontext()
    ):  # a project that cannot be written has no lock
        write_file(target, content)
    return target
