"""What free text should not say of a family: numbers that are refused, and words worth a second look."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from urllib.parse import unquote_plus

from vuonho.errors import Problem, Severity
from vuonho.i18n import Text
from vuonho.text import nfc

# --- Numbers in free text that must not be published: identity cards and bank accounts ---

_RUN = re.compile(r"[0-9]+(?:[ .\-–][0-9]+)*")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_CARD = re.compile(r"0(?!00)(?:[0-8][0-9]|9[0-6])[0-3][0-9]{8}")
_OLD_CARD = re.compile(r"(?:0[1-9]|[12][0-9]|3[01])[0-9]{7}(?<!000)")  # 32 to 39 look like phones without 0
_NUMBERS_PHONE = re.compile(r"(?:0|84|0084)(?:[35789][0-9]{8}|2[0-9]{8,9})")
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
    if bank and _is_account(run, bank) and not _NUMBERS_PHONE.fullmatch(run.digits):
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
    if (
        _GLUED.search(run.before)
        or run.after[:1].isalnum()
        or _is_money(run)
        or _NUMBERS_PHONE.fullmatch(run.digits)
    ):
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
    return not (10 in sizes and _NUMBERS_PHONE.fullmatch("".join(run.groups[start:end])[:10]))


def _is_old_card(run: _Run) -> bool:
    shape = tuple(len(group) for group in run.groups)
    grouped = shape == (3, 3, 3) and len(set(run.signs)) == 1 and run.signs[0] != "."
    plain = shape == (9,) and not re.match(r" ?[/,][0-9]", run.after)
    return (grouped or plain) and _OLD_CARD.fullmatch(run.digits) is not None


# --- Words that tell what a family may not want told, topic by topic, and the harmless ones that look like them ---

_CAPITAL = "[" + "".join(filter(str.isupper, map(chr, range(0x41, 0x1F00)))) + "]"
_LIVING = (  # in small letters only: Hoa, Cam and Chè are names too
    "(?-i:cây|cam|bưởi|chanh|quýt|ổi|chè|lúa|ngô|lạc|rau|hoa|gà|vịt|ngan|ngỗng|lợn|heo|bò|bê|trâu|nghé|dê|hươu|nai"
    "|ong|cá|tôm|chim|thỏ|chó|mèo|vườn|đàn|lá|quả|gốc|rễ|giống|vật nuôi|gia súc|gia cầm|cây trồng)"
)


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing not to tell: its pattern (the group `found` is what counts), what it is about, what to do."""

    pattern: re.Pattern[str]
    about: Text
    advice: Text


def _pattern(found: str, harmless: str = "(?!)") -> re.Pattern[str]:
    """Return a pattern of whole words from phrases parted by | and line ends."""
    one, other = ("|".join(part.strip() for part in side.strip().split("\n")) for side in (harmless, found))
    return re.compile(rf"(?<!\w)(?:(?:{one})|(?P<found>{other}))(?!\w)", re.IGNORECASE)


_HEALTH = _pattern(
    found=r"""
        bệnh(?: \w{1,8})?|bệnh tật|ung thư|khuyết tật|tàn tật|dị tật|tâm thần|động kinh|tiểu đường
        huyết áp|đột quỵ|tai biến|hiv|aids|chất độc (?:màu )?da cam|chạy thận|suy (?:thận|tim|gan)
        bại liệt|bị liệt|nằm liệt|liệt (?:giường|nửa người)|câm điếc|khiếm thị|khiếm thính|bị mù
        mù l(?:òa|oà)|trầm cảm|tự kỷ|viêm gan|lao phổi|ốm (?:đau|yếu|nặng)|đau ốm|xe lăn|h(?:óa|oá) trị
        xạ trị|sức kh(?:ỏe|oẻ) yếu|nghiện (?:rượu|ma t(?:úy|uý))|cancer|disab(?:led|ility)|diabetes
        dementia|wheelchair|illness|mentally ill
    """,
    harmless=f"""
        sâu,? bệnh|bệnh hại
        (?:phòng|phòng trừ|phòng ngừa|phòng chống|kháng|sạch|dịch|mầm|nấm|trừ|chữa|trị|ít) bệnh
        bệnh (?:viện|xá|cây|nấm|vàng lá|gân xanh|thối|ghẻ|loét|chảy gôm|xì mủ|greening|đạo ôn|khô vằn)
        bệnh (?:bạc lá|đốm|tụ huyết trùng|cháy lá|rỉ sắt|gỉ sắt|héo|chết nhanh|chết chậm|lở mồm|dịch tả|tai xanh|cầu trùng)
        bệnh (?:(?:cho|trên|ở|của|hại) )?{_LIVING}|{_LIVING}(?: \\w{{1,8}}){{0,2}} bệnh
    """,
)
_RELIGION = _pattern(
    found="""
        công giáo|thiên chúa|ki-?tô giáo|phật tử|phật giáo|tin lành|hồi giáo|cao đài|h(?:òa|oà) hảo
        giáo dân|giáo xứ|giáo họ|tín đồ|linh mục|tôn giáo|(?:theo|có|xứ|họ|ngoan) đạo|đạo gốc
        đạo (?:phật|chúa|thiên chúa|công giáo|tin lành|cao đài|hồi|hữu)|catholics?|buddhists?
        protestants?|christians?|religion|religious
    """,
    harmless="(?:theo|có) đạo (?:đức|lý|nghĩa|diễn)|tín đồ ẩm thực",
)
_ETHNICITY = _pattern(
    found="""
        dân tộc|thiểu số
        (?:người|đồng bào) (?:mường|chứt|lào|mông|h'mông|tày|nùng|dao|thổ|khơ ?mú|mã liềng|rục)
        (?:người|đồng bào) thái(?! (?:lan|bình|nguyên))|ethnic(?: minority)?
    """,
    harmless="""
        toàn dân tộc|đoàn kết (?:các )?dân tộc|các dân tộc|dân tộc (?:việt nam|ta|nội trú)
        (?:bản sắc|văn h(?:óa|oá)|truyền thống|hồn|tinh hoa|nhạc cụ|trang phục|phòng|ban|lợn|gà|giống) dân tộc
    """,
)
_PARTY = _pattern(
    found="""
        đảng viên|chi bộ|đảng bộ|đảng (?:ủy|uỷ)|cấp (?:ủy|uỷ)|tuổi đảng|huy hiệu đảng
        (?:vào|kết nạp) đảng|bí thư|party members?|communist party
    """,
    harmless="bí thư (?:chi )?đoàn",
)
_POVERTY = _pattern(
    found="""
        (?:hộ|cận|thoát|nhà|gia đình|đói) nghèo|nghèo (?:khó|khổ|đói)|hoàn cảnh (?:rất |quá )?khó khăn
        bảo trợ xã hội|trợ cấp|neo đơn|nợ ngân hàng|poor (?:household|family)|near-poor|poverty
    """,
    harmless="giảm nghèo|(?:không còn|hết) hộ nghèo|hết đói nghèo",
)
_CHILDREN = _pattern(
    found=f"""
        (?-i:(?:cháu|bé) {_CAPITAL}\\w{{0,12}})|cháu (?:nhỏ|bé|gái|trai|út)|bé (?:gái|trai)|em bé
        con (?:nhỏ|thơ|dại|mọn)|con (?:gái|trai) (?:nhỏ|út)
        học (?:mẫu giáo|mầm non|tiểu học|lớp [0-9]{{1,2}})
        (?:con|cháu|bé|em)(?:,? \\w{{1,8}}){{0,4}},? (?:1[0-7]|[1-9]) tuổi
        [0-9]{{1,2}}[- ]years?[- ]old (?:son|daughter|boy|girl|child|grandson|granddaughter)
        (?:my|our|his|her|their) (?:\\w{{1,10}} )?(?:child|children|baby|kids?|grandchild|grandchildren)
    """,
    harmless=f"""
        {_LIVING} con|con {_LIVING}|con (?:đực|cái|mái|trống|giống|nái)|[0-9]{{2,6}} con|con con
        (?:con|các) cháu|cháu con|cây (?:em|bé)
    """,
)
_EMPTY_HOUSE = _pattern(
    found="""
        đi vắng|vắng nhà|vắng người|(?:không|chẳng) (?:có )?(?:ai|người|người nào) ở nhà
        không ai trông nhà|nhà (?:để |bỏ )?trống|nhà không có (?:ai|người)
        (?:chìa )?kh(?:óa|oá) (?:cửa|cổng|nhà)|cả nhà đi|đi làm (?:xa|cả ngày)
        (?:ở|sống) (?:nhà )?một mình|(?:nobody|no one)(?: is)?(?: at)? home|away from home|away all day
        house is empty|lives? alone
    """
)

TOPICS = (
    Topic(
        _HEALTH,
        Text("This speaks of health"),
        Text("Health belongs to the family; if it is about a person, better leave it out."),
    ),
    Topic(
        _RELIGION,
        Text("This speaks of religion"),
        Text("Faith is private; better leave it out."),
    ),
    Topic(
        _ETHNICITY,
        Text("This speaks of ethnic origin"),
        Text("If it tells a family's origin, better leave it out."),
    ),
    Topic(
        _PARTY,
        Text("This speaks of the Party"),
        Text("Party membership is private; better leave it out."),
    ),
    Topic(
        _POVERTY,
        Text("This speaks of poverty"),
        Text("Strangers need not know a family's hardship; better leave it out."),
    ),
    Topic(
        _CHILDREN,
        Text("This speaks of children"),
        Text("For the children's safety, better leave out names, ages and schools."),
    ),
    Topic(
        _EMPTY_HOUSE,
        Text("This tells when nobody is at home"),
        Text("Thieves read it too; give only the hours when guests are welcome."),
    ),
)


# --- What free text should not say of a family: numbers that are refused, and words worth a second look ---

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


def cautions(text: str, field: str) -> tuple[Problem, ...]:
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


def cards_in_link(link: str, field: str) -> tuple[Problem, ...]:
    """Return the error for a link that holds an identity card number, of which only a few digits are quoted."""
    cards = tuple(masked(digits) for digits in link_cards(link))
    return (Problem(field, *_card(_quotes(cards))),) if cards else ()


def _numbers(plain: str, field: str) -> Iterator[Problem]:
    found: dict[Kind, list[str]] = {}
    for kind, digits in private_numbers(plain):
        found.setdefault(kind, []).append(masked(digits))
    for kind, shown in found.items():
        words = _quotes(shown)
        yield Problem(
            field,
            *(
                _card(words)
                if kind is Kind.CARD
                else (
                    Text("This looks like a bank account: {words}.", words=words),
                    Text("Please delete it; the family can give it to a buyer by phone."),
                )
            ),
        )


def _topics(plain: str, field: str) -> Iterator[Problem]:
    for topic in TOPICS:
        if words := tuple(match["found"] for match in topic.pattern.finditer(plain) if match["found"]):
            yield Problem(field, *_said(topic, _quotes(words)), Severity.WARNING)


def _said(topic: Topic, words: str) -> tuple[Text, Text]:
    return Text("{about}: {words}.", about=topic.about, words=words), topic.advice


def _contacts(plain: str, field: str) -> Iterator[Problem]:
    if phones := tuple(masked(re.sub(r"\D", "", match[0])) for match in _PHONE.finditer(plain)):
        yield Problem(field, *_phone(_quotes(phones)), Severity.WARNING)
    if mails := tuple(match[0] for match in _MAIL.finditer(plain)):
        yield Problem(field, *_mail(_quotes(mails)), Severity.WARNING)
    if maps := tuple(match[0] for match in _MAP.finditer(plain)):
        yield Problem(field, *_place(_quotes(maps)), Severity.WARNING)


def _quotes(words: Iterable[str]) -> str:
    """Return the first few different words, each in quotes."""
    different = tuple({word.lower(): word for word in reversed(tuple(words))}.values())[::-1]
    more = ", …" if len(different) > MOST_QUOTED else ""
    return ", ".join(f"“{word[:LONGEST_QUOTED]}”" for word in different[:MOST_QUOTED]) + more


def _card(words: str) -> tuple[Text, Text]:
    return (
        Text("This looks like an identity card number: {words}.", words=words),
        Text("Please delete it; identity numbers are never published."),
    )


def _phone(words: str) -> tuple[Text, Text]:
    return (
        Text("There is a phone number in the text: {words}.", words=words),
        Text("Better put it in contact.phone, where it shows only with the family's tick."),
    )


def _mail(words: str) -> tuple[Text, Text]:
    return (
        Text("There is a mail address in the text: {words}.", words=words),
        Text("Better leave it out; it draws junk mail."),
    )


def _place(words: str) -> tuple[Text, Text]:
    return (
        Text("There is a map position in the text: {words}.", words=words),
        Text("Better put it in location.point, where the family chooses: exact, near, or not at all."),
    )
