"""Starting: a command loads what it needs, and nobody waits for what another one needs."""

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from command_kit import environment

HEAVY = frozenset(
    [
        "PIL",
        "asyncio",
        "filelock",
        "html.parser",
        "jinja2",
        "multiprocessing",
        "openpyxl",
        "pypdfium2",
        "qrcode",
        "reportlab",
        "ssl",
        "urllib.request",
        "vuonho.pages.site",
        "vuonho.scaffold",
        "yaml",
        "zxingcpp",
    ]
)
"""What takes longest to load."""

READING = "yaml"
WRITING = f"{READING} filelock"
MAY_LOAD = {
    "--version": "",
    "--help": "",
    "check": f"{READING} PIL",
    "assign": WRITING,
    "new 'Vườn ông Tư'": f"{WRITING} vuonho.scaffold",
    "undo --yes": READING,
    "withdraw 482135 --dry-run": READING,
    "backup ../copy.zip": f"{WRITING} vuonho.scaffold",
    "status": f"{READING} PIL",
    "plaques --all --dry-run": READING,
    "verify": f"{READING} PIL html.parser zxingcpp",
    "init ../another --demo": f"{WRITING} vuonho.scaffold",
    "export": f"{WRITING} PIL openpyxl vuonho.scaffold",
    "form -o form.xlsx": f"{WRITING} PIL openpyxl vuonho.scaffold",
}
"""What of it each command may load, in a project whose site is built."""

CODE = f"""
import sys
from vuonho.cli import main
try:
    main()
finally:
    print("", *sorted({set(HEAVY)} & set(sys.modules)))
"""


@pytest.mark.parametrize("call", MAY_LOAD)
def test_a_command_loads_what_it_needs(call: str, built_demo: Path, tmp_path: Path) -> None:
    """In a process of its own, to its end."""
    root = shutil.copytree(built_demo, tmp_path / "demo")
    done = subprocess.run(
        [sys.executable, "-c", CODE, *shlex.split(call)],
        cwd=root, env=environment(), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    assert set(done.stdout.splitlines()[-1].split()) - set(MAY_LOAD[call].split()) == set()
