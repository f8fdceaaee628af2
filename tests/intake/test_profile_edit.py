"""A profile's file made to say other values: what changes, changes; every other byte and comment stays."""

import copy
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from command_kit import ROOT
from vuonho.edit.profile_edit import _File, find_notes, is_proven, with_values
from vuonho.edit.yaml_text import render_commented, spoken_keys, tidy_keys
from vuonho.errors import UserError
from vuonho.model.outline import household_fields
from vuonho.project.yaml_tree import Plain, parse_tree, plain
from work_kit import calls

DEMO = ROOT / "profiles" / "thon-vuon-mau"
Values = dict[str, Plain]


def said(text: str) -> Values:
    """What a text says, keys without a value left out."""
    tree, _ = parse_tree(unicodedata.normalize("NFC", text), "")
    values = plain(tree) if tree else {}
    assert isinstance(values, dict)
    return spoken_keys(tidy_keys(values))


def notes_of(text: str) -> Counter[str]:
    return Counter(note for _, note in find_notes(text, parse_tree(text, "")[0]))


def edited(text: str, values: Values) -> str:
    after = with_values(text.encode("utf-8"), values).decode("utf-8")
    assert said(after) == spoken_keys(tidy_keys(values))
    assert notes_of(text) <= notes_of(after)
    return after


GOLDEN: dict[str, tuple[str, Values, str]] = {
    "a text beside its comment": ("name: a  # x\nhead: b\n", {"name": "c", "head": "b"}, "name: c  # x\nhead: b\n"),
    "quotes stay": ("name: 'a'\nhead: \"b\"\n", {"name": "c", "head": "d"}, "name: 'c'\nhead: \"d\"\n"),
    "quotes come where they are needed": ("name: a\n", {"name": "a: b #c"}, 'name: "a: b #c"\n'),
    "a tight comment": ("name: 'a' #x\nhead: {b: c} #y\n", {"name": "c", "head": "d"}, "name: 'c' #x\nhead: \"d\" #y\n"),
    "an empty key is filled": ("name:   # x\nhead: ~\n", {"name": "a", "head": "b"}, "name: a   # x\nhead: b\n"),
    "a key is emptied": ("name: a  # x\nhead: b\n", {"name": None, "head": "b"}, "name:  # x\nhead: b\n"),
    "a key goes, its comments stay": (
        "code: 1\n# above\nname: a  # beside\nhead: b\n", {"code": "1", "head": "b"},
        "code: 1\n# above\n# beside\nhead: b\n",
    ),
    "a record goes, its comments stay": (
        "name: a\nvisits:\n  hours: 1  # x\n  # y\n  welcome: true\nchecked: 1\n", {"name": "a", "checked": "1"},
        "name: a\n# x\n# y\nchecked: 1\n",
    ),
    "a new key in the order of the schema": (
        "code: 1\nname: a\n\n# đất\ngarden: {area: 1}\nchecked: 1\n",
        {"code": "1", "name": "a", "head": "b", "garden": {"area": "1"}, "checked": "1"},
        "code: 1\nname: a\nhead: b\n\n# đất\ngarden: {area: 1}\nchecked: 1\n",
    ),
    "a new first key": ("# đầu\n\nname: a\n", {"name": "a", "code": "482135"}, '# đầu\n\ncode: "482135"\nname: a\n'),
    "a household leaves": (
        "code: '1'\nla: x\nchecked: 1  # cuối\n", {"code": "1", "la": "x", "checked": "1", "moved_to": "926002"},
        "code: '1'\nmoved_to: \"926002\"\nla: x\nchecked: 1  # cuối\n",
    ),
    "never behind checked": (
        "code: 1\nchecked: 1\nphotos: [a]\n", {"code": "1", "checked": "1", "photos": ["a"], "withdrawn": "2"},
        "code: 1\nwithdrawn: 2\nchecked: 1\nphotos: [a]\n",
    ),
    "a record is edited within": (
        "garden:\n  # đo lại\n  area: 1  # m2\n\n  irrigation: drip\nchecked: 1\n",
        {"garden": {"area": "2", "irrigation": "drip", "animals": ["Gà"]}, "checked": "1"},
        "garden:\n  # đo lại\n  area: 2  # m2\n\n  irrigation: drip\n  animals: [Gà]\nchecked: 1\n",
    ),
    "entries move with their comments": (
        "crops:\n  # 1\n  - a  # một\n\n  # 2\n  - b\n  - c\n", {"crops": ["c", "b", "a"]},
        "crops:\n  - c\n\n  # 2\n  - b\n  # 1\n  - a  # một\n",
    ),
    "an entry goes, one comes": (
        "crops:\n- {name: a, trees: 1}\n# 2\n- {name: b}  # hai\n- c\n", {"crops": [{"name": "a", "trees": "2"}, "c", {"name": "d"}, "e"]},
        "crops:\n- {name: a, trees: 2}\n# 2\n# hai\n- c\n- {name: d}\n- e\n",
    ),
    "a word becomes a record": (
        "crops:\n  - Bưởi  # x\n  - Cam\n", {"crops": [{"name": "Bưởi", "trees": "6"}, "Cam"]},
        "crops:\n  - {name: Bưởi, trees: 6}  # x\n  - Cam\n",
    ),
    "an entry in lines": (
        "products:\n  - name: a  # x\n    price: 1\n    unit: kg\n", {"products": [{"name": "b", "price": "1", "months": ["8"]}]},
        "products:\n  - name: b  # x\n    price: 1\n    months: [8]\n",
    ),
    "its first key goes": ("products:\n  - name: a\n    price: 1\n", {"products": [{"price": "1"}]}, "products:\n  - {price: 1}\n"),
    "a name goes and what is beside it changes": (
        "products:\n  - name: a\n    ocop:\n      stars: 1\n", {"products": [{"ocop": "x"}]}, "products:\n  - {ocop: x}\n",
    ),
    "an entry is known by its name": (
        "crops:\n  - {name: a, trees: 1}  # một\n  - {name: b, trees: 2}  # hai\n",
        {"crops": [{"name": "b", "trees": "3"}, {"name": "a", "trees": "4"}]},
        "crops:\n  - {name: b, trees: 3}  # hai\n  - {name: a, trees: 4}  # một\n",
    ),
    "its first key comes": (
        "products:\n  - price: 1  # x\n", {"products": [{"price": "1", "name": "a"}]}, "products:\n  # x\n  - {name: a, price: 1}\n",
    ),
    "all entries go": ("crops:\n  # x\n  - a\nchecked: 1\n", {"crops": [], "checked": "1"}, "# x\ncrops: []\nchecked: 1\n"),
    "within braces": (
        "contact: {phone: '1' , zalo: true }  # x\n", {"contact": {"phone": "2", "zalo": "true"}},
        "contact: {phone: 2, zalo: true}  # x\n",
    ),
    "a key within braces": (
        'contact: {phone: "1"}\n', {"contact": {"zalo": "có, mới", "phone": "1"}}, 'contact: {phone: 1, zalo: "có, mới"}\n',
    ),
    "comments within brackets": (
        "crops: [a,  # một\n  b]\nchecked: 1\n", {"crops": ["a", "b", "c"], "checked": "1"},
        "# một\ncrops: [a, b, c]\nchecked: 1\n",
    ),
    "a line in braces grows too long": (
        "location: {address: Xóm Đông, directions: x}\n", {"location": {"address": "Xóm Đông", "directions": "y " * 60 + "z"}},
        "location:\n  address: Xóm Đông\n  directions: " + "y " * 60 + "z\n",
    ),
    "a story": (
        "story: |  # lời kể\n  một\n\n  hai\n\n# sau\nchecked: 1\n", {"story": "ba\n\nbốn\n", "checked": "1"},
        "story: |  # lời kể\n  ba\n\n  bốn\n\n# sau\nchecked: 1\n",
    ),
    "a story that keeps its blank lines": (
        "story: |+\n  a\n\nchecked: 1\n", {"story": "a\n\n", "photos": ["b"], "checked": "1"},
        "story: |+\n  a\n\nphotos: [b]\nchecked: 1\n",
    ),
    "a line becomes a story": (
        "story: một  # x\nchecked: 1\n", {"story": "một\nhai", "checked": "1"}, "story: |-  # x\n  một\n  hai\nchecked: 1\n",
    ),
    "a story that a comment would join": (
        "story: một\n  # x\nchecked: 1\n", {"story": "một\nhai", "checked": "1"}, "story: |-\n   một\n   hai\n  # x\nchecked: 1\n",
    ),
    "a text becomes one in each language": (
        "story: một  # x\nchecked: 1\n", {"story": {"vi": "một\nhai\n", "en": "one"}, "checked": "1"},
        "story:  # x\n  vi: |\n    một\n    hai\n  en: one\nchecked: 1\n",
    ),
    "and back": ("story:\n  vi: a  # x\n  en: b\nchecked: 1\n", {"story": "a", "checked": "1"}, "# x\nstory: a\nchecked: 1\n"),
    "no line end": ("name: a\nchecked: 1", {"name": "b", "checked": "2"}, "name: b\nchecked: 2"),
    "no line end below a story": ("name: a\nstory: |\n  b", {"name": "c", "story": "b"}, "name: c\nstory: |\n  b"),
    "no line end, and a key more": ("name: a", {"name": "a", "head": "b"}, "name: a\nhead: b"),
    "windows": ("name: a\r\nchecked: 1\r\n", {"name": "a", "story": "b\nc\n", "checked": "1"}, "name: a\r\nstory: |\r\n  b\r\n  c\r\nchecked: 1\r\n"),
    "tabs": ("name:\ta\t# x\n", {"name": "b"}, "name:\tb\t# x\n"),
    "a file in braces": ("--- {name: x} # y\n", {"name": "x", "code": "1", "head": "a, b"}, '--- {code: "1", name: x, head: "a, b"} # y\n'),
    "an empty file": ("# chưa có gì\n", {"name": "a", "checked": "1"}, "# chưa có gì\nname: a\nchecked: 1\n"),
    "below its example": (
        "name: a\n\n# Chủ hộ\n#head: Nguyễn\n\ncontact:\n  # Số\n  #phone: 0570\n  # Zalo\nchecked: 1\n",
        {"name": "a", "head": "b", "contact": {"phone": "1", "x": "y"}, "checked": "1"},
        "name: a\n\n# Chủ hộ\n#head: Nguyễn\nhead: b\n\ncontact:\n  # Số\n  #phone: 0570\n  phone: 1\n  # Zalo\n  x: y\nchecked: 1\n",
    ),
    "a key in quotes": ("\"name\": a\n'head': {\"x\":1}\n", {"name": "b", "head": {"x": "2"}}, "\"name\": b\n'head': {x: 2}\n"),
    "a quoted sign is no comment": ('name: "a # b"\nhead: c\n', {"name": "a # b", "head": "d"}, 'name: "a # b"\nhead: d\n'),
}  # fmt: skip


@each("case", GOLDEN)
def test_what_is_edited_and_what_stays(case: str) -> None:
    """Small files before and after."""
    before, values, after = GOLDEN[case]
    assert after == edited(before, values)


ENCODINGS = {
    "plain": (b"", "utf-8"),
    "marked": (b"\xef\xbb\xbf", "utf-8"),
    "utf-16-le": (b"\xff\xfe", "utf-16-le"),
    "utf-16-be": (b"\xfe\xff", "utf-16-be"),
}


@each("encoding", ENCODINGS)
@each("newline", ["\n", "\r\n", "\r"])
@each("form", ["NFC", "NFD"])
def test_encoding_and_line_ends_stay(encoding: str, newline: str, form: Literal["NFC", "NFD"]) -> None:
    """A file that Notepad or a Mac wrote is written back as they would, the untouched name in its own form."""
    mark, codec = ENCODINGS[encoding]
    name = unicodedata.normalize(form, "Vườn bà Hường")
    before = f"name: {name}  # tên\nstory: |\n  một\n  hai\nchecked: 1\n".replace("\n", newline)
    after = f"name: {name}  # tên\nhead: Đỗ\nstory: |\n  ba\n  bốn\nchecked: 1\n".replace("\n", newline)
    values: Values = {"name": "Vườn bà Hường", "head": "Đỗ", "story": "ba\nbốn\n", "checked": "1"}
    assert mark + after.encode(codec) == with_values(mark + before.encode(codec), values)


@each("path", sorted(DEMO.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_same_values_are_the_same_bytes(path: Path) -> None:
    """Nothing to change changes nothing, whatever the style and whichever way no value is said."""
    content = (b"\xef\xbb\xbf" + path.read_bytes()).rstrip()
    values = said(path.read_text(encoding="utf-8"))
    assert content == with_values(content, {**values, "nothing": None, "empty": " "})


def leaves(value: Plain, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, str):
        yield path
    else:
        steps = value.items() if isinstance(value, dict) else enumerate(value or ())
        for step, inside in steps:
            yield from leaves(inside, (*path, step))


def with_leaf(values: Values, path: tuple[str | int, ...], text: str) -> Values:
    changed = copy.deepcopy(values)
    node: Plain = changed
    for step in path[:-1]:
        node = node[step]  # type: ignore[index]
    node[path[-1]] = text  # type: ignore[index]
    return changed


@pytest.mark.parametrize("name", ["ba-huong", "trai-huou"])
def test_one_value_changes_one_line(name: str) -> None:
    """Each value of the full profile, one after the other: no other line of the file is touched."""
    text = (DEMO / f"{name}.yaml").read_text(encoding="utf-8")
    values = said(text)
    for path in leaves(values):
        if path[0] != "story":
            old, new = text.splitlines(), edited(text, with_leaf(values, path, "~")).splitlines()
            assert [sum(a != b for a, b in zip(old, new, strict=True))] == [1], path


def test_a_fresh_profile_is_filled_in_where_its_examples_stand() -> None:
    """What `new` wrote keeps all its help, and a value comes below its example."""
    known: Values = {"code": "482135", "name": "Vườn", "checked": "2026-11-02"}
    text = render_commented(household_fields(), known, "vi", ["Hồ sơ"])
    values = said(text)
    values |= {
        "head": "Đỗ Thị Na",
        "living": {"people": "5", "road": "concrete"},
        "garden": {"crops": ["Cam", {"name": "Na"}]},
    }
    after = edited(text, values)
    lines = after.splitlines()
    for line in ("head: Đỗ Thị Na", "  people: 5", "  road: concrete"):
        assert lines[lines.index(line) - 1].strip().startswith("#" + line.split(":")[0].strip() + ": ")
    assert [line for line in text.splitlines() if line.strip().startswith("#")] == [
        line for line in lines if line.strip().startswith("#")
    ]


PIECES = [
    "x",
    "Vườn: mới",
    "a #b",
    "một\nhai\n",
    "một\nhai",
    " a\nb",
    "- a",
    "null",
    None,
    " ",
    "cam",
    "[a",
    "9",
    "a, b",
]
NEW_KEYS = [
    "head", "links", "visits", "withdrawn", "zz", "story", "months", "caption", "ocop", "vi", "en", "name",
]  # fmt: skip


def anything(random: Random, depth: int = 0) -> Plain:
    kind = random.random()
    if kind < 0.6 or depth > 2:
        return random.choice(PIECES)
    if kind < 0.8:
        return [anything(random, depth + 1) for _ in range(random.randint(0, 3))]
    return {random.choice(NEW_KEYS): anything(random, depth + 1) for _ in range(random.randint(0, 3))}


def changed(random: Random, value: Plain) -> Plain:
    """A value with some of its parts gone, new, moved or other."""
    if isinstance(value, dict):
        kept = {key: inside for key, inside in value.items() if random.random() > 0.06}
        new = {key: changed(random, inside) for key, inside in kept.items()}
        return new | ({random.choice(NEW_KEYS): anything(random)} if random.random() < 0.2 else {})
    if isinstance(value, list):
        items = [changed(random, item) for item in value if random.random() > 0.1]
        if random.random() < 0.2:
            random.shuffle(items)
        if random.random() < 0.2:
            items.insert(random.randint(0, len(items)), anything(random))
        return items
    return anything(random) if random.random() < 0.15 else value


def sprinkled(random: Random, text: str) -> str:
    """A profile with comments above and beside its lines, blank lines, and one line end or another."""
    lines = []
    for number, line in enumerate(text.splitlines()):
        indent = " " * (len(line) - len(line.lstrip()) + random.choice([0, 0, 0, 1, 2]))
        lines += [f"{indent}# trên {number}"] * (random.random() < 0.15)
        lines += [""] * (random.random() < 0.05)
        lines.append(line + f"  # cạnh {number}" * (random.random() < 0.15))
    return random.choice(["\n", "\n", "\r\n"]).join([*lines, ""] if random.random() < 0.8 else lines)


@given(st.sampled_from(sorted(DEMO.glob("[!v]*.yaml"))), st.integers(0, 2**32))
def test_any_edit_of_any_profile_says_what_it_shall(path: Path, seed: int) -> None:
    """Whatever goes, comes, moves or turns into something else: exactly the values, and every comment."""
    random = Random(seed)  # noqa: S311
    text = sprinkled(random, path.read_text(encoding="utf-8"))
    if parse_tree(text, "")[0] is not None:
        values = changed(random, said(text))
        assert isinstance(values, dict)
        edited(text, values)


@given(
    st.text(alphabet=" \n-:?[]{},#&*!|>'\"~abđ0\r\x85\u2028\t", max_size=40) | st.binary(max_size=30),
    st.dictionaries(st.sampled_from(["a", "b", "code", "checked"]), st.recursive(
        st.sampled_from(["x", "a\nb", None]), lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.just("a"), inner)), max_size=3),
)  # fmt: skip
def test_any_bytes_are_edited_or_refused(content: str | bytes, values: Values) -> None:
    """Nothing but UserError is raised, and what comes out says the values with no comment lost."""
    raw = content.encode("utf-8") if isinstance(content, str) else content
    try:
        after = with_values(raw, values)
    except UserError as refused:
        said_so = refused
        assert said_so.message.vi
        assert said_so.hint.vi
        return
    assert spoken_keys(tidy_keys(values)) == said(
        after.decode("utf-16" if after[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    )


@each(
    ("content", "words"),
    [
        (b"name: [\n", "has errors and cannot be edited yet"),
        (b"- a\n", "has errors"),
        (b"name: \xff\n", "not UTF-8"),
        ("name: Vườn\n".encode("cp1258", "ignore"), "not UTF-8|cannot edit"),
        ("name: a\n".encode("utf-16-le"), "UTF-16 without its mark"),
        (b"name: b\nx: 1\nhead: c\nhead: d\n", "cannot edit “head”, line 3 by itself"),
        (b"name: b\n? head\n: c\nx: 1\n", "cannot edit “head”, line 2 by itself"),
    ],
)
def test_what_only_a_person_can_edit_is_refused(content: bytes, words: str) -> None:
    """The file is not touched, and the key that stands in the way is named with its line."""
    with pytest.raises(UserError, match=words):
        with_values(content, {"code": "482135", "name": "b", "x": "1"})


@each(
    ("text", "is_right"),
    [
        ("name: b  # x\n", True),
        ("# x\n\n'name': \"b\"\n", True),
        ("name: b\n", False),
        ("name: b  # y\n", False),
        ("name: c  # x\n", False),
        ("name: b  # x\nhead: c\n", False),
        ("name: b  # x\nname: c\n", False),
        ("name: b #x\n# x\n", False),
        ("name: [  # x\n", False),
    ],
)
def test_every_edit_is_proven(text: str, is_right: bool) -> None:
    """The proof sees a value that is another, a comment that is lost, and trouble that was not there."""
    before = _File("name: a  # x\n")
    assert is_right == is_proven(before, text, {"name": "b"})


def test_half_a_character_is_refused() -> None:
    """It could not be written in any encoding."""
    with pytest.raises(UserError, match="half a character"):
        with_values(b"name: a\n", {"name": "a\udc80"})


def test_an_edit_is_work_in_the_length_of_the_profile() -> None:
    """Twice the crops are at most twice the work, wherever the value stands that changes."""

    def work(crops: int) -> int:
        text = "name: a\ncrops:\n" + "".join(
            f"  - {{name: Cây {n}, trees: {n}}}  # x\n" for n in range(crops)
        )
        values = {**said(text), "name": "b", "withdrawn": "2026-11-05"}
        return calls(with_values, text.encode("utf-8"), values)

    work(10)  # what is made once
    assert work(200) < 2.5 * work(100)
