"""The documentation holds together: links lead somewhere, promises name tests, and commands that it names exist."""

import csv
import re
import runpy
import shlex
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from urllib.parse import unquote

import click

from case_kit import each
from command_kit import ROOT
from vuonho.cli.app import program
from vuonho.plaques import sizes

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
INLINE = re.compile(r"`((?:py -m )?vuonho [^`\n]+)`")
TYPED = re.compile(r"^(?:\$ )?((?:py -m )?vuonho .+)$", re.MULTILINE)
BLANK = "…"
each_page = each("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def anchors_of(page: Path) -> set[str]:
    """Return where links into a page may lead: its headings as GitHub names them, and anchors of its own."""
    text = FENCE.sub("", text_of(page))
    names: list[str] = []
    for heading in re.findall(r"^#{1,6} (.+)$", text, re.MULTILINE):
        shown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        name = re.sub(r"[^\w\- ]", "", shown).replace(" ", "-")
        names.append(f"{name}-{names.count(name)}" if name in names else name)
    return {*names, *re.findall(r'<a id="([^"]+)"></a>', text)}


@each_page
def test_every_link_leads_somewhere(page: Path) -> None:
    """To a file of the repository, in its own letter case, and to a heading that is there."""
    dead = []
    for link in LINK.findall(FENCE.sub("", text_of(page))):
        if re.match(r"https?:|mailto:", link):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path).resolve() if path else page
        is_there = target.exists() and target.name in {one.name for one in target.parent.iterdir()}
        if not is_there or (anchor and target.suffix == ".md" and anchor not in anchors_of(target)):
            dead.append(link)
    assert dead == []


def test_promises_name_tests_that_are_there() -> None:
    """All fifteen, each with two or more, and every name is that of the file it leads to."""
    rows = re.findall(r"^\| (\d+) \|.*$", text_of(ROOT / "docs/promises.md"), re.MULTILINE)
    assert [int(number) for number in rows] == list(range(1, 16))
    for line in text_of(ROOT / "docs/promises.md").splitlines():
        links = re.findall(r"\[(test_\w+)\]\((\S+)\)", line)
        assert len(links) >= 2 or not re.match(r"\| \d", line), line
        assert [name for name, path in links if Path(path).name != f"{name}.py"] == []
        assert [path for _, path in links if not (ROOT / "docs" / path).resolve().is_file()] == []


CODE = sorted(
    path for folder in ("src", "tests", "docs", "benchmarks") for path in (ROOT / folder).rglob("*.py")
)
KEPT = {page.name for page in PAGES} | {page.name for page in (ROOT / "tests").rglob("*.md")}
REMARK = re.compile(r'"""(?:.|\n)*?"""|#.*')
NOWHERE = re.compile(r"\b[Ss]ection \d+\b|\bthe contract\b")
"""Words that lead to a document that is not here."""


def remarks_of(path: Path) -> str:
    """Return what a file of code says of itself; the rest may make up any name."""
    return " ".join(REMARK.findall(text_of(path)))


def test_code_names_no_document_that_is_not_here() -> None:
    """Whoever reads of a page, in a comment or beside a figure, finds it in the repository."""
    astray = [
        f"{path.relative_to(ROOT).as_posix()}: {found}"
        for path in (*CODE, ROOT / "docs/extending.md")
        if path != Path(__file__)
        for found in (
            *(name for name in re.findall(r"[\w-]+\.md\b", remarks_of(path)) if name not in KEPT),
            *NOWHERE.findall(text_of(path)),
        )
    ]
    assert astray == []


def line_to_add(heading: str) -> str:
    """Return the line that a section of docs/extending.md has to be pasted."""
    _, _, after = text_of(ROOT / "docs/extending.md").partition(f"## {heading}\n")
    fence = FENCE.search(after)
    assert fence is not None
    return fence[0].split("\n")[1]


def test_a_crop_can_be_pasted() -> None:
    """The line has the columns of the table."""
    heading, *rows = csv.reader(text_of(ROOT / "src/vuonho/model/catalogue.csv").splitlines())
    (new,) = csv.reader([line_to_add("A crop or an animal")])
    assert len(new) == len(heading)
    assert new[0] in {row[0] for row in rows}
    assert new[5] in {row[5] for row in rows}


def test_a_sheet_of_labels_can_be_pasted() -> None:
    """As it stands, between two others of its list, and it is one thing like them."""
    line = line_to_add("A plaque or a sheet of labels")
    (new,) = eval(f"{{{line}}}", vars(sizes).copy()).values()  # noqa: S307 - our own page
    assert isinstance(new, sizes.Layout)


def test_every_folder_is_in_the_plan_of_the_house() -> None:
    """Each folder and each module beside them is named there, and no path there leads nowhere."""
    plan = text_of(ROOT / "docs/architecture.md")
    source = ROOT / "src/vuonho"
    places = [one.stem for one in source.iterdir() if one.is_dir() or one.suffix == ".py"]
    assert [name for name in places if not name.startswith("_") and not re.search(rf"\b{name}\b", plan)] == []
    named = re.findall(r"`(?:src/vuonho/)?([a-z_]+/[a-z_/]+\.py)`", plan)
    assert [name for name in named if not any((home / name).exists() for home in (source, ROOT))] == []


# --- Commands ----------------------------------------------------------------------------------------------------


def calls_in(text: str) -> Iterator[list[str]]:
    """Yield the words of every call of the program that a page names, in the text or in a fence."""
    typed = (call for fence in FENCE.findall(text) for call in TYPED.findall(fence))
    for call in (*INLINE.findall(FENCE.sub("", text)), *typed):
        words = shlex.split(call.replace("\\", "\\\\"), comments=True)
        yield words[words.index("vuonho") + 1 :]


def problem_with(words: list[str]) -> str | None:
    """Return what is wrong with a call: an unknown command or option; values may be blanks to be filled in."""
    own = list(takewhile(lambda word: word.startswith("-"), words))
    valued = {name for param in program.params if not getattr(param, "is_flag", False) for name in param.opts}
    if own and own[0] in valued:
        own = words[:2]
    name, *rest = [*words[len(own) :], ""]
    if name in ("", BLANK, "LỆNH", "--help"):
        return None
    command = program.get_command(click.Context(program), name.strip("…."))
    if command is None:
        return f"no command {name}"
    options = {name for param in command.params for name in (*param.opts, *param.secondary_opts)} | {"--help"}
    wrong = [word for word in rest if re.match(r"--?[a-z]", word) and word.partition("=")[0] not in options]
    return f"{name}: {wrong}" if wrong else None


@each_page
def test_every_command_that_is_named_exists(page: Path) -> None:
    """With its options, whether the page runs it or only speaks of it."""
    assert [found for words in calls_in(text_of(page)) if (found := problem_with(words))] == []


def test_the_reference_of_commands_is_of_today() -> None:
    """After a change to a command or its help: python docs/commands.py"""
    made = runpy.run_path(str(ROOT / "docs/commands.py"))["render_commands"]()
    assert text_of(ROOT / "docs/commands.md") == made


def test_messages_that_the_handbook_explains_are_said() -> None:
    """Each of its tables of messages stands in the program, word for word but for what is filled in."""
    told = re.findall(r"^\| “(.+?)” \|", text_of(ROOT / "docs/so-tay.md"), re.MULTILINE)
    source = "".join(
        text_of(path) for kind in ("*.py", "*.po") for path in sorted((ROOT / "src").rglob(kind))
    )
    said = re.sub(r'"\s*\n\s*f?"', "", source)
    missing = [
        message
        for message in told
        if not all(part.strip(" .“”()") in said for part in message.split(BLANK) if len(part.strip()) > 3)
    ]
    assert len(told) > 25
    assert missing == []
