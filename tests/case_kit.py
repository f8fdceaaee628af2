"""One test of one rule, led through all its cases."""

import functools
import inspect
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

Test = Callable[..., None]


def each(
    names: str | tuple[str, ...],
    cases: Iterable[Any],
    *,
    ids: Callable[[Any], object] | Iterable[object] | None = None,
) -> Callable[[Test], Test]:
    """Call the test for every case, as `pytest.mark.parametrize` does, but as one test; a failure names its case.

    Each case has a `tmp_path` of its own, and what it changed by `monkeypatch` is undone after it. Other fixtures
    are made once: they may not be spoilt, and none of them may use these two.
    """
    chosen = tuple(cases)
    labels = tuple(map(ids, chosen)) if callable(ids) else tuple(ids or chosen)

    def decorate(test: Test) -> Test:
        @functools.wraps(test, updated=())
        def through_all(**fixtures: Any) -> None:
            place, monkeypatch = fixtures.get("tmp_path"), fixtures.get("monkeypatch")
            for number, (case, label) in enumerate(zip(chosen, labels, strict=True)):
                if isinstance(place, Path):
                    fixtures["tmp_path"] = place / str(number)
                    fixtures["tmp_path"].mkdir()
                values = {names: case} if isinstance(names, str) else dict(zip(names, case, strict=True))
                try:
                    test(**fixtures, **values)
                except BaseException as error:
                    error.add_note(f"in the case {label!r} of {names!r}")
                    raise
                finally:
                    if isinstance(monkeypatch, pytest.MonkeyPatch):
                        monkeypatch.undo()

        signature = inspect.signature(test)
        kept = [
            parameter for parameter in signature.parameters.values() if parameter.name not in names_of(names)
        ]
        through_all.__signature__ = signature.replace(parameters=kept)  # type: ignore[attr-defined]
        through_all.__dict__["pytestmark"] = getattr(test, "pytestmark", [])
        return through_all

    return decorate


def names_of(names: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of what a case gives to a test."""
    return (names,) if isinstance(names, str) else names
