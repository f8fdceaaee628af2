"""What is wrong with an answer, as data, and what to do about it."""

from hashlib import sha256

from vuonho.bilingual import Text
from vuonho.errors import Refused
from vuonho.foreign import cited
from vuonho.output.live import said
from vuonho.output.live.caller import Answer, Reply
from vuonho.output.live.flaws import Flaw, Kind, Question, Sort
from vuonho.output.live.silence import UNTRIED, Silence
from vuonho.output.live.target import origin
from vuonho.output.verify.codes import decode, fold_origin
from vuonho.output.verify.page import Page, parse_page


def judge(question: Question, reply: Reply) -> Flaw | None:
    """Return what is wrong with an answer, or None."""
    if isinstance(reply, Silence):
        return _silent(question, reply)
    if question.kind is Kind.NOTHING:
        return _of_nobody(question, reply)
    if reply.status != 200:
        return _refused(question, reply)
    if not _is_at_home(question, reply):
        return _flaw(question, Sort.PAGE, *said.say_elsewhere(reply.end))
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
    return Flaw(Sort.SHOWN, question.url, *said.SHOWN_UNASKED)


def _refused(question: Question, reply: Answer) -> Flaw:
    if reply.leads and origin(reply.leads) == origin(reply.url):
        return _flaw(question, Sort.PAGE, *said.IN_CIRCLES)
    if reply.leads:
        return _flaw(question, Sort.PAGE, *said.say_elsewhere(reply.leads))
    if reply.status in (404, 410):
        return _flaw(question, Sort.PAGE, _say_missing(question, reply.status), _publish(question))
    return _flaw(
        question, Sort.PAGE,
        Text(f"Máy chủ báo lỗi {reply.status}.", f"The server says error {reply.status}."),
        said.BUSY,
    )  # fmt: skip


def _is_at_home(question: Question, reply: Answer) -> bool:
    """Tell whether redirects, if there were any, ended where the address means to lead."""
    ends = {url.rstrip("/").lower() for url in (question.url, *question.says)}
    return question.kind is Kind.PICTURE or reply.end.rstrip("/").lower() in ends


def _page(question: Question, reply: Answer) -> Flaw | None:
    page = parse_page(reply.body)
    if not _is_ours(page):
        return _flaw(question, Sort.PAGE, *said.NOT_OURS)
    if question.kind is Kind.NOTICE:
        if not page.is_notice:
            return Flaw(Sort.SHOWN, question.url, *said.STILL_SHOWN)
    elif not (
        _calls_itself(page, question) or (page.is_notice if question.kind is Kind.FORWARD else page.refresh)
    ):
        if page.is_notice:
            return _stale(question)
        return _flaw(question, Sort.PAGE, *said.OTHER_PAGE)
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
        return Flaw(Sort.PICTURE, question.url, message, said.DO_NOT_PRINT)
    if read not in map(fold_origin, question.says):
        wanted, read = question.says[0], cited(read)[: said.MOST]
        message = Text(f"Mã QR dẫn tới “{read}”, đúng ra phải là “{wanted}”.",
                       f"The QR code leads to “{read}”; it should be “{wanted}”.")  # fmt: skip
        return Flaw(Sort.PICTURE, question.url, message, said.DO_NOT_PRINT)
    return _stale(question) if _differs(question, reply) else None


def _differs(question: Question, reply: Answer) -> bool:
    return question.built != "" and sha256(reply.body).hexdigest() != question.built


def _stale(question: Question) -> Flaw:
    return Flaw(Sort.STALE, question.url, *said.OLDER)


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
    return said.PUBLISH if question.built else said.BUILD_AND_PUBLISH
