"""Several files of the project replaced together."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from fault_kit import count_calls, disturbed
from vuonho.errors import MachineError
from vuonho.output.files import digest_bytes
from vuonho.output.site_writer import recover
from vuonho.output.transaction import finish_together, is_unfinished, write_together

OLD = {"a.yaml": b"old a", "codes.csv": b"old codes"}
NEW = {"a.yaml": b"new a", "bien.pdf": b"%PDF", "codes.csv": b"new codes"}
ORDER = ("a.yaml", "codes.csv", "bien.pdf")
ACT = """
from vuonho.errors import VuonhoError
from vuonho.output.transaction import write_together
def act(project):
    new = {"a.yaml": b"new a", "codes.csv": b"new codes", "bien.pdf": b"%PDF"}
    try:
        write_together(project, {project / name: content for name, content in new.items()})
    except VuonhoError as trouble:
        assert trouble.hint.vi, trouble
        return 2 if "lệnh vuonho sau sẽ ghi nốt" in trouble.hint.vi else 1
    return 0
"""
"""Exit 2 stands for a trouble that promises that the next command does the rest."""

SMALL_DISK = """\
import resource, sys
from pathlib import Path
from vuonho.errors import MachineError
from vuonho.output.transaction import write_together
sys.dont_write_bytecode = True  # half a file of it would be kept
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
root = Path(sys.argv[1])
try:
    write_together(root, {root / "a.yaml": b"new a", root / "codes.csv": bytes(2000)})
except MachineError as trouble:
    print(trouble.message.en)
"""
COMMON_FOLDER = """\
import os, sys
from pathlib import Path
from vuonho.errors import MachineError
from vuonho.output.transaction import write_together
root = Path(sys.argv[1])
common = root / "common"
for folder, owner in ((root / "project", 1234), (common, 4321)):
    folder.mkdir()
    os.chown(folder, owner, owner)
common.chmod(0o1777)
for name, owner in (("ours", 1234), ("theirs", 4321)):
    (common / name).write_bytes(b"old")
    os.chown(common / name, owner, owner)
os.setgroups([])
os.setuid(1234)
for name in ("ours", "theirs"):
    codes = root / "project" / f"codes-{name}.csv"
    codes.write_bytes(b"old")
    try:
        write_together(root / "project", {codes: b"new", common / name: b"new"})
    except MachineError:
        assert not list(root.rglob("*together*")), "past the commit point"
    print(f"{name}:", codes.read_text(), (common / name).read_text())
"""
posix = pytest.mark.skipif(os.name == "nt", reason="limits, modes, links and forks of POSIX")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two files."""
    root = tmp_path / "project"
    root.mkdir()
    for name, content in OLD.items():
        (root / name).write_bytes(content)
    return root


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def write(folder: Path) -> None:
    write_together(folder, {folder / name: NEW[name] for name in ORDER})


def trouble_of(call: Callable[[Path], object], folder: Path) -> MachineError:
    with pytest.raises(MachineError) as caught:
        call(folder)
    assert caught.value.message.vi != caught.value.message.en
    assert all(caught.value.hint)
    return caught.value


def is_tidy(folder: Path) -> bool:
    """No working file and no journal is left."""
    return not list(folder.rglob(".*.vuonho")) and not list(folder.rglob("*together*"))


def left_ready(folder: Path, *done: str) -> Path:
    """Leave what a run leaves that dies after its commit point, with some of the files in place; return the journal."""
    rows = []
    for name in ORDER:
        before = folder / name
        rows.append(
            [name, digest_bytes(NEW[name]), digest_bytes(before.read_bytes()) if before.is_file() else ""]
        )
        (before if name in done else folder / f".{name}.vuonho").write_bytes(NEW[name])
    (folder / ".vuonho").mkdir()
    journal = folder / ".vuonho/together.json"
    journal.write_text(json.dumps({"ready": True, "files": rows}), encoding="ascii")
    return journal


# --- Undisturbed, and refused before anything is changed ----------------------------------------------------------


def test_all_are_replaced(folder: Path) -> None:
    """Old and new files, and no working file is left."""
    write(folder)
    assert (contents(folder), is_tidy(folder)) == (NEW, True)


def test_nothing_to_write(folder: Path) -> None:
    """No file, no change."""
    write_together(folder, {})
    assert (contents(folder), sorted(path.name for path in folder.iterdir())) == (
        OLD,
        ["a.yaml", "codes.csv"],
    )


@pytest.mark.parametrize("missing", ["missing/b.yaml", "a.yaml/b.yaml", "wall", f"{'n' * 250}.yaml"])
def test_one_that_cannot_be_written_leaves_all_old(folder: Path, missing: str) -> None:
    """No folder, a file for a folder, a folder for a file, too long a name: words, and no file has changed."""
    (folder / "wall").mkdir()
    content = {folder / "a.yaml": b"new a", folder / missing: b"new b", folder / "codes.csv": b"new codes"}
    told = trouble_of(lambda root: write_together(root, content), folder)
    assert missing.split("/", maxsplit=1)[0] in told.message.vi
    assert (contents(folder), is_tidy(folder)) == (OLD, True)


@posix
def test_a_full_disk_leaves_all_old(folder: Path) -> None:
    """The second file does not fit: the first is as it was."""
    done = subprocess.run(
        [sys.executable, "-c", SMALL_DISK, str(folder)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "codes.csv" in done.stdout
    assert (contents(folder), is_tidy(folder)) == (OLD, True)


def test_a_folder_where_a_working_file_would_wait_is_not_ours(folder: Path) -> None:
    """It is named, stays, and does not stand in the way of the commands that follow."""
    (folder / ".codes.csv.vuonho").mkdir()
    assert ".codes.csv.vuonho" in trouble_of(write, folder).message.vi
    recover(folder)
    assert (contents(folder), (folder / ".codes.csv.vuonho").is_dir()) == (OLD, True)


@posix
def test_a_project_that_cannot_be_written_is_left_alone(folder: Path) -> None:
    """A state folder that is a file stands for a disk that takes nothing: words, and no change."""
    (folder / ".vuonho").write_bytes(b"")
    told = trouble_of(write, folder)
    assert ".vuonho" in told.message.vi
    assert (contents(folder), is_tidy(folder)) == (OLD | {".vuonho": b""}, True)


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_modes_are_kept(folder: Path, mode: int) -> None:
    """What only its owner may read stays so; what a killed run left does not stand in the way."""
    (folder / "a.yaml").chmod(mode)
    (folder / ".a.yaml.vuonho").write_bytes(b"left")
    write_together(folder, {folder / "a.yaml": b"new a"})
    assert (folder / "a.yaml").stat().st_mode & 0o777 == mode
    assert contents(folder) == {"a.yaml": b"new a", "codes.csv": b"old codes"}


@posix
def test_links_are_written_through(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A file that lies elsewhere is replaced there, and the link stays."""
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "b.yaml"
    elsewhere.write_bytes(b"old b")
    (folder / "b.yaml").symlink_to(elsewhere)
    write_together(folder, {folder / "b.yaml": b"new b"})
    assert (folder / "b.yaml").is_symlink()
    assert elsewhere.read_bytes() == b"new b"
    assert [path.name for path in elsewhere.parent.iterdir()] == ["b.yaml"]


@posix
def test_what_another_one_made_in_a_common_folder_is_refused_in_time() -> None:
    """In a folder like /tmp only its owner may replace a file: known before the commit point, not after it."""
    if os.geteuid() != 0:
        pytest.skip("only root can make files of two owners")
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        done = subprocess.run(
            [sys.executable, "-c", COMMON_FOLDER, name], capture_output=True, text=True, check=False
        )
        assert (done.stdout, done.stderr) == ("ours: new new\ntheirs: old old\n", "")


# --- Disturbed ----------------------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("mode", ["kill", "power", "interrupt", "full", "denied", "broken", "hiccup"])
def test_disturbed_at_every_step(folder: Path, tmp_path: Path, mode: str) -> None:
    """At every call: all old or all new after the next command, in their order before it, and no file is left."""
    count = count_calls(folder, tmp_path, ACT)
    told = disturbed(mode, folder, tmp_path, ACT, range(1, count + 2))
    assert (count, 0) == told.pop(count + 1)
    assert count > 35
    verdicts = {(judge(tmp_path / f"{mode}-{n}", mode, code), code) for n, (_calls, code) in told.items()}
    assert verdicts == EXPECTED[mode]


def judge(project: Path, mode: str, code: int) -> str:
    """Return what was found: "old", "new", or "between", which the next command makes whole, wherever it lies now."""
    project = project.rename(project.with_name("đã chuyển"))
    was = {name: content for name, content in contents(project).items() if not name.startswith(".")}
    new = [was.get(name) == NEW[name] for name in ORDER]
    assert new == sorted(new, reverse=True), "a later file before an earlier one"
    promised = code == 2
    if mode in ("interrupt", "full"):
        assert is_tidy(project)
    recover(project)
    now = contents(project)
    assert now in (OLD, NEW)
    assert is_tidy(project)
    assert not (promised or code == 0) or now == NEW
    assert not is_unfinished(project)
    write(project)
    assert contents(project) == NEW
    shutil.rmtree(project)
    return {tuple(OLD.items()): "old", tuple(NEW.items()): "new"}.get(tuple(sorted(was.items())), "between")


EXPECTED = {
    "kill": {("old", 9), ("between", 9), ("new", 9)},
    "power": {("old", 9), ("between", 9), ("new", 9)},
    "interrupt": {("old", 130), ("new", 130)},
    "full": {("old", 1), ("new", 0)},
    "denied": {("old", 1), ("old", 2), ("between", 2), ("new", 2), ("new", 0)},
    "broken": {("old", 1), ("old", 2), ("between", 2), ("new", 2), ("new", 0)},
    "hiccup": {("old", 1), ("old", 2), ("between", 2), ("new", 2), ("new", 0)},
}
"""What is found right after the disturbance, and the exit code with it."""


# --- Finished by the next command ---------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_what_was_cut_off_after_the_commit_point_is_finished(folder: Path, count: int) -> None:
    """However far it had come; and a second time there is nothing to do."""
    left_ready(folder, *ORDER[:count])
    recover(folder)
    assert (contents(folder), is_tidy(folder)) == (NEW, True)
    recover(folder)
    assert (contents(folder), is_tidy(folder)) == (NEW, True)


def test_what_was_cut_off_before_it_is_taken_back(folder: Path) -> None:
    """Also where one of the files was only begun."""
    journal = left_ready(folder)
    journal.write_text(journal.read_text(encoding="ascii").replace("true", "false"), encoding="ascii")
    (folder / ".codes.csv.vuonho").write_bytes(b"new c")
    recover(folder)
    assert (contents(folder), is_tidy(folder)) == (OLD, True)


def test_a_journal_that_was_only_begun_is_removed(folder: Path) -> None:
    """Killed before the first journal had its name."""
    (folder / ".vuonho").mkdir()
    (folder / ".vuonho/.together.json.new").write_bytes(b'{"rea')
    recover(folder)
    assert (contents(folder), is_tidy(folder)) == (OLD, True)


def test_nothing_to_finish_writes_nothing(folder: Path) -> None:
    """In a project that was never at work not even the state folder comes into being."""
    finish_together(folder)
    recover(folder)
    assert sorted(path.name for path in folder.iterdir()) == ["a.yaml", "codes.csv"]


def test_a_project_that_moved_is_finished_where_it_is(folder: Path) -> None:
    """The journal names what lies in the project from there."""
    left_ready(folder, "a.yaml")
    moved = folder.rename(folder.with_name("thôn mới"))
    recover(moved)
    assert (contents(moved), is_tidy(moved)) == (NEW, True)


def test_what_was_edited_after_its_rename_stays_edited(folder: Path) -> None:
    """Somebody wrote into the new register before the next command: it is not replaced once more."""
    left_ready(folder, "a.yaml", "codes.csv")
    (folder / "codes.csv").write_bytes(b"new codes, and a note")
    recover(folder)
    assert (contents(folder), is_tidy(folder)) == (NEW | {"codes.csv": b"new codes, and a note"}, True)


@pytest.mark.parametrize("edited", ["a.yaml", "codes.csv", "bien.pdf"])
def test_what_was_edited_before_its_rename_is_not_overwritten(folder: Path, edited: str) -> None:
    """Words, once; nothing is replaced, so that no later file can be without an earlier one."""
    left_ready(folder)
    (folder / edited).write_bytes(b"by hand")
    assert edited in trouble_of(recover, folder).message.vi
    assert (OLD | {edited: b"by hand"}, True) == (contents(folder), is_tidy(folder))
    recover(folder)


@pytest.mark.parametrize("spoiled", ["a.yaml", "codes.csv", "bien.pdf"])
@pytest.mark.parametrize("content", [b"\0\0\0\0\0", None])
def test_what_waits_and_is_spoiled_or_gone_is_not_used(
    folder: Path, spoiled: str, content: bytes | None
) -> None:
    """A bad disk, or somebody who tidies up: no PDF without its register, and no register of zeros."""
    left_ready(folder)
    place = folder / f".{spoiled}.vuonho"
    place.unlink() if content is None else place.write_bytes(content)
    assert spoiled in trouble_of(recover, folder).message.en
    assert (contents(folder), is_tidy(folder)) == (OLD, True)


def test_a_disk_that_is_gone_takes_its_file_with_it(folder: Path, tmp_path: Path) -> None:
    """The stick with the PDF was pulled out: words once, and the project is well without it."""
    stick = tmp_path / "stick"
    stick.mkdir()
    journal = left_ready(folder)
    told = json.loads(journal.read_bytes())
    told["files"][2][0] = str(stick / "bien.pdf")
    journal.write_text(json.dumps(told), encoding="ascii")
    (folder / ".bien.pdf.vuonho").rename(stick / ".bien.pdf.vuonho")
    stick.rename(tmp_path / "in a pocket")
    assert "bien.pdf" in trouble_of(recover, folder).message.vi
    assert (contents(folder), is_tidy(folder)) == (OLD, True)
    recover(folder)


def test_an_older_pdf_on_a_disk_that_is_gone_does_not_count_as_done(folder: Path, tmp_path: Path) -> None:
    """Nothing is where the PDF was, but neither is its folder."""
    journal = left_ready(folder, "a.yaml", "codes.csv")
    told = json.loads(journal.read_bytes())
    told["files"][2] = [str(tmp_path / "stick/bien.pdf"), told["files"][2][1], digest_bytes(b"older")]
    journal.write_text(json.dumps(told), encoding="ascii")
    (folder / ".bien.pdf.vuonho").unlink()
    assert "bien.pdf" in trouble_of(recover, folder).message.vi
    assert is_tidy(folder)


BROKEN = (
    b"", b"\0\0\0\0", b'{"ready": true', b"[]", b'{"files": []}', b'{"ready": true, "files": 7}', b"\xff\xfe{",
    b'{"ready": true, "files": [["a.yaml", "x"]]}', b'{"ready": true, "files": [["", "x", ""]]}',
    b'{"ready": true, "files": [["/", "x", ""]]}', b'{"ready": true, "files": [["a\\u0000b", "x", ""]]}',
    b"[" * 100_000,
)  # fmt: skip


@pytest.mark.parametrize("content", BROKEN, ids=range(len(BROKEN)))
def test_a_journal_that_is_damaged_is_told_of_once(folder: Path, content: bytes) -> None:
    """Nothing is done on its word, and the project works again."""
    journal = left_ready(folder)
    journal.write_bytes(content)
    assert "together.json" in trouble_of(recover, folder).message.vi
    assert (
        journal.exists(),
        {name: content for name, content in contents(folder).items() if name in OLD},
    ) == (False, OLD)
    recover(folder)
    write(folder)
    assert (contents(folder), is_tidy(folder)) == (NEW, True)


def test_a_journal_of_another_machine_touches_nothing_here(folder: Path, tmp_path: Path) -> None:
    """A folder of that name may be here too; only what waits with the very content would be used."""
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "bien.pdf").write_bytes(b"another")
    (theirs / ".bien.pdf.vuonho").write_bytes(b"something else")
    journal = left_ready(folder)
    rows = [
        [str(theirs / "bien.pdf"), "0" * 64, digest_bytes(b"another")],
        ["C:\\Users\\x\\b.pdf", "0" * 64, ""],
    ]
    journal.write_text(json.dumps({"ready": True, "files": rows}), encoding="ascii")
    trouble_of(recover, folder)
    assert (theirs / "bien.pdf").read_bytes() == b"another"
