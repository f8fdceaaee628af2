"""The zip for a Windows without Python: everything is in it, at its place, and one file to double-click."""

import sys
from pathlib import Path
from zipfile import ZipFile

from command_kit import ROOT

sys.path.insert(0, str(ROOT / "tools"))

import windows_zip


def parts(folder: Path) -> tuple[Path, Path]:
    """Return (a Python, wheels) as small as they can be."""
    python, wheels = folder / "python", folder / "wheels"
    (python / "Lib/__pycache__").mkdir(parents=True)
    wheels.mkdir()
    for name in ("python.exe", "python313.zip", "Lib/os.py", "Lib/__pycache__/os.pyc"):
        (python / name).write_bytes(b"x")
    (python / "python313._pth").write_bytes(b"python313.zip\r\n.\r\n#import site\r\n")
    with ZipFile(wheels / "vuonho-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("vuonho/__main__.py", "")
        wheel.writestr("vuonho/templates/household.html", "")
        wheel.writestr("vuonho-1.0.data/scripts/vuonho", "")
        wheel.writestr("vuonho-1.0.data/purelib/extra.py", "")
        wheel.writestr("../outside.py", "")
    return python, wheels


def test_what_is_in_it(tmp_path: Path) -> None:
    """The program, its libraries where this Python looks for them, and no script; the same bytes each time."""
    python, wheels = parts(tmp_path)
    for name in ("one.zip", "two.zip"):
        windows_zip.main(python, wheels, tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with ZipFile(tmp_path / "one.zip") as made:
        names = set(made.namelist())
        paths = made.read("vuonho/chuong-trinh/python313._pth").decode().split()
        batch = made.read("vuonho/Mo cua so to.bat")
    program = {name.removeprefix("vuonho/chuong-trinh/") for name in names if "chuong-trinh" in name}
    libraries = {"vuonho/__main__.py", "vuonho/templates/household.html", "extra.py"}
    assert program == {
        "python.exe", "python313.zip", "python313._pth", "Lib/os.py",
        *(f"Lib/site-packages/{name}" for name in libraries),
    }  # fmt: skip
    assert names - {f"vuonho/chuong-trinh/{name}" for name in program} == {
        "vuonho/DOC-TRUOC.txt", "vuonho/Mo cua so to.bat",
    }  # fmt: skip
    assert paths[-1] == "Lib\\site-packages"
    assert b"\r\n" in batch
    assert b"\n" not in batch.replace(b"\r\n", b"")
    assert batch.isascii()  # cmd reads it before it knows of UTF-8
