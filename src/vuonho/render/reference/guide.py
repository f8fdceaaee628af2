"""The reference of all fields as Markdown, Vietnamese and English side by side: one table for each group of fields."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from vuonho.bilingual import Text
from vuonho.domain.outline import Field, word_lists
from vuonho.domain.vocabulary.words import WordList
from vuonho.render.reference.kinds import KINDS

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
    lines = [_HEAD, *_contents(files), "", *_ways()]
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
    return Text(" ".join(vi), " ".join(en))


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
        several = Text("các từ trong", "words of") if field.several else Text("một từ trong", "a word of")
        return Text(
            f"{several.vi} [{field.words.name.vi}]{anchor}", f"{several.en} [{field.words.name.en}]{anchor}"
        )
    if field.several:
        return Text(f"danh sách: {vi}, tối đa {field.most}", f"list: {en}, {field.most} at most")
    if field.most:
        return Text(f"{vi}, tối đa {field.most} chữ", f"{en}, {field.most} letters at most")
    return Text(vi, en)


def _shown(field: Field) -> Text:
    if field.shown == "base":
        return Text("mọi người", "everybody")
    if field.shown == "never":
        return Text("không ai", "nobody")
    return _PARTLY.get((field.key, field.shown)) or Text(f"khi chọn `{field.shown}`", f"with `{field.shown}`")


# --- Values and words ------------------------------------------------------------------------------------------


def _ways() -> Iterator[str]:
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
    ("point", "exact_point"): Text("khi chọn `exact_point`; chọn `near_point` thì chỉ hiện áng chừng",
                                   "with `exact_point`; roughly with `near_point`"),
    ("photos", "faces"): Text("ảnh không có người: mọi người; ảnh có người: khi chọn `faces`",
                              "photos without people: everybody; with people in them: with `faces`"),
})  # fmt: skip
"""Fields of which a part is shown by another rule (`domain.consent`)."""
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
underline slips: a project made by `vuonho init` has the schemas.* \
[profile.schema.json](profile.schema.json), [village.schema.json](village.schema.json), \
[site.schema.json](site.schema.json)
"""
_WAYS = Text("Cách ghi từng loại", "How values are written")
_ABOUT_WAYS = (
    "Giá trị nào cũng được đọc như chữ đã gõ; không cần dấu nháy, trừ mã.",
    "",
    "*Every value is read as the text that was typed; no quotes are needed, but for codes.*",
)
_WORDS = Text("Danh sách từ", "Closed lists")
_ABOUT_WORDS = (
    "Ghi khóa hay nhãn đều được, bằng tiếng Việt hay tiếng Anh, hoa thường và dấu không quan trọng.",
    "",
    "*Key or label will do, in either language; case and accents do not count.*",
)
