"""How long publishing takes beside building: seconds of CPU of each command, and the same as a share of a whole build.

    .venv/bin/python benchmarks/publish.py [HOUSEHOLDS ...]

The demo, then villages of 300 households or as many as are said, in temporary folders; the repository lies on the same
disk, so no network is measured. Each step is what people do: the first build, the first publishing, one profile saved
and built, that published, and publishing again with nothing new. Commands run as processes, as people run them.
Needs git and the test extra.
"""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from command_kit import SLUG, copy_demo, edit  # noqa: E402
from publish_kit import bare, clean  # noqa: E402
from village_kit import SLUG as VILLAGE  # noqa: E402
from village_kit import write_village  # noqa: E402


def timed(root: Path, *words: str) -> tuple[float, float]:
    """Run one command; return its seconds on the clock and of CPU."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [sys.executable, "-m", "vuonho", "-C", str(root), *words]
    subprocess.run(command, check=True, capture_output=True, env=clean())
    after, took = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - began
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(root: Path, profile: str) -> None:
    """Print a line for each step of a project; its profile is saved under another name in between."""
    to = ("--to", str(bare(root.parent / "pages" / "site.git")))
    whole = 0.0
    for step, words in (
        ("build, all new", ("build",)),
        ("publish, all new", ("publish", *to)),
        ("build, one saved", ("build",)),
        ("publish, one saved", ("publish", *to)),
        ("publish, nothing new", ("publish", *to)),
    ):
        if step == "build, one saved":
            edit(root / profile, "name: Vườn", "name: Mảnh vườn")
        took, cpu = timed(root, *words)
        whole = whole or cpu
        print(f"{step:22}{took:6.1f} s   {cpu:6.1f} s CPU   {cpu / whole:5.2f} of a build")


def main() -> None:
    """Print the lines of the demo, and of a village of each size."""
    os.environ["PYTHONWARNINGS"] = "ignore"
    with TemporaryDirectory() as folder:
        demo = copy_demo(Path(folder) / "demo" / "project")
        print("the demo, 13 households on the site")
        measure(demo, f"profiles/{SLUG}/ba-huong.yaml")
        for count in [int(word) for word in sys.argv[1:]] or [300]:
            root = write_village(Path(folder) / str(count) / "project", count)
            print(f"\n{count} households")
            measure(root, f"profiles/{VILLAGE}/ho-0000.yaml")


if __name__ == "__main__":
    main()
