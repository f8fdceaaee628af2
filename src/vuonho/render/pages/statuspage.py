"""The team's own page: how the project stands, who lacks what, who does what next; to print, and for nobody else.

It is no page of the site: no link leads to it, it needs no script, and its policy allows its one style sheet alone.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from vuonho.bilingual import Text
from vuonho.domain.standing import said
from vuonho.domain.standing.duties import common_tasks, duties
from vuonho.domain.standing.standing import Counts, Standing, VillageStanding, count
from vuonho.domain.standing.tasks import Task
from vuonho.domain.values import say_day
from vuonho.render.pages.dress import bare_dress
from vuonho.render.pages.templates import Templates

TEMPLATE: Final = "status.html"
_STYLE: Final = "_status.css"


def render_status(standing: Standing, template_folders: tuple[Path, ...], language: str) -> bytes:
    """Return the page in "vi" or "en"; raise VuonhoError where a template is at fault."""
    templates = Templates(template_folders)
    values = {"tag": language, "dress": bare_dress(templates, _STYLE), **_Page(standing, language).values()}
    return templates.render(TEMPLATE, values).encode("utf-8")


class _Page:
    """What the template shows, every word of it in one language."""

    def __init__(self, standing: Standing, language: str) -> None:
        self.standing, self.language = standing, language
        self.counts = count(standing.homes)

    def values(self) -> dict[str, object]:
        """Return the template's values."""
        return {
            "words": self._words(),
            "percent": self.counts.percent,
            "headings": [self._say(heading).replace("\n", " ") for heading in said.HEADINGS],
            "rows": self._rows(),
            "facts": self._facts(),
            "common": self._tasks(common_tasks(self.standing)),
            "villages": [self._village(village) for village in self.standing.villages],
        }

    def _say(self, text: Text) -> str:
        return text.to(self.language)

    def _words(self) -> dict[str, str]:
        day, title = say_day(self.standing.day), self.standing.title
        fixed = {key: self._say(text) for key, text in _WORDS.items()}
        return fixed | {
            "title": self._say(Text(f"Tình hình: {title.vi}", f"Standing: {title.en}")),
            "day": self._say(Text(f"Ngày {day.vi}", f"On {day.en}")),
            "complete": self._say(_complete(self.counts)),
        }

    def _rows(self) -> list[dict[str, object]]:
        villages = self.standing.villages
        rows = [self._row(village.name, village.counts, is_total=False) for village in villages]
        total = [self._row(self._say(said.TOTAL), self.counts, is_total=True)] if len(villages) > 1 else []
        return rows + total

    def _row(self, name: str, counts: Counts, *, is_total: bool) -> dict[str, object]:
        return {"name": name, "figures": said.figures(counts), "is_total": is_total}

    def _facts(self) -> list[tuple[str, str]]:
        standing = self.standing
        gone = said.say_left(standing)
        facts = [
            *([(said.BESIDES, gone)] if any(gone) else []),
            (said.PROFILES, said.say_errors(standing)),
            (said.SITE, said.say_site(standing, len(standing.behind))),
            (said.BACKUP, said.say_backup(standing.backup, standing.day)),
            *((said.NOTE, trouble) for trouble in standing.troubles),
        ]
        return [(self._say(label), self._say(words)) for label, words in facts]

    def _village(self, village: VillageStanding) -> dict[str, object]:
        lacking = [
            {
                "code": home.code,
                "label": home.label,
                "percent": "" if home.percent is None else f"{home.percent} %",
                "state": self._say(said.say_state(home)),
            }
            for home in village.lacking
        ]
        return {
            "name": village.name,
            "complete": self._say(_complete(village.counts)),
            "duties": [
                {"who": self._say(duty.who), "tasks": self._tasks(duty.tasks)}
                for duty in duties(self.standing, (village,))
            ],
            "lacking": lacking,
            "nothing_lacking": self._say(said.ALL_COMPLETE if village.homes else said.NOBODY),
        }

    def _tasks(self, tasks: Iterable[Task]) -> list[dict[str, object]]:
        return [
            {
                "what": self._say(task.what),
                "how_many": self._say(task.how_many),
                "command": task.command,
                "lines": [
                    {"code": item.code, "name": item.name, "more": self._say(item.more)}
                    for item in task.items
                ],
            }
            for task in tasks
        ]


def _complete(counts: Counts) -> Text:
    words = said.say_complete(counts)
    return Text(f"đủ hồ sơ {words.vi}", f"complete: {words.en}")


_WORDS: Final = {
    "private": Text("Tài liệu nội bộ, có tên các hộ: chỉ để trong tổ xem, không đăng lên mạng, không gửi vào nhóm chung.",
                    "Private: it names households. For the team alone; not to be published or sent to open groups."),
    "figures": Text("Số liệu", "Figures"),
    "table": Text("Bảng số liệu từng thôn", "Table of figures, village by village"),
    "ocop": said.OCOP_NOTE,
    "common": said.FOR_ALL,
    "nothing": said.NOTHING_TO_DO,
    "lacking": said.LACKING,
    "done": Text("Xong", "Done"),
    "code": Text("Mã", "Code"),
    "home": Text("Hộ", "Household"),
    "share": said.FILLED,
    "missing": Text("Còn thiếu", "What is missing"),
}  # fmt: skip
