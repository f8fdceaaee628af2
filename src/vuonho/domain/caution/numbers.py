"""Numbers in free text that must not be published: identity cards and bank accounts.

A card of today has 12 digits: province 001 to 096, sex and century of birth (0 to 3 for people born before
2100), year of birth, six digits (Decree 137/2015/NĐ-CP, art. 13). The older one has 9, the first two from 01
to 38 by province. Whether a number is one of these is a guess from its digits and the words around it;
prices, phones, areas, dates and decisions are told apart. The text is looked through once.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from urllib.parse import unquote_plus

_RUN = re.compile(r"[0-9]+(?:[ .\-–][0-9]+)*")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_CARD = re.compile(r"0(?!00)(?:[0-8][0-9]|9[0-6])[0-3][0-9]{8}")
_OLD_CARD = re.compile(r"(?:0[1-9]|[12][0-9]|3[01])[0-9]{7}(?<!000)")  # 32 to 39 look like phones without 0
_PHONE = re.compile(r"(?:0|84|0084)(?:[35789][0-9]{8}|2[0-9]{8,9})")
_DATE = re.compile(r"[0-9]{1,2}([-. ])[0-9]{1,2}\1(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}")
_UNIT = re.compile(
    r" ?(?:đ|đồng|vnđ|vnd|k|nghìn|ngàn|triệu|tr|tỷ|tỉ|usd|m2|m²|ha|sào|kg|tấn|tạ|lít|cây|con|quả|gốc)(?!\w)",
    re.I,
)
_CARD_WORD = re.compile(
    r"(?<!\w)(?:cccd|căn cước|can cuoc|cmnd|cmt|cmtnd|chứng minh|chung minh|định danh|dinh danh"
    r"|(?:identity|id|citizen) (?:card|number|no|id))(?!\w)[^0-9,.;]{0,40}[ :.#(\-–]*\Z",
    re.IGNORECASE,
)
_ACCOUNT_WORD = re.compile(
    r"(?<!\w)(?:stk|số tài khoản|so tai khoan|số tk|tk ngân hàng|tài khoản ngân hàng|bank account"
    r"|account (?:number|no))(?P<gap>[^0-9]{0,40})\Z"
    r"|(?<!\w)(?:tài khoản|account|tk)[ :]{0,3}(?:là|số)?[ :]{0,3}\Z",
    re.IGNORECASE,
)
_BANK = (
    r"(?:ngân hàng|agribank|vietcombank|vcb|vietinbank|bidv|techcombank|mb ?bank|acb|sacombank|vpbank|tpbank"
    r"|vib|shb|hdbank|lpbank|lienvietpostbank|seabank|ocb|msb|eximbank|scb|pvcombank|kienlongbank|bac ?a ?bank"
    r"|chuyển khoản)"
)
_BANK_BEFORE = re.compile(rf"(?<!\w){_BANK}(?P<gap>[^0-9]{{0,25}})\Z", re.IGNORECASE)
_BANK_AFTER = re.compile(rf"[ ,:(\-–]{{0,3}}{_BANK}(?!\w)", re.IGNORECASE)
_GLUED = re.compile(r"[\w+=]\Z|[0-9][.,]\Z")  # a part of a longer word or number
_CALL = re.compile(
    r"(?<!\w)(?:đt|sđt|điện thoại|gọi|zalo|tel|phone|call|số máy|hotline)(?!\w)", re.IGNORECASE
)


class Kind(StrEnum):
    """What a number is taken for."""

    CARD = "card"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class _Run:
    """Groups of digits with one separator between each two, and the words on both sides."""

    groups: tuple[str, ...]
    signs: tuple[str, ...]
    before: str
    after: str

    @property
    def digits(self) -> str:
        return "".join(self.groups)


def private_numbers(text: str) -> Iterator[tuple[Kind, str]]:
    """Give (kind, digits) for each number that looks like an identity card or a bank account.

    `text` is NFC with single spaces. Digits inside links are not looked at.
    """
    plain = _LINK.sub(" ", text)
    for match in _RUN.finditer(plain):
        if match.end() - match.start() < 8:
            continue
        before, after = (
            plain[max(0, match.start() - 64) : match.start()],
            plain[match.end() : match.end() + 24],
        )
        if found := _judge(_run(match, before, after)):
            yield found


def link_cards(link: str) -> Iterator[str]:
    """Give the digits of each number in a link that has the structure of today's card.

    Nothing else is looked for: shops and pages have numbers of 9 digits too.
    """
    for match in _RUN.finditer(unquote_plus(link)):
        run = _run(match, "", "")
        if not match.string[: match.start()].endswith(tuple("0123456789.,")) and (card := _new_card(run)):
            yield card


def masked(digits: str) -> str:
    """Return enough of a number to find it in the text, and too little to use it."""
    return f"{digits[:3]}…{digits[-2:]}"


def _run(match: re.Match[str], before: str, after: str) -> _Run:
    groups, signs = re.findall("[0-9]+", match[0]), re.findall("[^0-9]", match[0])
    return _Run(tuple(groups), tuple(signs), before, after)


def _judge(run: _Run) -> tuple[Kind, str] | None:
    if (account := _ACCOUNT_WORD.search(run.before)) and _is_account(run, account):
        return Kind.ACCOUNT, run.digits
    if card := _labelled_card(run) or _plain_card(run):
        return Kind.CARD, card
    bank = _BANK_BEFORE.search(run.before) or _BANK_AFTER.match(run.after)
    if bank and _is_account(run, bank) and not _PHONE.fullmatch(run.digits):
        return Kind.ACCOUNT, run.digits
    return None


def _is_account(run: _Run, label: re.Match[str]) -> bool:
    gap = label.groupdict().get("gap") or ""
    return len(run.digits) >= 8 and not (_CALL.search(gap) or _is_money(run) or _is_date(run))


def _is_money(run: _Run) -> bool:
    thousands = (
        run.digits[0] != "0" and len(run.groups) > 1 and all(len(group) == 3 for group in run.groups[1:])
    )
    return bool(_UNIT.match(run.after)) or (thousands and run.digits.endswith("000"))


def _is_date(run: _Run) -> bool:
    typed = "".join(group + sign for group, sign in zip(run.groups, (*run.signs, ""), strict=True))
    return _DATE.match(typed) is not None


def _labelled_card(run: _Run) -> str | None:
    """Return the 12 or 9 digits that follow words like CCCD, however they are grouped."""
    if not _CARD_WORD.search(run.before) or _is_money(run):
        return None
    sizes = tuple(accumulate(len(group) for group in run.groups))
    return next((run.digits[:size] for size in (12, 9) if size in sizes), None)


def _plain_card(run: _Run) -> str | None:
    """Return a card's digits that no word announces: 12 with the right structure, or 9 written plainly."""
    if _GLUED.search(run.before) or run.after[:1].isalnum() or _is_money(run) or _PHONE.fullmatch(run.digits):
        return None
    return _new_card(run) or (run.digits if _is_old_card(run) else None)


def _new_card(run: _Run) -> str | None:
    for start, end in _windows(run.groups, 12):
        if _CARD.fullmatch("".join(run.groups[start:end])) and _stands_alone(run, start, end):
            return "".join(run.groups[start:end])
    return None


def _windows(groups: Sequence[str], total: int) -> Iterator[tuple[int, int]]:
    """Give (start, end) of neighbouring groups of `total` digits together."""
    start, size = 0, 0
    for end, group in enumerate(groups, 1):
        size += len(group)
        while size > total:
            size -= len(groups[start])
            start += 1
        if size == total:
            yield start, end


def _stands_alone(run: _Run, start: int, end: int) -> bool:
    """Return whether the window is one number: one kind of sign in it, another before it, no phone first."""
    inner = set(run.signs[start : end - 1])
    before = run.signs[start - 1] if start else ""
    if len(inner) > 1 or before == "." or (before and before in inner):
        return False
    sizes = tuple(accumulate(len(group) for group in run.groups[start:end]))
    return not (10 in sizes and _PHONE.fullmatch("".join(run.groups[start:end])[:10]))


def _is_old_card(run: _Run) -> bool:
    shape = tuple(len(group) for group in run.groups)
    grouped = shape == (3, 3, 3) and len(set(run.signs)) == 1 and run.signs[0] != "."
    plain = shape == (9,) and not re.match(r" ?[/,][0-9]", run.after)
    return (grouped or plain) and _OLD_CARD.fullmatch(run.digits) is not None
