"""The folder of a new project: all of its files are there, or nothing is."""

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from vuonho.bilingual import Text
from vuonho.errors import Refused
from vuonho.founding.launcher import LAUNCHER_FILE, render_launcher
from vuonho.founding.workflow import WORKFLOW_FILE, render_workflow
from vuonho.output.troubles import in_words
from vuonho.output.uninterrupted import uninterrupted
from vuonho.output.writing.staging import missing_folders

GITIGNORE = """\
# Cách 1: dữ liệu riêng của các gia đình ở lại trên máy này, chỉ trang web lên mạng (vuonho publish).
# Cách 2: kho GitHub riêng tư (private) tự dựng trang: đọc .github/workflows/site.yml, rồi xóa đúng dòng /profiles/.
# Way 1: what is private stays on this computer; only the site goes online (vuonho publish).
# Way 2: a private GitHub repository builds the site: read .github/workflows/site.yml, then delete the next line alone.
/profiles/
/.vuonho/
# Bảng tính, phiếu, bản sao lưu, trang tình hình cũng có dữ liệu riêng. / So do workbooks, forms, backups, the dashboard.
*.csv
*.pdf
*.xlsx
*.zip
/*.html
/*.txt
!/BAT-DAU.txt
# Hai sổ này đi theo hồ sơ. / These two registers go where the profiles go.
!/profiles/codes.csv
!/profiles/boards.csv
# Tên xã mới của riêng sổ này. / New communes of this book.
!/words/*.csv
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
IN_EVERY_PROJECT: Mapping[str, bytes] = {
    ".gitignore": GITIGNORE.encode("utf-8"),
    "site/.gitignore": SITE_GITIGNORE.encode("utf-8"),
    "templates/README.txt": TEMPLATES_NOTE.encode("utf-8"),
    WORKFLOW_FILE: render_workflow("vi"),
    LAUNCHER_FILE: render_launcher("vi"),
}


def in_language(language: str) -> dict[str, bytes]:
    """Return those files of every project that speak one language."""
    return {WORKFLOW_FILE: render_workflow(language), LAUNCHER_FILE: render_launcher(language)}


def refuse_taken(target: Path) -> None:
    """Return nothing where a project can be made: there is no such folder, or an empty one; else raise Refused."""
    if os.path.lexists(target) and (not target.is_dir() or any(target.iterdir())):
        raise Refused(
            Text(f"“{target}” đã có thứ khác ở trong.", f"There is something in “{target}” already."),
            Text("Chọn một thư mục mới hoặc để trống.", "Choose a new or an empty folder."),
        )


def fill_new_folder(target: Path, files: Mapping[str, bytes | Path], folders: Iterable[str] = ()) -> None:
    """Write files, by their path in the project, and empty folders into `target`; what every project has comes along.

    A file is given by its content, or by the file to copy it from. Raises Refused where something lies in the
    folder already, MachineTrouble where it cannot be written; then, and after Ctrl-C, nothing is left behind.
    """
    refuse_taken(target)
    made = missing_folders(target)
    try:
        with in_words(target):
            for name, content in {**IN_EVERY_PROJECT, **files}.items():
                _write(target / name, content)
            for name in folders:
                (target / name).mkdir(parents=True, exist_ok=True)
    except BaseException:
        with uninterrupted():
            _take_back([made[0]] if made else list(target.iterdir()))
        raise


def _write(path: Path, content: bytes | Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, Path):
        shutil.copyfile(content, path)  # without its mode: system packages are installed read-only
    else:
        path.write_bytes(content)


def _take_back(made: Iterable[Path]) -> None:
    for path in made:
        shutil.rmtree(path, ignore_errors=True)
        if path.is_file():
            path.unlink(missing_ok=True)
