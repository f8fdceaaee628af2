"""An import planned: profiles as they would be, comments kept, everything wrong blamed on its cell; nothing written."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from exchange_kit import HUONG, make_project, told

from command_kit import files
from photo_kit import encoded, exif, quarters
from vuonho.errors import DataProblems, Problem, Severity
from vuonho.forms.incoming import Incoming
from vuonho.importing.plan import ImportOptions, Plan, Planned, plan_import
from vuonho.project.yaml_tree import parse_tree, plain

TODAY = date(2026, 11, 20)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a village of three households."""
    return make_project(tmp_path / "dự án")


def plan(root: Path, *incoming: Incoming, **wishes: bool) -> Plan:
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
    """One value and one crop more; every other line is the same."""
    planned = one(
        root, told(code="482135", garden={"area": "2000", "crops": [{"name": "Chè xanh", "trees": "9"}]})
    )
    old, new = HUONG.splitlines(), planned.after.decode().splitlines()
    assert [line for line in old if line not in new] == ["  area: 1.800 m2      # đo năm 2023"]
    assert [line.split() for line in new if line not in old] == [
        ["area:", "2000", "#", "đo", "năm", "2023"], ["-", "{name:", "Chè", "xanh,", "trees:", "9}"],
    ]  # fmt: skip
    assert [change.path for change in planned.merged.changes] == [("garden", "area"), ("garden", "crops")]


def test_a_household_that_is_equal_is_not_touched(root: Path) -> None:
    """Written in another way, it means the same."""
    planned = one(
        root,
        told(code="482135", garden={"area": "1800"}, checked="2/11/2026", contact={"phone": "0570012345"}),
    )
    assert (planned.is_changed, planned.merged.changes) == (False, ())


def test_a_new_household_gets_file_code_and_row(root: Path) -> None:
    """What it lacks of what each profile has is there, with the day of today."""
    found = plan(root, told(name="Nhà chị Mai", location={"address": "Xóm Bắc"}, head="Đặng Thị Mai"))
    (planned,) = found.planned
    assert planned.file == "profiles/thon-dong/nha-chi-mai.yaml"
    assert values(planned) == {
        "code": planned.code, "name": "Nhà chị Mai", "head": "Đặng Thị Mai", "consent": {},
        "location": {"address": "Xóm Bắc"}, "garden": {}, "checked": "2026-11-20",
    }  # fmt: skip
    row = found.register.by_code[planned.code]
    assert (row.profile, row.given) == ("thon-dong/nha-chi-mai.yaml", TODAY)
    assert yaml.safe_load(planned.after)["code"] == planned.code
    assert ("checked",) in [change.path for change in planned.merged.changes]
    assert "consent.given" in [problem.field for problem in found.doubts]


def test_names_of_files_never_meet(root: Path) -> None:
    """Two new households of one name, and one called as a file that is there."""
    (root / "profiles/thon-dong/nha-moi.yaml").write_text(HUONG.replace("482135", "908594"), encoding="utf-8")
    with (root / "profiles/codes.csv").open("a", encoding="utf-8") as register:
        register.write("908594,thon-dong/nha-moi.yaml,2026-10-19,,,\n")
    east, west = (told(name="Nhà mới", location={"address": one}) for one in ("Đông", "Tây"))
    names = [Path(planned.file).name for planned in plan(root, east, west).planned]
    assert names == ["nha-moi-2.yaml", "nha-moi-3.yaml"]


def test_a_registered_profile_that_was_lost_comes_back_to_its_path(root: Path) -> None:
    """With its code; the register stays as it is."""
    (root / "profiles/thon-dong/ba-huong.yaml").unlink()
    base = {"code": "482135", "name": "Vườn bà Hường"}
    found = plan(root, told(base=base, code="482135", name="Vườn bà Hường", head=None, checked="2026-11-02"))
    (planned,) = found.planned
    assert planned.file == "profiles/thon-dong/ba-huong.yaml"
    assert values(planned)["name"] == "Vườn bà Hường"
    assert found.register == found.project.register


@pytest.mark.parametrize(
    ("given", "cell", "said"),
    [
        ({"garden": {"area": "rộng"}}, "trang Hộ, ô C2", "diện tích"),
        ({"contact": {"phone": "12"}}, "trang Hộ, ô C2", "điện thoại"),
        ({"consent": {"given": "2026-12-01"}}, "trang Hộ, ô C2", "muộn hơn ngày kiểm tra"),
        ({"living": {"water": "nước thánh"}}, "trang Hộ, ô C2", "nguồn nước"),
        ({"nonsense": "1"}, "trang Hộ, ô C2", "Không có mục nào tên"),
        ({"photos": ["photos/khong-co.jpg"]}, "trang Hộ, ô C2", "Không thấy ảnh"),
        ({"story": "Liªn hÖ gia ®×nh"}, "trang Hộ, ô C2", "TCVN3"),
        ({"head": "a" * 121}, "trang Hộ, ô C2", "tối đa 120"),
        ({"location": {"point": "105.76, 18.12"}}, "trang Hộ, ô C2", ""),
        ({"photos": [["a.jpg"]]}, "trang Hộ, ô C2", ""),
    ],
)
def test_what_the_schema_refuses_is_blamed_on_its_cell(
    root: Path, given: dict[str, Any], cell: str, said: str
) -> None:
    """As it would be in a profile, with the cell in front."""
    problem = refused(root, told(code="711946", **given))[0]
    assert problem.file == "phieu.xlsx"
    assert cell in problem.message.vi
    assert said in problem.message.vi
    assert problem.hint.vi


def test_errors_that_were_there_before_stop_nothing(root: Path) -> None:
    """They are the profile's own; `check` names them."""
    path = root / "profiles/thon-dong/chi-mai.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("area: 350", "area: rộng"), encoding="utf-8")
    assert one(root, told(code="711946", head="Đặng Thị Mai")).is_changed


def test_a_profile_that_is_no_yaml_is_named(root: Path) -> None:
    """Nothing can be written into it."""
    (root / "profiles/thon-dong/chi-mai.yaml").write_text('code: "711946"\nname: [', encoding="utf-8")
    problem = refused(root, told(code="711946", head="Đặng Thị Mai"))[0]
    assert problem.file == "profiles/thon-dong/chi-mai.yaml"


@pytest.mark.parametrize("given", [{"name": "Nhà cũ"}, {"story": "Chuyện cũ"}])
def test_a_family_that_left_does_not_come_back(root: Path, given: dict[str, Any]) -> None:
    """An old workbook still has its data."""
    problem = refused(root, told(code="643479", **given))[0]
    assert "đã rút" in problem.message.vi
    (root / "profiles/thon-dong/da-rut.yaml").unlink()
    assert "đã rút" in refused(root, told(code="643479", **given))[0].message.vi


def test_a_family_that_left_may_be_in_the_file_as_one_that_left(root: Path) -> None:
    """As `export` writes it; its profile comes back if it was lost."""
    row = told(code="643479", withdrawn="2026-11-01", checked="2026-11-01")
    assert not one(root, row).is_changed
    (root / "profiles/thon-dong/da-rut.yaml").unlink()
    assert values(one(root, row)) == {"code": "643479", "withdrawn": "2026-11-01", "checked": "2026-11-01"}


@pytest.mark.parametrize("name", ["Da rút", "Vườn Đã Rút"])
@pytest.mark.parametrize("given", [None, "2026-10-20", "2026-11-01"])
def test_an_erased_family_does_not_come_back_by_an_old_form(root: Path, name: str, given: str | None) -> None:
    """Without a code and without a name in any profile, its file in the register still tells."""
    problem = refused(root, told(name=name, consent={"given": given, "publish": ["phone"]}))[0]
    assert "643479 đã rút ngày 1/11/2026" in problem.message.vi


def test_a_family_may_join_again(root: Path) -> None:
    """Asked anew, after the day it left; and whoever is called otherwise is another."""
    again = told(name="Vườn Đã Rút", consent={"given": "2026-11-15"}, checked="2026-11-15")
    other = told(name="Nhà rút tiền", consent={"given": "2026-10-01"})
    assert [planned.is_new for planned in plan(root, again, other).planned] == [True, True]


def test_a_family_that_left_with_its_profile_kept_is_known_by_its_name(root: Path) -> None:
    """Whatever its file is called; and it may join again."""
    path = root / "profiles/thon-dong/da-rut.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("withdrawn", "name: Vườn cô Tư\nwithdrawn"), encoding="utf-8"
    )
    assert "đã rút" in refused(root, told(name="VƯỜN CÔ TƯ", consent={"given": "2026-10-01"}))[0].message.vi
    assert one(root, told(name="Vườn cô Tư", consent={"given": "2026-11-15"}, checked="2026-11-15")).is_new


def test_a_copied_row_is_doubted(root: Path) -> None:
    """The consent of one family is not that of another."""
    row = told(
        name="Nhà mới",
        consent={"given": "2026-11-01", "by": "Nguyễn Thị Hường"},
        contact={"phone": "0570012345"},
    )
    doubts = plan(root, row).doubts
    assert any("giống hệt “Vườn bà Hường” (482135)" in problem.message.vi for problem in doubts)


def test_nobody_leaves_by_an_import(root: Path) -> None:
    """`withdraw` does more than a date in a cell."""
    assert "vuonho withdraw 711946" in refused(root, told(code="711946", withdrawn="2026-11-19"))[0].hint.vi


def test_a_printed_household_keeps_its_consent(root: Path) -> None:
    """Its plaque must answer: what `check` would stop is not written."""
    register = root / "profiles/codes.csv"
    text = register.read_text(encoding="utf-8")
    text = text.replace(
        "chi-mai.yaml,2026-10-19,,,", "chi-mai.yaml,2026-10-19,2026-11-03,https://THON-DONG.EXAMPLE/711946/,"
    )
    register.write_text(text, encoding="utf-8")
    base: dict[str, Any] = {"code": "711946", "consent": {"given": "2026-10-28"}}
    problem = refused(root, told(base=base, code="711946", consent={"given": None}))[0]
    assert problem.file == "phieu.xlsx"
    assert problem.field == "consent.given"


def test_everything_wrong_is_said_at_once(root: Path) -> None:
    """Three households, three faults."""
    found = refused(
        root,
        told(code="482135", garden={"area": "rộng"}),
        told(code="908594", name="Lạ"),
        told(name="Nhà mới", pictures={"a.jpg": b"MZ"}),
    )
    assert len(found) == 3


def test_photos_come_in_under_new_names(root: Path) -> None:
    """Named for their household, and only those that the profile names in the end."""
    photo = encoded(quarters(), "JPEG", exif=exif(6))
    planned = one(root, told(code="711946", pictures={"IMG": photo}, checked="2026-11-20"))
    assert planned.photos == {}
    incoming = told(code="711946", pictures={"IMG": photo})
    with_entry = Incoming(
        {"code": "711946", "photos": [{"file": "IMG", "people": "không"}]},
        "",
        incoming.places,
        None,
        incoming.photos,
    )
    planned = one(root, with_entry)
    ((name, content),) = planned.photos.items()
    assert name.startswith("photos/chi-mai-")
    assert values(planned)["photos"] == [{"file": name, "people": "không"}]
    assert b"Exif" not in content


@pytest.mark.parametrize("typed", ["cong.jpg", "CONG.jpg", "photos/Cong.JPG", "photos/cong.jpg"])
def test_a_photo_in_the_villages_folder_is_known_by_its_name(root: Path, typed: str) -> None:
    """As the help of the column says; the profile names it as it lies there."""
    folder = root / "profiles/thon-dong/photos"
    folder.mkdir()
    (folder / "cong.jpg").write_bytes(encoded(quarters(), "JPEG"))
    for photos in ([typed], [{"file": typed}]):
        planned = one(root, told(code="711946", photos=photos))
        assert values(planned)["photos"] in (["photos/cong.jpg"], [{"file": "photos/cong.jpg"}])


def test_where_a_photo_goes_is_said_whole(root: Path) -> None:
    """The folder, and what to write then."""
    (problem,) = refused(root, told(code="711946", photos=["cong.jpg"]))
    assert problem.hint.vi == "Chép ảnh vào profiles/thon-dong/photos, rồi ghi: photos/cong.jpg"


def test_a_photo_that_was_refused_is_said_once(root: Path) -> None:
    """Nobody looks for it in a folder as well."""
    row = told(name="Nhà mới", pictures={"a.jpg": b"MZ"}, photos=["a.jpg"])
    (problem,) = refused(root, row)
    assert "a.jpg" in problem.message.vi


def test_an_older_file_does_not_undo(root: Path) -> None:
    """What it would have undone is told."""
    planned = one(root, told(code="482135", name="Tên cũ", checked="2026-10-01"))
    assert not planned.is_changed
    assert [change.path for change in planned.merged.kept] == [("name",), ("checked",)]
    assert one(root, told(code="482135", name="Tên cũ", checked="2026-10-25"), overwrite=True).is_changed


@pytest.mark.parametrize("gone", ["site.yaml", "thon-dong/village.yaml"])
def test_a_project_without_settings_is_named(root: Path, gone: str) -> None:
    """Before anything is planned."""
    (root / "profiles" / gone).unlink()
    assert refused(root, told(code="482135"))[0].file == f"profiles/{gone}"
