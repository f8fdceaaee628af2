"""Write docs/profile.md, and the JSON Schemas for editors of YAML beside it: python docs/profile.py"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from vuonho.i18n import Both, Text
from vuonho.model.fields import Field, Kind, word_lists
from vuonho.model.outline import departed_fields, household_fields, site_fields, spot_fields, village_fields
from vuonho.model.vocabulary import WordList
from vuonho.text import fold

# --- JSON Schema (draft 2020-12) for editors of YAML: keys and words are offered, slips are underlined ---

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"
Schema: TypeAlias = dict[str, Json]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_LANGUAGE = "^[a-z]{2,3}$"
_ANY: Json = ["string", "number", "boolean"]
_TYPES: Mapping[Kind, Schema] = {
    "line": {"type": _ANY},
    "url": {"type": "string", "pattern": "^\\s*[Hh][Tt][Tt][Pp][Ss]?://"},
    "code": {
        "type": ["string", "integer"], "pattern": "^\\s*[1-9](\\s*[0-9]){4,7}\\s*$",
        "minimum": 10_000, "maximum": 99_999_999,
    },
    "day": {"type": "string"},
    "year": {"type": ["string", "integer"], "minimum": 1900, "maximum": 2100},
    "area": {"type": ["string", "number"], "exclusiveMinimum": 0},
    "count": {"type": ["string", "number"], "minimum": 0},
    "price": {"type": ["string", "number"], "exclusiveMinimum": 0},
    "stars": {"type": ["string", "integer"], "minimum": 3, "maximum": 5},
    "position": {"type": "string"},
    "phone": {"type": ["string", "integer"]},
    "months": {"anyOf": [
        {"type": ["string", "integer"], "minimum": 1, "maximum": 12},
        {"type": "array", "items": {"type": ["string", "integer", "null"], "minimum": 1, "maximum": 12}},
    ]},
    "yes_no": {"anyOf": [{"enum": ["có", "không"]}, {"type": ["string", "boolean", "integer"]}]},
}  # fmt: skip


def render_schema(title: Text, fields: Sequence[Field], leaving: Sequence[Field] = ()) -> str:
    """Return the JSON Schema of a file with these fields, as text.

    `leaving` are fields that stand for a household that left; where one of them has a value, those of `fields`
    that are not among `leaving` need not be there.
    """
    whole = [*fields, *(field for field in leaving if field.key not in {one.key for one in fields})]
    schema: Schema = {"$schema": DRAFT, "title": title.vi, "description": title.en, **_record(whole)}
    if leaving:
        del schema["required"]
        new = [field for field in leaving if field.key not in {one.key for one in fields}]
        schema |= {
            "if": {"anyOf": [_has(field.key) for field in new]},
            "then": {"required": _required(leaving)},
            "else": {"required": _required(fields)},
        }
    schema["$defs"] = {_name(words): _words(words) for words in word_lists(whole)}
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _has(key: str) -> Schema:
    return {"required": [key], "properties": {key: {"not": {"type": "null"}}}}


def _required(fields: Iterable[Field]) -> Json:
    return [field.key for field in fields if field.required]


def _record(fields: Sequence[Field]) -> Schema:
    return {
        "type": "object",
        "properties": {field.key: _field(field) for field in fields},
        "required": _required(fields),
        "additionalProperties": False,
    }


def _field(field: Field) -> Schema:
    about: Schema = {
        "title": f"{field.label.vi} / {field.label.en}",
        "description": f"{field.help.vi}\n\n{field.help.en}",
    }
    if field.example:
        about["examples"] = [[field.example] if field.several else field.example]
    value = _one(field)
    if field.several:
        value = {"type": "array", "items": _or_nothing(value)}
        if field.most:
            value["maxItems"] = field.most
    return about | (value if field.required else _or_nothing(value))


def _one(field: Field) -> Schema:
    """Return what one value of the field is."""
    if field.fields:
        record = _record(field.fields)
        return {"anyOf": [{"type": _ANY}, record]} if field.lone else record
    if field.words:
        return {"$ref": f"#/$defs/{_name(field.words)}"}
    if field.is_local:
        text: Schema = {"type": _ANY}
        languages: Schema = {"type": "object", "required": ["vi"], "additionalProperties": False}
        return {"anyOf": [text, languages | {"patternProperties": {_LANGUAGE: _or_nothing(text)}}]}
    return _TYPES[field.kind]


def _or_nothing(value: Schema) -> Schema:
    """Return the schema of a value that may also be left empty; a lone type says so most briefly."""
    kind = value.get("type")
    if isinstance(kind, str | list) and "enum" not in value:
        return value | {"type": [*([kind] if isinstance(kind, str) else kind), "null"]}
    if "anyOf" in value and isinstance(value["anyOf"], list):
        return value | {"anyOf": [*value["anyOf"], {"type": "null"}]}
    return {"anyOf": [value, {"type": "null"}]}


# --- Words -----------------------------------------------------------------------------------------------------


def _name(words: WordList) -> str:
    return words.name.en.replace(" ", "_")


def _words(words: WordList) -> Schema:
    """Return the enumeration: Vietnamese labels and keys are offered; other ways of writing are let pass."""
    offered = dict.fromkeys([*(word.label.vi for word in words), *words.keys])
    passed = dict.fromkeys(way for word in words for name in word.names for way in _ways(name))
    labels: list[Json] = [f"{word.label.vi} / {word.label.en}" for word in words]
    described = [*labels, *labels[: max(0, len(offered) - len(labels))]]
    schema: Schema = {
        "title": f"{words.name.vi} / {words.name.en}",
        "anyOf": [
            {"enum": list(offered), "enumDescriptions": described},
            {"enum": [way for way in passed if way not in offered]},
        ],
    }
    return schema


def _ways(name: str) -> tuple[str, ...]:
    return (name, name.lower(), name[:1].upper() + name[1:], name.replace("_", " "), fold(name))


# --- What may be typed into a field of each kind, in words ---


class Typing(NamedTuple):
    """A kind: its name, what is accepted, and ways in which people write it, as examples."""

    name: Text
    accepted: Text
    ways: tuple[str, ...] = ()


KINDS: Mapping[Kind, Typing] = MappingProxyType({
    "line": Typing(Both("chữ", "text"), Both("một dòng chữ bất kỳ", "any one line of text")),
    "caption": Typing(Both("lời ngắn", "short words"),
                      Both("một câu; hoặc {vi: …, en: …}", "one sentence; or {vi: …, en: …}"),
                      ("Vườn bưởi tháng 8", "{vi: Vườn bưởi, en: The pomelo garden}")),
    "paragraph": Typing(Both("vài câu", "some sentences"),
                        Both("nhiều dòng được; hoặc {vi: …, en: …}", "may have several lines; or {vi: …, en: …}")),
    "story": Typing(Both("bài kể", "story"),
                    Both("nhiều đoạn được; hoặc {vi: …, en: …}", "may have several paragraphs; or {vi: …, en: …}")),
    "url": Typing(Both("địa chỉ trang", "web address"),
                  Both("đầy đủ, bắt đầu bằng https://", "the whole of it, beginning with https://"),
                  ("https://vuonbahuong.example/",)),
    "code": Typing(Both("mã", "code"), Both("chữ số máy cấp, đặt trong dấu nháy", "digits that the program gave, in quotes"),
                   ('"482135"',)),
    "day": Typing(Both("ngày", "day"), Both("ngày trước, tháng sau; hoặc năm trước có dấu -",
                                            "day before month; or the year first, with dashes"),
                  ("2026-11-02", "2/11/2026")),
    "year": Typing(Both("năm", "year"), Both("bốn chữ số", "four digits"), ("2015",)),
    "months": Typing(Both("tháng", "months"), Both("một dãy, một khoảng, hoặc quanh năm", "a list, a stretch, or all year"),
                     ("[8, 9]", "8-10", "quanh năm")),
    "area": Typing(Both("diện tích", "area"),
                   Both("mét vuông; một sào là 500 m²", "square metres; a sào is 500 m²"),
                   ("1800", "1.800 m2", "3 sào", "0,2 ha")),
    "count": Typing(Both("số lượng", "number"), Both("một số tròn", "a whole number"), ("60", "1.200")),
    "price": Typing(Both("giá", "price"), Both("đồng", "đồng"), ("35000", "35.000đ", "35k", "1,2 triệu")),
    "stars": Typing(Both("số sao", "stars"), Both("3, 4 hoặc 5", "3, 4 or 5"), ("4",)),
    "yes_no": Typing(Both("có / không", "yes / no"), Both("có hoặc không", "yes or no"), ("có", "không", "true", "false")),
    "word": Typing(Both("chọn từ", "word of a list"),
                   Both("khóa hoặc nhãn, có dấu hay không đều được", "its key or label, accents or not"),
                   ("tap", "Nước máy", "nuoc may")),
    "position": Typing(Both("vị trí", "position"),
                       Both("vĩ độ rồi kinh độ, độ phút giây, hoặc đường dẫn bản đồ dán vào",
                            "latitude, then longitude; degrees, minutes, seconds; or a pasted map link"),
                       ("18.1261, 105.7612", "18°07'34\"N 105°45'40\"E")),
    "phone": Typing(Both("điện thoại", "phone"), Both("một số, có hay không có dấu cách", "one number, spaces or not"),
                    ("0570 012 345", "+84 570 012 345")),
    "record": Typing(Both("nhóm", "group"), Both("các dòng con thụt vào hai dấu cách", "lines of its own, two spaces further in")),
    "records": Typing(Both("danh sách", "list"), Both("mỗi mục một dòng, bắt đầu bằng “- ”", "an entry a line, beginning with “- ”"),
                      ("- Bưởi", "- {name: Bưởi, trees: 60}")),
})  # fmt: skip
"""In the order in which a reader meets them."""


# --- The reference of all fields as Markdown, Vietnamese and English side by side: one table for each group of fields ---

_GROUPS = frozenset({"record", "records"})


@dataclass(frozen=True, slots=True)
class File:
    """A kind of file: its title, what it is, and its fields; `first` heads those that are in no group."""

    title: Text
    about: Text
    first: Text
    fields: tuple[Field, ...]


def render_guide(files: Sequence[File]) -> str:
    """Return the reference of these files, of how values are written, and of all words of closed lists."""
    lines = [_HEAD, *_contents(files), "", *_guide_ways()]
    for file in files:
        lines += ["", f"## {_both(file.title)}", "", file.about.vi, "", f"*{file.about.en}*"]
        lines += _group(file.first, (), file.fields)
    lines += ["", f"## {_both(_WORDS)}", "", *_ABOUT_WORDS]
    for words in word_lists(field for file in files for field in file.fields):
        lines += _word_table(words)
    return "\n".join(lines) + "\n"


def _both(text: Text) -> str:
    return text.vi if text.vi == text.en else f"{text.vi} / {text.en}"


def _contents(files: Sequence[File]) -> Iterator[str]:
    for title in (_WAYS, *(file.title for file in files), _WORDS):
        yield f"- [{_both(title)}](#{_anchor(_both(title))})"


def _anchor(heading: str) -> str:
    """Return the address of a heading as GitHub makes it: letters and digits, hyphens for spaces."""
    kept = "".join(sign for sign in heading.lower() if sign.isalnum() or sign in " -_")
    return kept.replace(" ", "-")


# --- Fields ----------------------------------------------------------------------------------------------------


def _group(
    title: Text, path: tuple[str, ...], fields: Sequence[Field], about: Text | None = None
) -> Iterator[str]:
    """Give the table of the fields that are no groups themselves, then those groups, each under its own heading."""
    name = f" `{'.'.join(path)}`" if path else ""
    yield from ("", f"{'#' * min(3 + len(path) // 2, 4)} {_both(title)}{name}", "")
    if about is not None:
        yield from (f"{about.vi}<br>*{about.en}*", "")
    yield from _ROW_HEADS
    yield from (_row(field) for field in fields if field.kind not in _GROUPS)
    for field in fields:
        if field.kind in _GROUPS:
            yield from _group(field.label, (*path, field.key), field.fields, _about(field))


def _about(field: Field) -> Text:
    """Return what is to be known of a group before its fields."""
    vi, en = [field.help.vi], [field.help.en]
    if field.required:
        vi.append("Phải có.")
        en.append("Required.")
    if field.several and field.most:
        vi.append(f"Tối đa {field.most} mục.")
        en.append(f"{field.most} entries at most.")
    shown = _shown(field)
    vi.append(f"Ai thấy: {shown.vi}.")
    en.append(f"Shown to: {shown.en}.")
    return Both(" ".join(vi), " ".join(en))


def _row(field: Field) -> str:
    star = " **\\***" if field.required else ""
    kind, shown = _typed(field), _shown(field)
    cells = (
        f"`{field.key}`{star}<br>{field.label.vi}<br>*{field.label.en}*",
        f"{field.help.vi} [{kind.vi}]<br>*{field.help.en}* [*{kind.en}*]",
        f"`{_cell(field.example)}`",
        f"{shown.vi}<br>*{shown.en}*",
    )
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _typed(field: Field) -> Text:
    """Return what is typed: the kind, how much of it, and the list where it is a word."""
    vi, en = KINDS[field.kind].name
    if field.words:
        anchor = f"(#{_anchor(_both(field.words.name))})"
        several = Both("các từ trong", "words of") if field.several else Both("một từ trong", "a word of")
        return Both(
            f"{several.vi} [{field.words.name.vi}]{anchor}", f"{several.en} [{field.words.name.en}]{anchor}"
        )
    if field.several:
        return Both(f"danh sách: {vi}, tối đa {field.most}", f"list: {en}, {field.most} at most")
    if field.most:
        return Both(f"{vi}, tối đa {field.most} chữ", f"{en}, {field.most} letters at most")
    return Both(vi, en)


def _shown(field: Field) -> Text:
    if field.shown == "base":
        return Both("mọi người", "everybody")
    if field.shown == "never":
        return Both("không ai", "nobody")
    return _PARTLY.get((field.key, field.shown)) or Both(f"khi chọn `{field.shown}`", f"with `{field.shown}`")


# --- Values and words ------------------------------------------------------------------------------------------


def _guide_ways() -> Iterator[str]:
    yield from (f"## {_both(_WAYS)}", "", *_ABOUT_WAYS, "")
    yield from ("| Loại / Kind | Viết gì / What to write | Viết như / Written like |", "|---|---|---|")
    for kind in KINDS.values():
        ways = "<br>".join(f"`{_cell(way)}`" for way in kind.ways)
        yield (
            f"| {kind.name.vi}<br>*{kind.name.en}* | {kind.accepted.vi}<br>*{kind.accepted.en}* | {ways} |"
        )


def _word_table(words: WordList) -> Iterator[str]:
    yield from ("", f"### {_both(words.name)}", "", "| khóa / key | Tiếng Việt | English |", "|---|---|---|")
    for word in words:
        yield f"| `{word.key}` | {word.label.vi} | {word.label.en} |"


_PARTLY: Mapping[tuple[str, str], Text] = MappingProxyType({
    ("point", "exact_point"): Both("khi chọn `exact_point`; chọn `near_point` thì chỉ hiện áng chừng",
                                   "with `exact_point`; roughly with `near_point`"),
    ("photos", "faces"): Both("ảnh không có người: mọi người; ảnh có người: khi chọn `faces`",
                              "photos without people: everybody; with people in them: with `faces`"),
})  # fmt: skip
"""Fields of which a part is shown by another rule (`model.consent`)."""
_ROW_HEADS = (
    "| mục / key | ghi gì / what to write | ví dụ / example | ai thấy / shown to |",
    "|---|---|---|---|",
)
_HEAD = """\
# Mọi mục của hồ sơ / Every field of a profile

Trang này làm ra từ chính các quy tắc mà `vuonho check` dùng. Dấu **\\*** là mục phải có; mục không có gì để ghi thì để \
trống hoặc bỏ đi. “Mọi người” là mọi người, sau khi gia đình đã đồng ý. “Khi chọn `phone`” là chỉ khi gia đình cho hiện \
mục ấy trong `consent.publish`.

*This page is made from the very rules that `vuonho check` follows. **\\*** marks what must be there; leave empty or \
leave out what there is nothing to say of. “Everybody” means: once the family has agreed. “With `phone`” means: only if \
the family allows it in `consent.publish`.*

Trình soạn thảo hiểu YAML, như VS Code với phần mở rộng YAML, gợi ý mục và từ, gạch chân chỗ gõ nhầm: dự án mở bằng \
`vuonho init` có sẵn lược đồ. / *Editors that know YAML, such as VS Code with its YAML extension, offer keys and words and \
underline slips once they are given these schemas.* \
[profile.schema.json](profile.schema.json), [place.schema.json](place.schema.json), [village.schema.json](village.schema.json), \
[site.schema.json](site.schema.json)
"""
_WAYS = Both("Cách ghi từng loại", "How values are written")
_ABOUT_WAYS = (
    "Giá trị nào cũng được đọc như chữ đã gõ; không cần dấu nháy, trừ mã.",
    "",
    "*Every value is read as the text that was typed; no quotes are needed, but for codes.*",
)
_WORDS = Both("Danh sách từ", "Closed lists")
_ABOUT_WORDS = (
    "Ghi khóa hay nhãn đều được, bằng tiếng Việt hay tiếng Anh, hoa thường và dấu không quan trọng.",
    "",
    "*Key or label will do, in either language; case and accents do not count.*",
)


# --- What is made from the schema for those who write profiles: the reference of all fields, and schemas for editors ---

REFERENCE_FILE = "profile.md"
PROFILE_SCHEMA, VILLAGE_SCHEMA, SITE_SCHEMA = "profile.schema.json", "village.schema.json", "site.schema.json"
SPOT_SCHEMA = "place.schema.json"


def render_handbook() -> dict[str, str]:
    """Return the texts that lie in `docs/`, by their names."""
    return {REFERENCE_FILE: render_reference(), **render_schemas()}


def render_schemas() -> dict[str, str]:
    """Return the JSON Schemas of the kinds of file, by their names."""
    return {
        PROFILE_SCHEMA: render_schema(_PROFILE, household_fields(), departed_fields()),
        SPOT_SCHEMA: render_schema(_SPOT, spot_fields(), departed_fields()),
        VILLAGE_SCHEMA: render_schema(_VILLAGE, village_fields()),
        SITE_SCHEMA: render_schema(_SITE, site_fields()),
    }


def render_reference() -> str:
    """Return the reference of all fields as Markdown."""
    known = {field.key for field in household_fields()} - {"code"}
    left = tuple(field for field in departed_fields() if field.key not in known)
    return render_guide(
        (
            File(_PROFILE, _ABOUT_PROFILE, _GENERAL, household_fields()),
            File(_LEFT, _ABOUT_LEFT, _GENERAL, left),
            File(_SPOT, _ABOUT_SPOT, _GENERAL, spot_fields()),
            File(_VILLAGE, _ABOUT_VILLAGE, _GENERAL, village_fields()),
            File(_SITE, _ABOUT_SITE, _GENERAL, site_fields()),
        )
    )


_PROFILE = Both("Hồ sơ của một hộ", "The profile of a household")
_ABOUT_PROFILE = Both(
    '`profiles/<thôn>/<hộ>.yaml`, mỗi hộ một tệp. Tạo bằng `vuonho new "Tên vườn"`.',
    '`profiles/<village>/<household>.yaml`, one file each. Made by `vuonho new "Name"`.',
)  # fmt: skip
_LEFT = Both("Hộ đã rút hoặc chuyển", "A household that left or moved")
_ABOUT_LEFT = Both(
    "Chỉ ghi một trong hai mục `withdrawn`, `moved_to`. Khi ấy hồ sơ chỉ cần `code`, mục này và `checked` ở cuối; "
    "địa chỉ in trên biển vẫn mở được một trang không có tên ai.",
    "One of `withdrawn` and `moved_to`. The profile then needs only `code`, this and `checked` at its end; the "
    "printed address still opens a page, without anybody's name.",
)
_SPOT = Both("Một nơi trong thôn, một ngõ", "A place of the village, a lane")
_ABOUT_SPOT = Both(
    "`profiles/<thôn>/places/<nơi>.yaml`, mỗi nơi một tệp, [viết thế nào](places.md). Ảnh nằm trong thư mục photos của thôn. "
    "`{home: 482135, side: trái, steps: 40}` là một nhà trong ngõ; trang của ngõ chỉ ghi nhà nào chọn `lane`.",
    "`profiles/<village>/places/<place>.yaml`, one file each, [how to write it](places.md). Photos lie in the village's folder photos. "
    "`{home: 482135, side: left, steps: 40}` is a home along a lane, whose page names only homes with the tick `lane`.",
)
_VILLAGE = Both("Tệp của thôn, village.yaml", "The village's file, village.yaml")
_ABOUT_VILLAGE = Both("`profiles/<thôn>/village.yaml`, mỗi thôn một tệp.", "`profiles/<village>/village.yaml`, one for each village.")  # fmt: skip
_SITE = Both("Cài đặt của trang, site.yaml", "Settings of the site, site.yaml")
_ABOUT_SITE = Both(
    "`profiles/site.yaml`, một tệp cho cả dự án.", "`profiles/site.yaml`, one for the project."
)
_GENERAL = Both("Mục chung", "General")


if __name__ == "__main__":
    for name, text in render_handbook().items():
        (Path(__file__).parent / name).write_text(text, encoding="utf-8", newline="\n")
        print(name)
