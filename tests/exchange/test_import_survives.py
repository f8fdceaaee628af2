"""Whatever happens to `vuonho import`: all of it or nothing, and no file left behind."""

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from exchange_kit import make_project

from case_kit import each
from command_kit import files, vuonho
from fault_kit import count_calls, disturbed, some

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="forks, signals and rights of POSIX"),
]
ACT = """
import contextlib
from vuonho.cli.app import run
from vuonho.cli.console import Console
def act(project):
    with contextlib.redirect_stdout(sys.stderr), contextlib.redirect_stderr(open(os.devnull, "w")):
        return run(["-C", str(project), "import", str(project / "phieu.csv"), "--yes"], Console("vi"))
"""
CSV = """\
Mã,Tên vườn,Chủ hộ,Diện tích vườn
482135,Vườn bà Hường,Nguyễn Thị Hường,2000
711946,Nhà chị Mai,Đặng Thị Mai,400
,Nhà chị Lan,Trần Thị Lan,1200
"""
CODE = re.compile(rb"(?<=code: \")\d+|^\d{6}(?=,thon-dong/nha-chi-lan)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reference:
    """The project before an import, how many calls carry it out, and its files before and after."""

    project: Path
    calls: int
    old: dict[str, bytes]
    new: dict[str, bytes]


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    """Return a village to which a file has come."""
    folder = tmp_path_factory.mktemp("reference")
    project = make_project(folder / "project")
    (project / "phieu.csv").write_text(CSV, encoding="utf-8")
    assert vuonho("-C", project, "assign").code == 0  # remembers the register
    calls = count_calls(project, folder, ACT, keep=True)
    return Reference(project, calls, stable(project), stable(folder / "hiccup-10000"))


def stable(root: Path) -> dict[str, bytes]:
    """Return the files of a project, the code of the new household evened, without copies and locks."""
    found = {name: content for name, content in files(root).items() if not name.startswith(".vuonho/")}
    found["memory"] = (root / ".vuonho/register.csv").read_bytes()
    lan = "profiles/thon-dong/nha-chi-lan.yaml"
    return {name: CODE.sub(b"CODE", content) if name in (lan, "memory", "profiles/codes.csv") else content
            for name, content in found.items()}  # fmt: skip


def is_tidy(root: Path) -> bool:
    left = (
        path
        for path in (root / "profiles").rglob(".*")
        if path.name.endswith((".vuonho", ".new")) and path.is_file()
    )
    return not [*left, *root.rglob("together.json")]


def test_the_import_is_what_it_should_be(reference: Reference) -> None:
    """Two profiles changed, one new, the register and its memory longer."""
    changed = {name for name, content in reference.new.items() if reference.old.get(name) != content}
    assert changed == {
        "profiles/thon-dong/ba-huong.yaml", "profiles/thon-dong/chi-mai.yaml",
        "profiles/thon-dong/nha-chi-lan.yaml", "profiles/codes.csv", "memory",
    }  # fmt: skip


@each("mode", ["kill", "full"])
def test_disturbed_on_the_way(reference: Reference, tmp_path: Path, mode: str) -> None:
    """Killed, or on a full disk: the next command finds all old or all new."""
    told = disturbed(mode, reference.project, tmp_path, ACT, some(reference.calls, 5))
    found = set()
    for number, (_, code) in told.items():
        root = tmp_path / f"{mode}-{number}"
        if mode == "full":
            assert stable(root) in (reference.old, reference.new), f"{mode} {number}"
        checked = vuonho("-C", root, "check")
        assert checked.code == 0, f"{mode} {number}: {checked.said}"
        now = stable(root)
        assert now in (reference.old, reference.new), f"{mode} {number}"
        assert is_tidy(root), f"{mode} {number}"
        found.add(("new" if now == reference.new else "old", code))
        shutil.rmtree(root)
    assert {state for state, _ in found} == {"old", "new"} or mode == "full", found
    assert ("old", 0) not in found
