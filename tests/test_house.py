"""The rules of the house, as far as a program can check them (docs/architecture.md, CONTRIBUTING.md)."""

import ast
import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from command_kit import ROOT

SOURCE = ROOT / "src" / "vuonho"
MODULES = sorted(SOURCE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
Function = ast.FunctionDef | ast.AsyncFunctionDef
NOQA = re.compile(r"#\s*noqa: [A-Z]+\d+(?:, ?[A-Z]+\d+)*(?P<reason>\b.*)")
YOU = re.compile(r"\b(?:bác|bạn|anh/chị|ông/bà|quý vị)\b", re.IGNORECASE)
IGNORE = re.compile(r"#\s*type: ignore\[[a-z, -]+\]")

each_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    """Every function of a module, those inside others too."""
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, Function))


def length(function: Function) -> int:
    """The lines of a function's body without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body and body[-1].end_lineno else 0


def test_there_is_a_house() -> None:
    """The rules below look at real modules."""
    assert len(MODULES) > 100
    assert sum(1 for path in MODULES for _ in functions(path)) > 900


@each_module
def test_a_module_has_at_most_250_lines(path: Path) -> None:
    """Split by noun before a file becomes the everything-file."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250


@each_module
def test_no_function_is_over_40_lines(path: Path) -> None:
    """Without its docstring."""
    assert {one.name: length(one) for one in functions(path) if length(one) > 40} == {}


def test_functions_are_short() -> None:
    """Nine in ten are under 24 lines, and the one in the middle is short."""
    lengths = sorted(length(one) for path in MODULES for one in functions(path))
    assert lengths[len(lengths) // 2] <= 8
    assert lengths[len(lengths) * 9 // 10] < 24


def public(tree: ast.Module) -> Iterator[Function | ast.ClassDef]:
    """Public functions and classes of a module, and the public methods of those classes."""
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (
                    one for one in node.body if isinstance(one, Function) and not one.name.startswith("_")
                )


@each_module
def test_what_is_public_says_what_it_is(path: Path) -> None:
    """A docstring that ends its first sentence, for the module and all that others may use."""
    tree = tree_of(path)
    assert ast.get_docstring(tree) or not tree.body
    assert [node.name for node in public(tree) if not ast.get_docstring(node)] == []


WORD = re.compile(r"\w+")


def names_of(tree: ast.Module) -> Iterator[str]:
    """What a module has to give: its functions, classes and values, and what its records can do."""
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef):
            yield node.name
        if isinstance(node, ast.ClassDef) and node.decorator_list and not node.bases:
            yield from (one.name for one in node.body if isinstance(one, Function))
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name))


def test_everything_is_used() -> None:
    """By another line of the program, a template, or a program that makes the documentation; tests do not count."""
    users = [*MODULES, *(ROOT / "templates").glob("*.html"), *(ROOT / "docs").glob("*.py")]
    uses = Counter(word for path in users for word in WORD.findall(path.read_text(encoding="utf-8")))
    names = Counter(name for path in MODULES for name in names_of(tree_of(path)))

    assert sorted(name for name, n in names.items() if uses[name] <= n and not name.startswith("__")) == []


@each_module
def test_nobody_prints_but_the_command_line(path: Path) -> None:
    """Neither with print nor with click nor to a stream of the system."""
    if path.is_relative_to(SOURCE / "cli"):
        return
    names = {ast.unparse(node.func) for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)}
    assert names.isdisjoint({"print", "click.echo", "sys.stdout.write", "sys.stderr.write", "input"})


def calls(path: Path, *names: str) -> Iterator[tuple[str, ast.Call]]:
    """Calls of functions or methods with these names."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in names:
                yield name, node


def mode_of(call: ast.Call) -> str:
    """The mode with which a file is opened: the method's first or the function's second argument."""
    given = [keyword.value for keyword in call.keywords if keyword.arg == "mode"]
    place = 0 if isinstance(call.func, ast.Attribute) else 1
    given += call.args[place : place + 1]
    return ast.unparse(given[0]) if given else "'r'"


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_text_files_name_their_encoding(path: Path) -> None:
    """Windows would take its own code page; what is opened in binary needs none."""
    bare = [
        (call.lineno, name)
        for name, call in calls(path, "open", "read_text", "write_text")
        if not is_something_else(name, call)
        and not (name == "open" and "b" in mode_of(call))
        and "encoding" not in {keyword.arg for keyword in call.keywords}
    ]
    assert bare == []


def is_something_else(name: str, call: ast.Call) -> bool:
    """Tell the opening of pictures, parts of a zip and descriptors, which have no encoding, and functions of our own."""
    is_our_own = name != "open" and isinstance(call.func, ast.Name)
    return is_our_own or ast.unparse(call.func) in ("Image.open", "archive.open", "os.open", "self._open")


@each_module
def test_nothing_is_caught_blindly(path: Path) -> None:
    """`except Exception` and the like stand with a reason beside them, or not at all."""
    lines = path.read_text(encoding="utf-8").splitlines()
    blind = [
        node.lineno
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
        and not re.search(r"# \w.{10,}", lines[node.lineno - 1])
        and not any(isinstance(inner, ast.Raise) and inner.exc is None for inner in ast.walk(node))
    ]
    assert blind == []


def comments(path: Path) -> Iterator[tuple[int, str]]:
    """The comments of a module with their lines."""
    text = path.read_text(encoding="utf-8")
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_an_exception_to_a_check_says_which(path: Path) -> None:
    """`noqa` and `type: ignore` name a code, so that they hide nothing else; in the program `noqa` gives a reason."""
    unclear = []
    for line, comment in comments(path):
        if re.match(r"#\s*noqa", comment):
            found = NOQA.match(comment)
            if found is None or (path in MODULES and not re.search(r"\w{2}", found["reason"])):
                unclear.append((line, comment))
        elif re.match(r"#\s*type:\s*ignore", comment) and not IGNORE.match(comment):
            unclear.append((line, comment))
    assert unclear == []


@each_module
def test_no_module_keeps_changing_state(path: Path) -> None:
    """Names of a module are bound once: no `global`, no list, dict or set filled later."""
    tree = tree_of(path)
    assert [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Global)] == []
    held = {
        target.id
        for node in tree.body
        for target in (node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)])
        if isinstance(target, ast.Name)
    }
    changed = [
        (call.lineno, name)
        for name, call in calls(
            path, "append", "extend", "add", "update", "setdefault", "insert", "pop", "clear"
        )
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in held
        and not shadowed(tree, call, call.func.value.id)
    ]
    assert changed == []


def shadowed(tree: ast.Module, call: ast.Call, name: str) -> bool:
    """Tell whether the name is a function's own at that place."""
    for function in ast.walk(tree):
        if isinstance(function, Function) and function.lineno <= call.lineno <= (function.end_lineno or 0):
            own = {
                node.id
                for node in ast.walk(function)
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            }
            if name in own | {argument.arg for argument in function.args.args}:
                return True
    return False


@each_module
def test_the_program_speaks_to_people_of_any_age(path: Path) -> None:
    """A word for "you" in Vietnamese tells an age and a standing; the program knows neither and does without."""
    said = [
        node.value
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and YOU.search(node.value)
    ]
    assert said == []


def test_every_test_says_what_it_tests() -> None:
    """One sentence each."""
    silent = [
        f"{path.name}::{function.name}"
        for path in TESTS
        for function in functions(path)
        if function.name.startswith("test_") and not ast.get_docstring(function)
    ]
    assert silent == []


def test_test_modules_have_names_of_their_own() -> None:
    """Without packages around them, two modules of one name are one."""
    names = [path.name for path in TESTS if path.name != "conftest.py"]
    assert sorted({name for name in names if names.count(name) > 1}) == []
