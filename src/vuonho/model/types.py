"""The types of single values: each takes the text that was typed and gives a value, or refuses it in words."""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, TypeAlias, TypeVar
from urllib.parse import urlsplit

from vuonho.errors import UserError
from vuonho.i18n import Text
from vuonho.model.codes import parse_code
from vuonho.model.dates import parse_date, parse_lunar_months, parse_months, parse_year
from vuonho.model.fields import Kind, LocalText, Several, Typed
from vuonho.model.geo import Point, parse_point
from vuonho.model.values import (
    Phone,
    clean_story,
    clean_text,
    parse_area,
    parse_count,
    parse_phone,
    parse_price,
    parse_yes_no,
    plain_value,
    quoted,
)
from vuonho.model.vocabulary import Word, WordList
from vuonho.text import fold

# --- The address of a page elsewhere, kept as it was typed or refused ---

# Labels of letters and digits in any script, hyphens within; the last begins with a letter, so no IP passes.
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_NETLOC = re.compile(rf"(?:{_LABEL}\.)+(?=[^\W\d_]){_LABEL}(?::(?P<port>[1-9][0-9]{{0,4}}))?")
_LONGEST_HOST = 260
_STRANGE = frozenset(" \\<>\"'`{}|^")


def parse_link(text: str) -> str:
    """Return a link with http or https and a host with a name, as typed; UserError for anything else."""
    if _is_link(text):
        return text
    raise UserError(
        Text("{text} is not a web address.", text=quoted(text)),
        Text("Copy the whole of it, beginning with https://"),
    )


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    whole = parts.scheme.lower() in {"http", "https"} and has_sound_host(parts.netloc)
    return whole and text.isprintable() and _STRANGE.isdisjoint(text)


def has_sound_host(netloc: str) -> bool:
    """Tell whether what stands between "//" and the next "/" is a domain name, with a port or not, and no more."""
    found = _NETLOC.fullmatch(netloc) if len(netloc) <= _LONGEST_HOST else None
    return found is not None and int(found["port"] or 1) <= 65_535


# --- The types of single values: each takes the text that was typed and gives a value, or refuses it in words ---

LONGEST_HINT = 80
LONGEST_URL = 300
NOT_ONE_VALUE = Text("One value is wanted here, not several.")
Value = TypeVar("Value")


def _from_text(
    parse: Callable[[str], Value], kind: Kind, most: int | None = None, words: WordList | None = None
) -> Typed:
    """Return a validator that takes one text only."""

    def read(value: object) -> Value:
        if not isinstance(value, str):
            raise UserError(
                NOT_ONE_VALUE,
                Text("Write it on one line: “key: value”."),
            )
        return parse(value)

    return Typed(read, kind=kind, most=most, words=words)


def _typed(parse: Callable[[str], Value], kind: Kind, words: WordList | None = None) -> Typed:
    """Return a validator for a value with a form of its own: what nobody sees in it is named first."""
    return _from_text(lambda text: parse(plain_value(text)), kind, words=words)


def _line(most: int) -> Typed:
    return _from_text(lambda text: _not_longer(clean_text(text), most), "line", most)


def _not_longer(text: str, most: int) -> str:
    if len(text) > most:
        raise UserError(
            Text("{count} characters long; {most} at most.", count=len(text), most=most),
            Text("Make it shorter."),
        )
    return text


def _team_name(text: str) -> str:
    name = _not_longer(clean_text(text), 120)
    if any(letter.isalpha() for letter in name):
        return name
    raise UserError(
        Text("{name} has no letters: it is not the name of a team.", name=quoted(name)),
        Text(
            "Write the name as people say it, such as: Tổ công nghệ số Thôn 5. The phone has its own place."
        ),
    )


def _url(text: str) -> str:
    return parse_link(_not_longer(clean_text(text), LONGEST_URL))


def _stars(text: str) -> int:
    word = fold(text).removesuffix(" sao").removesuffix("*").strip()
    if word in {"3", "4", "5"}:
        return int(word)
    raise UserError(
        Text("{text}: OCOP grades have 3, 4 or 5 stars.", text=quoted(text)),
        Text("Write one number: 3, 4 or 5."),
    )


def _months(parse: Callable[[list[str]], tuple[int, ...]]) -> Typed:
    def read(value: object) -> tuple[int, ...]:
        items = [value] if isinstance(value, str) else value
        if isinstance(items, list) and all(isinstance(item, str) for item in items):
            return parse([plain_value(item) for item in items])
        raise UserError(
            Text("Months must be a list of numbers."),
            Text("Write: [8, 9] or 8-9."),
        )

    return Typed(read, kind="months")


def _local(clean: Callable[[str], str], kind: Kind, most: int) -> Typed:
    """Return a validator for free text: one text (Vietnamese) or `{vi: …, en: …}`."""

    def read(value: object) -> LocalText:
        if isinstance(value, str):
            return LocalText((("vi", _not_longer(clean(value), most)),))
        words = {tag: v for tag, v in value.items() if v is not None} if isinstance(value, dict) else {}
        if words.get("vi") and all(isinstance(v, str) for v in words.values()):
            ordered = sorted(words.items(), key=lambda item: item[0] != "vi")
            return LocalText(tuple((_language(tag), _not_longer(clean(text), most)) for tag, text in ordered))
        raise UserError(
            Text("Words are wanted here, at least in Vietnamese."),
            Text('Write: {vi: "…", en: "…"}, or one sentence.'),
        )

    return Typed(read, kind=kind, most=most)


def _language(tag: str) -> str:
    if len(tag) in {2, 3} and tag.isascii() and tag.isalpha() and tag.islower():
        return tag
    raise UserError(
        Text("{tag} is not a language code.", tag=quoted(tag)),
        Text("Use vi for Vietnamese, en for English."),
    )


def word_of(words: WordList) -> Typed:
    """Return a validator for one word of a closed list."""
    return _typed(words.find, "word", words)


def Listed(most: int) -> Several:  # noqa: N802 - reads as a type where it stands
    """Return a check that a list is meant and has at most so many entries.

    A lone text is refused: "Bưởi, Cam" would quietly become one crop.
    """

    def read(value: object) -> object:
        if isinstance(value, str):
            parts = ", ".join(
                part.strip() for part in plain_value(value)[:LONGEST_HINT].split(",") if part.strip()
            )
            raise UserError(
                Text("A list is wanted here."),
                Text("Write it in square brackets: [{parts}]", parts=parts),
            )
        if isinstance(value, list) and len(value) > most:
            raise UserError(
                Text("{count} entries; {most} at most.", count=len(value), most=most),
                Text("Keep the main ones."),
            )
        return value

    return Several(read, most=most)


Name: TypeAlias = Annotated[str, _line(60)]
Line: TypeAlias = Annotated[str, _line(120)]
TeamName: TypeAlias = Annotated[str, _from_text(_team_name, "line", 120)]
Url: TypeAlias = Annotated[str, _from_text(_url, "url", LONGEST_URL)]
Code: TypeAlias = Annotated[str, _typed(parse_code, "code")]
Day: TypeAlias = Annotated[date, _typed(parse_date, "day")]
Year: TypeAlias = Annotated[int, _typed(parse_year, "year")]
Area: TypeAlias = Annotated[int, _typed(parse_area, "area")]
Count: TypeAlias = Annotated[int, _typed(parse_count, "count")]
Price: TypeAlias = Annotated[int, _typed(parse_price, "price")]
Stars: TypeAlias = Annotated[int, _typed(_stars, "stars")]
YesNo: TypeAlias = Annotated[bool, _typed(parse_yes_no, "yes_no")]
Position: TypeAlias = Annotated[Point, _typed(parse_point, "position")]
Telephone: TypeAlias = Annotated[Phone, _typed(parse_phone, "phone")]
Months: TypeAlias = Annotated[tuple[int, ...], _months(parse_months)]
LunarMonths: TypeAlias = Annotated[tuple[int, ...], _months(parse_lunar_months)]
Caption: TypeAlias = Annotated[LocalText, _local(clean_text, "caption", 200)]
Paragraph: TypeAlias = Annotated[LocalText, _local(clean_story, "paragraph", 1_000)]
Story: TypeAlias = Annotated[LocalText, _local(clean_story, "story", 6_000)]

__all__ = [
    "Area", "Caption", "Code", "Count", "Day", "Line", "Listed", "LunarMonths", "Months", "Name", "Paragraph", "Position",
    "Price", "Stars", "Story", "TeamName", "Telephone", "Url", "Word", "Year", "YesNo", "word_of",
]  # fmt: skip


# --- The address that is printed on plaques ---

_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_PAGES = ".github.io"
_REPOSITORY = re.compile(
    r"(?:[a-z]+://|git@)?(?:www\.)?"
    r"(?:github\.com(?:[/:](?P<path>[^?#\s]*))?(?:[?#].*)?|(?P<owner>[a-z0-9-]+\.github\.io\.git)/?)$",
    re.IGNORECASE,
)
_PATH = re.compile(r"/([A-Za-z0-9._~-]+/)*")


def parse_base_url(text: str) -> str:
    """Return the address with its host in lower case; raise UserError for what cannot be printed for ever."""
    _refuse_repository(text)
    wrong = _what_is_wrong(text)
    if wrong:
        raise UserError(wrong, _how_to_write(text))
    parts = urlsplit(text)
    port = f":{parts.port}" if parts.port else ""
    return f"https://{parts.hostname}{port}{parts.path}"


def _how_to_write(text: str) -> Text:
    secure = f"https{text[4:].rstrip('/')}/" if text.lower().startswith("http://") else ""
    if secure and not _what_is_wrong(secure):
        return Text("Open {secure} on a phone; if it opens, write that.", secure=secure)
    return Text("Write it like https://village-name.github.io/ (begins with https://, ends in /).")


def _refuse_repository(text: str) -> None:
    """Raise UserError for the address of a repository, naming that of its site (GitHub Docs, "About GitHub Pages")."""
    found = _REPOSITORY.match(text)
    if found is None:
        return
    owner, _, rest = (found["path"] or found["owner"] or "").strip("/").partition("/")
    owner, name = owner.lower().removesuffix(".git").removesuffix(_PAGES), rest.partition("/")[0]
    name = (
        "" if name.lower() in ("", f"{owner}{_PAGES}", f"{owner}{_PAGES}.git") else name.removesuffix(".git")
    )
    right = f"https://{owner or 'ten-thon'}{_PAGES}/{name and f'{name}/'}"
    raise UserError(
        Text("This is the address of a repository at GitHub, not that of the site."),
        Text("Write {right}", right=right),
    )


def _what_is_wrong(text: str) -> Text | None:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return Text("{text} is not a web address.", text=quoted(text))
    if parts.scheme != "https" or not text.startswith("https://"):
        return Text("The address must begin with “https://”.")
    if not text.endswith("/"):
        return Text("The address must end in “/”.")
    if not _HOST.fullmatch(host):
        return Text(
            "{host} cannot be printed: a real domain name is wanted, not localhost or numbers.",
            host=quoted(host),
        )
    if not has_sound_host(parts.netloc) or not _PATH.fullmatch(parts.path) or not text.isprintable():
        return Text("The address holds extra parts or strange signs.")
    if parts.query or parts.fragment:
        return Text("The address holds extra parts or strange signs.")
    if ".." in parts.path or "/./" in parts.path or len(text) > 150:
        return Text("The address is too long or holds “..”.")
    return None
