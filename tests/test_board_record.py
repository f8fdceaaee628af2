"""A printed board goes on answering: its record is kept, remembered, and never rewritten."""

from pathlib import Path

import pytest

from command_kit import SLUG, build, copy_demo, edit, files, vuonho

BOARDS = "profiles/boards.csv"
URL = f"https://vuonmau.example/{SLUG}/"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return the demo with its board printed once, in the first print run."""
    root = copy_demo(tmp_path / "demo")
    done = vuonho("-C", root, "plaques", "--all", "--size", "a3", "--jobs", "1")
    assert done.code == 0, done.said
    return root


def test_a_board_is_recorded_with_its_address(project: Path) -> None:
    """Village, day, address and print run; the codes of households stay unprinted."""
    heading, row = (project / BOARDS).read_text(encoding="utf-8").splitlines()
    village, _, url, batch = row.split(",")
    assert (heading, village, url, batch) == ("village,printed,url,batch", SLUG, URL, "1")
    assert vuonho("-C", project, "plaques", "--new", "--dry-run").out.count("chưa in lần nào") == 13


def test_the_address_of_a_printed_board_is_kept(project: Path) -> None:
    """Another address of the site stops check, and --base-url is refused; an older one declared lets both pass."""
    done = build(project, "--base-url", "https://khac.example/")
    assert (done.code, "--base-url" in done.err) == (1, True)
    edit(project / "profiles/site.yaml", "https://vuonmau.example/ ", "https://khac.example/ ")
    done = vuonho("-C", project, "check")
    assert (done.code, "previous_urls" in done.out) == (1, True)
    edit(project / "profiles/site.yaml", "previous_urls: []", "previous_urls: [https://vuonmau.example/]")
    assert vuonho("-C", project, "check").code == 0


@pytest.mark.parametrize("kept", [0, 1])
def test_a_record_that_vanishes_is_named(project: Path, kept: int) -> None:
    """The file, or its row, is deleted: the line to put back is shown, and then all is well again."""
    whole = (project / BOARDS).read_bytes()
    if kept:
        (project / BOARDS).write_bytes(whole.splitlines(keepends=True)[0])
    else:
        (project / BOARDS).unlink()
    before = files(project / "profiles")
    done = vuonho("-C", project, "check"), vuonho("-C", project, "plaques", "--all", "--size", "a3")
    assert [one.code for one in done] == [1, 1]
    assert [whole.decode().splitlines()[1] in one.said for one in done] == [True, True]
    assert before == files(project / "profiles")
    (project / BOARDS).write_bytes(whole)
    assert vuonho("-C", project, "check").code == 0


def test_what_the_team_wrote_stays(project: Path) -> None:
    """A second print adds a row to a file as Excel left it: mark, separator, own column, line ends."""
    day = (project / BOARDS).read_text(encoding="utf-8").splitlines()[1].split(",")[1]
    before = f"\ufeffsep=;\r\nvillage;printed;url;batch;ghi chú\r\n{SLUG};{day};{URL};1;treo ở đình\r\n"
    (project / BOARDS).write_bytes(before.encode("utf-8"))
    done = vuonho("-C", project, "plaques", "--all", "--size", "a3", "--jobs", "1")
    assert done.code == 0, done.said
    after = (project / BOARDS).read_bytes().decode("utf-8")
    assert after == f"{before}{SLUG};{day};{URL};2\r\n"


def test_a_code_too_small_for_phones_is_not_printed(tmp_path: Path) -> None:
    """A very long address on a small label: said in words, and nothing is recorded."""
    root = copy_demo(tmp_path / "demo")
    long = f"https://{'mot-thon-co-ten-rat-dai.' * 3}example/{'ThonVuon/' * 5}"
    edit(root / "profiles/site.yaml", "https://vuonmau.example/ ", f"{long} ")
    before = files(root / "profiles")
    done = vuonho("-C", root, "--lang", "en", "plaques", "482135", "--size", "99x38", "--jobs", "1")
    assert (done.code, "too small" in done.err, "--size" in done.err) == (1, True, True)
    assert before == files(root / "profiles")
    assert list(root.glob("*.pdf")) == []
