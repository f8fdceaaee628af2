"""A project in which everything is wrong that `status` has a word for."""

import re
import shutil
from datetime import date
from pathlib import Path

from command_kit import SLUG, edit
from vuonho.cli.status import StatusReport
from vuonho.status.model import ProjectStatus
from vuonho.status.status import project_status

DAY = date(2027, 8, 1)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
NEW = """\
name: Vườn mới chưa có mã
consent: {given: 2026-01-01}
location: {}
garden: {crops: [Cây lạ hoắc]}
checked: 2026-01-02
"""
WEST = """\
code: "913470"
name: Vườn phía tây
consent: {given: 2026-10-20, by: Ai Đó, how: paper, publish: [near_point, phone, story]}
location: {address: Ngõ 1}
garden: {area: 900, animals: [Gà]}
photos: [photos/khong-co.jpg]
checked: 2026-11-02
"""


def spoil(built: Path, root: Path) -> Path:
    """Copy the built demo to `root` and spoil it: errors, changes since the build, plaques, a village of no name."""
    shutil.copytree(built, root)
    east, west = root / f"profiles/{SLUG}", root / "profiles/thon-tay"
    edit(east / "ba-huong.yaml", "name: Vườn bà Hường", "name: Vườn cam bà Hường")
    edit(east / "ong-duc.yaml", "\nchecked:", "\nchekced:")
    edit(east / "da-rut.yaml", "withdrawn: 2026-10-30", "withdrawn: 2027-07-20")
    (east / "ao-vuon-ong-canh.yaml").unlink()
    _write(east / "moi.yaml", NEW)
    _write(east / "rau-nha-sen.yaml", 'code: "631186"\nwithdrawn: 2027-07-01\nchecked: 2027-07-01\n')
    (west / "photos").mkdir(parents=True)
    _write(west / "village.yaml", "name: Thôn Tây\n")
    _write(west / "huong.yaml", WEST)
    _write(root / "profiles/codes.csv", _register((root / "profiles/codes.csv").read_text(encoding="utf-8")))
    _write(root / ".vuonho/backup.json", '{"made": "2027-06-01", "state": "another"}\n')
    return root


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _register(text: str) -> str:
    """Return the register with three plaques printed: one under other words, one of a family that left, one now."""
    url = "https://vuonmau.example"
    head, *lines = (f"{line},,," for line in text.splitlines())
    printed = {"482135": "2026-11-24", "643479": "2026-11-24", "259410": "2027-07-25", "908594": "2026-11-24"}
    rows = [head.replace(",,,", ",printed_size,printed_batch,printed_content")]
    for line in lines:
        code, profile, given, _, _, status, *_ = line.split(",")
        day = printed.get(code, "")
        content = "h000000000000" if code == "482135" else ""
        where = f"{url}/{code}/" if day else ""
        rows.append(f"{code},{profile},{given},{day},{where},{status},{'a5,1' if day else ','},{content}")
    return "\n".join((*rows, ""))


def terminal(status: ProjectStatus, language: str, *, everything: bool = False) -> str:
    """Return what a terminal shows, without its colours."""
    lines = StatusReport(status, language, everything=everything).lines()
    return COLOUR.sub("", "\n".join(lines)) + "\n"


def looked_at(root: Path, village: str | None = None) -> ProjectStatus:
    """Return how a project stands on the day of these tests."""
    return project_status(root, DAY, village)
