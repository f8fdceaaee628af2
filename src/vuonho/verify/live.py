"""The proof of a published site: every printed address, every page and every code, fetched as a visitor would."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from enum import IntEnum
from hashlib import sha256
from pathlib import Path
from typing import Final

from vuonho.errors import MachineTrouble, Problem, Refused, cited
from vuonho.i18n import Text
from vuonho.output.site_writer import recover
from vuonho.project.files import read_bytes
from vuonho.project.last_good import with_last_good
from vuonho.project.survey import Survey, survey_whole
from vuonho.register.register import VOID, earlier_urls, even
from vuonho.register.rules import is_left_example
from vuonho.verify.codes import decode, fold_origin
from vuonho.verify.http import UNTRIED, Answer, Reply, Silence, ask_all, origin, parse_target
from vuonho.verify.tree import Page, parse_page, site_base

# --- What is asked of an address, and what may be wrong with it ---


class Kind(IntEnum):
    """What an address should answer."""

    PAGE = 1  # a page of its own
    FORWARD = 2  # a page, or a notice that sends on
    NOTICE = 3  # a notice and nothing else
    NOTHING = 4
    PICTURE = 5  # of a code


@dataclass(frozen=True, slots=True)
class Question:
    """One address and what it should answer.

    `says` are the addresses that the page may call its own, or that the picture of a code may say; at one of them
    redirects may end. `printed` tells that the address is on a plaque or a board; `built` is the SHA-256 of the
    file of the last build, "" where that is not known.
    """

    url: str
    kind: Kind
    says: tuple[str, ...] = ()
    printed: bool = False
    built: str = ""


class Sort(IntEnum):
    """How bad a flaw is, the worst first."""

    SHOWN = 1
    PRINTED = 2
    PAGE = 3
    PICTURE = 4
    SILENT = 5
    STALE = 6


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong with one address; `untried` where it was not even asked."""

    sort: Sort
    url: str
    message: Text
    hint: Text
    untried: bool = False

    @property
    def problem(self) -> Problem:
        """The flaw as others are told."""
        return Problem(self.url, None, None, "", self.message, self.hint)


def fold_alike(flaws: Iterable[Flaw], most: int = 10) -> Iterator[Flaw]:
    """Yield the flaws, the worst first; of many alike the first ones and how many more there are.

    What is shown without consent is always named one by one; what differs from the build is told once.
    """
    ordered = sorted(flaws, key=lambda flaw: (flaw.sort, flaw.message.vi, flaw.url))
    seen: dict[tuple[Sort, Text], list[Flaw]] = {}
    for flaw in ordered:
        seen.setdefault((flaw.sort, flaw.message), []).append(flaw)
    for (sort, _), alike in seen.items():
        first = len(alike) if sort is Sort.SHOWN else 1 if sort is Sort.STALE else most
        rest = len(alike) - first
        yield from alike[: first - (rest > 0)]
        if rest > 0:
            last = alike[first - 1]
            yield Flaw(sort, last.url, _and_more(last.message, rest), last.hint)


def _and_more(message: Text, rest: int) -> Text:
    return Text(f"{message.vi} Còn {rest} địa chỉ nữa cũng vậy.",
                f"{message.en} {rest} more address{'es' * (rest != 1)} alike.")  # fmt: skip


# --- What is said of answers that are not right: what, and what to do ---

MOST: Final = 120
"""Letters that are shown of what comes from the network."""

PUBLISH: Final = Text(
    "Chạy “vuonho publish”; vừa đưa lên thì chờ 10 phút rồi thử lại.",
    "Run “vuonho publish”; if you just did, wait 10 minutes and try again.",
)
BUILD_AND_PUBLISH: Final = Text(
    "Chạy “vuonho build” rồi “vuonho publish”; vừa đưa lên thì chờ 10 phút rồi thử lại.",
    "Run “vuonho build”, then “vuonho publish”; if you just did, wait 10 minutes and try again.",
)
DO_NOT_PRINT: Final = Text(
    "Đừng in mã này. Chạy “vuonho build” rồi “vuonho publish”.",
    "Do not print this code. Run “vuonho build”, then “vuonho publish”.",
)
BUSY: Final = Text("Chờ 10 phút rồi thử lại; vẫn vậy thì báo nơi đặt trang.",
                    "Wait 10 minutes and try again; if it stays, tell who hosts the site.")  # fmt: skip
OLDER: Final = (Text("Trang trên mạng khác bản dựng trên máy này.", "The site online is not the one built here."), PUBLISH)  # fmt: skip
IN_CIRCLES: Final = (
    Text("Địa chỉ này dẫn vòng quanh mãi.", "This address leads round in circles."),
    Text("Báo nơi đặt trang.", "Tell who hosts the site."),
)
NOT_OURS: Final = (
    Text("Ở đây có một trang khác, không phải trang của thôn.", "Another page is here, none of this village."),
    Text("Xem lại địa chỉ; nếu đúng thì chạy “vuonho publish”. Mạng công cộng có khi đòi đăng nhập trước.",
         "Look at the address again; if it is right, run “vuonho publish”. A public network may want a login first."),
)  # fmt: skip
OTHER_PAGE: Final = (
    Text("Trang ở đây là trang của địa chỉ khác.", "The page here belongs to another address."),
    BUILD_AND_PUBLISH,
)
STILL_SHOWN: Final = (
    Text("Gia đình đã rút mà trang trên mạng còn hiện.", "The family left, and its page is still online."),
    Text("Làm ngay: chạy “vuonho build” rồi “vuonho publish”; 10 phút sau thử lại.",
         "Do it now: run “vuonho build”, then “vuonho publish”; try again after 10 minutes."),
)  # fmt: skip
SHOWN_UNASKED: Final = (
    Text("Gia đình chưa đồng ý mà trên mạng có trang.", "The family has not agreed, and a page is online."),
    STILL_SHOWN[1],
)


def say_elsewhere(where: str) -> tuple[Text, Text]:
    """Return what to say of an address that sends visitors to another place."""
    where = cited(where)[:MOST]
    return (
        Text(f"Địa chỉ này dẫn sang nơi khác: {where}", f"This address leads elsewhere: {where}"),
        Text("Trang đã dời nhà thì sửa base_url và ghi địa chỉ cũ vào previous_urls; nếu không, mạng này có thể đòi "
             "đăng nhập trước, hoặc tên miền đã về tay người khác.",
             "If the site has moved, change base_url and list the old one in previous_urls; if not, this network may "
             "want a login first, or the domain has passed to somebody else."),
    )  # fmt: skip


# --- What is wrong with an answer, as data, and what to do about it ---


def judge(question: Question, reply: Reply) -> Flaw | None:
    """Return what is wrong with an answer, or None."""
    if isinstance(reply, Silence):
        return _silent(question, reply)
    if question.kind is Kind.NOTHING:
        return _of_nobody(question, reply)
    if reply.status != 200:
        return _refused(question, reply)
    if not _is_at_home(question, reply):
        return _flaw(question, Sort.PAGE, *say_elsewhere(reply.end))
    if question.kind is Kind.PICTURE:
        return _picture(question, reply)
    return _page(question, reply)


def _silent(question: Question, reply: Silence) -> Flaw:
    what = reply.reason.what
    if reply.reason in UNTRIED:
        message = Text(f"Địa chỉ này {what.vi}.", f"This address was {what.en}.")
    else:
        message = Text(f"Địa chỉ này không trả lời: {what.vi}.", f"This address does not answer: {what.en}.")
    return Flaw(Sort.SILENT, question.url, message, reply.reason.hint, reply.reason in UNTRIED)


def _of_nobody(question: Question, reply: Answer) -> Flaw | None:
    """Return a flaw where a page is shown of a household that did not agree."""
    if reply.status != 200 or not _is_ours(parse_page(reply.body)):
        return None
    return Flaw(Sort.SHOWN, question.url, *SHOWN_UNASKED)


def _refused(question: Question, reply: Answer) -> Flaw:
    if reply.leads and origin(reply.leads) == origin(reply.url):
        return _flaw(question, Sort.PAGE, *IN_CIRCLES)
    if reply.leads:
        return _flaw(question, Sort.PAGE, *say_elsewhere(reply.leads))
    if reply.status in (404, 410):
        return _flaw(question, Sort.PAGE, _say_missing(question, reply.status), _publish(question))
    return _flaw(
        question, Sort.PAGE,
        Text(f"Máy chủ báo lỗi {reply.status}.", f"The server says error {reply.status}."),
        BUSY,
    )  # fmt: skip


def _is_at_home(question: Question, reply: Answer) -> bool:
    """Tell whether redirects, if there were any, ended where the address means to lead."""
    ends = {url.rstrip("/").lower() for url in (question.url, *question.says)}
    return question.kind is Kind.PICTURE or reply.end.rstrip("/").lower() in ends


def _page(question: Question, reply: Answer) -> Flaw | None:
    page = parse_page(reply.body)
    if not _is_ours(page):
        return _flaw(question, Sort.PAGE, *NOT_OURS)
    if question.kind is Kind.NOTICE:
        if not page.is_notice:
            return Flaw(Sort.SHOWN, question.url, *STILL_SHOWN)
    elif not (
        _calls_itself(page, question) or (page.is_notice if question.kind is Kind.FORWARD else page.refresh)
    ):
        if page.is_notice:
            return _stale(question)
        return _flaw(question, Sort.PAGE, *OTHER_PAGE)
    return _stale(question) if _differs(question, reply) else None


def _is_ours(page: Page) -> bool:
    """Tell whether a page is of this program: it forbids all that it does not name."""
    return any(content.startswith("default-src 'none'") for _, content in page.policies)


def _calls_itself(page: Page, question: Question) -> bool:
    names = {fold_origin(link.url) for link in page.links if "canonical" in link.rel}
    return not names.isdisjoint(map(fold_origin, question.says))


def _picture(question: Question, reply: Answer) -> Flaw | None:
    try:
        read = fold_origin(decode(question.url.rpartition("/")[2], reply.body))
    except Refused as refusal:
        what = refusal.message
        message = Text(f"Mã QR này hỏng: {what.vi}.", f"This QR code is broken: {what.en}.")
        return Flaw(Sort.PICTURE, question.url, message, DO_NOT_PRINT)
    if read not in map(fold_origin, question.says):
        wanted, read = question.says[0], cited(read)[:MOST]
        message = Text(f"Mã QR dẫn tới “{read}”, đúng ra phải là “{wanted}”.",
                       f"The QR code leads to “{read}”; it should be “{wanted}”.")  # fmt: skip
        return Flaw(Sort.PICTURE, question.url, message, DO_NOT_PRINT)
    return _stale(question) if _differs(question, reply) else None


def _differs(question: Question, reply: Answer) -> bool:
    return question.built != "" and sha256(reply.body).hexdigest() != question.built


def _stale(question: Question) -> Flaw:
    return Flaw(Sort.STALE, question.url, *OLDER)


def _flaw(question: Question, sort: Sort, message: Text, hint: Text) -> Flaw:
    """Return the flaw of an address, a worse one where it is on a plaque."""
    if not question.printed or question.kind is Kind.PICTURE:
        return Flaw(sort, question.url, message, hint)
    told = Text(f"Đã in lên biển: {_small(message.vi)}", f"On a printed plaque: {_small(message.en)}")
    return Flaw(Sort.PRINTED, question.url, told, hint)


def _small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _say_missing(question: Question, status: int) -> Text:
    if question.kind is Kind.PICTURE:
        return Text(f"Không có ảnh mã QR này ({status}).", f"There is no such picture of a code ({status}).")
    return Text(f"Không có trang này ({status}).", f"There is no such page ({status}).")


def _publish(question: Question) -> Text:
    return PUBLISH if question.built else BUILD_AND_PUBLISH


# --- The proof of a published site: every printed address, every page and every code, fetched as a visitor would ---

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
