"""A code written into a profile: one line more, and every other byte as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.edit.profile_edit import with_code
from vuonho.errors import UserError
from vuonho.project.profile import parse_profile
from vuonho.project.yaml_tree import parse_tree, plain

CODE = "482135"
ENCODINGS = {
    "plain": (b"", "utf-8"),
    "marked": (b"\xef\xbb\xbf", "utf-8"),
    "utf-16-le": (b"\xff\xfe", "utf-16-le"),
    "utf-16-be": (b"\xfe\xff", "utf-16-be"),
}


@each(
    ("before", "after"),
    [
        ("name: x\n", 'code: "482135"\nname: x\n'),
        ("name: x", 'code: "482135"\nname: x'),
        ("# note\n\nname: x  # y\n", '# note\n\ncode: "482135"\nname: x  # y\n'),
        ("---\nname: x\n", '---\ncode: "482135"\nname: x\n'),
        ("name: x\r\nb: y\r\n", 'code: "482135"\r\nname: x\r\nb: y\r\n'),
        ("name: x\rb: y\r", 'code: "482135"\rname: x\rb: y\r'),
        ("name: x\u2028b: y\r\n", 'code: "482135"\r\nname: x\u2028b: y\r\n'),
        ("  name: x\n  b: y\n", '  code: "482135"\n  name: x\n  b: y\n'),
        ("{name: x}\n", '{code: "482135", name: x}\n'),
        ("--- {name: x}\n", '--- {code: "482135", name: x}\n'),
        ('"name": x\n', 'code: "482135"\n"name": x\n'),
        ("name: x\ncode:\nb: y\n", 'name: x\ncode: "482135"\nb: y\n'),
        ("code:   # given by assign\nb: y\n", 'code: "482135"   # given by assign\nb: y\n'),
        ("code: ~ # z\n", 'code: "482135" # z\n'),
        ("code: null\nb: y\n", 'code: "482135"\nb: y\n'),
        ('code: ""\nb: y\n', 'code: "482135"\nb: y\n'),
        ("code: '  ' # z\nb: y\n", 'code: "482135" # z\nb: y\n'),
        ("code: |\nb: y\n", 'code: "482135"\nb: y\n'),
        ('"code": \nb: y\n', '"code": "482135" \nb: y\n'),
        ("code :\nb: y\n", 'code : "482135"\nb: y\n'),
        ("{code: , b: y}\n", '{code: "482135", b: y}\n'),
        ("b: |\n  code:\n  x\ncode:\n", 'b: |\n  code:\n  x\ncode: "482135"\n'),
        ("đường: ngõ\ncode: ~\n", 'đường: ngõ\ncode: "482135"\n'),
        ("b: &x 1\n", 'code: "482135"\nb: &x 1\n'),
    ],
)
@each("encoding", ENCODINGS)
def test_one_line_is_added(encoding: str, before: str, after: str) -> None:
    """Comments, order, line ends, braces and marks stay, in each encoding."""
    mark, codec = ENCODINGS[encoding]
    assert mark + after.encode(codec) == with_code(mark + before.encode(codec), CODE)


@each(
    "content",
    [b"", b"# note\n", b"- a\n", b"name: [\n", b"{}\n", b"? name\n: x\n", b"name: \xff\n",
     b"\xff\xfe\x00\xd8", b"\xff\xfen", b"code: [1]\n", b"code: 999\n", b"code: 1\ncode:\n", b"a: \x07\n"],
)  # fmt: skip
def test_what_cannot_be_done_safely_is_refused(content: bytes) -> None:
    """Where the result would not be the same profile with the code, a person must write it."""
    with pytest.raises(UserError) as caught:
        with_code(content, CODE)
    assert 'code: "…"' in caught.value.hint.vi


LINES = st.lists(
    st.tuples(
        st.sampled_from(["name", "head", "garden", "đường", '"x y"', "story"]),
        st.sampled_from(["", " ", "  "]),
        st.sampled_from(
            ["Vườn bà Hường", '"a: #b"', "~", "", "[a, b]", "{c: d}", "|\n  dòng một\n  code: x", "# z"]
        ),
        st.sampled_from(["", "  # ghi chú", " "]),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda line: line[0],
)


@given(
    LINES,
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(sorted(ENCODINGS)),
    st.booleans(),
    st.booleans(),
)
def test_every_other_byte_is_kept(
    lines: list[tuple[str, str, str, str]], newline: str, encoding: str, headed: bool, ended: bool
) -> None:
    """The result is the old file with one piece put in, and reads as before but for the code."""
    text = "# Đầu tệp\n\n" * headed + "\n".join(
        f"{key}:{gap or ' '}{value}{tail}" for key, gap, value, tail in lines
    )
    text = (text + "\n" * ended).replace("\n", newline)
    mark, codec = ENCODINGS[encoding]
    before = mark + text.encode(codec)
    tree, problems = parse_tree(text, "")
    if tree is None:
        return
    after = with_code(before, CODE)
    piece = f'code: "{CODE}"{newline if newline in text else chr(10)}'
    at = after[len(mark) :].decode(codec).index(piece)
    assert before == mark + (text[:at] + after[len(mark) :].decode(codec)[at + len(piece) :]).encode(codec)
    read, still = parse_tree(after[len(mark) :].decode(codec), "")
    assert read is not None
    assert len(problems) == len(still)
    old, new = plain(tree), plain(read)
    assert isinstance(old, dict)
    assert {"code": CODE, **old} == new


@given(st.binary(max_size=200) | st.text(max_size=80).map(str.encode))
def test_any_bytes_are_coded_or_refused(content: bytes) -> None:
    """Nothing but UserError is raised, and what comes out carries the code."""
    try:
        after = with_code(content, CODE)
    except UserError:
        return
    codec = "utf-16" if after.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    assert parse_profile(after.decode(codec), "a.yaml", "a").code == CODE
