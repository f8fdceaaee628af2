"""Several files of the project replaced together."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from case_kit import each
from fault_kit import count_calls, disturbed
from vuonho.errors import MachineError
from vuonho.output import files
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
        return 2 if "lần sau vuonho sẽ ghi nốt" in trouble.hint.vi else 1
    return 0
"""
"""Exit 2 stands for a trouble that promises that the next command does the rest."""

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


def left_ready(folder: Path, *done: str, **paths: Path) -> Path:
    """Leave what a run leaves that dies after its commit point, with some of the files in place; return the journal.

    `paths` says what the journal calls one of the files.
    """
    rows = []
    for name in ORDER:
        place = folder / name
        before = digest_bytes(place.read_bytes()) if place.is_file() else ""
        rows.append([str(paths.get(place.stem, name)), digest_bytes(NEW[name]), before])
        (place if name in done else folder / f".{name}.vuonho").write_bytes(NEW[name])
    (folder / ".vuonho").mkdir()
    journal = folder / ".vuonho/together.json"
    journal.write_text(json.dumps({"ready": True, "files": rows}), encoding="ascii")
    return journal


# --- Undisturbed, and refused before anything is changed ---


def test_all_are_replaced(folder: Path) -> None:
    """Old and new files, and no working file is left; no file, no change."""
    write_together(folder, {})
    finish_together(folder)
    recover(folder)
    assert sorted(path.name for path in folder.iterdir()) == ["a.yaml", "codes.csv"]
    write(folder)
    assert (contents(folder), is_tidy(folder)) == (NEW, True)


@pytest.mark.parametrize("missing", ["missing/b.yaml", "a.yaml/b.yaml", "wall", f"{'n' * 250}.yaml"])
def test_one_that_cannot_be_written_leaves_all_old(folder: Path, missing: str) -> None:
    """No folder, a file for a folder, a folder for a file, too long a name: words, and no file has changed."""
    (folder / "wall").mkdir()
    content = {folder / "a.yaml": b"new a", folder / missing: b"new b", folder / "codes.csv": b"new codes"}
    told = trouble_of(lambda root: write_together(root, content), folder)
    assert missing.split("/", maxsplit=1)[0] in told.message.vi
    assert (contents(folder), is_tidy(folder)) == (OLD, True)


def test_a_folder_where_a_working_file_would_wait_is_not_ours(folder: Path) -> None:
    """It is named, stays, and does not stand in the way of the commands that follow."""
    (folder / ".codes.csv.vuonho").mkdir()
    assert ".codes.csv.vuonho" in trouble_of(write, folder).message.vi
    recover(folder)
    assert (contents(folder), (folder / ".codes.csv.vuonho").is_dir()) == (OLD, True)


def test_a_project_that_cannot_be_written_is_left_alone(folder: Path) -> None:
    """A state folder that is a file stands for a disk that takes nothing: words, and no change."""
    (folder / ".vuonho").write_bytes(b"")
    assert ".vuonho" in trouble_of(write, folder).message.vi
    assert (contents(folder), is_tidy(folder)) == (OLD | {".vuonho": b""}, True)


@posix
def test_modes_and_links_are_kept(folder: Path, tmp_path: Path) -> None:
    """What only its owner may read stays so; a file that lies elsewhere is replaced there."""
    for mode in (0o600, 0o640, 0o664):
        (folder / "a.yaml").chmod(mode)
        (folder / ".a.yaml.vuonho").write_bytes(b"left by a killed run")
        write_together(folder, {folder / "a.yaml": b"new a"})
        assert (folder / "a.yaml").stat().st_mode & 0o777 == mode
    (tmp_path / "elsewhere").mkdir()
    elsewhere = tmp_path / "elsewhere/b.yaml"
    elsewhere.write_bytes(b"old b")
    (folder / "b.yaml").symlink_to(elsewhere)
    write_together(folder, {folder / "b.yaml": b"new b"})
    assert ((folder / "b.yaml").is_symlink(), elsewhere.read_bytes()) == (True, b"new b")
    assert [path.name for path in elsewhere.parent.iterdir()] == ["b.yaml"]


# --- Disturbed ---


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


@posix
@pytest.mark.slow
@pytest.mark.parametrize("mode", EXPECTED)
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
    if mode in ("interrupt", "full"):
        assert is_tidy(project)
    recover(project)
    now = contents(project)
    assert now in ((NEW,) if code in (0, 2) else (OLD, NEW))
    assert is_tidy(project)
    assert not is_unfinished(project)
    write(project)
    assert contents(project) == NEW
    shutil.rmtree(project)
    return "old" if was == OLD else "new" if was == NEW else "between"


# --- Finished by the next command ---


@each("count", range(4))
@each("name", ["project", "thôn mới"])
def test_what_was_cut_off_after_the_commit_point_is_finished(tmp_path: Path, count: int, name: str) -> None:
    """However far it had come, and wherever the project lies now; a second time there is nothing to do."""
    folder = tmp_path / "begun"
    folder.mkdir()
    for old, content in OLD.items():
        (folder / old).write_bytes(content)
    left_ready(folder, *ORDER[:count])
    folder = folder.rename(tmp_path / name)
    for _ in range(2):
        recover(folder)
        assert (contents(folder), is_tidy(folder)) == (NEW, True)


def test_what_was_cut_off_before_it_is_taken_back(folder: Path) -> None:
    """Also where one of the files was only begun, or the first journal had no name yet."""
    journal = left_ready(folder)
    journal.write_text(journal.read_text(encoding="ascii").replace("true", "false"), encoding="ascii")
    (folder / ".codes.csv.vuonho").write_bytes(b"new c")
    recover(folder)
    assert (contents(folder), is_tidy(folder)) == (OLD, True)
    (folder / ".vuonho/.together.json.new").write_bytes(b'{"rea')
    recover(folder)
    assert (contents(folder), is_tidy(folder)) == (OLD, True)


def test_what_was_edited_after_its_rename_stays_edited(folder: Path) -> None:
    """Somebody wrote into the new register before the next command: it is not replaced once more."""
    left_ready(folder, "a.yaml", "codes.csv")
    (folder / "codes.csv").write_bytes(b"new codes, and a note")
    recover(folder)
    assert (contents(folder), is_tidy(folder)) == (NEW | {"codes.csv": b"new codes, and a note"}, True)


@pytest.mark.parametrize("name", ORDER)
@pytest.mark.parametrize("what", ["edited", "spoiled", "gone"])
def test_what_changed_since_stops_all(folder: Path, name: str, what: str) -> None:
    """Words, once; nothing is replaced: no register of zeros, and no later file without an earlier one."""
    left_ready(folder)
    if what == "gone":
        (folder / f".{name}.vuonho").unlink()
    else:
        (folder / (name if what == "edited" else f".{name}.vuonho")).write_bytes(b"\0\0\0")
    assert name in trouble_of(recover, folder).message.vi
    assert (contents(folder), is_tidy(folder)) == (
        OLD | ({name: b"\0\0\0"} if what == "edited" else {}),
        True,
    )
    recover(folder)


def test_a_disk_that_is_gone_takes_its_file_with_it(folder: Path, tmp_path: Path) -> None:
    """The USB drive with the PDF was pulled out: words once, and the project is well without it."""
    left_ready(folder, bien=tmp_path / "usb/bien.pdf")
    (folder / ".bien.pdf.vuonho").unlink()
    assert "bien.pdf" in trouble_of(recover, folder).message.vi
    assert (contents(folder), is_tidy(folder)) == (OLD, True)
    recover(folder)


def test_a_place_that_takes_no_file_is_told_of_once(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder like /tmp only its owner may replace a file; the project is not held up by it for ever."""
    truly_replace = files.replace

    def replace(source: Path, target: Path) -> None:
        if target.suffix == ".pdf":
            raise PermissionError(1, "not yours", str(target))
        truly_replace(source, target)

    monkeypatch.setattr("vuonho.output.files.replace", replace)
    (tmp_path / "common").mkdir()
    new = {folder / "codes.csv": b"new codes", tmp_path / "common/bien.pdf": b"%PDF"}
    assert "bien.pdf" in trouble_of(lambda root: write_together(root, new), folder).message.vi
    assert (contents(folder), is_tidy(tmp_path)) == (OLD | {"codes.csv": b"new codes"}, True)
    recover(folder)


BROKEN = (
    b"", b"\0\0\0\0", b'{"ready": true', b"[]", b'{"files": []}', b'{"ready": true, "files": 7}', b"\xff\xfe{",
    b'{"ready": true, "files": [["a.yaml", "x"]]}', b'{"ready": true, "files": [["", "x", ""]]}',
    b'{"ready": true, "files": [["/", "x", ""]]}', b'{"ready": true, "files": [["a\\u0000b", "x", ""]]}',
    b"[" * 100_000,
)  # fmt: skip


def test_a_journal_that_is_damaged_is_told_of_once(folder: Path) -> None:
    """Nothing is done on its word, and the project works again."""
    journal = left_ready(folder)
    for content in BROKEN:
        journal.write_bytes(content)
        assert "together.json" in trouble_of(recover, folder).message.vi
        assert not journal.exists()
        assert OLD.items() <= contents(folder).items()
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
