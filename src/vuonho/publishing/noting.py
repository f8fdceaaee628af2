"""The repository noted in `site.yaml`, so that nobody needs to name it again; all else there stays to the letter."""

from collections.abc import Callable
from pathlib import Path

from vuonho.intake.files import read_tree
from vuonho.intake.folder import SITE_FILE
from vuonho.intake.profiletext.edit import told, with_values
from vuonho.output.batch import write_together
from vuonho.output.lock import locked
from vuonho.output.troubles import in_words
from vuonho.output.writing.recovery import recover
from vuonho.publishing.target import Target


def has_pages(root: Path) -> bool:
    """Tell whether the settings have their lines for the repository, filled in or not."""
    tree, _ = read_tree(root / SITE_FILE, SITE_FILE)
    return tree is not None and tree.get("pages") is not None


def note_target(root: Path, target: Target, on_wait: Callable[[], None]) -> None:
    """Write repository and branch into the settings; raise Refused for a file that only a person can edit, MachineTrouble."""
    path = root / SITE_FILE
    with locked(root, on_wait=on_wait):
        recover(root)
        with in_words(path):
            before = path.read_bytes()
        values = told(before)
        known = values.get("pages")
        pages = dict(known) if isinstance(known, dict) else {}
        pages |= {"repository": target.repository.url, "branch": target.branch}
        write_together(root, {path: with_values(before, {**values, "pages": pages})})
