"""The proof of a published site: every printed address, every page and every code, fetched as a visitor would.

Which addresses there are stands here; what an answer is worth, `output.live` knows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from vuonho.bilingual import Text
from vuonho.domain.register.prints import earlier_urls, even
from vuonho.domain.register.register import VOID
from vuonho.domain.register.said_address import is_left_example
from vuonho.errors import MachineTrouble, Problem
from vuonho.examine import survey_whole
from vuonho.intake.files import read_bytes
from vuonho.last_good import with_last_good
from vuonho.output.live.crowd import ask_all
from vuonho.output.live.flaws import Flaw, Kind, Question, Sort, fold_alike
from vuonho.output.live.judging import judge
from vuonho.output.live.silence import Silence
from vuonho.output.live.target import origin, parse_target
from vuonho.output.verify.report import site_base
from vuonho.output.writing.recovery import recover
from vuonho.survey import Survey

Progress = Callable[[Text, int], AbstractContextManager[Callable[[], None]]]

_PICTURES: Final = (".png", ".svg")
_LARGEST: Final = 8 * 2**20


@dataclass(frozen=True, slots=True)
class Online:
    """What was asked at `url`, as numbers, and every problem found.

    `elsewhere` are printed addresses that were not tried, as they are at an older address of the site and `url` is
    not its own; `compared` tells whether there was a build here to compare with.
    """

    url: str
    pages: int
    codes: int
    printed: int
    elsewhere: int
    compared: bool
    problems: tuple[Problem, ...]


def prove_online(root: Path, site: Path, url: str, progress: Progress) -> Online:
    """Return what answers at `url`, "" for the site's own address; `site` is the build to compare with, if it is there.

    Raises Refused for an address that will not do, DataProblems where the profiles have errors, MachineTrouble where
    the site cannot be reached at all.
    """
    recover(root)
    project = survey_whole(root)
    base = project.require().base_url
    project = with_last_good(root, project).project
    target = parse_target(url or base)
    asked = _Asking(project, site, base, target)
    questions, elsewhere = asked.questions()
    trusted = {origin(one) for one in (base, target, *asked.previous)}
    flaws: list[Flaw] = []
    with progress(Text("Địa chỉ", "Addresses"), len(questions)) as tick:
        _knock(target, trusted)
        for reply in ask_all(tuple(questions), trusted):
            flaw = judge(questions[reply.url], reply)
            flaws += (flaw,) if flaw else ()
            tick()
    kinds = [one.kind for one in questions.values()]
    return Online(
        url=target,
        pages=len(kinds) - kinds.count(Kind.PICTURE) - kinds.count(Kind.NOTHING),
        codes=kinds.count(Kind.PICTURE),
        printed=sum(one.printed for one in questions.values()),
        elsewhere=elsewhere,
        compared=any(one.built for one in questions.values()),
        problems=tuple(flaw.problem for flaw in fold_alike(_without_a_way(flaws))),
    )


def _knock(target: str, trusted: set[str]) -> None:
    """Return where the first page gives any answer; else nothing else needs to be asked."""
    for reply in ask_all((target,), trusted):
        if isinstance(reply, Silence):
            what = reply.reason.what
            raise MachineTrouble(
                Text(f"Không vào được {target}: {what.vi}.", f"{target} gives no answer: {what.en}."),
                reply.reason.hint,
            )
        if reply.status in (404, 410):
            raise MachineTrouble(
                Text(f"Ở {target} chưa có trang nào ({reply.status}).", f"There is no site at {target} ({reply.status})."),
                Text("Xem lại địa chỉ. Chưa đưa trang lên thì chạy “vuonho publish”; vừa đưa lên thì chờ 10 phút.",
                     "Look at the address again. If the site was never published, run “vuonho publish”; if it just "
                     "was, wait 10 minutes."),
            )  # fmt: skip


def _without_a_way(flaws: Sequence[Flaw]) -> list[Flaw]:
    """Return the flaws with one for each origin that stopped answering, instead of one for each of its addresses."""
    given_up = {origin(flaw.url) for flaw in flaws if flaw.untried}
    kept = [flaw for flaw in flaws if flaw.sort is not Sort.SILENT or origin(flaw.url) not in given_up]
    for at in sorted(given_up):
        silent = [flaw for flaw in flaws if flaw.sort is Sort.SILENT and origin(flaw.url) == at]
        message = Text(f"Mạng đứt hoặc chậm quá giữa chừng: {len(silent)} địa chỉ chưa thử được.",
                       f"The network broke off or was too slow: {len(silent)} addresses could not be tried.")  # fmt: skip
        hint = next(flaw.hint for flaw in silent if flaw.untried)
        kept.append(Flaw(Sort.SILENT, f"{at}/", message, hint))
    return kept


class _Asking:
    """What is to be asked of the site at `target`, which calls itself `base`."""

    def __init__(self, project: Survey, site: Path, base: str, target: str) -> None:
        self.project = project
        self.site = site
        self.base = base
        self.target = target
        previous = project.settings.previous_urls if project.settings else ()
        self.previous = tuple(url for url in previous if not is_left_example(url, base))
        self.folders = ("", *(f"{tag}/" for tag in project.require().languages[1:]))
        self.left = {notice.code for notice in project.notices}
        self.printed = tuple(self._printed())
        self.own = self._own_addresses()

    def questions(self) -> tuple[Mapping[str, Question], int]:
        """Return (questions by their addresses, how many printed addresses lie elsewhere)."""
        asked: dict[str, Question] = {}
        for question in (*self._printed_below(), *self._pages(), *self._pictures(), *self._nobodies()):
            asked.setdefault(question.url, question)
        older = {one.url: one for one in self._older()}
        if even(self.target) != even(self.base):
            return asked, len(older) - len(self.previous)
        return older | asked, 0

    def _own_addresses(self) -> tuple[str, ...]:
        """Return the addresses by which the site may call itself: what is printed, or is not, decides on the last."""
        if self.printed:
            return (self.base,)
        built = (site_base(self.site),) if (self.site / "index.html").is_file() else ()
        return tuple(dict.fromkeys((self.base, self.target, *built)))

    def _printed(self) -> Iterator[tuple[str, str]]:
        """Yield (address, what it leads to below the site) of everything that was printed."""
        for row in self.project.register.rows:
            for url in (row.url, *earlier_urls(row)):
                if url and not is_left_example(url, self.base):
                    yield even(url), f"{row.code}/"
        boards = (one for one in self.project.boards if not is_left_example(one.url, self.base))
        for board in boards:
            yield even(board.url), even(board.url).rstrip("/").rpartition("/")[2] + "/"

    def _printed_below(self) -> Iterator[Question]:
        for url, place in self.printed:
            if url == even(f"{self.base}{place}"):
                yield replace(self._page(place), printed=True)

    def _older(self) -> Iterator[Question]:
        """Yield what older addresses of the site have to answer: a page of it, or one that sends on."""
        for url in self.previous:
            yield Question(url, Kind.FORWARD, (self.base, url))
        for url, place in self.printed:
            if url != even(f"{self.base}{place}"):
                kind = Kind.NOTICE if place.rstrip("/") in self.left else Kind.FORWARD
                yield Question(url, kind, (f"{self.base}{place}", url), printed=True)

    def _pages(self) -> Iterator[Question]:
        villages = self.project.villages
        places = (
            "",
            *(f"{home.code}/" for home in self.project.households),
            *(f"{one.slug}/" for one in villages),
        )
        former = (f"{old}/" for one in villages for old in one.formerly)
        gone = (f"{code}/" for code in sorted(self.left))
        for place in (*gone, *places, *former):
            yield from (self._page(f"{folder}{place}") for folder in self.folders)

    def _page(self, place: str) -> Question:
        name = place.rstrip("/").rpartition("/")[2]
        former = {old for one in self.project.villages for old in one.formerly}
        kind = Kind.NOTICE if name in self.left else Kind.FORWARD if name in former else Kind.PAGE
        return Question(
            f"{self.target}{place}", kind, self._says(place), built=self._built(f"{place}index.html")
        )

    def _pictures(self) -> Iterator[Question]:
        for home in self.project.households:
            for suffix in _PICTURES:
                file, says = f"qr/{home.code}{suffix}", self._says(f"{home.code}/")
                yield Question(f"{self.target}{file}", Kind.PICTURE, says, built=self._built(file))

    def _nobodies(self) -> Iterator[Question]:
        """Yield the addresses of codes whose family has not agreed; nothing may be shown there."""
        shown = self.left | {home.code for home in self.project.households}
        for row in self.project.register.rows:
            if row.status != VOID and row.code not in shown:
                yield Question(f"{self.target}{row.code}/", Kind.NOTHING)

    def _says(self, place: str) -> tuple[str, ...]:
        return tuple(f"{own}{place}" for own in self.own)

    def _built(self, file: str) -> str:
        content, _ = read_bytes(self.site / file, file, _LARGEST)
        return sha256(content).hexdigest() if content is not None else ""
