"""The page that stands in place of a site that could not be built: what is wrong, where, and what to do.

Only the preview shows it. It is made of the shipped templates alone: a project's own may be what is wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

from vuonho.bilingual import Text
from vuonho.errors import Problem, Severity
from vuonho.render.pages.dress import bare_dress
from vuonho.render.pages.templates import Templates

TEMPLATE: Final = "trouble.html"
_STYLE: Final = "_trouble.css"
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
        "dress": bare_dress(found, _STYLE),
        "words": {key: say(text) for key, text in _WORDS.items()},
        "count": say(_count(errors)),
        "more": say(_more(len(ordered) - len(shown))) if len(ordered) > len(shown) else "",
        "next": say(_RELOADS if page.reloads else _RELOAD),
        "is_explained": page.explains,
        "files": [
            {"name": _whole(name), "problems": [_told(wrong, page) for wrong in group]}
            for name, group in groupby(shown, key=lambda wrong: wrong.problem.file)
        ],
    }
    return found.render(TEMPLATE, values).encode("utf-8")


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
_WORDS: Final = {
    "title": Text("Chưa dựng được trang", "The site could not be built"),
    "hidden": Text("Trang cũ tạm không hiện, để khỏi xem nhầm.",
                   "The old site is not shown meanwhile, lest it be taken for the new one."),
    "elsewhere": Text("Xem lời giải thích trên máy tính đang chạy vuonho.",
                      "The explanation is shown on the computer that runs vuonho."),
    "private": Text("Trang này chỉ có khi xem thử, không đăng lên mạng.",
                    "This page is part of the preview and is never published."),
}  # fmt: skip
