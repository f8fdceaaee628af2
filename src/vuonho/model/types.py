"""The types of single values: each takes the text that was typed and gives a value, or refuses it in words."""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, TypeAlias, TypeVar
from urllib.parse import SplitResult, urlsplit

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
from vuonho.model.vocabulary import LISTS, WordList
from vuonho.text import fold

Value = TypeVar("Value")

LONGEST_HINT = 80
LONGEST_URL = 300
NOT_ONE_VALUE = Text("One value is wanted here, not several.")


def one_text(
    parse: Callable[[str], Value], kind: Kind = "line", most: int | None = None, words: WordList | None = None
) -> Typed:
    """Return a validator that takes one text only."""

    def read(value: object) -> Value:
        if not isinstance(value, str):
            raise UserError(NOT_ONE_VALUE, Text("Write it on one line: “key: value”."))
        return parse(value)

    return Typed(read, kind=kind, most=most, words=words)


def _plain(parse: Callable[[str], Value], kind: Kind, words: WordList | None = None) -> Typed:
    """Return a validator for a value with a form of its own: what nobody sees in it is named first."""
    return one_text(lambda text: parse(plain_value(text)), kind, words=words)


def _line(most: int) -> Typed:
    return one_text(lambda text: not_longer(clean_text(text), most), "line", most)


def not_longer(text: str, most: int) -> str:
    """Return the text; UserError where it has more letters than that."""
    if len(text) > most:
        raise UserError(
            Text("{count} characters long; {most} at most.", count=len(text), most=most),
            Text("Make it shorter."),
        )
    return text


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
        raise UserError(Text("Months must be a list of numbers."), Text("Write: [8, 9] or 8-9."))

    return Typed(read, kind="months")


def _local(clean: Callable[[str], str], kind: Kind, most: int) -> Typed:
    """Return a validator for free text: one text (Vietnamese) or `{vi: …, en: …}`."""

    def read(value: object) -> LocalText:
        words = {"vi": value} if isinstance(value, str) else value
        words = {tag: v for tag, v in words.items() if v is not None} if isinstance(words, dict) else {}
        if words.get("vi") and all(isinstance(v, str) for v in words.values()):
            ordered = sorted(words.items(), key=lambda item: item[0] != "vi")
            return LocalText(tuple((language(tag), not_longer(clean(text), most)) for tag, text in ordered))
        raise UserError(
            Text("Words are wanted here, at least in Vietnamese."),
            Text('Write: {vi: "…", en: "…"}, or one sentence.'),
        )

    return Typed(read, kind=kind, most=most)


def language(tag: str) -> str:
    """Return the code of a language, two or three small letters; UserError for anything else."""
    if re.fullmatch("[a-z]{2,3}", tag):
        return tag
    raise UserError(
        Text("{tag} is not a language code.", tag=quoted(tag)),
        Text("Use vi for Vietnamese, en for English."),
    )


def word_of(name: str) -> Typed:
    """Return a validator for one word of a closed list."""
    words = LISTS[name]
    return _plain(words.find, "word", words)


def Listed(most: int) -> Several:  # noqa: N802 - reads as a type where it stands
    """Return a check that a list is meant and has at most so many entries.

    A lone text is refused: "Bưởi, Cam" would quietly become one crop.
    """

    def read(value: object) -> object:
        if isinstance(value, str):
            parts = (part.strip() for part in plain_value(value)[:LONGEST_HINT].split(","))
            raise UserError(
                Text("A list is wanted here."),
                Text("Write it in square brackets: [{parts}]", parts=", ".join(filter(None, parts))),
            )
        if isinstance(value, list) and len(value) > most:
            raise UserError(
                Text("{count} entries; {most} at most.", count=len(value), most=most),
                Text("Keep the main ones."),
            )
        return value

    return Several(read, most=most)


# --- The address of a page elsewhere, kept as it was typed; and the one that is printed on plaques ---

# Labels of letters and digits in any script, hyphens within; the last begins with a letter, so no IP passes.
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_NETLOC = re.compile(rf"(?:{_LABEL}\.)+(?=[^\W\d_]){_LABEL}(?::(?P<port>[1-9][0-9]{{0,4}}))?")
_LONGEST_HOST = 260
_STRANGE = frozenset(" \\<>\"'`{}|^")
_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_PATH = re.compile(r"/(?:(?!\.\.?/|[^/]*\.\.)[A-Za-z0-9._~-]+/)*")
_LONGEST_BASE = 150
_PAGES = ".github.io"
_REPOSITORY = re.compile(
    r"(?:[a-z]+://|git@)?(?:www\.)?"
    r"(?:github\.com(?:[/:](?P<path>[^?#\s]*))?(?:[?#].*)?|(?P<owner>[a-z0-9-]+\.github\.io\.git)/?)$",
    re.IGNORECASE,
)


def parse_link(text: str) -> str:
    """Return a link with http or https and a host with a name, as typed; UserError for anything else."""
    parts = _split(text)
    is_web = parts.scheme.lower() in {"http", "https"} and _is_host(parts.netloc)
    if is_web and text.isprintable() and _STRANGE.isdisjoint(text):
        return text
    raise UserError(
        Text("{text} is not a web address.", text=quoted(text)),
        Text("Copy the whole of it, beginning with https://"),
    )


def _split(text: str) -> SplitResult:
    try:
        return urlsplit(text)
    except ValueError:
        return urlsplit("")


def _is_host(netloc: str) -> bool:
    """Tell whether what stands between "//" and the next "/" is a domain name, with a port or not, and no more."""
    found = _NETLOC.fullmatch(netloc) if len(netloc) <= _LONGEST_HOST else None
    return found is not None and int(found["port"] or 1) <= 65_535


def parse_base_url(text: str) -> str:
    """Return the address with its host in lower case; raise UserError for what cannot be printed for ever."""
    if found := _REPOSITORY.match(text):
        raise UserError(
            Text("This is the address of a repository at GitHub, not that of the site."),
            Text("Write {right}", right=_site_of(found["path"] or found["owner"] or "")),
        )
    if wrong := _what_is_wrong(text):
        raise UserError(wrong, _how_to_write(text))
    parts = urlsplit(text)
    return f"https://{parts.netloc.lower()}{parts.path}"


def _site_of(repository: str) -> str:
    """Return the address of the site of a repository OWNER/NAME (GitHub Docs, "About GitHub Pages")."""
    owner, name = [*repository.strip("/").split("/"), ""][:2]
    owner = owner.lower().removesuffix(".git").removesuffix(_PAGES)
    name = name.removesuffix(".git")
    below = "" if name.lower() in ("", f"{owner}{_PAGES}") else f"{name}/"
    return f"https://{owner or 'ten-thon'}{_PAGES}/{below}"


def _what_is_wrong(text: str) -> Text | None:
    parts = _split(text)
    host = parts.netloc.lower().partition(":")[0]
    if not text.startswith("https://"):
        return Text("The address must begin with “https://”.")
    if not text.endswith("/"):
        return Text("The address must end in “/”.")
    if not _HOST.fullmatch(host):
        return Text(
            "{host} cannot be printed: a real domain name is wanted, not localhost or numbers.",
            host=quoted(host or text),
        )
    if not _is_host(parts.netloc) or not _PATH.fullmatch(text.partition(parts.netloc)[2]):
        return Text("The address holds extra parts or strange characters.")
    if len(text) > _LONGEST_BASE:
        return Text("The address is too long.")
    return None


def _how_to_write(text: str) -> Text:
    secure = f"https{text[4:].rstrip('/')}/" if text.lower().startswith("http://") else ""
    if secure and not _what_is_wrong(secure):
        return Text("Open {secure} on a phone; if it opens, write that.", secure=secure)
    return Text("Write it like https://village-name.github.io/ (begins with https://, ends in /).")


Name: TypeAlias = Annotated[str, _line(60)]
Line: TypeAlias = Annotated[str, _line(120)]
Url: TypeAlias = Annotated[
    str, one_text(lambda text: parse_link(not_longer(clean_text(text), LONGEST_URL)), "url", LONGEST_URL)
]
BaseUrl: TypeAlias = Annotated[str, one_text(lambda text: parse_base_url(clean_text(text)), "url")]
Code: TypeAlias = Annotated[str, _plain(parse_code, "code")]
Day: TypeAlias = Annotated[date, _plain(parse_date, "day")]
Year: TypeAlias = Annotated[int, _plain(parse_year, "year")]
Area: TypeAlias = Annotated[int, _plain(parse_area, "area")]
Count: TypeAlias = Annotated[int, _plain(parse_count, "count")]
Price: TypeAlias = Annotated[int, _plain(parse_price, "price")]
Stars: TypeAlias = Annotated[int, _plain(_stars, "stars")]
YesNo: TypeAlias = Annotated[bool, _plain(parse_yes_no, "yes_no")]
Position: TypeAlias = Annotated[Point, _plain(parse_point, "position")]
Telephone: TypeAlias = Annotated[Phone, _plain(parse_phone, "phone")]
Months: TypeAlias = Annotated[tuple[int, ...], _months(parse_months)]
LunarMonths: TypeAlias = Annotated[tuple[int, ...], _months(parse_lunar_months)]
Caption: TypeAlias = Annotated[LocalText, _local(clean_text, "caption", 200)]
Paragraph: TypeAlias = Annotated[LocalText, _local(clean_story, "paragraph", 1_000)]
Story: TypeAlias = Annotated[LocalText, _local(clean_story, "story", 6_000)]
Tag: TypeAlias = Annotated[str, one_text(language)]
