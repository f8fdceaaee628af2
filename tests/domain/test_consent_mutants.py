"""The tests of consent are tested: every rule is taken out of a copy of the module, and each must be missed."""

import ast
import copy
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from canary_kit import TICKS
from case_kit import each
from consent_kit import faults, spot_faults
from vuonho.model import consent

SOURCE = Path(consent.__file__).read_text(encoding="utf-8")
TREE = ast.parse(SOURCE)


def conditions(tree: ast.Module) -> list[ast.expr]:
    """Every yes or no in the module, parted at "and", "or" and "not", and every question for a tick."""
    found: dict[int, ast.expr] = {}
    for node in ast.walk(tree):
        for test in _tests(node):
            found |= {id(part): part for part in _parts(test)}
        if _asks_for_tick(node):
            assert isinstance(node, ast.expr)
            found[id(node)] = node
    return sorted(found.values(), key=lambda node: (node.lineno, node.col_offset))


def _tests(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.If | ast.IfExp | ast.While | ast.Assert):
        yield node.test
    elif isinstance(node, ast.comprehension):
        yield from node.ifs
    elif isinstance(node, ast.match_case) and node.guard:
        yield node.guard


def _parts(test: ast.expr) -> Iterator[ast.expr]:
    if isinstance(test, ast.BoolOp):
        for value in test.values:
            yield from _parts(value)
    elif isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield from _parts(test.operand)
    else:
        yield test


def _asks_for_tick(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Compare)
        and isinstance(node.ops[0], ast.In)
        and isinstance(node.comparators[0], ast.Name)
        and node.comparators[0].id == "ticks"
    )


class _Settle(ast.NodeTransformer):
    """Puts True or False in the place of one condition."""

    def __init__(self, line: int, column: int, kind: type[ast.AST], answer: bool) -> None:
        self.place, self.kind, self.answer, self.done = (line, column), kind, answer, 0

    def visit(self, node: ast.AST) -> ast.AST:
        """Return the constant for the condition that is meant, any other node as it is."""
        here = (getattr(node, "lineno", 0), getattr(node, "col_offset", -1))
        if here == self.place and type(node) is self.kind:
            self.done += 1
            return ast.copy_location(ast.Constant(self.answer), node)
        return self.generic_visit(node)


def mutant(number: int, answer: bool) -> ModuleType:
    """The module in which one condition has always the same answer."""
    condition = conditions(TREE)[number]
    settle = _Settle(condition.lineno, condition.col_offset, type(condition), answer)
    tree = settle.visit(copy.deepcopy(TREE))
    assert isinstance(tree, ast.Module)
    assert settle.done == 1
    module = ModuleType("consent_mutant")
    exec(compile(tree, "consent_mutant", "exec"), module.__dict__)  # noqa: S102 - our own source, one word changed
    return module


def _name(number: int) -> str:
    condition = conditions(TREE)[number]
    return f"{condition.lineno}: {ast.unparse(condition)}"


NUMBERS = range(len(conditions(TREE)))


def test_the_unchanged_module_has_no_fault() -> None:
    """The check that the mutants must fail is passed by the module as it is."""
    assert list(faults(consent.publish)) == []
    assert list(spot_faults(consent.publish_spot)) == []


@each("answer", [True, False])
@each("number", NUMBERS, ids=_name)
def test_every_rule_is_missed_when_it_is_gone(number: int, answer: bool) -> None:
    """With one condition always true, or always false, something is shown or lost, and the canaries tell."""
    module = mutant(number, answer)
    assert [*faults(module.publish), *spot_faults(module.publish_spot)] != []


def test_every_tick_is_asked_for_once() -> None:
    """The rules ask for each tick of the forms once, and for no other; so each has its two mutants."""
    asked = [node.left for node in conditions(TREE) if isinstance(node, ast.Compare) and _asks_for_tick(node)]
    assert sorted(TICKS) == sorted(ast.literal_eval(node) for node in asked)


def test_no_rule_hides_where_it_is_not_looked_for() -> None:
    """The ticks are used for nothing but these questions, and no function decides by get, or, and outside a test."""
    uses = [node for node in ast.walk(TREE) if isinstance(node, ast.Name) and node.id == "ticks"]
    assert len(TICKS) + 1 == len(uses)
