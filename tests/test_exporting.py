"""`vuonho export`: the village as a workbook, complete, private, and never over what somebody typed."""

import shutil
from pathlib import Path

import pytest

from case_kit import each
from command_kit import SLUG, copy_demo, edit, files, vuonho, vuonho_process
from fault_kit import command, count_calls, disturbed, some
from vuonho.forms.workbook.read import is_ours
from workbook_kit import column, demo_profiles, opened, refused, row_of, saved, told

pytestmark = pytest.mark.slow

HUONG = f"profiles/{SLUG}/ba-huong.yaml"


@pytest.fixture
def village(tmp_path: Path) -> Path:
    """Return a project of the demo that was never built."""
    return copy_demo(tmp_path / "dự án")


def export(root: Path, *options: str) -> str:
    """Export a project, which must succeed; return all that was said."""
    done = vuonho("-C", root, "export", *options)
    assert done.code == 0, done.said
    return done.said


def test_a_village_is_exported_as_it_is(village: Path) -> None:
    """Named after the village, with a count and a warning about private data; the same bytes elsewhere and in English."""
    before = files(village)
    done = vuonho("-C", village, "export")
    assert done.err == ""
    first, second = done.out.splitlines()
    assert first == f"{SLUG}.xlsx: 16 hộ. Sửa trong Excel xong thì đưa vào lại: vuonho import {SLUG}.xlsx"
    assert second.startswith("Trong tệp có số điện thoại và điều riêng của các gia đình")
    after = {name: content for name, content in files(village).items() if not name.startswith(".vuonho/")}
    assert after.keys() - before.keys() == {f"{SLUG}.xlsx"}
    assert {name: after[name] for name in before} == before
    assert {one.code: one.values for one in told(after[f"{SLUG}.xlsx"])} == demo_profiles()
    other = copy_demo(village.parent / "khác")
    options = ("--lang", "en", "-o", "../b.xlsx", "--village", "thôn vườn mẫu")
    done = vuonho_process("export", *options, cwd=other, PYTHONHASHSEED="7")
    assert (done.code, done.err, "b.xlsx: 16 households" in done.out) == (0, "", True)
    assert (village.parent / "b.xlsx").read_bytes() == after[f"{SLUG}.xlsx"]


def test_one_village_of_several(village: Path) -> None:
    """By folder or by name; the others' names stay in the list to choose from."""
    nobody = shutil.ignore_patterns("*-*.yaml", "photos")
    shutil.copytree(village / "profiles" / SLUG, village / "profiles/xom-moi", ignore=nobody)
    edit(village / "profiles/xom-moi/village.yaml", "name: Thôn Vườn Mẫu", "name: Xóm Mới")
    said = export(village, "--village", "xom moi")
    assert said.startswith("xom-moi.xlsx: 0 hộ.")
    assert export(village, "-o", "x.xlsx").startswith("x.xlsx: 16 hộ.")
    assert export(village).startswith("dự án.xlsx: 16 hộ.")
    lists = opened((village / "xom-moi.xlsx").read_bytes())["_vuonho_lists"]
    assert [lists.cell(number, 1).value for number in (1, 2)] == ["Thôn Vườn Mẫu", "Xóm Mới"]


def test_a_household_that_left_tells_no_more_than_that(village: Path) -> None:
    """What its profile may still say of it stays where it is, and is nothing that anybody took away."""
    edit(village / HUONG, "checked: 2026-11-02", "withdrawn: 2026-11-01\nchecked: 2026-11-02")
    export(village, "-o", "x.xlsx")
    (home,) = (one for one in told((village / "x.xlsx").read_bytes()) if one.code == "482135")
    assert home.values == {"code": "482135", "withdrawn": "2026-11-01", "checked": "2026-11-02"}
    assert home.base == home.values
    cells = [
        cell.value for sheet in opened((village / "x.xlsx").read_bytes()) for row in sheet for cell in row
    ]
    assert [value for value in cells if isinstance(value, str) and "0570 012 345" in value] == []


def test_what_check_refuses_can_be_mended_in_excel(village: Path) -> None:
    """A wrong phone goes out as typed, with a note of how many profiles are unfinished."""
    edit(village / HUONG, "phone: 0570 012 345", "phone: không nhớ")
    done = vuonho("-C", village, "export", "-o", "x.xlsx")
    told = "Lưu ý: 1 hồ sơ còn lỗi (xem vuonho check); sửa được ngay trong bảng.\n"
    assert (done.code, done.err) == (0, told)
    sheet = opened((village / "x.xlsx").read_bytes())["Hộ"]
    assert sheet.cell(row_of(sheet, "Mã", 482135), column(sheet, "Số điện thoại")).value == "không nhớ"


@each(
    ("old", "new", "sentence"),
    [
        ("garden:\n", "garden:\n  soil: đỏ\n", "Không có mục nào tên “soil” ở đây."),
        ("head: Nguyễn Thị Hường\n", "head: [a, b]\n", "Chỗ này cần một giá trị, không phải nhiều mục."),
        ("zalo: true", "zalo: {a: b}", "Chỗ này cần một giá trị, không phải nhiều mục."),
        ("faces, living, story, prices, links, lane]", "faces, lạ]", "“lạ” không có trong danh sách những điều gia đình cho đăng."),
        ("visits:\n", "visits: *x\nvisit2:\n", "Giá trị không được bắt đầu bằng dấu *"),
        ("head: Nguyễn Thị Hường", 'head: "a\\ab"', "Có ký tự điều khiển (U+0007) ở vị trí 2, sau “a”."),
        ("name: Vườn bà Hường", "name: Vườn bà Hường\nname: X", "name"),
    ],
    ids=["unknown key", "a list", "a mapping", "a tick", "an alias", "a bell", "a key twice"],
)  # fmt: skip
def test_nothing_is_left_behind(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    """A profile with something that a workbook has no place for stops the export, with its line."""
    village = copy_demo(tmp_path / "dự án")
    edit(village / HUONG, old, new)
    before = files(village / "profiles")
    done = vuonho("-C", village, "export")
    assert (done.code, HUONG in done.err, sentence in done.err) == (1, True, True), done.err
    assert not (village / f"{SLUG}.xlsx").exists()
    assert files(village / "profiles") == before


@each(
    ("options", "sentence"),
    [
        (("-o", "x.xls"), "Tên tệp phải kết thúc bằng .xlsx: x.xls"),
        (("-o", "con.xlsx"), "Windows không nhận tên tệp này: con.xlsx"),
        (("-o", "profiles/x.xlsx"), "Không ghi tệp này vào thư mục profiles/."),
        (("-o", "site/../.vuonho/x.xlsx"), "Không ghi tệp này vào thư mục .vuonho/."),
        (("-o", "đâu/x.xlsx"), "Không có thư mục"),
        (("--village", "lạ"), "Không có thôn “lạ”."),
    ],
)
def test_what_will_not_do_is_refused(village: Path, options: tuple[str, ...], sentence: str) -> None:
    """A name, a place or a village; nothing is written."""
    for name in ("site", ".vuonho"):
        (village / name).mkdir(exist_ok=True)
    done = vuonho("-C", village, "export", *options)
    assert (done.code, done.err.startswith(sentence)) == (1, True), done.err
    assert list(village.rglob("*.xlsx")) == []


def test_no_other_file_is_replaced(village: Path) -> None:
    """A workbook that somebody else made, a folder, any file of that name."""
    shutil.copyfile(village / HUONG, village / "a.xlsx")
    (village / "b.xlsx").mkdir()
    assert vuonho("-C", village, "form", "-o", "c.xlsx").code == 0
    book = opened((village / "c.xlsx").read_bytes())
    del book["_vuonho"]
    (village / "c.xlsx").write_bytes(saved(book))
    for name in ("a", "b", "c"):
        done = vuonho("-C", village, "export", "-o", f"{name}.xlsx")
        said = f"{name}.xlsx đã có, và không do vuonho làm ra.\n  → Chọn tên khác sau -o.\n"
        assert (done.code, done.err) == (1, said)


def test_what_was_typed_into_a_workbook_is_not_lost(village: Path) -> None:
    """Until a profile says it; a workbook in which nothing was typed may be replaced."""
    export(village)
    export(village)
    path = village / f"{SLUG}.xlsx"
    book = opened(path.read_bytes())
    sheet = book["Hộ"]
    sheet.cell(row_of(sheet, "Mã", 482135), column(sheet, "Địa chỉ")).value = "Xóm Đông, ngõ 5"
    path.write_bytes(saved(book))
    typed_in = path.read_bytes()
    done = vuonho("-C", village, "export")
    assert done.code == 1
    assert done.err.startswith(f"{SLUG}.xlsx có chỗ đã sửa mà chưa đưa vào hồ sơ (ở “Vườn bà Hường”).")
    assert path.read_bytes() == typed_in
    edit(village / HUONG, "address: Xóm Đông, ngõ 3", "address: Xóm Đông, ngõ 5")
    export(village)
    book = opened(path.read_bytes())
    book["Hộ"].append([None, None, "Vườn mới"])
    path.write_bytes(saved(book))
    assert vuonho("-C", village, "export").err.startswith(
        f"{SLUG}.xlsx có chỗ đã sửa mà chưa đưa vào hồ sơ (ở “Vườn mới”)."
    )


def test_what_import_does_not_read_is_not_lost(village: Path) -> None:
    """A sheet of notes or a row of nobody's is typed work too; the cell is named."""
    path = village / f"{SLUG}.xlsx"
    for where in ("trang Ghi chú của tổ, ô B3: ", "Vườn không có (trang Cây trồng, ô B"):
        path.unlink(missing_ok=True)
        export(village)
        book = opened(path.read_bytes())
        if "Ghi chú" in where:
            book.create_sheet("Ghi chú của tổ")["B3"] = "Bà Hường: hỏi lại số điện thoại"
        else:
            book["Cây trồng"].append([None, "Vườn không có", "Bưởi"])
        path.write_bytes(saved(book))
        typed_in = path.read_bytes()
        done = vuonho("-C", village, "export")
        assert done.code == 1
        assert done.err.startswith(
            f"{SLUG}.xlsx có chỗ không đưa vào hồ sơ được, xuất đè lên là mất: {where}"
        )
        assert "\n  → Chép chỗ ấy ra nơi khác hoặc sửa lại, rồi đưa vào: vuonho import " in done.err
        assert path.read_bytes() == typed_in


def test_the_form_for_excel(village: Path) -> None:
    """`vuonho form -o x.xlsx` knows the villages, never replaces one that somebody filled in; other endings are wrong."""
    done = vuonho("-C", village, "form", "-o", "bảng trống.xlsx")
    assert (done.code, done.out) == (
        0, 'bảng trống.xlsx: bảng trống cho Excel, trang đầu có hướng dẫn. Điền xong thì đưa vào: vuonho import "bảng trống.xlsx"\n',
    )  # fmt: skip
    path = village / "bảng trống.xlsx"
    content = path.read_bytes()
    assert is_ours(content)
    assert refused(content) == [
        "Trong bảng chưa có hộ nào. → Ghi mỗi hộ một dòng dưới hàng tiêu đề, ít nhất là tên vườn."
    ]
    book = opened(content)
    assert book["_vuonho_lists"]["A1"].value == "Thôn Vườn Mẫu"
    book["Hộ"]["C2"] = "Vườn mới"
    path.write_bytes(saved(book))
    again = vuonho("-C", village, "form", "-o", "bảng trống.xlsx")
    assert (again.code, "có chỗ đã sửa mà chưa đưa vào hồ sơ (ở “Vườn mới”)" in again.err) == (1, True)
    assert vuonho("-C", village, "form", "-o", "x.docx").code == 2


ACT = command("export")


def test_an_export_that_is_killed_leaves_the_old_workbook_or_the_new(village: Path, tmp_path: Path) -> None:
    """Killed at every call that changes a file."""
    export(village)
    old = (village / f"{SLUG}.xlsx").read_bytes()
    edit(village / HUONG, "address: Xóm Đông, ngõ 3", "address: Xóm Đông, ngõ 5")
    template = shutil.copytree(village, tmp_path / "template")
    export(village)
    new = (village / f"{SLUG}.xlsx").read_bytes()
    assert new != old
    count = count_calls(template, tmp_path / "scratch", ACT)
    for number in disturbed("kill", template, tmp_path / "scratch", ACT, some(count, 4)):
        assert (tmp_path / f"scratch/kill-{number}/{SLUG}.xlsx").read_bytes() in (old, new)
