"""Make one zip for a Windows without Python: python tools/windows_zip.py PYTHON WHEELS OUT.zip

PYTHON is a folder with python.exe: the unpacked "embeddable package" of python.org, or `tools` of the NuGet package
`python`. WHEELS holds the wheel of vuonho and those of requirements.txt for the same Python:

    pip download --platform win_amd64 --python-version 3.13 --only-binary :all: --no-deps -r requirements.txt -d WHEELS

Whoever unpacks it double-clicks one file, and the team's window opens; the village's book lies beside the program, so
that a newer zip may be unpacked over an older one. Nothing is installed, and nothing is packed into an .exe of our own,
which virus scanners take for a virus.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

HOME, PROGRAM, BOOK = "vuonho", "vuonho/chuong-trinh", "so-thon"
LAUNCHER = "Mo cua so to.bat"
"""Without accents: Windows shows names of a zip right only if they are plain."""
BATCH = f"""\
@echo off
chcp 65001 >nul
title vuonho
pushd "%~dp0"
if not exist {BOOK} mkdir {BOOK}
cd {BOOK}
"%~dp0chuong-trinh\\python.exe" -X utf8 -m vuonho window
if errorlevel 1 pause
"""
READ_ME = f"""\
Bấm đúp tệp "{LAUNCHER}". Cửa sổ tổ mở trong trình duyệt; mọi việc làm ở đó.
Khi đang làm, xin để cửa sổ đen mở. Không cần cài thêm gì.
Sổ của thôn nằm trong thư mục {BOOK}: nhớ sao lưu ra USB.
Có bản mới thì giải nén đè lên thư mục này; sổ của thôn vẫn còn nguyên.

Double-click "{LAUNCHER}". The team's window opens in the browser; everything is done there.
Leave the black window open while you work. Nothing has to be installed.
The village's book lies in the folder {BOOK}: back it up to a USB drive.
A newer version is unpacked over this folder; the book stays as it is.
"""
PATHS = "Lib\\site-packages"
DAY = (2026, 1, 1, 0, 0, 0)
_LEFT_OUT = re.compile(r"(^|/)(__pycache__|test|tests|idlelib|tkinter|turtledemo|ensurepip)/|\.pyc$|\.pdb$")


def python_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield (name, content) of a Python; one that is shut off by a ._pth is told where the libraries are."""
    if not (folder / "python.exe").is_file():
        raise SystemExit(f"{folder}: there is no python.exe")
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or _LEFT_OUT.search(name) or name.startswith("Lib/site-packages/"):
            continue
        content = path.read_bytes()
        if name.endswith("._pth"):
            lines = content.decode("utf-8").splitlines()
            content = "\r\n".join([*(line for line in lines if line != PATHS), PATHS, ""]).encode()
        yield name, content


def library_files(wheels: Path) -> Iterator[tuple[str, bytes]]:
    """Yield (name, content) of what wheels install; their scripts are not needed."""
    found = sorted(wheels.glob("*.whl"))
    if not any(one.name.startswith("vuonho-") for one in found):
        raise SystemExit(f"{wheels}: the wheel of vuonho is not there")
    for wheel in found:
        with ZipFile(wheel) as archive:
            for name in sorted(archive.namelist()):
                inside = re.sub(r"^[^/]+\.data/(purelib|platlib)/", "", name)
                if not name.endswith("/") and ".data/" not in inside and ".." not in Path(inside).parts:
                    yield f"Lib/site-packages/{inside}", archive.read(name)


def main(python: Path, wheels: Path, out: Path) -> None:
    """Write the zip, the same bytes for the same parts."""
    files = {
        f"{HOME}/{LAUNCHER}": BATCH.replace("\n", "\r\n").encode(),
        f"{HOME}/DOC-TRUOC.txt": READ_ME.replace("\n", "\r\n").encode("utf-8-sig"),
    }
    files |= {f"{PROGRAM}/{name}": content for name, content in python_files(python)}
    files |= {f"{PROGRAM}/{name}": content for name, content in library_files(wheels)}
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(ZipInfo(name, DAY), content, ZIP_DEFLATED)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
