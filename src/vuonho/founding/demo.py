"""A new project: the demo village unpacked into a folder of one's own."""

from pathlib import Path

from vuonho.founding.folder import fill_new_folder, in_language
from vuonho.founding.steps import FIRST_STEPS_FILE, render_first_steps
from vuonho.shipped import shipped

DEMO = "thon-vuon-mau"


def unpack_demo(target: Path, language: str = "vi") -> None:
    """Write the demo village as a project into `target`, which is made, or must be empty.

    Its own texts speak both languages; the workflow and the launcher that every project has, `language`.

    Raises Refused where something lies there already, MachineTrouble where it cannot be written; then nothing
    is left behind.
    """
    source = shipped("profiles")
    files = (path for path in sorted((source / DEMO).rglob("*")) if path.is_file())
    copies: dict[str, Path | bytes] = {
        f"profiles/{file.relative_to(source).as_posix()}": file
        for file in (source / "site.yaml", source / "codes.csv", *files)
    }
    own = {FIRST_STEPS_FILE: render_first_steps(DEMO), **in_language(language)}
    fill_new_folder(target, copies | own)
