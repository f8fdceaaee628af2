"""YAML as a tree of texts: nothing guessed, nothing dropped, everything refused in words."""

from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.errors import Severity
from vuonho.model.values import unseen_sign
from vuonho.project.yaml_tree import Mapping, Scalar, Sequence, parse_tree, plain
from work_kit import calls

FILE = "profiles/vuon/huong.yaml"


def tree_of(text: str) -> Mapping:
    tree, problems = parse_tree(text, FILE)
    assert problems == ()
    assert tree is not None
    return tree


def refusals(text: str) -> list[tuple[int | None, int | None, str]]:
    """Line, column and English message of each problem."""
    return [(p.line, p.column, p.message.en) for p in parse_tree(text, FILE)[1]]


@each("typed", ["", "~", "null", "Null", "NULL", '""', "''", '"  "', "|\n"])
def test_no_value_is_written_in_several_ways(typed: str) -> None:
    """Nothing, ~, null and empty quotes all mean no value."""
    assert plain(tree_of(f"a: {typed}\nb: x\n")) == {"a": None, "b": "x"}


@each("typed", ['"~"', "'null'", "nullify", "~~", "không"])
def test_a_quoted_sign_or_longer_word_is_a_value(typed: str) -> None:
    """Only the bare signs mean nothing."""
    assert {"a": typed.strip("\"'")} == plain(tree_of(f"a: {typed}\n"))


def test_items_without_a_value_are_left_out_of_lists() -> None:
    """`- ` alone is no item, and positions count what is there."""
    tree = tree_of("a:\n  - x\n  -\n  - y\n")
    assert plain(tree) == {"a": ["x", "y"]}
    assert tree.find(("a", 1)) == (4, 5)


def test_places_are_those_of_the_keys() -> None:
    """A value is found at its key, a list's item at itself, an unknown step at the deepest known place."""
    tree = tree_of("a: 1\nb:\n  c: [x, {d: y}]\n")
    assert [
        tree.find(path)
        for path in (("a",), ("b", "c"), ("b", "c", 0), ("b", "c", 1, "d"), ("b", "c", 9), ("b", "x"), ("z",))
    ] == [(1, 1), (3, 3), (3, 7), (3, 11), (3, 3), (2, 1), (1, 1)]


@each(
    ("text", "expected"),
    [
        ("a: 1\na: 2\n", [(2, 1, "“a” stands twice (first on line 1).")]),
        ("a: {b: 1, b: 2, b: 3}\n", [(1, 11, "“b” stands twice (first on line 1)."), (1, 17, "“b” stands twice (first on line 1).")]),
        ("a: &x 1\nb: *x\n", [(1, 4, "A value cannot begin with & (“&x”)."), (2, 4, "A value cannot begin with * (“*x”).")]),
        ("a: !!python/object:os.system x\n", [(1, 4, "A value cannot begin with ! (“!!python/object:os.system”).")]),
        ("a: !x [1]\n", [(1, 4, "A value cannot begin with ! (“!x”).")]),
        ("<<: {a: 1}\n", [(1, 1, "“<<” cannot be used.")]),
        ("? [a, b]\n: c\n", [(1, 3, "A key must be one word.")]),
        ("a: 1\n---\nb: 2\n", [(2, 1, "The file has two parts divided by a line “---”.")]),
        ("a: 1\n...\nb: 2\n", [(3, 1, "The file has two parts divided by a line “---”.")]),
        ("- a\n", [(1, 1, "The file has no lines like “key: value”.")]),
        ("lời nói\n", [(1, 1, "The file has no lines like “key: value”.")]),
    ],
)  # fmt: skip
def test_what_nobody_can_have_meant_is_refused(text: str, expected: list[tuple[int, int, str]]) -> None:
    """Duplicates, aliases, anchors, tags, merge keys and second documents are named with their place."""
    assert expected == refusals(text)


@each("text", ["", "\n\n", "# ghi chú\n", "~\n", "---\n", "--- ~\n...\n"])
def test_nothing_is_no_tree_and_no_problem(text: str) -> None:
    """An empty file is for its reader to speak of."""
    assert parse_tree(text, FILE) == (None, ())


@each(
    ("text", "lost"),
    [
        ("a: Nhà #3\n", "“#3”"),
        ("a: #3 Nhà\nb: x\n", "“#3”"),
        ("a:\n  - x #y\n", "“#y”"),
        ("a: {b: x #y\n  }\n", "“#y”"),
    ],
)
def test_text_lost_as_a_note_is_warned_of(text: str, lost: str) -> None:
    """What stands behind " #" would vanish without a word."""
    problems = parse_tree(text, FILE)[1]
    assert [(p.severity, lost in p.message.en) for p in problems] == [(Severity.WARNING, True)]


@each(
    "text",
    ["a: x  # ghi chú\n", "a: x ## y\n", '# a #b\na: "Nhà #3"\n', "a:\n  # b\n  c: d\n", "a: |\n  x #y\n"],
)
def test_a_note_is_a_note(text: str) -> None:
    """A note with a space after its sign, and a # in quotes or in a story, are as they should be."""
    assert parse_tree(text, FILE)[1] == ()


@each("depth", [12, 13, 300, 100_000])
def test_depth_has_an_end(depth: int) -> None:
    """Lists in lists in lists end in words."""
    tree, problems = parse_tree("a: " + "[" * depth + "]" * depth, FILE)
    assert (depth > 12, depth > 12) == (tree is None, len(problems) == 1)


@given(st.text(alphabet=" \n\t-:?[]{},#&*!|>'\"%@`~<=abđ0\\\r\x85\u2028\ud800\ufeff\x07", max_size=60))
def test_any_heap_of_yaml_signs_ends_in_a_tree_or_in_words(text: str) -> None:
    """No text of indicators raises, and every problem names a line that is there."""
    _, problems = parse_tree(text, FILE)
    lines = len(text.splitlines()) + 1
    assert all(p.line is not None and 1 <= p.line <= lines + 1 for p in problems)


LEAVES = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
KEYS = LEAVES.filter(lambda key: unseen_sign(key) is None)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def written(value: object) -> str:
    """The value in YAML's braces, every text in double quotes."""
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    assert isinstance(value, dict)
    return "{" + ", ".join(f"{written(key)}: {written(item)}" for key, item in value.items()) + "}"


@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=5))
def test_what_was_written_is_what_is_read(value: dict[str, object]) -> None:
    """A tree of texts comes back as it was, `<<` and `~` in quotes too."""
    text = written(value)
    assert value == plain(tree_of(text))


@each(
    "text",
    [
        "a: [" * 250_000,
        "{" * 1_000_000,
        "- " * 500_000,
        "a: &a " * 160_000,
        "".join(f"k{number}: v\n" for number in range(90_000)),
        'a: "' + "x\\n" * 330_000,
        "a: |\n" + " x\n" * 330_000,
        "a: x #y\n" * 120_000,
        "#" * 1_000_000,
        "a: b\n" + "\t" * 900_000,
        "a: {" + "b: c, " * 160_000,
    ],
    ids=lambda text: f"{text[:6]!r}",
)  # fmt: skip
def test_a_megabyte_of_mischief_is_read_in_its_own_length(text: str) -> None:
    """Twice as much of the worst is at most twice the work."""
    half = calls(parse_tree, text[: len(text) // 2], FILE)
    assert calls(parse_tree, text, FILE) < 2.5 * half + 500


def test_billion_laughs_are_no_laughs() -> None:
    """Aliases are refused, not followed."""
    bomb = 'a0: &a0 ["lol"]\n' + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
    )
    tree, problems = parse_tree(bomb, FILE)
    assert isinstance(tree, Mapping)
    assert len(problems) == 12 + 11 * 9
    assert isinstance(tree.entries[11].value, Sequence)
    assert all(isinstance(item, Scalar) and item.text == "" for item in tree.entries[11].value.items)


@each(
    ("sign", "said"),
    [("\u200b", "U+200B"), ("\u202a", "U+202A"), ("\u00ad", "U+00AD"), ("\\e", "U+001B"), ("\\n", "U+000A")],
)
def test_an_unseen_sign_in_a_key_is_named(sign: str, said: str) -> None:
    """The key is read without it, so that nothing else is said of it."""
    tree, (problem,) = parse_tree(f'code: 1\n"na{sign}me": Vườn\n', FILE)
    assert tree is not None
    assert plain(tree) == {"code": "1", "name": "Vườn"}
    assert (problem.line, problem.column) == (2, 1)
    assert said in problem.message.en
    assert problem.message.en.isprintable()
    assert problem.severity is Severity.ERROR
