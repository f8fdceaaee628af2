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


def bring(root: Path, *options: str | Path) -> tuple[int, str, bool]:
    """Return the exit code, what was said, and whether any profile changed."""
    before = files(root / "profiles")
    done = vuonho("-C", root, "import", root.parent / "phieu.csv", *options)
    return done.code, done.said, files(root / "profiles") != before


def test_off_a_terminal_it_is_a_look(root: Path) -> None:
    """What is new, what changes, and how to go on."""
    code, said, changed = bring(root)
    assert (code, changed) == (0, False)
    assert "Vườn bà Hường (482135)  profiles/thon-dong/ba-huong.yaml" in said
    assert "  Diện tích vườn: 1.800 m2 → 2000" in said
    assert "Nhà chị Lan (mới)  profiles/thon-dong/nha-chi-lan.yaml" in said
    assert "Chưa ghi gì cả. Xem đúng rồi thì chạy lại với --yes." in said


def test_yes_writes_it(root: Path) -> None:
    """Profiles and register; the next time nothing is left to do."""
    code, said, changed = bring(root, "--yes")
    assert (code, changed) == (0, True), said
    assert "Đã ghi: 1 hộ mới, 1 hộ đổi, 0 hộ giữ nguyên." in said
    huong = (root / "profiles/thon-dong/ba-huong.yaml").read_text(encoding="utf-8")
    assert huong == HUONG.replace("1.800 m2", "2000").replace(
        "name: Vườn bà Hường   # tên trên biển\n",
        "name: Vườn bà Hường   # tên trên biển\nhead: Nguyễn Thị Hường\n",
    )
    new = (root / "profiles/thon-dong/nha-chi-lan.yaml").read_text(encoding="utf-8")
    assert f'code: "{rows(root)[-1][0]}"' in new
    assert rows(root)[-1][1] == "thon-dong/nha-chi-lan.yaml"
    assert vuonho("-C", root, "check").code == 0
    code, said, changed = bring(root, "--yes")
    assert (code, changed) == (0, False)
    assert "0 hộ mới, 0 hộ đổi, 2 hộ giữ nguyên. Không có gì để ghi." in said


def test_a_copy_of_the_profiles_is_made_first(root: Path) -> None:
    """With every text as it was."""
    before = {
        name: text for name, text in files(root / "profiles").items() if name.endswith((".yaml", ".csv"))
    }
    bring(root, "--yes")
    (copy,) = (root / ".vuonho/backups").glob("*.zip")
    with zipfile.ZipFile(copy) as packed:
        held = {
            name.removeprefix("profiles/"): packed.read(name)
            for name in packed.namelist()
            if "profiles/" in name
        }
    assert held == before


def test_a_look_is_a_look_even_with_yes(root: Path) -> None:
    """--dry-run never writes."""
    code, said, changed = bring(root, "--dry-run", "--yes")
    assert (code, changed) == (0, False)
    assert "Chỉ xem thử" in said


@pytest.mark.parametrize(
    ("answers", "written", "hint"),
    [
        ("c\nc\n", True, "Đã ghi"),
        ("có\ny\n", True, "Đã ghi"),
        ("c\n\n", False, "Chưa ghi gì cả"),
        ("\n", False, "Chưa ghi gì cả"),
    ],
)
def test_on_a_terminal_it_asks(
    root: Path, monkeypatch: pytest.MonkeyPatch, answers: str, written: bool, hint: str
) -> None:
    """Whose it is where that is not sure, then whether to write; the answer unless one is given is no."""
    (root.parent / "phieu.csv").write_text(
        "Tên vườn,Chủ hộ,Địa chỉ\nNhà chị Mai,Đặng Thị Mai,\n", encoding="utf-8"
    )
    typed = io.StringIO(answers if written or answers != "\n" else "k\n\n")
    monkeypatch.setattr(typed, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", typed)
    code, said, changed = bring(root)
    assert (code, changed) == (0, written), said
    assert hint in said
    assert "phải là hộ 711946" in said


def test_ctrl_c_at_the_question_leaves_all_as_it_was(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """130, and nothing written."""
    typed = io.StringIO("")
    monkeypatch.setattr(typed, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", typed)
    code, _, changed = bring(root)
    assert (code, changed) == (130, False)


def test_an_error_anywhere_stops_everything(root: Path) -> None:
    """Every fault is named with its place, and the good rows wait too."""
    (root.parent / "phieu.csv").write_text(CSV + "711946,,,,rộng lắm\n908594,Lạ,,,\n", encoding="utf-8")
    code, said, changed = bring(root, "--yes")
    assert (code, changed) == (1, False)
    assert "rộng lắm" in said
    assert "908594 không có trong sổ" in said
    assert "2 lỗi" in said
    assert not (root / ".vuonho/backups").exists()


def test_the_same_in_english(root: Path) -> None:
    """For whoever reads no Vietnamese."""
    _, said, _ = bring(root, "--lang", "en")
    assert "Garden area: 1.800 m2 → 2000" in said
    assert "Nothing was written. If this is right, run again with --yes." in said


@pytest.mark.parametrize("content", ["", "\n\n", "Mã,Tên vườn\n"])
def test_a_file_without_households_is_named(root: Path, content: str) -> None:
    """Rather than done with nothing."""
    (root.parent / "phieu.csv").write_text(content, encoding="utf-8")
    code, said, changed = bring(root, "--yes")
    assert (code, changed) == (1, False)
    assert "phieu.csv" in said


def test_a_file_that_is_not_there_is_named(root: Path) -> None:
    """And a folder is no file."""
    for name in ("không có.xlsx", root):
        done = vuonho("-C", root, "import", name)
        assert (done.code, "Traceback" in done.said) == (1, False)
        assert str(name) in done.said


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
    done = vuonho("-C", root, "import", root.parent / "phieu.csv")
    assert done.code == 1
    assert "vừa bị sửa" in done.said
    assert path.read_text(encoding="utf-8") == HUONG + "# mới\n"
    assert not (root / "profiles/thon-dong/nha-chi-lan.yaml").exists()


def test_another_command_at_work_is_waited_for(root: Path) -> None:
    """The lock is the project's."""
    with locked(root):
        assert bring(root, "--yes")[0] == 0


# --- One bad value among good ones ------------------------------------------------------------------------------

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


def bring_form(root: Path, *options: str) -> tuple[int, str, bool]:
    """Import a file of the phone form in which one household has a bad value."""
    name = root.parent / "vuonho-thon-dong.txt"
    name.write_bytes(form_file(FORM, ""))
    before = files(root / "profiles")
    done = vuonho("-C", root, "import", name, *options)
    return done.code, done.said.replace(str(name), name.name), files(root / "profiles") != before


def test_a_bad_value_says_whose_what_and_the_ways_out(root: Path) -> None:
    """The household, the field by its label, the line; how to fix the file, and how to go on without it."""
    code, said, changed = bring_form(root, "--yes")
    assert (code, changed) == (1, False)
    assert said == (
        "vuonho-thon-dong.txt\n"
        "  dòng 8, Đời sống · Số người trong nhà  Lỗi: Hộ “Vườn ông Tư”: “bốn” không đọc được thành số đếm.\n"
        "      → Chỉ ghi chữ số, từ 0 đến 10.000.000, không kèm chữ.\n\n"
        "1 lỗi, 0 lưu ý\n"
        "Chưa ghi gì cả. Sửa các lỗi trên rồi chạy lại.\n"
        "Phiếu điện thoại: sửa trên điện thoại rồi gửi lại; hoặc mở tệp .txt bằng Notepad, đến dòng ấy, sửa chữ trong "
        "ngoặc kép, rồi lưu.\n"
        "Muốn đưa các hộ không có lỗi vào trước: thêm --skip-errors vào cuối lệnh.\n"
    )


def test_the_others_may_be_taken_without_it(root: Path) -> None:
    """The household with the error is left out whole and named; the file, once corrected, brings it too."""
    code, said, changed = bring_form(root, "--yes", "--skip-errors")
    assert (code, changed) == (0, True)
    assert "Bỏ lại vì có lỗi: Vườn ông Tư. Sửa xong thì đưa vào sau.\n" in said
    assert "Đã ghi: 1 hộ mới, 0 hộ đổi, 0 hộ giữ nguyên." in said
    assert not (root / "profiles/thon-dong/vuon-ong-tu.yaml").exists()
    assert vuonho("-C", root, "check").code == 0


def test_a_file_that_cannot_be_read_is_left_out_whole(root: Path) -> None:
    """Whoever is in the other files comes in."""
    (root.parent / "hong.txt").write_bytes(form_file(FORM, "")[:-12])
    code, said, changed = bring(root, root.parent / "hong.txt", "--yes", "--skip-errors")
    assert (code, changed) == (0, True)
    assert "Tệp bị cắt cụt" in said
    assert "Đã ghi: 1 hộ mới, 1 hộ đổi, 0 hộ giữ nguyên." in said


def test_a_village_that_lost_its_register_gets_its_plaques_back(root: Path) -> None:
    """The codes on the gates are typed into the file; with the option they are kept, as those of new households."""
    (root.parent / "phieu.csv").write_text(
        "Mã,Tên vườn\n733963,Vườn ông Sơn\n,Nhà chị Lan\n", encoding="utf-8"
    )
    code, said, changed = bring(root, "--yes")
    assert (code, changed) == (1, False)
    assert "--keep-codes" in said
    code, said, changed = bring(root, "--yes", "--keep-codes")
    assert (code, changed) == (0, True), said
    assert rows(root)[-2][:2] == ["733963", "thon-dong/vuon-ong-son.yaml"]
    assert 'code: "733963"' in (root / "profiles/thon-dong/vuon-ong-son.yaml").read_text(encoding="utf-8")
    assert rows(root)[-1][0] != "733963"
    assert vuonho("-C", root, "check").code == 0


def test_a_plaque_that_hangs_is_asked_about_at_a_terminal(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One question before the usual one."""
    (root.parent / "phieu.csv").write_text("Mã,Tên vườn\n733963,Vườn ông Sơn\n", encoding="utf-8")
    typed = io.StringIO("c\nc\n")
    monkeypatch.setattr(typed, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", typed)
    code, said, changed = bring(root)
    assert (code, changed) == (0, True), said
    assert "  733963  Vườn ông Sơn\nBiển đang treo ở từng nhà ghi đúng mã ấy phải không?" in said


def test_a_day_that_has_not_come_is_named_where_it_was_typed(root: Path) -> None:
    """A consent cannot be of tomorrow; it is said before anything is written, and does not stop the import."""
    (root.parent / "phieu.csv").write_text(
        "Tên vườn,Ngày đồng ý,Ngày kiểm tra\nNhà Lan,1/2/2095,2/2/2095\n", encoding="utf-8"
    )
    code, said, changed = bring(root, "--yes")
    assert (code, changed) == (0, True), said
    assert said.count("Ngày này chưa tới (hôm nay là ") == 2
    assert "Đồng ý · Ngày đồng ý  Lưu ý: Hộ “Nhà Lan”: Ngày này chưa tới" in said


def test_what_stays_is_said_without_an_arrow(root: Path) -> None:
    """What the profile keeps, what the file says and which file, and how to take that instead."""
    (root.parent / "phieu.csv").write_text(
        "Mã,Số điện thoại,Ngày kiểm tra\n482135,0570 012 399,1/11/2026\n", encoding="utf-8"
    )
    code, said, changed = bring(root, "--yes")
    assert (code, changed) == (0, False)
    assert "  Số điện thoại: giữ 0570 012 345; tệp phieu.csv ghi 0570 012 399\n" in said
    assert "chạy lại với --overwrite" in said
    assert "→" not in said
    code, said, changed = bring(root, "--yes", "--overwrite")
    assert (code, changed) == (0, True)
    assert "Số điện thoại: 0570 012 345 → 0570 012 399" in said
    assert "giữ" not in said.replace("giữ nguyên", "")


# --- A household under another name -----------------------------------------------------------------------------

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
    typed = io.StringIO("c\nc\n")
    monkeypatch.setattr(typed, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", typed)
    code, said, after = lan_again(root)
    assert (code, after) == (0, before), said
    assert f"“Vườn cô Lan” trong {root.parent / 'lan.txt'} có phải là hộ “Vườn cô Lan – Hải” ({lan})" in said
    assert "Tên vườn: Vườn cô Lan – Hải → Vườn cô Lan\n" in said
    assert (root / "profiles/thon-dong/lan-hai.yaml").read_text(encoding="utf-8").count("photos/") == 1


def test_a_neighbour_with_the_same_phone_is_another_household_if_somebody_says_so(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No to the question; the doubt stays on the screen."""
    lan_again(root)
    typed = io.StringIO("k\nc\n")
    monkeypatch.setattr(typed, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", typed)
    code, said, after = lan_again(root)
    assert (code, "vuon-co-lan.yaml" in after, "lan-hai.yaml" in after) == (0, True, True), said
    assert "Hộ mới “Vườn cô Lan” có người đồng ý, điện thoại hoặc vị trí giống hệt" in said
