"""Whatever breaks a build, and whenever: the next command finds the old site or the new one, complete.

A build is run again and again, and the n-th call that changes a file kills the process, cuts the power, fails
as on a full or broken disk, or brings a Ctrl-C, for n = 1, 2, 3 … until a build runs to its end undisturbed.
"""

from pathlib import Path

import pytest
from crash_kit import judge, run, run_killed, template

__all__ = ["template"]


@pytest.mark.parametrize("mode", ["kill", "power"])
def test_killed_at_every_step(template: Path, mode: str) -> None:
    """A process killed at any moment, even with a power cut, leaves a site that the next command makes whole."""
    *killed, (last, code) = run_killed(mode, template)
    assert (code, {9}) == (0, {code for _n, code in killed})
    assert list(range(1, last)) == [n for n, _code in killed]
    assert {"old", "mixed", "new"} == {judge(template.parent / str(n)) for n, _code in killed}
    assert last > 30


def test_disk_fails_once(template: Path) -> None:
    """A disk that fails for one call only does not confuse what is taken back and what is finished."""
    *disturbed, (_last, code) = run("hiccup", template)
    assert code == 0
    assert {1, 0} >= {code for _n, code in disturbed}
    for n, code_then in disturbed:
        judge(template.parent / str(n), must_be_new=not code_then)


@pytest.mark.parametrize("mode", ["full", "broken"])
def test_disk_fails_at_every_step(template: Path, mode: str) -> None:
    """A disk that is full or fails from any moment on ends in words; success is never claimed wrongly."""
    *disturbed, (last, code) = run(mode, template)
    assert code == 0
    assert last > 30
    verdicts = {judge(template.parent / str(n), must_be_new=not code) for n, code in disturbed}
    assert verdicts == ({"old", "new"} if mode == "full" else {"old", "mixed", "new"})


def test_interrupted_at_every_step(template: Path) -> None:
    """Ctrl-C at any moment leaves the complete old or new site with no need of another command."""
    *disturbed, (_last, code) = run("interrupt", template)
    assert code == 0
    assert {130} == {code for _n, code in disturbed}
    assert {"old", "new"} == {judge(template.parent / str(n)) for n, _code in disturbed}
