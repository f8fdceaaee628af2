"""`vuonho status`: how every village stands, and what each of the three has to do next."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import click

from vuonho.cli.app import SpokenCommand
from vuonho.cli.console import WIDTH, Speech, cut, left, right, table, width, wrapped
from vuonho.cli.options import common, project_folder, this_day
from vuonho.i18n import Text
from vuonho.model.dates import say_day
from vuonho.status.standing import Home, Standing, VillageStanding, count
from vuonho.status.status import stand, write_page
from vuonho.status.tasks import (
    ALL_COMPLETE,
    BACKUP,
    BESIDES,
    HEADINGS,
    HOMES,
    LACKING,
    NOBODY,
    NOTE,
    NOTHING_TO_DO,
    PROFILES,
    SITE,
    TOTAL,
    Duty,
    Item,
    Task,
    common_tasks,
    duties,
    figures,
    say_backup,
    say_complete,
    say_errors,
    say_left,
    say_more,
    say_site,
    say_state,
)

# --- The dashboard as a terminal of 80 columns shows it ---

FEW: Final = 5
"""How many names of a task are shown where not all are wanted."""
SOME: Final = 10
"""How many households that are not complete are shown."""
_BAR: Final = 20
_NAME: Final = 30


class Dashboard:
    """One standing in one language; `everything` names every household."""

    def __init__(self, standing: Standing, language: str, *, everything: bool) -> None:
        self.standing, self.language, self.everything = standing, language, everything

    def lines(self) -> Iterator[str]:
        """Yield the lines, coloured; whoever prints takes the colours off where no terminal is."""
        standing = self.standing
        day, title = say_day(standing.day), standing.title
        yield _bold(
            cut(
                self._say(Text(f"Tình hình ngày {day.vi}: {title.vi}", f"Standing on {day.en}: {title.en}")),
                WIDTH,
            )
        )
        yield ""
        yield from self._table()
        yield ""
        yield from self._overview()
        for duty in self._duties():
            yield from self._duty(duty)
        yield ""
        yield from self._lacking()
        if self._is_shortened():
            yield ""
            yield self._say(_ALL)

    def _is_shortened(self) -> bool:
        """Tell whether names were left out."""
        tasks = [task for duty in self._duties() for task in duty.tasks]
        lacking = sum(len(village.lacking) for village in self.standing.villages)
        return not self.everything and (lacking > SOME or any(len(task.items) > FEW for task in tasks))

    def _say(self, text: Text) -> str:
        return text.to(self.language)

    # --- Figures ---------------------------------------------------------------------------------------------

    def _table(self) -> Iterator[str]:
        villages = self.standing.villages
        rows = [[self._say(heading) for heading in HEADINGS]]
        rows += [[village.name, *map(str, figures(village.counts))] for village in villages]
        if len(villages) > 1:
            rows.append([self._say(TOTAL), *map(str, figures(count(self.standing.homes)))])
        above, below = zip(*(heading.rpartition("\n")[::2] for heading in rows[0]), strict=True)
        first, second, *others = table([above, below, *rows[1:]])
        yield _bold(first)
        yield _bold(second)
        yield from others

    def _overview(self) -> Iterator[str]:
        standing, counts = self.standing, count(self.standing.homes)
        behind = len(standing.behind)
        full = counts.percent * _BAR // 100
        bar = "█" * full + "░" * (_BAR - full)
        is_site_fine = standing.is_built and not (behind or standing.is_stale or standing.still_shown)
        yield from self._row(HEADINGS[2], f"{bar} {self._say(say_complete(counts))}", is_fine=True)
        if gone := self._say(say_left(standing)):
            yield from self._row(BESIDES, gone, is_fine=True)
        yield from self._row(PROFILES, self._say(say_errors(standing)), is_fine=not standing.faulty)
        yield from self._row(SITE, self._say(say_site(standing, behind)), is_fine=is_site_fine)
        backup = self._say(say_backup(standing.backup, standing.day))
        yield from self._row(BACKUP, backup, is_fine=not standing.backup.is_old)
        for trouble in standing.troubles:
            yield from self._row(NOTE, self._say(trouble), is_fine=False)

    def _row(self, label: Text, words: str, *, is_fine: bool) -> Iterator[str]:
        for line in wrapped(words.split(" "), left(self._say(label), 10), " " * 10):
            yield line if is_fine else click.style(line, fg="yellow")

    # --- Who does what ---------------------------------------------------------------------------------------

    def _duties(self) -> Iterator[Duty]:
        """Yield the three; the one who keeps the laptop has what is common to all villages first."""
        for duty in duties(self.standing, self.standing.villages):
            yield duty.with_common(common_tasks(self.standing))

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
            names.append(self._say(say_more(rest, task.unit)))
        if names:
            yield from wrapped(names, "    ", "    ")

    def _item(self, item: Item) -> str:
        more = self._say(item.more)
        return " ".join(part for part in (item.code, item.name, f"({more})" if more else "") if part)

    # --- Who lacks what --------------------------------------------------------------------------------------

    def _lacking(self) -> Iterator[str]:
        lacking = [(village, home) for village in self.standing.villages for home in village.lacking]
        if not lacking:
            yield self._say(ALL_COMPLETE if self.standing.homes else NOBODY)
            return
        shown = lacking if self.everything else lacking[:SOME]
        yield _bold(self._say(LACKING))
        codes = max(width(home.code) for _, home in shown)
        names = min(_NAME, max(width(home.label) for _, home in shown))
        before: VillageStanding | None = None
        for village, home in shown:
            if village is not before and len(self.standing.villages) > 1:
                yield f"  {village.name}"
            before = village
            yield from self._home(home, codes, names)
        if rest := len(lacking) - len(shown):
            yield f"  {self._say(say_more(rest, HOMES))}"

    def _home(self, home: Home, codes: int, names: int) -> Sequence[str]:
        percent = "" if home.percent is None else f"{home.percent} %"
        first = f"  {left(home.code, codes)} {left(cut(home.label, names), names)} {right(percent, 5)}  "
        return wrapped(self._say(say_state(home)).split(" "), first, " " * width(first))


_ALL: Final = Text("Xem hết tên: vuonho status --all. Bản in: vuonho status -o tinh-hinh.html",
                   "All names: vuonho status --all. To print: vuonho status -o standing.html")  # fmt: skip


def _bold(text: str) -> str:
    return click.style(text, bold=True)


# --- `vuonho status`: how every village stands, and what each of the three has to do next ---

STATUS_HELP = Text(
    """Trang để in (-o) có tên các hộ, chỉ để trong tổ xem; không để vào thư mục của trang web.

    Ví dụ: vuonho status""",
    """The page to print (-o) names households and is for the team alone; it does not go into the website's folder.

    Example: vuonho status -o standing.html""",
)
_WAITING = Text("Đang chờ một lệnh vuonho khác chạy xong…", "Waiting for another vuonho to finish…")


def make_status(speech: Speech) -> click.Command:
    """Return the command in one language."""

    def say(vi: str, en: str) -> str:
        return Text(vi, en).to(speech.language)

    @click.command("status", cls=SpokenCommand, help=STATUS_HELP.to(speech.language))
    @click.option("--village", metavar=say("THÔN", "VILLAGE"),
                  help=say("Chỉ xem thôn này (tên thư mục).", "This village only (the name of its folder)."))  # fmt: skip
    @click.option("--all", "everything", is_flag=True,
                  help=say("Ghi tên tất cả các hộ, không rút gọn.", "Name every household, leaving out none."))  # fmt: skip
    @click.option("-o", "out", metavar=say("TỆP.html", "FILE.html"),
                  help=say("Ghi thành trang để in.", "Write a page to print."))  # fmt: skip
    @common(speech)
    @click.pass_context
    def status_command(
        context: click.Context, folder: Path | None, village: str | None, everything: bool, out: str | None
    ) -> None:
        root = project_folder(context, folder)
        standing = stand(root, this_day(), village)
        if out is None:
            click.echo("\n".join(Dashboard(standing, speech.language, everything=everything).lines()))
            return
        file = write_page(root, standing, out, speech.language, on_wait=lambda: speech.note(_WAITING))
        where = file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)
        speech.tell(Text(f"Đã ghi {where}. Mở bằng trình duyệt rồi in. Trong đó có tên các hộ, chỉ để trong tổ xem.",
                         f"Wrote {where}. Open it in a browser and print. It names households: for the team alone."))  # fmt: skip

    return status_command
