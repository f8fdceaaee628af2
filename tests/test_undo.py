"""Promise 15, and the register that nobody edits: `undo`, `remove`, plaques that hang, families that agree again."""

import json
import re
import subprocess
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from command_kit import ROOT, SLUG, Outcome, edit, files, rows, vuonho
from fault_kit import command, count_calls, disturbed, some

pytestmark = pytest.mark.slow

HUONG, MAI = "482135", "711946"
FILE = f"profiles/{SLUG}/chi-mai.yaml"
CSV = "Tên vườn,Địa chỉ,Ngày đồng ý,Người đồng ý,Bằng cách nào,Ngày kiểm tra\nVườn bác Tư,Xóm Đông,02/11/2026,Trần Tư,giấy,02/11/2026\n"


@pytest.fixture
def village(demo: Path) -> Path:
    """Return the demo, built."""
    return demo


def said_by(root: Path, *arguments: str) -> Outcome:
    """Call a command of the project that has to end well."""
    done = vuonho("-C", root, *arguments)
    assert done.code == 0, done.said
    return done


def refused(root: Path, *arguments: str) -> str:
    """Return what a command says that refuses and changes nothing in the profiles."""
    before = files(root / "profiles")
    done = vuonho("-C", root, *arguments)
    assert (done.code, files(root / "profiles") == before) == (1, True), done.said
    return done.err


def profiles(root: Path) -> dict[str, bytes]:
    """Return the profiles and photos without the registers."""
    return {name: content for name, content in files(root / "profiles").items() if not name.endswith(".csv")}


def row_of(root: Path, code: str) -> list[str]:
    """Return the six cells of a code's row."""
    return next(row[:6] for row in rows(root) if row[0] == code)


def today() -> str:
    return datetime.now().astimezone().date().isoformat()


# --- Taken back ------------------------------------------------------------------------------------------------


def test_the_last_command_is_taken_back(village: Path) -> None:
    """The profiles are as before to the byte, a code that was given is void, the site builds, and that was all."""
    (village / "a.csv").write_text(CSV, encoding="utf-8")
    for call in (
        ("new", "Vườn thử"),
        ("import", str(village / "a.csv"), "--yes"),
        ("withdraw", HUONG, "--yes"),
    ):
        before, known = profiles(village), [row[0] for row in rows(village)]
        said_by(village, *call)
        assert profiles(village) != before
        assert "Xem đúng rồi thì chạy lại với --yes." in refused(village, "undo")
        said_by(village, "undo", "--yes")
        assert profiles(village) == before
        assert [row[5] for row in rows(village) if row[0] not in known] == ["void"] * (call[0] != "withdraw")
        assert row_of(village, HUONG)[5] == ""
        assert "Không có lệnh nào để lấy lại." in refused(village, "undo", "--yes")
    assert "0 tệp mới" in said_by(village, "build").out
    file = village / said_by(village, "new", "Vườn thử").out.split()[1]
    with file.open("a", encoding="utf-8", newline="") as more:
        more.write("# đã điền\n")
    assert f"từ đó đã sửa: {file.relative_to(village).as_posix()}" in refused(village, "undo", "--yes")


def test_a_photo_that_another_household_shows_stays(village: Path) -> None:
    """What an import brought is deleted again, unless a profile names it by now."""
    (village / "a.csv").write_text(CSV, encoding="utf-8")
    said_by(village, "import", str(village / "a.csv"), "--yes")
    note = village / ".vuonho/undo.json"
    photo = village / f"profiles/{SLUG}/photos/huong-1.jpg"
    told = note.read_text(encoding="utf-8")
    more = f'"files": [["profiles/{SLUG}/photos/huong-1.jpg", null, "{sha256(photo.read_bytes()).hexdigest()}"], '
    note.write_text(told.replace('"files": [', more, 1), encoding="utf-8")
    said_by(village, "undo", "--yes")
    assert photo.exists()


def test_a_print_run_is_taken_back_if_its_sheets_are_destroyed(village: Path) -> None:
    """The last, or an earlier one by its number; another print of the same plaque or one that hangs forbids it."""
    said_by(village, "plaques", HUONG, "--size", "a6", "--yes")
    said_by(village, "plaques", MAI, "--size", "a6", "--yes")
    shown = vuonho("-C", village, "undo", "--print", "1")
    assert (shown.code, f"coi như chưa in: {HUONG}" in shown.out) == (1, True), shown.said
    said_by(village, "undo", "--print", "1", "--yes")
    assert (row_of(village, HUONG)[3:5], row_of(village, MAI)[3]) == (["", ""], today())
    assert "Không có đợt in 1" in refused(village, "undo", "--print", "1", "--yes")
    said_by(village, "plaques", "--hung", MAI)
    assert f"biển mã {MAI} đã ghi là đã treo" in refused(village, "undo", "--print", "2", "--yes")
    said_by(village, "undo", "--yes")
    said_by(village, "plaques", MAI, "--size", "a5")
    assert f"từ đó đã sửa: profiles/codes.csv ({MAI})" in refused(village, "undo", "--print", "2", "--yes")
    said_by(village, "undo", "--yes")
    assert row_of(village, MAI)[3] == today()
    said_by(village, "undo", "--print", "2", "--yes")
    assert row_of(village, MAI)[3] == ""
    assert said_by(village, "build").code == 0


def test_a_board_is_taken_back(village: Path) -> None:
    """Its line leaves the record, and the memory with it."""
    said_by(village, "plaques", "--all", "--size", "a3", "--yes")
    said_by(village, "undo", "--yes")
    assert (village / "profiles/boards.csv").read_text(encoding="utf-8").count("\n") == 1
    assert said_by(village, "check").code == 0


def test_what_was_published_since_is_not_taken_back(village: Path, tmp_path: Path) -> None:
    """The household that came in is on the web: it may leave, and is neither undone nor removed."""
    far = tmp_path / "far.git"
    subprocess.run(["git", "init", "-q", "--bare", str(far)], check=True)
    site = village / "profiles/site.yaml"
    text = site.read_text(encoding="utf-8").replace(".example/", ".vn/")
    site.write_text(text, encoding="utf-8", newline="\n")
    (village / "a.csv").write_text(CSV, encoding="utf-8")
    said_by(village, "import", str(village / "a.csv"), "--yes")
    code = rows(village)[-1][0]
    said_by(village, "build")
    said_by(village, "publish", "--to", str(far))
    assert f"trang của mã {code} đã đăng lên mạng từ đó" in refused(village, "undo", "--yes")
    assert f"vuonho withdraw {code}" in refused(village, "remove", code, "--yes")


# --- Dropped ---------------------------------------------------------------------------------------------------


def test_a_household_added_by_mistake_goes(village: Path) -> None:
    """Its profile, the photos that nobody else names, its page; its code is void, and nothing complains."""
    photos = {path.name for path in (village / f"profiles/{SLUG}/photos").iterdir()}
    edit(village / FILE, "checked:", "photos: [photos/huong-1.jpg]\nchecked:")
    assert "Xem đúng rồi thì chạy lại với --yes." in refused(village, "remove", HUONG)
    said_by(village, "remove", HUONG, "--yes")
    left = {path.name for path in (village / f"profiles/{SLUG}/photos").iterdir()}
    assert photos - left == {"huong-2.jpg", "huong-3.jpg", "huong-4.jpg", "huong-5.jpg"}
    assert not (village / f"profiles/{SLUG}/ba-huong.yaml").exists()
    assert row_of(village, HUONG)[5] == "void"
    assert said_by(village, "check").code == 0
    said_by(village, "build")
    assert not (village / f"site/{HUONG}").exists()
    assert "đã bỏ rồi" in refused(village, "remove", HUONG, "--yes")


def test_who_was_printed_or_has_left_is_not_removed(village: Path) -> None:
    """The way is named; one whose profile somebody deleted is, as `check` says."""
    (village / f"profiles/{SLUG}/ba-huong.yaml").unlink()
    assert f"nếu bỏ hẳn hộ này: vuonho remove {HUONG}" in vuonho("-C", village, "check").out
    said_by(village, "remove", HUONG, "--yes")
    assert said_by(village, "check").code == 0
    said_by(village, "plaques", MAI, "--size", "a6", "--yes")
    assert f"vuonho withdraw {MAI}" in refused(village, "remove", MAI, "--yes")
    said_by(village, "withdraw", MAI, "--yes")
    assert "vuonho undo" in refused(village, "remove", MAI, "--yes")


@pytest.mark.parametrize("order", [["undo"], ["remove", HUONG]])
def test_cut_off_anywhere_it_is_all_or_nothing(village: Path, tmp_path: Path, order: list[str]) -> None:
    """The next command shows everything as before, or the whole change."""
    said_by(village, "withdraw", HUONG, "--yes") if order == ["undo"] else None
    act = command(*order, "--yes")
    (tmp_path / "count").mkdir()
    calls = count_calls(village, tmp_path / "count", act, keep=True)
    before, after = files(village / "profiles"), files(tmp_path / "count/hiccup-10000/profiles")
    assert before != after
    seen = []
    for n in disturbed("kill", village, tmp_path, act, some(calls, 12)):
        left = tmp_path / f"kill-{n}"
        vuonho("-C", left, "check")
        now = files(left / "profiles")
        seen.append(now == after)
        assert now in (before, after), n
    assert False in seen


# --- Plaques that hang -----------------------------------------------------------------------------------------


def test_plaques_that_hang_are_no_task_any_more(village: Path) -> None:
    """By code, by village or all; what was never printed cannot hang; a new print hangs not yet."""
    said_by(village, "plaques", HUONG, MAI, "--size", "a6", "--yes")
    assert "Treo biển mới in (2 hộ)" in said_by(village, "status").out
    assert "chưa in biển nào" in refused(village, "plaques", "--hung", "908594")
    assert vuonho("-C", village, "plaques", "--hung").code == 2
    assert vuonho("-C", village, "plaques", "--hung", "--all", "--draft").code == 2
    assert HUONG in said_by(village, "plaques", "--hung", HUONG).out
    assert "Treo biển mới in (1 hộ)" in said_by(village, "status").out
    assert said_by(village, "plaques", "--hung", "--village", SLUG).out.count(MAI) == 1
    assert "Treo biển mới in" not in said_by(village, "status").out
    said_by(village, "plaques", HUONG, "--size", "a6")
    assert "Treo biển mới in (1 hộ)" in said_by(village, "status").out
    assert said_by(village, "build").code == 0


# --- Agreed again ----------------------------------------------------------------------------------------------


def test_a_family_comes_back_by_a_new_consent(village: Path) -> None:
    """Withdrawn, built, agreed again in the profile: the plaque opens its page, and nobody touched the register."""
    said_by(village, "plaques", MAI, "--size", "a6", "--yes")
    left = date.today() - timedelta(days=1)  # noqa: DTZ011
    said_by(village, "withdraw", MAI, "--on", left.isoformat(), "--yes")
    said_by(village, "build")
    assert "Nhà chị Mai" not in (village / f"site/{MAI}/index.html").read_text(encoding="utf-8")
    text = (village / FILE).read_text(encoding="utf-8")
    (village / FILE).write_text(re.sub(r"(?m)^withdrawn:.*\n", "", text), encoding="utf-8", newline="\n")
    done = vuonho("-C", village, "build")
    assert (done.code, "ghi ngày đồng ý mới vào consent.given" in done.err) == (0, True), done.said
    assert "Nhà chị Mai" not in (village / f"site/{MAI}/index.html").read_text(encoding="utf-8")
    text = (village / FILE).read_text(encoding="utf-8")
    text = re.sub(r"(?m)(\bgiven:|^checked:) [\d-]+", rf"\1 {today()}", text)
    (village / FILE).write_text(text, encoding="utf-8", newline="\n")
    assert said_by(village, "check").code == 0
    assert f"Hộ {MAI} đã đồng ý lại" in said_by(village, "build").err
    assert row_of(village, MAI)[3:] == [today(), f"https://vuonmau.example/{MAI}/", ""]
    assert "Nhà chị Mai" in (village / f"site/{MAI}/index.html").read_text(encoding="utf-8")
    assert "Hộ" not in said_by(village, "build").err.replace("Hộ mới", "")


def test_an_older_copy_of_the_project_brings_nobody_back(village: Path) -> None:
    """Profiles and register as they were before a leaving, copied over: this computer remembers, and the page stays closed."""
    older = {path: path.read_bytes() for path in (village / FILE, village / "profiles/codes.csv")}
    said_by(village, "withdraw", MAI, "--yes")
    said_by(village, "build")
    for path, content in older.items():
        path.write_bytes(content)
    done = vuonho("-C", village, "build")
    assert (done.code, MAI in done.err) == (0, True), done.said
    assert "Nhà chị Mai" not in (village / f"site/{MAI}/index.html").read_text(encoding="utf-8")
    assert row_of(village, MAI)[5] == "withdrawn"


def test_what_is_kept_names_files_of_villages_alone(village: Path) -> None:
    """A project that came from elsewhere makes undo write nothing beside its profiles, and nothing unforeseen happens."""
    said_by(village, "new", "Vườn thử", "--village", SLUG)
    kept = village / ".vuonho/undo.json"
    told = json.loads(kept.read_bytes())
    for name in ("../x.yaml", "/opt/x.yaml", "profiles/../../x.yaml", "profiles/site.yaml", "a\0b"):
        told["files"] = [[name, "eA==", ""]]
        kept.write_text(json.dumps(told), encoding="utf-8")
        before = files(village)
        done = vuonho("-C", village, "undo", "--yes")
        assert (done.code, "không lường trước" in done.said) == (1, False)
        assert files(village) == before


@pytest.mark.parametrize("erase", [False, True])
def test_a_family_comes_back_by_a_form(village: Path, *, erase: bool) -> None:
    """An old form stays out, one with a consent from after the leaving is taken in under the old code."""
    left = date.today() - timedelta(days=2)  # noqa: DTZ011
    said_by(village, "withdraw", MAI, "--on", left.isoformat(), "--yes", *(["--erase"] if erase else []))
    said_by(village, "build")
    form = village / "lai.csv"
    for day, code in ((left - timedelta(days=1), 1), (left + timedelta(days=1), 0)):
        line = f"{MAI},Nhà chị Mai,Xóm Tây,{day:%d/%m/%Y},Lê Thị Mai,giấy,{day:%d/%m/%Y}\n"
        form.write_text(f"Mã,{CSV.splitlines()[0]}\n{line}", encoding="utf-8")
        done = vuonho("-C", village, "import", form, "--yes")
        assert done.code == code, done.said
    assert row_of(village, MAI)[5] == ""
    said_by(village, "build")
    assert "Nhà chị Mai" in (village / f"site/{MAI}/index.html").read_text(encoding="utf-8")


# --- No message asks for an edit of a register ------------------------------------------------------------------

_BY_HAND = re.compile(
    r"(?:cột (?:status|printed|url|given|code)|the column (?:status|printed|url|given|code)"
    r"|(?:Ghi lại đúng|Put the|Put that) (?:dòng|line)|(?:Mở|Open|sửa|edit) (?:codes|boards)\.csv"
    r"|Chép \.vuonho|Copy \.vuonho)"
)


def test_no_message_asks_for_an_edit_of_a_register() -> None:
    """Whatever is wrong with it, a command is the cure: in the program, its templates, its handbook and documents."""
    places = [path for folder in ("src", "templates", "docs") for path in (ROOT / folder).rglob("*.*")]
    spoken = (path for path in places if path.suffix in (".py", ".po", ".md", ".yaml", ".html"))
    texts = {path: path.read_text(encoding="utf-8") for path in spoken}
    assert len(texts) > 100
    found = {path.name: match[0] for path, text in texts.items() if (match := _BY_HAND.search(text))}
    assert found == {}
