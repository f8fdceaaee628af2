"""Pages for the team alone: how the project stands, and what stands in place of a site that could not be built."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

from vuonho.errors import Problem, Severity
from vuonho.i18n import Text
from vuonho.model.dates import say_day
from vuonho.pages.templates import Templates, style_assets
from vuonho.status.standing import Counts, Standing, VillageStanding, count
from vuonho.status.tasks import (
    ALL_COMPLETE,
    HEADINGS,
    LACKING,
    NOBODY,
    NOTHING_TO_DO,
    TOTAL,
    Task,
    common_tasks,
    duties,
    facts,
    say_complete,
    say_state,
)

# --- The team's own page: how the project stands, who lacks what, who does what next; to print, and for nobody else ---

TEMPLATE: Final = "status.html"
_STYLE: Final = "_status.css"


def render_status(standing: Standing, template_folders: tuple[Path, ...], language: str) -> bytes:
    """Return the page in "vi" or "en"; raise VuonhoError where a template is at fault."""
    templates = Templates(template_folders)
    values = {
        "tag": language,
        "assets": style_assets(templates, _STYLE),
        **_Page(standing, language).values(),
    }
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
            "headings": [self._say(heading).replace("\n", " ") for heading in HEADINGS],
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
        total = [self._row(self._say(TOTAL), self.counts, is_total=True)] if len(villages) > 1 else []
        return rows + total

    def _row(self, name: str, counts: Counts, *, is_total: bool) -> dict[str, object]:
        return {"name": name, "figures": tuple(counts), "is_total": is_total}

    def _facts(self) -> list[tuple[str, str]]:
        return [(self._say(label), self._say(words)) for label, words, _ in facts(self.standing)]

    def _village(self, village: VillageStanding) -> dict[str, object]:
        lacking = [
            {
                "code": home.code,
                "label": home.label,
                "percent": "" if home.percent is None else f"{home.percent} %",
                "state": self._say(say_state(home)),
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
            "nothing_lacking": self._say(ALL_COMPLETE if village.homes else NOBODY),
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
    words = say_complete(counts)
    return Text(f"đủ hồ sơ {words.vi}", f"complete: {words.en}")


_WORDS: Final = {
    "private": Text("Tài liệu nội bộ, có tên các hộ: chỉ để trong tổ xem, không đăng lên mạng, không gửi vào nhóm chung.",
                    "Private: it names households. For the team alone; not to be published or sent to open groups."),
    "figures": Text("Số liệu", "Figures"),
    "table": Text("Bảng số liệu từng thôn", "Table of figures, village by village"),
    "ocop": Text("OCOP sắp hết hạn: số hộ có sản phẩm hết hạn trong 90 ngày tới hoặc đã hết hạn.",
                 "OCOP ending: households with a grade that runs out within 90 days or has run out."),
    "common": Text("Việc chung, bí thư đoàn làm", "For the whole project, by the youth union secretary"),
    "nothing": NOTHING_TO_DO,
    "lacking": LACKING,
    "done": Text("Xong", "Done"),
    "code": Text("Mã", "Code"),
    "home": Text("Hộ", "Household"),
    "share": Text("Đã có", "Filled in"),
    "missing": Text("Còn thiếu", "What is missing"),
}  # fmt: skip


# --- The page that stands in place of a site that could not be built: what is wrong, where, and what to do ---

TROUBLEPAGE_TEMPLATE: Final = "trouble.html"
_TROUBLEPAGE_STYLE: Final = "_trouble.css"
_MOST: Final = 100
"""Problems that one page shows; who has more mends these first."""


@dataclass(frozen=True, slots=True)
class TroublePage:
    """How the page is to be: `language` "vi" or "en"; `reloads` if it shows the site by itself once that is mended.

    Only with `explains` it says what is wrong: the words may hold what a family did not let be shown, and on a
    Wi-Fi others look too.
    """

    language: str
    reloads: bool
    explains: bool


@dataclass(frozen=True, slots=True)
class Wrong:
    """A problem, and what people call the field that it is about."""

    problem: Problem
    field: Text

    @property
    def is_error(self) -> bool:
        """Whether it stops the build."""
        return self.problem.severity is Severity.ERROR


def render_trouble(wrongs: Sequence[Wrong], page: TroublePage, templates: Path) -> bytes:
    """Return the page for what is wrong, errors first; raise VuonhoError where a template is at fault."""
    found = Templates((templates,))
    errors = sum(wrong.is_error for wrong in wrongs)
    ordered = sorted(wrongs, key=lambda wrong: not wrong.is_error)
    shown = ordered[:_MOST]

    def say(text: Text) -> str:
        return text.to(page.language)

    values = {
        "tag": page.language,
        "assets": style_assets(found, _TROUBLEPAGE_STYLE),
        "words": {key: say(text) for key, text in _TROUBLEPAGE_WORDS.items()},
        "count": say(_count(errors)),
        "more": say(_more(len(ordered) - len(shown))) if len(ordered) > len(shown) else "",
        "next": say(_RELOADS if page.reloads else _RELOAD),
        "is_explained": page.explains,
        "files": [
            {"name": _whole(name), "problems": [_told(wrong, page) for wrong in group]}
            for name, group in groupby(shown, key=lambda wrong: wrong.problem.file)
        ],
    }
    return found.render(TROUBLEPAGE_TEMPLATE, values).encode("utf-8")


def _told(wrong: Wrong, page: TroublePage) -> dict[str, object]:
    problem = wrong.problem
    line = Text(f"dòng {problem.line}", f"line {problem.line}").to(page.language) if problem.line else ""
    return {
        "is_error": wrong.is_error,
        "level": _LEVELS[problem.severity].to(page.language),
        "line": line,
        "field": _whole(wrong.field.to(page.language)),
        "message": _whole(problem.message.to(page.language)) if page.explains else "",
        "hint": _whole(problem.hint.to(page.language)) if page.explains else "",
    }


def _whole(text: str) -> str:
    """Return a text in whole letters: a file name of another system may hold half ones."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _count(errors: int) -> Text:
    return Text(f"Có {errors} lỗi cần sửa.", f"{errors} error{'s' * (errors != 1)} to mend.")


def _more(count: int) -> Text:
    return Text(
        f"Còn {count} chỗ nữa. Sửa những chỗ trên trước đã.", f"{count} more. Mend those above first."
    )


_LEVELS: Final = {Severity.ERROR: Text("Lỗi", "Error"), Severity.WARNING: Text("Lưu ý", "Note")}
_RELOADS: Final = Text("Sửa xong rồi lưu tệp: trang tự hiện lại.",
                       "Mend it and save: the page comes back by itself.")  # fmt: skip
_RELOAD: Final = Text("Sửa xong, lưu tệp, rồi tải lại trang.", "Mend it, save, and load this page anew.")
_TROUBLEPAGE_WORDS: Final = {
    "title": Text("Chưa dựng được trang", "The site could not be built"),
    "hidden": Text("Trang cũ tạm không hiện, để khỏi xem nhầm.",
                   "The old site is not shown meanwhile, lest it be taken for the new one."),
    "elsewhere": Text("Xem lời giải thích trên máy tính đang chạy vuonho.",
                      "The explanation is shown on the computer that runs vuonho."),
    "private": Text("Trang này chỉ có khi xem thử, không đăng lên mạng.",
                    "This page is part of the preview and is never published."),
}  # fmt: skip
