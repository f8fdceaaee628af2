"""A profile's file made to say other values: what changes, changes; every other byte and comment stays."""

import unicodedata
from collections import Counter

import pytest

from command_kit import ROOT
from vuonho.intake.profiletext.edit import with_values
from vuonho.intake.profiletext.source import find_notes
from vuonho.intake.profiletext.values import spoken_keys, tidy_keys
from vuonho.intake.tree import Plain, parse_tree, plain

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
    "its first key goes": ("products:\n  - name: a\n    price: 1\n", {"products": [{"price": "1"}]}, "products:\n  - price: 1\n"),
    "its first key comes": (
        "products:\n  - price: 1  # x\n", {"products": [{"price": "1", "name": "a"}]}, "products:\n  - name: a\n    price: 1  # x\n",
    ),
    "all entries go": ("crops:\n  # x\n  - a\nchecked: 1\n", {"crops": [], "checked": "1"}, "# x\ncrops: []\nchecked: 1\n"),
    "within braces": (
        "contact: {phone: '1' , zalo: true }  # x\n", {"contact": {"phone": "2", "zalo": "true"}},
        "contact: {phone: '2' , zalo: true }  # x\n",
    ),
    "a key within braces": (
        'contact: {phone: "1"}\n', {"contact": {"zalo": "có, mới", "phone": "1"}}, 'contact: {phone: "1", zalo: "có, mới"}\n',
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
    "no line end, and a key more": ("name: a", {"name": "a", "head": "b"}, "name: a\nhead: b"),
    "windows": ("name: a\r\nchecked: 1\r\n", {"name": "a", "story": "b\nc\n", "checked": "1"}, "name: a\r\nstory: |\r\n  b\r\n  c\r\nchecked: 1\r\n"),
    "tabs": ("name:\ta\t# x\n", {"name": "b"}, "name:\tb\t# x\n"),
    "a file in braces": ("--- {name: x} # y\n", {"name": "x", "code": "1", "head": "a, b"}, '--- {code: "1", name: x, head: "a, b"} # y\n'),
    "an empty file": ("# chưa có gì\n", {"name": "a", "checked": "1"}, "# chưa có gì\nname: a\nchecked: 1\n"),
    "a key in quotes": ("\"name\": a\n'head': {\"x\":1}\n", {"name": "b", "head": {"x": "2"}}, "\"name\": b\n'head': {\"x\":2}\n"),
    "a quoted sign is no comment": ('name: "a # b"\nhead: c\n', {"name": "a # b", "head": "d"}, 'name: "a # b"\nhead: d\n'),
}  # fmt: skip


@pytest.mark.parametrize("case", GOLDEN)
def test_what_is_edited_and_what_stays(case: str) -> None:
    """Small files before and after."""
    before, values, after = GOLDEN[case]
    assert after == edited(before, values)
