"""Durable files: old or new, never half, and in words when the machine refuses."""

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from case_kit import each
from vuonho.errors import MachineError
from vuonho.output import files
from vuonho.output.files import digest_bytes, digest_file, remove, remove_folder, trouble, write_file

posix = pytest.mark.skipif(os.name == "nt", reason="modes and links of POSIX")
not_root = pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")


class HeldByScannerError(PermissionError):
    """What Windows raises for a file that another program has open."""

    winerror = 32


def test_written_file_holds_the_content(tmp_path: Path) -> None:
    """A file is made, then replaced, whatever a killed run left, and nothing else stays in the folder."""
    target = tmp_path / "mã.csv"
    write_file(target, b"old")
    (tmp_path / ".mã.csv.new").write_bytes(b"half")
    write_file(target, b"new")
    assert target.read_bytes() == b"new"
    assert [target] == list(tmp_path.iterdir())


@posix
def test_mode_and_link_are_kept(tmp_path: Path) -> None:
    """A file that only its owner may read stays so; a link stays a link, and the file behind it changes."""
    real, link = tmp_path / "real.csv", tmp_path / "codes.csv"
    real.write_bytes(b"old")
    real.chmod(0o600)
    link.symlink_to(real)
    write_file(link, b"new")
    assert (link.is_symlink(), real.read_bytes()) == (True, b"new")
    assert stat.S_IMODE(real.stat().st_mode) == 0o600


def test_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    """Where the target cannot be replaced, the trouble is in words and no temporary file stays."""
    (tmp_path / "codes.csv").mkdir()
    with pytest.raises(MachineError):
        write_file(tmp_path / "codes.csv", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["codes.csv"]


@not_root
def test_read_only_folder_is_put_in_words(tmp_path: Path) -> None:
    """A folder without permission gives a sentence with its name."""
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(MachineError) as caught:
            write_file(tmp_path / "codes.csv", b"new")
    finally:
        tmp_path.chmod(0o700)
    assert "codes.csv" in caught.value.message.vi


@posix
def test_digest_does_not_follow_a_link(tmp_path: Path) -> None:
    """A link, a folder and nothing have no digest."""
    (tmp_path / "real").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    found = [digest_file(tmp_path / name) for name in ("link", "none", "real/below")]
    assert [*found, digest_file(tmp_path)] == ["", "", "", ""]
    assert digest_file(tmp_path / "real") == digest_bytes(b"x")


def test_removal_of_nothing_is_no_error(tmp_path: Path) -> None:
    """What is gone already counts as removed; a full folder stays."""
    remove(tmp_path / "a")
    remove_folder(tmp_path / "b")
    (tmp_path / "c" / "d").mkdir(parents=True)
    remove_folder(tmp_path / "c")
    assert (tmp_path / "c" / "d").is_dir()


def test_file_held_for_a_moment_is_tried_again() -> None:
    """A virus scanner that lets go in time is not an error."""
    turns = iter([HeldByScannerError(errno.EACCES, "held"), HeldByScannerError(errno.EACCES, "held"), None])

    def action() -> None:
        if (error := next(turns)) is not None:
            raise error

    files._stubbornly(action)
    assert list(turns) == []


def test_patience_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that stays open is given up after about five seconds, with the advice to close the program."""
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)

    def action() -> None:
        raise HeldByScannerError(errno.EACCES, "held", "site/index.html")

    with pytest.raises(HeldByScannerError) as caught:
        files._stubbornly(action)
    assert 4 < sum(slept) <= 5
    assert "đóng chương trình" in trouble(caught.value, Path()).hint.vi


def test_other_errors_are_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing permission on POSIX is told at once."""
    monkeypatch.setattr("time.sleep", lambda _seconds: pytest.fail("waited"))

    def action() -> None:
        raise PermissionError(errno.EACCES, "no")

    with pytest.raises(PermissionError):
        files._stubbornly(action)


@each(
    ("code", "word"),
    [
        (errno.ENOSPC, "đầy"),
        (errno.EDQUOT, "đầy"),
        (errno.EROFS, "chỉ cho đọc"),
        (errno.EACCES, "không cho phép"),
        (errno.EPERM, "không cho phép"),
        (errno.ENAMETOOLONG, "dài quá"),
        (errno.EIO, "không đọc hoặc ghi được"),
        (errno.EBUSY, "đang mở"),
        (errno.ENOENT, "Không tìm thấy"),
        (errno.EMFILE, "không xử lý được"),
        (errno.EEXIST, "đã có thứ khác"),
        (errno.ENOTDIR, "đã có thứ khác"),
        (errno.EISDIR, "không phải là một tệp"),
        (errno.ELOOP, "không phải là một tệp"),
        (errno.EINVAL, "không nhận tên"),
    ],
)
def test_each_error_has_its_words(tmp_path: Path, code: int, word: str) -> None:
    """The usual refusals of a machine are told apart, with the file's name."""
    said = trouble(OSError(code, os.strerror(code), str(tmp_path / "tệp")), tmp_path, need=5_000_000)
    assert word in said.message.vi
    assert "tệp" in said.message.vi
    assert os.strerror(code) not in said.message.vi
    assert all(said.hint)


def test_full_disk_tells_how_much(tmp_path: Path) -> None:
    """A full disk names what is needed and what is free."""
    said = trouble(OSError(errno.ENOSPC, "full"), tmp_path, need=5_000_000)
    assert "5.0 MB needed" in said.message.en
    assert "MB free" in said.message.en


@pytest.mark.skipif(sys.platform != "linux", reason="Linux allows any bytes in a name")
def test_strange_name_can_be_printed(tmp_path: Path) -> None:
    """A file name that is no UTF-8 does not break the message."""
    strange = os.fsdecode(b"\xff.html")
    trouble(OSError(errno.EIO, "x", strange), tmp_path).message.vi.encode()
