"""Files that should never have come: each a clear sentence, and nothing changed on disk."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from exchange_kit import make_project

from case_kit import each
from command_kit import files, vuonho
from form_kit import HEAD, form_file, picture
from workbook_kit import typed

HEADINGS = ("Mã", "Tên vườn", "Chủ hộ", "Diện tích vườn", "Số điện thoại", "Ngày kiểm tra")
Sheets = Mapping[str, Sequence[Sequence[Any]]]


def book(*rows: Sequence[Any], **more: Sequence[Sequence[Any]]) -> bytes:
    """Return a workbook with these rows below the headings, and further sheets."""
    sheets: dict[str, Sequence[Sequence[Any]]] = {"Hộ": (HEADINGS, *rows)}
    return typed(sheets | dict(more))


def form(old: str, new: str) -> bytes:
    """Return a phone's file with one place changed."""
    assert old in HEAD
    return form_file(HEAD.replace('village: "thon-vuon-mau"', 'village: "thon-dong"').replace(old, new))


ROW = (711946, "Nhà chị Mai", "Đặng Thị Mai", 350, "0570 012 345", "2/11/2026")
CASES: tuple[tuple[str, str, bytes, str], ...] = (
    # what is no file of ours
    ("a photo", "a.jpg", b"\xff\xd8\xff\xe0" + bytes(900), "Đây là ảnh JPEG, không đưa vào hồ sơ được.\n      → Ở đây cần tệp .txt"),
    ("a photo called a workbook", "a.xlsx", b"\xff\xd8\xff\xe0" + bytes(900), "không phải là tệp Excel"),
    ("a chat", "zalo.txt", "Chị ơi em gửi phiếu nhé".encode(), "phiếu"),
    ("a locked workbook", "a.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
    ("a cut zip", "a.xlsx", book(ROW)[:700], "bị hỏng, bị cắt cụt"),
    ("a table without headings", "a.csv", b"1,2,3\n4,5,6\n", ""),
    ("letters of TCVN3", "a.csv", 'Ma,Ten vuon,Chu ho\n711946,"Nhµ chÞ Mai","§Æng ThÞ Mai"\n'.encode("latin-1"), ""),
    # what a row says
    ("a code with a wrong digit", "a.xlsx", book((711947, *ROW[1:])), "trang Hộ, ô A2"),
    ("somebody else's code", "a.xlsx", book((908594, *ROW[1:])), "không có trong sổ"),
    ("a household twice", "a.xlsx", book(ROW, (*ROW[:2], "Mai Thị Đặng", *ROW[3:])), "hai lần"),
    ("a household without a name", "a.xlsx", book((None, None, "Đặng Thị Mai")), "trang Hộ, ô "),
    ("a formula", "a.xlsx", book((*ROW[:3], "=100+250", *ROW[4:])), "trang Hộ, ô D2"),
    ("an area of words", "a.xlsx", book((*ROW[:3], "rộng lắm", *ROW[4:])), "trang Hộ, ô D2"),
    ("a short phone number", "a.xlsx", book((*ROW[:4], "0570 012", ROW[5])), "Nhà chị Mai (trang Hộ, ô E2): “0570 012”"),
    ("a day that is none", "a.xlsx", book((*ROW[:5], "31/2/2026")), "trang Hộ, ô F2"),
    ("an identity card", "a.xlsx", book((711946, "Nhà chị Mai CCCD 042301001234")), "trang Hộ, ô B2"),
    ("an unknown column", "a.csv", "Mã,Tên vườn,Chủ hộ,Con cái\n711946,Nhà chị Mai,,3\n".encode(), "Con cái"),
    ("a crop of nobody", "a.xlsx", book(ROW, **{"Cây trồng": (("Mã", "Tên vườn", "Cây trồng"), (None, "Nhà lạ", "Bưởi"))}), "trang Cây trồng, ô "),
    ("a family that left", "a.xlsx", book((643479, "Vườn cũ", "Người cũ")), "đã rút"),
    ("a family leaving by a cell", "a.csv", "Mã,Tên vườn,Ngày rút\n711946,Nhà chị Mai,20/11/2026\n".encode(), "vuonho withdraw"),
    ("a photo from elsewhere", "a.xlsx", book(ROW, Ảnh=(("Mã", "Tên vườn", "Tệp ảnh"), (711946, "", "../../etc/passwd"))), "Nhà chị Mai (trang Ảnh, ô C2): "),
    ("a bomb of XML", "a.xlsx", b"PK\x03\x04" + b"<!DOCTYPE x [<!ENTITY a 'b'>]>" * 50, "Excel"),
    # what a phone sends
    ("a form cut short", "a.txt", form_file()[:-9], "cắt cụt"),
    ("a form of another village", "a.txt", form_file(), "thon-vuon-mau"),
    ("a photo that is none", "a.txt", form_file(HEAD.replace("thon-vuon-mau", "thon-dong"), picture("ho-1-anh-1.jpg", b"MZ\x90" * 99)), "ho-1-anh-1.jpg"),
    ("a key that is none", "a.txt", form('  checked: "2026-11-25"\n- name', '  evil: "1"\n  checked: "2026-11-25"\n- name'), "evil"),
    ("machinery of YAML", "a.txt", form('"1800 m2"', "!!python/object:os.system x"), ""),
    ("a consent later than the day of checking", "a.txt", form('given: "2026-11-25"', 'given: "2026-11-26"'), "muộn hơn"),
    ("far too much", "a.txt", b"vuonho_form: 1\n" + b"x" * 65_000_000, "MB"),
)  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a village that no case may change."""
    return make_project(tmp_path_factory.mktemp("hostile") / "dự án")


@each(("name", "content", "said"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_file_that_should_not_have_come(root: Path, name: str, content: bytes, said: str) -> None:
    """Exit 1, the file named, the cure told, no traceback; every byte of the project as it was."""
    file = root.parent / name
    file.write_bytes(content)
    before = files(root / "profiles")
    done = vuonho("-C", root, "import", file, "--yes")
    assert (done.code, files(root / "profiles") == before) == (1, True), done.said
    assert not (root / ".vuonho/backups").exists()
    assert name in done.said
    assert said in done.said
    assert "→" in done.said
    assert "Traceback" not in done.said
    assert "unforeseen" not in done.said
    assert "không lường trước" not in done.said


@pytest.mark.skipif(os.name == "nt", reason="links and pipes of POSIX")
def test_what_is_no_file_is_not_waited_for(root: Path, tmp_path: Path) -> None:
    """A pipe, a folder, a link that leads nowhere."""
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "link.xlsx").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder.xlsx").mkdir()
    for name in ("pipe.csv", "link.xlsx", "folder.xlsx"):
        done = vuonho("-C", root, "import", tmp_path / name, "--yes")
        assert done.code == 1
        assert name in done.said
