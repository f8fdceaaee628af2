"""A profile that only lies elsewhere is said to, once and as an error; one that is gone says how a family leaves."""

from pathlib import Path

import pytest

from command_kit import SLUG, Outcome, files, note_print, vuonho

PROFILE = f"profiles/{SLUG}/ba-huong.yaml"


def said(root: Path) -> Outcome:
    """Return what `check` and `build` say of an error, the site staying as it is."""
    before = files(root / "site")
    done, other = vuonho("-C", root, "check"), vuonho("-C", root, "build")
    assert (done.code, other.code, files(root / "site")) == (1, 1, before)
    return done


@pytest.mark.parametrize(
    ("place", "cure"),
    [
        (f"profiles/{SLUG}/ba-huong.yaml.txt", "Đổi tên tệp thành ba-huong.yaml (bật hiện đuôi tệp trong Windows)."),
        (f"profiles/{SLUG}/ba-huong.yml", "Đổi tên tệp thành ba-huong.yaml (bật hiện đuôi tệp trong Windows)."),
        ("profiles/ba-huong.yaml", f"Chuyển về chỗ cũ: {PROFILE}"),
        (f"profiles/{SLUG}/photos/ba-huong.yaml", f"Chuyển về chỗ cũ: {PROFILE}"),
        ("ba-huong.yaml", f"Chuyển về chỗ cũ: {PROFILE}"),
        ("ba-huong (1).yaml.txt", f"Chuyển về chỗ cũ: {PROFILE}"),
    ],
)  # fmt: skip
def test_a_profile_that_lies_elsewhere_is_named_where_it_lies(demo: Path, place: str, cure: str) -> None:
    """Not as one that is gone; following the cure, all is well again."""
    note_print(demo, "482135")
    (demo / PROFILE).rename(demo / place)
    done = said(demo)
    assert f"{place}\n  Lỗi: " in done.said
    assert f"→ {cure}\n" in done.said
    assert done.said.count("Lỗi:") == 1
    assert "codes.csv" not in done.said
    (demo / place).rename(demo / PROFILE)
    assert vuonho("-C", demo, "check").code == 0


def test_a_profile_that_is_nowhere_leaves_by_its_code(demo: Path) -> None:
    """As the message says: no file is made by hand."""
    note_print(demo, "482135")
    (demo / PROFILE).unlink()
    hint = "Lấy tệp ấy lại từ bản cất; gia đình muốn rút thì: vuonho withdraw 482135"
    assert f"→ {hint}\n" in said(demo).said
    assert vuonho("-C", demo, "withdraw", "482135", "--yes").code == 0
    assert vuonho("-C", demo, "check").code == 0
