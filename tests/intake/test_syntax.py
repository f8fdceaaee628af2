"""YAML's complaints in a neighbour's words, on the line where the mistake is."""

from case_kit import each
from vuonho.project.yaml_tree import parse_tree

FILE = "profiles/vuon/huong.yaml"


@each(
    ("text", "line", "column", "said"),
    [
        ("a:\n\tb: 1\n", 2, 1, "indented with a tab"),
        ("a:\n  - b\n\t- c\n", 3, 1, "indented with a tab"),
        ('a: 1\nb: "x\nc: 2\n', 2, 4, "opened and never closed"),
        ("a: 'x\n", 1, 4, "opened and never closed"),
        ("a: [x\nb: 2\n", 1, 4, "A bracket"),
        ("a: {b: [x}\n", 1, 8, "A bracket"),
        ("a: [x y: z: w]\n", 1, 4, "A bracket"),
        ('a: "D:\\anh\\cam"\n', 1, 11, "A \\ inside double quotes"),
        ('a: "C:\\Users\\bà"\n', 1, 9, "A \\ inside double quotes"),
        ('a: "C:\\xoài"\n', 1, 9, "A \\ inside double quotes"),
        ('a: [b, "C:\\Users"]\n', 1, 13, "A \\ inside double quotes"),
        ("a: 1\nb:2\nc: 3\n", 2, 1, "no space after the colon"),
        ("a: 1\nb:2\n", 2, 1, "no space after the colon"),
        ("a:\n  # n\n  repository:/home/x\n  # n\n\n  branch:\n", 3, 3, "no space after the colon"),
        ("# n\nrepository:/home/x\n\n# n\na: 1\n", 2, 1, "no space after the colon"),
        ("a: 1\nrepository:https://x/y\n# n\n\nb: 2\n", 2, 1, "no space after the colon"),
        ("a: 1\nb\nc: 3\n", 2, 1, "has no colon"),
        ("a: b: c\n", 1, 5, "holds a colon"),
        ("a: 7:00: x\n", 1, 8, "holds a colon"),
        ("a:\n  - x\n  -y\nb: 1\n", 3, 3, "no space after the -"),
        ("a: @x\n", 1, 4, "begin with “@”"),
        ("a: `x`\n", 1, 4, "begin with “`”"),
        ("a: %x\n", 1, 4, "begin with “%”"),
        ("a: *\n", 1, 4, "begin with “*”"),
        ("a: & x\n", 1, 4, "begin with “&”"),
        ('a: "x" y\n', 1, 8, "closes in the middle"),
        ("a: 'x' y\n", 1, 8, "closes in the middle"),
        ("a:\n    b: 1\n  c: 2\n", 3, 3, "out of step"),
        ("a: 1\n  b: 2\n", 2, 4, "holds a colon, or the line above"),
        ("đường: x\x07\n", 1, 9, "U+0007"),
        ("đ: ấ\nb: \x1b[31m\n", 2, 4, "U+001B"),
    ],
)
def test_the_mistake_is_named_where_it_is(text: str, line: int, column: int, said: str) -> None:
    """Each slip of the keyboard has its own words, line and column."""
    tree, problems = parse_tree(text, FILE)
    assert tree is None
    (problem,) = problems
    assert (FILE, line, column) == (problem.file, problem.line, problem.column)
    assert said in problem.message.en
    assert problem.hint.vi


def test_a_long_value_is_not_quoted_whole() -> None:
    """The cure quotes the beginning of a long value only."""
    _, (problem,) = parse_tree("a: " + "x: " * 1000 + "\n", FILE)
    assert len(problem.hint.en) < 120
