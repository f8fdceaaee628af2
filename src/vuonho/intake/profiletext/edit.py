"""A profile's file made to say other values, with every byte kept that need not change.

Comments, blank lines, quotes, order, encoding and line ends stay. What comes out is read again: it says exactly
the values, with every comment of the old file and no trouble that was not there; otherwise nothing is done.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass

from vuonho.bilingual import Text
from vuonho.domain.values import quoted
from vuonho.errors import Refused
from vuonho.intake.encoding import decode
from vuonho.intake.nodes import Mapping, Plain, plain
from vuonho.intake.profiletext.blocks import Blocks
from vuonho.intake.profiletext.emit import render_profile
from vuonho.intake.profiletext.flows import flow_text
from vuonho.intake.profiletext.order import profile_spot
from vuonho.intake.profiletext.source import Coarse, Patch, Source, find_notes, source_of
from vuonho.intake.profiletext.values import spoken_keys, tidy_keys
from vuonho.intake.tree import parse_tree

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_Values = dict[str, Plain]


def with_values(content: bytes, values: MappingOf[str, Plain]) -> bytes:
    """Return the file of a profile that says exactly these values; the same bytes where it already does.

    A key with None keeps its line and loses its value; a key that is absent goes with its lines. Raises Refused
    for a file that cannot be read, and for one that only a person can edit.
    """
    wanted = tidy_keys(values)
    bom, codec, before = _opened(content)
    if before.values == spoken_keys(wanted):
        return content
    edited = _proven(before, wanted)
    if edited is None:
        hard = _hard_keys(before, wanted)
        edited = _proven(before, wanted, frozenset(hard))
        if edited is None:
            raise Refused(*_by_hand(before, hard[0] if hard else ""))
    return bom + edited.encode(codec)


def told(content: bytes) -> dict[str, Plain]:
    """Return what the file of a profile says, as `with_values` takes it: None for a key that stands there empty.

    Raises Refused for a file that cannot be read.
    """
    *_, before = _opened(content)
    return _values(before.tree)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a text says: values, comments, the number of its problems; `tree` is None where it says nothing."""

    text: str
    tree: Mapping | None
    values: _Values
    notes: Counter[str]
    problems: int


def _opened(content: bytes) -> tuple[bytes, str, _Reading]:
    """Return (mark, codec, what it says) of a file, as its bytes spell it."""
    decode(content)
    bom, codec = next(((bom, codec) for bom, codec in _BOMS if content.startswith(bom)), (b"", "utf-8"))
    before = _read(content[len(bom) :].decode(codec))
    if before.tree is None and before.problems:
        raise Refused(*_UNREADABLE)
    return bom, codec, before


def _read(text: str) -> _Reading:
    tree, problems = parse_tree(text, "")
    notes = Counter(unicodedata.normalize("NFC", note) for _, note in find_notes(text, tree))
    return _Reading(text, tree, spoken_keys(_values(tree)), notes, len(problems))


def _values(tree: Mapping | None) -> _Values:
    return tidy_keys({entry.key: plain(entry.value) for entry in tree.entries} if tree else {})


def _proven(before: _Reading, wanted: _Values, coarse: frozenset[str] = frozenset()) -> str | None:
    """Return the text edited, or None where that cannot be; a last line without its end stays so if it can."""
    for edited in _candidates(before, wanted, coarse):
        if _says(before, edited, wanted):
            return edited
    return None


def _candidates(before: _Reading, wanted: _Values, coarse: frozenset[str]) -> Iterator[str]:
    text = before.text
    if text.endswith(("\n", "\r")):
        yield from _patched(source_of(text, before.tree), before.tree, wanted, coarse)
        return
    end = source_of(text, None).newline
    tree, _ = parse_tree(text + end, "")
    source = source_of(text + end, tree)
    # A story on the last line reads otherwise with its end, which is no reason to touch it.
    ended, said = _values(tree), spoken_keys(wanted)
    kept = {
        key: ended[key] for key, value in before.values.items() if said.get(key) == value and key in ended
    }
    for target in (wanted | kept, wanted):
        for edited in _patched(source, tree, target, coarse):
            yield from (edited.removesuffix(end), edited)


def _says(before: _Reading, edited: str, wanted: _Values) -> bool:
    """Tell whether a text says what it shall, and all that was noted; as it will be read, which is in NFC."""
    after = _read(unicodedata.normalize("NFC", edited))
    return (
        (after.tree is not None or not after.problems)
        and after.values == spoken_keys(wanted)
        and after.problems <= before.problems
        and before.notes <= after.notes
    )


def _patched(source: Source, tree: Mapping | None, wanted: _Values, coarse: frozenset[str]) -> Iterator[str]:
    """Yield the text with its patches, or nothing where they cannot be."""
    if tree is None:
        yield source.text + render_profile(wanted).replace("\n", source.newline)
        return
    try:
        if tree.in_braces:
            patches = [Patch(tree.start, tree.end, flow_text(source, tree, wanted, profile_spot()))]
        else:
            patches = [*Blocks(source, coarse).mapping(tree, wanted, profile_spot())]
        edited = source.cut(0, len(source.text), patches)
    except Coarse:
        return
    yield edited


def _hard_keys(before: _Reading, wanted: _Values) -> list[str]:
    """Return the keys that cannot be edited within, tried one by one."""
    said = spoken_keys(wanted)
    changed = [key for key in {**before.values, **said} if before.values.get(key) != said.get(key)]
    return [key for key in changed if _proven(before, _with(before.values, wanted, key)) is None]


def _with(values: _Values, wanted: _Values, key: str) -> _Values:
    """Return values in which one key is as it shall be."""
    kept = {other: value for other, value in values.items() if other != key}
    return kept | ({key: wanted[key]} if key in wanted else {})


def _by_hand(before: _Reading, key: str) -> tuple[Text, Text]:
    """Return what is said of a file whose form is too special, with the first key that stands in the way."""
    entry = before.tree.get(key) if before.tree else None
    line = Text(f", dòng {entry.line}", f", line {entry.line}") if entry else Text("", "")
    what = (
        Text(f"mục {quoted(key)}{line.vi}", f"{quoted(key)}{line.en}")
        if key
        else Text("tệp này", "this file")
    )
    return (
        Text(f"Máy không tự sửa được {what.vi}.", f"The program cannot edit {what.en} by itself."),
        Text("Mở tệp, sửa chỗ ấy bằng tay, rồi chạy lại.", "Open the file, edit it by hand, and run again."),
    )


_UNREADABLE = (
    Text("Tệp này đang có lỗi nên chưa sửa được.", "This file has errors and cannot be edited yet."),
    Text(
        "Chạy vuonho check để xem lỗi, sửa rồi làm lại.",
        "Run vuonho check to see them, mend them, and try again.",
    ),
)
