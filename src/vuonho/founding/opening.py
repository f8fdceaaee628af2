"""A new project from a few answers: whatever is not answered has a good beginning, and everything can be mended."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vuonho.bilingual import NOTHING, Text
from vuonho.domain.caution.cautions import cautions
from vuonho.domain.fold import fold
from vuonho.domain.localtext import LocalText
from vuonho.domain.outline import Field, field_at
from vuonho.domain.places.communes import (
    find_commune,
    guess_commune,
    guess_province,
    name_trap,
    outside,
    unknown_province,
)
from vuonho.domain.places.table import Commune
from vuonho.domain.register.register import Register, render_register
from vuonho.domain.schema.about import Record
from vuonho.domain.schema.outline import outline, read_value
from vuonho.domain.schema.place import Site, Village
from vuonho.domain.values import Phone, Point
from vuonho.domain.vocabulary.consent_words import VILLAGE_KINDS
from vuonho.domain.vocabulary.words import Word
from vuonho.errors import Refused, Severity
from vuonho.founding.files import EXAMPLE_FILE, render_example, render_site, render_village
from vuonho.founding.folder import fill_new_folder, in_language
from vuonho.founding.steps import FIRST_STEPS_FILE, render_first_steps
from vuonho.handbook import schema_files
from vuonho.intake.folder import REGISTER_FILE, SITE_FILE, VILLAGE_FILE, village_folder

HOME = "Hà Tĩnh"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask: the name of its option, and the field of the schema that it fills.

    What is printed `for_ever` is left for later by a word, never by Enter alone.
    """

    name: str
    record: type[Record]
    path: tuple[str, ...]
    required: bool = False
    is_asked: bool = True
    for_ever: bool = False

    def is_required(self, answers: Mapping[str, str]) -> bool:
        """Tell whether there must be an answer: also a centre, where nothing is known of the commune."""
        return self.required or (self.name == "centre" and not suggest(self, answers).vi)

    def is_wanted(self, answers: Mapping[str, str]) -> bool:
        """Tell whether it is asked at all: not the kind of a village whose name begins with it."""
        return self.is_asked and not (self.name == "kind" and suggest(self, answers).vi)

    @property
    def field(self) -> Field:
        """What the schema says of it."""
        field = field_at(outline(self.record), self.path)
        if field is None:
            raise KeyError(self.path)
        return field


QUESTIONS = (
    Question("province", Site, ("province",), is_asked=False),
    Question("village", Village, ("name",), required=True),
    Question("kind", Village, ("kind",)),
    Question("commune", Village, ("commune",), required=True),
    Question("centre", Village, ("centre",)),
    Question("title", Site, ("title",)),
    Question("purpose", Site, ("purpose",)),
    Question("base-url", Site, ("base_url",), for_ever=True),
    Question("team", Site, ("team", "name")),
    Question("phone", Site, ("team", "phone"), required=True),
    Question("hours", Site, ("team", "hours")),
)
"""In the order in which they are asked: an answer may suggest the next ones."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A project made: the folder of its village, and what is to be mended before plaques are printed."""

    village: str
    notes: tuple[Text, ...]


def read_answer(question: Question, typed: str, answers: Mapping[str, str]) -> str:
    """Return an answer as it is written into its file; raise Refused for one that the schema does not accept.

    `answers` are those given before; the commune is sought in their province.
    """
    if question.name == "base-url":
        typed = _whole_address(typed)
    value = read_value(question.record, question.path, typed)
    for finding in cautions(typed, ".".join(question.path)):
        if finding.severity is Severity.ERROR and question.name not in ("phone", "centre", "base-url"):
            raise Refused(finding.message, finding.hint)
    if question.name == "province":
        return guess_province(typed)
    if question.name == "commune":
        return guess_commune(typed, answers.get("province", HOME)).full_name
    return _as_written(value)


def is_put_off(question: Question, typed: str) -> bool:
    """Tell whether somebody says that there is no answer yet, and its beginning is to stand in."""
    return question.for_ever and fold(typed) in ("chua", "chua co", "later")


def _whole_address(typed: str) -> str:
    """Return an address with what people leave out, https:// before it and "/" behind it, and what else they typed."""
    address = re.sub("^https://", "https://", typed.strip(), flags=re.IGNORECASE).removesuffix("/index.html")
    if re.match(r"[\w-]+(\.[\w-]+)+(:[0-9]+)?(/|$)", address):
        address = f"https://{address}"
    is_open = address.startswith("https://") and not re.search("[?#]|/$", address)
    return f"{address}/" if is_open else address


def doubt(question: Question, answer: str, answers: Mapping[str, str]) -> Text:
    """Return why an answer is to be looked at again before the next question; NOTHING for one without doubt."""
    if question.name == "commune":
        unknown = _unknown({**answers, "commune": answer})
        return _both(*unknown) if unknown else NOTHING
    if question.name != "centre":
        return NOTHING
    commune, _ = find_commune(answers["commune"], answers.get("province", HOME))
    centre = read_value(Village, ("centre",), answer)
    away = outside(commune, centre) if isinstance(centre, Point) else None
    if away is None:
        return NOTHING
    kilometres = max(1, round(away / 1000))
    return Text(f"Điểm này nằm ngoài {commune.full_name}, cách chừng {kilometres} km.",
                f"This point lies outside {commune.full_name}, by about {kilometres} km.")  # fmt: skip


def _as_written(value: object) -> str:
    if isinstance(value, Word):
        return value.key
    if isinstance(value, Phone):
        return value.grouped
    return value.entries[0][1] if isinstance(value, LocalText) else str(value)


def suggest(question: Question, answers: Mapping[str, str]) -> Text:
    """Return what is taken where nothing is answered, in both languages; NOTHING where there is no guess."""
    name = village_name(answers)
    match question.name:
        case "province":
            return _same(HOME)
        case "kind":
            return _same(next((word.key for word in VILLAGE_KINDS if _begins(name, word)), ""))
        case "centre":
            return _same(_middle(answers))
        case "title":
            return Text(f"Vườn hộ {name}", f"Household gardens of {name}")
        case "purpose":
            return _PURPOSE
        case "base-url":
            return _same(f"https://{village_folder(name)}.example/")
        case "team":
            return Text(f"Tổ công nghệ số cộng đồng {name}"[:120].strip(), "")
    return NOTHING


def village_name(answers: Mapping[str, str]) -> str:
    """Return the village's whole name, as people say it: "Phú Yên" of the kind thôn is Thôn Phú Yên."""
    name, kind = answers.get("village", ""), answers.get("kind", "")
    if not kind or any(_begins(name, word) for word in VILLAGE_KINDS):
        return name
    return f"{VILLAGE_KINDS.by_key(kind).label.vi} {name}"


def _begins(name: str, kind: Word) -> bool:
    return fold(name).startswith(fold(kind.key))


def _same(text: str) -> Text:
    return Text(text, text)


def _middle(answers: Mapping[str, str]) -> str:
    """Return the middle of the commune, "" where it is not known how far that reaches."""
    box = find_commune(answers["commune"], answers.get("province", HOME))[0].box
    if box is None:
        return ""
    return str(Point(round((box.south + box.north) / 2, 4), round((box.west + box.east) / 2, 4)))


def complete(typed: Mapping[str, str], questions: tuple[Question, ...] = QUESTIONS) -> dict[str, str]:
    """Return all answers, checked; raise Refused, naming the option, for one that is wrong or cannot be guessed."""
    answers: dict[str, str] = {}
    for question in questions:
        text = typed.get(question.name, "").strip()
        if question.required and not text:
            raise Refused(Text(f"Thiếu --{question.name}.", f"--{question.name} is missing."))
        try:
            if text:
                answers[question.name] = read_answer(question, text, answers)
        except Refused as refused:
            raise _of_option(question.name, refused.message, refused.hint) from refused
    if not answers.get("centre") and not _middle(answers):
        if unknown := _unknown(answers):
            option = "province" if unknown_province(answers.get("province", HOME)) else "commune"
            raise _of_option(option, unknown[0], _both(unknown[1], _NO_CENTRE[1]))
        raise Refused(*_NO_CENTRE)
    return answers


def _of_option(name: str, message: Text, hint: Text) -> Refused:
    return Refused(Text(f"--{name}: {message.vi}", f"--{name}: {message.en}"), hint)


def open_project(target: Path, typed: Mapping[str, str], today: date, language: str) -> Opened:
    """Return the project made in `target`, a new or empty folder; it builds at once.

    `typed` are the answers by the names of QUESTIONS. Raises Refused for an answer that will not do and for a
    folder that is taken, MachineTrouble; then nothing has been written.
    """
    given = complete(typed)
    given["village"] = village_name(given)
    chosen = {question.name: suggest(question, given) for question in QUESTIONS} | {
        name: Text(text, "") for name, text in given.items()
    }
    slug = village_folder(given["village"])
    folder = f"profiles/{slug}"
    files = {
        FIRST_STEPS_FILE: render_first_steps(slug, f"profiles\\{slug}\\{EXAMPLE_FILE}"),
        SITE_FILE: render_site(chosen, language),
        REGISTER_FILE: render_register(Register()).encode("utf-8"),
        f"{folder}/{VILLAGE_FILE}": render_village(chosen, language),
        f"{folder}/{EXAMPLE_FILE}": render_example(today, language),
        **schema_files(),
        **in_language(language),
    }
    fill_new_folder(target, files, [f"{folder}/photos"])
    return Opened(slug, (*place_notes(given, slug), *_address_notes(given, typed)))


def _unknown(given: Mapping[str, str], own: Sequence[Commune] = ()) -> tuple[Text, Text] | None:
    """Return message and hint of a province or a commune that no table has, None where both are known."""
    province = given.get("province", HOME)
    return unknown_province(province, own) or find_commune(given["commune"], province, own)[1]


def _both(message: Text, hint: Text) -> Text:
    return Text(f"{message.vi} {hint.vi}", f"{message.en} {hint.en}")


def place_notes(given: Mapping[str, str], slug: str, own: Sequence[Commune] = ()) -> Iterator[Text]:
    """Yield what is to be mended of where a village lies; `own` are the communes that the project adds."""
    if unknown := _unknown(given, own):
        yield _both(*unknown)
    commune, _ = find_commune(given["commune"], given.get("province", HOME), own)
    if (trap := name_trap(commune)).vi:
        yield trap
    centre = read_value(Village, ("centre",), given["centre"]) if "centre" in given else None
    if centre is None:
        yield Text(f"Chưa có điểm giữa thôn, đang lấy tạm giữa {commune.full_name}: sửa dòng centre trong "
                   f"profiles/{slug}/village.yaml.",
                   f"The centre of the village is not known; the middle of {commune.full_name} stands in for it: mend "
                   f"`centre` in profiles/{slug}/village.yaml.")  # fmt: skip
    elif isinstance(centre, Point) and outside(commune, centre) is not None:
        yield Text(f"Điểm giữa thôn nằm ngoài {commune.full_name}: xem lại dòng centre trong profiles/{slug}/village.yaml.",
                   f"The centre lies outside {commune.full_name}: look at `centre` in profiles/{slug}/village.yaml again."
                   )  # fmt: skip


def _address_notes(given: Mapping[str, str], typed: Mapping[str, str]) -> Iterator[Text]:
    address = given.get("base-url", "")
    if address and address != typed["base-url"]:
        yield Text(f"Địa chỉ trang ghi đủ là {address}", f"The site's address in full is {address}")
    if (address or ".example/").endswith(".example/"):
        yield Text("Địa chỉ trang còn là địa chỉ mẫu: có địa chỉ thật thì sửa base_url trong profiles/site.yaml, trước "
                   "khi in biển.",
                   "The site's address is an example still: put the real one into `base_url` of profiles/site.yaml "
                   "before you print plaques.")  # fmt: skip


_PURPOSE = Text(
    "Giới thiệu vườn và sản phẩm của từng gia đình với khách và bà con trong vùng, giúp khách tìm đường đến thăm và "
    "mua tại vườn.",
    "To show each family's garden and produce to visitors and neighbours, and to help guests find their way and buy "
    "at the garden.",
)
_NO_CENTRE = (
    Text("Thiếu --centre: không biết xã này nằm ở đâu trên bản đồ.",
         "--centre is missing: it is not known where this commune lies."),
    Text('Xã mà chương trình không biết ở đâu thì cần thêm điểm giữa thôn, ví dụ: --centre "18.1250, 105.7600"',
         'Where a commune is not on our map, add the middle of the village, such as: --centre "18.1250, 105.7600"'),
)  # fmt: skip
