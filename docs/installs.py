"""Ask whether a release installs without a compiler on each system and Python: `python docs/installs.py FILE`.

FILE is the wheel, whose libraries are then the newest, or the `cai-vuonho-….txt` beside it, with those of the lock. For
each system pip looks for ready-made files (wheels) of every library; it prints how many there are, or what is missing.
It asks the package index, so it needs a network. pip reads markers such as `sys_platform == "win32"` as on this machine;
the one library that they concern, colorama, is pure Python and counted everywhere.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = {
    "Windows, 64 bit": ("win_amd64",),
    "Windows on ARM": ("win_arm64",),
    "macOS, Apple's chips": ("macosx_14_0_arm64", "macosx_11_0_arm64"),
    "macOS, Intel": ("macosx_14_0_x86_64", "macosx_10_13_x86_64"),
    "Linux": ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64"),
    "Linux on ARM": ("manylinux_2_28_aarch64", "manylinux_2_17_aarch64"),
}


def resolved(file: Path, platforms: tuple[str, ...], python: str) -> str:
    """Return the number of files that an installation takes, or pip's last word."""
    with tempfile.TemporaryDirectory() as nowhere:
        wanted = [str(file.absolute()), "colorama"]
        if file.suffix == ".txt":
            everywhere = Path(nowhere, "everywhere.txt")
            text = file.read_text(encoding="utf-8").replace(" ; sys_platform == 'win32'", "")
            everywhere.write_text(text, encoding="utf-8")
            wanted = ["-r", str(everywhere)]
        asked = f"--quiet --dry-run --report - --ignore-installed --only-binary :all: --target {nowhere}"
        target = f"--implementation cp --python-version {python} --platform {' --platform '.join(platforms)}"
        command = [sys.executable, "-m", "pip", "install", *asked.split(), *target.split(), *wanted]
        done = subprocess.run(
            command, cwd=file.parent, capture_output=True, text=True, encoding="utf-8", check=False
        )
    if done.returncode:
        return next((line for line in done.stderr.splitlines() if line.startswith("ERROR")), "no")
    return f"{len(json.loads(done.stdout)['install'])} files"


def main() -> None:
    """Print a table: a system a row, a Python a column."""
    file = Path(sys.argv[1])
    print("|", " | ".join(("", *PYTHONS)), "|")
    print("|---" * (len(PYTHONS) + 1) + "|")
    for name, platforms in SYSTEMS.items():
        found = [resolved(file, platforms, python) for python in PYTHONS]
        print("|", " | ".join((name, *found)), "|", flush=True)


if __name__ == "__main__":
    main()
