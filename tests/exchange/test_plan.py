"""An import planned: profiles as they would be, comments kept, everything wrong blamed on its cell; nothing written."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from exchange_kit import HUONG, LEFT, MAI, make_project, told

from case_kit import each
from command_kit import edit, files
from photo_kit import encoded, exif, quarters
from vuonho.errors import DataProblems, Problem, Severity
from vuonho.forms.incoming import Incoming
from vuonho.importing.plan import ImportOptions, Plan, Planned, plan_import
from vuonho.project.yaml_tree import parse_tree, plain

TODAY = date(2026, 11, 20)
HOME = "profiles/thon-dong"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a village of three households."""
    return make_project(tmp_path / "dự án")


def plan(root: Path, *incoming: Incoming, **wishes: Any) -> Plan:
    before = files(root)
    try:
        return plan_import(root, incoming, ImportOptions(TODAY, **wishes), lambda _: None)
    finally:
        assert files(root) == before


def one(root: Path, incoming: Incoming, **wishes: bool) -> Planned:
    (planned,) = plan(root, incoming, **wishes).planned
    return planned


def refused(root: Path, *incoming: Incoming) -> list[Problem]:
    with pytest.raises(DataProblems) as found:
        plan(root, *incoming)
    return [problem for problem in found.value.problems if problem.severity is Severity.ERROR]


def values(planned: Planned) -> dict[str, Any]:
    tree, problems = parse_tree(planned.after.decode("utf-8"), "")
    assert (tree is None, problems) == (False, ())
    return dict(plain(tree))  # type: ignore[arg-type]


def test_a_change_keeps_every_comment_where_it_stands(root: Path) -> None:
    """One value and one crop more; every other line is the same; what means the same is not touched."""
    planned = one(
        root, told(code="482135", garden={"area": "2000", "crops": [{"name": "Chè xanh", "trees": "9"}]})
    )
    old, new = HUONG.splitlines(), planned.after.decode().splitlines()
    assert [line for line in old if line not in new] == ["  area: 1.800 m2      # đo năm 2023"]
    assert [line.split() for line in new if line not in old] == [
        ["area:", "2000", "#", "đo", "năm", "2023"], ["-", "{name:", "Chè", "xanh,", "trees:", "9}"],
    ]  # fmt: skip
    assert [change.path for change in planned.merged.changes] == [("garden", "area"), ("garden", "crops")]
    alike = told(code="482135", garden={"area": "1800"}, checked="2/11/2026", contact={"phone": "0570012345"})
    assert not one(root, alike).is_changed


def test_a_new_household_gets_file_code_and_row(root: Path) -> None:
    """What it lacks of what each profile has is there, with the day of today; names of files never meet."""
    mai = told(name="Nhà chị Mai", location={"address": "Xóm Bắc"}, head="Đặng Thị Mai")
    again = told(name="Nhà chị Mai", location={"address": "Xóm Nam"})
    found = plan(root, mai, again)
    planned, other = found.planned
    assert (planned.file, other.file) == (f"{HOME}/nha-chi-mai.yaml", f"{HOME}/nha-chi-mai-2.yaml")
    assert values(planned) == {
        "code": planned.code, "name": "Nhà chị Mai", "head": "Đặng Thị Mai", "consent": {},
        "location": {"address": "Xóm Bắc"}, "garden": {}, "checked": "2026-11-20",
    }  # fmt: skip
    row = found.register.by_code[planned.code]
    assert (row.profile, row.given) == ("thon-dong/nha-chi-mai.yaml", TODAY)
    assert yaml.safe_load(planned.after)["code"] == planned.code
    assert ("checked",) in [change.path for change in planned.merged.changes]
    assert "consent.given" in [problem.field for problem in found.doubts]


def test_a_registered_profile_that_was_lost_comes_back_to_its_path(root: Path) -> None:
    """With its code; the register stays as it is."""
    (root / HOME / "ba-huong.yaml").unlink()
    base = {"code": "482135", "name": "Vườn bà Hường"}
    found = plan(root, told(base=base, code="482135", name="Vườn bà Hường", head=None, checked="2026-11-02"))
    (planned,) = found.planned
    assert (planned.file, values(planned)["name"]) == (f"{HOME}/ba-huong.yaml", "Vườn bà Hường")
    assert found.register == found.project.register


@each(
    ("given", "said"),
    [
        ({"garden": {"area": "rộng"}}, "diện tích"),
        ({"contact": {"phone": "12"}}, "điện thoại"),
        ({"consent": {"given": "2026-12-01"}}, "muộn hơn ngày kiểm tra"),
        ({"living": {"water": "nước thánh"}}, "nguồn nước"),
        ({"nonsense": "1"}, "Không có mục nào tên"),
        ({"photos": ["photos/khong-co.jpg"]}, "Không thấy ảnh"),
        ({"story": "Liªn hÖ gia ®×nh"}, "TCVN3"),
        ({"head": "a" * 121}, "tối đa 120"),
        ({"location": {"point": "105.76, 18.12"}}, ""),
        ({"photos": [["a.jpg"]]}, ""),
    ],
)
def test_what_the_schema_refuses_is_blamed_on_its_cell(
    tmp_path: Path, given: dict[str, Any], said: str
) -> None:
    """As it would be in a profile, with the cell in front."""
    problem = refused(make_project(tmp_path / "p"), told(code="711946", **given))[0]
    assert problem.file == "phieu.xlsx"
    assert "trang Hộ, ô C2" in problem.message.vi
    assert said in problem.message.vi
    assert problem.hint.vi


def test_errors_are_said_of_what_came_in_and_all_at_once(root: Path) -> None:
    """Three households, three faults; those that a profile had before stop nothing; one that is no YAML is named."""
    assert len(refused(
        root, told(code="482135", garden={"area": "rộng"}), told(code="908594", name="Lạ"), told(name="Nhà mới", pictures={"a.jpg": b"MZ"}),
    )) == 3  # fmt: skip
    path = root / HOME / "chi-mai.yaml"
    path.write_text(MAI.replace("area: 350", "area: rộng"), encoding="utf-8")
    head = told(code="711946", head="Đặng Thị Mai")
    assert one(root, head).is_changed
    path.write_text('code: "711946"\nname: [', encoding="utf-8")
    assert refused(root, head)[0].file == f"{HOME}/chi-mai.yaml"


@pytest.mark.parametrize("gone", ["site.yaml", "thon-dong/village.yaml"])
def test_a_project_without_settings_is_named(root: Path, gone: str) -> None:
    """Before anything is planned."""
    (root / "profiles" / gone).unlink()
    assert refused(root, told(code="482135"))[0].file == f"profiles/{gone}"


def test_a_copied_row_is_doubted(root: Path) -> None:
    """The consent of one family is not that of another."""
    asked = {"given": "2026-11-01", "by": "Nguyễn Thị Hường"}
    doubts = plan(root, told(name="Nhà mới", consent=asked, contact={"phone": "0570012345"})).doubts
    assert any("giống hệt “Vườn bà Hường” (482135)" in problem.message.vi for problem in doubts)


def test_an_older_file_does_not_undo(root: Path) -> None:
    """What it would have undone is told."""
    planned = one(root, told(code="482135", name="Tên cũ", checked="2026-10-01"))
    assert not planned.is_changed
    assert [change.path for change in planned.merged.kept] == [("name",), ("checked",)]
    assert one(root, told(code="482135", name="Tên cũ", checked="2026-10-25"), overwrite=True).is_changed


# --- Families that left ---


def test_a_family_that_left_does_not_come_back(root: Path) -> None:
    """Not by an old workbook, nor by an old form, though erased: its file in the register tells; it may be in a file as left."""
    left = told(code="643479", withdrawn="2026-11-01", checked="2026-11-01")
    assert not one(root, left).is_changed
    for _ in range(2):
        for old in (told(code="643479", name="Nhà cũ"), told(code="643479", story="Chuyện cũ")):
            assert "đã rút" in refused(root, old)[0].message.vi
        for name in ("Da rút", "Vườn Đã Rút"):
            for given in ("2026-10-20", "2026-11-01", None):
                problem = refused(root, told(name=name, consent={"given": given, "publish": ["phone"]}))[0]
                assert "643479 đã rút" in problem.message.vi
        (root / HOME / "da-rut.yaml").unlink(missing_ok=True)
    assert values(one(root, left)) == {"code": "643479", "withdrawn": "2026-11-01", "checked": "2026-11-01"}


def test_a_family_that_left_with_its_profile_kept_is_known_by_its_name(root: Path) -> None:
    """Its file may be called otherwise; and it may join again, asked anew after the day it left."""
    path = root / HOME / "da-rut.yaml"
    again = told(name="Vườn Đã Rút", consent={"given": "2026-11-15"}, checked="2026-11-15")
    other = told(name="Nhà rút tiền", consent={"given": "2026-10-01"})
    assert [planned.is_new for planned in plan(root, again, other).planned] == [True, True]
    path.write_text(LEFT.replace("withdrawn", "name: Vườn cô Tư\nwithdrawn"), encoding="utf-8")
    (problem, *_) = refused(root, told(name="VƯỜN CÔ TƯ", consent={"given": "2026-10-01"}))
    assert "643479 đã rút ngày 1/11/2026" in problem.message.vi
    assert one(root, told(name="Vườn cô Tư", consent={"given": "2026-11-15"}, checked="2026-11-15")).is_new


def test_nobody_leaves_and_no_printed_code_dies_by_an_import(root: Path) -> None:
    """`withdraw` does more than a date in a cell; a plaque must answer: what `check` would stop is not written."""
    assert "vuonho withdraw 711946" in refused(root, told(code="711946", withdrawn="2026-11-19"))[0].hint.vi
    printed = "chi-mai.yaml,2026-10-19,2026-11-03,https://THON-DONG.EXAMPLE/711946/,"
    edit(root / "profiles/codes.csv", "chi-mai.yaml,2026-10-19,,,", printed)
    base: dict[str, Any] = {"code": "711946", "consent": {"given": "2026-10-28"}}
    problem = refused(root, told(base=base, code="711946", consent={"given": None}))[0]
    assert (problem.file, problem.field) == ("phieu.xlsx", "consent.given")


# --- Photos ---


def test_photos_come_in_under_new_names(root: Path) -> None:
    """Named for their household, only those that the profile names in the end; a refused one is said once."""
    photo = encoded(quarters(), "JPEG", exif=exif(6))
    assert one(root, told(code="711946", pictures={"IMG": photo}, checked="2026-11-20")).photos == {}
    entries = [{"file": "IMG", "people": "không"}]
    planned = one(root, told(code="711946", photos=entries, pictures={"IMG": photo}))
    ((name, content),) = planned.photos.items()
    assert name.startswith("photos/chi-mai-")
    assert values(planned)["photos"] == [{"file": name, "people": "không"}]
    assert b"Exif" not in content
    (problem,) = refused(root, told(name="Nhà mới", pictures={"a.jpg": b"MZ"}, photos=["a.jpg"]))
    assert "a.jpg" in problem.message.vi


def test_a_photo_in_the_villages_folder_is_known_by_its_name(root: Path) -> None:
    """As the help of the column says; the profile names it as it lies there; where one goes is said whole."""
    (problem,) = refused(root, told(code="711946", photos=["cong.jpg"]))
    assert problem.hint.vi == "Chép ảnh vào profiles/thon-dong/photos, rồi ghi: photos/cong.jpg"
    folder = root / HOME / "photos"
    folder.mkdir()
    (folder / "cong.jpg").write_bytes(encoded(quarters(), "JPEG"))
    for typed in ("cong.jpg", "CONG.jpg", "photos/Cong.JPG", "photos/cong.jpg"):
        assert values(one(root, told(code="711946", photos=[typed])))["photos"] == ["photos/cong.jpg"]
        planned = one(root, told(code="711946", photos=[{"file": typed}]))
        assert values(planned)["photos"] == ["photos/cong.jpg"]
