"""What free text should not say of a family: numbers that are refused, and words worth a second look.

The words are guesses, so they only warn: "phòng sâu bệnh" is not somebody's health.
"""

import re
from collections.abc import Iterable, Iterator

from vuonho.bilingual import Text
from vuonho.domain.caution.numbers import Kind, link_cards, masked, private_numbers
from vuonho.domain.caution.words import TOPICS, Topic
from vuonho.domain.findings import Finding
from vuonho.domain.fold import nfc
from vuonho.errors import Severity

MOST_QUOTED = 3
LONGEST_QUOTED = 40
# Where a phone, an address or a place would slip round the family's ticks.
TOLD = frozenset({"story", "directions", "caption", "address"})

_PHONE = re.compile(
    r"(?<![\w+.])(?![0-9]{1,2}([-. ])[0-9]{1,2}\1(?:19|20)[0-9]{2}(?![0-9]))"  # a date is no phone
    r"(?:(?:\+|00)?84[ .-]?|0)(?:[35789](?:[ .-]?[0-9]){8}|2(?:[ .-]?[0-9]){8,9})(?![0-9])"
)
_MAIL = re.compile(r"(?<=\w)@[\w-]{1,63}\.[a-z]{2,20}(?:\.[a-z]{2,3})?(?!\w)", re.IGNORECASE)
_MAP = re.compile(
    r"maps\.app\.goo\.gl|goo\.gl/maps|google\.[a-z.]{2,6}/maps|maps\.google|openstreetmap\.org|maps\.apple"
    r"|(?<!\w)geo:[0-9]|(?<![0-9.])(?:[89]|1[0-9]|2[0-3])\.[0-9]{3,9}[,; ] ?10[2-9]\.[0-9]{3,9}",
    re.IGNORECASE,
)


def cautions(text: str, field: str) -> tuple[Finding, ...]:
    """Return what a free text says that it should not, in the order errors, topics, contacts.

    Errors are identity cards and bank accounts, of which only a few digits are quoted; everything else is a
    warning that quotes the words. Phones, mail addresses and map positions are warned of in stories,
    directions, captions and address lines only, told by `field`. The time taken grows with the length.
    """
    plain = " ".join(nfc(text).split())
    return (
        *_numbers(plain, field),
        *_topics(plain, field),
        *(_contacts(plain, field) if TOLD.intersection(field.split(".")) else ()),
    )


def cards_in_link(link: str, field: str) -> tuple[Finding, ...]:
    """Return the error for a link that holds an identity card number, of which only a few digits are quoted."""
    cards = tuple(masked(digits) for digits in link_cards(link))
    return (Finding(field, *_card(_quotes(cards))),) if cards else ()


def _numbers(plain: str, field: str) -> Iterator[Finding]:
    found: dict[Kind, list[str]] = {}
    for kind, digits in private_numbers(plain):
        found.setdefault(kind, []).append(masked(digits))
    for kind, shown in found.items():
        words = _quotes(shown)
        yield Finding(field, *(_card(words) if kind is Kind.CARD else _account(words)))


def _topics(plain: str, field: str) -> Iterator[Finding]:
    for topic in TOPICS:
        if words := tuple(match["found"] for match in topic.pattern.finditer(plain) if match["found"]):
            yield Finding(field, *_said(topic, _quotes(words)), Severity.WARNING)


def _said(topic: Topic, words: str) -> tuple[Text, Text]:
    return Text(f"{topic.about.vi}: {words}.", f"{topic.about.en}: {words}."), topic.advice


def _contacts(plain: str, field: str) -> Iterator[Finding]:
    if phones := tuple(masked(re.sub(r"\D", "", match[0])) for match in _PHONE.finditer(plain)):
        yield Finding(field, *_phone(_quotes(phones)), Severity.WARNING)
    if mails := tuple(match[0] for match in _MAIL.finditer(plain)):
        yield Finding(field, *_mail(_quotes(mails)), Severity.WARNING)
    if maps := tuple(match[0] for match in _MAP.finditer(plain)):
        yield Finding(field, *_place(_quotes(maps)), Severity.WARNING)


def _quotes(words: Iterable[str]) -> str:
    """Return the first few different words, each in quotes."""
    different = tuple({word.lower(): word for word in reversed(tuple(words))}.values())[::-1]
    more = ", …" if len(different) > MOST_QUOTED else ""
    return ", ".join(f"“{word[:LONGEST_QUOTED]}”" for word in different[:MOST_QUOTED]) + more


def _card(words: str) -> tuple[Text, Text]:
    return (
        Text(f"Có số giống số căn cước: {words}.", f"This looks like an identity card number: {words}."),
        Text("Xin xóa số này; giấy tờ tùy thân không bao giờ đưa lên trang.",
             "Please delete it; identity numbers are never published."),
    )  # fmt: skip


def _account(words: str) -> tuple[Text, Text]:
    return (
        Text(f"Có số giống số tài khoản ngân hàng: {words}.", f"This looks like a bank account: {words}."),
        Text("Xin xóa số này; khách hỏi thì gia đình đọc qua điện thoại.",
             "Please delete it; the family can give it to a buyer by phone."),
    )  # fmt: skip


def _phone(words: str) -> tuple[Text, Text]:
    return (
        Text(f"Có số điện thoại trong bài: {words}.", f"There is a phone number in the text: {words}."),
        Text("Nên chuyển sang mục “Số điện thoại”; gia đình đánh dấu đồng ý thì mới hiện.",
             "Better put it in contact.phone, where it shows only with the family's tick."),
    )  # fmt: skip


def _mail(words: str) -> tuple[Text, Text]:
    return (
        Text(f"Có địa chỉ thư trong bài: {words}.", f"There is a mail address in the text: {words}."),
        Text("Nên bỏ, để gia đình khỏi nhận thư rác.", "Better leave it out; it draws junk mail."),
    )  # fmt: skip


def _place(words: str) -> tuple[Text, Text]:
    return (
        Text(f"Có vị trí bản đồ trong bài: {words}.", f"There is a map position in the text: {words}."),
        Text("Nên chuyển sang mục “Vị trí trên bản đồ” (location.point); gia đình chọn hiện đúng nơi, gần đúng, hay không hiện.",
             "Better put it in location.point, where the family chooses: exact, near, or not at all."),
    )  # fmt: skip
