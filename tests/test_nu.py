"""Every page of the demo before the Nu HTML checker (npm vnu-jar, Java), where it is installed.

npm install --no-save vnu-jar     in this folder, or VUONHO_VNU names the jar
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from command_kit import ROOT

INSTALLED = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
NOT_YET_KNOWN = ".*(Content Security Policy|@view-transition|paint-order).*"
"""The checker knows older versions of the policy's grammar, which `vuonho verify` judges, and of styles."""


def jar() -> Path | None:
    """Return the checker, or None where it is not on this machine."""
    found = Path(os.environ.get("VUONHO_VNU", INSTALLED))
    return found if found.is_file() and shutil.which("java") else None


@pytest.mark.skipif(jar() is None, reason="no Nu HTML checker here (npm install --no-save vnu-jar)")
def test_the_pages_are_valid_html(built_demo: Path) -> None:
    """No error and no warning on any page."""
    command = ["java", "-Xss4m", "-jar", str(jar()), "--skip-non-html", "--format", "json",
               "--filterpattern", NOT_YET_KNOWN, str(built_demo / "site")]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    found = json.loads(done.stderr)["messages"]
    assert [(Path(one["url"]).parent.name, one.get("lastLine"), one["message"]) for one in found] == []
    assert done.returncode == 0
