"""A pipe where a file belongs (a backup program leaves one, or a careless script): it is not waited for."""

import os
from pathlib import Path

import pytest

from command_kit import vuonho_process

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes with a file's name"),
]


STATE = (".vuonho/erase.json", ".vuonho/register.csv", ".vuonho/out/site/intent.json", "templates/_style.css")


@pytest.mark.parametrize(
    ("pipes", "command", "code"),
    [
        (STATE, "check", 0),
        ((".vuonho/backup.json",), "status", 0),
        ((".vuonho/out/site/manifest.json",), "build", 1),
        ((".vuonho/cache/cards/*",), "build", 0),
        (("profiles/codes.csv",), "check", 1),
        (("profiles/site.yaml",), "build", 1),
    ],
)
def test_no_command_waits_for_a_pipe(demo: Path, pipes: tuple[str, ...], command: str, code: int) -> None:
    """State that can be made anew is; of anything else it is said that it is no file."""
    for file in pipes:
        path = next(iter(sorted(demo.glob(file))), demo / file)
        path.parent.mkdir(exist_ok=True)
        path.unlink(missing_ok=True)
        os.mkfifo(path)
    done = vuonho_process("-C", demo, command)
    assert done.code == code, done.said
    assert code == 0 or "không phải là một tệp" in done.said, done.said
