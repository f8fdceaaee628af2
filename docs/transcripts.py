"""Write what the program says today into the ```console blocks of README.md, docs/first-plaque.md and docs/so-tay.md.

    .venv/bin/python docs/transcripts.py

The commands are run as their tests run them, and what a person does by hand is done as there. Read the difference
before you keep it. Needs git and openssl.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import test_first_plaque  # noqa: E402
import test_readme  # noqa: E402
import test_so_tay  # noqa: E402

PAGES = {"README.md": test_readme, "docs/first-plaque.md": test_first_plaque, "docs/so-tay.md": test_so_tay}
HOME = "C:\\vuon\\"
"""Where a reader's project lies; ours is a folder that is gone in a moment."""
STICK = "E:\\"
"""Where readers keep their backups; on the systems of maintainers the program names a file."""

if __name__ == "__main__":
    for name, module in PAGES.items():
        page = ROOT / name
        text = page.read_text(encoding="utf-8")
        with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as monkeypatch:
            filled = module.play_in(Path(folder), monkeypatch).refilled(text).replace(f"{folder}/", HOME)
            filled = filled.replace("→ vuonho backup ../sao-luu.zip", f"→ vuonho backup {STICK}")
            monkeypatch.chdir(ROOT)
        page.write_text(filled, encoding="utf-8", newline="\n")
        print(name)
