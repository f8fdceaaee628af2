"""What lies in a project's folder, and what nobody would otherwise notice."""

import os
import sys
import unicodedata
from pathlib import Path

import pytest

from case_kit import each
from vuonho.errors import Severity
from vuonho.project.files import VillageFolder, list_villages

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")


def put(root: Path, *files: str) -> Path:
    for file in files:
        path = root / "profiles" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    return root


def told(root: Path, languages: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """File and severity of each problem."""
    return [(p.file, p.severity.value) for p in list_villages(root, languages)[1]]


def test_villages_and_profiles_come_in_order(tmp_path: Path) -> None:
    """Order is that of names, whatever the disk says."""
    put(
        tmp_path, "b-thon/x.yaml", "a-thon/village.yaml", "a-thon/z.yaml", "a-thon/Đông.yaml", "a-thon/a.yaml"
    )
    villages, problems = list_villages(tmp_path)
    assert problems == ()
    assert (
        VillageFolder("a-thon", ("a.yaml", "z.yaml", "Đông.yaml")),
        VillageFolder("b-thon", ("x.yaml",)),
    ) == villages
    assert (
        villages[0].file,
        villages[0].profile("a.yaml"),
    ) == ("profiles/a-thon/village.yaml", "profiles/a-thon/a.yaml")


def test_what_is_no_profile_is_passed_over(tmp_path: Path) -> None:
    """Hidden files, Office's locks, photos, notes and folders without profiles are nobody's business."""
    put(
        tmp_path, "site.yaml", "codes.csv", "README.md", "thon/village.yaml", "thon/.a.yaml", "thon/~$a.yaml",
        "thon/photos/a.jpg", "thon/a.txt", ".git/x.yaml", "anh-goc/a.jpg",
    )  # fmt: skip
    assert ((VillageFolder("thon", ()),), ()) == list_villages(tmp_path)


@each(
    "name",
    ["a.yml", "a.YAML", "a.Yaml", "a.yaml.txt", "a.yaml.yaml", "a.ymal", "a.yaml~", "a.yaml.bak", "a.YML"],
)
def test_a_file_that_is_nearly_a_profile_is_warned_of(tmp_path: Path, name: str) -> None:
    """Windows hides extensions: `a.yaml.txt` looks like a profile and is none."""
    put(tmp_path, "thon/village.yaml", f"thon/{name}")
    assert [(f"profiles/thon/{name}", "warning")] == told(tmp_path)


def test_a_profile_in_the_wrong_place_is_told(tmp_path: Path) -> None:
    """Outside a village is an error, too deep a warning, a misnamed site.yaml a warning."""
    put(
        tmp_path,
        "a.yaml",
        "b.yml",
        "site.yaml.txt",
        "thon/village.yaml",
        "thon/ho/c.yaml",
        "thon/d.yaml/x.txt",
    )
    assert told(tmp_path) == [
        ("profiles/a.yaml", "error"),
        ("profiles/b.yml", "error"),
        ("profiles/site.yaml.txt", "warning"),
        ("profiles/thon/d.yaml", "warning"),
        ("profiles/thon/ho/c.yaml", "warning"),
    ]


@each(
    ("name", "suggestion"),
    [
        ("Thôn Vườn", "thon-vuon"),
        ("12345", "thon-12345"),
        ("qr", "thon-qr"),
        ("photos", "thon-photos"),
        ("en", "thon-en"),
        ("lao", "thon-lao"),
        ("com1", "thon-com1"),
        ("thon_vuon", "thon-vuon"),
        ("THON", "thon"),
        ("a" * 61, "a" * 50),
        ("Đồng Lộc", "dong-loc"),
    ],
)
def test_a_village_that_cannot_be_an_address_gets_a_better_name(
    tmp_path: Path, name: str, suggestion: str
) -> None:
    """Folder names become addresses; those of codes, languages and the site's own folders are taken."""
    put(tmp_path, f"{name}/village.yaml")
    (problem,) = list_villages(tmp_path, ("vi", "lao"))[1]
    assert (f"profiles/{name}", Severity.ERROR) == (problem.file, problem.severity)
    assert f"“{suggestion}”" in problem.hint.en


def test_a_decomposed_name_is_shown_composed(tmp_path: Path) -> None:
    """macOS stores NFD; messages are in NFC."""
    put(tmp_path, unicodedata.normalize("NFD", "Thôn Vườn") + "/village.yaml")
    assert told(tmp_path) == [("profiles/Thôn Vườn", "error")]


@needs_posix
@each("name", ["a\nb.yaml", "a\x1b[31m.yaml", "a\u200b.yaml", os.fsdecode(b"a\xff.yaml")])
def test_a_name_with_unseen_characters_is_refused(tmp_path: Path, name: str) -> None:
    """A file whose name breaks lines, colours terminals or is no text is not read, and is named."""
    put(tmp_path, "thon/village.yaml", f"thon/{name}")
    villages, (problem,) = list_villages(tmp_path)
    assert (VillageFolder("thon", ()),) == villages
    assert problem.file.isprintable()
    assert "□" in problem.file
    assert problem.severity is Severity.ERROR
