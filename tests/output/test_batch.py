"""Several files of the project replaced together."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from vuonho.errors import MachineTrouble
from vuonho.output.batch import write_together

SMALL_DISK = """\
import resource, sys
from pathlib import Path
from vuonho.errors import MachineTrouble
from vuonho.output.batch import write_together
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
root = Path(sys.argv[1])
try:
    write_together({root / "a.yaml": b"new a", root / "codes.csv": bytes(2000)})
except MachineTrouble as trouble:
    print(trouble.message.en)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two files."""
    (tmp_path / "a.yaml").write_bytes(b"old a")
    (tmp_path / "codes.csv").write_bytes(b"old codes")
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_all_are_replaced(folder: Path) -> None:
    """Old and new files, and no working file is left."""
    write_together(
        {folder / "a.yaml": b"new a", folder / "b.yaml": b"new b", folder / "codes.csv": b"new codes"}
    )
    assert contents(folder) == {"a.yaml": b"new a", "b.yaml": b"new b", "codes.csv": b"new codes"}


def test_nothing_to_write(folder: Path) -> None:
    """No file, no change."""
    before = contents(folder)
    write_together({})
    assert before == contents(folder)


def test_one_that_cannot_be_written_leaves_all_old(folder: Path) -> None:
    """A folder is missing: words, and not even the files before it have changed."""
    before = contents(folder)
    with pytest.raises(MachineTrouble):
        write_together({folder / "a.yaml": b"new a", folder / "missing/b.yaml": b"new b"})
    assert before == contents(folder)


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
def test_a_full_disk_leaves_all_old(folder: Path) -> None:
    """The second file does not fit: the first is as it was."""
    before = contents(folder)
    done = subprocess.run(
        [sys.executable, "-c", SMALL_DISK, str(folder)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "codes.csv" in done.stdout
    assert before == contents(folder)


def test_they_are_replaced_in_their_order(folder: Path) -> None:
    """A target that cannot be replaced stops the rest: profiles come before the register, never after."""
    (folder / "wall").mkdir()
    with pytest.raises(MachineTrouble):
        write_together(
            {folder / "a.yaml": b"new a", folder / "wall": b"no file", folder / "codes.csv": b"new codes"}
        )
    assert contents(folder) == {"a.yaml": b"new a", "codes.csv": b"old codes"}


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_modes_are_kept(folder: Path, mode: int) -> None:
    """What only its owner may read stays so; what a killed run left does not stand in the way."""
    (folder / "a.yaml").chmod(mode)
    (folder / ".a.yaml.vuonho").write_bytes(b"left")
    write_together({folder / "a.yaml": b"new a"})
    assert (folder / "a.yaml").stat().st_mode & 0o777 == mode
    assert contents(folder) == {"a.yaml": b"new a", "codes.csv": b"old codes"}


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_are_written_through(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A file that lies elsewhere is replaced there, and the link stays."""
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "b.yaml"
    elsewhere.write_bytes(b"old b")
    (folder / "b.yaml").symlink_to(elsewhere)
    write_together({folder / "b.yaml": b"new b"})
    assert (folder / "b.yaml").is_symlink()
    assert elsewhere.read_bytes() == b"new b"
    assert [path.name for path in elsewhere.parent.iterdir()] == ["b.yaml"]
