"""A newcomer's afternoon with the program as a process: from an empty folder to a village on line.

With VUONHO_PROGRAM naming an installed `vuonho`, as .ci/run does with the built wheel, it is that program's.
"""

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.request import urlopen

import pytest
from lxml import html
from playwright.sync_api import Browser, expect

from command_kit import COMMAND, environment, files, rows
from pages_server import served
from transcript_kit import fill_in

PROGRAM = (os.environ["VUONHO_PROGRAM"],) if "VUONHO_PROGRAM" in os.environ else COMMAND
ADDRESS = "https://thon-dong-vi-du.github.io/"
FAMILIES = ("Vườn bà Hường", "Vườn ông Tư")
ANSWERS = (
    "--village", "Thôn Đông", "--commune", "Xã Phúc Trạch", "--centre", "18.1250, 105.7600", "--base-url", ADDRESS,
    "--team", "Tổ công nghệ số Thôn Đông", "--phone", "0570 100 200",
)  # fmt: skip
TODAY = f"{date.today():%d/%m/%Y}"  # noqa: DTZ011 - the day on the wall, as the program's
COLUMNS = (
    ("Hộ", "Tên vườn", FAMILIES),
    ("Hộ", "Ngày đồng ý", (TODAY, TODAY)),
    ("Hộ", "Người đồng ý", ("Nguyễn Thị Hường", "Trần Văn Tư")),
    ("Hộ", "Bằng cách nào", ("Phiếu giấy có chữ ký", "Phiếu giấy có chữ ký")),
    ("Hộ", "Địa chỉ", ("Xóm Đông, ngõ 3", "Xóm Tây, ngõ 1")),
    ("Hộ", "Diện tích vườn", ("3 sào", "500 m²")),
    ("Hộ", "Ngày kiểm tra", (TODAY, TODAY)),
    ("Cây trồng", "Tên vườn", FAMILIES),
    ("Cây trồng", "Cây trồng", ("Bưởi Phúc Trạch", "Cam bù")),
)


def run(*words: str | Path, cwd: Path) -> str:
    """Call the program, or git; return what it said, and fail if it did not end well."""
    program = ("git",) if words[0] == "git" else PROGRAM
    rest = words[1:] if words[0] == "git" else words
    done = subprocess.run(
        [*program, *map(str, rest)], cwd=cwd, env=environment(), capture_output=True, timeout=600, check=False
    )
    said = (done.stdout + done.stderr).decode("utf-8")
    assert done.returncode == 0, said
    return said


@contextmanager
def serving(project: Path) -> Iterator[str]:
    """Run `serve --lan` and give the address for phones; it is stopped by Ctrl-C, as a person stops it."""
    command = [*PROGRAM, "serve", "--lan", "--port", "0"]
    with subprocess.Popen(
        command, cwd=project, env=environment(PYTHONUNBUFFERED="1"), stdout=subprocess.PIPE, encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 - no thread of ours
    ) as process:  # fmt: skip
        assert process.stdout is not None
        said = ""
        while not (found := re.search(r"điện thoại cùng Wi-Fi: (\S+)", said)):
            line = process.stdout.readline()
            assert line, said
            assert "chưa vào mạng" not in line, "this machine is on no network"
            said += line
        yield found[1]
        process.send_signal(signal.SIGINT)
        process.stdout.read()
    assert process.returncode == 130


@pytest.mark.browser
@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent as POSIX does it")
def test_from_an_empty_folder_to_a_village_on_line(tmp_path: Path, browser: Browser) -> None:
    """Project, workbook, site, a phone's look at it, plaques, publishing: every printed address answers at the end."""
    repository, project = tmp_path / "thon-dong-vi-du.github.io.git", tmp_path / "thôn đông"
    run("git", "init", "--quiet", "--bare", "--initial-branch=main", repository, cwd=tmp_path)
    run("init", project, *ANSWERS, cwd=tmp_path)
    run("form", "-o", "phieu.xlsx", cwd=project)
    fill_in(
        project / "phieu.xlsx", [(sheet, column, text) for sheet, column, texts in COLUMNS for text in texts]
    )
    run("import", "phieu.xlsx", "--yes", cwd=project)
    run("build", cwd=project)
    with serving(project) as address:
        _look_as_a_phone(browser, address)
    run("verify", cwd=project)
    run("plaques", "--new", "--yes", cwd=project)
    run("publish", "--to", repository, cwd=project)

    checkout = tmp_path / "checkout"
    run("git", "clone", "--quiet", repository, checkout, cwd=tmp_path)
    there = {name for name in files(checkout) if not name.startswith(".git/")}
    assert there == {name for name in files(project / "site") if name != ".gitignore"}
    printed = [row[4] for row in rows(project) if row[3]]
    with served(checkout, prefix="") as web:
        pages = [_page(web.base + url.removeprefix(ADDRESS)) for url in printed]
        assert sorted(map(_heading, pages)) == list(FAMILIES)
        assert "2 địa chỉ đã in" in run("verify", "--live", web.base, cwd=project)


def _heading(page: str) -> str:
    return str(html.fromstring(page).xpath("string(//h1)")).replace("\u00a0", " ").strip()


def _page(url: str) -> str:
    with urlopen(url) as answer:  # noqa: S310 - of this machine
        return str(answer.read().decode("utf-8"))


def _look_as_a_phone(browser: Browser, address: str) -> None:
    """Open the village at the address for phones, and a family from there."""
    assert not re.search(r"//(127\.|localhost|\[::1\])", address)
    with browser.new_context(locale="vi-VN", viewport={"width": 360, "height": 640}) as context:
        page = context.new_page()
        page.goto(address)
        page.get_by_role("link", name=FAMILIES[0]).first.click()
        expect(page.get_by_role("heading", name=FAMILIES[0], level=1)).to_be_visible()
