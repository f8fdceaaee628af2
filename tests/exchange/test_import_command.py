"""`vuonho import`: shown first, asked, all or nothing, with a copy of what was there."""

import io
import sys
import zipfile
from pathlib import Path

import pytest
from exchange_kit import HUONG, make_project

from command_kit import files, rows, vuonho
from form_kit import form_file
from form_kit import picture as form_picture
from photo_kit import encoded, quarters
from vuonho.output.lock import locked

CSV = """\
Mã,Tên vườn,Chủ hộ,Địa chỉ,Diện tích vườn
482135,Vườn bà Hường,Nguyễn Thị Hường,,2000
,Nhà chị Lan,Trần Thị Lan,Xóm Bắc,"1.200 m2"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a village of three households, and beside it a file from the field."""
    (tmp_path / "phieu.csv").write_text(CSV, encoding="utf-8")
    return make_project(tmp_path / "dự án")


def bring(root: Path, *options: str | Path, table: str = "") -> tuple[int, str, bool]:
    """Return the exit code, what was said, and whether any profile changed; `table` stands in the file first."""
    if table:
        (root.parent / "phieu.csv").write_text(table, encoding="utf-8")
    before = files(root / "profiles")
    done = vuonho("-C", root, "import", root.parent / "phieu.csv", *options)
    return done.code, done.said, files(root / "profiles") != before


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, answers: str) -> None:
    """Let somebody sit there and type these answers."""
    typed = io.StringIO(answers)
    monkeypatch.setattr(typed, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", typed)


def test_off_a_terminal_it_is_a_look(root: Path) -> None:
    """What is new, what changes, and how to go on; also in English, and with --dry-run even where --yes is given."""
    code, said, changed = bring(root)
    assert (code, changed) == (0, False)
    assert "Vườn bà Hường (482135)  profiles/thon-dong/ba-huong.yaml" in said
    assert "  Diện tích vườn: 1.800 m2 → 2000" in said
    assert "Nhà chị Lan (mới)  profiles/thon-dong/nha-chi-lan.yaml" in said
    assert "Chưa ghi gì cả. Xem đúng rồi thì chạy lại với --yes." in said
    _, said, _ = bring(root, "--lang", "en")
    assert "Garden area: 1.800 m2 → 2000" in said
    assert "Nothing was written. If this is right, run again with --yes." in said
    code, said, changed = bring(root, "--dry-run", "--yes")
    assert (code, changed, "Chỉ xem thử" in said) == (0, False, True)


def test_yes_writes_it(root: Path) -> None:
    """After a copy of every text as it was; profiles and register; the next time nothing is left to do."""
    before = {
        name: text for name, text in files(root / "profiles").items() if name.endswith((".yaml", ".csv"))
    }
    code, said, changed = bring(root, "--yes")
    assert (code, changed) == (0, True), said
    assert "Đã ghi: 1 hộ mới, 1 hộ đổi, 0 hộ giữ nguyên." in said
    (copy,) = (root / ".vuonho/backups").glob("*.zip")
    with zipfile.ZipFile(copy) as packed:
        held = {name: packed.read(name) for name in packed.namelist() if "profiles/" in name}
    assert {name.removeprefix("profiles/"): text for name, text in held.items()} == before
    huong = (root / "profiles/thon-dong/ba-huong.yaml").read_text(encoding="utf-8")
    name = "name: Vườn bà Hường   # tên trên biển\n"
    assert huong == HUONG.replace("1.800 m2", "2000").replace(name, f"{name}head: Nguyễn Thị Hường\n")
    new = (root / "profiles/thon-dong/nha-chi-lan.yaml").read_text(encoding="utf-8")
    assert f'code: "{rows(root)[-1][0]}"' in new
    assert rows(root)[-1][1] == "thon-dong/nha-chi-lan.yaml"
    assert vuonho("-C", root, "check").code == 0
    with locked(root):  # another command at work is waited for
        code, said, changed = bring(root, "--yes")
    assert (code, changed) == (0, False)
    assert "0 hộ mới, 0 hộ đổi, 2 hộ giữ nguyên. Không có gì để ghi." in said


@pytest.mark.parametrize(
    ("answers", "code", "hint"),
    [
        ("c\nc\n", 0, "Đã ghi"),
        ("có\ny\n", 0, "Đã ghi"),
        ("c\n\n", 0, "Chưa ghi gì cả"),
        ("k\n\n", 0, "Chưa ghi gì cả"),
        ("", 130, ""),
    ],
)
def test_on_a_terminal_it_asks(
    root: Path, monkeypatch: pytest.MonkeyPatch, answers: str, code: int, hint: str
) -> None:
    """Whose it is where that is not sure, then whether to write; no is the answer unless one is given, also Ctrl-C."""
    at_a_terminal(monkeypatch, answers)
    done = bring(root, table="Tên vườn,Chủ hộ,Địa chỉ\nNhà chị Mai,Đặng Thị Mai,\n")
    assert (done[0], done[2]) == (code, hint == "Đã ghi"), done[1]
    assert hint in done[1]
    assert "phải là hộ 711946" in done[1]


def test_an_error_anywhere_stops_everything(root: Path) -> None:
    """Every fault is named with its place, and the good rows wait too."""
    code, said, changed = bring(root, "--yes", table=CSV + "711946,,,,rộng lắm\n908594,Lạ,,,\n")
    assert (code, changed) == (1, False)
    assert "rộng lắm" in said
    assert "908594 không có trong sổ" in said
    assert "2 lỗi" in said
    assert not (root / ".vuonho/backups").exists()


def test_a_file_without_households_is_named(root: Path) -> None:
    """Rather than done with nothing; so is one that is not there, and a folder is no file."""
    for content in ("\n\n", "Mã,Tên vườn\n"):
        code, said, changed = bring(root, "--yes", table=content)
        assert (code, changed, "phieu.csv" in said) == (1, False, True)
    for name in ("không có.xlsx", root):
        done = vuonho("-C", root, "import", name)
        assert (done.code, "Traceback" in done.said, str(name) in done.said) == (1, False, True)


def test_a_profile_edited_while_the_question_stood_is_not_written_over(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody saved it in an editor."""
    path = root / "profiles/thon-dong/ba-huong.yaml"

    class Slow(io.StringIO):
        def isatty(self) -> bool:
            return True

        def readline(self, *_: object) -> str:  # type: ignore[override]
            path.write_text(HUONG + "# mới\n", encoding="utf-8")
            return "c\n"

    monkeypatch.setattr("sys.stdin", Slow())
    code, said, _ = bring(root)
    assert (code, "vừa bị sửa" in said) == (1, True)
    assert path.read_text(encoding="utf-8") == HUONG + "# mới\n"
    assert not (root / "profiles/thon-dong/nha-chi-lan.yaml").exists()


# --- One bad value among good ones ---

FORM = """\
vuonho_form: 1
village: "thon-dong"
households:
- name: "Vườn ông Tư"
  consent: {given: "2026-11-20", by: "Trần Văn Tư", how: "form"}
  location: {}
  living:
    people: "bốn"
  garden: {}
  checked: "2026-11-21"
- name: "Vườn bà Ba"
  consent: {given: "2026-11-20", by: "Trần Văn Tư", how: "form"}
  location: {}
  garden: {}
  checked: "2026-11-21"
"""


def test_a_bad_value_says_whose_what_and_the_ways_out(root: Path) -> None:
    """Household, field, line, how to fix the file, how to go on without it: the household is left out whole and named."""
    name = root.parent / "vuonho-thon-dong.txt"
    name.write_bytes(form_file(FORM, ""))
    before = files(root / "profiles")
    done = vuonho("-C", root, "import", name, "--yes")
    assert (done.code, files(root / "profiles") == before) == (1, True)
    assert done.said.replace(str(name), name.name) == (
        "vuonho-thon-dong.txt\n"
        "  dòng 8, Đời sống · Số người trong nhà  Lỗi: Hộ “Vườn ông Tư”: “bốn” không đọc được thành số đếm.\n"
        "      → Chỉ ghi chữ số, từ 0 đến 10.000.000, không kèm chữ.\n\n"
        "1 lỗi, 0 lưu ý\n"
        "Chưa ghi gì cả. Sửa các lỗi trên rồi chạy lại.\n"
        "Phiếu điện thoại: sửa trên điện thoại rồi gửi lại; hoặc mở tệp .txt bằng Notepad, đến dòng ấy, sửa chữ trong "
        "ngoặc kép, rồi lưu.\n"
        "Các hộ không có lỗi có thể đưa vào trước (thêm --skip-errors vào cuối lệnh).\n"
    )
    done = vuonho("-C", root, "import", name, "--yes", "--skip-errors")
    assert done.code == 0, done.said
    assert "Bỏ lại vì có lỗi: Vườn ông Tư. Sửa xong thì đưa vào sau.\n" in done.said
    assert "Đã ghi: 1 hộ mới, 0 hộ đổi, 0 hộ giữ nguyên." in done.said
    assert not (root / "profiles/thon-dong/vuon-ong-tu.yaml").exists()
    assert vuonho("-C", root, "check").code == 0


def test_a_file_that_cannot_be_read_is_left_out_whole(root: Path) -> None:
    """Who is in the other files comes in."""
    (root.parent / "hong.txt").write_bytes(form_file(FORM, "")[:-12])
    code, said, changed = bring(root, root.parent / "hong.txt", "--yes", "--skip-errors")
    assert (code, changed) == (0, True)
    assert "Tệp bị cắt cụt" in said
    assert "Đã ghi: 1 hộ mới, 1 hộ đổi, 0 hộ giữ nguyên." in said


def test_a_village_that_lost_its_register_gets_its_plaques_back(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The codes on the gates are typed into the file; an option keeps them, or an answer at a terminal."""
    table = "Mã,Tên vườn\n733963,Vườn ông Sơn\n,Nhà chị Lan\n"
    code, said, changed = bring(root, "--yes", table=table)
    assert (code, changed, "--keep-codes" in said) == (1, False, True)
    code, said, changed = bring(root, "--yes", "--keep-codes")
    assert (code, changed) == (0, True), said
    assert rows(root)[-2][:2] == ["733963", "thon-dong/vuon-ong-son.yaml"]
    assert 'code: "733963"' in (root / "profiles/thon-dong/vuon-ong-son.yaml").read_text(encoding="utf-8")
    assert rows(root)[-1][0] != "733963"
    assert vuonho("-C", root, "check").code == 0
    at_a_terminal(monkeypatch, "c\nc\n")
    code, said, changed = bring(root, table="Mã,Tên vườn\n259410,Nhà chị Hoa\n")
    assert (code, changed) == (0, True), said
    assert "  259410  Nhà chị Hoa\nBiển đang treo ở từng nhà ghi đúng mã ấy phải không?" in said


def test_a_day_that_has_not_come_is_named_where_it_was_typed(root: Path) -> None:
    """A consent cannot be of tomorrow; it is said before anything is written, and does not stop the import."""
    table = "Tên vườn,Ngày đồng ý,Ngày kiểm tra\nNhà Lan,1/2/2095,2/2/2095\n"
    code, said, changed = bring(root, "--yes", table=table)
    assert (code, changed) == (0, True), said
    assert said.count("Ngày này chưa tới (hôm nay là ") == 2
    assert "Đồng ý · Ngày đồng ý  Lưu ý: Hộ “Nhà Lan”: Ngày này chưa tới" in said


def test_what_stays_is_said_without_an_arrow(root: Path) -> None:
    """What the profile keeps, what the file says and which file, and how to take that instead."""
    code, said, changed = bring(
        root, "--yes", table="Mã,Số điện thoại,Ngày kiểm tra\n482135,0570 012 399,1/11/2026\n"
    )
    assert (code, changed) == (0, False)
    assert "  Số điện thoại: giữ 0570 012 345; tệp phieu.csv ghi 0570 012 399\n" in said
    assert "chạy lại với --overwrite" in said
    assert "→" not in said
    code, said, changed = bring(root, "--yes", "--overwrite")
    assert (code, changed) == (0, True)
    assert "Số điện thoại: 0570 012 345 → 0570 012 399" in said
    assert "giữ" not in said.replace("giữ nguyên", "")


# --- A household under another name ---

LAN = """\
vuonho_form: 1
village: "thon-dong"
households:
- name: "Vườn cô Lan"
  consent: {given: "2026-11-20", by: "Trần Thị Lan", how: "form"}
  location: {}
  contact: {phone: "0570 012 388"}
  garden: {}
  photos:
    - file: "ho-1-anh-1.jpg"
      people: "false"
  checked: "2026-11-21"
"""


def lan_again(root: Path) -> tuple[int, str, list[str]]:
    """Take a phone's file in, rename household and profile, take the same file in; return what came of that."""
    form = root.parent / "lan.txt"
    form.write_bytes(form_file(LAN, form_picture("ho-1-anh-1.jpg", encoded(quarters(), "JPEG"))))
    if not (root / "profiles/thon-dong/lan-hai.yaml").exists():
        assert vuonho("-C", root, "import", form, "--yes").code == 0
        old, new = root / "profiles/thon-dong/vuon-co-lan.yaml", root / "profiles/thon-dong/lan-hai.yaml"
        new.write_text(
            old.read_text(encoding="utf-8").replace("Vườn cô Lan", "Vườn cô Lan – Hải"), encoding="utf-8"
        )
        old.unlink()
    done = vuonho("-C", root, "import", form, *(() if sys.stdin.isatty() else ("--yes",)))
    return done.code, done.said, sorted(path.name for path in (root / "profiles/thon-dong").rglob("*.*"))


def test_a_renamed_household_is_not_taken_in_as_a_second_family(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same phone and the same hand behind the consent: asked about at a terminal, refused without one."""
    code, said, before = lan_again(root)
    lan = rows(root)[-1][0]
    assert code == 1, said
    assert f"giống hệt hộ “Vườn cô Lan – Hải” ({lan}): có thể là hộ ấy đã đổi tên." in said
    assert f"ghi mã {lan} vào" in said
    at_a_terminal(monkeypatch, "c\nk\n")
    code, said, after = lan_again(root)
    assert (code, after) == (0, before), said
    assert f"“Vườn cô Lan” trong {root.parent / 'lan.txt'} có phải là hộ “Vườn cô Lan – Hải” ({lan})" in said
    assert "Tên vườn: Vườn cô Lan – Hải → Vườn cô Lan\n" in said
    assert (root / "profiles/thon-dong/lan-hai.yaml").read_text(encoding="utf-8").count("photos/") == 1
    # No makes it another household with the same phone; the doubt stays on the screen.
    at_a_terminal(monkeypatch, "k\nc\n")
    code, said, after = lan_again(root)
    assert (code, "vuon-co-lan.yaml" in after, "lan-hai.yaml" in after) == (0, True, True), said
    assert "Hộ mới “Vườn cô Lan” có người đồng ý, điện thoại hoặc vị trí giống hệt" in said
