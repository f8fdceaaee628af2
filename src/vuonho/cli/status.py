"""`vuonho status`: how every village stands, and what each of the three has to do next."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from textwrap import wrap
from typing import Final

import click

from vuonho.cli.commands import command, flag, option, path_in, require_project, this_day
from vuonho.cli.console import Console
from vuonho.i18n import Text
from vuonho.model.values import say_day
from vuonho.status.model import Home, ProjectStatus, VillageStatus, count
from vuonho.status.status import project_status, write_page
from vuonho.status.tasks import (
    ALL_COMPLETE,
    HEADINGS,
    HOMES,
    LACKING,
    NOBODY,
    NOTHING_TO_DO,
    TOTAL,
    YOUTH,
    Duty,
    Item,
    Task,
    common_tasks,
    duties,
    facts,
    say_complete,
    say_state,
)

WIDTH: Final = 80
FEW: Final = 5
"""How many names of a task are shown where not all are wanted."""
SOME: Final = 10
"""How many households that are not complete are shown."""
_BAR: Final = 20
_NAME: Final = 30


@command(
    "status",
    Text(
        "The page to print (-o) names households and is for the team alone; it does not go "
        "into the website's folder.\n"
        "\n"
        "        Example: vuonho status -o standing.html"
    ),
)
@option("--village", Text("This village only (the name of its folder)."), Text("VILLAGE"))
@flag("--all, everything", Text("Name every household, leaving out none."))
@option("-o, out", Text("Write a page to print."), Text("FILE.html"))
def status_command(
    console: Console, folder: Path, village: str | None, everything: bool, out: str | None
) -> None:
    """Show how every village stands, and what each of the three has to do next."""
    root = require_project(folder)
    status = project_status(root, this_day(), village)
    if out is None:
        click.echo("\n".join(StatusReport(status, console.language, everything=everything).lines()))
        return
    where = path_in(root, write_page(root, status, out, console.language, on_wait=console.waiting))
    console.print(
        "Wrote {where}. Open it in a browser and print. It names households: for the team alone.", where=where
    )


class StatusReport:
    """One status in one language; `everything` names every household."""

    def __init__(self, status: ProjectStatus, language: str, *, everything: bool) -> None:
        self.status, self.language, self.everything = status, language, everything
        # The one who keeps the laptop has what is common to all villages first.
        self.duties = [
            replace(duty, tasks=(*common_tasks(status), *duty.tasks)) if duty.who == YOUTH else duty
            for duty in duties(status, status.villages)
        ]

    def lines(self) -> Iterator[str]:
        """Yield the lines, coloured; whoever prints takes the colours off where no terminal is."""
        day, title = say_day(self.status.day), self.status.title
        heading = Text("Standing on {day}: {title}", day=day, title=title)
        yield _bold(cut(self._say(heading), WIDTH))
        yield ""
        yield from self._table()
        yield ""
        yield from self._overview()
        for duty in self.duties:
            yield from self._duty(duty)
        yield ""
        yield from self._lacking()
        lacking = sum(len(village.lacking) for village in self.status.villages)
        longest = max((len(task.items) for duty in self.duties for task in duty.tasks), default=0)
        if not self.everything and (lacking > SOME or longest > FEW):
            yield ""
            yield self._say(Text("All names: vuonho status --all. To print: vuonho status -o standing.html"))

    def _say(self, text: Text) -> str:
        return text.to(self.language)

    def _table(self) -> Iterator[str]:
        villages = self.status.villages
        rows = [[self._say(heading) for heading in HEADINGS]]
        rows += [[village.name, *map(str, village.counts)] for village in villages]
        if len(villages) > 1:
            rows.append([self._say(TOTAL), *map(str, count(self.status.homes))])
        above, below = zip(*(heading.rpartition("\n")[::2] for heading in rows[0]), strict=True)
        first, second, *others = table([above, below, *rows[1:]])
        yield _bold(first)
        yield _bold(second)
        yield from others

    def _overview(self) -> Iterator[str]:
        counts = count(self.status.homes)
        full = counts.percent * _BAR // 100
        bar = "█" * full + "░" * (_BAR - full)
        yield from self._row(HEADINGS[2], f"{bar} {self._say(say_complete(counts))}", is_fine=True)
        for label, words, is_fine in facts(self.status):
            yield from self._row(label, self._say(words), is_fine=is_fine)

    def _row(self, label: Text, words: str, *, is_fine: bool) -> Iterator[str]:
        for line in wrapped(words.split(" "), self._say(label).ljust(10), " " * 10):
            yield line if is_fine else click.style(line, fg="yellow")

    def _duty(self, duty: Duty) -> Iterator[str]:
        yield ""
        yield _bold(self._say(duty.who))
        if not duty.tasks:
            yield f"  {self._say(NOTHING_TO_DO)}"
        for task in duty.tasks:
            yield from self._task(task)

    def _task(self, task: Task) -> Iterator[str]:
        many = f" ({self._say(task.how_many)})" if task.items else ""
        words = f"{self._say(task.what)}{many}".split(" ")
        yield from wrapped([*words, *((f"→ {task.command}",) if task.command else ())], "  - ", "    ")
        shown = task.items if self.everything else task.items[:FEW]
        names = [self._item(item) + ";" * (item is not task.items[-1]) for item in shown]
        if rest := len(task.items) - len(shown):
            names.append(self._say(_more(rest, task.unit)))
        if names:
            yield from wrapped(names, "    ", "    ")

    def _item(self, item: Item) -> str:
        more = self._say(item.more)
        return " ".join(part for part in (item.code, item.name, f"({more})" if more else "") if part)

    def _lacking(self) -> Iterator[str]:
        lacking = [(village, home) for village in self.status.villages for home in village.lacking]
        if not lacking:
            yield self._say(ALL_COMPLETE if self.status.homes else NOBODY)
            return
        shown = lacking if self.everything else lacking[:SOME]
        yield _bold(self._say(LACKING))
        codes = max(len(home.code) for _, home in shown)
        names = min(_NAME, max(len(cut(home.label, _NAME)) for _, home in shown))
        before: VillageStatus | None = None
        for village, home in shown:
            if village is not before and len(self.status.villages) > 1:
                yield f"  {village.name}"
            before = village
            yield from self._home(home, codes, names)
        if rest := len(lacking) - len(shown):
            yield f"  {self._say(_more(rest, HOMES))}"

    def _home(self, home: Home, codes: int, names: int) -> Sequence[str]:
        percent = "" if home.percent is None else f"{home.percent} %"
        first = f"  {home.code.ljust(codes)} {cut(home.label, names).ljust(names)} {percent:>5}  "
        return wrapped(self._say(say_state(home)).split(" "), first, " " * len(first))


def _more(count: int, unit: Text) -> Text:
    return Text("… and {count} more", count=count, unit=unit)


def _bold(text: str) -> str:
    return click.style(text, bold=True)


# --- Text in columns: composed, a letter of Vietnamese is one character and takes one cell ---


def cut(text: str, cells: int) -> str:
    """Return a text of at most so many cells, with … in place of what does not fit."""
    text = unicodedata.normalize("NFC", text)
    return text if len(text) <= cells else f"{text[: cells - 1].rstrip()}…"


def wrapped(pieces: Iterable[str], first: str, then: str) -> list[str]:
    """Return pieces of text in lines; a piece is broken only where no line can hold it.

    `first` begins the first line, `then` the others.
    """
    room = WIDTH - len(then)
    whole = (unicodedata.normalize("NFC", piece) for piece in pieces)
    text = " ".join(piece if len(piece) > room else piece.replace(" ", "\u00a0") for piece in whole)
    lines = wrap(text, WIDTH, initial_indent=first, subsequent_indent=then, break_on_hyphens=False)
    return [line.replace("\u00a0", " ") for line in lines]


def table(rows: Sequence[Sequence[str]], gap: int = 2) -> list[str]:
    """Return rows as lines: the first column of words at the left and cut to fit, all others of figures."""
    first, *others = (
        [unicodedata.normalize("NFC", cell) for cell in column] for column in zip(*rows, strict=True)
    )
    widths = [max(map(len, column)) for column in others]
    room = min(max(map(len, first)), WIDTH - sum(widths) - gap * len(widths))
    figures = zip(*others, strict=True)
    return [
        "".join(
            (
                cut(name, room).ljust(room),
                *(one.rjust(wide + gap) for one, wide in zip(row, widths, strict=True)),
            )
        ).rstrip()
        for name, row in zip(first, figures, strict=True)
    ]
