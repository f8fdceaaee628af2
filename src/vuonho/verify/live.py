"""The proof of a published site: every printed address, every page and every code, fetched as a visitor would."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from enum import IntEnum
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from vuonho.errors import MachineError, Problem, cited
from vuonho.i18n import Both, Text
from vuonho.output.site_writer import recover
from vuonho.project.files import read_bytes
from vuonho.project.last_good import with_last_good
from vuonho.project.survey import Survey, survey_whole
from vuonho.register.register import VOID, addresses, normalize_url
from vuonho.register.rules import is_left_example
from vuonho.verify.codes import CODES, is_true_list, mark_of, mark_on
from vuonho.verify.http import Answer, NetworkError, Reason, Reply, fetch_all, origin, parse_target
from vuonho.verify.images import fold_origin, read_code, wrong_text
from vuonho.verify.tree import Page, site_base


class Kind(IntEnum):
    """What an address should answer."""

    PAGE = 1  # a page of its own
    FORWARD = 2  # a page, or a notice that sends on
    NOTICE = 3  # a notice and nothing else
    NOTHING = 4
    PICTURE = 5  # of a code
    LIST = 6  # of all codes


@dataclass(frozen=True, slots=True)
class Question:
    """One address and what it should answer.

    `says` are the addresses that the page may call its own, or that the picture of a code may say; at one of them
    redirects may end. `printed` tells that the address is on a plaque or a board; `built` is the SHA-256 of the
    file of the last build, "" where that is not known. `is_true` asks of a list of codes whether it is that of here.
    """

    url: str
    kind: Kind
    says: tuple[str, ...] = ()
    printed: bool = False
    built: str = ""
    is_true: Callable[[bytes], bool] = bool


class Sort(IntEnum):
    """How bad it is, the worst first."""

    SHOWN = 1
    PRINTED = 2
    PAGE = 3
    PICTURE = 4
    SILENT = 5
    UNTRIED = 6
    STALE = 7


class Flaw(NamedTuple):
    """One thing wrong with one address."""

    sort: Sort
    url: str
    message: Text
    hint: Text


def fold_alike(flaws: Iterable[Flaw], most: int = 10) -> Iterator[Flaw]:
    """Yield the flaws, the worst first; of many alike the first ones and how many more there are.

    What is shown without consent is always named one by one; what differs from the build, or was not tried, once.
    """
    seen: dict[tuple[Sort, Text], list[Flaw]] = {}
    for flaw in sorted(flaws, key=lambda flaw: (flaw.sort, flaw.message.vi, flaw.url)):
        seen.setdefault((flaw.sort, flaw.message), []).append(flaw)
    for (sort, message), alike in seen.items():
        first = len(alike) if sort is Sort.SHOWN else 1 if sort in (Sort.UNTRIED, Sort.STALE) else most
        rest = len(alike) - first
        yield from alike[: first - (rest > 0)]
        if rest > 0:
            more = Text.counted(
                "{message} {count} more address alike.",
                "{message} {count} more addresses alike.",
                rest,
                message=message,
            )
            yield alike[first - 1]._replace(message=more)


# --- What is wrong with an answer, and what to do about it ---

_MOST: Final = 120
"""Letters that are shown of what comes from the network."""

_PUBLISH: Final = Text("Run “vuonho publish”; if you just did, wait 10 minutes and try again.")
_UNLIKE: Final = Text(
    "This page was made with another list of codes than the one online, so “Kiểm mã” cannot answer."
)
_LEAVES: Final = Text("Do it now: run “vuonho publish”; try again after 10 minutes.")


def judge(question: Question, reply: Reply) -> Flaw | None:
    """Return what is wrong with an answer, or None."""
    url = question.url
    if isinstance(reply, NetworkError):
        if reply.reason is Reason.UNTRIED:
            untried = Text("This address was {what}.", what=reply.what)
            return Flaw(Sort.UNTRIED, url, untried, reply.reason.hint)
        silent = Text("This address does not answer: {what}.", what=reply.what)
        return Flaw(Sort.SILENT, url, silent, reply.reason.hint)
    if question.kind is Kind.NOTHING:
        if reply.status != 200 or not _is_ours(Page(reply.body)):
            return None
        return Flaw(Sort.SHOWN, url, Text("The family has not agreed, and a page is online."), _LEAVES)
    if reply.status != 200:
        return _without_content(question, reply)
    if question.kind is Kind.PICTURE:
        message = wrong_text(read_code(url.rpartition("/")[2], reply.body), question.says)
        hint = Text("Do not print this code. Run “vuonho publish”.")
        return Flaw(Sort.PICTURE, url, message, hint) if message else _stale(question, reply)
    ends = {one.rstrip("/").lower() for one in (url, *question.says)}
    if reply.end.rstrip("/").lower() not in ends:
        return _elsewhere(question, reply.end)
    if question.kind is not Kind.LIST:
        return _page(question, reply)
    if question.is_true(reply.body):
        return _stale(question, reply)
    message = Text("The list of codes online does not say what the register says; “Kiểm mã” answers by it.")
    return _flaw(question, message, _PUBLISH)


def _without_content(question: Question, reply: Answer) -> Flaw:
    status = reply.status
    if reply.leads and origin(reply.leads) != origin(reply.url):
        return _elsewhere(question, reply.leads)
    if reply.leads:
        return _flaw(question, Text("This address leads round in circles."), Text("Tell who hosts the site."))
    if status not in (404, 410):
        error = Text("The server says error {status}.", status=status)
        hint = Text("Wait 10 minutes and try again; if it stays, tell who hosts the site.")
        return _flaw(question, error, hint)
    missing = Text("There is no such page ({status}).", status=status)
    if question.kind is Kind.PICTURE:
        missing = Text("There is no such picture of a code ({status}).", status=status)
    if question.kind is Kind.LIST:
        missing = Text("There is no list of codes ({status}), so “Kiểm mã” cannot answer.", status=status)
    return _flaw(question, missing, _PUBLISH)


def _elsewhere(question: Question, where: str) -> Flaw:
    return _flaw(
        question,
        Text("This address leads elsewhere: {where}", where=cited(where)[:_MOST]),
        Text(
            "If the site has moved, change base_url and list the old one in previous_urls; if not, "
            "this network may want a login first, or the domain has passed to somebody else."
        ),
    )


def _page(question: Question, reply: Answer) -> Flaw | None:
    page = Page(reply.body)
    if not _is_ours(page):
        return _flaw(
            question,
            Text("Another page is here, none of this village."),
            Text(
                "Look at the address again; if it is right, run “vuonho publish”. A public network may "
                "want a login first."
            ),
        )
    if question.kind is Kind.NOTICE:
        if page.is_notice:
            return _stale(question, reply)
        still = Text("The family left, and its page is still online.")
        return Flaw(Sort.SHOWN, question.url, still, _LEAVES)
    names = {fold_origin(link.url) for _, link in page.links if "canonical" in link.rel}
    sends_on = page.is_notice if question.kind is Kind.FORWARD else page.refresh
    if sends_on or not names.isdisjoint(map(fold_origin, question.says)):
        return _stale(question, reply)
    if page.is_notice:  # a family that came back, where the older notice is still online
        return _stale(question)
    return _flaw(question, Text("The page here belongs to another address."), _PUBLISH)


def _is_ours(page: Page) -> bool:
    """Tell whether a page is of this program: it forbids all that it does not name."""
    return any(content.startswith("default-src 'none'") for _, content in page.policies)


def _stale(question: Question, reply: Answer | None = None) -> Flaw | None:
    """Return the flaw of an address that is not as it was built, None for an answer that is."""
    if reply and (not question.built or sha256(reply.body).hexdigest() == question.built):
        return None
    return Flaw(Sort.STALE, question.url, Text("The site online is not the one built here."), _PUBLISH)


def _flaw(question: Question, message: Text, hint: Text) -> Flaw:
    """Return the flaw of an address, a worse one where it is on a plaque."""
    if not question.printed:
        return Flaw(Sort.PAGE, question.url, message, hint)
    vi, en = (sentence[:1].lower() + sentence[1:] for sentence in message)
    return Flaw(Sort.PRINTED, question.url, Both(f"Đã in lên biển: {vi}", f"On a printed plaque: {en}"), hint)


# --- What is asked ---

Progress = Callable[[Text, int], AbstractContextManager[Callable[[], None]]]

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

    @property
    def well(self) -> Text:
        """What is said where there is no problem."""
        return Text(
            "All is well: {url} answers with {pages} pages, {printed} printed addresses, {codes} "
            "QR images read and right.",
            url=self.url,
            pages=self.pages,
            printed=self.printed,
            codes=self.codes,
        )


def prove_online(root: Path, site: Path, url: str, progress: Progress) -> Online:
    """Return what answers at `url`, "" for the site's own address; `site` is the build to compare with, if it is there.

    Raises UserError for an address that will not do, DataProblems where the profiles have errors, MachineError where
    the site cannot be reached at all.
    """
    recover(root)
    project = survey_whole(root)
    base = project.require().base_url
    project = with_last_good(root, project).project
    target = parse_target(url or base)
    asking = _Asking(project, site, base, target)
    questions, elsewhere = asking.questions()
    trusted = {origin(one) for one in (base, target, *asking.previous)}
    flaws: list[Flaw] = []
    marks: dict[str, str] = {}
    with progress(Text("Addresses"), len(questions)) as tick:
        _require_answer(target, trusted)
        for reply in fetch_all(tuple(questions), trusted):
            question = questions[reply.url]
            flaw = judge(question, reply)
            flaws += (flaw,) if flaw else ()
            if not flaw and isinstance(reply, Answer) and reply.url.startswith(target):
                marks[reply.url] = (mark_of if question.kind is Kind.LIST else mark_on)(reply.body)
            tick()
    if listed := marks.pop(f"{target}{CODES}", ""):
        flaws += (Flaw(Sort.STALE, url, _UNLIKE, _PUBLISH) for url in marks if marks[url] not in ("", listed))
    kinds = [one.kind for one in questions.values()]
    return Online(
        url=target,
        pages=sum(kind in (Kind.PAGE, Kind.FORWARD, Kind.NOTICE) for kind in kinds),
        codes=kinds.count(Kind.PICTURE),
        printed=sum(one.printed for one in questions.values()),
        elsewhere=elsewhere,
        compared=any(one.built for one in questions.values()),
        problems=tuple(Problem("", flaw.message, flaw.hint, file=flaw.url) for flaw in fold_alike(flaws)),
    )


def _require_answer(target: str, trusted: set[str]) -> None:
    """Raise MachineError where the first page gives no answer; then nothing else needs to be asked."""
    (reply,) = fetch_all((target,), trusted)
    if isinstance(reply, NetworkError):
        raise MachineError(
            Text("{target} gives no answer: {what}.", target=target, what=reply.what),
            reply.reason.hint,
        )
    if reply.status in (404, 410):
        raise MachineError(
            Text("There is no site at {target} ({status}).", target=target, status=reply.status),
            Text(
                "Look at the address again. If the site was never published, run “vuonho publish”; if "
                "it just was, wait 10 minutes."
            ),
        )


class _Asking:
    """What is to be asked of the site at `target`, which calls itself `base`."""

    def __init__(self, project: Survey, site: Path, base: str, target: str) -> None:
        self._project, self._site, self._base, self._target = project, site, base, target
        previous = project.settings.previous_urls if project.settings else ()
        self.previous = tuple(url for url in previous if not is_left_example(url, base))
        self._left = {notice.code for notice in project.notices}
        self._former = {old for one in project.villages for old in one.formerly}
        self._printed = tuple(self._find_printed())
        # By which addresses the site may call itself: what is printed, or is not, decides on the last.
        self._own: tuple[str, ...] = (base,)
        if not self._printed:
            built = (site_base(site),) if (site / "index.html").is_file() else ()
            self._own = tuple(dict.fromkeys((base, target, *built)))

    def questions(self) -> tuple[Mapping[str, Question], int]:
        """Return (questions by their addresses, how many printed addresses lie elsewhere)."""
        asked: dict[str, Question] = {}
        for question in self._here():
            asked.setdefault(question.url, question)
        older = {one.url: one for one in self._older()}
        if normalize_url(self._target) != normalize_url(self._base):
            return asked, len(older) - len(self.previous)
        return older | asked, 0

    def _find_printed(self) -> Iterator[tuple[str, str]]:
        """Yield (address, what it leads to below the site) of everything that was printed."""
        for row in self._project.register.rows:
            for url in (row.url, *row.earlier_urls):
                if url and not is_left_example(url, self._base):
                    yield normalize_url(url), f"{row.code}/"
        for board in self._project.boards:
            if not is_left_example(board.url, self._base):
                yield normalize_url(board.url), normalize_url(board.url).rstrip("/").rpartition("/")[2] + "/"

    def _here(self) -> Iterator[Question]:
        """Yield what the site has to answer: what is printed, pages, pictures, and nothing without consent."""
        project = self._project
        for url, place in self._printed:
            if url == normalize_url(f"{self._base}{place}"):
                yield replace(self._page(place), printed=True)
        codes = [one.code for one in project.coded]
        shown = self._left.union(codes)
        villages = [one.slug for one in project.villages]
        yield Question(f"{self._target}{CODES}", Kind.LIST, built=self._built(CODES), is_true=self._is_true)
        for name in (*sorted(self._left), "", *codes, *villages, *sorted(self._former), "kiem-ma"):
            for folder in ("", *(f"{tag}/" for tag in project.require().languages[1:])):
                yield self._page(f"{folder}{name}/" if name else folder)
        for code in codes:
            for file in (f"qr/{code}.png", f"qr/{code}.svg"):
                yield Question(
                    f"{self._target}{file}", Kind.PICTURE, self._says(f"{code}/"), built=self._built(file)
                )
        for row in project.register.rows:
            if row.status != VOID and row.code not in shown:
                yield Question(f"{self._target}{row.code}/", Kind.NOTHING)

    def _is_true(self, content: bytes) -> bool:
        """Tell whether a list of codes says what the register and the profiles say."""
        project = self._project
        homes = {one.code: one.village for one in project.coded}
        left = (self._left | set(addresses(project.register))) - homes.keys()
        moved = {one.code: one.moved_to for one in project.notices if one.moved_to}
        return is_true_list(content, homes, left, moved)

    def _older(self) -> Iterator[Question]:
        """Yield what older addresses of the site have to answer: a page of it, or one that sends on."""
        for url in self.previous:
            yield Question(url, Kind.FORWARD, (self._base, url))
        for url, place in self._printed:
            if url != normalize_url(f"{self._base}{place}"):
                kind = Kind.NOTICE if place.rstrip("/") in self._left else Kind.FORWARD
                yield Question(url, kind, (f"{self._base}{place}", url), printed=True)

    def _page(self, place: str) -> Question:
        name = place.rstrip("/").rpartition("/")[2]
        kind = Kind.NOTICE if name in self._left else Kind.FORWARD if name in self._former else Kind.PAGE
        built = self._built(f"{place}index.html")
        return Question(f"{self._target}{place}", kind, self._says(place), built=built)

    def _says(self, place: str) -> tuple[str, ...]:
        return tuple(f"{own}{place}" for own in self._own)

    def _built(self, file: str) -> str:
        content, _ = read_bytes(self._site / file, file, _LARGEST)
        return sha256(content).hexdigest() if content is not None else ""
