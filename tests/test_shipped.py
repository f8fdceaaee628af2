"""Templates and demo come with the program, in the repository and in an installed wheel alike."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from command_kit import ROOT, environment

pytestmark = pytest.mark.slow

WHERE = "from vuonho.resources import shipped; print(shipped('templates')); print(shipped('profiles'))"


@pytest.mark.parametrize("installed", [True, False])
def test_beside_the_package_comes_first(tmp_path: Path, installed: bool) -> None:
    """In a wheel the folders lie in the package; a repository around it is not asked."""
    source = tmp_path / "src/vuonho"
    shutil.copytree(ROOT / "src/vuonho", source, ignore=shutil.ignore_patterns("__pycache__"))
    for parent in (tmp_path, source) if installed else (tmp_path,):
        (parent / "templates").mkdir()
        (parent / "profiles").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", WHERE], cwd=tmp_path, env=environment(PYTHONPATH=str(tmp_path / "src")),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    parent = source if installed else tmp_path
    assert [str(parent / "templates"), str(parent / "profiles")] == done.stdout.splitlines()
