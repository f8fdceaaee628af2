"""The guides: Markdown for those who live in the village, in `guides/`, a file in each language."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from vuonho.errors import Problem, Severity
from vuonho.i18n import Text
from vuonho.model.public import GuideText, PublicGuide
from vuonho.model.settings import Guide
from vuonho.model.values import say_day
from vuonho.output.files import printable
from vuonho.project.files import parse_file, read_text
from vuonho.project.profile import read_record
from vuonho.resources import shipped
from vuonho.text import is_portable

FOLDER: Final = "guides"
A_YEAR: Final = timedelta(days=365)
_NAME: Final = re.compile(r"([a-z0-9][a-z0-9-]{0,59})(?:\.([a-z]{2,3}))?\.md")
_HEAD: Final = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_VIETNAMESE: Final = "vi"
_FIRST: Final = (
    "lua-dao",
    "bi-lua",
    "ma-qr",
    "giu-dien-thoai",
    "vneid",
    "dich-vu-cong",
    "tra-tien",
    "ban-hang",
)
"""The order of the list: what is in a hurry, then what is asked most. A project's others follow by their names."""


def read_guides(root: Path) -> tuple[tuple[PublicGuide, ...], tuple[Problem, ...]]:
    """Return (guides in the order of lists, problems): those of the project, and the shipped ones that it has no own of.

    A translation goes with the text that it translates: with a project's own text the shipped one is left out.
    """
    own, problems = _found(root / FOLDER)
    files = {name: found for name, found in _found(shipped(FOLDER))[0].items() if name not in own} | own
    guides = []
    for name in sorted(files, key=lambda one: (_FIRST.index(one) if one in _FIRST else len(_FIRST), one)):
        texts = files[name]
        read = {}
        for tag, path in sorted(texts.items(), key=lambda one: (one[0] != _VIETNAMESE, one[0])):
            text, wrong = _read(path, f"{FOLDER}/{path.name}", tag)
            problems += wrong
            if text:
                read[tag] = text
        if _VIETNAMESE not in texts:
            file = f"{FOLDER}/{next(iter(texts.values())).name}"
            message = Text("This guide has no Vietnamese text.")
            problems.append(
                Problem("", message, Text("Write it into {file}", file=f"{FOLDER}/{name}.md"), file=file)
            )
        if read:
            guides.append(PublicGuide(name, tuple(read.values())))
    known = {guide.name for guide in guides}
    return tuple(guides), (*problems, *_astray(guides, known))


def _found(folder: Path) -> tuple[dict[str, dict[str, Path]], list[Problem]]:
    """Return the files of a folder by name and language, and what is wrong with the names of others."""
    files: dict[str, dict[str, Path]] = {}
    problems = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith((".", "~")) or path.suffix.lower() not in (".md", ".markdown"):
            continue
        if (found := _NAME.fullmatch(path.name)) and is_portable(path.name):
            files.setdefault(found[1], {})[found[2] or _VIETNAMESE] = path
        else:
            message = Text("This is no name for a guide, so it is not shown.")
            hint = Text(
                "Write it with small letters without accents, digits and hyphens, such as: lua-dao.md"
            )
            problems.append(Problem("", message, hint, Severity.WARNING, f"{FOLDER}/{printable(path.name)}"))
    return files, problems


def _read(path: Path, file: str, tag: str) -> tuple[GuideText | None, tuple[Problem, ...]]:
    from vuonho.pages.markdown import faults

    text, problems = read_text(path, file)
    if text is None:
        return None, problems
    head = _HEAD.match(text)
    if head is None:
        message = Text("A guide begins with its title, the day on which it was checked, and its sources.")
        hint = Text(
            "Begin the file so: a line “---”, then title: …, checked: 20/11/2026, source: […], and “---” again."
        )
        return None, (Problem("", message, hint, file=file, line=1, column=1),)
    tree, problems = parse_file("\n" + head[1], file)  # the first line is that of the hyphens
    if tree is None:
        return None, problems
    guide, wrong = read_record(Guide, tree, file)
    if guide and not guide.source:
        message = Text("The guide names no source.")
        hint = Text("Write where its facts come from, and their day.")
        wrong = (Problem("source", message, hint).at(tree, file),)
    body, before = text[head.end() :], text.count("\n", 0, head.end())
    wrong += tuple(
        Problem("", fault.message, fault.hint, file=file, line=before + line, column=1)
        for line, fault in faults(body)
    )
    if guide is None or wrong:
        return None, (*problems, *wrong)
    return GuideText(tag, guide.title, guide.checked, guide.source, body), problems


def _astray(guides: list[PublicGuide], known: set[str]) -> Iterator[Problem]:
    """Yield where a guide leads to one that there is not."""
    for guide in guides:
        for text in guide.texts:
            for name in re.findall(r"\]\(\.\./([a-z0-9-]+)/\)", text.body):
                if name not in known:
                    message = Text("There is no guide {name}.", name=name)
                    hint = Text("Those that there are: {names}", names=", ".join(sorted(known)))
                    suffix = "" if text.tag == _VIETNAMESE else f".{text.tag}"
                    yield Problem("", message, hint, file=f"{FOLDER}/{guide.name}{suffix}.md")


def aged(guides: tuple[PublicGuide, ...], today: date) -> Iterator[Problem]:
    """Yield a warning for each guide that nobody has checked for a year."""
    for guide in guides:
        oldest = min(guide.texts, key=lambda text: text.checked)
        if today - oldest.checked > A_YEAR:
            suffix = "" if oldest.tag == _VIETNAMESE else f".{oldest.tag}"
            message = Text(
                "This guide was checked on {day}, more than a year ago.", day=say_day(oldest.checked)
            )
            hint = Text(
                "Look at its sources again, correct it, and write the day of today at checked. One of the program "
                "itself is copied first (vuonho templates --copy {file}).",
                file=f"{FOLDER}/{guide.name}{suffix}.md",
            )
            yield Problem(
                "checked", message, hint, Severity.WARNING, f"{FOLDER}/{guide.name}{suffix}.md", 1, 1
            )
