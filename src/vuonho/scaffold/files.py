"""The texts that a new project comes with; they lie in `texts/`, as they are written but for line ends."""

from importlib import resources
from typing import Final

FIRST_STEPS_FILE: Final = "BAT-DAU.txt"
LAUNCHER_FILE: Final = "mo-vuonho.bat"
WORKFLOW_FILE: Final = ".github/workflows/site.yml"


def _text(name: str) -> str:
    return resources.files("vuonho").joinpath("scaffold", "texts", name).read_text(encoding="utf-8")


def render_first_steps(village: str, example: str = "") -> bytes:
    """Return the text for a project with the village in this folder; `example` is the file of an example household.

    UTF-8 with its mark and Windows line ends: any Notepad shows it right.
    """
    vi, en = (f"\n      Cách ghi: {example}", f"\n      As in: {example}") if example else ("", "")
    text = _text(FIRST_STEPS_FILE).format(village=village, example=vi, example_en=en)
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def render_launcher(language: str) -> bytes:
    """Return what a Windows user clicks: a window in the project's folder in which the commands work.

    UTF-8 without a mark, which cmd would take for a command; CR LF. cmd reads a file line by line in the code page of
    the moment: what comes after chcp 65001 may be UTF-8. pushd takes network folders too, where cd does not go. A
    macro of doskey stands in for the program where Scripts is not on PATH.
    """
    return _text(f"mo-vuonho.{language}.bat").replace("\n", "\r\n").encode("utf-8")


def render_workflow(language: str) -> bytes:
    """Return `site.yml`, with which a private repository checks, builds, proves and publishes its project."""
    return _text(f"site.{language}.yml").encode("utf-8")


def in_every_project(language: str) -> dict[str, bytes]:
    """Return what every project has, by its path in it."""
    return {
        ".gitignore": _text("gitignore.txt").encode("utf-8"),
        "site/.gitignore": b"*\n!.gitignore\n",
        "templates/README.txt": _text("templates-README.txt").encode("utf-8"),
        WORKFLOW_FILE: render_workflow(language),
        LAUNCHER_FILE: render_launcher(language),
    }
