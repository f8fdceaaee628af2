"""A shipped template, style sheet, script, drawing, wording or guide copied into a project, to be changed there."""

from collections.abc import Callable
from pathlib import Path

from vuonho.errors import UserError
from vuonho.i18n import Text
from vuonho.model.values import quoted
from vuonho.output.files import in_words, write_file
from vuonho.output.lock import locked
from vuonho.project.guides import FOLDER as GUIDES
from vuonho.resources import shipped
from vuonho.text import nearest


def template_names() -> tuple[str, ...]:
    """Return the names of all that a project may have in a version of its own, such as "household.html"."""
    folder, guides = shipped("templates"), shipped(GUIDES)
    paths = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    names = [path.relative_to(folder).as_posix() for path in paths]
    return tuple(sorted((*names, *(f"{GUIDES}/{path.name}" for path in guides.glob("*.md")))))


def copy_template(root: Path, name: str, on_wait: Callable[[], None]) -> Path:
    """Return the project's own copy of a shipped template, made now.

    Raises UserError for a name that none has, or where the project has one already, MachineError.
    """
    names = template_names()
    if name not in names:
        near = nearest(name, names)
        raise UserError(
            Text("There is no template {name}.", name=quoted(name)),
            Text("Did you mean {near}? All of them: vuonho templates", near=near)
            if near
            else Text("All of them: vuonho templates"),
        )
    guide = name.startswith(f"{GUIDES}/")
    target = root / name if guide else root / "templates" / name
    with locked(root, on_wait=on_wait):
        if target.exists():
            raise UserError(
                Text("The project has its own {name} already.", name=target.relative_to(root).as_posix()),
                Text("Delete or rename that one first, if it is not wanted any more."),
            )
        with in_words(target):
            target.parent.mkdir(parents=True, exist_ok=True)
        write_file(
            target, (shipped(GUIDES).parent / name if guide else shipped("templates") / name).read_bytes()
        )
    return target
