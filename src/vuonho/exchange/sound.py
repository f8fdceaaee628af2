"""Which households of an import are sound: the others are left out, where that is wished for, and named."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vuonho.errors import DataProblems, Problem
from vuonho.exchange.plan import Wishes, plan_import
from vuonho.intake.incoming import Incoming


@dataclass(frozen=True, slots=True)
class Sorted:
    """What came in: the `sound` households, those `left` out, and what is wrong with these."""

    sound: tuple[Incoming, ...] = ()
    left: tuple[Incoming, ...] = ()
    problems: tuple[Problem, ...] = ()


def sort_out(root: Path, incoming: Sequence[Incoming], wishes: Wishes) -> Sorted:
    """Return which households could be written without the others.

    Halves are tried until what is wrong stands alone: among a thousand households one is found in ten steps.
    """
    if not incoming:
        return Sorted()
    try:
        plan_import(root, incoming, wishes, lambda _: None)
    except DataProblems as found:
        if len(incoming) == 1:
            return Sorted((), tuple(incoming), found.problems)
    else:
        return Sorted(tuple(incoming))
    half = len(incoming) // 2
    first, second = (sort_out(root, part, wishes) for part in (incoming[:half], incoming[half:]))
    return Sorted(first.sound + second.sound, first.left + second.left, (*first.problems, *second.problems))
