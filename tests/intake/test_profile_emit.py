"""A new profile's text: in the style of the house, and read back exactly."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from command_kit import ROOT
from vuonho.edit.yaml_text import render_profile, tidy_keys
from vuonho.errors import UserError
from vuonho.model.values import unseen_sign
from vuonho.project.yaml_tree import Plain, parse_tree, plain

DEMO = ROOT / "profiles" / "thon-vuon-mau"


def said(text: str) -> Plain:
    """What a text says, where nothing is wrong with it."""
    tree, problems = parse_tree(text, "")
    assert problems == ()
    assert tree is not None
    return plain(tree)


def read(path: Path) -> dict[str, Plain]:
    values = said(path.read_text(encoding="utf-8"))
    assert isinstance(values, dict)
    return values


def test_the_demo_is_written_as_it_stands() -> None:
    """The full profile comes out as a person wrote it, but for photos whose line would be too long."""
    old = (DEMO / "ba-huong.yaml").read_text(encoding="utf-8")
    new = render_profile(read(DEMO / "ba-huong.yaml"))
    head, _, photos = old.partition("photos:\n")
    assert new.startswith(
        head.partition("\n")[2] + "photos:\n  - file: photos/huong-1.jpg\n    caption: {vi: "
    )
    assert len(photos.splitlines()) < len(new.partition("photos:\n")[2].splitlines())
    assert new.endswith("    people: true\nchecked: 2026-11-02\n")


@each("path", sorted(DEMO.glob("[!v]*.yaml")), ids=lambda path: path.stem)
def test_every_profile_of_the_demo_reads_back(path: Path) -> None:
    """Values in, text, the same values out; `checked` is the last line and no line is long but for texts."""
    values = read(path)
    text = render_profile(values)
    assert values == said(text)
    assert text.splitlines()[-1].startswith("checked: ")
    assert render_profile(dict(reversed(values.items()))).splitlines()[0] == f'code: "{values["code"]}"'


@each(
    ("values", "text"),
    [
        ({}, "{}\n"),
        ({"checked": "2026-11-02", "name": "Vườn", "code": "482135"}, 'code: "482135"\nname: Vườn\nchecked: 2026-11-02\n'),
        ({"checked": "1", "la": "x", "moved_to": "926002", "code": "158589"}, 'code: "158589"\nmoved_to: "926002"\nla: x\nchecked: 1\n'),
        ({"head": None, "name": ""}, "name:\nhead:\n"),
        ({"name": "~", "head": " a", "story": "a: b"}, 'name: "~"\nhead: " a"\nstory: "a: b"\n'),
        ({"name": "Nhà #3", "head": "- a"}, 'name: "Nhà #3"\nhead: "- a"\n'),
        ({"name": 'Vườn "đẹp"', "head": "'a'"}, 'name: Vườn "đẹp"\nhead: "\'a\'"\n'),
        ({"story": "a\n\n  b\n"}, "story: |\n  a\n\n    b\n"),
        ({"story": {"en": "b", "vi": "a\nb"}}, "story:\n  vi: |-\n    a\n    b\n  en: b\n"),
        ({"story": " a\nb"}, 'story: " a\\nb"\n'),
        ({"story": "a\tb\x85\u2028"}, 'story: "a\\tb\\x85\\u2028"\n'),
        ({"contact": {"zalo": "true", "phone": "0570 012 345"}}, "contact: {phone: 0570 012 345, zalo: true}\n"),
        ({"location": {"address": "Xóm Đông, ngõ 3"}}, 'location: {address: "Xóm Đông, ngõ 3"}\n'),
        ({"consent": {"publish": [], "given": None}}, "consent:\n  given:\n  publish: []\n"),
        ({"garden": {"crops": ["Bưởi", "Cam"]}}, "garden:\n  crops: [Bưởi, Cam]\n"),
        ({"garden": {"crops": ["Bưởi", {"name": "Cam"}]}}, "garden:\n  crops:\n    - Bưởi\n    - {name: Cam}\n"),
        ({"products": [{"name": "a", "x": "b\nc\n"}]}, "products:\n  - name: a\n    x: |\n      b\n      c\n"),
        ({"links": ["https://a.example/?b=c"]}, 'links: ["https://a.example/?b=c"]\n'),
        ({"garden": {}, "links": [None, "", "a"]}, "garden: {}\nlinks: [a]\n"),
    ],
)  # fmt: skip
def test_the_style_of_the_house(values: dict[str, Plain], text: str) -> None:
    """Order of the schema, quotes where they are needed, braces where they fit, blocks for lines."""
    assert text == render_profile(values)


HARD = st.text(
    alphabet=" \n\t-:?[]{},#&*!|>'\"%@`~<=abđ0\\\r\x85\u2028\ufeff\x07\0\x7f\u00a0\U0001f600\uffff\u0300",
    max_size=14,
)
WORDS = st.sampled_from(
    ["null", "~", "yes", "1e3", "a: b", "a #b", "- a", "? a", "&x", "*x", "!!str x", "|", "a\nb\n", "a\nb", " a",
     "a ", "a\n\nb", "a\n b\n", "<<", "a:", "---", "...", "a\n---\nb\n", "x" * 1500, "từ " * 60]
)  # fmt: skip
TEXTS = HARD | WORDS | st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
KEYS = st.sampled_from(
    ["code", "name", "garden", "crops", "photos", "file", "story", "vi", "en", "checked", "withdrawn"]
) | TEXTS.filter(lambda key: unseen_sign(key) is None and len(key) < 900)
VALUES = st.recursive(
    TEXTS | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=14,
)


@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_any_values_read_back(values: dict[str, Plain]) -> None:
    """What was given is what is read, in NFC and with one way of having no value, and nothing is warned of."""
    try:
        tidied = tidy_keys(values)
    except UserError:  # two keys that are one in NFC
        return
    assert tidied == said(render_profile(values))


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=20), max_size=3))
def test_any_keys_read_back_or_are_refused(values: dict[str, Plain]) -> None:
    """Nothing but UserError is raised."""
    try:
        text = render_profile(values)
    except UserError:
        return
    assert tidy_keys(values) == said(text)


@each(
    ("values", "words"),
    [
        ({"story": {"vi": "a\ud800"}}, "half a character .* in “story.vi”"),
        ({"\udc00": "a"}, "half a character"),
        ({"products": ["a", "\ud800"]}, "in “products.2”"),
        ({"đ\u00e2": "a", "đa\u0302": "b"}, "Two keys are the same"),
        ({"a\u200bb": "x"}, "cannot be written into a profile"),
        ({"k" * 1100: "x"}, "cannot be written into a profile"),
        ({"links": [[[[[[[[[[[[[["a"]]]]]]]]]]]]]]}, "cannot be written into a profile"),
    ],
)  # fmt: skip
def test_what_no_profile_can_carry_is_refused(values: dict[str, Plain], words: str) -> None:
    """Half a character, keys that are one, keys that nobody can read, lists without end."""
    with pytest.raises(UserError) as caught:
        render_profile(values)
    assert re.search(words, str(caught.value))
    assert caught.value.hint.vi
