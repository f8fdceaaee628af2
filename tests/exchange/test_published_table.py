"""The site's own data/households.csv taken in again: nothing new for who has the profiles, a start for who lost them."""

from pathlib import Path

import pytest
from exchange_kit import HUONG, REGISTER, make_project

from command_kit import files, rows, vuonho

CONSENT = "consent: {given: 2026-10-20, by: Nguyễn Thị Hường, how: paper, publish: [prices]}"
SEN = f"""\
code: "711946"
name: Vườn rau nhà Sen
{CONSENT}
location: {{address: "=1+1 xóm Tây"}}
garden:
  area: 3 sào
  model: {{status: recognised}}
  practices: [vac, compost]
  crops:
    - {{name: Rau cải, area: 200, lunar_months: [10, 11, 12]}}
    - {{name: Cây nhà trồng, months: 2-4}}
    - Bưởi Phúc Trạch
  animals: [{{name: Gà thả vườn, count: 9}}]
products:
  - {{name: Rau cải, price: 8000, unit: bó, lunar_months: [10]}}
  - {{name: Mật ong, price: 250000, unit: lít, months: 4-5}}
visits: {{welcome: true}}
checked: 2026-11-02
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a village of two households whose site is built, its table put beside the project."""
    project = make_project(tmp_path / "dự án", {"thon-dong/chi-mai.yaml": SEN})
    assert vuonho("-C", project, "build").code == 0
    (tmp_path / "households.csv").write_bytes((project / "site/data/households.csv").read_bytes())
    return project


def test_the_table_of_the_site_holds_nothing_new(root: Path) -> None:
    """Months that stand there for lunar ones, and usual ones that nobody typed, are no news."""
    before = files(root / "profiles")
    done = vuonho("-C", root, "import", root.parent / "households.csv", "--yes")
    assert (done.code, files(root / "profiles") == before) == (0, True), done.said
    assert "0 hộ mới, 0 hộ đổi, 2 hộ giữ nguyên." in done.said
    assert "không có phần đồng ý, điện thoại, vị trí, ảnh và OCOP" in done.said


def test_a_lost_village_begins_again_from_what_it_published(root: Path) -> None:
    """With its printed codes, without consents; when these are written again, the site publishes the same table."""
    table = root.parent / "households.csv"
    root = make_project(root.parent / "dự án mới")
    for name in ("ba-huong", "chi-mai", "da-rut"):
        (root / f"profiles/thon-dong/{name}.yaml").unlink()
    (root / "profiles/codes.csv").write_text(REGISTER.partition("\n")[0] + "\n", encoding="utf-8")
    done = vuonho("-C", root, "import", table, "--yes", "--keep-codes")
    assert done.code == 0, done.said
    assert [row[0] for row in rows(root)] == ["482135", "711946"]
    checked = vuonho("-C", root, "check")
    assert checked.code == 0
    assert checked.said.count("Gia đình chưa đồng ý nên chưa có trang.") == 2
    for path in sorted((root / "profiles/thon-dong").glob("vuon-*.yaml")):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("consent: {}", CONSENT), encoding="utf-8")
    assert vuonho("-C", root, "build").code == 0
    assert (root / "site/data/households.csv").read_bytes() == table.read_bytes()


def test_what_the_table_has_and_a_profile_lacks_comes_in(root: Path) -> None:
    """A profile out of an old backup gets what was published since."""
    path = root / "profiles/thon-dong/ba-huong.yaml"
    path.write_text(HUONG.replace("    - Cam bù\n", "").replace("1.800 m2", "900"), encoding="utf-8")
    done = vuonho("-C", root, "import", root.parent / "households.csv", "--yes")
    assert "Diện tích vườn: 900 → 1800" in done.said
    assert path.read_text(encoding="utf-8").count("Cam bù") == 1
