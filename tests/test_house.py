"""The rules of the house, as far as a program can check them (docs/architecture.md, CONTRIBUTING.md)."""

import ast
import io
import re
import tokenize
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
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
EXCEPTION = re.compile(r"#\s*(?:noqa|type:\s*ignore)")


@cache
def tree_of(path: Path) -> ast.Module:
    """A module as Python reads it, read once for all rules."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Everything in a module."""
    return tuple(ast.walk(tree_of(path)))


@pytest.fixture(scope="module", autouse=True)
def _forgotten_afterwards() -> Iterator[None]:
    """Keep a house of trees in memory no longer than its rules need it."""
    yield
    nodes_of.cache_clear()
    tree_of.cache_clear()


def offenders(
    paths: Iterable[Path], rule: Callable[[Path], Collection[object]]
) -> dict[str, Collection[object]]:
    """What a rule finds, by the file in which it finds something."""
    return {path.relative_to(ROOT).as_posix(): found for path in paths if (found := rule(path))}


def functions(path: Path) -> Iterator[Function]:
    """Every function of a module, those inside others too."""
    return (node for node in nodes_of(path) if isinstance(node, Function))


def test_there_is_a_house() -> None:
    """The rules below look at real modules."""
    assert {"build.py", "app.py", "consent.py"} <= {path.name for path in MODULES}


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
    users = [
        *MODULES,
        *(ROOT / "templates").glob("*.html"),
        *(ROOT / "docs").glob("*.py"),
        *SOURCE.glob("window/templates/*.html"),
    ]
    uses = Counter(word for path in users for word in WORD.findall(path.read_text(encoding="utf-8")))
    names = Counter(name for path in MODULES for name in names_of(tree_of(path)))

    assert sorted(name for name, n in names.items() if uses[name] <= n and not name.startswith("__")) == []


def test_nobody_prints_but_the_command_line() -> None:
    """Neither with print nor with click nor to a stream of the system."""
    others = (path for path in MODULES if not path.is_relative_to(SOURCE / "cli"))
    assert offenders(others, prints) == {}


def prints(path: Path) -> set[str]:
    calls_of = (ast.unparse(node.func) for node in nodes_of(path) if isinstance(node, ast.Call))
    return {"print", "click.echo", "sys.stdout.write", "sys.stderr.write", "input"}.intersection(calls_of)


def calls(path: Path, *names: str) -> Iterator[tuple[str, ast.Call]]:
    """Calls of functions or methods with these names."""
    for node in nodes_of(path):
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


def test_text_files_name_their_encoding() -> None:
    """Windows would take its own code page; what is opened in binary needs none."""
    assert offenders([*MODULES, *TESTS], without_encoding) == {}


def without_encoding(path: Path) -> list[tuple[int, str]]:
    return [
        (call.lineno, name)
        for name, call in calls(path, "open", "read_text", "write_text")
        if not is_something_else(name, call)
        and not (name == "open" and "b" in mode_of(call))
        and "encoding" not in {keyword.arg for keyword in call.keywords}
    ]


def is_something_else(name: str, call: ast.Call) -> bool:
    """Tell the opening of pictures, parts of a zip, descriptors and addresses, which have no encoding, and our own."""
    is_our_own = name != "open" and isinstance(call.func, ast.Name)
    others = ("Image.open", "archive.open", "os.open", "self._open", "self._opener.open")
    return is_our_own or ast.unparse(call.func) in others


def comments(path: Path) -> Iterator[tuple[int, str]]:
    """The comments of a module with their lines."""
    text = path.read_text(encoding="utf-8")
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def test_an_exception_to_a_check_says_which() -> None:
    """`noqa` and `type: ignore` name a code, so that they hide nothing else; in the program `noqa` gives a reason."""
    assert offenders([*MODULES, *TESTS], unclear_exceptions) == {}


def unclear_exceptions(path: Path) -> list[tuple[int, str]]:
    if not EXCEPTION.search(path.read_text(encoding="utf-8")):  # taking the others apart costs seconds
        return []
    unclear = []
    for line, comment in comments(path):
        if re.match(r"#\s*noqa", comment):
            found = NOQA.match(comment)
            if found is None or (path in MODULES and not re.search(r"\w{2}", found["reason"])):
                unclear.append((line, comment))
        elif re.match(r"#\s*type:\s*ignore", comment) and not IGNORE.match(comment):
            unclear.append((line, comment))
    return unclear


def test_no_module_keeps_changing_state() -> None:
    """Names of a module are bound once: no `global`, no list, dict or set filled later."""
    assert offenders(MODULES, changing_state) == {}


def changing_state(path: Path) -> list[tuple[int, str]]:
    """The lines that say `global` or fill what the module holds."""
    tree = tree_of(path)
    rebound = [(node.lineno, "global") for node in nodes_of(path) if isinstance(node, ast.Global)]
    held = {
        target.id
        for node in tree.body
        for target in (node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)])
        if isinstance(target, ast.Name)
    }
    return rebound + [
        (call.lineno, name)
        for name, call in calls(
            path, "append", "extend", "add", "update", "setdefault", "insert", "pop", "clear"
        )
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in held
        and not shadowed(tree, call, call.func.value.id)
    ]


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


def test_the_program_speaks_to_people_of_any_age() -> None:
    """A word for "you" in Vietnamese tells an age and a standing; the program knows neither and does without."""
    assert offenders(MODULES, addressing) == {}
    told = (SOURCE / "locale/vi/LC_MESSAGES/vuonho.po").read_text(encoding="utf-8")
    assert YOU.findall("".join(line for line in told.splitlines() if not line.startswith("msgid"))) == []


def addressing(path: Path) -> list[str]:
    """What a module says to a "you"."""
    return [
        node.value
        for node in nodes_of(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if YOU.search(node.value) and not YOU.fullmatch(node.value)  # a word alone addresses nobody
    ]


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
