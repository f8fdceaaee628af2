"""Names as a page says them: never cut in the middle, small within a sentence, explained in another language."""

import re
from typing import Final

from markupsafe import Markup, escape

from vuonho.model.vocabulary import find_animal, find_crop
from vuonho.pages.language import Language, Said

# --- Names of people and gardens ---

_ELDERS: Final = {
    "ông bà": "couple", "ông": "mr", "bà": "mrs", "chị": "ms", "anh": "mr", "cô": "ms", "chú": "mr",
}  # fmt: skip
_FAMILIES: Final = ("nhà", "hộ", "gia đình")
_KINDS: Final = {
    "vườn": "garden", "nhà vườn": "garden", "nhà": "home", "ao": "pond", "ao vườn": "pond",
    "trại": "farm", "trang trại": "farm", "đồi": "hill", "ruộng": "field",
}  # fmt: skip
_PLAIN_THINGS: Final = {"rau": "vegetables", "hoa": "flowers", "cá": "fish", "ong": "bees", "hươu": "deer"}
_CAPITAL: Final = f"[{''.join(filter(str.isupper, map(chr, range(0x41, 0x1EFA))))}]"
_NAME: Final = rf"{_CAPITAL}\w*(?: {_CAPITAL}\w*)*"
_PERSON: Final = re.compile(rf"\b((?i:{'|'.join((*_ELDERS, 'bác', *_FAMILIES))})) ({_NAME})")


def address_of(name: str) -> str:
    """Return how a guest calls the host by the name of the garden (“bà”, “ông”, “chị”), or ""."""
    found = _PERSON.search(name)
    said = found[1].lower() if found else ""
    return said if said in _ELDERS or said == "bác" else ""


def host(name: str, language: Language) -> str:
    """Return whom a guest calls, by the garden's name: “bà Hường”, “nhà Sen”, “Mrs Hường”; "" where it names nobody."""
    found = _PERSON.search(name)
    if not found:
        return ""
    said = found[1].lower()
    if language.tag == "vi":
        return host_in_vietnamese(name)
    return _whom(said, found[2], language)


def host_in_vietnamese(name: str) -> str:
    """Return whom a guest calls as one says it here: “bà Hường”, “nhà Sen”."""
    found = _PERSON.search(name)
    if not found:
        return ""
    said = found[1].lower()
    return f"{'nhà' if said in _FAMILIES else said} {found[2]}"


def _whom(said: str, name: str, language: Language) -> str:
    return language.say(f"gloss.{_ELDERS.get(said, 'family' if said in _FAMILIES else 'elder')}", name=name)


def gloss(name: str, language: Language) -> str:
    """Return what a garden's name means (“Mrs Hường's garden”), or "" where no rule knows it or nobody needs it."""
    found = _PERSON.search(name)
    if language.tag == "vi" or not found:
        return ""
    before = name[: found.start()].strip().lower()
    kind = next((k for k in sorted(_KINDS, key=len, reverse=True) if f"{before} ".startswith(f"{k} ")), "")
    said = found[1].lower()
    if not kind and said == "nhà":  # “Nhà bà Liễu” has its word before, “Nhà Sen” has none
        kind = "nhà"
    if not kind:
        return ""
    whom = _whom(said, found[2], language)
    what = language.say(f"gloss.{_KINDS[kind]}")
    thing = _thing(before.removeprefix(kind).strip(), language)
    if thing:
        what = language.say("gloss.of_thing", thing=thing, kind=what)
    told = language.say("gloss.of_person", whom=whom, what=what)
    return told[:1].upper() + told[1:]


def _thing(word: str, language: Language) -> str:
    """Return what grows or lives there, where one word of the name says it: “cam”, “hươu”."""
    if word in _PLAIN_THINGS:
        return language.say(f"gloss.{_PLAIN_THINGS[word]}")
    known = find_crop(word) or find_animal(word) if word else None
    return language.thing(known).lower() if known else ""


# --- Names of places ---

_PLACES: Final = {
    "thôn": "village", "làng": "village", "bản": "village", "xóm": "hamlet", "tổ dân phố": "quarter",
    "khối": "quarter", "xã": "commune", "phường": "ward", "thị trấn": "town", "huyện": "district",
    "ngõ": "lane", "ngách": "alley", "đường": "road",
    "nhà văn hóa": "culture_house", "đình": "communal_house", "chùa": "pagoda", "đền": "temple", "miếu": "shrine",
    "nhà thờ": "church", "trường mầm non": "nursery", "trường tiểu học": "primary_school", "trường": "school",
    "trường thcs": "secondary_school", "trường trung học cơ sở": "secondary_school",
    "trạm y tế": "health_station", "ubnd": "office", "ủy ban nhân dân": "office", "bưu điện": "post_office",
    "chợ": "market", "cầu": "bridge", "bến đò": "ferry", "giếng": "well", "cây đa": "banyan", "cổng": "gate",
    "sông": "river", "rào": "river", "khe": "stream", "suối": "stream", "hồ": "lake", "đập": "dam", "núi": "mountain",
}  # fmt: skip
_PLACE: Final = re.compile(
    rf"({'|'.join(sorted(_PLACES, key=len, reverse=True))})(?: (\S.*))?", re.IGNORECASE
)
_TEAM: Final = re.compile(r"tổ (?:công nghệ số|chuyển đổi số)(?: cộng đồng)? (\S.*)", re.IGNORECASE)


def place_name(text: str, language: Language, *, inside: bool = False) -> Said:
    """Return an address or the name of a place, its usual words in the page's language: “Đông hamlet, lane 3”.

    `inside` a sentence it begins small where the language writes it so: “thôn Vườn Mẫu”.
    """
    parts = [part.strip() for part in text.split(",")]
    if language.tag == "vi":
        return Said(
            ", ".join(unbroken(within(part) if at or inside else part) for at, part in enumerate(parts))
        )
    told = [_place(part, language) for part in parts]
    pieces = [told[0][:1].upper() + told[0][1:], *told[1:]]
    return Said.joined(
        [
            Said(unbroken(piece or part), None if piece or _NAMES.fullmatch(part) else "vi")
            for piece, part in zip(pieces, parts, strict=True)
        ]
    )


def _place(part: str, language: Language) -> str:
    """Return a part of an address in another language; "" where nothing of it is known."""
    found = _PLACE.fullmatch(part)
    if not found:
        return ""
    kind = language.say(f"gloss.{_PLACES[found[1].lower()]}")
    if not found[2]:
        return kind
    name, is_word = found[2], found[2][0].islower()
    if (
        is_word or " " in name
    ):  # “trạm y tế xã”, “nhà văn hóa thôn Vườn Mẫu”, but a hamlet called Chùa is no pagoda
        name = _place(name, language) or name
    if is_word and name == found[2]:
        return ""
    return language.say("gloss.numbered" if name[0].isdigit() else "gloss.place", kind=kind, name=name)


def plain_place(text: str, language: Language) -> str:
    """Return the name of a place inside a sentence that is not seen on the page."""
    return place_name(text, language, inside=True).text.replace(_SPACE, " ")


def team_name(name: str, language: Language) -> Said:
    """Return what the village's team is called: “the digital team of Vườn Mẫu village”."""
    found = None if language.tag == "vi" else _TEAM.fullmatch(name)
    if not found:
        return language.vietnamese(whole(name))
    return Said(language.say("gloss.team", place=place_name(found[1], language).text))


def within(name: str) -> str:
    """Return the name of a place as it stands inside a sentence: “thôn Vườn Mẫu”."""
    return name[0].lower() + name[1:] if name[1:2].islower() and _PLACE.fullmatch(name) else name


# --- Where a name may be cut ---

_SPACE: Final = "\u00a0"
_LONGEST: Final = 24
"""Letters in one piece; more would leave the line before it half empty on a phone."""
_MOST_WORDS: Final = 4
_WIDEST: Final = 18
"""Letters of a name in one piece: what a row of a list holds beside its picture on a phone."""
_KIN: Final = (*_ELDERS, "bác", "cụ", "cố", "dì", "cậu", "mợ", "thím", "em")
_HEADS: Final = (
    *_KIN, "nhà", "thôn", "xóm", "làng", "bản", "tổ", "khối", "xã", "phường", "huyện", "tỉnh", "ngõ", "số",
)  # fmt: skip
_DIGIT: Final = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|trăm"
_PAIRS: Final = (
    "cộng đồng|sinh thái|gia đình|nhà nghỉ|nhà vườn|ao vườn|trang trại|mật ong|thả vườn|âm lịch|dân phố"
)
_JOINTS: Final = re.compile(
    rf"\b(?:(?:{'|'.join(_HEADS)}) (?=\w)|(?:{_DIGIT}) (?=(?:{_DIGIT})\b)|\d+ (?=\d)|(?:{_PAIRS})\b)",
    re.IGNORECASE,
)
_NAMES: Final = re.compile(_NAME)
_OWNED: Final = re.compile(
    rf"^(?:{'|'.join((*_KINDS, 'hộ', 'quán'))}) (?=(?:{'|'.join((*_KIN, 'nhà'))})\b)", re.IGNORECASE
)


def whole(text: str, *, owned: bool = False, wide: bool = False) -> str:
    """Return a name that a line ends in only where a reader would pause: never within “bà Hường” or “mười hai”.

    With `owned`, “Vườn bà Hường” stays whole too; with `wide` room, a person's four names.
    """
    said = _JOINTS.sub(_joined, _NAMES.sub(_joined, text))
    said = said if wide else " ".join(map(_fitting, said.split(" ")))
    return _OWNED.sub(_joined, said) if owned else said


def _joined(found: re.Match[str]) -> str:
    """Return what was found in one piece; in a line all of capitals a break must be possible."""
    text = found[0]
    return text.replace(" ", _SPACE) if text.count(" ") < _MOST_WORDS else text


def _fitting(piece: str) -> str:
    """Return a piece, in two where it is too wide: the later one as long as may be, none after “bà” alone."""
    words = piece.split(_SPACE)
    if len(piece) <= _WIDEST:
        return piece
    cuts = (
        at for at in range(1, len(words))
        if words[at - 1].lower() not in _HEADS and len(" ".join(words[at:])) <= _WIDEST
    )  # fmt: skip
    at = next(cuts, 0)
    return " ".join(_SPACE.join(part) for part in (words[:at], words[at:]) if part)


def in_pieces(name: str) -> Markup:
    """Return a heading whose pieces stay whole but where one alone is wider than the screen; its text is as typed."""
    pieces = (
        Markup('<span class="one">{}</span>').format(piece.replace(_SPACE, " "))
        if _SPACE in piece
        else escape(piece)
        for piece in whole(name).split(" ")
    )
    return Markup(" ").join(pieces)


def unbroken(text: str) -> str:
    """Return a short part of an address in one piece."""
    return text.replace(" ", _SPACE) if len(text) <= _LONGEST else whole(text)
