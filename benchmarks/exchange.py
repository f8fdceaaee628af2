"""How long a village takes to go out as a workbook and to come in: seconds of CPU and peak memory of each command.

Run from the repository: .venv/bin/python benchmarks/exchange.py [households]
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from vuonho.forms.workbook.layout import Exported
from vuonho.forms.workbook.write import write_workbook

SLUG = "thon-do"
VILLAGE = "name: Thôn Đo\nkind: thôn\ncommune: Xã Phúc Trạch\ncentre: 18.1250, 105.7600\n"
SITE = (
    "base_url: https://thon-do.example/\ntitle: Thôn Đo\npurpose: Đo máy.\n"
    "team: {name: Tổ Thôn Đo, phone: 0570 100 200}\n"
)


def household(number: int) -> Exported:
    """One household with a dozen values and two crops."""
    return Exported(
        SLUG,
        {
            "name": f"Nhà số {number}",
            "head": f"Nguyễn Văn {number}",
            "consent": {"given": "2026-11-01", "by": "A", "how": "paper", "publish": ["phone"]},
            "location": {"address": f"Ngõ {number}"},
            "garden": {
                "area": str(500 + number),
                "crops": [{"name": "Bưởi Phúc Trạch", "trees": "10"}, "Cam bù"],
            },
            "contact": {"phone": "0570 012 345"},
            "checked": "2026-11-02",
        },
    )


def timed(root: Path, *words: str) -> str:
    """Run one command; return its CPU seconds and the largest peak of any so far."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "vuonho", "-C", str(root), *words]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return f"{seconds:5.1f} s CPU, at most {after.ru_maxrss // 1000} MB"


def main() -> None:
    """Print a line for each command."""
    count = int(sys.argv[1]) if sys.argv[1:] else 1000
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        (root / "profiles" / SLUG).mkdir(parents=True)
        (root / "profiles/site.yaml").write_text(SITE, encoding="utf-8")
        (root / "profiles" / SLUG / "village.yaml").write_text(VILLAGE, encoding="utf-8")
        book = root / "in.xlsx"
        homes = [household(number) for number in range(count)]
        book.write_bytes(write_workbook(homes, [(SLUG, "Thôn Đo")], ("vi", "en"), blank_rows=0))
        print(f"{count} households")
        print("import, all new      ", timed(root, "import", str(book), "--yes"))
        print("import, nothing new  ", timed(root, "import", str(book), "--yes"))
        print("export               ", timed(root, "export", "-o", str(root / "out.xlsx")))
        print("import of that       ", timed(root, "import", str(root / "out.xlsx"), "--yes"))


if __name__ == "__main__":
    main()
