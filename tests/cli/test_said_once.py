"""The same mistake in many places is said once, with its number and where; programs still get every place."""

import json
from pathlib import Path

import yaml

from command_kit import SLUG, edit, rows, vuonho

OLD = "https://vuonmau.example/"


def printed(root: Path, base: str) -> int:
    """Record every plaque of the demo as printed below an address; return how many there are."""
    register = root / "profiles/codes.csv"
    lines = register.read_text(encoding="utf-8").splitlines()
    table = [line.split(",") for line in lines]
    agreed = [row for row in table[1:] if "chua-dong-y" not in row[1]]
    for row in agreed:
        row[3:5] = "2026-11-02", f"{base}{row[0]}/"
    register.write_text("".join(",".join(row) + "\n" for row in table), encoding="utf-8", newline="\n")
    return len(agreed)


def test_an_address_changed_after_printing_is_one_mistake(unbuilt: Path) -> None:
    """However many plaques there are; the line that is offered can be copied as it stands."""
    site = unbuilt / "profiles/site.yaml"
    edit(site, f"base_url: {OLD}", "base_url: https://moi.vn/")
    edit(site, "previous_urls: []", "previous_urls: [https://xua.vn/]")
    count = printed(unbuilt, "https://cu.vn/vuon/")
    done = vuonho("-C", unbuilt, "check")
    assert (done.code, "1 lỗi," in done.out) == (1, True), done.said
    assert f"{count} biển hoặc bảng đã in địa chỉ “https://cu.vn/vuon/”" in done.out
    found = json.loads(vuonho("-C", unbuilt, "check", "--format", "json").out)
    assert [one["field"] for one in found if one["severity"] == "error"] == ["url"]
    line = next(part for part in done.out.splitlines() if "previous_urls: [" in part)
    line = line[line.index("previous_urls") :]
    assert yaml.safe_load(line) == {"previous_urls": ["https://xua.vn/", "https://cu.vn/vuon/"]}
    edit(site, "previous_urls: [https://xua.vn/]", line)
    assert vuonho("-C", unbuilt, "check").code == 0


def test_it_is_said_though_the_first_household_cannot_be_read(unbuilt: Path) -> None:
    """It is a mistake of the site, not of that household."""
    first = rows(unbuilt)[0][1]
    printed(unbuilt, "https://cu.vn/")
    (unbuilt / "profiles" / first).write_text("name: [", encoding="utf-8")
    assert "đã in địa chỉ “https://cu.vn/”" in vuonho("-C", unbuilt, "check").out


def test_equal_mistakes_are_named_once(unbuilt: Path) -> None:
    """The first in full, the others by their files and lines; json and GitHub have each in its place."""
    (unbuilt / ".vuonho/register.csv").unlink()
    (unbuilt / "profiles/codes.csv").unlink()
    count = len([*(unbuilt / "profiles" / SLUG).rglob("*.yaml")]) - 1
    text = vuonho("-C", unbuilt, "check").out
    assert text.count("Mã này chưa có trong codes.csv.") == 1
    assert f"Và {count - 1} chỗ nữa như vậy: {SLUG}/ba-huong-doi-che.yaml dòng 2, " in text
    assert f"{count} lỗi, " in text
    found = json.loads(vuonho("-C", unbuilt, "check", "--format", "json", "--lang", "en").out)
    assert sum(one["message"] == "This code is not in codes.csv." for one in found) == count
    assert vuonho("-C", unbuilt, "check", "--format", "github").out.count("Mã này chưa có") == count
