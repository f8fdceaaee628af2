"""One file that holds all that one laptop holds, read back before it counts."""

import errno
import os
import re
import shutil
import unicodedata
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from backup_kit import NOW, PLAIN, content_of, list_of, saved, write
from case_kit import each
from command_kit import demo_files, files, vuonho
from fault_kit import command, count_calls, disturbed, some
from vuonho.backup.archive import MANIFEST, NOTE, TEXTS, Packer, open_backup
from vuonho.backup.backup import changed_since, last_backup, safety_copies, safety_copy
from vuonho.errors import MachineError, UserError

posix = pytest.mark.skipif(os.name == "nt", reason="links, rights and forks of POSIX")
ACT = command("backup", "sao-luu.zip")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project."""
    return write(tmp_path / "du-an", PLAIN)


def test_everything_is_in_it(project: Path) -> None:
    """Profiles, photos, register, templates and the memory, as they are, and nothing that is made again.

    A photo that was named on a Mac has the name that Windows shows.
    """
    name = "profiles/thon/photos/Hường ở vườn.jpg"
    write(project, {"site/index.html": b"x", ".vuonho/cache/a": b"x", "profiles/~$codes.csv": b"x",
                    "profiles/thon/.ho.yaml.vuonho": b"x", "profiles/thon/photos/Thumbs.db": b"x",
                    "profiles/thon/giay.pdf": b"%PDF", ".gitignore": b"/profiles/\n",
                    unicodedata.normalize("NFD", name): b"x"})  # fmt: skip
    done = saved(project)
    kept = PLAIN | {"profiles/thon/giay.pdf": b"%PDF", ".gitignore": b"/profiles/\n", name: b"x"}
    found = content_of(done.file)
    assert kept == {name: content for name, content in found.items() if name not in (MANIFEST, NOTE)}
    assert "vuonho restore" in found[NOTE].decode("utf-8")
    listed = list_of(done.file)
    assert ("vuonho-backup", 1, "everything", NOW.isoformat()) == tuple(
        listed[key] for key in ("format", "version", "what", "made")
    )
    assert listed["counts"] == {"profiles": 1, "photos": 2, "files": 10}
    assert (done.is_on_one_disk, done.is_recorded) == (True, True)
    with zipfile.ZipFile(done.file) as archive:
        info = archive.getinfo(name)
    assert (info.flag_bits & 0x800, info.compress_type) == (0x800, zipfile.ZIP_STORED)


def test_the_demo_on_the_command_line(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file comes back out of it as it went in; the summary says what it is and where to keep it."""
    monkeypatch.chdir(demo)
    done = vuonho("backup", "sao-luu.zip")
    assert done.code == 0, done.said
    assert "16 hồ sơ, 20 ảnh" in done.out
    assert "thông tin riêng" in done.out
    assert "cùng ổ đĩa" in done.err
    found = content_of(demo / "sao-luu.zip")
    assert demo_files().items() <= found.items()
    assert ".vuonho/register.csv" in found
    small = write(demo / "nho", PLAIN)
    assert re.search(r" [1-9]\d? KB\. Đã đọc lại", vuonho("-C", small, "backup", "a.zip").out)


def test_a_drive_gets_a_name_with_the_day(project: Path, tmp_path: Path) -> None:
    """A folder is enough; a second backup of the day takes the place of the first."""
    drive = tmp_path / "E"
    drive.mkdir()
    names = {saved(project, drive).file.name for _ in range(2)}
    assert names == {path.name for path in drive.iterdir()} == {"sao-luu-du-an-2026-11-24.zip"}


@each(
    ("name", "word"),
    [
        ("profiles/x.zip", "profiles"), ("site/x.zip", "site"), (".vuonho/x.zip", ".vuonho"),
        ("web/x.zip", "đưa lên mạng"), ("khong-co/x.zip", "Không có thư mục"), ("x.rar", ".zip"),
        ("con.zip", "Windows"), ("khac.zip", "không phải bản sao lưu"), ("profiles", "profiles"),
    ],
)  # fmt: skip
def test_a_place_that_will_not_do(tmp_path: Path, name: str, word: str) -> None:
    """What is published, what is not there, what Windows cannot hold, and files of others: refused, nothing written."""
    project = write(tmp_path / "du-an", PLAIN)
    write(project, {"web/.nojekyll": b"", "site/index.html": b"", "khac.zip": b"PK\5\6" + bytes(18)})
    before = files(project)
    with pytest.raises(UserError) as refused:
        saved(project, name)
    assert word in refused.value.message.vi
    assert refused.value.hint.vi
    assert before.items() <= files(project).items()
    assert [path for path in files(project) if path.endswith(".new")] == []


@posix
def test_what_cannot_be_taken_along_is_named(project: Path, tmp_path: Path) -> None:
    """A name that Windows cannot hold, two that are one there, a link to wherever; never left out in silence."""
    photos = project / "profiles/thon/photos"
    for bad in ("a:b.jpg", "con.jpg", "cuoi. ", "Ho-1.JPG", "\x07.jpg", "x" * 240):
        (photos / bad).write_bytes(b"x")
        with pytest.raises(UserError) as refused:
            saved(project)
        assert "Đổi tên" in refused.value.hint.vi
        (photos / bad).unlink()
    for target in (tmp_path, photos / "ho-1.jpg"):
        (photos / "ho-3.jpg").symlink_to(target)
        with pytest.raises(UserError) as refused:
            saved(project)
        assert "profiles/thon/photos/ho-3.jpg" in refused.value.message.vi
        (photos / "ho-3.jpg").unlink()
    assert list(project.glob("*.zip")) == []


def test_a_file_that_cannot_be_read_is_named(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left behind, the older backup is still there."""
    older = saved(project).file.read_bytes()
    truly = Path.open

    def forbid(path: Path, *rest: Any) -> Any:
        if path.name == "ho.yaml":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return truly(path, *rest)

    monkeypatch.setattr(Path, "open", forbid)
    with pytest.raises(MachineError) as trouble:
        saved(project)
    monkeypatch.undo()
    assert "ho.yaml" in trouble.value.message.vi
    assert (project / "sao-luu.zip").read_bytes() == older
    assert not (project / ".sao-luu.zip.new").exists()


@each("edit", [bytes(9000), b"x", bytes(5003), None])
def test_a_file_that_changes_meanwhile_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edit: bytes | None
) -> None:
    """It grows, shrinks, is touched or vanishes: a copy of half an edit would not be a copy."""
    project = write(tmp_path / "du-an", PLAIN)
    photo = project / "profiles/thon/photos/ho-1.jpg"
    truly = Packer.add_file

    def meddle(packer: Packer, name: str, path: Path) -> object:
        if path == photo and edit is None:
            photo.unlink()
        return truly(packer, name, path)

    def meddled_read(source: BinaryIO, path: Path) -> bytes:
        content = source.read(1 << 20)
        if path == photo and content and edit is not None:
            photo.write_bytes(edit)
            os.utime(photo, ns=(1, 1))
        return content

    monkeypatch.setattr(Packer, "add_file", meddle)
    monkeypatch.setattr("vuonho.backup.archive._read", meddled_read)
    with pytest.raises(MachineError) as trouble:
        saved(project)
    assert "ho-1.jpg" in trouble.value.message.vi
    assert [path.name for path in project.iterdir() if "sao-luu" in path.name] == []


def test_what_was_spoilt_on_the_way_is_noticed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A drive that gives back other bytes than it was given: the older backup stays."""
    older = saved(project).file.read_bytes()
    truly = os.fsync

    def spoil(handle: int) -> None:
        truly(handle)
        fresh = project / ".sao-luu.zip.new"
        if fresh.exists():
            content = fresh.read_bytes()
            at = content.index(bytes(4000))
            fresh.write_bytes(content[:at] + b"\x01" + content[at + 1 :])

    monkeypatch.setattr("os.fsync", spoil)
    with pytest.raises(MachineError) as trouble:
        saved(project)
    assert "không đúng như bản gốc" in trouble.value.message.vi
    assert older == (project / "sao-luu.zip").read_bytes()
    assert not (project / ".sao-luu.zip.new").exists()


def test_a_drive_that_fails(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Full, pulled out, broken, or with a file system of the last century: said in words, nothing left."""
    usage = shutil.disk_usage(project)._replace(free=4000)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    with pytest.raises(MachineError) as trouble:
        saved(project)
    monkeypatch.undo()
    assert "cần 6 KB, còn trống 4 KB" in trouble.value.message.vi
    for code, word in ((errno.EIO, "không đọc hoặc ghi được"), (errno.EFBIG, "exFAT"), (errno.ENODEV, "cắm")):

        def fail(*_: object, code: int = code) -> None:
            raise OSError(code, os.strerror(code))

        monkeypatch.setattr(Packer, "add_bytes", fail)
        with pytest.raises(MachineError) as trouble:
            saved(project)
        assert word in trouble.value.message.vi + trouble.value.hint.vi
    assert [path.name for path in project.iterdir() if "sao-luu" in path.name] == []


def test_a_project_that_cannot_be_written_is_copied_too(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that dies lets itself be read for a while: then a backup matters most."""
    shutil.rmtree(project / ".vuonho")
    monkeypatch.setattr("os.access", lambda path, _: path != project)
    before = files(project)
    done = saved(project, tmp_path)
    assert before == files(project)
    assert (done.is_recorded, done.counts.profiles) == (False, 1)


def test_the_age_of_the_last_one(project: Path) -> None:
    """The day is remembered, and whether anything was written since; a damaged record is none."""
    assert (last_backup(project), changed_since(project)) == (None, True)
    saved(project)
    assert (NOW.date(), False) == (last_backup(project), changed_since(project))
    write(project, {"profiles/thon/moi.yaml": b""})
    assert changed_since(project)
    (project / ".vuonho/backup.json").write_bytes(b"[" * 9000)
    assert (last_backup(project), changed_since(project)) == (None, True)


def test_twenty_safety_copies_of_the_texts_are_kept(project: Path) -> None:
    """The oldest go, two of one second are two, what else lies there stays; a form that is saved makes one a day."""
    write(project, {".vuonho/backups/cua-toi.zip": b"x"})
    for minute in range(21):
        safety_copy(project, NOW + timedelta(minutes=minute))
    half = project / ".vuonho/backups/.2026-11-24-101500.zip.new"
    half.write_bytes(b"what a killed run left")
    last = safety_copy(project, NOW + timedelta(minutes=20))
    assert not half.exists()
    names = [path.name for path in safety_copies(project)]
    assert (len(names), names[0], names[-1]) == (20, "2026-11-24-101730.zip", last.name)
    assert last.name == "2026-11-24-103530-2.zip"
    assert safety_copy(project, NOW + timedelta(minutes=30), daily=True) == last
    assert safety_copy(project, NOW + timedelta(days=1), daily=True) != last
    assert (project / ".vuonho/backups/cua-toi.zip").exists()
    with open_backup(last) as backup:
        assert backup.manifest.what == TEXTS
        assert {name for name in PLAIN if name.startswith("profiles/") and name.endswith((".yaml", ".csv"))} == {
            file.name for file in backup.manifest.files
        }  # fmt: skip


@posix
@pytest.mark.parametrize("mode", ["kill", "full"])
@pytest.mark.slow
def test_disturbed_at_every_call(project: Path, tmp_path: Path, mode: str) -> None:
    """The file is the older backup, or the complete new one; what it should hold decides, not when it was written."""
    saved(project)
    write(project, {"profiles/thon/moi.yaml": b"code:\n"})
    calls = count_calls(project, tmp_path, ACT)
    told = disturbed(mode, project, tmp_path, ACT, some(calls, 4))
    assert calls > 5
    for n, (_, code) in told.items():
        root = tmp_path / f"{mode}-{n}"
        is_new = "profiles/thon/moi.yaml" in content_of(root / "sao-luu.zip")
        assert is_new or code != 0
        with open_backup(root / "sao-luu.zip") as backup:
            assert all(list(backup.chunks(file.name)) for file in backup.manifest.files)
        assert mode in ("kill", "power") or not (root / ".sao-luu.zip.new").exists()
        assert vuonho("-C", root, "backup", "sao-luu.zip").code == 0
        assert not (root / ".sao-luu.zip.new").exists()
