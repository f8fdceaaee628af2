"""A new project: the demo village unpacked into a folder of one's own."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from vuonho.bilingual import Text
from vuonho.errors import Refused
from vuonho.output.troubles import in_words
from vuonho.output.writing.staging import missing_folders
from vuonho.shipped import shipped

DEMO = "thon-vuon-mau"

GITIGNORE = """\
# Dữ liệu riêng của các gia đình ở lại trên máy này. / What is private stays on this computer.
/profiles/
/.vuonho/
# Trang web dựng lại được bất cứ lúc nào. / The site can be built again at any time.
/site/
"""
SITE_GITIGNORE = "*\n!.gitignore\n"
TEMPLATES_NOTE = """\
Thư mục này để trống cũng được.

Muốn đổi một trang, chép tệp cùng tên từ bộ mẫu đi kèm chương trình vào đây rồi sửa; tệp ở đây được dùng trước.

This folder may stay empty. To change a page, copy the file of the same name from the templates that come with
the program and edit it here; a file in this folder wins.
"""


def unpack_demo(target: Path) -> None:
    """Write the demo village as a project into `target`, which is made, or must be empty.

    Raises Refused where something lies there already, MachineTrouble where it cannot be written; then nothing
    is left behind.
    """
    if os.path.lexists(target) and (not target.is_dir() or any(target.iterdir())):
        raise Refused(
            Text(f"“{target}” đã có thứ khác ở trong.", f"There is something in “{target}” already."),
            Text("Chọn một thư mục mới hoặc để trống.", "Choose a new or an empty folder."),
        )
    made = missing_folders(target)
    try:
        with in_words(target):
            _write(target)
    except BaseException:
        _take_back([made[0]] if made else list(target.iterdir()))
        raise


def _write(target: Path) -> None:
    source = shipped("profiles")
    files = (path for path in sorted((source / DEMO).rglob("*")) if path.is_file())
    for file in (source / "site.yaml", source / "codes.csv", *files):
        path = target / "profiles" / file.relative_to(source)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, path)  # without its mode: system packages are installed read-only
    for name, text in (
        (".gitignore", GITIGNORE),
        ("site/.gitignore", SITE_GITIGNORE),
        ("templates/README.txt", TEMPLATES_NOTE),
    ):
        path = target / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def _take_back(made: Iterable[Path]) -> None:
    for path in made:
        shutil.rmtree(path, ignore_errors=True)
        if path.is_file():
            path.unlink(missing_ok=True)
